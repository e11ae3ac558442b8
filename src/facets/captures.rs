//! What filled the slots of a query, counted over all articles that match.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::backend::{Group, PageRequest};
use crate::plan::Plan;
use crate::search::{Archive, SearchError, SearchRequest};
use crate::snippet::SnippetOptions;

/// What filled the slots of a query's phrases, counted.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Captures {
    /// Articles in which a slot was filled.
    pub articles: u64,
    /// Each slot by its name, in the order of the query.
    pub slots: Vec<SlotCounts>,
    /// What filled the slots of one phrase together, most articles first; empty where no phrase has two.
    pub together: Vec<TogetherCount>,
}

/// What filled one slot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlotCounts {
    /// What the slot is called.
    pub name: String,
    /// How many different readings filled it.
    pub distinct: usize,
    /// The readings, most articles first.
    pub values: Vec<ValueCount>,
}

/// How often one reading filled a slot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueCount {
    /// The key of an entity, or the reading of a quantity.
    pub reading: String,
    /// In how many articles.
    pub articles: u64,
    /// How many times.
    pub times: u64,
}

/// How often readings filled the slots of one phrase together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TogetherCount {
    /// Names of slots and what filled them.
    pub slots: Vec<(String, String)>,
    /// In how many articles.
    pub articles: u64,
    /// How many times.
    pub times: u64,
}

#[derive(Default)]
struct Tally {
    articles: u64,
    times: u64,
    /// The article that it was last seen in.
    last: u64,
}

impl Tally {
    fn count(&mut self, article: u64) {
        self.times += 1;
        if self.last != article {
            self.last = article;
            self.articles += 1;
        }
    }
}

/// Counts what filled the slots of a query in every article that matches; the `limit` most frequent of each are given.
///
/// Slots of one name are counted together. The articles are read one after the other, for as long as the archive lets
/// a stream take; what is held in memory are the different readings.
///
/// # Errors
/// As [`Archive::search`].
pub fn captures(
    archive: &Archive,
    plan: &Plan,
    request: &SearchRequest,
    limit: usize,
) -> Result<Captures, SearchError> {
    let snippets = SnippetOptions { limit: Some(0), ..SnippetOptions::default() };
    // Every article counts, copies as well.
    let page = PageRequest { snippets, group: Group::None, ..request.page.clone() };
    let request = SearchRequest { page, ..request.clone() };
    let mut slots: Vec<(String, FxHashMap<String, Tally>)> = Vec::new();
    for name in plan.root.slot_names() {
        if !slots.iter().any(|slot| slot.0 == name) {
            slots.push((name.to_owned(), FxHashMap::default()));
        }
    }
    let mut together: FxHashMap<Vec<(String, String)>, Tally> = FxHashMap::default();
    let mut articles = 0;
    for hit in archive.stream_plan(plan, &request)? {
        let captured = hit?.highlights.captured;
        articles += u64::from(!captured.is_empty());
        for mark in captured {
            for capture in &mark.captures {
                if let Some(slot) = slots.iter_mut().find(|slot| slot.0 == capture.name) {
                    slot.1.entry(capture.reading.clone()).or_default().count(articles);
                }
            }
            if mark.captures.len() > 1 {
                let key = mark.captures.into_iter().map(|c| (c.name, c.reading)).collect();
                together.entry(key).or_default().count(articles);
            }
        }
    }
    let slots = slots.into_iter().map(|(name, values)| {
        let distinct = values.len();
        let values = most(values, limit);
        let value = |(reading, tally): (String, Tally)| ValueCount {
            reading,
            articles: tally.articles,
            times: tally.times,
        };
        SlotCounts { name, distinct, values: values.into_iter().map(value).collect() }
    });
    let together = most(together, limit).into_iter().map(|(slots, tally)| TogetherCount {
        slots,
        articles: tally.articles,
        times: tally.times,
    });
    Ok(Captures { articles, slots: slots.collect(), together: together.collect() })
}

/// The most frequent, in one order whatever the order of counting.
fn most<K: Ord>(counts: FxHashMap<K, Tally>, limit: usize) -> Vec<(K, Tally)> {
    let mut all: Vec<(K, Tally)> = counts.into_iter().collect();
    all.sort_by(|(a, x), (b, y)| (y.articles, y.times).cmp(&(x.articles, x.times)).then_with(|| a.cmp(b)));
    all.truncate(limit);
    all
}
