//! [`RawArticle`] to [`Article`]: what the outlet wrote, without what the page, the wire and the encoding did to it.
//!
//! [`clean`] takes a text through five steps: HTML character references are read (`entities`), misread UTF-8 is put right
//! (`mojibake`), characters are made uniform and invisible ones dropped (`normalise`), lines become paragraphs (`lines`, with
//! `wrap` for hard-wrapped text and `hyphen` for the words broken in it), and lines that are page furniture are dropped (`furniture`, by the rules of `furniture_table`, which `furniture_match` and
//! `furniture_shape` compare; `credit` knows bylines and credits). The first three come first
//! and are repeated while one makes work for the other. A title becomes one line and loses no word. `meta` reads
//! dates, language and names. What the text then says of itself is read off it: its `dateline`, the `agency` that sent it, and its language, where the
//! input states none.
//!
//! Every step looks before it copies: it makes its edits through an editor (`edit`) that copies at the first of them. A
//! step counts its changes by their [`Reason`], and where [`Options::record`] asks for it keeps each as a [`Change`]
//! with its bytes of the *raw* text, found by tracing the steps back. [`diff`] makes a list of them for people.
//!
//! Cleaning clean text changes nothing. Straight and curly quotes are never touched.

mod agency;
mod credit;
mod dateline;
mod diff;
mod edit;
mod entities;
mod evidence;
mod first_bytes;
mod furniture;
mod furniture_match;
mod furniture_page;
mod furniture_shape;
mod furniture_table;
mod hyphen;
mod lines;
mod meta;
mod mojibake;
mod normalise;
mod reason;
#[cfg(test)]
mod tests;
mod wrap;

use crate::article::{Article, Cleaning, RawArticle, TextField};
use crate::text::language;

pub use diff::{Diff, Record, diff, diff_with};
pub use evidence::{Evidence, Sightings};
pub use furniture::rules;
pub use meta::Unread;
pub use reason::{Change, Counts, Reason};

use edit::Log;
use evidence::Source;

/// What cleaning does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Whether title and body are cleaned at all; otherwise they are taken as they are, byte for byte.
    pub enabled: bool,
    /// Whether page furniture is dropped.
    pub furniture: bool,
    /// Whether each change is kept in [`Cleaned::changes`], and not only counted.
    pub record: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { enabled: true, furniture: true, record: false }
    }
}

/// A cleaned article, and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The article; its id is empty if the input gave none.
    pub article: Article,
    /// How often something was changed, by reason.
    pub counts: Counts,
    /// Each change, step by step, if [`Options::record`] asked for it.
    pub changes: Vec<Change>,
    /// What was stated beside the text and could not be read.
    pub unread: Vec<Unread>,
    /// What was dropped and changed, as an index keeps it.
    pub cleaning: Cleaning,
    /// What the article says about the lines of its source, for [`Evidence::learn`]; only [`clean_with`] looks.
    pub sightings: Sightings,
}

/// Cleans one article.
///
/// ```
/// use dateline::article::{Origin, RawArticle};
/// use dateline::clean::{Options, clean};
/// let mut raw = RawArticle::at(Origin { file: "a.txt".into(), record: 1, offset: 0 });
/// raw.title = "Bridge closed ".to_owned();
/// raw.body = "Share this article\n\nItâ€™s shut, the  board said.\n\n© 2025 The Paper".to_owned();
/// let article = clean(raw, &Options::default()).article;
/// assert_eq!(article.title, "Bridge closed");
/// assert_eq!(article.body, "It’s shut, the board said.");
/// ```
pub fn clean(raw: RawArticle, options: &Options) -> Cleaned {
    clean_by(raw, options, None)
}

/// Cleans one article, and drops the lines that recur across articles of its source too, as far as `evidence` knows them.
///
/// The evidence does not learn by itself: what the article says is in [`Cleaned::sightings`].
pub fn clean_with(raw: RawArticle, options: &Options, evidence: &Evidence) -> Cleaned {
    clean_by(raw, options, Some(evidence))
}

