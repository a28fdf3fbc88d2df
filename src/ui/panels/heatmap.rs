//! The RFM heatmap: scores of two axes, each cell with its number, its mark and its colour, any of which tells alone.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::paint::{panel, put};
use super::super::theme::Theme;
use super::super::words;
use crate::app::heat::{Heat, Metric, mean_monetary, segment_touches, segments_within};
use crate::app::session::{Panel, Session};
use crate::engine::analysis::Analysis;
use crate::engine::listing::Selection;
use crate::engine::summary::{Summary, Tally};
use crate::model::cuts::Cuts;
use crate::model::money::Scale;
use crate::show::numbers::{self, count, counted, money, share, short, short_money, signed};
use crate::show::text::{clean, cut, width};
use crate::tr;
use unicode_segmentation::UnicodeSegmentation;

/// Draws the panel.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) {
    let Session { analysis, heat, .. } = session;
    let [up, across] = heat.plane.axes();
    let axes = format!("{} × {}", title_case(words::axis(up)), words::axis(across));
    let title = match heat.layer {
        None => axes,
        Some(layer) => tr!("{axes}, {score} only", axes, score = format!("{}{layer}", heat.plane.third().letter())),
    };
    let area = panel(buffer, area, &title, &note(session), session.panel == Panel::Heatmap, theme);
    if area.height < 3 {
        return;
    }
    let grid = Grid::of(area, analysis, *heat);
    grid.labels(buffer, area, theme);
    for up_score in 1..=analysis.cuts(up).bins() as u8 {
        for across_score in 1..=analysis.cuts(across).bins() as u8 {
            grid.cell(buffer, area, session, [up_score, across_score], theme);
        }
    }
    detail(buffer, area, session, theme);
}

/// What the cells show.
fn note(session: &Session) -> String {
    let Session { analysis, heat, .. } = session;
    let metric = heat.metric.name();
    if !heat.metric.is_difference() {
        return tr!("by {metric}", metric);
    }
    let baseline = clean(&session.baseline_name);
    if analysis.baseline_summary().is_some_and(|before| before.bins() == analysis.summary().bins()) {
        tr!("by {metric} from {baseline}", metric, baseline)
    } else {
        tr!("by {metric}: {baseline} has other bins", metric, baseline)
    }
}

/// A panel at least this wide writes the ranges at its left in full.
const ROOMY: u16 = 56;

/// A score with the range of values that have it.
fn label(cuts: &Cuts, score: u8, scale: Scale, roomy: bool) -> String {
    let range = cuts.range_text(cuts.bin_of_score(score), scale);
    let letter = cuts.axis().letter();
    if roomy { format!("{letter}{score} {range}") } else { format!("{letter}{score} {range:#}") }
}

fn title_case(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Where the cells are.
struct Grid<'a> {
    analysis: &'a Analysis,
    heat: Heat,
    /// Columns of the labels at the left.
    label: u16,
    /// Whether ranges are written in full.
    roomy: bool,
    cell: (u16, u16),
    /// Tallies by the scores up and across, from 1.
    plane: Vec<Vec<Tally>>,
    /// The same under the baseline, where the metric asks for it and the bins are as many.
    before: Option<Vec<Vec<Tally>>>,
    largest: i64,
}

/// The tallies of the plane that the heatmap shows.
fn plane(summary: &Summary, heat: &Heat) -> Vec<Vec<Tally>> {
    let [up, across] = heat.plane.axes().map(|axis| summary.bins()[axis.index()] as u8);
    (1..=up).map(|up| (1..=across).map(|across| summary.pattern(heat.pattern([up, across]))).collect()).collect()
}

