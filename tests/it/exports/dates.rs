//! Every form that dates come in, the order of day and month, and instants in time zones.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::super::support::{Scratch, TestResult, report, run, string};
use super::{CHINESE, Cases, HEADER, Sale, WESTERN, cells, csv, listed, opens, opens_but, sales};

/// A way to write a day; the row's number lets forms vary.
type Form = fn(NaiveDate, usize) -> String;

fn at(date: NaiveDate, row: usize) -> chrono::NaiveDateTime {
    date.and_time(NaiveTime::default()) + chrono::Duration::seconds((row as i64 * 7_919 + 1) % 86_400)
}

/// The Excel serial, 2024-01-05 being 45296.
fn serial(date: NaiveDate) -> i64 {
    (date - NaiveDate::from_ymd_opt(2024, 1, 5).unwrap_or_default()).num_days() + 45_296
}

/// Seconds since 1970 of a time of that day in UTC.
fn seconds(date: NaiveDate, row: usize) -> i64 {
    at(date, row).and_utc().timestamp()
}

fn half_day(date: NaiveDate, row: usize) -> String {
    let hour = row % 12 + 1;
    let half = ["上午", "下午"][row % 2];
    format!("{}/{}/{} {half}{hour}:05:06", date.year(), date.month(), date.day())
}

const FORMS: [(&str, Form); 36] = [
    ("2024/1/5", |d, _| format!("{}/{}/{}", d.year(), d.month(), d.day())),
    ("2024-01-05", |d, _| d.to_string()),
    ("2024-01-05 13:04:05", |d, n| at(d, n).format("%Y-%m-%d %H:%M:%S").to_string()),
    ("2024-01-05 13:04", |d, n| at(d, n).format("%Y-%m-%d %H:%M").to_string()),
    ("2024-01-05 13:04:05.123", |d, n| at(d, n).format("%Y-%m-%d %H:%M:%S.123").to_string()),
    ("2024-01-05T13:04:05", |d, n| at(d, n).format("%Y-%m-%dT%H:%M:%S").to_string()),
    ("2024-01-05T13:04:05Z", |d, n| at(d, n).format("%Y-%m-%dT%H:%M:%SZ").to_string()),
    ("2024-01-05T13:04:05+08:00", |d, n| at(d, n).format("%Y-%m-%dT%H:%M:%S+08:00").to_string()),
    ("2024/01/05 13:04:05", |d, n| at(d, n).format("%Y/%m/%d %H:%M:%S").to_string()),
    ("2024/1/5 9:04", |d, n| at(d, n).format("%Y/%-m/%-d %-H:%M").to_string()),
    ("2024.1.5", |d, _| d.format("%Y.%-m.%-d").to_string()),
    ("2024.01.05", |d, _| d.format("%Y.%m.%d").to_string()),
    ("20240105", |d, _| d.format("%Y%m%d").to_string()),
    ("20240105130405", |d, n| at(d, n).format("%Y%m%d%H%M%S").to_string()),
    ("20240105 13:04:05", |d, n| at(d, n).format("%Y%m%d %H:%M:%S").to_string()),
    ("2024年1月5日", |d, _| d.format("%Y年%-m月%-d日").to_string()),
    ("2024年01月05日 13:04:05", |d, n| at(d, n).format("%Y年%m月%d日 %H:%M:%S").to_string()),
    ("2024年1月5日 13时4分5秒", |d, n| at(d, n).format("%Y年%-m月%-d日 %-H时%-M分%-S秒").to_string()),
    ("上午 下午", half_day),
    ("民国113年1月5日", |d, _| format!("民国{}年{}月{}日", d.year() - 1911, d.month(), d.day())),
    ("民國113年01月05日", |d, _| format!("民國{}年{:02}月{:02}日", d.year() - 1911, d.month(), d.day())),
    ("113/01/05", |d, _| format!("{}/{:02}/{:02}", d.year() - 1911, d.month(), d.day())),
    ("Excel serial", |d, _| serial(d).to_string()),
    ("Excel serial with a time", |d, n| format!("{}.{:03}", serial(d), n * 16)),
    ("epoch s", |d, n| seconds(d, n).to_string()),
    ("epoch ms", |d, n| format!("{}{:03}", seconds(d, n), n)),
    ("=\"2024-01-05\"", |d, _| format!("=\"{d}\"")),
    ("trailing tab", |d, n| at(d, n).format("%Y-%m-%d %H:%M:%S\t").to_string()),
    ("full width", |d, _| d.format("%Y－%m－%d").to_string()),
    ("5 Jan 2024", |d, _| d.format("%-d %b %Y").to_string()),
    ("05-JAN-24", |d, _| d.format("%d-%b-%y").to_string().to_uppercase()),
    ("January 5 2024", |d, _| d.format("%B %-d %Y").to_string()),
    ("Jan 05 2024 01:04 PM", |d, n| at(d, n).format("%b %d %Y %I:%M %p").to_string()),
    ("Fri Jan 5 2024", |d, _| d.format("%a %b %-d %Y").to_string()),
    ("5/1/24, the day first by its evidence", |d, _| d.format("%-d/%-m/%y").to_string()),
    ("1/5/2024 1:04:05 PM, the month first", |d, n| at(d, n).format("%-m/%-d/%Y %-I:%M:%S %p").to_string()),
];

