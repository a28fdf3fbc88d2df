//! Stretches of the calendar: months that are counted from any day, and the months, quarters and years of the calendar.
//!
//! A day is so many months later on the same day of the month; where that month has no such day, on the first of the
//! next one. So a year after 2020-02-29 has passed on 2021-03-01, and a window of one month that ends on 2021-02-28
//! begins on 2021-01-29: it leaves out all days from which a month has passed.

use super::day::Day;

/// A length of time, counted from any day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// So many consecutive days.
    Days(u32),
    /// So many calendar months.
    Months(u32),
}

impl Span {
    /// The most days that a span has in a text: a century's.
    pub const MOST_DAYS: u32 = 36_525;
    /// The most months that a span has in a text: a century's.
    pub const MOST_MONTHS: u32 = 1_200;

    /// The first day on which the span has passed since a day; never earlier for a later day.
    #[must_use]
    pub fn after(self, day: Day) -> Day {
        match self {
            Self::Days(days) => day + i32::try_from(days).unwrap_or(i32::MAX),
            Self::Months(months) => {
                let (first, number) = (first_of(later(month(day), months)), day.ymd().2 as i32);
                let next = first_of(later(month(day), months.saturating_add(1)));
                if number <= next - first { first + (number - 1) } else { next }
            }
        }
    }

    /// The first day of the window of this length that ends on a day: the earliest one since which the span has not passed
    /// on that day.
    #[must_use]
    pub fn first_within(self, end: Day) -> Day {
        match self {
            Self::Days(days) => Day(end.0.saturating_sub(i32::try_from(days).unwrap_or(i32::MAX)).saturating_add(1)),
            Self::Months(months) => {
                let there = month(end).saturating_sub(i32::try_from(months).unwrap_or(i32::MAX));
                let (first, next) = (first_of(there), first_of(there.saturating_add(1)));
                // The day so many months earlier, or the last of a shorter month, is the last one left out.
                first + (end.ymd().2 as i32).min(next - first)
            }
        }
    }
}

/// A stretch of the calendar that begins on the first of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// A calendar month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// First and last day of the one that a day lies in.
    #[must_use]
    pub fn around(self, day: Day) -> (Day, Day) {
        let month = month(day);
        let first = month - month.rem_euclid(self.months());
        (first_of(first), first_of(first + self.months()) + -1)
    }
}

/// The number of a day's month; the next month has the next number.
#[must_use]
pub fn month(day: Day) -> i32 {
    let (year, month, _) = day.ymd();
    year * 12 + month as i32 - 1
}

fn later(month: i32, months: u32) -> i32 {
    month.saturating_add(i32::try_from(months).unwrap_or(i32::MAX))
}

/// The first day of the month of a number; beyond the calendar the last day on that side, which no data reaches.
fn first_of(month: i32) -> Day {
    let beyond = if month < 0 { Day(i32::MIN) } else { Day(i32::MAX) };
    Day::from_ymd(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1).unwrap_or(beyond)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::day::NotADay;

    #[test]
    fn a_day_that_a_month_lacks_is_the_first_of_the_next() -> Result<(), NotADay> {
        for (day, months, expected) in [
            ("2020-02-29", 12, "2021-03-01"),
            ("2020-02-29", 48, "2024-02-29"),
            ("2021-02-28", 12, "2022-02-28"),
            ("2021-01-31", 1, "2021-03-01"),
            ("2024-01-29", 1, "2024-02-29"),
            ("2024-01-30", 1, "2024-03-01"),
            ("2024-10-31", 1, "2024-12-01"),
            ("2024-12-15", 1, "2025-01-15"),
        ] {
            assert_eq!(Span::Months(months).after(day.parse()?), expected.parse()?, "{day} {months}");
        }
        assert_eq!(Span::Days(30).after("2024-02-01".parse()?), "2024-03-02".parse()?);
        Ok(())
    }

    #[test]
    fn a_window_leaves_out_the_day_so_many_months_earlier() -> Result<(), NotADay> {
        for (end, span, expected) in [
            ("2021-02-28", Span::Months(12), "2020-02-29"),
            ("2021-03-01", Span::Months(12), "2020-03-02"),
            ("2024-12-31", Span::Months(12), "2024-01-01"),
            ("2021-02-28", Span::Months(1), "2021-01-29"),
            ("2021-03-31", Span::Months(1), "2021-03-01"),
            ("2021-03-28", Span::Months(1), "2021-03-01"),
            ("2024-01-30", Span::Days(30), "2024-01-01"),
            ("2024-01-30", Span::Days(1), "2024-01-30"),
        ] {
            assert_eq!(span.first_within(end.parse()?), expected.parse()?, "{end} {span:?}");
        }
        Ok(())
    }

    #[test]
    fn periods_begin_and_end_with_the_calendar() -> Result<(), NotADay> {
        for (period, first, last) in [
            (Period::Month, "2024-02-01", "2024-02-29"),
            (Period::Quarter, "2024-01-01", "2024-03-31"),
            (Period::Year, "2024-01-01", "2024-12-31"),
        ] {
            assert_eq!(period.around("2024-02-10".parse()?), (first.parse()?, last.parse()?), "{period:?}");
        }
        assert_eq!(Period::Year.around("2024-12-31".parse()?).1, "2024-12-31".parse()?);
        Ok(())
    }

    #[test]
    fn the_ends_of_the_calendar_overflow_nothing() {
        for day in [Day(i32::MIN), Day(i32::MAX), Day(0)] {
            for span in [Span::Days(u32::MAX), Span::Months(u32::MAX), Span::Months(1)] {
                assert!(span.first_within(day) <= span.after(day));
            }
            for period in Period::ALL {
                assert!(period.around(day).0 <= period.around(day).1);
            }
        }
    }

    proptest! {
        #[test]
        fn a_day_is_in_the_window_until_the_span_has_passed(
            day in 0i32..40_000, ahead in 0i32..900, months in any::<bool>(), length in 1u32..30,
        ) {
            let span = if months { Span::Months(length) } else { Span::Days(length) };
            let (day, end) = (Day(day), Day(day + ahead));
            prop_assert_eq!(span.first_within(end) <= day, end < span.after(day));
            prop_assert!(span.after(day) <= span.after(day + 1));
        }
    }
}
