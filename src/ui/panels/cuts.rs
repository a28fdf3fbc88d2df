//! The distributions of R, F and M with their cuts, and each bin's range and customers.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::paint::{panel, put, put_right};
use super::super::theme::Theme;
use super::super::words;
use crate::app::session::{Panel, Session};
use crate::engine::distribution::Distribution;
use crate::engine::summary::Tally;
use crate::model::customers::Axis;
use crate::model::cuts::{Cuts, Method};
use crate::model::money::Scale;
use crate::show::numbers::{count, share, short, short_money, signed};
use crate::show::text::width;
use crate::tr;

/// Columns that an axis needs to stand beside the others.
const BESIDE: u16 = 19;

/// Lines that a histogram needs above the bins.
const HISTOGRAM: u16 = 4;

/// Draws the panel: all three axes where they fit beside each other, else the one being edited.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) {
    let focused = session.panel == Panel::Cuts;
    let picked = session.analysis.cuts(session.cut.axis);
    let cut = picked.cuts()[session.cut.cut].text(session.analysis.scale(session.cut.axis));
    let note = tr!(
        "{axis} cut {number} of {all}: {value}",
        axis = words::axis(session.cut.axis),
        number = session.cut.cut + 1,
        all = picked.cuts().len(),
        value = words::amount(session.analysis.measured().measure(session.cut.axis), &cut)
    );
    let bins = Axis::ALL.map(|axis| session.analysis.cuts(axis).bins() as u16).into_iter().max().unwrap_or(0);
    let beside = if session.zoom { 2 * BESIDE } else { BESIDE };
    let all = area.width >= 3 * beside && area.height >= 2 + bins + HISTOGRAM;
    let axes: &[Axis] = if all { &Axis::ALL } else { std::slice::from_ref(&Axis::ALL[session.cut.axis.index()]) };
    let title = if all { tr!("Distributions of customers") } else { tr!("Distribution of customers") };
    let area = panel(buffer, area, title, &note, focused, theme);
    let each = area.width / axes.len() as u16;
    for (number, axis) in (0..).zip(axes) {
        let gap = if axes.len() > 1 { 2 } else { 0 };
        let place = Rect { x: area.x + number * each, width: each.saturating_sub(gap), ..area };
        draw_axis(buffer, place, session, *axis, theme);
    }
}

fn draw_axis(buffer: &mut Buffer, area: Rect, session: &Session, axis: Axis, theme: &Theme) {
    let cuts = session.analysis.cuts(axis);
    let edited = session.panel == Panel::Cuts && session.cut.axis == axis;
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let lines = cuts.bins() as u16;
    // The bins stand below the histogram, or beside it where the panel is low and wide.
    let (head_area, bars, list) = if below.height >= lines + HISTOGRAM {
        let height = below.height - lines;
        (area, Rect { height, ..below }, Rect { y: below.y + height, height: lines, ..below })
    } else {
        let left = below.width / 2;
        let bars = Rect { width: left.saturating_sub(2), ..below };
        // Beside the histogram the bins may use the line of the head too.
        (
            Rect { width: left.saturating_sub(1), ..area },
            bars,
            Rect { x: area.x + left, width: area.width - left, ..area },
        )
    };
    let distribution = Distribution::of(&session.analysis, axis, bars.width.into());
    head(buffer, head_area, session, axis, distribution.is_logarithmic(), theme);
    histogram(buffer, bars, &distribution, cuts, edited.then_some(session.cut.cut), theme);
    bins(buffer, list, session, axis, edited, theme);
}

/// The axis, its unit, its method, and whether its cuts follow the data.
fn head(buffer: &mut Buffer, area: Rect, session: &Session, axis: Axis, logarithmic: bool, theme: &Theme) {
    let cuts = session.analysis.cuts(axis);
    let edited = session.panel == Panel::Cuts && session.cut.axis == axis;
    let unit = session.analysis.measured().measure(axis).unit();
    let style = if edited { theme.accent } else { theme.strong };
    let x = put(buffer, area, 0, 0, &format!("{} ", words::axis(axis)), style);
    let method = words::method(cuts.method());
    let made = if cuts.method() == Method::Fixed {
        tr!("{method}, frozen", method)
    } else {
        tr!("{method}, follows the data", method)
    };
    let texts = if logarithmic {
        [
            format!("{} · {made}", tr!("{unit}, log scale", unit)),
            tr!("{method}, log", method = made),
            tr!("{unit}, log · {method}", unit, method),
            tr!("{method}, log", method),
            method.to_owned(),
        ]
    } else {
        [format!("{unit} · {made}"), made, format!("{unit} · {method}"), method.to_owned(), String::new()]
    };
    let room = usize::from(area.width.saturating_sub(x));
    if let Some(text) = texts.iter().find(|text| width(text) <= room) {
        put(buffer, area, x, 0, text, theme.muted);
    }
}

