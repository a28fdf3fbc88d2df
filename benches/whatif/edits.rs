//! What edits cost: cuts moved with and without a profile, and the other edits that count anew.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::Criterion;
use tierscope::engine::analysis::{Analysis, Setting};
use tierscope::engine::migration::Migration;
use tierscope::model::customers::Axis;
use tierscope::model::cuts::{Closed, Method};
use tierscope::model::filter::Filter;
use tierscope::model::schemes::Catalogue;

use super::made::Dice;
use super::times::{Short, Times, timed};

/// Moves of a cut that the percentiles are of, an axis.
const MOVES: usize = 2_000;

/// Cuts moved at random.
pub(crate) struct Mover {
    pub(crate) analysis: Analysis,
    dice: Dice,
}

impl Mover {
    pub(crate) fn new(analysis: &Analysis, seed: u64) -> Self {
        Self { analysis: analysis.clone(), dice: Dice::new(seed) }
    }

    /// With the profile of an axis.
    pub(crate) fn profiled(analysis: &Analysis, axis: Axis) -> Self {
        let mut mover = Self::new(analysis, axis.index() as u64);
        profile(&mut mover.analysis, axis);
        mover
    }

    /// The setting with a random cut of an axis at the value of a random customer between the cut's neighbours.
    pub(crate) fn next(&mut self, axis: Axis) -> Setting {
        let (setting, population) = (self.analysis.setting(), self.analysis.population());
        let cuts = self.analysis.cuts(axis);
        loop {
            let number = self.dice.below(cuts.cuts().len());
            let rank = |number: usize| population.rank(axis, cuts.cuts()[number].bound());
            let low = number.checked_sub(1).map_or(0, rank);
            let high = if number + 1 < cuts.cuts().len() { rank(number + 1) } else { population.len() };
            let value = population.value_at(axis, low + self.dice.below((high - low).max(1)));
            let moved = cuts.moved(number, value);
            if moved.cuts()[number].bound() != cuts.cuts()[number].bound() {
                return setting.with_cuts(moved);
            }
        }
    }

    /// The setting with a random cut of an axis a smallest step away.
    fn near(&mut self, axis: Axis) -> Setting {
        let cuts = self.analysis.cuts(axis);
        let step = if axis == Axis::Monetary { 100 } else { 1 };
        loop {
            let number = self.dice.below(cuts.cuts().len());
            let step = if self.dice.below(2) == 0 { -step } else { step };
            let moved = cuts.moved(number, cuts.cuts()[number].whole() + step);
            if moved.cuts()[number].bound() != cuts.cuts()[number].bound() {
                return self.analysis.setting().with_cuts(moved);
            }
        }
    }

    /// Applies a setting; gives how long it took to the new sizes of all segments.
    pub(crate) fn apply(&mut self, setting: Setting) -> Duration {
        let (time, done) = timed(|| {
            let done = self.analysis.apply(setting);
            black_box(self.analysis.segments());
            done
        });
        assert!(done.is_ok(), "the bench's settings fit their schemes");
        time
    }

    fn moved(&mut self, axis: Axis) -> Duration {
        let setting = self.next(axis);
        self.apply(setting)
    }
}

/// Builds the profile of an axis; gives how long it took.
pub(crate) fn profile(analysis: &mut Analysis, axis: Axis) -> Duration {
    let Some(request) = analysis.profile_wanted(axis) else { return Duration::ZERO };
    let (time, built) = timed(|| request.build());
    analysis.adopt(Arc::new(built));
    time
}

/// An analysis that is compared with where it began, after a cut of each axis was moved.
pub(crate) fn compared(analysis: &Analysis) -> Analysis {
    let mut mover = Mover::new(analysis, 77);
    let baseline = Arc::new(mover.analysis.setting().clone());
    assert!(mover.analysis.compare(Some(baseline)).is_ok(), "the setting fits its own scheme");
    for axis in Axis::ALL {
        mover.moved(axis);
    }
    mover.analysis
}

