//! What an `OpenDocument` spreadsheet takes in memory: calamine makes every cell of a table, however often it is repeated
//! and however far it stands from the others, and a short file may ask for more than there is.

use super::xml::{Does, Tag};

/// Bytes that a table may take: enough for a million rows of ten cells.
const MOST: u64 = 2 << 30;
/// Bytes of a cell that is written, and of one in the rectangle around all of them.
const WRITTEN: u64 = 72;
const IN_RECTANGLE: u64 = 48;
/// Bytes of a cell's tags and text that its value is not longer than.
const PLAIN: u64 = 128;
/// Rows and columns beyond which there are none.
const MOST_ROWS: u64 = 1 << 20;
const MOST_COLUMNS: u64 = 1 << 14;

/// Adds up what the tables of a spreadsheet take, tag by tag.
#[derive(Debug, Default)]
pub(super) struct Weight {
    /// Elements that are open.
    depth: usize,
    /// The depth of the table that is read.
    table: Option<usize>,
    /// Of the tables before, and of what stands outside of cells.
    sum: u64,
    /// Of values that are long.
    texts: u64,
    /// The rectangle around the filled cells of the table.
    rows: u64,
    columns: u64,
    /// Empty rows below it.
    empty_rows: u64,
    row: Option<Row>,
    cell: Option<Cell>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    depth: usize,
    repeats: u64,
    /// Its cells, and those up to the last that is filled.
    cells: u64,
    filled: u64,
    texts: u64,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    depth: usize,
    repeats: u64,
    filled: bool,
    bytes: u64,
}

impl Weight {
    /// Takes a tag. Gives `false` when the spreadsheet takes more than it may.
    pub(super) fn take(&mut self, tag: Tag<'_>) -> bool {
        let bytes = (tag.bytes.len() + tag.text) as u64;
        match &mut self.cell {
            Some(cell) => cell.bytes += bytes,
            None => self.sum += bytes,
        }
        match tag.does {
            Does::Begin => {
                self.depth += 1;
                self.begin(tag);
            }
            Does::Whole => {
                self.depth += 1;
                self.begin(tag);
                self.end();
            }
            Does::End => self.end(),
            Does::Other => {}
        }
        self.sum.saturating_add(self.of_table()) <= MOST
    }

    fn begin(&mut self, tag: Tag<'_>) {
        let depth = self.depth;
        match (tag.name(), &mut self.row, &mut self.cell) {
            (b"table:table", None, _) if self.table.is_none() => {
                self.table = Some(depth);
                self.sum = self.sum.saturating_add(self.of_table());
                (self.texts, self.rows, self.columns, self.empty_rows) = (0, 0, 0, 0);
            }
            (b"table:table-row", None, _) => {
                let repeats = repeats(tag, b"table:number-rows-repeated", MOST_ROWS);
                self.row = Some(Row { depth, repeats, cells: 0, filled: 0, texts: 0 });
            }
            (b"table:table-cell" | b"table:covered-table-cell", Some(_), None) => {
                let repeats = repeats(tag, b"table:number-columns-repeated", MOST_COLUMNS);
                let says = |what: &[u8]| memchr::memmem::find(tag.bytes, what).is_some();
                let filled = says(b"office:") || says(b"table:formula") || says(b"calcext:value-type");
                self.cell = Some(Cell { depth, repeats, filled, bytes: tag.bytes.len() as u64 });
            }
            // Blanks that are counted, not written.
            (b"text:s", _, Some(cell)) => cell.bytes = cell.bytes.saturating_add(repeats(tag, b"text:c", u64::MAX)),
            _ => {}
        }
    }

