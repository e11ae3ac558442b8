//! Finds page furniture: lines that belong to the page or to the agency's service and not to the story.
//!
//! Rules (`furniture_table`, compared by `furniture_match` and `furniture_shape`) judge line by line; the foot of the
//! article is then peeled from below: single lines, the credit in brackets that ends the last paragraph, and a list of
//! other stories under its heading. What might be a quote or a fact stays.

use super::credit;
use super::dateline;
use super::edit::{Editor, Log};
use super::furniture_match::{Matcher, ends_sentence};
use super::furniture_page::{is_capitals_headline, is_long_copyright};
use super::furniture_table::{CAPTION_LABELS, LIST_HEADING_BEGINS, LIST_HEADINGS, LONGEST, Place, RULES};
use super::reason::Reason;

/// How many kept lines count as the head of the article.
const HEAD_LINES: usize = 4;

/// The rules that know page furniture, in the order in which they are tried: each with its name, as in
/// [`Reason::rule`], and lines that it takes. Several rules may share a name.
pub fn rules() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    RULES.iter().map(|rule| (rule.name, rule.examples))
}

/// A line of the text, and the rule that found it to be furniture.
#[derive(Debug, Clone, Copy)]
struct Row {
    start: usize,
    /// Where what stays of it begins, if it stays, and why there.
    kept_start: usize,
    cut: Reason,
    /// Where what stays of it ends, if it stays.
    kept_end: usize,
    end: usize,
    verdict: Option<Reason>,
}

impl Row {
    fn kept<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.kept_start..self.kept_end).unwrap_or("")
    }
}

/// A text without its furniture.
pub(super) struct Stripped {
    pub(super) text: String,
    /// Whether only whole lines at its end are gone, so that a second look would find nothing more.
    pub(super) is_settled: bool,
}

/// Drops the furniture of `text`, one line a paragraph; `None` if there is none.
///
/// A line on top that is nothing but a byline becomes `byline` if there is none, or else the reporters whom the agency's credit at
/// the end names.
pub(super) fn strip(text: &str, byline: &mut Option<String>, log: &mut Log) -> Option<Stripped> {
    let mut matcher = Matcher::default();
    let mut lifted = byline.clone();
    let mut rows = judge(text, &mut lifted, &mut matcher);
    drop_capitals(text, &mut rows);
    peel(text, &mut rows, &mut lifted, &mut matcher);
    // An article that is nothing but furniture is no article that these rules understand.
    let last_kept = rows.iter().rposition(|row| row.verdict.is_none())?;
    *byline = lifted;
    // A line that lost its end is short enough for rules only now.
    let is_cut =
        |row: &Row| row.kept_start > row.start || row.kept_end < row.end && row.kept(text).len() <= LONGEST;
    let is_settled = rows.iter().take(last_kept + 1).all(|row| row.verdict.is_none() && !is_cut(row));
    let mut editor = Editor::new(text, log);
    for (i, row) in rows.iter().enumerate() {
        let Some(reason) = row.verdict else {
            if row.kept_start > row.start {
                editor.replace(row.start..row.kept_start, "", row.cut);
            }
            if row.kept_end < row.end {
                editor.replace(row.kept_end..row.end, "", Reason::Furniture("agency_tail"));
            }
            continue;
        };
        // Above the last line that stays a line goes with its line end, below it with the one before.
        let range = if i < last_kept { row.start..row.end + 1 } else { row.start - 1..row.end };
        editor.replace(range, "", reason);
    }
    editor.finish().map(|text| Stripped { text, is_settled })
}

/// Judges every line by the rules that hold anywhere or at the head.
fn judge(text: &str, byline: &mut Option<String>, matcher: &mut Matcher) -> Vec<Row> {
    let mut kept = 0;
    let mut rows = Vec::with_capacity(text.len() / 160 + 4);
    let mut start = 0;
    for line_end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = text.get(start..line_end).unwrap_or("");
        let mut verdict = None;
        let (mut kept_start, mut cut) =
            caption(line).map_or((0, Reason::Byline), |(at, rule)| (at, Reason::Furniture(rule)));
        let in_head = kept < HEAD_LINES - 1 && byline.is_none();
        if in_head && let Some(at) = dateline::behind_byline(line) {
            *byline = line.get(3..at).map(|names| names.trim().to_owned());
            (kept_start, cut) = (at, Reason::Byline);
        } else if line.len() <= LONGEST && kept_start == 0 {
            let head = kept < HEAD_LINES;
            let holds =
                |place| place == Place::Anywhere || (head && matches!(place, Place::Head | Place::Edge));
            // A second byline is one only if it says so.
            let at_top = kept < HEAD_LINES - 1;
            if at_top
                && let Some(names) = credit::only_byline(line)
                && (byline.is_none() || names.len() < line.len())
            {
                byline.get_or_insert_with(|| names.to_owned());
                verdict = Some(Reason::Byline);
            } else {
                verdict = matcher.find(line, holds).map(Reason::Furniture);
            }
        }
        kept += usize::from(verdict.is_none());
        let end = start + line.len();
        rows.push(Row { start, kept_start: start + kept_start, cut, kept_end: end, end, verdict });
        start += line.len() + 1;
    }
    rows
}

