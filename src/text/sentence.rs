//! Cuts a text into paragraphs and sentences.

use crate::article::Span;

/// The paragraphs of `text`: its lines, without their line ends; empty lines are left out. Byte spans of `text`.
pub fn paragraphs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.filter_map(move |end| {
        let span = Span::new(at, end);
        at = end + 1;
        (!span.of(text).trim_start().is_empty()).then_some(span)
    })
}

/// The sentences of `text`, in order: byte spans without the white space around them. A sentence never crosses a
/// line end.
///
/// A full stop ends a sentence unless it belongs to an abbreviation or an initial, or what follows does not look like
/// a beginning.
///
/// ```
/// use dateline::text::sentences;
/// let text = "Gen. Lee met U.S. officials. “It went well.” He left.";
/// let cut: Vec<_> = sentences(text).map(|s| s.of(text)).collect();
/// assert_eq!(cut, ["Gen. Lee met U.S. officials.", "“It went well.”", "He left."]);
/// ```
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, at: 0, line_end: 0, wide: false }
}

/// Iterator over the sentences of a text; see [`sentences`].
#[derive(Debug, Clone)]
pub struct Sentences<'a> {
    text: &'a str,
    at: usize,
    /// Where the line ends that the last sentence stood in: every line end is looked for once.
    line_end: usize,
    /// Whether the line may have end marks that are followed by no space.
    wide: bool,
}

/// End marks that need no space after them: those of East Asia, Arabic, Urdu, India, Burma and Cambodia.
const WIDE_ENDS: [char; 9] = ['。', '！', '？', '｡', '؟', '۔', '।', '။', '។'];
/// The first bytes of [`WIDE_ENDS`] in UTF-8. That of curly quotes and dashes is another.
const WIDE_BYTES: [[u8; 3]; 2] = [[0xE3, 0xEF, 0xE0], [0xE1, 0xD8, 0xDB]];

/// Words before a full stop that does not end the sentence, lower case; a capitalised word follows them.
const ABBREVIATIONS: &[&str] = &[
    "adm", "al", "apr", "art", "assoc", "atty", "aug", "ave", "brig", "bros", "capt", "cf", "cmdr", "co",
    "col", "corp", "cpl", "dec", "dept", "det", "dist", "dr", "drs", "ed", "eg", "est", "etc", "feb", "fig",
    "ft", "gen", "gov", "govs", "hon", "ie", "inc", "insp", "jan", "jr", "jul", "jun", "lt", "ltd", "maj",
    "mar", "messrs", "mfg", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "oct", "op", "pfc", "ph", "pp",
    "pres", "prof", "pvt", "rep", "reps", "rev", "sec", "sen", "sens", "sep", "sept", "sgt", "spc", "sr",
    "st", "supt", "univ", "viz", "vol", "vs",
];

/// Words that open a sentence after an acronym: "in the U.S. The", not "the U.S. Senate".
const OPENERS: &[&str] = &[
    "A",
    "After",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "But",
    "By",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Last",
    "Many",
    "Meanwhile",
    "Mr",
    "Mrs",
    "Ms",
    "No",
    "Now",
    "On",
    "One",
    "Others",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "To",
    "Two",
    "Under",
    "We",
    "What",
    "When",
    "While",
    "With",
    "You",
];

impl Iterator for Sentences<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + (rest.len() - rest.trim_start().len());
        if start >= self.text.len() {
            return None;
        }
        if start >= self.line_end {
            let rest = self.text.as_bytes().get(start..)?;
            self.line_end = memchr::memchr(b'\n', rest).map_or(self.text.len(), |n| start + n);
            let line = self.text.as_bytes().get(start..self.line_end)?;
            self.wide = !line.is_ascii()
                && WIDE_BYTES.iter().any(|[a, b, c]| memchr::memchr3(*a, *b, *c, line).is_some());
        }
        let line_end = self.line_end;
        let mut at = start;
        let mut wide_end = false;
        while let Some((mark, past)) = self.next_mark(at, line_end) {
            if past > mark + 1 {
                at = self.after_closers(past, line_end);
                wide_end = true;
                break;
            }
            let end = self.after_closers(mark + 1, line_end);
            at = end.max(mark + 1);
            if end >= line_end || self.ends_sentence(start, mark, end) {
                break;
            }
            if at >= line_end {
                break;
            }
        }
        let ended = at > start && at < line_end && (wide_end || self.breaks_at(at));
        let end = if ended { at } else { line_end };
        self.at = if end == line_end { (line_end + 1).min(self.text.len()) } else { end };
        let sentence = self.text.get(start..end)?.trim_end();
        Some(Span::new(start, start + sentence.len()))
    }
}