fn written(header: [&str; 4], rows: &[Sale], form: Form) -> String {
    let head = header.join(",") + "\n";
    lines_of(head, rows.iter().enumerate(), |(number, sale)| {
        let [customer, order, _, amount] = cells(sale);
        [customer, order, form(sale.date, number), amount]
    })
}

fn lines_of<T>(head: String, rows: impl Iterator<Item = T>, cells: impl Fn(T) -> [String; 4]) -> String {
    rows.fold(head, |text, row| text + &cells(row).join(",") + "\n")
}

#[test]
fn every_form_of_a_date_is_its_day() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    for (case, form) in FORMS {
        for header in [HEADER, CHINESE] {
            let file = scratch.file("dates.csv", written(header, &rows, form))?;
            cases.add(&format!("{case}, {}", header[2]), opens(&[&file], &rows));
        }
    }
    cases.end()
}

#[test]
fn dates_that_are_none_are_rejected_among_those_of_every_form() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    for (case, form) in FORMS {
        let more =
            "Ann Lee,SO-9,some day,1.00\nAnn Lee,SO-9,,1.00\nAnn Lee,SO-9,NULL,1.00\nAnn Lee,SO-9,0000-00-00,1.00\n";
        let file = scratch.file("dirt.csv", written(HEADER, &rows, form) + more)?;
        cases.add(case, opens_but(&[&file], &rows, &[("unreadable date", 2), ("missing date", 2)]));
    }
    cases.end()
}

/// Rows on the days 1 to 12 of months, which may be read in two ways, and behind so many of them one that tells.
fn ambiguous(rows: usize, telling: Option<&str>, form: Form) -> (String, Vec<Sale>) {
    let day =
        |row: usize| NaiveDate::from_ymd_opt(2024, row as u32 % 12 + 1, row as u32 / 12 % 12 + 1).unwrap_or_default();
    let mut sales: Vec<Sale> = (0..rows)
        .map(|row| Sale {
            customer: WESTERN[row % WESTERN.len()].to_owned(),
            order: format!("SO-{row}"),
            date: day(row),
            cents: row as i64 + 1,
        })
        .collect();
    let mut text = written(HEADER, &sales, form);
    if let Some(telling) = telling {
        let last = NaiveDate::from_ymd_opt(2024, 3, 31).unwrap_or_default();
        sales.push(Sale { customer: "Zoe".to_owned(), order: "SO-Z".to_owned(), date: last, cents: 5 });
        text.extend(["Zoe,SO-Z,", telling, ",0.05\n"]);
    }
    (text, sales)
}

#[test]
fn the_order_of_day_and_month_is_told_by_the_whole_column() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let forms: [(&str, &str, Form); 4] = [
        ("day first", "31/3/2024", |d, _| d.format("%-d/%-m/%Y").to_string()),
        ("month first", "3/31/2024", |d, _| d.format("%-m/%-d/%Y").to_string()),
        ("day first with points", "31.03.2024", |d, _| d.format("%d.%m.%Y").to_string()),
        ("month first, short years", "03-31-24", |d, _| d.format("%m-%d-%y").to_string()),
    ];
    for (case, telling, form) in forms {
        // What tells stands behind all samples: in row 5,001, or in row 60,001 behind the first blocks of the file.
        for rows in [5_000, 60_000] {
            let (text, sales) = ambiguous(rows, Some(telling), form);
            let file = scratch.file("late.csv", text)?;
            cases.add(&format!("{case}, row {rows}"), opens(&[&file], &sales));
        }
    }
    cases.end()
}

