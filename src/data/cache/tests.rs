use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, chown};

use super::super::load::{LoadError, load};
use super::super::mapping::AmountFrom;
use super::super::place::Place;
use super::super::synonyms::Role;
use super::*;
use crate::job::Progress;

type TestResult = Result<(), Box<dyn std::error::Error>>;

/// Rows of a few days, the last of them far in the future.
const FUTURE: &str = "customer,date,amount\na,2024-01-01,1.50\nb,2024-01-02,2.50\na,2999-01-01,4.00\n";
const PAST: &str = "customer,date,amount\na,2024-01-01,1.50\nb,2024-01-02,2.50\n";

const TODAY: Day = Day(20_000);

struct Home {
    folder: tempfile::TempDir,
    request: Request,
}

impl Home {
    fn new(text: &str) -> Result<Self, io::Error> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("sales.csv");
        fs::write(&path, text)?;
        File::options().write(true).open(&path)?.set_modified(SystemTime::now() - Duration::from_mins(5))?;
        let cache = Some(folder.path().join("loads"));
        Ok(Self { folder, request: Request { places: vec![Place::file(path)], cache, ..Request::default() } })
    }

    fn slot(&self) -> Result<Slot, LoadError> {
        Slot::of(&self.request).ok_or(LoadError::Cancelled)
    }

    /// What is to be kept of a load, however quick it was.
    fn unsaved(&self, took: Duration) -> Result<Option<Unsaved>, LoadError> {
        let loaded = load(&self.request, &Progress::default(), &CancelToken::default())?;
        Ok(self.slot()?.unsaved(&self.request, &loaded, Some(TODAY), took))
    }

    fn keep(&self) -> Result<bool, LoadError> {
        Ok(self.unsaved(QUICK * 2)?.is_some_and(|unsaved| unsaved.write(&CancelToken::default())))
    }

    fn is_kept(&self, today: Day) -> Result<bool, LoadError> {
        Ok(self.slot()?.read(&self.request, Some(today)).is_some())
    }
}

#[test]
fn rows_of_the_future_are_judged_anew_on_another_day() -> TestResult {
    let home = Home::new(FUTURE)?;
    assert!(!home.is_kept(TODAY)? && home.keep()?);
    assert!(home.is_kept(TODAY)? && !home.is_kept(TODAY + 1)? && !home.is_kept(TODAY + -1)?);
    let home = Home::new(PAST)?;
    assert!(home.keep()?);
    // Without such rows none can come to be by waiting, but by setting the clock back.
    assert!(home.is_kept(TODAY)? && home.is_kept(TODAY + 400)? && !home.is_kept(TODAY + -1)?);
    Ok(())
}

#[test]
fn small_quick_loads_and_files_that_change_are_not_kept() -> TestResult {
    let mut home = Home::new(PAST)?;
    assert!(home.unsaved(QUICK)?.is_none() && home.unsaved(QUICK * 2)?.is_some());
    let path = home.folder.path().join("sales.csv");
    let (slot, loaded) = (home.slot()?, load(&home.request, &Progress::default(), &CancelToken::default())?);
    let time = fs::metadata(&path)?.modified()?;
    fs::write(&path, PAST.replace("2.50", "2.51"))?;
    File::options().write(true).open(&path)?.set_modified(time)?;
    assert!(slot.unsaved(&home.request, &loaded, Some(TODAY), QUICK * 2).is_none());
    assert!(home.keep()?);
    File::options().write(true).open(&path)?.set_modified(SystemTime::now())?;
    assert!(home.unsaved(QUICK * 2)?.is_none());
    home.request.cache = None;
    assert!(Slot::of(&home.request).is_none());
    Ok(())
}

#[test]
fn picked_columns_are_part_of_what_was_asked_for() -> TestResult {
    let mut home = Home::new("who,customer,date,amount\nx,a,2024-01-01,1.50\ny,b,2024-01-02,2.50\n")?;
    assert!(home.keep()? && home.is_kept(TODAY)?);
    let loaded = load(&home.request, &Progress::default(), &CancelToken::default())?;
    home.request.columns.pick(&loaded.sources[0].source, Role::Customer, Some(0));
    assert!(!home.is_kept(TODAY)? && home.keep()? && home.is_kept(TODAY)?);
    home.request.columns.forget_picked();
    assert!(!home.is_kept(TODAY)?);
    Ok(())
}

