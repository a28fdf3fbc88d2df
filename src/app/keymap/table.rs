//! Every key there is, and what it does where.

mod list;
mod opening;
mod overlays;
mod panels;

use super::super::action::Action;
use super::{Binding, Key, Scope};

const fn binding(
    scope: Scope,
    keys: &'static [Key],
    action: Action,
    words: &'static str,
    hint: Option<&'static str>,
) -> Binding {
    Binding { scope, keys, action, words, hint }
}

/// Narrow scopes stand before wide ones, the first that holds is taken.
const TABLES: [&[Binding]; 10] = [
    panels::OWN,
    list::CUSTOMERS,
    panels::EVERY,
    panels::RARE,
    opening::OPENING,
    overlays::READING,
    list::OVERLAYS,
    overlays::FIGURES,
    overlays::PLANS,
    overlays::WIDE,
];

/// Every key there is, narrow scopes before wide ones.
pub fn bindings() -> impl Iterator<Item = &'static Binding> + Clone {
    TABLES.into_iter().flatten()
}