impl<'a> Grid<'a> {
    fn of(area: Rect, analysis: &'a Analysis, heat: Heat) -> Self {
        let [up, across] = heat.plane.axes().map(|axis| analysis.cuts(axis).bins() as u16);
        // The labels may take a quarter of the panel; the cells share the rest.
        let cuts = analysis.cuts(heat.plane.axes()[0]);
        let scale = analysis.scale(cuts.axis());
        let roomy = area.width >= ROOMY;
        let range = |bin| width(&label(cuts, cuts.score_of_bin(bin), scale, roomy)) + 1;
        let label = (0..cuts.bins()).map(range).max().unwrap_or(0) as u16;
        let label = label.min(area.width / 3);
        let cell = ((area.width - label) / across, ((area.height - 2) / up).max(1));
        let before = analysis.baseline_summary().filter(|before| before.bins() == analysis.summary().bins());
        let before = before.filter(|_| heat.metric.is_difference()).map(|before| plane(before, &heat));
        let plane = plane(analysis.summary(), &heat);
        let mut grid = Self { analysis, heat, label, roomy, cell, plane, before, largest: 0 };
        let scores = (1..=up as u8).flat_map(|up| (1..=across as u8).map(move |across| [up, across]));
        grid.largest = scores.map(|scores| grid.size(scores).abs()).max().unwrap_or(0);
        grid
    }

    fn tally(&self, scores: [u8; 2]) -> Tally {
        self.plane[usize::from(scores[0]) - 1][usize::from(scores[1]) - 1]
    }

    /// The size of a cell by the metric; less than nothing where fewer are in it than under the baseline.
    fn size(&self, scores: [u8; 2]) -> i64 {
        let size = self.heat.metric.size(self.tally(scores));
        match &self.before {
            Some(before) => {
                size - self.heat.metric.size(before[usize::from(scores[0]) - 1][usize::from(scores[1]) - 1])
            }
            None if self.heat.metric.is_difference() => 0,
            None => size,
        }
    }

    /// The place of a cell: the best score up is at the top, the best across at the right.
    fn place(&self, scores: [u8; 2]) -> (u16, u16) {
        let rows = self.analysis.cuts(self.heat.plane.axes()[0]).bins() as u16;
        let (width, height) = self.cell;
        (self.label + u16::from(scores[1] - 1) * width, (rows - u16::from(scores[0])) * height)
    }

    fn labels(&self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        let [up, across] = self.heat.plane.axes().map(|axis| self.analysis.cuts(axis));
        for score in 1..=up.bins() as u8 {
            let (_, y) = self.place([score, 1]);
            let text = label(up, score, self.analysis.scale(up.axis()), self.roomy);
            let y = y + self.cell.1.saturating_sub(1) / 2;
            put(buffer, area, 0, y, &cut(&text, usize::from(self.label) - 1), theme.muted);
        }
        // All labels across are of one form, the fullest that fits everywhere.
        let scores = 1..=across.bins() as u8;
        let forms = [true, false].map(|roomy| {
            scores.clone().map(|score| label(across, score, self.analysis.scale(across.axis()), roomy)).collect()
        });
        let fits = |labels: &Vec<String>| labels.iter().all(|text| width(text) < self.cell.0.into());
        let names = || scores.clone().map(|score| format!("{}{score}", across.axis().letter())).collect();
        let labels: Vec<String> = forms.into_iter().find(fits).unwrap_or_else(names);
        for (score, text) in scores.clone().zip(labels) {
            let (x, _) = self.place([1, score]);
            let left = self.cell.0.saturating_sub(width(&text) as u16) / 2;
            let y = self.cell.1 * up.bins() as u16;
            put(buffer, area, x + left, y, &cut(&text, self.cell.0.into()), theme.muted);
        }
    }

    fn cell(&self, buffer: &mut Buffer, area: Rect, session: &Session, scores: [u8; 2], theme: &Theme) {
        let (x, y) = self.place(scores);
        let (columns, rows) = self.cell;
        let glyphs = theme.characters.glyphs;
        let (tally, size) = (self.tally(scores), self.size(scores));
        let level = level(size.abs(), self.largest);
        let differs = self.heat.metric.is_difference();
        let empty = if differs { size == 0 } else { tally.customers == 0 };
        let mut style = match (empty, differs) {
            (true, _) => theme.muted,
            (false, true) => theme.difference(level, size > 0),
            (false, false) => theme.heat(level),
        };
        if session.panel == Panel::Heatmap && self.heat.cursor == scores {
            style = style.patch(theme.cursor);
        }
        // Narrow cells touch each other, or their numbers would not fit.
        let gap = u16::from(columns > 4);
        let inner = Rect { x: area.x + x, y: area.y + y, width: columns - gap, height: rows };
        let inner = inner.intersection(area);
        buffer.set_style(inner, style);
        let text = if empty {
            glyphs.nobody.to_owned()
        } else {
            self.figure(tally, size, glyphs.shades[level + 2], inner.width.into())
        };
        Self::centred(buffer, inner, rows.saturating_sub(1) / 2, &text, style);
        let pattern = self.heat.pattern(scores);
        if rows > 1 && !empty {
            // The marks of a selection stand at both sides of the name.
            let marks = if session.list.listing.selection() == Selection::All { 0 } else { 2 };
            let name = segment_name(self.analysis, pattern, usize::from(inner.width.saturating_sub(marks)));
            Self::centred(buffer, inner, rows.saturating_sub(1) / 2 + 1, &name, style.remove_modifier(Modifier::BOLD));
        }
        let [up, across] = self.heat.marked();
        let marked = (up[0]..=up[1]).contains(&scores[0]) && (across[0]..=across[1]).contains(&scores[1]);
        if if self.heat.mark.is_some() { marked } else { is_selected(session, pattern, scores) } {
            outline(buffer, inner, style.add_modifier(Modifier::BOLD), theme);
        }
    }

