//! Help, exit status, and what is said when something fails.

use std::fs;
use std::process::Stdio;

use super::support::{Scratch, TestResult, answer, run, succeed, tierscope};

const DATA: [&str; 18] = [
    "--customer",
    "--order",
    "--date",
    "--amount",
    "--quantity",
    "--unit-price",
    "--refund",
    "--status-column",
    "--currency-column",
    "--returns",
    "--refunds",
    "--status",
    "--zero-amounts",
    "--duplicates",
    "--order-totals",
    "--anonymous",
    "--ids",
    "--future",
];
const SCORES: [&str; 9] =
    ["--as-of", "--method", "--bins", "--cuts-r", "--cuts-f", "--cuts-m", "--frequency", "--scheme", "--scenario"];

#[test]
fn the_help_of_each_command_names_its_options() -> TestResult {
    let commands: [(&[&str], &[&[&str]]); 8] = [
        (&[], &[&DATA, &SCORES, &["report", "customers", "scenario", "check", "diff", "define", "columns"]]),
        (&["scenario"], &[&DATA, &SCORES, &["--save", "--force", "--name", "--note", "--review-by", "--tolerance"]]),
        (&["check"], &[&DATA, &["--as-of", "--tolerance", "--today", "--format", "Exit", "status", "3"]]),
        (&["diff"], &[&DATA, &["--as-of", "--by", "--format", "table", "json", "csv", "markdown"]]),
        (&["define"], &[&DATA, &SCORES, &["--as", "words", "duckdb", "postgresql", "--table", "--rows"]]),
        (
            &["report"],
            &[&DATA, &SCORES, &["--format", "table", "json", "csv", "markdown", "html", "--out", "--baseline"]],
        ),
        (&["customers"], &[&DATA, &SCORES, &["--format", "--out", "--sort", "--limit"]]),
        (&["columns"], &[&DATA]),
    ];
    for (command, words) in commands {
        let help = succeed([command, &["--help"]].concat())?;
        for word in words.iter().copied().flatten() {
            let named = help.split(|c: char| c.is_whitespace() || ",[]():".contains(c)).any(|found| found == *word);
            assert!(named, "{word} in tierscope {command:?} --help: {help}");
        }
    }
    Ok(())
}

#[test]
fn the_explorer_without_a_terminal_says_so_and_points_to_report() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", "customer,date,amount\na,2024-01-01,1.00\n")?;
    for args in [&[][..], &[&*file]] {
        let answer = answer(tierscope().args(args).stdin(Stdio::null()))?;
        assert_eq!(
            (answer.status, answer.stdout.as_str(), answer.stderr.lines().count()),
            (Some(1), "", 1),
            "{answer:?}"
        );
        assert!(answer.stderr.contains("terminal") && answer.stderr.contains("tierscope report"), "{answer:?}");
    }
    Ok(())
}

#[test]
fn a_log_is_added_to_a_log_and_never_to_data() -> TestResult {
    let scratch = Scratch::new()?;
    let data = "customer,date,amount\na,2024-01-01,1.00\n";
    let file = scratch.file("sales.csv", data)?;
    let refused = run(["--log", &file])?;
    assert!(refused.status == Some(1) && refused.stderr.contains("is no log of tierscope"), "{refused:?}");
    assert_eq!(fs::read_to_string(&file)?, data);
    let log = scratch.file("log", "")?;
    let sizes = [1, 2].map(|_| {
        let added = succeed(["report", &*file, "--bins", "2", "--log", &log]);
        added.and_then(|_| Ok(fs::metadata(&log)?.len()))
    });
    let [first, second] = sizes;
    let (first, second) = (first?, second?);
    assert!(first > 0 && second > first, "{first} and {second}");
    Ok(())
}

