//! Lists of customers as they are written: from columns of fields to cells, and the manifest of what they are.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use chrono::Utc;
use thiserror::Error;

use super::file::{FileError, Format, Output};
use super::manifest::{Export, Generator, Ids, Manifest, Privacy, Source};
use super::privacy::{Attribute, IdKey};
use super::table::{Cell, Column as Written, Kind};
use super::veil::Veil;
use super::{ExportError, Totals, sink, write};
use crate::data::place::Place;
use crate::data::seen::Seen;
use crate::data::source::Source as Opened;
use crate::data::survey::checksum::sha256;
use crate::engine::analysis::Analysis;
use crate::engine::listing;
use crate::engine::migration::Before;
use crate::engine::table::{Column, Value};
use crate::job::CancelToken;
use crate::model::customers::{Axis, CustomerIndex};
use crate::model::field::FieldKind;
use crate::model::money::{Money, Scale};
use crate::show::system;
use crate::tr;

/// The header of the column of the segments under the baseline.
const BEFORE: &str = "segment_before";

/// A list that is written.
#[derive(Debug)]
pub struct List<'a> {
    /// Whose customers they are.
    pub analysis: &'a Analysis,
    /// The columns in order.
    pub columns: Vec<Column>,
    /// The customers' segments under the baseline, which a column more tells where those that moved are listed.
    pub before: Option<Before<'a>>,
    /// How names, phones, mails and addresses are masked, where they are.
    pub veil: Option<Veil>,
    /// The key that ids are hashed with, where they are.
    pub key: Option<&'a IdKey>,
}

/// Where a list goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file; `None` is the standard output.
    pub path: Option<PathBuf>,
    /// Whether files that are there are written over.
    pub force: bool,
    /// Its form.
    pub format: Format,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// Where it is.
    pub place: Place,
    /// Its length in bytes.
    pub bytes: u64,
    /// How it was seen when it was opened.
    pub seen: Seen,
}

/// What the manifest says of how a list came about.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// The files that were read.
    pub sources: Vec<ReadFile>,
    /// What the list is sorted by, as it is typed.
    pub sort: String,
    /// Who of those that the filter leaves is listed; empty where all are.
    pub selection: String,
    /// The scenario as it is saved.
    pub scenario: String,
}

impl From<&Opened> for ReadFile {
    fn from(source: &Opened) -> Self {
        Self { place: source.place.clone(), bytes: source.bytes, seen: source.seen }
    }
}

impl ReadFile {
    /// A manifest gives the checksum of a file as it is: it must be the one that the list was made from.
    fn is_unchanged(&self) -> Result<(), ListError> {
        if self.seen.is_still(&self.place) {
            return Ok(());
        }
        Err(ListError::Changed { place: self.place.name() })
    }
}

impl Target {
    /// Looks whether the files could be written, without making anything.
    ///
    /// # Errors
    /// Those of [`Output::check`].
    pub fn check(&self) -> Result<(), FileError> {
        let Some(path) = &self.path else { return Ok(()) };
        Output::check(path, self.force)?;
        Output::check(&Manifest::path(path), self.force)
    }
}

/// A list that could not be written.
#[derive(Debug, Error)]
pub enum ListError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// A source that cannot be read again.
    #[error("{}", tr!("{place}: cannot be read again for its checksum: {cause}", place, cause = system::words(source)))]
    Source {
        /// The file.
        place: String,
        /// Why.
        source: std::io::Error,
    },
    /// A source that is not what it was when it was opened.
    #[error("{}", tr!("{place} has changed since it was opened; nothing was written", place))]
    Changed {
        /// The file.
        place: String,
    },
    /// It was called off.
    #[error("{}", tr!("it was called off; nothing was written"))]
    Cancelled,
}

impl<'a> List<'a> {
    /// Writes customers in the order given, and the manifest beside them where they go to a file: both are there in the end,
    /// or neither. What is in the way is told before the work.
    ///
    /// # Errors
    /// [`ListError`] when a file cannot be written, or is there already, when a source has changed, or when it was called off.
    pub fn write(
        &self,
        customers: &[CustomerIndex],
        target: &Target,
        provenance: &dyn Fn() -> Provenance,
        cancel: &CancelToken,
    ) -> Result<Totals, ListError> {
        let open = |path: Option<&Path>| Output::open(path, target.force).map(|out| out.until(cancel));
        let mut out = open(target.path.as_deref())?;
        let beside = target.path.as_deref().map(|path| open(Some(&Manifest::path(path)))).transpose()?;
        let beside = beside.map(|beside| (beside, provenance()));
        if let Some((_, provenance)) = &beside {
            provenance.sources.iter().try_for_each(ReadFile::is_unchanged)?;
        }
        let aside = out.folder();
        let before = self.before.as_ref().map(|_| Written { name: BEFORE.to_owned(), kind: Kind::Text });
        let written: Vec<Written> = self.columns.iter().map(|column| self.written(column)).chain(before).collect();
        let control = self.control();
        let rows = customers.iter().map(|customer| self.row(*customer as usize));
        let done = sink(target.format, &mut out, &aside).and_then(|sink| write(sink, &written, rows, control, cancel));
        let failed = |error: ExportError| {
            if cancel.is_cancelled() { ListError::Cancelled } else { out.failed(error).into() }
        };
        let totals = done.map_err(failed)?;
        let list = out.seal()?;
        let Some((beside, provenance)) = beside else {
            list.put()?;
            return Ok(totals);
        };
        let export = Export::new(list.written(), target.format, &written, totals, control);
        let manifest = self.manifest(export, &provenance, cancel)?.seal(beside)?;
        if cancel.is_cancelled() {
            return Err(ListError::Cancelled);
        }
        list.put_with(manifest)?;
        Ok(totals)
    }

