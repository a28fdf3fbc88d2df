//! Whether a scenario still holds, against what a recount of both data sets says.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::recount::{ELEVEN, Recount, demo_text, named};
use super::super::support::{Answer, Failure, Scratch, Tally, TestResult, list, micros, run, string, succeed};
use super::{DEMO, saved};

/// The demo shop without what was bought in its last month.
fn shorter() -> Result<String, Failure> {
    let rows: Vec<String> =
        demo_text()?.lines().filter(|line| !line.contains(",2025-12-")).map(str::to_owned).collect();
    Ok(rows.join("\n") + "\n")
}

/// A figure's place in a check: what it is, its axis or segment, the number of the cut.
type Place = (String, String, u64);

/// Every figure, in millionths.
type FigureMap = BTreeMap<Place, i128>;

/// What figures were and what they are.
type Moves = BTreeMap<Place, (i128, i128)>;

fn figures(recount: &Recount) -> FigureMap {
    let mut map = FigureMap::new();
    let mut put = |figure: &str, of: &str, cut: usize, value: i128| {
        map.insert((figure.to_owned(), of.to_owned(), cut as u64), value);
    };
    let whole = |count: u64| i128::from(count) * 1_000_000;
    let Tally { customers, orders, money } = recount.total();
    put("customers", "", 0, whole(customers));
    put("orders", "", 0, whole(orders));
    put("revenue", "", 0, money);
    let cuts = recount.quantiles([5; 3]);
    let units = [1_000_000, 1_000_000, 1];
    for ((axis, cuts), unit) in ["recency", "frequency", "monetary"].into_iter().zip(&cuts).zip(units) {
        for (cut, value) in (1..).zip(cuts) {
            put("cut", axis, cut, value * unit);
        }
    }
    for (segment, tally) in recount.by(&cuts, |scores| named(&ELEVEN, scores)) {
        put("customers", segment, 0, whole(tally.customers));
        put("revenue", segment, 0, tally.money);
    }
    map
}

/// The figures that moved by more than so many hundredths of a percent.
fn moved(before: &FigureMap, after: &FigureMap, tolerance: i128) -> Moves {
    let far = |was: i128, is: i128| (is - was).abs() * 10_000 > tolerance * was.abs();
    let pairs = before.iter().filter_map(|(figure, was)| Some((figure.clone(), (*was, *after.get(figure)?))));
    pairs.filter(|(_, (was, is))| far(*was, *is)).collect()
}

/// What a check as JSON calls drift.
fn told(answer: &Answer) -> Result<Moves, Failure> {
    let json: Value = serde_json::from_str(&answer.stdout)?;
    let mut told = BTreeMap::new();
    for drift in list(&json["drift"])? {
        let of = drift["axis"].as_str().or(drift["segment"].as_str()).unwrap_or_default();
        let key = (string(&drift["figure"])?.to_owned(), of.to_owned(), drift["cut"].as_u64().unwrap_or(0));
        let value = |key: &str| string(&drift[key]).and_then(micros);
        assert!(told.insert(key, (value("expected")?, value("actual")?)).is_none(), "{drift} is there twice");
    }
    Ok(told)
}

#[test]
fn the_same_data_is_as_expected() -> TestResult {
    let scratch = Scratch::new()?;
    for options in [&[][..], &["--scheme", "cn-8"], &["--filter", "frequency >= 2", "--monetary", "gross"]] {
        let path = saved(&scratch, "a.toml", &[options, &["--force"]].concat())?;
        let answer = run(["check", &path, DEMO, "--tolerance", "0"])?;
        assert_eq!((answer.status, answer.stderr.as_str()), (Some(0), ""), "{answer:?}");
        assert!(answer.stdout.starts_with("a: as expected (tolerance 0%)\n"), "{}", answer.stdout);
    }
    Ok(())
}

