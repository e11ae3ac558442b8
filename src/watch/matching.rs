//! Which watches an article matches.

use super::list::{Watch, WatchList, read_query};
use crate::guard::caught;
use crate::index::{Committed, Stored, is_common};
use crate::plan::Node;
use crate::snippet::Crowd;
use crate::snippet::crowd::{Asked, Scratch};
use crate::text::token_list;

/// In what part of all articles a common word stands, and any other, where there are no articles to ask.
const COMMON: f64 = 0.2;
const RARE: f64 = 0.005;

/// The watches of an index, ready to be asked of articles from any thread.
#[derive(Debug)]
pub struct Watches {
    /// By number.
    watches: Vec<Watch>,
    crowd: Crowd,
    /// Those whose query cannot be read any more: the name, and why.
    skipped: Vec<(String, String)>,
}

/// Which watches matched, by number, and how many could not be asked because of a defect.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// The numbers, in order.
    pub matched: Vec<u32>,
    /// Watches that could not be asked of the article.
    pub faults: u64,
}

impl Watches {
    /// Makes watches ready; `committed` says which words are rare.
    pub fn new(list: &WatchList, committed: Option<&Committed>) -> Self {
        let mut skipped = Vec::new();
        let (mut watches, mut plans): (Vec<Watch>, Vec<Node>) = (Vec::new(), Vec::new());
        for watch in list.iter() {
            match caught("reading the query of a watch", || read_query(&watch.query)) {
                Ok(Ok(plan)) => {
                    plans.push(plan.root);
                    watches.push(watch);
                }
                Ok(Err(errors)) => {
                    let why = errors.first().map_or_else(String::new, ToString::to_string);
                    skipped.push((watch.name, why));
                }
                Err(fault) => skipped.push((watch.name, fault.to_string())),
            }
        }
        let share = |word: &str| {
            let known = committed.and_then(|committed| committed.share(word));
            known.unwrap_or_else(|| if is_common(word) { COMMON } else { RARE })
        };
        let crowd = Crowd::new(&plans, &share);
        Self { watches, crowd, skipped }
    }

    /// The watch of a number.
    pub fn get(&self, number: u32) -> Option<&Watch> {
        self.watches.get(number as usize)
    }

    /// Those whose query cannot be read any more, which are not asked: the name, and why.
    pub fn skipped(&self) -> &[(String, String)] {
        &self.skipped
    }

    /// How many are asked.
    pub fn len(&self) -> usize {
        self.watches.len()
    }

    /// Whether none is asked.
    pub fn is_empty(&self) -> bool {
        self.watches.is_empty()
    }

    /// How many are asked of every article, as there is no word or name without which they cannot match.
    pub fn always_asked(&self) -> usize {
        self.crowd.always_asked()
    }

    /// Asks all of an article. A panic costs the watch that was being asked, or where none was, all of them for this article.
    pub fn ask(&self, scratch: &mut Scratch, asked: Asked<'_>) -> Answered {
        if self.is_empty() {
            return Answered::default();
        }
        let mut faults = 0;
        let matching = caught("matching watches", || {
            self.crowd.matching(scratch, asked, &mut |_, ask| {
                caught("matching a watch", ask).unwrap_or_else(|_| {
                    faults += 1;
                    false
                })
            })
        });
        match matching {
            Ok(matched) => Answered { matched, faults },
            Err(_) => {
                *scratch = Scratch::default();
                Answered { matched: Vec::new(), faults: self.watches.len() as u64 }
            }
        }
    }

    /// The same of an article that is stored.
    pub fn ask_stored(&self, scratch: &mut Scratch, stored: &Stored) -> Answered {
        let Stored { article, mentions, .. } = stored;
        let (title, body) = (token_list(&article.title), token_list(&article.body));
        self.ask(scratch, Asked { article, mentions, title: &title, body: &body })
    }
}
