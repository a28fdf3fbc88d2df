use super::super::super::batch::Values;
use super::*;

const POINT: NumberFormat = NumberFormat { mark: DecimalMark::Point, grouping: Grouping::None, power: 0 };
const COMMA: NumberFormat = NumberFormat { mark: DecimalMark::Comma, grouping: Grouping::None, power: 0 };

/// A number with its currency in one line, or the error.
fn read(format: NumberFormat, text: &str) -> String {
    match format.parse(text.as_bytes()) {
        Ok(Number { value, currency: None }) => value.to_string(),
        Ok(Number { value, currency: Some(currency) }) => format!("{value} {currency}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn numbers_with_a_point_are_read() {
    let cases = [
        ("-1234.50", "-1234.50"),
        ("0", "0"),
        ("12.", "12"),
        (".05", "0.05"),
        ("+7", "7"),
        (" -0.5 ", "-0.5"),
        ("00123", "123"),
        ("999999999999999999", "999999999999999999"),
        ("1000000000000000000", "1000000000000000000"),
        ("123456789012345678901234567890.12", "123456789012345678901234567890.12"),
        ("1e3", "1000"),
        ("2.5E-1", "0.25"),
        ("1.5e+2", "150"),
        ("=\"12.50\"", "12.50"),
        ("'12.50", "12.50"),
        ("12.50\t", "12.50"),
        ("1,234.50", "1234.50"),
        ("1,234", "1234"),
        ("12,345,678", "12345678"),
        ("1,23,456.00", "123456.00"),
        ("12,34,567", "1234567"),
        ("123,4567.00", "1234567.00"),
        ("1,2345,6789", "123456789"),
        ("1'234.50", "1234.50"),
        ("1’234’567.50", "1234567.50"),
        ("1 234.50", "1234.50"),
        ("1\u{a0}234\u{a0}567", "1234567"),
        ("1\u{2009}234.5", "1234.5"),
        ("1\u{202f}234.5", "1234.5"),
        ("１２３．４５", "123.45"),
        ("－１，２３４．５０", "-1234.50"),
        ("\u{2212}12.50", "-12.50"),
        ("12.00-", "-12.00"),
        ("12.00 -", "-12.00"),
        ("(12.00)", "-12.00"),
        ("（12.00）", "-12.00"),
        ("(1,234.50)", "-1234.50"),
        ("12.-", "12"),
        ("12.--", "12"),
        ("1.2万", "12000"),
        ("1.2 万", "12000"),
        ("3亿", "300000000"),
        ("1.5萬", "15000"),
        ("1.23456万", "12345.6"),
        ("-3千", "-3000"),
        ("2千万", "20000000"),
        ("1万亿", "1000000000000"),
        ("1,234.5万", "12345000"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(POINT, text), expected, "{text}");
    }
}

#[test]
fn numbers_with_a_currency_are_read() {
    let cases = [
        ("¥1,234.50", "1234.50 CNY"),
        ("￥12", "12 CNY"),
        ("-¥12.50", "-12.50 CNY"),
        ("¥-12.50", "-12.50 CNY"),
        ("¥ 12.50", "12.50 CNY"),
        ("(¥12.50)", "-12.50 CNY"),
        ("¥(12.50)", "-12.50 CNY"),
        ("¥12.50-", "-12.50 CNY"),
        ("12.50元", "12.50 CNY"),
        ("12.50 元", "12.50 CNY"),
        ("１２．５０元", "12.50 CNY"),
        ("¥12.50元", "12.50 CNY"),
        ("1.2万元", "12000 CNY"),
        ("¥1.2万", "12000 CNY"),
        ("人民币 12.50", "12.50 CNY"),
        ("RMB 12.50", "12.50 CNY"),
        ("RMB12.50", "12.50 CNY"),
        ("12.50 cny", "12.50 CNY"),
        ("CNY ¥12.50", "12.50 CNY"),
        ("1,200円", "1200 JPY"),
        ("¥1,200 JPY", "1200 JPY"),
        ("JPY ￥1,200", "1200 JPY"),
        ("$12.50", "12.50 USD"),
        ("-$12.50", "-12.50 USD"),
        ("$-12.50", "-12.50 USD"),
        ("($12.50)", "-12.50 USD"),
        ("US$12.50", "12.50 USD"),
        ("12.50 USD", "12.50 USD"),
        ("USD-12.50", "-12.50 USD"),
        ("$12.50 CAD", "12.50 CAD"),
        ("HK$ 12.50", "12.50 HKD"),
        ("NT$1,200", "1200 TWD"),
        ("NT$1,200元", "1200 TWD"),
        ("A$5", "5 AUD"),
        ("C$5", "5 CAD"),
        ("R$5", "5 BRL"),
        ("€12.50", "12.50 EUR"),
        ("12.50EUR", "12.50 EUR"),
        ("12.50 €", "12.50 EUR"),
        ("£.50", "0.50 GBP"),
        ("₹1,23,456.00", "123456.00 INR"),
        ("Rs. 500", "500 INR"),
        ("₩12,000", "12000 KRW"),
        ("CHF 1'234.50", "1234.50 CHF"),
        ("Fr. 5.-", "5 CHF"),
        ("5 kr", "5 kr"),
        ("5 kr SEK", "5 SEK"),
        ("12 zł", "12 PLN"),
        ("1e3 USD", "1000 USD"),
        ("US$ 1.5亿", "150000000 USD"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(POINT, text), expected, "{text}");
    }
}

#[test]
fn numbers_with_a_comma_are_read() {
    let cases = [
        ("-1234,50", "-1234.50"),
        ("12,5", "12.5"),
        ("1.234,50", "1234.50"),
        ("1.234.567,5", "1234567.5"),
        ("1.234", "1234"),
        ("1,234", "1.234"),
        ("0,123", "0.123"),
        (",5", "0.5"),
        ("1 234,50 €", "1234.50 EUR"),
        ("1'234,50", "1234.50"),
        ("(1.234,50)", "-1234.50"),
        ("1.234,50-", "-1234.50"),
        ("12,- €", "12 EUR"),
        ("R$ 1.234,56", "1234.56 BRL"),
        ("1.234,50 zł", "1234.50 PLN"),
        ("１．２３４，５０", "1234.50"),
        ("1,2万", "12000"),
        ("1,5e3", "1500"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(COMMA, text), expected, "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    let neither = [
        "",
        " ",
        "-",
        ".",
        "..",
        "1.2.3",
        "abc",
        "e5",
        "1e",
        "--1",
        "+-1",
        "1--",
        "-1-",
        "1 2",
        "1 2345",
        "NaN",
        "inf",
        "12%",
        "%",
        "12pcs",
        "12k",
        "x12",
        "12 13",
        "(12",
        "12)",
        "()",
        "(-12)",
        "-(12)",
        "((12))",
        "¥",
        "¥-",
        "$12€",
        "¥12 USD",
        "$5元",
        "XYZ 5",
        "12元角",
        "万",
        "1万千",
        "1万万",
        "1亿2000万",
        "1'23",
        "1''234",
        "1,234'567",
        "1,234 567.00",
        "12..-",
        "0x12",
        "1_000",
        "12 - 13",
        "2024-01-05",
        "１２％",
        "½",
        "٣",
        "12.50 RMBx",
        "12,34.5.6",
        "1,,234",
        ",",
        "'",
        "12:30",
        "#N/A",
    ];
    for text in neither {
        assert_eq!(read(POINT, text), "not a number", "{text}");
        assert_eq!(read(COMMA, text), "not a number", "{text}");
    }
    let not_with_point = [
        "12,5",
        "1,23",
        "1234,567",
        "0,123",
        "1,2345",
        "1.234,50",
        "1.234.567",
        "1,234,56",
        "12,3456",
        "1234,567.00",
        "12,345,6789",
    ];
    for text in not_with_point {
        assert_eq!(read(POINT, text), "not a number", "{text}");
    }
    for text in ["12.5", "1,234.50", "1234.567", "0.123", "1,234,567", "1.23.456,00", "12.3456,0"] {
        assert_eq!(read(COMMA, text), "not a number", "{text}");
    }
    for bytes in [&b"\xff"[..], b"12\xff", b"\xc2\xa5", b"\xe5\x85\x8312", b"\xe5\x85"] {
        let _ = POINT.parse(bytes);
    }
    assert_eq!(POINT.parse(b"12\xff"), Err(DecimalError::NotANumber));
}

#[test]
fn what_does_not_fit_is_told_apart() {
    let nines = "9".repeat(40);
    for text in [nines.as_str(), "1e50", "1e37", "1e61", &"1".repeat(500), "99999999999999999999999999999999999亿"] {
        assert_eq!(read(POINT, text), "out of the range that is kept exactly", "{text}");
    }
    assert_eq!(read(POINT, &format!("¥{nines}")), "out of the range that is kept exactly");
    let cents = NumberFormat { power: -2, ..POINT };
    assert_eq!(read(cents, "1e-60"), format!("0.{}1", "0".repeat(61)));
}

#[test]
fn the_header_s_unit_is_a_factor() {
    let with = |power| NumberFormat { power, ..POINT };
    let cases = [
        (4, "1.2", "12000"),
        (4, "1.23456", "12345.6"),
        (4, "¥1.2万", "120000000 CNY"),
        (3, "-5", "-5000"),
        (-2, "1250", "12.50"),
        (-2, "-5", "-0.05"),
        (-2, "(5)", "-0.05"),
        (0, "12.50", "12.50"),
    ];
    for (power, text, expected) in cases {
        assert_eq!(read(with(power), text), expected, "{text} at {power}");
    }
    let unit = unit_of_header("金额(万元)").map(|unit| POINT.with_unit(unit));
    assert_eq!(unit, Some(with(4)));
    assert_eq!(with(4).name(), "1234.50 × 10000");
    assert_eq!(with(-2).name(), "1234.50 ÷ 100");
    assert_eq!(NumberFormat { grouping: Grouping::Point, ..COMMA }.name(), "1.234,50");
}

#[test]
fn typed_cells_are_numbers_too() -> Result<(), DecimalError> {
    fn one<T: Copy + Default>(value: T) -> Values<T> {
        Values::collect([Some(value)])
    }
    let mut texts = super::super::super::batch::TextBuilder::with_capacity(4, 8);
    for text in ["¥12.50", " ", "NULL", "x"] {
        texts.push(text.as_bytes());
    }
    texts.push_missing();
    let texts = Cells::Text(texts.finish());
    assert_eq!(decimal_of(&texts, 0, POINT)?.map(|number| number.value.to_string()).as_deref(), Some("12.50"));
    for row in [1, 2, 4] {
        assert_eq!(decimal_of(&texts, row, POINT), Ok(None), "{row}");
    }
    assert_eq!(decimal_of(&texts, 3, POINT), Err(DecimalError::NotANumber));
    let cents = NumberFormat { power: -2, ..POINT };
    let cases = [
        (Cells::Int(one(1_250)), "12.50"),
        (Cells::Float(one(1_250.0)), "12.50"),
        (Cells::Decimal { values: one(12_500), scale: 1 }, "12.500"),
    ];
    for (cells, expected) in cases {
        assert_eq!(decimal_of(&cells, 0, cents)?.map(|number| number.value.to_string()).as_deref(), Some(expected));
    }
    assert_eq!(decimal_of(&Cells::Float(one(f64::NAN)), 0, POINT), Ok(None));
    assert!(decimal_of(&Cells::Float(one(f64::INFINITY)), 0, POINT).is_err());
    assert_eq!(decimal_of(&Cells::Int(Values::collect([None])), 0, POINT), Ok(None));
    assert_eq!(decimal_of(&Cells::Day(one(1)), 0, POINT), Err(DecimalError::NotANumber));
    Ok(())
}

#[test]
fn marks_are_named() -> Result<(), NotADecimalMark> {
    assert_eq!("comma".parse::<DecimalMark>()?, DecimalMark::Comma);
    assert_eq!(" Point".parse::<DecimalMark>()?, DecimalMark::Point);
    assert_eq!(",".parse::<DecimalMark>()?, DecimalMark::Comma);
    assert!("dot".parse::<DecimalMark>().is_err_and(|problem| problem.to_string().contains("`comma`")));
    Ok(())
}
