//! Judges rows: each is kept or rejected for a reason, by what stands in it and by the policies. It remembers nothing from
//! row to row, so that many threads can judge at once.

mod no_sale;

use std::hash::BuildHasher;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use hashbrown::DefaultHashBuilder;
use memchr::memchr2;

use super::keys::Key;
use super::packet::{Lines, Packet, Row};
use crate::data::batch::{Batch, Cells};
use crate::data::ledger::{Example, Ledger, Reason};
use crate::data::mapping::{AmountFrom, Mapping};
use crate::data::memo::Memo;
use crate::data::parse::date::day_of;
use crate::data::parse::number::{Currency, Number, NumberFormat, decimal_of};
use crate::data::parse::text::{NoText, id_of, identity_key, rounded_id};
use crate::data::parse::zone::Zone;
use crate::data::row_print::row_print;
use crate::data::status::{Fate, Meaning};
use crate::model::day::Day;
use crate::model::money::{Decimal, DecimalError, Scale};
use crate::model::policies::{Policies, Policy, Returns, Status};
use crate::model::transactions::Dictionary;
use no_sale::no_date;

/// Who stands for all rows without a customer, where they are kept.
const UNIDENTIFIED: &str = "(unidentified)";

/// Characters of an example that are kept.
const LONGEST_EXAMPLE: usize = 80;

/// What rows are judged by, besides the roles of their columns.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The decisions.
    pub policies: Policies,
    /// Rows after this day are rejected.
    pub as_of: Option<Day>,
    /// Rows after this day are in the future.
    pub today: Option<Day>,
    /// The zone that instants are turned to days in.
    pub zone: Option<Zone>,
    /// The currency that counts, where there are several.
    pub currency: Option<Currency>,
}

/// A file as its rows are judged.
#[derive(Clone, Debug)]
pub(in super::super) struct File {
    pub(in super::super) name: String,
    /// Names of the batches' columns.
    pub(in super::super) columns: Vec<String>,
    /// Roles of the batches' columns.
    pub(in super::super) mapping: Mapping,
    /// The batches' columns of the attributes that are kept; `None`: this file has no such column.
    pub(in super::super) attributes: Vec<Option<usize>>,
}

/// Judges batches.
pub(super) struct Judge<'a> {
    pub(super) files: &'a [File],
    pub(super) rules: &'a Rules,
    pub(super) hasher: &'a DefaultHashBuilder,
    /// How many shards there are.
    pub(super) shards: usize,
    /// Rows that were judged, readable or not.
    pub(super) rows: AtomicU64,
    /// Whether a judge has panicked.
    pub(super) fault: AtomicBool,
}

/// A batch after its rows were judged.
#[derive(Debug)]
pub(super) struct Judged {
    /// The kept rows of each shard.
    pub(super) packets: Vec<Packet>,
    pub(super) lines: Arc<Lines>,
    pub(super) ledger: Ledger,
    /// The most decimals of a kept amount.
    pub(super) decimals: u8,
    /// The sum of the kept amounts without their signs, in millionths.
    pub(super) magnitude: u128,
    /// The currencies that amounts were in, each with the row where it was met first.
    pub(super) currencies: Vec<(Currency, u64)>,
    pub(super) bytes_read: u64,
    /// The texts of each attribute.
    pub(super) dictionaries: Vec<Dictionary>,
    codes: Memo<Option<Currency>>,
}

/// Why a row is rejected, and the column to show.
type Rejection = (Reason, usize);

/// What a row says of when and how much.
struct Sale {
    day: Day,
    /// Minor units of a scale of `decimals`.
    amount: i64,
    decimals: u8,
    /// Decimals before the amount was brought to at least two.
    written: u8,
    rounded: bool,
    currency: Option<Currency>,
    /// A bit for each policy that the row is about, told of once the row is kept.
    about: u16,
    /// What was paid back, in millionths.
    refunded: i128,
}

/// What a row is worth.
struct Worth {
    amount: Decimal,
    /// The column to show for it.
    at: usize,
    currency: Option<Currency>,
    /// What was paid back, in millionths.
    refunded: i128,
}

