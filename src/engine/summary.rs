//! Counts and sums of every cell, from which bins, planes and segments follow by addition.

use std::ops::{Add, AddAssign, Sub};

use crate::model::customers::{Axis, Customers};
use crate::model::cuts::Cuts;
use crate::model::measured::Measured;
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
    pub fn of(customers: &Customers, customer: usize) -> Self {
        let (orders, net) = (&customers.orders, &customers.net);
        Self { customers: 1, orders: orders.get(customer) as u64, revenue: net.get(customer) }
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
    measured: &'a Measured,
    cuts: &'a [Cuts; 3],
}

impl<'a> Scorer<'a> {
    /// Scores customers by cuts of R, F and M.
    #[must_use]
    pub const fn new(measured: &'a Measured, cuts: &'a [Cuts; 3]) -> Self {
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

impl Summary {
    /// No customers in any cell.
    #[must_use]
    pub fn empty(bins: [usize; 3]) -> Self {
        Self { bins, cells: vec![Tally::default(); bins.iter().product()] }
    }

    /// Adds customers to a cell.
    pub fn put(&mut self, cell: Cell, tally: Tally) {
        self.cells[cell_index(self.bins, cell)] += tally;
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
