//! The columns of a file with their roles: each with its first values and why it has the role.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::fold::fold;
use super::super::message::PROBLEM;
use super::super::paint::put;
use super::super::theme::Theme;
use super::super::words;
use super::popup::{paragraph, popup};
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::keymap::Keymap;
use crate::app::mapping::{Given, MappingScreen, ROLES, Why};
use crate::app::reopen::{Reopening, State};
use crate::app::session::Session;
use crate::data::source::SourceColumn;
use crate::data::synonyms::Role;
use crate::export::privacy::Attribute;
use crate::show::numbers::{count, counted};
use crate::show::text::{clean, cut, left, quoted, right, width};
use crate::tr;

/// Columns of the box at most.
const WIDTH: u16 = 150;
/// Columns of the number and of the role.
const NUMBER: u16 = 5;
const ROLE: u16 = 12;
/// Lines above the columns, with their head, and below them.
const ABOVE: u16 = 3;
const BELOW: u16 = 6;
/// Columns of the file that are seen at once before anything else gets room.
const FEW: u16 = 10;
/// Lines of the letters.
const LETTER_LINES: u16 = 2;

/// Draws the screen; with the data where it is open already, and the load that the choice started.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    screen: &MappingScreen,
    (keymap, session, reopening): (&Keymap, Option<&Session>, Option<&Reopening>),
    theme: &Theme,
) {
    let columns = screen.source.columns.len().min(usize::from(area.height)) as u16;
    let size = (WIDTH, (columns + ABOVE + BELOW + 2).min(area.height));
    let title = clean(&title(screen)).into_owned();
    let inside = popup(buffer, area, size, &cut(&title, usize::from(area.width.min(WIDTH)).saturating_sub(6)), theme);
    let masks = masks(screen, session);
    let (said, style) = said(screen, &masks, (keymap, reopening), theme);
    let is_tight = inside.height < ABOVE + BELOW + columns.min(FEW);
    let rows = if is_tight { Rows::tight(&said, inside.width) } else { Rows::ROOMY };
    let mut y = inside.y;
    let mut next = |height: u16| {
        let area = Rect { y, height: height.min(inside.bottom().saturating_sub(y)), ..inside };
        y += area.height;
        area
    };
    paragraph(buffer, next(rows.said), &said, style);
    let below = rows.blank + rows.detail + LETTER_LINES + rows.notes;
    let list = next(inside.height.saturating_sub(rows.said + below));
    let roles = screen.roles();
    table(buffer, list, screen, (&roles, &masks), theme);
    next(rows.blank);
    detail(buffer, next(rows.detail), screen, &roles, theme);
    letters(buffer, next(LETTER_LINES), &roles, keymap, theme);
    notes(buffer, next(rows.notes), screen, &roles, keymap, theme);
}

/// Lines of what stands around the columns.
struct Rows {
    said: u16,
    blank: u16,
    detail: u16,
    notes: u16,
}

impl Rows {
    const ROOMY: Self = Self { said: ABOVE - 1, blank: 1, detail: 2, notes: 1 };

    /// As few as can be, so that columns have the room.
    fn tight(said: &str, columns: u16) -> Self {
        let said = if fold(said, columns.into()).len() > 1 { ABOVE - 1 } else { 1 };
        Self { said, blank: 0, detail: 1, notes: 0 }
    }
}

fn title(screen: &MappingScreen) -> String {
    let file = screen.source.place.name();
    match screen.same.len() {
        0 => tr!("Columns of {file}", file),
        1 => tr!("Columns of {file} and another file of the same columns", file),
        more => tr!("Columns of {file} and {more} more files of the same columns", file, more = count(more as u64)),
    }
}

/// What the last key did, or how far the load is.
fn said(
    screen: &MappingScreen,
    masks: &[Option<Attribute>],
    (keymap, reopening): (&Keymap, Option<&Reopening>),
    theme: &Theme,
) -> (String, Style) {
    let key = |action| keymap.name_in(Context::Mapping, action);
    if let Some(Reopening { state: State::Loading { look, .. }, .. }) = reopening {
        return (
            tr!(
                "opening: {percent} %, {rows}; {key} calls it off",
                percent = look.percent(),
                rows = counted(look.rows, "row"),
                key = key(Action::Back)
            ),
            theme.accent,
        );
    }
    match &screen.said {
        // It quotes a value that does not fit the role.
        Some(said) if screen.is_problem => {
            (format!("{PROBLEM}{}", clean(&without_values(said, screen, masks))), theme.problem)
        }
        Some(said) => (clean(said).into_owned(), theme.strong),
        None => (tr!("a letter gives the column a role; {key} opens it so", key = key(Action::Select)), theme.muted),
    }
}

