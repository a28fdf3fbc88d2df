//! The plan: what the user says of methods, bins, cuts and scheme, and how it is settled with what the scheme says.

use std::sync::Arc;

use thiserror::Error;

use super::fields::Fields;
use super::replay;

use crate::lang;
use crate::model::budget::Budget;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, CutsError, Method};
use crate::model::filter::Filter;
use crate::model::measures::{Measure, Measures, Recency};
use crate::model::money::{Decimal, DecimalError, Scale};
use crate::model::scenario::Scenario;
use crate::model::scheme::axes::{AxisPlan, CutValue};
use crate::model::scheme::{Scheme, SchemeError};
use crate::model::schemes::{Catalogue, DEFAULT, LookupError};
use crate::model::value::ClvTerms;
use crate::model::vip::Rule;
use crate::tr;

/// The bins of an axis of which nobody says anything.
pub const DEFAULT_BINS: usize = 5;

/// What the user says; all of it is optional.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// How cuts come to be, on every axis without cuts of its own.
    pub method: Option<Method>,
    /// Bins of R, F and M.
    pub bins: Option<[usize; 3]>,
    /// Typed cuts of R, F and M.
    pub cuts: [Option<Vec<Decimal>>; 3],
    /// Where a value equal to a cut belongs.
    pub closed: Option<Closed>,
    /// What the axes measure.
    pub measures: Measures,
    /// The scheme, by name or path.
    pub scheme: Option<String>,
    /// Which rows make the customers.
    pub data_filter: Filter,
    /// Who is looked at.
    pub filter: Filter,
    /// Rules that filters may name.
    pub rules: Vec<Rule>,
    /// What each segment costs.
    pub budget: Budget,
    /// What lifetime values are computed with.
    pub clv: ClvTerms,
    /// A scenario to follow; all the rest is left unsaid then.
    pub scenario: Option<Arc<Scenario>>,
}

/// A plan that cannot be carried out.
#[derive(Debug, Error)]
pub enum PlanError {
    /// No such scheme.
    #[error(transparent)]
    Scheme(#[from] LookupError),
    /// Bins and scheme do not fit.
    #[error("{}", tr!("{problem}; {advice}", problem, advice = advice(option, fitting)))]
    Bins {
        /// What does not fit.
        problem: SchemeError,
        /// Schemes that do.
        fitting: Vec<String>,
        /// What stands before the name of a scheme where one is chosen: the option, or nothing in a scenario.
        option: &'static str,
    },
    /// Cuts that cannot be.
    #[error(transparent)]
    Cuts(#[from] CutsError),
    /// Method fixed without values.
    #[error("{}", tr!(
        "method fixed needs the cuts of {axis}; give them with {option}, for example {option} {example}",
        axis = lang::text(axis), option, example
    ))]
    NoCuts {
        /// The axis.
        axis: &'static str,
        /// The option.
        option: &'static str,
        /// What one might type.
        example: &'static str,
    },
    /// Bins given for an axis whose cuts make another number of them.
    #[error("{}", tr!(
        "{option} gives {given} cuts, which make {made} bins of {axis}, but --bins says {bins}",
        option, given, made = given + 1, axis = lang::text(axis), bins
    ))]
    Contradiction {
        /// The axis.
        axis: &'static str,
        /// The option that gives the cuts.
        option: &'static str,
        /// The number of cuts.
        given: usize,
        /// The number of bins.
        bins: usize,
    },
    /// The R rule with the other convention.
    #[error("{}", tr!("method r-compat has left-closed bins; leave --closed right out, or use --method quantile"))]
    RightClosedR,
    /// A cut that is no whole number of days, orders or minor units.
    #[error("{}", tr!("the {axis} cut {text} {problem}", axis = lang::text(axis), text, problem))]
    CutValue {
        /// The axis.
        axis: &'static str,
        /// The cut.
        text: String,
        /// What is wrong with it.
        problem: String,
    },
}

