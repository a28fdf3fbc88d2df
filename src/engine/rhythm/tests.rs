use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::model::day::NotADay;

/// Lines of `day order cents`.
fn lines(rows: &[(&str, u32, i64)]) -> Result<Vec<Line>, NotADay> {
    rows.iter().map(|(day, order, amount)| Ok(Line { day: day.parse()?, order: *order, amount: *amount })).collect()
}

#[test]
fn months_and_gaps_are_those_of_purchases() -> Result<(), NotADay> {
    let rows = lines(&[
        ("2023-12-31", 0, 5),
        ("2024-01-01", 1, 5),
        ("2024-01-31", 1, 0),
        ("2024-02-10", 1, -5),
        ("2024-03-01", 2, 5),
        ("2024-03-01", 3, 5),
        ("2025-03-01", 3, -5),
    ])?;
    assert_eq!(active_months(Lines::plain(&rows)), 3);
    assert_eq!(longest_gap(Lines::plain(&rows)), Some(30));
    assert_eq!(longest_gap(Lines::plain(&rows[4..])), None);
    assert_eq!((active_months(Lines::plain(&[])), longest_gap(Lines::plain(&[]))), (0, None));
    Ok(())
}

#[test]
fn growth_compares_the_days_before_the_as_of_date() -> Result<(), NotADay> {
    let as_of: Day = "2024-04-01".parse()?;
    let on = |back: i32, amount| Line { day: as_of + -back, order: 0, amount };
    for (rows, expected) in [
        // The as-of day itself is in neither; the ends of both are.
        (vec![on(181, 900), on(180, 100), on(91, 200), on(90, 200), on(1, 250), on(0, 900)], Some(5_000)),
        (vec![on(91, 300), on(90, 299)], Some(-33)),
        (vec![on(91, 300), on(90, 100)], Some(-6_667)),
        (vec![on(91, 800), on(90, 801)], Some(13)),
        (vec![on(91, 20_000), on(90, 20_001)], Some(1)),
        (vec![on(91, 20_000), on(90, 19_999)], Some(-1)),
        (vec![on(91, 20_001), on(90, 20_000)], Some(0)),
        (vec![on(91, 300)], Some(-10_000)),
        (vec![on(91, 300), on(5, -300)], Some(-20_000)),
        (vec![on(90, 300)], None),
        (vec![on(95, -1), on(90, 300)], None),
        (vec![on(95, 1), on(90, i64::MAX)], Some(MOST_CHANGE)),
        (vec![on(95, 1), on(90, -i64::MAX)], Some(-MOST_CHANGE)),
        (vec![on(95, 1), on(90, i64::MAX), on(90, i64::MAX)], Some(MOST_CHANGE)),
    ] {
        assert_eq!(growth(Lines::plain(&rows), as_of, GROWTH_DAYS), expected, "{rows:?}");
    }
    let rows = [on(730, 100), on(366, 100), on(365, 100), on(1, 150)];
    assert_eq!(year_on_year(Lines::plain(&rows), as_of), Some(2_500));
    assert_eq!(growth(Lines::plain(&rows), as_of, u32::MAX), None);
    assert_eq!(growth(Lines::plain(&rows), as_of, 0), None);
    Ok(())
}

#[test]
fn the_trend_compares_mean_orders() -> Result<(), NotADay> {
    let as_of: Day = "2024-04-01".parse()?;
    let on = |back: i32, order, amount| Line { day: as_of + -back, order, amount };
    for (rows, expected) in [
        // 100 an order before, 150 since: order 1 has two lines.
        (
            vec![on(900, 0, 100), on(366, 1, 60), on(366, 1, 40), on(365, 2, 200), on(1, 3, 100), on(0, 0, 999)],
            Some(5_000),
        ),
        // A return lowers the mean and is no order.
        (vec![on(900, 0, 100), on(300, 1, 100), on(200, 2, -50)], Some(-5_000)),
        // 100 over 3 orders against 100 an order.
        (vec![on(400, 0, 100), on(30, 1, 50), on(20, 2, 50), on(10, 3, 0)], Some(-6_667)),
        (vec![on(400, 0, 100), on(30, 0, 200)], Some(10_000)),
        (vec![on(400, 0, 100)], None),
        (vec![on(30, 0, 100)], None),
        (vec![on(400, 0, 0), on(30, 1, 100)], None),
        (vec![on(400, 0, -5), on(30, 1, 100)], None),
    ] {
        let mut scratch = Scratch { counts: vec![9; 20], ..Scratch::default() };
        assert_eq!(order_trend(Lines::plain(&rows), as_of, &mut scratch), expected, "{rows:?}");
    }
    Ok(())
}

