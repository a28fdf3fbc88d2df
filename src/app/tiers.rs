//! The tier panel's state: how the segments are sorted, and which is under the cursor.

use serde::{Deserialize, Serialize};

use crate::engine::analysis::Analysis;
use crate::engine::summary::Tally;
use crate::tr;

/// What segments are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TierSort {
    /// The order that the scheme has them in.
    #[default]
    Scheme,
    /// Number of customers.
    Customers,
    /// Net revenue.
    Revenue,
    /// Name.
    Name,
}

impl TierSort {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scheme => tr!("order" | "scheme order"),
            Self::Customers => tr!("order" | "customers"),
            Self::Revenue => tr!("order" | "revenue"),
            Self::Name => tr!("order" | "name"),
        }
    }

    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Scheme => Self::Customers,
            Self::Customers => Self::Revenue,
            Self::Revenue => Self::Name,
            Self::Name => Self::Scheme,
        }
    }
}

/// The tier panel's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tiers {
    /// The order.
    pub sort: TierSort,
    /// The order turned round.
    pub reversed: bool,
    /// Place of the cursor in the sorted list, from 0.
    pub cursor: usize,
}

impl Tiers {
    /// The segment under the cursor, by its number.
    #[must_use]
    pub fn segment(&self, analysis: &Analysis) -> Option<usize> {
        self.rows(analysis).get(self.cursor).map(|(segment, _)| *segment)
    }

    /// The segments with their tallies in the panel's order: largest first by figures.
    #[must_use]
    pub fn rows(&self, analysis: &Analysis) -> Vec<(usize, Tally)> {
        let mut rows: Vec<(usize, Tally)> = analysis.segments().into_iter().enumerate().collect();
        match self.sort {
            TierSort::Scheme => {}
            TierSort::Customers => rows.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.customers)),
            TierSort::Revenue => rows.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.revenue)),
            TierSort::Name => rows.sort_by_key(|(segment, _)| analysis.scheme().segment_name(*segment)),
        }
        if self.reversed {
            rows.reverse();
        }
        rows
    }
}