#[test]
fn an_entry_that_is_called_off_leaves_nothing() -> TestResult {
    let home = Home::new(PAST)?;
    let unsaved = home.unsaved(QUICK * 2)?.ok_or("nothing to keep")?;
    let cancel = CancelToken::default();
    cancel.cancel();
    assert!(!unsaved.write(&cancel));
    assert_eq!(fs::read_dir(home.folder.path().join("loads"))?.count(), 0);
    Ok(())
}

#[test]
fn what_lies_beside_a_database_counts_and_some_places_are_never_kept() -> TestResult {
    let home = Home::new("SQLite format 3\0 and so on")?;
    let before = home.slot()?.key.hash;
    let mut beside = home.request.places[0].path().ok_or("no path")?.as_os_str().to_owned();
    beside.push("-wal");
    fs::write(&beside, "rows")?;
    assert_ne!(home.slot()?.key.hash, before);
    let text = Home::new(PAST)?;
    let twice = Request { places: vec![text.request.places[0].clone(); 2], ..text.request.clone() };
    assert_ne!(Slot::of(&twice).ok_or("no slot")?.key.hash, text.slot()?.key.hash);
    let many = Request { places: vec![text.request.places[0].clone(); 1_001], ..text.request.clone() };
    assert!(Slot::of(&many).is_none());
    let demo = Request { places: vec![Place::BuiltIn { name: "demo", bytes: b"" }], ..text.request.clone() };
    assert!(Slot::of(&demo).is_none());
    Ok(())
}

/// A change of a source that was kept.
type Forgery = fn(&mut MappedSource);

#[test]
fn an_entry_that_speaks_of_columns_that_are_not_there_is_thrown_away() -> TestResult {
    let home = Home::new(PAST)?;
    let forgeries: [(&str, Forgery); 5] = [
        ("a role", |mapped| mapped.mapping.customer = 3),
        ("an amount", |mapped| mapped.mapping.amount = AmountFrom::Product { quantity: 0, unit_price: 99 }),
        ("evidence", |mapped| mapped.evidence[0].column = 3),
        ("a choice", |mapped| mapped.chosen = vec![(Role::Customer, Some(usize::MAX))]),
        ("folders", |mapped| mapped.source.of_folders = 4),
    ];
    for (what, forge) in forgeries {
        // Its checksum is right.
        let mut unsaved = home.unsaved(QUICK * 2)?.ok_or("nothing to keep")?;
        forge(&mut unsaved.sources[0]);
        assert!(unsaved.write(&CancelToken::default()), "{what}");
        assert!(!home.is_kept(TODAY)?, "{what}");
        assert_eq!(fs::read_dir(home.folder.path().join("loads"))?.count(), 0, "{what}");
    }
    assert!(home.keep()? && home.is_kept(TODAY)?);
    Ok(())
}

#[test]
fn what_another_user_owns_is_not_believed() -> TestResult {
    /// A user who is nobody.
    const OTHER: u32 = 54_321;
    let home = Home::new(PAST)?;
    assert!(home.keep()? && home.is_kept(TODAY)?);
    let folder = home.folder.path().join("loads");
    let own = fs::metadata(&folder)?.uid();
    let entry = fs::read_dir(&folder)?.next().ok_or("no entry")??.path();
    match chown(&entry, Some(OTHER), None) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            eprintln!("skipped: only root can give a file away");
            return Ok(());
        }
        given => given?,
    }
    assert!(!home.is_kept(TODAY)?, "another user's file");
    chown(&entry, Some(own), None)?;
    assert!(home.is_kept(TODAY)?);
    chown(&folder, Some(OTHER), None)?;
    assert!(!home.is_kept(TODAY)?, "another user's folder");
    assert!(!home.keep()?, "nothing is put into it either");
    chown(&folder, Some(own), None)?;
    assert!(home.is_kept(TODAY)? && home.keep()?);
    Ok(())
}

#[test]
fn the_zone_is_that_of_who_opens_it() -> TestResult {
    let mut home = Home::new("customer,date,amount\na,2024-01-01T20:00:00Z,1.50\nb,2024-01-02T20:00:00Z,2.50\n")?;
    home.request.values.zone = Some("Asia/Shanghai".parse()?);
    assert!(home.keep()?);
    let kept = home.slot()?.read(&home.request, Some(TODAY)).ok_or("not kept")?;
    assert_eq!(kept.sources[0].mapping.zone, home.request.values.zone);
    assert_eq!(kept.as_of.to_string(), "2024-01-04");
    Ok(())
}