/// Columns of customers with a mark under each cut.
fn histogram(
    buffer: &mut Buffer,
    area: Rect,
    distribution: &Distribution,
    cuts: &Cuts,
    picked: Option<usize>,
    theme: &Theme,
) {
    if area.height < 2 || area.width == 0 {
        return;
    }
    let glyphs = theme.characters.glyphs;
    let counts = distribution.counts();
    let largest = counts.iter().copied().max().unwrap_or(0).max(1);
    let height = area.height - 1;
    // Few columns are drawn wide, so that they fill the panel.
    let wide = (usize::from(area.width) / counts.len().max(1)).max(1) as u16;
    for (number, count) in (0..).zip(counts) {
        let eighths = (u128::from(*count) * u128::from(height) * 8).div_ceil(largest.into()) as u16;
        for row in 0..height {
            let filled = eighths.saturating_sub(row * 8).min(8);
            let level = glyphs.levels[usize::from(filled)].repeat(wide.into());
            put(buffer, area, number * wide, height - 1 - row, &level, theme.bar);
        }
    }
    put(buffer, area, 0, height, &glyphs.rules[0].repeat(area.width.into()), theme.muted);
    for (number, cut) in cuts.cuts().iter().enumerate() {
        let picked = picked == Some(number);
        let x = (distribution.column(cut.bound()) as u16 + 1) * wide - 1;
        let style = if picked { theme.picked } else { theme.cut };
        put(buffer, area, x, height, glyphs.cuts[usize::from(picked)], style);
        for row in 0..height {
            // The line stands on blank columns only; a bar keeps its shape.
            let at = (area.x + x, area.y + row);
            if buffer[at].symbol() == " " {
                put(buffer, area, x, row, glyphs.cut_lines[usize::from(picked)], style);
            } else if picked {
                buffer[at].set_style(style);
            }
        }
    }
}

/// A line a bin, best score first; the two bins that the picked cut parts stand out.
fn bins(buffer: &mut Buffer, area: Rect, session: &Session, axis: Axis, edited: bool, theme: &Theme) {
    let cuts = session.analysis.cuts(axis);
    let total = session.analysis.summary().total();
    let scale = session.analysis.customers().scale;
    let picked = edited.then_some(session.cut.cut);
    let tallies: Vec<(u8, Tally)> =
        (1..=cuts.bins() as u8).rev().map(|score| (score, session.analysis.summary().score(axis, score))).collect();
    // Bins above the picked cut on the list scroll away where there are more than fit.
    let skip = usize::from((cuts.bins() as u16).saturating_sub(area.height)).min(hidden(cuts, picked));
    let values = session.analysis.scale(axis);
    let widest = |text: &dyn Fn(&Tally) -> String| {
        tallies.iter().map(|(_, tally)| width(&text(tally))).max().unwrap_or(0) as u16
    };
    let customers = widest(&|tally| count(tally.customers));
    let revenue = widest(&|tally| short_money(tally.revenue, scale));
    let columns = Figures::of(area.width, cuts, values, [customers, revenue]);
    for (y, (score, tally)) in (0..area.height).zip(tallies.into_iter().skip(skip)) {
        let bin = cuts.bin_of_score(score);
        let bounded = picked.is_some_and(|cut| bin == cut || bin == cut + 1);
        let style = if bounded { theme.picked } else { theme.muted };
        let x = put(buffer, area, 0, y, &format!("{}{score} ", axis.letter()), theme.strong);
        let room =
            Rect { width: columns.ends.first().map_or(area.width, |end| end.saturating_sub(columns.count)), ..area };
        let range = columns.range(cuts, bin, values);
        // A number that is cut off would be read as another.
        let fits = x + width(&range) as u16 <= room.width || cuts.collapsed(bin);
        put(buffer, room, x, y, &if fits { range } else { cuts.range_text(bin, values).rough() }, style);
        let mut last = 0;
        for (figure, end) in columns.figures(tally, total, scale) {
            put_right(buffer, area, end, y, &figure, theme.strong);
            last = end;
        }
        changed(buffer, area, (last, y), session, (axis, score), theme);
    }
}

