//! Rows in compressed files, archives, workbooks, databases and folders.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use rusqlite::Connection;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::support::{Failure, Scratch, TestResult, report, run, string, text};
use super::{CHINESE, Cases, HEADER, Sale, WESTERN, cells, csv, ledger, opens, opens_as, sales};

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

fn bzip2(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

fn xz(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut packer = liblzma::write::XzEncoder::new(Vec::new(), 1);
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

fn zstandard(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    Ok(zstd::encode_all(bytes, 1)?)
}

/// The ways to compress one file.
/// A name and what packs bytes so.
type Packer = (&'static str, fn(&[u8]) -> Result<Vec<u8>, Failure>);

pub(in super::super) const PACKERS: [Packer; 4] = [("gz", gzip), ("zst", zstandard), ("bz2", bzip2), ("xz", xz)];

/// A zip archive of these members.
pub(in super::super) fn zipped<N: AsRef<str>>(members: &[(N, Vec<u8>)]) -> Result<Vec<u8>, Failure> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name.as_ref(), SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A cell of a workbook.
pub(in super::super) enum Cell {
    Text(String),
    Number(String),
    /// A day as a spreadsheet counts it, shown as a date.
    Day(String),
}

impl Cell {
    fn xml(&self) -> String {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        match self {
            Self::Text(text) if text.is_empty() => "<c/>".to_owned(),
            Self::Text(text) => format!("<c t='inlineStr'><is><t>{}</t></is></c>", escaped(text)),
            Self::Number(number) => format!("<c><v>{number}</v></c>"),
            Self::Day(number) => format!("<c s='1'><v>{number}</v></c>"),
        }
    }
}

const MAIN: &str = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An Excel workbook of sheets, each a name and its rows.
pub(in super::super) fn workbook(sheets: &[(&str, Vec<Vec<Cell>>)]) -> Result<Vec<u8>, Failure> {
    let (mut tabs, mut targets) = (String::new(), String::new());
    let mut members: Vec<(String, Vec<u8>)> = Vec::new();
    for (number, (name, rows)) in (1..).zip(sheets) {
        write!(tabs, "<sheet name='{name}' sheetId='{number}' r:id='r{number}'/>")?;
        let target = format!("Type='{RELATIONS}/worksheet' Target='worksheets/sheet{number}.xml'");
        write!(targets, "<Relationship Id='r{number}' {target}/>")?;
        let mut data = String::new();
        for row in rows {
            write!(data, "<row>{}</row>", row.iter().map(Cell::xml).collect::<String>())?;
        }
        let sheet = format!("<worksheet {MAIN}><sheetData>{data}</sheetData></worksheet>");
        members.push((format!("xl/worksheets/sheet{number}.xml"), sheet.into_bytes()));
    }
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id='w' Type='{RELATIONS}/officeDocument' Target='xl/workbook.xml'/>\
                 </Relationships>"
            ),
        ),
        ("xl/workbook.xml", format!("<workbook {MAIN} xmlns:r='{RELATIONS}'><sheets>{tabs}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{targets}</Relationships>")),
        (
            "xl/styles.xml",
            format!("<styleSheet {MAIN}><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"),
        ),
    ];
    members.extend(parts.map(|(name, part)| (name.to_owned(), part.into_bytes())));
    zipped(&members)
}

fn words<const N: usize>(row: [&str; N]) -> Vec<Cell> {
    row.map(|word| Cell::Text(word.to_owned())).into()
}

/// 2024-01-05 is 45296.
fn serial(sale: &Sale) -> String {
    let zero = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    (sale.date - zero).num_days().to_string()
}

/// The rows as a person keeps them: dates as dates, amounts as numbers, below a title.
pub(in super::super) fn sheet(header: [&str; 4], sales: &[Sale]) -> Vec<Vec<Cell>> {
    let mut rows = vec![words(["Sales report"]), words(header)];
    rows.extend(sales.iter().map(|sale| {
        let [customer, order, _, amount] = cells(sale);
        vec![Cell::Text(customer), Cell::Text(order), Cell::Day(serial(sale)), Cell::Number(amount)]
    }));
    rows
}

