//! Numbers, money and shares as people read them. Exact forms keep every digit; short forms fit a cell.

use crate::model::money::{Decimal, Money, Scale};

/// A count with thousands separators: `23,570`.
#[must_use]
pub fn count(number: impl Into<i128>) -> String {
    let number = number.into();
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(&number.unsigned_abs().to_string()))
}

/// A count with what is counted, one of them without its plural: `1 row`, `2,999 customers`.
#[must_use]
pub fn counted(number: impl Into<i128>, what: &str) -> String {
    let number = number.into();
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

/// Powers of a thousand and their letters.
const UNITS: [(i128, char); 4] = [(1_000_000_000_000, 'T'), (1_000_000_000, 'G'), (1_000_000, 'M'), (1_000, 'k')];

/// A whole number in at most five characters and a sign: `950`, `9,999`, `12.3k`, `4.56M`.
#[must_use]
pub fn short(number: impl Into<i128>) -> String {
    let number = number.into();
    if number.abs() < 10_000 {
        return count(number);
    }
    let sign = if number < 0 { "-" } else { "" };
    let size = number.abs();
    for (unit, letter) in UNITS {
        if size < unit - unit / 2_000 {
            continue;
        }
        // Three digits: the point goes where they end.
        for (decimals, most) in [(2, 10), (1, 100), (0, i128::MAX)] {
            let factor = 10i128.pow(decimals);
            let scaled = rounded(size * factor, unit);
            if most == i128::MAX || scaled < most * factor {
                let point = decimals as usize;
                return if point == 0 {
                    format!("{sign}{scaled}{letter}")
                } else {
                    format!("{sign}{}.{:0point$}{letter}", scaled / factor, scaled % factor)
                };
            }
        }
    }
    format!("{sign}{size}")
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
