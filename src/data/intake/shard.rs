//! The customers whose ids fall into one part of the hashes, with their orders and days. Shards know nothing of each other,
//! so that each has a thread of its own.

mod finish;

use std::collections::HashSet;
use std::sync::Arc;

pub(super) use finish::Gathered;

use super::kept::KeptRows;
use super::keys::{Found, Key, LongTexts, Table, Texts};
use super::packet::{Lines, Packet, Row};
use super::void::Trace;
use crate::data::ledger::{self, Example, Ledger, Reason};
use crate::data::parse::text::identity_key;
use crate::model::day::Day;
use crate::model::money::Scale;
use crate::model::policies::{Policies, Policy, Returns};

/// Rows looked up at a time: as many as a processor can wait for at once, and a few more.
const AHEAD: usize = 32;

/// Customers with several spellings that are kept as examples.
pub(super) const EXAMPLES: usize = 5;

/// A customer while rows come in: one cache line.
#[derive(Clone, Copy, Debug)]
struct Record {
    key: Key,
    net: i64,
    gross: i64,
    /// Largest order among rows without order numbers; [`i64::MIN`]: none.
    largest: i64,
    /// Of purchases; of returns, as long as there is no purchase.
    first: Day,
    last: Day,
    /// The day of the purchase before: most rows repeat it.
    latest: Option<Day>,
    /// Orders with a purchase.
    orders: u32,
    rows: u32,
}

/// An order: a number of a customer, since numbers repeat across customers in real files.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    key: Key,
    /// Net, minor units.
    pub(super) sum: i64,
    pub(super) customer: u32,
    /// Whether a row of it is a purchase, not a return.
    pub(super) bought: bool,
}

/// The lines of an order as long as all have the same amount, which then is the order's total.
#[derive(Clone, Copy, Debug)]
pub(super) struct Repeats {
    /// The amount of the first line, minor units.
    pub(super) amount: i64,
    /// Lines behind the first that have it too, and do not count.
    held: u32,
    /// Whether another amount was met: the lines are their own.
    pub(super) differ: bool,
}

/// A batch's rows for a shard.
#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) packet: Packet,
    pub(super) lines: Arc<Lines>,
    /// The batch's number.
    pub(super) batch: u32,
    /// The scale that all rows so far need.
    pub(super) scale: Scale,
    /// The data set's code of each code of the batch, an attribute at a time.
    pub(super) codes: Arc<Vec<Vec<u32>>>,
}

/// Part of the customers.
pub(super) struct Shard {
    policies: Policies,
    scale: Scale,
    customers: Table,
    records: Vec<Record>,
    /// When each customer was first seen: the batch and the row.
    seen: Vec<u64>,
    /// Customers that are written in several ways, and the first of them in both, with when that was seen.
    respelled: HashSet<u32>,
    spellings: Vec<Spelling>,
    long: LongTexts,
    orders: Table,
    order_records: Vec<Order>,
    /// Days of purchases, perhaps repeated.
    days: Vec<(u32, Day)>,
    /// How long `days` may get before repeated ones are taken out: memory follows the distinct days.
    days_room: usize,
    prints: HashSet<u128>,
    /// What voiding needs to know of each order, where it is asked for.
    traces: Vec<Trace>,
    /// What is known of each order's lines, where an amount on all of them counts once.
    repeats: Vec<Repeats>,
    /// What was kept by the judges and is not, and what else is told.
    ledger: Ledger,
    /// Rows of those, to be looked up.
    examples: Vec<Told>,
    /// Names of the files, for examples.
    files: Arc<Vec<String>>,
    /// The rows themselves, where they are wanted.
    kept: Option<KeptRows>,
}

/// Days that are kept before anything is done about repeated ones: 64 MB.
const LEAST_ROOM: usize = 1 << 23;

/// A row that is set aside, with its file's number and its line there: which shard knows it says nothing of its place.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) at: (usize, u64),
    pub(super) reason: Reason,
    pub(super) example: Example,
}

/// When a second way to write a customer was seen, the first way, and the second.
pub(super) type Spelling = (u64, (String, String));

impl Shard {
    pub(super) fn new(policies: Policies, files: Arc<Vec<String>>, kept: Option<KeptRows>) -> Self {
        Self {
            policies,
            kept,
            scale: Scale::CENTS,
            customers: Table::default(),
            records: Vec::new(),
            seen: Vec::new(),
            respelled: HashSet::new(),
            spellings: Vec::new(),
            long: LongTexts::default(),
            orders: Table::default(),
            order_records: Vec::new(),
            days: Vec::new(),
            days_room: LEAST_ROOM,
            prints: HashSet::new(),
            traces: Vec::new(),
            repeats: Vec::new(),
            ledger: Ledger::default(),
            examples: Vec::new(),
            files,
        }
    }

