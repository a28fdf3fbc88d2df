//! What lies over the panels or in their place, one a file.

pub(super) mod ask;
pub(super) mod data;
pub(super) mod help;
pub(super) mod loading;
mod popup;
pub(super) mod prompt;
