//! Names of organisations: one key for every way to write one. `known` has the forms that no rule can tell: "UN".

mod known;

pub(crate) use known::{forms, key_of_row};

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::{fold_into, tokens};

/// Words after the name of a company that are no part of it, in lower case.
pub(crate) const LEGAL: &str = "
ab ag asa as bhd bv co company corp corporation gmbh inc incorporated kg kgaa kk limited llc llp lp ltd nv oao oy oyj ooo pjsc plc pte
pty pvt sa sab sae sarl sas se sdn spa srl";

/// The key of an organisation's name, the same however it is written: its words folded and joined by spaces, "&" as
/// "and", without full stops, without "the" before and the legal form behind; for a form of a well-known name the
/// key of that name.
///
/// A name of nothing but such words keeps them all. The parts of a name are the words of its key.
///
/// ```
/// use dateline::names::org::key;
/// assert_eq!(key("The Hartwell Group Inc."), "hartwell group");
/// assert_eq!((key("Berg & Dahl"), key("Berg and Dahl AG")), ("berg and dahl".into(), "berg and dahl".into()));
/// assert_eq!((key("U.N."), key("B&Q")), ("united nations".into(), "b&q".into()));
/// ```
pub fn key(name: &str) -> String {
    let folded = folded(name);
    // "U.S. Department of State" is the Department of State.
    let national = folded.strip_prefix("us ").and_then(known::key_of_form);
    known::key_of_form(&folded).or(national).map_or(folded, str::to_owned)
}

static IS_LEGAL: LazyLock<FxHashSet<&str>> = LazyLock::new(|| LEGAL.split_whitespace().collect());

/// The folded words of a name without "the" and legal form.
fn folded(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    let mut end = 0;
    for token in tokens(name) {
        let begin = words.len();
        match name.get(end..token.span.start as usize) {
            _ if words.is_empty() => {}
            Some("&") => words.push('&'),
            Some(" & ") => words.push_str(" and "),
            _ => words.push(' '),
        }
        let before = words.len();
        fold_into(token.span.of(name), &mut words);
        if words.get(before..).is_some_and(|word| word.contains('.')) {
            let word = words.split_off(before);
            words.extend(word.chars().filter(|c| *c != '.'));
        }
        if words.len() == before {
            words.truncate(begin);
        } else {
            end = token.span.end as usize;
        }
    }
    if words.starts_with("the ") {
        words.drain(..4);
    }
    while let Some((rest, last)) = words.rsplit_once(' ')
        && (IS_LEGAL.contains(last) || last == "and")
    {
        words.truncate(rest.len());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_legal_form_is_dropped_but_never_the_whole_name() {
        assert_eq!(key("Nordbank SE"), "nordbank");
        assert_eq!(key("Hansen & Co."), "hansen");
        assert_eq!(key("The Company"), "company");
        assert_eq!(key("Ltd"), "ltd");
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "[A-Za-zÀ-ÿ&'. ]{0,40}") {
            let once = key(&name);
            prop_assert_eq!(key(&once), once);
        }
    }
}
