//! A pseudo-terminal: the command runs in it, keys go in, and what a terminal would show is read back.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use super::support::{Failure, Scratch, TestResult};

/// How long anything may take on a busy machine before a test gives up; nothing is measured by it.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often the screen is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// Flags of a terminal that the shell relies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flags {
    pub(crate) echo: bool,
    pub(crate) canonical: bool,
    pub(crate) signals: bool,
    all: [u64; 4],
}

/// A running tierscope in its terminal.
pub(crate) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    screen: Arc<Mutex<vt100::Parser>>,
    /// Everything that came.
    raw: Arc<Mutex<Vec<u8>>>,
    /// Whether nothing more is read from the command.
    stalled: Arc<AtomicBool>,
    /// Whether the terminal is to be gone.
    gone: Arc<AtomicBool>,
    /// Reads from the command.
    reader: Option<JoinHandle<()>>,
    /// The flags before anything ran.
    pub(crate) before: Flags,
    _home: Option<Scratch>,
}

impl Terminal {
    /// Starts tierscope with arguments in a terminal of a size.
    pub(crate) fn start(args: &[&str], size: (u16, u16)) -> Result<Self, Failure> {
        // Not even root can make a folder there.
        Self::start_with_cache(args, size, Path::new("/dev/null"))
    }

    /// The same with a folder for caches.
    pub(crate) fn start_with_cache(args: &[&str], size: (u16, u16), cache: &Path) -> Result<Self, Failure> {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tierscope"));
        command.args(args);
        Self::start_command(command, size, cache, &[])
    }

    /// The same with variables of the environment, such as a folder for the user's files.
    pub(crate) fn start_with(args: &[&str], size: (u16, u16), given: &[(&str, &Path)]) -> Result<Self, Failure> {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tierscope"));
        command.args(args);
        Self::start_command(command, size, Path::new("/dev/null"), given)
    }

    /// The same with a home that outlives it, and variables of the environment; without a value one is not set.
    pub(crate) fn start_at(
        home: &Path,
        args: &[&str],
        size: (u16, u16),
        variables: &[(&str, Option<&str>)],
    ) -> Result<Self, Failure> {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tierscope"));
        command.args(args);
        Self::start_in(home, command, size, variables)
    }

    /// The same of a line for a shell.
    pub(crate) fn start_shell_at(
        home: &Path,
        line: &str,
        size: (u16, u16),
        variables: &[(&str, Option<&str>)],
    ) -> Result<Self, Failure> {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        Self::start_in(home, command, size, variables)
    }

