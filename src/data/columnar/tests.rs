//! Files of every kind are written by Polars and read back.

use std::fs;

use polars::prelude::{
    Categories, Column, DataFrame, DataType, IntoColumn, IpcCompression, IpcStreamWriter, IpcWriter, NamedFrom,
    ParquetWriter, SerWriter, Series, TimeUnit as PolarsUnit, TimeZone,
};
use tempfile::TempDir;

use super::*;
use crate::data::batch::{Cells, TimeUnit, Values};

const KINDS: [ColumnarKind; 3] = [ColumnarKind::Parquet, ColumnarKind::ArrowFile, ColumnarKind::ArrowStream];

fn write(kind: ColumnarKind, frame: &mut DataFrame, rows_a_group: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let file = File::create(&path).unwrap();
    match kind {
        ColumnarKind::Parquet => {
            ParquetWriter::new(file).with_row_group_size(Some(rows_a_group)).finish(frame).unwrap();
        }
        ColumnarKind::ArrowFile => {
            IpcWriter::new(file).with_compression(Some(IpcCompression::LZ4)).finish(frame).unwrap();
        }
        ColumnarKind::ArrowStream => IpcStreamWriter::new(file).finish(frame).unwrap(),
    }
    (folder, path)
}

fn read(path: &Path, kind: ColumnarKind, columns: &[usize]) -> Result<Vec<Batch>, ColumnarError> {
    let mut reader = ColumnarReader::open(path, kind, columns)?;
    let mut batches = Vec::new();
    while let Some(batch) = reader.next_batch()? {
        batches.push(batch);
    }
    Ok(batches)
}

fn text(cells: &[Option<&str>]) -> Cells {
    texts(|| cells.iter().map(|cell| cell.map(str::as_bytes))).unwrap()
}

fn int(cells: &[Option<i64>]) -> Cells {
    Cells::Int(Values::collect(cells.iter().copied()))
}

fn stamp(cells: &[Option<i64>], unit: TimeUnit) -> Cells {
    Cells::Stamp { values: Values::collect(cells.iter().copied()), unit, zone: None }
}

fn column(name: &str, values: &[Option<i64>], dtype: &DataType) -> Column {
    Series::new(name.into(), values).cast(dtype).unwrap().into_column()
}

/// Three rows of each type, the middle one missing.
fn typed() -> DataFrame {
    let zone = TimeZone::opt_try_new(Some("Europe/Berlin")).unwrap();
    let category = DataType::from_categories(Categories::global());
    let lists = [Some(Series::new("".into(), [1i64, 2])), None, Some(Series::new("".into(), [3i64]))];
    let named = |name: &str, series: Series| series.with_name(name.into()).into_column();
    let days = [Some(0), None, Some(19_723)];
    let ticks = [Some(-1), None, Some(1_704_067_200_000)];
    DataFrame::new_infer_height(vec![
        column("int8", &[Some(-128), None, Some(127)], &DataType::Int8),
        column("uint64", &[Some(0), None, Some(7)], &DataType::UInt64),
        named("huge", Series::new("".into(), [Some(1u64), None, Some(u64::MAX)])),
        named("float32", Series::new("".into(), [Some(2.55f32), None, Some(-0.1)])),
        named("float64", Series::new("".into(), [Some(1e300), None, Some(0.5)])),
        named("decimal", Series::new("".into(), [Some(12.34), None, Some(-0.05)]))
            .cast(&DataType::Decimal(10, 2))
            .unwrap(),
        column("date", &days, &DataType::Date),
        column("ms", &ticks, &DataType::Datetime(PolarsUnit::Milliseconds, None)),
        column("us", &ticks, &DataType::Datetime(PolarsUnit::Microseconds, None)),
        column("ns", &ticks, &DataType::Datetime(PolarsUnit::Nanoseconds, None)),
        column("zoned", &ticks, &DataType::Datetime(PolarsUnit::Milliseconds, zone)),
        named("text", Series::new("".into(), [Some("a"), None, Some("ü")])),
        named("category", Series::new("".into(), [Some("x"), None, Some("y")])).cast(&category).unwrap(),
        named("boolean", Series::new("".into(), [Some(true), None, Some(false)])),
        named("binary", Series::new("".into(), [Some(&b"\xff"[..]), None, Some(b"")])),
        named("null", Series::new_null("".into(), 3)),
        column("time", &[Some(1_000_000_000), None, Some(0)], &DataType::Time),
        column("duration", &[Some(61_000), None, Some(0)], &DataType::Duration(PolarsUnit::Milliseconds)),
        named("list", Series::new("".into(), lists)),
    ])
    .unwrap()
}

