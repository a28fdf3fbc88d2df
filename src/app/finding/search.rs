//! The search itself, for a thread of its own: ids first, then the names that stand on the rows.

use std::sync::Arc;

use rayon::prelude::*;

use super::super::find::{Finder, Found, Mode, Texts};
use super::Hits;
use crate::engine::analysis::Analysis;
use crate::engine::filter::Mask;
use crate::export::privacy;
use crate::job::{CancelGuard, CancelToken};
use crate::model::customers::{CustomerIndex, Customers};
use crate::model::transactions::{Attribute, Transactions};

/// Customers that are kept of those found.
const MOST: usize = 200;

/// Customers whose rows are looked at between two looks at the token.
const STRETCH: usize = 1 << 14;

/// A search; meant for a thread of its own.
#[derive(Debug)]
pub struct FindTask {
    typed: String,
    customers: Arc<Customers>,
    /// The rows, and the number of their attribute that names customers.
    names: Option<(Arc<Transactions>, usize)>,
    mask: Option<Arc<Mask>>,
    cancel: CancelToken,
}

/// What became of a search.
#[derive(Debug)]
pub struct FindOutcome {
    is_fuzzy: bool,
    /// `None`: called off.
    found: Option<Found>,
    /// What called the search off: it tells which one it was.
    of: CancelToken,
}

impl FindOutcome {
    /// Whether it is that of the search that is waited for.
    pub(super) fn is_of(&self, running: &CancelGuard) -> bool {
        running.is_of(&self.of)
    }

    /// Who was found; `None` where the search was called off.
    pub(super) fn hits(self) -> Option<Hits> {
        let Found { places, matches } = self.found?;
        let customers = places.into_iter().map(|place| place as CustomerIndex).collect();
        Some(Hits { customers, matches, is_fuzzy: self.is_fuzzy, cursor: 0 })
    }
}

/// The texts of an attribute.
struct Values<'a>(&'a Attribute);

impl Texts for Values<'_> {
    fn count(&self) -> usize {
        self.0.values()
    }

    fn text(&self, place: usize) -> &str {
        self.0.text(place as u32 + 1)
    }
}

impl FindTask {
    /// A search for what is typed, among those that the filter leaves.
    pub(super) fn of(analysis: &Analysis, typed: &str, cancel: CancelToken) -> Self {
        Self {
            typed: typed.to_owned(),
            customers: Arc::clone(analysis.measured().customers()),
            names: names(analysis).map(|(transactions, number)| (Arc::clone(transactions), number)),
            mask: analysis.population().mask.clone(),
            cancel,
        }
    }

    /// Looks for what was typed: as it is, and where nobody has that, with letters between.
    #[must_use]
    pub fn run(&self) -> FindOutcome {
        let literal = self.find(Mode::Literal);
        let none = literal.as_ref().is_some_and(|found| found.matches == 0);
        let (found, is_fuzzy) = if none { (self.find(Mode::Fuzzy), true) } else { (literal, false) };
        FindOutcome { is_fuzzy, found, of: self.cancel.clone() }
    }

    fn find(&self, mode: Mode) -> Option<Found> {
        let Some(finder) = Finder::new(&self.typed, mode) else { return Some(Found::default()) };
        let left = |customer: usize| self.mask.as_ref().is_none_or(|mask| mask.has(customer));
        let rank = |customer: usize| left(customer).then_some(customer as u32);
        let mut found = finder.find(&self.customers.ids, rank, MOST, &self.cancel)?;
        let Some((transactions, number)) = &self.names else { return Some(found) };
        let attribute = &transactions.attributes()[*number];
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
        let is_named = |customer: usize| {
            left(customer)
                && transactions.of(customer).any(|row| fits[attribute.code(row) as usize])
                // Whose id fits was counted already.
                && !finder.finds(self.customers.ids.get(customer))
        };
        let room = MOST.saturating_sub(found.places.len());
        let named = first_of(self.customers.len(), is_named, room, &self.cancel)?;
        found.matches += named.matches;
        found.places.extend(named.places);
        Some(found)
    }

    /// What to say where it could not even be ended.
    #[must_use]
    pub fn fault(&self) -> FindOutcome {
        FindOutcome { is_fuzzy: false, found: Some(Found::default()), of: self.cancel.clone() }
    }
}

/// The first places, at most so many, of which something holds, and of how many it does; `None` when it was called off.
fn first_of(count: usize, holds: impl Fn(usize) -> bool + Sync, most: usize, cancel: &CancelToken) -> Option<Found> {
    let stretch = |number: usize| {
        let mut found = Found::default();
        if cancel.is_cancelled() {
            return found;
        }
        for place in (number * STRETCH..((number + 1) * STRETCH).min(count)).filter(|place| holds(*place)) {
            found.matches += 1;
            if found.places.len() < most {
                found.places.push(place);
            }
        }
        found
    };
    // Stretches are put together in their order, whichever is done first.
    let joined = |mut one: Found, other: Found| {
        one.matches += other.matches;
        let room = most.saturating_sub(one.places.len());
        one.places.extend(other.places.into_iter().take(room));
        one
    };
    let found = (0..count.div_ceil(STRETCH)).into_par_iter().map(stretch).reduce(Found::default, joined);
    (!cancel.is_cancelled()).then_some(found)
}

/// The rows, where they are there, and the number of their attribute that names customers.
pub(super) fn names(analysis: &Analysis) -> Option<(&Arc<Transactions>, usize)> {
    let transactions = analysis.fields().transactions()?;
    let is_name = |attribute: &Attribute| {
        let kind = privacy::Attribute::of(&attribute.name, std::iter::empty());
        attribute.scale().is_none() && kind == privacy::Attribute::Name
    };
    Some((transactions, transactions.attributes().iter().position(is_name)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_given_in_order_and_all_counted() {
        let cancel = CancelToken::default();
        for count in [0, 1, STRETCH, 5 * STRETCH + 3] {
            let found = first_of(count, |place| place % 1_000 == 7, 9, &cancel);
            let all: Vec<usize> = (0..count).filter(|place| place % 1_000 == 7).collect();
            let expected = Found { places: all.iter().copied().take(9).collect(), matches: all.len() as u64 };
            assert_eq!(found, Some(expected), "{count}");
        }
        assert_eq!(first_of(9, |_| true, 0, &cancel), Some(Found { places: Vec::new(), matches: 9 }));
    }

    #[test]
    fn it_stops_soon_after_it_is_called_off() {
        let (cancel, asked) = (CancelToken::default(), std::sync::atomic::AtomicUsize::new(0));
        let holds = |_| {
            asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            cancel.cancel();
            true
        };
        assert_eq!(first_of(100_000 * STRETCH, holds, 9, &cancel), None);
        // A stretch that was begun is gone through; each thread has at most one.
        let most = rayon::current_num_threads() * STRETCH;
        assert!(asked.into_inner() <= most, "more than {most}");
    }
}
