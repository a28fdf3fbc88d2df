//! What a user of tierscope sees: figures against published ones and against a recount, files of every kind, options,
//! lists, screens, and keys in a pseudo-terminal.
//!
//! Tests on real public data read the folder that the environment variable `TIERSCOPE_DATA` names, and are skipped,
//! saying so on stderr, where it is unset.

mod breakdown;
mod bytes;
mod cache;
mod cancel;
mod chinese;
mod chinese_views;
mod columnar;
mod commands;
mod compare;
mod config;
mod data_filter;
mod deciding;
mod definition;
mod edits;
mod exporting;
mod exports;
mod formats;
mod fuzz;
mod hostile;
mod kept;
mod keymap;
mod keys;
mod language;
mod ledger;
mod life;
mod list;
mod lists;
mod mapping;
mod masked;
mod options;
mod overlays;
mod pictures;
mod plans;
mod policies;
mod published;
mod quality;
mod questions;
mod recount;
mod review;
mod safe;
mod scenarios;
mod schemes;
mod screen;
mod session;
mod shape;
mod shells;
mod signals;
mod speech;
mod stage;
mod support;
mod telling;
mod terminal;
mod themes;
mod twice;
mod ugly;
mod views;
mod whatif;
