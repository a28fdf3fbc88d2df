//! Rows that are the same as an earlier one in every column.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use super::super::batch::{Batch, Cells};
use super::super::ledger::Example;
use super::column::shown;

/// Examples that are kept.
const EXAMPLES: usize = 5;

/// Rows that repeat an earlier one of the data set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Duplicates {
    /// How many, not counting the rows they repeat.
    pub rows: u64,
    /// The first of them, with their cells.
    pub examples: Vec<Example>,
}

/// Finds rows that were there before, by a digest of 128 bits of their cells: two different rows share one with a chance of
/// 1 in 10^24 among 10 million. It takes 20 to 40 bytes a row, so only who asks for it pays.
#[derive(Default)]
pub(super) struct Seen {
    digests: HashTable<u128>,
    row: Vec<u8>,
    found: Duplicates,
}

impl Seen {
    /// Enters a row of `columns` columns.
    pub(super) fn take(&mut self, batch: &Batch, columns: usize, row: usize, file: &str) {
        self.row.clear();
        for cells in &batch.columns[..columns] {
            append(&mut self.row, cells, row);
        }
        let digest = xxh3_128(&self.row);
        // A digest is as good as any hash of it.
        match self.digests.entry(digest as u64, |other| *other == digest, |other| *other as u64) {
            Entry::Vacant(place) => {
                place.insert(digest);
            }
            Entry::Occupied(_) => {
                self.found.rows += 1;
                if self.found.examples.len() < EXAMPLES {
                    let cells: Vec<String> = batch.columns[..columns].iter().map(|cells| cells.text(row)).collect();
                    self.found.examples.push(Example {
                        file: file.to_owned(),
                        row: batch.row_number(row),
                        column: String::new(),
                        text: shown(cells.join(" | ").trim_end_matches([' ', '|'])),
                    });
                }
            }
        }
    }

    /// What was found.
    pub(super) fn finish(self) -> Duplicates {
        self.found
    }
}

/// Appends a cell with its length, so that `ab`, `c` is not `a`, `bc`, and no cell is not an empty one.
fn append(row: &mut Vec<u8>, cells: &Cells, at: usize) {
    let mut put = |cell: Option<&[u8]>| match cell {
        Some(cell) => {
            row.extend_from_slice(&(cell.len() as u32).to_le_bytes());
            row.extend_from_slice(cell);
        }
        None => row.extend_from_slice(&u32::MAX.to_le_bytes()),
    };
    match cells {
        Cells::Text(cells) => put(cells.get(at)),
        Cells::Int(values) | Cells::Stamp { values, .. } => {
            put(values.get(at).map(i64::to_le_bytes).as_ref().map(bytes));
        }
        Cells::Float(values) => put(values.get(at).map(f64::to_le_bytes).as_ref().map(bytes)),
        Cells::Decimal { values, .. } => put(values.get(at).map(i128::to_le_bytes).as_ref().map(bytes)),
        Cells::Day(values) => put(values.get(at).map(i32::to_le_bytes).as_ref().map(bytes)),
    }
}

const fn bytes<const N: usize>(value: &[u8; N]) -> &[u8] {
    value
}
