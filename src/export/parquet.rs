//! Parquet: typed columns, money as exact decimals.

use std::io::{self, Write};
use std::sync::{Arc, OnceLock};

use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{BooleanChunked, Int32Chunked, Int64Chunked, Int128Chunked, StringChunked};
use polars::prelude::{
    Column as Series, DataFrame, DataType, Field, IntoColumn, NewChunkedArray, ParquetWriter, PolarsError, Schema,
};

use super::table::{Cell, Column, Kind, headers};
use super::{ExportError, Sink};
use crate::show::text::clean;

/// Rows of a row group.
const GROUP: usize = 1 << 17;

/// Digits of a decimal: all that 64 bits hold.
const PRECISION: usize = 19;

/// Writes Parquet.
pub struct Parquet<W: Write> {
    out: Option<W>,
    writer: Option<BatchedWriter<Watched<W>>>,
    /// What the system refused first.
    refused: Arc<OnceLock<io::ErrorKind>>,
    columns: Vec<(String, Kind)>,
    values: Vec<Values>,
    rows: usize,
}

/// A writer that remembers why it was refused: on their way through Parquet errors become text.
struct Watched<W> {
    out: W,
    refused: Arc<OnceLock<io::ErrorKind>>,
}

impl<W> Watched<W> {
    fn watch<T>(&self, done: io::Result<T>) -> io::Result<T> {
        done.inspect_err(|error| {
            let _ = self.refused.set(error.kind());
        })
    }
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.out.write(bytes);
        self.watch(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.out.flush();
        self.watch(done)
    }
}

/// The values of a column of the present row group.
enum Values {
    Texts(Vec<Option<String>>),
    Numbers(Vec<Option<i64>>),
}

impl<W: Write> Parquet<W> {
    /// Writes to a file that nobody reads before it is whole.
    pub fn new(out: W) -> Self {
        let refused = Arc::default();
        Self { out: Some(out), writer: None, refused, columns: Vec::new(), values: Vec::new(), rows: 0 }
    }

    /// What Polars refuses, as the list's own error.
    fn refused(&self, error: &PolarsError) -> ExportError {
        let kind = self.refused.get().copied().unwrap_or(io::ErrorKind::Other);
        io::Error::new(kind, error.to_string()).into()
    }

    fn write_group(&mut self) -> Result<(), ExportError> {
        let rows = std::mem::take(&mut self.rows);
        let columns = self.columns.iter().zip(&mut self.values);
        let columns = columns.map(|((name, kind), values)| series(name, *kind, values)).collect::<Result<Vec<_>, _>>();
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let written = columns.and_then(|columns| writer.write_batch(&DataFrame::new(rows, columns)?));
        written.map_err(|error| self.refused(&error))
    }
}

impl<W: Write + Send> Sink for Parquet<W> {
    fn begin(&mut self, columns: &[Column]) -> Result<(), ExportError> {
        self.columns = headers(columns).into_iter().zip(columns.iter().map(|column| column.kind)).collect();
        let empty = |(_, kind): &(String, Kind)| match kind {
            Kind::Text => Values::Texts(Vec::new()),
            _ => Values::Numbers(Vec::new()),
        };
        self.values = self.columns.iter().map(empty).collect();
        let fields = self.columns.iter().map(|(name, kind)| Field::new(name.into(), data_type(*kind)));
        let schema: Schema = fields.collect();
        if let Some(out) = self.out.take() {
            let watched = Watched { out, refused: Arc::clone(&self.refused) };
            let writer = ParquetWriter::new(watched).batched(&schema);
            self.writer = Some(writer.map_err(|error| self.refused(&error))?);
        }
        Ok(())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        for (values, cell) in self.values.iter_mut().zip(cells) {
            match (values, cell) {
                (Values::Texts(texts), Cell::Text(text)) => texts.push(Some(clean(text).into_owned())),
                (Values::Texts(texts), Cell::Int(value)) => texts.push(Some(value.to_string())),
                (Values::Texts(texts), Cell::Missing) => texts.push(None),
                (Values::Numbers(numbers), Cell::Int(value)) => numbers.push(Some(*value)),
                (Values::Numbers(numbers), _) => numbers.push(None),
            }
        }
        self.rows += 1;
        if self.rows == GROUP { self.write_group() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.write_group()?;
        let Some(writer) = self.writer.take() else { return Ok(()) };
        writer.finish().map(drop).map_err(|error| self.refused(&error))
    }
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::String,
        Kind::Count => DataType::Int64,
        Kind::Number(scale) | Kind::Money(scale) => DataType::Decimal(PRECISION, scale.decimals().into()),
        Kind::Share => DataType::Decimal(PRECISION, 6),
        Kind::Date => DataType::Date,
        Kind::Flag => DataType::Boolean,
    }
}

/// The values of a column, which is empty afterwards.
fn series(name: &str, kind: Kind, values: &mut Values) -> Result<Series, PolarsError> {
    let name = name.into();
    let numbers = match values {
        Values::Texts(texts) => {
            return Ok(StringChunked::from_iter_options(name, std::mem::take(texts).into_iter()).into_column());
        }
        Values::Numbers(numbers) => std::mem::take(numbers).into_iter(),
    };
    Ok(match kind {
        Kind::Text | Kind::Count => Int64Chunked::from_iter_options(name, numbers).into_column(),
        Kind::Number(_) | Kind::Money(_) | Kind::Share => {
            let DataType::Decimal(precision, scale) = data_type(kind) else {
                return Ok(Int64Chunked::from_iter_options(name, numbers).into_column());
            };
            let wide = numbers.map(|number| number.map(i128::from));
            Int128Chunked::from_iter_options(name, wide).into_decimal(precision, scale)?.into_column()
        }
        Kind::Date => {
            let days = numbers.map(|day| day.map(|day| day as i32));
            Int32Chunked::from_iter_options(name, days).into_date().into_column()
        }
        Kind::Flag => {
            let flags = numbers.map(|flag| flag.map(|flag| flag != 0));
            BooleanChunked::from_iter_options(name, flags).into_column()
        }
    })
}
