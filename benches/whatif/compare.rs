//! The same customers for other programs to count, and what we need for it: one line of JSON.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};
use tierscope::engine::analysis::Analysis;
use tierscope::engine::grid::{Bounds, Grid};
use tierscope::model::customers::Axis;

use super::edits::Mover;
use super::times::{Times, timed};

/// Writes the values of the axes, eight bytes each, and prints times and cells.
pub(crate) fn run(analysis: &Analysis, folder: &Path) -> io::Result<()> {
    for axis in Axis::ALL {
        let mut file = BufWriter::new(File::create(folder.join(format!("{}.i64", axis.name())))?);
        for customer in 0..analysis.measured().len() {
            file.write_all(&analysis.measured().value(axis, customer).to_le_bytes())?;
        }
        file.flush()?;
    }
    let mut moves = Vec::new();
    let mut moved = None;
    for axis in Axis::ALL {
        let mut mover = Mover::profiled(analysis, axis);
        let times = Times::of(2_000, || {
            let setting = mover.next(axis);
            mover.apply(setting)
        });
        let seconds = |share| times.quantile(share).as_secs_f64();
        moves.push(json!({
            "axis": axis.name(),
            "mean": times.mean().as_secs_f64(),
            "median": seconds(0.5),
            "p99": seconds(0.99),
        }));
        if axis == Axis::Recency {
            moved = Some(mover.analysis);
        }
    }
    let moved = moved.as_ref().unwrap_or(analysis);
    let bounds = Bounds::of(&[&moved.setting().cuts]);
    let rescan = Times::of(9, || timed(|| Grid::count(moved.population(), bounds.clone())).0);
    let cuts = Axis::ALL.map(|axis| moved.cuts(axis).cuts().iter().map(|cut| cut.bound()).collect::<Vec<_>>());
    let cells: Vec<Value> = moved
        .summary()
        .cells()
        .filter(|(_, tally)| tally.customers > 0)
        .map(|([r, f, m], tally)| json!([r, f, m, tally.customers, tally.revenue]))
        .collect();
    let told = json!({
        "customers": analysis.measured().len(),
        "moves": moves,
        "rescan": rescan.quantile(0.5).as_secs_f64(),
        "cuts": cuts,
        "cells": cells,
    });
    println!("{told}");
    Ok(())
}
