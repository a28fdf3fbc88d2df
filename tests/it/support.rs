//! Running the command and reading what it says, exactly.

use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

pub(crate) type Failure = Box<dyn Error>;
pub(crate) type TestResult = Result<(), Failure>;

/// What a command answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The command, without a terminal and without the settings of whoever runs the tests.
pub(crate) fn tierscope() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tierscope"));
    command.stdin(Stdio::null()).env("XDG_CONFIG_HOME", "/nonexistent").env_remove("NO_COLOR").env_remove("RUST_LOG");
    // Not even root can make a folder there.
    command.env("XDG_CACHE_HOME", "/dev/null");
    command.env("TIERSCOPE_LANG", "en");
    for name in ["TIERSCOPE_CONFIG", "TIERSCOPE_CONFIG_DIR", "TIERSCOPE_STATE_DIR", "TIERSCOPE_CACHE_DIR"] {
        command.env_remove(name);
    }
    command
}

/// Runs a command to its end.
pub(crate) fn answer(command: &mut Command) -> Result<Answer, Failure> {
    let output = command.output()?;
    Ok(Answer {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout)?,
        stderr: String::from_utf8(output.stderr)?,
    })
}

/// Runs tierscope with arguments.
pub(crate) fn run<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Result<Answer, Failure> {
    answer(tierscope().args(args))
}

/// Runs tierscope and gives its stdout; it must succeed.
pub(crate) fn succeed<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Result<String, Failure> {
    let answer = run(args)?;
    if answer.status == Some(0) { Ok(answer.stdout) } else { Err(format!("{answer:?}").into()) }
}

/// A report as JSON, of files and options as they are typed.
pub(crate) fn report<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Result<Value, Failure> {
    let mut command = tierscope();
    command.arg("report").args(args).args(["--format", "json"]);
    let answer = answer(&mut command)?;
    if answer.status != Some(0) {
        return Err(format!("{answer:?}").into());
    }
    Ok(serde_json::from_str(&answer.stdout)?)
}

/// A line of the customer list, by column name.
pub(crate) type Line = BTreeMap<String, String>;

/// The customer list as CSV, taken apart.
pub(crate) fn customers<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Result<Vec<Line>, Failure> {
    let mut command = tierscope();
    command.arg("customers").args(args);
    let answer = answer(&mut command)?;
    if answer.status != Some(0) {
        return Err(format!("{answer:?}").into());
    }
    let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
    let lines = reader.deserialize().collect::<Result<Vec<Line>, _>>()?;
    Ok(lines)
}

/// Some columns of some lines, in order.
pub(crate) fn columns<const N: usize>(lines: &[Line], names: [&str; N]) -> Vec<[String; N]> {
    let cell = |line: &Line, name: &str| line.get(name).cloned().unwrap_or_else(|| format!("no column {name}"));
    lines.iter().map(|line| names.map(|name| cell(line, name))).collect()
}

/// A file of the public data, or `None` (said on stderr) where there is none on this machine.
pub(crate) fn public(name: &str) -> Result<Option<PathBuf>, Failure> {
    let Some(folder) = std::env::var_os("TIERSCOPE_DATA") else {
        eprintln!("skipped: TIERSCOPE_DATA is not set, and {name} is looked for in the folder it names");
        return Ok(None);
    };
    let path = Path::new(&folder).join(name);
    if path.is_file() { Ok(Some(path)) } else { Err(format!("TIERSCOPE_DATA has no {}", path.display()).into()) }
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> Result<&str, Failure> {
    path.to_str().ok_or_else(|| "the path is not UTF-8".into())
}

/// A file in a folder of its own, which goes when it is dropped.
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    pub(crate) fn new() -> Result<Self, Failure> {
        Ok(Self { folder: tempfile::tempdir()? })
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and gives its path as an argument.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> Result<String, Failure> {
        let path = self.path(name);
        fs::write(&path, content)?;
        Ok(text(&path)?.to_owned())
    }
}

/// Lines, one for each of some rows.
pub(crate) fn lines<T>(rows: impl IntoIterator<Item = T>, line: impl Fn(T) -> String) -> String {
    rows.into_iter().map(line).fold(String::new(), |text, line| text + &line + "\n")
}

/// A table without a header in which two columns may be the customer: the first has 10 values, the second 15.
pub(crate) fn two_ids() -> String {
    lines(0..30, |n| format!("9{:03},1{:03},2024-01-{:02},{n}.50", n % 10, n % 15, n % 28 + 1))
}

/// Money as whole millionths: `-1234.5` is -1,234,500,000. Thousands separators are not taken.
pub(crate) fn micros(text: &str) -> Result<i128, Failure> {
    let problem = || format!("`{text}` is no money");
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (units, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if units.is_empty() || !all_digits(units) || !all_digits(rest) || rest.len() > 6 {
        return Err(problem().into());
    }
    let fraction: i128 = format!("{rest:0<6}").parse()?;
    Ok(sign * (units.parse::<i128>()? * 1_000_000 + fraction))
}

/// The figures of a group of customers; money in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) customers: u64,
    pub(crate) orders: u64,
    pub(crate) money: i128,
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, one| Self {
            customers: sum.customers + one.customers,
            orders: sum.orders + one.orders,
            money: sum.money + one.money,
        })
    }
}

/// A number of a report.
pub(crate) fn number(value: &Value) -> Result<u64, Failure> {
    value.as_u64().ok_or_else(|| format!("{value} is no count").into())
}

/// A text of a report.
pub(crate) fn string(value: &Value) -> Result<&str, Failure> {
    value.as_str().ok_or_else(|| format!("{value} is no text").into())
}

/// A list of a report.
pub(crate) fn list(value: &Value) -> Result<&[Value], Failure> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| format!("{value} is no list").into())
}

/// The figures of an object with `customers`, `orders` and `revenue`.
pub(crate) fn tally(value: &Value) -> Result<Tally, Failure> {
    Ok(Tally {
        customers: number(&value["customers"])?,
        orders: number(&value["orders"])?,
        money: micros(string(&value["revenue"])?)?,
    })
}

/// The cells of a report that have customers, by their scores.
pub(crate) fn cells(report: &Value) -> Result<BTreeMap<[u8; 3], Tally>, Failure> {
    let mut cells = BTreeMap::new();
    for cell in list(&report["cells"])? {
        let score = |axis: &str| number(&cell[axis]).and_then(|score| Ok(u8::try_from(score)?));
        let tally = tally(cell)?;
        if tally != Tally::default() && cells.insert([score("r")?, score("f")?, score("m")?], tally).is_some() {
            return Err(format!("{cell} is there twice").into());
        }
    }
    Ok(cells)
}

/// The segments of a report, in its order.
pub(crate) fn segments(report: &Value) -> Result<Vec<(String, Tally)>, Failure> {
    list(&report["segments"])?.iter().map(|one| Ok((string(&one["name"])?.to_owned(), tally(one)?))).collect()
}

/// The cuts of an axis, in millionths of a day, an order or a unit of money.
pub(crate) fn cuts(report: &Value, axis: &str) -> Result<Vec<i128>, Failure> {
    let cuts = list(&report["axes"][axis]["cuts"])?;
    cuts.iter().map(|cut| micros(&cut.as_str().map_or_else(|| cut.to_string(), str::to_owned))).collect()
}
