//! Figures that others have published, on the public data they are about.

use std::fs::File;
use std::io::{self, BufReader};

use flate2::read::GzDecoder;
use serde_json::Value;

use super::support::{
    Failure, Line, Scratch, Tally, TestResult, columns, customers, cuts, micros, number, public, report, run, segments,
    string, succeed, tally, text,
};

const R_OPTIONS: [&str; 8] =
    ["--method", "r-compat", "--as-of", "2006-12-31", "--frequency", "rows", "--scheme", "r-rfm"];

/// The R package's own segment table: customers, orders, revenue.
const R_SEGMENTS: [(&str, u64, u64, i128); 10] = [
    ("Champions", 35, 316, 31_646),
    ("Potential Loyalist", 342, 2_211, 204_856),
    ("Loyal Customers", 170, 799, 76_562),
    ("Promising", 9, 28, 4_249),
    ("New Customers", 104, 329, 28_837),
    ("Can't Lose Them", 47, 274, 32_446),
    ("At Risk", 28, 216, 22_227),
    ("Need Attention", 10, 57, 4_562),
    ("About To Sleep", 102, 283, 23_449),
    ("Lost", 148, 393, 35_324),
];

fn r_orders() -> Result<Option<String>, Failure> {
    public("r-rfm/rfm_data_orders.csv")?.map(|path| Ok(text(&path)?.to_owned())).transpose()
}

