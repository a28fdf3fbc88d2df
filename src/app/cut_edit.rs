//! Editing cuts: which one is picked, and the steps it moves in.

use super::action::Direction;
use crate::engine::analysis::Analysis;
use crate::engine::plan::{PlanError, whole_value};
use crate::model::customers::Axis;
use crate::model::cuts::Cuts;
use crate::model::measures::{Measure, Recency};
use crate::model::money::{Decimal, Scale};
use crate::tr;

/// The picked cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutCursor {
    /// Its axis.
    pub axis: Axis,
    /// Its number, from 0 for the smallest value.
    pub cut: usize,
}

impl CutCursor {
    /// The next or the previous cut; beyond the last of an axis the next axis follows.
    pub fn step(&mut self, direction: Direction, analysis: &Analysis) {
        let cuts = |axis: Axis| analysis.cuts(axis).cuts().len();
        let axis = self.axis.index();
        match direction {
            Direction::Down if self.cut + 1 < cuts(self.axis) => self.cut += 1,
            Direction::Down if axis + 1 < Axis::ALL.len() => *self = Self { axis: Axis::ALL[axis + 1], cut: 0 },
            Direction::Up if self.cut > 0 => self.cut -= 1,
            Direction::Up if axis > 0 => {
                let above = Axis::ALL[axis - 1];
                *self = Self { axis: above, cut: cuts(above) - 1 };
            }
            _ => {}
        }
    }

    /// Keeps the cut within those there are.
    pub fn clamp(&mut self, analysis: &Analysis) {
        self.cut = self.cut.min(analysis.cuts(self.axis).cuts().len() - 1);
    }
}

/// The value a step away from `value`, for data whose measure has a scale. Days and counts go by one, or by ten and five when far; money goes by steps of
/// two figures (380, 390, 400), or of one when far, and lands on multiples of the step.
#[must_use]
pub fn stepped(measure: Measure, value: i64, scale: Scale, direction: Direction, far: bool) -> i64 {
    let step = match (measure, far) {
        (Measure::Recency(Recency::Days) | Measure::Frequency(_), false) => 1,
        (Measure::Recency(Recency::Days), true) => 10,
        (Measure::Frequency(_), true) => 5,
        // Tenths of a gap, or whole gaps.
        (Measure::Recency(Recency::OwnGap), far) => {
            if far {
                100
            } else {
                10
            }
        }
        (Measure::Monetary(_), far) => money_step(value, scale, direction, far),
    };
    // Land on multiples, so that up and down meet the same values.
    let below = value.div_euclid(step) * step;
    match direction {
        Direction::Right | Direction::Up => below.saturating_add(step),
        Direction::Left | Direction::Down if below < value => below,
        Direction::Left | Direction::Down => below.saturating_sub(step),
    }
}

fn money_step(value: i64, scale: Scale, direction: Direction, far: bool) -> i64 {
    let unit = scale.factor();
    // On the way down from a power of ten the smaller step already holds: 1000, 990.
    let toward_zero = matches!(direction, Direction::Left | Direction::Down) == (value > 0);
    let size = (value.unsigned_abs() as i64).saturating_sub(i64::from(toward_zero)).max(1);
    let figures = if far { 1 } else { 10 };
    let mut step = 1;
    while size / step / figures >= 10 {
        step *= 10;
    }
    // Below a hundred units, a unit is a fine enough step; below one, the minor unit.
    let floor = if size >= unit { unit } else { 1 };
    step.max(if far { floor.saturating_mul(10) } else { floor })
}

/// A number without its thousands separators; `None` where a comma stands where none would.
pub(super) fn ungrouped(text: &str) -> Option<String> {
    let (units, rest) = text.split_once('.').map_or((text, None), |(units, rest)| (units, Some(rest)));
    let mut groups = units.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = units.contains(',');
    let whole = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let head = first.trim_start_matches(['-', '+']);
    if (grouped && !(1..=3).contains(&head.len())) || !groups.all(whole) || rest.is_some_and(|rest| rest.contains(','))
    {
        return None;
    }
    Some(text.replace(',', ""))
}

