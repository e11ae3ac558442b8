//! What was found in an article, so that a person can check it: the text with marks, a table a kind, and which names count
//! as one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::printable;
use super::terminal::Style;
use crate::article::{Article, Kind, Mention, Modifier, Reading, TextField, Trend};
use crate::names::country;

/// A text on one line or several, each mention of it set apart and its kind told; `mentions` are in order of start.
///
/// Without colours a mention stands in brackets with its kind, as in `[Anna Lee|person]`; one within another does so within
/// its brackets. With colours each kind has its own, and of several that of the innermost.
pub fn marked<'a>(text: &str, mentions: impl IntoIterator<Item = &'a Mention>, style: Style) -> String {
    let mut next = mentions.into_iter().collect::<Vec<_>>();
    next.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let mut next = next.into_iter().peekable();
    let mut open: Vec<&Mention> = Vec::new();
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    loop {
        let opens = next.peek().map(|m| m.span.start as usize);
        let closes = open.iter().map(|m| m.span.end as usize).min();
        let Some(to) = opens.into_iter().chain(closes).min() else { break };
        piece(&mut out, text.get(at..to).unwrap_or(""), open.last(), style);
        at = to;
        while let Some(inner) = open.iter().rposition(|m| m.span.end as usize <= at) {
            let closed = open.remove(inner);
            if style.is_plain() {
                let _ = write!(out, "|{}]", closed.kind.name());
            }
        }
        while let Some(mention) = next.next_if(|m| m.span.start as usize <= at) {
            if style.is_plain() {
                out.push('[');
            }
            open.push(mention);
        }
    }
    piece(&mut out, text.get(at..).unwrap_or(""), None, style);
    out
}

/// A piece of the text that begins or ends no mention, within `inner` if within any.
fn piece(out: &mut String, text: &str, inner: Option<&&Mention>, style: Style) {
    match inner {
        Some(mention) if !text.is_empty() => *out += &style.of_kind(mention.kind, &printable(text)),
        _ => *out += &printable(text),
    }
}

/// Every mention in a table a kind: its words, key, what the key says, how it was found, and where it stands in bytes of title and
/// body. What is the same but for the place shares a line.
pub fn tables(article: &Article, mentions: &[Mention], style: Style) -> String {
    let mut out = String::new();
    for kind in Kind::ALL {
        let mut lines: Vec<([String; 4], Vec<&Mention>)> = Vec::new();
        let mut known: BTreeMap<[String; 4], usize> = BTreeMap::new();
        for mention in mentions.iter().filter(|m| m.kind == kind) {
            let cells = [
                surface(article, mention),
                on_a_line(&mention.key()),
                on_a_line(&says(mention)),
                on_a_line(&mention.via),
            ];
            let line = *known.entry(cells.clone()).or_insert(lines.len());
            match lines.get_mut(line) {
                Some((_, places)) => places.push(mention),
                None => lines.push((cells, vec![mention])),
            }
        }
        if lines.is_empty() {
            continue;
        }
        let head = [kind.name(), "key", "read as", "found by"];
        let widths: [usize; 4] = std::array::from_fn(|column| {
            let widest = lines.iter().map(|(cells, _)| cells[column].chars().count()).max().unwrap_or(0);
            if widest == 0 { 0 } else { widest.max(head[column].len()).min(WIDEST) }
        });
        let row = |cells: [&str; 4], last: &str| {
            let mut row = String::new();
            for (cell, width) in cells.iter().zip(widths).filter(|(_, width)| *width > 0) {
                let _ = write!(row, "{cell:width$}  ");
            }
            row + last
        };
        let _ = writeln!(out, "\n{}", style.of_kind(kind, &row(head, "where")));
        for (cells, places) in lines {
            let cells = cells.each_ref().map(String::as_str);
            let _ = writeln!(out, "{}", row(cells, &style.faint(&offsets(&places))));
        }
    }
    out
}

/// The widest column; what is longer pushes the rest of its line on.
const WIDEST: usize = 40;

/// The words of a mention, on one line.
fn surface(article: &Article, mention: &Mention) -> String {
    on_a_line(mention.span.of(article.text(mention.field)))
}

