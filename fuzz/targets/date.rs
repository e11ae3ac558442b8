//! Dates: as articles and their files state them, as queries write them, and as they stand in texts.

use dateline::article::{Article, Kind, Mention, TextField};
use dateline::extract::quantity::find_dated;
use dateline::plan::plan;
use dateline::query::{Limits, parse};
use dateline::snippet::Matcher;
use dateline::text::date::{day, parse_instant, parse_interval, rfc3339};
use dateline::text::tokens;

/// Reads `bytes` as a line that states a date and a text published on it. A bar ends a line.
pub(crate) fn holds(bytes: &[u8]) {
    let input = String::from_utf8_lossy(bytes).replace('|', "\n");
    let (stated, text) = input.split_once('\n').unwrap_or((&input, ""));
    let published = parse_instant(stated);
    if let Some(at) = published {
        is_written_and_read_again(at);
        let stretch = parse_interval(stated);
        assert!(
            stretch.is_some_and(|(from, to)| from <= at && from < to),
            "{stated:?}: {at} and {stretch:?}"
        );
    }
    if let Some((from, to)) = parse_interval(stated) {
        assert!(from < to, "{stated:?} is {from} to {to}");
    }
    let mut found = Vec::new();
    find_dated(text, &tokens(text).collect::<Vec<_>>(), TextField::Body, published, &mut found);
    let dates: Vec<Mention> = found.into_iter().filter(|mention| mention.kind == Kind::Date).collect();
    for pair in dates.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?} overlap");
    }
    for mention in &dates {
        let surface = text.get(mention.span.range()).unwrap_or_default();
        assert!(!surface.trim().is_empty() && !surface.contains('\n'), "{mention:?} is {surface:?}");
        let period = mention.period().unwrap_or_else(|| panic!("{mention:?} has no days"));
        assert!(period.from() < period.to(), "{period:?}");
        let dated = mention.via == "date:absolute" || mention.via == "date:named";
        assert!(dated || published.is_some(), "{mention:?} counts from a day that nobody knows");
    }
    if let Some(mention) = dates.first() {
        is_asked_for_by_its_key(mention, text);
    }
}

/// An instant is read again from the forms in which it is shown.
fn is_written_and_read_again(at: i64) {
    let shown = rfc3339(at);
    if !shown.starts_with('-') {
        assert_eq!(parse_instant(&shown), Some(at), "{shown}");
        let midnight = at - at.rem_euclid(86_400);
        assert_eq!(parse_interval(&day(at)), Some((midnight, midnight + 86_400)), "{}", day(at));
    }
}

/// The days of a date are written as a query for it writes them, and the query finds it.
fn is_asked_for_by_its_key(mention: &Mention, text: &str) {
    let key = mention.key();
    let query = match key.split_once('/') {
        Some((from, to)) => format!("date:[{from} TO {to}]"),
        None => format!("date:{key}"),
    };
    let parsed = parse(&query, &Limits::default());
    let parsed = parsed.unwrap_or_else(|errors| panic!("{query} is refused: {}", errors[0].render(&query)));
    let plan = plan(&parsed.query);
    let plan = plan.unwrap_or_else(|errors| panic!("{query} is not planned: {}", errors[0].render(&query)));
    let article = Article { id: "a".to_owned(), body: text.to_owned(), ..Article::default() };
    let marks = Matcher::new(&plan.root).marks(&article, std::slice::from_ref(mention));
    assert!(
        marks.is_some_and(|marks| marks.iter().any(|mark| mark.span == mention.span)),
        "{query} misses it"
    );
}
