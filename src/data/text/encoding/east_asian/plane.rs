//! Where the standards of East Asia keep their common characters, by lead and trail byte.

/// How common a character is, judged by its place in the standard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Grade {
    /// In the part for everyday characters.
    Core,
    /// Punctuation and full-width signs, which say little.
    Sign,
    /// In the part for uncommon characters.
    Rare,
    /// In an extension.
    Extended,
    /// For private use, of another script, or inside a Latin word.
    Foreign,
    /// No character.
    Broken,
}

/// An encoding's layout: the bytes that the first character takes and its grade. The first byte is not ASCII; bytes that
/// the sample does not have are `None`.
pub(super) type Plane = fn(lead: u8, trail: Option<u8>, next: Option<u8>) -> (usize, Grade);

/// How many characters of each grade a sample has.
pub(super) struct Tally([usize; 6]);

impl Tally {
    /// Counts; a character that the end of the sample cuts counts only if that is the end of the text.
    pub(super) fn of(sample: &[u8], whole: bool, plane: Plane) -> Self {
        let mut tally = Self([0; 6]);
        let (mut place, mut after_letter) = (0, false);
        while let Some(lead) = sample.get(place).copied() {
            if lead.is_ascii() {
                after_letter = lead.is_ascii_alphabetic();
                place += 1;
                continue;
            }
            let (trail, next) = (sample.get(place + 1).copied(), sample.get(place + 2).copied());
            let (length, grade) = plane(lead, trail, next);
            let cut = grade == Grade::Broken && !whole && place + 4 > sample.len();
            // In `caf\xe9s` and `M\xfcller`, a letter of another encoding stands in a Latin word.
            let latin = trail.is_some_and(|trail| trail.is_ascii_lowercase())
                && (after_letter || next.is_some_and(|next| next.is_ascii_lowercase()));
            let grade = if latin && grade != Grade::Broken { Grade::Foreign } else { grade };
            if !cut {
                tally.0[grade as usize] += 1;
            }
            place += length;
            after_letter = false;
        }
        tally
    }

    pub(super) fn count(&self, grade: Grade) -> usize {
        self.0[grade as usize]
    }

    /// Characters of a script: all but signs and broken ones.
    pub(super) fn characters(&self) -> usize {
        [Grade::Core, Grade::Rare, Grade::Extended, Grade::Foreign].map(|grade| self.count(grade)).iter().sum()
    }

    /// What the characters' places say for the encoding.
    pub(super) fn score(&self) -> i64 {
        const WEIGHTS: [(Grade, i64); 5] =
            [(Grade::Core, 2), (Grade::Rare, -1), (Grade::Extended, -2), (Grade::Foreign, -4), (Grade::Broken, -16)];
        WEIGHTS.iter().map(|(grade, weight)| self.count(*grade) as i64 * weight).sum()
    }
}

/// GB18030: GB2312 in the middle, around it the extension GBK, and characters of four bytes.
pub(super) fn gb18030(lead: u8, trail: Option<u8>, next: Option<u8>) -> (usize, Grade) {
    let Some(trail) = trail else { return (1, Grade::Broken) };
    let grade = match (lead, trail) {
        (0x80 | 0xff, _) | (_, 0..=0x2f | 0x3a..=0x3f | 0x7f | 0xff) => return (1, Grade::Broken),
        (_, 0x30..=0x39) => {
            let goes_on = next.is_some_and(|next| (0x81..=0xfe).contains(&next));
            return if goes_on { (4, Grade::Extended) } else { (1, Grade::Broken) };
        }
        (0xb0..=0xd7, 0xa1..) => Grade::Core,
        (0xd8..=0xf7, 0xa1..) => Grade::Rare,
        (0xa1..=0xa3, 0xa1..) | (0xa8, _) => Grade::Sign,
        (0xa4..=0xaf | 0xf8..=0xfe, 0xa1..) | (0xa1..=0xa7, _) => Grade::Foreign,
        _ => Grade::Extended,
    };
    (2, grade)
}

/// Big5: common characters first, by strokes, then uncommon ones; the Hong Kong characters are in between and around.
pub(super) fn big5(lead: u8, trail: Option<u8>, _: Option<u8>) -> (usize, Grade) {
    let Some(trail) = trail else { return (1, Grade::Broken) };
    let grade = match (lead, trail) {
        (0x80 | 0xff, _) | (_, 0..=0x3f | 0x7f..=0xa0 | 0xff) => return (1, Grade::Broken),
        (0xa1..=0xa2, _) | (0xa3, ..=0xbf) => Grade::Sign,
        (0xa4..=0xc5, _) | (0xc6, ..=0x7e) => Grade::Core,
        (0xc9..=0xf9, _) => Grade::Rare,
        _ => Grade::Extended,
    };
    (2, grade)
}