fn advice(option: &str, fitting: &[String]) -> String {
    if fitting.is_empty() {
        return tr!("no scheme fits these bins").to_owned();
    }
    let named: Vec<String> = fitting.iter().map(|name| format!("{option}{name}")).collect();
    tr!("{schemes} fits", schemes = named.join(tr!("alternatives" | " or ")))
}

/// What stands before the name of a scheme on the command line.
const OPTION: &str = "--scheme ";

/// How the cuts of an axis are to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AxisRecipe {
    /// From the data.
    Follow {
        /// How.
        method: Method,
        /// Bins.
        bins: usize,
        /// Where equals belong.
        closed: Closed,
    },
    /// These values, in the axis's smallest unit.
    Fixed {
        /// Ascending.
        values: Vec<i64>,
        /// Where equals belong.
        closed: Closed,
    },
}

/// The scheme and a recipe an axis.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// The scheme.
    pub scheme: Scheme,
    /// What the axes measure.
    pub measures: Measures,
    /// Of R, F and M.
    pub axes: [AxisRecipe; 3],
    /// Which rows make the customers.
    pub data_filter: Filter,
    /// Who is looked at.
    pub filter: Filter,
    /// Rules that filters may name.
    pub rules: Vec<Rule>,
    /// What each segment costs.
    pub budget: Budget,
    /// What lifetime values are computed with.
    pub clv: ClvTerms,
    /// What was chosen on the user's behalf, in words.
    pub notes: Vec<String>,
}

/// The option that types an axis's cuts, and what one might type.
#[must_use]
pub const fn cuts_option(axis: Axis) -> (&'static str, &'static str) {
    match axis {
        Axis::Recency => ("--cuts-r", "30,90,180,365"),
        Axis::Frequency => ("--cuts-f", "1,2,4,8"),
        Axis::Monetary => ("--cuts-m", "50,100.50,500,1000"),
    }
}

impl Plan {
    /// Whether it can only be carried out with the rows behind the customers at hand, as far as names tell.
    #[must_use]
    pub fn needs_transactions(&self) -> bool {
        let said = self.scenario.as_deref().map(|scenario| (&scenario.data_filter, &scenario.filter));
        let (data_filter, filter) = said.unwrap_or((&self.data_filter, &self.filter));
        !data_filter.is_empty() || Fields::need_transactions(filter)
    }

    /// Settles the plan with the schemes there are, for data of this scale.
    ///
    /// # Errors
    /// [`PlanError`] saying what does not fit and what would.
    pub fn settle(&self, catalogue: &Catalogue, scale: Scale) -> Result<Recipe, PlanError> {
        if let Some(scenario) = &self.scenario {
            return replay::recipe(scenario, catalogue, scale);
        }
        let asked = catalogue.find(self.scheme.as_deref().unwrap_or(DEFAULT))?;
        let axes = self.recipes(&asked, scale)?;
        let bins = [axes[0].bins(), axes[1].bins(), axes[2].bins()];
        let recipe = |scheme, axes, notes| {
            let (filter, rules) = (self.filter.clone(), self.rules.clone());
            let data_filter = self.data_filter.clone();
            let (budget, clv) = (self.budget.clone(), self.clv);
            Ok(Recipe { scheme, measures: self.measures, axes, data_filter, filter, rules, budget, clv, notes })
        };
        let Err(problem) = asked.fits(bins) else { return recipe(asked, axes, Vec::new()) };
        let fitting: Vec<String> = catalogue.fitting(bins).into_iter().map(str::to_owned).collect();
        // One that says nothing of cuts and methods stands in: those of the default stay true.
        let instead = fitting.iter().filter_map(|name| catalogue.find(name).ok()).find(|scheme| !scheme.has_own_cuts());
        match (&self.scheme, instead) {
            (None, Some(scheme)) => {
                let advice = advice(OPTION, &fitting);
                let note = tr!("{problem}; showing {scheme} instead ({advice})", problem, scheme = scheme.name, advice);
                recipe(scheme, axes, vec![note])
            }
            _ => Err(PlanError::Bins { problem, fitting, option: OPTION }),
        }
    }

