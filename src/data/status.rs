//! What an order's status says of it, in English and Chinese: whether it was closed before it came to anything, or refunded.

use super::batch::Cells;
use super::memo::Memo;
use super::parse::text::id_of;
use super::synonyms::normalise;

/// What became of an order that does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was cancelled, closed, never paid, or failed.
    Closed,
    /// All of it was paid back.
    Refunded,
}

/// Words of statuses, normalised as headers are: lower case, no blanks, Simplified characters.
const CLOSED: [&str; 31] = [
    "cancelled",
    "canceled",
    "cancel",
    "closed",
    "void",
    "voided",
    "failed",
    "paymentfailed",
    "declined",
    "expired",
    "unpaid",
    "awaitingpayment",
    "pendingpayment",
    "paymentpending",
    "abandoned",
    "rejected",
    "交易关闭",
    "订单关闭",
    "已关闭",
    "关闭",
    "已取消",
    "取消",
    "订单取消",
    "交易取消",
    "已作废",
    "作废",
    "未付款",
    "待付款",
    "等待买家付款",
    "交易失败",
    "支付失败",
];
const REFUNDED: [&str; 14] = [
    "refunded",
    "fullyrefunded",
    "returned",
    "chargeback",
    "chargedback",
    "reversed",
    "退款成功",
    "已退款",
    "全额退款",
    "退款完成",
    "已退货",
    "退货成功",
    "退货完成",
    "退货退款成功",
];

/// Words by which an order is only partly refunded, or not at all, wherever they stand.
pub const EXEMPT: [&str; 5] = ["部分", "partial", "未退", "无退", "没有"];

impl Fate {
    /// The statuses that say it, normalised as headers are.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Closed => &CLOSED,
            Self::Refunded => &REFUNDED,
        }
    }

    /// Whether a normalised status says it.
    fn is_said(self, status: &str) -> bool {
        self.words().iter().any(|word| status == *word || (runs_on(word) && status.contains(word)))
    }
}

/// Whether a word says the same with more around it. Chinese statuses carry more behind them: `交易关闭，买家已退款`; short
/// words must stand alone.
#[must_use]
pub fn runs_on(word: &str) -> bool {
    !word.is_ascii() && word.chars().count() > 2
}

/// What a status says; `None` where the order counts, or the status is unknown.
#[must_use]
pub fn fate(status: &str) -> Option<Fate> {
    let status = normalise(status);
    if status.is_empty() || EXEMPT.iter().any(|word| status.contains(word)) {
        return None;
    }
    [Fate::Refunded, Fate::Closed].into_iter().find(|fate| fate.is_said(&status))
}

/// What a row's status says; `known` remembers what was made of the statuses before.
#[must_use]
pub(super) fn fate_of(cells: &Cells, row: usize, known: &mut Memo<Option<Fate>>) -> Option<Fate> {
    let make = || id_of(cells, row).ok().and_then(|status| fate(&status));
    match cells {
        Cells::Text(texts) => known.get(texts.get(row)?, make),
        _ => make(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_of_both_languages_tell_what_became_of_the_order() {
        for status in
            ["Cancelled", "CANCELED", "交易关闭", "已取消", "訂單取消", "等待买家付款", "Payment failed", " closed "]
        {
            assert_eq!(fate(status), Some(Fate::Closed), "{status}");
        }
        for status in ["Refunded", "退款成功", "已退款", "交易关闭，已退款", "Charged back"] {
            assert_eq!(fate(status), Some(Fate::Refunded), "{status}");
        }
        for status in [
            "",
            "paid",
            "Completed",
            "交易成功",
            "部分退款",
            "partially_refunded",
            "没有申请退款",
            "已发货",
            "closed loop pump",
        ] {
            assert_eq!(fate(status), None, "{status}");
        }
    }
}
