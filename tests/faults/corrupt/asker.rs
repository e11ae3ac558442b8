//! A process that opens an index for each question and answers it, so that it can come to grief alone.

use std::fmt::Write as _;
use std::io::{BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Stdio};

use dateline::backend::{BackendError, Group, PageRequest};
use dateline::index::IndexError;
use dateline::search::{Archive, SearchError, SearchRequest};

use super::LIMIT;
use crate::process::{Silence, Watched, say, this};

/// What is asked: how many articles, the best of them with their quotes, an article by its id, all articles.
pub(crate) const QUESTIONS: [&str; 9] = [
    "search ghana",
    "search \"more than\" moved",
    "search person:weiss near country:iran",
    "search corfen* OR bacor*",
    "newest number:>1000",
    "count money:* published:2020",
    "get a7",
    "get a211",
    "all *",
];

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    Given(String),
    /// The index was said to be damaged.
    Refused,
    /// An error that does not say so.
    Unclear(String),
    /// The process ended: a panic that was not held, or worse.
    Died(String),
    Hung,
}

/// Asks a process, and starts another where that is needed.
pub(crate) struct Asker {
    index: PathBuf,
    process: Option<(Watched, ChildStdin)>,
}

impl Asker {
    pub(crate) fn new(index: &Path) -> Self {
        Self { index: index.to_owned(), process: None }
    }

    pub(crate) fn ask(&mut self, question: &str) -> Answer {
        let index = self.index.clone();
        let (process, questions) = self.process.get_or_insert_with(|| {
            let mut command = this("corrupt::asker::answers_what_it_is_asked");
            let mut process = Watched::this(command.env("FAULTS_ASK", index).stdin(Stdio::piped()));
            let questions = process.child.stdin.take().unwrap();
            (process, questions)
        });
        let _ = writeln!(questions, "{question}").and_then(|()| questions.flush()); // or it has died
        let answer = match process.line(LIMIT) {
            Ok(line) => {
                let (sort, text) = line.split_once(' ').unwrap_or((&line, ""));
                return match sort {
                    "given" => Answer::Given(text.to_owned()),
                    "refused" => Answer::Refused,
                    "panicked" => Answer::Died(text.to_owned()),
                    _ => Answer::Unclear(text.to_owned()),
                };
            }
            Err(Silence::Hung) => Answer::Hung,
            Err(Silence::Ended) => Answer::Died(format!("{:?}", process.child.wait())),
        };
        self.process = None;
        answer
    }
}

/// The process.
#[test]
fn answers_what_it_is_asked() {
    let Some(index) = std::env::var_os("FAULTS_ASK") else { return };
    for question in std::io::stdin().lock().lines().map_while(Result::ok) {
        let index = Path::new(&index);
        let answered = std::panic::catch_unwind(|| answer(index, &question));
        let line = match answered {
            Ok(Ok(text)) => format!("given {text:?}"),
            Ok(Err(error)) if is_damage(&error) => "refused".to_owned(),
            Ok(Err(error)) => format!("unclear {:?}", error.to_string()),
            Err(_) => "panicked it panicked".to_owned(),
        };
        say(&line);
    }
}

fn is_damage(error: &SearchError) -> bool {
    matches!(error, SearchError::Backend(BackendError::Index(error)) if IndexError::is_damage(error))
}

fn answer(index: &Path, question: &str) -> Result<String, SearchError> {
    let archive = Archive::open(index)?;
    let (sort, query) = question.split_once(' ').unwrap();
    let mut request = SearchRequest::default();
    let mut text = String::new();
    match sort {
        "count" => text = archive.count(query, &request)?.to_string(),
        "get" => {
            text = format!(
                "{:?} {:?}",
                archive.get(query)?,
                archive.copies(query).map_err(SearchError::Backend)?
            );
        }
        "all" => {
            request.page = PageRequest { group: Group::None, ..PageRequest::default() };
            for hit in archive.stream(query, &request)? {
                let hit = hit.map_err(SearchError::Backend)?;
                let _ = write!(text, "{:?} {:?}", hit.article, hit.mentions); // writing to a string cannot fail
            }
            text = format!("{:x} of {} bytes", crc32fast::hash(text.as_bytes()), text.len());
        }
        _ => {
            if sort == "newest" {
                request.page.sort = dateline::backend::Sort::Newest;
            }
            let page = archive.search(query, &request)?.page;
            text = format!("{:?} {:?}", page.total, page.hits);
        }
    }
    Ok(text)
}
