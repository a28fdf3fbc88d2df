//! What a segment should amount to, as it is typed: `Champions = 10 %`, `= 5000 customers`, `= 60 % of revenue`.

use super::cut_edit::CutCursor;
use super::session::{Goal, Session};
use crate::engine::analysis::Analysis;
use crate::engine::plan::whole_value;
use crate::engine::sweep::{Figure, Solution, Sweep};
use crate::model::measures::{Measure, Monetary};
use crate::model::money::{Decimal, Money};
use crate::show::numbers::{count, money, rounded, share};

/// Reads a goal for a cut; a text without a name is about `segment`.
///
/// # Errors
/// A sentence saying what to type.
pub fn goal(analysis: &Analysis, cut: CutCursor, segment: usize, text: &str) -> Result<Goal, String> {
    let (name, wanted) = text.rsplit_once('=').unwrap_or(("", text));
    let segment = if name.trim().is_empty() { segment } else { find(analysis, name.trim())? };
    let wanted = wanted.trim();
    let digits =
        wanted.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | '-'))).unwrap_or(wanted.len());
    let (number, rest) = wanted.split_at(digits);
    let number = Decimal::parse(number.replace([',', '_'], "").as_bytes())
        .map_err(|_| "type a size such as 10 %, 5000 customers or 60 % of revenue".to_owned())?;
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
    let scale = analysis.customers().scale;
    let target = if percent {
        let denominator = 100 * 10i128.checked_pow(number.decimals.into()).ok_or("that is too fine a share")?;
        rounded(number.mantissa.checked_mul(total).ok_or("that is too large a share")?, denominator)
    } else if figure == Figure::Revenue {
        let minor = whole_value(Measure::Monetary(Monetary::Net), number, scale);
        minor.map_err(|error| error.to_string())?.into()
    } else if number.significant().decimals == 0 {
        number.significant().mantissa
    } else {
        return Err("customers come whole; write a share as 10 %".to_owned());
    };
    let words = match (percent, figure) {
        (true, Figure::Customers) => format!("{} % of customers", number.significant()),
        (true, Figure::Revenue) => format!("{} % of revenue", number.significant()),
        (false, Figure::Customers) => format!("{} customers", count(target)),
        (false, Figure::Revenue) => format!("a revenue of {}", Money::new(target, scale)),
    };
    Ok(Goal { cut, segment, figure, target, words })
}

/// The segment that a name begins, without regard to case.
fn find(analysis: &Analysis, name: &str) -> Result<usize, String> {
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
    let (analysis, cut) = (&session.analysis, session.cut);
    let sweep = Sweep::of(analysis, cut.axis, cut.cut)?;
    let solution = sweep.solve(goal.segment, goal.figure, goal.target);
    // A cut is typed as the value that has the bound which was found.
    let typed = analysis.cuts(cut.axis).typed_for(solution.best.0);
    Some((typed, words(analysis, goal, &solution, cut.axis)))
}

/// What was attained, and between which positions the goal lies when it was not.
fn words(analysis: &Analysis, goal: &Goal, solution: &Solution, axis: crate::model::customers::Axis) -> String {
    let (scale, total) = (analysis.scale(axis), analysis.summary().total());
    let name = analysis.scheme().segment_name(goal.segment);
    let figure = |tally| match goal.figure {
        Figure::Customers => {
            format!("{} customers, {}", count(goal.figure.of(tally)), share(goal.figure.of(tally), total.customers))
        }
        Figure::Revenue => {
            let text = money(goal.figure.of(tally), analysis.customers().scale);
            format!("a revenue of {text}, {}", share(goal.figure.of(tally), total.revenue))
        }
    };
    let typed = |bound: i64| money(analysis.cuts(axis).typed_for(bound), scale);
    let (bound, tally) = solution.best;
    let reached = goal.figure.of(tally);
    let head = format!("{name} = {}: {} cut at {}, {}", goal.words, axis.name(), typed(bound), figure(tally));
    if reached == goal.target {
        return format!("{head}, exactly");
    }
    // The neighbour on the other side of what was wanted tells that nothing lies between.
    let beyond = solution
        .beside
        .iter()
        .flatten()
        .find(|(_, beside)| (goal.figure.of(*beside) > goal.target) != (reached > goal.target));
    match beyond {
        Some((bound, beside)) => format!("{head}; next attainable: {} at {}", figure(*beside), typed(*bound)),
        None => format!("{head}; this cut alone comes no nearer between its neighbours"),
    }
}
