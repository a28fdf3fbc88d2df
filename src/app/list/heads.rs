//! What stands above the columns of the list.

use crate::app::words;
use crate::engine::analysis::Analysis;
use crate::engine::fields::Field;
use crate::engine::listing::Column;
use crate::lang::{self, Language};
use crate::model::customers::Axis;
use crate::model::measures::{Frequency, Measure};
use crate::model::transactions::{Attribute, ValueRule};
use crate::tr;

/// What stands above a column.
#[must_use]
pub fn head(analysis: &Analysis, column: Column) -> String {
    match column {
        Column::Axis(axis) => match analysis.measured().measure(axis) {
            measure if measure.is_default() && axis == Axis::Monetary => tr!("column" | "monetary").to_owned(),
            measure => words::measure(measure).to_owned(),
        },
        Column::Scores => tr!("column" | "RFM").to_owned(),
        Column::Field(field) => {
            let told = of_field(field).map(str::to_owned).or_else(|| of_rows(analysis, field));
            told.unwrap_or_else(|| column.name(analysis)).replace('_', " ")
        }
    }
}

/// What a column is called in a sentence: the name that it is typed by; in other languages, what stands above it.
#[must_use]
pub fn called(analysis: &Analysis, column: Column) -> String {
    if lang::current() == Language::English { column.name(analysis) } else { head(analysis, column) }
}

/// A field of every data set; `None` for one that the rows tell, or the rules.
fn of_field(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Customer => tr!("column" | "customer"),
        Field::Measure(Measure::Frequency(Frequency::Days)) => tr!("column" | "order days"),
        Field::Measure(measure) => words::measure(measure),
        Field::FirstOrder => tr!("column" | "first order"),
        Field::LastOrder => tr!("column" | "last order"),
        Field::Tenure => tr!("column" | "tenure"),
        Field::Gap => tr!("column" | "gap"),
        Field::Repeat => tr!("column" | "repeat"),
        Field::Returned => tr!("column" | "returned"),
        Field::Share => tr!("column" | "share"),
        Field::CumulativeShare => tr!("column" | "cumulative share"),
        Field::Clv => tr!("column" | "clv"),
        Field::Rank => tr!("column" | "rank"),
        Field::Segment => tr!("column" | "segment"),
        Field::ActiveMonths => tr!("column" | "active months"),
        Field::Growth => tr!("column" | "growth"),
        Field::YearOnYear => tr!("column" | "yoy"),
        Field::OrderTrend => tr!("column" | "order trend"),
        Field::LongestGap => tr!("column" | "longest gap"),
        Field::VipTier => tr!("column" | "vip tier"),
        Field::Score(_) | Field::Attribute(..) | Field::Breadth(_) | Field::Vip(_) => return None,
    })
}

/// A field by the name of a column of the data, or of a rule.
fn of_rows(analysis: &Analysis, field: Field) -> Option<String> {
    let attributes = analysis.fields().transactions()?.attributes();
    let named = |number: u16| attributes.get(usize::from(number)).map(|attribute: &Attribute| &attribute.name);
    Some(match field {
        Field::Attribute(number, ValueRule::Last) => tr!("{column}.last", column = named(number)?),
        Field::Breadth(number) => tr!("{column}.distinct", column = named(number)?),
        Field::Vip(number) => {
            tr!("vip.{rule}", rule = analysis.fields().rules().get(usize::from(number))?.name)
        }
        _ => return None,
    })
}
