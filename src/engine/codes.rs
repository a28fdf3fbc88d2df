//! Bins of many customers at once: a byte a customer, in loops that the compiler turns into vector instructions.

use std::ops::Range;

use crate::model::customers::{Axis, Measured};
use crate::model::cuts::Cuts;

/// Writes the bin (from 0 for the smallest values) of each customer in a range.
///
/// `codes` has the length of the range.
pub fn bins_of(measured: Measured<'_>, cuts: &Cuts, range: Range<usize>, codes: &mut [u8]) {
    codes.fill(0);
    match cuts.axis() {
        Axis::Recency => {
            let days = &measured.customers.last_order[range];
            for cut in cuts.cuts() {
                // More days than the cut means a last order before this day.
                let first = i64::from(measured.as_of.0).saturating_sub(cut.bound());
                let Ok(first) = i32::try_from(first) else {
                    // Beyond all days: everybody is on one side.
                    let above = u8::from(first > 0);
                    add_to_all(codes, above);
                    continue;
                };
                for (code, day) in codes.iter_mut().zip(days) {
                    *code += u8::from(day.0 < first);
                }
            }
        }
        Axis::Frequency => {
            let counts = &measured.customers.frequency(measured.frequency)[range];
            for cut in cuts.cuts() {
                // Beyond all counts everybody is below; below zero everybody is above.
                let Ok(bound) = u32::try_from(cut.bound()) else {
                    let above = u8::from(cut.bound() < 0);
                    add_to_all(codes, above);
                    continue;
                };
                for (code, count) in codes.iter_mut().zip(counts) {
                    *code += u8::from(*count > bound);
                }
            }
        }
        Axis::Monetary => {
            let sums = &measured.customers.monetary[range];
            for cut in cuts.cuts() {
                let bound = cut.bound();
                for (code, sum) in codes.iter_mut().zip(sums) {
                    *code += u8::from(*sum > bound);
                }
            }
        }
    }
}

fn add_to_all(codes: &mut [u8], above: u8) {
    for code in codes {
        *code += above;
    }
}
