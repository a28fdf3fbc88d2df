//! What tiers cost and what lifetime values are computed with, as options.

use std::str::FromStr;

use clap::Args;

use crate::model::budget::Budget;
use crate::model::money::Decimal;
use crate::model::value::{ClvProblem, ClvTerms};
use crate::tr;

/// Costs and terms.
#[derive(Clone, Debug, Args)]
pub(super) struct PlanOptions {
    /// What customers of each segment cost: units of money a head, percent of their revenue, or both, such as
    /// "Champions: 5 + 2 %; *: 1" (* is all other segments); `report` adds it up
    #[arg(long, value_name = "COSTS", help_heading = "Scores")]
    budget: Option<Budget>,
    /// Years that the field clv counts on; clv = mean order value x orders a year (of the time since the first order, at
    /// least a year) x years, and of that the margin [default: 3]
    #[arg(long, value_name = "YEARS", allow_hyphen_values = true, help_heading = "Scores")]
    clv_years: Option<Years>,
    /// Percent of the revenue that the field clv takes for profit [default: 100]
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true, help_heading = "Scores")]
    clv_margin: Option<Margin>,
}

/// A lifespan.
#[derive(Clone, Copy, Debug)]
struct Years(Decimal);

/// A margin in percent.
#[derive(Clone, Copy, Debug)]
struct Margin(Decimal);

impl FromStr for Years {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let term = |years| ClvTerms::new(ClvTerms::default().margin(), years);
        checked(text, term).map(|terms| Self(terms.lifespan()))
    }
}

impl FromStr for Margin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let term = |margin| ClvTerms::new(margin, ClvTerms::default().lifespan());
        checked(text.strip_suffix('%').unwrap_or(text), term).map(|terms| Self(terms.margin()))
    }
}

/// A term that is by itself as it should be.
fn checked(text: &str, term: impl Fn(Decimal) -> Result<ClvTerms, ClvProblem>) -> Result<ClvTerms, String> {
    let number = Decimal::parse(text.trim().as_bytes()).map_err(|problem| tr!("it is {problem}", problem))?;
    term(number).map_err(|problem| problem.to_string())
}

impl PlanOptions {
    /// What each segment costs.
    pub(super) fn budget(&self) -> Budget {
        self.budget.clone().unwrap_or_default()
    }

    /// The terms: by the options, and the usual ones where they say nothing.
    pub(super) fn clv(&self) -> ClvTerms {
        let usual = ClvTerms::default();
        let years = self.clv_years.map_or(usual.lifespan(), |years| years.0);
        let margin = self.clv_margin.map_or(usual.margin(), |margin| margin.0);
        // Each was looked at when it was read.
        ClvTerms::new(margin, years).unwrap_or(usual)
    }
}
