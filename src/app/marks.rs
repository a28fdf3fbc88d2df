//! Customers that were marked or noted, and where a review of them stopped.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use crate::model::customers::{CustomerIndex, Customers};
use crate::model::scenario::Review;

/// Customers that are marked at most: more than anybody looks at one by one, and a scenario still holds them.
pub const MOST: usize = 100_000;

/// Marks and notes. They stay with their customers when the data is read otherwise; those of customers that it lacks are
/// kept by their ids.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    marked: BTreeSet<CustomerIndex>,
    notes: BTreeMap<CustomerIndex, String>,
    /// The customer at whom a review stopped.
    stopped_at: Option<CustomerIndex>,
    /// Those of customers that are not there.
    absent: Review,
    /// Changes with every change: what was saved is told from what was not without looking at all of them.
    revision: u64,
}

impl Marks {
    /// The marks of customers by their ids.
    #[must_use]
    pub fn of(by_id: Review, customers: &Customers) -> Self {
        let mut absent = by_id;
        let mut marks = Self::default();
        let wanted: HashSet<&str> =
            absent.marked.iter().chain(absent.notes.keys()).chain(&absent.stopped_at).map(String::as_str).collect();
        if wanted.is_empty() {
            return marks;
        }
        let everybody = (0..customers.len()).into_par_iter();
        let found: Vec<usize> = everybody.filter(|customer| wanted.contains(customers.ids.get(*customer))).collect();
        for customer in found {
            let (id, place) = (customers.ids.get(customer), customer as CustomerIndex);
            if absent.marked.remove(id) {
                marks.marked.insert(place);
            }
            if let Some(note) = absent.notes.remove(id) {
                marks.notes.insert(place, note);
            }
            if absent.stopped_at.as_deref() == Some(id) {
                absent.stopped_at = None;
                marks.stopped_at = Some(place);
            }
        }
        marks.absent = absent;
        marks
    }

    /// The same for customers that took the place of others.
    #[must_use]
    pub fn moved(&self, from: &Customers, to: &Customers) -> Self {
        Self { revision: self.revision, ..Self::of(self.by_id(from), to) }
    }

    /// The same with another revision.
    #[must_use]
    pub fn since(self, revision: u64) -> Self {
        Self { revision, ..self }
    }

    /// A number that is another one after every change.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether there is nothing to be lost.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        !self.has_any() && self.absent == Review::default()
    }

    /// The marks by the customers' ids, also those of customers that are not there.
    #[must_use]
    pub fn by_id(&self, customers: &Customers) -> Review {
        let id = |customer: &CustomerIndex| customers.ids.get(*customer as usize).to_owned();
        let Review { marked, notes, stopped_at } = self.absent.clone();
        Review {
            marked: self.marked.iter().map(id).chain(marked).collect(),
            notes: self.notes.iter().map(|(customer, note)| (id(customer), note.clone())).chain(notes).collect(),
            stopped_at: self.stopped_at.as_ref().map(id).or(stopped_at),
        }
    }

    /// Whether nobody who is there is marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.marked.is_empty()
    }

    /// Whether anybody who is there is marked or noted.
    #[must_use]
    pub fn has_any(&self) -> bool {
        !(self.marked.is_empty() && self.notes.is_empty())
    }

    /// How many are marked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.marked.len()
    }

    /// Marked customers that the data lacks.
    #[must_use]
    pub fn absent(&self) -> usize {
        self.absent.marked.len() + self.absent.notes.len()
    }

    /// Whether a customer is marked.
    #[must_use]
    pub fn has(&self, customer: usize) -> bool {
        self.marked.contains(&(customer as CustomerIndex))
    }

    /// The note on a customer.
    #[must_use]
    pub fn note(&self, customer: usize) -> Option<&str> {
        self.notes.get(&(customer as CustomerIndex)).map(String::as_str)
    }

    /// All who are marked, by position.
    pub fn marked(&self) -> impl Iterator<Item = CustomerIndex> + '_ {
        self.marked.iter().copied()
    }

    /// Marks a customer, or takes the mark away; gives whether they are marked now.
    pub fn toggle(&mut self, customer: usize) -> bool {
        self.revision += 1;
        let customer = customer as CustomerIndex;
        if self.marked.remove(&customer) {
            return false;
        }
        self.marked.insert(customer)
    }

    /// Marks customers.
    pub fn add(&mut self, customers: impl IntoIterator<Item = CustomerIndex>) {
        self.revision += 1;
        self.marked.extend(customers);
    }

    /// Marks those of some customers that are not marked, and takes the marks of the others away.
    pub fn invert(&mut self, customers: impl IntoIterator<Item = CustomerIndex>) {
        for customer in customers {
            self.toggle(customer as usize);
        }
    }

    /// Takes all marks away, also of customers that are not there, and no notes; gives how many there were.
    pub fn clear(&mut self) -> usize {
        self.revision += 1;
        let taken = self.marked.len() + self.absent.marked.len();
        self.marked.clear();
        self.absent.marked.clear();
        taken
    }

    /// Notes something on a customer; an empty text takes the note away.
    pub fn set_note(&mut self, customer: usize, note: &str) {
        self.revision += 1;
        let customer = customer as CustomerIndex;
        if note.is_empty() {
            self.notes.remove(&customer);
        } else {
            self.notes.insert(customer, note.to_owned());
        }
    }

    /// The customer at whom a review stopped.
    #[must_use]
    pub const fn stopped_at(&self) -> Option<CustomerIndex> {
        self.stopped_at
    }

    /// Remembers at whom a review is.
    pub fn stop_at(&mut self, customer: usize) {
        let here = Some(customer as CustomerIndex);
        if self.stopped_at != here {
            self.revision += 1;
            (self.stopped_at, self.absent.stopped_at) = (here, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::customers::{Columns, Figures};

    fn customers(ids: &[&str]) -> Customers {
        let mut columns = Columns::default();
        for id in ids {
            columns.push(id, Figures { orders: 1, days: 1, rows: 1, net: 1, gross: 1, ..Figures::default() });
        }
        columns.pack()
    }

    #[test]
    fn marks_and_notes_stay_with_their_customers() {
        let (before, after) = (customers(&["ann", "bob", "cid"]), customers(&["cid", "dot", "ann"]));
        let mut marks = Marks::default();
        marks.add([0, 1]);
        marks.set_note(2, "call");
        marks.set_note(1, "gone?");
        marks.stop_at(2);
        let moved = Marks::of(marks.by_id(&before), &after);
        assert_eq!((moved.has(2), moved.has(0), moved.len()), (true, false, 1));
        assert_eq!((moved.note(0), moved.stopped_at()), (Some("call"), Some(0)));
        assert_eq!(moved.absent(), 2, "bob's mark and note");
        // Bob comes back with his mark and his note.
        assert_eq!(moved.moved(&after, &before).by_id(&before), marks.by_id(&before));
    }

    #[test]
    fn marks_are_turned_round_and_taken_away() {
        let mut marks = Marks::default();
        assert!(marks.toggle(3));
        marks.invert([2, 3, 4]);
        assert_eq!(marks.marked().collect::<Vec<_>>(), [2, 4]);
        assert!(!marks.toggle(2));
        marks.set_note(4, "a");
        assert_eq!(marks.clear(), 1);
        assert_eq!((marks.len(), marks.note(4)), (0, Some("a")));
        marks.set_note(4, "");
        assert!(!marks.has_any());
    }
}
