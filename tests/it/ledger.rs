//! Nothing disappears: rows read are rows kept and rows rejected, and every sum is the sum of its parts.

use serde_json::Value;

use super::recount::{ELEVEN, Recount, demo_text, named};
use super::support::{
    Failure, Scratch, Tally, TestResult, cells, cuts, lines, list, micros, number, report, run, segments, string, tally,
};

/// Fails unless rows, customers, orders and money add up in a report.
fn adds_up(report: &Value) -> TestResult {
    let ledger = &report["ledger"];
    let rejected = list(&ledger["rejected"])?.iter().map(|reason| number(&reason["rows"])).sum::<Result<u64, _>>()?;
    let (read, kept) = (number(&ledger["read"])?, number(&ledger["kept"])?);
    let total = tally(&report["totals"])?;
    let of_segments: Tally = segments(report)?.into_iter().map(|(_, tally)| tally).sum();
    let of_cells: Tally = cells(report)?.into_values().sum();
    if read != kept + rejected {
        return Err(format!("{read} read, {kept} kept, {rejected} rejected").into());
    }
    if total != of_segments || total != of_cells {
        return Err(format!("{total:?}; segments {of_segments:?}; cells {of_cells:?}").into());
    }
    Ok(())
}

#[test]
fn whatever_the_method_and_the_scheme_the_parts_make_the_whole() -> TestResult {
    let demo = Recount::demo()?;
    let ways: [&[&str]; 14] = [
        &[],
        &["--bins", "2"],
        &["--bins", "3,5,7"],
        &["--bins", "10"],
        &["--method", "r-compat"],
        &["--method", "r-compat", "--scheme", "r-rfm"],
        &["--method", "mean"],
        &["--scheme", "cn-8"],
        &["--scheme", "rf-10", "--frequency", "days"],
        &["--scheme", "rfm-6"],
        &["--scheme", "ladder-5", "--frequency", "rows"],
        &["--scheme", "value-3"],
        &["--scheme", "spending-3", "--closed", "left"],
        &["--cuts-r", "10,100", "--cuts-f", "1", "--cuts-m", "-5,0,99.99"],
    ];
    for way in ways {
        let report = report(way)?;
        adds_up(&report).map_err(|problem| format!("{way:?}: {problem}"))?;
        assert_eq!(tally(&report["totals"])?, demo.total(), "{way:?}");
        assert_eq!(number(&report["ledger"]["read"])?, demo.read, "{way:?}");
    }
    Ok(())
}

#[test]
fn rows_after_the_as_of_date_are_told_and_left_out() -> TestResult {
    let text = demo_text()?;
    let later = text.lines().skip(1).filter(|line| line.split(',').nth(1).is_some_and(|date| *date > *"2025-01-01"));
    // Dates that are none sort behind, and a row may lack its customer or amount as well.
    let later =
        later.filter(|line| line.split(',').nth(1).is_some_and(|date| date < "2026" && !date.contains("02-30")));
    let later = later.filter(|line| line.split(',').nth(2).is_some_and(|customer| !customer.trim().is_empty()));
    let report = report(["--as-of", "2024-12-31"])?;
    adds_up(&report)?;
    let rejected = list(&report["ledger"]["rejected"])?;
    let after = rejected.iter().find(|one| one["reason"] == "after the as-of date").ok_or("no such reason")?;
    assert_eq!(number(&after["rows"])?, later.count() as u64);
    assert_eq!(string(&report["period"]["last_order"])?, "2024-12-31");
    assert_eq!(string(&report["as_of"])?, "2024-12-31");
    Ok(())
}

#[test]
fn the_demo_shop_is_what_a_plain_recount_of_its_file_says() -> TestResult {
    let demo = Recount::demo()?;
    // What its README says is wrong with it, 15 double rows apart.
    assert_eq!((demo.people.len(), demo.read, demo.rejected), (2_999, 29_318, [25, 12, 12]));
    let report = report::<&str>([])?;
    let rows = |reasons: &[&str]| {
        let rejected = list(&report["ledger"]["rejected"])?.iter();
        let rejected = rejected.filter(|one| reasons.iter().any(|reason| one["reason"] == **reason));
        rejected.map(|one| number(&one["rows"])).sum::<Result<u64, Failure>>()
    };
    assert_eq!(rows(&["missing customer"])?, 25);
    assert_eq!(rows(&["missing date", "unreadable date"])?, 12);
    assert_eq!(rows(&["missing amount", "unreadable amount"])?, 12);
    let expected = demo.quantiles([5; 3]);
    let whole = |axis: usize| expected[axis].iter().map(|cut| cut * 1_000_000).collect::<Vec<_>>();
    assert_eq!(cuts(&report, "recency")?, whole(0));
    assert_eq!(cuts(&report, "frequency")?, whole(1));
    assert_eq!(cuts(&report, "monetary")?, expected[2]);
    assert_eq!(cells(&report)?, demo.by(&expected, |scores| scores));
    let by_name = demo.by(&expected, |scores| named(&ELEVEN, scores));
    let by_name = ELEVEN.map(|(name, _)| (name.to_owned(), by_name.get(name).copied().unwrap_or_default()));
    assert_eq!(segments(&report)?, by_name);
    Ok(())
}

