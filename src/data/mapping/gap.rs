//! What keeps a mapping from being complete, and how it is told.

use std::fmt;

use thiserror::Error;

use super::super::columns::ColumnLook;
use super::super::parse::date::DateDecision;
use super::super::source::Source;
use super::super::synonyms::Role;
use crate::show::list::{self, sentences};
use crate::{lang, mark, tr};

/// A role that has no single column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// No column fits.
    Missing(Role),
    /// Several fit alike; their names.
    Ambiguous(Role, Vec<String>),
    /// The user's column is not there.
    Unknown(Role, String),
    /// A column has the name, but its values are not of the kind: the column and what is wrong with them.
    Contradicted(Role, String, Misfit),
    /// The user gives one column for two roles: the column's name.
    Twice(Role, Role, String),
    /// No date of the column tells whether the day or the month comes first: the column and one of its dates.
    DayOrMonth(String, String),
}

impl Gap {
    /// Whether choosing a column can close it.
    #[must_use]
    pub const fn can_be_asked(&self) -> bool {
        !matches!(self, Self::Contradicted(..) | Self::DayOrMonth(..) | Self::Twice(..))
    }

    /// The role it is about.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Missing(role)
            | Self::Ambiguous(role, _)
            | Self::Unknown(role, _)
            | Self::Contradicted(role, _, _)
            | Self::Twice(role, ..) => *role,
            Self::DayOrMonth(..) => Role::Date,
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (role, option) = (self.role().name(), self.role().option());
        f.write_str(&match self {
            Self::Missing(Role::Amount) => {
                tr!("no column for the amount, nor quantity and unit price (give --amount COL)").to_owned()
            }
            Self::Missing(_) => tr!("no column for the {role} (give {option} COL)", role, option),
            Self::Ambiguous(_, names) => {
                let listed = listed(names);
                if one_name(names).is_some() {
                    tr!(
                        "several columns may be the {role}: {listed} (they have one name: give {option} and a position)",
                        role,
                        listed,
                        option,
                    )
                } else {
                    tr!("several columns may be the {role}: {listed} (give {option} COL)", role, listed, option)
                }
            }
            Self::Contradicted(_, name, Misfit { value, failed, of, what }) => tr!(
                "column `{name}` has the name of the {role}, but {failed} of {of} sampled values {are}, first `{value}` \
                 (give {option} COL for another column)",
                name,
                role,
                failed,
                of,
                are = lang::text(what),
                value,
                option,
            ),
            Self::Twice(_, other, name) => tr!(
                "column `{name}` is given by {option} and by {other}; a column has one role",
                name,
                option,
                other = other.option(),
            ),
            Self::DayOrMonth(name, example) => tr!(
                "dates of column `{name}` such as `{example}` may have the day or the month first, and none tells (give \
                 --date-order day-first or --date-order month-first)",
                name,
                example,
            ),
            Self::Unknown(_, wanted) => tr!("{option} `{wanted}`: there is no such column", option, wanted),
        })
    }
}

/// Names in quotes.
fn listed(names: &[String]) -> String {
    list::names(&names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>())
}

/// What is wrong with the values of a column, in its sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The first value that is not of the kind.
    pub value: String,
    /// How many are not.
    pub failed: u64,
    /// Of how many that are there.
    pub of: u64,
    /// What they are or are not: `are not numbers`; [`lang::text`] has it in the language in use.
    pub what: &'static str,
}

/// The value alone.
impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

impl Misfit {
    /// What keeps a column from a role; `None` where nothing does.
    pub(super) fn of(role: Role, values: &[&str], look: &ColumnLook) -> Option<Self> {
        let is_number = |value: &str| look.number_format().parse(value.as_bytes()).is_ok();
        let date = match &look.date {
            DateDecision::Decided { format, .. } => Some(*format),
            DateDecision::Ambiguous { readings, .. } => readings.first().copied(),
            DateDecision::None => None,
        };
        let is_date = |value: &str| date.is_some_and(|format| format.parse(value.as_bytes(), None).is_some());
        let misfits = |what: &'static str, misfit: &dyn Fn(&str) -> bool| {
            let failed = values.iter().filter(|value| misfit(value)).count() as u64;
            let first = values.iter().find(|value| misfit(value))?;
            let value = first.chars().take(40).collect();
            Some(Self { value, failed, of: values.len() as u64, what })
        };
        match role {
            Role::Date => misfits(mark!("are not dates"), &|value| !is_date(value)),
            Role::Amount | Role::Quantity | Role::UnitPrice | Role::Refund => {
                misfits(mark!("are not numbers"), &|value| !is_number(value))
                    .or_else(|| misfits(mark!("are dates"), &is_date))
            }
            Role::Customer | Role::Order => misfits(mark!("are dates"), &is_date),
            Role::Status | Role::Currency => {
                misfits(mark!("are not words"), &|value| is_number(value) || is_date(value))
            }
        }
    }
}

/// The name that several columns share, where they do.
fn one_name(names: &[String]) -> Option<&String> {
    let first = names.first()?;
    (names.len() > 1 && names.iter().all(|name| name == first)).then_some(first)
}

/// A mapping that is not complete.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "{}",
    tr!("{file}: {gaps}; columns: {columns}", file, gaps = told(gaps, columns), columns = columns_text(columns))
)]
pub struct MappingError {
    /// The file.
    pub file: String,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// The file's columns, each with its 1-based position.
    pub columns: Vec<String>,
}

/// The columns as far as a person reads them.
fn columns_text(columns: &[String]) -> String {
    const SHOWN: usize = 40;
    let shown = list::names(&columns[..columns.len().min(SHOWN)]);
    match columns.len().saturating_sub(SHOWN) {
        0 => shown,
        more => tr!("{shown} and {more} more", shown, more),
    }
}

/// The gaps, with a position to give where names do not tell columns apart.
fn told(gaps: &[Gap], columns: &[String]) -> String {
    let told = gaps.iter().map(|gap| {
        let Gap::Ambiguous(role, names) = gap else { return gap.to_string() };
        let Some(name) = one_name(names) else { return gap.to_string() };
        let positions = (1..).zip(columns).filter(|(at, column)| **column == format!("{at} {name}"));
        let options: Vec<String> = positions.map(|(at, _)| format!("{} {at}", role.option())).collect();
        tr!(
            "{count} columns are called `{name}` (give one by position: {options})",
            count = names.len(),
            name,
            options = options.join(tr!("between alternatives" | " or ")),
        )
    });
    sentences(&told.collect::<Vec<_>>())
}

impl MappingError {
    /// That these roles of a file have no column.
    #[must_use]
    pub fn new(source: &Source, gaps: Vec<Gap>) -> Self {
        let columns = (1..).zip(&source.columns).map(|(at, column)| format!("{at} {}", column.name)).collect();
        Self { file: source.place.to_string(), gaps, columns }
    }

    /// Whether the user's words contradict each other, whatever is in the file.
    #[must_use]
    pub fn is_wrong_use(&self) -> bool {
        self.gaps.iter().any(|gap| matches!(gap, Gap::Twice(..)))
    }
}
