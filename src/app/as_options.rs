//! Scheme, cuts and policies as they are now, as the options that give them again.

use crate::engine::analysis::Analysis;
use crate::engine::plan::cuts_option;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Cut, Cuts, Method};
use crate::model::money::Money;
use crate::model::policies::Policies;
use crate::model::scheme::EDITED;

/// The options, or a word on why there are none: cuts that coincide cannot be typed, and an edited scheme has no name yet.
#[must_use]
pub fn as_options(analysis: &Analysis, policies: Policies) -> String {
    let scheme = &analysis.scheme().name;
    if scheme.ends_with(EDITED) {
        return "none: the scheme was edited; save the view as a scenario".to_owned();
    }
    let cuts = Axis::ALL.map(|axis| analysis.cuts(axis));
    let first = cuts.into_iter().find(|cuts| cuts.method() != Method::Fixed);
    // One method and one convention hold for all axes: an axis that follows the data otherwise is written as it is now.
    let follows =
        |cuts: &Cuts| first.is_some_and(|first| first.method() == cuts.method() && first.closed() == cuts.closed());
    let mut parts = vec![format!("--scheme {}", quoted(scheme))];
    parts.push(format!("--as-of {}", analysis.measured().as_of()));
    parts.extend(policies.changed().map(|(policy, choice)| format!("--{policy} {}", choice.name)));
    let measures = Axis::ALL.map(|axis| analysis.measured().measure(axis));
    let others = measures.into_iter().filter(|measure| !measure.is_default());
    parts.extend(others.map(|measure| format!("--{} {measure}", measure.axis().name())));
    let closed = first.map_or(Closed::Right, Cuts::closed);
    if let Some(first) = first {
        parts.push(format!("--method {}", first.method().name()));
        parts.push(format!("--bins {}", cuts.map(|cuts| cuts.bins().to_string()).join(",")));
    }
    parts.push(format!("--closed {}", closed.name()));
    for cuts in cuts.into_iter().filter(|cuts| !follows(cuts)) {
        if !cuts.cuts().is_sorted_by(|a, b| a.bound() < b.bound()) {
            return format!("none: {} cuts that coincide cannot be typed", cuts.axis().name());
        }
        let scale = analysis.scale(cuts.axis());
        // Whole values can be written for either convention.
        let value = |cut: &Cut| Money::new(cut.bound() + i64::from(closed == Closed::Left), scale).to_string();
        let values: Vec<String> = cuts.cuts().iter().map(value).collect();
        parts.push(format!("{}={}", cuts_option(cuts.axis()).0, values.join(",")));
    }
    let filter = &analysis.setting().filter;
    if !filter.is_empty() {
        parts.push(format!("--filter {}", quoted(&filter.to_string())));
    }
    parts.join(" ")
}

/// A word as a shell takes it whole.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ',');
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
