//! Numbers, money and shares as people read them. Exact forms keep every digit; short forms fit a cell.

use crate::lang;
use crate::model::money::{Decimal, Money, Scale};
use crate::tr;

/// A count with thousands separators: `23,570`.
#[must_use]
pub fn count(number: impl Into<i128>) -> String {
    let number = number.into();
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(&number.unsigned_abs().to_string()))
}

/// A count with what is counted, one of them without its plural: `1 row`, `2,999 customers`, `2,999 位客户`.
#[must_use]
pub fn counted(number: impl Into<i128>, what: &str) -> String {
    let number = number.into();
    // The catalogues have the noun with its measure word, which is the same for one and for many.
    if lang::current() != lang::Language::English
        && let Some(noun) = lang::translation(&format!("counted|{what}"))
    {
        return format!("{} {noun}", count(number));
    }
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", count(number))
}

/// Money with thousands separators and all its decimals: `2,500,315.63`.
#[must_use]
pub fn money(minor: impl Into<i128>, scale: Scale) -> String {
    let text = Money::new(minor, scale).to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    match digits.split_once('.') {
        Some((units, rest)) => format!("{sign}{}.{rest}", grouped(units)),
        None => format!("{sign}{}", grouped(digits)),
    }
}

/// A decimal with thousands separators, where it has no more decimals than money has.
#[must_use]
pub fn decimal(value: Decimal) -> String {
    let scale = Scale::new(value.decimals);
    if scale.decimals() == value.decimals { money(value.mantissa, scale) } else { value.to_string() }
}

/// A difference with its sign, `+1,234`, from how its size and a minus are written; `0` stays without.
#[must_use]
pub fn signed(difference: impl Into<i128>, text: String) -> String {
    if difference.into() > 0 { format!("+{text}") } else { text }
}

/// The difference of two shares in points with one decimal, `+1.2`; empty where there is nothing to share.
#[must_use]
pub fn points(now: (i128, i128), before: (i128, i128)) -> String {
    if now.1 == 0 || before.1 == 0 {
        return String::new();
    }
    let mills = |(part, whole): (i128, i128)| rounded(part * 1_000, whole);
    let difference = mills(now) - mills(before);
    let size = difference.unsigned_abs();
    signed(difference, format!("{}{}.{}", if difference < 0 { "-" } else { "" }, size / 10, size % 10))
}

/// A share in percent with one decimal, `12.3%`; `–` where there is nothing to share.
#[must_use]
pub fn share(part: impl Into<i128>, whole: impl Into<i128>) -> String {
    let (part, whole) = (part.into(), whole.into());
    if whole == 0 {
        return "–".to_owned();
    }
    let mills = rounded(part * 1_000, whole);
    let sign = if mills < 0 { "-" } else { "" };
    format!("{sign}{}.{}%", mills.unsigned_abs() / 10, mills.unsigned_abs() % 10)
}

/// A fraction as a number, for files: 0.1234, or 0 where there is nothing to share.
#[must_use]
pub fn fraction(part: impl Into<i128>, whole: impl Into<i128>) -> f64 {
    let (part, whole) = (part.into(), whole.into());
    if whole == 0 {
        return 0.0;
    }
    rounded(part * 1_000_000, whole) as f64 / 1e6
}

/// Division rounded half away from zero.
#[must_use]
pub fn rounded(numerator: i128, denominator: i128) -> i128 {
    let half = denominator.abs() / 2;
    let sign = numerator.signum() * denominator.signum();
    sign * ((numerator.abs() + half) / denominator.abs())
}

