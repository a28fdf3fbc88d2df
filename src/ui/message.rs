//! The line below the panels: what just happened at the left, what runs meanwhile at the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{put, put_right};
use super::theme::Theme;
use crate::app::model::Message;
use crate::show::text::{clean, cut, width};

/// What stands before the telling of a problem.
pub(super) const PROBLEM: &str = "! ";

/// Draws both. Where there is no room for them, what runs keeps half of the line at most: the message is the one to read.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, message: Option<&Message>, running: Option<&str>, theme: &Theme) {
    // A problem is told without colours, too.
    let sign = |message: &Message| if message.is_problem { PROBLEM } else { "" };
    let text = message.map(|message| format!("{}{}", sign(message), clean(&message.text)));
    let mut end = area.width;
    if let Some(running) = running {
        let half = usize::from(area.width / 2);
        let taken = text.as_ref().map_or(0, |text| width(text) + 2);
        let words = clean(running);
        let words = cut(&words, usize::from(area.width).saturating_sub(taken).max(half));
        end = area.width.saturating_sub(width(&words) as u16 + 2);
        put_right(buffer, area, area.width, 0, &words, theme.accent);
    }
    if let (Some(message), Some(text)) = (message, text) {
        let style = if message.is_problem { theme.problem } else { theme.strong };
        put(buffer, Rect { width: end, ..area }, 0, 0, &text, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::ColorChoice;

    fn line(columns: u16, message: Option<&str>, running: Option<&str>) -> String {
        let area = Rect::new(0, 0, columns, 1);
        let mut buffer = Buffer::empty(area);
        let message = message.map(|text| Message { text: text.to_owned(), is_problem: true });
        draw(&mut buffer, area, message.as_ref(), running, &Theme::new(ColorChoice::Never));
        (0..columns).map(|x| buffer[(x, 0)].symbol()).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn a_complaint_and_what_runs_stand_beside_each_other() {
        assert_eq!(
            line(40, Some("one column stays"), Some("writing a.csv ...")),
            "! one column stays     writing a.csv ..."
        );
        assert_eq!(line(40, None, Some("writing a.csv ...")), "                       writing a.csv ...");
        assert_eq!(line(40, Some("one column stays"), None), "! one column stays");
    }

    #[test]
    fn neither_covers_the_other_on_a_narrow_screen() {
        let told = line(40, Some(&"complaint ".repeat(9)), Some(&"running ".repeat(9)));
        assert!(told.starts_with("! complaint com") && told.contains("  running runn"), "{told:?}");
        assert!(width(&told) <= 40, "{told:?}");
        let long = line(40, None, Some(&"running ".repeat(9)));
        assert_eq!(width(&long), 40, "{long:?}");
    }
}
