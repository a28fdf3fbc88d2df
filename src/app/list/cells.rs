//! What stands in the cells of the list.

use crate::app::words;
use crate::engine::analysis::Analysis;
use crate::engine::fields::Field;
use crate::engine::listing::{Column, row};
use crate::model::day::Day;
use crate::model::field::FieldKind;
use crate::model::measured::mean_order;
use crate::model::measures::{Measure, Monetary};
use crate::model::money::Scale;
use crate::model::scheme::code;
use crate::show::numbers::{count, money};
use crate::tr;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellText {
    /// A text of the data, as it is there: it is made safe where it is shown.
    Data(String),
    /// A figure, or another text of ours.
    Figure(String),
    /// There is no value.
    Missing,
    /// The values of the column are still being made.
    Pending,
}

/// What stands in a column for a customer. Nothing here takes long: columns that have to be made first are pending. Panics
/// beyond the customers, like a slice.
#[must_use]
pub fn cell(analysis: &Analysis, column: Column, customer: usize) -> CellText {
    let customers = analysis.customers();
    let day = |day: Day| CellText::Figure(day.to_string());
    match column {
        Column::CUSTOMER => CellText::Data(customers.ids.get(customer).to_owned()),
        Column::Axis(axis) => number(analysis.measured().value(axis, customer), analysis.scale(axis)),
        Column::Scores => CellText::Figure(code(row(analysis, customer).scores)),
        Column::Field(Field::Segment) => {
            let name = analysis.scheme().segment_name(analysis.segment_of(customer));
            CellText::Data(words::segment(name).to_owned())
        }
        Column::Field(Field::Score(axis)) => CellText::Figure(row(analysis, customer).scores[axis.index()].to_string()),
        Column::Field(Field::FirstOrder) => day(customers.first_order(customer)),
        Column::Field(Field::LastOrder) => day(customers.last_order(customer)),
        Column::Field(Field::Measure(Measure::Monetary(Monetary::MeanOrder))) => {
            let mean = mean_order(customers, customer);
            number(mean.minor as i64, mean.scale)
        }
        Column::Field(_) => made(analysis, column, customer),
    }
}

/// What stands in a column that is made when it is first asked for.
fn made(analysis: &Analysis, column: Column, customer: usize) -> CellText {
    let fields = analysis.fields();
    let Some(field) = column.field(analysis) else { return CellText::Missing };
    let Some(values) = fields.known(field) else { return CellText::Pending };
    let Some(value) = values.get(customer) else { return CellText::Missing };
    match fields.definition(field).kind {
        FieldKind::Text => CellText::Data(fields.text(field, value, analysis.scheme()).to_owned()),
        kind => CellText::Figure(figure(kind, value)),
    }
}

fn number(value: i64, scale: Scale) -> CellText {
    CellText::Figure(money(value, scale))
}

/// A value of a field as people read it; shares with their sign.
#[must_use]
pub fn figure(kind: FieldKind, value: impl Into<i128>) -> String {
    let value = value.into();
    match kind {
        FieldKind::Count | FieldKind::Days | FieldKind::Text => count(value),
        FieldKind::Number(scale) | FieldKind::Money(scale) => money(value, scale),
        FieldKind::Share => format!("{} %", money(value, Scale::CENTS)),
        FieldKind::Date => Day(value.clamp(i32::MIN.into(), i32::MAX.into()) as i32).to_string(),
        FieldKind::Flag => if value == 0 { tr!("flag" | "no") } else { tr!("flag" | "yes") }.to_owned(),
    }
}

/// Whether a column must be made before its cells can be shown.
#[must_use]
pub fn is_pending(analysis: &Analysis, column: Column) -> bool {
    !analysis.customers().is_empty() && cell(analysis, column, 0) == CellText::Pending
}
