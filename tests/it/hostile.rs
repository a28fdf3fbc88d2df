//! Files that are damaged, endless, no text, or made to harm who reads them: each is refused in a sentence or read rightly,
//! without a panic, without waiting forever, and without a byte that moves the terminal's cursor.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use polars::prelude::{DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::exports::packed::{PACKERS, database, sheet, workbook, zipped};
use super::exports::{CHINESE, Cases, HEADER, WESTERN, cells, csv, ledger, sales};
use super::support::{Answer, Failure, Scratch, TestResult, lines, text, tierscope};

/// How long a command may take with a small file, on a machine with much else to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// Kilobytes that a command may ask for in all with a file that is made to harm: with a good one of that size it needs less
/// than a third of them.
const MEMORY: &str = "1000000";

/// What a pipe gives, read in a thread of its own so that a full pipe stops nobody.
fn drained(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}

/// Waits for a command to end by itself.
fn ended(mut child: Child) -> Result<Answer, Failure> {
    let (stdout, stderr) = (drained(child.stdout.take()), drained(child.stderr.take()));
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Err("it does not end".into());
        }
        thread::sleep(Duration::from_millis(2));
    };
    let text = |bytes: thread::JoinHandle<Vec<u8>>| -> Result<String, Failure> {
        Ok(String::from_utf8(bytes.join().map_err(|_| "no output")?)?)
    };
    Ok(Answer { status: status.code(), stdout: text(stdout)?, stderr: text(stderr)? })
}

/// Runs a command that must not harm: it says what is wrong in one line and with status 1 or 2, or it succeeds.
fn harmless<A: AsRef<OsStr>>(args: &[A]) -> Result<Answer, Failure> {
    let child = tierscope().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    checked(ended(child)?)
}

/// The same under a limit on memory: who asks for more than there is does not survive it.
fn modest(args: &[&str]) -> Result<Answer, Failure> {
    let plain = tierscope();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v \"$0\" && exec \"$@\"", MEMORY]).arg(plain.get_program()).args(args);
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    checked(ended(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)?)
}

fn checked(answer: Answer) -> Result<Answer, Failure> {
    let Answer { status, stdout, stderr } = &answer;
    let both = [stdout.as_str(), stderr];
    let problem = match status {
        Some(1 | 2) if stderr.contains("a fault of the program") => Some("it panicked"),
        Some(1 | 2) if stderr.trim().lines().count() != 1 => Some("not one line"),
        Some(1 | 2) if !stderr.starts_with("tierscope: ") => Some("not by its name"),
        Some(0..=2) => None,
        _ => Some("neither success nor failure"),
    };
    let moves = both.iter().any(|text| text.contains(['\u{1b}', '\u{7}', '\u{8}']));
    match problem.or(moves.then_some("a control character")) {
        None => Ok(answer),
        Some(problem) => Err(format!("{problem}: {answer:?}").into()),
    }
}

/// The report on a file is a sentence that names it, or one whose ledger adds up.
fn survives(file: &str, options: &[&str]) -> Result<Answer, Failure> {
    let told = harmless(&[&["report", file, "--format", "json", "--bins", "2"], options].concat())?;
    if told.status == Some(0) {
        ledger(&serde_json::from_str::<Value>(&told.stdout)?)?;
    }
    harmless(&[&["columns", file], options].concat())?;
    Ok(told)
}

/// The report on a file is a sentence with these words.
fn refused(file: &str, options: &[&str], words: &[&str]) -> TestResult {
    let told = survives(file, options)?;
    let missing = words.iter().find(|word| !told.stderr.contains(**word));
    match missing {
        None if told.status == Some(1) => Ok(()),
        _ => Err(format!("{missing:?} is not in {told:?}").into()),
    }
}

/// Random bytes.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// Two thousand rows as text.
fn table() -> String {
    let rows = sales(&WESTERN);
    let many: Vec<_> = std::iter::repeat_n(rows, 34).flatten().collect();
    csv(HEADER, &many, cells)
}

fn parquet(path: &std::path::Path) -> TestResult {
    let rows = sales(&WESTERN);
    let text = |of: fn(&super::exports::Sale) -> String| rows.iter().map(of).collect::<Vec<String>>();
    let columns = [
        Series::new("customer".into(), text(|sale| sale.customer.clone())),
        Series::new("order_date".into(), text(|sale| sale.date.to_string())),
        Series::new("amount".into(), rows.iter().map(|sale| sale.cents as f64 / 100.0).collect::<Vec<_>>()),
    ];
    let mut frame = DataFrame::new_infer_height(columns.map(IntoColumn::into_column).to_vec())?;
    ParquetWriter::new(File::create(path)?).with_row_group_size(Some(16)).finish(&mut frame)?;
    Ok(())
}

