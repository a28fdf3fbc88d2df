//! The profile of an axis: what makes a moved cut cost microseconds, however many customers cross it.
//!
//! The customers stand in the order of the axis. Between every two blocks of them the running tally of each combination
//! of the *other* two axes' bins is kept. The tallies below any bound of the axis are such a row and a scan of at most half
//! a block: exact, and independent of the number of customers.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::grid::{Bounds, others_of};
use super::index::Order;
use super::population::Population;
use super::summary::Tally;
use crate::model::customers::{Axis, Customers};
use crate::model::measured::Measured;

/// The least customers in a block: a scan of half of them takes microseconds.
const LEAST_BLOCK: usize = 1_024;

/// Bytes a customer that the rows may take; more combinations get larger blocks.
const ROW_BYTES: usize = 2;

/// Up to so many customers their figures are put side by side to build a profile: that is quicker, but takes eight bytes each
/// for as long as it lasts.
const MOST_GATHERED: usize = 40_000_000;

/// Running tallies along an axis.
#[derive(Clone, Debug)]
pub struct Profile {
    axis: Axis,
    /// The other two axes' bounds, which the combinations are between; in the order of [`Axis::ALL`].
    others: [Vec<i64>; 2],
    /// Combinations of the other two axes' bins.
    combinations: usize,
    /// Customers in a block.
    block: usize,
    measured: Measured,
    order: Order,
    /// Each customer's combination, in the order of the axis.
    codes: Codes,
    /// For each block the tallies of all customers before it, a row of `combinations`; one row more than blocks.
    rows: Vec<Tally>,
    /// For each block the sum of its customers' revenue without signs: no bound within it can move a sum further.
    swings: Vec<i64>,
}

/// Combinations in a byte where they fit.
#[derive(Clone, Debug)]
enum Codes {
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
}

/// A whole number that numbers a combination.
trait Code: Copy + Default + Send + Sync {
    fn of(number: usize) -> Self;
    fn number(self) -> usize;
}

impl Code for u8 {
    fn of(number: usize) -> Self {
        number as Self
    }

    #[inline]
    fn number(self) -> usize {
        self.into()
    }
}

impl Code for u16 {
    fn of(number: usize) -> Self {
        number as Self
    }

    #[inline]
    fn number(self) -> usize {
        self.into()
    }
}

impl Profile {
    /// Walks all customers of a population once along an axis.
    #[must_use]
    pub fn build(population: &Population, bounds: &Bounds, axis: Axis) -> Self {
        let others = others_of(axis);
        let bins = others.map(|axis| bounds.axis(axis).len() + 1);
        let combinations = bins[0] * bins[1];
        let row_bytes = combinations * size_of::<Tally>();
        let block = (row_bytes / ROW_BYTES).next_power_of_two().max(LEAST_BLOCK);
        let order = population.index.order(axis);
        let measured = &population.measured;
        let mut profile = Self {
            axis,
            others: others.map(|axis| bounds.axis(axis).to_vec()),
            combinations,
            block,
            measured: measured.clone(),
            order: Arc::clone(order),
            codes: Codes::Narrow(Vec::new()),
            rows: vec![Tally::default(); (order.len().div_ceil(block) + 1) * combinations],
            swings: vec![0; order.len().div_ceil(block)],
        };
        profile.codes = if combinations <= 1 << 8 {
            Codes::Narrow(profile.fill_from(combined(measured, bounds, others)))
        } else {
            Codes::Wide(profile.fill_from(combined(measured, bounds, others)))
        };
        profile
    }

    /// Fills rows and swings from the customers' combinations; gives them in the order of the axis.
    fn fill_from<C: Code>(&mut self, by_customer: Vec<C>) -> Vec<C> {
        let customers = Arc::clone(self.measured.customers());
        // Counts are few, so that in their order customers stand nearly as they do in memory.
        let scattered = self.axis != Axis::Frequency && by_customer.len() <= MOST_GATHERED;
        if scattered && customers.orders.width() <= 2 && customers.net.width() <= 4 {
            let records = Records::of(&customers, &by_customer);
            drop(by_customer);
            return self.fill(|customer| records.get(customer));
        }
        self.fill(|customer| (by_customer[customer], Tally::of(&customers, customer)))
    }

    /// Fills rows and swings; gives the combinations in the order of the axis.
    fn fill<C: Code>(&mut self, look: impl Fn(usize) -> (C, Tally) + Sync) -> Vec<C> {
        let (block, combinations) = (self.block, self.combinations);
        let mut codes = vec![C::default(); self.order.len()];
        let rows = self.rows[combinations..].par_chunks_mut(combinations).zip(self.swings.par_iter_mut());
        let blocks = self.order.par_chunks(block).zip(codes.par_chunks_mut(block)).zip(rows);
        blocks.for_each(|((order, codes), (row, swing))| {
            for (customer, place) in order.iter().zip(codes) {
                let (code, tally) = look(*customer as usize);
                *place = code;
                row[code.number()] += tally;
                *swing += tally.revenue.abs();
            }
        });
        for at in combinations..self.rows.len() {
            let before = self.rows[at - combinations];
            self.rows[at] += before;
        }
        codes
    }

    /// The axis it is along.
    #[must_use]
    pub const fn axis(&self) -> Axis {
        self.axis
    }

