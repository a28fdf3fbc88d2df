//! A customer's past: the years, the segment at earlier dates, the rhythm of the orders, and what brought in most.

use std::sync::Arc;

use super::analysis::Analysis;
use super::rhythm::YEAR_DAYS;
use crate::model::calendar::Period;
use crate::model::customers::Axis;
use crate::model::day::Day;
use crate::model::measured::Measured;
use crate::model::measures::Recency;
use crate::model::money::{Money, Scale};
use crate::model::scheme::{Cell, cell_index};
use crate::model::transactions::{Attribute, Transactions};
use crate::show::numbers::rounded;

/// A calendar year of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearOf {
    /// The year.
    pub year: i32,
    /// Orders with a purchase in it.
    pub orders: u32,
    /// The net sum of its rows, minor units.
    pub revenue: i64,
    /// Whether it is over: the last of its days lies before the as-of date.
    pub is_over: bool,
}

impl YearOf {
    /// The net sum divided by the orders, to the cent or the data's finer unit, rounded half away from zero; `None` without
    /// orders.
    #[must_use]
    pub fn mean(&self, scale: Scale) -> Option<Money> {
        (self.orders > 0).then(|| Money::mean(self.revenue.into(), self.orders.into(), scale))
    }
}

/// The calendar years from the first row's to the as-of date's, those without any row among them. An order that reaches over
/// counts in both years.
#[must_use]
pub fn years(transactions: &Transactions, customer: usize, as_of: Day) -> Vec<YearOf> {
    let rows = || transactions.of(customer).map(|row| transactions.get(row));
    let Some(first) = rows().next() else { return Vec::new() };
    // The as-of date itself is not looked at yet.
    let last = (as_of + -1).ymd().0;
    let is_over = |year: i32| Day::from_ymd(year, 12, 31).is_some_and(|end| end < as_of);
    let empty = |year: i32| YearOf { year, orders: 0, revenue: 0, is_over: is_over(year) };
    let mut years: Vec<YearOf> = (first.day.ymd().0..=last).map(empty).collect();
    let start = first.day.ymd().0;
    let place = |year: i32| usize::try_from(year - start).ok();
    let mut met: Vec<(i32, u32)> = Vec::new();
    for row in rows() {
        let year = row.day.ymd().0;
        let Some(of) = place(year).and_then(|place| years.get_mut(place)) else { continue };
        of.revenue += row.amount;
        if !row.is_return {
            met.push((year, row.order));
        }
    }
    // A collective account has tens of thousands of orders: looking each up among all before it would take seconds.
    met.sort_unstable();
    met.dedup();
    for (year, _) in met {
        if let Some(of) = place(year).and_then(|place| years.get_mut(place)) {
            of.orders += 1;
        }
    }
    years
}

/// A change in hundredths of a percent, rounded half away from zero; `None` where what was before is not above zero.
#[must_use]
pub fn change(before: i128, now: i128) -> Option<i64> {
    (before > 0).then(|| rounded((now - before) * 10_000, before)).and_then(|change| i64::try_from(change).ok())
}

/// A customer as they stood at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Then {
    /// The last day that is looked at.
    pub day: Day,
    /// How they stood.
    pub stood: Stood,
}

/// How a customer stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stood {
    /// There was no row of theirs yet.
    NotYet,
    /// Scores and segment.
    In(Cell, usize),
    /// Recency is measured in their own gaps, and they had none yet.
    NoGap,
}

/// How a customer stood at the end of each of the last quarters that are over by the as-of date, the earliest first: by their
/// own rows up to that day, as of the day after it, by the measures, cuts and scheme of today.
#[must_use]
pub fn quarters(analysis: &Analysis, transactions: &Transactions, customer: usize, most: usize) -> Vec<Then> {
    // The day before the as-of date is the last one that can end a quarter.
    let mut day = analysis.measured().as_of() + -1;
    if Period::Quarter.around(day).1 != day {
        day = Period::Quarter.around(day).0 + -1;
    }
    let mut past = Vec::with_capacity(most);
    while past.len() < most {
        past.push(Then { day, stood: stood(analysis, transactions, customer, day) });
        day = Period::Quarter.around(day).0 + -1;
    }
    past.reverse();
    past
}

fn stood(analysis: &Analysis, transactions: &Transactions, customer: usize, last: Day) -> Stood {
    let Some(then) = transactions.until(analysis.customers(), customer, last) else { return Stood::NotYet };
    let measures = analysis.setting().measures;
    // The usual gap of others, which stands in for one of their own, is that of today.
    if measures.recency == Recency::OwnGap && then.gap.get(0) == 0 {
        return Stood::NoGap;
    }
    let measured = Measured::new(Arc::new(then), last + 1, measures);
    let cell = Axis::ALL.map(|axis| analysis.cuts(axis).score(measured.value(axis, 0)));
    Stood::In(cell, analysis.map().segment(cell_index(analysis.map().bins(), cell)))
}

