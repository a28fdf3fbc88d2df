//! A trail: everybody in the order of a list, with a byte a customer and axis that says about where their values lie.
//!
//! Whether a customer is in some cells is mostly told by these bytes alone, read one after the other, and only those whose
//! byte lies across a bound are looked up. The bytes depend on no cut, no scheme and no filter, so that a page is found at
//! once after any of them has changed; only another measure or another order needs another trail.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use rayon::prelude::*;

use crate::engine::analysis::Analysis;
use crate::engine::grid::{Bounds, others_of};
use crate::engine::index::Order;
use crate::model::customers::{Axis, CustomerIndex};
use crate::model::measured::Measured;
use crate::model::measures::Measures;

/// Values of a byte.
const MARKS: usize = 1 << 8;

/// Customers looked at by one task; few in tests, so that they go through several.
const CHUNK: usize = if cfg!(test) { 64 } else { 8_192 };

/// After so many chunks in one go the page is near.
const LONG: usize = 64;

/// Chunks to go on with then.
const FEW: usize = 8;

/// What a trail is made from; made in another thread, it is [taken](super::Listing::take_trail) when it is ready.
#[derive(Clone, Debug)]
pub struct TrailRequest {
    pub(super) measured: Measured,
    /// Everybody by each axis.
    pub(super) orders: [Order; 3],
    /// The order that the list is read in.
    pub(super) order: Order,
    /// The axis whose order that is.
    pub(super) own: Option<Axis>,
}

impl TrailRequest {
    /// Makes the trail: a few passes over all customers.
    #[must_use]
    pub fn build(&self) -> Trail {
        let levels = Axis::ALL.map(|axis| Levels::of(&self.measured, axis, &self.orders[axis.index()]));
        let marks = match self.own {
            Some(own) => Marks::Two(self.marks(others_of(own), &levels)),
            None => Marks::Three(self.marks(Axis::ALL, &levels)),
        };
        Trail { order: Arc::clone(&self.order), own: self.own, measures: self.measured.measures(), levels, marks }
    }

    fn marks<const N: usize>(&self, axes: [Axis; N], levels: &[Levels; 3]) -> Vec<[u8; N]> {
        let of = |customer| axes.map(|axis| levels[axis.index()].mark(self.measured.value(axis, customer)));
        let by_customer: Vec<[u8; N]> = (0..self.measured.len()).into_par_iter().map(of).collect();
        self.order.par_iter().map(|customer| by_customer[*customer as usize]).collect()
    }
}

/// Everybody in an order, with marks of their values.
#[derive(Clone, Debug)]
pub struct Trail {
    order: Order,
    own: Option<Axis>,
    measures: Measures,
    levels: [Levels; 3],
    marks: Marks,
}

/// A mark of each axis but the order's own, or of all three.
#[derive(Clone, Debug)]
enum Marks {
    Two(Vec<[u8; 2]>),
    Three(Vec<[u8; 3]>),
}

/// What the marks of an axis stand for: each for about as many customers, as far as equal values allow.
#[derive(Clone, Debug)]
struct Levels {
    /// The smallest value there is.
    low: i64,
    /// The largest value of each mark but the last, rising.
    edges: Vec<i64>,
}

impl Levels {
    fn of(measured: &Measured, axis: Axis, order: &[CustomerIndex]) -> Self {
        let value = |rank: usize| order.get(rank).map_or(0, |customer| measured.value(axis, *customer as usize));
        let mut edges: Vec<i64> = (1..MARKS).map(|mark| value(order.len() * mark / MARKS)).collect();
        edges.dedup();
        Self { low: value(0), edges }
    }

    fn mark(&self, value: i64) -> u8 {
        self.edges.partition_point(|edge| *edge < value) as u8
    }

    /// The bins that customers of a mark can be in.
    fn bins(&self, mark: usize, axis: Axis, bounds: &Bounds) -> RangeInclusive<usize> {
        let low = mark.checked_sub(1).map_or(self.low, |below| self.edges[below].saturating_add(1));
        let high = self.edges.get(mark).copied().unwrap_or(i64::MAX);
        bounds.bin(axis, low)..=bounds.bin(axis, high)
    }
}

/// What a mark tells of whether somebody is wanted.
const NO: u8 = 0;
const YES: u8 = 1;
const ASK: u8 = 2;

/// What all combinations of marks tell.
struct Verdicts<const N: usize> {
    /// For each axis and mark what it adds to the place in the table.
    places: [[u16; MARKS]; N],
    table: Vec<u8>,
    axes: [Axis; N],
    /// For each axis the kinds of marks, by the bins that they can mean.
    kinds: [Vec<RangeInclusive<usize>>; N],
}

