//! How the panels share the screen: where the dividers stand, and which panels are hidden.

use serde::{Deserialize, Serialize};

use super::action::Direction;
use super::session::Panel;

/// Columns or lines that a divider moves at once.
const STEP: i16 = 2;

/// The most that a divider is moved, in columns or lines: beyond any screen.
const MOST: i16 = 200;

/// How the panels share the screen, as changes of what their contents ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// Columns that the left panels have more, or fewer.
    pub columns: i16,
    /// Lines that the upper panels have more, or fewer.
    pub lines: i16,
    /// The panels that are hidden.
    pub hidden: Vec<Panel>,
}

impl Arrangement {
    /// Moves a divider: the one between left and right, or the one between top and bottom.
    pub fn shift(&mut self, direction: Direction) {
        let (which, by) = match direction {
            Direction::Left => (&mut self.columns, -STEP),
            Direction::Right => (&mut self.columns, STEP),
            Direction::Up => (&mut self.lines, -STEP / 2),
            Direction::Down => (&mut self.lines, STEP / 2),
        };
        *which = (*which + by).clamp(-MOST, MOST);
    }

    /// Whether a panel is shown where there is room for all.
    #[must_use]
    pub fn shows(&self, panel: Panel) -> bool {
        !self.hidden.contains(&panel)
    }

    /// Hides a panel and gives the next that is shown; the last one stays.
    pub fn hide(&mut self, panel: Panel) -> Option<Panel> {
        let next = self.next(panel, 1).filter(|next| *next != panel)?;
        self.hidden.push(panel);
        Some(next)
    }

    /// The shown panel so many steps on from a panel, round and round.
    #[must_use]
    pub fn next(&self, panel: Panel, step: usize) -> Option<Panel> {
        (1..=Panel::ALL.len()).map(|times| panel.step(step * times)).find(|panel| self.shows(*panel))
    }

    /// Whether nothing was changed.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_panels_are_passed_over_and_the_last_one_stays() {
        let mut arrangement = Arrangement::default();
        assert_eq!(arrangement.hide(Panel::Tiers), Some(Panel::Cuts));
        assert_eq!(arrangement.next(Panel::Heatmap, 1), Some(Panel::Cuts));
        assert_eq!(arrangement.next(Panel::Cuts, Panel::ALL.len() - 1), Some(Panel::Heatmap));
        assert_eq!(arrangement.hide(Panel::Cuts), Some(Panel::Customers));
        assert_eq!(arrangement.hide(Panel::Customers), Some(Panel::Heatmap));
        assert_eq!(arrangement.hide(Panel::Heatmap), None);
        assert!(arrangement.shows(Panel::Heatmap));
    }

    #[test]
    fn dividers_go_no_further_than_any_screen() {
        let mut arrangement = Arrangement::default();
        for _ in 0..1_000 {
            arrangement.shift(Direction::Left);
            arrangement.shift(Direction::Down);
        }
        assert_eq!((arrangement.columns, arrangement.lines), (-MOST, MOST));
    }
}
