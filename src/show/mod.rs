//! How values are written for people: the one place for text width and the one for numbers, dates and money.

pub mod clipboard;
pub mod markup;
pub mod moment;
pub mod numbers;
pub mod serial;
pub mod text;
