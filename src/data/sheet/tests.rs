use std::error::Error;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

type Outcome = Result<(), Box<dyn Error>>;
type Table = Vec<(u64, Vec<String>)>;

const XMLNS: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn zipped(members: &[(&str, &[u8])]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A workbook of sheets, each a name, a state and its XML from the dimension on.
fn xlsx(sheets: &[(&str, &str, &str)], shared: &[&str], is_1904: bool) -> Result<Vec<u8>, Box<dyn Error>> {
    let (mut tabs, mut relations) = (String::new(), String::new());
    for (index, (name, state, _)) in sheets.iter().enumerate() {
        write!(tabs, "<sheet name='{name}' sheetId='{0}' state='{state}' r:id='r{0}'/>", index + 1)?;
        write!(
            relations,
            "<Relationship Id='r{0}' Type='{RELATIONS}/worksheet' Target='worksheets/s{0}.xml'/>",
            index + 1
        )?;
    }
    let workbook = format!(
        "<workbook {XMLNS} xmlns:r='{RELATIONS}'><workbookPr date1904='{}'/><sheets>{tabs}</sheets></workbook>",
        u8::from(is_1904)
    );
    let relations = format!("<Relationships>{relations}</Relationships>");
    let package = format!(
        "<Relationships><Relationship Id='w' Type='{RELATIONS}/officeDocument' Target='xl/workbook.xml'/>\
            </Relationships>"
    );
    // The formats 1 to 4: a date, a date with a time, a duration, a date in Chinese.
    let styles = format!(
        "<styleSheet {XMLNS}><numFmts>\
            <numFmt numFmtId='170' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'/></numFmts>\
         <cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='46'/>\
             <xf numFmtId='170'/></cellXfs></styleSheet>"
    );
    let strings = shared.iter().fold(format!("<sst {XMLNS} uniqueCount='{}'>", shared.len()), |text, shared| {
        text + "<si><t xml:space='preserve'>" + shared + "</t></si>"
    });
    let strings = strings + "</sst>";
    let mut members = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("_rels/.rels".to_owned(), package),
        ("xl/workbook.xml".to_owned(), workbook),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations),
        ("xl/styles.xml".to_owned(), styles),
        ("xl/sharedStrings.xml".to_owned(), strings),
    ];
    for (index, (_, _, data)) in sheets.iter().enumerate() {
        let sheet = format!("<worksheet {XMLNS}>{data}</worksheet>");
        members.push((format!("xl/worksheets/s{}.xml", index + 1), sheet));
    }
    let members: Vec<_> = members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&members)
}

fn ods(content: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn saved(bytes: &[u8]) -> io::Result<(tempfile::TempDir, Place)> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("orders.book");
    std::fs::write(&path, bytes)?;
    Ok((folder, Place::file(path)))
}

/// All rows with their numbers, missing cells empty, short of the empty ones at their ends.
fn table(place: &Place, kind: WorkbookKind, sheet: &str, most: usize) -> Result<Table, SheetError> {
    let mut reader = SheetReader::open(place, kind, sheet, most)?;
    let (mut table, mut read) = (Vec::new(), 0);
    while let Some(batch) = reader.next_batch()? {
        assert!(batch.rows <= most && batch.bytes_read >= read, "progress never goes back");
        read = batch.bytes_read;
        for row in 0..batch.rows {
            let mut cells: Vec<String> = batch.columns.iter().map(|column| column.text(row)).collect();
            while cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            table.push((batch.row_number(row), cells));
        }
    }
    assert!(table.is_empty() || place.size().is_ok_and(|size| size == read), "all is read in the end");
    Ok(table)
}

