//! Schemes as TOML files: read, checked, made safe to show, and written.

use serde::Deserialize;

use super::axes::{AxisPlan, AxisPlans, CutValue};
use super::{Cell, NO_SEGMENT, Rule, Scheme, SchemeError, Segment};
use crate::model::customers::Axis;
use crate::model::cuts::BINS;
use crate::model::toml_text::{COLUMNS, list, quoted, wrapped};
use crate::show::text::clean;
use crate::tr;

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
    /// Codes of one digit an axis, `"555 554"`, or with dashes where a score has two: `"10-5-5"`.
    cells: Option<String>,
    #[serde(default)]
    ranges: Vec<Ranges>,
    /// Percent of the way from the lowest to the highest total of the scores, from (inclusive) and to (exclusive but 100).
    total: Option<[u8; 2]>,
    #[serde(default)]
    otherwise: bool,
}

/// A scheme as its file has it, or as the part of a scenario.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::model) struct SchemeFile {
    name: String,
    title: Option<String>,
    note: Option<String>,
    period_days: Option<i32>,
    #[serde(default)]
    axes: AxisPlans,
    #[serde(rename = "segment", default)]
    segments: Vec<SegmentFile>,
}

/// Segments that a scheme can have: their numbers fit a byte.
pub(super) const MOST_SEGMENTS: usize = 200;

impl Scheme {
    /// Reads a scheme from TOML.
    ///
    /// # Errors
    /// [`SchemeError`] naming the scheme, the segment and what to write instead.
    pub fn parse(text: &str) -> Result<Self, SchemeError> {
        let file: SchemeFile = toml::from_str(text).map_err(|error| SchemeError::Syntax(error.to_string()))?;
        file.checked()
    }

    /// The scheme as a TOML file: a block for each segment, whose cells stand best scores first. [`Scheme::parse`] reads
    /// it back as an equal scheme; of text that a terminal must not get, what stands for it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        text(self, "")
    }
}

impl SchemeFile {
    /// The name, cleaned, where it has nothing else: a scheme that is only referred to.
    pub(in crate::model) fn only_name(&self) -> Option<String> {
        let Self { name, title, note, period_days, axes, segments } = self;
        let nothing = title.is_none() && note.is_none() && period_days.is_none() && segments.is_empty();
        (nothing && *axes == AxisPlans::default()).then(|| clean(name).into_owned())
    }

    /// The scheme, if it can be one.
    pub(in crate::model) fn checked(self) -> Result<Scheme, SchemeError> {
        // A scheme is a file like any other: what a terminal must not get does not get in.
        let cleaned = |text: String| clean(&text).into_owned();
        let name = cleaned(self.name);
        let Some(title) = self.title.map(cleaned) else {
            return Err(SchemeError::Syntax(tr!("scheme `{name}` has no title; write title = \"...\"", name)));
        };
        if self.segments.is_empty() {
            return Err(SchemeError::Empty(name));
        }
        if self.segments.len() > MOST_SEGMENTS {
            return Err(SchemeError::TooMany(name));
        }
        for axis in Axis::ALL {
            if let Some(bins) = self.axes.of(axis).bins.filter(|bins| !BINS.contains(bins)) {
                return Err(SchemeError::Syntax(tr!(
                    "{axis} has {bins} bins; it can have 2 to 10",
                    axis = axis.title(),
                    bins
                )));
            }
        }
        let mut segments: Vec<Segment> = Vec::with_capacity(self.segments.len());
        for mut segment in self.segments {
            segment.name = cleaned(segment.name);
            if segment.name == NO_SEGMENT {
                return Err(SchemeError::Reserved);
            }
            if segments.iter().any(|known| known.name == segment.name) {
                return Err(SchemeError::Twice { scheme: name, segment: segment.name });
            }
            let rule = rule(&segment).map_err(|problem| SchemeError::Rule {
                scheme: name.clone(),
                segment: segment.name.clone(),
                problem: cleaned(problem),
            })?;
            segments.push(Segment { name: segment.name, also: segment.also.map(cleaned), rule });
        }
        let (note, period_days, axes) = (self.note.map(cleaned), self.period_days, self.axes);
        Ok(Scheme { name, title, note, period_days, axes, segments })
    }
}

