//! A count with its first example.

/// The longest example that is kept, in bytes.
const LONGEST: usize = 48;

/// How many texts are of a kind, and the first of them.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) count: u64,
    example: Option<Box<str>>,
}

impl Tally {
    pub(super) const NONE: Self = Self { count: 0, example: None };

    #[inline]
    pub(super) fn add(&mut self, text: &[u8]) {
        self.count += 1;
        if self.example.is_none() {
            let text = String::from_utf8_lossy(text);
            self.example = Some(text[..text.floor_char_boundary(LONGEST)].into());
        }
    }

    /// The first text, empty where there was none.
    pub(super) fn example(&self) -> &str {
        self.example.as_deref().unwrap_or_default()
    }
}
