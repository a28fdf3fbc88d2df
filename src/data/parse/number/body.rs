//! The digits of a number with its decimal mark and its groups.

use super::DecimalMark;
use crate::model::money::{Decimal, DecimalError};

/// Digits that surely fit 64 bits.
const SHORT: usize = 18;

/// Bytes of the longest number that is looked at: 37 digits are kept, and there may be zeros around them.
const LONG: usize = 80;

/// The number of a text that is nothing but an optional minus, at most 18 digits and at most one mark: the common case.
#[inline]
pub(super) fn bare(text: &[u8], mark: DecimalMark) -> Option<Decimal> {
    let (negative, digits) = if let [b'-', digits @ ..] = text { (true, digits) } else { (false, text) };
    if digits.len() > SHORT {
        return None;
    }
    let (mut mantissa, mut before) = (0u64, None);
    for (place, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            mantissa = mantissa * 10 + u64::from(digit);
        } else if *byte == mark.byte() && before.is_none() {
            before = Some(place);
        } else {
            return None;
        }
    }
    let decimals = before.map_or(0, |before| digits.len() - before - 1);
    if digits.len() == usize::from(before.is_some()) {
        return None;
    }
    let mantissa = i128::from(mantissa);
    Some(Decimal { mantissa: if negative { -mantissa } else { mantissa }, decimals: decimals as u8 })
}

/// The number of digits with marks between them, and of the exponent behind them, such as `e+3`.
pub(super) fn value(body: &[u8], exponent: &[u8], mark: DecimalMark) -> Result<Decimal, DecimalError> {
    let place = body.iter().position(|byte| *byte == mark.byte());
    let (whole, decimals) = match place {
        Some(place) => (&body[..place], &body[place + 1..]),
        None => (body, &body[body.len()..]),
    };
    if !decimals.iter().all(u8::is_ascii_digit) || !is_grouped(whole, place.is_some()) {
        return Err(DecimalError::NotANumber);
    }
    let digits = whole.iter().filter(|byte| byte.is_ascii_digit());
    if exponent.is_empty() && body.len() <= SHORT {
        let number = |number: u64, digit: &u8| number * 10 + u64::from(digit - b'0');
        let mantissa = digits.chain(decimals).fold(0, number);
        return Ok(Decimal { mantissa: mantissa.into(), decimals: decimals.len() as u8 });
    }
    let point = place.map(|_| &b'.');
    let (mut plain, mut length) = ([0u8; LONG], 0);
    for byte in digits.chain(point).chain(decimals).chain(exponent) {
        *plain.get_mut(length).ok_or(DecimalError::TooLarge)? = *byte;
        length += 1;
    }
    Decimal::parse(&plain[..length])
}

/// Whether digits without decimals are in no groups or in right ones.
fn is_grouped(whole: &[u8], has_decimals: bool) -> bool {
    let Some(separator) = whole.iter().find(|byte| !byte.is_ascii_digit()).copied() else { return true };
    let mut groups = whole.split(|byte| *byte == separator);
    let first = groups.next().unwrap_or_default();
    let Some(last) = groups.next_back() else { return false };
    if !first.iter().chain(last).all(u8::is_ascii_digit) || first.is_empty() || first[0] == b'0' {
        return false;
    }
    // Of the groups between, how many there are and how many digits each has, 0 where they differ.
    let (mut between, mut size) = (0, None);
    for group in groups {
        if !group.iter().all(u8::is_ascii_digit) {
            return false;
        }
        between += 1;
        size = Some(if size.is_none_or(|size| size == group.len()) { group.len() } else { 0 });
    }
    let is_of = |inner: usize, outer: usize| {
        first.len() <= inner && last.len() == outer && size.is_none_or(|size| size == inner)
    };
    is_of(3, 3) || (separator == b',' && (is_of(2, 3) || (is_of(4, 4) && (between > 0 || has_decimals))))
}
