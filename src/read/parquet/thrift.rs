//! The numbers of Thrift's compact protocol that are looked at before anything is made room for: how deep a schema goes, how
//! large a page says it is.

/// A walk through a structure. Every step is checked, so nothing that it says is taken further than its bytes go.
#[derive(Debug, Clone)]
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
}

/// How deep structures within structures are skipped.
const DEPTH: u32 = 24;

/// The types of the protocol that are asked for.
const END: u8 = 0;
pub(super) const TRUE: u8 = 1;
pub(super) const I32: u8 = 5;
pub(super) const LIST: u8 = 9;
pub(super) const STRUCT: u8 = 12;

impl<'a> Walk<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// How many bytes have not been walked through.
    pub(super) fn left(&self) -> usize {
        self.bytes.len()
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*byte)
    }

    /// An unsigned number of variable length.
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A signed number.
    pub(super) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
    }

    /// The number and the type of the next field of a structure, after the field numbered `last`; of the type 0 at its end.
    fn field(&mut self, last: i64) -> Option<(i64, u8)> {
        let head = self.byte()?;
        let number = match head >> 4 {
            0 if head == 0 => last,
            0 => self.signed()?,
            step => last.checked_add(i64::from(step))?,
        };
        Some((number, head & 15))
    }

    /// How many elements a list has, and their type.
    pub(super) fn list(&mut self) -> Option<(u64, u8)> {
        let head = self.byte()?;
        let size = if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
        Some((size, head & 15)).filter(|_| size <= self.bytes.len() as u64)
    }

    /// Gives each field of a structure to `take`, which says whether it has walked through it.
    pub(super) fn each(&mut self, mut take: impl FnMut(&mut Self, i64, u8) -> Option<bool>) -> Option<()> {
        let mut last = 0;
        loop {
            let (number, kind) = self.field(last)?;
            if kind == END {
                return Some(());
            }
            last = number;
            if !take(self, number, kind)? {
                self.skip(kind, DEPTH)?;
            }
        }
    }

    fn skip(&mut self, kind: u8, depth: u32) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match kind {
            1 | 2 => {}
            3 => self.pass(1)?,
            4..=6 => drop(self.number()?),
            7 => self.pass(8)?,
            8 => {
                let len = self.number()?;
                self.pass(usize::try_from(len).ok()?)?;
            }
            9 | 10 => {
                let (size, kind) = self.list()?;
                for _ in 0..size {
                    // The elements of a list of truth values take a byte each.
                    if matches!(kind, 1 | 2) { self.pass(1)? } else { self.skip(kind, depth)? }
                }
            }
            11 => {
                let size = self.number()?;
                let kinds = if size == 0 { 0 } else { self.byte()? };
                for _ in 0..size {
                    for kind in [kinds >> 4, kinds & 15] {
                        if matches!(kind, 1 | 2) { self.pass(1)? } else { self.skip(kind, depth)? }
                    }
                }
            }
            12 => {
                let mut last = 0;
                loop {
                    let (number, kind) = self.field(last)?;
                    if kind == END {
                        break;
                    }
                    last = number;
                    self.skip(kind, depth)?;
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn pass(&mut self, count: usize) -> Option<()> {
        self.bytes = self.bytes.get(count..)?;
        Some(())
    }
}