fn clean_by(mut raw: RawArticle, options: &Options, evidence: Option<&Evidence>) -> Cleaned {
    let mut article = Article { origin: Some(raw.origin.clone()), ..Article::default() };
    let unread = meta::fill(&mut article, &mut raw);
    let mut byline = meta::byline(raw.byline.take());
    let signed = article.agency.is_none().then(|| agency::of_end(&raw.body)).flatten();
    let (mut counts, mut changes) = (Counts::default(), Vec::new());
    let (mut cleaning, mut sightings) = (Cleaning::default(), Sightings::default());
    if options.enabled {
        let mut keep = |log: Log| {
            counts.add_all(&log.counts);
            changes.extend(log.changes);
            cleaning.dropped.extend(log.dropped);
        };
        let mut log = Log::new(TextField::Title, &raw.title, options.record);
        article.title = clean_title(raw.title, &mut log);
        keep(log);
        let mut log = Log::new(TextField::Body, &raw.body, options.record);
        let mut known = evidence.map(|evidence| Known {
            evidence,
            source: Source::of(&article, &raw.origin),
            sightings: &mut sightings,
        });
        let body = clean_body(raw.body, &mut byline, options, &mut known, &mut log);
        article.body = body;
        keep(log);
        cleaning.changed = counts.of_characters();
    } else {
        article.title = raw.title;
        article.body = raw.body;
    }
    article.byline = byline;
    describe(&mut article, signed);
    Cleaned { article, counts, changes, unread, cleaning, sightings }
}

/// What is known of an article's source, and where to put what the article adds to it.
struct Known<'a> {
    evidence: &'a Evidence,
    source: Source<'a>,
    sightings: &'a mut Sightings,
}

impl Known<'_> {
    fn strip(&mut self, text: &str, log: &mut Log) -> Option<String> {
        evidence::strip(text, self.evidence, &self.source, self.sightings, log)
    }
}

/// Reads off a clean article what it says of itself: its dateline, its agency (`signed` by its last words), its language.
fn describe(article: &mut Article, signed: Option<&'static str>) {
    let found = dateline::find(&article.body, article.published);
    article.dateline = found.map(|found| found.dateline);
    if article.agency.is_none() {
        let named = found
            .and_then(|found| found.agency)
            .or_else(|| article.byline.as_deref().and_then(agency::of_byline))
            .or_else(|| article.source.as_deref().and_then(agency::of_source))
            .or(signed);
        article.agency = named.map(str::to_owned);
    }
    let text = if article.body.is_empty() { &article.title } else { &article.body };
    // A tag that the script belies is that of the outlet's country, or of nothing.
    if article.lang.as_deref().is_none_or(|tag| !language::fits(text, tag)) {
        let detected = language::detect(text);
        article.lang_detected = detected.is_some();
        article.lang = detected.map(str::to_owned).or(article.lang.take());
    }
}

fn clean_title(text: String, log: &mut Log) -> String {
    let mut text = characters(text, log).0;
    while let Some(line) = lines::one_line(&text, log) {
        // Side by side, what stood on two lines may be what was one character.
        let (again, changed) = characters(line, log);
        text = again;
        if !changed {
            break;
        }
    }
    text
}

fn clean_body(
    text: String,
    byline: &mut Option<String>,
    options: &Options,
    known: &mut Option<Known<'_>>,
    log: &mut Log,
) -> String {
    // A dropped line may have stood inside a wrapped sentence.
    const ROUNDS: usize = 4;
    let mut text = characters(text, log).0;
    // Whether the rules have nothing more to say of the text as it is.
    let mut is_settled = !options.furniture;
    for _ in 0..ROUNDS {
        let mut again = false;
        if let Some(arranged) = lines::arrange(&text, log) {
            (text, is_settled) = (arranged, !options.furniture);
            if !text.is_ascii()
                && let Some(repaired) = mojibake::repair(&text, log)
            {
                (text, again) = (characters(repaired, log).0, true);
            }
        }
        if again {
            continue;
        }
        if !is_settled && let Some(stripped) = furniture::strip(&text, byline, log) {
            (text, is_settled) = (stripped.text, stripped.is_settled);
            continue;
        }
        // Where the rules find nothing more, evidence is asked.
        let known = known.as_mut().filter(|_| options.furniture);
        let Some(stripped) = known.and_then(|known| known.strip(&text, log)) else { break };
        (text, is_settled) = (stripped, false);
    }
    text
}

/// Puts the characters of `text` right; with whether there was anything to do.
fn characters(mut text: String, log: &mut Log) -> (String, bool) {
    // What one step drops or makes may be part of what another looks for. Two rounds settle all but texts made for it.
    const ROUNDS: usize = 4;
    let mut changed = false;
    for _ in 0..ROUNDS {
        let mut again = false;
        if let Some(unescaped) = entities::unescape(&text, log) {
            (text, again) = (unescaped, true);
        }
        if !text.is_ascii()
            && let Some(repaired) = mojibake::repair(&text, log)
        {
            (text, again) = (repaired, true);
        }
        let normal = normalise::normalise(&text, log);
        changed |= again || normal.is_some();
        match normal {
            Some(normal) => text = normal,
            None if again => {}
            None => break,
        }
        if text.is_ascii() && memchr::memchr(b'&', text.as_bytes()).is_none() {
            break;
        }
    }
    (text, changed)
}
