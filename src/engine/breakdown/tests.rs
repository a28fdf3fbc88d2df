use std::error::Error;

use proptest::prelude::*;

use super::bands::{Bands, Grouping, MOST_BANDS};
use super::*;
use crate::data::load::{Loaded, Request, load};
use crate::data::place::Place;
use crate::engine::analysis::{Analysis, Setting};
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::day::{Day, NotADay};
use crate::model::schemes::Catalogue;
use crate::model::vip::Rule;

type Outcome = Result<(), Box<dyn Error>>;

/// | customer | rows | net  | channel on most | age |
/// |----------|------|------|-----------------|-----|
/// | ann      | 4    | 28.5 | app (2 of 3)    | 31  |
/// | bob      | 1    | 7    |                 | 9   |
/// | cid      | 2    | 60   | web             | 100 |
/// | dot      | 1    | 0    | web             |     |
const SALES: &[u8] = b"customer,order,date,amount,channel,age\n\
    ann,1,2024-01-01,10.00,app,31\nann,2,2024-01-11,20.50,web,31\nann,3,2024-01-31,3.00,app,31\n\
    ann,4,2024-02-01,-5.00,web,31\nbob,4,2024-01-03,7.00,,9\ncid,5,2024-01-01,20.00,web,100\n\
    cid,5,2024-01-01,40.00,web,100\ndot,7,2024-01-02,0,web,\n";

fn analysis() -> Result<Analysis, Box<dyn Error>> {
    let places = vec![Place::BuiltIn { name: "made up", bytes: SALES }];
    let request = Request { places, attributes: Some(Vec::new()), ..Request::default() };
    let Loaded { customers, transactions, as_of, .. } = load(&request, &Progress::default(), &CancelToken::default())?;
    Ok(Analysis::new(customers, as_of, transactions, &Plan::default(), &Catalogue::built_in())?)
}

fn told(breakdown: &Breakdown) -> Vec<String> {
    let line = |line: usize| {
        let Figures { customers, orders, rows, revenue } = breakdown.figures(line, None);
        format!("{}: {customers} {orders} {rows} {revenue}", breakdown.label(line))
    };
    (0..breakdown.len()).map(line).collect()
}

#[test]
fn customers_are_counted_by_the_value_that_stands_for_them() -> Outcome {
    let analysis = analysis()?;
    let by = |name: &str| {
        Ok::<_, BreakdownError>(told(&BreakdownRequest::named(&analysis, name, Basis::Customers)?.build()?))
    };
    assert_eq!(by("channel")?, ["app: 1 3 4 2850", "web: 2 2 3 6000", "no value: 1 1 1 700"]);
    assert_eq!(by("age")?, ["9: 1 1 1 700", "31: 1 3 4 2850", "100: 1 1 2 6000", "no value: 1 1 1 0"]);
    assert_eq!(by("repeat")?, ["no: 3 3 4 6700", "yes: 1 3 4 2850"]);
    assert_eq!(by("first_order")?, ["2024-01: 4 6 8 9550"]);
    let refused = BreakdownRequest::named(&analysis, "customer", Basis::Customers).err();
    assert_eq!(refused, Some(BreakdownError::Customer));
    let refused = BreakdownRequest::named(&analysis, "tenure", Basis::Purchases).err();
    assert_eq!(refused, Some(BreakdownError::NoPurchases("tenure".to_owned())));
    assert!(matches!(by("chanel"), Err(BreakdownError::Unknown { near, .. }) if near[0] == "channel"));
    Ok(())
}

/// Each customer is in the tier of the first rule met, and those who meet none have a line of their own.
#[test]
fn customers_are_counted_by_their_vip_tier() -> Outcome {
    let mut analysis = analysis()?;
    let rules = ["Often: orders >= 3 in 12 months", "Large: largest order >= 20"];
    let expected: [&[&str]; 3] = [
        &["no value: 4 6 8 9550"],
        &["Often: 1 3 4 2850", "no value: 3 3 4 6700"],
        // Ann meets both.
        &["Often: 1 3 4 2850", "Large: 1 1 2 6000", "no value: 2 2 2 700"],
    ];
    for (count, expected) in expected.into_iter().enumerate() {
        let rules = rules[..count].iter().map(|rule| rule.parse()).collect::<Result<Vec<Rule>, _>>()?;
        analysis.apply(Setting { rules: Arc::new(rules), ..analysis.setting().clone() })?;
        let breakdown = BreakdownRequest::named(&analysis, "vip_tier", Basis::Customers)?.build()?;
        assert_eq!(told(&breakdown), expected, "{count} rules");
        for line in 0..breakdown.len() {
            let condition = breakdown.condition(line).ok_or("no condition")?;
            let filter = Arc::new(condition.to_string().parse()?);
            let mut filtered = analysis.clone();
            filtered.apply(Setting { filter, ..analysis.setting().clone() })?;
            assert_eq!(filtered.population().len() as u64, breakdown.figures(line, None).customers, "{condition}");
        }
        let names: Vec<&str> =
            offered(analysis.fields()).iter().map(|id| analysis.fields().definition(*id).name.as_str()).collect();
        let place = |name: &str| names.iter().position(|known| *known == name);
        // Where it tells something, it comes before scores and measures.
        assert_eq!(place("vip_tier") < place("segment"), count > 0, "{names:?}");
    }
    Ok(())
}

