//! Customers seen from an as-of date with a choice of measures: the value of each on each axis.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::customers::{Axis, Customers};
use super::day::Day;
use super::measures::{Frequency, Measure, Measures, Monetary, Recency};
use super::money::{Money, Scale};
use super::packed::Packed;

/// Customers with their values on the axes; cheap to clone.
#[derive(Clone, Debug)]
pub struct Measured {
    customers: Arc<Customers>,
    as_of: Day,
    measures: Measures,
    axes: [Values; 3],
    derived: Arc<Derived>,
}

/// Columns that are made of others, each when it is first asked for.
#[derive(Debug, Default)]
struct Derived {
    own_gaps: OnceLock<Arc<Packed>>,
    mean_order: OnceLock<Arc<Packed>>,
}

/// The values of an axis: those of a column, or what is left of a number when they are taken away.
#[derive(Clone, Debug)]
struct Values {
    column: Arc<Packed>,
    from: Option<i64>,
}

impl Measured {
    /// The customers' values by some measures; no last order is later than the as-of date.
    #[must_use]
    pub fn new(customers: Arc<Customers>, as_of: Day, measures: Measures) -> Self {
        let derived = Arc::<Derived>::default();
        let axes = Axis::ALL.map(|axis| values(&customers, as_of, measures.of(axis), &derived));
        Self { customers, as_of, measures, axes, derived }
    }

    /// The same with another measure on its axis.
    #[must_use]
    pub fn with(&self, measure: Measure) -> Self {
        let mut other = self.clone();
        other.measures = self.measures.with(measure);
        other.axes[measure.axis().index()] = values(&self.customers, self.as_of, measure, &self.derived);
        other
    }

    /// The same with other measures on all axes.
    #[must_use]
    pub fn with_all(&self, measures: Measures) -> Self {
        Axis::ALL.into_iter().fold(self.clone(), |measured, axis| measured.with(measures.of(axis)))
    }

    /// The customers.
    #[must_use]
    pub const fn customers(&self) -> &Arc<Customers> {
        &self.customers
    }

    /// How many customers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.customers.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }

    /// The day recency is counted to.
    #[must_use]
    pub const fn as_of(&self) -> Day {
        self.as_of
    }

    /// What the axes measure.
    #[must_use]
    pub const fn measures(&self) -> Measures {
        self.measures
    }

    /// What an axis measures.
    #[must_use]
    pub const fn measure(&self, axis: Axis) -> Measure {
        self.measures.of(axis)
    }

    /// The decimals of an axis's values.
    #[must_use]
    pub fn scale(&self, axis: Axis) -> Scale {
        self.measure(axis).scale(self.customers.scale)
    }

    /// A customer's value on an axis in the smallest unit of its measure: days, a count, minor units.
    #[inline]
    #[must_use]
    pub fn value(&self, axis: Axis, customer: usize) -> i64 {
        let Values { column, from } = &self.axes[axis.index()];
        let value = column.get(customer);
        from.map_or(value, |from| from - value)
    }

    /// The column of an axis, and what its numbers are taken from to have the values; `None` where they are the values.
    #[must_use]
    pub fn column(&self, axis: Axis) -> (Arc<Packed>, Option<i64>) {
        let Values { column, from } = &self.axes[axis.index()];
        (Arc::clone(column), *from)
    }

    /// Writes the number of bounds below the value of each customer in a range: its bin from 0, for rising bounds.
    /// `codes` has the length of the range.
    pub fn bins_of(&self, axis: Axis, bounds: &[i64], range: Range<usize>, codes: &mut [u8]) {
        codes.fill(0);
        let Values { column, from } = &self.axes[axis.index()];
        for bound in bounds {
            match from {
                // from - value > bound, with the value on its own side.
                Some(from) => match from.checked_sub(*bound).and_then(|most| most.checked_sub(1)) {
                    Some(most) => column.add_up_to(range.clone(), most, codes),
                    None if *bound < 0 => codes.iter_mut().for_each(|code| *code += 1),
                    None => {}
                },
                None => column.add_above(range.clone(), *bound, codes),
            }
        }
    }

    /// Bytes that columns take which are made of others.
    #[must_use]
    pub fn bytes(&self) -> usize {
        [&self.derived.own_gaps, &self.derived.mean_order]
            .into_iter()
            .filter_map(OnceLock::get)
            .map(|column| column.bytes())
            .sum()
    }
}

