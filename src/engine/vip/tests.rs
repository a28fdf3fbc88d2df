use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use proptest::prelude::*;

use super::*;
use crate::engine::lines::Line;
use crate::model::calendar::Period;
use crate::model::vip::Window;

/// One attribute, `category`.
struct Shop;

const CATEGORIES: [&str; 4] = ["Bedding", "Garden", "garden", "Toys"];

impl Attributes for Shop {
    fn count(&self) -> usize {
        2
    }

    fn name(&self, attribute: usize) -> &str {
        ["Shop", "Category"][attribute]
    }

    fn codes(&self, attribute: usize) -> u32 {
        [0, CATEGORIES.len() as u32][attribute]
    }

    fn value(&self, _: usize, code: u32) -> &str {
        CATEGORIES[code as usize - 1]
    }
}

type Checked = Result<(), Box<dyn Error>>;

fn compiled(text: &str, as_of: Day) -> Result<Compiled, Box<dyn Error>> {
    Ok(Compiled::new(&text.parse()?, Scale::CENTS, as_of, &Shop)?)
}

/// Lines of `day order cents`, and whether they meet a rule as of 2024-06-30.
fn meets(text: &str, lines: &[(&str, u32, i64)]) -> Result<bool, Box<dyn Error>> {
    let line = |(day, order, amount): &(&str, u32, i64)| {
        Ok::<_, Box<dyn Error>>(Line { day: day.parse()?, order: *order, amount: *amount })
    };
    let lines = lines.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let (rule, mut scratch) = (compiled(text, "2024-06-30".parse()?)?, Scratch::default());
    let (met, explained) =
        (rule.meets(Lines::plain(&lines), &mut scratch), rule.explain(Lines::plain(&lines), &mut scratch));
    assert_eq!(met, explained.met, "{text}");
    Ok(met)
}

#[test]
fn what_a_bound_names_is_in() -> Checked {
    for (text, lines, expected) in [
        ("amount >= 100000 in 12 months", vec![("2023-03-01", 0, 9_999_999)], false),
        ("amount >= 100000 in 12 months", vec![("2023-03-01", 0, 10_000_000)], true),
        ("amount > 100000 in 12 months", vec![("2023-03-01", 0, 10_000_000)], false),
        // The first and the last day of twelve months, and one day more.
        ("amount >= 2 in 12 months", vec![("2022-12-31", 0, 100), ("2023-12-30", 1, 100)], true),
        ("amount >= 2 in 12 months", vec![("2022-12-31", 0, 100), ("2023-12-31", 1, 100)], false),
        // 365 days are one fewer than twelve months with a leap day.
        ("amount >= 2 in 365 days", vec![("2023-12-31", 0, 100), ("2024-12-29", 1, 100)], true),
        ("amount >= 2 in 365 days", vec![("2023-12-31", 0, 100), ("2024-12-30", 1, 100)], false),
        ("amount >= 2 in 12 months", vec![("2023-12-31", 0, 100), ("2024-12-30", 1, 100)], true),
        ("amount >= 2 in 12 months", vec![("2020-02-29", 0, 100), ("2021-02-28", 1, 100)], true),
        ("amount >= 2 in 12 months", vec![("2020-02-29", 0, 100), ("2021-03-01", 1, 100)], false),
        // A window may straddle the year's end; a calendar year does not.
        ("amount >= 2 in a year", vec![("2022-12-31", 0, 100), ("2023-01-01", 1, 100)], false),
        ("amount >= 2 in a year", vec![("2023-01-01", 0, 100), ("2023-12-31", 1, 100)], true),
        ("amount >= 2 this year", vec![("2023-12-31", 0, 100), ("2024-01-01", 1, 100)], false),
        ("amount >= 2 this year", vec![("2024-01-01", 0, 100), ("2024-06-29", 1, 100)], true),
        ("amount >= 2 in a quarter", vec![("2024-03-31", 0, 100), ("2024-04-01", 1, 100)], false),
        ("amount >= 2 in a quarter", vec![("2024-04-01", 0, 100), ("2024-06-30", 1, 100)], true),
        // The last days end before the as-of date.
        ("amount >= 1 in the last 30 days", vec![("2024-05-31", 0, 100)], true),
        ("amount >= 1 in the last 30 days", vec![("2024-05-30", 0, 100)], false),
        ("amount >= 1 in the last 30 days", vec![("2024-06-30", 0, 100)], false),
        ("amount >= 1 in the last 12 months", vec![("2023-06-30", 0, 100)], true),
        ("amount >= 1 in the last 12 months", vec![("2023-06-29", 0, 100)], false),
        // A window that begins after a return does not subtract it; one that holds it does.
        ("amount >= 2 in 20 days", vec![("2024-01-01", 0, -100), ("2024-01-10", 1, 200)], true),
        ("amount >= 2", vec![("2024-01-01", 0, -100), ("2024-01-10", 1, 200)], false),
        ("amount >= 2 in 20 days", vec![("2024-01-10", 0, 200), ("2024-01-10", 0, -1)], false),
    ] {
        assert_eq!(meets(text, &lines)?, expected, "{text} {lines:?}");
    }
    Ok(())
}

