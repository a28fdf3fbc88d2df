//! Breakdowns: who is in a segment by any field, against everybody: counts, revenue, shares, and the index.
//!
//! **Index** = 100 × share within the segment / share within the whole, rounded half away from zero: 100 is as in the
//! whole, 200 twice as often, 50 half as often. The shares are of customers, or, where purchases are counted, of rows.
//! The whole are all who are looked at. Lines add up to their segment, and segments to the whole.

mod bands;
mod count;
mod label;
mod offered;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::ops::AddAssign;
use std::sync::Arc;

use thiserror::Error;

use super::analysis::Analysis;
use super::fields::{Field, Fields};
use super::filter::Mask;
use crate::model::cuts::Cuts;
use crate::model::field::{FieldId, Vocabulary, nearest};
use crate::model::measured::Measured;
use crate::model::scheme::{Scheme, SegmentMap};
use crate::show::numbers::rounded;
use crate::show::text::clean;
use crate::tr;

pub use label::NO_VALUE;
pub use offered::offered;

/// The most figures that a breakdown keeps, a value and a segment each: some 270 MB.
const MOST_CELLS: usize = 1 << 23;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// Each customer once, under the value that stands for them.
    #[default]
    Customers,
    /// Each row, under the value that it has: what was bought. Only for attributes of rows.
    Purchases,
}

impl Basis {
    /// The name for machines; people read [`Basis::title`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Purchases => "purchases",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Customers => tr!("basis" | "customers"),
            Self::Purchases => tr!("basis" | "purchases"),
        }
    }

    /// What its shares are of.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Customers => tr!("basis" | "customers"),
            Self::Purchases => tr!("basis" | "rows"),
        }
    }
}

/// What the lines of a breakdown are sorted by; the line without a value comes last, whatever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// The values, rising.
    Value,
    /// Customers, or rows, the most first.
    Count,
    /// The index, the largest first.
    Index,
    /// Revenue, the largest first.
    Revenue,
}

impl SortBy {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => tr!("order of lines" | "value"),
            Self::Count => tr!("order of lines" | "count"),
            Self::Index => tr!("order of lines" | "index"),
            Self::Revenue => tr!("order of lines" | "revenue"),
        }
    }

    /// The next one, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Value => Self::Count,
            Self::Count => Self::Index,
            Self::Index => Self::Revenue,
            Self::Revenue => Self::Value,
        }
    }
}

/// The values of a line, in the smallest unit of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, by its code.
    Text(i64),
    /// A number.
    Number(i64),
    /// A stretch of numbers or days, both ends included; an end that is missing is open.
    Range(Option<i64>, Option<i64>),
    /// Yes or no.
    Flag(bool),
    /// None.
    Missing,
}

/// The figures of a line. Sums cannot overflow: the data was checked for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Customers; where purchases are counted, those with a row under the value.
    pub customers: u64,
    /// Their orders; where purchases are counted, those with a purchase under the value.
    pub orders: u64,
    /// Kept rows.
    pub rows: u64,
    /// Net revenue, minor units.
    pub revenue: i64,
}

impl Figures {
    /// What shares are made of.
    #[must_use]
    pub const fn count(&self, basis: Basis) -> u64 {
        match basis {
            Basis::Customers => self.customers,
            Basis::Purchases => self.rows,
        }
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.customers += other.customers;
        self.orders += other.orders;
        self.rows += other.rows;
        self.revenue += other.revenue;
    }
}

impl std::iter::Sum for Figures {
    fn sum<I: Iterator<Item = Self>>(figures: I) -> Self {
        figures.fold(Self::default(), |mut sum, more| {
            sum += more;
            sum
        })
    }
}

