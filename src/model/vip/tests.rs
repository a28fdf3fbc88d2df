use proptest::prelude::*;

use super::*;

fn condition(text: &str) -> Result<Condition, RuleError> {
    text.parse()
}

#[test]
fn conditions_are_read_and_written_in_one_form() -> Result<(), RuleError> {
    for (text, canonical) in [
        ("amount>=100000 in 12 months", "amount >= 100000 in 12 months"),
        ("amount >= 1e5 this year", "amount >= 100000 this year"),
        ("AMOUNT ≥ 100000.50 In 365 Days", "amount >= 100000.50 in 365 days"),
        ("amount at least 3 in a year", "amount >= 3 in a year"),
        ("amount more than 0 in any calendar quarter", "amount > 0 in a quarter"),
        ("amount >= 5 within any 2 years", "amount >= 5 in 24 months"),
        ("amount >= 5 in the last 1 month", "amount >= 5 in the last 1 month"),
        ("amount >= 5 in past 2 weeks", "amount >= 5 in the last 14 days"),
        ("amount >= 5 in this month", "amount >= 5 this month"),
        ("orders > 4 in 30 days", "orders > 4 in 30 days"),
        ("category 'Bedding' >= 3", "orders with category = 'Bedding' >= 3"),
        ("orders with category Bedding >= 3", "orders with category = 'Bedding' >= 3"),
        ("'Product group' = \"Bed 'n' Bath\" >= 3", "orders with 'Product group' = 'Bed ''n'' Bath' >= 3"),
        ("orders with 'Amount' = 5 >= 3 this year", "orders with 'Amount' = '5' >= 3 this year"),
        ("größe = 'XL' >= 2 in a month", "orders with größe = 'XL' >= 2 in a month"),
        ("order days >= 10", "order days >= 10"),
        ("largest order >= 1000", "largest order >= 1000"),
        ("largest order >= 1000 this year", "largest order >= 1000 this year"),
        ("tenure >= 1 year", "tenure >= 1 year"),
        ("tenure>=18 months", "tenure >= 18 months"),
        ("tenure at least 24 months", "tenure >= 2 years"),
        ("tenure >= 1 day", "tenure >= 1 day"),
        (
            "amount >= 1 or orders >= 2 and tenure >= 1 day or order days >= 3",
            "amount >= 1 or orders >= 2 and tenure >= 1 day or order days >= 3",
        ),
        ("(amount >= 1 OR orders >= 2)and tenure >= 1 day", "(amount >= 1 or orders >= 2) and tenure >= 1 day"),
        ("((amount >= 1) or (orders >= 2 or (orders >= 3)))", "amount >= 1 or orders >= 2 or orders >= 3"),
        ("amount >= 1 and (orders >= 2 and orders >= 3)", "amount >= 1 and orders >= 2 and orders >= 3"),
    ] {
        assert_eq!(condition(text)?.to_string(), canonical, "{text}");
        assert_eq!(condition(canonical)?, condition(text)?, "{text}");
    }
    Ok(())
}

#[test]
fn and_binds_closer_than_or() -> Result<(), RuleError> {
    let Condition::Any(any) = condition("amount >= 1 or orders >= 2 and orders >= 3")? else { panic!("not `or`") };
    assert!(matches!(any.as_slice(), [Condition::Reach(_), Condition::All(all)] if all.len() == 2));
    Ok(())
}

#[test]
fn windows_are_what_they_say() -> Result<(), RuleError> {
    for (text, window) in [
        ("", Window::Ever),
        ("in 12 months", Window::Any(Span::Months(12))),
        ("in 1 year", Window::Any(Span::Months(12))),
        ("in a year", Window::AnyPeriod(Period::Year)),
        ("in a month", Window::AnyPeriod(Period::Month)),
        ("in 30 days", Window::Any(Span::Days(30))),
        ("in the last 12 months", Window::Last(Span::Months(12))),
        ("this quarter", Window::This(Period::Quarter)),
    ] {
        let Condition::Reach(reach) = condition(&format!("amount >= 1 {text}"))? else { panic!("no bound") };
        assert_eq!(reach.window, window, "{text}");
    }
    Ok(())
}

