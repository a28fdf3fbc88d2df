//! Orders and days of each customer, exactly, without keeping rows: how many there are, the largest order, and the gaps.

use hashbrown::HashMap;

use super::interner::Interner;
use crate::model::customers::{Columns, TextArena};
use crate::model::day::Day;

/// Days that are kept before anything is done about repeated ones.
const LEAST_ROOM: usize = 1 << 20;

/// What a kept row says of its order.
pub(super) struct OrderRow<'a> {
    /// The order's number; `None`: the row is an order of its own.
    pub(super) number: Option<&'a str>,
    pub(super) day: Day,
    /// Minor units.
    pub(super) amount: i64,
}

/// The orders seen so far. Order numbers repeat across customers in real files, so an order is a customer and a number.
#[derive(Default)]
pub(super) struct Orders {
    numbers: Interner,
    arena: TextArena,
    /// The customer that each number was first seen with; nearly every number stays with it.
    owner: Vec<u32>,
    /// The sum of that customer's order of the number, minor units.
    sums: Vec<i64>,
    /// The pairs (customer, number) beyond the first of a number, each with its sum.
    shared: HashMap<(u32, u32), i64>,
    /// Days of customers, perhaps repeated.
    days: Vec<(u32, Day)>,
    /// How long `days` may get before repeated ones are taken out: memory follows the distinct days.
    days_room: usize,
    /// Each customer's day of the row before; most rows repeat it.
    latest: Vec<Day>,
}

impl Orders {
    /// Enters a kept row: counts its order if it is new, adds its amount to it, and notes its day.
    #[inline]
    pub(super) fn add(&mut self, customer: usize, row: &OrderRow<'_>, columns: &mut Columns) {
        let customer_index = customer as u32;
        let new = if let Some(number) = row.number {
            self.enter(customer_index, number, row.amount)
        } else {
            columns.largest_order[customer] = columns.largest_order[customer].max(row.amount);
            true
        };
        if new {
            columns.orders[customer] = columns.orders[customer].saturating_add(1);
        }
        let day = row.day;
        if customer == self.latest.len() {
            self.latest.push(day);
            self.days.push((customer_index, day));
        } else if self.latest[customer] != day {
            self.latest[customer] = day;
            self.days.push((customer_index, day));
        }
        if self.days.len() > self.days_room.max(LEAST_ROOM) {
            self.days.sort_unstable();
            self.days.dedup();
            self.days_room = self.days.len() * 2;
        }
    }

    /// Adds an amount to an order; gives whether the order is new.
    fn enter(&mut self, customer: u32, number: &str, amount: i64) -> bool {
        let number = self.numbers.intern(number, &mut self.arena);
        match self.owner.get(number) {
            None => {
                self.owner.push(customer);
                self.sums.push(amount);
                true
            }
            Some(owner) if *owner == customer => {
                self.sums[number] += amount;
                false
            }
            Some(_) => {
                let before = self.shared.len();
                *self.shared.entry((customer, number as u32)).or_default() += amount;
                self.shared.len() > before
            }
        }
    }

    /// All sums so far, for a change of scale.
    pub(super) fn sums(&mut self) -> impl Iterator<Item = &mut i64> {
        self.sums.iter_mut().chain(self.shared.values_mut())
    }

    /// Finds each customer's distinct days, gaps and largest order.
    pub(super) fn finish(&mut self, columns: &mut Columns) {
        self.days.sort_unstable();
        self.days.dedup();
        let mut gaps = Vec::new();
        for days in self.days.chunk_by(|(a, _), (b, _)| a == b) {
            let customer = days[0].0 as usize;
            columns.days[customer] = days.len() as u32;
            gaps.clear();
            gaps.extend(days.windows(2).map(|pair| (pair[1].1 - pair[0].1) as u32));
            columns.gap[customer] = median_in_halves(&mut gaps);
        }
        let owned = self.owner.iter().zip(&self.sums).map(|(owner, sum)| (*owner, *sum));
        let shared = self.shared.iter().map(|((customer, _), sum)| (*customer, *sum));
        for (customer, sum) in owned.chain(shared) {
            let largest = &mut columns.largest_order[customer as usize];
            *largest = (*largest).max(sum);
        }
    }
}

/// Twice the median, so that the mean of the middle two stays whole; 0 of nothing.
fn median_in_halves(values: &mut [u32]) -> u32 {
    values.sort_unstable();
    match values.len() {
        0 => 0,
        count => values[(count - 1) / 2] + values[count / 2],
    }
}
