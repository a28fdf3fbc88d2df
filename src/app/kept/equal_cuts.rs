//! Cuts that coincide, which no scenario may have: a session is kept with stand-ins a step apart, and with what they are.

use std::collections::BTreeMap;

use crate::engine::analysis::{Analysis, Setting};
use crate::engine::plan::whole_value;
use crate::model::customers::Axis;
use crate::model::cuts::{Cuts, Method};
use crate::model::money::{Decimal, Scale};

/// The cuts of axes on which some coincide, by the axis's name, as somebody would type them.
pub(super) type EqualCuts = BTreeMap<String, Vec<String>>;

/// The same analysis with such cuts a step apart, and what they are; `None` where there are none.
pub(super) fn apart(analysis: &Analysis) -> Option<(Analysis, EqualCuts)> {
    let (mut setting, mut equal) = (analysis.setting().clone(), EqualCuts::new());
    for axis in Axis::ALL {
        let cuts = analysis.cuts(axis);
        let values: Vec<i64> = cuts.cuts().iter().map(|cut| cuts.typed_for(cut.bound())).collect();
        if cuts.method() != Method::Fixed || values.is_sorted_by(|low, high| low < high) {
            continue;
        }
        let mut last = None;
        let spread = |value: &i64| *last.insert(last.map_or(*value, |last: i64| last.saturating_add(1).max(*value)));
        let stand_ins: Vec<i64> = values.iter().map(spread).collect();
        let decimals = analysis.scale(axis).decimals();
        let text = |value: &i64| Decimal { mantissa: (*value).into(), decimals }.to_string();
        equal.insert(axis.name().to_owned(), values.iter().map(text).collect());
        setting = setting.with_cuts(Cuts::fixed(axis, cuts.closed(), &stand_ins).ok()?);
    }
    if equal.is_empty() {
        return None;
    }
    let mut analysis = analysis.clone();
    analysis.apply(setting).ok()?;
    Some((analysis, equal))
}

/// A setting with the cuts in place of their stand-ins, for data whose money has a scale.
pub(super) fn together(mut setting: Setting, equal: &EqualCuts, money: Scale) -> Setting {
    for axis in Axis::ALL {
        let Some(texts) = equal.get(axis.name()) else { continue };
        let measure = setting.measures.of(axis);
        let value = |text: &String| whole_value(measure, Decimal::parse(text.as_bytes()).ok()?, money).ok();
        let Some(values) = texts.iter().map(value).collect::<Option<Vec<i64>>>() else { continue };
        let mut cuts = setting.cuts[axis.index()].clone();
        if values.len() + 1 != cuts.bins() {
            continue;
        }
        // No stand-in is below the cut that it stands for: from the lowest on, each is free to go there.
        for (place, value) in values.into_iter().enumerate() {
            cuts = cuts.moved(place, value);
        }
        setting = setting.with_cuts(cuts);
    }
    setting
}
