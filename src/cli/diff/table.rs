//! A comparison for a person, for a spreadsheet and for a program.

use std::io::{self, Write};

use serde::Serialize;

use super::super::output::{Table, cell, json};
use super::super::words;
use super::{By, Comparison, Part};
use crate::engine::summary::Tally;
use crate::model::money::Money;
use crate::show::numbers::{count, money, share};
use crate::show::text::clean;
use crate::tr;

/// Writes it for the terminal. Columns are numbered, or a table of eleven segments would not fit.
pub(super) fn write(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    for line in names(comparison) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    match differences(comparison) {
        Some(table) => table.write(out)?,
        None => writeln!(out, "{}", tr!("The two define scores, segments and filter alike."))?,
    }
    writeln!(out)?;
    for sentence in comparison.population() {
        writeln!(out, "{}", clean(&sentence))?;
    }
    let migration = &comparison.migration;
    let what = comparison.by.words();
    writeln!(out, "\n{}", tr!("{what} from A's segments (rows) to B's (columns)", what))?;
    let numbers = (1..=migration.to.len()).map(|number| number.to_string());
    let same = migration.from == migration.to;
    let numbered = |(place, name): (usize, &String)| format!("{} {}", place + 1, words::segment(name));
    let from = migration.from.iter();
    let from = if same { from.enumerate().map(numbered).collect() } else { shown_names(&migration.from) };
    movements(comparison, "", from, numbers.collect()).write(out)?;
    if !same {
        let to: Vec<String> = migration.to.iter().enumerate().map(numbered).collect();
        writeln!(out, "\n{}", tr!("columns: {names}", names = clean(&to.join(", "))))?;
    }
    writeln!(out, "\n{}", agreement(comparison))
}

/// Writes it as Markdown.
pub(super) fn write_markdown(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# {}\n", tr!("Two definitions compared"))?;
    for line in names(comparison) {
        writeln!(out, "- {line}")?;
    }
    writeln!(out, "\n## {}\n", tr!("Differences"))?;
    match differences(comparison) {
        Some(table) => table.write_markdown(out)?,
        None => writeln!(out, "{}", tr!("The two define scores, segments and filter alike."))?,
    }
    let what = comparison.by.words();
    writeln!(out, "\n## {}\n", tr!("From A's segments (rows) to B's (columns), by {what}", what))?;
    let migration = &comparison.migration;
    movements(comparison, tr!("head" | "from"), shown_names(&migration.from), shown_names(&migration.to))
        .write_markdown(out)?;
    writeln!(out)?;
    for sentence in comparison.population() {
        writeln!(out, "- {}", clean(&sentence))?;
    }
    writeln!(out, "- {}", agreement(comparison))
}

/// Writes the movements as CSV.
pub(super) fn write_csv(comparison: &Comparison, out: &mut impl Write) -> anyhow::Result<()> {
    let migration = &comparison.migration;
    let mut csv = csv::Writer::from_writer(out);
    let head = std::iter::once("from").chain(migration.to.iter().map(String::as_str)).chain(["total"]);
    csv.write_record(head.map(|name| cell(name).into_owned()))?;
    for (from, tallies) in rows(comparison) {
        let figures = tallies.into_iter().map(|tally| plain(comparison, tally));
        csv.write_record(std::iter::once(cell(&from).into_owned()).chain(figures))?;
    }
    csv.flush()?;
    Ok(())
}

fn names(comparison: &Comparison) -> [String; 2] {
    let [from, to] = &comparison.scenarios;
    [format!("A: {}", clean(&from.name)), format!("B: {}", clean(&to.name))]
}

fn shown_names(segments: &[String]) -> Vec<String> {
    segments.iter().map(|name| words::segment(name).to_owned()).collect()
}

fn differences(comparison: &Comparison) -> Option<Table> {
    let mut table = Table::new(3, [tr!("head" | "differs"), "A", "B"]);
    for Part { what, a, b } in &comparison.parts {
        table.row([what.clone(), a.clone(), b.clone()]);
    }
    (!comparison.parts.is_empty()).then_some(table)
}

/// The tallies of each row with its total, and the totals of the columns last.
fn rows(comparison: &Comparison) -> Vec<(String, Vec<Tally>)> {
    let migration = &comparison.migration;
    let columns = 0..migration.to.len();
    let mut rows: Vec<_> = (0..migration.from.len())
        .map(|from| {
            let tallies = columns.clone().map(|to| migration.tally(from, to)).chain([migration.left(from)]);
            (migration.from[from].clone(), tallies.collect())
        })
        .collect();
    let totals = columns.map(|to| migration.arrived(to)).chain([migration.total()]);
    rows.push(("total".to_owned(), totals.collect()));
    rows
}

