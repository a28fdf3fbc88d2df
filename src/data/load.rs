//! Loading a data set: files are opened, the roles and formats of their columns settled, and their rows taken in.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use chrono::Utc;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::attributes::Attributes;
use super::cache::{Slot, Unsaved};
use super::columns::{Proposal, ValueOptions, decided};
use super::evidence::Evidence;
use super::expand::{self, ExpandError};
use super::intake::{self, File, Rules, TakenIn};
use super::ledger::Ledger;
use super::mapping::{Gap, Mapping, MappingError, WantedColumns, settle};
use super::mapping_memory::{Chosen, Memory};
use super::parse::date::{DateDecision, DateEvidence};
use super::parse::number::Currency;
use super::place::Place;
use super::repeated::repeated_totals;
use super::row_print::print_order;
use super::source::{Source, SourceError, SourceReader, TextOptions};
use crate::job::{CancelToken, Progress};
use crate::model::customers::Customers;
use crate::model::day::Day;
use crate::model::policies::Policies;
use crate::model::transactions::Transactions;
use crate::show::list::sentences;
use crate::{lang, tr};

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files, together one data set.
    pub places: Vec<Place>,
    /// What the user named for them: files, folders, patterns. None where nothing was named.
    pub named: Vec<PathBuf>,
    /// How files are written, where the user says.
    pub text: TextOptions,
    /// How values are written, where the user says.
    pub values: ValueOptions,
    /// Columns that the user gives.
    pub columns: WantedColumns,
    /// What is done with returns, duplicates and the like.
    pub policies: Policies,
    /// The currency that counts, where amounts are in several.
    pub currency: Option<Currency>,
    /// The day recency is counted to; rows after it are rejected. `None`: the day after the last kept order.
    pub as_of: Option<Day>,
    /// The attributes that the kept rows themselves are wanted with, by name; none named: those there are. `None`: the
    /// customers are enough.
    pub attributes: Option<Vec<String>>,
    /// The file of remembered mappings; `None`: nothing is remembered.
    pub memory: Option<PathBuf>,
    /// The folder of kept loads; `None`: none is looked for or kept.
    pub cache: Option<PathBuf>,
    /// Whether the files are read though the cache has what they gave.
    pub anew: bool,
}

/// A file with the roles of its columns.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MappedSource {
    /// The file.
    pub source: Source,
    /// The roles.
    pub mapping: Mapping,
    /// Whether all its columns are read, not only those with a role: to tell equal rows.
    pub wide: bool,
    /// Why each column has its role.
    pub evidence: Vec<Evidence>,
    /// What was picked or remembered for it.
    pub chosen: Vec<Chosen>,
    /// Signs that an order's total stands on each of its lines, see [`repeated_totals`].
    pub repeated: Option<(u64, u64)>,
}

/// A loaded data set.
#[derive(Debug)]
pub struct Loaded {
    /// Its files.
    pub sources: Vec<MappedSource>,
    /// Its customers.
    pub customers: Arc<Customers>,
    /// What became of its rows.
    pub ledger: Ledger,
    /// Its kept rows, where they were asked for.
    pub transactions: Option<Arc<Transactions>>,
    /// The day recency is counted to.
    pub as_of: Day,
    /// When the files were read, if this comes from the cache.
    pub kept_since: Option<SystemTime>,
    /// What the cache is to get, once nobody waits for anything else.
    pub unsaved: Option<Unsaved>,
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
    /// Names that stand for no files.
    #[error(transparent)]
    Expand(#[from] ExpandError),
    /// Amounts in several currencies.
    #[error(
        "{}",
        tr!(
            "amounts are in several currencies: {one} ({there}) and {other} ({here}); sums of them mean nothing. Choose one \
             with --currency {one}, the rows of the others are then set aside",
            one,
            there,
            other,
            here,
        )
    )]
    Currencies {
        /// The code of one.
        one: String,
        /// Where it was met.
        there: String,
        /// The code of another.
        other: String,
        /// Where it was met.
        here: String,
    },
    /// All rows were rejected.
    #[error("{}", tr!("{file}: no row could be kept of {read} read; {reasons}", file, read, reasons))]
    NothingKept {
        /// The first file.
        file: String,
        /// Rows read.
        read: u64,
        /// The reasons with their rows and an example.
        reasons: String,
    },
    /// An attribute that no file has.
    #[error("{0}")]
    Attribute(String),
    /// Rows of which nobody knows what became.
    #[error(
        "{}",
        tr!("a fault of the program, not of your data: of {rows} rows, {told} are accounted for", rows, told)
    )]
    Unaccounted {
        /// Rows that were read.
        rows: u64,
        /// Rows that the ledger tells of.
        told: u64,
    },
    /// Called off by the user.
    #[error("{}", tr!("loading was cancelled"))]
    Cancelled,
}

