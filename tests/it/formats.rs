//! One small table in every form that text files have: the same customers and cents everywhere.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::support::{Failure, Scratch, TestResult, columns, customers, run, succeed};

/// Customer, order, date, amount. One order has two rows, one customer a return (which is no order), one an id that looks like a number.
pub(crate) const ROWS: [[&str; 4]; 8] = [
    ["Ann", "o1", "2024-01-05", "10.50"],
    ["0042", "o2", "2024-01-06", "20.25"],
    ["Ann", "o3", "2024-02-01", "-3.10"],
    ["Çelik", "o4", "2024-02-10", "0.07"],
    ["0042", "o2", "2024-01-06", "5.00"],
    ["Ann", "o5", "2024-02-29", "100.00"],
    ["0042", "o6", "2023-12-31", "0.01"],
    ["李雷", "o7", "2024-01-31", "1234567.89"],
];

/// What becomes of it: customer, recency to 2024-03-01, orders, money, first and last order.
pub(crate) const CUSTOMERS: [[&str; 6]; 4] = [
    ["0042", "55", "2", "25.26", "2023-12-31", "2024-01-06"],
    ["Ann", "1", "2", "107.40", "2024-01-05", "2024-02-29"],
    ["Çelik", "20", "1", "0.07", "2024-02-10", "2024-02-10"],
    ["李雷", "30", "1", "1234567.89", "2024-01-31", "2024-01-31"],
];

/// Fails unless the files, with options, are the customers above.
pub(crate) fn same(args: &[&str]) -> TestResult {
    same_but(args, &CUSTOMERS)
}

fn same_but(args: &[&str], expected: &[[&str; 6]; 4]) -> TestResult {
    let list = customers([args, &["--sort", "customer", "--bins", "2"]].concat())?;
    let seen = columns(&list, ["customer", "recency_days", "frequency", "monetary", "first_order", "last_order"]);
    let expected = expected.map(|line| line.map(str::to_owned));
    if seen == expected { Ok(()) } else { Err(format!("{args:?}: {seen:?}").into()) }
}

const HEADER: [&str; 4] = ["customer_id", "order_no", "order_date", "amount"];

fn lines(rows: &[[&str; 4]], delimiter: &str, end: &str) -> String {
    rows.iter().map(|row| row.join(delimiter) + end).collect()
}

fn table(delimiter: &str) -> String {
    HEADER.join(delimiter) + "\n" + &lines(&ROWS, delimiter, "\n")
}

fn json() -> String {
    let line = |[customer, order, date, amount]: [&str; 4]| {
        format!(
            "{{\"order_date\": \"{date}\", \"customer_id\": \"{customer}\", \"amount\": {amount}, \"order_no\": \"{order}\"}}\n"
        )
    };
    ROWS.map(line).concat()
}

fn gzip(content: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(content)?;
    Ok(packer.finish()?)
}

#[test]
fn a_table_is_the_same_whatever_keeps_its_columns_apart() -> TestResult {
    let scratch = Scratch::new()?;
    for (name, delimiter) in [("comma", ","), ("tab", "\t"), ("semicolon", ";"), ("pipe", "|"), ("blanks", "   ")] {
        same(&[&scratch.file(name, table(delimiter))?]).map_err(|problem| format!("{name}: {problem}"))?;
    }
    same(&[&scratch.file("padded", table(" ").replace('\n', "  \r\n   "))?])?;
    same(&[&scratch.file("colon", table(":"))?, "--delimiter", ":"])
}

#[test]
fn byte_order_mark_crlf_and_a_missing_last_line_end_change_nothing() -> TestResult {
    let scratch = Scratch::new()?;
    same(&[&scratch.file("bom.csv", format!("\u{feff}{}", table(",")))?])?;
    same(&[&scratch.file("crlf.csv", table(",").replace('\n', "\r\n"))?])?;
    same(&[&scratch.file("both.csv", format!("\u{feff}{}", table(";").replace('\n', "\r\n")))?])?;
    same(&[&scratch.file("unended.csv", table(",").trim_end())?])?;
    same(&[&scratch.file("blank-lines.csv", table(",").replace('\n', "\n\n"))?])
}

#[test]
fn quoted_fields_keep_their_delimiters_quotes_and_line_ends() -> TestResult {
    let scratch = Scratch::new()?;
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    writer.write_record(["order_no", "remark", "customer_id", "order_date", "amount"])?;
    for [customer, order, date, amount] in ROWS {
        let customer = if customer == "Ann" { "Ann \"A.\",\nLee" } else { customer };
        writer.write_record([order, "1;2\n\n\"3,4\"\r\n,,,", customer, date, amount])?;
    }
    let mut expected = CUSTOMERS;
    expected[1][0] = "Ann \"A.\",\nLee";
    same_but(&[&scratch.file("quoted.csv", writer.into_inner()?)?], &expected)
}

#[test]
fn ndjson_keeps_its_numbers_to_the_cent_and_its_keys_in_any_order() -> TestResult {
    let scratch = Scratch::new()?;
    same(&[&scratch.file("rows.ndjson", json())?])?;
    same(&[&scratch.file("text.ndjson", json().replace("\"amount\": -3.10", "\"amount\": \"-3.10\""))?])
}

#[test]
fn gzipped_text_is_read_as_it_is() -> TestResult {
    let scratch = Scratch::new()?;
    same(&[&scratch.file("rows.csv.gz", gzip(table(",").as_bytes())?)?])?;
    same(&[&scratch.file("rows.json.gz", gzip(json().as_bytes())?)?])?;
    // Two members one after the other are one text.
    let (head, tail) = (HEADER.join("\t") + "\n" + &lines(&ROWS[..3], "\t", "\n"), lines(&ROWS[3..], "\t", "\n"));
    same(&[&scratch.file("twice.gz", [gzip(head.as_bytes())?, gzip(tail.as_bytes())?].concat())?])
}

