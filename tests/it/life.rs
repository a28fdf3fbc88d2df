//! The life of the explorer on a terminal: storms of sizes, terminals that stop listening or go away, and what is kept.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::support::{Failure, Scratch, TestResult, text};
use super::terminal::Terminal;

const RIGHT: &str = "\u{1b}[C";
const ESC: &str = "\u{1b}";

/// The demo shop in a file of its own, and a home for the explorer.
pub(crate) struct Home {
    pub(crate) scratch: Scratch,
    file: String,
}

impl Home {
    pub(crate) fn new() -> Result<Self, Failure> {
        let scratch = Scratch::new()?;
        let file = scratch.file("shop.csv", tierscope::demo::SHOP)?;
        Ok(Self { scratch, file })
    }

    pub(crate) fn start(&self, size: (u16, u16)) -> Result<Terminal, Failure> {
        Terminal::start_at(&self.scratch.path("home"), &[&self.file], size, &[])
    }

    pub(crate) fn sessions(&self) -> Vec<String> {
        let folder = self.scratch.path("home").join("state/tierscope/sessions");
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        files.filter_map(|entry| fs::read_to_string(entry.path()).ok()).collect()
    }
}

/// What is seen: a blank that was written is as good as one that never was.
fn lines(terminal: &Terminal) -> Vec<String> {
    terminal.text().lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Moves the first recency cut, filters, marks, and goes to the list.
fn work(terminal: &mut Terminal) -> TestResult {
    terminal.shows("2,999")?;
    terminal.press_until("r", "recency cut 1 of 4: 20")?;
    terminal.press_until(RIGHT, "20 → 21")?;
    terminal.press_until("\t", "Customers")?;
    terminal.press_until("F", "Count only customers with")?;
    terminal.press_until("monetary >= 100\r", "1,555 of 2,999")?;
    terminal.press_until(" ", "marked")?;
    terminal.press_until("jj", "4 of 1,555")
}

/// Whether the session is gone on with: the cut, the filter, the mark, the place.
fn is_as_it_was(terminal: &mut Terminal) -> TestResult {
    terminal.shows("o g goes on with")?;
    terminal.shows("R5 ≤ 20")?;
    terminal.press_until("o", "go on with the session")?;
    terminal.press_until("g", "gone on from 20")?;
    terminal.shows("R5 ≤ 21")?;
    terminal.shows("monetary >= 100")?;
    terminal.shows("4 of 1,555")?;
    // And back to the start.
    terminal.press_until("u", "R5 ≤ 20")
}

#[test]
fn a_session_is_kept_however_it_ends_and_offered_with_the_same_data() -> TestResult {
    for end in ["q", "TERM", "HUP"] {
        let home = Home::new()?;
        let mut terminal = home.start((120, 40))?;
        work(&mut terminal)?;
        if end == "q" {
            // Marks are saved nowhere else, which is told once.
            terminal.press_until("q", "q again leaves")?;
            terminal.press("q")?;
        } else {
            terminal.signal(end)?;
        }
        terminal.end()?;
        terminal.is_restored().map_err(|problem| format!("{end}: {problem}"))?;
        assert_eq!(home.sessions().len(), 1, "{end}");
        let mut terminal = home.start((120, 40))?;
        is_as_it_was(&mut terminal).map_err(|problem| format!("{end}: {problem}"))?;
    }
    Ok(())
}

#[test]
fn what_nobody_changed_is_not_kept_and_other_data_is_offered_nothing() -> TestResult {
    let home = Home::new()?;
    let mut terminal = home.start((120, 40))?;
    terminal.shows("2,999")?;
    terminal.press("\t\t")?;
    terminal.press("q")?;
    terminal.end()?;
    assert_eq!(home.sessions(), Vec::<String>::new());
    // The same rows under another name are other data.
    let mut terminal = home.start((120, 40))?;
    terminal.shows("2,999")?;
    terminal.press_until("r", "recency cut 1 of 4: 20")?;
    terminal.press_until(RIGHT, "20 → 21")?;
    terminal.press("q")?;
    terminal.end()?;
    assert_eq!(home.sessions().len(), 1);
    let other = home.scratch.file("other.csv", tierscope::demo::SHOP)?;
    let terminal = Terminal::start_at(&home.scratch.path("home"), &[&other], (120, 40), &[])?;
    terminal.shows("2,999")?;
    terminal.settled();
    assert!(!terminal.text().contains("o g goes on"), "{}", terminal.text());
    Ok(())
}

#[test]
fn a_home_that_cannot_be_written_to_costs_the_session_and_nothing_else() -> TestResult {
    let home = Home::new()?;
    let nowhere = [("XDG_STATE_HOME", Some("/proc/none")), ("XDG_CONFIG_HOME", Some("/proc/none"))];
    let mut terminal = Terminal::start_at(&home.scratch.path("home"), &[&home.file], (120, 40), &nowhere)?;
    terminal.shows("2,999")?;
    terminal.press_until("r", "recency cut 1 of 4: 20")?;
    terminal.press_until(RIGHT, "20 → 21")?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    terminal.is_restored()
}

#[test]
fn a_terminal_that_stops_listening_holds_nobody_up_and_shows_the_newest_state_when_it_listens_again() -> TestResult {
    let home = Home::new()?;
    let mut terminal = home.start((200, 50))?;
    terminal.shows("2,999")?;
    terminal.press_until("r", "recency cut 1 of 4: 20")?;
    terminal.settled();
    terminal.stall(true);
    let before = terminal.raw().len();
    // Far more frames than any buffer between the two holds: a frame is 800 bytes and more.
    for _ in 0..400 {
        terminal.press(RIGHT)?;
        thread::sleep(Duration::from_millis(1));
    }
    terminal.press(ESC)?;
    thread::sleep(Duration::from_millis(300));
    terminal.stall(false);
    terminal.shows("R5 ≤ 60")?;
    let after = terminal.settled() - before;
    // 400 frames would be 300 kB and more; what was skipped was never sent.
    assert!(after < 150_000, "{after} bytes");
    let shown = lines(&terminal);
    // All 400 keys were taken in: the cut stands as far as it can go, and so it does in a frame drawn anew.
    terminal.press("\u{c}")?;
    terminal.settled();
    assert_eq!(lines(&terminal), shown);
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    terminal.is_restored()
}

#[test]
fn a_signal_ends_an_explorer_whose_terminal_takes_nothing_any_more() -> TestResult {
    let home = Home::new()?;
    let mut terminal = home.start((200, 50))?;
    terminal.shows("2,999")?;
    terminal.press_until("r", "recency cut 1 of 4: 20")?;
    terminal.settled();
    terminal.stall(true);
    for _ in 0..400 {
        terminal.press(RIGHT)?;
        thread::sleep(Duration::from_millis(1));
    }
    terminal.signal("TERM")?;
    let status = terminal.end()?;
    assert!(!status.success());
    assert_eq!(home.sessions().len(), 1, "what was done is kept");
    let flags = terminal.flags()?;
    assert!(flags.echo && flags.canonical, "{flags:?}");
    Ok(())
}

#[test]
fn a_storm_of_sizes_ends_with_the_screen_of_the_last_size() -> TestResult {
    let home = Home::new()?;
    let mut terminal = home.start((120, 40))?;
    terminal.shows("2,999")?;
    for step in 0..120u16 {
        terminal.resize((60 + step * 37 % 341, 16 + step * 13 % 105))?;
        if step % 10 == 0 {
            terminal.press("\t")?;
        }
    }
    terminal.settled();
    for size in [(400, 120), (60, 18), (120, 40)] {
        terminal.resize(size)?;
        terminal.shows("quit")?;
        terminal.settled();
        let shown = lines(&terminal);
        terminal.press("\u{c}")?;
        terminal.settled();
        assert_eq!(lines(&terminal), shown, "{size:?}");
    }
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    terminal.is_restored()
}

#[test]
fn a_key_in_the_moment_of_a_resize_does_not_wait_for_the_next() -> TestResult {
    let home = Home::new()?;
    let mut terminal = home.start((120, 40))?;
    terminal.shows("2,999")?;
    for step in 0..6 {
        // Held up meanwhile, it finds both at once.
        terminal.settled();
        terminal.signal("STOP")?;
        terminal.resize((121 - step % 2, 40))?;
        terminal.press("?")?;
        terminal.signal("CONT")?;
        let is_open = step % 2 == 0;
        terminal
            .wait("the help", |text| text.contains("╭ Keys") == is_open)
            .map_err(|problem| format!("{step}: {problem}"))?;
    }
    Ok(())
}

#[test]
fn an_explorer_whose_terminal_is_gone_ends_by_itself_and_keeps_what_was_done() -> TestResult {
    let home = Home::new()?;
    let status = home.scratch.path("status");
    // Whoever started it does not want to hear of it.
    let line = format!("trap '' HUP; \"$TIERSCOPE\" '{}'; echo $? > '{}'", home.file, text(&status)?);
    let variables = [("TIERSCOPE", Some(env!("CARGO_BIN_EXE_tierscope")))];
    let mut terminal = Terminal::start_shell_at(&home.scratch.path("home"), &line, (120, 40), &variables)?;
    terminal.shows("2,999")?;
    terminal.press_until("T", "high-contrast")?;
    terminal.press_until("j\r", "theme")?;
    terminal.press_until("r", "recency cut 1 of 4: 20")?;
    terminal.press_until(RIGHT, "20 → 21")?;
    terminal.hang_up()?;
    terminal.end()?;
    assert_eq!(fs::read_to_string(status)?.trim(), "129", "as by the signal that says so");
    assert_eq!(home.sessions().len(), 1);
    let preferences = fs::read_to_string(home.scratch.path("home").join("state/tierscope/preferences.toml"))?;
    assert!(preferences.contains("theme"), "{preferences}");
    Ok(())
}

/// Ticks of processor time that a process has used.
fn ticks(process: u32) -> Result<u64, Failure> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after = stat.rsplit_once(')').ok_or("no stat")?.1;
    let fields: Vec<&str> = after.split_whitespace().collect();
    Ok(fields[11].parse::<u64>()? + fields[12].parse::<u64>()?)
}

