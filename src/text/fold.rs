//! The term of a token: what is looked up, whatever way it was written.

use unicode_normalization::char::{compose, decompose_compatible, is_combining_mark};

/// Appends the term of the token `surface` to `term`: lower case, accents and compatibility forms undone, thousands
/// separators and an acronym's last full stop dropped, curly apostrophes straight.
///
/// Folding a term again changes nothing.
pub fn fold_into(surface: &str, term: &mut String) {
    let surface = surface.strip_suffix('.').unwrap_or(surface);
    if surface.is_ascii() {
        let from = term.len();
        if surface.as_bytes().contains(&b',') {
            term.extend(surface.split(','));
        } else {
            term.push_str(surface);
        }
        if let Some(added) = term.get_mut(from..) {
            added.make_ascii_lowercase();
        }
        return;
    }
    let from = term.len();
    for c in surface.chars() {
        fold_char(c, &mut |folded| {
            // A voiced kana may be written as two characters, as those of half width are.
            let joined = match folded {
                '\u{3099}' | '\u{309A}' => term
                    .get(from..)
                    .and_then(|t| t.chars().next_back())
                    .and_then(|last| compose(last, folded)),
                _ => None,
            };
            if joined.is_some() {
                term.pop();
            }
            term.push(joined.unwrap_or(folded));
        });
    }
}

/// The term of the token `surface`; see [`fold_into`].
///
/// ```
/// use dateline::text::fold;
/// assert_eq!(fold("Erdoğan"), "erdogan");
/// assert_eq!((fold("U.S."), fold("1,200")), ("u.s".into(), "1200".into()));
/// ```
pub fn fold(surface: &str) -> String {
    let mut term = String::with_capacity(surface.len());
    fold_into(surface, &mut term);
    term
}

/// Gives the folded characters of `c`, none or more.
pub fn fold_char(c: char, give: &mut impl FnMut(char)) {
    match c {
        ',' => {}
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => give('\''),
        _ if c.is_ascii() => give(c.to_ascii_lowercase()),
        // Syllables and voiced kana are letters of their own, and so is the Russian short i.
        '\u{ac00}'..='\u{d7a3}' | '\u{3041}'..='\u{30fe}' | 'й' => give(c),
        'Й' => give('й'),
        _ => decompose_compatible(c, |part| {
            if is_combining_mark(part) {
                if !is_accent(part) {
                    give(part);
                }
                return;
            }
            for lower in part.to_lowercase() {
                match letter_without_decomposition(lower) {
                    Some(plain) => plain.chars().for_each(&mut *give),
                    None if lower.is_alphanumeric() && !is_combining_mark(lower) => give(lower),
                    None => {}
                }
            }
        }),
    }
}

/// Whether a combining mark may be left out in writing: accents, and the vowel points of Hebrew and Arabic. The vowel signs of
/// India and Southeast Asia may not, nor may the signs of voiced kana.
fn is_accent(mark: char) -> bool {
    match u32::from(mark) {
        // Dots that Indian letters are mostly written without (nukta).
        0x093C | 0x09BC | 0x0A3C | 0x0ABC | 0x0B3C => true,
        0x3099 | 0x309A | 0x0900..=0x1ABF | 0x1B00..=0x1DBF | 0xA800..=0xABFF | 0x11000..=0x11FFF => false,
        _ => true,
    }
}

/// Letters that Unicode does not decompose but that people type without their strokes and ties, and the other form of one.
fn letter_without_decomposition(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        'ə' => "e",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_case_and_width_do_not_matter() {
        for (surface, term) in [
            ("Łódź", "lodz"),
            ("STRAẞE", "strasse"),
            ("ﬁnance", "finance"),
            ("２０２５", "2025"),
            ("İstanbul", "istanbul"),
            ("don’t", "don't"),
            ("Müllerstraße", "mullerstrasse"),
            ("Åse Sørli", "ase sorli"),
            ("ΛΙΜΆΝΙΑΣ", "λιμανιασ"),
            ("λιμάνιας", "λιμανιασ"),
            ("Ёлкой", "елкой"),
            ("Й", "й"),
            ("서울", "서울"),
            ("ガ", "ガ"),
            ("ｶﾞ", "ガ"),
            ("हिन्दी", "हिन्दी"),
            ("น้ำ", "น้ํา"),
            ("أهدافٌ", "اهداف"),
        ] {
            assert_eq!(fold(surface), term);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(surface in "[\\p{L}\\p{N}\\p{M}]{1,12}|[が-ゟァ-ヿｦ-ﾟ\u{3099}]{1,6}") {
            let once = fold(&surface);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
