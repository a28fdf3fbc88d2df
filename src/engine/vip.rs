//! Which customers meet a VIP rule, and why: a rule made ready for a data set, and the best that a customer reaches.

use thiserror::Error;

use super::lines::{Lines, Scratch};
use crate::model::calendar::{Span, month};
use crate::model::day::Day;
use crate::model::money::Scale;
use crate::model::transactions::Transactions;
use crate::model::vip::{Condition, Reach, Subject};

mod resolve;
mod tally;
mod window;

pub use resolve::Attributes;
use resolve::Value;

/// A name in a rule that the data does not have.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CompileError {
    /// No such attribute.
    #[error("{}", resolve::no_attribute(name, near))]
    Attribute {
        /// What the rule says.
        name: String,
        /// Attributes with similar names, the nearest first; all where none is similar.
        near: Vec<String>,
    },
    /// No such value.
    #[error("{}", resolve::no_value(attribute, value, near))]
    Value {
        /// The attribute as the data has it, made safe for a terminal.
        attribute: String,
        /// What the rule says.
        value: String,
        /// Similar values, the nearest first.
        near: Vec<String>,
    },
}

impl Attributes for Transactions {
    fn count(&self) -> usize {
        self.attributes().len()
    }

    fn name(&self, attribute: usize) -> &str {
        &self.attributes()[attribute].name
    }

    fn codes(&self, attribute: usize) -> u32 {
        self.attributes()[attribute].values() as u32
    }

    fn value(&self, attribute: usize, code: u32) -> &str {
        self.attributes()[attribute].text(code)
    }
}

/// A condition made ready for a data set.
#[derive(Clone, Debug)]
pub struct Compiled {
    as_of: Day,
    root: Node,
}

#[derive(Clone, Debug)]
enum Node {
    Reach(Target),
    Tenure(Span),
    All(Vec<Node>),
    Any(Vec<Node>),
}

/// A bound in smallest units and what must reach it.
#[derive(Clone, Debug)]
struct Target {
    /// The condition it is made of.
    reach: Reach,
    /// The attribute and the codes of its value, for orders with one.
    value: Option<Value>,
    /// The least that meets it; `None` where nothing does.
    least: Option<i64>,
}

/// What is reached: the greatest value of all windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Best {
    /// The value: minor units or a count.
    pub reached: i128,
    /// First day of the window.
    pub from: Day,
    /// Last day of the window.
    pub to: Day,
}

/// What a number of an explanation counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Minor units of the data's scale.
    Money,
    /// Orders, or days with one.
    Count,
    /// Full days from the first order to the as-of date.
    Days,
    /// Full calendar months from the first order to the as-of date.
    Months,
}

/// How one bound of a rule is reached or missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The bound as text: `amount >= 100000 in 12 months`.
    pub condition: String,
    /// Whether it is met.
    pub met: bool,
    /// What it counts.
    pub unit: Unit,
    /// The most that any window has.
    pub reached: i128,
    /// The least that meets it, in the same unit; `None` where nothing does.
    pub bound: Option<i64>,
    /// First and last day of the window with the most, the earliest of several; for a tenure the day of the first order and
    /// the as-of date. `None` where there is no line to look at.
    pub days: Option<(Day, Day)>,
}

/// Why a customer meets a rule or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Whether the whole rule is met.
    pub met: bool,
    /// Each of its bounds, in the order of its text.
    pub evidence: Vec<Evidence>,
}

impl Compiled {
    /// Makes a condition ready for data whose money has a scale, as of a day, with its attributes.
    ///
    /// # Errors
    /// [`CompileError`] for an attribute or a value that the data does not have.
    pub fn new(
        condition: &Condition,
        scale: Scale,
        as_of: Day,
        attributes: &dyn Attributes,
    ) -> Result<Self, CompileError> {
        Ok(Self { as_of, root: node(condition, scale, attributes)? })
    }

    /// Whether a customer meets it. Orders are numbered as [`super::lines::Line`] says; panics beyond that, like a slice.
    #[must_use]
    pub fn meets(&self, lines: Lines<'_>, scratch: &mut Scratch) -> bool {
        self.node_meets(&self.root, lines, scratch)
    }

    fn node_meets(&self, node: &Node, lines: Lines<'_>, scratch: &mut Scratch) -> bool {
        match node {
            Node::Reach(target) => target.least.is_some_and(|least| {
                // No need to look on once it is reached.
                let best = target.best(lines, self.as_of, Some(least), scratch);
                best.is_some_and(|best| best.reached >= i128::from(least))
            }),
            Node::Tenure(span) => lines.first_order().is_some_and(|first| span.after(first) <= self.as_of),
            Node::All(nodes) => nodes.iter().all(|node| self.node_meets(node, lines, scratch)),
            Node::Any(nodes) => nodes.iter().any(|node| self.node_meets(node, lines, scratch)),
        }
    }

