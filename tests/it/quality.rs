//! The data card: what `tierscope quality` prints, and the card on the screen, against counts made here.

use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};
use tierscope::app::keymap::Key;
use tierscope::engine::plan::Plan;
use tierscope::model::day::Day;

use super::stage::{SIZES, Stage};
use super::support::{
    Failure, Scratch, TestResult, lines, list, micros, number, public, report, run, string, succeed, text,
};
use super::terminal::Terminal;

/// Ten rows with a little of everything that may be wrong.
///
/// Kept are nine; their sum is 100.005. Days with rows: 1, 2, 3, 10 and 12 March; without: 4 to 9 and 11, seven days of twelve.
const SHOP: &str = "customer,order,date,amount,note\n\
    张三（13800138000）,o1,2024-03-01,10.00,gift\n\
    张叁（13800138000）,o2,2024-03-01,20.00,\n\
    00042,o3,2024-03-02,30.00,\n\
    42,o4,2024-03-02,5.00,\n\
    A-1,o5,2024-03-03,5.00,\n\
    a1,o6,2024-03-03,5.00,\n\
    B,o7,2024-03-10,12.50,\n\
    B,o7,2024-03-10,12.50,\n\
    C,o7,2024-03-12,0.005,\n\
    C,o8,2024-02-31,7.00,\n";

/// A day on which the data above is twenty days old.
const TODAY: &str = "2024-04-01";

fn quality(args: &[&str]) -> Result<Value, Failure> {
    Ok(serde_json::from_str(&succeed([&["quality"], args, &["--format", "json"]].concat())?)?)
}

/// The findings of a section as mark, subject and words.
fn findings<'a>(card: &'a Value, section: &str) -> Result<Vec<[&'a str; 3]>, Failure> {
    let sections = list(&card["findings"])?;
    let section = sections.iter().find(|one| one["title"] == section).ok_or_else(|| format!("no section {section}"))?;
    let line = |one: &'a Value| {
        Ok([one["mark"].as_str().unwrap_or_default(), string(&one["subject"])?, string(&one["words"])?])
    };
    list(&section["findings"])?.iter().map(line).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

#[test]
fn a_made_up_shop_is_told_to_the_last_finding() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", SHOP)?;
    let card = quality(&[&file, "--today", TODAY])?;
    assert_eq!(string(&card["sources"][0]["sha256"])?, sha256(SHOP.as_bytes()));
    assert_eq!(string(&card["control"]["revenue"])?, "100.005");
    assert_eq!((number(&card["rows"]["read"])?, number(&card["rows"]["kept"])?), (10, 9));
    assert_eq!(string(&card["timeliness"]["without_orders"]["longest"]["from"])?, "2024-03-04");
    assert_eq!(
        findings(&card, "Timeliness")?,
        [
            ["ok", "last order", "2024-03-12, 1 day before the as-of date, 20 days before today"],
            ["", "period", "2024-03-01 to 2024-03-12, 12 days"],
            ["ok", "days without rows", "7 of 12 days; the longest run 6 days, 2024-03-04 to 2024-03-09"],
        ]
    );
    assert_eq!(
        findings(&card, "Duplicates")?,
        [["problem", "rows", "1 the same as an earlier one in every column, 10.0%"]]
    );
    assert_eq!(
        findings(&card, "Accuracy")?,
        [
            ["problem", "dates", "1 unreadable"],
            ["ok", "amounts", "0 unreadable"],
            ["ok", "amounts", "0 out of range"],
            ["look", "orders", "1 order number with several customers"],
            ["look", "orders", "1 order number on several days"],
        ]
    );
    assert_eq!(
        findings(&card, "Completeness")?[4],
        ["ok", "note", "10.0% filled, 9 missing, 1 distinct, longest 4, first `gift`"]
    );
    Ok(())
}

