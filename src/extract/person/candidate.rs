//! The spans that may name a person: each capitalised run of a text, cut where a word can be no part of a name.

use super::cue::Cues;
use super::lexicon::Flags;
use super::run::Run;
use crate::article::Span;
use crate::extract::Text;
use crate::extract::gazetteer::add_to_hash;
use crate::extract::lookup::Lookup;

/// A span that may name a person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Which of the article's texts it stands in, as an index.
    pub(super) text: usize,
    /// Its first capitalised token.
    pub(super) first: usize,
    /// Its last token.
    pub(super) last: usize,
    /// How many particles in lower case stand directly before it: "van" Gaal.
    pub(super) lead: usize,
    /// The token of its last word that is no "Jr".
    pub(super) surname: usize,
    /// What stands around it, and what it is made of.
    pub(super) cues: Cues,
    /// What its first word can be.
    pub(super) first_flags: Flags,
    /// What its surname can be.
    pub(super) last_flags: Flags,
    /// How many of its words are names: no initials, no particles, no "Jr".
    pub(super) names: usize,
    /// What the tagger says of it, in points.
    pub(super) tagged: i32,
    /// Hash of its words, the same for each way to write them.
    pub(super) hash: u64,
}

impl Candidate {
    /// Whether it is more than one word of a name.
    pub(super) fn is_full(&self) -> bool {
        self.last > self.first && (self.names > 1 || self.cues.has(Cues::INITIAL))
    }

    /// Where it stands in its text, with `lead` of the particles before it.
    pub(super) fn span(&self, text: &Text<'_>, lead: usize) -> Span {
        let start = text.tokens[self.first - lead.min(self.lead)].span.start as usize;
        Span::new(start, text.tokens[self.last].span.end as usize)
    }
}

/// The hash of a candidate of the one word at `token`.
pub(super) fn single_hash(words: &Lookup<'_>, token: usize) -> u64 {
    add_to_hash(0, words.hash(token))
}

/// Appends the candidates of the text with these `words`, which is number `number` of the article.
pub(super) fn collect(words: &Lookup<'_>, number: usize, out: &mut Vec<Candidate>) {
    let text = words.text;
    let bytes = text.text.as_bytes();
    let mut styles = words.styles();
    let mut run = Run::new(words, number);
    let mut end = 0;
    for &at in words.capitalised() {
        let Some(token) = text.tokens.get(at).filter(|_| at >= end) else { continue };
        end = run.read(at);
        // No names in web and mail addresses.
        let before = (token.span.start as usize).checked_sub(1).and_then(|n| bytes.get(n).copied());
        let in_address = matches!(before, Some(b'/' | b'@' | b'#' | b'=' | b'_' | b'&'));
        if end > at && !in_address {
            let style = styles.at(at);
            run.cut(style, out);
        }
    }
}
