//! Ways in which a file is not what it was.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::corpus::Random;

/// A file that is changed: its name, and the bytes that it has then; `None` if it is gone.
#[derive(Debug)]
pub(crate) struct Changed(String, Option<Vec<u8>>);

impl Changed {
    pub(crate) fn name(&self) -> &str {
        &self.0
    }
}

/// What is done, and the files that it is done to, in order of their names.
#[derive(Debug)]
pub(crate) struct Change {
    how: String,
    pub(crate) files: Vec<Changed>,
}

/// What a file is, by its name.
pub(crate) fn kind(file: &str) -> &str {
    match file.strip_prefix("segments/") {
        Some(name) if name != "meta.json" => name.rsplit('.').next().unwrap_or(name),
        Some(name) => name,
        None => file,
    }
}

type Files = BTreeMap<String, Vec<u8>>;

impl Change {
    /// Any change of a file; `None` if it would change no byte, or if an index can be as it is then.
    pub(crate) fn any(file: &str, files: &Files, others: &Files, random: &mut Random) -> Option<Self> {
        let whole = &files[file];
        let mut bytes = whole.clone();
        let at = random.below(bytes.len());
        let how = match random.below(9) {
            0 => {
                *bytes.get_mut(at)? ^= 1 << random.below(8);
                format!("a bit of byte {at}")
            }
            1 => {
                *bytes.get_mut(at)? = u8::try_from(random.below(256)).unwrap();
                format!("byte {at}")
            }
            2 => {
                let end = (at + 1 + random.below(4096)).min(bytes.len());
                bytes.get_mut(at..end)?.fill(0);
                format!("zeros from {at} to {end}")
            }
            3 => {
                bytes.truncate(at);
                format!("cut to {at} bytes")
            }
            4 => {
                bytes.truncate(random.below(17));
                format!("cut to {} bytes", bytes.len())
            }
            5 => {
                let more = 1 + random.below(5000);
                let with = if random.below(2) == 0 { 0 } else { b'x' };
                bytes.extend(std::iter::repeat_n(with, more));
                format!("{more} bytes more")
            }
            6 => {
                let (name, other) = of_its_kind(file, files, others, random)?;
                bytes.clone_from(other);
                format!("replaced by {name}")
            }
            // What was learned may be missing.
            7 if file == "evidence.bin" || file == "rarity.bin" => return None,
            7 => {
                return Some(Self { how: "removed".to_owned(), files: vec![Changed(file.to_owned(), None)] });
            }
            _ => return Self::swapped(file, files, random),
        };
        let changed = Changed(file.to_owned(), Some(bytes));
        (changed.1.as_ref() != Some(whole)).then(|| Self { how, files: vec![changed] })
    }

    /// Two files that have each other's bytes.
    fn swapped(file: &str, files: &Files, random: &mut Random) -> Option<Self> {
        let others: Vec<&String> = files.keys().filter(|other| files[*other] != files[file]).collect();
        let other = *others.get(random.below(others.len()))?;
        let mut both = vec![
            Changed(file.to_owned(), Some(files[other].clone())),
            Changed(other.clone(), Some(files[file].clone())),
        ];
        both.sort_by(|a, b| a.0.cmp(&b.0));
        Some(Self { how: "swapped".to_owned(), files: both })
    }

    pub(crate) fn removes(&self) -> bool {
        self.files.iter().any(|file| file.1.is_none())
    }

    /// Changes the files of an index.
    pub(crate) fn make(&self, index: &Path) {
        for Changed(file, bytes) in &self.files {
            match bytes {
                Some(bytes) => std::fs::write(index.join(file), bytes).unwrap(),
                None => std::fs::remove_file(index.join(file)).unwrap(),
            }
        }
    }

    /// Puts back what there was.
    pub(crate) fn undo(&self, index: &Path, files: &Files) {
        self.files.iter().for_each(|file| std::fs::write(index.join(&file.0), &files[&file.0]).unwrap());
    }
}

/// Another file of the same kind: of another segment, or of another index. What an index learned is as good as what another did.
fn of_its_kind<'a>(
    file: &str,
    files: &'a Files,
    others: &'a Files,
    random: &mut Random,
) -> Option<(&'a str, &'a Vec<u8>)> {
    let same: Vec<_> = files.iter().chain(others).filter(|(name, _)| kind(name) == kind(file)).collect();
    let (name, bytes) = same.get(random.below(same.len()))?;
    (!["evidence.bin", "rarity.bin"].contains(&file)).then_some((name.as_str(), *bytes))
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.files.iter().map(|file| file.0.as_str()).collect();
        write!(f, "{}: {}", names.join(" and "), self.how)
    }
}
