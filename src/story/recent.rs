//! The articles that one which comes in is held against: those published about the same time.
//!
//! Articles lie in *windows* of a few days. Those of the windows that were asked for last are held in memory with their traits,
//! whatever the number of others; [`Recent::wanted`] says which are to be brought before an article is placed.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use super::{Trait, Traits};
use crate::article::DAY;

/// Days of a window, and the most between two articles that are held against each other.
const DAYS: i64 = 4;
/// Articles with a trait that are looked at in a window, those that came last first.
const LOOKED_AT: usize = 128;
/// A trait that more stories of a window have says less: it is of a kind of news, not of an event.
const STORIES: f32 = 8.0;
/// Articles of a trait among which a story is looked for that has it already.
const LOOKED_BACK: usize = 16;
/// What likeness counts where one of two articles has no date: then nothing says that they are of one time.
const UNDATED: f32 = 0.5;
/// Windows that were asked for last, among which an article without a date is looked for.
const LATEST: usize = 6;
/// What the nearest article of a story counts; the rest counts the mean of all.
const NEAREST: f32 = 0.4;
/// Articles held in a window; of more the first half is forgotten.
const WINDOW_HOLDS: usize = 32_768;
/// Articles held in all windows, about 400 bytes each.
const HOLDS: usize = 65_536;

/// Articles of so many days lie together; those without a date, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Window(Option<i64>);

impl Window {
    /// That of an article published then.
    pub fn of(published: Option<i64>) -> Self {
        Self(published.map(|second| second.div_euclid(DAY * DAYS)))
    }

    /// Its first second and the first after it; `None` for articles without a date.
    pub fn seconds(self) -> Option<(i64, i64)> {
        let first = self.0?.saturating_mul(DAY * DAYS);
        Some((first, first.saturating_add(DAY * DAYS)))
    }
}

/// An article as far as stories are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The story that it is in.
    pub story: u64,
    /// When it was published.
    pub published: Option<i64>,
    /// What it is told by.
    pub traits: Traits,
}

impl Member {
    /// What it is known by while it is held.
    pub fn mark(&self) -> Mark {
        let mut hasher = FxHasher::default();
        self.traits.hash(&mut hasher);
        let key = self.traits.iter().next().map(Trait::key);
        Mark { story: self.story, published: self.published, key, print: hasher.finish() }
    }
}

/// What an article is known by while it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    story: u64,
    published: Option<i64>,
    /// Its first trait.
    key: Option<u32>,
    /// A hash of all of them.
    print: u64,
}

impl Mark {
    /// The story that the article is in.
    pub fn story(&self) -> u64 {
        self.story
    }
}

/// A story and how near an article is to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// The story.
    pub story: u64,
    /// From 0 to 1; enough from [`super::Rarity::enough`] on.
    pub score: f32,
}

/// No entry follows.
const LAST: u32 = u32::MAX;

/// What a window holds.
#[derive(Debug, Default)]
struct Held {
    /// In the order in which they came; `None` where one was taken out.
    members: Vec<Option<Mark>>,
    /// The last entry of each trait, and about how many stories have it.
    last: FxHashMap<u32, (u32, u16)>,
    /// An article, what the trait counts in it, and the entry of the same trait before it.
    entries: Vec<(u32, f32, u32)>,
    /// Articles of each story.
    sizes: FxHashMap<u64, u32>,
    /// When it was asked for last.
    asked: u64,
    /// Whether articles were added that cannot be brought again yet.
    pinned: bool,
}

/// The articles of some windows.
#[derive(Debug, Default)]
pub struct Recent {
    windows: FxHashMap<Window, Held>,
    /// The windows with dates that were asked for last, the last one first.
    latest: Vec<Window>,
    holds: usize,
    asked: u64,
    /// What the articles of a window share with one, by number; kept so that it need not be made again.
    scores: FxHashMap<u32, f32>,
}

