//! Numbers in words: "one hundred and twenty", "twenty-five", "half a million", "two-thirds", "several hundred".
//!
//! Words are taken as long as they fit: after hundred comes less than a hundred, after a thousand less than a
//! thousand, an "and" only between such parts; then perhaps "and a half", "point five" or "out of ten".

use super::counted::STOP;
use super::line::{Join, Line};
use super::vague;
use super::value::{Digits, scan};
use super::words::{Form, Word, number_word};
use crate::names::wordlist::{among, lower};

/// A number in words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spelled {
    pub(super) lo: f64,
    pub(super) hi: f64,
    /// First token, and the one past the last.
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) form: Form,
}

/// Reads the number that begins at token `i`, or that an article before it belongs to ("a dozen"). With
/// `until_and` it ends before any "and": "between one hundred and two hundred".
pub(super) fn read(line: &Line<'_>, i: usize, until_and: bool) -> Option<Spelled> {
    let article =
        (i > line.floor && line.join(i) == Join::Space && matches!(&*lower(line.word(i - 1)), "a" | "an"))
            .then(|| i - 1);
    let spelled = |value: f64, first, next, form| Some(Spelled { lo: value, hi: value, first, next, form });
    let of = |k: usize| line.follows(k, "of");
    match number_word(line.word(i))? {
        Word::Unit(_) | Word::Ten(_) => cardinal(line, i, None, until_and),
        Word::Scale(scale) if scale >= 100.0 && next_scale(line, i + 1).is_some() => {
            cardinal(line, i, article.or(Some(i)), until_and)
        }
        Word::Scale(_) => cardinal(line, i, Some(article?), until_and),
        Word::Half => half(line, i, article),
        Word::Part(by, false) => {
            // "a third of voters", "a quarter million", but not "a third man" or "the first quarter".
            let first = article.unwrap_or(i);
            if let Some((scale, next)) = scale_of_part(line, i + 1) {
                return spelled(scale / by, first, next, Form::Words);
            }
            (article.is_some() && of(i + 1) && !line.word(i).eq_ignore_ascii_case("second"))
                .then_some(())
                .and_then(|()| spelled(1.0 / by, first, i + 1, Form::Fraction))
        }
        Word::Part(_, true) => None,
        Word::Several => {
            let (scale, next) = next_scale(line, i + 1)?;
            let (lo, hi) = vague::several(scale);
            Some(Spelled { lo, hi, first: article.unwrap_or(i), next, form: Form::Vague })
        }
        Word::Couple => {
            let first = article?;
            let after = if of(i + 1) { i + 2 } else { i + 1 };
            if let Some((scale, next)) = next_scale(line, after) {
                return spelled(2.0 * scale, first, next, Form::Vague);
            }
            (after > i + 1 || line.follows(i + 1, "more"))
                .then_some(())
                .and_then(|()| spelled(2.0, first, i + 1, Form::Vague))
        }
        Word::Vague(many) => {
            if many.needs_article && article.is_none() || many.needs_of && !of(i + 1) {
                return None;
            }
            let first = article.filter(|_| many.needs_article).unwrap_or(i);
            if of(i + 1)
                && line.join(i + 2) == Join::Space
                && let Some(Word::Vague(plural)) = number_word(line.word(i + 2))
                && plural.lo > many.lo
            {
                let (lo, hi) = vague::many_of(many, plural);
                return Some(Spelled { lo, hi, first, next: i + 3, form: Form::Vague });
            }
            if many.needs_of && many.hi < 99.5 && line.word(i).eq_ignore_ascii_case("tens") {
                return None;
            }
            Some(Spelled { lo: many.lo, hi: many.hi, first, next: i + 1, form: Form::Vague })
        }
    }
}

/// No number has more magnitudes in a row: "hundred thousand million".
const MOST_SCALES: usize = 4;

