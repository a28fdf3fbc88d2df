//! Lists that are written from the screen: what is listed, or what is marked, as it is shown.

pub(super) mod selection;

use super::context::Context;
use super::keymap::Keymap;
use super::mapping::loading_again;
use super::scenario::there_already;
use super::words::{about, fault};
use crate::tr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::{Action, Asked, MarkAction};
use super::files::is_folder;
use super::list::head;
use super::model::Model;
use super::overlay::Prompt;
use super::scenario::{data_part, path_as_typed};
use super::update::sorting;
use crate::engine::analysis::Analysis;
use crate::engine::listing::{Listing, Selection};
use crate::engine::migration::Before;
use crate::engine::replay::{Capture, capture};
use crate::engine::table::Column;
use crate::export::file::{FileError, Format};
use crate::export::list::{List, ListError, Provenance, ReadFile, Target};
use crate::export::veil::Veil;
use crate::job::{CancelGuard, CancelToken};
use crate::model::customers::CustomerIndex;
use crate::show::numbers::{counted, money};
use crate::show::system;
use crate::show::text::clean;

/// A list to be written; meant for a thread of its own.
#[derive(Debug)]
pub struct ExportTask {
    analysis: Analysis,
    listing: Listing,
    /// The marked customers, where only they are written.
    only: Option<Vec<CustomerIndex>>,
    columns: Vec<crate::engine::listing::Column>,
    veil: Option<Veil>,
    target: Target,
    provenance: Provenance,
    cancel: CancelToken,
}

/// What became of a list.
#[derive(Debug)]
pub struct ExportOutcome {
    /// What calls it off: it tells which list it was.
    of: CancelToken,
    /// What was written, in words.
    result: Result<String, ExportProblem>,
}

/// Why a list is not written.
#[derive(Debug)]
pub enum ExportProblem {
    /// There is a file already.
    Exists(PathBuf),
    /// A file that was read has changed since.
    Changed(String),
    /// Something else, in words.
    Words(String),
}

impl ExportProblem {
    /// It in words, with the keys that help.
    #[must_use]
    pub fn told(self, keymap: &Keymap) -> String {
        match self {
            Self::Exists(path) => there_already(&path, keymap),
            Self::Changed(place) => {
                let [columns, open] = loading_again(keymap);
                tr!("{place} has changed since it was opened; {columns} and {open} load it again", place, columns, open)
            }
            Self::Words(words) => words,
        }
    }
}

/// How far a list is that is being written. It is no part of the open data set: another one may be opened meanwhile.
#[derive(Debug, Default)]
pub enum Exporting {
    /// None is.
    #[default]
    Nothing,
    /// One is to be written.
    Wanted(Box<ExportTask>),
    /// One is being written; dropped, it is called off.
    Running(Running),
}

/// A list that is being written.
#[derive(Debug)]
pub struct Running {
    /// The file as it is told.
    name: String,
    /// Whether nothing is in its way; until that is known, the line that names it stays.
    has_begun: bool,
    guard: CancelGuard,
}

impl Exporting {
    /// What to say while one is written.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Wanted(task) => Some(tr!("writing {file} ...", file = task.name())),
            Self::Running(running) => Some(tr!("writing {file} ...", file = running.name)),
        }
    }

    /// Whether one is being written, or is to be.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// Calls off what is being written; gives its name.
    pub fn call_off(&mut self) -> Option<String> {
        match std::mem::take(self) {
            Self::Nothing => None,
            Self::Wanted(task) => Some(task.name()),
            Self::Running(running) => Some(running.name),
        }
    }

    /// Whether it is still being looked at what is in its way.
    const fn is_looking(&self) -> bool {
        matches!(self, Self::Wanted(_) | Self::Running(Running { has_begun: false, .. }))
    }

    fn is_of(&self, token: &CancelToken) -> bool {
        matches!(self, Self::Running(running) if running.guard.is_of(token))
    }
}

impl ExportTask {
    /// The file as it is told.
    fn name(&self) -> String {
        self.target.path.as_ref().map(|path| clean(&path.display().to_string()).into_owned()).unwrap_or_default()
    }