    fn start_in(
        home: &Path,
        mut command: CommandBuilder,
        size: (u16, u16),
        variables: &[(&str, Option<&str>)],
    ) -> Result<Self, Failure> {
        surround(&mut command, home, Path::new("/dev/null"))?;
        for (name, value) in variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            }
        }
        Self::spawn(command, size, None)
    }

    /// Starts what a shell makes of a line, in which `tierscope` is the command.
    pub(crate) fn start_line(line: &str, size: (u16, u16)) -> Result<Self, Failure> {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &line.replace("tierscope", &format!("'{}'", env!("CARGO_BIN_EXE_tierscope")))]);
        Self::start_command(command, size, Path::new("/dev/null"), &[])
    }

    fn start_command(
        mut command: CommandBuilder,
        size: (u16, u16),
        cache: &Path,
        given: &[(&str, &Path)],
    ) -> Result<Self, Failure> {
        let home = Scratch::new()?;
        surround(&mut command, &home.path(""), cache)?;
        // The command itself may have said otherwise.
        for (name, value) in given {
            command.env(name, value);
        }
        Self::spawn(command, size, Some(home))
    }

    fn spawn(command: CommandBuilder, (columns, rows): (u16, u16), home: Option<Scratch>) -> Result<Self, Failure> {
        let pair = native_pty_system().openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })?;
        let before = flags(&*pair.master)?;
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
        let (mut output, parser) = (pair.master.try_clone_reader()?, Arc::clone(&screen));
        let (raw, stalled) = (Arc::<Mutex<Vec<u8>>>::default(), Arc::<AtomicBool>::default());
        let (all, is_stalled) = (Arc::clone(&raw), Arc::clone(&stalled));
        let gone = Arc::<AtomicBool>::default();
        let is_gone = Arc::clone(&gone);
        let reader = thread::spawn(move || {
            let (mut bytes, mut frames) = ([0; 8_192], Frames::default());
            while let Ok(read @ 1..) = output.read(&mut bytes) {
                if is_gone.load(Ordering::Relaxed) {
                    return;
                }
                while is_stalled.load(Ordering::Relaxed) {
                    thread::sleep(LOOK);
                }
                all.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&bytes[..read]);
                let whole = frames.whole(&bytes[..read]);
                parser.lock().unwrap_or_else(PoisonError::into_inner).process(&whole);
            }
        });
        let keys = pair.master.take_writer()?;
        let (master, reader) = (pair.master, Some(reader));
        Ok(Self { master, keys, child, screen, raw, stalled, gone, reader, before, _home: home })
    }

    /// What the terminal shows.
    pub(crate) fn text(&self) -> String {
        self.look(vt100::Screen::contents)
    }

    /// Everything that came until now.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.raw.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until nothing more comes for a while; gives how many bytes have come in all.
    pub(crate) fn settled(&self) -> usize {
        const QUIET: Duration = Duration::from_millis(400);
        let count = || self.raw.lock().unwrap_or_else(PoisonError::into_inner).len();
        let (mut bytes, mut since, start) = (count(), Instant::now(), Instant::now());
        while since.elapsed() < QUIET && start.elapsed() < PATIENCE {
            thread::sleep(LOOK);
            if count() != bytes {
                (bytes, since) = (count(), Instant::now());
            }
        }
        bytes
    }

    /// The bytes that come for a key.
    pub(crate) fn bytes_of(&mut self, key: &str) -> Result<usize, Failure> {
        let before = self.settled();
        self.press(key)?;
        Ok(self.settled() - before)
    }

    /// Takes nothing more from the command, or goes on.
    pub(crate) fn stall(&self, stalled: bool) {
        self.stalled.store(stalled, Ordering::Relaxed);
    }

    /// Closes the terminal's window, so to speak: nobody is on the other side any more.
    pub(crate) fn hang_up(&mut self) -> TestResult {
        self.gone.store(true, Ordering::Relaxed);
        // A frame wakes whoever reads.
        self.press("\u{c}")?;
        if let Some(reader) = self.reader.take() {
            reader.join().map_err(|_| "the reader failed")?;
        }
        self.keys = Box::new(std::io::sink());
        let size = PtySize { rows: 1, cols: 1, pixel_width: 0, pixel_height: 0 };
        self.master = native_pty_system().openpty(size)?.master;
        *self.screen.lock().unwrap_or_else(PoisonError::into_inner) = vt100::Parser::new(1, 1, 0);
        Ok(())
    }

    /// The command's process.
    pub(crate) fn process(&self) -> Result<u32, Failure> {
        Ok(self.child.process_id().ok_or("no process")?)
    }

    fn look<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.screen.lock().unwrap_or_else(PoisonError::into_inner).screen())
    }

    /// Whether the terminal is on its alternate screen, and whether its cursor is hidden.
    pub(crate) fn taken_over(&self) -> [bool; 2] {
        self.look(|screen| [screen.alternate_screen(), screen.hide_cursor()])
    }

    pub(crate) fn flags(&self) -> Result<Flags, Failure> {
        flags(&*self.master)
    }

    /// Types bytes as a keyboard sends them.
    pub(crate) fn press(&mut self, bytes: &str) -> TestResult {
        self.keys.write_all(bytes.as_bytes())?;
        Ok(self.keys.flush()?)
    }

    /// Waits until the screen is as wanted.
    pub(crate) fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) -> TestResult {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if wanted(&self.text()) {
                return Ok(());
            }
            thread::sleep(LOOK);
        }
        Err(format!("waited in vain for {what}:\n{}", self.text()).into())
    }

    /// Waits until the terminal is as wanted.
    pub(crate) fn wait_for(&self, what: &str, wanted: impl Fn(&Self) -> bool) -> TestResult {
        self.wait(what, |_| wanted(self))
    }

    /// The backgrounds that are seen, each once.
    pub(crate) fn backgrounds(&self) -> Vec<vt100::Color> {
        self.look(|screen| {
            let (rows, columns) = screen.size();
            let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
            let mut seen = Vec::new();
            for cell in cells.filter_map(|(row, column)| screen.cell(row, column)) {
                if !seen.contains(&cell.bgcolor()) {
                    seen.push(cell.bgcolor());
                }
            }
            seen
        })
    }

    /// Waits until the screen shows a text.
    pub(crate) fn shows(&self, part: &str) -> TestResult {
        self.wait(part, |text| text.contains(part))
    }

    /// Presses keys and waits until the screen shows a text.
    pub(crate) fn press_until(&mut self, bytes: &str, part: &str) -> TestResult {
        self.press(bytes)?;
        self.shows(part)
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) -> TestResult {
        let id = self.process()?;
        let sent = Command::new("kill").args(["-s", name, &id.to_string()]).status()?;
        if sent.success() { Ok(()) } else { Err(format!("kill -s {name} {id} failed").into()) }
    }

    /// Waits until the command has ended and its terminal has shown all of it.
    pub(crate) fn end(&mut self) -> Result<ExitStatus, Failure> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                self.wait_for_main_screen(start);
                return Ok(status);
            }
            thread::sleep(LOOK);
        }
        Err(format!("it does not end:\n{}", self.text()).into())
    }

    /// What is still on its way from the ended command: enough to leave the screen, or never.
    fn wait_for_main_screen(&self, start: Instant) {
        while start.elapsed() < PATIENCE / 6 && self.taken_over() != [false; 2] {
            thread::sleep(LOOK);
        }
    }

    /// Waits until the terminal is as it was, while the command lives on.
    pub(crate) fn wait_until_restored(&self) -> TestResult {
        let start = Instant::now();
        while self.is_restored().is_err() && start.elapsed() < PATIENCE {
            thread::sleep(LOOK);
        }
        self.is_restored()
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, (columns, rows): (u16, u16)) -> TestResult {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner).screen_mut().set_size(rows, columns);
        Ok(self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })?)
    }

    /// Fails unless the terminal is as it was before the command.
    pub(crate) fn is_restored(&self) -> TestResult {
        let (flags, taken) = (self.flags()?, self.taken_over());
        if flags == self.before && taken == [false; 2] && flags.echo && flags.canonical && flags.signals {
            return Ok(());
        }
        Err(format!("{flags:?}, alternate screen and hidden cursor {taken:?}; before {:?}", self.before).into())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed half-way leaves nothing running behind.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// What a command finds around it: a terminal of 256 colours, and folders of its own, of somebody who was here before.
fn surround(command: &mut CommandBuilder, home: &Path, cache: &Path) -> TestResult {
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    command.env("XDG_CONFIG_HOME", home.join("config"));
    command.env("XDG_STATE_HOME", home.join("state"));
    command.env("XDG_CACHE_HOME", cache);
    for name in ["NO_COLOR", "COLORTERM", "COLORFGBG", "LANGUAGE", "TIERSCOPE_LANG", "TIERSCOPE_THEME"] {
        command.env_remove(name);
    }
    std::fs::create_dir_all(home.join("state/tierscope"))?;
    Ok(std::fs::write(home.join("state/tierscope/tour-seen"), "")?)
}

/// All that a command writes to a terminal, results and errors.
pub(crate) fn printed(args: &[&str]) -> Result<String, Failure> {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tierscope"));
    command.args(args);
    command.env("TERM", "xterm-256color");
    command.env("TIERSCOPE_LANG", "en");
    printed_by(command)
}

/// The same of a command that is made ready.
pub(crate) fn printed_by(mut command: CommandBuilder) -> Result<String, Failure> {
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 })?;
    command.env("XDG_CONFIG_HOME", "/nonexistent");
    command.env("XDG_CACHE_HOME", "/dev/null");
    let mut child = pair.slave.spawn_command(command)?;
    drop(pair.slave);
    let mut output = pair.master.try_clone_reader()?;
    let (mut bytes, mut all) = ([0; 8_192], Vec::new());
    // Linux answers with an error once nobody can write any more.
    while let Ok(read @ 1..) = output.read(&mut bytes) {
        all.extend_from_slice(&bytes[..read]);
    }
    child.wait()?;
    Ok(String::from_utf8(all)?)
}

