//! Policies: what is decided, how many rows and how much money it is about, and what another decision would change.

use crate::app::action::{Action, Direction};
use crate::app::context::Context;
use crate::app::keymap::Keymap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{bar, put, put_right};
use super::super::theme::Theme;
use super::super::words;
use super::popup::{paragraph, popup};
use crate::app::overlay::PolicyScreen;
use crate::app::reopen::{Reopening, State};
use crate::app::session::Session;
use crate::model::money::{Money, Scale};
use crate::model::policies::Policy;
use crate::show::numbers::{count, counted, money, short, short_money, signed};
use crate::show::text::{clean, cut, left, right, width};
use crate::{lang, tr};

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
    let inside = popup(buffer, area, (WIDTH, height), tr!("Policies"), theme);
    let is_tight = inside.height < Policy::ALL.len() as u16 + 1 + WORD_LINES + FIGURE_LINES + 1;
    // Where there is no room for all, the figures lie on their side, and the policies scroll.
    let (below, figure_lines, word_lines) = if is_tight {
        let word_lines = if inside.height < ROOM_FOR_WORDS { 1 } else { WORD_LINES };
        (inside.height.saturating_sub(LYING_LINES + word_lines + 1), LYING_LINES, word_lines)
    } else {
        (Policy::ALL.len() as u16 + 1, FIGURE_LINES, WORD_LINES)
    };
    list(buffer, Rect { height: below, ..inside }, session, screen, theme);
    let policy = Policy::ALL[screen.cursor.min(Policy::ALL.len() - 1)];
    if word_lines > 1 {
        put(buffer, inside, 0, below, lang::text(policy.words()), theme.strong);
    }
    let choice = tr!(
        "{choices}: {words}",
        choices = words::choices(policy).join("/"),
        words = lang::text(screen.proposed.choice(policy).words)
    );
    put(buffer, inside, 0, below + word_lines - 1, &choice, theme.muted);
    let above = below + word_lines;
    let rest = Rect { y: inside.y + above, height: inside.height.saturating_sub(above), ..inside };
    // Blank lines where there is room for them.
    let gap = rest.height.saturating_sub(figure_lines + 1).min(1);
    let rest = Rect { y: rest.y + gap, height: rest.height.saturating_sub(gap), ..rest };
    let (then, problem) = match reopening.map(|reopening| &reopening.state) {
        Some(State::Ready(then)) => (Some(&**then), None),
        Some(State::Failed(problem)) => (None, Some(problem)),
        _ => (None, None),
    };
    if let Some(problem) = problem {
        paragraph(buffer, rest, &tr!("It cannot be done: {problem}", problem = clean(problem)), theme.problem);
        return;
    }
    if is_tight {
        lying(buffer, rest, session, then, theme);
    } else {
        comparison(buffer, rest, session, then, theme);
    }
    let used = figure_lines + gap;
    state(
        buffer,
        Rect { y: rest.y + used, height: rest.height.saturating_sub(used), ..rest },
        reopening,
        &session.keymap,
        theme,
    );
}

/// Lines on the policy under the cursor.
const WORD_LINES: u16 = 2;
/// Lines of a box with little room that has it for them.
const ROOM_FOR_WORDS: u16 = 13;
/// Lines of the figures now and then, a line a figure.
const FIGURE_LINES: u16 = 6;
/// Lines of them where now and then are lines.
const LYING_LINES: u16 = 4;

