//! The things the program is about: days, money, customers, cuts and scores, schemes, filters, scenarios. No terminal, no file library.

pub mod bin_range;
pub mod budget;
pub mod calendar;
pub mod customers;
pub mod cuts;
pub mod day;
pub mod field;
pub mod filter;
pub mod measured;
pub mod measures;
pub mod money;
pub mod packed;
pub mod policies;
pub mod scenario;
pub mod scheme;
pub mod schemes;
pub(crate) mod toml_text;
pub mod transactions;
pub mod value;
pub mod vip;
mod words;