impl Request {
    /// Writes what cannot be read as it is to temporary files: pipes, so that they can be read twice, to look at them and to
    /// take them in; members of archives that are read in leaps.
    ///
    /// # Errors
    /// [`LoadError::Expand`] when one cannot be read, [`LoadError::Cancelled`].
    pub fn spool(&mut self, cancel: &CancelToken) -> Result<(), LoadError> {
        let spooled = expand::spool(&self.places, cancel);
        self.places =
            spooled.map_err(|error| if cancel.is_cancelled() { LoadError::Cancelled } else { error.into() })?;
        Ok(())
    }

    /// What its rows are judged by.
    pub(super) fn rules(&self) -> Rules {
        Rules {
            policies: self.policies,
            as_of: self.as_of,
            today: Some(Utc::now().date_naive().into()),
            zone: self.values.zone,
            currency: self.currency,
        }
    }
}

/// Loads a data set, whose places are [spooled](Request::spool): from the cache where it has what these files give, else
/// from the files.
///
/// # Errors
/// [`LoadError`] saying what is wrong, where, and what to do; [`LoadError::Cancelled`] soon after the token is.
pub fn load(request: &Request, progress: &Progress, cancel: &CancelToken) -> Result<Loaded, LoadError> {
    let (slot, rules, started) = (Slot::of(request), request.rules(), Instant::now());
    // The cache has customers, and not the rows that they were made of.
    let anew = request.anew || request.attributes.is_some();
    if let Some(kept) = slot.as_ref().filter(|_| !anew).and_then(|slot| slot.read(request, rules.today)) {
        let bytes = kept.sources.iter().map(|mapped| mapped.source.bytes).sum();
        progress.set_total(bytes);
        progress.set(kept.ledger.read(), bytes);
        return Ok(kept);
    }
    let mut loaded = read(request, &rules, progress, cancel)?;
    loaded.unsaved = slot.and_then(|slot| slot.unsaved(request, &loaded, rules.today, started.elapsed()));
    Ok(loaded)
}

/// Loads a data set from its files.
fn read(request: &Request, rules: &Rules, progress: &Progress, cancel: &CancelToken) -> Result<Loaded, LoadError> {
    let sources = open_all(request, cancel)?;
    progress.set_total(sources.iter().map(|mapped| mapped.source.bytes).sum());
    let attributes = request.attributes.as_deref().map(|named| Attributes::of(&sources, named)).transpose();
    let attributes = attributes.map_err(LoadError::Attribute)?;
    let taken = intake::take_in(&sources, rules, attributes.as_ref(), progress, cancel)?;
    let TakenIn { customers, mut ledger, transactions } = taken;
    let transactions = transactions.map(Arc::new);
    ledger.repeated_totals = sources.iter().find_map(|mapped| mapped.repeated);
    ledger.undecided_mark = sources.iter().find_map(|mapped| mapped.mapping.undecided.clone());
    tracing::info!(read = ledger.read(), kept = ledger.kept(), customers = customers.len(), "loaded");
    match customers.period() {
        Some((_, last)) => {
            let (as_of, customers) = (request.as_of.unwrap_or(last + 1), Arc::new(customers));
            Ok(Loaded { sources, customers, ledger, transactions, as_of, kept_since: None, unsaved: None })
        }
        None => Err(nothing_kept(&sources, &ledger)),
    }
}

