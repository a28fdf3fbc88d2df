use std::error::Error;
use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_from_rs};

use super::super::tests::{columns, long, rows};
use super::super::write;
use super::*;
use crate::job::CancelToken;
use crate::model::money::Scale;

type Done = Result<(), Box<dyn Error>>;

/// The sheets with their rows, of a workbook whose sheets take so many rows.
fn read(columns: &[Column], rows: Vec<Vec<Cell<'_>>>, sheet_rows: u32) -> Result<Sheets, Box<dyn Error>> {
    let mut out = Vec::new();
    let mut sink = Box::new(Xlsx::new(&mut out, &std::env::temp_dir())?);
    sink.sheet_rows = sheet_rows;
    write(sink, columns, rows, None, &CancelToken::default())?;
    let mut book: calamine::Xlsx<_> = open_workbook_from_rs(Cursor::new(out))?;
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name)?;
        Ok((name, range.rows().map(<[Data]>::to_vec).collect()))
    };
    names.into_iter().map(sheet).collect()
}

type Sheets = Vec<(String, Vec<Vec<Data>>)>;

fn string(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[test]
fn cells_are_typed_and_read_back() -> Done {
    let long = long();
    let sheets = read(&columns(), rows(&long), SHEET_ROWS)?;
    let [(name, cells)] = &sheets[..] else { return Err("one sheet expected".into()) };
    assert_eq!(name, "customers");
    assert_eq!(cells.len(), 7);
    assert_eq!(cells[0][7], string("=city"));
    assert_eq!(cells[1][0], string("00123"));
    assert_eq!(cells[1][1], Data::Float(3.0));
    assert_eq!(cells[1][2], Data::Float(1234.5));
    assert_eq!(cells[1][3], Data::Float(0.25));
    let Data::DateTime(date) = &cells[1][4] else { return Err(format!("no date: {:?}", cells[1][4]).into()) };
    // 2024-01-31 in any spreadsheet.
    assert_eq!(date.as_f64().to_string(), "45322");
    assert_eq!(cells[1][5], Data::Bool(true));
    assert_eq!(cells[1][6], Data::Float(1.5));
    assert_eq!(cells[1][7], string("=1+1"));
    assert_eq!(cells[2][0], string("张三\u{fffd}[31m"));
    assert_eq!(cells[2][7], Data::Empty);
    assert_eq!(cells[3][7], string("a|b\u{fffd}c"));
    assert_eq!(cells[4][0], string("محمد بن سلمان"));
    assert_eq!(cells[6][0], string(&long));
    let total: f64 = cells[1..].iter().filter_map(|row| calamine::DataType::as_f64(&row[2])).sum();
    assert_eq!((total * 100.0).round() as i64, 123_450 - 5 + 99 + 1 + 7);
    Ok(())
}

#[test]
fn rows_beyond_a_sheet_go_to_the_next() -> Done {
    let columns = [Column { name: "n".to_owned(), kind: Kind::Count }];
    for (count, expected) in [(0, vec![0]), (3, vec![3]), (4, vec![3, 1]), (7, vec![3, 3, 1])] {
        let sheets = read(&columns, (0..count).map(|n| vec![Cell::Int(n)]).collect(), 4)?;
        let found: Vec<usize> = sheets.iter().map(|(_, rows)| rows.len() - 1).collect();
        assert_eq!(found, expected, "{count}");
        assert!(sheets.iter().all(|(_, rows)| rows[0] == [string("n")]));
        let values = sheets.iter().flat_map(|(_, rows)| rows[1..].iter().map(|row| row[0].clone()));
        assert_eq!(values.collect::<Vec<_>>(), (0..count).map(|n| Data::Float(n as f64)).collect::<Vec<_>>());
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["customers", "customers 2", "customers 3"][..names.len()]);
    }
    Ok(())
}

