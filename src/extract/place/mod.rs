//! Places: cities, regions and features of the map, each with its country where it has one.
//!
//! `candidate` goes through the capitalised words and asks the gazetteer ([`crate::names::place`]) for the longest
//! name at each; `context` reads the words around it, and `qualifier` the state or country after its comma ("Paris, Texas").
//! `evidence` counts what the article tells of countries and states: those it names, and towns that leave no doubt.
//! `resolve` then decides for each name which of its places is meant, and `decide` whether it is a place at all. A name
//! means one place in one article. People, organisations and countries are found before; what stands in them is none.

mod candidate;
mod context;
mod decide;
mod evidence;
mod qualifier;
mod resolve;

use std::borrow::Cow;

use super::Text;
use super::lookup::Lookup;
use crate::article::{Kind, Mention, Reading, Span};

/// The mentions of places in the texts of one article, appended to `out` in the order of the texts.
///
/// The span is the name alone; the key is the name and, after commas, the state or province (of the United States and Canada) and
/// the country: `paris, FR`, `paris, TX, US`, `bavaria, DE`, `danube`. `via` tells how it was read: `place:region-after` and
/// `place:country-after` by the state or country after it, `place:only` as no other place has the name, `place:region-near` and
/// `place:country-near` by what else the article names, `place:population` as the largest of the name, `place:region` a state, region or
/// feature of the map.
///
/// `others` are the article's people, organisations and countries.
///
/// ```
/// use dateline::extract::{Text, place};
/// let text = "LONDON (Reuters) - The firm will move from Springfield, Ill., to Ontario.";
/// let tokens: Vec<_> = dateline::text::tokens(text).collect();
/// let mut found = Vec::new();
/// place::find(&[Text::body(text, &tokens)], &[], &mut found);
/// let read: Vec<_> = found.iter().map(|m| (m.span.of(text), m.key())).collect();
/// assert_eq!(read, [
///     ("LONDON", "london, GB".into()),
///     ("Springfield", "springfield, IL, US".into()),
///     ("Ill", "illinois, US".into()),
///     ("Ontario", "ontario, CA".into()),
/// ]);
/// ```
pub fn find(texts: &[Text<'_>], others: &[Mention], out: &mut Vec<Mention>) {
    let others: Vec<&Mention> = others.iter().collect();
    find_in(&Lookup::of(texts), &others, out);
}

/// [`find`] with the words of the texts looked up.
pub(super) fn find_in(words: &[Lookup<'_>], others: &[&Mention], out: &mut Vec<Mention>) {
    let mut hits = Vec::with_capacity(16);
    let mut names = Vec::with_capacity(others.len());
    let mut taken: Vec<&Mention> = Vec::with_capacity(others.len());
    for words in words {
        taken.clear();
        taken.extend(others.iter().filter(|m| m.field == words.text.field));
        taken.sort_unstable_by_key(|m| m.span);
        candidate::collect(words, &taken, &mut hits, &mut names);
    }
    if hits.is_empty() {
        return;
    }
    let evidence = evidence::Evidence::of(others, &hits);
    let read = resolve::resolve(&hits, &names, &evidence);
    for (hit, read) in hits.iter().zip(read) {
        let Some((key, via)) = read else { continue };
        out.push(Mention {
            field: hit.words.text.field,
            span: hit.span(),
            kind: Kind::Place,
            reading: Reading::Entity(Cow::Owned(key)),
            via: Cow::Borrowed(via),
        });
    }
}

/// Tokens that may name a place.
#[derive(Clone, Copy)]
struct Hit<'a> {
    words: &'a Lookup<'a>,
    first: usize,
    last: usize,
    /// The hash of the name.
    name: u64,
    /// The places of the name; none for one that only its state makes a place.
    node: Option<crate::names::place::Node>,
    /// What stands around it.
    context: context::Context,
    /// What stands after its comma.
    qualifier: qualifier::Qualifier,
}

impl Hit<'_> {
    fn span(&self) -> Span {
        let tokens = self.words.text.tokens;
        Span::new(tokens[self.first].span.start as usize, tokens[self.last].span.end as usize)
    }
}

#[cfg(test)]
mod tests;
