//! Resolves the candidates of one article to organisations: a short form goes to the full name that the article has.

use std::borrow::Cow;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::candidate::{Candidate, Form, hash_of};
use super::cue::{Cues, STRONG, THRESHOLD, points};
use super::cut::Defined;
use crate::extract::Text;
use crate::extract::gazetteer::add_to_hash;
use crate::extract::lookup::Lookup;
use crate::extract::person::lexicon::Flags;
use crate::extract::word_hash::word_hash;
use crate::names::org::{key, key_of_row};

/// A key; that of a well-known name is a row's.
type Key = Cow<'static, str>;

/// A candidate that names an organisation.
#[derive(Debug)]
pub(super) struct Named {
    /// Index of the candidate.
    pub(super) candidate: usize,
    pub(super) key: Key,
    /// How it was found.
    pub(super) via: &'static str,
}

/// The article's organisations as later mentions may call them: from the hash of a form to the key.
#[derive(Debug, Default)]
struct Forms {
    /// Full names, their first words, and acronyms that the article defines.
    keys: FxHashMap<u64, Key>,
}

impl Forms {
    /// Adds the name of the tokens `first..=last` under `key`, and its beginnings.
    fn add(&mut self, words: &Lookup<'_>, candidate: &Candidate, key: &Key) {
        self.keys.entry(candidate.hash).or_insert_with(|| key.clone());
        let common = Flags::COMMON
            | Flags::COUNTRY
            | Flags::FRONT
            | Flags::HEAD
            | Flags::TITLE
            | Flags::PLACE
            | Flags::STOP;
        if candidate.last == candidate.first || candidate.first_flags.has(common | Flags::FIRST) {
            return;
        }
        let firm = is_firm(words.text.word(candidate.last), candidate.last_flags);
        let mut hash = 0;
        for token in candidate.first..candidate.last {
            hash = add_to_hash(hash, words.hash(token));
            if token == candidate.first && !firm {
                continue;
            }
            self.keys.entry(hash).or_insert_with(|| key.clone());
        }
    }

    /// Adds the acronym that the initials of the name make.
    fn add_initials(&mut self, text: &Text<'_>, candidate: &Candidate, key: &Key) {
        let mut initials = String::new();
        for token in candidate.first..=candidate.last {
            initials.extend(text.word(token).chars().next().filter(|c| c.is_uppercase()));
        }
        if initials.len() >= 3 {
            self.keys.entry(add_to_hash(0, word_hash(&initials))).or_insert_with(|| key.clone());
        }
    }
}

