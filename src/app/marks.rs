//! Customers that were marked or noted, and where a review of them stopped.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::customers::{CustomerIndex, Customers};
use crate::model::scenario::Review;

/// Marks and notes. They stay with their customers when the data is read otherwise; those of customers that it lacks are
/// kept by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    marked: BTreeSet<CustomerIndex>,
    notes: BTreeMap<CustomerIndex, String>,
    /// The customer at whom a review stopped.
    stopped_at: Option<CustomerIndex>,
    /// Those of customers that are not there.
    absent: Review,
}

impl Marks {
    /// The marks of customers by their ids.
    #[must_use]
    pub fn of(by_id: Review, customers: &Customers) -> Self {
        let Review { mut marked, mut notes, mut stopped_at } = by_id;
        let mut marks = Self::default();
        let wanted = marked.len() + notes.len() + usize::from(stopped_at.is_some());
        if wanted > 0 {
            for customer in 0..customers.len() {
                let (id, place) = (customers.ids.get(customer), customer as CustomerIndex);
                if marked.remove(id) {
                    marks.marked.insert(place);
                }
                if let Some(note) = notes.remove(id) {
                    marks.notes.insert(place, note);
                }
                if stopped_at.as_deref() == Some(id) {
                    stopped_at = None;
                    marks.stopped_at = Some(place);
                }
            }
        }
        marks.absent = Review { marked, notes, stopped_at };
        marks
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

    /// Whether nobody who is there is marked or noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.marked.is_empty() && self.notes.is_empty()
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
        let customer = customer as CustomerIndex;
        if self.marked.remove(&customer) {
            return false;
        }
        self.marked.insert(customer)
    }

    /// Marks customers.
    pub fn add(&mut self, customers: impl IntoIterator<Item = CustomerIndex>) {
        self.marked.extend(customers);
    }

    /// Marks those of some customers that are not marked, and takes the marks of the others away.
    pub fn invert(&mut self, customers: impl IntoIterator<Item = CustomerIndex>) {
        for customer in customers {
            self.toggle(customer as usize);
        }
    }

    /// Takes all marks away, and no notes.
    pub fn clear(&mut self) {
        self.marked.clear();
        self.absent.marked.clear();
    }

    /// Notes something on a customer; an empty text takes the note away.
    pub fn set_note(&mut self, customer: usize, note: &str) {
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
        self.stopped_at = Some(customer as CustomerIndex);
        self.absent.stopped_at = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::customers::Columns;
    use crate::model::day::Day;

    fn customers(ids: &[&str]) -> Customers {
        let mut columns = Columns::default();
        for id in ids {
            columns.ids.push(id);
            columns.first_order.push(Day(0));
            columns.last_order.push(Day(0));
            columns.orders.push(1);
            columns.days.push(1);
            columns.rows.push(1);
            columns.net.push(1);
            columns.gross.push(1);
            columns.largest_order.push(1);
            columns.gap.push(0);
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
        assert_eq!(Marks::of(moved.by_id(&after), &before), marks);
    }

    #[test]
    fn marks_are_turned_round_and_taken_away() {
        let mut marks = Marks::default();
        assert!(marks.toggle(3));
        marks.invert([2, 3, 4]);
        assert_eq!(marks.marked().collect::<Vec<_>>(), [2, 4]);
        assert!(!marks.toggle(2));
        marks.set_note(4, "a");
        marks.clear();
        assert_eq!((marks.len(), marks.note(4)), (0, Some("a")));
        marks.set_note(4, "");
        assert!(marks.is_empty());
    }
}