#[test]
fn likely_duplicates_of_customers_are_suggested_and_left_apart() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", SHOP)?;
    // Whatever unifies spellings, these stay apart.
    let card = quality(&[&file, "--today", TODAY])?;
    let likely = &card["identity"]["likely_duplicates"];
    assert_eq!((number(&card["identity"]["customers"])?, number(&likely["customers"])?), (8, 3));
    let pairs = serde_json::json!([["张三（13800138000）", "张叁（13800138000）"], ["00042", "42"], ["A-1", "a1"]]);
    assert_eq!(likely["examples"], pairs);
    Ok(())
}

#[test]
fn control_figures_hold_at_the_cent_or_the_exit_status_is_3() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", SHOP)?;
    let cases: [(&[&str], i32, &[&str]); 7] = [
        (&["--expect-total", "100.01"], 0, &["ok", "expected 100.01, found 100.005: 0.00 apart"]),
        (&["--expect-total", "100.00"], 3, &["problem", "expected 100.00, found 100.005: 0.01 apart"]),
        (&["--expect-total", "1,100.01"], 3, &["problem", "expected 1,100.01, found 100.005: -1,000.00 apart"]),
        (&["--expect-rows", "10"], 0, &["ok", "expected 10, found 10: 0 apart"]),
        (&["--expect-rows", "9"], 3, &["problem", "expected 9, found 10: 1 apart"]),
        (&["--expect-total", "100.01", "--expect-rows", "11"], 3, &["ok", "problem", "found 10: -1 apart"]),
        (&[], 0, &["revenue", "100.005"]),
    ];
    for (args, status, parts) in cases {
        let answer = run([&["quality", &*file, "--today", TODAY], args].concat())?;
        assert_eq!(answer.status, Some(status), "{args:?}: {answer:?}");
        let control = answer.stdout.split("Control").nth(1).ok_or("no control figures")?;
        assert!(parts.iter().all(|part| control.contains(part)), "{parts:?}: {control}");
    }
    for args in [["--expect-total", "100,1"], ["--expect-total", "all"], ["--expect-rows", "-1"], ["--today", "soon"]] {
        let answer = run([&["quality", &*file], &args[..]].concat())?;
        assert_eq!((answer.status, answer.stdout.as_str()), (Some(2), ""), "{args:?}");
    }
    Ok(())
}

#[test]
fn the_help_names_the_options_of_its_own() -> TestResult {
    let help = succeed(["quality", "--help"])?;
    for word in ["--expect-total", "--expect-rows", "--today", "--as-of", "--format", "markdown", "Exit status"] {
        assert!(help.contains(word), "{word}: {help}");
    }
    assert!(succeed(["--help"])?.contains("quality"));
    Ok(())
}

#[test]
fn rows_of_another_width_than_the_header_are_told() -> TestResult {
    let scratch = Scratch::new()?;
    // A delimiter at the end of a line makes no cell.
    let content = "customer,date,amount\nA,2024-01-01,1.00,\nB,2024-01-02\nC,2024-01-03,2.00,3.00\nD,2024-01-04,4.00\n";
    let card = quality(&[&scratch.file("ragged.csv", content)?])?;
    let found = findings(&card, "Rows")?;
    for words in ["1 row with fewer cells than the header", "1 row with more cells than the header"] {
        assert!(found.iter().any(|[mark, _, told]| *mark == "problem" && *told == words), "{found:?}");
    }
    Ok(())
}

