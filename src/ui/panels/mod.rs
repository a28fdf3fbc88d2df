//! The panels of the overview, one a file.

pub(super) mod customers;
pub(super) mod cuts;
pub(super) mod heatmap;
pub(super) mod strip;
pub(super) mod tiers;
