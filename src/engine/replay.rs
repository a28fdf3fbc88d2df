//! Scenarios played back on the data at hand, and the present setting captured as one.

use std::sync::Arc;

use thiserror::Error;

use super::analysis::{Analysis, AnalysisError, Setting, make_cuts};
use super::plan::{AxisRecipe, PlanError, Recipe, cuts_option, whole_value};
use crate::lang;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Cut, Cuts, Method};
use crate::model::day::Day;
use crate::model::money::{Decimal, Scale};
use crate::model::scenario::{
    AxisScenario, DataPart, Expected, Figures, ListPart, Review, Scenario, SchemeChoice, SegmentFigures, TOLERANCE,
    TextPart, ValuePart,
};
use crate::model::schemes::Catalogue;
use crate::show::text::clean;
use crate::tr;

/// A scenario as a recipe, for data whose money has a scale.
///
/// # Errors
/// [`PlanError::Scheme`] where its scheme is nowhere, [`PlanError::CutValue`] for a cut that is no whole value of the
/// data, [`PlanError::Bins`] where its scheme is written for other bins, naming the schemes that fit.
pub fn recipe(scenario: &Scenario, catalogue: &Catalogue, money: Scale) -> Result<Recipe, PlanError> {
    let scheme = match &scenario.scheme {
        SchemeChoice::Named(name) => catalogue.find(name)?,
        SchemeChoice::Own(own) => (**own).clone(),
    };
    let of = |axis| axis_recipe(axis, scenario, money);
    let axes = [of(Axis::Recency)?, of(Axis::Frequency)?, of(Axis::Monetary)?];
    let bins = axes.each_ref().map(AxisRecipe::bins);
    if let Err(problem) = scheme.fits(bins) {
        let fitting = catalogue.fitting(bins).into_iter().map(str::to_owned).collect();
        return Err(PlanError::Bins { problem, fitting, option: "" });
    }
    let (data_filter, filter, rules) = (scenario.data_filter.clone(), scenario.filter.clone(), scenario.rules.clone());
    let (budget, clv) = (scenario.budget.clone(), scenario.clv);
    Ok(Recipe { scheme, measures: scenario.measures, axes, data_filter, filter, rules, budget, clv, notes: Vec::new() })
}

fn axis_recipe(axis: Axis, scenario: &Scenario, money: Scale) -> Result<AxisRecipe, PlanError> {
    let AxisScenario { method, bins, cuts, closed } = scenario.axis(axis);
    match (method, cuts) {
        (Method::Fixed, Some(cuts)) => {
            let measure = scenario.measures.of(axis);
            let values: Result<_, _> = cuts.iter().map(|cut| whole_value(measure, *cut, money)).collect();
            Ok(AxisRecipe::Fixed { values: values?, closed: *closed })
        }
        (Method::Fixed, None) => {
            let (option, example) = cuts_option(axis);
            Err(PlanError::NoCuts { axis: axis.name(), option, example })
        }
        _ => Ok(AxisRecipe::Follow { method: *method, bins: *bins, closed: *closed }),
    }
}

/// The setting that a recipe makes of the data at hand, to be gone over to or compared with. Cuts that follow the data
/// follow everybody, whoever is looked at, and all rows, whatever data filter is on.
///
/// # Errors
/// [`AnalysisError::Cuts`] for cuts that do not rise, [`AnalysisError::Scheme`] for a scheme written for other bins.
pub fn setting(analysis: &mut Analysis, recipe: &Recipe) -> Result<Setting, AnalysisError> {
    let everybody = analysis.everybody_of_all_rows(recipe.measures);
    let cut = |axis: Axis| make_cuts(&everybody, axis, &recipe.axes[axis.index()]);
    let cuts = [cut(Axis::Recency)?, cut(Axis::Frequency)?, cut(Axis::Monetary)?];
    let setting = Setting {
        measures: recipe.measures,
        cuts,
        scheme: Arc::new(recipe.scheme.clone()),
        data_filter: Arc::new(recipe.data_filter.clone()),
        filter: Arc::new(recipe.filter.clone()),
        rules: Arc::new(recipe.rules.clone()),
        budget: Arc::new(recipe.budget.clone()),
        clv: recipe.clv,
    };
    setting.scheme.fits(setting.bins())?;
    Ok(setting)
}

/// What a scenario says beside the setting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// What it is to be called.
    pub name: String,
    /// What it is for.
    pub note: Option<String>,
    /// The last day before somebody should look whether it still holds.
    pub review_by: Option<Day>,
    /// How the data is read: the columns that were typed, and the as-of date where it shall not follow the data.
    pub data: DataPart,
}

