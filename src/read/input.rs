//! Paths to inputs: files as they are, folders walked in order, `-` for standard input.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::records::Opening;
use super::{ReadError, Records, Reject};
use crate::article::Origin;

/// One file to read, or standard input.
#[derive(Debug)]
pub struct Input {
    name: Arc<str>,
    size: u64,
    place: Place,
}

enum Place {
    File(PathBuf),
    Stdin,
    /// Taken by the first who reads it.
    Reader(Mutex<Option<Box<dyn Read + Send>>>),
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(f, "File({})", path.display()),
            Self::Stdin => f.write_str("Stdin"),
            Self::Reader(_) => f.write_str("Reader"),
        }
    }
}

impl Input {
    /// The file at `path`.
    ///
    /// # Errors
    /// If there is no such path, or it is no regular file. A link to a regular file is one.
    pub fn file(path: &Path) -> Result<Self, Reject> {
        let name: Arc<str> = path.to_string_lossy().into();
        match fs::metadata(path).map_err(|e| ReadError::io(&e)).and_then(|meta| regular(&meta)) {
            Ok(size) => Ok(Self { name, size, place: Place::File(path.to_owned()) }),
            Err(reason) => Err(whole(&name, reason)),
        }
    }

    /// Standard input, named `-`. Its size is not known: 0.
    pub fn stdin() -> Self {
        Self { name: "-".into(), size: 0, place: Place::Stdin }
    }

    /// Whatever `reader` gives, under a name for messages, which is also looked at for its extension.
    ///
    /// It can be read once; reading it again gives an empty input.
    ///
    /// ```
    /// use dateline::read::{Input, Options};
    /// let lines = &b"{\"title\": \"Bridge closed\"}\n{\"title\": \"Bridge op"[..];
    /// let options = Options::default();
    /// let read: Vec<_> = Input::reader("day.jsonl", lines).articles(&options).collect();
    /// assert_eq!(read[0].as_ref().unwrap().title, "Bridge closed");
    /// assert_eq!(read[1].as_ref().unwrap_err().reason.code(), "truncated");
    /// ```
    pub fn reader(name: &str, reader: impl Read + Send + 'static) -> Self {
        Self { name: name.into(), size: 0, place: Place::Reader(Mutex::new(Some(Box::new(reader)))) }
    }

    /// Its path as given, or `-`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its size on disk in bytes, compressed if it is; 0 if not known.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether it is a file, which never makes a reader wait for what somebody may write one day.
    pub fn is_file(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// Its records, one after another, with everything that could not be read in between.
    ///
    /// Nothing is opened before the first is asked for.
    pub fn records(&self, options: &super::Options) -> Records {
        Records::new(self.name.clone(), self.open(), options)
    }

    /// Its articles: [`Input::records`], each parsed where it stands.
    pub fn articles(
        &self,
        options: &super::Options,
    ) -> impl Iterator<Item = Result<crate::article::RawArticle, Reject>> {
        let options = options.clone();
        self.records(&options).map(move |record| record.and_then(|record| record.parse(&options)))
    }

    fn open(&self) -> Result<Opening, ReadError> {
        match &self.place {
            Place::File(path) => {
                // Looked at before it is opened, as opening a pipe would wait for a writer, and after, as the path
                // may have been given to another file in between.
                fs::metadata(path).map_err(|e| ReadError::io(&e)).and_then(|meta| regular(&meta))?;
                let file = File::open(path).map_err(|e| ReadError::io(&e))?;
                file.metadata().map_err(|e| ReadError::io(&e)).and_then(|meta| regular(&meta))?;
                Ok(Opening { reader: Box::new(file), path: Some(path.clone()) })
            }
            Place::Stdin => Ok(Opening { reader: Box::new(io::stdin()), path: None }),
            Place::Reader(reader) => {
                let taken = reader.lock().map_or(None, |mut held| held.take());
                let reader = taken.unwrap_or_else(|| Box::new(io::empty()));
                Ok(Opening { reader, path: None })
            }
        }
    }
}

/// The size of a regular file; an error that names what it is otherwise.
fn regular(meta: &fs::Metadata) -> Result<u64, ReadError> {
    if meta.is_file() { Ok(meta.len()) } else { Err(ReadError::NotRegular { what: what(meta.file_type()) }) }
}

fn what(file_type: fs::FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file_type.is_fifo() {
            return "a named pipe";
        }
        if file_type.is_socket() {
            return "a socket";
        }
        if file_type.is_block_device() || file_type.is_char_device() {
            return "a device";
        }
    }
    if file_type.is_dir() { "a folder" } else { "something else" }
}

