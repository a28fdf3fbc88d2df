//! Cuts: the boundary values of an axis, how they come to be, and the scores that follow from them.
//!
//! A score counts the cuts strictly below a value, so equal values always get equal scores, ties or not.

use std::ops::RangeInclusive;

use serde::Deserialize;
use thiserror::Error;

use super::bin_range::BinRange;
use super::customers::Axis;
use super::money::{Decimal, Scale};
use crate::lang::text;
use crate::tr;

/// How many bins an axis may have.
pub const BINS: RangeInclusive<usize> = 2..=10;

/// How the cuts of an axis come to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Bins of equal count: the j-th of k cuts is the value at rank ceil(n j / k), the inverse of the empirical
    /// distribution, so that a cut is a value that occurs.
    Quantile,
    /// The rule of the R package rfm: type-7 quantiles (Hyndman & Fan 1996) plus one unit, left-closed bins.
    RCompat,
    /// Two bins, cut at the mean.
    Mean,
    /// Typed or edited values; they do not follow the data.
    Fixed,
}

impl Method {
    /// The name in options and files; people read [`Method::title`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quantile => "quantile",
            Self::RCompat => "r-compat",
            Self::Mean => "mean",
            Self::Fixed => "fixed",
        }
    }

    /// The name as people read it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Quantile => tr!("method" | "quantile"),
            Self::RCompat => tr!("method" | "r-compat"),
            Self::Mean => tr!("method" | "mean"),
            Self::Fixed => tr!("method" | "fixed"),
        }
    }
}

/// Which bin a value equal to a cut belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Closed {
    /// The bin below: a recency cut of 30 means "30 days or fewer".
    #[default]
    Right,
    /// The bin above: a monetary cut of 100 means "100 or more".
    Left,
}

impl Closed {
    /// The name in options and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Left => "left",
        }
    }
}

/// An exact fraction in the axis's smallest unit (days, counts, minor units).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// Numerator.
    pub numerator: i128,
    /// Denominator, above zero.
    pub denominator: u64,
}

impl Ratio {
    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self { numerator: value.into(), denominator: 1 }
    }

    fn floor(self) -> i64 {
        clamp(self.numerator.div_euclid(self.denominator.into()))
    }

    fn ceil(self) -> i64 {
        clamp(-(-self.numerator).div_euclid(self.denominator.into()))
    }

    /// As a decimal with the unit at `scale`, exact up to four digits more and rounded beyond.
    fn decimal(self, scale: Scale) -> Decimal {
        const MORE: u32 = 4;
        if self.numerator % i128::from(self.denominator) == 0 {
            return Decimal { mantissa: self.numerator / i128::from(self.denominator), decimals: scale.decimals() };
        }
        let scaled = self.numerator * 10i128.pow(MORE);
        let half = i128::from(self.denominator) / 2;
        let mantissa = (scaled + half).div_euclid(self.denominator.into());
        Decimal { mantissa, decimals: scale.decimals() + MORE as u8 }.significant()
    }
}

fn clamp(value: i128) -> i64 {
    value.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

/// One boundary value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The value as it is typed and shown.
    at: Ratio,
    /// The largest whole value that still belongs to the bin below.
    bound: i64,
}

impl Cut {
    /// A cut at an exact value under a convention.
    #[must_use]
    pub fn new(at: Ratio, closed: Closed) -> Self {
        let bound = match closed {
            Closed::Right => at.floor(),
            Closed::Left => at.ceil().saturating_sub(1),
        };
        Self { at, bound }
    }

    /// The largest value (days, count, minor units) in the bin below the cut.
    #[must_use]
    pub const fn bound(self) -> i64 {
        self.bound
    }

    /// The cut as written, with the decimals of what its axis measures: `30`, `297.4`, `99.50`.
    #[must_use]
    pub fn text(self, scale: Scale) -> String {
        self.decimal(scale).to_string()
    }

    /// The number that [`Cut::text`] writes: exact where it is a whole value, else with up to four digits more.
    #[must_use]
    pub fn decimal(self, scale: Scale) -> Decimal {
        self.at.decimal(scale)
    }

