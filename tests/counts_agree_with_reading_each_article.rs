//! Facets, pairs, quantities and timelines are what counting in each stored article gives: in several segments, after articles were
//! replaced and deleted, with copies counted each or once.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::Place;
use dateline::article::{Article, DAY, Kind, Mention, Reading};
use dateline::backend::{
    By, Counted, Facet, FacetSort, FacetValue, Facets, FacetsRequest, Group, PageRequest, Summary, Timeline,
};
use dateline::facets::by;
use dateline::index::terms::MAX_KEY_BYTES;
use dateline::index::{Writer, WriterOptions};
use dateline::ingest::Pipeline;
use dateline::search::{Archive, SearchRequest};
use dateline::text::Calendar;
use proptest::prelude::*;

/// Sentences with people, organisations, countries, places and quantities; the last is long enough to make copies.
const SENTENCES: [&str; 14] = [
    "President Rosa Venn met Prime Minister Omar Haddad in Paris.",
    "Omar Haddad said the ferry from Lyon, France, cost $40 million.",
    "Iranian officials and the World Health Organization counted 120 nationals.",
    "The United Nations sent between 100 and 150 trucks to Tehran.",
    "Shares of Harbour Holdings Inc. rose 8.5 per cent, Ms Venn said.",
    "Dr Ada Quill of Port University drove 12 km and then 3 miles.",
    "It cost 3 euros, not $2.5 million, and several hundred people came.",
    "Germany and Italy agreed on more than 400 visas.",
    "Mayor Ilse Brandt of Berlin spoke for 20 minutes; 5 tonnes of fish were landed.",
    "Nobody was hurt.",
    "The quay was empty, and losses came to minus 3 per cent or $40,000.",
    "Ada Quill and Ilse Brandt saw 7 gulls in Rome.",
    "Dozens of ships lay off Yemen. The World Health Organization counted $1.2 billion.",
    "A ferry with 212 people on board ran aground off Port Hallam late on Sunday, the coastguard said. Tugs reached it within the hour and \
     nobody was hurt. The harbour master said that fog had come up sooner than was forecast and that the pilot Omar Haddad had asked for \
     leave to wait. The crossing stays closed until the hull has been looked at, which may take until Thursday, and the operator has hired \
     a second ship for the week.",
];
const SOURCES: [&str; 4] = ["Harbour Post", "=Northern Wire", "Météo", ""];

/// An article under one of few ids, and what is done after it.
#[derive(Debug, Clone)]
struct Sent {
    id: u8,
    sentences: Vec<usize>,
    source: usize,
    day: Option<i32>,
    ferries: bool,
    then: u8,
}

fn sent() -> impl Strategy<Value = Vec<Sent>> {
    let day = prop_oneof![3 => 19_000i32..19_020, 1 => 18_000i32..21_000, 1 => Just(-40)];
    let sentences = prop_oneof![4 => prop::collection::vec(0usize..13, 0..6), 1 => Just(vec![13]), 1 => Just(vec![13, 9])];
    let article = (0u8..90, sentences, 0usize..4, prop::option::weighted(0.8, day), any::<bool>(), 0u8..20);
    let article = article.prop_map(|(id, sentences, source, day, ferries, then)| Sent {
        id,
        sentences,
        source,
        day,
        ferries,
        then,
    });
    prop::collection::vec(article, 1..90)
}

fn write(articles: &[Sent], merged: bool) -> Place {
    let place = Place::new();
    let mut writer = Writer::open(&place.index(), &WriterOptions::default()).unwrap();
    for Sent { id, sentences, source, day, ferries, then } in articles {
        let mut body: Vec<&str> = sentences.iter().map(|at| SENTENCES[*at]).collect();
        if *ferries {
            body.push("Ferries left on time.");
        }
        let article = Article {
            id: format!("a{id}"),
            body: body.join(" "),
            source: (*source < 3).then(|| SOURCES[*source].to_owned()),
            section: (*source == 1).then(|| "s".repeat(400)),
            lang: ferries.then(|| "en-GB".to_owned()),
            published: day.map(|day| i64::from(day) * DAY + 7),
            ..Article::default()
        };
        let prepared = Pipeline::default().mark_article(article).prepare(writer.weights()).unwrap();
        writer.upsert(prepared).unwrap();
        match then {
            0..3 => writer.commit().map(drop).unwrap(),
            3 => drop(writer.delete(&format!("a{}", id / 2)).unwrap()),
            _ => {}
        }
    }
    if merged {
        writer.merge().unwrap();
    }
    writer.finish().unwrap();
    place
}

