use super::super::super::batch::Values;
use super::super::zone::NotAZone;
use super::*;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn read(format: &str, text: &str) -> Result<Option<String>, NotADateFormat> {
    Ok(format.parse::<DateFormat>()?.parse(text.as_bytes(), None).map(|day| day.to_string()))
}

/// Texts that are all 2024-01-05, by the word of their format.
const FIFTH: [(&str, &[&str]); 10] = [
    (
        "iso",
        &[
            "2024-01-05",
            "2024/1/5",
            "2024.1.5",
            "2024. 1. 5.",
            "2024-1-05",
            "2024年1月5日",
            "2024年01月05号",
            "2024 年 1 月 5 日",
            " 2024-01-05\t",
            "=\"2024-01-05\"",
            "'2024-01-05",
            "２０２４－０１－０５",
            "２０２４／１／５",
            "2024-01-05 13:04",
            "2024-01-05 13",
            "2024-01-05T13:04:05.123Z",
            "2024-01-05T13:04:05,5+0800",
            "2024-01-05t13:04:05z",
            "2024-01-05 13:04:05+08:00",
            "2024-01-05 13:04:05 +0800 CST",
            "2024-01-05 13:04:05 UTC",
            "2024-01-05T13:04:05+08:00[Asia/Shanghai]",
            "2024-01-05T130405Z",
            "2024-01-05 24:00:00",
            "2024-01-05 23:59:60",
            "2024/1/5 1:04:05 PM",
            "2024/1/5 1:04:05\u{202f}PM",
            "2024/1/5 01:04 p.m.",
            "2024/1/5 1PM",
            "2024/1/5 下午 1:04:05",
            "2024/1/5 下午1:04",
            "2024/1/5下午1:04",
            "2024/1/5 上午 12:04:05",
            "2024-01-05 13時04分",
            "2024-01-05 13时04分05秒",
            "2024年1月5日13时",
            "2024年1月5日 13点4分",
            "2024年1月5日星期五",
            "2024年1月5日 星期五 13:04",
            "2024/1/5(五) 13:04",
            "2024-01-05, 13:04",
            "\u{200e}2024\u{200e}/\u{200e}1\u{200e}/\u{200e}5",
            "2024. 1. 5. 오후 1:04:05",
        ],
    ),
    ("ymd-short", &["24-01-05", "24/1/5", "24.1.5 13:04", "24年1月5日", "2024-01-05"]),
    (
        "dmy",
        &[
            "5/1/2024",
            "05/01/2024",
            "5-1-24",
            "05.01.2024",
            "5. 1. 2024",
            "05.01.24 13:04",
            "13:04 5/1/2024",
            "13:04:05 05.01.2024",
            "5/1/2024 1:04:05 PM",
            "05/01/2024, 13:04:05",
        ],
    ),
    ("mdy", &["1/5/2024", "01-05-24", "1.5.2024", "1/5/24 1:04 AM", "1:04 PM 1/5/2024", "1/5/2024, 1:04:05 PM"]),
    (
        "month-name",
        &[
            "5 Jan 2024",
            "05-JAN-24",
            "5-jan-2024",
            "05JAN2024",
            "05/Jan/2024:13:04:05 +0000",
            "05JAN2024:13:04:05",
            "5th January 2024",
            "5. Jan. 2024",
            "Jan 5, 2024",
            "Jan. 5th, 2024",
            "January 5 2024",
            "Jan 5, 2024, 1:04:05 PM",
            "January 5, 2024 at 1:04\u{202f}PM",
            "Friday, January 5, 2024",
            "Fri, 5 Jan 2024 13:04:05 +0000",
            "Fri, 05 Jan 2024 13:04:05 GMT",
            "Fri Jan  5 13:04:05 2024",
            "Fri Jan 05 13:04:05 CST 2024",
            "Fri Jan 05 2024 13:04:05 GMT+0800 (中国标准时间)",
            "2024-Jan-05",
        ],
    ),
    (
        "compact",
        &[
            "20240105",
            "２０２４０１０５",
            "20240105.0",
            "=\"20240105\"",
            "20240105130405",
            "202401051304",
            "20240105130405123",
            "20240105130405.5",
            "20240105 13:04:05",
            "20240105T130405Z",
            "20240105130405+0800",
        ],
    ),
    (
        "minguo",
        &[
            "民国113年1月5日",
            "民國113年1月5日",
            "中華民國 113 年 1 月 5 日 13:04",
            "113年1月5日",
            "113/01/05",
            "113/1/5 下午 01:04:05",
            "113-1-5",
            "113.01.05",
            "1130105",
        ],
    ),
    ("excel", &["45296", "45296.54444", "45296.0", "45295.9999999999", "４５２９６"]),
    ("excel-1904", &["43834", "43834.5"]),
    ("unix-s", &["1704459845", "1704459845.123", "1704412800", "1704499199"]),
];

