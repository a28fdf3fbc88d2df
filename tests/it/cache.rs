//! The cache of loads: the same figures from it as from the files, never believed when anything is otherwise, and never in
//! anybody's way.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use tierscope::data::load::{Loaded, Request, load};
use tierscope::data::place::Place;
use tierscope::job::{CancelToken, Progress};
use xxhash_rust::xxh3::xxh3_128;

use super::support::{Failure, Scratch, TestResult, answer, text, tierscope};
use super::terminal::Terminal;

/// Bytes of an entry before what it keeps, and where among them the checksum begins.
const HEAD: usize = 52;
const CHECKSUM: usize = 36;

/// Sales of more than a mebibyte, from which on even a quick load is kept.
fn sales() -> String {
    let row = |n: u32| {
        let (order, day, minor) = (n / 2, n % 28 + 1, n * 37 % 90_000);
        let who = order * 7 % 4_001;
        let sign = if n % 50 == 49 { "-" } else { "" };
        format!(
            "客户-{who:05},order {order:06},2024-{:02}-{day:02},{sign}{}.{:02}\n",
            n % 12 + 1,
            minor / 100,
            minor % 100
        )
    };
    let rows: String = (0..30_000).map(row).collect();
    format!("customer,order,date,amount\n{rows}lost,order x,2024-13-01,1.00\n")
}

/// Sets when a file was last written to: what was written just now is not kept yet.
fn age(path: impl AsRef<Path>, hours: u64) -> TestResult {
    let time = SystemTime::now() - Duration::from_hours(hours);
    Ok(File::options().write(true).open(path)?.set_modified(time)?)
}

/// A file of sales that has been there for a while, and a folder for caches.
struct Home {
    scratch: Scratch,
    file: String,
}

impl Home {
    fn new() -> Result<Self, Failure> {
        let scratch = Scratch::new()?;
        let file = scratch.file("sales.csv", sales())?;
        age(&file, 1)?;
        Ok(Self { scratch, file })
    }

    fn folder(&self) -> PathBuf {
        self.scratch.path("cache/tierscope/loads")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = tierscope();
        command.args(args).env("XDG_CACHE_HOME", self.scratch.path("cache")).env("TIERSCOPE_CACHE_AFTER", "0");
        command
    }

    /// A report, and whether it was taken from the cache.
    fn report(&self, options: &[&str]) -> Result<(String, bool), Failure> {
        let log = self.scratch.path("log");
        let _ = fs::remove_file(&log);
        let args = ["report", &self.file, "--format", "json", "--log", text(&log)?];
        let answer = answer(&mut self.command(&[&args, options].concat()))?;
        if answer.status != Some(0) || !answer.stderr.is_empty() {
            return Err(format!("{answer:?}").into());
        }
        Ok((answer.stdout, fs::read_to_string(log)?.contains("cache: taken from the cache")))
    }

    /// The files of the cache, by name.
    fn entries(&self) -> Result<Vec<PathBuf>, Failure> {
        let files = fs::read_dir(self.folder())?.map(|file| file.map(|file| file.path()));
        let mut files = files.collect::<Result<Vec<_>, _>>()?;
        files.sort();
        Ok(files)
    }

    fn request(&self) -> Request {
        Request { places: vec![Place::file(&self.file)], cache: Some(self.folder()), ..Request::default() }
    }

    /// Loads in this process, and keeps it.
    fn kept(&self) -> Result<(Loaded, PathBuf), Failure> {
        let loaded = loaded(&Request { anew: true, ..self.request() })?;
        let kept = loaded.unsaved.as_ref().is_some_and(|unsaved| unsaved.write(&CancelToken::default()));
        let [entry] = &self.entries()?[..] else { return Err("not one entry".into()) };
        if kept { Ok((loaded, entry.clone())) } else { Err("not kept".into()) }
    }
}

