//! The names that sales exports give to the columns we need, in English, Simplified and Traditional Chinese, and the plain
//! ones in German, Spanish and French.
//!
//! A header is normalised before it is compared: compatibility forms folded (NFKC), lower case, no blanks, `_` or `-`,
//! no trailing unit in brackets, Traditional characters folded to Simplified.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::{lang, mark};

/// What a column can be to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Who bought.
    Customer,
    /// Which order the row belongs to.
    Order,
    /// When.
    Date,
    /// For how much, the line's total.
    Amount,
    /// How many pieces; with the unit price in place of an amount.
    Quantity,
    /// The price of one piece.
    UnitPrice,
    /// What was paid back of the row's amount.
    Refund,
    /// What became of the order: paid, closed, refunded.
    Status,
    /// The currency of the row's amount.
    Currency,
}

impl Role {
    /// All roles, in the order they are asked for.
    pub const ALL: [Self; 9] = [
        Self::Customer,
        Self::Order,
        Self::Date,
        Self::Amount,
        Self::Quantity,
        Self::UnitPrice,
        Self::Refund,
        Self::Status,
        Self::Currency,
    ];

    /// The name on the screen and in messages, in the language in use.
    #[must_use]
    pub fn name(self) -> &'static str {
        lang::text(self.key())
    }

    /// The name in files and for programs, which is the English one.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Customer => mark!("customer"),
            Self::Order => mark!("order"),
            Self::Date => mark!("date"),
            Self::Amount => mark!("amount"),
            Self::Quantity => mark!("quantity"),
            Self::UnitPrice => mark!("unit price"),
            Self::Refund => mark!("refund"),
            Self::Status => mark!("status"),
            Self::Currency => mark!("currency"),
        }
    }

    /// The option that gives it.
    #[must_use]
    pub const fn option(self) -> &'static str {
        match self {
            Self::Customer => "--customer",
            Self::Order => "--order",
            Self::Date => "--date",
            Self::Amount => "--amount",
            Self::Quantity => "--quantity",
            Self::UnitPrice => "--unit-price",
            Self::Refund => "--refund",
            Self::Status => "--status-column",
            Self::Currency => "--currency-column",
        }
    }

    /// Names of such columns, normalised, the better first. One that begins with `=` must be the whole header.
    const fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Customer => &CUSTOMER,
            Self::Order => &ORDER,
            Self::Date => &DATE,
            Self::Amount => &AMOUNT,
            Self::Quantity => &QUANTITY,
            Self::UnitPrice => &UNIT_PRICE,
            Self::Refund => &REFUND,
            Self::Status => &STATUS,
            Self::Currency => &CURRENCY,
        }
    }

    /// Words that rule a header out for the role.
    const fn never(self) -> &'static [&'static str] {
        match self {
            Self::Customer => &STAFF,
            Self::Order => {
                &["日期", "时间", "date", "time", "状态", "status", "金额", "amount", "type", "类型", "total"]
            }
            Self::Date => {
                &["birth", "出生", "生日", "update", "修改", "退款", "refund", "发货", "ship", "deliver", "status"]
            }
            Self::Amount => &NOT_AMOUNT,
            Self::Quantity => &["库存", "stock", "金额", "amount"],
            Self::UnitPrice => &["total", "总"],
            Self::Refund => &["状态", "status", "时间", "time", "date", "日期", "原因", "reason", "单号", "编号"],
            Self::Status => &["金额", "amount", "时间", "time", "date", "日期", "会员", "member", "marital"],
            Self::Currency => &["金额", "amount", "rate", "汇率"],
        }
    }
}

