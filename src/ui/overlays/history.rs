//! The steps taken, to walk.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::popup::popup;
use crate::app::action::{Action, Direction};
use crate::app::context::Context;
use crate::app::session::Session;
use crate::show::text::clean;
use crate::tr;

/// Draws the steps; the cursor stands on the one after which the screen is.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, cursor: usize, theme: &Theme) {
    let steps = session.history.steps();
    // Beside the heatmap and the tiers, which show each step as it is walked.
    let height = (steps.len() as u16 + 3).clamp(5, (area.height / 2).max(5));
    let low = Rect { y: area.y + area.height - height, height, ..area };
    let keys = |actions: &[Action]| session.keymap.names_in(Context::History, actions);
    let title = tr!(
        "History: {walk} walks, {stay} stays, {back} goes back",
        walk = keys(&[Action::Move(Direction::Up), Action::Move(Direction::Down)]),
        stay = keys(&[Action::Select]),
        back = keys(&[Action::Back])
    );
    let inside = popup(buffer, low, (area.width.min(100), height), &title, theme);
    let first = (cursor + 1).saturating_sub(inside.height.into());
    let line = |number: usize| match number.checked_sub(1) {
        None => tr!("the start").to_owned(),
        Some(step) => clean(&steps[step].words).into_owned(),
    };
    for (y, number) in (0..inside.height).zip(first..=steps.len()) {
        // What was taken back is pale, until something else is done.
        let style = if number > session.history.held() { theme.muted } else { Style::new() };
        put_right(buffer, inside, 4, y, &number.to_string(), theme.muted);
        put(buffer, inside, 6, y, &line(number), style);
        if number == cursor {
            buffer.set_style(Rect { y: inside.y + y, height: 1, ..inside }, Style::reset().patch(theme.cursor));
        }
    }
}
