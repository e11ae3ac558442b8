//! Misread text comes back, and good text stays.
#![allow(clippy::unwrap_used, reason = "tests")]

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
