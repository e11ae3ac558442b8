//! Figures that are no quantities: dates, times, years, scores, telephone and model numbers, addresses, ages in
//! commas, ranks.
//!
//! Two questions, asked at different times. [`shape`] looks at a figure's own form and its nearest neighbours before
//! anything is read. [`names`] is asked of a figure that turned out to have no unit: whether it names or dates
//! something rather than counting it.

use super::amount::Amount;
use super::counted::{Noun, STOP};
use super::line::{Join, Line, Set, among, is_capital, is_digits, lower};
use super::value::scan;
use super::words::Form;

/// If the figure at token `i` is no quantity by its form, the token past all that belongs to it.
pub(super) fn shape(line: &Line<'_>, i: usize) -> Option<usize> {
    let word = line.word(i);
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return clock(line, i, i + 1);
    }
    let gap = line.gap(i);
    let opening = gap.trim_end_matches(['$', '£', '€']);
    let touches = gap.len() == opening.len();
    if touches && (gap.ends_with(['#', '@', '_', '&', '\\']) || gap == "/" && !is_digits(line.back(i, 1))) {
        return Some(i + 1);
    }
    if gap == "." && matches!(&*lower(line.back(i, 1)), "no" | "nos" | "www") {
        return Some(i + 1);
    }
    // "COVID -19" with a stray space is no minus sign
    if gap == " -" && is_capital(line.back(i, 1)) && is_digits(word) && !line.gap(i + 1).starts_with('%') {
        return Some(i + 1);
    }
    // a ticker, "6758.T", or a host's name
    if line.gap(i + 1) == "."
        && is_digits(word)
        && line.word(i + 1).starts_with(char::is_alphabetic)
        && line.word(i + 1).len() <= 3
    {
        return Some(i + 2);
    }
    if is_digits(word) && word.len() == 5 && line.follows(i + 1, "zip") {
        return Some(i + 1);
    }
    // "COVID-19", "F-16", but "minus-5" and "now-18"
    if line.join(i) == Join::Hyphen {
        let before = lower(line.back(i, 1));
        let name = line.back(i, 1).chars().any(char::is_uppercase) || !among(&STOP, &before);
        if name
            && !matches!(
                &*before,
                "minus"
                    | "sub"
                    | "plus"
                    | "million"
                    | "billion"
                    | "trillion"
                    | "mid"
                    | "bn"
                    | "percent"
                    | "th"
                    | "st"
                    | "nd"
                    | "rd"
            )
            && super::value::scan(line.back(i, 1).as_bytes()).is_none()
        {
            return Some(i + 1);
        }
        if matches!(&*before, "th" | "st" | "nd" | "rd") {
            return Some(i + 1);
        }
    }
    let Some(digits) = scan(word.as_bytes()) else { return Some(i + 1) };
    let suffix = word.get(digits.len..).unwrap_or("");
    if matches!(
        suffix,
        "st" | "nd"
            | "rd"
            | "th"
            | "ST"
            | "ND"
            | "RD"
            | "TH"
            | "s"
            | "am"
            | "pm"
            | "AM"
            | "PM"
            | "x"
            | "D"
            | "G"
            | "S"
    ) && !(suffix == "s" && digits.value < 10.0 && line.join(i + 1) == Join::Hyphen)
    {
        return Some(if matches!(suffix, "st" | "nd" | "rd" | "th") { ordinal(line, i) } else { i + 1 });
    }
    if let Some(next) = chain(line, i) {
        return Some(next);
    }
    if digits.plain > 1 && word.starts_with('0') && !gap.ends_with('.') {
        return Some(clock(line, i, i + 1).unwrap_or(i + 1));
    }
    if digits.plain >= 11 && suffix.is_empty() && touches {
        return Some(i + 1);
    }
    if i == 0 && digits.plain > 0 && digits.plain <= 2 && suffix.is_empty() && gap.trim_start().len() <= 1 {
        let behind = line.gap(1);
        if behind.starts_with(". ") || behind.starts_with(") ") {
            return Some(1); // "1. First point"
        }
    }
    clock(line, i, i + 1).or_else(|| date(line, i, digits.plain))
}

/// "7th", "21st July": an ordinal and the month it dates.
fn ordinal(line: &Line<'_>, i: usize) -> usize {
    let k = if line.follows(i + 1, "of") { i + 2 } else { i + 1 };
    if is_month(line.word(k)) { k + 1 } else { i + 1 }
}

