use super::*;

const NO_HINT: DateHint = DateHint { named_date: false, minguo: false };
const NAMED: DateHint = DateHint { named_date: true, minguo: false };

fn observed<'a>(cells: impl IntoIterator<Item = &'a str>) -> DateEvidence {
    let mut evidence = DateEvidence::default();
    cells.into_iter().for_each(|cell| evidence.observe(cell.as_bytes()));
    evidence
}

/// The decision in one line: `name read/of evidence`, `? name | name example`, `-`.
fn line(decision: &DateDecision) -> String {
    match decision {
        DateDecision::Decided { format, read, of, evidence } => format!("{} {read}/{of} {evidence}", format.name()),
        DateDecision::Ambiguous { readings, example } => {
            let names: Vec<String> = readings.iter().map(|format| format.name()).collect();
            format!("? {} {example}", names.join(" | "))
        }
        DateDecision::None => "-".to_owned(),
    }
}

fn decided(cells: &[&str], hint: DateHint) -> String {
    line(&observed(cells.iter().copied()).decide(None, hint))
}

#[test]
fn the_column_decides() {
    let cases: [(&[&str], &str); 20] = [
        (&["2024-01-05", "NULL", "", " ", "2024-01-06"], "YYYY-MM-DD 2/2 year first: `2024-01-05`"),
        (&["2024-01-05", "2024/1/5", "2024/1/6"], "YYYY/M/D 3/3 year first: `2024/1/5`"),
        (&["2024年1月5日"], "YYYY年M月D日 1/1 year first: `2024年1月5日`"),
        (&["5/1/2024", "25/12/2023"], "D/M/YYYY (day first) 2/2 day first: `25/12/2023` cannot be month first"),
        (
            &["5/1/24 10:00", "12/25/23 11:30 PM"],
            "M/D/YY (month first) 2/2 month first: `12/25/23 11:30 PM` cannot be day first",
        ),
        (&["05.01.2024", "31.01.2024"], "D.M.YYYY (day first) 2/2 day first: `31.01.2024` cannot be month first"),
        (&["1-5-2024", "1-13-2024"], "M-D-YYYY (month first) 2/2 month first: `1-13-2024` cannot be day first"),
        (
            &["25/12/2023", "26/12/2023", "5/1/2024", "12/25/2023"],
            "D/M/YYYY (day first) 3/4 day first: `25/12/2023` cannot be month first; `12/25/2023` contradicts it and is not read",
        ),
        (
            &["12/25/2023", "12/26/2023", "12/27/2023", "25/12/2023", "26/12/2023"],
            "M/D/YYYY (month first) 3/5 month first: `12/25/2023` cannot be day first; 2 values such as `25/12/2023` contradict it and are not read",
        ),
        (&["5/1/2024", "1/5/2024"], "? D/M/YYYY (day first) | M/D/YYYY (month first) 5/1/2024"),
        (&["25/12/2023", "12/25/2023"], "? D/M/YYYY (day first) | M/D/YYYY (month first) 25/12/2023"),
        (&["5 Jan 2024", "06-FEB-24"], "D Mon YYYY 2/2 the month is a word: `5 Jan 2024`"),
        (&["Jan 5, 2024"], "Mon D, YYYY 1/1 the month is a word: `Jan 5, 2024`"),
        (&["20240105", "=\"20240229\""], "YYYYMMDD 2/2 year, month and day without marks: `20240105` is 2024-01-05"),
        (
            &["20240105 13:04:05", "20240106 09:00:00"],
            "YYYYMMDD 2/2 year, month and day without marks: `20240105 13:04:05` is 2024-01-05",
        ),
        (&["1704459845", "1704559845"], "Unix seconds 2/2 seconds since 1970: `1704459845` is 2024-01-05"),
        (
            &["1704459845123", "1714459845123"],
            "Unix milliseconds 2/2 milliseconds since 1970: `1704459845123` is 2024-01-05",
        ),
        (
            &["民國113年1月5日", "113/02/05", "99/12/31"],
            "民国Y年M月D日 3/3 Minguo years: `民國113年1月5日` is 2024-01-05",
        ),
        (&["113年1月5日"], "民国Y年M月D日 1/1 Minguo years: `113年1月5日` is 2024-01-05"),
        (&["2024-01-05", "x", "2024-01-07", "2024-02-30"], "YYYY-MM-DD 2/4 year first: `2024-01-05`"),
    ];
    for (cells, expected) in cases {
        assert_eq!(decided(cells, NO_HINT), expected, "{cells:?}");
    }
}

#[test]
fn ids_amounts_and_words_are_no_dates() {
    let counted_up: Vec<String> = (0..500).map(|number| (1_700_000_000 + number).to_string()).collect();
    let counted_up: Vec<&str> = counted_up.iter().map(String::as_str).collect();
    let cases: [&[&str]; 16] = [
        &[],
        &["", "NULL"],
        &["45296", "45297"],
        &["12.50", "1.5", "20240105"],
        &["13800138000", "13912345678"],
        &["2125551234", "3105551234", "9175551234"],
        &["1130105", "1130106"],
        &["20240105", "20249999"],
        &["20240001", "20240002"],
        &["30240105", "30240106"],
        &["113/01/05"],
        &["note 2024-01-05", "x"],
        &["2024-01-05", "x", "y"],
        &["6901234567892", "6921168509256"],
        &["3017620422003", "3168930010265"],
        &counted_up,
    ];
    for cells in cases {
        assert_eq!(decided(cells, NO_HINT), "-", "{:?}", cells.get(..4).unwrap_or(cells));
    }
}