#[test]
fn every_type_is_read_from_every_kind() {
    let ticks = [Some(-1), None, Some(1_704_067_200_000)];
    let floats = |cells: [Option<f64>; 3]| Cells::Float(Values::collect(cells));
    let expected = [
        int(&[Some(-128), None, Some(127)]),
        int(&[Some(0), None, Some(7)]),
        text(&[Some("1"), None, Some("18446744073709551615")]),
        floats([Some(2.55), None, Some(-0.1)]),
        floats([Some(1e300), None, Some(0.5)]),
        Cells::Decimal { values: Values::collect([Some(1234), None, Some(-5)]), scale: 2 },
        Cells::Day(Values::collect([Some(0), None, Some(19_723)])),
        stamp(&ticks, TimeUnit::Milliseconds),
        stamp(&ticks, TimeUnit::Microseconds),
        stamp(&ticks, TimeUnit::Nanoseconds),
        stamp(&ticks, TimeUnit::Milliseconds),
        text(&[Some("a"), None, Some("ü")]),
        text(&[Some("x"), None, Some("y")]),
        text(&[Some("true"), None, Some("false")]),
        texts(|| [Some(&b"\xff"[..]), None, Some(b"")].into_iter()).unwrap(),
        text(&[None, None, None]),
        text(&[Some("00:00:01"), None, Some("00:00:00")]),
        text(&[Some("1m 1s"), None, Some("0ms")]),
        text(&[Some("[1, 2]"), None, Some("[3]")]),
    ];
    let columns: Vec<usize> = (0..expected.len()).collect();
    for kind in KINDS {
        let (_folder, path) = write(kind, &mut typed(), 100);
        let batches = read(&path, kind, &columns).unwrap();
        assert_eq!(batches.len(), 1, "{kind}");
        for (column, (read, expected)) in batches[0].columns.iter().zip(&expected).enumerate() {
            assert_eq!(read, expected, "column {column} of the {kind}");
        }
    }
}

#[test]
fn the_schema_names_columns_types_and_rows() {
    for kind in KINDS {
        let (_folder, path) = write(kind, &mut typed(), 100);
        let schema = schema(&path, kind).unwrap();
        assert_eq!(schema.names[..4], ["int8", "uint64", "huge", "float32"]);
        assert_eq!(
            schema.types[..8],
            ["int8", "uint64", "uint64", "float32", "float64", "decimal(2)", "date", "timestamp[ms]",]
        );
        assert_eq!(
            schema.types[8..14],
            ["timestamp[us]", "timestamp[ns]", "timestamp[ms]", "text", "text", "boolean",]
        );
        assert_eq!(schema.types[14..], ["binary", "null", "time", "duration", "list"]);
        assert_eq!(schema.rows, (kind == ColumnarKind::Parquet).then_some(3));
    }
}

/// Categories make each record batch bring its own dictionary, which an Arrow file may not.
fn word_type(kind: ColumnarKind) -> DataType {
    match kind {
        ColumnarKind::ArrowFile => DataType::String,
        _ => DataType::from_categories(Categories::global()),
    }
}

