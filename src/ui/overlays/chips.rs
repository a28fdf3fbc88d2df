//! The conditions of the filter, each of which can be switched off, turned round or taken away.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::paint::put;
use super::super::theme::Theme;
use super::popup::popup;
use crate::app::session::Session;
use crate::show::numbers::{count, counted};
use crate::show::text::{clean, width};
use crate::tr;

/// Draws the conditions, and how many customers all that are on leave.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, cursor: usize, theme: &Theme) {
    let chips = session.chips.all();
    let texts: Vec<String> = chips.iter().map(|chip| clean(&chip.filter().to_string()).into_owned()).collect();
    let widest = texts.iter().map(|text| width(text)).max().unwrap_or_default();
    let size = (widest.clamp(50, 100) as u16 + 10, chips.len() as u16 + 4);
    let inside = popup(buffer, area, size, tr!("Conditions of the filter"), theme);
    let rows = inside.height.saturating_sub(2);
    let first = (cursor + 1).saturating_sub(rows.into());
    for (y, (number, chip)) in (0..rows).zip(chips.iter().enumerate().skip(first)) {
        put(buffer, inside, 0, y, if chip.on { "[x]" } else { "[ ]" }, theme.accent);
        put(buffer, inside, 4, y, &texts[number], if chip.on { theme.strong } else { theme.muted });
        if number == cursor {
            let style = ratatui::style::Style::reset().patch(theme.cursor);
            buffer.set_style(Rect { y: inside.y + y, height: 1, ..inside }, style);
        }
    }
    let (left, all) = (session.analysis.population().len(), session.analysis.customers().len());
    let note = tr!("{part} of {all} are looked at", part = count(left as i128), all = counted(all as i128, "customer"));
    put(buffer, inside, 0, inside.height.saturating_sub(1), &note, theme.muted);
}
