//! What else is about the same as an article.

use std::collections::BTreeMap;

use crate::article::{Kind, Reading};
use crate::backend::{Group, Hit};
use crate::index::Stored;
use crate::search::{Archive, SearchError, SearchRequest};

/// Names of each kind that are asked for.
const NAMES: usize = 3;
/// Words that are asked for.
const WORDS: usize = 16;
/// A hit is as good as this share of the article itself at least.
const GOOD: f32 = 0.15;

/// Stories that are about the same as an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Related {
    /// What was asked for: the words and names that tell the article from others.
    pub query: String,
    /// One article of each story, the nearest first; with the others of it that match.
    pub hits: Vec<Hit>,
}

impl Archive {
    /// Other stories about the same people, organisations and things as an article, nearest first, whenever they were
    /// published; `None` where there is no such article. Of the request the number of hits, the dates and the snippets count.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn related(&self, id: &str, request: &SearchRequest) -> Result<Option<Related>, SearchError> {
        let Some(stored) = self.get(id)? else { return Ok(None) };
        let words = self.backend().telling_words(&stored.article, WORDS)?;
        let mut asked: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        for (kind, field) in [(Kind::Person, "person"), (Kind::Org, "org")] {
            asked.extend(names(&stored, kind).into_iter().map(|name| format!("{field}:{}", quoted(&name))));
        }
        if asked.is_empty() {
            return Ok(Some(Related::default()));
        }
        let query = asked.join(" OR ");
        let mut request = request.clone();
        let wanted = request.page.limit;
        request.page.limit = wanted.saturating_add(1);
        request.page.group = Group::Story;
        request.page.total = false;
        let mut hits = self.search(&query, &request)?.page.hits;
        let own = self.story(id)?.map(|story| story.number);
        let best = hits.iter().map(|hit| hit.score).fold(0.0, f32::max);
        hits.retain(|hit| hit.article.id != id && (hit.story.is_none() || hit.story != own));
        hits.retain(|hit| hit.score >= GOOD * best);
        hits.truncate(wanted);
        Ok(Some(Related { query, hits }))
    }
}

/// The names of a kind that an article mentions most.
fn names(stored: &Stored, kind: Kind) -> Vec<String> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in stored.mentions.iter().filter(|mention| mention.kind == kind) {
        if let Reading::Entity(key) = &mention.reading {
            *times.entry(key).or_default() += 1;
        }
    }
    let mut names: Vec<(&str, usize)> = times.into_iter().filter(|(_, times)| *times > 1).collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    names.into_iter().take(NAMES).map(|(name, _)| name.to_owned()).collect()
}

/// A word or name in the query language, as it is written.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['"', '\\', '{', '}'], " "))
}
