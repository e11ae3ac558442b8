//! Quantities of English news text: what is counted, paid, measured and shared out, as values that can be compared.
//!
//! A text is read line by line (`line`); most tokens are dismissed by their first three letters and their length
//! (`words`). Where a date may begin, `extract::date` reads it, on the same walk. Where a
//! figure may begin, `exclude` takes model numbers away, `phone` telephone numbers and `when` times of day.
//! `amount` reads the figure with its magnitude, from digits (`value`) or words (`spelled`, with the hints of `vague`),
//! and `prefix` its sign and leading currency; `unit` reads the percent, currency (`money`) or measure after it (tables
//! in [`crate::names::unit`]), `range` a second figure that makes an interval of it. A figure without unit is a year
//! (`when`) or an age (`age`), a name or an idiom (`names`), or it counts a noun (`counted`), if it
//! does not share the unit of a later figure (`shared`). Last, `bounds` reads the words around it ("more than", "some",
//! "rose by"), and `pair` what it and the quantity before it say of each other.
//!
//! Figures of languages that part them otherwise are read in a copy (`decimal`).
//!
//! The span of a number is the number alone ("400", "several hundred", "between 100 and 150"), so that in a phrase
//! the counted noun can follow it; the noun's singular is the unit, and people are counted as `people`. The span of
//! money, percentages and measures takes in the unit ("$40bn", "8 per cent", "48 hours"). Words such as "more than"
//! are in no span.

mod age;
mod amount;
mod bounds;
pub(super) mod counted;
pub(super) mod decimal;
mod exclude;
pub(super) mod line;
mod money;
mod names;
mod pair;
mod phone;
mod prefix;
mod range;
mod shared;
mod spelled;
mod unit;
mod vague;
mod value;
mod when;
pub(super) mod words;

use std::borrow::Cow;

use self::amount::Amount;
use self::line::Line;
use self::range::Pair;
use self::unit::Unit;
use self::words::{Form, Means};
use super::date::{self, DateWord, Day, Expression};
use super::lookup::each_wanted;
use crate::article::{DAY, Kind, Mention, Modifier, Quantity, Reading, Span, TextField, Trend};
use crate::text::Token;

/// Appends the quantities of `text` to `out`, in order and without overlap; `tokens` are
/// [`tokens(text)`](crate::text::tokens), `field` says which of an article's texts it is. In a title, capital letters
/// are not taken for names.
///
/// ```
/// use dateline::article::TextField;
/// use dateline::{extract::quantity, text};
///
/// let body = "As many as 400 Iranian nationals paid $1.2bn, up 8 per cent.";
/// let tokens: Vec<_> = text::tokens(body).collect();
/// let mut found = Vec::new();
/// quantity::find(body, &tokens, TextField::Body, &mut found);
/// let read: Vec<_> = found.iter().map(|m| (m.span.of(body), m.key())).collect();
/// assert_eq!(read[0], ("400", "<=400 national".into()));
/// assert_eq!(read[1], ("$1.2bn", "1,200,000,000 USD".into()));
/// assert_eq!(read[2], ("8 per cent", "8 %".into()));
/// ```
pub fn find(text: &str, tokens: &[Token], field: TextField, out: &mut Vec<Mention>) {
    find_dated(text, tokens, field, None, out);
}

/// Appends the quantities and dates of `text` to `out`, as [`find`] does; dates that count from the day of publication are
/// resolved from `published`, in seconds since 1970-01-01 UTC, and left out without it.
pub fn find_dated(
    text: &str,
    tokens: &[Token],
    field: TextField,
    published: Option<i64>,
    out: &mut Vec<Mention>,
) {
    let published = published.and_then(|at| Day::try_from(at.div_euclid(DAY)).ok());
    let mut start = 0;
    let mut rest = tokens;
    while !rest.is_empty() {
        let from = text.as_bytes().get(start..).unwrap_or(&[]);
        let end = memchr::memchr(b'\n', from).map_or(text.len(), |n| start + n);
        let in_line = if end == text.len() {
            rest.len()
        } else {
            rest.partition_point(|t| (t.span.start as usize) < end)
        };
        let (tokens, later) = rest.split_at(in_line);
        let headline = field == TextField::Title;
        let line = Line { text, tokens, start, end, floor: 0, spent: start, headline };
        Walk { line, field, published, out: &mut *out }.all();
        rest = later;
        start = end + 1;
    }
}

/// The walk over the tokens of one line.
struct Walk<'a, 'o> {
    line: Line<'a>,
    field: TextField,
    published: Option<Day>,
    out: &'o mut Vec<Mention>,
}

