//! The days on which anything happened, and those on which nothing did.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::day::Day;
use crate::show::serial::text;

/// The different days of a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    days: BTreeSet<Day>,
    /// The day of the row before, which most rows repeat.
    latest: Option<Day>,
}

/// A run of days without a row, both ends among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The first day without.
    #[serde(serialize_with = "text")]
    pub from: Day,
    /// The last day without.
    #[serde(serialize_with = "text")]
    pub to: Day,
    /// How many.
    pub days: u64,
}

/// Days of a period on which no row is dated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Quiet {
    /// How many there are in all.
    pub days: u64,
    /// The longest run of them, the first of equals.
    pub longest: Option<Gap>,
}

impl Days {
    /// Enters a row's day.
    pub(super) fn add(&mut self, day: Day) {
        if self.latest != Some(day) {
            self.latest = Some(day);
            self.days.insert(day);
        }
    }

    /// How many days there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The days without a row from a first to a last day, both counted.
    #[must_use]
    pub fn quiet(&self, first: Day, last: Day) -> Quiet {
        let mut quiet = Quiet::default();
        let mut next = first;
        // The day after the last ends the last run.
        let within = self.days.range(first..=last.max(first)).copied();
        for day in within.chain([last + 1]) {
            let days = u64::try_from(day - next).unwrap_or_default();
            quiet.days += days;
            if days > quiet.longest.map_or(0, |gap| gap.days) {
                quiet.longest = Some(Gap { from: next, to: day + -1, days });
            }
            next = day + 1;
        }
        quiet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days of rows, the period, days without, the longest run.
    type Case = (&'static [i32], (i32, i32), u64, Option<Gap>);

    fn days(days: &[i32]) -> Days {
        let mut all = Days::default();
        for day in days {
            all.add(Day(*day));
        }
        all
    }

    #[test]
    fn days_without_rows_are_counted_and_the_longest_run_is_named() {
        let gap = |from, to, days| Some(Gap { from: Day(from), to: Day(to), days });
        let cases: [Case; 6] = [
            (&[1, 2, 3], (1, 3), 0, None),
            (&[1, 1, 5, 3, 9], (1, 9), 5, gap(6, 8, 3)),
            (&[1, 3, 5], (1, 5), 2, gap(2, 2, 1)),
            (&[5], (3, 9), 6, gap(6, 9, 4)),
            (&[], (1, 3), 3, gap(1, 3, 3)),
            (&[-40, 2, 90], (1, 4), 3, gap(3, 4, 2)),
        ];
        for (rows, (first, last), without, longest) in cases {
            let quiet = days(rows).quiet(Day(first), Day(last));
            assert_eq!((quiet.days, quiet.longest), (without, longest), "{rows:?}");
        }
        assert_eq!(days(&[4, 4, 2, 4]).len(), 2);
    }
}