#[test]
fn idle_it_sends_nothing_and_does_nothing() -> TestResult {
    if !Path::new("/proc/self/stat").exists() {
        eprintln!("skipped: no /proc");
        return Ok(());
    }
    let home = Home::new()?;
    for keys in ["", "d", "E"] {
        let mut terminal = home.start((120, 40))?;
        terminal.shows("2,999")?;
        terminal.press(keys)?;
        terminal.settled();
        let process = terminal.process()?;
        // What was begun comes to its end.
        let mut before = (0, 0);
        for _ in 0..60 {
            let now = (terminal.raw().len(), ticks(process)?);
            if std::mem::replace(&mut before, now) == now {
                break;
            }
            thread::sleep(Duration::from_secs(1));
        }
        thread::sleep(Duration::from_secs(10));
        assert_eq!((terminal.raw().len(), ticks(process)?), before, "after `{keys}`");
    }
    Ok(())
}

/// Whether a command is there; its test is skipped elsewhere.
fn has(command: &str, version: &str) -> bool {
    let found = Command::new(command).arg(version).output().is_ok();
    if !found {
        eprintln!("skipped: no {command}");
    }
    found
}

#[test]
fn it_runs_in_tmux_and_copies_through_it() -> TestResult {
    if !has("tmux", "-V") {
        return Ok(());
    }
    let home = Home::new()?;
    let socket = home.scratch.path("tmux");
    let tmux = |args: &[&str]| -> Result<String, Failure> {
        let output = Command::new("tmux").args(["-S", text(&socket)?, "-f", "/dev/null"]).args(args).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let command = format!(
        "XDG_CONFIG_HOME={0} XDG_STATE_HOME={0} XDG_CACHE_HOME=/dev/null LC_ALL=C.UTF-8 '{1}' '{2}'",
        text(&home.scratch.path("home"))?,
        env!("CARGO_BIN_EXE_tierscope"),
        home.file
    );
    tmux(&["-u", "new-session", "-d", "-x", "120", "-y", "40", &command])?;
    let shows = |part: &str| -> TestResult {
        for _ in 0..600 {
            if tmux(&["capture-pane", "-p"])?.contains(part) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(format!("no {part} in\n{}", tmux(&["capture-pane", "-p"])?).into())
    };
    let result = (|| {
        shows("2,999")?;
        tmux(&["send-keys", "r"])?;
        shows("recency cut 1 of 4: 20")?;
        tmux(&["send-keys", "Right"])?;
        shows("20 → 21")?;
        tmux(&["send-keys", "S-Right"])?;
        shows("20 → 30")?;
        // Whoever detaches and attaches elsewhere finds another size.
        tmux(&["resize-window", "-x", "80", "-y", "24"])?;
        shows("Tiers")?;
        // A row of the list, as tmux keeps what programs in it copy.
        tmux(&["set", "-s", "set-clipboard", "on"])?;
        tmux(&["send-keys", "Tab"])?;
        shows("1 of 2,999")?;
        tmux(&["send-keys", "E", "r"])?;
        shows("the row copied")?;
        for _ in 0..200 {
            let copied = tmux(&["show-buffer"])?;
            let mut lines = copied.lines().map(|line| line.split('\t').collect::<Vec<_>>());
            if let (Some(heads), Some(cells), None) = (lines.next(), lines.next(), lines.next())
                && heads.first() == Some(&"customer")
                && heads.len() == cells.len()
            {
                return shows(cells[0]);
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(format!("tmux has: {}", tmux(&["show-buffer"])?).into())
    })();
    tmux(&["kill-server"])?;
    result
}

#[test]
fn it_runs_in_screen() -> TestResult {
    if !has("screen", "--version") {
        return Ok(());
    }
    let home = Home::new()?;
    let folder = home.scratch.path("screens");
    fs::create_dir_all(&folder)?;
    let mut mode = fs::metadata(&folder)?.permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o700);
    fs::set_permissions(&folder, mode)?;
    let variables = [("SCREENDIR", Some(text(&folder)?)), ("TIERSCOPE", Some(env!("CARGO_BIN_EXE_tierscope")))];
    let line = format!("exec screen -c /dev/null -U sh -c '\"$TIERSCOPE\" {}'", home.file);
    let mut terminal = Terminal::start_shell_at(&home.scratch.path("home"), &line, (120, 40), &variables)?;
    terminal.shows("2,999")?;
    terminal.press_until("r", "recency cut 1 of 4: 20")?;
    terminal.press_until(RIGHT, "20 → 21")?;
    terminal.press("q")?;
    terminal.end()?;
    Ok(())
}

/// The parameters of all colours and modifiers that came.
fn inks(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let sequences = text.split("\u{1b}[").skip(1);
    sequences
        .filter_map(|rest| rest.split_once('m').map(|(parameters, _)| parameters))
        .filter(|parameters| parameters.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn colours_are_those_that_the_terminal_has() -> TestResult {
    let home = Home::new()?;
    let colours = |variables: &[(&str, Option<&str>)], args: &[&str]| -> Result<Vec<String>, Failure> {
        let args: Vec<&str> = args.iter().copied().chain([&*home.file]).collect();
        let mut terminal = Terminal::start_at(&home.scratch.path("home"), &args, (120, 40), variables)?;
        terminal.shows("2,999")?;
        terminal.press_until("\t\t\t", "1 of 2,999")?;
        terminal.settled();
        let inks = inks(&terminal.raw());
        // What is under the cursor is seen in any case.
        assert!(inks.iter().any(|ink| ink.split(';').any(|parameter| parameter == "7")), "{inks:?}");
        Ok(inks)
    };
    let has = |inks: &[String], part: &str| inks.iter().any(|ink| ink.contains(part));
    let rich = colours(&[], &[])?;
    assert!(has(&rich, "48;5;") && !has(&rich, "48;2;"), "{rich:?}");
    let truecolor = colours(&[("COLORTERM", Some("truecolor"))], &[])?;
    assert!(has(&truecolor, "48;2;"), "{truecolor:?}");
    for (variables, args) in [(vec![("NO_COLOR", Some("1"))], vec![]), (vec![], vec!["--color", "never"])] {
        let none = colours(&variables, &args)?;
        let is_colour =
            |parameter: &str| matches!(parameter.len(), 2..) && !matches!(parameter, "22" | "24" | "27" | "39" | "49");
        assert!(!none.iter().any(|ink| ink.split(';').any(is_colour)), "{none:?}");
    }
    for (variables, args) in [(vec![("TERM", Some("linux"))], vec![]), (vec![], vec!["--color", "16"])] {
        let few = colours(&variables, &args)?;
        let is_background = |parameter: &str| matches!(parameter.parse::<u16>(), Ok(40..=47 | 100..=107));
        assert!(!has(&few, "8;5;") && !has(&few, "8;2;"), "{few:?}");
        assert!(few.iter().any(|ink| ink.split(';').any(is_background)), "{few:?}");
    }
    Ok(())
}
