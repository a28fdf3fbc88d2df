//! From batches to customers: rows are judged in several threads, brought back into the order of the file, and added to their
//! customers in shards, each with a thread of its own. Memory follows the customers and their orders, not the rows.
//!
//! ```text
//! pieces of files ─> judges (any thread) ─> sequence (in order) ─> shards (by the hash of the customer) ─> customers
//! ```

mod judge;
mod kept;
mod keys;
mod packet;
mod shard;
mod void;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ScopedJoinHandle};

use hashbrown::DefaultHashBuilder;

pub(super) use judge::File;
pub use judge::Rules;

use super::attributes::Attributes;
use super::ledger::{self, Example, Ledger, Reason};
use super::load::{LoadError, MappedSource};
use super::parse::number::Currency;
use super::source::{Piece, SourceError};
use crate::job::{CancelToken, Progress};
use crate::model::customers::{Columns, Customers};
use crate::model::money::{Money, Scale};
use crate::model::packed::Packed;
use crate::model::transactions::{Attribute, Dictionary, Transactions};
use crate::tr;
use judge::{Judge, Judged};
use kept::KeptRows;
use packet::Row;
use shard::{Delivery, Gathered, Shard};

/// Pieces and batches that may wait between threads, for each thread that takes them: enough to keep it busy, few enough to
/// bound memory.
const WAITING: usize = 2;

/// A piece of a file on its way, with its number and that of its file.
type Parcel = Result<(u64, usize, Piece), SourceError>;

/// What was made of files.
#[derive(Debug)]
pub struct TakenIn {
    /// The customers.
    pub customers: Customers,
    /// What became of the rows.
    pub ledger: Ledger,
    /// The kept rows, where they were wanted.
    pub transactions: Option<Transactions>,
}

/// Reads all sources and makes customers of their rows. With attributes the kept rows themselves stay as well.
///
/// # Errors
/// [`LoadError`] of a file that cannot be read further, of amounts in several currencies of which none is chosen, or
/// [`LoadError::Cancelled`] soon after the token is.
pub fn take_in(
    sources: &[MappedSource],
    rules: &Rules,
    attributes: Option<&Attributes>,
    progress: &Progress,
    cancel: &CancelToken,
) -> Result<TakenIn, LoadError> {
    let threads = thread::available_parallelism().map_or(2, usize::from).clamp(1, 16);
    take_in_by(threads, sources, rules, attributes, progress, cancel)
}

/// The same with so many threads that judge, and as many shards.
fn take_in_by(
    threads: usize,
    sources: &[MappedSource],
    rules: &Rules,
    attributes: Option<&Attributes>,
    progress: &Progress,
    cancel: &CancelToken,
) -> Result<TakenIn, LoadError> {
    let of_file = |file: usize| attributes.map_or(&[][..], |attributes| attributes.of_file(file));
    let files: Vec<File> = sources.iter().enumerate().map(|(number, mapped)| mapped.file(of_file(number))).collect();
    let hasher = DefaultHashBuilder::default();
    let judge = Judge {
        files: &files,
        rules,
        hasher: &hasher,
        shards: threads,
        rows: AtomicU64::new(0),
        fault: AtomicBool::new(false),
    };
    let names = Arc::new(files.iter().map(|file| file.name.clone()).collect::<Vec<_>>());
    thread::scope(|scope| {
        let (pieces, to_judge) = sync_channel::<Parcel>(WAITING * threads);
        scope.spawn(move || read_all(sources, of_file, &pieces, cancel));
        let to_judge = Arc::new(Mutex::new(to_judge));
        let (judged, in_turn) = sync_channel(WAITING * threads);
        for _ in 0..threads {
            let (to_judge, judged, judge) = (Arc::clone(&to_judge), judged.clone(), &judge);
            scope.spawn(move || judge_all(judge, &to_judge, &judged, cancel));
        }
        drop((to_judge, judged));
        let (mut senders, mut shards) = (Vec::new(), Vec::new());
        for _ in 0..threads {
            let (sender, deliveries) = sync_channel::<Delivery>(WAITING);
            let kept = attributes.map(|attributes| KeptRows::new(attributes.names.len()));
            let mut shard = Shard::new(rules.policies, Arc::clone(&names), kept);
            senders.push(sender);
            shards.push(scope.spawn(move || {
                for delivery in deliveries {
                    shard.take(&delivery);
                }
                shard
            }));
        }
        let mut sequence = Sequence::new(sources, rules, senders, progress);
        let names = attributes.map_or(0, |attributes| attributes.names.len());
        sequence.dictionaries = (0..names).map(|_| Dictionary::default()).collect();
        let order = sequence.receive_all(&in_turn, cancel);
        // With the senders the shards' work ends; an error is told only when nobody works any more.
        sequence.shards.clear();
        drop(in_turn);
        let Sequence { ledger, scale, decimals, dictionaries, .. } = sequence;
        let shards: Vec<Shard> = shards.into_iter().map(joined).collect();
        order?;
        // Amounts without decimals are whole units; cents were only kept in case some came.
        let needed = if decimals == 0 { Scale::UNITS } else { Scale::new(decimals).max(Scale::CENTS) };
        debug_assert!(needed <= scale || decimals == 0);
        let gathered: Vec<_> =
            shards.into_iter().map(|shard| scope.spawn(move || shard.finish(needed, cancel))).collect();
        let gathered = gathered.into_iter().map(joined).collect();
        if cancel.is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        let taken = merged(gathered, ledger, needed, attributes.map(|attributes| (attributes, dictionaries)));
        // Counted where rows are judged, so that a batch that was lost on its way is missed here.
        let (rows, told) = (judge.rows.load(Ordering::Relaxed), taken.ledger.read());
        if told == rows { Ok(taken) } else { Err(LoadError::Unaccounted { rows, told }) }
    })
}