/// The gaps between days with a purchase, and how long it is since the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// How many gaps.
    pub count: usize,
    /// The shortest, in days.
    pub least: u32,
    /// Twice the median, in days.
    pub median_twice: u32,
    /// The longest, in days.
    pub most: u32,
    /// The last one, in days.
    pub last: u32,
    /// Days from the last purchase to the as-of date.
    pub since: u32,
    /// How many gaps were shorter than that.
    pub shorter: usize,
}

/// The gaps of a customer; `None` with fewer than two days with a purchase.
#[must_use]
pub fn gaps(transactions: &Transactions, customer: usize, as_of: Day) -> Option<Gaps> {
    let rows = transactions.of(customer).map(|row| transactions.get(row)).filter(|row| !row.is_return);
    let mut days: Vec<Day> = rows.map(|row| row.day).collect();
    days.dedup();
    let mut gaps: Vec<u32> = days.windows(2).map(|pair| (pair[1] - pair[0]).unsigned_abs()).collect();
    let (last, since) = (*gaps.last()?, (as_of - *days.last()?).unsigned_abs());
    gaps.sort_unstable();
    let count = gaps.len();
    Some(Gaps {
        count,
        least: gaps[0],
        median_twice: gaps[(count - 1) / 2] + gaps[count / 2],
        most: gaps[count - 1],
        last,
        since,
        shorter: gaps.partition_point(|gap| *gap < since),
    })
}

/// A value of a column with the revenue under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Top {
    /// The value as the data has it.
    pub value: String,
    /// The net sum of the rows that have it, minor units.
    pub revenue: i64,
}

/// The values of a column that brought in most, those with the most revenue first, at most so many; none that brought in
/// nothing.
#[must_use]
pub fn top(transactions: &Transactions, customer: usize, attribute: usize, most: usize) -> Vec<Top> {
    let attribute = &transactions.attributes()[attribute];
    let mut rows: Vec<(u32, i64)> =
        transactions.of(customer).map(|row| (attribute.code(row), transactions.get(row).amount)).collect();
    rows.sort_unstable();
    let sum = |run: &[(u32, i64)]| (run.iter().map(|(_, amount)| amount).sum::<i64>(), run[0].0);
    let mut values: Vec<(i64, u32)> =
        rows.chunk_by(|one, other| one.0 == other.0).map(sum).filter(|(sum, code)| *code > 0 && *sum > 0).collect();
    values.sort_by_key(|(revenue, code)| (std::cmp::Reverse(*revenue), *code));
    let top = |(revenue, code): (i64, u32)| Top { value: attribute.text(code).to_owned(), revenue };
    values.into_iter().take(most).map(top).collect()
}

/// The net sums of the last 365 days before the as-of date and of the 365 days before those, minor units.
#[must_use]
pub fn last_two_years(transactions: &Transactions, customer: usize, as_of: Day) -> [i64; 2] {
    let mut sums = [0, 0];
    for row in transactions.of(customer).map(|row| transactions.get(row)) {
        let back = as_of - row.day;
        if (1..=YEAR).contains(&back) {
            sums[0] += row.amount;
        } else if (YEAR + 1..=2 * YEAR).contains(&back) {
            sums[1] += row.amount;
        }
    }
    sums
}

const YEAR: i32 = YEAR_DAYS as i32;

/// Words of names of columns that tell what was bought, in any case.
const GOODS: [&str; 17] = [
    "product",
    "item",
    "sku",
    "category",
    "article",
    "brand",
    "goods",
    "stockcode",
    "description",
    "商品",
    "产品",
    "品类",
    "类目",
    "货号",
    "品牌",
    "款式",
    "品名",
];

/// Words of names of numbers that are no figures.
const CODES: [&str; 4] = ["id", "code", "sku", "号"];

/// The columns that tell what was bought, by their names; how many of it is no such column.
#[must_use]
pub fn goods(transactions: &Transactions) -> Vec<usize> {
    let is_of_goods = |attribute: &Attribute| {
        let name = attribute.name.to_lowercase().replace(['_', '-', ' '], "");
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        has(&GOODS) && (attribute.scale().is_none() || has(&CODES))
    };
    let attributes = transactions.attributes().iter().enumerate();
    attributes.filter(|(_, attribute)| is_of_goods(attribute)).map(|(number, _)| number).collect()
}

#[cfg(test)]
mod tests;
