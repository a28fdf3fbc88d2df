//! The parts of a data set's quality.

use serde::{Serialize, Serializer};

use super::super::ledger::Example;
use super::super::survey::{ColumnSurvey, Conflicts, Duplicates, Likeness, Quiet};
use super::super::synonyms::Role;
use crate::model::day::Day;
use crate::model::money::Money;
use crate::show::numbers::rounded;
use crate::show::serial::{text, text_or_null};

/// A part of a whole in millionths; a number such as 0.255 in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(i64);

impl Share {
    /// The share that a part has; none of nothing.
    #[must_use]
    pub fn of(part: impl Into<i128>, whole: impl Into<i128>) -> Self {
        let (part, whole) = (part.into(), whole.into());
        Self(if whole == 0 { 0 } else { rounded(part.saturating_mul(1_000_000), whole) as i64 })
    }

    /// In millionths.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / 1e6)
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceQuality {
    /// Where it is.
    pub name: String,
    /// What kind of file it is, with how its text is written.
    pub kind: String,
    /// Its size.
    pub bytes: u64,
    /// When it was last written to, in UTC; `None` for what is no file, and until counted.
    pub modified: Option<String>,
    /// The SHA-256 of its bytes in hexadecimal; `None` until counted.
    pub sha256: Option<String>,
    /// The columns that are used.
    pub mapping: Vec<RoleQuality>,
    /// Rows, kept or not; `None` until counted.
    pub rows: Option<u64>,
    /// Rows with fewer cells than the header; `None` until counted, and where there cannot be any.
    pub narrow_rows: Option<u64>,
    /// Rows with more cells than the header; `None` until counted, and where there cannot be any.
    pub wide_rows: Option<u64>,
    /// All columns; `None` until counted.
    pub columns: Option<Vec<ColumnQuality>>,
}

/// A column with a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleQuality {
    /// The role.
    #[serde(serialize_with = "key")]
    pub role: Role,
    /// The column's name.
    pub column: String,
    /// Its 1-based position.
    pub position: usize,
    /// Why it is that one.
    pub why: String,
}

/// A column's completeness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnQuality {
    /// What it holds.
    #[serde(flatten)]
    pub survey: ColumnSurvey,
    /// Its role, if it has one.
    #[serde(serialize_with = "key")]
    pub role: Option<Role>,
    /// The share of the rows that have something in it.
    pub filled_share: Share,
}

/// Writes the key of a role; null where there is none.
fn key<R: Copy + Into<Option<Role>>, S: Serializer>(role: &R, serializer: S) -> Result<S::Ok, S::Error> {
    match (*role).into() {
        Some(role) => serializer.serialize_str(role.key()),
        None => serializer.serialize_none(),
    }
}

/// The days of a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Day of the first kept row.
    #[serde(serialize_with = "text")]
    pub first_order: Day,
    /// Day of the last kept row.
    #[serde(serialize_with = "text")]
    pub last_order: Day,
    /// The day recency is counted to.
    #[serde(serialize_with = "text")]
    pub as_of: Day,
    /// The present day, if it is known.
    #[serde(serialize_with = "text_or_null")]
    pub today: Option<Day>,
}

/// What became of the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Rows read.
    pub read: u64,
    /// Rows kept.
    pub kept: u64,
    /// Rows in the files when they were surveyed; another number than those read means that a file has changed. `None`
    /// until counted.
    pub counted: Option<u64>,
    /// Rows rejected, by reason.
    pub rejected: Vec<Rejected>,
    /// What was done to kept rows.
    pub notes: Vec<String>,
}

/// Rows rejected for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// The reason, as [`super::super::ledger::Reason::text`] has it.
    pub reason: &'static str,
    /// The policy that it follows; `None` where the row itself is at fault.
    pub policy: Option<&'static str>,
    /// How many.
    pub rows: u64,
    /// The first of them.
    pub examples: Vec<Example>,
}

/// The revenue of rows without a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Unidentified {
    /// Rows.
    pub rows: u64,
    /// The sum of their amounts.
    #[serde(serialize_with = "text")]
    pub revenue: Money,
    /// The revenue that it is a part of: that of the customers and this.
    #[serde(serialize_with = "text")]
    pub of: Money,
    /// Its share of that.
    pub share: Share,
}

/// A policy in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyQuality {
    /// Its name.
    pub policy: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// What was chosen.
    pub choice: &'static str,
    /// What that does.
    pub does: &'static str,
    /// Whether it is not the default.
    pub changed: bool,
    /// The rows it is about.
    pub rows: u64,
    /// The sum of their amounts.
    #[serde(serialize_with = "text")]
    pub revenue: Money,
}

/// Cells that cannot be right. Those that were rejected count once a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Accuracy {
    /// Dates that the column's format does not read.
    pub unreadable_dates: u64,
    /// Amounts that are no number.
    pub unreadable_amounts: u64,
    /// Amounts too large to be summed exactly.
    pub out_of_range: u64,
    /// Ids that are no text.
    pub not_utf8: u64,
    /// Rows that are no record.
    pub unreadable_rows: u64,
    /// Orders that contradict themselves; `None` until counted, without an order column, and where there are too many.
    pub conflicting_orders: Option<Conflicts>,
}

/// How recent and how unbroken the data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Timeliness {
    /// Days from the last order to the as-of date.
    pub age_at_as_of: i32,
    /// Days from the last order to the present one; below zero where it is dated later.
    pub age_today: Option<i32>,
    /// Days of the period, both ends counted.
    pub days: i32,
    /// Those on which no row is dated; `None` until counted.
    pub without_orders: Option<Quiet>,
}

/// Rows that are the same as an earlier one in every column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RepeatedRows {
    /// How many, with examples.
    #[serde(flatten)]
    pub found: Duplicates,
    /// The share of all rows that they are.
    pub share: Share,
}

/// Who is who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// Customers.
    pub customers: u64,
    /// Customers that were met in several ways of writing, and are one.
    pub respelled: u64,
    /// Some of them: as first met, and another way.
    pub respelled_examples: Vec<(String, String)>,
    /// Rows whose ids a spreadsheet rounded.
    pub rounded_rows: u64,
    /// The first of those ids.
    pub rounded_example: Option<String>,
    /// Customers that may be one, and were left apart; `None` until counted.
    pub likely_duplicates: Option<Likeness>,
}

/// Figures to hold against those of where the data comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Control {
    /// The net sum of all kept amounts.
    #[serde(serialize_with = "text")]
    pub revenue: Money,
    /// The same with the unidentified revenue.
    #[serde(serialize_with = "text")]
    pub revenue_with_unidentified: Money,
    /// Rows read.
    pub rows: u64,
}
