//! Ends of one interval that stand apart: "from 21 mpg in 2008 to 23", "from 40 members a year ago to 90".

use super::{Link, counts};
use crate::extract::quantity::amount::Amount;
use crate::extract::quantity::counted;
use crate::extract::quantity::line::{Join, Line};
use crate::extract::quantity::unit::Unit;
use crate::extract::quantity::words::Form;
use crate::names::wordlist::{Set, among, lower};

/// How many words may stand between.
const REACH: usize = 7;

/// Words that begin an adjunct which says when.
static WHEN: Set = Set::new(&[
    "a",
    "an",
    "as",
    "at",
    "back",
    "before",
    "during",
    "earlier",
    "five",
    "four",
    "in",
    "just",
    "last",
    "now",
    "on",
    "one",
    "only",
    "previously",
    "prior",
    "six",
    "ten",
    "the",
    "this",
    "three",
    "today",
    "two",
    "yesterday",
]);

/// Words that such an adjunct is made of, beside figures and capital letters.
static TIME: Set = Set::new(&[
    "ago", "and", "before", "day", "days", "decade", "decades", "earlier", "end", "fiscal", "first",
    "fourth", "half", "hour", "hours", "last", "month", "months", "night", "of", "past", "period",
    "previous", "prior", "quarter", "same", "season", "second", "start", "the", "third", "time", "week",
    "weeks", "year", "years",
]);

/// The link and the second figure's token, where "from" leads to `first`, which ends with its unit before token `end`.
pub(super) fn to(
    line: &Line<'_>,
    first: &Amount<'_>,
    unit: Option<&Unit>,
    end: usize,
) -> Option<(Link, usize)> {
    if first.form == Form::Vague || line.join(end) != Join::Space {
        return None;
    }
    let mut k = end;
    // the counted noun, or a word that narrows the unit: "from 21 mpg combined to"
    if unit.is_none()
        && let Some(noun) =
            counted::noun(line, end, false, false).filter(|n| n.plural && !n.of && n.at < end + 3)
    {
        k = noun.at + 1;
    } else if unit.is_some() && line.follows(end + 1, "to") && line.join(end - 1) != Join::Hyphen {
        k = end + 1;
    }
    let mut adjunct = false;
    while k < end + REACH && line.join(k) == Join::Space {
        let word = line.word(k);
        let small = lower(word);
        if &*small == "to" {
            return figure_at(line, k + 1).then_some((Link::To, k + 1));
        }
        let timed = if adjunct {
            among(&TIME, &small)
                || among(&WHEN, &small)
                || super::super::line::is_capital(word)
                || word.starts_with(|c: char| c.is_ascii_digit())
        } else {
            among(&WHEN, &small)
        };
        if !timed {
            return None;
        }
        adjunct = true;
        k += 1;
    }
    None
}

/// Whether a figure, perhaps with its currency's sign, follows at token `k` after one space.
fn figure_at(line: &Line<'_>, k: usize) -> bool {
    let gap = line.gap(k).trim_end_matches(super::is_sign);
    gap == " "
        && (line.word(k).starts_with(|c: char| c.is_ascii_digit())
            || super::words::is_number(line.word(k))
            || super::is_currency(line, k))
}

/// Whether two figures that stand apart are told in one unit; without one the second must be no year and count nothing.
pub(super) fn alike(
    line: &Line<'_>,
    first: &Amount<'_>,
    unit: Option<&Unit>,
    second: &Amount<'_>,
    second_unit: Option<&Unit>,
) -> bool {
    let year = |a: &Amount<'_>| a.plain == 4 && (1000.0..=2100.0).contains(&a.lo);
    match (unit, second_unit) {
        (Some(one), Some(two)) => one.kind == two.kind && one.name == two.name,
        (Some(_), None) => second.form != Form::Fraction && !year(second) && !counts(line, second),
        (None, Some(_)) => false,
        (None, None) => {
            second.form != Form::Fraction && !year(first) && !year(second) && !counts(line, second)
        }
    }
}
