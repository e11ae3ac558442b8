//! The words of an article, each once.

use crate::article::Article;
use crate::text::word_hash::word_hash;
use crate::text::{Token, is_common_hash};

/// Tokens of the body that are looked at: news says first what it is about.
const LOOKED_AT: usize = 600;

/// What a word looks like, which tells about how many articles have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// A word of most texts.
    Common,
    /// A name of many texts.
    CommonName,
    /// A word of few texts.
    Rare,
    /// It begins with a capital letter or a digit, and stands in few texts.
    Name,
}

impl Looks {
    fn of(name: bool, common: bool) -> Self {
        match (name, common) {
            (false, true) => Self::Common,
            (true, true) => Self::CommonName,
            (false, false) => Self::Rare,
            (true, false) => Self::Name,
        }
    }

    /// The share of articles that have such a word, about.
    pub(super) fn share(self) -> f32 {
        match self {
            Self::Common => 0.12,
            Self::CommonName => 0.012,
            Self::Rare => 0.01,
            Self::Name => 0.004,
        }
    }

    /// Whether it is a name.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::CommonName)
    }
}

/// A word of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) hash: u32,
    /// How often it stands there.
    pub(super) times: u8,
    pub(super) looks: Looks,
    pub(super) in_title: bool,
}

/// The words of an article, each once: those of the title and of the beginning of the body.
#[derive(Debug, Clone, Default)]
pub struct Words(pub(super) Vec<Word>);

impl Words {
    /// Of an article with the tokens of its two texts.
    pub fn of(article: &Article, title: &[Token], body: &[Token]) -> Self {
        let of_title = title.iter().map(|token| (token.span.of(&article.title), true));
        let of_body = body.iter().take(LOOKED_AT).map(|token| (token.span.of(&article.body), false));
        let mut stands: Vec<u64> = Vec::with_capacity(title.len() + body.len().min(LOOKED_AT));
        stands.extend(of_title.chain(of_body).map(|(word, in_title)| stand(word, in_title)));
        stands.sort_unstable();
        Self(stands.chunk_by(|a, b| a >> FLAGS == b >> FLAGS).filter_map(word_of).collect())
    }
}

/// Bits of a stand that are no bits of the word's hash.
const FLAGS: u32 = 3;
const IN_TITLE: u64 = 1;
const NAME: u64 = 2;

/// A word's hash, whether it stands in the title, and whether it looks like a name, as a number: sorting numbers puts the
/// same words together.
fn stand(word: &str, in_title: bool) -> u64 {
    let name = word.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit());
    let flags = if in_title { IN_TITLE } else { 0 } | if name { NAME } else { 0 };
    word_hash(word) >> FLAGS << FLAGS | flags
}

/// A word of several stands. Where it stands in small letters in the body half of the time, it is no name; of a title, where
/// every word may begin with a capital letter, only what stands nowhere else is looked at.
fn word_of(stands: &[u64]) -> Option<Word> {
    let hash = *stands.first()?;
    let in_body = stands.iter().filter(|stand| *stand & IN_TITLE == 0);
    let names = in_body.clone().filter(|stand| *stand & NAME != 0).count();
    let name = match in_body.count() {
        0 => stands.iter().all(|stand| stand & NAME != 0),
        all => 2 * names > all,
    };
    Some(Word {
        hash: u32::try_from(hash >> 32).unwrap_or_default(),
        times: u8::try_from(stands.len()).unwrap_or(u8::MAX),
        looks: Looks::of(name, is_common_hash(hash)),
        in_title: stands.iter().any(|stand| stand & IN_TITLE != 0),
    })
}

/// What a word is known by.
pub(super) fn hash_of(word: &str) -> u32 {
    u32::try_from(word_hash(word) >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token_list;

    fn words(title: &str, body: &str) -> Words {
        let article = Article { title: title.to_owned(), body: body.to_owned(), ..Article::default() };
        Words::of(&article, &token_list(title), &token_list(body))
    }

    #[test]
    fn a_word_is_told_once_however_it_is_written() {
        let found = words("FERRY is back", "The ferry is back in Hallam. Ferry traffic was stopped.");
        let known = |word: &str| found.0.iter().find(|known| known.hash == hash_of(word)).copied();
        let ferry = known("ferry");
        assert!(ferry.is_some_and(|ferry| ferry.times == 3 && ferry.in_title && !ferry.looks.is_name()));
        assert!(known("Hallam").is_some_and(|hallam| hallam.looks == Looks::Name && !hallam.in_title));
        assert!(known("is").is_some_and(|is| is.times == 2 && is.looks == Looks::Common));
        assert_eq!(found.0.len(), 9);
    }

    #[test]
    fn an_article_without_words_has_none() {
        assert!(words("", "").0.is_empty());
    }
}
