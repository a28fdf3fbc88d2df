use proptest::prelude::*;

use super::*;
use crate::model::money::{Money, Scale};

fn terms(text: &str) -> ClvTerms {
    text.parse().unwrap()
}

#[test]
fn mean_orders_are_rounded_to_the_cent() {
    for (orders, net, expected) in [(15, 5_000, "333.33"), (8, 6_000, "750.00"), (20, 7_000, "350.00")] {
        assert_eq!(Money::mean(net, orders, Scale::UNITS).to_string(), expected);
    }
}

#[test]
fn a_value_is_mean_order_times_orders_a_year_times_years() {
    for (text, net, orders, tenure, expected) in [
        // 15 orders of 333.33... in two years: 7.5 a year, 2,500 a year, 7,500 in three.
        ("", 500_000, 15, 730, 750_000),
        // Less than a year counts as one.
        ("", 600_000, 8, 100, 1_800_000),
        ("", 600_000, 8, 0, 1_800_000),
        ("", 600_000, 8, -5, 1_800_000),
        ("margin 30 %, lifespan 5 years", 700_000, 20, 365, 1_050_000),
        // FeverBee's example: three orders of 70 a year for 36 months are 630, of which 30 % are 189.
        ("3 years", 21_000, 3, 365, 63_000),
        ("3 years, 30 %", 21_000, 3, 365, 18_900),
        // 300.00 in 3 orders over two years (730 days): 100.00 an order, 1.5 a year, three years: 450.00; of that 40 %.
        ("", 30_000, 3, 730, 45_000),
        ("3 years, 40 %", 30_000, 3, 730, 18_000),
        ("5 years", 30_000, 3, 730, 75_000),
        ("lifespan 1 year", 100, 1, 366, 100),
        ("lifespan 1 year", 1_000, 1, 366, 997),
        ("margin 0.5 %, lifespan 1 year", 100, 1, 1, 1),
        ("margin 0.5 %, lifespan 1 year", -100, 1, 1, -1),
        ("margin 0.49 %, lifespan 1 year", 100, 1, 1, 0),
        ("margin 12.5 %, lifespan 2.5 years", 1_000, 3, 365, 313),
        ("", 1_000, 0, 365, 0),
        ("lifespan 100 years", i64::MAX, 1, 1, i64::MAX),
        ("lifespan 100 years", i64::MIN, 1, 1, i64::MIN),
        ("margin 100.0000 %, lifespan 99.9999 years", i64::MIN, u64::MAX, i64::MAX, -36_500),
    ] {
        let value = terms(text).value(net, orders, tenure);
        assert_eq!(value, expected, "{text} {net} {orders} {tenure}");
    }
}

#[test]
fn orders_a_year_need_a_year() {
    for (orders, tenure, expected) in
        [(15, 730, 750), (4, 30, 400), (1, 366, 100), (1, 1_095, 33), (2, 1_095, 67), (u64::MAX, 1, i64::MAX)]
    {
        assert_eq!(orders_a_year(orders, tenure), expected, "{orders} {tenure}");
    }
}

#[test]
fn terms_are_read_and_written_in_one_form() {
    for (text, canonical) in [
        ("", "margin 100 %, lifespan 3 years"),
        ("margin 30", "margin 30 %, lifespan 3 years"),
        ("Lifespan 1.50 years and MARGIN 12.5%", "margin 12.5 %, lifespan 1.5 years"),
        ("3 years, 40 %", "margin 40 %, lifespan 3 years"),
        ("12.5% and 1 year", "margin 12.5 %, lifespan 1 year"),
        (".5 years", "margin 100 %, lifespan 0.5 years"),
        ("40 %, lifespan 2", "margin 40 %, lifespan 2 years"),
        (" lifespan 1.0 year ", "margin 100 %, lifespan 1 year"),
    ] {
        assert_eq!(terms(text).to_string(), canonical, "{text}");
    }
}

#[test]
fn a_problem_is_told_with_its_place() {
    for (text, column, part) in [
        ("30", 0, "`30` is not expected"),
        ("3 years, 4 years", 9, "lifespan is given twice"),
        ("-1 years", 0, "above 0 and at most 100"),
        ("0 %", 0, "above 0 and at most 100"),
        ("3years", 0, "`3years` is not expected"),
        ("margin", 6, "`` is not expected"),
        ("margin 30 %,", 12, "`` is not expected"),
        ("margin 30 % lifespan 5", 12, "`lifespan` is not expected"),
        ("margin x", 7, "`x` is not a number"),
        ("margin 0 %", 7, "above 0 and at most 100"),
        ("margin 101 %", 7, "above 0 and at most 100"),
        ("margin 100.01 %", 7, "above 0 and at most 100"),
        ("lifespan -1", 9, "above 0 and at most 100"),
        ("lifespan 1.00001", 9, "at most 4 decimals"),
        ("margin 3, margin 4", 10, "margin is given twice"),
        ("margin 3\u{1b}", 8, "is not expected"),
    ] {
        let error = text.parse::<ClvTerms>().err();
        let told = error.as_ref().map(|error| (error.column, error.problem.to_string().contains(part)));
        assert_eq!(told, Some((column, true)), "{text}: {error:?}");
    }
}

proptest! {
    #[test]
    fn terms_read_back_and_texts_are_never_beyond_reading(
        margin in 1i128..1_000_000, lifespan in 1i128..1_000_000, decimals in 0u8..6, text in "(margin|lifespan)? ?\\PC{0,12}",
    ) {
        let number = |mantissa| Decimal { mantissa, decimals };
        if let Ok(terms) = ClvTerms::new(number(margin), number(lifespan)) {
            prop_assert_eq!(terms.to_string().parse(), Ok(terms));
        }
        match text.parse::<ClvTerms>() {
            Ok(terms) => prop_assert_eq!(terms.to_string().parse(), Ok(terms)),
            Err(error) => prop_assert!(error.column <= text.chars().count()),
        }
    }
}
