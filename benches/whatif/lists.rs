//! What a user does with a list: open it, sort it by what nobody sorted by before, find somebody, jump, filter.

use std::hint::black_box;
use std::sync::Arc;

use tierscope::app::find::{Finder, Mode};
use tierscope::engine::analysis::{Analysis, Setting};
use tierscope::engine::listing::{Column, Listing, Selection, Sort, Sought};
use tierscope::job::CancelToken;

use super::times::{Times, timed};

/// Rows of a page.
const PAGE: usize = 40;

/// Rows that are found before everybody is sorted.
const FIRST: usize = 500;

/// Columns that no axis stands for.
const COLUMNS: [&str; 9] =
    ["first_order", "mean_order", "gap", "gross", "returned", "rank", "clv", "share", "customer"];

/// Filters of which each asks more than one thing, or what no axis measures.
const FILTERS: [&str; 7] = [
    "recency <= 30 and monetary >= 100",
    "frequency between 2 and 8 or last_order < '2023-01-01'",
    "r = 5 and f >= 4 and not m = 1",
    "segment in ('Champions', 'Loyal')",
    "mean_order >= 50 and tenure > 365 and gap <= 30",
    "returned > 0 and repeat",
    "customer like '%99' and monetary >= 10",
];

/// All of it.
pub(crate) fn measure(analysis: &Analysis) {
    Times::head("the list");
    let open = || timed(|| black_box(page(analysis, &Listing::new(analysis, Sort::default(), Selection::All), 0))).0;
    Times::of(20, open).print("open it: the first page by revenue");
    let listing = Listing::new(analysis, Sort::default(), Selection::All);
    let jump = || {
        timed(|| {
            let place = listing.place_of_percentile(analysis, 9_900).unwrap_or_default();
            black_box(page(analysis, &listing, place))
        })
        .0
    };
    Times::of(20, jump).print("jump to the 99th percentile, and its page");
    let value = || {
        timed(|| {
            let place = listing.place_of_value(analysis, &Sought::Number(12_345)).unwrap_or_default();
            black_box(page(analysis, &listing, place))
        })
        .0
    };
    Times::of(10, value).print("jump to a value, and its page");
    sorts(analysis, &listing);
    finds(analysis, &listing);
    filters(analysis);
}

fn page(analysis: &Analysis, listing: &Listing, from: usize) -> usize {
    listing.rows(analysis, from, PAGE).count()
}

/// Sorting by columns that nobody asked for before: the first page is what the user waits for.
fn sorts(analysis: &Analysis, listing: &Listing) {
    Times::head("sort by a column that has no index yet");
    let (mut first, mut all) = (Times::default(), Times::default());
    for name in COLUMNS {
        let Ok(column) = Column::named(analysis, name) else { continue };
        let Some(request) = listing.sort_wanted(analysis, Sort::by(analysis, column)) else { continue };
        let (time, shown) = timed(|| request.first_page(FIRST));
        black_box(shown.customers().len());
        let mut cold = Times::default();
        cold.add(time);
        first.add(time);
        cold.print(&format!("first page by {name}, the column made for it"));
        all.add(timed(|| black_box(request.build())).0);
    }
    first.print("first page, all of them");
    all.print("everybody in order, in another thread");
}

/// Finding by a part of the id, and going there.
fn finds(analysis: &Analysis, listing: &Listing) {
    Times::head("find a customer by a part of the id");
    let ids = &analysis.customers().ids;
    let middle = ids.get(ids.len() / 2).to_owned();
    let part: String = middle.chars().skip(middle.chars().count().saturating_sub(5)).collect();
    for (what, typed, mode) in [
        ("the whole id", middle.as_str(), Mode::Literal),
        ("its last five characters", part.as_str(), Mode::Literal),
        ("what nobody has", "no such id", Mode::Literal),
        ("with letters between", part.as_str(), Mode::Fuzzy),
    ] {
        let Some(finder) = Finder::new(typed, mode) else { continue };
        let find = || {
            timed(|| {
                let found = finder.find(ids, |place| Some(place as u32), 200, &CancelToken::default());
                let first = found.and_then(|found| found.places.first().copied());
                black_box(first.and_then(|customer| listing.place_of(analysis, customer as u32)))
            })
            .0
        };
        Times::of(5, find).print(what);
    }
}

/// Filtering by an expression, everything that follows included.
fn filters(analysis: &Analysis) {
    Times::head("filter by an expression, with all that follows");
    let (mut cold, mut again) = (Times::default(), Times::default());
    for text in FILTERS {
        let Ok(filter) = text.parse() else { continue };
        let setting = Setting { filter: Arc::new(filter), ..analysis.setting().clone() };
        let mut times = Times::default();
        for run in 0..5 {
            let mut analysis = analysis.clone();
            let setting = setting.clone();
            let (time, done) = timed(|| analysis.apply(setting));
            black_box(done.is_ok());
            if run == 0 {
                cold.add(time);
            } else {
                again.add(time);
            }
            times.add(time);
        }
        times.print(text);
    }
    cold.print("the first time, the columns made for it");
    again.print("again");
}
