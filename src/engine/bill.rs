//! What the segments of an analysis cost by its budget, and what those of its baseline do. Sums of the segments' tallies:
//! they follow every edit at once.

use super::analysis::Analysis;
use super::summary::Tally;
use crate::model::budget::{Bill, Budget, Segment};
use crate::model::scheme::Scheme;

/// What the present segments cost, in the order of their scheme.
#[must_use]
pub fn bill(analysis: &Analysis) -> Bill {
    let setting = analysis.setting();
    billed(analysis, &setting.budget, &setting.scheme, &analysis.segments())
}

/// What the baseline's segments cost: by its own budget, or by the present one where it has none, so that a first budget
/// tells what the edits since then cost. `None` where nothing is compared with.
#[must_use]
pub fn baseline_bill(analysis: &Analysis) -> Option<Bill> {
    let (setting, map) = analysis.baseline()?;
    let tallies = analysis.baseline_summary()?.segments(map);
    let budget = if setting.budget.is_empty() { &analysis.setting().budget } else { &setting.budget };
    Some(billed(analysis, budget, &setting.scheme, &tallies))
}

fn billed(analysis: &Analysis, budget: &Budget, scheme: &Scheme, tallies: &[Tally]) -> Bill {
    let of = |(segment, tally): (usize, &Tally)| Segment {
        name: scheme.segment_name(segment),
        customers: tally.customers,
        revenue: tally.revenue,
    };
    let segments: Vec<Segment<'_>> = tallies.iter().enumerate().map(of).collect();
    budget.bill(&segments, analysis.customers().scale)
}

#[cfg(test)]
mod tests;
