//! `tierscope breakdown`: segments by the values of any field, for a person or a program.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::analysed::analyse_for;
use super::options::{DataOptions, OptionsError, ScoreOptions};
use super::output::{Table, cell, for_programs, json, stdout};
use super::words;
use crate::engine::analysis::Analysis;
use crate::engine::breakdown::{Basis, Breakdown, BreakdownRequest, Figures};
use crate::model::field::{key, nearest};
use crate::model::money::{Money, Scale};
use crate::show::numbers::{count, fraction, money, share};
use crate::show::text::clean;
use crate::tr;

/// Forms of a breakdown.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a person.
    Table,
    /// A line a segment and value, for a spreadsheet.
    Csv,
    /// The same for programs; money as decimal strings.
    Json,
}

/// What is counted.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum BasisOption {
    /// Each customer once, by the value that stands for them.
    Customers,
    /// Each row, by its own value: what was bought.
    Purchases,
}

/// What to break down, and by what.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tierscope breakdown sales.csv --by channel
  tierscope breakdown sales.csv --by product --segment Champions --basis purchases
  tierscope breakdown sales.csv --by age --where \"region = 'East'\" --format csv")]
pub(super) struct BreakdownArgs {
    #[command(flatten)]
    pub(super) data: DataOptions,
    #[command(flatten)]
    pub(super) score: ScoreOptions,
    /// Field to break down by, such as channel, age, tenure, segment; `tierscope customers FILE --columns help` lists them
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    by: String,
    /// Only this segment, against everybody [default: everybody, and all segments beside each other]
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    segment: Option<String>,
    /// What is counted
    #[arg(long, value_enum, default_value = "customers", help_heading = "Output")]
    basis: BasisOption,
    /// Form of the breakdown
    #[arg(long, value_enum, default_value = "table", help_heading = "Output")]
    format: Format,
}

/// Prints the breakdown.
pub(super) fn run(args: &BreakdownArgs) -> anyhow::Result<()> {
    let analysed = analyse_for(&args.data, &args.score, std::iter::once(args.by.clone()))?;
    let analysis = &analysed.analysis;
    let segment = args.segment.as_deref().map(|name| segment(analysis, name)).transpose()?;
    let basis = match args.basis {
        BasisOption::Customers => Basis::Customers,
        BasisOption::Purchases => Basis::Purchases,
    };
    let breakdown = BreakdownRequest::named(analysis, &args.by, basis)?.build()?;
    let scale = analysis.customers().scale;
    let mut out = stdout();
    match args.format {
        Format::Table => table(&breakdown, segment, scale, &mut out)?,
        Format::Csv => for_programs(|| csv(&breakdown, segment, scale, &mut out))?,
        Format::Json => {
            let written = for_programs(|| Written::of(&breakdown, segment, scale));
            json(&mut out, &written, true)?;
        }
    }
    out.flush()?;
    analysed.keep();
    Ok(())
}

/// A segment by its name or what it is called in the language in use, whatever the case.
fn segment(analysis: &Analysis, name: &str) -> Result<usize, OptionsError> {
    let name = analysis.scheme().own_name(name).unwrap_or(name);
    let names: Vec<&str> = (0..analysis.map().shown()).map(|segment| analysis.scheme().segment_name(segment)).collect();
    let found = names.iter().position(|known| *known == name);
    let alike = |known: &&str| [known, words::segment(known)].map(key).contains(&key(name));
    found.or_else(|| names.iter().position(alike)).ok_or_else(|| {
        let near = nearest(name, names.iter().map(|&name| name.to_owned()));
        let near = if near.is_empty() { names.into_iter().map(str::to_owned).collect() } else { near };
        OptionsError::Segment(clean(name).into_owned(), clean(&near.join(", ")).into_owned())
    })
}

/// The lines of a segment, in the order of the values, or by revenue where they are texts.
fn lines(breakdown: &Breakdown, segment: Option<usize>) -> Vec<usize> {
    breakdown.sorted(breakdown.usual_sort(), segment)
}

fn table(breakdown: &Breakdown, segment: Option<usize>, scale: Scale, out: &mut impl Write) -> anyhow::Result<()> {
    let shown = |segment: usize| words::segment(breakdown.segment_name(segment));
    let total = breakdown.total(segment);
    let headline = tr!(
        "{segment} by {field}: {customers} customers, {orders} orders, revenue {revenue}",
        segment = clean(segment.map_or(tr!("everybody"), shown)),
        field = clean(&breakdown.words()),
        customers = count(total.customers),
        orders = count(total.orders),
        revenue = money(total.revenue, scale),
    );
    writeln!(out, "{headline}")?;
    let basis = breakdown.basis();
    let (share_head, revenue_head) = (tr!("head" | "share"), tr!("head" | "revenue"));
    let head = [tr!("head" | "whole"), tr!("head" | "index"), revenue_head, share_head, tr!("head" | "mean")];
    let head = [breakdown.name(), basis.unit(), share_head].into_iter().chain(head).map(str::to_owned);
    let mut table = Table::wide(1, head.collect());
    for line in lines(breakdown, segment) {
        let figures = breakdown.figures(line, segment);
        let of = |(part, whole): (u64, u64)| share(part, whole);
        table.row([
            breakdown.label(line),
            count(figures.count(basis)),
            of(breakdown.share(line, segment)),
            of(breakdown.share(line, None)),
            index(breakdown, line, segment),
            money(figures.revenue, scale),
            share(figures.revenue, total.revenue),
            mean(figures, scale).unwrap_or_else(|| "–".to_owned()),
        ]);
    }
    table.write(out)?;
    if segment.is_none() {
        let segments: Vec<usize> = (0..breakdown.segments()).collect();
        let unit = basis.unit();
        writeln!(out, "\n{}", tr!("Index of each segment: 100 x its share of {unit} / that of everybody", unit))?;
        let mut head = vec![breakdown.name().to_owned()];
        head.extend(segments.iter().map(|segment| shown(*segment).to_owned()));
        let mut table = Table::wide(1, head);
        for line in lines(breakdown, None) {
            let mut row = vec![breakdown.label(line)];
            row.extend(segments.iter().map(|segment| index(breakdown, line, Some(*segment))));
            table.wide_row(row);
        }
        table.write(out)?;
    }
    Ok(())
}

