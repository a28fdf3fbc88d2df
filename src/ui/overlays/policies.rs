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
use crate::model::money::Scale;
use crate::model::policies::Policy;
use crate::show::numbers::{count, money, short_money, signed};
use crate::show::text::{clean, cut, width};

/// Columns of the box at most.
const WIDTH: u16 = 120;
/// Columns of a policy's name.
const NAME: u16 = 13;
/// Columns of its choice, with the signs that tell it can be turned.
const CHOICE: u16 = 14;
/// Columns of rows and of money.
const FIGURE: u16 = 13;

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
    let choices: Vec<String> = policy.choices().iter().map(|choice| choice.name.to_owned()).collect();
    let about = format!("{}: {}", policy.words(), choices.join(" · "));
    put(buffer, inside, 0, below, &about, theme.strong);
    let rest = Rect { y: inside.y + below + 1, height: inside.height.saturating_sub(below + 1), ..inside };
    // A blank line where there is room for it.
    let gap = rest.height.saturating_sub(8).min(1);
    let rest = Rect { y: rest.y + gap, height: rest.height.saturating_sub(gap), ..rest };
    let then = match reopening.map(|reopening| &reopening.state) {
        Some(State::Ready(then)) => Some(&**then),
        _ => None,
    };
    comparison(buffer, rest, session, then, theme);
    let status = Rect { y: rest.y + 6, height: rest.height.saturating_sub(6), ..rest };
    state(buffer, status, reopening, theme);
}

/// A line a policy.
fn list(buffer: &mut Buffer, area: Rect, session: &Session, screen: PolicyScreen, theme: &Theme) {
    let words = NAME + CHOICE;
    let figures = area.width.saturating_sub(2 * FIGURE);
    for (x, title) in [(2, "policy"), (NAME + 2, "choice"), (words + 2, "what it does")] {
        put(buffer, area, x, 0, title, theme.muted);
    }
    put_right(buffer, area, figures + FIGURE, 0, "rows", theme.muted);
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
            let sum = concerned.money(scale);
            put_right(buffer, area, figures + FIGURE, y, &count(concerned.rows), Style::new());
            put_right(buffer, area, area.width, y, &money_text(sum.minor, sum.scale), Style::new());
        }
        if number == screen.cursor {
            buffer.set_style(Rect { y: area.y + y, height: 1, ..area }, Style::reset().patch(theme.cursor));
        }
    }
}

/// Money in full where it fits its column.
fn money_text(minor: i128, scale: Scale) -> String {
    let full = money(minor, scale);
    if width(&full) < usize::from(FIGURE) { full } else { short_money(minor, scale) }
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
        None => (
            "← and → decide otherwise; what that changes is counted first, and taken by Enter.".to_owned(),
            theme.muted,
        ),
        Some(Reopening { state: State::Loading { look, .. }, is_accepted, .. }) => {
            let bar = bar(look.percent(), 100, 16);
            let what = if *is_accepted { "taken as soon as it is counted; Esc calls it off" } else { "counting" };
            (format!("{what}: {:>3} % {bar} {} rows", look.percent(), count(look.rows)), theme.accent)
        }
        Some(Reopening { state: State::Ready(_), .. }) => (
            "Enter takes it: cuts, scheme, measures and filter are kept; the history of steps and the baseline start \
             anew. Esc leaves all as it was."
                .to_owned(),
            theme.accent,
        ),
        Some(Reopening { state: State::Failed(problem), .. }) => (clean(problem).into_owned(), theme.problem),
    };
    Paragraph::new(Line::styled(text, style)).wrap(Wrap { trim: true }).render(area, buffer);
}
