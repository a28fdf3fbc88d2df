//! From batches to customers: each row is judged, and what is kept is added to its customer at once, so that memory
//! follows the customers and their orders, not the rows.

mod interner;
mod orders;

use super::batch::{Batch, Cells};
use super::ledger::{Example, Ledger, Reason};
use super::mapping::{AmountFrom, Mapping};
use super::parse::date::day_of;
use super::parse::text::{NoText, decimal_of, id_of};
use crate::model::customers::{Columns, Customers};
use crate::model::day::Day;
use crate::model::money::{Decimal, DecimalError, Scale};
use interner::Interner;
use orders::{OrderRow, Orders};

/// Takes rows in and makes customers of them.
pub struct Intake {
    as_of: Option<Day>,
    ids: Interner,
    customers: Columns,
    orders: Orders,
    ledger: Ledger,
    /// The most decimals of a kept amount; sums are kept at [`Scale::CENTS`] or finer until the end.
    decimals: u8,
    /// Sum of all amounts without their signs, in minor units: as long as it fits, every sum of amounts does.
    magnitude: i64,
}

/// Where a batch comes from and what its columns are, for messages and parsing.
pub struct BatchOrigin<'a> {
    /// The file.
    pub file: &'a str,
    /// Names of the batch's columns.
    pub names: &'a [String],
    /// The roles of the batch's columns.
    pub mapping: &'a Mapping,
}

/// What a row says, once it is believed.
struct Transaction {
    day: Day,
    /// Minor units at the intake's scale.
    amount: i64,
    rounded: bool,
}

/// Characters of an example that are kept.
const LONGEST_EXAMPLE: usize = 80;

/// Why a row is rejected, and the column to show.
type Rejection = (Reason, usize);

impl Intake {
    /// An empty intake. Rows after `as_of` are rejected when it is given.
    #[must_use]
    pub fn new(as_of: Option<Day>) -> Self {
        Self {
            as_of,
            ids: Interner::default(),
            customers: Columns { scale: Scale::CENTS, ..Columns::default() },
            orders: Orders::default(),
            ledger: Ledger::default(),
            decimals: 0,
            magnitude: 0,
        }
    }

    /// What became of the rows so far.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Takes a batch in.
    pub fn take(&mut self, batch: &Batch, origin: &BatchOrigin<'_>) {
        for row in &batch.unreadable {
            self.ledger.reject(Reason::UnreadableRow, || Example {
                file: origin.file.to_owned(),
                row: row.row,
                column: String::new(),
                text: row.text.clone(),
            });
        }
        for row in 0..batch.rows {
            match self.take_row(batch, row, origin.mapping) {
                Ok(()) => self.ledger.keep(),
                Err((reason, column)) => self.ledger.reject(reason, || Example {
                    file: origin.file.to_owned(),
                    row: batch.row_number(row),
                    column: origin.names.get(column).cloned().unwrap_or_default(),
                    text: batch.columns[column].text(row).chars().take(LONGEST_EXAMPLE).collect(),
                }),
            }
        }
    }

    fn take_row(&mut self, batch: &Batch, row: usize, mapping: &Mapping) -> Result<(), Rejection> {
        let column = |position: usize| &batch.columns[position];
        let id = id_of(column(mapping.customer), row).map_err(|problem| match problem {
            NoText::Missing => (Reason::MissingCustomer, mapping.customer),
            NoText::NotUtf8 => (Reason::NotUtf8, mapping.customer),
        })?;
        let order = match mapping.order.map(|order| (order, id_of(column(order), row))) {
            Some((order, Err(NoText::NotUtf8))) => return Err((Reason::NotUtf8, order)),
            Some((_, Ok(order))) => Some(order),
            Some((_, Err(NoText::Missing))) | None => None,
        };
        // Last of all that may reject: it counts the amount in.
        let transaction = self.transaction(batch, row, mapping)?;
        self.ledger.without_order += u64::from(mapping.order.is_some() && order.is_none());
        let customer = self.customer(&id, transaction.day);
        let row = OrderRow { number: order.as_deref(), day: transaction.day, amount: transaction.amount };
        self.orders.add(customer, &row, &mut self.customers);
        self.customers.net[customer] += transaction.amount;
        self.customers.gross[customer] += transaction.amount.max(0);
        self.ledger.rounded += u64::from(transaction.rounded);
        Ok(())
    }