fn values(customers: &Customers, as_of: Day, measure: Measure, derived: &Derived) -> Values {
    let column = |column: &Arc<Packed>| Values { column: Arc::clone(column), from: None };
    match measure {
        Measure::Recency(Recency::Days) => {
            Values { column: Arc::clone(&customers.last_order), from: Some(as_of.0.into()) }
        }
        Measure::Recency(Recency::OwnGap) => column(derived.own_gaps.get_or_init(|| {
            let usual = usual_gap(customers);
            derive(customers, |customer| {
                own_gaps(as_of - customers.last_order(customer), customers.gap.get(customer), usual)
            })
        })),
        Measure::Frequency(Frequency::Orders) => column(&customers.orders),
        Measure::Frequency(Frequency::Days) => column(&customers.days),
        Measure::Frequency(Frequency::Rows) => column(&customers.rows),
        Measure::Monetary(Monetary::Net) => column(&customers.net),
        Measure::Monetary(Monetary::Gross) => column(&customers.gross),
        Measure::Monetary(Monetary::LargestOrder) => column(&customers.largest_order),
        // A mean fits 64 bits: it is no larger than the sum, whose scale leaves room for cents.
        Measure::Monetary(Monetary::MeanOrder) => column(
            derived
                .mean_order
                .get_or_init(|| derive(customers, |customer| mean_order(customers, customer).minor as i64)),
        ),
    }
}

/// A column made of others.
fn derive(customers: &Customers, value: impl Fn(usize) -> i64 + Sync + Send) -> Arc<Packed> {
    let values: Vec<i64> = (0..customers.len()).into_par_iter().map(value).collect();
    Arc::new(Packed::new(&values))
}

/// A customer's net sum divided by the orders, to the cent or the data's finer unit, rounded half away from zero.
#[must_use]
pub fn mean_order(customers: &Customers, customer: usize) -> Money {
    Money::mean(customers.net.get(customer).into(), customers.orders.get(customer) as u64, customers.scale)
}

/// The gap of who has none of their own, in half days: the median of all that have one, rounded half up to the half
/// day; a day where nobody has one.
#[must_use]
pub fn usual_gap(customers: &Customers) -> i64 {
    let mut gaps: Vec<i64> = customers.gap.iter().filter(|gap| *gap > 0).collect();
    let Some(last) = gaps.len().checked_sub(1) else { return 2 };
    let mut ranked = |rank| *gaps.select_nth_unstable(rank).1;
    (ranked(last / 2) + ranked(last.div_ceil(2)) + 1) / 2
}

/// Days in hundredths of a gap given in half days, rounded half up; a gap of 0 is that of who has none.
fn own_gaps(days: i32, gap: i64, usual: i64) -> i64 {
    let gap = if gap > 0 { gap } else { usual };
    (i64::from(days) * 400 + gap) / (2 * gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::customers::Columns;

    /// Three customers seen from day 100: gaps of 10 days and of 15.5 days, and a single order.
    fn measured(measure: Measure) -> Measured {
        let mut columns = Columns { scale: Scale::CENTS, ..Columns::default() };
        for (id, last, orders, net, gap) in [("a", 85, 3, 1_000, 20), ("b", 99, 2, -55, 31), ("c", 50, 1, 1, 0)] {
            columns.ids.push(id);
            columns.first_order.push(Day(1));
            columns.last_order.push(Day(last));
            columns.orders.push(orders);
            columns.net.push(net);
            columns.gap.push(gap);
        }
        Measured::new(Arc::new(columns.pack()), Day(100), Measures::default()).with(measure)
    }

    fn values_of(measured: &Measured, axis: Axis) -> Vec<i64> {
        (0..measured.len()).map(|customer| measured.value(axis, customer)).collect()
    }

    #[test]
    fn recency_by_the_own_gap_counts_gaps_in_hundredths() {
        let measured = measured(Measure::Recency(Recency::OwnGap));
        // 15 / 10, 1 / 15.5, and 50 by the median of 10 and 15.5, which is 12.75 and counts as 13.
        assert_eq!(values_of(&measured, Axis::Recency), [150, 6, 385]);
    }

    #[test]
    fn a_mean_order_is_rounded_half_away_from_zero() {
        let measured = measured(Measure::Monetary(Monetary::MeanOrder));
        assert_eq!(values_of(&measured, Axis::Monetary), [333, -28, 1]);
    }

    #[test]
    fn bins_count_the_bounds_below_a_value_from_either_side() {
        let measured = measured(Measure::Recency(Recency::Days));
        for (axis, bounds) in [(Axis::Recency, [-1, 14, 15, 50]), (Axis::Monetary, [-56, -55, 0, 1_000])] {
            let mut codes = [9; 3];
            measured.bins_of(axis, &bounds, 0..3, &mut codes);
            let naive = |value: &i64| bounds.iter().filter(|bound| *bound < value).count() as u8;
            assert_eq!(codes.to_vec(), values_of(&measured, axis).iter().map(naive).collect::<Vec<_>>());
            measured.bins_of(axis, &[i64::MIN, i64::MAX], 0..3, &mut codes);
            assert_eq!(codes, [1; 3], "{axis:?}");
        }
    }
}
