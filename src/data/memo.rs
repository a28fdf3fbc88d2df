//! What was made of texts that come again and again, such as statuses and currencies: a column has few different ones.

/// Texts that are remembered; a column with more of them is no such column.
const MOST: usize = 64;

/// Remembers what was made of texts.
#[derive(Clone, Debug)]
pub(super) struct Memo<T>(Vec<(Vec<u8>, T)>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> Memo<T> {
    /// What is made of a text, made once for each of the first few different ones.
    #[inline]
    pub(super) fn get(&mut self, text: &[u8], make: impl FnOnce() -> T) -> T {
        if let Some((_, known)) = self.0.iter().find(|(known, _)| known == text) {
            return *known;
        }
        let made = make();
        if self.0.len() < MOST {
            self.0.push((text.to_vec(), made));
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_looked_at_once_and_each_keeps_its_own() {
        let (mut memo, mut made) = (Memo::default(), 0);
        for round in 0..3 {
            for text in ["paid", "closed", "", "paid "] {
                let mut make = || {
                    made += 1;
                    text.len()
                };
                assert_eq!(memo.get(text.as_bytes(), &mut make), text.len(), "{round} {text}");
            }
        }
        assert_eq!(made, 4);
    }
}
