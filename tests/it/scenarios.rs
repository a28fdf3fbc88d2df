//! Scenarios on the command line: saved, followed, and refused where they cannot be.

mod check;
mod diff;

use std::fs;

use serde_json::Value;

use super::support::{Answer, Failure, Scratch, TestResult, customers, public, report, run, succeed, text};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo-data/shop.csv");

/// Saves the scenario of some options on the demo shop and gives its path.
fn saved(scratch: &Scratch, name: &str, options: &[&str]) -> Result<String, Failure> {
    let path = scratch.path(name);
    succeed([&["scenario", DEMO, "--save", text(&path)?], options].concat())?;
    Ok(text(&path)?.to_owned())
}

/// A report without the word on its scenario, which must be there.
fn without_name(mut report: Value) -> Result<Value, Failure> {
    let scenario = report.as_object_mut().and_then(|report| report.remove("scenario"));
    scenario.map(|_| report).ok_or_else(|| "the report names no scenario".into())
}

/// Saves the scenario of some options and follows it: nothing but its name may be new.
fn comes_back(file: &str, options: &[&str]) -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.path("view.toml");
    let path = text(&path)?;
    succeed([&["scenario", file, "--save", path], options].concat())?;
    let expected = report([&[file], options].concat())?;
    assert_eq!(without_name(report([file, "--scenario", path])?)?, expected, "{options:?}");
    let list = customers([&[file], options].concat())?;
    assert_eq!(customers([file, "--scenario", path])?, list, "{options:?}");
    Ok(())
}

#[test]
fn a_saved_scenario_gives_the_same_report_and_list() -> TestResult {
    for options in [
        &[][..],
        &["--scheme", "cn-8"],
        &["--scheme", "ladder-5"],
        &["--scheme", "r-rfm", "--method", "r-compat"],
        &["--closed", "left", "--bins", "3,4,2", "--scheme", "score-total"],
        &["--cuts-r", "30,90,180,365", "--cuts-m", "50,100.50,500,1000"],
        &["--filter", "recency <= 90 and monetary.gross between 10.005 and 500", "--as-of", "2025-06-30"],
        &["--recency", "own-gap", "--frequency", "days", "--monetary", "mean-order"],
        &["--recency", "own-gap", "--cuts-r", "0.5,1,1.5,2.25", "--monetary", "largest-order"],
        &["--customer", "region", "--amount", "quantity", "--frequency", "rows", "--bins", "2", "--scheme", "cn-8"],
    ] {
        comes_back(DEMO, options)?;
    }
    Ok(())
}

#[test]
fn a_scenario_of_the_retail_data_comes_back_with_its_columns() -> TestResult {
    let Some(path) = public("online-retail/online_retail.csv.gz")? else { return Ok(()) };
    comes_back(text(&path)?, &["--filter", "frequency >= 2"])?;
    comes_back(text(&path)?, &["--monetary", "gross", "--scheme", "cn-8"])
}

