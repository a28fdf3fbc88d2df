//! What the words of a report mean, and the definition of its scores and segments in full.

use super::super::document::{Block, Fact, Section, Source};
use super::super::{Subject, words};
use crate::engine::analysis::Analysis;
use crate::model::customers::Axis;
use crate::tr;

pub(in super::super) fn section(subject: &Subject<'_>) -> Section {
    let fact = |name: &'static str, value: &'static str| Fact { name: name.into(), value: value.to_owned() };
    let facts = vec![
        fact(tr!("Revenue"), tr!("the net sum of amounts: returns subtract, unless a policy sets them aside")),
        fact(words::axis(Axis::Recency), measure(subject.analysis, Axis::Recency)),
        fact(words::axis(Axis::Frequency), measure(subject.analysis, Axis::Frequency)),
        fact(words::axis(Axis::Monetary), measure(subject.analysis, Axis::Monetary)),
        fact(tr!("Mean order value (AOV)"), tr!("revenue divided by orders")),
        fact(tr!("Repeat rate"), tr!("the share of customers with two orders or more")),
        fact(
            tr!("Share"),
            tr!("a part of all that are counted in this report; shares are rounded to a tenth of a percent"),
        ),
        fact(tr!("Segment"), tr!("the customers of some cells; each customer is in one")),
    ];
    let definition =
        Source { title: tr!("The definition in full").to_owned(), form: "", text: subject.definition.to_owned() };
    Section {
        id: "definitions",
        title: tr!("Definitions").to_owned(),
        blocks: vec![Block::Facts(facts), Block::Source(definition)],
    }
}

/// What an axis measures: in full where it is what most mean by its name, else by its unit.
fn measure(analysis: &Analysis, axis: Axis) -> &'static str {
    if !analysis.measured().measure(axis).is_default() {
        return words::unit(analysis, axis);
    }
    match axis {
        Axis::Recency => tr!("days from a customer's last order to the as-of date"),
        Axis::Frequency => tr!("orders of a customer"),
        Axis::Monetary => tr!("a customer's revenue"),
    }
}
