//! The term that an article is found by, made from its id.

use sha2::{Digest as _, Sha256};
use tantivy::Term;

use super::writer::SCHEMA;
use crate::text::hex;

/// The longest id that is a term of its own, in bytes; a longer one is found by its SHA-256.
const MAX_ID_BYTES: usize = 512;
/// What the term of an id begins with that stands for its digest.
const DIGEST: &str = "sha256:";

/// The term an article is found by: its id, or the id's digest where it is too long for a term (or looks like one, so
/// that no id can pass for another's digest).
pub(crate) fn id_term(id: &str) -> String {
    if id.len() <= MAX_ID_BYTES && !id.starts_with(DIGEST) {
        return id.to_owned();
    }
    format!("{DIGEST}{}", hex(&Sha256::digest(id.as_bytes())))
}

/// The term, as deletions name it.
pub(super) fn id_query(id: &str) -> Term {
    Term::from_field_text(SCHEMA.1.id, id)
}
