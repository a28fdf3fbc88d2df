//! Scores, cells, segments and lists computed from customers and cuts: pure functions and plain tables.

pub mod analysis;
pub mod bill;
pub mod breakdown;
pub mod concentration;
pub mod data_filter;
pub mod definition;
pub mod distribution;
#[cfg(test)]
mod exactness;
pub mod explain;
pub mod fields;
pub mod filter;
pub mod grid;
pub mod index;
pub mod lines;
pub mod listing;
pub mod migration;
pub mod past;
pub mod plan;
pub mod population;
pub mod profile;
pub mod purchases;
pub mod radix;
pub mod replay;
pub mod rhythm;
pub mod summary;
pub mod sweep;
pub mod table;
pub mod tiers;
pub mod vip;
pub mod worth;