/// What the last step changed in a bin, behind its figures, where there is room.
fn changed(
    buffer: &mut Buffer,
    area: Rect,
    (x, y): (u16, u16),
    session: &Session,
    (axis, score): (Axis, u8),
    theme: &Theme,
) {
    let now = session.analysis.summary();
    let before = session.history.last().map(|last| &last.before);
    let Some(before) = before.filter(|before| before.bins() == now.bins()) else { return };
    let difference = now.score(axis, score).customers as i64 - before.score(axis, score).customers as i64;
    let full = format!(" {}", signed(difference, short(difference)));
    // Where there is no room for how much, which way.
    let text = if x + width(&full) as u16 <= area.width {
        &full
    } else if difference > 0 {
        " ▴"
    } else {
        " ▾"
    };
    if difference != 0 {
        put(buffer, area, x, y, text, if difference > 0 { theme.accent } else { theme.problem });
    }
}

/// How the line of a bin is divided: its range, then customers, share, revenue and its share for as far as they fit.
struct Figures {
    short: bool,
    /// Columns of the customers' count, with the blank before it.
    count: u16,
    ends: Vec<u16>,
}

fn range_text(cuts: &Cuts, bin: usize, scale: Scale, short: bool) -> String {
    let range = cuts.range_text(bin, scale);
    if short { format!("{range:#}") } else { range.to_string() }
}

impl Figures {
    fn of(room: u16, cuts: &Cuts, values: Scale, [customers, revenue]: [u16; 2]) -> Self {
        let ranges = |short: bool| {
            let text = |bin| range_text(cuts, bin, values, short);
            (0..cuts.bins()).map(|bin| width(&text(bin))).max().unwrap_or(0) as u16 + 3
        };
        let widths = [customers.max(3) + 1, 7, revenue.max(6) + 2, 7];
        // The last columns are for what the last step changed.
        let room = room.saturating_sub(2);
        // Ranges are shortened only where the customers' count would not fit beside them.
        let short = ranges(false) + widths[0] > room;
        let mut end = ranges(short).min(room.saturating_sub(widths[0]));
        let mut ends = Vec::new();
        for width in widths {
            end += width;
            if end > room && !ends.is_empty() {
                break;
            }
            ends.push(end.min(room));
        }
        // What is left over parts the range from the figures, but for room for what the last step changed.
        let spare = ends.last().map_or(0, |last| room - last).saturating_sub(5).min(12);
        for end in &mut ends {
            *end += spare;
        }
        Self { short, count: widths[0], ends }
    }

    fn range(&self, cuts: &Cuts, bin: usize, scale: Scale) -> String {
        match (cuts.collapsed(bin), self.short) {
            (true, true) => tr!("bin" | "empty").to_owned(),
            (true, false) if cuts.method() == Method::Quantile => tr!("empty: ties").to_owned(),
            (true, false) => tr!("empty: equal cuts").to_owned(),
            (false, short) => range_text(cuts, bin, scale, short),
        }
    }

    fn figures(&self, tally: Tally, total: Tally, scale: Scale) -> impl Iterator<Item = (String, u16)> {
        let figures = [
            count(tally.customers),
            share(tally.customers, total.customers),
            short_money(tally.revenue, scale),
            share(tally.revenue, total.revenue),
        ];
        figures.into_iter().zip(self.ends.iter().copied())
    }
}

/// Lines of bins that may be left out at the top so that the picked cut is seen.
fn hidden(cuts: &Cuts, picked: Option<usize>) -> usize {
    picked.map_or(0, |cut| if cuts.axis().small_is_best() { cut } else { cuts.bins() - 2 - cut })
}
