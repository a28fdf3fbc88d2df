//! Actions within the panels of an open data set.

use super::super::action::{Action, Direction};
use super::super::context::Context;
use super::super::cut_edit::CutCursor;
use super::super::finding;
use super::super::heat::Metric;
use super::super::list::head;
use super::super::model::Model;
use super::super::privacy::{OFF, ON};
use super::super::session::{Panel, Session};
use super::super::words;
use super::{columns, conditions, cuts, marks, overlay, prompt, scheme, session, usual};
use crate::engine::listing::{Key, Selection, Sort};
use crate::model::customers::Axis;
use crate::show::numbers::counted;
use crate::{lang, tr};

pub(super) fn update(model: &mut Model, action: Action) {
    let page = model.page;
    // Whatever comes between two runs of nudges makes them two steps.
    if let (Some(session), false) = (session(model), matches!(action, Action::Nudge(_) | Action::NudgeFar(_))) {
        session.history.pause();
    }
    if let Some(session) = session(model) {
        // Whoever moves on is not taken back to where they were.
        session.ties.way_back = None;
    }
    match action {
        Action::Undo => return cuts::undo(model),
        Action::Redo => return cuts::redo(model),
        Action::Nudge(direction) => return cuts::nudge(model, direction, false),
        Action::NudgeFar(direction) => return cuts::nudge(model, direction, true),
        Action::Ask(asked) => return prompt::ask(model, asked),
        Action::RemoveCut => return cuts::remove(model),
        Action::Distribute(method) => return cuts::distribute(model, method),
        Action::Round => return cuts::round(model),
        Action::NextMeasure => return next_measure(model),
        Action::Baseline(to) => return overlay::baseline(model, to),
        Action::Differences => return differences(model),
        Action::Reorder(direction) => return scheme::reorder(model, direction),
        Action::Select => return select(model),
        Action::Back => return back(model),
        Action::Sort => return sort(model),
        Action::SortThen => return sort_then(model),
        Action::Marks(what) => return marks::marks(model, what),
        Action::Columns(what) => return columns::columns(model, what),
        Action::NextFound(direction) => return finding::step(model, direction == Direction::Up),
        Action::Privacy => return privacy(model),
        Action::Hide => return hide(model),
        Action::Quick => return conditions::quick(model),
        Action::Reverse => return reverse(model),
        Action::UsualColumns => return usual::columns(model),
        Action::UsualView => return usual::view(model),
        _ => {}
    }
    if overlay::open(model, action) {
        return;
    }
    let Some(session) = session(model) else { return };
    match action {
        Action::NextPanel => go_on_to(session, 1),
        Action::PreviousPanel => go_on_to(session, Panel::ALL.len() - 1),
        Action::Divide(direction) => {
            session.zoom = false;
            session.arrangement.shift(direction);
        }
        Action::Zoom => session.zoom = !session.zoom,
        Action::NextPlane => {
            session.heat.plane = session.heat.plane.next();
            (session.heat.layer, session.heat.mark) = (None, None);
            session.heat.clamp(&session.analysis);
        }
        Action::NextMetric => {
            session.heat.metric = session.heat.metric.next();
            if session.heat.metric.is_difference() && session.analysis.baseline().is_none() {
                session.heat.metric = Metric::default();
            }
        }
        Action::NextLayer => session.heat.next_layer(&session.analysis),
        Action::Mark => {
            session.heat.mark = if session.heat.mark.is_some() { None } else { Some(session.heat.cursor) };
        }
        Action::FocusAxis(axis) => focus_axis(session, axis),
        Action::PickCut(cut) => cuts::pick(model, cut),
        Action::Move(direction) => step(session, direction, page),
        Action::Page(direction) => turn_page(session, direction, page),
        Action::End(direction) => end(session, direction, page),
        _ => {}
    }
}

/// Gives the keys to the shown panel so many steps on.
fn go_on_to(session: &mut Session, step: usize) {
    session.panel = session.arrangement.next(session.panel, step).unwrap_or(session.panel);
}

/// Hides the panel that has the keys.
fn hide(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let Some(next) = session.arrangement.hide(session.panel) else { return };
    (session.panel, session.zoom) = (next, false);
    let key = model.keymap.name_of(Action::UsualView);
    model.say(tr!("hidden; {key} shows all panels again", key));
}

/// Masks who people are, or stops.
fn privacy(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let is_on = session.privacy.toggle(&session.analysis);
    model.say(lang::text(if is_on { ON } else { OFF }));
}

/// Edits an axis's cuts from within an overlay that shows them.
pub(super) fn focus(model: &mut Model, axis: Axis) {
    if let Some(session) = session(model) {
        session.history.pause();
        focus_axis(session, axis);
    }
}

/// Measures the focused axis by its next measure.
fn next_measure(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let measure = session.measure_of(session.cut.axis).next();
    match session.measure(measure) {
        Some(words) => model.say(words),
        None => model.say(tr!("sorting by {columns} ...", columns = words::measure(measure))),
    }
}

/// Shows or hides the differences from the baseline.
fn differences(model: &mut Model) {
    let Some(session) = session(model) else { return };
    if session.analysis.baseline().is_none() {
        return;
    }
    session.differences = !session.differences;
    let (shown, name) = (session.differences, session.baseline_name.clone());
    model.say(if shown {
        tr!("differences from {baseline} are shown", baseline = name)
    } else {
        tr!("differences are hidden").to_owned()
    });
}

