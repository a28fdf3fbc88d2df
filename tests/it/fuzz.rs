//! Small files of every shape, made and then spoilt at random, loaded in this process: nothing panics, every row is kept or
//! rejected, the same file gives the same customers however its rows fall to threads, and what is simple is recounted.
//!
//! `TIERSCOPE_FUZZ_SECONDS` sets how long it goes on, 3 by default; `TIERSCOPE_FUZZ_SEED` where it begins. A failure is told
//! with its seed and leaves its file in the folder for temporary files.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Debug;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, Instant};

use tierscope::data::columns::ValueOptions;
use tierscope::data::expand::expand;
use tierscope::data::load::{LoadError, Loaded, Request, load};
use tierscope::data::parse::date::{DateFormat, DateOrder};
use tierscope::data::parse::number::{Currency, DecimalMark};
use tierscope::data::parse::zone::Zone;
use tierscope::data::source::TextOptions;
use tierscope::data::synonyms::Role;
use tierscope::data::text::encoding::Encoding;
use tierscope::job::{CancelToken, Progress};
use tierscope::model::day::Day;
use tierscope::model::policies::{Policies, Policy};

use super::exports::packed::{Cell, PACKERS, workbook, zipped};
use super::support::{Failure, TestResult};

/// Dice of one seed.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d | 1)
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % sides.max(1) as u64) as usize
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.roll(things.len())]
    }
}

/// The shapes of files that are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Delimited(char),
    Blanks,
    Json,
    Sheet,
}

const SHAPES: [Shape; 8] = [
    Shape::Delimited(','),
    Shape::Delimited(','),
    Shape::Delimited(';'),
    Shape::Delimited('\t'),
    Shape::Delimited('|'),
    Shape::Blanks,
    Shape::Json,
    Shape::Sheet,
];

const HEADERS: [[&str; 4]; 5] = [
    ["customer", "order_no", "date", "amount"],
    ["客户编号", "订单编号", "付款时间", "实付金额"],
    ["客戶編號", "訂單編號", "付款時間", "實付金額(元)"],
    ["user_id", "invoice_no", "order_date", "amount_cents"],
    ["a", "b", "c", "d"],
];

/// Cells that are odd, in any column.
const ODD: [&str; 60] = [
    "",
    " ",
    "NULL",
    "-",
    "N/A",
    "0",
    "00",
    "-0",
    "1e5",
    "1e999",
    "1E-400",
    "99999999999999999999999999999999999999999999",
    "-9223372036854775808",
    "0.0000001",
    "１２．５",
    "(12.00)",
    "12.00-",
    "¥1,234.50",
    "1.234,50",
    "€5",
    "1.2万",
    "12 %",
    "inf",
    "nan",
    "=\"00123\"",
    "'x",
    "\"",
    "\"\"",
    "a\"b",
    "a,b;c\td|e",
    "\u{feff}",
    "\u{200b}",
    "\u{1b}[31m",
    "\0",
    "2.02408E+19",
    "合计",
    "Total",
    "customer",
    "date",
    "amount",
    "20240105",
    "2024-02-30",
    "31/12/2024",
    "12/31/2024",
    "1/2/3",
    "99999999999999",
    "45296",
    "1704412800",
    "1704412800000",
    "民国113年1月5日",
    "5 Jan 2024",
    "0000-00-00",
    "9999-12-31",
    "-1-1-1",
    "2024-01-05T23:59:60Z",
    "2024-01-05T00:00:00+99:99",
    "Ⅷ",
    "ǅ",
    "ﷺ",
    "İ",
];

/// A row as it was meant.
#[derive(Clone, Debug)]
struct Row {
    customer: String,
    order: String,
    day: u32,
    cents: i64,
}

/// A file with the options it is read by.
struct Case {
    rows: Vec<Row>,
    shape: Shape,
    /// Whether every row is whole and well written, so that a recount tells what must come of it.
    simple: bool,
    bytes: Vec<u8>,
    request: Request,
}

fn rows(dice: &mut Dice) -> Vec<Row> {
    let many = if dice.one_in(40) { 2_000 } else { 3 + dice.roll(40) };
    let customers = 1 + dice.roll(many);
    let row = |dice: &mut Dice| Row {
        customer: format!("k{}", dice.roll(customers)),
        order: format!("o{}", dice.roll(many)),
        day: dice.roll(700) as u32,
        cents: dice.roll(1_000_000) as i64 - 100_000,
    };
    (0..many).map(|_| row(dice)).collect()
}

fn date(row: &Row) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2022, 1, 1).unwrap_or_default() + chrono::Days::new(row.day.into())
}