#[test]
fn a_problem_is_told_with_its_place() {
    for (text, column, part) in [
        ("", 0, "condition is missing"),
        ("  ", 2, "condition is missing"),
        ("and", 0, "condition is missing"),
        ("()", 1, "condition is missing"),
        ("amount >= 3 and", 15, "condition is missing"),
        ("amount >= 3 or and orders >= 2", 15, "condition is missing"),
        ("monetary >= 3", 0, "`monetary` is nothing that a rule counts"),
        ("order >= 3", 0, "`order` is nothing"),
        ("100 >= 3", 0, "`100` is nothing"),
        (">= 3", 0, "`>=` is nothing"),
        ("金额 >= 3", 0, "`金额` is nothing"),
        ("orders with >= 3", 12, "attribute is missing"),
        ("orders with and = 3 >= 3", 12, "attribute is missing"),
        ("'' = 'x' >= 3", 0, "attribute is missing"),
        ("orders with category >= 3", 21, "value of `category` is missing"),
        ("category = >= 3", 11, "value of `category` is missing"),
        ("category '' >= 3", 9, "value of `category` is missing"),
        ("category 'Bedding >= 3", 9, "quote that opens here"),
        ("category 'Bedding'", 18, "after `category 'Bedding'` comes >="),
        ("amount 1000", 7, "after `amount` comes >="),
        ("amount <= 1000", 7, "`<=` is not for rules"),
        ("金额 '好' >= 3 and amount = 5", 23, "`=` is not for rules"),
        ("amount >=", 9, "missing after `>=`"),
        ("amount >= in 12 months", 10, "missing after `>=`"),
        ("amount at least or", 16, "missing after `at least`"),
        ("amount >= 100,000", 10, "`100,000` is not a number"),
        ("amount >= 1e40", 10, "out of the range"),
        ("amount >= 0", 10, "everybody reaches 0"),
        ("amount > -1", 9, "everybody reaches -1"),
        ("amount >= 3 in", 14, "stretch of time is missing after `in`"),
        ("amount >= 3 this", 16, "stretch of time is missing after `this`"),
        ("(amount >= 3 in the last)", 24, "stretch of time is missing after `last`"),
        ("amount >= 3 in 2024", 15, "`2024` is no stretch"),
        ("amount >= 3 in 12 moths", 15, "`12 moths` is no stretch"),
        ("amount >= 3 in the last year", 19, "`last year` is no stretch"),
        ("amount >= 3 this week", 12, "`this week` is no stretch"),
        ("amount >= 3 in 0 days", 15, "1 to 36525 days, in whole numbers, not `0`"),
        ("amount >= 3 in 1.5 years", 15, "1 to 100 years, in whole numbers, not `1.5`"),
        ("amount >= 3 in 99999999999 months", 15, "1 to 1200 months"),
        ("tenure > 3 years", 7, "after `tenure` comes"),
        ("tenure >= many years", 10, "after `tenure` comes"),
        ("tenure >= 101 years", 10, "1 to 100 years"),
        ("largest order >= 3 in 30 days", 19, "same in any window"),
        ("(amount >= 3", 0, "parenthesis that opens here"),
        ("(amount >= 3 orders >= 3)", 13, "`orders` is not expected"),
        ("amount >= 3, orders >= 3", 11, "`,` is not expected"),
        ("amount >= ,", 10, "`,` is not a number"),
        ("amount >= 3)", 11, "`)` is not expected"),
        ("amount >= 3 in 30 days orders >= 3", 23, "`orders` is not expected"),
        ("amount >= 3\u{1b}[31m", 11, "control or invisible"),
    ] {
        let error = condition(text).err();
        let told = error.as_ref().map(|error| (error.column, error.problem.to_string().contains(part)));
        assert_eq!(told, Some((column, true)), "{text}: {error:?}");
    }
    assert!(condition("amount").is_err_and(|error| error.to_string().ends_with("(at character 7)")));
    let deep = |depth: usize| condition(&format!("{}amount >= 3{}", "(".repeat(depth), ")".repeat(depth)));
    assert!(deep(20).is_ok());
    assert_eq!(deep(21).map_err(|error| (error.column, error.problem)), Err((20, RuleProblem::TooDeep(20))));
    assert!(deep(100_000).is_err());
}

#[test]
fn a_rule_has_a_name() -> Result<(), RuleError> {
    for (text, name, canonical) in [
        ("amount >= 3", "VIP", "VIP: amount >= 3"),
        ("Gold:amount >= 3", "Gold", "Gold: amount >= 3"),
        (" Big spenders, 2024 : amount >= 3", "Big spenders, 2024", "Big spenders, 2024: amount >= 3"),
        ("'A: it''s' : amount >= 3", "A: it's", "'A: it''s': amount >= 3"),
        ("shop 'a:b' >= 3", "VIP", "VIP: orders with shop = 'a:b' >= 3"),
        ("'shop' 'a:b' >= 3", "VIP", "VIP: orders with shop = 'a:b' >= 3"),
        ("重要: amount >= 3", "重要", "重要: amount >= 3"),
    ] {
        let rule: Rule = text.parse()?;
        assert_eq!((rule.name.as_str(), rule.to_string().as_str()), (name, canonical));
    }
    for text in [": amount >= 3", " '': amount >= 3", "' ': amount >= 3"] {
        assert_eq!(text.parse::<Rule>().map_err(|error| error.problem), Err(RuleProblem::NoName), "{text}");
    }
    assert_eq!("Gold: amount".parse::<Rule>().map_err(|error| error.column), Err(12));
    Ok(())
}

