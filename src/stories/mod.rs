//! What may be asked of the stories of an archive: one with its articles, what their figures say side by side, why they are
//! together, and what else is about the same.
//!
//! Which article is in which story was told when it came in ([`crate::story`]); this hall asks the index for it.

mod figures;
mod related;

pub use related::Related;

use crate::backend::{BackendError, Story, Why};
use crate::search::Archive;

impl Archive {
    /// The story with this id, or that of the article with this id; `None` where there is neither.
    ///
    /// ```
    /// # use dateline::ingest::{IngestOptions, ingest};
    /// # use dateline::read::Input;
    /// # use dateline::search::Archive;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = std::env::temp_dir().join(format!("dateline-story-{}", std::process::id()));
    /// # let lines = concat!(
    /// #     r#"{"id": "a1", "title": "Ferry aground off Port Hallam", "body": "A ferry with 212 people ran aground off Port Hallam.", "published": "2025-09-01"}"#, "\n",
    /// #     r#"{"id": "b1", "title": "All safe as Hallam ferry strikes rocks", "body": "The 212 passengers of a ferry aground at Port Hallam are safe.", "published": "2025-09-02"}"#, "\n");
    /// # ingest(&folder, &[Input::reader("day.jsonl", lines.as_bytes())], &IngestOptions::default(), &mut ())?;
    /// let archive = Archive::open(&folder)?;
    /// let story = archive.story("b1")?.unwrap();
    /// let ids: Vec<_> = story.articles.iter().map(|article| article.id.as_str()).collect();
    /// assert_eq!(ids, ["a1", "b1"]);
    /// assert_eq!(archive.story(&dateline::story::id_of(story.number))?, Some(story));
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn story(&self, id: &str) -> Result<Option<Story>, BackendError> {
        self.backend().story(id)
    }

    /// The number of the story that the article with this id is in.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn story_of(&self, id: &str) -> Result<Option<u64>, BackendError> {
        self.backend().story_of(id)
    }

    /// Why each article of a story is in it, first published first; `id` as for [`Archive::story`]. What is told is what
    /// the index holds now, not what it held when the article came in.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn explain_story(&self, id: &str) -> Result<Option<Vec<Why>>, BackendError> {
        self.backend().explain_story(id)
    }
}
