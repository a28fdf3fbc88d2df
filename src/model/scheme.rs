//! Schemes: ordered lists of segments over score cells, read from TOML, and the map they compile to for given bins.

use std::collections::BTreeSet;

pub mod axes;
mod edit;
pub(super) mod file;
mod shown;

use thiserror::Error;

use super::customers::Axis;
use crate::lang::text;
use crate::tr;
use axes::AxisPlans;

pub use edit::EDITED;

/// A cell: the scores R, F, M, each from 1.
pub type Cell = [u8; 3];

/// What makes a cell a segment's.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Rule {
    Cells(BTreeSet<Cell>),
    Boxes(Vec<[Option<(u8, u8)>; 3]>),
    Total(u32, u32),
    Otherwise,
}

/// A named set of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The name in files and on the screen.
    pub name: String,
    /// Other names in use for it, also in another language.
    pub also: Option<String>,
    rule: Rule,
}

/// An ordered list of segments over the cells; the first that matches a cell has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// The short name that `--scheme` takes.
    pub name: String,
    /// What it is, in a line.
    pub title: String,
    /// What a user should know before using it.
    pub note: Option<String>,
    /// The length of the data, in days, that its fixed cuts were made for.
    pub period_days: Option<i32>,
    /// What it says of the axes.
    pub axes: AxisPlans,
    /// Its segments, best first where the order is a ranking.
    pub segments: Vec<Segment>,
}

/// A scheme file that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SchemeError {
    /// Not TOML, or not of this form.
    #[error("{0}")]
    Syntax(String),
    /// It has no segments.
    #[error("{}", tr!("scheme `{scheme}` has no [[segment]]; give it at least one", scheme = _0))]
    Empty(String),
    /// More segments than cells can tell apart.
    #[error("{}", tr!("scheme `{scheme}` has more than 200 segments", scheme = _0))]
    TooMany(String),
    /// Two segments share a name.
    #[error("{}", tr!(
        "scheme `{scheme}` names segment `{segment}` twice; each segment needs a name of its own",
        scheme, segment
    ))]
    Twice {
        /// The scheme.
        scheme: String,
        /// The name.
        segment: String,
    },
    /// The name of those who have none.
    #[error("{}", tr!("`(no segment)` is what customers without a segment are called; choose another name"))]
    Reserved,
    /// A segment without a rule, or with one that cannot be read.
    #[error("{}", tr!("segment `{segment}` of scheme `{scheme}`: {problem}", segment, scheme, problem))]
    Rule {
        /// The scheme.
        scheme: String,
        /// The segment.
        segment: String,
        /// What is wrong and what to write.
        problem: String,
    },
    /// Bins that its cells are not written for.
    #[error("{}", tr!(
        "scheme `{scheme}` is written for {wanted} bins of {axis}, not {bins}",
        scheme, wanted, axis = text(axis), bins
    ))]
    Bins {
        /// The scheme.
        scheme: String,
        /// The axis.
        axis: &'static str,
        /// The bins it is written for.
        wanted: usize,
        /// The bins there are.
        bins: usize,
    },
}

impl Scheme {
    /// Whether it says how the cuts of an axis come to be.
    #[must_use]
    pub fn has_own_cuts(&self) -> bool {
        Axis::ALL.iter().map(|axis| self.axes.of(*axis)).any(|plan| plan.cuts.is_some() || plan.method.is_some())
    }

