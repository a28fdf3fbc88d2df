//! Cells to ids and decimals, whatever type the file keeps them in.

use std::borrow::Cow;

use super::super::batch::Cells;
use crate::model::money::{Decimal, DecimalError};

/// What databases and data frames write for a value that is not there, lower case. As an id each would become one huge
/// customer made of all anonymous sales.
const NULLS: [&str; 12] = ["null", "(null)", "\\n", "nan", "na", "n/a", "#n/a", "<na>", "none", "nil", "-", "--"];

/// Whether an id says that there is none.
fn is_null(text: &str) -> bool {
    text.is_empty() || (text.len() <= 6 && NULLS.iter().any(|null| text.eq_ignore_ascii_case(null)))
}

/// Why a cell has no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// It is missing, blank, or a word for that such as NULL.
    Missing,
    /// It is not UTF-8.
    NotUtf8,
}

/// A cell as an id: text without blanks around it, numbers as their digits.
///
/// # Errors
/// [`NoText`] where there is none to be had.
#[inline]
pub fn id_of(cells: &Cells, row: usize) -> Result<Cow<'_, str>, NoText> {
    match cells {
        Cells::Text(cells) => {
            let cell = cells.get(row).ok_or(NoText::Missing)?;
            let text = std::str::from_utf8(cell).map_err(|_| NoText::NotUtf8)?.trim();
            if is_null(text) { Err(NoText::Missing) } else { Ok(Cow::Borrowed(text)) }
        }
        Cells::Int(values) => values.get(row).map(|value| Cow::Owned(value.to_string())).ok_or(NoText::Missing),
        // Ids in a float column are whole numbers that met a missing value on their way: 17850.0 is 17850.
        Cells::Float(values) => match values.get(row) {
            Some(value) if !value.is_nan() => Ok(Cow::Owned(value.to_string())),
            _ => Err(NoText::Missing),
        },
        other => {
            let text = other.text(row);
            if text.is_empty() { Err(NoText::Missing) } else { Ok(Cow::Owned(text)) }
        }
    }
}

/// A cell as a decimal number: `Ok(None)` where it is missing or blank.
///
/// # Errors
/// [`DecimalError`] where it is there and no usable number.
#[inline]
pub fn decimal_of(cells: &Cells, row: usize) -> Result<Option<Decimal>, DecimalError> {
    match cells {
        Cells::Text(cells) => match cells.get(row).map(<[u8]>::trim_ascii) {
            None | Some([]) => Ok(None),
            Some(cell) => Decimal::parse(cell).map(Some),
        },
        Cells::Int(values) => Ok(values.get(row).map(|value| Decimal { mantissa: value.into(), decimals: 0 })),
        Cells::Float(values) => match values.get(row) {
            None => Ok(None),
            Some(value) if value.is_nan() => Ok(None),
            Some(value) => Decimal::from_float(value).map(Some),
        },
        Cells::Decimal { values, scale } => Ok(values.get(row).map(|mantissa| Decimal { mantissa, decimals: *scale })),
        Cells::Day(_) | Cells::Stamp { .. } => Err(DecimalError::NotANumber),
    }
}
