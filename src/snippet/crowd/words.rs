//! Which lists of many plans a word belongs in: by the word itself, by patterns, by its stem in the article's language.
//!
//! A word itself is a look into a table. What patterns and stems say of a word is kept for when it comes again, as most words do.

use rustc_hash::FxHashMap;

use super::super::ready::{Rows, WordTest};
use crate::text::Stem;

/// Words that are kept of each language; then they are forgotten and kept anew.
const KEPT: usize = 50_000;

/// All words of many plans.
#[derive(Debug)]
pub(super) struct Words {
    terms: FxHashMap<String, Vec<usize>>,
    /// Patterns, by the first letter of what they match.
    globs: FxHashMap<char, Vec<(usize, WordTest)>>,
    /// Words with some edits, by how many letters may be in what they match.
    fuzzy: FxHashMap<usize, Vec<usize>>,
    edited: Vec<(usize, WordTest)>,
    stems: FxHashMap<Stem, Vec<usize>>,
}

/// What patterns and stems said of words, by the language of the article.
#[derive(Debug, Default)]
pub(super) struct Known {
    of: FxHashMap<&'static str, FxHashMap<String, Box<[usize]>>>,
}

impl Words {
    /// Takes the words of some rows.
    pub(super) fn new(rows: &mut Rows) -> Self {
        let mut words = Self {
            terms: std::mem::take(&mut rows.terms),
            globs: FxHashMap::default(),
            fuzzy: FxHashMap::default(),
            edited: Vec::new(),
            stems: rows.stems.take().unwrap_or_default(),
        };
        for (list, test) in rows.tests.drain(..) {
            match &test {
                WordTest::Glob(glob) => {
                    if let Some(first) = glob.prefix.chars().next() {
                        words.globs.entry(first).or_default().push((list, test));
                    }
                }
                WordTest::Fuzzy(word, most) => {
                    let (letters, most) = (word.chars().count(), usize::from(*most));
                    for fitting in letters.saturating_sub(most)..=letters + most {
                        words.fuzzy.entry(fitting).or_default().push(words.edited.len());
                    }
                    words.edited.push((list, test));
                }
            }
        }
        words
    }

    /// Looks words up for an article of a language.
    pub(super) fn in_language<'w>(
        &'w self,
        lang: Option<&'w str>,
        known: &'w mut Known,
    ) -> impl FnMut(&str, &mut dyn FnMut(usize)) + 'w {
        let tag = lang.and_then(Stem::language).filter(|_| !self.stems.is_empty());
        let plain = self.globs.is_empty() && self.edited.is_empty() && tag.is_none();
        let known = known.of.entry(tag.unwrap_or_default()).or_default();
        move |term, found| {
            for list in self.terms.get(term).into_iter().flatten() {
                found(*list);
            }
            if plain {
                return;
            }
            if !known.contains_key(term) {
                if known.len() >= KEPT {
                    known.clear();
                }
                known.insert(term.to_owned(), self.tested(term, tag));
            }
            for list in known.get(term).into_iter().flatten() {
                found(*list);
            }
        }
    }

    /// The lists that patterns and stems put a word in.
    fn tested(&self, term: &str, tag: Option<&'static str>) -> Box<[usize]> {
        let mut lists = Vec::new();
        let globs = term.chars().next().and_then(|first| self.globs.get(&first)).into_iter().flatten();
        let letters = term.chars().count();
        let fuzzy = self.fuzzy.get(&letters).into_iter().flatten();
        let fuzzy = fuzzy.filter_map(|number| self.edited.get(*number));
        lists.extend(globs.chain(fuzzy).filter(|(_, test)| test.matches(term)).map(|(list, _)| *list));
        // A word of a family has its stem, but not each word with the stem is one of the family.
        if let Some(stem) = tag.and_then(|tag| Stem::of(tag, term))
            && let Some(known) = self.stems.get(&stem)
            && stem.family().is_some_and(|family| family.has(term))
        {
            lists.extend(known);
        }
        lists.into_boxed_slice()
    }
}
