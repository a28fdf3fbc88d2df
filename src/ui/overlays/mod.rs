//! What lies over the panels or in their place, one a file.

pub(super) mod breakdown;
pub(super) mod budget;
pub(super) mod chips;
pub(super) mod columns;
pub(super) mod concentration;
mod curve;
pub(super) mod data;
pub(super) mod explain;
mod find;
pub(super) mod help;
pub(super) mod history;
pub(super) mod loading;
pub(super) mod log;
pub(super) mod mapping;
pub(super) mod menu;
pub(super) mod movers;
mod orders;
pub(super) mod palette;
mod past;
pub(super) mod policies;
mod popup;
pub(super) mod prompt;
pub(super) mod rules;
pub(super) mod scheme;
pub(super) mod sensitivity;
pub(super) mod themes;
mod typed;
