//! What is done with the list: marks, columns, conditions offered, the privacy switch, copying.

use super::super::action::{Asked, ColumnAction, Copied, Direction, MarkAction};
use super::super::chips::{add, offers};
use super::super::details;
use super::super::list::{CellText, ColumnScreen, head};
use super::super::marks::MOST;
use super::super::model::{Model, Stage};
use super::super::overlay::{Overlay, Pick, Picking, Text};
use super::super::privacy::{OFF, ON};
use super::super::session::Panel;
use super::{Effect, prompt, session};
use rayon::prelude::*;

use crate::engine::listing::Column;
use crate::export::safe::spreadsheet_text;
use crate::model::customers::CustomerIndex;
use crate::model::filter::FilterError;
use crate::show::clipboard::MOST_BYTES;
use crate::show::numbers::{count, counted};
use crate::show::text::clean;

/// Does something with marks.
pub(super) fn marks(model: &mut Model, what: MarkAction) {
    let page = model.page;
    let Some(session) = session(model) else { return };
    match what {
        MarkAction::One => {
            let Some(customer) = session.list.customer_now(&session.analysis, page) else { return };
            if !session.marks.has(customer) && session.marks.len() >= MOST {
                return model.complain(too_many());
            }
            session.marks.toggle(customer);
            session.list.anchor = Some(customer);
            session.list.go(session.list.cursor + 1, page);
        }
        MarkAction::Range => range(model),
        MarkAction::Listed | MarkAction::Invert => {
            if session.list.listing.len() > 2 * MOST {
                return model.complain(too_many());
            }
            let everybody: Vec<CustomerIndex> = session.list.listing.everybody(&session.analysis);
            let news = everybody.iter().filter(|customer| !session.marks.has(**customer as usize)).count();
            let gone = if what == MarkAction::Invert { everybody.len() - news } else { 0 };
            if session.marks.len() + news - gone > MOST {
                return model.complain(too_many());
            }
            if what == MarkAction::Listed {
                session.marks.add(everybody);
            } else {
                session.marks.invert(everybody);
            }
            let words = format!("{} marked", counted(session.marks.len() as i128, "customer"));
            model.say(words);
        }
        MarkAction::Clear => {
            let taken = session.marks.clear();
            model.say(format!("{} no longer marked; notes stay", counted(taken as i128, "customer")));
        }
        MarkAction::Show => {
            if session.marks.is_empty() {
                return model.complain("nobody is marked: Space marks the customer under the cursor");
            }
            session.list_marked();
            session.panel = Panel::Customers;
            let words =
                format!("{} listed; Esc lists all again", counted(session.list.listing.len() as i128, "customer"));
            model.say(words);
        }
        MarkAction::Review => review(model),
    }
}

/// What to say while the rows that are not on the screen have no places yet.
pub(in super::super) const SORTING: &str = "the list is still being sorted; again in a moment";

fn too_many() -> String {
    format!("at most {} customers are marked; a filter or a selection lists fewer", count(MOST as i128))
}

/// Marks all from the one that was marked last to the one under the cursor.
fn range(model: &mut Model) {
    let page = model.page;
    let Some(session) = session(model) else { return };
    if session.list.is_sorting() {
        return model.complain(SORTING);
    }
    let here = session.list.customer_now(&session.analysis, page);
    let cursor = session.list.cursor;
    let anchor = session
        .list
        .anchor
        .and_then(|customer| session.list.listing.place_of(&session.analysis, CustomerIndex::try_from(customer).ok()?));
    let (Some(anchor), Some(here)) = (anchor, here) else {
        return model.complain("Space marks the first one; V marks all from there to the cursor");
    };
    let (first, last) = (anchor.min(cursor), anchor.max(cursor).min(session.list.listing.len().saturating_sub(1)));
    let many = last + 1 - first;
    if many + session.marks.len() > MOST {
        return model.complain(too_many());
    }
    let customers = session.list.listing.customers(&session.analysis, first, many);
    session.marks.add(customers);
    session.list.anchor = Some(here);
    model.say(format!("{} marked from place {} on", counted(many as i128, "customer"), count(first as i128 + 1)));
}

/// Looks at the customers of the list one after the other, from the one at whom that stopped.
fn review(model: &mut Model) {
    let page = model.page;
    let Some(session) = session(model) else { return };
    let stopped = session.marks.stopped_at();
    let place = stopped.and_then(|customer| session.list.listing.place_of(&session.analysis, customer));
    let was_elsewhere = stopped.is_some() && place.is_none();
    session.list.forget_first();
    session.list.jump(place.unwrap_or(if stopped.is_none() { session.list.cursor } else { 0 }), page);
    session.list.make_rows(&session.analysis, page);
    let Some(customer) = session.list.customer() else { return model.complain("nobody is listed") };
    session.panel = Panel::Customers;
    session.reviewing = true;
    session.marks.stop_at(customer);
    session.details.ask();
    model.overlay = Some(Overlay::Text(Text::Customer(customer), 0));
    if was_elsewhere {
        model.say("the one at whom the review stopped is not in this list: it begins anew");
    }
}