impl Judge<'_> {
    /// Judges the rows of a batch of a file.
    pub(super) fn judge(&self, number: usize, batch: &Batch) -> Judged {
        let mut judged = Judged {
            packets: (0..self.shards).map(|_| self.packet(batch)).collect(),
            lines: Arc::new(Lines { file: number, first: batch.first_row, offsets: batch.offsets.clone() }),
            ledger: Ledger::default(),
            decimals: 0,
            magnitude: 0,
            currencies: Vec::new(),
            bytes_read: batch.bytes_read,
            dictionaries: self.files[number].attributes.iter().map(|_| Dictionary::default()).collect(),
            codes: Memo::default(),
        };
        self.rows.fetch_add((batch.rows + batch.unreadable.len()) as u64, Ordering::Relaxed);
        let file = &self.files[number];
        for row in &batch.unreadable {
            judged.ledger.reject(Reason::UnreadableRow, || Example {
                file: file.name.clone(),
                row: row.row,
                column: String::new(),
                text: row.text.clone(),
            });
        }
        for row in 0..batch.rows {
            match self.row(file, batch, row, &mut judged) {
                Ok(()) => judged.ledger.keep(),
                Err((reason, column)) => judged.ledger.reject(reason, || Example {
                    file: file.name.clone(),
                    row: batch.row_number(row),
                    column: file.columns.get(column).cloned().unwrap_or_default(),
                    text: file.shown(batch, row, reason, column).chars().take(LONGEST_EXAMPLE).collect(),
                }),
            }
        }
        judged
    }

    fn packet(&self, batch: &Batch) -> Packet {
        let expected = batch.rows / self.shards;
        Packet { rows: Vec::with_capacity(expected + expected / 8), ..Packet::default() }
    }

    fn row(&self, file: &File, batch: &Batch, row: usize, judged: &mut Judged) -> Result<(), Rejection> {
        let mapping = &file.mapping;
        if let Some(column) = file.total_of_others(batch, row) {
            return Err((Reason::TotalRow, column));
        }
        let customer = match id_of(&batch.columns[mapping.customer], row) {
            Ok(id) => id,
            Err(NoText::NotUtf8) => return Err((Reason::NotUtf8, mapping.customer)),
            Err(NoText::Missing) => {
                let sale = self.anonymous(file, batch, row, judged)?;
                return self.keep(UNIDENTIFIED, &sale, file, batch, row, judged);
            }
        };
        let sale = self.sale(file, batch, row, judged)?;
        self.keep(&customer, &sale, file, batch, row, judged)
    }

    /// The sale of a row without a customer: what it would have said is the unidentified revenue.
    fn anonymous(&self, file: &File, batch: &Batch, row: usize, judged: &mut Judged) -> Result<Sale, Rejection> {
        let mapping = &file.mapping;
        match self.sale(file, batch, row, judged) {
            Ok(mut sale) => {
                let drops = !self.rules.policies.keeps_anonymous();
                sale.decide(Policy::Anonymous, drops, judged, (Reason::MissingCustomer, mapping.customer))?;
                Ok(sale)
            }
            Err(rejection @ (Reason::TotalRow | Reason::RepeatedHeader | Reason::CutAmount, _)) => Err(rejection),
            Err(rejection) if self.rules.policies.keeps_anonymous() => Err(rejection),
            // Without customer and without worth: it is the customer that it lacks in the first place.
            Err(_) => Err((Reason::MissingCustomer, mapping.customer)),
        }
    }

    fn keep(
        &self,
        customer: &str,
        sale: &Sale,
        file: &File,
        batch: &Batch,
        row: usize,
        judged: &mut Judged,
    ) -> Result<(), Rejection> {
        let order = match file.mapping.order.map(|order| (order, id_of(&batch.columns[order], row))) {
            Some((order, Err(NoText::NotUtf8))) => return Err((Reason::NotUtf8, order)),
            Some((_, Ok(order))) => Some(order),
            Some((_, Err(NoText::Missing))) => {
                judged.ledger.without_order += 1;
                None
            }
            None => None,
        };
        if let Some(currency) = sale.currency
            && !judged.currencies.iter().any(|(known, _)| *known == currency)
        {
            judged.currencies.push((currency, batch.row_number(row)));
        }
        if sale.about != 0 {
            for policy in Policy::ALL.into_iter().filter(|policy| sale.about >> *policy as u16 & 1 == 1) {
                judged.ledger.concern(policy, sale.micros());
            }
        }
        if sale.refunded != 0 {
            judged.ledger.concern(Policy::Refunds, -sale.refunded);
        }
        judged.ledger.rounded += u64::from(sale.rounded);
        judged.ledger.wide += u64::from(file.is_wide(batch, row));
        judged.ledger.without_currency += u64::from(self.rules.currency.is_some() && sale.currency.is_none());
        judged.decimals = judged.decimals.max(sale.written);
        judged.magnitude += sale.micros().unsigned_abs();
        // Nearly no id has the letter that a rounded one needs.
        let is_rounded = |id: &&str| memchr2(b'E', b'e', id.as_bytes()).is_some() && rounded_id(id);
        if let Some(id) = [Some(customer), order.as_deref()].into_iter().flatten().find(is_rounded) {
            judged.ledger.identity.rounded_rows += 1;
            judged.ledger.identity.rounded_example.get_or_insert_with(|| id.to_owned());
        }
        let hash = self.customer_hash(customer);
        let shard = ((hash >> 32) * self.shards as u64) >> 32;
        let packet = &mut judged.packets[shard as usize];
        let order = order.map_or(Key::NONE, |order| packet.texts.key(order.as_bytes()));
        let customer = packet.texts.key(customer.as_bytes());
        let order_hash = if order.is_none() { 0 } else { self.order_hash(order, &packet.texts, hash) };
        packet.rows.push(Row {
            customer,
            order,
            amount: sale.amount,
            day: sale.day,
            customer_hash: hash as u32,
            order_hash,
            position: row as u32,
            decimals: sale.decimals,
        });
        if self.rules.policies.drops_duplicates() {
            packet.prints.push(row_print(&batch.columns, row));
        }
        for (column, dictionary) in file.attributes.iter().zip(&mut judged.dictionaries) {
            packet.codes.push(column.map_or(0, |column| attribute_code(&batch.columns[column], row, dictionary)));
        }
        Ok(())
    }

    /// The hash of a customer, which is the same for all ways to write one where they are unified.
    #[inline]
    fn customer_hash(&self, customer: &str) -> u64 {
        if !self.rules.policies.unifies_ids() {
            return self.text_hash(customer.as_bytes());
        }
        match Key::small(customer.as_bytes()) {
            Some(key) => self.hasher.hash_one(key.bits()),
            None => self.text_hash(identity_key(customer).as_bytes()),
        }
    }

    /// The hash of a text by its key, where it is short enough to be one.
    fn text_hash(&self, text: &[u8]) -> u64 {
        Key::short(text).map_or_else(|| self.hasher.hash_one(text), |key| self.hasher.hash_one(key.bits()))
    }

    /// The hash of a customer's order.
    fn order_hash(&self, order: Key, texts: &super::keys::Texts, customer: u64) -> u32 {
        let hash = match order.place() {
            Some(place) => self.hasher.hash_one(texts.get(place)),
            None => self.hasher.hash_one(order.bits()),
        };
        ((hash ^ customer.rotate_left(17)) >> 16) as u32
    }

    /// When and how much, if the row counts.
    fn sale(&self, file: &File, batch: &Batch, row: usize, judged: &mut Judged) -> Result<Sale, Rejection> {
        let mapping = &file.mapping;
        let policies = self.rules.policies;
        let dates = &batch.columns[mapping.date];
        let Some(day) = day_of(dates, row, mapping.date_format, self.rules.zone) else {
            return Err(no_date(file, batch, row));
        };
        if self.rules.as_of.is_some_and(|as_of| day > as_of) {
            return Err((Reason::AfterAsOf, mapping.date));
        }
        let Worth { amount, at, currency, refunded } = self.worth(file, batch, row, judged)?;
        if file.is_cut(batch, row, at) {
            return Err((Reason::CutAmount, at));
        }
        let sale = Sale::of(day, amount).map_err(|_| (Reason::AmountTooLarge, at))?;
        let mut sale = Sale { currency, refunded, ..sale };
        // Here the row is without fault; what follows is policy. Each is told of the rows that it decides: those it sets aside,
        // and those that are kept where another choice would set them aside.
        let statuses = &mut judged.ledger.statuses;
        let meaning = mapping.status.map(|status| statuses.enter(&batch.columns[status], row, sale.micros()));
        if let Some(fate) = meaning.and_then(Meaning::fate) {
            let drops = match policies.status() {
                Status::Drop => true,
                Status::Closed => fate == Fate::Closed,
                Status::Keep => false,
            };
            sale.decide(Policy::Status, drops, judged, (Reason::Status, mapping.status.unwrap_or(at)))?;
        }
        if self.rules.today.is_some_and(|today| day > today) {
            sale.decide(Policy::Future, policies.drops_future(), judged, (Reason::Future, mapping.date))?;
        }
        if sale.amount < 0 {
            sale.decide(Policy::Returns, policies.returns() == Returns::Gross, judged, (Reason::Return, at))?;
        }
        if sale.amount == 0 {
            sale.decide(Policy::ZeroAmounts, policies.drops_zero_amounts(), judged, (Reason::ZeroAmount, at))?;
        }
        Ok(sale)
    }

    /// What a row is worth, if it is in the currency that counts.
    fn worth(&self, file: &File, batch: &Batch, row: usize, judged: &mut Judged) -> Result<Worth, Rejection> {
        let mapping = &file.mapping;
        let mut currency = None;
        let mut number = |column: usize, format: NumberFormat| {
            let number = number_of(batch, row, column, format)?;
            currency = currency.or(number.currency);
            Ok(number.value)
        };
        let (amount, at) = match mapping.amount {
            AmountFrom::Column(amount) => (number(amount, mapping.numbers.amount)?, amount),
            AmountFrom::Product { quantity, unit_price } => {
                let pieces = number(quantity, mapping.numbers.quantity)?;
                let price = number(unit_price, mapping.numbers.amount)?;
                (price.times(pieces).map_err(|_| (Reason::AmountTooLarge, unit_price))?, unit_price)
            }
        };
        let mut worth = Worth { amount, at, currency, refunded: 0 };
        if let Some(refund) = mapping.refund {
            self.refund(&mut worth, (batch, row), (refund, mapping.numbers.refund))?;
        }
        if let Some(column) = mapping.currency {
            worth.currency = currency_of(&batch.columns[column], row, &mut judged.codes).or(worth.currency);
        }
        worth.currency = worth.currency.or(mapping.header_currency);
        if worth.currency.zip(self.rules.currency).is_some_and(|(currency, wanted)| currency != wanted) {
            return Err((Reason::OtherCurrency, mapping.currency.unwrap_or(at)));
        }
        Ok(worth)
    }

    /// Takes from what a row is worth what was paid back of it.
    fn refund(
        &self,
        worth: &mut Worth,
        (batch, row): (&Batch, usize),
        (column, format): (usize, NumberFormat),
    ) -> Result<(), Rejection> {
        let subtracts = self.rules.policies.subtracts_refunds();
        let refund = match number_of(batch, row, column, format) {
            Ok(number) => number,
            // Most orders have no refund, and an empty cell says so.
            Err((Reason::MissingAmount, _)) => return Ok(()),
            Err(rejection) if subtracts => return Err(rejection),
            // What counts for nothing need not be read.
            Err(_) => return Ok(()),
        };
        // Some exports write what was paid back as a negative number.
        let value = Decimal { mantissa: refund.value.mantissa.abs(), ..refund.value };
        if value.mantissa == 0 {
            return Ok(());
        }
        if let Ok((minor, _)) = value.minor(Scale::MAX) {
            worth.refunded = minor.into();
        }
        if subtracts {
            worth.currency = worth.currency.or(refund.currency);
            worth.amount = worth.amount.minus(value).map_err(|_| (Reason::AmountTooLarge, column))?;
        }
        Ok(())
    }
}