    /// The whole value nearest below the cut as written.
    #[must_use]
    pub fn whole(self) -> i64 {
        self.at.floor()
    }

    /// Whether the cut as written is a whole value.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.at.floor() == self.at.ceil()
    }
}

/// Cuts that cannot be.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CutsError {
    /// Too few or too many.
    #[error("{}", tr!("{axis} has {bins} bins; it can have 2 to 10, that is 1 to 9 cuts", axis = text(axis), bins))]
    Bins {
        /// The axis they are for.
        axis: &'static str,
        /// The bins they would make.
        bins: usize,
    },
    /// Not in order.
    #[error("{}", tr!("the {axis} cuts must rise from left to right, each larger than the one before", axis = text(_0)))]
    Order(&'static str),
    /// The mean makes two bins.
    #[error("{}", tr!(
        "method mean cuts {axis} once, into 2 bins, not {bins}; leave --bins out, or use --method quantile",
        axis = text(axis), bins
    ))]
    Mean {
        /// The axis.
        axis: &'static str,
        /// The bins that were asked for.
        bins: usize,
    },
}

/// The cuts of one axis: k - 1 of them for k bins, never falling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cuts {
    axis: Axis,
    method: Method,
    closed: Closed,
    list: Vec<Cut>,
}

impl Cuts {
    /// Typed cuts, in the axis's smallest unit.
    ///
    /// # Errors
    /// [`CutsError`] when they do not rise or make fewer than 2 or more than 10 bins.
    pub fn fixed(axis: Axis, closed: Closed, values: &[i64]) -> Result<Self, CutsError> {
        check_bins(axis, values.len() + 1)?;
        if !values.is_sorted_by(|a, b| a < b) {
            return Err(CutsError::Order(axis.name()));
        }
        let list = values.iter().map(|value| Cut::new(Ratio::whole(*value), closed)).collect();
        Ok(Self { axis, method: Method::Fixed, closed, list })
    }

    /// Equal-count bins over values in ascending order, given by rank (from 0) and their number.
    ///
    /// # Errors
    /// [`CutsError::Bins`] outside 2 to 10 bins.
    pub fn quantile(
        axis: Axis,
        closed: Closed,
        bins: usize,
        count: usize,
        value_at: impl Fn(usize) -> i64,
    ) -> Result<Self, CutsError> {
        check_bins(axis, bins)?;
        let at = |j: usize| Ratio::whole(if count == 0 { 0 } else { value_at((count * j).div_ceil(bins) - 1) });
        let list = (1..bins).map(|j| Cut::new(at(j), closed)).collect();
        Ok(Self { axis, method: Method::Quantile, closed, list })
    }

    /// The R package rfm's cuts: type-7 quantiles plus one unit (one day, one order, `unit` minor units), left-closed.
    ///
    /// # Errors
    /// [`CutsError::Bins`] outside 2 to 10 bins.
    pub fn r_compat(
        axis: Axis,
        unit: i64,
        bins: usize,
        count: usize,
        value_at: impl Fn(usize) -> i64,
    ) -> Result<Self, CutsError> {
        check_bins(axis, bins)?;
        let at = |j: usize| {
            // Type 7: position (n - 1) j / k among ranks from 0, linear between neighbours.
            let position = count.saturating_sub(1) * j;
            let (rank, part) = (position / bins, position % bins);
            let low = if count == 0 { 0 } else { i128::from(value_at(rank)) };
            let high = if part == 0 { low } else { i128::from(value_at(rank + 1)) };
            let numerator = (low + i128::from(unit)) * bins as i128 + (high - low) * part as i128;
            Ratio { numerator, denominator: bins as u64 }
        };
        let list = (1..bins).map(|j| Cut::new(at(j), Closed::Left)).collect();
        Ok(Self { axis, method: Method::RCompat, closed: Closed::Left, list })
    }

