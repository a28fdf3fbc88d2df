//! Texts as keys of 16 bytes, and the hash table that finds them.
//!
//! An id of up to 15 bytes is its own key, so that telling two apart needs no look at texts that lie elsewhere in memory;
//! longer ones are kept in an arena.

use std::hint::black_box;

use crate::model::customers::TextArena;

/// A text of up to 15 bytes, or the place of a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u128);

/// The bits that hold the length, above the text.
const LENGTH: u32 = 120;
/// Bytes that fit.
const INLINE: usize = 15;
/// In place of the length: the rest is a place.
const LONG: u128 = 0xff;

impl Key {
    /// The key of no text at all.
    pub(super) const NONE: Self = Self(u128::MAX);

    /// The key of a short text.
    #[inline]
    pub(super) fn short(text: &[u8]) -> Option<Self> {
        if text.len() > INLINE {
            return None;
        }
        let mut bytes = [0; 16];
        bytes[..text.len()].copy_from_slice(text);
        Some(Self(u128::from_le_bytes(bytes) | (text.len() as u128) << LENGTH))
    }

    /// The key of a short text of visible ASCII characters in small letters, which is then its identity.
    #[inline]
    pub(super) fn small(text: &[u8]) -> Option<Self> {
        if text.len() > INLINE || !text.iter().fold(true, |all, byte| all & byte.is_ascii_graphic()) {
            return None;
        }
        let mut bytes = [0; 16];
        bytes[..text.len()].copy_from_slice(text);
        bytes.make_ascii_lowercase();
        Some(Self(u128::from_le_bytes(bytes) | (text.len() as u128) << LENGTH))
    }

    /// The key of a longer text that is kept at a place.
    pub(super) const fn long(place: u64) -> Self {
        Self(LONG << LENGTH | place as u128)
    }

    /// Where the text is kept, if it is long.
    #[inline]
    pub(super) const fn place(self) -> Option<u64> {
        if self.0 >> LENGTH == LONG && self.0 != u128::MAX { Some(self.0 as u64) } else { None }
    }

    /// Whether there is no text.
    #[inline]
    pub(super) const fn is_none(self) -> bool {
        self.0 == u128::MAX
    }

    /// The text, where it is short, in a buffer.
    pub(super) const fn bytes(self) -> ([u8; 16], usize) {
        (self.0.to_le_bytes(), (self.0 >> LENGTH) as usize)
    }

    /// The bits.
    #[inline]
    pub(super) const fn bits(self) -> u128 {
        self.0
    }
}

/// Texts of rows on their way, the long ones in a buffer of their own.
#[derive(Debug, Default)]
pub(super) struct Texts(Vec<u8>);

impl Texts {
    /// The key of a text.
    #[inline]
    pub(super) fn key(&mut self, text: &[u8]) -> Key {
        Key::short(text).unwrap_or_else(|| {
            let place = (self.0.len() as u64) << 32 | text.len() as u64;
            self.0.extend_from_slice(text);
            Key::long(place)
        })
    }

    /// The text of a long key.
    pub(super) fn get(&self, place: u64) -> &[u8] {
        let (start, length) = ((place >> 32) as usize, place as u32 as usize);
        &self.0[start..start + length]
    }

    /// The text of a key, whether short or long; empty where there is none.
    pub(super) fn text(&self, key: Key) -> String {
        let (bytes, length) = key.bytes();
        let length = if key.is_none() { 0 } else { length.min(INLINE) };
        let bytes = key.place().map_or(&bytes[..length], |place| self.get(place));
        String::from_utf8_lossy(bytes).into_owned()
    }
}

/// A slot of the table: half of a hash, and a place from 1; 0 is empty.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u32,
    place: u32,
}

/// Finds places by hash, by linear probing. Slots lie in the order of the hashes, so that growing walks through memory.
#[derive(Debug, Default)]
pub(super) struct Table {
    slots: Vec<Slot>,
    filled: usize,
}

/// Where a place was looked for.
pub(super) enum Found {
    /// It is there.
    Place(usize),
    /// It is not; it would go into this slot.
    Free(usize),
}

impl Table {
    /// The slot that a hash begins at.
    #[inline]
    fn home(&self, hash: u32) -> usize {
        ((u64::from(hash) * self.slots.len() as u64) >> 32) as usize
    }

    /// Looks at the slot of a hash and forgets it again. Looks of several hashes overlap, and the searches that follow need not
    /// wait for memory one after the other.
    #[inline]
    pub(super) fn touch(&self, hash: u32) -> u32 {
        black_box(self.slots.get(self.home(hash)).map_or(0, |slot| slot.place))
    }

