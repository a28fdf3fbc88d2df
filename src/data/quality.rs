//! The quality of a data set: where it comes from, what became of its rows, and how complete, accurate, timely, unique and
//! identified it is. What loading knows is there at once; the rest is there once the files were [surveyed](super::survey).

mod expected;
mod facts;
mod findings;
mod parts;

pub use expected::{Expected, Figure};
pub use findings::{Finding, Mark, Section, headline};
pub use parts::{
    Accuracy, ColumnQuality, Control, Identity, Period, PolicyQuality, Rejected, RepeatedRows, RoleQuality, Rows,
    Share, SourceQuality, Timeliness, Unidentified,
};

use serde::Serialize;

use super::ledger::Ledger;
use super::load::{Loaded, MappedSource};
use crate::model::customers::Customers;
use crate::model::day::Day;
use crate::model::policies::Policies;

/// A loaded data set, as far as its quality is concerned.
#[derive(Clone, Copy, Debug)]
pub struct DataSet<'a> {
    /// Its files.
    pub sources: &'a [MappedSource],
    /// Its customers.
    pub customers: &'a Customers,
    /// What became of its rows.
    pub ledger: &'a Ledger,
    /// The day recency is counted to.
    pub as_of: Day,
    /// The policies it was loaded by.
    pub policies: Policies,
}

impl<'a> DataSet<'a> {
    /// What a load brought, by the policies it was asked for with.
    #[must_use]
    pub fn of(loaded: &'a Loaded, policies: Policies) -> Self {
        let Loaded { sources, customers, ledger, as_of, .. } = loaded;
        Self { sources, customers, ledger, as_of: *as_of, policies }
    }
}

/// The quality of a data set, in the shape its JSON has.
#[derive(Clone, Debug, Serialize)]
pub struct Quality {
    /// Its files.
    pub sources: Vec<SourceQuality>,
    /// Its days.
    pub period: Period,
    /// What became of its rows.
    pub rows: Rows,
    /// Revenue of nobody in particular.
    pub unidentified: Unidentified,
    /// The policies in force.
    pub policies: Vec<PolicyQuality>,
    /// Cells that cannot be right.
    pub accuracy: Accuracy,
    /// How recent and how unbroken it is.
    pub timeliness: Timeliness,
    /// Rows that are there twice; `None` until counted.
    pub duplicates: Option<RepeatedRows>,
    /// Who is who.
    pub identity: Identity,
    /// The figures to hold against those of where the data comes from.
    pub control: Control,
    /// What they should be, where somebody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
}
