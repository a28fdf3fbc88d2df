//! Pictures of the screen and reports as documents: what is pasted elsewhere is what stands here, and nothing in it is
//! markup that the data brought.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tierscope::app::keymap::Key;
use tierscope::app::overlay::Overlay;
use tierscope::engine::plan::Plan;
use tierscope::lang::{self, Language};
use tierscope::report::{Subject, document, html, markdown};

use super::stage::{DOWN, SIZES, Stage};
use super::support::{Failure, Scratch, TestResult, list, micros, number, report, run, string, succeed, text};

mod markup;
use markup::{cells, check_xml, tables};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo-data/shop.csv");

/// Text that would be harmful as markup.
const HARM: &str = "</title><script>alert(1)</script>|**b**|`c`|=1+1|&lt;";

/// Saves what is on the screen under a name.
fn save(stage: &mut Stage, path: &Path) -> TestResult {
    stage.press([Key::Char('I'), Key::Ctrl('u')]);
    stage.type_in(text(path)?);
    stage.press([Key::Enter]);
    Ok(())
}

/// What the last key said.
fn message(stage: &Stage) -> &str {
    stage.model.message.as_ref().map_or("", |message| &message.text)
}

/// What is wrong with the line that is typed.
fn problem(stage: &mut Stage) -> String {
    stage.model.prompt().and_then(|prompt| prompt.problem.clone()).unwrap_or_default()
}

/// Holds a file against Python's own reader of XML, where there is one.
fn python_reads(path: &Path) -> TestResult {
    let Some(python) = std::env::var_os("TIERSCOPE_PYTHON") else {
        eprintln!("skipped: TIERSCOPE_PYTHON names no Python to read XML with");
        return Ok(());
    };
    let mut child = Command::new(python).arg("-").stdin(Stdio::piped()).spawn()?;
    let program = format!("import xml.dom.minidom\nxml.dom.minidom.parse({:?})\n", text(path)?);
    child.stdin.take().ok_or("no stdin")?.write_all(program.as_bytes())?;
    if child.wait()?.success() { Ok(()) } else { Err(format!("{} is no XML", path.display()).into()) }
}

#[test]
fn every_view_is_pictured_as_it_stands_on_the_screen() -> TestResult {
    let scratch = Scratch::new()?;
    for size in SIZES {
        let mut stage = Stage::demo(size);
        let views = ["", "z", "?", "d", "bhv", "w", "o", "e", "B", "$", "R", "y", "P"];
        for (number, keys) in views.into_iter().enumerate() {
            stage.type_in(keys);
            stage.press([DOWN]);
            let screen = stage.screen()?;
            let path = scratch.path(&format!("{} {number}.txt", size.0));
            let name = |extension: &str| path.with_extension(extension);
            // What was said before is not repeated on a picture.
            let lines = |text: String| text.lines().rev().skip(2).map(str::to_owned).collect::<Vec<_>>();
            for extension in ["txt", "svg", "ans"] {
                save(&mut stage, &name(extension))?;
                assert!(message(&stage).starts_with("picture written to "), "{keys}: {}", message(&stage));
            }
            assert_eq!(lines(fs::read_to_string(&path)?), lines(screen.text()), "{keys}");
            assert_eq!(lines(stage.screen()?.text()), lines(screen.text()), "{keys}: another view came back");
            let svg = fs::read_to_string(name("svg"))?;
            check_xml(&svg)?;
            assert!(svg.contains("<title id=\"title\">tierscope the demo shop"), "{svg}");
            let written = markup::text_of(&svg);
            for word in screen.text().split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)) {
                assert!(written.contains(word), "{keys}: {word} is not on the picture");
            }
            stage.press([Key::Esc, Key::Esc]);
        }
        python_reads(&scratch.path(&format!("{} 0.svg", size.0)))?;
    }
    Ok(())
}

