//! Names of the index by how a word of theirs begins.

use std::time::Duration;

use rustc_hash::FxHashMap;
use tantivy::{Searcher, Term};

use super::collect::timed;
use crate::article::Kind;
use crate::backend::BackendError;
use crate::index::{IndexError, Reader, terms};

/// The names of `kind` of which a word begins with the folded `prefix`, those of most articles first, with how many have them; articles that were
/// deleted are among these until their segments are merged.
pub(super) fn names(
    searcher: &Searcher,
    time: Option<Duration>,
    kind: Kind,
    prefix: &str,
    limit: usize,
) -> Result<Vec<(String, u64)>, BackendError> {
    // A place's key begins with its name's parts; what people write is the name.
    let head = if kind == Kind::Place { terms::part(kind, "") } else { terms::key(kind, "") };
    let field = Reader::fields().mention;
    let mut found: FxHashMap<String, u64> = FxHashMap::default();
    timed(time, |watch| {
        let mut ticks = 0;
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let read = |source| IndexError::io("reading the index's words", source);
            let mut stream = inverted.terms().range().ge(&head).into_stream().map_err(read)?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                let Some(name) = term.strip_prefix(&head) else { break };
                if watch.tick(&mut ticks) {
                    break;
                }
                if begins(name, prefix) && !is_code(kind, name) {
                    *found.entry(name.to_owned()).or_default() += u64::from(stream.value().doc_freq);
                }
            }
        }
        Ok(())
    })?;
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_unstable_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    found.truncate(limit);
    Ok(found)
}

/// How many articles have a mention of `kind` with this key.
pub(super) fn articles(searcher: &Searcher, kind: Kind, key: &str) -> Result<u64, BackendError> {
    Ok(searcher.doc_freq(&Term::from_field_text(Reader::fields().mention, &terms::key(kind, key)))?)
}

/// Whether a word of the name begins so.
fn begins(name: &str, prefix: &str) -> bool {
    name.starts_with(prefix)
        || name
            .match_indices(' ')
            .any(|(at, _)| name.get(at + 1..).is_some_and(|rest| rest.starts_with(prefix)))
}

/// The parts of places that are the code of a country or a state.
fn is_code(kind: Kind, name: &str) -> bool {
    kind == Kind::Place && !name.contains(char::is_lowercase)
}