#[test]
fn where_nothing_tells_day_from_month_an_option_is_asked_for() -> TestResult {
    let scratch = Scratch::new()?;
    let (text, sales) = ambiguous(144, None, |d, _| d.format("%-d/%-m/%Y").to_string());
    let file = scratch.file("open.csv", text)?;
    let asked = run(["report", &*file])?;
    assert!(asked.status == Some(1) && asked.stderr.contains("--date-order"), "{asked:?}");
    opens(&[&file, "--date-order", "day-first"], &sales)?;
    let swapped = |sale: &Sale| Sale {
        date: NaiveDate::from_ymd_opt(2024, sale.date.day(), sale.date.month()).unwrap_or_default(),
        ..sale.clone()
    };
    let swapped: Vec<Sale> = sales.iter().map(swapped).collect();
    opens(&[&file, "--date-order", "month-first"], &swapped)?;
    // Years of two digits may come first as well: 1/2/3 has three readings.
    let (text, sales) = ambiguous(144, None, |d, _| d.format("%y/%-m/%-d").to_string());
    let file = scratch.file("short.csv", text)?;
    opens(&[&file, "--date-order", "year-first"], &sales)
}

/// What is in the file, its lines, the options, and what it must give.
type Case = (&'static str, [&'static str; 3], &'static [&'static str], [&'static str; 3]);

#[test]
fn a_zone_moves_instants_over_midnight_and_nothing_else() -> TestResult {
    let scratch = Scratch::new()?;
    let table = |dates: [&str; 3]| {
        let rows = [("a", dates[0]), ("b", dates[1]), ("c", dates[2])];
        rows.iter().fold("customer,date,amount\n".to_owned(), |text, (customer, date)| {
            text + &format!("{customer},{date},1.00\n")
        })
    };
    let as_written = ["2024-01-04", "2024-01-05", "2024-01-05"];
    let cases: [Case; 7] = [
        (
            "instants of UTC in Shanghai",
            ["2024-01-04T15:59:59Z", "2024-01-04T16:00:00Z", "2024-01-05T01:00:00Z"],
            &["--tz", "Asia/Shanghai"],
            as_written,
        ),
        (
            "the same as written",
            ["2024-01-04T15:59:59Z", "2024-01-04T16:00:00Z", "2024-01-05T01:00:00Z"],
            &[],
            ["2024-01-04", "2024-01-04", "2024-01-05"],
        ),
        (
            "offsets in New York",
            ["2024-01-05T04:59:59+00:00", "2024-01-05T13:00:00+08:00", "2024-01-05T00:00:00-05:00"],
            &["--tz", "America/New_York"],
            as_written,
        ),
        (
            "an offset in place of a zone",
            ["2024-01-04T15:59:59Z", "2024-01-04T16:00:00Z", "2024-01-05T01:00:00Z"],
            &["--tz", "+08:00"],
            as_written,
        ),
        // 2024-01-04T15:59:59Z and a second later.
        ("epoch s", ["1704383999", "1704384000", "1704416400"], &["--tz", "Asia/Shanghai"], as_written),
        ("epoch ms", ["1704383999999", "1704384000000", "1704416400000"], &["--tz", "Asia/Shanghai"], as_written),
        (
            "clocks without a zone stay",
            ["2024-01-04 23:59:59", "2024-01-05 00:00:00", "2024-01-05 23:00:00"],
            &["--tz", "Asia/Shanghai"],
            as_written,
        ),
    ];
    for (case, dates, options, days) in cases {
        let file = scratch.file("zone.csv", table(dates))?;
        let list = listed(&[&[&*file], options].concat()).map_err(|problem| format!("{case}: {problem}"))?;
        let found: Vec<&str> = list.values().map(|(_, _, first, _)| first.as_str()).collect();
        assert_eq!(found, days, "{case}");
    }
    Ok(())
}

#[test]
fn the_workbooks_of_old_macintoshes_count_from_1904() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = sales(&WESTERN);
    let file = scratch.file("1904.csv", written(HEADER, &rows, |d, _| (serial(d) - 1_462).to_string()))?;
    opens(&[&file, "--date-format", "excel-1904"], &rows)?;
    // Nothing in the numbers tells which; without an option they are four years earlier.
    let told = report([&*file, "--bins", "2"])?;
    assert_eq!(string(&told["period"]["first_order"])?, "2019-01-04");
    let compact = csv(HEADER, &rows, |sale| {
        let [customer, order, date, amount] = cells(sale);
        [customer, order, date.replace('-', ""), amount]
    });
    opens(&[&scratch.file("compact.csv", compact)?, "--date-format", "compact"], &rows)
}
