//! What an analysis wants done in another thread, and what for.

use crate::engine::grid::Bounds;
use crate::engine::index::{Index, Order};
use crate::engine::population::Population;
use crate::engine::profile::Profile;
use crate::model::customers::Axis;
use crate::model::measured::Measured;
use crate::model::measures::Measure;

/// What a profile is built from; built in another thread, it is [adopted](super::Analysis::adopt) when it is ready.
#[derive(Clone, Debug)]
pub struct ProfileRequest {
    pub(super) population: Population,
    pub(super) bounds: Bounds,
    pub(super) axis: Axis,
}

impl ProfileRequest {
    /// Builds the profile: a pass over all customers.
    #[must_use]
    pub fn build(&self) -> Profile {
        Profile::build(&self.population, &self.bounds, self.axis)
    }
}

/// What sorting everybody by a measure needs; done in another thread, its order is [taken](super::Analysis::take_order).
#[derive(Clone, Debug)]
pub struct OrderRequest {
    pub(super) measured: Measured,
    pub(super) measure: Measure,
}

impl OrderRequest {
    /// Sorts.
    #[must_use]
    pub fn build(&self) -> (Measure, Order) {
        (self.measure, Index::sort(&self.measured.with(self.measure), self.measure.axis()))
    }
}
