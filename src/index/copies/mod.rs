//! Which article is a copy of which, told while articles come in.
//!
//! Of each article the index holds an [`Imprint`]'s keys. One that comes in is looked up by them among the articles of the
//! last commit ([`held`]) and those that came in since ([`pending`]); those that share several keys are compared. If it is
//! a copy, it is linked to the *root*: the first article of its *group*, by id. All articles of a group carry its number,
//! which is made from the root's id; an article that is no copy is the root of its own.
//!
//! A link leads to a root, never to a copy. A root that has copies does not become a copy itself, so links stay true when
//! it comes again; where it was deleted, an article that is a copy of one of its copies joins them. Which links are found
//! does not depend on threads or commits: an article's imprint is the same whether it was committed or not.

mod held;
mod imprint;
mod pending;
mod spool;

use std::cmp::Reverse;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tantivy::{DocAddress, Searcher};

use self::held::Held;
pub(crate) use self::imprint::Imprint;
use self::imprint::SHARED_KEYS;
use self::pending::Pending;
use super::IndexError;

/// Groups that an article is compared with, those that share most keys with it first.
const MAX_COMPARED: usize = 8;
/// Articles that are looked at for them.
const MAX_LOOKED_AT: usize = 64;

/// An article as far as copies are concerned.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) id: String,
    /// [`group_of`] its id.
    pub(super) hash: u64,
    /// The number of its group.
    pub(super) group: u64,
    /// The id of the article that it copies.
    pub(super) root: Option<String>,
    pub(super) imprint: Imprint,
}

/// The number of the group whose root has this id term: no article can be given an id that joins it to another's group.
pub(crate) fn group_of(id_term: &str) -> u64 {
    let digest = Sha256::digest(id_term.as_bytes());
    digest.first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Where an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Pending(u32),
    Held(DocAddress),
}

/// All articles, as far as copies are concerned.
pub(super) struct Copies {
    held: Held,
    pending: Pending,
}

impl Copies {
    /// Those of a commit; of those that come in, most waits in a file in `directory`.
    pub(super) fn new(searcher: Searcher, directory: PathBuf) -> Result<Self, IndexError> {
        Ok(Self { held: Held::new(searcher, None)?, pending: Pending::new(directory) })
    }

    /// Everything has been committed.
    pub(super) fn committed(&mut self, searcher: Searcher) -> Result<(), IndexError> {
        self.held = Held::new(searcher, Some(&self.held))?;
        self.pending.clear();
        Ok(())
    }

    /// Whether so many articles wait that a commit is due.
    pub(super) fn is_full(&self) -> bool {
        self.pending.is_full()
    }

    /// Takes an article in, in place of one with its id.
    pub(super) fn add(&mut self, article: &Known) -> Result<(), IndexError> {
        self.pending.add(article).map_err(failed)
    }

    /// Takes the article out whose id has this hash.
    pub(super) fn remove(&mut self, hash: u64) {
        self.pending.remove(hash);
    }

    /// The root of the article with this imprint, if it is a copy; `own` is [`group_of`] its id.
    pub(super) fn root(&mut self, own: u64, imprint: &Imprint) -> Result<Option<String>, IndexError> {
        let mut tried: Vec<u64> = Vec::new();
        let mut best: Option<(f64, Reverse<i64>, String)> = None;
        for (_, group, place) in self.sharing(imprint)?.into_iter().take(MAX_LOOKED_AT) {
            if group == own || tried.contains(&group) || tried.len() >= MAX_COMPARED {
                continue;
            }
            let Some(member) = self.known(place)?.filter(|member| member.hash != own) else { continue };
            let first = self.first_of(&member)?;
            tried.push(group);
            if let Some(resemblance) = imprint.is_copy(&first.imprint) {
                let root = member.root.as_ref().unwrap_or(&member.id).clone();
                let published = Reverse(first.imprint.published().unwrap_or(i64::MAX));
                let found = (resemblance, published, root);
                if best.as_ref().is_none_or(|best| is_better(&found, best)) {
                    best = Some(found);
                }
            }
        }
        match best {
            Some((_, _, root)) if !self.has_copies(own)? => Ok(Some(root)),
            _ => Ok(None),
        }
    }

    /// Articles that share enough keys with an imprint, those that share most first, with their groups.
    fn sharing(&self, imprint: &Imprint) -> Result<Vec<(Reverse<u32>, u64, Place)>, IndexError> {
        let (mut places, mut committed) = (Vec::new(), Vec::new());
        for key in imprint.keys() {
            places.extend(self.pending.with_key(*key).map(Place::Pending));
            self.held.with_key(*key, &mut committed)?;
        }
        places.extend(committed.into_iter().map(Place::Held));
        places.sort_unstable();
        let runs = places.chunk_by(PartialEq::eq);
        let mut found: Vec<_> = runs
            .filter_map(|run| {
                let shared = u32::try_from(run.len()).unwrap_or(u32::MAX);
                let place = *run.first().filter(|_| shared >= SHARED_KEYS)?;
                let group = match place {
                    Place::Pending(number) => self.pending.group(number)?,
                    Place::Held(at) => self.held.group(at)?,
                };
                Some((Reverse(shared), group, place))
            })
            .collect();
        found.sort_unstable();
        Ok(found)
    }

    /// The article at a place, unless it was taken out or replaced since.
    fn known(&mut self, place: Place) -> Result<Option<Arc<Known>>, IndexError> {
        Ok(match place {
            Place::Pending(number) => self.pending.get(number).map_err(failed)?.map(Arc::new),
            Place::Held(at) => self.held.get(at).filter(|article| !self.pending.decides(article.hash)),
        })
    }

    /// The root of an article's group; where there is none any more, the article.
    fn first_of(&mut self, member: &Arc<Known>) -> Result<Arc<Known>, IndexError> {
        let Some(root) = &member.root else { return Ok(member.clone()) };
        let root = if self.pending.decides(member.group) {
            self.pending.by_id(member.group).map_err(failed)?.map(Arc::new)
        } else {
            self.held.by_id(root)?
        };
        Ok(root.unwrap_or_else(|| member.clone()))
    }

    /// Whether articles are copies of the one whose id has this hash.
    fn has_copies(&mut self, own: u64) -> Result<bool, IndexError> {
        if self.pending.has_copies(own) {
            return Ok(true);
        }
        let members = self.held.copies_in(own)?;
        for at in members {
            if self.known(Place::Held(at))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn failed(error: std::io::Error) -> IndexError {
    IndexError::io("keeping what copies are known by", error)
}

/// Whether a root is nearer than another: by resemblance, then published earlier, then by id.
fn is_better(one: &(f64, Reverse<i64>, String), other: &(f64, Reverse<i64>, String)) -> bool {
    one.0.total_cmp(&other.0).then_with(|| one.1.cmp(&other.1)).then_with(|| other.2.cmp(&one.2)).is_gt()
}
