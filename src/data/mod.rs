//! From files to customers: sources give batches of columns, the mapping says which column plays which role, the
//! ledger keeps or rejects each row with a reason, and what is kept becomes customers.

pub mod archive;
pub mod attributes;
pub mod batch;
pub mod cache;
pub mod columnar;
pub mod columns;
mod counted;
mod data_file;
pub mod database;
mod digest;
pub mod evidence;
pub mod expand;
mod feed;
pub mod folder;
pub mod intake;
pub mod kind;
pub mod ledger;
pub mod load;
pub mod mapping;
pub mod mapping_memory;
mod memo;
mod number_text;
pub mod parse;
pub mod place;
pub mod quality;
pub mod repeated;
mod row_print;
pub mod scenario_file;
pub mod seen;
pub mod sheet;
pub mod source;
pub mod status;
pub mod survey;
pub mod synonyms;
pub mod temporary;
pub mod text;
