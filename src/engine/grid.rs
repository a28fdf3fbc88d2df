//! The customers counted between all bounds that matter: those of the cuts, and those of the baseline's cuts beside them.
//!
//! The cells of either are sums of the grid's, so one grid tells both, and who went from where to where. When a cut moves,
//! its new bound splits a bin in two and its old one lets two become one again: only one of the two parts has to be
//! counted, and the other is what is left.

use std::ops::Range;

use rayon::prelude::*;

use super::population::Population;
use super::profile::Profile;
use super::summary::{Summary, Tally};
use crate::model::customers::{Axis, CustomerIndex};
use crate::model::cuts::Cuts;

/// The bounds of the bins of each axis, rising: a value belongs above every bound that it exceeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds([Vec<i64>; 3]);

impl Bounds {
    /// All bounds of some cuts, each once.
    #[must_use]
    pub fn of(cuts: &[&[Cuts; 3]]) -> Self {
        Self(Axis::ALL.map(|axis| {
            let of_axis = cuts.iter().flat_map(|cuts| cuts[axis.index()].cuts());
            let mut bounds: Vec<i64> = of_axis.map(|cut| cut.bound()).collect();
            bounds.sort_unstable();
            bounds.dedup();
            bounds
        }))
    }

    /// The bounds of an axis.
    #[must_use]
    pub fn axis(&self, axis: Axis) -> &[i64] {
        &self.0[axis.index()]
    }

    /// Bins of R, F and M.
    #[must_use]
    pub fn bins(&self) -> [usize; 3] {
        [self.0[0].len() + 1, self.0[1].len() + 1, self.0[2].len() + 1]
    }

    /// The bin of a value, from 0.
    #[inline]
    #[must_use]
    pub fn bin(&self, axis: Axis, value: i64) -> usize {
        self.axis(axis).partition_point(|bound| *bound < value)
    }

    /// The score under some cuts of every bin of an axis. The cuts' bounds must be among these.
    #[must_use]
    pub fn scores(&self, axis: Axis, cuts: &Cuts) -> Vec<u8> {
        // All values of a bin lie above the bound below it, and score alike.
        let below = |bin: usize| bin.checked_sub(1).map_or(i64::MIN, |below| self.axis(axis)[below]);
        let passed = |bin: usize| cuts.cuts().partition_point(|cut| bin > 0 && cut.bound() <= below(bin));
        (0..=self.axis(axis).len()).map(|bin| cuts.score_of_bin(passed(bin))).collect()
    }
}

/// The axes other than one, in the order of [`Axis::ALL`].
#[must_use]
pub const fn others_of(axis: Axis) -> [Axis; 2] {
    match axis {
        Axis::Recency => [Axis::Frequency, Axis::Monetary],
        Axis::Frequency => [Axis::Recency, Axis::Monetary],
        Axis::Monetary => [Axis::Recency, Axis::Frequency],
    }
}

/// The tally of every combination of bins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    bounds: Bounds,
    /// R slowest, M fastest, bins rising.
    cells: Vec<Tally>,
}

/// Customers whose codes are made at once: they stay in the fastest cache, on the stack.
const CHUNK: usize = 2_048;

/// Counting one customer out of order costs about as much as counting this many in a row: their figures lie apart in
/// memory.
const APART: usize = 16;

impl Grid {
    /// Counts all customers of a population.
    #[must_use]
    pub fn count(population: &Population, bounds: Bounds) -> Self {
        let cells: usize = bounds.bins().iter().product();
        let empty = || vec![Tally::default(); cells];
        let customers = population.measured.len();
        let chunks = customers.div_ceil(CHUNK);
        let add = |mut cells: Vec<Tally>, chunk: usize| {
            let range = chunk * CHUNK..((chunk + 1) * CHUNK).min(customers);
            count_chunk(population, &bounds, range, &mut cells);
            cells
        };
        // A table a task: tables are few, and large where there are many bins.
        let tasks = (0..chunks).into_par_iter().with_min_len(chunks / 64 + 1);
        let cells = tasks.fold(empty, add).reduce(empty, plus);
        Self { bounds, cells }
    }

