//! UTF-8 that was once read as Windows-1252: "â€™" for "’", "Ã©" for "é", "Â " for a space.
//!
//! The damage is undone the way it was done: a run of characters that all stand for bytes of Windows-1252, and whose
//! bytes are one UTF-8 sequence, becomes the character that they encode. Good text must never change, and good text
//! does hold such runs ("«IRMÃ»"), so a run counts only if its result is plausible where it stands: see [`plausible`].
//! The idea of re-encoding and of weighing what comes out is ftfy's (Robyn Speer, ftfy: fixes text for you); rules and
//! code are our own and far narrower.

use super::edit::{Editor, Log};
use super::reason::Reason;

/// Most layers of damage that are undone: text can be misread, saved and misread again.
const LAYERS: usize = 4;

/// Most sequences that are weighed together, so that the cost stays linear.
const LONGEST_RUN: usize = 64;

/// Undoes the damage in `text`; `None` if there is none.
pub(super) fn repair(text: &str, log: &mut Log) -> Option<String> {
    let mut current = None;
    for _ in 0..LAYERS {
        match repair_layer(current.as_deref().unwrap_or(text), log) {
            Some(repaired) => current = Some(repaired),
            None => break,
        }
    }
    current
}

fn repair_layer(text: &str, log: &mut Log) -> Option<String> {
    let bytes = text.as_bytes();
    let mut editor = Editor::new(text, log);
    let mut broken = None;
    let mut at = 0;
    // In UTF-8 a lead byte's character (U+00C2 to U+00F4) begins with 0xC3, a C1 control with 0xC2.
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(0xc3, 0xc2, rest)) {
        let start = at + found;
        at = start + 2;
        let Some(c) = char_at(text, start) else { continue };
        let run = run_at(text, start);
        for Sequence { start, end, original } in &run {
            editor.replace(*start..*end, original.encode_utf8(&mut [0; 4]), Reason::Mojibake);
        }
        if let Some(last) = run.last() {
            at = last.end;
        } else if let Some((original, end)) = lost_lead(text, start) {
            editor.replace(start..end, original.encode_utf8(&mut [0; 4]), Reason::Mojibake);
            at = end;
        } else if let Some(original) = stray_control(c) {
            editor.replace(start..at, original.encode_utf8(&mut [0; 4]), Reason::Mojibake);
        } else if let Some(end) = lossy_quote(text, start) {
            editor.replace(start..end, "”", Reason::Mojibake);
            at = end;
        } else if let Some(with) = half(text, start, || *broken.get_or_insert_with(|| is_broken(text))) {
            editor.replace(start..at, with, Reason::Mojibake);
        }
    }
    editor.finish()
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The byte that stands for `c` in Windows-1252; the five bytes that it leaves open stand for the C1 controls, as
/// browsers have it (WHATWG Encoding, windows-1252).
fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(c) {
        return (!byte.is_ascii()).then_some(byte);
    }
    let place = WINDOWS_1252.iter().position(|known| *known == c)?;
    u8::try_from(place).ok().map(|place| place + 0x80)
}

/// The characters of the bytes 0x80 to 0x9F.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// A C1 control that stands alone is a byte of Windows-1252 read as Latin-1: no text means a control there.
fn stray_control(c: char) -> Option<char> {
    let byte = u8::try_from(c).ok().filter(|byte| (0x80..0xa0).contains(byte))?;
    let original = WINDOWS_1252[usize::from(byte - 0x80)];
    (original != c).then_some(original)
}

/// The typographic mark whose UTF-8 lost its first byte: what is left are the byte 0x80, as a control, and its last.
fn lost_lead(text: &str, start: usize) -> Option<(char, usize)> {
    let rest = text.get(start..)?.strip_prefix('\u{80}')?;
    let last = rest.chars().next()?;
    let byte = byte_of(last).filter(|byte| (0x80..0xc0).contains(byte))?;
    let original = char::from_u32(0x2000 + u32::from(byte - 0x80))?;
    matches!(original, '\u{2010}'..='\u{2027}').then_some((original, start + 2 + last.len_utf8()))
}

/// One character that was read as several.
struct Sequence {
    start: usize,
    end: usize,
    original: char,
}

/// The broken characters that stand one after another from `start`, as far as they are plausible: each by itself, or
/// all of them as words of another script.
fn run_at(text: &str, start: usize) -> Vec<Sequence> {
    let next = |at: &Sequence| sequence_at(text, at.end);
    let mut run: Vec<Sequence> =
        std::iter::successors(sequence_at(text, start), next).take(LONGEST_RUN).collect();
    let is_script = run.len() > 1 && run.iter().all(|s| is_script(s.original) || plausible(text, s));
    if !is_script {
        // Signs of Windows-1252 itself come out of text that was misread twice, and not first.
        let inner = |s: &Sequence| {
            s.start > start
                && (matches!(s.original, '\u{80}'..='\u{9f}') || WINDOWS_1252.contains(&s.original))
        };
        let kept = run.iter().take_while(|s| plausible(text, s) || inner(s)).count();
        run.truncate(kept);
    }
    run
}

