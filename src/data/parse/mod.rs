//! Cells to values: dates and amounts, one format for a whole column.

pub mod cell;
mod contrary;
pub mod date;
pub mod number;
mod tally;
pub mod text;
pub mod zone;

pub use contrary::Contrary;
