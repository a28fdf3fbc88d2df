use std::error::Error;

use super::*;
use crate::data::load::{Loaded, Request, load};
use crate::data::place::Place;
use crate::engine::analysis::{Analysis, Setting};
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::lang::{Language, within};
use crate::model::filter::complete::complete;
use crate::model::money::Decimal;
use crate::model::schemes::Catalogue;

type Outcome = Result<(), Box<dyn Error>>;

/// | customer | net  | orders | days of orders   | category      | region        | age |
/// |----------|------|--------|------------------|---------------|---------------|-----|
/// | ann      | 28.5 | 3      | 1, 11, 31 Jan    | Lamps ×2      | East          | 31  |
/// | bob      | 7    | 1      | 3 Jan            | Bath          |               | 9   |
/// | cid      | 60   | 2      | 1 Jan, 1 Mar     | Lamps, Decor  | 华东, then West | 100 |
/// | dot      | 0    | 1      | 2 Jan            | Lamps         | West          |     |
const SALES: &[u8] = "customer,order,date,amount,category,region,age\n\
    ann,1,2024-01-01,10.00,Lamps,East,31\nann,2,2024-01-11,20.50,Bath,East,31\nann,3,2024-01-31,3.00,Lamps,East,31\n\
    ann,3,2024-02-01,-5.00,Bath,East,31\nbob,4,2024-01-03,7.00,Bath,,9\ncid,5,2024-01-01,20.00,Lamps,华东,100\n\
    cid,6,2024-03-01,40.00,Decor,West,100\ndot,7,2024-01-02,0,Lamps,West,\n"
    .as_bytes();

fn analysis(plan: &Plan) -> Result<Analysis, Box<dyn Error>> {
    let places = vec![Place::BuiltIn { name: "made up", bytes: SALES }];
    let request = Request { places, attributes: Some(Vec::new()), ..Request::default() };
    let Loaded { customers, transactions, as_of, .. } = load(&request, &Progress::default(), &CancelToken::default())?;
    Ok(Analysis::new(customers, as_of, transactions, plan, &Catalogue::built_in())?)
}

/// Whom a filter leaves, by their ids.
fn left(analysis: &mut Analysis, filter: &str) -> Result<String, Box<dyn Error>> {
    let setting = Setting { filter: Arc::new(filter.parse()?), ..analysis.setting().clone() };
    analysis.apply(setting)?;
    let mask = analysis.population().mask.clone();
    let customers = analysis.customers();
    let has = |customer: &usize| mask.as_ref().is_none_or(|mask| mask.has(*customer));
    Ok((0..customers.len()).filter(has).map(|customer| customers.ids.get(customer)).collect::<Vec<_>>().join(" "))
}

#[test]
fn a_filter_asks_for_any_field_by_any_of_its_names() -> Outcome {
    let mut analysis = analysis(&Plan::default())?;
    for (filter, expected) in [
        ("", "ann bob cid dot"),
        // As of 2 March: ann's last order is 31 days ago, cid's one.
        ("recency <= 31", "ann cid"),
        ("recency between 32 and 59", "bob"),
        ("orders >= 2", "ann cid"),
        ("frequency = 1", "bob dot"),
        ("revenue >= 28.50", "ann cid"),
        ("net > 28.5", "cid"),
        ("monetary.gross >= 33.50", "ann cid"),
        ("returned > 0", "ann"),
        ("aov >= 9.50 and aov < 30", "ann"),
        ("first_order = '2024-01-01'", "ann cid"),
        ("\"last order\" < '2024-01-04'", "bob dot"),
        // First orders on 1, 3, 1 and 2 January: 61, 59, 61 and 60 days before 2 March.
        ("tenure >= 61", "ann cid"),
        ("not repeat", "bob dot"),
        // Gaps of 10 and 20 days: 15.
        ("gap = 15", "ann"),
        ("gap is missing", "bob dot"),
        // 28.5, 7, 60 and 0 of 95.5: 29.84 %, 7.33 %, 62.83 %, 0.
        ("share between 7.33 and 29.84", "ann bob"),
        ("rank <= 2", "ann cid"),
        // 60 of 95.5, then 88.5, then all of it, which a customer of nothing does not change.
        ("cumulative_share = 62.83", "cid"),
        ("cumulative_share = 92.67", "ann"),
        ("cumulative_share = 100", "bob dot"),
        // Nobody is older than a year: three times the net sum.
        ("clv = 85.50", "ann"),
        ("active_months = 2", "cid"),
        ("longest_gap = 20", "ann"),
        ("region = '华东'", ""),
        ("region.last = 'West'", "cid dot"),
        ("region is missing", "bob"),
        ("region != 'East'", "cid dot"),
        ("not region = 'East'", "bob cid dot"),
        ("category = 'Lamps'", "ann dot"),
        ("category in ('Bath', 'Decor')", "bob cid"),
        ("category.distinct = 2", "ann cid"),
        ("age between 10 and 99", "ann"),
        ("age > 31 or age is missing", "cid dot"),
        ("customer like '%o%'", "bob dot"),
        ("id in ('ann', 'cid') and (age = 31 or orders = 2)", "ann cid"),
        ("false", ""),
    ] {
        assert_eq!(left(&mut analysis, filter)?, expected, "{filter}");
    }
    // Growth: of the last 90 days everybody has all; nobody bought before.
    assert_eq!(left(&mut analysis, "growth is missing and yoy is missing")?, "ann bob cid dot");
    let error = left(&mut analysis, "recency <= 3 and regoin = 'East'").err().map(|error| error.to_string());
    assert!(error.as_ref().is_some_and(|error| error.contains("region") && error.contains("18")), "{error:?}");
    Ok(())
}

