//! The ledger: what became of each row read. Rows read = rows kept + rows rejected, always.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::mapping::UndecidedMark;
use super::status::{StatusRows, Statuses};
use crate::model::money::{Money, Scale};
use crate::model::policies::Policy;
use crate::show::list::names;
use crate::show::numbers::rounded;
use crate::show::text::quoted;
use crate::{mark, tr, tr_count};

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
    /// An amount such as `2,345.00` that the delimiter cut in two, as it stands without quotes.
    CutAmount,
    /// A row that is no record, such as a line of NDJSON that is no object.
    UnreadableRow,
    /// The header once more.
    RepeatedHeader,
    /// A sum of the rows above it, such as `合计` or `Total`.
    TotalRow,
    /// A date after today, by policy.
    Future,
    /// An order that its status says was closed, cancelled, unpaid or refunded, by policy.
    Status,
    /// An amount below zero, by policy.
    Return,
    /// A row of an order that a cancellation voids, or of the cancellation, by policy.
    Voided,
    /// An amount of zero, by policy.
    ZeroAmount,
    /// The same as an earlier row in every column, by policy.
    Duplicate,
    /// Of another currency than the one chosen.
    OtherCurrency,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 19] = [
        Self::MissingCustomer,
        Self::NotUtf8,
        Self::MissingDate,
        Self::UnreadableDate,
        Self::AfterAsOf,
        Self::MissingAmount,
        Self::UnreadableAmount,
        Self::AmountTooLarge,
        Self::CutAmount,
        Self::UnreadableRow,
        Self::RepeatedHeader,
        Self::TotalRow,
        Self::Future,
        Self::Status,
        Self::Return,
        Self::Voided,
        Self::ZeroAmount,
        Self::Duplicate,
        Self::OtherCurrency,
    ];

    /// The reason in words; [`crate::lang::text`] has them in the language in use.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::MissingCustomer => mark!("missing customer"),
            Self::NotUtf8 => mark!("text is not UTF-8"),
            Self::MissingDate => mark!("missing date"),
            Self::UnreadableDate => mark!("unreadable date"),
            Self::AfterAsOf => mark!("after the as-of date"),
            Self::MissingAmount => mark!("missing amount"),
            Self::UnreadableAmount => mark!("unreadable amount"),
            Self::AmountTooLarge => mark!("amount out of range"),
            Self::CutAmount => mark!("amount cut at its comma"),
            Self::UnreadableRow => mark!("unreadable row"),
            Self::RepeatedHeader => mark!("header repeated"),
            Self::TotalRow => mark!("total of other rows"),
            Self::Future => mark!("dated after today"),
            Self::Status => mark!("order closed or refunded"),
            Self::Return => mark!("return set aside"),
            Self::Voided => mark!("order voided by its cancellation"),
            Self::ZeroAmount => mark!("amount of zero"),
            Self::Duplicate => mark!("duplicate of an earlier row"),
            Self::OtherCurrency => mark!("another currency"),
        }
    }

    /// The policy that sets such rows aside; `None` where the row itself is at fault.
    #[must_use]
    pub const fn policy(self) -> Option<Policy> {
        match self {
            Self::MissingCustomer => Some(Policy::Anonymous),
            Self::Future => Some(Policy::Future),
            Self::Status => Some(Policy::Status),
            Self::Return | Self::Voided => Some(Policy::Returns),
            Self::ZeroAmount => Some(Policy::ZeroAmounts),
            Self::Duplicate => Some(Policy::Duplicates),
            _ => None,
        }
    }
}

/// A rejected row, to be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        let (row, text) = (self.row, self.text.escape_debug().to_string());
        let text = quoted(&text);
        f.write_str(&match &*self.column {
            "" => tr!("row {row}: {text}", row, text),
            column => tr!("row {row} column `{column}`: {text}", row, column = column.escape_debug(), text),
        })
    }
}

/// Examples kept for each reason.
pub(super) const EXAMPLES: usize = 5;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Rejected {
    rows: u64,
    examples: Vec<Example>,
}

/// The rows that a policy is about, whichever way it is decided, and their money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concerned {
    /// Rows.
    pub rows: u64,
    /// The sum of their amounts, in millionths of a unit.
    pub micros: i128,
}

