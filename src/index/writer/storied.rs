//! Puts articles into stories, and corrects by hand which they are in.

use super::{Writer, by_parts};
use crate::index::ids::id_term;
use crate::index::prepared::Prepared;
use crate::index::schema;
use crate::index::segment::Value;
use crate::index::stories::corrections::Correction;
use crate::index::stories::{Asked, own_story};
use crate::index::{IndexError, reader};
use crate::story::Member;

impl Writer {
    /// Puts an article into a story.
    pub(super) fn place(&mut self, prepared: &mut Prepared) -> Result<Member, IndexError> {
        let Prepared { entry, stated_id, imprint, words, published, story, .. } = prepared;
        let own = own_story(&entry.id, imprint);
        let words = std::mem::take(words);
        let asked = Asked { id: stated_id, own, published: *published, words: &words };
        let mut member = self.stories.place(&asked)?;
        member.story = story.unwrap_or(member.story);
        entry.story = member.story;
        entry.values.push((schema::STORY, Value::Unsigned(member.story)));
        let traits = member.traits.iter().map(|found| (schema::TRAITS, Value::Unsigned(found.number())));
        entry.values.extend(traits);
        Ok(member)
    }

    /// Corrects stories by hand, durably: the articles that are said to be together are put into one, without those that are
    /// said to be apart. How many were moved. It is kept, and holds for articles that come again.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn correct(&mut self, correction: Correction) -> Result<u64, IndexError> {
        self.commit()?;
        self.attempt("correcting stories", |writer| {
            let searcher = by_parts(&writer.path)?;
            let ids = correction.together.clone();
            writer.stories.correct(correction)?;
            let mut moved = 0;
            let Some(target) = writer.stories.target(&ids)? else { return Ok(0) };
            for id in &ids {
                let Some(at) = reader::find(&searcher, &id_term(id))? else { continue };
                if writer.stories.story_of(id)? == Some(target) {
                    continue;
                }
                let stored = reader::stored(&searcher, at).map_err(IndexError::Corrupt)?;
                let prepared = Prepared::again(&stored, writer.weights)?;
                writer.upsert(Prepared { story: Some(target), ..prepared })?;
                moved += 1;
            }
            Ok(moved)
        })
    }
}
