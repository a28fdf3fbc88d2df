//! Why a customer is in a segment: the values, the cuts that score them, and how far the next score is.

use super::analysis::Analysis;
use crate::model::customers::Axis;

/// Where a customer stands on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The axis.
    pub axis: Axis,
    /// The value, in the smallest unit of what the axis measures.
    pub value: i64,
    /// The score it makes.
    pub score: u8,
    /// The bin, from 0 for the smallest values.
    pub bin: usize,
    /// The next better score, and by how much the value would have to be better for it.
    pub better: Option<(u8, i64)>,
    /// The next worse score, and by how much the value would have to be worse for it.
    pub worse: Option<(u8, i64)>,
}

impl Standing {
    /// Where a customer stands on each axis. Panics beyond the customers, like a slice.
    #[must_use]
    pub fn of(analysis: &Analysis, customer: usize) -> [Self; 3] {
        Axis::ALL.map(|axis| {
            let (value, cuts) = (analysis.measured().value(axis, customer), analysis.cuts(axis));
            let bin = cuts.bin(value);
            // Down to the largest value below the cut below, up to the smallest above the cut above.
            let down = bin.checked_sub(1).map(|below| cuts.cuts()[below].bound());
            let up = cuts.cuts().get(bin).and_then(|above| above.bound().checked_add(1));
            let step = |to: i64| (cuts.score(to), to.abs_diff(value) as i64);
            let [smaller, larger] = [down, up].map(|to| to.map(step));
            let (better, worse) = if axis.small_is_best() { (smaller, larger) } else { (larger, smaller) };
            Self { axis, value, score: cuts.score(value), bin, better, worse }
        })
    }
}
