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

/// What a reader makes of `text` who takes its UTF-8 for a text in `page`.
fn misread_in(text: &str, page: charmap::Page) -> String {
    let all = (0..=0xffff).filter_map(char::from_u32).filter(|c| !c.is_ascii());
    let mut chars: Vec<char> = (0..=255).map(char::from).collect();
    for (c, byte) in
        all.filter_map(|c| Some((c, charmap::byte_of(c, page)?))).filter(|(_, byte)| *byte >= 0x80)
    {
        chars[usize::from(byte)] = c;
    }
    text.bytes().map(|byte| chars[usize::from(byte)]).collect()
}

fn misread(text: &str) -> String {
    misread_in(text, charmap::WINDOWS_1252)
}

/// One sentence in each of many languages, all invented.
const SENTENCES: [&str; 24] = [
    "It’s “done” – he said… at last — for €5 or £4½",
    "Señora Núñez ¿vendrá mañana a la reunión del jardín botánico?",
    "Où était l’œuvre d’Élodie, ce garçon à côté du château ?",
    "Die Größe der Häuser überraschte Jürgen: „schön“, sagte er",
    "O irmão não está à mesa; às vezes a avó põe mais pão",
    "La città è già più grande di così, perché però",
    "Smörgåsbord på Åland är jättegott, sade Örjan",
    "Den blå ø ligger ved fjorden, hvor også ærfuglen bor",
    "Þórður á Ísafirði sá æðarfugl við bæinn",
    "Zażółć gęślą jaźń, prosił Łukasz Ślązak w Łodzi",
    "Příliš žluťoučký kůň úpěl ďábelské ódy v Plzni",
    "Îmbrăţişarea mamei şi pâinea caldă în Brăila",
    "Árvíztűrő tükörfúrógép, mondta Őze Ödön",
    "Čeští a šumavští žáci žijí v Ždírci",
    "Šodien ēdīšu ķiršus, teica Ģirts no Rēzeknes",
    "Ąžuolas šnara, čia gyvena Žydrūnas ir Ūla",
    "Işık Şirin’in İzmir’deki güzel bahçesi çok büyüktü",
    "Старый мост через реку закрыли, сообщил Пётр",
    "Ґанок і їжак у Києві, сказала Єва",
    "Η παλιά γέφυρα έκλεισε, είπε ο Γιώργος",
    "הגשר הישן נסגר אתמול בערב",
    "أُغلق الجسر القديم مساء أمس",
    "Cây cầu cũ đã đóng cửa tối qua, ông Nguyễn nói",
    "पुराना पुल कल शाम बंद हुआ, 旧い橋は閉まった 낡은 다리 \u{1f600}",
];

/// ISO 8859-2 differs from Windows-1250 in a few letters, and text misread in it is often UTF-8 in both.
const LATIN_2: charmap::Page = 7;

/// The sentences that do not come back from what `misread` makes of them.
fn lost(misread: impl Fn(&str) -> String) -> Vec<&'static str> {
    SENTENCES.into_iter().filter(|text| repaired(&misread(text)) != *text).collect()
}

#[test]
fn misread_sentences_of_every_language_come_back() {
    for page in (0..charmap::PAGES).filter(|page| *page != LATIN_2) {
        let lost = lost(|text| misread_in(text, page));
        // Latin words with few marks that look in the Cyrillic page as if two alphabets were mixed.
        let allowed = usize::from(page == 2);
        assert!(lost.len() <= allowed, "page {page}: {lost:#?}");
    }
    let lost = lost(|text| misread_in(text, LATIN_2));
    assert!(lost.len() <= 4, "{lost:#?}");
}

#[test]
fn sentences_misread_two_and_three_times_come_back() {
    assert_eq!(lost(|text| misread(&misread(text))), [""; 0]);
    assert_eq!(lost(|text| misread(&misread(&misread(text)))), [""; 0]);
    for page in (0..charmap::PAGES).filter(|page| *page != LATIN_2) {
        let (outer, inner) =
            (lost(|text| misread_in(&misread(text), page)), lost(|text| misread(&misread_in(text, page))));
        assert!(outer.len() <= 4 && inner.len() <= 1, "page {page}: {outer:#?} {inner:#?}");
    }
}

#[test]
fn one_misread_line_or_part_does_not_need_the_others() {
    let good = "“Où est l’été ?” – demande Zoë";
    assert_eq!(repaired(&format!("{good}\n{}\n{good}", misread(good))), format!("{good}\n{good}\n{good}"));
    assert_eq!(repaired("“ItÃ¢â‚¬â„¢s” – “Ã©tÃ©” and “été”"), "“It’s” – “été” and “été”");
    assert_eq!(repaired("日本 and the cafÃ©s of ZÃ¼rich"), "日本 and the cafés of Zürich");
}

#[test]
fn what_was_lost_is_marked_as_lost() {
    assert_eq!(repaired("â€œNever,â€� he said in ParÃ�s"), "“Never,\u{fffd} he said in Par\u{fffd}s");
    assert_eq!(repaired("the cafÃ© upgraded to â€œBBâ€?"), "the café upgraded to “BB\u{fffd}");
}

