//! Names of keys in the texts of the program: a keymap file may change what they do, so that a text that says what to press
//! has a blank there, which the keymap fills.

/// What looks like a key, and why it may stay.
const ALLOWED: &[(&str, &str)] = &[
    ("(Esc: next tip)", "the tour goes on with Esc, whatever the keymap says"),
    ("Esc drops it", "what is begun is dropped with Esc, whatever the keymap says"),
    ("↑↓ choose", "lines are typed with arrows that no keymap changes"),
    ("Ctrl-a to Ctrl-z, F1 to F12", "the keymap file's own words for keys"),
    ("R package", "the language R"),
    ("of A of whom B keeps", "scenarios"),
    ("of B of whom A keeps", "scenarios"),
    ("as B counts it", "scenarios"),
    ("scores R, F, M as", "axes"),
    ("R for recency, F for frequency, M for monetary", "axes"),
    ("rank n j /", "a formula"),
    ("100 x its share", "times"),
    ("x unit price", "times"),
    ("x orders a year", "times"),
    ("x years", "times"),
];

const NAMES: &[&str] = &[
    "Enter",
    "Return",
    "Esc",
    "Escape",
    "Tab",
    "Space",
    "Backspace",
    "Delete",
    "Del",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "PageUp",
    "PageDown",
];

/// The first key that a text names.
pub(crate) fn named(key: &str) -> Option<String> {
    let mut text = key.split_once('|').map_or(key, |(_, text)| text).to_owned();
    for (phrase, _) in ALLOWED {
        text = text.replace(phrase, " ");
    }
    let text = bare(&text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let trimmed = |word: &str| word.trim_matches(|c: char| ".,;:()".contains(c)).to_owned();
    words.iter().enumerate().find_map(|(place, word)| {
        let is_named = is_name(&trimmed(word));
        let next = words.get(place + 1).copied().unwrap_or_default();
        let does = next.len() > 1 && next.trim_end_matches(',').chars().all(|c| c.is_ascii_lowercase());
        let is_letter = letter(word.trim_start_matches('(')) && (does || letter(&trimmed(next)));
        (is_named || is_letter).then(|| trimmed(word))
    })
}

/// Whether a word is the name of a key that is no letter.
fn is_name(word: &str) -> bool {
    let is_function =
        word.strip_prefix('F').and_then(|number| number.parse::<u8>().ok()).is_some_and(|number| number > 9);
    let is_chord = ["Ctrl-", "Alt-", "Shift-"].iter().any(|start| word.starts_with(start) && word.len() > start.len());
    let are_arrows = word.chars().count() > 1 && word.chars().all(|c| "←→↑↓".contains(c));
    NAMES.contains(&word) || is_function || is_chord || are_arrows
}

/// Whether a word is a letter that can only stand for a key or a symbol.
fn letter(word: &str) -> bool {
    let mut characters = word.chars();
    let only = characters.next().filter(|_| characters.next().is_none());
    only.is_some_and(|c| (c.is_ascii_alphabetic() && !"aAI".contains(c)) || c == '?')
}

/// A text without its blanks, and without what it quotes.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut until = None;
    let mut before = ' ';
    for c in text.chars() {
        match until {
            Some(end) => until = Some(end).filter(|end| *end != c),
            // A word of some kind.
            None if c == '{' => (until, bare) = (Some('}'), bare + "_"),
            None if c == '`' || c == '"' => until = Some(c),
            // Not an apostrophe.
            None if c == '\'' && !before.is_alphabetic() => until = Some(c),
            None => bare.push(c),
        }
        before = c;
    }
    bare
}
