//! Organisations: from the capitalised words of a text to companies, agencies, parties, teams.
//!
//! `run` reads each capitalised run, with what the extraction of persons found in it. `cut` makes candidates of it: a
//! noun of bodies that ends a name (`head`: "Bank", the lists are in `words`), which `extend` carries on over "of" and "and"; a
//! well-known name (`known`); `plain` finds acronyms and other names, `define` a name before its acronym in brackets; what only
//! the `cue`s around it can make an organisation is weighed. `resolve` looks at the article as a whole: a short form goes to the full
//! name that the article has.

mod candidate;
mod cue;
mod cut;
mod define;
mod extend;
mod head;
mod known;
mod plain;
mod resolve;
mod run;
pub(in crate::extract) mod words;

use std::borrow::Cow;

use super::Text;
use super::lookup::Lookup;
use crate::article::{Kind, Mention, Reading, Span};
use cut::Out;
pub(in crate::extract) use known::{each_first_word, known_name};
use run::Run;

/// The mentions of organisations in the texts of one article, appended to `out` in the order of the texts.
///
/// The span is the name without article and possessive; the key is [`crate::names::org::key`] of the full name as the
/// article has it, else of the name itself. `via` tells how it was found: `org:known` a well-known name, `org:head` a
/// noun of bodies, `org:defined` a name with its acronym in brackets, `org:acronym` capitals, `org:short` a short form of a name that
/// stands elsewhere in the article, `org:cue` a name that the words around it make one.
///
/// `people` are the article's persons, in the order of the texts.
///
/// ```
/// use dateline::article::TextField;
/// use dateline::extract::{Text, org};
/// let text = "The Harbour Pilots Association (HPA) told the BBC that HPA members had voted.";
/// let tokens: Vec<_> = dateline::text::tokens(text).collect();
/// let mut found = Vec::new();
/// org::find(&[Text { field: TextField::Body, text, tokens: &tokens }], &[], &mut found);
/// let read: Vec<_> = found.iter().map(|m| (m.span.of(text), m.key())).collect();
/// assert_eq!(read, [
///     ("Harbour Pilots Association", "harbour pilots association".into()),
///     ("HPA", "harbour pilots association".into()),
///     ("BBC", "bbc".into()),
///     ("HPA", "harbour pilots association".into()),
/// ]);
/// ```
pub fn find(texts: &[Text<'_>], people: &[Mention], out: &mut Vec<Mention>) {
    find_in(&Lookup::of(texts), texts, people, true, out);
}

/// [`find`] with the words of `texts` looked up, and with `merge` as [`Options`](super::Options) has it.
pub(super) fn find_in(
    words: &[Lookup<'_>],
    texts: &[Text<'_>],
    people: &[Mention],
    merge: bool,
    out: &mut Vec<Mention>,
) {
    let capitalised: usize = words.iter().map(|words| words.capitalised().len()).sum();
    let mut candidates = Vec::with_capacity(capitalised / 2);
    let mut defined = Vec::new();
    let mut spans: Vec<Span> = Vec::with_capacity(people.len());
    for (number, words) in words.iter().enumerate() {
        spans.clear();
        spans.extend(people.iter().filter(|p| p.field == words.text.field).map(|p| p.span));
        collect(words, &spans, &mut Out { number, found: &mut candidates, defined: &mut defined });
    }
    let mut end_of_last = (usize::MAX, 0);
    for named in resolve::resolve(words, &candidates, &defined, merge) {
        let candidate = &candidates[named.candidate];
        let text = &texts[candidate.text];
        let span = candidate.span(text);
        if end_of_last.0 == candidate.text && span.start < end_of_last.1 {
            continue;
        }
        end_of_last = (candidate.text, span.end);
        out.push(Mention {
            field: text.field,
            span,
            kind: Kind::Org,
            reading: Reading::Entity(named.key),
            via: Cow::Borrowed(named.via),
        });
    }
}

/// Appends the candidates of the text with these `words`, in which `people` are the persons.
fn collect(words: &Lookup<'_>, people: &[Span], out: &mut Out<'_>) {
    let text = words.text;
    let bytes = text.text.as_bytes();
    let mut styles = words.styles();
    let mut run = Run::new(words, people);
    let mut next = 0;
    for &at in words.capitalised() {
        if at < next || run.skips(at) {
            continue;
        }
        let Some(token) = text.tokens.get(at) else { break };
        let start = token.span.start as usize;
        let end = run.read(at);
        let before = start.checked_sub(1).and_then(|n| bytes.get(n).copied());
        let in_address = matches!(before, Some(b'/' | b'@' | b'#' | b'=' | b'_'));
        let brackets = || text.gap(end - 1) == " (";
        if end > at && !in_address && (run.worth || brackets()) {
            let style = styles.at(at);
            next = run.cut(style, out).max(end);
        } else {
            next = end;
        }
    }
}

#[cfg(test)]
mod tests;