    /// The figure and its mark, then the figure alone, then a shorter one: digits are never cut.
    fn figure(&self, tally: Tally, size: i64, mark: &str, columns: usize) -> String {
        let figure = figure(self.analysis, self.heat.metric, tally, size);
        // 12.3% is 12 % before its decimals are dropped; 12.3k is not 12.
        let percent =
            figure.strip_suffix('%').and_then(|share| share.split('.').next()).map(|whole| format!("{whole}%"));
        let rough = rough(size, self.analysis.customers().scale, self.heat.metric);
        let candidates = [format!("{figure} {mark}"), figure, percent.unwrap_or_default(), rough];
        let text = candidates.into_iter().find(|text| !text.is_empty() && width(text) <= columns);
        text.unwrap_or_else(|| mark.to_owned())
    }

    fn centred(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) {
        let left = area.width.saturating_sub(width(text) as u16) / 2;
        put(buffer, area, left, y, text, style);
    }
}

/// The heat of a size among those of all cells, by its square root: most cells are small beside the largest.
fn level(size: i64, largest: i64) -> usize {
    if size <= 0 || largest <= 0 {
        return 0;
    }
    let root = (size as f64 / largest as f64).sqrt();
    ((root * Theme::HEATS as f64) as usize).min(Theme::HEATS - 1)
}

fn figure(analysis: &Analysis, metric: Metric, tally: Tally, size: i64) -> String {
    let total = analysis.summary().total();
    let scale = analysis.customers().scale;
    match metric {
        Metric::Customers => short(tally.customers),
        Metric::Share => share(tally.customers, total.customers),
        Metric::Revenue => short_money(tally.revenue, scale),
        Metric::RevenueShare => share(tally.revenue, total.revenue),
        Metric::MeanMonetary => short_money(mean_monetary(tally), scale),
        Metric::CustomersDifference => signed(size, short(size)),
        Metric::RevenueDifference => signed(size, short_money(size, scale)),
    }
}

/// A size in as few characters as can be: `950`, `12k`, `3M`; empty for shares, which have no unit to round to.
fn rough(size: i64, scale: Scale, metric: Metric) -> String {
    let units = match metric {
        Metric::Customers => size,
        Metric::Revenue | Metric::MeanMonetary => size / scale.factor(),
        Metric::CustomersDifference | Metric::RevenueDifference | Metric::Share | Metric::RevenueShare => {
            return String::new();
        }
    };
    numbers::rough(units)
}

/// The segment with most customers in a cell of the plane, with a `+` where others share it.
fn segment_name(analysis: &Analysis, pattern: [Option<u8>; 3], columns: usize) -> String {
    let segments = segments_within(analysis, pattern);
    let shared = segments.iter().filter(|(_, tally)| tally.customers > 0).count() > 1;
    let name = segments.first().map(|(segment, _)| words::segment_of(analysis.scheme(), *segment)).unwrap_or_default();
    match columns {
        // A few letters say more than fewer with marks.
        0..=5 if width(&name) > columns => told_apart(analysis, &name, columns),
        0..=8 => words::brief(&name, columns).into_owned(),
        _ if shared => format!("{}+", words::brief(&name, columns - 1)),
        _ => words::brief(&name, columns).into_owned(),
    }
}

