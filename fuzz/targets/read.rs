//! What holds for every file: it is read or refused, with a reason that can be shown, and its records lie where they are said
//! to. The fuzzer makes files up (`cargo xtask fuzz`); the tests hold the same against the seeds.

use dateline::read::{Format, Input, Options, ReadError};

/// Reads `bytes` as a file: its first byte chooses a format, a letter for each, anything else leaves it to be told. A bar ends a
/// line, so that a seed is one line. Panics where something does not hold.
pub(crate) fn holds(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&b' ', &[]));
    let chosen = first.checked_sub(b'a').and_then(|number| Format::ALL.get(usize::from(number)).copied());
    let file: Vec<u8> = rest.iter().map(|byte| if *byte == b'|' { b'\n' } else { *byte }).collect();
    let options = Options { format: chosen, max_record: 1 << 20, ..Options::default() };
    let input = Input::reader("made up", std::io::Cursor::new(file.clone()));
    let mut any = false;
    let mut last = 0;
    for record in input.records(&options) {
        any = true;
        let parsed = record.and_then(|record| {
            // Records lie in order; what is packed or in another encoding has offsets of its own.
            let stands = chosen.is_some() && file.is_ascii();
            assert!(!stands || record.origin.offset >= last, "{:?} after {last}", record.origin);
            last = record.origin.offset;
            record.parse(&options)
        });
        match parsed {
            Ok(article) => {
                let says = !article.title.trim().is_empty() || !article.body.trim().is_empty();
                assert!(says || article.withdrawn, "{article:?} says nothing");
            }
            Err(reject) => {
                assert_ne!(reject.reason, ReadError::Internal);
                assert!(!reject.to_string().contains('\n'), "{reject}");
            }
        }
    }
    assert!(any, "nothing was read, and nothing said");
}
