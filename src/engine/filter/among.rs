//! A set of whole numbers that is asked for millions of them.

/// The most bits of a table; sets that are spread farther are searched.
const TABLE: u64 = 1 << 22;

/// A set of whole numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Among {
    /// Rising, each once.
    values: Vec<i64>,
    /// A bit for each number from the first one on; empty where they are spread too far.
    table: Vec<u64>,
}

impl Among {
    /// The set of some numbers.
    #[must_use]
    pub fn new(mut values: Vec<i64>) -> Self {
        values.sort_unstable();
        values.dedup();
        let (Some(first), Some(last)) = (values.first().copied(), values.last().copied()) else {
            return Self::default();
        };
        let spread = last.abs_diff(first);
        if spread >= TABLE {
            return Self { values, table: Vec::new() };
        }
        let mut table = vec![0; spread as usize / 64 + 1];
        for value in &values {
            let place = value.abs_diff(first) as usize;
            table[place / 64] |= 1 << (place % 64);
        }
        Self { values, table }
    }

    /// The numbers, rising, each once.
    #[must_use]
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    /// Whether a number is one of them.
    #[inline]
    #[must_use]
    pub fn has(&self, value: i64) -> bool {
        if self.table.is_empty() {
            return self.values.binary_search(&value).is_ok();
        }
        // Below the first one the distance wraps to beyond the table.
        let place = value.wrapping_sub(self.values[0]) as u64;
        self.table.get((place / 64) as usize).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_set_has_what_was_put_in(
            values in prop::collection::vec(prop_oneof![-100i64..100, any::<i64>()], 0..20),
            few in prop::collection::vec(-100i64..100, 0..20),
            asked in prop_oneof![-110i64..110, any::<i64>()],
        ) {
            for values in [values, few] {
                let among = Among::new(values.clone());
                prop_assert_eq!(among.has(asked), values.contains(&asked));
                prop_assert!(values.iter().all(|value| among.has(*value)));
            }
        }
    }

    #[test]
    fn numbers_at_both_ends_are_kept_apart() {
        let among = Among::new(vec![i64::MAX, i64::MIN, 0]);
        assert!(among.has(i64::MIN) && among.has(i64::MAX) && among.has(0) && !among.has(1));
        let among = Among::new(vec![i64::MAX, i64::MAX - 2]);
        assert!(among.has(i64::MAX) && !among.has(i64::MAX - 1) && !among.has(i64::MIN) && !among.has(-1));
        assert_eq!(Among::new(vec![3, 1, 3]).values(), [1, 3]);
    }
}
