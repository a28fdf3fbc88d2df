//! How numbers and days become lines: each by itself where they are few, else bands of one width with round ends.

use super::Value;
use crate::model::calendar::{Period, month};
use crate::model::day::Day;

/// The most bands, with the open ones at both ends.
pub(super) const MOST_BANDS: usize = 12;

/// How the values of a field become lines. Behind the lines of values stands that of those without any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    /// Texts: a line a code, from 1.
    Texts(usize),
    /// Some numbers, rising: a line each.
    Each(Vec<i64>),
    /// Bands.
    Bands(Bands),
    /// Stretches of the calendar, by their first days, rising; the last one ends before the last number.
    Days(Vec<i64>),
    /// No, then yes.
    Flags,
}

/// Bands of one width; those at the ends may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bands {
    /// Where the first closed band begins.
    first: i64,
    width: i64,
    /// Closed bands.
    count: usize,
    /// Whether there is an open one below, and above.
    open: [bool; 2],
}

impl Grouping {
    /// The line of a value; that behind all others where there is none.
    #[inline]
    pub(super) fn line(&self, value: Option<i64>) -> usize {
        let Some(value) = value else { return self.values() };
        match self {
            Self::Texts(_) => (value - 1) as usize,
            Self::Each(numbers) => numbers.partition_point(|number| *number < value),
            Self::Bands(bands) => bands.place(value),
            Self::Days(starts) => starts.partition_point(|start| *start <= value).saturating_sub(1),
            Self::Flags => usize::from(value != 0),
        }
    }

    /// How many lines of values.
    pub(super) fn values(&self) -> usize {
        match self {
            Self::Texts(codes) => *codes,
            Self::Each(numbers) => numbers.len(),
            Self::Bands(bands) => bands.len(),
            Self::Days(starts) => starts.len().saturating_sub(1),
            Self::Flags => 2,
        }
    }

    /// The values of a line.
    pub(super) fn value(&self, line: usize) -> Value {
        if line >= self.values() {
            return Value::Missing;
        }
        match self {
            Self::Texts(_) => Value::Text(line as i64 + 1),
            Self::Each(numbers) => Value::Number(numbers[line]),
            Self::Bands(bands) => bands.value(line),
            Self::Days(starts) => Value::Range(Some(starts[line]), Some(starts[line + 1] - 1)),
            Self::Flags => Value::Flag(line == 1),
        }
    }

    /// Months, quarters or years from one day to another: the shortest of which there are not too many, else years.
    pub(super) fn days(first: i64, last: i64) -> Self {
        let (first, last) = (Day(first as i32), Day(last as i32));
        let months = (month(last) - month(first) + 1).max(1) as usize;
        let period = match months {
            ..=MOST_BANDS => Period::Month,
            // A quarter more than their third may be touched.
            months if months.div_ceil(3) < MOST_BANDS => Period::Quarter,
            _ => Period::Year,
        };
        let mut starts = vec![period.around(first).0];
        while let Some(start) = starts.last().copied().filter(|start| *start <= last) {
            starts.push(period.around(start).1 + 1);
        }
        Self::Days(starts.into_iter().map(|day| day.0.into()).collect())
    }
}

impl Bands {
    /// Bands over sorted values of which only some may be given, and the least and the largest of all. Their width is the
    /// smallest of 1, 2, 5, 10, 20, ... smallest units that needs no more than ten of them for all but the lowest and the
    /// highest hundredth: single values far off would leave all others in one band. What is beyond is in open bands.
    pub(super) fn over(some: &[i64], least: i64, largest: i64) -> Self {
        const CLOSED: i64 = MOST_BANDS as i64 - 2;
        let at = |hundredth: usize| some.get(some.len().saturating_sub(1) * hundredth / 100).copied();
        let (low, high) = match (at(1), at(99)) {
            (Some(low), Some(high)) if low < high => (low, high),
            _ => (least, largest),
        };
        let (low, high) = (i128::from(low), i128::from(high));
        let mut width = 1;
        for step in [2, 5, 2].into_iter().cycle() {
            if high.div_euclid(width) - low.div_euclid(width) < i128::from(CLOSED) {
                break;
            }
            // From 1 to 2, to 5, to 10.
            width = if step == 5 { width / 2 * 5 } else { width * 2 };
        }
        let (mut first, mut end) = (low.div_euclid(width) * width, (high.div_euclid(width) + 1) * width);
        // One more band rather than an open one, where it holds all.
        let beyond = |first: i128, end: i128| [i128::from(least) < first, i128::from(largest) >= end];
        if beyond(first, end)[0] && i128::from(least) >= first - width {
            first -= width;
        }
        if beyond(first, end)[1] && i128::from(largest) < end + width {
            end += width;
        }
        let open = beyond(first, end);
        let first_of = first.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
        let width_of = i64::try_from(width).unwrap_or(i64::MAX);
        Self { first: first_of, width: width_of, count: ((end - first) / width) as usize, open }
    }

    fn len(&self) -> usize {
        self.count + self.open.iter().filter(|open| **open).count()
    }

    fn place(&self, value: i64) -> usize {
        let below = usize::from(self.open[0]);
        if value < self.first {
            return 0;
        }
        let number = (i128::from(value) - i128::from(self.first)) / i128::from(self.width);
        below + (number as usize).min(self.len() - below - 1)
    }

    fn value(&self, line: usize) -> Value {
        let below = usize::from(self.open[0]);
        let start = |band: usize| {
            let start = i128::from(self.first) + i128::from(self.width) * band as i128;
            start.clamp(i64::MIN.into(), i64::MAX.into()) as i64
        };
        match line.checked_sub(below) {
            None => Value::Range(None, Some(self.first - 1)),
            Some(band) if band >= self.count => Value::Range(Some(start(self.count)), None),
            Some(band) if self.width == 1 => Value::Number(start(band)),
            Some(band) => Value::Range(Some(start(band)), Some(start(band + 1).saturating_sub(1))),
        }
    }
}
