//! Words for what has one name for programs and another one for people.

use crate::data::quality::Mark;
use crate::engine::migration::ABSENT;
use crate::lang;
use crate::model::customers::Axis;
use crate::model::cuts::Method;
use crate::tr;

/// An axis.
pub(super) fn axis(axis: Axis) -> &'static str {
    match axis {
        Axis::Recency => tr!("axis" | "recency"),
        Axis::Frequency => tr!("axis" | "frequency"),
        Axis::Monetary => tr!("axis" | "monetary"),
    }
}

/// A way to make cuts.
pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::Quantile => tr!("method" | "quantile"),
        Method::RCompat => tr!("method" | "r-compat"),
        Method::Mean => tr!("method" | "mean"),
        Method::Fixed => tr!("method" | "fixed"),
    }
}

/// What a finding is worth.
pub(super) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Ok => tr!("mark" | "ok"),
        Mark::Look => tr!("mark" | "look"),
        Mark::Problem => tr!("mark" | "problem"),
    }
}

/// The name of a segment, or of what stands for none in a comparison.
pub(super) fn segment(name: &str) -> &str {
    if name == ABSENT { lang::text(ABSENT) } else { lang::name("segment", name) }
}
