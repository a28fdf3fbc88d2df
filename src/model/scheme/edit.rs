//! Editing a scheme: cells go from segment to segment, segments are named, added and put in another order.
//!
//! An edited scheme names the cells of each segment one by one, for the bins it is edited at: what belonged to whom before
//! does not change by another order of the rules.

use std::collections::BTreeSet;

use super::axes::AxisPlan;
use super::file::MOST_SEGMENTS;
use super::{Cell, NO_SEGMENT, Rule, Scheme, SchemeError, Segment, cell_at};
use crate::model::customers::Axis;
use crate::show::text::clean;
use crate::tr;

/// What is added to the name of a scheme that is edited, until it is written as one of the user's own.
pub const EDITED: &str = "-edited";

impl Scheme {
    /// The same segments with their cells one by one, under a name of its own.
    ///
    /// # Errors
    /// [`SchemeError::Bins`] for bins that it is not written for.
    pub fn explicit(&self, bins: [usize; 3]) -> Result<Self, SchemeError> {
        let map = self.compile(bins)?;
        let mut explicit = self.clone();
        for (number, segment) in explicit.segments.iter_mut().enumerate() {
            let own = (0..map.cells()).filter(|cell| map.segment(*cell) == number);
            segment.rule = Rule::Cells(own.map(|cell| cell_at(bins, cell)).collect());
        }
        if !explicit.name.ends_with(EDITED) {
            explicit.name.push_str(EDITED);
        }
        for axis in Axis::ALL {
            let plan: &mut AxisPlan = explicit.axes.of_mut(axis);
            plan.bins = Some(bins[axis.index()]);
        }
        Ok(explicit)
    }

    /// Gives cells to a segment, by its number.
    ///
    /// # Errors
    /// [`SchemeError::Bins`] for bins that it is not written for.
    pub fn give(&self, cells: &[Cell], to: usize, bins: [usize; 3]) -> Result<Self, SchemeError> {
        let mut edited = self.explicit(bins)?;
        for (number, segment) in edited.segments.iter_mut().enumerate() {
            let Rule::Cells(own) = &mut segment.rule else { continue };
            if number == to {
                own.extend(cells);
            } else {
                own.retain(|cell| !cells.contains(cell));
            }
        }
        Ok(edited)
    }

    /// The same with a segment more, at the end, without cells; gives its number too.
    ///
    /// # Errors
    /// [`SchemeError::Twice`] for a name that there is, [`SchemeError::TooMany`] beyond 200, [`SchemeError::Bins`] for bins it is not written for.
    pub fn with_segment(&self, name: &str, bins: [usize; 3]) -> Result<(Self, usize), SchemeError> {
        let name = self.free_name(name, None)?;
        if self.segments.len() >= MOST_SEGMENTS {
            return Err(SchemeError::TooMany(self.name.clone()));
        }
        let mut edited = self.explicit(bins)?;
        edited.segments.push(Segment { name, also: None, rule: Rule::Cells(BTreeSet::new()) });
        let number = edited.segments.len() - 1;
        Ok((edited, number))
    }

    /// The same with another name for a segment, by its number.
    ///
    /// # Errors
    /// [`SchemeError::Twice`] for a name that another segment has, [`SchemeError::Bins`] for bins it is not written for.
    pub fn with_name(&self, segment: usize, name: &str, bins: [usize; 3]) -> Result<Self, SchemeError> {
        let name = self.free_name(name, Some(segment))?;
        let mut edited = self.explicit(bins)?;
        if let Some(segment) = edited.segments.get_mut(segment) {
            segment.name = name;
            // A translation of the old name is none of the new one.
            segment.also = None;
        }
        Ok(edited)
    }

    /// The same with two segments changed round.
    ///
    /// # Errors
    /// [`SchemeError::Bins`] for bins it is not written for.
    pub fn with_swapped(&self, a: usize, b: usize, bins: [usize; 3]) -> Result<Self, SchemeError> {
        let mut edited = self.explicit(bins)?;
        if a.max(b) < edited.segments.len() {
            edited.segments.swap(a, b);
        }
        Ok(edited)
    }

    /// A name as it may be kept, when no segment but one has it.
    fn free_name(&self, name: &str, but: Option<usize>) -> Result<String, SchemeError> {
        let name = clean(name.trim()).into_owned();
        let taken = self.segments.iter().enumerate().any(|(number, known)| Some(number) != but && known.name == name);
        if name.is_empty() {
            return Err(SchemeError::Syntax(tr!("a segment needs a name").to_owned()));
        }
        if name == NO_SEGMENT {
            return Err(SchemeError::Reserved);
        }
        if taken { Err(SchemeError::Twice { scheme: self.name.clone(), segment: name }) } else { Ok(name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scheme::cell_index;

    const BINS: [usize; 3] = [2; 3];

    fn scheme() -> Result<Scheme, SchemeError> {
        Scheme::parse(
            "name = \"own\"\ntitle = \"Own\"\n[[segment]]\nname = \"A\"\nranges = [{ r = \"2\" }]\n\
             [[segment]]\nname = \"B\"\notherwise = true",
        )
    }

    fn names(scheme: &Scheme) -> Result<Vec<String>, SchemeError> {
        let map = scheme.compile(BINS)?;
        Ok((0..8).map(|cell| scheme.segment_name(map.segment(cell)).to_owned()).collect())
    }

    #[test]
    fn given_cells_change_hands_and_nothing_else_does() -> Result<(), SchemeError> {
        let (own, cell) = (scheme()?, [2, 1, 1]);
        let edited = own.give(&[cell], 1, BINS)?;
        let mut expected = names(&own)?;
        expected[cell_index(BINS, cell)] = "B".to_owned();
        assert_eq!(names(&edited)?, expected);
        assert_eq!(edited.name, "own-edited");
        assert_eq!(edited.give(&[cell], 0, BINS)?.compile(BINS)?, own.compile(BINS)?);
        Ok(())
    }

    #[test]
    fn another_order_leaves_every_cell_where_it_was() -> Result<(), SchemeError> {
        let own = scheme()?;
        let swapped = own.with_swapped(0, 1, BINS)?;
        assert_eq!(names(&swapped)?, names(&own)?);
        assert_eq!(swapped.segments[0].name, "B");
        Ok(())
    }

    #[test]
    fn names_are_free_clean_and_not_empty() -> Result<(), SchemeError> {
        let own = scheme()?;
        assert!(own.with_name(0, "B", BINS).is_err() && own.with_segment(" ", BINS).is_err());
        assert_eq!(own.with_name(0, "A", BINS)?.segments[0].name, "A");
        let (more, number) = own.with_segment("C\u{1b}[2J", BINS)?;
        assert_eq!((more.segments[number].name.as_str(), number), ("C\u{fffd}[2J", 2));
        assert_eq!(more.compile(BINS)?.lint.unmatched, ["C\u{fffd}[2J"]);
        Ok(())
    }

    #[test]
    fn an_edited_scheme_is_read_back_as_it_was_written() -> Result<(), SchemeError> {
        let edited = scheme()?.give(&[[1, 1, 1], [1, 2, 2]], 0, BINS)?;
        assert_eq!(Scheme::parse(&edited.to_toml())?, edited);
        Ok(())
    }
}