fn loaded(request: &Request) -> Result<Loaded, Failure> {
    Ok(load(request, &Progress::default(), &CancelToken::default())?)
}

/// Everything that figures come from.
fn figures(loaded: &Loaded) -> Vec<String> {
    let customers = &loaded.customers;
    let columns = [&customers.first_order, &customers.last_order, &customers.orders, &customers.days, &customers.rows];
    let columns =
        columns.into_iter().chain([&customers.net, &customers.gross, &customers.largest_order, &customers.gap]);
    let ids = (0..customers.len()).map(|place| customers.ids.get(place)).collect::<Vec<_>>().join("\n");
    let columns = columns.map(|column| format!("{:?}", column.iter().collect::<Vec<_>>()));
    let rest = format!("{:?} {:?} {:?} {:?}", loaded.ledger, loaded.as_of, customers.scale, loaded.sources);
    columns.chain([ids, rest]).collect()
}

#[test]
fn the_second_opening_says_the_same_from_the_cache() -> TestResult {
    let home = Home::new()?;
    let first = home.report(&[])?;
    assert!(!first.1);
    let second = home.report(&[])?;
    assert!(second.1);
    assert_eq!(first.0, second.0);
    assert_eq!(home.report(&["--no-cache"])?, (first.0.clone(), false));
    // Settings without it give way to the option, of which the last counts.
    let settings = home.scratch.file("config.toml", "[report]\ncache = false\n")?;
    for (options, is_cached) in [(&[][..], false), (&["--cache"], true), (&["--cache", "--no-cache"], false)] {
        let options = [&["--config", &settings], options].concat();
        assert_eq!(home.report(&options)?, (first.0.clone(), is_cached), "{options:?}");
    }
    let [entry] = &home.entries()?[..] else { return Err("not one entry".into()) };
    let mode = |path: &Path| fs::metadata(path).map(|metadata| metadata.permissions().mode() & 0o777);
    assert_eq!((mode(entry)?, mode(&home.folder())?), (0o600, 0o700));
    for command in [&["customers"][..], &["quality", "--format", "json"], &["report", "--format", "csv"]] {
        let run = |more: &[&str]| answer(&mut home.command(&[command, &[&home.file], more].concat()));
        let (with, without) = (run(&[])?, run(&["--no-cache"])?);
        assert_eq!((with.status, &with.stdout), (Some(0), &without.stdout), "{command:?} {}", with.stderr);
    }
    Ok(())
}

#[test]
fn what_decides_the_outcome_is_loaded_anew() -> TestResult {
    let home = Home::new()?;
    let first = home.report(&[])?.0;
    for options in [
        &["--returns", "gross"][..],
        &["--as-of", "2024-06-30"],
        &["--ids", "exact"],
        &["--refunds", "ignore"],
        &["--encoding", "utf-8"],
        &["--decimal", "point"],
        &["--date-format", "iso"],
    ] {
        assert!(!home.report(options)?.1, "{options:?}");
        assert!(home.report(options)?.1, "{options:?}");
    }
    assert_eq!(home.report(&[])?, (first.clone(), true));
    // The same size and the same time, but other bytes.
    let changed = sales().replacen("0.37\n", "9.99\n", 1);
    let time = fs::metadata(&home.file)?.modified()?;
    fs::write(&home.file, &changed)?;
    File::options().write(true).open(&home.file)?.set_modified(time)?;
    let (second, is_cached) = home.report(&[])?;
    assert!(!is_cached && second != first);
    // More rows, and what has just been written to is not kept.
    fs::write(&home.file, format!("{changed}late,order y,2024-12-31,5.00\n"))?;
    let (third, is_cached) = home.report(&[])?;
    assert!(!is_cached && third != second);
    assert!(!home.report(&[])?.1);
    age(&home.file, 2)?;
    assert_eq!(home.report(&[])?, (third.clone(), false));
    assert_eq!(home.report(&[])?, (third, true));
    Ok(())
}

