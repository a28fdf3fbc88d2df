//! The rows behind the customers of an open data set: read once more, behind the screen, when something asks for what only
//! they tell, such as a region or a category.

use super::words::fault;
use crate::tr;
use std::sync::Arc;

use super::action::Asked;
use super::keymap::Keymap;
use super::mapping::loading_again;
use super::model::{Model, Stage};
use super::scenario::show_awaited_list;
use super::session::Session;
use super::update::{ask_again, go_over, go_over_rows};
use crate::data::load::{Request, load};
use crate::engine::analysis::Setting;
use crate::engine::fields::Fields;
use crate::job::{CancelToken, Progress};
use crate::model::customers::Customers;
use crate::model::transactions::Transactions;

/// Rows that are read once more without being asked for, as soon as a filter is typed: a second or two.
const FEW: u64 = 3_000_000;

/// How far the rows are.
#[derive(Debug, Default)]
pub struct Details {
    reading: Reading,
    /// The setting that waits for them.
    waiting: Option<Waiting>,
    /// The line that was typed for it: it comes back where it cannot be taken.
    line: Option<(Asked, String)>,
    /// Rows that were read and could not be taken, and why: a rule speaks of what they do not have.
    refused: Option<(Arc<Transactions>, String)>,
}

/// A setting whose filter speaks of what only rows tell.
#[derive(Debug)]
struct Waiting {
    setting: Setting,
    /// What it does, for the history.
    words: String,
    /// Whether it is that of a scenario's file; else only its filters are waited for, and whatever else is changed meanwhile
    /// stays.
    is_scenario: bool,
}

#[derive(Debug, Default)]
enum Reading {
    /// Nobody asked for them yet.
    #[default]
    Unasked,
    /// They are to be read.
    Asked,
    /// They are being read.
    Running(Running),
    /// They are there, or cannot be had.
    Over,
}

/// A reading that runs; when nobody waits for it any more it is called off.
#[derive(Debug)]
struct Running {
    progress: Arc<Progress>,
    cancel: CancelToken,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

/// Rows to be read; meant for a thread of its own.
#[derive(Debug)]
pub struct DetailTask {
    request: Request,
    customers: Arc<Customers>,
    /// Files that changed have keys to be loaded again by.
    keymap: Arc<Keymap>,
    progress: Arc<Progress>,
    cancel: CancelToken,
}

/// What became of a reading.
#[derive(Debug)]
pub struct DetailOutcome {
    /// Which reading it was, told by its progress.
    progress: Arc<Progress>,
    result: Result<Arc<Transactions>, String>,
}

impl DetailTask {
    /// Reads them.
    #[must_use]
    pub fn run(&self) -> DetailOutcome {
        let read = load(&self.request, &self.progress, &self.cancel).map_err(|error| error.to_string());
        let result = read.and_then(|loaded| match loaded.transactions {
            // Rows of other customers would say something else than the screen does.
            Some(transactions) if *loaded.customers == *self.customers => Ok(transactions),
            _ => {
                let [columns, open] = loading_again(&self.keymap);
                Err(tr!(
                    "the files have changed since they were opened; {columns} and {open} load them again",
                    columns,
                    open
                ))
            }
        });
        DetailOutcome { progress: Arc::clone(&self.progress), result }
    }

    /// What to say where it could not even be ended.
    #[must_use]
    pub fn fault(&self, words: &str) -> DetailOutcome {
        DetailOutcome { progress: Arc::clone(&self.progress), result: Err(fault(words)) }
    }
}

impl Details {
    /// Whether a reading runs.
    #[must_use]
    pub const fn is_reading(&self) -> bool {
        matches!(self.reading, Reading::Asked | Reading::Running(_))
    }

    /// What to say while a filter waits; `None` where none does.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let waiting = self.waiting.as_ref()?;
        let percent = match &self.reading {
            Reading::Running(running) => running.progress.look().percent(),
            _ => 0,
        };
        Some(tr!("reading the rows once more, {percent} %: {words}", percent, words = waiting.words))
    }

    /// How far a reading is, in words; `None` where none runs.
    #[must_use]
    pub fn reading_words(&self) -> Option<String> {
        match &self.reading {
            Reading::Running(running) => {
                Some(tr!("the orders are being read: {percent} %", percent = running.progress.look().percent()))
            }
            Reading::Asked => Some(tr!("the orders are being read").to_owned()),
            Reading::Unasked | Reading::Over => None,
        }
    }

    /// Why the rows that were read could not be taken; `None` where they were, or were not read.
    #[must_use]
    pub fn refused_words(&self) -> Option<&str> {
        self.refused.as_ref().map(|(_, problem)| problem.as_str())
    }

    /// Whether a setting waits for the rows.
    pub(super) const fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Waits for nothing any more; gives what was waited for, in words.
    pub(super) fn forget_waiting(&mut self) -> Option<String> {
        self.waiting.take().map(|waiting| waiting.words)
    }