#[test]
fn orders_are_counted_once_and_without_returns() -> Checked {
    let four = [("2024-01-01", 0, 1), ("2024-01-30", 1, 1), ("2024-01-30", 1, 1), ("2024-01-31", 2, 1)];
    let mut five = four.to_vec();
    five.extend([("2024-01-31", 3, 0), ("2024-02-01", 4, -5)]);
    for (text, lines, expected) in [
        ("orders >= 4", four.as_slice(), false),
        ("orders >= 3", &four, true),
        ("orders >= 3 in 30 days", &four, false),
        ("orders >= 2 in 30 days", &four, true),
        ("orders >= 3 in 31 days", &four, true),
        ("orders >= 3 in a month", &four, true),
        ("orders >= 4 in a month", &five, true),
        ("orders >= 5", &five, false),
        ("orders > 3.5", &five, true),
        ("order days >= 3", &five, true),
        ("order days >= 4", &five, false),
        ("order days >= 3 in 30 days", &five, false),
        ("largest order >= 0.02", &four, true),
        ("largest order > 0.02", &four, false),
        ("orders >= 4 and amount >= 1", &five, false),
        ("orders >= 4 or amount >= 1", &five, true),
        ("orders >= 5 or orders >= 4 and order days >= 3", &five, true),
        ("(orders >= 5 or orders >= 4) and order days >= 4", &five, false),
        ("orders >= 1e30", &five, false),
    ] {
        assert_eq!(meets(text, lines)?, expected, "{text} {lines:?}");
    }
    Ok(())
}

#[test]
fn tenure_is_counted_by_the_calendar() -> Checked {
    for (first, text, from) in [
        ("2020-02-29", "tenure >= 1 year", "2021-03-01"),
        ("2020-02-29", "tenure >= 4 years", "2024-02-29"),
        ("2019-06-30", "tenure >= 5 years", "2024-06-30"),
        ("2024-01-31", "tenure >= 1 month", "2024-03-01"),
        ("2024-01-31", "tenure >= 30 days", "2024-03-01"),
    ] {
        let lines = [
            Line { day: first.parse::<Day>()? + -50, order: 0, amount: -1 },
            Line { day: first.parse()?, order: 1, amount: 1 },
        ];
        let from: Day = from.parse()?;
        for (as_of, expected) in [(from, true), (from + -1, false), (from + 1, true)] {
            let (rule, lines) = (compiled(text, as_of)?, Lines::plain(&lines));
            assert_eq!(rule.meets(lines, &mut Scratch::default()), expected, "{first} {text} {as_of}");
            let evidence = &rule.explain(lines, &mut Scratch::default()).evidence[0];
            let reached = evidence.bound.is_some_and(|bound| evidence.reached >= i128::from(bound));
            assert_eq!((evidence.met, reached), (expected, expected), "{first} {text} {as_of}");
        }
    }
    Ok(())
}

#[test]
fn the_best_window_is_told() -> Checked {
    let lines = [
        Line { day: "2023-11-20".parse()?, order: 0, amount: 300 },
        Line { day: "2024-01-10".parse()?, order: 1, amount: 500 },
        Line { day: "2024-01-31".parse()?, order: 2, amount: 400 },
        Line { day: "2024-02-05".parse()?, order: 2, amount: -50 },
    ];
    for (text, reached, from, to) in [
        ("amount >= 9 in 30 days", 900, "2024-01-02", "2024-01-31"),
        ("amount >= 9 in a month", 900, "2024-01-01", "2024-01-31"),
        ("amount >= 9 in 3 months", 1_200, "2023-11-01", "2024-01-31"),
        ("amount >= 9 this year", 850, "2024-01-01", "2024-12-31"),
        ("amount >= 9 in the last 3 months", 0, "2024-03-30", "2024-06-29"),
        ("amount >= 9", 1_150, "2023-11-20", "2024-02-05"),
        ("orders >= 2 in a quarter", 2, "2024-01-01", "2024-03-31"),
        ("orders >= 2 in 7 days", 1, "2023-11-14", "2023-11-20"),
        ("largest order >= 9", 500, "2023-11-20", "2024-02-05"),
    ] {
        let explained = compiled(text, "2024-06-30".parse()?)?.explain(Lines::plain(&lines), &mut Scratch::default());
        let [evidence] = explained.evidence.as_slice() else { panic!("{text}") };
        assert_eq!((evidence.reached, evidence.days), (reached, Some((from.parse()?, to.parse()?))), "{text}");
        assert_eq!(evidence.condition, text);
        assert_eq!(evidence.met, evidence.bound.is_some_and(|bound| reached >= i128::from(bound)), "{text}");
    }
    let rule = compiled("orders >= 3 or amount >= 100 and tenure >= 1 year", "2024-06-30".parse()?)?;
    let explained = rule.explain(Lines::plain(&lines), &mut Scratch::default());
    let told = explained.evidence.iter().map(|one| (one.met, one.unit, one.reached, one.bound));
    let expected = [
        (true, Unit::Count, 3, Some(3)),
        (false, Unit::Money, 1_150, Some(10_000)),
        (false, Unit::Months, 7, Some(12)),
    ];
    assert!(explained.met && told.eq(expected), "{explained:?}");
    Ok(())
}