pub(super) fn whole(name: &Arc<str>, reason: ReadError) -> Reject {
    Reject { origin: Origin { file: name.clone(), record: 0, offset: 0 }, reason }
}

/// The inputs that `paths` name, in order, and everything among them that cannot be one.
///
/// A folder stands for the files in it and below it, sorted by name in each folder; what begins with a dot is left
/// out, ignore files have no say. A link to a file is read, a link to a folder is refused (it may lead in a circle, or
/// out of the archive). `-` is standard input. A path that does not exist is named and does not stop the rest.
pub fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<Reject>) {
    let (mut found, mut rejects) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Input::stdin());
        } else if path.is_dir() {
            walk(path, &mut found, &mut rejects);
        } else {
            take(path, &mut found, &mut rejects);
        }
    }
    (found, rejects)
}

fn take(path: &Path, found: &mut Vec<Input>, rejects: &mut Vec<Reject>) {
    match Input::file(path) {
        Ok(input) => found.push(input),
        Err(reject) => rejects.push(reject),
    }
}

fn walk(folder: &Path, found: &mut Vec<Input>, rejects: &mut Vec<Reject>) {
    let walker = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(false)
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.path_is_symlink() && entry.path().is_dir() => {
                if entry.depth() > 0 {
                    let name = entry.path().to_string_lossy().into();
                    rejects.push(whole(&name, ReadError::NotRegular { what: "a link to a folder" }));
                }
            }
            Ok(entry) if entry.path().is_dir() => {}
            Ok(entry) => take(entry.path(), found, rejects),
            Err(error) => {
                let name = folder.to_string_lossy().into();
                rejects.push(whole(&name, ReadError::Io { message: error.to_string() }));
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn names(inputs: &[Input], under: &Path) -> Vec<String> {
        let strip =
            |input: &Input| Path::new(input.name()).strip_prefix(under).unwrap().display().to_string();
        inputs.iter().map(strip).collect()
    }

    #[test]
    fn a_folder_is_walked_in_order_without_hidden_files_and_heeding_no_ignore_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for file in ["c.txt", "a.txt", ".hidden.txt", "b/2.jsonl", "b/1.jsonl"] {
            fs::write(folder.path().join(file), "x").unwrap();
        }
        fs::write(folder.path().join(".ignore"), "*.txt").unwrap();
        fs::write(folder.path().join(".gitignore"), "*").unwrap();
        let (found, rejects) = inputs(&[folder.path().to_owned()]);
        assert_eq!(names(&found, folder.path()), ["a.txt", "b/1.jsonl", "b/2.jsonl", "c.txt"]);
        assert!(rejects.is_empty());
        assert_eq!(found[0].size(), 1);
    }

    #[test]
    fn a_missing_path_is_named_and_stops_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let good = folder.path().join("a.txt");
        fs::write(&good, "x").unwrap();
        let (found, rejects) = inputs(&[folder.path().join("none.txt"), good]);
        assert_eq!(names(&found, folder.path()), ["a.txt"]);
        let line = rejects[0].to_string();
        assert!(line.ends_with("none.txt: no such file or folder; check the spelling of the path"), "{line}");
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_links_to_folders_are_refused_and_links_to_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("real")).unwrap();
        fs::write(folder.path().join("real/a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path().join("real"), folder.path().join("loop")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("real/a.txt"), folder.path().join("link.txt")).unwrap();
        let (found, rejects) = inputs(&[folder.path().to_owned(), "/dev/null".into()]);
        assert_eq!(names(&found, folder.path()), ["link.txt", "real/a.txt"]);
        let reasons: Vec<_> = rejects.into_iter().map(|r| r.reason).collect();
        assert_eq!(
            reasons,
            [
                ReadError::NotRegular { what: "a link to a folder" },
                ReadError::NotRegular { what: "a device" }
            ]
        );
    }
}
