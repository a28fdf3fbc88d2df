//! Two scenarios compared, against what a recount under both settings says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::recount::{AllCuts, ELEVEN, Person, Recount, named};
use super::super::support::{
    Failure, Line, Scratch, Tally, TestResult, customers, list, micros, run, string, succeed, tally,
};
use super::{DEMO, saved};

type Table = BTreeMap<(String, String), Tally>;

/// From the segments by some cuts to those by others, of the customers that are asked for.
fn recounted(demo: &Recount, cuts: [&AllCuts; 2], wanted: impl Fn(&Person) -> bool) -> Table {
    let mut table = Table::new();
    for person in demo.people.iter().filter(|person| wanted(person)) {
        let [from, to] = cuts.map(|cuts| named(&ELEVEN, demo.scores(person, cuts)).to_owned());
        let cell = table.entry((from, to)).or_default();
        let one = Tally { customers: 1, orders: person.orders.len() as u64, money: person.money };
        *cell = [*cell, one].into_iter().sum();
    }
    table
}

/// Agreement by chance and beyond it, in floats from the table of counts.
fn kappa(table: &Table) -> f64 {
    let all: u64 = table.values().map(|tally| tally.customers).sum();
    let names: BTreeSet<&String> = table.keys().flat_map(|(from, to)| [from, to]).collect();
    let share = |wanted: &dyn Fn(&(String, String)) -> bool| {
        let of = table.iter().filter(|(pair, _)| wanted(pair)).map(|(_, tally)| tally.customers).sum::<u64>();
        of as f64 / all as f64
    };
    let observed = share(&|(from, to)| from == to);
    let chance: f64 = names.iter().map(|name| share(&|(from, _)| from == *name) * share(&|(_, to)| to == *name)).sum();
    (observed - chance) / (1.0 - chance)
}

fn json(args: &[&str]) -> Result<Value, Failure> {
    Ok(serde_json::from_str(&succeed([&["diff"], args, &["--format", "json"]].concat())?)?)
}

fn movements(json: &Value) -> Result<Table, Failure> {
    let pair = |one: &Value| Ok::<_, Failure>((string(&one["from"])?.to_owned(), string(&one["to"])?.to_owned()));
    list(&json["movements"])?.iter().map(|one| Ok((pair(one)?, tally(one)?))).collect()
}

/// The table of a comparison as CSV, by the names of its row and column, totals included.
fn spreadsheet(args: &[&str]) -> Result<BTreeMap<(String, String), i128>, Failure> {
    let text = succeed([&["diff"], args, &["--format", "csv"]].concat())?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers()?.clone();
    let mut table = BTreeMap::new();
    for record in reader.records() {
        let record = record?;
        for (name, cell) in head.iter().zip(&record).skip(1) {
            table.insert((record[0].to_owned(), name.to_owned()), micros(cell)?);
        }
    }
    Ok(table)
}

#[test]
fn movements_are_those_of_a_recount() -> TestResult {
    let scratch = Scratch::new()?;
    let demo = Recount::demo()?;
    let from = saved(&scratch, "from.toml", &[])?;
    let fixed = ["--cuts-r", "30,90,180,365", "--cuts-m", "20,60.50,200,900"];
    let quantiles = demo.quantiles([5; 3]);
    let money = vec![20_000_000, 60_500_000, 200_000_000, 900_000_000];
    let cuts: AllCuts = [vec![30, 90, 180, 365], quantiles[1].clone(), money];
    for (name, filter, least) in [("all.toml", "", 0), ("some.toml", "frequency >= 3", 3)] {
        let to = saved(&scratch, name, &[&fixed[..], &["--filter", filter]].concat())?;
        let expected = recounted(&demo, [&quantiles, &cuts], |person| person.orders.len() >= least);
        let compared = json(&[&from, &to, DEMO])?;
        assert_eq!(movements(&compared)?, expected, "{name}");
        let same: u64 = expected.iter().filter(|((a, b), _)| a == b).map(|(_, tally)| tally.customers).sum();
        assert_eq!(compared["agreement"]["same"], same);
        let told = compared["agreement"]["kappa"].as_f64().ok_or("no kappa")?;
        assert!((told - kappa(&expected)).abs() < 1e-9, "{told}");
        let all: Tally = expected.values().copied().sum();
        assert_eq!((tally(&compared["population"])?, &compared["population"]["of"]), (all, &2_999.into()));
        for (by, size) in [
            ("customers", (|tally| i128::from(tally.customers) * 1_000_000) as fn(&Tally) -> i128),
            ("revenue", |tally| tally.money),
        ] {
            adds_up(&spreadsheet(&[&from, &to, DEMO, "--by", by])?, &expected, size);
        }
    }
    Ok(())
}

