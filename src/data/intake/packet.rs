//! Kept rows on their way from the thread that judged them to the shard that knows their customer.

use super::keys::{Key, Texts};
use crate::model::day::Day;

/// A kept row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The customer as it is written.
    pub(super) customer: Key,
    /// The order's number; [`Key::NONE`]: the row is an order of its own.
    pub(super) order: Key,
    /// Minor units of a scale of `decimals`.
    pub(super) amount: i64,
    pub(super) day: Day,
    pub(super) customer_hash: u32,
    pub(super) order_hash: u32,
    /// Its position in the batch.
    pub(super) position: u32,
    /// From 2 to 6.
    pub(super) decimals: u8,
}

/// Rows of one batch for one shard, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Packet {
    pub(super) rows: Vec<Row>,
    /// The long texts of their keys.
    pub(super) texts: Texts,
    /// Where repeated rows are set aside, each row's print.
    pub(super) prints: Vec<u128>,
    /// Where attributes are kept, the codes of each row's by the batch's dictionaries, row by row.
    pub(super) codes: Vec<u32>,
}

impl Packet {
    /// Takes out the rows at some positions of the batch, which are rising.
    pub(super) fn reject(&mut self, rejected: &[u32], mut told: impl FnMut(&Row)) {
        let mut kept = Self { texts: std::mem::take(&mut self.texts), ..Self::default() };
        let attributes = self.codes.len().checked_div(self.rows.len()).unwrap_or_default();
        for (position, row) in self.rows.iter().enumerate() {
            if rejected.binary_search(&row.position).is_ok() {
                told(row);
                continue;
            }
            kept.codes.extend(&self.codes[position * attributes..(position + 1) * attributes]);
            kept.prints.extend(self.prints.get(position));
            kept.rows.push(*row);
        }
        *self = kept;
    }
}

/// Where the rows of a batch stand in their file.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// The file's number.
    pub(super) file: usize,
    pub(super) first: u64,
    /// Each row's line minus `first`. Empty: one line a row.
    pub(super) offsets: Vec<u32>,
}

impl Lines {
    /// Where a row stands, 1-based.
    pub(super) fn number(&self, row: u32) -> u64 {
        self.first + self.offsets.get(row as usize).map_or(u64::from(row), |offset| u64::from(*offset))
    }
}