fn rule(segment: &SegmentFile) -> Result<Rule, String> {
    let given = [segment.cells.is_some(), !segment.ranges.is_empty(), segment.total.is_some(), segment.otherwise];
    if given.iter().filter(|given| **given).count() != 1 {
        return Err(tr!("give it one of `cells`, `ranges`, `total` or `otherwise = true`").to_owned());
    }
    if let Some(codes) = &segment.cells {
        return codes.split_whitespace().map(cell).collect::<Result<_, _>>().map(Rule::Cells);
    }
    if let Some([from, to]) = segment.total {
        return if from < to && to <= 100 {
            Ok(Rule::Total(from.into(), to.into()))
        } else {
            Err(tr!("`total = [{from}, {to}]` must rise within 0 to 100", from, to))
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
    let score = |text: &str| text.parse().ok().filter(|score| (1..=*BINS.end() as u8).contains(score));
    let scores: Option<Vec<u8>> = if code.contains('-') {
        code.split('-').map(score).collect()
    } else {
        code.chars().map(|c| score(c.encode_utf8(&mut [0; 4]))).collect()
    };
    let cell: Option<Cell> = scores.and_then(|scores| scores.try_into().ok());
    cell.ok_or_else(|| {
        tr!("`{code}` is no cell; write the scores R, F, M as three digits from 1, such as 543, or as 10-4-3", code)
    })
}

fn range(text: &str) -> Result<(u8, u8), String> {
    let problem =
        || tr!("`{text}` is no range of scores; write `3` or `2-4`, between 1 and {most}", text, most = BINS.end());
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    let parse = |part: &str| part.trim().parse::<u8>().map_err(|_| problem());
    let (low, high) = (parse(low)?, parse(high)?);
    if low >= 1 && low <= high && usize::from(high) <= *BINS.end() { Ok((low, high)) } else { Err(problem()) }
}

/// A scheme as TOML, its tables inside another one (`scheme.`) or not.
pub(in crate::model) fn text(scheme: &Scheme, inside: &str) -> String {
    let Scheme { name, title, note, period_days, axes, segments } = scheme;
    let mut lines = vec![format!("name = {}", quoted(name)), format!("title = {}", quoted(title))];
    lines.extend(note.as_ref().map(|note| format!("note = {}", quoted(note))));
    lines.extend(period_days.map(|days| format!("period_days = {days}")));
    if *axes != AxisPlans::default() {
        lines.push(format!("\n[{inside}axes]"));
        let said = Axis::ALL.into_iter().filter(|axis| *axes.of(*axis) != AxisPlan::default());
        lines.extend(said.map(|axis| format!("{} = {}", axis.name(), plan_text(axes.of(axis)))));
    }
    for Segment { name, also, rule } in segments {
        lines.push(format!("\n[[{inside}segment]]\nname = {}", quoted(name)));
        lines.extend(also.as_ref().map(|also| format!("also = {}", quoted(also))));
        lines.push(rule_text(rule));
    }
    lines.join("\n") + "\n"
}

fn plan_text(plan: &AxisPlan) -> String {
    let AxisPlan { bins, method, cuts, closed } = plan;
    let cut = |cut: &CutValue| match cut {
        CutValue::Whole(value) => value.to_string(),
        // All digits that the float needs; what is no number is written small in TOML.
        CutValue::Float(value) => format!("{value:?}").to_lowercase(),
        CutValue::Text(text) => quoted(text),
    };
    let cuts = cuts.as_ref().map(|cuts| cuts.iter().map(cut).collect::<Vec<_>>().join(", "));
    let parts = [
        bins.map(|bins| format!("bins = {bins}")),
        method.map(|method| format!("method = {}", quoted(method.name()))),
        cuts.map(|cuts| format!("cuts = [{cuts}]")),
        closed.map(|closed| format!("closed = {}", quoted(closed.name()))),
    ];
    format!("{{ {} }}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn rule_text(rule: &Rule) -> String {
    match rule {
        Rule::Cells(cells) => {
            let codes: Vec<String> = cells.iter().rev().map(|cell| cell_text(*cell)).collect();
            let line = format!("cells = \"{}\"", codes.join(" "));
            if line.len() <= COLUMNS {
                return line;
            }
            let lines = wrapped(codes.iter().map(String::as_str), COLUMNS);
            format!("cells = \"\"\"\n{}\n\"\"\"", lines.join("\n"))
        }
        Rule::Boxes(boxes) => list("ranges", &boxes.iter().map(box_text).collect::<Vec<_>>()),
        Rule::Total(from, to) => format!("total = [{from}, {to}]"),
        Rule::Otherwise => "otherwise = true".to_owned(),
    }
}

fn cell_text(cell: Cell) -> String {
    let joint = if cell.iter().any(|score| *score > 9) { "-" } else { "" };
    cell.map(|score| score.to_string()).join(joint)
}

fn box_text(ranges: &[Option<(u8, u8)>; 3]) -> String {
    let axes = ["r", "f", "m"].into_iter().zip(ranges);
    let parts = axes.filter_map(|(letter, range)| {
        let (low, high) = (*range)?;
        Some(if low == high { format!("{letter} = \"{low}\"") } else { format!("{letter} = \"{low}-{high}\"") })
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scheme::cell_at;
    use crate::model::schemes::Catalogue;
    use crate::show::text::width;

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
        assert!(Scheme::parse("name = \"own\"").is_err_and(|error| error.to_string().contains("no title")));
    }

    #[test]
    fn every_built_in_scheme_reads_back_from_its_text() {
        for scheme in Catalogue::built_in().schemes() {
            let text = scheme.to_toml();
            assert_eq!(Scheme::parse(&text).as_ref(), Ok(scheme), "{text}");
            assert!(text.lines().all(|line| width(line) <= COLUMNS || line.contains(" = \"")), "{text}");
        }
    }

    #[test]
    fn a_scheme_is_written_a_block_a_segment() -> Result<(), SchemeError> {
        let text = "\
name = \"own \\\"\\\\\\\"\"
title = \"重要\"
note = \"A \\\"note\\\"\"
period_days = 365

[axes]
recency = { bins = 10, method = \"fixed\", cuts = [30, 45.5, \"60.25\"], closed = \"right\" }
monetary = { closed = \"left\" }

[[segment]]
name = \"Can't [Lose] = #1\"
also = \"重要挽留客户\"
cells = \"10-10-10 10-1-1 999 111\"

[[segment]]
name = \"None\"
cells = \"\"

[[segment]]
name = \"Boxes\"
ranges = [{ r = \"1-10\", f = \"3\" }, { m = \"2\" }]

[[segment]]
name = \"All\"
ranges = [{}]

[[segment]]
name = \"Half\"
total = [50, 100]

[[segment]]
name = \"Rest\"
otherwise = true
";
        let scheme = Scheme::parse(text)?;
        assert_eq!(scheme.to_toml(), text);
        Ok(())
    }

    #[test]
    fn many_cells_and_boxes_are_wrapped() -> Result<(), SchemeError> {
        let cells: String = (0..125).map(|at| cell_text(cell_at([5; 3], at)) + " ").collect();
        let boxes = "{ r = \"1-2\", f = \"1-2\", m = \"1-2\" }, ".repeat(4);
        let own = scheme(&format!(
            "[[segment]]\nname = \"A\"\ncells = \"{cells}\"\n[[segment]]\nname = \"B\"\nranges = [{boxes}]"
        ))?;
        let text = own.to_toml();
        assert!(text.lines().all(|line| line.len() <= COLUMNS), "{text}");
        assert!(text.contains("cells = \"\"\"\n555 554 553"), "{text}");
        assert!(text.contains("ranges = [\n  { r = \"1-2\", f ="), "{text}");
        assert_eq!(Scheme::parse(&text), Ok(own));
        Ok(())
    }

    #[test]
    fn what_a_terminal_must_not_get_stays_out_of_all_texts() -> Result<(), SchemeError> {
        let own = scheme("note = \"\\u001b\"\n[[segment]]\nname = \"\\u001b\"\nalso = \"\\u001b\"\notherwise = true")?;
        assert!(!format!("{own:?}").contains("\\u{1b}"), "{own:?}");
        let error = scheme("[[segment]]\nname = \"A\"\ncells = \"\\u001b\"").err();
        assert!(error.is_some_and(|error| !error.to_string().contains('\u{1b}')));
        Ok(())
    }
}