fn cells(row: &Row) -> [String; 4] {
    [row.customer.clone(), row.order.clone(), date(row).to_string(), super::exports::plain(row.cents)]
}

fn written(dice: &mut Dice, shape: Shape, header: [&str; 4], table: &[Vec<String>]) -> Result<Vec<u8>, Failure> {
    let end = dice.pick(&["\n", "\n", "\r\n", "\r"]);
    let line = |cells: &[String]| match shape {
        Shape::Delimited(delimiter) => cells.join(&delimiter.to_string()) + end,
        Shape::Json => {
            let pair =
                |(key, cell): (&&str, &String)| format!("{}:{}", serde_json::json!(key), serde_json::json!(cell));
            format!("{{{}}}\n", header.iter().zip(cells).map(pair).collect::<Vec<_>>().join(","))
        }
        Shape::Blanks | Shape::Sheet => cells.join("  ") + end,
    };
    if shape == Shape::Sheet {
        let head = header.map(|name| Cell::Text(name.to_owned())).into();
        let cell = |(place, text): (usize, &String)| {
            let number = text.parse::<f64>().is_ok_and(f64::is_finite) && place == 3;
            let text: String = text.chars().filter(|c| !c.is_control()).collect();
            if number { Cell::Number(text) } else { Cell::Text(text) }
        };
        let body = table.iter().map(|cells| cells.iter().enumerate().map(cell).collect());
        return workbook(&[("a", std::iter::once(head).chain(body).collect())]);
    }
    let head = if shape == Shape::Json { String::new() } else { line(&header.map(str::to_owned)) };
    Ok(table.iter().fold(head, |text, cells| text + &line(cells)).into_bytes())
}

fn spoil_cells(dice: &mut Dice, table: &mut Vec<Vec<String>>) {
    for _ in 0..=dice.roll(8) {
        let row = dice.roll(table.len());
        match dice.roll(10) {
            0 => drop(table[row].pop()),
            1 => table[row].push(dice.pick(&ODD).to_owned()),
            2 => {
                let copy = table[row].clone();
                table.push(copy);
            }
            _ if !table[row].is_empty() => {
                let column = dice.roll(table[row].len());
                dice.pick(&ODD).clone_into(&mut table[row][column]);
            }
            _ => {}
        }
    }
}

fn spoil_bytes(dice: &mut Dice, bytes: &mut Vec<u8>) {
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, dice.pick(b"\"',;\t|\n\r\0\x1b {}[]=\xff\xfe\xc2\xe5 -.0")),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            3 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            _ => {
                let end = (at + dice.roll(200)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
        }
    }
}

/// What a word is as an option; all words here are good ones.
fn option<T: FromStr<Err: Debug>>(word: &str) -> Option<T> {
    word.parse().ok()
}

fn policies(dice: &mut Dice) -> Policies {
    Policy::ALL.into_iter().fold(Policies::default(), |policies, policy| {
        if dice.one_in(3) { policies.with(policy, dice.roll(policy.choices().len())) } else { policies }
    })
}

fn options(dice: &mut Dice, request: &mut Request) {
    let text = &mut request.text;
    if dice.one_in(8) {
        text.header = Some(dice.one_in(2));
    }
    if dice.one_in(12) {
        text.delimiter = Some(dice.pick(b",;\t| "));
    }
    text.plain_quotes = dice.one_in(8);
    if dice.one_in(12) {
        text.skip_lines = Some(dice.roll(6));
    }
    if dice.one_in(12) {
        let names =
            ["utf-8", "gb18030", "big5", "utf-16le", "utf-16be", "latin1", "macroman", "shift_jis", "windows-1251"];
        text.encoding = option::<Encoding>(dice.pick(&names));
    }
    if dice.one_in(8) {
        request.values = ValueOptions {
            date_format: Some(dice.roll(3)).filter(|side| *side == 0).and_then(|_| {
                option::<DateFormat>(dice.pick(&[
                    "iso",
                    "dmy",
                    "mdy",
                    "compact",
                    "minguo",
                    "excel",
                    "unix-s",
                    "unix-ms",
                    "month-name",
                ]))
            }),
            date_order: Some(dice.pick(&[DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst])),
            decimal: Some(dice.pick(&[DecimalMark::Point, DecimalMark::Comma])),
            zone: option::<Zone>(dice.pick(&["Asia/Shanghai", "America/New_York", "+05:30", "UTC"])),
        };
    }
    if dice.one_in(10) {
        request.currency = option::<Currency>(dice.pick(&["CNY", "EUR", "USD"]));
    }
    if dice.one_in(10) {
        request.as_of = Some(Day(18_990 + dice.roll(800) as i32));
    }
    if dice.one_in(8) {
        for (role, column) in [(Role::Customer, "1"), (Role::Order, "2"), (Role::Date, "3"), (Role::Amount, "4")] {
            if dice.one_in(2) {
                request.columns.set(role, if dice.one_in(6) { dice.roll(7).to_string() } else { column.to_owned() });
            }
        }
    }
}

