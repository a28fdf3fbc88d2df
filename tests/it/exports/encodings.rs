//! Every encoding that exports come in, told by the text itself and set by an option.

use encoding_rs::{BIG5, Encoding, GB18030, GBK, MACINTOSH, WINDOWS_1252};

use super::super::support::{Failure, Scratch, TestResult, lines};
use super::{CHINESE, Cases, Sale, cells, opens, sales};

const SIMPLIFIED: [&str; 7] = ["张伟", "王秀英", "李娜", "刘洋", "陈静", "杨帆", "赵敏"];
const TRADITIONAL: [&str; 7] = ["陳怡君", "林志豪", "黃淑芬", "張家豪", "李雅婷", "王建宏", "吳麗華"];
const ACCENTED: [&str; 7] =
    ["José Núñez", "Françoise Müller", "Søren Åberg", "Zoë Brontë", "Jürgen Groß", "André Citroën", "Inês Gonçalves"];

/// The table as text: a header, and behind the amount a column of more words of the same language.
fn table(header: [&str; 4], more: (&str, [&str; 3]), sales: &[Sale]) -> String {
    let head = format!("{},{}\n", header.join(","), more.0);
    let row = |(number, sale): (usize, &Sale)| format!("{},{}", cells(sale).join(","), more.1[number % 3]);
    head + &lines(sales.iter().enumerate(), row)
}

fn in_chinese(sales: &[Sale]) -> String {
    table(CHINESE, ("商品名称", ["办公用品", "电子产品", "家居日用"]), sales)
}

fn in_traditional(sales: &[Sale]) -> String {
    let header = ["客戶姓名", "訂單編號", "付款時間", "實付金額"];
    table(header, ("商品名稱", ["辦公用品", "電子產品", "傢俱家飾"]), sales)
}

fn in_western(sales: &[Sale]) -> String {
    table(["Customer", "Order no", "Date", "Amount"], ("Région", ["Île-de-France", "Grand Est", "Rhône-Alpes"]), sales)
}

/// The bytes of a text, all of whose characters the encoding must have.
fn encoded(text: &str, encoding: &'static Encoding) -> Result<Vec<u8>, Failure> {
    let (bytes, _, lossy) = encoding.encode(text);
    if lossy { Err(format!("{} cannot write it", encoding.name()).into()) } else { Ok(bytes.into_owned()) }
}

fn wide(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
    text.encode_utf16().flat_map(bytes).collect()
}

/// Whether told by content or named by an option, the bytes are the rows.
fn both(cases: &mut Cases, scratch: &Scratch, case: &str, bytes: Vec<u8>, options: &[&str], sales: &[Sale]) {
    let file = scratch.file(&format!("{case}.csv"), bytes);
    let told = file.and_then(|file| {
        opens(&[&file], sales)?;
        for option in options {
            opens(&[&*file, "--encoding", option], sales).map_err(|problem| format!("by {option}: {problem}"))?;
        }
        Ok(())
    });
    cases.add(case, told);
}

#[test]
fn chinese_text_is_read_in_every_encoding_it_comes_in() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&SIMPLIFIED);
    let text = in_chinese(&rows);
    let marked = format!("\u{feff}{text}").into_bytes();
    let le = |mark| wide(&text, mark, u16::to_le_bytes);
    let be = |mark| wide(&text, mark, u16::to_be_bytes);
    let all: [(&str, Vec<u8>, &[&str]); 8] = [
        ("utf-8", text.clone().into_bytes(), &["utf-8", "UTF8"]),
        ("utf-8 with mark", marked, &["utf-8"]),
        ("gb18030", encoded(&text, GB18030)?, &["gb18030", "gbk", "cp936"]),
        ("gbk", encoded(&text, GBK)?, &["gbk", "gb2312"]),
        ("utf-16le with mark", le(true), &["utf-16le"]),
        ("utf-16le", le(false), &["utf-16le", "unicode"]),
        ("utf-16be with mark", be(true), &["utf-16be"]),
        ("utf-16be", be(false), &["utf-16be"]),
    ];
    for (case, bytes, options) in all {
        both(&mut cases, &scratch, case, bytes, options, &rows);
    }
    // A character that GB18030 alone has, in four bytes.
    let rare = sales(&["㐱明", "张伟", "王秀英", "𠮷田", "陈静", "杨帆", "赵敏"]);
    both(&mut cases, &scratch, "four bytes", encoded(&in_chinese(&rare), GB18030)?, &["gb18030"], &rare);
    let rows = sales(&TRADITIONAL);
    let text = in_traditional(&rows);
    both(&mut cases, &scratch, "big5", encoded(&text, BIG5)?, &["big5", "cp950"], &rows);
    both(&mut cases, &scratch, "traditional in gb18030", encoded(&text, GB18030)?, &["gb18030"], &rows);
    // Excel's "Unicode text".
    let tabs = wide(&text.replace(',', "\t").replace('\n', "\r\n"), true, u16::to_le_bytes);
    both(&mut cases, &scratch, "unicode text", tabs, &["utf-16le"], &rows);
    cases.end()
}

#[test]
fn western_text_is_read_in_every_encoding_it_comes_in() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&ACCENTED);
    let text = in_western(&rows);
    let semicolons = text.replace(',', ";");
    let all: [(&str, Vec<u8>, &[&str]); 7] = [
        ("utf-8", text.clone().into_bytes(), &["utf-8"]),
        ("utf-8 with mark", format!("\u{feff}{text}").into_bytes(), &["utf-8"]),
        ("windows-1252", encoded(&text, WINDOWS_1252)?, &["windows-1252", "latin1", "iso-8859-1"]),
        ("semicolons in windows-1252", encoded(&semicolons, WINDOWS_1252)?, &["cp1252"]),
        ("mac roman", encoded(&text, MACINTOSH)?, &["macroman", "macintosh"]),
        ("utf-16le", wide(&text, false, u16::to_le_bytes), &["utf-16le"]),
        ("utf-16be with mark", wide(&text, true, u16::to_be_bytes), &["utf-16be"]),
    ];
    for (case, bytes, options) in all {
        both(&mut cases, &scratch, case, bytes, options, &rows);
    }
    cases.end()
}

#[test]
fn an_encoding_that_is_none_names_those_there_are() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("plain.csv", in_western(&sales(&ACCENTED)))?;
    let answer = super::super::support::run(["report", &*file, "--encoding", "ebcdic-ish"])?;
    assert!(answer.status == Some(2) && answer.stderr.contains("gb18030"), "{answer:?}");
    Ok(())
}

#[test]
fn the_words_behind_the_sample_may_be_the_first_that_are_not_ascii() -> TestResult {
    let scratch = Scratch::new()?;
    // More than is looked at to tell the encoding, and nothing but ASCII in it: UTF-8 is believed.
    let mut rows = sales(&["Ann"]);
    let many = rows.clone();
    (0..400).for_each(|_| rows.extend(many.clone()));
    let last = Sale { customer: "张伟".to_owned(), ..rows[0].clone() };
    rows.push(last);
    let text = table(["Customer", "Order no", "Date", "Amount"], ("Region", ["north", "south", "west"]), &rows);
    opens(&[&scratch.file("late.csv", text)?], &rows)
}