/// Figures strung together by colons, slashes or hyphens: times, dates, telephone numbers, ratios.
fn chain(line: &Line<'_>, i: usize) -> Option<usize> {
    let bare = |k: usize| line.word(k).starts_with(|c: char| c.is_ascii_digit());
    let joint = match line.gap(i + 1) {
        joint @ (":" | "/" | "-" | "–" | "—" | "\u{2010}" | "\u{2011}") => joint,
        _ => return None,
    };
    let mut k = i + 1;
    while line.gap(k) == joint && bare(k) && k < line.len() {
        k += 1;
    }
    let figures = k - i;
    if figures < 2 {
        return None;
    }
    match joint {
        ":" => Some(clock(line, k - 1, k).unwrap_or(k)),
        // "1/4" is read as a fraction elsewhere
        "/" if figures == 2 => {
            let (over, under) = (scan(line.word(i).as_bytes())?, scan(line.word(i + 1).as_bytes())?);
            let fraction = over.value < under.value
                && matches!(line.word(i + 1), "2" | "3" | "4" | "5" | "8" | "16" | "32" | "64" | "128");
            (!fraction).then_some(k)
        }
        "/" => Some(k),
        _ => (figures > 2).then_some(k),
    }
}

/// If a figure that ends before token `next` is a time of day, the token past it: "5 p.m.", "0930 GMT", "2 o'clock".
pub(super) fn clock(line: &Line<'_>, i: usize, next: usize) -> Option<usize> {
    if !line.joined(next) && !(line.gap(next) == " (") {
        return None;
    }
    let word = line.word(next);
    let plain = word.strip_suffix('.').unwrap_or(word);
    let half = matches!(&*lower(plain), "a.m" | "p.m" | "am" | "pm" | "o'clock" | "o’clock")
        || plain.eq_ignore_ascii_case("o’clock");
    let zone = matches!(
        plain,
        "GMT"
            | "UTC"
            | "EST"
            | "EDT"
            | "BST"
            | "CET"
            | "CEST"
            | "PST"
            | "PDT"
            | "ET"
            | "PT"
            | "IST"
            | "SGT"
            | "JST"
    );
    if half && plain == "am" && !line.word(i).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if half || zone && line.word(i).bytes().filter(u8::is_ascii_digit).count() >= 1 {
        return Some(next + 1);
    }
    None
}

/// If the figure at token `i`, with `plain` digits, is the day or year of a date with a named month, the token past
/// the date.
fn date(line: &Line<'_>, i: usize, plain: usize) -> Option<usize> {
    if plain == 0 || plain > 4 || line.word(i).len() != plain {
        return None;
    }
    let value: u32 = line.word(i).parse().ok()?;
    let day = plain <= 2 && (1..=31).contains(&value);
    let year = plain == 4 && (1000..=2100).contains(&value);
    if !day && !year {
        return None;
    }
    let before = |k: usize| matches!(line.gap(k), " " | ". " | "." | ", " | "-" | "\u{a0}");
    if i > 0 && before(i) && is_month(line.back(i, 1)) {
        if day && counts_after_month(line, i) {
            return None;
        }
        return Some(rest_of_days(line, i + 1));
    }
    // "30 September", "7-9 March"
    if day
        && line.joined(i + 1)
        && is_month(line.word(i + 1))
        && (is_capital(line.word(i + 1)) || line.headline)
    {
        let year_at = i + 2;
        let has_year = matches!(line.gap(year_at), " " | ", ") && is_year(line.word(year_at));
        return Some(if has_year { year_at + 1 } else { i + 2 });
    }
    if day
        && matches!(line.gap(i + 1), "-" | "–" | " - " | " – ")
            | line.follows(i + 1, "to")
            | line.follows(i + 1, "and")
    {
        let second = if matches!(line.gap(i + 1), "-" | "–" | " - " | " – ") { i + 1 } else { i + 2 };
        let days = is_digits(line.word(second)) && line.word(second).len() <= 2;
        if days
            && line.joined(second + 1)
            && is_month(line.word(second + 1))
            && is_capital(line.word(second + 1))
        {
            return Some(second + 2);
        }
    }
    None
}

/// In "in March 20 people died" the figure counts, in "on March 20 people died" it does not; which of the two it is,
/// the preposition tells.
fn counts_after_month(line: &Line<'_>, i: usize) -> bool {
    let month_alone =
        matches!(&*lower(line.back(i, 2)), "in" | "since" | "last" | "until" | "during" | "by" | "of");
    let next = line.word(i + 1);
    month_alone
        && line.join(i + 1) == Join::Space
        && !is_capital(next)
        && super::counted::is_plural(&lower(next))
}

