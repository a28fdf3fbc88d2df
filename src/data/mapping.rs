//! The mapping: which column plays which role, from what the user says and what the columns propose.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::columns::{Choice, Proposal, ValueOptions};
use super::kind::Kind;
use super::parse::date::{DateDecision, DateFormat};
use super::parse::number::NumberFormat;
use super::parse::zone::Zone;
use super::source::Source;
use super::synonyms::Role;

/// The columns that the user gives: typed ones for every file, picked ones for the file that was asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WantedColumns {
    typed: [Option<String>; Role::ALL.len()],
    /// By the place of the file.
    picked: HashMap<String, Vec<Pick>>,
}

/// A column picked on the screen, by 0-based position; `None`: no column plays the role.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pick {
    role: Role,
    column: Option<usize>,
}

impl WantedColumns {
    /// Wants a column for a role, by name or 1-based position, in every file.
    pub fn set(&mut self, role: Role, column: String) {
        self.typed[role as usize] = Some(column);
    }

    /// Wants a column for a role in one file, by 0-based position, or none for a role that can do without.
    pub fn pick(&mut self, source: &Source, role: Role, column: Option<usize>) {
        let picks = self.picked.entry(source.place.to_string()).or_default();
        picks.retain(|pick| pick.role != role);
        picks.push(Pick { role, column });
    }

    /// What is wanted of one file: of many files, each has its own.
    #[must_use]
    pub fn of(&self, source: &Source) -> Self {
        let place = source.place.to_string();
        let picked = self.picked.get(&place).map(|picks| (place, picks.clone()));
        Self { typed: self.typed.clone(), picked: picked.into_iter().collect() }
    }

    /// Keeps only what was typed.
    pub fn forget_picked(&mut self) {
        self.picked.clear();
    }

    /// The column typed for a role.
    #[must_use]
    pub fn typed(&self, role: Role) -> Option<&str> {
        self.typed[role as usize].as_deref()
    }

    /// What was picked or remembered for a file, by role.
    #[must_use]
    pub fn picked(&self, source: &Source) -> Vec<(Role, Option<usize>)> {
        let pick = |role| self.picked_for(source, role).map(|pick| (role, pick.column));
        Role::ALL.into_iter().filter_map(pick).collect()
    }

    /// Whether any column is wanted for a role in a file.
    fn wants(&self, source: &Source, role: Role) -> bool {
        self.typed(role).is_some() || self.picked_for(source, role).is_some()
    }

    /// What was picked for a role in a file, if anything was.
    fn picked_for(&self, source: &Source, role: Role) -> Option<&Pick> {
        if self.picked.is_empty() {
            return None;
        }
        self.picked.get(&source.place.to_string())?.iter().find(|pick| pick.role == role)
    }
}

/// Where the amount of a row comes from; positions are 0-based columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AmountFrom {
    /// A column of line totals.
    Column(usize),
    /// Quantity times unit price.
    Product {
        /// Pieces.
        quantity: usize,
        /// Price of one.
        unit_price: usize,
    },
}

/// How the numbers of the columns are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// Of the amount, or of the unit price.
    pub amount: NumberFormat,
    /// Of the quantity.
    pub quantity: NumberFormat,
    /// Of the refund.
    pub refund: NumberFormat,
}

/// The roles of a file's columns, all 0-based positions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Who.
    pub customer: usize,
    /// Which order; `None`: each row is an order of its own.
    pub order: Option<usize>,
    /// When.
    pub date: usize,
    /// How dates are written, where they are text or numbers.
    pub date_format: DateFormat,
    /// The zone that instants are turned to days in; `None`: as written, or as the file says. Whoever reads the file says
    /// it anew.
    #[serde(skip)]
    pub zone: Option<Zone>,
    /// For how much.
    pub amount: AmountFrom,
    /// How numbers are written, where they are text.
    pub numbers: Numbers,
    /// What was paid back.
    pub refund: Option<usize>,
    /// What became of the order.
    pub status: Option<usize>,
    /// The currency of the amount.
    pub currency: Option<usize>,
    /// The column that says of a row that it is the total of others.
    pub label: Option<usize>,
}

impl Mapping {
    /// The columns that are needed, each once, in the order that [`Mapping::projected`] refers to.
    #[must_use]
    pub fn columns(&self) -> Vec<usize> {
        let mut columns = vec![self.customer, self.date];
        match self.amount {
            AmountFrom::Column(amount) => columns.push(amount),
            AmountFrom::Product { quantity, unit_price } => columns.extend([quantity, unit_price]),
        }
        columns.extend([self.order, self.refund, self.status, self.currency, self.label].into_iter().flatten());
        let mut known = Vec::new();
        columns.retain(|column| {
            let new = !known.contains(column);
            known.push(*column);
            new
        });
        columns
    }

