//! The definition in plain words, for who approves it or builds it again.

mod lines;
mod measures;
mod source;

use super::boxes::{ScoreBox, cover};
use super::{Between, Definition, LINE, wrapped};
use crate::lang;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Cuts, Method};
use crate::model::money::Scale;
use crate::model::scheme::Cell;
use crate::show::numbers::{count, money};
use crate::show::text::{clean, width};
use crate::{tr, tr_count};
use lines::part;
use measures::details;
pub(super) use measures::measure;

/// The definition in plain words.
#[must_use]
pub fn words(definition: &Definition<'_>) -> String {
    let Definition { scheme, as_of, .. } = definition;
    let title = tr!("Scores and segments of customers: scheme {scheme} as of {as_of}", scheme = scheme.name, as_of);
    let mut parts = vec![vec![title], source::source(definition), as_of_date(definition)];
    parts.extend(Axis::ALL.map(|axis| axis_of(definition, axis)));
    if let Some(text) = definition.data_filter {
        let paragraphs = [
            tr!("Customers are made of rows that meet this, and of no others; who has none is no customer:").to_owned(),
            clean(text).into_owned(),
            tr!("The cuts and the as-of date are those of all rows.").to_owned(),
        ];
        parts.push(part(tr!("part" | "Data filter"), &paragraphs));
    }
    if !definition.conditions.is_empty() || definition.filter.is_some() {
        parts.push(filter(definition));
    }
    parts.push(segments(definition));
    let parts: Vec<String> = parts.into_iter().map(|lines| lines.join("\n")).collect();
    parts.join("\n\n") + "\n"
}

fn as_of_date(definition: &Definition<'_>) -> Vec<String> {
    let counted = tr!("{day}: recency is counted to it, and rows after it do not count.", day = definition.as_of);
    part(tr!("part" | "As-of date"), &[counted])
}

fn axis_of(definition: &Definition<'_>, axis: Axis) -> Vec<String> {
    let of_axis = definition.measures.of(axis);
    let (cuts, scale) = (definition.cuts(axis), definition.scale_of(of_axis));
    let best = if axis.small_is_best() { tr!("the fewest are best") } else { tr!("the most is best") };
    let equal = match cuts.closed() {
        Closed::Right => tr!("A value equal to a cut belongs to the bin below it."),
        Closed::Left => tr!("A value equal to a cut belongs to the bin above it."),
    };
    let written = cuts.cuts().iter().map(|cut| cut.text(scale)).collect::<Vec<_>>().join(", ");
    let mut paragraphs = vec![tr!("{measure}; {best}.", measure = sentence(lang::text(measure(of_axis))), best)];
    paragraphs.extend(details(of_axis).map(|details| lang::text(details).to_owned()));
    paragraphs.push(tr!("Cuts: {cuts}. {method}", cuts = written, method = method(cuts, axis)));
    paragraphs.push(equal.to_owned());
    let heading =
        tr!("{axis} ({letter}), {unit}", axis = sentence(axis.title()), letter = axis.letter(), unit = of_axis.unit());
    let mut lines = part(&heading, &paragraphs);
    for score in (1..=cuts.bins() as u8).rev() {
        let values = range(cuts, cuts.bin_of_score(score), scale);
        lines.push(format!("    {}{score:<3} {values}", axis.letter()));
    }
    lines
}

/// A text with its first letter as a capital, where it has such letters.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
}

/// How the cuts of an axis came to be, and whether other data would change them.
fn method(cuts: &Cuts, axis: Axis) -> String {
    let bins = cuts.bins();
    match cuts.method() {
        Method::Quantile => tr!(
            "Method quantile, which follows the data: {bins} bins of customers as equal in number as equal values \
             allow; the j-th cut is the value at rank n j / {bins}, rounded up, of the n customers' values in ascending \
             order.",
            bins
        ),
        Method::RCompat => {
            let unit = match axis {
                Axis::Recency | Axis::Frequency => "1",
                Axis::Monetary => tr!("1 unit of money"),
            };
            tr!(
                "Method r-compat, which follows the data: the rule of the R package rfm, {bins} bins cut at the type-7 \
                 quantiles (Hyndman and Fan 1996) plus {unit}.",
                bins,
                unit
            )
        }
        Method::Mean => {
            tr!("Method mean, which follows the data: 2 bins cut at the mean of all customers' values.").to_owned()
        }
        Method::Fixed => tr!("Method fixed: typed or edited values, frozen whatever the data.").to_owned(),
    }
}

