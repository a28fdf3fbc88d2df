//! Currencies, told by their codes and signs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::tr;

/// Codes of ISO 4217, and `kr`, which Danes, Norwegians and Swedes write alike.
const CODES: [&str; 48] = [
    "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "KRW", "INR", "BRL", "AUD", "CAD", "NZD", "SGD", "CHF", "PLN",
    "THB", "VND", "IDR", "MYR", "PHP", "MOP", "RUB", "TRY", "UAH", "ILS", "CZK", "HUF", "MXN", "ZAR", "kr", "SEK",
    "NOK", "DKK", "RON", "BGN", "ISK", "AED", "SAR", "QAR", "KWD", "EGP", "NGN", "KES", "ARS", "CLP", "COP", "PEN",
];

/// A currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Currency(u8);

/// How many currencies are known.
pub(super) const COUNT: usize = CODES.len();

const CNY: Currency = Currency(0);
const USD: Currency = Currency(1);
const EUR: Currency = Currency(2);
const GBP: Currency = Currency(3);
const JPY: Currency = Currency(4);
const HKD: Currency = Currency(5);
const TWD: Currency = Currency(6);
const KRW: Currency = Currency(7);
const INR: Currency = Currency(8);
const BRL: Currency = Currency(9);
const AUD: Currency = Currency(10);
const CAD: Currency = Currency(11);
const NZD: Currency = Currency(12);
const SGD: Currency = Currency(13);
const CHF: Currency = Currency(14);
const PLN: Currency = Currency(15);
const THB: Currency = Currency(16);
const VND: Currency = Currency(17);
const IDR: Currency = Currency(18);
const MYR: Currency = Currency(19);
const PHP: Currency = Currency(20);
const MOP: Currency = Currency(21);
const RUB: Currency = Currency(22);
const TRY: Currency = Currency(23);
const UAH: Currency = Currency(24);
const ILS: Currency = Currency(25);
const CZK: Currency = Currency(26);
const HUF: Currency = Currency(27);
const MXN: Currency = Currency(28);
const ZAR: Currency = Currency(29);
const KR: Currency = Currency(30);

/// How sure a sign is of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sureness {
    /// `HK$`
    Sure,
    /// `$`, `¥`, `元`, `kr`: another sign or code beside it says more.
    Vague,
}

use Sureness::{Sure, Vague};

