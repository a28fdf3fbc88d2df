//! Lists that are written from the screen: what is listed, or what is marked, as it is shown.

use std::path::PathBuf;
use std::sync::Arc;

use super::list::head;
use super::model::{Model, Stage};
use super::scenario::{data_part, path_as_typed};
use super::session::Session;
use crate::data::place::Place;
use crate::engine::analysis::Analysis;
use crate::engine::listing::{Listing, Selection};
use crate::engine::replay::{Capture, capture};
use crate::engine::table::Column;
use crate::export::file::Format;
use crate::export::list::{List, Provenance, Target};
use crate::export::manifest::Manifest;
use crate::export::veil::Veil;
use crate::job::CancelToken;
use crate::model::customers::CustomerIndex;
use crate::show::numbers::{counted, money};
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

/// What became of it, in words.
pub type ExportOutcome = Result<String, String>;

/// How far a list is that is being written.
#[derive(Debug, Default)]
pub enum Exporting {
    /// None is.
    #[default]
    Nothing,
    /// One is to be written.
    Wanted(Box<ExportTask>),
    /// One is being written to a file of this name; dropped, it is called off.
    Running(String, CancelGuard),
}

/// Calls what runs off when nobody waits for it any more.
#[derive(Debug)]
pub struct CancelGuard(CancelToken);

impl Drop for CancelGuard {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Exporting {
    /// What to say while one is written.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Wanted(task) => Some(format!("writing {} ...", task.name())),
            Self::Running(name, _) => Some(format!("writing {name} ...")),
        }
    }
}

impl ExportTask {
    /// The file as it is told.
    fn name(&self) -> String {
        self.target.path.as_ref().map(|path| clean(&path.display().to_string()).into_owned()).unwrap_or_default()
    }

    /// Writes it.
    ///
    /// # Errors
    /// A sentence on what is in the way.
    pub fn run(&self) -> ExportOutcome {
        let Self { analysis, listing, .. } = self;
        let columns = self.columns.iter().map(|column| Column::of(analysis, *column, &column.name(analysis))).collect();
        let customers = match &self.only {
            // In the order of the list, also those that it does not show.
            Some(only) => {
                let mut all = listing.clone();
                all.list_these(analysis, only.clone());
                all.customers(analysis, 0, usize::MAX)
            }
            None => listing.customers(analysis, 0, usize::MAX),
        };
        let list = List { analysis, columns, veil: self.veil.clone(), key: None };
        let totals = list
            .write(&customers, &self.target, &|| self.provenance.clone(), &self.cancel)
            .map_err(|error| chain(&error))?;
        let rows = counted(totals.rows as i128, "customer");
        let total = list.control().map(|place| &list.columns[place]).and_then(|column| {
            let scale = column.kind.scale()?;
            Some(format!(", {} {}", head(analysis, column.column), money(totals.sum, scale)))
        });
        Ok(format!("{rows} written to {}{}, with a manifest beside", self.name(), total.unwrap_or_default()))
    }
}

/// An error with what is behind it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        words = format!("{words}: {inner}");
        source = inner.source();
    }
    words
}

