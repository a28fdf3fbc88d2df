//! Sales read and customers counted the slow way, from the words of the definition alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use tierscope::engine::definition::{Amount, Columns};
use tierscope::model::day::Day;
use tierscope::model::measures::{Frequency, Measure, Monetary, Recency};
use tierscope::model::money::Scale;

use super::super::support::{Failure, lines, micros};

/// A row as the file has it.
pub(super) struct Row {
    pub(super) customer: String,
    pub(super) order: String,
    pub(super) date: String,
    /// An amount, or a quantity and a unit price.
    pub(super) factors: Vec<String>,
}

/// A table.
pub(super) struct Sales {
    pub(super) table: &'static str,
    pub(super) columns: Columns<'static>,
    pub(super) rows: Vec<Row>,
}

/// The customer, order, date and amount columns of [`nasty`].
pub(super) const NASTY: [&str; 4] = ["cust\"omer", "order's no", "日期", "amount; --"];

/// Rows that try what a file may hold: ids with quotes and blanks, words for nothing, order numbers that customers
/// share, returns, amounts in odd forms, days that are none.
pub(super) fn nasty() -> String {
    let mut state = 7u64;
    let mut roll = move |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % sides
    };
    let ids = [
        "O'Neil",
        " padded ",
        "padded",
        "a\"\"b",
        "重要客户",
        "=1+1",
        "x;--",
        "\u{a0}nbsp\u{3000}",
        "nbsp",
        "tab\t",
        "Null",
        "NULL",
        "",
        "  ",
        "n/a",
        "N/A",
        "#N/A",
        "<NA>",
        "nan",
        "None",
        "nil",
        "-",
        "--",
        "\\N",
        "(null)",
        "NA",
        "nullx",
        "0",
        "00",
        "ﬀ",
        "a,b",
    ];
    let orders = ["1", "2", "3", " 3", "4", "5", "6", "", "", " ", "NULL", "o'6", "7", "8"];
    let dates = [
        "2024-02-30",
        "2024-1-5",
        "2025-01-01",
        "",
        "soon",
        "0000-01-01",
        "2024-03-05x",
        "2024-03-05 25:00",
        "20240305",
    ];
    let amounts = ["", "1,5", "1_000", "free", "NaN", "0x10", "1e40", "--1", "."];
    let rows = (0..1_500).map(|_| {
        let id = if roll(2) == 0 { ids[roll(ids.len())].to_owned() } else { format!("c{}", roll(40)) };
        let (month, day) = (roll(12) + 1, roll(28) + 1);
        let time = ["", " 08:26:00", "T23:59:59.999Z", " 00:00"][roll(4)];
        let date =
            if roll(25) == 0 { dates[roll(dates.len())].to_owned() } else { format!("2024-{month:02}-{day:02}{time}") };
        let amount = match roll(25) {
            0 => amounts[roll(amounts.len())].to_owned(),
            1 => ["1e2", ".5", "+7", " 4 ", "12.", "2.5E-1", "0.125", "0"][roll(8)].to_owned(),
            2..=5 => format!("-{}.{:02}", roll(90), roll(100)),
            _ => format!("{}.{:02}", roll(300), roll(100)),
        };
        [id, orders[roll(orders.len())].to_owned(), date, amount].map(|cell| format!("\"{cell}\""))
    });
    let head = NASTY.map(|name| format!("\"{}\"", name.replace('"', "\"\""))).join(",");
    head + "\n" + &lines(rows, |row| row.join(","))
}

fn text_of(path: &str) -> Result<String, Failure> {
    let mut text = String::new();
    let mut file = File::open(path)?;
    if Path::new(path).extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(file).read_to_string(&mut text)?;
    } else {
        file.read_to_string(&mut text)?;
    }
    Ok(text)
}

