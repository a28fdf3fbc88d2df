//! Bins, cuts, methods, dates and counts as they are asked for on the command line.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence};

use super::recount::Recount;
use super::support::{
    Failure, Scratch, TestResult, cells, columns, customers, cuts, lines, list, micros, number, report, run, string,
};

/// A report of the demo shop against its recount, cut into so many bins.
fn cut_as_counted(demo: &Recount, option: &str, bins: [usize; 3]) -> TestResult {
    let report = report(["--bins", option])?;
    let expected = demo.quantiles(bins);
    for (axis, (name, unit)) in [("recency", 1_000_000), ("frequency", 1_000_000), ("monetary", 1)].iter().enumerate() {
        let expected: Vec<i128> = expected[axis].iter().map(|cut| cut * unit).collect();
        if cuts(&report, name)? != expected || number(&report["axes"][name]["bins"])? != bins[axis] as u64 {
            return Err(format!("--bins {option}: {name} is {}, not {expected:?}", report["axes"][name]).into());
        }
    }
    if cells(&report)? != demo.by(&expected, |scores| scores) {
        return Err(format!("--bins {option}: other cells").into());
    }
    Ok(())
}

#[test]
fn from_two_to_ten_bins_hold_equal_counts_by_rank() -> TestResult {
    let demo = Recount::demo()?;
    for bins in 2..=10 {
        cut_as_counted(&demo, &bins.to_string(), [bins; 3])?;
    }
    cut_as_counted(&demo, "5,3,2", [5, 3, 2])?;
    cut_as_counted(&demo, "2,10,7", [2, 10, 7])
}

proptest! {
    #![proptest_config(Config {
        cases: 40,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..Config::default()
    })]

    #[test]
    fn any_small_table_is_scored_as_a_recount_scores_it(
        rows in proptest::collection::vec((0..12_u8, 0..9_u8, 1..29_u8, -500..900_i32), 1..60),
        bins in [2..=10_usize, 2..=10_usize, 2..=10_usize],
    ) {
        let rows: Vec<[String; 4]> = rows
            .into_iter()
            .map(|(customer, order, day, cents)| {
                let sign = if cents < 0 { "-" } else { "" };
                let amount = format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100);
                [format!("c{customer}"), format!("o{order}"), format!("2024-02-{day:02}"), amount]
            })
            .collect();
        let check = || -> TestResult {
            let scratch = Scratch::new()?;
            let text: String = rows.iter().map(|row| row.join(",") + "\n").collect();
            let file = scratch.file("random.csv", format!("customer,order_no,date,amount\n{text}"))?;
            let recount = Recount::of(rows.iter().map(|row| row.each_ref().map(String::as_str)));
            let report = report([&*file, "--bins", &bins.map(|bins| bins.to_string()).join(",")])?;
            let (seen, counted) = (cells(&report)?, recount.by(&recount.quantiles(bins), |scores| scores));
            if seen == counted { Ok(()) } else { Err(format!("{seen:?}, counted {counted:?}").into()) }
        };
        check().map_err(|failure| TestCaseError::fail(failure.to_string()))?;
    }
}

/// One order a customer: id, days before 2024-07-01 (the as-of date, by the customer of today), cents.
const EDGES: [(&str, &str, &str); 5] = [
    ("today", "2024-06-30", "99999.99"),
    ("day30", "2024-06-01", "100000.00"),
    ("day31", "2024-05-31", "100000.01"),
    ("day90", "2024-04-02", "-5.00"),
    ("day91", "2024-04-01", "0.00"),
];

fn edges(scratch: &Scratch) -> Result<String, Failure> {
    let rows = EDGES.map(|(customer, date, amount)| format!("{customer},{date},{amount}\n")).concat();
    scratch.file("edges.csv", format!("customer,date,amount\n{rows}"))
}

/// The score of each customer on an axis.
fn scores(args: &[&str], axis: &str) -> Result<BTreeMap<String, String>, Failure> {
    let list = customers(args)?;
    Ok(columns(&list, ["customer", axis]).into_iter().map(|[customer, score]| (customer, score)).collect())
}

fn map(pairs: [(&str, &str); 5]) -> BTreeMap<String, String> {
    pairs.into_iter().map(|(customer, score)| (customer.to_owned(), score.to_owned())).collect()
}

