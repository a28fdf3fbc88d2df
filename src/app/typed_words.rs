//! Words that may be typed: they are understood in every language of the interface, whichever is in use.

use crate::engine::sweep::Figure;

/// The figure of a goal: `60 % of revenue`, `5000 customers`, `60 % 的销售额`. Customers where nothing is said.
///
/// # Errors
/// The word that is no figure.
pub(super) fn figure(text: &str) -> Result<Figure, &str> {
    let text = text.trim();
    let text = text.strip_prefix("of ").or_else(|| text.strip_prefix('的')).unwrap_or(text).trim();
    match text {
        "" | "customers" | "c" | "cust." | "客户" | "位客户" | "客戶" | "位客戶" => Ok(Figure::Customers),
        "revenue" | "r" | "rev." | "销售额" | "銷售額" => Ok(Figure::Revenue),
        other => Err(other),
    }
}

/// Yes or no; `None` for another word.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "是" => Some(true),
        "no" | "false" | "0" | "否" => Some(false),
        _ => None,
    }
}