fn on_a_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// `title 4..9 body 18..23 40..45`.
fn offsets(places: &[&Mention]) -> String {
    let mut out = String::new();
    let mut field: Option<TextField> = None;
    for mention in places {
        if field != Some(mention.field) {
            field = Some(mention.field);
            let _ = write!(out, "{}{}", if out.is_empty() { "" } else { " " }, mention.field.name());
        }
        let _ = write!(out, " {}..{}", mention.span.start, mention.span.end);
    }
    out
}

/// What a key says, where that is more than it shows: the name of a country, the bound and the trend of a number, the
/// weekday of a date.
fn says(mention: &Mention) -> String {
    match &mention.reading {
        Reading::Entity(key) if mention.kind == Kind::Country => {
            country::name(key).unwrap_or_default().to_owned()
        }
        Reading::Entity(_) => String::new(),
        Reading::Quantity(quantity) => {
            let bound = match quantity.modifier {
                Modifier::Equal => None,
                Modifier::About => Some("about"),
                Modifier::AtMost => Some("at most"),
                Modifier::AtLeast => Some("at least"),
                Modifier::Below => Some("less than"),
                Modifier::Above => Some("more than"),
            };
            let words: Vec<&str> = bound.into_iter().chain(quantity.trend.map(Trend::name)).collect();
            words.join(", ")
        }
        Reading::Period(period) => {
            let days = (period.to() - period.from()) / DAY;
            match usize::try_from((period.from() / DAY).rem_euclid(7)).ok().and_then(|n| WEEKDAYS.get(n)) {
                Some(weekday) if days == 1 => (*weekday).to_owned(),
                _ => format!("{days} days"),
            }
        }
    }
}

/// Seconds of a day.
const DAY: i64 = 86_400;
/// The weekdays from that of 1970-01-01 on.
const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// Names of an article that count as one, because they share a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged<'a> {
    /// What they name.
    pub kind: Kind,
    /// The key they share.
    pub key: &'a str,
    /// The names as they stand there, in the order of the text, and how often each.
    pub texts: Vec<(&'a str, usize)>,
}

/// The names of an article that count as one, where that is more than one; by kind, then in the order of the text.
pub fn merged<'a>(article: &'a Article, mentions: &'a [Mention]) -> Vec<Merged<'a>> {
    let mut all: Vec<Merged<'a>> = Vec::new();
    let mut known: BTreeMap<(Kind, &str), usize> = BTreeMap::new();
    for mention in mentions {
        let Reading::Entity(key) = &mention.reading else { continue };
        let text = mention.span.of(article.text(mention.field));
        let number = *known.entry((mention.kind, key)).or_insert_with(|| {
            all.push(Merged { kind: mention.kind, key, texts: Vec::new() });
            all.len() - 1
        });
        let texts = &mut all[number].texts;
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, times)) => *times += 1,
            None => texts.push((text, 1)),
        }
    }
    all.retain(|name| name.texts.len() > 1);
    all.sort_by_key(|name| name.kind);
    all
}

/// A line for each token that the index takes for two words: `removethe = remove + the  body 23..32`; empty where there is none.
pub fn run_together(article: &Article, style: Style) -> String {
    let mut out = String::new();
    for token in &article.run_together {
        let Some([first, second]) = token.parts(article) else { continue };
        let place = format!("{} {}..{}", token.field.name(), token.span.start, token.span.end);
        let line = format!("{first}{second} = {first} + {second}");
        let _ = writeln!(out, "  {}  {}", on_a_line(&line), style.faint(&place));
    }
    out
}

/// A line for each of the names that count as one: `person   Lee ×2, Anna Lee → anna lee`; empty where none do.
pub fn merges(article: &Article, mentions: &[Mention], style: Style) -> String {
    let mut out = String::new();
    for Merged { kind, key, texts } in merged(article, mentions) {
        let texts: Vec<String> = texts
            .iter()
            .map(|(text, times)| match times {
                1 => on_a_line(text),
                _ => format!("{} ×{times}", on_a_line(text)),
            })
            .collect();
        let name = style.of_kind(kind, &format!("{:8}", kind.name()));
        let _ = writeln!(out, "  {name} {} → {}", texts.join(", "), on_a_line(key));
    }
    out
}
