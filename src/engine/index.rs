//! The customers in order of each axis: what quantiles, distributions and sorted lists read off.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::filter::Mask;
use super::radix::order_by_key;
use crate::model::customers::{Axis, CustomerIndex};
use crate::model::measured::Measured;

/// The customers by rising value of an axis, those of equal value by position; shared, so that taking one costs nothing.
pub type Order = Arc<Vec<CustomerIndex>>;

/// One order of the customers an axis, of all of them or of those that a filter leaves.
#[derive(Clone, Debug, Default)]
pub struct Index {
    orders: [Order; 3],
}

impl Index {
    /// Sorts the customers by each axis.
    #[must_use]
    pub fn build(measured: &Measured) -> Self {
        Self { orders: Axis::ALL.map(|axis| Self::sort(measured, axis)) }
    }

    /// Sorts the customers by an axis.
    #[must_use]
    pub fn sort(measured: &Measured, axis: Axis) -> Order {
        Arc::new(order_by_key(measured.len(), |customer| measured.value(axis, customer)))
    }

    /// The same with another order on an axis.
    #[must_use]
    pub fn with(&self, axis: Axis, order: Order) -> Self {
        let mut other = self.clone();
        other.orders[axis.index()] = order;
        other
    }

    /// Only the customers that a filter leaves, in the same orders. Of an axis whose values alone it goes by, the ranks that
    /// it leaves may be given: they are copied as they are.
    #[must_use]
    pub fn filtered(&self, mask: &Mask, ranks: Option<&(Axis, Range<usize>)>) -> Self {
        let keep = |axis: Axis| {
            let order = self.order(axis);
            match ranks {
                Some((known, ranks)) if *known == axis => Arc::new(order[ranks.clone()].to_vec()),
                _ => Arc::new(filtered(order, mask)),
            }
        };
        let (recency, (frequency, monetary)) =
            rayon::join(|| keep(Axis::Recency), || rayon::join(|| keep(Axis::Frequency), || keep(Axis::Monetary)));
        Self { orders: [recency, frequency, monetary] }
    }

    /// How many customers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.orders[0].len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The customers by rising value of an axis.
    #[must_use]
    pub const fn order(&self, axis: Axis) -> &Order {
        &self.orders[axis.index()]
    }

    /// How many customers have a value of at most `value` on an axis.
    #[must_use]
    pub fn rank(&self, measured: &Measured, axis: Axis, value: i64) -> usize {
        self.order(axis).partition_point(|customer| measured.value(axis, *customer as usize) <= value)
    }

    /// The value at a rank from 0; `None` beyond the customers.
    #[must_use]
    pub fn value_at(&self, measured: &Measured, axis: Axis, rank: usize) -> Option<i64> {
        self.order(axis).get(rank).map(|customer| measured.value(axis, *customer as usize))
    }

    /// Bytes that the orders take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.orders.iter().map(|order| std::mem::size_of_val(order.as_slice())).sum()
    }
}

/// The customers of an order that a filter leaves.
fn filtered(order: &[CustomerIndex], mask: &Mask) -> Vec<CustomerIndex> {
    /// Customers that one task looks at; a multiple of the bits of a word.
    const CHUNK: usize = 1 << 16;
    // A bit a customer in this order first: it tells where the others go, and looking anybody up is the slow part.
    let left = |customers: &[CustomerIndex]| {
        customers.iter().rev().fold(0u64, |word, customer| word << 1 | u64::from(mask.has(*customer as usize)))
    };
    let words: Vec<Vec<u64>> = order.par_chunks(CHUNK).map(|chunk| chunk.chunks(64).map(left).collect()).collect();
    let mut kept = vec![0; mask.kept()];
    let mut rest = kept.as_mut_slice();
    let mut parts = Vec::with_capacity(words.len());
    for words in &words {
        let (part, after) = rest.split_at_mut(words.iter().map(|word| word.count_ones() as usize).sum());
        parts.push(part);
        rest = after;
    }
    order.par_chunks(CHUNK).zip(words).zip(parts).for_each(|((chunk, words), part)| {
        // Each is written, and the next one over it if it is not to be kept: no branch that nobody can foresee.
        let mut count = 0;
        for (customers, word) in chunk.chunks(64).zip(words) {
            for (place, customer) in customers.iter().enumerate() {
                if let Some(kept) = part.get_mut(count) {
                    *kept = *customer;
                }
                count += (word >> place & 1) as usize;
            }
        }
    });
    kept
}
