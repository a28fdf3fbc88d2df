//! The themes, each seen on the screen behind as the cursor comes to it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::super::paint::{put, spans};
use super::super::theme::Theme;
use super::popup::popup;
use crate::app::overlay::Pick;
use crate::show::text::{clean, width};
use crate::tr;

/// Columns of a step of a scale.
const STEP: u16 = 4;

/// Lines below the names: a blank, two of samples, and three of scales.
const SAMPLES: u16 = 6;

/// Draws the names in a corner, and what the theme that is seen has for each meaning.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, pick: &Pick, theme: &Theme) {
    let widest = pick.names.iter().map(|name| width(&clean(name))).max().unwrap_or(0) as u16;
    let samples = Theme::HEATS as u16 * STEP + LABEL;
    let size = [widest.max(samples) + 4, pick.names.len() as u16 + SAMPLES + 2];
    let size = [size[0].min(area.width), size[1].min(area.height)];
    // Where it covers least of what the theme is to be seen on.
    let corner = if theme.characters.is_plain {
        area
    } else {
        Rect { x: area.right() - size[0], y: area.bottom() - size[1], width: size[0], height: size[1] }
    };
    let inside = popup(buffer, corner, (size[0], size[1]), tr!("Theme"), theme);
    let below = if inside.height >= pick.names.len() as u16 + SAMPLES { SAMPLES } else { 0 };
    let rows = inside.height - below;
    let first = (pick.cursor + 1).saturating_sub(rows.into());
    for (y, (number, name)) in (0..rows).zip(pick.names.iter().enumerate().skip(first)) {
        put(buffer, inside, 0, y, &clean(name), Style::new());
        if number == pick.cursor {
            buffer.set_style(Rect { y: inside.y + y, height: 1, ..inside }, Style::reset().patch(theme.cursor));
        }
    }
    if below > 0 && !theme.characters.is_plain {
        sample(buffer, Rect { y: inside.y + rows + 1, height: SAMPLES - 1, ..inside }, theme);
    }
}

/// Columns of what a scale is called.
const LABEL: u16 = 8;

/// Words in their own styles, and the scales.
fn sample(buffer: &mut Buffer, area: Rect, theme: &Theme) {
    let word = |text: &str, style: Style| Span::styled(format!("{text} "), style);
    spans(
        buffer,
        area,
        0,
        vec![
            word(tr!("theme" | "small print"), theme.muted),
            word(tr!("theme" | "in use"), theme.accent),
            word(tr!("theme" | "listed"), theme.selected),
        ],
    );
    spans(
        buffer,
        area,
        1,
        vec![
            word(tr!("theme" | "problem"), theme.problem),
            word(tr!("theme" | "picked"), theme.picked),
            word(tr!("theme" | "cut"), theme.cut),
        ],
    );
    let shades = theme.characters.glyphs.shades;
    for (y, (label, more)) in (2..).zip([
        (tr!("theme" | "few"), None),
        (tr!("theme" | "less"), Some(false)),
        (tr!("theme" | "more"), Some(true)),
    ]) {
        put(buffer, area, 0, y, label, theme.muted);
        for step in 0..Theme::HEATS {
            let style = more.map_or_else(|| theme.heat(step), |more| theme.difference(step, more));
            let text = format!(" {} {} ", step + 1, shades[step + 2]);
            let text: String = text.chars().take(STEP.into()).collect();
            put(buffer, area, LABEL + step as u16 * STEP, y, &text, style);
        }
    }
}
