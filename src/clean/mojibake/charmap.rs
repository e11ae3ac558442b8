//! The code pages in which UTF-8 is misread, and which byte of each a character stands for.
//!
//! The order is that in which they are tried, as in ftfy: the likeliest first. Bytes that a page of Windows leaves open stand
//! for the controls of the same number, as browsers have it (WHATWG Encoding), and its byte 0x1A, which no text holds, stands
//! for U+FFFD: what a stricter reader left of a byte that it could not read.

use std::sync::LazyLock;

/// The number of a code page.
pub(super) type Page = usize;

/// ISO 8859-1.
pub(super) const LATIN_1: Page = 0;
/// Windows-1252, the page of nearly all misread text.
pub(super) const WINDOWS_1252: Page = 1;
/// Mac OS Roman.
pub(super) const MAC_ROMAN: Page = 8;
/// How many pages there are.
pub(super) const PAGES: usize = 10;

/// The byte that stands for what was lost.
pub(super) const LOST: u8 = 0x1a;

/// A set of pages.
pub(super) type Pages = u16;

/// All pages.
pub(super) const ALL: Pages = (1 << PAGES) - 1;

/// The pages of Windows, which leave bytes open.
const WINDOWS: Pages = 0b00_0111_1110;

/// The pages whose letters begin where those of Latin-1 do, so that lead bytes are letters in each.
const LETTERED: Pages = 0b00_0111_1111;

/// Whether a page can stand for lost bytes, too.
pub(super) fn is_windows(page: Page) -> bool {
    WINDOWS >> page & 1 == 1
}

