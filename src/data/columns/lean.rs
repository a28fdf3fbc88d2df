//! Which decimal mark a column is read with whose own values do not tell it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::parse::date::{DateDecision, DateFormat, DateOrder, Mark};
use super::super::parse::number::DecimalMark;
use super::super::source::SourceColumn;
use super::{ColumnLook, ValueOptions};
use crate::tr;

/// What speaks for a decimal mark beside the values of a column.
#[derive(Clone, Debug)]
pub(super) struct Lean {
    mark: DecimalMark,
    why: Hint,
    /// Whether that settles it.
    is_sure: bool,
}

/// What a decimal mark is told by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Hint {
    /// The values of another column, by its name.
    Column(String),
    /// The dates of a column, by its name.
    Dates(String),
    /// The semicolon that keeps columns apart.
    Semicolon,
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Column(name) => tr!("column `{name}`", name),
            Self::Dates(name) => tr!("the form of the dates in `{name}`", name),
            Self::Semicolon => tr!("the semicolon between columns").to_owned(),
        })
    }
}

/// A decimal mark that a column is read with because of what is beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaning {
    mark: DecimalMark,
    why: Hint,
    /// One of the column's values, and what it is read as.
    example: String,
    value: String,
}

impl fmt::Display for Leaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mark, why, example, value } = self;
        f.write_str(&tr!(
            "no value tells the decimal mark; {why} speaks for a {mark}: `{example}` is {value}",
            why,
            mark = mark.name(),
            example,
            value,
        ))
    }
}

impl ColumnLook {
    /// The same column where another mark than its own values is believed, which they do not tell.
    pub(super) fn with_mark(&self, column: &SourceColumn, options: &ValueOptions, lean: &Lean) -> Self {
        let Some(example) = self.number.undecided.clone() else { return self.clone() };
        let mut look = Self::of(column, &ValueOptions { decimal: Some(lean.mark), ..*options });
        let value = look.number.format.parse(example.as_bytes()).map(|number| number.value.to_string());
        let value = value.unwrap_or_default();
        look.lean = Some(Leaning { mark: lean.mark, why: lean.why.clone(), example: example.clone(), value });
        look.number.undecided = (!lean.is_sure).then_some(example);
        look
    }
}

impl Lean {
    /// What the other columns and the delimiter say.
    pub(super) fn of(columns: &[SourceColumn], looks: &[ColumnLook], delimiter: u8) -> Option<Self> {
        let numbers = columns.iter().zip(looks).filter(|(_, look)| look.is_number() && !look.is_date());
        let told: Vec<(&str, DecimalMark)> = numbers
            .filter(|(_, look)| look.number.told)
            .map(|(column, look)| (column.name.as_str(), look.number.format.mark))
            .collect();
        if let Some((name, mark)) = told.first() {
            let agree = told.iter().all(|(_, other)| other == mark);
            return agree.then(|| Self { mark: *mark, why: Hint::Column((*name).to_owned()), is_sure: true });
        }
        let has_points = |format: &DateFormat| {
            matches!(format, DateFormat::Numbers { order: DateOrder::DayFirst, mark: Mark::Point, .. })
        };
        let is_german = |look: &ColumnLook| match &look.date {
            DateDecision::Decided { format, .. } => has_points(format),
            DateDecision::Ambiguous { readings, .. } => readings.iter().any(has_points),
            DateDecision::None => false,
        };
        let why = match (delimiter, columns.iter().zip(looks).find(|(_, look)| is_german(look))) {
            (_, Some((column, _))) => Hint::Dates(column.name.clone()),
            (b';', None) => Hint::Semicolon,
            _ => return None,
        };
        Some(Self { mark: DecimalMark::Comma, why, is_sure: false })
    }
}
