//! Counting a breakdown: a pass over all customers, or over all their rows.

use rayon::prelude::*;

use super::bands::{Bands, Grouping, MOST_BANDS};
use super::{Basis, BreakdownError, BreakdownRequest, Figures, MOST_CELLS, Value};
use crate::engine::fields::{Field, FieldColumn, Scoring};
use crate::engine::summary::Scorer;
use crate::model::field::FieldKind;
use crate::model::scheme::cell_index;
use crate::model::transactions::{Attribute, Transactions};
use crate::show::text::clean;

/// Values that are looked at to find out where most of them lie.
const SAMPLE: usize = 100_000;

/// Figures that each thread may have of its own; more are gathered by a single one.
const MOST_OWN_CELLS: usize = 1 << 18;

/// What was counted.
pub(super) struct Counted {
    /// Of each line; that without a value last.
    pub(super) values: Vec<Value>,
    /// Line by line, a segment each.
    pub(super) cells: Vec<Figures>,
    /// Of each segment.
    pub(super) segments: Vec<Figures>,
}

/// Counts what is asked for.
pub(super) fn count(request: &BreakdownRequest) -> Result<Counted, BreakdownError> {
    let definition = request.fields.definition(request.by);
    let segments = request.map.shown();
    let too_many = |values: usize| {
        let name = clean(&definition.name).into_owned();
        if values.saturating_mul(segments) > MOST_CELLS {
            Err(BreakdownError::TooMany { name, values })
        } else {
            Ok(())
        }
    };
    let attribute = match (definition.field, request.fields.transactions()) {
        (Field::Attribute(number, _), Some(all)) => all.attributes().get(usize::from(number)).map(|one| (&**all, one)),
        _ => None,
    };
    // Before anything of that size is made.
    if let Some(texts) = texts(request, attribute.map(|(_, attribute)| attribute)) {
        too_many(texts)?;
    }
    let tally = match (request.basis, attribute) {
        (Basis::Purchases, Some((transactions, attribute))) => purchases(request, transactions, attribute),
        _ => customers(request, attribute.map(|(_, attribute)| attribute)),
    };
    Ok(Counted {
        values: (0..=tally.grouping.values()).map(|line| tally.grouping.value(line)).collect(),
        cells: tally.sums.cells,
        segments: tally.sums.segments,
    })
}

/// How the values became lines, and what each has.
struct Tally {
    grouping: Grouping,
    sums: Sums,
}

/// Figures by line and segment, and by segment alone.
struct Sums {
    cells: Vec<Figures>,
    segments: Vec<Figures>,
}

impl Sums {
    fn new(lines: usize, segments: usize) -> Self {
        Self { cells: vec![Figures::default(); lines * segments], segments: vec![Figures::default(); segments] }
    }

    fn add(mut self, other: Self) -> Self {
        self.cells.iter_mut().zip(other.cells).for_each(|(sum, more)| *sum += more);
        self.segments.iter_mut().zip(other.segments).for_each(|(sum, more)| *sum += more);
        self
    }
}

/// Each customer once.
fn customers(request: &BreakdownRequest, attribute: Option<&Attribute>) -> Tally {
    let column = request.fields.column(request.by, request.scoring());
    let grouping = grouping(request, attribute, &column);
    let segments = request.map.shown();
    let sums = request.sum(grouping.values() + 1, |sums, _, customer, segment| {
        let figures = request.figures(customer);
        sums.cells[grouping.line(column.get(customer)) * segments + segment] += figures;
        sums.segments[segment] += figures;
    });
    Tally { grouping, sums }
}

/// Each row under its value.
fn purchases(request: &BreakdownRequest, transactions: &Transactions, attribute: &Attribute) -> Tally {
    let grouping = if attribute.scale().is_none() {
        Grouping::Texts(attribute.values())
    } else {
        let step = transactions.len().div_ceil(SAMPLE).max(1);
        let rows = (0..transactions.len()).step_by(step);
        numbers(attribute, rows.filter_map(|row| attribute.number(attribute.code(row))).collect())
    };
    let line_of = |code: u32| {
        let number = || attribute.number(code).or(Some(code.into()));
        grouping.line(if code == 0 { None } else { number() })
    };
    let lines: Vec<usize> = (0..=attribute.values() as u32).map(line_of).collect();
    let segments = request.map.shown();
    let sums = request.sum(grouping.values() + 1, |sums, met, customer, segment| {
        met.clear();
        for row in transactions.of(customer) {
            let (line, row) = (lines[attribute.code(row) as usize], transactions.get(row));
            let cell = &mut sums.cells[line * segments + segment];
            cell.rows += 1;
            cell.revenue += row.amount;
            // What only takes back makes no order, and comes first of its line.
            met.push((line, if row.is_return { 0 } else { u64::from(row.order) + 1 }));
        }
        met.sort_unstable();
        met.dedup();
        for run in met.chunk_by(|one, other| one.0 == other.0) {
            let Some((line, first)) = run.first() else { continue };
            let cell = &mut sums.cells[line * segments + segment];
            cell.customers += 1;
            cell.orders += (run.len() - usize::from(*first == 0)) as u64;
        }
        sums.segments[segment] += request.figures(customer);
    });
    Tally { grouping, sums }
}