/// What a thread made. A panic in it goes on in this one, where it is caught and told.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Reads every source to its end, or until nobody wants more.
fn read_all<'a>(
    sources: &[MappedSource],
    attributes: impl Fn(usize) -> &'a [Option<usize>],
    pieces: &SyncSender<Parcel>,
    cancel: &CancelToken,
) {
    let mut number = 0;
    for (file, mapped) in sources.iter().enumerate() {
        let mut reader = match mapped.reader(attributes(file)) {
            Ok(reader) => reader,
            Err(error) => {
                // A receiver that is gone has an error of its own to tell.
                let _ = pieces.send(Err(error));
                return;
            }
        };
        while let Some(piece) = reader.next_piece().transpose() {
            let over = piece.is_err() || cancel.is_cancelled();
            if pieces.send(piece.map(|piece| (number, file, piece))).is_err() || over {
                return;
            }
            number += 1;
        }
    }
}

/// Judges pieces until there are no more.
fn judge_all(
    judge: &Judge<'_>,
    pieces: &Mutex<Receiver<Parcel>>,
    judged: &SyncSender<Result<(u64, Judged), SourceError>>,
    cancel: &CancelToken,
) {
    let fault = Fault(&judge.fault);
    loop {
        // The lock is held while waiting: who waits for it waits for the same.
        let parcel = pieces.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(parcel) = parcel else { return };
        // Without the batch of one that panicked, the others' would only be gathered.
        if cancel.is_cancelled() || fault.is_told() {
            return;
        }
        let done = parcel.map(|(number, file, piece)| (number, judge.judge(file, &piece.into_batch())));
        if judged.send(done).is_err() {
            return;
        }
    }
}

/// Tells all judges when one panics.
struct Fault<'a>(&'a AtomicBool);

impl Fault<'_> {
    fn is_told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Fault<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// Brings judged batches back into the order of the files, and passes them on.
struct Sequence<'a> {
    sources: &'a [MappedSource],
    chosen: Option<Currency>,
    shards: Vec<SyncSender<Delivery>>,
    progress: &'a Progress,
    ledger: Ledger,
    /// Bytes of the files before each.
    before: Vec<u64>,
    /// The scale that all rows so far need.
    scale: Scale,
    /// The most decimals of a kept amount.
    decimals: u8,
    /// Sum of all kept amounts without their signs, in millionths: as long as it fits 64 bits at the scale, every sum of amounts
    /// does.
    magnitude: u128,
    /// The currency that amounts are in, with the file and row where it was met first.
    currency: Option<(Currency, String)>,
    /// The texts of each attribute.
    dictionaries: Vec<Dictionary>,
}

impl<'a> Sequence<'a> {
    fn new(
        sources: &'a [MappedSource],
        rules: &Rules,
        shards: Vec<SyncSender<Delivery>>,
        progress: &'a Progress,
    ) -> Self {
        let mut before = vec![0; sources.len()];
        for number in 1..sources.len() {
            before[number] = before[number - 1] + sources[number - 1].source.bytes;
        }
        Self {
            sources,
            chosen: rules.currency,
            shards,
            progress,
            ledger: Ledger::default(),
            before,
            scale: Scale::CENTS,
            decimals: 0,
            magnitude: 0,
            currency: None,
            dictionaries: Vec::new(),
        }
    }

