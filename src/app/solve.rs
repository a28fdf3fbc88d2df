//! What a segment should amount to, as it is typed: `Champions = 10 %`, `= 5000 customers`, `= 60 % of revenue`.

use super::cut_edit::{CutCursor, ungrouped};
use super::session::Session;
use crate::engine::analysis::Analysis;
use crate::engine::plan::whole_value;
use crate::engine::summary::Tally;
use crate::engine::sweep::{Figure, Solution, Sweep};
use crate::model::customers::Axis;
use crate::model::measures::{Measure, Monetary};
use crate::model::money::{Decimal, Money};
use crate::show::numbers::{counted, money, rounded, share};
use crate::show::text::cut;

/// What a segment should amount to, to be solved when the profile is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The cut that is to be moved.
    pub cut: CutCursor,
    /// The segment's number.
    pub segment: usize,
    /// By what.
    pub figure: Figure,
    /// How much of it, in customers or minor units.
    pub target: i128,
    /// Whether the target is just what was typed, not rounded to a customer or a cent.
    pub is_whole: bool,
    /// As it was typed.
    pub words: String,
}

/// Reads a goal for a cut; a text without a name is about `segment`.
///
/// # Errors
/// A sentence saying what to type.
pub fn goal(analysis: &Analysis, cursor: CutCursor, segment: usize, text: &str) -> Result<Goal, String> {
    let (name, wanted) = text.rsplit_once('=').unwrap_or(("", text));
    let segment = if name.trim().is_empty() { segment } else { find(analysis, name.trim())? };
    let wanted = wanted.trim();
    let digits =
        wanted.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | '-'))).unwrap_or(wanted.len());
    let (number, rest) = wanted.split_at(digits);
    let number = ungrouped(number).and_then(|number| Decimal::parse(number.as_bytes()).ok());
    let number = number.ok_or("type a size such as 10 %, 5000 customers or 60 % of revenue")?;
    let rest = rest.trim();
    let (percent, of) = match rest.strip_prefix('%') {
        Some(of) => (true, of.trim()),
        None => (false, rest),
    };
    let figure = match of.strip_prefix("of ").unwrap_or(of).trim() {
        "" | "customers" | "c" | "cust." => Figure::Customers,
        "revenue" | "r" | "rev." => Figure::Revenue,
        other => return Err(format!("`{other}` is no figure; write customers or revenue")),
    };
    let total = figure.of(analysis.summary().total());
    if analysis.population().is_empty() || (figure == Figure::Revenue && total <= 0) {
        return Err("there is nothing to share among those that are looked at".to_owned());
    }
    let scale = analysis.customers().scale;
    // Whether the target is what was typed, to the customer or the cent.
    let mut is_whole = true;
    let target = if percent {
        let denominator = 100 * 10i128.checked_pow(number.decimals.into()).ok_or("that is too fine a share")?;
        let part = number.mantissa.checked_mul(total).ok_or("that is too large a share")?;
        is_whole = part % denominator == 0;
        rounded(part, denominator)
    } else if figure == Figure::Revenue {
        let minor = whole_value(Measure::Monetary(Monetary::Net), number, scale);
        minor.map_err(|error| error.to_string())?.into()
    } else if number.significant().decimals == 0 {
        number.significant().mantissa
    } else {
        return Err("customers come whole; write a share as 10 %".to_owned());
    };
    if !(0..=total).contains(&target) {
        return Err("a segment has from nothing to all of it, no less and no more".to_owned());
    }
    let words = match (percent, figure) {
        (true, Figure::Customers) => format!("{} % of customers", number.significant()),
        (true, Figure::Revenue) => format!("{} % of revenue", number.significant()),
        (false, Figure::Customers) => counted(target, "customer"),
        (false, Figure::Revenue) => format!("a revenue of {}", Money::new(target, scale)),
    };
    Ok(Goal { cut: cursor, segment, figure, target, is_whole, words })
}

/// The segment that a name begins, without regard to case.
fn find(analysis: &Analysis, name: &str) -> Result<usize, String> {
    let name = analysis.scheme().own_name(name).unwrap_or(name);
    let lower = name.to_lowercase();
    let names: Vec<String> =
        (0..analysis.map().shown()).map(|at| analysis.scheme().segment_name(at).to_lowercase()).collect();
    if let Some(exact) = names.iter().position(|known| *known == lower) {
        return Ok(exact);
    }
    let found: Vec<usize> = (0..names.len()).filter(|at| names[*at].starts_with(&lower)).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(format!("no segment is called {name}")),
        _ => Err(format!("{name} may be several segments; write more of its name")),
    }
}

/// Solves the goal, if there is one and the profile is there: gives the value that the picked cut should have, and what
/// to say of it.
#[must_use]
pub fn solve(session: &Session) -> Option<(i64, String)> {
    let goal = session.goal.as_ref()?;
    let (analysis, at) = (&session.analysis, goal.cut);
    let sweep = Sweep::of(analysis, at.axis, at.cut)?;
    let solution = sweep.solve(goal.segment, goal.figure, goal.target);
    // A cut is typed as the value that has the bound which was found.
    let typed = analysis.cuts(at.axis).typed_for(solution.best.0);
    Some((typed, words(analysis, goal, &solution, at.axis)))
}

/// What was attained, and between which positions the goal lies when it was not; the news first, for narrow screens.
fn words(analysis: &Analysis, goal: &Goal, solution: &Solution, axis: Axis) -> String {
    const LONGEST_NAME: usize = 24;
    let (scale, total) = (analysis.scale(axis), analysis.summary().total());
    let name = cut(analysis.scheme().segment_name(goal.segment), LONGEST_NAME);
    let figure = |tally| match goal.figure {
        Figure::Customers => {
            let customers = goal.figure.of(tally);
            format!("{}, {}", counted(customers, "customer"), share(customers, total.customers))
        }
        Figure::Revenue => {
            let text = money(goal.figure.of(tally), analysis.customers().scale);
            format!("a revenue of {text}, {}", share(goal.figure.of(tally), total.revenue))
        }
    };
    let typed = |bound: i64| money(analysis.cuts(axis).typed_for(bound), scale);
    let (bound, tally) = solution.best;
    let reached = goal.figure.of(tally);
    let head = format!("{name} has {} with the {} cut at {}", figure(tally), axis.name(), typed(bound));
    if reached == goal.target && goal.is_whole {
        return format!("{head}: exactly {}", goal.words);
    }
    if solution.beside.iter().flatten().all(|(_, beside)| goal.figure.of(*beside) == reached) {
        return format!("{head}: for {} move another cut, this one changes nothing here", goal.words);
    }
    // The neighbour on the other side of what was wanted tells that nothing lies between.
    let other_side =
        |beside: &Tally| (goal.figure.of(*beside) > goal.target) != (reached > goal.target) || reached == goal.target;
    match solution.beside.iter().flatten().find(|(_, beside)| other_side(beside)) {
        Some((bound, beside)) => {
            format!("{head}, nearest to {}; next attainable: {} at {}", goal.words, figure(*beside), typed(*bound))
        }
        None => format!("{head}: this cut alone comes no nearer to {}", goal.words),
    }
}