impl Sales {
    /// Reads a file with customer, order, date and amount; an order column without a name is none.
    pub(super) fn read(path: &str, table: &'static str, names: [&'static str; 4]) -> Result<Self, Failure> {
        let [customer, order, date, amount] = names;
        let order = (!order.is_empty()).then_some(order);
        let columns = Columns { order, ..Columns::plain(customer, date, Amount::Column(amount)) };
        Self::with(path, table, columns, &[amount])
    }

    /// Reads a file with the columns of Online Retail.
    pub(super) fn read_product(path: &str, table: &'static str) -> Result<Self, Failure> {
        let [quantity, unit_price] = ["Quantity", "UnitPrice"];
        let amount = Amount::Product { quantity, unit_price };
        let columns = Columns { order: Some("InvoiceNo"), ..Columns::plain("CustomerID", "InvoiceDate", amount) };
        Self::with(path, table, columns, &[quantity, unit_price])
    }

    fn with(path: &str, table: &'static str, columns: Columns<'static>, factors: &[&str]) -> Result<Self, Failure> {
        let text = text_of(path)?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head = reader.headers()?.clone();
        let at = |name: &str| head.iter().position(|cell| cell == name).ok_or(format!("no {name} in {head:?}"));
        let (customer, date) = (at(columns.customer)?, at(columns.date)?);
        let order = columns.order.map(at).transpose()?;
        let factors = factors.iter().map(|factor| at(factor)).collect::<Result<Vec<_>, _>>()?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record?;
            let cell = |place: usize| record.get(place).unwrap_or_default().to_owned();
            rows.push(Row {
                customer: cell(customer),
                order: order.map(cell).unwrap_or_default(),
                date: cell(date),
                factors: factors.iter().map(|place| cell(*place)).collect(),
            });
        }
        Ok(Self { table, columns, rows })
    }
}

/// A customer with all that was bought.
#[derive(Default)]
pub(super) struct Counted {
    /// As the first row has it.
    pub(super) id: String,
    /// On which something was bought, and on which something was returned.
    days: BTreeSet<Day>,
    return_days: BTreeSet<Day>,
    /// Net sums by order, and of rows without an order number, each with whether something was bought.
    orders: BTreeMap<String, (i128, bool)>,
    rows: i64,
    gross: i128,
}

/// All customers.
pub(super) struct People {
    pub(super) all: Vec<Counted>,
    pub(super) as_of: Day,
    pub(super) scale: Scale,
    /// In half days, for who has no gap.
    common_gap: i64,
}

/// What stands for nothing.
const NOTHING: &str = " null (null) \\n nan na n/a #n/a <na> none nil - -- ";

fn id(text: &str) -> Option<String> {
    let text = text.trim();
    let nothing = text.is_empty() || NOTHING.split(' ').any(|word| word == text.to_lowercase());
    (!nothing).then(|| text.to_owned())
}

/// What the ways to write an id have in common.
fn identity(id: &str) -> String {
    id.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The day of a cell, alone or before a time of day.
pub(super) fn day(text: &str) -> Option<Day> {
    let text = text.trim();
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, "00"));
    let is_time = time.get(..2).and_then(|hour| hour.parse::<u8>().ok()).is_some_and(|hour| hour <= 24);
    let mut parts = day.splitn(3, '-').map(str::parse::<u16>);
    let mut next = || parts.next()?.ok();
    let (year, month, day) = (next()?, next()?, next()?);
    Day::from_ymd(year.into(), month.into(), day.into()).filter(|_| is_time && year > 0)
}

/// A number as millionths.
fn amount(text: &str) -> Option<i128> {
    let text = text.trim();
    let text = text.strip_prefix('+').unwrap_or(text);
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (digits, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let digits = if digits.starts_with('.') { format!("0{digits}") } else { digits.to_owned() };
    let digits = digits.strip_suffix('.').map_or(digits.as_str(), |digits| digits);
    let (value, power) = (micros(digits).ok()?, power.parse::<i32>().ok().filter(|power| *power < 20)?);
    let factor = 10i128.pow(power.unsigned_abs());
    Some(if power < 0 { value / factor } else { value * factor })
}

/// Twice the median of values in ascending order.
fn twice_median(values: &[i64]) -> Option<i64> {
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(2 * values[middle]),
        _ => Some(values[middle - 1] + values[middle]),
    }
}

/// Division of what is not below zero, half up.
fn half_up(numerator: i128, denominator: i128) -> i128 {
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    whole + i128::from(2 * rest >= denominator)
}

