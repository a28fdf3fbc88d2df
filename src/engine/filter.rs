//! Which customers are looked at: ranges of measures, and the mask of the customers within all of them.

use std::ops::Range;

use rayon::prelude::*;

use crate::model::filter::{Condition, Filter};
use crate::model::measured::Measured;
use crate::model::measures::Measure;
use crate::model::money::Scale;

/// Customers whose value of a measure lies between two ends that both belong to it; a missing end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// Of what.
    pub measure: Measure,
    /// The least, in the measure's smallest unit.
    pub low: Option<i64>,
    /// The most.
    pub high: Option<i64>,
}

/// The ranges that a filter's conditions leave, for data whose money has a scale.
#[must_use]
pub fn ranges(filter: &Filter, money: Scale) -> Vec<Between> {
    let between = |condition: &Condition| {
        let (low, high) = condition.bounds(money);
        Between { measure: condition.measure, low, high }
    };
    filter.conditions.iter().map(between).collect()
}

/// A bit a customer: whether a filter leaves them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    bits: Vec<u64>,
    kept: usize,
}

/// Customers that one task looks at; a multiple of the bits of a word.
const CHUNK: usize = 16_384;

impl Mask {
    /// The customers that are within all of some ranges.
    #[must_use]
    pub fn of(measured: &Measured, ranges: &[Between]) -> Self {
        let seen = |measure: Measure| {
            // What an axis measures is there already.
            if measured.measure(measure.axis()) == measure { measured.clone() } else { measured.with(measure) }
        };
        let seen: Vec<Measured> = ranges.iter().map(|range| seen(range.measure)).collect();
        let mut bits = vec![0; measured.len().div_ceil(64)];
        bits.par_chunks_mut(CHUNK / 64).enumerate().for_each(|(chunk, bits)| {
            let range = chunk * CHUNK..((chunk + 1) * CHUNK).min(measured.len());
            let (mut codes, mut outside) = (vec![0; range.len()], vec![0; range.len()]);
            for (between, seen) in ranges.iter().zip(&seen) {
                // Above the low end and not above the high one is a code of 1.
                let ends =
                    [between.low.map_or(i64::MIN, |low| low.saturating_sub(1)), between.high.unwrap_or(i64::MAX)];
                if ends[0] > ends[1] {
                    outside.fill(1);
                    continue;
                }
                seen.bins_of(between.measure.axis(), &ends, range.clone(), &mut codes);
                for (outside, code) in outside.iter_mut().zip(&codes) {
                    *outside |= u8::from(*code != 1);
                }
            }
            for (word, outside) in bits.iter_mut().zip(outside.chunks(64)) {
                *word = outside.iter().rev().fold(0, |word, outside| word << 1 | u64::from(*outside == 0));
            }
        });
        let kept = bits.par_iter().map(|word| word.count_ones() as usize).sum();
        Self { bits, kept }
    }

    /// Whether a customer is left. Panics beyond the customers, like a slice.
    #[inline]
    #[must_use]
    pub fn has(&self, customer: usize) -> bool {
        self.bits[customer / 64] >> (customer % 64) & 1 == 1
    }

    /// The customers of a range that are left, as places in it; the range begins at a word.
    pub(super) fn places(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        debug_assert_eq!(range.start % 64, 0);
        let words = self.bits[range.start / 64..range.end.div_ceil(64)].iter();
        words.enumerate().flat_map(|(number, word)| ones(*word).map(move |bit| number * 64 + bit))
    }

    /// How many customers are left.
    #[must_use]
    pub const fn kept(&self) -> usize {
        self.kept
    }
}

/// The places of the ones of a word, rising.
fn ones(word: u64) -> impl Iterator<Item = usize> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let place = rest.trailing_zeros();
        // The lowest one goes.
        rest &= rest.wrapping_sub(1);
        (place < u64::BITS).then_some(place as usize)
    })
}
