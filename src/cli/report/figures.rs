//! The figures of a report, in the shape its JSON has.

use serde::Serialize;
use serde_json::{Number, Value};

use super::super::analysed::Analysed;
use super::plans::{BudgetFigures, TierFigures};
use crate::data::ledger::Example;
use crate::data::quality::{PolicyQuality, Unidentified};
use crate::data::status::{Meaning, StatusRows};
use crate::engine::analysis::Analysis;
use crate::engine::data_filter::{Part, Taken};
use crate::engine::summary::Tally;
use crate::model::customers::Axis;
use crate::model::cuts::Closed;
use crate::model::money::{Money, Scale};
use crate::model::policies::Policies;
use crate::show::numbers::fraction;

/// A report.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<ScenarioFigures>,
    pub(super) as_of: String,
    files: Vec<String>,
    period: Period,
    pub(super) ledger: LedgerFigures,
    policies: Vec<PolicyQuality>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) statuses: Vec<StatusFigures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_filter: Option<DataFilterFigures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<FilterFigures>,
    pub(super) totals: Totals,
    axes: Axes,
    pub(super) scheme: String,
    pub(super) segments: Vec<SegmentFigures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) vip_tiers: Option<Vec<TierFigures>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) budget: Option<BudgetFigures>,
    cells: Vec<CellFigures>,
    pub(super) notes: Vec<String>,
}

/// The scenario that is followed.
#[derive(Debug, Serialize)]
struct ScenarioFigures {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_by: Option<String>,
}

/// How many a filter leaves of how many.
#[derive(Debug, Serialize)]
struct FilterFigures {
    conditions: String,
    customers: u64,
    of: u64,
}

/// What a data filter takes of the kept rows, and what it sets aside.
#[derive(Debug, Serialize)]
struct DataFilterFigures {
    conditions: String,
    taken: RowFigures,
    set_aside: RowFigures,
}

#[derive(Debug, Serialize)]
struct RowFigures {
    rows: i64,
    customers: i64,
    revenue: String,
}

#[derive(Debug, Serialize)]
struct Period {
    first_order: String,
    last_order: String,
}

#[derive(Debug, Serialize)]
pub(super) struct LedgerFigures {
    pub(super) read: u64,
    pub(super) kept: u64,
    pub(super) rejected: Vec<RejectedFigures>,
    pub(super) unidentified: Unidentified,
}

#[derive(Debug, Serialize)]
pub(super) struct RejectedFigures {
    pub(super) reason: &'static str,
    pub(super) rows: u64,
    pub(super) examples: Vec<Example>,
}

