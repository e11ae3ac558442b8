//! What stands before a figure and belongs to it: a sign and a currency.

use super::amount::Amount;
use super::line::{Line, is_capital};
use super::words::Form;
use crate::names::unit::table::{CODES, DOLLARS, PREFIXES, WEAK_PREFIXES, currency_sign};
use crate::names::wordlist::{lower, row};

/// The currency that the letters before a figure name by themselves.
pub(super) fn currency(letters: &str) -> Option<&'static str> {
    row(&PREFIXES, letters).or_else(|| CODES.get(letters))
}

/// Sign and currency in front of the figure.
pub(super) fn before(line: &Line<'_>, amount: &mut Amount<'_>) {
    let i = amount.first;
    let from = i.checked_sub(1).map_or(line.start, |k| line.end(k)).max(line.spent);
    let gap = line.text.get(from..amount.start).unwrap_or("");
    let mut rest = gap;
    if gap == " " && amount.currency.is_none() {
        named_before(line, amount, gap);
        return;
    }
    if let Some((before, sign)) = strip_sign(rest, i == 0) {
        rest = before;
        set_sign(amount, sign);
        amount.start = from + rest.len();
    }
    let close = rest.trim_end_matches([' ', '\u{a0}']);
    if amount.currency.is_none()
        && i > line.floor
        && let Some(currency) = signed_letters(line.word(i - 1), close)
    {
        amount.currency = Some(currency);
        amount.first = i - 1;
        amount.start = line.start(i - 1);
    } else if amount.currency.is_none()
        && let Some((at, sign)) = close.char_indices().next_back()
        && let Some(currency) = currency_sign(sign)
        && rest.len() - close.len() <= 2
    {
        rest = close.get(..at).unwrap_or("");
        amount.currency = Some(currency);
        amount.start = from + rest.len();
        if let Some((before, sign)) = strip_sign(rest, i == 0) {
            rest = before;
            set_sign(amount, sign);
            amount.start = from + rest.len();
        }
        // "A$5", "US $5"
        if sign == '$'
            && i > line.floor
            && matches!(rest, "" | " ")
            && let Some(dollar) = row(&DOLLARS, line.word(i - 1))
            && (rest.is_empty() || line.word(i - 1).len() > 1)
        {
            amount.currency = Some(dollar);
            amount.first = i - 1;
            amount.start = line.start(i - 1);
        }
    } else if amount.currency.is_some() && close.ends_with('$') {
        amount.start = from + close.len() - 1; // "$US5"
    }
    named_before(line, amount, rest);
}

/// The currency of letters with a sign after them that alone would mean less or something else: "GH₵5", "GH¢5", "CN¥5".
fn signed_letters(letters: &str, gap: &str) -> Option<&'static str> {
    let mut chars = gap.chars();
    let sign = chars.next().filter(|_| chars.next().is_none())?;
    match (letters, sign) {
        ("CN", '¥' | '￥') => Some("CNY"),
        (_, '$') => None,
        _ if sign == '¢' || currency_sign(sign).is_some() => currency(letters),
        _ => None,
    }
}

/// What words before the figure, parted from it by `gap`, say of currency and sign: "USD 200", "minus five".
fn named_before(line: &Line<'_>, amount: &mut Amount<'_>, gap: &str) {
    let i = amount.first;
    if i > line.floor && amount.form == Form::Digits && amount.currency.is_none() {
        currency_word(line, amount, gap);
    }
    let k = amount.first;
    let negative = k > line.floor
        && matches!(line.back(k, 1).as_bytes(), [b'm' | b'n' | b'M' | b'N', ..])
        && matches!(&*lower(line.back(k, 1)), "minus" | "negative");
    if negative && line.joined(k) && amount.start == line.start(k) {
        set_sign(amount, '-');
        amount.first = k - 1;
        amount.start = line.start(k - 1);
    }
    if amount.currency.is_some() || amount.first != i {
        amount.plain = 0;
    }
}

/// "USD 200", "Rs. 500", "Y=500" before a figure, with `gap` between.
fn currency_word(line: &Line<'_>, amount: &mut Amount<'_>, gap: &str) {
    let i = amount.first;
    let word = line.word(i - 1);
    if !is_capital(word) || word.len() > 5 {
        return;
    }
    if matches!(gap, " " | "\u{a0}")
        && !amount.scaled
        && let Some((by, code)) = super::money::multiple(word)
    {
        amount.scale(by);
        amount.currency = Some(code);
        amount.first = i - 1;
        amount.start = line.start(i - 1);
        return;
    }
    let currency = match gap {
        " " | ". " | "." | "\u{a0}" => self::currency(word),
        "=" => row(&WEAK_PREFIXES, word),
        _ => None,
    };
    if let Some(currency) = currency {
        amount.currency = Some(currency);
        amount.first = i - 1;
        amount.start = line.start(i - 1);
    }
}

fn set_sign(amount: &mut Amount<'_>, sign: char) {
    if sign == '+' {
        amount.plus = true;
    } else {
        (amount.lo, amount.hi) = (-amount.hi, -amount.lo);
        amount.plain = 0;
    }
}

/// A sign at the end of `gap` that belongs to the figure after it, not to a word before it.
fn strip_sign(gap: &str, opens_line: bool) -> Option<(&str, char)> {
    let (at, sign) = gap.char_indices().next_back()?;
    let sign = match sign {
        '-' | '−' => '-',
        '+' => '+',
        _ => return None,
    };
    let before = gap.get(..at)?;
    let free = match before.chars().next_back() {
        None => opens_line,
        Some(c) => c.is_whitespace() || c == '(' || currency_sign(c).is_some(),
    };
    free.then_some((before, sign))
}