#[test]
fn other_columns_remembered_for_the_header_are_another_load() -> TestResult {
    let home = Home::new()?;
    let memory = home.scratch.path("config/tierscope/mappings.toml");
    let report = |home: &Home| {
        let log = home.scratch.path("log");
        let _ = fs::remove_file(&log);
        let args = ["report", &home.file, "--format", "json", "--log", text(&log)?];
        let answer = answer(home.command(&args).env("XDG_CONFIG_HOME", home.scratch.path("config")))?;
        Ok::<_, Failure>((answer.stdout, fs::read_to_string(log)?.contains("cache: taken from the cache")))
    };
    let first = report(&home)?;
    assert_eq!(report(&home)?, (first.0.clone(), true));
    let chosen = [(tierscope::data::synonyms::Role::Order, None)];
    let source = &loaded(&Request { cache: None, ..home.request() })?.sources[0].source.clone();
    let header = tierscope::data::mapping_memory::Header::of(source).ok_or("no header")?;
    tierscope::data::mapping_memory::remember(&memory, &header, &chosen)?;
    let without_orders = report(&home)?;
    assert!(!without_orders.1 && without_orders.0 != first.0);
    assert_eq!(report(&home)?, (without_orders.0, true));
    fs::remove_file(memory)?;
    assert_eq!(report(&home)?, (first.0, false));
    Ok(())
}

#[test]
fn a_damaged_entry_is_never_believed() -> TestResult {
    let home = Home::new()?;
    let (right, entry) = home.kept()?;
    let (right, whole) = (figures(&right), fs::read(&entry)?);
    let cached = loaded(&home.request())?;
    assert!(cached.kept_since.is_some());
    assert_eq!(figures(&cached), right);
    let is_refused = |bytes: &[u8], what: &str| -> TestResult {
        fs::write(&entry, bytes)?;
        let loaded = loaded(&home.request())?;
        assert!(loaded.kept_since.is_none(), "{what}");
        assert!(figures(&loaded) == right, "{what}");
        // It gave its room back.
        assert!(!entry.exists(), "{what}");
        Ok(())
    };
    let head = (0..HEAD).chain((HEAD..whole.len()).step_by(whole.len() / 150));
    for place in head {
        let mut flipped = whole.clone();
        flipped[place] ^= 1 << (place % 8);
        is_refused(&flipped, &format!("byte {place}"))?;
    }
    let lengths = (0..=HEAD + 8).chain((HEAD..whole.len()).step_by(whole.len() / 60)).chain([whole.len() - 1]);
    for length in lengths {
        is_refused(&whole[..length], &format!("{length} bytes"))?;
    }
    is_refused(&[&whole[..], b"x"].concat(), "a byte more")?;
    // One that is whole, but of something else.
    fs::write(&entry, &whole)?;
    let other = Request { as_of: Some("2024-06-30".parse()?), ..home.request() };
    let unsaved = loaded(&other)?.unsaved.ok_or("nothing to keep")?;
    assert!(unsaved.write(&CancelToken::default()));
    let others = home.entries()?.into_iter().find(|path| *path != entry).ok_or("no other entry")?;
    is_refused(&fs::read(others)?, "another's")
}

#[test]
fn an_entry_that_lies_with_a_right_checksum_breaks_nothing() -> TestResult {
    let home = Home::new()?;
    let (_, entry) = home.kept()?;
    let whole = fs::read(&entry)?;
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let mut roll = |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % sides as u64) as usize
    };
    for round in 0..300 {
        let mut lying = whole.clone();
        // Half of the lies are about what stands before the long columns.
        let range = if round % 2 == 0 { 600 } else { whole.len() - HEAD };
        for _ in 0..=roll(3) {
            let place = HEAD + roll(range);
            lying[place] = roll(256) as u8;
        }
        let checksum = xxh3_128(&lying[HEAD..]).to_le_bytes();
        lying[CHECKSUM..HEAD].copy_from_slice(&checksum);
        fs::write(&entry, &lying)?;
        let loaded = loaded(&home.request())?;
        // Whatever it says, it can be looked at.
        assert!(figures(&loaded).len() == 11 && loaded.customers.period().is_some());
    }
    Ok(())
}

