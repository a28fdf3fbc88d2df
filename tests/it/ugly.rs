//! Files that people have: pipes, open quotes, words for nothing, files named twice, text that is none.

use std::io::Write;
use std::process::Stdio;

use super::support::{
    Scratch, TestResult, answer, customers, lines, list, micros, number, report, run, string, tierscope,
};

const HEAD: &str = "customer,date,amount\n";

/// 300 rows of 30 customers, 1.00 each.
fn sales() -> String {
    HEAD.to_owned() + &lines(0..300, |n| format!("c{},2024-01-{:02},1.00", n % 30, n % 28 + 1))
}

#[test]
fn a_pipe_is_read_to_its_end_and_only_when_asked_for() -> TestResult {
    let mut child = tierscope()
        .args(["report", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(sales().as_bytes())?;
    }
    let output = child.wait_with_output()?;
    let piped: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!((number(&piped["totals"]["customers"])?, string(&piped["totals"]["revenue"])?), (30, "300.00"));
    let mut columns = tierscope()
        .args(["columns", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut pipe) = columns.stdin.take() {
        pipe.write_all(sales().as_bytes())?;
    }
    let told = String::from_utf8(columns.wait_with_output()?.stdout)?;
    assert!(told.contains("The file can be opened"), "{told}");
    let silent = answer(tierscope().arg("report").stdin(Stdio::piped()))?;
    assert!(silent.status == Some(2) && silent.stderr.contains("`-` reads it"), "{silent:?}");
    Ok(())
}

#[test]
fn what_never_ends_and_what_is_no_text_is_refused_by_name() -> TestResult {
    let scratch = Scratch::new()?;
    let binary = scratch.file("photo.csv", [b"\xff\xd8\xff\xe0".as_slice(), &[0; 64]].concat())?;
    let array = scratch.file("array.json", "[\n {\"customer\": \"a\"}\n]")?;
    let head = scratch.file("head.csv", HEAD)?;
    for (file, word) in
        [("/dev/zero", "no file that ends"), (&*binary, "no text"), (&*array, "NDJSON"), (&*head, "no rows")]
    {
        let answer = run(["report", file])?;
        assert!(answer.status == Some(1) && answer.stderr.contains(word) && answer.stderr.contains(file), "{answer:?}");
    }
    Ok(())
}

#[test]
fn a_quote_that_is_never_closed_loses_no_row_in_silence() -> TestResult {
    let scratch = Scratch::new()?;
    let stray = sales().replacen("c5,", "c5,\"", 1);
    let line = stray.lines().position(|line| line.contains('"')).unwrap_or_default() + 1;
    let file = scratch.file("stray.csv", stray)?;
    let answer = run(["report", &*file])?;
    assert_eq!(answer.status, Some(1), "{answer:?}");
    assert!(answer.stderr.contains(&format!("line {line} ")) && answer.stderr.contains("--plain-quotes"), "{answer:?}");
    let plain = report([&*file, "--plain-quotes"])?;
    assert_eq!(number(&plain["ledger"]["read"])?, 300);
    assert_eq!(string(&list(&plain["ledger"]["rejected"])?[0]["reason"])?, "unreadable date");
    Ok(())
}

#[test]
fn a_quote_left_open_on_the_last_line_but_one_loses_no_row_either() -> TestResult {
    let scratch = Scratch::new()?;
    for end in ["", "\n"] {
        let file = scratch.file("late.csv", format!("{HEAD}a,2024-01-01,5\n\"b,2024-01-02,7\nc,2024-01-02,9{end}"))?;
        let answer = run(["report", &*file, "--bins", "2"])?;
        assert!(answer.status == Some(1) && answer.stderr.contains("line 3 "), "{answer:?}");
    }
    Ok(())
}

#[test]
fn a_stray_quote_that_another_seems_to_close_loses_no_row_either() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = "A,2024-01-01,1.00,\"ok\"\nB,2024-01-02,2.00,\"oops\nC,2024-01-03,3.00,x\nD,2024-01-04,4.00,\"fine\"\n";
    let file = scratch.file("stray.csv", format!("customer,date,amount,note\n{rows}E,2024-01-05,5.00,x\n"))?;
    let answer = run(["report", &*file])?;
    assert!(answer.status == Some(1) && answer.stderr.contains("line 3 "), "{answer:?}");
    let plain = report([&*file, "--plain-quotes"])?;
    assert_eq!((number(&plain["ledger"]["read"])?, string(&plain["totals"]["revenue"])?), (5, "15.00"));
    // A field may go on behind its quotes, and lines may end within quotes.
    let good = scratch.file("good.csv", format!("{HEAD}\"a\"b,2024-01-01,1\n\"a\nb\",2024-01-01,2\n"))?;
    assert_eq!(string(&report([&*good, "--bins", "2"])?["totals"]["revenue"])?, "3");
    Ok(())
}

#[test]
fn a_key_that_first_appears_late_is_a_column_like_any_other() -> TestResult {
    let scratch = Scratch::new()?;
    let early = lines(0..6_000, |n| {
        format!("{{\"customer\":\"c{}\",\"date\":\"2024-01-{:02}\",\"amount\":\"10.00\"}}", n % 50, n % 28 + 1)
    });
    let late = lines(0..1_000, |n| {
        let refund = "\"refund\":\"10.00\",\"deduction\":\"4.00\"";
        format!("{{\"customer\":\"c{}\",\"date\":\"2024-02-01\",\"amount\":\"10.00\",{refund}}}", n % 50)
    });
    for (end, packed) in [("\n", false), ("\r", false), ("\n", true)] {
        let text = (early.clone() + &late).replace('\n', end);
        let bytes = if packed { zstd::stream::encode_all(text.as_bytes(), 1)? } else { text.into_bytes() };
        let file = scratch.file("late.ndjson", bytes)?;
        let told = |options: &[&str]| report([&[&*file], options].concat());
        // 7,000 rows of 10.00, of which 1,000 are paid back.
        for (options, revenue) in [
            (&[][..], "60000.00"),
            (&["--refund", "refund"], "60000.00"),
            (&["--refund", "deduction"], "66000.00"),
            (&["--refunds", "ignore"], "70000.00"),
        ] {
            let told = told(options)?;
            let found = (number(&told["ledger"]["read"])?, string(&told["totals"]["revenue"])?);
            assert_eq!(found, (7_000, revenue), "{options:?} {end:?} {packed}");
        }
    }
    Ok(())
}

#[test]
fn an_amount_out_of_range_leaves_no_trace_in_the_others() -> TestResult {
    let scratch = Scratch::new()?;
    let large = "9999999999999.123456";
    for (kept, revenue) in [("5,7", "12"), ("5.5,7.25", "12.75"), ("5.125,7", "12.125")] {
        let amounts = kept.split(',').chain([large]).enumerate();
        let file = scratch
            .file("large.csv", HEAD.to_owned() + &lines(amounts, |(n, text)| format!("c{n},2024-01-01,{text}")))?;
        let told = report([&*file, "--bins", "2"])?;
        assert_eq!(string(&told["totals"]["revenue"])?, revenue, "{kept}");
        assert_eq!(string(&list(&told["ledger"]["rejected"])?[0]["reason"])?, "amount out of range");
    }
    Ok(())
}

#[test]
fn a_few_zeros_among_compact_dates_are_rejected_and_the_rest_is_read() -> TestResult {
    let scratch = Scratch::new()?;
    let dates = lines(0..60, |n| format!("c{},202401{:02},1.50", n % 9, n % 28 + 1));
    let file = scratch.file("zeros.csv", HEAD.to_owned() + &dates + "c1,00000000,2.00\nc2,0,2.00\n")?;
    for args in [&[&*file][..], &[&file, "--date", "date"]] {
        let told = report(args)?;
        assert_eq!((number(&told["totals"]["orders"])?, string(&told["totals"]["revenue"])?), (60, "90.00"));
        let rejected = &list(&told["ledger"]["rejected"])?[0];
        assert_eq!((string(&rejected["reason"])?, number(&rejected["rows"])?), ("unreadable date", 2));
    }
    // Ids of eight digits are no dates, however many of them the calendar would take.
    let ids = lines(0..60, |n| format!("c{},{:08},1.50", n % 9, 55_010_101 + n % 28));
    let answer = run(["report", &*scratch.file("ids.csv", HEAD.to_owned() + &ids)?])?;
    assert!(answer.status == Some(1) && answer.stderr.contains("the date"), "{answer:?}");
    Ok(())
}

#[test]
fn words_for_nothing_are_no_customers() -> TestResult {
    let scratch = Scratch::new()?;
    let nothing = ["NULL", "null", "N/A", "nan", "-", "\\N", "None", "#N/A"];
    let rows = lines(nothing, |id| format!("{id},2024-01-01,5.00"));
    let file = scratch.file("null.csv", sales() + &rows)?;
    let told = report([&*file])?;
    assert_eq!((number(&told["totals"]["customers"])?, string(&told["totals"]["revenue"])?), (30, "300.00"));
    let rejected = &list(&told["ledger"]["rejected"])?[0];
    assert_eq!((string(&rejected["reason"])?, number(&rejected["rows"])?), ("missing customer", 8));
    Ok(())
}

#[test]
fn a_file_named_twice_is_refused() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", sales())?;
    let pattern = scratch.path("*.csv").to_string_lossy().into_owned();
    for args in [[&*file, &file], [&file, &pattern]] {
        let answer = run([&["report"], &args[..]].concat())?;
        assert!(answer.status == Some(2) && answer.stderr.contains("named twice"), "{answer:?}");
    }
    Ok(())
}