    /// The bounds of its bins.
    #[must_use]
    pub const fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// The grid of the same population for other bounds, by the cheapest way that is exact: from the profile, from the
    /// customers between old and new bounds, or counted anew.
    #[must_use]
    pub fn follow(&self, population: &Population, profile: Option<&Profile>, bounds: Bounds) -> Self {
        let mut grid = self.clone();
        for axis in Axis::ALL {
            if !grid.follow_axis(population, profile, axis, bounds.axis(axis)) {
                return Self::count(population, bounds);
            }
        }
        grid
    }

    /// Goes over to other bounds of one axis; `false` where counting anew is quicker.
    fn follow_axis(&mut self, population: &Population, profile: Option<&Profile>, axis: Axis, bounds: &[i64]) -> bool {
        let profile = profile.filter(|profile| profile.axis() == axis && profile.holds(population, &self.bounds));
        let mut most = population.index.len() / APART;
        for bound in bounds {
            let known = self.bounds.axis(axis).contains(bound);
            if !known && !self.split(population, profile, axis, *bound, &mut most) {
                return false;
            }
        }
        while let Some(gone) = self.bounds.axis(axis).iter().position(|bound| !bounds.contains(bound)) {
            self.join(axis, gone);
        }
        true
    }

    /// Splits a bin at a bound, counting the smaller part, or none where there is a profile; `false` where that would be
    /// more than `most` customers, who are used up.
    fn split(
        &mut self,
        population: &Population,
        profile: Option<&Profile>,
        axis: Axis,
        bound: i64,
        most: &mut usize,
    ) -> bool {
        let bin = self.bounds.bin(axis, bound);
        let rank = population.index.rank(&population.measured, axis, bound);
        let below = self.along(axis, 0..bin);
        let whole = self.along(axis, bin..bin + 1);
        let lower = if let Some(profile) = profile {
            minus(&profile.before(rank), &below)
        } else {
            let from = below.iter().map(|tally| tally.customers as usize).sum::<usize>();
            let to = from + whole.iter().map(|tally| tally.customers as usize).sum::<usize>();
            let ranks = if rank - from <= to - rank { from..rank } else { rank..to };
            let Some(left) = most.checked_sub(ranks.len()) else { return false };
            *most = left;
            let part = self.count_ranks(population, axis, ranks.clone());
            if ranks.start == from { part } else { minus(&whole, &part) }
        };
        self.insert(axis, bin, bound, &lower, &minus(&whole, &lower));
        true
    }

    /// The tally of each combination of the other axes' bins over some bins of an axis.
    fn along(&self, axis: Axis, bins: Range<usize>) -> Vec<Tally> {
        let mut sums = vec![Tally::default(); self.combinations(axis)];
        for bin in bins {
            for (combination, sum) in sums.iter_mut().enumerate() {
                *sum += self.cells[self.place(axis, bin, combination)];
            }
        }
        sums
    }

    /// Counts the customers at some ranks of an axis by the other axes' bins.
    fn count_ranks(&self, population: &Population, axis: Axis, ranks: Range<usize>) -> Vec<Tally> {
        let measured = &population.measured;
        let others = others_of(axis);
        let second = self.bounds.bins()[others[1].index()];
        let empty = || vec![Tally::default(); self.combinations(axis)];
        let add = |mut part: Vec<Tally>, customer: &CustomerIndex| {
            let customer = *customer as usize;
            let [a, b] = others.map(|axis| self.bounds.bin(axis, measured.value(axis, customer)));
            part[a * second + b] += Tally::of(measured.customers(), customer);
            part
        };
        population.index.order(axis)[ranks].par_iter().with_min_len(CHUNK).fold(empty, add).reduce(empty, plus)
    }

    /// Combinations of the bins of the axes other than one.
    fn combinations(&self, axis: Axis) -> usize {
        let bins = self.bounds.bins();
        others_of(axis).iter().map(|axis| bins[axis.index()]).product()
    }

    /// The place of a bin of an axis with a combination of the others'.
    fn place(&self, axis: Axis, bin: usize, combination: usize) -> usize {
        let [_, f, m] = self.bounds.bins();
        match axis {
            Axis::Recency => bin * f * m + combination,
            Axis::Frequency => (combination / m * f + bin) * m + combination % m,
            Axis::Monetary => combination * m + bin,
        }
    }

