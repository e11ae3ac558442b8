//! What an index must hold, and what it does hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dateline::backend::{Group, PageRequest};
use dateline::index::{IndexError, check};
use dateline::search::{Archive, SearchRequest};

use super::corpus::{Operation, operation};

/// The version of each article that is there.
pub(crate) type State = BTreeMap<String, u64>;

/// What the first operations come to.
pub(crate) fn after(seed: u64, operations: u64, deletes: bool) -> State {
    let mut state = State::new();
    for number in 0..operations {
        match operation(seed, number, deletes) {
            Operation::Put { id, version } => state.insert(id, version),
            Operation::Delete { id } => state.remove(&id),
        };
    }
    state
}

/// Every article of an index as it is given out, one a line, in order of ids; ids that are there twice stay twice.
pub(crate) fn dump(index: &Path) -> Result<Vec<(String, String)>, String> {
    let archive = match Archive::open(index) {
        Ok(archive) => archive,
        Err(IndexError::Missing(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error.to_string()),
    };
    let mut all = Vec::new();
    for hit in archive.stream("*", &every()).map_err(|e| e.to_string())? {
        let hit = hit.map_err(|e| e.to_string())?;
        all.push((hit.article.id.clone(), format!("{:?} {:?}", hit.article, hit.mentions)));
    }
    if all.len() as u64 != archive.len() {
        return Err(format!("{} articles are counted and {} found", archive.len(), all.len()));
    }
    all.sort();
    Ok(all)
}

/// All articles, copies too.
fn every() -> SearchRequest {
    let page = PageRequest { group: Group::None, ..PageRequest::default() };
    SearchRequest { page, ..SearchRequest::default() }
}

/// Which version of which article an index holds.
///
/// # Errors
/// What is wrong: articles twice, texts that belong to others, words that do not find what is there.
pub(crate) fn held(index: &Path) -> Result<State, String> {
    let archive = match Archive::open(index) {
        Ok(archive) => archive,
        Err(IndexError::Missing(_)) => return Ok(State::new()), // its making was cut off
        Err(error) => return Err(error.to_string()),
    };
    let mut state = State::new();
    for hit in archive.stream("*", &every()).map_err(|e| e.to_string())? {
        let article = hit.map_err(|e| e.to_string())?.article;
        let version = article.title.split(' ').nth(1).and_then(|number| number.parse().ok());
        let version = version.ok_or_else(|| format!("{:?} was never written", article.title))?;
        if let Some(other) = state.insert(article.id.clone(), version) {
            return Err(format!("{} is there twice, as versions {other} and {version}", article.id));
        }
    }
    if state.len() as u64 != archive.len() {
        return Err(format!("{} articles are counted and {} found", archive.len(), state.len()));
    }
    // A few are looked for by words of their own, and by id.
    for (id, version) in state.iter().step_by(1 + state.len() / 4) {
        let query = format!("version{version} AND {id}");
        let found = archive.count(&query, &SearchRequest::default()).map_err(|e| e.to_string())?;
        let stored = archive.get(id).map_err(|e| e.to_string())?;
        if found != 1 || stored.is_none_or(|stored| stored.article.id != *id) {
            return Err(format!("{query} finds {found} articles"));
        }
    }
    Ok(state)
}

/// In what an index differs from what it must hold; `None` if in nothing.
pub(crate) fn difference(held: &State, expected: &State) -> Option<String> {
    if held == expected {
        return None;
    }
    let ids: BTreeSet<_> = held.keys().chain(expected.keys()).collect();
    let differing: Vec<String> = ids
        .into_iter()
        .filter(|id| held.get(*id) != expected.get(*id))
        .map(|id| format!("{id}: {:?} instead of {:?}", held.get(id), expected.get(id)))
        .collect();
    Some(format!(
        "{} articles differ, {}",
        differing.len(),
        differing.iter().take(3).cloned().collect::<Vec<_>>().join("; ")
    ))
}

/// Damage that a check finds; `None` if there is none.
pub(crate) fn damage(index: &Path) -> Option<String> {
    match check(index) {
        Ok(checked) => checked.damage.first().map(|damage| format!("{}: {}", damage.file, damage.what)),
        Err(IndexError::Missing(_)) => None, // there is nothing yet that could be damaged
        Err(error) => Some(error.to_string()),
    }
}