/// A whole file of each kind that has structure, by its name.
fn whole(scratch: &Scratch) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = Vec::new();
    for (kind, pack) in PACKERS {
        files.push((format!("sales.csv.{kind}"), pack(table().as_bytes())?));
    }
    files.push(("sales.zip".to_owned(), zipped(&[("sales.csv", table().into_bytes())])?));
    files.push(("sales.xlsx".to_owned(), workbook(&[("a", sheet(CHINESE, &sales(&WESTERN)))])?));
    let path = scratch.path("whole.db");
    database(&path, "orders", &sales(&WESTERN))?;
    files.push(("sales.db".to_owned(), fs::read(&path)?));
    let path = scratch.path("whole.parquet");
    parquet(&path)?;
    files.push(("sales.parquet".to_owned(), fs::read(&path)?));
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/orders.xls");
    files.push(("orders.xls".to_owned(), fs::read(old)?));
    Ok(files)
}

#[test]
fn a_file_that_is_cut_short_is_never_taken_for_a_whole_one() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    for (name, bytes) in whole(&scratch)? {
        let file = scratch.file(&name, &bytes)?;
        let good = survives(&file, &[])?;
        assert_eq!(good.status, Some(0), "{good:?}");
        for part in [1, 10, 50, 90, 99] {
            let length = (bytes.len() * part / 100).max(9);
            let cut = scratch.file(&name, &bytes[..length])?;
            // The end of an old workbook is padding: what is read without it is all there is.
            let whole = name == "orders.xls" && survives(&cut, &[])?.stdout == good.stdout;
            let told = if whole { Ok(()) } else { refused(&cut, &[], &[&name]) };
            cases.add(&format!("{name}, {part} %"), told);
        }
        let short = scratch.file(&name, &bytes[..bytes.len() - 1])?;
        let told = survives(&short, &[]);
        // The last byte of some formats means nothing; what is read without it is all there is.
        let same =
            |told: Answer| if told.status == Some(0) { told.stdout == good.stdout } else { told.status == Some(1) };
        let told = told.and_then(|told| if same(told) { Ok(()) } else { Err("not all, and nothing said".into()) });
        cases.add(&format!("{name} without its last byte"), told);
    }
    cases.end()
}

#[test]
fn a_file_with_damage_in_its_middle_is_refused_or_read_with_a_ledger() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    for (name, bytes) in whole(&scratch)? {
        for seed in 1..=12 {
            let mut damaged = bytes.clone();
            let at = noise(seed, 8).iter().fold(0, |sum, byte| sum * 251 + usize::from(*byte)) % damaged.len();
            let length = [1, 2, 16, 300][seed as usize % 4].min(damaged.len() - at);
            damaged[at..at + length].copy_from_slice(&noise(seed + 99, length));
            let told = survives(&scratch.file(&name, &damaged)?, &[]).map(|_| ());
            cases.add(&format!("{name}, {length} bytes from {at}"), told);
        }
    }
    cases.end()
}

#[test]
fn a_line_without_end_is_refused_by_its_number() -> TestResult {
    let scratch = Scratch::new()?;
    // The bytes of a hole in a file take no room on the disk.
    let path = scratch.path("hole.csv");
    let mut file = File::create(&path)?;
    file.write_all(table().repeat(10).as_bytes())?;
    file.write_all(b"a,1,2024-01-01,1.00\nb")?;
    let lines = table().lines().count() * 10 + 2;
    file.set_len(100 << 20)?;
    let words = ["64 MB", &format!("line {lines} ")];
    refused(text(&path)?, &[], &words)?;
    let open = scratch.path("quote.csv");
    let mut file = File::create(&open)?;
    file.write_all(table().repeat(10).as_bytes())?;
    file.write_all(b"\"a")?;
    file.set_len(100 << 20)?;
    refused(text(&open)?, &[], &["64 MB"])?;
    // Packed, it is a small file.
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(table().repeat(10).as_bytes())?;
    let piece = vec![b'x'; 1 << 20];
    (0..100).try_for_each(|_| packer.write_all(&piece))?;
    refused(&scratch.file("long.csv.gz", packer.finish()?)?, &[], &["64 MB"])
}

