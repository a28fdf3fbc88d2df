//! The values that a comparison with a number leaves, exact whatever its decimals.

use crate::model::filter::Comparison;
use crate::model::money::{Decimal, Scale};

/// Whole numbers from the low one to the high one, both inclusive; none, where the low one is above the high one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The least; `i64::MIN` where that end is open.
    pub low: i64,
    /// The most; `i64::MAX` where that end is open.
    pub high: i64,
}

impl Span {
    /// What no value is in.
    pub const NOTHING: Self = Self { low: i64::MAX, high: i64::MIN };

    /// The values that a comparison with a number leaves, in smallest units of a scale: `> 10.005` begins at 1001 cents.
    /// A number that no value can reach opens the end, or leaves nobody. For [`Comparison::Unequal`] it is the values that
    /// are left out.
    #[must_use]
    pub fn of(comparison: Comparison, number: Decimal, scale: Scale) -> Self {
        let (floor, ceil) = around(number, scale);
        let (least, most) = (i128::MIN, i128::MAX);
        let (low, high) = match comparison {
            Comparison::AtMost => (least, floor),
            Comparison::AtLeast => (ceil, most),
            Comparison::Below => (least, ceil.saturating_sub(1)),
            Comparison::Above => (floor.saturating_add(1), most),
            Comparison::Equal | Comparison::Unequal => (ceil, floor),
        };
        Self::clamped(low, high)
    }

    /// The values from one number to another, both inclusive, in smallest units of a scale.
    #[must_use]
    pub fn between(low: Decimal, high: Decimal, scale: Scale) -> Self {
        Self::clamped(around(low, scale).1, around(high, scale).0)
    }

    /// The 64-bit numbers between two ends.
    pub(super) fn clamped(low: i128, high: i128) -> Self {
        let (least, most) = (i128::from(i64::MIN), i128::from(i64::MAX));
        if low > most || high < least || low > high {
            return Self::NOTHING;
        }
        // What lies beyond all values on its own side bounds none of them.
        Self { low: low.max(least) as i64, high: high.min(most) as i64 }
    }

    /// Whether no value is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.low > self.high
    }
}

/// The nearest whole numbers of smallest units that are not above and not below a number; where they do not fit, the end
/// of what does.
fn around(number: Decimal, scale: Scale) -> (i128, i128) {
    let Some(fewer) = number.decimals.checked_sub(scale.decimals()).filter(|fewer| *fewer > 0) else {
        let more = scale.decimals().saturating_sub(number.decimals);
        let whole = number.mantissa.saturating_mul(10i128.pow(more.into()));
        return (whole, whole);
    };
    let Some(divisor) = 10i128.checked_pow(fewer.into()) else {
        // A divisor beyond 128 bits leaves a fraction of one.
        return (-i128::from(number.mantissa < 0), i128::from(number.mantissa > 0));
    };
    let floor = number.mantissa.div_euclid(divisor);
    (floor, floor + i128::from(number.mantissa.rem_euclid(divisor) != 0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::money::DecimalError;

    #[test]
    fn bounds_are_exact_whatever_the_decimals() -> Result<(), DecimalError> {
        use Comparison::{Above, AtLeast, AtMost, Below, Equal};
        const UNITS: Scale = Scale::UNITS;
        const CENTS: Scale = Scale::CENTS;
        let (least, most) = (i64::MIN, i64::MAX);
        for (comparison, number, scale, expected) in [
            (Above, "10.005", CENTS, (1_001, most)),
            (AtLeast, "10.005", CENTS, (1_001, most)),
            (Below, "10.005", CENTS, (least, 1_000)),
            (Below, "10", CENTS, (least, 999)),
            (Above, "-10.005", CENTS, (-1_000, most)),
            (AtMost, "1.5", UNITS, (least, 1)),
            (Below, "2", UNITS, (least, 1)),
            (AtMost, "1.5", CENTS, (least, 150)),
            (Equal, "5", CENTS, (500, 500)),
            (Equal, "10.005", CENTS, (i64::MAX, i64::MIN)),
            (Above, "1e-60", UNITS, (1, most)),
            (Below, "-1e-60", UNITS, (least, -1)),
            (AtMost, "1e30", UNITS, (least, most)),
            (AtLeast, "-1e36", UNITS, (least, most)),
            (AtLeast, "1e36", UNITS, (i64::MAX, i64::MIN)),
            (Below, "-1e36", CENTS, (i64::MAX, i64::MIN)),
            (Above, "9223372036854775807", UNITS, (i64::MAX, i64::MIN)),
            (AtLeast, "9223372036854775807", UNITS, (i64::MAX, i64::MAX)),
            (Above, "10.5", UNITS, (11, most)),
            (Above, "10.5", Scale::MAX, (10_500_001, most)),
        ] {
            let span = Span::of(comparison, Decimal::parse(number.as_bytes())?, scale);
            assert_eq!((span.low, span.high), expected, "{comparison:?} {number}");
        }
        let span = Span::between(Decimal::parse(b"0.5")?, Decimal::parse(b"2.5")?, UNITS);
        assert_eq!(span, Span { low: 1, high: 2 });
        Ok(())
    }

    fn decimal() -> impl Strategy<Value = Decimal> {
        (-3_000i128..3_000, 0u8..5).prop_map(|(mantissa, decimals)| Decimal { mantissa, decimals })
    }

    /// How a value of so many smallest units compares with a number, by cross-multiplying.
    fn against(value: i64, number: Decimal, scale: Scale) -> std::cmp::Ordering {
        let value = i128::from(value) * 10i128.pow(number.decimals.into());
        value.cmp(&(number.mantissa * i128::from(scale.factor())))
    }

    proptest! {
        #[test]
        fn bounds_take_whom_an_exact_comparison_takes(
            (low, high) in (decimal(), decimal()), decimals in 0u8..4, value in -3_000i64..3_000,
        ) {
            let scale = Scale::new(decimals);
            let order = against(value, low, scale);
            let within = |span: Span| (span.low..=span.high).contains(&value);
            for (comparison, expected) in [
                (Comparison::AtMost, order.is_le()),
                (Comparison::AtLeast, order.is_ge()),
                (Comparison::Below, order.is_lt()),
                (Comparison::Above, order.is_gt()),
                (Comparison::Equal, order.is_eq()),
            ] {
                prop_assert_eq!(within(Span::of(comparison, low, scale)), expected, "{:?}", comparison);
            }
            let between = order.is_ge() && against(value, high, scale).is_le();
            prop_assert_eq!(within(Span::between(low, high, scale)), between);
        }
    }
}
