//! Which rows count by their status and their currency.

use super::super::{Definition, Dialect, LINE, wrapped};
use super::cells::{SPACE, class, matches};
use super::numbers::currencies;
use super::text::{indented, literal, literals, long_literal};
use crate::data::parse::number::Currency;
use crate::data::status::{EXEMPT, Fate, TAKEN_BACK};
use crate::data::synonyms::traditional;
use crate::model::policies::Status;

/// A status as its words are compared: small letters, Simplified characters, without blanks, brackets and the phrases that
/// take a word back.
pub(super) fn status(text: &str, dialect: Dialect) -> String {
    let (from, to) = traditional();
    let narrow = match dialect {
        Dialect::DuckDb => format!("TRANSLATE({text}, wide, narrow)"),
        Dialect::PostgreSql => format!("NORMALIZE({text}, NFKC)"),
    };
    let apart = literal(&format!(r"[{}_.#()\[\]【】\-]", class(&SPACE, dialect)));
    let taken_back = long_literal(&TAKEN_BACK.join("|"));
    let lines = [
        "REGEXP_REPLACE(REGEXP_REPLACE(".to_owned(),
        format!("    TRANSLATE(LOWER({narrow}),"),
        format!("        {},", literal(&from)),
        format!("        {}),", literal(&to)),
        format!("    {apart}, '', 'g'),"),
        format!("{},", indented(&taken_back, 4)),
        "    '', 'g')".to_owned(),
    ];
    format!("{} AS status", lines.join("\n"))
}

/// What is true of the rows whose status lets them count; `None` where all do.
pub(super) fn counts_by_status(definition: &Definition<'_>, dialect: Dialect) -> Option<String> {
    definition.columns.status?;
    let (refunded, closed) = (is(Fate::Refunded, dialect), is(Fate::Closed, dialect));
    let fate = match definition.policies.status() {
        Status::Keep => return None,
        Status::Drop => format!("({refunded}\n    OR {closed})"),
        Status::Closed => format!("{closed}\n    AND NOT {refunded}"),
    };
    let exempt = matches("status", &EXEMPT.join("|"), dialect);
    Some(format!("NOT COALESCE(\n    NOT {exempt}\n    AND {},\n    FALSE\n)", fate.replace('\n', "\n    ")))
}

/// Whether a status is one of a fate's words, or has one of those that say it wherever they stand.
fn is(fate: Fate, dialect: Dialect) -> String {
    let words = wrapped(literals(fate.words()), LINE - 24).join("\n");
    let within = matches("status", &fate.within().join("|"), dialect);
    format!("(status IN (\n{}\n) OR {within})", indented(&words, 4))
}

/// What is true of the rows in the currency that was chosen, given the texts of its column and of the amount.
pub(super) fn counts_by_currency(definition: &Definition<'_>, dialect: Dialect) -> Option<String> {
    let wanted = definition.currency?;
    let amount = (dialect == Dialect::DuckDb).then(|| is_other("amount_text", wanted, dialect));
    let column = definition.columns.currency.map(|_| {
        let known = matches("currency", &format!(r"(?i)^(?:(?:{})\s*)+$", currencies(|_, _| true)), dialect);
        (known, is_other("currency", wanted, dialect))
    });
    match (column, amount) {
        (Some((known, other)), Some(amount)) => {
            let pieces = [
                "NOT CASE".to_owned(),
                indented(&format!("WHEN {known}\nTHEN {other}\nELSE {amount}"), 4),
                "END".to_owned(),
            ];
            Some(pieces.join("\n"))
        }
        (Some((known, other)), None) => {
            Some(format!("NOT COALESCE(\n{},\n    FALSE\n)", indented(&format!("{known}\nAND {other}"), 4)))
        }
        (None, Some(amount)) => Some(format!("NOT {amount}")),
        (None, None) => None,
    }
}

/// Whether a text names another currency: surely, or by a vague sign without any of the wanted one.
fn is_other(text: &str, wanted: Currency, dialect: Dialect) -> String {
    let named = |names: String| matches(text, &format!("(?i)(?:^|[^A-Z])(?:{names})(?:$|[^A-Z$¥￥])"), dialect);
    let sure = named(currencies(|currency, sure| currency != wanted && sure));
    let vague = named(currencies(|currency, sure| currency != wanted && !sure));
    let same = named(currencies(|currency, _| currency == wanted));
    format!("({sure}\n    OR {vague}\n    AND NOT {same})")
}