impl Concerned {
    /// The sum at the data's scale.
    #[must_use]
    pub fn money(self, scale: Scale) -> Money {
        let finer = i128::from(Scale::MAX.factor() / scale.factor());
        Money::new(rounded(self.micros, finer), scale)
    }

    /// Enters a row.
    pub(super) const fn add(&mut self, micros: i128) {
        self.rows += 1;
        self.micros = self.micros.saturating_add(micros);
    }

    pub(super) const fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.micros = self.micros.saturating_add(other.micros);
    }
}

/// What was seen of the customers' ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Customers that were met in several ways of writing: in another case, with other blanks, in another width.
    pub respelled: u64,
    /// Some of them: as first met, and another way.
    pub respelled_examples: Vec<(String, String)>,
    /// Rows whose customer or order a spreadsheet rounded, such as `2.02408E+19`: different ones may have become one.
    pub rounded_rows: u64,
    /// The first of those ids.
    pub rounded_example: Option<String>,
}

impl Identity {
    fn merge(&mut self, other: Self) {
        self.respelled += other.respelled;
        let room = EXAMPLES.saturating_sub(self.respelled_examples.len());
        self.respelled_examples.extend(other.respelled_examples.into_iter().take(room));
        self.rounded_rows += other.rounded_rows;
        self.rounded_example = self.rounded_example.take().or(other.rounded_example);
    }
}

/// What became of each row of a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    kept: u64,
    /// Of those, rows that were set aside later, when more was known.
    taken_back: u64,
    rejected: [Rejected; Reason::ALL.len()],
    /// Kept rows whose amount had more than six decimals and was rounded.
    pub rounded: u64,
    /// Kept rows without an order number where others have one; each counts as an order of its own.
    pub without_order: u64,
    /// Of the sampled orders of several lines, how many have the same amount on all of them, and how many there are; set where
    /// that looks as if the order's total stood on each line.
    pub repeated_totals: Option<(u64, u64)>,
    /// A column of numbers whose decimal mark no value of the sample tells, and how it was read.
    pub undecided_mark: Option<UndecidedMark>,
    /// Kept rows with more cells than the header: a delimiter within a cell may have moved those behind it.
    pub wide: u64,
    /// Kept rows whose amount names no currency, where one was chosen.
    pub without_currency: u64,
    /// The statuses of the rows without fault, whatever was done with them.
    pub statuses: Statuses,
    concerned: [Concerned; Policy::ALL.len()],
    /// What was seen of ids.
    pub identity: Identity,
}

impl Ledger {
    /// The rows that a policy is about. Those without a customer are the unidentified revenue. Duplicates are counted only
    /// where they are set aside: telling them takes memory for every row.
    #[must_use]
    pub const fn concerned(&self, policy: Policy) -> Concerned {
        self.concerned[policy as usize]
    }

    /// Rows rejected for one reason.
    #[must_use]
    pub const fn rejected_for(&self, reason: Reason) -> u64 {
        self.rejected[reason as usize].rows
    }

