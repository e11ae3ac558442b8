//! Finds out whether a text is hard-wrapped, and where its lines belong together.
//!
//! The evidence is lines that begin with a small letter after a line that ends no sentence: text with one line a
//! paragraph hardly has any, wrapped text has them at most of its breaks. The widest of the lines before such breaks
//! gives the width of the page, and with it a test for all other breaks: a line is wrapped where the next word would not
//! have fitted. Paragraphs are parted by blank lines, by deeper indents, and where a line ends early.

use std::sync::LazyLock;

use memchr::memmem;

use super::hyphen;
use super::lines::Row;

/// What stands between a line and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// A paragraph begins.
    Paragraph,
    /// The line goes on after a space.
    Word,
    /// The line goes on within a word that was broken after its hyphen.
    Hyphen,
    /// The line goes on within a word that was broken and got a hyphen, which goes.
    Broken,
}

/// Least and greatest width of a wrapped page, in characters.
const PAGE: std::ops::RangeInclusive<usize> = 40..=110;

/// How each of `rows` joins the row before it; empty if none does.
pub(super) fn joins(text: &str, rows: &[Row]) -> Vec<Join> {
    let Some(page) = page(text, rows) else { return Vec::new() };
    let mut joins = vec![Join::Paragraph; rows.len()];
    for ((pair, join), number) in rows.windows(2).zip(joins.iter_mut().skip(1)).zip(1..) {
        let [above, below] = pair else { continue };
        if !parts(rows, number) {
            *join = join_of(text, above, below, page);
        }
    }
    part_words(text, rows, &mut joins);
    joins
}

/// Finds the hyphens among `joins` that words got where they were broken; not more than a few, since each costs a search.
fn part_words(text: &str, rows: &[Row], joins: &mut [Join]) {
    const MOST: usize = 32;
    let pairs = rows.windows(2).zip(joins.iter_mut().skip(1));
    for (pair, join) in pairs.filter(|(_, join)| **join == Join::Hyphen).take(MOST) {
        let [above, below] = pair else { continue };
        if hyphen::broken(text, above.of(text), below.of(text)) {
            *join = Join::Broken;
        }
    }
}

/// Whether the layout parts row `number` from the row above: a blank line, or an indent deeper than above.
fn parts(rows: &[Row], number: usize) -> bool {
    let above = number.checked_sub(1).and_then(|n| rows.get(n));
    match (above, rows.get(number)) {
        (Some(above), Some(below)) => below.after_blank || (below.indent >= 2 && below.indent > above.indent),
        _ => true,
    }
}

/// What a wrapped text was wrapped to.
#[derive(Debug, Clone, Copy)]
struct Page {
    /// Width in characters.
    width: usize,
    /// Whether the width alone broke the lines: hardly a next word would have fitted. Subtitles, say, are broken by
    /// sense as well, and a line of theirs that ends a sentence tells nothing about the next.
    by_width: bool,
}

/// The page, if the text is wrapped.
///
/// Three things must hold: at least three of ten breaks go on with a small letter (wrapped English has seven or eight,
/// one-line paragraphs well under one); the lines before those breaks are about as wide as each other; and four of five
/// lines that are broken at all fit the page.
fn page(text: &str, rows: &[Row]) -> Option<Page> {
    let (mut breaks, mut certain) = (Vec::new(), Vec::new());
    for (pair, number) in rows.windows(2).zip(1..) {
        let [above, below] = pair else { continue };
        if parts(rows, number) {
            continue;
        }
        breaks.push(above);
        if goes_on(above.of(text), below.of(text)) {
            certain.push((width(above.of(text)), first_word(below.of(text))));
        }
    }
    if certain.is_empty() || certain.len() * 10 < breaks.len() * 3 {
        return None;
    }
    certain.sort_unstable();
    let median = certain.get(certain.len() / 2)?.0;
    // The widest but for a few: lines that were glued together before are wider than the page.
    let widest = certain.get((certain.len() - 1) * 9 / 10)?.0;
    let alike = PAGE.contains(&median) && PAGE.contains(&widest) && median * 10 >= widest * 7;
    let fits = || breaks.iter().filter(|row| width(row.of(text)) <= widest + SLACK).count();
    let full = || certain.iter().filter(|(width, next)| width + 1 + next > widest).count();
    (alike && fits() * 5 >= breaks.len() * 4)
        .then(|| Page { width: widest, by_width: full() * 10 >= certain.len() * 6 })
}

/// How much wider than the page, in characters, a line may be and still count as broken at its width.
const SLACK: usize = 8;

/// Whether `below` plainly continues the sentence of `above`.
fn goes_on(above: &str, below: &str) -> bool {
    let link = || ["http", "www."].iter().any(|start| below.starts_with(start));
    below.starts_with(char::is_lowercase) && !ends(above) && !link() && !is_table(above) && !is_table(below)
}