const CUSTOMER: [&str; 65] = [
    "customerid",
    "customerno",
    "customernumber",
    "customercode",
    "客户id",
    "客户编号",
    "客户编码",
    "客户代码",
    "顾客编号",
    "memberid",
    "membernumber",
    "会员id",
    "会员编号",
    "会员号",
    "会员卡号",
    "会员账号",
    "会员帐号",
    "clientid",
    "userid",
    "用户id",
    "用户编号",
    "buyerid",
    "买家id",
    "买家账号",
    "买家帐号",
    "accountid",
    "shopperid",
    "openid",
    "买家会员名",
    "买家昵称",
    "下单账号",
    "=customer",
    "=client",
    "=buyer",
    "=member",
    "=会员",
    "=客户",
    "=uid",
    "=cust",
    "=custid",
    "=custno",
    "customername",
    "客户名称",
    "客户姓名",
    "email",
    "手机号",
    "手机",
    "phone",
    "=kunde",
    "=kundennummer",
    "=kundennr",
    "=kundenid",
    "=kundenkonto",
    "=cliente",
    "=idcliente",
    "=clienteid",
    "=codigocliente",
    "=códigocliente",
    "=numerocliente",
    "=númerocliente",
    "=idclient",
    "=codeclient",
    "=numeroclient",
    "=numéroclient",
    "=numéroduclient",
];
const ORDER: [&str; 51] = [
    "orderid",
    "orderno",
    "ordernumber",
    "订单号",
    "订单编号",
    "主订单编号",
    "订单id",
    "订单号码",
    "invoiceno",
    "invoiceid",
    "invoicenumber",
    "发票号码",
    "transactionid",
    "transactionno",
    "交易编号",
    "交易号",
    "交易序号",
    "receiptno",
    "receiptid",
    "小票号",
    "流水号",
    "单据编号",
    "销售单号",
    "单号",
    "=order",
    "=invoice",
    "=basketid",
    "=bestellnummer",
    "=bestellnr",
    "=bestellung",
    "=auftragsnummer",
    "=auftragsnr",
    "=rechnungsnummer",
    "=rechnungsnr",
    "=belegnummer",
    "=pedido",
    "=numeropedido",
    "=númeropedido",
    "=numerodepedido",
    "=númerodepedido",
    "=factura",
    "=numerofactura",
    "=númerofactura",
    "=commande",
    "=numerocommande",
    "=numérocommande",
    "=numerodecommande",
    "=numérodecommande",
    "=facture",
    "=numerofacture",
    "=numérofacture",
];
const DATE: [&str; 64] = [
    "订单付款时间",
    "订单付款日期",
    "买家付款时间",
    "买家付款日期",
    "支付时间",
    "支付日期",
    "付款时间",
    "付款日期",
    "paidat",
    "paymentdate",
    "paymenttime",
    "成交时间",
    "成交日期",
    "订单成交时间",
    "订单成交日期",
    "orderdate",
    "purchasedate",
    "transactiondate",
    "invoicedate",
    "saledate",
    "salesdate",
    "订单日期",
    "订单时间",
    "购买日期",
    "消费日期",
    "消费时间",
    "交易日期",
    "交易时间",
    "销售日期",
    "销售时间",
    "购买时间",
    "ordertime",
    "purchasetime",
    "下单时间",
    "下单日期",
    "订单创建时间",
    "订单创建日期",
    "创建时间",
    "创建日期",
    "建立时间",
    "建立日期",
    "日期时间",
    "开单日期",
    "开单时间",
    "createdat",
    "timestamp",
    "datetime",
    "=日期",
    "date",
    "=time",
    "=datum",
    "=bestelldatum",
    "=kaufdatum",
    "=auftragsdatum",
    "=rechnungsdatum",
    "=belegdatum",
    "=fecha",
    "=fechapedido",
    "=fechadepedido",
    "=fechacompra",
    "=fechadecompra",
    "=fechaventa",
    "=fechadeventa",
    "=fechafactura",
];
const AMOUNT: [&str; 50] = [
    "实付金额",
    "实付款",
    "实收金额",
    "买家实际支付金额",
    "用户实付金额",
    "商家实收金额",
    "支付金额",
    "成交金额",
    "消费金额",
    "订单金额",
    "销售额",
    "netamount",
    "paidamount",
    "amountpaid",
    "lineamount",
    "linetotal",
    "netrevenue",
    "netsales",
    "revenue",
    "salesamount",
    "totalamount",
    "orderamount",
    "amount",
    "ordertotal",
    "ordervalue",
    "dollarvalue",
    "grandtotal",
    "订单总额",
    "总金额",
    "商品总价",
    "应付货款",
    "=sales",
    "=total",
    "=金额",
    "=value",
    "=amt",
    "spend",
    "=betrag",
    "=gesamtbetrag",
    "=rechnungsbetrag",
    "=umsatz",
    "=summe",
    "=gesamtpreis",
    "=importe",
    "=importetotal",
    "=monto",
    "=montototal",
    "=montant",
    "=montanttotal",
    "=montantttc",
];
const QUANTITY: [&str; 19] = [
    "quantity",
    "商品数量",
    "宝贝总数量",
    "订购数量",
    "购买数量",
    "数量",
    "qty",
    "numberof",
    "=units",
    "=pieces",
    "=menge",
    "=anzahl",
    "=stückzahl",
    "=cantidad",
    "=unidades",
    "=quantité",
    "=quantite",
    "=qté",
    "=qte",
];
const UNIT_PRICE: [&str; 14] = [
    "unitprice",
    "商品单价",
    "单价",
    "priceperunit",
    "itemprice",
    "=price",
    "=价格",
    "=einzelpreis",
    "=stückpreis",
    "=preis",
    "=preciounitario",
    "=precio",
    "=prixunitaire",
    "=prix",
];
const REFUND: [&str; 15] = [
    "退款金额",
    "已退款金额",
    "买家退款金额",
    "退货金额",
    "refundamount",
    "refundedamount",
    "amountrefunded",
    "refundtotal",
    "totalrefunded",
    "returnamount",
    "=refund",
    "=退款",
    "=erstattung",
    "=reembolso",
    "=remboursement",
];
const STATUS: [&str; 16] = [
    "订单状态",
    "交易状态",
    "orderstatus",
    "退款状态",
    "售后状态",
    "支付状态",
    "付款状态",
    "paymentstatus",
    "financialstatus",
    "transactionstatus",
    "refundstatus",
    "=status",
    "=状态",
    "=orderstate",
    "=bestellstatus",
    "=statut",
];
const CURRENCY: [&str; 13] = [
    "currencycode",
    "currency",
    "币种",
    "货币",
    "币别",
    "ordercurrency",
    "presentmentcurrency",
    "=ccy",
    "=währung",
    "=waehrung",
    "=moneda",
    "=divisa",
    "=devise",
];
const STAFF: [&str; 18] = [
    "收银",
    "导购",
    "达人",
    "主播",
    "业务员",
    "店员",
    "客服",
    "salesperson",
    "employee",
    "staff",
    "cashier",
    "seller",
    "since",
    "type",
    "等级",
    "level",
    "age",
    "segment",
];
const NOT_AMOUNT: [&str; 22] = [
    "单价",
    "优惠",
    "折扣",
    "运费",
    "邮费",
    "积分",
    "退款",
    "退货",
    "成本",
    "数量",
    "unitprice",
    "discount",
    "shipping",
    "freight",
    "tax",
    "cost",
    "refund",
    "points",
    "quantity",
    "qty",
    "currency",
    "type",
];

