//! Whether a file whose columns have their roles can be opened, as far as its sample tells.

use crate::data::columns::{ValueOptions, decided};
use crate::data::mapping::{AmountFrom, Mapping};
use crate::data::parse::cell::{is_null, plain};
use crate::data::parse::date::{DateDecision, DateEvidence};
use crate::data::parse::number::{Currency, NumberFormat};
use crate::data::source::{SAMPLE_ROWS, Source};
use crate::lang::text;
use crate::{mark, tr, tr_count};

/// What would become of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// Some sampled rows are kept.
    Opens,
    /// No sampled date tells whether the day or the month comes first: a date, and whether the sample is all of the file.
    DayOrMonth(String, bool),
    /// Amounts are in these two currencies, of which none is chosen.
    Currencies(Currency, Currency),
    /// No sampled row can be kept: how many there are, and what is missing or unreadable in most, with an example.
    NothingKept(u64, &'static str, String),
}

/// What a row lacks, marked for translation.
const LACKS: [&str; 5] = [
    mark!("a customer"),
    mark!("a date"),
    mark!("a date that can be read"),
    mark!("an amount that can be read"),
    mark!("the chosen currency"),
];

impl Opening {
    /// Looks at the sample as loading looks at the rows.
    pub(super) fn of(
        source: &Source,
        (mapping, found): (&Mapping, &DateDecision),
        values: &ValueOptions,
        chosen: Option<Currency>,
    ) -> Self {
        let sample = |column: usize| &source.columns[column].sample;
        let rows = sample(mapping.date).len();
        let mut dates = DateEvidence::default();
        for cell in sample(mapping.date) {
            dates.observe(cell.as_bytes());
        }
        // What names and values leave open, loading looks at again, as a column that is known to be the date.
        let again = || decided(&dates, &source.columns[mapping.date].name, values);
        let format = match found {
            DateDecision::Decided { .. } => mapping.date_format,
            _ => match again() {
                DateDecision::Decided { format, .. } => format,
                DateDecision::Ambiguous { example, .. } => return Self::DayOrMonth(example, rows < SAMPLE_ROWS),
                DateDecision::None => mapping.date_format,
            },
        };
        let mapping = Mapping { date_format: format, ..mapping.clone() };
        let mut currencies: Vec<Currency> = Vec::new();
        let mut lacking: [(u64, Option<String>); LACKS.len()] = [const { (0, None) }; LACKS.len()];
        let mut kept = 0;
        for row in 0..rows {
            match judged(source, &mapping, row) {
                Ok(currency) if chosen.is_some_and(|chosen| currency.is_some_and(|currency| currency != chosen)) => {
                    lacking[4].0 += 1;
                    lacking[4].1.get_or_insert_with(|| currency.map_or("", Currency::code).to_owned());
                }
                Ok(currency) => {
                    kept += 1;
                    currencies.extend(currency.filter(|currency| !currencies.contains(currency)));
                }
                Err((what, example)) => {
                    lacking[what].0 += 1;
                    lacking[what].1.get_or_insert(example);
                }
            }
        }
        if let [one, other, ..] = currencies[..] {
            return Self::Currencies(one, other);
        }
        if kept > 0 {
            return Self::Opens;
        }
        let most = (0..LACKS.len()).max_by_key(|what| (lacking[*what].0, LACKS.len() - what)).unwrap_or_default();
        Self::NothingKept(rows as u64, LACKS[most], lacking[most].1.take().unwrap_or_default())
    }

    /// The verdict in words.
    pub(super) fn words(&self, source: &Source, mapping: &Mapping) -> String {
        let date = &source.columns[mapping.date].name;
        match self {
            Self::Opens => {
                let amount = match mapping.amount {
                    AmountFrom::Column(column) => format!("`{}`", source.columns[column].name),
                    AmountFrom::Product { .. } => tr!("quantity x unit price").to_owned(),
                };
                let opens = if mapping.order.is_some() {
                    tr!("The file can be opened: amount from {amount}.", amount)
                } else {
                    tr!("The file can be opened: amount from {amount}; each row counts as an order.", amount)
                };
                match &mapping.undecided {
                    Some(mark) => tr!("{verdict} Look: {mark}.", verdict = opens, mark),
                    None => opens,
                }
            }
            Self::DayOrMonth(example, is_all) => {
                if *is_all {
                    tr!(
                        "Not enough to open it: dates of `{date}` such as `{example}` may have the day or the month \
                         first, and none of the sample tells (give --date-order day-first or --date-order month-first).",
                        date,
                        example
                    )
                } else {
                    tr!(
                        "Not enough to open it: dates of `{date}` such as `{example}` may have the day or the month \
                         first, and none of the sample tells (give --date-order day-first or --date-order month-first), \
                         unless a later one tells.",
                        date,
                        example
                    )
                }
            }
            Self::Currencies(one, other) => tr!(
                "Not enough to open it: amounts are in several currencies, {one} and {other} among them (give --currency \
                 {one} to count one of them).",
                one,
                other
            ),
            Self::NothingKept(rows, what, example) => {
                let (what, rows) = (text(what), *rows);
                if example.is_empty() {
                    tr_count!(
                        rows,
                        "Nothing would be kept of {count} sampled row. The one row of the sample lacks {what} or more.",
                        "Nothing would be kept of {count} sampled rows. Each sampled row lacks {what} or more.",
                        what
                    )
                } else {
                    tr_count!(
                        rows,
                        "Nothing would be kept of {count} sampled row. The one row of the sample lacks {what} or more, \
                         such as `{example}`.",
                        "Nothing would be kept of {count} sampled rows. Each sampled row lacks {what} or more, such as \
                         `{example}`.",
                        what,
                        example
                    )
                }
            }
        }
    }
}

/// The currency that a sampled row names, if it can be kept; else what it lacks, as a place in [`LACKS`], and what is there.
fn judged(source: &Source, mapping: &Mapping, row: usize) -> Result<Option<Currency>, (usize, String)> {
    let cell = |column: usize| source.columns[column].sample.get(row).map_or("", |cell| cell.as_str());
    let is_nothing = |column: usize| is_null(plain(cell(column).as_bytes()));
    if is_nothing(mapping.customer) {
        return Err((0, String::new()));
    }
    if is_nothing(mapping.date) {
        return Err((1, String::new()));
    }
    // A typed column is shown as ISO 8601 has it.
    let date = cell(mapping.date).as_bytes();
    let typed = || crate::data::parse::date::DateFormat::ISO.parse(date, None);
    if mapping.date_format.parse(date, None).or_else(typed).is_none() {
        return Err((2, cell(mapping.date).to_owned()));
    }
    let number = |column: usize, format: NumberFormat| {
        let number = format.parse(cell(column).as_bytes());
        number.map(|number| number.currency).map_err(|_| (3, cell(column).to_owned()))
    };
    let currency = match mapping.amount {
        AmountFrom::Column(amount) => number(amount, mapping.numbers.amount)?,
        AmountFrom::Product { quantity, unit_price } => {
            let of_quantity = number(quantity, mapping.numbers.quantity)?;
            of_quantity.or(number(unit_price, mapping.numbers.amount)?)
        }
    };
    let named = mapping.currency.and_then(|column| cell(column).trim().parse().ok());
    Ok(named.or(currency).or(mapping.header_currency))
}
