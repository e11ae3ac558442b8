//! The two tables of evidence. Both have a fixed size, hold fingerprints and no text, and make room for the new by forgetting.

/// Entries in a bucket.
const WAYS: usize = 8;
/// Buckets: 131,072 entries of 8 bytes in all.
const BUCKETS: usize = 1 << 14;
/// Articles after which a stamp is one higher.
const TICK: u64 = 1024;
/// Ticks after which what has not been seen again counts for half when room is made.
const HALF_LIFE: u16 = 16;

/// The time at which this many articles have been counted.
pub(super) fn stamp(articles: u64) -> u16 {
    u16::try_from(articles / TICK).unwrap_or(u16::MAX)
}

/// A counted fingerprint. No count, no entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Entry {
    tag: u32,
    count: u16,
    /// When it was last seen.
    stamp: u16,
}

impl Entry {
    /// What it is worth when room is made.
    fn weight(self, now: u16) -> (u16, u16) {
        let halvings = now.saturating_sub(self.stamp) / HALF_LIFE;
        (self.count.checked_shr(halvings.into()).unwrap_or(0), self.stamp)
    }
}

/// How many articles had a line, by its fingerprint. Where a bucket is full, the entry that was seen least, and longest ago, makes
/// room. It has no buckets until something is counted, so that evidence of nothing costs nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Table(Box<[[Entry; WAYS]]>);

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let used = self.0.iter().flatten().filter(|entry| entry.count > 0).count();
        f.debug_struct("Table").field("used", &used).finish_non_exhaustive()
    }
}

/// The bucket and the tag of a fingerprint.
fn place(fingerprint: u64) -> (usize, u32) {
    #[allow(clippy::cast_possible_truncation, reason = "two parts of a hash")]
    ((fingerprint >> 40) as usize % BUCKETS, fingerprint as u32)
}

impl Table {
    fn with_buckets() -> Self {
        Self(vec![[Entry::default(); WAYS]; BUCKETS].into_boxed_slice())
    }

    /// Counts a fingerprint once more.
    pub(super) fn add(&mut self, fingerprint: u64, now: u16) {
        if self.0.is_empty() {
            *self = Self::with_buckets();
        }
        let (bucket, tag) = place(fingerprint);
        let Some(bucket) = self.0.get_mut(bucket) else { return };
        if let Some(entry) = bucket.iter_mut().find(|entry| entry.count > 0 && entry.tag == tag) {
            entry.count = entry.count.saturating_add(1);
            entry.stamp = now;
        } else if let Some(least) = bucket.iter_mut().min_by_key(|entry| entry.weight(now)) {
            *least = Entry { tag, count: 1, stamp: now };
        }
    }

    /// How often a fingerprint has been counted.
    pub(super) fn count(&self, fingerprint: u64) -> u16 {
        let (bucket, tag) = place(fingerprint);
        let entries = self.0.get(bucket).map_or(&[][..], |bucket| bucket);
        entries.iter().find(|entry| entry.count > 0 && entry.tag == tag).map_or(0, |entry| entry.count)
    }

    /// Bucket by bucket: how many entries, and each with its tag and its count, which is one byte if it is below 255.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        if self.0.is_empty() {
            bytes.extend([0; BUCKETS]);
        }
        for bucket in &self.0 {
            let used = || bucket.iter().filter(|entry| entry.count > 0);
            bytes.push(u8::try_from(used().count()).unwrap_or(u8::MAX));
            for entry in used() {
                bytes.extend(entry.tag.to_le_bytes());
                match u8::try_from(entry.count) {
                    Ok(count) if count < u8::MAX => bytes.push(count),
                    _ => {
                        bytes.push(u8::MAX);
                        bytes.extend(entry.count.to_le_bytes());
                    }
                }
            }
        }
    }

    /// Takes a table from the front of `bytes`; everything in it was seen at `now`.
    pub(super) fn read(bytes: &mut &[u8], now: u16) -> Option<Self> {
        let mut table = Self::with_buckets();
        for bucket in &mut table.0 {
            let (used, rest) = bytes.split_first()?;
            *bytes = rest;
            for entry in bucket.get_mut(..usize::from(*used))? {
                let (tag, rest) = bytes.split_first_chunk()?;
                let (count, rest) = rest.split_first()?;
                let (count, rest) = if *count == u8::MAX {
                    let (count, rest) = rest.split_first_chunk()?;
                    (u16::from_le_bytes(*count), rest)
                } else {
                    (u16::from(*count), rest)
                };
                *entry = Entry { tag: u32::from_le_bytes(*tag), count, stamp: now };
                *bytes = rest;
            }
        }
        Some(table)
    }
}

/// Slots for fingerprints of sentences, two an article.
const SLOTS: usize = 1 << 15;

/// The sentences of the articles counted last; later ones take the slots of earlier ones. It has no slots until there is one.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Recent(Box<[u32]>);

impl std::fmt::Debug for Recent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let used = self.0.iter().filter(|tag| **tag != 0).count();
        f.debug_struct("Recent").field("used", &used).finish_non_exhaustive()
    }
}

/// The slot and the tag of a sentence; a tag of 0 is none.
fn slot(fingerprint: u64) -> (usize, u32) {
    #[allow(clippy::cast_possible_truncation, reason = "two parts of a hash")]
    ((fingerprint >> 40) as usize % SLOTS, fingerprint as u32)
}

impl Recent {
    fn with_slots() -> Self {
        Self(vec![0; SLOTS].into_boxed_slice())
    }

    /// Whether all sentences of a sketch are known.
    pub(super) fn holds(&self, sketch: [u64; 2]) -> bool {
        let known = |fingerprint: &u64| {
            let (slot, tag) = slot(*fingerprint);
            self.0.get(slot) == Some(&tag)
        };
        let mut sentences = sketch.iter().filter(|fingerprint| **fingerprint != 0).peekable();
        sentences.peek().is_some() && sentences.all(known)
    }

    pub(super) fn add(&mut self, sketch: [u64; 2]) {
        if self.0.is_empty() {
            *self = Self::with_slots();
        }
        for fingerprint in sketch.into_iter().filter(|fingerprint| *fingerprint != 0) {
            let (slot, tag) = slot(fingerprint);
            if let Some(known) = self.0.get_mut(slot) {
                *known = tag;
            }
        }
    }

    /// The slots in use, each with its distance from the one before.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let used = || self.0.iter().enumerate().filter(|(_, tag)| **tag != 0);
        bytes.extend(u32::try_from(used().count()).unwrap_or(u32::MAX).to_le_bytes());
        for (slot, tag) in used() {
            bytes.extend(u16::try_from(slot).unwrap_or(u16::MAX).to_le_bytes());
            bytes.extend(tag.to_le_bytes());
        }
    }

    /// Takes what [`Recent::write`] wrote from the front of `bytes`.
    pub(super) fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mut recent = Self::with_slots();
        let (used, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        for _ in 0..u32::from_le_bytes(*used) {
            let (slot, rest) = bytes.split_first_chunk()?;
            let (tag, rest) = rest.split_first_chunk()?;
            *recent.0.get_mut(usize::from(u16::from_le_bytes(*slot)))? = u32::from_le_bytes(*tag);
            *bytes = rest;
        }
        Some(recent)
    }
}