/// Articles as they are stored.
type Read = Vec<(Article, Vec<Mention>)>;

fn read(archive: &Archive, query: &str, group: Group) -> Read {
    let page = PageRequest { group, ..PageRequest::default() };
    let request = SearchRequest { page, ..SearchRequest::default() };
    let hits = archive.stream(query, &request).unwrap().map(Result::unwrap);
    hits.map(|hit| (hit.article, hit.mentions)).collect()
}

fn cut(text: &str) -> String {
    let end = (0..=text.len().min(MAX_KEY_BYTES)).rev().find(|end| text.is_char_boundary(*end)).unwrap();
    text.get(..end).unwrap().to_owned()
}

/// The values that an article has of a facet.
fn values((article, mentions): &(Article, Vec<Mention>), facet: Facet) -> BTreeSet<String> {
    let keys = |kind: Kind| {
        let of = mentions.iter().filter(move |mention| mention.kind == kind);
        of.map(|mention| cut(&mention.key())).collect::<BTreeSet<String>>()
    };
    let text =
        |text: &Option<String>| text.iter().filter(|text| !text.is_empty()).map(|text| cut(text)).collect();
    match facet {
        Facet::Person => keys(Kind::Person),
        Facet::Country => keys(Kind::Country),
        Facet::Org => keys(Kind::Org),
        Facet::Place => keys(Kind::Place),
        Facet::Source => text(&article.source),
        Facet::Section => text(&article.section),
        Facet::Agency => text(&article.agency),
        Facet::Lang => text(&article.lang),
        Facet::Published(calendar) => {
            article.published.iter().map(|second| calendar.label(calendar.number(*second))).collect()
        }
    }
}

/// How many articles have each value, or each pair.
fn tally(articles: &Read, facets: &[Facet]) -> BTreeMap<Vec<String>, u64> {
    let mut counts: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    for article in articles {
        let of: Vec<BTreeSet<String>> = facets.iter().map(|facet| values(article, *facet)).collect();
        for one in &of[0] {
            match of.get(1) {
                None => *counts.entry(vec![one.clone()]).or_default() += 1,
                Some(others) => {
                    for other in others.iter().filter(|other| facets[0] != facets[1] || one < *other) {
                        *counts.entry(vec![one.clone(), other.clone()]).or_default() += 1;
                    }
                }
            }
        }
    }
    counts
}

/// The log-likelihood ratio by the entropies of the table.
fn surprise(k: u64, found: u64, in_all: u64, all: u64) -> f64 {
    let h = |counts: &[u64]| -> f64 {
        let term = |count: &u64| if *count == 0 { 0.0 } else { *count as f64 * (*count as f64).ln() };
        counts.iter().map(term).sum()
    };
    let others = in_all - k;
    let cells = [k, found - k, others, (all - found) - others];
    let sum = h(&cells) - h(&[in_all, all - in_all]) - h(&[found, all - found]) + h(&[all]);
    let rarer = k * (all - found) < others * found;
    if rarer { -2.0 * sum } else { 2.0 * sum }
}

fn counted(archive: &Archive, query: &str, request: &FacetsRequest) -> Facets {
    archive.facets(query, &SearchRequest::default(), request).unwrap()
}

fn only(facets: Facets) -> Vec<FacetValue> {
    let Some(Counted::Values(counts)) = facets.counts.into_iter().next() else { panic!("no values") };
    counts.values
}