#[test]
fn every_form_says_the_same() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", SHOP)?;
    let form = |form: &str| succeed(["quality", &*file, "--today", TODAY, "--format", form]);
    let card = quality(&[&file, "--today", TODAY])?;
    let (table, markdown, csv) = (form("table")?, form("markdown")?, form("csv")?);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let lines = reader.records().collect::<Result<Vec<_>, _>>()?;
    let mut at = 0;
    for section in list(&card["findings"])? {
        let title = string(&section["title"])?;
        assert!(table.lines().any(|line| line == title), "{title}: {table}");
        assert!(markdown.contains(&format!("## {title}\n")), "{title}: {markdown}");
        for [mark, subject, words] in findings(&card, title)? {
            assert_eq!([&lines[at][0], &lines[at][1]], [title, mark]);
            // A leading sign or the like is kept from being a formula.
            assert!(lines[at][2].ends_with(subject) && lines[at][3].ends_with(words), "{:?}", lines[at]);
            let is_line = |line: &str| line.contains(mark) && line.contains(subject) && line.contains(words);
            assert!(table.lines().any(is_line) && markdown.lines().any(is_line), "{subject}: {words}");
            at += 1;
        }
    }
    assert_eq!(at, lines.len());
    assert!(table.starts_with("4 problems, "), "{table}");
    Ok(())
}

#[test]
fn old_data_and_data_of_tomorrow_are_told() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", SHOP)?;
    for (today, mark, part) in [
        ("2024-03-12", "ok", "0 days before today"),
        ("2024-04-12", "ok", "31 days before today"),
        ("2024-04-13", "look", "32 days before today"),
        ("2024-03-10", "problem", "2 days after today"),
    ] {
        let card = quality(&[&file, "--today", today])?;
        let [found, subject, words] = findings(&card, "Timeliness")?[0];
        assert_eq!((found, subject), (mark, "last order"), "{today}");
        assert!(words.ends_with(part), "{today}: {words}");
    }
    Ok(())
}

#[test]
fn files_that_overlap_repeat_each_others_rows() -> TestResult {
    let scratch = Scratch::new()?;
    let [january, february] = [
        scratch.file("january.csv", "customer,date,amount\nA,2024-01-05,1.00\nB,2024-01-31,2.00\n")?,
        scratch.file("february.csv", "customer,date,amount\nB,2024-01-31,2.00\nC,2024-02-01,3.00\n")?,
    ];
    let card = quality(&[&january, &february])?;
    assert_eq!(number(&card["duplicates"]["rows"])?, 1);
    let [example] = list(&card["duplicates"]["examples"])? else { return Err("one example".into()) };
    assert_eq!((string(&example["file"])?, number(&example["row"])?), ("february.csv", 2));
    assert_eq!(list(&card["sources"])?.len(), 2);
    Ok(())
}

#[test]
fn columns_and_names_from_data_cannot_reach_the_terminal() -> TestResult {
    let scratch = Scratch::new()?;
    let content = "customer,no\u{1b}[31mte,date,amount\nA\u{7},\u{1b}]0;x\u{7},2024-01-01,1.00\n";
    let file = scratch.file("na\u{1b}[5mme.csv", content)?;
    for form in ["table", "markdown"] {
        let answer = run(["quality", &*file, "--format", form])?;
        assert_eq!(answer.status, Some(0), "{answer:?}");
        assert!(answer.stdout.chars().all(|c| c == '\n' || !c.is_control()), "{answer:?}");
    }
    Ok(())
}

#[test]
fn online_retail_is_counted_as_it_is_known() -> TestResult {
    let Some(file) = public("online-retail/online_retail.csv.gz")? else { return Ok(()) };
    let card = quality(&[text(&file)?, "--today", "2011-12-31"])?;
    assert_eq!(number(&card["rows"]["read"])?, 541_909);
    assert_eq!(number(&card["duplicates"]["rows"])?, 5_268);
    let source = &card["sources"][0];
    assert_eq!(string(&source["sha256"])?, sha256(&fs::read(&file)?));
    assert_eq!(number(&source["bytes"])?, fs::metadata(&file)?.len());
    let missing =
        list(&source["columns"])?.iter().map(|column| Ok((string(&column["name"])?, number(&column["missing"])?)));
    assert_eq!(
        missing.collect::<Result<Vec<_>, Failure>>()?,
        [
            ("InvoiceNo", 0),
            ("StockCode", 0),
            ("Description", 1_454),
            ("Quantity", 0),
            ("InvoiceDate", 0),
            ("UnitPrice", 0),
            ("CustomerID", 135_080),
            ("Country", 0),
        ]
    );
    // 374 days from 2010-12-01 to 2011-12-09, 305 of them with lines.
    assert_eq!(number(&card["timeliness"]["without_orders"]["days"])?, 374 - 305);
    assert_eq!(number(&card["accuracy"]["conflicting_orders"]["customers"])?, 0);
    Ok(())
}