    /// Looks whether something is in the way, says that it begins where nothing is, and writes it.
    #[must_use]
    pub fn run(&self, begins: impl FnOnce(CancelToken)) -> ExportOutcome {
        let result = self.look().and_then(|()| {
            begins(self.cancel.clone());
            self.write()
        });
        ExportOutcome { of: self.cancel.clone(), result }
    }

    /// What to say where it could not even be ended.
    #[must_use]
    pub fn fault(&self, words: &str) -> ExportOutcome {
        ExportOutcome { of: self.cancel.clone(), result: Err(ExportProblem::Words(fault(words))) }
    }

    fn look(&self) -> Result<(), ExportProblem> {
        let Some(path) = &self.target.path else { return Ok(()) };
        if path.is_dir() {
            return Err(ExportProblem::Words(is_folder(path)));
        }
        let is_source = |read: &ReadFile| read.place.path().is_some_and(|source| same_file(source, path));
        if self.provenance.sources.iter().any(is_source) {
            let problem = tr!("that is the file the data comes from; choose another name");
            return Err(ExportProblem::Words(problem.to_owned()));
        }
        Ok(self.target.check()?)
    }

    fn write(&self) -> Result<String, ExportProblem> {
        let Self { analysis, listing, .. } = self;
        let mut columns = Vec::new();
        for column in &self.columns {
            if self.cancel.is_cancelled() {
                return Err(ListError::Cancelled.into());
            }
            columns.push(Column::of(analysis, *column, &column.name(analysis)));
        }
        let customers = match &self.only {
            // In the order of the list, also those that it does not show.
            Some(only) => {
                let mut all = listing.clone();
                all.list_these(analysis, only.clone());
                all.customers(analysis, 0, usize::MAX)
            }
            None => listing.customers(analysis, 0, usize::MAX),
        };
        // Who moved is told with where they came from.
        let is_of_movers = matches!(listing.selection(), Selection::Moved(..)) && self.only.is_none();
        let before = if is_of_movers { Before::of(analysis) } else { None };
        let list = List { analysis, columns, before, veil: self.veil.clone(), key: None };
        let totals = list.write(&customers, &self.target, &|| self.provenance.clone(), &self.cancel)?;
        let customers = counted(totals.rows, "customer");
        let summed = list.control().map(|place| &list.columns[place]);
        let summed = summed.and_then(|column| Some((column, column.kind.scale()?)));
        let Some((column, scale)) = summed else {
            return Ok(tr!("{customers} written to {file}, with a manifest beside", customers, file = self.name()));
        };
        Ok(tr!(
            "{customers} written to {file}, {column} {sum}, with a manifest beside",
            customers,
            file = self.name(),
            column = head(analysis, column.column),
            sum = money(totals.sum, scale)
        ))
    }
}

impl From<FileError> for ExportProblem {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Exists(path) => Self::Exists(path),
            error => Self::Words(chain(&error)),
        }
    }
}

impl From<ListError> for ExportProblem {
    fn from(error: ListError) -> Self {
        match error {
            ListError::File(error) => error.into(),
            ListError::Changed { place } => Self::Changed(place),
            error => Self::Words(chain(&error)),
        }
    }
}

/// An error with what is behind it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        words = about(words, system::cause(inner));
        source = inner.source();
    }
    words
}

