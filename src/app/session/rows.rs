//! Going over to the customers of other rows: a wish, the work for it in another thread, and its taking the place of what
//! is open. The newest wish is the one that counts; until it is met, the screen shows what it did.

use crate::app::words::about;
use crate::tr;
use std::sync::Arc;

use super::{Selection, Session};
use crate::app::work::Work;
use crate::engine::analysis::{Analysis, Setting};
use crate::engine::data_filter::Taken;
use crate::engine::listing::{Listing, Sort};
use crate::model::filter::Filter;
use crate::show::numbers::{count, counted};

/// A setting with another data filter that is being gone over to.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    setting: Setting,
    /// What it does, for the history.
    words: String,
    what: What,
}

/// Where a wish comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// A data filter that was typed: whatever else is changed meanwhile stays.
    Filter,
    /// A scenario's file.
    Scenario,
    /// The history: so many steps are to hold.
    Walk(usize),
}

/// What going over to other rows needs; meant for a thread of its own.
#[derive(Clone, Debug)]
pub struct RowsRequest {
    from: Analysis,
    /// The one that was left last, if it has the rows that are wanted.
    parked: Option<Arc<Analysis>>,
    setting: Setting,
}

/// What came of it.
#[derive(Debug)]
pub struct RowsOutcome {
    /// The data filter it was for.
    filter: Arc<Filter>,
    result: Result<Analysis, String>,
}

impl RowsRequest {
    /// Makes the customers of the rows, and scores them.
    #[must_use]
    pub fn build(&self) -> RowsOutcome {
        let Self { from, parked, setting } = self;
        let mut analysis = parked.as_deref().unwrap_or(from).clone();
        let applied = analysis.apply(setting.clone()).and_then(|()| Ok(analysis.compare(baseline(from))?));
        let result = applied.map(|()| analysis).map_err(|error| error.to_string());
        RowsOutcome { filter: Arc::clone(&setting.data_filter), result }
    }
}

/// What an analysis is compared with.
fn baseline(analysis: &Analysis) -> Option<Arc<Setting>> {
    analysis.baseline().map(|(setting, _)| Arc::clone(setting))
}

impl Session {
    /// Wants the customers of other rows, by a data filter that was typed or by that of a scenario's file.
    pub fn wish_rows(&mut self, setting: Setting, words: &str, is_scenario: bool) {
        let what = if is_scenario { What::Scenario } else { What::Filter };
        self.next_rows = Some(Wish { setting, words: words.to_owned(), what });
    }

    /// Wants nothing of the kind any more, but for a step of the history; gives what was wanted, in words.
    pub fn forget_rows(&mut self) -> Option<String> {
        let is_new = |wish: &mut Wish| !matches!(wish.what, What::Walk(_));
        self.next_rows.take_if(is_new).map(|wish| wish.words)
    }

    /// Whether customers of other rows are wanted that no step of the history leads to.
    pub(super) const fn wishes_rows(&self) -> bool {
        matches!(self.next_rows, Some(Wish { what: What::Filter | What::Scenario, .. }))
    }

    /// Whether the customers of other rows are wanted.
    #[must_use]
    pub const fn waits_for_rows(&self) -> bool {
        self.next_rows.is_some()
    }

    /// What to say while they are being counted.
    #[must_use]
    pub fn rows_words(&self) -> Option<String> {
        self.next_rows.as_ref().map(|wish| tr!("counting the customers of these rows: {words}", words = wish.words))
    }

    /// How many steps hold, or are about to.
    pub(super) fn walked(&self) -> usize {
        match self.next_rows {
            Some(Wish { what: What::Walk(held), .. }) => held,
            _ => self.history.held(),
        }
    }

    /// Wants the setting of a number of steps, which has other rows.
    pub(super) fn walk_rows(&mut self, held: usize, setting: Setting) {
        let (now, steps) = (self.history.held(), self.history.steps());
        let step = |step: usize| steps.get(step).map_or("", |step| step.words.as_str());
        let words = match held {
            held if held + 1 == now => tr!("undone: {words}", words = step(held)),
            held if held == now + 1 => tr!("done again: {words}", words = step(now)),
            steps => tr!("history" | "step {steps}", steps),
        };
        self.next_rows = Some(Wish { setting, words, what: What::Walk(held) });
    }