#[test]
fn a_cache_that_others_can_write_to_is_not_believed() -> TestResult {
    let home = Home::new()?;
    let (_, entry) = home.kept()?;
    for path in [&entry, &home.folder()] {
        let own = fs::metadata(path)?.permissions();
        fs::set_permissions(path, Permissions::from_mode(0o777))?;
        assert!(loaded(&home.request())?.kept_since.is_none(), "{path:?}");
        fs::set_permissions(path, own)?;
        assert!(loaded(&home.request())?.kept_since.is_some(), "{path:?}");
    }
    // Writing makes it the user's alone again.
    fs::set_permissions(home.folder(), Permissions::from_mode(0o755))?;
    home.kept()?;
    assert_eq!(fs::metadata(home.folder())?.permissions().mode() & 0o777, 0o700);
    Ok(())
}

#[test]
fn pipes_the_demo_and_small_files_are_not_kept() -> TestResult {
    let home = Home::new()?;
    let small = home.scratch.file("small.csv", "customer,date,amount\na,2024-01-01,1.00\n")?;
    age(&small, 1)?;
    for args in [vec!["report"], vec!["report", &small], vec!["report", "-"]] {
        let mut command = home.command(&args);
        if args.last() == Some(&"-") {
            let cat = Command::new("cat").arg(&home.file).stdout(std::process::Stdio::piped()).spawn()?;
            command.stdin(cat.stdout.ok_or("no pipe")?);
        }
        let answer = answer(&mut command)?;
        assert_eq!(answer.status, Some(0), "{}", answer.stderr);
        assert!(!home.folder().exists(), "{args:?}");
    }
    Ok(())
}

#[test]
fn no_room_no_folder_and_no_rights_change_nothing() -> TestResult {
    let home = Home::new()?;
    let right = home.report(&["--no-cache"])?.0;
    let said = |command: &mut Command| -> Result<String, Failure> {
        let answer = answer(command)?;
        assert_eq!((answer.status, answer.stderr.as_str()), (Some(0), ""));
        Ok(answer.stdout)
    };
    let args = ["report", &home.file, "--format", "json"];
    // Where even root cannot make a folder, and where there is a file in its place.
    for place in ["/proc/nothing", "/dev/null", &home.file] {
        assert_eq!(said(home.command(&args).env("XDG_CACHE_HOME", place))?, right, "{place}");
    }
    assert_eq!(said(home.command(&args).env_remove("XDG_CACHE_HOME").env("HOME", "/proc/nobody"))?, right);
    // A disk that is full after some bytes.
    let script = "ulimit -f 8; trap '' XFSZ; exec \"$@\"";
    let mut full = Command::new("sh");
    full.args(["-c", script, "sh", env!("CARGO_BIN_EXE_tierscope")]).args(args);
    full.env("XDG_CACHE_HOME", home.scratch.path("cache")).env("TIERSCOPE_CACHE_AFTER", "0");
    full.env("XDG_CONFIG_HOME", "/nonexistent");
    assert_eq!(said(&mut full)?, right);
    assert_eq!(home.entries()?, Vec::<PathBuf>::new());
    assert_eq!(home.report(&[])?, (right.clone(), false));
    // What is there already stays whole when the next one cannot be written.
    age(&home.file, 3)?;
    assert_eq!(said(&mut full)?, right);
    assert_eq!(home.entries()?.len(), 1);
    Ok(())
}