#[test]
fn purchases_are_counted_by_their_own_values() -> Outcome {
    let analysis = analysis()?;
    let breakdown = BreakdownRequest::named(&analysis, "channel", Basis::Purchases)?.build()?;
    // Ann's return is a row of the web, but no order there; cid's order has two rows.
    assert_eq!(told(&breakdown), ["app: 1 2 2 1300", "web: 3 3 5 7550", "no value: 1 1 1 700"]);
    assert_eq!(breakdown.total(None), Figures { customers: 4, orders: 6, rows: 8, revenue: 9_550 });
    Ok(())
}

#[test]
fn an_index_compares_two_shares() {
    // 3 of 4 against 5 of 10: 150. 1 of 3 against 1 of 2: 66.67. Half away from zero: 1 of 8 against 10 of 100 is 125.
    assert_eq!(index((3, 4), (5, 10)), Some(150));
    assert_eq!(index((1, 3), (1, 2)), Some(67));
    assert_eq!(index((1, 200), (1, 1)), Some(1));
    assert_eq!(index((0, 4), (5, 10)), Some(0));
    assert_eq!([index((0, 0), (5, 10)), index((0, 4), (0, 10))], [None, None]);
}

/// Every line adds up to its whole over segments, and every segment over lines, whoever is looked at.
#[test]
fn nobody_and_no_money_is_lost() -> Outcome {
    let mut analysis = analysis()?;
    for filter in ["", "orders >= 2", "channel = 'web'", "customer = 'nobody'"] {
        let setting = Setting { filter: Arc::new(filter.parse()?), ..analysis.setting().clone() };
        analysis.apply(setting)?;
        let all = analysis.summary().total();
        for field in offered(analysis.fields()) {
            let breakdown = BreakdownRequest::new(&analysis, field, Basis::Customers)?.build()?;
            let whole = breakdown.total(None);
            assert_eq!((whole.customers, whole.orders, whole.revenue), (all.customers, all.orders, all.revenue));
            for segment in (0..breakdown.segments()).map(Some).chain([None]) {
                let sum: Figures = (0..breakdown.len()).map(|line| breakdown.figures(line, segment)).sum();
                assert_eq!(sum, breakdown.total(segment), "{} {filter}", breakdown.name());
            }
        }
        let bought = BreakdownRequest::named(&analysis, "channel", Basis::Purchases)?.build()?;
        for segment in (0..bought.segments()).map(Some).chain([None]) {
            let sum: Figures = (0..bought.len()).map(|line| bought.figures(line, segment)).sum();
            let total = bought.total(segment);
            assert_eq!((sum.rows, sum.revenue), (total.rows, total.revenue), "{filter}");
        }
    }
    Ok(())
}

/// A line's condition leaves exactly the customers that it counts.
#[test]
fn a_condition_takes_the_customers_of_its_line() -> Outcome {
    let mut analysis = analysis()?;
    for field in offered(analysis.fields()) {
        let breakdown = BreakdownRequest::new(&analysis, field, Basis::Customers)?.build()?;
        for line in 0..breakdown.len() {
            let condition = breakdown.condition(line).ok_or("no condition")?;
            // What is written reads back.
            let filter = Arc::new(condition.to_string().parse()?);
            let words = format!("{} {condition}", breakdown.name());
            analysis
                .apply(Setting { filter, ..analysis.setting().clone() })
                .map_err(|error| format!("{words}: {error}"))?;
            assert_eq!(analysis.population().len() as u64, breakdown.figures(line, None).customers, "{words}");
        }
        analysis.apply(Setting { filter: Arc::default(), ..analysis.setting().clone() })?;
    }
    Ok(())
}

