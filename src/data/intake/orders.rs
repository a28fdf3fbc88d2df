//! Counting distinct orders and distinct days of each customer, exactly, without keeping rows.

use hashbrown::HashSet;

use super::interner::Interner;
use crate::model::customers::{Customers, TextArena};
use crate::model::day::Day;

/// Days that are kept before anything is done about repeated ones.
const LEAST_ROOM: usize = 1 << 20;

/// The orders seen so far. Order numbers repeat across customers in real files, so an order is a customer and a number.
#[derive(Default)]
pub(super) struct Orders {
    numbers: Interner,
    arena: TextArena,
    /// The customer that each number was first seen with; nearly every number stays with it.
    owner: Vec<u32>,
    /// The pairs (customer, number) beyond the first of a number.
    shared: HashSet<(u32, u32)>,
    /// Days of customers, perhaps repeated.
    days: Vec<(u32, Day)>,
    /// How long `days` may get before repeated ones are taken out: memory follows the distinct days.
    days_room: usize,
    /// Each customer's day of the row before; most rows repeat it.
    latest: Vec<Day>,
}

impl Orders {
    /// Enters a kept row: counts its order if it is new, and notes its day.
    #[inline]
    pub(super) fn add(&mut self, customer: usize, number: Option<&str>, day: Day, customers: &mut Customers) {
        let customer_index = customer as u32;
        if number.is_none_or(|number| self.is_new(customer_index, number)) {
            customers.orders[customer] = customers.orders[customer].saturating_add(1);
        }
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

    fn is_new(&mut self, customer: u32, number: &str) -> bool {
        let number = self.numbers.intern(number, &mut self.arena);
        match self.owner.get(number) {
            None => {
                self.owner.push(customer);
                true
            }
            Some(owner) if *owner == customer => false,
            Some(_) => self.shared.insert((customer, number as u32)),
        }
    }

    /// Counts each customer's distinct days.
    pub(super) fn finish(&mut self, customers: &mut Customers) {
        self.days.sort_unstable();
        for days in self.days.chunk_by(|a, b| a == b) {
            let count = &mut customers.days[days[0].0 as usize];
            *count = count.saturating_add(1);
        }
    }
}