#[test]
fn a_customer_without_lines_meets_nothing() -> Checked {
    for text in
        ["amount > 0", "amount > 0 in a year", "orders > 0 in 3 days", "tenure >= 1 day", "order days > 0 this year"]
    {
        assert!(!meets(text, &[])?, "{text}");
    }
    Ok(())
}

#[test]
fn values_are_found_as_written_or_else_in_other_letters() -> Checked {
    let attribute = "category".to_owned();
    let codes = |value: &str| resolve::value(&attribute, value, &Shop).map(|value| (value.attribute, value.codes));
    assert_eq!(codes("Bedding")?, (1, vec![1]));
    assert_eq!(codes("BEDDING")?, (1, vec![1]));
    assert_eq!(codes("garden")?, (1, vec![3]));
    assert_eq!(codes("GARDEN")?, (1, vec![2, 3]));
    let message = codes("Beding").err().map(|error| error.to_string()).unwrap_or_default();
    assert_eq!(message, "no row has the Category `Beding`; similar values are `Bedding`");
    for (name, near) in [("categories", vec!["Category"]), ("zzz", vec!["Shop", "Category"])] {
        let error = resolve::value(name, "x", &Shop).err();
        let near = near.into_iter().map(str::to_owned).collect();
        assert!(error.as_ref().is_some_and(|error| error.to_string().contains("; it has `")));
        assert_eq!(error, Some(CompileError::Attribute { name: name.to_owned(), near }));
    }
    Ok(())
}

#[test]
fn orders_with_a_value_need_a_purchase_of_it() -> Checked {
    let day: Day = "2024-01-01".parse()?;
    let line = |order, amount| Line { day, order, amount };
    let lines = [line(0, 5), line(0, 5), line(1, 5), line(1, 5), line(2, -5), line(3, 0)];
    let codes = [1, 1, 2, 1, 1, 3];
    let code = |attribute: usize, line: usize| if attribute == 1 { codes[line] } else { 0 };
    let lines = Lines { lines: &lines, code: &code };
    for (text, expected) in [
        ("category 'Bedding' >= 2", true),
        ("category 'Bedding' >= 3", false),
        ("category 'GARDEN' >= 2 in a month", true),
        ("category 'garden' >= 2 in a month", false),
        ("category 'Toys' >= 1", false),
    ] {
        assert_eq!(compiled(text, day)?.meets(lines, &mut Scratch::default()), expected, "{text}");
    }
    Ok(())
}

fn line() -> impl Strategy<Value = Line> {
    (0..1_200i32, 0..12u32, -300i64..600).prop_map(|(day, order, amount)| Line {
        day: Day(18_000 + day),
        order,
        amount,
    })
}

/// Few customers have many days: half of them buy within two months.
fn lines() -> impl Strategy<Value = Vec<Line>> {
    let lines = prop::collection::vec(line(), 12..30);
    (lines, any::<bool>()).prop_map(|(mut lines, close)| {
        if close {
            for line in &mut lines {
                line.day = Day(18_000 + (line.day.0 - 18_000) / 20);
            }
        }
        lines.sort_by_key(|line| line.day);
        lines
    })
}

fn windows() -> impl Strategy<Value = Window> {
    let span = || prop_oneof![(1..400u32).prop_map(Span::Days), (1..14u32).prop_map(Span::Months)];
    let period = || (0..3usize).prop_map(|at| Period::ALL[at]);
    prop_oneof![
        Just(Window::Ever),
        span().prop_map(Window::Any),
        span().prop_map(Window::Any),
        span().prop_map(Window::Last),
        period().prop_map(Window::AnyPeriod),
        period().prop_map(Window::This),
    ]
}

