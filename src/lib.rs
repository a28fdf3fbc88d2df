//! tierscope shows who the customers in a file of sales are: by recency, frequency and monetary value, with thresholds
//! that can be moved and everything else following.
//!
//! Data goes one way, and each step is a folder that can be read alone:
//!
//! ```text
//! source -> ledger -> customers -> scores -> segments -> view -> screen
//! (data/)            (model/)      (engine/)             (app/)   (ui/)
//! ```
//!
//! [`data`] turns files into customers and says what became of every row; [`model`] has the words: days, money, cuts,
//! schemes; [`engine`] scores, counts and sorts. None of them knows a terminal, so the headless commands in [`cli`],
//! the tests and the benches use them alone. [`app`] is the explorer without a screen: actions in, a model out; [`ui`] draws
//! it and reads the keys. Beside them, [`job`] has progress and cancelling, [`show`] writes values for people, and [`demo`]
//! makes the shop that opens when no file is named.

pub mod app;
pub mod cli;
pub mod data;
pub mod demo;
pub mod engine;
pub mod export;
pub mod job;
pub mod lang;
pub mod model;
pub mod report;
pub mod show;
pub mod ui;