    /// Puts two bins in the place of one.
    fn insert(&mut self, axis: Axis, bin: usize, bound: i64, lower: &[Tally], upper: &[Tally]) {
        let old = self.clone();
        self.bounds.0[axis.index()].insert(bin, bound);
        self.refill(axis, |to, combination| match to.checked_sub(bin) {
            Some(0) => lower[combination],
            Some(1) => upper[combination],
            Some(_) => old.cells[old.place(axis, to - 1, combination)],
            None => old.cells[old.place(axis, to, combination)],
        });
    }

    /// Makes one bin of two neighbours, by taking the bound between them away.
    fn join(&mut self, axis: Axis, bound: usize) {
        let old = self.clone();
        self.bounds.0[axis.index()].remove(bound);
        let at = |bin, combination| old.cells[old.place(axis, bin, combination)];
        self.refill(axis, |to, combination| match to.cmp(&bound) {
            std::cmp::Ordering::Less => at(to, combination),
            std::cmp::Ordering::Equal => at(to, combination) + at(to + 1, combination),
            std::cmp::Ordering::Greater => at(to + 1, combination),
        });
    }

    fn refill(&mut self, axis: Axis, tally: impl Fn(usize, usize) -> Tally) {
        self.cells = vec![Tally::default(); self.bounds.bins().iter().product()];
        for bin in 0..self.bounds.bins()[axis.index()] {
            for combination in 0..self.combinations(axis) {
                let place = self.place(axis, bin, combination);
                self.cells[place] = tally(bin, combination);
            }
        }
    }

    /// The tallies of all cells under some cuts, whose bounds must be among the grid's.
    #[must_use]
    pub fn summary(&self, cuts: &[Cuts; 3]) -> Summary {
        let scores = self.scores(cuts);
        let mut summary = Summary::empty([cuts[0].bins(), cuts[1].bins(), cuts[2].bins()]);
        for ([r, f, m], tally) in self.cells() {
            summary.put([scores[0][r], scores[1][f], scores[2][m]], tally);
        }
        summary
    }

    /// The scores under some cuts of every bin of R, F and M.
    #[must_use]
    pub fn scores(&self, cuts: &[Cuts; 3]) -> [Vec<u8>; 3] {
        Axis::ALL.map(|axis| self.bounds.scores(axis, &cuts[axis.index()]))
    }

    /// All tallies with their bins of R, F and M.
    pub fn cells(&self) -> impl Iterator<Item = ([usize; 3], Tally)> + '_ {
        let [_, f, m] = self.bounds.bins();
        self.cells.iter().enumerate().map(move |(place, tally)| ([place / (f * m), place / m % f, place % m], *tally))
    }
}

fn minus(whole: &[Tally], part: &[Tally]) -> Vec<Tally> {
    whole.iter().zip(part).map(|(whole, part)| *whole - *part).collect()
}

fn plus(mut left: Vec<Tally>, right: Vec<Tally>) -> Vec<Tally> {
    left.iter_mut().zip(right).for_each(|(left, right)| *left += right);
    left
}

/// Counts some customers in, at most a chunk of them.
fn count_chunk(population: &Population, bounds: &Bounds, range: Range<usize>, cells: &mut [Tally]) {
    let mut codes = [[0; CHUNK]; 3];
    for (axis, codes) in Axis::ALL.into_iter().zip(&mut codes) {
        population.measured.bins_of(axis, bounds.axis(axis), range.clone(), &mut codes[..range.len()]);
    }
    let (mut orders, mut net) = ([0; CHUNK], [0; CHUNK]);
    let customers = population.measured.customers();
    customers.orders.read(range.clone(), &mut orders[..range.len()]);
    customers.net.read(range.clone(), &mut net[..range.len()]);
    let [_, f, m] = bounds.bins();
    let (f, m) = (f as u32, m as u32);
    let place =
        |at: usize| ((u32::from(codes[0][at]) * f + u32::from(codes[1][at])) * m + u32::from(codes[2][at])) as usize;
    let add = |at: usize| {
        cells[place(at)] += Tally { customers: 1, orders: orders[at] as u64, revenue: net[at] };
    };
    match population.mask.as_deref() {
        None => (0..range.len()).for_each(add),
        Some(mask) => mask.places(range).for_each(add),
    }
}
