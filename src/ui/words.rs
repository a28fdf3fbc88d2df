//! Words that several panels share: what axes, segments and amounts are called where they are shown.

use std::borrow::Cow;

use crate::data::synonyms::Role;
use crate::lang;
use crate::model::customers::Axis;
use crate::model::cuts::Method;
use crate::model::measures::{Frequency, Measure, Recency};
use crate::model::policies::Policy;
use crate::model::scheme::Scheme;
use crate::show::text::clean;
use crate::tr;

/// What an axis is called.
pub(super) fn axis(axis: Axis) -> &'static str {
    match axis {
        Axis::Recency => tr!("axis" | "recency"),
        Axis::Frequency => tr!("axis" | "frequency"),
        Axis::Monetary => tr!("axis" | "monetary"),
    }
}

/// How cuts come to be.
pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::Quantile => tr!("method" | "quantile"),
        Method::RCompat => tr!("method" | "r-compat"),
        Method::Mean => tr!("method" | "mean"),
        Method::Fixed => tr!("method" | "fixed"),
    }
}

/// The role of a column.
pub(super) fn role(role: Role) -> &'static str {
    lang::text(role.name())
}

/// What a policy is called.
pub(super) fn policy(policy: Policy) -> &'static str {
    match policy {
        Policy::Returns => tr!("policy" | "returns"),
        Policy::Refunds => tr!("policy" | "refunds"),
        Policy::Status => tr!("policy" | "status"),
        Policy::ZeroAmounts => tr!("policy" | "zero-amounts"),
        Policy::Duplicates => tr!("policy" | "duplicates"),
        Policy::OrderTotals => tr!("policy" | "order-totals"),
        Policy::Anonymous => tr!("policy" | "anonymous"),
        Policy::Ids => tr!("policy" | "ids"),
        Policy::Future => tr!("policy" | "future"),
    }
}

/// What the choices of a policy are called, in their order; in English as options have them.
pub(super) fn choices(policy: Policy) -> Vec<&'static str> {
    let (keep, drop) = (tr!("choice" | "keep"), tr!("choice" | "drop"));
    match policy {
        Policy::Returns => vec![tr!("choice" | "net"), tr!("choice" | "gross"), tr!("choice" | "void")],
        Policy::Refunds => vec![tr!("choice" | "subtract"), tr!("choice" | "ignore")],
        Policy::Status => vec![drop, tr!("choice" | "closed"), keep],
        Policy::ZeroAmounts | Policy::Duplicates => vec![keep, drop],
        Policy::OrderTotals => vec![tr!("choice" | "lines"), tr!("choice" | "once")],
        Policy::Anonymous | Policy::Future => vec![drop, keep],
        Policy::Ids => vec![tr!("choice" | "unify"), tr!("choice" | "exact")],
    }
}

/// The name of a segment, safe to be shown: in the language in use where it comes with the program.
pub(super) fn segment(name: &str) -> Cow<'_, str> {
    clean(lang::name("segment", name))
}

/// The name of a scheme's segment by its number.
pub(super) fn segment_of(scheme: &Scheme, number: usize) -> Cow<'_, str> {
    segment(scheme.segment_name(number))
}

/// Names of segments, one after the other.
pub(super) fn segments(names: &[String]) -> String {
    names.iter().map(|name| segment(name)).collect::<Vec<_>>().join(tr!("list" | ", "))
}

/// A value of a measure with its unit, one of them without its plural; money stays without.
pub(super) fn amount(measure: Measure, number: &str) -> String {
    match (measure, number) {
        (Measure::Recency(Recency::Days) | Measure::Frequency(Frequency::Days), "1") => tr!("{number} day", number),
        (Measure::Recency(Recency::Days) | Measure::Frequency(Frequency::Days), _) => tr!("{number} days", number),
        (Measure::Frequency(Frequency::Orders), "1") => tr!("{number} order", number),
        (Measure::Frequency(Frequency::Orders), _) => tr!("{number} orders", number),
        (Measure::Frequency(Frequency::Rows), "1") => tr!("{number} row", number),
        (Measure::Frequency(Frequency::Rows), _) => tr!("{number} rows", number),
        (Measure::Recency(Recency::OwnGap), _) => tr!("{number} × own gap", number),
        (Measure::Monetary(_), _) => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_and_their_choices_are_called_as_their_options_are() {
        for named in Policy::ALL {
            let choices_of: Vec<&str> = named.choices().iter().map(|choice| choice.name).collect();
            assert_eq!((policy(named), choices(named)), (named.name(), choices_of));
        }
    }

    #[test]
    fn amounts_have_their_unit() {
        let days = Measure::Recency(Recency::Days);
        assert_eq!([amount(days, "1"), amount(days, "29.5")], ["1 day", "29.5 days"]);
    }
}
