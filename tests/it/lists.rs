//! Lists by field: filters by what only rows tell, chosen columns, VIP rules, and exports that other programs read.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::support::{Failure, Scratch, TestResult, customers, micros, number, report, run, string, succeed, text};
use super::terminal::Terminal;

const DEMO: &str = "demo-data/shop.csv";

/// | customer | what is odd |
/// |---|---|
/// | ann | 99,999.99 within any 12 months: 60,000 in December, 39,999.99 in January |
/// | bob | 100,000 within 12 months that straddle the year; never in one calendar year |
/// | cid | five orders in March |
/// | dot | four orders in March, a fifth in April, within 30 days of the second |
/// | =1+1 | a formula for a name, an escape sequence for a region |
const SALES: &str = "customer,order_no,order_date,amount,region,category,phone\n\
    ann,1,2023-12-20,60000.00,East,Lamps,13800138000\nann,2,2024-01-05,39999.99,East,Lamps,13800138000\n\
    bob,3,2023-12-20,60000.00,West,Bath,13900139000\nbob,4,2024-12-19,40000.00,West,Lamps,13900139000\n\
    cid,5,2024-03-01,1.00,East,Bath,\ncid,6,2024-03-08,1.00,East,Bath,\ncid,7,2024-03-15,1.00,East,Bath,\n\
    cid,8,2024-03-22,1.00,West,Lamps,\ncid,9,2024-03-31,1.00,East,Bath,\n\
    dot,10,2024-03-04,1.00,华东,Bath,\ndot,11,2024-03-12,1.00,华东,Bath,\ndot,12,2024-03-20,1.00,华东,Bath,\n\
    dot,13,2024-03-28,1.00,华东,Bath,\ndot,14,2024-04-10,1.00,华东,Bath,\n\
    =1+1,15,2024-05-01,7.25,\u{1b}[2Jx,Bath,\n";

fn sales(scratch: &Scratch) -> Result<String, Failure> {
    scratch.file("sales.csv", SALES)
}

/// The customers that a filter leaves, in the order of their ids.
fn left(file: &str, filter: &str, more: &[&str]) -> Result<String, Failure> {
    let args = [&[file, "--bins", "2", "--where", filter, "--sort", "customer"][..], more].concat();
    Ok(customers(args)?.into_iter().map(|line| line["customer"].clone()).collect::<Vec<_>>().join(" "))
}

#[test]
fn filters_ask_for_what_only_rows_tell() -> TestResult {
    let scratch = Scratch::new()?;
    let file = sales(&scratch)?;
    for (filter, expected) in [
        ("region = 'East'", "ann cid"),
        ("region in ('华东', 'West')", "bob dot"),
        ("not region in ('华东', 'West')", "'=1+1 ann cid"),
        ("category.last = 'Lamps' and category != 'Lamps'", ""),
        ("category.distinct >= 2", "bob cid"),
        ("phone is missing and orders >= 5", "cid dot"),
        ("active_months = 1 or monetary > 99999.99", "'=1+1 bob cid"),
        ("customer like '=%'", "'=1+1"),
    ] {
        assert_eq!(left(&file, filter, &[])?, expected, "{filter}");
    }
    // What is unknown is told with what comes nearest, and where it stands.
    let unknown = run(["customers", &*file, "--bins", "2", "--where", "recency < 9 and regoin = 'East'"])?;
    assert_eq!(unknown.status, Some(2), "{unknown:?}");
    assert!(unknown.stderr.contains("region") && unknown.stderr.contains("character 17"), "{unknown:?}");
    Ok(())
}

#[test]
fn vip_rules_count_their_boundaries_and_straddle_years() -> TestResult {
    let scratch = Scratch::new()?;
    let file = sales(&scratch)?;
    for (rule, expected) in [
        ("amount >= 100000 in 12 months", "bob"),
        ("amount >= 99999.99 in 12 months", "ann bob"),
        // Of the as-of date's year, 2024: 40,000 of bob's, 39,999.99 of ann's.
        ("amount >= 40000 this year", "bob"),
        ("amount >= 60000.01 in a year", ""),
        ("amount >= 60000 in a year", "ann bob"),
        ("orders >= 5 in a month", "cid"),
        // 12 March to 10 April are 30 days, with four of dot's orders; cid's five go from 1 to 31 March, which are 31.
        ("orders >= 4 in 30 days", "cid dot"),
        ("orders >= 5 in 30 days", ""),
        ("orders >= 5 in 38 days", "cid dot"),
        ("category 'Bath' >= 4", "cid dot"),
        // As of 20 December 2024, the day after the last order.
        ("tenure >= 1 year", "ann bob"),
        ("tenure >= 2 years", ""),
        ("largest order >= 60000 and orders >= 2", "ann bob"),
    ] {
        let found = left(&file, "vip('x')", &["--vip", &format!("x: {rule}")])?;
        assert_eq!(found, expected, "{rule}");
    }
    // A rule lives in the scenario.
    let scenario = scratch.path("vip.toml");
    let scenario = text(&scenario)?;
    let rule = "Gold: amount >= 100000 in 12 months";
    succeed(["scenario", &file, "--bins", "2", "--vip", rule, "--filter", "vip('Gold')", "--save", scenario])?;
    let told = report([&*file, "--scenario", scenario])?;
    assert_eq!(number(&told["totals"]["customers"])?, 1);
    assert_eq!(run(["check", scenario, &*file])?.status, Some(0));
    Ok(())
}

