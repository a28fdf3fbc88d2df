use std::error::Error;
use std::sync::Arc;

use super::*;
use crate::engine::analysis::{Setting, make_cuts};
use crate::engine::plan::{AxisRecipe, Plan};
use crate::model::customers::{Axis, Columns, Figures};
use crate::model::cuts::{Closed, Method};
use crate::model::day::Day;
use crate::model::money::Scale;
use crate::model::schemes::Catalogue;

/// Twenty customers with 1.00, 2.00 ... 20.00: whoever spent more has more orders and came later.
fn analysis(budget: &str) -> Result<Analysis, Box<dyn Error>> {
    let mut columns = Columns { scale: Scale::CENTS, ..Columns::default() };
    for number in 1..=20i64 {
        let last_order = Day(50 + number as i32);
        let figures = Figures { last_order, orders: number as u32, net: number * 100, ..Figures::default() };
        columns.push(&number.to_string(), figures);
    }
    let plan = Plan { budget: budget.parse()?, scheme: Some("ladder-5".to_owned()), ..Plan::default() };
    let plan = Plan { method: Some(Method::Quantile), ..plan };
    Ok(Analysis::new(Arc::new(columns.pack()), Day(101), None, &plan, &Catalogue::built_in())?)
}

#[test]
fn a_bill_follows_the_cuts_and_its_lines_are_those_of_the_segments() -> Result<(), Box<dyn Error>> {
    let mut analysis = analysis("*: 1 + 10 %")?;
    let before = bill(&analysis);
    // Twenty heads, and a tenth of 210.00.
    assert_eq!((before.total.heads, before.total.share, before.total.cost()), (2_000, 2_100, 4_100));
    for (line, tally) in before.lines.iter().zip(analysis.segments()) {
        assert_eq!((line.customers, line.revenue), (tally.customers, tally.revenue.into()), "{}", line.name);
    }
    assert_eq!(baseline_bill(&analysis), None);
    analysis.compare(Some(Arc::new(analysis.setting().clone())))?;
    assert_eq!(baseline_bill(&analysis).as_ref(), Some(&before));
    // Another budget: the baseline keeps its own, so that the difference is what the change costs.
    let dearer = Setting { budget: Arc::new("*: 2 + 10 %".parse()?), ..analysis.setting().clone() };
    analysis.apply(dearer)?;
    assert_eq!((bill(&analysis).total.cost(), baseline_bill(&analysis)), (6_100, Some(before)));
    Ok(())
}

#[test]
fn a_baseline_without_a_budget_is_billed_by_the_present_one() -> Result<(), Box<dyn Error>> {
    let mut analysis = analysis("")?;
    analysis.compare(Some(Arc::new(analysis.setting().clone())))?;
    let (name, before) = (analysis.scheme().segment_name(0).to_owned(), analysis.segments()[0]);
    assert!(before.customers > 1);
    let everybody = analysis.everybody(analysis.setting().measures);
    // One alone is left above the highest cut.
    let higher = AxisRecipe::Fixed { values: vec![100, 200, 300, 1_900], closed: Closed::Right };
    let cuts = make_cuts(&everybody, Axis::Monetary, &higher)?;
    let budget = format!("'{name}': 1").parse()?;
    let setting = analysis.setting().with_cuts(cuts);
    analysis.apply(Setting { budget: Arc::new(budget), ..setting })?;
    let now = analysis.segments()[0];
    assert_eq!(now.customers, 1);
    let cost = |bill: Option<Bill>| bill.map(|bill| bill.total.cost());
    assert_eq!(bill(&analysis).total.cost(), i128::from(now.customers) * 100);
    assert_eq!(cost(baseline_bill(&analysis)), Some(i128::from(before.customers) * 100));
    Ok(())
}