/// Shift JIS: half-width katakana of one byte; signs, kana, common kanji and uncommon ones of two.
pub(super) fn shift_jis(lead: u8, trail: Option<u8>, _: Option<u8>) -> (usize, Grade) {
    if (0xa1..=0xdf).contains(&lead) {
        return (1, Grade::Rare);
    }
    let Some(trail) = trail else { return (1, Grade::Broken) };
    let grade = match (lead, trail) {
        (0x80 | 0xa0 | 0xfd.., _) | (_, 0..=0x3f | 0x7f | 0xfd..) => return (1, Grade::Broken),
        (0x81, _) | (0x82, ..=0x9a) => Grade::Sign,
        (0x82, 0x9f..=0xf1) | (0x83, ..=0x96) | (0x88, 0x9f..) | (0x89..=0x97, _) | (0x98, ..=0x72) => Grade::Core,
        (0x98..=0x9f | 0xe0..=0xea, _) => Grade::Rare,
        _ => Grade::Extended,
    };
    (2, grade)
}

/// EUC-JP: signs, kana, common kanji, uncommon ones; half-width katakana behind 0x8E, further kanji behind 0x8F.
pub(super) fn euc_jp(lead: u8, trail: Option<u8>, next: Option<u8>) -> (usize, Grade) {
    let high = |byte: Option<u8>| byte.is_some_and(|byte| (0xa1..=0xfe).contains(&byte));
    if !high(trail) {
        return (1, Grade::Broken);
    }
    match lead {
        0x8f if high(next) => (3, Grade::Extended),
        0xa1..=0xa3 => (2, Grade::Sign),
        0xa4..=0xa5 | 0xb0..=0xcf => (2, Grade::Core),
        0x8e | 0xd0..=0xf4 => (2, Grade::Rare),
        0xa6..=0xa8 | 0xad | 0xf9..=0xfc => (2, Grade::Foreign),
        _ => (1, Grade::Broken),
    }
}

/// EUC-KR: signs, Hangul, Chinese characters, and the Windows extension by further Hangul around them.
pub(super) fn euc_kr(lead: u8, trail: Option<u8>, _: Option<u8>) -> (usize, Grade) {
    let Some(trail) = trail else { return (1, Grade::Broken) };
    let grade = match (lead, trail) {
        (0xb0..=0xc8, 0xa1..=0xfe) => Grade::Core,
        (0xa1..=0xa3, 0xa1..=0xfe) => Grade::Sign,
        (0xca..=0xfd, 0xa1..=0xfe) => Grade::Rare,
        (0xa4..=0xaf, 0xa1..=0xfe) => Grade::Foreign,
        (0x81..=0xc6, 0x41..=0x5a | 0x61..=0x7a | 0x81..=0xfe) => Grade::Extended,
        _ => return (1, Grade::Broken),
    };
    (2, grade)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_where_their_standard_has_them() {
        let cases: [(Plane, &[u8], &str); 10] = [
            // 客 in the first part, 鑫 in the second, 镕 in GBK, ， a sign, one that no table has.
            (gb18030, b"\xbf\xcd\xf6\xce\xe9F\xa3\xac\xff", "Core Rare Extended Sign Broken"),
            (gb18030, b"\x81\x30\x84\x36", "Extended"),
            (big5, b"\xab\xc8\xe0\x7d\xa1A\x80", "Core Rare Sign Broken"),
            (shift_jis, b"\x8c\xda\xb1\x82\xa0\x81\x41\xff", "Core Rare Core Sign Broken"),
            (euc_jp, b"\xb8\xdc\x8e\xb1\xa4\xa2\xa1\xa2\x8f\xb0\xa1\xff", "Core Rare Core Sign Extended Broken"),
            (euc_kr, b"\xb0\xed\xcb\xdf\xa1\xa4\xff", "Core Rare Sign Broken"),
            (gb18030, b"caf\xe9s, M\xfcller", "Foreign Foreign"),
            (gb18030, b"caf\xe9,5", "Broken"),
            (shift_jis, b"caf\x8es", "Foreign"),
            (big5, b"\xab", "Broken"),
        ];
        let grades = [Grade::Core, Grade::Sign, Grade::Rare, Grade::Extended, Grade::Foreign, Grade::Broken];
        for (plane, bytes, expected) in cases {
            let tally = Tally::of(bytes, true, plane);
            for grade in grades {
                let name = format!("{grade:?}");
                let count = expected.split(' ').filter(|word| *word == name).count();
                assert_eq!(tally.count(grade), count, "{grade:?} in {bytes:x?}");
            }
        }
        assert_eq!(Tally::of(b"\xbf\xcd\xbb", false, gb18030).count(Grade::Broken), 0, "the sample cuts it");
    }
}
