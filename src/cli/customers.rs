//! `tierscope customers`: the list with scores and segments, for a spreadsheet or a program.

use std::io::Write;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::analysed::analyse;
use super::options::{DataOptions, ScoreOptions};
use super::output::{cell, file, json, refuse_input, stdout};
use crate::engine::analysis::Analysis;
use crate::engine::listing::{Column, Listing, Row, Selection, Sort};
use crate::model::customers::Axis;
use crate::model::measures::Recency;
use crate::model::money::Money;

/// Forms of the list.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// One line a customer, with a header. An id that a spreadsheet would run as a formula gets an apostrophe in front;
    /// JSON has ids as they are.
    Csv,
    /// An array of objects; money as decimal strings.
    Json,
}

/// Which list, and where to.
#[derive(Debug, Args)]
pub(super) struct CustomersArgs {
    #[command(flatten)]
    data: DataOptions,
    #[command(flatten)]
    score: ScoreOptions,
    /// Form of the list
    #[arg(long, value_enum, default_value = "csv", help_heading = "Output")]
    format: Format,
    /// Write to this file instead of stdout
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Sort by customer, recency, frequency, monetary, mean-order, first-order, last-order, scores or segment; add :asc
    /// or :desc to choose the direction
    #[arg(long, value_name = "COLUMN", default_value = "monetary", help_heading = "Output")]
    sort: SortArg,
    /// Only the first N customers of the sorted list
    #[arg(long, value_name = "N", help_heading = "Output")]
    limit: Option<usize>,
}

/// A column with an optional direction.
#[derive(Clone, Copy, Debug)]
struct SortArg(Sort);

impl FromStr for SortArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, direction) = text.split_once(':').map_or((text, None), |(name, way)| (name, Some(way)));
        let column = Column::from_str(&name.replace(['-', ' '], "_"), true).map_err(|_| {
            format!(
                "`{name}` is no column; sort by {}",
                Column::ALL.map(|column| column.name().replace(' ', "-")).join(", ")
            )
        })?;
        let descending = match direction {
            None => column.descends(),
            Some("asc") => false,
            Some("desc") => true,
            Some(other) => return Err(format!("`{other}` is no direction; write {name}:asc or {name}:desc")),
        };
        Ok(Self(Sort { column, descending }))
    }
}

/// A customer as the list writes it.
#[derive(Serialize)]
struct Line<'a> {
    customer: &'a str,
    recency_days: i64,
    /// In multiples of the own gap, where that is what recency counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    recency_own_gaps: Option<String>,
    frequency: i64,
    monetary: String,
    first_order: String,
    last_order: String,
    r: u8,
    f: u8,
    m: u8,
    segment: &'a str,
    orders: i64,
    mean_order_value: String,
}

impl<'a> Line<'a> {
    fn of(analysis: &'a Analysis, row: &Row) -> Self {
        let customers = analysis.customers();
        let value = |axis: Axis| Money::new(row.values[axis.index()], analysis.scale(axis)).to_string();
        let gaps = analysis.setting().measures.recency == Recency::OwnGap;
        Self {
            customer: customers.ids.get(row.customer),
            recency_days: (analysis.measured().as_of() - customers.last_order(row.customer)).into(),
            recency_own_gaps: gaps.then(|| value(Axis::Recency)),
            frequency: row.values[1],
            monetary: value(Axis::Monetary),
            first_order: customers.first_order(row.customer).to_string(),
            last_order: customers.last_order(row.customer).to_string(),
            r: row.scores[0],
            f: row.scores[1],
            m: row.scores[2],
            segment: analysis.scheme().segment_name(row.segment),
            orders: customers.orders.get(row.customer),
            mean_order_value: row.mean_order.to_string(),
        }
    }
}

/// Writes the list.
pub(super) fn run(args: &CustomersArgs) -> anyhow::Result<()> {
    if let Some(path) = &args.out {
        refuse_input("--out", path, &args.data.places()?)?;
    }
    let analysed = analyse(&args.data, &args.score)?;
    let analysis = &analysed.analysis;
    let listing = Listing::new(analysis, args.sort.0, Selection::All);
    let rows = listing.rows(analysis, 0, args.limit.unwrap_or(usize::MAX));
    match &args.out {
        None => write(args.format, analysis, rows, stdout())?,
        Some(path) => write(args.format, analysis, rows, file(path)?)?,
    }
    analysed.keep();
    Ok(())
}

fn write(
    format: Format,
    analysis: &Analysis,
    rows: impl Iterator<Item = Row>,
    mut out: impl Write,
) -> anyhow::Result<()> {
    match format {
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(&mut out);
            for row in rows {
                let line = Line::of(analysis, &row);
                let (customer, segment) = (cell(line.customer), cell(line.segment));
                csv.serialize(Line { customer: &customer, segment: &segment, ..line })?;
            }
            csv.flush()?;
        }
        Format::Json => {
            write!(out, "[")?;
            for (number, row) in rows.enumerate() {
                writeln!(out, "{}", if number == 0 { "" } else { "," })?;
                json(&mut out, &Line::of(analysis, &row), false)?;
            }
            writeln!(out, "\n]")?;
        }
    }
    out.flush()?;
    Ok(())
}
