//! Languages told by a sentence, and tags as inputs state them.

use proptest::prelude::*;

use super::*;

/// A sentence or two of our own in each language.
const TEXTS: &[(&str, &str)] = &[
    (
        "en",
        "The swing bridge at Port Arden was closed on Monday, the harbour board said, and it will not open before June.",
    ),
    (
        "de",
        "Die Drehbrücke von Port Arden ist seit Montag gesperrt, wie der Hafenrat mitteilte. Sie wird nicht vor Juni geöffnet.",
    ),
    (
        "fr",
        "Le pont tournant de Port Arden est fermé depuis lundi, a annoncé le conseil du port, et il ne sera pas ouvert avant le mois de juin.",
    ),
    (
        "es",
        "El puente giratorio de Port Arden está cerrado desde el lunes, según la junta del puerto, y no se abrirá hasta junio.",
    ),
    (
        "pt",
        "A ponte giratória de Port Arden está fechada desde segunda-feira, disse o conselho do porto, e não será aberta até junho.",
    ),
    (
        "it",
        "Il ponte girevole di Port Arden è chiuso da lunedì, ha detto il consiglio del porto, e non sarà aperto prima di giugno.",
    ),
    (
        "nl",
        "De draaibrug van Port Arden is sinds maandag gesloten, zei het havenbestuur, en gaat niet voor juni weer open.",
    ),
    (
        "sv",
        "Svängbron i Port Arden är stängd sedan i måndags, sade hamnstyrelsen, och den ska inte öppnas före juni.",
    ),
    (
        "pl",
        "Most obrotowy w Port Arden jest od poniedziałku zamknięty, jak podała rada portu, i nie będzie otwarty przed czerwcem.",
    ),
    (
        "cs",
        "Otočný most v Port Ardenu je od pondělí uzavřen a podle rady přístavu se do června neotevře, protože se musí opravit.",
    ),
    (
        "fi",
        "Port Ardenin kääntösilta on suljettu maanantaista lähtien, ja se ei avaudu ennen kesäkuuta, mutta satama on auki, kun jää on poissa.",
    ),
    (
        "tr",
        "Port Arden'deki döner köprü pazartesi gününden bu yana kapalı ve haziran ayına kadar açılmayacak, dedi liman kurulu bir açıklama ile.",
    ),
    (
        "ru",
        "Разводной мост в Порт-Ардене закрыт с понедельника, как сообщил совет порта, и до июня он не откроется.",
    ),
    (
        "uk",
        "Розвідний міст у Порт-Ардені зачинено з понеділка, як повідомила рада порту, і до червня він не відкриється.",
    ),
    (
        "ar",
        "أغلق الجسر الدوار في ميناء أردن منذ يوم الاثنين، وقال مجلس الميناء إنه لن يفتح قبل شهر يونيو من هذا العام.",
    ),
    ("el", "Η περιστρεφόμενη γέφυρα είναι κλειστή από τη Δευτέρα."),
    ("he", "הגשר המסתובב סגור מאז יום שני."),
    ("ja", "港の旋回橋は月曜日から閉鎖されている。"),
    ("zh", "港口的旋转桥自周一起关闭。"),
    ("ko", "항구의 회전교가 월요일부터 폐쇄되었다."),
];

#[test]
fn a_language_is_known_by_a_sentence() {
    for (tag, text) in TEXTS {
        assert_eq!(detect(text), Some(*tag), "{text}");
        assert!(fits(text, tag), "{text}");
    }
}

#[test]
fn where_too_little_is_said_nothing_is() {
    for text in
        ["", "42", "Port Arden", "1,200 / 2,400", "Goals: Doe 3, Roe 12, Brandt 77", "\u{fffd}\u{fffd}"]
    {
        assert_eq!(detect(text), None, "{text}");
    }
}

#[test]
fn a_tag_that_the_script_belies_does_not_fit() {
    let (english, russian) = (TEXTS[0].1, TEXTS[12].1);
    assert!(fits(english, "en-gb") && fits(english, "sr") && fits(english, "xx") && fits("", "ja"));
    assert!(!fits(english, "ru") && !fits(english, "uk") && !fits(english, "ja") && !fits(english, "el"));
    assert!(!fits(russian, "en") && fits(russian, "bg") && fits(russian, "mn"));
}

#[test]
fn tags_are_read_in_the_forms_that_inputs_have() {
    for (stated, read) in [
        ("EN", Some("en")),
        ("en-US", Some("en-us")),
        ("zh_Hans_CN", Some("zh-hans-cn")),
        ("deu", Some("de")),
        ("french", Some("fr")),
        ("uk", Some("uk")),
        ("us", None),
        ("jp", None),
        ("", None),
        ("unknown language", None),
    ] {
        assert_eq!(tag(stated).as_deref(), read, "{stated}");
    }
    assert!(is_of("en-gb", "en") && is_of("en", "en") && !is_of("eng", "en") && !is_of("en", "en-gb"));
}

proptest! {
    #[test]
    fn no_text_and_no_tag_is_too_odd(text in "\\PC{0,80}|.{0,80}|[a-zд가あ漢ع ]{0,2000}", stated in ".{0,40}") {
        let _ = (detect(&text), fits(&text, &stated));
        if let Some(tag) = tag(&stated) {
            prop_assert_eq!(super::tag(&tag), Some(tag.clone()));
        }
    }
}
