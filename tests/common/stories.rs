//! Made-up wire stories and what outlets make of them, and a naive reading of which are copies.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use dateline::text::{fold, tokens};
use proptest::prelude::*;

/// Words for stories: enough of them that two stories have next to no words in a row in common.
const WORDS: [&str; 40] = [
    "harbour", "ferry", "crew", "minister", "strike", "deal", "talks", "storm", "bridge", "mayor", "court",
    "vote", "budget", "river", "train", "school", "doctor", "price", "wheat", "fuel", "port", "road", "bank",
    "union", "army", "border", "fire", "flood", "winter", "harvest", "engine", "signal", "island", "market",
    "museum", "judge", "ship", "coast", "power", "water",
];

/// An article as an outlet sends it.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub id: String,
    pub title: String,
    pub body: String,
    pub source: String,
    /// A day of January 2024; none for no date.
    pub day: Option<u32>,
}

impl Sent {
    pub(crate) fn line(&self) -> String {
        let published =
            self.day.map_or(String::new(), |day| format!(", \"published\": \"2024-01-{day:02}\""));
        let Self { id, title, body, source, .. } = self;
        format!(
            "{{\"id\": \"{id}\", \"title\": \"{title}\", \"body\": \"{body}\", \"source\": \"{source}\"{published}}}"
        )
    }
}

/// What an outlet does to a story.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Keep,
    Replace(usize),
    Cut(usize),
    Add(usize),
}

fn story(seed: usize, words: usize) -> Vec<String> {
    let mut state = seed as u64 * 7919 + 17;
    (0..words)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            WORDS[usize::try_from(state >> 33).unwrap() % WORDS.len()].to_owned()
        })
        .collect()
}

/// Articles of a few stories in random order, some changed a little, some much, with ids that sometimes come again.
pub(crate) fn sent(most: usize) -> impl Strategy<Value = Vec<Sent>> {
    let edit = prop_oneof![
        3 => Just(Edit::Keep),
        2 => (0usize..400).prop_map(Edit::Replace),
        1 => (1usize..60).prop_map(Edit::Cut),
        1 => (1usize..60).prop_map(Edit::Add),
    ];
    let one =
        (0usize..6, prop::collection::vec(edit, 0..4), 0usize..40, prop::option::of(1u32..9), 0usize..5);
    prop::collection::vec(one, 1..most).prop_map(|all| {
        all.into_iter()
            .map(|(seed, edits, id, day, outlet)| {
                let mut words = story(seed, [8, 30, 70, 90, 110, 130][seed]);
                for edit in edits {
                    let length = words.len();
                    match edit {
                        Edit::Keep => {}
                        Edit::Replace(at) => words[at % length] = format!("other{at}"),
                        Edit::Cut(few) => words.truncate(length.saturating_sub(few).max(3)),
                        Edit::Add(few) => words.extend(story(seed * 100 + few, few)),
                    }
                }
                Sent {
                    id: format!("a{id}"),
                    title: format!("Of the {} and the {}", WORDS[seed], WORDS[seed + 10]),
                    body: words.join(" "),
                    source: format!("Outlet {outlet}"),
                    day,
                }
            })
            .collect()
    })
}

/// Whether one is a copy of the other, by every four words in a row of their bodies.
pub(crate) fn are_copies(one: &Sent, other: &Sent) -> bool {
    are_copies_within(one, other, 0.0)
}

/// The same with lower bounds: the index holds a sketch of longer texts against each other, which tells shares to about
/// a twentieth, seldom a tenth.
pub(crate) fn are_copies_within(one: &Sent, other: &Sent, slack: f64) -> bool {
    let words = |text: &str| tokens(text).map(|t| fold(t.span.of(text))).collect::<Vec<_>>();
    let (a, b) = (words(&one.body), words(&other.body));
    if a.len() < 20 || b.len() < 20 {
        let (of_a, of_b) = (words(&one.title), words(&other.title));
        return a == b && of_a == of_b && a.len() + of_a.len() >= 10;
    }
    let rows = |words: &[String]| words.windows(4).map(<[String]>::to_vec).collect::<BTreeSet<_>>();
    let (x, y) = (rows(&a), rows(&b));
    let both = x.intersection(&y).count() as f64;
    let resemblance = both / x.union(&y).count() as f64;
    let contained = both / if a.len() <= b.len() { x.len() } else { y.len() } as f64;
    let (shorter, longer) = (a.len().min(b.len()) - 3, a.len().max(b.len()) - 3);
    match (one.day, other.day) {
        (Some(one), Some(other)) if one.abs_diff(other) > 2 => resemblance >= 0.9 - slack,
        _ => resemblance >= 0.7 - slack || (contained >= 0.9 - slack && shorter * 2 >= longer),
    }
}

/// The last of each id, as the index has it.
pub(crate) fn standing(sent: &[Sent]) -> BTreeMap<String, Sent> {
    sent.iter().map(|article| (article.id.clone(), article.clone())).collect()
}
