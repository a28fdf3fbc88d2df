//! Finding customers by a part of their id or name while it is typed: all texts are looked at with every key, in
//! parallel.

mod best;
mod fuzzy;
mod literal;

use std::ops::Range;

use rayon::prelude::*;

use crate::data::parse::text::identity_key;
use crate::job::CancelToken;
use crate::model::customers::TextArena;
use best::{Best, Key};
use fuzzy::Fuzzy;
use literal::Literal;

/// Texts that are looked through, by their place from 0.
pub trait Texts: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// The text at a place.
    fn text(&self, place: usize) -> &str;

    /// The texts of a range of places end to end, where they are kept like that; it makes finding much quicker.
    fn joined(&self, _places: Range<usize>) -> Option<&str> {
        None
    }

    /// Where the text at a place begins among all texts end to end, in bytes; for the place after the last, where that one
    /// ends. Only asked where they are kept end to end.
    fn start(&self, _place: usize) -> usize {
        0
    }
}

impl Texts for TextArena {
    fn count(&self) -> usize {
        self.len()
    }

    fn text(&self, place: usize) -> &str {
        self.get(place)
    }

    fn joined(&self, places: Range<usize>) -> Option<&str> {
        Some(self.joined(places))
    }

    fn start(&self, place: usize) -> usize {
        self.start(place)
    }
}

/// How texts are compared with what is typed. Case, width and blanks make no difference in either: both sides are in
/// their unified form, [`identity_key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What is typed stands somewhere in the text; first found, first listed.
    Literal,
    /// Its characters stand in the text in this order, with others between them; the closest first.
    Fuzzy,
}

/// What is looked for.
#[derive(Debug)]
pub struct Finder(Pattern);

#[derive(Debug)]
enum Pattern {
    Literal(Box<Literal>),
    Fuzzy(Fuzzy),
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The places of the first or closest texts, in this order.
    pub places: Vec<usize>,
    /// How many texts there are in all, also those beyond.
    pub matches: u64,
}

/// Texts that are looked through between two looks at the token: a stretch that fits the processor's cache.
const STRETCH: usize = 1 << 14;

impl Finder {
    /// Looks for a text; `None` where nothing of it is left in its unified form, which every text has.
    #[must_use]
    pub fn new(typed: &str, mode: Mode) -> Option<Self> {
        let needle = identity_key(typed);
        if needle.is_empty() {
            return None;
        }
        Some(Self(match mode {
            Mode::Literal => Pattern::Literal(Box::new(Literal::new(&needle))),
            Mode::Fuzzy => Pattern::Fuzzy(Fuzzy::new(&needle)),
        }))
    }

    /// Whether one text is found.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        match &self.0 {
            Pattern::Literal(literal) => literal.is_in(text),
            Pattern::Fuzzy(fuzzy) => fuzzy.score(text).is_some(),
        }
    }

    /// Looks through all texts and gives at most so many of those found: the first ones of the list, or the closest. `rank`
    /// is where in the list a place stands, `None` for places that it lacks. `None` when it was called off.
    #[must_use]
    pub fn find<T: Texts + ?Sized>(
        &self,
        texts: &T,
        rank: impl Fn(usize) -> Option<u32> + Sync,
        most: usize,
        cancel: &CancelToken,
    ) -> Option<Found> {
        let count = texts.count();
        let stretch = |number: usize| {
            let mut best = Best::new(most);
            if cancel.is_cancelled() {
                return best;
            }
            let places = number * STRETCH..((number + 1) * STRETCH).min(count);
            match &self.0 {
                Pattern::Literal(literal) => literal.find(texts, places, |place| {
                    if let Some(rank) = rank(place) {
                        best.push(Key { distance: 0, length: 0, rank }, place);
                    }
                }),
                Pattern::Fuzzy(fuzzy) => {
                    for place in places {
                        if let Some(close) = fuzzy.score(texts.text(place))
                            && let Some(rank) = rank(place)
                        {
                            best.push(Key { distance: -close.score, length: close.length, rank }, place);
                        }
                    }
                }
            }
            best
        };
        let stretches = (0..count.div_ceil(STRETCH)).into_par_iter();
        let best = stretches.map(stretch).reduce(|| Best::new(most), Best::merged);
        (!cancel.is_cancelled()).then(|| best.found())
    }
}

#[cfg(test)]
mod tests;
