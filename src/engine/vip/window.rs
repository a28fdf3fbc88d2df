//! Windows that move over a customer's lines, and the greatest value that any of them has.

use std::ops::Range;

use crate::engine::lines::Line;
use crate::model::calendar::Span;
use crate::model::day::Day;
use crate::model::vip::Window;

/// What is summed or counted in a window as lines enter and leave it at its ends. All lines of a day enter together, in
/// order, and leave together, in order.
pub(super) trait Tally {
    /// A line, by number, is in the window from now on.
    fn enter(&mut self, line: usize);
    /// A line is no longer in the window.
    fn leave(&mut self, line: usize);
    /// What the window has.
    fn total(&self) -> i128;
}

/// The last day of the earliest window that has the most, and what it has; with `enough`, the first window that has so much,
/// where there is one. `None` without a line.
pub(super) fn best(
    window: Window,
    as_of: Day,
    lines: &[Line],
    enough: Option<i64>,
    tally: &mut impl Tally,
) -> Option<(Day, i128)> {
    let mut best: Option<(Day, i128)> = None;
    let mut held: Option<Range<usize>> = None;
    each(window, as_of, lines, |range, end| {
        let was = held.replace(range.clone()).unwrap_or(range.start..range.start);
        (was.end..range.end).for_each(|line| tally.enter(line));
        (was.start..range.start).for_each(|line| tally.leave(line));
        let total = tally.total();
        if best.is_none_or(|(_, most)| total > most) {
            best = Some((end, total));
        }
        enough.is_some_and(|enough| total >= i128::from(enough))
    });
    best
}

/// First and last day of the window that ends on a day.
pub(super) fn days(window: Window, as_of: Day, lines: &[Line], end: Day) -> (Day, Day) {
    match window {
        Window::Ever => (lines.first().map_or(end, |line| line.day), end),
        Window::Any(span) | Window::Last(span) => (span.first_within(end), end),
        Window::AnyPeriod(period) => period.around(end),
        Window::This(period) => period.around(as_of),
    }
}

/// Shows the windows to try, in time, until one is said to be enough: the lines in it and its last day. Neither end of the
/// lines ever goes back.
fn each(window: Window, as_of: Day, lines: &[Line], mut is_enough: impl FnMut(Range<usize>, Day) -> bool) {
    let Some(last) = lines.last().map(|line| line.day) else { return };
    let within = |from: Day, to: Day| {
        lines.partition_point(|line| line.day < from)..lines.partition_point(|line| line.day <= to)
    };
    match window {
        Window::Ever => {
            is_enough(0..lines.len(), last);
        }
        Window::Last(span) => {
            let end = as_of + -1;
            is_enough(within(span.first_within(end), end), end);
        }
        Window::This(period) => {
            let (from, to) = period.around(as_of);
            is_enough(within(from, to), to);
        }
        Window::AnyPeriod(period) => {
            let mut start = 0;
            while let Some(line) = lines.get(start) {
                let (_, to) = period.around(line.day);
                let end = start + lines[start..].iter().take_while(|line| line.day <= to).count();
                if is_enough(start..end, to) {
                    return;
                }
                start = end;
            }
        }
        Window::Any(span) => sliding(span, lines, is_enough),
    }
}

/// The windows of a length that may have the most.
///
/// As the last day of a window goes forward, what it holds changes only on two kinds of days: on the day of a line, which
/// enters, and on the day since which the span has passed for a line, which leaves. Between them it holds the same, so the
/// windows that end on such days hold all that any window holds, but for the empty ones, which no bound is met by. Lines'
/// own days alone would not do: with a return of 100, and 200 paid nine days later, the best 20 days have 200 and
/// begin on the day after the return, so they end when it leaves and no line enters. Counts never grow as lines leave, and
/// for them the days of the lines would be enough.
fn sliding(span: Span, lines: &[Line], mut is_enough: impl FnMut(Range<usize>, Day) -> bool) {
    let (mut from, mut to) = (0, 0);
    // When the first line of the window leaves. It is there by then: no span passes on the day it is counted from.
    let mut leaves = lines.first().map(|line| span.after(line.day));
    while let Some(gone) = leaves {
        let end = lines.get(to).map_or(gone, |line| line.day.min(gone));
        while lines.get(to).is_some_and(|line| line.day <= end) {
            to += 1;
        }
        if gone <= end {
            // With a line, the others of its day leave; those of other days may, since months differ in length.
            while lines.get(from).is_some_and(|line| span.after(line.day) <= end) {
                from += 1;
            }
            leaves = lines.get(from).map(|line| span.after(line.day));
        }
        if from < to && is_enough(from..to, end) {
            return;
        }
    }
}