/// A field that cannot be broken down by.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum BreakdownError {
    /// A name that is no field.
    #[error("{}", tr!("`{name}` is no field; {advice}", name, advice = advice(near)))]
    Unknown {
        /// The name.
        name: String,
        /// What comes nearest.
        near: Vec<String>,
    },
    /// Every customer would be a line.
    #[error("{}", tr!("every customer would be a line of its own: choose another field"))]
    Customer,
    /// No rows have its values.
    #[error("{}", tr!(
        "purchases are told only by columns of the rows, and `{name}` is none; count customers",
        name = _0
    ))]
    NoPurchases(String),
    /// A value for nearly every customer.
    #[error("{}", tr!("`{name}` has {values} values: too many to be lines of a table", name, values))]
    TooMany {
        /// The field.
        name: String,
        /// How many.
        values: usize,
    },
}

fn advice(near: &[String]) -> String {
    match near {
        [] => tr!("`tierscope customers FILE --columns help` lists them").to_owned(),
        near => {
            tr!("did you mean {names}? `tierscope customers FILE --columns help` lists all", names = near.join(", "))
        }
    }
}

/// What a breakdown is counted from; cheap to clone, so that it can be counted in another thread.
#[derive(Clone, Debug)]
pub struct BreakdownRequest {
    fields: Fields,
    measured: Measured,
    cuts: [Cuts; 3],
    map: SegmentMap,
    scheme: Arc<Scheme>,
    mask: Option<Arc<Mask>>,
    by: FieldId,
    basis: Basis,
    version: u64,
}

impl BreakdownRequest {
    /// The customers that an analysis looks at, by a field of it.
    ///
    /// # Errors
    /// [`BreakdownError`] for the customer itself, and for purchases by what no row has.
    pub fn new(analysis: &Analysis, by: FieldId, basis: Basis) -> Result<Self, BreakdownError> {
        let definition = analysis.fields().definition(by);
        match (definition.field, basis) {
            (Field::Customer, _) => return Err(BreakdownError::Customer),
            (Field::Attribute(..), _) | (_, Basis::Customers) => {}
            (_, Basis::Purchases) => return Err(BreakdownError::NoPurchases(clean(&definition.name).into_owned())),
        }
        let (setting, population) = (analysis.setting(), analysis.population());
        Ok(Self {
            fields: analysis.fields().clone(),
            measured: population.measured.clone(),
            cuts: setting.cuts.clone(),
            map: analysis.map().clone(),
            scheme: Arc::clone(&setting.scheme),
            mask: population.mask.clone(),
            by,
            basis,
            version: analysis.version(),
        })
    }

    /// The same by the name of a field.
    ///
    /// # Errors
    /// [`BreakdownError`] also for a name that is no field.
    pub fn named(analysis: &Analysis, name: &str, basis: Basis) -> Result<Self, BreakdownError> {
        let vocabulary = analysis.fields().vocabulary(analysis.scheme());
        let Some(by) = vocabulary.field(name) else {
            let near = nearest(name, vocabulary.names()).iter().map(|near| clean(near).into_owned()).collect();
            return Err(BreakdownError::Unknown { name: clean(name).into_owned(), near });
        };
        Self::new(analysis, by, basis)
    }

    /// Counts it: a pass over all customers, or over all rows.
    ///
    /// # Errors
    /// [`BreakdownError::TooMany`] for a field with a value for nearly every customer.
    pub fn build(&self) -> Result<Breakdown, BreakdownError> {
        let counted = count::count(self)?;
        let segments = self.map.shown();
        let mut breakdown = Breakdown {
            fields: self.fields.clone(),
            scheme: Arc::clone(&self.scheme),
            made_for: (self.version, self.by, self.basis),
            values: Vec::new(),
            cells: Vec::new(),
            lines: Vec::new(),
            whole: counted.segments.iter().copied().sum(),
            segments: counted.segments,
        };
        for (value, cells) in counted.values.iter().zip(counted.cells.chunks(segments)) {
            let line: Figures = cells.iter().copied().sum();
            // A band without anybody tells something; a text that nobody has, or that nothing is missing, does not.
            if line.rows > 0 || line.customers > 0 || matches!(value, Value::Number(_) | Value::Range(..)) {
                breakdown.values.push(*value);
                breakdown.cells.extend_from_slice(cells);
                breakdown.lines.push(line);
            }
        }
        Ok(breakdown)
    }
}