/// The UTF-8 sequence that the characters from `start` stand for.
fn sequence_at(text: &str, start: usize) -> Option<Sequence> {
    let mut chars = text.get(start..)?.chars();
    let lead = u8::try_from(chars.next()?).ok()?;
    let length = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    let mut end = start + 2;
    for byte in bytes.get_mut(1..length)? {
        let c = chars.next()?;
        *byte = byte_of(c).filter(|byte| (0x80..0xc0).contains(byte))?;
        end += c.len_utf8();
    }
    let original = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    Some(Sequence { start, end, original })
}

/// Whether what came out is so likely, where it stands, that what stood there cannot have been meant.
///
/// The lead of a two-byte sequence is a capital letter (Â, Ã, Ä, Å …), which may well end a word in capitals and be
/// followed by a closing quote, a dash or a space; so then it may not follow a capital. The leads of longer sequences
/// are small letters (à, â, ã …), which may be followed likewise; what comes out of those must be one of the marks that
/// texts are full of, or a letter within a word.
fn plausible(text: &str, sequence: &Sequence) -> bool {
    let before = char_before(text, sequence.start);
    let after = char_at(text, sequence.end);
    let last = char_before(text, sequence.end).unwrap_or(' ');
    let closes = matches!(last, '»' | '›' | '‹' | '’' | '”' | '“' | '‘' | '…' | '–' | '—' | '\u{a0}');
    // After an apostrophe comes the letter of "Ã’s" (several of the letter).
    let in_word = after.is_some_and(char::is_alphabetic) && !(last == '’' && after == Some('s'));
    let after_capital = before.is_some_and(char::is_uppercase);
    let meant = closes && !in_word && (after_capital || last == '’');
    // Three letters or more may be a word of their own, however odd: "âžš".
    let letters = text.get(sequence.start..sequence.end).is_some_and(|t| t.chars().all(char::is_alphabetic));
    if letters && sequence.original >= '\u{800}' {
        return false;
    }
    match sequence.original {
        '\u{a0}'..='\u{ff}' => !meant,
        // Latin letters with marks: only as part of a word.
        '\u{100}'..='\u{17f}' | '\u{218}'..='\u{21b}' => {
            let lower = before.is_some_and(char::is_lowercase);
            !meant && (lower || after.is_some_and(char::is_lowercase))
        }
        // Greek; arrows and shapes, but "hâlâ—‘" would give a drawing of a box, which no text needs.
        '\u{370}'..='\u{3ff}'
        | '\u{2190}'..='\u{21ff}'
        | '\u{2260}'..='\u{2265}'
        | '\u{25a0}'..='\u{25ff}' => !closes,
        '\u{1e00}'..='\u{1eff}' => in_word && before.is_some_and(char::is_alphabetic),
        // Typographic marks, currencies, signs, dingbats, the replacement character, the byte order mark, ligatures, emoji.
        '\u{200b}'..='\u{203a}'
        | '\u{2044}'
        | '\u{20a0}'..='\u{20bf}'
        | '\u{2122}'
        | '\u{2212}'
        | '\u{2300}'..='\u{23ff}'
        | '\u{2600}'..='\u{27bf}'
        | '\u{fffd}'
        | '\u{feff}'
        | '\u{fb00}'..='\u{fb04}'
        | '\u{fe0f}'
        | '\u{1f300}'..='\u{1faff}' => true,
        _ => false,
    }
}

/// Whether `c` is of a script whose words come out as runs of sequences, each of which alone proves little.
fn is_script(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}' | '\u{590}'..='\u{6ff}' | '\u{900}'..='\u{e7f}' | '\u{1e00}'..='\u{1eff}'
        | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff00}'..='\u{ff5e}')
}

/// The end of "â€" at `start` where it stands for a closing quote: the quote's third byte, 0x9D, is open in
/// Windows-1252 and was lost on the way. Nobody writes the two signs side by side.
fn lossy_quote(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?.strip_prefix("â€")?;
    (!rest.starts_with(|c| byte_of(c).is_some())).then_some(text.len() - rest.len())
}

/// What to put for an "Â" or "Ã" at `start` whose second half, a no-break space, was lost or became a plain space:
/// nothing, or "à".
///
/// After a small letter, and "Â" after a figure or a mark, it is never meant; elsewhere only `broken` text tells.
fn half(text: &str, start: usize, broken: impl FnOnce() -> bool) -> Option<&'static str> {
    let with = match char_at(text, start)? {
        'Â' => "",
        'Ã' => "à",
        _ => return None,
    };
    let end = start + 2;
    let ends = char_at(text, end).is_none_or(|c| c.is_ascii_whitespace() || ".,;)\"".contains(c));
    let before = char_before(text, start).unwrap_or(' ');
    let mark = with.is_empty() && (before.is_ascii_digit() || ".,:;!?\")”’%".contains(before));
    let sure = before.is_lowercase() || mark;
    let open = before.is_whitespace() || "'’(".contains(before);
    (ends && (sure || (open && broken()))).then_some(with)
}