/// A member of an archive that is a piece again and again, so that it is small when it is packed.
fn swollen(members: &[(&str, &str)], name: &str, start: &str, piece: u8, megabytes: usize) -> Result<Vec<u8>, Failure> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    zip.start_file(name, SimpleFileOptions::default().compression_level(Some(1)))?;
    zip.write_all(start.as_bytes())?;
    let piece = vec![piece; 1 << 20];
    (0..megabytes).try_for_each(|_| zip.write_all(&piece))?;
    Ok(zip.finish()?.into_inner())
}

#[test]
fn a_small_file_that_asks_for_much_memory_does_not_get_it() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let mut add = |name: &str, bytes: &[u8], command: &[&str], status: i32, words: &str| {
        let told = scratch.file(name, bytes).and_then(|file| {
            let args: Vec<&str> = [&command[..1], &[&*file], &command[1..]].concat();
            let told = modest(&args)?;
            let said = told.stderr.contains(words) || told.stdout.contains(words);
            if told.status == Some(status) && said { Ok(()) } else { Err(format!("{told:?}").into()) }
        });
        cases.add(&format!("{name} {command:?}"), told);
    };
    // One line of very many columns, and very many lines of one.
    let wide = ",".repeat(16_383) + "x\n" + &"a\n".repeat(20_000);
    let roles = ["report", "--customer", "1", "--date", "2", "--amount", "3"];
    add("wide.csv", wide.as_bytes(), &["columns"], 0, "wide.csv");
    add("wide.csv", wide.as_bytes(), &roles, 1, "no row could be kept");
    add("wide.csv", wide.as_bytes(), &[&roles[..], &["--duplicates", "drop"]].concat(), 1, "no row could be kept");
    let quoted = wide.replacen("a\n", "\"a\"\n", 5);
    add("quoted.csv", quoted.as_bytes(), &[&roles[..], &["--duplicates", "drop"]].concat(), 1, "no row could be kept");
    let keys = lines(0..17_000, |n| format!("{{\"customer\":\"a\",\"date\":\"2024-01-01\",\"k{n}\":1}}"));
    add("keys.ndjson", keys.as_bytes(), &["columns"], 1, "16,384 different keys");
    let keys = lines(0..60_000, |n| format!("{{\"k{}\":1}}", n % 16_000));
    add("keys.ndjson", keys.as_bytes(), &["columns"], 0, "k15999");

    // A number of texts that is not there, behind one that is, in a comment and in a declaration.
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    for before in
        ["", "<!-- <sst uniqueCount=\"1\"> -->", "<!DOCTYPE sst [<!ENTITY a '1'><sst uniqueCount='1'>]>", "<a/>"]
    {
        let shared = format!("<?xml version=\"1.0\"?>{before}<sst {main} uniqueCount=\"999999999999\"></sst>");
        let mut book =
            zip::ZipArchive::new(std::io::Cursor::new(workbook(&[("a", sheet(HEADER, &sales(&WESTERN)))])?))?;
        let mut members = vec![("xl/sharedStrings.xml".to_owned(), shared.into_bytes())];
        for index in 0..book.len() {
            let mut member = book.by_index(index)?;
            let (name, mut bytes) = (member.name()?.into_owned(), Vec::new());
            member.read_to_end(&mut bytes)?;
            if !name.ends_with("sharedStrings.xml") {
                members.push((name, bytes));
            }
        }
        add("decoy.xlsx", &zipped(&members)?, &["report"], 1, "texts");
    }

    let document = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
    ];
    let cell = "<table:table-cell office:value-type='float' office:value='1' table:number-columns-repeated='16384'/>";
    let repeated = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name='S'>\
         <table:table-row table:number-rows-repeated='6000'>{cell}</table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let members = [&document[..], &[("content.xml", &*repeated)]].concat();
    let members: Vec<_> = members.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    add("repeated.ods", &zipped(&members)?, &["report"], 1, "more than 2 GB");
    let bomb = swollen(&document, "content.xml", "<office:document-content office:x='", b'x', 600)?;
    add("bomb.ods", &bomb, &["report"], 1, "damaged or cut short");
    cases.end()
}

