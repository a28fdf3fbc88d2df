//! Exact money: whole minor units (cents) in integers, with the number of decimals told once for a whole data set.

use std::cmp::Ordering;
use std::fmt;

use thiserror::Error;

use crate::show::numbers::rounded;
use crate::tr;

/// How many decimals the minor unit has: 2 for cents. Never more than [`Scale::MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scale(u8);

impl Scale {
    /// The finest scale kept: a millionth. Finer amounts are rounded to it, and counted.
    pub const MAX: Self = Self(6);
    /// Whole units.
    pub const UNITS: Self = Self(0);
    /// Hundredths.
    pub const CENTS: Self = Self(2);

    /// A scale of so many decimals, at most [`Scale::MAX`].
    #[must_use]
    pub fn new(decimals: u8) -> Self {
        Self(decimals.min(Self::MAX.0))
    }

    /// How many decimals.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.0
    }

    /// Minor units in one unit: 100 for cents.
    #[must_use]
    pub const fn factor(self) -> i64 {
        10i64.pow(self.0 as u32)
    }
}

/// A decimal number as it was written: mantissa / 10^decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decimal {
    /// All digits as one whole number.
    pub mantissa: i128,
    /// How many of them follow the decimal point.
    pub decimals: u8,
}

/// Why a text is not a usable decimal number.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum DecimalError {
    /// Not a number at all.
    #[error("{}", tr!("not a number"))]
    NotANumber,
    /// More digits than can be kept exactly.
    #[error("{}", tr!("out of the range that is kept exactly"))]
    TooLarge,
}

/// Enough for a product of two 64-bit amounts, and far from overflowing 128 bits when multiplied by ten.
const MOST: i128 = 10i128.pow(36);

impl Decimal {
    /// Reads `-1234.50`, `+7`, `.5`, `1e3`: ASCII digits, one optional point, an optional exponent, blanks around it.
    ///
    /// # Errors
    /// [`DecimalError::NotANumber`] for anything else, [`DecimalError::TooLarge`] beyond 36 digits.
    pub fn parse(text: &[u8]) -> Result<Self, DecimalError> {
        let text = text.trim_ascii();
        let negative = text.starts_with(b"-");
        let mut rest = if let [b'-' | b'+', rest @ ..] = text { rest } else { text };
        let (mut mantissa, mut decimals, mut digits, mut point) = (0i128, 0i32, 0u32, false);
        while let [byte, after @ ..] = rest {
            match byte {
                b'0'..=b'9' => {
                    digits += 1;
                    if mantissa >= MOST {
                        return Err(DecimalError::TooLarge);
                    }
                    mantissa = mantissa * 10 + i128::from(byte - b'0');
                    decimals += i32::from(point);
                }
                b'.' if !point => point = true,
                b'e' | b'E' if digits > 0 => break,
                _ => return Err(DecimalError::NotANumber),
            }
            rest = after;
        }
        if digits == 0 {
            return Err(DecimalError::NotANumber);
        }
        let exponent = match rest {
            [] => 0,
            [_, exponent @ ..] => exponent_value(exponent)?,
        };
        Self::shifted(if negative { -mantissa } else { mantissa }, decimals - exponent)
    }

    /// The decimal of a mantissa with so many decimals, which may be negative: (12, -2) is 1200.
    fn shifted(mantissa: i128, decimals: i32) -> Result<Self, DecimalError> {
        match u8::try_from(decimals) {
            Ok(decimals) => Ok(Self { mantissa, decimals }),
            Err(_) if decimals > 0 => Err(DecimalError::TooLarge),
            Err(_) => 10i128
                .checked_pow(decimals.unsigned_abs())
                .and_then(|power| mantissa.checked_mul(power))
                // Not one digit more than without an exponent, or its own text would not read back.
                .filter(|mantissa| mantissa.unsigned_abs() < 10 * MOST.unsigned_abs())
                .map(|mantissa| Self { mantissa, decimals: 0 })
                .ok_or(DecimalError::TooLarge),
        }
    }

    /// The decimal that a binary number prints as: the shortest text that reads back as the same number.
    ///
    /// # Errors
    /// [`DecimalError::NotANumber`] for NaN and infinities, [`DecimalError::TooLarge`] beyond 36 digits.
    pub fn from_float(value: f64) -> Result<Self, DecimalError> {
        // Nearly all amounts are a number of cents: the one whose nearest double this is, if there is one.
        let cents = (value * 100.0).round();
        if cents.abs() < 1e15 && (cents / 100.0).total_cmp(&value).is_eq() {
            return Ok(Self { mantissa: cents as i128, decimals: Scale::CENTS.0 }.significant());
        }
        // 15 significant digits are what a binary double keeps of any decimal; the rest is noise of sums and divisions.
        Self::parse(format!("{value:.14e}").as_bytes()).map(Self::significant)
    }