/// The values of a bin. Both ends belong to it.
fn range(cuts: &Cuts, bin: usize, scale: Scale) -> String {
    let low = bin.checked_sub(1).map(|below| cuts.cuts()[below].bound().saturating_add(1));
    let high = cuts.cuts().get(bin).map(|cut| cut.bound());
    between(low, high, scale)
}

/// Both ends, inclusive; a missing one is open.
fn between(low: Option<i64>, high: Option<i64>, scale: Scale) -> String {
    match (low, high) {
        (None, None) => tr!("any value").to_owned(),
        (None, Some(high)) => format!("≤ {}", money(high, scale)),
        (Some(low), None) => format!("≥ {}", money(low, scale)),
        (Some(low), Some(high)) if low == high => money(low, scale),
        (Some(low), Some(high)) if low > high => tr!("no value: cuts coincide").to_owned(),
        (Some(low), Some(high)) => format!("{} – {}", money(low, scale), money(high, scale)),
    }
}

fn filter(definition: &Definition<'_>) -> Vec<String> {
    let mut paragraphs = vec![tr!("Only customers that meet all of this are scored and counted:").to_owned()];
    paragraphs.extend(definition.filter.map(|text| clean(text).into_owned()));
    for Between { measure: asked, low, high } in definition.conditions.iter().copied() {
        let values = match (low, high) {
            (Some(low), Some(high)) if low > high => tr!("no value").to_owned(),
            _ => between(low, high, definition.scale_of(asked)),
        };
        paragraphs.push(tr!(
            "{axis}, {unit}: {values}; {measure}.",
            axis = asked.axis().title(),
            unit = asked.unit(),
            values,
            measure = lang::text(measure(asked))
        ));
    }
    part(tr!("part" | "Filter"), &paragraphs)
}

fn segments(definition: &Definition<'_>) -> Vec<String> {
    let scheme = definition.scheme;
    let bins = definition.map.bins();
    let title = lang::name("scheme", &scheme.title);
    let mut lines = part(
        tr!("part" | "Segments"),
        &[
            tr!("Scheme {scheme}: {title}.", scheme = scheme.name, title),
            tr!(
                "A cell is a combination of scores R, F, M; there are {count}. Each is of one segment at most, and a \
                 customer is in the segment of the own cell.",
                count = count(definition.map.cells() as i128)
            ),
            legend(bins),
        ],
    );
    for (segment, name) in definition.segment_names().into_iter().enumerate() {
        let cells = definition.cells(segment);
        let segment = clean(lang::name("segment", name));
        lines.push(format!("    {}", tr!("{segment} ({cells})", segment, cells = cell_count(cells.len()))));
        lines.extend(listed(bins, &cells).into_iter().map(|line| format!("        {line}")));
    }
    lines
}

fn cell_count(cells: usize) -> String {
    match cells {
        0 => tr!("no cell is left for it").to_owned(),
        some => tr_count!(some as u64, "{count} cell", "{count} cells"),
    }
}

fn legend(bins: [usize; 3]) -> String {
    let example = if is_digits(bins) { tr!("`543` is R 5, F 4, M 3") } else { tr!("`10-4-3` is R 10, F 4, M 3") };
    tr!("{example}; `R4-5 F2 any M` is every cell with R 4 or 5 and F 2.", example)
}

/// Whether every score is a single digit.
fn is_digits(bins: [usize; 3]) -> bool {
    bins.iter().all(|bins| *bins < 10)
}

/// Cells as ranges of scores or one by one, whichever is shorter.
fn listed(bins: [usize; 3], cells: &[Cell]) -> Vec<String> {
    let boxes = cover(bins, cells);
    let last = boxes.len().saturating_sub(1);
    let mut ranges = Vec::new();
    for (place, scores) in boxes.iter().enumerate() {
        let mut text = ranges_of(bins, *scores);
        text.push_str(if place == last { "" } else { ";" });
        ranges.push(text);
    }
    let between = if is_digits(bins) { "" } else { "-" };
    let codes: Vec<String> = cells.iter().map(|cell| cell.map(|score| score.to_string()).join(between)).collect();
    let size = |pieces: &[String]| pieces.iter().map(|piece| width(piece) + 1).sum::<usize>();
    wrapped(if size(&ranges) <= size(&codes) { ranges } else { codes }, LINE - 8)
}

