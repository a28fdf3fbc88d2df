//! The figures to be seen first.

use super::super::document::{Block, Figure, Section};
use crate::engine::analysis::Analysis;
use crate::model::money::Money;
use crate::show::numbers::{count, money, share};
use crate::tr;

pub(in super::super) fn section(analysis: &Analysis) -> Section {
    let (total, scale) = (analysis.summary().total(), analysis.customers().scale);
    let shown = |mean: Money| money(mean.minor, mean.scale);
    let figure = |name, value| Figure { name, value };
    let figures = vec![
        figure(tr!("Customers"), count(total.customers)),
        figure(tr!("Orders"), count(total.orders)),
        figure(tr!("Revenue"), money(total.revenue, scale)),
        figure(tr!("Mean order value (AOV)"), shown(analysis.mean_order_value())),
        figure(tr!("Revenue a customer"), shown(Money::mean(total.revenue.into(), total.customers, scale))),
        figure(tr!("Repeat rate"), share(analysis.repeat_customers(), total.customers)),
    ];
    Section { id: "summary", title: tr!("Summary").to_owned(), blocks: vec![Block::Figures(figures)] }
}
