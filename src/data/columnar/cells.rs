//! From the types of Arrow and Polars to the cells of a batch.

use std::fmt::{self, Write};

use polars::prelude::{
    AnyValue, ArrowDataType, ArrowTimeUnit, DataType, PolarsError, PolarsResult, Series, TimeUnit as PolarsUnit,
};

use super::ColumnarKind;
use crate::data::batch::{Cells, TextBuilder, TimeUnit, Values};
use crate::data::digest::{abridged, blob};
use crate::data::parse::zone::Zone;
use crate::tr;

/// The most characters shown of a list, a struct or another value that nothing is computed from.
const SAMPLE_CHARS: usize = 80;

/// Whether Polars, with the features that we build it with, can decode a type; it panics where it cannot.
pub(super) fn decodable(dtype: &ArrowDataType, kind: ColumnarKind) -> bool {
    match dtype {
        ArrowDataType::Float16
        | ArrowDataType::Int128
        | ArrowDataType::UInt128
        | ArrowDataType::Interval(_)
        | ArrowDataType::Extension(_)
        | ArrowDataType::Union(_)
        | ArrowDataType::Unknown => false,
        ArrowDataType::Decimal256(..) => kind == ColumnarKind::Parquet,
        ArrowDataType::List(inner)
        | ArrowDataType::LargeList(inner)
        | ArrowDataType::FixedSizeList(inner, _)
        | ArrowDataType::Map(inner, _) => decodable(inner.dtype(), kind),
        ArrowDataType::Struct(fields) => fields.iter().all(|field| decodable(field.dtype(), kind)),
        ArrowDataType::Dictionary(_, values, _) => decodable(values, kind),
        _ => true,
    }
}

pub(super) fn type_name(dtype: &ArrowDataType) -> String {
    match dtype {
        ArrowDataType::Utf8 | ArrowDataType::LargeUtf8 | ArrowDataType::Utf8View => "text".into(),
        ArrowDataType::Binary
        | ArrowDataType::LargeBinary
        | ArrowDataType::BinaryView
        | ArrowDataType::FixedSizeBinary(_) => "binary".into(),
        ArrowDataType::Date32 => "date".into(),
        ArrowDataType::Timestamp(unit, _) => match unit {
            ArrowTimeUnit::Second => "timestamp[s]".into(),
            ArrowTimeUnit::Millisecond => "timestamp[ms]".into(),
            ArrowTimeUnit::Microsecond => "timestamp[us]".into(),
            ArrowTimeUnit::Nanosecond => "timestamp[ns]".into(),
        },
        ArrowDataType::Time32(_) | ArrowDataType::Time64(_) => "time".into(),
        ArrowDataType::Decimal(_, scale)
        | ArrowDataType::Decimal32(_, scale)
        | ArrowDataType::Decimal64(_, scale)
        | ArrowDataType::Decimal256(_, scale) => format!("decimal({scale})"),
        ArrowDataType::List(_) | ArrowDataType::LargeList(_) | ArrowDataType::FixedSizeList(..) => "list".into(),
        ArrowDataType::Dictionary(_, values, _) => type_name(values),
        ArrowDataType::Extension(extension) => extension.name.to_string(),
        // The others are named by their variant: Int64, Boolean, Struct([...]), Duration(...).
        other => {
            let name = format!("{other:?}").to_lowercase();
            name.split('(').next().unwrap_or_default().into()
        }
    }
}

/// Turns a column into plain vectors.
pub(super) fn cells(series: &Series) -> PolarsResult<Cells> {
    Ok(match series.dtype() {
        DataType::Int8 => ints(series.i8()?.iter()),
        DataType::Int16 => ints(series.i16()?.iter()),
        DataType::Int32 => ints(series.i32()?.iter()),
        DataType::Int64 => ints(series.i64()?.iter()),
        DataType::UInt8 => ints(series.u8()?.iter()),
        DataType::UInt16 => ints(series.u16()?.iter()),
        DataType::UInt32 => ints(series.u32()?.iter()),
        DataType::UInt64 => unsigned(series)?,
        DataType::Float32 => Cells::Float(Values::collect(series.f32()?.iter().map(|cell| cell.map(widened)))),
        DataType::Float64 => Cells::Float(Values::collect(series.f64()?.iter())),
        DataType::Decimal(_, scale) => {
            let scale = u8::try_from(*scale).map_err(|error| PolarsError::ComputeError(error.to_string().into()))?;
            Cells::Decimal { values: Values::collect(series.decimal()?.physical().iter()), scale }
        }
        DataType::Date => Cells::Day(Values::collect(series.date()?.physical().iter())),
        DataType::Datetime(unit, zone) => {
            let unit = match unit {
                PolarsUnit::Milliseconds => TimeUnit::Milliseconds,
                PolarsUnit::Microseconds => TimeUnit::Microseconds,
                PolarsUnit::Nanoseconds => TimeUnit::Nanoseconds,
            };
            // With a zone, ticks are of UTC; a zone that nobody knows leaves them there.
            let zone = zone.as_ref().map(|zone| zone.as_str().parse().unwrap_or(Zone::UTC));
            Cells::Stamp { values: Values::collect(series.datetime()?.physical().iter()), unit, zone }
        }
        DataType::Boolean => {
            let values = series.bool()?;
            texts(|| values.iter().map(|cell| cell.map(|cell| if cell { &b"true"[..] } else { b"false" })))?
        }
        DataType::String => {
            let values = series.str()?;
            texts(|| values.iter().map(|cell| cell.map(str::as_bytes)))?
        }
        DataType::Binary => {
            let values = series.binary()?;
            texts(|| values.iter())?
        }
        DataType::Categorical(..) | DataType::Enum(..) => cells(&series.cast(&DataType::String)?)?,
        _ => samples(series)?,
    })
}

