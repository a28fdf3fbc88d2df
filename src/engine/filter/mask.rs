//! The customers that a bound filter takes, a bit each.

use std::ops::Range;

use rayon::prelude::*;

use super::{Bound, Leaf, Span, Wanted};
use crate::model::field::FieldId;
use crate::model::packed::Packed;

/// The columns of the fields that a filter asks for.
pub trait Columns: Sync {
    /// The column of a field, with a value a customer.
    fn column(&self, field: FieldId) -> ColumnRef<'_>;
}

/// The values of a field.
#[derive(Clone, Copy, Debug)]
pub struct ColumnRef<'a> {
    /// What is stored, a number a customer.
    pub values: &'a Packed,
    /// What the stored number is taken from to have the value; `None` where it is the value.
    pub from: Option<i64>,
    /// The stored number that stands for no value.
    pub missing: Option<i64>,
}

/// A bit a customer: whether a filter leaves them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    bits: Vec<u64>,
    customers: usize,
    kept: usize,
}

/// Customers that one task looks at; a multiple of the bits of a word.
const CHUNK: usize = 16_384;

/// The words of a chunk.
const WORDS: usize = CHUNK / 64;

impl Mask {
    /// The customers, of so many, that a filter takes. Panics where a column has fewer values, like a slice.
    #[must_use]
    pub fn of(bound: &Bound, customers: usize, columns: &dyn Columns) -> Self {
        let mut bits = vec![0; customers.div_ceil(64)];
        bits.par_chunks_mut(WORDS).enumerate().for_each(|(chunk, words)| {
            let range = chunk * CHUNK..((chunk + 1) * CHUNK).min(customers);
            evaluate(bound, range, columns, words);
        });
        Self::counted(bits, customers)
    }

    /// A mask of words, without the bits beyond the customers.
    fn counted(mut bits: Vec<u64>, customers: usize) -> Self {
        if let Some(last) = bits.last_mut() {
            *last &= u64::MAX >> (64 - (customers - 1) % 64 - 1);
        }
        let kept = bits.par_chunks(WORDS).map(ones_of).sum();
        Self { bits, customers, kept }
    }

    /// Whether a customer is left. Panics beyond the customers, like a slice.
    #[inline]
    #[must_use]
    pub fn has(&self, customer: usize) -> bool {
        self.bits[customer / 64] >> (customer % 64) & 1 == 1
    }

    /// The customers of a range that are left, as places in it; the range begins at a word.
    pub fn places(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        debug_assert_eq!(range.start % 64, 0);
        let words = self.bits[range.start / 64..range.end.div_ceil(64)].iter();
        words.enumerate().flat_map(|(number, word)| ones(*word).map(move |bit| number * 64 + bit))
    }

    /// How many customers are left.
    #[must_use]
    pub const fn kept(&self) -> usize {
        self.kept
    }

    /// How many customers there are, left or not.
    #[must_use]
    pub const fn customers(&self) -> usize {
        self.customers
    }

    /// The customers that this one leaves out.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self::counted(self.bits.iter().map(|word| !word).collect(), self.customers)
    }

    /// The customers that are left by this one and by another of as many customers.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        debug_assert_eq!(self.customers, other.customers);
        let words = self.bits.iter().zip(&other.bits).map(|(one, other)| one & other);
        Self::counted(words.collect(), self.customers)
    }
}

/// Writes whom a filter takes of a range of customers. What is left of the last word may be anything.
fn evaluate(bound: &Bound, range: Range<usize>, columns: &dyn Columns, words: &mut [u64]) {
    let (members, all) = match bound {
        Bound::Leaf(leaf) => return mark(leaf, range, columns.column(leaf.field), words),
        Bound::Not(inner) => {
            evaluate(inner, range, columns, words);
            return flip(words);
        }
        Bound::All(members) => (members, true),
        Bound::Any(members) => (members, false),
    };
    // What no further member changes.
    let settled = if all { 0 } else { u64::MAX };
    words.fill(!settled);
    for (number, member) in members.iter().enumerate() {
        if number == 0 {
            evaluate(member, range.clone(), columns, words);
            continue;
        }
        if words.iter().all(|word| *word == settled) {
            return;
        }
        let mut taken = [0; WORDS];
        let taken = &mut taken[..words.len()];
        evaluate(member, range.clone(), columns, taken);
        for (word, taken) in words.iter_mut().zip(taken) {
            *word = if all { *word & *taken } else { *word | *taken };
        }
    }
}

/// Writes whom one condition takes of a range of customers.
fn mark(leaf: &Leaf, range: Range<usize>, column: ColumnRef<'_>, words: &mut [u64]) {
    let ColumnRef { values, from, missing } = column;
    let value = |stored: i64| from.map_or(Some(stored), |from| from.checked_sub(stored));
    // Whether the number that stands for no value is taken like a value.
    let mut takes_missing = false;
    match &leaf.wanted {
        Wanted::Missing => match missing {
            Some(missing) => values.mark_within(range.clone(), missing, missing, words),
            None => words.fill(0),
        },
        Wanted::Within(span) => {
            let span = without(stored(*span, from), missing);
            takes_missing = missing.is_some_and(|missing| span.low <= missing && missing <= span.high);
            values.mark_within(range.clone(), span.low, span.high, words);
        }
        Wanted::Among(among) => {
            let wanted = |stored: i64| value(stored).is_some_and(|value| among.has(value));
            takes_missing = missing.is_some_and(wanted);
            values.mark_where(range.clone(), wanted, words);
        }
    }
    if leaf.negated {
        flip(words);
        takes_missing = !takes_missing;
    }
    if let Some(missing) = missing.filter(|_| takes_missing) {
        let mut none = [0; WORDS];
        let none = &mut none[..words.len()];
        values.mark_within(range, missing, missing, none);
        for (word, none) in words.iter_mut().zip(none) {
            *word &= !*none;
        }
    }
}

fn flip(words: &mut [u64]) {
    for word in words {
        *word = !*word;
    }
}

/// The stored numbers that stand for the values of a range.
fn stored(span: Span, from: Option<i64>) -> Span {
    let Some(from) = from.filter(|_| !span.is_empty()) else { return span };
    let away = |end: i64| i128::from(from) - i128::from(end);
    let low = if span.high == i64::MAX { i128::MIN } else { away(span.high) };
    let high = if span.low == i64::MIN { i128::MAX } else { away(span.low) };
    Span::clamped(low, high)
}

/// A range without a number at one of its ends.
const fn without(span: Span, number: Option<i64>) -> Span {
    match number {
        Some(number) if number == span.low && number < span.high => Span { low: number + 1, ..span },
        Some(number) if number == span.high && span.low < number => Span { high: number - 1, ..span },
        _ => span,
    }
}

fn ones_of(words: &[u64]) -> usize {
    words.iter().map(|word| word.count_ones() as usize).sum()
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