    /// Rows read.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.kept() + self.rejected()
    }

    /// Rows kept.
    #[must_use]
    pub const fn kept(&self) -> u64 {
        self.kept.saturating_sub(self.taken_back)
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
        notes.extend(self.undecided_mark.iter().map(ToString::to_string));
        if self.wide > 0 {
            notes.push(tr_count!(
                self.wide,
                "{count} kept row has more cells than the header: a delimiter within a cell without quotes moves what is \
                 behind it",
                "{count} kept rows have more cells than the header: a delimiter within a cell without quotes moves what is \
                 behind it",
            ));
        }
        if self.rounded > 0 {
            notes.push(tr_count!(
                self.rounded,
                "{count} amount with more than 6 decimals was rounded to 6",
                "{count} amounts with more than 6 decimals were rounded to 6",
            ));
        }
        let unreadable = &self.rejected[Reason::UnreadableAmount as usize].examples;
        if unreadable.iter().any(|example| example.text.contains(',')) {
            let note = tr!("rejected amounts hold a comma, which the others do not; --decimal says what it means");
            notes.push(note.to_owned());
        }
        if self.without_currency > 0 {
            notes.push(tr_count!(
                self.without_currency,
                "{count} kept row names no currency and is taken for the chosen one",
                "{count} kept rows name no currency and are taken for the chosen one",
            ));
        }
        notes.extend(self.unknown_statuses());
        if let Some((same, all)) = self.repeated_totals {
            notes.push(tr!(
                "{same} of {all} sampled orders of several lines have one amount on all of them, which may be the order's \
                 total; --order-totals once (on the screen, a policy) counts it once",
                same,
                all,
            ));
        }
        if let Some((one, other)) = self.identity.respelled_examples.first() {
            notes.push(tr_count!(
                self.identity.respelled,
                "{count} customer is written in several ways, such as `{one}` and `{other}`; --ids exact keeps them apart",
                "{count} customers are written in several ways, such as `{one}` and `{other}`; --ids exact keeps them apart",
                one,
                other,
            ));
        }
        if let Some(example) = &self.identity.rounded_example {
            notes.push(tr_count!(
                self.identity.rounded_rows,
                "{count} row has ids that a spreadsheet rounded, such as `{example}`: different ones may have become one",
                "{count} rows have ids that a spreadsheet rounded, such as `{example}`: different ones may have become one",
                example,
            ));
        }
        if self.without_order > 0 {
            notes.push(tr_count!(
                self.without_order,
                "{count} row has no order number; each counts as an order",
                "{count} rows have no order number; each counts as an order",
            ));
        }
        notes
    }

    /// What is said of statuses that are not known, if there are any.
    fn unknown_statuses(&self) -> Option<String> {
        const NAMED: usize = 3;
        let unknown: Vec<&StatusRows> = self.statuses.unknown().collect();
        unknown.first()?;
        let rows: u64 = unknown.iter().map(|one| one.rows).sum();
        if let [one] = unknown[..] {
            return Some(tr_count!(
                rows,
                "status `{status}` is not known: its {count} row count as sales",
                "status `{status}` is not known: its {count} rows count as sales",
                status = one.status,
            ));
        }
        let named: Vec<String> = unknown.iter().take(NAMED).map(|one| format!("`{}`", one.status)).collect();
        Some(tr_count!(
            rows,
            "{statuses} statuses are not known, such as {named}: their {count} row count as sales",
            "{statuses} statuses are not known, such as {named}: their {count} rows count as sales",
            statuses = unknown.len(),
            named = names(&named),
        ))
    }

    /// Enters a kept row.
    #[inline]
    pub(super) const fn keep(&mut self) {
        self.kept += 1;
    }

    /// Enters a row that a policy is about.
    pub(super) const fn concern(&mut self, policy: Policy, micros: i128) {
        self.concerned[policy as usize].add(micros);
    }

    /// Enters rows that a policy is about, and what they come to together.
    pub(super) const fn concern_rows(&mut self, policy: Policy, rows: u64, micros: i128) {
        self.concerned[policy as usize].merge(Concerned { rows, micros });
    }

    /// Sets rows aside that were kept before.
    pub(super) const fn take_back(&mut self, reason: Reason, rows: u64) {
        self.taken_back += rows;
        self.rejected[reason as usize].rows += rows;
    }

    /// Adds an example of a reason, whose rows are counted already, while some are still wanted.
    pub(super) fn exemplify(&mut self, reason: Reason, example: Example) {
        let examples = &mut self.rejected[reason as usize].examples;
        if examples.len() < EXAMPLES {
            examples.push(example);
        }
    }

    /// Adds what was entered elsewhere.
    pub(super) fn merge(&mut self, other: Self) {
        self.kept += other.kept;
        self.taken_back += other.taken_back;
        self.rounded += other.rounded;
        self.without_order += other.without_order;
        self.wide += other.wide;
        self.without_currency += other.without_currency;
        self.statuses.merge(other.statuses);
        for (mine, theirs) in self.rejected.iter_mut().zip(other.rejected) {
            mine.rows += theirs.rows;
            let room = EXAMPLES.saturating_sub(mine.examples.len());
            mine.examples.extend(theirs.examples.into_iter().take(room));
        }
        for (mine, theirs) in self.concerned.iter_mut().zip(other.concerned) {
            mine.merge(theirs);
        }
        self.identity.merge(other.identity);
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
