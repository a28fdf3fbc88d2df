//! Remembered mappings: which column somebody chose for a role, kept by the header of the file, so that the next file with
//! the same header is opened the same way without a question.

use std::collections::HashMap;
use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use tempfile::Builder;
use thiserror::Error;

use super::digest::hexadecimal;
use super::mapping::WantedColumns;
use super::source::Source;
use super::synonyms::Role;
use crate::model::scenario::Columns;
use crate::show::system;
use crate::tr;
use written::text;

mod written;

/// The name of the file in the config folder.
pub const FILE_NAME: &str = "mappings.toml";

/// Mappings that are kept, the most recent ones.
pub const KEPT: usize = 200;

/// The largest file that is read, in bytes: far more than so many mappings take.
const MOST: u64 = 8 << 20;

/// Names of columns that are written for people; the rest is in the signature alone.
const NAMES: usize = 40;

/// The version of the file.
const FORMAT: i64 = 1;

/// A column chosen for a role, by 0-based position; `None`: no column plays the role.
pub type Chosen = (Role, Option<usize>);

/// A memory that cannot be used.
#[derive(Debug, Error)]
pub enum MemoryError {
    /// The system refuses.
    #[error("{}", tr!("remembered columns cannot be read from {path}: {cause}", path = path.display(), cause = system::words(source)))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Not of the form.
    #[error("{}", tr!("remembered columns in {path} are damaged and not used: {problem}", path = path.display(), problem))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The system refuses.
    #[error("{}", tr!("the columns cannot be remembered in {path}: {cause}", path = path.display(), cause = system::words(source)))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemoryFile {
    format: i64,
    #[serde(default)]
    mapping: Vec<Entry>,
}

/// The mapping of one header.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    header: String,
    names: Vec<String>,
    columns: Vec<RoleColumn>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleColumn {
    role: String,
    /// 1-based; 0: none.
    column: usize,
    /// For people.
    #[serde(default)]
    name: String,
}

/// What is remembered, read once for many files.
#[derive(Debug, Default)]
pub struct Memory {
    /// By the signatures of the headers.
    entries: HashMap<String, Entry>,
}

impl Memory {
    /// Reads the file of it, if there is one. A memory that cannot be used remembers nothing; [`recalled`] says why.
    #[must_use]
    pub fn of(path: Option<&Path>) -> Self {
        match path.map(Self::read) {
            None => Self::default(),
            Some(Ok(memory)) => memory,
            Some(Err(error)) => {
                tracing::warn!("{error}");
                Self::default()
            }
        }
    }

    fn read(path: &Path) -> Result<Self, MemoryError> {
        let mut entries = HashMap::new();
        for entry in read(path)? {
            // The latest choice stands first.
            entries.entry(entry.header.clone()).or_insert(entry);
        }
        Ok(Self { entries })
    }

    /// What is remembered for the header of a file.
    fn recalled(&self, source: &Source) -> Vec<Chosen> {
        let header = Some(source).filter(|_| !self.entries.is_empty()).and_then(Header::of);
        let entry = header.and_then(|header| self.entries.get(&header.signature));
        entry.and_then(|entry| believed(entry, source)).unwrap_or_default()
    }

    /// Picks what is remembered for the header of a file, but for roles whose column was typed.
    pub fn recall(&self, source: &Source, wanted: &mut WantedColumns) {
        for (role, column) in untyped(&self.recalled(source), wanted) {
            wanted.pick(source, role, column);
        }
    }
}

/// What of a choice holds beside typed columns: an amount that is typed in one way leaves nothing to the other.
#[must_use]
pub fn untyped(chosen: &[Chosen], wanted: &WantedColumns) -> Vec<Chosen> {
    const PRODUCT: [Role; 2] = [Role::Quantity, Role::UnitPrice];
    let typed = |role: &Role| wanted.typed(*role).is_some();
    let holds = |role: &Role| match role {
        Role::Amount => !typed(&Role::Amount) && !PRODUCT.iter().any(typed),
        Role::Quantity | Role::UnitPrice => !typed(role) && !typed(&Role::Amount),
        role => !typed(role),
    };
    chosen.iter().filter(|(role, _)| holds(role)).copied().collect()
}

