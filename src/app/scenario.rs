//! Scenarios within the explorer: the view as a file, a file as the view, or as what the view is compared with.

mod shown_list;

use super::action::Action;
use super::baseline::BaselineName;
use super::context::Context;
use super::file_names;
use super::keymap::Keymap;
use super::words::{clauses, policies};
use crate::tr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::card::ScenarioCard;
use super::details::wait_for;
use super::files::{FileDone, FileTask, Purpose, Written};
use super::model::{Model, Stage};
use super::session::{Opening, Origin, Session};
use super::update::{Effect, start};
use crate::data::mapping::WantedColumns;
use crate::data::mapping_memory::as_typed;
use crate::data::scenario_file::{text_part, value_part};
use crate::data::synonyms::Role;
use crate::engine::analysis::{Analysis, Setting};
use crate::engine::replay::{Capture, capture, recipe, setting};
use crate::model::scenario::{Columns as TypedColumns, DataPart, Scenario};
use crate::model::schemes::Catalogue;
use crate::show::text::clean;

pub(super) use shown_list::{list_part, show_awaited_list, show_list, shows_list};

/// The path of a name as it is typed: `spring` is `spring.toml` beside us, a path stays as it is.
///
/// # Errors
/// A sentence where it names no file.
pub fn path_of(name: &str) -> Result<PathBuf, String> {
    let path = path_as_typed(name)?;
    Ok(if path.extension().is_none() { path.with_extension(file_names::ENDING) } else { path })
}

/// The path of a file as it is typed; `~/` is the user's own folder.
///
/// # Errors
/// A sentence where it names no file.
pub(super) fn path_as_typed(name: &str) -> Result<PathBuf, String> {
    let typed = name.trim();
    let home = typed.strip_prefix("~/").and_then(|rest| Some(std::env::home_dir()?.join(rest)));
    let path = home.unwrap_or_else(|| PathBuf::from(typed));
    // Whether it is a folder is looked at where files are: a slow disk stops no key.
    if path.file_name().is_none() || typed.ends_with('/') {
        return Err(tr!("type the name of a file, such as spring.toml").to_owned());
    }
    Ok(path)
}

/// The name of a scenario in a file.
fn name_of(path: &Path) -> String {
    path.file_stem().map(|stem| clean(&stem.to_string_lossy()).into_owned()).unwrap_or_default()
}

/// The columns that were typed.
fn typed(wanted: &WantedColumns) -> TypedColumns {
    TypedColumns::from_array(Role::ALL.map(|role| wanted.typed(role).map(str::to_owned)))
}

/// How the open data is read: what was typed, chosen and remembered of its columns, and the policies in force.
#[must_use]
pub fn data_part(model: &Model, session: &Session) -> DataPart {
    let request = &model.request;
    let sources: Vec<_> = session.sources.iter().map(|mapped| &mapped.source).collect();
    let chosen = sources.first().map(|first| model.chosen_for(first)).filter(|chosen| !chosen.is_empty());
    let chosen = chosen.unwrap_or_else(|| session.remembered.clone());
    DataPart {
        as_of: request.as_of,
        columns: as_typed(&chosen, &sources, typed(&request.columns)),
        text: text_part(&request.text),
        values: value_part(&request.values, request.currency),
        policies: session.policies,
    }
}

/// What to write where, so that the view can be had again.
///
/// # Errors
/// A sentence on what cannot be kept.
pub fn save(model: &Model, path: PathBuf, replace: bool) -> Result<FileTask, String> {
    let Some(session) = model.session() else { return Err(tr!("nothing is open").to_owned()) };
    let card = &session.card;
    // A scenario keeps its name in its file; in another file it takes that one's.
    let kept = card.name.clone().filter(|_| card.path.as_ref() == Some(&path));
    let scenario = view(model, session, kept.unwrap_or_else(|| name_of(&path)))?;
    Ok(FileTask::Write { path, text: scenario.to_toml(), replace, what: Written::Scenario })
}

/// The view as a scenario.
///
/// # Errors
/// A sentence on what cannot be kept.
pub(super) fn view(model: &Model, session: &Session, name: String) -> Result<Scenario, String> {
    view_of(model, session, &session.analysis, name)
}