/// The value that a typed text gives a cut.
///
/// # Errors
/// A sentence saying what to type.
pub fn typed(measure: Measure, text: &str, scale: Scale) -> Result<i64, String> {
    let what_to_type = || match measure {
        Measure::Recency(Recency::Days) => tr!("type a number of days, such as 30"),
        Measure::Recency(Recency::OwnGap) => tr!("type a multiple of the gap, such as 30"),
        Measure::Frequency(_) => tr!("type a whole number, such as 30"),
        Measure::Monetary(_) => tr!("type an amount, such as 30"),
    };
    let digits = ungrouped(text).ok_or_else(|| tr!("`{text}` may mean two things; write 1.5 or 1500", text))?;
    let number = Decimal::parse(digits.as_bytes()).map_err(|_| what_to_type().to_owned())?;
    whole_value(measure, number, scale).map_err(|error: PlanError| error.to_string())
}

/// Cuts at round numbers near some others: of one figure, or of as many as keep them apart. Cuts that coincide stay one
/// number.
#[must_use]
pub fn rounded(cuts: &Cuts, scale: Scale) -> Vec<i64> {
    let mut values: Vec<i64> = Vec::new();
    for cut in cuts.cuts() {
        let value = cut.whole();
        let candidates = [1, 2, 10, 20, 100].map(|parts| nice(value, parts, scale.factor()));
        let apart = candidates.into_iter().find(|candidate| values.last().is_none_or(|last| candidate > last));
        values.push(apart.unwrap_or(value));
    }
    values.sort_unstable();
    values.dedup();
    values
}

/// The multiple nearest to a value of a step that divides its power of ten into so many parts; whole units at least.
fn nice(value: i64, parts: i64, unit: i64) -> i64 {
    let size = value.unsigned_abs().max(1);
    let power = 10i64.saturating_pow(size.ilog10());
    let step = (power / parts).max(if size >= unit.unsigned_abs() { unit } else { 1 }).max(1);
    let half = step / 2;
    value.saturating_add(half).div_euclid(step).saturating_mul(step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cuts::{Closed, CutsError};
    use crate::model::measures::{Frequency, Monetary};

    const DAYS: Measure = Measure::Recency(Recency::Days);
    const ORDERS: Measure = Measure::Frequency(Frequency::Orders);
    const NET: Measure = Measure::Monetary(Monetary::Net);

    fn money(value: i64, direction: Direction, far: bool) -> i64 {
        stepped(NET, value, Scale::CENTS, direction, far)
    }

    #[test]
    fn money_moves_in_round_steps_and_back_again() {
        use Direction::{Left, Right};
        assert_eq!(money(38_200, Right, false), 39_000);
        assert_eq!(money(39_000, Right, false), 40_000);
        assert_eq!(money(40_000, Left, false), 39_000);
        assert_eq!(money(100_000, Left, false), 99_000);
        assert_eq!(money(38_200, Right, true), 40_000);
        assert_eq!(money(1_550, Right, false), 1_600);
        assert_eq!(money(1_600, Left, false), 1_500);
        assert_eq!(money(50, Right, false), 51);
        assert_eq!(money(0, Left, false), -1);
    }

    #[test]
    fn days_and_orders_move_by_one() {
        assert_eq!(stepped(DAYS, 30, Scale::CENTS, Direction::Right, false), 31);
        assert_eq!(stepped(DAYS, 34, Scale::CENTS, Direction::Right, true), 40);
        assert_eq!(stepped(ORDERS, 1, Scale::CENTS, Direction::Left, false), 0);
    }

    #[test]
    fn typed_values_are_exact_or_refused() {
        assert_eq!(typed(NET, "1,234.50", Scale::CENTS), Ok(123_450));
        assert!(typed(NET, "1.005", Scale::CENTS).is_err());
        for text in ["1,5", "1,2,345", ",500", "12,3456", "1.5,000"] {
            assert!(typed(NET, text, Scale::CENTS).is_err_and(|problem| problem.contains("two things")), "{text}");
        }
        assert!(typed(DAYS, "soon", Scale::CENTS).is_err_and(|problem| problem.contains("days")));
    }

    #[test]
    fn round_cuts_have_few_figures_and_keep_apart() -> Result<(), CutsError> {
        let round = |values: &[i64], scale| {
            Cuts::fixed(Axis::Monetary, Closed::Right, values).map(|cuts| rounded(&cuts, scale))
        };
        assert_eq!(round(&[22, 60, 234, 444], Scale::UNITS)?, [20, 60, 200, 400]);
        assert_eq!(round(&[1, 2, 5, 12], Scale::UNITS)?, [1, 2, 5, 10]);
        assert_eq!(round(&[1_550, 5_800, 21_880, 84_448], Scale::CENTS)?, [2_000, 6_000, 20_000, 80_000]);
        assert_eq!(round(&[310, 340, 360], Scale::UNITS)?, [300, 350, 400]);
        Ok(())
    }
}
