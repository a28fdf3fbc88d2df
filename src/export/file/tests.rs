use std::error::Error;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};

use super::super::table::{Cell, Column, Kind};
use super::super::{sink, write};
use super::*;
use crate::job::CancelToken;

type Done = Result<(), Box<dyn Error>>;

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
}

fn put(path: &Path, text: &str, replace: bool) -> Result<Written, FileError> {
    let mut output = Output::open(Some(path), replace)?;
    output.write_all(text.as_bytes()).map_err(|error| output.failed(error.into()))?;
    output.finish()
}

#[test]
fn a_file_is_written_whole_for_its_owner_alone() -> Done {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("list.csv");
    let written = put(&path, "abc", false)?;
    // FIPS 180-2, appendix B.1.
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
    assert_eq!(written, Written { path: Some(path.clone()), bytes: 3, sha256 });
    assert_eq!(fs::read_to_string(&path)?, "abc");
    assert_eq!(fs::metadata(&path)?.mode() & 0o777, 0o600);
    assert_eq!(names(folder.path())?, ["list.csv"]);
    Ok(())
}

#[test]
fn a_file_that_is_there_stays_unless_told() -> Done {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("list.csv");
    fs::write(&path, "old")?;
    let told = put(&path, "new", false).unwrap_err().to_string();
    assert!(told.ends_with("list.csv is there already; choose another name, or write over it with --force"), "{told}");
    assert_eq!(fs::read_to_string(&path)?, "old");
    put(&path, "new", true)?;
    assert_eq!(fs::read_to_string(&path)?, "new");
    assert_eq!(fs::metadata(&path)?.mode() & 0o777, 0o600);
    assert_eq!(names(folder.path())?, ["list.csv"]);
    Ok(())
}

#[test]
fn one_made_meanwhile_stays() -> Done {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("list.csv");
    let output = Output::open(Some(&path), false)?;
    fs::write(&path, "of another")?;
    assert!(matches!(output.finish(), Err(FileError::Exists(there)) if there == path));
    assert_eq!(fs::read_to_string(&path)?, "of another");
    assert_eq!(names(folder.path())?, ["list.csv"]);
    Ok(())
}

#[test]
fn nothing_is_left_behind_when_it_fails_or_is_called_off() -> Done {
    let folder = tempfile::tempdir()?;
    let columns = [Column { name: "name".to_owned(), kind: Kind::Text }];
    for format in [Format::Csv, Format::Json, Format::Xlsx] {
        let path = folder.path().join("list");
        let mut output = Output::open(Some(&path), false)?;
        let aside = output.folder();
        let cancel = CancelToken::default();
        let rows = (0..2_000).map(|n| {
            if n == 1_500 {
                cancel.cancel();
            }
            vec![Cell::Text("x".repeat(100).into())]
        });
        let sink = sink(format, &mut output, &aside)?;
        let error = write(sink, &columns, rows, None, &cancel).map_err(|error| output.failed(error)).unwrap_err();
        assert!(matches!(error, FileError::List { .. }), "{error:?}");
        drop(output);
        assert_eq!(names(folder.path())?, Vec::<String>::new(), "{format}");
    }
    Ok(())
}

#[test]
fn links_stay_and_devices_are_no_files() -> Done {
    let folder = tempfile::tempdir()?;
    let (path, link) = (folder.path().join("list.csv"), folder.path().join("link.csv"));
    fs::write(&path, "old")?;
    symlink(&path, &link)?;
    assert!(matches!(put(&link, "new", false), Err(FileError::Exists(_))));
    put(&link, "new", true)?;
    assert_eq!(fs::read_to_string(&path)?, "new");
    assert!(fs::symlink_metadata(&link)?.is_symlink());
    let dangling = folder.path().join("dangling.csv");
    symlink(folder.path().join("nowhere"), &dangling)?;
    assert!(matches!(put(&dangling, "new", false), Err(FileError::Exists(_))));
    assert!(matches!(put(Path::new("/dev/null"), "new", true), Err(FileError::NotAFile(_))));
    assert!(matches!(put(folder.path(), "new", true), Err(FileError::NotAFile(_))));
    Ok(())
}

#[test]
fn errors_say_what_to_do() -> Done {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("none/list.csv");
    let told = put(&path, "", false).unwrap_err().to_string();
    assert!(told.contains("none does not exist; make it, or choose another"), "{told}");
    let output = Output::open(Some(&folder.path().join("list.csv")), false)?;
    for code in [28, 122] {
        let told = output.failed(io::Error::from_raw_os_error(code).into()).to_string();
        assert!(told.contains("list.csv: the disk is full; nothing was left behind"), "{told}");
    }
    let denied = output.failed(io::Error::from_raw_os_error(13).into());
    assert!(denied.source().is_some_and(|source| source.to_string().contains("denied")), "{denied:?}");
    Ok(())
}