/// What is remembered for the header of a file: nothing where the file has no header or nobody ever chose.
///
/// # Errors
/// [`MemoryError`] naming the file and what is wrong with it.
pub fn recalled(memory: &Path, source: &Source) -> Result<Vec<Chosen>, MemoryError> {
    if Header::of(source).is_none() {
        return Ok(Vec::new());
    }
    Ok(Memory::read(memory)?.recalled(source))
}

/// Remembers a choice for a header in place of what was remembered for it.
///
/// # Errors
/// [`MemoryError::Unwritable`] with what the system says.
pub fn remember(memory: &Path, header: &Header, chosen: &[Chosen]) -> Result<(), MemoryError> {
    let mut entries = writable(memory)?;
    entries.retain(|entry| entry.header != header.signature);
    let column = |(role, column): &Chosen| RoleColumn {
        role: role.key().to_owned(),
        column: column.map_or(0, |column| column + 1),
        name: column.and_then(|column| header.names.get(column)).cloned().unwrap_or_default(),
    };
    let names = header.names.iter().take(NAMES).cloned().collect();
    let columns = chosen.iter().map(column).collect();
    entries.insert(0, Entry { header: header.signature.clone(), names, columns });
    entries.truncate(KEPT);
    write(memory, &entries)
}

/// Forgets what is remembered for a header; gives whether there was anything.
///
/// # Errors
/// [`MemoryError`] with what the system says.
pub fn forget(memory: &Path, header: &Header) -> Result<bool, MemoryError> {
    let mut entries = match read(memory) {
        // What is not believed cannot be in the way of anything.
        Err(MemoryError::Damaged { .. }) => return Ok(false),
        entries => entries?,
    };
    let before = entries.len();
    entries.retain(|entry| entry.header != header.signature);
    if entries.len() == before {
        return Ok(false);
    }
    write(memory, &entries)?;
    Ok(true)
}

/// What a file is known by: the names of its columns in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The SHA-256 of the names, each with its length before it.
    signature: String,
    names: Vec<String>,
}

impl Header {
    /// The header of a file; `None` where it does not name its columns.
    #[must_use]
    pub fn of(source: &Source) -> Option<Self> {
        if !source.header || source.columns.is_empty() {
            return None;
        }
        let mut hash = Sha256::new();
        for column in &source.columns {
            hash.update((column.name.len() as u64).to_be_bytes());
            hash.update(column.name.as_bytes());
        }
        let signature = hexadecimal(&hash.finalize());
        Some(Self { signature, names: source.columns.iter().map(|column| column.name.clone()).collect() })
    }
}

/// The columns that are chosen, as somebody would type them: by name, or by position where the name is another's too.
/// Where files have other columns than the first, nothing can be typed for all of them.
#[must_use]
pub fn as_typed(chosen: &[Chosen], sources: &[&Source], typed: Columns) -> Columns {
    let Some(first) = sources.first() else { return typed };
    let names = |source: &Source| source.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
    if sources[1..].iter().any(|source| names(source) != names(first)) {
        return typed;
    }
    let mut columns = typed.into_array();
    for (role, column) in chosen {
        columns[*role as usize] = column.and_then(|column| {
            let name = &first.columns.get(column)?.name;
            Some(if first.position(name) == Some(column) { name.clone() } else { (column + 1).to_string() })
        });
    }
    Columns::from_array(columns)
}

/// What an entry says, if all of it can be: known roles, each once, on columns that there are, each once.
fn believed(entry: &Entry, source: &Source) -> Option<Vec<Chosen>> {
    let mut chosen: Vec<Chosen> = Vec::new();
    for RoleColumn { role, column, .. } in &entry.columns {
        let role = Role::ALL.into_iter().find(|known| known.key() == role)?;
        let column = column.checked_sub(1);
        let fits = column.is_none_or(|column| column < source.columns.len());
        let taken = |known: &Chosen| known.0 == role || (column.is_some() && known.1 == column);
        if !fits || chosen.iter().any(taken) {
            return None;
        }
        chosen.push((role, column));
    }
    Some(chosen)
}