/// The view as a scenario, with the figures of another analysis of the same data.
///
/// # Errors
/// A sentence on what cannot be kept.
pub(super) fn view_of(model: &Model, session: &Session, analysis: &Analysis, name: String) -> Result<Scenario, String> {
    let card = &session.card;
    let what = Capture { name, note: card.note.clone(), review_by: card.review_by, data: data_part(model, session) };
    let mut scenario = capture(analysis, &model.catalogue, what).map_err(|error| error.to_string())?;
    (scenario.list, scenario.review) = (list_part(session), session.marks.by_id(session.analysis.customers()));
    if let (Some(expected), Some(tolerance)) = (&mut scenario.expected, card.tolerance) {
        expected.tolerance = tolerance;
    }
    Ok(scenario)
}

/// Takes what came of a file that the user asked for; gives what is to be done next.
pub fn filed(model: &mut Model, done: FileDone) -> Effect {
    match done {
        FileDone::Remembered(result) => {
            if let Err(problem) = result {
                model.complain(problem);
            }
        }
        FileDone::Forgotten { result, load } => return forgotten(model, result, load),
        FileDone::Written { path, what } => {
            model.overlay = None;
            match (&mut model.stage, what) {
                (Stage::Open(session), Written::Scenario) => {
                    let kept = session.card.name.take().filter(|_| session.card.path.as_ref() == Some(&path));
                    session.card.name = Some(kept.unwrap_or_else(|| name_of(&path)));
                    session.card.path = Some(path.clone());
                    session.note_saved();
                }
                // The user's own schemes can be chosen at once.
                _ => {
                    if let Some(folder) = &model.scheme_folder {
                        model.catalogue = Arc::new(Catalogue::with_folder(folder));
                    }
                }
            }
            model.say(match what {
                Written::Scenario => tr!("scenario written to {file}", file = path.display()),
                Written::Scheme => tr!("scheme written to {file}", file = path.display()),
            });
        }
        FileDone::Exists(path) => {
            let problem = there_already(&path, &model.keymap);
            match model.prompt() {
                Some(prompt) => (prompt.problem, prompt.replace) = (Some(problem), true),
                None => model.complain(problem),
            }
        }
        FileDone::Failed(problem) => refuse(model, problem),
        FileDone::Read { path, scenario, purpose } => match take(model, &path, &scenario, purpose) {
            Ok(words) => {
                model.overlay = None;
                model.say(words);
            }
            Err(problem) => refuse(model, problem),
        },
    }
    Effect::None
}

/// Goes on after columns were forgotten: loads with those that were chosen, or says so.
fn forgotten(model: &mut Model, result: Result<bool, String>, load: bool) -> Effect {
    if result.is_err() {
        // What cannot be forgotten would be recalled over what is chosen.
        model.request.memory = None;
        if let Some(reopening) = &mut model.reopening {
            reopening.request.memory = None;
        }
    }
    if load {
        return start(model);
    }
    if let Some(screen) = model.mapping() {
        match result {
            Ok(true) => {
                screen.said = Some(tr!("forgotten; these are the columns as they are proposed").to_owned());
            }
            Ok(false) => screen.said = Some(tr!("nothing was remembered of these columns").to_owned()),
            Err(problem) => screen.complain(problem),
        }
    }
    Effect::None
}

/// Asks whether a file is to be replaced, on the line that names it.
pub(super) fn there_already(path: &Path, keymap: &Keymap) -> String {
    let key = keymap.name_in(Context::Prompt, Action::Select);
    tr!("{file} is there already; {key} again replaces it", file = path.display(), key)
}

/// Says what could not be done where the user looks.
fn refuse(model: &mut Model, problem: String) {
    match model.prompt() {
        Some(prompt) => prompt.problem = Some(problem),
        None => model.complain(problem),
    }
}

/// Goes over to a scenario, or compares with it; gives what was done, in words.
fn take(model: &mut Model, path: &Path, scenario: &Scenario, purpose: Purpose) -> Result<String, String> {
    let (asked, columns) = (model.request.as_of, typed(&model.request.columns));
    let catalogue = Arc::clone(&model.catalogue);
    let Stage::Open(session) = &mut model.stage else { return Err(tr!("nothing is open").to_owned()) };
    let there = setting_of(session, scenario, &catalogue)?;
    let name = &scenario.name;
    let mut other_rows = false;
    let words = match purpose {
        Purpose::Open => {
            let opening = Opening {
                card: ScenarioCard::of(scenario, Some(path.to_owned())),
                review: scenario.review.clone(),
                list: scenario.list.clone(),
                origin: Origin::File,
            };
            match go_over_to(session, there, &tr!("history" | "scenario {name}", name), opening)? {
                Arrival::WithRows => {
                    return Ok(tr!("scenario {name} opens when the rows that its filter speaks of are read", name));
                }
                Arrival::Counted => {
                    return Ok(tr!("scenario {name} opens when the customers of its rows are counted", name));
                }
                Arrival::Now(true) => tr!("scenario {name} opened", name),
                Arrival::Now(false) => tr!("scenario {name} opened: nothing changes", name),
            }
        }
        Purpose::Baseline => {
            other_rows = there.data_filter != session.analysis.setting().data_filter;
            if !session.compare(Some(there), BaselineName::Scenario(name.clone())) {
                return Err(tr!("scenario {name} does not fit this data", name));
            }
            tr!("compared with scenario {name}", name)
        }
    };
    let other_rows = other_rows.then(|| tr!("both are seen through the present data filter, not its own").to_owned());
    // The data is open already: what a scenario says of reading it can only be told.
    let as_of = other_day(session, scenario, asked.is_some());
    let told = std::iter::once(words).chain(other_rows).chain(otherwise_read(session, scenario, as_of, &columns));
    Ok(clauses(&told.collect::<Vec<_>>()))
}

