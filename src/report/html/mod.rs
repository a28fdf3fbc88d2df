//! A document as HTML: one file that asks for nothing else, runs nothing, and suits light and dark screens and paper.

mod bars;
mod curve;
mod heat;
mod histogram;

use std::fmt::{self, Write};

use super::document::{Block, Chart, Document, Fact, Figure, Row, Section, Source, Table};
use crate::show::markup::xml;
use crate::show::text::clean;

/// How it looks.
const STYLE: &str = include_str!("style.css");

/// The document as HTML, in a language given as a tag of BCP 47.
#[must_use]
pub fn html(document: &Document, language: &str) -> String {
    let mut page = Page { out: String::new(), charts: 0 };
    // Writing to a string does not fail.
    let _ = page.document(document, language);
    page.out
}

/// A page that is being written.
struct Page {
    out: String,
    /// Charts so far: their names must differ.
    charts: usize,
}

impl Page {
    fn document(&mut self, document: &Document, language: &str) -> fmt::Result {
        let title = xml(&document.title);
        let out = &mut self.out;
        writeln!(out, "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">", xml(language))?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        // Whatever a text might smuggle in, nothing is run and nothing is fetched.
        writeln!(
            out,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        )?;
        writeln!(out, "<meta name=\"generator\" content=\"tierscope {}\">", env!("CARGO_PKG_VERSION"))?;
        writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>")?;
        writeln!(out, "<header>\n<h1>{title}</h1>\n<p class=\"soft\">{}</p>", xml(&document.subtitle))?;
        writeln!(out, "<nav aria-label=\"{}\">\n<ul>", xml(document.contents))?;
        for Section { id, title, .. } in &document.sections {
            writeln!(out, "<li><a href=\"#{id}\">{}</a></li>", xml(title))?;
        }
        writeln!(out, "</ul>\n</nav>\n</header>\n<main>")?;
        document.sections.iter().try_for_each(|section| self.section(section))?;
        writeln!(self.out, "</main>\n</body>\n</html>")
    }

    fn section(&mut self, Section { id, title, blocks }: &Section) -> fmt::Result {
        writeln!(self.out, "<section id=\"{id}\" aria-labelledby=\"{id}-title\">")?;
        writeln!(self.out, "<h2 id=\"{id}-title\">{}</h2>", xml(title))?;
        blocks.iter().try_for_each(|block| self.block(block))?;
        writeln!(self.out, "</section>")
    }

    fn block(&mut self, block: &Block) -> fmt::Result {
        let out = &mut self.out;
        match block {
            Block::Text(text) => writeln!(out, "<p>{}</p>", xml(text)),
            Block::Heading(text) => writeln!(out, "<h3>{}</h3>", xml(text)),
            Block::Figures(figures) => {
                writeln!(out, "<dl class=\"figures\">")?;
                for Figure { name, value } in figures {
                    writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", xml(name), xml(value))?;
                }
                writeln!(out, "</dl>")
            }
            Block::Facts(facts) => {
                writeln!(out, "<dl class=\"facts\">")?;
                for Fact { name, value } in facts {
                    writeln!(out, "<dt>{}</dt><dd>{}</dd>", xml(name), xml(value))?;
                }
                writeln!(out, "</dl>")
            }
            Block::List(lines) => {
                writeln!(out, "<ul>")?;
                lines.iter().try_for_each(|line| writeln!(out, "<li>{}</li>", xml(line)))?;
                writeln!(out, "</ul>")
            }
            Block::Table(table) => write_table(table, out),
            Block::Chart(chart) => self.chart(chart),
            Block::Source(Source { title, text, .. }) => {
                let lines: Vec<String> = text.lines().map(|line| xml(&clean(line)).into_owned()).collect();
                writeln!(
                    out,
                    "<details>\n<summary>{}</summary>\n<pre>{}</pre>\n</details>",
                    xml(title),
                    lines.join("\n")
                )
            }
        }
    }

    fn chart(&mut self, chart: &Chart) -> fmt::Result {
        self.charts += 1;
        let (number, [title, description]) = (self.charts, chart.told());
        let mut drawing = Drawing::default();
        match chart {
            Chart::Heat(heat) => heat::draw(heat, &mut drawing),
            Chart::Bars(chart) => bars::draw(chart, &mut drawing),
            Chart::Histogram(histogram) => histogram::draw(histogram, &mut drawing),
            Chart::Curve(curve) => curve::draw(curve, &mut drawing),
        }?;
        let Drawing { size: [width, height], is_narrow, body } = drawing;
        let class = if is_narrow { " class=\"narrow\"" } else { "" };
        let out = &mut self.out;
        writeln!(out, "<figure>\n<figcaption aria-hidden=\"true\">{}</figcaption>", xml(title))?;
        writeln!(
            out,
            "<svg{class} viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"c{number}t c{number}d\">\n\
             <title id=\"c{number}t\">{}</title>\n<desc id=\"c{number}d\">{}</desc>\n{body}</svg>\n</figure>",
            xml(title),
            xml(description)
        )
    }
}

/// A chart that is being drawn.
#[derive(Debug, Default)]
struct Drawing {
    /// Its width and height.
    size: [f64; 2],
    /// Whether it need not fill the page.
    is_narrow: bool,
    /// Its elements.
    body: String,
}

impl Drawing {
    /// A rectangle.
    fn rect(&mut self, class: &str, [x, y, width, height]: [f64; 4]) -> fmt::Result {
        let [x, y, width, height] = [x, y, width, height].map(Length);
        writeln!(self.body, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")
    }

    /// A text at a place, which its class says whether it begins, ends or has its middle at.
    fn text(&mut self, class: &str, [x, y]: [f64; 2], text: &str) -> fmt::Result {
        writeln!(self.body, "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>", Length(x), Length(y), xml(text))
    }

    /// A line.
    fn line(&mut self, class: &str, [x, y]: [f64; 2], [to_x, to_y]: [f64; 2]) -> fmt::Result {
        let [x, y, to_x, to_y] = [x, y, to_x, to_y].map(Length);
        writeln!(self.body, "<line class=\"{class}\" x1=\"{x}\" y1=\"{y}\" x2=\"{to_x}\" y2=\"{to_y}\"/>")
    }
}

/// A length with one decimal at most.
struct Length(f64);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() / 10.0;
        write!(f, "{tenths}")
    }
}