    /// Two bins cut at the mean of `count` values with this sum.
    #[must_use]
    pub fn mean(axis: Axis, closed: Closed, sum: i128, count: usize) -> Self {
        let mean = Ratio { numerator: sum, denominator: count.max(1) as u64 };
        Self { axis, method: Method::Mean, closed, list: vec![Cut::new(mean, closed)] }
    }

    /// The axis they cut.
    #[must_use]
    pub const fn axis(&self) -> Axis {
        self.axis
    }

    /// How they came to be.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// Where a value equal to a cut belongs.
    #[must_use]
    pub const fn closed(&self) -> Closed {
        self.closed
    }

    /// Number of bins, 2 to 10.
    #[must_use]
    pub fn bins(&self) -> usize {
        self.list.len() + 1
    }

    /// The cuts, ascending; coinciding ones enclose an empty bin.
    #[must_use]
    pub fn cuts(&self) -> &[Cut] {
        &self.list
    }

    /// The bin of a value, from 0 for the smallest values.
    #[inline]
    #[must_use]
    pub fn bin(&self, value: i64) -> usize {
        self.list.iter().filter(|cut| cut.bound < value).count()
    }

    /// The score of a bin: 1 to k, k best.
    #[inline]
    #[must_use]
    pub fn score_of_bin(&self, bin: usize) -> u8 {
        let score = if self.axis.small_is_best() { self.bins() - bin } else { bin + 1 };
        score as u8
    }

    /// The bin of a score: the inverse of [`Cuts::score_of_bin`].
    #[must_use]
    pub fn bin_of_score(&self, score: u8) -> usize {
        let score = usize::from(score).clamp(1, self.bins());
        if self.axis.small_is_best() { self.bins() - score } else { score - 1 }
    }

    /// The score of a value: 1 to k, k best.
    #[inline]
    #[must_use]
    pub fn score(&self, value: i64) -> u8 {
        self.score_of_bin(self.bin(value))
    }

    /// The same cuts with one moved to a value as typed. It stops at its neighbours, so that the order of bins holds;
    /// the axis becomes `fixed`.
    #[must_use]
    pub fn moved(&self, position: usize, value: i64) -> Self {
        let mut moved = self.clone();
        // A fraction below is passed over to the next whole value, or the cut would slip under it.
        let low = position.checked_sub(1).map_or(i64::MIN, |below| self.list[below].at.ceil());
        let high = self.list.get(position + 1).map_or(i64::MAX, |above| above.whole());
        if let Some(cut) = moved.list.get_mut(position) {
            *cut = Cut::new(Ratio::whole(value.clamp(low, high.max(low))), self.closed);
        }
        moved.method = Method::Fixed;
        moved
    }

    /// The whole value that a cut is typed as so that it has a bound.
    #[must_use]
    pub fn typed_for(&self, bound: i64) -> i64 {
        bound.saturating_add(i64::from(self.closed == Closed::Left))
    }

    /// The same cuts, fixed, with one more that is typed as a value; all others divide as they did.
    ///
    /// # Errors
    /// [`CutsError::Bins`] where there are ten bins already.
    pub fn with_cut(&self, value: i64) -> Result<Self, CutsError> {
        check_bins(self.axis, self.bins() + 1)?;
        let cut = Cut::new(Ratio::whole(value), self.closed);
        let mut more = self.frozen();
        let place = more.list.partition_point(|known| known.bound <= cut.bound);
        more.list.insert(place, cut);
        Ok(more)
    }

    /// The same cuts, fixed, without one of them, by its number.
    ///
    /// # Errors
    /// [`CutsError::Bins`] where there are two bins only.
    pub fn without_cut(&self, position: usize) -> Result<Self, CutsError> {
        check_bins(self.axis, self.bins() - 1)?;
        let mut fewer = self.frozen();
        if position < fewer.list.len() {
            fewer.list.remove(position);
        }
        Ok(fewer)
    }

    /// The same cuts at whole values, which divide as they did and no longer follow the data.
    fn frozen(&self) -> Self {
        let whole = |cut: &Cut| Cut::new(Ratio::whole(self.typed_for(cut.bound)), self.closed);
        Self { method: Method::Fixed, list: self.list.iter().map(whole).collect(), ..self.clone() }
    }