/// The candidates that name organisations, in order, each with the key of its organisation; or, where names are not to be
/// merged, of its own words, and of its row if it is well known: that no article has to tell.
pub(super) fn resolve(
    words: &[Lookup<'_>],
    candidates: &[Candidate],
    defined: &[Defined],
    merge: bool,
) -> Vec<Named> {
    let mut shared: FxHashMap<u64, Cues> =
        FxHashMap::with_capacity_and_hasher(candidates.len(), FxBuildHasher);
    for candidate in candidates.iter().filter(|c| c.cues.has(Cues::COLLECTED)) {
        let cues = shared.entry(candidate.hash).or_default();
        *cues = cues.and(candidate.cues);
    }
    let mut forms = Forms::default();
    for link in defined {
        let text = &words[link.text];
        let name: Key = Cow::Owned(key(surface(text.text, link.name)));
        forms.keys.entry(hash_of(text, link.acronym, link.acronym)).or_insert_with(|| name.clone());
        forms.keys.entry(hash_of(text, link.name.0, link.name.1)).or_insert(name);
    }
    for candidate in candidates {
        let words = &words[candidate.text];
        let text = words.text;
        let full = match candidate.form {
            Form::Name | Form::Acronym | Form::Doubtful(_) | Form::Common => continue,
            _ if forms.keys.contains_key(&candidate.hash) => continue,
            Form::Known(row) => Cow::Borrowed(key_of_row(row)),
            Form::Defined | Form::Headed => Cow::Owned(key(candidate.span(text).of(text.text))),
        };
        forms.add(words, candidate, &full);
        if candidate.last > candidate.first + 1 {
            forms.add_initials(text, candidate, &full);
        }
    }
    let common: FxHashSet<u64> =
        candidates.iter().filter(|c| c.form == Form::Common).map(|c| c.hash).collect();
    let mut named = Vec::with_capacity(candidates.len());
    for (number, candidate) in candidates.iter().enumerate() {
        let text = words[candidate.text].text;
        let own = || Cow::Owned(key(candidate.span(text).of(text.text)));
        let in_article = forms.keys.get(&candidate.hash);
        let found = match candidate.form {
            Form::Known(row) => {
                let key = in_article.cloned().unwrap_or(Cow::Borrowed(key_of_row(row)));
                Some((key, "org:known"))
            }
            Form::Defined => Some((in_article.cloned().unwrap_or_else(own), "org:defined")),
            Form::Headed => Some((in_article.cloned().unwrap_or_else(own), "org:head")),
            Form::Doubtful(row) if points(candidate, cues_of(candidate, &shared)) >= THRESHOLD => {
                Some((Cow::Borrowed(key_of_row(row)), "org:known"))
            }
            Form::Acronym => {
                let points = points(candidate, cues_of(candidate, &shared));
                match in_article {
                    Some(key) => Some((key.clone(), "org:short")),
                    None => (points >= THRESHOLD && !common.contains(&candidate.hash))
                        .then(|| (own(), "org:acronym")),
                }
            }
            Form::Name | Form::Doubtful(_) => match in_article {
                Some(key) if !cues_of(candidate, &shared).has(Cues::PLACE) && !may_be_other(candidate) => {
                    Some((key.clone(), "org:short"))
                }
                _ => {
                    let needed = if candidate.form == Form::Name { STRONG } else { THRESHOLD };
                    (points(candidate, cues_of(candidate, &shared)) >= needed).then(|| (own(), "org:cue"))
                }
            },
            Form::Common => None,
        };
        if let Some((merged, via)) = found {
            let key = match candidate.form {
                _ if merge => merged,
                Form::Known(row) => Cow::Borrowed(key_of_row(row)),
                _ => own(),
            };
            named.push(Named { candidate: number, key, via });
        }
    }
    named
}

/// Whether a name that ends in this noun is cut short to its first word: "Hartwell" for "Hartwell Group", but no town for its
/// council.
fn is_firm(noun: &str, flags: Flags) -> bool {
    flags.has(Flags::LEGAL)
        || matches!(
            noun,
            "Group"
                | "Holding"
                | "Holdings"
                | "Bank"
                | "Motor"
                | "Motors"
                | "Airlines"
                | "Airways"
                | "Industries"
                | "Technologies"
                | "Systems"
                | "Securities"
                | "Capital"
                | "Energy"
                | "Foods"
                | "Stores"
                | "Electronics"
                | "Pharmaceuticals"
                | "Pharma"
                | "Foundation"
                | "Enterprises"
                | "Solutions"
                | "Partners"
                | "Software"
                | "Networks"
                | "Media"
                | "Entertainment"
                | "Studios"
                | "Pictures"
                | "Brands"
                | "Logistics"
                | "Steel"
                | "Resources"
                | "Mining"
                | "Labs"
                | "Insurance"
                | "Financial"
                | "Telecom"
                | "Communications"
                | "Supermarkets"
                | "Investments"
                | "Ventures"
                | "International"
        )
}

/// Whether a word alone is known as a place or another word, so that it is no short form.
fn may_be_other(candidate: &Candidate) -> bool {
    candidate.first == candidate.last
        && candidate.first_flags.has(Flags::PLACE | Flags::COMMON | Flags::COUNTRY)
        && !candidate.first_flags.has(Flags::ORG)
}

fn cues_of(candidate: &Candidate, shared: &FxHashMap<u64, Cues>) -> Cues {
    shared.get(&candidate.hash).copied().unwrap_or_default()
}

fn surface<'a>(text: &Text<'a>, (first, last): (usize, usize)) -> &'a str {
    let start = text.tokens.get(first).map_or(0, |t| t.span.start as usize);
    let end = text.tokens.get(last).map_or(start, |t| t.span.end as usize);
    text.text.get(start..end).unwrap_or("")
}