#[test]
fn a_header_that_names_a_date_lets_numbers_be_one() {
    assert_eq!(
        decided(&["45296", "45297.5", "x"], NAMED),
        "Excel serial (1900) 2/3 days as Excel counts them: `45296` is 2024-01-05"
    );
    assert_eq!(decided(&["113/01/05", "99/12/31"], NAMED), "民国Y年M月D日 2/2 Minguo years: `113/01/05` is 2024-01-05");
    assert_eq!(decided(&["12", "500"], NAMED), "-");
    // 2068: with the header's word for it these are instants.
    assert_eq!(decided(&["3105551234", "0"], NAMED), "Unix seconds 1/2 seconds since 1970: `3105551234` is 2068-05-29");
    assert_eq!(decided(&["2024-01-05", "45296"], NAMED), "YYYY-MM-DD 1/2 year first: `2024-01-05`");
    let minguo = DateHint { named_date: false, minguo: true };
    assert_eq!(decided(&["1130105", "0991231"], minguo), "民国Y年M月D日 2/2 Minguo years: `1130105` is 2024-01-05");
    assert_eq!(decided(&["99/12/31"], minguo), "民国Y年M月D日 1/1 Minguo years: `99/12/31` is 2010-12-31");
    assert_eq!(decided(&["2024/12/31"], minguo), "YYYY/M/D 1/1 year first: `2024/12/31`");
}

#[test]
fn a_person_decides_the_order_where_values_do_not() {
    let evidence = observed(["5/1/2024", "6/1/2024"]);
    let asked = |evidence: &DateEvidence, order| line(&evidence.decide(Some(order), NO_HINT));
    assert_eq!(asked(&evidence, DateOrder::DayFirst), "D/M/YYYY (day first) 2/2 day first, as asked");
    assert_eq!(asked(&evidence, DateOrder::MonthFirst), "M/D/YYYY (month first) 2/2 month first, as asked");
    let evidence = observed(["5/1/2024", "25/12/2023", "4/1/2024"]);
    assert_eq!(
        asked(&evidence, DateOrder::MonthFirst),
        "M/D/YYYY (month first) 2/3 month first, as asked; `25/12/2023` contradicts it and is not read"
    );
    assert_eq!(asked(&observed(["2024-01-05"]), DateOrder::DayFirst), "YYYY-MM-DD 1/1 year first: `2024-01-05`");
    assert_eq!(asked(&observed(["24-01-05"]), DateOrder::YearFirst), "YY-MM-DD 1/1 year first, as asked");
}

#[test]
fn short_years_are_told_by_how_little_they_vary() {
    let dates = |write: fn(u32, u32, u32) -> String| {
        let texts: Vec<String> = (0..300).map(|n| write(22 + n % 3, n * 5 % 12 + 1, n * 11 % 28 + 1)).collect();
        let mut evidence = DateEvidence::default();
        for text in &texts {
            evidence.observe(text.as_bytes());
        }
        line(&evidence.decide(None, NO_HINT))
    };
    assert_eq!(
        dates(|year, month, day| format!("{year}-{month:02}-{day:02}")),
        "YY-MM-DD 300/300 year first: its first numbers are 3 different ones, its last 28"
    );
    assert_eq!(
        dates(|year, month, day| format!("{day:02}/{month:02}/{year}")),
        "D/M/YY (day first) 300/300 day first: its last numbers, 3 different ones, are the years"
    );
    assert_eq!(decided(&["24-01-05", "24-01-15"], NO_HINT), "? D-M-YY (day first) | YY-MM-DD 24-01-05");
    assert_eq!(decided(&["99-01-05"], NO_HINT), "YY-MM-DD 1/1 year first: `99-01-05` cannot be day first");
}

#[test]
fn a_column_is_settled_once_more_cells_would_not_matter() {
    let iso = observed(std::iter::repeat_n("2024-01-05", 999));
    assert!(!iso.is_settled());
    assert!(observed(std::iter::repeat_n("2024-01-05", 1_000)).is_settled());
    assert!(!observed(std::iter::repeat_n("5/1/2024", 100_000)).is_settled());
    let mut told = observed(std::iter::repeat_n("5/1/2024", 5_000));
    (0..19).for_each(|_| told.observe(b"25/12/2023"));
    assert!(!told.is_settled());
    told.observe(b"25/12/2023");
    assert!(told.is_settled());
    (0..3).for_each(|_| told.observe(b"12/25/2023"));
    assert!(!told.is_settled());
}

#[test]
fn numbers_of_typed_columns_are_evidence_too() {
    let values = crate::data::batch::Values::collect([Some(20_240_105), None, Some(20_240_106)]);
    let mut evidence = DateEvidence::default();
    let cells = Cells::Int(values);
    (0..3).for_each(|row| evidence.observe_cell(&cells, row));
    assert!(line(&evidence.decide(None, NO_HINT)).starts_with("YYYYMMDD 2/2 "));
    assert_eq!(evidence.filled(), 2);
}

#[test]
fn examples_are_short_and_whole_characters() {
    let long = format!("2024年1月5日 13:04:05 GMT+0800 ({})", "中国标准时间".repeat(50));
    let shown = decided(&[&long], NO_HINT);
    assert!(shown.contains("2024年1月5日") && shown.len() < 200, "{shown}");
}
