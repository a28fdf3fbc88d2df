//! Orders that contradict themselves: one number with several customers, or on several days.

use hashbrown::HashMap;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::super::ledger::Example;
use crate::model::day::Day;

/// Orders that are looked at: about 70 MB of them. Of more nothing is said.
pub const MOST_ORDERS: usize = 1_500_000;

/// Examples that are kept of each contradiction.
const EXAMPLES: usize = 5;

/// Order numbers that contradict themselves. Many exports number each shop's orders by itself, so that they may be right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Conflicts {
    /// Order numbers that stand with several customers.
    pub customers: u64,
    /// Order numbers that stand on several days.
    pub days: u64,
    /// Rows that showed it first: the column that differs, and the order's number.
    pub examples: Vec<Example>,
}

/// What the first row of an order said.
struct Order {
    /// A digest of the customer; 0: none yet.
    customer: u64,
    day: Option<Day>,
    customers_differ: bool,
    days_differ: bool,
}

/// A row as far as its order is concerned.
pub(super) struct OrderRow<'a> {
    pub(super) order: &'a str,
    pub(super) customer: Option<&'a str>,
    pub(super) day: Option<Day>,
}

/// Which of customer and day differs from what the order's first row said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Differs {
    Customer,
    Day,
}

/// Finds contradictions among orders, by digests of 64 bits.
#[derive(Default)]
pub(super) struct OrderCheck {
    orders: HashMap<u64, Order>,
    found: Conflicts,
    over: bool,
}

impl OrderCheck {
    /// Enters a row; `example` makes an example of what differs.
    pub(super) fn take(&mut self, row: &OrderRow<'_>, example: impl Fn(Differs) -> Example) {
        if self.over {
            return;
        }
        let customer = row.customer.map_or(0, |customer| xxh3_64(customer.as_bytes()).max(1));
        let key = xxh3_64(row.order.as_bytes());
        let room = self.orders.len() < MOST_ORDERS;
        let order = match self.orders.get_mut(&key) {
            Some(order) => order,
            None if room => {
                let order = Order { customer, day: row.day, customers_differ: false, days_differ: false };
                self.orders.insert(key, order);
                return;
            }
            None => {
                *self = Self { over: true, ..Self::default() };
                return;
            }
        };
        let mut note = |differs| {
            if self.found.examples.len() < EXAMPLES {
                self.found.examples.push(example(differs));
            }
        };
        if order.customer == 0 {
            order.customer = customer;
        } else if customer != 0 && customer != order.customer && !order.customers_differ {
            order.customers_differ = true;
            self.found.customers += 1;
            note(Differs::Customer);
        }
        if order.day.is_none() {
            order.day = row.day;
        } else if row.day.is_some() && row.day != order.day && !order.days_differ {
            order.days_differ = true;
            self.found.days += 1;
            note(Differs::Day);
        }
    }

    /// What was found; `None` where there were too many orders to look at.
    pub(super) fn finish(self) -> Option<Conflicts> {
        (!self.over).then_some(self.found)
    }
}
