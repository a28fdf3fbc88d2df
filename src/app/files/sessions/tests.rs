use std::io::Cursor;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::data::expand::expand;
use crate::lang::{Language, within};

type TestResult = Result<(), Box<dyn std::error::Error>>;

fn of_places(places: Vec<Place>) -> Option<String> {
    identity(&Request { places, ..Request::default() })
}

/// The data that somebody names.
fn of_named(paths: &[&Path]) -> Result<Option<String>, Box<dyn std::error::Error>> {
    let named: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    Ok(identity(&Request { places: expand(&named)?, named, ..Request::default() }))
}

/// A session's text; nothing of it is looked at here.
fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

#[test]
fn data_is_told_by_the_files_however_they_are_named() -> TestResult {
    let folder = tempfile::tempdir()?;
    let (one, other) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    fs::write(&one, "1")?;
    fs::write(&other, "2")?;
    let name = of_named(&[&one])?;
    assert!(name.is_some());
    assert_eq!(of_named(&[&folder.path().join(".").join("a.csv")])?, name);
    assert_eq!(of_places(vec![Place::file(&one)]), name);
    assert_ne!(of_named(&[&other])?, name);
    assert_ne!(of_named(&[&one, &other])?, name);
    assert_eq!(of_places(vec![Place::file(folder.path().join("none"))]), None);
    Ok(())
}

#[test]
fn a_folder_or_a_pattern_with_a_file_more_is_the_same_data() -> TestResult {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("january.csv"), "1")?;
    let pattern = folder.path().join("*.csv");
    let before = (of_named(&[folder.path()])?, of_named(&[&pattern])?);
    assert!(before.0.is_some() && before.1.is_some() && before.0 != before.1);
    fs::write(folder.path().join("february.csv"), "2")?;
    assert_eq!((of_named(&[folder.path()])?, of_named(&[&pattern])?), before);
    Ok(())
}

#[test]
fn archives_of_one_name_in_two_folders_are_two_data_sets() -> TestResult {
    let folder = tempfile::tempdir()?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("sales.csv", SimpleFileOptions::default())?;
    archive.write_all(b"customer,date,amount\n1,2024-01-01,1\n")?;
    let bytes = archive.finish()?.into_inner();
    let mut identities = Vec::new();
    for month in ["jan", "feb"] {
        let path = folder.path().join(month).join("sales.zip");
        fs::create_dir(folder.path().join(month))?;
        fs::write(&path, &bytes)?;
        // From within its folder it would be named by nothing else than its name: the places alone tell them apart, too.
        let around = folder.path().join(month).join("..").join(month).join("sales.zip");
        let names = [of_named(&[&path])?, of_named(&[&around])?];
        let places = [of_places(expand(&[path])?), of_places(expand(&[around])?)];
        assert!(names[0].is_some() && names[0] == names[1] && places[0].is_some() && places[0] == places[1]);
        identities.push((names, places));
    }
    assert!(identities[0].0 != identities[1].0 && identities[0].1 != identities[1].1, "{identities:?}");
    Ok(())
}

#[test]
fn the_demo_shop_is_the_same_data_in_each_language() {
    let shop = || of_places(vec![Place::BuiltIn { name: "the demo shop", bytes: b"" }]);
    let names = Language::ALL.map(|language| within(language, shop));
    assert!(names[0].is_some() && names.iter().all(|name| *name == names[0]), "{names:?}");
}

#[test]
fn sessions_stand_beside_each_other_for_their_owner_alone_and_the_oldest_go() -> TestResult {
    let folder = tempfile::tempdir()?;
    let sessions = folder.path().join("state").join("sessions");
    for second in 0..3 {
        keep_beside(&sessions, "a", &second.to_string(), at(second), None)?;
    }
    let texts = || -> io::Result<Vec<String>> { files_of(&sessions, "a").iter().map(fs::read_to_string).collect() };
    assert_eq!(texts()?, ["2", "1", "0"]);
    let files = files_of(&sessions, "a");
    assert_eq!(fs::metadata(&files[0])?.permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(&sessions)?.permissions().mode() & 0o777, 0o700);
    assert!(find(&sessions, "a").is_empty(), "what is damaged is not offered");
    // What goes on with one takes its place.
    keep_beside(&sessions, "a", "3", at(3), Some(&files[1]))?;
    assert_eq!(texts()?, ["3", "2", "0"]);
    for second in 4..9 {
        keep_beside(&sessions, "a", &second.to_string(), at(second), None)?;
    }
    assert_eq!(texts()?, ["8", "7", "6", "5", "4"]);
    // Of all data together there is an end, too.
    for number in 0..MOST + 5 {
        keep_beside(&sessions, &format!("{number:032}"), "x", at(10), None)?;
    }
    assert_eq!(fs::read_dir(&sessions)?.count(), MOST);
    Ok(())
}
