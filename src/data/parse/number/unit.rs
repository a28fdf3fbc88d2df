//! Units that a header names: `销售额(万元)`, `amount (USD k)`, `金额(分)`, `amount_cents`.

use super::super::cell;
use super::currency::{self, Currency};

/// What a header says of its column's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderUnit {
    /// The power of ten to multiply by: 4 for `万元`, -2 for `分`, 0 where only a currency is named.
    pub power: i8,
    /// The currency, where one is named.
    pub currency: Option<Currency>,
    /// The same where it can be no other: `(USD)`, but not `($)` or `(元)`, which other dollars and yuan have too.
    pub sure_currency: Option<Currency>,
}

/// Words for powers of ten, longer ones before those that they begin with.
const POWERS: [(&str, i8); 24] = [
    ("百万", 6),
    ("百萬", 6),
    ("千万", 7),
    ("千萬", 7),
    ("万", 4),
    ("萬", 4),
    ("千", 3),
    ("十亿", 9),
    ("十億", 9),
    ("亿", 8),
    ("億", 8),
    ("thousands", 3),
    ("thousand", 3),
    ("'000s", 3),
    ("'000", 3),
    ("000s", 3),
    ("000", 3),
    ("millions", 6),
    ("million", 6),
    ("mln", 6),
    ("mn", 6),
    ("k", 3),
    ("cents", -2),
    ("cent", -2),
];

/// Parts of a unit of money that are units by themselves.
const COINS: [(&str, i8); 2] = [("分", -2), ("角", -1)];

/// Words of headers whose `分` are points or minutes.
const NO_MONEY: [&str; 10] = ["积分", "積分", "评分", "評分", "得分", "分数", "分數", "时", "時", "点"];

/// The unit that a header names in its last brackets, or behind its last `_`, `/` or `:`; `None` where it names none.
#[must_use]
pub fn unit_of_header(name: &str) -> Option<HeaderUnit> {
    let name = String::from_utf8_lossy(&cell::folded(name.as_bytes())).trim().to_lowercase();
    let (base, unit) = bracketed(&name).or_else(|| name.rsplit_once(['_', '/', ':', '：']))?;
    let unit = unit.trim().trim_start_matches("单位:").trim_start_matches("單位:").trim_start_matches("in ").trim();
    read(unit).filter(|unit| unit.power != -2 || !NO_MONEY.iter().any(|word| base.contains(word)))
}

/// What a name has in brackets at its end, with what is before them.
fn bracketed(name: &str) -> Option<(&str, &str)> {
    [('(', ')'), ('[', ']'), ('【', '】'), ('<', '>'), ('〔', '〕')]
        .into_iter()
        .find_map(|(open, close)| name.strip_suffix(close)?.rsplit_once(open))
}

/// Reads currencies and a power of ten, in any order, to the end.
fn read(unit: &str) -> Option<HeaderUnit> {
    if unit.is_empty() {
        return None;
    }
    let (mut rest, mut power, mut seen) = (unit, None, None);
    loop {
        rest = rest.trim_start_matches([' ', ',', '-']);
        if rest.is_empty() {
            return Some(HeaderUnit {
                power: power.unwrap_or(0),
                currency: seen.map(|seen: currency::Seen| seen.currency),
                // One or two letters behind a mark may be anything.
                sure_currency: seen
                    .filter(|seen| seen.is_sure() && (unit.len() > 2 || !unit.is_ascii()))
                    .map(|seen| seen.currency),
            });
        }
        if let (None, Some((more, after))) = (power, power_ahead(rest)) {
            (power, rest) = (Some(more), after);
            continue;
        }
        let (next, after) = currency::ahead(rest.as_bytes())?;
        seen = Some(match seen {
            Some(before) => next.and(before)?,
            None => next,
        });
        rest = std::str::from_utf8(after).ok()?;
    }
}

fn power_ahead(text: &str) -> Option<(i8, &str)> {
    let (word, power) = POWERS.iter().chain(&COINS).find(|(word, _)| text.starts_with(word))?;
    let rest = &text[word.len()..];
    // `kr` is no `k`.
    let runs_on = word.is_ascii() && rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (!runs_on).then_some((*power, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_units() {
        let cases = [
            ("销售额(万元)", 4, "CNY"),
            ("销售额（万元）", 4, "CNY"),
            ("销售额（单位：万元）", 4, "CNY"),
            ("金額(萬元)", 4, "CNY"),
            ("金额(千元)", 3, "CNY"),
            ("金额[百万]", 6, ""),
            ("金额【亿元】", 8, "CNY"),
            ("实付金额(元)", 0, "CNY"),
            ("实付金额(分)", -2, ""),
            ("金额(角)", -1, ""),
            ("amount (k)", 3, ""),
            ("Amount (K)", 3, ""),
            ("amount (USD)", 0, "USD"),
            ("amount (USD k)", 3, "USD"),
            ("Revenue ($ thousands)", 3, "USD"),
            ("Revenue (€ million)", 6, "EUR"),
            ("Revenue (in '000)", 3, ""),
            ("sales (HK$)", 0, "HKD"),
            ("total (kr)", 0, "kr"),
            ("金额_万元", 4, "CNY"),
            ("金额/万美元", 4, "USD"),
            ("amount_cents", -2, ""),
            ("amount_usd", 0, "USD"),
            ("金额(人民币万元)", 4, "CNY"),
        ];
        for (header, power, currency) in cases {
            let unit = unit_of_header(header);
            let read = unit.map(|unit| (unit.power, unit.currency.map_or("", Currency::code)));
            assert_eq!(read, Some((power, currency)), "{header}");
        }
    }

    #[test]
    fn what_names_no_unit_of_money_has_none() {
        for header in [
            "",
            "amount",
            "金额",
            "万元",
            "积分(分)",
            "评分（分）",
            "时长(分)",
            "数量(件)",
            "amount (net)",
            "amount (kg)",
            "amount ()",
            "amount (k k)",
            "amount (USD EUR)",
            "unit_price",
            "order_id",
            "折扣(%)",
        ] {
            assert_eq!(unit_of_header(header), None, "{header}");
        }
    }
}
