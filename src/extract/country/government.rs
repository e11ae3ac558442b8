//! Capitals: "Tehran said" is Iran, "in Tehran" is a city.

use super::Hit;
use crate::extract::is_capitalised;

/// What governments do in news, for a capital before it.
const GOVERNMENT_VERBS: &[&str] = &[
    "accepted",
    "accused",
    "accuses",
    "agreed",
    "announced",
    "argues",
    "backed",
    "backs",
    "believes",
    "blamed",
    "blames",
    "called",
    "calls",
    "claims",
    "condemned",
    "considers",
    "demanded",
    "demands",
    "denied",
    "denies",
    "fears",
    "hopes",
    "imposed",
    "insisted",
    "insists",
    "maintains",
    "must",
    "opposes",
    "pledged",
    "pressed",
    "promised",
    "protested",
    "recalled",
    "recognised",
    "recognized",
    "refused",
    "refuses",
    "rejected",
    "rejects",
    "retaliated",
    "said",
    "says",
    "sees",
    "should",
    "supports",
    "threatened",
    "urged",
    "views",
    "vowed",
    "wanted",
    "wants",
    "warned",
    "warns",
];

/// What only governments have, for a capital's possessive before it.
const GOVERNMENT_NOUNS: &[&str] = &[
    "allies",
    "ally",
    "ambassador",
    "ambitions",
    "claim",
    "claims",
    "decision",
    "demand",
    "demands",
    "diplomacy",
    "diplomats",
    "envoy",
    "foreign",
    "government",
    "hardline",
    "influence",
    "interests",
    "leaders",
    "military",
    "nuclear",
    "offer",
    "policies",
    "policy",
    "position",
    "proposal",
    "refusal",
    "relations",
    "response",
    "role",
    "sanctions",
    "stance",
    "support",
    "ties",
];

/// Dealings that governments have with each other, before "with", "between" or "on" and a capital.
const DEALINGS: &[&str] = &[
    "agreement",
    "deal",
    "dialogue",
    "dispute",
    "negotiate",
    "negotiations",
    "pact",
    "pressure",
    "relations",
    "relationship",
    "rift",
    "sanctions",
    "talks",
    "tension",
    "tensions",
    "ties",
    "treaty",
    "truce",
];

/// Whether a capital stands for its government and not for the city.
pub(super) fn stands_for_government(hit: &Hit<'_>) -> bool {
    let text = hit.text;
    let before = text.word_before(hit.first).unwrap_or("");
    if matches!(
        before,
        "in" | "at" | "from" | "near" | "to" | "outside" | "of" | "In" | "At" | "From" | "around"
    ) {
        return false;
    }
    let after = text.gap(hit.last);
    let next = text.word(hit.last + 1);
    if after.starts_with("'s ") || after.starts_with("\u{2019}s ") {
        return GOVERNMENT_NOUNS.binary_search(&next).is_ok();
    }
    if after == " " && !is_capitalised(before) && GOVERNMENT_VERBS.binary_search(&next).is_ok() {
        return true;
    }
    let dealing = hit.first.checked_sub(2).map_or("", |at| text.word(at));
    matches!(before, "with" | "between" | "on" | "against" | "and")
        && DEALINGS.binary_search(&dealing).is_ok()
        && !is_capitalised(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        for table in [GOVERNMENT_VERBS, GOVERNMENT_NOUNS, DEALINGS] {
            assert!(table.is_sorted());
        }
    }
}
