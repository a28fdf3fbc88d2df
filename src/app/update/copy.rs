//! What is copied to the terminal's clipboard.

use super::super::action::{Action, Asked, Copied};
use super::super::list::{CellText, head, is_pending};
use super::super::model::Model;
use super::{Effect, session};
use crate::engine::listing::Column;
use crate::export::safe::spreadsheet_text;
use crate::show::clipboard::MOST_BYTES;
use crate::show::numbers::counted;
use crate::show::text::clean;
use crate::tr;

/// What is copied, as text that a spreadsheet takes: cells apart by tabs, rows by line breaks.
pub(super) fn copy(model: &mut Model, what: Copied) -> Effect {
    let page = model.page;
    let Some(session) = session(model) else { return Effect::None };
    session.list.make_rows(&session.analysis, page);
    let columns: Vec<Column> = session.list.columns.all().collect();
    let missing: Vec<Column> =
        columns.iter().copied().filter(|column| is_pending(&session.analysis, *column)).collect();
    if !missing.is_empty() {
        model.complain(tr!("a column is still being made: copy again in a moment"));
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
        return Effect::None;
    };
    let (copied, words) = match what {
        Copied::Cell => (text(session.list.column(), customer), tr!("the cell").to_owned()),
        Copied::Row => (format!("{}\n{}\n", heads(), row(customer)), tr!("the row").to_owned()),
        Copied::List => {
            // A row takes a byte a column at least: more than fits need not even be made.
            let most = MOST_BYTES / columns.len().max(1);
            let listed = session.list.listing.len();
            if listed > most {
                model.complain(too_much(model, &counted(listed as i128, "row")));
                return Effect::None;
            }
            let customers = session.list.listing.customers(&session.analysis, 0, listed);
            let rows: String = customers.iter().map(|customer| row(*customer as usize) + "\n").collect();
            (format!("{}\n{rows}", heads()), counted(listed as i128, "row"))
        }
    };
    if copied.len() > MOST_BYTES {
        model.complain(too_much(model, &words));
        return Effect::None;
    }
    Effect::Copy { text: copied, words }
}

fn too_much(model: &Model, what: &str) -> String {
    let key = model.keymap.name_of(Action::Ask(Asked::ExportListed));
    tr!("{what} do not fit the terminal's clipboard; {key} writes them to a file", what, key)
}
