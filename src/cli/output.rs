//! Writing results: to stdout or to a file, as tables, as JSON, and as cells that no spreadsheet takes for a formula.

mod guard;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anyhow::bail;
use serde::Serialize;

use crate::data::place::Place;
pub(super) use crate::export::safe::spreadsheet_text as cell;
use crate::lang::{self, Language};
use crate::show::text;
use crate::tr;
use guard::Guard;

/// Stdout, buffered. A pipe or a file gets every byte as it is; a terminal gets no control characters.
pub(super) fn stdout() -> Guard<BufWriter<io::StdoutLock<'static>>> {
    let out = BufWriter::new(io::stdout().lock());
    if io::stdout().is_terminal() { Guard::stand_in(out) } else { Guard::open(out) }
}

/// Says something on stderr. Where nobody can read it, nobody misses it, and what it is about goes on.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Does something in the language of programs, whose words never change: English.
pub(super) fn for_programs<T>(act: impl FnOnce() -> T) -> T {
    lang::within(Language::English, act)
}

/// Writes a value as JSON, on lines of its own where it is `pretty`, with what no terminal should get escaped.
pub(super) fn json(out: &mut impl Write, value: &impl Serialize, pretty: bool) -> anyhow::Result<()> {
    let mut out = Guard::escape(out);
    if pretty {
        serde_json::to_writer_pretty(&mut out, value)?;
        writeln!(out)?;
    } else {
        serde_json::to_writer(&mut out, value)?;
    }
    Ok(())
}

/// What is written never takes the place of a file that is read.
pub(super) fn refuse_input(option: &str, out: &Path, places: &[Place]) -> anyhow::Result<()> {
    let Ok(out_path) = out.canonicalize() else { return Ok(()) };
    if places.iter().filter_map(Place::path).filter_map(|path| path.canonicalize().ok()).any(|path| path == out_path) {
        let path = out.display();
        bail!(tr!("{option} {path} is one of the files that are read; choose another name", option, path));
    }
    Ok(())
}

/// Whether an error only says that the reader of our output went away, as `head` does.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let csv = cause.downcast_ref::<csv::Error>().and_then(|error| match error.kind() {
            csv::ErrorKind::Io(error) => Some(error.kind()),
            _ => None,
        });
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(csv).or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// Columns of a table for a person: the first `left` ones at the left, the rest at the right.
pub(super) struct Table {
    left: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a head.
    pub(super) fn new<const N: usize>(left: usize, head: [&str; N]) -> Self {
        Self { left, rows: vec![head.map(str::to_owned).to_vec()] }
    }

    /// A table of as many columns as its head has.
    pub(super) fn wide(left: usize, head: Vec<String>) -> Self {
        let mut table = Self { left, rows: Vec::new() };
        table.wide_row(head);
        table
    }

    /// Appends a row; text from data is made safe here.
    pub(super) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.wide_row(cells.into());
    }

    /// Appends a row of as many cells as the head has; text from data is made safe here.
    pub(super) fn wide_row(&mut self, cells: Vec<String>) {
        self.rows.push(cells.into_iter().map(|cell| text::clean(&cell).into_owned()).collect());
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.first().map_or(0, Vec::len);
        let width = |column: usize| self.rows.iter().map(|row| text::width(&row[column])).max().unwrap_or(0);
        (0..columns).map(width).collect()
    }

    fn cells(&self, row: &[String], widths: &[usize]) -> Vec<String> {
        let place = |(column, (cell, width)): (usize, (&String, &usize))| {
            if column < self.left { text::left(cell, *width) } else { text::right(cell, *width) }
        };
        row.iter().zip(widths).enumerate().map(place).collect()
    }

    /// Writes it with two blanks between columns.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let widths = self.widths();
        for row in &self.rows {
            writeln!(out, "{}", self.cells(row, &widths).join("  ").trim_end())?;
        }
        Ok(())
    }

    /// Writes it as Markdown.
    pub(super) fn write_markdown(&self, out: &mut impl Write) -> io::Result<()> {
        let widths = self.widths();
        for (number, row) in self.rows.iter().enumerate() {
            let escaped: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            writeln!(out, "| {} |", self.cells(&escaped, &widths).join(" | "))?;
            if number == 0 {
                let rules = widths.iter().enumerate().map(|(column, width)| {
                    let dashes = "-".repeat((*width).max(3));
                    if column < self.left { dashes } else { format!("{}:", &dashes[1..]) }
                });
                writeln!(out, "| {} |", rules.collect::<Vec<_>>().join(" | "))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_text_lines_up() -> io::Result<()> {
        let mut table = Table::new(1, ["name", "n"]);
        table.row(["重要客户".to_owned(), "1".to_owned()]);
        let mut out = Vec::new();
        table.write(&mut out)?;
        assert_eq!(String::from_utf8_lossy(&out), "name      n\n重要客户  1\n");
        Ok(())
    }
}