/// The customers that are looked at by the values of a field, segment by segment.
#[derive(Clone, Debug)]
pub struct Breakdown {
    fields: Fields,
    scheme: Arc<Scheme>,
    made_for: (u64, FieldId, Basis),
    /// Of each line; one of those without a value comes last.
    values: Vec<Value>,
    /// Line by line, a segment each.
    cells: Vec<Figures>,
    /// Of everybody.
    lines: Vec<Figures>,
    segments: Vec<Figures>,
    whole: Figures,
}

impl Breakdown {
    /// Whether it is what a request would count, as long as the customers are those of one data set.
    #[must_use]
    pub fn is_of(&self, version: u64, by: FieldId, basis: Basis) -> bool {
        self.made_for == (version, by, basis)
    }

    /// What is counted.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        self.made_for.2
    }

    /// How many lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many segments, in the scheme's order; the cells without any last, where there are some.
    #[must_use]
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// The name of a segment.
    #[must_use]
    pub fn segment_name(&self, segment: usize) -> &str {
        self.scheme.segment_name(segment)
    }

    /// The values of a line. Panics beyond the lines, like a slice.
    #[must_use]
    pub fn value(&self, line: usize) -> Value {
        self.values[line]
    }

    /// Whether a line has those without a value. Panics beyond the lines, like a slice.
    #[must_use]
    pub fn is_missing(&self, line: usize) -> bool {
        self.value(line) == Value::Missing
    }

    /// The figures of a line in a segment, or in the whole. Panics beyond the lines, like a slice.
    #[must_use]
    pub fn figures(&self, line: usize, segment: Option<usize>) -> Figures {
        segment.map_or_else(|| self.lines[line], |segment| self.cells[line * self.segments.len() + segment])
    }

    /// The figures of a segment, or of the whole.
    #[must_use]
    pub fn total(&self, segment: Option<usize>) -> Figures {
        segment.map_or(self.whole, |segment| self.segments[segment])
    }

    /// A part and its whole: the share of a line within a segment, or within the whole.
    #[must_use]
    pub fn share(&self, line: usize, segment: Option<usize>) -> (u64, u64) {
        let basis = self.basis();
        (self.figures(line, segment).count(basis), self.total(segment).count(basis))
    }

    /// The index of a line in a segment; `None` where the segment is empty, or the value is not to be found at all.
    #[must_use]
    pub fn index(&self, line: usize, segment: Option<usize>) -> Option<i64> {
        index(self.share(line, segment), self.share(line, None))
    }

    /// The lines in an order; those that are equal in it by their values.
    #[must_use]
    pub fn sorted(&self, by: SortBy, segment: Option<usize>) -> Vec<usize> {
        let mut lines: Vec<usize> = (0..self.len()).collect();
        lines.sort_by_cached_key(|line| {
            let figures = self.figures(*line, segment);
            let key = match by {
                SortBy::Value => 0,
                SortBy::Count => figures.count(self.basis()) as i64,
                SortBy::Index => self.index(*line, segment).unwrap_or(i64::MIN),
                SortBy::Revenue => figures.revenue,
            };
            (self.is_missing(*line), Reverse(key), *line)
        });
        lines
    }

    /// The order that suits the field: bands, days and the like by value; texts by revenue.
    #[must_use]
    pub fn usual_sort(&self) -> SortBy {
        match self.values.first() {
            Some(Value::Text(_)) => SortBy::Revenue,
            _ => SortBy::Value,
        }
    }
}

/// 100 × a share / another one, each a part and its whole, rounded half away from zero.
fn index((part, of): (u64, u64), (whole, of_all): (u64, u64)) -> Option<i64> {
    if of == 0 || whole == 0 {
        return None;
    }
    // Counts are below 2^40, so that the products are far from 128 bits.
    let share = 100 * i128::from(part) * i128::from(of_all);
    i64::try_from(rounded(share, i128::from(of) * i128::from(whole))).ok()
}