#[test]
fn what_a_double_does_not_keep_goes_as_text() -> Done {
    let exact = 1_i64 << 53;
    let columns =
        [Kind::Money(Scale::CENTS), Kind::Count, Kind::Date].map(|kind| Column { name: kind.name().to_owned(), kind });
    let row = |money: i64, count: i64, date: i64| [money, count, date].map(Cell::Int).to_vec();
    let sheets = read(&columns, vec![row(exact, -exact, -25_509), row(exact + 1, -exact - 1, i64::MAX)], 100)?;
    let cells = &sheets[0].1;
    assert_eq!(cells[1][..2], [Data::Float(90_071_992_547_409.92), Data::Float(-9_007_199_254_740_992.0)]);
    // 1900-02-28 is another day in each spreadsheet.
    assert_eq!(cells[1][2], string("1900-02-28"));
    assert_eq!(cells[2][..2], [string("90071992547409.93"), string("-9007199254740993")]);
    assert!(matches!(cells[2][2], Data::String(_)));
    Ok(())
}

#[test]
fn texts_that_xml_does_not_take_are_safe() -> Done {
    let columns = [Column { name: "a<&\"b".to_owned(), kind: Kind::Text }];
    let texts =
        ["<&>\"'", "_x0041_", " a ", "\u{0}\u{b}\u{1f}", "x\u{ffff}", "👨‍👩‍👧", "https://example.com", "TRUE", "1e5"];
    let rows = texts.map(|text| vec![Cell::Text(text.into())]).to_vec();
    let sheets = read(&columns, rows, 100)?;
    let cells: Vec<&Data> = sheets[0].1.iter().map(|row| &row[0]).collect();
    assert_eq!(*cells[0], string("a<&\"b"));
    assert_eq!(
        [cells[1], cells[3], cells[7], cells[8], cells[9]].map(Data::to_string),
        ["<&>\"'", " a ", "https://example.com", "TRUE", "1e5"]
    );
    assert!(cells.iter().all(|cell| matches!(cell, Data::String(_))));
    assert_eq!(*cells[4], string("\u{fffd}\u{fffd}\u{fffd}"));
    Ok(())
}

#[test]
fn a_text_beyond_a_cell_is_refused_with_its_place() {
    let columns = [Column { name: "name".to_owned(), kind: Kind::Text }];
    let row = |length| vec![Cell::Text("😀".repeat(length).into())];
    assert!(read(&columns, vec![row(16_383)], 100).is_ok());
    let told = read(&columns, vec![row(1), row(16_384)], 100).unwrap_err().to_string();
    assert!(
        told.starts_with("row 2, column `name`: a cell of XLSX holds 32767 characters, and this text has 32768"),
        "{told}"
    );
}

#[test]
fn a_panic_of_the_library_is_an_error() {
    let told = |text: &str| {
        let text = text.to_owned();
        match caught::<()>(|| std::panic::panic_any(text)) {
            Err(ExportError::Io(error)) => error.kind(),
            other => panic!("{other:?}"),
        }
    };
    // As `Result::expect` has it.
    let full = io::Error::from_raw_os_error(28);
    assert_eq!(told(&format!("cannot write: {full:?}")), io::ErrorKind::StorageFull);
    assert_eq!(told("something else"), io::ErrorKind::Other);
}

#[test]
fn the_header_is_frozen_and_filtered_and_columns_are_as_wide_as_they_show() -> Done {
    let columns = [("id", Kind::Text), ("monetary", Kind::Money(Scale::CENTS))];
    let columns = columns.map(|(name, kind)| Column { name: name.to_owned(), kind });
    let mut out = Vec::new();
    let sink = Box::new(Xlsx::new(&mut out, &std::env::temp_dir())?);
    let rows = [vec![Cell::Text("重要客户重要客户".into()), Cell::Int(1)], vec![Cell::Missing, Cell::Int(2)]];
    write(sink, &columns, rows, None, &CancelToken::default())?;
    let mut archive = zip::ZipArchive::new(Cursor::new(out))?;
    let sheet = io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml")?)?;
    assert!(sheet.contains("<pane ySplit=\"1\" topLeftCell=\"A2\""), "{sheet}");
    assert!(sheet.contains("<autoFilter ref=\"A1:B3\"/>"), "{sheet}");
    // Sixteen and one, and eight and the button; Excel adds 0.7109375 for its margins.
    assert!(sheet.contains("width=\"17.7109375\"") && sheet.contains("width=\"11.7109375\""), "{sheet}");
    let styles = io::read_to_string(archive.by_name("xl/styles.xml")?)?;
    assert!(styles.contains("numFmtId=\"4\"") || styles.contains("#,##0.00"), "{styles}");
    Ok(())
}