#[test]
fn zero_bytes_and_random_bytes_are_no_table() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let zeros = [table().replacen("Ann Lee", "Ann\0Lee", 3).into_bytes(), vec![0; 5_000], b"\0".to_vec()];
    for (number, bytes) in zeros.iter().enumerate() {
        cases.add(&format!("zeros {number}"), survives(&scratch.file("zeros.csv", bytes)?, &[]).map(|_| ()));
    }
    let late = [table().repeat(5).into_bytes(), vec![0; 70_000], table().into_bytes()].concat();
    cases.add("zeros in the middle", survives(&scratch.file("late.csv", late)?, &[]).map(|_| ()));
    let magics: [&[u8]; 14] = [
        b"",
        b"PAR1",
        b"ARROW1\0\0",
        b"\xff\xff\xff\xff\x10\0\0\0",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"SQLite format 3\0",
        b"\x1f\x8b\x08\0",
        b"\x28\xb5\x2f\xfd",
        b"BZh9",
        b"\xfd7zXZ\0",
        b"\xff\xfe",
        b"customer,date,amount\n",
    ];
    for (place, magic) in magics.iter().enumerate() {
        for (seed, length) in [(1, 0), (2, 1), (3, 9), (4, 100), (5, 5_000), (6, 300_000)] {
            let bytes = [magic, noise(seed + place as u64 * 7, length).as_slice()].concat();
            let file = scratch.file("noise.dat", bytes)?;
            cases.add(&format!("{magic:?} and {length} bytes"), survives(&file, &[]).map(|_| ()));
            if length == 5_000 {
                for options in [["--encoding", "gb18030"], ["--delimiter", ","], ["--header", "no"]] {
                    cases.add(&format!("{magic:?} {options:?}"), survives(&file, &options).map(|_| ()));
                }
            }
        }
    }
    cases.end()
}

#[test]
fn what_holds_no_rows_is_told_as_what_it_is() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let nothing: [(&str, &str, &str); 6] = [
        ("head.csv", "customer,date,amount\n", "no rows"),
        ("head-unended.csv", "customer,date,amount", "no rows"),
        ("empty.csv", "", "is empty"),
        ("blank.csv", " \r\n\t\n\n", "is empty"),
        ("mark.csv", "\u{feff}", "is empty"),
        ("title.csv", "Sales report\n\n", ""),
    ];
    for (name, content, word) in nothing {
        cases.add(name, refused(&scratch.file(name, content)?, &[], &[name, word]));
    }
    let folder = scratch.path("folder");
    fs::create_dir(&folder)?;
    cases.add("an empty folder", refused(text(&folder)?, &[], &["folder", "no data files"]));
    cases.add("a missing file", refused(text(&scratch.path("gone.csv"))?, &[], &["gone.csv", "cannot read"]));
    cases.add("a missing folder", refused(text(&scratch.path("gone/*.csv"))?, &[], &["gone"]));
    let book = workbook(&[("a", Vec::new()), ("b", Vec::new())])?;
    cases.add("an empty workbook", refused(&scratch.file("empty.xlsx", book)?, &[], &["empty.xlsx"]));
    cases.add("an empty archive", refused(&scratch.file("empty.zip", zipped::<&str>(&[])?)?, &[], &["empty.zip"]));
    cases.end()
}

#[test]
fn a_file_that_may_not_be_read_is_told() -> TestResult {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new()?;
    let file = scratch.file("secret.csv", table())?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000))?;
    if File::open(&file).is_ok() {
        eprintln!("skipped: root may read every file, so none can be kept from it");
        return Ok(());
    }
    refused(&file, &[], &["secret.csv", "cannot read"])
}