fn index(breakdown: &Breakdown, line: usize, segment: Option<usize>) -> String {
    breakdown.index(line, segment).map_or_else(|| "–".to_owned(), count)
}

/// Revenue an order, to the cent or the data's finer unit; `None` without orders.
fn mean(figures: Figures, scale: Scale) -> Option<String> {
    (figures.orders > 0).then(|| Money::mean(figures.revenue.into(), figures.orders, scale).to_string())
}

/// A breakdown as JSON has it.
#[derive(Debug, Serialize)]
struct Written {
    by: String,
    basis: &'static str,
    segments: Vec<WrittenSegment>,
}

/// A segment of it, or everybody.
#[derive(Debug, Serialize)]
struct WrittenSegment {
    /// The name; null for everybody.
    segment: Option<String>,
    customers: u64,
    orders: u64,
    rows: u64,
    revenue: String,
    values: Vec<WrittenLine>,
}

/// A line of a segment.
#[derive(Debug, Serialize)]
struct WrittenLine {
    /// The value, or the ends of a band; null where there is none.
    value: Option<String>,
    customers: u64,
    orders: u64,
    rows: u64,
    revenue: String,
    share: f64,
    whole_share: f64,
    index: Option<i64>,
    revenue_share: f64,
    mean_order_value: Option<String>,
}

impl Written {
    fn of(breakdown: &Breakdown, segment: Option<usize>, scale: Scale) -> Self {
        let segments = match segment {
            Some(segment) => vec![Some(segment)],
            None => [None].into_iter().chain((0..breakdown.segments()).map(Some)).collect(),
        };
        // One order for all of them.
        let order = breakdown.sorted(breakdown.usual_sort(), segment);
        let segments = segments.into_iter().map(|segment| {
            let Figures { customers, orders, rows, revenue } = breakdown.total(segment);
            WrittenSegment {
                segment: segment.map(|segment| breakdown.segment_name(segment).to_owned()),
                customers,
                orders,
                rows,
                revenue: Money::new(revenue, scale).to_string(),
                values: order.iter().map(|line| WrittenLine::of(breakdown, *line, segment, scale)).collect(),
            }
        });
        Self { by: breakdown.name().to_owned(), basis: breakdown.basis().name(), segments: segments.collect() }
    }
}

impl WrittenLine {
    fn of(breakdown: &Breakdown, line: usize, segment: Option<usize>, scale: Scale) -> Self {
        let figures = breakdown.figures(line, segment);
        let of = |(part, whole): (u64, u64)| fraction(part, whole);
        Self {
            value: (!breakdown.is_missing(line)).then(|| breakdown.written(line)),
            customers: figures.customers,
            orders: figures.orders,
            rows: figures.rows,
            revenue: Money::new(figures.revenue, scale).to_string(),
            share: of(breakdown.share(line, segment)),
            whole_share: of(breakdown.share(line, None)),
            index: breakdown.index(line, segment),
            revenue_share: fraction(figures.revenue, breakdown.total(segment).revenue),
            mean_order_value: mean(figures, scale),
        }
    }
}

fn csv(breakdown: &Breakdown, segment: Option<usize>, scale: Scale, out: &mut impl Write) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "segment",
        &*cell(breakdown.name()),
        "customers",
        "orders",
        "rows",
        "revenue",
        "share",
        "whole_share",
        "index",
        "revenue_share",
        "mean_order_value",
    ])?;
    for WrittenSegment { segment, values, .. } in Written::of(breakdown, segment, scale).segments {
        // Lines of everybody have no segment, and those without a value no value.
        let segment = segment.unwrap_or_default();
        for line in values {
            csv.write_record([
                &*cell(&segment),
                &*cell(&line.value.unwrap_or_default()),
                &line.customers.to_string(),
                &line.orders.to_string(),
                &line.rows.to_string(),
                &line.revenue,
                &line.share.to_string(),
                &line.whole_share.to_string(),
                &line.index.map(|index| index.to_string()).unwrap_or_default(),
                &line.revenue_share.to_string(),
                &line.mean_order_value.unwrap_or_default(),
            ])?;
        }
    }
    csv.flush()?;
    Ok(())
}