fn with<'a>(file: &'a str, options: &[&'a str]) -> Vec<&'a str> {
    [&[file], options].concat()
}

#[test]
fn the_r_packages_segments_come_out_as_published() -> TestResult {
    let Some(file) = r_orders()? else { return Ok(()) };
    let report = report(with(&file, &R_OPTIONS))?;
    let expected = R_SEGMENTS.map(|(name, customers, orders, revenue)| {
        (name.to_owned(), Tally { customers, orders, money: revenue * 1_000_000 })
    });
    let found = segments(&report)?;
    assert_eq!(found[..expected.len()], expected);
    // What no range covers has a name of its own, and nobody in it.
    assert!(found[expected.len()..].iter().all(|(_, tally)| *tally == Tally::default()), "{found:?}");
    assert_eq!((number(&report["ledger"]["kept"])?, report["as_of"].as_str()), (4_906, Some("2006-12-31")));
    assert_eq!(tally(&report["totals"])?, found.into_iter().map(|(_, tally)| tally).sum());
    Ok(())
}

#[test]
fn the_r_packages_cuts_come_out_as_published() -> TestResult {
    let Some(file) = r_orders()? else { return Ok(()) };
    let report = report(with(&file, &R_OPTIONS))?;
    let millionths = |cuts: [&str; 4]| cuts.iter().map(|cut| micros(cut)).collect::<Result<Vec<_>, _>>();
    assert_eq!(cuts(&report, "recency")?, millionths(["115", "181", "297.4", "482"])?);
    assert_eq!(cuts(&report, "frequency")?, millionths(["4", "5", "6", "8"])?);
    assert_eq!(cuts(&report, "monetary")?, millionths(["255.8", "382", "506.4", "666"])?);
    Ok(())
}

#[test]
fn the_r_packages_customers_have_their_published_scores() -> TestResult {
    let Some(file) = r_orders()? else { return Ok(()) };
    let list = customers(with(&file, &R_OPTIONS))?;
    let seen = columns(&list, ["customer", "recency_days", "frequency", "monetary", "r", "f", "m"]);
    assert_eq!(seen.len(), 995);
    for expected in [
        ["Abbey O'Reilly", "205", "6", "472", "3", "4", "3"],
        ["Add Senger", "140", "3", "340", "4", "1", "2"],
        ["Agness O'Keefe", "90", "9", "843", "5", "5", "5"],
    ] {
        assert!(seen.iter().any(|line| *line == expected), "{expected:?}");
    }
    Ok(())
}

#[test]
fn the_r_packages_table_reads_the_same_for_a_person_and_a_spreadsheet() -> TestResult {
    let Some(file) = r_orders()? else { return Ok(()) };
    let read = |format| succeed([&["report"], &*with(&file, &R_OPTIONS), &["--format", format]].concat());
    let table = read("table")?;
    let words: Vec<String> = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert!(words.iter().any(|line| line.starts_with("Champions 35 3.5% 316 31,646 6.8%")), "{table}");
    assert!(words.iter().any(|line| line.starts_with("Potential Loyalist 342 34.4% 2,211 204,856 44.1%")), "{table}");
    assert!(read("csv")?.lines().any(|line| line.starts_with("Champions,35,0.035176,316,31646,")));
    let markdown = read("markdown")?;
    assert!(markdown.lines().any(|line| line.starts_with("| Champions") && line.contains(" 31,646 |")), "{markdown}");
    Ok(())
}

#[test]
fn cdnow_opens_without_any_option_and_to_the_cent() -> TestResult {
    let Some(path) = public("cdnow/CDNOW_master.txt")? else { return Ok(()) };
    let report = report([&path])?;
    assert_eq!(number(&report["ledger"]["read"])?, 69_659);
    assert_eq!(number(&report["ledger"]["kept"])?, 69_659);
    assert_eq!(report["ledger"]["rejected"], Value::Array(Vec::new()));
    assert_eq!(number(&report["totals"]["customers"])?, 23_570);
    assert_eq!(string(&report["totals"]["revenue"])?, "2500315.63");
    assert_eq!(string(&report["as_of"])?, "1998-07-01");
    // The same, counted here.
    let lines = std::fs::read_to_string(&path)?;
    let amounts = lines.lines().skip(1).filter_map(|line| line.split_whitespace().nth(3));
    assert_eq!(amounts.map(micros).sum::<Result<i128, _>>()?, 2_500_315_630_000);
    Ok(())
}

#[test]
fn cdnows_sample_asks_which_of_its_two_ids_is_the_customer() -> TestResult {
    let Some(path) = public("cdnow/CDNOW_sample.txt")? else { return Ok(()) };
    let path = text(&path)?;
    let asked = run(["report", path])?;
    assert_eq!((asked.status, asked.stdout.as_str(), asked.stderr.lines().count()), (Some(1), "", 1));
    for part in ["CDNOW_sample.txt", "customer", "--customer", "`column 1`", "`column 2`", "5 column 5"] {
        assert!(asked.stderr.contains(part), "{part}: {}", asked.stderr);
    }
    let report = report([path, "--customer", "1"])?;
    assert_eq!(number(&report["totals"]["customers"])?, 2_357);
    assert_eq!(number(&report["ledger"]["kept"])?, 6_919);
    assert_eq!(string(&report["totals"]["revenue"])?, "244091.94");
    Ok(())
}

#[test]
fn online_retail_opens_as_it_is_and_counts_its_rows_without_a_customer() -> TestResult {
    let Some(path) = public("online-retail/online_retail.csv.gz")? else { return Ok(()) };
    let scratch = Scratch::new()?;
    let unpacked = scratch.path("online_retail.csv");
    io::copy(&mut GzDecoder::new(File::open(&path)?), &mut File::create(&unpacked)?)?;
    let packed = report([&path])?;
    let mut plain = report([&unpacked])?;
    assert_eq!(number(&packed["ledger"]["read"])?, 541_909);
    assert_eq!(number(&packed["ledger"]["kept"])?, 406_829);
    let [rejected] = packed["ledger"]["rejected"].as_array().map_or(&[][..], Vec::as_slice) else {
        return Err(format!("one reason: {}", packed["ledger"]).into());
    };
    assert_eq!((string(&rejected["reason"])?, number(&rejected["rows"])?), ("missing customer", 135_080));
    assert_eq!(number(&packed["totals"]["customers"])?, 4_372);
    // Unpacked it is the same but for its name.
    for part in ["as_of", "totals", "axes", "segments", "cells"] {
        assert_eq!(plain[part].take(), packed[part], "{part}");
    }
    Ok(())
}

/// Online Retail with the usual cleaning, written to a file: invoice not C, quantity above 0, price above 0, customer
/// there. Gives the lines kept.
fn clean_online_retail(from: &std::path::Path, to: &std::path::Path) -> Result<u64, Failure> {
    let mut reader = csv::Reader::from_reader(BufReader::new(GzDecoder::new(File::open(from)?)));
    let mut writer = csv::Writer::from_path(to)?;
    let head = reader.byte_headers()?.clone();
    writer.write_byte_record(&head)?;
    let at = |name: &[u8]| head.iter().position(|cell| cell == name).ok_or("a column is missing");
    let [invoice, quantity, price, customer] =
        [at(b"InvoiceNo")?, at(b"Quantity")?, at(b"UnitPrice")?, at(b"CustomerID")?];
    let mut kept = 0;
    for record in reader.byte_records() {
        let record = record?;
        let number = |at: usize| std::str::from_utf8(&record[at]).ok().and_then(|cell| cell.parse::<f64>().ok());
        let positive = |at: usize| number(at).is_some_and(|number| number > 0.0);
        if !record[invoice].starts_with(b"C") && positive(quantity) && positive(price) && !record[customer].is_empty() {
            writer.write_byte_record(&record)?;
            kept += 1;
        }
    }
    writer.flush()?;
    Ok(kept)
}

#[test]
fn online_retail_cleaned_has_its_published_figures() -> TestResult {
    let Some(path) = public("online-retail/online_retail.csv.gz")? else { return Ok(()) };
    let scratch = Scratch::new()?;
    let cleaned = scratch.path("cleaned.csv");
    assert_eq!(clean_online_retail(&path, &cleaned)?, 397_884);
    let report = report([&cleaned])?;
    assert_eq!(number(&report["ledger"]["kept"])?, 397_884);
    assert_eq!(string(&report["as_of"])?, "2011-12-10");
    let total = tally(&report["totals"])?;
    assert_eq!((total.customers, total.orders), (4_338, 18_532));
    // Prices of a tenth of a penny make the published pounds and pence a rounded figure.
    assert_eq!((total.money + 5_000) / 10_000, 891_140_790);
    let list = customers([&cleaned])?;
    for (id, days, orders, cents) in
        [("12346", "326", "1", 7_718_360), ("12347", "3", "7", 431_000), ("12748", "1", "209", 3_371_973)]
    {
        let found: Vec<&Line> = list.iter().filter(|line| line["customer"] == id).collect();
        let [line] = found.as_slice() else { return Err(format!("{id}: {found:?}").into()) };
        assert_eq!((line["recency_days"].as_str(), line["frequency"].as_str()), (days, orders), "{id}");
        assert_eq!((micros(&line["monetary"])? + 5_000) / 10_000, cents, "{id}");
    }
    Ok(())
}
