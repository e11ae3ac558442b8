//! `models/words.bin`: the words of names in `src/extract/person/lexicon.txt`, as the program reads them.

use std::path::Path;

/// Packs the list at `list` into the file `out`; what was made.
pub(crate) fn make(list: &Path, out: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(list).map_err(|e| format!("{}: {e}", list.display()))?;
    let bytes = dateline::extract::person::pack(&text);
    std::fs::write(out, &bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    Ok(format!("{}: {} bytes", out.display(), bytes.len()))
}
