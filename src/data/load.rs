//! Loading a data set: files are opened and mapped, then one thread reads batches while another takes them in.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use thiserror::Error;

use super::batch::Batch;
use super::columns::Proposal;
use super::evidence::Evidence;
use super::intake::{BatchOrigin, Intake};
use super::ledger::Ledger;
use super::mapping::{Mapping, MappingError, WantedColumns, settle};
use super::place::Place;
use super::source::{Source, SourceError, TextOptions};
use crate::job::{CancelToken, Progress};
use crate::model::customers::Customers;
use crate::model::day::Day;
use crate::model::policies::Policies;

/// Batches that may wait between reading and taking in: enough to keep both busy, few enough to bound memory.
const WAITING: usize = 4;

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files, together one data set.
    pub places: Vec<Place>,
    /// How text files are written, where the user says.
    pub text: TextOptions,
    /// Columns that the user gives.
    pub columns: WantedColumns,
    /// What is done with returns, duplicates and the like.
    pub policies: Policies,
    /// The day recency is counted to; rows after it are rejected. `None`: the day after the last kept order.
    pub as_of: Option<Day>,
}

/// A file with the roles of its columns.
#[derive(Clone, Debug)]
pub struct MappedSource {
    /// The file.
    pub source: Source,
    /// The roles.
    pub mapping: Mapping,
    /// Why each column has its role.
    pub evidence: Vec<Evidence>,
}

/// A loaded data set.
#[derive(Debug)]
pub struct Loaded {
    /// Its files.
    pub sources: Vec<MappedSource>,
    /// Its customers.
    pub customers: Customers,
    /// What became of its rows.
    pub ledger: Ledger,
    /// The day recency is counted to.
    pub as_of: Day,
}

/// A file whose columns cannot be told.
#[derive(Debug)]
pub struct Unmapped {
    /// What is missing.
    pub error: MappingError,
    /// The file, for asking on screen.
    pub source: Source,
}

/// A data set that cannot be loaded.
#[derive(Debug, Error)]
pub enum LoadError {
    /// A file that cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Columns that cannot be told.
    #[error("{}", .0.error)]
    Mapping(Box<Unmapped>),
    /// A file that is named twice.
    #[error("{0} is named twice; its rows would count twice")]
    Twice(Place),
    /// A pattern that is none.
    #[error("the pattern `{pattern}` cannot be followed: {problem}")]
    Pattern {
        /// What was given.
        pattern: String,
        /// What is wrong.
        problem: String,
    },
    /// A pattern that no file matches.
    #[error("no file matches `{0}`")]
    NoMatch(String),
    /// All rows were rejected.
    #[error("{file}: no row could be kept of {read} read; {reasons}")]
    NothingKept {
        /// The first file.
        file: String,
        /// Rows read.
        read: u64,
        /// The reasons with their rows and an example.
        reasons: String,
    },
    /// Called off by the user.
    #[error("loading was cancelled")]
    Cancelled,
}

impl Request {
    /// Writes pipes to temporary files, so that they can be read twice: to look at them and to take them in.
    ///
    /// # Errors
    /// [`LoadError::Source`] when a pipe cannot be read, [`LoadError::Cancelled`].
    pub fn spool(&mut self, cancel: &CancelToken) -> Result<(), LoadError> {
        for place in &mut self.places {
            *place = place.clone().spooled(cancel).map_err(|source| {
                let told = SourceError::Io { place: place.clone(), source };
                if cancel.is_cancelled() { LoadError::Cancelled } else { told.into() }
            })?;
        }
        Ok(())
    }
}

/// Loads a data set, whose pipes are [spooled](Request::spool).
///
/// # Errors
/// [`LoadError`] saying what is wrong, where, and what to do; [`LoadError::Cancelled`] soon after the token is.
pub fn load(request: &Request, progress: &Progress, cancel: &CancelToken) -> Result<Loaded, LoadError> {
    let sources = open_all(request, cancel)?;
    progress.set_total(sources.iter().map(|mapped| mapped.source.bytes).sum());
    let mut intake = Intake::new(request.as_of);
    take_in(&sources, &mut intake, progress, cancel)?;
    let (customers, ledger) = intake.finish();
    tracing::info!(read = ledger.read(), kept = ledger.kept(), customers = customers.len(), "loaded");
    match customers.period() {
        Some((_, last)) => Ok(Loaded { as_of: request.as_of.unwrap_or(last + 1), sources, customers, ledger }),
        None => Err(nothing_kept(&sources, &ledger)),
    }
}

