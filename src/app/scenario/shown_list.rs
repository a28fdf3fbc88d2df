//! The list of customers as a scenario has it: its columns and its order.

use crate::app::list::Columns;
use crate::app::session::Session;
use crate::engine::analysis::Analysis;
use crate::engine::listing::{Column, Key, Sort};
use crate::model::scenario::ListPart;

/// How the list is shown, where that is not as usual.
pub(in crate::app) fn list_part(session: &Session) -> ListPart {
    // What only rows tell is shown once they are read.
    if let Some(part) = &session.awaited_list {
        return part.clone();
    }
    let (analysis, list) = (&session.analysis, &session.list);
    let usual = list.columns.all().eq(Column::USUAL) && list.columns.frozen() == 1;
    let sort = session.sort_to_be();
    ListPart {
        columns: if usual { Vec::new() } else { list.columns.all().map(|column| column.name(analysis)).collect() },
        frozen: (!usual).then(|| list.columns.frozen()),
        sort: if sort == Sort::default() { Vec::new() } else { sort.texts(analysis) },
    }
}

/// Shows the list as a scenario has it. Where it has columns that only rows tell, it is shown so once they are read; those
/// that the data lacks are left out.
pub(in crate::app) fn show_list(session: &mut Session, part: &ListPart) {
    let analysis = &session.analysis;
    let has_all = part.columns.iter().all(|name| Column::named(analysis, name).is_ok());
    if !has_all && analysis.fields().transactions().is_none() && session.details.ask() {
        session.awaited_list = Some(part.clone());
        return;
    }
    session.awaited_list = None;
    let (columns, sort) = list_of(analysis, part);
    session.list.columns = columns;
    session.sort_list(sort);
}

/// The columns and the order of a list, as far as the data has them.
fn list_of(analysis: &Analysis, part: &ListPart) -> (Columns, Sort) {
    let columns: Vec<Column> = part.columns.iter().filter_map(|name| Column::named(analysis, name).ok()).collect();
    let columns = Columns::of(&columns, part.frozen.unwrap_or(1));
    let key = |part: &String| {
        let (name, way) = part.rsplit_once(':')?;
        Some(Key { column: Column::named(analysis, name).ok()?, descending: way == Sort::DESCENDING })
    };
    let keys: Vec<Key> = part.sort.iter().filter_map(key).collect();
    (columns.unwrap_or_else(|| Columns::on(Column::CUSTOMER)), Sort::of(&keys).unwrap_or_default())
}

/// Whether the list is shown as a scenario has it, or is about to be.
pub(in crate::app) fn shows_list(session: &Session, part: &ListPart) -> bool {
    if let Some(awaited) = &session.awaited_list {
        return awaited == part;
    }
    let (columns, sort) = list_of(&session.analysis, part);
    let shown = &session.list.columns;
    shown.all().eq(columns.all()) && shown.frozen() == columns.frozen() && session.sort_to_be() == sort
}

/// Shows the list as it is to be shown once the rows are read, or cannot be.
pub(in crate::app) fn show_awaited_list(session: &mut Session) {
    if let Some(part) = session.awaited_list.take() {
        show_list(session, &part);
        session.go_back();
    }
}
