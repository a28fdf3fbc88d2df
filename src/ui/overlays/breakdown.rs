//! A segment by the values of a field, against everybody; or all segments beside each other.
//!
//! ```text
//! by channel                       3 of 34 · ← gender · region →
//! 592 customers (19.7%), 15,102 orders, revenue 1,523,310.20 (70.0%)
//! value      customers  share  whole index            revenue …
//! app              454  76.7%  19.8%   387     │++++    1.21M …
//! …
//! 100 = as among everybody · by revenue
//! ```

mod matrix;
#[cfg(test)]
mod tests;

use crate::app::action::Action;
use crate::app::context::Context;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::super::words;
use super::popup::popup;
use crate::app::breakdown::BreakdownScreen;
use crate::app::session::Session;
use crate::engine::analysis::Analysis;
use crate::engine::breakdown::{Basis, Breakdown, Figures};
use crate::model::money::Money;
use crate::show::numbers::{count, counted, share, short, short_money};
use crate::show::text::{clean, cut, width};
use crate::tr;

/// Lines above the values, and below them.
const HEAD: u16 = 3;
const FOOT: u16 = 1;

/// Indexes from which a value is marked, the reciprocals of which count below 100: 1.25, 1.5, 2 and 3 times.
const MARKED: [i64; 4] = [125, 150, 200, 300];

/// Columns of the marks: as many at each side of a stroke.
const MARKS: usize = MARKED.len();

/// How many columns of figures there are at least: up to the index.
const FEWEST: usize = 4;

/// Columns of the values at least, and at most.
const NAMES: (u16, u16) = (12, 34);

/// Draws it.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    session: &Session,
    screen: &BreakdownScreen,
    theme: &Theme,
) {
    let analysis = &session.analysis;
    let whose = match screen.segment {
        _ if screen.matrix => tr!("all segments").into(),
        None => tr!("everybody").into(),
        Some(segment) => words::segment_of(analysis.scheme(), segment),
    };
    let title = tr!("Breakdown of {whom} · {basis}", whom = cut(&whose, 30), basis = screen.basis.title());
    let inside = popup(buffer, area, (area.width.min(130), area.height), &title, theme);
    if inside.height <= HEAD + FOOT {
        return;
    }
    fields(buffer, inside, session, screen, theme);
    let Some((table, lines)) = screen.table(session) else {
        let (words, style) = match (screen.counted(session), session.details.reading_words()) {
            (Some(Err(problem)), _) => (problem.to_string(), theme.problem),
            (_, Some(words)) if screen.field(session).is_none() => (words, theme.strong),
            _ if screen.failed => (tr!("that could not be counted: a fault of the program").to_owned(), theme.problem),
            _ => (tr!("counting ...").to_owned(), theme.strong),
        };
        put(buffer, inside, 0, HEAD, &words, style);
        return;
    };
    let rows = Rect { y: inside.y + HEAD, height: inside.height - HEAD - FOOT, ..inside };
    let fit = usize::from(rows.height).max(1);
    let first = (screen.cursor + 1).saturating_sub(fit);
    let shown: Vec<usize> = lines.iter().skip(first).take(fit).copied().collect();
    let head = Rect { y: inside.y + HEAD - 1, height: 1, ..inside };
    put(
        buffer,
        inside,
        0,
        1,
        &summary(table, analysis, screen.segment.filter(|_| !screen.matrix), inside.width),
        theme.strong,
    );
    if screen.matrix {
        matrix::draw(buffer, [head, rows], (table, session), screen, &shown, theme);
    } else {
        one(buffer, [head, rows], (table, session), screen, &shown, theme);
    }
    if !shown.is_empty() {
        let place = Rect { y: rows.y + (screen.cursor - first) as u16, height: 1, ..rows };
        buffer.set_style(place, Style::reset().patch(theme.cursor));
    }
    put(buffer, inside, 0, inside.height - 1, &note(table, screen, session), theme.muted);
    let place = count((screen.cursor + 1).min(lines.len()) as u64);
    let place = tr!("{place} of {all}", place, all = count(lines.len() as u64));
    put_right(buffer, inside, inside.width, inside.height - 1, &place, theme.muted);
}