/// Opens the files of a request and settles the roles and formats of their columns.
fn open_all(request: &Request, cancel: &CancelToken) -> Result<Vec<MappedSource>, LoadError> {
    let mut sources: Vec<MappedSource> = Vec::new();
    let memory = Memory::of(request.memory.as_deref());
    for place in &request.places {
        if cancel.is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        let mut source = Source::open(place, &request.text)?;
        let mut wanted = request.columns.of(&source);
        memory.recall(&source, &mut wanted);
        let proposal = Proposal::of_source(&source, &request.values);
        let mapping = match settle(&source, &proposal, &wanted) {
            Ok(mapping) => Mapping { zone: request.values.zone, ..mapping },
            Err(error) => return Err(LoadError::Mapping(Box::new(Unmapped { error, source }))),
        };
        let undecided = !matches!(proposal.profiles[mapping.date].date, DateDecision::Decided { .. });
        let mapping = if undecided { with_dates(&source, mapping, &request.values, cancel)? } else { mapping };
        // Samples have told what they can; those of many files would take more room than their customers.
        let repeated = repeated_totals(&source, &mapping).filter(|_| !request.policies.counts_totals_once());
        source.forget_samples();
        let evidence = Evidence::of(&source, &mapping, &proposal, &wanted);
        let wide = request.policies.drops_duplicates();
        let chosen = wanted.picked(&source);
        sources.push(MappedSource { source, mapping, wide, evidence, chosen, repeated });
    }
    Ok(sources)
}

/// Settles the format of dates that the sample leaves open, by the values of the whole file.
fn with_dates(
    source: &Source,
    mapping: Mapping,
    options: &ValueOptions,
    cancel: &CancelToken,
) -> Result<Mapping, LoadError> {
    let name = &source.columns[mapping.date].name;
    let mut reader = source.reader(&[mapping.date])?;
    let mut dates = DateEvidence::default();
    while let Some(batch) = reader.next_batch()? {
        if cancel.is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        for cells in &batch.columns {
            (0..batch.rows).for_each(|row| dates.observe_cell(cells, row));
        }
        if dates.is_settled() {
            break;
        }
    }
    match decided(&dates, name, options) {
        DateDecision::Decided { format, .. } => Ok(Mapping { date_format: format, ..mapping }),
        DateDecision::None => Ok(mapping),
        DateDecision::Ambiguous { example, .. } => {
            let error = MappingError::new(source, vec![Gap::DayOrMonth(name.clone(), example)]);
            Err(LoadError::Mapping(Box::new(Unmapped { error, source: source.clone() })))
        }
    }
}

impl MappedSource {
    /// The columns that are read, some attributes among them.
    fn columns(&self, attributes: &[Option<usize>]) -> Vec<usize> {
        // All of them in the order of the rows' prints, which is the order they are taken in.
        let mut columns = if self.wide { print_order(&self.source, &self.mapping) } else { Vec::new() };
        for column in self.mapping.read_columns().into_iter().chain(attributes.iter().copied().flatten()) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }

    /// A reader over the columns that are read, with some attributes.
    pub(super) fn reader(&self, attributes: &[Option<usize>]) -> Result<SourceReader, SourceError> {
        self.source.reader(&self.columns(attributes))
    }

    /// The file as its rows are judged, with some attributes.
    pub(super) fn file(&self, attributes: &[Option<usize>]) -> File {
        let columns = self.columns(attributes);
        // What is behind all columns has no name.
        let name = |column: &usize| self.source.columns.get(*column).map(|column| column.name.clone());
        let names = columns.iter().map(|column| name(column).unwrap_or_default()).collect();
        let attributes = attributes.iter().map(|wanted| columns.iter().position(|column| Some(*column) == *wanted));
        File {
            name: self.source.place.name(),
            columns: names,
            mapping: self.mapping.projected(&columns),
            attributes: attributes.collect(),
        }
    }
}

fn nothing_kept(sources: &[MappedSource], ledger: &Ledger) -> LoadError {
    let reasons = ledger.reasons().into_iter().map(|(reason, rows, examples)| {
        let reason = lang::text(reason.text());
        match examples.first() {
            None => tr!("{reason} ({rows} rows)", reason, rows),
            Some(example) => tr!("{reason} ({rows} rows, first {example})", reason, rows, example),
        }
    });
    LoadError::NothingKept {
        file: sources.first().map(|mapped| mapped.source.place.to_string()).unwrap_or_default(),
        read: ledger.read(),
        reasons: sentences(&reasons.collect::<Vec<_>>()),
    }
}
