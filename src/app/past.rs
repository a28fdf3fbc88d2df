//! What the rows tell of the customer who is looked at: told once, and kept as long as they are looked at. A collective
//! account has tens of thousands of orders, too many to be gone over with every frame.

use super::session::Session;
use crate::engine::past::{Gaps, Then, Top, YearOf, gaps, goods, last_two_years, quarters, top, years};
use crate::engine::purchases::{Often, OrderOf, months, often, orders};

/// Months of the timeline: two years.
pub const MONTHS: usize = 24;

/// Columns that are told, with their most frequent values.
const COLUMNS: usize = 8;

/// Values of such a column.
const VALUES: usize = 4;

/// Columns of goods that are told.
const GOODS: usize = 3;

/// Values of such a column.
const TOP: usize = 3;

/// Quarters that are told: two years.
const QUARTERS: usize = 8;

/// What the rows tell of a customer.
#[derive(Clone, Debug)]
pub struct CustomerPast {
    /// The analysis's version, and the customer.
    made_for: (u64, usize),
    /// The most frequent values of the first columns, each column by its number.
    pub values: Vec<(usize, Vec<Often>)>,
    /// The values of columns of goods that brought in most, each column by its number; none of columns without any.
    pub goods: Vec<(usize, Vec<Top>)>,
    /// The net sums of the last [`MONTHS`] up to the as-of date's, the earliest first, minor units.
    pub months: Vec<i64>,
    /// The gaps between days with a purchase; `None` with a single one.
    pub gaps: Option<Gaps>,
    /// The calendar years, the first one first.
    pub years: Vec<YearOf>,
    /// The net sums of the last 365 days and of those before, minor units.
    pub last_two_years: [i64; 2],
    /// How they stood at the end of the last quarters, the earliest first.
    pub quarters: Vec<Then>,
    /// The orders, the first one first.
    pub orders: Vec<OrderOf>,
}

impl CustomerPast {
    /// What the rows tell; `None` as long as they are not read.
    fn of(session: &Session, customer: usize) -> Option<Self> {
        let analysis = &session.analysis;
        let rows = &**analysis.fields().transactions()?;
        let as_of = analysis.measured().as_of();
        let columns = 0..rows.attributes().len().min(COLUMNS);
        let best = |column: usize| (column, top(rows, customer, column, TOP));
        Some(Self {
            made_for: (analysis.version(), customer),
            values: columns.map(|column| (column, often(rows, customer, column, VALUES))).collect(),
            goods: goods(rows).into_iter().map(best).filter(|(_, best)| !best.is_empty()).take(GOODS).collect(),
            months: months(rows, customer, as_of, MONTHS),
            gaps: gaps(rows, customer, as_of),
            years: years(rows, customer, as_of),
            last_two_years: last_two_years(rows, customer, as_of),
            quarters: quarters(analysis, rows, customer, QUARTERS),
            orders: orders(rows, customer),
        })
    }
}

/// Makes ready what is told of the customer who is looked at, if anybody is.
pub(super) fn prepare(session: &mut Session, customer: Option<usize>) {
    let wanted = customer.map(|customer| (session.analysis.version(), customer));
    if session.past.as_ref().map(|past| past.made_for) != wanted {
        session.past = customer.and_then(|customer| CustomerPast::of(session, customer)).map(Box::new);
    }
}

/// What was made ready of a customer; `None` where the rows are not read.
#[must_use]
pub fn past_of(session: &Session, customer: usize) -> Option<&CustomerPast> {
    let wanted = (session.analysis.version(), customer);
    session.past.as_deref().filter(|past| past.made_for == wanted)
}
