//! Every choice of every policy, worked out by hand, and the public files by published and independent counts.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::super::support::{Failure, Scratch, TestResult, customers, micros, number, public, report, string, text};
use super::{Cases, ledger};

/// Rows read, rows kept, customers, orders, revenue.
type Expected = (u64, u64, u64, u64, &'static str);

fn figures(args: &[&str], expected: Expected) -> TestResult {
    let told = report([args, &["--bins", "2"]].concat())?;
    let (read, kept, reasons) = ledger(&told)?;
    let totals = &told["totals"];
    let (customers, orders) = (number(&totals["customers"])?, number(&totals["orders"])?);
    let revenue = string(&totals["revenue"])?;
    let same = (read, kept, customers, orders) == (expected.0, expected.1, expected.2, expected.3);
    if same && micros(revenue)? == micros(expected.4)? {
        return Ok(());
    }
    Err(format!("{:?} in place of {expected:?}, {reasons:?}", (read, kept, customers, orders, revenue)).into())
}

/// A shop's dozen rows with something for every policy.
///
/// | row | customer | order | amount | refund | status | what is odd |
/// |-----|----------|-------|--------|--------|--------|-------------|
/// | 1   | ann      | 1     | 10.00  |        | paid   |             |
/// | 2   | ann      | 1     | 10.00  |        | paid   | the same as row 1 but for its product |
/// | 3   | ANN      | 2     | 20.00  | 5.00   | paid   | a refund; ann in another case |
/// | 4   | bob      | 3     | 30.00  |        | paid   |             |
/// | 5   | bob      | C3    | -30.00 |        | paid   | cancels order 3 |
/// | 6   | bob      | 4     | 4.00   |        | paid   |             |
/// | 7   | bob      | 4     | 4.00   |        | paid   | the same as row 6 in every column |
/// | 8   | cid      | 5     | 50.00  |        | cancelled |          |
/// | 9   | cid      | 6     | 60.00  |        | refunded |           |
/// | 10  | cid      | 7     | 0.00   |        | paid   | zero        |
/// | 11  |          | 8     | 8.00   |        | paid   | nobody      |
/// | 12  | dot      | 9     | 9.00   |        | paid   | in the year 2999 |
const SHOP: &str = "customer_id,order_no,order_date,amount,refund_amount,status,product\n\
    ann,1,2024-01-01,10.00,,paid,x\nann,1,2024-01-01,10.00,,paid,y\nANN,2,2024-01-02,20.00,5.00,paid,x\n\
    bob,3,2024-01-03,30.00,,paid,x\nbob,C3,2024-01-04,-30.00,,paid,x\nbob,4,2024-01-05,4.00,,paid,x\n\
    bob,4,2024-01-05,4.00,,paid,x\ncid,5,2024-01-06,50.00,,cancelled,x\ncid,6,2024-01-07,60.00,,refunded,x\n\
    cid,7,2024-01-08,0.00,,paid,x\n,8,2024-01-09,8.00,,paid,x\ndot,9,2999-01-01,9.00,,paid,x\n";

/// Rows 8 and 9 (status), 11 (nobody) and 12 (future) are set aside: 8 kept of ann, bob and cid; orders 1, 2, 3, 4 and 7;
/// 10 + 10 + 15 + 30 - 30 + 4 + 4 + 0.
const DEFAULT: Expected = (12, 8, 3, 5, "43.00");

#[test]
fn every_choice_of_every_policy_is_what_it_is_by_hand() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let file = scratch.file("shop.csv", SHOP)?;
    let choices: [(&str, &str, Expected); 21] = [
        ("--returns", "net", DEFAULT),
        ("--returns", "gross", (12, 7, 3, 5, "73.00")),
        // Order 3 and its cancellation go.
        ("--returns", "void", (12, 6, 3, 4, "43.00")),
        ("--refunds", "subtract", DEFAULT),
        ("--refunds", "ignore", (12, 8, 3, 5, "48.00")),
        ("--status", "drop", DEFAULT),
        ("--status", "closed", (12, 9, 3, 6, "103.00")),
        ("--status", "keep", (12, 10, 3, 7, "153.00")),
        ("--zero-amounts", "keep", DEFAULT),
        // Cid has nothing else.
        ("--zero-amounts", "drop", (12, 7, 2, 4, "43.00")),
        ("--duplicates", "keep", DEFAULT),
        ("--duplicates", "drop", (12, 7, 3, 5, "39.00")),
        ("--order-totals", "lines", DEFAULT),
        // Of order 1 ten counts once, of order 4 four.
        ("--order-totals", "once", (12, 8, 3, 5, "29.00")),
        ("--anonymous", "drop", DEFAULT),
        ("--anonymous", "keep", (12, 9, 4, 6, "51.00")),
        ("--ids", "unify", DEFAULT),
        ("--ids", "exact", (12, 8, 4, 5, "43.00")),
        ("--future", "drop", DEFAULT),
        ("--future", "keep", (12, 9, 4, 6, "52.00")),
        ("--as-of", "2024-01-05", (12, 7, 2, 4, "43.00")),
    ];
    for (option, choice, expected) in choices {
        cases.add(&format!("{option} {choice}"), figures(&[&file, option, choice], expected));
    }
    // All at once: 1 to 4, 6, 8 to 10 and 12 by what they are.
    let all = [
        &*file,
        "--returns",
        "gross",
        "--refunds",
        "ignore",
        "--status",
        "keep",
        "--duplicates",
        "drop",
        "--anonymous",
        "keep",
        "--ids",
        "exact",
        "--future",
        "keep",
    ];
    cases.add("many at once", figures(&all, (12, 10, 6, 9, "201.00")));
    cases.end()
}