/// Columns of text that fit into a width, for letters of about this size.
fn fitting(width: f64, size: f64) -> usize {
    // A letter is not much wider than half its size, a Chinese character as wide as that and two columns.
    (width / (size * 0.56)).max(0.0) as usize
}

fn write_table(table: &Table, out: &mut String) -> fmt::Result {
    let caption = xml(&table.caption);
    writeln!(out, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">\n<table>")?;
    writeln!(out, "<caption>{caption}</caption>\n<thead>\n<tr>")?;
    for head in &table.head {
        let class = if head.is_text { "" } else { " class=\"n\"" };
        writeln!(out, "<th scope=\"col\"{class}>{}</th>", xml(&head.title))?;
    }
    writeln!(out, "</tr>\n</thead>\n<tbody>")?;
    for Row { cells, is_total } in &table.rows {
        write!(out, "<tr{}>", if *is_total { " class=\"sum\"" } else { "" })?;
        for (place, (cell, head)) in cells.iter().zip(&table.head).enumerate() {
            match (place, head.is_text) {
                (0, true) => write!(out, "<th scope=\"row\">{}</th>", xml(cell))?,
                (_, true) => write!(out, "<td>{}</td>", xml(cell))?,
                (_, false) => write!(out, "<td class=\"n\">{}</td>", xml(cell))?,
            }
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>\n</div>")
}

#[cfg(test)]
mod tests;
