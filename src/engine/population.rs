//! The customers that are looked at: measured, in order, and filtered.

use std::sync::Arc;

use rayon::prelude::*;

use super::filter::Mask;
use super::index::Index;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Cuts, CutsError, Method};
use crate::model::measured::Measured;
use crate::model::money::Scale;

/// All customers, or those that a filter leaves; cheap to clone.
#[derive(Clone, Debug)]
pub struct Population {
    /// Everybody's values.
    pub measured: Measured,
    /// Those that are looked at, in the order of each axis.
    pub index: Index,
    /// Who is looked at; `None`: everybody.
    pub mask: Option<Arc<Mask>>,
}

impl Population {
    /// Everybody.
    #[must_use]
    pub fn everybody(measured: Measured) -> Self {
        let index = Index::build(&measured);
        Self { measured, index, mask: None }
    }

    /// How many customers are looked at.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether nobody is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The value at a rank of an axis from 0, the last one's beyond; 0 where nobody is looked at.
    #[must_use]
    pub fn value_at(&self, axis: Axis, rank: usize) -> i64 {
        let rank = rank.min(self.len().saturating_sub(1));
        self.index.value_at(&self.measured, axis, rank).unwrap_or_default()
    }

    /// How many have a value of at most `value` on an axis.
    #[must_use]
    pub fn rank(&self, axis: Axis, value: i64) -> usize {
        self.index.rank(&self.measured, axis, value)
    }

    /// Cuts that follow the data; by quantiles also where the method is fixed, which follows nothing.
    ///
    /// # Errors
    /// [`CutsError`] for a number of bins that cannot be.
    pub fn cuts(&self, axis: Axis, method: Method, bins: usize, closed: Closed) -> Result<Cuts, CutsError> {
        let value_at = |rank: usize| self.value_at(axis, rank);
        match method {
            Method::Quantile | Method::Fixed => Cuts::quantile(axis, closed, bins, self.len(), value_at),
            Method::RCompat => Cuts::r_compat(axis, self.unit(axis), bins, self.len(), value_at),
            Method::Mean => {
                // In the order of the customers, whose values then follow each other in memory.
                let looked_at = |customer: &usize| self.mask.as_ref().is_none_or(|mask| mask.has(*customer));
                let values = (0..self.measured.len()).into_par_iter().filter(looked_at);
                let sum = values.map(|customer| i128::from(self.measured.value(axis, customer))).sum();
                Ok(Cuts::mean(axis, closed, sum, self.len()))
            }
        }
    }

    /// What the R rule adds to a quantile: one day, one order, one unit of money.
    fn unit(&self, axis: Axis) -> i64 {
        let scale = self.measured.scale(axis);
        if scale == Scale::UNITS { 1 } else { scale.factor() }
    }
}
