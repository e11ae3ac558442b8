//! Compares lines with the table of rules.

use std::sync::LazyLock;

use super::first_bytes::{Head, first_eight};
use super::furniture_shape::has_shape;
use super::furniture_table::{Kind, LONGEST, Place, RULES, Rule};

/// Compares lines with the table. Keeps a buffer, so that no line allocates.
#[derive(Default)]
pub(super) struct Matcher {
    folded: String,
}

/// A pattern, the number of its rule, and its first bytes.
#[derive(Debug, Clone, Copy)]
struct Pattern {
    rule: usize,
    text: &'static str,
    head: Head,
}

/// The rules and patterns that begin with the first two bytes of a line, folded, and with some others that share their row: the table is
/// small, so that it stays near.
static BY_FIRST: LazyLock<Vec<Vec<Pattern>>> = LazyLock::new(|| {
    let mut table = vec![Vec::new(); 32 * 32];
    for (number, rule) in RULES.iter().enumerate() {
        if let Kind::Is(patterns) | Kind::Begins(patterns) | Kind::BeginsAndHolds(patterns, _) = rule.kind {
            for text in patterns {
                let pattern = Pattern { rule: number, text, head: Head::of(text.as_bytes()) };
                match text.as_bytes() {
                    [first, second, ..] => table[row(*first, *second)].push(pattern),
                    [first] => {
                        for second in 0..32 {
                            table[row(*first, second)].push(pattern);
                        }
                    }
                    [] => {}
                }
            }
        }
    }
    table
});

fn row(first: u8, second: u8) -> usize {
    usize::from(first & 31) << 5 | usize::from(second & 31)
}

/// The rules that are not found by their first bytes, as far as a line with this last byte, folded, can be one of theirs.
static OTHERS: LazyLock<Vec<Vec<&'static Rule>>> = LazyLock::new(|| {
    let may_end = |rule: &&Rule, last: u8| match rule.kind {
        Kind::Ends(endings) => endings.iter().any(|ending| ending.as_bytes().last() == Some(&last)),
        Kind::Shape(_) => true,
        _ => false,
    };
    (0..=u8::MAX).map(|last| RULES.iter().filter(|rule| may_end(rule, last)).collect()).collect()
});

impl Matcher {
    /// `line` in lower case with straight apostrophes, without the marks around it.
    pub(super) fn fold(&mut self, line: &str) -> &str {
        self.folded.clear();
        let core = line
            .trim_start_matches([
                '*', '_', '#', '>', '•', '·', '|', '-', '–', '—', '[', '»', '→', '▶', '►', '+', '~', ' ',
            ])
            .trim_end_matches([
                '*', '_', '|', ':', '.', '!', ']', '»', '→', '›', '>', '…', '-', '–', '—', '+', '~', ' ',
            ]);
        let mut straight = core.split('’');
        if !core.is_ascii()
            && let (Some(first), Some(_)) = (straight.next(), straight.clone().next())
        {
            self.folded.push_str(first);
            for part in straight {
                self.folded.push('\'');
                self.folded.push_str(part);
            }
        } else {
            self.folded.push_str(core);
        }
        self.folded.make_ascii_lowercase();
        &self.folded
    }

    /// The name of the first rule that takes `line`, among those whose place `holds`.
    pub(super) fn find(&mut self, line: &str, holds: impl Fn(Place) -> bool) -> Option<&'static str> {
        if line.len() > LONGEST {
            return None;
        }
        // Headlines call out, too.
        let sentence = ends_sentence(line) && !line.ends_with('!');
        let fits = |rule: &Rule| holds(rule.place) && line.len() <= rule.most && (rule.sentence || !sentence);
        self.fold(line);
        let core = self.folded.as_str();
        let byte = |at: usize| core.as_bytes().get(at).copied().unwrap_or(0);
        let head = first_eight(core.as_bytes());
        let by_first = BY_FIRST.get(row(byte(0), byte(1))).map_or(&[][..], Vec::as_slice);
        let by_first = by_first.iter().filter(|pattern| pattern.head.begins(head)).find_map(|pattern| {
            let rule = RULES.get(pattern.rule)?;
            (takes(rule, pattern.text, core) && fits(rule)).then_some(rule.name)
        });
        by_first.or_else(|| {
            let last = core.as_bytes().last().copied().unwrap_or(0);
            let other = |rule: &&&Rule| fits(rule) && takes_other(rule, line, core);
            OTHERS.get(usize::from(last))?.iter().find(other).map(|rule| rule.name)
        })
    }
}

/// Whether `rule` takes the folded line `core` by `pattern`.
fn takes(rule: &Rule, pattern: &str, core: &str) -> bool {
    let Some(rest) = core.strip_prefix(pattern) else { return false };
    let bounded = !pattern.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric);
    match rule.kind {
        Kind::Is(_) => rest.is_empty(),
        // "Copyright 20" is the beginning of a year, "image 1 of" of a figure.
        Kind::Begins(_) => {
            bounded
                || pattern.ends_with(|c: char| c.is_ascii_digit())
                    && rest.starts_with(|c: char| c.is_ascii_digit())
        }
        Kind::BeginsAndHolds(_, inner) => bounded && inner.iter().any(|inner| core.contains(inner)),
        Kind::Ends(_) | Kind::Shape(_) => false,
    }
}

fn takes_other(rule: &Rule, line: &str, core: &str) -> bool {
    match rule.kind {
        Kind::Ends(endings) => endings.iter().any(|ending| core.ends_with(ending)),
        Kind::Shape(shape) => has_shape(shape, line, core),
        _ => false,
    }
}

/// Whether a line ends like a sentence. A question may be a headline, so its mark does not count; three dots neither.
pub(super) fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', ' ']);
    (bare.ends_with(['.', '!']) && !bare.ends_with("..")) || bare.ends_with(".\u{201d}")
}