#[test]
fn cdnow_has_its_255_repeated_rows() -> TestResult {
    let Some(file) = public("cdnow/CDNOW_master.txt")? else { return Ok(()) };
    let card = quality(&[text(&file)?, "--expect-total", "2500315.63", "--expect-rows", "69659"])?;
    assert_eq!(number(&card["duplicates"]["rows"])?, 255);
    assert_eq!(string(&card["sources"][0]["sha256"])?, sha256(&fs::read(&file)?));
    assert_eq!(number(&card["identity"]["likely_duplicates"]["customers"])?, 0);
    Ok(())
}

/// Two rows without a customer, of 25.50 together, beside 74.50 of a customer.
const ANONYMOUS: &str = "customer,date,amount\nA,2024-01-01,74.50\n,2024-01-02,20.00\n ,2024-01-02,5.50\n";

#[test]
fn unidentified_revenue_is_shown_everywhere() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("anonymous.csv", ANONYMOUS)?;
    let args = [&*file];
    let told = report([&args[..], &["--bins", "2"]].concat())?;
    let card = quality(&args)?;
    for unidentified in [&told["ledger"]["unidentified"], &card["unidentified"]] {
        assert_eq!(micros(string(&unidentified["revenue"])?)?, micros("25.50")?, "{unidentified}");
        assert_eq!(unidentified["share"], Value::from(0.255), "{unidentified}");
    }
    let words = "revenue 25.50, 25.5% of 100.00";
    assert!(
        findings(&card, "Rows")?.iter().any(|[mark, subject, found]| {
            *mark == "problem" && *subject == "unidentified" && found.ends_with(words)
        })
    );
    for form in ["table", "markdown"] {
        let text = succeed([&["report"], &args[..], &["--bins", "2", "--format", form]].concat())?;
        let says = |line: &str| line.to_lowercase().contains("unidentified") && line.contains("25.50, 25.5% of 100.00");
        assert!(text.lines().any(says), "{text}");
    }
    for size in SIZES {
        let screen = Stage::file(&file, Plan::default(), size).screen()?.lines();
        assert!(screen[1].contains("unidentified") && screen[2].contains("25.50 25.5%"), "{}", screen.join("\n"));
    }
    Ok(())
}

#[test]
fn the_unidentified_revenue_of_online_retail_is_that_of_a_recount() -> TestResult {
    let Some(file) = public("online-retail/online_retail.csv.gz")? else { return Ok(()) };
    let mut reader = csv::Reader::from_reader(flate2::read::MultiGzDecoder::new(fs::File::open(&file)?));
    // Of customers, and of nobody: millionths.
    let mut sums = [0, 0];
    for record in reader.records() {
        let record = record?;
        let amount = record[3].parse::<i128>()? * micros(&record[5])?;
        sums[usize::from(record[6].is_empty())] += amount;
    }
    let told = report([text(&file)?])?;
    let unidentified = &told["ledger"]["unidentified"];
    assert_eq!(number(&unidentified["rows"])?, 135_080);
    assert_eq!(micros(string(&told["totals"]["revenue"])?)?, sums[0]);
    assert_eq!(micros(string(&unidentified["revenue"])?)?, sums[1]);
    assert_eq!(micros(string(&unidentified["of"])?)?, sums[0] + sums[1]);
    Ok(())
}

