//! What holds for every text, whatever it is.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::article::Origin;

fn raw(title: &str, body: &str) -> RawArticle {
    let mut raw = RawArticle::at(Origin { file: "f".into(), record: 1, offset: 0 });
    title.clone_into(&mut raw.title);
    body.clone_into(&mut raw.body);
    raw
}

fn body(text: &str) -> String {
    clean(raw("", text), &Options::default()).article.body
}

/// Texts that look like pages: sentences, headings, furniture, odd characters, in any order.
fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[A-Z][a-z]{2,8}( [a-z]{2,8}){3,30}\\.",
        "[A-Z][a-z]{2,8}( [a-z]{2,8}){1,6}",
        "([a-z]{2,9} ){5,9}\n([a-z]{2,9} ){5,9}\n([a-z]{2,9} ){0,9}",
        prop_oneof![
            Just("Advertisement"),
            Just("Share this article"),
            Just("By Jane Doe"),
            Just("Latest Stories"),
            Just("4 hours -"),
            Just("-"),
            Just("Read more: Bridge"),
            Just("(Reporting by Jane Doe)"),
            Just("Related"),
            Just("He left. (Editing by Jane Doe)"),
            Just("© 2025"),
            Just("Facebook"),
            Just("Audio By Voicemaker"),
            Just("LONDON, Aug 29 (Reuters) - The old bridge at Port Arden is shut."),
            Just("By Jane Doe PARIS (AP) - The old bridge at Port Arden is shut."),
            Just("Jane Doe, Harbour Times"),
            Just("© 2025 AFP"),
            Just("He left. (Reporting by Ann Lee; Editing by Jane Doe)"),
        ]
        .prop_map(str::to_owned),
        "[Ââ€™œÃ©\u{a0}\u{ad}\u{200b}\u{202e}\u{300}e £]{1,6}",
        "\\PC{0,12}",
    ];
    let end = prop_oneof![Just("\n"), Just("\n\n"), Just(" \r\n"), Just("\n    "), Just("\u{2028}")];
    proptest::collection::vec((line, end), 0..14)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        page(),
        ".{0,60}",
        "[ -~\n\t]{0,80}",
        proptest::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn cleaning_twice_changes_nothing_more(title in any_text(), text in any_text()) {
        let once = clean(raw(&title, &text), &Options::default()).article;
        let mut again = raw(&once.title, &once.body);
        again.byline.clone_from(&once.byline);
        let mut twice = clean(again, &Options { record: true, ..Options::default() });
        // An agency's signature is read off the last bytes of the raw text: cleaned, it may be gone, or nearer the end.
        twice.article.agency.clone_from(&once.agency);
        prop_assert_eq!(&twice.article, &once, "{:?}", twice.changes);
        prop_assert!(twice.counts.is_zero());
    }

    #[test]
    fn clean_text_is_safe_to_print_and_neatly_laid_out(title in any_text(), text in any_text()) {
        let article = clean(raw(&title, &text), &Options::default()).article;
        for text in [&article.title, &article.body] {
            prop_assert!(!text.chars().any(|c| c != '\n' && (c.is_control() || normalise::is_invisible(c))), "{:?}", text);
            prop_assert!(!text.contains("  ") && !text.contains("\n\n") && !text.contains(" \n") && !text.contains("\n "));
            prop_assert_eq!(text.trim_matches([' ', '\n']), text);
        }
        prop_assert!(!article.title.contains('\n'));
    }

    #[test]
    fn every_change_quotes_the_raw_text_at_its_place(title in any_text(), text in any_text()) {
        let options = Options { record: true, ..Options::default() };
        let cleaned = clean(raw(&title, &text), &options);
        for change in &cleaned.changes {
            let raw = if change.field == TextField::Title { &title } else { &text };
            prop_assert!(raw.get(change.span.range()).is_some_and(|there| there.starts_with(&change.text)), "{:?}", change);
        }
        let plain = clean(raw(&title, &text), &Options::default());
        prop_assert_eq!(plain.article, cleaned.article);
        prop_assert_eq!(plain.counts, cleaned.counts);
    }

    #[test]
    fn switched_off_it_changes_no_byte(title in any_text(), text in any_text()) {
        let options = Options { enabled: false, ..Options::default() };
        let cleaned = clean(raw(&title, &text), &options);
        prop_assert_eq!(cleaned.article.title, title);
        prop_assert_eq!(cleaned.article.body, text);
        prop_assert!(cleaned.counts.is_zero());
    }
}

#[test]
fn a_page_becomes_its_story() {
    let page = "Audio By Voicemaker\r\n\r\nThe old swing bridge at Port Arden â€“ built in 1911 â€“ is shut.Â \r\n\r\n\
        Story continues below\r\n\r\n\u{201c}It\u{2019}s a pity,\u{201d} she  said.\r\n\r\nLatest Stories\r\n-\r\nMayor steps down\r\n4 hours -\r\n";
    assert_eq!(
        body(page),
        "The old swing bridge at Port Arden – built in 1911 – is shut.\n\u{201c}It\u{2019}s a pity,\u{201d} she said."
    );
}

#[test]
fn hostile_texts_cost_no_more_than_their_length() {
    let patterns = [
        "É\u{90}",
        "Ã\u{82}",
        "â€",
        "Â ",
        "\u{80}",
        "e\u{300}",
        "\u{200d}\u{fe0f}",
        "Share\n",
        "Facebook\n",
        "Related\nA\n",
        "x. (Reporting by A)",
        "(",
        "-- ",
        "  ",
        "\n ",
        "a \nb",
        "\t",
        "image caption ",
        "By A B\n",
        "a\n\n",
        "Ã¢â‚¬â„¢",
    ];
    let began = std::time::Instant::now();
    for pattern in patterns {
        let text = pattern.repeat(200_000 / pattern.len());
        diff(raw(&text, &text), &Options::default(), true);
    }
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn a_title_loses_no_word() {
    let cleaned = clean(raw(" Share\u{a0}this \n Advertisement ", "Text."), &Options::default());
    assert_eq!(cleaned.article.title, "Share this Advertisement");
}

#[test]
fn clean_text_is_not_copied() {
    let text = "The bridge is shut.\nIt was built in 1911, “long ago”, by José.".to_owned();
    let at = text.as_ptr();
    let mut article = raw("Bridge shut", "");
    article.body = text;
    assert_eq!(clean(article, &Options::default()).article.body.as_ptr(), at);
}

#[test]
fn without_furniture_rules_the_lines_stay() {
    let options = Options { furniture: false, ..Options::default() };
    assert_eq!(
        clean(raw("", "Share this article\n\nText."), &options).article.body,
        "Share this article\nText."
    );
}

#[test]
fn a_diff_tells_line_reason_and_neighbours() {
    let found = diff(raw("A\u{200b}B", "One.\n\nAdvertisement\n\nItâ€™s two."), &Options::default(), false);
    let seen: Vec<_> = found
        .records
        .iter()
        .map(|r| (r.line, r.change.text.as_str(), r.change.replacement.as_deref(), r.change.reason.name()))
        .collect();
    assert_eq!(
        seen,
        [
            (1, "\u{200b}", None, "invisible"),
            (3, "Advertisement", None, "furniture"),
            (5, "â€™", Some("’"), "mojibake"),
        ]
    );
    assert_eq!((found.records[2].before.as_str(), found.records[2].after.as_str()), ("It", "s two."));
    assert!(found.count(Reason::Spacing) > 0);
}
