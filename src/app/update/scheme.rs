//! Editing the scheme: cells go to other segments, segments are named and put in another order.

use super::super::{file_names, words};
use crate::tr;
use std::path::PathBuf;
use std::sync::Arc;

use super::super::action::Direction;
use super::super::files::{FileTask, Written};
use super::super::model::Model;
use super::session;
use crate::engine::analysis::Setting;
use crate::model::budget::Budget;
use crate::model::scheme::{Scheme, SchemeError};
use crate::model::schemes::Catalogue;
use crate::show::numbers::counted;
use crate::show::text::clean;

/// Goes over to a scheme as a step that can be undone.
fn change(model: &mut Model, scheme: Scheme, words: String) {
    change_with(model, scheme, None, words);
}

/// The same with another budget.
fn change_with(model: &mut Model, scheme: Scheme, budget: Option<Budget>, words: String) {
    let Some(session) = session(model) else { return };
    let mut setting = Setting { scheme: Arc::new(scheme), ..session.analysis.setting().clone() };
    if let Some(budget) = budget {
        setting.budget = Arc::new(budget);
    }
    if session.edit(setting, words.clone(), None) {
        model.say(words);
    } else {
        model.say(tr!("nothing changes"));
    }
}

/// Gives the marked cells to a segment, by its number.
pub(super) fn give(model: &mut Model, to: usize) {
    let Some(session) = session(model) else { return };
    let bins = session.analysis.map().bins();
    let cells = session.heat.marked_cells(bins);
    let edited = session.analysis.scheme().give(&cells, to, bins);
    session.heat.mark = None;
    match edited {
        Ok(edited) => {
            let segment = clean(words::segment(edited.segment_name(to)));
            let words = tr!("{cells} given to {segment}", cells = cells_text(cells.len()), segment);
            change(model, edited, words);
        }
        Err(error) => model.complain(error.to_string()),
    }
}

/// Gives the marked cells to a new segment.
pub(super) fn give_new(model: &mut Model, name: &str) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    let bins = session.analysis.map().bins();
    let cells = session.heat.marked_cells(bins);
    let told = |error: SchemeError| error.to_string();
    let (edited, number) = session.analysis.scheme().with_segment(name, bins).map_err(told)?;
    let edited = edited.give(&cells, number, bins).map_err(told)?;
    session.heat.mark = None;
    model.overlay = None;
    let (cells, segment) = (cells_text(cells.len()), edited.segment_name(number));
    let words = tr!("{cells} given to the new segment {segment}", cells, segment);
    change(model, edited, words);
    Ok(())
}

/// Gives the segment under the cursor another name.
pub(super) fn rename(model: &mut Model, name: &str) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    let Some(segment) = session.tiers.segment(&session.analysis) else { return Ok(()) };
    let before = session.analysis.scheme().segment_name(segment).to_owned();
    let bins = session.analysis.map().bins();
    // A name that stays as it is shown is no other name.
    let name = if name == words::segment(&before) { before.as_str() } else { name };
    let edited = session.analysis.scheme().with_name(segment, name, bins).map_err(|error| error.to_string())?;
    // What the segment costs goes with it.
    let budget = session.analysis.setting().budget.renamed(&before, edited.segment_name(segment));
    model.overlay = None;
    let words = tr!(
        "{before} is called {now}",
        before = words::segment(&before),
        now = words::segment(edited.segment_name(segment))
    );
    change_with(model, edited, Some(budget), words);
    Ok(())
}

/// Moves the segment under the cursor up or down the scheme.
pub(super) fn reorder(model: &mut Model, direction: Direction) {
    let Some(session) = session(model) else { return };
    let (cursor, last) = (session.tiers.cursor, session.analysis.scheme().segments.len().saturating_sub(1));
    let to = if direction == Direction::Up { cursor.checked_sub(1) } else { Some(cursor + 1) };
    let Some(to) = to.filter(|to| *to <= last && cursor <= last) else { return };
    let name = session.analysis.scheme().segment_name(cursor).to_owned();
    let edited = session.analysis.scheme().with_swapped(cursor, to, session.analysis.map().bins());
    session.tiers.cursor = to;
    match edited {
        Ok(edited) => {
            let words =
                tr!("{segment} is segment {number} of the scheme", segment = words::segment(&name), number = to + 1);
            change(model, edited, words);
        }
        Err(error) => model.complain(error.to_string()),
    }
}

/// Goes over to a scheme of the catalogue.
pub(super) fn go_over(model: &mut Model, name: &str) {
    match model.catalogue.find(name) {
        Ok(scheme) => change(model, scheme, tr!("scheme {name}", name = words::scheme(name))),
        Err(error) => model.complain(error.to_string()),
    }
}

/// What to write so that the scheme is one of the user's own.
pub(super) fn save(model: &Model, name: &str, replace: bool) -> Result<FileTask, String> {
    let (Some(session), Some(folder)) = (model.session(), &model.scheme_folder) else {
        return Err(tr!("there is no folder for schemes of your own: HOME is not set").to_owned());
    };
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name.starts_with('.') || !name.chars().all(fits) {
        return Err(tr!("a scheme's name has letters, digits, - and _, such as my-tiers").to_owned());
    }
    if Catalogue::is_built_in(name) {
        return Err(tr!("{name} comes with the program and stays as it is; choose another name", name));
    }
    let mut scheme = session.analysis.scheme().clone();
    name.clone_into(&mut scheme.name);
    let path: PathBuf = folder.join(file_names::of_scheme(name));
    Ok(FileTask::Write { path, text: scheme.to_toml(), replace, what: Written::Scheme })
}

fn cells_text(cells: usize) -> String {
    counted(cells as i128, "cell")
}