    /// Takes a batch's rows in.
    pub(super) fn take(&mut self, delivery: &Delivery) {
        self.rescale(delivery.scale);
        for (chunk, rows) in (0..).step_by(AHEAD).zip(delivery.packet.rows.chunks(AHEAD)) {
            self.look_ahead(rows);
            for (position, row) in (chunk..).zip(rows) {
                if self.is_new(position, delivery) {
                    self.row(position, row, delivery);
                } else {
                    self.set_aside(Reason::Duplicate, row, delivery);
                }
            }
        }
    }

    /// Asks memory for what the next rows need, all at once.
    fn look_ahead(&self, rows: &[Row]) {
        let mut places = [0; AHEAD];
        for (place, row) in places.iter_mut().zip(rows) {
            *place = self.customers.touch(row.customer_hash);
            self.orders.touch(row.order_hash);
        }
        for place in places.iter().filter(|place| **place > 0) {
            std::hint::black_box(self.records[*place as usize - 1].rows);
        }
    }

    /// Whether a row was not there before; always, unless repeated ones are set aside.
    fn is_new(&mut self, position: u32, delivery: &Delivery) -> bool {
        delivery.packet.prints.get(position as usize).is_none_or(|print| self.prints.insert(*print))
    }

    fn row(&mut self, position: u32, row: &Row, delivery: &Delivery) {
        let mut amount = row.amount * (self.scale.factor() / Scale::new(row.decimals).factor());
        let customer = self.customer(row, delivery.batch, &delivery.packet.texts);
        let bought = amount >= 0;
        let by_order = self.voids();
        let (mut whose, mut whole, whole_amount) = (customer, None, amount);
        let new_order = if row.order.is_none() && !by_order {
            let largest = &mut self.records[customer].largest;
            *largest = (*largest).max(amount);
            bought
        } else {
            let (order, new) = self.order(customer, row, delivery);
            whole = Some(order);
            if self.policies.counts_totals_once() {
                amount = self.once(customer, order, new, amount);
            }
            let known = &mut self.order_records[order];
            known.sum += amount;
            if let Some(trace) = self.traces.get_mut(order) {
                trace.enter(row.day, amount);
                whose = order;
            }
            let first_purchase = bought && !known.bought;
            known.bought |= bought;
            first_purchase
        };
        if let Some(kept) = &mut self.kept {
            kept.push(customer, whole, row.day, whole_amount, (position, delivery));
        }
        let record = &mut self.records[customer];
        record.net += amount;
        record.gross += amount.max(0);
        record.rows = record.rows.saturating_add(1);
        record.orders = record.orders.saturating_add(u32::from(new_order));
        let day = row.day;
        // Returns say when somebody was there only as long as no purchase does.
        if bought == record.latest.is_some() {
            record.first = record.first.min(day);
            record.last = record.last.max(day);
        } else if bought {
            (record.first, record.last) = (day, day);
        }
        if bought && (record.latest != Some(day) || by_order) {
            record.latest = Some(day);
            self.days.push((whose as u32, day));
            if self.days.len() > self.days_room {
                self.days.sort_unstable();
                self.days.dedup();
                self.days_room = (self.days.len() * 2).max(LEAST_ROOM);
            }
        }
    }

    /// What a line adds to its order, where an amount on all lines is the order's total: nothing while all are the same. With
    /// the first that differs, those that were held back count as well.
    fn once(&mut self, customer: usize, order: usize, new: bool, amount: i64) -> i64 {
        if new {
            self.repeats.push(Repeats { amount, held: 0, differ: false });
            return amount;
        }
        let repeats = &mut self.repeats[order];
        if repeats.differ {
            return amount;
        }
        if repeats.amount == amount {
            repeats.held += 1;
            return 0;
        }
        repeats.differ = true;
        let back = repeats.amount * i64::from(std::mem::take(&mut repeats.held));
        self.order_records[order].sum += back;
        self.records[customer].net += back;
        self.records[customer].gross += back.max(0);
        if let Some(trace) = self.traces.get_mut(order) {
            trace.gross += back.max(0);
        }
        amount
    }

