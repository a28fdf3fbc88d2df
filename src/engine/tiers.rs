//! VIP rules as tiers: whom each rule takes, and how customers spread over the first rule that each of them meets.

use std::sync::Arc;

use rayon::prelude::*;

use super::fields::{FieldColumn, Fields};
use super::filter::Mask;
use super::summary::Tally;

/// What to count; counted in another thread where there are many customers.
#[derive(Clone, Debug)]
pub struct TierRequest {
    pub(super) fields: Fields,
    /// Who is looked at; `None`: everybody.
    pub(super) mask: Option<Arc<Mask>>,
}

/// How many meet each rule, and how many are in each tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers {
    /// Of each rule, whoever meets it: a customer may meet several.
    pub rules: Vec<Tally>,
    /// Of each rule, those who meet no rule before it, and last those who meet none: each customer once.
    pub tiers: Vec<Tally>,
}

impl Tiers {
    /// All who are looked at.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.tiers.iter().copied().sum()
    }

    fn none(rules: usize) -> Self {
        Self { rules: vec![Tally::default(); rules], tiers: vec![Tally::default(); rules + 1] }
    }

    fn join(mut self, other: &Self) -> Self {
        let pairs = self.rules.iter_mut().zip(&other.rules).chain(self.tiers.iter_mut().zip(&other.tiers));
        pairs.for_each(|(sum, more)| *sum += *more);
        self
    }
}

impl TierRequest {
    /// Counts; `None` where there are no transactions to judge by.
    #[must_use]
    pub fn build(&self) -> Option<Tiers> {
        let (rules, tier) = (self.fields.rule_columns()?, self.fields.tier_column()?);
        Some(self.count(&rules, &tier))
    }

    fn count(&self, rules: &[Arc<FieldColumn>], tier: &FieldColumn) -> Tiers {
        let customers = self.fields.customers();
        let add = |mut sum: Tiers, customer: usize| {
            let one = Tally::of(customers, customer);
            for (rule, tally) in rules.iter().zip(&mut sum.rules) {
                if rule.get(customer) == Some(1) {
                    *tally += one;
                }
            }
            let place = tier.get(customer).map_or(rules.len(), |number| number as usize - 1);
            sum.tiers[place] += one;
            sum
        };
        let looked_at = |customer: &usize| self.mask.as_ref().is_none_or(|mask| mask.has(*customer));
        let none = || Tiers::none(rules.len());
        (0..customers.len())
            .into_par_iter()
            .filter(looked_at)
            .fold(none, add)
            .reduce(none, |sum, other| sum.join(&other))
    }
}

#[cfg(test)]
mod tests;
