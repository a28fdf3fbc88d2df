//! Schemes: ordered lists of segments over score cells, read from TOML, and the map they compile to for given bins.

use std::collections::BTreeSet;

use serde::Deserialize;
use thiserror::Error;

use super::customers::Axis;
use super::cuts::{BINS, Closed, Method};
use super::money::{Decimal, DecimalError};
use crate::show::text::clean;

/// A cell: the scores R, F, M, each from 1.
pub type Cell = [u8; 3];

/// A cut as a scheme file types it: `30`, `99.95`, or `"12345678901234.56"` where a float would not keep all digits.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum CutValue {
    /// A whole number.
    Whole(i64),
    /// A number with decimals, of up to 15 digits.
    Float(f64),
    /// Digits as text.
    Text(String),
}

impl CutValue {
    /// The exact number.
    ///
    /// # Errors
    /// [`DecimalError`] where it is none.
    pub fn decimal(&self) -> Result<Decimal, DecimalError> {
        match self {
            Self::Whole(value) => Ok(Decimal { mantissa: (*value).into(), decimals: 0 }),
            Self::Float(value) => Decimal::from_float(*value),
            Self::Text(text) => Decimal::parse(text.as_bytes()),
        }
    }
}

/// What a scheme says of one axis; all of it is optional.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxisPlan {
    /// The bins its cells are written for; without it any number fits.
    pub bins: Option<usize>,
    /// How its cuts come to be, where the user does not say.
    pub method: Option<Method>,
    /// Fixed cuts as they are typed: days, counts, money.
    pub cuts: Option<Vec<CutValue>>,
    /// Where a value equal to a cut belongs.
    pub closed: Option<Closed>,
}

/// What a scheme says of the three axes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxisPlans {
    /// Of recency.
    #[serde(default)]
    pub recency: AxisPlan,
    /// Of frequency.
    #[serde(default)]
    pub frequency: AxisPlan,
    /// Of monetary.
    #[serde(default)]
    pub monetary: AxisPlan,
}

impl AxisPlans {
    /// The plan of an axis.
    #[must_use]
    pub const fn of(&self, axis: Axis) -> &AxisPlan {
        match axis {
            Axis::Recency => &self.recency,
            Axis::Frequency => &self.frequency,
            Axis::Monetary => &self.monetary,
        }
    }
}

/// A box of cells: ranges such as `"4-5"` or `"3"`; an axis left out takes every score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ranges {
    r: Option<String>,
    f: Option<String>,
    m: Option<String>,
}

/// One segment as its file has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SegmentFile {
    name: String,
    also: Option<String>,
    /// Codes of one digit an axis: `"555 554"`.
    cells: Option<String>,
    #[serde(default)]
    ranges: Vec<Ranges>,
    /// Percent of the way from the lowest to the highest total of the scores, from (inclusive) and to (exclusive but 100).
    total: Option<[u8; 2]>,
    #[serde(default)]
    otherwise: bool,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemeFile {
    name: String,
    title: String,
    note: Option<String>,
    period_days: Option<i32>,
    #[serde(default)]
    axes: AxisPlans,
    #[serde(rename = "segment", default)]
    segments: Vec<SegmentFile>,
}