/// How each column is masked while the privacy switch is on; none where it is off. Only the customer's role counts, that of
/// the open data too: giving a column another role on the screen must not show it.
fn masks(screen: &MappingScreen, session: Option<&Session>) -> Vec<Option<Attribute>> {
    let Some(session) = session.filter(|session| session.privacy.is_on()) else { return Vec::new() };
    let roles = screen.roles();
    let ids = session.sources.iter().filter_map(|mapped| mapped.source.columns.get(mapped.mapping.customer));
    let ids: Vec<&str> = ids.map(|column| column.name.as_str()).collect();
    let mask = |(number, column): (usize, &SourceColumn)| {
        let is_id = |given: &Given| given.column == number && given.role == Role::Customer;
        let role = (ids.contains(&column.name.as_str()) || roles.iter().any(is_id)).then_some(Role::Customer);
        session.privacy.column(&column.name, role, column.sample.iter().map(String::as_str))
    };
    screen.source.columns.iter().enumerate().map(mask).collect()
}

/// A text without the values of masked columns.
fn without_values(text: &str, screen: &MappingScreen, masks: &[Option<Attribute>]) -> String {
    /// As long as problems quote them.
    const LONGEST: usize = 40;
    let mut text = text.to_owned();
    for (column, mask) in screen.source.columns.iter().zip(masks) {
        let Some(mask) = mask else { continue };
        for value in column.sample.iter().filter(|value| !value.trim().is_empty()) {
            let told: String = value.trim().chars().take(LONGEST).collect();
            text = text.replace(&*quoted(&told), &quoted(&mask.masked(&told)));
        }
    }
    text
}

/// A line a column.
fn table(
    buffer: &mut Buffer,
    area: Rect,
    screen: &MappingScreen,
    (roles, masks): (&[Given], &[Option<Attribute>]),
    theme: &Theme,
) {
    let columns = &screen.source.columns;
    let names = columns.iter().map(|column| width(&clean(&column.name))).max().unwrap_or(0).clamp(6, 24) as u16;
    // A file that declares types shows them behind the names.
    let rest = area.width.saturating_sub(NUMBER + names + 2 + ROLE);
    let why = rest / 2;
    let places = [NUMBER, NUMBER + names + 2, NUMBER + names + 2 + ROLE, NUMBER + names + 2 + ROLE + why];
    let heads = [tr!("head" | "column"), tr!("head" | "role"), tr!("head" | "why"), tr!("head" | "first values")];
    for (x, title) in places.into_iter().zip(heads) {
        put(buffer, area, x, 0, title, theme.muted);
    }
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let first = (screen.cursor + 1).saturating_sub(list.height.into());
    for (y, (number, column)) in (0..list.height).zip(columns.iter().enumerate().skip(first)) {
        put(buffer, list, 0, y, &right(&(number + 1).to_string(), 3), theme.muted);
        put(buffer, list, places[0], y, &left(&clean(&column.name), names.into()), theme.strong);
        let (role, reason, style) = role_of(screen, roles, number, theme);
        put(buffer, list, places[1], y, &role, style);
        put(buffer, list, places[2], y, &cut(&reason, usize::from(why).saturating_sub(2)), theme.muted);
        let values = first_values(screen, masks, number);
        put(buffer, list, places[3], y, &values.join("  "), Style::new());
        if number == screen.cursor {
            buffer.set_style(Rect { y: list.y + y, height: 1, ..list }, Style::reset().patch(theme.cursor));
        }
    }
}

/// The role of a column, why it has it, and the style of who has it for sure.
fn role_of(screen: &MappingScreen, roles: &[Given], column: usize, theme: &Theme) -> (String, String, Style) {
    let mut played: Vec<&Given> = roles.iter().filter(|given| given.column == column).collect();
    played.sort_by_key(|given| given.is_idle);
    if let Some(given) = played.first() {
        if given.is_idle {
            let instead = if given.role == Role::Amount {
                tr!("not used: the amount is quantity × unit price")
            } else {
                tr!("not used: there is an amount")
            };
            return (words::role(given.role).to_owned(), instead.to_owned(), theme.muted);
        }
        let style = if given.why == Why::You { theme.picked } else { theme.accent };
        return (words::role(given.role).to_owned(), why(given), style);
    }
    match screen.candidate(column) {
        Some((role, evidence)) => (format!("{}?", words::role(role)), evidence.to_string(), theme.problem),
        None => (String::new(), String::new(), theme.muted),
    }
}

fn why(given: &Given) -> String {
    match &given.why {
        Why::You => tr!("chosen by you").to_owned(),
        Why::Typed => tr!("given by {option} or a scenario", option = given.role.option()),
        Why::Remembered => tr!("remembered: chosen before for these columns").to_owned(),
        Why::Proposed(evidence) => clean(evidence).into_owned(),
    }
}

/// All that is known of the column under the cursor.
fn detail(buffer: &mut Buffer, area: Rect, screen: &MappingScreen, roles: &[Given], theme: &Theme) {
    let Some(text) = words_on(screen, roles, screen.cursor, theme) else { return };
    if area.height == 1 {
        put(buffer, area, 0, 0, &text, Style::new());
    } else {
        paragraph(buffer, area, &text, Style::new());
    }
}