#[test]
fn an_amount_that_only_equals_a_sum_is_no_repeated_total() -> TestResult {
    let scratch = Scratch::new()?;
    let head = "customer,order_no,date,amount,product\n";
    let mut cases = Cases::default();
    let orders: [(&str, &[&str], &str); 7] = [
        ("each its own", &["10.00", "20.00", "30.00"], "60.00"),
        ("the same and another", &["10.00", "10.00", "20.00"], "40.00"),
        ("another and the same", &["20.00", "10.00", "10.00"], "40.00"),
        ("three of the same", &["10.00", "10.00", "10.00"], "10.00"),
        ("one", &["10.00"], "10.00"),
        ("a return of the same", &["-5.00", "-5.00"], "-5.00"),
        ("there and back", &["10.00", "-10.00", "10.00"], "10.00"),
    ];
    for (case, amounts, revenue) in orders {
        let rows = amounts.iter().enumerate().map(|(row, amount)| format!("a,1,2024-01-01,{amount},p{row}\n"));
        let file =
            scratch.file("lines.csv", head.to_owned() + &rows.collect::<String>() + "b,2,2024-01-01,0.50,x\n")?;
        let rows = amounts.len() as u64 + 1;
        let orders = 1 + u64::from(amounts.iter().any(|amount| !amount.starts_with('-')));
        let total = format!("{}.50", revenue.trim_end_matches(".00").parse::<i64>()?);
        let total = if revenue.starts_with('-') { "-4.50".to_owned() } else { total };
        let told = report([&*file, "--order-totals", "once", "--bins", "2"])?;
        let found = (ledger(&told)?.1, number(&told["totals"]["orders"])?, string(&told["totals"]["revenue"])?);
        let same = found == (rows, orders, &*total);
        cases.add(
            case,
            if same { Ok(()) } else { Err(format!("{found:?} in place of {:?}", (rows, orders, total)).into()) },
        );
    }
    cases.end()
}

#[test]
fn a_cancellation_voids_the_order_of_its_number_or_else_of_its_amount() -> TestResult {
    let scratch = Scratch::new()?;
    let mut cases = Cases::default();
    let orders: [(&str, &str, Expected); 7] = [
        // Order 2 is of the same amount and later, but it is order 1 that is cancelled: the last order stays on the 3rd.
        ("by number", "a,1,2024-01-01,10.00\na,2,2024-01-03,10.00\na,C1,2024-01-05,-10.00\n", (3, 1, 1, 1, "10.00")),
        ("by amount", "a,1,2024-01-01,10.00\na,2,2024-01-03,7.00\na,R9,2024-01-05,-7.00\n", (3, 1, 1, 1, "10.00")),
        ("in part", "a,1,2024-01-01,10.00\na,C1,2024-01-05,-4.00\n", (2, 2, 1, 1, "6.00")),
        (
            "of two lines",
            "a,1,2024-01-01,4.00\na,1,2024-01-01,6.00\na,C1,2024-01-05,-10.00\nb,9,2024-01-01,1.00\n",
            (4, 1, 1, 1, "1.00"),
        ),
        ("too early", "a,C1,2024-01-01,-10.00\na,1,2024-01-05,10.00\n", (2, 2, 1, 1, "0.00")),
        ("of somebody else", "a,1,2024-01-01,10.00\nb,C1,2024-01-05,-10.00\n", (2, 2, 2, 1, "0.00")),
        ("twice", "a,1,2024-01-01,10.00\na,C1,2024-01-05,-10.00\na,C1b,2024-01-06,-10.00\n", (3, 1, 1, 0, "-10.00")),
    ];
    for (case, rows, expected) in orders {
        let file = scratch.file("void.csv", format!("customer,order_no,date,amount\n{rows}"))?;
        cases.add(case, figures(&[&file, "--returns", "void"], expected));
    }
    let by_number = scratch.file(
        "number.csv",
        "customer,order_no,date,amount\na,1,2024-01-01,10.00\na,2,2024-01-03,10.00\na,C1,2024-01-05,-10.00\n",
    )?;
    let told = report([&*by_number, "--returns", "void", "--bins", "2"])?;
    assert_eq!((string(&told["period"]["first_order"])?, string(&told["as_of"])?), ("2024-01-03", "2024-01-04"));
    cases.end()
}

