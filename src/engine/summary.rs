//! Counts and sums of every cell, from which bins, planes and segments follow by addition.

use std::ops::{Add, AddAssign, Range, Sub};

use rayon::prelude::*;

use super::codes::bins_of;
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

impl Tally {
    /// The tally of one customer.
    #[inline]
    #[must_use]
    pub fn of(measured: Measured<'_>, customer: usize) -> Self {
        let customers = measured.customers;
        Self { customers: 1, orders: customers.orders[customer].into(), revenue: customers.monetary[customer] }
    }
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

/// The rest, when the right tally is of a part of the left one.
impl Sub for Tally {
    type Output = Self;

    fn sub(self, part: Self) -> Self {
        Self {
            customers: self.customers - part.customers,
            orders: self.orders - part.orders,
            revenue: self.revenue - part.revenue,
        }
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

/// Customers that one task scores: their codes stay in the fastest cache, on the stack.
const CHUNK: usize = 4_096;

impl Summary {
    /// Scores and counts all customers.
    #[must_use]
    pub fn compute(measured: Measured<'_>, cuts: &[Cuts; 3]) -> Self {
        let bins = [cuts[0].bins(), cuts[1].bins(), cuts[2].bins()];
        let empty = || vec![Tally::default(); bins.iter().product()];
        let chunk = |from: usize| chunk(measured, cuts, from..(from + CHUNK).min(measured.customers.len()));
        let starts: Vec<usize> = (0..measured.customers.len()).step_by(CHUNK).collect();
        let merge = |mut left: Vec<Tally>, right: Vec<Tally>| {
            left.iter_mut().zip(right).for_each(|(left, right)| *left += right);
            left
        };
        let cells = starts.into_par_iter().map(chunk).reduce(empty, merge);
        Self { bins, cells }
    }

    /// No customers in any cell.
    #[must_use]
    pub fn empty(bins: [usize; 3]) -> Self {
        Self { bins, cells: vec![Tally::default(); bins.iter().product()] }
    }

    /// Adds customers to a cell.
    pub fn put(&mut self, cell: Cell, tally: Tally) {
        self.cells[cell_index(self.bins, cell)] += tally;
    }

    /// Takes customers out of the cell that they are in.
    pub fn take(&mut self, cell: Cell, tally: Tally) {
        let place = &mut self.cells[cell_index(self.bins, cell)];
        *place = *place - tally;
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

    /// The tallies over two axes, by the scores of the first and then of the second, both rising from 1.
    #[must_use]
    pub fn plane(&self, axes: [Axis; 2]) -> Vec<Vec<Tally>> {
        let [rows, columns] = axes.map(|axis| self.bins[axis.index()]);
        let mut plane = vec![vec![Tally::default(); columns]; rows];
        for (cell, tally) in self.cells() {
            let [row, column] = axes.map(|axis| usize::from(cell[axis.index()]) - 1);
            plane[row][column] += tally;
        }
        plane
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

/// Scores and counts some customers.
fn chunk(measured: Measured<'_>, cuts: &[Cuts; 3], range: Range<usize>) -> Vec<Tally> {
    let bins = [cuts[0].bins(), cuts[1].bins(), cuts[2].bins()];
    let mut codes = [[0; CHUNK]; 3];
    for (codes, cuts) in codes.iter_mut().zip(cuts) {
        bins_of(measured, cuts, range.clone(), &mut codes[..range.len()]);
    }
    // Counted by bins, whose order a code has; the scores of a bin follow once a cell, not once a customer.
    let mut by_bin = vec![Tally::default(); bins.iter().product()];
    for (place, customer) in range.enumerate() {
        let [r, f, m] = [0, 1, 2].map(|axis| usize::from(codes[axis][place]));
        by_bin[(r * bins[1] + f) * bins[2] + m] += Tally::of(measured, customer);
    }
    let mut cells = vec![Tally::default(); by_bin.len()];
    for (index, tally) in by_bin.into_iter().enumerate() {
        let [r, f, m] = cell_at(bins, index).map(|one| usize::from(one) - 1);
        let scores = [cuts[0].score_of_bin(r), cuts[1].score_of_bin(f), cuts[2].score_of_bin(m)];
        cells[cell_index(bins, scores)] = tally;
    }
    cells
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
    use crate::model::customers::Customers;
    use crate::model::cuts::{Closed, CutsError};
    use crate::model::day::Day;
    use crate::model::measures::Frequency;

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
