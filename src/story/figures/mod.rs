//! The figures of a story side by side: what each article says of the same thing.
//!
//! Two figures tell of the same thing if they count the same (money with money of the currency, shares with shares, a measure with
//! its like, what is counted with what is counted), and if the words around them are alike: those of the sentence, the
//! nearer the more, rare ones of the story more than common ones. That they are equal, or count the same noun, speaks for it; two
//! different ones in one sentence never tell of the same. Figures are put together pair by pair, the most alike first, as
//! long as the rows that come to be are alike on average.

mod words;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use self::words::{Surfaces, key_of};
use crate::article::{Article, Kind, Mention, Quantity, Span, TextField};
use crate::text::{sentences, tokens};

/// An article of a story.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The article.
    pub article: &'a Article,
    /// What was found in it, in order of field and start.
    pub mentions: &'a [Mention],
}

/// A figure that an article states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Which of the articles.
    pub article: usize,
    /// Which of its mentions.
    pub mention: usize,
    /// The sentence that states it: bytes of the mention's field.
    pub sentence: Span,
}

/// Figures about the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The words around them that tell what they are of, as they are written most.
    pub about: Vec<String>,
    /// What is counted or measured, as most of them say.
    pub unit: Option<String>,
    /// In the order of the articles and of their text; of an article's equal ones the first.
    pub figures: Vec<Figure>,
}

/// Figures of an article that are looked at.
const OF_ARTICLE: usize = 30;
/// Figures of a story that are looked at: all are compared with all.
const OF_STORY: usize = 360;
/// How alike two figures are that bring rows together, and how alike those of the two rows are on average then.
const ALIKE: f32 = 0.28;
const ON_AVERAGE: f32 = 0.24;
/// What it adds that two figures are equal, if they are not of those that stand for many things; that they may be equal; and
/// that they count the same noun.
const EQUAL: f32 = 0.3;
const SMALL: f64 = 12.0;
const OVERLAPPING: f32 = 0.12;
const SAME_NOUN: f32 = 0.15;
/// Words at this distance count half of those beside the figure.
const HALF: f32 = 5.0;
/// The most words that a row is named by.
const NAMED_BY: usize = 2;
/// A figure with what it is compared by.
struct Known<'a> {
    figure: Figure,
    kind: Kind,
    quantity: &'a Quantity,
    field: TextField,
    /// Words of the sentence by their beginnings, with weights; of length one together.
    words: BTreeMap<String, f32>,
}

/// The figures that several of these articles state of the same thing, those of most articles first. Only rows that `outlet`
/// tells of at least two are given; it is asked with the number of an article.
pub fn side_by_side<O: Ord>(told: &[Told<'_>], outlet: impl Fn(usize) -> O) -> Vec<Row> {
    let mut known = Vec::new();
    let (mut surfaces, mut held) = (Surfaces::default(), BTreeMap::new());
    let mut sentences_seen = 0;
    for (told, article) in told.iter().zip(0..) {
        if known.len() >= OF_STORY {
            break;
        }
        gather(*told, article, &mut known, &mut surfaces, &mut held, &mut sentences_seen);
    }
    known.truncate(OF_STORY);
    weigh(&mut known, &held, sentences_seen);
    let mut rows: Vec<(usize, Row)> = Vec::new();
    for group in together(&known) {
        let of: Vec<&Known<'_>> = group.iter().filter_map(|n| known.get(*n)).collect();
        let mut outlets: Vec<O> = of.iter().map(|known| outlet(known.figure.article)).collect();
        outlets.sort();
        outlets.dedup();
        if outlets.len() > 1 {
            rows.push((outlets.len(), row(&of, &surfaces)));
        }
    }
    // The order of the articles breaks ties.
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| b.1.figures.len().cmp(&a.1.figures.len())));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Adds the figures of an article.
fn gather<'a>(
    told: Told<'a>,
    article: usize,
    known: &mut Vec<Known<'a>>,
    surfaces: &mut Surfaces,
    held: &mut BTreeMap<String, u32>,
    seen: &mut u32,
) {
    let mut left = OF_ARTICLE;
    for field in [TextField::Title, TextField::Body] {
        let text = told.article.text(field);
        let mut figures =
            told.mentions.iter().zip(0..).filter(|(m, _)| m.field == field && m.kind.is_numeric()).peekable();
        for sentence in sentences(text) {
            let words: Vec<(Span, Option<String>)> = tokens(sentence.of(text))
                .map(|token| {
                    let span = Span {
                        start: token.span.start + sentence.start,
                        end: token.span.end + sentence.start,
                    };
                    (span, key_of(span.of(text)))
                })
                .collect();
            let mut here: Vec<&String> = words.iter().filter_map(|(_, key)| key.as_ref()).collect();
            here.sort();
            here.dedup();
            *seen += 1;
            for key in here {
                *held.entry(key.clone()).or_default() += 1;
            }
            while let Some((mention, number)) = figures.next_if(|(m, _)| m.span.start < sentence.end) {
                let Some(quantity) = mention.quantity().filter(|_| left > 0) else { continue };
                left -= 1;
                let at = |inside: fn(&Span, &Span) -> bool| {
                    words.iter().position(|(span, _)| inside(span, &mention.span))
                };
                let first = at(|word, mention| word.end > mention.start).unwrap_or(0);
                let last = at(|word, mention| word.start >= mention.end).unwrap_or(words.len());
                let mut around = BTreeMap::new();
                for ((span, key), place) in words.iter().zip(0..) {
                    let Some(key) = key else { continue };
                    let away = if place < first { first - place } else { (place + 1).saturating_sub(last) };
                    let weight = HALF / (HALF + away as f32);
                    surfaces.note(key, span.of(text));
                    let known = around.entry(key.clone()).or_insert(0.0_f32);
                    *known = known.max(weight);
                }
                let figure = Figure { article, mention: number, sentence };
                known.push(Known { figure, kind: mention.kind, quantity, field, words: around });
            }
        }
    }
}