    fn end(&mut self) {
        if let Some(cell) = self.cell.take_if(|cell| cell.depth == self.depth)
            && let Some(row) = &mut self.row
        {
            row.cells = (row.cells + cell.repeats).min(MOST_COLUMNS);
            if cell.filled {
                row.filled = row.cells;
                row.texts = row.texts.saturating_add(cell.bytes.saturating_sub(PLAIN).saturating_mul(cell.repeats));
            }
        }
        if let Some(row) = self.row.take_if(|row| row.depth == self.depth) {
            self.add(row);
        }
        self.table.take_if(|depth| *depth == self.depth);
        self.depth = self.depth.saturating_sub(1);
    }

    fn add(&mut self, row: Row) {
        self.sum += row.filled * WRITTEN;
        if row.filled > 0 {
            self.rows = (self.rows + self.empty_rows + row.repeats).min(MOST_ROWS);
            self.columns = self.columns.max(row.filled);
            // Once where it is read, and again in the rectangle, which is copied.
            self.texts = self.texts.saturating_add(row.texts.saturating_mul(2 * row.repeats + 1));
            self.empty_rows = 0;
        } else if self.rows > 0 {
            self.empty_rows += row.repeats;
        }
    }

    /// What the table that is read takes so far.
    fn of_table(&self) -> u64 {
        (self.rows * self.columns * IN_RECTANGLE).saturating_add(self.texts)
    }
}

/// How often something is repeated: at most so often, and that where it is not written in digits.
fn repeats(tag: Tag<'_>, attribute: &'static [u8], most: u64) -> u64 {
    let number = |value: &[u8]| std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok());
    tag.values(attribute).map(|value| number(value).unwrap_or(most)).max().unwrap_or(1).min(most)
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::super::xml::is_well_formed;
    use super::*;

    /// Whether a spreadsheet of these rows may be read.
    fn fits(rows: &str) -> io::Result<bool> {
        let (text, mut weight, mut fits) =
            (format!("<a><table:table>{rows}</table:table></a>"), Weight::default(), true);
        let whole = is_well_formed(text.as_bytes(), |tag| {
            fits = weight.take(tag);
            fits
        })?;
        assert!(whole, "{rows}");
        Ok(fits)
    }

    #[test]
    fn what_is_repeated_counts_as_often() -> io::Result<()> {
        let row = |repeats: &str, cells: &str| {
            format!("<table:table-row table:number-rows-repeated='{repeats}'>{cells}</table:table-row>")
        };
        let cell = |repeats: &str, text: &str| {
            let of = format!("table:number-columns-repeated='{repeats}' office:value-type='string'");
            format!("<table:table-cell {of}><text:p>{text}</text:p></table:table-cell>")
        };
        let gap = |repeats: &str| format!("<table:table-cell table:number-columns-repeated='{repeats}'/>");
        let (one, long) = (cell("1", "x"), "x".repeat(100_000));
        for (rows, expected) in [
            // Full, but of a size that is read.
            (row("1048576", &cell("10", "x")), true),
            (row("6000", &cell("16384", "x")), false),
            // Counts that a program reads, and this does not.
            (row("&#54;000", &cell("16384", "x")), false),
            // Whole sheets that are formatted have no cells.
            (row("1", &one) + &row("1048575", &gap("16384")), true),
            (row("1", &(one.clone() + &gap("16383"))) + &row("1048575", ""), true),
            // The gaps between two cells are cells.
            (row("1", &one) + &row("1048574", "") + &row("1", &(gap("16383") + &one)), false),
            (row("1048574", "") + &row("1", &(gap("16383") + &one)), true),
            // Of a row in a cell nothing comes.
            (
                row(
                    "6000",
                    &format!(
                        "<table:table-cell office:x='' table:number-columns-repeated='16384'>{}</table:table-cell>",
                        row("1", &one)
                    ),
                ),
                false,
            ),
            (row("9", &cell("900", &long)), true),
            (row("100", &cell("900", &long)), false),
            (row("1", &cell("1", "<text:s text:c='99999999999'/>")), false),
        ] {
            assert_eq!(fits(&rows)?, expected, "{}", &rows[..rows.len().min(300)]);
        }
        Ok(())
    }
}