    /// The same mapping onto batches that hold only these columns, [`Mapping::columns`] and perhaps more.
    #[must_use]
    pub fn projected(&self, columns: &[usize]) -> Self {
        let place = |column: usize| columns.iter().position(|known| *known == column).unwrap_or(column);
        let amount = match self.amount {
            AmountFrom::Column(amount) => AmountFrom::Column(place(amount)),
            AmountFrom::Product { quantity, unit_price } => {
                AmountFrom::Product { quantity: place(quantity), unit_price: place(unit_price) }
            }
        };
        Self {
            customer: place(self.customer),
            order: self.order.map(place),
            date: place(self.date),
            amount,
            refund: self.refund.map(place),
            status: self.status.map(place),
            currency: self.currency.map(place),
            label: self.label.map(place),
            ..*self
        }
    }
}

/// A role that has no single column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// No column fits.
    Missing(Role),
    /// Several fit alike; their names.
    Ambiguous(Role, Vec<String>),
    /// The user's column is not there.
    Unknown(Role, String),
    /// A column has the name, but its values are not of the kind: the column and one of its values.
    Contradicted(Role, String, String),
    /// No date of the column tells whether the day or the month comes first: the column and one of its dates.
    DayOrMonth(String, String),
}

impl Gap {
    /// Whether choosing a column can close it.
    #[must_use]
    pub const fn can_be_asked(&self) -> bool {
        !matches!(self, Self::Contradicted(..) | Self::DayOrMonth(..))
    }
}

impl Gap {
    /// The role it is about.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Missing(role)
            | Self::Ambiguous(role, _)
            | Self::Unknown(role, _)
            | Self::Contradicted(role, _, _) => *role,
            Self::DayOrMonth(..) => Role::Date,
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(Role::Amount) => {
                write!(f, "no column for the amount, nor quantity and unit price (give --amount COL)")
            }
            Self::Missing(role) => write!(f, "no column for the {} (give {} COL)", role.name(), role.option()),
            Self::Ambiguous(role, names) => {
                let names = names.join("`, `");
                write!(f, "several columns may be the {}: `{names}` (give {} COL)", role.name(), role.option())
            }
            Self::Contradicted(role, name, value) => {
                let kind = match role {
                    Role::Date => "dates",
                    Role::Status | Role::Currency => "words",
                    _ => "numbers",
                };
                let (role, option) = (role.name(), role.option());
                write!(f, "column `{name}` has the name of the {role}, but values such as `{value}` are not {kind}")?;
                write!(f, " (give {option} COL for another column)")
            }
            Self::DayOrMonth(name, example) => write!(
                f,
                "dates of column `{name}` such as `{example}` may have the day or the month first, and none tells (give \
                 --date-order day-first or --date-order month-first)"
            ),
            Self::Unknown(role, wanted) => write!(f, "{} `{wanted}`: there is no such column", role.option()),
        }
    }
}

/// A mapping that is not complete.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{file}: {}; columns: {}", gaps_text(gaps), columns_text(columns))]
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
    let shown = columns[..columns.len().min(SHOWN)].join(", ");
    if columns.len() > SHOWN { format!("{shown} and {} more", columns.len() - SHOWN) } else { shown }
}

fn gaps_text(gaps: &[Gap]) -> String {
    gaps.iter().map(Gap::to_string).collect::<Vec<_>>().join("; ")
}

