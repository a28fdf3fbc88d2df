//! A budget: what customers of each segment cost, by head and by revenue, as one line of text such as `Champions: 5 +
//! 2 %; Loyal: 3; *: 0.50`.
//!
//! Each part names a segment, in quotes where its name has a colon, a semicolon or a quote, and what it costs: units of
//! money for each customer, a percentage of the revenue, or both. `*` stands for all segments that have no part of their
//! own. A segment without a part costs nothing.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::money::{Decimal, DecimalError, Scale};
use super::words::quoted;
use crate::show::numbers::rounded;
use crate::tr;

mod parse;

/// The name that stands for all other segments.
const OTHERS: &str = "*";

/// What the customers of a segment cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    per_head: Option<Decimal>,
    percent: Option<Decimal>,
}

/// A part of a budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The segment; `None` for all that have no part of their own.
    pub segment: Option<String>,
    /// What its customers cost.
    pub cost: Cost,
}

/// What each segment costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    parts: Vec<Part>,
}

/// A segment that costs something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its customers.
    pub customers: u64,
    /// Their net sum in minor units.
    pub revenue: i64,
}

/// What a segment costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The segment.
    pub name: String,
    /// Its customers.
    pub customers: u64,
    /// Their net sum, in minor units of the result's scale.
    pub revenue: i128,
    /// What they cost by head, in minor units.
    pub heads: i128,
    /// What they cost by revenue, in minor units; 0 where the revenue is below zero.
    pub share: i128,
}

impl Line {
    /// What they cost in all, in minor units.
    #[must_use]
    pub const fn cost(&self) -> i128 {
        self.heads + self.share
    }
}

/// What all segments cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// A line for each segment, in the order given.
    pub lines: Vec<Line>,
    /// The sums of the lines, to the last minor unit.
    pub total: Line,
    /// The minor unit: the data's, or the cent where the data has whole units.
    pub scale: Scale,
    /// Segments that the budget names and that are not there.
    pub absent: Vec<String>,
}

/// A text that is no budget.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("{problem} (at character {place})", problem, place = column + 1))]
pub struct BudgetError {
    /// Where the problem begins: characters before it, so 0 for the first.
    pub column: usize,
    /// What it is.
    pub problem: BudgetProblem,
}

/// What is wrong with a budget, and what to write.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum BudgetProblem {
    /// A control character.
    #[error("{}", tr!("a control or invisible character stands here; remove it"))]
    Unsafe,
    /// No name and colon.
    #[error("{}", tr!(
        "a segment and a colon are missing here; write it as Champions: 5 + 2 %, or *: 5 for all others"
    ))]
    NoName,
    /// A quote that is not closed.
    #[error("{}", tr!("the quote that opens here is not closed; a quote inside the name is written twice"))]
    Quote,
    /// A segment for the second time.
    #[error("{}", tr!("`{segment}` has a cost already; keep one", segment = _0))]
    Twice(String),
    /// No cost after the colon.
    #[error("{}", tr!("a cost is missing here; write 5 for each customer, 2 % of the revenue, or 5 + 2 %"))]
    NoCost,
    /// Not a number.
    #[error("{}", tr!("`{text}` is {problem}; write it as 1234.50, without thousands separators", text, problem))]
    Number {
        /// What was typed.
        text: String,
        /// What is wrong with it.
        problem: DecimalError,
    },
    /// Too much, too little or too fine a cost by head.
    #[error("{}", tr!(
        "a cost for each customer is 0 to 1000000000, with at most 6 decimals, not {number}",
        number = _0
    ))]
    PerHead(Decimal),
    /// Too much, too little or too fine a rate.
    #[error("{}", tr!("a share of the revenue is 0 to 100 %, with at most 4 decimals, not {number} %", number = _0))]
    Percent(Decimal),
    /// Two costs of one kind.
    #[error("{}", tr!("a segment has one cost for each customer and one share of the revenue; write 5 + 2 %"))]
    TwoOfAKind,
    /// Something after a cost.
    #[error("{}", tr!("`{found}` is not expected here; separate segments with a semicolon", found = _0))]
    NotSeparated(String),
    /// Something after the cost of one segment.
    #[error("{}", tr!("`{found}` is not expected here; the cost of one segment is written as 5 + 2 %", found = _0))]
    NotOne(String),
}