/// The text of the card, scrolled from its top to its end, as one line whose folds are undone.
fn whole_card(stage: &mut Stage) -> Result<String, Failure> {
    let mut text = stage.screen()?.text();
    for _ in 0..30 {
        stage.press([Key::PageDown]);
        text += &stage.screen()?.text();
    }
    Ok(text.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn the_card_on_the_screen_has_every_section_at_every_size() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", SHOP)?;
    for size in SIZES {
        let mut stage = Stage::file(&file, Plan::default(), size);
        stage.model.today = Some(TODAY.parse::<Day>()?);
        stage.type_in("d");
        let text = whole_card(&mut stage)?;
        for part in [
            "Data card",
            "Source",
            &sha256(SHOP.as_bytes())[..24],
            "Mapping",
            "its name is a name for the customer",
            "10 read = 9 kept + 1 rejected",
            "2024-02-31",
            "Policies",
            "Completeness",
            "10.0% filled",
            "Accuracy",
            "1 order number with several customers",
            "Timeliness",
            "20 days before today",
            "Duplicates",
            "1 the same as an earlier one",
            "Identity",
            "3 customers resembling another",
            "`00042` and `42`",
            "Control",
            "100.005",
            "Same cuts by options",
            "--scheme rfm-11",
        ] {
            assert!(text.contains(part), "{part} at {size:?}: {text}");
        }
        assert!(!text.contains("counting"), "{text}");
        stage.press([Key::Esc]);
        assert!(!stage.screen()?.text().contains("Data card"));
    }
    Ok(())
}

#[test]
fn the_card_fills_in_while_it_is_looked_at() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", SHOP)?;
    let mut terminal = Terminal::start(&[&file], (120, 50))?;
    terminal.shows("Customers")?;
    terminal.press_until("d", "Data card")?;
    terminal.shows(&sha256(SHOP.as_bytes()))?;
    terminal.press_until("\u{1b}", "Customers")?;
    // It was counted once: the second look has it all at once.
    terminal.press_until("d", &sha256(SHOP.as_bytes()))?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    Ok(())
}

#[test]
fn a_card_whose_file_is_gone_says_so_and_the_rest_stays() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", SHOP)?;
    let mut stage = Stage::file(&file, Plan::default(), (120, 40));
    fs::remove_file(&file)?;
    stage.type_in("d");
    let text = stage.screen()?.text();
    assert!(text.contains("not counted: cannot read") && text.contains("10 read = 9 kept"), "{text}");
    Ok(())
}

#[test]
fn an_order_column_without_orders_is_not_said_to_have_too_many() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("empty.csv", "customer,date,amount,order_no\nA,2024-01-01,1.00,\nB,2024-01-02,2.00,\n")?;
    let card = quality(&[&file, "--order", "order_no"])?;
    let found = findings(&card, "Accuracy")?;
    let orders: Vec<_> = found.into_iter().filter(|[_, subject, _]| *subject == "orders").collect();
    let expected = [
        ["ok", "orders", "0 order numbers with several customers"],
        ["ok", "orders", "0 order numbers on several days"],
    ];
    assert_eq!(orders, expected);
    Ok(())
}

#[test]
fn days_without_rows_are_those_of_the_zone() -> TestResult {
    let scratch = Scratch::new()?;
    // Ten evenings in London are ten days of Shanghai, each the next one.
    let rows = lines(1..=10, |day| format!("A,2024-01-{day:02}T20:00:00Z,1.00"));
    let file = scratch.file("tz.csv", format!("customer,date,amount\n{rows}"))?;
    let card = quality(&[&file, "--tz", "Asia/Shanghai", "--today", TODAY])?;
    let found = findings(&card, "Timeliness")?;
    assert_eq!(
        found[1..],
        [["", "period", "2024-01-02 to 2024-01-11, 10 days"], ["ok", "days without rows", "0 of 10 days"],]
    );
    Ok(())
}
