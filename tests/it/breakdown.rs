//! Segments by any field: the story of the demo data, and figures against a count of the file's own rows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::recount::{Recount, demo_text};
use super::support::{
    Failure, Scratch, TestResult, list, micros, number, report, run, segments, string, succeed, tally,
};
use super::terminal::Terminal;

const DEMO: &str = "demo-data/shop.csv";

fn breakdown(args: &[&str]) -> Result<Value, Failure> {
    let text = succeed([&["breakdown", DEMO], args, &["--format", "json"]].concat())?;
    Ok(serde_json::from_str(&text)?)
}

/// The values of the first segment that is told, by their names; none stands for those without.
fn values(told: &Value) -> Result<BTreeMap<String, Value>, Failure> {
    let lines = list(&told["segments"][0]["values"])?;
    Ok(lines.iter().map(|line| (line["value"].as_str().unwrap_or("none").to_owned(), line.clone())).collect())
}

/// The best customers are 35 to 45 and buy in the app; those who are lost are young and buy elsewhere.
#[test]
fn the_story_of_the_demo_is_told_by_age_and_channel() -> TestResult {
    let best = ["--scheme", "spending-3"];
    let tiers = segments(&report([&[DEMO][..], &best].concat())?)?;
    let (highest, lowest) = (&tiers[0].0, &tiers[tiers.len() - 1].0);
    let by = |field: &str, segment: &str| -> Result<BTreeMap<String, Value>, Failure> {
        values(&breakdown(&[&best[..], &["--by", field, "--segment", segment]].concat())?)
    };
    let index = |values: &BTreeMap<String, Value>, value: &str| values[value]["index"].as_i64().unwrap_or_default();
    let (high, low) = (by("channel", highest)?, by("channel", lowest)?);
    assert!(index(&high, "app") > 150 && index(&low, "app") < 100, "{high:?} {low:?}");
    assert!(index(&low, "third-party platform") > 100, "{low:?}");
    let high = by("age", highest)?;
    assert!(index(&high, "40–44") > 150 && index(&high, "20–24") < 50, "{high:?}");
    let low = by("age", lowest)?;
    assert!(index(&low, "20–24") > 100 && index(&low, "40–44") < 100, "{low:?}");
    Ok(())
}

/// Everybody is in the tier of the first rule met, or in none, however many rules there are.
#[test]
fn vip_tiers_are_broken_down_by_any_number_of_rules() -> TestResult {
    let rules = ["--vip", "Large: largest order >= 500", "--vip", "Often: orders >= 5 in 12 months"];
    let customers = number(&report([DEMO])?["totals"]["customers"])?;
    for count in 0..=2 {
        let told = values(&breakdown(&[&["--by", "vip_tier"], &rules[..2 * count]].concat())?)?;
        let names: Vec<&str> = told.keys().map(String::as_str).collect();
        assert_eq!(names, [&["Large", "Often"][..count], &["none"]].concat(), "{told:?}");
        let mut sum = 0;
        for line in told.values() {
            sum += number(&line["customers"])?;
        }
        assert_eq!(sum, customers, "{told:?}");
    }
    Ok(())
}

/// Each category is what a recount says of the file's rows that have it.
#[test]
fn purchases_are_those_of_the_file() -> TestResult {
    let text = demo_text()?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers()?.clone();
    let at = |name: &str| head.iter().position(|cell| cell == name).ok_or(format!("no {name}"));
    let places = [at("customer_id")?, at("order_id")?, at("order_date")?, at("amount")?];
    let category = at("category")?;
    let records = reader.records().collect::<Result<Vec<_>, _>>()?;
    let told = values(&breakdown(&["--by", "category", "--basis", "purchases"])?)?;
    let names: BTreeSet<&str> = records.iter().map(|record| &record[category]).collect();
    assert_eq!(told.len(), names.len());
    for name in names {
        let rows = records.iter().filter(|record| &record[category] == name);
        let count = Recount::of(rows.map(|record| places.map(|place| &record[place])));
        let line = &told[if name.is_empty() { "none" } else { name }];
        assert_eq!(tally(line)?, count.total(), "{name}");
        assert_eq!(number(&line["rows"])?, count.read - count.rejected.iter().sum::<u64>(), "{name}");
    }
    Ok(())
}

