//! What the cells of a column say about the format of its dates, observed one by one and decided once.

mod decide;
mod orders;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::orders::Orders;
use super::super::cell;
use super::super::tally::Tally;
use super::{DateFormat, DateOrder, DateWhy, Mark, SerialSystem, YearDigits, months, numeric, written};
use crate::data::batch::{Cells, TimeUnit};

/// What is known of a column beside its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateHint {
    /// The header names a date, or a person said that it is one: numbers may be Excel's serials, and instants need not
    /// look like those of one shop's years.
    pub named_date: bool,
    /// Years are Minguo years: `99/1/5` and `1130105` are dates.
    pub minguo: bool,
}

/// What the format of a column's dates is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateDecision {
    /// The values tell.
    Decided {
        /// The format of the column.
        format: DateFormat,
        /// How many of the cells it reads.
        read: u64,
        /// How many cells were observed that are neither blank nor a word for that.
        of: u64,
        /// Why.
        evidence: DateWhy,
    },
    /// The values can be read in several ways, and none tells which: a person must say.
    Ambiguous {
        /// The ways, day first before month first. Each reads the same number of cells.
        readings: Vec<DateFormat>,
        /// A value that they read as different days.
        example: String,
    },
    /// The column has no dates.
    None,
}

/// The units that instants are counted in.
const UNITS: [TimeUnit; 4] = [TimeUnit::Seconds, TimeUnit::Milliseconds, TimeUnit::Microseconds, TimeUnit::Nanoseconds];

/// 1990-01-01 to 2100-01-01 in seconds since 1970: instants that sales may have.
const LIKELY: Range<i64> = 631_152_000..4_102_444_800;

/// 2000-01-01 to 2035-01-01: instants that numbers are taken for without a hint. Ids and bar codes reach beyond.
const NEAR: Range<i64> = 946_684_800..2_051_222_400;

/// Excel serials that sales may have: 1954-10-03 to 2119-01-09.
const SERIALS: Range<i64> = 20_000..80_000;

/// 1900-01-01 to 2099-12-31: days that 8 digits are taken for.
const COMPACT_DAYS: Range<i32> = -25_567..47_482;

/// Cells after which a column whose order is no question is known well enough.
const ENOUGH: u64 = 1_000;

/// Instants of one unit.
#[derive(Clone, Debug)]
struct Instants {
    /// Texts that the format reads.
    read: Tally,
    /// How many are likely ones.
    likely: u64,
    /// How many are near ones.
    near: u64,
    /// The first and the last of them, in seconds.
    first: i64,
    last: i64,
}

impl Instants {
    const fn new() -> Self {
        Self { read: Tally::NONE, likely: 0, near: 0, first: i64::MAX, last: i64::MIN }
    }

    fn observe(&mut self, ticks: i64, unit: TimeUnit, text: &[u8]) {
        if numeric::epoch_day(unit, ticks, None).is_none() {
            return;
        }
        let seconds = ticks.div_euclid(unit.per_second());
        self.read.add(text);
        self.likely += u64::from(LIKELY.contains(&seconds));
        self.near += u64::from(NEAR.contains(&seconds));
        self.first = self.first.min(seconds);
        self.last = self.last.max(seconds);
    }
}

/// What was observed of a column: counters and a first example of each kind, however many cells there are.
#[derive(Clone, Debug)]
pub struct DateEvidence {
    /// Cells that are there.
    filled: u64,
    /// `2024-01-05` and the like, by their marks.
    year_first: [Tally; 4],
    /// Three numbers whose order is a question.
    orders: Orders,
    /// Months by name: day first and month first.
    named: [Tally; 2],
    /// `20240105` and the like, and how many of them are of the years 1900 to 2099.
    compact: Tally,
    compact_near: u64,
    /// Minguo dates that their era or 年 proves, with years of three digits, with two, without marks.
    minguo_proven: Tally,
    minguo_three: Tally,
    minguo_two: Tally,
    minguo_compact: Tally,
    /// Numbers in the range of [`SERIALS`].
    serial: Tally,
    /// Numbers that an Excel serial may be at all.
    serial_read: u64,
    instants: [Instants; 4],
}