/// Opens the files of a request and settles the roles of their columns.
fn open_all(request: &Request, cancel: &CancelToken) -> Result<Vec<MappedSource>, LoadError> {
    let mut sources: Vec<MappedSource> = Vec::new();
    for place in &request.places {
        if cancel.is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        let mut source = Source::open(place, request.text)?;
        let proposal = Proposal::of(&source.columns);
        match settle(&source, &proposal, &request.columns) {
            Ok(mapping) => {
                // Samples have told what they can; those of many files would take more room than their customers.
                source.forget_samples();
                let evidence = Evidence::of(&source, &mapping, &proposal, &request.columns);
                sources.push(MappedSource { source, mapping, evidence });
            }
            Err(error) => return Err(LoadError::Mapping(Box::new(Unmapped { error, source }))),
        }
    }
    Ok(sources)
}

/// Files as they are, patterns such as `sales/*.csv` as the files they match, in name order.
///
/// # Errors
/// [`LoadError::Pattern`], [`LoadError::NoMatch`] and [`LoadError::Twice`].
pub fn expand(files: &[PathBuf]) -> Result<Vec<Place>, LoadError> {
    let mut places = Vec::new();
    for file in files {
        if file.as_os_str() == "-" {
            places.push(Place::File(PathBuf::from("/dev/stdin")));
            continue;
        }
        let text = file.to_string_lossy();
        if file.exists() || !text.contains(['*', '?', '[']) {
            places.push(Place::File(file.clone()));
            continue;
        }
        let matches = glob::glob(&text)
            .map_err(|error| LoadError::Pattern { pattern: text.clone().into_owned(), problem: error.to_string() })?;
        let before = places.len();
        for path in matches {
            let path = path.map_err(|error| LoadError::Pattern {
                pattern: text.clone().into_owned(),
                problem: error.to_string(),
            })?;
            if path.is_file() {
                places.push(Place::File(path));
            }
        }
        if places.len() == before {
            return Err(LoadError::NoMatch(text.into_owned()));
        }
    }
    let mut known = HashSet::new();
    for place in &places {
        let path = place.path().and_then(|path| path.canonicalize().ok());
        if path.is_some_and(|path| path.is_file() && !known.insert(path)) {
            return Err(LoadError::Twice(place.clone()));
        }
    }
    Ok(places)
}

/// A batch on its way, with the number of its source.
type Parcel = Result<(usize, Batch), SourceError>;

fn take_in(
    sources: &[MappedSource],
    intake: &mut Intake,
    progress: &Progress,
    cancel: &CancelToken,
) -> Result<(), LoadError> {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        scope.spawn(move || read_all(sources, &sender, cancel));
        receive_all(sources, &receiver, intake, progress, cancel)
    })
}

/// Reads every source to its end, or until nobody wants more.
fn read_all(sources: &[MappedSource], parcels: &SyncSender<Parcel>, cancel: &CancelToken) {
    for (number, mapped) in sources.iter().enumerate() {
        let mut reader = match mapped.source.reader(&mapped.mapping.columns()) {
            Ok(reader) => reader,
            Err(error) => {
                // A receiver that is gone has an error of its own to tell.
                let _ = parcels.send(Err(error));
                return;
            }
        };
        while let Some(parcel) = reader.next_batch().transpose() {
            let over = parcel.is_err() || cancel.is_cancelled();
            if parcels.send(parcel.map(|batch| (number, batch))).is_err() || over {
                return;
            }
        }
    }
}

fn receive_all(
    sources: &[MappedSource],
    parcels: &Receiver<Parcel>,
    intake: &mut Intake,
    progress: &Progress,
    cancel: &CancelToken,
) -> Result<(), LoadError> {
    let origins: Vec<_> = sources.iter().map(origin).collect();
    let mut before = vec![0; sources.len()];
    for number in 1..sources.len() {
        before[number] = before[number - 1] + sources[number - 1].source.bytes;
    }
    for parcel in parcels {
        let (number, batch) = parcel?;
        if cancel.is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        let (file, names, mapping) = &origins[number];
        intake.take(&batch, &BatchOrigin { file, names, mapping });
        progress.set(intake.ledger().read(), before[number] + batch.bytes_read);
    }
    if cancel.is_cancelled() { Err(LoadError::Cancelled) } else { Ok(()) }
}

fn origin(mapped: &MappedSource) -> (String, Vec<String>, Mapping) {
    let names = mapped.mapping.columns().into_iter().map(|column| mapped.source.columns[column].name.clone());
    (mapped.source.place.name(), names.collect(), mapped.mapping.projected())
}

fn nothing_kept(sources: &[MappedSource], ledger: &Ledger) -> LoadError {
    let reasons = ledger.reasons().into_iter().map(|(reason, rows, examples)| {
        let example = examples.first().map_or_else(String::new, |example| format!(", first {example}"));
        format!("{} ({rows} rows{example})", reason.text())
    });
    LoadError::NothingKept {
        file: sources.first().map(|mapped| mapped.source.place.to_string()).unwrap_or_default(),
        read: ledger.read(),
        reasons: reasons.collect::<Vec<_>>().join("; "),
    }
}
