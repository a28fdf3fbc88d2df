//! The definition of scores and segments in force, written out for others: as SQL that gives the same figures, and in
//! plain words for who approves it or builds it again.

mod boxes;
mod sql;
mod words;

pub use super::filter::Between;
use crate::data::parse::date::DateFormat;
use crate::model::customers::Axis;
use crate::model::cuts::Cuts;
use crate::model::day::Day;
use crate::model::measures::{Measure, Measures};
use crate::model::money::Scale;
use crate::model::scheme::{Cell, NO_SEGMENT, Scheme, SegmentMap, cell_at};
use crate::show::text::width;

pub use sql::sql;
pub use words::words;

/// What ids say where there is none, lower case: rows with such a customer are left out, such an order number is none.
/// The empty one is a cell of nothing but blanks.
const NO_ID: [&str; 13] = ["", "null", "(null)", "\\n", "nan", "na", "n/a", "#n/a", "<na>", "none", "nil", "-", "--"];

/// Columns of a line, at most, where it can be broken.
const LINE: usize = 100;

/// A database that SQL is written for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Dialect {
    /// `DuckDB`: columns may be text or typed.
    #[default]
    #[value(name = "duckdb")]
    DuckDb,
    /// `PostgreSQL`: the date and the amounts have types of their own.
    #[value(name = "postgresql", alias = "postgres")]
    PostgreSql,
}

/// What the SQL ends in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Output {
    /// A row a customer: values, scores, segment.
    #[default]
    Customers,
    /// A row a segment: customers, orders, revenue.
    Segments,
}

/// Where the amount of a row comes from, by column name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount<'a> {
    /// A column of line totals.
    Column(&'a str),
    /// Quantity times unit price.
    Product {
        /// Pieces.
        quantity: &'a str,
        /// Price of one.
        unit_price: &'a str,
    },
}

/// The columns of the table, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns<'a> {
    /// Who.
    pub customer: &'a str,
    /// Which order; `None`: each row is an order of its own.
    pub order: Option<&'a str>,
    /// When.
    pub date: &'a str,
    /// How dates are written, where they are text or whole numbers.
    pub date_format: DateFormat,
    /// For how much.
    pub amount: Amount<'a>,
}

/// Everything that scores and segments follow from, except the data.
#[derive(Clone, Copy, Debug)]
pub struct Definition<'a> {
    /// The table with a row for each line of a transaction.
    pub table: &'a str,
    /// Its columns.
    pub columns: Columns<'a>,
    /// The day that recency is counted to; rows after it are left out.
    pub as_of: Day,
    /// What the axes measure.
    pub measures: Measures,
    /// The cuts of R, F and M, in the smallest unit of their measures.
    pub cuts: &'a [Cuts; 3],
    /// The decimals of the data's money.
    pub scale: Scale,
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The scheme for the bins that the cuts make.
    pub map: &'a SegmentMap,
    /// What customers must meet, all of it.
    pub conditions: &'a [Between],
}

impl Definition<'_> {
    /// The cuts of an axis.
    const fn cuts(&self, axis: Axis) -> &Cuts {
        &self.cuts[axis.index()]
    }

    /// The decimals of a measure's values.
    fn scale_of(&self, measure: Measure) -> Scale {
        measure.scale(self.scale)
    }

    /// Every measure that is needed: those of the axes, then the others that conditions ask about, each once.
    fn all_measures(&self) -> Vec<Measure> {
        let mut all: Vec<Measure> = Axis::ALL.into_iter().map(|axis| self.measures.of(axis)).collect();
        for condition in self.conditions {
            if !all.contains(&condition.measure) {
                all.push(condition.measure);
            }
        }
        all
    }

    /// The cells of a segment, the best scores first.
    fn cells(&self, segment: usize) -> Vec<Cell> {
        let cells = (0..self.map.cells()).rev().filter(|cell| self.map.segment(*cell) == segment);
        cells.map(|cell| cell_at(self.map.bins(), cell)).collect()
    }

    /// The names of the segments to show, in the scheme's order, [`NO_SEGMENT`] last where cells are left uncovered.
    fn segment_names(&self) -> Vec<&str> {
        (0..self.map.shown()).map(|segment| self.scheme.segment_name(segment)).collect()
    }

    /// Whether cells are left without a segment.
    fn has_uncovered(&self) -> bool {
        self.segment_names().last() == Some(&NO_SEGMENT)
    }
}

/// Pieces with blanks between them, broken into lines of at most so many columns where that can be.
fn wrapped(pieces: impl IntoIterator<Item = String>, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(&piece) <= columns => {
                line.push(' ');
                line.push_str(&piece);
            }
            _ => lines.push(piece),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cuts::Closed;
    use crate::model::schemes::Catalogue;

    /// Cuts of R, F and M at these values.
    pub(super) fn fixed(closed: Closed, values: [&[i64]; 3]) -> [Cuts; 3] {
        [0, 1, 2].map(|axis| Cuts::fixed(Axis::ALL[axis], closed, values[axis]).unwrap())
    }

    /// A built-in scheme for these cuts.
    pub(super) fn scheme(name: &str, cuts: &[Cuts; 3]) -> (Scheme, SegmentMap) {
        let scheme = Catalogue::built_in().find(name).unwrap();
        let map = scheme.compile([cuts[0].bins(), cuts[1].bins(), cuts[2].bins()]).unwrap();
        (scheme, map)
    }

    /// A definition of plain columns.
    pub(super) fn definition<'a>(cuts: &'a [Cuts; 3], scheme: &'a (Scheme, SegmentMap)) -> Definition<'a> {
        Definition {
            table: "sales",
            columns: Columns {
                customer: "customer",
                order: Some("order"),
                date: "date",
                date_format: DateFormat::ISO,
                amount: Amount::Column("amount"),
            },
            as_of: Day::from_ymd(2025, 12, 31).unwrap_or_default(),
            measures: Measures::default(),
            cuts,
            scale: Scale::CENTS,
            scheme: &scheme.0,
            map: &scheme.1,
            conditions: &[],
        }
    }

    #[test]
    fn lines_break_between_pieces_only() {
        let pieces = ["aa", "重要", "cccccc", "d"].map(str::to_owned);
        assert_eq!(wrapped(pieces, 7), ["aa 重要", "cccccc", "d"]);
    }
}
