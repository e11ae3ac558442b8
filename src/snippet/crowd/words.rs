//! Which lists of many plans a word belongs in: by the word itself, by patterns, by its stem in the article's language.
//!
//! Where a word belongs is kept for when it comes again, as most words do: then it is a look into a table, by the word as it is written.

use rustc_hash::FxHashMap;

use super::super::ready::{Rows, WordTest};
use crate::text::{Stem, fold_into};

/// Words that are kept of each language; then they are forgotten and kept anew.
const KEPT: usize = 50_000;
/// The longest word that is kept, in bytes.
const LONGEST: usize = 64;

/// All words of many plans.
#[derive(Debug)]
pub(super) struct Words {
    terms: FxHashMap<String, Vec<usize>>,
    /// Patterns, by the first letter of what they match.
    globs: FxHashMap<char, Vec<(usize, WordTest)>>,
    /// Words with some edits, by how many letters may be in what they match.
    fuzzy: FxHashMap<usize, Vec<usize>>,
    edited: Vec<Edited>,
    stems: FxHashMap<Stem, Vec<usize>>,
}

/// A word with some edits.
#[derive(Debug)]
struct Edited {
    list: usize,
    test: WordTest,
    letters: u64,
    /// In how many of [`letters`] a word may differ.
    most: u32,
}

/// The letters of a word, a bit each, of which some share one. An edit changes two of them at most.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

/// The lists of words as they are written, by the language of the article.
#[derive(Debug, Default)]
pub(super) struct Known {
    of: FxHashMap<&'static str, FxHashMap<String, Box<[usize]>>>,
    /// The word that is looked up, folded.
    term: String,
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
                    let (count, edits) = (word.chars().count(), usize::from(*most));
                    for fitting in count.saturating_sub(edits)..=count + edits {
                        words.fuzzy.entry(fitting).or_default().push(words.edited.len());
                    }
                    let (letters, most) = (letters(word), 2 * u32::from(*most));
                    words.edited.push(Edited { list, test, letters, most });
                }
            }
        }
        words
    }

    /// Looks words up, as they are written, for an article of a language.
    pub(super) fn in_language<'w>(
        &'w self,
        lang: Option<&'w str>,
        known: &'w mut Known,
    ) -> impl FnMut(&str, &mut dyn FnMut(usize)) + 'w {
        let tag = lang.and_then(Stem::language).filter(|_| !self.stems.is_empty());
        let Known { of, term } = known;
        let known = of.entry(tag.unwrap_or_default()).or_default();
        move |word, found| {
            if let Some(lists) = known.get(word) {
                for list in lists {
                    found(*list);
                }
                return;
            }
            term.clear();
            fold_into(word, term);
            let lists = self.lists_of(term, tag);
            for list in &lists {
                found(*list);
            }
            if word.len() <= LONGEST {
                if known.len() >= KEPT {
                    known.clear();
                }
                known.insert(word.to_owned(), lists.into_boxed_slice());
            }
        }
    }

    /// The lists that a word belongs in.
    fn lists_of(&self, term: &str, tag: Option<&'static str>) -> Vec<usize> {
        let mut lists = self.terms.get(term).cloned().unwrap_or_default();
        let globs = term.chars().next().and_then(|first| self.globs.get(&first)).into_iter().flatten();
        lists.extend(globs.filter(|(_, test)| test.matches(term)).map(|(list, _)| *list));
        let (count, letters) = (term.chars().count(), letters(term));
        let fuzzy = self.fuzzy.get(&count).into_iter().flatten();
        let near = fuzzy.filter_map(|number| self.edited.get(*number));
        let near = near.filter(|edited| (edited.letters ^ letters).count_ones() <= edited.most);
        lists.extend(near.filter(|edited| edited.test.matches(term)).map(|edited| edited.list));
        // A word of a family has its stem, but not each word with the stem is one of the family.
        if let Some(stem) = tag.and_then(|tag| Stem::of(tag, term))
            && let Some(known) = self.stems.get(&stem)
            && stem.family().is_some_and(|family| family.has(term))
        {
            lists.extend(known);
        }
        lists
    }
}