#[test]
fn a_month_less_drifts_as_a_recount_says() -> TestResult {
    let scratch = Scratch::new()?;
    let path = saved(&scratch, "spring.toml", &[])?;
    let text = shorter()?;
    let (before, after) = (figures(&Recount::demo()?), figures(&Recount::shop(&text)?));
    let data = scratch.file("shorter.csv", text)?;
    for (option, hundredths) in [(None, 100), (Some("0"), 0), (Some("5"), 500), (Some("7.25"), 725)] {
        let tolerance: Vec<&str> = option.into_iter().flat_map(|percent| ["--tolerance", percent]).collect();
        let answer = run([&["check", &path, &data, "--format", "json"], &*tolerance].concat())?;
        assert_eq!((answer.status, answer.stderr.as_str()), (Some(3), ""), "{answer:?}");
        let expected = moved(&before, &after, hundredths);
        assert!(expected.len() > 5, "{expected:?}");
        assert_eq!(told(&answer)?, expected);
        // In words: a line each.
        let words = run([&["check", &path, &data], &*tolerance].concat())?;
        assert_eq!(words.status, Some(3));
        let lines = words.stdout.lines().filter(|line| line.contains(": expected ")).count();
        assert_eq!(lines, expected.len(), "{}", words.stdout);
    }
    assert_eq!(run(["check", &path, &data, "--tolerance", "100"])?.status, Some(0));
    Ok(())
}

/// So many customers who spent 1.00 each on one day.
fn equal_customers(count: u32) -> String {
    (0..count).fold("customer,date,amount\n".to_owned(), |text, n| format!("{text}c{n},2024-01-01,1.00\n"))
}

#[test]
fn exactly_the_tolerance_is_no_drift() -> TestResult {
    let scratch = Scratch::new()?;
    let one = "name = \"one\"\ntitle = \"One\"\n[[segment]]\nname = \"All\"\notherwise = true\n";
    let scheme = scratch.file("one.toml", one)?;
    let hundred = scratch.file("100.csv", equal_customers(100))?;
    let more = scratch.file("101.csv", equal_customers(101))?;
    let path = scratch.path("a.toml").to_string_lossy().into_owned();
    let cuts = ["--cuts-r", "30", "--cuts-f", "1", "--cuts-m", "5"];
    succeed([&["scenario", &hundred, "--scheme", &scheme, "--save", &path], &cuts[..]].concat())?;
    assert_eq!(run(["check", &path, &more])?.status, Some(0));
    assert_eq!(run(["check", &path, &more, "--tolerance", "1%"])?.status, Some(0));
    let answer = run(["check", &path, &more, "--tolerance", "0.99"])?;
    assert_eq!(answer.status, Some(3));
    assert!(answer.stdout.contains("customers of All: expected 100, now 101 (+1.0000%)"), "{}", answer.stdout);
    for wrong in ["-1", "much"] {
        assert_eq!(run(["check", &path, &more, &format!("--tolerance={wrong}")])?.status, Some(2));
    }
    Ok(())
}

#[test]
fn a_review_is_overdue_from_the_day_after_it() -> TestResult {
    let scratch = Scratch::new()?;
    let path = saved(&scratch, "a.toml", &["--review-by", "2026-12-31"])?;
    let on = |today: &str| run(["check", &path, DEMO, "--today", today]);
    assert_eq!(on("2026-12-31")?.status, Some(0));
    let late = on("2027-01-01")?;
    assert_eq!(late.status, Some(3));
    assert!(
        late.stdout.contains("as expected") && late.stdout.contains("overdue: by 2026-12-31, 1 day ago"),
        "{late:?}"
    );
    let json = run(["check", &path, DEMO, "--today", "2027-02-01", "--format", "json"])?;
    let json: Value = serde_json::from_str(&json.stdout)?;
    assert_eq!((&json["review"]["overdue_days"], &json["as_expected"]), (&32.into(), &true.into()));
    // Without a day the clock decides.
    let past = saved(&scratch, "past.toml", &["--review-by", "2020-01-01"])?;
    assert_eq!(run(["check", &past, DEMO])?.status, Some(3));
    let future = saved(&scratch, "future.toml", &["--review-by", "9999-01-01"])?;
    assert_eq!(run(["check", &future, DEMO])?.status, Some(0));
    Ok(())
}
