//! Values that stand in one article.
//!
//! There may be more different pairs than there is room for. No pair is more frequent than either of its values, so frequent values are
//! paired first, then rarer ones, until enough pairs are found that no rarer value can better them. What is left is counted in parts,
//! by the first value of the pair, so that no more than [`ROOM`] pairs are held at a time.

use rustc_hash::FxHashMap;

use super::docs::Docs;
use super::table::{Entry, Table, Value};
use super::{Counting, best};
use crate::backend::{BackendError, Facet, FacetCounts, FacetSort};

/// The most pairs that are held at a time.
const ROOM: usize = if cfg!(test) { 8 } else { 1_000_000 };
/// By how much the articles of a value come down from one round to the next.
const STEP: u64 = 8;

/// The tables of two facets, or twice that of one.
struct Tables {
    one: Table,
    /// `None` for pairs of one facet with itself.
    other: Option<Table>,
}

/// Two values, by the first and then the second.
type Pair = (Value, Value);

/// Pairs with the articles that match and have both, and of all.
type Counts = FxHashMap<Pair, [u32; 2]>;

impl Counting<'_> {
    /// The pairs of values of two facets.
    pub(super) fn pairs(&self, one: Facet, other: Facet) -> Result<FacetCounts, BackendError> {
        let table = |facet| Table::of(self.searcher, self.watch, facet, self.sides);
        let tables =
            Tables { one: table(one)?, other: if one == other { None } else { Some(table(other)?) } };
        let mut least = match self.sort {
            FacetSort::Count => tables.most() / STEP,
            FacetSort::Unusual => FacetSort::LEAST,
        };
        let pairs = loop {
            least = least.max(1);
            let pairs = self.frequent(&tables, least);
            let enough =
                pairs.len() >= self.limit && pairs.last().is_none_or(|(_, entry)| entry.articles >= least);
            if enough || least == 1 || self.sort == FacetSort::Unusual || self.watch.look() {
                break pairs;
            }
            least /= STEP;
        };
        let value = |((a, b), entry): (Pair, Entry)| {
            let other = tables.other.as_ref().unwrap_or(&tables.one);
            Ok(self.value(vec![tables.one.value(a as usize)?, other.value(b as usize)?], &entry))
        };
        let values = pairs.into_iter().map(value).collect::<Result<_, BackendError>>()?;
        Ok(FacetCounts { by: vec![one, other], distinct: None, values })
    }

    /// The best pairs of values that stand in so many articles each.
    fn frequent(&self, tables: &Tables, least: u64) -> Vec<(Pair, Entry)> {
        let wide = |table: &Table| -> Vec<bool> {
            table.entries.iter().map(|entry| entry.articles >= least).collect()
        };
        let wanted = (wide(&tables.one), wide(tables.other.as_ref().unwrap_or(&tables.one)));
        let mut parts = 1;
        let mut held = loop {
            if let Some(held) = self.in_parts(tables, &wanted, least, parts) {
                break held;
            }
            parts *= 4;
        };
        if self.sort == FacetSort::Count {
            let count = |articles: u64| u32::try_from(articles).unwrap_or(u32::MAX);
            let mut counts = held.iter().map(|(pair, entry)| (*pair, [count(entry.articles), 0])).collect();
            self.count_in_all(tables, &mut counts);
            for (pair, entry) in &mut held {
                entry.all = counts.get(pair).map_or(0, |count| u64::from(count[1]));
            }
        }
        held
    }

    /// The best pairs, counted in so many parts one after the other; `None` if a part has more than there is room for.
    fn in_parts(
        &self,
        tables: &Tables,
        wanted: &(Vec<bool>, Vec<bool>),
        least: u64,
        parts: u64,
    ) -> Option<Vec<(Pair, Entry)>> {
        // One value alone has no more pairs than there are values.
        let room = if parts < tables.one.entries.len() as u64 { ROOM } else { usize::MAX };
        let mut held: Vec<(Pair, Entry)> = Vec::new();
        for part in 0..parts {
            let mut counts = Counts::default();
            self.each_pair(tables, wanted, &self.sides.found, |pair| {
                if u64::from(pair.0) % parts == part && counts.len() <= room {
                    counts.entry(pair).or_default()[0] += 1;
                }
            });
            if counts.len() > room {
                return None;
            }
            counts.retain(|_, [articles, _]| u64::from(*articles) >= least);
            if self.sort == FacetSort::Unusual {
                self.count_in_all(tables, &mut counts);
            }
            held.extend(counts.into_iter().map(|(pair, [articles, all])| {
                let (articles, all) = (u64::from(articles), u64::from(all));
                (pair, Entry { articles, all, ..Entry::default() })
            }));
            held = self.best_pairs(held);
        }
        Some(held)
    }

    fn best_pairs(&self, pairs: Vec<(Pair, Entry)>) -> Vec<(Pair, Entry)> {
        let entries: FxHashMap<Pair, Entry> = pairs.into_iter().collect();
        let weighed = entries.iter().filter_map(|(pair, entry)| Some((self.weight(entry)?, *pair))).collect();
        let entry = |pair| entries.get(&pair).map(|entry| (pair, *entry));
        best(weighed, self.limit).into_iter().filter_map(entry).collect()
    }

    /// Counts pairs over all articles of the index.
    fn count_in_all(&self, tables: &Tables, counts: &mut Counts) {
        if self.sides.are_one() {
            for [articles, all] in counts.values_mut() {
                *all = *articles;
            }
            return;
        }
        let other = tables.other.as_ref().unwrap_or(&tables.one);
        let mut wanted = (vec![false; tables.one.entries.len()], vec![false; other.entries.len()]);
        for (a, b) in counts.keys() {
            for (wanted, value) in [(&mut wanted.0, *a), (&mut wanted.1, *b)] {
                wanted.get_mut(value as usize).into_iter().for_each(|wanted| *wanted = true);
            }
            if tables.other.is_none() {
                // Values of one facet are looked for on either side.
                wanted.0.get_mut(*b as usize).into_iter().for_each(|wanted| *wanted = true);
                wanted.1.get_mut(*a as usize).into_iter().for_each(|wanted| *wanted = true);
            }
        }
        self.each_pair(tables, &wanted, &self.sides.all, |pair| {
            counts.get_mut(&pair).into_iter().for_each(|count| count[1] += 1);
        });
    }

    fn each_pair(
        &self,
        tables: &Tables,
        wanted: &(Vec<bool>, Vec<bool>),
        docs: &Docs,
        mut take: impl FnMut(Pair),
    ) {
        let same = tables.other.is_none();
        self.each_article(tables, wanted, docs, |a, b| {
            for one in a {
                let others = b.iter().filter(|other| !same || one < *other);
                others.for_each(|other| take((*one, *other)));
            }
        });
    }

    /// Hands over the wanted values of each article.
    fn each_article(
        &self,
        tables: &Tables,
        wanted: &(Vec<bool>, Vec<bool>),
        docs: &Docs,
        mut take: impl FnMut(&[Value], &[Value]),
    ) {
        let keep = |wanted: &[bool], values: &mut Vec<Value>| {
            values.retain(|value| wanted.get(*value as usize) == Some(&true));
        };
        let (mut a, mut b, mut ticks) = (Vec::new(), Vec::new(), 0);
        for (segment, part) in docs.parts().iter().enumerate() {
            part.each(|doc| {
                if self.watch.tick(&mut ticks) {
                    return;
                }
                tables.one.of_article(segment, doc, &mut a);
                keep(&wanted.0, &mut a);
                match &tables.other {
                    None => take(&a, &a),
                    Some(_) if a.is_empty() => {}
                    Some(other) => {
                        other.of_article(segment, doc, &mut b);
                        keep(&wanted.1, &mut b);
                        take(&a, &b);
                    }
                }
            });
        }
    }
}