#[test]
fn a_file_that_is_there_is_replaced_only_after_a_second_enter() -> TestResult {
    let scratch = Scratch::new()?;
    let mut stage = Stage::demo(SIZES[1]);
    let path = scratch.file("a.txt", "precious")?;
    stage.type_in("?");
    save(&mut stage, Path::new(&path))?;
    assert!(problem(&mut stage).contains("is there already; Enter again replaces it"), "{}", problem(&mut stage));
    assert_eq!(fs::read_to_string(&path)?, "precious");
    // The line left, the view is as it was; and nothing is left behind.
    stage.press([Key::Esc]);
    assert!(matches!(stage.model.overlay, Some(Overlay::Help(_))), "{:?}", stage.model.overlay);
    save(&mut stage, Path::new(&path))?;
    stage.press([Key::Enter]);
    assert!(fs::read_to_string(&path)?.contains("Everywhere"));
    for (name, part) in [
        ("no/such/folder/a.svg", "the folder"),
        ("a.png", "says no form; end it with .svg, .txt or .ans"),
        ("a", "says no form"),
        ("new/", "type the name of a file"),
    ] {
        save(&mut stage, &scratch.path(name))?;
        assert!(problem(&mut stage).contains(part), "{name}: {}", problem(&mut stage));
        stage.press([Key::Esc]);
    }
    fs::create_dir(scratch.path("folder.svg"))?;
    save(&mut stage, &scratch.path("folder.svg"))?;
    assert!(problem(&mut stage).contains("is a folder"), "{}", problem(&mut stage));
    let left: Vec<_> = fs::read_dir(scratch.path("."))?.collect::<Result<_, _>>()?;
    assert_eq!(left.len(), 2, "{left:?}");
    Ok(())
}

#[test]
fn the_data_itself_is_never_painted_over() -> TestResult {
    let scratch = Scratch::new()?;
    let sales = "customer,date,amount\na,2024-01-01,1.00\nb,2024-02-01,2.00\n";
    let file = scratch.file("sales.txt", sales)?;
    let mut stage = Stage::file(&file, Plan { bins: Some([2; 3]), ..Plan::default() }, SIZES[1]);
    save(&mut stage, Path::new(&file))?;
    stage.press([Key::Enter]);
    assert!(problem(&mut stage).contains("the file the data comes from"), "{}", problem(&mut stage));
    assert_eq!(fs::read_to_string(&file)?, sales);
    Ok(())
}

#[test]
fn what_is_masked_on_the_screen_is_masked_on_the_picture() -> TestResult {
    let scratch = Scratch::new()?;
    let mut stage = Stage::demo(SIZES[2]);
    let ids = |text: &str| text.matches("C00").count();
    for (name, masked) in [("open", false), ("masked", true)] {
        for extension in ["txt", "svg"] {
            let path = scratch.path(name).with_extension(extension);
            save(&mut stage, &path)?;
            assert_eq!(ids(&fs::read_to_string(path)?) == 0, masked, "{name}.{extension}");
        }
        stage.type_in("X");
    }
    Ok(())
}

/// A file whose every name is harmful.
fn hostile(scratch: &Scratch) -> Result<String, Failure> {
    let harm = format!("{HARM}\u{1b}[31m\u{202e}");
    let row = |n: u32| format!("\"{harm}{n}\",{},2024-0{}-11,{}.50,\"{harm}\"\n", n / 3, n % 8 + 1, n * 7 % 90);
    let rows: String = (0..60).map(row).collect();
    let rejected = format!(",7,2024-01-01,1.00,\nz,8,\"{harm}\",1.00,\n");
    scratch.file("a <b> & c.csv", format!("customer,order,date,amount,\"{harm} status\"\n{rows}{rejected}"))
}

#[test]
fn no_name_from_data_is_markup_in_a_picture() -> TestResult {
    let scratch = Scratch::new()?;
    let file = hostile(&scratch)?;
    let mut stage = Stage::file(&file, Plan { bins: Some([2; 3]), ..Plan::default() }, SIZES[2]);
    for (number, keys) in ["", "d", "C"].into_iter().enumerate() {
        stage.type_in(keys);
        let path = scratch.path(&format!("{number}.svg"));
        save(&mut stage, &path)?;
        let svg = fs::read_to_string(&path)?;
        check_xml(&svg)?;
        python_reads(&path)?;
        assert!(!svg.contains("<script") && !svg.contains(['\u{1b}', '\u{202e}']), "{svg}");
        assert!(svg.contains("&lt;script&gt;") || number > 0, "the name is not shown: {svg}");
        stage.press([Key::Esc]);
    }
    Ok(())
}