/// Holds a synchronized update back until all of it has come, as terminals that know them do: no test sees, or answers
/// with a key, a frame of which only the top has arrived.
#[derive(Default)]
struct Frames {
    held: Vec<u8>,
}

impl Frames {
    const BEGIN: &[u8] = b"\x1b[?2026h";
    const END: &[u8] = b"\x1b[?2026l";

    /// What may be shown once these bytes have come.
    fn whole(&mut self, come: &[u8]) -> Vec<u8> {
        self.held.extend_from_slice(come);
        let ended = last(&self.held, Self::END).map_or(0, |at| at + Self::END.len());
        let rest = &self.held[ended..];
        let free = last(rest, Self::BEGIN).unwrap_or_else(|| rest.len() - begun(rest));
        self.held.drain(..ended + free).collect()
    }
}

/// Where a sequence last stands.
fn last(bytes: &[u8], sequence: &[u8]) -> Option<usize> {
    bytes.windows(sequence.len()).rposition(|window| window == sequence)
}

/// How many bytes at the end may be the first ones of an update's beginning.
fn begun(bytes: &[u8]) -> usize {
    (1..Frames::BEGIN.len()).rev().find(|&length| bytes.ends_with(&Frames::BEGIN[..length])).unwrap_or(0)
}

fn flags(master: &dyn MasterPty) -> Result<Flags, Failure> {
    // As termios.h of Linux has them.
    const ISIG: u64 = 0o1;
    const ICANON: u64 = 0o2;
    const ECHO: u64 = 0o10;
    let termios = master.get_termios().ok_or("the terminal has no flags")?;
    let local = u64::from(termios.local_flags.bits());
    let all = [
        u64::from(termios.input_flags.bits()),
        u64::from(termios.output_flags.bits()),
        u64::from(termios.control_flags.bits()),
        local,
    ];
    Ok(Flags { echo: local & ECHO != 0, canonical: local & ICANON != 0, signals: local & ISIG != 0, all })
}
