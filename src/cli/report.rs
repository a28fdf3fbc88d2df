//! `tierscope report`: totals, cuts, segments and cells, in the form that suits who reads them.

mod figures;
mod plans;
mod subject;
mod table;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::analysed::{Analysed, analyse_for};
use super::options::{DataOptions, OptionsError, ScoreOptions};
use super::output::{cell, for_programs, json, refuse_input, stdout};
use crate::engine::tiers::Tiers;
use crate::export::file::Output;
use crate::lang;
use crate::report::{html, markdown};
use figures::Report;
use subject::Told;

/// Forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Table,
    /// Everything, for programs; money as decimal strings.
    Json,
    /// The segments, or the VIP tiers, for a spreadsheet.
    Csv,
    /// A document of all views, for a wiki or a repository.
    Markdown,
    /// A document of all views with charts in one file, for a browser or for paper.
    Html,
}

impl Format {
    /// Whether it is a document of all views.
    const fn is_document(self) -> bool {
        matches!(self, Self::Markdown | Self::Html)
    }

    /// The format that the name of a file says.
    fn of(path: &std::path::Path) -> Option<Self> {
        let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
        match extension.as_str() {
            "txt" => Some(Self::Table),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// Ways to tell customers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// By the segments of the scheme.
    Segment,
    /// Also by the VIP rules.
    Vip,
}

/// What to report on.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    pub(super) data: DataOptions,
    #[command(flatten)]
    pub(super) score: ScoreOptions,
    /// How customers are told apart: by segment; or also by VIP tier, the first rule of --vip or of the scenario, in order,
    /// that a customer meets
    #[arg(long, value_enum, default_value = "segment", help_heading = "Output")]
    by: By,
    /// Form of the report [default: as the name of --out ends, else table]
    #[arg(long, value_enum, help_heading = "Output")]
    format: Option<Format>,
    /// Scenario to compare with in a document: who moved since, with its cuts, scheme and measures on the same rows
    #[arg(long, value_name = "SCENARIO", help_heading = "Output")]
    baseline: Option<PathBuf>,
    /// Write to this file instead of stdout, whole or not at all
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "out", help_heading = "Output")]
    force: bool,
}

/// Prints or writes the report.
pub(super) fn run(args: &ReportArgs) -> anyhow::Result<()> {
    if let Some(path) = &args.out {
        refuse_input("--out", path, &args.data.places()?)?;
        // Told before the data is read, which may take long; writing looks again.
        Output::check(path, args.force)?;
    }
    let format = args.format.or_else(|| args.out.as_deref().and_then(Format::of)).unwrap_or(Format::Table);
    if args.baseline.is_some() && !format.is_document() {
        return Err(OptionsError::NoDocument.into());
    }
    // Only rows tell who meets a rule.
    let fields = (args.by == By::Vip).then(|| "vip_tier".to_owned());
    let mut analysed = analyse_for(&args.data, &args.score, fields.into_iter())?;
    if args.by == By::Vip && analysed.analysis.setting().rules.is_empty() {
        return Err(OptionsError::NoRules.into());
    }
    let tiers = (args.by == By::Vip).then(|| analysed.analysis.tiers_wanted().build()).flatten();
    let baseline = args.baseline.as_deref().map(|path| subject::compare(&mut analysed, path)).transpose()?;
    match &args.out {
        None => {
            let mut out = stdout();
            write(args, format, &analysed, (tiers.as_ref(), baseline.as_deref()), &mut out)?;
            out.flush()?;
        }
        Some(path) => {
            let mut out = Output::open(Some(path), args.force)?;
            let written = write(args, format, &analysed, (tiers.as_ref(), baseline.as_deref()), &mut out);
            written.with_context(|| crate::tr!("cannot write {path}", path = path.display()))?;
            out.finish()?;
        }
    }
    analysed.keep();
    Ok(())
}

fn write(
    args: &ReportArgs,
    format: Format,
    analysed: &Analysed,
    (tiers, baseline): (Option<&Tiers>, Option<&str>),
    out: &mut impl Write,
) -> anyhow::Result<()> {
    if format.is_document() {
        let told = Told::of(args, analysed)?;
        let document = told.document(analysed, tiers, baseline);
        let text = if format == Format::Html { html(&document, lang::current().tag()) } else { markdown(&document) };
        return Ok(out.write_all(text.as_bytes())?);
    }
    let is_for_programs = matches!(format, Format::Json | Format::Csv);
    let mut report = if is_for_programs { for_programs(|| Report::of(analysed)) } else { Report::of(analysed) };
    report.vip_tiers = tiers.map(|tiers| plans::tiers(&analysed.analysis, tiers));
    match format {
        Format::Json => json(out, &report, true)?,
        Format::Csv => write_csv(&report, out)?,
        Format::Table | Format::Markdown | Format::Html => table::write(&report, analysed, out)?,
    }
    Ok(())
}

fn write_csv(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let mut head = vec!["segment", "customers", "customer_share", "orders", "revenue", "revenue_share"];
    if let Some(tiers) = &report.vip_tiers {
        head[0] = "vip_tier";
        csv.write_record(&head)?;
        for tier in tiers {
            csv.write_record([
                &*cell(tier.tier.as_deref().unwrap_or_default()),
                &tier.customers.to_string(),
                &tier.customer_share.to_string(),
                &tier.orders.to_string(),
                &tier.revenue,
                &tier.revenue_share.to_string(),
            ])?;
        }
        csv.flush()?;
        return Ok(());
    }
    if report.budget.is_some() {
        head.extend(["cost_by_head", "cost_by_revenue", "cost", "cost_of_revenue"]);
    }
    csv.write_record(&head)?;
    let mut costs = report.budget.iter().flat_map(|budget| &budget.segments);
    for segment in &report.segments {
        let mut cells = vec![
            cell(&segment.name).into_owned(),
            segment.customers.to_string(),
            segment.customer_share.to_string(),
            segment.orders.to_string(),
            segment.revenue.clone(),
            segment.revenue_share.to_string(),
        ];
        if let Some(cost) = costs.next() {
            let share = cost.revenue_share.to_string();
            cells.extend([cost.by_head.clone(), cost.by_revenue.clone(), cost.cost.clone(), share]);
        }
        csv.write_record(&cells)?;
    }
    csv.flush()?;
    Ok(())
}