fn check_values(archive: &Archive, query: &str, asked: By, facets: &[Facet], group: Group, limit: usize) {
    let (found, all) = (read(archive, query, group), read(archive, "*", group));
    let (of_found, of_all) = (tally(&found, facets), tally(&all, facets));
    let mut expected: Vec<(u64, Vec<String>)> = of_found.iter().map(|(v, n)| (*n, v.clone())).collect();
    expected.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let request = FacetsRequest { by: vec![asked], limit, sort: FacetSort::Count, group };
    let answer = counted(archive, query, &request);
    assert_eq!((answer.articles, answer.all), (found.len() as u64, all.len() as u64));
    if let Some(Counted::Values(counts)) = answer.counts.first() {
        let distinct = (facets.len() == 1).then_some(expected.len() as u64);
        assert_eq!(counts.distinct, distinct, "{facets:?}");
    }
    let given = only(answer);
    let told: Vec<(u64, Vec<String>)> = given.iter().map(|v| (v.articles, v.value.clone())).collect();
    expected.truncate(limit);
    assert_eq!(told, expected, "{query} {facets:?} {group:?} {limit}");
    for value in &given {
        assert_eq!(value.all, of_all.get(&value.value).copied().unwrap_or(0), "{facets:?} {value:?}");
    }
    if group == Group::Copy {
        return; // the first that matches may be another article than the first of all
    }
    let sizes = (found.len() as u64, all.len() as u64);
    let mut unusual: Vec<(f64, Vec<String>)> = Vec::new();
    for (value, articles) in of_found.iter().filter(|(_, articles)| **articles >= FacetSort::LEAST) {
        let surprise = surprise(*articles, sizes.0, of_all[value], sizes.1);
        if surprise >= FacetSort::SURPRISE {
            unusual.push((surprise, value.clone()));
        }
    }
    unusual.sort_by(|a, b| b.0.total_cmp(&a.0));
    let request = FacetsRequest { sort: FacetSort::Unusual, limit: usize::MAX, ..request };
    let told = only(counted(archive, query, &request));
    let set = |values: &[Vec<String>]| values.iter().cloned().collect::<BTreeSet<_>>();
    let values: Vec<Vec<String>> = told.iter().map(|value| value.value.clone()).collect();
    assert_eq!(set(&values), set(&unusual.iter().map(|u| u.1.clone()).collect::<Vec<_>>()), "{facets:?}");
    for (value, (expected, _)) in told.iter().zip(&unusual) {
        assert!((value.surprise - expected).abs() < 1e-6, "{value:?} {expected}");
        let share = value.articles as f64 / sizes.0 as f64 / (value.all as f64 / sizes.1 as f64);
        assert!((value.lift - share).abs() < 1e-9);
    }
}

/// What the quantities of a unit come to, by reading each.
fn check_summary(told: &Summary, articles: &Read, exact: bool) {
    let mut numbers = Vec::new();
    let (mut with, mut intervals) = (0, 0);
    for (_, mentions) in articles {
        let before = numbers.len();
        for mention in mentions.iter().filter(|mention| mention.kind == told.kind) {
            let Reading::Quantity(quantity) = &mention.reading else { continue };
            if told.unit.is_none() || quantity.unit.as_deref() == told.unit.as_deref() {
                if exact && !quantity.is_exact() {
                    continue;
                }
                intervals += u64::from(quantity.lo < quantity.hi);
                numbers.push(f64::midpoint(quantity.lo, quantity.hi));
            }
        }
        with += u64::from(numbers.len() > before);
    }
    numbers.sort_by(f64::total_cmp);
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-7 * a.abs().max(b.abs());
    let (values, half) = (numbers.len(), numbers.len() / 2);
    let median =
        if values % 2 == 1 { numbers[half] } else { f64::midpoint(numbers[half - 1], numbers[half]) };
    assert_eq!((told.articles, told.values, told.intervals), (with, values as u64, intervals), "{told:?}");
    assert!(near(told.min, numbers[0]) && near(told.max, numbers[values - 1]), "{told:?}");
    assert!(near(told.median, median), "{told:?} {median}");
    assert_eq!(told.bins.iter().map(|bin| bin.values).sum::<u64>(), values as u64);
    for (bin, at) in told.bins.iter().zip(1..) {
        let last = at == told.bins.len();
        let inside = |n: &&f64| bin.from <= **n && (**n < bin.to || (last && near(**n, bin.to)));
        assert_eq!(bin.values, numbers.iter().filter(inside).count() as u64, "{told:?}");
    }
}

