//! Bounds that stand after a figure: "or more", "and above", "at most", "or so", "+", "-odd".

use super::super::line::{Join, Line};
use crate::article::Modifier;
use crate::names::wordlist::lower;

/// A bound after the figure, and the token past it. `end` is the byte after the figure, `next` the token.
pub(in super::super) fn behind(line: &Line<'_>, next: usize, end: usize) -> Option<(Modifier, usize)> {
    let gap = line.text.get(end..line.start(next)).unwrap_or("");
    if gap.starts_with('+') {
        return Some((Modifier::AtLeast, next));
    }
    let word = line.word(next);
    // "or", "odd", "plus", "and", "at", "give": few words that follow a figure are looked at
    let may = matches!(
        word.as_bytes(),
        [b'o' | b'O' | b'p' | b'P' | b'g' | b'G', ..] | [b'a' | b'A', _] | [b'a' | b'A', _, b'd' | b'D']
    );
    if !may {
        return None;
    }
    let word = lower(word);
    let closes = |at: usize| line.join(at) == Join::Other;
    match (&*word, line.join(next)) {
        ("plus", Join::Hyphen) => Some((Modifier::AtLeast, next + 1)),
        ("plus", Join::Space) if closes(next + 1) => Some((Modifier::AtLeast, next + 1)),
        ("odd", Join::Hyphen) => Some((Modifier::About, next + 1)),
        ("or", join @ (Join::Space | Join::Hyphen)) if line.join(next + 1) == join => {
            Some((alternative(&lower(line.word(next + 1)))?, next + 2))
        }
        ("and", Join::Space) if line.join(next + 1) == Join::Space => {
            let modifier = and_beyond(&lower(line.word(next + 1)))?;
            // "rose to 20 and up to 30", "saw 20 and above all 30"
            let goes_on = matches!(
                &*lower(line.word(next + 2)),
                "the"
                    | "a"
                    | "an"
                    | "to"
                    | "all"
                    | "from"
                    | "by"
                    | "this"
                    | "his"
                    | "her"
                    | "its"
                    | "their"
                    | "another"
            ) || line.word(next + 2).starts_with(|c: char| c.is_ascii_digit())
                || super::super::words::is_number(line.word(next + 2));
            (closes(next + 2) || !goes_on && line.gap(next + 2) == " ").then_some((modifier, next + 2))
        }
        // "40 at the very least", but not "40, at least 3 of them"
        ("at", Join::Space) => {
            let the = usize::from(line.follows(next + 1, "the"));
            let very = usize::from(the > 0 && line.follows(next + 2, "very"));
            let last = next + 1 + the + very;
            let modifier = match &*lower(line.word(last)) {
                "least" => Modifier::AtLeast,
                "most" => Modifier::AtMost,
                _ => return None,
            };
            (line.join(last) == Join::Space && closes(last + 1)).then_some((modifier, last + 1))
        }
        ("give", Join::Space | Join::Other)
            if line.follows(next + 1, "or") && line.follows(next + 2, "take") =>
        {
            matches!(gap, " " | ", ").then_some((Modifier::About, next + 3))
        }
        _ => None,
    }
}

/// "40 or `word`".
fn alternative(word: &str) -> Option<Modifier> {
    Some(match word {
        "more" | "greater" | "higher" | "older" | "above" | "over" | "longer" | "better" | "larger"
        | "bigger" | "beyond" | "upwards" | "heavier" | "taller" => Modifier::AtLeast,
        "less" | "fewer" | "lower" | "younger" | "below" | "under" | "shorter" | "smaller" | "lighter" => {
            Modifier::AtMost
        }
        "so" | "thereabouts" => Modifier::About,
        _ => return None,
    })
}

/// "40 and `word`".
fn and_beyond(word: &str) -> Option<Modifier> {
    Some(match word {
        "above" | "over" | "older" | "up" | "upwards" | "upward" | "higher" | "counting" => Modifier::AtLeast,
        "under" | "below" | "younger" => Modifier::AtMost,
        _ => return None,
    })
}