#[test]
fn a_failure_is_one_line_that_names_the_file_and_status_1() -> TestResult {
    let scratch = Scratch::new()?;
    let sales = scratch.file("sales.csv", "customer,date,amount\na,2024-01-01,1.00\n")?;
    let path = |name: &str| scratch.path(name).to_string_lossy().into_owned();
    let dates = scratch.file("dates.csv", "customer,date,amount\na,soon,1.00\nb,later,2.00\n")?;
    fs::create_dir(scratch.path("folder"))?;
    let cases: [(&[&str], &str); 8] = [
        (&["report", &path("nowhere.csv")], "nowhere.csv"),
        (&["columns", &path("nowhere.csv")], "nowhere.csv"),
        (&["report", &sales, &path("nowhere.csv")], "nowhere.csv"),
        (&["report", &path("folder")], "folder"),
        (&["report", &path("none-*.csv")], "none-*.csv"),
        (&["report", &dates, "--date", "date"], "dates.csv"),
        (&["report", &sales, "--as-of", "2023-12-31", "--bins", "2"], "after the as-of date"),
        (&["customers", &sales, "--bins", "2", "--out", &path("no/such/folder.csv")], "folder.csv"),
    ];
    for (args, part) in cases {
        let answer = run(args)?;
        assert_eq!(
            (answer.status, answer.stdout.as_str(), answer.stderr.lines().count()),
            (Some(1), "", 1),
            "{answer:?}"
        );
        assert!(answer.stderr.contains(part) && answer.stderr.starts_with("tierscope: "), "{part}: {answer:?}");
    }
    Ok(())
}

#[test]
fn a_file_with_a_header_and_no_rows_says_that_it_has_no_rows() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("head.csv", "customer,date,amount\n")?;
    let answer = run(["report", &*file])?;
    assert_eq!((answer.status, answer.stderr.lines().count()), (Some(1), 1), "{answer:?}");
    assert!(answer.stderr.contains("head.csv") && answer.stderr.contains("no row"), "{answer:?}");
    assert!(!answer.stderr.contains("no column"), "{answer:?}");
    Ok(())
}

#[test]
fn a_wrong_use_is_status_2() -> TestResult {
    for args in [
        &["--nonsense"][..],
        &["report", "--nonsense"],
        &["report", "--format", "xml"],
        &["report", "--frequency", "visits"],
        &["report", "--closed", "both"],
        &["customers", "--sort", "shoe_size"],
        &["customers", "--sort", "monetary:sideways"],
        &["customers", "--limit", "-1"],
        &["customers", "--format", "table"],
        &["report", "--amount", "amount", "--quantity", "quantity"],
        &["report", "["],
    ] {
        let answer = run(args)?;
        assert_eq!((answer.status, answer.stdout.as_str()), (Some(2), ""), "{args:?}: {answer:?}");
        assert!(!answer.stderr.is_empty(), "{args:?}");
    }
    Ok(())
}

#[test]
fn escape_sequences_in_the_name_and_the_cells_of_a_file_do_not_reach_the_terminal() -> TestResult {
    let scratch = Scratch::new()?;
    let content = "customer,da\u{1b}[31mte,amount\n\u{1b}]0;owned\u{7},never\u{1b}[2J,1.00\n";
    let file = scratch.file("na\u{1b}[5mme.csv", content)?;
    for args in [&["report", &*file, "--date", "2"][..], &["report", &file], &["columns", &file]] {
        let answer = run(args)?;
        let safe = |text: &str| text.chars().all(|c| c == '\n' || !c.is_control());
        assert!(safe(&answer.stdout) && safe(&answer.stderr), "{answer:?}");
    }
    Ok(())
}

#[test]
fn a_reader_that_goes_away_is_no_failure() -> TestResult {
    let mut child = tierscope().arg("customers").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    // Nobody reads a list that is longer than any pipe holds.
    drop(child.stdout.take());
    let output = child.wait_with_output()?;
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    Ok(())
}

#[test]
fn the_demo_shop_comes_out_of_its_seed_byte_by_byte() -> TestResult {
    let made = succeed(["demo-data"])?;
    assert_eq!(made, super::recount::demo_text()?);
    let other = succeed(["demo-data", "--seed", "7"])?;
    assert_ne!(made, other);
    assert_eq!(other, succeed(["demo-data", "--seed", "7"])?);
    Ok(())
}
