//! Scheme and cuts as they are now, as the options that give them again.

use crate::engine::analysis::Analysis;
use crate::engine::plan::cuts_option;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Cut, Method};
use crate::model::money::Money;

/// The options, or a word on why there are none: cuts that coincide cannot be typed.
#[must_use]
pub fn as_options(analysis: &Analysis) -> String {
    let cuts = Axis::ALL.map(|axis| analysis.cuts(axis));
    let following = cuts.iter().find(|cuts| cuts.method() != Method::Fixed);
    let mut parts = vec![format!("--scheme {}", analysis.scheme().name)];
    parts.push(format!("--as-of {}", analysis.measured().as_of()));
    let measures = Axis::ALL.map(|axis| analysis.measured().measure(axis));
    parts.extend(
        measures
            .into_iter()
            .filter(|measure| !measure.is_default())
            .map(|measure| format!("--{} {measure}", measure.axis().name())),
    );
    // One convention holds for all axes: that of the axes that follow the data; whole values can be written for either.
    let closed = following.map_or(Closed::Right, |cuts| cuts.closed());
    if let Some(following) = following {
        parts.push(format!("--method {}", following.method().name()));
        parts.push(format!("--bins {}", cuts.map(|cuts| cuts.bins().to_string()).join(",")));
    }
    parts.push(format!("--closed {}", if closed == Closed::Left { "left" } else { "right" }));
    for cuts in cuts.into_iter().filter(|cuts| cuts.method() == Method::Fixed) {
        if !cuts.cuts().is_sorted_by(|a, b| a.bound() < b.bound()) {
            return format!("none: {} cuts that coincide cannot be typed", cuts.axis().name());
        }
        let scale = analysis.scale(cuts.axis());
        let value = |cut: &Cut| Money::new(cut.bound() + i64::from(closed == Closed::Left), scale).to_string();
        let values: Vec<String> = cuts.cuts().iter().map(value).collect();
        parts.push(format!("{}={}", cuts_option(cuts.axis()).0, values.join(",")));
    }
    parts.join(" ")
}
