//! From values to scores to segments.

use super::super::boxes::{ScoreBox, cover};
use super::super::{Between, Definition, LINE, wrapped};
use super::customers::column;
use super::text::{Select, indented, literal, number};
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Cuts};
use crate::model::scheme::Cell;

/// Columns that a step's body is indented by where a segment's cells stand.
const MARGIN: usize = 20;

/// The steps `scored` and `segmented`.
pub(super) fn steps(definition: &Definition<'_>) -> Vec<String> {
    vec![scored(definition), segmented(definition)]
}

fn scored(definition: &Definition<'_>) -> String {
    let mut columns = ["customer", "orders", "net", "recency", "frequency", "monetary"].map(str::to_owned).to_vec();
    columns.extend(Axis::ALL.map(|axis| score(definition, axis)));
    let mut clauses = vec!["FROM measured".to_owned()];
    let conditions = definition.conditions.iter().flat_map(|asked| bounds(definition, *asked));
    for (place, condition) in conditions.enumerate() {
        clauses.push(if place == 0 { format!("WHERE {condition}") } else { format!("    AND {condition}") });
    }
    let mut about = vec!["Scores, 1 to the number of bins, the largest best. Equal values have equal scores."];
    if !definition.conditions.is_empty() {
        about.push("Only customers that meet the conditions of the filter.");
    }
    Select { columns, clauses }.step("scored", &about)
}

/// The ends of a condition, both inclusive.
fn bounds(definition: &Definition<'_>, condition: Between) -> Vec<String> {
    let column = column(definition, condition.measure);
    let scale = definition.scale_of(condition.measure);
    let low = condition.low.map(|low| format!("{column} >= {}", number(low, scale)));
    let high = condition.high.map(|high| format!("{column} <= {}", number(high, scale)));
    low.into_iter().chain(high).collect()
}

/// The score of an axis. The first line that holds counts, so each needs only one end; where cuts coincide the bin
/// between them is empty and has no line.
fn score(definition: &Definition<'_>, axis: Axis) -> String {
    let (cuts, scale) = (definition.cuts(axis), definition.scale_of(definition.measures.of(axis)));
    let side = match cuts.closed() {
        Closed::Right => "below",
        Closed::Left => "above",
    };
    let mut lines = vec![format!(
        "-- {} bins, cuts {}; a value equal to a cut belongs to the bin {side} it.",
        cuts.bins(),
        cuts.method().name()
    )];
    lines.push("CASE".to_owned());
    let mut before = None;
    for score in (2..=cuts.bins() as u8).rev() {
        let bound = worse_end(cuts, score);
        if before != Some(bound) {
            let sign = if axis.small_is_best() { "<=" } else { ">" };
            lines.push(format!("    WHEN {} {sign} {} THEN {score}", axis.name(), number(bound, scale)));
        }
        before = Some(bound);
    }
    lines.push("    ELSE 1".to_owned());
    lines.push(format!("END AS {}", axis.letter().to_ascii_lowercase()));
    lines.join("\n")
}

/// The bound between a score above 1 and the next lower one.
fn worse_end(cuts: &Cuts, score: u8) -> i64 {
    let bin = cuts.bin_of_score(score);
    let cut = if cuts.axis().small_is_best() { bin } else { bin - 1 };
    cuts.cuts()[cut].bound()
}

fn segmented(definition: &Definition<'_>) -> String {
    let mut columns =
        ["customer", "orders", "net", "recency", "frequency", "monetary", "r", "f", "m"].map(str::to_owned).to_vec();
    let mut lines = vec!["CASE".to_owned()];
    for (segment, name) in definition.segment_names().into_iter().enumerate() {
        let cells = definition.cells(segment);
        if segment < definition.scheme.segments.len() && !cells.is_empty() {
            lines.push(indented(&format!("WHEN {}\nTHEN {}", condition(definition, &cells), literal(name)), 4));
        }
    }
    lines.push(format!("    ELSE {}\nEND AS segment", super::no_segment()));
    columns.push(lines.join("\n"));
    let mut about = vec!["Segments of the cells (r, f, m); each cell is named for one segment only."];
    if !definition.has_uncovered() {
        about.push("No cell is left for the ELSE.");
    }
    Select { columns, clauses: ["FROM scored".to_owned()] }.step("segmented", &about)
}

/// What is true of these cells and no others, as ranges of scores or as a list, whichever is shorter.
fn condition(definition: &Definition<'_>, cells: &[Cell]) -> String {
    let bins = definition.map.bins();
    let boxes = cover(bins, cells);
    let ranges = match boxes.as_slice() {
        [one] => vec![range(bins, *one)],
        many => many
            .iter()
            .enumerate()
            .map(|(place, scores)| format!("{}({})", if place == 0 { "" } else { "OR " }, range(bins, *scores)))
            .collect(),
    };
    let last = cells.len() - 1;
    let list: Vec<String> = cells
        .iter()
        .enumerate()
        .map(|(place, [r, f, m])| format!("({r}, {f}, {m}){}", if place == last { "" } else { "," }))
        .collect();
    let size = |pieces: &[String]| pieces.iter().map(String::len).sum::<usize>();
    if size(&ranges) <= size(&list) {
        let lines = wrapped(ranges, LINE - MARGIN).join("\n");
        indented(&lines, 4).trim_start().to_owned()
    } else {
        let lines = wrapped(list, LINE - MARGIN).join("\n");
        format!("(r, f, m) IN (\n{}\n)", indented(&lines, 4))
    }
}

/// What is true of the cells of a box.
fn range(bins: [usize; 3], scores: ScoreBox) -> String {
    let ranges = scores.iter().zip(["r", "f", "m"]).zip(bins).filter_map(|(((low, high), axis), bins)| {
        match (*low, *high, usize::from(*high) == bins) {
            (1, _, true) => None,
            (low, high, _) if low == high => Some(format!("{axis} = {low}")),
            (1, high, _) => Some(format!("{axis} <= {high}")),
            (low, _, true) => Some(format!("{axis} >= {low}")),
            (low, high, _) => Some(format!("{axis} BETWEEN {low} AND {high}")),
        }
    });
    let ranges: Vec<String> = ranges.collect();
    if ranges.is_empty() { "TRUE".to_owned() } else { ranges.join(" AND ") }
}
