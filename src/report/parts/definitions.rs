//! What the words of a report mean, and the definition of its scores and segments in full.

use super::super::Subject;
use super::super::document::{Block, Fact, Section, Source};
use crate::tr;

pub(in super::super) fn section(subject: &Subject<'_>) -> Section {
    let fact = |name: &'static str, value: &'static str| Fact { name: name.into(), value: value.to_owned() };
    let facts = vec![
        fact(tr!("Revenue"), tr!("the net sum of amounts: returns subtract, unless a policy sets them aside")),
        fact(tr!("Recency"), tr!("days from a customer's last order to the as-of date")),
        fact(tr!("Frequency"), tr!("orders of a customer")),
        fact(tr!("Monetary"), tr!("a customer's revenue")),
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