#[test]
fn the_cache_stays_within_its_bounds() -> TestResult {
    let home = Home::new()?;
    home.report(&[])?;
    let [used] = &home.entries()?[..] else { return Err("not one entry".into()) };
    let fake = |number: u64, bytes: u64, hours: u64| -> Result<PathBuf, Failure> {
        let path = home.folder().join(format!("{number:032x}.load"));
        File::create(&path)?.set_len(bytes)?;
        age(&path, hours)?;
        Ok(path)
    };
    // A hundred, of which the one that was not used for longest makes room.
    let fakes = (0..99).map(|number| fake(number, 10, 200 - number)).collect::<Result<Vec<_>, _>>()?;
    let others = [home.folder().join("notes.txt"), home.folder().join(".unfinished-new")];
    for other in &others {
        fs::write(other, "")?;
    }
    let abandoned = home.folder().join(".unfinished-old");
    fs::write(&abandoned, "")?;
    age(&abandoned, 2)?;
    age(used, 1_000)?;
    // Taking it from the cache is a use.
    assert!(home.report(&[])?.1);
    home.report(&["--ids", "exact"])?;
    assert!(used.exists() && !fakes[0].exists() && fakes[1].exists() && !abandoned.exists());
    assert!(others.iter().all(|other| other.exists()));
    assert_eq!(home.entries()?.len(), 102);
    // Two gibibytes: holes in files are counted too.
    let large = fake(99, (2 << 30) - 1, 0)?;
    home.report(&["--returns", "gross"])?;
    let entries = home.entries()?;
    let bytes: u64 = entries.iter().map(|path| fs::metadata(path).map_or(0, |metadata| metadata.len())).sum();
    assert!(bytes <= 2 << 30 && !fakes[98].exists(), "{bytes} in {entries:?}, {}", large.exists());
    Ok(())
}

#[test]
fn the_cache_is_shown_and_cleared() -> TestResult {
    let home = Home::new()?;
    let said = |args: &[&str]| -> Result<String, Failure> {
        let answer = answer(&mut home.command(args))?;
        assert_eq!((answer.status, answer.stderr.as_str()), (Some(0), ""));
        Ok(answer.stdout)
    };
    let shown = home.folder().display().to_string();
    assert_eq!(said(&["cache"])?, format!("folder   {shown}\nentries  0\nbytes    0\n"));
    assert_eq!(said(&["cache", "clear"])?, format!("nothing to remove from {shown}\n"));
    home.report(&[])?;
    home.report(&["--ids", "exact"])?;
    fs::write(home.folder().join("notes.txt"), "mine")?;
    let told = said(&["cache"])?;
    assert!(told.contains("entries  2\n"), "{told}");
    let cleared = said(&["cache", "clear"])?;
    assert!(cleared.starts_with("removed 2 entries (") && cleared.ends_with(&format!("from {shown}\n")), "{cleared}");
    assert_eq!(home.entries()?, [home.folder().join("notes.txt")]);
    assert!(!home.report(&[])?.1);
    Ok(())
}

#[test]
fn the_explorer_keeps_what_it_opens_and_tells_where_it_has_it_from() -> TestResult {
    let home = Home::new()?;
    let cache = home.scratch.path("cache");
    let mut terminal = Terminal::start_with_cache(&[&home.file], (120, 60), &cache)?;
    terminal.shows("Champions")?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    let [entry] = &home.entries()?[..] else { return Err(format!("{:?}", home.entries()).into()) };
    // The second time it is from there, which the data card tells.
    let mut terminal = Terminal::start_with_cache(&[&home.file], (120, 60), &cache)?;
    terminal.shows("Champions")?;
    terminal.press("d")?;
    terminal.shows("from the cache of 20")?;
    terminal.press("\u{1b}q")?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    assert_eq!(home.entries()?, std::slice::from_ref(entry));
    // Whoever loads again doubts what is there: it is read anew, and kept anew.
    let anew = loaded(&Request { anew: true, ..home.request() })?;
    assert!(anew.kept_since.is_none() && anew.unsaved.is_some());
    Ok(())
}
