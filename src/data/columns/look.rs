//! What the values of a column look like, told from a sample.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::parse::date::{DateDecision, DateEvidence, DateHint, DateWhy};
use super::super::parse::number::{NumberDecision, NumberEvidence, NumberFormat, unit_of_header};
use super::super::source::SourceColumn;
use super::super::synonyms::{Role, claim};
use super::ValueOptions;
use super::lean::Leaning;
use crate::show::list::phrases;
use crate::show::numbers::count;
use crate::{tr, tr_count};

/// The share of a column's values, in percent, that must read as dates or numbers for the role to be believed. The rest
/// is dirt that the ledger will name.
const BELIEVED: u64 = 70;

/// What the values of a column's sample look like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLook {
    /// Rows in the sample.
    pub rows: u64,
    /// Values that are there.
    pub filled: u64,
    /// Of those, different ones.
    pub distinct: u64,
    /// What those that are numbers look like.
    pub number: NumberDecision,
    /// Of those filled, numbers with decimals.
    pub fractions: u64,
    /// What those that are dates look like.
    pub date: DateDecision,
    /// What the decimal mark was told by where the values do not tell it.
    pub lean: Option<Leaning>,
}

impl ColumnLook {
    /// Looks at a column's sample.
    #[must_use]
    pub fn of(column: &SourceColumn, options: &ValueOptions) -> Self {
        let filled: Vec<&str> = column.sample.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let (mut numbers, mut dates) = (NumberEvidence::default(), DateEvidence::default());
        for text in &filled {
            numbers.observe(text.as_bytes());
            dates.observe(text.as_bytes());
        }
        let mut number = numbers.decide(options.decimal);
        if let Some(unit) = unit_of_header(&column.name) {
            number.format = number.format.with_unit(unit);
        }
        let values = filled.iter().filter_map(|text| number.format.parse(text.as_bytes()).ok());
        let fractions = values.filter(|number| number.value.significant().decimals > 0).count() as u64;
        Self {
            rows: column.sample.len() as u64,
            filled: filled.len() as u64,
            distinct: filled.iter().collect::<HashSet<_>>().len() as u64,
            number,
            fractions,
            date: decided_by_name(&dates, &column.name, options),
            lean: None,
        }
    }

    /// How its numbers are written.
    #[must_use]
    pub const fn number_format(&self) -> NumberFormat {
        self.number.format
    }

    /// Whether most values are numbers.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        self.filled > 0 && self.number.read * 100 >= self.filled * BELIEVED
    }

    /// Whether most values are dates.
    #[must_use]
    pub const fn is_date(&self) -> bool {
        match &self.date {
            DateDecision::Decided { read, .. } => self.filled > 0 && *read * 100 >= self.filled * BELIEVED,
            DateDecision::Ambiguous { .. } => true,
            DateDecision::None => false,
        }
    }

    /// Whether the values can play a role at all.
    pub(super) const fn allows(&self, role: Role) -> bool {
        match role {
            Role::Date => self.is_date(),
            Role::Amount | Role::Quantity | Role::UnitPrice => self.is_number() && !self.is_date(),
            // Most orders have no refund: a column of few numbers will do.
            Role::Refund => !self.is_date() && self.number.read * 100 >= self.filled * BELIEVED,
            Role::Customer | Role::Order => self.filled > 0 && !self.is_date(),
            Role::Status | Role::Currency => self.filled > 0 && !self.is_date() && !self.is_number(),
        }
    }
}

/// The values in words.
impl fmt::Display for ColumnLook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { filled, distinct, number, .. } = self;
        let mut parts = vec![tr_count!(
            self.rows,
            "{filled} of {count} sampled row filled, {distinct} distinct",
            "{filled} of {count} sampled rows filled, {distinct} distinct",
            filled = count(*filled),
            distinct = count(*distinct),
        )];
        match &self.date {
            DateDecision::Decided { format, read, evidence, .. } if self.is_date() => {
                parts.push(tr_count!(*read, "{count} date {format}", "{count} dates {format}", format = format.name()));
                parts.push(evidence.to_string());
            }
            DateDecision::Ambiguous { example, .. } => {
                parts.push(tr!("dates such as `{example}`, day first or month first", example));
            }
            _ if number.read > 0 => {
                parts.push(match self.fractions {
                    0 => tr_count!(number.read, "{count} number", "{count} numbers"),
                    fractions => tr_count!(
                        number.read,
                        "{count} number, {fractions} with decimals",
                        "{count} numbers, {fractions} with decimals",
                        fractions = count(fractions),
                    ),
                });
                if number.format != NumberFormat::default() {
                    parts.push(tr!("written {format}", format = number.format.name()));
                }
                parts.push(self.lean.as_ref().map_or_else(|| number.evidence.to_string(), ToString::to_string));
            }
            _ => {}
        }
        f.write_str(&phrases(&parts))
    }
}

/// What the values observed so far say of the dates of a column that is taken for the date, by its name, by its values or by
/// somebody's word.
#[must_use]
pub fn decided(dates: &DateEvidence, name: &str, options: &ValueOptions) -> DateDecision {
    decided_by(dates, DateHint { named_date: true, minguo: is_minguo(name) }, options)
}

/// The same of a column that may be anything: it is called a date or it is not.
fn decided_by_name(dates: &DateEvidence, name: &str, options: &ValueOptions) -> DateDecision {
    let named_date = claim(name, Role::Date).is_some();
    decided_by(dates, DateHint { named_date, minguo: is_minguo(name) }, options)
}

fn is_minguo(name: &str) -> bool {
    name.contains('民')
}

fn decided_by(dates: &DateEvidence, hint: DateHint, options: &ValueOptions) -> DateDecision {
    match options.date_format {
        // A format that the user gives is believed of what is called a date.
        Some(format) if hint.named_date => {
            let of = dates.filled();
            DateDecision::Decided { format, read: of, of, evidence: DateWhy::Given }
        }
        _ => dates.decide(options.date_order, hint),
    }
}