fn join_of(text: &str, above: &Row, below: &Row, page: Page) -> Join {
    let (above, below) = (above.of(text), below.of(text));
    if is_table(above) || is_table(below) {
        return Join::Paragraph;
    }
    let hyphenated = above.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic));
    if hyphenated && below.starts_with(char::is_lowercase) {
        return Join::Hyphen;
    }
    let open = !ends(above);
    let marked = below.trim_start_matches(['-', '*', '•', '·', '–', '—', '+', '>']).trim_start();
    if marked.len() < below.len() && !(open && marked.starts_with(char::is_lowercase)) {
        return Join::Paragraph;
    }
    let wide = width(above);
    let full = wide + 1 + first_word(below) > page.width || (open && wide * 10 >= page.width * 7);
    let broken = page.by_width && full && wide <= page.width + SLACK;
    if broken || goes_on(above, below) { Join::Word } else { Join::Paragraph }
}

/// Width of the first word, in characters.
fn first_word(line: &str) -> usize {
    line.split(' ').next().map_or(0, |word| word.chars().count())
}

/// Whether a line ends like a sentence, or announces something.
fn ends(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Width in characters, counted from the last double space: paragraphs that were glued together with two spaces keep
/// their first line's width so.
fn width(line: &str) -> usize {
    let glued = if has_spaces(line) { line.rfind("  ").map_or(0, |at| at + 2) } else { 0 };
    line.get(glued..).unwrap_or(line).chars().count()
}

static TWO_SPACES: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("  "));

/// Whether a line holds several spaces in a row.
fn has_spaces(line: &str) -> bool {
    TWO_SPACES.find(line.as_bytes()).is_some()
}

/// Where a line has its first spaces in a row, or, if it has none, its first tab.
fn gap(line: &str) -> Option<usize> {
    TWO_SPACES.find(line.as_bytes()).or_else(|| memchr::memchr(b'\t', line.as_bytes()))
}

/// Whether a line is a row of a table: two or more gaps of several spaces, other than after a sentence.
fn is_table(line: &str) -> bool {
    let mut gaps = 0;
    let mut rest = line;
    while let Some(at) = gap(rest) {
        gaps += usize::from(!rest.get(..at).is_some_and(ends));
        if gaps == 2 {
            return true;
        }
        rest = rest.get(at..).unwrap_or("").trim_start_matches([' ', '\t']);
    }
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use crate::article::TextField;
    use crate::clean::edit::Log;
    use crate::clean::lines::arrange;

    fn arranged(text: &str) -> String {
        arrange(text, &mut Log::new(TextField::Body, text, false)).unwrap_or_else(|| text.to_owned())
    }

    /// `text` broken into lines of at most `page` characters.
    fn wrap(text: &str, page: usize) -> String {
        let (mut out, mut column) = (String::new(), 0);
        for word in text.split(' ') {
            if column > 0 && column + 1 + word.len() > page {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += word.len();
        }
        out
    }

    const STORY: [&str; 3] = [
        "The harbour board of Port Arden said on Tuesday that the old swing bridge would be closed to lorries from the first of the month, as its bearings were worn and the money for new ones had not been found.",
        "\"We have asked for it three years in a row,\" said the board's chairman, Tomas Brandt, who added that the city and the county had each sent him to the other.",
        "Lorries will have to take the road around the bay, which adds 14 km.",
    ];

    #[test]
    fn wrapped_paragraphs_are_put_together_however_they_are_parted() {
        let whole = STORY.join("\n");
        for page in [58, 64, 72, 80] {
            let wrapped: Vec<String> = STORY.iter().map(|p| wrap(p, page)).collect();
            assert_eq!(arranged(&wrapped.join("\n\n")), whole, "blank lines, {page}");
            assert_eq!(arranged(&wrapped.join("\n    ")), whole, "indents, {page}");
            assert_eq!(
                arranged(&wrapped.join(" \n \n").replace('\n', " \n")),
                whole,
                "trailing spaces, {page}"
            );
        }
    }

    #[test]
    fn headings_lists_and_tables_in_wrapped_text_keep_their_lines() {
        let text = format!(
            "{}\nWHAT IT COSTS\n{}\n- new bearings\n- new motors",
            wrap(STORY[0], 60),
            wrap(STORY[1], 60)
        );
        assert_eq!(
            arranged(&text),
            format!("{}\nWHAT IT COSTS\n{}\n- new bearings\n- new motors", STORY[0], STORY[1])
        );
        let table =
            format!("{}\n\nPort   2023   2024\nArden  12     14\nHolm   3      2", wrap(STORY[0], 60));
        assert_eq!(arranged(&table), format!("{}\nPort 2023 2024\nArden 12 14\nHolm 3 2", STORY[0]));
    }

    #[test]
    fn a_word_broken_at_its_own_hyphen_is_put_together() {
        let text = "The board approved the plan after a long debate on its long-\nterm cost and closed the meeting late in the evening, with no\nvote against.";
        assert!(arranged(text).contains("its long-term cost"));
    }

    #[test]
    fn short_lines_and_one_line_paragraphs_are_left_alone() {
        for text in [
            "roses are red\nviolets are blue\nsugar is sweet",
            "Bridge closed for lorries from the first of the month\nNew motors are to come in the spring of next year",
        ] {
            assert_eq!(arranged(text), text);
        }
        let story = STORY.join("\n");
        assert_eq!(arranged(&story), story);
    }

    proptest! {
        #[test]
        fn wrapping_and_putting_together_are_inverse(words in proptest::collection::vec("[a-z]{2,9}", 40..120), page in 50usize..90) {
            let text = format!("{}.", words.join(" "));
            prop_assert_eq!(arranged(&wrap(&text, page)), text);
        }
    }
}
