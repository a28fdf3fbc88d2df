//! Columns of whole numbers in the fewest bytes that hold them: what keeps ten million customers small, and every pass over
//! them quick.

mod marks;
mod stored;

use rayon::prelude::*;
use std::ops::Range;

/// A column of whole numbers, each kept as its distance from the smallest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    base: i64,
    distances: Distances,
}

/// The distances, in one, two, four or eight bytes each.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Distances {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
    Eight(Vec<u64>),
}

/// Runs a body on the distances, whatever their width.
macro_rules! each_width {
    ($packed:expr, $distances:ident => $body:expr) => {
        match &$packed.distances {
            Distances::One($distances) => $body,
            Distances::Two($distances) => $body,
            Distances::Four($distances) => $body,
            Distances::Eight($distances) => $body,
        }
    };
}

impl Default for Packed {
    fn default() -> Self {
        Self { base: 0, distances: Distances::One(Vec::new()) }
    }
}

impl Packed {
    /// Packs values.
    #[must_use]
    pub fn new(values: &[i64]) -> Self {
        Self::from_fn(values.len(), |place| values[place])
    }

    /// Packs `count` values, each asked for twice.
    #[must_use]
    pub fn from_fn(count: usize, value: impl Fn(usize) -> i64) -> Self {
        let (mut low, mut high) = (i64::MAX, i64::MIN);
        for place in 0..count {
            let value = value(place);
            (low, high) = (low.min(value), high.max(value));
        }
        if count == 0 {
            return Self::default();
        }
        let distance = |place: usize| value(place).wrapping_sub(low) as u64;
        let places = 0..count;
        let distances = match high.wrapping_sub(low) as u64 {
            0..=0xff => Distances::One(places.map(|place| distance(place) as u8).collect()),
            0x100..=0xffff => Distances::Two(places.map(|place| distance(place) as u16).collect()),
            0x1_0000..=0xffff_ffff => Distances::Four(places.map(|place| distance(place) as u32).collect()),
            _ => Distances::Eight(places.map(distance).collect()),
        };
        Self { base: low, distances }
    }

