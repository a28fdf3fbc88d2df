//! Marks and notes on customers, and looking at them one after the other.

use crate::tr;
use rayon::prelude::*;

use super::super::action::{Action, Asked, MarkAction};
use super::super::marks::MOST;
use super::super::model::{Context, Model, Stage};
use super::super::overlay::{Overlay, Text};
use super::super::session::Panel;
use super::{prompt, session};
use crate::model::customers::CustomerIndex;
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
            let customers = counted(session.marks.len() as i128, "customer");
            model.say(tr!("{customers} marked", customers));
        }
        MarkAction::Clear => {
            let customers = counted(session.marks.clear() as i128, "customer");
            model.say(tr!("{customers} no longer marked; notes stay", customers));
        }
        MarkAction::Show => {
            session.list_marked();
            session.panel = Panel::Customers;
            let customers = counted(session.list.listing.len() as i128, "customer");
            let key = session.keymap.name_in(Context::Customers, Action::Back);
            model.say(tr!("{customers} listed; {key} lists all again", customers, key));
        }
        MarkAction::Review => review(model),
    }
}

fn too_many() -> String {
    tr!("at most {most} customers are marked; a filter or a selection lists fewer", most = count(MOST as i128))
}

/// Marks all from the one that was marked last to the one under the cursor.
fn range(model: &mut Model) {
    let page = model.page;
    let Some(session) = session(model) else { return };
    let here = session.list.customer_now(&session.analysis, page);
    let cursor = session.list.cursor;
    let anchor = session
        .list
        .anchor
        .and_then(|customer| session.list.listing.place_of(&session.analysis, CustomerIndex::try_from(customer).ok()?));
    let (Some(anchor), Some(here)) = (anchor, here) else {
        return model.complain(tr!("the one marked last is not in this list"));
    };
    let (first, last) = (anchor.min(cursor), anchor.max(cursor).min(session.list.listing.len().saturating_sub(1)));
    let many = last + 1 - first;
    if many + session.marks.len() > MOST {
        return model.complain(too_many());
    }
    let customers = session.list.listing.customers(&session.analysis, first, many);
    session.marks.add(customers);
    session.list.anchor = Some(here);
    let (customers, place) = (counted(many as i128, "customer"), count(first as i128 + 1));
    model.say(tr!("{customers} marked from place {place} on", customers, place));
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
    let Some(customer) = session.list.customer() else { return };
    session.panel = Panel::Customers;
    session.reviewing = true;
    session.marks.stop_at(customer);
    session.details.ask();
    model.overlay = Some(Overlay::Text(Text::Customer(customer), 0));
    if was_elsewhere {
        model.say(tr!("the one at whom the review stopped is not in this list: it begins anew"));
    }
}

/// Ends a review where it is.
pub(in super::super) fn end_review(model: &mut Model) {
    let Some(session) = session(model) else { return };
    if std::mem::take(&mut session.reviewing) {
        let name = session.marks.stopped_at().map(|customer| session.id(customer as usize)).unwrap_or_default();
        let key = session.keymap.name_of(Action::Marks(MarkAction::Review));
        model.say(tr!("the review stopped at {customer}; {key} goes on there", customer = clean(&name), key));
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
    let Some(customer) = customer else { return };
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
    let key = session.keymap.name_in(Context::Prompt, Action::Back);
    let gone = || tr!("the customer is not among those of the data filter any more; {key} leaves", key);
    session.marks.set_note(customer.ok_or_else(gone)?, text);
    model.overlay = model.beneath.take();
    model.say(tr!("kept; it is written when the scenario is saved"));
    Ok(())
}
