//! What fields are, in words.

use crate::lang;
use crate::model::customers::Axis;
use crate::model::measures::Measure;
use crate::model::value::ClvTerms;
use crate::tr;

/// What a field is: what its words are made of, so that they are in the language in use whenever somebody reads them.
#[derive(Clone, Debug)]
pub(super) enum Words {
    /// A text of the program's own, marked for translation.
    Fixed(&'static str),
    /// A measure: its unit says it.
    Measure(Measure),
    /// The score on an axis.
    Score(Axis),
    /// A lifetime value by some terms.
    Clv(ClvTerms),
    /// A VIP rule, by its condition.
    Rule(String),
    /// The value of an attribute, by its name, on most purchases.
    Most(String),
    /// The value on the last row.
    Last(String),
    /// How many values.
    Distinct(String),
}

impl From<&'static str> for Words {
    fn from(text: &'static str) -> Self {
        Self::Fixed(text)
    }
}

impl Words {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Fixed(text) => lang::text(text).to_owned(),
            Self::Measure(measure) => measure.unit().to_owned(),
            Self::Score(axis) => tr!("the {axis} score", axis = axis.title()),
            Self::Clv(terms) => tr!(
                "mean order x orders a year, {clv}; of who is younger than a year, orders are those of a year",
                clv = terms.words()
            ),
            Self::Rule(condition) => tr!("VIP rule: {condition}", condition),
            Self::Most(name) => tr!("{name}: on most purchases", name),
            Self::Last(name) => tr!("{name}: on the last row", name),
            Self::Distinct(name) => tr!("different {name} in purchases", name),
        }
    }
}
