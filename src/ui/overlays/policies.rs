//! Policies: what is decided, how many rows and how much money it is about, and what another decision would change.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::super::paint::{bar, put, put_right};
use super::super::theme::Theme;
use super::popup::popup;
use crate::app::overlay::PolicyScreen;
use crate::app::reopen::{Reopening, State};
use crate::app::session::Session;
use crate::model::money::Money;
use crate::model::policies::Policy;
use crate::show::numbers::{count, money, short_money, signed};
use crate::show::text::{clean, cut, width};

/// Columns of the box at most.
const WIDTH: u16 = 120;
/// Columns of a policy's name.
const NAME: u16 = 13;
/// Columns of its choice, with the signs of a changed one.
const CHOICE: u16 = 11;
/// Columns of rows and of money, on a wide screen and on a narrow one.
const FIGURES: [(u16, u16); 2] = [(13, 18), (9, 12)];

/// Draws the screen; `reopening` is what the proposed policies make of the data, as far as it is known.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    session: &Session,
    (screen, reopening): (PolicyScreen, Option<&Reopening>),
    theme: &Theme,
) {
    let height = (Policy::ALL.len() as u16 + 14).min(area.height);
    let inside = popup(buffer, area, (WIDTH, height), "Policies", theme);
    list(buffer, inside, session, screen, theme);
    let below = Policy::ALL.len() as u16 + 1;
    let policy = Policy::ALL[screen.cursor.min(Policy::ALL.len() - 1)];
    let names: Vec<&str> = policy.choices().iter().map(|choice| choice.name).collect();
    put(buffer, inside, 0, below, policy.words(), theme.strong);
    let choice = format!("{}: {}", names.join("/"), screen.proposed.choice(policy).words);
    put(buffer, inside, 0, below + 1, &choice, theme.muted);
    let rest = Rect { y: inside.y + below + 2, height: inside.height.saturating_sub(below + 2), ..inside };
    // Blank lines where there is room for them.
    let gap = rest.height.saturating_sub(FIGURE_LINES + 1).min(1);
    let rest = Rect { y: rest.y + gap, height: rest.height.saturating_sub(gap), ..rest };
    let (then, problem) = match reopening.map(|reopening| &reopening.state) {
        Some(State::Ready(then)) => (Some(&**then), None),
        Some(State::Failed(problem)) => (None, Some(problem)),
        _ => (None, None),
    };
    if let Some(problem) = problem {
        let text = format!("It cannot be done: {}", clean(problem));
        Paragraph::new(Line::styled(text, theme.problem)).wrap(Wrap { trim: true }).render(rest, buffer);
        return;
    }
    comparison(buffer, rest, session, then, theme);
    let status =
        Rect { y: rest.y + FIGURE_LINES + gap, height: rest.height.saturating_sub(FIGURE_LINES + gap), ..rest };
    state(buffer, status, reopening, theme);
}

/// Lines of the figures now and then.
const FIGURE_LINES: u16 = 6;

/// A line a policy.
fn list(buffer: &mut Buffer, area: Rect, session: &Session, screen: PolicyScreen, theme: &Theme) {
    let words = NAME + CHOICE;
    let (rows, sum) = FIGURES[usize::from(area.width < 100)];
    let figures = area.width.saturating_sub(rows + sum);
    for (x, title) in [(2, "policy"), (NAME + 2, "choice"), (words + 2, "what it does")] {
        put(buffer, area, x, 0, title, theme.muted);
    }
    put_right(buffer, area, figures + rows, 0, "rows", theme.muted);
    put_right(buffer, area, area.width, 0, "money", theme.muted);
    let scale = session.analysis.customers().scale;
    for (y, (number, policy)) in (1..).zip(Policy::ALL.into_iter().enumerate()) {
        let choice = screen.proposed.choice(policy);
        let is_changed = screen.proposed.get(policy) != session.policies.get(policy);
        let style = if is_changed { theme.picked } else { Style::new() };
        let (mark, name) =
            if is_changed { ("*", format!("‹{}›", choice.name)) } else { (" ", format!(" {}", choice.name)) };
        put(buffer, area, 0, y, mark, theme.picked);
        put(buffer, area, 2, y, policy.name(), theme.strong);
        put(buffer, area, NAME + 1, y, &name, style);
        let room = usize::from(figures.saturating_sub(words + 2));
        put(buffer, area, words + 2, y, &cut(choice.words, room), style);
        let concerned = session.ledger.concerned(policy);
        if policy == Policy::Duplicates && !session.policies.drops_duplicates() {
            put_right(buffer, area, area.width, y, "not counted", theme.muted);
        } else {
            let money = concerned.money(scale);
            put_right(buffer, area, figures + rows, y, &count(concerned.rows), Style::new());
            put_right(buffer, area, area.width, y, &money_text(money, sum), Style::new());
        }
        if number == screen.cursor {
            buffer.set_style(Rect { y: area.y + y, height: 1, ..area }, Style::reset().patch(theme.cursor));
        }
    }
}