/// Values add up to the segment, and segments to everybody, as the report has them.
#[test]
fn nobody_and_no_cent_is_lost() -> TestResult {
    let told = report([DEMO])?;
    let reported = segments(&told)?;
    for field in ["channel", "age", "tenure", "segment", "monetary", "first_order", "m"] {
        let broken = breakdown(&["--by", field])?;
        let all = list(&broken["segments"])?;
        assert_eq!(all.len(), reported.len() + 1, "{field}");
        for (place, segment) in all.iter().enumerate() {
            let sum =
                |name: &str| list(&segment["values"])?.iter().map(|line| number(&line[name])).sum::<Result<u64, _>>();
            let money: i128 =
                list(&segment["values"])?.iter().map(|line| micros(string(&line["revenue"])?)).sum::<Result<_, _>>()?;
            // Everybody comes first.
            let expected = match place.checked_sub(1) {
                Some(place) => reported[place].1,
                None => tally(&told["totals"])?,
            };
            assert_eq!(
                (sum("customers")?, sum("orders")?, money),
                (expected.customers, expected.orders, expected.money),
                "{field}"
            );
        }
    }
    Ok(())
}

#[test]
fn a_breakdown_is_a_table_a_list_or_refused_with_advice() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file(
        "sales.csv",
        "customer,order,date,amount,shelf\nann,1,2024-01-01,10.00,=1+1\nbob,2,2024-01-02,5.00,\u{1b}[2Jx\ncid,3,2024-01-03,5.00,\n",
    )?;
    let csv = succeed(["breakdown", &*file, "--bins", "2", "--by", "shelf", "--format", "csv"])?;
    let first: Vec<&str> = csv.lines().take(4).collect();
    assert_eq!(
        first,
        [
            "segment,shelf,customers,orders,rows,revenue,share,whole_share,index,revenue_share,mean_order_value",
            ",'=1+1,1,1,1,10.00,0.333333,0.333333,100,0.5,10.00",
            ",\u{fffd}[2Jx,1,1,1,5.00,0.333333,0.333333,100,0.25,5.00",
            ",,1,1,1,5.00,0.333333,0.333333,100,0.25,5.00",
        ]
    );
    let table = succeed(["breakdown", DEMO, "--by", "channel", "--segment", "champions"])?;
    assert!(table.starts_with("Champions by channel") && table.contains("index"), "{table}");
    for (args, advice) in [
        (&["--by", "chanel"][..], "channel"),
        (&["--by", "customer"], "line of its own"),
        (&["--by", "tenure", "--basis", "purchases"], "count customers"),
        (&["--by", "channel", "--segment", "Champion"], "Champions"),
    ] {
        let refused = run([&["breakdown", DEMO], args].concat())?;
        assert!(refused.status == Some(2) && refused.stderr.contains(advice), "{refused:?}");
    }
    Ok(())
}

#[test]
fn a_breakdown_is_opened_turned_and_listed_by_keys() -> TestResult {
    for size in [(80, 24), (120, 40)] {
        let mut terminal = Terminal::start(&[], size)?;
        terminal.shows("2,999")?;
        // The rows are read once more, behind the screen; then the attribute with the fewest values is shown.
        terminal.press_until("B", "Breakdown of Champions")?;
        terminal.shows("by gender")?;
        terminal.press_until("\u{1b}[C", "by channel")?;
        terminal.shows("app")?;
        terminal.press_until("c", "Champions · purchases")?;
        terminal.press_until("c", "Champions · customers")?;
        // The values are counted behind the screen; a key before they are there means none of them.
        terminal.shows("224")?;
        terminal.settled();
        terminal.press("ssg")?;
        terminal.press_until("\r", "are looked at")?;
        assert!(terminal.text().contains("channel = "), "{}", terminal.text());
        terminal.press("q")?;
        assert!(terminal.end()?.success());
    }
    Ok(())
}
