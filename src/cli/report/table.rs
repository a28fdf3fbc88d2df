//! A report for a person, in the terminal or in a document.

use std::io::{self, Write};

use super::super::analysed::Analysed;
use super::super::data_filter::taken;
use super::super::output::Table;
use super::figures::Report;
use super::plans::tier_table;
use crate::engine::analysis::Analysis;
use crate::lang;
use crate::model::customers::Axis;
use crate::show::numbers::{count, counted, money, share};
use crate::show::text::{clean, quoted};

/// Writes it for the terminal.
pub(super) fn write(report: &Report, analysed: &Analysed, out: &mut impl Write) -> io::Result<()> {
    for line in headline(report, analysed) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    bins(&analysed.analysis).write(out)?;
    writeln!(out, "\nScheme {}: {}", report.scheme, analysed.analysis.scheme().title)?;
    segments(&analysed.analysis).write(out)?;
    if let Some(tiers) = &report.vip_tiers {
        writeln!(out, "\nVIP tiers: each customer in the first rule that is met")?;
        tier_table(&analysed.analysis, tiers).write(out)?;
    }
    if let Some(budget) = &report.budget {
        writeln!(out, "\n{}", clean(&budget.title()))?;
        budget.table(&analysed.analysis).write(out)?;
    }
    if let Some(statuses) = statuses(report, analysed) {
        writeln!(out, "\nStatuses of rows without fault")?;
        statuses.write(out)?;
    }
    if !report.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &report.notes {
        writeln!(out, "note: {note}")?;
    }
    Ok(())
}

/// Writes it as Markdown.
pub(super) fn write_markdown(report: &Report, analysed: &Analysed, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# Customers as of {}\n", report.as_of)?;
    for line in headline(report, analysed) {
        writeln!(out, "- {line}")?;
    }
    writeln!(out, "\n## Cuts\n")?;
    bins(&analysed.analysis).write_markdown(out)?;
    writeln!(out, "\n## Segments ({})\n", report.scheme)?;
    segments(&analysed.analysis).write_markdown(out)?;
    if let Some(tiers) = &report.vip_tiers {
        writeln!(out, "\n## VIP tiers\n")?;
        tier_table(&analysed.analysis, tiers).write_markdown(out)?;
    }
    if let Some(budget) = &report.budget {
        writeln!(out, "\n## {}\n", clean(&budget.title()))?;
        budget.table(&analysed.analysis).write_markdown(out)?;
    }
    if let Some(statuses) = statuses(report, analysed) {
        writeln!(out, "\n## Statuses of rows without fault\n")?;
        statuses.write_markdown(out)?;
    }
    if !report.notes.is_empty() {
        writeln!(out, "\n## Notes\n")?;
    }
    for note in &report.notes {
        writeln!(out, "- {note}")?;
    }
    Ok(())
}

fn headline(report: &Report, analysed: &Analysed) -> Vec<String> {
    let analysis = &analysed.analysis;
    let (total, scale) = (analysis.summary().total(), analysis.customers().scale);
    let (first, last) = analysis.period();
    let mean = analysis.mean_order_value();
    let mut lines = vec![
        format!(
            "{}, {}, revenue {}, mean order value {}, repeat rate {}",
            counted(total.customers, "customer"),
            counted(total.orders, "order"),
            money(total.revenue, scale),
            money(mean.minor, mean.scale),
            share(analysis.repeat_customers(), total.customers),
        ),
        format!("as of {}, orders from {first} to {last}", report.as_of),
        format!("rows: {} read, {} kept", count(report.ledger.read), count(report.ledger.kept)),
    ];
    lines.splice(0..0, choices(analysed));
    lines.extend(report.ledger.unidentified.words().map(|words| format!("unidentified: {words}")));
    for rejected in &report.ledger.rejected {
        let example = rejected.examples.first().map_or_else(String::new, |example| {
            let column = match &*example.column {
                "" => String::new(),
                column => format!(" column `{}`", clean(column)),
            };
            format!(
                ", first in {} row {}{column}: {}",
                clean(&example.file),
                example.row,
                quoted(&clean(&example.text))
            )
        });
        lines.push(format!("rejected: {} {}{example}", count(rejected.rows), lang::text(rejected.reason)));
    }
    lines
}

