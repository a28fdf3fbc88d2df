//! Why each column has its role: kept from when the mapping was settled, to be shown beside it.

use serde::{Deserialize, Serialize};

use super::columns::{Choice, Proposal};
use super::mapping::{AmountFrom, Mapping, WantedColumns};
use super::source::Source;
use super::synonyms::Role;

/// A role with its column and why it is that one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The role.
    pub role: Role,
    /// The column's 0-based position.
    pub column: usize,
    /// Why, in words.
    pub why: String,
}

impl Evidence {
    /// The columns that a settled mapping uses, each with why: the user's word, or the proposal's evidence.
    #[must_use]
    pub fn of(source: &Source, mapping: &Mapping, proposal: &Proposal, wanted: &WantedColumns) -> Vec<Self> {
        let why = |role: Role, column: usize| {
            if wanted.typed(role).is_some_and(|typed| source.position(typed) == Some(column)) {
                return format!("given by {}", role.option());
            }
            match proposal.choice(role) {
                Choice::Found(candidate) if candidate.column == column => candidate.evidence.clone(),
                _ => "chosen by you".to_owned(),
            }
        };
        roles(mapping).into_iter().map(|(role, column)| Self { role, column, why: why(role, column) }).collect()
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
