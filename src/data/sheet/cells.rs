//! What a cell of a workbook says, as text.

use calamine::{Data, DataRef, ExcelDateTime};

use super::super::number_text::{put, write_number};

/// The serial after 9999-12-31, in the system that counts from 1900; nothing from there on is a date.
const LAST_SERIAL: f64 = 2_958_466.0;
const DAY_SECONDS: f64 = 86_400.0;

/// What a cell holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Missing,
    Text(&'a str),
    Truth(bool),
    Whole(i64),
    Number(f64),
    /// Days, in a cell whose number format is a date's, a time's or a duration's.
    Serial(ExcelDateTime),
    /// `2024-01-05T13:04:05`.
    IsoDate(&'a str),
    /// `PT13H04M05S`.
    IsoDuration(&'a str),
}

impl<'a> From<&'a Data> for Value<'a> {
    fn from(cell: &'a Data) -> Self {
        match cell {
            Data::Int(value) => Self::Whole(*value),
            Data::Float(value) => Self::Number(*value),
            Data::String(text) => Self::Text(text),
            Data::Bool(truth) => Self::Truth(*truth),
            Data::DateTime(serial) => Self::Serial(*serial),
            Data::DateTimeIso(text) => Self::IsoDate(text),
            Data::DurationIso(text) => Self::IsoDuration(text),
            _ => Self::Missing,
        }
    }
}

impl<'a> From<&'a DataRef<'_>> for Value<'a> {
    fn from(cell: &'a DataRef<'_>) -> Self {
        match cell {
            DataRef::Int(value) => Self::Whole(*value),
            DataRef::Float(value) => Self::Number(*value),
            DataRef::String(text) => Self::Text(text),
            DataRef::SharedString(text) => Self::Text(text),
            DataRef::Bool(truth) => Self::Truth(*truth),
            DataRef::DateTime(serial) => Self::Serial(*serial),
            DataRef::DateTimeIso(text) => Self::IsoDate(text),
            DataRef::DurationIso(text) => Self::IsoDuration(text),
            _ => Self::Missing,
        }
    }
}

impl Value<'_> {
    /// `OpenDocument` has no errors among its values, only their words.
    pub(super) fn without_error_words(self) -> Self {
        const WORDS: [&str; 7] = ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];
        match self {
            Self::Text(text) if WORDS.contains(&text) || text.starts_with("Err:5") => Self::Missing,
            other => other,
        }
    }

    /// Writes it out. Gives `false` where there is nothing: a blank or empty text is nothing too.
    pub(super) fn write(self, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Missing => {}
            Self::Text(text) => out.extend_from_slice(text.as_bytes()),
            Self::Truth(truth) => out.extend_from_slice(if truth { b"true" } else { b"false" }),
            Self::Whole(value) => put(out, format_args!("{value}")),
            Self::Number(value) => return write_number(value, out),
            Self::Serial(serial) => write_serial(&serial, out),
            Self::IsoDate(text) => write_iso_date(text, out),
            Self::IsoDuration(text) => write_iso_duration(text, out),
        }
        !out.is_empty()
    }
}

