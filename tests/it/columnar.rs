//! The same small table as Parquet and Arrow, in every type that dates and amounts have there.

use std::fs::File;

use chrono::NaiveDate;
use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, IpcStreamWriter, IpcWriter, NamedFrom, ParquetWriter, SerWriter, Series,
    TimeUnit,
};

use super::formats::{ROWS, same};
use super::support::{Failure, Scratch, TestResult, columns, customers, report, run, string, text};

const KINDS: [&str; 3] = ["Parquet", "Arrow IPC", "Arrow IPC stream"];

/// Writes a frame as one of the kinds, Parquet in groups of three rows.
fn write(scratch: &Scratch, name: &str, kind: &str, frame: &mut DataFrame) -> Result<String, Failure> {
    let path = scratch.path(name);
    let file = File::create(&path)?;
    match kind {
        "Parquet" => {
            ParquetWriter::new(file).with_row_group_size(Some(3)).finish(frame)?;
        }
        "Arrow IPC" => IpcWriter::new(file).finish(frame)?,
        _ => IpcStreamWriter::new(file).finish(frame)?,
    }
    Ok(text(&path)?.to_owned())
}

fn strings(name: &str, place: usize) -> Column {
    Series::new(name.into(), ROWS.map(|row| row[place]).as_slice()).into_column()
}

/// Days since 1970.
fn days() -> Result<Vec<i64>, Failure> {
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).ok_or("no epoch")?;
    let day = |row: [&str; 4]| NaiveDate::parse_from_str(row[2], "%Y-%m-%d").map(|day| (day - epoch).num_days());
    Ok(ROWS.map(day).into_iter().collect::<Result<_, _>>()?)
}

fn frame(date: Column, amount: Column) -> Result<DataFrame, Failure> {
    Ok(DataFrame::new_infer_height(vec![amount, strings("order_no", 1), date, strings("customer_id", 0)])?)
}

fn date_column(dtype: &DataType, values: &[i64]) -> Result<Column, Failure> {
    Ok(Series::new("order_date".into(), values).cast(dtype)?.into_column())
}

fn plain() -> Result<DataFrame, Failure> {
    frame(date_column(&DataType::Date, &days()?)?, float_amounts()?)
}

fn float_amounts() -> Result<Column, Failure> {
    let floats = ROWS.map(|row| row[3].parse::<f64>()).into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(Series::new("amount".into(), floats).into_column())
}

#[test]
fn parquet_and_both_arrow_formats_are_the_same_table_as_text() -> TestResult {
    let scratch = Scratch::new()?;
    for kind in KINDS {
        // Named as what they are not.
        same(&[&write(&scratch, "table.csv", kind, &mut plain()?)?])?;
        // Several record batches.
        let mut pieces = plain()?.slice(0, 2);
        pieces.vstack_mut(&plain()?.slice(2, 5))?;
        pieces.vstack_mut(&plain()?.slice(7, 1))?;
        same(&[&write(&scratch, "pieces.json", kind, &mut pieces)?]).map_err(|problem| format!("{kind}: {problem}"))?;
    }
    Ok(())
}

#[test]
fn timestamps_of_every_unit_give_their_calendar_day() -> TestResult {
    let scratch = Scratch::new()?;
    let units = [
        (TimeUnit::Milliseconds, 1_000_i64),
        (TimeUnit::Microseconds, 1_000_000),
        (TimeUnit::Nanoseconds, 1_000_000_000),
    ];
    for (unit, second) in units {
        let day = 86_400 * second;
        // The first tick of the day and the last are both of that day.
        for tick in [0, day - 1] {
            let ticks: Vec<i64> = days()?.iter().map(|days| days * day + tick).collect();
            for kind in KINDS {
                let mut frame = frame(date_column(&DataType::Datetime(unit, None), &ticks)?, float_amounts()?)?;
                same(&[&write(&scratch, "stamps", kind, &mut frame)?])
                    .map_err(|problem| format!("{kind} {unit:?} {tick}: {problem}"))?;
            }
        }
    }
    Ok(())
}

#[test]
fn dates_before_1970_are_their_own_day_and_not_the_next() -> TestResult {
    let scratch = Scratch::new()?;
    let half_a_day = [-43_200_000_i64, -86_400_000 * 3 - 1];
    let stamps = Series::new("date".into(), half_a_day).cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?;
    let columns_of = vec![
        Series::new("customer".into(), ["a", "b"]).into_column(),
        stamps.into_column(),
        Series::new("amount".into(), [1.5, 2.5]).into_column(),
    ];
    let file = write(&scratch, "old", "Parquet", &mut DataFrame::new_infer_height(columns_of)?)?;
    let list = customers([&*file, "--sort", "customer", "--bins", "2"])?;
    assert_eq!(columns(&list, ["customer", "last_order"]), [["a", "1969-12-31"], ["b", "1969-12-28"]]);
    Ok(())
}