#[test]
fn a_file_without_a_header_is_opened_by_positions() -> TestResult {
    let scratch = Scratch::new()?;
    let positions = ["--customer", "1", "--order", "2", "--date", "3", "--amount", "4"];
    for delimiter in [",", "\t", " "] {
        let file = scratch.file("bare", lines(&ROWS, delimiter, "\n"))?;
        same(&[&[&*file], &positions[..]].concat())?;
    }
    // A header that looks like data is one where the user says so.
    let odd = "1,2,2024-01-01,4\n".to_owned() + &lines(&ROWS, ",", "\n");
    same(&[&[&*scratch.file("odd.csv", odd)?, "--header", "yes"], &positions[..]].concat())
}

#[test]
fn the_content_tells_the_kind_whatever_the_name_says() -> TestResult {
    let scratch = Scratch::new()?;
    same(&[&scratch.file("comma.parquet", table(","))?])?;
    same(&[&scratch.file("json.csv", json())?])?;
    same(&[&scratch.file("tab.json", table("\t"))?])?;
    same(&[&scratch.file("packed.txt", gzip(table(";").as_bytes())?)?])
}

#[test]
fn several_files_and_a_quoted_pattern_are_one_data_set() -> TestResult {
    let scratch = Scratch::new()?;
    let head = HEADER.join(",") + "\n";
    // The order of two rows is split over two files.
    let parts = [&ROWS[..2], &ROWS[2..4], &ROWS[4..]];
    let mut files = Vec::new();
    for (number, rows) in parts.iter().enumerate() {
        files.push(scratch.file(&format!("part-{number}.csv"), head.clone() + &lines(rows, ",", "\n"))?);
    }
    same(&[&files[0], &files[1], &files[2]])?;
    same(&[&files[2], &files[0], &files[1]])?;
    let pattern = scratch.path("part-?.csv").to_string_lossy().into_owned();
    same(&[&pattern])?;
    let rest =
        scratch.file("rest.tsv", HEADER.map(str::to_uppercase).join("\t") + "\n" + &lines(parts[2], "\t", "\n"))?;
    let first = scratch.path("part-[01].csv").to_string_lossy().into_owned();
    same(&[&first, &rest])
}

#[test]
fn chinese_headers_are_found_among_decoys() -> TestResult {
    let scratch = Scratch::new()?;
    for (name, header) in [
        ("simplified", ["优惠金额", "会员编号", "订单编号", "付款时间", "实付金额", "运费", "收银员"]),
        ("simplified-2", ["折扣", "买家会员名", "主订单编号", "订单付款时间", "买家实际支付金额", "邮费", "店铺名称"]),
        ("traditional", ["優惠金額", "會員編號", "訂單編號", "付款時間", "實付金額", "運費", "業務員"]),
        ("traditional-2", ["成本", "客戶編號", "發票號碼", "消費日期", "實收金額", "積分", "店員"]),
    ] {
        let rows = ROWS.map(|[customer, order, date, amount]| {
            [&["0.50", customer, order, &format!("{date} 13:04:05"), amount, "8.00", "王芳"].join(","), "\n"].concat()
        });
        let file = scratch.file(name, header.join(",") + "\n" + &rows.concat())?;
        same(&[&file]).map_err(|problem| format!("{name}: {problem}"))?;
        let proposal = succeed(["columns", &*file])?;
        for (role, column) in
            [("customer", header[1]), ("order", header[2]), ("date", header[3]), ("amount", header[4])]
        {
            let told = proposal.lines().any(|line| line.starts_with(role) && line.contains(column));
            assert!(told, "{role} is {column}: {proposal}");
        }
    }
    Ok(())
}

#[test]
fn amount_is_quantity_times_unit_price_where_there_is_no_amount() -> TestResult {
    let scratch = Scratch::new()?;
    let table = "客户ID,数量,单价,日期\na,3,0.333,2024-01-01\nb,-2,19.99,2024-01-02\nb,1000,0.001,2024-01-03\n";
    let list = customers([&*scratch.file("prices.csv", table)?, "--sort", "customer", "--bins", "2"])?;
    assert_eq!(columns(&list, ["customer", "monetary"]), [["a", "0.999"], ["b", "-38.980"]]);
    let table = "customer,date,pieces,each\na,2024-01-01,3,1.25\nb,2024-01-01,1,9\n";
    let file = scratch.file("named.csv", table)?;
    let list = customers([&*file, "--quantity", "pieces", "--unit-price", "4", "--sort", "customer", "--bins", "2"])?;
    assert_eq!(columns(&list, ["customer", "monetary"]), [["a", "3.75"], ["b", "9.00"]]);
    Ok(())
}

#[test]
fn what_is_not_read_is_named_with_what_to_do() -> TestResult {
    let scratch = Scratch::new()?;
    for (name, content, advice) in [
        ("book.xlsx", &b"PK\x03\x04rest of it"[..], "copy or download it again"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it again"),
        ("report.pdf", b"%PDF-1.7 table", "CSV"),
        ("error.csv", b"<!DOCTYPE html><html>sign in</html>", "export again"),
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"\n  \n", "empty"),
    ] {
        let file = scratch.file(name, content)?;
        let answer = run(["report", &*file])?;
        assert_eq!((answer.status, answer.stderr.lines().count()), (Some(1), 1), "{answer:?}");
        assert!(answer.stderr.contains(name) && answer.stderr.contains(advice), "{answer:?}");
    }
    Ok(())
}
