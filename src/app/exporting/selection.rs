//! Who of those that the filter leaves is written, as the manifest has it: in the same words in all languages.

use crate::app::baseline::BaselineName;
use crate::app::session::Session;
use crate::engine::listing::Selection;

/// The selection; empty: everybody.
pub(super) fn selection(session: &Session, marked_only: bool) -> String {
    let words = whom(session);
    match session.list.listing.selection() {
        _ if marked_only => "marked customers".to_owned(),
        Selection::Moved(..) => format!("{words} since {}", baseline(&session.baseline)),
        _ => words,
    }
}

/// The same without what movers are compared with.
pub(in super::super) fn whom(session: &Session) -> String {
    let segment = |segment: usize| session.analysis.scheme().segment_name(segment).to_owned();
    match session.list.listing.selection() {
        Selection::All => String::new(),
        Selection::These(_) => "marked customers".to_owned(),
        Selection::Segment(number) => format!("segment {}", segment(number)),
        Selection::Cells(pattern) => {
            let scores = pattern.iter().zip(['R', 'F', 'M']);
            let scores = scores.filter_map(|(score, axis)| Some(format!("{axis}{}", (*score)?)));
            format!("scores {}", scores.collect::<Vec<_>>().join(" "))
        }
        Selection::Moved(from, to) => {
            let elsewhere = || "elsewhere".to_owned();
            let compared = session.analysis.baseline();
            let before = from.zip(compared).map(|(from, (setting, _))| setting.scheme.segment_name(from).to_owned());
            let (before, now) = (before.unwrap_or_else(elsewhere), to.map_or_else(elsewhere, segment));
            format!("moved from {before} to {now}")
        }
    }
}

fn baseline(name: &BaselineName) -> String {
    match name {
        BaselineName::Start => "the start".to_owned(),
        BaselineName::Here => "here".to_owned(),
        BaselineName::Step(steps) => format!("step {steps}"),
        BaselineName::Scenario(name) => format!("scenario {name}"),
        BaselineName::Nothing => "nothing".to_owned(),
    }
}