/// The product of the scales that stand at token `k` ("hundred thousand"), joined to what goes before.
pub(super) fn next_scale(line: &Line<'_>, mut k: usize) -> Option<(f64, usize)> {
    let mut product = None;
    let past = k + MOST_SCALES;
    while k < past
        && line.joined(k)
        && let Some(Word::Scale(scale)) = number_word(line.word(k))
    {
        product = Some(product.unwrap_or(1.0) * scale);
        k += 1;
    }
    product.map(|scale| (scale, k))
}

/// The scale that a half or a quarter is of: "half a million", "quarter of a million", "half-dozen".
fn scale_of_part(line: &Line<'_>, mut k: usize) -> Option<(f64, usize)> {
    if line.follows(k, "of") && line.follows(k + 1, "a") {
        k += 2;
    } else if line.joined(k) && line.word(k).eq_ignore_ascii_case("a") {
        k += 1;
    }
    next_scale(line, k)
}

fn half(line: &Line<'_>, i: usize, article: Option<usize>) -> Option<Spelled> {
    let first = article.unwrap_or(i);
    if let Some((scale, next)) = scale_of_part(line, i + 1) {
        return Some(Spelled { lo: scale / 2.0, hi: scale / 2.0, first, next, form: Form::Words });
    }
    let after = lower(line.word(i + 1));
    let counts = match line.join(i + 1) {
        // "half of them", "half the voters", "half an hour", but not "the first half of the year".
        Join::Space => match &*after {
            "of" => !is_of_two(line, i),
            "the" | "its" | "their" | "his" | "her" | "our" | "my" | "a" | "an" => true,
            // "a half mile", "half percentage point"
            "mile" | "hour" | "inch" | "acre" | "point" | "percent" | "percentage" | "per" | "cent" => {
                !is_of_two(line, i)
            }
            // "more than half were", but not "nearly half way"
            _ => is_bounded(line, i) && among(&STOP, &after),
        },
        Join::Hyphen => matches!(&*after, "hour" | "mile" | "century" | "inch"),
        // "and a half" is read with what it is added to
        Join::Other => {
            article.is_some() && !line.back(i, 2).eq_ignore_ascii_case("and") || is_bounded(line, i)
        }
    };
    counts.then_some(Spelled { lo: 0.5, hi: 0.5, first, next: i + 1, form: Form::Fraction })
}

/// Whether the half at token `i` is one of the two of a game or a year.
fn is_of_two(line: &Line<'_>, i: usize) -> bool {
    matches!(
        &*lower(line.back(i, 1)),
        "first" | "second" | "other" | "this" | "last" | "latter" | "better" | "opening" | "final"
    )
}

/// Whether a bound before the half at token `i` makes a number of it: "less than half".
fn is_bounded(line: &Line<'_>, i: usize) -> bool {
    line.join(i) == Join::Space
        && matches!(
            &*lower(line.back(i, 1)),
            "than" | "nearly" | "almost" | "about" | "roughly" | "approximately" | "around"
        )
}