impl Tables {
    /// The most articles that a pair can have.
    fn most(&self) -> u64 {
        let most = |table: &Table| table.entries.iter().map(|entry| entry.articles).max().unwrap_or(0);
        let one = most(&self.one);
        self.other.as_ref().map_or(one, |other| one.min(most(other)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::article::{Article, Kind, Mention, Reading, Span, TextField};
    use crate::backend::{Backend as _, By, Counted, FacetsRequest, LocalBackend};
    use crate::index::{Prepared, Reader, Writer, WriterOptions, analyse};
    use crate::plan::Node;
    use crate::text::token_list;

    /// Who is in the n-th article: the first few often, the others now and then.
    fn people(n: usize) -> Vec<usize> {
        (0..40).filter(|person| (n * 7 + person * person).is_multiple_of(person + 2)).collect()
    }

    #[test]
    fn pairs_that_there_is_no_room_for_at_once_are_counted_in_parts() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(folder.path(), &WriterOptions::default()).unwrap();
        let mut expected: BTreeMap<Vec<String>, u64> = BTreeMap::new();
        for n in 0..60 {
            let names: Vec<String> = people(n).iter().map(|person| format!("p{person:02}")).collect();
            let article = Article { id: format!("a{n}"), body: names.join(" "), ..Article::default() };
            let mention = |(at, name): (usize, &String)| Mention {
                field: TextField::Body,
                span: Span::new(at * 4, at * 4 + 3),
                kind: Kind::Person,
                reading: Reading::Entity(name.clone().into()),
                via: "test".into(),
            };
            let mentions: Vec<Mention> = names.iter().enumerate().map(mention).collect();
            let analysed = analyse(&article, &[], &token_list(&article.body), &mentions);
            writer.upsert(Prepared::new(&article, &mentions, analysed).unwrap()).unwrap();
            for (at, one) in names.iter().enumerate() {
                for other in names.iter().skip(at + 1) {
                    *expected.entry(vec![one.clone(), other.clone()]).or_default() += 1;
                }
            }
            if n == 30 {
                writer.commit().unwrap();
            }
        }
        writer.finish().unwrap();
        assert!(expected.len() > 20 * ROOM, "{}", expected.len());
        let mut expected: Vec<(u64, Vec<String>)> = expected.into_iter().map(|(pair, n)| (n, pair)).collect();
        expected.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let backend = LocalBackend::new(Reader::open(folder.path()).unwrap());
        for limit in [1, 7, 100, 10_000] {
            let by = vec![By::Pair(Facet::Person, Facet::Person)];
            let request = FacetsRequest { by, limit, ..FacetsRequest::default() };
            let facets = backend.facets(&Node::All, &request).unwrap();
            let Some(Counted::Values(counts)) = facets.counts.first() else { panic!() };
            let told: Vec<(u64, Vec<String>)> =
                counts.values.iter().map(|value| (value.articles, value.value.clone())).collect();
            let most = expected.iter().take(limit).cloned().collect::<Vec<_>>();
            assert!(told == most, "{limit}: {:?} {:?}", told.first(), most.first());
            assert!(counts.values.iter().all(|value| value.all == value.articles));
        }
    }
}
