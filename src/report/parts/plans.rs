//! VIP tiers, and what segments cost.

use super::super::document::{Block, Chart, Section, Table};
use super::super::words;
use super::{share_bars, tally_row};
use crate::engine::analysis::Analysis;
use crate::engine::bill::bill;
use crate::engine::tiers::Tiers;
use crate::model::budget::Line;
use crate::show::numbers::{count, money, share};
use crate::show::text::clean;
use crate::tr;

/// How customers spread over the VIP rules, each in the first one met.
pub(in super::super) fn tiers(analysis: &Analysis, tiers: &Tiers) -> Section {
    let [name, customers, part, orders, revenue, of_revenue] = words::tally_heads(tr!("tier"));
    let head = [name, tr!("rule"), customers, part, orders, revenue, of_revenue, tr!("meet the rule")];
    let mut table = Table::new(tr!("VIP tiers: each customer in the first rule that is met"), 2, head);
    let row = |name: String, rule: String, tally, meet: Option<u64>| {
        let mut cells = tally_row(analysis, name, tally).to_vec();
        cells.insert(1, rule);
        cells.push(meet.map_or_else(String::new, count));
        cells
    };
    let named = |number: usize| {
        let rule = analysis.setting().rules.get(number);
        let name = rule.map_or_else(|| tr!("no tier").to_owned(), |rule| clean(&rule.name).into_owned());
        (name, rule.map(|rule| clean(&rule.condition.to_string()).into_owned()).unwrap_or_default())
    };
    for (number, tally) in tiers.tiers.iter().enumerate() {
        let (name, condition) = named(number);
        table.row(row(name, condition, *tally, tiers.rules.get(number).map(|tally| tally.customers)));
    }
    table.total(row(words::total(), String::new(), tiers.total(), None));
    let bars = tiers.tiers.iter().enumerate().map(|(number, tally)| (named(number).0, *tally));
    let chart = share_bars(tr!("Customers and revenue by VIP tier"), bars, tiers.total());
    Section {
        id: "vip",
        title: tr!("VIP tiers").to_owned(),
        blocks: vec![Block::Chart(Chart::Bars(chart)), Block::Table(table)],
    }
}

/// What the segments cost; `None` without a budget.
pub(in super::super) fn budget(analysis: &Analysis) -> Option<Section> {
    let budget = &analysis.setting().budget;
    if budget.is_empty() {
        return None;
    }
    let bill = bill(analysis);
    let head = [
        tr!("segment"),
        tr!("costs"),
        tr!("customers"),
        tr!("revenue"),
        tr!("by head"),
        tr!("by revenue"),
        tr!("cost"),
        tr!("of revenue"),
    ];
    let mut table = Table::new(tr!("What the segments cost"), 2, head);
    let cells = |line: &Line, name: String, costs: String| {
        [
            name,
            costs,
            count(i128::from(line.customers)),
            money(line.revenue, bill.scale),
            money(line.heads, bill.scale),
            money(line.share, bill.scale),
            money(line.cost(), bill.scale),
            share(line.cost(), line.revenue.max(0)),
        ]
    };
    for line in &bill.lines {
        table.row(cells(line, words::segment(&line.name), budget.cost(&line.name).to_string()));
    }
    table.total(cells(&bill.total, words::total(), String::new()));
    let mut blocks = vec![Block::Text(tr!("Terms: {terms}", terms = clean(&budget.to_string()))), Block::Table(table)];
    if !bill.absent.is_empty() {
        let absent: Vec<_> = bill.absent.iter().map(|name| words::segment(name)).collect();
        blocks.push(Block::Text(tr!(
            "The budget has costs of {absent}, which the scheme does not have.",
            absent = absent.join(tr!("list" | ", "))
        )));
    }
    Some(Section { id: "budget", title: tr!("Budget").to_owned(), blocks })
}
