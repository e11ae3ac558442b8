//! Words and mentions in a row: every way to fill a phrase whose parts may be longer than one word.
//!
//! A phrase of n parts is filled by n *stretches*, one a part, none of which overlaps another. The *offset* of a
//! stretch is its first position less the lengths of the stretches that fill the parts before it; the phrase stands
//! where the offsets lie within `slop` of each other. For words alone this is the measure of [`super::phrase`].
//!
//! A *row* goes from the first to the last position taken. Rows that hold another row are left out; of several ways to
//! fill one row, the one whose stretches stand first, part by part, counts. A phrase of one part stands wherever the
//! part does.

use super::phrase;

/// Positions that one part takes, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

impl Stretch {
    /// One position.
    pub fn word(position: u32) -> Self {
        Self { first: position, last: position }
    }

    fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    fn len(self) -> i64 {
        i64::from(self.last) - i64::from(self.first) + 1
    }
}

/// One place where the parts of a phrase stand in a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The lowest position taken.
    pub first: u32,
    /// The highest position taken.
    pub last: u32,
    /// What each part takes; empty unless [`Want::Parts`], and where there were too many ways to tell.
    pub parts: Vec<Stretch>,
}

/// What is asked of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Whether there is a row; at most one is given, which need not be the shortest.
    Any,
    /// All rows.
    Rows,
    /// All rows, and what fills each part.
    Parts,
}

/// Stretches tried in one article before the exact search is given up; no text that was not made for it comes near.
/// Words alone are then answered as [`phrase::matches`] does, which needs no such bound; of slots what was found stands.
const STEPS: u32 = 100_000;

/// The rows of an article, in order; `parts` holds for each part its stretches in order of `first`.
pub fn rows(parts: &[impl AsRef<[Stretch]>], slop: u32, want: Want) -> Vec<Row> {
    if let [only] = parts {
        let only = only.as_ref().iter().take(if want == Want::Any { 1 } else { usize::MAX });
        let parts = |s: &Stretch| if want == Want::Parts { vec![*s] } else { Vec::new() };
        return only.map(|s| Row { first: s.first, last: s.last, parts: parts(s) }).collect();
    }
    let parts: Vec<&[Stretch]> = parts.iter().map(AsRef::as_ref).collect();
    rows_of(&parts, slop, want)
}

fn rows_of(parts: &[&[Stretch]], slop: u32, want: Want) -> Vec<Row> {
    let any = want == Want::Any;
    let Some(first) = parts.first() else { return Vec::new() };
    if parts.iter().any(|list| list.is_empty()) {
        return Vec::new();
    }
    if let (0, Want::Any | Want::Rows, true) = (slop, want, parts.iter().all(|list| is_plain(list))) {
        return side_by_side(parts, any);
    }
    let mut search = Search {
        parts,
        slop: i64::from(slop),
        want,
        steps: STEPS,
        chosen: Vec::with_capacity(parts.len()),
        found: Vec::new(),
    };
    for start in *first {
        if search.done() {
            break;
        }
        let offset = i64::from(start.first);
        search.chosen.push(*start);
        search.fill(offset, offset, start.len());
        search.chosen.pop();
    }
    if search.steps == 0
        && let Some(lists) = words(parts)
        && (!any || search.found.is_empty())
    {
        let mut found = Vec::new();
        phrase::matches(&lists, slop, true, any, &mut found);
        return found.iter().map(|m| Row { first: m.first, last: m.last, parts: Vec::new() }).collect();
    }
    shortest(search.found)
}

/// Whether the stretches follow each other, so that no two begin or end together.
fn is_plain(list: &[Stretch]) -> bool {
    list.is_sorted_by(|a, b| a.first < b.first && a.last < b.last)
}

/// The rows of parts that must stand side by side: each is walked through once.
fn side_by_side(parts: &[&[Stretch]], any: bool) -> Vec<Row> {
    let mut rows: Vec<Stretch> = parts.first().map(|list| list.to_vec()).unwrap_or_default();
    for (n, list) in parts.iter().enumerate().skip(1) {
        let mut rest = list.iter().peekable();
        let mut kept = 0;
        for at in 0..rows.len() {
            let row = rows[at];
            while rest.next_if(|next| next.first <= row.last).is_some() {}
            let Some(next) = rest.peek() else { break };
            if next.first == row.last + 1 {
                rows[kept] = Stretch { first: row.first, last: next.last };
                kept += 1;
                if any && n + 1 == parts.len() {
                    break;
                }
            }
        }
        rows.truncate(kept);
    }
    rows.iter().map(|r| Row { first: r.first, last: r.last, parts: Vec::new() }).collect()
}

/// The positions of parts that are all of one word.
fn words(parts: &[&[Stretch]]) -> Option<Vec<Vec<u32>>> {
    let word = |s: &Stretch| (s.first == s.last).then_some(s.first);
    parts.iter().map(|list| list.iter().map(word).collect()).collect()
}