impl<const N: usize> Verdicts<N> {
    fn of(
        levels: [&Levels; N],
        axes: [Axis; N],
        bounds: &Bounds,
        chosen: impl Fn([&RangeInclusive<usize>; N]) -> u8,
    ) -> Self {
        let mut places = [[0; MARKS]; N];
        // Marks of the same bins tell the same: at most twice as many kinds as bounds, so that the table stays small.
        let kinds: [Vec<RangeInclusive<usize>>; N] = std::array::from_fn(|at| {
            let mut kinds: Vec<RangeInclusive<usize>> = Vec::new();
            for (mark, place) in places[at].iter_mut().enumerate().take(levels[at].edges.len() + 1) {
                let bins = levels[at].bins(mark, axes[at], bounds);
                if kinds.last() != Some(&bins) {
                    kinds.push(bins);
                }
                *place = kinds.len() as u16 - 1;
            }
            kinds
        });
        let mut step = 1;
        for at in (0..N).rev() {
            places[at].iter_mut().for_each(|place| *place *= step);
            step *= kinds[at].len() as u16;
        }
        let mut verdicts = Self { places, table: Vec::new(), axes, kinds };
        verdicts.table = (0..step.into()).map(|place| chosen(verdicts.kinds_at(place))).collect();
        verdicts
    }

    fn place(&self, marks: [u8; N]) -> usize {
        self.places.iter().zip(marks).map(|(places, mark)| usize::from(places[usize::from(mark)])).sum()
    }

    #[inline]
    fn tell(&self, marks: [u8; N]) -> u8 {
        self.table[self.place(marks)]
    }

    /// The bins that marks at a place of the table can mean.
    fn kinds_at(&self, place: usize) -> [&RangeInclusive<usize>; N] {
        let (mut rest, mut at) = (place, [0; N]);
        for (at, kinds) in at.iter_mut().zip(&self.kinds).rev() {
            *at = rest % kinds.len();
            rest /= kinds.len();
        }
        std::array::from_fn(|axis| &self.kinds[axis][at[axis]])
    }

    /// The bins of a customer: looked up only where the marks do not tell.
    fn bins(&self, marks: [u8; N], bounds: &Bounds, measured: &Measured, customer: usize) -> [usize; 3] {
        let mut bins = [0; 3];
        for (axis, kind) in self.axes.into_iter().zip(self.kinds_at(self.place(marks))) {
            let told = kind.start() == kind.end();
            bins[axis.index()] = if told { *kind.start() } else { bounds.bin(axis, measured.value(axis, customer)) };
        }
        bins
    }
}

/// Which customers of a trail are wanted: those of some cells, within a bin of the order's own axis.
pub(super) struct Search<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) cells: &'a [bool],
    pub(super) bin: Option<usize>,
    /// How many are wanted.
    pub(super) of: usize,
    /// The end to begin at.
    pub(super) from_end: bool,
}

impl Trail {
    /// Whether it is of this order and these measures.
    pub(super) fn fits(&self, order: &Order, measures: Measures) -> bool {
        Arc::ptr_eq(&self.order, order) && self.measures == measures
    }

