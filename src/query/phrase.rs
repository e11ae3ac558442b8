//! What stands between quotes: words and slots, and proximity operators between phrases.

use super::ast::{PhrasePart, Proximity};
use super::error::Sink;
use super::fault::Fault;
use super::lexer::closing;
use super::operator::{Operator, operator};
use super::show::Shown;
use super::slot::slot;
use super::words::unescape;
use crate::article::Span;
use crate::text::tokens;

/// A row of words and slots, and the operator behind it.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) parts: Vec<PhrasePart>,
    /// Bytes of the query, quotes not included.
    pub(super) span: Span,
    /// The operator that joins it to the next segment; `None` for the last one.
    pub(super) op: Option<(Proximity, Span)>,
}

/// Where one part of a phrase stands, and whether it is a slot.
#[derive(Debug, Clone, Copy)]
struct Piece {
    span: Span,
    slot: bool,
}

/// The phrases between the quotes around `inside`: one, or several with operators between them
/// (`"{country} W/S sanctions"`). Empty if nothing stands there. What is wrong goes to `sink`.
pub(super) fn segments(text: &str, inside: Span, sink: &mut Sink) -> Vec<Segment> {
    let pieces = pieces(text, inside);
    let mut segments = Vec::new();
    let (mut parts, mut start) = (Vec::new(), inside.start);
    let mut skip = 0;
    for (i, piece) in pieces.iter().enumerate() {
        if i < skip {
            continue;
        }
        if !parts.is_empty()
            && let Some((op, words)) = proximity(text, &pieces, i)
            && pieces.len() > i + words
            && proximity(text, &pieces, i + words).is_none()
        {
            let last = pieces.get(i + words - 1).unwrap_or(piece);
            let at = Span { start: piece.span.start, end: last.span.end };
            sink.report(&Fault::OperatorInQuotes { op: Shown::of(&op.to_string()) }, at);
            let span = Span { start, end: pieces.get(i - 1).unwrap_or(piece).span.end };
            segments.push(Segment { parts: std::mem::take(&mut parts), span, op: Some((op, at)) });
            start = pieces.get(i + words).unwrap_or(piece).span.start;
            skip = i + words;
            continue;
        }
        if parts.is_empty() {
            start = piece.span.start;
        }
        if piece.slot {
            parts.extend(slot(text, piece.span, sink).map(PhrasePart::Slot));
        } else {
            note_wildcard(piece.span, text, sink);
            parts.push(PhrasePart::Word(unescape(piece.span.of(text))));
        }
    }
    if let Some(last) = pieces.last().filter(|_| !parts.is_empty()) {
        segments.push(Segment { parts, span: Span { start, end: last.span.end }, op: None });
    }
    segments
}

/// The operator that piece `i` is, and how many pieces it takes.
fn proximity(text: &str, pieces: &[Piece], i: usize) -> Option<(Proximity, usize)> {
    let word = |i: usize| pieces.get(i).filter(|piece| !piece.slot).map(|piece| piece.span.of(text));
    match (operator(word(i)?)?, word(i + 1).and_then(operator)) {
        (Operator::Near(op, true), _) => Some((op, 1)),
        (Operator::Not, Some(Operator::Near(Proximity::Within(n), true))) => {
            Some((Proximity::NotWithin(n), 2))
        }
        _ => None,
    }
}

/// How many positions of a text the parts take: tokens and slots.
pub(super) fn positions(parts: &[PhrasePart]) -> usize {
    let of = |part: &PhrasePart| match part {
        PhrasePart::Word(word) => tokens(word).count(),
        PhrasePart::Slot(_) => 1,
    };
    parts.iter().map(of).sum()
}

/// `"deport* to"` is written in the hope of a wildcard; `"who is it?"` is not.
fn note_wildcard(piece: Span, text: &str, sink: &mut Sink) {
    let word = piece.of(text);
    if word.len() > 1
        && let Some(star) = word.find('*')
        && !word.get(..star).is_some_and(|before| before.ends_with('\\'))
    {
        sink.report(&Fault::WildcardInPhrase { part: Shown::of(word), sign: '*' }, piece);
    }
}

/// The words and slots in `inside`.
fn pieces(text: &str, inside: Span) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let end = inside.end as usize;
    let mut at = inside.start as usize;
    let mut open = None;
    while at < end {
        let Some(c) = text.get(at..end).and_then(|rest| rest.chars().next()) else { break };
        let mut close = |open: &mut Option<usize>| {
            if let Some(start) = open.take() {
                pieces.push(Piece { span: Span::new(start, at), slot: false });
            }
        };
        if c.is_whitespace() {
            close(&mut open);
        } else if c == '{'
            && let Some(slot_end) = closing(text, at).filter(|close| *close < end)
        {
            close(&mut open);
            pieces.push(Piece { span: Span::new(at, slot_end + 1), slot: true });
            at = slot_end + 1;
            continue;
        } else {
            open = open.or(Some(at));
            if c == '\\' {
                at += text.get(at + 1..end).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            }
        }
        at += c.len_utf8();
    }
    pieces.extend(open.map(|start| Piece { span: Span::new(start, end), slot: false }));
    pieces
}