/// An `OpenDocument` spreadsheet of sheets, each a name and its rows.
fn ods(sheets: &[(&str, Vec<Vec<String>>)]) -> Result<Vec<u8>, Failure> {
    let mut tables = String::new();
    for (name, rows) in sheets {
        write!(tables, "<table:table table:name='{name}'>")?;
        for row in rows {
            let cell = |text: &String| {
                if text.parse::<f64>().is_ok() {
                    format!(
                        "<table:table-cell office:value-type='float' office:value='{text}'><text:p>{text}</text:p></table:table-cell>"
                    )
                } else {
                    format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>")
                }
            };
            write!(tables, "<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())?;
        }
        tables.push_str("</table:table>");
    }
    let content = format!(
        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>".to_vec()),
        ("content.xml", content.into_bytes()),
    ])
}

/// The rows as a database table of TEXT and REAL, with a view and an empty table beside it.
pub(in super::super) fn database(path: &std::path::Path, table: &str, sales: &[Sale]) -> TestResult {
    let connection = Connection::open(path)?;
    connection.execute_batch(&format!(
        "BEGIN; CREATE TABLE \"{table}\" (customer_id TEXT, order_no TEXT, order_date TEXT, amount REAL);"
    ))?;
    for sale in sales {
        let [customer, order, date, amount] = cells(sale);
        let insert = format!("INSERT INTO \"{table}\" VALUES (?1, ?2, ?3, CAST(?4 AS REAL))");
        connection.execute(&insert, [customer, order, date, amount])?;
    }
    connection.execute_batch("COMMIT;")?;
    Ok(())
}

#[test]
fn compressed_text_is_what_is_in_it() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    let gb = sales(&["张伟", "王秀英", "李娜", "刘洋", "陈静"]);
    let chinese = csv(CHINESE, &gb, cells);
    let (bytes, _, _) = encoding_rs::GB18030.encode(&chinese);
    let western = csv(HEADER, &rows, cells);
    for (kind, pack) in PACKERS {
        let file = scratch.file(&format!("rows.csv.{kind}"), pack(western.as_bytes())?)?;
        cases.add(kind, opens(&[&file], &rows));
        // The name says nothing, the content does.
        let unnamed = scratch.file("export", pack(western.as_bytes())?)?;
        cases.add(&format!("{kind} without a name"), opens(&[&unnamed], &rows));
        let (head, tail) = western.split_at(1_000);
        let twice = scratch.file("twice", [pack(head.as_bytes())?, pack(tail.as_bytes())?].concat())?;
        cases.add(&format!("{kind} in two members"), opens(&[&twice], &rows));
        cases.add(&format!("{kind} of GB18030"), opens(&[&scratch.file("gb", pack(&bytes)?)?], &gb));
    }
    cases.end()
}

#[test]
fn archives_of_one_member_and_of_several_are_one_data_set() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    let part = |rows: &[Sale]| csv(HEADER, rows, cells).into_bytes();
    let tabs = part(&rows[20..40]).iter().map(|byte| if *byte == b',' { b'\t' } else { *byte }).collect::<Vec<u8>>();
    let months =
        [("2023/01.csv", part(&rows[..20])), ("2023/02.tsv", tabs), ("2024/01.csv.gz", gzip(&part(&rows[40..]))?)];
    let several = zipped(&months)?;
    let read_me = ("README.txt", b"Made by the shop on 2024-12-31, all rights reserved.".to_vec());
    let all: [(&str, Vec<u8>); 5] = [
        ("one", zipped(&[("sales.csv", part(&rows))])?),
        ("several", several.clone()),
        ("beside other files", zipped(&[("sales.csv", part(&rows)), read_me, ("logo.png", vec![0; 99])])?),
        ("in an archive", zipped(&[("inner.zip", several.clone())])?),
        ("a workbook in an archive", zipped(&[("sales.xlsx", workbook(&[("a", sheet(HEADER, &rows))])?)])?),
    ];
    for (case, bytes) in all {
        cases.add(case, opens(&[&scratch.file("sales.zip", bytes)?], &rows));
    }
    // Chinese names of members, as Windows writes them and as everybody else does.
    cases.add("chinese name", opens(&[&scratch.file("cn.zip", zipped(&[("销售/一月.csv", part(&rows))])?)?], &rows));
    cases.end()
}

