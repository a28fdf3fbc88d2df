//! The tiers in words: a line a segment.

use super::super::panels::tiers::known_before;
use super::super::words;
use super::{Said, joined, told};
use crate::app::session::Session;
use crate::engine::listing::Selection;
use crate::show::numbers::{count, points, signed};
use crate::show::text::clean;
use crate::{lang, tr};

pub(super) fn said(session: &Session) -> Said {
    let Session { analysis, tiers, .. } = session;
    let (total, scale) = (analysis.summary().total(), analysis.customers().scale);
    let order = lang::text(tiers.sort.name());
    let mut said = Said::new(if tiers.reversed {
        tr!("Tiers by {order}, turned round", order)
    } else {
        tr!("Tiers by {order}", order)
    });
    for (place, (segment, tally)) in tiers.rows(analysis).into_iter().enumerate() {
        let mut parts = vec![told(&words::segment_of(analysis.scheme(), segment), tally, total, scale)];
        if let Some(before) = known_before(session, segment) {
            let more = tally.customers as i64 - before.customers as i64;
            let whole = i128::from(total.revenue);
            parts.push(tr!(
                "from {baseline}: {more} customers, {points} points of revenue",
                baseline = clean(&session.baseline_name),
                more = signed(more, count(more)),
                points = points((tally.revenue.into(), whole), (before.revenue.into(), whole))
            ));
        }
        let is_listed = session.list.listing.selection() == Selection::Segment(segment);
        parts.extend(is_listed.then(|| tr!("plain" | "listed").to_owned()));
        said.line(joined(&parts), place == tiers.cursor);
    }
    said
}
