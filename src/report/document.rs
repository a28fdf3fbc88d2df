//! What a document consists of. Texts are plain: whoever writes them takes care that nothing in them becomes markup.

use std::borrow::Cow;

use crate::export::safe::spreadsheet_text;

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// A line below it.
    pub subtitle: String,
    /// The heading of the list of sections.
    pub contents: &'static str,
    /// Its sections, in their order.
    pub sections: Vec<Section>,
}

/// A section with a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What links to it are called.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Sentences.
    Text(String),
    /// A heading of a part.
    Heading(String),
    /// Figures to be seen first.
    Figures(Vec<Figure>),
    /// Names with what they stand for.
    Facts(Vec<Fact>),
    /// Sentences, each of its own.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A chart; its figures also stand in a table.
    Chart(Chart),
    /// Text that stands as it is, line by line.
    Source(Source),
}

/// A figure with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub name: &'static str,
    /// The figure.
    pub value: String,
}

/// A name with what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The name.
    pub name: Cow<'static, str>,
    /// What it stands for.
    pub value: String,
}

/// Text that stands as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// What it is written in, as code blocks name it; empty for words.
    pub form: &'static str,
    /// The lines.
    pub text: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is, in a line.
    pub caption: String,
    /// The heads of its columns.
    pub head: Vec<Head>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Row>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its words.
    pub title: String,
    /// Whether the column is text, at the left; figures are at the right.
    pub is_text: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<String>,
    /// Whether it sums up the others.
    pub is_total: bool,
}

impl Table {
    /// A table whose first columns, so many, are text.
    #[must_use]
    pub fn new<T: Into<String>>(caption: &str, text: usize, head: impl IntoIterator<Item = T>) -> Self {
        let head = head.into_iter().enumerate();
        let head = head.map(|(place, title)| Head { title: title.into(), is_text: place < text }).collect();
        Self { caption: caption.to_owned(), head, rows: Vec::new() }
    }

    /// Makes a further column one of text.
    #[must_use]
    pub fn with_text(mut self, column: usize) -> Self {
        if let Some(head) = self.head.get_mut(column) {
            head.is_text = true;
        }
        self
    }

    /// Appends a row. A text that a spreadsheet would run as a formula, were the table pasted there, is kept from it.
    pub fn row(&mut self, cells: impl Into<Vec<String>>) {
        self.push(cells.into(), false);
    }

    /// Appends a row that sums up the others.
    pub fn total(&mut self, cells: impl Into<Vec<String>>) {
        self.push(cells.into(), true);
    }

    fn push(&mut self, mut cells: Vec<String>, is_total: bool) {
        for (cell, head) in cells.iter_mut().zip(&self.head) {
            if head.is_text
                && let Cow::Owned(safe) = spreadsheet_text(cell)
            {
                *cell = safe;
            }
        }
        self.rows.push(Row { cells, is_total });
    }
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Cells by two scores.
    Heat(Heat),
    /// Two bars a name.
    Bars(Bars),
    /// Customers along an axis, with its cuts.
    Histogram(Histogram),
    /// A curve between two corners of a square.
    Curve(Curve),
}

impl Chart {
    /// What it shows, in a line and in full.
    #[must_use]
    pub fn told(&self) -> [&str; 2] {
        match self {
            Self::Heat(Heat { title, description, .. })
            | Self::Bars(Bars { title, description, .. })
            | Self::Histogram(Histogram { title, description, .. })
            | Self::Curve(Curve { title, description, .. }) => [title, description],
        }
    }
}

/// Steps of heat that a tile may have, from 0.
pub(super) const HEATS: usize = 7;

/// Cells by two scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// In a line.
    pub title: String,
    /// For who does not see it.
    pub description: String,
    /// The scores up with their ranges, the best one first.
    pub up: Vec<[String; 2]>,
    /// The scores across with their ranges, the worst one first.
    pub across: Vec<[String; 2]>,
    /// A row of tiles a score up.
    pub tiles: Vec<Vec<Tile>>,
    /// What the colours are of.
    pub legend: String,
    /// The figures of each step of heat.
    pub steps: Vec<String>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Its figure.
    pub figure: String,
    /// The same as a share.
    pub share: String,
    /// The segment that most of it belongs to.
    pub name: String,
    /// The step of heat, from 0 to 6; `None` where nobody is.
    pub heat: Option<usize>,
}

/// Two bars a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// In a line.
    pub title: String,
    /// For who does not see it.
    pub description: String,
    /// What the first and the second bar are.
    pub series: [String; 2],
    /// The names with their bars.
    pub bars: Vec<Bar>,
}

/// A name with two bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The name.
    pub name: String,
    /// How long each is, of 1 for the longest there can be; below zero is nothing.
    pub lengths: [f64; 2],
    /// Their figures.
    pub figures: [String; 2],
}

/// Customers along an axis, in columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// In a line.
    pub title: String,
    /// For who does not see it.
    pub description: String,
    /// Customers of each column.
    pub counts: Vec<u64>,
    /// The customers of the highest column.
    pub most: String,
    /// The least and the largest value.
    pub ends: [String; 2],
    /// The cuts, rising.
    pub cuts: Vec<CutLine>,
    /// The bins between the cuts, the smallest values first.
    pub bands: Vec<Band>,
}

/// A cut among columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutLine {
    /// The columns below it.
    pub column: usize,
    /// Its value.
    pub label: String,
}

/// A bin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Its score, such as `R5`.
    pub score: String,
    /// The columns it begins and ends at.
    pub columns: [usize; 2],
}

/// A curve in a square of 1 by 1, from its lower left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// In a line.
    pub title: String,
    /// For who does not see it.
    pub description: String,
    /// The points, from left to right.
    pub points: Vec<(f64, f64)>,
    /// What goes across.
    pub across: String,
    /// What goes up.
    pub up: String,
    /// What the diagonal is.
    pub diagonal: String,
    /// Points of the curve with what they tell.
    pub marks: Vec<(f64, f64, String)>,
}
