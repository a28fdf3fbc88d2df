use std::borrow::Cow;
use std::error::Error;
use std::io::Write;

use proptest::prelude::*;
use serde_json::Value;

use super::table::Kind;
use super::*;
use crate::model::money::Scale;

type Done = Result<(), Box<dyn Error>>;

pub(super) fn columns() -> Vec<Column> {
    let column = |name: &str, kind| Column { name: name.to_owned(), kind };
    vec![
        column("customer", Kind::Text),
        column("frequency", Kind::Count),
        column("monetary", Kind::Money(Scale::CENTS)),
        column("share", Kind::Share),
        column("last_order", Kind::Date),
        column("at_risk", Kind::Flag),
        column("gap", Kind::Number(Scale::new(1))),
        column("=city", Kind::Text),
    ]
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

/// Names as they come: formulas, control characters, wide, combining and right-to-left ones.
pub(super) fn rows(long: &str) -> Vec<Vec<Cell<'_>>> {
    let row = |customer, money, city| {
        let numbers = [3, money, 250_000, 19_753, 1, 15].map(Cell::Int);
        let mut row = vec![text(customer)];
        row.extend(numbers);
        row.push(city);
        row
    };
    vec![
        row("00123", 123_450, text("=1+1")),
        row("张三\u{1b}[31m", -5, Cell::Missing),
        row("Jose\u{301} \u{202e}x", 0, text("a|b\nc")),
        row("محمد بن سلمان", 99, text("-5.00")),
        row("a,\"b\"", 1, text("＝cmd")),
        row(long, 7, text("\u{9b}<b>`x`")),
    ]
}

pub(super) fn long() -> String {
    "王é".repeat(5_000)
}

fn written(format: Format, columns: &[Column], rows: Vec<Vec<Cell<'_>>>) -> Result<(Vec<u8>, Totals), ExportError> {
    let mut out = Vec::new();
    let sink = sink(format, &mut out, &std::env::temp_dir())?;
    let totals = write(sink, columns, rows, Some(2), &CancelToken::default())?;
    Ok((out, totals))
}

fn text_of(format: Format, long: &str) -> Result<String, Box<dyn Error>> {
    let (bytes, totals) = written(format, &columns(), rows(long))?;
    assert_eq!(totals, Totals { rows: 6, sum: 123_450 - 5 + 99 + 1 + 7 });
    Ok(String::from_utf8(bytes)?)
}

#[test]
fn csv_reads_back_with_formulas_as_text() -> Done {
    let long = long();
    let csv = text_of(Format::Csv, &long)?;
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(
        reader.headers()?.iter().collect::<Vec<_>>(),
        ["customer", "frequency", "monetary", "share", "last_order", "at_risk", "gap", "'=city"]
    );
    let records: Vec<::csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    let expected = [
        ["00123", "3", "1234.50", "0.25", "2024-01-31", "true", "1.5", "'=1+1"],
        ["张三\u{fffd}[31m", "3", "-0.05", "0.25", "2024-01-31", "true", "1.5", ""],
        ["Jose\u{301} \u{fffd}x", "3", "0.00", "0.25", "2024-01-31", "true", "1.5", "a|b\nc"],
        ["محمد بن سلمان", "3", "0.99", "0.25", "2024-01-31", "true", "1.5", "-5.00"],
        ["a,\"b\"", "3", "0.01", "0.25", "2024-01-31", "true", "1.5", "'＝cmd"],
        [long.as_str(), "3", "0.07", "0.25", "2024-01-31", "true", "1.5", "\u{fffd}<b>`x`"],
    ];
    assert_eq!(records.len(), expected.len());
    for (record, expected) in records.iter().zip(expected) {
        assert_eq!(record.iter().collect::<Vec<_>>(), expected);
    }
    let marked = text_of(Format::CsvBom, &long)?;
    assert_eq!(marked.strip_prefix('\u{feff}'), Some(csv.as_str()));
    Ok(())
}

#[test]
fn json_has_money_as_text_and_numbers_as_numbers() -> Done {
    let long = long();
    let lines = text_of(Format::Ndjson, &long)?;
    let first = lines.lines().next().unwrap_or_default();
    assert_eq!(
        first,
        "{\"customer\":\"00123\",\"frequency\":3,\"monetary\":\"1234.50\",\"share\":0.25,\"last_order\":\"2024-01-31\",\
         \"at_risk\":true,\"gap\":1.5,\"=city\":\"=1+1\"}"
    );
    let read: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    assert_eq!(read.len(), 6);
    assert_eq!(read[1]["=city"], Value::Null);
    assert_eq!(read[1]["customer"], "张三\u{fffd}[31m");
    assert_eq!(read[4]["customer"], "a,\"b\"");
    assert_eq!(read[5]["customer"], long.as_str());
    assert_eq!(read[5]["=city"], "\u{fffd}<b>`x`");
    let array: Vec<Value> = serde_json::from_str(&text_of(Format::Json, &long)?)?;
    assert_eq!(array, read);
    Ok(())
}