/// A line a policy.
fn list(buffer: &mut Buffer, area: Rect, session: &Session, screen: PolicyScreen, theme: &Theme) {
    let words = NAME + CHOICE;
    let (rows_width, sum) = FIGURES[usize::from(area.width < 100)];
    let figures = area.width.saturating_sub(rows_width + sum);
    let heads = [tr!("head" | "policy"), tr!("head" | "choice"), tr!("what it does")];
    for (x, title) in [2, NAME + 2, words + 2].into_iter().zip(heads) {
        put(buffer, area, x, 0, title, theme.muted);
    }
    put_right(buffer, area, figures + rows_width, 0, tr!("head" | "rows"), theme.muted);
    put_right(buffer, area, area.width, 0, tr!("head" | "money"), theme.muted);
    let scale = session.analysis.customers().scale;
    let first = (screen.cursor + 2).saturating_sub(area.height.into());
    for (y, (number, policy)) in (1..area.height).zip(Policy::ALL.into_iter().enumerate().skip(first)) {
        let choice = screen.proposed.choice(policy);
        let is_changed = screen.proposed.get(policy) != session.policies.get(policy);
        let style = if is_changed { theme.picked } else { Style::new() };
        let name = words::choices(policy).get(screen.proposed.get(policy)).copied().unwrap_or(choice.name);
        let (mark, name) = if is_changed { ("*", format!("‹{name}›")) } else { (" ", format!(" {name}")) };
        put(buffer, area, 0, y, mark, theme.picked);
        put(buffer, area, 2, y, words::policy(policy), theme.strong);
        put(buffer, area, NAME + 1, y, &name, style);
        let room = usize::from(figures.saturating_sub(words + 2));
        put(buffer, area, words + 2, y, &cut(lang::text(choice.words), room), style);
        let concerned = session.ledger.concerned(policy);
        if policy == Policy::Duplicates && !session.policies.drops_duplicates() {
            // What the data card counted is known, though not its money.
            if let Some(rows) = session.data.duplicates() {
                put_right(buffer, area, figures + rows_width, y, &count(rows), Style::new());
            }
            put_right(buffer, area, area.width, y, tr!("not counted"), theme.muted);
        } else {
            let money = concerned.money(scale);
            put_right(buffer, area, figures + rows_width, y, &count(concerned.rows), Style::new());
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
    for (end, title) in
        ends.into_iter().zip([tr!("figures" | "now"), tr!("figures" | "then"), tr!("head" | "difference")])
    {
        put_right(buffer, area, end, 0, title, theme.muted);
    }
    for (y, (label, [before, after, difference])) in (1..).zip(compared(now, then)) {
        put(buffer, area, 0, y, &label, theme.muted);
        put_right(buffer, area, ends[0], y, &before, theme.strong);
        let style = if before == after { theme.strong } else { theme.picked };
        put_right(buffer, area, ends[1], y, &after, style);
        put_right(buffer, area, ends[2], y, &difference, style);
    }
}

/// The figures by their names: now, then, and the difference; the last two empty before they are known.
pub(in super::super) fn compared(now: &Session, then: Option<&Session>) -> [(String, [String; 3]); 5] {
    let filtered = if now.analysis.setting().filter.is_empty() { "" } else { "*" };
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
    let revenue = |session: &Session| (session.analysis.summary().total().revenue, session.analysis.customers().scale);
    let (before, scale) = revenue(now);
    let after = then.map(revenue);
    let apart = after.filter(|(_, finer)| *finer == scale).map(|(after, _)| i128::from(after) - i128::from(before));
    let as_of = |session: &Session| session.analysis.measured().as_of();
    let days = then.map(|then| as_of(then) - as_of(now)).filter(|days| *days != 0);
    let starred = |label: &str| format!("{label}{filtered}");
    [
        (tr!("rows kept").to_owned(), counts(&|session| session.ledger.kept())),
        (starred(tr!("head" | "customers")), counts(&|session| session.analysis.summary().total().customers)),
        (starred(tr!("head" | "orders")), counts(&|session| session.analysis.summary().total().orders)),
        (
            starred(tr!("head" | "revenue")),
            [
                money(before, scale),
                after.map(|(after, scale)| money(after, scale)).unwrap_or_default(),
                apart.map(|apart| signed(apart, money(apart, scale))).unwrap_or_default(),
            ],
        ),
        (
            tr!("head" | "as of").to_owned(),
            [
                as_of(now).to_string(),
                then.map(|then| as_of(then).to_string()).unwrap_or_default(),
                days.map(days_apart).unwrap_or_default(),
            ],
        ),
    ]
}

/// A difference in days: `+1 day`.
fn days_apart(days: i32) -> String {
    let number = signed(days, count(days));
    // One day less is no plural either.
    if days.abs() == 1 { tr!("{number} day", number) } else { tr!("{number} days", number) }
}

/// The same with a line for now and one for then, where there is room for few lines.
fn lying(buffer: &mut Buffer, area: Rect, now: &Session, then: Option<&Session>, theme: &Theme) {
    const LABEL: u16 = 5;
    const DAY: u16 = 11;
    let column = area.width.saturating_sub(LABEL + DAY) / 4;
    let end = |place: u16| if place < 4 { LABEL + (place + 1) * column } else { area.width };
    let star = if now.analysis.setting().filter.is_empty() { "" } else { "*" };
    let heads = [tr!("rows kept"), tr!("head" | "customers"), tr!("head" | "orders"), tr!("head" | "revenue")];
    for (place, head) in (0..).zip(heads) {
        let star = if place == 0 { "" } else { star };
        put_right(buffer, area, end(place), 0, &format!("{head}{star}"), theme.muted);
    }
    put_right(buffer, area, end(4), 0, tr!("head" | "as of"), theme.muted);
    let figures = |session: &Session| {
        let total = session.analysis.summary().total();
        [session.ledger.kept(), total.customers, total.orders].map(i128::from)
    };
    let money_of = |session: &Session| (session.analysis.summary().total().revenue, session.analysis.customers().scale);
    let day = |session: &Session| session.analysis.measured().as_of();
    let counts = |number: i128| {
        let full = count(number);
        if width(&full) < column.into() { full } else { short(number) }
    };
    let revenue = |(minor, scale): (i64, Scale)| money_text(Money::new(minor, scale), column);
    for (y, label) in (1..).zip([tr!("figures" | "now"), tr!("figures" | "then"), "±"]) {
        put(buffer, area, 0, y, label, theme.muted);
    }
    let mut line = |y: u16, figures: [String; 5], others: Option<&[String; 5]>| {
        for (place, figure) in (0..).zip(&figures) {
            let same = others.is_none_or(|others| others[usize::from(place)] == *figure);
            let style = if same { theme.strong } else { theme.picked };
            put_right(buffer, area, end(place), y, figure, style);
        }
    };
    let shown = |session: &Session| {
        let [kept, customers, orders] = figures(session).map(counts);
        [kept, customers, orders, revenue(money_of(session)), day(session).to_string()]
    };
    let before = shown(now);
    line(1, before.clone(), None);
    let Some(then) = then else { return };
    line(2, shown(then), Some(&before));
    let (old, new) = (figures(now), figures(then));
    let [kept, customers, orders] = [0, 1, 2].map(|at| signed(new[at] - old[at], counts(new[at] - old[at])));
    let ((old, scale), (new, finer)) = (money_of(now), money_of(then));
    let apart = if scale == finer { signed(new - old, revenue((new - old, scale))) } else { String::new() };
    let days = day(then) - day(now);
    let days = if days == 0 { String::new() } else { days_apart(days) };
    line(3, [kept, customers, orders, apart, days], None);
}

/// How far the count is, and what the keys do about it.
fn state(buffer: &mut Buffer, area: Rect, reopening: Option<&Reopening>, keymap: &Keymap, theme: &Theme) {
    let is_short = area.height <= 1 && area.width < 76;
    let (text, style) = state_words(reopening, keymap, is_short, theme);
    if is_short {
        put(buffer, area, 0, 0, &text, style);
    } else {
        paragraph(buffer, area, &text, style);
    }
}

/// The same in words, in few where there is one short line.
pub(in super::super) fn state_words(
    reopening: Option<&Reopening>,
    keymap: &Keymap,
    is_short: bool,
    theme: &Theme,
) -> (String, Style) {
    let keys = |actions: &[Action]| keymap.names_in(Context::Policies, actions);
    let (take, leave) = (keys(&[Action::Select]), keys(&[Action::Back]));
    match reopening {
        Some(Reopening { state: State::Loading { look, .. }, is_accepted, .. }) => {
            let columns = if is_short { 5 } else { 12 };
            let (percent, rows) = (look.percent(), counted(look.rows, "row"));
            let bar = left(&bar(percent, 100, columns, theme), columns.into());
            let percent = right(&percent.to_string(), 3);
            let words = if *is_accepted {
                tr!(
                    "{take} waits for it: {percent} % {bar} {rows}; {leave} discards it",
                    take,
                    percent,
                    bar,
                    rows,
                    leave
                )
            } else {
                tr!("counting: {percent} % {bar} {rows}; {leave} discards it", percent, bar, rows, leave)
            };
            (words, theme.accent)
        }
        Some(Reopening { state: State::Ready(_), .. }) if is_short => {
            (tr!("{take} takes it; history starts anew. {leave} discards it.", take, leave), theme.accent)
        }
        Some(Reopening { state: State::Ready(_), .. }) => {
            let words =
                tr!("{take} takes it; history of steps and baseline start anew. {leave} discards it.", take, leave);
            (words, theme.accent)
        }
        Some(Reopening { state: State::Failed(_), .. }) | None if is_short => {
            let other = keys(&[Action::Move(Direction::Left), Action::Move(Direction::Right)]);
            (tr!("{other} decide otherwise; {take} takes it once counted.", other, take), theme.muted)
        }
        Some(Reopening { state: State::Failed(_), .. }) | None => {
            let [one, other] = [Direction::Left, Direction::Right].map(|way| keys(&[Action::Move(way)]));
            let words =
                tr!("{one} and {other} decide otherwise: it is counted before {take} takes it.", one, other, take);
            (words, theme.muted)
        }
    }
}