/// A line an example: reason, file, line of the file, column, what stands there.
const UGLY: [(&str, &str, u64, &str, &str); 9] = [
    ("missing customer", "ugly.csv", 3, "customer", "  "),
    ("text is not UTF-8", "ugly.csv", 4, "customer", "caf\u{fffd}"),
    ("missing date", "ugly.csv", 5, "order date", ""),
    ("unreadable date", "ugly.csv", 8, "order date", "2024-02-30"),
    ("after the as-of date", "ugly.csv", 9, "order date", "2024-07-01"),
    ("missing amount", "ugly.csv", 10, "amount", ""),
    ("unreadable amount", "ugly.csv", 11, "amount", "12 euros"),
    ("amount out of range", "ugly.csv", 12, "amount", "99999999999999999999"),
    ("unreadable row", "ugly.ndjson", 2, "", "[\"A1\", \"2024-01-05\", 1.00]"),
];

/// A CSV file with every reason to reject a row but one, and an NDJSON file with that one.
fn ugly(scratch: &Scratch) -> Result<[String; 2], Failure> {
    let mut csv =
        b"customer,note,order date,amount\nA1,\xe5\xae\xa2\xe6\x88\xb7\xe5\xae\xa2\xe6\x88\xb7\xe5\xae\xa2\xe6\x88\xb7\xe5\xae\xa2\xe6\x88\xb7,2024-01-05,10.10\n  ,,2024-01-06,1.00\ncaf\xe9,,2024-01-06,1.00\n"
            .to_vec();
    csv.extend_from_slice(
        b"B2,,,1.00\nB2,\"over\ntwo lines\",2024-01-07,20.20\nB2,,2024-02-30,1.00\nB2,,2024-07-01,1.00\nB2,,2024-01-08,\n\
          B2,,2024-01-08,12 euros\nB2,,2024-01-08,99999999999999999999\n",
    );
    let json = "{\"customer\": \"C3\", \"order date\": \"2024-06-30\", \"amount\": 30.30}\n[\"A1\", \"2024-01-05\", 1.00]\n\
                {\"customer\": \"A1\", \"order date\": \"2024-06-30\", \"amount\": \"-0.10\"}\n";
    Ok([scratch.file("ugly.csv", csv)?, scratch.file("ugly.ndjson", json)?])
}

#[test]
fn every_rejected_row_can_be_looked_up_by_file_line_column_and_text() -> TestResult {
    let scratch = Scratch::new()?;
    let [csv, json] = ugly(&scratch)?;
    let report = report([&*csv, &*json, "--as-of", "2024-06-30", "--bins", "2"])?;
    adds_up(&report)?;
    assert_eq!((number(&report["ledger"]["read"])?, number(&report["ledger"]["kept"])?), (13, 4));
    let mut found = Vec::new();
    for reason in list(&report["ledger"]["rejected"])? {
        assert_eq!(number(&reason["rows"])?, 1, "{reason}");
        let [example] = list(&reason["examples"])? else { return Err(format!("one example: {reason}").into()) };
        found.push((
            string(&reason["reason"])?,
            string(&example["file"])?,
            number(&example["row"])?,
            string(&example["column"])?,
            string(&example["text"])?,
        ));
    }
    let mut expected = UGLY.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let total = Tally { customers: 3, orders: 3, money: micros("60.50")? };
    assert_eq!(tally(&report["totals"])?, total);
    Ok(())
}

#[test]
fn the_report_for_a_person_names_each_reason_with_its_first_row() -> TestResult {
    let scratch = Scratch::new()?;
    let [csv, json] = ugly(&scratch)?;
    let answer = run(["report", &csv, &json, "--as-of", "2024-06-30", "--bins", "2"])?;
    assert!(answer.stdout.contains("13 read, 4 kept"), "{}", answer.stdout);
    for (reason, file, row, column, text) in UGLY {
        let column = if column.is_empty() { String::new() } else { format!(" column `{column}`") };
        let text = if text.is_empty() { "(empty)".to_owned() } else { format!("`{text}`") };
        let line = format!("rejected: 1 {reason}, first in {file} row {row}{column}: {text}");
        assert!(answer.stdout.lines().any(|found| found == line), "{line} in {}", answer.stdout);
    }
    Ok(())
}

#[test]
fn only_the_first_few_examples_of_a_reason_are_kept_but_all_its_rows_are_counted() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = lines(1..=40, |day| format!("A{day},2024-13-{day:02},1.00"));
    let file = scratch.file("many.csv", format!("customer,date,amount\nB,2024-01-01,5.00\n{rows}"))?;
    let report = report([&*file, "--date", "date"])?;
    let [reason] = list(&report["ledger"]["rejected"])? else { return Err("one reason".into()) };
    assert_eq!((string(&reason["reason"])?, number(&reason["rows"])?), ("unreadable date", 40));
    let seen: Vec<u64> = list(&reason["examples"])?.iter().map(|one| number(&one["row"])).collect::<Result<_, _>>()?;
    assert!(seen.len() < 40 && !seen.is_empty(), "{seen:?}");
    assert_eq!(seen, (3..3 + seen.len() as u64).collect::<Vec<_>>());
    Ok(())
}