fn read(path: &Path) -> Result<Vec<Entry>, MemoryError> {
    let unreadable = |source| MemoryError::Unreadable { path: path.to_owned(), source };
    let damaged = |problem: &str| MemoryError::Damaged { path: path.to_owned(), problem: problem.to_owned() };
    match fs::metadata(path) {
        // A pipe would be waited for without end.
        Ok(metadata) if !metadata.is_file() => return Err(damaged(tr!("it is no file"))),
        Ok(metadata) if metadata.len() > MOST => return Err(damaged(tr!("it is larger than 8 MiB"))),
        Ok(_) => {}
        // Nobody has chosen yet, or there is no home.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(unreadable(error)),
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes)).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| damaged(tr!("it is not UTF-8 text")))?;
    let file: MemoryFile = toml::from_str(&text).map_err(|error| damaged(error.message()))?;
    if file.format != FORMAT {
        let problem =
            tr!("its format is {found}, and this program reads format {format}", found = file.format, format = FORMAT);
        return Err(damaged(&problem));
    }
    Ok(file.mapping)
}

/// What is there already, to be added to. A damaged file is put aside, so that it is neither used nor lost.
fn writable(path: &Path) -> Result<Vec<Entry>, MemoryError> {
    match read(path) {
        Err(MemoryError::Damaged { .. }) => {
            let mut aside = path.as_os_str().to_owned();
            aside.push(".damaged");
            fs::rename(path, aside).map_err(|source| MemoryError::Unwritable { path: path.to_owned(), source })?;
            Ok(Vec::new())
        }
        Err(MemoryError::Unreadable { path, source }) => Err(MemoryError::Unwritable { path, source }),
        other => other,
    }
}

