//! A check in the shape its JSON has, and decimals in words.

use serde::Serialize;

use super::Check;
use crate::model::customers::Axis;
use crate::model::scenario::check::{Drift, Figure};
use crate::model::scenario::{Figures, SegmentFigures};

/// A check.
#[derive(Debug, Serialize)]
pub(super) struct Checked<'a> {
    scenario: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    as_of: String,
    files: Vec<String>,
    tolerance_percent: String,
    as_expected: bool,
    drift: Vec<Drifted<'a>>,
    review: Review,
    expected: Told<'a>,
    actual: Told<'a>,
}

#[derive(Debug, Serialize)]
struct Review {
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    today: String,
    overdue_days: i32,
}

/// A figure that is not what it was; what does not apply is left out.
#[derive(Debug, Default, Serialize)]
struct Drifted<'a> {
    figure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    axis: Option<&'static str>,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    segment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change_percent: Option<String>,
    text: String,
}

#[derive(Debug, Serialize)]
struct Told<'a> {
    customers: u64,
    orders: u64,
    revenue: String,
    cuts: Cuts,
    segments: Vec<Segment<'a>>,
}

#[derive(Debug, Serialize)]
struct Cuts {
    recency: Vec<String>,
    frequency: Vec<String>,
    monetary: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Segment<'a> {
    name: &'a str,
    customers: u64,
    revenue: String,
}

impl<'a> Segment<'a> {
    fn of(SegmentFigures { name, customers, revenue }: &'a SegmentFigures) -> Self {
        Self { name, customers: *customers, revenue: revenue.to_string() }
    }
}

impl<'a> Checked<'a> {
    /// Gathers it.
    pub(super) fn of(check: &'a Check<'_>) -> Self {
        let Check { analysed, scenario, expected, actual, tolerance, drift, today } = check;
        Self {
            scenario: &scenario.name,
            note: scenario.note.as_deref(),
            as_of: analysed.analysis.measured().as_of().to_string(),
            files: analysed.places.iter().map(ToString::to_string).collect(),
            tolerance_percent: tolerance.to_string(),
            as_expected: drift.is_empty(),
            drift: drift.iter().map(drifted).collect(),
            review: Review {
                by: scenario.review_by.map(|day| day.to_string()),
                today: today.to_string(),
                overdue_days: check.overdue().unwrap_or(0),
            },
            expected: told(expected),
            actual: told(actual),
        }
    }
}

fn drifted(drift: &Drift) -> Drifted<'_> {
    let text = drift.to_string();
    let whole = |segment: &SegmentFigures| Some(segment.customers.to_string());
    match drift {
        Drift::Moved { figure, expected, actual, change } => Drifted {
            expected: Some(expected.to_string()),
            actual: Some(actual.to_string()),
            change_percent: change.map(|change| change.to_string()),
            text,
            ..named(figure)
        },
        Drift::CutCount { axis, expected, actual } => Drifted {
            figure: "cuts",
            axis: Some(axis.name()),
            expected: Some(expected.to_string()),
            actual: Some(actual.to_string()),
            text,
            ..Drifted::default()
        },
        Drift::Appeared(segment) => Drifted {
            figure: "segment",
            segment: Some(&segment.name),
            actual: whole(segment),
            text,
            ..Drifted::default()
        },
        Drift::Vanished(segment) => Drifted {
            figure: "segment",
            segment: Some(&segment.name),
            expected: whole(segment),
            text,
            ..Drifted::default()
        },
    }
}

fn named(figure: &Figure) -> Drifted<'_> {
    let (name, axis, cut, segment) = match figure {
        Figure::Customers => ("customers", None, None, None),
        Figure::Orders => ("orders", None, None, None),
        Figure::Revenue => ("revenue", None, None, None),
        Figure::Cut(axis, position) => ("cut", Some(axis.name()), Some(position + 1), None),
        Figure::SegmentCustomers(segment) => ("customers", None, None, Some(segment.as_str())),
        Figure::SegmentRevenue(segment) => ("revenue", None, None, Some(segment.as_str())),
    };
    Drifted { figure: name, axis, cut, segment, ..Drifted::default() }
}

fn told(figures: &Figures) -> Told<'_> {
    let cuts = |axis: Axis| figures.cuts[axis.index()].iter().map(ToString::to_string).collect();
    Told {
        customers: figures.customers,
        orders: figures.orders,
        revenue: figures.revenue.to_string(),
        cuts: Cuts { recency: cuts(Axis::Recency), frequency: cuts(Axis::Frequency), monetary: cuts(Axis::Monetary) },
        segments: figures.segments.iter().map(Segment::of).collect(),
    }
}
