//! `tierscope report`: totals, cuts, segments and cells, in the form that suits who reads them.

mod figures;
mod table;

use std::io::Write;

use clap::{Args, ValueEnum};

use super::analysed::analyse;
use super::options::{DataOptions, ScoreOptions};
use super::output::{cell, json, stdout};
use figures::Report;

/// Forms of a report.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a person.
    Table,
    /// Everything, for programs; money as decimal strings.
    Json,
    /// The segments, for a spreadsheet.
    Csv,
    /// For a document.
    Markdown,
}

/// What to report on.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    data: DataOptions,
    #[command(flatten)]
    score: ScoreOptions,
    /// Form of the report
    #[arg(long, value_enum, default_value = "table", help_heading = "Output")]
    format: Format,
}

/// Prints the report.
pub(super) fn run(args: &ReportArgs) -> anyhow::Result<()> {
    let analysed = analyse(&args.data, &args.score)?;
    let report = Report::of(&analysed);
    let mut out = stdout();
    match args.format {
        Format::Json => json(&mut out, &report, true)?,
        Format::Csv => write_csv(&report, &mut out)?,
        Format::Table => table::write(&report, &analysed, &mut out)?,
        Format::Markdown => table::write_markdown(&report, &analysed, &mut out)?,
    }
    out.flush()?;
    analysed.keep();
    Ok(())
}

fn write_csv(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["segment", "customers", "customer_share", "orders", "revenue", "revenue_share"])?;
    for segment in &report.segments {
        csv.write_record([
            &*cell(&segment.name),
            &segment.customers.to_string(),
            &segment.customer_share.to_string(),
            &segment.orders.to_string(),
            &segment.revenue,
            &segment.revenue_share.to_string(),
        ])?;
    }
    csv.flush()?;
    Ok(())
}
