//! What a what-if costs: cuts moved, other edits, pages of the list, frames, and the bytes that a customer takes.
//!
//! `cargo bench --bench whatif` makes 10,000,000 customers up and takes about three minutes. Beside criterion's estimates it
//! prints tables with the slowest of a hundred runs, which is what a user notices.
//!
//! - `TIERSCOPE_BENCH_CUSTOMERS` is another number of customers. From 50,000,000 on only the cuts, the frame and the memory
//!   are measured, and ids are empty texts.
//! - `TIERSCOPE_BENCH_COMPARE` is a folder that exists: the customers' columns are written there, and one line of JSON tells
//!   what a moved cut costs and what the cells are. `benches/vs_duckdb.py` uses it.

mod compare;
mod edits;
mod frame;
mod lists;
mod made;
mod pages;
mod scan;
mod times;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use criterion::Criterion;
use tierscope::engine::analysis::Analysis;
use tierscope::engine::index::Index;
use tierscope::engine::listing::{Listing, Selection, Sort};
use tierscope::engine::plan::{AxisRecipe, Recipe};
use tierscope::model::budget::Budget;
use tierscope::model::customers::{Axis, Customers};
use tierscope::model::cuts::Closed;
use tierscope::model::filter::Filter;
use tierscope::model::measures::Measures;
use tierscope::model::schemes::Catalogue;
use tierscope::model::value::ClvTerms;

use times::{Short, Times, timed};

/// From so many customers on only what matters at that size is measured.
const MANY: usize = 50_000_000;

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` and `-- --list` only ask whether it runs.
    let short = std::env::args().any(|argument| argument == "--test" || argument == "--list");
    let wanted = std::env::var("TIERSCOPE_BENCH_CUSTOMERS").ok().and_then(|count| count.replace('_', "").parse().ok());
    let count = wanted.unwrap_or(if short { 10_000 } else { 10_000_000 });
    let (time, customers) = timed(|| Arc::new(made::customers(count)));
    let compared = std::env::var_os("TIERSCOPE_BENCH_COMPARE");
    if compared.is_none() {
        println!("{count} customers, made in {}", Short(time));
        forget_peak();
    }
    let (time, analysis) = timed(|| analysis(&customers));
    let analysis = analysis?;
    if let Some(folder) = compared {
        return compare::run(&analysis, Path::new(&folder))
            .with_context(|| format!("cannot write to {}", Path::new(&folder).display()));
    }
    println!("scored, sorted and counted in {}", Short(time));
    let mut bench = Criterion::default().configure_from_args();
    if count < MANY {
        Times::head("sorting everybody by an axis");
        for axis in Axis::ALL {
            Times::of(3, || timed(|| Index::sort(analysis.measured(), axis)).0).print(axis.name());
        }
        edits::with_profile(&mut bench, &analysis);
        edits::without_profile(&analysis);
        edits::others(&analysis);
        scan::measure(&analysis, 5).context("Polars cannot count")?;
        pages::measure(&analysis);
        lists::measure(&analysis);
    } else {
        edits::many(&analysis);
    }
    memory(&analysis, count);
    drop(analysis);
    if let Some(customers) = Arc::into_inner(customers) {
        frame::measure(customers)?;
    }
    println!("most memory ever taken, the ids included: {}", peak().unwrap_or_else(|| "unknown".to_owned()));
    bench.final_summary();
    Ok(())
}

/// Five bins an axis, by cuts that leave nobody's bin empty.
fn analysis(customers: &Arc<Customers>) -> anyhow::Result<Analysis> {
    let cuts = [vec![30, 90, 180, 365], vec![1, 2, 4, 8], vec![3_000, 6_000, 12_000, 30_000]];
    let axes = cuts.map(|values| AxisRecipe::Fixed { values, closed: Closed::Right });
    let scheme = Catalogue::built_in().find("rfm-11")?;
    let (measures, filter) = (Measures::default(), Filter::default());
    let (budget, clv) = (Budget::default(), ClvTerms::default());
    let recipe = Recipe {
        scheme,
        measures,
        axes,
        data_filter: Filter::default(),
        filter,
        rules: Vec::new(),
        budget,
        clv,
        notes: Vec::new(),
    };
    Ok(Analysis::of(Arc::clone(customers), made::AS_OF, None, recipe)?)
}

/// The bytes a customer takes.
fn memory(analysis: &Analysis, count: usize) {
    println!("\nbytes a customer, beyond the ids");
    let each = |bytes: usize| bytes as f64 / count as f64;
    let columns = each(analysis.customers().bytes());
    println!("  columns {columns:.1}, three orders {:.1}", each(analysis.index().bytes()));
    let mut listing = Listing::new(analysis, Sort::default(), Selection::All);
    if let Some(request) = listing.trail_wanted(analysis) {
        listing.take_trail(Arc::new(request.build()));
    }
    let trail = each(listing.bytes());
    for axis in Axis::ALL {
        let mut analysis = analysis.clone();
        edits::profile(&mut analysis, axis);
        let all = each(analysis.bytes()) + trail;
        println!("  all, with the profile of {} and the list's trail of {trail:.1}: {all:.1}", axis.name());
    }
}

/// Counts the most memory from here on: making the customers up is not what is measured.
fn forget_peak() {
    // Only Linux has it, and it is no harm where it cannot be done.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that the process took, where the system tells.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(format!("{:.2} GB", kilobytes as f64 * 1_024.0 / 1e9))
}
