//! What an order's status says of it, in English and Chinese: whether it was closed before it came to anything, or refunded.
//!
//! A status is compared in small letters, Simplified characters, without blanks, brackets and marks between words. Some words
//! say it only where they are the whole status (`void`, `Closed`: `Closed Won` is a sale), others wherever they stand
//! (`Cancelled by user`, `超时关闭`). Phrases that take such a word back (`not cancelled`, `退款关闭`, which says that a claim
//! was closed and the order holds) are passed over first.

use serde::{Deserialize, Serialize};

use super::batch::Cells;
use super::ledger::Concerned;
use super::parse::text::id_of;
use super::synonyms::folded_to_simplified;
use crate::mark;
use crate::model::money::{Money, Scale};
use crate::model::policies::{Policies, Status};

/// What became of an order that does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It was cancelled, closed, never paid, or failed.
    Closed,
    /// All of it was paid back.
    Refunded,
}

/// Statuses that say an order was closed, as whole ones.
const CLOSED: [&str; 25] = [
    "cancel",
    "cancellation",
    "closed",
    "void",
    "failed",
    "failure",
    "fail",
    "declined",
    "denied",
    "expired",
    "abandoned",
    "aborted",
    "rejected",
    "invalid",
    "timeout",
    "timedout",
    // Statuses of a well-known shop system.
    "wcpending",
    "wcfailed",
    "失败",
    "失效",
    "过期",
    "无效",
    "撤销",
    "拒单",
    "弃单",
];

/// Words that say it wherever they stand.
const CLOSED_WITHIN: [&str; 58] = [
    "cancelled",
    "canceled",
    "voided",
    "unpaid",
    "notpaid",
    "neverpaid",
    "awaitingpayment",
    "awaitpayment",
    "pendingpayment",
    "paymentpending",
    "paymentawaiting",
    "paymentrequired",
    "requirespayment",
    "waitingforpayment",
    "waitingpayment",
    "paymentfailed",
    "paymentfailure",
    "failedpayment",
    "paymenterror",
    "paymentdeclined",
    "paymentrejected",
    "paymentexpired",
    "paymenttimeout",
    "orderclosed",
    "orderfailed",
    "orderexpired",
    "orderrejected",
    "orderdeclined",
    "ordervoid",
    "closedlost",
    "closedby",
    "autoclosed",
    "transactionfailed",
    "transactionclosed",
    "abandonedcart",
    "关闭",
    "取消",
    "作废",
    "未付款",
    "未支付",
    "未付清",
    "待付款",
    "待支付",
    "待买家付款",
    "等待付款",
    "等待支付",
    "等待买家付款",
    "未缴款",
    "待缴款",
    "交易失败",
    "支付失败",
    "付款失败",
    "下单失败",
    "订单失败",
    "扣款失败",
    "已失效",
    "已过期",
    "已撤销",
];

/// Statuses that say an order was refunded, as whole ones.
const REFUNDED: [&str; 3] = ["returned", "reversed", "已退"];

/// Words that say it wherever they stand.
const REFUNDED_WITHIN: [&str; 20] = [
    "refunded",
    "fullrefund",
    "refundcomplete",
    "refundsuccess",
    "refundsucceeded",
    "refundissued",
    "refundprocessed",
    "chargeback",
    "chargedback",
    "退款成功",
    "已退款",
    "全额退款",
    "退款完成",
    "已退货",
    "退货成功",
    "退货完成",
    "退货退款成功",
    "已退单",
    "退单成功",
    "退单完成",
];

/// Words by which an order is only partly closed or refunded, or not at all, wherever they stand.
pub const EXEMPT: [&str; 11] = [
    "部分",
    "partial",
    "partly",
    "partrefund",
    "partcancel",
    "未退",
    "无退",
    "没有",
    "noncancel",
    "nonrefund",
    "nochargeback",
];

