//! Customers of a shop as shops have them: most bought once, few often; money has a heavy tail and goes with orders; the
//! last orders crowd towards the present day. The same on every machine.

use std::sync::Arc;

use rayon::prelude::*;
use tierscope::model::customers::{Customers, TextArena};
use tierscope::model::day::Day;
use tierscope::model::money::Scale;
use tierscope::model::packed::Packed;

/// The day after the last order: 2026-01-01.
pub(crate) const AS_OF: Day = Day(20_454);

/// Days of trade.
const PERIOD: f64 = 1_095.0;

/// Ids are written out up to so many customers; beyond they are empty, so that the figures tell of the engine.
const WITH_IDS: usize = 20_000_000;

/// Numbers that are the same everywhere (splitmix64).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995_9d1b_58c5)
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// Below `most`.
    pub(crate) const fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    /// Above 0, at most 1.
    fn part(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    /// Normally distributed (Box & Muller 1958).
    fn normal(&mut self) -> f64 {
        (-2.0 * self.part().ln()).sqrt() * (std::f64::consts::TAU * self.part()).cos()
    }
}

/// A customer, in few bytes: a hundred million of them are made at once.
#[derive(Clone, Copy)]
struct Person {
    first_ago: u16,
    last_ago: u16,
    orders: u16,
    days: u16,
    rows: u16,
    gap: u16,
    gross: u32,
    returned: u32,
    largest: u32,
}

fn person(number: usize) -> Person {
    let mut dice = Dice::new(number as u64);
    let first_ago = 1 + (PERIOD * dice.part().powf(1.4)) as u16;
    // Beyond the first order: Pareto, so that few have hundreds.
    let orders = if dice.part() < 0.55 { 1 } else { 1 + dice.part().powf(-1.0 / 1.5).min(400.0) as u16 };
    // Who orders often has ordered of late.
    let silent = dice.part().powf(0.4 * f64::from(orders).sqrt());
    let last_ago = if orders == 1 { first_ago } else { 1 + (f64::from(first_ago - 1) * silent) as u16 };
    let days = orders.min(1 + first_ago - last_ago).max(1);
    let order_value = (8.1 + 0.55 * dice.normal() + 0.5 * dice.normal()).exp();
    let large = if dice.part() < 0.001 { dice.part().powf(-0.8).min(60.0) } else { 1.0 };
    let gross = (f64::from(orders).powf(1.05) * order_value * large).min(4.0e9);
    let returned = match dice.part() {
        part if part < 0.004 => gross + 5_000.0 * dice.part(),
        part if part < 0.06 => gross * 0.6 * dice.part(),
        _ => 0.0,
    };
    let share = if orders == 1 { 1.0 } else { (1.0 / f64::from(orders)).max(dice.part().powi(2)) };
    Person {
        first_ago,
        last_ago,
        orders,
        days,
        rows: orders + dice.below(usize::from(orders) * 2 + 1) as u16,
        gap: if days > 1 { (2 * (first_ago - last_ago)) / (days - 1) } else { 0 },
        gross: gross as u32,
        returned: returned as u32,
        largest: (gross * share) as u32,
    }
}

/// So many customers.
pub(crate) fn customers(count: usize) -> Customers {
    let people: Vec<Person> = (0..count).into_par_iter().map(person).collect();
    let column = |value: &dyn Fn(&Person) -> i64| Arc::new(Packed::from_fn(count, |place| value(&people[place])));
    let as_of = i64::from(AS_OF.0);
    let mut ids = TextArena::default();
    for number in 0..count {
        ids.push(&if count <= WITH_IDS { format!("C{number:08}") } else { String::new() });
    }
    Customers {
        ids,
        first_order: column(&|person| as_of - i64::from(person.first_ago)),
        last_order: column(&|person| as_of - i64::from(person.last_ago)),
        orders: column(&|person| person.orders.into()),
        days: column(&|person| person.days.into()),
        rows: column(&|person| person.rows.into()),
        net: column(&|person| i64::from(person.gross) - i64::from(person.returned)),
        gross: column(&|person| person.gross.into()),
        largest_order: column(&|person| person.largest.into()),
        gap: column(&|person| person.gap.into()),
        scale: Scale::CENTS,
    }
}