#[test]
fn the_fields_with_few_values_are_offered_first() -> Outcome {
    let analysis = analysis()?;
    let names: Vec<&str> =
        offered(analysis.fields()).iter().map(|field| analysis.fields().definition(*field).name.as_str()).collect();
    assert_eq!(names[..2], ["channel", "age"]);
    assert!(!names.contains(&"customer") && names.contains(&"segment") && names.contains(&"tenure"), "{names:?}");
    Ok(())
}

#[test]
fn lines_are_sorted_with_those_without_a_value_last() -> Outcome {
    let analysis = analysis()?;
    let breakdown = BreakdownRequest::named(&analysis, "channel", Basis::Customers)?.build()?;
    let labels =
        |by: SortBy| breakdown.sorted(by, None).into_iter().map(|line| breakdown.label(line)).collect::<Vec<_>>();
    assert_eq!(labels(SortBy::Value), ["app", "web", "no value"]);
    assert_eq!(labels(SortBy::Count), ["web", "app", "no value"]);
    assert_eq!(breakdown.usual_sort(), SortBy::Revenue);
    Ok(())
}

fn ends(bands: Bands) -> Vec<Value> {
    let grouping = Grouping::Bands(bands);
    (0..grouping.values()).map(|line| grouping.value(line)).collect()
}

#[test]
fn bands_are_round_and_open_where_single_values_are_far_off() {
    let ages: Vec<i64> = (18..=67).collect();
    let closed = |low: i64| Value::Range(Some(low), Some(low + 4));
    // Of five years there would be eleven.
    let all = [10, 20, 30, 40, 50, 60].map(|low| Value::Range(Some(low), Some(low + 9)));
    assert_eq!(ends(Bands::over(&ages, 18, 67)), all);
    let scores: Vec<Value> = (1..=5).map(Value::Number).collect();
    assert_eq!(ends(Bands::over(&[1, 2, 3, 4, 5], 1, 5)), scores);
    // 300 people of 20 to 49, and one of 999.
    let mut ages: Vec<i64> = (0..300).map(|person| 20 + person / 10).collect();
    ages.push(999);
    let bands = ends(Bands::over(&ages, 20, 999));
    assert_eq!((bands.first(), bands.last()), (Some(&closed(20)), Some(&Value::Range(Some(50), None))));
    // All but one are nothing.
    assert!(ends(Bands::over(&[0, 0, 0, 0], 0, 9_000)).len() > 2);
}

#[test]
fn days_stand_in_months_quarters_or_years() -> Result<(), NotADay> {
    for (first, last, lines) in
        [("2024-01-31", "2024-12-01", 12), ("2024-01-31", "2025-01-01", 5), ("2020-03-31", "2024-01-01", 5)]
    {
        let (first, last) = (first.parse::<Day>()?, last.parse::<Day>()?);
        let grouping = Grouping::days(first.0.into(), last.0.into());
        assert_eq!(grouping.values(), lines, "{first} {last}");
        assert_eq!(grouping.line(Some(first.0.into())), 0);
        assert_eq!(grouping.line(Some(last.0.into())), lines - 1);
    }
    Ok(())
}

proptest! {
    /// Every value lies within the ends of its own band, and there are never too many.
    #[test]
    fn a_value_lies_in_its_band(mut values in prop::collection::vec(-5_000_000_000i64..5_000_000_000, 1..60), far in any::<i32>()) {
        values.push(far.into());
        values.sort_unstable();
        let (least, largest) = (values[0], values[values.len() - 1]);
        let grouping = Grouping::Bands(Bands::over(&values, least, largest));
        prop_assert!(grouping.values() <= MOST_BANDS);
        for value in values {
            let (low, high) = match grouping.value(grouping.line(Some(value))) {
                Value::Number(number) => (Some(number), Some(number)),
                Value::Range(low, high) => (low, high),
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            prop_assert!(low.is_none_or(|low| low <= value) && high.is_none_or(|high| value <= high), "{value} {low:?} {high:?}");
        }
    }

    /// The index is 100 where both shares are equal.
    #[test]
    fn what_is_as_in_the_whole_has_an_index_of_100(part in 1u64..1_000_000, more in 0u64..1_000_000, times in 1u64..1_000) {
        let of = part + more;
        prop_assert_eq!(index((part, of), (part * times, of * times)), Some(100));
    }
}