/// The token past further days and the year: "March 7-9, 2024", "May 5 and 6".
fn rest_of_days(line: &Line<'_>, mut k: usize) -> usize {
    loop {
        let step = match line.gap(k) {
            "-" | "–" | " - " | " – " | "/" => 0,
            ", " | " " if is_year(line.word(k)) => return k + 1,
            " " if matches!(&*lower(line.word(k)), "and" | "to" | "or") => 1,
            _ => return k,
        };
        let at = k + step;
        let day = is_digits(line.word(at))
            && line.word(at).len() <= 2
            && (step == 0 || line.join(at) == Join::Space);
        if !day || line.joined(at + 1) && step == 1 && !among(&STOP, &lower(line.word(at + 1))) {
            return k;
        }
        k = at + 1;
    }
}

/// Whether `word` is a year of our time.
pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4 && is_digits(word) && (word.starts_with("19") || word.starts_with("20"))
}

/// Whether `word` is a month's name or its usual abbreviation, with a capital letter.
pub(super) fn is_month(word: &str) -> bool {
    static MONTHS: Set = Set::new(&[
        "apr",
        "april",
        "aug",
        "august",
        "dec",
        "december",
        "feb",
        "february",
        "jan",
        "january",
        "jul",
        "july",
        "jun",
        "june",
        "mar",
        "march",
        "may",
        "nov",
        "november",
        "oct",
        "october",
        "sep",
        "sept",
        "september",
    ]);
    is_capital(word) && among(&MONTHS, &lower(word))
}

fn is_weekday(word: &str) -> bool {
    matches!(
        &*lower(word),
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
    )
}

/// Whether `amount`, which has no unit and counts `noun`, if anything, names, dates or ranks something.
pub(super) fn names(line: &Line<'_>, amount: &Amount<'_>, noun: Option<&Noun>) -> bool {
    let (i, next) = (amount.first, amount.next);
    let before = line.back(i, 1);
    let low = lower(before);
    let adjacent = line.join(i) != Join::Other;
    if year(line, amount, noun) || age(line, amount) || address(line, amount) {
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
            let mark = before.chars().any(char::is_uppercase)
                && !among(&STOP, &low)
                && !is_weekday(before)
                && !is_month(before);
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
                || spelled_year(line, amount)
        }
        Form::Fraction | Form::Vague => false,
    }
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

/// A year without a month: "in 2025", "the 2026 elections", "1989-90". "2000 people" is none.
fn year(line: &Line<'_>, amount: &Amount<'_>, noun: Option<&Noun>) -> bool {
    if amount.plain != 4 || amount.currency.is_some() {
        return false;
    }
    let (i, value) = (amount.first, amount.lo);
    let before = lower(line.back(i, 1));
    let dated = matches!(
        &*before,
        "in" | "since"
            | "from"
            | "until"
            | "till"
            | "by"
            | "before"
            | "after"
            | "early"
            | "late"
            | "mid"
            | "between"
            | "during"
            | "circa"
            | "year"
            | "the"
            | "this"
            | "for"
            | "through"
            | "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
            | "around"
    );
    let directly = noun.filter(|n| n.plural && n.at == amount.next && !n.of);
    if (1900.0..=2199.0).contains(&value) {
        let people = directly.is_some_and(|n| among(&PEOPLE, &n.lemma));
        let round = directly.is_some() && value % 100.0 < 0.5 && !dated;
        return !(people && (!dated || &*before == "around") || round);
    }
    (1000.0..1900.0).contains(&value)
        && directly.is_none()
        && noun.is_none()
        && dated
        && &*before != "the"
        && &*before != "for"
}

/// What is so often counted in news that a figure before it is no year; sorted.
static PEOPLE: Set = Set::new(&[
    "civilian",
    "death",
    "fan",
    "job",
    "man",
    "member",
    "people",
    "prisoner",
    "protester",
    "refugee",
    "resident",
    "seat",
    "share",
    "soldier",
    "student",
    "troop",
    "vote",
    "woman",
    "worker",
]);

/// "nineteen eighty-four": the century of a year in words, or its rest.
fn spelled_year(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    let tens = |word: &str| {
        matches!(
            &*lower(word),
            "twenty" | "thirty" | "forty" | "fifty" | "sixty" | "seventy" | "eighty" | "ninety"
        )
    };
    let century = |word: &str| matches!(&*lower(word), "seventeen" | "eighteen" | "nineteen" | "twenty");
    let i = amount.first;
    line.join(amount.next) == Join::Space
        && amount.next == i + 1
        && century(line.word(i))
        && tens(line.word(amount.next))
        || line.join(i) == Join::Space && century(line.back(i, 1)) && tens(line.word(i))
}

