//! Words that several parts of a document share.

use crate::engine::analysis::Analysis;
use crate::lang;
use crate::model::customers::Axis;
use crate::model::scheme::Scheme;
use crate::show::text::clean;
use crate::tr;

/// The name of an axis, as a heading has it.
pub(super) fn axis(axis: Axis) -> &'static str {
    match axis {
        Axis::Recency => tr!("Recency"),
        Axis::Frequency => tr!("Frequency"),
        Axis::Monetary => tr!("Monetary"),
    }
}

/// The name of an axis within a sentence.
pub(super) fn axis_within(axis: Axis) -> &'static str {
    axis.title()
}

/// What an axis counts.
pub(super) fn unit(analysis: &Analysis, axis: Axis) -> &'static str {
    analysis.measured().measure(axis).unit()
}

/// A scheme by its name and title.
pub(super) fn scheme(scheme: &Scheme) -> String {
    let (name, title) = (clean(&scheme.name), clean(lang::name("scheme", &scheme.title)).into_owned());
    if title.is_empty() { name.into_owned() } else { tr!("{name}: {title}", name, title) }
}

/// The name of a segment of a scheme.
pub(super) fn segment(name: &str) -> String {
    clean(lang::name("segment", name)).into_owned()
}

/// The name of a segment of the analysis by its number.
pub(super) fn segment_of(analysis: &Analysis, number: usize) -> String {
    segment(analysis.scheme().segment_name(number))
}

/// The heads of tables of customers, orders and revenue with their shares, behind what the rows are of.
pub(super) fn tally_heads(of: &str) -> [&str; 6] {
    [of, tr!("customers"), tr!("share"), tr!("orders"), tr!("revenue"), tr!("share of revenue")]
}

/// The name of rows that sum up.
pub(super) fn total() -> String {
    tr!("total").to_owned()
}
