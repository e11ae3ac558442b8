//! A run: the terms of some articles that follow each other, sorted, with their places; in memory or in a file.
//!
//! A segment with more articles than memory has room for is made of several, each sorted by itself and put into a file,
//! and merged when it is written ([`super::merge`]). A run is a row of terms:
//!
//! | | |
//! |---|---|
//! | the field | one byte; [`END`] behind the last term |
//! | the term | bytes shared with the one before, further bytes: two numbers; these bytes |
//! | articles | how many hold it: a number |
//! | to each | a number: how far behind the one before, times 2, and 1 more if the term stands there more than once; then, a number again, how often |
//! | to each place | a number: how far behind the one before; only in fields with positions |
//!
//! Numbers are of variable length. Articles count from 0 in the segment, places from 0 in the article. Runs live no longer than their writer,
//! so nobody else ever reads them.

use std::io::{self, BufWriter, Cursor, Read, Seek as _, Write};
use std::path::Path;

use super::log::{BLOCK, Cell, Log, Place};
use super::numbers::push_number;
use super::reader::Reader;
use super::vocabulary::{TermNumber, Vocabulary};
use crate::index::disk::scratch::Scratch;

/// Stands for a field where no term follows.
pub(super) const END: u8 = u8::MAX;
/// Bytes read or written at once.
pub(super) const BUFFER: usize = 128 << 10;

/// What a run is made of: terms as they come in.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) vocabulary: Vocabulary,
    pub(super) log: Log,
    pub(super) place: Place,
    /// To each block of positions its article, and the position that it begins with.
    pub(super) blocks: Vec<(u32, u32)>,
}

impl Notes {
    /// About how much memory they take.
    pub(super) fn memory(&self) -> usize {
        self.vocabulary.memory() + self.log.memory() + self.blocks.len() * size_of::<(u32, u32)>()
    }

    /// Begins an article.
    pub(super) fn article(&mut self, article: u32) {
        self.log.article();
        self.place.begin_article();
        self.blocks.push((article, 0));
    }

    /// Gives the blocks past the first to the article that needed them.
    pub(super) fn close_article(&mut self) {
        let Some((article, base)) = self.blocks.last().copied() else { return };
        let needed = self.place.blocks() as usize - self.blocks.len();
        self.blocks.extend((1..).take(needed).map(|block: u32| (article, base + block * BLOCK)));
    }

    /// The places of all terms, those of each together, in the order of `order`.
    fn places(&self, order: &[TermNumber]) -> Vec<Cell> {
        let mut ends = vec![0; self.vocabulary.len()];
        let mut end = 0;
        for term in order {
            if let Some(at) = ends.get_mut(*term as usize) {
                *at = end;
            }
            end += self.vocabulary.times(*term);
        }
        let mut cells = vec![0; end as usize];
        self.log.each(|term, cell| {
            if let Some(end) = ends.get_mut(term as usize)
                && let Some(place) = cells.get_mut(*end as usize)
            {
                *place = cell;
                *end += 1;
            }
        });
        cells
    }

    /// Writes the run; `positions` says of each field whether it has them.
    pub(super) fn write(self, positions: &[bool], out: &mut impl Write) -> io::Result<()> {
        let order = self.vocabulary.in_order();
        let cells = self.places(&order);
        let Self { vocabulary, log, blocks, .. } = self;
        drop(log);
        let (mut head, mut body) = (Vec::new(), Vec::new());
        let (mut rest, mut before): (_, &[u8]) = (cells.as_slice(), &[]);
        for term in order {
            let Some((places, after)) = rest.split_at_checked(vocabulary.times(term) as usize) else { break };
            let (field, bytes) = (vocabulary.field(term), vocabulary.term(term));
            let with = positions.get(usize::from(field)).copied().unwrap_or(false);
            body.clear();
            let articles = encode(places, &blocks, with, &mut body);
            let shared = before.iter().zip(bytes).take_while(|(a, b)| a == b).count();
            let new = bytes.get(shared..).unwrap_or_default();
            head.clear();
            head.push(field);
            push_number(&mut head, u32::try_from(shared).unwrap_or(0));
            push_number(&mut head, u32::try_from(new.len()).unwrap_or(0));
            head.extend_from_slice(new);
            push_number(&mut head, articles);
            out.write_all(&head)?;
            out.write_all(&body)?;
            (rest, before) = (after, bytes);
        }
        out.write_all(&[END])
    }
}

/// Writes the articles and places of a term; gives the number of articles.
fn encode(cells: &[Cell], blocks: &[(u32, u32)], positions: bool, out: &mut Vec<u8>) -> u32 {
    let block = |cell: Cell| blocks.get((cell >> 16) as usize).copied().unwrap_or_default();
    let (mut articles, mut before) = (0, 0);
    let mut rest = cells;
    while let Some(first) = rest.first() {
        let (article, _) = block(*first);
        let same = |cell: &Cell| cell >> 16 == first >> 16 || block(*cell).0 == article;
        let times = rest.iter().take_while(|cell| same(cell)).count();
        let (here, after) = rest.split_at(times);
        push_number(out, (article - before) << 1 | u32::from(times > 1));
        if times > 1 {
            push_number(out, u32::try_from(times).unwrap_or(u32::MAX));
        }
        if positions {
            let mut last = 0;
            for cell in here {
                let position = block(*cell).1 + (cell & (BLOCK - 1));
                push_number(out, position - last);
                last = position;
            }
        }
        (rest, before) = (after, article);
        articles += 1;
    }
    articles
}