    /// The same number without trailing zeros behind the point.
    #[must_use]
    pub fn significant(mut self) -> Self {
        while self.decimals > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.decimals -= 1;
        }
        self
    }

    /// The same number with its trailing zeros dropped beyond the second decimal: `2.550` is money to the cent.
    #[must_use]
    pub fn as_money(mut self) -> Self {
        while self.decimals > Scale::CENTS.0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.decimals -= 1;
        }
        self
    }

    /// Which number is larger, exactly. Equality of the type is stricter: 1.0 and 1.00 are one number, written in two
    /// ways.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        let decimals = self.decimals.max(other.decimals);
        match (self.mantissa_at(decimals), other.mantissa_at(decimals)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // Only the one with fewer decimals grows; what does not fit is farther from zero than all that does.
            (None, _) => self.mantissa.cmp(&0),
            (_, None) => 0.cmp(&other.mantissa),
        }
    }

    /// The mantissa with at least as many decimals as it has; `None` where it does not fit.
    #[must_use]
    pub fn mantissa_at(self, decimals: u8) -> Option<i128> {
        if self.mantissa == 0 {
            return Some(0);
        }
        let more = u32::from(decimals.checked_sub(self.decimals)?);
        10i128.checked_pow(more).and_then(|factor| self.mantissa.checked_mul(factor))
    }

    /// The product, exact.
    ///
    /// # Errors
    /// [`DecimalError::TooLarge`] when it does not fit.
    pub fn times(self, other: Self) -> Result<Self, DecimalError> {
        let other = other.significant();
        let mantissa = self.mantissa.checked_mul(other.mantissa).ok_or(DecimalError::TooLarge)?;
        let decimals = self.decimals.checked_add(other.decimals).ok_or(DecimalError::TooLarge)?;
        Ok(Self { mantissa, decimals })
    }

    /// The difference, exact.
    ///
    /// # Errors
    /// [`DecimalError::TooLarge`] when it does not fit.
    pub fn minus(self, other: Self) -> Result<Self, DecimalError> {
        let decimals = self.decimals.max(other.decimals);
        let (one, two) = (self.mantissa_at(decimals), other.mantissa_at(decimals));
        let mantissa = one.zip(two).and_then(|(one, two)| one.checked_sub(two)).ok_or(DecimalError::TooLarge)?;
        Ok(Self { mantissa, decimals })
    }

    /// Without the noise that binary sums leave behind: `0.30000000000000004` is 0.3. Numbers of up to 15 digits, which
    /// is what a binary double keeps of any decimal, stay as they are.
    #[must_use]
    pub fn without_noise(self) -> Self {
        const KEPT: u32 = 15;
        let digits = self.mantissa.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
        let noise = digits.saturating_sub(KEPT).min(self.decimals.into());
        let divisor = 10i128.pow(noise);
        let mantissa = rounded(self.mantissa, divisor);
        Self { mantissa, decimals: self.decimals - noise as u8 }.significant()
    }

    /// In minor units of a scale. The flag tells that digits beyond the scale were rounded, half to even.
    ///
    /// # Errors
    /// [`DecimalError::TooLarge`] when it does not fit 64 bits.
    pub fn minor(self, scale: Scale) -> Result<(i64, bool), DecimalError> {
        let (exact, rounded) = if self.decimals <= scale.0 {
            let factor = 10i128.pow(u32::from(scale.0 - self.decimals));
            (self.mantissa.checked_mul(factor).ok_or(DecimalError::TooLarge)?, false)
        } else {
            let Some(divisor) = 10i128.checked_pow(u32::from(self.decimals - scale.0)) else {
                return Ok((0, self.mantissa != 0));
            };
            let (whole, rest) = (self.mantissa.div_euclid(divisor), self.mantissa.rem_euclid(divisor));
            // Twice the rest might not fit.
            let up = rest > divisor - rest || (rest == divisor - rest && whole % 2 != 0);
            (whole + i128::from(up), rest != 0)
        };
        i64::try_from(exact).map(|minor| (minor, rounded)).map_err(|_| DecimalError::TooLarge)
    }
}

/// All digits, with as many decimals as it has.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.decimals);
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = decimals + 1);
        let (units, rest) = digits.split_at(digits.len() - decimals);
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let point = if decimals > 0 { "." } else { "" };
        f.pad(&format!("{sign}{units}{point}{rest}"))
    }
}