impl Counted {
    fn gaps(&self) -> Vec<i64> {
        let days: Vec<Day> = self.days.iter().copied().collect();
        let mut gaps: Vec<i64> = days.windows(2).map(|pair| i64::from(pair[1] - pair[0])).collect();
        gaps.sort_unstable();
        gaps
    }

    fn net(&self) -> i128 {
        self.orders.values().map(|(sum, _)| sum).sum()
    }
}

impl People {
    /// Counts the rows that count, up to an as-of date or to the day before the one after the last.
    pub(super) fn of(sales: &Sales, as_of: Option<&str>) -> Result<Self, Failure> {
        let given: Option<Day> = as_of.map(str::parse).transpose()?;
        let mut people: BTreeMap<String, Counted> = BTreeMap::new();
        let (mut last, mut finest) = (None, 1_000_000);
        for (place, row) in sales.rows.iter().enumerate() {
            let numbers: Option<Vec<i128>> = row.factors.iter().map(|factor| amount(factor)).collect();
            let Some(((id, day), numbers)) = id(&row.customer).zip(day(&row.date)).zip(numbers) else { continue };
            if given.is_some_and(|given| day > given) {
                continue;
            }
            let money = numbers.iter().skip(1).fold(numbers[0], |product, factor| product * factor / 1_000_000);
            while money % finest != 0 {
                finest /= 10;
            }
            last = last.max(Some(day));
            let person = people.entry(identity(&id)).or_insert_with(|| Counted { id, ..Counted::default() });
            let order = self::id(&row.order).unwrap_or_else(|| format!("row\n{place}"));
            let order = person.orders.entry(order).or_default();
            *order = (order.0 + money, order.1 || money >= 0);
            if money >= 0 { &mut person.days } else { &mut person.return_days }.insert(day);
            person.rows += 1;
            person.gross += money.max(0);
        }
        let all: Vec<Counted> = people.into_values().collect();
        let mut medians: Vec<i64> = all.iter().filter_map(|one| twice_median(&one.gaps())).collect();
        medians.sort_unstable();
        // Quarter days to half days, half up.
        let common_gap = twice_median(&medians).map_or(2, |quarters| quarters.div_euclid(2) + quarters % 2);
        let decimals = 6 - finest.ilog10() as u8;
        let scale = if decimals == 0 { Scale::UNITS } else { Scale::new(decimals.max(2)) };
        let as_of = given.or(last.map(|last| last + 1)).ok_or("no rows")?;
        Ok(Self { all, as_of, scale, common_gap })
    }

    /// A value in the smallest unit of its measure.
    pub(super) fn value(&self, one: &Counted, measure: Measure) -> i64 {
        let minor = |millionths: i128| (millionths / (1_000_000 / i128::from(self.scale.factor()))) as i64;
        let last = one.days.last().or(one.return_days.last());
        let days = last.map_or(0, |last| i64::from(self.as_of - *last));
        let orders = one.orders.values().filter(|(_, bought)| *bought).count();
        match measure {
            Measure::Recency(Recency::Days) => days,
            Measure::Recency(Recency::OwnGap) => {
                let half_days = twice_median(&one.gaps()).unwrap_or(self.common_gap);
                half_up(200 * i128::from(days), half_days.into()) as i64
            }
            Measure::Frequency(Frequency::Orders) => orders as i64,
            Measure::Frequency(Frequency::Days) => one.days.len() as i64,
            Measure::Frequency(Frequency::Rows) => one.rows,
            Measure::Monetary(Monetary::Net) => minor(one.net()),
            Measure::Monetary(Monetary::Gross) => minor(one.gross),
            Measure::Monetary(Monetary::LargestOrder) => {
                minor(one.orders.values().map(|(sum, _)| *sum).max().unwrap_or_default())
            }
            Measure::Monetary(Monetary::MeanOrder) => {
                let unit = 1_000_000 / i128::from(measure.scale(self.scale).factor());
                let size = half_up(one.net().abs(), unit * orders.max(1) as i128);
                (one.net().signum() * size) as i64
            }
        }
    }

    /// The values of all customers, ascending.
    pub(super) fn sorted(&self, measure: Measure) -> Vec<i64> {
        let mut values: Vec<i64> = self.all.iter().map(|one| self.value(one, measure)).collect();
        values.sort_unstable();
        values
    }
}
