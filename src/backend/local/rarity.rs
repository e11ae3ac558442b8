//! How much a match of several words together weighs: BM25 on the sum of their rarities.

use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::Field;
use tantivy::{Score, Term};

use super::list::Form;
use crate::index::Reader;

/// The rarity of something that may be found in an article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rarity {
    /// The sum of the rarities of the words that must meet.
    sum: f64,
    /// How many articles hold the rarest of them.
    holders: u64,
}

/// The figures of an index that rarity is told by.
pub(super) struct Statistics<'a> {
    provider: &'a dyn Bm25StatisticsProvider,
    articles: u64,
}

impl<'a> Statistics<'a> {
    pub(super) fn of(provider: &'a dyn Bm25StatisticsProvider) -> tantivy::Result<Self> {
        Ok(Self { provider, articles: provider.total_num_docs()? })
    }

    /// The rarity of a word that any of some terms stands for.
    pub(super) fn word<'t>(
        &self,
        field: Field,
        terms: impl IntoIterator<Item = &'t str>,
    ) -> tantivy::Result<Rarity> {
        let mut holders = 0;
        for term in terms {
            holders += self.provider.doc_freq(&Term::from_field_text(field, term))?;
        }
        let holders = holders.min(self.articles);
        Ok(Rarity { sum: self.idf(holders), holders })
    }

    /// The rarity of a word that any of some forms stands for.
    pub(super) fn forms(&self, field: Field, forms: &[Form]) -> tantivy::Result<Rarity> {
        let lang = Reader::fields().lang;
        let mut holders = 0;
        for form in forms {
            let mut of = self.provider.doc_freq(&Term::from_field_text(field, &form.term))?;
            if !form.langs.is_empty() {
                let mut most = 0;
                for tag in &form.langs {
                    most += self.provider.doc_freq(&Term::from_field_text(lang, tag))?;
                }
                of = of.min(most);
            }
            holders += of;
        }
        let holders = holders.min(self.articles);
        Ok(Rarity { sum: self.idf(holders), holders })
    }

    /// The rarity of things that must meet.
    pub(super) fn all(&self, parts: impl IntoIterator<Item = Rarity>) -> Rarity {
        let none = Rarity { sum: 0.0, holders: self.articles };
        parts.into_iter().fold(none, |a, b| Rarity { sum: a.sum + b.sum, holders: a.holders.min(b.holders) })
    }

    /// What it is worth that an article has something which about so many have, however often and however long it is.
    pub(super) fn of_presence(&self, holders: f64) -> Score {
        narrow(idf(holders, self.articles as f64))
    }

    /// The weight of a match in a field.
    pub(super) fn weight(&self, field: Field, rarity: Rarity) -> tantivy::Result<Bm25Weight> {
        let tokens = self.provider.total_num_tokens(field)?;
        let average = tokens as f32 / self.articles.max(1) as f32;
        let times = (rarity.sum / self.idf(rarity.holders)).min(f64::from(u16::MAX));
        let weight = Bm25Weight::for_one_term_without_explain(rarity.holders, self.articles, average);
        Ok(weight.boost_by(narrow(times)))
    }

    fn idf(&self, holders: u64) -> f64 {
        idf(holders as f64, self.articles as f64).max(f64::MIN_POSITIVE)
    }
}

/// BM25's measure of a term's rarity, as tantivy computes it.
fn idf(holders: f64, all: f64) -> f64 {
    ((all - holders + 0.5).max(0.0) / (holders + 0.5)).ln_1p()
}

/// The engine's scores have single precision.
#[allow(clippy::cast_possible_truncation, reason = "a weight of bounded size; the last digits do not matter")]
fn narrow(weight: f64) -> Score {
    weight as Score
}