fn movements(comparison: &Comparison, corner: &str, mut from: Vec<String>, to: Vec<String>) -> Table {
    let mut head = vec![corner.to_owned()];
    head.extend(to);
    head.push(tr!("head" | "total").to_owned());
    let mut table = Table::wide(1, head);
    from.push(tr!("head" | "total").to_owned());
    for (name, (_, tallies)) in from.into_iter().zip(rows(comparison)) {
        let mut cells = vec![name];
        cells.extend(tallies.into_iter().map(|tally| shown(comparison, tally)));
        table.wide_row(cells);
    }
    table
}

fn shown(comparison: &Comparison, tally: Tally) -> String {
    match comparison.by {
        _ if tally == Tally::default() => "·".to_owned(),
        By::Customers => count(tally.customers),
        By::Revenue => money(tally.revenue, comparison.analysed.analysis.customers().scale),
    }
}

fn plain(comparison: &Comparison, tally: Tally) -> String {
    match comparison.by {
        By::Customers => tally.customers.to_string(),
        By::Revenue => minor(comparison, tally.revenue),
    }
}

fn minor(comparison: &Comparison, minor: i64) -> String {
    Money::new(minor, comparison.analysed.analysis.customers().scale).to_string()
}

fn agreement(comparison: &Comparison) -> String {
    if !comparison.has_common_names() {
        return tr!("No segment has the same name in A and B: there is nothing to agree on.").to_owned();
    }
    let agreement = comparison.migration.agreement();
    let kappa = agreement.kappa.map_or("–".to_owned(), |kappa| format!("{kappa:.3}"));
    tr!(
        "Agreement {share}: {same} of {all} customers have a segment of the same name; Cohen's kappa {kappa}.",
        share = share(agreement.same, agreement.all),
        same = count(agreement.same),
        all = count(agreement.all),
        kappa
    )
}

#[derive(Serialize)]
struct Compared<'a> {
    a: &'a str,
    b: &'a str,
    as_of: String,
    files: Vec<String>,
    differences: &'a [Part],
    population: Population,
    from: &'a [String],
    to: &'a [String],
    /// Every pair of segments that has customers.
    movements: Vec<Movement<'a>>,
    agreement: Option<AgreementFigures>,
}

#[derive(Serialize)]
struct Population {
    data_filter: String,
    filter: String,
    customers: u64,
    orders: u64,
    revenue: String,
    of: u64,
}

#[derive(Serialize)]
struct Movement<'a> {
    from: &'a str,
    to: &'a str,
    customers: u64,
    orders: u64,
    revenue: String,
}

#[derive(Serialize)]
struct AgreementFigures {
    same: u64,
    share: f64,
    kappa: Option<f64>,
}

/// Writes it as JSON.
pub(super) fn write_json(comparison: &Comparison, out: &mut impl Write) -> anyhow::Result<()> {
    let Comparison { scenarios: [a, b], parts, migration, analysed, .. } = comparison;
    let pairs = (0..migration.from.len()).flat_map(|from| (0..migration.to.len()).map(move |to| (from, to)));
    let movement = |(from, to): (usize, usize)| {
        let Tally { customers, orders, revenue } = migration.tally(from, to);
        let (from, to) = (migration.from[from].as_str(), migration.to[to].as_str());
        Movement { from, to, customers, orders, revenue: minor(comparison, revenue) }
    };
    let Tally { customers, orders, revenue } = migration.total();
    let agreement = migration.agreement();
    let compared = Compared {
        a: &a.name,
        b: &b.name,
        as_of: comparison.as_of().to_string(),
        files: analysed.places.iter().map(ToString::to_string).collect(),
        differences: parts,
        population: Population {
            data_filter: b.data_filter.to_string(),
            filter: b.filter.to_string(),
            customers,
            orders,
            revenue: minor(comparison, revenue),
            of: analysed.analysis.measured().len() as u64,
        },
        from: &migration.from,
        to: &migration.to,
        movements: pairs.map(movement).filter(|movement| movement.customers > 0).collect(),
        agreement: comparison.has_common_names().then(|| AgreementFigures {
            same: agreement.same,
            share: crate::show::numbers::fraction(agreement.same, agreement.all),
            kappa: agreement.kappa,
        }),
    };
    json(out, &compared, true)
}
