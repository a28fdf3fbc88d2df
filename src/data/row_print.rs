//! The print of a row: what tells whether two rows of a data set are the same. There is one meaning of it, for the rows that
//! are set aside and for those that are only counted.

use std::fmt::{self, Write};

use xxhash_rust::xxh3::Xxh3;

use super::batch::Cells;
use super::mapping::Mapping;
use super::source::Source;

/// Nanoseconds of a second.
const NANOS: i64 = 1_000_000_000;

/// The columns of a file in the order of a print, by 0-based position: those with a role by their roles, then the others by
/// their names. It is the same in files that have the same columns in another order.
pub(super) fn print_order(source: &Source, mapping: &Mapping) -> Vec<usize> {
    // What says that a row is a total has its role by its place in the file.
    let mut order = Mapping { label: None, ..mapping.clone() }.columns();
    let mut others: Vec<usize> = (0..source.columns.len()).filter(|column| !order.contains(column)).collect();
    others.sort_by_key(|column| &source.columns[*column].name);
    order.extend(others);
    order
}

/// The print of a row: equal rows have equal ones, and two different rows of a data set have the same with a probability
/// that is zero for all purposes (128 bits). Cells are compared as they are written; no cell is not an empty one.
pub(super) fn row_print<'a>(columns: impl IntoIterator<Item = &'a Cells>, row: usize) -> u128 {
    let mut print = Print { hash: Xxh3::new(), bytes: 0 };
    for cells in columns {
        // Writing to a digest cannot fail.
        let is_there = print.cell(cells, row).unwrap_or_default();
        // With its length behind it, `ab`, `c` is not `a`, `bc`.
        let length = if is_there { print.bytes } else { u64::MAX };
        print.hash.update(&length.to_le_bytes());
        print.bytes = 0;
    }
    print.hash.digest128()
}

/// A print in the making.
struct Print {
    hash: Xxh3,
    /// Bytes of the present cell.
    bytes: u64,
}

impl Print {
    fn bytes(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    /// Enters a cell as text; gives whether there is one.
    fn cell(&mut self, cells: &Cells, row: usize) -> Result<bool, fmt::Error> {
        match cells {
            Cells::Text(texts) => {
                let cell = texts.get(row);
                self.bytes(cell.unwrap_or_default());
                return Ok(cell.is_some());
            }
            Cells::Int(values) => match values.get(row) {
                Some(value) => write!(self, "{value}")?,
                None => return Ok(false),
            },
            Cells::Stamp { values, unit, .. } => {
                let Some(ticks) = values.get(row) else { return Ok(false) };
                self.write_str(&cells.text(row))?;
                // People are shown whole seconds.
                match ticks.rem_euclid(unit.per_second()) * (NANOS / unit.per_second()) {
                    0 => {}
                    nanos => write!(self, ".{nanos:09}")?,
                }
            }
            other => {
                let text = other.text(row);
                self.write_str(&text)?;
                return Ok(!text.is_empty());
            }
        }
        Ok(true)
    }
}

impl Write for Print {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.bytes(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::batch::{TextBuilder, TimeUnit, Values};

    fn texts(cells: &[Option<&str>]) -> Vec<Cells> {
        let column = |cell: Option<&str>| {
            let mut column = TextBuilder::default();
            match cell {
                Some(cell) => column.push(cell.as_bytes()),
                None => column.push_missing(),
            }
            Cells::Text(column.finish())
        };
        cells.iter().copied().map(column).collect()
    }

    fn stamp(ticks: i64, unit: TimeUnit) -> Vec<Cells> {
        vec![Cells::Stamp { values: Values::collect([Some(ticks)]), unit, zone: None }]
    }

    #[test]
    fn cells_are_compared_each_by_itself() {
        let print = |cells: &[Option<&str>]| row_print(&texts(cells), 0);
        assert_eq!(print(&[Some("ab"), Some("c")]), print(&[Some("ab"), Some("c")]));
        for (one, other) in [
            ([Some("ab"), Some("c")], [Some("a"), Some("bc")]),
            ([Some("a"), Some("")], [Some("a"), None]),
            ([Some(""), Some("a")], [Some("a"), Some("")]),
        ] {
            assert_ne!(print(&one), print(&other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_number_is_the_same_however_its_batch_keeps_it_and_no_instant_is_rounded() {
        // An unsigned column is text in those batches where a value exceeds the signed range.
        let number = row_print(&[Cells::Int(Values::collect([Some(1_042), None]))], 0);
        assert_eq!(number, row_print(&texts(&[Some("1042")]), 0));
        assert_ne!(number, row_print(&[Cells::Int(Values::collect([Some(1_042), None]))], 1));
        let [second, later] =
            [0, 1].map(|ticks| row_print(&stamp(1_704_067_200_000 + ticks, TimeUnit::Milliseconds), 0));
        assert_ne!(second, later);
        assert_eq!(second, row_print(&stamp(1_704_067_200, TimeUnit::Seconds), 0));
        assert_eq!(second, row_print(&texts(&[Some("2024-01-01 00:00:00")]), 0));
    }
}
