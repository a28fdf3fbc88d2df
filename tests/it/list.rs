//! `tierscope customers`: the list for a spreadsheet or a program.

use std::fs;

use serde_json::Value;

use super::recount::{ELEVEN, Recount, named};
use super::support::{
    Failure, Line, Scratch, TestResult, columns, customers, list, micros, run, string, succeed, text,
};

#[test]
fn the_list_begins_with_the_promised_columns() -> TestResult {
    let csv = succeed(["customers", "--limit", "1"])?;
    let head = csv.lines().next().unwrap_or_default();
    let promised = "customer,recency_days,frequency,monetary,first_order,last_order,r,f,m,segment";
    assert!(head == promised || head.starts_with(&format!("{promised},")), "{head}");
    Ok(())
}

#[test]
fn every_customer_of_the_demo_is_listed_as_a_recount_has_them() -> TestResult {
    let demo = Recount::demo()?;
    let cuts = demo.quantiles([5; 3]);
    let lines = customers(["--sort", "customer"])?;
    assert_eq!(lines.len(), demo.people.len());
    for (line, person) in lines.iter().zip(&demo.people) {
        let scores = demo.scores(person, &cuts);
        let [days, orders, money] = demo.values(person);
        let seen = [&line["customer"], &line["recency_days"], &line["frequency"], &line["segment"]];
        assert_eq!(seen, [&person.id, &days.to_string(), &orders.to_string(), named(&ELEVEN, scores)]);
        assert_eq!(micros(&line["monetary"])?, money, "{}", person.id);
        assert_eq!([&line["r"], &line["f"], &line["m"]].map(|score| score.parse::<u8>().ok()), scores.map(Some));
        let dates = [&line["first_order"], &line["last_order"]].map(|date| day(date));
        assert_eq!(dates, [Some(person.first), Some(person.last)], "{}", person.id);
    }
    Ok(())
}

fn day(text: &str) -> Option<i128> {
    use chrono::Datelike;
    text.parse::<chrono::NaiveDate>().ok().map(|date| date.num_days_from_ce().into())
}

/// What a column sorts by.
fn key(line: &Line, column: &str) -> Result<(i128, String), Failure> {
    let (column, number) = match column {
        "recency" => ("recency_days", true),
        "mean_order" => ("mean_order_value", true),
        "frequency" | "monetary" => (column, true),
        _ => (column, false),
    };
    if column == "scores" {
        return Ok((0, ["r", "f", "m"].map(|axis| line[axis].clone()).concat()));
    }
    if column == "segment" {
        let place = ELEVEN.iter().position(|(name, _)| *name == line["segment"]).ok_or("an unknown segment")?;
        return Ok((place as i128, String::new()));
    }
    Ok(if number { (micros(&line[column])?, String::new()) } else { (0, line[column].clone()) })
}

#[test]
fn the_list_sorts_by_every_column_both_ways() -> TestResult {
    let columns = [
        "customer",
        "recency",
        "frequency",
        "monetary",
        "mean_order",
        "first_order",
        "last_order",
        "scores",
        "segment",
    ];
    for column in columns {
        for (direction, rising) in [("asc", true), ("desc", false)] {
            let lines = customers(["--sort", &format!("{column}:{direction}")])?;
            let keys = lines.iter().map(|line| key(line, column)).collect::<Result<Vec<_>, _>>()?;
            let sorted = keys.windows(2).all(|pair| if rising { pair[0] <= pair[1] } else { pair[0] >= pair[1] });
            assert!(sorted && lines.len() == 2_999 && keys.first() != keys.last(), "{column}:{direction}");
        }
    }
    Ok(())
}

#[test]
fn a_limit_gives_the_first_of_the_sorted_list() -> TestResult {
    let all = customers(["--sort", "recency:desc"])?;
    for limit in [0, 1, 7, 2_999, 5_000] {
        let some = customers(["--sort", "recency:desc", "--limit", &limit.to_string()])?;
        assert_eq!(some, all[..limit.min(all.len())], "{limit}");
    }
    Ok(())
}

