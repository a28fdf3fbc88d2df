//! Reads the program's own source: the texts that it marks for translation, and prose that it forgot to mark.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// What the source has for people.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Texts that are marked, as the keys of the catalogues, and where.
    pub(crate) marked: BTreeMap<String, BTreeSet<String>>,
    /// Prose that is not: file and line, and the text.
    pub(crate) fixed: Vec<(String, String)>,
}

/// Files whose texts are for machines or are data, from `src`, and why.
pub(crate) const FOR_MACHINES: &[(&str, &str)] = &[
    ("app/as_options/typed.rs", "options as they are typed"),
    ("app/exporting/selection.rs", "the manifest is the same in all languages"),
    ("app/file_names.rs", "names and endings of files"),
    ("app/keymap/key.rs", "names of keys stay as they are on keyboards"),
    ("app/keymap/readme.rs", "the README is English"),
    ("app/keymap/section.rs", "names of sections are for keymap files"),
    ("app/palette/other_words", "words that may be typed in any language"),
    ("app/picture/form", "extensions of files"),
    ("app/typed_words.rs", "words that may be typed in any language"),
    ("cli/completions.rs", "scripts of shells"),
    ("data/cache", "what is wrong with the cache is only logged"),
    ("data/data_file", "names of files"),
    ("data/database/queries", "SQL"),
    ("data/mapping_memory/written", "comments of a file"),
    ("data/text/encoding/detect", "how an encoding was told is only logged"),
    ("data/text/encoding/east_asian", "the same"),
    ("data/text/encoding/names", "encodings have one name in all languages"),
    ("data/text/encoding/single_byte", "the same as for detect"),
    ("demo", "the made-up shop is data"),
    ("engine/definition/sql", "SQL and its comments, which are read beside English code"),
    ("engine/exactness.rs", "a test"),
    ("lang", "the macros themselves"),
    ("model/customers/stored.rs", "what is wrong with a file of the cache, which is then made anew"),
    ("model/field/sample.rs", "a vocabulary for tests"),
    ("model/filter/complete/words.rs", "the words of filters"),
    ("model/filter/parser_words.rs", "what the parser of SQL says, to be recognised"),
    ("model/filter/write.rs", "filters, which read back as they are written"),
    ("model/packed/stored.rs", "what is wrong with a file of the cache, which is then made anew"),
    ("model/scenario/review.rs", "scenario files"),
    ("model/scenario/write.rs", "scenario files"),
    ("ui/charset.rs", "variables and locales"),
    ("ui/theme/depth.rs", "variables and terminals"),
    ("ui/theme/names.rs", "names in theme files, and of terminals"),
    ("ui/theme/terminfo.rs", "files of the database of terminals"),
    ("model/vip/write.rs", "rules, which read back as they are written"),
    ("report/html", "elements and their classes"),
    ("ui/picture/svg", "elements and their attributes"),
];

/// Macros whose texts nobody reads but who looks after the program.
const SILENT: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "unreachable",
    "debug",
    "info",
    "warn",
    "error",
    "trace",
    "include_str",
    "include_bytes",
    "concat",
    "env",
    "stringify",
];

/// Functions whose texts are not shown.
const SILENT_FUNCTIONS: &[&str] = &["expect", "expect_err", "from_static"];

/// Folders in which every word is shown, not only prose.
const SHOWN: &[&str] = &["ui", "app"];