/// Writes the file whole or not at all, for its owner alone: names of columns may say much about a business.
fn write(path: &Path, entries: &[Entry]) -> Result<(), MemoryError> {
    let unwritable = |error: io::Error| {
        // The name of the temporary file says nothing to the user.
        let source = error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
        MemoryError::Unwritable { path: path.to_owned(), source }
    };
    // A link stays, and what it leads to is written.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(unwritable)?;
    let mut file = Builder::new().permissions(Permissions::from_mode(0o600)).tempfile_in(folder).map_err(unwritable)?;
    let written = file.write_all(text(entries).as_bytes()).and_then(|()| file.as_file().sync_all());
    written.map_err(unwritable)?;
    file.persist(&target).map(drop).map_err(|error| unwritable(error.error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::place::Place;
    use crate::data::source::TextOptions;

    type TestResult = Result<(), Box<dyn std::error::Error>>;

    fn source(folder: &Path, names: &str) -> Result<Source, Box<dyn std::error::Error>> {
        let path = folder.join("sales.csv");
        fs::write(&path, format!("{names}\na,2024-01-01,1.00\nb,2024-01-02,2.00\n"))?;
        Ok(Source::open(&Place::file(path), &TextOptions::default())?)
    }

    fn header(source: &Source) -> Result<Header, &'static str> {
        Header::of(source).ok_or("no header")
    }

    const WHO: Chosen = (Role::Customer, Some(0));

    #[test]
    fn the_latest_two_hundred_are_kept() -> TestResult {
        let folder = tempfile::tempdir()?;
        let memory = folder.path().join("deep/er").join(FILE_NAME);
        let sources: Result<Vec<Source>, _> =
            (0..=KEPT).map(|number| source(folder.path(), &format!("name {number},date,amount"))).collect();
        let sources = sources?;
        for source in &sources {
            remember(&memory, &header(source)?, &[WHO, (Role::Order, None)])?;
        }
        assert_eq!(recalled(&memory, &sources[0])?, []);
        assert_eq!(recalled(&memory, &sources[1])?, [WHO, (Role::Order, None)]);
        // One that is chosen anew is the latest, and stands once.
        remember(&memory, &header(&sources[1])?, &[WHO])?;
        remember(&memory, &header(&sources[0])?, &[WHO])?;
        assert_eq!(recalled(&memory, &sources[1])?, [WHO]);
        assert_eq!(recalled(&memory, &sources[2])?, []);
        assert_eq!(fs::read_to_string(&memory)?.matches("[[mapping]]").count(), KEPT);
        assert!(forget(&memory, &header(&sources[1])?)?);
        assert!(!forget(&memory, &header(&sources[1])?)?);
        assert_eq!(recalled(&memory, &sources[1])?, []);
        Ok(())
    }

    #[test]
    fn names_that_run_together_are_not_the_same_header() -> TestResult {
        let folder = tempfile::tempdir()?;
        let [one, other] = [source(folder.path(), "ab,c,amount")?, source(folder.path(), "a,bc,amount")?];
        assert_ne!(header(&one)?.signature, header(&other)?.signature);
        assert_eq!(header(&one)?.signature.len(), 64);
        Ok(())
    }

    #[test]
    fn any_name_is_written_and_read_back() -> TestResult {
        let folder = tempfile::tempdir()?;
        let memory = folder.path().join(FILE_NAME);
        let odd = source(folder.path(), "\"a \"\"b\"\" \\ 客户\",date,amount")?;
        remember(&memory, &header(&odd)?, &[WHO])?;
        assert_eq!(recalled(&memory, &odd)?, [WHO]);
        assert_eq!(fs::metadata(&memory)?.permissions().mode() & 0o777, 0o600);
        Ok(())
    }

    #[test]
    fn typed_columns_come_first_and_an_amount_is_had_in_one_way() {
        let product = [(Role::Quantity, Some(1)), (Role::UnitPrice, Some(2)), WHO];
        let with = |role| {
            let mut wanted = WantedColumns::default();
            wanted.set(role, "x".to_owned());
            wanted
        };
        assert_eq!(untyped(&product, &with(Role::Amount)), [WHO]);
        assert_eq!(untyped(&[(Role::Amount, Some(1)), WHO], &with(Role::Quantity)), [WHO]);
        assert_eq!(untyped(&product, &with(Role::Customer)), product[..2]);
    }

    #[test]
    fn a_memory_is_read_once_for_many_files() -> TestResult {
        let folder = tempfile::tempdir()?;
        let memory = folder.path().join(FILE_NAME);
        let [one, other] = [source(folder.path(), "who,date,amount")?, source(folder.path(), "whom,date,amount")?];
        remember(&memory, &header(&one)?, &[(Role::Customer, Some(1))])?;
        remember(&memory, &header(&one)?, &[WHO])?;
        let read = Memory::of(Some(&memory));
        fs::remove_file(&memory)?;
        let recall = |source: &Source| {
            let mut wanted = WantedColumns::default();
            read.recall(source, &mut wanted);
            wanted.picked(source)
        };
        assert_eq!((recall(&one), recall(&other)), (vec![WHO], vec![]));
        fs::write(&memory, "mine, all mine")?;
        for path in [None, Some(memory.as_path())] {
            assert!(Memory::of(path).entries.is_empty());
        }
        Ok(())
    }

    #[test]
    fn each_file_has_its_own_picks_and_the_latest_holds() -> TestResult {
        let folder = tempfile::tempdir()?;
        let one = source(folder.path(), "who,date,amount")?;
        let other = Source { place: Place::file("elsewhere.csv"), ..one.clone() };
        let mut wanted = WantedColumns::default();
        wanted.set(Role::Date, "date".to_owned());
        for (source, column) in [(&one, Some(1)), (&other, None), (&one, Some(0))] {
            wanted.pick(source, Role::Customer, column);
        }
        assert_eq!((wanted.picked(&one), wanted.picked(&other)), (vec![WHO], vec![(Role::Customer, None)]));
        let own = wanted.of(&other);
        assert_eq!((own.picked(&one), own.picked(&other)), (vec![], vec![(Role::Customer, None)]));
        assert_eq!(own.typed(Role::Date), Some("date"));
        wanted.forget_picked();
        assert_eq!(wanted.picked(&one), []);
        Ok(())
    }

    #[test]
    fn a_damaged_file_is_put_aside() -> TestResult {
        let folder = tempfile::tempdir()?;
        let memory = folder.path().join(FILE_NAME);
        let source = source(folder.path(), "who,date,amount")?;
        fs::write(&memory, "mine, all mine")?;
        assert!(matches!(recalled(&memory, &source), Err(MemoryError::Damaged { .. })));
        remember(&memory, &header(&source)?, &[WHO])?;
        assert_eq!(recalled(&memory, &source)?, [WHO]);
        assert_eq!(fs::read_to_string(folder.path().join("mappings.toml.damaged"))?, "mine, all mine");
        Ok(())
    }
}