#[test]
fn values_are_counted_by_purchases() {
    // Codes and amounts of lines, a day each; breadth, most frequent and last.
    for (rows, expected) in [
        (vec![(1, 5), (2, 5), (1, 5), (2, 5), (3, 5)], (3, 2, 3)),
        (vec![(2, 5), (1, 5)], (2, 1, 1)),
        (vec![(1, 5), (2, 5), (1, 5), (0, 5), (0, 5), (0, 5)], (2, 1, 1)),
        (vec![(1, 5), (2, 5), (2, -5), (2, -5), (1, 0)], (2, 1, 1)),
        (vec![(4, -5), (4, -5), (5, -5)], (0, 4, 5)),
        (vec![(0, 5)], (0, 0, 0)),
        (vec![], (0, 0, 0)),
    ] {
        let days = rows.iter().enumerate();
        let lines: Vec<Line> =
            days.map(|(day, (_, amount))| Line { day: Day(day as i32), order: 0, amount: *amount }).collect();
        let code = |attribute: usize, line: usize| if attribute == 3 { rows[line].0 } else { 9 };
        let (lines, mut scratch) = (Lines { lines: &lines, code: &code }, Scratch::default());
        let told = (breadth(lines, 3, &mut scratch), most_frequent(lines, 3, &mut scratch), last_value(lines, 3));
        assert_eq!(told, expected, "{rows:?}");
    }
}

proptest! {
    #[test]
    fn measures_are_those_of_a_plain_count(
        rows in prop::collection::vec((0..900i32, -20i64..60, 0..5u32), 0..40), days in 1u32..400,
    ) {
        let mut rows = rows;
        rows.sort_by_key(|row| row.0);
        let line = |(number, row): (usize, &(i32, i64, u32))| {
            Line { day: Day(19_000 + row.0), order: number as u32 / 2, amount: row.1 }
        };
        let lines: Vec<Line> = rows.iter().enumerate().map(line).collect();
        let code = |_: usize, line: usize| rows[line].2;
        let (view, mut scratch, as_of) = (Lines { lines: &lines, code: &code }, Scratch::default(), Day(19_800));
        let bought = || lines.iter().filter(|line| line.amount >= 0);
        let months = bought().map(|line| line.day.to_string()[..7].to_owned()).collect::<BTreeSet<_>>();
        prop_assert_eq!(active_months(view) as usize, months.len());
        let dates: Vec<Day> = bought().map(|line| line.day).collect();
        let gap = dates.windows(2).map(|pair| pair[1] - pair[0]).max().filter(|gap| *gap > 0);
        prop_assert_eq!(longest_gap(view), gap.map(i32::unsigned_abs));
        let sum = |from: i32, to: i32| {
            lines.iter().filter(|line| (from..to).contains(&line.day.0)).map(|line| line.amount).sum::<i64>()
        };
        let (end, days_back) = (as_of.0, days as i32);
        let (now, before) = (sum(end - days_back, end), sum(end - 2 * days_back, end - days_back));
        // Small sums are exact in floats, and no tie is near but at a half.
        let expected = (before > 0).then(|| ((now - before) as f64 * 10_000.0 / before as f64).round() as i64);
        prop_assert_eq!(growth(view, as_of, days), expected);
        let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (number, line) in lines.iter().enumerate().filter(|(_, line)| line.amount >= 0) {
            if code(0, number) != 0 && line.amount >= 0 {
                let count = counts.entry(code(0, number)).or_default();
                *count = (count.0 + 1, number);
            }
        }
        prop_assert_eq!(breadth(view, 0, &mut scratch) as usize, counts.len());
        if let Some((code, _)) = counts.iter().max_by_key(|(_, count)| **count) {
            prop_assert_eq!(most_frequent(view, 0, &mut scratch), *code);
        }
    }
}
