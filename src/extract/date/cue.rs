//! Whether what is dated is yet to come: the nearest verb before the date tells, or "will" after it.

use crate::extract::quantity::line::Line;
use crate::names::wordlist::{Set, among, lower};

/// How many words are looked at before the date, and after it.
const BEFORE: usize = 12;
const AFTER: usize = 8;

/// Whether the words around the date of tokens `first..next` say that it is yet to come.
pub(super) fn is_to_come(line: &Line<'_>, first: usize, next: usize) -> bool {
    // "more than Tuesday's close": what leads to a possessive tells of something else
    let owns = matches!(line.gap(next).as_bytes(), [b'\'', b's', ..]) || line.gap(next).starts_with("’s");
    if owns {
        return follows(line, next);
    }
    before(line, first).unwrap_or_else(|| follows(line, next))
}

/// What the nearest telling word before token `first` says, within the sentence.
fn before(line: &Line<'_>, first: usize) -> Option<bool> {
    for n in 1..=BEFORE {
        let k = first.checked_sub(n)?;
        if n == 1 && matches!(line.gap(first), ". " | ".") && line.word(k).len() > 4
            || n > 1 && ends_sentence(line.gap(k + 1))
        {
            return None;
        }
        let surface = line.word(k);
        let word = lower(surface);
        let leads = || &*word != "set" || matches!(&*lower(line.word(k + 1)), "to" | "for");
        if among(&TO_COME, &word) && leads()
            || surface.ends_with("ll") && (surface.ends_with("'ll") || surface.ends_with("’ll"))
        {
            return Some(true);
        }
        if n == 1 && matches!(&*word, "by" | "until" | "till") && !past_near(line, k) {
            return Some(true);
        }
        if is_past_as(line, k, &word) {
            return Some(false);
        }
    }
    None
}

/// Whether a verb of the past stands within five words before token `k`.
fn past_near(line: &Line<'_>, k: usize) -> bool {
    (1..=5).filter_map(|n| k.checked_sub(n)).any(|k| is_past(line, k))
}

/// Whether token `k` is a verb of the past, and not the participle of "to be held" or "is expected": what leads to that tells.
fn is_past(line: &Line<'_>, k: usize) -> bool {
    is_past_as(line, k, &lower(line.word(k)))
}

/// [`is_past`] of token `k`, which is `word` in lower case.
fn is_past_as(line: &Line<'_>, k: usize, word: &str) -> bool {
    (among(&PAST, word) || word.len() > 4 && word.ends_with("ed"))
        && !matches!(&*lower(line.back(k, 1)), "be" | "is" | "are" | "being")
}

/// Whether "will" or its like stands soon after the date, before the sentence ends.
fn follows(line: &Line<'_>, next: usize) -> bool {
    for k in next..next + AFTER {
        if k >= line.len() || ends_sentence(line.gap(k)) {
            return false;
        }
        let word = lower(line.word(k));
        let stands = || matches!(&*lower(line.back(k, 1)), "is" | "are");
        if matches!(&*word, "will" | "shall" | "won't")
            || matches!(&*word, "due" | "expected" | "scheduled" | "set" | "slated" | "to") && stands()
        {
            return true;
        }
        if is_past_as(line, k, &word) {
            return false;
        }
    }
    false
}

fn ends_sentence(gap: &str) -> bool {
    gap != " " && gap.bytes().any(|b| matches!(b, b'.' | b'!' | b'?' | b';'))
}

/// Words that say that something is to come; sorted.
static TO_COME: Set = Set::new(&[
    "ahead",
    "arrives",
    "begin",
    "begins",
    "coming",
    "deadline",
    "due",
    "expected",
    "expects",
    "expire",
    "expires",
    "flies",
    "fly",
    "forthcoming",
    "goes",
    "going",
    "hopes",
    "hosts",
    "intends",
    "meet",
    "meets",
    "opens",
    "plan",
    "planned",
    "planning",
    "plans",
    "poised",
    "resume",
    "resumes",
    "scheduled",
    "set",
    "sets",
    "shall",
    "slated",
    "starts",
    "takes",
    "unveils",
    "upcoming",
    "will",
    "won't",
]);

/// Verbs of the past that do not end in "ed"; sorted.
static PAST: Set = Set::new(&[
    "after", "ago", "beat", "became", "began", "broke", "brought", "came", "did", "died", "drew", "fell",
    "felt", "found", "gave", "got", "grew", "had", "has", "have", "heard", "held", "hit", "kept", "knew",
    "led", "left", "lost", "made", "met", "paid", "ran", "rose", "said", "sat", "saw", "sent", "shot",
    "since", "sold", "spent", "spoke", "stood", "struck", "told", "took", "was", "went", "were", "won",
    "wrote",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        let sorted = |set: &Set| set.words.is_sorted();
        assert!(sorted(&TO_COME) && sorted(&PAST));
    }
}