/// Phrases that take a word back, longer ones before those they hold: they are passed over.
pub const TAKEN_BACK: [&str; 58] = [
    "notyetcancel",
    "notcancel",
    "nevercancel",
    "uncancel",
    "cannotbecancel",
    "refundrequestcancelled",
    "refundrequestcanceled",
    "returnrequestcancelled",
    "returnrequestcanceled",
    "refundcancelled",
    "refundcanceled",
    "returncancelled",
    "returncanceled",
    "disputeclosedby",
    "notyetrefunded",
    "notrefunded",
    "neverrefunded",
    "unrefunded",
    "toberefunded",
    "willberefunded",
    "fullrefundrequest",
    "fullrefundpending",
    "fullrefunddeclined",
    "fullrefundrejected",
    "chargebackwon",
    "chargebackreversed",
    "wonchargeback",
    "notunpaid",
    "notvoided",
    "退款申请已关闭",
    "退款申请关闭",
    "退款已关闭",
    "退款关闭",
    "退货申请已关闭",
    "退货申请关闭",
    "退货已关闭",
    "退货关闭",
    "售后申请已关闭",
    "售后申请关闭",
    "售后已关闭",
    "售后关闭",
    "维权关闭",
    "未关闭",
    "退款申请已取消",
    "退款申请取消",
    "退款已取消",
    "退款取消",
    "取消退款",
    "取消退货",
    "取消售后",
    "售后已取消",
    "售后取消",
    "未取消",
    "取消失败",
    "拒绝取消",
    "申请取消",
    "未作废",
    "申请全额退款",
];

/// Statuses of orders that hold, as whole ones: what is none of these and says nothing else is not known.
const HOLDING: [&str; 84] = [
    "paid",
    "paidout",
    "fullypaid",
    "invoiced",
    "complete",
    "completed",
    "done",
    "success",
    "successful",
    "succeeded",
    "ok",
    "approved",
    "accepted",
    "captured",
    "settled",
    "authorized",
    "authorised",
    "confirmed",
    "shipped",
    "partiallyshipped",
    "shipping",
    "dispatched",
    "intransit",
    "outfordelivery",
    "delivered",
    "received",
    "fulfilled",
    "partiallyfulfilled",
    "fulfilment",
    "processing",
    "processed",
    "inprogress",
    "preparing",
    "readytoship",
    "readyforpickup",
    "pickedup",
    "active",
    "sale",
    "sold",
    "closedwon",
    "won",
    "finished",
    "wccompleted",
    "wcprocessing",
    "成功",
    "交易成功",
    "交易完成",
    "订单完成",
    "完成",
    "已完成",
    "已成交",
    "已付款",
    "已支付",
    "已付清",
    "买家已付款",
    "付款成功",
    "支付成功",
    "付款完成",
    "支付完成",
    "待发货",
    "等待发货",
    "等待卖家发货",
    "备货中",
    "配货中",
    "处理中",
    "待出库",
    "已出库",
    "已发货",
    "卖家已发货",
    "部分发货",
    "待收货",
    "待确认收货",
    "配送中",
    "运输中",
    "已送达",
    "已签收",
    "已收货",
    "已确认",
    "确认收货",
    "待评价",
    "已评价",
    "正常",
    "有效",
    "没有申请退款",
];

/// Words of orders that hold, wherever they stand beside none of [`OPEN`].
const HOLDING_WITHIN: [&str; 16] = [
    "shipped",
    "delivered",
    "completed",
    "fulfilled",
    "paymentreceived",
    "交易成功",
    "交易完成",
    "已完成",
    "已付款",
    "已支付",
    "已发货",
    "已收货",
    "已签收",
    "待发货",
    "等待卖家发货",
    "等待买家确认",
];

/// Words beside which nothing is settled.
const OPEN: [&str; 9] = ["退", "refund", "return", "dispute", "lost", "fail", "not", "un", "争议"];

impl Fate {
    /// The statuses that say it as whole ones.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Closed => &CLOSED,
            Self::Refunded => &REFUNDED,
        }
    }

    /// The words that say it wherever they stand.
    #[must_use]
    pub const fn within(self) -> &'static [&'static str] {
        match self {
            Self::Closed => &CLOSED_WITHIN,
            Self::Refunded => &REFUNDED_WITHIN,
        }
    }

    /// Whether a status, as it is compared, says it.
    fn is_said(self, status: &str) -> bool {
        self.words().contains(&status) || self.within().iter().any(|word| status.contains(word))
    }
}

/// What is made of a status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meaning {
    /// The row says nothing of it.
    #[default]
    Empty,
    /// The order holds.
    Holds,
    /// It was refunded in part.
    Partly,
    /// It does not count.
    Fate(Fate),
    /// Nobody told us: such orders are kept.
    Unknown,
}

impl Meaning {
    /// What a status says.
    #[must_use]
    pub fn of(status: &str) -> Self {
        let status = compared(status);
        if status.is_empty() {
            return Self::Empty;
        }
        if HOLDING.contains(&status.as_str()) {
            return Self::Holds;
        }
        if EXEMPT.iter().any(|word| status.contains(word)) {
            return Self::Partly;
        }
        let before = status.len();
        let status = TAKEN_BACK.iter().fold(status, |status, phrase| status.replace(phrase, ""));
        match [Fate::Refunded, Fate::Closed].into_iter().find(|fate| fate.is_said(&status)) {
            Some(fate) => Self::Fate(fate),
            None if status.len() < before || holds_within(&status) => Self::Holds,
            None => Self::Unknown,
        }
    }

