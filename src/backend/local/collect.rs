//! Runs queries and fetches the articles they find.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tantivy::collector::{Collector as _, Count, TopDocs};
use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::{DocAddress, DocId, Order, Score, Searcher, TERMINATED};

use super::best::Handed;
use super::group::{self, BestOfGroups, firsts_of_groups};
use super::held::without_absent_forms;
use super::watch::Watch;
use super::{MAX_DEPTH, explain, lower};
use crate::article::Article;
use crate::backend::{BackendError, Copies, CopyFacts, Group, Hit, HitStream, Page, PageRequest, Sort, Took};
use crate::guard::{caught, guarded};
use crate::index::schema::{Keyed, PUBLISHED};
use crate::index::{Reader, Stored};
use crate::plan::Node;
use crate::snippet::{Highlighter, SnippetOptions};

/// Scores and places, best first.
pub(super) type Places = Vec<(Score, DocAddress)>;

/// Where the hits of a page are, not fetched yet.
#[derive(Debug, Clone)]
pub struct Found {
    searcher: Searcher,
    /// How many articles match, if that was asked for.
    pub total: Option<u64>,
    places: Places,
}

impl Found {
    /// How many hits the page has.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Fetches the articles with their scores.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub fn fetch(&self, reader: &Reader) -> Result<Vec<(Score, Stored)>, BackendError> {
        guarded("fetching hits", || {
            self.places.iter().map(|(score, at)| Ok((*score, reader.stored(&self.searcher, *at)?))).collect()
        })
    }
}

/// Finds the hits of a page.
pub(super) fn find(
    reader: &Reader,
    time: Option<Duration>,
    plan: &Node,
    page: &PageRequest,
) -> Result<Found, BackendError> {
    let limit = page.limit;
    if page.offset.saturating_add(limit) > MAX_DEPTH {
        return Err(BackendError::TooDeep { limit: MAX_DEPTH });
    }
    let searcher = reader.searcher();
    let (total, places) = timed(time, |watch| {
        let query = lower::lower(&searcher, reader.weights(), watch, plan)?;
        if limit == 0 {
            let total = page.total.then(|| count_query(&searcher, &*query)).transpose()?;
            return Ok((total, Vec::new()));
        }
        top(reader, &searcher, &*query, page)
    })?;
    Ok(Found { searcher, total, places })
}

/// Does something within a time.
pub(super) fn timed<T>(
    time: Option<Duration>,
    work: impl FnOnce(&Watch) -> Result<T, BackendError>,
) -> Result<T, BackendError> {
    let watch = Watch::start(time);
    let done = work(&watch)?;
    if let Some(failure) = watch.failure() {
        return Err(failure.into());
    }
    match time {
        _ if watch.is_over() && watch.is_gone() => Err(BackendError::Gone),
        Some(limit) if watch.is_over() => Err(BackendError::TooSlow { limit }),
        _ => Ok(done),
    }
}

/// A page of the articles that match.
pub(super) fn search(
    reader: &Reader,
    time: Option<Duration>,
    plan: &Node,
    page: &PageRequest,
) -> Result<Page, BackendError> {
    let started = Instant::now();
    let found = find(reader, time, plan, page)?;
    let find = started.elapsed();
    let highlighter = Highlighter::new(plan, &page.snippets);
    let copies = copies_of(reader, time, plan, &found, page.group)?;
    let mut copies = copies.into_iter();
    let shown = page.explain.then(|| without_absent_forms(&found.searcher, plan)).transpose()?;
    let mut hits = Vec::with_capacity(found.len());
    for ((score, stored), (_, at)) in found.fetch(reader)?.into_iter().zip(&found.places) {
        let mut hit = hit(&highlighter, score, stored);
        hit.story = group::story_at(reader, &found.searcher, *at)?;
        let copies = copies.next().unwrap_or_default();
        hit.copies = named(reader, &found.searcher, copies, &hit.article, page.group)?;
        if let Some(plan) = &shown {
            hit.explanation = explain::score(&found.searcher, reader.weights(), plan, *at)?;
        }
        hits.push(hit);
        if let Some(limit) = time.filter(|limit| started.elapsed() > *limit && hits.len() < found.len()) {
            return Err(BackendError::TooSlow { limit });
        }
    }
    let took = Took { find, quote: started.elapsed().saturating_sub(find) };
    Ok(Page { total: found.total, hits, took })
}

/// Where the articles are that each hit stands for.
fn copies_of(
    reader: &Reader,
    time: Option<Duration>,
    plan: &Node,
    found: &Found,
    group: Group,
) -> Result<Vec<Vec<DocAddress>>, BackendError> {
    let searcher = &found.searcher;
    let others = found.places.iter().map(|(_, at)| group::others(reader, searcher, *at, group));
    let mut others: Vec<Vec<DocAddress>> = others.collect::<Result<_, _>>()?;
    if others.iter().all(Vec::is_empty) {
        return Ok(Vec::new());
    }
    timed(time, |watch| {
        let query = lower::lower(searcher, reader.weights(), watch, plan)?;
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for places in &mut others {
            group::matching(searcher, &*weight, watch, places)?;
        }
        Ok(others)
    })
}

