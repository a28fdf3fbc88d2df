//! How values are written for people: the one place for text width and the one for numbers, dates, money and lists.

pub mod bars;
pub mod clipboard;
pub mod list;
pub mod markup;
pub mod moment;
pub mod numbers;
pub mod serial;
pub mod system;
pub mod text;