    /// What a customer reaches of each bound, and where.
    #[must_use]
    pub fn explain(&self, lines: Lines<'_>, scratch: &mut Scratch) -> Explanation {
        let mut evidence = Vec::new();
        let met = self.gather(&self.root, lines, scratch, &mut evidence);
        Explanation { met, evidence }
    }

    fn gather(&self, node: &Node, lines: Lines<'_>, scratch: &mut Scratch, evidence: &mut Vec<Evidence>) -> bool {
        let one = match node {
            Node::Reach(target) => target.evidence(lines, self.as_of, scratch),
            Node::Tenure(span) => self.tenure(*span, lines),
            // Each is looked at, also where the first decides.
            Node::All(nodes) => {
                return nodes.iter().filter(|node| self.gather(node, lines, scratch, evidence)).count() == nodes.len();
            }
            Node::Any(nodes) => {
                return nodes.iter().filter(|node| self.gather(node, lines, scratch, evidence)).count() > 0;
            }
        };
        let met = one.met;
        evidence.push(one);
        met
    }

    fn tenure(&self, span: Span, lines: Lines<'_>) -> Evidence {
        let first = lines.first_order();
        let (unit, bound) = match span {
            Span::Days(days) => (Unit::Days, days),
            Span::Months(months) => (Unit::Months, months),
        };
        Evidence {
            condition: Condition::Tenure(span).to_string(),
            met: first.is_some_and(|first| span.after(first) <= self.as_of),
            unit,
            reached: first.map_or(0, |first| passed(span, first, self.as_of)).into(),
            bound: Some(bound.into()),
            days: first.map(|first| (first, self.as_of)),
        }
    }
}

/// The full days, or the full months, that have passed from one day to another, as a span counts them; 0 before it.
fn passed(span: Span, first: Day, to: Day) -> i32 {
    let full = match span {
        Span::Days(_) => to - first,
        Span::Months(_) => {
            let months = month(to) - month(first);
            let not_yet = Span::Months(months.max(0).unsigned_abs()).after(first) > to;
            months - i32::from(not_yet)
        }
    };
    full.max(0)
}

fn node(condition: &Condition, scale: Scale, attributes: &dyn Attributes) -> Result<Node, CompileError> {
    let nodes = |conditions: &[Condition]| -> Result<Vec<Node>, CompileError> {
        conditions.iter().map(|one| node(one, scale, attributes)).collect()
    };
    Ok(match condition {
        Condition::Reach(reach) => {
            let value = match &reach.of {
                Subject::OrdersWith { attribute, value } => Some(resolve::value(attribute, value, attributes)?),
                _ => None,
            };
            let scale = if reach.of.is_money() { scale } else { Scale::UNITS };
            Node::Reach(Target { reach: reach.clone(), value, least: reach.bound.least(scale) })
        }
        Condition::Tenure(span) => Node::Tenure(*span),
        Condition::All(conditions) => Node::All(nodes(conditions)?),
        Condition::Any(conditions) => Node::Any(nodes(conditions)?),
    })
}

impl Target {
    /// The most that a window has, and the earliest window that has it; with `enough`, the first window that has so much,
    /// where there is one. `None` where there is no window.
    fn best(&self, lines: Lines<'_>, as_of: Day, enough: Option<i64>, scratch: &mut Scratch) -> Option<Best> {
        let Self { reach: Reach { of, window, .. }, value, .. } = self;
        let (end, reached) = match of {
            Subject::Amount => window::best(*window, as_of, lines.lines, enough, &mut tally::Net::new(lines)),
            Subject::Orders | Subject::OrdersWith { .. } => {
                let mut orders = tally::Orders::new(lines, value.as_ref(), &mut scratch.counts);
                window::best(*window, as_of, lines.lines, enough, &mut orders)
            }
            Subject::OrderDays => window::best(*window, as_of, lines.lines, enough, &mut tally::Days::new(lines)),
            Subject::LargestOrder => {
                let mut largest = tally::Largest::new(lines, &mut scratch.sums);
                window::best(*window, as_of, lines.lines, enough, &mut largest)
            }
        }?;
        let (from, to) = window::days(*window, as_of, lines.lines, end);
        Some(Best { reached, from, to })
    }

    fn evidence(&self, lines: Lines<'_>, as_of: Day, scratch: &mut Scratch) -> Evidence {
        let best = self.best(lines, as_of, None, scratch);
        let reached = best.map_or(0, |best| best.reached);
        Evidence {
            condition: self.reach.to_string(),
            met: self.least.is_some_and(|least| reached >= i128::from(least)),
            unit: if self.reach.of.is_money() { Unit::Money } else { Unit::Count },
            reached,
            bound: self.least,
            days: best.map(|best| (best.from, best.to)),
        }
    }
}

#[cfg(test)]
mod tests;
