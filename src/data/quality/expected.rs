//! Control totals: what the figures should be, by whoever gave the data out.

use serde::Serialize;

use super::{Control, Quality};
use crate::model::money::{Decimal, Money, Scale};
use crate::show::numbers::{count, decimal, money, rounded};
use crate::tr;

/// A figure held against what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What it should be.
    pub expected: String,
    /// What it is, with all its digits.
    pub found: String,
    /// How far apart they are; money to the cent.
    pub apart: String,
    /// Whether that is nothing.
    pub holds: bool,
}

/// What was expected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Expected {
    /// The net sum of all kept amounts.
    pub total: Option<Figure>,
    /// The rows read.
    pub rows: Option<Figure>,
}

impl Expected {
    /// Whether everything is as expected.
    #[must_use]
    pub fn holds(&self) -> bool {
        [&self.total, &self.rows].into_iter().flatten().all(|figure| figure.holds)
    }
}

impl Quality {
    /// Holds the control figures against what they should be. Money is compared at the cent; a total too large to have
    /// cents never holds.
    pub fn expect(&mut self, total: Option<Decimal>, rows: Option<u64>) {
        let Control { revenue, rows: found, .. } = self.control;
        self.expected = Some(Expected {
            total: total.map(|total| of_money(total, revenue)),
            rows: rows.map(|rows| Figure {
                expected: rows.to_string(),
                found: found.to_string(),
                apart: (i128::from(found) - i128::from(rows)).to_string(),
                holds: rows == found,
            }),
        });
    }
}

fn of_money(total: Decimal, found: Money) -> Figure {
    let found_cents = cents(Decimal { mantissa: found.minor, decimals: found.scale.decimals() });
    let apart = cents(total).zip(found_cents).and_then(|(total, found)| found.checked_sub(total));
    Figure {
        expected: total.to_string(),
        found: found.to_string(),
        apart: apart.map_or_else(
            || tr!("more than can be told").to_owned(),
            |apart| Money::new(apart, Scale::CENTS).to_string(),
        ),
        holds: apart == Some(0),
    }
}

/// A number in hundredths, rounded half away from zero; `None` where it is too large for that.
fn cents(value: Decimal) -> Option<i128> {
    const CENTS: u8 = Scale::CENTS.decimals();
    match value.decimals.checked_sub(CENTS) {
        None | Some(0) => value.mantissa_at(CENTS),
        Some(finer) => Some(10i128.checked_pow(finer.into()).map_or(0, |unit| rounded(value.mantissa, unit))),
    }
}

impl Figure {
    /// The figures in words, with thousands separators.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { expected, found, apart, .. } = self;
        tr!(
            "expected {expected}, found {found}: {apart} apart",
            expected = grouped(expected),
            found = grouped(found),
            apart = grouped(apart),
        )
    }
}

fn grouped(number: &str) -> String {
    match (number.parse::<i128>(), Decimal::parse(number.as_bytes())) {
        (Ok(whole), _) => count(whole),
        (_, Ok(value)) if value.decimals <= Scale::MAX.decimals() => money(value.mantissa, Scale::new(value.decimals)),
        (_, Ok(value)) => decimal(value),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::money::DecimalError;

    #[test]
    fn totals_are_compared_at_the_cent_and_shown_to_the_last_digit() -> Result<(), DecimalError> {
        // Expected, found (millionths), what is said, whether it holds.
        let cases = [
            ("8911407.90", 8_911_407_904_000i64, "expected 8,911,407.90, found 8,911,407.904000: 0.00 apart", true),
            ("8911407.9", 8_911_407_896_000, "expected 8,911,407.9, found 8,911,407.896000: 0.00 apart", true),
            ("8911407.90", 8_911_407_910_000, "expected 8,911,407.90, found 8,911,407.910000: 0.01 apart", false),
            ("10", 5_000_000, "expected 10, found 5.000000: -5.00 apart", false),
            ("-1", -1_004_999, "expected -1, found -1.004999: 0.00 apart", true),
            ("-1", -1_005_000, "expected -1, found -1.005000: -0.01 apart", false),
        ];
        for (expected, micros, words, holds) in cases {
            let figure = of_money(Decimal::parse(expected.as_bytes())?, Money::new(micros, Scale::MAX));
            assert_eq!((figure.words().as_str(), figure.holds), (words, holds));
        }
        let whole = of_money(Decimal::parse(b"31646.00")?, Money::new(31_646, Scale::UNITS));
        assert_eq!((whole.words().as_str(), whole.holds), ("expected 31,646.00, found 31,646: 0.00 apart", true));
        let huge = of_money(Decimal { mantissa: i128::MAX, decimals: 0 }, Money::new(1, Scale::CENTS));
        assert!(!huge.holds && huge.apart.contains("more"));
        Ok(())
    }
}