/// The articles at some places, which a hit stands for, with the facts of the first of them by publication.
fn named(
    reader: &Reader,
    searcher: &Searcher,
    mut places: Vec<DocAddress>,
    hit: &Article,
    group: Group,
) -> Result<Copies, BackendError> {
    if places.is_empty() {
        return Ok(Copies { group, ..Copies::default() });
    }
    let total = places.len() as u64;
    let outlets = outlets(searcher, &places, hit.source.as_deref())?;
    if places.len() > Copies::NAMED {
        let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().i64(PUBLISHED));
        let columns = columns.collect::<tantivy::Result<Vec<_>>>()?;
        let published = |at: &DocAddress| columns.get(at.segment_ord as usize)?.first(at.doc_id);
        places.sort_by_cached_key(|at| published(at).unwrap_or(i64::MAX));
        places.truncate(Copies::NAMED);
    }
    Ok(Copies { group, total, named: facts(reader, searcher, places)?, outlets })
}

/// How many outlets besides one have articles at some places, which are in the order of the index.
fn outlets(searcher: &Searcher, places: &[DocAddress], but: Option<&str>) -> Result<u64, BackendError> {
    let mut outlets = BTreeSet::new();
    for part in places.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let Some(first) = part.first() else { continue };
        let columns = searcher.segment_reader(first.segment_ord).fast_fields();
        let Some(sources) = columns.str(Keyed::Source.column())? else { continue };
        let ords: BTreeSet<u64> = part.iter().filter_map(|at| sources.term_ords(at.doc_id).next()).collect();
        for ord in ords {
            let mut outlet = String::new();
            sources.ord_to_str(ord, &mut outlet).map_err(tantivy::TantivyError::from)?;
            outlets.insert(outlet);
        }
    }
    outlets.remove(but.unwrap_or_default());
    Ok(outlets.len() as u64)
}

/// The facts of articles, first published first.
pub(super) fn facts(
    reader: &Reader,
    searcher: &Searcher,
    places: Vec<DocAddress>,
) -> Result<Vec<CopyFacts>, BackendError> {
    let facts = places.into_iter().map(|at| Ok(CopyFacts::from(reader.stored(searcher, at)?.article)));
    let mut facts = facts.collect::<Result<Vec<_>, BackendError>>()?;
    let first = |a: &CopyFacts| a.published.unwrap_or(i64::MAX);
    facts.sort_by(|a, b| first(a).cmp(&first(b)).then_with(|| a.id.cmp(&b.id)));
    Ok(facts)
}

/// The other articles of an article's group.
pub(super) fn copies(reader: &Reader, id: &str) -> Result<Vec<CopyFacts>, BackendError> {
    let searcher = reader.searcher();
    let Some(at) = Reader::find(&searcher, id)? else { return Ok(Vec::new()) };
    let others = group::others(reader, &searcher, at, Group::Copy)?;
    facts(reader, &searcher, others)
}

/// The best articles with their scores, and how many match.
fn top(
    reader: &Reader,
    searcher: &Searcher,
    query: &dyn Query,
    page: &PageRequest,
) -> Result<(Option<u64>, Places), BackendError> {
    let Some(column) = group::column_of(page.group) else {
        return best(searcher, query, page, page.offset, page.limit);
    };
    // Copies are few: as a rule some hits more than asked for are of enough groups.
    let (wanted, groups) = (page.offset + page.limit, reader.groups(searcher, column)?);
    let tried = wanted + wanted / 8 + 4;
    let (total, found) = best(searcher, query, page, 0, tried)?;
    let all = found.len() < tried;
    let firsts = firsts_of_groups(found, &groups);
    if all || firsts.len() >= wanted {
        return Ok((total, firsts.into_iter().skip(page.offset).take(page.limit).collect()));
    }
    let collector = BestOfGroups { limit: wanted, sort: page.sort, groups, floor: Arc::default() };
    // With a count no list is passed over, and the engine adds up scores in the same order as before.
    let found = match total {
        Some(_) => searcher.search(query, &(collector, Count))?.0,
        None => searcher.search(query, &collector)?,
    };
    Ok((total, found.into_iter().skip(page.offset).collect()))
}

/// The best articles from `offset` on, copies or not, and how many match if that is asked for.
fn best(
    searcher: &Searcher,
    query: &dyn Query,
    page: &PageRequest,
    offset: usize,
    limit: usize,
) -> Result<(Option<u64>, Places), BackendError> {
    let best = || TopDocs::with_limit(limit).and_offset(offset);
    let by_date = |order| best().order_by_fast_field::<i64>(PUBLISHED, order);
    let without_score =
        |found: Vec<(Option<i64>, DocAddress)>| found.into_iter().map(|(_, at)| (0.0, at)).collect();
    Ok(match (page.sort, page.total) {
        (Sort::Score, false) => {
            let weight = Handed::of(query.weight(EnableScoring::enabled_from_searcher(searcher))?);
            let collector = best().order_by_score();
            let segments = searcher.segment_readers().iter().zip(0..);
            let found = segments.map(|(segment, ord)| collector.collect_segment(&weight, ord, segment));
            (None, collector.merge_fruits(found.collect::<tantivy::Result<_>>()?)?)
        }
        (Sort::Score, true) => {
            let (found, total) = searcher.search(query, &(best().order_by_score(), Count))?;
            (Some(total as u64), found)
        }
        (sort, with_total) => {
            let order = if sort == Sort::Newest { Order::Desc } else { Order::Asc };
            if with_total {
                let (found, total) = searcher.search(query, &(by_date(order), Count))?;
                (Some(total as u64), without_score(found))
            } else {
                (None, without_score(searcher.search(query, &by_date(order))?))
            }
        }
    })
}