/// The first letters of a name; where another segment is called so, the last one in the place of the last of these.
fn told_apart(analysis: &Analysis, name: &str, columns: usize) -> String {
    let stem = words::stem(name);
    let first = first_letters(stem, columns);
    let scheme = analysis.scheme();
    let mut others = (0..analysis.map().shown()).map(|segment| words::segment_of(scheme, segment));
    let is_taken = others.any(|other| other != name && words::stem(&other) == first);
    let last = stem.graphemes(true).next_back().filter(|_| is_taken && first != stem);
    match last {
        Some(last) if width(last) < columns => first_letters(stem, columns - width(last)) + last,
        _ => first,
    }
}

/// As much of a name as so many columns hold.
fn first_letters(name: &str, columns: usize) -> String {
    let mut used = 0;
    let fits = |letter: &&str| {
        used += width(letter);
        used <= columns
    };
    name.graphemes(true).take_while(fits).collect()
}

/// Whether the list is filtered by this cell, or by a segment that has some of it.
pub(in super::super) fn is_selected(session: &Session, pattern: [Option<u8>; 3], scores: [u8; 2]) -> bool {
    match session.list.listing.selection() {
        Selection::These(_) | Selection::All => false,
        Selection::Cells(selected) => selected == pattern || session.heat.pattern(scores) == selected,
        Selection::Segment(segment) => segment_touches(&session.analysis, segment, pattern),
        Selection::Moved(_, to) => to.is_some_and(|to| segment_touches(&session.analysis, to, pattern)),
    }
}

/// How much more or less a cell is than under the baseline, where the heatmap shows that.
pub(in super::super) fn difference(session: &Session, scores: [u8; 2]) -> Option<String> {
    let Session { analysis, heat, .. } = session;
    let before = analysis.baseline_summary().filter(|before| before.bins() == analysis.summary().bins())?;
    let pattern = heat.pattern(scores);
    let [now, before] = [analysis.summary().pattern(pattern), before.pattern(pattern)];
    let size = heat.metric.size(now) - heat.metric.size(before);
    heat.metric.is_difference().then(|| figure(analysis, heat.metric, now, size))
}

/// Marks a cell at both its sides, so that it shows without colours too; a narrow one is underlined, or its number would be
/// lost.
fn outline(buffer: &mut Buffer, area: Rect, style: Style, theme: &Theme) {
    const NARROW: u16 = 7;
    if area.width < NARROW {
        buffer.set_style(area, style.add_modifier(Modifier::UNDERLINED));
        return;
    }
    let [left, right] = theme.characters.glyphs.sides;
    for y in 0..area.height {
        put(buffer, area, 0, y, left, style);
        put(buffer, area, area.width.saturating_sub(1), y, right, style);
    }
}

/// The line on the cell under the cursor, with all segments in it.
fn detail(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) {
    let Session { analysis, heat, .. } = session;
    let [up, across] = heat.plane.axes();
    let pattern = heat.pattern(heat.cursor);
    let tally = analysis.summary().pattern(pattern);
    let total = analysis.summary().total();
    let cell = format!("{}{} {}{}", up.letter(), heat.cursor[0], across.letter(), heat.cursor[1]);
    let scale = analysis.customers().scale;
    let revenue = if area.width > 90 { money(tally.revenue, scale) } else { short_money(tally.revenue, scale) };
    let [share, of_revenue] = [share(tally.customers, total.customers), share(tally.revenue, total.revenue)];
    let head = if area.width > 54 {
        let customers = counted(tally.customers, "customer");
        tr!("{cell}: {customers} {share}, revenue {revenue} {of_revenue}", cell, customers, share, revenue, of_revenue)
    } else {
        let count = count(tally.customers);
        tr!("{cell}: {count} cust. {share} · {revenue} {of_revenue}", cell, count, share, revenue, of_revenue)
    };
    let parts = segments_within(analysis, pattern).into_iter().filter(|(_, tally)| tally.customers > 0);
    let parts: Vec<String> = parts
        .map(|(segment, tally)| format!("{} {}", words::segment_of(analysis.scheme(), segment), count(tally.customers)))
        .collect();
    let y = area.height - 1;
    let x = put(buffer, area, 0, y, &head, theme.strong);
    if !parts.is_empty() {
        put(buffer, area, x, y, &format!(" · {}", parts.join(tr!("list" | ", "))), theme.muted);
    }
}
