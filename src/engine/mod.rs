//! Scores, cells, segments and lists computed from customers and cuts: pure functions and plain tables.

pub mod analysis;
pub mod distribution;
pub mod index;
pub mod listing;
pub mod plan;
pub mod summary;
