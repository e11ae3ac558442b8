//! The tokens of an article that may be two words run together, as they are found while its words are written.

use super::run_together::{cut, ends, has_length};
use crate::article::{RunTogether, Span, TextField};

/// The candidates of an article, in order of field and start.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) list: Vec<RunTogether>,
    /// Whether there is none for sure.
    none: bool,
}

impl Candidates {
    /// None yet. They are looked for in English, and where no language is known.
    pub(super) fn of(lang: Option<&str>) -> Self {
        let english = lang.is_none_or(|tag| tag.split('-').next() == Some("en"));
        Self { list: Vec::new(), none: !english }
    }

    /// Finds those of the title.
    pub(super) fn in_title(&mut self) -> Option<Finder<'_>> {
        (!self.none).then_some(Finder { list: &mut self.list, field: TextField::Title })
    }

    /// Finds those of the body, after those of the title.
    pub(super) fn in_body(&mut self) -> Option<Finder<'_>> {
        (!self.none).then_some(Finder { list: &mut self.list, field: TextField::Body })
    }

    /// The number of the one that stands there, and where it is cut.
    #[inline]
    pub(super) fn at(&self, field: TextField, span: Span) -> Option<(u32, u32)> {
        if self.list.is_empty() {
            return None;
        }
        let at = self.list.binary_search_by_key(&(field, span), |c| (c.field, c.span)).ok()?;
        Some((u32::try_from(at).ok()?, self.list.get(at)?.cut))
    }
}

/// Finds the candidates of one text.
#[derive(Debug)]
pub(super) struct Finder<'a> {
    list: &'a mut Vec<RunTogether>,
    field: TextField,
}

impl Finder<'_> {
    /// Where the second word begins in the token at `span` of `text`, in bytes of the token, if it may be two; and remembers it.
    #[inline]
    pub(super) fn find(&mut self, text: &str, span: Span) -> Option<u8> {
        // Asked of every word; few are left after it.
        if !has_length(span.len()) || ends(text.as_bytes().get(span.range())?) == (false, false) {
            return None;
        }
        self.look_closer(text, span)
    }

    #[inline(never)]
    fn look_closer(&mut self, text: &str, span: Span) -> Option<u8> {
        let at = cut_at(text, span)?;
        let cut = u8::try_from(at).ok()?;
        self.list.push(RunTogether { field: self.field, span, cut: span.start + u32::from(cut) });
        Some(cut)
    }
}

/// The same of a token in its text.
fn cut_at(text: &str, span: Span) -> Option<usize> {
    let bytes = text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(0);
    let after = match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'.'), next) if next.is_none_or(u8::is_ascii_whitespace) => 0, // the end of a sentence
        (byte, _) => byte.copied().unwrap_or(0),
    };
    cut(text.get(start..end)?, before, after)
}