/// Options that make a report show all it has.
fn everything(baseline: &str) -> Result<Vec<&str>, Failure> {
    succeed(["scenario", DEMO, "--save", baseline, "--name", "before", "--cuts-r", "30,90,180,365", "--force"])?;
    Ok(vec![
        "report",
        DEMO,
        "--by",
        "vip",
        "--vip",
        "Gold: amount >= 1000 in 12 months",
        "--budget",
        "Champions: 5 + 2 %; *: 1",
        "--filter",
        "recency <= 600",
        "--baseline",
        baseline,
    ])
}

/// Money or a count as people write it, in millionths.
fn figure(cell: &str) -> Result<i128, Failure> {
    micros(&cell.replace(',', ""))
}

#[test]
fn the_figures_of_a_document_are_those_of_the_json_and_add_up() -> TestResult {
    let scratch = Scratch::new()?;
    let baseline = text(&scratch.path("before.toml"))?.to_owned();
    let options = everything(&baseline)?;
    let text = succeed([&options[..], &["--format", "markdown"]].concat())?;
    let json = report(&options[1..options.len() - 2])?;
    let tables = tables(&text);
    let table = |first: &str, second: &str| -> Result<&Vec<Vec<String>>, Failure> {
        let found = tables.iter().find(|table| table[0][0] == first && table[0].iter().any(|head| head == second));
        found.ok_or_else(|| format!("no table of {first} and {second}: {text}").into())
    };
    // Segments, tiers and costs, line by line.
    for (rows, told, names) in [
        (table("segment", "share of revenue")?, &json["segments"], "name"),
        (table("tier", "meet the rule")?, &json["vip_tiers"], "tier"),
        (table("segment", "by head")?, &json["budget"]["segments"], "name"),
    ] {
        let head = &rows[0];
        let column = |name: &str| head.iter().position(|head| head == name).ok_or("no such column");
        for (row, told) in rows[1..].iter().zip(list(told)?) {
            assert_eq!(row[0], told[names].as_str().unwrap_or("no tier"));
            assert_eq!(figure(&row[column("customers")?])?, i128::from(number(&told["customers"])?) * 1_000_000);
            assert_eq!(figure(&row[column("revenue")?])?, micros(string(&told["revenue"])?)?);
            if let Ok(cost) = column("cost") {
                assert_eq!(figure(&row[cost])?, micros(string(&told["cost"])?)?);
            }
        }
        assert_eq!(rows.len(), list(told)?.len() + 2);
    }
    let totals = &json["totals"];
    let total = [i128::from(number(&totals["customers"])?) * 1_000_000, micros(string(&totals["revenue"])?)?];
    // The rows of the data.
    let rows = table("what became of them", "number")?;
    assert_eq!(figure(&rows[1][1])?, i128::from(number(&json["ledger"]["kept"])?) * 1_000_000);
    assert_eq!(figure(&rows[rows.len() - 1][1])?, i128::from(number(&json["ledger"]["read"])?) * 1_000_000);
    // Every sum is the sum of what stands above it, and of the whole file where the table is of all customers.
    let mut sums = 0;
    for table in &tables {
        let Some((last, rows)) =
            table[1..].split_last().filter(|(last, _)| ["total", "rows read"].contains(&&*last[0]))
        else {
            continue;
        };
        for (column, head) in table[0].iter().enumerate().skip(1) {
            let is_summed = |cell: &String| cell.is_empty() || cell == "·" || figure(cell).is_ok();
            let is_mean =
                ["a customer", "AOV", "meet", "share", "rate", "range", "rule", "costs", "of revenue", "difference"];
            if is_mean.iter().any(|mean| head.contains(mean)) || !rows.iter().all(|row| is_summed(&row[column])) {
                continue;
            }
            let of = |cell: &String| if cell.is_empty() || cell == "·" { Ok(0) } else { figure(cell) };
            let sum = rows.iter().map(|row| of(&row[column])).sum::<Result<i128, Failure>>()?;
            assert_eq!(of(&last[column])?, sum, "{head} of {table:?}");
            sums += 1;
            if ["customers", "customers now", "customers before"].contains(&head.as_str()) {
                assert_eq!(sum, total[0], "{table:?}");
            }
            if ["revenue", "revenue now", "revenue before"].contains(&head.as_str()) && table[0][0] != "policy" {
                assert_eq!(sum, total[1], "{table:?}");
            }
        }
    }
    assert!(sums > 40, "{sums}");
    // Both forms say the same.
    let page = succeed([&options[..], &["--format", "html"]].concat())?;
    let in_page = cells(&page);
    for cell in tables.iter().flatten().flatten().filter(|cell| figure(cell).is_ok()) {
        assert!(in_page.contains(cell), "{cell}");
    }
    Ok(())
}

