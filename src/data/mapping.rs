//! The mapping: which column plays which role, from what the user says and what the columns propose.

mod gap;

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use gap::{Gap, MappingError, Misfit};

use super::columns::{Choice, ColumnLook, Proposal, ValueOptions};
use super::kind::{Kind, TextShape};
use super::parse::date::{DateDecision, DateFormat};
use super::parse::number::{Currency, DecimalMark, NumberFormat, unit_of_header};
use super::parse::zone::Zone;
use super::source::Source;
use super::synonyms::Role;
use crate::tr;

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

    /// The column that is typed for a role and holds in a file, where there is such a column.
    fn typed_position(&self, source: &Source, role: Role) -> Option<usize> {
        if self.picked_for(source, role).is_some() {
            return None;
        }
        self.typed(role).and_then(|typed| source.position(typed))
    }

    /// The column that is wanted for a role in a file, where there is such a column.
    fn position(&self, source: &Source, role: Role) -> Option<usize> {
        match self.picked_for(source, role) {
            Some(pick) => pick.column,
            None => self.typed_position(source, role),
        }
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

/// Where the rest of an amount stands that the delimiter cut in two; 0-based columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beyond {
    /// The column behind the amount, or behind the unit price.
    pub next: usize,
    /// The column behind the last that the header names, which a row only has when it has too many cells.
    pub last: usize,
    /// Whether the delimiter is one that numbers have too.
    pub cuts: bool,
}

/// A column of numbers whose decimal mark no value of the sample tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndecidedMark {
    /// The column.
    pub column: String,
    /// One of its values.
    pub example: String,
    /// What it was read as.
    pub value: String,
    /// What it would be with the other mark.
    pub other: String,
    /// The other mark.
    pub mark: DecimalMark,
}

/// What was read, and what to do where that is wrong.
impl fmt::Display for UndecidedMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, example, value, other, mark } = self;
        f.write_str(&tr!(
            "no value of `{column}` tells the decimal mark: `{example}` is read as {value}, and may be {other}; \
             --decimal {mark} reads it so",
            column,
            example,
            value,
            other,
            mark = mark.word(),
        ))
    }
}

impl UndecidedMark {
    /// What is undecided of a column, if anything is.
    fn of(name: &str, look: &ColumnLook) -> Option<Self> {
        let (example, format) = (look.number.undecided.as_deref()?, look.number_format());
        let mark = if format.mark == DecimalMark::Point { DecimalMark::Comma } else { DecimalMark::Point };
        let value = |format: NumberFormat| format.parse(example.as_bytes()).ok().map(|number| number.value.to_string());
        let (value, other) = (value(format)?, value(NumberFormat { mark, ..format })?);
        Some(Self { column: name.to_owned(), example: example.to_owned(), value, other, mark })
    }
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
    /// Where rows with too many cells have the rest, where the file can have such.
    pub beyond: Option<Beyond>,
    /// The currency that the header of the amount names, which amounts without a sign are in.
    pub header_currency: Option<Currency>,
    /// A column of numbers whose decimal mark the sample does not tell.
    pub undecided: Option<UndecidedMark>,
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

    /// The columns that are read: those that are needed, and where a row with too many cells has the rest, which may be
    /// behind all columns that the file names.
    #[must_use]
    pub fn read_columns(&self) -> Vec<usize> {
        let mut columns = self.columns();
        for column in self.beyond.iter().flat_map(|beyond| [beyond.next, beyond.last]) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }

    /// The same mapping onto batches that hold only these columns, [`Mapping::read_columns`] and perhaps more.
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
            beyond: self.beyond.map(|beyond| Beyond { next: place(beyond.next), last: place(beyond.last), ..beyond }),
            undecided: self.undecided.clone(),
            ..*self
        }
    }
}

/// Settles the mapping of a file: the user's word first, then the proposal.
///
/// # Errors
/// [`MappingError`] with every role that has no single column, and the columns there are.
pub fn settle(source: &Source, proposal: &Proposal, wanted: &WantedColumns) -> Result<Mapping, MappingError> {
    let mut gaps = given_twice(source, wanted);
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
            let date_format = proposal.date_format.unwrap_or(match &proposal.profiles[date].date {
                DateDecision::Decided { format, .. } => *format,
                DateDecision::Ambiguous { readings, .. } => readings.first().copied().unwrap_or(DateFormat::ISO),
                DateDecision::None => DateFormat::ISO,
            });
            let money = match amount {
                AmountFrom::Column(amount) => amount,
                AmountFrom::Product { unit_price, .. } => unit_price,
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
                beyond: beyond(source, money),
                header_currency: unit_of_header(&source.columns[money].name).and_then(|unit| unit.sure_currency),
                undecided: undecided(source, proposal, amount, refund),
            };
            // Tables that people made say in their first column that a row is a total.
            let free = !mapping.columns().contains(&0);
            mapping.label = (free && !matches!(source.kind, Kind::Columnar(_) | Kind::Table)).then_some(0);
            Ok(mapping)
        }
        _ => Err(MappingError::new(source, gaps)),
    }
}