/// Signs, the more common first; a sign that another one begins with comes after that.
const SIGNS: [(&str, Currency, Sureness); 84] = [
    ("¥", CNY, Vague),
    ("￥", CNY, Vague),
    ("元", CNY, Vague),
    ("€", EUR, Sure),
    ("£", GBP, Sure),
    ("￡", GBP, Sure),
    ("$", USD, Vague),
    ("US$", USD, Sure),
    ("HK$", HKD, Sure),
    ("NT$", TWD, Sure),
    ("TW$", TWD, Sure),
    ("RMB", CNY, Sure),
    ("CN¥", CNY, Sure),
    ("CNH", CNY, Sure),
    ("JP¥", JPY, Sure),
    ("円", JPY, Sure),
    ("A$", AUD, Sure),
    ("AU$", AUD, Sure),
    ("CA$", CAD, Sure),
    ("C$", CAD, Sure),
    ("NZ$", NZD, Sure),
    ("SG$", SGD, Sure),
    ("S$", SGD, Sure),
    ("R$", BRL, Sure),
    ("MX$", MXN, Sure),
    ("NTD", TWD, Sure),
    ("₩", KRW, Sure),
    ("￦", KRW, Sure),
    ("원", KRW, Sure),
    ("₹", INR, Sure),
    ("Rs.", INR, Sure),
    ("Rs", INR, Sure),
    ("SFr.", CHF, Sure),
    ("SFr", CHF, Sure),
    ("Fr.", CHF, Sure),
    ("kr.", KR, Vague),
    ("kr", KR, Vague),
    ("zł", PLN, Sure),
    ("zl", PLN, Sure),
    ("Kč", CZK, Sure),
    ("Ft", HUF, Sure),
    ("Rp.", IDR, Sure),
    ("Rp", IDR, Sure),
    ("RM", MYR, Sure),
    ("R", ZAR, Sure),
    ("฿", THB, Sure),
    ("₫", VND, Sure),
    ("đ", VND, Sure),
    ("₱", PHP, Sure),
    ("₽", RUB, Sure),
    ("руб.", RUB, Sure),
    ("руб", RUB, Sure),
    ("₺", TRY, Sure),
    ("TL", TRY, Sure),
    ("₴", UAH, Sure),
    ("₪", ILS, Sure),
    ("人民币元", CNY, Sure),
    ("人民幣元", CNY, Sure),
    ("人民币", CNY, Sure),
    ("人民幣", CNY, Sure),
    ("圆", CNY, Vague),
    ("圓", CNY, Vague),
    ("块", CNY, Vague),
    ("美元", USD, Sure),
    ("美金", USD, Sure),
    ("欧元", EUR, Sure),
    ("歐元", EUR, Sure),
    ("英镑", GBP, Sure),
    ("英鎊", GBP, Sure),
    ("日元", JPY, Sure),
    ("日圆", JPY, Sure),
    ("日圓", JPY, Sure),
    ("日円", JPY, Sure),
    ("港元", HKD, Sure),
    ("港币", HKD, Sure),
    ("港幣", HKD, Sure),
    ("新台币", TWD, Sure),
    ("新台幣", TWD, Sure),
    ("新臺幣", TWD, Sure),
    ("台币", TWD, Sure),
    ("台幣", TWD, Sure),
    ("韩元", KRW, Sure),
    ("韓元", KRW, Sure),
    ("澳元", AUD, Sure),
];

/// A currency as a text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) currency: Currency,
    sureness: Sureness,
}

impl Seen {
    /// Whether it can be no other currency.
    pub(super) fn is_sure(self) -> bool {
        self.sureness == Sure
    }

    /// What two signs beside one number say together: `NT$1,200元` is in TWD. `None` where they contradict each other.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        match (self.sureness, other.sureness) {
            _ if self.currency == other.currency => Some(if self.sureness == Sure { self } else { other }),
            (Sure, Vague) => self.allows(other).then_some(self),
            (Vague, Sure) => other.allows(self).then_some(other),
            _ => None,
        }
    }

    /// Whether a vague sign may mean this currency.
    fn allows(self, vague: Self) -> bool {
        let dollars = [USD, HKD, TWD, AUD, CAD, NZD, SGD, BRL, MXN, MOP];
        match vague.currency {
            USD => dollars.contains(&self.currency) || ["ARS", "CLP", "COP"].contains(&self.currency.code()),
            CNY => [JPY, TWD, HKD, MOP].contains(&self.currency),
            _ => ["SEK", "NOK", "DKK", "ISK", "CZK"].contains(&self.currency.code()),
        }
    }
}

/// The currency that a text begins with, with what follows it. Letters must not run on: `RMBx` is none.
pub(super) fn ahead(text: &[u8]) -> Option<(Seen, &[u8])> {
    if let Some((code, rest)) = text.split_at_checked(3)
        && code.iter().all(u8::is_ascii_alphabetic)
        && !starts_with_letter(rest)
        && let Some(place) = CODES.iter().position(|known| known.as_bytes().eq_ignore_ascii_case(code))
    {
        return Some((Seen { currency: Currency(place as u8), sureness: Sure }, rest));
    }
    let first = text.first()?.to_ascii_lowercase();
    SIGNS.iter().find_map(|(sign, currency, sureness)| {
        // Most signs are told apart by their first byte alone.
        if sign.as_bytes()[0].to_ascii_lowercase() != first {
            return None;
        }
        let (start, rest) = text.split_at_checked(sign.len())?;
        let ends_in_letter = start.last().is_some_and(u8::is_ascii_alphabetic);
        let is_it = start.eq_ignore_ascii_case(sign.as_bytes()) && !(ends_in_letter && starts_with_letter(rest));
        is_it.then_some((Seen { currency: *currency, sureness: *sureness }, rest))
    })
}