#[test]
fn the_report_tells_scenario_filter_and_measures() -> TestResult {
    let scratch = Scratch::new()?;
    let options = ["--filter", "recency <= 90", "--monetary", "gross", "--note", "For the\nletter", "--name", "spring"];
    let path = saved(&scratch, "a.toml", &options)?;
    let all = succeed(["report", DEMO, "--scenario", &path, "--format", "json"])?;
    let json: Value = serde_json::from_str(&all)?;
    assert_eq!(json["scenario"], serde_json::json!({ "name": "spring", "note": "For the\nletter" }));
    let (left, all) = (json["totals"]["customers"].clone(), customers([DEMO])?.len());
    assert_eq!(json["filter"], serde_json::json!({ "conditions": "recency <= 90", "customers": left, "of": all }));
    for (format, scenario, filter) in [
        ("table", "scenario spring: For the letter", "filter recency <= 90: "),
        ("markdown", "**Scenario**: spring: For the letter", "**Filter**: recency <= 90: "),
    ] {
        let told = succeed(["report", DEMO, "--scenario", &path, "--format", format])?;
        for part in [scenario, filter, " of 2,999 customers", "gross amount"] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
    // Of those that are looked at: no share is above all of them.
    let repeat = json["totals"]["repeat_rate"].as_f64().ok_or("no rate")?;
    let list = customers([DEMO, "--filter", "recency <= 90"])?;
    let twice = list.iter().filter(|line| line["orders"] != "1").count();
    assert!((repeat - twice as f64 / list.len() as f64).abs() < 1e-6, "{repeat}");
    Ok(())
}

#[test]
fn options_come_before_the_data_part_of_a_scenario() -> TestResult {
    let scratch = Scratch::new()?;
    let path = saved(&scratch, "a.toml", &["--as-of", "2025-06-30", "--amount", "quantity"])?;
    let as_of = |report: &Value| report["as_of"].clone();
    assert_eq!(as_of(&report([DEMO, "--scenario", &path])?), "2025-06-30");
    let moved = report([DEMO, "--scenario", &path, "--as-of", "2025-03-31", "--amount", "amount"])?;
    assert_eq!(as_of(&moved), "2025-03-31");
    let plain = report([DEMO, "--as-of", "2025-03-31"])?;
    assert_eq!(moved["totals"], plain["totals"]);
    // Quantity and unit price in place of the scenario's amount.
    let product = report([DEMO, "--scenario", &path, "--quantity", "quantity", "--unit-price", "amount"])?;
    assert_ne!(product["totals"]["revenue"], report([DEMO, "--scenario", &path])?["totals"]["revenue"]);
    Ok(())
}

#[test]
fn a_scenario_and_the_options_that_it_stands_for_are_a_wrong_use() -> TestResult {
    let scratch = Scratch::new()?;
    let path = saved(&scratch, "a.toml", &[])?;
    for option in [
        ["--method", "mean"],
        ["--bins", "5"],
        ["--cuts-r", "30"],
        ["--closed", "left"],
        ["--scheme", "cn-8"],
        ["--recency", "days"],
        ["--monetary", "net"],
        ["--filter", "recency <= 90"],
    ] {
        for command in ["report", "customers", "scenario", "define"] {
            let answer = run([&[command, DEMO, "--scenario", &path], &option[..]].concat())?;
            assert_eq!((answer.status, answer.stdout.as_str()), (Some(2), ""), "{command} {option:?}: {answer:?}");
        }
    }
    Ok(())
}

#[test]
fn a_scheme_lies_beside_its_scenario_or_inside_it() -> TestResult {
    let scratch = Scratch::new()?;
    let own = "name = \"two\"\ntitle = \"Two\"\n[[segment]]\nname = \"High\"\nranges = [{ m = \"5\" }]\n\
               [[segment]]\nname = \"Rest\"\notherwise = true\n";
    let scheme = scratch.file("two.toml", own)?;
    let path = saved(&scratch, "a.toml", &["--scheme", &scheme])?;
    let written = fs::read_to_string(&path)?;
    assert!(written.contains("[[scheme.segment]]"), "{written}");
    let inside = report([DEMO, "--scenario", &path])?;
    // The same by its path, from the folder of the scenario.
    let start = written.find("[scheme]").ok_or("no scheme")?;
    let end = written.find("# What it showed").ok_or("nothing expected")?;
    let beside = format!("{}[scheme]\nname = \"two.toml\"\n", &written[..start]);
    let beside = scratch.file("b.toml", beside + &written[end..])?;
    assert_eq!(without_name(report([DEMO, "--scenario", &beside])?)?, without_name(inside)?);
    Ok(())
}

/// The least that a scenario can be.
const LEAST: &str = "format = 1\nname = \"least\"\nrecency = { method = \"quantile\", bins = 5 }\n\
    frequency = { method = \"quantile\", bins = 5 }\nmonetary = { method = \"quantile\", bins = 5 }\n\
    scheme = { name = \"rfm-11\" }\n[expected]\ncustomers = 1\norders = 1\nrevenue = 1\n";

fn is_refused(answer: &Answer, status: i32, parts: &[&str]) {
    let lines = answer.stderr.lines().count();
    assert_eq!((answer.status, answer.stdout.as_str(), lines), (Some(status), "", 1), "{answer:?}");
    assert!(parts.iter().all(|part| answer.stderr.contains(part)), "{parts:?}: {answer:?}");
}

#[test]
fn a_scenario_that_cannot_be_used_names_itself_and_the_place() -> TestResult {
    let scratch = Scratch::new()?;
    for (from, to, part) in [
        ("name =", "colour = 1\nname =", "line 2: unknown field `colour`"),
        ("format = 1", "format = 2", "use a newer tierscope"),
        ("format = 1\n", "", "no line `format = 1`"),
        ("\"quantile\", bins = 5", "\"fixed\", cuts = [90, 30]", "`recency.cuts` has 30 after 90"),
        ("rfm-11", "rfm-12", "no scheme `rfm-12`"),
        ("rfm-11", "cn-8", "written for 2 bins of recency, not 5"),
        ("\"quantile\", bins = 5", "\"fixed\", cuts = [1.5, 2, 3, 4]", "1.5 is no whole number of days"),
        ("name =", "filter = \"money > 1\"\nname =", "there is no field `money`"),
    ] {
        let path = scratch.file("least.toml", LEAST.replacen(from, to, 1))?;
        for args in [
            &["report", DEMO, "--scenario", &path][..],
            &["check", &path, DEMO],
            &["diff", &path, &path, DEMO],
            &["scenario", DEMO, "--scenario", &path],
        ] {
            is_refused(&run(args)?, 2, &["least", part]);
        }
    }
    Ok(())
}

#[test]
fn a_scenario_that_cannot_be_read_is_a_failure() -> TestResult {
    let scratch = Scratch::new()?;
    let least = scratch.file("least.toml", LEAST)?;
    let nowhere = scratch.path("nowhere.toml");
    let nowhere = text(&nowhere)?;
    let binary = scratch.file("binary.toml", [0xff, 0xfe, 0x00])?;
    for path in [nowhere, &binary] {
        let name = path.rsplit('/').next().unwrap_or_default();
        is_refused(&run(["report", DEMO, "--scenario", path])?, 1, &["cannot read scenario", name]);
        is_refused(&run(["check", path, DEMO])?, 1, &["cannot read scenario", name]);
        is_refused(&run(["diff", &least, path, DEMO])?, 1, &["cannot read scenario", name]);
    }
    let unexpecting = scratch.file("none.toml", LEAST.split("[expected]").next().unwrap_or_default())?;
    is_refused(&run(["check", &unexpecting, DEMO])?, 2, &["none.toml", "expects no figures", "tierscope scenario"]);
    Ok(())
}

#[test]
fn nothing_that_is_there_is_written_over() -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.file("a.toml", "mine")?;
    is_refused(&run(["scenario", DEMO, "--save", &path])?, 1, &["a.toml is there already", "--force"]);
    assert_eq!(fs::read_to_string(&path)?, "mine");
    succeed(["scenario", DEMO, "--save", &path, "--force"])?;
    let written = fs::read_to_string(&path)?;
    assert_eq!(written, succeed(["scenario", DEMO, "--name", "a"])?);
    // Not even then over the data, and nothing is left behind of what fails.
    let data = scratch.file("sales.csv", "customer,date,amount\na,2024-01-01,1.00\n")?;
    is_refused(&run(["scenario", &data, "--save", &data, "--force"])?, 1, &["one of the files that are read"]);
    let nowhere = scratch.path("no/such/a.toml");
    is_refused(&run(["scenario", DEMO, "--save", text(&nowhere)?])?, 1, &["cannot write", "no/such/a.toml"]);
    assert_eq!(run(["scenario", DEMO, "--force"])?.status, Some(2));
    let mut names: Vec<_> = fs::read_dir(scratch.path(""))?.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.toml", "sales.csv"]);
    Ok(())
}

