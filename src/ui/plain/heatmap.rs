//! The heatmap in words: a line a cell, the best row first.

use super::super::panels::heatmap::{difference, is_selected};
use super::super::words;
use super::{Said, joined, told};
use crate::app::heat::segments_within;
use crate::app::session::Session;
use crate::show::numbers::count;
use crate::show::text::clean;
use crate::{lang, tr};

pub(super) fn said(session: &Session) -> Said {
    let Session { analysis, heat, .. } = session;
    let [up, across] = heat.plane.axes();
    let (total, scale) = (analysis.summary().total(), analysis.customers().scale);
    let mut title = tr!("Heatmap of {up} and {across}", up = words::axis(up), across = words::axis(across));
    if let Some(layer) = heat.layer {
        title = tr!("{title}, {score} only", title, score = format!("{}{layer}", heat.plane.third().letter()));
    }
    let mut said = Said::new(title);
    let [most_up, most_across] = [up, across].map(|axis| analysis.cuts(axis).bins() as u8);
    for scores in (1..=most_up).rev().flat_map(|up| (1..=most_across).map(move |across| [up, across])) {
        let pattern = heat.pattern(scores);
        let cell = format!("{}{} {}{}", up.letter(), scores[0], across.letter(), scores[1]);
        let mut parts = vec![told(&cell, analysis.summary().pattern(pattern), total, scale)];
        if let Some(more) = difference(session, scores) {
            let (metric, baseline) = (lang::text(heat.metric.name()), clean(&session.baseline_name));
            parts.push(tr!("{metric} from {baseline}: {more}", metric, baseline, more));
        }
        let within = segments_within(analysis, pattern).into_iter().filter(|(_, tally)| tally.customers > 0);
        let within = within.map(|(segment, tally)| {
            format!("{} {}", words::segment_of(analysis.scheme(), segment), count(tally.customers))
        });
        let within = within.collect::<Vec<_>>().join(tr!("list" | ", "));
        parts.extend((!within.is_empty()).then_some(within));
        let [marked_up, marked_across] = heat.marked();
        let is_marked = heat.mark.is_some()
            && (marked_up[0]..=marked_up[1]).contains(&scores[0])
            && (marked_across[0]..=marked_across[1]).contains(&scores[1]);
        parts.extend(is_marked.then(|| tr!("plain" | "marked").to_owned()));
        parts.extend(is_selected(session, pattern, scores).then(|| tr!("plain" | "listed").to_owned()));
        said.line(joined(&parts), heat.cursor == scores);
    }
    said
}