/// How a header matched a synonym; the later the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Match {
    /// The synonym stands somewhere in it.
    Contains,
    /// It ends with the synonym.
    Suffix,
    /// It is the synonym.
    Exact,
}

/// A header's claim to a role: how it matched, and the rank of the synonym (0 best).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// How.
    pub kind: Match,
    /// Which synonym, from 0 for the best.
    pub rank: usize,
}

/// The best claim that a header has to a role.
#[must_use]
pub fn claim(header: &str, role: Role) -> Option<Claim> {
    let header = normalise(header);
    let mut best: Option<Claim> = None;
    for (rank, synonym) in role.synonyms().iter().enumerate() {
        let (whole, exact_only) = synonym.strip_prefix('=').map_or((*synonym, false), |whole| (whole, true));
        let kind = if header == whole {
            Match::Exact
        } else if exact_only || !header.contains(whole) {
            continue;
        } else if header.ends_with(whole) {
            Match::Suffix
        } else {
            Match::Contains
        };
        if best.is_none_or(|best| kind > best.kind) {
            best = Some(Claim { kind, rank });
        }
    }
    let ruled_out = || role.never().iter().any(|word| header.contains(word));
    best.filter(|claim| claim.kind == Match::Exact || !ruled_out())
}

/// A header in the form that is compared.
#[must_use]
pub fn normalise(header: &str) -> String {
    let folded: String = folded_to_simplified(header).collect();
    let folded = folded.trim();
    let without_unit = match folded.find(['(', '[', '【']) {
        Some(0) | None => folded,
        Some(bracket) => &folded[..bracket],
    };
    without_unit.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | '#' | '\u{feff}')).collect()
}

/// The characters of a text in one width (NFKC), as small letters and Simplified ones.
pub(super) fn folded_to_simplified(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().flat_map(char::to_lowercase).map(simplified)
}

/// The Traditional characters that are folded, and the Simplified ones in the same order.
#[must_use]
pub fn traditional() -> (String, String) {
    TRADITIONAL.into_iter().unzip()
}

/// Traditional characters that headers of sales data use, with their Simplified forms.
const TRADITIONAL: [(char, char); 70] = [
    ('戶', '户'),
    ('編', '编'),
    ('號', '号'),
    ('稱', '称'),
    ('會', '会'),
    ('員', '员'),
    ('帳', '账'),
    ('賬', '账'),
    ('顧', '顾'),
    ('買', '买'),
    ('賣', '卖'),
    ('機', '机'),
    ('訂', '订'),
    ('單', '单'),
    ('碼', '码'),
    ('發', '发'),
    ('時', '时'),
    ('間', '间'),
    ('購', '购'),
    ('費', '费'),
    ('實', '实'),
    ('額', '额'),
    ('總', '总'),
    ('銷', '销'),
    ('貨', '货'),
    ('態', '态'),
    ('狀', '状'),
    ('類', '类'),
    ('產', '产'),
    ('數', '数'),
    ('價', '价'),
    ('區', '区'),
    ('縣', '县'),
    ('門', '门'),
    ('鋪', '铺'),
    ('業', '业'),
    ('務', '务'),
    ('據', '据'),
    ('應', '应'),
    ('優', '优'),
    ('積', '积'),
    ('導', '导'),
    ('運', '运'),
    ('郵', '邮'),
    ('創', '创'),
    ('於', '于'),
    ('寶', '宝'),
    ('貝', '贝'),
    ('際', '际'),
    ('書', '书'),
    ('電', '电'),
    ('話', '话'),
    ('關', '关'),
    ('閉', '闭'),
    ('敗', '败'),
    ('廢', '废'),
    ('無', '无'),
    ('過', '过'),
    ('沒', '没'),
    ('棄', '弃'),
    ('絕', '绝'),
    ('確', '确'),
    ('認', '认'),
    ('處', '处'),
    ('評', '评'),
    ('簽', '签'),
    ('達', '达'),
    ('庫', '库'),
    ('繳', '缴'),
    ('終', '终'),
];