#[test]
fn a_recency_cut_of_30_means_30_days_or_fewer_unless_closed_left() -> TestResult {
    let scratch = Scratch::new()?;
    let file = edges(&scratch)?;
    let right = scores(&[&file, "--cuts-r", "30,90"], "r")?;
    assert_eq!(right, map([("today", "3"), ("day30", "3"), ("day31", "2"), ("day90", "2"), ("day91", "1")]));
    let left = scores(&[&file, "--cuts-r", "30,90", "--closed", "left"], "r")?;
    assert_eq!(left, map([("today", "3"), ("day30", "2"), ("day31", "2"), ("day90", "1"), ("day91", "1")]));
    Ok(())
}

#[test]
fn a_hundred_thousand_and_more_is_in_and_a_cent_less_is_out_when_closed_left() -> TestResult {
    let scratch = Scratch::new()?;
    let file = edges(&scratch)?;
    let left = scores(&[&file, "--cuts-m", "100000", "--closed", "left"], "m")?;
    assert_eq!(left, map([("today", "1"), ("day30", "2"), ("day31", "2"), ("day90", "1"), ("day91", "1")]));
    let right = scores(&[&file, "--cuts-m", "-5,0,100000.00"], "m")?;
    assert_eq!(right, map([("today", "3"), ("day30", "3"), ("day31", "4"), ("day90", "1"), ("day91", "2")]));
    Ok(())
}

#[test]
fn the_mean_is_exact_and_the_side_of_equality_is_an_option() -> TestResult {
    let scratch = Scratch::new()?;
    // Means: 6 days, 7 / 3 orders, 10.01 / 3; b lies on the mean of days.
    let table = "customer,order_no,date,amount\na,1,2024-01-11,5.00\nb,2,2024-01-06,5.00\nc,3,2024-01-01,0.01\n\
                 c,4,2024-01-01,0\nc,5,2024-01-01,0\nc,6,2024-01-01,0\nc,7,2024-01-01,0\n";
    let file = scratch.file("means.csv", table)?;
    let report = report([&*file, "--method", "mean"])?;
    assert_eq!(cuts(&report, "recency")?, [6_000_000]);
    assert_eq!(report["axes"]["recency"]["bins"], 2);
    // Shown to a few decimals, and never rounded to a value that somebody has.
    let [orders] = cuts(&report, "frequency")?[..] else { return Err("one cut".into()) };
    assert!((orders - 2_333_333).abs() < 100, "{orders}");
    let [money] = cuts(&report, "monetary")?[..] else { return Err("one cut".into()) };
    assert!((money - 3_336_667).abs() < 100, "{money}");
    let codes = |more: &[&str]| -> Result<_, Failure> {
        let list = customers([&[&*file, "--method", "mean", "--sort", "customer"], more].concat())?;
        Ok(columns(&list, ["r", "f", "m"]).map_codes())
    };
    assert_eq!(codes(&[])?, ["212", "212", "121"]);
    assert_eq!(codes(&["--closed", "left"])?, ["212", "112", "121"]);
    Ok(())
}

/// Three scores as one code.
trait Codes {
    fn map_codes(self) -> Vec<String>;
}

impl Codes for Vec<[String; 3]> {
    fn map_codes(self) -> Vec<String> {
        self.into_iter().map(|scores| scores.concat()).collect()
    }
}

#[test]
fn the_means_of_the_demo_split_it_as_a_recount_does() -> TestResult {
    let demo = Recount::demo()?;
    let people = demo.people.len() as i128;
    let total = |axis: usize| demo.people.iter().map(|person| demo.values(person)[axis]).sum::<i128>();
    // A whole value is above the mean when it is above the mean rounded down.
    let means = [0, 1, 2].map(|axis| vec![total(axis).div_euclid(people)]);
    let report = report(["--method", "mean"])?;
    assert_eq!(cells(&report)?, demo.by(&means, |scores| scores));
    Ok(())
}

#[test]
fn equal_values_share_a_score_and_the_report_says_which_bins_that_empties() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = lines(1..=20, |n| format!("c{n},2024-01-{n:02},{n}.00"));
    let file = scratch.file("once.csv", format!("customer,date,amount\n{rows}"))?;
    let report = report([&*file])?;
    let list = columns(&customers([&*file])?, ["frequency", "f"]);
    assert_eq!(list, vec![["1".to_owned(), "1".to_owned()]; 20]);
    let notes = self::list(&report["notes"])?.iter().map(string).collect::<Result<Vec<_>, _>>()?;
    assert!(notes.iter().any(|note| note.contains("frequency") && note.contains("empty")), "{notes:?}");
    Ok(())
}

