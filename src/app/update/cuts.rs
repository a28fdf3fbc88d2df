//! Moving, typing, undoing and redoing cuts.

use super::super::action::Direction;
use super::super::cut_edit::stepped;
use super::super::history::Subject;
use super::super::model::Model;
use super::session;

/// Moves the picked cut by a step.
pub(super) fn nudge(model: &mut Model, direction: Direction, far: bool) {
    let Some(session) = session(model) else { return };
    let (cut, analysis) = (session.cut, &session.analysis);
    let picked = analysis.cuts(cut.axis).cuts()[cut.cut];
    // Down from a fraction the whole value below it comes first.
    let value = picked.whole() + i64::from(direction == Direction::Left && !picked.is_whole());
    let target = stepped(analysis.measured().measure(cut.axis), value, analysis.scale(cut.axis), direction, far);
    // A cut beyond all values divides nobody; typing a value still takes it there.
    let population = analysis.population();
    let low = population.value_at(cut.axis, 0).min(value);
    let high = population.value_at(cut.axis, usize::MAX).max(value);
    set_cut(model, target.clamp(low, high), true);
}

/// Moves the picked cut to a value, at most to its neighbours. A run of nudges is one step of the history.
pub(super) fn set_cut(model: &mut Model, value: i64, nudged: bool) {
    let Some(session) = session(model) else { return };
    let cut = session.cut;
    let scale = session.analysis.scale(cut.axis);
    let before = session.analysis.setting().clone();
    let subject = Subject { axis: cut.axis.index(), cut: cut.cut };
    // A run of nudges is told from where it began.
    let from = session.history.run_start(subject).filter(|_| nudged).unwrap_or(&before);
    let old = from.cuts[cut.axis.index()].cuts()[cut.cut].text(scale);
    let setting = before.with_cuts(before.cuts[cut.axis.index()].moved(cut.cut, value));
    let new = setting.cuts[cut.axis.index()].cuts()[cut.cut];
    let words = format!("{} cut {}: {old} → {}", cut.axis.name(), cut.cut + 1, new.text(scale));
    let stopped = new.whole() != value;
    let changed = session.edit(setting, words.clone(), nudged.then_some(subject));
    match (changed, stopped) {
        (true, false) => model.say(words),
        (true, true) => model.complain(format!("{words}; it stops at the next cut")),
        (false, true) => model.complain("the next cut is in the way: move that one first"),
        (false, false) if nudged => model.complain("nothing beyond: no customer has a value there"),
        (false, false) => model.say("the cut is there already"),
    }
}

pub(super) fn undo(model: &mut Model) {
    match session(model).and_then(super::super::session::Session::undo) {
        Some(words) => model.say(format!("undone: {words}")),
        None => model.complain("nothing to undo"),
    }
}

pub(super) fn redo(model: &mut Model) {
    match session(model).and_then(super::super::session::Session::redo) {
        Some(words) => model.say(format!("done again: {words}")),
        None => model.complain("nothing to redo"),
    }
}
