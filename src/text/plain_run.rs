//! The letters and digits of ASCII that most tokens are, eight bytes a step.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW * 0x80;

/// How many letters and digits of ASCII stand from `at` on; of a run of at least `most`, at least `most` and fewer than
/// eight more.
#[inline]
pub(super) fn plain_run(bytes: &[u8], at: usize, most: usize) -> usize {
    let mut len = 0;
    while len < most {
        let Some(eight) = bytes.get(at + len..).and_then(|rest| rest.first_chunk::<8>()) else {
            let rest = bytes.get(at + len..).unwrap_or(&[]);
            return len + rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        };
        let run = plain_of(u64::from_le_bytes(*eight));
        len += run;
        if run < 8 {
            return len;
        }
    }
    len
}

/// How many of the eight bytes are letters and digits of ASCII before the first that is not.
#[inline]
fn plain_of(eight: u64) -> usize {
    // In each byte the highest bit tells whether it is at least the first of its kind, and whether it is beyond the last.
    let plain = eight & !HIGH;
    let small = plain | (LOW * 0x20);
    let letters = (small + LOW * (0x80 - 0x61)) & !(small + LOW * (0x80 - 0x7B));
    let digits = (plain + LOW * (0x80 - 0x30)) & !(plain + LOW * (0x80 - 0x3A));
    let others = !(letters | digits) | eight;
    ((others & HIGH).trailing_zeros() / 8) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_in_every_place_is_told() {
        for place in 0..8 {
            for byte in 0..=u8::MAX {
                let mut bytes = *b"aZ09mA5z";
                bytes[place] = byte;
                let run = if byte.is_ascii_alphanumeric() { 8 } else { place };
                assert_eq!(plain_of(u64::from_le_bytes(bytes)), run, "{byte} at {place}");
                assert_eq!(plain_run(&bytes, 0, 100), run);
                assert_eq!(plain_run(&bytes, 1, 100), run.saturating_sub(1).max(usize::from(place == 0) * 7));
            }
        }
    }

    #[test]
    fn a_long_run_is_cut_beyond_the_most() {
        for length in 0..300 {
            let run = plain_run("x".repeat(length).as_bytes(), 0, 184);
            assert!(run == length || (184..192).contains(&run), "{length}: {run}");
        }
    }
}
