//! Quantities: every figure that is read lies in its text, can be compared, and is found by its own value.

use dateline::article::code::{self, CodeRange};
use dateline::article::{Kind, Mention, Quantity, TextField};
use dateline::extract::quantity::find;
use dateline::extract::{Options, Text, extract_in};
use dateline::text::tokens;

/// Languages that part figures in other ways, and none.
const LANGUAGES: [Option<&str>; 8] =
    [None, Some("de"), Some("fr"), Some("es"), Some("sv"), Some("pt"), Some("ru"), Some("en")];

/// Reads `bytes` as a title and the text under it, both of a language that their length chooses. A bar ends a line.
pub(crate) fn holds(bytes: &[u8]) {
    let input = String::from_utf8_lossy(bytes).replace('|', "\n");
    let (title, body) = input.split_once('\n').unwrap_or(("", &input));
    for (text, field) in [(title, TextField::Title), (body, TextField::Body)] {
        let mut found = Vec::new();
        find(text, &tokens(text).collect::<Vec<_>>(), field, &mut found);
        assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{found:?} overlap");
        for mention in &found {
            can_be_compared(mention, text, field);
        }
    }
    let options = Options { merge: false, tagger: false, ..Options::default() };
    let tokens: Vec<_> = tokens(body).collect();
    let lang = LANGUAGES.get(bytes.len() % LANGUAGES.len()).copied().flatten();
    for mention in extract_in(&[Text::body(body, &tokens)], lang, None, &options) {
        if mention.kind.is_numeric() {
            can_be_compared(&mention, body, TextField::Body);
        }
    }
}

fn can_be_compared(mention: &Mention, text: &str, field: TextField) {
    assert_eq!(mention.field, field);
    let surface = text.get(mention.span.range());
    assert!(
        surface.is_some_and(|text| !text.trim().is_empty() && !text.contains('\n')),
        "{mention:?}: {surface:?}"
    );
    let Some(quantity) = mention.quantity() else {
        assert_eq!(mention.kind, Kind::Date, "{mention:?}");
        return;
    };
    let Quantity { lo, hi, unit, .. } = quantity;
    assert!(lo.is_finite() && hi.is_finite() && lo <= hi, "{quantity:?}");
    match mention.kind {
        Kind::Percent => assert_eq!(unit.as_deref(), Some("%"), "{quantity:?}"),
        Kind::Money | Kind::Quantity => assert!(unit.is_some(), "{quantity:?}"),
        _ => {}
    }
    assert!(!mention.key().chars().any(char::is_control), "{:?}", mention.key());
    let (lowest, highest) = code::encode(quantity);
    assert!(lowest < 1 << 44 && highest.is_none_or(|highest| highest < 1 << 40), "{quantity:?}");
    let itself = CodeRange::new((*lo, true), (*hi, true), false);
    assert!(itself.matches_quantity(quantity), "{quantity:?} is not found by its own value");
    let beyond = CodeRange::new((*hi, false), (f64::INFINITY, true), false);
    assert!(!beyond.matches_quantity(quantity), "{quantity:?} is found above itself");
}
