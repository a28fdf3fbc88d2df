//! A survey of a data set: one pass over whole files with all their columns, for what loading does not ask. It is made when
//! somebody looks at the quality of the data, not before: it reads the files once more and keeps a digest of every row.

pub(crate) mod checksum;
mod column;
mod days;
mod likeness;
mod orders;
mod reading;
mod rows;

use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::SystemTime;

use thiserror::Error;

use super::batch::{Batch, Cells};
use super::kind::{Kind, TextShape};
use super::ledger::Example;
use super::load::MappedSource;
use super::mapping::widths;
use super::place::Place;
use super::row_print::print_order;
use super::source::SourceError;
use crate::job::{CancelToken, Progress};
use crate::model::customers::TextArena;
use crate::tr;

pub use column::{ColumnSurvey, MOST_DISTINCT};
pub use days::{Days, Gap, Quiet};
pub use likeness::Likeness;
pub use orders::{Conflicts, MOST_ORDERS};
pub use rows::Duplicates;

use column::ColumnCount;
use orders::{Differs, OrderCheck, OrderRow};
use rows::Seen;

/// Batches that may wait between reading and counting.
const WAITING: usize = 2;

/// Cells counted between two looks at the cancel token: a few milliseconds.
const STRETCH: usize = 65_536;

/// What one file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSurvey {
    /// Rows, whole or not.
    pub rows: u64,
    /// Rows that could not be taken apart into columns.
    pub unreadable: u64,
    /// Rows with fewer cells than its header; `None` where the file cannot have such.
    pub narrow: Option<u64>,
    /// Rows with more cells than its header; `None` where the file cannot have such.
    pub wide: Option<u64>,
    /// Its columns.
    pub columns: Vec<ColumnSurvey>,
    /// The SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// When it was last written to; `None` for what is no file.
    pub modified: Option<SystemTime>,
}

/// What all files of a data set hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Each file, in their order.
    pub sources: Vec<SourceSurvey>,
    /// Rows that are the same as an earlier one, of whichever file.
    pub duplicates: Duplicates,
    /// Orders that contradict themselves; `None` without an order column, or with more than [`MOST_ORDERS`].
    pub conflicts: Option<Conflicts>,
    /// The days that rows are dated, whether the rows were kept or not.
    pub days: Days,
    /// Customers that may be one.
    pub likeness: Likeness,
}

/// A survey that was not finished.
#[derive(Debug, Error)]
pub enum SurveyError {
    /// A file that cannot be read any more.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Called off.
    #[error("{}", tr!("counting was cancelled"))]
    Cancelled,
}

/// Surveys the files of a loaded data set and the ids of its customers. Memory grows by 20 to 40 bytes a row while it runs.
///
/// # Errors
/// [`SurveyError::Source`] when a file cannot be read any more, [`SurveyError::Cancelled`] soon after the token is.
pub fn survey(
    sources: &[MappedSource],
    ids: &TextArena,
    progress: &Progress,
    cancel: &CancelToken,
) -> Result<Survey, SurveyError> {
    progress.set_total(sources.iter().map(|mapped| mapped.source.bytes).sum());
    let mut pass = Pass::default();
    let mut surveys = Vec::with_capacity(sources.len());
    let mut before = 0;
    for mapped in sources {
        surveys.push(survey_source(mapped, &mut pass, (progress, before), cancel)?);
        before += mapped.source.bytes;
    }
    let likeness = Likeness::of(ids, cancel).ok_or(SurveyError::Cancelled)?;
    Ok(Survey {
        sources: surveys,
        duplicates: pass.seen.finish(),
        conflicts: pass.orders.finish().filter(|_| sources.iter().any(|mapped| mapped.mapping.order.is_some())),
        days: pass.days,
        likeness,
    })
}

/// What is counted over all files.
#[derive(Default)]
struct Pass {
    seen: Seen,
    orders: OrderCheck,
    days: Days,
    rows: u64,
}

/// Reads a file in one thread, digests its bytes in another, and counts in this one.
fn survey_source(
    mapped: &MappedSource,
    pass: &mut Pass,
    (progress, before): (&Progress, u64),
    cancel: &CancelToken,
) -> Result<SourceSurvey, SurveyError> {
    let place = &mapped.source.place;
    let mut count = SourceCount::of(mapped);
    let failed = CancelToken::default();
    thread::scope(|scope| {
        let (sender, batches) = sync_channel(WAITING);
        let positions = count.positions();
        scope.spawn(move || read(mapped, &positions, &sender));
        let digest = scope.spawn(|| checksum::sha256(place, || cancel.is_cancelled() || failed.is_cancelled()));
        let counted = receive(&batches, &mut count, pass, (progress, before), cancel);
        // A reader that waits for room finds nobody there and stops.
        drop(batches);
        if counted.is_err() {
            // Whatever is wrong, nobody waits for the digest.
            failed.cancel();
        }
        // A panic goes on in this thread, where it is caught and told.
        let digest = digest.join().unwrap_or_else(|panic| resume_unwind(panic));
        counted?;
        let digest = digest.map_err(|source| SourceError::Io { place: place.clone(), source })?;
        count.survey.sha256 = digest.ok_or(SurveyError::Cancelled)?;
        Ok(())
    })
    .map(|()| count.finish(place))
}

/// A batch on its way.
type Parcel = Result<Batch, SourceError>;