#[test]
fn json_has_the_same_customers_with_money_as_text() -> TestResult {
    let json: Value = serde_json::from_str(&succeed(["customers", "--format", "json", "--limit", "50"])?)?;
    let lines = customers(["--limit", "50"])?;
    let objects = list(&json)?;
    assert_eq!(objects.len(), lines.len());
    for (object, line) in objects.iter().zip(&lines) {
        assert_eq!(string(&object["customer"])?, line["customer"]);
        assert_eq!(string(&object["monetary"])?, line["monetary"]);
        for name in ["recency_days", "frequency", "r", "f", "m"] {
            assert_eq!(object[name].to_string(), line[name], "{name}");
        }
    }
    let none: Value = serde_json::from_str(&succeed(["customers", "--format", "json", "--limit", "0"])?)?;
    assert_eq!(none, Value::Array(Vec::new()));
    Ok(())
}

#[test]
fn a_list_written_to_a_file_is_the_list() -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.path("list.csv");
    let said = succeed(["customers", "--limit", "9", "--out", text(&path)?])?;
    assert_eq!(said, "");
    assert_eq!(fs::read_to_string(&path)?, succeed(["customers", "--limit", "9"])?);
    Ok(())
}

#[test]
fn the_list_never_takes_the_place_of_the_data() -> TestResult {
    let scratch = Scratch::new()?;
    let content = "customer,date,amount\na,2024-01-01,1.00\nb,2024-01-02,2.00\n";
    let sales = scratch.file("sales.csv", content)?;
    let other = scratch.file("other.csv", content)?;
    let round_about = scratch.path(".").join("sales.csv");
    std::os::unix::fs::symlink(&sales, scratch.path("link.csv"))?;
    let pattern = scratch.path("s*.csv");
    for (inputs, out) in [
        (vec![&*sales], &*sales),
        (vec![&*other, &*sales], &*sales),
        (vec![&*sales], text(&round_about)?),
        (vec![&*sales], text(&scratch.path("link.csv"))?),
        (vec![text(&pattern)?], &*sales),
    ] {
        let answer = run([&["customers", "--bins", "2", "--out", out], &*inputs].concat())?;
        assert_eq!((answer.status, answer.stderr.lines().count()), (Some(1), 1), "{answer:?}");
        assert_eq!(fs::read_to_string(&sales)?, content);
    }
    Ok(())
}

#[test]
fn a_spreadsheet_takes_no_id_for_a_formula() -> TestResult {
    let scratch = Scratch::new()?;
    let ids = ["=HYPERLINK(\"x\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "-5", "plain", "007"];
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["customer", "date", "amount"])?;
    for id in ids {
        writer.write_record([id, "2024-01-01", "1.00"])?;
    }
    let file = scratch.file("formulas.csv", writer.into_inner()?)?;
    let lines = customers([&*file, "--bins", "2"])?;
    let mut exported: Vec<String> = columns(&lines, ["customer"]).concat();
    exported.sort_unstable();
    let mut expected =
        ["'=HYPERLINK(\"x\")", "'+cmd|' /C calc'!A0", "'-2+3", "'@SUM(A1)", "-5", "plain", "007"].map(str::to_owned);
    expected.sort_unstable();
    assert_eq!(exported, expected);
    // A program gets the id as it is.
    let json: Value = serde_json::from_str(&succeed(["customers", &*file, "--bins", "2", "--format", "json"])?)?;
    assert!(list(&json)?.iter().any(|one| one["customer"] == ids[0]));
    Ok(())
}

#[test]
fn ids_are_text_with_their_zeros_and_their_length() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = "007,2024-01-01,1.00\n7,2024-01-01,2.00\n20240800000000000001,2024-01-01,3.00\n7.0,2024-01-01,4.00\n";
    let file = scratch.file("ids.csv", format!("member_id,date,amount\n{rows}"))?;
    let lines = customers([&*file, "--bins", "2", "--sort", "monetary:asc"])?;
    assert_eq!(columns(&lines, ["customer"]).concat(), ["007", "7", "20240800000000000001", "7.0"]);
    Ok(())
}
