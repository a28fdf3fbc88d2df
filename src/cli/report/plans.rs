//! What tiers cost, and how customers spread over VIP tiers, as a report tells them.

use serde::Serialize;

use super::super::output::Table;
use super::super::words;
use crate::engine::analysis::Analysis;
use crate::engine::bill::bill;
use crate::engine::summary::Tally;
use crate::engine::tiers::Tiers;
use crate::model::budget::{Bill, Line};
use crate::model::money::{Money, Scale};
use crate::show::numbers::{count, fraction, money, share};
use crate::tr;

/// What segments cost.
#[derive(Debug, Serialize)]
pub(super) struct BudgetFigures {
    /// The costs, as they are typed.
    terms: String,
    /// In the order of the scheme.
    pub(super) segments: Vec<CostFigures>,
    total: CostFigures,
    /// Segments that the budget names and the scheme has not.
    absent: Vec<String>,
    #[serde(skip)]
    bill: Bill,
}

/// What a segment costs.
#[derive(Debug, Serialize)]
pub(super) struct CostFigures {
    name: String,
    customers: u64,
    revenue: String,
    pub(super) by_head: String,
    pub(super) by_revenue: String,
    pub(super) cost: String,
    /// Of the revenue.
    pub(super) revenue_share: f64,
}

impl CostFigures {
    fn of(line: &Line, scale: Scale) -> Self {
        let money = |minor: i128| Money::new(minor, scale).to_string();
        Self {
            name: line.name.clone(),
            customers: line.customers,
            revenue: money(line.revenue),
            by_head: money(line.heads),
            by_revenue: money(line.share),
            cost: money(line.cost()),
            revenue_share: fraction(line.cost(), line.revenue.max(0)),
        }
    }
}

impl BudgetFigures {
    /// What the segments of an analysis cost; `None` without a budget.
    pub(super) fn of(analysis: &Analysis) -> Option<Self> {
        let budget = &analysis.setting().budget;
        if budget.is_empty() {
            return None;
        }
        let bill = bill(analysis);
        Some(Self {
            terms: budget.to_string(),
            segments: bill.lines.iter().map(|line| CostFigures::of(line, bill.scale)).collect(),
            total: CostFigures::of(&bill.total, bill.scale),
            absent: bill.absent.clone(),
            bill,
        })
    }

    /// The title of its table.
    pub(super) fn title(&self) -> String {
        tr!("Budget: {terms}", terms = self.terms)
    }

    /// The segments with what they cost, and the total.
    pub(super) fn table(&self, analysis: &Analysis) -> Table {
        let (budget, scale) = (&analysis.setting().budget, self.bill.scale);
        let head = [
            tr!("head" | "segment"),
            tr!("head" | "costs"),
            tr!("head" | "customers"),
            tr!("head" | "revenue"),
            tr!("head" | "by head"),
            tr!("head" | "by revenue"),
            tr!("head" | "cost"),
            tr!("head" | "of revenue"),
        ];
        let mut table = Table::new(1, head);
        let mut row = |line: &Line, name: &str, costs: String| {
            table.row([
                words::segment(name).to_owned(),
                costs,
                count(line.customers),
                money(line.revenue, scale),
                money(line.heads, scale),
                money(line.share, scale),
                money(line.cost(), scale),
                share(line.cost(), line.revenue.max(0)),
            ]);
        };
        for line in &self.bill.lines {
            row(line, &line.name, budget.cost(&line.name).to_string());
        }
        row(&self.bill.total, tr!("head" | "total"), String::new());
        table
    }

    /// What the reader should know.
    pub(super) fn notes(&self) -> Option<String> {
        let absent = self.absent.join(", ");
        (!self.absent.is_empty())
            .then(|| tr!("the budget has costs of {absent}, which the scheme does not have", absent))
    }
}

/// A VIP tier.
#[derive(Debug, Serialize)]
pub(super) struct TierFigures {
    /// `None`: those who meet no rule.
    pub(super) tier: Option<String>,
    /// The condition.
    rule: Option<String>,
    pub(super) customers: u64,
    pub(super) customer_share: f64,
    pub(super) orders: u64,
    pub(super) revenue: String,
    pub(super) revenue_share: f64,
    /// Whoever meets the rule, also in a tier before.
    meet_rule: Option<u64>,
    #[serde(skip)]
    tally: Tally,
}

/// How customers spread over the rules, each in the first one met; adds up to the report's totals.
pub(super) fn tiers(analysis: &Analysis, tiers: &Tiers) -> Vec<TierFigures> {
    let (total, scale) = (tiers.total(), analysis.customers().scale);
    let of = |(number, tally): (usize, &Tally)| {
        let rule = analysis.setting().rules.get(number);
        TierFigures {
            tier: rule.map(|rule| rule.name.clone()),
            rule: rule.map(|rule| rule.condition.to_string()),
            customers: tally.customers,
            customer_share: fraction(tally.customers, total.customers),
            orders: tally.orders,
            revenue: Money::new(tally.revenue, scale).to_string(),
            revenue_share: fraction(tally.revenue, total.revenue),
            meet_rule: tiers.rules.get(number).map(|tally| tally.customers),
            tally: *tally,
        }
    };
    tiers.tiers.iter().enumerate().map(of).collect()
}

/// The tiers as a table, and their sum.
pub(super) fn tier_table(analysis: &Analysis, figures: &[TierFigures]) -> Table {
    let scale = analysis.customers().scale;
    let total: Tally = figures.iter().map(|figures| figures.tally).sum();
    let mut table = Table::new(
        1,
        [
            tr!("head" | "tier"),
            tr!("head" | "customers"),
            tr!("head" | "share"),
            tr!("head" | "orders"),
            tr!("head" | "revenue"),
            tr!("head" | "share"),
            tr!("head" | "meet the rule"),
        ],
    );
    let mut row = |name: &str, tally: Tally, meet: Option<u64>| {
        table.row([
            name.to_owned(),
            count(tally.customers),
            share(tally.customers, total.customers),
            count(tally.orders),
            money(tally.revenue, scale),
            share(tally.revenue, total.revenue),
            meet.map_or_else(String::new, count),
        ]);
    };
    for one in figures {
        row(one.tier.as_deref().unwrap_or(tr!("no tier")), one.tally, one.meet_rule);
    }
    row(tr!("head" | "total"), total, None);
    table
}
