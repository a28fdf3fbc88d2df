//! Options as they are typed.

use super::NoOptions;
use crate::app::session::Session;
use crate::engine::analysis::Setting;
use crate::engine::plan::cuts_option;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Cut, Cuts, Method};
use crate::model::money::Money;
use crate::model::scenario::{TextPart, ValuePart};
use crate::model::scheme::EDITED;
use crate::model::value::ClvTerms;

/// All options that differ from those by default.
pub(super) fn options(session: &Session) -> Result<String, NoOptions> {
    let (analysis, policies) = (&session.analysis, session.policies);
    let scheme = &analysis.scheme().name;
    if scheme.ends_with(EDITED) {
        return Err(NoOptions::Edited);
    }
    let cuts = Axis::ALL.map(|axis| analysis.cuts(axis));
    let first = cuts.into_iter().find(|cuts| cuts.method() != Method::Fixed);
    // One method and one convention hold for all axes: an axis that follows the data otherwise is written as it is now.
    let follows =
        |cuts: &Cuts| first.is_some_and(|first| first.method() == cuts.method() && first.closed() == cuts.closed());
    let mut parts = vec![format!("--scheme {}", quoted(scheme))];
    parts.push(format!("--as-of {}", analysis.measured().as_of()));
    parts.extend(policies.changed().map(|(policy, choice)| format!("--{policy} {}", choice.name)));
    parts.extend(reading(&session.text, &session.values));
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
            return Err(NoOptions::Coincide(cuts.axis()));
        }
        let scale = analysis.scale(cuts.axis());
        // Whole values can be written for either convention.
        let value = |cut: &Cut| Money::new(cut.bound() + i64::from(closed == Closed::Left), scale).to_string();
        let values: Vec<String> = cuts.cuts().iter().map(value).collect();
        parts.push(format!("{}={}", cuts_option(cuts.axis()).0, values.join(",")));
    }
    let data_filter = &analysis.setting().data_filter;
    if !data_filter.is_empty() {
        parts.push(format!("--data-filter {}", quoted(&data_filter.to_string())));
    }
    let filter = &analysis.setting().filter;
    if !filter.is_empty() {
        parts.push(format!("--filter {}", quoted(&filter.to_string())));
    }
    parts.extend(plans(analysis.setting()));
    Ok(parts.join(" "))
}

/// Rules, costs and terms, where there are any beside the usual ones.
fn plans(setting: &Setting) -> Vec<String> {
    let mut parts: Vec<String> =
        setting.rules.iter().map(|rule| format!("--vip {}", quoted(&rule.to_string()))).collect();
    if !setting.budget.is_empty() {
        parts.push(format!("--budget {}", quoted(&setting.budget.to_string())));
    }
    let usual = ClvTerms::default();
    if setting.clv.lifespan() != usual.lifespan() {
        parts.push(format!("--clv-years {}", setting.clv.lifespan()));
    }
    if setting.clv.margin() != usual.margin() {
        parts.push(format!("--clv-margin {}", setting.clv.margin()));
    }
    parts
}

/// How files and values were said to be written.
fn reading(text: &TextPart, values: &ValuePart) -> Vec<String> {
    let TextPart { header, delimiter, plain_quotes, encoding, skip_lines, sheet } = text;
    let delimiter = delimiter.map(|byte| if byte == b'\t' { "tab".to_owned() } else { char::from(byte).to_string() });
    let said = [
        ("header", header.map(|header| if header { "yes" } else { "no" }.to_owned())),
        ("delimiter", delimiter),
        ("encoding", encoding.clone()),
        ("skip-lines", skip_lines.map(|lines| lines.to_string())),
        ("sheet", sheet.clone()),
    ];
    let [date_format, date_order, tz, decimal, currency] = values.clone().into_array();
    let values = [
        ("date-format", date_format),
        ("date-order", date_order),
        ("tz", tz),
        ("decimal", decimal),
        ("currency", currency),
    ];
    let mut options: Vec<String> = said
        .into_iter()
        .chain(values)
        .filter_map(|(option, word)| Some(format!("--{option} {}", quoted(&word?))))
        .collect();
    options.extend(plain_quotes.then(|| "--plain-quotes".to_owned()));
    options
}

/// A word as a shell takes it whole.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ',');
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
