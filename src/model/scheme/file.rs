//! Schemes as TOML files: read, checked, and made safe to show.

use serde::Deserialize;

use super::axes::AxisPlans;
use super::{Cell, Rule, Scheme, SchemeError, Segment};
use crate::model::customers::Axis;
use crate::model::cuts::BINS;
use crate::show::text::clean;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(segments: &str) -> Result<Scheme, SchemeError> {
        Scheme::parse(&format!("name = \"own\"\ntitle = \"Own\"\n{segments}"))
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
}