    /// Bytes that it takes beside the order.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match &self.marks {
            Marks::Two(marks) => std::mem::size_of_val(marks.as_slice()),
            Marks::Three(marks) => std::mem::size_of_val(marks.as_slice()),
        }
    }

    /// `take` of those that are searched for after the first `skip`.
    pub(super) fn page(&self, search: &Search<'_>, skip: usize, take: usize) -> Vec<CustomerIndex> {
        let (bounds, levels) = (search.analysis.grid().bounds(), &self.levels);
        let bins = bounds.bins();
        let verdict = |[r, f, m]: [&RangeInclusive<usize>; 3]| {
            let cells = r.clone().flat_map(|r| f.clone().map(move |f| (r * bins[1] + f) * bins[2]));
            let mut cells = cells.flat_map(|row| m.clone().map(move |m| search.cells[row + m]));
            let Some(first) = cells.next() else { return NO };
            if cells.all(|cell| cell == first) { u8::from(first) } else { ASK }
        };
        match (&self.marks, self.own, search.bin) {
            (Marks::Two(marks), Some(own), Some(bin)) => {
                let axes = others_of(own);
                let verdicts = Verdicts::of(axes.map(|axis| &levels[axis.index()]), axes, bounds, |[a, b]| {
                    let known = bin..=bin;
                    let mut ranges = [&known; 3];
                    (ranges[axes[0].index()], ranges[axes[1].index()]) = (a, b);
                    verdict(ranges)
                });
                let end = |bound: Option<&i64>| bound.map(|bound| self.rank(search.analysis, own, *bound));
                let start = bin.checked_sub(1).and_then(|below| end(bounds.axis(own).get(below))).unwrap_or(0);
                let ranks = start..end(bounds.axis(own).get(bin)).unwrap_or(self.order.len());
                self.walk(search, marks, &verdicts, ranks, skip, take)
            }
            (Marks::Three(marks), ..) => {
                let verdicts = Verdicts::of(Axis::ALL.map(|axis| &levels[axis.index()]), Axis::ALL, bounds, verdict);
                self.walk(search, marks, &verdicts, 0..self.order.len(), skip, take)
            }
            // A list by an axis is searched bin by bin.
            (Marks::Two(_), ..) => Vec::new(),
        }
    }

    /// How many of everybody have a value of at most `bound`.
    fn rank(&self, analysis: &Analysis, axis: Axis, bound: i64) -> usize {
        self.order.partition_point(|customer| analysis.measured().value(axis, *customer as usize) <= bound)
    }

    fn walk<const N: usize>(
        &self,
        search: &Search<'_>,
        marks: &[[u8; N]],
        verdicts: &Verdicts<N>,
        ranks: Range<usize>,
        skip: usize,
        take: usize,
    ) -> Vec<CustomerIndex> {
        let chunks = ranks.len().div_ceil(CHUNK);
        let chunk = |number: usize| {
            let number = if search.from_end { chunks - 1 - number } else { number };
            let start = ranks.start + number * CHUNK;
            let ranks = start..(start + CHUNK).min(ranks.end);
            Chunk { search, own: self.own, verdicts, order: &self.order[ranks.clone()], marks: &marks[ranks] }
        };
        let mut page = Vec::with_capacity(take);
        let (mut skip, mut next) = (skip, 0);
        // Most of the way to a place far down is gone in one go.
        let mut wave = (chunks * skip / search.of.max(1)).saturating_sub(chunks / 64).max(1);
        while next < chunks && page.len() < take {
            let numbers = next..(next + wave).min(chunks);
            next = numbers.end;
            let count = |number: usize| (number, chunk(number).count());
            let counts: Vec<(usize, usize)> =
                if wave == 1 { numbers.map(count).collect() } else { numbers.into_par_iter().map(count).collect() };
            for (number, count) in counts {
                if skip >= count {
                    skip -= count;
                } else if page.len() < take {
                    let mut found = chunk(number).wanted();
                    if search.from_end {
                        found.reverse();
                    }
                    page.extend(found.into_iter().skip(skip).take(take - page.len()));
                    skip = 0;
                }
            }
            wave = if wave > LONG { FEW } else { wave * 2 };
        }
        page
    }
}

/// A stretch of a trail that is searched at once.
struct Chunk<'a, const N: usize> {
    search: &'a Search<'a>,
    own: Option<Axis>,
    verdicts: &'a Verdicts<N>,
    order: &'a [CustomerIndex],
    marks: &'a [[u8; N]],
}

impl<const N: usize> Chunk<'_, N> {
    /// How many are wanted. Without a branch on what nobody can foresee: that would take several times as long.
    fn count(&self) -> usize {
        let (mut wanted, mut asks, mut asked) = (0, [0u16; CHUNK], 0);
        let mut note = |at: usize, verdict: u8, left: bool| {
            wanted += usize::from((verdict == YES) & left);
            asks[asked] = at as u16;
            asked += usize::from((verdict == ASK) & left);
        };
        match self.search.analysis.population().mask.as_deref() {
            None => {
                for (at, marks) in self.marks.iter().enumerate() {
                    note(at, self.verdicts.tell(*marks), true);
                }
            }
            Some(mask) => {
                for (at, (marks, customer)) in self.marks.iter().zip(self.order).enumerate() {
                    note(at, self.verdicts.tell(*marks), mask.has(*customer as usize));
                }
            }
        }
        wanted + asks[..asked].iter().filter(|at| self.is_chosen((**at).into())).count()
    }

    /// Those that are wanted.
    fn wanted(&self) -> Vec<CustomerIndex> {
        let mask = self.search.analysis.population().mask.as_deref();
        let left = |at: usize| mask.is_none_or(|mask| mask.has(self.order[at] as usize));
        let is_wanted = |at: &usize| match self.verdicts.tell(self.marks[*at]) {
            NO => false,
            YES => left(*at),
            _ => left(*at) && self.is_chosen(*at),
        };
        (0..self.order.len()).filter(is_wanted).map(|at| self.order[at]).collect()
    }

    /// Whether the customer at a place is in one of the cells.
    fn is_chosen(&self, at: usize) -> bool {
        let Search { analysis, cells, bin, .. } = self.search;
        let bounds = analysis.grid().bounds();
        let mut bins = self.verdicts.bins(self.marks[at], bounds, analysis.measured(), self.order[at] as usize);
        if let (Some(own), Some(bin)) = (self.own, bin) {
            bins[own.index()] = *bin;
        }
        let [_, f, m] = bounds.bins();
        cells[(bins[0] * f + bins[1]) * m + bins[2]]
    }
}