/// Wants what is listed written to a file, or what is marked. Whether the file can be written is looked at in another
/// thread; the line that names it stays until then.
///
/// # Errors
/// A sentence on what to type or do instead.
pub(super) fn want(model: &mut Model, text: &str, marked_only: bool, replace: bool) -> Result<(), String> {
    let path = path_as_typed(text)?;
    let format = Format::of(&path).map_err(|error| error.to_string())?;
    if model.exporting.is_looking() {
        // Enter again, before it is known what is in the way.
        return Ok(());
    }
    if model.exporting.is_running() {
        let key = model.keymap.name_in(Context::Customers, Action::Back);
        return Err(tr!(
            "a list is being written already: wait for it, or leave this line and call it off with {key}",
            key
        ));
    }
    let Some(session) = model.session() else { return Err(tr!("nothing is open").to_owned()) };
    if session.list.is_sorting() {
        return Err(sorting().to_owned());
    }
    if marked_only && session.marks.is_empty() {
        let key = model.keymap.name_of(Action::Marks(MarkAction::One));
        return Err(tr!("nobody is marked: {key} marks the customer under the cursor", key));
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let what = Capture { name, note: None, review_by: None, data: data_part(model, session) };
    let scenario = capture(&session.analysis, &model.catalogue, what).map_err(|error| error.to_string())?.to_toml();
    let listing = session.list.listing.clone();
    let provenance = Provenance {
        sources: session.sources.iter().map(|mapped| ReadFile::from(&mapped.source)).collect(),
        sort: listing.sort().texts(&session.analysis).join(","),
        selection: selection::selection(session, marked_only),
        scenario,
    };
    let task = ExportTask {
        analysis: session.analysis.clone(),
        listing,
        only: marked_only.then(|| session.marks.marked().collect()),
        columns: session.list.columns.all().collect(),
        veil: session.privacy.veil().cloned(),
        target: Target { path: Some(path), force: replace, format },
        provenance,
        cancel: CancelToken::default(),
    };
    model.exporting = Exporting::Wanted(Box::new(task));
    Ok(())
}

/// Whether two paths lead to one file.
pub(super) fn same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// The list that is to be written, once.
pub fn export_wanted(model: &mut Model) -> Option<Arc<ExportTask>> {
    match std::mem::take(&mut model.exporting) {
        Exporting::Wanted(task) => {
            let guard = CancelGuard::of(task.cancel.clone());
            model.exporting = Exporting::Running(Running { name: task.name(), has_begun: false, guard });
            Some(Arc::from(task))
        }
        other => {
            model.exporting = other;
            None
        }
    }
}

/// The line that names the list, while it is looked at what is in its way.
fn line_of(model: &mut Model) -> Option<&mut Prompt> {
    let is_looking = model.exporting.is_looking();
    let is_export = |prompt: &&mut Prompt| matches!(prompt.asked, Asked::ExportListed | Asked::ExportMarked);
    model.prompt().filter(|_| is_looking).filter(is_export)
}

/// Nothing is in the way of a list: the line that names it is done with.
pub fn export_begun(model: &mut Model, token: &CancelToken) {
    if !model.exporting.is_of(token) {
        return;
    }
    if line_of(model).is_some() {
        model.overlay = None;
    }
    if let Exporting::Running(running) = &mut model.exporting {
        running.has_begun = true;
    }
}

/// Forgets a list whose line is changed or left before it is known what is in its way.
pub(super) fn forget_line(model: &mut Model) {
    if line_of(model).is_some() {
        model.exporting.call_off();
    }
}

/// Takes what became of a list. Of one that was called off only that is told that it was there before.
pub fn exported(model: &mut Model, outcome: ExportOutcome) {
    let ExportOutcome { of, result } = outcome;
    if !model.exporting.is_of(&of) {
        if let Ok(words) = result {
            model.say(words);
        }
        return;
    }
    match result {
        Ok(words) => {
            export_begun(model, &of);
            model.say(words);
        }
        Err(problem) => refuse(model, problem),
    }
    model.exporting = Exporting::Nothing;
}

/// Says why a list was not written: on the line that names it, while that is there.
fn refuse(model: &mut Model, problem: ExportProblem) {
    let keymap = Arc::clone(&model.keymap);
    match (line_of(model), problem) {
        (Some(line), problem) => {
            line.replace |= matches!(problem, ExportProblem::Exists(_));
            line.problem = Some(problem.told(&keymap));
        }
        (None, ExportProblem::Exists(path)) => {
            model.complain(tr!("{file} is there already; the list was not written", file = path.display()));
        }
        (None, problem) => model.complain(problem.told(&keymap)),
    }
}