impl Sentences<'_> {
    /// Where the first end mark stands at `at` or after it, and the offset after it.
    fn next_mark(&self, at: usize, line_end: usize) -> Option<(usize, usize)> {
        if self.wide {
            let rest = self.text.get(at..line_end)?;
            let is_end = |c: char| matches!(c, '.' | '!' | '?') || WIDE_ENDS.contains(&c);
            let (n, mark) = rest.char_indices().find(|(_, c)| is_end(*c))?;
            return Some((at + n, at + n + mark.len_utf8()));
        }
        let n = memchr::memchr3(b'.', b'!', b'?', self.text.as_bytes().get(at..line_end)?)?;
        Some((at + n, at + n + 1))
    }

    /// The offset after further end marks, closing quotes and brackets that stand at `at`.
    #[inline]
    fn after_closers(&self, at: usize, line_end: usize) -> usize {
        // Mostly a space follows an end mark, or the next letter of an acronym.
        match self.text.as_bytes().get(at) {
            Some(byte) if at < line_end && (*byte == b' ' || byte.is_ascii_alphanumeric()) => at,
            _ => self.after_some_closers(at, line_end),
        }
    }

    fn after_some_closers(&self, at: usize, line_end: usize) -> usize {
        let rest = self.text.get(at..line_end).unwrap_or("");
        let kept = rest.trim_start_matches(['.', '!', '?', '"', '\'', '”', '’', '»', ')', ']', '…']);
        let kept = if self.wide { rest.trim_start_matches(closes_widely) } else { kept };
        at + (rest.len() - kept.len())
    }

    fn breaks_at(&self, at: usize) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.starts_with(char::is_whitespace))
    }

    /// Whether the end mark at `mark`, with its closers up to `end`, ends the sentence that began at `start`.
    fn ends_sentence(&self, start: usize, mark: usize, end: usize) -> bool {
        let (Some(before), Some(after)) = (self.text.get(start..mark), self.text.get(end..)) else {
            return false;
        };
        if !after.starts_with(char::is_whitespace) {
            return false;
        }
        let next = without_space(after);
        let opens = match next.as_bytes().first() {
            Some(byte) if byte.is_ascii_alphanumeric() => next,
            _ => next.trim_start_matches(['"', '\'', '“', '‘', '«', '(', '[', '-', '–', '—', ' ']),
        };
        let Some(first) = opens.chars().next() else { return true };
        if first.is_lowercase() {
            return false;
        }
        if self.text.as_bytes().get(mark) != Some(&b'.') || end > mark + 1 {
            return true;
        }
        let word = last_word(before);
        let opener = || {
            let opener = opens.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            OPENERS.binary_search(&opener).is_ok()
        };
        if word.contains('.') {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            if letters <= 5 && word.split('.').all(|part| part.chars().count() <= 2) {
                return opener() || next.len() != opens.len();
            }
        }
        let mut chars = word.chars();
        if let (Some(letter), None) = (chars.next(), chars.next())
            && letter.is_alphabetic()
            && letter != 'I'
        {
            return false;
        }
        if !is_abbreviation(word) {
            return true;
        }
        let numbered = word.eq_ignore_ascii_case("no") || word.eq_ignore_ascii_case("nos");
        (numbered && !first.is_numeric()) || (word == "Co" || word == "Inc") && opener()
    }
}

/// `text` without the white space before it.
#[inline]
fn without_space(text: &str) -> &str {
    match text.as_bytes() {
        // As nearly always: one space, and a letter.
        [b' ', next, ..] if next.is_ascii_alphanumeric() => text.get(1..).unwrap_or(""),
        _ => text.trim_start(),
    }
}

/// What stands behind the last white space, quotation mark, opening bracket, dash or slash of `text`.
#[inline]
fn last_word(text: &str) -> &str {
    let parts =
        |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'\x0b' | b'(' | b'"' | b'\'' | b'-' | b'/');
    for (at, byte) in text.bytes().enumerate().rev() {
        if !byte.is_ascii() {
            let parts = |c: char| c.is_whitespace() || "(\"'“‘-–—/".contains(c);
            return text.rsplit(parts).next().unwrap_or("");
        }
        if parts(byte) {
            return text.get(at + 1..).unwrap_or("");
        }
    }
    text
}

/// Whether a word, in any case, is one of [`ABBREVIATIONS`].
#[inline]
fn is_abbreviation(word: &str) -> bool {
    if word.len() > LONGEST_ABBREVIATION {
        return false;
    }
    ABBREVIATION_LETTERS.binary_search(&letters_of(word.as_bytes())).is_ok()
}

/// The longest of [`ABBREVIATIONS`], in bytes.
const LONGEST_ABBREVIATION: usize = 6;