/// A status with what is made of it.
#[derive(Debug, Serialize)]
pub(super) struct StatusFigures {
    pub(super) status: String,
    pub(super) meaning: &'static str,
    /// Whether its rows count.
    pub(super) kept: bool,
    /// Whether it is worth a look: nobody told us what it means.
    pub(super) look: bool,
    pub(super) rows: u64,
    pub(super) revenue: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Totals {
    customers: u64,
    orders: u64,
    revenue: String,
    mean_order_value: String,
    repeat_rate: f64,
}

#[derive(Debug, Serialize)]
struct Axes {
    recency: AxisFigures,
    frequency: AxisFigures,
    monetary: AxisFigures,
}

#[derive(Debug, Serialize)]
struct AxisFigures {
    measure: &'static str,
    method: &'static str,
    bins: usize,
    cuts: Vec<Value>,
    closed: &'static str,
    counts: &'static str,
}

/// A segment's row.
#[derive(Debug, Serialize)]
pub(super) struct SegmentFigures {
    pub(super) name: String,
    pub(super) customers: u64,
    pub(super) customer_share: f64,
    pub(super) orders: u64,
    pub(super) revenue: String,
    pub(super) revenue_share: f64,
}

#[derive(Debug, Serialize)]
struct CellFigures {
    r: u8,
    f: u8,
    m: u8,
    customers: u64,
    orders: u64,
    revenue: String,
}

impl Report {
    /// Gathers the figures.
    pub(super) fn of(analysed: &Analysed) -> Self {
        let Analysed { analysis, ledger, policies, places, scenario, .. } = analysed;
        let (scale, revenue) = (analysis.customers().scale, analysis.whole().customers().net.iter().sum());
        let (first, last) = analysis.period();
        let mut notes = analysis.notes();
        notes.extend(ledger.notes());
        let budget = BudgetFigures::of(analysis);
        notes.extend(budget.as_ref().and_then(BudgetFigures::notes));
        let rejected = ledger.reasons().into_iter().map(|(reason, rows, examples)| RejectedFigures {
            reason: reason.text(),
            rows,
            examples: examples.to_vec(),
        });
        Self {
            scenario: scenario.as_ref().map(|scenario| ScenarioFigures {
                name: scenario.name.clone(),
                note: scenario.note.clone(),
                review_by: scenario.review_by.map(|day| day.to_string()),
            }),
            as_of: analysis.measured().as_of().to_string(),
            files: places.iter().map(ToString::to_string).collect(),
            period: Period { first_order: first.to_string(), last_order: last.to_string() },
            ledger: LedgerFigures {
                read: ledger.read(),
                kept: ledger.kept(),
                rejected: rejected.collect(),
                unidentified: Unidentified::of(ledger, revenue, scale),
            },
            policies: PolicyQuality::all(*policies, ledger, scale),
            statuses: ledger.statuses.each.iter().map(|one| status(one, *policies, scale)).collect(),
            data_filter: data_filter(analysis),
            filter: filter(analysis),
            totals: totals(analysis),
            axes: Axes {
                recency: axis(analysis, Axis::Recency),
                frequency: axis(analysis, Axis::Frequency),
                monetary: axis(analysis, Axis::Monetary),
            },
            scheme: analysis.scheme().name.clone(),
            segments: segments(analysis),
            vip_tiers: None,
            budget,
            cells: cells(analysis),
            notes,
        }
    }
}

fn status(one: &StatusRows, policies: Policies, scale: Scale) -> StatusFigures {
    StatusFigures {
        status: one.status.clone(),
        meaning: one.meaning.words(),
        kept: one.meaning.counts(policies),
        look: one.meaning == Meaning::Unknown,
        rows: one.rows,
        revenue: one.money(scale).to_string(),
    }
}

fn money(analysis: &Analysis, minor: i64) -> String {
    Money::new(minor, analysis.customers().scale).to_string()
}

fn data_filter(analysis: &Analysis) -> Option<DataFilterFigures> {
    let Taken { rows, customers, revenue } = *analysis.taken()?;
    let figures = |of: fn(Part) -> i64| RowFigures {
        rows: of(rows),
        customers: of(customers),
        revenue: money(analysis, of(revenue)),
    };
    Some(DataFilterFigures {
        conditions: analysis.setting().data_filter.to_string(),
        taken: figures(|part| part.taken),
        set_aside: figures(Part::aside),
    })
}

fn filter(analysis: &Analysis) -> Option<FilterFigures> {
    let filter = &analysis.setting().filter;
    (!filter.is_empty()).then(|| FilterFigures {
        conditions: filter.to_string(),
        customers: analysis.population().len() as u64,
        of: analysis.measured().len() as u64,
    })
}

fn totals(analysis: &Analysis) -> Totals {
    let Tally { customers, orders, revenue } = analysis.summary().total();
    Totals {
        customers,
        orders,
        revenue: money(analysis, revenue),
        mean_order_value: analysis.mean_order_value().to_string(),
        repeat_rate: fraction(analysis.repeat_customers(), customers),
    }
}

fn axis(analysis: &Analysis, axis: Axis) -> AxisFigures {
    let cuts = analysis.cuts(axis);
    let value = |text: String| match axis {
        Axis::Monetary => Value::String(text),
        // What a cut is written as is a number by construction.
        _ => text.parse::<Number>().map_or(Value::String(text), Value::Number),
    };
    AxisFigures {
        measure: analysis.measured().measure(axis).name(),
        method: cuts.method().name(),
        bins: cuts.bins(),
        cuts: cuts.cuts().iter().map(|cut| value(cut.text(analysis.scale(axis)))).collect(),
        closed: if cuts.closed() == Closed::Left { "left" } else { "right" },
        counts: analysis.measured().measure(axis).unit_name(),
    }
}

fn segments(analysis: &Analysis) -> Vec<SegmentFigures> {
    let total = analysis.summary().total();
    let tallies = analysis.segments().into_iter().enumerate();
    let figures = tallies.map(|(segment, tally)| SegmentFigures {
        name: analysis.scheme().segment_name(segment).to_owned(),
        customers: tally.customers,
        customer_share: fraction(tally.customers, total.customers),
        orders: tally.orders,
        revenue: money(analysis, tally.revenue),
        revenue_share: fraction(tally.revenue, total.revenue),
    });
    figures.collect()
}

fn cells(analysis: &Analysis) -> Vec<CellFigures> {
    let cells = analysis.summary().cells().rev().map(|([r, f, m], tally)| CellFigures {
        r,
        f,
        m,
        customers: tally.customers,
        orders: tally.orders,
        revenue: money(analysis, tally.revenue),
    });
    cells.collect()
}