/// A run that is written.
pub(super) enum Run {
    Memory(Vec<u8>),
    File(Scratch),
}

impl Run {
    /// Writes a run to memory.
    pub(super) fn in_memory(notes: Notes, positions: &[bool]) -> io::Result<Self> {
        let mut bytes = Vec::with_capacity(notes.log.memory());
        notes.write(positions, &mut bytes)?;
        Ok(Self::Memory(bytes))
    }

    /// Writes a run to a file without a name in `directory`, which is gone when nobody has it open any more.
    pub(super) fn in_file(notes: Notes, positions: &[bool], directory: &Path) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(BUFFER, Scratch::new(directory)?);
        notes.write(positions, &mut out)?;
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Self::File(file))
    }

    /// Reads it from its first term on.
    pub(super) fn read(self) -> io::Result<Reader> {
        let input: Box<dyn Read + Send> = match self {
            Self::Memory(bytes) => Box::new(Cursor::new(bytes)),
            Self::File(file) => Box::new(file),
        };
        Reader::new(input, BUFFER)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::index::stream::Term;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Articles of steps between terms: the first field has positions, the second none.
    type Articles = Vec<Vec<(u8, String, u32)>>;

    fn articles() -> impl Strategy<Value = Articles> {
        let step = prop_oneof![9 => 1u32..4, 1 => 60_000u32..140_000];
        let term = (0u8..2, "[ab]{1,3}|[a-c]{7,10}|x{300}", step);
        prop::collection::vec(prop::collection::vec(term, 0..20), 0..12)
    }

    type Found = BTreeMap<(u8, Vec<u8>), Vec<(u32, Vec<u32>)>>;

    /// What the run says, beside what a plain reading of the articles says.
    fn written(articles: &Articles, file: bool) -> (Found, Found) {
        const FIRST: u32 = 7;
        let (mut notes, mut expected) = (Notes::default(), Found::new());
        for (article, terms) in (FIRST..).zip(articles) {
            notes.article(article);
            for field in 0..2 {
                notes.log.field();
                notes.place.begin_field();
                let mut next = 0;
                for (_, term, step) in terms.iter().filter(|(of, _, _)| *of == field) {
                    let number = notes.vocabulary.count(field, Term::new(term.as_bytes()), 1);
                    notes.log.term(number, *step);
                    notes.place.advance(*step);
                    next += step;
                    let places = expected.entry((field, term.clone().into_bytes())).or_default();
                    match places.last_mut() {
                        Some((last, places)) if *last == article => places.push(next - 1),
                        _ => places.push((article, vec![next - 1])),
                    }
                }
            }
            notes.close_article();
        }
        let positions = [true, false];
        let run = if file {
            Run::in_file(notes, &positions, &std::env::temp_dir()).unwrap()
        } else {
            Run::in_memory(notes, &positions).unwrap()
        };
        let (mut reader, mut found, mut deltas) = (run.read().unwrap(), Found::new(), Vec::new());
        let mut before = None;
        while reader.field() != END {
            let key = (reader.field(), reader.key().2.to_vec());
            assert!(before.as_ref().is_none_or(|before| *before < key));
            let mut places = Vec::new();
            for _ in 0..reader.articles() {
                let (article, times) = reader.article(key.0 == 0, &mut deltas).unwrap();
                if key.0 == 0 {
                    let sums = deltas.iter().scan(0, |sum, delta| {
                        *sum += delta;
                        Some(*sum)
                    });
                    places.push((article, sums.collect()));
                } else {
                    places.push((article, vec![0; times as usize]));
                }
            }
            found.insert(key.clone(), places);
            before = Some(key);
            reader.advance().unwrap();
        }
        let without = expected.iter_mut().filter(|((field, _), _)| *field == 1);
        without.flat_map(|(_, places)| places).for_each(|(_, places)| places.fill(0));
        (found, expected)
    }

    proptest! {
        #[test]
        fn terms_come_out_sorted_with_their_articles_and_places(articles in articles(), file: bool) {
            let (found, expected) = written(&articles, file);
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn more_than_is_read_at_once_comes_out_too() {
        let term = |n: u32| (0, format!("{:0>300}", n % 1500), 1 + n % 2);
        let articles = (0..40).map(|a| (0..200).map(|n| term(a * 37 + n)).collect()).collect();
        for file in [true, false] {
            let (found, expected) = written(&articles, file);
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_run_that_ends_early_is_an_error() {
        let mut notes = Notes::default();
        notes.article(0);
        let number = notes.vocabulary.count(0, Term::new(b"bridge"), 1);
        notes.log.term(number, 1);
        notes.close_article();
        let Run::Memory(bytes) = Run::in_memory(notes, &[true]).unwrap() else { panic!("it is in memory") };
        for len in 0..bytes.len() {
            let read = Run::Memory(bytes.get(..len).unwrap().to_vec()).read();
            let mut deltas = Vec::new();
            let end = read.and_then(|mut reader| {
                for _ in 0..reader.articles() {
                    reader.article(true, &mut deltas)?;
                }
                reader.advance()
            });
            assert!(end.is_err(), "{len}");
        }
    }
}
