//! Signals that end a headless command: it obeys, and leaves nothing behind.

use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::support::{Failure, Scratch, TestResult, answer, lines, text, tierscope};

/// How long anything may take on a busy machine before a test gives up.
const PATIENCE: Duration = Duration::from_mins(1);

fn files(folder: &Path) -> Result<usize, Failure> {
    Ok(fs::read_dir(folder)?.count())
}

fn wait_until(mut holds: impl FnMut() -> Result<bool, Failure>) -> TestResult {
    let started = Instant::now();
    while !holds()? {
        if started.elapsed() > PATIENCE {
            return Err("waited in vain".into());
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

fn send(signal: &str, child: &Child) -> TestResult {
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status()?;
    if sent.success() { Ok(()) } else { Err("no signal was sent".into()) }
}

/// A command over a pipe that nobody has ended yet, with a folder for temporary files.
fn reading(command: &mut Command, folder: &Path) -> Result<Child, Failure> {
    let command = command.env("TMPDIR", folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    child.stdin.as_mut().ok_or("no pipe")?.write_all(b"customer,date,amount\nA,2024-01-01,1.00\n")?;
    // What came is being written down.
    wait_until(|| Ok(files(folder)? > 0))?;
    Ok(child)
}

#[test]
fn a_signal_ends_a_slow_pipe_and_removes_what_it_held() -> TestResult {
    for (name, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        let scratch = Scratch::new()?;
        let folder = scratch.path("");
        for command in ["report", "quality", "columns"] {
            let mut child = reading(tierscope().args([command, "-"]), &folder)?;
            send(name, &child)?;
            wait_until(|| Ok(child.try_wait()?.is_some()))?;
            assert_eq!(child.wait()?.signal(), Some(number), "{command}");
            assert_eq!(files(&folder)?, 0, "{command} {name}");
        }
    }
    Ok(())
}

#[test]
fn a_signal_leaves_no_half_written_list_of_customers() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = lines(0..200_000, |n| format!("c{n},2024-01-01,{n}.25"));
    let file = scratch.file("sales.csv", format!("customer,date,amount\n{rows}"))?;
    fs::create_dir(scratch.path("lists"))?;
    let out = scratch.path("lists/list.csv");
    let mut child = tierscope().args(["customers", &file, "--out", text(&out)?]).stderr(Stdio::null()).spawn()?;
    // It is written under another name at first.
    wait_until(|| Ok(files(&scratch.path("lists"))? > 0))?;
    send("TERM", &child)?;
    child.wait()?;
    let left = fs::read_dir(scratch.path("lists"))?
        .map(|entry| Ok(entry?.file_name()))
        .collect::<Result<Vec<_>, Failure>>()?;
    assert!(left.is_empty() || left == ["list.csv"], "{left:?}");
    Ok(())
}

#[test]
fn what_nobody_can_read_is_no_fault() -> TestResult {
    if !Path::new("/dev/full").exists() {
        eprintln!("skipped: no /dev/full");
        return Ok(());
    }
    for (arguments, status) in [(["report", "missing.csv"], 1), (["report", "--no-such-option"], 2)] {
        let mut command = tierscope();
        command.args(arguments).stderr(fs::File::options().write(true).open("/dev/full")?);
        assert_eq!(command.status()?.code(), Some(status), "{arguments:?}");
    }
    Ok(())
}

#[test]
fn a_signal_that_is_to_be_ignored_is() -> TestResult {
    let scratch = Scratch::new()?;
    let folder = scratch.path("");
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' HUP; exec \"$0\" report -", env!("CARGO_BIN_EXE_tierscope")]);
    command.env("XDG_CONFIG_HOME", "/nonexistent").env("XDG_CACHE_HOME", "/dev/null");
    let mut child = reading(&mut command, &folder)?;
    send("HUP", &child)?;
    let mut pipe = child.stdin.take().ok_or("no pipe")?;
    pipe.write_all(b"B,2024-01-02,2.00\n")?;
    drop(pipe);
    assert_eq!(child.wait()?.code(), Some(0));
    assert_eq!(files(&folder)?, 0);
    Ok(())
}

#[test]
fn a_full_folder_for_temporary_files_is_told_and_left_as_it_was() -> TestResult {
    let scratch = Scratch::new()?;
    let (folder, rows) = (scratch.path("tmp"), lines(0..4_000, |n| format!("c{n},2024-01-01,{n}.25")));
    fs::create_dir(&folder)?;
    let file = scratch.file("sales.csv", format!("customer,date,amount\n{rows}"))?;
    // Blocks of 512 bytes or of 1,024: less than the file has in any case.
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" report -", env!("CARGO_BIN_EXE_tierscope")]);
    command.env("XDG_CONFIG_HOME", "/nonexistent").env("XDG_CACHE_HOME", "/dev/null").env("TMPDIR", &folder);
    let answer = answer(command.stdin(Stdio::from(cat(&file)?)))?;
    assert_eq!((answer.status, answer.stderr.lines().count()), (Some(1), 1), "{answer:?}");
    assert!(answer.stderr.contains("has no room") && answer.stderr.contains(text(&folder)?), "{answer:?}");
    assert_eq!(files(&folder)?, 0);
    Ok(())
}

/// A file as a pipe.
fn cat(file: &str) -> Result<ChildStdout, Failure> {
    let mut cat = Command::new("cat").arg(file).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    cat.stdout.take().ok_or_else(|| "no pipe".into())
}
