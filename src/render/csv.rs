//! Rows with commas, as RFC 4180 has them, that a spreadsheet takes for text and numbers and for nothing else.

use super::printable;
use crate::article::Article;
use crate::backend::Hit;
use crate::text::date::rfc3339;

/// A row; ended by a line feed.
///
/// ```
/// use dateline::render::csv::row;
/// assert_eq!(row(["a", "b, \"c\"", "=1+1"]), "a,\"b, \"\"c\"\"\",'=1+1\n");
/// ```
pub fn row<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    cells.join(",") + "\n"
}

/// The names of the columns of [`hit`].
pub fn hit_head() -> String {
    row(["id", "published", "source", "title", "url", "score", "snippet"])
}

/// A hit as a row, with the first of its quotes.
pub fn hit(hit: &Hit) -> String {
    let Article { id, published, source, title, url, .. } = &hit.article;
    let text = |stated: &Option<String>| stated.clone().unwrap_or_default();
    let snippet = hit.highlights.snippets.first().map(|snippet| snippet.text.clone());
    row([
        id.clone(),
        published.map(rfc3339).unwrap_or_default(),
        text(source),
        title.clone(),
        text(url),
        hit.score.to_string(),
        snippet.unwrap_or_default(),
    ])
}

/// A text as a cell. One that a spreadsheet would run as a formula has an apostrophe before it, which says that it is text; a number has
/// none.
fn cell(text: &str) -> String {
    let text = printable(text);
    let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_number;
    let text = if formula { format!("'{text}") } else { text.into_owned() };
    if text.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_a_formula_is_text_and_what_is_a_number_stays_one() {
        for (text, told) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1", "' =1"),
            ("+44 20", "'+44 20"),
            ("-5", "-5"),
            ("-2.5e9", "-2.5e9"),
            ("-a", "'-a"),
            ("\u{1b}[31m=1", "[31m=1"),
            ("\u{7}=1", "'=1"),
            ("two\nlines", "\"two\nlines\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), told);
        }
    }
}
