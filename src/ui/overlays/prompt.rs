//! A line to type on: values, names, goals, filters and paths.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::fold::fold;
use super::super::message::PROBLEM;
use super::super::theme::Theme;
use super::super::words;
use super::find;
use super::popup::{paragraph, popup};
use super::typed::{picked, typed};
use crate::app::action::{Action, Asked};
use crate::app::context::Context;
use crate::app::jump::HOW;
use crate::app::overlay::Prompt;
use crate::app::session::Session;
use crate::engine::fields::Field;
use crate::show::text::clean;
use crate::{lang, tr};

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
    let (title, how) = asked(session, prompt);
    let how = naming_keys(session, prompt.asked).unwrap_or_else(|| how.to_owned());
    let candidates = prompt.candidates.join("   ");
    let how = if candidates.is_empty() { how } else { candidates };
    let note = prompt.problem.as_ref().map_or(how, |problem| format!("{PROBLEM}{problem}"));
    let note = clean(&note);
    // Frame and blanks at the sides.
    let lines = fold(&note, usize::from(WIDTH.min(area.width).saturating_sub(4))).len() as u16;
    let inside = popup(buffer, area, (WIDTH, 3 + lines), &title, theme);
    let style = if prompt.problem.is_some() { theme.problem } else { theme.muted };
    let below = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    paragraph(buffer, below, &note, style);
    if prompt.is_picked {
        picked(buffer, inside, &prompt.input, theme)
    } else {
        typed(buffer, inside, &prompt.input, theme)
    }
}

/// The customer that a note is on, as the screen may show them.
fn note_on(session: &Session, id: &str) -> String {
    clean(&session.shown(Field::Customer, id)).into_owned()
}

/// How the line is written, where that names keys.
fn naming_keys(session: &Session, asked: Asked) -> Option<String> {
    let key = |action| session.keymap.name_in(Context::Prompt, action);
    let (take, leave, complete) = (key(Action::Select), key(Action::Back), key(Action::Complete));
    Some(match asked {
        Asked::CutValue | Asked::SegmentName => tr!("{take} takes it, {leave} leaves it as it was", take, leave),
        Asked::Filter => {
            tr!("recency <= 90 and region in ('East', 'North'); {key} completes; empty: everybody", key = complete)
        }
        Asked::DataFilter => {
            tr!("category = 'Lamps' and date >= '2024-01-31'; {key} completes; empty: all orders", key = complete)
        }
        Asked::OpenScenario => {
            let key = session.keymap.name_of(Action::Undo);
            tr!("the path of its TOML file; {key} takes the view back", key)
        }
        _ => return None,
    })
}

/// What is asked for, and how it is written; nothing of that where it names keys.
fn asked(session: &Session, prompt: &Prompt) -> (String, &'static str) {
    let (axis, number) = (words::axis(session.cut.axis), session.cut.cut + 1);
    match prompt.asked {
        Asked::CutValue => (tr!("{axis} cut {number}: {range}", axis, number, range = range(session)), ""),
        Asked::NewCut => {
            (tr!("A {axis} cut more, at", axis), tr!("this one halves the largest bin; type another value"))
        }
        Asked::Solve => (
            tr!("Solve, by {axis} cut {number}", axis, number),
            tr!("Champions = 10 %   = 5000 customers   = 60 % of revenue"),
        ),
        Asked::Filter => (tr!("Count only customers with").to_owned(), ""),
        Asked::DataFilter => (tr!("Make customers of rows with").to_owned(), ""),
        Asked::SegmentName => (tr!("Name of the segment").to_owned(), ""),
        Asked::NewSegment => (tr!("Name of the new segment").to_owned(), tr!("it gets the marked cells")),
        Asked::SaveScheme => {
            (tr!("Write the scheme as your own, named").to_owned(), tr!("it is put in your scheme folder"))
        }
        Asked::Find => (tr!("Find a customer").to_owned(), ""),
        Asked::Jump => (tr!("Jump to").to_owned(), lang::text(HOW)),
        Asked::CustomerNote => (
            tr!("Note on {customer}", customer = note_on(session, &prompt.about)),
            tr!("empty takes it away; written with the scenario"),
        ),
        Asked::Picture => (
            tr!("Save a picture of the screen as").to_owned(),
            tr!(
                "a .svg to paste, a .txt, or a .ans with the colours of a terminal; tierscope report --format html tells all views"
            ),
        ),
        Asked::ExportListed => (tr!("Write what is listed to").to_owned(), to_file()),
        Asked::ExportMarked => (tr!("Write the marked customers to").to_owned(), to_file()),
        Asked::SaveScenario | Asked::OpenScenario | Asked::CompareScenario | Asked::Note | Asked::ReviewBy => {
            of_scenario(prompt.asked)
        }
        Asked::ClvTerms | Asked::Cost | Asked::Rule | Asked::NewRule => of_plans(prompt),
    }
}

/// The values that the picked cut may have, with their unit.
fn range(session: &Session) -> String {
    let (analysis, cut) = (&session.analysis, session.cut);
    let (cuts, scale) = (analysis.cuts(cut.axis).cuts(), analysis.scale(cut.axis));
    let text = |number: usize| cuts.get(number).map(|cut| cut.text(scale));
    let range = match (cut.cut.checked_sub(1).and_then(text), text(cut.cut + 1)) {
        (Some(low), Some(high)) => format!("{low} – {high}"),
        (Some(low), None) => format!("≥ {low}"),
        (None, Some(high)) => format!("≤ {high}"),
        (None, None) => return lang::text(analysis.measured().measure(cut.axis).unit()).to_owned(),
    };
    words::amount(analysis.measured().measure(cut.axis), &range)
}

/// How a file is named that a list is written to.
fn to_file() -> &'static str {
    tr!("a .csv, .xlsx, .parquet, .ndjson, .json or .md file; a manifest is put beside")
}

/// What is asked for of a scenario, and how it is written.
fn of_scenario(asked: Asked) -> (String, &'static str) {
    let (title, how) = match asked {
        Asked::OpenScenario => (tr!("Open a scenario"), ""),
        Asked::CompareScenario => (tr!("Compare with a scenario"), tr!("the path of its TOML file")),
        Asked::Note => (tr!("Note on the scenario"), tr!("what it is for; written when it is saved")),
        Asked::ReviewBy => (tr!("Review the scenario by"), tr!("a day such as 2026-12-31; empty: never")),
        _ => (tr!("Save this view as"), tr!("a TOML file; a name alone is put beside where you started")),
    };
    (title.to_owned(), how)
}

/// What is asked for of costs, VIP rules and the value of customers, and how it is written.
fn of_plans(prompt: &Prompt) -> (String, &'static str) {
    match prompt.asked {
        Asked::Cost => (
            tr!("What {segment} costs", segment = words::segment(&prompt.about)),
            tr!("5 a head, 2 % of the revenue, or 5 + 2 %; empty: no cost of its own"),
        ),
        Asked::Rule => (
            tr!("VIP rule {rule}", rule = prompt.about),
            tr!("NAME: amount >= 1000 in 12 months and orders >= 3, or tenure >= 2 years"),
        ),
        Asked::NewRule => (
            tr!("A VIP rule more").to_owned(),
            tr!("Gold: amount >= 1000 in 12 months; Often: orders >= 5 in a month; Old: tenure >= 5 years"),
        ),
        _ => (
            tr!("Terms of CLV").to_owned(),
            tr!("clv = mean order value x orders a year x years, and of that the margin; such as 3 years, 40 %"),
        ),
    }
}