    /// Whether its cells are written for these bins of R, F and M.
    ///
    /// # Errors
    /// [`SchemeError::Bins`] naming the first axis that does not fit.
    pub fn fits(&self, bins: [usize; 3]) -> Result<(), SchemeError> {
        for axis in Axis::ALL {
            let bins = bins[axis.index()];
            match self.axes.of(axis).bins {
                Some(wanted) if wanted != bins => {
                    return Err(SchemeError::Bins { scheme: self.name.clone(), axis: axis.name(), wanted, bins });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives every cell of these bins its segment.
    ///
    /// # Errors
    /// [`SchemeError::Bins`] when the scheme is written for other bins.
    pub fn compile(&self, bins: [usize; 3]) -> Result<SegmentMap, SchemeError> {
        self.fits(bins)?;
        let cells = bins.iter().product();
        let none = self.segments.len() as u8;
        let mut lint = Lint::default();
        let mut segment_of = Vec::with_capacity(cells);
        let mut owned = vec![false; self.segments.len()];
        for index in 0..cells {
            let cell = cell_at(bins, index);
            let mut matching = (0..self.segments.len()).filter(|s| self.segments[*s].rule.matches(cell, bins));
            let first = matching.next();
            match first {
                Some(first) => owned[first] = true,
                None => lint.uncovered.push(cell),
            }
            if matching.any(|other| self.segments[other].rule != Rule::Otherwise) {
                lint.overlapping.push(cell);
            }
            segment_of.push(first.map_or(none, |first| first as u8));
        }
        lint.unmatched = (0..owned.len()).filter(|s| !owned[*s]).map(|s| self.segments[s].name.clone()).collect();
        Ok(SegmentMap { bins, segment_of, segments: self.segments.len(), lint })
    }
}

impl Rule {
    /// In words: `555 554`, `R4-5 F2-3`, `50 % to 75 % of the score total`.
    fn words(&self) -> String {
        match self {
            Self::Cells(cells) if cells.is_empty() => tr!("no cells").to_owned(),
            Self::Cells(cells) => cells.iter().rev().map(|cell| code(*cell)).collect::<Vec<_>>().join(" "),
            Self::Boxes(boxes) => {
                let range = |(axis, range): (Axis, &Option<(u8, u8)>)| {
                    range.map(|(low, high)| {
                        let high = if low == high { String::new() } else { format!("-{high}") };
                        format!("{}{low}{high}", axis.letter())
                    })
                };
                let one = |ranges: &[Option<(u8, u8)>; 3]| {
                    let ranges: Vec<String> = Axis::ALL.into_iter().zip(ranges).filter_map(range).collect();
                    if ranges.is_empty() { tr!("all cells").to_owned() } else { ranges.join(" ") }
                };
                boxes.iter().map(one).collect::<Vec<_>>().join(tr!("boxes" | ", or "))
            }
            Self::Total(from, to) => {
                tr!("{from} % to {to} % of the way from the lowest to the highest score total", from, to)
            }
            Self::Otherwise => tr!("whatever no segment before it takes").to_owned(),
        }
    }

    fn matches(&self, cell: Cell, bins: [usize; 3]) -> bool {
        match self {
            Self::Cells(cells) => cells.contains(&cell),
            Self::Boxes(boxes) => boxes.iter().any(|ranges| {
                ranges
                    .iter()
                    .zip(cell)
                    .all(|(range, score)| range.is_none_or(|(low, high)| (low..=high).contains(&score)))
            }),
            Self::Total(from, to) => {
                let total: u32 = cell.iter().map(|score| u32::from(*score) - 1).sum();
                let most: u32 = bins.iter().map(|bins| *bins as u32 - 1).sum();
                let above = total * 100 >= from * most;
                above && (total * 100 < to * most || *to == 100)
            }
            Self::Otherwise => true,
        }
    }
}

/// A cell as it is written: `543`, and `10-4-3` where a score has two digits.
#[must_use]
pub fn code(cell: Cell) -> String {
    let parting = if cell.iter().any(|score| *score > 9) { "-" } else { "" };
    cell.map(|score| score.to_string()).join(parting)
}

/// The position of a cell among all cells of these bins: R slowest, M fastest, scores from 1.
#[inline]
#[must_use]
pub fn cell_index(bins: [usize; 3], cell: Cell) -> usize {
    let [r, f, m] = cell.map(|score| usize::from(score) - 1);
    (r * bins[1] + f) * bins[2] + m
}

/// The cell at a position: the inverse of [`cell_index`].
#[must_use]
pub fn cell_at(bins: [usize; 3], index: usize) -> Cell {
    let (rest, m) = (index / bins[2], index % bins[2]);
    [rest / bins[1], rest % bins[1], m].map(|score| score as u8 + 1)
}

/// What a reader of a scheme should know about its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lint {
    /// Cells that no segment has.
    pub uncovered: Vec<Cell>,
    /// Cells that more than one segment asks for, `otherwise` apart.
    pub overlapping: Vec<Cell>,
    /// Segments that have no cell.
    pub unmatched: Vec<String>,
}

/// Which segment each cell belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentMap {
    bins: [usize; 3],
    segment_of: Vec<u8>,
    segments: usize,
    /// What was seen on the way.
    pub lint: Lint,
}

impl SegmentMap {
    /// Bins of R, F and M.
    #[must_use]
    pub const fn bins(&self) -> [usize; 3] {
        self.bins
    }

    /// Number of cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.segment_of.len()
    }

    /// The segment of the cell at a position; the number of segments where no segment has it.
    #[inline]
    #[must_use]
    pub fn segment(&self, cell_index: usize) -> usize {
        usize::from(self.segment_of[cell_index])
    }

    /// Segments to show: those of the scheme, and one more when cells are left uncovered.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.segments + usize::from(!self.lint.uncovered.is_empty())
    }
}

