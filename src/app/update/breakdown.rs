//! Keys in a breakdown, and filtering by one of its lines.

use super::super::chips;
use crate::tr;
use std::sync::Arc;

use super::super::action::Action;
use super::super::breakdown::BreakdownScreen;
use super::super::model::{Context, Model, Stage};
use super::super::overlay::Overlay;
use super::super::privacy::no_condition;
use super::super::session::{Panel, Session};
use super::cursor::moved;
use super::{cuts, session};
use crate::engine::analysis::Setting;
use crate::engine::breakdown::Basis;
use crate::engine::listing::Selection;
use crate::model::filter::Filter;

/// Opens a breakdown of the segment under the tiers' cursor. What only rows tell is read once more for it.
pub(super) fn open(session: &mut Session) -> Overlay {
    if session.analysis.fields().transactions().is_none() {
        session.details.ask();
    }
    Overlay::Breakdown(Box::new(BreakdownScreen::of(session.tiers.segment(&session.analysis))))
}

pub(super) fn update(model: &mut Model, action: Action) {
    let (Some(Overlay::Breakdown(screen)), Stage::Open(session)) = (&mut model.overlay, &mut model.stage) else {
        return;
    };
    let last = screen.table(session).map_or(0, |(_, lines)| lines.len().saturating_sub(1));
    if let Some(cursor) = moved(screen.cursor, last, action) {
        screen.cursor = cursor;
        return;
    }
    match action {
        Action::Move(direction) => screen.turn(session, direction),
        Action::Watch(direction) => screen.watch(session, direction),
        Action::Sort => screen.sort_by_next(session),
        Action::Matrix => screen.matrix = !screen.matrix,
        Action::IndexOrShare => screen.by_share = !screen.by_share,
        Action::NextMetric => match screen.basis {
            Basis::Customers if !screen.has_purchases(session) => {
                model.complain(tr!("no row has it: purchases are told by the columns of the rows alone"));
            }
            Basis::Customers => (screen.basis, screen.cursor) = (Basis::Purchases, 0),
            Basis::Purchases => (screen.basis, screen.cursor) = (Basis::Customers, 0),
        },
        Action::Back => model.overlay = None,
        Action::Select => select(model),
        _ => {}
    }
}

/// Counts only the customers of the line under the cursor from now on, and lists those of the segment.
fn select(model: &mut Model) {
    let (Some(Overlay::Breakdown(screen)), Stage::Open(open)) = (&model.overlay, &model.stage) else { return };
    let Some((table, lines)) = screen.table(open) else { return };
    let Some(line) = lines.get(screen.cursor) else { return };
    if table.basis() == Basis::Purchases {
        let key = model.keymap.name_in(Context::Breakdown, Action::NextMetric);
        return model
            .complain(tr!("a filter asks for the value that stands for a customer: {key} counts customers", key));
    }
    if !table.is_missing(*line) && open.privacy.hides(table.field()) {
        let problem = no_condition(&model.keymap);
        return model.complain(problem);
    }
    let Some(condition) = table.condition(*line) else {
        return model.complain(tr!("another field goes by the same name, so that a filter cannot ask for this one"));
    };
    let (segment, before) = (screen.segment, open.analysis.setting());
    let filter = Filter::all_of([(*before.filter).clone(), condition.clone()]);
    let setting = Setting { filter: Arc::new(filter), ..before.clone() };
    let words = chips::told(&setting.filter);
    model.overlay = None;
    if let Err(problem) = cuts::go_over(model, setting, &words) {
        return model.complain(problem);
    }
    let Some(session) = session(model) else { return };
    session.panel = Panel::Customers;
    session.select(segment.map_or(Selection::All, Selection::Segment));
}