/// What may begin with a token.
enum Begins {
    Figure,
    Date(DateWord),
}

impl Walk<'_, '_> {
    /// Appends the quantities and dates of the line.
    fn all(&mut self) {
        let (words, tokens, bytes) = (words::table(), self.line.tokens, self.line.text.as_bytes());
        let mut next = 0;
        let may_begin = |token: &Token| !words.rules_out(bytes, token.span);
        each_wanted(tokens, may_begin, |i| {
            let token = tokens.get(i).filter(|_| i >= next);
            let word = token.and_then(|token| bytes.get(token.span.range())).unwrap_or(&[]);
            next = match begins(word, words) {
                None => return,
                Some(Begins::Figure) => self.figure(i),
                Some(Begins::Date(DateWord::Ago)) => {
                    let date = date::ago(&self.line, i, self.out.last(), self.published, self.field);
                    self.keep(date, i + 1)
                }
                Some(Begins::Date(word)) => match date::at_word(&self.line, i, word) {
                    Some(date) => self.date(&date),
                    None => i + 1,
                },
            };
        });
    }

    /// Reads the figure at token `i`; the token to go on at.
    fn figure(&mut self, i: usize) -> usize {
        if let Some(date) = date::at_figure(&self.line, i) {
            return self.date(&date);
        }
        match item(&self.line, i, self.field) {
            Item::Nothing(next) => next,
            Item::Quantity(mut mention, next) => {
                if let Some(before) = self.out.last()
                    && before.field == mention.field
                    && before.span.start as usize >= self.line.start
                    && before.span.end as usize <= mention.span.start as usize
                {
                    pair::restate(&self.line, before, &mut mention);
                    pair::go_on(&self.line, before, &mut mention);
                    if let Some(both) = pair::bounded(&self.line, before, &mention) {
                        self.out.pop();
                        mention = both;
                    }
                }
                self.keep(Some(mention), next)
            }
            Item::Date(date) => self.date(&date),
        }
    }

    fn date(&mut self, date: &Expression) -> usize {
        let mention = date.mention(&self.line, self.published, self.field);
        self.keep(mention, date.next)
    }

    /// Appends a mention that ends before token `next`.
    fn keep(&mut self, mention: Option<Mention>, next: usize) -> usize {
        if let Some(mention) = mention {
            self.line.spent = mention.span.end as usize;
            self.line.floor = next;
            self.out.push(mention);
        }
        next
    }
}

/// What may begin with the token `word`.
#[inline]
fn begins(word: &[u8], words: &words::Words) -> Option<Begins> {
    match word {
        [first, ..] if first.is_ascii_digit() || !first.is_ascii() => Some(Begins::Figure),
        [first, rest @ ..] if first.is_ascii_uppercase() && rest.iter().take(4).any(u8::is_ascii_digit) => {
            Some(Begins::Figure)
        }
        _ => match words.get(word)? {
            Means::Number(_) => Some(Begins::Figure),
            Means::Date(word) => Some(Begins::Date(word)),
        },
    }
}

/// What a figure was read as.
enum Item {
    /// No quantity and no date; the token to go on at.
    Nothing(usize),
    /// A quantity, and the token to go on at.
    Quantity(Mention, usize),
    /// A year, or years.
    Date(Expression),
}

/// What was found, before it is written down.
struct Found<'a> {
    amount: Amount<'a>,
    unit: Option<Unit>,
    /// What the first end of an interval counts, if that stands apart from the second.
    counted: Option<Cow<'static, str>>,
    via: &'static str,
}

/// Reads the figure at token `i`, at which no date of day and month begins.
fn item(line: &Line<'_>, i: usize, field: TextField) -> Item {
    if let Some(next) = exclude::shape(line, i) {
        return Item::Nothing(next);
    }
    let between = line.back(i, 1).eq_ignore_ascii_case("between");
    let Some(mut amount) = amount::read(line, i, between) else { return Item::Nothing(i + 1) };
    unit::settle(line, &mut amount);
    let mut unit = unit::after(line, &amount);
    if !amount.suffix.is_empty() && unit.is_none() {
        return Item::Nothing(amount.next);
    }
    let mut via = match amount.form {
        Form::Digits => "quantity:digits",
        Form::Words => "quantity:words",
        Form::Fraction => "quantity:fraction",
        Form::Vague => "quantity:vague",
    };
    if when::is_some_day(line, &amount) {
        return Item::Nothing(amount.next + 1);
    }
    let mut counted = None;
    match range::read(line, &amount, unit.as_ref()) {
        Some(Pair::None(next)) => return Item::Nothing(next),
        Some(Pair::Years(from, to, next)) => {
            return Item::Date(date::years(line, amount.first, next, from, to));
        }
        Some(Pair::Range { amount: both, unit: shared }) => {
            if shared.is_none() {
                let noun = counted::noun(line, amount.next, false, false);
                counted = noun.filter(|n| n.plural && !n.of && n.at < both.next).map(|n| n.lemma);
            }
            (amount, unit, via) = (both, shared, "quantity:range");
        }
        None if between && amount.form == Form::Words => {
            // "between one hundred and ten and …": the first figure goes on after its "and"
            if let Some(whole) = amount::read(line, i, false) {
                amount = whole;
                unit = unit::after(line, &amount);
            }
        }
        None => {}
    }
    settle(line, Found { amount, unit, counted, via }, field)
}

