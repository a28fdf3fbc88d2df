//! What a data filter takes of the rows, in a line.

use crate::engine::analysis::Analysis;
use crate::engine::data_filter::Taken;
use crate::show::numbers::{count, counted, money};

/// What the data filter takes and what it sets aside; `None` where none is on.
pub(super) fn taken(analysis: &Analysis) -> Option<String> {
    let Taken { rows, revenue, .. } = *analysis.taken()?;
    let scale = analysis.customers().scale;
    Some(format!(
        "data filter {}: {} of {} kept rows, revenue {}; set aside: {}, revenue {}",
        analysis.setting().data_filter,
        count(rows.taken),
        count(rows.of),
        money(revenue.taken, scale),
        counted(rows.aside(), "row"),
        money(revenue.aside(), scale),
    ))
}
