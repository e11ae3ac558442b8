//! Facets, quantities and timelines: counts over all articles that match, told from columns and lists; no article is read.
//!
//! [`docs`] finds the articles that count. [`table`] counts the values of a facet: the ordinals of a segment's strings in a dense
//! array, then segments merged by the string. [`pairs`] counts values that stand together, of frequent ones first; [`surprise`] says how
//! unusual a count is. [`numbers`] gathers the quantities of a unit, [`summary`] sums them up.

mod docs;
mod numbers;
mod pairs;
mod summary;
mod surprise;
mod table;

use std::cmp::Reverse;
use std::time::Duration;

use tantivy::Searcher;

use self::docs::{Docs, Sides};
use self::surprise::Shares;
use self::table::{Entry, Table};
use super::collect::timed;
use super::lower;
use super::watch::Watch;
use crate::backend::{
    BackendError, By, Counted, Facet, FacetCounts, FacetSort, FacetValue, Facets, FacetsRequest, Group,
    Stretch, Timeline,
};
use crate::index::Reader;
use crate::plan::Node;
use crate::text::Calendar;

/// What all counting of one answer shares.
struct Counting<'a> {
    searcher: &'a Searcher,
    watch: &'a Watch,
    sides: &'a Sides,
    limit: usize,
    sort: FacetSort,
}

/// Counts what a request asks for.
pub(super) fn facets(
    reader: &Reader,
    time: Option<Duration>,
    plan: &Node,
    request: &FacetsRequest,
) -> Result<Facets, BackendError> {
    let searcher = reader.searcher();
    timed(time, |watch| {
        let query = lower::lower(&searcher, reader.weights(), watch, plan)?;
        let found = Docs::matching(&searcher, &*query, watch)?;
        let mut sides = Sides { found, all: Docs::alive(&searcher) };
        if request.group == Group::Copy {
            let groups = reader.groups(&searcher)?;
            sides.found.keep_firsts(&groups);
            sides.all.keep_firsts(&groups);
        }
        let counting =
            Counting { searcher: &searcher, watch, sides: &sides, limit: request.limit, sort: request.sort };
        let counts = request.by.iter().map(|by| match by {
            By::One(facet) => counting.values(*facet).map(Counted::Values),
            By::Pair(one, other) => counting.pairs(*one, *other).map(Counted::Values),
            By::Quantity(test) => counting.quantities(test).map(Counted::Quantities),
        });
        let counts = counts.collect::<Result<_, _>>()?;
        Ok(Facets { articles: sides.found.len(), all: sides.all.len(), sort: request.sort, counts })
    })
}

/// Counts articles by the time of their publication.
pub(super) fn timeline(
    reader: &Reader,
    time: Option<Duration>,
    plan: &Node,
    by: Calendar,
    group: Group,
) -> Result<Timeline, BackendError> {
    let searcher = reader.searcher();
    timed(time, |watch| {
        let query = lower::lower(&searcher, reader.weights(), watch, plan)?;
        let mut found = Docs::matching(&searcher, &*query, watch)?;
        if group == Group::Copy {
            found.keep_firsts(&reader.groups(&searcher)?);
        }
        let articles = found.len();
        let sides = Sides { found, all: Docs::none(&searcher) };
        let table = Table::of(&searcher, watch, Facet::Published(by), &sides)?;
        let stretch =
            |(at, entry): (usize, &Entry)| Stretch { number: table.number(at), articles: entry.articles };
        let stretches: Vec<Stretch> = table.entries.iter().enumerate().map(stretch).collect();
        let dated: u64 = stretches.iter().map(|stretch| stretch.articles).sum();
        Ok(Timeline { by, articles, undated: articles - dated, stretches: Timeline::filled(stretches) })
    })
}

impl Counting<'_> {
    fn shares(&self) -> Shares {
        Shares { found: self.sides.found.len(), all: self.sides.all.len() }
    }

    /// How a value is sorted: greatest first; `None` if it is not given at all.
    fn weight(&self, entry: &Entry) -> Option<f64> {
        match self.sort {
            FacetSort::Count => Some(entry.articles as f64),
            FacetSort::Unusual if entry.articles < FacetSort::LEAST => None,
            FacetSort::Unusual => {
                let surprise = self.shares().surprise(entry);
                (surprise >= FacetSort::SURPRISE).then_some(surprise)
            }
        }
    }

    /// The values of a facet.
    fn values(&self, facet: Facet) -> Result<FacetCounts, BackendError> {
        let table = Table::of(self.searcher, self.watch, facet, self.sides)?;
        let weighed = table.entries.iter().enumerate();
        let weighed = weighed.filter_map(|(at, entry)| Some((self.weight(entry)?, at))).collect();
        let value = |at: usize| {
            let entry = table.entries.get(at).copied().unwrap_or_default();
            Ok(self.value(vec![table.value(at)?], &entry))
        };
        Ok(FacetCounts {
            by: vec![facet],
            distinct: Some(table.entries.len() as u64),
            values: best(weighed, self.limit).into_iter().map(value).collect::<Result<_, BackendError>>()?,
        })
    }

    fn value(&self, value: Vec<String>, entry: &Entry) -> FacetValue {
        let shares = self.shares();
        let (lift, surprise) = (shares.lift(entry), shares.surprise(entry));
        FacetValue { value, articles: entry.articles, all: entry.all, lift, surprise }
    }
}

/// What weighs most, in order; of equal weight what comes first in order.
fn best<K: Ord + Copy>(mut weighed: Vec<(f64, K)>, limit: usize) -> Vec<K> {
    let key = |(weight, key): &(f64, K)| (Reverse(OrderedWeight(*weight)), *key);
    if limit < weighed.len() {
        weighed.select_nth_unstable_by_key(limit, key);
        weighed.truncate(limit);
    }
    weighed.sort_unstable_by_key(key);
    weighed.into_iter().map(|(_, key)| key).collect()
}

/// A weight as sorting wants it.
#[derive(Clone, Copy)]
struct OrderedWeight(f64);

impl Ord for OrderedWeight {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for OrderedWeight {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for OrderedWeight {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for OrderedWeight {}