    /// Whether it is of this population, and between these bounds of the other axes.
    #[must_use]
    pub fn holds(&self, population: &Population, bounds: &Bounds) -> bool {
        let same_people = Arc::ptr_eq(&self.order, population.index.order(self.axis));
        let others = others_of(self.axis);
        let same_others = others.iter().zip(&self.others).all(|(axis, own)| bounds.axis(*axis) == own.as_slice());
        same_people && same_others && self.measured.measures() == population.measured.measures()
    }

    /// Customers in a block.
    #[must_use]
    pub const fn block(&self) -> usize {
        self.block
    }

    /// Number of blocks; the last may be shorter.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.swings.len()
    }

    /// The tally of each combination of the other axes' bins among the customers before a block.
    #[must_use]
    pub fn row(&self, block: usize) -> &[Tally] {
        &self.rows[block * self.combinations..(block + 1) * self.combinations]
    }

    /// The sum of a block's revenue without signs.
    #[must_use]
    pub fn swing(&self, block: usize) -> i64 {
        self.swings[block]
    }

    /// The combination of the customer at a rank.
    #[inline]
    #[must_use]
    pub fn combination(&self, rank: usize) -> usize {
        match &self.codes {
            Codes::Narrow(codes) => codes[rank].number(),
            Codes::Wide(codes) => codes[rank].number(),
        }
    }

    /// The tally of each combination among the first `rank` customers of the axis.
    #[must_use]
    pub fn before(&self, rank: usize) -> Vec<Tally> {
        // From the nearer end of the block, on or back.
        let block = (rank + self.block / 2) / self.block;
        let edge = (block * self.block).min(self.order.len());
        let mut row = self.row(block.min(self.blocks())).to_vec();
        let (ranks, on) = if edge <= rank { (edge..rank, true) } else { (rank..edge, false) };
        match &self.codes {
            Codes::Narrow(codes) => self.scan(codes, ranks, on, &mut row),
            Codes::Wide(codes) => self.scan(codes, ranks, on, &mut row),
        }
        row
    }

    /// Adds the customers at some ranks to a row, or takes them away.
    fn scan<C: Code>(&self, codes: &[C], ranks: Range<usize>, add: bool, row: &mut [Tally]) {
        let customers: &Customers = self.measured.customers();
        for (customer, code) in self.order[ranks.clone()].iter().zip(&codes[ranks]) {
            let tally = Tally::of(customers, *customer as usize);
            let sum = &mut row[code.number()];
            *sum = if add { *sum + tally } else { *sum - tally };
        }
    }

    /// Bytes that it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let codes = match &self.codes {
            Codes::Narrow(codes) => codes.len(),
            Codes::Wide(codes) => codes.len() * 2,
        };
        codes + self.rows.len() * size_of::<Tally>() + self.swings.len() * size_of::<i64>()
    }
}

/// What a profile needs to know of each customer side by side, in eight bytes: one look into memory instead of three.
struct Records {
    of: Vec<u64>,
    low: [i64; 2],
}

impl Records {
    /// For orders of two bytes and revenue of four.
    fn of<C: Code>(customers: &Customers, codes: &[C]) -> Self {
        const CHUNK: usize = 1_024;
        let (orders, net) = (&customers.orders, &customers.net);
        let low = [orders.low(), net.low()];
        let mut of = vec![0; codes.len()];
        of.par_chunks_mut(CHUNK).zip(codes.par_chunks(CHUNK)).enumerate().for_each(|(chunk, (of, codes))| {
            let range = chunk * CHUNK..chunk * CHUNK + codes.len();
            let mut values = [[0; CHUNK]; 2];
            orders.read(range.clone(), &mut values[0][..codes.len()]);
            net.read(range, &mut values[1][..codes.len()]);
            for (at, (record, code)) in of.iter_mut().zip(codes).enumerate() {
                let [orders, net] = [values[0][at].abs_diff(low[0]), values[1][at].abs_diff(low[1])];
                *record = (code.number() as u64) << 48 | orders << 32 | net;
            }
        });
        Self { of, low }
    }

    #[inline]
    fn get<C: Code>(&self, customer: usize) -> (C, Tally) {
        let record = self.of[customer];
        let [orders, net] = [record >> 32 & 0xffff, record & 0xffff_ffff];
        let orders = self.low[0].wrapping_add_unsigned(orders) as u64;
        let tally = Tally { customers: 1, orders, revenue: self.low[1].wrapping_add_unsigned(net) };
        (C::of((record >> 48) as usize), tally)
    }
}

/// Every customer's combination of the bins of two axes, in the order of the customers.
fn combined<C: Code>(measured: &Measured, bounds: &Bounds, axes: [Axis; 2]) -> Vec<C> {
    const CHUNK: usize = 4_096;
    let second_bins = bounds.axis(axes[1]).len() + 1;
    let mut combined = vec![C::default(); measured.len()];
    combined.par_chunks_mut(CHUNK).enumerate().for_each(|(chunk, combined)| {
        let range = chunk * CHUNK..chunk * CHUNK + combined.len();
        let mut codes = [[0; CHUNK]; 2];
        for (axis, codes) in axes.into_iter().zip(&mut codes) {
            measured.bins_of(axis, bounds.axis(axis), range.clone(), &mut codes[..range.len()]);
        }
        let [first, second] = &codes;
        for (combined, (first, second)) in combined.iter_mut().zip(first.iter().zip(second)) {
            *combined = C::of(usize::from(*first) * second_bins + usize::from(*second));
        }
    });
    combined
}
