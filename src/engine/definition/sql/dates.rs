//! Dates in text, as `DuckDB` reads them: a pattern takes them apart, and what it takes is put together as a day.

use crate::data::batch::TimeUnit;
use crate::data::parse::date::{DateFormat, DateOrder, SerialSystem, YearDigits};

/// The hour of a time of day, its minutes and its seconds.
const CLOCK: &str =
    r"(?:[01]?\d|2[0-4])(?::[0-5]\d(?::(?:[0-5]\d|60))?|\s*[时時点點시]\s*(?:[0-5]?\d分\s*)?(?:[0-5]?\d秒)?)";

/// The same without marks, or the hour alone.
const BARE_CLOCK: &str = r"(?:[01]\d|2[0-4])(?:[0-5]\d){0,2}";

/// A word for the half of the day before a time.
const HALF: &str = r"(?:上午|下午|凌晨|早上|中午|晚上|午前|午後|오전|오후|傍晚|[ap]m )\s*";

/// What follows a time: fractions, a word for the half of the day, a zone and what explains it.
const BEHIND: &str = r"(?:[.,]\d+)?(?:\s*(?:[ap]m|[ap]\.m\.))?(?:\s*(?:UTC|GMT|Z))?(?:\s*[+-]\d\d?(?::?\d\d)?)?(?:\s*[A-Z]{3,4})?(?:\s*[(\[].*[)\]])?";

/// A day of the week behind a date.
const WEEKDAY: &str = r"(?:\s*\(?(?:星期|礼拜|禮拜|周|週)?[一二三四五六日天]\)?)?";

/// How a column's dates are taken apart.
pub(super) struct DateParts {
    /// A pattern whose groups are named by `names`.
    pub(super) pattern: String,
    /// The parts.
    pub(super) names: &'static [&'static str],
    /// The day, of parts that are fields of a struct of this name.
    pub(super) day: String,
}

/// A time of day.
fn time() -> String {
    format!("(?:{CLOCK}|{BARE_CLOCK}){BEHIND}")
}

/// A time of day with marks, which may stand before a date.
fn clock() -> String {
    format!("{CLOCK}{BEHIND}")
}

/// What may follow a date, where something keeps it apart.
fn tail() -> String {
    format!(r"(?:,?{WEEKDAY})(?:(?:\s*{HALF}|,\s*|\s+|T){})?", time())
}

/// How dates of a format are taken apart; the parts are in a struct of this name. Years of the Republic of China are
/// refused before.
pub(super) fn parts(format: DateFormat, parts: &str) -> DateParts {
    match format {
        DateFormat::Numbers { order, year, .. } => numbers(order, year, parts),
        DateFormat::MonthName { .. } => month_name(parts),
        DateFormat::Compact | DateFormat::Minguo => compact(parts),
        DateFormat::Serial(system) => serial(system, parts),
        DateFormat::Unix(unit) => unix(unit, parts),
    }
}

fn numbers(order: DateOrder, year: YearDigits, parts: &str) -> DateParts {
    let (first, last) = match (order, year) {
        (DateOrder::YearFirst, YearDigits::Four) => (r"(\d{4})", r"(\d\d?)"),
        (DateOrder::YearFirst, YearDigits::Two) => (r"(\d{4}|\d\d)", r"(\d\d?)"),
        _ => (r"(\d\d?)", r"(\d{4}|\d\d)"),
    };
    // The same mark on both sides of the middle.
    let marked = [r"-(\d\d?)-", r"/(\d\d?)/", r"\.\s*(\d\d?)\.\s*"];
    let mut ways = marked.map(|middle| format!("{middle}{last}")).to_vec();
    ways[2].push_str(r"\.?");
    let front = format!(r"(?:{}\s+)?", clock());
    let han =
        format!(r"\s*[年년]\s*(\d\d?)\s*[月월]\s*{last}\s*[日号號일](?:{WEEKDAY}\s*(?:{HALF}|,\s*|T)?{})?", time());
    let is_han = order == DateOrder::YearFirst;
    let mut names: &[&str] = &["a", "b1", "c1", "b2", "c2", "b3", "c3"];
    let mut pattern = format!("(?:{}){}", ways.join("|"), tail());
    if is_han {
        names = &["a", "b1", "c1", "b2", "c2", "b3", "c3", "b4", "c4"];
        pattern = format!("(?:{pattern}|{han}{WEEKDAY})");
    }
    let joined = |letter: char| {
        let places = 1..=if is_han { 4 } else { 3 };
        places.map(|place| format!("{parts}.{letter}{place}")).collect::<Vec<_>>().join(" || ")
    };
    let (a, b, c) = (format!("{parts}.a"), joined('b'), joined('c'));
    let (year, month, day) = match order {
        DateOrder::YearFirst => (a, b, c),
        DateOrder::DayFirst => (c, b, a),
        DateOrder::MonthFirst => (c, a, b),
    };
    let full = full_year(&year);
    let day = format!(
        "TRY_CAST(\n    {}\n    || '-' || {month}\n    || '-' || {day}\n    AS DATE)",
        full.replace('\n', "\n    ")
    );
    DateParts { pattern: format!("(?i)^{front}{first}{pattern}$"), names, day }
}