#[test]
fn markdown_is_a_table_without_markup_from_data() -> Done {
    let markdown = text_of(Format::Markdown, "last")?;
    let lines: Vec<&str> = markdown.lines().collect();
    assert_eq!(lines[0], "| customer | frequency | monetary | share | last\\_order | at\\_risk | gap | =city |");
    assert_eq!(lines[1], "| --- | ---: | ---: | ---: | --- | --- | ---: | --- |");
    assert_eq!(lines[4], "| Jose\u{301} \u{fffd}x | 3 | 0.00 | 0.25 | 2024-01-31 | true | 1.5 | a\\|b\u{fffd}c |");
    assert_eq!(lines[7], "| last | 3 | 0.07 | 0.25 | 2024-01-31 | true | 1.5 | \u{fffd}\\<b>\\`x\\` |");
    assert_eq!(lines.len(), 8);
    Ok(())
}

#[test]
fn lists_without_rows_are_whole() -> Done {
    for (format, expected) in [
        (Format::Csv, "customer,n\n"),
        (Format::Ndjson, ""),
        (Format::Json, "[\n]\n"),
        (Format::Markdown, "| customer | n |\n| --- | ---: |\n"),
    ] {
        let columns = [("customer", Kind::Text), ("n", Kind::Count)];
        let columns = columns.map(|(name, kind)| Column { name: name.to_owned(), kind });
        assert_eq!(String::from_utf8(written(format, &columns, Vec::new())?.0)?, expected, "{format}");
    }
    Ok(())
}

#[test]
fn a_row_that_does_not_fit_is_refused() {
    let mut rows = rows("x");
    rows[1].pop();
    let told = written(Format::Json, &columns(), rows).map(|_| ()).unwrap_err().to_string();
    assert_eq!(told, "row 2 has 7 cells, and there are 8 columns");
}

#[test]
fn a_list_is_called_off_between_rows() -> Done {
    let (cancel, mut out) = (CancelToken::default(), Vec::new());
    let sink = sink(Format::Csv, &mut out, &std::env::temp_dir())?;
    let mut asked = 0;
    let rows = std::iter::from_fn(|| {
        asked += 1;
        if asked == 3 {
            cancel.cancel();
        }
        Some(vec![Cell::Int(1)])
    });
    let columns = [Column { name: "n".to_owned(), kind: Kind::Count }];
    assert!(matches!(write(sink, &columns, rows, None, &cancel), Err(ExportError::Cancelled)));
    assert_eq!(asked, 3);
    Ok(())
}

/// A place with room for so many bytes.
#[derive(Debug)]
pub(super) struct Small(pub(super) usize);

impl Write for Small {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told_by_every_format() -> Done {
    let long = long();
    for format in Format::ALL {
        let sink = sink(format, Small(100), &std::env::temp_dir())?;
        let error = write(sink, &columns(), rows(&long), None, &CancelToken::default());
        let full = matches!(&error, Err(ExportError::Io(error)) if error.kind() == io::ErrorKind::StorageFull);
        assert!(full, "{format}: {error:?}");
    }
    Ok(())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![".*", "[=+@ \t\r\n\"',;|a1\u{200b}\u{9b}\u{1b}\u{ff1d}\\\\-]{0,8}"]
}

proptest! {
    #[test]
    fn no_text_breaks_out_of_its_cell(texts in prop::collection::vec(any_text(), 1..6)) {
        let columns: Vec<Column> =
            (0..texts.len()).map(|n| Column { name: format!("c{n}"), kind: Kind::Text }).collect();
        let row = || vec![texts.iter().map(|t| text(t)).collect::<Vec<_>>()];
        let out = |format| {
            let mut out = Vec::new();
            let sink = sink(format, &mut out, &std::env::temp_dir()).unwrap();
            write(sink, &columns, row(), None, &CancelToken::default()).unwrap();
            String::from_utf8(out).unwrap()
        };
        let csv = out(Format::Csv);
        let record = ::csv::Reader::from_reader(csv.as_bytes()).records().next().unwrap().unwrap();
        prop_assert_eq!(record.len(), texts.len());
        for (cell, text) in record.iter().zip(&texts) {
            // Line breaks stay; all else that controls does not.
            let breaks = ['\n', '\r', '\t'];
            let unbroken = |text: &str| text.replace(breaks, "");
            prop_assert_eq!(cell.matches(breaks).count(), text.matches(breaks).count());
            let (cell, safe) = (&*unbroken(cell), crate::show::text::clean(&unbroken(text)).into_owned());
            prop_assert!(cell == safe || cell.strip_prefix('\'') == Some(&*safe), "{:?} {:?}", cell, text);
            let runs = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            prop_assert!(!runs || cell.trim().parse::<f64>().is_ok(), "{:?}", cell);
        }
        let read: Value = serde_json::from_str(out(Format::Ndjson).trim_end()).unwrap();
        for (number, text) in texts.iter().enumerate() {
            prop_assert_eq!(&read[format!("c{number}")], &*crate::show::text::clean(text));
        }
        let markdown = out(Format::Markdown);
        prop_assert_eq!(markdown.lines().count(), 3);
        prop_assert!(markdown.chars().all(|c| c == '\n' || !c.is_control()));
        let line = markdown.lines().nth(2).unwrap().replace("\\\\", "").replace("\\|", "");
        prop_assert_eq!(line.matches('|').count(), texts.len() + 1);
    }
}
