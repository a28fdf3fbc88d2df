//! Moving, typing, adding, removing and laying cuts; solving; filtering; undo and redo.

use super::super::context::Context;
use super::super::words;
use crate::{tr, tr_count};
use std::sync::Arc;

use super::super::action::{Action, Direction};
use super::super::cut_edit::{CutCursor, rounded, stepped};
use super::super::history::Subject;
use super::super::model::Model;
use super::super::session::Session;
use super::super::solve;
use super::session;
use crate::engine::analysis::Setting;
use crate::model::cuts::{BINS, Cut, Cuts, Method, Ratio};
use crate::model::money::Money;
use crate::show::numbers::counted;

/// Moves the picked cut by a step, or by as many at once as the model says.
pub(super) fn nudge(model: &mut Model, direction: Direction, far: bool) {
    let times = model.times;
    let Some(session) = session(model) else { return };
    let (cut, analysis) = (session.cut, &session.analysis);
    let picked = analysis.cuts(cut.axis).cuts()[cut.cut];
    // Down from a fraction the whole value below it comes first.
    let value = picked.whole() + i64::from(direction == Direction::Left && !picked.is_whole());
    let (measure, scale) = (analysis.measured().measure(cut.axis), analysis.scale(cut.axis));
    let target = (0..times.max(1)).fold(value, |value, _| stepped(measure, value, scale, direction, far));
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
    let words = tr!(
        "{axis} cut {number}: {old} → {new}",
        axis = words::axis(cut.axis),
        number = cut.cut + 1,
        old,
        new = new.text(scale)
    );
    let stopped = new.whole() != value;
    let changed = session.edit(setting, words.clone(), nudged.then_some(subject));
    match (changed, stopped) {
        (true, false) => model.say(words),
        (true, true) => model.complain(tr!("{words}; it stops at the next cut", words)),
        (false, true) => model.complain(tr!("the next cut is in the way: move that one first")),
        (false, false) if nudged => model.complain(tr!("nothing beyond: no customer has a value there")),
        (false, false) => model.say(tr!("the cut is there already")),
    }
}

/// Whether the picked cut can go to a value without meeting one beside it first.
///
/// # Errors
/// Which cut is in the way.
pub(super) fn within_neighbours(session: &Session, value: i64) -> Result<(), String> {
    let (analysis, CutCursor { axis, cut }) = (&session.analysis, session.cut);
    let (cuts, scale) = (analysis.cuts(axis), analysis.scale(axis));
    let there = cuts.moved(cut, value).cuts()[cut].whole();
    if there == value {
        return Ok(());
    }
    let neighbour = if there < value { cut + 1 } else { cut.saturating_sub(1) };
    let Some(in_the_way) = cuts.cuts().get(neighbour) else { return Ok(()) };
    Err(tr!(
        "{value} is beyond {axis} cut {number} at {neighbour}: type a value up to it, or move that one first",
        value = Money::new(value, scale),
        axis = words::axis(axis),
        number = neighbour + 1,
        neighbour = in_the_way.text(scale)
    ))
}

/// Picks a cut by its number.
pub(super) fn pick(model: &mut Model, cut: usize) {
    let Some(session) = session(model) else { return };
    session.history.pause();
    session.cut.cut = cut.min(session.analysis.cuts(session.cut.axis).cuts().len() - 1);
}

/// Where a cut more would divide the axis's largest bin in two; `None` where there may be no more.
pub(super) fn suggested(session: &Session) -> Option<i64> {
    let (analysis, axis) = (&session.analysis, session.cut.axis);
    let cuts = analysis.cuts(axis);
    if cuts.bins() >= *BINS.end() {
        return None;
    }
    let customers = |bin: usize| analysis.summary().score(axis, cuts.score_of_bin(bin)).customers;
    let largest = (0..cuts.bins()).max_by_key(|bin| customers(*bin)).unwrap_or_default();
    let below: u64 = (0..largest).map(customers).sum();
    Some(analysis.population().value_at(axis, (below + customers(largest) / 2) as usize))
}

/// Adds a cut to the focused axis and picks it.
pub(super) fn add(model: &mut Model, value: i64) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    let axis = session.cut.axis;
    let cuts = session.analysis.cuts(axis);
    let bound = Cut::new(Ratio::whole(value), cuts.closed()).bound();
    if cuts.cuts().iter().any(|cut| cut.bound() == bound) {
        return Err(tr!("there is a cut that divides there already").to_owned());
    }
    let more = cuts.with_cut(value).map_err(|error| error.to_string())?;
    let place = more.cuts().iter().position(|cut| cut.bound() == bound).unwrap_or_default();
    let text = more.cuts()[place].text(session.analysis.scale(axis));
    model.overlay = None;
    change(model, more, tr!("{axis} cut added at {value}", axis = words::axis(axis), value = text));
    pick(model, place);
    Ok(())
}

