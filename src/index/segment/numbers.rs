//! Numbers of variable length: seven bits a byte, the lowest first.

/// The most bytes that one takes.
pub(super) const LONGEST_NUMBER: usize = 5;

/// Appends a number.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "seven bits each")]
pub(super) fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number from the front; `None` if the bytes end before it does.
#[inline]
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let (&first, mut rest) = bytes.split_first()?;
    let mut number = u32::from(first & 0x7f);
    let (mut byte, mut shift) = (first, 7);
    while byte & 0x80 != 0 {
        let (&next, after) = rest.split_first()?;
        number |= u32::from(next & 0x7f) << shift;
        (byte, rest, shift) = (next, after, shift + 7);
    }
    *bytes = rest;
    Some(number)
}
