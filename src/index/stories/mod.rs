//! Which article is in which story, told while articles come in; [`crate::story`] says by what.
//!
//! The index keeps an article's story as a number and its traits as a column, so what was committed is held against what comes
//! in without reading its text ([`held`]). How rare words are is kept beside the segments ([`kept`]); so are the corrections made
//! by hand ([`corrections`]), which stand above what is found.

pub(super) mod corrections;
mod held;
mod kept;

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use tantivy::Searcher;

use self::corrections::CORRECTIONS;
pub(super) use self::corrections::Corrections;
use self::corrections::{Correction, Verdict};
pub(crate) use self::held::Held;
use self::kept::RARITY;
use super::IndexError;
use super::copies::{Imprint, group_of};
use super::ids::id_term;
use crate::story::{Mark, Member, Rarity, Recent, Traits, Words};

/// Articles after which it is kept anew how rare words are, if that is of little weight beside those before.
const LITTLE: u32 = 64;

/// What is kept of stories beside the segments.
pub(super) const KEPT: [&str; 2] = [CORRECTIONS, RARITY];

/// What is kept beside the index at `index` that is not as it was written: the file and what is lost with it.
pub(super) fn damage(index: &Path) -> Result<Vec<(&'static str, &'static str)>, IndexError> {
    let mut found = Vec::new();
    if !kept::is_whole(index)? {
        found.push((RARITY, "how rare words are, by which stories are told; it is learned again"));
    }
    match Corrections::read(index) {
        Err(IndexError::Damaged { .. }) => found.push((CORRECTIONS, "what was corrected of stories by hand")),
        other => drop(other?),
    }
    Ok(found)
}

/// All articles, as far as stories are concerned.
pub(super) struct Stories {
    path: PathBuf,
    held: Held,
    recent: Recent,
    rarity: Rarity,
    /// Articles whose words were counted since that was kept.
    unkept: u32,
    /// What came in since the last commit, by the hash of its id; `None` for what was taken out.
    pending: FxHashMap<u64, Option<Mark>>,
    corrections: Corrections,
}

/// What is known of an article that is to be put into a story.
pub(super) struct Asked<'a> {
    pub(super) id: &'a str,
    /// The story that it is in if it is like no other.
    pub(super) own: u64,
    pub(super) published: Option<i64>,
    pub(super) words: &'a Words,
}

/// The number of the story that an article begins. An article that comes again as it was has the same, so it does not leave
/// its story; one that comes again with other content does not take its story along.
pub(super) fn own_story(id_term: &str, imprint: &Imprint) -> u64 {
    let mut digest = Sha256::new();
    digest.update(b"story");
    digest.update(id_term.as_bytes());
    for key in imprint.keys() {
        digest.update(key.to_le_bytes());
    }
    digest.finalize().first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

impl Stories {
    /// Those of the index at `path` with this commit.
    pub(super) fn new(path: &Path, searcher: Searcher) -> Result<Self, IndexError> {
        Ok(Self {
            path: path.to_owned(),
            held: Held::new(searcher)?,
            recent: Recent::default(),
            rarity: kept::read(path),
            unkept: 0,
            pending: FxHashMap::default(),
            corrections: Corrections::read(path)?,
        })
    }

    /// Puts an article into a story.
    pub(super) fn place(&mut self, asked: &Asked<'_>) -> Result<Member, IndexError> {
        let Asked { published, words, .. } = *asked;
        let traits = Traits::of(words, &self.rarity);
        self.rarity.add(words);
        self.unkept += 1;
        for window in self.recent.wanted(published) {
            let members = self.held.members(window);
            self.recent.hold(window, members);
        }
        let verdict = self.corrections.of(asked.id);
        let refused = self.refused(&verdict)?;
        let joined = self.joined(&verdict, &refused)?;
        let found =
            self.recent.story_of(&traits, published, self.rarity.enough(), |story| refused.contains(&story));
        let mut own = asked.own;
        while refused.contains(&own) {
            own = own.wrapping_add(1);
        }
        Ok(Member { story: joined.or(found).unwrap_or(own), published, traits })
    }

    /// The story that an article is to be in by hand.
    fn joined(&self, verdict: &Verdict<'_>, refused: &[u64]) -> Result<Option<u64>, IndexError> {
        for id in &verdict.together {
            if let Some(story) = self.story_of(id)?.filter(|story| !refused.contains(story)) {
                return Ok(Some(story));
            }
        }
        Ok(None)
    }

    /// The stories that it must not be in by hand.
    fn refused(&self, verdict: &Verdict<'_>) -> Result<Vec<u64>, IndexError> {
        let stories = verdict.apart.iter().map(|id| self.story_of(id));
        stories.filter_map(Result::transpose).collect()
    }

    /// An article was put into the index whose id has this hash.
    pub(super) fn add(&mut self, hash: u64, member: &Member) {
        self.recent.add(member);
        self.pending.insert(hash, Some(member.mark()));
    }

    /// The article with this id term is taken out, if it is there.
    pub(super) fn remove(&mut self, id_term: &str) -> Result<(), IndexError> {
        let hash = group_of(id_term);
        let mark = match self.pending.insert(hash, None) {
            Some(mark) => mark,
            None => self.held.take_out(id_term)?,
        };
        if let Some(mark) = mark {
            self.recent.remove(&mark);
        }
        Ok(())
    }

    /// Whether so many articles wait that a commit is due.
    pub(super) fn is_full(&self) -> bool {
        self.recent.is_full()
    }

    /// Everything has been committed.
    pub(super) fn committed(&mut self, searcher: Searcher) -> Result<(), IndexError> {
        self.held = Held::new(searcher)?;
        self.pending = FxHashMap::default();
        self.recent.committed();
        if self.unkept >= LITTLE.max(self.rarity.articles() / 64) {
            self.keep()?;
        }
        Ok(())
    }

    /// Keeps how rare words are.
    pub(super) fn keep(&mut self) -> Result<(), IndexError> {
        if self.unkept > 0 {
            kept::write(&self.path, &self.rarity)?;
            self.unkept = 0;
        }
        Ok(())
    }

    /// Keeps a correction, durably.
    pub(super) fn correct(&mut self, correction: Correction) -> Result<(), IndexError> {
        self.corrections.add(&self.path, correction)
    }

    /// The story of the article with an id, if there is one.
    pub(super) fn story_of(&self, id: &str) -> Result<Option<u64>, IndexError> {
        story_of(&self.pending, &self.held, id)
    }

    /// The story that these articles are to be in by hand: that of the first that need not leave its own, or a new one.
    pub(super) fn target(&self, ids: &[String]) -> Result<Option<u64>, IndexError> {
        let mut refused = Vec::new();
        for id in ids {
            refused.extend(self.refused(&self.corrections.of(id))?);
        }
        let mut stories = Vec::new();
        for id in ids {
            stories.extend(self.story_of(id)?);
        }
        let stays = stories.iter().find(|story| !refused.contains(story));
        let mut fresh = ids.first().map_or(0, |id| own_story(&id_term(id), &Imprint::default()));
        while refused.contains(&fresh) {
            fresh = fresh.wrapping_add(1);
        }
        Ok((!stories.is_empty()).then_some(stays.copied().unwrap_or(fresh)))
    }
}

/// The story of the article with an id, if there is one.
fn story_of(
    pending: &FxHashMap<u64, Option<Mark>>,
    held: &Held,
    id: &str,
) -> Result<Option<u64>, IndexError> {
    let term = id_term(id);
    match pending.get(&group_of(&term)) {
        Some(mark) => Ok(mark.as_ref().map(Mark::story)),
        None => held.story_of(&term),
    }
}