/// Makes rare words count more, and all words of a figure together as much as those of another.
fn weigh(known: &mut [Known<'_>], held: &BTreeMap<String, u32>, sentences: u32) {
    for figure in known {
        for (key, weight) in &mut figure.words {
            let held = held.get(key).copied().unwrap_or(1).max(1);
            #[allow(clippy::cast_possible_truncation, reason = "a small number")]
            let rare = (f64::from(sentences) / f64::from(held)).ln_1p() as f32;
            *weight *= rare;
        }
        let length = figure.words.values().map(|weight| weight * weight).sum::<f32>().sqrt();
        figure.words.values_mut().for_each(|weight| *weight /= length.max(f32::MIN_POSITIVE));
    }
}

/// How alike two figures are; `None` if they do not tell of the same thing whatever stands around them.
fn alike(one: &Known<'_>, other: &Known<'_>) -> Option<f32> {
    let (a, b) = (one.quantity, other.quantity);
    let equal = a.lo.total_cmp(&b.lo).is_eq() && a.hi.total_cmp(&b.hi).is_eq();
    let same_sentence = one.figure.article == other.figure.article
        && one.field == other.field
        && one.figure.sentence == other.figure.sentence;
    // "Two officials" are not some of "400 nationals".
    let few = |quantity: &Quantity| quantity.hi <= SMALL;
    let other_things = a.unit != b.unit && (one.kind != Kind::Number || few(a) != few(b));
    if one.kind != other.kind || (same_sentence && !equal) || other_things {
        return None;
    }
    // That both say what they count is told by the unit.
    let unit = a.unit.as_deref().and_then(key_of);
    let shared =
        one.words.iter().filter(|(key, _)| !unit.as_ref().is_some_and(|unit| key.starts_with(unit.as_str())));
    let words = shared.filter_map(|(key, weight)| Some(weight * other.words.get(key)?)).sum::<f32>();
    let values = match () {
        () if a.hi <= SMALL && a.unit != b.unit => 0.0,
        () if equal => EQUAL,
        () if a.overlaps(b.lo, b.hi) => OVERLAPPING,
        () => 0.0,
    };
    let noun = if a.unit.is_some() && a.unit == b.unit && one.kind == Kind::Number { SAME_NOUN } else { 0.0 };
    Some(words + values + noun)
}

/// The figures that tell of the same thing, by number.
fn together(known: &[Known<'_>]) -> Vec<Vec<usize>> {
    let count = known.len();
    let mut likeness = vec![f32::NEG_INFINITY; count * count];
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (one, a) in known.iter().zip(0..) {
        for (other, b) in known.iter().zip(0..).skip(a + 1) {
            let Some(alike) = alike(one, other) else { continue };
            for place in [a * count + b, b * count + a] {
                likeness.get_mut(place).into_iter().for_each(|known| *known = alike);
            }
            if alike >= ALIKE {
                pairs.push((alike, a, b));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut groups: Vec<Vec<usize>> = (0..count).map(|n| vec![n]).collect();
    let mut group_of: Vec<usize> = (0..count).collect();
    for (_, a, b) in pairs {
        let (Some(&one), Some(&other)) = (group_of.get(a), group_of.get(b)) else { continue };
        let (Some(left), Some(right)) = (groups.get(one), groups.get(other)) else { continue };
        let all = left.iter().flat_map(|x| right.iter().map(move |y| x * count + y));
        let sum: f32 = all.filter_map(|place| likeness.get(place)).sum();
        if one == other || sum < ON_AVERAGE * (left.len() * right.len()) as f32 {
            continue;
        }
        let moved = groups.get_mut(other).map(std::mem::take).unwrap_or_default();
        for number in &moved {
            group_of.get_mut(*number).into_iter().for_each(|group| *group = one);
        }
        groups.get_mut(one).into_iter().for_each(|group| group.extend_from_slice(&moved));
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// A row of figures.
fn row(of: &[&Known<'_>], surfaces: &Surfaces) -> Row {
    let mut units: BTreeMap<&str, usize> = BTreeMap::new();
    let mut words: BTreeMap<&str, (usize, f32)> = BTreeMap::new();
    for known in of {
        if let Some(unit) = &known.quantity.unit {
            *units.entry(unit).or_default() += 1;
        }
        for (key, weight) in &known.words {
            let (times, sum) = words.entry(key).or_default();
            *times += 1;
            *sum += weight;
        }
    }
    let unit = units.into_iter().max_by_key(|(_, times)| *times).map(|(unit, _)| unit.to_owned());
    let counted = unit.as_deref().and_then(key_of);
    // What most of them have around them.
    let mut about: Vec<(&str, f32)> = words
        .into_iter()
        .filter(|(key, (times, _))| {
            2 * times > of.len() && !counted.as_ref().is_some_and(|unit| key.starts_with(unit.as_str()))
        })
        .map(|(key, (_, sum))| (key, sum))
        .collect();
    // What is done or counted says more of it than whose it is.
    let is_name = |key: &str| surfaces.of(key).is_some_and(|word| word.starts_with(char::is_uppercase));
    about.sort_by(|a, b| is_name(a.0).cmp(&is_name(b.0)).then(b.1.total_cmp(&a.1)).then(a.0.cmp(b.0)));
    let about =
        about.iter().take(NAMED_BY).filter_map(|(key, _)| surfaces.of(key).map(str::to_owned)).collect();
    let mut figures: Vec<&Known<'_>> = Vec::new();
    for known in of {
        let told = |other: &&&Known<'_>| {
            other.figure.article == known.figure.article && same(other.quantity, known.quantity)
        };
        if !figures.iter().any(|other| told(&other)) {
            figures.push(known);
        }
    }
    Row { about, unit, figures: figures.into_iter().map(|known| known.figure).collect() }
}

/// Whether two quantities are stated alike.
fn same(one: &Quantity, other: &Quantity) -> bool {
    let equal = |a: f64, b: f64| a.total_cmp(&b) == Ordering::Equal;
    equal(one.lo, other.lo) && equal(one.hi, other.hi) && one.modifier == other.modifier
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::{Modifier, Reading};

    /// An article whose figures are the numbers of its body, each counting the word behind it.
    fn article(body: &str) -> (Article, Vec<Mention>) {
        let words: Vec<Span> = tokens(body).map(|token| token.span).collect();
        let mentions = words.iter().enumerate().filter_map(|(n, span)| {
            let value: f64 = span.of(body).replace(',', "").parse().ok()?;
            let unit = words.get(n + 1).map(|word| word.of(body).to_lowercase().into());
            let quantity = Quantity::new(value, value, Modifier::Equal, None, unit).unwrap();
            Some(Mention {
                field: TextField::Body,
                span: *span,
                kind: Kind::Number,
                reading: Reading::Quantity(quantity),
                via: "test".into(),
            })
        });
        let mentions = mentions.collect();
        (Article { body: body.to_owned(), ..Article::default() }, mentions)
    }

    /// For each row the article and the figure as it is written.
    fn rows(bodies: &[&str]) -> Vec<(String, Vec<(usize, String)>)> {
        let articles: Vec<_> = bodies.iter().map(|body| article(body)).collect();
        let told: Vec<Told<'_>> =
            articles.iter().map(|(article, mentions)| Told { article, mentions }).collect();
        let shown = |figure: &Figure| {
            let (article, mentions) = &articles[figure.article];
            (figure.article, mentions[figure.mention].span.of(&article.body).to_owned())
        };
        let rows = side_by_side(&told, |n| n).into_iter();
        rows.map(|row| (row.about.join(" "), row.figures.iter().map(shown).collect())).collect()
    }

    fn stated(figures: &[(usize, &str)]) -> Vec<(usize, String)> {
        figures.iter().map(|(article, figure)| (*article, (*figure).to_owned())).collect()
    }

    #[test]
    fn figures_of_the_same_thing_stand_in_a_row_and_others_apart() {
        let rows = rows(&[
            "The ferry carried 212 passengers when it ran aground. Repairs will cost the line 30 millions by summer.",
            "A ferry with 209 passengers ran aground on Sunday. Its owner counts on repairs of 41 millions until summer.",
        ]);
        assert_eq!(rows.len(), 2, "{rows:?}");
        let of = |row: usize| rows.get(row).map(|row| row.1.clone());
        let passengers = Some(stated(&[(0, "212"), (1, "209")]));
        assert!(of(0) == passengers || of(1) == passengers, "{rows:?}");
        assert!(rows.iter().any(|row| row.0.contains("ferry") || row.0.contains("aground")), "{rows:?}");
    }

    #[test]
    fn two_figures_of_one_sentence_are_not_of_the_same_thing() {
        let rows = rows(&[
            "Of 400 prisoners 120 prisoners were released on Monday.",
            "Some 400 prisoners were held, and 120 prisoners of them released on Monday.",
        ]);
        for (_, figures) in &rows {
            let values: Vec<&str> = figures.iter().map(|(_, figure)| figure.as_str()).collect();
            assert!(values.iter().all(|value| value == &values[0]), "{rows:?}");
        }
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn what_one_outlet_says_alone_is_no_row() {
        assert!(
            rows(&["The ferry carried 212 passengers.", "A council voted on a budget of 9 schools."])
                .is_empty()
        );
        assert!(rows(&[]).is_empty());
    }
}