/// Whether `amount` is said to be an age: "aged 45", "the age of 21", "ages 5 to 12".
pub(super) fn is_age(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    let i = amount.first;
    line.join(i) == Join::Space
        && amount.form != Form::Vague
        && (0.0..=130.0).contains(&amount.hi)
        && match &*lower(line.back(i, 1)) {
            "aged" | "age" | "ages" => true,
            "of" => matches!(&*lower(line.back(i, 2)), "age" | "ages"),
            "between" => matches!(&*lower(line.back(i, 2)), "aged" | "ages"),
            _ => false,
        }
}

/// An age in commas or brackets after a name: "Smith, 45, said".
fn age(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    if !(1.0..=120.0).contains(&amount.lo) || amount.form != Form::Digits || amount.plain == 0 {
        return false;
    }
    let (i, next) = (amount.first, amount.next);
    let before = line.back(i, 1);
    let (gap, after) = (line.gap(i), line.gap(next));
    let name = is_capital(before) && !is_month(before);
    let closes = after.starts_with(',')
        || after.starts_with(')')
        || after.starts_with(';')
        || after.starts_with('.')
        || next >= line.len();
    name && (gap == ", " && closes || gap == " (" && after.starts_with(')'))
}

/// "10 Downing Street", "575 Wilbraham Road": the number of a house.
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

/// Whether `amount` is the "one" of "one day they met": a time, not a duration as in "in one day".
pub(super) fn is_some_day(line: &Line<'_>, amount: &Amount<'_>) -> bool {
    let lasts = matches!(
        &*lower(line.back(amount.first, 1)),
        "about"
            | "after"
            | "at"
            | "by"
            | "each"
            | "every"
            | "for"
            | "in"
            | "just"
            | "least"
            | "nearly"
            | "of"
            | "only"
            | "over"
            | "than"
            | "to"
            | "under"
            | "within"
    );
    !lasts
        && amount.next == amount.first + 1
        && line.word(amount.first).eq_ignore_ascii_case("one")
        && line.follows(amount.next, "day")
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
    noun.is_none() && !matches!(&*after, "of" | "that" | "who" | "which" | "in" | "from" | "was" | "were")
}

/// Nouns that a number follows as a name; sorted.
static NUMBERED: Set = Set::new(&[
    "act",
    "age",
    "aged",
    "amendment",
    "apartment",
    "apollo",
    "apt",
    "area",
    "article",
    "articles",
    "battalion",
    "bill",
    "block",
    "box",
    "brigade",
    "building",
    "category",
    "channel",
    "chapter",
    "chapters",
    "class",
    "clause",
    "day",
    "district",
    "division",
    "episode",
    "exit",
    "fig",
    "figure",
    "flight",
    "form",
    "formula",
    "gate",
    "grade",
    "group",
    "highway",
    "hole",
    "interstate",
    "item",
    "juno",
    "lap",
    "law",
    "level",
    "line",
    "lot",
    "magnitude",
    "model",
    "no",
    "nos",
    "number",
    "page",
    "pages",
    "paragraph",
    "part",
    "phase",
    "pier",
    "platform",
    "pp",
    "prop",
    "proposition",
    "psalm",
    "quarter",
    "question",
    "record",
    "regiment",
    "resolution",
    "room",
    "round",
    "route",
    "row",
    "rule",
    "runway",
    "scene",
    "schedule",
    "season",
    "section",
    "sections",
    "seed",
    "series",
    "size",
    "stage",
    "state",
    "step",
    "studio",
    "suite",
    "table",
    "terminal",
    "tier",
    "title",
    "type",
    "unit",
    "version",
    "vol",
    "volume",
    "ward",
    "week",
    "zone",
]);

/// Those of [`NUMBERED`] that name what follows them in lower case too, and do little else before a number; sorted.
static NUMBERED_IN_LOWER_CASE: Set = Set::new(&[
    "age",
    "aged",
    "apartment",
    "article",
    "articles",
    "category",
    "channel",
    "chapter",
    "chapters",
    "clause",
    "flight",
    "gate",
    "grade",
    "hole",
    "item",
    "level",
    "magnitude",
    "no",
    "nos",
    "number",
    "page",
    "pages",
    "paragraph",
    "phase",
    "platform",
    "room",
    "round",
    "route",
    "row",
    "runway",
    "section",
    "sections",
    "size",
    "stage",
    "step",
    "suite",
    "table",
    "terminal",
    "tier",
    "type",
    "version",
    "vol",
    "volume",
    "week",
]);

/// Words that open a sentence before a count: "Roughly 40 were hurt"; sorted.
static OPENERS: Set = Set::new(&[
    "almost",
    "approximately",
    "barely",
    "exactly",
    "killing",
    "maybe",
    "nearly",
    "over",
    "perhaps",
    "reportedly",
    "roughly",
    "total",
    "under",
]);

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
