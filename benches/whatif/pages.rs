//! What a page of the list costs after an edit.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use tierscope::engine::analysis::Analysis;
use tierscope::engine::fields::Field;
use tierscope::engine::listing::{Column, Listing, Selection, Sort};
use tierscope::model::customers::Axis;

use super::edits::{Mover, compared};
use super::times::{Short, Times, timed};

/// Rows of a page.
const PAGE: usize = 40;

/// How often each list is looked at, after an edit each time.
const EDITS: usize = 3;

/// With a trail or without one yet, and with the profile of an axis or without one yet.
const KINDS: [(bool, Option<Axis>); 4] =
    [(true, None), (true, Some(Axis::Recency)), (true, Some(Axis::Monetary)), (false, None)];

/// Pages of all kinds of lists, after edits with the profile of an axis or without.
pub(crate) fn measure(analysis: &Analysis) {
    Times::head("making the trail of a list, in another thread");
    for column in [Column::Axis(Axis::Monetary), Column::Axis(Axis::Recency)] {
        let listing = Listing::new(analysis, Sort::by(analysis, column), Selection::All);
        let make = || timed(|| listing.trail_wanted(analysis).map(|request| request.build().bytes())).0;
        Times::of(3, make).print(&format!("by {}", column.name(analysis)));
    }
    Times::head("a page of 40 rows after an edit");
    let compared = compared(analysis);
    for (trails, profile) in KINDS {
        let mut mover = match profile {
            Some(axis) => Mover::profiled(&compared, axis),
            None => Mover::new(&compared, 9),
        };
        let axis = profile.unwrap_or(Axis::Recency);
        let name = match (trails, profile) {
            (true, None) => "no profile".to_owned(),
            (true, Some(axis)) => format!("profile of {}", axis.name()),
            (false, _) => "neither trail nor profile yet".to_owned(),
        };
        let (mut all, mut worst) = (Times::default(), (Duration::ZERO, String::new()));
        for column in [Column::Axis(Axis::Monetary), Column::Axis(Axis::Recency), Column::Field(Field::Segment)] {
            let mut times = Times::default();
            let request = Listing::new(&mover.analysis, Sort::by(&mover.analysis, column), Selection::All)
                .trail_wanted(&mover.analysis);
            let trail = request.filter(|_| trails).map(|request| Arc::new(request.build()));
            for selection in selections(&compared) {
                let mut listing = Listing::new(&mover.analysis, Sort::by(&mover.analysis, column), selection);
                if let Some(trail) = &trail {
                    listing.take_trail(Arc::clone(trail));
                }
                for _ in 0..EDITS {
                    let setting = mover.next(axis);
                    mover.apply(setting);
                    for place in [0, 1, 2] {
                        let time = page(&mut listing, &mover.analysis, place);
                        times.add(time);
                        if time > worst.0 {
                            worst = (time, format!("{selection:?} by {}, page {place}", column.name(analysis)));
                        }
                    }
                }
            }
            times.print(&format!("{name}, by {}", column.name(analysis)));
            all.extend(&times);
        }
        all.print(&format!("{name}, all of them"));
        println!("    slowest: {} {}", Short(worst.0), worst.1);
    }
}

/// The first, a middle or the last page.
fn page(listing: &mut Listing, analysis: &Analysis, place: usize) -> Duration {
    let from = listing.len().saturating_sub(PAGE) * place / 2;
    let work = || {
        listing.follow(analysis);
        black_box(listing.rows(analysis, from, PAGE).count())
    };
    timed(work).0
}

/// Everybody, each segment, some patterns of scores, and those who left each segment.
fn selections(analysis: &Analysis) -> Vec<Selection> {
    let segments = analysis.map().shown();
    let patterns =
        [[Some(5), Some(5), None], [Some(1), None, Some(5)], [Some(1), Some(5), Some(1)], [None, Some(3), None]];
    let mut selections = vec![Selection::All];
    selections.extend((0..segments).map(Selection::Segment));
    selections.extend(patterns.map(Selection::Cells));
    selections.extend((0..segments).map(|from| Selection::Moved(Some(from), None)));
    selections
}