#[test]
fn a_list_has_the_columns_and_the_order_that_are_asked_for() -> TestResult {
    let scratch = Scratch::new()?;
    let file = sales(&scratch)?;
    let csv = succeed([
        "customers",
        &*file,
        "--bins",
        "2",
        "--columns",
        "customer,region,category.distinct,phone,monetary,repeat,first_order,gap",
        "--sort",
        "region,monetary:asc",
    ])?;
    let expected = "customer,region,category.distinct,phone,monetary,repeat,first_order,gap\n\
        '=1+1,\u{fffd}[2Jx,1,,7.25,false,2024-05-01,\n\
        cid,East,2,,5.00,true,2024-03-01,7.00\n\
        ann,East,1,13800138000,99999.99,true,2023-12-20,16.00\n\
        bob,West,2,13900139000,100000.00,true,2023-12-20,365.00\n\
        dot,华东,1,,5.00,true,2024-03-04,8.00\n";
    assert_eq!(csv, expected);
    let help = succeed(["customers", &*file, "--bins", "2", "--columns", "help"])?;
    for name in ["region.last", "category.distinct", "active_months", "monetary.mean-order", "rank"] {
        assert!(help.lines().any(|line| line.split_whitespace().next() == Some(name)), "{name} in {help}");
    }
    Ok(())
}

fn mode(path: &Path) -> Result<u32, Failure> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(path)?.permissions().mode() & 0o777)
}

fn sha256(path: &Path) -> Result<String, Failure> {
    let mut hex = String::new();
    for byte in Sha256::digest(fs::read(path)?) {
        write!(hex, "{byte:02x}")?;
    }
    Ok(hex)
}

#[test]
fn an_export_is_whole_private_and_says_what_it_is() -> TestResult {
    let scratch = Scratch::new()?;
    let file = sales(&scratch)?;
    let out = scratch.path("vip.xlsx");
    let list =
        ["customers", &*file, "--bins", "2", "--where", "monetary >= 5", "--columns", "customer,region,monetary"];
    succeed([&list[..], &["--out", text(&out)?]].concat())?;
    let mut book: Xlsx<_> = open_workbook(&out)?;
    let names = book.sheet_names();
    let sheet = book.worksheet_range(&names[0])?;
    let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
    let ids: Vec<String> = rows.iter().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(ids, ["bob", "ann", "=1+1", "dot", "cid"]);
    let total: f64 =
        rows.iter().skip(1).filter_map(|row| if let Data::Float(money) = row[2] { Some(money) } else { None }).sum();
    assert!((total - 200_017.24).abs() < 1e-6, "{total}");
    let manifest: Value = serde_json::from_str(&fs::read_to_string(scratch.path("vip.xlsx.manifest.json"))?)?;
    assert_eq!(string(&manifest["export"]["control_total"]["sum"])?, "200017.24");
    assert_eq!((number(&manifest["export"]["rows"])?, string(&manifest["filter"])?), (5, "monetary >= 5"));
    assert_eq!(string(&manifest["export"]["sha256"])?, sha256(&out)?);
    assert_eq!(string(&manifest["sources"][0]["sha256"])?, sha256(Path::new(&file))?);
    assert_eq!((mode(&out)?, mode(&scratch.path("vip.xlsx.manifest.json"))?), (0o600, 0o600));
    // What is there stays, unless told; what is told is the file.
    let again = run([&list[..], &["--out", text(&out)?]].concat())?;
    assert!(again.status == Some(1) && again.stderr.contains("--force"), "{again:?}");
    assert_eq!(run([&list[..], &["--out", text(&out)?, "--force"]].concat())?.status, Some(0));
    Ok(())
}

/// Money goes out and comes back to the cent in every format that can be read again.
#[test]
fn what_is_exported_reads_back() -> TestResult {
    let scratch = Scratch::new()?;
    let net = micros(string(&report([DEMO])?["totals"]["revenue"])?)?;
    for format in ["csv", "ndjson", "xlsx", "parquet"] {
        let out = scratch.path(&format!("list.{format}"));
        let out = text(&out)?;
        succeed(["customers", DEMO, "--columns", "customer,last_order,monetary,segment", "--out", out])?;
        let back =
            report([out, "--customer", "customer", "--date", "last_order", "--amount", "monetary", "--bins", "2"])?;
        assert_eq!(micros(string(&back["totals"]["revenue"])?)?, net, "{format}");
        assert_eq!(number(&back["totals"]["customers"])?, 2_999, "{format}");
    }
    let markdown =
        succeed(["customers", DEMO, "--limit", "1", "--columns", "customer,monetary", "--format", "markdown"])?;
    assert!(
        markdown.starts_with("| customer | monetary |\n") && markdown.contains("| C00338 | 23862.43 |"),
        "{markdown}"
    );
    Ok(())
}