/// Roles for which the user gives a column that another role has by the user's word.
fn given_twice(source: &Source, wanted: &WantedColumns) -> Vec<Gap> {
    let mut known: Vec<(Role, usize)> = Vec::new();
    let mut gaps = Vec::new();
    for role in Role::ALL {
        let Some(column) = wanted.typed_position(source, role) else { continue };
        match known.iter().find(|(_, other)| *other == column) {
            Some((other, _)) => gaps.push(Gap::Twice(role, *other, source.columns[column].name.clone())),
            None => known.push((role, column)),
        }
    }
    gaps
}

/// How many columns of its own a file has, and how many of them its header names: the first rows may be wider.
#[must_use]
pub(super) fn widths(source: &Source) -> (usize, usize) {
    let own = &source.columns[..source.own_columns()];
    let named = own.iter().rposition(|column| column.named).map_or(0, |last| last + 1);
    (own.len(), if source.header && named > 0 { named } else { own.len() })
}

/// Where rows with more cells than the header have the rest; `None` where no header says how many there should be.
fn beyond(source: &Source, amount: usize) -> Option<Beyond> {
    let Kind::Text { shape: TextShape::Delimited(delimiter), .. } = source.kind else { return None };
    let (own, named) = widths(source);
    // A column that is read beyond those of the file is behind those that its folders say.
    let at = |column: usize| if column < own { column } else { source.columns.len() + column - own };
    let is_own = source.header && amount < named;
    is_own.then(|| Beyond { next: at(amount + 1), last: at(named), cuts: delimiter == b',' })
}

/// The first of the columns of numbers whose decimal mark is not told.
fn undecided(source: &Source, proposal: &Proposal, amount: AmountFrom, refund: Option<usize>) -> Option<UndecidedMark> {
    let columns = match amount {
        AmountFrom::Column(amount) => vec![amount],
        AmountFrom::Product { quantity, unit_price } => vec![unit_price, quantity],
    };
    let of = |column: usize| UndecidedMark::of(&source.columns[column].name, &proposal.profiles[column]);
    columns.into_iter().chain(refund).find_map(of)
}

/// Whether a file has a customer, a date and an amount without anybody's word.
#[must_use]
pub fn is_complete(source: &Source) -> bool {
    let proposal = Proposal::of_source(source, &ValueOptions::default());
    settle(source, &proposal, &WantedColumns::default()).is_ok()
}

fn pick(source: &Source, proposal: &Proposal, wanted: &WantedColumns, role: Role) -> Result<usize, Gap> {
    // A column that is remembered for one role and typed for another has the typed one.
    let is_typed = |column: usize| Role::ALL.iter().any(|other| wanted.typed_position(source, *other) == Some(column));
    if let Some(picked) = wanted.picked_for(source, role).filter(|picked| !picked.column.is_some_and(is_typed)) {
        return picked.column.ok_or(Gap::Missing(role));
    }
    if let Some(typed) = wanted.typed(role) {
        return source.position(typed).ok_or_else(|| Gap::Unknown(role, typed.to_owned()));
    }
    // What somebody gives another role is not proposed for this one.
    let is_free = |column: usize| Role::ALL.iter().all(|other| wanted.position(source, *other) != Some(column));
    match proposal.choice(role) {
        Choice::Found(candidate) if is_free(candidate.column) => Ok(candidate.column),
        Choice::Found(_) => Err(Gap::Missing(role)),
        Choice::Ambiguous(candidates) => {
            let free: Vec<usize> =
                candidates.iter().map(|candidate| candidate.column).filter(|column| is_free(*column)).collect();
            match free[..] {
                [] => Err(Gap::Missing(role)),
                [one] => Ok(one),
                _ => Err(Gap::Ambiguous(role, free.iter().map(|at| source.columns[*at].name.clone()).collect())),
            }
        }
        Choice::Missing => Err(missing(source, proposal, role)),
    }
}

/// Why no column is found: because the one of the name has the wrong values, or because there is none.
fn missing(source: &Source, proposal: &Proposal, role: Role) -> Gap {
    let Some(position) = proposal.contradicted(role) else { return Gap::Missing(role) };
    let column = &source.columns[position];
    let values: Vec<&str> = column.sample.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
    match Misfit::of(role, &values, &proposal.profiles[position]) {
        Some(misfit) => Gap::Contradicted(role, column.name.clone(), misfit),
        None => Gap::Missing(role),
    }
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