    fn recipes(&self, scheme: &Scheme, scale: Scale) -> Result<[AxisRecipe; 3], PlanError> {
        let recipe = |axis| self.recipe(axis, scheme.axes.of(axis), scale);
        Ok([recipe(Axis::Recency)?, recipe(Axis::Frequency)?, recipe(Axis::Monetary)?])
    }

    /// The user's cuts come first, then the user's method, then the scheme's cuts and method.
    fn recipe(&self, axis: Axis, scheme: &AxisPlan, scale: Scale) -> Result<AxisRecipe, PlanError> {
        let wanted_bins = self.bins.map(|bins| bins[axis.index()]);
        let (option, example) = cuts_option(axis);
        if self.method == Some(Method::RCompat) && self.closed == Some(Closed::Right) {
            return Err(PlanError::RightClosedR);
        }
        let closed = self.closed.or(scheme.closed).unwrap_or_default();
        if let Some(cuts) = &self.cuts[axis.index()] {
            let values = whole_values(self.measures.of(axis), cuts, scale)?;
            if let Some(bins) = wanted_bins.filter(|bins| *bins != values.len() + 1) {
                return Err(PlanError::Contradiction { axis: axis.name(), option, given: values.len(), bins });
            }
            return Ok(AxisRecipe::Fixed { values, closed });
        }
        let may_fix = matches!(self.method, None | Some(Method::Fixed));
        if let Some(cuts) = &scheme.cuts
            && may_fix
            && wanted_bins.is_none_or(|bins| bins == cuts.len() + 1)
        {
            let cuts: Result<Vec<Decimal>, DecimalError> = cuts.iter().map(CutValue::decimal).collect();
            let cuts = cuts.map_err(|error| PlanError::CutValue {
                axis: axis.name(),
                text: tr!("of the scheme").to_owned(),
                problem: error.to_string(),
            })?;
            return Ok(AxisRecipe::Fixed { values: whole_values(self.measures.of(axis), &cuts, scale)?, closed });
        }
        // A scheme's mean makes two bins; who asks for another number hears which scheme fits, not about the mean.
        let of_scheme =
            scheme.method.filter(|method| *method != Method::Mean || wanted_bins.is_none_or(|bins| bins == 2));
        let method = self.method.or(of_scheme).unwrap_or(Method::Quantile);
        if method == Method::Fixed {
            return Err(PlanError::NoCuts { axis: axis.name(), option, example });
        }
        let bins = match (wanted_bins, method) {
            (Some(bins), Method::Mean) if bins != 2 => return Err(CutsError::Mean { axis: axis.name(), bins }.into()),
            (_, Method::Mean) => 2,
            (Some(bins), _) => bins,
            (None, _) => scheme.bins.unwrap_or(DEFAULT_BINS),
        };
        Ok(AxisRecipe::Follow { method, bins, closed })
    }
}

impl AxisRecipe {
    /// The bins it makes.
    #[must_use]
    pub fn bins(&self) -> usize {
        match self {
            Self::Follow { bins, .. } => *bins,
            Self::Fixed { values, .. } => values.len() + 1,
        }
    }
}

fn whole_values(measure: Measure, cuts: &[Decimal], scale: Scale) -> Result<Vec<i64>, PlanError> {
    cuts.iter().map(|cut| whole_value(measure, *cut, scale)).collect()
}

