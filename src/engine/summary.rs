//! Counts and sums of every cell, from which bins, planes and segments follow by addition.

use std::ops::{Add, AddAssign};

use rayon::prelude::*;

use crate::model::customers::{Axis, Measured};
use crate::model::cuts::Cuts;
use crate::model::scheme::{Cell, SegmentMap, cell_at, cell_index};

/// How many customers, with how many orders and how much money. Sums cannot overflow: the data was checked for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Customers.
    pub customers: u64,
    /// Their orders.
    pub orders: u64,
    /// Their net revenue, minor units.
    pub revenue: i64,
}

impl Add for Tally {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.customers += other.customers;
        self.orders += other.orders;
        self.revenue += other.revenue;
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

/// Scores on all three axes; the bins of a cell's position in a [`Summary`].
#[derive(Clone, Copy, Debug)]
pub struct Scorer<'a> {
    measured: Measured<'a>,
    cuts: &'a [Cuts; 3],
}

impl<'a> Scorer<'a> {
    /// Scores customers by cuts of R, F and M.
    #[must_use]
    pub const fn new(measured: Measured<'a>, cuts: &'a [Cuts; 3]) -> Self {
        Self { measured, cuts }
    }

    /// A customer's scores.
    #[inline]
    #[must_use]
    pub fn cell(&self, customer: usize) -> Cell {
        Axis::ALL.map(|axis| self.cuts[axis.index()].score(self.measured.value(axis, customer)))
    }

    /// Bins of R, F and M.
    #[must_use]
    pub fn bins(&self) -> [usize; 3] {
        [self.cuts[0].bins(), self.cuts[1].bins(), self.cuts[2].bins()]
    }
}

/// The tally of every cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    bins: [usize; 3],
    cells: Vec<Tally>,
}

/// Customers that one task scores.
const CHUNK: usize = 65_536;

impl Summary {
    /// Scores and counts all customers.
    #[must_use]
    pub fn compute(measured: Measured<'_>, cuts: &[Cuts; 3]) -> Self {
        let scorer = Scorer::new(measured, cuts);
        let bins = scorer.bins();
        let empty = || vec![Tally::default(); bins.iter().product()];
        let chunk = |from: usize| {
            let mut cells = empty();
            for customer in from..(from + CHUNK).min(measured.customers.len()) {
                cells[cell_index(bins, scorer.cell(customer))] += Tally {
                    customers: 1,
                    orders: measured.customers.orders[customer].into(),
                    revenue: measured.customers.monetary[customer],
                };
            }
            cells
        };
        let starts: Vec<usize> = (0..measured.customers.len()).step_by(CHUNK).collect();
        let merge = |mut left: Vec<Tally>, right: Vec<Tally>| {
            left.iter_mut().zip(right).for_each(|(left, right)| *left += right);
            left
        };
        let cells = starts.into_par_iter().map(chunk).reduce(empty, merge);
        Self { bins, cells }
    }

    /// Bins of R, F and M.
    #[must_use]
    pub const fn bins(&self) -> [usize; 3] {
        self.bins
    }

    /// All cells with their tallies, R slowest and M fastest, scores rising.
    #[must_use]
    pub fn cells(&self) -> impl DoubleEndedIterator<Item = (Cell, Tally)> + '_ {
        self.cells.iter().enumerate().map(|(index, tally)| (cell_at(self.bins, index), *tally))
    }

    /// All customers.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.cells.iter().copied().sum()
    }

    /// The customers with a score on an axis.
    #[must_use]
    pub fn score(&self, axis: Axis, score: u8) -> Tally {
        self.cells().filter(|(cell, _)| cell[axis.index()] == score).map(|(_, tally)| tally).sum()
    }

    /// The customers of a pattern of scores; an axis without a score takes all of its.
    #[must_use]
    pub fn pattern(&self, pattern: [Option<u8>; 3]) -> Tally {
        self.cells().filter(|(cell, _)| matches(pattern, *cell)).map(|(_, tally)| tally).sum()
    }

    /// The tally of every segment of a map, and of the uncovered cells last where there are some.
    #[must_use]
    pub fn segments(&self, map: &SegmentMap) -> Vec<Tally> {
        let mut segments = vec![Tally::default(); map.shown()];
        for (index, tally) in self.cells.iter().enumerate() {
            segments[map.segment(index)] += *tally;
        }
        segments
    }
}

/// Whether a cell fits a pattern of scores.
#[inline]
#[must_use]
pub fn matches(pattern: [Option<u8>; 3], cell: Cell) -> bool {
    pattern.iter().zip(cell).all(|(wanted, score)| wanted.is_none_or(|wanted| wanted == score))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::customers::{Customers, Frequency};
    use crate::model::cuts::{Closed, CutsError};
    use crate::model::day::Day;

    #[test]
    fn cells_add_up_to_the_file() -> Result<(), CutsError> {
        let mut customers = Customers::default();
        for number in 0..200_000i64 {
            customers.ids.push(&number.to_string());
            customers.last_order.push(Day((number % 700) as i32));
            customers.orders.push((number % 7) as u32 + 1);
            customers.monetary.push(number * 37 % 10_007 - 500);
        }
        let measured = Measured { customers: &customers, as_of: Day(700), frequency: Frequency::Orders };
        let cuts = [
            Cuts::fixed(Axis::Recency, Closed::Right, &[30, 90])?,
            Cuts::fixed(Axis::Frequency, Closed::Right, &[1, 3, 5])?,
            Cuts::fixed(Axis::Monetary, Closed::Left, &[0, 5_000])?,
        ];
        let summary = Summary::compute(measured, &cuts);
        assert_eq!(summary.total().customers, 200_000);
        assert_eq!(summary.total().revenue, customers.monetary.iter().sum::<i64>());
        let recent = (0..200_000).filter(|number| 700 - number % 700 <= 30).count() as u64;
        assert_eq!(summary.score(Axis::Recency, 3).customers, recent);
        let in_debt = customers.monetary.iter().filter(|money| **money < 0).count() as u64;
        assert_eq!(summary.pattern([None, None, Some(1)]).customers, in_debt);
        Ok(())
    }
}
