//! When words stand in a row: the meaning of a phrase with slop, on lists of positions.
//!
//! A phrase of n elements matches where each element i has a position p(i), all different, such that the *offsets*
//! p(i) − i lie within `slop` of each other. With slop 0 the words stand side by side in order; each word between them
//! takes one; two words that changed places take two. (This is Lucene's measure for sloppy phrases.)
//!
//! Of the many choices of positions that may match around one place, a *match* is the one that begins with the
//! lowest offset and takes for every element the first position that fits; matches that contain another are left out.

/// One match: the first and the last position that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The lowest position taken.
    pub first: u32,
    /// The highest position taken.
    pub last: u32,
}

/// The matches of a phrase, in order, appended to `found`. `lists` holds for each element its positions, in order.
///
/// With `stop_at_first` no more than one match is looked for. `repeats` says that two elements may share a position's
/// word, so that they have to be kept apart.
pub fn matches(lists: &[Vec<u32>], slop: u32, repeats: bool, stop_at_first: bool, found: &mut Vec<Match>) {
    if lists.is_empty() || lists.iter().any(Vec::is_empty) {
        return;
    }
    if let [first, second] = lists {
        pairs(first, second, slop, (repeats, stop_at_first), found);
    } else {
        any_number(lists, slop, repeats, stop_at_first, found);
    }
}

/// The matches of any number of elements.
fn any_number(lists: &[Vec<u32>], slop: u32, repeats: bool, stop_at_first: bool, found: &mut Vec<Match>) {
    let begin = found.len();
    let mut at = vec![0usize; lists.len()];
    let mut tries = TRIES;
    let offset =
        |element: usize, position: u32| i64::from(position) - i64::try_from(element).unwrap_or(i64::MAX);
    loop {
        // The lowest offset among the heads is the only one that a match beginning here can have.
        let mut low = i64::MAX;
        let mut high = i64::MIN;
        let (mut low_element, mut first, mut last) = (0, u32::MAX, 0);
        for (element, list) in lists.iter().enumerate() {
            let Some(position) = list.get(at[element]) else { return };
            let value = offset(element, *position);
            if value < low {
                (low, low_element) = (value, element);
            }
            high = high.max(value);
            first = first.min(*position);
            last = last.max(*position);
        }
        if high - low <= i64::from(slop) {
            // Whether there is a match is always answered.
            if repeats && found.len() > begin {
                if tries == 0 {
                    return;
                }
                tries -= 1;
            }
            let taken = if repeats { apart(lists, &at, low, slop) } else { Some(Match { first, last }) };
            if let Some(new) = taken {
                add(new, begin, found);
                if stop_at_first {
                    return;
                }
            }
        }
        at[low_element] += 1;
    }
}

/// Adds a match to those from `begin` on.
fn add(new: Match, begin: usize, found: &mut Vec<Match>) {
    // A later match that lies inside an earlier one is the better of the two, and the other way round.
    while found.len() > begin && found.last().is_some_and(|m| m.first <= new.first && new.last <= m.last) {
        found.pop();
    }
    if found.len() == begin || found.last().is_some_and(|m| !(new.first <= m.first && m.last <= new.last)) {
        found.push(new);
    }
}

/// The matches of two elements: the same as of more, but each list is walked through once and nothing is put aside.
fn pairs(
    first: &[u32],
    second: &[u32],
    slop: u32,
    (repeats, stop_at_first): (bool, bool),
    found: &mut Vec<Match>,
) {
    let begin = found.len();
    let (slop, mut i, mut j) = (u64::from(slop), 0, 0);
    while let (Some(&a), Some(&b)) = (first.get(i), second.get(j)) {
        // Where the second would stand, on the one hand, and stands on the other.
        let (due, stands) = (u64::from(a) + 1, u64::from(b));
        if due.abs_diff(stands) <= slop {
            let taken = if repeats && a == b {
                // The second moves on from the word that they share, or else the first does.
                let moved = second.get(j + 1).filter(|next| u64::from(**next) <= stands + slop);
                let moved = moved.or(first.get(i + 1).filter(|next| u64::from(**next) < stands + slop));
                moved.map(|last| Match { first: a, last: *last })
            } else {
                Some(Match { first: a.min(b), last: a.max(b) })
            };
            if let Some(new) = taken {
                add(new, begin, found);
                if stop_at_first {
                    return;
                }
            }
        }
        i += usize::from(due <= stands);
        j += usize::from(stands < due);
    }
}

