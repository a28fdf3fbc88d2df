//! The conditions of a filter as chips, each of which can be switched off or turned round alone.

use super::Filter;

/// A condition that stays there while it is switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it asks, before it is turned round.
    pub condition: Filter,
    /// Whether it counts.
    pub on: bool,
    /// Whether it takes everybody else.
    pub negated: bool,
}

impl Chip {
    /// A condition that counts. One that begins with `not` is a negated chip of what follows.
    #[must_use]
    pub fn new(condition: Filter) -> Self {
        match condition {
            Filter::Not(inner) => Self { condition: *inner, on: true, negated: true },
            condition => Self { condition, on: true, negated: false },
        }
    }

    /// What it takes when it is switched on.
    #[must_use]
    pub fn filter(&self) -> Filter {
        let condition = self.condition.clone();
        if self.negated { condition.negated() } else { condition }
    }
}

/// Chips in the order they were added; a customer must meet all that are on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chips {
    chips: Vec<Chip>,
}

impl Chips {
    /// A chip a condition of a filter.
    #[must_use]
    pub fn of(filter: &Filter) -> Self {
        Self { chips: filter.conditions().iter().cloned().map(Chip::new).collect() }
    }

    /// The chips in order.
    #[must_use]
    pub fn all(&self) -> &[Chip] {
        &self.chips
    }

    /// Adds a chip a condition of a filter; one that is there already is switched on instead.
    pub fn add(&mut self, filter: &Filter) {
        for chip in Self::of(filter).chips {
            let same = |known: &&mut Chip| known.condition == chip.condition && known.negated == chip.negated;
            match self.chips.iter_mut().find(same) {
                Some(known) => known.on = true,
                None => self.chips.push(chip),
            }
        }
    }

    /// Switches a chip off or on; one that is not there changes nothing.
    pub fn toggle(&mut self, place: usize) {
        self.change(place, |chip| chip.on = !chip.on);
    }

    /// Turns a chip round, so that it takes everybody else; one that is not there changes nothing.
    pub fn negate(&mut self, place: usize) {
        self.change(place, |chip| chip.negated = !chip.negated);
    }

    /// Takes a chip away; `None` where there is none.
    pub fn remove(&mut self, place: usize) -> Option<Chip> {
        (place < self.chips.len()).then(|| self.chips.remove(place))
    }

    /// What the chips that are on take.
    #[must_use]
    pub fn filter(&self) -> Filter {
        Filter::all_of(self.chips.iter().filter(|chip| chip.on).map(Chip::filter))
    }

    fn change(&mut self, place: usize, change: impl Fn(&mut Chip)) {
        if let Some(chip) = self.chips.get_mut(place) {
            change(chip);
        }
    }
}
