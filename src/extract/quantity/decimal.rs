//! Figures of languages that part decimals with a comma and thousands with a full stop or a space (`1.200`, `3,5`, `1 200`), and
//! their words for a million, a billion and a hundredth.
//!
//! Such a text is read in a copy whose figures are written as English has them. Each separator is one byte in either way, and a
//! word makes way for a shorter one and spaces, so that what is found in the copy stands at the same bytes of the text.

use crate::names::wordlist::{Set, among};

/// Languages that write figures so. Spanish is written both ways, by country.
static COMMA: Set = Set::new(&[
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr",
    "hu", "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro",
    "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "vi",
]);

/// Countries whose Spanish has figures as English has them; Switzerland has neither.
const POINT: &[&str] = &[
    "es-mx", "es-us", "es-pr", "es-do", "es-gt", "es-hn", "es-ni", "es-pa", "es-sv", "es-pe", "de-ch",
    "it-ch", "de-li",
];

/// Words behind a figure, in small letters, and what the copy has for them, which is no longer.
const WORDS: &[(&str, &str)] = &[
    ("mil millones", "billion"),
    ("mil milhões", "billion"),
    ("mil milions", "billion"),
    ("millionen", "million"),
    ("millioner", "million"),
    ("millones", "million"),
    ("millions", "million"),
    ("milions", "million"),
    ("milhões", "million"),
    ("milhão", "million"),
    ("miljoen", "million"),
    ("miljoner", "million"),
    ("milioni", "million"),
    ("milioane", "million"),
    ("milionów", "million"),
    ("milionů", "million"),
    ("miljoonaa", "million"),
    ("millió", "million"),
    ("milyon", "mn"),
    ("млн", "mn"),
    ("мільйонів", "million"),
    ("миллионов", "million"),
    ("миллиона", "million"),
    ("εκατομμύρια", "million"),
    ("εκατ", "mn"),
    ("mio", "mn"),
    ("milliarden", "billion"),
    ("milliarder", "billion"),
    ("milliards", "billion"),
    ("milliárd", "billion"),
    ("miljard", "billion"),
    ("miljarder", "billion"),
    ("miljardia", "billion"),
    ("miliardi", "billion"),
    ("miliarde", "billion"),
    ("miliardów", "billion"),
    ("bilhões", "billion"),
    ("milyar", "bn"),
    ("млрд", "bn"),
    ("миллиардов", "billion"),
    ("δισεκατομμύρια", "billion"),
    ("δισ", "bn"),
    ("mrd", "bn"),
    ("mld", "bn"),
    ("prozent", "percent"),
    ("procent", "percent"),
    ("prosent", "percent"),
    ("prosenttia", "percent"),
    ("procento", "percent"),
    ("procenta", "percent"),
    ("százalék", "percent"),
    ("pour cent", "percent"),
    ("por ciento", "percent"),
    ("por cento", "percent"),
    ("per cento", "percent"),
    ("per cent", "percent"),
    ("процентов", "percent"),
    ("процента", "percent"),
    ("відсотків", "percent"),
];

/// Words for a thousand, where a whole figure is followed by three zeros instead.
const THOUSANDS: &[&str] =
    &["mil", "mila", "tausend", "duizend", "tusen", "tusind", "tys", "tis", "тыс", "тысяч", "тис", "bin"];

/// What stands between such a word and what is counted.
const OF: &[&str] = &["d'", "d’", "de ", "di ", "o "];

/// The text of an article in the language with tag `lang`, with its figures in English form; `None` where it has none to be
/// changed.
pub(in crate::extract) fn in_english_form(text: &str, lang: &str) -> Option<String> {
    let primary = lang.split('-').next().unwrap_or(lang);
    if !among(&COMMA, primary) || POINT.contains(&lang) {
        return None;
    }
    let bytes = text.as_bytes();
    let mut copy: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(n) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let start = at + n;
        let end = end_of_figure(bytes, start);
        let alone = start == 0 || !is_part(bytes[start - 1]);
        let figure = &bytes[start..end];
        // The end of a longer row of groups is no number of its own.
        let row = figure.contains(&b' ') && matches!(bytes.get(..start), Some([.., b'0'..=b'9', b' ']));
        let last = figure.iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |last| last + 1);
        let changes = alone
            && !row
            && (is_grouped(figure) || is_decimal(figure) && (primary != "es" || figure.len() - last != 3));
        if changes {
            let copy = copy.get_or_insert_with(|| bytes.to_vec());
            for byte in copy.get_mut(start..end).into_iter().flatten() {
                match byte {
                    b'.' | b' ' => *byte = b',',
                    b',' => *byte = b'.',
                    _ => {}
                }
            }
        }
        at = end;
        if alone && let Some((from, past, instead)) = word_behind(text, start, end) {
            write(copy.get_or_insert_with(|| bytes.to_vec()), from, past, instead);
            at = past;
        }
    }
    copy.and_then(|copy| String::from_utf8(copy).ok())
}