/// Whether the elements `a` and `b` have positions whose offsets lie within `slop` of each other. `lists` is as in
/// [`matches()`]; of a phrase that matches, this is so of any two elements.
pub fn pair_fits(lists: &[Vec<u32>], a: usize, b: usize, slop: u32) -> bool {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    let apart = u32::try_from(b - a).unwrap_or(u32::MAX);
    let (mut first, mut second) = (lists[a].iter().copied().peekable(), lists[b].iter().copied().peekable());
    while let (Some(p), Some(q)) = (first.peek().copied(), second.peek().copied()) {
        // The first, as far on as the second would stand.
        let p = p.saturating_add(apart);
        if p.abs_diff(q) <= slop {
            return true;
        }
        if p < q {
            first.next()
        } else {
            second.next()
        };
    }
    false
}

/// Places of a phrase whose words are kept apart in one article, after the first match. A text made to hurt has more;
/// then the matches of its beginning are given.
const TRIES: u32 = 20_000;

/// A choice of different positions, offsets from `low` to `low + slop`, one of them `low`; `None` if there is none.
///
/// Elements take the first free position in turn. If all that repeat have the same list, that is the best there is, as
/// each may go no lower and no higher than the next. Otherwise one may push another on to its next position (augmenting
/// paths), for at most [`STEPS`] looks; where that is not enough, which no text comes near, there is no match.
fn apart(lists: &[Vec<u32>], at: &[usize], low: i64, slop: u32) -> Option<Match> {
    let high = low + i64::from(slop);
    let mut choice = Choice { lists, at, low, high, owner: Vec::new(), steps: STEPS };
    for element in 0..lists.len() {
        if !choice.take_free(element) && !choice.push(element, &mut Vec::new()) {
            return None;
        }
    }
    let first = choice.owner.iter().position(Option::is_some)?;
    let last = choice.owner.iter().rposition(Option::is_some)?;
    let position = |at: usize| u32::try_from(low + i64::try_from(at).ok()?).ok();
    Some(Match { first: position(first)?, last: position(last)? })
}

/// Positions looked at for one place of a phrase before giving up.
const STEPS: u32 = 20_000;

/// Positions given to elements.
struct Choice<'a> {
    lists: &'a [Vec<u32>],
    /// Where each element's list begins for this place.
    at: &'a [usize],
    /// The lowest offset allowed, which is the lowest position, too.
    low: i64,
    /// The highest offset allowed.
    high: i64,
    /// Which element has taken each position from `low` on.
    owner: Vec<Option<usize>>,
    steps: u32,
}

