//! Words that several panels share: what segments, policies and amounts are called where they are shown.

use std::borrow::Cow;

use crate::app::words as app;
use crate::model::measures::{Frequency, Measure, Recency};
use crate::model::money::Scale;
use crate::model::policies::Policy;
use crate::model::scheme::Scheme;
use crate::show::numbers::{money, short_money};
use crate::show::text::{clean, cut, width};
use crate::tr;

pub(super) use crate::app::words::{axis, method, role, scheme};

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
    clean(app::segment(name))
}

/// The name of a scheme's segment by its number.
pub(super) fn segment_of(scheme: &Scheme, number: usize) -> Cow<'_, str> {
    segment(scheme.segment_name(number))
}

/// A name without the "customers" that most names of segments end with in Chinese.
pub(super) fn stem(name: &str) -> &str {
    let stem = ["客户", "客戶"].into_iter().find_map(|end| name.strip_suffix(end));
    stem.filter(|stem| !stem.is_empty()).unwrap_or(name)
}

/// A name in so many columns: in Chinese the "customers" at its end goes first.
pub(super) fn brief(name: &str, columns: usize) -> Cow<'_, str> {
    if width(name) <= columns { Cow::Borrowed(name) } else { cut(stem(name), columns) }
}

/// Names of segments, one after the other.
pub(super) fn segments(names: &[String]) -> String {
    names.iter().map(|name| segment(name)).collect::<Vec<_>>().join(tr!("list" | ", "))
}

/// A sentence with its sums in full where it fits so many columns, else with short ones: a number that is cut off would be
/// read as another.
pub(super) fn in_room(columns: u16, told: impl Fn(fn(i128, Scale) -> String) -> String) -> String {
    let full = told(money);
    if width(&full) <= columns.into() { full } else { told(short_money) }
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
    fn names_lose_what_all_of_them_end_with_before_they_are_cut() {
        assert_eq!([12, 9, 7].map(|columns| brief("重要价值客户", columns)), ["重要价值客户", "重要价值", "重要价…"]);
        assert_eq!([brief("Champions", 5), brief("客户", 3)], ["Cham…", "客…"]);
    }

    #[test]
    fn amounts_have_their_unit() {
        let days = Measure::Recency(Recency::Days);
        assert_eq!([amount(days, "1"), amount(days, "29.5")], ["1 day", "29.5 days"]);
    }
}
