//! The first eight bytes of a text as one number: most patterns of a table are told from a text by these alone.

/// The first bytes of a pattern, eight at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    bytes: u64,
    /// All bits of the bytes that it has.
    mask: u64,
}

impl Head {
    /// The first bytes of `pattern`.
    pub(super) fn of(pattern: &[u8]) -> Self {
        let mask = match pattern.len() {
            0 => 0,
            len => u64::MAX >> (64 - 8 * len.min(8)),
        };
        Self { bytes: first_eight(pattern) & mask, mask }
    }

    /// Whether a text with these first bytes may begin with the pattern.
    #[inline]
    pub(super) fn begins(self, first: u64) -> bool {
        (first ^ self.bytes) & self.mask == 0
    }

    /// As [`Head::begins`], capitals and small letters of ASCII being the same.
    #[inline]
    pub(super) fn begins_in_any_case(self, first: u64) -> bool {
        (first ^ self.bytes) & self.mask & !SMALL == 0
    }
}

/// The bit that parts capitals from small letters.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// The first eight bytes of a text; a shorter one has zeros behind it.
#[inline]
pub(super) fn first_eight(text: &[u8]) -> u64 {
    match text.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => text.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_lets_through_what_begins_with_its_pattern() {
        let texts = ["", "s", "share", "Share this", "shared by all", "sham"];
        for pattern in ["", "s", "share", "share this", "share thus"] {
            for text in texts {
                let (head, first) = (Head::of(pattern.as_bytes()), first_eight(text.as_bytes()));
                let cut = |text: &str| text.bytes().take(8).collect::<Vec<_>>();
                assert_eq!(head.begins(first), cut(text).starts_with(&cut(pattern)), "{text} {pattern}");
                let small = text.to_ascii_lowercase();
                assert_eq!(head.begins_in_any_case(first), cut(&small).starts_with(&cut(pattern)));
            }
        }
    }
}
