//! The words and signs that filters have.

use crate::model::field::FieldKind;

/// What may follow `is`.
pub(super) const AFTER_IS: &[&str] = &["missing", "not missing"];

/// How a field can be compared; without a field, all that there is.
pub(super) const fn comparisons(kind: Option<FieldKind>) -> &'static [&'static str] {
    match kind {
        None => &[
            "=",
            "!=",
            "<=",
            ">=",
            "<",
            ">",
            "in",
            "between",
            "like",
            "is missing",
            "is not missing",
            "not in",
            "not between",
            "not like",
            "and",
            "or",
        ],
        Some(FieldKind::Flag) => &["and", "or", "is missing", "is not missing"],
        Some(FieldKind::Text) => {
            &["=", "!=", "in", "like", "ilike", "is missing", "is not missing", "not in", "not like", "not ilike"]
        }
        Some(_) => {
            &["<=", ">=", "<", ">", "=", "!=", "between", "in", "is missing", "is not missing", "not between", "not in"]
        }
    }
}