/// What the customers in uncovered cells are called.
pub const NO_SEGMENT: &str = "(no segment)";

impl Scheme {
    /// What makes a cell a segment's, in words, by the segment's number.
    #[must_use]
    pub fn rule_words(&self, segment: usize) -> String {
        self.segments.get(segment).map_or_else(|| tr!("no segment takes it").to_owned(), |segment| segment.rule.words())
    }

    /// The name of a segment by its number in a [`SegmentMap`].
    #[must_use]
    pub fn segment_name(&self, segment: usize) -> &str {
        self.segments.get(segment).map_or(NO_SEGMENT, |segment| &segment.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(segments: &str) -> Result<Scheme, SchemeError> {
        Scheme::parse(&format!("name = \"own\"\ntitle = \"Own\"\n{segments}"))
    }

    #[test]
    fn the_first_match_wins_and_the_lint_tells_the_rest() -> Result<(), SchemeError> {
        let own = scheme(
            "[[segment]]\nname = \"A\"\nranges = [{ r = \"2\" }]\n\
             [[segment]]\nname = \"B\"\ncells = \"222 122\"\n\
             [[segment]]\nname = \"C\"\ncells = \"211\"",
        )?;
        let map = own.compile([2, 2, 2])?;
        assert_eq!(own.segment_name(map.segment(cell_index([2, 2, 2], [2, 2, 2]))), "A");
        assert_eq!(own.segment_name(map.segment(cell_index([2, 2, 2], [1, 2, 2]))), "B");
        assert_eq!(own.segment_name(map.segment(cell_index([2, 2, 2], [1, 1, 1]))), NO_SEGMENT);
        assert_eq!(map.lint.uncovered, [[1, 1, 1], [1, 1, 2], [1, 2, 1]]);
        assert_eq!(map.lint.overlapping, [[2, 1, 1], [2, 2, 2]]);
        assert_eq!(map.lint.unmatched, ["C"]);
        Ok(())
    }

    #[test]
    fn cells_and_positions_are_inverse() {
        let bins = [3, 5, 2];
        for index in 0..30 {
            assert_eq!(cell_index(bins, cell_at(bins, index)), index);
        }
    }

    #[test]
    fn totals_cut_the_range_of_score_sums() -> Result<(), SchemeError> {
        let own =
            scheme("[[segment]]\nname = \"Top\"\ntotal = [75, 100]\n[[segment]]\nname = \"Rest\"\ntotal = [0, 75]")?;
        let map = own.compile([5, 5, 5])?;
        let top = (0..map.cells()).filter(|cell| map.segment(*cell) == 0).count();
        // Sums of three scores from 1 to 5 that are 12 or more: 10 + 6 + 3 + 1 cells.
        assert_eq!(top, 20);
        assert_eq!(map.lint, Lint::default());
        Ok(())
    }
}