    /// The same in parallel, for values that take a while each.
    #[must_use]
    pub fn par_from_fn(count: usize, value: impl Fn(usize) -> i64 + Sync) -> Self {
        let places = || (0..count).into_par_iter();
        let ends =
            places().map(&value).fold(|| (i64::MAX, i64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = ends.reduce(|| (i64::MAX, i64::MIN), |(a, b), (c, d)| (a.min(c), b.max(d)));
        if count == 0 {
            return Self::default();
        }
        let distance = |place: usize| value(place).wrapping_sub(low) as u64;
        let distances = match high.wrapping_sub(low) as u64 {
            0..=0xff => Distances::One(places().map(|place| distance(place) as u8).collect()),
            0x100..=0xffff => Distances::Two(places().map(|place| distance(place) as u16).collect()),
            0x1_0000..=0xffff_ffff => Distances::Four(places().map(|place| distance(place) as u32).collect()),
            _ => Distances::Eight(places().map(distance).collect()),
        };
        Self { base: low, distances }
    }

    /// The value at a place. Panics beyond the end, like a slice.
    #[inline]
    #[must_use]
    pub fn get(&self, place: usize) -> i64 {
        self.base.wrapping_add_unsigned(self.distance_at(place))
    }

    #[inline]
    fn distance_at(&self, place: usize) -> u64 {
        match &self.distances {
            Distances::One(distances) => distances[place].into(),
            Distances::Two(distances) => distances[place].into(),
            Distances::Four(distances) => distances[place].into(),
            Distances::Eight(distances) => distances[place],
        }
    }

    /// How many values.
    #[must_use]
    pub fn len(&self) -> usize {
        each_width!(self, distances => distances.len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All values in order.
    pub fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        (0..self.len()).map(|place| self.get(place))
    }

    /// Writes the values of a range of places; `values` has the length of the range. Quicker than asking for each: the
    /// width is looked at once.
    pub fn read(&self, range: Range<usize>, values: &mut [i64]) {
        each_width!(self, distances => read_from(&distances[range], self.base, values));
    }

    /// The smallest value; 0 without values.
    #[must_use]
    pub const fn low(&self) -> i64 {
        self.base
    }

    /// Bytes that one value takes.
    #[must_use]
    pub const fn width(&self) -> usize {
        match &self.distances {
            Distances::One(_) => 1,
            Distances::Two(_) => 2,
            Distances::Four(_) => 4,
            Distances::Eight(_) => 8,
        }
    }

    /// Bytes that the values take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        each_width!(self, distances => std::mem::size_of_val(distances.as_slice()))
    }

    /// Adds one to each code whose value, in a range of places, is above a bound. `codes` has the length of the range.
    pub fn add_above(&self, range: Range<usize>, bound: i64, codes: &mut [u8]) {
        match self.distance(bound) {
            Some(bound) => each_width!(self, distances => add_where(&distances[range], bound, true, codes)),
            // Below the smallest value everybody is above.
            None => codes.iter_mut().for_each(|code| *code += 1),
        }
    }

    /// Adds one to each code whose value, in a range of places, is at most a bound. `codes` has the length of the range.
    pub fn add_up_to(&self, range: Range<usize>, bound: i64, codes: &mut [u8]) {
        if let Some(bound) = self.distance(bound) {
            each_width!(self, distances => add_where(&distances[range], bound, false, codes));
        }
    }

    /// How far a value lies above the smallest; `None` below it.
    fn distance(&self, value: i64) -> Option<u64> {
        (value >= self.base).then(|| value.wrapping_sub(self.base) as u64)
    }
}

fn read_from<T: Copy + Into<u64>>(distances: &[T], base: i64, values: &mut [i64]) {
    for (value, distance) in values.iter_mut().zip(distances) {
        *value = base.wrapping_add_unsigned((*distance).into());
    }
}

/// Adds one to each code whose distance is above a bound, or is not: loops that the compiler turns into vector
/// instructions.
fn add_where<T: Copy + PartialOrd + TryFrom<u64>>(distances: &[T], bound: u64, above: bool, codes: &mut [u8]) {
    let Ok(bound) = T::try_from(bound) else {
        // Beyond what the width holds nobody is above.
        for code in codes {
            *code += u8::from(!above);
        }
        return;
    };
    let pairs = codes.iter_mut().zip(distances);
    if above {
        pairs.for_each(|(code, distance)| *code += u8::from(*distance > bound));
    } else {
        pairs.for_each(|(code, distance)| *code += u8::from(*distance <= bound));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = i64> {
        prop_oneof![4 => -3i64..300, 2 => -40_000i64..40_000, 1 => any::<i32>().prop_map(i64::from), 1 => any::<i64>()]
    }

    proptest! {
        #[test]
        fn values_come_back_and_compare_as_they_went_in(
            values in prop::collection::vec(value(), 0..200),
            bound in value(),
        ) {
            let packed = Packed::new(&values);
            prop_assert_eq!(&Packed::par_from_fn(values.len(), |place| values[place]), &packed);
            prop_assert_eq!(packed.iter().collect::<Vec<_>>(), values.clone());
            let (from, mut read) = (values.len() / 3, vec![0; values.len() - values.len() / 3]);
            packed.read(from..values.len(), &mut read);
            prop_assert_eq!(&read, &values[from..]);
            let mut codes = vec![0; values.len()];
            packed.add_above(0..values.len(), bound, &mut codes);
            let above: Vec<u8> = values.iter().map(|value| u8::from(*value > bound)).collect();
            prop_assert_eq!(&codes, &above);
            packed.add_up_to(0..values.len(), bound, &mut codes);
            prop_assert!(codes.iter().all(|code| *code == 1));
        }
    }

    #[test]
    fn a_column_takes_the_bytes_that_its_range_needs() {
        for (values, bytes) in [
            (vec![1_000, 1_255], 2),
            (vec![1_000, 1_256], 4),
            (vec![-70_000, 5], 8),
            (vec![i64::MIN, i64::MAX], 16),
            (vec![], 0),
        ] {
            assert_eq!(Packed::new(&values).bytes(), bytes, "{values:?}");
        }
    }
}
