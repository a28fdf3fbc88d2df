use super::*;

fn observed<'a>(cells: impl IntoIterator<Item = &'a str>) -> NumberEvidence {
    let mut evidence = NumberEvidence::default();
    cells.into_iter().for_each(|cell| evidence.observe(cell.as_bytes()));
    evidence
}

fn line(decision: &NumberDecision) -> String {
    format!("{} {}/{} {}", decision.format.name(), decision.read, decision.of, decision.evidence)
}

#[test]
fn the_column_decides_the_mark() {
    let cases: [(&[&str], &str); 17] = [
        (&["1.234,50", "7"], "1.234,50 2/2 decimal comma: `1.234,50`"),
        (&["12,5"], "1234,50 1/1 decimal comma: `12,5`"),
        (&["1,234.50"], "1,234.50 1/1 decimal point: `1,234.50`"),
        (&["12.5", "1,234"], "1,234.50 2/2 decimal point: `12.5`"),
        (&["1,234", "12,345"], "1,234.50 2/2 no value tells the decimal mark: `1,234` taken as thousands"),
        (&["1.234"], "1234.50 1/1 no value tells the decimal mark: `1.234` taken as a decimal point"),
        (&["1.234", "1,5", "2.000"], "1.234,50 3/3 decimal comma: `1,5`"),
        (&["1,234,567"], "1,234.50 1/1 decimal point: `1,234,567`"),
        (&["1.234.567"], "1.234,50 1/1 decimal comma: `1.234.567`"),
        (&["0,125"], "1234,50 1/1 decimal comma: `0,125`"),
        (&["1'234.50"], "1'234.50 1/1 decimal point: `1'234.50`"),
        (&["1\u{202f}234,50 €"], "1 234,50 1/1 decimal comma: `1 234,50 €`"),
        (&["12", "-5", "", "NULL", "¥3"], "1234.50 3/3 no decimals"),
        (&["12", "abc"], "1234.50 1/2 no decimals"),
        (&["１２，５"], "1234,50 1/1 decimal comma: `12,5`"),
        (&["12.5", "13.5", "12,5"], "1234.50 2/3 decimal point: `12.5`; `12,5` contradicts it and is not read"),
        (
            &["12,5", "13,5", "14,5", "12.5", "13.5"],
            "1234,50 3/5 decimal comma: `12,5`; 2 values such as `12.5` contradict it and are not read",
        ),
    ];
    for (cells, expected) in cases {
        assert_eq!(line(&observed(cells.iter().copied()).decide(None)), expected, "{cells:?}");
    }
    assert_eq!(line(&observed([]).decide(None)), "1234.50 0/0 no decimals");
}

#[test]
fn a_person_decides_the_mark() {
    let evidence = observed(["1,234", "12.5"]);
    assert_eq!(
        line(&evidence.decide(Some(DecimalMark::Comma))),
        "1234,50 1/2 decimal comma, as asked; `12.5` contradicts it and is not read"
    );
    assert_eq!(line(&evidence.decide(Some(DecimalMark::Point))), "1,234.50 2/2 decimal point, as asked");
}

#[test]
fn currencies_are_counted() {
    let decision = observed(["¥5", "$6", "7元", "8", "HK$9", "x"]).decide(None);
    let counts: Vec<_> = decision.currencies.iter().map(|(currency, count)| (currency.code(), *count)).collect();
    assert_eq!(counts, [("CNY", 2), ("USD", 1), ("HKD", 1)]);
}

#[test]
fn a_column_is_settled_once_more_cells_would_not_matter() {
    assert!(observed(std::iter::repeat_n("12.50", 1_000)).is_settled());
    assert!(!observed(std::iter::repeat_n("12.50", 999)).is_settled());
    assert!(!observed(std::iter::repeat_n("1,234", 10_000)).is_settled());
    assert!(!observed(std::iter::repeat_n("12.50", 800).chain(std::iter::repeat_n("12,50", 200))).is_settled());
}