/// A cardinal number: units, tens and scales in falling order. With `one` the first scale is multiplied by 1, and
/// the number begins at that token ("a hundred").
fn cardinal(line: &Line<'_>, i: usize, one: Option<usize>, until_and: bool) -> Option<Spelled> {
    let mut total: f64 = 0.0; // closed groups: thousands and above
    let mut group: f64 = if one.is_some() { 1.0 } else { 0.0 };
    let mut room: f64 = if one.is_some() { 1.0 } else { 100.0 }; // what comes next must be smaller than this
    let mut closed_by = f64::INFINITY; // the scale that closed the last group
    let mut any = one.is_some();
    let mut k = i;
    while k == i || line.joined(k) {
        let mut at = k;
        // "two hundred and six", but not "two hundred and some"
        if k > i
            && !until_and
            && (room - 100.0).abs() < 0.5
            && (group >= 100.0 || total > 0.0 && group < 0.5)
            && line.follows(k, "and")
            && line.join(k + 1) == Join::Space
        {
            at = k + 1;
            // "two billion and three quarters": the fraction is added by the tail
            let part = matches!(number_word(line.word(at + 1)), Some(Word::Part(_, true)));
            if part && line.joined(at + 1) && !line.follows(at + 2, "of") {
                break;
            }
        }
        match number_word(line.word(at)) {
            Some(Word::Unit(n)) if n < room && (n > 0.0 || !any) => {
                group += n;
                room = 0.0;
            }
            Some(Word::Ten(n)) if n < room => {
                group += n;
                room = 10.0;
            }
            Some(Word::Scale(scale)) if at == k && scale < 100.5 && group > 0.0 && group < 100.0 => {
                group *= scale; // hundred, dozen
                room = if scale < 99.0 { 0.0 } else { 100.0 };
            }
            Some(Word::Vague(dozens))
                if at == k && (dozens.lo - 24.0).abs() < 0.5 && group > 0.0 && group < 100.0 =>
            {
                group *= 12.0; // "three dozens"
                room = 0.0;
            }
            Some(Word::Scale(scale)) if at == k && scale > 100.5 && (group > 0.0 || total > 0.0) => {
                if scale < closed_by {
                    if group < 0.5 {
                        break;
                    }
                    total += group * scale;
                } else {
                    total = (total + group) * scale; // "hundred thousand million", "lakh crore"
                }
                closed_by = scale;
                group = 0.0;
                room = 100.0;
            }
            _ => break,
        }
        any = true;
        k = at + 1;
    }
    if k == i {
        return None;
    }
    let value = total + group;
    let first = one.unwrap_or(i);
    Some(tail(line, value, first, k))
}

/// What may follow the integer part of a number: a fraction, decimals in words, "and a half".
fn tail(line: &Line<'_>, value: f64, first: usize, k: usize) -> Spelled {
    let words = |value: f64, next, form| Spelled { lo: value, hi: value, first, next, form };
    if let (Join::Space | Join::Hyphen, Some(Word::Part(by, plural))) =
        (line.join(k), number_word(line.word(k)))
        && value < 100.0
        && value > 0.0
    {
        let hyphen = line.join(k) == Join::Hyphen;
        if let Some((scale, next)) = next_scale(line, k + 1)
            && by < 4.5
        {
            return words(value * scale / by, next, Form::Words); // "three quarters of a million" has an "of"
        }
        // "three quarters" may be of a year; "one fourth" is a share, "one fourth man" is not.
        let shares = (value - 1.0).abs() < 0.5;
        let fits = if plural { value >= 2.0 } else { shares };
        let ends =
            plural && (by - 4.0).abs() > 0.5 || !plural && line.join(k + 1) == Join::Other && by < 10.5;
        if fits && value < by && (hyphen || line.follows(k + 1, "of") || ends) {
            return words(value / by, k + 1, Form::Fraction);
        }
    }
    if let Some((value, next)) = decimals(line, value, k) {
        let (scale, next) = next_scale(line, next).unwrap_or((1.0, next));
        return words(value * scale, next, Form::Words);
    }
    if let Some((half, next)) = and_a_half(line, k) {
        // "a million and a half" is half a million more, "a billion and a half million" half a million too
        let whole = if value < 1000.0 { 1.0 } else { last_scale(line, first, k) };
        return match next_scale(line, next) {
            Some((scale, next)) if whole > scale => words(value + half * scale, next, Form::Words),
            Some((scale, next)) => words((value + half) * scale, next, Form::Words),
            None => words(value + half * whole, next, Form::Words),
        };
    }
    if let Some((whole, next)) = out_of(line, value, k) {
        return words(value / whole, next, Form::Fraction);
    }
    words(value, k, Form::Words)
}