/// The bytes 0x80 to 0xFF of all pages but Latin-1, 32 a row; a space is a control, or open.
const TABLES: [[&str; 4]; PAGES - 1] = [
    // Windows-1252: Western Europe
    [
        "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ",
        "\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿",
        "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
        "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    ],
    // Windows-1251: Cyrillic
    [
        "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–— ™љ›њќћџ",
        "\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї",
        "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    ],
    // Windows-1250: Central Europe
    [
        "€ ‚ „…†‡ ‰Š‹ŚŤŽŹ ‘’“”•–— ™š›śťžź",
        "\u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż",
        "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß",
        "ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    ],
    // Windows-1253: Greek
    [
        "€ ‚ƒ„…†‡ ‰ ‹     ‘’“”•–— ™ ›    ",
        "\u{a0}΅Ά£¤¥¦§¨©ª«¬\u{ad}®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏ",
        "ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡÒΣΤΥΦΧΨΩΪΫάέήί",
        "ΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώÿ",
    ],
    // Windows-1254: Turkish
    [
        "€ ‚ƒ„…†‡ˆ‰Š‹Œ    ‘’“”•–—˜™š›œ  Ÿ",
        "\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿",
        "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞß",
        "àáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ",
    ],
    // Windows-1257: Baltic
    [
        "€ ‚ „…†‡ ‰ ‹ ¨ˇ¸ ‘’“”•–— ™ › ¯˛ ",
        "\u{a0}¡¢£¤¥¦§Ø©Ŗ«¬\u{ad}®Æ°±²³´µ¶·ø¹ŗ»¼½¾æ",
        "ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß",
        "ąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙",
    ],
    // ISO 8859-2: Latin-2
    [
        "                                ",
        "\u{a0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{ad}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žż",
        "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß",
        "ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    ],
    // Mac OS Roman: the old Macintosh
    [
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü",
        "†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø",
        "¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ",
        "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
    ],
    // code page 437: DOS
    [
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ",
        "áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
        "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀",
        "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ],
];

/// A character beyond ASCII with its byte in each page, or 0.
type Row = (char, [u8; PAGES]);

/// All characters of all pages, in their order.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let mut pairs: Vec<(char, Page, u8)> =
        (0x80..=0xff).map(|byte| (char::from(byte), LATIN_1, byte)).collect();
    for (table, page) in TABLES.iter().zip(1..) {
        for (c, byte) in table.iter().flat_map(|row| row.chars()).zip(0x80..=0xff) {
            pairs.push((if c == ' ' { char::from(byte) } else { c }, page, byte));
        }
        if is_windows(page) {
            pairs.push(('\u{fffd}', page, LOST));
        }
    }
    pairs.sort_unstable();
    let mut rows: Vec<Row> = Vec::new();
    for (c, page, byte) in pairs {
        if rows.last().is_none_or(|(known, _)| *known != c) {
            rows.push((c, [0; PAGES]));
        }
        if let Some((_, bytes)) = rows.last_mut() {
            bytes[page] = byte;
        }
    }
    rows
});

fn row(c: char) -> Option<&'static [u8; PAGES]> {
    let rows: &'static Vec<Row> = &ROWS;
    let at = rows.binary_search_by_key(&c, |(known, _)| *known).ok()?;
    rows.get(at).map(|(_, bytes)| bytes)
}

/// The byte that `c` stands for in `page`.
pub(super) fn byte_of(c: char, page: Page) -> Option<u8> {
    match u8::try_from(c) {
        Ok(LOST) if is_windows(page) => None,
        Ok(byte) if byte.is_ascii() => Some(byte),
        _ => row(c)?.get(page).copied().filter(|byte| *byte != 0),
    }
}

/// The pages that hold `c`.
pub(super) fn pages_of(c: char) -> Pages {
    match u32::from(c) {
        0x1a => ALL & !WINDOWS,
        0..0x80 => ALL,
        _ => row(c).map_or(0, |bytes| {
            (0..PAGES).filter(|page| bytes[*page] != 0).fold(0, |set, page| set | 1 << page)
        }),
    }
}

/// What a C1 control is in Windows-1252, if it is anything there.
pub(super) fn of_control(c: char) -> Option<char> {
    let byte = u8::try_from(c).ok().filter(|byte| (0x80..0xa0).contains(byte))?;
    TABLES[0][0].chars().nth(usize::from(byte - 0x80)).filter(|c| *c != ' ')
}

/// What `c` may be in a sequence of UTF-8 that was misread in one of the lettered pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Roles {
    /// How many bytes the sequence has that it leads: 2, 3 or 4; or 0.
    pub(super) leads: usize,
    /// Whether it may follow a lead.
    pub(super) follows: bool,
}

/// The roles of `c`. A space may follow, because a no-break space may have become one.
pub(super) fn roles(c: char) -> Roles {
    if c.is_ascii() {
        return Roles { leads: 0, follows: c == ' ' };
    }
    let Some(row) = row(c) else { return Roles::default() };
    let mut roles = Roles::default();
    for byte in (0..PAGES).filter(|page| LETTERED >> page & 1 == 1).map(|page| row[page]) {
        match byte {
            0x80..=0xbf => roles.follows = true,
            0xc2..=0xdf => roles.leads = 2,
            0xe0..=0xef => roles.leads = 3,
            0xf0 | 0xf3 => roles.leads = 4,
            _ => {}
        }
    }
    roles
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_character_for_every_byte() {
        for (table, page) in TABLES.iter().zip(1..) {
            for row in table {
                assert_eq!(row.chars().count(), 32, "page {page}: {row}");
            }
            let known: std::collections::BTreeSet<u8> = ROWS.iter().map(|(_, bytes)| bytes[page]).collect();
            assert!((0x80..=0xff).all(|byte| known.contains(&byte)), "page {page}");
        }
    }

    #[test]
    fn a_character_has_its_own_byte_in_each_page() {
        assert_eq!(byte_of('é', LATIN_1), Some(0xe9));
        assert_eq!(byte_of('é', MAC_ROMAN), Some(0x8e));
        assert_eq!(byte_of('’', WINDOWS_1252), Some(0x92));
        assert_eq!(byte_of('\u{81}', WINDOWS_1252), Some(0x81));
        assert_eq!(byte_of('’', LATIN_1), None);
        assert_eq!(byte_of('\u{fffd}', WINDOWS_1252), Some(LOST));
        assert_eq!(byte_of('\u{1a}', WINDOWS_1252), None);
        assert_eq!(pages_of('日'), 0);
        assert_eq!(pages_of('я'), 1 << 2);
        assert_eq!(of_control('\u{93}'), Some('“'));
        assert_eq!(of_control('\u{81}'), None);
    }
}
