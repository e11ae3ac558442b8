//! The figures of a story side by side.

use crate::backend::{BackendError, Sheet, SideBySide, Stated};
use crate::guard::guarded;
use crate::search::Archive;
use crate::story::{Told, side_by_side};

/// Articles of a story whose figures are compared.
const COMPARED: usize = 60;

impl Archive {
    /// What the outlets of a story say of the same things; `id` as for [`Archive::story`]. Of a story of many articles the
    /// first are compared.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn figures_of_story(&self, id: &str) -> Result<Option<Sheet>, BackendError> {
        let Some(story) = self.story(id)? else { return Ok(None) };
        let stored = self.backend().articles_of(story.number, COMPARED)?;
        guarded("setting figures side by side", || {
            let told: Vec<Told<'_>> =
                stored.iter().map(|one| Told { article: &one.article, mentions: &one.mentions }).collect();
            // An article without an outlet is one of its own.
            let outlet = |n: usize| {
                let article = stored.get(n).map(|one| &one.article);
                article.map(|article| article.source.clone().unwrap_or_else(|| article.id.clone()))
            };
            let rows = side_by_side(&told, outlet).into_iter().map(|row| {
                let stated = row.figures.iter().filter_map(|figure| {
                    let told = told.get(figure.article)?;
                    let mention = told.mentions.get(figure.mention)?;
                    Some(Stated {
                        article: figure.article,
                        reading: mention.quantity()?.reading(),
                        field: mention.field,
                        span: mention.span,
                        quoted: figure.sentence,
                        quote: figure.sentence.of(told.article.text(mention.field)).to_owned(),
                    })
                });
                SideBySide { stated: stated.collect(), about: row.about, unit: row.unit }
            });
            let rows = rows.collect();
            Ok(Some(Sheet { articles: stored.into_iter().map(|one| one.article.into()).collect(), rows }))
        })
    }
}
