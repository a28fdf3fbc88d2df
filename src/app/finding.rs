//! Looking for customers while a part of an id or a name is typed: what is looked for, and where it was found.

use std::sync::Arc;

use super::find::{Finder, Found, Mode, Texts};
use super::model::{Model, Stage};
use super::session::{Panel, Session};
use crate::engine::analysis::Analysis;
use crate::engine::fields::Field;
use crate::engine::filter::Mask;
use crate::engine::listing::Column;
use crate::export::privacy::Attribute;
use crate::job::CancelToken;
use crate::model::customers::{CustomerIndex, Customers};
use crate::model::transactions::{Rule, Transactions};
use crate::show::numbers::{count, counted};

/// Customers that are kept of those found.
const MOST: usize = 200;

/// What is looked for, and what was found of it.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    /// What was found last, the best first.
    pub found: Vec<CustomerIndex>,
    /// How many there are in all.
    pub matches: u64,
    /// Whether letters may stand between those that were typed.
    pub is_fuzzy: bool,
    /// The one under the cursor, from 0.
    pub cursor: usize,
    /// What was typed.
    typed: String,
    /// Whether it is still to be looked for.
    is_wanted: bool,
    /// The search that runs.
    running: Option<CancelToken>,
    /// Where the list was, to be gone back to.
    from: Option<(usize, usize)>,
}

/// A search; meant for a thread of its own.
#[derive(Debug)]
pub struct FindTask {
    typed: String,
    customers: Arc<Customers>,
    names: Option<Names>,
    mask: Option<Arc<Mask>>,
    cancel: CancelToken,
}

/// The names that stand for customers.
#[derive(Debug)]
struct Names {
    transactions: Arc<Transactions>,
    number: u16,
}

/// What became of a search.
#[derive(Debug)]
pub struct FindOutcome {
    typed: String,
    is_fuzzy: bool,
    /// `None`: called off.
    found: Option<Found>,
}

/// The names of an attribute's values.
struct Values<'a>(&'a crate::model::transactions::Attribute);

impl Texts for Values<'_> {
    fn count(&self) -> usize {
        self.0.values()
    }

    fn text(&self, place: usize) -> &str {
        self.0.text(place as u32 + 1)
    }
}

impl FindTask {
    /// Looks for what was typed: as it is, and where nobody has that, with letters between.
    #[must_use]
    pub fn run(&self) -> FindOutcome {
        let literal = self.find(Mode::Literal);
        let none = literal.as_ref().is_some_and(|found| found.matches == 0);
        let (found, is_fuzzy) = if none { (self.find(Mode::Fuzzy), true) } else { (literal, false) };
        FindOutcome { typed: self.typed.clone(), is_fuzzy, found }
    }

    fn find(&self, mode: Mode) -> Option<Found> {
        let Some(finder) = Finder::new(&self.typed, mode) else { return Some(Found::default()) };
        let left = |customer: usize| self.mask.as_ref().is_none_or(|mask| mask.has(customer));
        let rank = |customer: usize| left(customer).then_some(customer as u32);
        let mut found = finder.find(&self.customers.ids, rank, MOST, &self.cancel)?;
        let Some(Names { transactions, number }) = &self.names else { return Some(found) };
        let attribute = &transactions.attributes()[usize::from(*number)];
        let values = Values(attribute);
        // All names that fit, for as many customers as there are.
        let names = finder.find(&values, |place| Some(place as u32), values.count(), &self.cancel)?;
        if names.places.is_empty() {
            return Some(found);
        }
        let mut fits = vec![false; values.count() + 1];
        for place in names.places {
            fits[place + 1] = true;
        }
        for customer in (0..self.customers.len()).filter(|customer| left(*customer)) {
            if transactions.of(customer).any(|row| fits[attribute.code(row) as usize]) {
                // Whose id fits was counted already.
                if finder.finds(self.customers.ids.get(customer)) {
                    continue;
                }
                found.matches += 1;
                if found.places.len() < MOST {
                    found.places.push(customer);
                }
            }
        }
        Some(found)
    }

    /// What to say where it could not even be ended.
    #[must_use]
    pub fn fault(&self) -> FindOutcome {
        FindOutcome { typed: self.typed.clone(), is_fuzzy: false, found: Some(Found::default()) }
    }
}

