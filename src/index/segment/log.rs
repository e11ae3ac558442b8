//! All terms of a segment under construction in the order in which they came, two or three bytes each.
//!
//! A term is a variable-length integer: its number, and in the lowest two bits how far it stands behind the one before:
//! at the same position, at the next, or farther, by a second integer. The fourth way says that an article or a field begins.

use super::numbers::{LONGEST_NUMBER, push_number, take_number};
use super::vocabulary::TermNumber;

const SAME: u32 = 0;
const NEXT: u32 = 1;
const FAR: u32 = 2;
const BEGIN: u32 = 3;
/// What begins.
const ARTICLE: u32 = 0;
const FIELD: u32 = 1;

/// Bytes of a piece of the log. Pieces are never moved, so a growing log costs no copies.
const PIECE: usize = 1 << 20;
/// The most bytes that one entry takes.
const LONGEST: usize = 2 * LONGEST_NUMBER;

/// The log.
#[derive(Debug, Default)]
pub(super) struct Log {
    pieces: Vec<Vec<u8>>,
}

impl Log {
    /// An article begins.
    pub(super) fn article(&mut self) {
        self.push(ARTICLE << 2 | BEGIN, None);
    }

    /// A field of the article begins.
    pub(super) fn field(&mut self) {
        self.push(FIELD << 2 | BEGIN, None);
    }

    /// A term stands `step` positions behind the one before in its field; the first at position 0 one behind nothing.
    #[inline]
    pub(super) fn term(&mut self, number: TermNumber, step: u32) {
        match step {
            0 => self.push(number << 2 | SAME, None),
            1 => self.push(number << 2 | NEXT, None),
            _ => self.push(number << 2 | FAR, Some(step)),
        }
    }

    /// How long it is, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.pieces.iter().map(Vec::len).sum()
    }

    #[inline]
    fn push(&mut self, code: u32, step: Option<u32>) {
        let piece = match self.pieces.last_mut() {
            Some(piece) if piece.len() + LONGEST <= PIECE => piece,
            _ => {
                self.pieces.push(Vec::with_capacity(PIECE));
                let Some(piece) = self.pieces.last_mut() else { return };
                piece
            }
        };
        push_number(piece, code);
        if let Some(step) = step {
            push_number(piece, step);
        }
    }

    /// Gives every term with the cell that it stands in; `cells` has the limits of articles and blocks of positions.
    pub(super) fn each(&self, mut give: impl FnMut(TermNumber, Cell)) {
        let mut place = Place::default();
        for piece in &self.pieces {
            let mut rest = piece.as_slice();
            while let Some(code) = take_number(&mut rest) {
                let number = code >> 2;
                let step = match code & 3 {
                    BEGIN if number == ARTICLE => {
                        place.begin_article();
                        continue;
                    }
                    BEGIN => {
                        place.begin_field();
                        continue;
                    }
                    FAR => take_number(&mut rest).unwrap_or(1),
                    step => step,
                };
                give(number, place.advance(step));
            }
        }
    }
}

/// Where a term stands: a block of 65,536 positions of an article, and the position in it. The high half is the block's
/// number: articles have one each, very long ones several.
pub(super) type Cell = u32;

/// Positions of a block.
pub(super) const BLOCK: u32 = 1 << 16;

/// Blocks counted off while a log is written or read.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Place {
    /// The first block past those of all articles before, and past those that the present one has needed.
    free: u32,
    first: u32,
    block: u32,
    /// The position, plus one, from the first of the block.
    next: u32,
}

impl Place {
    pub(super) fn begin_article(&mut self) {
        self.first = self.free;
        self.free += 1;
        self.begin_field();
    }

    pub(super) fn begin_field(&mut self) {
        (self.block, self.next) = (self.first, 0);
    }

    /// Moves `step` positions on.
    #[inline]
    pub(super) fn advance(&mut self, step: u32) -> Cell {
        self.next += step;
        while self.next > BLOCK {
            self.next -= BLOCK;
            self.block += 1;
            self.free = self.free.max(self.block + 1);
        }
        self.block << 16 | self.next.saturating_sub(1)
    }

    /// How many blocks have been needed so far.
    pub(super) fn blocks(&self) -> u32 {
        self.free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn terms_come_back_in_their_places(
            articles in prop::collection::vec(
                prop::collection::vec(
                    prop::collection::vec((0u32..1 << 24, prop_oneof![0u32..4, 60_000u32..140_000]), 0..30), 0..3), 0..12),
        ) {
            let mut log = Log::default();
            let mut expected = Vec::new();
            let mut place = Place::default();
            let mut block = 0;
            for article in &articles {
                log.article();
                place.begin_article();
                let mut most = 0;
                for field in article {
                    log.field();
                    place.begin_field();
                    let mut position = 0;
                    for (number, step) in field {
                        let step = if position == 0 { step + 1 } else { *step };
                        log.term(*number, step);
                        place.advance(step);
                        position += step;
                        let (of, at) = ((position - 1) / BLOCK, (position - 1) % BLOCK);
                        expected.push((*number, block + of, at));
                        most = most.max(of);
                    }
                }
                block += most + 1;
            }
            prop_assert_eq!(place.blocks(), block);
            let mut found = Vec::new();
            log.each(|number, cell| found.push((number, cell >> 16, cell & 0xffff)));
            prop_assert_eq!(found, expected);
        }
    }
}
