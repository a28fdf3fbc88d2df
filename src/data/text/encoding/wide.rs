//! UTF-16 without a byte order mark, told by its line ends and delimiters: each has a zero byte beside it, always on the
//! same side, even where all other characters are Chinese and have none.

use super::Encoding;

/// What the sample's pairs of bytes are when read in one byte order.
#[derive(Default)]
struct Tally {
    units: usize,
    /// Tab, line end and printable ASCII.
    plain: usize,
    /// Tabs and line ends among them.
    breaks: usize,
    /// Characters of scripts in everyday use.
    text: usize,
    /// What no text has: control characters, halves of pairs, private characters.
    foreign: usize,
}

impl Tally {
    fn of(sample: &[u8], unit: fn([u8; 2]) -> u16) -> Self {
        let (pairs, _) = sample.as_chunks::<2>();
        let mut tally = Self { units: pairs.len(), ..Self::default() };
        let mut characters = char::decode_utf16(pairs.iter().copied().map(unit)).peekable();
        while let Some(character) = characters.next() {
            match character.map(u32::from) {
                Ok(9 | 10 | 13) => {
                    tally.plain += 1;
                    tally.breaks += 1;
                }
                Ok(0x20..=0x7e) => tally.plain += 1,
                // Characters beyond the first plane come from two units.
                Ok(0x1_0000..) => tally.text += 2,
                Ok(
                    0xa0..=0x058f
                    | 0x0e00..=0x0e5b
                    | 0x1e00..=0x206f
                    | 0x20a0..=0x214f
                    | 0x2190..=0x25ff
                    | 0x3000..=0x312f
                    | 0x4e00..=0x9fff
                    | 0xac00..=0xd7a3
                    | 0xff00..=0xffef,
                ) => tally.text += 1,
                // The sample may end inside a pair.
                Err(_) if characters.peek().is_none() => tally.text += 1,
                Ok(0..=0x1f | 0x7f..=0x9f | 0xe000..=0xf8ff | 0xfff0..=0xffff) | Err(_) => tally.foreign += 1,
                Ok(_) => {}
            }
        }
        tally
    }

    /// Whether the pairs read like text: next to nothing foreign, nine in ten of everyday use.
    fn is_text(&self) -> bool {
        self.plain > 0 && self.foreign * 50 <= self.units && (self.plain + self.text) * 10 >= self.units * 9
    }
}

/// The byte order of UTF-16 text, `None` if the sample is none.
pub(super) fn byte_order(sample: &[u8]) -> Option<Encoding> {
    memchr::memchr(0, sample)?;
    let orders = [
        (Encoding::UTF_16LE, Tally::of(sample, u16::from_le_bytes)),
        (Encoding::UTF_16BE, Tally::of(sample, u16::from_be_bytes)),
    ];
    let breaks = memchr::memchr3_iter(b'\t', b'\n', b'\r', sample).count();
    let zeros = memchr::memchr_iter(0, sample).count();
    let fits = |tally: &Tally| {
        // In text of single bytes a line end is hardly ever next to a zero byte; in UTF-16 each one is, though these
        // bytes are halves of other characters as well. Text without any needs its zero bytes in numbers.
        let broken_in_lines = tally.breaks > 0 && tally.breaks * 8 >= breaks;
        tally.is_text() && (broken_in_lines || zeros * 4 >= sample.len())
    };
    let mut fitting: Vec<_> = orders.iter().filter(|(_, tally)| fits(tally)).collect();
    fitting.sort_by_key(|(_, tally)| std::cmp::Reverse((tally.plain, tally.text)));
    fitting.first().map(|(encoding, _)| *encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn told_in_either_byte_order() {
        let texts = [
            "id\tamount\r\n1\t12.5\r\n",
            "id",
            "a\n",
            "客户\t金额\r\n张伟\t一百\r\n",
            "客户\t金额\r\n上海上海上上\t上海上一\r\n",
            "客户编号订单编号日期地址,一二三四五六七八九十\n",
            "Kunde;Umsatz\r\nMüller;1.234,50 €\r\n",
            "Клиент\tСумма\r\nИван\t5\r\n",
            "顧客\t金額\nカブシキ\t5\n",
            "고객\t금액\n김민수\t5\n",
            "𠮷野家\t5\n",
        ];
        for text in texts {
            assert_eq!(byte_order(&utf_16(text, u16::to_le_bytes)), Some(Encoding::UTF_16LE), "{text}");
            assert_eq!(byte_order(&utf_16(text, u16::to_be_bytes)), Some(Encoding::UTF_16BE), "{text}");
            assert_eq!(byte_order(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn cut_anywhere_it_is_still_told() {
        let bytes = utf_16("客户\t金额\r\n𠮷野家\t12.50\r\n", u16::to_le_bytes);
        for length in 6..bytes.len() {
            assert_eq!(byte_order(&bytes[..length]), Some(Encoding::UTF_16LE), "{length} bytes");
        }
    }

    #[test]
    fn zero_bytes_alone_do_not_make_it() {
        let cases: [&[u8]; 6] = [
            b"id,name\n1,a\0b\n2,cd\n",
            b"id,name\r\n1,\0\0\0\0\r\n2,\0\0\0\0\r\n",
            b"\0\0\0\0\0\0\0\0",
            b"PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0",
            b"\xbf\xcd\xbb\xa7\0\0,\xbd\xf0\xb6\xee\n1\0\0\0,2\n",
            b"alpha\0beta\0gamma\0delta\0",
        ];
        for bytes in cases {
            assert_eq!(byte_order(bytes), None, "{bytes:?}");
        }
    }
}