/// The word behind the figure that stands at bytes `start..end`, with what the copy has for it: bytes to be written over, and the
/// words instead.
fn word_behind(text: &str, start: usize, end: usize) -> Option<(usize, usize, &'static str)> {
    const LONGEST: usize = 40;
    let rest = text.get(end..)?;
    let from = end + [" ", "\u{a0}", "\u{202f}"].into_iter().find(|gap| rest.starts_with(gap))?.len();
    let rest = text.get(from..)?;
    if !rest.chars().next()?.is_alphabetic() {
        return None;
    }
    let mut lower = String::with_capacity(LONGEST);
    for c in rest.chars().take(LONGEST) {
        let small = c.to_lowercase().next().unwrap_or(c);
        // What has another length in small letters is none of the words.
        lower.push(if small.len_utf8() == c.len_utf8() { small } else { c });
    }
    let is = |word: &str| {
        lower.strip_prefix(word).is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
    };
    if let Some((word, instead)) = WORDS.iter().find(|(word, _)| is(word)) {
        let behind = lower.get(word.len()..)?.strip_prefix(' ').unwrap_or("");
        let of = OF.iter().find(|of| behind.starts_with(**of)).map_or(0, |of| of.len() + 1);
        return Some((from, from + word.len() + of, instead));
    }
    let whole = text.get(start..end)?.bytes().all(|b| b.is_ascii_digit()) && end - start <= 3;
    let word = THOUSANDS.iter().find(|word| whole && is(word))?;
    Some((end, from + word.len(), ",000"))
}

/// Writes words over bytes of the copy, and spaces behind them.
fn write(copy: &mut [u8], from: usize, past: usize, words: &str) {
    let mut words = words.bytes();
    for byte in copy.get_mut(from..past).into_iter().flatten() {
        *byte = words.next().unwrap_or(b' ');
    }
}

/// Whether a byte before a figure makes it a part of something else.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b'-' | b'/' | b':') || !byte.is_ascii()
}

/// Where the figure ends that begins at `start`: digits with separators between them; a space, if three digits follow.
fn end_of_figure(bytes: &[u8], start: usize) -> usize {
    let digits = |at: usize| bytes.get(at..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = start + digits(start);
    let spaced = (1..=3).contains(&(end - start)) && bytes.get(start) != Some(&b'0');
    let mut by_space = false;
    loop {
        let more = digits(end + 1);
        match bytes.get(end) {
            Some(b'.') if more > 0 && !by_space => end += 1 + more,
            Some(b',') if more > 0 => end += 1 + more,
            Some(b' ') if more == 3 && spaced && (by_space || end - start <= 3) => {
                by_space = true;
                end += 4;
            }
            _ => return end,
        }
    }
}

/// Whether a figure has groups of three behind full stops or spaces, and perhaps decimals behind a comma.
fn is_grouped(figure: &[u8]) -> bool {
    let whole = figure.split(|b| *b == b',').next().unwrap_or(figure);
    let mut groups = whole.split(|b| matches!(b, b'.' | b' '));
    let first = groups.next().map_or(0, <[u8]>::len);
    let parts = figure.split(|b| *b == b',').count();
    let mut rest = groups.peekable();
    (1..=3).contains(&first) && parts <= 2 && rest.peek().is_some() && rest.all(|group| group.len() == 3)
}

/// Whether a figure is digits, a comma, and digits.
fn is_decimal(figure: &[u8]) -> bool {
    let others = figure.iter().filter(|b| !b.is_ascii_digit());
    others.eq([&b','])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn commas_and_full_stops_change_places_in_figures_alone() {
        for (lang, text, english) in [
            ("de", "Rund 1.200 Menschen, 3,5 Millionen", "Rund 1,200 Menschen, 3.5 million  "),
            ("de", "1.234.567,89 Euro", "1,234,567.89 Euro"),
            ("fr", "1 200 personnes, 12 345,6 km", "1,200 personnes, 12,345.6 km"),
            ("es", "3,5 y 1.200", "3.5 y 1,200"),
            ("fr-ca", "12,5 %", "12.5 %"),
            ("de", "3,5 Millionen Euro, 8 Prozent", "3.5 million   Euro, 8 percent"),
            ("fr", "3,5 millions d’euros", "3.5 million      euros"),
            ("es", "3 mil millones de euros, 20 mil", "3 billion         euros, 20,000"),
            ("ru", "5 млн рублей", "5 mn     рублей"),
        ] {
            assert_eq!(in_english_form(text, lang).as_deref(), Some(english), "{text}");
        }
        for (lang, text) in [
            ("en", "1.200, 3,5"),
            ("es-mx", "1.200, 3,5"),
            ("es", "1,200"), // a thousand in Mexico
            ("de", "am 12.03.2025 um 10.30 Uhr, 2024 300, A1.200, 1,2,3, 08 123 456, x-1.200"),
            ("de", "keine"),
        ] {
            assert_eq!(in_english_form(text, lang), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn lines_stay_and_nothing_moves(text in "[0-9., aé\n-]{0,40}|([0-9]{1,2}[ ,](mil|Millionen|millions d’|млн)?[ a]){0,6}") {
            let copy = in_english_form(&text, "de").unwrap_or_else(|| text.clone());
            prop_assert_eq!(copy.len(), text.len());
            for (a, b) in text.bytes().zip(copy.bytes()) {
                prop_assert!(a == b || b.is_ascii() && a != b'\n');
            }
        }
    }
}
