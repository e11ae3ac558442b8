//! Articles whose values lie in a range, told from a column: many at a time where the column is walked through, one at a
//! time where something else finds the articles.

use std::ops::Range;

use tantivy::{DocId, DocSet, SeekDangerResult, SegmentReader, TERMINATED};

/// Says of a stretch of articles which of them are in the range; appends them in order.
pub(super) type Fill = Box<dyn Fn(Range<DocId>, &mut Vec<DocId>) + Send>;
/// Says whether one article is in the range.
pub(super) type Holds = Box<dyn Fn(DocId) -> bool + Send>;

/// The articles of a segment whose values lie in a range.
pub(super) struct Ranged {
    fill: Fill,
    holds: Holds,
    /// How many there are at most, as far as is known.
    size: u32,
    /// How many articles the segment has.
    end: DocId,
    /// Some of the articles, in order, and which of them is the current one.
    batch: Vec<DocId>,
    at: usize,
    /// The first article that has not been looked at.
    next: DocId,
    /// How many articles are looked at together.
    step: u32,
}

/// How many articles are looked at together at first, and at most.
const STEPS: (u32, u32) = (64, 8192);

impl Ranged {
    /// None is looked at before it is asked for: as it is made this stands at no article.
    pub(super) fn new(reader: &SegmentReader, size: u32, fill: Fill, holds: Holds) -> Self {
        let end = reader.max_doc();
        let size = size.min(end);
        Self { fill, holds, size, end, batch: Vec::new(), at: 0, next: 0, step: STEPS.0 }
    }

    /// Moves to the first article.
    pub(super) fn begin(mut self) -> Self {
        self.read_on();
        self
    }

    /// Looks at articles until some are in the range.
    fn read_on(&mut self) -> DocId {
        self.batch.clear();
        self.at = 0;
        while self.batch.is_empty() && self.next < self.end {
            let to = self.next.saturating_add(self.step).min(self.end);
            (self.fill)(self.next..to, &mut self.batch);
            self.next = to;
            self.step = (self.step * 2).min(STEPS.1);
        }
        self.doc()
    }
}

impl DocSet for Ranged {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        if self.at < self.batch.len() { self.doc() } else { self.read_on() }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc() && !self.batch.is_empty() {
            return self.doc();
        }
        if target < self.next {
            self.at += self.batch.get(self.at..).map_or(0, |rest| rest.partition_point(|doc| *doc < target));
            if self.at < self.batch.len() {
                return self.doc();
            }
        } else {
            (self.next, self.step) = (target, STEPS.0);
        }
        self.read_on()
    }

    /// Looks at the target alone.
    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target < self.next {
            return match self.seek(target) {
                doc if doc == target && target != TERMINATED => SeekDangerResult::Found,
                doc => SeekDangerResult::SeekLowerBound(doc),
            };
        }
        if target >= self.end {
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        if (self.holds)(target) {
            self.batch.clear();
            self.batch.push(target);
            (self.at, self.next, self.step) = (0, target + 1, STEPS.0);
            return SeekDangerResult::Found;
        }
        SeekDangerResult::SeekLowerBound(target + 1)
    }

    fn doc(&self) -> DocId {
        self.batch.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.size
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ranged(holds: &[bool]) -> Ranged {
        let (all, each) = (holds.to_vec(), holds.to_vec());
        Ranged {
            fill: Box::new(move |range, into| into.extend(range.filter(|doc| all[*doc as usize]))),
            holds: Box::new(move |doc| each[doc as usize]),
            size: 0,
            end: u32::try_from(holds.len()).unwrap(),
            batch: Vec::new(),
            at: 0,
            next: 0,
            step: 2,
        }
    }

    proptest! {
        #[test]
        fn the_same_articles_are_found_one_by_one_and_many_at_a_time(
            holds in prop::collection::vec(prop::bool::weighted(0.3), 1..200),
            moves in prop::collection::vec((0u8..3, 1u32..40), 0..60),
        ) {
            let after = |target: DocId| {
                let mut from = holds.iter().zip(0..).skip(target as usize);
                let found = from.find(|(holds, _)| **holds).map(|(_, doc)| doc);
                found.unwrap_or(TERMINATED)
            };
            let mut set = ranged(&holds).begin();
            prop_assert_eq!(set.doc(), after(0));
            // The last article asked for, and whether the set stands where it may be moved on from.
            let (mut asked, mut safe) = (set.doc(), true);
            for (kind, far) in moves {
                if asked == TERMINATED {
                    break;
                }
                let target = asked + far;
                match kind {
                    0 if safe => {
                        asked = set.advance();
                        prop_assert_eq!(asked, after(target - far + 1));
                    }
                    1 if safe => {
                        asked = set.seek(target);
                        prop_assert_eq!(asked, after(target));
                    }
                    _ => match set.seek_danger(target) {
                        SeekDangerResult::Found => {
                            prop_assert_eq!(after(target), target);
                            (asked, safe) = (target, true);
                        }
                        SeekDangerResult::SeekLowerBound(bound) => {
                            prop_assert!(target < bound && bound <= after(target));
                            (asked, safe) = (target, false);
                        }
                    },
                }
            }
        }
    }
}
