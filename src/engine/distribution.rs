//! How the customers are spread along an axis, in as many columns as there is room for.

use super::analysis::Analysis;
use crate::model::customers::Axis;

/// A histogram: column `i` counts the values above `edges[i - 1]` up to and with `edges[i]`; the first also those below,
/// the last those above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    edges: Vec<i64>,
    counts: Vec<u64>,
    logarithmic: bool,
}

/// A tail this many times longer than the median is drawn on a logarithmic scale.
const LONG_TAIL: i64 = 8;

impl Distribution {
    /// Counts the customers along an axis in at most `columns` columns. The scale is linear, or logarithmic where the
    /// tail is long; values of zero or less then share the first column.
    #[must_use]
    pub fn of(analysis: &Analysis, axis: Axis, columns: usize) -> Self {
        let population = analysis.population();
        let customers = population.len();
        let at = |rank: usize| population.value_at(axis, rank);
        let (low, median, high) = (at(0), at(customers / 2), at(customers.saturating_sub(1)));
        // The first and the last hundredth are drawn together where they lie far out: a few extreme values would leave all
        // others in one column.
        let (first, last) = (at(customers / 100), at(customers.saturating_sub(1 + customers / 100)));
        // Few values of zero or less, such as those of customers who sent all back, may share the first column.
        let positive = customers - population.rank(axis, 0);
        let smallest = at(customers - positive + positive / 100);
        let long_tail = axis != Axis::Recency && median > 0 && high > median.saturating_mul(LONG_TAIL);
        let long_tail = long_tail && positive * 10 >= customers * 9;
        let far_out = i128::from(high) - i128::from(low) > 4 * (i128::from(last) - i128::from(first));
        let edges = match (long_tail, far_out) {
            (true, _) => logarithmic(smallest, high, columns),
            (false, true) if last > first => linear(first, last, columns),
            (false, _) => linear(low, high, columns),
        };
        let mut ranks: Vec<u64> = edges.iter().map(|edge| population.rank(axis, *edge) as u64).collect();
        if let Some(rank) = ranks.last_mut() {
            *rank = customers as u64;
        }
        let below = std::iter::once(&0).chain(&ranks);
        let counts = ranks.iter().zip(below).map(|(rank, below)| rank - below).collect();
        Self { edges, counts, logarithmic: long_tail }
    }

    /// Whether the columns widen towards large values.
    #[must_use]
    pub const fn is_logarithmic(&self) -> bool {
        self.logarithmic
    }

    /// Customers in each column.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The column that a value falls into; the last for anything larger than all.
    #[must_use]
    pub fn column(&self, value: i64) -> usize {
        self.edges.partition_point(|edge| *edge < value).min(self.edges.len().saturating_sub(1))
    }

    /// The largest value of each column.
    #[must_use]
    pub fn edges(&self) -> &[i64] {
        &self.edges
    }
}

fn linear(low: i64, high: i64, columns: usize) -> Vec<i64> {
    let span = i128::from(high) - i128::from(low) + 1;
    let columns = (columns.max(1) as i128).min(span);
    let edge = |column: i128| (i128::from(low) + span * (column + 1) / columns - 1) as i64;
    (0..columns).map(edge).collect()
}

fn logarithmic(low: i64, high: i64, columns: usize) -> Vec<i64> {
    let ratio = high as f64 / low as f64;
    let last = columns.max(2) - 1;
    let mut edges = vec![low];
    for column in 1..last {
        let before = edges[column - 1];
        let edge = low as f64 * ratio.powf(column as f64 / last as f64);
        // Whole values never share an edge, so that small counts get a column each.
        let edge = (edge as i64).max(before.saturating_add(1));
        if edge >= high {
            break;
        }
        edges.push(edge);
    }
    if edges.last().is_some_and(|edge| *edge < high) {
        edges.push(high);
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linear_edges_cover_the_range_once() {
        assert_eq!(linear(1, 10, 5), [2, 4, 6, 8, 10]);
        assert_eq!(linear(0, 2, 80), [0, 1, 2]);
        assert_eq!(linear(7, 7, 10), [7]);
    }

    #[test]
    fn logarithmic_edges_rise_and_end_at_the_largest_value() {
        let edges = logarithmic(1, 5_000, 20);
        assert!(edges.is_sorted_by(|a, b| a < b));
        assert_eq!((edges[0], edges[1], edges.last()), (1, 2, Some(&5_000)));
    }
}