/// How many articles match.
pub(super) fn count(reader: &Reader, time: Option<Duration>, plan: &Node) -> Result<u64, BackendError> {
    let searcher = reader.searcher();
    timed(time, |watch| count_query(&searcher, &*lower::lower(&searcher, reader.weights(), watch, plan)?))
}

fn count_query(searcher: &Searcher, query: &dyn Query) -> Result<u64, BackendError> {
    Ok(searcher.search(query, &Count)? as u64)
}

fn hit(highlighter: &Highlighter, score: Score, stored: Stored) -> Hit {
    let highlights = highlighter.highlight(&stored.article, &stored.mentions);
    let Stored { article, mentions, copy_of, .. } = stored;
    Hit {
        score,
        article,
        mentions,
        highlights,
        explanation: None,
        copy_of,
        story: None,
        copies: Copies::default(),
    }
}

/// Every article that matches, in the order of the index.
pub(super) fn stream<'a>(
    reader: &'a Reader,
    time: Option<Duration>,
    plan: &Node,
    snippets: &SnippetOptions,
    group: Group,
) -> Result<HitStream<'a>, BackendError> {
    let searcher = reader.searcher();
    let watch = Watch::start(time);
    let query = lower::lower(&searcher, reader.weights(), &watch, plan)?;
    let weight = query.weight(EnableScoring::disabled_from_searcher(&searcher))?;
    let mut walk = Walk { searcher, weight, time, watch, segment: 0, scorer: None };
    let highlighter = Highlighter::new(plan, snippets);
    let mut next = move || {
        loop {
            let at = walk.next().transpose()?;
            let copies = match at {
                Ok(at) if group != Group::None => walk.copies(reader, at, group),
                _ => Ok(Some(Vec::new())),
            };
            let given = at.and_then(|at| {
                let Some(copies) = copies? else { return Ok(None) };
                let mut hit = hit(&highlighter, 0.0, reader.stored(&walk.searcher, at)?);
                hit.story = group::story_at(reader, &walk.searcher, at)?;
                hit.copies = named(reader, &walk.searcher, copies, &hit.article, group)?;
                Ok(Some(hit))
            });
            if let Some(given) = given.transpose() {
                return Some(given);
            }
        }
    };
    let mut over = false;
    Ok(Box::new(std::iter::from_fn(move || {
        if over {
            return None;
        }
        caught("streaming hits", &mut next).unwrap_or_else(|fault| {
            over = true; // nobody knows in what state it is
            Some(Err(fault.into()))
        })
    })))
}

/// Walks through the matches of all segments, one at a time.
struct Walk {
    searcher: Searcher,
    weight: Box<dyn tantivy::query::Weight>,
    time: Option<Duration>,
    watch: Watch,
    segment: u32,
    scorer: Option<Box<dyn Scorer>>,
}

impl Walk {
    /// Where the articles are that the one at `at` stands for; `None` if it is itself shown with one before it.
    fn copies(
        &self,
        reader: &Reader,
        at: DocAddress,
        group: Group,
    ) -> Result<Option<Vec<DocAddress>>, BackendError> {
        let mut others = group::others(reader, &self.searcher, at, group)?;
        if !others.is_empty() {
            group::matching(&self.searcher, &*self.weight, &self.watch, &mut others)?;
        }
        let is_first = others.first().is_none_or(|first| at < *first);
        Ok(is_first.then_some(others))
    }

    fn next(&mut self) -> Result<Option<DocAddress>, BackendError> {
        loop {
            let Some(segment) = self.searcher.segment_readers().get(self.segment as usize) else {
                return Ok(None);
            };
            let doc: DocId = match &mut self.scorer {
                Some(scorer) => scorer.advance(),
                None => self.scorer.insert(self.weight.scorer(segment, 1.0)?).doc(),
            };
            if let Some(failure) = self.watch.failure() {
                return Err(failure.into());
            }
            // Queries of the engine's own do not look at the clock.
            if self.watch.look() {
                self.segment = u32::MAX; // the end: nothing comes after an error
                return Err(match self.time {
                    Some(limit) if !self.watch.is_gone() => BackendError::TooSlow { limit },
                    _ => BackendError::Gone,
                });
            }
            if doc == TERMINATED {
                self.scorer = None;
                self.segment += 1;
            } else if !segment.is_deleted(doc) {
                return Ok(Some(DocAddress::new(self.segment, doc)));
            }
        }
    }
}
