//! The schemes that come with the program, the user's own beside them, and the choice between them.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::scheme::{Scheme, SchemeError};
use crate::tr;

/// The scheme of who names none.
pub const DEFAULT: &str = "rfm-11";

const BUILT_IN: [&str; 9] = [
    include_str!("schemes/rfm-11.toml"),
    include_str!("schemes/rf-10.toml"),
    include_str!("schemes/rfm-6.toml"),
    include_str!("schemes/cn-8.toml"),
    include_str!("schemes/value-3.toml"),
    include_str!("schemes/spending-3.toml"),
    include_str!("schemes/ladder-5.toml"),
    include_str!("schemes/r-rfm.toml"),
    include_str!("schemes/score-total.toml"),
];

/// A scheme that cannot be had.
#[derive(Debug, Error)]
pub enum LookupError {
    /// No scheme of this name.
    #[error("{}", tr!("there is no scheme `{name}`; there are {known}; or give the path of a TOML file", name, known))]
    Unknown {
        /// What was asked for.
        name: String,
        /// All names there are.
        known: String,
    },
    /// A file that cannot be read.
    #[error("{}", tr!("cannot read scheme {path}: {cause}", path = path.display(), cause = source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file that is no scheme.
    #[error("{}: {source}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Why.
        source: SchemeError,
    },
}

/// All schemes by name: the built-in ones, and the user's own, which take the place of built-in ones of their name.
#[derive(Debug)]
pub struct Catalogue {
    schemes: Vec<Scheme>,
    /// Files in the user's folder that are no schemes: told, and passed over.
    pub problems: Vec<LookupError>,
}

impl Catalogue {
    /// The built-in schemes alone.
    #[must_use]
    pub fn built_in() -> Self {
        // A built-in scheme that does not parse fails the test below and so never reaches a user.
        Self { schemes: BUILT_IN.iter().filter_map(|text| Scheme::parse(text).ok()).collect(), problems: Vec::new() }
    }

    /// The built-in schemes and those in a folder of TOML files; a folder that is not there holds none.
    #[must_use]
    pub fn with_folder(folder: &Path) -> Self {
        let mut catalogue = Self::built_in();
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => Some(entries),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => {
                catalogue.problems.push(LookupError::Unreadable { path: folder.to_owned(), source });
                None
            }
        };
        let entries = entries.into_iter().flatten().flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
        for path in paths {
            match read(&path) {
                Ok(scheme) => {
                    catalogue.schemes.retain(|known| known.name != scheme.name);
                    catalogue.schemes.push(scheme);
                }
                Err(problem) => catalogue.problems.push(problem),
            }
        }
        catalogue
    }

    /// Whether a scheme of a name comes with the program.
    #[must_use]
    pub fn is_built_in(name: &str) -> bool {
        Self::built_in().schemes.iter().any(|scheme| scheme.name == name)
    }

    /// All schemes, in the order they are offered in.
    #[must_use]
    pub fn schemes(&self) -> &[Scheme] {
        &self.schemes
    }

    /// The scheme of a name, or in a TOML file at a path.
    ///
    /// # Errors
    /// [`LookupError`] with the names there are, or with what is wrong with the file.
    pub fn find(&self, name: &str) -> Result<Scheme, LookupError> {
        if let Some(scheme) = self.schemes.iter().find(|scheme| scheme.name == name) {
            return Ok(scheme.clone());
        }
        let path = Path::new(name);
        if path.extension().is_some_and(|extension| extension == "toml") || path.is_file() {
            return read(path);
        }
        let known = self.schemes.iter().map(|scheme| scheme.name.as_str()).collect::<Vec<_>>().join(", ");
        Err(LookupError::Unknown { name: name.to_owned(), known })
    }

    /// The names of the schemes whose cells are written for these bins.
    #[must_use]
    pub fn fitting(&self, bins: [usize; 3]) -> Vec<&str> {
        self.schemes.iter().filter(|scheme| scheme.fits(bins).is_ok()).map(|scheme| scheme.name.as_str()).collect()
    }
}

fn read(path: &Path) -> Result<Scheme, LookupError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| LookupError::Unreadable { path: path.to_owned(), source })?;
    Scheme::parse(&text).map_err(|source| LookupError::Invalid { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, texts, within};
    use crate::model::scheme::{Lint, NO_SEGMENT, cell_index};

    fn bins(scheme: &Scheme) -> [usize; 3] {
        let axes = &scheme.axes;
        [&axes.recency, &axes.frequency, &axes.monetary].map(|plan| plan.bins.unwrap_or(5))
    }

    #[test]
    fn every_built_in_scheme_parses_and_is_found_by_its_name() {
        let catalogue = Catalogue::built_in();
        assert_eq!(catalogue.schemes().len(), BUILT_IN.len());
        for scheme in catalogue.schemes() {
            assert!(catalogue.find(&scheme.name).is_ok(), "{}", scheme.name);
        }
    }

    #[test]
    fn the_published_tables_cover_each_cell_once() -> Result<(), Box<dyn std::error::Error>> {
        for name in ["rfm-11", "rf-10", "rfm-6", "cn-8", "value-3", "spending-3", "score-total"] {
            let scheme = Catalogue::built_in().find(name)?;
            assert_eq!(scheme.compile(bins(&scheme))?.lint, Lint::default(), "{name}");
        }
        Ok(())
    }

    #[test]
    fn the_r_ranges_leave_ten_cells_to_others() -> Result<(), Box<dyn std::error::Error>> {
        let scheme = Catalogue::built_in().find("r-rfm")?;
        let map = scheme.compile([5; 3])?;
        let others = |code: &str| {
            let cell: Vec<u8> = code.bytes().map(|digit| digit - b'0').collect();
            map.segment(cell_index([5; 3], [cell[0], cell[1], cell[2]])) == scheme.segments.len() - 1
        };
        assert!("215 241 251 252 341 351 441 451 541 551".split(' ').all(others));
        assert_eq!((0..map.cells()).filter(|cell| map.segment(*cell) == 10).count(), 10);
        Ok(())
    }

    #[test]
    fn every_built_in_name_is_translated_and_understood_as_it_is_shown() {
        let known = texts(Language::Hans).expect("a catalogue");
        let is_known = |kind: &str, text: &str| assert!(known.contains_key(&format!("{kind}|{text}")), "{kind} {text}");
        is_known("segment", NO_SEGMENT);
        for scheme in Catalogue::built_in().schemes() {
            is_known("scheme", &scheme.title);
            scheme.note.iter().for_each(|note| is_known("scheme", note));
            for (number, segment) in scheme.segments.iter().enumerate() {
                is_known("segment", &segment.name);
                let (shown, typed) =
                    within(Language::Hans, || (scheme.segment_title(number), scheme.typed_name(number)));
                assert_eq!(shown, typed, "{}: two segments are shown alike, or one as another is called", scheme.name);
            }
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let error = Catalogue::built_in().find("rfm-12").err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.contains("rfm-12") && error.contains("ladder-5")));
    }

    #[test]
    fn the_users_own_schemes_stand_beside_the_built_in_ones() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let own = "name = \"own\"\ntitle = \"Own\"\n[[segment]]\nname = \"All\"\notherwise = true";
        std::fs::write(folder.path().join("own.toml"), own)?;
        std::fs::write(folder.path().join("bad.toml"), "name = 3")?;
        let catalogue = Catalogue::with_folder(folder.path());
        assert_eq!(catalogue.find("own")?.title, "Own");
        assert_eq!(catalogue.problems.len(), 1);
        assert!(catalogue.fitting([2, 7, 9]).contains(&"own"));
        Ok(())
    }
}
