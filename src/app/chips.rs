//! The conditions of the filter, one by one: those that what is under the cursor offers, and those that are there.

use crate::tr;
use std::sync::Arc;

use super::cut_edit::CutCursor;
use super::details;
use super::model::{Model, Stage};
use super::session::{Panel, Session};
use super::update::go_over;
use crate::engine::analysis::Setting;
use crate::engine::fields::Field;
use crate::engine::listing::{Column, row};
use crate::model::customers::Axis;
use crate::model::day::Day;
use crate::model::field::FieldKind;
use crate::model::filter::{Chips, Comparison, Filter, Literal, Placed, Test};
use crate::model::measures::{Measure, Monetary};
use crate::model::money::{Decimal, Scale};

/// The conditions that what is under the cursor of the focused panel offers, the narrowest first.
#[must_use]
pub fn offers(session: &Session) -> Vec<Filter> {
    match session.panel {
        Panel::Heatmap => of_cell(session),
        Panel::Tiers => {
            let segment = session.tiers.segment(&session.analysis);
            segment.map(|segment| of_segment(session, segment)).unwrap_or_default()
        }
        Panel::Cuts => of_cut(session, session.cut),
        Panel::Customers => session.list.customer().map(|customer| of_customer(session, customer)).unwrap_or_default(),
    }
}

fn number(value: i64, scale: Scale) -> Literal {
    Literal::Number(Decimal { mantissa: value.into(), decimals: scale.decimals() }.significant())
}

fn compare(name: &str, comparison: Comparison, value: Literal) -> Filter {
    Filter::Is(name.into(), Test::Compare(comparison, Placed::new(value, 0)))
}

/// The scores of a cell; those of the axes alone too.
fn of_scores(scores: &[(Axis, u8)]) -> Vec<Filter> {
    let one = |(axis, score): &(Axis, u8)| {
        let name = axis.letter().to_ascii_lowercase().to_string();
        compare(&name, Comparison::Equal, number(i64::from(*score), Scale::UNITS))
    };
    let all = Filter::all_of(scores.iter().map(one));
    let mut offers = vec![all.clone(), all.negated()];
    if scores.len() > 1 {
        offers.extend(scores.iter().map(one));
    }
    offers
}

fn of_cell(session: &Session) -> Vec<Filter> {
    let [up, across] = session.heat.plane.axes();
    let [a, b] = session.heat.cursor;
    let third = session.heat.layer.map(|layer| (session.heat.plane.third(), layer));
    of_scores(&[(up, a), (across, b)].into_iter().chain(third).collect::<Vec<_>>())
}

fn of_segment(session: &Session, segment: usize) -> Vec<Filter> {
    let name = session.analysis.scheme().segment_name(segment).to_owned();
    let field = Column::Field(Field::Segment).name(&session.analysis);
    let is = compare(&field, Comparison::Equal, Literal::Text(name));
    vec![is.clone(), is.negated()]
}

/// Those whose net sum is so large at least, in minor units.
pub(super) fn with_at_least(session: &Session, minor: i64) -> Filter {
    let analysis = &session.analysis;
    let net = Column::Field(Field::Measure(Measure::Monetary(Monetary::Net)));
    compare(&net.name(analysis), Comparison::AtLeast, number(minor, analysis.customers().scale))
}

/// Both sides of a cut, in what the axis measures.
fn of_cut(session: &Session, cut: CutCursor) -> Vec<Filter> {
    let analysis = &session.analysis;
    let Some(definition) = Column::Axis(cut.axis).definition(analysis) else { return Vec::new() };
    let value = analysis.cuts(cut.axis).cuts()[cut.cut].whole();
    let value = || number(value, analysis.scale(cut.axis));
    vec![compare(&definition.name, Comparison::AtMost, value()), compare(&definition.name, Comparison::Above, value())]
}

