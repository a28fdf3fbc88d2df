//! What fields there are, what they are called, and what their values are.

use super::words::Words;
use crate::mark;
use crate::model::customers::Axis;
use crate::model::field::FieldKind;
use crate::model::measures::{Frequency, Measure, Monetary, Recency};
use crate::model::money::Scale;
use crate::model::transactions::{Attribute, Transactions, ValueRule};
use crate::model::value::ClvTerms;
use crate::model::vip::Rule;

/// A field of customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The id.
    Customer,
    /// A measure that an axis may have.
    Measure(Measure),
    /// Day of the first order.
    FirstOrder,
    /// Day of the last order.
    LastOrder,
    /// Days from the first order to the as-of date.
    Tenure,
    /// Median days between days with an order; missing with a single one.
    Gap,
    /// Whether there are two orders or more.
    Repeat,
    /// What was returned: the gross sum less the net sum.
    Returned,
    /// The share of everybody's net sum, in hundredths of a percent.
    Share,
    /// The share of everybody's net sum that those of the same rank and above have, in hundredths of a percent.
    CumulativeShare,
    /// Simple customer lifetime value, by the terms in force.
    Clv,
    /// The place by net sum, the largest first; equal sums have the same place.
    Rank,
    /// The score on an axis.
    Score(Axis),
    /// The segment.
    Segment,
    /// Calendar months with a purchase.
    ActiveMonths,
    /// The change of the net sum from the 90 days before to the last 90 days.
    Growth,
    /// The change of the net sum from the 365 days before to the last 365 days.
    YearOnYear,
    /// The change of the mean order from all days before the last 365 days to these.
    OrderTrend,
    /// The most days between two days with a purchase.
    LongestGap,
    /// The value of an attribute, by its number, that stands for the customer.
    Attribute(u16, ValueRule),
    /// How many values of an attribute a customer has in purchases.
    Breadth(u16),
    /// The first VIP rule that is met; missing where none is.
    VipTier,
    /// Whether a VIP rule is met, by its number.
    Vip(u16),
}

impl Field {
    /// Whether it changes with cuts or scheme.
    #[must_use]
    pub const fn follows_cuts(self) -> bool {
        matches!(self, Self::Score(_) | Self::Segment)
    }

    /// Whether it changes with the rules, or with the terms of lifetime values.
    #[must_use]
    pub const fn follows_rules(self) -> bool {
        matches!(self, Self::Clv | Self::VipTier | Self::Vip(_))
    }
}

/// A field with its names and the kind of its values.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What it is.
    pub field: Field,
    /// What it is called.
    pub name: String,
    /// What else it may be called.
    aliases: &'static [&'static str],
    /// What its values are.
    pub kind: FieldKind,
    /// What it is.
    words: Words,
}

impl Definition {
    /// All fields of a data set whose money has a scale, with those of its transactions where they are at hand.
    ///
    /// Those of the rules stand last: the others keep their numbers when rules come and go.
    pub(super) fn all(money: Scale, transactions: Option<&Transactions>, rules: &[Rule], clv: ClvTerms) -> Vec<Self> {
        let mut all =
            vec![of(Field::Customer, "customer", &["id", "customer_id", "客户"], FieldKind::Text, mark!("the id"))];
        all.extend(Measure::ALL.into_iter().map(|measure| of_measure(measure, money)));
        let day = |field, name, aliases, words: &'static str| of(field, name, aliases, FieldKind::Date, words);
        all.push(day(Field::FirstOrder, "first_order", &[], mark!("day of the first order")));
        all.push(day(Field::LastOrder, "last_order", &[], mark!("day of the last order")));
        let days = FieldKind::Days;
        all.push(of(Field::Tenure, "tenure", &[], days, mark!("days from the first order to the as-of date")));
        let halves = FieldKind::Number(Scale::CENTS);
        all.push(of(Field::Gap, "gap", &["median_gap"], halves, mark!("median days between days with an order")));
        all.push(of(Field::Repeat, "repeat", &[], FieldKind::Flag, mark!("two orders or more")));
        all.push(of(Field::Returned, "returned", &["returns"], FieldKind::Money(money), mark!("what was returned")));
        all.push(of(Field::Clv, "clv", &["lifetime_value"], FieldKind::Money(money), Words::Clv(clv)));
        all.push(of(Field::Share, "share", &[], FieldKind::Share, mark!("percent of everybody's net revenue")));
        let cumulative =
            mark!("percent of everybody's net revenue that customers of this rank and above have together");
        all.push(of(Field::CumulativeShare, "cumulative_share", &[], FieldKind::Share, cumulative));
        all.push(of(Field::Rank, "rank", &[], FieldKind::Count, mark!("place by net revenue, 1 the largest")));
        for (axis, name) in Axis::ALL.into_iter().zip(["r", "f", "m"]) {
            all.push(of(Field::Score(axis), name, &[], FieldKind::Count, Words::Score(axis)));
        }
        all.push(of(Field::Segment, "segment", &["tier", "客户分层"], FieldKind::Text, mark!("the segment")));
        if let Some(transactions) = transactions {
            all.extend(of_transactions());
            let tier = mark!("the first VIP rule that is met, in their order; missing where none is");
            all.push(of(Field::VipTier, "vip_tier", &[], FieldKind::Text, tier));
            let of_rule = |(number, rule): (u16, &Rule)| {
                let words = Words::Rule(rule.condition.to_string());
                of(Field::Vip(number), &format!("vip.{}", rule.name), &[], FieldKind::Flag, words)
            };
            all.extend(
                (0..).zip(transactions.attributes()).flat_map(|(number, attribute)| of_attribute(number, attribute)),
            );
            all.extend((0..).zip(rules).map(of_rule));
        }
        all
    }

