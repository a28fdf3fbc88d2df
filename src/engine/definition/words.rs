//! The definition in plain words, for who approves it or builds it again.

use super::boxes::{ScoreBox, cover};
use super::{Amount, Between, Definition, LINE, wrapped};
use crate::data::parse::date::DateFormat;
use crate::data::parse::number::NumberFormat;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Cuts, Method};
use crate::model::measures::{Frequency, Measure, Monetary, Recency};
use crate::model::money::Scale;
use crate::model::policies::{Returns, Status};
use crate::model::scheme::Cell;
use crate::show::numbers::{count, money};
use crate::show::text::{clean, width};

/// The definition in plain words.
#[must_use]
pub fn words(definition: &Definition<'_>) -> String {
    let Definition { scheme, as_of, .. } = definition;
    let title = format!("Scores and segments of customers: scheme {} as of {as_of}", scheme.name);
    let mut parts = vec![vec![title], source(definition), as_of_date(definition)];
    parts.extend(Axis::ALL.map(|axis| axis_of(definition, axis)));
    if let Some(text) = definition.data_filter {
        let paragraphs = [
            "Customers are made of rows that meet this, and of no others; who has none is no customer:".to_owned(),
            clean(text).into_owned(),
            "The cuts and the as-of date are those of all rows.".to_owned(),
        ];
        parts.push(part("Data filter", &paragraphs));
    }
    if !definition.conditions.is_empty() || definition.filter.is_some() {
        parts.push(filter(definition));
    }
    parts.push(segments(definition));
    let parts: Vec<String> = parts.into_iter().map(|lines| lines.join("\n")).collect();
    parts.join("\n\n") + "\n"
}

/// A heading and the paragraphs below it, each broken into lines.
fn part(heading: &str, paragraphs: &[String]) -> Vec<String> {
    let mut lines = vec![heading.to_owned()];
    for paragraph in paragraphs {
        let broken = wrapped(paragraph.split(' ').map(str::to_owned), LINE - 2);
        lines.extend(broken.into_iter().map(|line| format!("  {line}")));
    }
    lines
}

fn source(definition: &Definition<'_>) -> Vec<String> {
    let columns = definition.columns;
    let name = |name: &str| format!("`{}`", clean(name));
    let order = columns.order.map_or_else(
        || "There is no order column: each row is an order of its own.".to_owned(),
        |order| {
            format!(
                "Order: {}, numbers counted for each customer apart; a row without one is an order of its own.",
                name(order)
            )
        },
    );
    let format = match columns.date_format {
        DateFormat::ISO => "YYYY-MM-DD, alone or before a time of day, which does not count".to_owned(),
        format => format.name(),
    };
    let amount = match columns.amount {
        Amount::Column(amount) => name(amount),
        Amount::Product { quantity, unit_price } => format!("{} times {}", name(quantity), name(unit_price)),
    };
    let mut paragraphs = vec![
        format!("Table {}, a row for each line of a transaction.", name(definition.table)),
        format!("Customer: {}, without blanks around it; {}.", name(columns.customer), identity(definition)),
        order,
        format!("Date: {} ({format}).", name(columns.date)),
        format!("Amount: {amount}{}, exact to {}.", written(columns.numbers.amount), decimals(definition.scale)),
    ];
    paragraphs.extend(columns.refund.filter(|_| definition.policies.subtracts_refunds()).map(|refund| {
        format!("Refund: {} is subtracted from the amount, whatever its sign; a blank one is none.", name(refund))
    }));
    paragraphs.extend(judged(definition));
    part("Source", &paragraphs)
}

/// How numbers are written, where that is not as usual.
fn written(format: NumberFormat) -> String {
    if format == NumberFormat::default() { String::new() } else { format!(", written {}", format.name()) }
}

