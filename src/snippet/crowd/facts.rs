//! What is known of an article when it has been read, by number: each list of words that has one, and who and what is named in it.
//!
//! The first facts are the lists of the plans' rows, by their numbers; behind them come names, parts of names, and kinds of mentions, as far as
//! a plan asks for them.

use rustc_hash::FxHashMap;

use super::bits::Bits;
use crate::article::{Kind, Mention, Reading, place};
use crate::plan::{EntityName, MentionTest};

/// In what part of all articles something stands where nothing is known of it.
const OF_COUNTRY: f64 = 0.1;
const OF_NAME: f64 = 0.01;
const OF_KIND: f64 = 0.7;

/// Names, or parts of them, of each kind, with their facts.
type Names = FxHashMap<Kind, FxHashMap<String, usize>>;

/// All facts that some plans ask for.
#[derive(Debug)]
pub(super) struct Facts {
    /// In what part of all articles each is true, about.
    shares: Vec<f64>,
    keys: Names,
    parts: Names,
    kinds: FxHashMap<Kind, usize>,
}

impl Facts {
    /// Those of lists, of which `shares` says in what part of all articles each has a word.
    pub(super) fn of_lists(shares: Vec<f64>) -> Self {
        Self { shares, keys: Names::default(), parts: Names::default(), kinds: FxHashMap::default() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.shares.len()
    }

    /// In what part of all articles a fact is true, about.
    pub(super) fn share(&self, fact: usize) -> f64 {
        self.shares.get(fact).copied().unwrap_or_default()
    }

    /// The fact without which no mention passes a test, and whether one does wherever it is true.
    pub(super) fn of_test(&mut self, test: &MentionTest) -> (usize, bool) {
        let new = self.shares.len();
        let kind = test.kind();
        let (fact, share) = match test {
            MentionTest::Entity { name, .. } => {
                let (names, name) = match name {
                    EntityName::Key(key) => (&mut self.keys, key),
                    EntityName::Part(part) => (&mut self.parts, part),
                };
                let share = if kind == Kind::Country { OF_COUNTRY } else { OF_NAME };
                (*names.entry(kind).or_default().entry(name.clone()).or_insert(new), share)
            }
            MentionTest::Any(_) | MentionTest::Quantity(_) | MentionTest::Date(_) => {
                (*self.kinds.entry(kind).or_insert(new), OF_KIND)
            }
        };
        if fact == new {
            self.shares.push(share);
        }
        (fact, matches!(test, MentionTest::Entity { .. } | MentionTest::Any(_)))
    }

    /// The fact without which no mention passes a test that has been taken up.
    pub(super) fn known(&self, test: &MentionTest) -> Option<usize> {
        let kind = test.kind();
        match test {
            MentionTest::Entity { name: EntityName::Key(key), .. } => self.keys.get(&kind)?.get(key).copied(),
            MentionTest::Entity { name: EntityName::Part(part), .. } => {
                self.parts.get(&kind)?.get(part).copied()
            }
            MentionTest::Any(_) | MentionTest::Quantity(_) | MentionTest::Date(_) => {
                self.kinds.get(&kind).copied()
            }
        }
    }

    /// Tells the facts of a mention.
    pub(super) fn of_mention(&self, mention: &Mention, held: &mut Bits) {
        let kind = mention.kind;
        self.kinds.get(&kind).into_iter().for_each(|fact| held.set(*fact));
        let Reading::Entity(key) = &mention.reading else { return };
        if let Some(fact) = self.keys.get(&kind).and_then(|keys| keys.get(&**key)) {
            held.set(*fact);
        }
        let Some(parts) = self.parts.get(&kind) else { return };
        if kind == Kind::Place {
            let found = place::parts(key).filter_map(|part| parts.get(&part.concat()));
            found.for_each(|fact| held.set(*fact));
        } else {
            key.split(' ').filter_map(|part| parts.get(part)).for_each(|fact| held.set(*fact));
        }
    }
}
