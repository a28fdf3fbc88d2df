//! Rows that are the same as an earlier one in every column.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use serde::Serialize;

use super::super::batch::Batch;
use super::super::ledger::Example;
use super::super::row_print::row_print;
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
    found: Duplicates,
}

impl Seen {
    /// Enters a row, whose print is over the columns in an order, and which is shown as its file has it.
    pub(super) fn take(&mut self, batch: &Batch, order: &[usize], row: usize, file: &str) {
        let digest = row_print(order.iter().map(|column| &batch.columns[*column]), row);
        // A digest is as good as any hash of it.
        match self.digests.entry(digest as u64, |other| *other == digest, |other| *other as u64) {
            Entry::Vacant(place) => {
                place.insert(digest);
            }
            Entry::Occupied(_) => {
                self.found.rows += 1;
                if self.found.examples.len() < EXAMPLES {
                    let cells: Vec<String> = batch.columns[..order.len()].iter().map(|cells| cells.text(row)).collect();
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