/// Wants what is listed written to a file, or what is marked.
///
/// # Errors
/// A sentence on what to type instead; [`None`] in it: the file is there already.
pub(super) fn want(model: &mut Model, text: &str, marked_only: bool, replace: bool) -> Result<(), ExportProblem> {
    let path: PathBuf = path_as_typed(text).map_err(ExportProblem::Words)?;
    let format = Format::of(&path).map_err(|error| ExportProblem::Words(error.to_string()))?;
    let in_the_way = [path.clone(), Manifest::path(&path)].into_iter().find(|path| path.exists());
    if let Some(path) = in_the_way.filter(|_| !replace) {
        return Err(ExportProblem::Exists(path));
    }
    let nothing = || ExportProblem::Words("nothing is open".to_owned());
    let scenario = {
        let session = model.session().ok_or_else(nothing)?;
        let is_source = |place: &Place| place.path().is_some_and(|source| same_file(source, &path));
        if session.sources.iter().any(|mapped| is_source(&mapped.source.place)) {
            return Err(ExportProblem::Words("that is the file the data comes from; choose another name".to_owned()));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let what = Capture { name, note: None, review_by: None, data: data_part(model, session) };
        capture(&session.analysis, &model.catalogue, what)
            .map_err(|error| ExportProblem::Words(error.to_string()))?
            .to_toml()
    };
    let Stage::Open(session) = &mut model.stage else { return Err(nothing()) };
    if !matches!(session.exporting, Exporting::Nothing) {
        return Err(ExportProblem::Words("a list is being written already; wait for it".to_owned()));
    }
    if marked_only && session.marks.len() == 0 {
        return Err(ExportProblem::Words("nobody is marked: Space marks the customer under the cursor".to_owned()));
    }
    let sources = session.sources.iter().map(|mapped| (mapped.source.place.clone(), mapped.source.bytes)).collect();
    let listing = session.list.listing.clone();
    let provenance = Provenance {
        sources,
        sort: listing.sort().texts(&session.analysis).join(","),
        selection: selection(session, marked_only),
        scenario,
    };
    session.exporting = Exporting::Wanted(Box::new(ExportTask {
        analysis: session.analysis.clone(),
        listing,
        only: marked_only.then(|| session.marks.marked().collect()),
        columns: session.list.columns.all().collect(),
        veil: session.privacy.veil().cloned(),
        target: Target { path: Some(path), force: replace, format },
        provenance,
        cancel: CancelToken::default(),
    }));
    Ok(())
}

/// Why a list is not written.
#[derive(Debug)]
pub enum ExportProblem {
    /// There is a file already.
    Exists(PathBuf),
    /// Something else, in words.
    Words(String),
}

fn same_file(one: &std::path::Path, other: &std::path::Path) -> bool {
    let real = |path: &std::path::Path| std::fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// Who of those that the filter leaves is written, in words.
fn selection(session: &Session, marked_only: bool) -> String {
    let segment = |segment: usize| session.analysis.scheme().segment_name(segment).to_owned();
    match session.list.listing.selection() {
        _ if marked_only => "marked customers".to_owned(),
        Selection::All => String::new(),
        Selection::These(_) => "marked customers".to_owned(),
        Selection::Segment(number) => format!("segment {}", segment(number)),
        Selection::Cells(pattern) => {
            let scores = pattern.iter().zip(['R', 'F', 'M']);
            let scores = scores.filter_map(|(score, axis)| Some(format!("{axis}{}", (*score)?)));
            format!("scores {}", scores.collect::<Vec<_>>().join(" "))
        }
        Selection::Moved(from, to) => {
            let before = session.analysis.baseline().map_or("", |(setting, _)| setting.scheme.segment_name(from));
            let now = to.map_or_else(|| "elsewhere".to_owned(), segment);
            format!("moved from {before} to {now} since {}", session.baseline_name)
        }
    }
}

/// The list that is to be written, once.
pub fn export_wanted(model: &mut Model) -> Option<Arc<ExportTask>> {
    let Stage::Open(session) = &mut model.stage else { return None };
    match std::mem::take(&mut session.exporting) {
        Exporting::Wanted(task) => {
            session.exporting = Exporting::Running(task.name(), CancelGuard(task.cancel.clone()));
            Some(Arc::from(task))
        }
        other => {
            session.exporting = other;
            None
        }
    }
}

/// Takes what became of a list.
pub fn exported(model: &mut Model, outcome: ExportOutcome) {
    let Stage::Open(session) = &mut model.stage else { return };
    session.exporting = Exporting::Nothing;
    match outcome {
        Ok(words) => model.say(words),
        Err(problem) => model.complain(problem),
    }
}