/// Drops headlines of other stories that stand in capitals between two paragraphs of a story that is not set so.
fn drop_capitals(text: &str, rows: &mut [Row]) {
    const SHORTEST_PARAGRAPH: usize = 70;
    let paragraph = |row: &Row| {
        let line = row.kept(text);
        line.len() >= SHORTEST_PARAGRAPH
            && line.bytes().filter(u8::is_ascii_lowercase).count() * 2 > line.len()
    };
    let kept: Vec<usize> =
        (0..).zip(&*rows).filter(|(_, row)| row.verdict.is_none()).map(|(i, _)| i).collect();
    for around in kept.windows(3) {
        let [above, headline, below] = around else { continue };
        let row = |i: &usize| rows.get(*i);
        let is = row(headline).is_some_and(|row| is_capitals_headline(row.kept(text)))
            && row(above).is_some_and(paragraph)
            && row(below).is_some_and(paragraph);
        if is && let Some(row) = rows.get_mut(*headline) {
            row.verdict = Some(Reason::Furniture("related_link"));
        }
    }
}

/// Where the caption begins in a line that has labels before it, and the rule that says so.
fn caption(line: &str) -> Option<(usize, &'static str)> {
    if !line.starts_with(['I', 'i', 'M', 'm']) {
        return None;
    }
    let begins =
        |text: &str, with: &str| text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    CAPTION_LABELS.iter().filter(|(begin, ..)| begins(line, begin)).find_map(|(_, label, rule)| {
        let at = line
            .char_indices()
            .map(|(at, _)| at)
            .take(LONGEST)
            .find(|at| line.get(*at..).is_some_and(|rest| begins(rest, label)))?;
        line.get(at + label.len()..)
            .is_some_and(|rest| !rest.trim().is_empty())
            .then_some((at + label.len(), *rule))
    })
}

/// Drops lines from the end while they are furniture, and cuts the credit from the last line that stays.
fn peel(text: &str, rows: &mut [Row], byline: &mut Option<String>, matcher: &mut Matcher) {
    let mut looked_for_list = false;
    let mut last = rows.len();
    while let Some(row) = last.checked_sub(1).and_then(|i| rows.get_mut(i)) {
        if row.verdict.is_some() {
            last -= 1;
            continue;
        }
        let line = row.kept(text);
        let whole = row.kept_end == row.end;
        let rule = if whole { matcher.find(line, |place| place != Place::Head) } else { None };
        let rule = rule.or_else(|| (whole && is_long_copyright(line)).then_some("copyright"));
        if let Some(rule) = rule.or_else(|| is_list_heading(line, matcher).then_some("story_list")) {
            row.verdict = Some(Reason::Furniture(rule));
            if byline.is_none() && credit::opens_credit(line.trim_start_matches(['(', '-', ' '])) {
                *byline = credit::reporters(line);
            }
        } else if let Some(at) = credit::in_brackets(line) {
            if byline.is_none() {
                *byline = line.get(at..).and_then(credit::reporters);
            }
            row.kept_end = row.kept_start + at;
        } else if !looked_for_list {
            looked_for_list = true;
            drop_list(text, rows, matcher);
        } else {
            return;
        }
    }
}

/// Drops a list of other stories at the end, with its heading.
fn drop_list(text: &str, rows: &mut [Row], matcher: &mut Matcher) {
    let mut heading = None;
    for (i, row) in rows.iter().enumerate().rev() {
        let line = row.kept(text);
        // A heading may be gone by a rule of its own.
        if is_list_heading(line, matcher) {
            heading = Some(i);
        } else if row.verdict.is_none() && !looks_like_headline(line) {
            break;
        }
    }
    let Some(heading) = heading else { return };
    for row in rows.iter_mut().skip(heading).filter(|row| row.verdict.is_none()) {
        row.verdict = Some(Reason::Furniture("story_list"));
    }
}

/// Whether a line could stand in a list of headlines: short, and not ended like a sentence.
fn looks_like_headline(line: &str) -> bool {
    const LONGEST_HEADLINE: usize = 180;
    // A sentence may have its source in brackets behind it.
    line.len() <= LONGEST_HEADLINE && !ends_sentence(line) && !line.contains(". (")
}

fn is_list_heading(line: &str, matcher: &mut Matcher) -> bool {
    const LONGEST_HEADING: usize = 60;
    if line.len() > LONGEST_HEADING || ends_sentence(line) {
        return false;
    }
    let core = matcher.fold(line);
    LIST_HEADINGS.contains(&core)
        || LIST_HEADING_BEGINS.iter().any(|begin| core.starts_with(begin) && core.split(' ').count() <= 6)
}

#[cfg(test)]
#[path = "furniture_tests.rs"]
mod tests;
