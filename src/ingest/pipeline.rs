//! What happens to an article on its way in: it is cleaned, marked, asked about by the watches, and made ready for the index.

use std::time::Instant;

use sha2::{Digest as _, Sha256};

use super::{Done, Spent};
use crate::article::{Article, Cleaning, Mention, RawArticle};
use crate::clean::{self, Cleaned, Evidence, Reason};
use crate::extract::{self, Text};
use crate::index::{self, IndexError, Prepared, Weights};
use crate::read::{self, RawRecord, Reject};
use crate::snippet::crowd::{Asked, Scratch};
use crate::text::{Token, hex, token_list};
use crate::watch::{Answered, Watches};

/// What happens to an article on its way in.
#[derive(Debug, Clone, Default)]
pub struct Pipeline {
    /// How records are read.
    pub read: read::Options,
    /// How articles are cleaned.
    pub clean: clean::Options,
    /// What is looked for in them.
    pub extract: extract::Options,
}

/// An article with its mentions and tokens, on its way into the index.
#[derive(Debug)]
pub struct Marked {
    /// The clean article.
    pub article: Article,
    /// What was found in it, in order of field and start.
    pub mentions: Vec<Mention>,
    /// What cleaning dropped and changed.
    pub cleaning: Cleaning,
    title: Vec<Token>,
    body: Vec<Token>,
}

impl Pipeline {
    /// Cleans an article, gives it an id if it has none, and marks it.
    pub fn mark(&self, raw: RawArticle) -> Marked {
        self.mark_with(raw, &Evidence::default())
    }

    /// As [`Pipeline::mark`]; lines that recur across articles of one source, as far as `evidence` knows them, are dropped.
    pub fn mark_with(&self, raw: RawArticle, evidence: &Evidence) -> Marked {
        self.mark_cleaned(self.clean_with(raw, evidence))
    }

    /// Cleans an article. Where the input states no id, it is made from what the rules leave, so that it stays the same whatever has
    /// been learned since.
    pub fn clean_with(&self, raw: RawArticle, evidence: &Evidence) -> Cleaned {
        let stated = raw.id.as_deref().is_some_and(|id| !id.trim().is_empty());
        let copy = (!stated && !evidence.is_empty()).then(|| raw.clone());
        let mut cleaned = clean::clean_with(raw, &self.clean, evidence);
        if let Some(raw) = copy
            && cleaned.counts.of(Reason::Recurring("")) > 0
        {
            cleaned.article.id = content_id(&clean::clean(raw, &self.clean).article);
        }
        cleaned
    }

    fn mark_cleaned(&self, cleaned: Cleaned) -> Marked {
        Marked { cleaning: cleaned.cleaning, ..self.mark_article(cleaned.article) }
    }

    /// Marks an article that is clean already. Its id is made from its content if it has none.
    pub fn mark_article(&self, mut article: Article) -> Marked {
        if article.id.is_empty() {
            article.id = content_id(&article);
        }
        let (title, body) = (token_list(&article.title), token_list(&article.body));
        let texts = [Text::title(&article.title, &title), Text::body(&article.body, &body)];
        let mentions = extract::extract_in(&texts, article.lang.as_deref(), article.published, &self.extract);
        Marked { article, mentions, cleaning: Cleaning::default(), title, body }
    }

    pub(super) fn process(
        &self,
        record: Result<RawRecord, Reject>,
        with: &With<'_>,
        asking: &mut Scratch,
    ) -> Done {
        let mut clock = Instant::now();
        let mut lap = || std::mem::replace(&mut clock, Instant::now()).elapsed();
        let parsed = record.and_then(|r| r.parse(&self.read));
        let parse = lap();
        match parsed {
            Ok(raw) if raw.withdrawn => {
                // Cleaned, so that its id is written as that of the article was.
                Done::Withdrawn(clean::clean(raw, &self.clean).article.id)
            }
            Ok(raw) => {
                let mut cleaned = self.clean_with(raw, with.evidence);
                let sightings = std::mem::take(&mut cleaned.sightings);
                let clean = lap();
                let marked = self.mark_cleaned(cleaned);
                let extract = lap();
                let asked = with.watches.map(|watches| (marked.asked_by(watches, asking), lap()));
                let (answered, watch) = asked.unzip();
                let watch = watch.unwrap_or_default();
                let bytes = (marked.article.title.len() + marked.article.body.len()) as u64;
                let prepared = marked.prepare(with.weights).map(Box::new);
                let spent = Spent { parse, clean, extract, watch, analyse: lap(), ..Spent::default() };
                Done::Article { prepared, bytes, sightings, answered, spent }
            }
            Err(reject) => Done::Rejected(reject),
        }
    }
}

impl Marked {
    /// Everything that an index with these weights ([`crate::index::Writer::weights`]) will hold of the article.
    ///
    /// # Errors
    /// If the article cannot be encoded, which no article read by this crate runs into.
    pub fn prepare(&self, weights: Weights) -> Result<Prepared, IndexError> {
        let Self { article, mentions, cleaning, title, body } = self;
        let analysed = index::analyse_with(article, title, body, mentions, weights);
        Prepared::with_cleaning(article, mentions, cleaning, analysed)
    }

    /// Which watches match the article, as far as can be told before it is in the index, which knows of words that are run together.
    pub fn asked_by(&self, watches: &Watches, scratch: &mut Scratch) -> Answered {
        let Self { article, mentions, title, body, .. } = self;
        watches.ask(scratch, Asked { article, mentions, title, body })
    }
}

/// What a worker works with.
pub(super) struct With<'a> {
    pub(super) weights: Weights,
    pub(super) evidence: &'a Evidence,
    pub(super) watches: Option<&'a Watches>,
}

/// An id that the same content always gets: the first 128 bits of its SHA-256, in hexadecimal.
///
/// A digest that nobody can steer, because an article with the id of another would replace it.
pub fn content_id(article: &Article) -> String {
    let mut digest = Sha256::new();
    for part in [&article.title, &article.body] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    for part in [&article.source, &article.url] {
        digest.update(part.as_deref().unwrap_or_default().as_bytes());
        digest.update([0]);
    }
    hex(digest.finalize().get(..16).unwrap_or_default())
}
