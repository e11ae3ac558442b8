//! Cuts a text into chunks: capitalised words and what stands between them. Only chunks are tagged.

use super::word::{Gap, Shape, Word, is_connector, is_particle};
use crate::extract::lookup::{Lookup, Styles, each_wanted};
use crate::extract::person::lexicon::{Flags, flags_of_hash};
use crate::extract::person::line::Style;
use crate::text::Token;
use crate::text::word_hash::word_hash;

/// The most tokens of a chunk.
pub(super) const LONGEST: usize = 30;

/// How many tokens lie between two capitals of one chunk at most, and one.
const FURTHEST: usize = 4;

/// Neighbouring tokens that may be one name or hold several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    /// Its first token.
    pub(super) first: usize,
    /// The token after its last one.
    pub(super) end: usize,
    pub(super) style: Style,
}

/// A text as the tagger sees it.
pub(super) struct Chunks<'a> {
    pub(super) lookup: &'a Lookup<'a>,
    /// One for each token; all zero far from chunks.
    pub(super) words: Vec<Word>,
    pub(super) list: Vec<Chunk>,
    /// A bit for each hash of a word in lower case, by some bits of it.
    lower: Vec<u64>,
}

impl<'a> Chunks<'a> {
    pub(super) fn of(lookup: &'a Lookup<'a>, open: &[usize]) -> Self {
        let text = lookup.text;
        let mut this = Self {
            lookup,
            words: vec![Word::default(); text.tokens.len()],
            list: Vec::with_capacity(lookup.capitalised().len() / 2),
            lower: vec![0; 256],
        };
        this.cut(open);
        this.note_lower();
        this
    }

    /// Notes which words of the chunks the text may have in lower case, too.
    fn note_lower(&mut self) {
        let text = self.lookup.text;
        let bytes = text.text.as_bytes();
        // By first letter, a bit for each length: most other words are told by these.
        let mut lengths = [0_u64; 32];
        for chunk in &self.list {
            for token in (chunk.first..chunk.end).filter(|token| self.words[*token].capital) {
                let word = text.word(token).as_bytes();
                if let Some(letters) = word.first().and_then(|first| lengths.get_mut(usize::from(first & 31)))
                {
                    *letters |= 1 << (word.len() & 63);
                }
            }
        }
        if self.list.is_empty() {
            return;
        }
        let (words, lower) = (&self.words, &mut self.lower);
        let alike = |token: &Token| {
            let first = bytes.get(token.span.start as usize).copied().unwrap_or(b' ');
            let in_length = lengths[usize::from(first & 31)] >> (token.span.len() & 63) & 1 == 1;
            first.is_ascii_lowercase() & in_length
        };
        each_wanted(text.tokens, alike, |at| {
            let known = words[at].hash;
            let (cell, bit) = place(if known == 0 { word_hash(text.word(at)) } else { known });
            lower[cell] |= bit;
        });
    }

    /// Whether the text may have the word in lower case, too.
    pub(super) fn is_lower(&self, hash: u64) -> bool {
        let (cell, bit) = place(hash);
        self.lower[cell] & bit != 0
    }

    /// The word at `token`, which is seen once it is asked for.
    fn see(&mut self, token: usize) -> Word {
        let text = self.lookup.text;
        let Some(known) = self.words.get(token).copied() else { return Word::NONE };
        if known.shape != Shape::Lower || known.gap != Gap::None {
            return known;
        }
        let surface = text.word(token);
        let hash = self.lookup.hash(token);
        let flags =
            if self.lookup.is_capitalised(token) { self.lookup.flags(token) } else { flags_of_hash(hash) };
        let shape = if self.lookup.is_plain(token) { Shape::Capitalised } else { Shape::of(surface) };
        let capital = self.lookup.is_capitalised(token) || shape == Shape::Camel;
        let gap = if token + 1 == text.tokens.len() {
            Gap::Line
        } else if text.is_spaced(token) {
            Gap::Space
        } else {
            let between = text.gap(token);
            match Gap::of(between) {
                Gap::Stop
                    if capital && matches!(between, ". " | ".") && is_abbreviated(surface, shape, flags) =>
                {
                    Gap::Abbreviation
                }
                Gap::None => Gap::Other,
                gap => gap,
            }
        };
        let word = Word { hash, flags, shape, gap, capital };
        self.words[token] = word;
        word
    }

    fn cut(&mut self, mut open: &[usize]) {
        let lookup = self.lookup;
        let mut styles = lookup.styles();
        let mut next = 0;
        for cluster in lookup.capitalised().chunk_by(|a, b| b - a <= FURTHEST) {
            let beyond = cluster.last().map_or(0, |last| last + 1);
            let (own, others) = open.split_at(open.partition_point(|at| *at < beyond));
            open = others;
            if !own.is_empty() {
                next = self.cut_cluster(cluster, own, next, &mut styles);
            }
        }
    }

