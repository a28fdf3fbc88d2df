//! The VIP rules: how many customers meet each, and the tiers they make, in which every customer is counted once.

use crate::app::action::{Action, Direction};
use crate::app::context::Context;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::popup::{paragraph, popup};
use crate::app::plans::RulesScreen;
use crate::app::session::Session;
use crate::engine::summary::Tally;
use crate::engine::tiers::Tiers;
use crate::show::numbers::{count, money, share, short_money};
use crate::show::text::{clean, cut};
use crate::tr;

/// Columns of the box at most.
const WIDTH: u16 = 108;

/// With fewer columns a figure is left out.
const NARROW: u16 = 70;

/// Lines beside those of the rules: two of the head, no tier, the total, a blank, two of the rule's text, one that tells more.
const BESIDE: u16 = 8;

/// What stands for a figure that is not counted yet.
const UNKNOWN: &str = "–";

/// Draws the rules.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, screen: RulesScreen, theme: &Theme) {
    let rules = &session.analysis.setting().rules;
    let size = (WIDTH, rules.len() as u16 + BESIDE + 2);
    let inside = popup(buffer, area, size, tr!("VIP rules"), theme);
    if rules.is_empty() {
        put(buffer, inside, 0, 0, tr!("no rules yet: a adds one, such as"), theme.muted);
        let example = tr!("Gold: amount >= 1000 in 12 months or orders >= 5 in a month");
        put(buffer, inside, 0, 1, example, theme.strong);
        return;
    }
    let tiers = session.vip.of(session);
    let table = Columns::of(inside, session);
    table.head(buffer, theme);
    let room = usize::from(inside.height.saturating_sub(BESIDE)).max(1);
    let first = (screen.cursor + 1).saturating_sub(room);
    let mut y = 2;
    for (number, rule) in rules.iter().enumerate().skip(first).take(room) {
        let name = format!("{}  {}", number + 1, clean(&rule.name));
        table.line(buffer, y, &name, tiers.map(|tiers| (tiers, number)), theme);
        if number == screen.cursor {
            let place = Rect { y: inside.y + y, height: 1, ..inside };
            buffer.set_style(place.intersection(inside), Style::reset().patch(theme.cursor));
        }
        y += 1;
    }
    table.line(buffer, y, tr!("no tier"), tiers.map(|tiers| (tiers, rules.len())), theme);
    let total = tiers.map(Tiers::total);
    table.tier(buffer, y + 1, (tr!("head" | "total"), total), total, theme);
    let text = rules.get(screen.cursor).map(|rule| rule.condition.to_string()).unwrap_or_default();
    let below = Rect { y: inside.y + y + 3, height: 2, ..inside }.intersection(inside);
    paragraph(buffer, below, &clean(&text), theme.strong);
    put(buffer, inside, 0, y + 5, &state(session, tiers), theme.muted);
}

/// How far the figures are, or what they say.
fn state(session: &Session, tiers: Option<&Tiers>) -> String {
    if tiers.is_some() {
        let [down, up] =
            [Direction::Down, Direction::Up].map(|way| session.keymap.name_in(Context::Rules, Action::Reorder(way)));
        return tr!(
            "each customer is in the tier of the first rule met; {down} and {up} put the rules in order",
            down,
            up
        );
    }
    if let Some(words) = session.details.reading_words() {
        return words;
    }
    if let Some(problem) = session.details.refused_words() {
        return clean(problem).into_owned();
    }
    if session.analysis.fields().transactions().is_none() {
        return tr!("the orders could not be read, so that nobody knows who meets a rule").to_owned();
    }
    if session.vip.has_failed() {
        return tr!("who meets the rules could not be counted: a fault of the program, not of your data").to_owned();
    }
    tr!("counting who meets the rules ...").to_owned()
}