/// Money in full where it fits so many columns.
fn money_text(sum: Money, columns: u16) -> String {
    let full = money(sum.minor, sum.scale);
    if width(&full) < usize::from(columns) { full } else { short_money(sum.minor, sum.scale) }
}

/// What the data is now, and what it would be.
fn comparison(buffer: &mut Buffer, area: Rect, now: &Session, then: Option<&Session>, theme: &Theme) {
    const LABEL: u16 = 12;
    const VALUE: u16 = 20;
    let ends = [LABEL + VALUE, LABEL + 2 * VALUE, LABEL + 3 * VALUE];
    for (end, title) in ends.into_iter().zip(["now", "then", "difference"]) {
        put_right(buffer, area, end, 0, title, theme.muted);
    }
    let filtered = if now.analysis.setting().filter.is_empty() { "" } else { "*" };
    let mut row = |y: u16, label: &str, [before, after, difference]: [String; 3]| {
        put(buffer, area, 0, y, label, theme.muted);
        put_right(buffer, area, ends[0], y, &before, theme.strong);
        let style = if before == after { theme.strong } else { theme.picked };
        put_right(buffer, area, ends[1], y, &after, style);
        put_right(buffer, area, ends[2], y, &difference, style);
    };
    let counts = |of: &dyn Fn(&Session) -> u64| {
        let before = of(now);
        let after = then.map(of);
        let difference = after.map(|after| i128::from(after) - i128::from(before));
        [
            count(before),
            after.map(count).unwrap_or_default(),
            difference.map(|difference| signed(difference, count(difference))).unwrap_or_default(),
        ]
    };
    row(1, "rows kept", counts(&|session| session.ledger.kept()));
    row(2, &format!("customers{filtered}"), counts(&|session| session.analysis.summary().total().customers));
    row(3, &format!("orders{filtered}"), counts(&|session| session.analysis.summary().total().orders));
    let revenue = |session: &Session| (session.analysis.summary().total().revenue, session.analysis.customers().scale);
    let (before, scale) = revenue(now);
    let after = then.map(revenue);
    let apart = after.filter(|(_, finer)| *finer == scale).map(|(after, _)| i128::from(after) - i128::from(before));
    row(
        4,
        &format!("revenue{filtered}"),
        [
            money(before, scale),
            after.map(|(after, scale)| money(after, scale)).unwrap_or_default(),
            apart.map(|apart| signed(apart, money(apart, scale))).unwrap_or_default(),
        ],
    );
    let as_of = |session: &Session| session.analysis.measured().as_of();
    let days = then.map(|then| as_of(then) - as_of(now)).filter(|days| *days != 0);
    row(
        5,
        "as of",
        [
            as_of(now).to_string(),
            then.map(|then| as_of(then).to_string()).unwrap_or_default(),
            days.map(|days| format!("{} days", signed(days, days.to_string()))).unwrap_or_default(),
        ],
    );
}

/// How far the count is, and what the keys do about it.
fn state(buffer: &mut Buffer, area: Rect, reopening: Option<&Reopening>, theme: &Theme) {
    let (text, style) = match reopening {
        Some(Reopening { state: State::Loading { look, .. }, is_accepted, .. }) => {
            let what = if *is_accepted { "Enter waits for it" } else { "counting" };
            let (percent, rows) = (look.percent(), count(look.rows));
            (format!("{what}: {percent:>3} % {:<12} {rows} rows; Esc discards it", bar(percent, 100, 12)), theme.accent)
        }
        Some(Reopening { state: State::Ready(_), .. }) => {
            ("Enter takes it; history of steps and baseline start anew. Esc discards it.".to_owned(), theme.accent)
        }
        _ => ("← and → decide otherwise: it is counted before Enter takes it.".to_owned(), theme.muted),
    };
    Paragraph::new(Line::styled(text, style)).wrap(Wrap { trim: true }).render(area, buffer);
}