/// Every cell is that of the recount, and rows and columns add up to their totals.
fn adds_up(table: &BTreeMap<(String, String), i128>, expected: &Table, size: fn(&Tally) -> i128) {
    let names: Vec<String> = ELEVEN.iter().map(|(name, _)| (*name).to_owned()).collect();
    let at = |from: &str, to: &str| table.get(&(from.to_owned(), to.to_owned())).copied().unwrap_or(i128::MIN);
    assert_eq!(table.len(), 12 * 12);
    for from in &names {
        for to in &names {
            assert_eq!(at(from, to), expected.get(&(from.clone(), to.clone())).map_or(0, size), "{from} to {to}");
        }
        assert_eq!(at(from, "total"), names.iter().map(|to| at(from, to)).sum::<i128>(), "{from}");
        assert_eq!(at("total", from), names.iter().map(|to| at(to, from)).sum::<i128>(), "{from}");
    }
    assert_eq!(at("total", "total"), expected.values().map(size).sum::<i128>());
}

#[test]
fn movements_under_other_measures_are_those_of_both_lists() -> TestResult {
    let scratch = Scratch::new()?;
    let from = saved(&scratch, "from.toml", &["--monetary", "largest-order"])?;
    let measures = ["--recency", "own-gap", "--frequency", "days", "--monetary", "gross"];
    let more = ["--scheme", "score-total", "--bins", "4", "--filter", "monetary > 20"];
    let to = saved(&scratch, "to.toml", &[&measures[..], &more].concat())?;
    let segments = |list: Vec<Line>| list.into_iter().map(|mut line| (line.remove("customer"), line.remove("segment")));
    let before: BTreeMap<_, _> = segments(customers([DEMO, "--scenario", &from])?).collect();
    let mut expected: BTreeMap<(String, String), u64> = BTreeMap::new();
    for (customer, after) in segments(customers([DEMO, "--scenario", &to])?) {
        let before = before.get(&customer).cloned().flatten();
        *expected.entry((before.ok_or("nobody")?, after.ok_or("nowhere")?)).or_default() += 1;
    }
    let moved = movements(&json(&[&from, &to, DEMO])?)?;
    let moved: BTreeMap<_, _> = moved.into_iter().map(|(pair, tally)| (pair, tally.customers)).collect();
    assert_eq!(moved, expected);
    Ok(())
}

#[test]
fn what_differs_is_told_part_by_part() -> TestResult {
    let scratch = Scratch::new()?;
    let from = saved(&scratch, "from.toml", &["--filter", "frequency >= 2"])?;
    let other = ["--as-of", "2025-06-30", "--customer", "customer_id", "--monetary", "gross"];
    let to = saved(&scratch, "to.toml", &[&other[..], &["--scheme", "cn-8", "--filter", "recency <= 365"]].concat())?;
    let compared = json(&[&from, &to, DEMO])?;
    let parts =
        list(&compared["differences"])?.iter().map(|part| string(&part["what"])).collect::<Result<Vec<_>, _>>()?;
    let cuts = ["recency cuts", "frequency cuts", "monetary measures", "monetary cuts"];
    assert_eq!(parts, [&["as-of date", "column of customer"], &cuts[..], &["scheme", "filter"]].concat());
    assert_eq!((&compared["as_of"], &compared["agreement"]), (&"2025-06-30".into(), &Value::Null));
    let words = succeed(["diff", &from, &to, DEMO])?;
    for part in [
        "customers that B's filter leaves (recency <= 365), as of 2025-06-30.",
        "A's filter (frequency >= 2) is not applied.",
        "No segment has the same name",
        "columns: 1 重要价值客户, 2 ",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    Ok(())
}

#[test]
fn a_scenario_agrees_with_itself() -> TestResult {
    let scratch = Scratch::new()?;
    let path = saved(&scratch, "a.toml", &["--name", "a|b"])?;
    let compared = json(&[&path, &path, DEMO])?;
    assert_eq!((list(&compared["differences"])?, &compared["agreement"]["kappa"]), (&[][..], &1.0.into()));
    for format in ["table", "markdown"] {
        let words = succeed(["diff", &path, &path, DEMO, "--format", format])?;
        assert!(words.contains("alike") && words.contains("Agreement 100.0%: 2,999 of 2,999"), "{words}");
    }
    Ok(())
}

#[test]
fn schemes_of_one_name_differ_by_their_cells() -> TestResult {
    let scratch = Scratch::new()?;
    let from = saved(&scratch, "from.toml", &[])?;
    let own = "name = \"rfm-11\"\ntitle = \"Own\"\n[[segment]]\nname = \"Champions\"\ncells = \"555 554\"\n\
               [[segment]]\nname = \"Rest\"\notherwise = true\n";
    let to = saved(&scratch, "to.toml", &["--scheme", &scratch.file("own.toml", own)?])?;
    let compared = json(&[&from, &to, DEMO])?;
    assert_eq!(compared["differences"][0]["what"], "scheme");
    // All cells but the two that are Champions in both.
    assert_eq!(compared["differences"][1]["b"], "123 of 125");
    assert_eq!(run(["diff", &from, DEMO])?.status, Some(2));
    Ok(())
}