#[test]
fn frequency_counts_orders_days_or_rows_and_an_order_number_belongs_to_its_customer() -> TestResult {
    let scratch = Scratch::new()?;
    let table = "customer,order_no,date,amount\na,100,2024-01-01,1\nb,100,2024-01-01,1\na,100,2024-01-02,1\n\
                 a,101,2024-01-02,1\nb,100,2024-01-01,1\na,102,2024-01-02,1\n";
    let file = scratch.file("shared.csv", table)?;
    for (choice, expected) in
        [(None, ["3", "1"]), (Some("orders"), ["3", "1"]), (Some("days"), ["2", "1"]), (Some("rows"), ["4", "2"])]
    {
        let choice: Vec<&str> = choice.into_iter().flat_map(|choice| ["--frequency", choice]).collect();
        let list = customers([&[&*file, "--bins", "2", "--sort", "customer"], &*choice].concat())?;
        assert_eq!(columns(&list, ["frequency"]).concat(), expected, "{choice:?}");
        assert_eq!(columns(&list, ["orders"]).concat(), ["3", "1"], "{choice:?}");
        let report = report([&[&*file, "--bins", "2"], &*choice].concat())?;
        assert_eq!(number(&report["totals"]["orders"])?, 4);
    }
    Ok(())
}

#[test]
fn recency_counts_calendar_days_to_the_as_of_date() -> TestResult {
    let scratch = Scratch::new()?;
    let table = "customer,date,amount\nlate,2024-02-28 23:59:59,1.00\nearly,2024-02-28 00:00:01,1.00\n\
                 old,2023-03-01 12:00:00,1.00\n";
    let file = scratch.file("times.csv", table)?;
    let days = |more: &[&str]| -> Result<_, Failure> {
        let list = customers([&[&*file, "--bins", "2", "--sort", "customer"], more].concat())?;
        Ok(columns(&list, ["recency_days"]).concat())
    };
    assert_eq!(days(&[])?, ["1", "1", "365"]);
    // Over the leap day.
    assert_eq!(days(&["--as-of", "2024-03-01"])?, ["2", "2", "366"]);
    assert_eq!(days(&["--as-of", "2024-02-28"])?, ["0", "0", "364"]);
    Ok(())
}

#[test]
fn options_that_cannot_be_are_a_wrong_use_and_say_what_to_write() -> TestResult {
    let ways: [(&[&str], &str); 14] = [
        (&["--bins", "1"], "2 to 10"),
        (&["--bins", "11"], "2 to 10"),
        (&["--bins", "5,5"], "5,3,5"),
        (&["--bins", "many"], "2 to 10"),
        (&["--method", "fixed"], "--cuts-r 30,90,180,365"),
        (&["--method", "fixed", "--cuts-r", "30", "--cuts-f", "1"], "--cuts-m"),
        (&["--method", "mean", "--bins", "3"], "--bins"),
        (&["--method", "median"], "quantile"),
        (&["--cuts-r", "90,30"], "rise"),
        (&["--cuts-r", "30,30"], "rise"),
        (&["--cuts-f", "1.5"], "1.5"),
        (&["--cuts-m", "1.005"], "1.005"),
        (&["--cuts-r", "30", "--bins", "5"], "--bins"),
        (&["--as-of", "31.12.2024"], "2024-01-31"),
    ];
    for (way, advice) in ways {
        let answer = run([&["report"], way].concat())?;
        assert_eq!((answer.status, answer.stdout.as_str()), (Some(2), ""), "{way:?}: {answer:?}");
        assert!(answer.stderr.contains(advice), "{way:?}: {}", answer.stderr);
    }
    Ok(())
}

#[test]
fn a_column_that_is_not_there_is_told_with_those_that_are() -> TestResult {
    let scratch = Scratch::new()?;
    let file = edges(&scratch)?;
    for wanted in ["buyer", "4", "0"] {
        let answer = run(["report", &*file, "--customer", wanted])?;
        assert_eq!((answer.status, answer.stderr.lines().count()), (Some(1), 1), "{answer:?}");
        for part in ["--customer", wanted, "edges.csv", "1 customer", "2 date", "3 amount"] {
            assert!(answer.stderr.contains(part), "{part}: {}", answer.stderr);
        }
    }
    let list = customers([&*file, "--customer", "CUSTOMER", "--amount", "3", "--cuts-r", "30"])?;
    assert_eq!(micros(&list[0]["monetary"])?, 100_000_010_000);
    Ok(())
}