/// Ends a review where it is.
pub(in super::super) fn end_review(model: &mut Model) {
    let Some(session) = session(model) else { return };
    if std::mem::take(&mut session.reviewing) {
        let name = session.marks.stopped_at().map(|customer| session.id(customer as usize)).unwrap_or_default();
        model.say(format!("the review stopped at {}; M r goes on there", clean(&name)));
    }
}

/// Asks for a note on the customer that is looked at, or under the cursor.
pub(super) fn ask_note(model: &mut Model) {
    let page = model.page;
    let Stage::Open(session) = &mut model.stage else { return };
    let customer = match &model.overlay {
        Some(Overlay::Text(Text::Customer(customer), _)) => Some(*customer),
        _ => session.list.customer_now(&session.analysis, page),
    };
    let Some(customer) = customer else { return model.complain("nobody is listed") };
    let id = session.analysis.customers().ids.get(customer).to_owned();
    let note = session.marks.note(customer).unwrap_or_default().to_owned();
    // It is typed over the customer that it is on.
    model.beneath = model.overlay.take();
    prompt::open(model, Asked::CustomerNote, note, id);
}

/// Notes what was typed on the customer that was asked about, wherever they stand by now.
///
/// # Errors
/// A sentence where they are not there any more.
pub(super) fn take_note(model: &mut Model, text: &str, id: &str) -> Result<(), String> {
    let Stage::Open(session) = &mut model.stage else { return Ok(()) };
    let ids = &session.analysis.customers().ids;
    let customer = (0..ids.len()).into_par_iter().find_any(|customer| ids.get(*customer) == id);
    let gone = || "the customer is not among those of the data filter any more; Esc leaves".to_owned();
    session.marks.set_note(customer.ok_or_else(gone)?, text);
    model.overlay = model.beneath.take();
    model.say("kept; it is written when the scenario is saved");
    Ok(())
}

/// Does something with the columns of the list.
pub(super) fn columns(model: &mut Model, what: ColumnAction) {
    let width = model.column_width;
    let Some(session) = session(model) else { return };
    let columns = &mut session.list.columns;
    let cursor = columns.cursor();
    match what {
        ColumnAction::Choose => {
            // What rows tell can be a column too.
            details::expect(model);
            if let Stage::Open(session) = &model.stage {
                model.overlay = Some(Overlay::Columns(Box::new(ColumnScreen::of(session))));
            }
        }
        ColumnAction::Toggle => {
            if !columns.hide(cursor) {
                model.complain("one column stays");
            }
        }
        ColumnAction::Shift(direction) => {
            columns.shift(cursor, direction == Direction::Right);
        }
        ColumnAction::Wider => columns.widen(width, 2),
        ColumnAction::Narrower => columns.widen(width, -2),
        ColumnAction::Fit => columns.fit(),
        ColumnAction::Freeze => {
            columns.freeze();
            let words = match columns.frozen() {
                0 => "no column stays in sight".to_owned(),
                frozen => {
                    format!("{} at the left in sight, as far as there is room", counted(frozen as i128, "column"))
                }
            };
            model.say(words);
        }
        ColumnAction::Sums => session.list.has_sums = !session.list.has_sums,
    }
}

/// What a key does while the columns are chosen.
pub(super) fn choose_columns(model: &mut Model, action: super::Action) {
    use super::Action;
    const PAGE: usize = 10;
    let (Some(Overlay::Columns(screen)), Stage::Open(session)) = (&mut model.overlay, &mut model.stage) else { return };
    screen.follow(session);
    let last = screen.all.len().saturating_sub(1);
    let Some(column) = screen.all.get(screen.cursor).copied() else { return };
    let columns = &mut session.list.columns;
    let number = columns.all().position(|shown| shown == column);
    match action {
        Action::Move(Direction::Down) => screen.cursor = (screen.cursor + 1).min(last),
        Action::Move(Direction::Up) => screen.cursor = screen.cursor.saturating_sub(1),
        Action::Page(Direction::Down) => screen.cursor = (screen.cursor + PAGE).min(last),
        Action::Page(_) => screen.cursor = screen.cursor.saturating_sub(PAGE),
        Action::End(Direction::Up) => screen.cursor = 0,
        Action::End(_) => screen.cursor = last,
        Action::Columns(ColumnAction::Toggle) => {
            let was_shown = number.is_some();
            if columns.toggle(column) && was_shown {
                model.complain("one column stays");
            }
        }
        Action::Columns(ColumnAction::Shift(direction)) => {
            if let Some(number) = number {
                columns.shift(number, direction == Direction::Right);
                // Those shown stand first, in their order, again.
                **screen = ColumnScreen::of(session);
                screen.cursor = screen.all.iter().position(|known| *known == column).unwrap_or_default();
            }
        }
        Action::Back | Action::Select => {
            if let Some(number) = number {
                columns.go(number);
            }
            session.panel = Panel::Customers;
            model.overlay = None;
        }
        _ => {}
    }
}