/// Counts, names or bounds what was found, and makes a mention of it.
fn settle(line: &Line<'_>, found: Found<'_>, field: TextField) -> Item {
    let Found { mut amount, mut unit, mut counted, via } = found;
    let mut modifier = None;
    let mut next = unit.as_ref().map_or(amount.next, |u| u.next);
    let mut end = unit.as_ref().map_or(amount.end, |u| u.end);
    if unit.is_none() && age::stated(line, &amount) {
        let name = Cow::Borrowed("year of age");
        unit = Some(Unit { kind: Kind::Quantity, name, next, end, plus: 0.0 });
    }
    if unit.is_none() && amount.suffix.is_empty() && amount.next < line.len() {
        unit = shared::with_later(line, &amount);
    }
    if unit.is_none() {
        if let Some((bound, after)) = bounds::behind(line, next, end) {
            modifier = Some(bound);
            next = after;
        }
        let magnitude = when::is_magnitude(line, &amount);
        let single = (amount.hi - 1.0).abs() < 1e-9;
        let noun = counted::noun(line, next, single, amount.form == Form::Fraction)
            .or_else(|| counted::suspended(line, next));
        if when::year(line, &amount, noun.as_ref()) {
            #[allow(clippy::cast_possible_truncation, reason = "four digits")]
            let year = amount.lo as i32;
            return Item::Date(date::years(line, amount.first, amount.next, year, year));
        }
        if !magnitude
            && amount.form != Form::Vague
            && via != "quantity:range"
            && names::names(line, &amount, noun.as_ref())
        {
            return Item::Nothing(next);
        }
        if magnitude {
            counted = Some(Cow::Borrowed("magnitude"));
        } else if let Some(noun) = noun {
            // "40 unbroken days" is a measure, with the words between in its span
            if let Some(name) = crate::names::unit::measure_of_lemma(&noun.lemma)
                && !noun.of
                && noun.plural
                && noun.at > next
            {
                (next, end) = (noun.at + 1, line.end(noun.at));
                unit = Some(Unit { kind: Kind::Quantity, name: Cow::Borrowed(name), next, end, plus: 0.0 });
            } else {
                // "40 huts or more"
                if modifier.is_none() && !noun.of {
                    modifier = bounds::behind(line, noun.at + 1, line.end(noun.at)).map(|(bound, _)| bound);
                }
                counted = Some(noun.lemma);
            }
        }
    } else if let Some((bound, after)) = bounds::behind(line, next, end) {
        modifier = Some(bound);
        next = after;
    }
    let plus = unit.as_ref().map_or(0.0, |u| u.plus);
    amount.lo += plus;
    amount.hi += plus;
    let (kind, name) = match unit {
        Some(unit) => (unit.kind, Some(unit.name)),
        None => (Kind::Number, counted),
    };
    let mut before = bounds::before(line, amount.first, amount.start, name.as_deref());
    before.trend = bounds::turned(line, next, before.trend);
    if amount.plus && kind == Kind::Percent {
        before.trend = Some(Trend::Up);
    }
    let modifier = match (modifier, before.modifier) {
        (Some(behind), Modifier::Equal | Modifier::About) => behind,
        (_, Modifier::Equal) if amount.form == Form::Vague => Modifier::About,
        (_, before) => before,
    };
    let Some(quantity) = Quantity::new(amount.lo, amount.hi, modifier, before.trend, name) else {
        return Item::Nothing(next);
    };
    let reading = Reading::Quantity(quantity);
    Item::Quantity(
        Mention { field, span: Span::new(amount.start, end), kind, reading, via: Cow::Borrowed(via) },
        next,
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