    /// The fate, where it says one.
    #[must_use]
    pub const fn fate(self) -> Option<Fate> {
        match self {
            Self::Fate(fate) => Some(fate),
            _ => None,
        }
    }

    /// Whether its orders count under some policies.
    #[must_use]
    pub const fn counts(self, policies: Policies) -> bool {
        !matches!((self, policies.status()), (Self::Fate(_), Status::Drop) | (Self::Fate(Fate::Closed), Status::Closed))
    }

    /// The meaning in a few words; [`crate::lang::text`] has them in the language in use.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Empty => mark!("no status"),
            Self::Holds => mark!("order holds"),
            Self::Partly => mark!("order holds in part or whole"),
            Self::Fate(Fate::Closed) => mark!("closed"),
            Self::Fate(Fate::Refunded) => mark!("refunded"),
            Self::Unknown => mark!("not known"),
        }
    }
}

/// Whether words of an order that holds are in a status, and none that leave it open.
fn holds_within(status: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| status.contains(word));
    has(&HOLDING_WITHIN) && !has(&OPEN)
}

/// A status as its words are compared: small letters of one width, Simplified characters, and nothing between words.
fn compared(status: &str) -> String {
    let apart = |c: &char| {
        c.is_whitespace() || matches!(c, '_' | '-' | '.' | '#' | '\u{feff}' | '(' | ')' | '[' | ']' | '【' | '】')
    };
    folded_to_simplified(status).filter(|c| !apart(c)).collect()
}

/// Different statuses that are told apart; of more only the rows are counted.
const MOST: usize = 64;

/// A status with the rows that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRows {
    /// As the first row has it, without blanks around it.
    pub status: String,
    /// What is made of it.
    pub meaning: Meaning,
    /// Rows without any other fault.
    pub rows: u64,
    /// The sum of their amounts, in millionths of a unit.
    pub micros: i128,
}

impl StatusRows {
    /// The sum at the data's scale.
    #[must_use]
    pub fn money(&self, scale: Scale) -> Money {
        Concerned { rows: self.rows, micros: self.micros }.money(scale)
    }
}

/// The statuses of a data set, in the order of first sight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statuses {
    /// Each with its rows.
    pub each: Vec<StatusRows>,
    /// Rows with further ones, which are judged all the same.
    pub others: u64,
}

impl Statuses {
    /// Enters a row's status and amount; gives what is made of it.
    pub(super) fn enter(&mut self, cells: &Cells, row: usize, micros: i128) -> Meaning {
        let id = id_of(cells, row);
        let status = id.as_deref().unwrap_or_default();
        if let Some(known) = self.each.iter_mut().find(|known| known.status == status) {
            known.rows += 1;
            known.micros = known.micros.saturating_add(micros);
            return known.meaning;
        }
        let meaning = Meaning::of(status);
        self.add(StatusRows { status: status.to_owned(), meaning, rows: 1, micros });
        meaning
    }

    /// Adds rows of a status.
    fn add(&mut self, one: StatusRows) {
        let is_full = self.each.len() >= MOST;
        match self.each.iter_mut().find(|known| known.status == one.status) {
            Some(known) => {
                known.rows += one.rows;
                known.micros = known.micros.saturating_add(one.micros);
            }
            None if is_full => self.others += one.rows,
            None => self.each.push(one),
        }
    }

    /// Adds what was entered elsewhere, later in the data set.
    pub(super) fn merge(&mut self, other: Self) {
        self.others += other.others;
        other.each.into_iter().for_each(|one| self.add(one));
    }

