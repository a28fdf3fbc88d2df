use proptest::prelude::*;

use super::*;
use crate::model::measures::{Monetary, Recency};

fn filter(text: &str) -> Result<Filter, FilterError> {
    text.parse()
}

fn bounds(text: &str) -> Result<(Option<i64>, Option<i64>), FilterError> {
    Ok(filter(text)?.conditions[0].bounds(Scale::CENTS))
}

#[test]
fn conditions_are_read_and_written_in_one_form() -> Result<(), FilterError> {
    for (text, canonical) in [
        ("", ""),
        ("  ", ""),
        ("recency<=30", "recency <= 30"),
        ("recency <= 30 and monetary>10.50", "recency <= 30 and monetary > 10.50"),
        (
            "recency 30..90,frequency.days = 2 AND monetary.net < -.5",
            "recency 30..90 and frequency.days = 2 and monetary < -0.5",
        ),
        ("recency..90", "recency <= 90"),
        ("recency .. 90", "recency <= 90"),
        ("recency 30.. and monetary.gross -5..-3", "recency >= 30 and monetary.gross -5..-3"),
        (
            "recency.own-gap 1.5..2.5 , monetary.mean-order >= 1e3",
            "recency.own-gap 1.5..2.5 and monetary.mean-order >= 1000",
        ),
    ] {
        assert_eq!(filter(text)?.to_string(), canonical, "{text}");
    }
    assert!(filter("")?.is_empty());
    Ok(())
}

#[test]
fn a_problem_is_told_with_its_place() {
    for (text, column, part) in [
        ("money > 1", 0, "`money` is no measure"),
        ("recency <= 3 and", 16, "condition is missing"),
        (", recency <= 3", 0, "condition is missing"),
        ("recency <= 3, and monetary > 1", 14, "condition is missing"),
        ("recency", 7, "after `recency` comes"),
        ("recency 30", 8, "after `recency` comes"),
        ("recency is 30", 8, "after `recency` comes"),
        ("recency == 3", 8, "`==` compares nothing"),
        ("recency ≠ 3", 8, "`≠` compares nothing"),
        ("recency <=", 10, "missing after `<=`"),
        ("recency <= and monetary > 1", 10, "missing after `<=`"),
        ("recency ..", 8, "at least one end"),
        ("recency 9..3", 8, "9..3 holds no number"),
        ("recency 0.1..0.09", 8, "0.1..0.09 holds"),
        ("monetary > 1,000", 13, "`000` belongs to no condition"),
        ("monetary > 1_000", 11, "`1_000` is not a number"),
        ("monetary > 1e40", 11, "out of the range"),
        ("monetary 1..x", 12, "`x` is not a number"),
        ("monetary x..1", 9, "`x` is not a number"),
        ("monetary > 3 or recency < 2", 13, "`or` is not expected"),
        ("monetary > 3..5", 12, "`..5` is not expected"),
        ("<= 30", 0, "`<=` is no measure"),
        ("recency <= 3 and 金额 > 1", 17, "`金额` is no measure"),
        ("recency <= 1\u{1b}[31m", 11, "1\u{fffd}[31m"),
    ] {
        let error = filter(text).err();
        let told = error.as_ref().map(|error| (error.column, error.problem.to_string().contains(part)));
        assert_eq!(told, Some((column, true)), "{text}: {error:?}");
    }
    assert!(filter("recency").is_err_and(|error| error.to_string().ends_with("(at character 8)")));
}