/// [`ABBREVIATIONS`] as [`letters_of`] has them.
static ABBREVIATION_LETTERS: [u64; ABBREVIATIONS.len()] = {
    let (mut letters, mut at) = ([0; ABBREVIATIONS.len()], 0);
    while at < letters.len() {
        assert!(ABBREVIATIONS[at].len() <= LONGEST_ABBREVIATION, "an abbreviation is longer");
        letters[at] = letters_of(ABBREVIATIONS[at].as_bytes());
        at += 1;
    }
    letters
};

/// The bytes of a word of up to [`LONGEST_ABBREVIATION`] in lower case, and how many they are, as one number: such numbers are in
/// order as the words are.
const fn letters_of(word: &[u8]) -> u64 {
    let (mut letters, mut at) = (0, 0);
    while at < 7 {
        letters <<= 8;
        if at < word.len() {
            letters |= word[at].to_ascii_lowercase() as u64;
        }
        at += 1;
    }
    letters << 8 | word.len() as u64
}

/// What may follow an end mark and belongs to its sentence, in lines of whatever script.
fn closes_widely(c: char) -> bool {
    let plain = matches!(c, '.' | '!' | '?' | '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '…');
    plain || matches!(c, '」' | '』' | '）' | '】' | '》') || WIDE_ENDS.contains(&c)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).map(|s| s.of(text)).collect()
    }

    #[test]
    fn the_table_of_abbreviations_is_sorted() {
        assert!(ABBREVIATIONS.is_sorted() && ABBREVIATION_LETTERS.is_sorted() && OPENERS.is_sorted());
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_eq!(
            cut("Sen. J. Doe spoke at No. 10 on Jan. 5. Then he left."),
            ["Sen. J. Doe spoke at No. 10 on Jan. 5.", "Then he left."]
        );
        assert_eq!(cut("He said no. Nobody moved."), ["He said no.", "Nobody moved."]);
    }

    #[test]
    fn an_acronym_ends_a_sentence_only_before_an_opening_word() {
        assert_eq!(
            cut("She left the U.S. The U.S. Senate met at 5 p.m. on Friday."),
            ["She left the U.S.", "The U.S. Senate met at 5 p.m. on Friday."]
        );
    }

    #[test]
    fn figures_and_quotes_stay_whole() {
        assert_eq!(
            cut("Prices rose 3.5%. \"Why?\" he asked. “No!” She left."),
            ["Prices rose 3.5%.", "\"Why?\" he asked.", "“No!”", "She left."]
        );
    }

    #[test]
    fn end_marks_of_other_scripts_need_no_space() {
        assert_eq!(
            cut("橋は閉鎖された。「なぜ？」彼は聞いた。"),
            ["橋は閉鎖された。", "「なぜ？」", "彼は聞いた。"]
        );
        assert_eq!(cut("大桥关闭了！6月重开。 3.5公里"), ["大桥关闭了！", "6月重开。", "3.5公里"]);
        assert_eq!(cut("पुल बंद है। वह जून में खुलेगा।"), ["पुल बंद है।", "वह जून में खुलेगा।"]);
        assert_eq!(cut("هل الجسر مغلق؟ نعم. لا"), ["هل الجسر مغلق؟", "نعم.", "لا"]);
        assert_eq!(cut("다리가 닫혔다. 6월에 열린다."), ["다리가 닫혔다.", "6월에 열린다."]);
    }

    #[test]
    fn lines_end_sentences() {
        assert_eq!(cut("No stop here\n\nNext one."), ["No stop here", "Next one."]);
        assert_eq!(paragraphs("a\n\n b\n").map(|p| p.start).collect::<Vec<_>>(), [0, 3]);
    }

    #[test]
    fn a_long_line_takes_time_in_proportion_to_its_length() {
        let time = |repeats: usize| {
            let text = "Mr Smith said 400 people in Iran lost $5 million. ".repeat(repeats);
            let started = std::time::Instant::now();
            assert_eq!(sentences(&text).count(), repeats);
            started.elapsed().as_secs_f64()
        };
        let (short, long) = (time(5_000).max(0.001), time(40_000));
        assert!(long < short * 40.0, "8 times the text took {:.0} times as long", long / short);
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_lost_between_sentences(text in "[A-Za-z .!?\"”\n0-9]{0,80}|[橋は。！？」a. ]{0,40}|\\PC{0,40}") {
            let mut last = 0;
            for sentence in sentences(&text) {
                prop_assert!(sentence.start as usize >= last);
                prop_assert!(text.get(last..sentence.start as usize).unwrap().trim().is_empty());
                prop_assert!(!sentence.of(&text).is_empty());
                last = sentence.end as usize;
            }
            prop_assert!(text.get(last..).unwrap().trim().is_empty());
        }
    }
}
