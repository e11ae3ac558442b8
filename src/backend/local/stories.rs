//! Stories as the index has them, and why an article is in one.

use std::collections::BTreeMap;

use tantivy::{DocAddress, Searcher, Term};

use super::collect::facts;
use super::group::{in_story, story_at};
use crate::article::{Article, TextField};
use crate::backend::{BackendError, CopyFacts, Elsewhere, Likeness, Story, Why};
use crate::index::{Corrections, HeldStories, Reader, Stored};
use crate::story::{Member, Near, Recent, Trait, number_of};
use crate::text::{fold, tokens};

/// Articles that are compared with each other to find the one that stands for all.
const COMPARED: usize = 64;
/// Tokens of a body among which telling words are looked for.
const LOOKED_AT: usize = 600;
/// Bytes of a body that stand for its title.
const BEGINNING: usize = 72;
/// Articles of a story that are explained.
const EXPLAINED: usize = 200;

/// The number of the story with an id, or of the article with one, if there is any.
fn number(reader: &Reader, searcher: &Searcher, id: &str) -> Result<Option<u64>, BackendError> {
    match Reader::find(searcher, id)? {
        Some(at) => story_at(reader, searcher, at),
        None => Ok(number_of(id)),
    }
}

/// The number of the story that the article with an id is in.
pub(super) fn story_of(reader: &Reader, id: &str) -> Result<Option<u64>, BackendError> {
    let searcher = reader.searcher();
    Reader::find(&searcher, id)?.map_or(Ok(None), |at| story_at(reader, &searcher, at))
}

/// The story with an id, or that of the article with one.
pub(super) fn story(reader: &Reader, id: &str) -> Result<Option<Story>, BackendError> {
    let searcher = reader.searcher();
    let Some(number) = number(reader, &searcher, id)? else { return Ok(None) };
    let mut places = in_story(&searcher, number)?;
    if places.is_empty() {
        return Ok(None);
    }
    let total = places.len() as u64;
    let held = HeldStories::new(searcher.clone())?;
    held.sort_by_time(&mut places);
    let central = central(&held, &places);
    let title = match central {
        Some(at) => called(&reader.stored(&searcher, at)?.article),
        None => String::new(),
    };
    places.truncate(Story::LISTED);
    let articles = facts(reader, &searcher, places)?;
    let mut outlets: Vec<String> = Vec::new();
    for outlet in articles.iter().filter_map(|article| article.source.as_ref()) {
        if !outlets.contains(outlet) {
            outlets.push(outlet.clone());
        }
    }
    Ok(Some(Story { number, title, outlets, total, articles }))
}

/// The articles of a story with their mentions, first published first; at most `most`.
pub(super) fn stored(reader: &Reader, number: u64, most: usize) -> Result<Vec<Stored>, BackendError> {
    let searcher = reader.searcher();
    let mut places = in_story(&searcher, number)?;
    HeldStories::new(searcher.clone())?.sort_by_time(&mut places);
    places.truncate(most);
    places.into_iter().map(|at| Ok(reader.stored(&searcher, at)?)).collect()
}

/// The article that has most in common with the others; of several the first.
fn central(held: &HeldStories, places: &[DocAddress]) -> Option<DocAddress> {
    let some = places.iter().take(COMPARED);
    let members: Vec<(DocAddress, Member)> = some.filter_map(|at| Some((*at, held.member(*at)?))).collect();
    let likeness =
        |one: &Member| members.iter().map(|(_, other)| one.traits.likeness(&other.traits)).sum::<f32>();
    let mut best: Option<(DocAddress, f32)> = None;
    for (at, member) in &members {
        let likeness = likeness(member);
        if best.is_none_or(|best| likeness > best.1 + 1e-4) {
            best = Some((*at, likeness));
        }
    }
    best.map(|(at, _)| at)
}