    /// Looks for a hash whose place is the same.
    #[inline]
    pub(super) fn find(&self, hash: u32, same: impl Fn(usize) -> bool) -> Found {
        let mut at = self.home(hash);
        loop {
            let Some(slot) = self.slots.get(at) else {
                if self.slots.is_empty() {
                    return Found::Free(0);
                }
                at = 0;
                continue;
            };
            if slot.place == 0 {
                return Found::Free(at);
            }
            if slot.hash == hash && same(slot.place as usize - 1) {
                return Found::Place(slot.place as usize - 1);
            }
            at += 1;
        }
    }

    /// Enters a place whose hash was not found. At most 2^32 - 2 places.
    #[inline]
    pub(super) fn insert(&mut self, free: usize, hash: u32, place: usize) {
        let slot = Slot { hash, place: place as u32 + 1 };
        // A quarter stays free: the way to a free slot stays short.
        if (self.filled + 1) * 4 > self.slots.len() * 3 {
            self.grow();
            self.enter(slot);
        } else {
            self.slots[free] = slot;
        }
        self.filled += 1;
    }

    fn grow(&mut self) {
        const FIRST: usize = 1 << 10;
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); (old.len() * 2).max(FIRST)];
        for slot in old.into_iter().filter(|slot| slot.place > 0) {
            self.enter(slot);
        }
    }

    fn enter(&mut self, slot: Slot) {
        let mut at = self.home(slot.hash);
        while self.slots[at].place > 0 {
            at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
        }
        self.slots[at] = slot;
    }
}

/// Long texts that stay.
#[derive(Debug, Default)]
pub(super) struct LongTexts(TextArena);

impl LongTexts {
    /// Keeps the text of a key from elsewhere, and gives the key it has here.
    pub(super) fn keep(&mut self, key: Key, texts: &Texts) -> Key {
        match key.place() {
            None => key,
            Some(place) => Key::long(self.0.push(&String::from_utf8_lossy(texts.get(place))) as u64),
        }
    }

    /// Whether a key of here is the same text as one from elsewhere.
    #[inline]
    pub(super) fn same(&self, here: Key, key: Key, texts: &Texts) -> bool {
        here == key && here.place().is_none() || self.same_long(here, key, texts)
    }

    fn same_long(&self, here: Key, key: Key, texts: &Texts) -> bool {
        match (here.place(), key.place()) {
            (Some(here), Some(place)) => self.0.get(here as usize).as_bytes() == texts.get(place),
            _ => false,
        }
    }

    /// The text of a key of here; empty where there is none.
    pub(super) fn text(&self, key: Key) -> String {
        let mut arena = TextArena::default();
        self.write(key, &mut arena);
        arena.get(0).to_owned()
    }

    /// Appends the text of a key of here to an arena.
    pub(super) fn write(&self, key: Key, arena: &mut TextArena) {
        if let Some(place) = key.place() {
            arena.push(self.0.get(place as usize));
        } else {
            let (bytes, length) = key.bytes();
            let length = if key.is_none() { 0 } else { length.min(INLINE) };
            arena.push(&String::from_utf8_lossy(&bytes[..length]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_texts_come_back_and_differ() {
        let mut texts = Texts::default();
        let all = [
            "",
            "0",
            "00",
            "a",
            "fifteen bytes !",
            "sixteen bytes !!",
            "sixteen bytes !?",
            "a much longer text than that",
        ];
        let keys: Vec<Key> = all.iter().map(|text| texts.key(text.as_bytes())).collect();
        let mut kept = LongTexts::default();
        let here: Vec<Key> = keys.iter().map(|key| kept.keep(*key, &texts)).collect();
        let mut arena = TextArena::default();
        for (number, text) in all.iter().enumerate() {
            assert_eq!(texts.text(keys[number]), *text);
            kept.write(here[number], &mut arena);
            assert_eq!(arena.get(number), *text);
            for (other, key) in keys.iter().enumerate() {
                assert_eq!(kept.same(here[number], *key, &texts), other == number, "{text} {}", all[other]);
            }
        }
    }

    #[test]
    fn a_table_finds_each_of_many_places_whatever_their_hashes() {
        for bits in [32, 8, 0] {
            let hash =
                |place: usize| (place as u32).wrapping_mul(0x9e37_79b9).checked_shr(32 - bits).unwrap_or_default();
            let mut table = Table::default();
            let most = if bits == 32 { 100_000 } else { 3_000 };
            for place in 0..most {
                if let Found::Free(free) = table.find(hash(place), |other| other == place) {
                    table.insert(free, hash(place), place);
                }
            }
            assert!((0..most).all(
                |place| matches!(table.find(hash(place), |other| other == place), Found::Place(found) if found == place)
            ));
            assert!(matches!(table.find(hash(most), |other| other == most), Found::Free(_)));
        }
    }
}
