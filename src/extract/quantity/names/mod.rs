//! Figures that name or rank something, or belong to an idiom: "Article 5", "Boeing 737", "10 Downing Street", "no one".
//!
//! Asked of a figure without unit, when it is known whether it counts a noun.

mod words;

use words::{NUMBERED, NUMBERED_IN_LOWER_CASE, OPENERS};

use super::amount::Amount;
use super::counted::{Noun, STOP};
use super::line::{Join, Line, is_capital};
use super::words::Form;
use super::{age, when};
use crate::names::wordlist::{Set, among, lower};

/// Whether `amount`, which has no unit and counts `noun`, if anything, names, dates or ranks something.
pub(super) fn names(line: &Line<'_>, amount: &Amount<'_>, noun: Option<&Noun>) -> bool {
    let (i, next) = (amount.first, amount.next);
    let before = line.back(i, 1);
    let low = lower(before);
    let adjacent = line.join(i) != Join::Other;
    if age::in_commas(line, amount) || address(line, amount) {
        return true;
    }
    if noun.is_none() && (age::bounds(line, amount) || when::hour(line, amount)) || multiple(line, next) {
        return true;
    }
    if (adjacent || line.gap(i) == ". ") && among(&NUMBERED, &low) && !amount.scaled && amount.hi < 10_000.0 {
        let count_follows = noun.is_some_and(|n| n.plural && n.at == next);
        if is_capital(before) {
            return !(count_follows && line.opens(i - 1)) || among(&NUMBERED_IN_LOWER_CASE, &low);
        }
        if among(&NUMBERED_IN_LOWER_CASE, &low) && !count_follows && amount.hi < 1000.0 {
            return true;
        }
    }
    if adjacent
        && matches!(&*low, "top" | "bottom" | "final" | "last")
        && noun.is_none()
        && amount.hi < 1000.0
    {
        return true;
    }
    match amount.form {
        Form::Digits => {
            let small = amount.plain > 0 && amount.hi < 10_000.0;
            // "11 Pro", "737 Max"
            if small
                && noun.is_none()
                && matches!(line.word(next), "Pro" | "Max" | "Plus" | "Ultra" | "Mini" | "Lite" | "Series")
            {
                return true;
            }
            if small && amount.plain <= 4 && line.follows(next, "index") {
                return true;
            }
            if !small || line.headline && !is_brand(&low) || !adjacent {
                return false;
            }
            let brand = is_brand(&low);
            if shouts(before) && (shouts(line.word(next)) || shouts(line.back(i, 2))) && !brand {
                return false; // a line in capitals
            }
            let mark = before.chars().any(char::is_uppercase)
                && !among(&STOP, &low)
                && !crate::extract::date::is_weekday(before)
                && crate::extract::date::month_of(before).is_none();
            let counts = noun.is_some_and(|n| n.plural && !(brand || is_capital(line.word(n.at))))
                || line.word(next).eq_ignore_ascii_case("of");
            mark && !counts && !(line.opens(i - 1) && among(&OPENERS, &low))
                || brand && !counts
                || jet(line, amount)
        }
        Form::Words => {
            let word = line.word(i);
            let capital = is_capital(word) && !line.headline && !line.opens(i);
            let after_name = capital && adjacent && noun.is_none();
            after_name
                || capital && is_capital(before) && !among(&STOP, &low)
                || one(line, amount, noun)
                || when::spelled_year(line, amount)
        }
        Form::Fraction | Form::Vague => false,
    }
}