/// The scenario, the filter and the measures, where they are not the usual ones.
fn choices(analysed: &Analysed) -> Vec<String> {
    let analysis = &analysed.analysis;
    let mut lines = Vec::new();
    if let Some(scenario) = &analysed.scenario {
        let note = scenario.note.iter().flat_map(|note| note.lines()).map(clean).collect::<Vec<_>>().join(" ");
        let colon = if note.is_empty() { "" } else { ": " };
        lines.push(format!("scenario {}{colon}{note}", clean(&scenario.name)));
    }
    lines.extend(taken(analysis));
    let filter = &analysis.setting().filter;
    if !filter.is_empty() {
        let [left, all] = [analysis.population().len(), analysis.measured().len()].map(|number| count(number as u64));
        lines.push(format!("filter {filter}: {left} of {all} customers"));
    }
    let measures = Axis::ALL.map(|axis| analysis.measured().measure(axis)).into_iter();
    let measures = measures.filter(|measure| !measure.is_default());
    let measures: Vec<String> =
        measures.map(|measure| format!("{} = {}", measure.axis().name(), measure.unit())).collect();
    if !measures.is_empty() {
        lines.push(format!("measures: {}", measures.join(", ")));
    }
    lines
}

/// Every bin of every axis, best score first.
fn bins(analysis: &Analysis) -> Table {
    let scale = analysis.customers().scale;
    let total = analysis.summary().total();
    let mut table = Table::new(4, ["axis", "method", "score", "range", "customers", "share", "revenue", "share"]);
    for axis in Axis::ALL {
        let cuts = analysis.cuts(axis);
        for score in (1..=cuts.bins() as u8).rev() {
            let tally = analysis.summary().score(axis, score);
            table.row([
                axis.name().to_owned(),
                cuts.method().name().to_owned(),
                format!("{}{score}", axis.letter()),
                cuts.range_text(cuts.bin_of_score(score), analysis.scale(axis)).to_string(),
                count(tally.customers),
                share(tally.customers, total.customers),
                money(tally.revenue, scale),
                share(tally.revenue, total.revenue),
            ]);
        }
    }
    table
}

/// What was made of each status, those with the most rows first; `None` where no column says any.
fn statuses(report: &Report, analysed: &Analysed) -> Option<Table> {
    let statuses = &analysed.ledger.statuses;
    if statuses.is_empty() {
        return None;
    }
    let mut table = Table::new(3, ["status", "taken as", "rows are", "rows", "revenue", ""]);
    let scale = analysed.analysis.customers().scale;
    let mut listed: Vec<_> = report.statuses.iter().zip(&statuses.each).collect();
    listed.sort_by_key(|(_, one)| std::cmp::Reverse(one.rows));
    for (figures, one) in listed {
        table.row([
            if figures.status.is_empty() { "–".to_owned() } else { figures.status.clone() },
            lang::text(figures.meaning).to_owned(),
            if figures.kept { "kept" } else { "rejected" }.to_owned(),
            count(figures.rows),
            money(one.money(scale).minor, scale),
            if figures.look { "look" } else { "" }.to_owned(),
        ]);
    }
    if statuses.others > 0 {
        let others = ["further ones", "each by itself", "", &count(statuses.others), "", ""].map(str::to_owned);
        table.row(others);
    }
    Some(table)
}

fn segments(analysis: &Analysis) -> Table {
    let scale = analysis.customers().scale;
    let total = analysis.summary().total();
    let mut table = Table::new(1, ["segment", "customers", "share", "orders", "revenue", "share"]);
    for (segment, tally) in analysis.segments().into_iter().enumerate() {
        table.row([
            analysis.scheme().segment_name(segment).to_owned(),
            count(tally.customers),
            share(tally.customers, total.customers),
            count(tally.orders),
            money(tally.revenue, scale),
            share(tally.revenue, total.revenue),
        ]);
    }
    table
}