/// The number of a cell.
fn number_of(batch: &Batch, row: usize, column: usize, format: NumberFormat) -> Result<Number, Rejection> {
    match decimal_of(&batch.columns[column], row, format) {
        Ok(Some(number)) => Ok(number),
        Ok(None) => Err((Reason::MissingAmount, column)),
        Err(DecimalError::NotANumber) => Err((Reason::UnreadableAmount, column)),
        Err(DecimalError::TooLarge) => Err((Reason::AmountTooLarge, column)),
    }
}

/// The code of what a cell says; 0 where it says nothing.
fn attribute_code(cells: &Cells, row: usize, dictionary: &mut Dictionary) -> u32 {
    match id_of(cells, row) {
        Ok(text) => dictionary.code(&text),
        Err(NoText::NotUtf8) => dictionary.code(&cells.text(row)),
        Err(NoText::Missing) => 0,
    }
}

/// The currency that a cell names.
fn currency_of(cells: &Cells, row: usize, known: &mut Memo<Option<Currency>>) -> Option<Currency> {
    let make = || id_of(cells, row).ok().and_then(|text| text.parse().ok());
    match cells {
        Cells::Text(texts) => known.get(texts.get(row)?, make),
        _ => make(),
    }
}

impl Sale {
    /// A sale in minor units, rounded half to even beyond six decimals.
    #[inline]
    fn of(day: Day, amount: Decimal) -> Result<Self, DecimalError> {
        let amount = amount.as_money();
        let noisy = amount.decimals > Scale::MAX.decimals();
        let amount = if noisy { amount.without_noise() } else { amount };
        let scale = Scale::new(amount.decimals).max(Scale::CENTS);
        let (minor, rounded) = amount.minor(scale)?;
        // The sign is asked for, and the sign of the least number is none.
        if minor == i64::MIN {
            return Err(DecimalError::TooLarge);
        }
        Ok(Self {
            day,
            amount: minor,
            decimals: scale.decimals(),
            written: amount.decimals.min(6),
            rounded: rounded || noisy,
            currency: None,
            about: 0,
            refunded: 0,
        })
    }

    /// Sets the sale aside by a policy, or notes that the policy keeps it.
    fn decide(
        &mut self,
        policy: Policy,
        drops: bool,
        judged: &mut Judged,
        rejection: Rejection,
    ) -> Result<(), Rejection> {
        if drops {
            judged.ledger.concern(policy, self.micros());
            return Err(rejection);
        }
        self.about |= 1 << policy as u16;
        Ok(())
    }

    /// The amount in millionths.
    fn micros(&self) -> i128 {
        super::shard::micros(self.amount, Scale::new(self.decimals))
    }
}
