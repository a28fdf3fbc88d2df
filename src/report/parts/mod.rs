//! The sections of a document, one a file.

pub(super) mod concentration;
pub(super) mod data;
pub(super) mod definitions;
pub(super) mod distributions;
pub(super) mod heat;
pub(super) mod making;
pub(super) mod movers;
pub(super) mod notes;
pub(super) mod plans;
pub(super) mod quality;
pub(super) mod scheme;
pub(super) mod summary;
pub(super) mod tiers;
pub(super) mod worth;

use super::document::{Bar, Bars};
use crate::engine::analysis::Analysis;
use crate::engine::summary::Tally;
use crate::show::numbers::{count, money, share};
use crate::tr;

/// The cells of a row of customers, orders and revenue with their shares of all.
fn tally_row(analysis: &Analysis, name: String, tally: Tally) -> [String; 6] {
    let (total, scale) = (analysis.summary().total(), analysis.customers().scale);
    [
        name,
        count(tally.customers),
        share(tally.customers, total.customers),
        count(tally.orders),
        money(tally.revenue, scale),
        share(tally.revenue, total.revenue),
    ]
}

/// Two bars a name: its share of the customers, and its share of the revenue.
fn share_bars(title: &str, named: impl Iterator<Item = (String, Tally)>, total: Tally) -> Bars {
    let part = |part: i128, whole: i128| if whole > 0 { part as f64 / whole as f64 } else { 0.0 };
    let bar = |(name, tally): (String, Tally)| Bar {
        name,
        lengths: [
            part(tally.customers.into(), total.customers.into()),
            part(tally.revenue.into(), total.revenue.into()),
        ],
        figures: [share(tally.customers, total.customers), share(tally.revenue, total.revenue)],
    };
    Bars {
        title: title.to_owned(),
        description: tr!(
            "Two bars for each: its share of the customers, and its share of the revenue. The table has the figures."
        )
        .to_owned(),
        series: [tr!("share of customers").to_owned(), tr!("share of revenue").to_owned()],
        bars: named.map(bar).collect(),
    }
}