impl Recent {
    /// The windows whose articles may tell of the same event as one published then: those of its days and that of the
    /// articles without a date; for one without a date, those that others were looked for in last.
    fn near(&self, published: Option<i64>) -> Vec<Window> {
        let mut near = vec![Window(None)];
        match Window::of(published) {
            Window(Some(window)) => near.extend((-1..=1).map(|step| Window(Some(window + step)))),
            Window(None) => {
                near.extend(self.latest.iter().filter(|window| self.windows.contains_key(window)));
            }
        }
        near
    }

    /// The windows near an article published then that are not held.
    pub fn wanted(&self, published: Option<i64>) -> Vec<Window> {
        self.near(published).into_iter().filter(|window| !self.windows.contains_key(window)).collect()
    }

    /// Holds a window with these articles, in the order in which they came; others that nobody asked for lately are forgotten.
    pub fn hold(&mut self, window: Window, members: impl IntoIterator<Item = Member>) {
        let mut held = Held { asked: self.asked, ..Held::default() };
        for member in members {
            held.add(&member);
            if held.members.len() > WINDOW_HOLDS {
                held.halve();
            }
        }
        self.holds += held.members.len();
        if let Some(before) = self.windows.insert(window, held) {
            self.holds -= before.members.len();
        }
    }

    /// Forgets windows that nobody asked for lately, as far as there are too many articles.
    fn forget(&mut self) {
        while self.holds > HOLDS {
            let must_stay = self.holds <= 2 * HOLDS;
            let is_loose = |held: &Held| held.asked < self.asked && !(held.pinned && must_stay);
            let loose = self.windows.iter().filter(|(_, held)| is_loose(held));
            let oldest = loose.min_by_key(|(window, held)| (held.asked, **window)).map(|(window, _)| *window);
            let Some(oldest) = oldest else { break };
            self.holds -= self.windows.remove(&oldest).map_or(0, |held| held.members.len());
        }
    }

    /// Whether so many articles wait for a commit, after which they can be brought again, that one is due.
    pub fn is_full(&self) -> bool {
        self.holds > HOLDS && self.windows.values().filter(|held| !held.pinned).count() <= 3
    }

    /// All articles that were added can be brought again.
    pub fn committed(&mut self) {
        self.windows.values_mut().for_each(|held| held.pinned = false);
        self.forget();
    }

    /// The stories nearest to an article, nearest first; at most `most`, none of those refused.
    pub fn nearest(
        &mut self,
        traits: &Traits,
        published: Option<i64>,
        most: usize,
        refused: impl Fn(u64) -> bool,
    ) -> Vec<Near> {
        let mut stories: FxHashMap<u64, (f32, f32)> = FxHashMap::default();
        self.asked += 1;
        let near = self.near(published);
        let own = Window::of(published);
        if published.is_some() && self.latest.first() != Some(&own) {
            self.latest.retain(|window| *window != own);
            self.latest.insert(0, own);
            self.latest.truncate(LATEST);
        }
        for window in &near {
            let Some(held) = self.windows.get_mut(window) else { continue };
            held.asked = self.asked;
            self.scores.clear();
            held.share(traits, &mut self.scores);
            for (number, score) in &self.scores {
                let Some(Some(member)) = held.members.get(*number as usize) else { continue };
                if let Some(counts) = nearness(published, member.published)
                    && !refused(member.story)
                {
                    let (best, sum) = stories.entry(member.story).or_default();
                    *best = best.max(*score * counts);
                    *sum += score * counts;
                }
            }
        }
        let scored = stories.into_iter().map(|(story, (best, sum))| {
            let mean = sum / self.size(story, &near).max(1.0);
            Near { story, score: NEAREST * best + (1.0 - NEAREST) * mean }
        });
        let mut near: Vec<Near> = scored.collect();
        near.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.story.cmp(&b.story)));
        near.truncate(most);
        near
    }

    /// The story that an article joins, if it is near enough to any; what is enough, [`super::Rarity::enough`] tells.
    pub fn story_of(
        &mut self,
        traits: &Traits,
        published: Option<i64>,
        enough: f32,
        refused: impl Fn(u64) -> bool,
    ) -> Option<u64> {
        let near = self.nearest(traits, published, 1, refused);
        near.first().filter(|near| near.score >= enough).map(|near| near.story)
    }

    /// How many articles a story has in some windows.
    fn size(&self, story: u64, windows: &[Window]) -> f32 {
        let near = windows.iter().filter_map(|window| self.windows.get(window));
        near.map(|held| held.sizes.get(&story).copied().unwrap_or_default() as f32).sum()
    }

    /// Takes an article in, if its window is held.
    pub fn add(&mut self, member: &Member) {
        let Some(held) = self.windows.get_mut(&Window::of(member.published)) else { return };
        held.add(member);
        held.pinned = true;
        self.holds += 1;
        if held.members.len() > WINDOW_HOLDS {
            self.holds -= held.halve();
        }
        self.forget();
    }

    /// Takes an article out, if its window is held.
    pub fn remove(&mut self, mark: &Mark) {
        if let Some(held) = self.windows.get_mut(&Window::of(mark.published)) {
            held.remove(mark);
        }
    }
}