/// Segments that a scheme can have: their numbers fit a byte.
const MOST_SEGMENTS: usize = 200;

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
    #[error("scheme `{0}` has no [[segment]]; give it at least one")]
    Empty(String),
    /// More segments than cells can tell apart.
    #[error("scheme `{0}` has more than 200 segments")]
    TooMany(String),
    /// Two segments share a name.
    #[error("scheme `{scheme}` names segment `{segment}` twice; each segment needs a name of its own")]
    Twice {
        /// The scheme.
        scheme: String,
        /// The name.
        segment: String,
    },
    /// A segment without a rule, or with one that cannot be read.
    #[error("segment `{segment}` of scheme `{scheme}`: {problem}")]
    Rule {
        /// The scheme.
        scheme: String,
        /// The segment.
        segment: String,
        /// What is wrong and what to write.
        problem: String,
    },
    /// Bins that its cells are not written for.
    #[error("scheme `{scheme}` is written for {wanted} bins of {axis}, not {bins}")]
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
    /// Reads a scheme from TOML.
    ///
    /// # Errors
    /// [`SchemeError`] naming the scheme, the segment and what to write instead.
    pub fn parse(text: &str) -> Result<Self, SchemeError> {
        let mut file: SchemeFile = toml::from_str(text).map_err(|error| SchemeError::Syntax(error.to_string()))?;
        // A scheme is a file like any other: what a terminal must not get does not get in.
        for text in [&mut file.name, &mut file.title].into_iter().chain(&mut file.note) {
            *text = clean(text).into_owned();
        }
        if file.segments.is_empty() {
            return Err(SchemeError::Empty(file.name));
        }
        if file.segments.len() > MOST_SEGMENTS {
            return Err(SchemeError::TooMany(file.name));
        }
        for axis in Axis::ALL {
            if let Some(bins) = file.axes.of(axis).bins.filter(|bins| !BINS.contains(bins)) {
                return Err(SchemeError::Syntax(format!("{} has {bins} bins; it can have 2 to 10", axis.name())));
            }
        }
        let mut segments: Vec<Segment> = Vec::with_capacity(file.segments.len());
        for mut segment in file.segments {
            segment.name = clean(&segment.name).into_owned();
            if segments.iter().any(|known| known.name == segment.name) {
                return Err(SchemeError::Twice { scheme: file.name, segment: segment.name });
            }
            let rule = rule(&segment).map_err(|problem| SchemeError::Rule {
                scheme: file.name.clone(),
                segment: segment.name.clone(),
                problem,
            })?;
            segments.push(Segment { name: segment.name, also: segment.also, rule });
        }
        Ok(Self {
            name: file.name,
            title: file.title,
            note: file.note,
            period_days: file.period_days,
            axes: file.axes,
            segments,
        })
    }

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

fn rule(segment: &SegmentFile) -> Result<Rule, String> {
    let given = [segment.cells.is_some(), !segment.ranges.is_empty(), segment.total.is_some(), segment.otherwise];
    if given.iter().filter(|given| **given).count() != 1 {
        return Err("give it one of `cells`, `ranges`, `total` or `otherwise = true`".to_owned());
    }
    if let Some(codes) = &segment.cells {
        return codes.split_whitespace().map(cell).collect::<Result<_, _>>().map(Rule::Cells);
    }
    if let Some([from, to]) = segment.total {
        return if from < to && to <= 100 {
            Ok(Rule::Total(from.into(), to.into()))
        } else {
            Err(format!("`total = [{from}, {to}]` must rise within 0 to 100"))
        };
    }
    if segment.otherwise {
        return Ok(Rule::Otherwise);
    }
    let boxes = segment.ranges.iter().map(|ranges| {
        let [r, f, m] = [&ranges.r, &ranges.f, &ranges.m].map(|text| text.as_deref().map(range).transpose());
        Ok([r?, f?, m?])
    });
    boxes.collect::<Result<_, String>>().map(Rule::Boxes)
}

fn cell(code: &str) -> Result<Cell, String> {
    let digits: Option<Vec<u8>> = code.chars().map(|c| c.to_digit(10).filter(|d| *d > 0).map(|d| d as u8)).collect();
    let cell: Option<Cell> = digits.and_then(|digits| digits.try_into().ok());
    cell.ok_or_else(|| format!("`{code}` is no cell; write the scores R, F, M as three digits from 1, such as 543"))
}

fn range(text: &str) -> Result<(u8, u8), String> {
    let problem = || format!("`{text}` is no range of scores; write `3` or `2-4`, between 1 and {}", BINS.end());
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    let parse = |part: &str| part.trim().parse::<u8>().map_err(|_| problem());
    let (low, high) = (parse(low)?, parse(high)?);
    if low >= 1 && low <= high && usize::from(high) <= *BINS.end() { Ok((low, high)) } else { Err(problem()) }
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
    fn a_bad_rule_names_its_segment_and_what_to_write() {
        for (rule, part) in [
            ("cells = \"556 5\"", "`5` is no cell"),
            ("ranges = [{ r = \"5-4\" }]", "`5-4` is no range"),
            ("total = [50, 20]", "must rise"),
            ("", "one of `cells`"),
            ("otherwise = true\ncells = \"111\"", "one of `cells`"),
        ] {
            let error = scheme(&format!("[[segment]]\nname = \"Odd\"\n{rule}")).err().map(|e| e.to_string());
            assert!(error.is_some_and(|e| e.contains(part) && e.contains("Odd")), "{rule}");
        }
        assert!(scheme("").is_err());
        assert!(scheme("colour = 1").is_err());
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
