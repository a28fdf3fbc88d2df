//! `tierscope report`: totals, cuts, segments and cells, in the form that suits who reads them.

mod figures;
mod table;

use std::io::Write;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::options::{DataOptions, ScoreOptions, catalogue};
use super::output::{cell, stdout};
use crate::data::ledger::Ledger;
use crate::data::load::load;
use crate::data::place::Place;
use crate::engine::analysis::Analysis;
use crate::job::{CancelToken, Progress};
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

/// An analysis with where it comes from.
pub(super) struct Analysed {
    pub(super) analysis: Analysis,
    pub(super) ledger: Ledger,
    pub(super) places: Vec<Place>,
}

/// Loads and analyses, as every headless command does first. Without a file it takes the demo shop.
pub(super) fn analyse(data: &DataOptions, score: &ScoreOptions) -> anyhow::Result<Analysed> {
    let request = data.request(score.as_of)?;
    let loaded = load(&request, &Progress::default(), &CancelToken::default())?;
    let analysis = Analysis::new(Arc::new(loaded.customers), loaded.as_of, &score.plan(), &catalogue())?;
    Ok(Analysed { analysis, ledger: loaded.ledger, places: request.places })
}

/// Prints the report.
pub(super) fn run(args: &ReportArgs) -> anyhow::Result<()> {
    let analysed = analyse(&args.data, &args.score)?;
    let report = Report::of(&analysed);
    let mut out = stdout();
    match args.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        }
        Format::Csv => write_csv(&report, &mut out)?,
        Format::Table => table::write(&report, &analysed, &mut out)?,
        Format::Markdown => table::write_markdown(&report, &analysed, &mut out)?,
    }
    out.flush()?;
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