    /// Remembers the line that was typed for what is waited for.
    pub(super) fn remember_line(&mut self, asked: Asked, text: &str) {
        self.line = self.waiting.is_some().then(|| (asked, text.to_owned()));
    }

    /// Wants the rows, unless they are there, or cannot be had; gives whether they are still to come.
    pub(super) fn ask(&mut self) -> bool {
        if matches!(self.reading, Reading::Unasked) {
            self.reading = Reading::Asked;
        }
        self.is_reading()
    }
}

/// Wants the rows where a filter is about to be typed that may speak of them, and they are soon read.
pub(super) fn expect(model: &mut Model) {
    let Stage::Open(session) = &mut model.stage else { return };
    if session.analysis.fields().transactions().is_none() && session.ledger.read() <= FEW {
        session.details.ask();
    }
}

/// Takes rows that could not be taken before, where the rules allow it by now.
pub(super) fn take_refused(session: &mut Session) {
    let Some((transactions, _)) = session.details.refused.take() else { return };
    if let Err(problem) = session.analysis.take_transactions(Arc::clone(&transactions)) {
        session.details.refused = Some((transactions, session.privacy.told(problem)));
    }
}

/// Keeps a setting until the rows that its filter speaks of are there; `false` where nothing is to be waited for: it asks for
/// no rows, or they are there, or cannot be had.
pub(super) fn wait_for(session: &mut Session, setting: &Setting, words: &str, is_scenario: bool) -> bool {
    let there = session.analysis.fields().transactions().is_some() || matches!(session.details.reading, Reading::Over);
    if there || (setting.data_filter.is_empty() && !Fields::need_transactions(&setting.filter)) {
        return false;
    }
    session.details.ask();
    session.details.line = None;
    session.details.waiting = Some(Waiting { setting: setting.clone(), words: words.to_owned(), is_scenario });
    true
}

/// The reading that the session wants, once.
pub fn details_wanted(model: &mut Model) -> Option<DetailTask> {
    let Stage::Open(session) = &mut model.stage else { return None };
    if !matches!(session.details.reading, Reading::Asked) {
        return None;
    }
    let (progress, cancel) = (Arc::<Progress>::default(), CancelToken::default());
    session.details.reading = Reading::Running(Running { progress: Arc::clone(&progress), cancel: cancel.clone() });
    let request = Request { attributes: Some(Vec::new()), ..model.request.clone() };
    Some(DetailTask {
        request,
        customers: Arc::clone(session.analysis.whole().measured().customers()),
        keymap: Arc::clone(&model.keymap),
        progress,
        cancel,
    })
}

/// Takes what became of a reading; one of another data set is of no interest.
pub fn detailed(model: &mut Model, outcome: DetailOutcome) {
    let Stage::Open(session) = &mut model.stage else { return };
    let Reading::Running(running) = &session.details.reading else { return };
    if !Arc::ptr_eq(&running.progress, &outcome.progress) {
        return;
    }
    session.details.reading = Reading::Over;
    let waiting = session.details.waiting.take();
    match outcome.result {
        Ok(transactions) => {
            // Under a data filter they are there, and the customers are those of some of them.
            if session.analysis.fields().transactions().is_none()
                && let Err(problem) = session.analysis.take_transactions(Arc::clone(&transactions))
            {
                let problem = session.privacy.told(problem);
                session.details.refused = Some((transactions, problem.clone()));
                return model.complain(problem);
            }
            show_awaited_list(session);
            let Some(Waiting { setting, words, is_scenario }) = waiting else { return };
            let present = session.analysis.setting();
            let setting = if is_scenario {
                setting
            } else {
                let (filter, data_filter) = (setting.filter, setting.data_filter);
                Setting { data_filter, filter, ..present.clone() }
            };
            if setting.data_filter != session.analysis.setting().data_filter {
                return if let Err(problem) = go_over_rows(model, setting, &words, is_scenario) {
                    refused(model, problem);
                };
            }
            match go_over(model, setting, &words) {
                Ok(()) if is_scenario => {
                    if let Stage::Open(session) = &mut model.stage {
                        session.take_opening();
                    }
                }
                Ok(()) => {}
                Err(problem) => refused(model, problem),
            }
        }
        Err(problem) => {
            show_awaited_list(session);
            if waiting.is_some() {
                refused(model, tr!("the rows could not be read once more: {problem}", problem));
            }
        }
    }
}

/// What was waited for cannot be: everything stays as it is, the conditions say so, and what was typed can be mended.
fn refused(model: &mut Model, problem: String) {
    let mut line = None;
    if let Stage::Open(session) = &mut model.stage {
        session.forget_opening();
        session.follow_chips();
        line = session.details.line.take();
    }
    match line {
        Some((asked, text)) if model.overlay.is_none() => ask_again(model, asked, text, problem),
        _ => model.complain(problem),
    }
}