impl BreakdownRequest {
    const fn scoring(&self) -> Scoring<'_> {
        Scoring { measured: &self.measured, cuts: &self.cuts, map: &self.map }
    }

    /// A customer's own figures.
    fn figures(&self, customer: usize) -> Figures {
        let customers = self.measured.customers();
        Figures {
            customers: 1,
            orders: customers.orders.get(customer) as u64,
            rows: customers.rows.get(customer) as u64,
            revenue: customers.net.get(customer),
        }
    }

    /// Adds up what each customer that is looked at adds, given the segment and room to note rows in.
    fn sum(&self, lines: usize, add: impl Fn(&mut Sums, &mut Vec<(usize, u64)>, usize, usize) + Sync) -> Sums {
        let (customers, segments) = (self.measured.len(), self.map.shown());
        let scorer = Scorer::new(&self.measured, &self.cuts);
        let looked_at = |customer: &usize| self.mask.as_ref().is_none_or(|mask| mask.has(*customer));
        let one = |(mut sums, mut met): (Sums, Vec<(usize, u64)>), customer: usize| {
            let segment = self.map.segment(cell_index(self.map.bins(), scorer.cell(customer)));
            add(&mut sums, &mut met, customer, segment);
            (sums, met)
        };
        let threads = if lines * segments > MOST_OWN_CELLS { 1 } else { rayon::current_num_threads() };
        let all = (0..customers).into_par_iter().with_min_len(customers.div_ceil(threads).max(1)).filter(looked_at);
        let parts = all.fold(|| (Sums::new(lines, segments), Vec::new()), one).map(|(sums, _)| sums);
        parts.reduce_with(Sums::add).unwrap_or_else(|| Sums::new(lines, segments))
    }
}

/// How many texts the field has, each with a code; `None` for one of numbers, days or flags.
fn texts(request: &BreakdownRequest, attribute: Option<&Attribute>) -> Option<usize> {
    match request.fields.definition(request.by).field {
        Field::Customer => Some(request.measured.len()),
        Field::Segment => Some(request.map.shown()),
        Field::VipTier => Some(request.fields.rules().len()),
        Field::Attribute(..) => attribute.filter(|attribute| attribute.scale().is_none()).map(Attribute::values),
        // Each by name: a field of texts that is added later must not be taken for one of numbers.
        Field::Measure(_)
        | Field::FirstOrder
        | Field::LastOrder
        | Field::Tenure
        | Field::Gap
        | Field::Repeat
        | Field::Returned
        | Field::Share
        | Field::CumulativeShare
        | Field::Clv
        | Field::Rank
        | Field::Score(_)
        | Field::ActiveMonths
        | Field::Growth
        | Field::YearOnYear
        | Field::OrderTrend
        | Field::LongestGap
        | Field::Breadth(_)
        | Field::Vip(_) => None,
    }
}

/// How the values of customers become lines: by those of everybody, so that a filter moves no band.
fn grouping(request: &BreakdownRequest, attribute: Option<&Attribute>, column: &FieldColumn) -> Grouping {
    if let Some(texts) = texts(request, attribute) {
        return Grouping::Texts(texts);
    }
    let kind = request.fields.definition(request.by).kind;
    if kind == FieldKind::Flag {
        return Grouping::Flags;
    }
    let all = || (0..request.measured.len()).into_par_iter().filter_map(|customer| column.get(customer));
    let Some((least, largest)) = all().min().zip(all().max()) else { return Grouping::Each(Vec::new()) };
    if kind == FieldKind::Date {
        return Grouping::days(least, largest);
    }
    let step = request.measured.len().div_ceil(SAMPLE).max(1);
    let some = (0..request.measured.len()).step_by(step).filter_map(|customer| column.get(customer));
    match attribute {
        Some(attribute) => numbers(attribute, some.collect()),
        None => banded(some.collect(), least, largest),
    }
}

/// How the numbers of an attribute become lines: each by itself where they are few. Of all its rows, `some` are given.
fn numbers(attribute: &Attribute, some: Vec<i64>) -> Grouping {
    let codes = attribute.values() as u32;
    // Their codes are in the order of the numbers; of some written in two ways, both have one line.
    let mut all: Vec<i64> = [1, codes].into_iter().filter_map(|code| attribute.number(code)).collect();
    if codes as usize <= MOST_BANDS {
        all = (1..=codes).filter_map(|code| attribute.number(code)).collect();
        all.dedup();
        return Grouping::Each(all);
    }
    match all.as_slice() {
        [least, largest] => banded(some, *least, *largest),
        _ => Grouping::Each(all),
    }
}

fn banded(mut some: Vec<i64>, least: i64, largest: i64) -> Grouping {
    some.sort_unstable();
    Grouping::Bands(Bands::over(&some, least, largest))
}