impl Held {
    fn add(&mut self, member: &Member) {
        let number = u32::try_from(self.members.len()).unwrap_or(LAST);
        for known in member.traits.iter() {
            let (last, stories) = self.last.get(&known.key()).copied().unwrap_or((LAST, 0));
            let told = self.with(last).take(LOOKED_BACK).any(|(other, _)| {
                matches!(self.members.get(other as usize), Some(Some(other)) if other.story == member.story)
            });
            let entry = u32::try_from(self.entries.len()).unwrap_or(LAST);
            self.entries.push((number, known.weight(), last));
            self.last.insert(known.key(), (entry, stories.saturating_add(u16::from(!told))));
        }
        *self.sizes.entry(member.story).or_default() += 1;
        self.members.push(Some(member.mark()));
    }

    fn remove(&mut self, mark: &Mark) {
        let Some((last, _)) = mark.key.and_then(|key| self.last.get(&key)) else { return };
        let same = |number: &u32| {
            self.members.get(*number as usize).is_some_and(|known| known.as_ref() == Some(mark))
        };
        let number = self.with(*last).map(|(number, _)| number).find(same);
        if let Some(place) = number.and_then(|number| self.members.get_mut(number as usize)) {
            *place = None;
            if let Some(size) = self.sizes.get_mut(&mark.story) {
                *size = size.saturating_sub(1);
            }
        }
    }

    /// Forgets the half of the articles that came first; how many these were.
    fn halve(&mut self) -> usize {
        let gone = self.members.len() / 2;
        let cut = u32::try_from(gone).unwrap_or(LAST);
        for mark in self.members.drain(..gone).flatten() {
            if let Some(size) = self.sizes.get_mut(&mark.story) {
                *size = size.saturating_sub(1);
            }
        }
        self.sizes.retain(|_, size| *size > 0);
        // Entries are in the order of articles, so those that stay are the last ones.
        let first = self.entries.partition_point(|entry| entry.0 < cut);
        let before = u32::try_from(first).unwrap_or(LAST);
        self.entries.drain(..first);
        for entry in &mut self.entries {
            entry.0 -= cut;
            entry.2 = entry.2.checked_sub(before).filter(|_| entry.2 != LAST).unwrap_or(LAST);
        }
        self.last.retain(|_, (last, _)| {
            let stays = last.checked_sub(before);
            *last = stays.unwrap_or(LAST);
            stays.is_some()
        });
        gone
    }

    /// The articles of an entry and those before it, with what the trait counts in them.
    fn with(&self, mut entry: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        std::iter::from_fn(move || {
            let (number, weight, before) = *self.entries.get(entry as usize)?;
            entry = before;
            Some((number, weight))
        })
    }