/// Masks who people are, or stops.
pub(super) fn privacy(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let is_on = session.privacy.toggle(&session.analysis);
    model.say(if is_on { ON } else { OFF });
}

/// Offers conditions that what is under the cursor meets.
pub(super) fn quick(model: &mut Model) {
    let page = model.page;
    let Some(session) = session(model) else { return };
    session.list.make_rows(&session.analysis, page);
    let names: Vec<String> = offers(session).iter().map(ToString::to_string).collect();
    if names.is_empty() {
        return model.complain("nothing is under the cursor to filter by, or its column is still being made");
    }
    let pick = Pick { what: Picking::Condition, why: String::new(), names, cursor: 0 };
    model.overlay = Some(Overlay::Pick(pick));
}

/// Adds a condition that was offered, as it was written.
pub(super) fn take_offer(model: &mut Model, condition: &str) {
    match condition.parse() {
        Ok(condition) => add(model, &condition),
        // It was written by this program, which reads what it writes.
        Err(error) => model.complain(FilterError::to_string(&error)),
    }
}

/// What a key does among the conditions of the filter.
pub(super) fn choose_chips(model: &mut Model, action: super::Action) -> Effect {
    use super::super::chips;
    use super::Action;
    let (Some(Overlay::Chips(cursor)), Stage::Open(session)) = (&mut model.overlay, &model.stage) else {
        return Effect::None;
    };
    let last = session.chips.all().len().saturating_sub(1);
    let place = *cursor;
    match action {
        Action::Move(Direction::Down) => *cursor = (place + 1).min(last),
        Action::Move(Direction::Up) => *cursor = place.saturating_sub(1),
        Action::ToggleChip => chips::toggle(model, place),
        Action::NegateChip => chips::negate(model, place),
        Action::RemoveChip => {
            *cursor = place.min(last.saturating_sub(1));
            chips::remove(model, place);
        }
        Action::Ask(asked) => {
            model.overlay = None;
            super::prompt::ask(model, asked);
        }
        Action::Quick => {
            model.overlay = None;
            quick(model);
        }
        Action::Back | Action::Select => model.overlay = None,
        _ => {}
    }
    Effect::None
}

/// What is copied, as text that a spreadsheet takes: cells apart by tabs, rows by line breaks.
pub(super) fn copy(model: &mut Model, what: Copied) -> Effect {
    let page = model.page;
    let Some(session) = session(model) else { return Effect::None };
    if what == Copied::List && session.list.is_sorting() {
        model.complain(SORTING);
        return Effect::None;
    }
    session.list.make_rows(&session.analysis, page);
    let columns: Vec<Column> = session.list.columns.all().collect();
    let missing: Vec<Column> =
        columns.iter().copied().filter(|column| super::super::list::is_pending(&session.analysis, *column)).collect();
    if !missing.is_empty() {
        model.complain("a column is still being made: copy again in a moment");
        return Effect::None;
    }
    // Tabs and breaks would be other cells, and some texts formulas: heads come from the data, too.
    let safe = |text: &str| {
        let flat: String = clean(text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        spreadsheet_text(&flat).into_owned()
    };
    let text = |column: Column, customer: usize| match session.cell(column, customer) {
        CellText::Data(text) => safe(&text),
        CellText::Figure(text) => text,
        CellText::Missing | CellText::Pending => String::new(),
    };
    let row = |customer: usize| columns.iter().map(|column| text(*column, customer)).collect::<Vec<_>>().join("\t");
    let heads = || {
        let head = |column: &Column| safe(&head(&session.analysis, *column));
        columns.iter().map(head).collect::<Vec<_>>().join("\t")
    };
    let Some(customer) = session.list.customer() else {
        model.complain("nobody is listed");
        return Effect::None;
    };
    let (copied, words) = match what {
        Copied::Cell => (text(session.list.column(), customer), "the cell".to_owned()),
        Copied::Row => (format!("{}\n{}\n", heads(), row(customer)), "the row".to_owned()),
        Copied::List => {
            // A row takes a byte a column at least: more than fits need not even be made.
            let most = MOST_BYTES / columns.len().max(1);
            let listed = session.list.listing.len();
            if listed > most {
                let rows = counted(listed as i128, "row");
                model.complain(format!("{rows} do not fit the terminal's clipboard; E e writes them to a file"));
                return Effect::None;
            }
            let customers = session.list.listing.customers(&session.analysis, 0, listed);
            let rows: String = customers.iter().map(|customer| row(*customer as usize) + "\n").collect();
            (format!("{}\n{rows}", heads()), counted(listed as i128, "row"))
        }
    };
    if copied.len() > MOST_BYTES {
        model.complain(format!("{words} do not fit the terminal's clipboard; E e writes them to a file"));
        return Effect::None;
    }
    Effect::Copy { text: copied, words }
}
