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
    "approved",
    "argues",
    "asked",
    "asks",
    "backed",
    "backs",
    "banned",
    "bans",
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
    "expelled",
    "fears",
    "hopes",
    "imposed",
    "insisted",
    "insists",
    "lifted",
    "maintains",
    "must",
    "objected",
    "objects",
    "offered",
    "opposes",
    "ordered",
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
    "replied",
    "responded",
    "retaliated",
    "said",
    "says",
    "sees",
    "should",
    "signaled",
    "signalled",
    "summoned",
    "supports",
    "suspended",
    "threatened",
    "urged",
    "views",
    "vowed",
    "wanted",
    "wants",
    "warned",
    "warns",
    "withdrew",
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

/// What "has", "had", "is" or "was" adds to a government before it, beside its verbs: "Tehran is wary".
const GOVERNMENT_MOODS: &[&str] = &[
    "angry",
    "concerned",
    "considering",
    "determined",
    "eager",
    "furious",
    "keen",
    "nervous",
    "prepared",
    "pressing",
    "pushing",
    "ready",
    "reluctant",
    "seeking",
    "sought",
    "trying",
    "unhappy",
    "urging",
    "wary",
    "willing",
    "worried",
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
    let second = hit.first.checked_sub(2).map_or("", |at| text.word(at));
    if (before == "in" && matches!(second, "government" | "authorities" | "regime" | "leadership"))
        || (before == "of" && matches!(second, "approval" | "backing" | "blessing" | "consent"))
    {
        return true;
    }
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
    if after == "-"
        && matches!(next, "aligned" | "backed" | "brokered" | "controlled" | "installed" | "sponsored")
    {
        return true;
    }
    let acts = |verb: &str| GOVERNMENT_VERBS.binary_search(&verb).is_ok();
    if after == " " && !is_capitalised(before) {
        let then = text.next_word(hit.last + 1).unwrap_or("");
        let auxiliary =
            matches!(next, "has" | "had" | "is" | "was" | "will" | "would" | "may" | "might" | "also");
        if acts(next) || (auxiliary && (acts(then) || GOVERNMENT_MOODS.binary_search(&then).is_ok())) {
            return true;
        }
        if matches!(before, "urged" | "told" | "asked" | "warned" | "accused" | "pressed" | "blamed")
            && matches!(next, "to" | "of" | "for" | "that" | "not" | "against" | "over")
        {
            return true;
        }
    }
    let dealing = second;
    matches!(before, "with" | "between" | "on" | "against" | "and")
        && DEALINGS.binary_search(&dealing).is_ok()
        && !is_capitalised(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        for table in [GOVERNMENT_VERBS, GOVERNMENT_NOUNS, GOVERNMENT_MOODS, DEALINGS] {
            assert!(table.is_sorted());
        }
    }
}
