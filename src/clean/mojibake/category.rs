//! Kinds of characters that misread UTF-8 is made of.
//!
//! Some four hundred characters turn up when UTF-8 is read in one of the code pages of `charmap`. Which of them stand
//! side by side in good text depends on what they are: letters, money, figures, marks that open or close. The division is that
//! of ftfy's heuristic (`ftfy.badness`, version 6); a character has one bit, or two.

/// A set of kinds.
pub(super) type Kinds = u16;

/// C1 controls, which no text means.
pub(super) const CONTROL: Kinds = 1;
/// Signs that stand in good text almost never next to other characters beyond ASCII.
pub(super) const BAD: Kinds = 1 << 1;
/// Signs of statutes.
pub(super) const LAW: Kinds = 1 << 2;
/// Signs of currencies.
pub(super) const CURRENCY: Kinds = 1 << 3;
/// Marks that open: a quotation, a question.
pub(super) const START: Kinds = 1 << 4;
/// Marks that close.
pub(super) const END: Kinds = 1 << 5;
/// Signs of arithmetic.
pub(super) const NUMERIC: Kinds = 1 << 6;
/// Letters of which faces are drawn.
pub(super) const FACE: Kinds = 1 << 7;
/// Capitals with marks.
pub(super) const UPPER: Kinds = 1 << 8;
/// Small letters with marks.
pub(super) const LOWER: Kinds = 1 << 9;
/// Greek and Cyrillic letters, and thorn, which stand side by side in good text.
pub(super) const ALPHABET: Kinds = 1 << 10;
/// Capitals among [`ALPHABET`].
pub(super) const ALPHABET_UPPER: Kinds = 1 << 11;
/// Lines and blocks for drawing; the plain horizontal line is not among them.
pub(super) const BOX: Kinds = 1 << 12;
/// Dashes, the apostrophe and other characters that may stand anywhere.
pub(super) const COMMON: Kinds = 1 << 13;

/// The kinds of `c`.
pub(super) fn kinds(c: char) -> Kinds {
    match c {
        '\u{80}'..='\u{9f}' => CONTROL,
        '\u{a0}' | '\u{ad}' | '´' | '·' | '–'..='―' | '’' | '…' => COMMON,
        '¤' | '¦' | '¨' | 'ª' | '¬' | '¯' | '¸' | 'º' | 'ƒ' | 'ˆ' | 'ˇ' | '˘' | '˛' | '˜' | '†' | '‡'
        | '‰' | '⌐' | '◊' | '\u{fffd}' => BAD,
        '§' | '¶' => LAW,
        '¢' | '£' | '¥' | '₧' | '€' => CURRENCY,
        '¡' | '©' | '«' | '¿' | '΄' | '΅' | '‘' | '‚' | '“' | '„' | '•' | '‹' | '\u{f8ff}' => {
            START
        }
        '®' | '»' | '˝' | '”' | '›' | '™' => END,
        '±'..='³'
        | 'µ'
        | '¹'
        | '¼'..='¾'
        | '×'
        | '÷'
        | '⁄'
        | '№'
        | '∂'
        | '∆'
        | '∏'
        | '∑'
        | '√'
        | '∞'
        | '∩'
        | '∫'
        | '≈'
        | '≠'
        | '≡'
        | '≤'
        | '≥' => NUMERIC,
        'Ü' => UPPER | FACE,
        'ü' => LOWER | FACE,
        '°' | 'Ò'..='Ö' | 'Ù'..='Û' | 'ò'..='ö' | 'ø'..='û' | 'Ō' | 'Ő' | 'Ū' | 'Ų' => FACE,
        'À'..='Ñ' | 'Ø' | 'Ý' | 'Œ' | 'Ÿ' | 'Ґ' => UPPER,
        'ß'..='ñ' | 'œ' | 'ґ' | 'ﬁ' | 'ﬂ' => LOWER,
        '\u{100}'..='\u{17f}' => extended_latin(c),
        'Þ' | 'Ά' | 'Έ'..='Ί' | 'Ό' | 'Ύ' | 'Ώ' | 'Α'..='Ϋ' | 'Ё'..='Я' => {
            ALPHABET | ALPHABET_UPPER
        }
        'ά'..='ω' | 'а'..='џ' => ALPHABET,
        '│' | '┌' | '┐' | '┘' | '├' | '┤' | '┬' | '┼' | '═'..='╬' | '▀' | '▄' | '█' | '▌' | '▐'..='▓' => {
            BOX
        }
        _ => 0,
    }
}

/// Letters of Central Europe, the Baltic and Turkey, as far as their code pages hold them.
fn extended_latin(c: char) -> Kinds {
    match c {
        'Ā' | 'Ă' | 'Ą' | 'Ć' | 'Č' | 'Ď' | 'Đ' | 'Ē' | 'Ė' | 'Ę' | 'Ě' | 'Ğ' | 'Ģ' | 'Ī' | 'İ' | 'Ķ'
        | 'Ĺ' | 'Ļ' | 'Ľ' | 'Ł' | 'Ń' | 'Ņ' | 'Ň' | 'Ř' | 'Ś' | 'Ş' | 'Š' | 'Ţ' | 'Ť' | 'Ů' | 'Ű' | 'Ź'
        | 'Ż' | 'Ž' => UPPER,
        'ā' | 'ă' | 'ą' | 'ć' | 'č' | 'ď' | 'đ' | 'ē' | 'ė' | 'ę' | 'ě' | 'ğ' | 'ģ' | 'ī' | 'į' | 'ķ'
        | 'ĺ' | 'ļ' | 'ľ' | 'ł' | 'ŕ' | 'ś' | 'ş' | 'š' | 'ť' | 'ź' | 'ż' | 'ž' => LOWER,
        _ => 0,
    }
}
