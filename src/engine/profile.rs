//! The profile of an axis: what makes a moved cut cost microseconds, however many customers cross it.
//!
//! The customers stand in the order of the axis. At every block of [`BLOCK`] of them the running tally of each
//! combination of the *other* two axes' bins is kept. The cells for any cuts of the axis are differences of two such rows and a scan of
//! at most one block a cut: exact, and independent of the number of customers.

use rayon::prelude::*;

use super::codes::bins_of;
use super::index::Index;
use super::summary::{Summary, Tally};
use crate::model::customers::{Axis, Measured};
use crate::model::cuts::Cuts;

/// Customers between two rows of running tallies: small enough that a scan of one is quick, large enough that the rows stay small beside the
/// customers.
const BLOCK: usize = 2_048;

/// Running tallies along an axis.
#[derive(Clone, Debug)]
pub struct Profile {
    axis: Axis,
    /// The other two axes' cuts, which the combinations are of; in the order of [`Axis::ALL`].
    others: [Cuts; 2],
    /// Combinations of the other two axes' bins.
    combinations: usize,
    /// Each customer's combination, in the order of the axis.
    codes: Vec<u8>,
    /// For each block the tallies of all customers before it, a row of `combinations`; one row more than blocks.
    rows: Vec<Tally>,
}

/// The axes other than one, in the order of [`Axis::ALL`].
const fn others_of(axis: Axis) -> [Axis; 2] {
    match axis {
        Axis::Recency => [Axis::Frequency, Axis::Monetary],
        Axis::Frequency => [Axis::Recency, Axis::Monetary],
        Axis::Monetary => [Axis::Recency, Axis::Frequency],
    }
}

impl Profile {
    /// Walks all customers once along an axis.
    #[must_use]
    pub fn build(measured: Measured<'_>, index: &Index, cuts: &[Cuts; 3], axis: Axis) -> Self {
        let others = others_of(axis).map(|axis| cuts[axis.index()].clone());
        let combinations = others[0].bins() * others[1].bins();
        let by_customer = combined(measured, &others);
        let order = index.order(axis);
        let blocks = order.len().div_ceil(BLOCK);
        let mut codes = vec![0; order.len()];
        let mut rows = vec![Tally::default(); (blocks + 1) * combinations];
        let block_rows = rows[combinations..].par_chunks_mut(combinations);
        order.par_chunks(BLOCK).zip(codes.par_chunks_mut(BLOCK)).zip(block_rows).for_each(|((order, codes), row)| {
            for (customer, code) in order.iter().zip(codes) {
                let customer = *customer as usize;
                *code = by_customer[customer];
                row[usize::from(*code)] += Tally::of(measured, customer);
            }
        });
        for at in combinations..rows.len() {
            let before = rows[at - combinations];
            rows[at] += before;
        }
        Self { axis, others, combinations, codes, rows }
    }

    /// The axis it is along.
    #[must_use]
    pub const fn axis(&self) -> Axis {
        self.axis
    }

    /// Whether it tells the cells of these cuts: those of the other axes must be the ones it was built with.
    #[must_use]
    pub fn holds(&self, cuts: &[Cuts; 3]) -> bool {
        others_of(self.axis).iter().zip(&self.others).all(|(axis, other)| cuts[axis.index()] == *other)
    }

    /// The tally of each combination among the first `rank` customers of the axis.
    fn before(&self, measured: Measured<'_>, index: &Index, rank: usize) -> Vec<Tally> {
        let block = rank / BLOCK;
        let mut row = self.rows[block * self.combinations..(block + 1) * self.combinations].to_vec();
        let (from, to) = (block * BLOCK, rank);
        for (customer, code) in index.order(self.axis)[from..to].iter().zip(&self.codes[from..to]) {
            row[usize::from(*code)] += Tally::of(measured, *customer as usize);
        }
        row
    }

    /// The tallies of all cells for cuts that it [holds](Profile::holds).
    #[must_use]
    pub fn summary(&self, measured: Measured<'_>, index: &Index, cuts: &[Cuts; 3]) -> Summary {
        let own = &cuts[self.axis.index()];
        let bins = [cuts[0].bins(), cuts[1].bins(), cuts[2].bins()];
        let mut summary = Summary::empty(bins);
        let mut below = vec![Tally::default(); self.combinations];
        for bin in 0..own.bins() {
            let rank = own.cuts().get(bin).map_or(self.codes.len(), |cut| index.rank(measured, self.axis, cut.bound()));
            let upto = self.before(measured, index, rank);
            for (combination, (upto, below)) in upto.iter().zip(&below).enumerate() {
                summary.put(self.cell(own, bin, combination), *upto - *below);
            }
            below = upto;
        }
        summary
    }

    /// The scores of a bin of the axis with a combination of the others'.
    fn cell(&self, own: &Cuts, bin: usize, combination: usize) -> [u8; 3] {
        let [first, second] = &self.others;
        let scores =
            [first.score_of_bin(combination / second.bins()), second.score_of_bin(combination % second.bins())];
        let score = own.score_of_bin(bin);
        match self.axis {
            Axis::Recency => [score, scores[0], scores[1]],
            Axis::Frequency => [scores[0], score, scores[1]],
            Axis::Monetary => [scores[0], scores[1], score],
        }
    }
}

/// Every customer's combination of the bins of two axes, in the order of the customers.
fn combined(measured: Measured<'_>, cuts: &[Cuts; 2]) -> Vec<u8> {
    const CHUNK: usize = 16_384;
    let mut codes = vec![0; measured.customers.len()];
    codes.par_chunks_mut(CHUNK).enumerate().for_each(|(chunk, codes)| {
        let range = chunk * CHUNK..chunk * CHUNK + codes.len();
        let mut second = [0; CHUNK];
        let second = &mut second[..codes.len()];
        bins_of(measured, &cuts[0], range.clone(), codes);
        bins_of(measured, &cuts[1], range, second);
        let bins = cuts[1].bins() as u8;
        for (code, second) in codes.iter_mut().zip(second) {
            *code = *code * bins + *second;
        }
    });
    codes
}
