//! A text within texts. Nearly all ids are of printable ASCII characters, and mostly of one case: then the bytes of many
//! are searched at once.

use std::ops::Range;

use memchr::memmem::{self, Finder};
use memchr::{memchr_iter, memchr2_iter};

use super::Texts;
use crate::data::parse::text::identity_key;

/// Bytes of a stretch that tell how frequent each is.
const SAMPLE: usize = 4_096;

/// A text to be found, in its unified form.
#[derive(Debug)]
pub(super) struct Literal {
    small: Finder<'static>,
    /// In capitals, of which ASCII letters are all that differ.
    capital: Finder<'static>,
    is_ascii: bool,
    has_space: bool,
}

/// What the bytes of a stretch are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bytes {
    /// Other than printable ASCII.
    others: bool,
    small: bool,
    capital: bool,
}

impl Bytes {
    fn of(bytes: &[u8]) -> Self {
        let mut all = Self::default();
        // In pieces without an early end, which lets many bytes be looked at together.
        for piece in bytes.chunks(1 << 10) {
            let any = |is: fn(u8) -> bool| piece.iter().fold(false, |any, byte| any | is(*byte));
            all.others |= any(|byte| byte.wrapping_sub(b' ') > b'~' - b' ');
            all.small |= any(|byte| byte.wrapping_sub(b'a') < 26);
            all.capital |= any(|byte| byte.wrapping_sub(b'A') < 26);
        }
        all
    }
}

impl Literal {
    /// Of a text that is its own unified form, and not empty.
    pub(super) fn new(needle: &str) -> Self {
        Self {
            small: Finder::new(needle).into_owned(),
            capital: Finder::new(&needle.to_ascii_uppercase()).into_owned(),
            is_ascii: needle.is_ascii(),
            has_space: needle.contains(' '),
        }
    }

    /// Whether it stands in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let needle = self.small.needle();
        let is_graphic = text.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic());
        if is_graphic {
            return self.is_ascii
                && text.as_bytes().windows(needle.len()).any(|part| part.eq_ignore_ascii_case(needle));
        }
        self.small.find(identity_key(text).as_bytes()).is_some()
    }

    /// Tells the places of a range whose texts it stands in, in order.
    pub(super) fn find<T: Texts + ?Sized>(&self, texts: &T, places: Range<usize>, mut tell: impl FnMut(usize)) {
        let joined = texts.joined(places.clone()).map(str::as_bytes);
        let simple = joined.map(|joined| (joined, Bytes::of(joined))).filter(|(joined, bytes)| {
            // Runs of blanks are one in the unified form.
            !(bytes.others || self.has_space && memmem::find(joined, b"  ").is_some())
        });
        match simple {
            Some((joined, bytes)) if self.is_ascii => {
                let mut hits = Hits::new(texts, places, self.small.needle().len());
                self.each_hit(joined, bytes, |start| match hits.place(start) {
                    Some(place) => {
                        tell(place);
                        hits.end_of_told()
                    }
                    None => start + 1,
                });
            }
            // None of the texts has anything but ASCII in its unified form.
            Some(_) => {}
            None => places.filter(|place| self.is_in(texts.text(*place))).for_each(tell),
        }
    }

    /// Tells where it begins in printable ASCII text, in order; beginnings may overlap. Case makes no difference. What is
    /// told answers from where the next one is of interest.
    fn each_hit(&self, joined: &[u8], bytes: Bytes, mut tell: impl FnMut(usize) -> usize) {
        let needle = self.small.needle();
        if !(bytes.small && bytes.capital) {
            let finder = if bytes.capital { &self.capital } else { &self.small };
            let mut from = 0;
            while let Some(hit) = finder.find(&joined[from..]) {
                from = tell(from + hit);
            }
            return;
        }
        let rarest = rarest(needle, &joined[..joined.len().min(SAMPLE)]);
        let (small, capital) = (needle[rarest], needle[rarest].to_ascii_uppercase());
        let mut look = |hit: usize| {
            let Some(start) = hit.checked_sub(rarest) else { return };
            if joined.get(start..start + needle.len()).is_some_and(|part| part.eq_ignore_ascii_case(needle)) {
                tell(start);
            }
        };
        if small == capital {
            memchr_iter(small, joined).for_each(&mut look);
        } else {
            memchr2_iter(small, capital, joined).for_each(look);
        }
    }
}

/// The position in a needle of the byte that is rarest in a sample, case apart.
fn rarest(needle: &[u8], sample: &[u8]) -> usize {
    let mut counts = [0_u32; 256];
    for byte in sample {
        counts[usize::from(byte.to_ascii_lowercase())] += 1;
    }
    (0..needle.len()).min_by_key(|place| counts[usize::from(needle[*place])]).unwrap_or(0)
}

/// From hits among texts end to end to the places of the texts.
struct Hits<'a, T: ?Sized> {
    texts: &'a T,
    /// Those whose texts have not been told.
    places: Range<usize>,
    /// Where the range begins.
    base: usize,
    /// Bytes of a hit.
    length: usize,
}

impl<'a, T: Texts + ?Sized> Hits<'a, T> {
    fn new(texts: &'a T, places: Range<usize>, length: usize) -> Self {
        let base = texts.start(places.start);
        Self { texts, places, base, length }
    }

    /// Where the text that was told last ends.
    fn end_of_told(&self) -> usize {
        self.texts.start(self.places.start) - self.base
    }

    /// The place whose text has a hit; `None` where it is told already, or the hit spans two texts. Hits come in order.
    fn place(&mut self, hit: usize) -> Option<usize> {
        let hit = self.base + hit;
        if self.places.is_empty() || hit < self.texts.start(self.places.start) {
            return None;
        }
        // The first place that begins behind the hit: in steps that double, then between the last two.
        let Range { start, end } = self.places;
        let (mut low, mut step) = (start, 1);
        while low + step < end && self.texts.start(low + step) <= hit {
            low += step;
            step *= 2;
        }
        let mut high = (low + step).min(end);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.texts.start(middle) <= hit {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.places.start = low;
        let within = hit + self.length <= self.texts.start(low + 1);
        within.then(|| {
            self.places.start = low + 1;
            low
        })
    }
}
