//! Bits in a row of bytes, the lowest of each byte first, and numbers in them of which small ones take few.

/// Bits under construction.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits that are no whole byte yet.
    held: u64,
    count: u32,
}

/// The most bits that are written or read at once.
const MOST: u32 = 56;

impl BitWriter {
    /// Adds the lowest `count` bits of a value, 56 at most.
    pub(super) fn bits(&mut self, value: u64, count: u32) {
        debug_assert!(count <= MOST, "more bits than are written at once");
        self.held |= (value & ((1 << count) - 1)) << self.count;
        self.count += count;
        let whole = self.count / 8;
        self.bytes.extend(self.held.to_le_bytes().get(..whole as usize).unwrap_or_default());
        self.held >>= 8 * whole;
        self.count -= 8 * whole;
    }

    /// Adds one bit.
    pub(super) fn bit(&mut self, bit: bool) {
        self.bits(u64::from(bit), 1);
    }

    /// Adds a number below 2^55 as an exponential Golomb code: numbers below 2^`order` take `order` + 1 bits, twice as many
    /// after them two more, and so on.
    pub(super) fn number(&mut self, number: u64, order: u32) {
        let number = number + (1 << order);
        let width = number.ilog2();
        let more = width - order;
        let rest = number ^ 1 << width; // the highest bit is known
        if more + 1 + width <= MOST {
            self.bits(1 << more | rest << (more + 1), more + 1 + width);
        } else {
            self.bits(1 << more, more + 1);
            self.bits(rest, width);
        }
    }

    /// Adds a number of either sign, the small ones first, below 2^54.
    pub(super) fn signed(&mut self, number: i64, order: u32) {
        self.number((number << 1 ^ number >> 63).cast_unsigned(), order);
    }

    /// All bytes; what is left of the last is 0.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bits(0, 8 - self.count);
        }
        self.bytes
    }
}

/// Reads what a [`BitWriter`] wrote; `None` where there is no more, or what stands there is no number.
#[derive(Debug)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    /// Bits read.
    at: usize,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next 57 bits and more; zeros stand behind the last.
    fn ahead(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let next = match rest.first_chunk() {
            Some(eight) => u64::from_le_bytes(*eight),
            None => rest.iter().rev().fold(0, |next, byte| next << 8 | u64::from(*byte)),
        };
        next >> (self.at % 8)
    }

    /// Bits that are left.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() * 8 - self.at
    }

    pub(super) fn bits(&mut self, count: u32) -> Option<u64> {
        let bits = self.ahead() & ((1 << count.min(MOST)) - 1);
        if count > MOST || count as usize > self.left() {
            return None;
        }
        self.at += count as usize;
        Some(bits)
    }

    pub(super) fn bit(&mut self) -> Option<bool> {
        Some(self.bits(1)? == 1)
    }

    pub(super) fn number(&mut self, order: u32) -> Option<u64> {
        let more = self.ahead().trailing_zeros();
        self.bits(more.checked_add(1)?)?;
        let width = more + order;
        Some((self.bits(width)? | 1 << width) - (1 << order))
    }

    pub(super) fn signed(&mut self, order: u32) -> Option<i64> {
        let number = self.number(order)?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(
            rows in prop::collection::vec((0u32..9, prop_oneof![0u64..9, 0u64..1 << 54], any::<bool>()), 0..60),
        ) {
            let mut writer = BitWriter::default();
            for (order, number, sign) in &rows {
                writer.bit(*sign);
                writer.number(*number, *order);
                writer.bits(*number, 10);
                let half = (*number >> 2).cast_signed();
                writer.signed(if *sign { -half } else { half }, *order);
            }
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes);
            for (order, number, sign) in &rows {
                prop_assert_eq!(reader.bit(), Some(*sign));
                prop_assert_eq!(reader.number(*order), Some(*number));
                prop_assert_eq!(reader.bits(10), Some(number & 1023));
                let half = (*number >> 2).cast_signed();
                prop_assert_eq!(reader.signed(*order), Some(if *sign { -half } else { half }));
            }
            prop_assert!(reader.left() < 8);
            prop_assert_eq!(reader.bits(8), None);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..40), order in 0u32..9) {
            let mut reader = BitReader::new(&bytes);
            while reader.number(order).is_some() && reader.signed(order).is_some() {}
        }
    }

    #[test]
    fn small_numbers_take_few_bits() {
        let len = |number, order| {
            let mut writer = BitWriter::default();
            writer.number(number, order);
            writer.bytes.len() * 8 + writer.count as usize
        };
        assert_eq!([len(0, 0), len(1, 0), len(2, 0), len(3, 0)], [1, 3, 3, 5]);
        assert_eq!([len(1, 1), len(2, 1), len(7, 3), len(8, 3)], [2, 4, 4, 6]);
    }
}
