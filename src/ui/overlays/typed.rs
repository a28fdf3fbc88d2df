//! A line that is typed on, seen around its cursor where it is longer than there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::Input;
use unicode_segmentation::UnicodeSegmentation;

use super::super::paint::put;
use super::super::theme::Theme;
use crate::show::text::{clean, width};

/// Writes the line at the top of an area, and gives the place of its cursor.
pub(super) fn typed(buffer: &mut Buffer, area: Rect, input: &Input, theme: &Theme) -> Position {
    written(buffer, area, input, theme.strong)
}

/// The same where what is typed takes the line's place, which is seen by its look.
pub(super) fn picked(buffer: &mut Buffer, area: Rect, input: &Input, theme: &Theme) -> Position {
    written(buffer, area, input, theme.cursor)
}

fn written(buffer: &mut Buffer, area: Rect, input: &Input, style: Style) -> Position {
    let room = usize::from(area.width.saturating_sub(1));
    let before: String = input.value().chars().take(input.cursor()).collect();
    let hidden = hidden(&before, room);
    put(buffer, area, 0, 0, &clean(&input.value()[hidden..]), style);
    Position { x: area.x + width(&clean(&before[hidden..])) as u16, y: area.y }
}

/// Bytes at the start that are not seen, so that what stands before the cursor fits so many columns.
fn hidden(before: &str, room: usize) -> usize {
    let mut used = width(&clean(before));
    let mut hidden = 0;
    for letter in before.graphemes(true) {
        if used <= room {
            break;
        }
        used -= width(&clean(letter)).min(used);
        hidden += letter.len();
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::ColorChoice;

    fn line(text: &str) -> (String, u16) {
        let area = Rect::new(0, 0, 10, 1);
        let mut buffer = Buffer::empty(area);
        let cursor = typed(&mut buffer, area, &Input::new(text.to_owned()), &Theme::new(ColorChoice::Never));
        let symbols: String = (0..10).map(|x| buffer[(x, 0)].symbol()).collect();
        (symbols.trim_end().to_owned(), cursor.x)
    }

    #[test]
    fn the_end_of_a_long_line_is_seen_by_its_columns() {
        assert_eq!(line("abc"), ("abc".to_owned(), 3));
        assert_eq!(line("abcdefghijkl"), ("defghijkl".to_owned(), 9));
        // Each of the characters is followed by the cell that it covers.
        assert_eq!(line("北京上海广州").0.replace(' ', ""), "上海广州");
        assert_eq!(line("北京上海广州").1, 8);
    }
}