impl Cost {
    /// A cost of units of money for each customer and a percentage of the revenue.
    ///
    /// # Errors
    /// [`BudgetProblem::PerHead`] unless it is 0 to 1,000,000,000 with at most six decimals; [`BudgetProblem::Percent`]
    /// unless it is 0 to 100 with at most four.
    pub fn new(per_head: Option<Decimal>, percent: Option<Decimal>) -> Result<Self, BudgetProblem> {
        let fits = |number: Decimal, most: i128, decimals: u8| {
            let most = Decimal { mantissa: most, decimals: 0 };
            number.mantissa >= 0 && number.compare(most).is_le() && number.decimals <= decimals
        };
        if let Some(number) = per_head.filter(|number| !fits(*number, 1_000_000_000, Scale::MAX.decimals())) {
            return Err(BudgetProblem::PerHead(number));
        }
        match percent.filter(|number| !fits(*number, 100, 4)) {
            Some(number) => Err(BudgetProblem::Percent(number)),
            None => Ok(Self { per_head, percent }),
        }
    }

    /// Units of money for each customer.
    #[must_use]
    pub const fn per_head(self) -> Option<Decimal> {
        self.per_head
    }

    /// Percent of the revenue.
    #[must_use]
    pub const fn percent(self) -> Option<Decimal> {
        self.percent
    }

    /// What so many customers cost, and what a revenue of theirs in minor units of a scale does: in minor units of it, each
    /// rounded half away from zero once.
    fn of(self, customers: u64, revenue: i128, scale: Scale) -> (i128, i128) {
        // With 50 bits of cost and 20 of scale no more fit 128; no data has more customers than that.
        let customers = i128::from(customers.min(1 << 50));
        let heads = self.per_head.map_or(0, |number| {
            rounded(customers * number.mantissa * i128::from(scale.factor()), 10i128.pow(number.decimals.into()))
        });
        let share = self
            .percent
            .map_or(0, |number| rounded(revenue.max(0) * number.mantissa, 100 * 10i128.pow(number.decimals.into())));
        (heads, share)
    }
}

impl Budget {
    /// The parts, in the order typed.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether nothing costs anything because it has no parts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The part of a segment itself, `None` for all that have none of their own.
    #[must_use]
    pub fn own(&self, segment: Option<&str>) -> Option<Cost> {
        self.parts.iter().find(|part| part.segment.as_deref() == segment).map(|part| part.cost)
    }

    /// The same with another part for a segment, `None` for all that have none of their own; without a cost, with no part.
    #[must_use]
    pub fn with(&self, segment: Option<&str>, cost: Option<Cost>) -> Self {
        let mut parts = self.parts.clone();
        let place = parts.iter().position(|part| part.segment.as_deref() == segment);
        match (place, cost) {
            (Some(place), Some(cost)) => parts[place].cost = cost,
            (Some(place), None) => drop(parts.remove(place)),
            // All others stand last, where people look for them.
            (None, Some(cost)) => {
                let last = parts.len() - usize::from(segment.is_some() && parts.last().is_some_and(is_for_others));
                parts.insert(last, Part { segment: segment.map(str::to_owned), cost });
            }
            (None, None) => {}
        }
        Self { parts }
    }

    /// The same for a segment that has another name now. Where the new name has a part, that one holds.
    #[must_use]
    pub fn renamed(&self, before: &str, now: &str) -> Self {
        match self.own(Some(before)) {
            Some(cost) if self.own(Some(now)).is_none() => {
                let named = |part: &Part| match part.segment.as_deref() {
                    Some(name) if name == before => Part { segment: Some(now.to_owned()), cost },
                    _ => part.clone(),
                };
                Self { parts: self.parts.iter().map(named).collect() }
            }
            _ => self.clone(),
        }
    }