/// Moved cuts with a profile.
pub(crate) fn with_profile(bench: &mut Criterion, analysis: &Analysis) {
    let compared = compared(analysis);
    let baselines = [(analysis, ""), (&compared, ", with a baseline")];
    let mut group = bench.benchmark_group("a cut moved anywhere, with the profile");
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(20);
    Times::head("a cut moved anywhere, with the profile");
    for (analysis, baseline) in baselines {
        for axis in Axis::ALL {
            let mut mover = Mover::profiled(analysis, axis);
            let name = format!("{}{baseline}", axis.name());
            Times::of(MOVES, || mover.moved(axis)).print(&name);
            group.bench_function(name, |bench| bench.iter_custom(|runs| (0..runs).map(|_| mover.moved(axis)).sum()));
        }
    }
    group.finish();
    Times::head("the from-to table, read off the grid");
    let table = || timed(|| black_box(Migration::of(&compared)).is_some()).0;
    Times::of(200, table).print("all segments by all segments");
    Times::head("building the profile, in another thread");
    for axis in Axis::ALL {
        Times::of(5, || profile(&mut analysis.clone(), axis)).print(axis.name());
    }
    Times::of(3, || profile(&mut compared.clone(), Axis::Recency)).print("recency, with a baseline");
}

/// Moved cuts without: the first edit after the focus has changed.
pub(crate) fn without_profile(analysis: &Analysis) {
    Times::head("a cut moved without a profile: the first edit of an axis");
    for axis in Axis::ALL {
        let mut mover = Mover::new(analysis, 5);
        let near = |mover: &mut Mover| {
            let setting = mover.near(axis);
            mover.apply(setting)
        };
        Times::of(20, || near(&mut mover)).print(&format!("{}, by the smallest step", axis.name()));
        Times::of(20, || mover.moved(axis)).print(&format!("{}, anywhere", axis.name()));
    }
}

/// Edits of another kind, each to the exact answer.
pub(crate) fn others(analysis: &Analysis) {
    Times::head("other edits, to the exact answer");
    let start = analysis.setting().clone();
    for (what, settings) in [
        ("another scheme", schemes(analysis)),
        ("another number of bins on every axis", bins(analysis)),
        ("a filter, or another one", filters(&start)),
    ] {
        let mut mover = Mover::new(analysis, 5);
        let mut times = Times::default();
        for setting in settings.iter().cycle().take(settings.len() * 3) {
            times.add(mover.apply(setting.clone()));
        }
        times.print(what);
    }
    let [low, .., high] = &*filters(&start) else { return };
    for (what, setting) in [("a filter that leaves half", low), ("a filter that leaves most", high)] {
        let mut mover = Mover::new(analysis, 5);
        let mut times = Times::default();
        for _ in 0..7 {
            times.add(mover.apply(setting.clone()));
            mover.apply(start.clone());
        }
        times.print(what);
    }
    let mut mover = Mover::new(analysis, 5);
    let mut times = Times::default();
    for _ in 0..7 {
        mover.apply(low.clone());
        times.add(mover.apply(start.clone()));
    }
    times.print("no filter any more");
}

fn schemes(analysis: &Analysis) -> Vec<Setting> {
    let (catalogue, start) = (Catalogue::built_in(), analysis.setting());
    let fitting = catalogue.fitting(start.bins());
    let found = fitting.into_iter().filter_map(|name| catalogue.find(name).ok());
    found.map(|scheme| Setting { scheme: Arc::new(scheme), ..start.clone() }).collect()
}

fn bins(analysis: &Analysis) -> Vec<Setting> {
    let catalogue = Catalogue::built_in();
    let of = |bins: usize| {
        let name = *catalogue.fitting([bins; 3]).first()?;
        let scheme = Arc::new(catalogue.find(name).ok()?);
        let mut setting = Setting { scheme, ..analysis.setting().clone() };
        for axis in Axis::ALL {
            setting = setting.with_cuts(analysis.population().cuts(axis, Method::Quantile, bins, Closed::Right).ok()?);
        }
        Some(setting)
    };
    [4, 5, 10, 3].into_iter().filter_map(of).collect()
}

/// Filters with one range each, of measures that are on an axis and that are not.
fn filters(start: &Setting) -> Vec<Setting> {
    let texts = [
        "monetary >= 50",
        "recency <= 365",
        "frequency.rows between 3 and 30",
        "monetary.largest-order <= 200",
        "frequency <= 40",
    ];
    let filters = texts.into_iter().filter_map(|text| text.parse::<Filter>().ok());
    filters.map(|filter| Setting { filter: Arc::new(filter), ..start.clone() }).collect()
}

/// What matters where customers are many: cuts moved, with the profile and without.
pub(crate) fn many(analysis: &Analysis) {
    Times::head("a cut moved anywhere");
    for axis in Axis::ALL {
        let mut mover = Mover::new(analysis, 5);
        Times::of(3, || mover.moved(axis)).print(&format!("{}, without a profile", axis.name()));
        let built = profile(&mut mover.analysis, axis);
        Times::of(MOVES, || mover.moved(axis)).print(&format!(
            "{}, with the profile built in {}",
            axis.name(),
            Short(built)
        ));
    }
}
