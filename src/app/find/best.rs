//! The best few of many.

use super::Found;

/// What is best: the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// How far a text is from what is typed.
    pub(super) distance: i32,
    /// Its characters.
    pub(super) length: u32,
    /// Its rank in the list.
    pub(super) rank: u32,
}

/// At most so many of the best, and how many there were.
#[derive(Debug)]
pub(super) struct Best {
    most: usize,
    /// Up to twice as many as are wanted, in no order.
    kept: Vec<(Key, usize)>,
    /// The last of the best so far, once there are enough: what comes behind it is only counted.
    last: Option<(Key, usize)>,
    matches: u64,
}

impl Best {
    pub(super) const fn new(most: usize) -> Self {
        Self { most, kept: Vec::new(), last: None, matches: 0 }
    }

    pub(super) fn push(&mut self, key: Key, place: usize) {
        self.matches += 1;
        if self.last.is_some_and(|last| (key, place) > last) {
            return;
        }
        self.kept.push((key, place));
        if self.kept.len() > self.most.saturating_mul(2).max(64) {
            self.shorten();
        }
    }

    pub(super) fn merged(mut self, mut other: Self) -> Self {
        self.matches += other.matches;
        self.kept.append(&mut other.kept);
        self.shorten();
        self
    }

    fn shorten(&mut self) {
        if self.kept.len() > self.most {
            if let Some(last) = self.most.checked_sub(1) {
                self.last = Some(*self.kept.select_nth_unstable(last).1);
            }
            self.kept.truncate(self.most);
        }
    }

    pub(super) fn found(mut self) -> Found {
        self.shorten();
        self.kept.sort_unstable();
        Found { places: self.kept.into_iter().map(|(_, place)| place).collect(), matches: self.matches }
    }
}
