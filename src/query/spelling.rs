//! Which name was meant by one that there is not.

use crate::text::edits;

/// The name among `names` that `written` is most likely a slip for: at most one edit away, from seven letters on two.
pub(super) fn nearest(written: &str, names: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    if !(3..=16).contains(&written.len()) {
        return None;
    }
    let written = written.to_ascii_lowercase();
    let most = if written.len() < 7 { 1 } else { 2 };
    names
        .into_iter()
        .filter_map(|name| Some((edits(&written, &name.to_ascii_lowercase(), most)?, name)))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}