#[test]
fn a_no_break_space_that_became_a_space_is_still_part_of_its_letter() {
    assert_eq!(repaired("un dÃ©jeuner Ã la carte Ã Paris"), "un déjeuner à la carte à Paris");
    assert_eq!(repaired("Ã s nove da manhÃ£, Ã quela hora"), "às nove da manhã, àquela hora");
    assert_eq!(repaired("PlzeÅˆ a Å koda, dobrÃ©"), "Plzeň a Škoda, dobré");
}

#[test]
fn a_letter_that_was_taken_apart_is_put_together() {
    assert_eq!(repaired("perhaps naÃ \u{304}ve, the cafÃ©"), "perhaps naïve, the café");
}

#[test]
fn odd_forms_of_utf8_are_read_too() {
    assert_eq!(repaired("Well done \u{ed}\u{a0}\u{bd}\u{ed}\u{b8}\u{80}!"), "Well done \u{1f600}!");
}

#[test]
fn what_is_left_of_a_no_break_space_goes() {
    assert_eq!(repaired("VoilÃ  le travail, Ã  la cafÃ©"), "Voilà le travail, à la café");
    assert_eq!(repaired("The final scoreÂ \nwas 3Â - 2.Â"), "The final score\u{a0}\nwas 3\u{a0}- 2.");
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
        "VIỆT NAM: ÂM NHẠC, Ăn cơm chưa? Ở ĐÂY",
        "KÂĞIT, RÜZGÂR, İSTANBUL’DA ŞİŞLİ",
        "ÂNGELA DÁ UMA MAÇÃ – A IRMÃ” – À AVÓ",
        "n.º 3, 1.ª, 5 × 4, 3 × £5, 20 °C, ±2 µm, §3 ¶2",
        "€5, 5 €, 5€, £5m–£6m, ¥100, ¢5, 3¢",
        "„Gut“, ‚so‘, »na«, ›ja‹ – «oui», ‹non›",
        "Κώστας «Ναι» – “Όχι”… Ώρα 5΄",
        "«Привет», — сказал он… № 5, „да“",
        "ŁÓDŹ, ŻÓŁĆ, ĄĘ – „ŚĆ”",
        "Ž. Š., Đ. Č. – “Ćao”",
        "© 2025 ® ™ – Brand™’s “Café®”",
        "\u{1f600}\u{1f3fd} \u{2764}\u{fe0f} 日本語「はい」 한국어 ไทย ქართული",
        "the circumflexed letter Â and the tilde on Ã are vowels",
        "¯\\_(ツ)_/¯ and (╯°□°)╯︵ ┻━┻",
        "œuf, cœur, Œuvres, l’Œil, œ.",
    ] {
        assert_eq!(repaired(text), text);
    }
}

#[test]
fn sentences_of_every_language_stay() {
    for text in SENTENCES {
        for text in [text.to_owned(), text.to_uppercase(), format!("«{text}»"), format!("“{text}…” – {text}")]
        {
            assert_eq!(repaired(&text), text);
        }
    }
}

#[test]
fn a_long_text_made_to_be_slow_takes_no_longer_than_its_length() {
    for part in
        ["Ã", "Ã©", "â€", "Ã¢â‚¬â„¢日", "Â ", "Рџ", "ГўВЂВ", "\u{80}", "ð\u{9f} ", "a\u{fffd}\u{fffd}"]
    {
        let text = part.repeat(200_000 / part.len());
        let start = std::time::Instant::now();
        repaired_only(&text);
        assert!(start.elapsed().as_secs() < 20, "{part}");
    }
}

fn repaired_only(text: &str) -> Option<String> {
    repair(text, &mut Log::new(TextField::Body, text, false))
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

    #[test]
    fn what_was_misread_comes_back(
        words in proptest::collection::vec((0..SENTENCES.len(), 0..SENTENCES.len()), 1..4),
        layers in 1..4usize,
    ) {
        let text = words.iter().map(|(a, b)| format!("{} – {}", SENTENCES[*a], SENTENCES[*b])).collect::<Vec<_>>().join(" ");
        let misread = (0..layers).fold(text.clone(), |text, _| misread(&text));
        prop_assert_eq!(repaired(&misread), text);
    }

    #[test]
    fn good_words_of_many_scripts_never_change(
        text in "([A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]{1,9}|[А-Я][а-яё]{1,9}|[Α-Ρ][ά-ώ]{1,8}|[ĄĆĘŁŃŚŹŻČĎŘŠŤŽ]?[a-ząćęłńśźżčďřšťžőű]{1,9}|[一-鿿]{1,5}|[א-ת]{2,6}|[ا-ي]{2,6}|[“„«‘]?[A-ZÀÂÇÈÉÊÎÔÜÖÄ]{2,8}[,.;:!?]|[€£¥]?[0-9]{1,4}(%|°|€|£| €)?|–|—|…)( ([A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]{1,9}|[“«„‘][A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]{1,9}[”»“’]|[а-яё]{1,9}|–|…)){0,6}"
    ) {
        prop_assert_eq!(repaired(&text), text);
    }

    #[test]
    fn any_characters_are_repaired_without_panic(text in proptest::collection::vec(any::<char>(), 0..60)) {
        let text: String = text.into_iter().collect();
        repaired(&text);
    }
}