/// The magnitude that a number of tokens `first..next` ends with; 1 if it ends with none.
fn last_scale(line: &Line<'_>, first: usize, next: usize) -> f64 {
    let last = next.checked_sub(1).filter(|last| *last > first).map(|last| number_word(line.word(last)));
    if let Some(Some(Word::Scale(scale))) = last { scale } else { 1.0 }
}

/// "point five", "point nought four" after an integer.
fn decimals(line: &Line<'_>, whole: f64, k: usize) -> Option<(f64, usize)> {
    if !line.follows(k, "point") {
        return None;
    }
    let (mut value, mut place, mut at) = (whole, 0.1, k + 1);
    while line.joined(at)
        && at < k + 8
        && let Some(Word::Unit(digit)) = number_word(line.word(at))
        && digit < 9.5
    {
        value += digit * place;
        place /= 10.0;
        at += 1;
    }
    (at > k + 1).then_some((value, at))
}

/// "and a half", "-and-a-half", "and three quarters" after a number.
pub(super) fn and_a_half(line: &Line<'_>, k: usize) -> Option<(f64, usize)> {
    let and = line.joined(k) && line.word(k).eq_ignore_ascii_case("and");
    if !and || !line.joined(k + 1) || !line.joined(k + 2) {
        return None;
    }
    let times = match number_word(line.word(k + 1)) {
        Some(Word::Unit(n)) if n > 0.0 => n,
        _ if matches!(&*lower(line.word(k + 1)), "a" | "an") => 1.0,
        _ => return None,
    };
    match number_word(line.word(k + 2))? {
        Word::Half if times < 1.5 => Some((0.5, k + 3)),
        Word::Part(by, _) if times < by && by < 10.5 && !line.follows(k + 3, "of") => {
            Some((times / by, k + 3))
        }
        _ => None,
    }
}

/// A whole number below a hundred at token `k`, in digits or words, and the token past it.
pub(super) fn below_hundred(line: &Line<'_>, k: usize) -> Option<(f64, usize)> {
    let word = line.word(k);
    if let Some(digits) = scan(word.as_bytes()) {
        return (digits.plain == word.len() && digits.plain <= 2).then_some((digits.value, k + 1));
    }
    match number_word(word)? {
        Word::Unit(n) => Some((n, k + 1)),
        Word::Ten(tens) => match number_word(line.word(k + 1)) {
            Some(Word::Unit(n)) if line.joined(k + 1) && n < 10.0 && n > 0.0 => Some((tens + n, k + 2)),
            _ => Some((tens, k + 1)),
        },
        _ => None,
    }
}

/// The whole that a small number is a part of: "nine out of 10", "one in five".
pub(super) fn out_of(line: &Line<'_>, part: f64, k: usize) -> Option<(f64, usize)> {
    let at = if line.follows(k, "out") && line.follows(k + 1, "of") {
        k + 2
    } else if line.follows(k, "in") {
        k + 1
    } else {
        return None;
    };
    if line.join(at) != Join::Space || part < 0.5 {
        return None;
    }
    let (whole, next) = match number_word(line.word(at)) {
        Some(Word::Unit(n) | Word::Ten(n)) => (n, at + 1),
        _ => match scan(line.word(at).as_bytes()) {
            Some(Digits { value, len, .. }) if len == line.word(at).len() => (value, at + 1),
            _ => return None,
        },
    };
    let (scale, next) = next_scale(line, next).unwrap_or((1.0, next));
    let whole = whole * scale;
    let says_in = at == k + 1;
    let is_share = part < whole
        && (!says_in || (part < 1.5 || (whole - 10.0).abs() < 0.5) && !(1500.0..=2100.0).contains(&whole));
    // "one in three days" is how often, not how many
    let timed = matches!(
        &*lower(line.word(next)),
        "days" | "weeks" | "months" | "years" | "hours" | "minutes" | "seconds" | "games" | "matches"
    );
    (is_share && !(says_in && timed)).then_some((whole, next))
}

#[cfg(test)]
mod tests;