    fn transaction(&mut self, batch: &Batch, row: usize, mapping: &Mapping) -> Result<Transaction, Rejection> {
        let dates = &batch.columns[mapping.date];
        let day = day_of(dates, row, mapping.date_format).ok_or_else(|| {
            let reason =
                if super::source::is_filled(dates, row) { Reason::UnreadableDate } else { Reason::MissingDate };
            (reason, mapping.date)
        })?;
        if self.as_of.is_some_and(|as_of| day > as_of) {
            return Err((Reason::AfterAsOf, mapping.date));
        }
        let (decimal, at) = match mapping.amount {
            AmountFrom::Column(amount) => (number(&batch.columns, amount, row)?, amount),
            AmountFrom::Product { quantity, unit_price } => {
                let pieces = number(&batch.columns, quantity, row)?;
                let price = number(&batch.columns, unit_price, row)?;
                (price.times(pieces).map_err(|_| (Reason::AmountTooLarge, unit_price))?, unit_price)
            }
        };
        let (amount, rounded) = self.minor(decimal).map_err(|_| (Reason::AmountTooLarge, at))?;
        Ok(Transaction { day, amount, rounded })
    }

    /// An amount in minor units, at a scale made finer where the amount needs it. An amount that does not fit changes
    /// nothing.
    #[inline]
    fn minor(&mut self, decimal: Decimal) -> Result<(i64, bool), DecimalError> {
        let decimal = decimal.as_money();
        let noisy = decimal.decimals > Scale::MAX.decimals();
        let decimal = if noisy { decimal.without_noise() } else { decimal };
        let scale = Scale::new(decimal.decimals).max(self.customers.scale);
        let (amount, rounded) = decimal.minor(scale)?;
        let size = i64::try_from(amount.unsigned_abs()).map_err(|_| DecimalError::TooLarge)?;
        let factor = scale.factor() / self.customers.scale.factor();
        let magnitude = self.magnitude.checked_mul(factor).and_then(|sum| sum.checked_add(size));
        // Only now is it sure that the amount is taken; one that is not must leave no trace in the others.
        self.magnitude = magnitude.ok_or(DecimalError::TooLarge)?;
        self.rescale(scale);
        self.decimals = self.decimals.max(decimal.decimals);
        Ok((amount, rounded || noisy))
    }

    /// Goes over to a scale at which every sum fits and is whole: to a finer one for an amount, or at the end to the one
    /// that the kept amounts need.
    fn rescale(&mut self, scale: Scale) {
        let (from, to) = (self.customers.scale.factor(), scale.factor());
        if from == to {
            return;
        }
        let customers = &mut self.customers;
        let sums = customers.net.iter_mut().chain(&mut customers.gross).chain(self.orders.sums());
        // The largest order of who has none yet is below all others, and stays there.
        let largest = customers.largest_order.iter_mut().filter(|sum| **sum > i64::MIN);
        for sum in sums.chain(largest) {
            *sum = if to > from { *sum * (to / from) } else { *sum / (from / to) };
        }
        self.customers.scale = scale;
    }

    /// The customer of an id, made on first sight.
    #[inline]
    fn customer(&mut self, id: &str, day: Day) -> usize {
        let customers = &mut self.customers;
        let customer = self.ids.intern(id, &mut customers.ids);
        if customer == customers.net.len() {
            customers.first_order.push(day);
            customers.last_order.push(day);
            customers.orders.push(0);
            customers.days.push(0);
            customers.rows.push(0);
            customers.net.push(0);
            customers.gross.push(0);
            customers.largest_order.push(i64::MIN);
            customers.gap.push(0);
        }
        customers.rows[customer] = customers.rows[customer].saturating_add(1);
        customers.first_order[customer] = customers.first_order[customer].min(day);
        customers.last_order[customer] = customers.last_order[customer].max(day);
        customer
    }

    /// The customers, once every batch is in.
    #[must_use]
    pub fn finish(mut self) -> (Customers, Ledger) {
        self.orders.finish(&mut self.customers);
        // Amounts without decimals are whole units; cents were only kept in case some came.
        self.rescale(if self.decimals == 0 { Scale::UNITS } else { Scale::new(self.decimals).max(Scale::CENTS) });
        (self.customers.pack(), self.ledger)
    }
}

fn number(columns: &[Cells], column: usize, row: usize) -> Result<Decimal, Rejection> {
    match decimal_of(&columns[column], row) {
        Ok(Some(number)) => Ok(number),
        Ok(None) => Err((Reason::MissingAmount, column)),
        Err(DecimalError::NotANumber) => Err((Reason::UnreadableAmount, column)),
        Err(DecimalError::TooLarge) => Err((Reason::AmountTooLarge, column)),
    }
}
