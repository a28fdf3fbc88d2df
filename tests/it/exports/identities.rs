//! Ids: what spreadsheets do to them, and the many ways to write one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::support::{Failure, Scratch, TestResult, number, report, succeed};
use super::{Cases, HEADER, WESTERN, cells, csv, ledger, listed, opens, sales};

/// A name and how a file of it writes an id.
type Form = (&'static str, fn(&str) -> String);

#[test]
fn ids_are_text_whatever_a_spreadsheet_wraps_them_in() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&["00123", "00007", "0", "123", "900012345678901234567890"]);
    let forms: [Form; 6] = [
        ("as they are", str::to_owned),
        ("formula text", |id| format!("=\"{id}\"")),
        ("quoted formula text", |id| format!("\"=\"\"{id}\"\"\"")),
        ("an apostrophe in front", |id| format!("'{id}")),
        ("a tab behind", |id| format!("{id}\t")),
        ("blanks around", |id| format!(" \u{3000}{id}\u{a0} ")),
    ];
    for (case, form) in forms {
        let text = csv(HEADER, &rows, |sale| {
            let [customer, order, date, amount] = cells(sale);
            [form(&customer), form(&order), date, amount]
        });
        cases.add(case, opens(&[&scratch.file("ids.csv", text)?], &rows));
    }
    cases.end()
}

#[test]
fn ids_that_a_spreadsheet_rounded_are_reported() -> TestResult {
    let scratch = Scratch::new()?;
    let mut rows = sales(&WESTERN);
    for sale in rows.iter_mut().take(9) {
        sale.order = "2.02408E+19".to_owned();
    }
    let file = scratch.file("rounded.csv", csv(HEADER, &rows, cells))?;
    opens(&[&file], &rows)?;
    let card: Value = serde_json::from_str(&succeed(["quality", &*file, "--format", "json"])?)?;
    let card = card.to_string();
    assert!(card.contains("2.02408E+19"), "{card}");
    let told = succeed(["quality", &*file])?;
    assert!(told.contains("2.02408E+19"), "{told}");
    // Twenty digits that nobody rounded are nothing to speak of.
    rows.iter_mut().take(9).for_each(|sale| sale.order = "20240812345678901234".to_owned());
    let whole = succeed(["quality", &*scratch.file("whole.csv", csv(HEADER, &rows, cells))?])?;
    assert!(!whole.contains("E+19") && whole.contains("0 rows with an id that a spreadsheet rounded"), "{whole}");
    Ok(())
}

/// Rows of 1.00 for each of these ids.
fn one_each(scratch: &Scratch, ids: &[&str]) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["customer", "order_no", "date", "amount"])?;
    for (row, id) in ids.iter().enumerate() {
        writer.write_record([id, &*row.to_string(), "2024-01-05", "1.00"])?;
    }
    scratch.file("ids.csv", writer.into_inner()?)
}

#[test]
fn one_identity_is_one_customer_unless_told_otherwise() -> TestResult {
    let scratch = Scratch::new()?;
    let groups: [&[&str]; 6] = [
        &["AB-12", "ab-12", "Ab-12 ", "ＡＢ－１２"],
        &["张三", "张\u{200b}三"],
        &["Jane Doe", "JANE  DOE", "jane\u{a0}doe"],
        &["José", "Jose\u{301}", "JOSÉ"],
        &["a much longer name than fits a key", "A MUCH LONGER NAME THAN FITS A KEY"],
        &["00123"],
    ];
    let all: Vec<&str> = groups.concat();
    let file = one_each(&scratch, &all)?;
    let money: BTreeMap<String, i128> =
        listed(&[&file])?.into_iter().map(|(id, (_, money, _, _))| (id, money / 1_000_000)).collect();
    let expected: BTreeMap<String, i128> =
        groups.iter().map(|group| (group[0].to_owned(), group.len() as i128)).collect();
    assert_eq!(money, expected, "each is called as it was met first");
    let exact = listed(&[&file, "--ids", "exact"])?;
    // Blanks around an id are no part of it, however exact one is.
    assert_eq!(exact.len(), all.len(), "{exact:?}");
    assert!(exact.values().all(|(_, money, _, _)| *money == 1_000_000));
    // 123 and 00123 are two customers, and so are A and B of one width.
    let two = listed(&[&one_each(&scratch, &["123", "00123", "ａ", "b", "é", "e"])?])?;
    assert_eq!(two.len(), 6);
    Ok(())
}

#[test]
fn words_for_nobody_are_no_ids_and_members_of_a_till_are() -> TestResult {
    let scratch = Scratch::new()?;
    let file = one_each(&scratch, &["张三（13800138000）", "-", "张三(13800138000)", "NULL", "", "散客?"])?;
    let told = report([&*file, "--bins", "2"])?;
    let (read, kept, reasons) = ledger(&told)?;
    assert_eq!((read, kept, reasons.get("missing customer")), (6, 3, Some(&3)));
    assert_eq!(number(&told["totals"]["customers"])?, 2, "{told}");
    Ok(())
}