fn ints<T: Into<i64>>(cells: impl Iterator<Item = Option<T>>) -> Cells {
    Cells::Int(Values::collect(cells.map(|cell| cell.map(Into::into))))
}

/// Whole numbers beyond the range of `i64` become text of their digits, and the rest of the column with them.
fn unsigned(series: &Series) -> PolarsResult<Cells> {
    let values = series.u64()?;
    if values.iter().flatten().all(|value| i64::try_from(value).is_ok()) {
        return Ok(Cells::Int(Values::collect(values.iter().map(|cell| cell.map(u64::cast_signed)))));
    }
    let digits: Vec<_> = values.iter().map(|cell| cell.map(|value| value.to_string())).collect();
    texts(|| digits.iter().map(|cell| cell.as_ref().map(String::as_bytes)))
}

/// The number that the shortest text of a single-precision number says: 2.55, not 2.5499999523162842.
fn widened(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

/// Text of times, durations, lists, structs: nothing is computed from them, people just see what the column holds, and two
/// different ones are told apart.
fn samples(series: &Series) -> PolarsResult<Cells> {
    // Polars panics when it shows an instant with a time zone, unless built with a time zone database.
    let zoneless = series.dtype().clone().map_leaves(&mut |leaf| match leaf {
        DataType::Datetime(unit, _) => DataType::Datetime(unit, None),
        other => other,
    });
    let series = if zoneless == *series.dtype() { series.clone() } else { series.cast(&zoneless)? };
    let mut whole = String::new();
    let mut sample = |value: &AnyValue<'_>| {
        whole.clear();
        // Writing to a text cannot fail.
        let _ = write_whole(value, &mut whole);
        abridged(&whole, SAMPLE_CHARS)
    };
    let samples: Vec<_> = series
        .iter()
        .map(|value| match value {
            AnyValue::Null => None,
            value => Some(sample(&value)),
        })
        .collect();
    texts(|| samples.iter().map(|cell| cell.as_ref().map(String::as_bytes)))
}

/// Writes a value with all that is in it: the text that Polars has for one leaves out the middle of a list, and decimals of a
/// number.
fn write_whole(value: &AnyValue<'_>, out: &mut String) -> fmt::Result {
    match value {
        AnyValue::List(values) | AnyValue::Array(values, _) => write_all(('[', ']'), values.iter(), out),
        AnyValue::Struct(..) => write_whole(&value.clone().into_static(), out),
        AnyValue::StructOwned(fields) => write_all(('{', '}'), fields.0.iter().cloned(), out),
        AnyValue::String(text) => write!(out, "{text:?}"),
        AnyValue::StringOwned(text) => write!(out, "{:?}", text.as_str()),
        AnyValue::Binary(bytes) => out.write_str(&blob(bytes)),
        AnyValue::BinaryOwned(bytes) => out.write_str(&blob(bytes)),
        AnyValue::Float32(number) => write!(out, "{number}"),
        AnyValue::Float64(number) => write!(out, "{number}"),
        other => write!(out, "{other}"),
    }
}

fn write_all<'a>(
    (open, close): (char, char),
    values: impl Iterator<Item = AnyValue<'a>>,
    out: &mut String,
) -> fmt::Result {
    out.push(open);
    for (number, value) in values.enumerate() {
        if number > 0 {
            out.push_str(", ");
        }
        write_whole(&value, out)?;
    }
    out.push(close);
    Ok(())
}

/// Puts cells end to end, walking over them twice: once for the room they need.
pub(super) fn texts<'a, I: Iterator<Item = Option<&'a [u8]>>>(cells: impl Fn() -> I) -> PolarsResult<Cells> {
    let (rows, bytes) = cells().fold((0, 0), |(rows, bytes), cell| (rows + 1, bytes + cell.map_or(0, <[u8]>::len)));
    if u32::try_from(bytes).is_err() {
        let reason = tr!("{rows} rows of a column have {bytes} bytes of text, more than 4 GiB", rows, bytes);
        return Err(PolarsError::ComputeError(reason.into()));
    }
    let mut texts = TextBuilder::with_capacity(rows, bytes.div_ceil(rows.max(1)));
    for cell in cells() {
        match cell {
            Some(cell) => texts.push(cell),
            None => texts.push_missing(),
        }
    }
    Ok(Cells::Text(texts.finish()))
}
