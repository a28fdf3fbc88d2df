//! The scheme, and how the cuts of each axis came to be, in words.

use super::super::document::{Block, Fact, Section};
use super::super::words;
use crate::engine::analysis::Analysis;
use crate::lang;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Method};
use crate::show::numbers::count;
use crate::show::text::clean;
use crate::tr;

pub(in super::super) fn section(analysis: &Analysis) -> Section {
    let scheme = analysis.scheme();
    let [r, f, m] = analysis.map().bins();
    let cells = count(analysis.map().cells() as u64);
    let mut blocks = vec![Block::Text(tr!(
        "Each customer has three scores: R for recency, F for frequency, M for monetary, from 1 to the number of bins, of \
         which the largest is best. The scores make a cell, and each cell belongs to one segment of the scheme."
    )
    .to_owned())];
    blocks.push(Block::Text(tr!(
        "Scheme {scheme}. {r} × {f} × {m} bins make {cells} cells, in {segments} segments.",
        scheme = words::scheme(scheme),
        r,
        f,
        m,
        cells,
        segments = analysis.map().shown()
    )));
    if let Some(note) = &scheme.note {
        blocks.push(Block::Text(clean(lang::name("scheme", note)).into_owned()));
    }
    let of = |axis| Fact { name: words::axis(axis).into(), value: axis_words(analysis, axis) };
    blocks.push(Block::Facts(Axis::ALL.into_iter().map(of).collect()));
    Section { id: "scheme", title: tr!("Scheme and cuts").to_owned(), blocks }
}

/// What an axis counts, where it is cut and why there.
fn axis_words(analysis: &Analysis, axis: Axis) -> String {
    let (cuts, scale) = (analysis.cuts(axis), analysis.scale(axis));
    let values: Vec<String> = cuts.cuts().iter().map(|cut| cut.text(scale)).collect();
    let method = match cuts.method() {
        Method::Quantile => tr!("quantiles, which follow the data: bins as equal in customers as equal values allow"),
        Method::RCompat => tr!("the rule of the R package rfm, which follows the data: type-7 quantiles plus one unit"),
        Method::Mean => tr!("the mean, which follows the data"),
        Method::Fixed => tr!("fixed values, whatever the data"),
    };
    let equal = match cuts.closed() {
        Closed::Right => tr!("a value equal to a cut belongs to the bin below"),
        Closed::Left => tr!("a value equal to a cut belongs to the bin above"),
    };
    let best = if axis.small_is_best() { tr!("small is best") } else { tr!("large is best") };
    tr!(
        "{unit}, {best}. {bins} bins, cut at {cuts} ({method}; {equal}).",
        unit = words::unit(analysis, axis),
        best,
        bins = cuts.bins(),
        cuts = values.join(tr!("list" | ", ")),
        method,
        equal
    )
}