    /// The column whose sum is the control total: net revenue, or else the first of money.
    #[must_use]
    pub fn control(&self) -> Option<usize> {
        let monetary = listing::Column::Axis(Axis::Monetary).field(self.analysis);
        let is_monetary = |column: &Column| column.column.field(self.analysis) == monetary;
        let is_money = |column: &Column| matches!(column.kind, FieldKind::Money(_));
        self.columns.iter().position(is_monetary).or_else(|| self.columns.iter().position(is_money))
    }

    /// The cells of a customer.
    fn row(&self, customer: usize) -> Vec<Cell<'a>> {
        let cell = |column: &Column| match column.value(self.analysis, customer) {
            Value::Missing => Cell::Missing,
            // Kept in hundredths of a percent; written in millionths.
            Value::Number(number) if column.kind == FieldKind::Share => Cell::Int(number.saturating_mul(100)),
            Value::Number(number) => match self.mask(column) {
                Some(attribute) => {
                    let scale = column.kind.scale().unwrap_or(Scale::UNITS);
                    Cell::Text(Cow::Owned(attribute.masked(&Money::new(number, scale).to_string())))
                }
                None => Cell::Int(number),
            },
            Value::Text(text) => Cell::Text(match self.key.filter(|_| column.is_id()) {
                Some(key) => Cow::Owned(key.hash(&text)),
                None => match self.mask(column) {
                    Some(attribute) => Cow::Owned(attribute.masked(&text)),
                    None => text,
                },
            }),
        };
        let before = self.before.as_ref().map(|before| Cell::Text(Cow::Borrowed(before.segment_name(customer))));
        self.columns.iter().map(cell).chain(before).collect()
    }

    /// How a column is masked, where it is.
    fn mask(&self, column: &Column) -> Option<Attribute> {
        self.veil.as_ref().and_then(|veil| veil.mask(column.column))
    }

    /// A column as it is written: a telephone number may be a number like others, and is a text once it is masked.
    fn written(&self, column: &Column) -> Written {
        let written = Written::from(column);
        if self.mask(column).is_some() { Written { kind: Kind::Text, ..written } } else { written }
    }

    /// The manifest, which takes as long as the sources are read for their checksums.
    fn manifest(&self, export: Export, provenance: &Provenance, cancel: &CancelToken) -> Result<Manifest, ListError> {
        let mut sources = Vec::new();
        for read in &provenance.sources {
            let file = read.place.name();
            let sum = sha256(&read.place, || cancel.is_cancelled());
            let sum = sum.map_err(|source| ListError::Source { place: file.clone(), source })?;
            read.is_unchanged()?;
            sources.push(Source { file, bytes: read.bytes, sha256: sum.ok_or(ListError::Cancelled)? });
        }
        let masked = self.veil.is_some();
        let ids = match (self.key, masked) {
            (Some(key), _) => Ids::Hashed { key_fingerprint: key.fingerprint().to_owned() },
            (None, true) => Ids::Masked,
            (None, false) => Ids::Plain,
        };
        Ok(Manifest {
            generator: Generator { name: "tierscope".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            written: Utc::now().to_rfc3339(),
            export,
            sources,
            as_of: self.analysis.measured().as_of().to_string(),
            data_filter: self.analysis.setting().data_filter.to_string(),
            filter: self.analysis.setting().filter.to_string(),
            selection: provenance.selection.clone(),
            sort: provenance.sort.clone(),
            scenario: provenance.scenario.clone(),
            privacy: Privacy { masked, ids },
        })
    }
}

impl From<&Column> for Written {
    fn from(column: &Column) -> Self {
        let kind = match column.kind {
            FieldKind::Count | FieldKind::Days => Kind::Count,
            FieldKind::Number(scale) => Kind::Number(scale),
            FieldKind::Money(scale) => Kind::Money(scale),
            FieldKind::Share => Kind::Share,
            FieldKind::Date => Kind::Date,
            FieldKind::Flag => Kind::Flag,
            FieldKind::Text => Kind::Text,
        };
        Self { name: column.header.clone(), kind }
    }
}