/// Edits an axis's cuts; asked again, the next of its cuts.
fn focus_axis(session: &mut Session, axis: Axis) {
    if session.panel == Panel::Cuts && session.cut.axis == axis {
        session.cut.cut = (session.cut.cut + 1) % session.analysis.cuts(axis).cuts().len();
    } else {
        session.cut = CutCursor { axis, cut: if session.cut.axis == axis { session.cut.cut } else { 0 } };
    }
    session.panel = Panel::Cuts;
}

fn step(session: &mut Session, direction: Direction, page: usize) {
    match session.panel {
        Panel::Heatmap => session.heat.step(direction, &session.analysis),
        Panel::Cuts => session.cut.step(direction, &session.analysis),
        Panel::Tiers => {
            let last = session.analysis.map().shown().saturating_sub(1);
            match direction {
                Direction::Up => session.tiers.cursor = session.tiers.cursor.saturating_sub(1),
                Direction::Down => session.tiers.cursor = (session.tiers.cursor + 1).min(last),
                Direction::Left | Direction::Right => {}
            }
        }
        Panel::Customers => {
            let list = &mut session.list;
            match direction {
                Direction::Up => list.go(list.cursor.saturating_sub(1), page),
                Direction::Down => list.go(list.cursor + 1, page),
                Direction::Left => list.columns.go(list.columns.cursor().saturating_sub(1)),
                Direction::Right => list.columns.go(list.columns.cursor() + 1),
            }
        }
    }
}

/// Goes to the first line of the focused panel, or the last one.
fn end(session: &mut Session, direction: Direction, page: usize) {
    let place = if direction == Direction::Up { 0 } else { usize::MAX };
    match session.panel {
        Panel::Tiers => session.tiers.cursor = place.min(session.analysis.map().shown().saturating_sub(1)),
        Panel::Cuts => session.cut.cut = place.min(session.analysis.cuts(session.cut.axis).cuts().len() - 1),
        Panel::Heatmap | Panel::Customers => session.list.go(place, page),
    }
}

fn turn_page(session: &mut Session, direction: Direction, page: usize) {
    let list = &mut session.list;
    let place = match direction {
        Direction::Up | Direction::Left => list.cursor.saturating_sub(page),
        Direction::Down | Direction::Right => list.cursor.saturating_add(page),
    };
    list.go(place, page);
}

fn sort(model: &mut Model) {
    let Some(session) = session(model) else { return };
    if session.panel == Panel::Tiers {
        session.tiers.sort = session.tiers.sort.next();
        session.tiers.cursor = 0;
        return;
    }
    let (now, column) = (session.list.sort(), session.list.column());
    // Sorted by it alone, it is turned round.
    let alone = now.first().column == column && now.keys().count() == 1;
    let sort = if alone { now.reversed() } else { Sort::by(&session.analysis, column) };
    sort_list(model, sort);
}

/// Sorts by the column under the cursor too, where all that is sorted by so far is equal.
fn sort_then(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let column = session.list.column();
    let key = Key { column, descending: column.descends(&session.analysis) };
    match session.list.sort().then(key) {
        Ok(sort) => sort_list(model, sort),
        Err(error) => model.complain(error.to_string()),
    }
}

fn reverse(model: &mut Model) {
    let Some(session) = session(model) else { return };
    if session.panel == Panel::Tiers {
        session.tiers.reversed = !session.tiers.reversed;
        return;
    }
    let sort = session.list.sort().reversed();
    sort_list(model, sort);
}

fn sort_list(model: &mut Model, sort: Sort) {
    let Some(session) = session(model) else { return };
    if session.sort_list(sort) {
        let names: Vec<String> = sort.keys().map(|key| head(&session.analysis, key.column)).collect();
        model.say(tr!("sorting by {columns} ...", columns = names.join(tr!(", then "))));
    }
}

/// Lists the cell or the segment under the cursor.
fn select(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let (selection, name) = match session.panel {
        Panel::Heatmap => {
            let [up, across] = session.heat.plane.axes();
            let [a, b] = session.heat.cursor;
            let third = session
                .heat
                .layer
                .map_or_else(String::new, |layer| format!(" {}{layer}", session.heat.plane.third().letter()));
            let name = format!("{}{a} {}{b}{third}", up.letter(), across.letter());
            (Selection::Cells(session.heat.pattern(session.heat.cursor)), name)
        }
        Panel::Tiers => {
            let rows = session.tiers.rows(&session.analysis);
            let Some((segment, _)) = rows.get(session.tiers.cursor) else { return };
            (Selection::Segment(*segment), words::segment(session.analysis.scheme().segment_name(*segment)).to_owned())
        }
        Panel::Cuts | Panel::Customers => return,
    };
    session.select(selection);
    let customers = counted(session.list.listing.len() as i128, "customer");
    let key = session.keymap.name_in(Context::Customers, Action::Back);
    model.say(tr!("{customers} of {selection} listed; {key} lists all again", customers, selection = name, key));
}

/// Calls off what is being written, or clears the selection, then gives the screen back.
fn back(model: &mut Model) {
    if let Some(name) = model.exporting.call_off() {
        return model.say(tr!("writing {file} was called off", file = name));
    }
    let Some(session) = session(model) else { return };
    if session.heat.mark.take().is_some() {
        return;
    }
    if session.list.listing.selection() == Selection::All {
        session.zoom = false;
    } else {
        session.select(Selection::All);
        model.say(tr!("all customers listed"));
    }
}