/// Takes the picked cut away: its two bins are one.
pub(super) fn remove(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let (axis, cut) = (session.cut.axis, session.cut.cut);
    let cuts = session.analysis.cuts(axis);
    let text = cuts.cuts()[cut].text(session.analysis.scale(axis));
    if let Ok(fewer) = cuts.without_cut(cut) {
        change(model, fewer, tr!("{axis} cut {value} taken away", axis = words::axis(axis), value = text));
    }
}

/// Lays the cuts of the focused axis anew from the data.
pub(super) fn distribute(model: &mut Model, method: Method) {
    let Some(session) = session(model) else { return };
    let axis = session.cut.axis;
    let (bins, closed) = (session.analysis.cuts(axis).bins(), session.analysis.cuts(axis).closed());
    let measures = session.analysis.measured().measures();
    match session.analysis.everybody_of_all_rows(measures).cuts(axis, method, bins, closed) {
        Ok(cuts) => {
            let words = tr!("{axis} cuts laid by {method}", axis = words::axis(axis), method = words::method(method));
            change(model, cuts, words);
        }
        Err(error) => model.complain(error.to_string()),
    }
}

/// Puts the cuts of the focused axis at round numbers.
pub(super) fn round(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let axis = session.cut.axis;
    let cuts = session.analysis.cuts(axis);
    let values = rounded(cuts, session.analysis.scale(axis));
    if values.len() < cuts.cuts().len() {
        let key = model.keymap.name_in(Context::Cuts, Action::RemoveCut);
        return model.complain(tr!("cuts that coincide cannot be told apart by rounding: {key} takes one away", key));
    }
    match Cuts::fixed(axis, cuts.closed(), &values) {
        Ok(cuts) => change(model, cuts, tr!("{axis} cuts at round numbers", axis = words::axis(axis))),
        Err(error) => model.complain(error.to_string()),
    }
}

/// Goes over to other cuts of an axis. Where the scheme is not written for as many bins, one that is stands in.
fn change(model: &mut Model, cuts: Cuts, mut words: String) {
    let catalogue = Arc::clone(&model.catalogue);
    let Some(session) = session(model) else { return };
    let mut setting = session.analysis.setting().with_cuts(cuts);
    if let Err(problem) = setting.scheme.fits(setting.bins()) {
        let fitting = catalogue.schemes().iter().filter(|scheme| scheme.fits(setting.bins()).is_ok());
        // One that says nothing of cuts: it takes those there are.
        let Some(scheme) = fitting.into_iter().find(|scheme| !scheme.has_own_cuts()) else {
            return model.complain(problem.to_string());
        };
        words = tr!("{scheme} stands in: {problem}; {words}", scheme = words::scheme(&scheme.name), problem, words);
        setting.scheme = Arc::new(scheme.clone());
    }
    // Back at the bins of the scheme at the start, it comes back by undo or by e.
    if session.edit(setting, words.clone(), None) {
        model.say(words);
    } else {
        model.say(tr!("the cuts are there already"));
    }
}

/// Goes over to a setting with another filter: looks only at the customers that it takes, or at everybody.
///
/// # Errors
/// A sentence where the filter speaks of what is not there.
pub(in super::super) fn go_over(model: &mut Model, setting: Setting, words: &str) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    session.analysis.can_filter(&setting).map_err(|error| session.privacy.told(error))?;
    if !session.edit(setting, words.to_owned(), None) {
        model.say(tr!("{words}: that is so already", words));
        return Ok(());
    }
    let (left, all) = (session.analysis.population().len(), session.analysis.customers().len());
    session.list.to_top();
    model.say(tr_count!(
        left as u64,
        "{words}: {count} of {all} is looked at",
        "{words}: {count} of {all} are looked at",
        words,
        all = counted(all as i128, "customer")
    ));
    Ok(())
}

/// Moves the picked cut to where the goal is met; `false` where the profile is still to come.
pub(in super::super) fn solve(model: &mut Model) -> bool {
    let Some(session) = session(model) else { return false };
    let Some((value, words)) = solve::solve(session) else { return false };
    let goal = session.goal.take();
    session.history.pause();
    // The cut that the goal was set for, wherever the cursor has gone.
    session.cut = goal.map_or(session.cut, |goal| goal.cut);
    let cuts = session.analysis.cuts(session.cut.axis);
    let there = cuts.cuts()[session.cut.cut].bound();
    // A cut that stands there goes on as it came to be.
    if Cut::new(Ratio::whole(value), cuts.closed()).bound() != there {
        set_cut(model, value, false);
    }
    model.say(words);
    true
}

pub(super) fn undo(model: &mut Model) {
    if let Some(words) = session(model).and_then(Session::undo) {
        model.say(tr!("undone: {words}", words));
    }
}

pub(super) fn redo(model: &mut Model) {
    if let Some(words) = session(model).and_then(Session::redo) {
        model.say(tr!("done again: {words}", words));
    }
}