fn starts_with_letter(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_alphabetic)
}

impl Currency {
    /// The code of ISO 4217; `kr` where a column only says that.
    #[must_use]
    pub fn code(self) -> &'static str {
        CODES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Every code and sign with its currency, and whether it is sure of it: `$` may be said beside a sign that says more.
    pub fn names() -> impl Iterator<Item = (&'static str, Self, bool)> {
        let codes = Self::all().map(|currency| (currency.code(), currency, currency != KR));
        codes.chain(SIGNS.iter().map(|(sign, currency, sureness)| (*sign, *currency, *sureness == Sure)))
    }

    /// All currencies with their places below [`COUNT`].
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..CODES.len() as u8).map(Self)
    }

    pub(super) const fn place(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// A text that names no currency.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "{}",
    tr!("`{text}` is no currency; use a code such as CNY, USD or EUR, or a sign such as ¥, $ or €", text = _0)
)]
pub struct NotACurrency(String);

/// A code in any case, or a sign: `cny`, `HK$`, `元`.
impl FromStr for Currency {
    type Err = NotACurrency;

    fn from_str(text: &str) -> Result<Self, NotACurrency> {
        let refused = || NotACurrency(text.to_owned());
        let (mut seen, mut rest) = ahead(text.trim().as_bytes()).ok_or_else(refused)?;
        // `MOP$`, `CNY ¥`
        while let [_, ..] = rest {
            let (next, after) = ahead(rest.trim_ascii_start()).ok_or_else(refused)?;
            (seen, rest) = (seen.and(next).ok_or_else(refused)?, after);
        }
        Ok(seen.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_signs_name_a_currency() -> Result<(), NotACurrency> {
        let cases = [
            ("CNY", "CNY"),
            ("rmb", "CNY"),
            ("¥", "CNY"),
            ("￥", "CNY"),
            ("元", "CNY"),
            ("人民币", "CNY"),
            ("円", "JPY"),
            ("jpy", "JPY"),
            ("$", "USD"),
            ("US$", "USD"),
            ("HK$", "HKD"),
            ("NT$", "TWD"),
            ("TWD", "TWD"),
            ("新台幣", "TWD"),
            ("€", "EUR"),
            ("£", "GBP"),
            ("₹", "INR"),
            ("Rs.", "INR"),
            ("₩", "KRW"),
            ("R$", "BRL"),
            ("A$", "AUD"),
            ("C$", "CAD"),
            ("chf", "CHF"),
            ("kr", "kr"),
            ("SEK", "SEK"),
            ("zł", "PLN"),
            ("RM", "MYR"),
            ("R", "ZAR"),
            ("MOP$", "MOP"),
            ("CNY ¥", "CNY"),
        ];
        for (text, code) in cases {
            assert_eq!(text.parse::<Currency>()?.code(), code, "{text}");
        }
        for text in ["", "XXX", "dollar", "$€", "RMBx", "%"] {
            assert!(text.parse::<Currency>().is_err(), "{text}");
        }
        Ok(())
    }

    #[test]
    fn every_sign_and_code_is_found_as_itself() {
        for (sign, currency, _) in SIGNS {
            assert_eq!(sign.parse(), Ok(currency), "{sign}");
        }
        for currency in Currency::all() {
            assert_eq!(currency.code().parse(), Ok(currency));
        }
        let named = [(CNY, "CNY"), (BRL, "BRL"), (PLN, "PLN"), (ILS, "ILS"), (ZAR, "ZAR"), (KR, "kr")];
        for (currency, code) in named {
            assert_eq!(currency.code(), code);
        }
    }
}