/// A setting that no scenario can keep.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CaptureError {
    /// Fixed cuts that enclose an empty bin.
    #[error("{}", tr!(
        "{axis} has fixed cuts that coincide, which a scenario cannot keep; move them apart, or take one away",
        axis = lang::text(_0)
    ))]
    Coincide(&'static str),
}

/// The present setting as a scenario that expects the present figures, within the usual tolerance.
///
/// Its scheme is named where the catalogue has the same one under its name, and stands in full elsewhere. A fixed cut that
/// is no whole value (a neighbour of a moved one) is written as the whole value that divides the customers alike.
///
/// # Errors
/// [`CaptureError::Coincide`] naming the axis.
pub fn capture(analysis: &Analysis, catalogue: &Catalogue, what: Capture) -> Result<Scenario, CaptureError> {
    let setting = analysis.setting();
    let of = |axis| axis_scenario(analysis.cuts(axis), analysis.scale(axis));
    let axes = [of(Axis::Recency)?, of(Axis::Frequency)?, of(Axis::Monetary)?];
    let scheme = if catalogue.schemes().contains(&setting.scheme) {
        SchemeChoice::Named(setting.scheme.name.clone())
    } else {
        SchemeChoice::Own(Box::new((*setting.scheme).clone()))
    };
    Ok(Scenario {
        name: clean(&what.name).into_owned(),
        note: what.note.as_deref().map(clean_lines),
        review_by: what.review_by,
        data: clean_data(what.data),
        measures: setting.measures,
        axes,
        scheme,
        data_filter: (*setting.data_filter).clone(),
        filter: (*setting.filter).clone(),
        rules: (*setting.rules).clone(),
        budget: (*setting.budget).clone(),
        clv: setting.clv,
        list: ListPart::default(),
        review: Review::default(),
        expected: Some(Expected { figures: figures(analysis), tolerance: TOLERANCE }),
    })
}

fn axis_scenario(cuts: &Cuts, scale: Scale) -> Result<AxisScenario, CaptureError> {
    let (method, closed) = (cuts.method(), cuts.closed());
    let typed = |cut: &Cut| typed_value(*cut, closed);
    let fixed = (method == Method::Fixed).then(|| cuts.cuts().iter().map(typed).collect::<Vec<i64>>());
    if fixed.as_ref().is_some_and(|values| !values.is_sorted_by(|low, high| low < high)) {
        return Err(CaptureError::Coincide(cuts.axis().name()));
    }
    let decimal = |value: i64| Decimal { mantissa: value.into(), decimals: scale.decimals() };
    let fixed = fixed.map(|values| values.into_iter().map(decimal).collect());
    Ok(AxisScenario { method, bins: cuts.bins(), cuts: fixed, closed })
}

/// The whole value that is typed for a cut.
fn typed_value(cut: Cut, closed: Closed) -> i64 {
    if cut.is_whole() { cut.whole() } else { cut.bound().saturating_add(i64::from(closed == Closed::Left)) }
}

fn clean_lines(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n")
}

/// How data is read, as a scenario holds it: without what a terminal must not get.
#[must_use]
pub fn clean_data(data: DataPart) -> DataPart {
    let cleaned = |word: String| clean(&word).into_owned();
    let text = TextPart { encoding: data.text.encoding.map(cleaned), sheet: data.text.sheet.map(cleaned), ..data.text };
    let values = ValuePart::from_array(data.values.into_array().map(|word| word.map(cleaned)));
    DataPart { columns: data.columns.map(cleaned), text, values, ..data }
}

/// What the analysis shows, in figures: those that the filter leaves, the cuts with at most four digits more than the
/// data has, and every segment of the scheme in its order, the customers without one last where cells are left uncovered.
#[must_use]
pub fn figures(analysis: &Analysis) -> Figures {
    let total = analysis.summary().total();
    let money = |minor: i64| Decimal { mantissa: minor.into(), decimals: analysis.customers().scale.decimals() };
    let cuts = Axis::ALL.map(|axis| {
        let scale = analysis.scale(axis);
        analysis.cuts(axis).cuts().iter().map(|cut| cut.decimal(scale)).collect()
    });
    let mut segments: Vec<SegmentFigures> = Vec::new();
    for (segment, tally) in analysis.segments().into_iter().enumerate() {
        let name = analysis.scheme().segment_name(segment);
        let revenue = money(tally.revenue);
        // A scheme may have a segment of the very name that uncovered cells go by; a name stands once.
        if segments.iter().all(|known| known.name != name) {
            segments.push(SegmentFigures { name: name.to_owned(), customers: tally.customers, revenue });
        }
    }
    let revenue = money(total.revenue);
    Figures { customers: total.customers, orders: total.orders, revenue, cuts, segments }
}

#[cfg(test)]
mod tests;