#[test]
fn row_groups_and_record_batches_follow_each_other() {
    for kind in KINDS {
        let part = |from: i64, words: [Option<&str>; 2]| {
            let words = Series::new("word".into(), words).cast(&word_type(kind)).unwrap().into_column();
            DataFrame::new_infer_height(vec![column("id", &[Some(from), Some(from + 1)], &DataType::Int64), words])
        };
        let mut frame = part(1, [Some("a"), None]).unwrap();
        frame.vstack_mut(&part(3, [Some("b"), Some("a")]).unwrap()).unwrap();
        frame.vstack_mut(&part(5, [None, Some("c")]).unwrap()).unwrap();
        let (_folder, path) = write(kind, &mut frame, 2);
        let batches = read(&path, kind, &[1, 0]).unwrap();
        let size = fs::metadata(&path).unwrap().len();
        if kind == ColumnarKind::Parquet {
            assert_eq!(batches.len(), 3);
            assert_eq!(batches.iter().map(|batch| batch.first_row).collect::<Vec<_>>(), [1, 3, 5]);
            assert_eq!(batches[1].columns, [text(&[Some("b"), Some("a")]), int(&[Some(3), Some(4)])]);
            assert_eq!(batches.iter().map(|b| b.bytes_read).collect::<Vec<_>>(), [size / 3, size * 2 / 3, size]);
        } else {
            assert_eq!(batches.len(), 1);
            assert_eq!((batches[0].rows, batches[0].first_row), (6, 1));
            let words = [Some("a"), None, Some("b"), Some("a"), None, Some("c")];
            assert_eq!(
                batches[0].columns,
                [text(&words), int(&[Some(1), Some(2), Some(3), Some(4), Some(5), Some(6)])]
            );
            assert!(batches[0].bytes_read > size / 2 && batches[0].bytes_read <= size);
        }
    }
}

#[test]
fn large_pieces_are_handed_out_in_slices() {
    for (kind, rows) in [
        (ColumnarKind::Parquet, [131_072, 131_072, 37_856]),
        (ColumnarKind::ArrowFile, [100_000, 100_000, 100_000]),
        (ColumnarKind::ArrowStream, [131_072, 131_072, 37_856]),
    ] {
        let part = |from: i64| {
            let ids = (from..from + 100_000).collect::<Series>().with_name("id".into());
            let words = ids.cast(&DataType::String).unwrap().cast(&word_type(kind)).unwrap().with_name("word".into());
            DataFrame::new_infer_height(vec![ids.into_column(), words.into_column()])
        };
        let mut frame = part(0).unwrap();
        frame.vstack_mut(&part(100_000).unwrap()).unwrap();
        frame.vstack_mut(&part(200_000).unwrap()).unwrap();
        let (_folder, path) = write(kind, &mut frame, 1_000_000);
        let batches = read(&path, kind, &[1, 0]).unwrap();
        assert_eq!(batches.iter().map(|batch| batch.rows).collect::<Vec<_>>(), rows, "{kind}");
        assert_eq!(batches[2].first_row, 300_001 - rows[2] as u64);
        assert!(batches[2].columns.iter().all(|column| column.text(rows[2] - 1) == "299999"));
        assert!(batches.is_sorted_by_key(|batch| batch.bytes_read));
    }
}

#[test]
fn a_file_that_is_cut_short_or_damaged_is_an_error() {
    for kind in KINDS {
        let (_folder, path) = write(kind, &mut typed(), 100);
        let whole = fs::read(&path).unwrap();
        for length in [0, 3, 9, 200, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
            fs::write(&path, &whole[..length]).unwrap();
            let error = read(&path, kind, &[0, 5]).expect_err("a cut file is no file");
            assert!(matches!(error, ColumnarError::Unreadable { .. }), "{kind} of {length}: {error}");
        }
        let mut damaged = whole.clone();
        damaged[20..whole.len() / 2].fill(0xa5);
        fs::write(&path, &damaged).unwrap();
        let error = read(&path, kind, &[0, 5]).unwrap_err();
        assert!(matches!(error, ColumnarError::Unreadable { .. }), "damaged {kind}: {error}");
    }
}

#[test]
fn no_columns_no_rows_and_no_such_column() {
    for kind in KINDS {
        let (_folder, path) = write(kind, &mut typed(), 100);
        let batches = read(&path, kind, &[]).unwrap();
        assert_eq!((batches.len(), batches[0].rows, batches[0].columns.len()), (1, 3, 0));
        let error = read(&path, kind, &[0, 19]).unwrap_err();
        assert!(matches!(error, ColumnarError::NoSuchColumn { position: 19, columns: 19, .. }));
        let (_folder, path) = write(kind, &mut typed().clear(), 100);
        assert_eq!(read(&path, kind, &[0]).unwrap(), []);
    }
}

#[test]
fn readers_can_be_moved_to_other_threads() {
    fn send<T: Send>() {}
    send::<ColumnarReader>();
}
