//! A story of the SGML that the Reuters-21578 collection is kept in to one article.

use super::tree::{Node, Tree};
use super::{RawRecord, ReadError};
use crate::article::RawArticle;

/// The element that is a record.
pub(super) const RECORDS: &[&str] = &["REUTERS"];

/// Reads the article that `record`'s bytes state.
pub(super) fn parse(record: &RawRecord) -> Result<RawArticle, ReadError> {
    let text = String::from_utf8_lossy(&record.bytes);
    let tree = Tree::of(&text)?;
    let mut article = RawArticle::at(record.origin.clone());
    let Some(story) = tree.root().children().next() else { return Ok(article) };
    article.id = story.attribute("NEWID").map(|id| format!("reuters-{id}"));
    article.source = Some("Reuters".to_owned());
    article.published = story.at("DATE").and_then(Node::line).map(|stated| date(&stated));
    article.lang = Some("en".to_owned());
    let Some(text) = story.at("TEXT") else { return Ok(article) };
    article.title = text.at("TITLE").and_then(Node::line).unwrap_or_default();
    article.byline = text.at("AUTHOR").and_then(Node::line);
    let body =
        text.at("BODY").map(Node::value).or_else(|| (text.children().next().is_none()).then(|| text.value()));
    let mut body = body.unwrap_or_default();
    body.retain(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let place = text.at("DATELINE").and_then(Node::line);
    article.body = match place {
        Some(place) if !body.trim().is_empty() => {
            format!("{} - {}", place.trim_end_matches([' ', '-']), body.trim())
        }
        _ => body.trim().to_owned(),
    };
    Ok(article)
}

/// `26-FEB-1987 15:01:01.79` as `26 Feb 1987 15:01:01`, or what is stated.
fn date(stated: &str) -> String {
    let mut parts = stated.split_ascii_whitespace();
    let day = parts.next().unwrap_or("");
    let time = parts.next().and_then(|time| time.split('.').next()).unwrap_or("00:00:00");
    let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let mut fields = day.split('-');
    let (Some(day), Some(month), Some(year)) = (fields.next(), fields.next(), fields.next()) else {
        return stated.to_owned();
    };
    match (1..).zip(months).find(|(_, name)| name.eq_ignore_ascii_case(month)) {
        Some((month, _)) => format!("{year}-{month:02}-{day:0>2}T{time}Z"),
        None => stated.to_owned(),
    }
}
