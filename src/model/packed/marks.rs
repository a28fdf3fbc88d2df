//! Bits for the values of a column that are wanted: a word of 64 at a time, in loops that the compiler turns into vector
//! instructions.

use std::ops::Range;

use super::{Distances, Packed};

impl Packed {
    /// Writes a bit for each value of a range of places, set where the value lies between two ends that both belong to it.
    /// `words` has a word for each 64 places, the first of them in the lowest bit; what is left of the last word is 0.
    pub fn mark_within(&self, range: Range<usize>, low: i64, high: i64, words: &mut [u64]) {
        let Some((low, high)) = self.distance(high).map(|high| (self.distance(low).unwrap_or_default(), high)) else {
            return words.fill(0);
        };
        match &self.distances {
            Distances::One(distances) => within(&distances[range], low, high, words),
            Distances::Two(distances) => within(&distances[range], low, high, words),
            Distances::Four(distances) => within(&distances[range], low, high, words),
            Distances::Eight(distances) => within(&distances[range], low, high, words),
        }
    }

    /// Writes a bit for each value of a range of places, set where the value is wanted. `words` as for
    /// [`Packed::mark_within`].
    pub fn mark_where(&self, range: Range<usize>, wanted: impl Fn(i64) -> bool, words: &mut [u64]) {
        let wanted = |distance: u64| wanted(self.base.wrapping_add_unsigned(distance));
        match &self.distances {
            Distances::One(distances) => mark(&distances[range], words, |distance| wanted(distance.into())),
            Distances::Two(distances) => mark(&distances[range], words, |distance| wanted(distance.into())),
            Distances::Four(distances) => mark(&distances[range], words, |distance| wanted(distance.into())),
            Distances::Eight(distances) => mark(&distances[range], words, wanted),
        }
    }
}

fn within<T: Copy + PartialOrd + TryFrom<u64>>(distances: &[T], low: u64, high: u64, words: &mut [u64]) {
    // Beyond what the width holds nobody is.
    let Ok(low) = T::try_from(low) else { return words.fill(0) };
    match T::try_from(high) {
        Ok(high) => mark(distances, words, |distance| distance >= low && distance <= high),
        Err(_) => mark(distances, words, |distance| distance >= low),
    }
}

fn mark<T: Copy>(distances: &[T], words: &mut [u64], wanted: impl Fn(T) -> bool) {
    let (whole, rest) = distances.as_chunks::<64>();
    let (first, last) = words.split_at_mut(whole.len());
    for (word, distances) in first.iter_mut().zip(whole) {
        *word = bits(&distances.map(|distance| u8::from(wanted(distance))));
    }
    let mut flags = [0; 64];
    for (flag, distance) in flags.iter_mut().zip(rest) {
        *flag = u8::from(wanted(*distance));
    }
    last.fill(bits(&flags));
}

/// The word whose bits are flags of 0 or 1, the first one lowest.
fn bits(flags: &[u8; 64]) -> u64 {
    /// Moves the lowest bit of the byte number n to the bit 56 + n, and all else elsewhere without carries.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = flags.as_chunks::<8>();
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
    eights.iter().rev().fold(0, |word, eight| word << 8 | gathered(eight))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = i64> {
        prop_oneof![4 => -3i64..300, 2 => -40_000i64..40_000, 1 => any::<i32>().prop_map(i64::from), 1 => any::<i64>()]
    }

    /// The bits of flags, one by one.
    fn naive(flags: impl Iterator<Item = bool>) -> Vec<u64> {
        let flags: Vec<bool> = flags.collect();
        let word = |flags: &[bool]| (0..flags.len()).fold(0, |word, place| word | u64::from(flags[place]) << place);
        flags.chunks(64).map(word).collect()
    }

    proptest! {
        #[test]
        fn bits_are_set_where_a_value_is_wanted(
            values in prop::collection::vec(value(), 0..300),
            (low, high) in (value(), value()),
            start in 0usize..100,
        ) {
            let packed = Packed::new(&values);
            let range = start.min(values.len())..values.len();
            let mut words = vec![u64::MAX; range.len().div_ceil(64)];
            let seen = &values[range.clone()];
            packed.mark_within(range.clone(), low, high, &mut words);
            prop_assert_eq!(&words, &naive(seen.iter().map(|value| (low..=high).contains(value))));
            words.fill(u64::MAX);
            packed.mark_where(range, |value| value % 3 == 0, &mut words);
            prop_assert_eq!(&words, &naive(seen.iter().map(|value| value % 3 == 0)));
        }
    }

    #[test]
    fn the_ends_belong_to_a_range() {
        for values in [vec![5, 6, 7, 8], vec![5, 6, 7, 1_000], vec![5, 6, 7, 1 << 40], vec![5, 6, 7, i64::MAX]] {
            let packed = Packed::new(&values);
            for (low, high, expected) in [
                (6, 7, 0b0110),
                (7, 7, 0b0100),
                (i64::MIN, 5, 0b0001),
                (6, i64::MAX, 0b1110),
                (i64::MIN, 4, 0),
                (7, 6, 0),
                (i64::MAX, i64::MIN, 0),
            ] {
                let mut words = [u64::MAX];
                packed.mark_within(0..4, low, high, &mut words);
                assert_eq!(words, [expected], "{low}..={high} of {values:?}");
            }
        }
    }
}
