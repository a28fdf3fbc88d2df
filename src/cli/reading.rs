//! Options for how files are written, where detection is not wanted.

use clap::{Args, ValueEnum};

use crate::data::columns::ValueOptions;
use crate::data::parse::date::{DateFormat, DateOrder};
use crate::data::parse::number::{Currency, DecimalMark};
use crate::data::parse::zone::Zone;
use crate::data::scenario_file::value_part;
use crate::data::source::TextOptions;
use crate::data::text::encoding::Encoding;
use crate::model::scenario::{TextPart, ValuePart, delimiter};

/// Whether the first line names the columns.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Header {
    /// Told by content.
    Auto,
    /// It does.
    Yes,
    /// It is data.
    No,
}

impl Header {
    /// What is said of it, if anything.
    const fn said(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Yes => Some(true),
            Self::No => Some(false),
        }
    }
}

/// Which part of a date of three numbers comes first.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum First {
    /// 31/12/2024
    #[value(name = "day-first")]
    Day,
    /// 12/31/2024
    #[value(name = "month-first")]
    Month,
    /// 2024/12/31
    #[value(name = "year-first")]
    Year,
}

/// How files are written.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct ReadOptions {
    /// Whether the first line of a text file or sheet names the columns [default: auto]
    #[arg(long, value_enum)]
    header: Option<Header>,
    /// Lines above the header, or above the data where there is none [default: told by content]
    #[arg(long, value_name = "N")]
    skip_lines: Option<usize>,
    /// Delimiter of a text file, such as , or ; or tab [default: told by content]
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Read quotes in a text file as plain characters
    #[arg(long)]
    plain_quotes: bool,
    /// Encoding of a text file, such as gb18030, big5, utf-16le, latin1, macroman [default: told by content]
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// Sheet of a workbook or table of a database, by name or position
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Format of dates, such as iso, dmy, mdy, compact, minguo, excel, unix-s [default: told by the values]
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<DateFormat>,
    /// What comes first in dates such as 05/06/2024 [default: told by the values]
    #[arg(long, value_enum)]
    date_order: Option<First>,
    /// Time zone that instants are turned to days in, such as Asia/Shanghai or +08:00 [default: as written]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    tz: Option<Zone>,
    /// Decimal mark of numbers in text: point or comma [default: told by the values]
    #[arg(long, value_name = "MARK")]
    decimal: Option<DecimalMark>,
    /// The currency that counts, where amounts are in several; rows of others are set aside
    #[arg(long, value_name = "CODE")]
    currency: Option<Currency>,
}

impl ReadOptions {
    /// How files are written: by the options, and as a scenario says where they say nothing.
    pub(super) fn part_over(&self, said: TextPart) -> TextPart {
        TextPart {
            header: self.header.map_or(said.header, Header::said),
            delimiter: self.delimiter.or(said.delimiter),
            plain_quotes: self.plain_quotes || said.plain_quotes,
            encoding: self.encoding.map(|encoding| encoding.name().to_owned()).or(said.encoding),
            skip_lines: self.skip_lines.or(said.skip_lines),
            sheet: self.sheet.clone().or(said.sheet),
        }
    }

    /// How values are written: by the options, and as a scenario says where they say nothing.
    pub(super) fn values_over(&self, mut said: ValuePart) -> ValuePart {
        if self.date_order.is_some() {
            // A format says the order too, and would be obeyed before it.
            said.date_format = None;
        }
        value_part(&self.values(), self.currency).or(said)
    }

    /// How files are written, where the user says.
    pub(super) fn text(&self) -> TextOptions {
        TextOptions {
            header: self.header.and_then(Header::said),
            delimiter: self.delimiter,
            plain_quotes: self.plain_quotes,
            encoding: self.encoding,
            skip_lines: self.skip_lines,
            sheet: self.sheet.clone(),
        }
    }

    /// How values are written, where the user says.
    pub(super) fn values(&self) -> ValueOptions {
        let date_order = self.date_order.map(|order| match order {
            First::Day => DateOrder::DayFirst,
            First::Month => DateOrder::MonthFirst,
            First::Year => DateOrder::YearFirst,
        });
        ValueOptions { date_format: self.date_format, date_order, decimal: self.decimal, zone: self.tz }
    }
}