/// The day so many calendar months before, clamped to the month's last day: counted in year, month and day.
fn months_before(day: Day, months: u32) -> Day {
    let (year, month, number) = day.ymd();
    let there = year * 12 + month as i32 - 1 - months as i32;
    let (year, month) = (there.div_euclid(12), there.rem_euclid(12) as u32 + 1);
    (1..=number).rev().find_map(|number| Day::from_ymd(year, month, number)).unwrap_or_default()
}

/// Whether a day is in the window that ends on another, or in the period that it lies in.
fn holds(window: Window, as_of: Day, end: Day, day: Day) -> bool {
    let in_span = |span, end: Day| match span {
        Span::Days(days) => day <= end && day + days as i32 > end,
        Span::Months(months) => day <= end && day > months_before(end, months),
    };
    let key = |period, day: Day| match (period, day.ymd()) {
        (Period::Month, (year, month, _)) => (year, month),
        (Period::Quarter, (year, month, _)) => (year, month.div_ceil(3)),
        (Period::Year, (year, ..)) => (year, 0),
    };
    match window {
        Window::Ever => true,
        Window::Any(span) => in_span(span, end),
        Window::AnyPeriod(period) => key(period, day) == key(period, end),
        Window::Last(span) => in_span(span, as_of + -1),
        Window::This(period) => key(period, day) == key(period, as_of),
    }
}

/// What a subject has of the lines of one window.
fn naive(of: &Subject, lines: &[(usize, Line)], codes: &[u32]) -> i128 {
    let bought = || lines.iter().filter(|(_, line)| line.amount >= 0);
    match of {
        Subject::Amount => lines.iter().map(|(_, line)| i128::from(line.amount)).sum(),
        Subject::Orders => bought().map(|(_, line)| line.order).collect::<BTreeSet<_>>().len() as i128,
        Subject::OrdersWith { .. } => {
            let with = bought().filter(|(number, _)| codes[*number] == 1);
            with.map(|(_, line)| line.order).collect::<BTreeSet<_>>().len() as i128
        }
        Subject::OrderDays => bought().map(|(_, line)| line.day).collect::<BTreeSet<_>>().len() as i128,
        Subject::LargestOrder => {
            let mut sums: BTreeMap<u32, i128> = BTreeMap::new();
            for (_, line) in lines {
                *sums.entry(line.order).or_default() += i128::from(line.amount);
            }
            sums.into_values().max().unwrap_or(0).max(0)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn the_best_window_is_the_best_of_all_days(
        lines in lines(), codes in prop::collection::vec(0..3u32, 30), of in 0..5usize, window in windows(),
        as_of in 18_000..19_400i32, least in 1i64..900,
    ) {
        let of = [
            Subject::Amount,
            Subject::Orders,
            Subject::OrdersWith { attribute: "category".into(), value: "Bedding".into() },
            Subject::OrderDays,
            Subject::LargestOrder,
        ][of].clone();
        let number = if of.is_money() { least } else { least % 12 + 1 };
        let bound = crate::model::vip::Bound {
            number: crate::model::money::Decimal { mantissa: number.into(), decimals: if of.is_money() { 2 } else { 0 } },
            exceeded: false,
        };
        let condition = Condition::Reach(Reach { of: of.clone(), bound, window });
        let rule = Compiled::new(&condition, Scale::CENTS, Day(as_of), &Shop).unwrap();
        let code = |_: usize, line: usize| codes[line];
        let view = Lines { lines: &lines, code: &code };
        let of_day = |end: i32| {
            let inside = lines.iter().copied().enumerate();
            let inside: Vec<_> = inside.filter(|(_, line)| holds(window, Day(as_of), Day(end), line.day)).collect();
            // A window that moves holds a line; others are what they are.
            let counts = !inside.is_empty() || matches!(window, Window::Last(_) | Window::This(_));
            counts.then(|| naive(&of, &inside, &codes))
        };
        let best = (17_990..19_700).filter_map(of_day).max().unwrap();
        // Scratch of another customer must not matter.
        let mut scratch = Scratch { counts: vec![7; 50], sums: vec![7; 50], codes: vec![] };
        let explained = rule.explain(view, &mut scratch);
        prop_assert_eq!(explained.evidence[0].reached, best);
        prop_assert_eq!(rule.meets(view, &mut scratch), best >= i128::from(number));
        let (from, to) = explained.evidence[0].days.unwrap();
        let inside: Vec<_> =
            lines.iter().copied().enumerate().filter(|(_, line)| from <= line.day && line.day <= to).collect();
        prop_assert_eq!(naive(&of, &inside, &codes), best);
    }
}
