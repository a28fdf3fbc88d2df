//! What a shard's rows add up to, once all are in.

use std::collections::HashSet;

use super::super::kept::KeptRows;
use super::super::keys::Table;
use super::super::void;
use super::{Order, Record, Shard, Spelling, Told, micros};
use crate::data::ledger::{self, Ledger, Reason};
use crate::job::CancelToken;
use crate::model::customers::{Figures, TextArena};
use crate::model::day::Day;
use crate::model::money::Scale;
use crate::model::policies::Policy;
use crate::model::transactions::median_in_halves;

/// A shard's customers, column by column, in the order of first sight.
#[derive(Debug, Default)]
pub(in super::super) struct Gathered {
    /// When each was first seen.
    pub(in super::super) seen: Vec<u64>,
    pub(in super::super) ids: TextArena,
    pub(in super::super) people: Vec<Figures>,
    pub(in super::super) ledger: Ledger,
    pub(in super::super) examples: Vec<Told>,
    pub(in super::super) kept: Option<KeptRows>,
    pub(in super::super) spellings: Vec<Spelling>,
}

impl Shard {
    /// Its customers, once every row is in, at a scale that the kept amounts need.
    pub(in super::super) fn finish(mut self, scale: Scale, cancel: &CancelToken) -> Gathered {
        self.rescale(scale);
        // Nothing more is looked for.
        self.customers = Table::default();
        self.orders = Table::default();
        self.prints = HashSet::new();
        if let Some(kept) = &mut self.kept {
            kept.count_totals_once(&self.repeats);
        }
        self.tell_repeats();
        if self.voids() {
            self.void(cancel);
        }
        let mut people = self.people();
        let orders = std::mem::take(&mut self.order_records);
        if let Some(kept) = &mut self.kept {
            let name = |order: usize, ids: &mut TextArena| self.long.write(orders[order].key, ids);
            kept.sort(people.len(), name);
        }
        drop(orders);
        self.count_days(&mut people);
        let mut ids = TextArena::default();
        for record in &self.records {
            self.long.write(record.key, &mut ids);
        }
        let Self { seen, ledger, examples, kept, spellings, .. } = self;
        let mut gathered = Gathered { seen, ids, people, ledger, examples, kept, spellings };
        gathered.without_nobody();
        gathered
    }

    fn people(&self) -> Vec<Figures> {
        let person = |record: &Record| Figures {
            net: record.net,
            gross: record.gross,
            largest_order: record.largest,
            first_order: record.first,
            last_order: record.last,
            orders: record.orders,
            rows: record.rows,
            days: 0,
            gap: 0,
        };
        let mut people: Vec<Figures> = self.records.iter().map(person).collect();
        for order in &self.order_records {
            let person = &mut people[order.customer as usize];
            person.largest_order = person.largest_order.max(order.sum);
        }
        for person in people.iter_mut().filter(|person| person.largest_order == i64::MIN) {
            person.largest_order = 0;
        }
        people
    }

    /// Counts each customer's distinct days and finds the median gap.
    fn count_days(&mut self, people: &mut [Figures]) {
        let mut ends = vec![0_usize; people.len() + 1];
        for (customer, _) in &self.days {
            ends[*customer as usize + 1] += 1;
        }
        for place in 1..ends.len() {
            ends[place] += ends[place - 1];
        }
        let mut by_customer = vec![Day(0); self.days.len()];
        let mut next = ends.clone();
        for (customer, day) in std::mem::take(&mut self.days) {
            let at = &mut next[customer as usize];
            by_customer[*at] = day;
            *at += 1;
        }
        let mut gaps = Vec::new();
        for (place, person) in people.iter_mut().enumerate() {
            let days = &mut by_customer[ends[place]..ends[place + 1]];
            days.sort_unstable();
            gaps.clear();
            gaps.extend(days.windows(2).map(|pair| (pair[1] - pair[0]) as u32).filter(|gap| *gap > 0));
            person.days = if days.is_empty() { 0 } else { gaps.len() as u32 + 1 };
            person.gap = median_in_halves(&mut gaps);
        }
    }