#[test]
fn every_form_of_a_format_is_read() -> Outcome {
    for (format, texts) in FIFTH {
        for text in texts {
            assert_eq!(read(format, text)?.as_deref(), Some("2024-01-05"), "{format}: {text}");
        }
    }
    for (format, text) in
        [("unix-ms", "1704459845123"), ("unix-us", "1704459845123456"), ("unix-ns", "1704459845123456789")]
    {
        assert_eq!(read(format, text)?.as_deref(), Some("2024-01-05"), "{format}");
    }
    Ok(())
}

#[test]
fn other_days_are_what_they_are() -> Outcome {
    let cases = [
        ("iso", "2024-02-29", "2024-02-29"),
        ("iso", "0001-01-01", "0001-01-01"),
        ("iso", "9999-12-31 23:59:59", "9999-12-31"),
        ("ymd-short", "68-12-31", "2068-12-31"),
        ("ymd-short", "69-01-01", "1969-01-01"),
        ("dmy", "31/12/99", "1999-12-31"),
        ("dmy", "3/4/05", "2005-04-03"),
        ("mdy", "3/4/05", "2005-03-04"),
        ("month-name", "31 Sept 2023", ""),
        ("month-name", "30 Sept 2023", "2023-09-30"),
        ("month-name", "May 1, 2024", "2024-05-01"),
        ("month-name", "31-DEC-99", "1999-12-31"),
        ("minguo", "99/12/31", "2010-12-31"),
        ("minguo", "0991231", "2010-12-31"),
        ("minguo", "1年1月1日", "1912-01-01"),
        ("excel", "1", "1900-01-01"),
        ("excel", "59", "1900-02-28"),
        ("excel", "60", ""),
        ("excel", "61", "1900-03-01"),
        ("excel", "2958465", "9999-12-31"),
        ("excel", "2958466", ""),
        ("excel-1904", "0", "1904-01-01"),
        ("excel-1904", "2957003", "9999-12-31"),
    ];
    for (format, text, expected) in cases {
        assert_eq!(read(format, text)?.unwrap_or_default(), expected, "{format}: {text}");
    }
    Ok(())
}

#[test]
fn what_is_no_date_is_not_guessed_at() -> Outcome {
    let cases: [(&str, &[&str]); 9] = [
        (
            "iso",
            &[
                "2024-02-30",
                "2023-02-29",
                "2024-13-01",
                "2024-00-05",
                "2024-01-00",
                "0000-01-05",
                "0000-00-00 00:00:00",
                "2024-01-05x",
                "2024-01-05 noon",
                "2024-01-05 25:00",
                "2024-01-05 24:00:01",
                "2024-01-05 13:60",
                "2024-01-05 13:04:61",
                "2024-01-05 13:4",
                "2024-01-05 13:04:",
                "2024-01-05 13:04:05.",
                "2024-01-05 13:04:05 XYZ",
                "2024-01-05 13:04:05+08:75",
                "2024-01-05 13:04:05Zulu",
                "2024-01-05T",
                "2024-01-05,",
                "2024-01-0513:04",
                "2024/1-5",
                "2024-1",
                "2024年1月5",
                "2024年1月",
                "24-01-05",
                "05-01-2024",
                "5/1/2024",
                "20240105",
                "2024-001-05",
                "12024-01-05",
                "113/01/05",
                "民国113年1月5日",
                "13:04",
                "13:04 2024-01-05 13:04",
                "2024/1/5 13:04 AM",
                "n/a",
                "",
                "=",
            ],
        ),
        ("dmy", &["25/13/2023", "12/25/2023", "31/4/2024", "2024-01-05", "5/1/124", "5/1/2", "1月5日2024年", "5/1"]),
        ("mdy", &["25/12/2023", "13/1/2024", "2/30/24", "5 Jan 2024"]),
        (
            "month-name",
            &["5 Jän 2024", "Janu 5 2024", "Feb 30, 2024", "5 Jan", "Jan 2024", "5 Jan 124", "2024-01-05", "March"],
        ),
        (
            "compact",
            &[
                "20241301",
                "2024010",
                "202401",
                "2024010513",
                "20240105250000",
                "20240105130460",
                "20240105x",
                "2024-01-05",
                "20240105.5",
                "00000105",
            ],
        ),
        ("minguo", &["2024/1/5", "113/13/01", "1131301", "113010", "0/1/5", "民国113年2月30日"]),
        ("excel", &["0", "-1", "45296x", "4.5E+04", "1e5", "45296.", ".5", "99999999999999999999"]),
        ("unix-s", &["0", "-1", "1704459845123", "86400", "1e9", "１x"]),
        ("unix-ms", &["1704459845", "0", "1704459845123456", "9223372036854775807", "99999999999999999999999"]),
    ];
    for (format, texts) in cases {
        for text in texts {
            assert_eq!(read(format, text)?, None, "{format}: {text}");
        }
    }
    Ok(())
}