/// The value under the cursor of the list, then the customer's segment and scores.
fn of_customer(session: &Session, customer: usize) -> Vec<Filter> {
    let analysis = &session.analysis;
    let column = session.list.column();
    let mut offers = of_value(session, column, customer);
    let row = row(analysis, customer);
    if column != Column::Field(Field::Segment) {
        offers.extend(of_segment(session, row.segment));
    }
    if column != Column::Scores {
        let scores: Vec<(Axis, u8)> = Axis::ALL.into_iter().zip(row.scores).collect();
        offers.extend(of_scores(&scores).into_iter().take(1));
    }
    offers
}

fn of_value(session: &Session, column: Column, customer: usize) -> Vec<Filter> {
    let analysis = &session.analysis;
    if column == Column::Scores {
        let scores: Vec<(Axis, u8)> = Axis::ALL.into_iter().zip(row(analysis, customer).scores).collect();
        return of_scores(&scores);
    }
    let (Some(field), Some(definition)) = (column.field(analysis), column.definition(analysis)) else {
        return Vec::new();
    };
    let name = definition.name.as_str();
    let value = match column {
        Column::CUSTOMER => Some(customer as i64 + 1),
        Column::Axis(axis) => Some(analysis.measured().value(axis, customer)),
        Column::Field(Field::Segment) => return of_segment(session, row(analysis, customer).segment),
        Column::Field(Field::Score(axis)) => return of_scores(&[(axis, row(analysis, customer).scores[axis.index()])]),
        // One that is still being made has nothing to offer yet.
        _ => match analysis.fields().known(field) {
            Some(values) => values.get(customer),
            None => return Vec::new(),
        },
    };
    let Some(value) = value else {
        let missing = Filter::Is(name.into(), Test::Missing);
        return vec![missing.clone(), missing.negated()];
    };
    // A condition would tell what is masked.
    if session.privacy.hides(definition.field) {
        return Vec::new();
    }
    let literal = || match definition.kind {
        FieldKind::Text => Literal::Text(analysis.fields().text(field, value, analysis.scheme()).to_owned()),
        FieldKind::Date => {
            let day = Day(value.clamp(i32::MIN.into(), i32::MAX.into()) as i32);
            Literal::Text(day.to_string())
        }
        kind => number(value, kind.scale().unwrap_or(Scale::UNITS)),
    };
    if definition.kind == FieldKind::Flag {
        let is = Filter::Is(name.into(), Test::Flag);
        return if value == 0 { vec![is.clone().negated(), is] } else { vec![is.clone(), is.negated()] };
    }
    let is = compare(name, Comparison::Equal, literal());
    let mut offers = vec![is.clone(), is.negated()];
    if definition.kind != FieldKind::Text {
        offers.insert(0, compare(name, Comparison::AtMost, literal()));
        offers.insert(0, compare(name, Comparison::AtLeast, literal()));
    }
    offers
}

/// Adds a condition to those that are there.
pub(super) fn add(model: &mut Model, condition: &Filter) {
    change(model, |chips| chips.add(condition));
}

/// Switches a condition off or on.
pub(super) fn toggle(model: &mut Model, place: usize) {
    change(model, |chips| chips.toggle(place));
}

/// Turns a condition round.
pub(super) fn negate(model: &mut Model, place: usize) {
    change(model, |chips| chips.negate(place));
}

/// Takes a condition away.
pub(super) fn remove(model: &mut Model, place: usize) {
    change(model, |chips| {
        chips.remove(place);
    });
}

/// What a filter does, for the history.
pub(super) fn told(filter: &Filter) -> String {
    if filter.is_empty() { tr!("no filter").to_owned() } else { tr!("filter {filter}", filter) }
}

/// Looks at whom the changed conditions leave.
fn change(model: &mut Model, change: impl FnOnce(&mut Chips)) {
    let Stage::Open(session) = &mut model.stage else { return };
    let before = session.chips.clone();
    change(&mut session.chips);
    let filter = session.chips.filter();
    let setting = Setting { filter: Arc::new(filter), ..session.analysis.setting().clone() };
    if setting == *session.analysis.setting() {
        return;
    }
    let words = told(&setting.filter);
    if details::wait_for(session, &setting, &words, false) {
        return;
    }
    if let Err(problem) = go_over(model, setting, &words) {
        if let Stage::Open(session) = &mut model.stage {
            session.chips = before;
        }
        model.complain(problem);
    }
}
