//! The customer list in words: a line a customer, each value behind the name of its column.

use super::super::panels::customers::{mark, note, sum, title};
use super::super::theme::Theme;
use super::Said;
use crate::app::list::{CellText, head};
use crate::app::session::Session;
use crate::engine::listing::Column;
use crate::show::text::clean;
use crate::tr;

pub(super) fn said(session: &Session, theme: &Theme) -> Said {
    let (analysis, list) = (&session.analysis, &session.list);
    let name = |column: Column| clean(&head(analysis, column)).into_owned();
    let mut said = Said::new(tr!(
        "{title}; {note}; column {column}",
        title = title(session),
        note = note(session),
        column = name(list.column())
    ));
    for (row, customer) in list.rows.iter().enumerate() {
        let values = list.columns.all().filter_map(|column| {
            let value = match session.cell(column, *customer) {
                CellText::Data(text) => clean(&text).into_owned(),
                CellText::Figure(text) => text,
                CellText::Pending => "…".to_owned(),
                CellText::Missing => return None,
            };
            Some(if column == Column::CUSTOMER { value } else { format!("{} {value}", name(column)) })
        });
        let sign = mark(session, *customer, theme).map(|sign| format!("{sign} ")).unwrap_or_default();
        let line = format!("{sign}{}", values.collect::<Vec<_>>().join(tr!("list" | ", ")));
        said.line(line, list.offset + row == list.cursor);
    }
    if list.listing.is_empty() {
        said.lines.push(tr!("no customers here").to_owned());
    }
    if list.has_sums {
        let sums = list.columns.all().enumerate().map(|(number, column)| (name(column), sum(session, number)));
        let sums = sums.filter(|(_, sum)| !sum.is_empty()).map(|(name, sum)| format!("{name} {sum}"));
        said.note = Some(tr!("sums: {sums}", sums = sums.collect::<Vec<_>>().join(tr!("list" | ", "))));
    }
    said
}