fn case(seed: u64) -> Result<Case, Failure> {
    let dice = &mut Dice::new(seed);
    let (rows, shape) = (rows(dice), dice.pick(&SHAPES));
    let simple = dice.one_in(3);
    let header = if simple { HEADERS[dice.roll(2)] } else { dice.pick(&HEADERS) };
    let mut table: Vec<Vec<String>> = rows.iter().map(|row| cells(row).to_vec()).collect();
    let mut request = Request { text: TextOptions::default(), policies: policies(dice), ..Request::default() };
    if !simple {
        options(dice, &mut request);
        if dice.one_in(2) {
            spoil_cells(dice, &mut table);
        }
    }
    let mut bytes = written(dice, shape, header, &table)?;
    if !simple && dice.one_in(2) {
        spoil_bytes(dice, &mut bytes);
    }
    // A workbook is packed by itself.
    if shape != Shape::Sheet && dice.one_in(12) {
        bytes = (dice.pick(&PACKERS).1)(&bytes)?;
    } else if dice.one_in(20) {
        bytes = zipped(&[("rows", bytes)])?;
    }
    if !simple && dice.one_in(10) {
        spoil_bytes(dice, &mut bytes);
    }
    Ok(Case { rows, shape, simple, bytes, request })
}

/// Everything that is known of customers.
type People = Vec<(String, [i64; 9])>;

fn people(loaded: &Loaded) -> People {
    let customers = &loaded.customers;
    let figures = |place: usize| {
        [
            customers.first_order.get(place),
            customers.last_order.get(place),
            customers.orders.get(place),
            customers.days.get(place),
            customers.rows.get(place),
            customers.net.get(place),
            customers.gross.get(place),
            customers.largest_order.get(place),
            customers.gap.get(place),
        ]
    };
    (0..customers.len()).map(|place| (customers.ids.get(place).to_owned(), figures(place))).collect()
}

fn loaded(request: &Request) -> Result<Loaded, LoadError> {
    let mut request = request.clone();
    let cancel = CancelToken::default();
    request.spool(&cancel)?;
    load(&request, &Progress::default(), &cancel)
}

fn adds_up(loaded: &Loaded) -> TestResult {
    let (people, ledger) = (people(loaded), &loaded.ledger);
    let rejected: u64 = ledger.reasons().iter().map(|(_, rows, _)| rows).sum();
    let rows: i64 = people.iter().map(|(_, figures)| figures[4]).sum();
    if ledger.read() != ledger.kept() + rejected || rows as u64 != ledger.kept() {
        return Err(format!("{} read, {} kept, {rejected} rejected, {rows} rows", ledger.read(), ledger.kept()).into());
    }
    for (id, [first, last, orders, days, rows, net, gross, _, gap]) in &people {
        let sound = first <= last && orders <= rows && days <= rows && *rows > 0 && net <= gross && *gap >= 0;
        if !sound || *gross < 0 || *days > last - first + 1 || id.trim() != id {
            return Err(format!("`{id}`: {first} {last} {orders} {days} {rows} {net} {gross} {gap}").into());
        }
    }
    Ok(())
}

/// What a recount tells of a customer: the first and last day, and money in millionths.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Figures {
    days: [i64; 2],
    orders: i64,
    rows: i64,
    net: i128,
    gross: i128,
}

/// What must come of rows that are whole, by the policies that concern them; `None` where those are recounted elsewhere.
fn recount(rows: &[Row], policies: Policies) -> Option<BTreeMap<String, Figures>> {
    // Voiding and repeated totals are recounted by hand.
    if policies.get(Policy::Returns) == 2 || policies.get(Policy::OrderTotals) == 1 {
        return None;
    }
    let gross = policies.get(Policy::Returns) == 1;
    let (no_zeros, once) = (policies.get(Policy::ZeroAmounts) == 1, policies.get(Policy::Duplicates) == 1);
    let mut seen = std::collections::HashSet::new();
    let mut people: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let aside = (gross && row.cents < 0) || (no_zeros && row.cents == 0);
        if !aside && (!once || seen.insert(cells(row))) {
            people.entry(row.customer.clone()).or_default().push(row);
        }
    }
    let figures = |rows: Vec<&Row>| {
        let day = |row: &&Row| i64::from(Day::from(date(row)).0);
        let bought = || rows.iter().filter(|row| row.cents >= 0);
        let micros = |row: &&Row| i128::from(row.cents) * 10_000;
        let orders: std::collections::BTreeSet<&str> = bought().map(|row| &*row.order).collect();
        // Returns make nobody more recent; who has nothing else keeps their days.
        let mut days: Vec<i64> = bought().map(day).collect();
        if days.is_empty() {
            days = rows.iter().map(day).collect();
        }
        Figures {
            days: [days.iter().copied().min().unwrap_or_default(), days.into_iter().max().unwrap_or_default()],
            orders: orders.len() as i64,
            rows: rows.len() as i64,
            net: rows.iter().map(micros).sum(),
            gross: bought().map(micros).sum(),
        }
    };
    Some(people.into_iter().map(|(id, rows)| (id, figures(rows))).collect())
}

