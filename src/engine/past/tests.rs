use std::error::Error;

use super::*;
use crate::data::load::{Loaded, Request, load};
use crate::data::place::Place;
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::cuts::{Closed, Cuts};
use crate::model::schemes::Catalogue;

type Outcome = Result<(), Box<dyn Error>>;

/// As of 1 January 2025. Ann's order 2 reaches over into 2024.
///
/// | customer | 2023                | 2024                                       |
/// |----------|---------------------|--------------------------------------------|
/// | ann      | 2 orders, net 30.00 | order 2 goes on, order 3: 45.00; 5.00 back |
/// | bob      |                     | 1 order, net 10.00                         |
const SALES: &[u8] = b"customer,order,date,amount,category\n\
    ann,1,2023-10-01,10.00,Lamps\nann,2,2023-12-31,20.00,Bath\nann,2,2024-01-01,5.00,Bath\n\
    ann,3,2024-03-31,40.00,Lamps\nann,3,2024-04-02,-5.00,Lamps\nbob,4,2024-12-31,10.00,Bath\n";

fn analysis() -> Result<(Analysis, Arc<Transactions>), Box<dyn Error>> {
    let places = vec![Place::BuiltIn { name: "made up", bytes: SALES }];
    let request = Request { places, attributes: Some(Vec::new()), ..Request::default() };
    let Loaded { customers, transactions, as_of, .. } = load(&request, &Progress::default(), &CancelToken::default())?;
    let transactions = transactions.ok_or("no transactions")?;
    let given = Some(Arc::clone(&transactions));
    Ok((Analysis::new(customers, as_of, given, &Plan::default(), &Catalogue::built_in())?, transactions))
}

#[test]
fn years_have_their_orders_sums_and_means() -> Outcome {
    let (analysis, transactions) = analysis()?;
    let as_of = analysis.measured().as_of();
    assert_eq!(as_of, "2025-01-01".parse()?);
    let told = |customer| {
        let told = |year: YearOf| {
            let mean = year.mean(Scale::CENTS).map_or_else(|| "-".to_owned(), |mean| mean.to_string());
            format!("{} {} {} {mean} {}", year.year, year.orders, year.revenue, year.is_over)
        };
        years(&transactions, customer, as_of).into_iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(told(0), ["2023 2 3000 15.00 true", "2024 2 4000 20.00 true"]);
    assert_eq!(told(1), ["2024 1 1000 10.00 true"]);
    let early = years(&transactions, 0, "2024-06-01".parse()?);
    assert_eq!(early.last().map(|year| year.is_over), Some(false));
    assert_eq!(
        [change(3_000, 4_000), change(0, 1), change(-5, 1), change(4, 3)],
        [Some(3_333), None, None, Some(-2_500)]
    );
    // 2024 has 366 days: the last 365 begin on 2 January.
    assert_eq!(last_two_years(&transactions, 0, as_of), [3_500, 3_500]);
    Ok(())
}

#[test]
fn a_quarter_is_judged_by_the_rows_up_to_its_end_and_the_cuts_of_today() -> Outcome {
    let (mut analysis, transactions) = analysis()?;
    let mut setting = analysis.setting().clone();
    setting.cuts = [
        Cuts::fixed(Axis::Recency, Closed::Right, &[30, 60, 90, 180])?,
        Cuts::fixed(Axis::Frequency, Closed::Right, &[1, 2, 3, 4])?,
        Cuts::fixed(Axis::Monetary, Closed::Right, &[1_000, 3_000, 5_000, 8_000])?,
    ];
    analysis.apply(setting)?;
    let told = |customer| {
        let told = |then: Then| match then.stood {
            Stood::In(cell, _) => format!("{} {cell:?}", then.day),
            other => format!("{} {other:?}", then.day),
        };
        quarters(&analysis, &transactions, customer, 6).into_iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(
        told(0),
        [
            "2023-09-30 NotYet",
            // Two orders, 30.00, the last one day before 1 January.
            "2023-12-31 [5, 2, 2]",
            "2024-03-31 [5, 3, 4]",
            // The return of 2 April makes nobody more recent: 92 days from 31 March to 1 July.
            "2024-06-30 [2, 3, 4]",
            "2024-09-30 [1, 3, 4]",
            "2024-12-31 [1, 3, 4]",
        ]
    );
    assert_eq!(told(1)[4..], ["2024-09-30 NotYet", "2024-12-31 [5, 1, 1]"]);
    // A quarter that ends the day before the as-of date is today.
    let last = quarters(&analysis, &transactions, 0, 1)[0].stood;
    assert_eq!(last, Stood::In(analysis.scorer().cell(0), analysis.segment_of(0)));
    Ok(())
}

#[test]
fn gaps_are_told_against_the_time_since_the_last_purchase() -> Outcome {
    let (analysis, transactions) = analysis()?;
    let as_of = analysis.measured().as_of();
    // 91, 1 and 90 days.
    let expected = Gaps { count: 3, least: 1, median_twice: 180, most: 91, last: 90, since: 276, shorter: 3 };
    assert_eq!(gaps(&transactions, 0, as_of), Some(expected));
    assert_eq!(gaps(&transactions, 1, as_of), None);
    Ok(())
}

#[test]
fn what_brought_in_most_comes_first() -> Outcome {
    let (_, transactions) = analysis()?;
    let told: Vec<(String, i64)> =
        top(&transactions, 0, 0, 3).into_iter().map(|top| (top.value, top.revenue)).collect();
    assert_eq!(told, [("Lamps".to_owned(), 4_500), ("Bath".to_owned(), 2_500)]);
    assert_eq!(top(&transactions, 0, 0, 1).len(), 1);
    assert_eq!(goods(&transactions), [0]);
    Ok(())
}