#[test]
fn bounds_are_exact_whatever_the_decimals() -> Result<(), DecimalError> {
    for (number, exceeded, cents, units) in [
        ("100000", false, Some(10_000_000), Some(100_000)),
        ("100000", true, Some(10_000_001), Some(100_001)),
        ("10.005", false, Some(1_001), Some(11)),
        ("10.005", true, Some(1_001), Some(11)),
        ("10.000", true, Some(1_001), Some(11)),
        ("10.50", false, Some(1_050), Some(11)),
        ("1e-60", true, Some(1), Some(1)),
        ("0", true, Some(1), Some(1)),
        ("1e35", false, None, None),
        ("92233720368547758.07", false, Some(i64::MAX), Some(92_233_720_368_547_759)),
        ("92233720368547758.07", true, None, Some(92_233_720_368_547_759)),
    ] {
        let bound = Bound { number: Decimal::parse(number.as_bytes())?, exceeded };
        assert_eq!((bound.least(Scale::CENTS), bound.least(Scale::UNITS)), (cents, units), "{number} {exceeded}");
    }
    Ok(())
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![(1..=Span::MOST_DAYS).prop_map(Span::Days), (1..=Span::MOST_MONTHS).prop_map(Span::Months)]
}

fn window() -> impl Strategy<Value = Window> {
    let period = || (0..3usize).prop_map(|at| Period::ALL[at]);
    prop_oneof![
        Just(Window::Ever),
        span().prop_map(Window::Any),
        span().prop_map(Window::Last),
        period().prop_map(Window::AnyPeriod),
        period().prop_map(Window::This),
    ]
}

fn bound() -> impl Strategy<Value = Bound> {
    (0i128..100_000, 0u8..5, any::<bool>()).prop_map(|(mantissa, decimals, exceeded)| {
        let mantissa = if exceeded { mantissa } else { mantissa.max(1) };
        Bound { number: Decimal { mantissa, decimals }, exceeded }
    })
}

/// Texts with all that needs quotes.
fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,3}", "[a-z:'\"()>= ;.é0-9]{0,6}x", "amount|orders|Order|in|THIS|and|with|tenure|5"]
}

fn leaf() -> impl Strategy<Value = Condition> {
    let subject = prop_oneof![
        Just(Subject::Amount),
        Just(Subject::Orders),
        Just(Subject::OrderDays),
        Just(Subject::LargestOrder),
        (words(), words()).prop_map(|(attribute, value)| Subject::OrdersWith { attribute, value }),
    ];
    let reach = (subject, bound(), window()).prop_map(|(of, bound, window)| {
        let window = if of == Subject::LargestOrder { Window::Ever } else { window };
        Condition::Reach(Reach { of, bound, window })
    });
    prop_oneof![4 => reach, 1 => span().prop_map(Condition::Tenure)]
}

/// Conditions as they are read: none directly inside its own kind.
fn tree() -> impl Strategy<Value = Condition> {
    let all = prop::collection::vec(leaf(), 1..4).prop_map(|mut leaves| match leaves.len() {
        1 => leaves.remove(0),
        _ => Condition::All(leaves),
    });
    let any = prop::collection::vec(all, 1..4).prop_map(|mut parts| match parts.len() {
        1 => parts.remove(0),
        _ => Condition::Any(parts),
    });
    (any, leaf()).prop_map(|(first, second)| match first {
        first @ Condition::Any(_) => Condition::All(vec![second, first]),
        first => first,
    })
}

proptest! {
    #[test]
    fn a_rule_reads_back_from_its_text(name in words(), condition in tree()) {
        let rule = Rule { name, condition };
        prop_assert_eq!(rule.to_string().parse(), Ok(rule.clone()));
        prop_assert_eq!(rule.condition.to_string().parse(), Ok(rule.condition));
    }

    #[test]
    fn no_text_is_beyond_reading(
        text in "(amount|orders|tenure|a 'b'|\\()? ?(>=|>)?[ 0-9.a-z'()]{0,12}( in [0-9a ]{0,3}(days|month|year))?|\\PC{0,12}",
    ) {
        match text.parse::<Rule>() {
            Ok(rule) => prop_assert_eq!(rule.to_string().parse(), Ok(rule)),
            Err(error) => prop_assert!(error.column <= text.chars().count()),
        }
    }
}
