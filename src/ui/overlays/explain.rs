//! A customer: why the segment is what it is, the figures with their rank, and what was bought.

use crate::app::action::{Action, Direction};
use crate::app::context::Context;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::super::words;
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
use crate::model::scheme::code;
use crate::show::numbers::{count, counted, money};
use crate::show::text::{clean, cut, left, right, width};
use crate::{lang, tr};

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
    let segment = words::segment_of(scheme, row.segment).into_owned();
    let also = scheme.segments.get(row.segment).and_then(|segment| segment.also.as_deref());
    // Who reads English is told no Chinese name.
    let is_read = |also: &&str| lang::current().is_chinese() || also.is_ascii();
    let also = also.filter(|also| *also != segment).filter(is_read);
    let also = also.map_or_else(String::new, |also| format!("  ({})", clean(also)));
    let mut lines = vec![
        Line::from(vec![
            label(tr!("head" | "segment")),
            Span::styled(segment, theme.strong),
            Span::styled(also, theme.muted),
        ]),
        Line::from(vec![
            label(tr!("head" | "rule")),
            Span::raw(tr!("{rule}, of scheme {scheme}", rule = rule(analysis, row.segment), scheme = scheme.name)),
        ]),
        Line::from(vec![label(tr!("head" | "cell")), Span::styled(code(row.scores), theme.strong)]),
    ];
    if let Some(note) = session.marks.note(customer) {
        lines.push(Line::from(vec![label(tr!("head" | "note")), Span::styled(clean(note).into_owned(), theme.accent)]));
    }
    lines.extend(
        baseline(session, customer).map(|text| Line::from(vec![label(tr!("head" | "baseline")), Span::raw(text)])),
    );
    lines.push(Line::default());
    for standing in Standing::of(analysis, customer) {
        lines.extend(standing_lines(analysis, &standing, theme));
    }
    lines.push(Line::default());
    let facts = [
        (tr!("head" | "first order"), customers.first_order(customer).to_string()),
        (tr!("head" | "last order"), customers.last_order(customer).to_string()),
        (tr!("head" | "orders"), customers.orders.get(customer).to_string()),
        (tr!("head" | "net amount"), net(analysis, customer)),
        (tr!("head" | "mean order"), money(row.mean_order.minor, row.mean_order.scale)),
        (tr!("head" | "largest order"), money(customers.largest_order.get(customer), customers.scale)),
        (tr!("median gap"), gap(customers.gap.get(customer))),
    ];
    lines.extend(facts.into_iter().map(|(name, value)| Line::from(vec![label(name), Span::raw(value)])));
    lines.extend(orders::lines(session, customer, theme));
    let mark = if session.marks.has(customer) { theme.characters.glyphs.marks[0] } else { "" };
    let mark = if mark.is_empty() { String::new() } else { format!("{mark} ") };
    let place = if session.reviewing {
        let (place, all) = (session.list.cursor + 1, session.list.listing.len());
        tr!("review {place} of {all}", place = count(place as i128), all = count(all as i128))
    } else {
        let ways = [Direction::Left, Direction::Right].map(Action::Move);
        tr!("{keys} others", keys = session.keymap.names_in(Context::Customer, &ways))
    };
    let id = session.id(customer);
    let title = format!("{mark}{} · {place}", tr!("Customer {id}", id = cut(&clean(&id), 40)));
    let inside = popup(buffer, area, (88, lines.len() as u16 + 3), &title, theme);
    scrolled(buffer, inside, lines, scroll)
}

/// The rule of a segment, short: many cells are told by their number.
fn rule(analysis: &Analysis, segment: usize) -> String {
    const LONGEST: usize = 40;
    let words = analysis.scheme().rule_words(segment);
    if width(&words) <= LONGEST {
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
        text = tr!("{amount}, rank {rank} of {of}", amount = text, rank, of);
    }
    if let CellText::Figure(share) = cell(analysis, Column::Field(Field::Share), customer) {
        text = tr!("{amount}, {share} of all", amount = text, share);
    }
    text
}

fn gap(halves: i64) -> String {
    match halves {
        0 => tr!("none: a single order day").to_owned(),
        halves if halves % 2 == 0 => counted(halves / 2, "day"),
        halves => tr!("{number} days", number = format!("{}.5", halves / 2)),
    }
}

/// The segment under the baseline, where it is another.
fn baseline(session: &Session, customer: usize) -> Option<String> {
    let analysis = &session.analysis;
    let before = Before::of(analysis)?;
    let cell = before.cell(customer);
    let before = analysis.baseline()?.0.scheme.segment_name(before.segment(customer));
    let now = analysis.scheme().segment_name(analysis.segment_of(customer));
    (before != now).then(|| {
        let (segment, baseline) = (words::segment(before), clean(&session.baseline_name));
        tr!("{segment} ({cell}) under {baseline}", segment, cell = code(cell), baseline)
    })
}

/// The value with its score and range, and how far the scores beside are.
fn standing_lines<'a>(analysis: &Analysis, standing: &Standing, theme: &Theme) -> [Line<'a>; 2] {
    let Standing { axis, value, score, bin, better, worse } = *standing;
    let (scale, cuts) = (analysis.scale(axis), analysis.cuts(axis));
    let measure = analysis.measured().measure(axis);
    let text = |value: i64| words::amount(measure, &money(value, scale));
    let head = Line::from(vec![
        Span::styled(format!("  {}", left(words::axis(axis), 15)), theme.muted),
        Span::raw(format!("{}  ", right(&text(value), 16))),
        Span::styled(format!("{}{score}", axis.letter()), theme.strong),
        Span::raw(format!("  {}", cuts.range_text(bin, scale))),
    ]);
    let way = |(score, distance): (u8, i64), more: bool| {
        let (amount, score) = (text(distance), format!("{}{score}", axis.letter()));
        if more { tr!("{amount} more: {score}", amount, score) } else { tr!("{amount} less: {score}", amount, score) }
    };
    let up = better.map(|better| way(better, axis != Axis::Recency));
    let down = worse.map(|worse| way(worse, axis == Axis::Recency));
    let words = match (up, down) {
        (Some(up), Some(down)) => tr!("{better}; {worse}", better = up, worse = down),
        (Some(only), None) => tr!("the worst score; {better}", better = only),
        (None, Some(only)) => tr!("the best score; {worse}", worse = only),
        (None, None) => String::new(),
    };
    [head, Line::styled(format!("  {}{words}", left("", 15)), theme.muted)]
}