fn row(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

fn error_of<T>(result: Result<T, impl fmt::Display>) -> String {
    result.err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn cells_of_every_type_are_text() -> Outcome {
    let data = "<dimension ref='A1:H7'/><sheetData>\
        <row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r>\
            </is></c></row>\
        <row r='3'><c r='A3'><v>0.30000000000000004</v></c><c r='B3' t='n'><v>1234</v></c><c r='C3' t='b'>\
            <v>1</v></c>\
          <c r='D3' s='1'><v>45296</v></c><c r='E3' s='2'><v>45296.5445023148</v></c><c r='F3' s='3'><v>1.5</v></c>\
          <c r='G3' s='4'><v>45296</v></c><c r='H3'><v>2.02408123456789E+17</v></c></row>\
        <row r='4'><c r='A4' t='e'><v>#N/A</v></c><c r='B4' t='e'><v>#SPILL!</v></c><c r='C4' s='1'/>\
            <c r='D4' t='str'><f>A1&amp;B1</f><v>&lt;x&gt;</v></c></row>\
        <row r='5'><c r='A5' s='1'/></row>\
        <row r='6'><c r='C6'><f>1+1</f><v>2</v></c><c r='D6' t='d'><v>2024-01-05T00:00:00</v></c></row>\
        <row><c><v>7</v></c><c t='s'><v>1</v></c></row>\
        </sheetData>";
    let shared = ["客户 &amp; id", " 007 "];
    let (_folder, place) = saved(&xlsx(&[("Sheet1", "visible", data)], &shared, false)?)?;
    let expected = vec![
        row(1, &["客户 & id", "inline"]),
        row(
            3,
            &[
                "0.3",
                "1234",
                "true",
                "2024-01-05",
                "2024-01-05 13:04:05",
                "36:00:00",
                "2024-01-05",
                "202408123456789000",
            ],
        ),
        row(4, &["", "", "", "<x>"]),
        row(6, &["", "", "2", "2024-01-05"]),
        row(7, &["7", " 007 "]),
    ];
    for most in [1, 2, 100] {
        assert_eq!(table(&place, WorkbookKind::Xlsx, "Sheet1", most)?, expected, "{most}");
    }
    let (_folder, place) = saved(&xlsx(&[("Sheet1", "visible", data)], &shared, true)?)?;
    assert_eq!(table(&place, WorkbookKind::Xlsx, "Sheet1", 9)?[1].1[3], "2028-01-06", "four years and a day later");
    Ok(())
}

#[test]
fn sheets_are_listed_and_chosen_by_name() -> Outcome {
    let orders = "<dimension ref='B2:D11'/><sheetData><row r='2'><c r='B2'><v>1</v></c></row></sheetData>";
    let unsaid = "<sheetData><row r='9'><c r='B9'><v>2</v></c></row></sheetData>";
    let empty = "<dimension ref='A1'/><sheetData/>";
    let book = [("订单", "visible", orders), ("a &amp; b", "hidden", unsaid), ("empty", "veryHidden", empty)];
    let (_folder, place) = saved(&xlsx(&book, &[], false)?)?;
    let info = |name: &str, extent: Option<(u64, u64)>, visible| SheetInfo {
        name: name.to_owned(),
        rows: extent.map(|(rows, _)| rows),
        columns: extent.map(|(_, columns)| columns),
        visible,
    };
    let expected = [info("订单", Some((10, 3)), true), info("a & b", None, false), info("empty", Some((0, 0)), false)];
    assert_eq!(sheets(&place, WorkbookKind::Xlsx)?, expected);
    assert_eq!(table(&place, WorkbookKind::Xlsx, "a & b", 9)?, [row(9, &["", "2"])]);
    assert_eq!(table(&place, WorkbookKind::Xlsx, "empty", 9)?, []);
    let told = error_of(SheetReader::open(&place, WorkbookKind::Xlsx, "Orders", 9));
    assert!(told.contains("no sheet `Orders`; it has `订单`, `a & b`, `empty`"), "{told}");
    Ok(())
}

#[test]
fn many_rows_stream_in_batches() -> Outcome {
    let mut data = "<sheetData>".to_owned();
    for number in 1..=20_000 {
        write!(
            data,
            "<row r='{number}'><c r='A{number}' t='s'><v>{}</v></c><c r='C{number}'><v>{number}.5</v></c></row>",
            number % 2
        )?;
    }
    data.push_str("</sheetData>");
    let (_folder, place) = saved(&xlsx(&[("big", "visible", &data)], &["even", "odd"], false)?)?;
    let table = table(&place, WorkbookKind::Xlsx, "big", 777)?;
    assert_eq!(table.len(), 20_000);
    assert!(
        (1..).zip(&table).all(|(number, found)| *found
            == row(number, &[["even", "odd"][number as usize % 2], "", &format!("{number}.5")]))
    );
    // Who takes but the first rows waits for no more.
    let mut reader = SheetReader::open(&place, WorkbookKind::Xlsx, "big", 5)?;
    assert_eq!(reader.next_batch()?.map(|batch| (batch.rows, batch.first_row)), Some((5, 1)));
    Ok(())
}

#[test]
fn an_old_workbook_is_read() -> Outcome {
    let (_folder, place) = saved(include_bytes!("../../../tests/data/orders.xls"))?;
    let found: Vec<_> = sheets(&place, WorkbookKind::Xls)?
        .into_iter()
        .map(|info| (info.name, info.rows, info.columns, info.visible))
        .collect();
    assert_eq!(found, [("订单".to_owned(), Some(4), Some(4), true), ("notes".to_owned(), Some(1), Some(1), false)]);
    let expected = [
        row(3, &["", "客户", "日期", "金额", "ok"]),
        row(4, &["", "张三", "2024-01-05", "0.3", "true"]),
        row(6, &["", "7", "2024-01-05 13:04:05", "-1234.5"]),
    ];
    assert_eq!(table(&place, WorkbookKind::Xls, "订单", 2)?, expected);
    Ok(())
}

const CONTENT: &str = "<?xml version=\"1.0\"?><office:document-content><office:automatic-styles>\
    <style:style style:name='off'><style:table-properties table:display='false'/></style:style>\
        </office:automatic-styles>\
    <office:body><office:spreadsheet>\
    <table:table table:name='订单'><table:table-row table:number-rows-repeated='2'><table:table-cell/>\
        </table:table-row>\
    <table:table-row><table:table-cell office:value-type='string'><text:p>客户 &amp; id</text:p></table:table-cell>\
    <table:table-cell office:value-type='date' office:date-value='2024-01-05T13:04:05'><text:p>x</text:p>\
        </table:table-cell>\
    <table:table-cell office:value-type='date' office:date-value='2024-01-05'/></table:table-row>\
    <table:table-row table:number-rows-repeated='2'>\
        <table:table-cell office:value-type='float' office:value='0.30000000000000004'/>\
    <table:table-cell office:value-type='boolean' office:boolean-value='true'/>\
    <table:table-cell office:value-type='time' office:time-value='PT13H04M05S'/>\
    <table:table-cell office:value-type='string' calcext:value-type='error' office:string-value=''>\
        <text:p>#N/A</text:p></table:table-cell></table:table-row></table:table>\
    <table:table table:name='aside' table:style-name='off'><table:table-row><table:table-cell/>\
        </table:table-row></table:table>\
    </office:spreadsheet></office:body></office:document-content>";

#[test]
fn an_open_document_is_read() -> Outcome {
    let (_folder, place) = saved(&ods(CONTENT)?)?;
    let found: Vec<_> =
        sheets(&place, WorkbookKind::Ods)?.into_iter().map(|info| (info.name, info.rows, info.visible)).collect();
    assert_eq!(found, [("订单".to_owned(), Some(3), true), ("aside".to_owned(), Some(0), false)]);
    let expected = [
        row(3, &["客户 & id", "2024-01-05 13:04:05", "2024-01-05"]),
        row(4, &["0.3", "true", "13:04:05"]),
        row(5, &["0.3", "true", "13:04:05"]),
    ];
    assert_eq!(table(&place, WorkbookKind::Ods, "订单", 2)?, expected);
    assert_eq!(table(&place, WorkbookKind::Ods, "aside", 2)?, []);
    Ok(())
}

/// A record of a binary workbook.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
    bytes.push(data.len() as u8);
    bytes.extend_from_slice(data);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

fn xlsb() -> Result<Vec<u8>, Box<dyn Error>> {
    let tab = [vec![0; 4], vec![1, 0, 0, 0], wide("r1"), wide("订单")].concat();
    // Two bytes of the type and two of its length part: 0x9c is two bytes long as all above 0x7f.
    let workbook = [record(0x9c, &tab), record(0x90, &[]), record(0x9d, &[])].concat();
    let cell = |column: u8, value: &[u8]| [&[column, 0, 0, 0, 0, 0, 0, 0], value].concat();
    let extent: Vec<u8> = [0u32, 4, 0, 2].into_iter().flat_map(u32::to_le_bytes).collect();
    let sheet = [
        record(0x81, &[]),
        record(0x94, &extent),
        record(0x91, &[]),
        record(0, &[0; 17]),
        record(6, &cell(0, &wide("客户"))),
        record(0, &[[4, 0, 0, 0].as_slice(), &[0; 13]].concat()),
        record(5, &cell(1, &0.300_000_000_000_000_04_f64.to_le_bytes())),
        record(4, &cell(2, &[1])),
        record(0x92, &[]),
    ]
    .concat();
    let relations = "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.bin'/></Relationships>";
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}

#[test]
fn a_binary_workbook_is_read() -> Outcome {
    let (_folder, place) = saved(&xlsb()?)?;
    let expected = SheetInfo { name: "订单".to_owned(), rows: Some(5), columns: Some(3), visible: true };
    assert_eq!(sheets(&place, WorkbookKind::Xlsb)?, [expected]);
    assert_eq!(table(&place, WorkbookKind::Xlsb, "订单", 9)?, [row(1, &["客户"]), row(5, &["", "0.3", "true"])]);
    Ok(())
}

#[test]
fn what_cannot_be_read_is_told() -> Outcome {
    let locked = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>\
            </manifest:manifest>";
    let locked_ods = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", locked.as_bytes()),
        ("content.xml", b"\x01\x02\x03"),
    ])?;
    let data = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='ZZZ2'><v>1</v></c></row>\
        </sheetData>";
    let torn = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row>";
    let dangling = "<sheetData><row r='1'><c r='A1' t='s'><v>9</v></c></row></sheetData>";
    for (bytes, kind, expected) in [
        (b"PK\x03\x04 and no more".to_vec(), WorkbookKind::Xlsx, "is not a readable Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), WorkbookKind::Xls, "is not a readable Excel 97-2003 workbook"),
        (locked_ods, WorkbookKind::Ods, "protected by a password; save it without one"),
        (ods(&CONTENT[..CONTENT.len() - 200])?, WorkbookKind::Ods, "damaged or cut short; open it in a spreadsheet"),
        (xlsx(&[("订单", "visible", data)], &[], false)?, WorkbookKind::Xlsx, "row 2 has more than 16384 columns"),
        (xlsx(&[("订单", "visible", torn)], &[], false)?, WorkbookKind::Xlsx, "is not a readable Excel workbook"),
        (xlsx(&[("订单", "visible", dangling)], &[], false)?, WorkbookKind::Xlsx, "shared strings"),
    ] {
        let (_folder, place) = saved(&bytes)?;
        let told = error_of(table(&place, kind, "订单", 9));
        assert!(told.contains("orders.book") && told.contains(expected), "{told} / {expected}");
    }
    let told = error_of(sheets(&Place::file("/nowhere/a.xlsx"), WorkbookKind::Xlsx));
    assert!(told.contains("cannot read /nowhere/a.xlsx: No such file"), "{told}");
    Ok(())
}

#[test]
fn announced_texts_that_cannot_be_there_are_refused() -> Outcome {
    let mut zip = zip::ZipArchive::new(io::Cursor::new(xlsx(&[("a", "visible", "<sheetData/>")], &["x"], false)?))?;
    let mut members = Vec::new();
    for index in 0..zip.len() {
        let mut member = zip.by_index(index)?;
        let (name, mut text) = (member.name()?.into_owned(), String::new());
        member.read_to_string(&mut text)?;
        members.push((name, text.replace("uniqueCount='1'", "uniqueCount='99999999999999'")));
    }
    let members: Vec<_> = members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let (_folder, place) = saved(&zipped(&members)?)?;
    let told = error_of(sheets(&place, WorkbookKind::Xlsx));
    assert!(told.contains("announces more texts than it can hold"), "{told}");
    Ok(())
}

#[test]
fn a_newer_workbook_with_a_password_says_so() -> Outcome {
    // A compound file of one FAT sector and one directory sector that names the encrypted package.
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    bytes[24..34].copy_from_slice(&[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    bytes[44] = 1;
    bytes[48] = 1;
    bytes[56..60].copy_from_slice(&4096u32.to_le_bytes());
    bytes[60..64].copy_from_slice(&(-2i32).to_le_bytes());
    bytes[68..72].copy_from_slice(&(-2i32).to_le_bytes());
    bytes[80..].fill(0xff);
    bytes[76..80].fill(0);
    let mut fat = vec![0xff; 512];
    fat[..4].copy_from_slice(&(-3i32).to_le_bytes());
    fat[4..8].copy_from_slice(&(-2i32).to_le_bytes());
    let mut folder = vec![0; 512];
    for (entry, name, kind) in [(0, "Root Entry", 5), (1, "EncryptedPackage", 2)] {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let at = entry * 128;
        folder[at..at + units.len()].copy_from_slice(&units);
        folder[at + 64..at + 66].copy_from_slice(&(units.len() as u16 + 2).to_le_bytes());
        folder[at + 66] = kind;
        folder[at + 116..at + 120].copy_from_slice(&(-2i32).to_le_bytes());
    }
    let (_folder, place) = saved(&[bytes, fat, folder].concat())?;
    let told = error_of(sheets(&place, WorkbookKind::Xls));
    assert!(told.contains("protected by a password"), "{told}");
    Ok(())
}

#[test]
fn damaged_workbooks_give_errors_or_rows_but_never_hang() -> Outcome {
    let data = "<dimension ref='A1:B2'/><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'>\
        <v>45296</v></c></row></sheetData>";
    let old = include_bytes!("../../../tests/data/orders.xls").to_vec();
    let books = [
        (xlsx(&[("订单", "visible", data)], &["x"], false)?, WorkbookKind::Xlsx),
        (xlsb()?, WorkbookKind::Xlsb),
        (ods(CONTENT)?, WorkbookKind::Ods),
        (old, WorkbookKind::Xls),
    ];
    for (whole, kind) in books {
        for at in (0..whole.len()).step_by(whole.len() / 61 + 1) {
            let mut flipped = whole.clone();
            flipped[at] ^= 0xff;
            for bytes in [&flipped, &whole[..at]] {
                let (_folder, place) = saved(bytes)?;
                let _ = sheets(&place, kind);
                let _ = SheetReader::open(&place, kind, "订单", 9)
                    .map(|mut reader| while let Ok(Some(_)) = reader.next_batch() {});
            }
        }
    }
    // The archive whole, its content not.
    for at in (0..CONTENT.len()).filter(|at| CONTENT.is_char_boundary(*at)).step_by(11) {
        let (start, end) = CONTENT.split_at(at);
        let skipped = end.char_indices().nth(7).map_or("", |(next, _)| &end[next..]);
        let (_folder, place) = saved(&ods(&format!("{start}{skipped}"))?)?;
        let _ = sheets(&place, WorkbookKind::Ods);
    }
    Ok(())
}
