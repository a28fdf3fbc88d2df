//! A line to type on: values, names, goals, filters and paths.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::super::paint::put;
use super::super::theme::Theme;
use super::find;
use super::popup::popup;
use crate::app::action::Asked;
use crate::app::jump::HOW;
use crate::app::overlay::Prompt;
use crate::app::session::Session;
use crate::engine::fields::Field;
use crate::show::text::{clean, width};
use crate::tr;

/// Columns of the prompt.
const WIDTH: u16 = 80;

/// Draws the prompt and gives the place of its cursor.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    session: &Session,
    prompt: &Prompt,
    theme: &Theme,
) -> Position {
    if prompt.asked == Asked::Find {
        return find::draw(buffer, area, session, prompt, theme);
    }
    let (title, how) = words(session, prompt);
    let candidates = prompt.candidates.join("   ");
    let how = if candidates.is_empty() { how } else { &candidates };
    let note = prompt.problem.as_deref().unwrap_or(how);
    // Words do not break at the very edge, hence a line more than the letters need.
    let room = usize::from(WIDTH.min(area.width)) - 8;
    let lines = if width(note) <= room { 1 } else { width(note).div_ceil(room) as u16 + 1 };
    let inside = popup(buffer, area, (WIDTH, 3 + lines), &title, theme);
    // A line longer than the box is seen around its cursor.
    let scroll = prompt.input.visual_scroll(usize::from(inside.width.saturating_sub(1)));
    let seen: String = prompt.input.value().chars().skip(scroll).collect();
    put(buffer, inside, 0, 0, &clean(&seen), theme.strong);
    let style = if prompt.problem.is_some() { theme.problem } else { theme.muted };
    let below = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    Paragraph::new(Line::styled(clean(note), style)).wrap(Wrap { trim: true }).render(below, buffer);
    let x = (prompt.input.visual_cursor().saturating_sub(scroll) as u16).min(inside.width.saturating_sub(1));
    Position { x: inside.x + x, y: inside.y }
}

/// The customer that a note is on, as the screen may show them.
fn note_on(session: &Session, id: &str) -> String {
    clean(&session.shown(Field::Customer, id)).into_owned()
}

/// What is asked for, and how it is written.
fn words(session: &Session, prompt: &Prompt) -> (String, &'static str) {
    let (axis, cut) = (session.cut.axis.name(), session.cut.cut + 1);
    match prompt.asked {
        Asked::CutValue => (format!("{axis} cut {cut}"), "Enter takes it, Esc leaves it as it was"),
        Asked::NewCut => (format!("A {axis} cut more, at"), "this one halves the largest bin; type another value"),
        Asked::Solve => {
            (format!("Solve, by {axis} cut {cut}"), "Champions = 10 %   = 5000 customers   = 60 % of revenue")
        }
        Asked::Filter => (
            "Count only customers with".to_owned(),
            "recency <= 90 and region in ('East', 'North'); Tab completes; empty: everybody",
        ),
        Asked::DataFilter => (
            "Make customers of rows with".to_owned(),
            "category = 'Lamps' and date >= '2024-01-31'; Tab completes; empty: all orders",
        ),
        Asked::SegmentName => ("Name of the segment".to_owned(), "Enter takes it, Esc leaves it as it was"),
        Asked::NewSegment => ("Name of the new segment".to_owned(), "it gets the marked cells"),
        Asked::SaveScenario => {
            ("Save this view as".to_owned(), "a TOML file; a name alone is put beside where you started")
        }
        Asked::OpenScenario => ("Open a scenario".to_owned(), "the path of its TOML file; u takes the view back"),
        Asked::CompareScenario => ("Compare with a scenario".to_owned(), "the path of its TOML file"),
        Asked::SaveScheme => ("Write the scheme as your own, named".to_owned(), "it is put in your scheme folder"),
        Asked::Find => ("Find a customer".to_owned(), ""),
        Asked::Jump => ("Jump to".to_owned(), HOW),
        Asked::CustomerNote => {
            (format!("Note on {}", note_on(session, &prompt.about)), "empty takes it away; written with the scenario")
        }
        Asked::ExportListed | Asked::ExportMarked => {
            let what = if prompt.asked == Asked::ExportListed { "what is listed" } else { "the marked customers" };
            (
                format!("Write {what} to"),
                "a .csv, .xlsx, .parquet, .ndjson, .json or .md file; a manifest is put beside",
            )
        }
        Asked::Picture => (
            tr!("Save a picture of the screen as").to_owned(),
            tr!("a .svg to paste, a .txt, or a .ans with the colours of a terminal"),
        ),
        Asked::Note => ("Note on the scenario".to_owned(), "what it is for; written when it is saved"),
        Asked::ReviewBy => ("Review the scenario by".to_owned(), "a day such as 2026-12-31; empty: never"),
        Asked::ClvTerms => (
            "Terms of CLV".to_owned(),
            "clv = mean order value x orders a year x years, and of that the margin; such as 3 years, 40 %",
        ),
        Asked::Cost => (
            format!("What {} costs", prompt.about),
            "5 a head, 2 % of the revenue, or 5 + 2 %; empty: no cost of its own",
        ),
        Asked::Rule => (
            format!("VIP rule {}", prompt.about),
            "NAME: amount >= 1000 in 12 months and orders >= 3, or tenure >= 2 years",
        ),
        Asked::NewRule => (
            "A VIP rule more".to_owned(),
            "Gold: amount >= 1000 in 12 months; Often: orders >= 5 in a month; Old: tenure >= 5 years",
        ),
    }
}
