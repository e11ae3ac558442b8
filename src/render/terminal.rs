//! Hits for people: what matched in colour, how numbers were read beside it.

use std::fmt::Write as _;

use super::printable;
use crate::article::{Article, Cleaning, Kind, Span};
use crate::backend::{Copies, CopyFacts, Group, Hit};
use crate::index::Stored;
use crate::snippet::Mark;
use crate::text::date::day;

/// The signs around what is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    mark: (&'static str, &'static str),
    title: (&'static str, &'static str),
    faint: (&'static str, &'static str),
}

impl Style {
    /// ANSI colours.
    pub const COLOUR: Self = Self {
        mark: ("\x1b[1;33m", "\x1b[0m"),
        title: ("\x1b[1m", "\x1b[0m"),
        faint: ("\x1b[2m", "\x1b[0m"),
    };
    /// Marks between brackets, nothing else set apart.
    pub const PLAIN: Self = Self { mark: ("[", "]"), title: ("", ""), faint: ("", "") };

    /// Whether nothing but brackets sets text apart.
    pub fn is_plain(&self) -> bool {
        *self == Self::PLAIN
    }

    /// Text in the colour of a kind, where there are colours.
    pub fn of_kind(&self, kind: Kind, text: &str) -> String {
        if self.is_plain() {
            return text.to_owned();
        }
        let colour = match kind {
            Kind::Person => 33,
            Kind::Country => 32,
            Kind::Org => 35,
            Kind::Place => 36,
            Kind::Number | Kind::Percent | Kind::Quantity => 34,
            Kind::Money => 94,
            Kind::Date => 31,
        };
        format!("\x1b[1;{colour}m{text}\x1b[0m")
    }

    /// Text set apart as a title.
    pub(super) fn title(&self, text: &str) -> String {
        format!("{}{text}{}", self.title.0, self.title.1)
    }

    /// Text set apart as what matters.
    pub(super) fn marked(&self, text: &str) -> String {
        format!("{}{text}{}", self.mark.0, self.mark.1)
    }

    /// Text set apart as being of less weight.
    pub fn faint(&self, text: &str) -> String {
        format!("{}{text}{}", self.faint.0, self.faint.1)
    }
}

/// One hit, numbered; several lines, each ended.
pub fn hit(number: usize, hit: &Hit, style: Style) -> String {
    let mut out = String::new();
    let article = &hit.article;
    let title = if article.title.is_empty() {
        beginning(&article.body)
    } else {
        marked(
            &article.title,
            Span::new(0, article.title.len()),
            &hit.highlights.title,
            style.mark,
            style.title,
        )
    };
    let _ = writeln!(out, "{number}. {}{title}{}", style.title.0, style.title.1);
    let _ = writeln!(out, "   {}", style.faint(&facts(article)));
    for snippet in &hit.highlights.snippets {
        let text = marked(&article.body, snippet.span, &snippet.marks, style.mark, ("", ""));
        let _ = writeln!(out, "   {}", text.replace('\n', "\n   "));
        let readings = readings(&article.body, &snippet.marks);
        if !readings.is_empty() {
            let _ = writeln!(out, "      {}", style.faint(&readings));
        }
    }
    if hit.copies.total > 0 {
        let _ = writeln!(out, "   {}", style.faint(&copies(&hit.copies)));
    }
    out
}

/// Outlets that are named of a hit's copies.
const NAMED: usize = 5;