    /// Takes out the orders that were cancelled, with their cancellations. They sum to nothing, so that no net sum changes.
    fn void(&mut self, cancel: &CancelToken) {
        let name = |order: &Order| self.long.text(order.key);
        let voided = void::cancelled(&self.order_records, &self.traces, name, cancel);
        let mut told = Vec::new();
        for (place, (order, trace)) in
            self.order_records.iter().zip(&self.traces).enumerate().filter(|(at, _)| voided[*at])
        {
            let record = &mut self.records[order.customer as usize];
            record.rows = record.rows.saturating_sub(trace.rows);
            record.gross -= trace.gross;
            record.orders = record.orders.saturating_sub(u32::from(order.bought));
            self.ledger.take_back(Reason::Voided, u64::from(trace.rows));
            if told.len() < ledger::EXAMPLES {
                // As with all rows that are set aside: the order's number, or else who bought.
                let order = &self.order_records[place];
                let id = if order.key.is_none() { self.long.text(record.key) } else { name(order) };
                told.push(((trace.file, trace.line), id));
            }
        }
        for (at, text) in told {
            self.tell(Reason::Voided, at, || text);
        }
        self.tell_days(&voided);
        if let Some(kept) = &mut self.kept {
            kept.leave_out(&voided);
        }
        let mut place = 0;
        self.order_records.retain(|_| {
            place += 1;
            !voided[place - 1]
        });
    }

    /// Days were noted by order; they become the customers', and those of the orders that remain tell when somebody came first
    /// and last: the days of purchases, or else of returns.
    fn tell_days(&mut self, voided: &[bool]) {
        let mut spans: Vec<[Option<(Day, Day)>; 2]> = vec![[None; 2]; self.records.len()];
        let mut widen = |customer: u32, bought: bool, first: Day, last: Day| {
            let span = &mut spans[customer as usize][usize::from(bought)];
            *span = Some(span.map_or((first, last), |(earliest, latest)| (earliest.min(first), latest.max(last))));
        };
        let orders = &self.order_records;
        for (place, (order, trace)) in orders.iter().zip(&self.traces).enumerate() {
            if !voided[place] && !order.bought {
                widen(order.customer, false, trace.first, trace.last);
            }
        }
        self.days.retain_mut(|(order, day)| {
            let keeps = !voided[*order as usize];
            *order = orders[*order as usize].customer;
            if keeps {
                widen(*order, true, *day, *day);
            }
            keeps
        });
        for (record, [returned, bought]) in self.records.iter_mut().zip(spans) {
            (record.first, record.last) = bought.or(returned).unwrap_or((record.first, record.last));
        }
    }

    /// Tells of the lines that did not count because their order's total stands on each of them.
    fn tell_repeats(&mut self) {
        for repeats in std::mem::take(&mut self.repeats).iter().filter(|repeats| repeats.amount != 0) {
            let each = micros(repeats.amount, self.scale);
            self.ledger.concern_rows(Policy::OrderTotals, repeats.held.into(), each * i128::from(repeats.held));
        }
    }
}

impl Gathered {
    /// Drops the customers of whom no row is left.
    fn without_nobody(&mut self) {
        if self.people.iter().all(|person| person.rows > 0) {
            return;
        }
        let Self { seen, ids, people, ledger, examples, mut kept, spellings } = std::mem::take(self);
        if let Some(rows) = &mut kept {
            let mut person = people.iter();
            rows.ends.retain(|_| person.next().is_some_and(|person| person.rows > 0));
        }
        *self = Self { ledger, examples, kept, spellings, ..Self::default() };
        for (place, person) in people.iter().enumerate().filter(|(_, person)| person.rows > 0) {
            self.ids.push(ids.get(place));
            self.seen.push(seen[place]);
            self.people.push(*person);
        }
    }
}