/// Which ids are one customer.
const fn identity(definition: &Definition<'_>) -> &'static str {
    if definition.policies.unifies_ids() {
        "ids that differ only in case, blanks or width (Unicode's NFKC) are one, shown as the first row has it"
    } else {
        "ids that differ in any character are different customers"
    }
}

/// What is done with rows whose meaning is a matter of decision.
fn judged(definition: &Definition<'_>) -> Vec<String> {
    let policies = definition.policies;
    let name = |name: &str| format!("`{}`", clean(name));
    let mut paragraphs = vec![
        match policies.returns() {
            Returns::Net => RETURNS.to_owned(),
            Returns::Gross => "Rows with an amount below zero, returns and cancellations, are left out.".to_owned(),
            Returns::Void => format!("{VOID} {RETURNS}"),
        },
        format!(
            "Left out: {}rows without a readable date, rows without a readable amount, rows after the as-of date.",
            if policies.keeps_anonymous() {
                ""
            } else {
                "rows whose customer is missing, blank or a word for that (NULL, \
                NaN, N/A, none, nil, - and the like), "
            }
        ),
    ];
    if policies.keeps_anonymous() {
        paragraphs.push("Rows without a customer are those of one customer, (unidentified).".to_owned());
    }
    if let Some(today) = definition.today.filter(|today| *today < definition.as_of) {
        paragraphs.push(format!("Rows dated after {today}, the day on which this was written, are left out."));
    }
    if let (Some(status), false) = (definition.columns.status, policies.status() == Status::Keep) {
        let refunded = if policies.status() == Status::Drop { " or refunded in full" } else { "" };
        paragraphs.push(format!(
            "Status: rows are left out whose {} says, in English or Chinese, that the order was closed, cancelled or never \
             paid{refunded}.",
            name(status)
        ));
    }
    if policies.drops_zero_amounts() {
        paragraphs.push("Rows with an amount of zero are left out.".to_owned());
    }
    if policies.counts_totals_once() {
        paragraphs.push(
            "A row with the very amount that its order sums to so far repeats the order's total, and adds nothing."
                .to_owned(),
        );
    }
    if let Some(currency) = definition.currency {
        paragraphs.push(format!("Only amounts in {currency} count, and those that name no currency."));
    }
    let duplicates = if policies.drops_duplicates() {
        "Of rows that are the same in every column only the first counts; no customer is dropped"
    } else {
        "No row is dropped as a duplicate, and no customer"
    };
    paragraphs.push(format!("{duplicates} for being new, small or returned in full."));
    paragraphs
}

/// What returns are.
const RETURNS: &str = "A row with an amount below zero is a return: it subtracts, but is no order and no order day, and does \
    not make its customer recent. An order has at least one row that is not below zero. A customer with returns only has 0 \
    orders, and their days.";

/// What cancellations do.
const VOID: &str = "Rows of an order whose amounts are all below zero cancel an order of the same customer with exactly the \
    opposite sum that is not later: the one whose number they repeat behind a letter C, else the latest. Both are left out.";

fn decimals(scale: Scale) -> String {
    match scale.decimals() {
        0 => "the whole unit".to_owned(),
        1 => "1 decimal".to_owned(),
        more => format!("{more} decimals"),
    }
}

fn as_of_date(definition: &Definition<'_>) -> Vec<String> {
    part("As-of date", &[format!("{}: recency is counted to it, and rows after it do not count.", definition.as_of)])
}

/// What a measure is.
pub(super) const fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Recency(Recency::Days) => "whole calendar days from the customer's last order to the as-of date",
        Measure::Recency(Recency::OwnGap) => {
            "days since the last order in multiples of the customer's own median gap, to the hundredth"
        }
        Measure::Frequency(Frequency::Orders) => "distinct orders of the customer",
        Measure::Frequency(Frequency::Days) => "distinct calendar days on which the customer bought",
        Measure::Frequency(Frequency::Rows) => "kept rows of the customer",
        Measure::Monetary(Monetary::Net) => "the net sum of the customer's amounts: returns subtract",
        Measure::Monetary(Monetary::Gross) => "the sum of the customer's amounts above zero: returns do not subtract",
        Measure::Monetary(Monetary::MeanOrder) => {
            "the customer's net sum divided by the number of orders, rounded half away from zero"
        }
        Measure::Monetary(Monetary::LargestOrder) => "the net sum of the customer's largest order",
    }
}

/// What else there is to know of a measure in order to compute it.
const fn details(measure: Measure) -> &'static str {
    match measure {
        Measure::Recency(Recency::OwnGap) => {
            "The gaps are the days between one distinct order day and the next; the median of an even number of gaps is \
             the mean of the middle two. A customer with a single order day is given the median of all customers' \
             medians, rounded half up to a half day; where nobody has two order days, one day. The multiple is rounded \
             half up. The filter, if any, changes no gap."
        }
        Measure::Monetary(Monetary::MeanOrder) => {
            "Orders are the distinct orders, whatever frequency counts; a sum of returns alone is divided by one."
        }
        Measure::Monetary(Monetary::LargestOrder) => {
            "The largest is the order whose amounts have the largest sum; it can be below zero."
        }
        _ => "",
    }
}

