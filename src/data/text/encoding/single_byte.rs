//! Encodings of one byte a character: Western Windows against Mac Roman by which of the two puts letters into words and
//! signs between them, and others as the detector for web pages has it.

use super::Encoding;

/// The lower-case letters with accents that Western European languages use all the time.
const EVERYDAY: &str = "éèàçêëïîôûùüöäßñóáíúãõåøæâœ";

/// How much better Mac Roman must read: Windows is by far the commoner.
const MARGIN: i64 = 1;

/// Tells the encoding; `guess` is the other detector's, which knows the alphabets beyond Latin.
pub(super) fn detect(sample: &[u8], guess: Encoding) -> (Encoding, String) {
    let usual = if guess.0.is_single_byte() { usual(sample, guess) } else { Encoding::WINDOWS_1252 };
    let mac = fit(sample, Encoding::MACINTOSH);
    let encoding = if mac.score > fit(sample, usual).score + MARGIN { Encoding::MACINTOSH } else { usual };
    let found = fit(sample, encoding);
    let letters = format!("letters within words: {} of {} beyond ASCII", found.letters, found.characters);
    (encoding, if found.undefined == 0 { letters } else { format!("{letters}, {} undefined", found.undefined) })
}

/// The guess, or Western Windows where nothing or too little speaks for its neighbours, such as the Turkish one: a text that
/// is the same in both, or a few characters that are as good there.
fn usual(sample: &[u8], guess: Encoding) -> Encoding {
    /// Characters that are few.
    const FEW: usize = 10;
    let (theirs, western) = (fit(sample, guess), fit(sample, Encoding::WINDOWS_1252));
    let as_good = is_latin(guess) && theirs.characters < FEW && western.score >= theirs.score;
    if as_good || guess.decode(sample) == Encoding::WINDOWS_1252.decode(sample) {
        Encoding::WINDOWS_1252
    } else {
        guess
    }
}

/// Whether it is for languages that are written in Latin letters: the byte 0xE1, if a letter, is one of them in these.
fn is_latin(encoding: Encoding) -> bool {
    Table::of(encoding).character(0xe1) < '\u{250}'
}

/// How well bytes read in an encoding.
#[derive(Default)]
struct Fit {
    /// The higher the better.
    score: i64,
    /// Characters beyond ASCII.
    characters: usize,
    /// Letters in words among them.
    letters: usize,
    /// Bytes that stand for nothing.
    undefined: usize,
}

fn fit(sample: &[u8], encoding: Encoding) -> Fit {
    let table = Table::of(encoding);
    let mut fit = Fit::default();
    for (place, byte) in sample.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let character = table.character(*byte);
        let word = Surroundings::of(sample, place, &table);
        fit.characters += 1;
        fit.undefined += usize::from(character == '\u{fffd}' || character.is_control());
        fit.letters += usize::from(is_letter(character) && word.inside());
        fit.score += score(character, word);
    }
    fit
}

/// The characters of the bytes from 0x80.
struct Table([char; 128]);

impl Table {
    fn of(encoding: Encoding) -> Self {
        let character = |byte: usize| encoding.decode(&[byte as u8 + 0x80]).chars().next().unwrap_or('\u{fffd}');
        Self(std::array::from_fn(character))
    }

    fn character(&self, byte: u8) -> char {
        byte.checked_sub(0x80).map_or(char::from(byte), |place| self.0[usize::from(place)])
    }
}

/// The characters around one: two before and three after, a space where there is none.
#[derive(Clone, Copy)]
struct Surroundings {
    before: [char; 2],
    after: [char; 3],
}

impl Surroundings {
    fn of(sample: &[u8], place: usize, table: &Table) -> Self {
        let at =
            |place: Option<usize>| place.and_then(|place| sample.get(place)).map_or(' ', |byte| table.character(*byte));
        Self {
            before: [at(place.checked_sub(1)), at(place.checked_sub(2))],
            after: [at(place.checked_add(1)), at(place.checked_add(2)), at(place.checked_add(3))],
        }
    }

    /// Whether a letter stands on either side.
    fn inside(self) -> bool {
        is_letter(self.before[0]) || is_letter(self.after[0])
    }
}

/// A letter of an alphabet, not one of the signs that Unicode counts among them.
fn is_letter(character: char) -> bool {
    character.is_alphabetic() && !matches!(character, 'ª' | 'º' | 'µ' | 'ƒ' | 'ˆ' | 'ˇ' | 'ﬁ' | 'ﬂ')
}

/// What a character at its place says for its encoding.
fn score(character: char, word: Surroundings) -> i64 {
    let (before, after) = (word.before[0], word.after[0]);
    if character == '\u{fffd}' || character.is_control() {
        return -4;
    }
    if !is_letter(character) {
        return score_of_sign(character, word);
    }
    let everyday = i64::from(EVERYDAY.contains(character));
    if !word.inside() {
        // `à` is a word, and `À` begins a menu.
        return if matches!(character, 'à' | 'À') { 2 } else { -1 + everyday };
    }
    if character.is_uppercase() {
        return match (is_letter(before), before.is_lowercase(), after.is_lowercase()) {
            (true, true, _) => -2,
            (true, false, true) => -1,
            (true, false, false) => 2,
            (false, ..) => 3,
        };
    }
    match (is_letter(before), is_letter(after)) {
        (true, true) => 2 + everyday,
        // A capital before it and nothing behind: hardly a word.
        (true, false) if before.is_uppercase() => everyday,
        (true, false) => 1 + 2 * everyday,
        (false, _) => 1 + everyday,
    }
}

/// Signs stand between words; the apostrophe and little else within them.
fn score_of_sign(character: char, word: Surroundings) -> i64 {
    let (before, after) = (is_letter(word.before[0]), is_letter(word.after[0]));
    match (character, before, after) {
        ('\u{2019}', true, true) => apostrophe(word),
        ('“' | '‘' | '„' | '‚' | '«' | '¿' | '¡', false, true)
        | ('”' | '’' | '»' | '™' | '®' | '©' | '…' | '°' | '²' | '³', true, false) => 2,
        (_, true, true) => -3,
        (_, false, false) => 1,
        _ => -1,
    }
}

/// In `Tom's`, `we'll`, `l'eau` and `qu'il` an apostrophe is at home, in the middle of other words it is not.
fn apostrophe(word: Surroundings) -> i64 {
    let ending = word.after.map(|character| if is_letter(character) { character.to_ascii_lowercase() } else { ' ' });
    let elided =
        !is_letter(word.before[1]) || word.before.map(|character| character.to_ascii_lowercase()) == ['u', 'q'];
    match ending {
        ['s' | 't' | 'd' | 'm', ' ', _] | ['l', 'l', ' '] | ['r' | 'v', 'e', ' '] => 4,
        _ if elided => 4,
        _ => -1,
    }
}