#[test]
fn the_extension_says_the_format() {
    for (name, format) in [
        ("a.csv", Format::Csv),
        ("a.CSV", Format::Csv),
        ("a.ndjson", Format::Ndjson),
        ("a.jsonl", Format::Ndjson),
        ("a.json", Format::Json),
        ("a.b.xlsx", Format::Xlsx),
        ("a.md", Format::Markdown),
        ("a.parquet", Format::Parquet),
    ] {
        assert_eq!(Format::of(Path::new(name)).ok(), Some(format), "{name}");
    }
    for name in ["a", "a.xls", "-", ".csv"] {
        let error = Format::of(Path::new(name));
        assert!(matches!(&error, Err(FileError::NoFormat(_))), "{name}");
        // There are no options on the screen.
        assert!(error.is_err_and(|error| !error.to_string().contains("--")), "{name}");
    }
    assert!(Format::ALL.into_iter().all(|format| format.name().parse() == Ok(format)));
    assert_eq!("xls".parse::<Format>(), Err(NoFormat("xls".to_owned())));
}

#[test]
fn no_path_and_a_dash_are_stdout() -> Done {
    for path in [None, Some(Path::new("-"))] {
        let written = Output::open(path, false)?.finish()?;
        assert_eq!((written.path, written.bytes), (None, 0));
    }
    Ok(())
}

/// A file that is whole and not in its place yet.
fn sealed(path: &Path, text: &str, replace: bool) -> Result<Sealed, FileError> {
    let mut output = Output::open(Some(path), replace)?;
    output.write_all(text.as_bytes()).map_err(|error| output.failed(error.into()))?;
    output.seal()
}

#[test]
fn two_files_that_belong_together_are_both_there_or_neither() -> Done {
    let folder = tempfile::tempdir()?;
    let (list, note) = (folder.path().join("list.csv"), folder.path().join("note.json"));
    let written = sealed(&list, "abc", false)?.put_with(sealed(&note, "{}", false)?)?;
    assert_eq!((written.path.as_deref(), written.bytes), (Some(&*list), 3));
    assert_eq!(names(folder.path())?, ["list.csv", "note.json"]);
    // The second one's place is taken meanwhile.
    for name in [&list, &note] {
        fs::remove_file(name)?;
    }
    let (first, second) = (sealed(&list, "abc", false)?, sealed(&note, "{}", false)?);
    fs::write(&note, "of another")?;
    assert!(matches!(first.put_with(second), Err(FileError::Exists(there)) if there == note));
    assert_eq!(names(folder.path())?, ["note.json"]);
    Ok(())
}

#[test]
fn what_was_replaced_is_there_again_when_what_belongs_to_it_cannot_be_put() -> Done {
    let folder = tempfile::tempdir()?;
    let (list, note) = (folder.path().join("list.csv"), folder.path().join("note.json"));
    fs::write(&list, "old")?;
    let (first, second) = (sealed(&list, "new", true)?, sealed(&note, "{}", true)?);
    // No file takes the place of a folder.
    fs::create_dir(&note)?;
    assert!(first.put_with(second).is_err());
    assert_eq!(fs::read_to_string(&list)?, "old");
    assert_eq!(names(folder.path())?, ["list.csv", "note.json"]);
    // Where nothing was, nothing is.
    fs::remove_file(&list)?;
    let second = sealed(&folder.path().join("other.json"), "{}", true)?;
    fs::create_dir(folder.path().join("other.json"))?;
    assert!(sealed(&list, "new", true)?.put_with(second).is_err());
    assert!(!list.exists());
    Ok(())
}

#[test]
fn a_look_makes_nothing_and_says_what_is_in_the_way() -> Done {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("list.csv");
    Output::check(&path, false)?;
    assert_eq!(names(folder.path())?, Vec::<String>::new());
    fs::write(&path, "old")?;
    assert!(matches!(Output::check(&path, false), Err(FileError::Exists(_))));
    Output::check(&path, true)?;
    assert!(matches!(Output::check(&path.join("x"), false), Err(FileError::NoFolder { .. })));
    Ok(())
}

#[test]
fn nothing_more_is_taken_once_it_is_called_off() -> Done {
    let folder = tempfile::tempdir()?;
    let cancel = CancelToken::default();
    let mut output = Output::open(Some(&folder.path().join("list.csv")), false)?.until(&cancel);
    output.write_all(b"abc")?;
    cancel.cancel();
    assert!(output.write_all(b"def").is_err());
    drop(output);
    assert_eq!(names(folder.path())?, Vec::<String>::new());
    Ok(())
}
