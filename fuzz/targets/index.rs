//! The small files of an index: whatever stands in them, an index is opened, or refused with a reason that can be shown.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dateline::clean::Evidence;
use dateline::fuzzing;
use dateline::index::manifest::{FORMAT, Manifest};
use dateline::index::{IndexError, check, sidecar};
use dateline::ingest::kept_evidence;

/// Puts `bytes` into an index as one of its files, which the first byte chooses; a bar ends a line.
pub(crate) fn holds(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&b' ', &[]));
    let text = super::file::lines(rest);
    match first {
        b'm' => manifest(&text),
        b'c' => checksums(&text, false),
        b'C' => checksums(&text, true),
        b's' => segments(&text),
        b'r' => resume(&text),
        b'e' => evidence(rest, false),
        _ => evidence(rest, true),
    }
}

/// A folder for this process, in memory where there is one: written at every run.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let within = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = within.join(format!("dateline-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("segments")).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    folder
});

/// Makes the folder anew with these files; one thread at a time may have it.
fn with<T>(files: &[(&str, &[u8])], then: impl FnOnce(&Path) -> T) -> T {
    static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    for name in ["manifest.json", "checksums", "evidence.bin", "resume.json", "segments/meta.json"] {
        let (path, found) = (FOLDER.join(name), files.iter().find(|(file, _)| *file == name));
        let done = match found {
            Some((_, bytes)) => std::fs::write(&path, bytes),
            None if path.exists() => std::fs::remove_file(&path),
            None => Ok(()),
        };
        done.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
    then(&FOLDER)
}

fn is_shown(error: &IndexError) {
    assert!(!error.to_string().trim().is_empty(), "{error:?}");
}

fn manifest(text: &[u8]) {
    match with(&[("manifest.json", text)], Manifest::read) {
        Ok(read) => assert_eq!(read.map(|manifest| manifest.format), Some(FORMAT)),
        Err(error) => is_shown(&error),
    }
}

/// A list of checksums, with a true sum of its own at its end if it is `closed`.
fn checksums(lines: &[u8], closed: bool) {
    let mut list = lines.to_vec();
    if closed {
        list.extend(format!("{:08x} end\n", crc32(lines)).bytes());
    }
    let manifest = format!("{{\"format\": {FORMAT}, \"written_by\": \"dateline\"}}");
    let files: [(&str, &[u8]); 3] = [
        ("checksums", &list),
        ("manifest.json", manifest.as_bytes()),
        ("segments/meta.json", b"{\"segments\": [], \"opstamp\": 7}"),
    ];
    match with(&files, check) {
        Ok(checked) => assert!(checked.damage.iter().all(|damage| !damage.what.is_empty()), "{checked:?}"),
        Err(error) => is_shown(&error),
    }
}

/// What says which segments there are.
fn segments(text: &[u8]) {
    let manifest = format!("{{\"format\": {FORMAT}, \"written_by\": \"dateline\"}}");
    match with(&[("manifest.json", manifest.as_bytes()), ("segments/meta.json", text)], check) {
        Ok(checked) => assert!(checked.damage.iter().all(|damage| !damage.what.is_empty()), "{checked:?}"),
        Err(error) => is_shown(&error),
    }
}

/// How far a run had come: no input of this one is the one that it names.
fn resume(text: &[u8]) {
    let went_on = with(&[("resume.json", text)], |folder| fuzzing::resumes(folder, &["a.txt", "b.txt"]));
    if let Err(why) = went_on {
        assert!(!why.trim().is_empty(), "refused for no reason");
    }
}

/// What cleaning has learned, behind a true checksum if it is `closed`.
fn evidence(bytes: &[u8], closed: bool) {
    let mut file = bytes.to_vec();
    if closed {
        file = [b"DLEV\x01", &crc32(bytes).to_le_bytes()[..], bytes].concat();
    }
    with(&[("evidence.bin", &file)], |folder| {
        let kept = sidecar::read(folder);
        assert!(!closed || kept.as_ref().is_ok_and(|kept| kept.as_deref() == Some(bytes)), "{kept:?}");
        let (evidence, note) = kept_evidence(folder);
        let read = kept.ok().flatten().and_then(|kept| Evidence::from_bytes(&kept));
        assert!(note.is_some() || read.is_some() && read.as_ref() == Some(&evidence), "{note:?}");
        if let Some(read) = read {
            assert_eq!(Evidence::from_bytes(&read.to_bytes()), Some(read), "it is not kept as it was read");
        }
    });
}

/// The checksum of gzip, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(crc & 1)))
    })
}