#[test]
fn a_page_asks_for_nothing_and_runs_nothing() -> TestResult {
    let scratch = Scratch::new()?;
    let baseline = text(&scratch.path("before.toml"))?.to_owned();
    let page = succeed([&everything(&baseline)?[..], &["--format", "html"]].concat())?;
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"), "{page}");
    for part in
        ["http://", "https://", "<script", "javascript:", " src=", "url(", "@import", "<link", "<img", "<iframe"]
    {
        assert!(!page.contains(part), "{part}");
    }
    let begin = page.find("<body>").ok_or("no body")?;
    let end = page.find("</html>").ok_or("no end")?;
    check_xml(&page[begin..end])?;
    // Every chart tells what it shows, and every table what it is.
    let count = |part: &str| page.matches(part).count();
    assert_eq!(count("<svg"), 7, "heatmap, segments, three distributions, curve, tiers");
    assert_eq!((count("<svg"), count("<table>")), (count("<desc "), count("<caption>")));
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("@media print"));
    for id in ["summary", "data", "quality", "scheme", "heatmap", "segments", "distributions", "concentration", "value"]
    {
        assert!(page.contains(&format!("<section id=\"{id}\"")) && page.contains(&format!("href=\"#{id}\"")), "{id}");
    }
    Ok(())
}

#[test]
fn no_name_from_data_is_markup_in_a_document() -> TestResult {
    let scratch = Scratch::new()?;
    let file = hostile(&scratch)?;
    let name = HARM.replace('|', "/");
    let scheme = format!(
        "name = \"x\"\ntitle = '{name}'\n[[segment]]\nname = '{name}'\nbox = \"R2\"\n[[segment]]\nname = '=1+1'\notherwise = true\n"
    );
    let scheme = scheme.replace("box = \"R2\"", "cells = \"222 221 212 211\"");
    let scheme = scratch.file("x.toml", scheme)?;
    let options = ["report", &file, "--bins", "2", "--scheme", &scheme, "--order", "2", "--status-column", "5"];
    let page = succeed([&options[..], &["--format", "html"]].concat())?;
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("'=1+1") | page.contains("&#39;=1+1")
    );
    assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains(['\u{1b}', '\u{202e}']), "{page}");
    check_xml(&page[page.find("<body>").ok_or("no body")?..page.find("</html>").ok_or("no end")?])?;
    let told = succeed([&options[..], &["--format", "markdown"]].concat())?;
    assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told}");
    let outside = markup::without_code(&told);
    for harm in ["<script", "</title", "**b**", "[31m\u{202e}", " `c`", "|=1+1", "| =1+1", "&lt;"] {
        let bare = outside.replace(&format!("\\{harm}"), "");
        assert!(!bare.contains(harm), "{harm}: {outside}");
    }
    // A name with a bar in it stays in its cell.
    for table in tables(&told) {
        assert!(table.iter().all(|row| row.len() == table[0].len()), "{table:?}");
    }
    Ok(())
}