#[test]
fn decimal_amounts_are_exact() -> TestResult {
    let scratch = Scratch::new()?;
    // From text to decimals of two places, without a float on the way.
    let texts = Series::new("amount".into(), ROWS.map(|row| row[3]).as_slice());
    for kind in KINDS {
        let amount = texts.cast(&DataType::Decimal(20, 2))?.into_column();
        let mut frame = frame(date_column(&DataType::Date, &days()?)?, amount)?;
        same(&[&write(&scratch, "decimals", kind, &mut frame)?]).map_err(|problem| format!("{kind}: {problem}"))?;
    }
    Ok(())
}

#[test]
fn float_amounts_are_the_decimals_they_print_as_and_sum_without_drift() -> TestResult {
    let scratch = Scratch::new()?;
    // Added as floats, ten thousand dimes are 1000.0000000001588.
    let dimes = vec![0.1_f64; 10_000];
    assert!((dimes.iter().sum::<f64>() - 1_000.0).abs() > 1e-11);
    for kind in KINDS {
        let columns_of = vec![
            Series::new("customer".into(), vec!["a"; 10_000]).into_column(),
            Series::new("date".into(), vec!["2024-01-01"; 10_000]).into_column(),
            Series::new("amount".into(), dimes.clone()).into_column(),
        ];
        let file = write(&scratch, "dimes", kind, &mut DataFrame::new_infer_height(columns_of)?)?;
        let report = report([&*file, "--bins", "2"])?;
        assert_eq!(string(&report["totals"]["revenue"])?, "1000.00", "{kind}");
    }
    let singles = ROWS.map(|row| row[3].parse::<f32>().map(|amount| if amount > 1e6 { 7.77 } else { amount }));
    let singles = singles.into_iter().collect::<Result<Vec<_>, _>>()?;
    let amount = Series::new("amount".into(), singles).into_column();
    let mut frame = frame(date_column(&DataType::Date, &days()?)?, amount)?;
    let file = write(&scratch, "singles", "Parquet", &mut frame)?;
    let list = customers([&*file, "--sort", "customer", "--bins", "2"])?;
    assert_eq!(columns(&list, ["monetary"]), [["25.26"], ["107.40"], ["0.07"], ["7.77"]]);
    Ok(())
}

#[test]
fn missing_cells_of_parquet_are_rejected_by_their_row() -> TestResult {
    let scratch = Scratch::new()?;
    let columns_of = vec![
        Series::new("customer".into(), [Some(7_i64), None, Some(7), Some(8), Some(8)]).into_column(),
        Series::new(
            "date".into(),
            [Some("2024-01-01"), Some("2024-01-01"), None, Some("2024-01-02"), Some("2024-01-03")],
        )
        .into_column(),
        Series::new("amount".into(), [Some(1.0), Some(1.0), Some(1.0), Some(f64::NAN), Some(2.5)]).into_column(),
    ];
    let file = write(&scratch, "gaps", "Parquet", &mut DataFrame::new_infer_height(columns_of)?)?;
    let report = report([&*file, "--bins", "2"])?;
    let rejected = report["ledger"]["rejected"].as_array().cloned().unwrap_or_default();
    let mut seen: Vec<(String, u64)> = Vec::new();
    for reason in &rejected {
        let row = reason["examples"][0]["row"].as_u64().ok_or("no row")?;
        seen.push((string(&reason["reason"])?.to_owned(), row));
    }
    seen.sort_by_key(|(_, row)| *row);
    let expected = [("missing customer", 2), ("missing date", 3), ("missing amount", 4)];
    assert_eq!(seen, expected.map(|(reason, row)| (reason.to_owned(), row)));
    let list = customers([&*file, "--sort", "customer", "--bins", "2"])?;
    assert_eq!(columns(&list, ["customer", "monetary"]), [["7", "1.00"], ["8", "2.50"]]);
    Ok(())
}

#[test]
fn a_damaged_parquet_file_is_one_sentence_and_no_panic() -> TestResult {
    let scratch = Scratch::new()?;
    let file = write(&scratch, "whole", "Parquet", &mut plain()?)?;
    let bytes = std::fs::read(file)?;
    for (name, content) in [("cut", &bytes[..bytes.len() / 2]), ("stub", &bytes[..6])] {
        let answer = run(["report", &*scratch.file(name, content)?])?;
        assert_eq!((answer.status, answer.stderr.lines().count()), (Some(1), 1), "{answer:?}");
        assert!(answer.stderr.contains(name) && !answer.stderr.contains("fault of the program"), "{answer:?}");
    }
    Ok(())
}
