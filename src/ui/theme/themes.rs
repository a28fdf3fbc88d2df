//! The themes there are: those that come with the program, and the user's own, each starting from another.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::file::{ThemeFault, ThemeFile};
use super::names::{AUTO, BUILT_IN, ENDING, ROOT};
use crate::model::field::nearest;
use crate::show::text::clean;
use crate::tr;

/// A theme that cannot be had.
#[derive(Debug, Error)]
pub enum ThemeError {
    /// Nothing is called so.
    #[error("{}", unknown(.name, .nearest, .there))]
    Unknown {
        /// The name.
        name: String,
        /// Names that look like it.
        nearest: Vec<String>,
        /// All that there are.
        there: Vec<String>,
    },
    /// The file cannot be read.
    #[error("{}", tr!("the theme {path} cannot be read: {cause}", path = path.display(), cause = source))]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is larger than any theme.
    #[error("{}", tr!("{path} is larger than any theme: 64 kB at most", path = _0.display()))]
    Large(PathBuf),
    /// Something in the file is wrong.
    #[error(transparent)]
    Fault(#[from] ThemeFault),
    /// Themes start from each other.
    #[error("{}", tr!("themes start from each other, and none from one that is complete: {names}", names = _0.join(" -> ")))]
    Cycle(Vec<String>),
}

fn unknown(name: &str, nearest: &[String], there: &[String]) -> String {
    let there = there.join(", ");
    match nearest.first() {
        Some(meant) => tr!("there is no theme `{name}`; is `{meant}` meant? There is {there}", name, meant, there),
        None => tr!("there is no theme `{name}`; there is {there}, or the path of a TOML file", name, there),
    }
}

/// No theme has more bytes.
const LARGEST: u64 = 64 * 1024;

/// No theme starts from more than so many, one from the other.
const DEEPEST: usize = 16;

/// Where themes are found.
#[derive(Clone, Debug, Default)]
pub(super) struct Themes {
    /// The folder of the user's own.
    pub(super) folder: Option<PathBuf>,
}

impl Themes {
    /// The names of all that there are: the built-in ones, then the user's own.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect();
        let entries = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok());
        let own = entries.into_iter().flatten().flatten().filter_map(|entry| {
            let path = entry.path();
            let is_theme = path.extension().is_some_and(|ending| ending == ENDING);
            path.file_stem().filter(|_| is_theme)?.to_str().map(str::to_owned)
        });
        let mut own: Vec<String> = own.filter(|name| !names.contains(name) && name != AUTO).collect();
        own.sort();
        names.extend(own);
        names
    }

    /// A theme by its name or path, and those that it starts from, up to the one that is complete.
    ///
    /// # Errors
    /// [`ThemeError`]: nothing is called so, a file is wrong, or they start from each other.
    pub(super) fn chain(&self, wanted: &str) -> Result<Vec<ThemeFile>, ThemeError> {
        let mut chain = Vec::new();
        let mut seen: Vec<Found> = Vec::new();
        let mut next = self.find(wanted, None)?;
        loop {
            // Paths may name one file in ever new ways.
            if seen.contains(&next) || seen.len() == DEEPEST {
                let names = seen.iter().chain([&next]).map(Found::name).collect();
                return Err(ThemeError::Cycle(names));
            }
            let file = next.read()?;
            let parent = match (&file.parent, &next) {
                (Some(parent), _) => Some(self.find(parent, Some(&next))?),
                (None, Found::BuiltIn(ROOT)) => None,
                (None, _) => Some(Found::BuiltIn(ROOT)),
            };
            chain.push(file);
            seen.push(next);
            match parent {
                Some(parent) => next = parent,
                None => return Ok(chain),
            }
        }
    }

    /// Where a theme is. A name is that of a file of the user's, else of a built-in theme; a file that names itself means
    /// the built-in one. A path starts where the file is that names it.
    fn find(&self, wanted: &str, from: Option<&Found>) -> Result<Found, ThemeError> {
        let built_in = BUILT_IN.iter().find(|(name, _)| *name == wanted).map(|(name, _)| Found::BuiltIn(name));
        if is_path(wanted) {
            let beside = match from {
                Some(Found::File(file)) => file.parent().map(|folder| folder.join(wanted)),
                _ => None,
            };
            return Ok(Found::File(beside.unwrap_or_else(|| PathBuf::from(wanted))));
        }
        let own = self.folder.as_ref().map(|folder| folder.join(format!("{wanted}.{ENDING}")));
        let own = own.filter(|path| path.is_file()).map(Found::File);
        // What comes with the program stays as it is, whatever the user's own are called.
        let is_built_in = matches!(from, Some(Found::BuiltIn(_)));
        let own = own.filter(|own| built_in.is_none() || (from != Some(own) && !is_built_in));
        own.or(built_in).ok_or_else(|| {
            let mut there = self.names();
            there.insert(0, AUTO.to_owned());
            let name = clean(wanted).into_owned();
            ThemeError::Unknown { nearest: nearest(&name, there.clone()), name, there }
        })
    }
}

