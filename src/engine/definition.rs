//! The definition of scores and segments in force, written out for others: as SQL that gives the same figures, and in
//! plain words for who approves it or builds it again.

mod boxes;
mod sql;
mod words;

use thiserror::Error;

use super::fields::{Field, Fields};
use super::filter::Bound;
use crate::data::mapping::Numbers;
use crate::data::parse::date::DateFormat;
use crate::data::parse::number::Currency;
use crate::model::customers::Axis;
use crate::model::cuts::Cuts;
use crate::model::day::Day;
use crate::model::measures::{Measure, Measures};
use crate::model::money::Scale;
use crate::model::policies::{Policies, Returns};
use crate::model::scheme::{Cell, NO_SEGMENT, Scheme, SegmentMap, cell_at};
use crate::show::text::{clean, width};
use crate::tr;

pub use sql::sql;
pub use words::words;

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

/// Customers whose value of a measure lies between two ends that both belong to it; a missing end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// Of what.
    pub measure: Measure,
    /// The least, in the measure's smallest unit.
    pub low: Option<i64>,
    /// The most.
    pub high: Option<i64>,
}

/// The ranges that a filter asks for, all of them; `None` where it asks for anything else.
#[must_use]
pub fn ranges(bound: &Bound, fields: &Fields) -> Option<Vec<Between>> {
    let range = |bound: &Bound| {
        let (field, span) = bound.only_range()?;
        let Field::Measure(measure) = fields.definition(field).field else { return None };
        let end = |value: i64, open: i64| Some(value).filter(|value| *value != open);
        Some(Between { measure, low: end(span.low, i64::MIN), high: end(span.high, i64::MAX) })
    };
    match bound {
        Bound::All(members) => members.iter().map(range).collect(),
        other => Some(vec![range(other)?]),
    }
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
    /// How numbers are written, where they are text.
    pub numbers: Numbers,
    /// What was paid back.
    pub refund: Option<&'a str>,
    /// What became of the order.
    pub status: Option<&'a str>,
    /// The currency of the amount.
    pub currency: Option<&'a str>,
}

impl<'a> Columns<'a> {
    /// Columns of a customer, a date and an amount, with dates and numbers as databases write them.
    #[must_use]
    pub fn plain(customer: &'a str, date: &'a str, amount: Amount<'a>) -> Self {
        Self {
            customer,
            order: None,
            date,
            date_format: DateFormat::ISO,
            amount,
            numbers: Numbers::default(),
            refund: None,
            status: None,
            currency: None,
        }
    }
}

/// What no query says.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NotInSql {
    /// Years of the Republic of China.
    #[error("{}", tr!(
        "the dates of column `{column}` have years of the Republic of China, which no database reads: turn them into \
         dates first; --as words says everything",
        column = clean(_0)
    ))]
    Minguo(String),
    /// Instants turned to days of a zone.
    #[error("{}", tr!(
        "--tz turns instants of column `{column}` into days of a time zone, text by text, which is not written as SQL: \
         turn them into dates first; --as words says everything",
        column = clean(_0)
    ))]
    Zone(String),
    /// Cancellations that look for their orders.
    #[error("{}", tr!(
        "--returns void looks for the order of each cancellation in turn, which is not written as SQL; --returns \
         net and gross are, and --as words says everything"
    ))]
    Void,
    /// Customers of some rows alone.
    #[error("{}", tr!(
        "the data filter takes some rows alone while the cuts follow all, which is not written as SQL: put its \
         conditions on the table; --as words says everything"
    ))]
    DataFilter,
    /// A filter that asks for more than ranges of measures.
    #[error("{}", tr!(
        "the filter asks for more than ranges of recency, frequency and monetary, which is not written as SQL; \
         --as words says everything"
    ))]
    Filter,
    /// Totals that are repeated on the lines of their order.
    #[error("{}", tr!(
        "--order-totals once compares the rows of an order in turn, which is not written as SQL; --order-totals \
         lines is, and --as words says everything"
    ))]
    OrderTotals,
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
    /// What is done with returns, duplicates and the like.
    pub policies: Policies,
    /// The day on which this is written, where rows dated after it are left out.
    pub today: Option<Day>,
    /// The currency that counts, where amounts are in several.
    pub currency: Option<Currency>,
    /// Whether instants are turned to days of a zone that the user gives.
    pub zoned: bool,
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
    /// Which rows make the customers, as the data filter's own text; `None`: all rows do.
    pub data_filter: Option<&'a str>,
    /// What customers must meet, all of it.
    pub conditions: &'a [Between],
    /// The filter's own text, where it asks for more than such ranges.
    pub filter: Option<&'a str>,
}

impl Definition<'_> {
    /// The cuts of an axis.
    const fn cuts(&self, axis: Axis) -> &Cuts {
        &self.cuts[axis.index()]
    }

    /// Refuses what SQL does not say.
    fn check(&self, dialect: Dialect) -> Result<(), NotInSql> {
        if self.data_filter.is_some() {
            return Err(NotInSql::DataFilter);
        }
        if self.filter.is_some() {
            return Err(NotInSql::Filter);
        }
        let date = self.columns.date.to_owned();
        if self.policies.returns() == Returns::Void {
            Err(NotInSql::Void)
        } else if self.policies.counts_totals_once() && self.columns.order.is_some() {
            Err(NotInSql::OrderTotals)
        } else if self.zoned {
            Err(NotInSql::Zone(date))
        } else if self.columns.date_format == DateFormat::Minguo && dialect == Dialect::DuckDb {
            Err(NotInSql::Minguo(date))
        } else {
            Ok(())
        }
    }

    /// The last day that counts: rows after the as-of date are left out, and perhaps those after today.
    fn last_day(&self) -> Day {
        self.today.map_or(self.as_of, |today| self.as_of.min(today))
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
            columns: Columns { order: Some("order"), ..Columns::plain("customer", "date", Amount::Column("amount")) },
            as_of: Day::from_ymd(2025, 12, 31).unwrap_or_default(),
            policies: Policies::default(),
            today: None,
            currency: None,
            zoned: false,
            measures: Measures::default(),
            cuts,
            scale: Scale::CENTS,
            scheme: &scheme.0,
            map: &scheme.1,
            conditions: &[],
            data_filter: None,
            filter: None,
        }
    }

    #[test]
    fn lines_break_between_pieces_only() {
        let pieces = ["aa", "重要", "cccccc", "d"].map(str::to_owned);
        assert_eq!(wrapped(pieces, 7), ["aa 重要", "cccccc", "d"]);
    }
}