/// Whether anything in `text` is plainly broken.
fn is_broken(text: &str) -> bool {
    memchr::memchr_iter(0xc3, text.as_bytes())
        .any(|start| sequence_at(text, start).is_some_and(|sequence| plausible(text, &sequence)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::TextField;

    fn repaired(text: &str) -> String {
        let mut log = Log::new(TextField::Body, text, true);
        let out = repair(text, &mut log).unwrap_or_else(|| text.to_owned());
        for change in &log.changes {
            assert_eq!(change.span.of(text), change.text, "{text:?}");
        }
        out
    }

    /// What a reader makes of `text` who takes its UTF-8 for Windows-1252.
    fn misread(text: &str) -> String {
        text.bytes()
            .map(|b| match b {
                0x80..=0x9f => WINDOWS_1252[usize::from(b - 0x80)],
                other => char::from(other),
            })
            .collect()
    }

    #[test]
    fn misread_text_is_put_right() {
        for text in [
            "It’s “done” – he said… at last — for €5",
            "Gonz\u{e1}lez met Müller in S\u{e3}o Paulo, à la carte; Łódź, Plzeň",
            "25°C ± 3, £40, ½ price\u{a0}now, 5\u{a0}km",
            "Москва, Αθήνα, 日本語 and \u{1f600}!",
        ] {
            let text = text.replace("Ł", "L"); // an initial Ł is too weak a sign: "Å" and a comma-like mark
            assert_eq!(repaired(&misread(&text)), text);
            assert_eq!(repaired(&misread(&misread(&text))), text, "twice");
        }
    }

    #[test]
    fn what_is_left_of_a_no_break_space_goes() {
        assert_eq!(repaired("VoilÃ  le travail, Ã  la cafÃ©"), "Voilà  le travail, à  la café");
        assert_eq!(repaired("The final scoreÂ \nwas 3Â - 2.Â"), "The final score \nwas 3 - 2.");
    }

    #[test]
    fn a_closing_quote_that_lost_its_last_byte_comes_back() {
        assert_eq!(repaired("â€œNever,â€ he said."), "“Never,” he said.");
    }

    #[test]
    fn controls_are_read_as_the_characters_they_were() {
        assert_eq!(repaired("It\u{92}s \u{93}done\u{94}"), "It’s “done”");
        assert_eq!(repaired("the laureate,\u{80}\u{94} he said"), "the laureate,— he said");
    }

    #[test]
    fn good_text_stays() {
        for text in [
            "SÃO PAULO — «A IRMÃ» disse: “NÃO”",
            "O AMANHÃ… e a MANHÃ – ontem",
            "«está», «irmã», allá… à «Paris»",
            "CAFÉ» et «ÉTÉ” – L’ÉTÉ…",
            "EN NORMANDIE, LE CHÂTEAU ; SMÅ”, HYVÄ”, «BLÅ»",
            "hâlâ—‘evet’ dedi, â la turca, 20€",
            "MÜNCHEN – Fußball, Größe ‚so‘ „wie“ ÄÖÜ",
            "The letter Â is used in Romanian; ROMÂNĂ",
            "There are many Ã’s and Â’s in it, and an Ã at the end: Ã",
            "MÄ£ÄM SÖÄ£ ÉÑÄK",
            "Ð is a letter; ÍSLAND, Þór, Ævar",
            "3ª – 4º, ¡Olé!, ¿Qué?, 5£, 6¥, ©2025, ®, ™",
            "créée, naïve, coöperatie, œuvre, Žižek, Škoda",
        ] {
            assert_eq!(repaired(text), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_repaired_without_harm_and_once_for_all(text in "[ÂÃâ€™œ\u{9d}\u{80}-\u{bf}éÉA a”»…-]{0,24}|.{0,24}") {
            let once = repaired(&text);
            prop_assert!(once.len() <= text.len() * 3);
            if text.chars().filter(|c| !c.is_ascii()).count() < 8 {
                prop_assert_eq!(repaired(&once), once);
            }
        }

        #[test]
        fn words_of_european_languages_survive(text in "[a-zà-öø-ÿ]{1,8}( [A-ZÀ-ÖØ-Þ]{1,8}| [a-zà-öø-ÿąčďęěłńňřśšťůźžőű]{1,8}){0,4}") {
            prop_assert_eq!(repaired(&text), text);
        }
    }
}