/// `2024-01-05`, `2024-01-05 13:04:05`, `13:04:05` where there is no day, `36:30:00` for a duration; the bare number
/// where it is no date.
fn write_serial(serial: &ExcelDateTime, out: &mut Vec<u8>) {
    let value = serial.as_f64();
    if serial.is_duration() && value.abs() < LAST_SERIAL {
        let seconds = (value.abs() * DAY_SECONDS).round() as u64;
        let sign = if value < 0.0 && seconds > 0 { "-" } else { "" };
        return put(out, format_args!("{sign}{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60));
    }
    if !(0.0..LAST_SERIAL).contains(&value) {
        write_number(value, out);
        return;
    }
    let (year, month, day, hour, minute, second, _) = serial.to_ymd_hms_milli();
    if value >= 1.0 {
        put(out, format_args!("{year:04}-{month:02}-{day:02}"));
        if (hour, minute, second) == (0, 0, 0) {
            return;
        }
        out.push(b' ');
    }
    put(out, format_args!("{hour:02}:{minute:02}:{second:02}"));
}

/// Without the `T`, fractions of a second and a time of midnight.
fn write_iso_date(text: &str, out: &mut Vec<u8>) {
    let Some((day, time)) = text.split_once('T') else { return out.extend_from_slice(text.as_bytes()) };
    let time = time.split_once('.').map_or(time, |(whole, _)| whole);
    out.extend_from_slice(day.as_bytes());
    if time != "00:00:00" {
        put(out, format_args!(" {time}"));
    }
}

/// `13:04:05` of `PT13H04M05S`; what has another form stays as it is.
fn write_iso_duration(text: &str, out: &mut Vec<u8>) {
    match clock(text) {
        Some((hours, minutes, seconds)) => put(out, format_args!("{hours:02}:{minutes:02}:{seconds:02}")),
        None => out.extend_from_slice(text.as_bytes()),
    }
}

fn clock(text: &str) -> Option<(u64, u64, u64)> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, seconds) = rest.split_once('M')?;
    let seconds = seconds.strip_suffix('S')?.split(['.', ',']).next()?;
    Some((hours.parse().ok()?, minutes.parse().ok()?, seconds.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    fn text(value: Value<'_>) -> String {
        let mut out = Vec::new();
        let there = value.write(&mut out);
        assert_eq!(there, !out.is_empty());
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn dates_are_written_as_a_person_would() {
        for (serial, is_1904, expected) in [
            (45_296.0, false, "2024-01-05"),
            (45_296.0 - 1_462.0, true, "2024-01-05"),
            (45_296.544_502_314_8, false, "2024-01-05 13:04:05"),
            // A second that binary fractions leave just short of itself.
            (45_296.0 + (13.0 * 3_600.0 + 4.0 * 60.0 + 5.0) / 86_400.0, false, "2024-01-05 13:04:05"),
            (45_296.999_999_999, false, "2024-01-06"),
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (61.0, false, "1900-03-01"),
            (0.5, false, "12:00:00"),
            (0.0, false, "00:00:00"),
            (2_958_465.0, false, "9999-12-31"),
            (2_958_466.0, false, "2958466"),
            (-3.0, false, "-3"),
            (1e300, false, "1e300"),
            (f64::NAN, false, ""),
        ] {
            let value = Value::Serial(ExcelDateTime::new(serial, DateTime, is_1904));
            assert_eq!(text(value), expected, "{serial} {is_1904}");
        }
    }

    #[test]
    fn durations_truths_and_iso_forms() {
        let duration = |days| text(Value::Serial(ExcelDateTime::new(days, TimeDelta, false)));
        assert_eq!(duration(1.520_833_333_333_333), "36:30:00");
        assert_eq!(duration(-0.5), "-12:00:00");
        for (value, expected) in [
            (Value::Truth(true), "true"),
            (Value::Truth(false), "false"),
            (Value::Whole(-7), "-7"),
            (Value::Number(0.1 + 0.2), "0.3"),
            (Value::Number(f64::INFINITY), ""),
            (Value::Text(" 007 "), " 007 "),
            (Value::Missing, ""),
            (Value::IsoDate("2024-01-05"), "2024-01-05"),
            (Value::IsoDate("2024-01-05T00:00:00.000"), "2024-01-05"),
            (Value::IsoDate("2024-01-05T13:04:05.5"), "2024-01-05 13:04:05"),
            (Value::IsoDuration("PT36H04M05.25S"), "36:04:05"),
            (Value::IsoDuration("P1D"), "P1D"),
            (Value::Text("#N/A").without_error_words(), ""),
            (Value::Text("Err:502").without_error_words(), ""),
            (Value::Text("#1").without_error_words(), "#1"),
        ] {
            assert_eq!(text(value), expected, "{value:?}");
        }
    }
}
