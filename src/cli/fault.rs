//! What a person sees of an internal fault: one line, which says where it was and what to do.
//!
//! What a panic says may quote an article, so it is not told. Developers who set `RUST_BACKTRACE` get the way that led to it besides.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::sync::{Mutex, PoisonError};

use super::exit::Failure;
use super::out::complain;
use crate::guard::guarded;

/// Where the last panic came from, unless that has been told.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Has panics keep where they come from, and be silent.
pub(super) fn keep_places() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!("{}:{}", short(at.file()), at.line()));
        *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = place;
        let way = Backtrace::capture();
        if way.status() == BacktraceStatus::Captured {
            complain(&way.to_string());
        }
    }));
}

/// Does what the program was asked for; a panic that nothing below has caught is a failure as others.
pub(super) fn within<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    guarded("working", work)
}

/// Where the last panic came from and by which dateline, for the line that tells of it; none if that has been told.
pub(super) fn place() -> Option<String> {
    let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).take()?;
    Some(format!("dateline {}, {place}", env!("CARGO_PKG_VERSION")))
}

/// The end of a path: the library and the file in it, not where somebody built them.
fn short(file: &str) -> &str {
    let library = file.rsplit_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    library.map_or(file, |(_, file)| file)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use super::super::exit::Exit;
    use super::*;

    #[test]
    fn what_nothing_caught_is_told_in_one_line_that_quotes_nothing() {
        let failure = within::<()>(|| panic!("a secret of an article")).unwrap_err();
        assert_eq!(failure.exit(), Exit::Error);
        let said = failure.to_string();
        assert!(said.starts_with("internal fault while working; ") && said.contains("report"), "{said}");
        assert!(!said.contains("secret") && !said.contains('\n'), "{said}");
    }

    #[test]
    fn a_place_is_told_without_the_folders_of_who_built_it() {
        let engine = "/home/jane/.cargo/registry/src/index.crates.io-1949/tantivy-0.27.0/src/core/mod.rs";
        assert_eq!(short(engine), "tantivy-0.27.0/src/core/mod.rs");
        assert_eq!(short("src/index/reader.rs"), "src/index/reader.rs");
    }
}