#[test]
fn people_are_masked_and_ids_hashed_where_that_is_asked_for() -> TestResult {
    let scratch = Scratch::new()?;
    let (file, key) = (sales(&scratch)?, scratch.file("key", "0123456789abcdef0123")?);
    let list = ["customers", &*file, "--bins", "2", "--columns", "customer,phone,region", "--sort", "customer"];
    let masked = succeed([&list[..], &["--mask"]].concat())?;
    assert!(masked.contains("138****8000") && masked.contains(",East"), "{masked}");
    for secret in ["ann", "bob", "13800138000"] {
        assert!(!masked.contains(secret), "{secret} in {masked}");
    }
    let hashed = succeed([&list[..], &["--hash-ids", &*key]].concat())?;
    // HMAC-SHA256 of `ann` with that key, by Python's hmac; the first 16 bytes.
    assert!(hashed.lines().any(|line| line.starts_with("f457305dbab365f76838d16123c8a57b,")), "{hashed}");
    let short = scratch.file("short", "abc")?;
    let refused = run([&list[..], &["--hash-ids", &*short]].concat())?;
    assert!(refused.status == Some(1) && refused.stderr.contains("16"), "{refused:?}");
    Ok(())
}

/// The demo data's story: its best customers are 35 to 45 and buy in the app, the low ones are young and buy elsewhere.
#[test]
fn the_story_of_the_demo_is_found_by_segment() -> TestResult {
    let of = |filter: &str| -> Result<(usize, usize, usize), Failure> {
        let lines = customers([DEMO, "--where", filter, "--columns", "customer,age,channel"])?;
        let grown =
            lines.iter().filter(|line| line["age"].parse::<f64>().is_ok_and(|age| (35.0..=45.0).contains(&age)));
        let app = lines.iter().filter(|line| line["channel"] == "app");
        Ok((lines.len(), grown.count(), app.count()))
    };
    // The shop's own tiers begin at 3,000 and 100.
    let (best, grown, app) = of("monetary >= 3000")?;
    assert!(best > 100 && grown * 10 > best * 7 && app * 10 > best * 7, "{best} {grown} {app}");
    let (low, grown, app) = of("monetary < 100")?;
    assert!(low > 1_000 && grown * 10 < low && app * 10 < low, "{low} {grown} {app}");
    Ok(())
}

#[test]
fn a_filter_of_rows_is_typed_and_completed_on_the_screen() -> TestResult {
    let app = customers([DEMO, "--where", "channel = 'app' and age >= 35"])?.len();
    let mut terminal = Terminal::start(&[], (120, 40))?;
    terminal.shows("Customers")?;
    terminal.press_until("F", "Count only customers with")?;
    // Once the rows are read, names and values are completed.
    for _ in 0..200 {
        terminal.press("\u{15}chan\t")?;
        std::thread::sleep(std::time::Duration::from_millis(50));
        if terminal.text().contains("channel") {
            break;
        }
    }
    terminal.press_until("\u{15}channel = 'app' and age >= 35\r", "are looked at")?;
    let told = terminal.text();
    assert!(
        told.contains(&format!("{app} of 2,999")) || told.contains(&format!("{} of 2,999", thousands(app))),
        "{told}"
    );
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    Ok(())
}

#[test]
fn a_customer_is_opened_with_every_order_and_the_next_one_by_a_key() -> TestResult {
    let list = customers([DEMO, "--limit", "2"])?;
    let mut terminal = Terminal::start(&[], (120, 50))?;
    terminal.shows("Customers")?;
    terminal.press("\t\t\t")?;
    terminal.press_until("\r", &format!("Customer {}", list[0]["customer"]))?;
    // The orders are read once more, behind the screen.
    terminal.shows("by month")?;
    terminal.shows("rank 1 of 2,999 customers")?;
    // The oldest order is at the end; the first day is the customer's.
    terminal.press_until("G", &list[0]["first_order"])?;
    terminal.press_until("\u{1b}[C", &format!("Customer {}", list[1]["customer"]))?;
    terminal.press_until("\u{1b}[D", &format!("Customer {}", list[0]["customer"]))?;
    Ok(())
}

/// A filter of rows holds from the start, and in a view that is opened from a file while the rows are still to be read.
#[test]
fn a_filter_of_rows_holds_from_the_start_and_from_a_scenario() -> TestResult {
    let scratch = Scratch::new()?;
    let filter = "channel = 'app'";
    let left = customers([DEMO, "--where", filter])?.len();
    let terminal = Terminal::start(&["--filter", filter], (120, 40))?;
    terminal.shows(&format!("1 of {left}"))?;
    let path = scratch.path("app.toml");
    let path = text(&path)?;
    succeed(["scenario", DEMO, "--filter", filter, "--save", path])?;
    let mut terminal = Terminal::start(&[], (120, 40))?;
    terminal.shows("1 of 2,999")?;
    terminal.press_until("oo", "Open a scenario")?;
    terminal.press_until(&format!("\u{15}{path}\r"), &format!("1 of {left}"))?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    Ok(())
}

fn thousands(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}
