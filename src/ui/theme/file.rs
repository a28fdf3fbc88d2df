//! Theme files: read, checked key by key, and laid over the theme that they start from.

use std::ops::Range;

use ratatui::style::Color;
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::depth::Depth;
use super::names::{COLOURS, KEYS, NONE, PARENT, TABLES};
use super::rgb::Rgb;
use crate::model::field::nearest;
use crate::model::toml_text::{line_of, told};
use crate::show::text::clean;
use crate::tr;

/// What has a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Background,
    Text,
    Muted,
    Accent,
    Bar,
    Cut,
    Picked,
    Selected,
    Problem,
    Heat,
    Less,
    More,
}

impl Key {
    /// All there are, in the order of their names.
    const ALL: [Self; KEYS.len()] = [
        Self::Background,
        Self::Text,
        Self::Muted,
        Self::Accent,
        Self::Bar,
        Self::Cut,
        Self::Picked,
        Self::Selected,
        Self::Problem,
        Self::Heat,
        Self::Less,
        Self::More,
    ];

    /// Whether it has a scale of colours, not one.
    const fn is_scale(self) -> bool {
        matches!(self, Self::Heat | Self::Less | Self::More)
    }
}

/// A colour of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// The terminal's own text or background.
    Own,
    /// One of the sixteen, in the terminal's own shade.
    Named(Color),
    /// 24 bits.
    Exact(Rgb),
}

impl Ink {
    fn parse(text: &str) -> Option<Self> {
        let named = || COLOURS.iter().find(|(name, _)| *name == text).map(|(_, colour)| Self::Named(*colour));
        if text == NONE { Some(Self::Own) } else { Rgb::parse(text).map(Self::Exact).or_else(named) }
    }

    /// As a terminal with so many colours shows it; `None` where it shows its own.
    pub(super) fn at(self, depth: Depth) -> Option<Color> {
        match self {
            Self::Own => None,
            Self::Named(colour) => (depth != Depth::None).then_some(colour),
            Self::Exact(rgb) => rgb.at(depth),
        }
    }
}

/// Steps that a scale may have.
const STEPS: Range<usize> = 2..17;

/// What a file says of each key; one colour, or those of a scale.
type Layer = [Option<Vec<Ink>>; KEYS.len()];

/// A theme file: what it starts from, and its colours for all terminals, for 256 colours and for 16.
#[derive(Clone, Debug)]
pub(super) struct ThemeFile {
    pub(super) parent: Option<String>,
    layers: [Layer; 3],
}

/// What is wrong with a theme file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ThemeFault {
    /// It is no TOML.
    #[error("{}", tr!("{file}, line {line}: {problem}", file, line, problem))]
    Syntax {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// It names what has no colour.
    #[error("{}", unknown_key(.file, *.line, .key, .nearest))]
    Key {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// Keys that look like it.
        nearest: Vec<String>,
    },
    /// A value is no colour.
    #[error(
        "{}",
        tr!(
            "{file}, line {line}: `{value}` is no colour for `{key}`; write \"#rrggbb\", one of the sixteen such as \
             \"bright-blue\", or \"none\"",
            file, line, value, key
        )
    )]
    Colour {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// A scale is no list, or too short or too long.
    #[error(
        "{}",
        tr!("{file}, line {line}: `{key}` is a scale; write a list of 2 to 16 colours, the smallest first", file, line, key)
    )]
    Scale {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// What should be a name or a table is something else.
    #[error("{}", tr!("{file}, line {line}: `{key}` cannot be that; see a theme that comes with the program", file, line, key))]
    Kind {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
    },
}

fn unknown_key(file: &str, line: usize, key: &str, nearest: &[String]) -> String {
    if let Some(meant) = nearest.first() {
        tr!("{file}, line {line}: there is no key `{key}` in a theme; is `{meant}` meant?", file, line, key, meant)
    } else {
        let keys = KEYS.join(", ");
        tr!("{file}, line {line}: there is no key `{key}` in a theme; there is {keys}", file, line, key, keys)
    }
}

impl ThemeFile {
    /// Reads a theme; `name` is what the file is called in errors.
    ///
    /// # Errors
    /// [`ThemeFault`] with the line of what is wrong.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, ThemeFault> {
        let table = DeTable::parse(text).map_err(|error| {
            let (line, problem) = told(text, &error);
            ThemeFault::Syntax { file: name.to_owned(), line, problem }
        })?;
        let reading = Reading { name, text };
        let mut parent = None;
        let mut layers: [Layer; 3] = Default::default();
        for (key, value) in table.get_ref() {
            let known: &str = key.get_ref();
            if known == PARENT {
                parent = Some(reading.name_of(known, value)?);
            } else if let Some(place) = TABLES.iter().position(|table| *table == known) {
                let DeValue::Table(table) = value.get_ref() else { return Err(reading.kind(known, value)) };
                for (key, value) in table {
                    reading.read(&mut layers[place + 1], key, value, &[])?;
                }
            } else {
                reading.read(&mut layers[0], key, value, &[&[PARENT], &TABLES[..]].concat())?;
            }
        }
        Ok(Self { parent, layers })
    }

    /// What it says of a key for so many colours: first where it speaks of them alone.
    fn says(&self, key: Key, depth: Depth) -> Option<&[Ink]> {
        let own = match depth {
            Depth::Indexed => self.layers[1][key as usize].as_deref(),
            Depth::Ansi => self.layers[2][key as usize].as_deref(),
            Depth::True | Depth::None => None,
        };
        own.or(self.layers[0][key as usize].as_deref())
    }
}