fn ranges_of(bins: [usize; 3], scores: ScoreBox) -> String {
    let ranges = scores.into_iter().zip(Axis::ALL).map(|((low, high), axis)| {
        let letter = axis.letter();
        match (low, high) {
            (1, high) if usize::from(high) == bins[axis.index()] => tr!("any {letter}", letter),
            (low, high) if low == high => format!("{letter}{low}"),
            (low, high) => format!("{letter}{low}-{high}"),
        }
    });
    ranges.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{definition, fixed, scheme};
    use super::*;
    use crate::lang::{Language, within};
    use crate::model::measures::{Measure, Measures, Monetary, Recency};

    #[test]
    fn ranges_of_scores_follow_the_convention() {
        for (closed, expected) in [
            (Closed::Right, ["R3   ≤ 30", "M2   100.01 – 500.00"]),
            (Closed::Left, ["R3   ≤ 29", "M2   100.00 – 499.99"]),
        ] {
            let cuts = fixed(closed, [&[30, 90], &[1, 4], &[10_000, 50_000]]);
            let text = words(&definition(&cuts, &scheme("rfm-6", &cuts)));
            for part in expected {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(text.contains("Cuts: 100.00, 500.00. Method fixed"), "{text}");
        }
    }

    #[test]
    fn measures_are_written_in_their_own_unit() {
        let cuts = fixed(Closed::Right, [&[150, 300], &[1, 4], &[10_000, 50_000]]);
        let both = scheme("rfm-6", &cuts);
        let measures = Measures { recency: Recency::OwnGap, ..Measures::default() };
        let conditions = [Between { measure: Measure::Monetary(Monetary::Gross), low: Some(1), high: None }];
        let text = words(&Definition { measures, conditions: &conditions, ..definition(&cuts, &both) });
        for part in ["Recency (R), × own gap", "Cuts: 1.50, 3.00.", "1.51 – 3.00", "monetary, gross amount: ≥ 0.01;"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn cells_are_ranges_or_codes_whichever_is_shorter() {
        assert_eq!(listed([5; 3], &[[5, 5, 5], [5, 5, 4]]), ["555 554"]);
        let row: Vec<Cell> = (1..=5).map(|m| [4, 2, m]).collect();
        assert_eq!(listed([5; 3], &row), ["R4 F2 any M"]);
        assert_eq!(listed([10; 3], &[[10, 4, 3]]), ["10-4-3"]);
    }

    #[test]
    fn every_scheme_is_told_without_control_characters_in_lines_of_a_page() {
        let cuts = fixed(Closed::Right, [&[1, 2, 3, 4, 5, 6, 7, 8, 9]; 3]);
        let both = scheme("score-total", &cuts);
        let columns = super::super::Columns { customer: "a\u{1b}[31m\nb", ..definition(&cuts, &both).columns };
        let text = words(&Definition { columns, ..definition(&cuts, &both) });
        assert!(text.lines().all(|line| width(line) <= LINE), "{text}");
        assert!(!text.contains(|c: char| c.is_control() && c != '\n') && text.contains("`a\u{fffd}[31m\u{fffd}b`"));
    }

    #[test]
    fn the_words_are_chinese_where_that_is_the_language() {
        let cuts = fixed(Closed::Right, [&[180, 365], &[1, 4], &[10_000, 50_000]]);
        let text = within(Language::Hans, || words(&definition(&cuts, &scheme("rfm-6", &cuts))));
        for part in
            ["截至 2025-12-31", "切点：180, 365。", "近度（R），天", "忠诚客户（5 个单元格）", "`R4-5 F2 任意 M`"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(text.lines().all(|line| width(line) <= LINE), "{text}");
        assert!(!text.contains("the ") && !text.contains("Champions"), "{text}");
    }
}