impl Choice<'_> {
    /// The positions that an element may take.
    fn candidates(&self, element: usize) -> impl Iterator<Item = u32> + use<'_> {
        let limit = self.high + i64::try_from(element).unwrap_or(i64::MAX);
        let list = self.lists[element].get(self.at[element]..).unwrap_or_default();
        list.iter().copied().take_while(move |p| i64::from(*p) <= limit)
    }

    fn place(&self, position: u32) -> usize {
        usize::try_from(i64::from(position) - self.low).unwrap_or(usize::MAX)
    }

    fn owner(&self, position: u32) -> Option<usize> {
        self.owner.get(self.place(position)).copied().flatten()
    }

    fn give(&mut self, position: u32, element: usize) {
        let place = self.place(position);
        if self.owner.len() <= place {
            self.owner.resize(place + 1, None);
        }
        self.owner[place] = Some(element);
    }

    fn take_free(&mut self, element: usize) -> bool {
        let free = self.candidates(element).find(|p| self.owner(*p).is_none());
        if let Some(position) = free {
            self.give(position, element);
        }
        free.is_some()
    }

    /// Gives the element a position that another has, if that one can move on.
    fn push(&mut self, element: usize, tried: &mut Vec<u32>) -> bool {
        let candidates: Vec<u32> = self.candidates(element).collect();
        for position in candidates {
            self.steps = self.steps.saturating_sub(1);
            if self.steps == 0 {
                return false;
            }
            if tried.contains(&position) {
                continue;
            }
            tried.push(position);
            let free = match self.owner(position) {
                None => true,
                Some(held) => self.push(held, tried),
            };
            if free {
                self.give(position, element);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(text: &str, phrase: &str, slop: u32) -> Vec<(u32, u32)> {
        let lists: Vec<Vec<u32>> = phrase
            .split(' ')
            .map(|w| text.split(' ').zip(0..).filter(|(t, _)| *t == w).map(|(_, p)| p).collect())
            .collect();
        let mut found = Vec::new();
        matches(&lists, slop, true, false, &mut found);
        found.iter().map(|m| (m.first, m.last)).collect()
    }

    #[test]
    fn words_side_by_side_need_no_slop_and_words_between_take_one_each() {
        assert_eq!(find("deported from the us", "deported us", 0), []);
        assert_eq!(find("deported from the us", "deported us", 2), [(0, 3)]);
        assert_eq!(find("a b a b", "a b", 0), [(0, 1), (2, 3)]);
    }

    #[test]
    fn words_that_changed_places_take_two() {
        assert_eq!(find("us deported", "deported us", 1), []);
        assert_eq!(find("us deported", "deported us", 2), [(0, 1)]);
    }

    #[test]
    fn a_word_asked_for_twice_must_stand_twice() {
        assert_eq!(find("important", "important important", 1), []);
        assert_eq!(find("important very important", "important important", 1), [(0, 2)]);
        assert_eq!(find("a b a", "a a b", 3), [(0, 2)]);
    }

    #[test]
    fn of_a_text_of_one_word_the_matches_of_its_beginning_are_given() {
        let lists = vec![(0..100_000).collect::<Vec<u32>>(); 16];
        let mut found = Vec::new();
        matches(&lists, 15, true, false, &mut found);
        assert!((1000..100_000).contains(&found.len()) && found[0].first == 0, "{}", found.len());
    }

    #[test]
    fn a_phrase_of_one_word_over_and_over_costs_little() {
        let lists = vec![(0..1000).collect::<Vec<u32>>(); 16];
        let mut found = Vec::new();
        let started = std::time::Instant::now();
        matches(&lists, 15, true, false, &mut found);
        assert_eq!(found.len(), 1000 - 15);
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }

    /// Every choice of different positions, tried one by one.
    fn naive(lists: &[Vec<u32>], slop: u32) -> bool {
        fn go(lists: &[Vec<u32>], taken: &mut Vec<u32>, slop: u32) -> bool {
            let Some(list) = lists.get(taken.len()) else {
                let offsets: Vec<i64> = taken.iter().zip(0..).map(|(p, i)| i64::from(*p) - i).collect();
                return offsets.iter().max().unwrap() - offsets.iter().min().unwrap() <= i64::from(slop);
            };
            list.iter().any(|p| {
                if taken.contains(p) {
                    return false;
                }
                taken.push(*p);
                let ok = go(lists, taken, slop);
                taken.pop();
                ok
            })
        }
        go(lists, &mut Vec::new(), slop)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn two_words_match_as_two_of_any_number_do(
            first in prop::collection::btree_set(0u32..24, 1..10),
            second in prop::collection::btree_set(0u32..24, 1..10),
            slop in 0u32..6,
            repeats in any::<bool>(),
            stop_at_first in any::<bool>(),
        ) {
            let lists: Vec<Vec<u32>> =
                [first, second].map(|list| list.into_iter().collect::<Vec<_>>()).into();
            let (mut found, mut expected) = (Vec::new(), Vec::new());
            matches(&lists, slop, repeats, stop_at_first, &mut found);
            any_number(&lists, slop, repeats, stop_at_first, &mut expected);
            prop_assert_eq!(&found, &expected);
            let shorter = lists[0].len().min(lists[1].len());
            prop_assert!(slop != 1 || repeats || found.len() <= shorter);
        }

        #[test]
        fn a_phrase_matches_where_a_naive_search_says_so(
            text in prop::collection::vec(0u8..4, 0..12),
            phrase in prop::collection::vec(prop::collection::btree_set(0u8..4, 1..3), 1..4),
            slop in 0u32..5,
        ) {
            let lists: Vec<Vec<u32>> = phrase
                .iter()
                .map(|alternatives| text.iter().zip(0..).filter(|(t, _)| alternatives.contains(t)).map(|(_, p)| p).collect())
                .collect();
            let mut found = Vec::new();
            matches(&lists, slop, true, false, &mut found);
            prop_assert_eq!(!found.is_empty(), naive(&lists, slop));
            for pair in found.windows(2) {
                prop_assert!(pair[0].first < pair[1].first && pair[0].last < pair[1].last);
            }
        }
    }
}