/// A typed cut in the smallest unit of a measure, for data whose money has a scale.
///
/// # Errors
/// [`PlanError::CutValue`] for a fraction of a day, an order or a minor unit, and for what is too large.
pub fn whole_value(measure: Measure, cut: Decimal, scale: Scale) -> Result<i64, PlanError> {
    let scale = measure.scale(scale);
    let unit = || match measure {
        Measure::Recency(Recency::Days) => tr!("is no whole number of days").to_owned(),
        Measure::Recency(Recency::OwnGap) => tr!("has more than 2 decimals").to_owned(),
        Measure::Frequency(_) => tr!("is no whole number").to_owned(),
        Measure::Monetary(_) => tr!("has more than the {decimals} decimals of the data", decimals = scale.decimals()),
    };
    let error = |problem| PlanError::CutValue { axis: measure.axis().name(), text: cut.to_string(), problem };
    match cut.significant().minor(scale) {
        Ok((value, false)) => Ok(value),
        Ok((_, true)) => Err(error(unit())),
        Err(problem) => Err(error(tr!("is {problem}", problem))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(plan: &Plan) -> Result<Recipe, PlanError> {
        plan.settle(&Catalogue::built_in(), Scale::CENTS)
    }

    #[test]
    fn the_default_is_eleven_segments_on_five_quantiles() -> Result<(), PlanError> {
        let recipe = settle(&Plan::default())?;
        assert_eq!(recipe.scheme.name, "rfm-11");
        let five = AxisRecipe::Follow { method: Method::Quantile, bins: 5, closed: Closed::Right };
        assert_eq!(recipe.axes, [five.clone(), five.clone(), five]);
        Ok(())
    }

    #[test]
    fn a_scheme_brings_its_cuts_unless_the_user_has_a_method() -> Result<(), PlanError> {
        let plan = Plan { scheme: Some("rfm-6".to_owned()), ..Plan::default() };
        assert_eq!(settle(&plan)?.axes[0], AxisRecipe::Fixed { values: vec![180, 365], closed: Closed::Right });
        let plan = Plan { method: Some(Method::Quantile), ..plan };
        assert!(matches!(settle(&plan)?.axes[0], AxisRecipe::Follow { bins: 3, .. }));
        Ok(())
    }

    #[test]
    fn the_ladders_thresholds_count_the_boundary_upwards() -> Result<(), PlanError> {
        let plan = Plan { scheme: Some("ladder-5".to_owned()), ..Plan::default() };
        let values = vec![1_000_000, 5_000_000, 20_000_000, 50_000_000];
        assert_eq!(settle(&plan)?.axes[2], AxisRecipe::Fixed { values, closed: Closed::Left });
        Ok(())
    }

    #[test]
    fn bins_that_a_named_scheme_is_not_written_for_name_those_that_are() {
        let plan = Plan { bins: Some([3; 3]), scheme: Some("rfm-11".to_owned()), ..Plan::default() };
        let message = settle(&plan).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(message.contains("5 bins of recency, not 3") && message.contains("--scheme rfm-6"), "{message}");
    }

    #[test]
    fn bins_without_a_scheme_find_one_and_say_so() -> Result<(), PlanError> {
        let recipe = settle(&Plan { bins: Some([4, 4, 4]), ..Plan::default() })?;
        assert_eq!(recipe.scheme.name, "score-total");
        assert!(recipe.notes[0].contains("score-total"));
        Ok(())
    }

    #[test]
    fn contradictions_and_fractions_are_told() {
        let cut = |text: &str| Decimal::parse(text.as_bytes()).ok().map(|cut| vec![cut]);
        let day_and_a_half = Plan { cuts: [cut("1.5"), None, None], ..Plan::default() };
        let mills = Plan { cuts: [None, None, cut("1.005")], ..Plan::default() };
        let three_bins = Plan { cuts: [cut("30"), None, None], bins: Some([3; 3]), ..Plan::default() };
        let fixed = Plan { method: Some(Method::Fixed), ..Plan::default() };
        for (plan, part) in [
            (day_and_a_half, "1.5 is no whole number of days"),
            (mills, "1.005 has more than the 2 decimals"),
            (three_bins, "--bins says 3"),
            (fixed, "--cuts-r 30,90,180,365"),
        ] {
            let message = settle(&plan).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.contains(part), "{message}");
        }
    }
}