/// The field, and those beside it.
fn fields(buffer: &mut Buffer, area: Rect, session: &Session, screen: &BreakdownScreen, theme: &Theme) {
    let all = screen.fields();
    let Some(place) = screen.field(session).and_then(|field| all.iter().position(|one| *one == field)) else { return };
    let name = |place: usize| {
        let definition = session.analysis.fields().definition(all[place % all.len()]);
        cut(&clean(&definition.name), 16).into_owned()
    };
    let words = clean(&session.analysis.fields().definition(all[place]).words()).into_owned();
    let number = tr!("{place} of {all}", place = place + 1, all = all.len());
    let others = format!("{number} · ← {} · {} →", name(place + all.len() - 1), name(place + 1));
    let used = put(buffer, area, 0, 0, &tr!("by {field}", field = name(place)), theme.accent);
    let room = area.width.saturating_sub(used + 2 + width(&others) as u16 + 2);
    if room > 10 {
        put(buffer, area, used + 2, 0, &cut(&words, room.into()), theme.muted);
    }
    put_right(buffer, area, area.width, 0, &others, theme.muted);
}

/// What the segment amounts to.
fn summary(table: &Breakdown, analysis: &Analysis, segment: Option<usize>, columns: u16) -> String {
    let (total, whole) = (table.total(segment), table.total(None));
    let scale = analysis.customers().scale;
    let (customers, orders) = (counted(total.customers, "customer"), counted(total.orders, "order"));
    words::in_room(columns, |sum| {
        let revenue = sum(total.revenue.into(), scale);
        if segment.is_none() {
            return tr!("{customers}, {orders}, revenue {revenue}", customers, orders, revenue);
        }
        tr!(
            "{customers} ({share}), {orders}, revenue {revenue} ({of_revenue})",
            customers,
            share = share(total.customers, whole.customers),
            orders,
            revenue,
            of_revenue = share(total.revenue, whole.revenue)
        )
    })
}

