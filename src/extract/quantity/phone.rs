//! Telephone numbers: figures in groups that a sign, a leading zero, the pattern of the groups or a verb of calling
//! gives away.

use super::line::{Line, is_digits};
use crate::names::wordlist::{Set, among, lower};

/// No telephone number has more groups.
const MOST_GROUPS: usize = 8;

/// Figures strung together from one token on.
struct Groups {
    /// How many there are, and their digits.
    count: usize,
    digits: usize,
    /// Whether they could be one number with its thousands parted: groups of three after the first, after spaces.
    thousands: bool,
    /// The token past them.
    next: usize,
}

/// If the digits at token `i` begin a telephone number, the token past it: "+49 30 5550 112", "020 7946 0000",
/// "(555) 010-0100", "dial 112".
pub(super) fn number(line: &Line<'_>, i: usize) -> Option<usize> {
    let word = line.word(i);
    if !is_digits(word) {
        return None;
    }
    let plus = line.gap(i).ends_with('+') && word.len() <= 15;
    let zero = word.len() >= 3 && word.starts_with('0');
    let joint = line.gap(i + 1);
    let strung = matches!(joint, " " | "\u{a0}" | "-" | "." | " (" | ") " | "–");
    if !strung && !plus {
        return dialled(line, i).then_some(i + 1);
    }
    let groups = groups(line, i);
    let says = plus && groups.digits >= 8 && !(groups.thousands && groups.digits < 11)
        || zero && groups.count >= 2 && (8..=15).contains(&groups.digits)
        || american(line, i, groups.count)
        || groups.count >= 2 && groups.digits >= 5 && asked(line, i)
        || dialled(line, i);
    says.then_some(groups.next)
}

fn groups(line: &Line<'_>, i: usize) -> Groups {
    let mut groups = Groups { count: 1, digits: line.word(i).len(), thousands: true, next: i + 1 };
    while groups.count < MOST_GROUPS
        && matches!(line.gap(groups.next), " " | "\u{a0}" | "-" | "." | " (" | ") " | "–")
        && is_digits(line.word(groups.next))
    {
        let length = line.word(groups.next).len();
        groups.thousands &= length == 3 && matches!(line.gap(groups.next), " " | "\u{a0}");
        groups.digits += length;
        groups.count += 1;
        groups.next += 1;
    }
    groups
}

/// Three digits, three and four: "(555) 010-0100".
fn american(line: &Line<'_>, i: usize, count: usize) -> bool {
    let length = |k: usize| line.word(k).len();
    count == 3 && length(i) == 3 && length(i + 1) == 3 && length(i + 2) == 4
}

/// Whether the words before ask to call or to text: "ring 01632 …", "text GIVE to 70 070", "hotline: …".
fn asked(line: &Line<'_>, i: usize) -> bool {
    let at =
        if matches!(&*lower(line.back(i, 1)), "on" | "at" | "us" | "number" | "to" | "is") { 2 } else { 1 };
    among(&CALLING, &lower(line.back(i, at)))
        || line.back(i, 1).eq_ignore_ascii_case("to") && among(&CALLING, &lower(line.back(i, 3)))
}

/// Whether the figure is a short number that one calls for help, or sends a word to.
fn dialled(line: &Line<'_>, i: usize) -> bool {
    let short = matches!(line.word(i), "000" | "101" | "111" | "112" | "911" | "988" | "999");
    let word_sent = line.back(i, 1).eq_ignore_ascii_case("to")
        && matches!(&*lower(line.back(i, 3)), "text" | "sms")
        && line.word(i).len() >= 4;
    short && among(&CALLING, &lower(line.back(i, 1))) || word_sent
}

/// Verbs and nouns before a telephone number; sorted.
static CALLING: Set = Set::new(&[
    "call",
    "called",
    "calling",
    "dial",
    "dialed",
    "dialled",
    "dialling",
    "fax",
    "helpline",
    "hotline",
    "mobile",
    "phone",
    "phoned",
    "ring",
    "sms",
    "tel",
    "telephone",
    "text",
    "whatsapp",
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Token, tokens};

    fn has_number(text: &str) -> bool {
        let tokens: Vec<Token> = tokens(text).collect();
        let line =
            Line { text, tokens: &tokens, start: 0, end: text.len(), floor: 0, spent: 0, headline: false };
        (0..line.len()).any(|i| number(&line, i) == Some(line.len()))
    }

    #[test]
    fn telephone_numbers_are_known_by_sign_zero_pattern_or_verb() {
        for text in [
            "+49 30 5550 112",
            "+1 (555) 010-0100",
            "+44 20 7946 0000",
            "020 7946 0000",
            "0917 555 0100",
            "01632 960 000",
            "(555) 010-0100",
            "ring 1632 960 000",
            "text SEED to 70 070",
            "text SEED to 70070",
            "they called 999",
        ] {
            assert!(has_number(text), "{text}");
        }
    }

    #[test]
    fn figures_that_count_are_none() {
        for text in ["+1 200 000", "1 200 000", "they called 40", "up to 70 000", "0.5", "12 500", "call 20"]
        {
            assert!(!has_number(text), "{text}");
        }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(CALLING.words.is_sorted());
    }
}