/// A year of four digits, or of two: up to 68 of the 2000s, else of the 1900s.
fn full_year(year: &str) -> String {
    format!(
        "CASE\n    WHEN LENGTH({year}) = 4 THEN {year}\n    WHEN {year} <= '68' THEN '20' || {year}\n    \
         ELSE '19' || {year}\nEND"
    )
}

fn month_name(parts: &str) -> DateParts {
    let month =
        r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?";
    let weekday = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?";
    let gap = r"\s*[,\-/.]?\s*";
    let day = r"(\d\d?)(?:st|nd|rd|th)?";
    let year = r"(\d{4}|\d\d)";
    let behind = format!(r"(?:,?\s*at\s+{0}|:{0}|{1})", time(), tail());
    let ways = [
        format!("{day}{gap}{month}{gap}{year}{behind}"),
        format!(r"(\d{{4}}){gap}{month}{gap}(\d\d?){behind}"),
        format!("{month}{gap}{day}{gap}{year}{behind}"),
        format!(r"{month}{gap}{day}{gap}{}\s+(\d{{4}})", clock()),
    ];
    let names: &[&str] = &["d1", "m1", "y1", "y2", "m2", "d2", "m3", "d3", "y3", "m4", "d4", "y4"];
    let joined =
        |letter: char| (1..=4).map(|place| format!("{parts}.{letter}{place}")).collect::<Vec<_>>().join(" || ");
    let full = full_year(&format!("({})", joined('y'))).replace('\n', "\n    ");
    let day = format!(
        "CAST(TRY_STRPTIME(\n    {}\n    || '-' || {}\n    || '-' || {full},\n    '%d-%b-%Y'\n) AS DATE)",
        joined('d'),
        joined('m')
    );
    DateParts { pattern: format!("(?i)^{weekday}(?:{})$", ways.join("|")), names, day }
}

fn compact(parts: &str) -> DateParts {
    let pattern = format!(
        r"(?i)^(\d{{8}})(?:\.0+|(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{{3}})?)?(?:\.\d+)?(?:\s*(?:UTC|GMT|Z))?(?:\s*[+-]\d\d?(?::?\d\d)?)?|{})?$",
        tail()
    );
    let day = format!("CAST(TRY_STRPTIME({parts}.digits, '%Y%m%d') AS DATE)");
    DateParts { pattern, names: &["digits"], day }
}

/// A number of days or ticks.
const NUMBER: &str = r"^(-?\d{1,18})(?:[.,](\d+))?$";

fn serial(system: SerialSystem, parts: &str) -> DateParts {
    // So near to midnight is midnight, spoilt on its way through binary fractions: half a millisecond.
    let number = format!("TRY_CAST({parts}.whole || '.' || {parts}.fraction || '0' AS DECIMAL(38, 12))");
    let serial = format!("CAST(FLOOR({number} + 0.000000005787) AS BIGINT)");
    let days = |from: &str, shift: i32| format!("DATE '{from}' + CAST({serial} - {shift} AS INTEGER)");
    let day = match system {
        SerialSystem::From1900 => format!(
            "CASE\n    WHEN {serial} BETWEEN 1 AND 59\n    THEN {}\n    WHEN {serial} BETWEEN 61 AND 2958465\n    THEN {}\nEND",
            days("1899-12-31", 0),
            days("1899-12-30", 0)
        ),
        SerialSystem::From1904 => {
            format!("CASE\n    WHEN {serial} BETWEEN 0 AND 2957003\n    THEN {}\nEND", days("1904-01-01", 0))
        }
    };
    DateParts { pattern: NUMBER.to_owned(), names: &["whole", "fraction"], day }
}

fn unix(unit: TimeUnit, parts: &str) -> DateParts {
    let ticks = format!("TRY_CAST({parts}.whole AS BIGINT)");
    let second = unit.per_second();
    // From 1971 to 2199: what lies outside is another unit or stands for "never".
    let (first, last) = (31_536_000 * second, 7_258_118_400_i64.saturating_mul(second).saturating_sub(1));
    let day = format!(
        "CASE\n    WHEN {ticks} BETWEEN {first} AND {last}\n    THEN DATE '1970-01-01' + CAST({ticks} // {} AS INTEGER)\nEND",
        86_400 * second
    );
    DateParts { pattern: NUMBER.to_owned(), names: &["whole", "fraction"], day }
}