/// Runs a report while something is done to its file again and again, from when it is started.
fn disturbed(file: &str, mut disturb: impl FnMut(usize) -> TestResult) -> Result<Answer, Failure> {
    let child = tierscope()
        .args(["report", file, "--format", "json", "--bins", "2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let waiting = thread::spawn(move || ended(child).map_err(|error| error.to_string()));
    for round in 0.. {
        if waiting.is_finished() {
            break;
        }
        disturb(round)?;
        thread::sleep(Duration::from_millis(1));
    }
    checked(waiting.join().map_err(|_| "no answer")??)
}

#[test]
fn a_file_that_changes_while_it_is_read_does_no_harm() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let long = table().repeat(100);
    for round in 0..6_u64 {
        let file = scratch.file("shrinks.csv", &long)?;
        let handle = OpenOptions::new().write(true).open(&file)?;
        let shrinks = disturbed(&file, |step| {
            thread::sleep(Duration::from_millis(4 * (round + 1)));
            Ok(handle.set_len((long.len() as u64).saturating_sub(step as u64 * 400_000 + 1_000))?)
        });
        cases.add(&format!("shrinks {round}"), shrinks.map(|_| ()));
        let file = scratch.file("grows.csv", &long)?;
        let mut handle = OpenOptions::new().append(true).open(&file)?;
        let mut left = 200;
        let grows = disturbed(&file, |_| {
            left -= i32::from(left > 0);
            if left > 0 { Ok(handle.write_all(b"Ann Lee,SO-1,2023-01-05,1.00\n")?) } else { Ok(()) }
        });
        let grows = grows.and_then(|told| {
            let told: Value = serde_json::from_str(&told.stdout)?;
            let (read, kept, _) = ledger(&told)?;
            if read >= 204_000 && kept >= 204_000 { Ok(()) } else { Err(format!("{kept} of {read}").into()) }
        });
        cases.add(&format!("grows {round}"), grows);
        let file = scratch.file("overwritten.csv", &long)?;
        let mut handle = OpenOptions::new().write(true).open(&file)?;
        let overwritten = disturbed(&file, |step| {
            handle.seek(SeekFrom::Start(step as u64 * 90_001 % long.len() as u64))?;
            Ok(handle.write_all(&noise(step as u64, 999))?)
        });
        cases.add(&format!("overwritten {round}"), overwritten.map(|_| ()));
    }
    cases.end()
}

/// What moves a cursor, sets a title, rings, or turns the direction of what follows.
const HARM: [&str; 7] = [
    "\u{1b}[2J\u{1b}[31mred",
    "\u{1b}]0;owned\u{7}",
    "\u{9b}31m",
    "a\u{202e}gnp.exe",
    "\u{2066}b\u{2069}",
    "back\u{8}\u{8}",
    "\u{1b}P+q\u{1b}\\",
];

/// Text for a person, without control characters of any kind and the marks that turn the direction of what follows. JSON,
/// which is for programs, keeps some of them.
fn straight(told: Answer) -> Result<Answer, Failure> {
    let turns = |text: &str| {
        text.contains(|c| matches!(c, '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    };
    if turns(&told.stdout) || turns(&told.stderr) { Err(format!("it turns: {told:?}").into()) } else { Ok(told) }
}

#[test]
fn what_is_meant_for_the_terminal_never_reaches_it() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    for (number, harm) in HARM.into_iter().enumerate() {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let rows =
            lines(0..40, |n| format!("{},2024-01-{:02},{n}.50,\"{harm}\"", quoted(&format!("{harm}{n}")), n % 28 + 1));
        let good = scratch.file("names.csv", format!("customer,date,amount,\"note {harm}\"\n{rows}"))?;
        let bad =
            scratch.file("bad.csv", format!("customer,date,amount,x\n{rows}x,{harm},1.00,\ny,2024-01-01,{harm},\n"))?;
        let unknown =
            scratch.file("unknown.csv", format!("\"a {harm}\",\"b {harm}\"\n\"{harm}\",\"{harm}\"\n\"{harm}\",1\n"))?;
        let named =
            scratch.file(&format!("file {harm}.csv").replace('/', "_"), format!("customer,date,amount\n{rows}"))?;
        let gone = scratch.path(&format!("gone {harm}.csv").replace('/', "_"));
        let empty = scratch.file(&format!("empty {harm}.csv").replace('/', "_"), "")?;
        let book = workbook(&[("a", sheet(HEADER, &sales(&[harm.trim_matches(|c: char| c.is_control())])))])?;
        let book = scratch.file(&format!("book {harm}.xlsx").replace('/', "_"), book)?;
        let member = scratch.file(
            "m.zip",
            zipped(&[(format!("in {harm}.csv"), format!("customer,date,amount\n{rows}").into_bytes())])?,
        )?;
        for (case, file) in [
            ("names", &*good),
            ("values", &*bad),
            ("headers", &*unknown),
            ("file name", &*named),
            ("missing file", text(&gone)?),
            ("empty file", &*empty),
            ("workbook", &*book),
            ("member", &*member),
        ] {
            for command in [
                &["report", "--bins", "2"][..],
                &["report", "--bins", "2", "--format", "csv"],
                &["report", "--bins", "2", "--format", "markdown"],
                &["report", "--bins", "2", "--format", "html"],
                &["columns"],
                &["quality"],
            ] {
                let told = harmless(&[&[command[0], file], &command[1..]].concat()).and_then(straight);
                cases.add(&format!("{case} {number} {command:?}"), told.map(|_| ()));
            }
            for command in
                [&["report", "--bins", "2", "--format", "json"][..], &["customers", "--bins", "2", "--format", "json"]]
            {
                let told = harmless(&[&[command[0], file], &command[1..]].concat());
                cases.add(&format!("{case} {number} {command:?}"), told.map(|_| ()));
            }
        }
        for options in [["--customer", harm], ["--sheet", harm], ["--scheme", harm], ["--currency-column", harm]] {
            let told = harmless(&[&["report", &*good], &options[..]].concat()).and_then(straight);
            cases.add(&format!("{number} {options:?}"), told.map(|_| ()));
        }
    }
    cases.end()
}