/// What themes that start from each other say of a key, the one that is asked for first.
pub(super) fn inks(chain: &[ThemeFile], key: Key, depth: Depth) -> &[Ink] {
    chain.iter().find_map(|file| file.says(key, depth)).unwrap_or_default()
}

/// A file that is being read.
struct Reading<'a> {
    name: &'a str,
    text: &'a str,
}

impl Reading<'_> {
    fn at<T>(&self, place: &Spanned<T>) -> (String, usize) {
        (self.name.to_owned(), line_of(self.text, place.span().start))
    }

    fn kind(&self, key: &str, value: &Spanned<DeValue<'_>>) -> ThemeFault {
        let (file, line) = self.at(value);
        ThemeFault::Kind { file, line, key: key.to_owned() }
    }

    fn name_of(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<String, ThemeFault> {
        match value.get_ref() {
            DeValue::String(name) => Ok(name.clone().into_owned()),
            _ => Err(self.kind(key, value)),
        }
    }

    /// Takes a key with its value into a layer; `others` are keys beside those of colours that are known here.
    fn read(
        &self,
        layer: &mut Layer,
        name: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
        others: &[&str],
    ) -> Result<(), ThemeFault> {
        let wanted: &str = name.get_ref();
        let Some(place) = KEYS.iter().position(|known| *known == wanted) else {
            let (file, line) = self.at(name);
            let known = KEYS.iter().chain(others).map(|key| (*key).to_owned());
            let nearest = nearest(wanted, known);
            return Err(ThemeFault::Key { file, line, key: clean(wanted).into_owned(), nearest });
        };
        let key = Key::ALL[place];
        let inks = match value.get_ref() {
            DeValue::Array(values) if key.is_scale() && STEPS.contains(&values.len()) => {
                values.iter().map(|value| self.ink(wanted, value)).collect::<Result<_, _>>()?
            }
            _ if key.is_scale() => {
                let (file, line) = self.at(value);
                return Err(ThemeFault::Scale { file, line, key: wanted.to_owned() });
            }
            _ => vec![self.ink(wanted, value)?],
        };
        layer[place] = Some(inks);
        Ok(())
    }

    fn ink(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Ink, ThemeFault> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            _ => self.text.get(value.span()).unwrap_or_default(),
        };
        let is_text = matches!(value.get_ref(), DeValue::String(_));
        Ink::parse(text).filter(|_| is_text).ok_or_else(|| {
            let (file, line) = self.at(value);
            let value = clean(text.lines().next().unwrap_or_default()).into_owned();
            ThemeFault::Colour { file, line, key: key.to_owned(), value }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        ThemeFile::parse("my.toml", text).map(|_| ()).expect_err("it is refused").to_string()
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_what_may_be_meant() {
        assert_eq!(
            fault("parent = \"dark\"\n\nacent = \"#ffffff\"\n"),
            "my.toml, line 3: there is no key `acent` in a theme; is `accent` meant?"
        );
        assert_eq!(
            fault("[\"16\"]\nbars = \"red\"\n"),
            "my.toml, line 2: there is no key `bars` in a theme; is `bar` meant?"
        );
        assert_eq!(
            fault("parnt = \"dark\""),
            "my.toml, line 1: there is no key `parnt` in a theme; is `parent` meant?"
        );
        assert!(fault("zzzzzzzz = 1").contains("there is background, text, muted"));
        assert!(
            fault("text = \"#fff\"").starts_with("my.toml, line 1: `#fff` is no colour for `text`; write \"#rrggbb\"")
        );
        assert!(fault("\n\ntext = 7").starts_with("my.toml, line 3: `7` is no colour"));
        assert!(fault("heat = \"red\"").contains("`heat` is a scale"));
        assert!(fault("heat = [\"red\"]").contains("2 to 16 colours"));
        assert!(fault("less = [\"red\", \"rod\"]").contains("`rod` is no colour for `less`"));
        assert!(fault("text = [\"red\", \"blue\"]").contains("is no colour for `text`"));
        assert!(fault("\"256\" = \"red\"").contains("`256` cannot be that"));
        assert!(fault("parent = 3").contains("`parent` cannot be that"));
        assert!(fault("text = \n").starts_with("my.toml, line 1: "));
        assert!(fault("text = \"red\"\ntext = \"blue\"").starts_with("my.toml, line 2: "));
    }

    #[test]
    fn the_nearest_file_decides_and_in_it_the_table_of_the_depth() -> Result<(), ThemeFault> {
        let root = ThemeFile::parse("root", "accent = \"#010203\"\nbar = \"#040506\"\n[\"16\"]\naccent = \"red\"\n")?;
        let own = ThemeFile::parse("own", "accent = \"#0a0b0c\"\n")?;
        let chain = [own, root.clone()];
        assert_eq!(inks(&chain, Key::Accent, Depth::Ansi), [Ink::Exact(Rgb(10, 11, 12))]);
        assert_eq!(inks(&chain, Key::Bar, Depth::True), [Ink::Exact(Rgb(4, 5, 6))]);
        assert_eq!(inks(&[root], Key::Accent, Depth::Ansi), [Ink::Named(Color::Red)]);
        assert!(inks(&chain, Key::Heat, Depth::True).is_empty());
        Ok(())
    }
}