fn simplified(c: char) -> char {
    TRADITIONAL.iter().find(|(traditional, _)| *traditional == c).map_or(c, |(_, simplified)| *simplified)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_both_scripts_claim_their_roles() {
        let cases = [
            ("CustomerID", Role::Customer),
            ("Customer ID", Role::Customer),
            ("客戶編號", Role::Customer),
            ("會員帳號", Role::Customer),
            ("InvoiceNo", Role::Order),
            ("訂單編號", Role::Order),
            ("InvoiceDate", Role::Date),
            ("訂單日期", Role::Date),
            ("付款時間", Role::Date),
            ("用户实付金额(元)", Role::Amount),
            ("實付金額", Role::Amount),
            ("dollar_value", Role::Amount),
            ("商品数量(件)", Role::Quantity),
            ("number_of_cds", Role::Quantity),
            ("UnitPrice", Role::UnitPrice),
            ("單價", Role::UnitPrice),
            ("下单日期", Role::Date),
            ("付款日期", Role::Date),
            ("下單日期", Role::Date),
            ("订单时间", Role::Date),
            ("uid", Role::Customer),
            ("Kunde", Role::Customer),
            ("Kundennummer", Role::Customer),
            ("Kunden-Nr.", Role::Customer),
            ("cliente", Role::Customer),
            ("client", Role::Customer),
            ("Bestellnummer", Role::Order),
            ("Número de pedido", Role::Order),
            ("Datum", Role::Date),
            ("Bestelldatum", Role::Date),
            ("fecha", Role::Date),
            ("Fecha de compra", Role::Date),
            ("date de commande", Role::Date),
            ("amt", Role::Amount),
            ("Betrag", Role::Amount),
            ("Umsatz (EUR)", Role::Amount),
            ("importe", Role::Amount),
            ("montant", Role::Amount),
            ("Menge", Role::Quantity),
            ("prix unitaire", Role::UnitPrice),
        ];
        for (header, role) in cases {
            let claimed: Vec<_> = Role::ALL.into_iter().filter(|role| claim(header, *role).is_some()).collect();
            assert_eq!(claimed, [role], "{header}");
        }
    }

    #[test]
    fn words_that_rule_a_role_out_do() {
        for header in ["运费金额", "优惠金额", "unit_price_amount", "refund_amount", "discount amount"] {
            assert_eq!(claim(header, Role::Amount), None, "{header}");
        }
        assert_eq!(claim("导购员手机", Role::Customer), None);
        assert_eq!(claim("updated_date", Role::Date), None);
        assert_eq!(claim("salesperson", Role::Amount), None);
    }

    #[test]
    fn names_of_other_languages_must_be_the_whole_header() {
        for header in ["Kundengruppe", "guid", "uid_source", "Datumsformat", "Betragsart", "clientèle", "Umsatzsteuer"]
        {
            for role in [Role::Customer, Role::Date, Role::Amount] {
                assert_eq!(claim(header, role), None, "{header}");
            }
        }
    }

    #[test]
    fn what_has_a_time_has_a_date_and_the_other_way_round() {
        for name in DATE.iter().filter(|name| !name.starts_with('=') && **name != "日期时间") {
            let other = match (name.strip_suffix("时间"), name.strip_suffix("日期")) {
                (Some(event), _) => format!("{event}日期"),
                (_, Some(event)) => format!("{event}时间"),
                _ => continue,
            };
            assert_eq!(claim(&other, Role::Date).map(|claim| claim.kind), Some(Match::Exact), "{other}");
        }
    }

    #[test]
    fn the_paid_time_comes_before_the_created_time() {
        let rank = |header| claim(header, Role::Date).map(|claim| claim.rank);
        assert!(rank("订单付款时间") < rank("订单创建时间"));
        assert!(rank("paid_at") < rank("created_at"));
    }
}