/// Scores and segments are those of everybody; a cut that moves moves who is looked at.
#[test]
fn a_filter_of_scores_and_segments_follows_the_cuts() -> Outcome {
    let fixed = Plan {
        cuts: [
            Some(vec![Decimal::parse(b"31")?]),
            Some(vec![Decimal::parse(b"1")?]),
            Some(vec![Decimal::parse(b"20")?]),
        ],
        scheme: Some("cn-8".to_owned()),
        ..Plan::default()
    };
    let mut analysis = analysis(&fixed)?;
    let segment = |analysis: &Analysis, id: &str| {
        let customers = analysis.customers();
        let place = (0..customers.len()).find(|place| customers.ids.get(*place) == id).unwrap_or_default();
        analysis.scheme().segment_name(analysis.segment_of(place)).to_owned()
    };
    assert_eq!(left(&mut analysis, "r = 2 and f = 2 and m >= 2")?, "ann cid");
    let best = segment(&analysis, "cid");
    assert_eq!(left(&mut analysis, &format!("segment = '{best}'"))?, "ann cid");
    // Thirty days leave cid alone.
    let cuts = analysis.cuts(Axis::Recency).moved(0, 30);
    analysis.apply(analysis.setting().with_cuts(cuts))?;
    let mask = analysis.population().mask.clone().ok_or("a filter has a mask")?;
    assert_eq!((mask.kept(), analysis.population().len(), analysis.summary().total().customers), (1, 1, 1));
    assert!(mask.has(2));
    Ok(())
}

/// Who reads the names of segments in Chinese types them so; what is kept has the names that files have.
#[test]
fn segments_are_understood_as_they_are_shown() -> Outcome {
    let mut analysis = analysis(&Plan::default())?;
    within(Language::Hans, || {
        let segment = analysis.segment_of(2);
        let scheme = analysis.scheme();
        let (own, shown) = (scheme.segment_name(segment).to_owned(), scheme.segment_title(segment).to_owned());
        assert_ne!(own, shown);
        let takes = left(&mut analysis, &format!("segment = '{own}'"))?;
        assert!(takes.contains("cid"), "{takes}");
        assert_eq!(left(&mut analysis, &format!("tier in ('{shown}', 'nobody')"))?, takes);
        assert_eq!(analysis.setting().filter.to_string(), format!("tier in ('{own}', 'nobody')"));
        // A text of another field is no segment.
        assert_eq!(left(&mut analysis, &format!("region = '{shown}'"))?, "");
        assert_eq!(analysis.setting().filter.to_string(), format!("region = '{shown}'"));
        let budget = Arc::new(format!("{shown}: 5; *: 1").parse()?);
        analysis.apply(Setting { budget, ..analysis.setting().clone() })?;
        assert_eq!(analysis.setting().budget.to_string(), format!("{own}: 5; *: 1"));
        let line = "segment = '";
        let offered = |line: &str| {
            complete(line, line.chars().count(), &analysis.fields().vocabulary(analysis.scheme())).candidates
        };
        let first: String = shown.chars().take(1).collect();
        assert!(offered(&format!("{line}{first}")).contains(&format!("'{shown}'")), "{:?}", offered(line));
        assert_eq!(offered(&format!("{line}Champ")), ["'Champions'"]);
        Ok(())
    })
}

#[test]
fn what_only_rows_tell_is_told_by_names() -> Outcome {
    for (filter, needs) in [
        ("recency <= 3 and Monetary.Mean_Order > 5 and r = 5 and segment = 'x' and repeat", false),
        ("region = 'East'", true),
        ("not (recency > 3 or category.distinct = 2)", true),
        ("growth > 0", true),
    ] {
        assert_eq!(Fields::need_transactions(&filter.parse()?), needs, "{filter}");
    }
    Ok(())
}
