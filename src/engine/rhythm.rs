//! How a customer buys: active months, growth, gaps, and what is bought most, from the customer's lines.
//!
//! Changes are hundredths of a percent, rounded half away from zero and held within [`MOST_CHANGE`]. The last N days are
//! the N before the as-of date, which is not one of them. A purchase is a line whose amount is not below zero.

use super::lines::{Line, Lines, Scratch};
use crate::model::calendar::month;
use crate::model::day::Day;
use crate::show::numbers::rounded;

/// The days that growth compares where nobody says.
pub const GROWTH_DAYS: u32 = 90;

/// The days of a year, for changes from one to the next.
pub const YEAR_DAYS: u32 = 365;

/// The largest change, either way, in hundredths of a percent: ten billion percent. What is beyond is shown as this.
pub const MOST_CHANGE: i64 = 1_000_000_000_000;

/// Distinct calendar months with a purchase.
#[must_use]
pub fn active_months(lines: Lines<'_>) -> u32 {
    let mut last = None;
    let months = lines.purchase_days().map(month);
    months.filter(|month| last.replace(*month) != Some(*month)).count() as u32
}

/// The most days between a day with a purchase and the next one; `None` with fewer than two such days.
#[must_use]
pub fn longest_gap(lines: Lines<'_>) -> Option<u32> {
    let days = lines.purchase_days();
    days.zip(lines.purchase_days().skip(1)).map(|(day, next)| (next - day).unsigned_abs()).max()
}

/// The change from the net sum of the N days before the last N days to that of the last N days; `None` where the sum before
/// is not above zero.
#[must_use]
pub fn growth(lines: Lines<'_>, as_of: Day, days: u32) -> Option<i64> {
    let days = i32::try_from(days).unwrap_or(i32::MAX);
    let (middle, start) = (back(as_of, days), back(back(as_of, days), days));
    change((net(between(lines, middle, as_of)), 1), (net(between(lines, start, middle)), 1))
}

/// The change of the net sum from the 365 days before the last 365 days to the last 365 days; `None` where the sum before is
/// not above zero.
#[must_use]
pub fn year_on_year(lines: Lines<'_>, as_of: Day) -> Option<i64> {
    growth(lines, as_of, YEAR_DAYS)
}

/// The change of the mean order from all days before the last 365 days to the last 365 days: the net sum of the days divided
/// by the orders with a purchase in them, so that an order that reaches over counts on both sides. `None` where either
/// side has no order, or where the mean before is not above zero. Orders are numbered as [`Line`] says; panics beyond
/// that, like a slice.
#[must_use]
pub fn order_trend(lines: Lines<'_>, as_of: Day, scratch: &mut Scratch) -> Option<i64> {
    let year = back(as_of, YEAR_DAYS as i32);
    let mut side = |lines: &[Line], orders: usize| {
        scratch.counts.clear();
        scratch.counts.resize(orders, 0);
        lines.iter().filter(|line| line.is_purchase()).for_each(|line| scratch.counts[line.order as usize] = 1);
        (net(lines), scratch.counts.iter().sum())
    };
    let orders = lines.lines.len();
    let before = side(between(lines, Day(i32::MIN), year), orders);
    change(side(between(lines, year, as_of), orders), before)
}

/// Distinct values of an attribute in the customer's purchases.
#[must_use]
pub fn breadth(lines: Lines<'_>, attribute: usize, scratch: &mut Scratch) -> u32 {
    gather(lines, attribute, scratch, Line::is_purchase);
    scratch.codes.chunk_by(|one, next| one.0 == next.0).count() as u32
}

/// The code of the value that most of the customer's purchases have, counted by lines; of several, the one bought last.
/// A customer who has no purchase with a value has that of most returns. 0 where no line has one.
#[must_use]
pub fn most_frequent(lines: Lines<'_>, attribute: usize, scratch: &mut Scratch) -> u32 {
    gather(lines, attribute, scratch, Line::is_purchase);
    if scratch.codes.is_empty() {
        gather(lines, attribute, scratch, |_| true);
    }
    // Of each value, the lines and the last one of them.
    let values = scratch.codes.chunk_by(|one, next| one.0 == next.0);
    let most = values.filter_map(|lines| lines.last().map(|(code, last)| (lines.len(), *last, *code))).max();
    most.map_or(0, |(_, _, code)| code)
}

/// The code of the value that the latest line with one has, be it a purchase or a return; 0 where no line has one.
#[must_use]
pub fn last_value(lines: Lines<'_>, attribute: usize) -> u32 {
    let mut codes = (0..lines.lines.len()).rev().map(|line| (lines.code)(attribute, line));
    codes.find(|code| *code != 0).unwrap_or(0)
}

/// Writes the codes and numbers of the lines that have a value and fit, sorted.
fn gather(lines: Lines<'_>, attribute: usize, scratch: &mut Scratch, fits: impl Fn(&Line) -> bool) {
    let fitting = lines.lines.iter().enumerate().filter(|(_, line)| fits(line));
    let codes = fitting.map(|(number, _)| ((lines.code)(attribute, number), number as u32));
    scratch.codes.clear();
    scratch.codes.extend(codes.filter(|(code, _)| *code != 0));
    scratch.codes.sort_unstable();
}

/// The lines from one day to the day before another.
fn between(lines: Lines<'_>, from: Day, to: Day) -> &[Line] {
    let start = lines.lines.partition_point(|line| line.day < from);
    let end = lines.lines.partition_point(|line| line.day < to);
    &lines.lines[start..end.max(start)]
}

fn back(day: Day, days: i32) -> Day {
    Day(day.0.saturating_sub(days))
}

/// Minor units. All sums of amounts fit 64 bits: checked when the data was read; what could not be is the nearest that does.
fn net(lines: &[Line]) -> i64 {
    let sum: i128 = lines.iter().map(|line| i128::from(line.amount)).sum();
    sum.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

/// The change from one mean, a sum and a count, to another; `None` where either counts nothing or the one before is not
/// above zero.
fn change(now: (i64, u32), before: (i64, u32)) -> Option<i64> {
    if before.0 <= 0 || before.1 == 0 || now.1 == 0 {
        return None;
    }
    // Products of 64 and 32 bits; ten thousand times their difference is far from 128.
    let (now, base) = (i128::from(now.0) * i128::from(before.1), i128::from(before.0) * i128::from(now.1));
    let change = rounded((now - base) * 10_000, base);
    Some(change.clamp((-MOST_CHANGE).into(), MOST_CHANGE.into()) as i64)
}

#[cfg(test)]
mod tests;
