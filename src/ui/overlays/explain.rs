//! A customer: why the segment is what it is, the figures with their rank, and what was bought.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::orders;
use super::popup::{popup, scrolled};
use crate::app::list::{CellText, cell};
use crate::app::session::Session;
use crate::engine::analysis::Analysis;
use crate::engine::explain::Standing;
use crate::engine::fields::Field;
use crate::engine::listing::{Column, row};
use crate::engine::migration::Before;
use crate::model::customers::Axis;

use crate::model::measures::{Frequency, Measure, Recency};
use crate::model::scheme::code;
use crate::show::numbers::{count, counted, money};
use crate::show::text::{clean, cut, left, right};

/// Draws the explanation; gives how far it scrolls.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    session: &Session,
    (customer, scroll): (usize, usize),
    theme: &Theme,
) -> usize {
    let analysis = &session.analysis;
    let customers = analysis.customers();
    let row = row(analysis, customer);
    let scheme = analysis.scheme();
    let label = |text: &str| Span::styled(format!("  {}", left(text, 15)), theme.muted);
    let segment = clean(scheme.segment_name(row.segment)).into_owned();
    let also = scheme.segments.get(row.segment).and_then(|segment| segment.also.as_deref());
    let also = also.map_or_else(String::new, |also| format!("  ({})", clean(also)));
    let mut lines = vec![
        Line::from(vec![label("segment"), Span::styled(segment, theme.strong), Span::styled(also, theme.muted)]),
        Line::from(vec![
            label("rule"),
            Span::raw(format!("{}, of scheme {}", rule(analysis, row.segment), scheme.name)),
        ]),
        Line::from(vec![label("cell"), Span::styled(code(row.scores), theme.strong)]),
    ];
    if let Some(note) = session.marks.note(customer) {
        lines.push(Line::from(vec![label("note"), Span::styled(clean(note).into_owned(), theme.accent)]));
    }
    lines.extend(baseline(session, customer).map(|text| Line::from(vec![label("baseline"), Span::raw(text)])));
    lines.push(Line::default());
    for standing in Standing::of(analysis, customer) {
        lines.extend(standing_lines(analysis, &standing, theme));
    }
    lines.push(Line::default());
    let facts = [
        ("first order", customers.first_order(customer).to_string()),
        ("last order", customers.last_order(customer).to_string()),
        ("orders", customers.orders.get(customer).to_string()),
        ("net amount", net(analysis, customer)),
        ("mean order", money(row.mean_order.minor, row.mean_order.scale)),
        ("largest order", money(customers.largest_order.get(customer), customers.scale)),
        ("median gap", gap(customers.gap.get(customer))),
    ];
    lines.extend(facts.into_iter().map(|(name, value)| Line::from(vec![label(name), Span::raw(value)])));
    lines.extend(orders::lines(session, customer, theme));
    let mark = if session.marks.has(customer) { theme.characters.glyphs.marks[0] } else { "" };
    let mark = if mark.is_empty() { String::new() } else { format!("{mark} ") };
    let place = if session.reviewing {
        let (place, all) = (session.list.cursor + 1, session.list.listing.len());
        format!("review {} of {}", count(place as i128), count(all as i128))
    } else {
        "←→ others".to_owned()
    };
    let title = format!("{mark}Customer {} · {place}", cut(&clean(&session.id(customer)), 40));
    let inside = popup(buffer, area, (88, lines.len() as u16 + 3), &title, theme);
    scrolled(buffer, inside, lines, scroll)
}

/// The rule of a segment, short: many cells are told by their number.
fn rule(analysis: &Analysis, segment: usize) -> String {
    const LONGEST: usize = 40;
    let words = analysis.scheme().rule_words(segment);
    if words.len() <= LONGEST {
        return words;
    }
    let map = analysis.map();
    counted((0..map.cells()).filter(|cell| map.segment(*cell) == segment).count() as i128, "cell")
}

/// The net sum with its place among all and its share of their sum.
fn net(analysis: &Analysis, customer: usize) -> String {
    let customers = analysis.customers();
    let mut text = money(customers.net.get(customer), customers.scale);
    // What takes a look at everybody is made behind the screen.
    if let CellText::Figure(rank) = cell(analysis, Column::Field(Field::Rank), customer) {
        let of = counted(customers.len() as i128, "customer");
        text = format!("{text}, rank {rank} of {of}");
    }
    if let CellText::Figure(share) = cell(analysis, Column::Field(Field::Share), customer) {
        text = format!("{text}, {share} of all");
    }
    text
}

fn gap(halves: i64) -> String {
    match halves {
        0 => "none: a single order day".to_owned(),
        halves if halves % 2 == 0 => counted(halves / 2, "day"),
        halves => format!("{}.5 days", halves / 2),
    }
}

/// The segment under the baseline, where it is another.
fn baseline(session: &Session, customer: usize) -> Option<String> {
    let analysis = &session.analysis;
    let before = Before::of(analysis)?;
    let cell = before.cell(customer);
    let before = analysis.baseline()?.0.scheme.segment_name(before.segment(customer));
    let now = analysis.scheme().segment_name(analysis.segment_of(customer));
    (before != now).then(|| format!("{} ({}) under {}", clean(before), code(cell), clean(&session.baseline_name)))
}

/// The value with its score and range, and how far the scores beside are.
fn standing_lines<'a>(analysis: &Analysis, standing: &Standing, theme: &Theme) -> [Line<'a>; 2] {
    let Standing { axis, value, score, bin, better, worse } = *standing;
    let (scale, cuts) = (analysis.scale(axis), analysis.cuts(axis));
    let measure = analysis.measured().measure(axis);
    let text = |value: i64| amount(measure, &money(value, scale));
    let head = Line::from(vec![
        Span::styled(format!("  {}", left(axis.name(), 15)), theme.muted),
        Span::raw(format!("{}  ", right(&text(value), 16))),
        Span::styled(format!("{}{score}", axis.letter()), theme.strong),
        Span::raw(format!("  {}", cuts.range_text(bin, scale))),
    ]);
    let way = |(score, distance): (u8, i64), more: bool| {
        let more = if more { "more" } else { "less" };
        format!("{} {more}: {}{score}", text(distance), axis.letter())
    };
    let up = better.map(|better| way(better, axis != Axis::Recency));
    let down = worse.map(|worse| way(worse, axis == Axis::Recency));
    let words = match (up, down) {
        (Some(up), Some(down)) => format!("{up}; {down}"),
        (Some(only), None) => format!("the worst score; {only}"),
        (None, Some(only)) => format!("the best score; {only}"),
        (None, None) => String::new(),
    };
    [head, Line::styled(format!("  {}{words}", left("", 15)), theme.muted)]
}

/// A value with its unit, one of them without its plural.
fn amount(measure: Measure, number: &str) -> String {
    let unit = match (measure, number) {
        (Measure::Recency(Recency::Days) | Measure::Frequency(Frequency::Days), "1") => "day",
        (Measure::Frequency(Frequency::Orders), "1") => "order",
        (Measure::Frequency(Frequency::Rows), "1") => "row",
        (Measure::Monetary(_), _) => return number.to_owned(),
        (measure, _) => measure.unit(),
    };
    format!("{number} {unit}")
}
