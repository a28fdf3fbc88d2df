//! Whether a scenario still holds: figures that moved by more than its tolerance, and the day of its review.

use std::fmt;

use super::{Figures, SegmentFigures};
use crate::lang;
use crate::model::customers::Axis;
use crate::model::day::Day;
use crate::model::money::Decimal;
use crate::show::numbers::{self, count, rounded};
use crate::tr;

/// A figure of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Customers in all.
    Customers,
    /// Orders in all.
    Orders,
    /// The net sum of all amounts.
    Revenue,
    /// A cut of an axis, by its position from 0.
    Cut(Axis, usize),
    /// Customers of a segment, by its name.
    SegmentCustomers(String),
    /// The net sum of a segment, by its name.
    SegmentRevenue(String),
}

/// A figure that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drift {
    /// It moved by more than the tolerance.
    Moved {
        /// Which.
        figure: Figure,
        /// What it was.
        expected: Decimal,
        /// What it is.
        actual: Decimal,
        /// The change in percent of the expected value's size, rounded to two decimals more than the tolerance has; `None`
        /// where the expected value is zero or the numbers have more digits than can be computed with.
        change: Option<Decimal>,
    },
    /// An axis has another number of cuts.
    CutCount {
        /// The axis.
        axis: Axis,
        /// The cuts it had.
        expected: usize,
        /// The cuts it has.
        actual: usize,
    },
    /// A segment that was not expected.
    Appeared(SegmentFigures),
    /// A segment that was expected, as it was.
    Vanished(SegmentFigures),
}

/// Names every figure that moved by more than the tolerance, in percent of the size of what was expected; exactly the
/// tolerance is no drift, and from zero every move is. Cuts and segments of which nothing is expected are passed over.
/// Exact; figures with more digits than 38, decimals and tolerance included, count as moved unless they are equal.
#[must_use]
pub fn drift(expected: &Figures, actual: &Figures, tolerance: Decimal) -> Vec<Drift> {
    let moved = |figure, expected, actual| moved(figure, expected, actual, tolerance);
    let mut found: Vec<Drift> = Vec::new();
    found.extend(moved(Figure::Customers, whole(expected.customers), whole(actual.customers)));
    found.extend(moved(Figure::Orders, whole(expected.orders), whole(actual.orders)));
    found.extend(moved(Figure::Revenue, expected.revenue, actual.revenue));
    for axis in Axis::ALL {
        let (expected, actual) = (&expected.cuts[axis.index()], &actual.cuts[axis.index()]);
        if expected.is_empty() {
            continue;
        }
        if expected.len() != actual.len() {
            found.push(Drift::CutCount { axis, expected: expected.len(), actual: actual.len() });
            continue;
        }
        let pairs = expected.iter().zip(actual).enumerate();
        found.extend(pairs.filter_map(|(position, (was, is))| moved(Figure::Cut(axis, position), *was, *is)));
    }
    for was in &expected.segments {
        let Some(is) = actual.segments.iter().find(|is| is.name == was.name) else {
            found.push(Drift::Vanished(was.clone()));
            continue;
        };
        let customers = Figure::SegmentCustomers(was.name.clone());
        found.extend(moved(customers, whole(was.customers), whole(is.customers)));
        found.extend(moved(Figure::SegmentRevenue(was.name.clone()), was.revenue, is.revenue));
    }
    if !expected.segments.is_empty() {
        let known = |is: &&SegmentFigures| expected.segments.iter().any(|was| was.name == is.name);
        found.extend(actual.segments.iter().filter(|is| !known(is)).cloned().map(Drift::Appeared));
    }
    found
}

/// Days since the day of review has passed: 1 on the day after it. `None` up to that day, and without one.
#[must_use]
pub fn overdue(review_by: Option<Day>, today: Day) -> Option<i32> {
    review_by.map(|day| today - day).filter(|days| *days > 0)
}

fn whole(count: u64) -> Decimal {
    Decimal { mantissa: count.into(), decimals: 0 }
}

fn moved(figure: Figure, expected: Decimal, actual: Decimal, tolerance: Decimal) -> Option<Drift> {
    if expected.compare(actual).is_eq() || within(expected, actual, tolerance) == Some(true) {
        return None;
    }
    Some(Drift::Moved {
        figure,
        expected,
        actual,
        change: change(expected, actual, tolerance.decimals.saturating_add(2)),
    })
}