    /// Whether nothing was entered.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// Those whose meaning is not known.
    pub fn unknown(&self) -> impl Iterator<Item = &StatusRows> {
        self.each.iter().filter(|one| one.meaning == Meaning::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fate(status: &str) -> Option<Fate> {
        Meaning::of(status).fate()
    }

    #[test]
    fn statuses_of_both_languages_tell_what_became_of_the_order() {
        for status in [
            "Cancelled",
            "CANCELED",
            "交易关闭",
            "交易關閉",
            "已关闭(超时)",
            "超时关闭",
            "逾時關閉",
            "已取消",
            "訂單取消",
            "用户取消",
            "已取消订单",
            "等待买家付款",
            "未支付",
            "待支付",
            "待付款",
            "超时未付款",
            "付款失敗",
            "已作廢",
            "Payment failed",
            " closed ",
            "Cancelled by user",
            "cancelled_by_customer",
            "Order cancelled",
            "Canceled - Out of stock",
            "void",
            "VOIDED",
            "failed",
            "unpaid",
            "Not paid",
            "pending payment",
            "pending_payment",
            "wc-cancelled",
            "Closed Lost",
            "ｃａｎｃｅｌｌｅｄ",
        ] {
            assert_eq!(fate(status), Some(Fate::Closed), "{status}");
        }
        for status in [
            "Refunded",
            "Refunded (full)",
            "退款成功",
            "已退款",
            "交易关闭，已退款",
            "Charged back",
            "Cancelled/Refunded",
            "Canceled - Refunded",
            "wc-refunded",
        ] {
            assert_eq!(fate(status), Some(Fate::Refunded), "{status}");
        }
    }

    #[test]
    fn an_order_that_holds_is_not_taken_for_a_closed_one() {
        for (status, meaning) in [
            ("", Meaning::Empty),
            ("paid", Meaning::Holds),
            ("Completed", Meaning::Holds),
            ("交易成功", Meaning::Holds),
            ("已发货", Meaning::Holds),
            ("已發貨", Meaning::Holds),
            ("Closed Won", Meaning::Holds),
            ("没有申请退款", Meaning::Holds),
            ("not cancelled", Meaning::Holds),
            ("Un-cancelled", Meaning::Holds),
            ("Refund cancelled", Meaning::Holds),
            ("退款关闭", Meaning::Holds),
            ("退款關閉", Meaning::Holds),
            ("交易成功，退款关闭", Meaning::Holds),
            ("已取消退款", Meaning::Holds),
            ("not refunded", Meaning::Holds),
            ("部分退款", Meaning::Partly),
            ("partially_refunded", Meaning::Partly),
            ("Refunded (partial)", Meaning::Partly),
            ("已支付（未退款）", Meaning::Partly),
            ("Refund pending", Meaning::Unknown),
            ("Return requested", Meaning::Unknown),
            ("已发货，等待买家确认收货", Meaning::Holds),
            ("买家已付款，等待卖家发货", Meaning::Holds),
            ("Shipped - Delivered to Buyer", Meaning::Holds),
            ("Shipped - Returning to Seller", Meaning::Unknown),
            ("已付款，退款中", Meaning::Unknown),
            ("退款中", Meaning::Unknown),
            ("退款失败", Meaning::Unknown),
            ("closed loop pump", Meaning::Unknown),
            ("avoid", Meaning::Unknown),
            ("Pending", Meaning::Unknown),
        ] {
            assert_eq!(Meaning::of(status), meaning, "{status}");
        }
        // What was taken back is passed over, and the rest still says what it says.
        assert_eq!(fate("交易关闭，退款关闭"), Some(Fate::Closed));
    }

    #[test]
    fn no_list_has_a_word_twice_and_phrases_come_before_their_parts() {
        for list in [&CLOSED[..], &CLOSED_WITHIN, &REFUNDED, &REFUNDED_WITHIN, &EXEMPT, &TAKEN_BACK, &HOLDING] {
            for (place, word) in list.iter().enumerate() {
                assert_eq!(compared(word), **word, "{word} is not as statuses are compared");
                assert!(!list[..place].contains(word), "{word}");
            }
        }
        for (place, phrase) in TAKEN_BACK.iter().enumerate() {
            assert!(!TAKEN_BACK[..place].iter().any(|before| phrase.contains(before)), "{phrase}");
        }
        for word in HOLDING {
            let status = TAKEN_BACK.iter().fold(word.to_owned(), |status, phrase| status.replace(phrase, ""));
            let exempt = EXEMPT.iter().any(|exempt| word.contains(exempt));
            assert!(exempt || ![Fate::Closed, Fate::Refunded].iter().any(|fate| fate.is_said(&status)), "{word}");
        }
    }

    #[test]
    fn further_statuses_than_are_told_apart_are_counted_and_judged() {
        let mut statuses = Statuses::default();
        for number in 0..=MOST as u64 {
            let one = StatusRows { status: number.to_string(), meaning: Meaning::Unknown, rows: 2, micros: 3 };
            statuses.merge(Statuses { each: vec![one], others: 1 });
        }
        assert_eq!((statuses.each.len(), statuses.others), (MOST, MOST as u64 + 3));
        assert_eq!(statuses.unknown().map(|one| one.rows).sum::<u64>(), 2 * MOST as u64);
    }
}
