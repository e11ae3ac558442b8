//! What stands beside the text: dates, language, names.

use crate::article::{Article, RawArticle};
use crate::names::agency;
use crate::text::date::parse_instant;
use crate::text::language;

/// Something stated that could not be understood, and was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// `published` or `updated`.
    pub field: &'static str,
    /// What the input states.
    pub stated: String,
}

/// Fills all of `article` but its texts and its byline from `raw`, and returns what could not be read.
pub(super) fn fill(article: &mut Article, raw: &mut RawArticle) -> Vec<Unread> {
    let mut unread = Vec::new();
    let mut date = |field, stated: Option<String>| {
        let stated = stated.filter(|stated| !stated.trim().is_empty())?;
        let instant = parse_instant(&stated);
        if instant.is_none() {
            unread.push(Unread { field, stated });
        }
        instant
    };
    article.published = date("published", raw.published.take());
    article.updated = date("updated", raw.updated.take());
    article.id = raw.id.take().map(|id| tidy(&id)).unwrap_or_default();
    article.source = named(raw.source.take());
    article.url = named(raw.url.take());
    article.section = named(raw.section.take());
    article.agency = named(raw.agency.take()).map(|name| agency::lookup(&name).map_or(name, str::to_owned));
    article.lang = raw.lang.take().and_then(|stated| language::tag(&tidy(&stated)));
    unread
}

/// A byline without the "By" before it; `None` if nothing is left.
pub(super) fn byline(stated: Option<String>) -> Option<String> {
    let stated = tidy(&stated?);
    let head = stated.get(..3).filter(|head| head.eq_ignore_ascii_case("by "));
    let names = head.and_then(|head| stated.get(head.len()..)).unwrap_or(&stated).trim();
    (!names.is_empty() && !names.eq_ignore_ascii_case("by")).then(|| names.to_owned())
}

fn named(stated: Option<String>) -> Option<String> {
    stated.map(|stated| tidy(&stated)).filter(|stated| !stated.is_empty())
}

/// `text` on one line, with single spaces and nothing that controls a terminal.
fn tidy(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_graphic()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !c.is_control() && !super::normalise::is_invisible(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::Origin;

    fn raw() -> RawArticle {
        RawArticle::at(Origin { file: "f".into(), record: 1, offset: 0 })
    }

    #[test]
    fn dates_become_instants_and_what_is_no_date_is_told() {
        let mut raw = raw();
        raw.published = Some("30 September 2025".to_owned());
        raw.updated = Some("last week".to_owned());
        let mut article = Article::default();
        let unread = fill(&mut article, &mut raw);
        assert_eq!(article.published, Some(1_759_190_400));
        assert_eq!(article.updated, None);
        assert_eq!(unread, [Unread { field: "updated", stated: "last week".to_owned() }]);
    }

    #[test]
    fn names_are_trimmed_and_languages_lower_case() {
        let mut raw = raw();
        raw.source = Some(" The\u{a0}Paper\n".to_owned());
        raw.lang = Some("en_GB".to_owned());
        raw.url = Some("  ".to_owned());
        raw.id = Some(" a\u{202e}1 ".to_owned());
        let mut article = Article::default();
        assert!(fill(&mut article, &mut raw).is_empty());
        assert_eq!(article.source.as_deref(), Some("The Paper"));
        assert_eq!(article.lang.as_deref(), Some("en-gb"));
        assert_eq!((article.url, article.id.as_str()), (None, "a1"));
    }

    #[test]
    fn a_byline_names_its_authors_alone() {
        for (stated, names) in [
            ("By Jane Doe", Some("Jane Doe")),
            (" BY  A. Roe ", Some("A. Roe")),
            ("Byron Lee", Some("Byron Lee")),
            ("by", None),
            (" ", None),
        ] {
            assert_eq!(byline(Some(stated.to_owned())).as_deref(), names, "{stated}");
        }
        assert_eq!(byline(None), None);
    }
}
