//! What windows sum and count.

use super::resolve::Value;
use super::window::Tally;
use crate::engine::lines::Lines;
use crate::model::day::Day;

/// The net sum of amounts.
pub(super) struct Net<'a> {
    lines: Lines<'a>,
    sum: i128,
}

impl<'a> Net<'a> {
    pub(super) const fn new(lines: Lines<'a>) -> Self {
        Self { lines, sum: 0 }
    }
}

impl Tally for Net<'_> {
    fn enter(&mut self, line: usize) {
        self.sum += i128::from(self.lines.lines[line].amount);
    }

    fn leave(&mut self, line: usize) {
        self.sum -= i128::from(self.lines.lines[line].amount);
    }

    fn total(&self) -> i128 {
        self.sum
    }
}

/// Distinct orders with a purchase, or with a purchase of a value.
pub(super) struct Orders<'a> {
    lines: Lines<'a>,
    value: Option<&'a Value>,
    /// Such purchases of each order.
    counts: &'a mut Vec<u32>,
    distinct: u32,
}

impl<'a> Orders<'a> {
    pub(super) fn new(lines: Lines<'a>, value: Option<&'a Value>, counts: &'a mut Vec<u32>) -> Self {
        counts.clear();
        counts.resize(lines.lines.len(), 0);
        Self { lines, value, counts, distinct: 0 }
    }

    fn counted(&mut self, line: usize) -> Option<&mut u32> {
        let Self { lines: Lines { lines, code }, value, counts, .. } = self;
        let has = |value: &Value| value.codes.binary_search(&code(value.attribute, line)).is_ok();
        let counted = lines[line].is_purchase() && value.is_none_or(has);
        counted.then(|| &mut counts[lines[line].order as usize])
    }
}

impl Tally for Orders<'_> {
    fn enter(&mut self, line: usize) {
        if let Some(count) = self.counted(line) {
            *count += 1;
            let first = *count == 1;
            self.distinct += u32::from(first);
        }
    }

    fn leave(&mut self, line: usize) {
        if let Some(count) = self.counted(line) {
            *count -= 1;
            let last = *count == 0;
            self.distinct -= u32::from(last);
        }
    }

    fn total(&self) -> i128 {
        self.distinct.into()
    }
}

/// Distinct days with a purchase.
pub(super) struct Days<'a> {
    lines: Lines<'a>,
    /// The last day with a purchase that entered, and the last one that left.
    entered: Option<Day>,
    left: Option<Day>,
    distinct: u32,
}

impl<'a> Days<'a> {
    pub(super) const fn new(lines: Lines<'a>) -> Self {
        Self { lines, entered: None, left: None, distinct: 0 }
    }
}

impl Tally for Days<'_> {
    fn enter(&mut self, line: usize) {
        let line = self.lines.lines[line];
        if line.is_purchase() && self.entered.replace(line.day) != Some(line.day) {
            self.distinct += 1;
        }
    }

    fn leave(&mut self, line: usize) {
        let line = self.lines.lines[line];
        if line.is_purchase() && self.left.replace(line.day) != Some(line.day) {
            self.distinct -= 1;
        }
    }

    fn total(&self) -> i128 {
        self.distinct.into()
    }
}

/// The largest net sum of an order, of its lines in the window; 0 where none is above.
pub(super) struct Largest<'a> {
    lines: Lines<'a>,
    sums: &'a mut Vec<i128>,
}

impl<'a> Largest<'a> {
    pub(super) fn new(lines: Lines<'a>, sums: &'a mut Vec<i128>) -> Self {
        sums.clear();
        sums.resize(lines.lines.len(), 0);
        Self { lines, sums }
    }
}

impl Tally for Largest<'_> {
    fn enter(&mut self, line: usize) {
        let line = self.lines.lines[line];
        self.sums[line.order as usize] += i128::from(line.amount);
    }

    fn leave(&mut self, line: usize) {
        let line = self.lines.lines[line];
        self.sums[line.order as usize] -= i128::from(line.amount);
    }

    /// Looks at all orders: for windows that do not move.
    fn total(&self) -> i128 {
        self.sums.iter().copied().max().unwrap_or(0).max(0)
    }
}
