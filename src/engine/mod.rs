//! Scores, cells, segments and lists computed from customers and cuts: pure functions and plain tables.

pub mod analysis;
pub mod codes;
pub mod definition;
pub mod distribution;
pub mod index;
pub mod listing;
pub mod plan;
pub mod profile;
pub mod radix;
pub mod recount;
pub mod summary;
