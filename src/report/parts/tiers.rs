//! The segments: customers, orders and revenue of each, which add up to all.

use super::super::document::{Block, Chart, Section, Table};
use super::super::words;
use super::{share_bars, tally_row};
use crate::engine::analysis::Analysis;
use crate::tr;

pub(in super::super) fn section(analysis: &Analysis) -> Section {
    let title = tr!("Segments");
    let mut table = Table::new(title, 1, words::tally_heads(tr!("segment")));
    for (segment, tally) in analysis.segments().into_iter().enumerate() {
        table.row(tally_row(analysis, words::segment_of(analysis, segment), tally));
    }
    table.total(tally_row(analysis, words::total(), analysis.summary().total()));
    let named = analysis.segments().into_iter().enumerate();
    let named = named.map(|(segment, tally)| (words::segment_of(analysis, segment), tally));
    let bars = share_bars(tr!("Customers and revenue by segment"), named, analysis.summary().total());
    Section {
        id: "segments",
        title: title.to_owned(),
        blocks: vec![Block::Chart(Chart::Bars(bars)), Block::Table(table)],
    }
}
