//! A document as Markdown (that of GitHub): tables whose source lines up, charts as bars of characters in code blocks.

mod bars;

use std::fmt::{self, Write};

use super::document::{Block, Chart, Document, Fact, Figure, Source, Table};
use crate::show::markup::{markdown as escaped, markdown_line};
use crate::show::text::{clean, left, right, width};
use crate::tr;

/// The document as Markdown.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write(document, &mut out);
    out
}

fn write(document: &Document, out: &mut String) -> fmt::Result {
    writeln!(out, "# {}\n\n{}", escaped(&document.title), markdown_line(&document.subtitle))?;
    for section in &document.sections {
        writeln!(out, "\n## {}", escaped(&section.title))?;
        for block in &section.blocks {
            writeln!(out)?;
            write_block(block, out)?;
        }
    }
    Ok(())
}

fn write_block(block: &Block, out: &mut String) -> fmt::Result {
    match block {
        Block::Text(text) => writeln!(out, "{}", markdown_line(text)),
        Block::Heading(text) => writeln!(out, "### {}", escaped(text)),
        Block::Figures(figures) => figures.iter().try_for_each(|Figure { name, value }| {
            let value = format!("**{}**", escaped(value));
            writeln!(out, "- {}", tr!("{name}: {note}", name = escaped(name), note = value))
        }),
        Block::Facts(facts) => facts.iter().try_for_each(|Fact { name, value }| {
            let name = format!("**{}**", escaped(name));
            writeln!(out, "- {}", tr!("{name}: {note}", name, note = escaped(value)))
        }),
        Block::List(lines) => lines.iter().try_for_each(|line| writeln!(out, "- {}", markdown_line(line))),
        Block::Table(table) => write_table(table, out),
        Block::Chart(chart) => write_chart(chart, out),
        Block::Source(Source { title, form, text }) => {
            writeln!(out, "### {}\n", escaped(title))?;
            write_fenced(form, text, out)
        }
    }
}

/// One cell that is longer than this does not widen the source of all rows.
const WIDEST: usize = 40;

fn write_table(table: &Table, out: &mut String) -> fmt::Result {
    if !table.caption.is_empty() {
        writeln!(out, "**{}**\n", escaped(&table.caption))?;
    }
    let head: Vec<String> = table.head.iter().map(|head| escaped(&head.title)).collect();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| escaped(cell)).collect()).collect();
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).chain(head.get(column));
        cells.map(|cell| width(cell)).filter(|width| *width <= WIDEST).max().unwrap_or(0).max(3)
    };
    let widths: Vec<usize> = (0..head.len()).map(widest).collect();
    let mut line = |cells: &[String]| {
        for ((cell, head), columns) in cells.iter().zip(&table.head).zip(&widths) {
            let columns = width(cell).max(*columns);
            let cell = if head.is_text { left(cell, columns) } else { right(cell, columns) };
            write!(out, "| {cell} ")?;
        }
        writeln!(out, "|")
    };
    line(&head)?;
    let rules: Vec<String> =
        table.head.iter().zip(&widths).map(|(head, columns)| rule(head.is_text, *columns)).collect();
    line(&rules)?;
    rows.iter().try_for_each(|row| line(row))
}

fn rule(is_text: bool, columns: usize) -> String {
    if is_text { "-".repeat(columns) } else { format!("{}:", "-".repeat(columns - 1)) }
}

fn write_chart(chart: &Chart, out: &mut String) -> fmt::Result {
    let [title, _] = chart.told();
    writeln!(out, "**{}**\n", escaped(title))?;
    let lines = match chart {
        Chart::Heat(heat) => bars::heat(heat),
        Chart::Bars(chart) => bars::bars(chart),
        Chart::Histogram(histogram) => bars::histogram(histogram),
        Chart::Curve(curve) => bars::curve(curve),
    };
    write_fenced("text", &lines.join("\n"), out)
}

/// A code block, which ends where it is meant to whatever stands in it.
fn write_fenced(form: &str, text: &str, out: &mut String) -> fmt::Result {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    writeln!(out, "{fence}{form}")?;
    for line in text.lines() {
        writeln!(out, "{}", clean(line).trim_end())?;
    }
    writeln!(out, "{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Section;

    fn written(blocks: Vec<Block>) -> String {
        let sections = vec![Section { id: "a", title: "A | b".to_owned(), blocks }];
        markdown(&Document { title: "<b>".to_owned(), subtitle: "- x".to_owned(), contents: "", sections })
    }

    #[test]
    fn tables_line_up_and_hold_any_name() {
        let mut table = Table::new("What is *there*", 1, ["name", "n"]);
        table.row(["重要|客户".to_owned(), "1,000".to_owned()]);
        table.row(["=1+1".to_owned(), "-2".to_owned()]);
        table.total(["total".to_owned(), "998".to_owned()]);
        let expected = "# \\<b>\n\n\\- x\n\n## A \\| b\n\n**What is \\*there\\***\n\n| name       |     n |\n\
                        | ---------- | ----: |\n| 重要\\|客户 | 1,000 |\n| '=1+1      |    -2 |\n| total      |   998 |\n";
        assert_eq!(written(vec![Block::Table(table)]), expected);
    }

    #[test]
    fn a_code_block_ends_where_it_is_meant_to() {
        let source = Source { title: "t".to_owned(), form: "toml", text: "a\n```\n````\u{1b}b".to_owned() };
        let text = written(vec![Block::Source(source)]);
        assert!(text.ends_with("`````toml\na\n```\n````\u{fffd}b\n`````\n"), "{text}");
    }
}
