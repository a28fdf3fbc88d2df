//! Jumping in the list: to a place, to a percentile, to a value.

use super::list::called;
use super::session::Session;
use super::typed_words::flag;
use crate::engine::listing::Sought;
use crate::lang;
use crate::model::day::Day;
use crate::model::field::FieldKind;
use crate::model::money::{Decimal, Scale};
use crate::show::numbers::count;
use crate::{mark, tr};

/// Where to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// A place from 1.
    Place(usize),
    /// A percentile, in hundredths of a percent.
    Percentile(u32),
    /// A value of what the list is sorted by, as it was typed.
    Value(String),
}

/// How it is written.
pub const HOW: &str = mark!("a place such as 120, a percentile such as 99 % or p99, a value such as =250.50");

/// Jumps to where a text says; gives where that is, in words.
///
/// # Errors
/// A sentence on what to write instead.
pub(super) fn jump(session: &mut Session, text: &str, page: usize) -> Result<String, String> {
    let target = parse(text)?;
    session.list.forget_first();
    let (analysis, listing) = (&session.analysis, &session.list.listing);
    if listing.is_empty() {
        return Err(tr!("nobody is listed").to_owned());
    }
    let (place, percentile) = match &target {
        Target::Place(place) => ((*place).min(listing.len()) - 1, None),
        Target::Percentile(hundredths) => {
            let place = listing.place_of_percentile(analysis, *hundredths);
            let place = place.ok_or_else(|| tr!("nobody who is listed has a value of that column").to_owned())?;
            (place, Some(percent(*hundredths)))
        }
        Target::Value(value) => {
            let sought = sought(session, value)?;
            let place = listing.place_of_value(analysis, &sought);
            (place.ok_or_else(|| tr!("the column has no value {value}", value))?, None)
        }
    };
    session.list.jump(place, page);
    let (place, listed) = (count(place as i128 + 1), count(session.list.listing.len() as i128));
    Ok(match percentile {
        Some(percentile) => tr!("percentile {percentile}: place {place} of {listed}", percentile, place, listed),
        None => tr!("place {place} of {listed}", place, listed),
    })
}

fn percent(hundredths: u32) -> String {
    Decimal { mantissa: hundredths.into(), decimals: 2 }.significant().to_string()
}

fn parse(text: &str) -> Result<Target, String> {
    let text = text.trim();
    let wrong = || tr!("type {how}", how = lang::text(HOW));
    if let Some(value) = text.strip_prefix(['=', '＝']) {
        return Ok(Target::Value(value.trim().to_owned()));
    }
    let percentile = text.strip_suffix(['%', '％']).or_else(|| text.strip_prefix(['p', 'P']));
    if let Some(percentile) = percentile {
        let number = Decimal::parse(percentile.trim().as_bytes()).map_err(|_| wrong())?;
        let hundredths = number.mantissa_at(2).ok_or_else(|| tr!("a percentile has at most 2 decimals").to_owned())?;
        let hundredths = u32::try_from(hundredths).ok().filter(|hundredths| *hundredths <= 10_000);
        return hundredths.map(Target::Percentile).ok_or_else(|| tr!("a percentile is 0 to 100").to_owned());
    }
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    match digits.parse() {
        Ok(0) | Err(_) => Err(wrong()),
        Ok(place) => Ok(Target::Place(place)),
    }
}

/// The value as the column has it that the list is sorted by.
fn sought(session: &Session, value: &str) -> Result<Sought, String> {
    let analysis = &session.analysis;
    let column = session.list.listing.sort().first().column;
    let name = called(analysis, column);
    match column.kind(analysis) {
        Some(FieldKind::Text) | None => Ok(Sought::Text(value.to_owned())),
        Some(FieldKind::Date) => {
            let day: Day = value.parse().map_err(|_| tr!("{name} is a day: type =2024-12-31", name))?;
            Ok(Sought::Number(day.0.into()))
        }
        Some(FieldKind::Flag) => {
            let wrong = || tr!("{name} is yes or no: type =yes", name);
            flag(value).map(|flag| Sought::Number(flag.into())).ok_or_else(wrong)
        }
        Some(kind) => {
            let digits: String = value.chars().filter(|c| *c != ',').collect();
            let wrong = |_| tr!("{name} is a number: type =1234.50", name);
            let number = Decimal::parse(digits.trim_end_matches(['%', ' ']).as_bytes()).map_err(wrong)?;
            let scale = kind.scale().unwrap_or(Scale::UNITS);
            let few = || tr!("{name} has {decimals} decimals at most", name, decimals = scale.decimals());
            let exact = number.mantissa_at(scale.decimals()).and_then(|exact| i64::try_from(exact).ok());
            exact.map(Sought::Number).ok_or_else(few)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_place_a_percentile_or_a_value() {
        for (text, expected) in [
            ("120", Ok(Target::Place(120))),
            ("1,200", Ok(Target::Place(1_200))),
            (" 99 % ", Ok(Target::Percentile(9_900))),
            ("p99.5", Ok(Target::Percentile(9_950))),
            ("100%", Ok(Target::Percentile(10_000))),
            ("= 250.50", Ok(Target::Value("250.50".to_owned()))),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        for text in ["", "0", "-1", "x", "101 %", "-1 %", "p", "12.345 %"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
