//! Why the numbers of a column are read with a decimal mark: kept as it is, and told in the language of who asks.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::contrary::Contrary;
use super::DecimalMark;
use crate::show::list::phrases;
use crate::tr;

/// What speaks for a decimal mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberWhy {
    /// A value that only this mark reads.
    Told {
        /// The mark.
        mark: DecimalMark,
        /// The value.
        example: String,
        /// Those that the mark does not read.
        contrary: Contrary,
    },
    /// A person asked for it.
    Asked {
        /// The mark.
        mark: DecimalMark,
        /// The values that it does not read.
        contrary: Contrary,
    },
    /// No value tells.
    Untold {
        /// One that is taken to have thousands: `1,234`.
        thousands: Option<String>,
        /// One that is taken to have decimals: `1.234`.
        decimals: Option<String>,
    },
}

impl fmt::Display for NumberWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Told { mark, example, contrary } => {
                contrary.behind(tr!("{mark}: `{example}`", mark = mark_name(*mark), example))
            }
            Self::Asked { mark, contrary } => contrary.behind(tr!("{mark}, as asked", mark = mark_name(*mark))),
            Self::Untold { thousands: None, decimals: None } => tr!("no decimals").to_owned(),
            Self::Untold { thousands, decimals } => {
                let thousands = thousands.iter().map(|example| tr!("`{example}` taken as thousands", example));
                let decimals = decimals.iter().map(|example| tr!("`{example}` taken as a decimal point", example));
                let taken = phrases(&thousands.chain(decimals).collect::<Vec<_>>());
                tr!("no value tells the decimal mark: {taken}", taken)
            }
        })
    }
}

fn mark_name(mark: DecimalMark) -> &'static str {
    match mark {
        DecimalMark::Point => tr!("decimal point"),
        DecimalMark::Comma => tr!("decimal comma"),
    }
}
