//! Counting everybody anew: by our own pass, and by Polars as it is compiled in.
//!
//! The program compiles Polars without its lazy engine, so this is the eager way: compare, cast, add, then group by the three
//! scores, count and sum. The profile in `Cargo.toml` gives polars-core opt-level 1, since only reading files is on our hot
//! path; `benches/vs_duckdb.py` compares with `DuckDB` and the fully optimised Polars from `PyPI`.

use std::hint::black_box;
use std::time::Duration;

use polars::prelude::*;
use tierscope::engine::analysis::Analysis;
use tierscope::engine::grid::{Bounds, Grid};
use tierscope::model::customers::Axis;

use super::edits::Mover;
use super::times::{Short, Times, timed};

/// Both, and how many times longer they take than a cut moved by the profile.
pub(crate) fn measure(analysis: &Analysis, runs: usize) -> PolarsResult<()> {
    Times::head("everything counted anew after a moved cut");
    let mut mover = Mover::new(analysis, 3);
    let mut count = || {
        let setting = mover.next(Axis::Recency);
        timed(|| black_box(Grid::count(mover.analysis.population(), Bounds::of(&[&setting.cuts]))).bounds().bins()).0
    };
    let ours = Times::of(runs * 3, &mut count);
    ours.print("our own pass over all customers");
    let columns = columns(analysis);
    assert_eq!(counted(&columns, analysis)?, cells(analysis), "Polars counts the same");
    let mut failed = None;
    let polars = Times::of(runs, || {
        let (time, done) = timed(|| black_box(counted(&columns, analysis)).err());
        failed = failed.take().or(done);
        time
    });
    if let Some(error) = failed {
        return Err(error);
    }
    polars.print("Polars, eager, as compiled in");
    let mut mover = Mover::profiled(analysis, Axis::Recency);
    let moved = Times::of(2_000, || {
        let setting = mover.next(Axis::Recency);
        mover.apply(setting)
    });
    let times = |slow: Duration| slow.as_secs_f64() / moved.mean().as_secs_f64();
    println!(
        "a cut moved by the profile takes {} on average: {:.0} times less than our own pass, {:.0} times less than Polars",
        Short(moved.mean()),
        times(ours.quantile(0.5)),
        times(polars.quantile(0.5)),
    );
    Ok(())
}

/// The axes' values and the money, in the narrowest types that Polars compares without a cast.
fn columns(analysis: &Analysis) -> [Series; 3] {
    let (measured, count) = (analysis.measured(), analysis.measured().len());
    let narrow = |axis: Axis| (0..count).map(|customer| measured.value(axis, customer) as u16).collect::<Vec<_>>();
    let money: Vec<i64> = (0..count).map(|customer| measured.value(Axis::Monetary, customer)).collect();
    [
        Series::new("r".into(), narrow(Axis::Recency)),
        Series::new("f".into(), narrow(Axis::Frequency)),
        Series::new("m".into(), money),
    ]
}

/// Place in the grid, customers and money of every cell that somebody is in.
type Cells = Vec<(usize, u64, i64)>;

/// The cells by Polars: one code a customer, which groups quicker than three scores do.
#[expect(deprecated, reason = "the lazy engine that replaces it is not compiled in")]
fn counted(columns: &[Series; 3], analysis: &Analysis) -> PolarsResult<Cells> {
    let count = columns[0].len();
    let mut code = Series::new("code".into(), [0u8]).new_from_index(0, count);
    for (axis, column) in Axis::ALL.into_iter().zip(columns) {
        let cuts = analysis.cuts(axis).cuts();
        code = &code * (cuts.len() as u8 + 1);
        for cut in cuts {
            code = (&code + &column.gt(cut.bound())?.cast(&DataType::UInt8)?)?;
        }
    }
    let frame =
        DataFrame::new(count, vec![code.with_name("code".into()).into_column(), columns[2].clone().into_column()])?;
    let groups = frame.group_by(["code"])?.select(["m"]);
    let (sums, counts) = (groups.sum()?, groups.count()?);
    let (codes, sums) = (sums.column("code")?.u8()?, sums.column("m_sum")?.i64()?);
    let counts = counts.column("m_count")?.cast(&DataType::UInt64)?;
    let rows = codes.iter().zip(counts.u64()?.iter()).zip(sums.iter());
    let mut cells: Cells =
        rows.filter_map(|((code, customers), money)| Some((usize::from(code?), customers?, money?))).collect();
    cells.sort_unstable();
    Ok(cells)
}

/// The cells by us.
fn cells(analysis: &Analysis) -> Cells {
    let grid = Grid::count(analysis.population(), Bounds::of(&[&analysis.setting().cuts]));
    let tallies = grid.cells().map(|(_, tally)| tally).enumerate().filter(|(_, tally)| tally.customers > 0);
    tallies.map(|(place, tally)| (place, tally.customers, tally.revenue)).collect()
}