    fn receive_all(
        &mut self,
        judged: &Receiver<Result<(u64, Judged), SourceError>>,
        cancel: &CancelToken,
    ) -> Result<(), LoadError> {
        let mut early = BTreeMap::new();
        let mut next = 0;
        for done in judged {
            let (number, batch) = done?;
            if cancel.is_cancelled() {
                return Err(LoadError::Cancelled);
            }
            early.insert(number, batch);
            while let Some(batch) = early.remove(&next) {
                self.pass_on(batch, next as u32)?;
                next += 1;
            }
        }
        if cancel.is_cancelled() { Err(LoadError::Cancelled) } else { Ok(()) }
    }

    fn pass_on(&mut self, mut batch: Judged, number: u32) -> Result<(), LoadError> {
        self.one_currency(&batch)?;
        self.bound(&mut batch);
        let Judged { packets, lines, ledger, bytes_read, dictionaries, .. } = batch;
        let file = lines.file;
        let codes = Arc::new(self.codes(&dictionaries));
        self.ledger.merge(ledger);
        self.progress.set(self.ledger.read(), self.before[file] + bytes_read);
        for (shard, packet) in self.shards.iter().zip(packets) {
            if !packet.rows.is_empty() {
                // A shard that is gone has panicked; that is told when it is joined.
                let (lines, codes) = (Arc::clone(&lines), Arc::clone(&codes));
                let _ = shard.send(Delivery { packet, lines, batch: number, scale: self.scale, codes });
            }
        }
        Ok(())
    }

    /// The data set's codes of a batch's.
    fn codes(&mut self, batch: &[Dictionary]) -> Vec<Vec<u32>> {
        let code = |(all, texts): (&mut Dictionary, &Dictionary)| {
            std::iter::once(0).chain(texts.texts().map(|text| all.code(text))).collect()
        };
        self.dictionaries.iter_mut().zip(batch).map(code).collect()
    }

