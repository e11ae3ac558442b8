//! Lines and paragraphs: one line a paragraph, no blank lines, single spaces.
//!
//! A text that is hard-wrapped, its lines broken inside sentences at a fixed width, is put together again (`wrap` says
//! where); a text that has one line a paragraph already keeps its lines. Bullets and dashes stay.

use std::sync::LazyLock;

use memchr::memmem;

use super::edit::{Editor, Log};
use super::reason::Reason;
use super::wrap;

/// A line of the text, without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Width of the white space before it: a tab counts four.
    pub(super) indent: usize,
    /// Whether blank lines stand before it.
    pub(super) after_blank: bool,
}

impl Row {
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// Puts the lines of `text` in order; `None` if they are.
pub(super) fn arrange(text: &str, log: &mut Log) -> Option<String> {
    // Once paragraphs are put together, what parted them is gone; a second look sees what a second cleaning would.
    const ROUNDS: usize = 4;
    let mut current = None;
    for _ in 0..ROUNDS {
        match arrange_once(current.as_deref().unwrap_or(text), log) {
            Some(arranged) => current = Some(arranged),
            None => break,
        }
    }
    current
}

fn arrange_once(text: &str, log: &mut Log) -> Option<String> {
    let rows = rows(text);
    let joins = wrap::joins(text, &rows);
    let mut editor = Editor::new(text, log);
    let mut last_end = 0usize;
    for (i, row) in rows.iter().enumerate() {
        let (with, reason) = match joins.get(i).copied().unwrap_or(wrap::Join::Paragraph) {
            wrap::Join::Paragraph if i == 0 => ("", Reason::Spacing),
            wrap::Join::Paragraph => ("\n", Reason::Spacing),
            wrap::Join::Word => (" ", Reason::Unwrapped),
            wrap::Join::Hyphen | wrap::Join::Broken => ("", Reason::Unwrapped),
        };
        if joins.get(i) == Some(&wrap::Join::Broken) {
            last_end = last_end.saturating_sub(1); // the hyphen goes with the line end
        }
        let gap = text.get(last_end..row.start).unwrap_or("");
        if gap != with {
            editor.replace(last_end..row.start, with, reason);
        }
        collapse(row.of(text), row.start, &mut editor);
        last_end = row.end;
    }
    if last_end < text.len() {
        editor.replace(last_end..text.len(), "", Reason::Spacing);
    }
    editor.finish()
}

/// Makes one line of `text`, which may have several, with single spaces; `None` if it is one.
pub(super) fn one_line(text: &str, log: &mut Log) -> Option<String> {
    let mut editor = Editor::new(text, log);
    let trimmed = text.trim_matches([' ', '\t', '\n']);
    let start = text.len() - text.trim_start_matches([' ', '\t', '\n']).len();
    if start > 0 {
        editor.replace(0..start, "", Reason::Spacing);
    }
    collapse(trimmed, start, &mut editor);
    let end = start + trimmed.len();
    if end < text.len() && !trimmed.is_empty() {
        editor.replace(end..text.len(), "", Reason::Spacing);
    }
    editor.finish()
}

/// The lines of `text` that are not blank.
fn rows(text: &str) -> Vec<Row> {
    let bytes = text.as_bytes();
    let mut rows = Vec::new();
    let (mut at, mut blank) = (0, false);
    while at < bytes.len() {
        let line_end = bytes.get(at..).and_then(|b| memchr::memchr(b'\n', b)).map_or(bytes.len(), |n| at + n);
        let line = text.get(at..line_end).unwrap_or("");
        let bare = line.trim_start_matches([' ', '\t']);
        if bare.is_empty() {
            blank = true;
        } else {
            let start = line_end - bare.len();
            let white = line.get(..line.len() - bare.len()).unwrap_or("");
            let indent = white.bytes().map(|b| if b == b'\t' { 4 } else { 1 }).sum();
            let end = start + bare.trim_end_matches([' ', '\t']).len();
            rows.push(Row { start, end, indent, after_blank: blank });
            blank = false;
        }
        at = line_end + 1;
    }
    rows
}

static TWO_SPACES: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("  "));

/// Puts a single space for every run of white space inside `piece`, which stands at `offset` and neither begins nor
/// ends with white space.
fn collapse(piece: &str, offset: usize, editor: &mut Editor<'_, '_>) {
    let bytes = piece.as_bytes();
    let odd = |from: usize| {
        let rest = bytes.get(from..)?;
        let spaces = TWO_SPACES.find(rest);
        let other = memchr::memchr2(b'\t', b'\n', spaces.and_then(|n| rest.get(..n)).unwrap_or(rest));
        Some(from + other.or(spaces)?)
    };
    let white = |b: &u8| matches!(b, b' ' | b'\t' | b'\n');
    let mut at = 0;
    while let Some(found) = odd(at) {
        // A tab may have one space before it.
        let start = found - usize::from(found > at && bytes.get(found - 1) == Some(&b' '));
        let length = bytes.get(start..).map_or(0, |rest| rest.iter().take_while(|b| white(b)).count());
        at = start + length;
        editor.replace(offset + start..offset + at, " ", Reason::Spacing);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::TextField;

    fn arranged(text: &str) -> String {
        let mut log = Log::new(TextField::Body, text, true);
        let out = arrange(text, &mut log).unwrap_or_else(|| text.to_owned());
        assert!(log.changes.iter().all(|c| c.text.len() == c.span.len().min(c.text.len())));
        out
    }

    #[test]
    fn blank_lines_and_runs_of_spaces_go() {
        assert_eq!(arranged("\n\n One  line. \n \n\tTwo\tlines \t here.\n\n"), "One line.\nTwo lines here.");
        assert_eq!(arranged(" \n\t "), "");
    }

    #[test]
    fn a_word_that_was_broken_loses_the_hyphen_and_others_keep_theirs() {
        let text = "The council said that it was none of its busi-\n\
            ness to say who had paid for the new and well-\n\
            known bridge across the harbour, and that all\n\
            of the business about it had been dealt with by\n\
            the board in the spring of the year before last.";
        let whole = text.replace("busi-\n", "busi").replace("well-\n", "well-").replace('\n', " ");
        assert_eq!(arranged(text), whole);
    }

    #[test]
    fn text_with_one_line_a_paragraph_is_not_copied() {
        let text = "The council met on Monday.\n- It voted to close the bridge\nNobody spoke against it.";
        assert_eq!(arrange(text, &mut Log::new(TextField::Body, text, false)), None);
    }

    #[test]
    fn a_title_becomes_one_line() {
        let mut log = Log::new(TextField::Title, "", false);
        assert_eq!(one_line("\n Bridge\n  closed \t now\n", &mut log).unwrap(), "Bridge closed now");
        assert_eq!(one_line("Bridge closed", &mut log), None);
        assert_eq!(one_line(" \n ", &mut log).unwrap(), "");
    }

    proptest! {
        #[test]
        fn only_white_space_changes_and_once_for_all(text in "[A-Ca-c.\n\t -]{0,200}|([a-z]{1,9} ){0,9}\n([A-Z][a-z]{1,9} ){0,12}\\.?\n{0,2}") {
            let once = arranged(&text);
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
            prop_assert_eq!(letters(&once), letters(&text));
            prop_assert!(!once.contains("  ") && !once.contains("\n\n") && !once.contains('\t'));
            prop_assert!(once.trim() == once && !once.contains(" \n") && !once.contains("\n "));
            prop_assert_eq!(arranged(&once), once);
        }
    }
}