    /// Stays where it is: whatever is done is newer than a step that is still being gone to.
    pub fn stop_walking(&mut self) {
        if matches!(self.next_rows, Some(Wish { what: What::Walk(_), .. })) {
            self.next_rows = None;
        }
    }

    pub(super) fn rows_wanted(&self) -> Option<Work> {
        let Wish { setting, .. } = self.next_rows.as_ref()?;
        let has_rows = |parked: &&Arc<Analysis>| parked.setting().data_filter == setting.data_filter;
        let parked = self.parked.as_ref().filter(has_rows).map(Arc::clone);
        let request = RowsRequest { from: self.analysis.clone(), parked, setting: setting.clone() };
        Some(Work::Rows(Box::new(request)))
    }

    /// Takes the customers of other rows in; gives what was done, in words. Those of a wish that is gone are passed over.
    ///
    /// # Errors
    /// A sentence on why they cannot be had.
    pub fn take_rows(&mut self, outcome: RowsOutcome) -> Result<Option<String>, String> {
        let is_for = |wish: &mut Wish| wish.setting.data_filter == outcome.filter;
        let Some(wish) = self.next_rows.take_if(is_for) else { return Ok(None) };
        let mut analysis = outcome.result.map_err(|problem| about(&wish.words, problem))?;
        let present = self.analysis.setting();
        let setting = match wish.what {
            What::Filter => Setting { data_filter: Arc::clone(&wish.setting.data_filter), ..present.clone() },
            What::Scenario | What::Walk(_) => wish.setting,
        };
        if setting != *analysis.setting() {
            analysis.apply(setting.clone()).map_err(|error| about(&wish.words, error))?;
        }
        // Another baseline may have been chosen meanwhile.
        if baseline(&analysis) != baseline(&self.analysis) {
            analysis.compare(baseline(&self.analysis)).map_err(|error| error.to_string())?;
        }
        analysis.succeed(&self.analysis);
        let before = self.analysis.summary().clone();
        let left = std::mem::replace(&mut self.analysis, analysis);
        match wish.what {
            What::Walk(held) => self.history.go(held),
            What::Filter | What::Scenario => self.history.note(setting, before, wish.words.clone(), None),
        }
        self.look_anew(&left);
        if wish.what == What::Scenario {
            self.take_opening();
        }
        // The customers of all rows are kept by every other analysis; of the others one, for the way back.
        if left.taken().is_some() {
            self.parked = Some(Arc::new(left));
        }
        let told = self.analysis.taken().map_or_else(
            || {
                let customers = counted(self.analysis.customers().len() as i128, "customer");
                tr!("all rows count, of {customers}", customers)
            },
            told,
        );
        Ok(Some(about(wish.words, told)))
    }

    /// Looks at customers that took the place of others.
    fn look_anew(&mut self, left: &Analysis) {
        self.goal = None;
        self.next_measure = None;
        self.heat.clamp(&self.analysis);
        self.cut.clamp(&self.analysis);
        self.tiers.cursor = self.tiers.cursor.min(self.analysis.map().shown().saturating_sub(1));
        let (sort, selection) = (self.list.listing.sort(), self.list.listing.selection());
        let selection = self.renumbered(selection, left.scheme());
        // Marks stay with their customers, also those that are not among them now.
        self.marks = self.marks.moved(left.customers(), self.analysis.customers());
        self.stamp = Arc::default();
        self.follow_chips();
        self.list.follow_rules(&left.setting().rules, &self.analysis);
        self.finding.anew();
        self.list.listing = Listing::new(&self.analysis, Sort::default(), selection);
        self.list.forget_first();
        (self.list.anchor, self.list.sums) = (None, None);
        match selection {
            Selection::Moved(..) => self.select(Selection::All),
            Selection::These(_) => self.list_marked(),
            Selection::All | Selection::Cells(_) | Selection::Segment(_) => {}
        }
        self.sort_list(sort);
        self.list.to_top();
        // A key may come before the next frame makes the rows anew.
        self.list.rows.clear();
    }
}

/// What a data filter takes, in words.
fn told(Taken { rows, customers, .. }: &Taken) -> String {
    tr!(
        "{taken_rows} of {rows} and {taken_customers} of {customers}",
        taken_rows = count(rows.taken),
        rows = counted(rows.of, "row"),
        taken_customers = count(customers.taken),
        customers = counted(customers.of, "customer")
    )
}