    /// Refuses a second currency, unless one was chosen.
    fn one_currency(&mut self, batch: &Judged) -> Result<(), LoadError> {
        if self.chosen.is_some() {
            return Ok(());
        }
        for (currency, row) in &batch.currencies {
            let place = || tr!("{file} row {row}", file = self.sources[batch.lines.file].source.place.name(), row);
            match &self.currency {
                None => self.currency = Some((*currency, place())),
                Some((known, first)) if known != currency => {
                    return Err(LoadError::Currencies {
                        one: known.code().to_owned(),
                        there: first.clone(),
                        other: currency.code().to_owned(),
                        here: place(),
                    });
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Makes sure that every sum fits, at a scale made finer where amounts need it.
    fn bound(&mut self, batch: &mut Judged) {
        let scale = Scale::new(batch.decimals).max(self.scale);
        let magnitude = self.magnitude + batch.magnitude;
        if fits(magnitude, scale) {
            (self.scale, self.magnitude) = (scale, magnitude);
            self.decimals = self.decimals.max(batch.decimals);
        } else {
            self.bound_each(batch);
        }
    }

    /// The same row by row, in the order of the file: those that are too much are rejected, and add to no sum.
    fn bound_each(&mut self, batch: &mut Judged) {
        let mut rows: Vec<(u32, u8, i64)> = batch
            .packets
            .iter()
            .flat_map(|packet| &packet.rows)
            .map(|row| (row.position, row.decimals, row.amount))
            .collect();
        rows.sort_unstable();
        let mut rejected = Vec::new();
        for (row, decimals, amount) in rows {
            let scale = Scale::new(decimals).max(self.scale);
            let magnitude = self.magnitude + shard::micros(amount, Scale::new(decimals)).unsigned_abs();
            if fits(magnitude, scale) {
                (self.scale, self.magnitude) = (scale, magnitude);
                self.decimals = self.decimals.max(decimals);
            } else {
                rejected.push(row);
            }
        }
        let mut told: Vec<Row> = Vec::new();
        for packet in &mut batch.packets {
            packet.reject(&rejected, |row| told.push(*row));
        }
        // Which shard a row was meant for says nothing of its place in the file.
        told.sort_unstable_by_key(|row| row.position);
        batch.ledger.take_back(Reason::AmountTooLarge, told.len() as u64);
        for row in told.iter().take(ledger::EXAMPLES) {
            let example = Example {
                file: self.sources[batch.lines.file].source.place.name(),
                row: batch.lines.number(row.position),
                column: String::new(),
                text: Money::new(row.amount, Scale::new(row.decimals)).to_string(),
            };
            batch.ledger.exemplify(Reason::AmountTooLarge, example);
        }
    }
}

/// Whether a sum of millionths fits 64 bits at a scale.
fn fits(micros: u128, scale: Scale) -> bool {
    let finer = (Scale::MAX.factor() / scale.factor()).unsigned_abs();
    micros / u128::from(finer) < u128::from(i64::MAX.unsigned_abs())
}

/// All shards' customers in the order of their first row, with the rows themselves where they are wanted.
fn merged(
    mut gathered: Vec<Gathered>,
    mut ledger: Ledger,
    scale: Scale,
    attributes: Option<(&Attributes, Vec<Dictionary>)>,
) -> TakenIn {
    let mut columns = Columns { scale, ..Columns::default() };
    let mut order = Vec::new();
    // Each shard's customers are in that order already.
    let mut next = vec![0; gathered.len()];
    loop {
        let heads = gathered.iter().zip(&next).enumerate();
        let heads = heads.filter_map(|(number, (shard, place))| Some((*shard.seen.get(*place)?, number)));
        let Some((_, number)) = heads.min() else { break };
        let (shard, place) = (&gathered[number], next[number]);
        next[number] += 1;
        if attributes.is_some() {
            order.push((number, place));
        }
        columns.push(shard.ids.get(place), shard.people[place]);
    }
    let transactions = attributes.map(|(attributes, dictionaries)| {
        let kept: Vec<KeptRows> = gathered.iter_mut().map(|shard| shard.kept.take().unwrap_or_default()).collect();
        together(&kept, &order, attributes, &dictionaries)
    });
    let (mut examples, mut spellings) = (Vec::new(), Vec::new());
    for shard in gathered {
        ledger.merge(shard.ledger);
        examples.extend(shard.examples);
        spellings.extend(shard.spellings);
    }
    // The first of the data set, however customers fall into shards.
    examples.sort_by_key(|told| told.at);
    for told in examples {
        ledger.exemplify(told.reason, told.example);
    }
    spellings.sort();
    ledger.identity.respelled_examples = spellings.into_iter().take(shard::EXAMPLES).map(|(_, pair)| pair).collect();
    TakenIn { customers: columns.pack(), ledger, transactions }
}

/// The rows of all shards, in the order of the customers, each by its shard and its place there.
fn together(
    kept: &[KeptRows],
    order: &[(usize, usize)],
    attributes: &Attributes,
    dictionaries: &[Dictionary],
) -> Transactions {
    let mut rows: Vec<(u32, u32)> = Vec::with_capacity(kept.iter().map(|shard| shard.rows.len()).sum());
    let mut transactions = Transactions::default();
    // Orders are numbered on from those of the shards before; their texts follow in that order.
    let mut firsts = Vec::new();
    for shard in kept {
        firsts.push(transactions.order_ids.len() as u32);
        (0..shard.order_ids.len()).for_each(|place| {
            transactions.order_ids.push(shard.order_ids.get(place));
        });
    }
    for (shard, place) in order {
        let ends = &kept[*shard].ends;
        let start = if *place == 0 { 0 } else { ends[*place - 1] };
        rows.extend(kept[*shard].order[start..ends[*place]].iter().map(|row| (*shard as u32, *row)));
        transactions.ends.push(rows.len() as u32);
    }
    let row = |place: usize| kept[rows[place].0 as usize].rows[rows[place].1 as usize];
    transactions.days = Packed::from_fn(rows.len(), |place| row(place).day.0.into());
    transactions.amounts = Packed::from_fn(rows.len(), |place| row(place).amount);
    transactions.orders =
        Packed::from_fn(rows.len(), |place| (firsts[rows[place].0 as usize] + row(place).order).into());
    let is_silent = |place: &u32| row(*place as usize).is_return && row(*place as usize).amount == 0;
    transactions.silent_returns = (0..rows.len() as u32).filter(is_silent).collect();
    for (number, (name, dictionary)) in attributes.names.iter().zip(dictionaries).enumerate() {
        let code = |(shard, row): &(u32, u32)| kept[*shard as usize].codes[number][*row as usize];
        let codes: Vec<u32> = rows.iter().map(code).collect();
        transactions.attributes.push(Attribute::new(name.clone(), dictionary, &codes));
    }
    transactions
}
