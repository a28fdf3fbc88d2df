//! The ledger: what became of each row read. Rows read = rows kept + rows rejected, always.

use std::fmt;

use serde::Serialize;

/// Why a row was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No customer id.
    MissingCustomer,
    /// A customer id or order number that is not UTF-8 text.
    NotUtf8,
    /// No date.
    MissingDate,
    /// A date that the column's format does not read.
    UnreadableDate,
    /// A date after the as-of date that the user gave.
    AfterAsOf,
    /// No amount, or no quantity or unit price.
    MissingAmount,
    /// An amount, quantity or unit price that is no number.
    UnreadableAmount,
    /// An amount with more digits than can be summed exactly.
    AmountTooLarge,
    /// A row that is no record, such as a line of NDJSON that is no object.
    UnreadableRow,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 9] = [
        Self::MissingCustomer,
        Self::NotUtf8,
        Self::MissingDate,
        Self::UnreadableDate,
        Self::AfterAsOf,
        Self::MissingAmount,
        Self::UnreadableAmount,
        Self::AmountTooLarge,
        Self::UnreadableRow,
    ];

    /// The reason in words.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::MissingCustomer => "missing customer",
            Self::NotUtf8 => "text is not UTF-8",
            Self::MissingDate => "missing date",
            Self::UnreadableDate => "unreadable date",
            Self::AfterAsOf => "after the as-of date",
            Self::MissingAmount => "missing amount",
            Self::UnreadableAmount => "unreadable amount",
            Self::AmountTooLarge => "amount out of range",
            Self::UnreadableRow => "unreadable row",
        }
    }
}

/// A rejected row, to be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// The file.
    pub file: String,
    /// Where the row stands: a 1-based line of a text file, a 1-based row of a columnar one.
    pub row: u64,
    /// The column.
    pub column: String,
    /// What stands there.
    pub text: String,
}

/// Row, column and text, with what a terminal must not get escaped.
impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.row)?;
        if !self.column.is_empty() {
            write!(f, " column `{}`", self.column.escape_debug())?;
        }
        write!(f, ": `{}`", self.text.escape_debug())
    }
}

/// Examples kept for each reason.
const EXAMPLES: usize = 5;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Rejected {
    rows: u64,
    examples: Vec<Example>,
}

/// What became of each row of a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    kept: u64,
    rejected: [Rejected; Reason::ALL.len()],
    /// Kept rows whose amount had more than six decimals and was rounded.
    pub rounded: u64,
    /// Kept rows without an order number where others have one; each counts as an order of its own.
    pub without_order: u64,
}

impl Ledger {
    /// Rows read.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.kept + self.rejected()
    }

    /// Rows kept.
    #[must_use]
    pub const fn kept(&self) -> u64 {
        self.kept
    }

    /// Rows rejected, for whatever reason.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.rejected.iter().map(|rejected| rejected.rows).sum()
    }

    /// The reasons that occurred, each with its rows and first examples, the most frequent first.
    #[must_use]
    pub fn reasons(&self) -> Vec<(Reason, u64, &[Example])> {
        let reasons = Reason::ALL.into_iter().zip(&self.rejected).filter(|(_, rejected)| rejected.rows > 0);
        let mut reasons: Vec<_> =
            reasons.map(|(reason, rejected)| (reason, rejected.rows, rejected.examples.as_slice())).collect();
        reasons.sort_by_key(|(_, rows, _)| std::cmp::Reverse(*rows));
        reasons
    }

    /// What was done to kept rows, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.rounded > 0 {
            notes.push(format!("{} amounts with more than 6 decimals were rounded to 6", self.rounded));
        }
        let unreadable = &self.rejected[Reason::UnreadableAmount as usize].examples;
        if unreadable.iter().any(|example| example.text.contains(',')) {
            notes
                .push("rejected amounts hold a comma: decimal commas and thousands separators are not read".to_owned());
        }
        if self.without_order > 0 {
            notes.push(format!("{} rows have no order number; each counts as an order", self.without_order));
        }
        notes
    }

    /// Enters a kept row.
    #[inline]
    pub(super) const fn keep(&mut self) {
        self.kept += 1;
    }

    /// Enters a rejected row; the example is made only while some are still wanted.
    pub(super) fn reject(&mut self, reason: Reason, example: impl FnOnce() -> Example) {
        let rejected = &mut self.rejected[reason as usize];
        rejected.rows += 1;
        if rejected.examples.len() < EXAMPLES {
            rejected.examples.push(example());
        }
    }
}