/// The rows that hold no other one.
fn shortest(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_unstable();
    rows.dedup_by_key(|row| row.first); // the shortest of those that begin together comes first
    let mut end = u32::MAX;
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    while let Some(row) = rows.pop() {
        if row.last < end {
            end = row.last;
            kept.push(row);
        }
    }
    kept.reverse();
    kept
}

struct Search<'a> {
    parts: &'a [&'a [Stretch]],
    slop: i64,
    want: Want,
    steps: u32,
    chosen: Vec<Stretch>,
    found: Vec<Row>,
}

impl Search<'_> {
    fn done(&self) -> bool {
        self.steps == 0 || (self.want == Want::Any && !self.found.is_empty())
    }

    /// Fills the next part in every way, where the offsets so far lie from `low` to `high` and `taken` positions are
    /// taken.
    fn fill(&mut self, low: i64, high: i64, taken: i64) {
        let Some(list) = self.parts.get(self.chosen.len()) else {
            let first = self.chosen.iter().map(|s| s.first).min().unwrap_or(0);
            let last = self.chosen.iter().map(|s| s.last).max().unwrap_or(0);
            let parts = if self.want == Want::Parts { self.chosen.clone() } else { Vec::new() };
            self.found.push(Row { first, last, parts });
            return;
        };
        let (from, to) = (high - self.slop + taken, low + self.slop + taken);
        let start = list.partition_point(|s| i64::from(s.first) < from);
        for stretch in list.iter().skip(start).take_while(|s| i64::from(s.first) <= to) {
            if self.done() {
                return;
            }
            self.steps -= 1;
            if self.chosen.iter().any(|c| c.overlaps(*stretch)) {
                continue;
            }
            let offset = i64::from(stretch.first) - taken;
            self.chosen.push(*stretch);
            self.fill(low.min(offset), high.max(offset), taken + stretch.len());
            self.chosen.pop();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stretch(first: u32, last: u32) -> Stretch {
        Stretch { first, last }
    }

    fn spans(parts: &[Vec<Stretch>], slop: u32) -> Vec<(u32, u32)> {
        rows(parts, slop, Want::Rows).iter().map(|r| (r.first, r.last)).collect()
    }

    #[test]
    fn a_slot_takes_the_whole_mention_and_the_next_word_follows_it() {
        let person = vec![stretch(0, 1), stretch(5, 5)];
        let said = vec![Stretch::word(2), Stretch::word(7)];
        assert_eq!(spans(&[person.clone(), said.clone()], 0), [(0, 2)]);
        assert_eq!(spans(&[person, said], 1), [(0, 2), (5, 7)]);
    }

    #[test]
    fn a_word_inside_a_mention_is_not_counted_beside_it() {
        assert_eq!(spans(&[vec![stretch(0, 1)], vec![Stretch::word(1)]], 5), []);
    }

    #[test]
    fn of_rows_that_hold_one_another_the_shortest_stands() {
        let number = vec![Stretch::word(0), Stretch::word(2)];
        let word = vec![Stretch::word(4)];
        let found = rows(&[number, word], 5, Want::Parts);
        assert_eq!(found, [Row { first: 2, last: 4, parts: vec![Stretch::word(2), Stretch::word(4)] }]);
    }

    #[test]
    fn a_phrase_of_one_word_over_and_over_is_answered_all_the_same() {
        let parts = vec![(0..1000).map(Stretch::word).collect::<Vec<_>>(); 16];
        let started = std::time::Instant::now();
        assert_eq!(rows(&parts, 15, Want::Rows).len(), 1000 - 15);
        assert_eq!(rows(&parts, 15, Want::Any).len(), 1);
        assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn for_words_alone_a_row_stands_where_the_phrase_matches(
            text in prop::collection::vec(0u8..4, 0..12),
            phrase in prop::collection::vec(prop::collection::btree_set(0u8..4, 1..3), 1..4),
            slop in 0u32..5,
        ) {
            let lists: Vec<Vec<u32>> = phrase
                .iter()
                .map(|words| text.iter().zip(0..).filter(|(t, _)| words.contains(t)).map(|(_, p)| p).collect())
                .collect();
            let parts: Vec<Vec<Stretch>> =
                lists.iter().map(|l| l.iter().map(|p| Stretch::word(*p)).collect()).collect();
            let mut found = Vec::new();
            phrase::matches(&lists, slop, true, false, &mut found);
            let full = rows(&parts, slop, Want::Parts);
            let rows = rows(&parts, slop, Want::Rows);
            let ends = |rows: &[Row]| rows.iter().map(|r| (r.first, r.last)).collect::<Vec<_>>();
            prop_assert_eq!(ends(&full), ends(&rows));
            prop_assert_eq!(rows.is_empty(), found.is_empty());
            if slop == 0 {
                let spans: Vec<_> = rows.iter().map(|r| (r.first, r.last)).collect();
                let expected: Vec<_> = found.iter().map(|m| (m.first, m.last)).collect();
                prop_assert_eq!(spans, expected);
            }
        }
    }
}