#[test]
fn bytes_that_are_no_text_are_no_date() {
    let formats = ["iso", "dmy", "month-name", "compact", "minguo", "excel", "unix-ms"];
    let ugly: [&[u8]; 8] = [
        b"\xff\xfe2024",
        b"2024-01-05\xff",
        b"2024\xe5\xb9",
        b"\xe6\xb0\x91",
        b"------",
        b"\xef\xbc",
        b"1/2/3/4/5",
        b"(((((((((",
    ];
    for format in formats.iter().filter_map(|word| word.parse::<DateFormat>().ok()) {
        for text in ugly {
            assert_eq!(format.parse(text, Some(Zone::UTC)), None, "{} {text:?}", format.name());
        }
        assert_eq!(format.parse("9".repeat(10_000).as_bytes(), None), None);
    }
}

#[test]
fn an_offset_matters_only_where_a_zone_is_asked_for() -> Outcome {
    let cases = [
        // Written on the 5th, but the 6th in Shanghai, and the other way round in New York.
        ("iso", "2024-01-05T16:00:00Z", "Asia/Shanghai", "2024-01-06"),
        ("iso", "2024-01-05T15:59:59Z", "Asia/Shanghai", "2024-01-05"),
        ("iso", "2024-01-05 03:00:00+08:00", "UTC", "2024-01-04"),
        ("iso", "2024-01-05 24:00Z", "UTC", "2024-01-06"),
        ("iso", "2024-01-05 11:00 PM -05:00", "UTC", "2024-01-06"),
        // No offset, or an abbreviation that is none: as written.
        ("iso", "2024-01-05 23:00:00", "America/New_York", "2024-01-05"),
        ("month-name", "Fri Jan 05 23:04:05 CST 2024", "America/New_York", "2024-01-05"),
        ("month-name", "Fri, 5 Jan 2024 03:04:05 +0000", "America/New_York", "2024-01-04"),
        ("compact", "20240105T200000Z", "+08:00", "2024-01-06"),
        ("dmy", "05/01/2024 20:00:00Z", "+08:00", "2024-01-06"),
        ("unix-s", "1704470400", "Asia/Shanghai", "2024-01-06"),
        ("unix-ms", "1704470399999", "Asia/Shanghai", "2024-01-05"),
        ("excel", "45296.9", "Asia/Shanghai", "2024-01-05"),
    ];
    for (format, text, zone, expected) in cases {
        let day = format.parse::<DateFormat>()?.parse(text.as_bytes(), Some(zone.parse()?));
        assert_eq!(day.map(|day| day.to_string()).as_deref(), Some(expected), "{text} in {zone}");
    }
    Ok(())
}

#[test]
fn formats_have_names_and_words() -> Outcome {
    let cases = [
        ("iso", "YYYY-MM-DD"),
        ("YMD-short", "YY-MM-DD"),
        ("dmy", "D/M/YYYY (day first)"),
        ("mdy", "M/D/YYYY (month first)"),
        ("month-name", "D Mon YYYY"),
        ("compact", "YYYYMMDD"),
        ("minguo", "民国Y年M月D日"),
        ("excel", "Excel serial (1900)"),
        ("excel-1904", "Excel serial (1904)"),
        (" unix-s ", "Unix seconds"),
        ("unix-us", "Unix microseconds"),
    ];
    for (word, name) in cases {
        let format: DateFormat = word.parse()?;
        assert_eq!(format.name(), name);
        assert_eq!(format.word().parse::<DateFormat>()?, format);
    }
    let han = DateFormat::Numbers { order: DateOrder::YearFirst, mark: Mark::Han, year: YearDigits::Four };
    let short = DateFormat::Numbers { order: DateOrder::MonthFirst, mark: Mark::Slash, year: YearDigits::Two };
    assert_eq!([han.name(), short.name()], ["YYYY年M月D日", "M/D/YY (month first)"]);
    let problem = "ddmmyy".parse::<DateFormat>().err().map(|problem| problem.to_string()).unwrap_or_default();
    assert!(problem.contains("`ddmmyy`") && problem.contains("unix-ms") && problem.contains("excel-1904"), "{problem}");
    Ok(())
}

