//! Looking for customers while a part of an id or a name is typed: what is looked for, and who was found.

mod search;

use super::action::{Action, Direction};
use super::context::Context;
use super::keymap::Keymap;
use super::model::{Model, Stage};
use super::session::{Panel, Session};
use crate::engine::fields::Field;
use crate::job::{CancelGuard, CancelToken};
use crate::model::customers::CustomerIndex;
use crate::model::transactions::ValueRule;
use crate::show::numbers::{count, counted};
use crate::tr;

pub use search::{FindOutcome, FindTask};

/// What is looked for, and who was found.
#[derive(Debug, Default)]
pub struct Finding {
    /// Who was found last.
    pub hits: Hits,
    /// What was typed.
    typed: String,
    /// Whether it is still to be looked for.
    is_wanted: bool,
    /// The search that runs. There is one at a time: one that was called off is waited for before the next one begins.
    running: Option<CancelGuard>,
    /// What Esc goes back to, while the line is typed.
    from: Option<From>,
}

/// Customers that were found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The first of them, the best first.
    pub customers: Vec<CustomerIndex>,
    /// How many there are in all.
    pub matches: u64,
    /// Whether letters may stand between those that were typed.
    pub is_fuzzy: bool,
    /// The one under the cursor, from 0.
    pub cursor: usize,
}

/// What was there before somebody was looked for.
#[derive(Debug)]
struct From {
    panel: Panel,
    cursor: usize,
    offset: usize,
    hits: Hits,
}

impl Finding {
    /// Begins to look for somebody from a place of the list.
    pub(super) fn begin(session: &mut Session) {
        let (panel, cursor, offset) = (session.panel, session.list.cursor, session.list.offset);
        let finding = &mut session.finding;
        finding.stop();
        let hits = std::mem::take(&mut finding.hits);
        finding.from = Some(From { panel, cursor, offset, hits });
    }

    /// Looks for nobody any more.
    fn stop(&mut self) {
        if let Some(running) = &self.running {
            running.cancel();
        }
        self.is_wanted = false;
        self.typed.clear();
    }

    /// Looks for what is typed now.
    pub(super) fn want(&mut self, typed: &str) {
        self.stop();
        typed.clone_into(&mut self.typed);
        self.is_wanted = !typed.trim().is_empty();
        if !self.is_wanted {
            self.hits = Hits::default();
        }
    }

    /// Forgets who was found, since others are open now; what is typed is looked for among them.
    pub(super) fn anew(&mut self) {
        let typed = std::mem::take(&mut self.typed);
        let from = self.from.take().map(|from| From { hits: Hits::default(), ..from });
        *self = Self { from, ..Self::default() };
        if self.from.is_some() {
            self.want(&typed);
        }
    }

    /// Whether a search is still on its way whose outcome counts.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.is_wanted || self.running.as_ref().is_some_and(|running| !running.is_cancelled())
    }

    /// What was typed.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }
}

/// Goes to the next of those found, or the one before, round and round.
pub(super) fn step(model: &mut Model, back: bool) {
    let Stage::Open(session) = &mut model.stage else { return };
    let hits = &mut session.finding.hits;
    let found = hits.customers.len();
    if found == 0 {
        return;
    }
    hits.cursor = (hits.cursor + if back { found - 1 } else { 1 }) % found;
    go(model, true);
}

