//! The explorer without a screen: what the user looks at, the actions there are, and what each does to the model.

pub mod action;
pub mod as_options;
pub mod card;
pub mod cut_edit;
pub mod data_card;
pub mod details;
pub mod files;
pub mod heat;
pub mod history;
pub mod keymap;
pub mod list;
pub mod mapping;
pub mod menu;
pub mod model;
pub mod overlay;
pub mod plans;
pub mod reopen;
pub mod scenario;
pub mod session;
pub mod solve;
pub mod tiers;
pub mod update;
pub mod work;
