//! A set of small numbers, as bits: what is asked thousands of times an article stays in the nearest cache.

/// A set of numbers.
#[derive(Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// Makes it empty, with room for numbers below `end`.
    pub(super) fn clear(&mut self, end: usize) {
        self.0.clear();
        self.0.resize(end.div_ceil(64), 0);
    }

    /// Adds a number; those there is no room for are left out.
    pub(super) fn set(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Whether it holds a number.
    pub(super) fn has(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// The numbers, in order.
    pub(super) fn each(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().zip((0..).step_by(64)).flat_map(|(word, from)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let next = (rest != 0).then(|| from + rest.trailing_zeros() as usize);
                rest &= rest.wrapping_sub(1);
                next
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_comes_out_in_order() {
        let mut bits = Bits::default();
        bits.clear(130);
        for number in [129, 64, 0, 63, 64, 400] {
            bits.set(number);
        }
        assert_eq!(bits.each().collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert!(bits.has(129) && !bits.has(128) && !bits.has(400));
        bits.clear(130);
        assert_eq!(bits.each().count(), 0);
    }
}
