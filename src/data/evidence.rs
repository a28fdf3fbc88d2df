//! Why each column has its role: kept from when the mapping was settled, to be shown beside it.

use serde::{Deserialize, Serialize};

use super::columns::{Choice, Grounds, Proposal};
use super::mapping::{AmountFrom, Mapping, WantedColumns};
use super::source::Source;
use super::synonyms::Role;
use crate::tr;

/// A role with its column and why it is that one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The role.
    pub role: Role,
    /// The column's 0-based position.
    pub column: usize,
    /// Why.
    pub why: Why,
}

/// Why a column has its role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// The user gave it by the role's option.
    Given,
    /// The user picked it, now or before.
    Chosen,
    /// It was proposed.
    Proposed(Box<Grounds>),
}

impl Evidence {
    /// The columns that a settled mapping uses, each with why: the user's word, or the proposal's evidence.
    #[must_use]
    pub fn of(source: &Source, mapping: &Mapping, proposal: &Proposal, wanted: &WantedColumns) -> Vec<Self> {
        let why = |role: Role, column: usize| {
            if wanted.typed(role).is_some_and(|typed| source.position(typed) == Some(column)) {
                return Why::Given;
            }
            match proposal.choice(role) {
                Choice::Found(candidate) if candidate.column == column => Why::Proposed(candidate.evidence.clone()),
                _ => Why::Chosen,
            }
        };
        roles(mapping).into_iter().map(|(role, column)| Self { role, column, why: why(role, column) }).collect()
    }

    /// Why, in the language in use.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.why {
            Why::Given => tr!("given by {option}", option = self.role.option()),
            Why::Chosen => tr!("chosen by you").to_owned(),
            Why::Proposed(grounds) => grounds.to_string(),
        }
    }
}

/// The columns that a mapping uses.
fn roles(mapping: &Mapping) -> Vec<(Role, usize)> {
    let mut roles = vec![(Role::Customer, mapping.customer)];
    roles.extend(mapping.order.map(|order| (Role::Order, order)));
    roles.push((Role::Date, mapping.date));
    match mapping.amount {
        AmountFrom::Column(amount) => roles.push((Role::Amount, amount)),
        AmountFrom::Product { quantity, unit_price } => {
            roles.extend([(Role::Quantity, quantity), (Role::UnitPrice, unit_price)]);
        }
    }
    let optional = [(Role::Refund, mapping.refund), (Role::Status, mapping.status), (Role::Currency, mapping.currency)];
    roles.extend(optional.into_iter().filter_map(|(role, column)| Some((role, column?))));
    roles
}