/// The attribute of the rows that names customers.
fn names(analysis: &Analysis) -> Option<Names> {
    let transactions = analysis.fields().transactions()?;
    let is_name = |attribute: &crate::model::transactions::Attribute| {
        attribute.scale().is_none() && Attribute::of(&attribute.name, std::iter::empty()) == Attribute::Name
    };
    let number = transactions.attributes().iter().position(is_name)?;
    Some(Names { transactions: Arc::clone(transactions), number: u16::try_from(number).ok()? })
}

/// The column of the names, where there is one.
#[must_use]
pub fn name_column(analysis: &Analysis) -> Option<Column> {
    names(analysis).map(|names| Column::Field(Field::Attribute(names.number, Rule::Most)))
}

impl Finding {
    /// Begins to look for somebody from a place of the list.
    pub(super) fn begin(session: &mut Session) {
        let from = Some((session.list.cursor, session.list.offset));
        session.finding = Self { from, ..Self::default() };
    }

    /// Looks for what is typed now.
    pub(super) fn want(&mut self, typed: &str) {
        if let Some(running) = self.running.take() {
            running.cancel();
        }
        typed.clone_into(&mut self.typed);
        self.is_wanted = !typed.trim().is_empty();
        if !self.is_wanted {
            (self.found, self.matches, self.cursor) = (Vec::new(), 0, 0);
        }
    }

    /// Whether a search is still on its way.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.is_wanted || self.running.is_some()
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
    let finding = &mut session.finding;
    let found = finding.found.len();
    if found == 0 {
        return model.complain("nobody was looked for yet: / finds a customer");
    }
    finding.cursor = (finding.cursor + if back { found - 1 } else { 1 }) % found;
    go(model, true);
}

/// Goes to the one found that is under the cursor, and says which it is.
pub(super) fn go(model: &mut Model, is_told: bool) {
    let page = model.page;
    let Stage::Open(session) = &mut model.stage else { return };
    let Finding { found, matches, cursor, .. } = &session.finding;
    let Some(customer) = found.get(*cursor) else { return };
    let words = format!("{} of {} found; n the next, N the one before", cursor + 1, count(*matches));
    // The order that is being sorted for has no places yet.
    session.list.forget_first();
    match session.list.listing.place_of(&session.analysis, *customer) {
        Some(place) => {
            session.list.jump(place, page);
            session.panel = Panel::Customers;
            if is_told {
                model.say(words);
            }
        }
        None if is_told => model.complain("found, but not in this list: Esc lists all customers"),
        None => {}
    }
}

/// Leaves the list where it was before somebody was looked for.
pub(super) fn leave(session: &mut Session, page: usize) {
    if let Some((cursor, offset)) = session.finding.from.take() {
        session.list.offset = offset;
        session.list.go(cursor, page);
    }
    session.finding.want("");
}

/// The search that the session wants, once.
pub fn find_wanted(model: &mut Model) -> Option<FindTask> {
    let Stage::Open(session) = &mut model.stage else { return None };
    if !session.finding.is_wanted {
        return None;
    }
    let cancel = CancelToken::default();
    session.finding.is_wanted = false;
    session.finding.running = Some(cancel.clone());
    let analysis = &session.analysis;
    Some(FindTask {
        typed: session.finding.typed.clone(),
        customers: Arc::clone(analysis.measured().customers()),
        names: names(analysis),
        mask: analysis.population().mask.clone(),
        cancel,
    })
}

/// Takes what was found; of what is not looked for any more nothing is taken.
pub fn found(model: &mut Model, outcome: FindOutcome) {
    let Stage::Open(session) = &mut model.stage else { return };
    let finding = &mut session.finding;
    if finding.typed != outcome.typed {
        return;
    }
    let Some(found) = outcome.found else { return };
    finding.running = None;
    finding.found = found.places.into_iter().map(|place| place as CustomerIndex).collect();
    (finding.matches, finding.is_fuzzy, finding.cursor) = (found.matches, outcome.is_fuzzy, 0);
    let is_told = model.overlay.is_none();
    go(model, is_told);
}

/// How many were found, in words.
#[must_use]
pub fn words(finding: &Finding) -> String {
    if finding.is_running() {
        return "looking ...".to_owned();
    }
    let how = if finding.is_fuzzy { ", with letters between" } else { "" };
    match finding.matches {
        0 if finding.typed.trim().is_empty() => "a part of an id or a name; ↑↓ choose, Enter goes there".to_owned(),
        0 => "nobody has that in the id or the name".to_owned(),
        matches => format!("{} found{how}; ↑↓ choose", counted(matches, "customer")),
    }
}
