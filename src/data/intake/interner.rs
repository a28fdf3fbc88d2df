//! Ids to positions: equal texts get one position, in the order of first sight.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::model::customers::TextArena;

/// A text's position, and half of its hash: the table grows and most lookups fail without a look at the texts, which lie far
/// apart in memory.
#[derive(Clone, Copy)]
struct Entry {
    hash: u32,
    position: u32,
}

/// Finds the position of a text in an arena that it fills.
#[derive(Default)]
pub(super) struct Interner {
    hasher: DefaultHashBuilder,
    entries: HashTable<Entry>,
    /// The position of the text seen last: rows of one order, and of one customer, often follow each other.
    last: Option<u32>,
}

/// The hash that the table is asked with, from the half that is kept: its top bits and its low bits must both vary.
const fn spread(hash: u32) -> u64 {
    (hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Interner {
    /// The position of a text, appended to the arena if it is new. At most 2^32 - 1 texts.
    #[inline]
    pub(super) fn intern(&mut self, text: &str, arena: &mut TextArena) -> usize {
        if let Some(last) = self.last
            && arena.get(last as usize) == text
        {
            return last as usize;
        }
        let hash = (self.hasher.hash_one(text) >> 32) as u32;
        let same = |entry: &Entry| entry.hash == hash && arena.get(entry.position as usize) == text;
        let known = self.entries.find(spread(hash), same).map(|entry| entry.position);
        let position = known.unwrap_or_else(|| {
            let position = arena.push(text) as u32;
            self.entries.insert_unique(spread(hash), Entry { hash, position }, |entry| spread(entry.hash));
            position
        });
        self.last = Some(position);
        position as usize
    }
}