fn exponent_value(text: &[u8]) -> Result<i32, DecimalError> {
    let text = std::str::from_utf8(text).map_err(|_| DecimalError::NotANumber)?;
    let exponent: i32 = text.parse().map_err(|_| DecimalError::NotANumber)?;
    if exponent.abs() > 60 { Err(DecimalError::TooLarge) } else { Ok(exponent) }
}

/// A sum of money with its scale, to be shown: exact, without thousands separators (`-1234.50`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// Minor units.
    pub minor: i128,
    /// What they are.
    pub scale: Scale,
}

impl Money {
    /// Minor units of a scale as money.
    #[must_use]
    pub fn new(minor: impl Into<i128>, scale: Scale) -> Self {
        Self { minor: minor.into(), scale }
    }

    /// A sum in minor units divided by a count, to the cent or the finer unit of the sum, rounded half away from zero; the sum
    /// itself where nothing is counted.
    #[must_use]
    pub fn mean(sum: i128, count: u64, scale: Scale) -> Self {
        let finer = scale.max(Scale::CENTS);
        let factor = i128::from(finer.factor() / scale.factor());
        Self { minor: rounded(sum * factor, i128::from(count.max(1))), scale: finer }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal { mantissa: self.minor, decimals: self.scale.0 }.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(text: &str) -> Result<(i64, bool), DecimalError> {
        Decimal::parse(text.as_bytes())?.minor(Scale::CENTS)
    }

    #[test]
    fn numbers_are_read_to_the_cent() {
        let cases = [
            ("11.77", 1177),
            (" -0.5 ", -50),
            ("+7", 700),
            (".05", 5),
            ("1e3", 100_000),
            ("12.", 1200),
            ("2.5E-1", 25),
        ];
        for (text, expected) in cases {
            assert_eq!(cents(text), Ok((expected, false)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-", ".", "1.2.3", "1,5", "abc", "e5", "1e", "--1", "1 2", "NaN", "inf"] {
            assert_eq!(cents(text), Err(DecimalError::NotANumber), "{text}");
        }
        assert_eq!(cents(&"9".repeat(40)), Err(DecimalError::TooLarge));
        assert_eq!(cents("1e50"), Err(DecimalError::TooLarge));
        assert_eq!(Decimal::parse(b"1e37"), Err(DecimalError::TooLarge));
    }

    #[test]
    fn numbers_compare_by_value_however_they_are_written() -> Result<(), DecimalError> {
        for (left, right, order) in [
            ("1.0", "1.00", Ordering::Equal),
            ("0", "1e-60", Ordering::Less),
            ("1e36", "1e-60", Ordering::Greater),
            ("1e-60", "-1e36", Ordering::Greater),
            ("10", "9.99", Ordering::Greater),
            ("-0.00", "0", Ordering::Equal),
        ] {
            let (left, right) = (Decimal::parse(left.as_bytes())?, Decimal::parse(right.as_bytes())?);
            assert_eq!((left.compare(right), right.compare(left)), (order, order.reverse()), "{left} {right}");
        }
        Ok(())
    }

    #[test]
    fn rounding_is_half_to_even_and_told() {
        assert_eq!(cents("0.125"), Ok((12, true)));
        assert_eq!(cents("0.135"), Ok((14, true)));
        assert_eq!(cents("-0.125"), Ok((-12, true)));
        assert_eq!(cents("0.120"), Ok((12, false)));
    }

    #[test]
    fn a_float_is_the_decimal_it_prints_as() -> Result<(), DecimalError> {
        for (value, expected) in [(2.55, 255), (0.1 + 0.2, 30), (8_911_407.90, 891_140_790), (-3.0, -300)] {
            assert_eq!(Decimal::from_float(value)?.minor(Scale::CENTS), Ok((expected, false)), "{value}");
        }
        assert!(Decimal::from_float(f64::NAN).is_err());
        assert!(Decimal::from_float(f64::INFINITY).is_err());
        Ok(())
    }

    #[test]
    fn quantity_times_unit_price_is_exact() -> Result<(), DecimalError> {
        let product = Decimal::parse(b"-74215")?.times(Decimal::parse(b"1.04")?)?;
        assert_eq!(product.minor(Scale::CENTS), Ok((-7_718_360, false)));
        Ok(())
    }

    #[test]
    fn money_shows_every_decimal_of_its_scale() {
        assert_eq!(Money::new(-5, Scale::CENTS).to_string(), "-0.05");
        assert_eq!(Money::new(250_031_563, Scale::CENTS).to_string(), "2500315.63");
        assert_eq!(Money::new(31_646, Scale::UNITS).to_string(), "31646");
    }
}
