//! Sorting customers by a whole number: counted where the numbers are few, else by digits, or part by part where memory would
//! run short; several times faster than comparing at millions.

use rayon::prelude::*;

use crate::model::customers::CustomerIndex;

/// The positions `0..count` by rising key, equal keys by position.
#[must_use]
pub fn order_by_key(count: usize, key: impl Fn(usize) -> i64 + Sync) -> Vec<CustomerIndex> {
    let keys = || (0..count).into_par_iter().map(&key);
    let (Some(low), Some(high)) = (keys().min(), keys().max()) else { return Vec::new() };
    let span = high.abs_diff(low);
    if span < FEW {
        return counted(count, |position| key(position).abs_diff(low) as usize, span as usize + 1);
    }
    match u32::try_from(span) {
        Ok(span) if count <= MOST_PACKED => packed(count, |position| key(position).abs_diff(low) as u32, span),
        _ => bucketed(count, |position| key(position).abs_diff(low)),
    }
}

/// Up to so many are sorted the quickest way, which needs sixteen bytes each beside the result for as long as it lasts.
const MOST_PACKED: usize = if cfg!(test) { 200 } else { 40_000_000 };

/// Keys that differ by less than this are counted: days and orders nearly always.
const FEW: u64 = 1 << 16;

/// Sorts by keys below `keys`: counts them, and puts every position where its key's begin. It needs no room but the result.
fn counted(count: usize, key: impl Fn(usize) -> usize, keys: usize) -> Vec<CustomerIndex> {
    let mut starts = vec![0usize; keys];
    for position in 0..count {
        starts[key(position)] += 1;
    }
    into_starts(&mut starts);
    let mut order = vec![0; count];
    for position in 0..count {
        let place = &mut starts[key(position)];
        order[*place] = position as CustomerIndex;
        *place += 1;
    }
    order
}

/// Turns counts into where each one's begin.
fn into_starts(counts: &mut [usize]) {
    let mut start = 0;
    for count in counts {
        start += std::mem::replace(count, start);
    }
}

/// Bits of a digit: two tables of 2,048 counts stay in the fastest cache.
const DIGIT: u32 = 11;
const DIGITS: usize = 1 << DIGIT;

/// Sorts pairs of a key (high half) and a position (low half), least significant digit first, which keeps equal keys in
/// the order of their positions.
fn packed(count: usize, key: impl Fn(usize) -> u32 + Sync, span: u32) -> Vec<CustomerIndex> {
    let pair = |position: usize| u64::from(key(position)) << 32 | position as u64;
    let mut pairs: Vec<u64> = (0..count).into_par_iter().map(pair).collect();
    let mut sorted = vec![0; count];
    let digits = (32 - span.leading_zeros()).div_ceil(DIGIT);
    for digit in 0..digits {
        pass(&pairs, &mut sorted, 32 + digit * DIGIT);
        std::mem::swap(&mut pairs, &mut sorted);
    }
    pairs.into_par_iter().map(|pair| pair as CustomerIndex).collect()
}

/// Moves the pairs into the order of one digit.
fn pass(pairs: &[u64], sorted: &mut [u64], shift: u32) {
    let digit = |pair: u64| (pair >> shift) as usize & (DIGITS - 1);
    let mut starts = [0usize; DIGITS];
    for pair in pairs {
        starts[digit(*pair)] += 1;
    }
    into_starts(&mut starts);
    for pair in pairs {
        let place = &mut starts[digit(*pair)];
        sorted[*place] = *pair;
        *place += 1;
    }
}

/// Sorts by any keys: counts them by size, puts every position where its bucket begins, and sorts each bucket by itself. Beyond
/// the result it needs room for few buckets only.
fn bucketed(count: usize, key: impl Fn(usize) -> u64 + Sync) -> Vec<CustomerIndex> {
    let mut starts = vec![0usize; bucket(u64::MAX) + 1];
    for position in 0..count {
        starts[bucket(key(position))] += 1;
    }
    let sizes = starts.clone();
    into_starts(&mut starts);
    let mut order = vec![0; count];
    for position in 0..count {
        let place = &mut starts[bucket(key(position))];
        order[*place] = position as CustomerIndex;
        *place += 1;
    }
    let mut rest = order.as_mut_slice();
    let mut buckets = Vec::new();
    for (number, size) in sizes.into_iter().enumerate() {
        let (bucket, after) = rest.split_at_mut(size);
        rest = after;
        // The first buckets are of one key each; their positions are in order.
        if number >= 2 * STEPS && size > 1 {
            buckets.push((number, bucket));
        }
    }
    buckets.into_par_iter().for_each(|(number, bucket)| sort_bucket(bucket, number, &key));
    order
}

/// Buckets for each doubling of the key.
const STEPS: usize = 1 << 6;

/// The bucket of a key: larger keys have larger or equal ones, and each is about a sixty-fourth wide of what its keys are.
#[inline]
fn bucket(key: u64) -> usize {
    if key < STEPS as u64 {
        return key as usize;
    }
    let doublings = (key.ilog2() - STEPS.ilog2()) as usize;
    doublings * STEPS + (key >> doublings) as usize
}

/// Sorts the positions of a bucket by their keys, equal keys by position.
fn sort_bucket(bucket: &mut [CustomerIndex], number: usize, key: &(impl Fn(usize) -> u64 + Sync)) {
    /// From here on other threads may help.
    const MANY: usize = 1 << 17;
    let doublings = number / STEPS - 1;
    if doublings > 32 {
        bucket.sort_unstable_by_key(|position| (key(*position as usize), *position));
        return;
    }
    // What tells the keys of one bucket apart are their low bits.
    let low = |position: u32| key(position as usize) & ((1 << doublings) - 1);
    let mut pairs: Vec<u64> = bucket.iter().map(|position| low(*position) << 32 | u64::from(*position)).collect();
    if pairs.len() < MANY {
        pairs.sort_unstable();
    } else {
        pairs.par_sort_unstable();
    }
    for (position, pair) in bucket.iter_mut().zip(pairs) {
        *position = pair as CustomerIndex;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_a_stable_sort_does(
            keys in prop::collection::vec(prop_oneof![-3i64..3, any::<i32>().prop_map(i64::from), any::<i64>()], 0..300)
        ) {
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by_key(|position| keys[*position as usize]);
            prop_assert_eq!(order_by_key(keys.len(), |position| keys[position]), expected);
        }
    }

    #[test]
    fn keys_of_several_digits_sort_by_all_of_them() {
        let keys: Vec<i64> = (0..50_000).map(|number| number * 7_919 % 4_294_967_291).collect();
        let order = order_by_key(keys.len(), |position| keys[position]);
        assert!(order.windows(2).all(|pair| keys[pair[0] as usize] <= keys[pair[1] as usize]));
        let wide: Vec<i64> = (0..5_000).map(|number| (number * 7_919 % 4_999) << 19).collect();
        let order = order_by_key(wide.len(), |position| wide[position]);
        assert!(order.windows(2).all(|pair| wide[pair[0] as usize] <= wide[pair[1] as usize]));
    }
}
