//! The customers in order of each axis: what quantiles, distributions and sorted lists read off.

use super::radix::order_by_key;
use crate::model::customers::{Axis, CustomerIndex, Measured};

/// One permutation of the customers an axis, by rising value; customers of equal value by position.
#[derive(Clone, Debug, Default)]
pub struct Index {
    orders: [Vec<CustomerIndex>; 3],
}

impl Index {
    /// Sorts the customers by each axis.
    #[must_use]
    pub fn build(measured: Measured<'_>) -> Self {
        let order = |axis| order_by_key(measured.customers.len(), |customer| measured.value(axis, customer));
        // Days and counts have few values and take about as long together as money does alone.
        let (counts, monetary) =
            rayon::join(|| [order(Axis::Recency), order(Axis::Frequency)], || order(Axis::Monetary));
        let [recency, frequency] = counts;
        Self { orders: [recency, frequency, monetary] }
    }

    /// The customers by rising value of an axis.
    #[must_use]
    pub fn order(&self, axis: Axis) -> &[CustomerIndex] {
        &self.orders[axis.index()]
    }

    /// How many customers have a value of at most `value` on an axis.
    #[must_use]
    pub fn rank(&self, measured: Measured<'_>, axis: Axis, value: i64) -> usize {
        self.order(axis).partition_point(|customer| measured.value(axis, *customer as usize) <= value)
    }

    /// The value at a rank from 0; `None` beyond the customers.
    #[must_use]
    pub fn value_at(&self, measured: Measured<'_>, axis: Axis, rank: usize) -> Option<i64> {
        self.order(axis).get(rank).map(|customer| measured.value(axis, *customer as usize))
    }
}
