//! `tierscope report`: totals, cuts, segments and cells, in the form that suits who reads them.

mod figures;
mod plans;
mod table;

use std::io::Write;

use clap::{Args, ValueEnum};

use super::analysed::analyse_for;
use super::options::{DataOptions, OptionsError, ScoreOptions};
use super::output::{cell, for_programs, json, stdout};
use figures::Report;

/// Forms of a report.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a person.
    Table,
    /// Everything, for programs; money as decimal strings.
    Json,
    /// The segments, or the VIP tiers, for a spreadsheet.
    Csv,
    /// For a document.
    Markdown,
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
    /// Form of the report
    #[arg(long, value_enum, default_value = "table", help_heading = "Output")]
    format: Format,
}

/// Prints the report.
pub(super) fn run(args: &ReportArgs) -> anyhow::Result<()> {
    // Only rows tell who meets a rule.
    let fields = (args.by == By::Vip).then(|| "vip_tier".to_owned());
    let analysed = analyse_for(&args.data, &args.score, fields.into_iter())?;
    let is_for_programs = matches!(args.format, Format::Json | Format::Csv);
    let mut report = if is_for_programs { for_programs(|| Report::of(&analysed)) } else { Report::of(&analysed) };
    if args.by == By::Vip {
        if analysed.analysis.setting().rules.is_empty() {
            return Err(OptionsError::NoRules.into());
        }
        report.vip_tiers =
            analysed.analysis.tiers_wanted().build().map(|tiers| plans::tiers(&analysed.analysis, &tiers));
    }
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