    /// The same with other names in the place of some: `other` says nothing of those that stay, and where the other name has
    /// a part of its own, both do.
    #[must_use]
    pub fn with_names(&self, other: impl Fn(&str) -> Option<String>) -> Self {
        let mut parts = self.parts.clone();
        for place in 0..parts.len() {
            let Some(name) = parts[place].segment.as_deref().and_then(&other) else { continue };
            if parts.iter().all(|part| part.segment.as_ref() != Some(&name)) {
                parts[place].segment = Some(name);
            }
        }
        Self { parts }
    }

    /// What a segment costs: its own part, or that of all others.
    #[must_use]
    pub fn cost(&self, segment: &str) -> Cost {
        self.own(Some(segment)).or_else(|| self.own(None)).unwrap_or_default()
    }

    /// What segments cost whose revenues have a scale.
    #[must_use]
    pub fn bill(&self, segments: &[Segment<'_>], scale: Scale) -> Bill {
        let finer = scale.max(Scale::CENTS);
        let factor = i128::from(finer.factor() / scale.factor());
        let line = |segment: &Segment<'_>| {
            let revenue = i128::from(segment.revenue) * factor;
            let (heads, share) = self.cost(segment.name).of(segment.customers, revenue, finer);
            Line { name: segment.name.to_owned(), customers: segment.customers, revenue, heads, share }
        };
        let lines: Vec<Line> = segments.iter().map(line).collect();
        let total = Line {
            name: "total".to_owned(),
            customers: lines.iter().fold(0, |sum, line| sum.saturating_add(line.customers)),
            revenue: lines.iter().map(|line| line.revenue).sum(),
            heads: lines.iter().map(|line| line.heads).sum(),
            share: lines.iter().map(|line| line.share).sum(),
        };
        let named = self.parts.iter().filter_map(|part| part.segment.as_ref());
        let absent = named.filter(|name| !segments.iter().any(|segment| segment.name == name.as_str())).cloned();
        Bill { lines, total, scale: finer, absent: absent.collect() }
    }
}

/// `5 + 2 %`, `5`, `2 %`; 0 for a cost of neither kind.
impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.per_head, self.percent) {
            (Some(per_head), Some(percent)) => write!(f, "{per_head} + {percent} %"),
            (Some(per_head), None) => write!(f, "{per_head}"),
            (None, Some(percent)) => write!(f, "{percent} %"),
            (None, None) => f.write_str("0"),
        }
    }
}

/// The canonical text, which reads back as the same budget.
impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, Part { segment, cost }) in self.parts.iter().enumerate() {
            let joint = if position > 0 { "; " } else { "" };
            let name = segment.as_deref().map_or(Cow::Borrowed(OTHERS), name);
            write!(f, "{joint}{name}: {cost}")?;
        }
        Ok(())
    }
}

fn is_for_others(part: &Part) -> bool {
    part.segment.is_none()
}

/// A segment's name, in quotes where it would not read back without.
fn name(name: &str) -> Cow<'_, str> {
    let plain = name != OTHERS && !name.is_empty() && name.trim() == name && !name.contains(parse::ends_name);
    if plain { Cow::Borrowed(name) } else { Cow::Owned(quoted(name)) }
}

impl FromStr for Cost {
    type Err = BudgetError;

    /// Reads `5 + 2 %`, `5` or `2 %`.
    fn from_str(text: &str) -> Result<Self, BudgetError> {
        parse::cost(text)
    }
}

impl FromStr for Budget {
    type Err = BudgetError;

    /// Reads a budget; an empty text is one without parts.
    fn from_str(text: &str) -> Result<Self, BudgetError> {
        parse::budget(text)
    }
}

#[cfg(test)]
mod tests;