#[test]
fn bounds_are_exact_whatever_the_decimals() -> Result<(), FilterError> {
    for (text, expected) in [
        ("monetary > 10.005", (Some(1_001), None)),
        ("monetary >= 10.005", (Some(1_001), None)),
        ("monetary < 10.005", (None, Some(1_000))),
        ("monetary < 10", (None, Some(999))),
        ("monetary > -10.005", (Some(-1_000), None)),
        ("recency <= 1.5", (None, Some(1))),
        ("recency < 2", (None, Some(1))),
        ("recency.own-gap <= 1.5", (None, Some(150))),
        ("recency 0.5..2.5", (Some(1), Some(2))),
        ("monetary = 5", (Some(500), Some(500))),
        ("frequency > 1e-60", (Some(1), None)),
        ("frequency < -1e-60", (None, Some(-1))),
        ("frequency <= 1e30", (None, None)),
        ("frequency >= -1e36", (None, None)),
        ("frequency >= 1e36", NOBODY),
        ("monetary < -1e36", NOBODY),
        ("recency > 9223372036854775807", NOBODY),
        ("recency >= 9223372036854775807", (Some(i64::MAX), None)),
    ] {
        assert_eq!(bounds(text)?, expected, "{text}");
    }
    let (low, high) = bounds("monetary = 10.005")?;
    assert!(low > high);
    let whole =
        Condition { measure: Measure::Monetary(Monetary::Net), test: filter("monetary > 10.5")?.conditions[0].test };
    assert_eq!(whole.bounds(Scale::UNITS), (Some(11), None));
    assert_eq!(whole.bounds(Scale::MAX), (Some(10_500_001), None));
    Ok(())
}

#[test]
fn a_measure_is_the_one_named_whatever_the_axes_measure() -> Result<(), FilterError> {
    assert_eq!(filter("recency > 1")?.conditions[0].measure, Measure::Recency(Recency::Days));
    assert_eq!(filter("monetary > 1")?.conditions[0].measure, Measure::Monetary(Monetary::Net));
    Ok(())
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (-3_000i128..3_000, 0u8..5).prop_map(|(mantissa, decimals)| Decimal { mantissa, decimals })
}

fn condition() -> impl Strategy<Value = Condition> {
    let test = prop_oneof![
        (0..Comparison::ALL.len(), decimal()).prop_map(|(at, number)| Test::Compare(Comparison::ALL[at], number)),
        (decimal(), decimal()).prop_map(|(a, b)| if a.compare(b).is_le() {
            Test::Between(a, b)
        } else {
            Test::Between(b, a)
        }),
    ];
    (0..Measure::ALL.len(), test).prop_map(|(at, test)| Condition { measure: Measure::ALL[at], test })
}

/// Whether a value of so many smallest units meets a condition, by cross-multiplying.
fn meets(test: Test, value: i64, scale: Scale) -> bool {
    let against = |number: Decimal| {
        let value = i128::from(value) * 10i128.pow(number.decimals.into());
        value.cmp(&(number.mantissa * i128::from(scale.factor())))
    };
    match test {
        Test::Compare(Comparison::AtMost, number) => against(number).is_le(),
        Test::Compare(Comparison::AtLeast, number) => against(number).is_ge(),
        Test::Compare(Comparison::Below, number) => against(number).is_lt(),
        Test::Compare(Comparison::Above, number) => against(number).is_gt(),
        Test::Compare(Comparison::Equal, number) => against(number).is_eq(),
        Test::Between(low, high) => against(low).is_ge() && against(high).is_le(),
    }
}

proptest! {
    #[test]
    fn a_filter_reads_back_from_its_text(conditions in prop::collection::vec(condition(), 0..5)) {
        let filter = Filter { conditions };
        prop_assert_eq!(filter.to_string().parse(), Ok(filter));
    }

    #[test]
    fn no_text_is_beyond_reading(text in "[a-z<>=., 0-9-]{0,20}|recency ?(<=|\\.\\.|=)?[ 0-9.,and]{0,12}|\\PC{0,12}") {
        match text.parse::<Filter>() {
            Ok(filter) => prop_assert_eq!(filter.to_string().parse(), Ok(filter)),
            Err(error) => prop_assert!(error.column <= text.chars().count()),
        }
    }

    #[test]
    fn bounds_take_whom_an_exact_comparison_takes(
        condition in condition(), decimals in 0u8..4, value in -3_000i64..3_000,
    ) {
        let money = Scale::new(decimals);
        let (low, high) = condition.bounds(money);
        let within = low.is_none_or(|low| low <= value) && high.is_none_or(|high| value <= high);
        prop_assert_eq!(within, meets(condition.test, value, condition.measure.scale(money)));
    }
}