    /// What it is, in words, with its unit.
    #[must_use]
    pub fn words(&self) -> String {
        self.words.text()
    }

    /// All that it may be called.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().copied())
    }
}

fn of(
    field: Field,
    name: &str,
    aliases: &'static [&'static str],
    kind: FieldKind,
    words: impl Into<Words>,
) -> Definition {
    Definition { field, name: name.to_owned(), aliases, kind, words: words.into() }
}

fn of_measure(measure: Measure, money: Scale) -> Definition {
    let (kind, aliases): (_, &[&str]) = match measure {
        Measure::Recency(Recency::Days) => (FieldKind::Days, &["recency.days", "days"]),
        Measure::Recency(Recency::OwnGap) => (FieldKind::Number(measure.scale(money)), &["own_gaps"]),
        Measure::Frequency(Frequency::Orders) => (FieldKind::Count, &["frequency.orders", "orders"]),
        Measure::Frequency(Frequency::Days) => (FieldKind::Count, &["order_days"]),
        Measure::Frequency(Frequency::Rows) => (FieldKind::Count, &["rows"]),
        Measure::Monetary(Monetary::Net) => (FieldKind::Money(money), &["monetary.net", "revenue", "net"]),
        Measure::Monetary(Monetary::Gross) => (FieldKind::Money(money), &["gross"]),
        Measure::Monetary(Monetary::MeanOrder) => (FieldKind::Money(measure.scale(money)), &["mean_order", "aov"]),
        Measure::Monetary(Monetary::LargestOrder) => (FieldKind::Money(money), &["largest_order"]),
    };
    let axis = measure.axis().name();
    let name = if measure.is_default() { axis.to_owned() } else { format!("{axis}.{measure}") };
    of(Field::Measure(measure), &name, aliases, kind, Words::Measure(measure))
}

fn of_transactions() -> [Definition; 5] {
    [
        of(Field::ActiveMonths, "active_months", &[], FieldKind::Count, mark!("calendar months with a purchase")),
        of(
            Field::Growth,
            "growth",
            &[],
            FieldKind::Share,
            mark!("percent: net of the last 90 days against the 90 before"),
        ),
        of(
            Field::YearOnYear,
            "yoy",
            &[],
            FieldKind::Share,
            mark!("percent: net of the last 365 days against the 365 before"),
        ),
        of(
            Field::OrderTrend,
            "order_trend",
            &[],
            FieldKind::Share,
            mark!("percent: mean order of the last 365 days against all before"),
        ),
        of(Field::LongestGap, "longest_gap", &[], FieldKind::Days, mark!("most days between two days with a purchase")),
    ]
}

fn of_attribute(number: u16, attribute: &Attribute) -> Vec<Definition> {
    let kind = attribute.scale().map_or(FieldKind::Text, FieldKind::Number);
    let name = &attribute.name;
    let value = |rule: ValueRule, name: String| {
        let words = match rule {
            ValueRule::Most => Words::Most(attribute.name.clone()),
            ValueRule::Last => Words::Last(attribute.name.clone()),
        };
        of(Field::Attribute(number, rule), &name, &[], kind, words)
    };
    let breadth = Words::Distinct(attribute.name.clone());
    vec![
        value(ValueRule::Most, name.clone()),
        value(ValueRule::Last, format!("{name}.last")),
        of(Field::Breadth(number), &format!("{name}.distinct"), &[], FieldKind::Count, breadth),
    ]
}