/// Whether a theme is named by the path of its file.
pub(super) fn is_path(wanted: &str) -> bool {
    let path = Path::new(wanted);
    path.components().count() > 1 || path.extension().is_some_and(|ending| ending == ENDING)
}

/// Where a theme was found.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    BuiltIn(&'static str),
    File(PathBuf),
}

impl Found {
    fn name(&self) -> String {
        match self {
            Self::BuiltIn(name) => (*name).to_owned(),
            Self::File(path) => clean(&path.display().to_string()).into_owned(),
        }
    }

    fn read(&self) -> Result<ThemeFile, ThemeError> {
        let text = match self {
            Self::BuiltIn(name) => {
                BUILT_IN.iter().find(|(known, _)| known == name).map(|(_, text)| (*text).to_owned()).unwrap_or_default()
            }
            Self::File(path) => {
                let problem = |source| ThemeError::Read { path: path.clone(), source };
                // What is no file at all, such as a pipe, might never end.
                let size = fs::metadata(path).and_then(|known| {
                    if known.is_file() { Ok(known.len()) } else { Err(io::ErrorKind::InvalidInput.into()) }
                });
                if size.map_err(problem)? > LARGEST {
                    return Err(ThemeError::Large(path.clone()));
                }
                fs::read_to_string(path).map_err(problem)?
            }
        };
        Ok(ThemeFile::parse(&self.name(), &text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Themes) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("written");
        }
        let themes = Themes { folder: Some(folder.path().to_owned()) };
        (folder, themes)
    }

    #[test]
    fn every_built_in_theme_is_complete_and_knows_its_parent() {
        let themes = Themes::default();
        for (name, _) in BUILT_IN {
            let chain = themes.chain(name).expect(name);
            assert_eq!(chain.len(), if name == ROOT { 1 } else { 2 }, "{name}");
        }
    }

    #[test]
    fn own_themes_are_found_by_name_and_by_path_and_listed_behind_the_built_in_ones() {
        let (place, themes) = folder(&[
            ("mine.toml", "accent = \"red\""),
            ("dark.toml", "parent = \"dark\"\ntext = \"red\""),
            ("later.toml", "parent = \"./mine.toml\""),
            ("notes.txt", ""),
        ]);
        let names = themes.names();
        assert_eq!(names[..BUILT_IN.len()], BUILT_IN.map(|(name, _)| name));
        assert_eq!(names[BUILT_IN.len()..], ["later", "mine"]);
        assert_eq!(themes.chain("mine").expect("mine").len(), 2);
        assert_eq!(themes.chain("dark").expect("over the built-in one").len(), 2);
        assert_eq!(themes.chain("later").expect("beside").len(), 3);
        assert_eq!(themes.chain("light").expect("light").len(), 2, "the built-in dark, not the user's");
        let path = place.path().join("mine.toml");
        assert_eq!(themes.chain(&path.display().to_string()).expect("by path").len(), 2);
    }

    #[test]
    fn what_cannot_be_had_is_told() {
        let (_place, themes) = folder(&[
            ("a.toml", "parent = \"b\""),
            ("b.toml", "parent = \"a\""),
            ("self.toml", "parent = \"self\""),
            ("wrong.toml", "\nacent = \"red\""),
        ]);
        let told = |name: &str| themes.chain(name).map(|_| ()).expect_err("refused").to_string();
        assert!(told("lihgt").contains("there is no theme `lihgt`; is `light` meant? There is auto, dark, light"));
        assert!(told("zzzzzzzzzzzz").contains("or the path of a TOML file"));
        let cycle = told("a");
        assert!(cycle.contains("start from each other") && cycle.matches("a.toml").count() == 2, "{cycle}");
        assert!(told("self").contains("self.toml -> "), "{}", told("self"));
        assert!(told("wrong").ends_with("wrong.toml, line 2: there is no key `acent` in a theme; is `accent` meant?"));
        assert!(told("./no-such.toml").contains("no-such.toml cannot be read"));
        assert!(told("/dev/zero").contains("/dev/zero cannot be read"));
    }
}
