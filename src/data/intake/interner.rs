//! Ids to positions: equal texts get one position, in the order of first sight.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::model::customers::TextArena;

/// Finds the position of a text in an arena that it fills.
#[derive(Default)]
pub(super) struct Interner {
    hasher: DefaultHashBuilder,
    positions: HashTable<u32>,
    /// The text seen last and its position: rows of one order, and of one customer, often follow each other.
    last: Option<u32>,
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
        let hash = self.hasher.hash_one(text);
        let known = self.positions.find(hash, |position| arena.get(*position as usize) == text);
        let position = known.copied().unwrap_or_else(|| {
            let position = arena.push(text) as u32;
            let hasher = &self.hasher;
            self.positions.insert_unique(hash, position, |other| hasher.hash_one(arena.get(*other as usize)));
            position
        });
        self.last = Some(position);
        position as usize
    }
}
