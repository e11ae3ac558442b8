//! Edits between two words.

/// How many letters must be put in, left out, changed, or swapped with their neighbour to make `b` of `a`; `None` if it
/// takes more than `most`.
///
/// This is the optimal string alignment distance: no piece is edited twice. Time and memory are bounded by the shorter
/// word's length times the longer's.
///
/// ```
/// use dateline::text::edits;
/// assert_eq!((edits("iran", "irna", 2), edits("iran", "qatar", 2)), (Some(1), None));
/// ```
pub fn edits(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::edits;

    #[test]
    fn each_kind_of_edit_counts_one() {
        for other in ["iraan", "irn", "iraq", "irna"] {
            assert_eq!(edits("iran", other, 2), Some(1), "{other}");
        }
        assert_eq!((edits("iran", "iran", 0), edits("iran", "iraq", 0)), (Some(0), None));
        assert_eq!((edits("", "ab", 2), edits("abcd", "wxyz", 2)), (Some(2), None));
    }
}
