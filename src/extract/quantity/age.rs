//! Ages: figures that a verb, a name or a bound says are years of life.

use super::amount::Amount;
use super::counted::STOP;
use super::line::{Join, Line, is_capital};
use super::words::Form;
use crate::extract::date::month_of;
use crate::names::wordlist::{Set, among, lower};

/// Whether `amount` is said to be an age: "aged 45", "the age of 21", "ages 5 to 12", "she is 45".
pub(super) fn stated(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    let i = amount.first;
    line.join(i) == Join::Space
        && amount.form != Form::Vague
        && (0.0..=130.0).contains(&amount.hi)
        && match &*lower(line.back(i, 1)) {
            "aged" | "age" | "ages" => true,
            "of" => matches!(&*lower(line.back(i, 2)), "age" | "ages"),
            "between" => matches!(&*lower(line.back(i, 2)), "aged" | "ages"),
            "turn" | "turned" | "turns" | "turning" => ends_clause(line, amount.next),
            "is" | "was" | "be" => ends_clause(line, amount.next) && of_a_person(line, i - 1),
            _ => false,
        }
}

/// Whether nothing after token `next - 1` can be counted: the clause ends, or a preposition follows.
fn ends_clause(line: &Line<'_>, next: usize) -> bool {
    !line.joined(next)
        || line.join(next) == Join::Space
            && matches!(
                &*lower(line.word(next)),
                "in" | "on"
                    | "by"
                    | "when"
                    | "at"
                    | "last"
                    | "next"
                    | "this"
                    | "and"
                    | "but"
                    | "today"
                    | "tomorrow"
                    | "before"
                    | "after"
                    | "years"
            )
}

/// Whether the subject of the verb at token `verb` is a person: "he", "she", or a name that opens the sentence.
fn of_a_person(line: &Line<'_>, verb: usize) -> bool {
    let mut k = verb;
    if matches!(&*lower(line.back(k, 1)), "will" | "would") && line.join(k) == Join::Space {
        k -= 1;
    }
    if line.join(k) != Join::Space {
        return false;
    }
    if matches!(&*lower(line.back(k, 1)), "he" | "she") {
        return true;
    }
    let mut words = 0;
    while k > 0 && words < 5 {
        let word = line.word(k - 1);
        let particle =
            words > 0 && matches!(word, "van" | "von" | "der" | "den" | "de" | "da" | "al" | "el" | "bin");
        if !particle && (!is_capital(word) || among(&STOP, &lower(word)) || month_of(word).is_some()) {
            return false;
        }
        k -= 1;
        words += 1;
        if line.opens(k) {
            return words > 1;
        }
        if !line.joined(k) {
            return false;
        }
    }
    false
}

/// Whether `amount` bounds an age: "children under five", "those over 80".
pub(super) fn bounds(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    static AGED: Set = Set::new(&[
        "adult",
        "adults",
        "anybody",
        "anyone",
        "boys",
        "child",
        "children",
        "everyone",
        "girls",
        "kids",
        "men",
        "patients",
        "people",
        "players",
        "residents",
        "those",
        "voters",
        "women",
    ]);
    let i = amount.first;
    (1.0..=100.0).contains(&amount.lo)
        && !amount.scaled
        && line.join(i) == Join::Space
        && matches!(&*lower(line.back(i, 1)), "under" | "over" | "below" | "above")
        && among(&AGED, &lower(line.back(i, 2)))
}

/// An age in commas or brackets after a name: "Smith, 45, said".
pub(super) fn in_commas(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    if !(1.0..=120.0).contains(&amount.lo) || amount.form != Form::Digits || amount.plain == 0 {
        return false;
    }
    let (i, next) = (amount.first, amount.next);
    let before = line.back(i, 1);
    let (gap, after) = (line.gap(i), line.gap(next));
    let name = is_capital(before) && month_of(before).is_none();
    let closes = after.starts_with(',')
        || after.starts_with(')')
        || after.starts_with(';')
        || after.starts_with('.')
        || next >= line.len();
    name && (gap == ", " && closes || gap == " (" && after.starts_with(')'))
}