/// Whether `word` is all capitals and longer than most acronyms.
fn shouts(word: &str) -> bool {
    word.len() >= 4 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// "787 Dreamliner", "737 jets", "the 777".
fn jet(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    amount.plain == 3
        && amount.lo % 10.0 > 6.5
        && (700.0..790.0).contains(&amount.lo)
        && (line.follows(amount.first, line.word(amount.first))
            && matches!(&*lower(line.back(amount.first, 1)), "the" | "new" | "a")
            || matches!(
                &*lower(line.word(amount.next)),
                "max"
                    | "dreamliner"
                    | "dreamliners"
                    | "jet"
                    | "jets"
                    | "jumbo"
                    | "plane"
                    | "aircraft"
                    | "program"
                    | "ng"
            ))
}

/// "10 Downing Street", "221 Station Road": the number of a house.
fn address(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    static STREETS: Set = Set::new(&[
        "ave",
        "avenue",
        "blvd",
        "boulevard",
        "close",
        "court",
        "crescent",
        "drive",
        "hwy",
        "lane",
        "parade",
        "pike",
        "place",
        "plaza",
        "quay",
        "rd",
        "road",
        "square",
        "st",
        "street",
        "terrace",
        "way",
    ]);
    amount.plain > 0
        && (amount.next..amount.next + 5)
            .take_while(|k| {
                line.join(*k) == Join::Space
                    && (is_capital(line.word(*k)) || line.word(*k).starts_with(|c: char| c.is_ascii_digit()))
            })
            .any(|k| {
                (k > amount.next || line.joined(k + 1))
                    && among(&STREETS, &lower(line.word(k).trim_end_matches('.')))
            })
}

/// Whether "times" follows at token `next` and compares: "four times as far", "three times its price", but not
/// "three times a day".
fn multiple(line: &Line<'_>, next: usize) -> bool {
    static COMPARED: Set = Set::new(&[
        "as", "better", "bigger", "faster", "fewer", "greater", "heavier", "her", "higher", "his", "its",
        "larger", "less", "likelier", "longer", "lower", "more", "my", "our", "over", "slower", "smaller",
        "stronger", "that", "the", "their", "what", "worse", "your",
    ]);
    line.follows(next, "times")
        && line.join(next + 1) == Join::Space
        && among(&COMPARED, &lower(line.word(next + 1)))
}

/// Whether "one" is a pronoun or part of an idiom here: "no one", "this one", "one another", "one day".
fn one(line: &Line<'_>, amount: &Amount<'_>, noun: Option<&Noun>) -> bool {
    let (i, next) = (amount.first, amount.next);
    if next != i + 1 || !line.word(i).eq_ignore_ascii_case("one") {
        return false;
    }
    if matches!(line.gap(next).as_bytes(), [b'\'', b's', ..]) || line.gap(next).starts_with("’s") {
        return true;
    }
    let before = lower(line.back(i, 1));
    let after = lower(line.word(next));
    if line.join(i) == Join::Hyphen {
        return true; // "one-on-one", "twenty-one" is one number
    }
    if line.join(i) == Join::Space
        && matches!(
            &*before,
            "no" | "this"
                | "that"
                | "each"
                | "every"
                | "another"
                | "any"
                | "which"
                | "the"
                | "loved"
                | "big"
                | "good"
                | "bad"
                | "new"
                | "old"
                | "right"
                | "wrong"
                | "next"
                | "last"
                | "first"
                | "second"
                | "day"
                | "number"
                | "little"
                | "better"
                | "own"
        )
        && !matches!((&*before, noun), ("the" | "any" | "no" | "first" | "last" | "next", Some(_)))
    {
        return true;
    }
    // "an important one": an adjective between article and pronoun
    if line.join(i) == Join::Space && matches!(&*lower(line.back(i, 2)), "a" | "an" | "the") && noun.is_none()
    {
        return true;
    }
    if line.join(next) == Join::Hyphen && matches!(&*after, "on" | "off" | "time" | "sided" | "way" | "to") {
        return true;
    }
    if line.join(next) == Join::Space
        && matches!(
            &*after,
            "another"
                | "by"
                | "day"
                | "can"
                | "could"
                | "would"
                | "must"
                | "should"
                | "may"
                | "might"
                | "is"
                | "has"
                | "needs"
                | "does"
                | "wonders"
                | "said"
                | "on"
                | "to"
        )
    {
        return true;
    }
    match noun {
        // "one block after another"
        Some(noun) => line.follows(noun.at + 1, "after") && line.follows(noun.at + 2, "another"),
        // "a plan, one that works", but "a sighting of one that was"
        None if matches!(&*after, "that" | "who" | "which") => !line.joined(i),
        // "one of them" has no noun either
        None => !matches!(&*after, "in" | "from" | "was" | "were"),
    }
}

/// Names that a number is part of even where a plural follows, in lower case.
fn is_brand(word: &str) -> bool {
    const BRANDS: &[&str] = &[
        "airbus",
        "boeing",
        "cac",
        "fortune",
        "ftse",
        "galaxy",
        "iphone",
        "ipad",
        "model",
        "nasdaq",
        "nikkei",
        "playstation",
        "russell",
        "sp",
        "stoxx",
        "windows",
        "xbox",
    ];
    BRANDS.contains(&word)
}