fn one<T: Copy + Default>(value: T) -> Values<T> {
    Values::collect([Some(value)])
}

#[test]
fn typed_columns_give_their_calendar_day() -> Outcome {
    let stamp = |ticks, unit, zone| Cells::Stamp { values: one(ticks), unit, zone };
    let tokyo: Zone = "Asia/Tokyo".parse()?;
    // 2024-01-05T15:30Z is half past midnight of the 6th in Tokyo.
    let late = 1_704_468_600;
    let cases = [
        (stamp(-1, TimeUnit::Nanoseconds, None), "iso", None, "1969-12-31"),
        (stamp(86_400_000, TimeUnit::Milliseconds, None), "iso", None, "1970-01-02"),
        (stamp(late, TimeUnit::Seconds, None), "iso", Some(tokyo), "2024-01-05"),
        (stamp(late, TimeUnit::Seconds, Some(Zone::UTC)), "iso", None, "2024-01-05"),
        (stamp(late, TimeUnit::Seconds, Some(tokyo)), "iso", None, "2024-01-06"),
        (stamp(late, TimeUnit::Seconds, Some(Zone::UTC)), "iso", Some(tokyo), "2024-01-06"),
        (stamp(i64::MAX, TimeUnit::Microseconds, None), "iso", None, ""),
        (stamp(i64::MIN, TimeUnit::Seconds, Some(tokyo)), "iso", None, ""),
        (Cells::Day(one(19_727)), "dmy", None, "2024-01-05"),
        (Cells::Day(one(i32::MAX)), "iso", None, ""),
        (Cells::Int(one(20_240_105)), "compact", None, "2024-01-05"),
        (Cells::Int(one(20_240_105)), "iso", None, "2024-01-05"),
        (Cells::Int(one(20_240_105_130_405)), "compact", None, "2024-01-05"),
        (Cells::Int(one(20_240_105_250_405)), "compact", None, ""),
        (Cells::Int(one(12)), "iso", None, ""),
        (Cells::Int(one(45_296)), "excel", None, "2024-01-05"),
        (Cells::Int(one(43_834)), "excel-1904", None, "2024-01-05"),
        (Cells::Int(one(i64::MIN)), "excel", None, ""),
        (Cells::Int(one(1_130_105)), "minguo", None, "2024-01-05"),
        (Cells::Int(one(late)), "unix-s", None, "2024-01-05"),
        (Cells::Int(one(late * 1_000)), "unix-ms", Some(tokyo), "2024-01-06"),
        (Cells::Int(one(late)), "unix-ms", None, ""),
        (Cells::Float(one(45_296.75)), "excel", None, "2024-01-05"),
        (Cells::Float(one(45_295.999_999_999)), "excel", None, "2024-01-05"),
        (Cells::Float(one(20_240_105.0)), "compact", None, "2024-01-05"),
        (Cells::Float(one(20_240_105.5)), "compact", None, ""),
        (Cells::Float(one(1_704_459_845.25)), "unix-s", None, "2024-01-05"),
        (Cells::Float(one(f64::NAN)), "excel", None, ""),
        (Cells::Float(one(f64::INFINITY)), "unix-s", None, ""),
        (Cells::Decimal { values: one(4_529_675), scale: 2 }, "excel", None, "2024-01-05"),
        (Cells::Decimal { values: one(20_240_105), scale: 0 }, "compact", None, "2024-01-05"),
        (Cells::Decimal { values: one(i128::MAX), scale: 38 }, "compact", None, ""),
    ];
    for (cells, format, zone, expected) in cases {
        let day = day_of(&cells, 0, format.parse()?, zone).map(|day| day.to_string());
        assert_eq!(day.unwrap_or_default(), expected, "{cells:?} as {format}");
    }
    assert_eq!(day_of(&Cells::Int(Values::collect([None])), 0, DateFormat::Compact, None), None);
    Ok(())
}

#[test]
fn the_zone_of_an_option_is_refused_where_it_is_none() {
    assert!(matches!("Mars/Base".parse::<Zone>(), Err(NotAZone { .. })));
}