#[test]
fn a_followed_scenario_is_saved_anew_with_what_it_says_of_itself() -> TestResult {
    let scratch = Scratch::new()?;
    let said = ["--name", "spring", "--note", "why", "--review-by", "2026-12-31", "--tolerance", "2.5"];
    let path = saved(&scratch, "a.toml", &[&said[..], &["--filter", "recency <= 90"]].concat())?;
    assert_eq!(succeed(["scenario", DEMO, "--scenario", &path])?, fs::read_to_string(&path)?);
    let renamed = succeed(["scenario", DEMO, "--scenario", &path, "--name", "summer", "--tolerance", "3"])?;
    let changed: Vec<&str> = renamed
        .lines()
        .filter(|line| !fs::read_to_string(&path).is_ok_and(|old| old.lines().any(|known| known == *line)))
        .collect();
    assert_eq!(changed, ["name = \"summer\"", "tolerance = 3"]);
    Ok(())
}

#[test]
fn what_a_terminal_must_not_get_stays_in_the_file() -> TestResult {
    let scratch = Scratch::new()?;
    let bad = "\\u001b]0;owned\\u0007\\u202e";
    let own = format!(
        "scheme = {{ name = \"{bad}\", title = \"{bad}\", segment = [{{ name = \"{bad}\", ranges = [{{ r = \"5\" }}] }}, \
         {{ name = \"Rest {bad}\", otherwise = true }}] }}"
    );
    let content = LEAST
        .replace("\"least\"", &format!("\"{bad}\"\nnote = \"{bad}\"\ndata = {{ order = \"{bad}\" }}"))
        .replace("scheme = { name = \"rfm-11\" }", &own);
    let path = scratch.file("bad.toml", &content)?;
    let usable = scratch.file("usable.toml", content.replace(&format!("data = {{ order = \"{bad}\" }}"), ""))?;
    let least = scratch.file("least.toml", LEAST)?;
    let mut commands = vec![
        vec!["report", DEMO, "--scenario", &path],
        vec!["scenario", DEMO, "--scenario", &usable],
        vec!["customers", DEMO, "--scenario", &usable],
        vec!["define", DEMO, "--scenario", &usable],
        vec!["define", DEMO, "--scenario", &usable, "--as", "duckdb", "--table", "\u{1b}[31m"],
        vec!["scenario", DEMO, "--name", "\u{1b}[31m", "--note", "\u{1b}\n\u{7}", "--customer", "\u{1b}"],
        vec!["scenario", DEMO, "--name", "\u{1b}[31m", "--note", "\u{1b}\n\u{7}"],
    ];
    for format in ["table", "json", "csv", "markdown"] {
        commands.push(vec!["report", DEMO, "--scenario", &usable, "--format", format]);
        commands.push(vec!["diff", &least, &usable, DEMO, "--format", format]);
        commands.push(vec!["diff", &usable, &path, DEMO, "--order", "order_id", "--format", format]);
        if !["csv", "markdown"].contains(&format) {
            commands.push(vec!["check", &usable, DEMO, "--format", format]);
        }
    }
    let mut answered = 0;
    for args in commands {
        let answer = run(&args)?;
        let safe = |text: &str| text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}');
        assert!(safe(&answer.stdout) && safe(&answer.stderr), "{args:?}: {answer:?}");
        answered += usize::from(!answer.stdout.is_empty());
    }
    assert!(answered > 10, "{answered}");
    Ok(())
}

#[test]
fn a_definition_has_the_cuts_in_words_and_the_columns_in_a_query() -> TestResult {
    let scratch = Scratch::new()?;
    let path = saved(&scratch, "a.toml", &["--cuts-r", "30,90,180,365", "--filter", "recency <= 365"])?;
    let words = succeed(["define", DEMO, "--scenario", &path])?;
    for part in ["30, 90, 180, 365", "`customer_id`", "rfm-11", "≤ 365", "Champions"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    for (dialect, name) in [("duckdb", "DuckDB"), ("postgresql", "PostgreSQL")] {
        let query = succeed(["define", DEMO, "--scenario", &path, "--as", dialect])?;
        for part in [name, "FROM \"shop\"", "\"customer_id\"", "\"amount\"", "Champions"] {
            assert!(query.contains(part), "{part}: {query}");
        }
    }
    let query = succeed(["define", DEMO, "--as", "duckdb", "--table", "sales 2025", "--rows", "segments"])?;
    assert!(query.contains("FROM \"sales 2025\"") && query.contains("segment_list"), "{query}");
    Ok(())
}
