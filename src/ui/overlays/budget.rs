//! What tiers cost: each segment's customers, revenue and cost, the share of the revenue that it takes, and how much dearer
//! it is than by the baseline.

use crate::app::action::{Action, Asked};
use crate::app::context::Context;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::super::words;
use super::popup::popup;
use crate::app::plans::BudgetScreen;
use crate::app::session::Session;
use crate::model::budget::{Bill, Line};
use crate::model::money::Scale;
use crate::show::numbers::{count, money, share, short_money, short_width, signed};
use crate::show::text::{clean, cut, width};
use crate::tr;

/// Columns of the box at most.
const WIDTH: u16 = 116;

/// With fewer columns it is not shown what was typed.
const NARROW: u16 = 70;

/// Lines beside those of the segments: the head, all others, the total, a blank, and two that tell more.
const BESIDE: u16 = 6;

/// Draws the budget.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, screen: &BudgetScreen, theme: &Theme) {
    let Some(bill) = &screen.bill else { return };
    let size = (WIDTH, bill.lines.len() as u16 + BESIDE + 2);
    let inside = popup(buffer, area, size, tr!("Budget: what each segment costs"), theme);
    let table = Columns::of(inside, bill, screen.before.is_some());
    table.head(buffer, theme);
    let room = usize::from(inside.height.saturating_sub(BESIDE)).max(1);
    // All others are told apart below: the cursor on them scrolls the segments to their end.
    let last = bill.lines.len().saturating_sub(1);
    let first = (screen.cursor.min(last) + 1).saturating_sub(room);
    let budget = &session.analysis.setting().budget;
    let mut y = 1;
    for (number, line) in bill.lines.iter().enumerate().skip(first).take(room) {
        let own = budget.own(Some(&line.name));
        let costs = own.map_or_else(|| "·".to_owned(), |cost| cost.to_string());
        let before = screen.before.as_ref().map(|before| cost_of(before, &line.name));
        table.line(buffer, y, (&words::segment(&line.name), &costs), line, before, theme);
        if number == screen.cursor {
            table.mark(buffer, y, theme);
        }
        y += 1;
    }
    let others = budget.own(None).map_or_else(|| "·".to_owned(), |cost| cost.to_string());
    put(buffer, inside, 0, y, &format!("*  {}", tr!("all others")), Style::new());
    let end = if table.costs > 0 { table.costs } else { table.customers };
    put_right(buffer, inside, end, y, &others, Style::new());
    if screen.cursor == bill.lines.len() {
        table.mark(buffer, y, theme);
    }
    let before = screen.before.as_ref().map(|before| before.total.cost());
    table.line(buffer, y + 1, (tr!("head" | "total"), ""), &bill.total, before, theme);
    for (place, words) in (y + 3..).zip(below(session, screen, bill)) {
        put(buffer, inside, 0, place, &words, theme.muted);
    }
}

/// What a segment of that name cost; 0 where there was none.
fn cost_of(bill: &Bill, name: &str) -> i128 {
    bill.lines.iter().find(|line| line.name == name).map_or(0, Line::cost)
}

/// What the sums are made of, and what the user should know.
fn below(session: &Session, screen: &BudgetScreen, bill: &Bill) -> Vec<String> {
    let all = |minor| money(minor, bill.scale);
    let [heads, share, total] = [bill.total.heads, bill.total.share, bill.total.cost()].map(all);
    let sums = match &screen.before {
        None => tr!("by head {heads} + by revenue {share} = {total}", heads, share, total),
        Some(before) => tr!(
            "by head {heads} + by revenue {share} = {total}; compared with {baseline}: {before}",
            heads,
            share,
            total,
            baseline = clean(&session.baseline_name),
            before = all(before.total.cost())
        ),
    };
    let more = if !bill.absent.is_empty() {
        tr!("not in this scheme: {segments}", segments = words::segments(&bill.absent))
    } else if session.analysis.setting().budget.is_empty() {
        let key = session.keymap.name_in(Context::Budget, Action::Ask(Asked::Cost));
        tr!("nothing costs anything yet: {key} types a cost, such as 5 + 2 %", key)
    } else {
        tr!("costs: units of money a head + percent of the revenue; ·: as all others").to_owned()
    };
    vec![sums, more]
}