fn is_recount(case: &Case, loaded: &Loaded) -> TestResult {
    let Some(expected) = recount(&case.rows, case.request.policies) else { return Ok(()) };
    let micros = |sum: i64| i128::from(sum) * 10_i128.pow(6 - u32::from(loaded.customers.scale.decimals()));
    let figures = |[first, last, orders, _, rows, net, gross, ..]: [i64; 9]| Figures {
        days: [first, last],
        orders,
        rows,
        net: micros(net),
        gross: micros(gross),
    };
    let found: BTreeMap<String, Figures> =
        people(loaded).into_iter().map(|(id, figures_of)| (id, figures(figures_of))).collect();
    if found == expected && loaded.ledger.read() == case.rows.len() as u64 {
        return Ok(());
    }
    Err(format!("{} read of {}; {found:?} in place of {expected:?}", loaded.ledger.read(), case.rows.len()).into())
}

fn holds(case: &mut Case, path: &PathBuf) -> TestResult {
    fs::write(path, &case.bytes)?;
    case.request.places = match expand(std::slice::from_ref(path)) {
        Ok(places) => places,
        Err(error) if case.simple => return Err(error.into()),
        Err(_) => return Ok(()),
    };
    let first = loaded(&case.request);
    // Which thread takes which rows, and which customers share one, is another every time.
    let again = loaded(&case.request);
    match (&first, &again) {
        (Ok(first), Ok(again)) => {
            adds_up(first)?;
            let same = people(first) == people(again) && first.ledger == again.ledger;
            if !same || first.as_of != again.as_of {
                return Err(format!("not the same again: {:?} and {:?}", first.ledger, again.ledger).into());
            }
            if case.simple { is_recount(case, first) } else { Ok(()) }
        }
        (Err(first), Err(again)) if first.to_string() == again.to_string() => {
            // All rows may be set aside by a policy; where they are recounted elsewhere, nothing is known of it.
            let none = || recount(&case.rows, case.request.policies).is_none_or(|people| people.is_empty());
            if case.simple && !(matches!(first, LoadError::NothingKept { .. }) && none()) {
                return Err(format!("refused: {first}").into());
            }
            Ok(())
        }
        _ => Err(format!("once {:?}, once {:?}", first.err(), again.err()).into()),
    }
}

#[test]
fn fuzz_rows() -> TestResult {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let time = Duration::from_secs(number("TIERSCOPE_FUZZ_SECONDS").unwrap_or(3));
    let most = if number("TIERSCOPE_FUZZ_SEED").is_some() { 20 } else { 1 };
    let folder = tempfile::tempdir()?;
    let (begun, mut failures) = (Instant::now(), Vec::new());
    let mut seed = number("TIERSCOPE_FUZZ_SEED").unwrap_or(1);
    let from = seed;
    while begun.elapsed() < time && failures.len() < most {
        let mut case = case(seed)?;
        let path = folder.path().join(format!("rows-{}", seed % 2));
        let result = catch_unwind(AssertUnwindSafe(|| holds(&mut case, &path).map_err(|error| error.to_string())));
        let problem = match result {
            Ok(Ok(())) => None,
            Ok(Err(problem)) => Some(problem),
            Err(_) => Some("it panicked".to_owned()),
        };
        if let Some(problem) = problem {
            let kept = env::temp_dir().join(format!("tierscope-fuzz-{seed}"));
            fs::write(&kept, &case.bytes)?;
            let problem: String = problem.chars().take(1_500).collect();
            let Case { shape, simple, request, .. } = &case;
            let read = format!("{:?} {:?} {:?} {:?}", request.text, request.values, request.columns, request.policies);
            failures.push(format!("seed {seed}, {}: {shape:?}, simple {simple}, {read}: {problem}", kept.display()));
        }
        seed += 1;
    }
    eprintln!("{} files from seed {from}", seed - from);
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n\n").into()) }
}