/// The difference to the expected number, and the expected number, in the same decimals.
fn difference(expected: Decimal, actual: Decimal) -> Option<(i128, i128)> {
    let decimals = expected.decimals.max(actual.decimals);
    let (expected, actual) = (expected.mantissa_at(decimals)?, actual.mantissa_at(decimals)?);
    Some((actual.checked_sub(expected)?, expected))
}

/// Whether the difference is at most so many percent; `None` where that cannot be computed exactly.
fn within(expected: Decimal, actual: Decimal, tolerance: Decimal) -> Option<bool> {
    let (difference, expected) = difference(expected, actual)?;
    // |difference| / |expected| <= tolerance / 100, multiplied out.
    let hundred = 10u128.checked_pow(u32::from(tolerance.decimals) + 2)?;
    let difference = difference.unsigned_abs().checked_mul(hundred)?;
    let allowed = u128::try_from(tolerance.mantissa).unwrap_or(0).checked_mul(expected.unsigned_abs())?;
    Some(difference <= allowed)
}

/// The change in percent, with so many decimals.
fn change(expected: Decimal, actual: Decimal, decimals: u8) -> Option<Decimal> {
    let (difference, expected) = difference(expected, actual)?;
    let size = expected.checked_abs().filter(|size| *size > 0)?;
    let scaled = difference.checked_mul(10i128.checked_pow(u32::from(decimals) + 2)?)?;
    // Rounding adds half the divisor.
    scaled.checked_abs()?.checked_add(size)?;
    Some(Decimal { mantissa: rounded(scaled, size), decimals })
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let segment = |name| lang::name("segment", name);
        match self {
            Self::Customers => f.write_str(tr!("figure" | "customers")),
            Self::Orders => f.write_str(tr!("figure" | "orders")),
            Self::Revenue => f.write_str(tr!("figure" | "revenue")),
            Self::Cut(axis, position) => {
                f.write_str(&tr!("{axis} cut {number}", axis = axis.title(), number = position + 1))
            }
            Self::SegmentCustomers(name) => f.write_str(&tr!("customers of {name}", name = segment(name))),
            Self::SegmentRevenue(name) => f.write_str(&tr!("revenue of {name}", name = segment(name))),
        }
    }
}

/// One line: `customers of Champions: expected 412, now 455 (+10.44%)`.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |segment: &SegmentFigures| (lang::name("segment", &segment.name).to_owned(), totals(segment));
        f.write_str(&match self {
            Self::Moved { figure, expected, actual, change } => {
                let (expected, actual) = (numbers::decimal(*expected), numbers::decimal(*actual));
                match change {
                    None => tr!("{figure}: expected {expected}, now {actual}", figure, expected, actual),
                    Some(change) => {
                        let change = numbers::signed(change.mantissa, numbers::decimal(*change));
                        tr!("{figure}: expected {expected}, now {actual} ({change}%)", figure, expected, actual, change)
                    }
                }
            }
            Self::CutCount { axis, expected, actual } => {
                tr!("cuts of {axis}: expected {expected}, now {actual}", axis = axis.title(), expected, actual)
            }
            Self::Appeared(segment) => {
                let (name, totals) = named(segment);
                tr!("segment {name}: not expected, now {totals}", name, totals)
            }
            Self::Vanished(segment) => {
                let (name, totals) = named(segment);
                tr!("segment {name}: expected {totals}, now gone", name, totals)
            }
        })
    }
}