/// Where the columns end.
struct Columns {
    area: Rect,
    scale: Scale,
    /// Whether there is room for revenue to the last minor unit.
    is_wide: bool,
    names: u16,
    /// Columns of what somebody typed, and where they end; 0 where there is no room.
    typed: u16,
    costs: u16,
    customers: u16,
    revenue: u16,
    cost: u16,
    share: u16,
    /// Where there is a baseline.
    difference: Option<u16>,
}

impl Columns {
    fn of(area: Rect, bill: &Bill, is_compared: bool) -> Self {
        let is_wide = area.width >= 96;
        let (revenue, cost) = if is_wide { (16, 16) } else { (8.max(short_width() + 1), 13) };
        let difference = if is_compared { if is_wide { 15 } else { 12 } } else { 0 };
        let share = area.width.saturating_sub(difference);
        let least = if is_wide { 9 } else { 7 };
        let cost_end = share.saturating_sub(least.max(width(tr!("of it")) as u16 + 1));
        let revenue_end = cost_end.saturating_sub(cost);
        let customers = revenue_end.saturating_sub(revenue);
        let costs = customers.saturating_sub(if is_wide { 12 } else { 10 });
        // What somebody typed, as far as there is room.
        let typed = match area.width {
            96.. => 14,
            NARROW.. => 9,
            _ => 0,
        };
        Self {
            area,
            scale: bill.scale,
            is_wide,
            names: costs.saturating_sub(typed + 1),
            typed,
            costs: if typed > 0 { costs } else { 0 },
            customers,
            revenue: revenue_end,
            cost: cost_end,
            share,
            difference: is_compared.then_some(area.width),
        }
    }

    fn head(&self, buffer: &mut Buffer, theme: &Theme) {
        put(buffer, self.area, 0, 0, tr!("head" | "segment"), theme.muted);
        let words = [
            (self.costs, tr!("head" | "costs")),
            (self.customers, tr!("head" | "customers")),
            (self.revenue, tr!("head" | "revenue")),
            (self.cost, tr!("head" | "cost")),
            (self.share, tr!("of it")),
        ];
        let words = words.into_iter().filter(|(end, _)| *end > 0);
        for (end, word) in words.chain(self.difference.map(|end| (end, tr!("vs baseline")))) {
            put_right(buffer, self.area, end, 0, word, theme.muted);
        }
    }

    fn line(
        &self,
        buffer: &mut Buffer,
        y: u16,
        (name, costs): (&str, &str),
        line: &Line,
        before: Option<i128>,
        theme: &Theme,
    ) {
        let names = cut(&clean(name), usize::from(self.names)).into_owned();
        put(buffer, self.area, 0, y, &names, theme.strong);
        if self.costs > 0 {
            put_right(buffer, self.area, self.costs, y, &cut(costs, self.typed.into()), Style::new());
        }
        put_right(buffer, self.area, self.customers, y, &count(line.customers), Style::new());
        let revenue =
            if self.is_wide { money(line.revenue, self.scale) } else { short_money(line.revenue, self.scale) };
        put_right(buffer, self.area, self.revenue, y, &revenue, Style::new());
        put_right(buffer, self.area, self.cost, y, &money(line.cost(), self.scale), theme.strong);
        put_right(buffer, self.area, self.share, y, &share(line.cost(), line.revenue.max(0)), Style::new());
        if let (Some(end), Some(before)) = (self.difference, before) {
            let difference = line.cost() - before;
            let (text, style) = match difference {
                0 => ("·".to_owned(), theme.muted),
                _ => (signed(difference, money(difference, self.scale)), theme.picked),
            };
            put_right(buffer, self.area, end, y, &text, style);
        }
    }

    fn mark(&self, buffer: &mut Buffer, y: u16, theme: &Theme) {
        let place = Rect { y: self.area.y + y, height: 1, ..self.area };
        buffer.set_style(place.intersection(self.area), Style::reset().patch(theme.cursor));
    }
}
