//! What axes, roles, measures and segments are called in the sentences of the explorer.

use std::fmt::Display;

use crate::data::synonyms::Role;
use crate::lang;
use crate::model::customers::Axis;
use crate::model::cuts::Method;
use crate::model::measures::{Frequency, Measure, Monetary, Recency};
use crate::model::policies::{Choice, Policy};
use crate::tr;

/// An axis.
#[must_use]
pub fn axis(axis: Axis) -> &'static str {
    axis.title()
}

/// What an axis measures.
#[must_use]
pub fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Recency(Recency::Days) => tr!("measure of recency" | "days"),
        Measure::Recency(Recency::OwnGap) => tr!("measure" | "× own gap"),
        Measure::Frequency(Frequency::Orders) => tr!("measure" | "orders"),
        Measure::Frequency(Frequency::Days) => tr!("measure of frequency" | "days"),
        Measure::Frequency(Frequency::Rows) => tr!("measure" | "rows"),
        Measure::Monetary(Monetary::Net) => tr!("measure" | "net amount"),
        Measure::Monetary(Monetary::Gross) => tr!("measure" | "gross amount"),
        Measure::Monetary(Monetary::MeanOrder) => tr!("measure" | "mean order"),
        Measure::Monetary(Monetary::LargestOrder) => tr!("measure" | "largest order"),
    }
}

/// A way to lay cuts.
#[must_use]
pub fn method(method: Method) -> &'static str {
    method.title()
}

/// A role of a column.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Customer => tr!("role" | "customer"),
        Role::Order => tr!("role" | "order"),
        Role::Date => tr!("role" | "date"),
        Role::Amount => tr!("role" | "amount"),
        Role::Quantity => tr!("role" | "quantity"),
        Role::UnitPrice => tr!("role" | "unit price"),
        Role::Refund => tr!("role" | "refund"),
        Role::Status => tr!("role" | "status"),
        Role::Currency => tr!("role" | "currency"),
    }
}

/// A segment by its name in the scheme; the users' own keep theirs.
#[must_use]
pub fn segment(name: &str) -> &str {
    lang::name("segment", name)
}

/// A scheme by its name in the catalogue; the users' own keep theirs.
#[must_use]
pub fn scheme(name: &str) -> &str {
    lang::name("scheme", name)
}

/// Policies with what was decided.
#[must_use]
pub fn policies(decided: impl Iterator<Item = (Policy, Choice)>) -> String {
    let one = |(policy, choice): (Policy, Choice)| {
        let (policy, choice) = (lang::name("policy", policy.name()), lang::name("choice", choice.name));
        tr!("{policy} {choice}", policy, choice)
    };
    decided.map(one).collect::<Vec<_>>().join(tr!("list" | ", "))
}

/// What to say of a fault that nobody but the program can be blamed for.
#[must_use]
pub fn fault(words: &str) -> String {
    tr!("a fault of the program, not of your data: {words}", words)
}

/// Something that was done or tried, and what is to be said of it.
#[must_use]
pub fn about(words: impl Display, told: impl Display) -> String {
    tr!("{words}: {told}", words, told)
}

/// Clauses beside each other in one sentence.
#[must_use]
pub fn clauses(clauses: &[String]) -> String {
    clauses.join(tr!("; "))
}