/// Why each article of a story is in it, first published first.
pub(super) fn explain(reader: &Reader, id: &str) -> Result<Option<Vec<Why>>, BackendError> {
    let searcher = reader.searcher();
    let Some(number) = number(reader, &searcher, id)? else { return Ok(None) };
    let mut places = in_story(&searcher, number)?;
    if places.is_empty() {
        return Ok(None);
    }
    let held = HeldStories::new(searcher.clone())?;
    held.sort_by_time(&mut places);
    places.truncate(EXPLAINED);
    let corrections = Corrections::read(reader.path())?;
    let members: Vec<Option<Member>> = places.iter().map(|at| held.member(*at)).collect();
    let mut whys = Vec::with_capacity(places.len());
    for ((at, member), own) in places.iter().zip(&members).zip(0..) {
        let article = reader.stored(&searcher, *at)?.article;
        let mut why = Why {
            score: None,
            nearest: None,
            elsewhere: None,
            corrections: corrections.naming(&article.id).cloned().collect(),
            article: CopyFacts::default(),
        };
        if let Some(member) = member {
            let others = members.iter().zip(&places).zip(0..).filter(|(_, other)| *other != own);
            let likenesses = others.filter_map(|((other, at), _)| {
                Some((member.traits.likeness(&other.as_ref()?.traits), *at, other.as_ref()?))
            });
            let nearest = likenesses.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((likeness, at, other)) = nearest {
                let mut words: Vec<(String, f32)> = member
                    .traits
                    .shared(&other.traits)
                    .filter_map(|(found, part)| Some((word_of(&article, found)?, part)))
                    .collect();
                words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                let id = reader.stored(&searcher, at)?.article.id;
                why.nearest = Some(Likeness { id, likeness, words });
            }
            let (here, elsewhere) = near(&held, member);
            why.score = here.filter(|_| why.nearest.is_some()).map(|near| near.score);
            why.elsewhere = match elsewhere {
                Some(Near { story, score }) => {
                    title_of(reader, &searcher, story)?.map(|title| Elsewhere { story, title, score })
                }
                None => None,
            };
        }
        why.article = article.into();
        whys.push(why);
    }
    Ok(Some(whys))
}

/// How near an article is to its story without itself, and to the nearest of the others.
fn near(held: &HeldStories, member: &Member) -> (Option<Near>, Option<Near>) {
    let mut recent = Recent::default();
    for window in recent.wanted(member.published) {
        recent.hold(window, held.members(window));
    }
    recent.remove(&member.mark());
    let mut nearest = |own: bool| {
        let refused = |story: u64| (story == member.story) != own;
        recent.nearest(&member.traits, member.published, 1, refused).first().copied()
    };
    (nearest(true), nearest(false))
}

fn title_of(reader: &Reader, searcher: &Searcher, story: u64) -> Result<Option<String>, BackendError> {
    let first = in_story(searcher, story)?.first().copied();
    first.map(|at| Ok(called(&reader.stored(searcher, at)?.article))).transpose()
}

/// The title of an article; of one that has none, how it begins.
fn called(article: &Article) -> String {
    if !article.title.is_empty() {
        return article.title.clone();
    }
    let words = article.body.split_whitespace().scan(0, |length, word| {
        *length += word.len() + 1;
        (*length < BEGINNING).then_some(word)
    });
    words.collect::<Vec<_>>().join(" ") + " …"
}

/// The word that a trait of an article is made of, as it is first written.
fn word_of(article: &Article, found: Trait) -> Option<String> {
    let words = |field| tokens(article.text(field)).map(move |token| token.span.of(article.text(field)));
    words(TextField::Title).chain(words(TextField::Body)).find(|word| found.is(word)).map(str::to_owned)
}

/// The words that tell an article from others: those of its title and its beginning that few articles have, most telling first.
pub(super) fn telling_words(
    reader: &Reader,
    article: &Article,
    most: usize,
) -> Result<Vec<String>, BackendError> {
    let searcher = reader.searcher();
    let mut words: BTreeMap<String, (u8, u8)> = BTreeMap::new();
    for (field, looked_at) in [(TextField::Title, usize::MAX), (TextField::Body, LOOKED_AT)] {
        let text = article.text(field);
        for token in tokens(text).take(looked_at) {
            let (in_title, in_body) = words.entry(fold(token.span.of(text))).or_default();
            let times = if field == TextField::Title { in_title } else { in_body };
            *times = times.saturating_add(1);
        }
    }
    let all = searcher.num_docs() as f32;
    let mut told = Vec::new();
    for (word, (in_title, in_body)) in words {
        let held = searcher.doc_freq(&Term::from_field_text(Reader::fields().text, &word))? as f32;
        let says = word.chars().any(char::is_alphabetic) && word.chars().count() > 2;
        // A word of this article alone finds no other, one of very many none in particular.
        if says && held > 1.0 && held < all / 10.0 + 2.0 {
            let times = f32::from(in_body.min(3)) + 2.0 * f32::from(in_title.min(1));
            told.push(((all / held).ln() * (1.0 + times.ln()), word));
        }
    }
    told.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    told.truncate(most);
    Ok(told.into_iter().map(|(_, word)| word).collect())
}
