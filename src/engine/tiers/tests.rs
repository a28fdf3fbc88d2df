use std::error::Error;
use std::sync::Arc;

use super::*;
use crate::data::load::{Loaded, Request, load};
use crate::data::place::Place;
use crate::engine::analysis::{Analysis, Setting};
use crate::engine::fields::Definition;
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::schemes::Catalogue;

type Outcome = Result<(), Box<dyn Error>>;

/// | customer | net    | orders | days                 |
/// |----------|--------|--------|----------------------|
/// | ann      | 300.00 | 3      | 730, 400 and 1 before|
/// | bob      | 90.00  | 2      | both in one month    |
/// | cid      | 250.00 | 1      |                      |
/// | dot      | -5.00  | 0      | nothing but a return |
const SALES: &[u8] = b"customer,order,date,amount\n\
    ann,1,2022-01-01,100.00\nann,2,2022-11-27,100.00\nann,3,2023-12-31,100.00\n\
    bob,4,2023-05-01,40.00\nbob,5,2023-05-31,50.00\ncid,6,2023-06-01,250.00\ndot,7,2023-06-02,-5.00\n";

fn analysis(plan: &Plan) -> Result<Analysis, Box<dyn Error>> {
    let places = vec![Place::BuiltIn { name: "made up", bytes: SALES }];
    let request = Request { places, attributes: Some(Vec::new()), ..Request::default() };
    let Loaded { customers, transactions, as_of, .. } = load(&request, &Progress::default(), &CancelToken::default())?;
    Ok(Analysis::new(customers, as_of, transactions, plan, &Catalogue::built_in())?)
}

fn ruled(rules: &[&str]) -> Result<Plan, Box<dyn Error>> {
    let rules = rules.iter().map(|rule| rule.parse()).collect::<Result<_, _>>()?;
    Ok(Plan { rules, bins: Some([2; 3]), ..Plan::default() })
}

fn counts(tallies: &[Tally]) -> Vec<(u64, u64, i64)> {
    tallies.iter().map(|tally| (tally.customers, tally.orders, tally.revenue)).collect()
}

#[test]
fn each_customer_is_in_the_first_tier_met_and_in_no_other() -> Outcome {
    let mut analysis = analysis(&ruled(&["Often: orders >= 2", "Gold: amount >= 250", "Never: amount >= 1000"])?)?;
    let tiers = analysis.tiers_wanted().build().ok_or("no transactions")?;
    assert_eq!(counts(&tiers.rules), [(2, 5, 39_000), (2, 4, 55_000), (0, 0, 0)]);
    assert_eq!(counts(&tiers.tiers), [(2, 5, 39_000), (1, 1, 25_000), (0, 0, 0), (1, 0, -500)]);
    assert_eq!(tiers.total(), analysis.summary().total());
    // The order of the rules decides; whoever meets them stays the same.
    let mut rules = (*analysis.setting().rules).clone();
    rules.swap(0, 1);
    let setting = Setting { rules: Arc::new(rules), ..analysis.setting().clone() };
    analysis.apply(setting)?;
    let turned = analysis.tiers_wanted().build().ok_or("no transactions")?;
    assert_eq!(counts(&turned.rules), [(2, 4, 55_000), (2, 5, 39_000), (0, 0, 0)]);
    assert_eq!(counts(&turned.tiers), [(2, 4, 55_000), (1, 2, 9_000), (0, 0, 0), (1, 0, -500)]);
    // Those that are looked at alone count.
    let setting = Setting { filter: Arc::new("vip_tier = 'Often'".parse()?), ..analysis.setting().clone() };
    analysis.apply(setting)?;
    let left = analysis.tiers_wanted().build().ok_or("no transactions")?;
    assert_eq!(counts(&left.tiers), [(0, 0, 0), (1, 2, 9_000), (0, 0, 0), (0, 0, 0)]);
    assert_eq!(left.total(), analysis.summary().total());
    Ok(())
}

#[test]
fn a_filter_by_tier_follows_the_rules_and_their_names() -> Outcome {
    let mut analysis = analysis(&ruled(&["Often: orders >= 2", "Gold: amount >= 250"])?)?;
    let mut left = |filter: &str, rules: &[&str]| -> Result<u64, Box<dyn Error>> {
        let rules = rules.iter().map(|rule| rule.parse()).collect::<Result<_, _>>()?;
        let filter = Arc::new(filter.parse()?);
        analysis.apply(Setting { filter, rules: Arc::new(rules), ..analysis.setting().clone() })?;
        Ok(analysis.summary().total().customers)
    };
    let (often, gold) = ("Often: orders >= 2", "Gold: amount >= 250");
    for (filter, rules, expected) in [
        ("vip_tier = 'Gold'", [often, gold], 1),
        ("vip_tier = 'Gold'", [gold, often], 2),
        ("vip_tier = 'Gold'", ["Gold: amount >= 90", often], 3),
        ("vip_tier in ('Gold', 'Often')", [often, gold], 3),
        ("vip_tier is missing", [often, gold], 1),
        ("vip_tier = 'Best'", [often, "Best: amount >= 250"], 1),
        ("vip_tier != 'Often'", [often, gold], 1),
        ("vip('Gold') and vip_tier = 'Often'", [often, gold], 1),
    ] {
        assert_eq!(left(filter, &rules)?, expected, "{filter} {rules:?}");
    }
    Ok(())
}

#[test]
fn lifetime_values_and_filters_on_them_follow_their_terms() -> Outcome {
    // Ann: 300.00 in three orders, 730 days before the as-of date the first: 100.00 x 1.5 a year x 3 years.
    let mut analysis = analysis(&ruled(&[])?)?;
    let mut left = |terms: &str, filter: &str| -> Result<u64, Box<dyn Error>> {
        let setting = analysis.setting().clone();
        analysis.apply(Setting { clv: terms.parse()?, filter: Arc::new(filter.parse()?), ..setting })?;
        Ok(analysis.summary().total().customers)
    };
    for (terms, filter, expected) in [
        ("", "clv = 450", 1),
        ("4 years", "clv = 450", 0),
        ("5 years", "clv = 750", 1),
        ("5 years, 40 %", "clv = 300", 1),
        // The filter stays the same, whom it leaves does not. Cid: 250.00 in an order counted as one of a year.
        ("3 years", "clv >= 450", 2),
        ("1 year", "clv >= 450", 0),
        ("2 years", "clv >= 450", 1),
    ] {
        assert_eq!(left(terms, filter)?, expected, "{terms} {filter}");
    }
    let words = |analysis: &Analysis| {
        let clv = analysis.fields().definitions().iter().find(|definition| definition.name == "clv");
        clv.map(Definition::words).unwrap_or_default()
    };
    assert!(words(&analysis).contains("lifespan 2 years"), "{}", words(&analysis));
    Ok(())
}

#[test]
fn rows_that_were_not_read_tell_no_tiers() -> Outcome {
    let places = vec![Place::BuiltIn { name: "made up", bytes: SALES }];
    let request = Request { places, ..Request::default() };
    let Loaded { customers, as_of, .. } = load(&request, &Progress::default(), &CancelToken::default())?;
    let plan = ruled(&["Often: orders >= 2"])?;
    let analysis = Analysis::new(customers, as_of, None, &plan, &Catalogue::built_in())?;
    assert_eq!(analysis.tiers_wanted().build(), None);
    Ok(())
}
