//! Draws that come out the same on every machine: whole numbers only.

/// `SplitMix64` (Steele, Lea and Flood, 2014).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 random bits.
    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`. The upper half of the product scales without the bias of a remainder worth
    /// naming: it is below `end` / 2^64.
    pub(super) const fn below(&mut self, end: u64) -> u64 {
        ((self.next() as u128 * end as u128) >> 64) as u64
    }

    /// A number of a range, both ends included.
    pub(super) fn within(&mut self, (from, to): (u32, u32)) -> u32 {
        from + self.below(u64::from(to - from) + 1) as u32
    }

    /// True in so many of a hundred cases.
    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < u64::from(chance)
    }

    /// One of the things, by weight.
    pub(super) fn pick<T: Copy, const N: usize>(&mut self, things: &[T; N], weights: &[u32; N]) -> T {
        let mut left = self.below(weights.iter().map(|&weight| u64::from(weight)).sum());
        for (&thing, &weight) in things.iter().zip(weights) {
            if left < u64::from(weight) {
                return thing;
            }
            left -= u64::from(weight);
        }
        things[N - 1]
    }
}