    /// The customer of a row, made on first sight.
    #[inline]
    fn customer(&mut self, row: &Row, batch: u32, texts: &Texts) -> usize {
        let unifies = self.policies.unifies_ids();
        let same = |place: usize| {
            let key = self.records[place].key;
            self.long.same(key, row.customer, texts) || (unifies && self.is_one(key, row.customer, texts))
        };
        match self.customers.find(row.customer_hash, same) {
            Found::Place(place) => {
                if !self.long.same(self.records[place].key, row.customer, texts) {
                    self.respell(place, (row.customer, texts), u64::from(batch) << 32 | u64::from(row.position));
                }
                place
            }
            Found::Free(free) => {
                let place = self.records.len();
                self.customers.insert(free, row.customer_hash, place);
                let key = self.long.keep(row.customer, texts);
                self.records.push(Record {
                    key,
                    net: 0,
                    gross: 0,
                    largest: i64::MIN,
                    first: row.day,
                    last: row.day,
                    latest: None,
                    orders: 0,
                    rows: 0,
                });
                self.seen.push(u64::from(batch) << 32 | u64::from(row.position));
                place
            }
        }
    }

    /// Whether a customer of here and one from elsewhere are the same, written in two ways. Hardly ever asked: their hashes are
    /// the same.
    #[cold]
    fn is_one(&self, here: Key, there: Key, texts: &Texts) -> bool {
        identity_key(&self.long.text(here)) == identity_key(&texts.text(there))
    }

    /// Notes that a known customer is written in another way than at first.
    #[cold]
    fn respell(&mut self, place: usize, (written, texts): (Key, &Texts), seen: u64) {
        if !self.respelled.insert(place as u32) {
            return;
        }
        self.ledger.identity.respelled += 1;
        // A shard sees its rows in the order of the files: its first are among the first of all.
        if self.spellings.len() < EXAMPLES {
            let first = self.long.text(self.records[place].key);
            self.spellings.push((seen, (first, texts.text(written))));
        }
    }

    /// The order of a row, and whether it is new.
    #[inline]
    fn order(&mut self, customer: usize, row: &Row, delivery: &Delivery) -> (usize, bool) {
        let texts = &delivery.packet.texts;
        let hash = row.order_hash;
        let same = |place: usize| {
            let order = &self.order_records[place];
            order.customer as usize == customer && self.long.same(order.key, row.order, texts)
        };
        let place = self.order_records.len();
        // A row without a number is an order of its own, which nobody looks for.
        if !row.order.is_none() {
            match self.orders.find(hash, same) {
                Found::Place(place) => return (place, false),
                Found::Free(free) => self.orders.insert(free, hash, place),
            }
        }
        let key = self.long.keep(row.order, texts);
        self.order_records.push(Order { key, sum: 0, customer: customer as u32, bought: false });
        if self.voids() {
            let lines = &delivery.lines;
            self.traces.push(Trace::new(row.day, lines.file, lines.number(row.position)));
        }
        (place, true)
    }

    fn voids(&self) -> bool {
        self.policies.returns() == Returns::Void
    }

    /// Takes a row back that the judges kept.
    fn set_aside(&mut self, reason: Reason, row: &Row, delivery: &Delivery) {
        let lines = &delivery.lines;
        self.ledger.concern(Policy::Duplicates, micros(row.amount, Scale::new(row.decimals)));
        self.ledger.take_back(reason, 1);
        let id = if row.order.is_none() { row.customer } else { row.order };
        self.tell(reason, (lines.file, lines.number(row.position)), || delivery.packet.texts.text(id));
    }

    /// Keeps a row as an example while some are still wanted.
    fn tell(&mut self, reason: Reason, at: (usize, u64), text: impl FnOnce() -> String) {
        if self.examples.iter().filter(|told| told.reason == reason).count() < ledger::EXAMPLES {
            let file = self.files.get(at.0).cloned().unwrap_or_default();
            let example = Example { file, row: at.1, column: String::new(), text: text() };
            self.examples.push(Told { at, reason, example });
        }
    }

    /// Goes over to a scale at which every sum fits and is whole.
    fn rescale(&mut self, scale: Scale) {
        let (from, to) = (self.scale.factor(), scale.factor());
        if from == to {
            return;
        }
        let scaled = |sum: &mut i64| *sum = if to > from { *sum * (to / from) } else { *sum / (from / to) };
        for record in &mut self.records {
            scaled(&mut record.net);
            scaled(&mut record.gross);
            // The largest order of who has none yet is below all others, and stays there.
            if record.largest > i64::MIN {
                scaled(&mut record.largest);
            }
        }
        self.order_records.iter_mut().for_each(|order| scaled(&mut order.sum));
        self.repeats.iter_mut().for_each(|repeats| scaled(&mut repeats.amount));
        self.traces.iter_mut().for_each(|trace| scaled(&mut trace.gross));
        if let Some(kept) = &mut self.kept {
            kept.scale_amounts(scaled);
        }
        self.scale = scale;
    }
}

/// An amount in millionths.
pub(super) fn micros(amount: i64, scale: Scale) -> i128 {
    i128::from(amount) * i128::from(Scale::MAX.factor() / scale.factor())
}