/// The name of a column, its role, and why it has it.
fn words_on(screen: &MappingScreen, roles: &[Given], number: usize, theme: &Theme) -> Option<String> {
    let column = screen.source.columns.get(number)?;
    let (role, reason, _) = role_of(screen, roles, number, theme);
    let declared =
        if column.declared.is_empty() { String::new() } else { format!(" ({})", clean(&column.declared_words())) };
    let column = format!("{}{declared}", clean(&column.name));
    let words = if role.is_empty() {
        tr!("{column}: no role", column)
    } else {
        tr!("{column}: {role}; {reason}", column, role, reason)
    };
    Some(words)
}

/// The screen in words: its title, a line a column with the first values, and what else is told.
pub(in super::super) fn in_words(
    screen: &MappingScreen,
    (keymap, session, reopening): (&Keymap, Option<&Session>, Option<&Reopening>),
    theme: &Theme,
) -> (String, Vec<String>, String) {
    let (masks, roles) = (masks(screen, session), screen.roles());
    let line = |number: usize| {
        let words = words_on(screen, &roles, number, theme)?;
        let values = first_values(screen, &masks, number);
        let (number, values) = (number + 1, values.join(tr!("list" | ", ")));
        Some(if values.is_empty() {
            tr!("plain" | "column {number}, {words}; no values", number, words)
        } else {
            tr!("plain" | "column {number}, {words}; first values {values}", number, words, values)
        })
    };
    let mut lines: Vec<String> = (0..screen.source.columns.len()).filter_map(line).collect();
    let key = |action| keymap.name_in(Context::Mapping, action);
    let letters = ROLES.map(|role| format!("{} {}", key(Action::GiveRole(role)), words::role(role)));
    let none = format!("{} {}", key(Action::TakeRole), tr!("role" | "none"));
    let letters: Vec<String> = letters.into_iter().chain([none]).collect();
    lines.push(tr!("plain" | "roles by their keys: {letters}", letters = letters.join(tr!("list" | ", "))));
    lines.extend(notes_on(screen, &roles, keymap));
    (clean(&title(screen)).into_owned(), lines, said(screen, &masks, (keymap, reopening), theme).0)
}

/// The first values of a column, masked where it is.
fn first_values(screen: &MappingScreen, masks: &[Option<Attribute>], number: usize) -> Vec<String> {
    let Some(column) = screen.source.columns.get(number) else { return Vec::new() };
    let values = column.sample.iter().filter(|value| !value.trim().is_empty()).take(6);
    let shown = |value: &String| match masks.get(number).copied().flatten() {
        Some(mask) => mask.masked(value),
        None => value.trim().to_owned(),
    };
    values.map(|value| cut(&clean(&shown(value)), 20).into_owned()).collect()
}

/// The letters with the roles that have a column, and those that go without.
fn letters(buffer: &mut Buffer, area: Rect, roles: &[Given], keymap: &Keymap, theme: &Theme) {
    let key = |action| keymap.name_in(Context::Mapping, action);
    let (mut x, mut y) = (0, 0);
    let mut write = |letter: &str, name: &str, style: Style| {
        // Kept together where the line breaks.
        let columns = (width(letter) + 1 + width(name)) as u16;
        if x > 0 && x + columns > area.width {
            (x, y) = (0, y + 1);
        }
        let used = put(buffer, area, x, y, letter, theme.accent) + 1;
        put(buffer, area, x + used, y, name, style);
        x += columns + 2;
    };
    for role in ROLES {
        let has = roles.iter().any(|given| given.role == role && !given.is_idle);
        write(&key(Action::GiveRole(role)), words::role(role), if has { theme.strong } else { theme.muted });
    }
    write(&key(Action::TakeRole), tr!("role" | "none"), theme.muted);
}

/// What else is to be known.
fn notes(buffer: &mut Buffer, area: Rect, screen: &MappingScreen, roles: &[Given], keymap: &Keymap, theme: &Theme) {
    put(buffer, area, 0, 0, &notes_on(screen, roles, keymap).join(" · "), theme.muted);
}

fn notes_on(screen: &MappingScreen, roles: &[Given], keymap: &Keymap) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    if screen.is_product() {
        notes.push(tr!("amount = quantity × unit price").to_owned());
    }
    if !roles.iter().any(|given| given.role == Role::Order) {
        notes.push(tr!("no order column: each row is an order").to_owned());
    }
    if screen.is_remembered() {
        let key = keymap.name_in(Context::Mapping, Action::Forget);
        notes.push(tr!("{key} forgets what is remembered", key));
    }
    if !screen.source.header {
        notes.push(tr!("no header: nothing is remembered").to_owned());
    }
    notes
}