/// Scans all files under a `src` folder.
pub(crate) fn scan(src: &Path) -> Scan {
    let mut scan = Scan::default();
    let mut files = Vec::new();
    list(src, &mut files);
    files.sort();
    for path in files {
        let name = path.strip_prefix(src).unwrap_or(&path).display().to_string();
        let is_for_machines = FOR_MACHINES.iter().any(|(known, _)| name.starts_with(known));
        let is_test = name.ends_with("tests.rs") || name.contains("/tests/");
        if is_for_machines || is_test {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        let tokens: TokenStream = match text.parse() {
            Ok(tokens) => tokens,
            Err(error) => {
                scan.fixed.push((name, format!("it does not parse: {error}")));
                continue;
            }
        };
        let all_words = SHOWN.iter().any(|folder| name.starts_with(&format!("{folder}/")));
        Walk { file: &name, all_words, scan: &mut scan }.tokens(tokens);
    }
    scan
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

struct Walk<'a> {
    file: &'a str,
    all_words: bool,
    scan: &'a mut Scan,
}

impl Walk<'_> {
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at += match (&tokens[at], tokens.get(at + 1), tokens.get(at + 2)) {
                (TokenTree::Punct(hash), Some(TokenTree::Group(attribute)), _) if hash.as_char() == '#' => {
                    2 + self.attribute(attribute, &tokens[at + 2..])
                }
                (TokenTree::Punct(hash), Some(TokenTree::Punct(bang)), Some(TokenTree::Group(_)))
                    if hash.as_char() == '#' && bang.as_char() == '!' =>
                {
                    3
                }
                (TokenTree::Ident(name), Some(TokenTree::Punct(bang)), Some(TokenTree::Group(body)))
                    if bang.as_char() == '!' =>
                {
                    self.call(&name.to_string(), body);
                    3
                }
                (TokenTree::Ident(name), Some(TokenTree::Group(body)), _)
                    if body.delimiter() == Delimiter::Parenthesis =>
                {
                    let name = name.to_string();
                    if name == "counted" {
                        self.counted(body);
                    } else if name == "name" {
                        self.name(body);
                    } else if !SILENT_FUNCTIONS.contains(&name.as_str()) {
                        self.tokens(body.stream());
                    }
                    2
                }
                (TokenTree::Group(group), ..) => {
                    self.tokens(group.stream());
                    1
                }
                (TokenTree::Literal(literal), ..) => {
                    self.fixed(literal);
                    1
                }
                _ => 1,
            };
        }
    }

    /// Looks into an attribute; gives how many tokens behind it are of no interest.
    fn attribute(&mut self, attribute: &Group, behind: &[TokenTree]) -> usize {
        let inner: Vec<TokenTree> = attribute.stream().into_iter().collect();
        let name = inner.first().map(ToString::to_string).unwrap_or_default();
        if name == "error" {
            self.tokens(attribute.stream());
        }
        let text = attribute.to_string().replace(' ', "");
        if text != "[cfg(test)]" {
            return 0;
        }
        // What is only there for tests ends with its body or at its semicolon.
        let end = behind.iter().position(|token| match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(mark) => mark.as_char() == ';',
            _ => false,
        });
        end.map_or(0, |end| end + 1)
    }

    fn call(&mut self, name: &str, body: &Group) {
        let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
        match name {
            "tr" | "mark" => {
                let (key, used) = key(&tokens, '|');
                self.mark(key, &tokens);
                self.tokens(tokens[used..].iter().cloned().collect());
            }
            "tr_count" => {
                // The number, and the text for one; the one for many is the key.
                let literals: Vec<(usize, String)> =
                    tokens.iter().enumerate().filter_map(|(at, token)| Some((at, string(token)?))).take(2).collect();
                if let [_, (last, many)] = literals.as_slice() {
                    self.mark(Some(many.clone()), &tokens);
                    self.tokens(tokens[last + 1..].iter().cloned().collect());
                }
            }
            _ if SILENT.contains(&name) => {}
            _ => self.tokens(body.stream()),
        }
    }

    /// `counted(rows, "row")` has its noun for the catalogues.
    fn counted(&mut self, body: &Group) {
        let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
        for token in &tokens {
            match string(token) {
                Some(noun) => self.mark(Some(format!("counted|{noun}")), &tokens),
                None => self.tokens(TokenStream::from(token.clone())),
            }
        }
    }

    /// `lang::name("segment", name)` has the kind of the name first, which is no text.
    fn name(&mut self, body: &Group) {
        let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
        let kind = usize::from(tokens.first().and_then(string).is_some());
        self.tokens(tokens[kind..].iter().cloned().collect());
    }

    fn mark(&mut self, key: Option<String>, near: &[TokenTree]) {
        let line = near.first().map_or(0, |token| token.span().start().line);
        if let Some(key) = key {
            self.scan.marked.entry(key).or_default().insert(format!("{}:{line}", self.file));
        }
    }

    fn fixed(&mut self, literal: &Literal) {
        let Some(text) = string(&TokenTree::Literal(literal.clone())) else { return };
        if is_prose(&text, self.all_words) {
            let line = literal.span().start().line;
            self.scan.fixed.push((format!("{}:{line}", self.file), text));
        }
    }
}

/// The key at the start of a macro's tokens, `"text"` or `"context" | "text"`, and the tokens it takes.
fn key(tokens: &[TokenTree], between: char) -> (Option<String>, usize) {
    let first = tokens.first().and_then(string);
    match (tokens.get(1), tokens.get(2).and_then(string)) {
        (Some(TokenTree::Punct(mark)), Some(text)) if mark.as_char() == between => {
            (first.map(|context| format!("{context}|{text}")), 3)
        }
        _ => (first, 1.min(tokens.len())),
    }
}

/// The value of a string literal.
fn string(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    let text = literal.to_string();
    if !text.starts_with(['"', 'r']) {
        return None;
    }
    syn::parse_str::<syn::LitStr>(&text).ok().map(|text| text.value())
}

/// Whether a text is for people: two words beside each other, or where everything is shown, one word.
fn is_prose(text: &str, one_is_enough: bool) -> bool {
    // Blanks are no words.
    let mut bare = String::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    // Names of variables and paths are no words either.
    if !bare.contains(|c: char| c.is_ascii_lowercase()) || bare.starts_with('/') {
        return false;
    }
    let is_word =
        |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic() || "'’,.;:!?".contains(c));
    let is_word = |word: &&str| is_word(word) && word.chars().filter(char::is_ascii_alphabetic).count() > 1;
    let words: Vec<&str> = bare.split([' ', '\n', '-', '/']).collect();
    if one_is_enough {
        words.iter().any(is_word)
    } else {
        bare.split([' ', '\n']).collect::<Vec<_>>().windows(2).any(|pair| pair.iter().all(is_word))
    }
}
