//! Rows that are the same: the data card counts those that `--duplicates drop` sets aside, and no row is lost that differs
//! in anything.

use std::fs::{self, File};
use std::path::Path;

use polars::prelude::{DataFrame, DataType, IntoColumn, NamedFrom, ParquetWriter, Series, TimeUnit};
use rusqlite::Connection;
use serde_json::Value;

use super::support::{Failure, Scratch, TestResult, number, report, succeed, text};

/// Rows read, and kept when those are dropped that are there twice.
fn kept(args: &[&str]) -> Result<(u64, u64), Failure> {
    let report = report([args, &["--duplicates", "drop"]].concat())?;
    Ok((number(&report["ledger"]["read"])?, number(&report["ledger"]["kept"])?))
}

/// Rows that the data card says are there twice.
fn said(args: &[&str]) -> Result<u64, Failure> {
    let card: Value = serde_json::from_str(&succeed([&["quality"], args, &["--format", "json"]].concat())?)?;
    number(&card["duplicates"]["rows"])
}

/// Both, of the same files.
fn twice(args: &[&str]) -> Result<(u64, u64, u64), Failure> {
    let (read, kept) = kept(args)?;
    Ok((read, kept, said(args)?))
}

fn parquet(path: &Path, last: Series) -> Result<String, Failure> {
    let rows = last.len();
    let mut frame = DataFrame::new_infer_height(vec![
        Series::new("customer".into(), vec!["a"; rows]).into_column(),
        Series::new("date".into(), vec!["2024-01-01"; rows]).into_column(),
        Series::new("amount".into(), vec![1.5; rows]).into_column(),
        last.into_column(),
    ])?;
    ParquetWriter::new(File::create(path)?).finish(&mut frame)?;
    Ok(text(path)?.to_owned())
}

#[test]
fn rows_that_differ_in_bytes_alone_are_no_duplicates() -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.path("shop.db");
    let connection = Connection::open(&path)?;
    connection.execute_batch("CREATE TABLE sales (customer TEXT, date TEXT, amount REAL, uid BLOB)")?;
    let mut insert = connection.prepare("INSERT INTO sales VALUES ('A', '2024-01-01', 1.5, ?1)")?;
    // Sixteen bytes each, then long ones that differ only at their end, then two that are one row.
    for n in 0..20u8 {
        insert.execute([[&[7; 15][..], &[n]].concat()])?;
    }
    for n in 0..10u8 {
        insert.execute([[&[7; 5_000][..], &[n]].concat()])?;
    }
    insert.execute([vec![9u8; 16]])?;
    insert.execute([vec![9u8; 16]])?;
    assert_eq!(twice(&[text(&path)?])?, (32, 31, 1));
    let seen = succeed(["columns", text(&path)?])?;
    assert!(seen.contains("0x07070707"), "{seen}");
    Ok(())
}

#[test]
fn lists_are_told_apart_behind_what_is_shown_of_them() -> TestResult {
    let scratch = Scratch::new()?;
    // A hundred numbers, of which one in the middle, or the last decimals of the first, differ.
    let list = |place: usize, value: f64| {
        let numbers: Vec<f64> = (0..100).map(|n| if n == place { value } else { f64::from(n as u8) }).collect();
        Series::new("".into(), numbers)
    };
    let lists = [list(50, 50.5), list(50, 50.25), list(0, 0.123_456_789_1), list(0, 0.123_456_789_2), list(50, 50.5)];
    let file = parquet(&scratch.path("lists"), Series::new("tags".into(), lists.as_slice()))?;
    assert_eq!(twice(&[&file])?, (5, 4, 1));
    Ok(())
}

#[test]
fn instants_within_one_second_are_different() -> TestResult {
    let scratch = Scratch::new()?;
    let stamps = Series::new("at".into(), [1_704_067_200_001i64, 1_704_067_200_002, 1_704_067_200_001]);
    let stamps = stamps.cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?;
    assert_eq!(twice(&[&parquet(&scratch.path("stamps"), stamps)?])?, (3, 2, 1));
    Ok(())
}

#[test]
fn the_same_columns_in_another_order_make_the_same_rows() -> TestResult {
    let scratch = Scratch::new()?;
    let rows: Vec<[String; 5]> = (0..20)
        .map(|n| {
            [format!("C{n}"), format!("2024-01-{:02}", n + 1), format!("{n}.50"), format!("n{n}"), format!("x{n}")]
        })
        .collect();
    let file = |name: &str, order: [usize; 5]| {
        let names = ["customer", "date", "amount", "note", "channel"].map(str::to_owned);
        let line = |row: &[String; 5]| order.map(|column| row[column].as_str()).join(",") + "\n";
        scratch.file(name, [&names].into_iter().chain(&rows).map(line).collect::<String>())
    };
    let first = file("d1.csv", [0, 1, 2, 3, 4])?;
    // In the last of them, a column that is no role's stands first, where totals are looked for.
    for (name, order) in [("d2.csv", [1, 0, 2, 3, 4]), ("d3.csv", [0, 1, 2, 4, 3]), ("d4.csv", [4, 3, 2, 1, 0])] {
        let other = file(name, order)?;
        assert_eq!(twice(&[&first, &other])?, (40, 20, 20), "{name}");
    }
    // Columns that change their names change their rows' meaning.
    let swapped = fs::read_to_string(&first)?.replace("note,channel", "channel,note");
    assert_eq!(twice(&[&first, &scratch.file("d5.csv", swapped)?])?, (40, 40, 0));
    Ok(())
}
