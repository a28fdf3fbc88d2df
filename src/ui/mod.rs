//! The screen: panels drawn from the model, nothing kept between frames but what the model has.
//!
//! ```text
//! title                                        file, kind, scheme
//! strip of figures
//! heatmap               | tiers
//! distributions, cuts   | customers            one of the two where the screen is small
//! message
//! hints
//! ```

pub mod charset;
mod draw;
mod filters;
mod finish;
mod fold;
pub mod glyphs;
pub mod layout;
mod message;
mod output;
mod overlays;
mod paint;
mod panels;
mod plain;
pub mod run;
mod terminal;
pub mod theme;
mod words;

pub use draw::{draw, page};