/// Settles the mapping of a file: the user's word first, then the proposal.
///
/// # Errors
/// [`MappingError`] with every role that has no single column, and the columns there are.
pub fn settle(source: &Source, proposal: &Proposal, wanted: &WantedColumns) -> Result<Mapping, MappingError> {
    let mut gaps = Vec::new();
    let mut column = |role| match pick(source, proposal, wanted, role) {
        Ok(column) => Some(column),
        Err(gap) => {
            gaps.push(gap);
            None
        }
    };
    let customer = column(Role::Customer);
    let date = column(Role::Date);
    let order = match pick(source, proposal, wanted, Role::Order) {
        Ok(order) => Some(order),
        Err(Gap::Missing(_) | Gap::Contradicted(..)) => None,
        Err(_) => column(Role::Order),
    };
    let amount = if prefers_product(source, proposal, wanted) {
        let quantity = column(Role::Quantity);
        let unit_price = column(Role::UnitPrice);
        quantity.zip(unit_price).map(|(quantity, unit_price)| AmountFrom::Product { quantity, unit_price })
    } else {
        column(Role::Amount).map(AmountFrom::Column)
    };
    let optional =
        [Role::Refund, Role::Status, Role::Currency].map(|role| match pick(source, proposal, wanted, role) {
            Ok(column) => Some(column),
            Err(gap @ Gap::Unknown(..)) => {
                gaps.push(gap);
                None
            }
            // Of what can be done without, nothing is better than a guess.
            Err(_) => None,
        });
    match (customer, date, amount) {
        (Some(customer), Some(date), Some(amount)) if gaps.is_empty() => {
            let number = |column: usize| proposal.profiles[column].number_format();
            let [refund, status, currency] = optional;
            let numbers = match amount {
                AmountFrom::Column(amount) => Numbers { amount: number(amount), ..Numbers::default() },
                AmountFrom::Product { quantity, unit_price } => {
                    Numbers { amount: number(unit_price), quantity: number(quantity), ..Numbers::default() }
                }
            };
            let numbers = Numbers { refund: refund.map(number).unwrap_or_default(), ..numbers };
            let date_format = match &proposal.profiles[date].date {
                DateDecision::Decided { format, .. } => *format,
                DateDecision::Ambiguous { readings, .. } => readings.first().copied().unwrap_or(DateFormat::ISO),
                DateDecision::None => DateFormat::ISO,
            };
            let mut mapping = Mapping {
                customer,
                order,
                date,
                date_format,
                zone: None,
                amount,
                numbers,
                refund,
                status,
                currency,
                label: None,
            };
            // Tables that people made say in their first column that a row is a total.
            let free = !mapping.columns().contains(&0);
            mapping.label = (free && !matches!(source.kind, Kind::Columnar(_) | Kind::Table)).then_some(0);
            Ok(mapping)
        }
        _ => Err(MappingError::new(source, gaps)),
    }
}

impl MappingError {
    /// That these roles of a file have no column.
    #[must_use]
    pub fn new(source: &Source, gaps: Vec<Gap>) -> Self {
        let columns = (1..).zip(&source.columns).map(|(at, column)| format!("{at} {}", column.name)).collect();
        Self { file: source.place.to_string(), gaps, columns }
    }
}

/// Whether a file has a customer, a date and an amount without anybody's word.
#[must_use]
pub fn is_complete(source: &Source) -> bool {
    let proposal = Proposal::of(&source.columns, &ValueOptions::default());
    settle(source, &proposal, &WantedColumns::default()).is_ok()
}

fn pick(source: &Source, proposal: &Proposal, wanted: &WantedColumns, role: Role) -> Result<usize, Gap> {
    if let Some(picked) = wanted.picked_for(source, role) {
        return picked.column.ok_or(Gap::Missing(role));
    }
    if let Some(typed) = wanted.typed(role) {
        return source.position(typed).ok_or_else(|| Gap::Unknown(role, typed.to_owned()));
    }
    match proposal.choice(role) {
        Choice::Found(candidate) => Ok(candidate.column),
        Choice::Ambiguous(candidates) => {
            let names = candidates.iter().map(|candidate| source.columns[candidate.column].name.clone());
            Err(Gap::Ambiguous(role, names.collect()))
        }
        Choice::Missing => Err(missing(source, proposal, role)),
    }
}

/// Why no column is found: because the one of the name has the wrong values, or because there is none.
fn missing(source: &Source, proposal: &Proposal, role: Role) -> Gap {
    let Some(position) = proposal.contradicted(role) else { return Gap::Missing(role) };
    let column = &source.columns[position];
    let value = column.sample.iter().map(|value| value.trim()).find(|value| !value.is_empty()).unwrap_or_default();
    Gap::Contradicted(role, column.name.clone(), value.chars().take(40).collect())
}

/// Whether the amount is quantity times unit price: because the user says so, or because there is no amount column.
fn prefers_product(source: &Source, proposal: &Proposal, wanted: &WantedColumns) -> bool {
    if wanted.wants(source, Role::Amount) {
        return false;
    }
    if [Role::Quantity, Role::UnitPrice].iter().any(|role| wanted.wants(source, *role)) {
        return true;
    }
    let found = |role| matches!(proposal.choice(role), Choice::Found(_));
    *proposal.choice(Role::Amount) == Choice::Missing && found(Role::Quantity) && found(Role::UnitPrice)
}
