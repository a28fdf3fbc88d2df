//! What customers of each segment are worth: mean orders, returns, second orders, lifetime values.

use rayon::prelude::*;

use super::analysis::Analysis;
use super::fields::Field;
use super::summary::Tally;
use crate::model::money::{Money, Scale};

/// Sums over the customers of a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// Customers, orders and net sum.
    pub tally: Tally,
    /// Customers with two orders or more.
    pub repeat: u64,
    /// What was returned, minor units.
    pub returned: i128,
    /// Lifetime values by the terms in force, minor units.
    pub clv: i128,
}

impl std::ops::Add for Worth {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            tally: self.tally + other.tally,
            repeat: self.repeat + other.repeat,
            returned: self.returned + other.returned,
            clv: self.clv + other.clv,
        }
    }
}

impl std::iter::Sum for Worth {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), std::ops::Add::add)
    }
}

impl Worth {
    /// The sums of each segment of an analysis, in the scheme's order.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Vec<Self> {
        let customers = analysis.customers();
        let clv = analysis.fields().id(Field::Clv).map(|field| analysis.fields().column(field, analysis.scoring()));
        let mask = analysis.population().mask.as_deref();
        let none = || vec![Self::default(); analysis.map().shown()];
        let add = |mut segments: Vec<Self>, customer: usize| {
            let one = Self {
                tally: Tally::of(customers, customer),
                repeat: u64::from(customers.orders.get(customer) > 1),
                returned: i128::from(customers.gross.get(customer)) - i128::from(customers.net.get(customer)),
                clv: clv.as_ref().and_then(|clv| clv.get(customer)).unwrap_or_default().into(),
            };
            let segment = analysis.segment_of(customer);
            segments[segment] = segments[segment] + one;
            segments
        };
        let join = |left: Vec<Self>, right: Vec<Self>| left.into_iter().zip(right).map(|(a, b)| a + b).collect();
        let looked_at = |customer: &usize| mask.is_none_or(|mask| mask.has(*customer));
        (0..customers.len()).into_par_iter().filter(looked_at).fold(none, add).reduce(none, join)
    }

    /// The mean order.
    #[must_use]
    pub fn mean_order(&self, scale: Scale) -> Money {
        Money::mean(self.tally.revenue.into(), self.tally.orders, scale)
    }

    /// Revenue a customer.
    #[must_use]
    pub fn mean_revenue(&self, scale: Scale) -> Money {
        Money::mean(self.tally.revenue.into(), self.tally.customers, scale)
    }

    /// The lifetime value of a customer, in the mean.
    #[must_use]
    pub fn mean_clv(&self, scale: Scale) -> Money {
        Money::mean(self.clv, self.tally.customers, scale)
    }
}