    /// Adds to the articles here what they share with these traits.
    fn share(&self, traits: &Traits, scores: &mut FxHashMap<u32, f32>) {
        for known in traits.iter() {
            let Some((last, stories)) = self.last.get(&known.key()) else { continue };
            let weight = known.weight() * (STORIES / f32::from(*stories)).sqrt().min(1.0);
            for (number, other) in self.with(*last).take(LOOKED_AT) {
                *scores.entry(number).or_default() += weight * other;
            }
        }
    }
}

/// What likeness counts between articles published then; `None` if more than the days of a window lie between them.
fn nearness(one: Option<i64>, other: Option<i64>) -> Option<f32> {
    match (one, other) {
        (Some(one), Some(other)) => (one.abs_diff(other) <= (DAYS * DAY).unsigned_abs()).then_some(1.0),
        _ => Some(UNDATED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{NEAR, Trait};

    fn traits(keys: &[u32]) -> Traits {
        let share = (1.0 / keys.len() as f32).sqrt();
        let mut all: Vec<Trait> = keys.iter().map(|key| Trait::new(key << 8, share)).collect();
        all.sort_unstable();
        Traits::from_kept(all)
    }

    fn member(story: u64, day: i64, keys: &[u32]) -> Member {
        Member { story, published: Some(day * DAY), traits: traits(keys) }
    }

    fn story(recent: &mut Recent, day: i64, keys: &[u32]) -> Option<u64> {
        let published = Some(day * DAY);
        for window in recent.wanted(published) {
            recent.hold(window, []);
        }
        recent.story_of(&traits(keys), published, NEAR, |_| false)
    }

    fn add(recent: &mut Recent, member: &Member) {
        for window in recent.wanted(member.published) {
            recent.hold(window, []);
        }
        recent.add(member);
    }

    #[test]
    fn an_article_joins_the_story_that_it_shares_most_with_within_days() {
        let mut recent = Recent::default();
        add(&mut recent, &member(1, 10, &[1, 2, 3, 4]));
        add(&mut recent, &member(2, 10, &[5, 6, 7, 8]));
        assert_eq!(story(&mut recent, 11, &[1, 2, 9, 10]), Some(1));
        assert_eq!(story(&mut recent, 14, &[5, 6, 7, 1]), Some(2));
        assert_eq!(story(&mut recent, 15, &[1, 2, 3, 4]), None, "five days later");
        assert_eq!(
            story(&mut recent, 11, &[11, 12, 13, 14, 15, 16, 17, 18, 19, 1]),
            None,
            "too little in common"
        );
        let near = recent.nearest(&traits(&[1, 2, 3, 4]), Some(10 * DAY), 5, |story| story == 1);
        assert!(near.is_empty(), "{near:?}");
    }

    #[test]
    fn an_article_that_was_taken_out_is_not_joined() {
        let mut recent = Recent::default();
        let one = member(1, 10, &[1, 2, 3, 4]);
        add(&mut recent, &one);
        add(&mut recent, &member(2, 10, &[1, 2, 5, 6]));
        recent.remove(&one.mark());
        assert_eq!(story(&mut recent, 10, &[1, 2, 3, 4]), Some(2));
    }

    #[test]
    fn memory_is_bounded_and_what_waits_for_a_commit_is_kept() {
        let mut recent = Recent::default();
        for n in 0..100_000u32 {
            add(&mut recent, &member(u64::from(n), 10, &[n, n + 1, n + 2]));
        }
        assert!(recent.holds <= WINDOW_HOLDS && !recent.is_full());
        assert_eq!(story(&mut recent, 10, &[99_000, 99_001, 99_002]), Some(99_000));
        assert_eq!(story(&mut recent, 10, &[9, 10]), None);
        for n in 0..100_000u32 {
            let day = i64::from(n / 40);
            story(&mut recent, day, &[]);
            add(&mut recent, &member(u64::from(n), day, &[n, n + 1, n + 2]));
        }
        assert!(recent.is_full());
        assert_eq!(story(&mut recent, 2_000, &[80_000, 80_001, 80_002]), Some(80_000));
        recent.committed();
        assert!(recent.holds <= HOLDS && !recent.is_full());
    }
}