    fn cut_cluster(
        &mut self,
        cluster: &[usize],
        mut open: &[usize],
        mut next: usize,
        styles: &mut Styles<'_>,
    ) -> usize {
        for &at in cluster {
            if at < next {
                continue;
            }
            let style = styles.at(at);
            let (first, end) = (self.first_of(at, next), self.end_of(at));
            next = end;
            let (own, others) = open.split_at(open.partition_point(|at| *at < end));
            open = others;
            if own.is_empty() {
                continue;
            }
            for token in first.saturating_sub(2)..(end + 2).min(self.words.len()) {
                self.see(token);
            }
            if !self.is_dull(first, end) && !self.is_in_address(first) {
                self.list.push(Chunk { first, end, style });
            }
        }
        next
    }

    /// The first token of the chunk whose first capital is at `at`: particles in lower case may stand before it.
    fn first_of(&mut self, at: usize, free: usize) -> usize {
        let mut first = at;
        while let Some(before) = first.checked_sub(1).filter(|n| *n >= free && at - n <= 2) {
            if !self.see(before).gap.joins() || !is_particle(self.lookup.text.word(before)) {
                break;
            }
            first = before;
        }
        first
    }

    /// The token after the chunk that has a capital at `at`.
    fn end_of(&mut self, at: usize) -> usize {
        let text = self.lookup.text;
        let mut end = at + 1;
        while end < self.words.len() && end - at < LONGEST {
            let last = self.see(end - 1);
            if !last.gap.joins() {
                break;
            }
            let word = self.see(end);
            let goes_on = word.capital
                || (last.capital && word.shape == Shape::Digits && word.gap != Gap::Hyphen)
                || (last.capital && end - at >= 2 && is_syllable(text.word(end), last.gap, word));
            if goes_on {
                end += 1;
                continue;
            }
            let mut over = end;
            while over < end + 3 && is_connector(text.word(over)) && self.see(over).gap.joins() {
                over += 1;
            }
            if over == end || !self.see(over).capital {
                break;
            }
            end = over + 1;
        }
        end
    }

    /// Whether the token is part of a web or mail address.
    fn is_in_address(&self, token: usize) -> bool {
        let text = self.lookup.text;
        let start = text.tokens.get(token).map_or(0, |token| token.span.start as usize);
        let before = start.checked_sub(1).and_then(|n| text.text.as_bytes().get(n));
        matches!(before, Some(b'/' | b'@' | b'#' | b'=' | b'_' | b'&'))
    }

    /// Whether a chunk of one word names nobody, whatever stands around it: "The", "Monday", "French".
    fn is_dull(&self, first: usize, end: usize) -> bool {
        let word = self.words[first];
        end == first + 1
            && word.shape != Shape::Initial
            && (word.flags.has(Flags::STOP) || word.flags.has(Flags::COUNTRY))
            && !word.flags.has(Flags::FIRST | Flags::LAST)
    }
}

/// Where the bit of a hash stands.
fn place(hash: u64) -> (usize, u64) {
    (usize::try_from(hash >> 8 & 255).unwrap_or(0), 1 << (hash >> 32 & 63))
}

/// Whether the full stop after the word is its own.
fn is_abbreviated(word: &str, shape: Shape, flags: Flags) -> bool {
    (shape == Shape::Initial && word.len() <= 2)
        || (word.len() <= 5 && flags.has(Flags::TITLE | Flags::SUFFIX))
        || matches!(word, "St" | "Mt" | "Md" | "Bros" | "Ft")
}

/// Words after a hyphen that are no syllable of a given name: "Obama-led", "Merkel-era".
const AFTER_HYPHEN: &[&str] = &[
    "age", "area", "backed", "based", "born", "class", "era", "free", "held", "led", "level", "like",
    "listed", "long", "made", "old", "only", "owned", "run", "size", "style", "time", "type", "wide", "wing",
    "year",
];

/// Whether the word is the second syllable of a given name: "Kim Jong-un".
fn is_syllable(surface: &str, gap: Gap, word: Word) -> bool {
    gap == Gap::Hyphen
        && word.shape == Shape::Lower
        && surface.len() <= 6
        && (surface.len() <= 2 || !word.flags.has(Flags::COMMON | Flags::ROLE | Flags::STOP))
        && !AFTER_HYPHEN.contains(&surface)
}

/// The words of a chunk, for tests and errors.
#[cfg(test)]
pub(super) fn shown(text: &crate::extract::Text<'_>, chunk: Chunk) -> String {
    (chunk.first..chunk.end).map(|n| text.word(n)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::TextField;
    use crate::extract::Text;

    fn chunks(text: &str) -> Vec<String> {
        let tokens: Vec<_> = crate::text::tokens(text).collect();
        let text = Text { field: TextField::Body, text, tokens: &tokens };
        let lookup = Lookup::new(&text);
        Chunks::of(&lookup, lookup.capitalised()).list.iter().map(|chunk| shown(&text, *chunk)).collect()
    }

    #[test]
    fn names_stay_whole_and_sentences_part() {
        assert_eq!(
            chunks("Mr. J. Lee of the Harbour Bank met Ursula von der Heide. Kim Jong-un did not."),
            ["Mr J Lee of the Harbour Bank", "Ursula von der Heide", "Kim Jong un"]
        );
        assert_eq!(chunks("The ferry left on Monday. van Dijk stayed."), ["van Dijk"]);
    }
}