/// What the figures mean, and how to see others.
fn note(table: &Breakdown, screen: &BreakdownScreen, session: &Session) -> String {
    if session.analysis.fields().transactions().is_none() && !session.details.is_reading() {
        return tr!("the rows could not be read once more: fields of customers alone").to_owned();
    }
    let sort = tr!("by {order}", order = screen.sort(table).name());
    let key = |action| session.keymap.name_in(Context::Breakdown, action);
    let other = if table.basis() == Basis::Purchases {
        tr!("{key} customers", key = key(Action::NextMetric))
    } else if screen.has_purchases(session) {
        tr!("{key} purchases", key = key(Action::NextMetric))
    } else {
        String::new()
    };
    let figure = if screen.matrix && screen.by_share {
        tr!("share within each segment · {key} index", key = key(Action::IndexOrShare))
    } else if screen.matrix {
        tr!("index: 100 as among everybody · {key} share", key = key(Action::IndexOrShare))
    } else {
        tr!("index: 100 as among everybody").to_owned()
    };
    [figure, sort, other].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A column: its head, its columns on the screen, and how the lines that are shown stand in it.
struct Column {
    head: &'static str,
    width: u16,
    /// Whether its style tells the index.
    is_index: bool,
    texts: Vec<String>,
}

impl Column {
    /// A column that is as wide as what stands in it, and so many columns at least.
    fn new(head: &'static str, least: u16, texts: impl Iterator<Item = String>) -> Self {
        let texts: Vec<String> = texts.collect();
        let widest = texts.iter().map(|text| width(text)).max().unwrap_or(0).max(width(head));
        Self { head, width: least.max(widest as u16 + 1), is_index: false, texts }
    }

    fn of_index(self) -> Self {
        Self { is_index: true, ..self }
    }
}

/// One segment with all its figures.
fn one(
    buffer: &mut Buffer,
    [head, rows]: [Rect; 2],
    (table, session): (&Breakdown, &Session),
    screen: &BreakdownScreen,
    shown: &[usize],
    theme: &Theme,
) {
    let (segment, basis, scale) = (screen.segment, table.basis(), session.analysis.customers().scale);
    let total = table.total(segment);
    let part = |(part, whole): (u64, u64)| share(part, whole);
    let index = |line: usize| table.index(line, segment);
    let lines = || shown.iter().copied();
    let figures = || lines().map(|line| table.figures(line, segment));
    let mean = |figures: Figures| {
        let mean = Money::mean(figures.revenue.into(), figures.orders, scale);
        if figures.orders == 0 { "–".to_owned() } else { short_money(mean.minor, mean.scale) }
    };
    let unit = match basis {
        Basis::Customers => tr!("head" | "customers"),
        Basis::Purchases => tr!("head" | "rows"),
    };
    let mut columns = vec![
        Column::new(unit, 10, figures().map(|figures| count(figures.count(basis)))),
        Column::new(tr!("head" | "share"), 7, lines().map(|line| part(table.share(line, segment)))),
        Column::new(tr!("head" | "whole"), 7, lines().map(|line| part(table.share(line, None)))),
        Column::new(tr!("head" | "index"), 6, lines().map(|line| index(line).map_or_else(|| "–".to_owned(), count)))
            .of_index(),
        Column::new("", MARKS as u16 * 2 + 2, lines().map(|line| marks(index(line), theme.characters.glyphs.stroke)))
            .of_index(),
        Column::new(tr!("head" | "revenue"), 8, figures().map(|figures| short_money(figures.revenue, scale))),
        Column::new(tr!("head" | "rev.%"), 7, figures().map(|figures| share(figures.revenue, total.revenue))),
        Column::new(tr!("head" | "mean"), 8, figures().map(mean)),
    ];
    let buyers = || Column::new(tr!("head" | "buyers"), 8, figures().map(|figures| short(figures.customers)));
    let more = [
        (basis == Basis::Purchases).then(buyers),
        Some(Column::new(tr!("head" | "orders"), 8, figures().map(|figures| short(figures.orders)))),
    ];
    for column in more.into_iter().flatten() {
        let used: u16 = columns.iter().map(|column| column.width).sum();
        if used + column.width + NAMES.0 * 2 <= head.width {
            columns.push(column);
        }
    }
    // On a narrow screen sums go, that the values keep their names.
    while columns.len() > FEWEST && columns.iter().map(|column| column.width).sum::<u16>() + NAMES.0 > head.width {
        columns.pop();
    }
    let used: u16 = columns.iter().map(|column| column.width).sum();
    let names = head.width.saturating_sub(used).min(NAMES.1);
    put(buffer, head, 0, 0, tr!("head" | "value"), theme.muted);
    let mut end = names;
    for Column { head: text, width, .. } in &columns {
        end += width;
        put_right(buffer, head, end, 0, text, theme.muted);
    }
    for ((place, line), y) in shown.iter().enumerate().zip(0..) {
        let style = weight(table.index(*line, segment), theme);
        put(buffer, rows, 0, y, &cut(&clean(&session.line(table, *line)), usize::from(names)), Style::new());
        let mut end = names;
        for Column { width, is_index, texts, .. } in &columns {
            end += width;
            put_right(buffer, rows, end, y, &texts[place], if *is_index { style } else { Style::new() });
        }
    }
}

/// How an index shows: what is more than elsewhere is picked out, what is less recedes.
fn weight(index: Option<i64>, theme: &Theme) -> Style {
    match index {
        Some(index) if index >= MARKED[0] => theme.picked,
        Some(index) if index * MARKED[0] > 10_000 => Style::new(),
        _ => theme.muted,
    }
}

/// Marks at the side of a stroke: `  --│    ` for half as often, `    │+++ ` for twice.
fn marks(index: Option<i64>, stroke: &str) -> String {
    let Some(index) = index else { return String::new() };
    let more = MARKED.iter().filter(|mark| index >= **mark).count();
    let less = MARKED.iter().filter(|mark| index * **mark <= 10_000).count();
    format!("{:>MARKS$}{stroke}{:<MARKS$}", "-".repeat(less), "+".repeat(more))
}