/// What a hit stands for, and whose: `+2 copies: Harbour Post, Meridian`, of a story `+4 outlets, 6 articles: …`.
fn copies(copies: &Copies) -> String {
    let mut outlets: Vec<&str> = Vec::new();
    for copy in &copies.named {
        let outlet = copy.source.as_deref().unwrap_or(&copy.id);
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    let more = if outlets.len() > NAMED || copies.total > copies.named.len() as u64 { ", …" } else { "" };
    outlets.truncate(NAMED);
    let plural = |count, one, many| format!("{count} {}", if count == 1 { one } else { many });
    let count = match copies.group {
        Group::Story if copies.outlets == 0 => plural(copies.total, "article", "articles"),
        Group::Story => {
            let articles = plural(copies.total, "article", "articles");
            format!("{}, {articles}", plural(copies.outlets, "outlet", "outlets"))
        }
        Group::Copy | Group::None => plural(copies.total, "copy", "copies"),
    };
    let said = format!("+{count}: {}{more}", outlets.join(", "));
    printable(&said).replace('\n', " ")
}

/// The other articles of an article's group, a line each: what it is a copy of, and what else is a copy of that.
pub fn group(stored: &Stored, others: &[CopyFacts]) -> String {
    let mut out = String::new();
    let mut line = |what: &str, facts: &str| {
        let _ = writeln!(out, "{what}: {}", printable(facts).replace('\n', " "));
    };
    if let Some(root) = stored.copy_of.as_ref().filter(|root| others.iter().all(|copy| copy.id != **root)) {
        line("copy of", &format!("{root}, which is not here any more"));
    }
    for copy in others {
        let facts = [copy.source.clone(), copy.published.map(day), Some(copy.id.clone())];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let what = if stored.copy_of.as_ref() == Some(&copy.id) { "copy of" } else { "also as" };
        line(what, &facts.join(" · "));
    }
    out
}

/// What stands for a missing title: the first words of the body.
fn beginning(body: &str) -> String {
    let mut words = String::new();
    for word in body.split_whitespace() {
        if words.len() + word.len() > 72 {
            return format!("{words} …");
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&printable(word));
    }
    words
}

/// Outlet, day and id of an article in one line.
pub fn facts(article: &Article) -> String {
    let mut facts = Vec::new();
    facts.extend(article.source.clone());
    facts.extend(article.published.map(day));
    facts.push(article.id.clone());
    printable(&facts.join(" · ")).replace('\n', " ")
}

/// A piece of a text with its marks set apart; marks that touch or overlap are set apart as one.
fn marked(text: &str, span: Span, marks: &[Mark], around: (&str, &str), outside: (&str, &str)) -> String {
    let mut out = String::new();
    let mut at = span.start;
    let mut rest = marks.iter().filter(|m| span.contains(m.span)).map(|m| m.span).peekable();
    while let Some(mut mark) = rest.next() {
        while let Some(next) = rest.next_if(|n| n.start <= mark.end) {
            mark.end = mark.end.max(next.end);
        }
        out.push_str(&printable(Span { start: at, end: mark.start }.of(text)));
        let _ = write!(out, "{}{}{}{}", around.0, printable(mark.of(text)), around.1, outside.0);
        at = mark.end;
    }
    out.push_str(&printable(Span { start: at, end: span.end }.of(text)));
    out
}

/// How the marked names and numbers were read, where that says more than the words: `400 = ~400 national`.
fn readings(text: &str, marks: &[Mark]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |span: Span, kind: Kind, reading: &str| {
        let surface = printable(span.of(text)).replace('\n', " ");
        let plain = surface.to_lowercase() == *reading || (kind == Kind::Country && surface == *reading);
        let line = format!("{surface} = {}", printable(reading));
        if !plain && !lines.contains(&line) {
            lines.push(line);
        }
    };
    for mark in marks {
        if let (Some(kind), Some(reading)) = (mark.kind, &mark.reading) {
            add(mark.span, kind, reading);
        }
        for capture in &mark.captures {
            add(capture.span, capture.kind, &capture.reading);
        }
    }
    lines.join(" · ")
}

/// What filled the slots of each phrase of a hit, a line a phrase; empty where none did.
pub fn captures(hit: &Hit, style: Style) -> String {
    let mut out = String::new();
    for mark in &hit.highlights.captured {
        let text = hit.article.text(mark.field);
        let slots: Vec<String> = mark
            .captures
            .iter()
            .map(|c| {
                let surface = printable(c.span.of(text)).replace('\n', " ");
                format!("{}: {} ({surface})", c.name, printable(&c.reading))
            })
            .collect();
        let _ = writeln!(out, "   {}", style.faint(&slots.join(" · ")));
    }
    out
}

/// What cleaning dropped and changed: a line for each piece, and one for all that was changed in place.
pub fn cleaning(cleaning: &Cleaning) -> String {
    if cleaning.is_empty() {
        return "cleaning changed nothing\n".to_owned();
    }
    let mut text = String::new();
    for piece in &cleaning.dropped {
        let why = piece
            .rule
            .as_ref()
            .map_or_else(|| piece.reason.to_string(), |rule| format!("{}: {rule}", piece.reason));
        let cut = (piece.bytes as usize).saturating_sub(piece.text.len());
        let more = if cut > 0 { format!(" and {cut} bytes more") } else { String::new() };
        text +=
            &format!("- {} {:?}{more}  ({})\n", piece.field.name(), printable(&piece.text), printable(&why));
    }
    let changed: Vec<String> =
        cleaning.changed.iter().map(|(reason, count)| format!("{} {count}", printable(reason))).collect();
    if !changed.is_empty() {
        text += &format!("changed in place: {}\n", changed.join(", "));
    }
    text
}
