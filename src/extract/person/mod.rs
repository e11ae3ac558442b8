//! People: from the capitalised words of a text to persons.
//!
//! Four steps. `candidate` goes through the tokens: `run` reads each capitalised run, `parts` decides what each of its
//! words is (it asks `lexicon`, whose tables are `lexicon.txt`, as `packed` has it, and `words`), `cut` makes candidates of it with the cues
//! that `cue` finds around them; `line` tells headlines from prose. `weigh` joins them with what
//! the trained tagger sees. `decide` scores one candidate. `resolve` looks at the
//! article as a whole: cues are shared between the occurrences of a name, and a surname alone goes to the person whose
//! full name the article has.

mod candidate;
mod cue;
mod cut;
mod decide;
mod doubt;
pub(in crate::extract) mod lexicon;
pub(in crate::extract) mod line;
mod packed;
mod parts;
mod resolve;
mod run;
mod table;
mod weigh;
mod words;

use std::borrow::Cow;

pub use packed::pack;

use super::lookup::Lookup;
use super::{Options, Text, tagger};
use crate::article::{Kind, Mention, Reading};

/// The mentions of persons in the texts of one article, appended to `out` in the order of the texts.
///
/// The span is the name without title and possessive; the key is [`crate::names::person::key`] of the person's full name as the article has
/// it, else of the name itself. `via` tells how it was found: `person:full` a full name, `person:surname` a part of a
/// full name that stands elsewhere in the article, `person:cue` a single name that a title or a verb of speech marks;
/// `person:tagger` a name that the rules alone would have left (see [`Options`]).
///
/// ```
/// use dateline::article::TextField;
/// use dateline::extract::{Text, person};
/// let text = "Lee wins. Mayor Anna Lee, 52, thanked voters.";
/// let tokens: Vec<_> = dateline::text::tokens(text).collect();
/// let mut found = Vec::new();
/// person::find(&[Text { field: TextField::Body, text, tokens: &tokens }], &mut found);
/// let read: Vec<_> = found.iter().map(|m| (m.span.of(text), m.key())).collect();
/// assert_eq!(read, [("Lee", "anna lee".into()), ("Anna Lee", "anna lee".into())]);
/// ```
pub fn find(texts: &[Text<'_>], out: &mut Vec<Mention>) {
    find_in(&Lookup::of(texts), texts, &Options::default(), out);
}

/// [`find`] with the words of `texts` looked up, and as `options` say.
pub(super) fn find_in(words: &[Lookup<'_>], texts: &[Text<'_>], options: &Options, out: &mut Vec<Mention>) {
    // Every other capitalised word begins one, at most.
    let capitalised: usize = words.iter().map(|words| words.capitalised().len()).sum();
    let mut candidates = Vec::with_capacity(capitalised / 2);
    for (number, words) in words.iter().enumerate() {
        candidate::collect(words, number, &mut candidates);
    }
    let mut scores = resolve::scores(words, &candidates);
    if options.tagger {
        let open = doubt::open_words(words, &candidates, &scores);
        let seen = tagger::tag(words, &open);
        if !seen.margins.is_empty() {
            candidates = weigh::with_tags(words, candidates, &scores, &seen);
            scores = resolve::scores(words, &candidates);
        }
    }
    let mut end_of_last = (usize::MAX, 0);
    for named in resolve::resolve(words, &candidates, &scores, options.merge) {
        let candidate = &candidates[named.candidate];
        let text = &texts[candidate.text];
        let with_particles = candidate.span(text, named.lead);
        // The particles before a name may close the name before it.
        let span = if end_of_last.0 == candidate.text && with_particles.start < end_of_last.1 {
            candidate.span(text, 0)
        } else {
            with_particles
        };
        end_of_last = (candidate.text, span.end);
        out.push(Mention {
            field: text.field,
            span,
            kind: Kind::Person,
            reading: Reading::Entity(Cow::Owned(named.key)),
            via: Cow::Borrowed(named.via),
        });
    }
}

#[cfg(test)]
mod tests;
