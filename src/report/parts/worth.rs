//! What customers are worth, segment by segment.

use super::super::document::{Block, Section, Table};
use super::super::words;
use crate::engine::analysis::Analysis;
use crate::engine::worth::Worth;
use crate::model::money::{Money, Scale};
use crate::show::numbers::{money, share};
use crate::tr;

pub(in super::super) fn section(analysis: &Analysis) -> Section {
    let scale = analysis.customers().scale;
    let head = [
        tr!("segment"),
        tr!("AOV"),
        tr!("revenue a customer"),
        tr!("orders a customer"),
        tr!("repeat rate"),
        tr!("returned"),
        tr!("CLV a customer"),
        tr!("CLV"),
    ];
    let mut table = Table::new(tr!("Values of customers by segment"), 1, head);
    let shown = |mean: Money| money(mean.minor, mean.scale);
    let cells = |name: String, worth: Worth| {
        [
            name,
            shown(worth.mean_order(scale)),
            shown(worth.mean_revenue(scale)),
            shown(Money::mean(worth.tally.orders.into(), worth.tally.customers, Scale::UNITS)),
            share(worth.repeat, worth.tally.customers),
            money(worth.returned, scale),
            shown(worth.mean_clv(scale)),
            money(worth.clv, scale),
        ]
    };
    let all = Worth::of(analysis);
    for (segment, worth) in all.iter().enumerate() {
        table.row(cells(words::segment_of(analysis, segment), *worth));
    }
    table.total(cells(words::total(), all.into_iter().sum()));
    let terms = tr!(
        "CLV: mean order value × orders a year × years, and of that the margin ({terms}). It carries the past forward and \
         predicts nothing. Means are of the segment's customers, or of its orders for AOV; returned amounts and CLV add up.",
        terms = analysis.setting().clv.words()
    );
    Section {
        id: "value",
        title: tr!("Value of customers").to_owned(),
        blocks: vec![Block::Table(table), Block::Text(terms)],
    }
}