/// Where the columns end.
struct Columns<'a> {
    area: Rect,
    session: &'a Session,
    is_wide: bool,
    names: u16,
    met: u16,
    /// 0 where there is no room.
    met_revenue: u16,
    customers: u16,
    customer_share: u16,
    revenue: u16,
    revenue_share: u16,
}

impl<'a> Columns<'a> {
    fn of(area: Rect, session: &'a Session) -> Self {
        let is_wide = area.width >= 92;
        let revenue_share = area.width;
        let revenue = revenue_share.saturating_sub(8);
        let customer_share = revenue.saturating_sub(if is_wide { 16 } else { 9 });
        let customers = customer_share.saturating_sub(8);
        let left = customers.saturating_sub(11);
        // Where there is no room for both, how many meet a rule matters more than for how much.
        let (met, met_revenue) = match area.width {
            92.. => (left.saturating_sub(16), left),
            NARROW.. => (left.saturating_sub(9), left),
            _ => (left, 0),
        };
        let names = met.saturating_sub(11);
        Self { area, session, is_wide, names, met, met_revenue, customers, customer_share, revenue, revenue_share }
    }

    fn head(&self, buffer: &mut Buffer, theme: &Theme) {
        let met = if self.met_revenue > 0 { self.met_revenue } else { self.met };
        let groups = [(met, tr!("meet the rule")), (self.revenue_share, tr!("in the tier, each customer once"))];
        for (end, word) in groups {
            put_right(buffer, self.area, end, 0, word, theme.muted);
        }
        put(buffer, self.area, 0, 1, tr!("head" | "rule"), theme.muted);
        for (end, word) in [
            (self.met, tr!("head" | "customers")),
            (self.met_revenue, tr!("head" | "revenue")),
            (self.customers, tr!("head" | "customers")),
            (self.customer_share, tr!("head" | "share")),
            (self.revenue, tr!("head" | "revenue")),
            (self.revenue_share, tr!("head" | "share")),
        ] {
            if end > 0 {
                put_right(buffer, self.area, end, 1, word, theme.muted);
            }
        }
    }

    /// A rule, or those who meet none.
    fn line(&self, buffer: &mut Buffer, y: u16, name: &str, figures: Option<(&Tiers, usize)>, theme: &Theme) {
        let is_rule = |number: usize| number < self.session.analysis.setting().rules.len();
        let met = figures.and_then(|(tiers, number)| tiers.rules.get(number)).copied();
        let tally = figures.and_then(|(tiers, number)| tiers.tiers.get(number)).copied();
        if let Some(met) = met.filter(|_| figures.is_some_and(|(_, number)| is_rule(number))) {
            put_right(buffer, self.area, self.met, y, &count(met.customers), Style::new());
            if self.met_revenue > 0 {
                put_right(buffer, self.area, self.met_revenue, y, &self.money(met.revenue), Style::new());
            }
        }
        self.tier(buffer, y, (name, tally), figures.map(|(tiers, _)| tiers.total()), theme);
    }

    /// The name, and the right half.
    fn tier(
        &self,
        buffer: &mut Buffer,
        y: u16,
        (name, tally): (&str, Option<Tally>),
        total: Option<Tally>,
        theme: &Theme,
    ) {
        put(buffer, self.area, 0, y, &cut(name, usize::from(self.names)), theme.strong);
        let (Some(tally), Some(total)) = (tally, total) else {
            return put_right(buffer, self.area, self.customers, y, UNKNOWN, theme.muted);
        };
        for (end, text) in [
            (self.customers, count(tally.customers)),
            (self.customer_share, share(tally.customers, total.customers)),
            (self.revenue, self.money(tally.revenue)),
            (self.revenue_share, share(tally.revenue, total.revenue)),
        ] {
            put_right(buffer, self.area, end, y, &text, Style::new());
        }
    }

    fn money(&self, minor: i64) -> String {
        let scale = self.session.analysis.customers().scale;
        if self.is_wide { money(minor, scale) } else { short_money(minor, scale) }
    }
}