    /// Whether neighbouring cuts coincide at or after a position, so that the bin between them is empty by necessity.
    #[must_use]
    pub fn collapsed(&self, bin: usize) -> bool {
        bin > 0 && bin < self.list.len() && self.list[bin - 1].bound == self.list[bin].bound
    }

    /// A bin's range, with the decimals of what the axis measures: `≤ 30`, `31 – 90`, `≥ 91`.
    #[must_use]
    pub fn range_text(&self, bin: usize, scale: Scale) -> BinRange {
        let low = bin.checked_sub(1).map(|below| self.list[below].bound.saturating_add(1));
        BinRange::new(self.axis, scale, low, self.list.get(bin).map(|cut| cut.bound))
    }
}

fn check_bins(axis: Axis, bins: usize) -> Result<(), CutsError> {
    if BINS.contains(&bins) { Ok(()) } else { Err(CutsError::Bins { axis: axis.name(), bins }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CENTS: Scale = Scale::CENTS;

    fn quantile(values: &[i64], bins: usize) -> Result<Cuts, CutsError> {
        Cuts::quantile(Axis::Frequency, Closed::Right, bins, values.len(), |rank| values[rank])
    }

    #[test]
    fn a_recency_cut_of_30_means_30_days_or_fewer() -> Result<(), CutsError> {
        let cuts = Cuts::fixed(Axis::Recency, Closed::Right, &[30, 90])?;
        assert_eq!([0, 30, 31, 90, 91].map(|days| cuts.score(days)), [3, 3, 2, 2, 1]);
        Ok(())
    }

    #[test]
    fn a_left_closed_cut_counts_the_boundary_upwards() -> Result<(), CutsError> {
        let cuts = Cuts::fixed(Axis::Monetary, Closed::Left, &[10_000_000])?;
        assert_eq!([9_999_999, 10_000_000].map(|cents| cuts.score(cents)), [1, 2]);
        Ok(())
    }

    #[test]
    fn quantiles_are_values_that_occur_at_the_rank_of_their_share() -> Result<(), CutsError> {
        let cuts = quantile(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5)?;
        assert_eq!(cuts.cuts().iter().map(|cut| cut.bound()).collect::<Vec<_>>(), [2, 4, 6, 8]);
        let uneven = quantile(&[10, 20, 30, 40, 50, 60, 70], 3)?;
        assert_eq!(uneven.cuts().iter().map(|cut| cut.bound()).collect::<Vec<_>>(), [30, 50]);
        Ok(())
    }

    #[test]
    fn ties_share_a_score_and_leave_a_bin_empty() -> Result<(), CutsError> {
        let cuts = quantile(&[1, 1, 1, 1, 1, 1, 1, 2, 3, 9], 5)?;
        assert_eq!([1, 2, 3, 9].map(|orders| cuts.score(orders)), [1, 4, 5, 5]);
        assert!(cuts.collapsed(1) && cuts.collapsed(2) && !cuts.collapsed(3));
        Ok(())
    }

    #[test]
    fn the_r_rule_interpolates_and_adds_one_unit() -> Result<(), CutsError> {
        // quantile(c(1, 2, 3, 4, 10), 0.3, type = 7) is 2.2.
        let values = [1, 2, 3, 4, 10];
        let cuts = Cuts::r_compat(Axis::Recency, 1, 10, values.len(), |rank| values[rank])?;
        assert_eq!(cuts.cuts()[2].text(Scale::UNITS), "3.2");
        assert_eq!((cuts.bin(3), cuts.bin(4)), (2, 5));
        Ok(())
    }

    #[test]
    fn the_mean_keeps_its_fraction() {
        let cuts = Cuts::mean(Axis::Frequency, Closed::Right, 127, 100);
        assert_eq!(cuts.cuts()[0].text(Scale::UNITS), "1.27");
        assert_eq!((cuts.score(1), cuts.score(2)), (1, 2));
        let even = Cuts::mean(Axis::Frequency, Closed::Left, 4, 2);
        assert_eq!((even.score(1), even.score(2)), (1, 2));
    }

    #[test]
    fn a_moved_cut_stops_at_its_neighbours_and_is_fixed() -> Result<(), CutsError> {
        let cuts = Cuts::fixed(Axis::Recency, Closed::Right, &[30, 60, 90])?.moved(1, 500);
        assert_eq!(cuts.cuts()[1].bound(), 90);
        assert_eq!(cuts.method(), Method::Fixed);
        Ok(())
    }

    #[test]
    fn a_cut_more_or_less_leaves_the_others_where_they_divide() -> Result<(), CutsError> {
        let values = [1, 2, 3, 4, 10, 17, 40, 41];
        // Left-closed, and most of them fractions.
        let cuts = Cuts::r_compat(Axis::Frequency, 1, 5, values.len(), |rank| values[rank])?;
        let bounds = |cuts: &Cuts| cuts.cuts().iter().map(|cut| cut.bound()).collect::<Vec<_>>();
        let more = cuts.with_cut(30)?;
        let mut expected = bounds(&cuts);
        expected.push(29);
        expected.sort_unstable();
        assert_eq!(bounds(&more), expected);
        let place = more.cuts().iter().position(|cut| cut.bound() == 29).unwrap_or_default();
        assert_eq!(bounds(&more.without_cut(place)?), bounds(&cuts));
        for bound in [-1, 0, 7] {
            assert_eq!(Cut::new(Ratio::whole(cuts.typed_for(bound)), Closed::Left).bound(), bound);
        }
        assert!(Cuts::fixed(Axis::Recency, Closed::Right, &[5])?.without_cut(0).is_err());
        Ok(())
    }

    #[test]
    fn a_cut_never_slips_under_a_fraction_beside_it() -> Result<(), CutsError> {
        let values = [1, 2, 3, 4, 10, 17, 40, 41];
        let cuts = Cuts::r_compat(Axis::Recency, 1, 5, values.len(), |rank| values[rank])?;
        for position in 0..4 {
            for value in -5..60 {
                let bounds: Vec<_> = cuts.moved(position, value).cuts().iter().map(|cut| cut.bound()).collect();
                assert!(bounds.is_sorted(), "{position} to {value}: {bounds:?}");
            }
        }
        Ok(())
    }

    #[test]
    fn ranges_name_both_their_ends() -> Result<(), CutsError> {
        let cuts = Cuts::fixed(Axis::Monetary, Closed::Right, &[1_000, 2_550])?;
        let texts: Vec<_> = (0..3).map(|bin| cuts.range_text(bin, CENTS).to_string()).collect();
        assert_eq!(texts, ["≤ 10.00", "10.01 – 25.50", "≥ 25.51"]);
        let short: Vec<_> = (0..3).map(|bin| format!("{:#}", cuts.range_text(bin, CENTS))).collect();
        assert_eq!(short, ["≤10.00", "≥10.01", "≥25.51"]);
        let days = Cuts::fixed(Axis::Recency, Closed::Right, &[30, 1_090])?;
        let short: Vec<_> = (0..3).map(|bin| format!("{:#}", days.range_text(bin, Scale::UNITS))).collect();
        assert_eq!(short, ["≤30", "≤1,090", "≥1,091"]);
        let days = Cuts::fixed(Axis::Recency, Closed::Right, &[30, 184, 185])?;
        let short: Vec<_> = (0..4).map(|bin| format!("{:#}", days.range_text(bin, Scale::UNITS))).collect();
        assert_eq!(short, ["≤30", "31–184", "185", "≥186"]);
        Ok(())
    }

    #[test]
    fn cuts_out_of_order_or_number_are_refused() {
        assert_eq!(Cuts::fixed(Axis::Recency, Closed::Right, &[9, 9]), Err(CutsError::Order("recency")));
        assert!(Cuts::fixed(Axis::Recency, Closed::Right, &[]).is_err());
        assert!(quantile(&[1, 2], 11).is_err());
    }
}