#[test]
fn a_column_of_the_right_name_and_the_wrong_values_is_told_with_one_of_them() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("soon.csv", HEAD.to_owned() + &lines(1..20, |n| format!("c{n},week {n},1.00")))?;
    let answer = run(["report", &*file])?;
    assert!(answer.stderr.contains("`date`") && answer.stderr.contains("week 1"), "{answer:?}");
    assert!(answer.stderr.contains("are not dates"), "{answer:?}");
    Ok(())
}

#[test]
fn noise_of_binary_sums_is_rounded_away_and_told() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("noise.csv", sales() + "c1,2024-01-01,0.30000000000000004\n")?;
    let told = report([&*file])?;
    assert_eq!(string(&told["totals"]["revenue"])?, "300.30");
    let notes = list(&told["notes"])?;
    assert!(notes.iter().any(|note| note.as_str().is_some_and(|note| note.starts_with("1 amount with"))), "{notes:?}");
    Ok(())
}

#[test]
fn the_mean_order_value_has_cents_even_where_amounts_have_none() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("whole.csv", HEAD.to_owned() + "a,2024-01-01,2\na,2024-01-02,3\nb,2024-01-02,3\n")?;
    let list = customers([&*file, "--bins", "2", "--sort", "customer"])?;
    let means: Vec<i128> = list.iter().map(|line| micros(&line["mean_order_value"])).collect::<Result<_, _>>()?;
    assert_eq!(means, [2_500_000, 3_000_000]);
    assert_eq!(list[0]["monetary"], "5");
    Ok(())
}
