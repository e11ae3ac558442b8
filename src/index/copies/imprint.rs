//! What of an article is held against others, and when two are copies.

use serde::{Deserialize, Serialize};

use crate::article::{Article, DAY};
use crate::text::minhash::Sketch;
use crate::text::word_hash::{add_to_hash, word_hash};
use crate::text::{Token, token_list};

/// A body of fewer words is too short to be compared piece by piece: title and body must be the same, word for word.
pub(super) const SHORT: usize = 20;
/// With fewer words in title and body together, an article is no copy of anything: "Weather. Sunny."
const SHORTEST: usize = 10;
/// How many keys two articles share before they are compared.
pub(super) const SHARED_KEYS: u32 = 2;

/// Of all shingles, the share that copies have both.
const RESEMBLANCE: f64 = 0.7;
/// The same where months may lie between: what returns every month with other figures resembles itself.
const RESEMBLANCE_LATER: f64 = 0.9;
/// Of the shorter one's shingles, the share that the longer has, too, if one is the other with a part left out.
const CONTAINED: f64 = 0.9;
/// How long the shorter one is then at least, beside the longer.
const LENGTHS: f64 = 0.5;
/// Articles published within so many seconds of another belong to the same news.
const SAME_NEWS: u64 = 2 * DAY.unsigned_abs();

/// What of an article is held against others.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Imprint {
    sketch: Sketch,
    /// Whether the sketch stands for title and body word for word.
    whole: bool,
    published: Option<i64>,
}

impl Imprint {
    /// Of an article with the tokens of its two texts.
    pub(crate) fn of(article: &Article, title: &[Token], body: &[Token]) -> Self {
        let Article { published, .. } = *article;
        if body.len() >= SHORT {
            return Self { sketch: Sketch::of(&article.body, body), whole: false, published };
        }
        if title.len() + body.len() < SHORTEST {
            return Self::default();
        }
        let hash_of = |hash, word| add_to_hash(hash, word_hash(word));
        let of_title = title.iter().map(|token| token.span.of(&article.title)).fold(0, hash_of);
        let between = add_to_hash(of_title, title.len() as u64);
        let hash = body.iter().map(|token| token.span.of(&article.body)).fold(between, hash_of);
        Self { sketch: Sketch::of_whole(hash), whole: true, published }
    }

    /// Of an article that comes back from the index.
    pub(super) fn of_stored(article: &Article) -> Self {
        Self::of(article, &token_list(&article.title), &token_list(&article.body))
    }

    /// What it is looked up by.
    pub(crate) fn keys(&self) -> &[u32] {
        self.sketch.keys()
    }

    /// When the article was published.
    pub(super) fn published(&self) -> Option<i64> {
        self.published
    }

    /// How much of both stands in both, if one is a copy of the other.
    pub(super) fn is_copy(&self, other: &Self) -> Option<f64> {
        let common = self.sketch.common(&other.sketch);
        let copies = if self.whole || other.whole {
            self.whole && other.whole && common.resemblance >= 1.0
        } else if self.is_same_news(other) {
            common.resemblance >= RESEMBLANCE || (common.contained >= CONTAINED && common.lengths >= LENGTHS)
        } else {
            common.resemblance >= RESEMBLANCE_LATER
        };
        copies.then_some(common.resemblance)
    }

    /// Whether both were published at about the same time, as far as is known.
    fn is_same_news(&self, other: &Self) -> bool {
        match (self.published, other.published) {
            (Some(one), Some(other)) => one.abs_diff(other) <= SAME_NEWS,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "A ferry with 212 people on board ran aground off Port Hallam late on Sunday, the coastguard said. \
        Tugs reached it within the hour and nobody was hurt. The harbour master said that fog had come up sooner than was \
        forecast and that the pilot had asked for leave to wait. The crossing stays closed until the hull has been looked at, \
        which may take until Thursday. The operator has hired a second ship for the week and will pay for hotels.";

    fn imprint(title: &str, body: &str, day: i64) -> Imprint {
        Imprint::of_stored(&Article {
            title: title.to_owned(),
            body: body.to_owned(),
            published: Some(day * DAY),
            ..Article::default()
        })
    }

    fn copies(one: &str, other: &str, days: i64) -> bool {
        imprint("a", one, 0).is_copy(&imprint("b", other, days)).is_some()
    }

    #[test]
    fn a_copy_may_have_a_few_words_changed_or_a_paragraph_added_or_left_out() {
        let changed = WIRE.replace("A ferry", "A passenger ferry").replace("hired", "chartered");
        let longer = format!(
            "{WIRE}\nThe line carried 80,000 people last year, most of them in summer, a spokesman said."
        );
        let end = WIRE.find(" The operator").unwrap_or(0);
        let shorter = WIRE.get(..end).unwrap_or_default();
        for other in [WIRE, &WIRE.to_uppercase(), &changed, &longer, shorter] {
            assert!(copies(WIRE, other, 1), "{other}");
            assert!(copies(other, WIRE, 1), "{other}");
        }
    }

    #[test]
    fn the_same_news_in_other_words_is_no_copy() {
        let rewritten = "Fog was to blame when a ferry carrying 212 people ran onto the rocks near Port Hallam on Sunday night, \
            the port's harbour master believes. No one was injured and tugs came quickly. Passengers will be put up in hotels, \
            and another vessel takes over the crossing while inspectors look at the damaged hull, probably until Thursday.";
        assert!(!copies(WIRE, rewritten, 0));
        assert!(!copies(WIRE, "", 0));
    }

    #[test]
    fn what_returns_later_with_other_figures_is_news_but_a_reprint_is_a_copy() {
        let again = WIRE.replace("212", "96").replace("Sunday", "Friday").replace("Thursday", "Monday");
        assert!(copies(WIRE, &again, 1));
        assert!(!copies(WIRE, &again, 30));
        assert!(copies(WIRE, WIRE, 300));
    }

    #[test]
    fn short_articles_are_copies_if_title_and_body_are_the_same() {
        let body = "The crossing from Port Hallam opens on Friday.";
        let one = imprint("Ferry is back", body, 0);
        assert!(one.is_copy(&imprint("FERRY IS BACK", body, 9)).is_some());
        assert!(one.is_copy(&imprint("Ferry is late", body, 0)).is_none());
        assert!(one.is_copy(&imprint("Ferry is", &format!("back {body}"), 0)).is_none());
        assert!(imprint("Weather", "Sunny.", 0).is_copy(&imprint("Weather", "Sunny.", 0)).is_none());
        assert!(one.keys().len() >= 2 && imprint("Weather", "Sunny.", 0).keys().is_empty());
    }
}
