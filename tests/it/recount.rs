//! The same figures counted the slow way, from the words of the definitions alone, to hold the program's against.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::{Datelike, NaiveDate};

use super::support::{Failure, Tally, micros};

/// A customer with everything that was bought.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: String,
    /// Days since the year 1.
    pub(crate) first: i128,
    pub(crate) last: i128,
    pub(crate) orders: BTreeSet<String>,
    /// Millionths.
    pub(crate) money: i128,
}

/// All customers of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recount {
    pub(crate) people: Vec<Person>,
    /// Days since the year 1.
    pub(crate) as_of: i128,
    pub(crate) read: u64,
    /// Rows that are no transaction: without a customer, without a date, without an amount.
    pub(crate) rejected: [u64; 3],
}

/// The cuts of R, F and M: days, orders, millionths.
pub(crate) type AllCuts = [Vec<i128>; 3];

/// The 11 segments of the common marketing table, as published.
pub(crate) const ELEVEN: [(&str, &str); 11] = [
    ("Champions", "555 554 544 545 454 455 445"),
    ("Loyal", "543 444 435 355 354 345 344 335"),
    (
        "Potential Loyalist",
        "553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323",
    ),
    ("New", "512 511 422 421 412 411 311"),
    ("Promising", "525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313"),
    ("Need Attention", "535 534 443 434 343 334 325 324"),
    ("About To Sleep", "331 321 312 221 213 231 241 251"),
    ("At Risk", "255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124"),
    ("Cannot Lose", "155 154 144 214 215 115 114 113"),
    ("Hibernating", "332 322 233 232 223 222 132 123 122 212 211"),
    ("Lost", "111 112 121 131 141 151"),
];

/// The segment of scores by a table of codes.
pub(crate) fn named(table: &[(&'static str, &str)], scores: [u8; 3]) -> &'static str {
    let code = scores.map(|score| score.to_string()).concat();
    table.iter().find(|(_, codes)| codes.split(' ').any(|one| one == code)).map_or("nobody's", |(name, _)| name)
}

fn day(text: &str) -> Option<i128> {
    let text = text.trim().get(..10)?;
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|date| date.num_days_from_ce().into())
}

/// The demo shop as the repository has it.
pub(crate) fn demo_text() -> Result<String, Failure> {
    Ok(fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/demo-data/shop.csv"))?)
}

impl Recount {
    /// Counts a table whose rows have customer, order, date and amount.
    pub(crate) fn of<'a>(rows: impl IntoIterator<Item = [&'a str; 4]>) -> Self {
        let mut people: BTreeMap<String, Person> = BTreeMap::new();
        let mut recount = Self::default();
        for [customer, order, date, amount] in rows {
            recount.read += 1;
            let id = customer.trim();
            if id.is_empty() {
                recount.rejected[0] += 1;
                continue;
            }
            let Some(day) = day(date) else {
                recount.rejected[1] += 1;
                continue;
            };
            let Ok(money) = micros(amount.trim()) else {
                recount.rejected[2] += 1;
                continue;
            };
            let person = people.entry(id.to_owned()).or_insert_with(|| Person {
                id: id.to_owned(),
                first: day,
                last: day,
                orders: BTreeSet::new(),
                money: 0,
            });
            person.money += money;
            // A return subtracts; when somebody was there is told by purchases, and by returns only where there are none.
            let (bought, first_purchase) = (money >= 0, person.orders.is_empty());
            if bought && first_purchase {
                (person.first, person.last) = (day, day);
            }
            if bought || first_purchase {
                person.first = person.first.min(day);
                person.last = person.last.max(day);
            }
            if bought {
                person.orders.insert(order.trim().to_owned());
            }
        }
        recount.people = people.into_values().collect();
        recount.as_of = recount.people.iter().map(|person| person.last + 1).max().unwrap_or_default();
        recount
    }

    /// The demo shop.
    pub(crate) fn demo() -> Result<Self, Failure> {
        Self::shop(&demo_text()?)
    }

    /// A table with the columns of the demo shop.
    pub(crate) fn shop(text: &str) -> Result<Self, Failure> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head = reader.headers()?.clone();
        let at = |name: &str| head.iter().position(|cell| cell == name).ok_or(format!("no {name}"));
        let places = [at("customer_id")?, at("order_id")?, at("order_date")?, at("amount")?];
        let records = reader.records().collect::<Result<Vec<_>, _>>()?;
        Ok(Self::of(records.iter().map(|record| places.map(|place| record.get(place).unwrap_or_default()))))
    }

    /// Days, orders and millionths of a customer.
    pub(crate) fn values(&self, person: &Person) -> [i128; 3] {
        [self.as_of - person.last, person.orders.len() as i128, person.money]
    }

    /// The j-th of k cuts is the value at rank ceil(n j / k).
    pub(crate) fn quantiles(&self, bins: [usize; 3]) -> AllCuts {
        let mut cuts = [const { Vec::new() }; 3];
        for (axis, (cuts, bins)) in cuts.iter_mut().zip(bins).enumerate() {
            let mut values: Vec<i128> = self.people.iter().map(|person| self.values(person)[axis]).collect();
            values.sort_unstable();
            *cuts = (1..bins).map(|j| values[(values.len() * j).div_ceil(bins) - 1]).collect();
        }
        cuts
    }

    /// 1 + the cuts strictly below the value; for recency the bins less those cuts.
    pub(crate) fn scores(&self, person: &Person, cuts: &AllCuts) -> [u8; 3] {
        let values = self.values(person);
        let below = |axis: usize| cuts[axis].iter().filter(|cut| **cut < values[axis]).count();
        [cuts[0].len() + 1 - below(0), 1 + below(1), 1 + below(2)].map(|score| score as u8)
    }

    /// The figures of customers by what a function makes of their scores.
    pub(crate) fn by<K: Ord>(&self, cuts: &AllCuts, key: impl Fn([u8; 3]) -> K) -> BTreeMap<K, Tally> {
        let mut groups: BTreeMap<K, Tally> = BTreeMap::new();
        for person in &self.people {
            let group = groups.entry(key(self.scores(person, cuts))).or_default();
            *group = [*group, Self::tally(person)].into_iter().sum();
        }
        groups
    }

    pub(crate) fn total(&self) -> Tally {
        self.people.iter().map(Self::tally).sum()
    }

    fn tally(person: &Person) -> Tally {
        Tally { customers: 1, orders: person.orders.len() as u64, money: person.money }
    }
}
