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
mod hints;
pub mod layout;
mod message;
mod mouse;
mod overlays;
mod paint;
mod panels;
pub mod picture;
mod plain;
pub mod run;
mod sgr;
pub mod terminal;
pub mod theme;
mod tour;
mod words;

pub use draw::{Drawn, draw, page};
