//! Which panel goes where on a screen of some size.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::session::{Panel, Session};

/// The smallest screen that everything needed fits on, with five bins an axis.
const FLOOR: (u16, u16) = (60, 16);

/// The smallest screen for a session: more bins need more room.
#[must_use]
pub fn floor(session: Option<&Session>) -> (u16, u16) {
    let Some(session) = session else { return FLOOR };
    let [rows, columns] = heat_bins(session);
    // Around the cells stand title, figures, rules, labels, message and hints, and three lines of the panel below.
    (FLOOR.0.max(heat_width(columns) + TIERS + 1), FLOOR.1.max(rows + 11))
}

/// Columns of the heatmap with the narrowest cells that hold a number of three digits, labels included.
const fn heat_width(bins: u16) -> u16 {
    10 + 4 * bins
}

/// Columns that the tiers need.
const TIERS: u16 = 26;

/// A screen this wide and high shows all four panels.
const ALL_FOUR: (u16, u16) = (110, 32);

/// Columns in which the distributions of all three axes fit beside each other.
const THREE_AXES: u16 = 57;

/// Columns that a list needs that somebody makes narrower.
const LIST: u16 = 30;

/// Where things are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Name of the program and of the data.
    pub title: Rect,
    /// The strip of figures.
    pub strip: Rect,
    /// The panels that are shown.
    pub panels: Vec<(Panel, Rect)>,
    /// What just happened.
    pub message: Rect,
    /// Keys.
    pub hints: Rect,
}

impl Layout {
    /// Lays out a screen; `None` below the floor.
    #[must_use]
    pub fn of(area: Rect, session: Option<&Session>) -> Option<Self> {
        let floor = floor(session);
        if area.width < floor.0 || area.height < floor.1 {
            return None;
        }
        let row = |y: u16, height: u16| Rect { x: area.x, y: area.y + y, width: area.width, height };
        let body = row(3, area.height - 5);
        Some(Self {
            title: row(0, 1),
            strip: row(1, 2),
            panels: session.map(|session| panels(body, session)).unwrap_or_default(),
            message: row(area.height - 2, 1),
            hints: row(area.height - 1, 1),
        })
    }

    /// The area of a panel, if it is shown.
    #[must_use]
    pub fn panel(&self, panel: Panel) -> Option<Rect> {
        self.panels.iter().find(|(shown, _)| *shown == panel).map(|(_, area)| *area)
    }
}

/// Rows of the customer list that a screen shows: what a page is.
#[must_use]
pub fn page(area: Rect, model: &Model) -> usize {
    let list = Layout::of(area, model.session()).and_then(|layout| layout.panel(Panel::Customers));
    // A rule and a head stand above the rows, sums below.
    let around = 2 + u16::from(model.session().is_some_and(|session| session.list.has_sums));
    list.map_or(1, |list| usize::from(list.height.saturating_sub(around)).max(1))
}

fn panels(body: Rect, session: &Session) -> Vec<(Panel, Rect)> {
    if session.zoom {
        return vec![(session.panel, body)];
    }
    let arrangement = &session.arrangement;
    // What has the keys is seen, hidden or not: keys such as `r` go to a panel by themselves.
    let shown = |panel: &Panel| arrangement.shows(*panel) || session.panel == *panel;
    let wide = body.width >= ALL_FOUR.0 && body.height + 5 >= ALL_FOUR.1;
    let upper: Vec<Panel> = [Panel::Heatmap, Panel::Tiers].into_iter().filter(shown).collect();
    let mut lower: Vec<Panel> = [Panel::Cuts, Panel::Customers].into_iter().filter(shown).collect();
    if !wide && lower.len() == 2 {
        lower = vec![if session.panel == Panel::Cuts { Panel::Cuts } else { Panel::Customers }];
    }
    let [heat_rows, heat_columns] = heat_bins(session);
    let (top, bottom) = match (upper.is_empty(), lower.is_empty()) {
        (false, true) => (body, body),
        (true, _) => (Rect { height: 0, ..body }, body),
        (false, false) => rows(body, heat_rows, wide, arrangement.lines),
    };
    let heat = (body.width * 54 / 100).max(heat_width(heat_columns)).min(body.width - TIERS - 1);
    let heat = shifted(heat, arrangement.columns, heat_width(heat_columns), body.width - TIERS - 1);
    let cuts = (body.width / 2).max(THREE_AXES);
    let cuts = shifted(cuts, arrangement.columns, THREE_AXES.min(cuts), body.width.saturating_sub(LIST + 1));
    let mut panels = beside(top, &upper, heat);
    panels.extend(beside(bottom, &lower, cuts));
    panels
}

/// One panel in an area, or two beside each other of which the left one has so many columns.
fn beside(area: Rect, panels: &[Panel], left: u16) -> Vec<(Panel, Rect)> {
    match panels {
        [one] => vec![(*one, area)],
        [one, other] => {
            let (left, right) = columns(area, left);
            vec![(*one, left), (*other, right)]
        }
        _ => Vec::new(),
    }
}

/// A size that somebody changed, within what both sides need.
fn shifted(size: u16, by: i16, least: u16, most: u16) -> u16 {
    if by == 0 {
        return size;
    }
    size.saturating_add_signed(by).clamp(least, most.max(least))
}

/// Bins of the heatmap's axes, up and across.
fn heat_bins(session: &Session) -> [u16; 2] {
    session.heat.plane.axes().map(|axis| session.analysis.cuts(axis).bins() as u16)
}

/// Splits the body: the heatmap takes whole lines a bin, the rest goes below.
fn rows(body: Rect, bins: u16, wide: bool, more: i16) -> (Rect, Rect) {
    // A rule, the labels across and a line on the cell under the cursor frame the cells.
    const FRAME: u16 = 3;
    let least_below = if wide { 14 } else { 6 };
    let room = body.height.saturating_sub(FRAME + least_below);
    let lines = (room / bins).clamp(1, 4);
    let top = (lines * bins + FRAME).min(body.height.saturating_sub(3));
    let top = shifted(top, more, bins + FRAME, body.height.saturating_sub(6));
    let bottom = Rect { y: body.y + top, height: body.height - top, ..body };
    (Rect { height: top, ..body }, bottom)
}

/// Splits an area with a column between; `left` columns go left.
fn columns(area: Rect, left: u16) -> (Rect, Rect) {
    let right = Rect { x: area.x + left + 1, width: area.width - left - 1, ..area };
    (Rect { width: left, ..area }, right)
}