/// Goes to the one found that is under the cursor, and says which it is.
pub(super) fn go(model: &mut Model, is_told: bool) {
    let page = model.page;
    let Stage::Open(session) = &mut model.stage else { return };
    // Until Enter, the first rows of an order that is being sorted for stay: it has no places yet to go to.
    if !is_told && session.list.is_sorting() {
        return;
    }
    let Hits { customers, matches, cursor, is_fuzzy } = &session.finding.hits;
    let Some(customer) = customers.get(*cursor) else {
        if is_told {
            model.complain(nobody());
        }
        return;
    };
    let (place, found) = (cursor + 1, count(*matches));
    let [next, last] = [Direction::Down, Direction::Up].map(|way| session.keymap.name_of(Action::NextFound(way)));
    let words = if *is_fuzzy {
        tr!(
            "{place} of {found} found, the closest first; {next} the next, {last} the one before",
            place,
            found,
            next,
            last
        )
    } else {
        tr!(
            "{place} of {found} found, as the files have them; {next} the next, {last} the one before",
            place,
            found,
            next,
            last
        )
    };
    session.list.forget_first();
    match session.list.listing.place_of(&session.analysis, *customer) {
        Some(place) => {
            session.list.jump(place, page);
            session.panel = Panel::Customers;
            if is_told {
                model.say(words);
            }
        }
        None if is_told => {
            let key = session.keymap.name_in(Context::Customers, Action::Back);
            model.complain(tr!("found, but not in this list: {key} lists all customers", key));
        }
        None => {}
    }
}

/// Takes the line: goes to the one found, now or as soon as the search is over. An empty line looks for nobody.
pub(super) fn take(model: &mut Model) {
    let page = model.page;
    let Stage::Open(session) = &mut model.stage else { return };
    if session.finding.typed.trim().is_empty() {
        return leave(session, page);
    }
    session.finding.from = None;
    if !session.finding.is_running() {
        go(model, true);
    }
}

/// Leaves everything as it was before somebody was looked for.
pub(super) fn leave(session: &mut Session, page: usize) {
    session.finding.stop();
    if let Some(From { panel, cursor, offset, hits }) = session.finding.from.take() {
        session.panel = panel;
        session.finding.hits = hits;
        session.list.offset = offset;
        session.list.go(cursor, page);
    }
}

/// The search that the session wants, once.
pub fn find_wanted(model: &mut Model) -> Option<FindTask> {
    let Stage::Open(session) = &mut model.stage else { return None };
    if !session.finding.is_wanted || session.finding.running.is_some() {
        return None;
    }
    let cancel = CancelToken::default();
    session.finding.is_wanted = false;
    session.finding.running = Some(CancelGuard::of(cancel.clone()));
    Some(FindTask::of(&session.analysis, &session.finding.typed, cancel))
}

/// Takes who was found. Of a search that was called off, or that was made among other customers, nobody is taken.
pub fn found(model: &mut Model, outcome: FindOutcome) {
    let Stage::Open(session) = &mut model.stage else { return };
    let finding = &mut session.finding;
    let Some(running) = finding.running.take_if(|running| outcome.is_of(running)) else { return };
    if running.is_cancelled() {
        return;
    }
    let Some(hits) = outcome.hits() else { return };
    finding.hits = hits;
    let is_told = model.overlay.is_none();
    go(model, is_told);
}

/// What to say where nobody was found.
fn nobody() -> &'static str {
    tr!("nobody has that in the id or the name")
}

/// How many were found, in words.
#[must_use]
pub fn words(finding: &Finding, keymap: &Keymap) -> String {
    if finding.is_running() {
        return tr!("looking ...").to_owned();
    }
    match finding.hits.matches {
        0 if finding.typed.trim().is_empty() => {
            let key = keymap.name_in(Context::Prompt, Action::Select);
            tr!("a part of an id or a name; ↑↓ choose, {key} goes there", key)
        }
        0 => nobody().to_owned(),
        matches => {
            let customers = counted(matches, "customer");
            if finding.hits.is_fuzzy {
                tr!("{customers} found, with letters between; ↑↓ choose", customers)
            } else {
                tr!("{customers} found; ↑↓ choose", customers)
            }
        }
    }
}

/// The name of a customer as it may be shown, where the rows are there and name somebody: the one on the last row that has
/// one. It is made safe where it is drawn.
#[must_use]
pub fn name_of(session: &Session, customer: usize) -> Option<String> {
    let (transactions, number) = search::names(&session.analysis)?;
    let attribute = &transactions.attributes()[number];
    let code = transactions.of(customer).rev().map(|row| attribute.code(row)).find(|code| *code != 0)?;
    Some(session.shown(Field::Attribute(u16::try_from(number).ok()?, ValueRule::Last), attribute.text(code)))
}
