//! Cells that come one by one are gathered into rows, and rows into batches.

use super::super::batch::{Batch, Cells, MOST_CELLS, TextBuilder};
use super::cells::Value;

/// Bytes of text of a batch after which it is full.
const MOST_BYTES: usize = 16 << 20;

/// Gathers cells into batches.
pub(super) struct Rows {
    /// Rows of a batch at most.
    most: usize,
    columns: Vec<TextBuilder>,
    /// The row that cells are put into, 0-based.
    row: Option<u32>,
    /// The first row of the batch, 0-based.
    first: u32,
    /// Each row's distance from the first.
    offsets: Vec<u32>,
    bytes: usize,
    text: Vec<u8>,
}

impl Rows {
    /// For batches of at most so many rows, at least one.
    pub(super) fn new(most: usize) -> Self {
        let (columns, offsets, text) = (Vec::new(), Vec::new(), Vec::new());
        Self { most: most.max(1), columns, row: None, first: 0, offsets, bytes: 0, text }
    }

    /// Takes the cell at a 0-based row and column. Gives the batch before it, if it begins a row that no longer fits.
    pub(super) fn put(&mut self, row: u32, column: u32, value: Value<'_>) -> Option<Batch> {
        self.text.clear();
        if !value.write(&mut self.text) {
            return None;
        }
        let full = if self.row == Some(row) { None } else { self.begin(row) };
        let column = column as usize;
        if column >= self.columns.len() {
            self.columns.resize_with(column + 1, || TextBuilder::with_capacity(0, 0));
        }
        let before = self.offsets.len() - 1;
        let cells = &mut self.columns[column];
        pad(cells, before);
        // A damaged sheet may have a cell twice: its first value stands.
        if cells.len() == before {
            cells.push(&self.text);
            self.bytes += self.text.len();
        }
        full
    }

    fn begin(&mut self, row: u32) -> Option<Batch> {
        let rows = self.offsets.len();
        let full = rows >= self.most || rows * self.columns.len() >= MOST_CELLS || self.bytes >= MOST_BYTES;
        let batch = if full { self.finish() } else { None };
        if self.offsets.is_empty() {
            self.first = row;
        }
        self.row = Some(row);
        // Rows ascend but in damaged sheets.
        self.offsets.push(row.saturating_sub(self.first));
        batch
    }

    /// What is gathered, if anything.
    pub(super) fn finish(&mut self) -> Option<Batch> {
        let rows = self.offsets.len();
        if rows == 0 {
            return None;
        }
        // The next batch has as many columns at least.
        let empty = vec![TextBuilder::with_capacity(0, 0); self.columns.len()];
        let mut columns = std::mem::replace(&mut self.columns, empty);
        for cells in &mut columns {
            pad(cells, rows);
        }
        let columns = columns.into_iter().map(|cells| Cells::Text(cells.finish())).collect();
        (self.row, self.bytes) = (None, 0);
        let (first_row, offsets) = (u64::from(self.first) + 1, std::mem::take(&mut self.offsets));
        Some(Batch { columns, rows, first_row, offsets, bytes_read: 0, unreadable: Vec::new() })
    }
}

fn pad(cells: &mut TextBuilder, rows: usize) {
    while cells.len() < rows {
        cells.push_missing();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(batch: &Batch) -> Vec<Vec<String>> {
        (0..batch.rows).map(|row| batch.columns.iter().map(|column| column.text(row)).collect()).collect()
    }

    #[test]
    fn cells_become_rows_with_their_numbers_and_gaps() {
        let mut rows = Rows::new(3);
        let mut batches = Vec::new();
        for (row, column, text) in
            [(2, 1, "b"), (2, 1, "again"), (3, 0, ""), (4, 0, "a"), (4, 3, "d"), (9, 2, "c"), (10, 0, "z")]
        {
            batches.extend(rows.put(row, column, Value::Text(text)));
        }
        batches.extend(rows.finish());
        assert_eq!(rows.finish(), None);
        assert_eq!(cells(&batches[0]), [["", "b", "", ""], ["a", "", "", "d"], ["", "", "c", ""]]);
        let numbers: Vec<u64> = (0..3).map(|row| batches[0].row_number(row)).collect();
        assert_eq!(numbers, [3, 5, 10]);
        assert_eq!(cells(&batches[1]), [["z", "", "", ""]], "as wide as the batch before");
        assert_eq!(batches[1].row_number(0), 11);
    }

    #[test]
    fn very_wide_rows_make_smaller_batches() {
        let mut rows = Rows::new(1_000_000);
        let full = (0..1_000).find_map(|row| rows.put(row, 16_383, Value::Text("x")));
        assert_eq!(full.map(|batch| batch.rows), Some(2_000_000 / 16_384 + 1));
    }
}