/// When a view that was kept is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// Now, and whether any figure changes by it.
    Now(bool),
    /// Once the rows that its filter speaks of are read.
    WithRows,
    /// Once the customers of its rows are counted.
    Counted,
}

/// Goes over to a setting and what was kept beside it, which takes the place of what is there together with the setting,
/// when that takes hold.
///
/// # Errors
/// A sentence where its filter speaks of what is not there; nothing changes then.
pub(super) fn go_over_to(
    session: &mut Session,
    setting: Setting,
    words: &str,
    opening: Opening,
) -> Result<Arrival, String> {
    // The newest wish is the one that counts.
    session.details.forget_waiting();
    session.forget_rows();
    if wait_for(session, &setting, words, true) {
        session.open_with(opening);
        return Ok(Arrival::WithRows);
    }
    session.analysis.can_filter(&setting).map_err(|error| error.to_string())?;
    session.open_with(opening);
    if setting.data_filter != session.analysis.setting().data_filter {
        session.wish_rows(setting, words, true);
        return Ok(Arrival::Counted);
    }
    let changed = session.edit(setting, words.to_owned(), None);
    session.take_opening();
    Ok(Arrival::Now(changed))
}

/// What a scenario says of reading the open data that is not as it is read, in words; `None` where it is.
pub(super) fn otherwise_told(model: &Model, scenario: &Scenario) -> Option<String> {
    let (session, asked) = (model.session()?, model.request.as_of);
    let as_of = other_day(session, scenario, asked.is_some());
    otherwise_read(session, scenario, as_of, &typed(&model.request.columns))
}

/// Whether a scenario counts to another day than the data is counted to.
fn other_day(session: &Session, scenario: &Scenario, is_asked: bool) -> bool {
    scenario.data.as_of.map_or(is_asked, |as_of| as_of != session.analysis.measured().as_of())
}

/// What a scenario says of reading the data that is not as it is read; `None` where it is.
fn otherwise_read(session: &Session, scenario: &Scenario, as_of: bool, columns: &TypedColumns) -> Option<String> {
    let data = &scenario.data;
    if as_of {
        Some(tr!("it has another as-of date: --scenario at the start takes it").to_owned())
    } else if data.columns != *columns && data.columns != TypedColumns::default() {
        Some(tr!("it names other columns: --scenario at the start takes them").to_owned())
    } else if (&data.text, &data.values) != (&session.text, &session.values) {
        Some(tr!("it reads files in another way: --scenario at the start takes it").to_owned())
    } else if data.policies != session.policies {
        let named = policies(data.policies.changed());
        let key = session.keymap.name_of(Action::Policies);
        Some(if named.is_empty() {
            tr!("it has other policies (all as by default): {key} decides them", key)
        } else {
            tr!("it has other policies ({policies}): {key} decides them", policies = named, key)
        })
    } else {
        None
    }
}

/// The setting that a scenario makes of the open data.
///
/// # Errors
/// A sentence on what does not fit.
pub(super) fn setting_of(session: &mut Session, scenario: &Scenario, catalogue: &Catalogue) -> Result<Setting, String> {
    let scale = session.analysis.customers().scale;
    let recipe = recipe(scenario, catalogue, scale).map_err(|error| error.to_string())?;
    setting(&mut session.analysis, &recipe).map_err(|error| error.to_string())
}

/// The path that a prompt for a scenario begins with.
#[must_use]
pub fn suggested(session: &Session) -> String {
    match (&session.card.path, &session.card.name) {
        (Some(path), _) => path.display().to_string(),
        (None, name) => file_names::of_scenario(name.as_deref()),
    }
}
