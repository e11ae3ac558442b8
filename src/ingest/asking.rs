//! Asks the watches of what comes in live, as they are when it comes.

use std::path::Path;
use std::sync::Arc;

use crate::index::{Added, IndexError, Writer};
use crate::snippet::crowd::Scratch;
use crate::watch::{Gathering, WatchList, Watches};

/// The watches of an index, and what they matched since the last commit.
pub(super) struct Asking {
    list: WatchList,
    watches: Arc<Watches>,
    gathering: Gathering,
    scratch: Scratch,
}

impl Asking {
    /// The watches as they are now, for the articles of the next commit; `before` as they were for the last one. None where
    /// there are none.
    pub(super) fn renewed(
        before: Option<Self>,
        path: &Path,
        writer: &mut Writer,
    ) -> Result<Option<Self>, IndexError> {
        let list = WatchList::read(path)?;
        if let Some(before) = before.filter(|before| before.list == list) {
            return Ok(Some(before));
        }
        if list.is_empty() {
            return Ok(None);
        }
        // One whose query cannot be read was refused when it was added, or is told of by `index`.
        let watches = Arc::new(Watches::new(&list, Some(&writer.committed())));
        let gathering = Gathering::begin(path, writer, Arc::clone(&watches))?;
        Ok(Some(Self { list, watches, gathering, scratch: Scratch::default() }))
    }

    /// An article was added.
    pub(super) fn added(&mut self, writer: &Writer, added: &Added) -> Result<(), IndexError> {
        let answered = self.watches.ask_stored(&mut self.scratch, &added.stored()?);
        self.gathering.added(writer, added, answered)
    }

    /// The article with this id was taken out.
    pub(super) fn removed(&mut self, id: &str) {
        self.gathering.removed(id);
    }

    /// Keeps what was matched, for the commit that comes now.
    pub(super) fn seal(&mut self, writer: &mut Writer) -> Result<u64, IndexError> {
        self.gathering.seal(writer)
    }
}