#[test]
fn workbooks_are_read_and_the_sheet_that_looks_like_sales_is_taken() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    let other = sales(&["Xaver", "Yolanda", "Zita"]);
    let notes = || ("Notes", vec![words(["Made by"]), words(["the shop"]), words(["on Monday"])]);
    let one = scratch.file("one.xlsx", workbook(&[("Sheet1", sheet(CHINESE, &rows))])?)?;
    cases.add("one sheet", opens(&[&one], &rows));
    let sheets = [notes(), ("Empty", Vec::new()), ("Orders 2024", sheet(HEADER, &rows))];
    let beside = scratch.file("beside.xlsx", workbook(&sheets)?)?;
    cases.add("the one of sales", opens(&[&beside], &rows));
    let both = [("North", sheet(HEADER, &rows)), notes(), ("South", sheet(HEADER, &other))];
    let both = scratch.file("both.xlsx", workbook(&both)?)?;
    let asked = run(["report", &*both])?;
    let names = asked.stderr.contains("North, ") && asked.stderr.contains("South") && asked.stderr.contains("--sheet");
    assert!(asked.status == Some(1) && names, "{asked:?}");
    for (sheet, rows) in [("North", &rows), ("south", &other), ("1", &rows), ("3", &other)] {
        cases.add(&format!("sheet {sheet}"), opens(&[&both, "--sheet", sheet], rows));
    }
    let missing = run(["report", &*both, "--sheet", "West"])?;
    assert!(missing.status == Some(1) && missing.stderr.contains("North, "), "{missing:?}");
    let table = |rows: &[Sale]| {
        let header = HEADER.map(str::to_owned).to_vec();
        std::iter::once(header).chain(rows.iter().map(|sale| cells(sale).to_vec())).collect::<Vec<_>>()
    };
    let open = scratch.file("one.ods", ods(&[("Orders", table(&rows))])?)?;
    cases.add("ods", opens(&[&open], &rows));
    let open = scratch.file("both.ods", ods(&[("North", table(&rows)), ("South", table(&other))])?)?;
    cases.add("ods, by name", opens(&[&open, "--sheet", "South"], &other));
    let asked = run(["report", &*open])?;
    assert!(asked.status == Some(1) && asked.stderr.contains("North, South"), "{asked:?}");
    cases.end()
}

#[test]
fn a_table_of_a_database_is_taken_or_asked_for() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = sales(&["张伟", "Bob Stone", "Carla Diaz"]);
    let other = sales(&["Xaver", "Yolanda"]);
    let path = scratch.path("shop.db");
    database(&path, "orders", &rows)?;
    let file = text(&path)?;
    opens_as("one table", &[file], &rows)?;
    Connection::open(&path)?
        .execute_batch("CREATE TABLE empty (a); CREATE VIEW big AS SELECT * FROM orders WHERE amount > 99;")?;
    opens_as("one table with rows", &[file], &rows)?;
    let large: Vec<Sale> = rows.iter().filter(|sale| sale.cents > 9_900).cloned().collect();
    opens_as("a view", &[file, "--sheet", "big"], &large)?;
    database(&path, "归档 2023", &other)?;
    let asked = run(["report", file])?;
    assert!(asked.status == Some(1) && asked.stderr.contains("归档 2023"), "{asked:?}");
    assert!(asked.stderr.contains("orders") && asked.stderr.contains("--sheet"), "{asked:?}");
    opens_as("by name", &[file, "--sheet", "归档 2023"], &other)?;
    opens_as("by name in another case", &[file, "--sheet", "ORDERS"], &rows)
}

#[test]
fn the_old_workbook_of_the_fixtures_is_read() -> TestResult {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/orders.xls");
    let told = report([file, "--bins", "2"])?;
    let (read, kept, _) = ledger(&told)?;
    assert_eq!((read, kept, string(&told["totals"]["revenue"])?), (2, 2, "-1234.20"), "{told}");
    Ok(())
}

#[test]
fn a_folder_with_keys_in_its_names_is_one_table() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = sales(&WESTERN);
    let root = scratch.path("orders");
    for year in [2023, 2024] {
        for (number, customer) in WESTERN.iter().enumerate() {
            let own =
                |sale: &&Sale| sale.customer == *customer && sale.date.format("%Y").to_string() == year.to_string();
            let own: Vec<&Sale> = rows.iter().filter(own).collect();
            let folder = root.join(format!("year={year}/customer_id={}", customer.replace(' ', "%20")));
            fs::create_dir_all(&folder)?;
            let body = own.iter().fold("order_no,order_date,amount\n".to_owned(), |text, sale| {
                let [_, order, date, amount] = cells(sale);
                text + &format!("{order},{date},{amount}\n")
            });
            if !own.is_empty() {
                fs::write(folder.join(format!("part-{number:05}.csv")), body)?;
            }
        }
    }
    fs::write(root.join("_SUCCESS"), "")?;
    fs::write(root.join(".hidden.csv"), "nothing")?;
    opens(&[text(&root)?], &rows)?;
    opens(&[&format!("{}/*/*/part-*.csv", text(&root)?)], &rows)
}
