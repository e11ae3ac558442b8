//! Which watches an article matches.

use super::list::{Watch, WatchList, read_query};
use crate::guard::caught;
use crate::index::{Committed, Stored};
use crate::plan::Node;
use crate::snippet::Crowd;
use crate::snippet::crowd::{Asked, Scratch};
use crate::text::{is_common, token_list};

/// In what part of all articles a common word of one letter stands, and any other, where there are no articles to ask; longer ones are
/// rarer.
const COMMON: f64 = 0.9;
const RARE: f64 = 0.03;

/// The watches of an index, ready to be asked of articles from any thread.
#[derive(Debug)]
pub struct Watches {
    /// By number.
    list: Vec<Watch>,
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
            let letters = word.chars().count().max(1) as f64;
            known.unwrap_or_else(|| if is_common(word) { COMMON / letters } else { RARE / letters })
        };
        let crowd = Crowd::new(&plans, &share);
        Self { list: watches, crowd, skipped }
    }

    /// The watch of a number.
    pub fn get(&self, number: u32) -> Option<&Watch> {
        self.list.get(number as usize)
    }

    /// Those whose query cannot be read any more, which are not asked: the name, and why.
    pub fn skipped(&self) -> &[(String, String)] {
        &self.skipped
    }

    /// How many are asked.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether none is asked.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
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
        if let Ok(matched) = matching {
            Answered { matched, faults }
        } else {
            *scratch = Scratch::default();
            Answered { matched: Vec::new(), faults: self.list.len() as u64 }
        }
    }

    /// The same of an article that is stored.
    pub fn ask_stored(&self, scratch: &mut Scratch, stored: &Stored) -> Answered {
        let Stored { article, mentions, .. } = stored;
        let (title, body) = (token_list(&article.title), token_list(&article.body));
        self.ask(scratch, Asked { article, mentions, title: &title, body: &body })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::guard::trip;

    fn watches(queries: &[&str]) -> Watches {
        let mut list = WatchList::default();
        for (query, n) in queries.iter().zip(0..) {
            list.add(Watch { name: format!("w{n}"), query: (*query).to_owned() }, false).unwrap();
        }
        Watches::new(&list, None)
    }

    fn of(body: &str) -> Stored {
        Stored { article: Article { body: body.into(), ..Article::default() }, ..Stored::default() }
    }

    #[test]
    fn a_panic_costs_the_watch_and_the_article_alone() {
        let watches = watches(&["\"the ferry\"", "\"the train\"", "\"the harbour\"", "harbour"]);
        let mut scratch = Scratch::default();
        let ferry = of("The ferry left the harbour.");
        let asked = trip::at("matching a watch", || watches.ask_stored(&mut scratch, &ferry));
        assert_eq!(asked, Answered { matched: vec![3], faults: 2 }, "two were not asked");
        let asked = trip::at("matching watches", || watches.ask_stored(&mut scratch, &ferry));
        assert_eq!(asked, Answered { matched: vec![], faults: 4 });
        assert_eq!(watches.ask_stored(&mut scratch, &ferry).matched, [0, 2, 3]);
        assert_eq!(watches.ask_stored(&mut scratch, &of("See the train.")).matched, [1]);
    }

    #[test]
    fn watches_without_a_word_or_name_are_always_asked() {
        let watches = watches(&[
            "published:2025",
            "-ferry",
            "number:400",
            "source:post OR ferry",
            "\"a ferry\" AND -x",
        ]);
        assert_eq!(watches.always_asked(), 3);
        assert_eq!(watches.ask_stored(&mut Scratch::default(), &of("A ferry.")).matched, [3, 4]);
        assert_eq!(watches.ask_stored(&mut Scratch::default(), &of("A train.")).matched, [1]);
    }

    #[test]
    fn words_of_other_languages_are_found_by_their_stems() {
        let watches = watches(&["Brücke", "lang:fr ports", "bridge*", "brigde~1"]);
        let german = |body: &str| {
            let mut stored = of(body);
            stored.article.lang = Some("de-at".into());
            stored
        };
        let mut scratch = Scratch::default();
        assert_eq!(watches.ask_stored(&mut scratch, &german("Die Brücken sind alt.")).matched, [0]);
        assert_eq!(watches.ask_stored(&mut scratch, &of("Die Brücken sind alt.")).matched, Vec::<u32>::new());
        assert_eq!(watches.ask_stored(&mut scratch, &german("Bridges, a bridge.")).matched, [2, 3]);
    }
}