#[test]
fn what_is_voided_leaves_the_gross_sum_whatever_the_decimals() -> TestResult {
    let scratch = Scratch::new()?;
    let rows =
        [("10", "5", "5"), ("10.50", "5.25", "5.25"), ("10.125", "5.25", "5.250"), ("10", "5.000001", "5.000001")];
    for (voided, kept, gross) in rows {
        let text = format!(
            "customer,order_no,date,amount\na,1,2024-01-01,{voided}\na,C1,2024-01-02,-{voided}\na,2,2024-01-03,{kept}\n"
        );
        let file = scratch.file("gross.csv", text)?;
        let list = customers([&*file, "--returns", "void", "--monetary", "gross", "--bins", "2"])?;
        assert_eq!(list.len(), 1, "{voided}");
        assert_eq!(micros(&list[0]["monetary"])?, micros(gross)?, "{voided}");
    }
    Ok(())
}

/// The records of UCI Online Retail, unpacked here and taken apart by the csv crate.
fn online_retail() -> Result<Option<(String, Vec<csv::StringRecord>)>, Failure> {
    let Some(path) = public("online-retail/online_retail.csv.gz")? else { return Ok(None) };
    let mut bytes = Vec::new();
    MultiGzDecoder::new(File::open(&path)?).read_to_end(&mut bytes)?;
    let bytes = String::from_utf8_lossy(&bytes).into_owned();
    let records = csv::Reader::from_reader(bytes.as_bytes()).into_records().collect::<Result<Vec<_>, _>>()?;
    Ok(Some((text(&path)?.to_owned(), records)))
}

#[test]
fn online_retail_is_what_is_published_of_it() -> TestResult {
    let Some((file, records)) = online_retail()? else { return Ok(()) };
    let told = report([&*file, "--returns", "gross", "--zero-amounts", "drop"])?;
    let (read, kept, reasons) = ledger(&told)?;
    assert_eq!((read, kept), (541_909, 397_884), "{reasons:?}");
    let totals = &told["totals"];
    assert_eq!((number(&totals["customers"])?, number(&totals["orders"])?), (4_338, 18_532));
    // Of single prices with three decimals some sums have more than cents.
    assert_eq!((micros(string(&totals["revenue"])?)? + 5_000) / 10_000, 891_140_790);
    let told = report([&*file])?;
    let (read, kept, reasons) = ledger(&told)?;
    assert_eq!((read, kept), (541_909, 541_909 - 135_080), "{reasons:?}");
    assert_eq!(reasons.get("missing customer"), Some(&135_080));
    let named = records.iter().filter(|record| record.get(6).is_some_and(|id| !id.is_empty()));
    let distinct: HashSet<Vec<&str>> = named.map(|record| record.iter().collect()).collect();
    let told = report([&*file, "--duplicates", "drop"])?;
    let (read, kept, reasons) = ledger(&told)?;
    assert_eq!((read, kept), (541_909, distinct.len() as u64), "{reasons:?}");
    Ok(())
}

#[test]
fn cdnow_without_its_double_rows_is_an_independent_count() -> TestResult {
    let Some(path) = public("cdnow/CDNOW_master.txt")? else { return Ok(()) };
    let content = std::fs::read_to_string(&path)?;
    let rows: Vec<Vec<&str>> =
        content.lines().map(|line| line.split_whitespace().collect()).filter(|row: &Vec<_>| !row.is_empty()).collect();
    let distinct: HashSet<&Vec<&str>> = rows.iter().skip(1).collect();
    assert_eq!((rows.len() - 1, distinct.len()), (69_659, 69_659 - 255));
    let money: i128 = distinct.iter().map(|row| micros(row[3])).sum::<Result<i128, _>>()?;
    let told = report([text(&path)?, "--duplicates", "drop"])?;
    let (read, kept, _) = ledger(&told)?;
    assert_eq!((read, kept), (69_659, 69_659 - 255));
    assert_eq!(micros(string(&told["totals"]["revenue"])?)?, money);
    assert_eq!(number(&told["totals"]["customers"])?, 23_570);
    Ok(())
}