fn read(mapped: &MappedSource, positions: &[usize], parcels: &SyncSender<Parcel>) {
    let mut reader = match mapped.source.reader(positions) {
        Ok(reader) => reader,
        Err(error) => {
            // A receiver that is gone has an error of its own to tell.
            let _ = parcels.send(Err(error));
            return;
        }
    };
    while let Some(parcel) = reader.next_batch().transpose() {
        let over = parcel.is_err();
        if parcels.send(parcel).is_err() || over {
            return;
        }
    }
}

fn receive(
    batches: &Receiver<Parcel>,
    count: &mut SourceCount<'_>,
    pass: &mut Pass,
    (progress, before): (&Progress, u64),
    cancel: &CancelToken,
) -> Result<(), SurveyError> {
    for batch in batches {
        let batch = batch?;
        count.survey.unreadable += batch.unreadable.len() as u64;
        let stretch = (STRETCH / batch.columns.len().max(1)).max(1);
        for start in (0..batch.rows).step_by(stretch) {
            if cancel.is_cancelled() {
                return Err(SurveyError::Cancelled);
            }
            count.take(&batch, start..batch.rows.min(start + stretch), pass);
        }
        pass.rows += batch.rows as u64;
        progress.set(pass.rows, before + batch.bytes_read);
    }
    if cancel.is_cancelled() { Err(SurveyError::Cancelled) } else { Ok(()) }
}

/// Counts one file.
struct SourceCount<'a> {
    mapped: &'a MappedSource,
    name: String,
    columns: Vec<ColumnCount>,
    /// Whether rows may have other numbers of cells, so that one more is asked for than there are columns.
    ragged: bool,
    /// The file's own columns that the header names, or all of them where there is none: the first rows may be wider.
    width: usize,
    /// The file's own columns.
    own: usize,
    /// The order in which columns are compared between files.
    order: Vec<usize>,
    survey: SourceSurvey,
}

impl<'a> SourceCount<'a> {
    fn of(mapped: &'a MappedSource) -> Self {
        let MappedSource { source, mapping, .. } = mapped;
        let format = |column: usize| (column == mapping.date).then_some(mapping.date_format);
        let columns = source.columns.iter().enumerate();
        let ragged = matches!(source.kind, Kind::Text { shape: TextShape::Delimited(_) | TextShape::Blanks, .. });
        let none = ragged.then_some(0);
        Self {
            mapped,
            name: source.place.name(),
            columns: columns.map(|(at, column)| ColumnCount::new(&column.name, format(at))).collect(),
            ragged,
            width: widths(source).1,
            own: source.own_columns(),
            order: print_order(source, mapping),
            survey: SourceSurvey { narrow: none, wide: none, ..SourceSurvey::default() },
        }
    }

    /// The columns to read: all, and one beyond, which only a row with too many cells has.
    fn positions(&self) -> Vec<usize> {
        (0..self.columns.len() + usize::from(self.ragged)).collect()
    }

    fn take(&mut self, batch: &Batch, rows: Range<usize>, pass: &mut Pass) {
        for (count, cells) in self.columns.iter_mut().zip(&batch.columns) {
            count.take(cells, rows.clone());
        }
        for row in rows {
            self.survey.rows += 1;
            self.width(batch, row);
            pass.seen.take(batch, &self.order, row, &self.name);
            self.row(batch, row, pass);
        }
    }

    /// Notes a row of another width than the header's: its last cell is not there, or one beyond holds something.
    fn width(&mut self, batch: &Batch, row: usize) {
        let (Some(narrow), Some(wide)) = (&mut self.survey.narrow, &mut self.survey.wide) else { return };
        let cell = |cells: &Cells| match cells {
            Cells::Text(texts) => texts.get(row).map(|cell| !cell.trim_ascii().is_empty()),
            _ => None,
        };
        // What folders say stands between the file's own columns and the one beyond.
        let mut beyond = batch.columns[self.width..self.own].iter().chain(&batch.columns[self.columns.len()..]);
        *narrow += u64::from(batch.columns[..self.width].last().is_some_and(|cells| cell(cells).is_none()));
        *wide += u64::from(beyond.any(|cells| cell(cells) == Some(true)));
    }

    /// Notes a row's day, and whether its order contradicts itself.
    fn row(&self, batch: &Batch, row: usize, pass: &mut Pass) {
        let mapping = &self.mapped.mapping;
        let day = reading::day(&batch.columns[mapping.date], row, mapping.date_format, mapping.zone);
        if let Some(day) = day {
            pass.days.add(day);
        }
        let Some(column) = mapping.order else { return };
        let Some(order) = reading::id(&batch.columns[column], row) else { return };
        let customer = reading::id(&batch.columns[mapping.customer], row);
        pass.orders.take(&OrderRow { order: &order, customer: customer.as_deref(), day }, |differs| Example {
            file: self.name.clone(),
            row: batch.row_number(row),
            column: self.mapped.source.columns[match differs {
                Differs::Customer => mapping.customer,
                Differs::Day => mapping.date,
            }]
            .name
            .clone(),
            text: column::shown(&batch.columns[column].text(row)),
        });
    }

    fn finish(mut self, place: &Place) -> SourceSurvey {
        self.survey.columns = self.columns.into_iter().map(ColumnCount::finish).collect();
        self.survey.modified = modified(place);
        self.survey
    }
}

/// When a file was last written to. What a pipe held was written when it was read, which says nothing.
fn modified(place: &Place) -> Option<SystemTime> {
    match place {
        Place::Spooled { .. } => None,
        _ => std::fs::metadata(place.path()?).and_then(|metadata| metadata.modified()).ok(),
    }
}

#[cfg(test)]
mod tests;