#[test]
fn a_report_is_written_whole_or_not_at_all_and_never_over_the_data() -> TestResult {
    let scratch = Scratch::new()?;
    let path = |name: &str| scratch.path(name).to_string_lossy().into_owned();
    for (name, begin) in [
        ("a.html", "<!DOCTYPE html>"),
        ("a.md", "# Customer segments: shop.csv"),
        ("a.json", "{"),
        ("a.csv", "segment,customers"),
        ("a.txt", "2,999 customers"),
    ] {
        let file = path(name);
        assert_eq!(succeed(["report", DEMO, "--out", &file])?, "");
        let written = fs::read_to_string(&file)?;
        assert!(written.starts_with(begin), "{name}: {written}");
        let again = run(["report", DEMO, "--out", &file])?;
        assert!(again.status == Some(1) && again.stderr.contains("--force"), "{again:?}");
        succeed(["report", DEMO, "--format", "markdown", "--out", &file, "--force"])?;
        assert!(fs::read_to_string(&file)?.starts_with("# Customer segments"), "{name}");
    }
    let sales = "customer,date,amount\na,2024-01-01,1.00\nb,2024-02-01,2.00\n";
    let file = scratch.file("sales.csv", sales)?;
    let answer = run(["report", &file, "--bins", "2", "--out", &file, "--force"])?;
    assert!(answer.status == Some(1) && answer.stderr.contains("files that are read"), "{answer:?}");
    assert_eq!(fs::read_to_string(&file)?, sales);
    let answer = run(["report", DEMO, "--baseline", &path("none.toml")])?;
    assert!(answer.status == Some(2) && answer.stderr.contains("tierscope diff"), "{answer:?}");
    let answer = run(["report", DEMO, "--format", "html", "--baseline", &path("none.toml"), "--out", &path("b.html")])?;
    assert!(answer.status == Some(1) && !scratch.path("b.html").exists(), "{answer:?}");
    Ok(())
}

#[test]
fn a_document_speaks_the_language_in_use_and_its_figures_stay() -> TestResult {
    let stage = Stage::demo(SIZES[1]);
    let session = stage.model.session().ok_or("nothing is open")?;
    let subject = Subject {
        analysis: &session.analysis,
        ledger: &session.ledger,
        policies: session.policies,
        files: &[],
        scenario: None,
        baseline: None,
        tiers: None,
        definition: "",
        saved: "",
        command: "tierscope report",
    };
    let english = markdown(&document(&subject));
    let [chinese, page] = lang::within(Language::Hans, || {
        let document = document(&subject);
        [markdown(&document), html(&document, lang::current().tag())]
    });
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-Hans\">"), "{page}");
    for heading in ["## 概要", "## 热力图", "## 客群", "## 分布与切点", "## 集中度", "## 定义"] {
        assert!(chinese.contains(heading), "{heading}: {chinese}");
    }
    let figures = |text: &str| -> Vec<String> {
        let all = tables(text).into_iter().flatten().flatten();
        all.filter(|cell| figure(cell.trim_end_matches('%')).is_ok()).collect()
    };
    assert_eq!(figures(&chinese), figures(&english));
    assert!(figures(&english).len() > 250);
    Ok(())
}

#[test]
fn a_document_says_how_it_was_made() -> TestResult {
    let scratch = Scratch::new()?;
    let text = succeed(["report", DEMO, "--bins", "3,5,5", "--scheme", "score-total", "--format", "markdown"])?;
    for part in [
        "- **Program**: tierscope ",
        " --bins 3,5,5 --scheme score-total --format markdown",
        "### The view as a scenario file, which gives the same figures again",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // The scenario in it gives the same figures.
    let begin = text.find("```toml\n").ok_or("no scenario")? + 8;
    let end = text[begin..].find("\n```").ok_or("no end")?;
    let scenario = scratch.file("a.toml", &text[begin..begin + end])?;
    let again: Value = report([DEMO, "--scenario", &scenario])?;
    let first = report([DEMO, "--bins", "3,5,5", "--scheme", "score-total"])?;
    assert_eq!((&again["totals"], &again["segments"]), (&first["totals"], &first["segments"]));
    Ok(())
}
