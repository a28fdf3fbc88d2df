//! What the database of terminals has on colours: their number, and whether 24 bits are taken.
//!
//! Only what is needed is read, and only from compiled entries in folders; a database in one file (`terminfo.cdb` of NetBSD)
//! is not looked at. The layout is that of term(5).

use std::fs;
use std::path::PathBuf;

/// What an entry says of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminfo {
    /// How many there are; 0 for none.
    pub colours: u32,
    /// Whether `RGB` or `Tc` is set.
    pub is_direct: bool,
}

/// The number of `max_colors` among the numbers of an entry.
const COLOURS: usize = 13;

/// No entry is larger: term(5) allows 32,768 bytes.
const LARGEST: usize = 32_768;

impl Terminfo {
    /// The entry of a terminal, looked for where ncurses looks.
    #[must_use]
    pub fn find(term: &str, variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let first = term.chars().next().filter(|_| !term.contains('/'))?;
        let own = variable("HOME").map(|home| PathBuf::from(home).join(".terminfo"));
        let listed = variable("TERMINFO_DIRS").unwrap_or_default();
        let listed = listed.split(':').filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let usual = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"].map(PathBuf::from);
        let folders = variable("TERMINFO").map(PathBuf::from).into_iter().chain(own).chain(listed).chain(usual);
        // macOS names the folders by the letter's code.
        let names = [first.to_string(), format!("{:x}", first as u32)];
        let mut files = folders.flat_map(|folder| names.clone().map(|name| folder.join(name).join(term)));
        files.find_map(|file| Self::parse(&fs::read(file).ok()?))
    }

    /// Reads a compiled entry.
    fn parse(entry: &[u8]) -> Option<Self> {
        if entry.len() > LARGEST {
            return None;
        }
        let mut reader = Reader { entry, at: 0, wide: false };
        reader.wide = match reader.short()? {
            0o432 => false,
            0o1036 => true,
            _ => return None,
        };
        let [names, flags, numbers, strings, texts] = reader.shorts()?;
        reader.skip(names + flags)?;
        reader.even();
        let colours = reader.numbers(numbers)?.get(COLOURS).copied().unwrap_or(-1);
        reader.skip(2 * strings + texts)?;
        reader.even();
        let is_direct = reader.extended().unwrap_or(false);
        Some(Self { colours: u32::try_from(colours).unwrap_or(0), is_direct })
    }
}

struct Reader<'a> {
    entry: &'a [u8],
    at: usize,
    /// Whether numbers have four bytes.
    wide: bool,
}

impl Reader<'_> {
    fn skip(&mut self, bytes: usize) -> Option<()> {
        self.at += bytes;
        (self.at <= self.entry.len()).then_some(())
    }

    /// Numbers begin at even places.
    fn even(&mut self) {
        self.at += self.at % 2;
    }

    fn short(&mut self) -> Option<usize> {
        let bytes = self.entry.get(self.at..self.at + 2)?;
        self.at += 2;
        Some(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
    }

    fn shorts(&mut self) -> Option<[usize; 5]> {
        Some([self.short()?, self.short()?, self.short()?, self.short()?, self.short()?])
    }

    fn numbers(&mut self, count: usize) -> Option<Vec<i32>> {
        let size = if self.wide { 4 } else { 2 };
        let bytes = self.entry.get(self.at..self.at + count * size)?;
        self.at += count * size;
        let number = |bytes: &[u8]| match *bytes {
            [a, b, c, d] => i32::from_le_bytes([a, b, c, d]),
            [a, b] => i16::from_le_bytes([a, b]).into(),
            _ => -1,
        };
        Some(bytes.chunks_exact(size).map(number).collect())
    }

    /// Whether `RGB` or `Tc` stands among the capabilities that the entry adds to the standard ones.
    fn extended(&mut self) -> Option<bool> {
        let [flags, numbers, strings, _, _] = self.shorts()?;
        let set = self.entry.get(self.at..self.at + flags)?.to_vec();
        self.skip(flags)?;
        self.even();
        self.numbers(numbers)?;
        let values: Vec<usize> = (0..strings).map(|_| self.short()).collect::<Option<_>>()?;
        let names: Vec<usize> = (0..flags + numbers + strings).map(|_| self.short()).collect::<Option<_>>()?;
        let texts = self.entry.get(self.at..)?;
        let text = |texts: &[u8], at: usize| {
            let text = texts.get(at..)?;
            Some(text[..text.iter().position(|byte| *byte == 0)?].to_vec())
        };
        // Names stand behind the last of the values.
        let is_there = |at: &usize| *at < texts.len();
        let ends = values.into_iter().filter(is_there).filter_map(|at| Some(at + text(texts, at)?.len() + 1));
        let behind = texts.get(ends.max().unwrap_or(0)..)?;
        let is_rgb = |at: usize| text(behind, at).is_some_and(|name| matches!(name.as_slice(), b"RGB" | b"Tc"));
        let counts = |place: usize| place >= flags || set[place] == 1;
        Some(names.into_iter().enumerate().any(|(place, at)| counts(place) && is_rgb(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry with as many numbers as are needed, and the names of flags that it adds.
    fn entry(colours: i16, flags: &[&str]) -> Vec<u8> {
        let shorts = |numbers: &[usize]| numbers.iter().flat_map(|number| (*number as u16).to_le_bytes()).collect();
        let mut bytes: Vec<u8> = shorts(&[0o432, 6, 1, COLOURS + 1, 1, 4]);
        // Names, one flag, and what makes the place even.
        bytes.extend(b"xy|XY\0\x01\0");
        bytes.truncate(12 + 7);
        bytes.push(0);
        bytes.extend((0..COLOURS).flat_map(|_| (-1i16).to_le_bytes()));
        bytes.extend(colours.to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(b"\x1b[m\0");
        if !flags.is_empty() {
            let texts: Vec<u8> = flags.iter().flat_map(|flag| [flag.as_bytes(), b"\0"].concat()).collect();
            let mut ends = 0;
            let place = |flag: &&str| {
                ends += flag.len() + 1;
                ends - flag.len() - 1
            };
            let places: Vec<usize> = flags.iter().map(place).collect();
            bytes.extend::<Vec<u8>>(shorts(&[flags.len(), 0, 0, flags.len(), texts.len()]));
            bytes.extend(flags.iter().map(|_| 1));
            bytes.extend((flags.len() % 2 == 1).then_some(0));
            bytes.extend::<Vec<u8>>(shorts(&places));
            bytes.extend(texts);
        }
        bytes
    }

    #[test]
    fn an_entry_tells_its_colours_and_whether_it_takes_24_bits() {
        let of = |colours, flags: &[&str]| Terminfo::parse(&entry(colours, flags));
        assert_eq!(of(8, &[]), Some(Terminfo { colours: 8, is_direct: false }));
        assert_eq!(of(-1, &["AX"]), Some(Terminfo { colours: 0, is_direct: false }));
        assert_eq!(of(256, &["AX", "Tc"]), Some(Terminfo { colours: 256, is_direct: true }));
        assert_eq!(of(256, &["RGB"]), Some(Terminfo { colours: 256, is_direct: true }));
    }

    #[test]
    fn what_is_no_entry_or_breaks_off_tells_nothing_and_never_panics() {
        let whole = entry(256, &["AX", "Tc"]);
        for end in 0..whole.len() {
            let part = Terminfo::parse(&whole[..end]);
            assert!(part.is_none_or(|part| !part.is_direct), "{end}");
        }
        assert_eq!(Terminfo::parse(b"not at all"), None);
        assert_eq!(Terminfo::find("../etc/passwd", |_| None), None);
    }
}
