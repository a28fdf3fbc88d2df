//! What a data filter takes of the rows, in a line.

use crate::engine::analysis::Analysis;
use crate::engine::data_filter::Taken;
use crate::show::numbers::{count, counted, money};
use crate::tr;

/// What the data filter takes and what it sets aside; `None` where none is on.
pub(super) fn taken(analysis: &Analysis) -> Option<String> {
    let Taken { rows, revenue, .. } = *analysis.taken()?;
    let scale = analysis.customers().scale;
    Some(tr!(
        "data filter {filter}: {taken} of {kept} kept rows, revenue {revenue}; set aside: {aside}, revenue {aside_revenue}",
        filter = analysis.setting().data_filter,
        taken = count(rows.taken),
        kept = count(rows.of),
        revenue = money(revenue.taken, scale),
        aside = counted(rows.aside(), "row"),
        aside_revenue = money(revenue.aside(), scale),
    ))
}
