//! The kept rows of a shard themselves, for those who look at more than what they add up to.

use super::shard::{Delivery, Repeats};
use crate::model::customers::TextArena;
use crate::model::day::Day;

/// In place of an order's place: the row is an order of its own.
const NO_ORDER: u32 = u32::MAX;

/// A kept row.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeptRow {
    pub(super) amount: i64,
    customer: u32,
    /// The place among the shard's orders, and once sorted the number among the orders that are left.
    pub(super) order: u32,
    pub(super) day: Day,
    pub(super) is_return: bool,
}

/// The kept rows of a shard, with the codes of their attributes.
#[derive(Debug, Default)]
pub(super) struct KeptRows {
    pub(super) rows: Vec<KeptRow>,
    /// The codes of each row, an attribute at a time.
    pub(super) codes: Vec<Vec<u32>>,
    /// The rows by customer and day, once all are in.
    pub(super) order: Vec<u32>,
    /// Where in that order those of each customer end.
    pub(super) ends: Vec<usize>,
    /// The numbers of the orders as they are written, in the order that they come in.
    pub(super) order_ids: TextArena,
}

impl KeptRows {
    /// Room for rows with so many attributes.
    pub(super) fn new(attributes: usize) -> Self {
        Self { codes: vec![Vec::new(); attributes], ..Self::default() }
    }

    /// Keeps a row with its place in its packet.
    #[inline]
    pub(super) fn push(
        &mut self,
        customer: usize,
        order: Option<usize>,
        day: Day,
        amount: i64,
        (position, delivery): (u32, &Delivery),
    ) {
        let order = order.map_or(NO_ORDER, |order| order as u32);
        self.rows.push(KeptRow { amount, customer: customer as u32, order, day, is_return: amount < 0 });
        let attributes = self.codes.len();
        let written = &delivery.packet.codes[position as usize * attributes..];
        for ((codes, code), numbers) in self.codes.iter_mut().zip(written).zip(delivery.codes.iter()) {
            codes.push(numbers[*code as usize]);
        }
    }

    /// Goes over to another scale.
    pub(super) fn scale_amounts(&mut self, scaled: impl Fn(&mut i64)) {
        self.rows.iter_mut().for_each(|row| scaled(&mut row.amount));
    }

    /// Lets only the first line of an order count whose lines all have the same amount. Without any told, all lines count.
    pub(super) fn count_totals_once(&mut self, orders: &[Repeats]) {
        let mut met = vec![false; orders.len()];
        for row in &mut self.rows {
            let Some(repeats) = orders.get(row.order as usize).filter(|repeats| !repeats.differ) else { continue };
            if std::mem::replace(&mut met[row.order as usize], true) {
                debug_assert_eq!(row.amount, repeats.amount);
                row.amount = 0;
            }
        }
    }

    /// Leaves out the rows of some orders.
    pub(super) fn leave_out(&mut self, orders: &[bool]) {
        let stays = |row: &KeptRow| orders.get(row.order as usize).is_none_or(|voided| !voided);
        for codes in &mut self.codes {
            let mut rows = self.rows.iter();
            codes.retain(|_| rows.next().is_some_and(stays));
        }
        self.rows.retain(stays);
        // What is left out leaves gaps in the places, as the shard's own orders do not: places are those of before.
        let mut places = Vec::with_capacity(orders.len());
        let mut next = 0;
        for voided in orders {
            places.push(next);
            next += u32::from(!voided);
        }
        for row in &mut self.rows {
            row.order = places.get(row.order as usize).copied().unwrap_or(NO_ORDER);
        }
    }

    /// Puts the rows of so many customers in order, and numbers their orders as they come. `name` writes the number of an order
    /// by its place.
    pub(super) fn sort(&mut self, customers: usize, name: impl Fn(usize, &mut TextArena)) {
        let mut ends = vec![0_usize; customers + 1];
        for row in &self.rows {
            ends[row.customer as usize + 1] += 1;
        }
        for place in 1..ends.len() {
            ends[place] += ends[place - 1];
        }
        let mut next = ends.clone();
        self.order = vec![0; self.rows.len()];
        for (number, row) in self.rows.iter().enumerate() {
            let at = &mut next[row.customer as usize];
            self.order[*at] = number as u32;
            *at += 1;
        }
        for customer in 0..customers {
            // Rows of a day stay as they stand in the files.
            self.order[ends[customer]..ends[customer + 1]].sort_by_key(|row| (self.rows[*row as usize].day, *row));
        }
        ends.remove(0);
        self.ends = ends;
        self.number_orders(name);
    }

    fn number_orders(&mut self, name: impl Fn(usize, &mut TextArena)) {
        let places = self.rows.iter().map(|row| row.order).filter(|order| *order != NO_ORDER).max();
        let mut numbers = vec![NO_ORDER; places.map_or(0, |most| most as usize + 1)];
        for place in &self.order {
            let row = &mut self.rows[*place as usize];
            let mut number = NO_ORDER;
            if let Some(known) = numbers.get_mut(row.order as usize) {
                if *known == NO_ORDER {
                    *known = self.order_ids.len() as u32;
                    name(row.order as usize, &mut self.order_ids);
                }
                number = *known;
            }
            if number == NO_ORDER {
                number = self.order_ids.push("") as u32;
            }
            row.order = number;
        }
    }
}
