//! A report for a person, in the terminal.

use std::io::{self, Write};

use super::super::analysed::Analysed;
use super::super::data_filter::taken;
use super::super::output::Table;
use super::super::words;
use super::figures::Report;
use super::plans::tier_table;
use crate::data::ledger::Example;
use crate::engine::analysis::Analysis;
use crate::lang::{self, name};
use crate::model::customers::Axis;
use crate::show::numbers::{count, counted, money, share};
use crate::show::text::{clean, quoted};
use crate::tr;

/// Writes it for the terminal.
pub(super) fn write(report: &Report, analysed: &Analysed, out: &mut impl Write) -> io::Result<()> {
    for line in headline(report, analysed) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    bins(&analysed.analysis).write(out)?;
    let title = name("scheme", &analysed.analysis.scheme().title);
    writeln!(out, "\n{}", tr!("Scheme {name}: {title}", name = report.scheme, title))?;
    segments(&analysed.analysis).write(out)?;
    if let Some(tiers) = &report.vip_tiers {
        writeln!(out, "\n{}", tr!("VIP tiers: each customer in the first rule that is met"))?;
        tier_table(&analysed.analysis, tiers).write(out)?;
    }
    if let Some(budget) = &report.budget {
        writeln!(out, "\n{}", clean(&budget.title()))?;
        budget.table(&analysed.analysis).write(out)?;
    }
    if let Some(statuses) = statuses(report, analysed) {
        writeln!(out, "\n{}", tr!("Statuses of rows without fault"))?;
        statuses.write(out)?;
    }
    if !report.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &report.notes {
        writeln!(out, "{}", tr!("note: {note}", note))?;
    }
    Ok(())
}

fn headline(report: &Report, analysed: &Analysed) -> Vec<String> {
    let analysis = &analysed.analysis;
    let (total, scale) = (analysis.summary().total(), analysis.customers().scale);
    let (first, last) = analysis.period();
    let mean = analysis.mean_order_value();
    let mut lines = vec![
        tr!(
            "{customers}, {orders}, revenue {revenue}, mean order value {mean}, repeat rate {rate}",
            customers = counted(total.customers, "customer"),
            orders = counted(total.orders, "order"),
            revenue = money(total.revenue, scale),
            mean = money(mean.minor, mean.scale),
            rate = share(analysis.repeat_customers(), total.customers),
        ),
        tr!("as of {as_of}, orders from {first} to {last}", as_of = report.as_of, first, last),
        tr!("rows: {read} read, {kept} kept", read = count(report.ledger.read), kept = count(report.ledger.kept)),
    ];
    lines.splice(0..0, choices(analysed));
    lines.extend(report.ledger.unidentified.words().map(|words| tr!("unidentified: {words}", words)));
    for rejected in &report.ledger.rejected {
        let what = tr!("rejected: {rows} {reason}", rows = count(rejected.rows), reason = lang::text(rejected.reason));
        lines.push(match rejected.examples.first() {
            None => what,
            Some(example) => with_example(&what, example),
        });
    }
    lines
}

/// What was rejected, with where it is found first.
fn with_example(what: &str, Example { file, row, column, text, .. }: &Example) -> String {
    let (file, text) = (clean(file), clean(text));
    let text = quoted(&text);
    match &**column {
        "" => tr!("{what}, first in {file} row {row}: {text}", what, file, row, text),
        column => {
            let column = clean(column);
            tr!("{what}, first in {file} row {row} column `{column}`: {text}", what, file, row, column, text)
        }
    }
}

/// The scenario, the filter and the measures, where they are not the usual ones.
fn choices(analysed: &Analysed) -> Vec<String> {
    let analysis = &analysed.analysis;
    let mut lines = Vec::new();
    if let Some(scenario) = &analysed.scenario {
        let note = scenario.note.iter().flat_map(|note| note.lines()).map(clean).collect::<Vec<_>>().join(" ");
        let name = clean(&scenario.name);
        lines.push(if note.is_empty() {
            tr!("scenario {name}", name)
        } else {
            tr!("scenario {name}: {note}", name, note)
        });
    }
    lines.extend(taken(analysis));
    let filter = &analysis.setting().filter;
    if !filter.is_empty() {
        let [left, all] = [analysis.population().len(), analysis.measured().len()].map(|number| count(number as u64));
        lines.push(tr!("filter {filter}: {left} of {all} customers", filter, left, all));
    }
    let measures = Axis::ALL.map(|axis| analysis.measured().measure(axis)).into_iter();
    let measures = measures.filter(|measure| !measure.is_default());
    let measures: Vec<String> =
        measures.map(|measure| format!("{} = {}", words::axis(measure.axis()), measure.unit())).collect();
    if !measures.is_empty() {
        lines.push(tr!("measures: {measures}", measures = measures.join(", ")));
    }
    lines
}

/// Every bin of every axis, best score first.
fn bins(analysis: &Analysis) -> Table {
    let scale = analysis.customers().scale;
    let total = analysis.summary().total();
    let mut table = Table::new(
        4,
        [
            tr!("head" | "axis"),
            tr!("head" | "method"),
            tr!("head" | "score"),
            tr!("head" | "range"),
            tr!("head" | "customers"),
            tr!("head" | "share"),
            tr!("head" | "revenue"),
            tr!("head" | "share"),
        ],
    );
    for axis in Axis::ALL {
        let cuts = analysis.cuts(axis);
        for score in (1..=cuts.bins() as u8).rev() {
            let tally = analysis.summary().score(axis, score);
            table.row([
                words::axis(axis).to_owned(),
                words::method(cuts.method()).to_owned(),
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
    let mut table = Table::new(
        3,
        [
            tr!("head" | "status"),
            tr!("head" | "taken as"),
            tr!("head" | "rows are"),
            tr!("head" | "rows"),
            tr!("head" | "revenue"),
            "",
        ],
    );
    let scale = analysed.analysis.customers().scale;
    let mut listed: Vec<_> = report.statuses.iter().zip(&statuses.each).collect();
    listed.sort_by_key(|(_, one)| std::cmp::Reverse(one.rows));
    for (figures, one) in listed {
        table.row([
            if figures.status.is_empty() { "–".to_owned() } else { figures.status.clone() },
            lang::text(figures.meaning).to_owned(),
            if figures.kept { tr!("kept") } else { tr!("rejected") }.to_owned(),
            count(figures.rows),
            money(one.money(scale).minor, scale),
            if figures.look { tr!("mark" | "look") } else { "" }.to_owned(),
        ]);
    }
    if statuses.others > 0 {
        let others =
            [tr!("further ones"), tr!("each by itself"), "", &count(statuses.others), "", ""].map(str::to_owned);
        table.row(others);
    }
    Some(table)
}

fn segments(analysis: &Analysis) -> Table {
    let scale = analysis.customers().scale;
    let total = analysis.summary().total();
    let mut table = Table::new(
        1,
        [
            tr!("head" | "segment"),
            tr!("head" | "customers"),
            tr!("head" | "share"),
            tr!("head" | "orders"),
            tr!("head" | "revenue"),
            tr!("head" | "share"),
        ],
    );
    for (segment, tally) in analysis.segments().into_iter().enumerate() {
        table.row([
            words::segment(analysis.scheme().segment_name(segment)).to_owned(),
            count(tally.customers),
            share(tally.customers, total.customers),
            count(tally.orders),
            money(tally.revenue, scale),
            share(tally.revenue, total.revenue),
        ]);
    }
    table
}