impl Default for DateEvidence {
    fn default() -> Self {
        Self {
            filled: 0,
            year_first: [const { Tally::NONE }; 4],
            orders: Orders::default(),
            named: [const { Tally::NONE }; 2],
            compact: Tally::NONE,
            compact_near: 0,
            minguo_proven: Tally::NONE,
            minguo_three: Tally::NONE,
            minguo_two: Tally::NONE,
            minguo_compact: Tally::NONE,
            serial: Tally::NONE,
            serial_read: 0,
            instants: [const { Instants::new() }; 4],
        }
    }
}

impl DateEvidence {
    /// Takes a cell of text into account. Blank cells and words such as NULL say nothing.
    pub fn observe(&mut self, cell: &[u8]) {
        let plain = cell::plain(cell);
        if cell::is_null(plain) {
            return;
        }
        self.filled += 1;
        let text = cell::folded(plain);
        match numeric::number(&text) {
            // `5.1` is a number, and `5.1.2024` is none.
            Some((whole, fraction)) => self.observe_number(whole, fraction, &text),
            None => self.observe_text(&text),
        }
    }

    /// Takes a row's cell into account: text, or a number as its text. Days and instants have no format to be found.
    pub fn observe_cell(&mut self, cells: &Cells, row: usize) {
        match cells {
            Cells::Text(cells) => self.observe(cells.get(row).unwrap_or_default()),
            Cells::Int(_) | Cells::Float(_) | Cells::Decimal { .. } => self.observe(cells.text(row).as_bytes()),
            Cells::Day(_) | Cells::Stamp { .. } => {}
        }
    }

    /// How many cells were observed that are neither blank nor a word for that.
    #[must_use]
    pub const fn filled(&self) -> u64 {
        self.filled
    }

    /// Whether more cells would hardly change the decision: either the order is no question and many cells were seen, or
    /// enough values tell the day from the month.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        if self.orders.total() * 2 > self.filled {
            return self.orders.is_settled();
        }
        self.filled >= ENOUGH
    }

    fn observe_number(&mut self, whole: i64, fraction: f64, text: &[u8]) {
        if let Some((day, _)) = numeric::compact(text) {
            self.compact.add(text);
            self.compact_near += u64::from(COMPACT_DAYS.contains(&day.0));
        }
        if written::minguo_compact(text).is_some() {
            self.minguo_compact.add(text);
        }
        self.serial_read += u64::from(numeric::serial_day(SerialSystem::From1900, whole, fraction).is_some());
        if SERIALS.contains(&whole) {
            self.serial.add(text);
        }
        for (unit, instants) in UNITS.into_iter().zip(&mut self.instants) {
            instants.observe(whole, unit, text);
        }
    }

    fn observe_text(&mut self, text: &[u8]) {
        if let Some(written) = written::read(text) {
            self.observe_triple(written.triple, text);
        } else if let Some(named) = months::read(text) {
            self.named[usize::from(named.month_first)].add(text);
        } else if let Some((day, _)) = numeric::compact(text) {
            // With a time behind it.
            self.compact.add(text);
            self.compact_near += u64::from(COMPACT_DAYS.contains(&day.0));
        }
    }

    fn observe_triple(&mut self, triple: written::Triple, text: &[u8]) {
        let first = triple.parts[0].digits;
        if triple.minguo_day().is_some() {
            if triple.era || (triple.mark == Mark::Han && first == 3) {
                self.minguo_proven.add(text);
            } else if first == 3 {
                self.minguo_three.add(text);
            } else {
                self.minguo_two.add(text);
            }
        }
        if first == 4 {
            if triple.day(DateOrder::YearFirst, YearDigits::Four).is_some() {
                self.year_first[triple.mark as usize].add(text);
            }
        } else {
            self.orders.observe(triple, text);
        }
    }

    /// The year-first dates with years of four digits: how many, the mark that most have, an example of those.
    fn year_first(&self) -> (u64, Mark, &Tally) {
        const MARKS: [Mark; 4] = [Mark::Dash, Mark::Slash, Mark::Point, Mark::Han];
        let mut most = (Mark::Dash, &self.year_first[0]);
        for (mark, tally) in MARKS.into_iter().zip(&self.year_first) {
            if tally.count > most.1.count {
                most = (mark, tally);
            }
        }
        (self.year_first.iter().map(|tally| tally.count).sum(), most.0, most.1)
    }
}

#[cfg(test)]
mod tests;
