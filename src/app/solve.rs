//! What a segment should amount to, as it is typed: `Champions = 10 %`, `= 5000 customers`, `= 60 % of revenue`.

use super::cut_edit::{CutCursor, ungrouped};
use super::session::Session;
use super::typed_words;
use super::words;
use crate::engine::analysis::Analysis;
use crate::engine::plan::whole_value;
use crate::engine::summary::Tally;
use crate::engine::sweep::{Figure, Solution, Sweep};
use crate::model::customers::Axis;
use crate::model::measures::{Measure, Monetary};
use crate::model::money::{Decimal, Money};
use crate::show::numbers::{counted, money, rounded, share};
use crate::show::text::cut;
use crate::tr;

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
    let (name, wanted) = text.rsplit_once(['=', '＝']).unwrap_or(("", text));
    let segment = if name.trim().is_empty() { segment } else { find(analysis, name.trim())? };
    let wanted = wanted.trim();
    let digits =
        wanted.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | '-'))).unwrap_or(wanted.len());
    let (number, rest) = wanted.split_at(digits);
    let number = ungrouped(number).and_then(|number| Decimal::parse(number.as_bytes()).ok());
    let number = number.ok_or_else(|| tr!("type a size such as 10 %, 5000 customers or 60 % of revenue").to_owned())?;
    let rest = rest.trim();
    let (percent, of) = match rest.strip_prefix(['%', '％']) {
        Some(of) => (true, of.trim()),
        None => (false, rest),
    };
    let figure =
        typed_words::figure(of).map_err(|other| tr!("`{other}` is no figure; write customers or revenue", other))?;
    let total = figure.of(analysis.summary().total());
    if analysis.population().is_empty() || (figure == Figure::Revenue && total <= 0) {
        return Err(tr!("there is nothing to share among those that are looked at").to_owned());
    }
    let scale = analysis.customers().scale;
    // Whether the target is what was typed, to the customer or the cent.
    let mut is_whole = true;
    let target = if percent {
        let denominator = 100
            * 10i128.checked_pow(number.decimals.into()).ok_or_else(|| tr!("that is too fine a share").to_owned())?;
        let part = number.mantissa.checked_mul(total).ok_or_else(|| tr!("that is too large a share").to_owned())?;
        is_whole = part % denominator == 0;
        rounded(part, denominator)
    } else if figure == Figure::Revenue {
        let minor = whole_value(Measure::Monetary(Monetary::Net), number, scale);
        minor.map_err(|error| error.to_string())?.into()
    } else if number.significant().decimals == 0 {
        number.significant().mantissa
    } else {
        return Err(tr!("customers come whole; write a share as 10 %").to_owned());
    };
    if !(0..=total).contains(&target) {
        return Err(tr!("a segment has from nothing to all of it, no less and no more").to_owned());
    }
    let words = match (percent, figure) {
        (true, Figure::Customers) => tr!("{percent} % of customers", percent = number.significant()),
        (true, Figure::Revenue) => tr!("{percent} % of revenue", percent = number.significant()),
        (false, Figure::Customers) => counted(target, "customer"),
        (false, Figure::Revenue) => tr!("a revenue of {amount}", amount = Money::new(target, scale)),
    };
    Ok(Goal { cut: cursor, segment, figure, target, is_whole, words })
}

/// The segment that a name begins, without regard to case: the name that the scheme has, or the one that is shown.
fn find(analysis: &Analysis, name: &str) -> Result<usize, String> {
    let name = analysis.scheme().own_name(name).unwrap_or(name);
    let lower = name.to_lowercase();
    let scheme = analysis.scheme();
    let shown = 0..analysis.map().shown();
    if let Some(exact) = shown.clone().find(|at| scheme.segment_name(*at).to_lowercase() == lower) {
        return Ok(exact);
    }
    let begins = |known: &str| known.to_lowercase().starts_with(&lower);
    let found: Vec<usize> =
        shown.filter(|at| begins(scheme.segment_name(*at)) || begins(scheme.segment_title(*at))).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(tr!("no segment is called {name}", name)),
        _ => Err(tr!("{name} may be several segments; write more of its name", name)),
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
    let segment = cut(words::segment(analysis.scheme().segment_name(goal.segment)), LONGEST_NAME);
    let figure = |tally| match goal.figure {
        Figure::Customers => {
            let customers = goal.figure.of(tally);
            let share = share(customers, total.customers);
            tr!("{customers}, {share}", customers = counted(customers, "customer"), share)
        }
        Figure::Revenue => {
            let amount = money(goal.figure.of(tally), analysis.customers().scale);
            let share = share(goal.figure.of(tally), total.revenue);
            tr!("a revenue of {amount}, {share}", amount, share)
        }
    };
    let typed = |bound: i64| money(analysis.cuts(axis).typed_for(bound), scale);
    let (bound, tally) = solution.best;
    let reached = goal.figure.of(tally);
    let figures = figure(tally);
    let (axis, value, goal_words) = (words::axis(axis), typed(bound), &goal.words);
    if reached == goal.target && goal.is_whole {
        return tr!(
            "{segment} has {figures} with the {axis} cut at {value}: exactly {goal}",
            segment,
            figures,
            axis,
            value,
            goal = goal_words
        );
    }
    if solution.beside.iter().flatten().all(|(_, beside)| goal.figure.of(*beside) == reached) {
        return tr!(
            "{segment} has {figures} with the {axis} cut at {value}: for {goal} move another cut, this one changes \
             nothing here",
            segment,
            figures,
            axis,
            value,
            goal = goal_words
        );
    }
    // The neighbour on the other side of what was wanted tells that nothing lies between.
    let other_side =
        |beside: &Tally| (goal.figure.of(*beside) > goal.target) != (reached > goal.target) || reached == goal.target;
    match solution.beside.iter().flatten().find(|(_, beside)| other_side(beside)) {
        Some((bound, beside)) => tr!(
            "{segment} has {figures} with the {axis} cut at {value}, nearest to {goal}; next attainable: {next} at \
             {there}",
            segment,
            figures,
            axis,
            value,
            goal = goal_words,
            next = figure(*beside),
            there = typed(*bound)
        ),
        None => tr!(
            "{segment} has {figures} with the {axis} cut at {value}: this cut alone comes no nearer to {goal}",
            segment,
            figures,
            axis,
            value,
            goal = goal_words
        ),
    }
}