/// What short forms count in: the largest unit first, and how many of a unit make the next one.
struct Units {
    steps: [(i128, &'static str); 4],
    apart: i128,
}

impl Units {
    /// Powers of a thousand, or of ten thousand as Chinese has them.
    fn of_language() -> Self {
        const WAN: i128 = 10_000;
        if lang::current().is_chinese() {
            let steps = [
                (WAN.pow(4), tr!("unit" | "10^16")),
                (WAN.pow(3), tr!("unit" | "10^12")),
                (WAN.pow(2), tr!("unit" | "10^8")),
                (WAN, tr!("unit" | "10^4")),
            ];
            return Self { steps, apart: WAN };
        }
        let steps = [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")];
        Self { steps, apart: 1_000 }
    }

    /// The largest unit of which a size, rounded to so many of the smaller unit, is one at least.
    fn of(&self, size: i128) -> Option<(i128, &'static str)> {
        self.steps.into_iter().find(|(unit, _)| size >= unit - unit / (2 * self.apart))
    }
}

/// A whole number in few characters: `950`, `9,999`, `12.3k`, `4.56M`; in Chinese `9,999`, `1.23万`, `1,234万`, `1.23亿`.
#[must_use]
pub fn short(number: impl Into<i128>) -> String {
    let number = number.into();
    let sign = if number < 0 { "-" } else { "" };
    let size = number.abs();
    let Some((unit, word)) = Units::of_language().of(size).filter(|_| size >= 10_000) else { return count(number) };
    // Three digits, or more without decimals: the point goes where they end.
    for (decimals, most) in [(2, 10), (1, 100)] {
        let factor = 10i128.pow(decimals);
        let scaled = rounded(size * factor, unit);
        if scaled < most * factor {
            let point = decimals as usize;
            return format!("{sign}{}.{:0point$}{word}", scaled / factor, scaled % factor);
        }
    }
    format!("{sign}{}{word}", grouped(&rounded(size, unit).to_string()))
}

/// Columns of the screen that [`short`] takes at most, with a sign, of what sums of money come to: `-9,999`, `-1,234万`.
#[must_use]
pub fn short_width() -> u16 {
    if lang::current().is_chinese() { 8 } else { 6 }
}

/// A number that is not below zero in three characters where that can be, rounded: `950`, `12k`, `3M`, `12万`; empty where
/// it is below zero or beyond all units.
#[must_use]
pub fn rough(number: impl Into<i128>) -> String {
    let number = number.into();
    let units = Units::of_language();
    match units.of(number) {
        _ if number < 0 => String::new(),
        None => number.to_string(),
        Some((unit, word)) => {
            let scaled = rounded(number, unit);
            if scaled < units.apart { format!("{scaled}{word}") } else { String::new() }
        }
    }
}

/// Money without its decimals, short: `8.91M`.
#[must_use]
pub fn short_money(minor: impl Into<i128>, scale: Scale) -> String {
    let minor = minor.into();
    let factor = i128::from(scale.factor());
    if minor.abs() < 100 * factor && scale > Scale::UNITS {
        let cents = rounded(minor * 100, factor);
        return money(cents, Scale::CENTS);
    }
    short(rounded(minor, factor))
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Language;
    use crate::show::text::width;

    #[test]
    fn exact_forms_keep_every_digit() {
        assert_eq!(count(23_570), "23,570");
        assert_eq!(count(-1_000), "-1,000");
        assert_eq!([0, 1, 2_999].map(|number| counted(number, "row")), ["0 rows", "1 row", "2,999 rows"]);
        assert_eq!(money(250_031_563, Scale::CENTS), "2,500,315.63");
        assert_eq!(money(-12, Scale::CENTS), "-0.12");
    }

    #[test]
    fn short_forms_keep_three_digits() {
        let cases = [
            (0, "0"),
            (9_999, "9,999"),
            (10_000, "10.0k"),
            (12_345, "12.3k"),
            (99_950, "100k"),
            (999_499, "999k"),
            (999_500, "1.00M"),
            (8_911_408, "8.91M"),
            (-1_234_567, "-1.23M"),
            (1_234_567_890, "1.23G"),
        ];
        for (number, text) in cases {
            assert_eq!(short(number), text);
        }
        assert_eq!(short_money(38_10, Scale::CENTS), "38.10");
        assert_eq!(short_money(891_140_790, Scale::CENTS), "8.91M");
        for number in cases.map(|(number, _)| number).into_iter().chain([-9_999, -99_949, -999_499]) {
            assert!(width(&short(number)) <= short_width().into(), "{number}");
        }
    }

    #[test]
    fn chinese_goes_by_ten_thousands() {
        let cases = [
            (0i64, "0"),
            (1_234, "1,234"),
            (9_999, "9,999"),
            (10_000, "1.00万"),
            (12_345, "1.23万"),
            (12_350, "1.24万"),
            (99_949, "9.99万"),
            (99_950, "10.0万"),
            (123_456, "12.3万"),
            (999_499, "99.9万"),
            (999_500, "100万"),
            (1_234_567, "123万"),
            (9_994_999, "999万"),
            (9_995_000, "1,000万"),
            (12_344_999, "1,234万"),
            (99_994_999, "9,999万"),
            (99_995_000, "1.00亿"),
            (123_456_789, "1.23亿"),
            (999_499_999, "9.99亿"),
            (999_500_000, "10.0亿"),
            (12_345_678_901, "123亿"),
            (999_949_999_999, "9,999亿"),
            (999_950_000_000, "1.00万亿"),
            (9_223_372_036_854_775_807, "922亿亿"),
        ];
        lang::within(Language::Hans, || {
            for (number, text) in cases {
                assert_eq!(short(number), text);
                if number > 0 {
                    assert_eq!(short(-number), format!("-{text}"));
                    assert_eq!(signed(number, short(number)), format!("+{text}"));
                }
                assert!(number > 999_949_999_999 || width(&short(-number)) <= short_width().into(), "{number}");
            }
            assert_eq!(short_money(38_10, Scale::CENTS), "38.10");
            assert_eq!(short_money(999_949, Scale::CENTS), "9,999");
            assert_eq!(short_money(999_950, Scale::CENTS), "1.00万");
            assert_eq!(short_money(-891_140_790, Scale::CENTS), "-891万");
            assert_eq!(short_money(12_345, Scale::UNITS), "1.23万");
            assert_eq!([count(2_999), money(891_140_790, Scale::CENTS)], ["2,999", "8,911,407.90"]);
            assert_eq!([1, 2_999].map(|number| counted(number, "customer")), ["1 位客户", "2,999 位客户"]);
        });
    }

    #[test]
    fn rough_forms_are_rounded_too() {
        let cases = [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1k", "1000"),
            (9_999, "10k", "9999"),
            (14_999, "15k", "1万"),
            (15_000, "15k", "2万"),
            (999_499, "999k", "100万"),
            (999_500, "1M", "100万"),
            (99_994_999, "100M", "9999万"),
            (99_995_000, "100M", "1亿"),
            (-1, "", ""),
        ];
        for (number, english, chinese) in cases {
            assert_eq!((rough(number).as_str(), number), (english, number));
            assert_eq!(lang::within(Language::Hans, || rough(number)), chinese);
        }
        assert_eq!(rough(10i128.pow(15)), "");
    }

    #[test]
    fn differences_have_their_sign() {
        assert_eq!([signed(5, count(5)), signed(-5, count(-5)), signed(0, count(0))], ["+5", "-5", "0"]);
        assert_eq!([points((2, 3), (1, 3)), points((1, 8), (1, 4)), points((1, 2), (1, 2))], ["+33.4", "-12.5", "0.0"]);
        assert_eq!(points((1, 0), (1, 2)), "");
    }

    #[test]
    fn shares_round_to_the_nearest_and_survive_nothing() {
        assert_eq!(share(1, 3), "33.3%");
        assert_eq!(share(2, 3), "66.7%");
        assert_eq!(share(-1, 8), "-12.5%");
        assert_eq!(share(1, 0), "–");
        assert!((fraction(35, 995) - 0.035_176).abs() < 1e-9);
    }
}
