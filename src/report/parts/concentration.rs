//! How much of the revenue how few customers bring.

use super::super::document::{Block, Chart, Curve, Section, Table};
use crate::engine::analysis::Analysis;
use crate::engine::concentration::Concentration;
use crate::show::numbers::{count, money, share};
use crate::{tr, tr_count};

/// The percentages of customers, the largest first, whose share of the revenue is told.
const TOP: [u64; 6] = [1, 5, 10, 20, 50, 100];

/// The percentages of the revenue of which it is told how few customers bring it.
const REACHED: [u64; 3] = [50, 80, 90];

pub(in super::super) fn section(analysis: &Analysis) -> Section {
    let told = Concentration::of(analysis);
    let scale = analysis.customers().scale;
    let mut blocks = Vec::new();
    if !told.curve.is_empty() {
        blocks.push(Block::Chart(Chart::Curve(curve(&told))));
    }
    let head = [tr!("the largest customers"), tr!("customers"), tr!("revenue"), tr!("share of revenue")];
    let mut table = Table::new(tr!("What the customers with the largest revenue bring"), 1, head);
    for part in TOP.map(|percent| told.top(percent)) {
        let name = match part.percent {
            100 => tr!("all").to_owned(),
            percent => tr!("the top {percent}%", percent),
        };
        let cells = [name, count(part.customers), money(part.revenue, scale), share(part.revenue, told.revenue)];
        if part.percent == 100 { table.total(cells) } else { table.row(cells) }
    }
    blocks.push(Block::Table(table));
    let mut sentences = Vec::new();
    for part in REACHED.into_iter().filter_map(|percent| told.reaching(percent)) {
        sentences.push(tr_count!(
            part.customers,
            "{count} customer ({part} of them all) brings {percent}% of the revenue.",
            "{count} customers ({part} of them all) bring {percent}% of the revenue.",
            part = share(part.customers, told.customers),
            percent = part.percent
        ));
    }
    if let Some(gini) = told.gini {
        sentences.push(tr!(
            "Gini coefficient: {gini}; 0 where all bring the same, towards 1 where one brings all.",
            gini = format!("{gini:.3}")
        ));
    }
    if told.below_zero.customers > 0 {
        sentences.push(tr_count!(
            told.below_zero.customers,
            "{count} customer returned more than was bought, {revenue} in all; in the curve and in the coefficient that \
             counts as zero.",
            "{count} customers returned more than they bought, {revenue} in all; in the curve and in the coefficient they \
             count as zero.",
            revenue = money(told.below_zero.revenue, scale)
        ));
    }
    if !sentences.is_empty() {
        blocks.push(Block::List(sentences));
    }
    Section { id: "concentration", title: tr!("Concentration").to_owned(), blocks }
}

fn curve(told: &Concentration) -> Curve {
    let marks = [1, 10, 20].map(|percent| told.top(percent)).into_iter().filter_map(|part| {
        // The largest are at the right end of the curve.
        let x = 1.0 - part.customers as f64 / (told.customers.max(1)) as f64;
        let (_, y) = told.curve.iter().rfind(|(rank, _)| *rank <= x + 1e-9)?;
        let label = tr!("top {percent}%: {share}", percent = part.percent, share = share(part.revenue, told.revenue));
        Some((x, *y, label))
    });
    Curve {
        title: tr!("Lorenz curve of the revenue").to_owned(),
        description: tr!(
            "From the customers who bring least to those who bring most: what share of the customers, across, brings what \
             share of the revenue, up. The further below the diagonal, the fewer bring most. The table has the shares of the \
             largest."
        )
        .to_owned(),
        points: told.curve.clone(),
        across: tr!("share of customers, those who bring least first").to_owned(),
        up: tr!("share of revenue").to_owned(),
        diagonal: tr!("all bring the same").to_owned(),
        marks: marks.collect(),
    }
}
