//! The data filter: customers of some rows alone, against a file that has only these rows, and on the screen.

use serde_json::Value;
use tierscope::app::details::{detailed, details_wanted};
use tierscope::app::keymap::Key;

use super::stage::Stage;
use super::support::{Failure, Scratch, TestResult, cuts, micros, number, report, run, string, succeed, text};

const DEMO: &str = "demo-data/shop.csv";
const FILTER: &str = "category = 'Lamps' and date >= '2025-01-01'";

/// The demo shop's rows of Lamps from 2025 on, picked without the program.
fn lamps() -> Result<String, Failure> {
    let mut reader = csv::Reader::from_path(DEMO)?;
    let headers = reader.headers()?.clone();
    let place = |name: &str| headers.iter().position(|header| header == name).ok_or("no such column");
    let (date, category) = (place("order_date")?, place("category")?);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers)?;
    for row in reader.records() {
        let row = row?;
        if row[category].trim() == "Lamps" && row[date].get(..10).is_some_and(|day| day >= "2025-01-01") {
            writer.write_record(&row)?;
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// What makes both files be read and scored in the same way.
const SAME: [&str; 16] = [
    "--customer",
    "customer_id",
    "--order",
    "order_id",
    "--date",
    "order_date",
    "--amount",
    "amount",
    "--as-of",
    "2026-01-01",
    "--cuts-r",
    "30,90,180,365",
    "--cuts-f",
    "1,2,4,8",
    "--cuts-m",
    "50,100,500,1000",
];

#[test]
fn customers_are_those_of_a_file_with_these_rows_alone() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("lamps.csv", lamps()?)?;
    let columns = "customer,recency.days,frequency,frequency.days,frequency.rows,monetary,monetary.gross,\
        monetary.largest-order,first_order,last_order,gap,returned,share,rank,r,f,m,segment,channel,age,active_months";
    let list = ["customers", "--columns", columns, "--sort", "customer"];
    let by_filter = succeed([&list[..], &SAME, &[DEMO, "--data-filter", FILTER]].concat())?;
    let by_file = succeed([&list[..], &SAME, &[&file]].concat())?;
    assert!(by_file.lines().count() > 100, "{by_file}");
    assert_eq!(by_filter, by_file);
    // A filter of customers is one of the customers that these rows make.
    let both = ["--filter", "frequency >= 2 and channel = 'app'"];
    let by_filter = succeed([&list[..], &SAME, &[DEMO, "--data-filter", FILTER], &both].concat())?;
    assert_eq!(by_filter, succeed([&list[..], &SAME, &[&*file], &both].concat())?);
    // Cells and segments, too.
    let [one, other] = [&[DEMO, "--data-filter", FILTER][..], &[&*file]].map(|what| report([&SAME, what].concat()));
    let (one, other) = (one?, other?);
    for part in ["totals", "segments", "cells", "axes"] {
        assert_eq!(one[part], other[part], "{part}");
    }
    Ok(())
}

#[test]
fn rows_taken_and_set_aside_are_all_that_were_kept() -> TestResult {
    let whole = report([DEMO])?;
    let filtered = report([DEMO, "--data-filter", FILTER])?;
    let opposite = report([DEMO, "--data-filter", &format!("not ({FILTER})")])?;
    let figure = |report: &Value, part: &str, what: &str| report["data_filter"][part][what].clone();
    let rows = |report: &Value, part: &str| number(&figure(report, part, "rows"));
    let revenue = |report: &Value, part: &str| micros(string(&figure(report, part, "revenue"))?);
    assert_eq!(rows(&filtered, "taken")? + rows(&filtered, "set_aside")?, number(&whole["ledger"]["kept"])?);
    assert_eq!(rows(&filtered, "set_aside")?, rows(&opposite, "taken")?);
    assert_eq!(revenue(&filtered, "set_aside")?, revenue(&opposite, "taken")?);
    let all = micros(string(&whole["totals"]["revenue"])?)?;
    assert_eq!(revenue(&filtered, "taken")? + revenue(&filtered, "set_aside")?, all);
    // Cuts that follow the data follow all rows, and the as-of date is theirs.
    for axis in ["recency", "frequency", "monetary"] {
        assert_eq!(cuts(&filtered, axis)?, cuts(&whole, axis)?);
    }
    assert_eq!((&filtered["as_of"], &filtered["ledger"]), (&whole["as_of"], &whole["ledger"]));
    let table = succeed(["report", DEMO, "--data-filter", FILTER])?;
    assert!(table.contains(&format!("data filter {FILTER}: ")) && table.contains("set aside: "), "{table}");
    Ok(())
}

#[test]
fn a_name_that_rows_do_not_have_is_told_with_its_place() -> TestResult {
    for (filter, told) in [
        ("category = 'Lamps' and chanel = 'app'", "did you mean channel? (at character 24)"),
        ("recency <= 90", "`recency` is told of customers"),
        ("date >= 2025", "date is a date; write it as '2024-01-31' instead of 2025 (at character 9)"),
    ] {
        let answer = run(["report", DEMO, "--data-filter", filter])?;
        assert!(answer.status == Some(2) && answer.stderr.contains(told), "{answer:?}");
    }
    let answer = run(["report", DEMO, "--filter", "amount > 5"])?;
    assert!(answer.status == Some(2) && answer.stderr.contains("--data-filter"), "{answer:?}");
    assert_eq!(run(["report", DEMO, "--data-filter", "category = "])?.status, Some(2));
    Ok(())
}

#[test]
fn it_lives_in_scenarios_and_manifests() -> TestResult {
    let scratch = Scratch::new()?;
    let scenario = scratch.path("lamps.toml");
    let scenario = text(&scenario)?;
    succeed(["scenario", DEMO, "--data-filter", FILTER, "--save", scenario])?;
    assert!(std::fs::read_to_string(scenario)?.contains(&format!("data_filter = \"{FILTER}\"")));
    let [one, other] =
        [&["--data-filter", FILTER][..], &["--scenario", scenario]].map(|by| report([&[DEMO], by].concat()));
    assert_eq!(one?["cells"], other?["cells"]);
    let checked = run(["check", scenario, DEMO])?;
    assert!(checked.status == Some(0) && checked.stdout.contains("data filter"), "{checked:?}");
    // The same rows on both sides: nobody moves by the scenario itself.
    let plain = scratch.path("plain.toml");
    succeed(["scenario", DEMO, "--save", text(&plain)?])?;
    let compared = succeed(["diff", text(&plain)?, scenario, DEMO])?;
    assert!(compared.contains("data filter") && compared.contains("Agreement 100"), "{compared}");
    let out = scratch.path("lamps.csv");
    succeed(["customers", DEMO, "--scenario", scenario, "--out", text(&out)?])?;
    let manifest: Value = serde_json::from_str(&std::fs::read_to_string(scratch.path("lamps.csv.manifest.json"))?)?;
    assert_eq!((string(&manifest["data_filter"])?, string(&manifest["filter"])?), (FILTER, ""));
    // SQL cannot have it, and says so; words can.
    let sql = run(["define", DEMO, "--data-filter", FILTER, "--as", "duckdb"])?;
    assert!(sql.status == Some(1) && sql.stderr.contains("data filter"), "{sql:?}");
    assert!(succeed(["define", DEMO, "--data-filter", FILTER])?.contains("\nData filter\n"));
    Ok(())
}

/// Reads the rows that are asked for, as the loop does behind the screen.
fn read_rows(stage: &mut Stage, size: (u16, u16)) {
    if let Some(task) = details_wanted(&mut stage.model) {
        detailed(&mut stage.model, task.run());
    }
    stage.resize(size);
}

#[test]
fn the_screen_goes_over_to_the_customers_of_some_rows_and_back() -> TestResult {
    let headless = report([DEMO, "--data-filter", FILTER])?;
    for size in super::stage::SIZES {
        let mut stage = Stage::demo(size);
        let start = stage.screen()?;
        stage.type_in("D");
        read_rows(&mut stage, size);
        stage.type_in(FILTER);
        stage.press([Key::Enter]);
        let filtered = stage.screen()?;
        let customers = filtered.text();
        assert!(customers.contains("rows, data filter") && customers.contains("rows where"), "{customers}");
        // Where there is room, every segment is shown.
        if size.1 >= 40 {
            let customers = number(&headless["totals"]["customers"])?;
            assert_eq!(filtered.tiers()?.iter().sum::<u64>(), customers, "{size:?}");
        }
        // The last thing done is taken back, exactly, and done again.
        stage.type_in("u");
        assert_eq!(stage.screen()?.without_message(), start.without_message(), "{size:?}");
        stage.type_in("U");
        assert_eq!(stage.screen()?.without_message(), filtered.without_message(), "{size:?}");
        // Both kinds, each by its name.
        stage.type_in("Frecency <= 365");
        stage.press([Key::Enter]);
        let both = stage.screen()?.text();
        assert!(both.contains("customers, filtered") && both.contains("rows, data filter"), "{both}");
        stage.type_in("d");
        let card = stage.screen()?.text();
        assert!(card.contains("Data filter") && card.contains("set aside"), "{card}");
        stage.press([Key::Esc]);
        // Without text it is taken away.
        stage.type_in("u");
        stage.type_in("D");
        stage.press([Key::Ctrl('u'), Key::Enter]);
        let end = stage.screen()?;
        assert_eq!((end.tiers()?, end.list()), (start.tiers()?, start.list()), "{size:?}");
        assert!(!end.text().contains("rows, data filter"), "{}", end.text());
    }
    Ok(())
}

#[test]
fn a_data_filter_waits_for_its_rows_and_the_newest_wins() -> TestResult {
    let size = (120, 40);
    let mut stage = Stage::demo(size);
    let start = stage.screen()?;
    stage.type_in("D");
    stage.type_in("category = 'Bath'");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("reading the rows once more"));
    // It is taken back before it came.
    stage.type_in("u");
    assert!(stage.screen()?.text().contains("undone: data filter category = 'Bath'"));
    stage.type_in("D");
    stage.type_in("category = 'Lamps'");
    stage.press([Key::Enter]);
    read_rows(&mut stage, size);
    let screen = stage.screen()?.text();
    assert!(screen.contains("rows where category = 'Lamps'") && !screen.contains("Bath"), "{screen}");
    // From one to another, and back to the first.
    stage.type_in("D");
    stage.press([Key::Ctrl('u')]);
    stage.type_in("channel = 'app'");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("rows where channel = 'app'"));
    stage.type_in("u");
    assert!(stage.screen()?.text().contains("rows where category = 'Lamps'"));
    stage.type_in("u");
    assert_eq!(stage.screen()?.without_message(), start.without_message());
    // A name that is not there stays to be mended.
    stage.type_in("Dcategry = 'x'");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("did you mean category?"));
    Ok(())
}