fn axis_of(definition: &Definition<'_>, axis: Axis) -> Vec<String> {
    let of_axis = definition.measures.of(axis);
    let (cuts, scale) = (definition.cuts(axis), definition.scale_of(of_axis));
    let best = if axis.small_is_best() { "the fewest are best" } else { "the most is best" };
    let equal = match cuts.closed() {
        Closed::Right => "A value equal to a cut belongs to the bin below it.",
        Closed::Left => "A value equal to a cut belongs to the bin above it.",
    };
    let written = cuts.cuts().iter().map(|cut| cut.text(scale)).collect::<Vec<_>>().join(", ");
    let mut paragraphs = vec![format!("{}; {best}.", sentence(measure(of_axis)))];
    if !details(of_axis).is_empty() {
        paragraphs.push(details(of_axis).to_owned());
    }
    paragraphs.push(format!("Cuts: {written}. {}", method(cuts, axis)));
    paragraphs.push(equal.to_owned());
    let heading = format!("{} ({}), {}", sentence(axis.name()), axis.letter(), of_axis.unit());
    let mut lines = part(&heading, &paragraphs);
    for score in (1..=cuts.bins() as u8).rev() {
        let values = range(cuts, cuts.bin_of_score(score), scale);
        lines.push(format!("    {}{score:<3} {values}", axis.letter()));
    }
    lines
}

/// A text with its first letter, which is ASCII, as a capital.
fn sentence(text: &str) -> String {
    let (first, rest) = text.split_at(text.len().min(1));
    first.to_ascii_uppercase() + rest
}

/// How the cuts of an axis came to be, and whether other data would change them.
fn method(cuts: &Cuts, axis: Axis) -> String {
    let bins = cuts.bins();
    match cuts.method() {
        Method::Quantile => format!(
            "Method quantile, which follows the data: {bins} bins of customers as equal in number as equal values \
             allow; the j-th cut is the value at rank n j / {bins}, rounded up, of the n customers' values in ascending \
             order."
        ),
        Method::RCompat => {
            let unit = match axis {
                Axis::Recency | Axis::Frequency => "1",
                Axis::Monetary => "1 unit of money",
            };
            format!(
                "Method r-compat, which follows the data: the rule of the R package rfm, {bins} bins cut at the type-7 \
                 quantiles (Hyndman and Fan 1996) plus {unit}."
            )
        }
        Method::Mean => {
            "Method mean, which follows the data: 2 bins cut at the mean of all customers' values.".to_owned()
        }
        Method::Fixed => "Method fixed: typed or edited values, frozen whatever the data.".to_owned(),
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
        (None, None) => "any value".to_owned(),
        (None, Some(high)) => format!("≤ {}", money(high, scale)),
        (Some(low), None) => format!("≥ {}", money(low, scale)),
        (Some(low), Some(high)) if low == high => money(low, scale),
        (Some(low), Some(high)) if low > high => "no value: cuts coincide".to_owned(),
        (Some(low), Some(high)) => format!("{} – {}", money(low, scale), money(high, scale)),
    }
}

fn filter(definition: &Definition<'_>) -> Vec<String> {
    let mut paragraphs = vec!["Only customers that meet all of this are scored and counted:".to_owned()];
    paragraphs.extend(definition.filter.map(|text| clean(text).into_owned()));
    for Between { measure: asked, low, high } in definition.conditions.iter().copied() {
        let values = match (low, high) {
            (Some(low), Some(high)) if low > high => "no value".to_owned(),
            _ => between(low, high, definition.scale_of(asked)),
        };
        paragraphs.push(format!("{}, {}: {values}; {}.", asked.axis().name(), asked.unit(), measure(asked)));
    }
    part("Filter", &paragraphs)
}

fn segments(definition: &Definition<'_>) -> Vec<String> {
    let scheme = definition.scheme;
    let bins = definition.map.bins();
    let mut lines = part(
        "Segments",
        &[
            format!("Scheme {}: {}.", scheme.name, scheme.title),
            format!(
                "A cell is a combination of scores R, F, M; there are {}. Each is of one segment at most, and a customer \
                 is in the segment of the own cell.",
                count(definition.map.cells() as i128)
            ),
            legend(bins),
        ],
    );
    for (segment, name) in definition.segment_names().into_iter().enumerate() {
        let cells = definition.cells(segment);
        lines.push(format!("    {} ({})", clean(name), cell_count(cells.len())));
        lines.extend(listed(bins, &cells).into_iter().map(|line| format!("        {line}")));
    }
    lines
}

fn cell_count(cells: usize) -> String {
    match cells {
        0 => "no cell is left for it".to_owned(),
        1 => "1 cell".to_owned(),
        more => format!("{more} cells"),
    }
}

fn legend(bins: [usize; 3]) -> String {
    let example = if is_digits(bins) { "`543` is R 5, F 4, M 3" } else { "`10-4-3` is R 10, F 4, M 3" };
    format!("{example}; `R4-5 F2 any M` is every cell with R 4 or 5 and F 2.")
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
            (1, high) if usize::from(high) == bins[axis.index()] => format!("any {letter}"),
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
    use crate::model::measures::Measures;

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
}
