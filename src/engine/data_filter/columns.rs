//! The columns of rows that a data filter asks for: those that the rows keep as they are, others made of them.

use std::borrow::Cow;
use std::collections::HashMap;

use super::names::{RowField, RowNames, month_of, weekday_of};
use crate::engine::filter::{Bound, ColumnRef, Columns};
use crate::model::day::Day;
use crate::model::field::FieldId;
use crate::model::packed::Packed;
use crate::model::transactions::{Attribute, Transactions};

/// The columns of some fields of rows.
#[derive(Debug)]
pub(super) struct RowColumns<'a>(HashMap<FieldId, Column<'a>>);

/// A number a row, and the one that stands for no value.
#[derive(Debug)]
struct Column<'a> {
    values: Cow<'a, Packed>,
    missing: Option<i64>,
}

impl<'a> RowColumns<'a> {
    /// Those that a filter asks for.
    pub(super) fn of(bound: &Bound, names: &RowNames<'_>, rows: &'a Transactions) -> Self {
        let column = |field: FieldId| (field, column(names.of(field), rows));
        Self(bound.fields().into_iter().map(column).collect())
    }
}

/// Only fields that were gathered are asked for.
impl Columns for RowColumns<'_> {
    fn column(&self, field: FieldId) -> ColumnRef<'_> {
        let Column { values, missing } = &self.0[&field];
        ColumnRef { values, from: None, missing: *missing }
    }
}

fn column(field: RowField, rows: &Transactions) -> Column<'_> {
    let kept = |values, missing| Column { values: Cow::Borrowed(values), missing };
    let made = |values, missing| Column { values: Cow::Owned(values), missing };
    match field {
        RowField::Date => kept(&rows.days, None),
        RowField::Amount => kept(&rows.amounts, None),
        RowField::Order => {
            let code = |row: usize| {
                let order = rows.orders.get(row) as u32;
                if rows.order_id(order).is_empty() { 0 } else { i64::from(order) + 1 }
            };
            made(Packed::from_fn(rows.len(), code), Some(0))
        }
        RowField::Year => made(by_day(rows, |day, _| day.ymd().0.into()), None),
        RowField::Month => made(by_day(rows, |day, first| month_of(day) - month_of(first) + 1), None),
        RowField::Weekday => made(by_day(rows, |day, _| weekday_of(day)), None),
        RowField::Attribute(number) => match &rows.attributes()[number] {
            attribute if attribute.scale().is_some() => numbers(attribute, rows.len()),
            attribute => kept(attribute.codes(), Some(0)),
        },
    }
}

/// The numbers of an attribute; the one before the smallest stands for none.
fn numbers(attribute: &Attribute, rows: usize) -> Column<'static> {
    let missing = attribute.number(1).map_or(0, |smallest| smallest.saturating_sub(1));
    let number = |row: usize| attribute.number(attribute.code(row)).unwrap_or(missing);
    Column { values: Cow::Owned(Packed::from_fn(rows, number)), missing: Some(missing) }
}

/// What each row's day tells, given the day and the first of all. Told once a day, not once a row.
fn by_day(rows: &Transactions, value: impl Fn(Day, Day) -> i64) -> Packed {
    let Some((first, last)) = rows.period() else { return Packed::default() };
    let told: Vec<i64> = (first.0..=last.0).map(|day| value(Day(day), first)).collect();
    Packed::from_fn(rows.len(), |row| told[(rows.days.get(row) - i64::from(first.0)) as usize])
}