/// A segment's figures in words.
fn totals(segment: &SegmentFigures) -> String {
    let (customers, revenue) = (count(segment.customers), numbers::decimal(segment.revenue));
    tr!("{customers} customers with revenue {revenue}", customers, revenue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text.as_bytes()).unwrap_or_default()
    }

    fn segment(name: &str, customers: u64, revenue: &str) -> SegmentFigures {
        SegmentFigures { name: name.to_owned(), customers, revenue: decimal(revenue) }
    }

    fn saved() -> Figures {
        Figures {
            customers: 1_000,
            orders: 0,
            revenue: decimal("-200.00"),
            cuts: [vec![decimal("30"), decimal("90")], vec![decimal("1.27")], Vec::new()],
            segments: vec![segment("Top", 400, "1234.50"), segment("Old", 0, "0")],
        }
    }

    fn told(actual: &Figures, tolerance: &str) -> Vec<String> {
        drift(&saved(), actual, decimal(tolerance)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn exactly_the_tolerance_is_no_drift() {
        let mut actual = saved();
        assert_eq!(told(&actual, "0"), [""; 0]);
        (actual.customers, actual.revenue) = (1_010, decimal("-202"));
        assert_eq!(told(&actual, "1"), [""; 0]);
        assert_eq!(told(&actual, "1.000"), [""; 0]);
        assert_eq!(told(&actual, "0.99").len(), 2);
        (actual.customers, actual.revenue) = (1_011, decimal("-202.001"));
        assert_eq!(
            told(&actual, "1"),
            ["customers: expected 1,000, now 1,011 (+1.10%)", "revenue: expected -200.00, now -202.001 (-1.00%)"]
        );
        actual = Figures { customers: 990, ..saved() };
        assert_eq!(told(&actual, "1"), [""; 0]);
        actual.customers = 989;
        assert_eq!(told(&actual, "1"), ["customers: expected 1,000, now 989 (-1.10%)"]);
    }

    #[test]
    fn every_move_from_zero_is_drift() {
        let mut actual = Figures { orders: 1, ..saved() };
        actual.segments[1] = segment("Old", 2, "0.00");
        assert_eq!(told(&actual, "500"), ["orders: expected 0, now 1", "customers of Old: expected 0, now 2"]);
    }

    #[test]
    fn segments_come_and_go() {
        let actual =
            Figures { segments: vec![segment("Top", 400, "1234.5"), segment("New", 1_200, "9876")], ..saved() };
        assert_eq!(
            told(&actual, "1"),
            [
                "segment Old: expected 0 customers with revenue 0, now gone",
                "segment New: not expected, now 1,200 customers with revenue 9,876",
            ]
        );
        let none = Figures { segments: Vec::new(), ..saved() };
        assert_eq!(drift(&none, &actual, decimal("1")), []);
    }

    #[test]
    fn cuts_follow_the_data_within_the_tolerance() {
        let mut actual = saved();
        actual.cuts = [vec![decimal("30"), decimal("91")], vec![decimal("1.2701")], vec![decimal("5")]];
        assert_eq!(told(&actual, "1"), ["recency cut 2: expected 90, now 91 (+1.11%)"]);
        actual.cuts[0].pop();
        assert_eq!(told(&actual, "1"), ["cuts of recency: expected 2, now 1"]);
    }

    #[test]
    fn numbers_beyond_computing_count_as_moved_unless_equal() {
        let huge = |text: &str| Figures { revenue: decimal(text), ..Figures::default() };
        assert_eq!(drift(&huge("1e36"), &huge("1e36"), decimal("1")), []);
        let found = drift(&huge("1e36"), &huge("1e-36"), decimal("1"));
        assert!(matches!(found[..], [Drift::Moved { change: None, .. }]), "{found:?}");
        assert!(found[0].to_string().starts_with("revenue: expected 1,000,000"));
    }

    #[test]
    fn a_review_is_overdue_from_the_day_after() {
        let day = |day| Day::from_ymd(2026, 12, day).unwrap_or_default();
        assert_eq!(overdue(Some(day(30)), day(30)), None);
        assert_eq!(overdue(Some(day(30)), day(31)), Some(1));
        assert_eq!(overdue(None, day(31)), None);
    }

    #[test]
    fn a_percent_is_exact_at_any_scale() {
        for (expected, actual, tolerance, is_drift) in [
            ("0.1", "0.101", "1", false),
            ("0.1", "0.1010000001", "1", true),
            ("3", "3.0000000000000000000003", "0.00000000000000000001", false),
            ("3", "3.0000000000000000000004", "0.00000000000000000001", true),
            ("-5", "5", "200", false),
            ("-5", "5.01", "200", true),
        ] {
            let (expected, actual) = (decimal(expected), decimal(actual));
            let found = moved(Figure::Revenue, expected, actual, decimal(tolerance));
            assert_eq!(found.is_some(), is_drift, "{expected} {actual} {tolerance}");
        }
    }
}
