//! Lists that may leave the house: names, phones, mails and addresses masked, ids as keyed hashes.
//!
//! A mask shows enough to recognise a row that one knows, and no more; it is no anonymity, for what else stands in a row
//! may still tell who it is.

mod key;
mod mask;

pub use key::{IdKey, KeyError};

use unicode_normalization::UnicodeNormalization;

use crate::data::synonyms::normalise;

/// What a column of texts about customers is, so how it is masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// Names of people, nicknames, accounts.
    Name,
    /// Telephone numbers.
    Phone,
    /// Mail addresses.
    Mail,
    /// Where somebody lives.
    Address,
    /// Anything else.
    Other,
}

/// Words in headers, normalised, in the order of [`Attribute`] they are looked for in: an address may be one of mail, and
/// the phone of a person named in the header is a phone.
const WORDS: [(Attribute, &[&str]); 4] = [
    (Attribute::Mail, &["mail", "邮箱", "邮件", "电邮"]),
    (
        Attribute::Phone,
        &["phone", "mobile", "cellular", "whatsapp", "手机", "电话", "联系方式", "传真", "=tel", "=cell", "=fax"],
    ),
    (Attribute::Address, &["address", "addr", "street", "地址", "住址"]),
    (
        Attribute::Name,
        &[
            "name",
            "contact",
            "nick",
            "recipient",
            "consignee",
            "receiver",
            "buyer",
            "姓名",
            "昵称",
            "收货人",
            "收件人",
            "收貨人",
            "联系人",
            "买家",
            "旺旺",
            "客户名",
            "顾客名",
            "会员名",
            "用户名",
            "微信",
            "=姓",
            "=名",
            "=名字",
        ],
    ),
];

/// Words of headers that name things, not people.
const THINGS: [&str; 16] = [
    "product", "item", "shop", "store", "goods", "sku", "brand", "category", "file", "campaign", "商品", "店铺",
    "品牌", "产品", "类目", "货品",
];

/// Values that are looked at to tell what a column is.
const SAMPLE: usize = 1_000;

impl Attribute {
    /// What a column is: by its header, and where that says nothing, by its values, of which at least half, blanks apart,
    /// must be mainland mobile numbers or mail addresses.
    #[must_use]
    pub fn of<'a>(header: &str, values: impl IntoIterator<Item = &'a str>) -> Self {
        Self::of_header(header).unwrap_or_else(|| Self::of_values(values))
    }

    fn of_header(header: &str) -> Option<Self> {
        let header = normalise(header);
        let has = |word: &&str| word.strip_prefix('=').map_or_else(|| header.contains(*word), |whole| header == whole);
        let (attribute, _) = WORDS.iter().find(|(_, words)| words.iter().any(has))?;
        let is_thing = *attribute == Self::Name && THINGS.iter().any(|word| header.contains(word));
        (!is_thing).then_some(*attribute)
    }

    fn of_values<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut all, mut phones, mut mails) = (0, 0, 0);
        for value in values.into_iter().filter(|value| !value.trim().is_empty()).take(SAMPLE) {
            let value: String = value.nfkc().collect();
            all += 1;
            phones += usize::from(is_mobile(&value));
            mails += usize::from(is_mail(&value));
        }
        match all {
            0 => Self::Other,
            _ if phones * 2 >= all => Self::Phone,
            _ if mails * 2 >= all => Self::Mail,
            _ => Self::Other,
        }
    }

    /// A text of such a column, masked. Phones and mail addresses are masked as such in every column; blanks stay blank.
    ///
    /// | kind | mask |
    /// |---|---|
    /// | name | the first character of each word, `*` for each other one, at most eight a word: `张*`, `J*** S****`; words of one character are `*` |
    /// | phone of 11 digits or more | the first three and the last four digits, after 86 where that leads: `138****8000` |
    /// | phone of 7 to 10 digits | the last two |
    /// | mail | the first of at least three characters before the `@`, and the domain: `a***@example.com` |
    /// | address | the first three characters of a Chinese one of at least nine, mostly the province or city: `广东省****`; of others, which begin with the house, nothing |
    /// | other | `***`; from four characters on the first stays, from eight on the last too: `a***z` |
    #[must_use]
    pub fn masked(self, text: &str) -> String {
        let text: String = text.trim().nfkc().collect();
        if text.is_empty() {
            return text;
        }
        match self {
            _ if is_mail(&text) => mask::mail(&text),
            Self::Mail => mask::other(&text),
            Self::Phone => mask::phone(&text),
            _ if is_mobile(&text) => mask::phone(&text),
            Self::Name => mask::name(&text),
            Self::Address => mask::address(&text),
            Self::Other => mask::other(&text),
        }
    }
}

/// Whether a text is a mobile number of mainland China: eleven digits from 13 to 19, maybe grouped, maybe after +86.
fn is_mobile(text: &str) -> bool {
    if text.len() > 32 || !text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')')) {
        return false;
    }
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
    let digits = digits.strip_prefix(b"86").unwrap_or(&digits);
    matches!(digits, [b'1', b'3'..=b'9', ..] if digits.len() == 11)
}

/// Whether a text looks like `x@y.z`.
fn is_mail(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_word = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    let dotted = domain.split_once('.').is_some_and(|(first, rest)| !first.is_empty() && !rest.is_empty());
    is_word(local) && is_word(domain) && dotted && !domain.ends_with('.')
}

#[cfg(test)]
mod tests;