fn check_quantities(archive: &Archive, query: &str, text: &str) {
    let asked = by(text).unwrap();
    let By::Quantity(test) = &asked else { panic!("{text}") };
    let found = read(archive, query, Group::None);
    let request = FacetsRequest { by: vec![asked.clone()], limit: 1000, ..FacetsRequest::default() };
    let answer = counted(archive, query, &request);
    let Some(Counted::Quantities(counts)) = answer.counts.first() else { panic!("{text}") };
    for summary in &counts.units {
        check_summary(summary, &found, test.exact);
    }
    if ["money", "quantity"].contains(&text) {
        let mut units: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (article, mentions) in &found {
            for mention in mentions {
                let counted = mention.kind == Kind::Number && text == "quantity";
                let unit = mention.quantity().and_then(|quantity| quantity.unit.as_deref());
                if let Some(unit) = unit.filter(|_| mention.kind.name() == text || counted) {
                    units.entry(format!("{} {unit}", mention.kind.name())).or_default().insert(&article.id);
                }
            }
        }
        let told = counts.units.iter();
        let told =
            told.map(|of| (format!("{} {}", of.kind.name(), of.unit.as_deref().unwrap()), of.articles));
        let expected = units.iter().map(|(unit, articles)| (unit.clone(), articles.len() as u64));
        assert_eq!(told.collect::<BTreeMap<_, _>>(), expected.collect(), "{text}");
        let request = FacetsRequest { limit: 1, ..request };
        let answer = counted(archive, query, &request);
        let Some(Counted::Quantities(first)) = answer.counts.first() else { panic!("{text}") };
        assert_eq!(first.units.first().map(|of| of.articles), counts.units.first().map(|of| of.articles));
        assert!(first.units.len() <= 1);
    }
}

fn check_timeline(archive: &Archive, query: &str, calendar: Calendar, group: Group) {
    let found = read(archive, query, group);
    let told = archive.timeline(query, &SearchRequest::default(), calendar, group).unwrap();
    let mut expected: BTreeMap<i64, u64> = BTreeMap::new();
    for second in found.iter().filter_map(|(article, _)| article.published) {
        *expected.entry(calendar.number(second)).or_default() += 1;
    }
    let undated = found.iter().filter(|(article, _)| article.published.is_none()).count() as u64;
    assert_eq!((told.articles, told.undated), (found.len() as u64, undated));
    let numbers: Vec<i64> = told.stretches.iter().map(|stretch| stretch.number).collect();
    if let (Some(first), Some(last)) = (expected.keys().next(), expected.keys().last()) {
        let wide = last - first >= Timeline::MOST;
        let all = (*first..=*last).filter(|number| !wide || expected.contains_key(number));
        assert!(numbers == all.collect::<Vec<_>>(), "{first} to {last}: {} stretches", numbers.len());
    }
    for stretch in &told.stretches {
        assert_eq!(stretch.articles, expected.get(&stretch.number).copied().unwrap_or(0));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn every_count_is_that_of_reading_each_article(articles in sent(), merged in any::<bool>(), limit in 0usize..6) {
        let place = write(&articles, merged);
        let archive = place.archive();
        for query in ["*", "ferries", "country:IR OR ferry", "nowhere"] {
            for group in [Group::None, Group::Copy] {
                for facet in Facet::ALL {
                    check_values(&archive, query, By::One(facet), &[facet], group, usize::MAX);
                    check_values(&archive, query, By::One(facet), &[facet], group, limit);
                }
                for (one, other) in [
                    (Facet::Person, Facet::Country),
                    (Facet::Person, Facet::Person),
                    (Facet::Source, Facet::Published(Calendar::Month)),
                    (Facet::Published(Calendar::Year), Facet::Org),
                ] {
                    for limit in [limit, usize::MAX] {
                        check_values(&archive, query, By::Pair(one, other), &[one, other], group, limit);
                    }
                }
                for calendar in Calendar::ALL {
                    check_timeline(&archive, query, calendar, group);
                }
            }
            for text in ["number", "percent", "money", "money.USD", "money.EUR", "quantity", "quantity.km", "number.exact", "quantity.people"] {
                check_quantities(&archive, query, text);
            }
        }
    }
}

/// Requests that ask for so many values that nothing can be left out.
#[test]
fn more_values_than_there_are_can_be_asked_for() {
    let sent = Sent { id: 1, sentences: vec![0, 3], source: 0, day: Some(19_000), ferries: true, then: 9 };
    let place = write(&[sent], false);
    let request = FacetsRequest {
        by: ["person", "person+org", "money", "day"].map(|text| by(text).unwrap()).to_vec(),
        limit: usize::MAX,
        ..FacetsRequest::default()
    };
    let facets = counted(&place.archive(), "ferries", &request);
    assert_eq!((facets.articles, facets.counts.len()), (1, 4));
}
