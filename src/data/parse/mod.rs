//! Cells to values: dates and amounts, one format for a whole column.

pub mod date;
pub mod text;
