//! Numbers as people and programs write them. How the decimal mark looks is one decision for a whole column.

mod body;
mod currency;
mod evidence;
mod parts;
mod unit;
mod why;

pub use self::currency::{Currency, NotACurrency};
pub use self::evidence::{NumberDecision, NumberEvidence};
pub use self::unit::{HeaderUnit, unit_of_header};
pub use self::why::NumberWhy;

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::super::batch::Cells;
use super::cell;
use crate::model::money::{Decimal, DecimalError};
use crate::tr;

/// What stands between the units and their decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DecimalMark {
    /// `1234.50`
    #[default]
    Point,
    /// `1234,50`
    Comma,
}

impl DecimalMark {
    const fn byte(self) -> u8 {
        match self {
            Self::Point => b'.',
            Self::Comma => b',',
        }
    }

    /// The word that an option names it by.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }

    /// The mark in a word, in the language in use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => tr!("decimal mark" | "point"),
            Self::Comma => tr!("decimal mark" | "comma"),
        }
    }
}

/// A word that is no decimal mark.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("`{text}` is no decimal mark; use `point` or `comma`", text = _0))]
pub struct NotADecimalMark(String);

/// `point` or `comma`, or the mark itself.
impl FromStr for DecimalMark {
    type Err = NotADecimalMark;

    fn from_str(text: &str) -> Result<Self, NotADecimalMark> {
        match text.trim().to_ascii_lowercase().as_str() {
            "point" | "." => Ok(Self::Point),
            "comma" | "," => Ok(Self::Comma),
            other => Err(NotADecimalMark(other.to_owned())),
        }
    }
}

/// What a column's large numbers are broken into groups by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Grouping {
    /// Nothing: `1234567`.
    #[default]
    None,
    /// `1,234,567`, the Indian `12,34,567`, or groups of four: `123,4567.00`.
    Comma,
    /// `1.234.567`
    Point,
    /// `1'234'567`
    Apostrophe,
    /// `1 234 567`, with a blank of any kind.
    Blank,
}

/// How a column writes its numbers.
///
/// Read are ASCII and full-width digits with the mark; groups of three apart by any of [`Grouping`] that is not the mark,
/// of two before the last three (`12,34,567`), or of four where there are three groups or decimals (`123,4567.00`), the
/// first of them not beginning with 0; a sign in front, a minus behind, brackets for a minus; a currency before or behind;
/// `千`, `万`, `亿` behind; and an exponent. Not read are percentages and any other letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NumberFormat {
    /// The decimal mark.
    pub mark: DecimalMark,
    /// What groups are apart by where the column has some; any other is read as well.
    pub grouping: Grouping,
    /// The power of ten that the header's unit stands for: 4 for `(万元)`, -2 for cents.
    pub power: i8,
}

/// A number with the currency that it is written in, where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The value, exact.
    pub value: Decimal,
    /// The currency that is written beside it.
    pub currency: Option<Currency>,
}

impl NumberFormat {
    /// The same format for a column whose header names a unit.
    #[must_use]
    pub const fn with_unit(mut self, unit: HeaderUnit) -> Self {
        self.power = unit.power;
        self
    }

    /// How the format is written, for a person: `1,234.50`, with the header's unit as `× 10000`.
    #[must_use]
    pub fn name(self) -> String {
        let group = match self.grouping {
            Grouping::None => "",
            Grouping::Comma => ",",
            Grouping::Point => ".",
            Grouping::Apostrophe => "'",
            Grouping::Blank => " ",
        };
        let unit = match self.power {
            0 => String::new(),
            power => {
                let factor = 10u64.saturating_pow(power.unsigned_abs().into());
                format!(" {} {factor}", if power > 0 { '×' } else { '÷' })
            }
        };
        format!("1{group}234{}50{unit}", char::from(self.mark.byte()))
    }

    /// The number that a text says.
    ///
    /// # Errors
    /// [`DecimalError::NotANumber`] where it is none in this format, [`DecimalError::TooLarge`] beyond 36 digits.
    #[inline]
    pub fn parse(&self, text: &[u8]) -> Result<Number, DecimalError> {
        match body::bare(text, self.mark) {
            Some(value) => Ok(Number { value: shifted(value, self.power.into())?, currency: None }),
            None => self.parse_any(text),
        }
    }

    /// Every way to write a number, after the cell's wrappings.
    fn parse_any(self, text: &[u8]) -> Result<Number, DecimalError> {
        let text = cell::folded(cell::plain(text));
        let parts = parts::read(&text).ok_or(DecimalError::NotANumber)?;
        let value = body::value(parts.body, parts.exponent, self.mark)?;
        let mantissa = if parts.negative { -value.mantissa } else { value.mantissa };
        let value = shifted(Decimal { mantissa, ..value }, i32::from(self.power) + parts.power)?;
        Ok(Number { value, currency: parts.currency })
    }

    /// A number that is one already, in the unit of the header.
    fn of_decimal(self, value: Decimal) -> Result<Option<Number>, DecimalError> {
        Ok(Some(Number { value: shifted(value, self.power.into())?, currency: None }))
    }
}

/// One digit less than what could not be multiplied by ten any more, as [`Decimal::parse`] has it.
const MOST: u128 = 10u128.pow(37);

/// A number times a power of ten, exact, with no more decimals than it needs.
#[inline]
fn shifted(value: Decimal, power: i32) -> Result<Decimal, DecimalError> {
    if power == 0 {
        return Ok(value);
    }
    let decimals = i32::from(value.decimals) - power;
    if decimals >= 0 {
        let decimals = u8::try_from(decimals).map_err(|_| DecimalError::TooLarge)?;
        return Ok(Decimal { decimals, ..value });
    }
    10i128
        .checked_pow(decimals.unsigned_abs())
        .and_then(|factor| value.mantissa.checked_mul(factor))
        .filter(|mantissa| mantissa.unsigned_abs() < MOST)
        .map(|mantissa| Decimal { mantissa, decimals: 0 })
        .ok_or(DecimalError::TooLarge)
}

/// A cell as a number in a column's format: `Ok(None)` where it is missing, blank, or a word for that such as NULL.
///
/// # Errors
/// [`DecimalError`] where it is there and no usable number.
#[inline]
pub fn decimal_of(cells: &Cells, row: usize, format: NumberFormat) -> Result<Option<Number>, DecimalError> {
    match cells {
        Cells::Text(cells) => match cells.get(row) {
            None => Ok(None),
            Some(cell) => match format.parse(cell) {
                Err(DecimalError::NotANumber) if cell::is_null(cell::plain(cell)) => Ok(None),
                read => read.map(Some),
            },
        },
        Cells::Int(values) => {
            values.get(row).map_or(Ok(None), |value| format.of_decimal(Decimal { mantissa: value.into(), decimals: 0 }))
        }
        Cells::Float(values) => match values.get(row) {
            None => Ok(None),
            Some(value) if value.is_nan() => Ok(None),
            Some(value) => format.of_decimal(Decimal::from_float(value)?),
        },
        Cells::Decimal { values, scale } => {
            values.get(row).map_or(Ok(None), |mantissa| format.of_decimal(Decimal { mantissa, decimals: *scale }))
        }
        Cells::Day(_) | Cells::Stamp { .. } => Err(DecimalError::NotANumber),
    }
}

#[cfg(test)]
mod tests;
