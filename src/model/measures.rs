//! What each axis measures: days or the customer's own rhythm, orders or days or rows, net or gross or a single order's
//! money.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::customers::Axis;
use super::money::Scale;
use crate::lang::text;
use crate::{mark, tr};

/// What recency counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Recency {
    /// Whole calendar days from the last order to the as-of date.
    #[default]
    Days,
    /// Those days in multiples of the customer's own median gap between order days, to the hundredth; a customer with a
    /// single order day is measured by the median of all customers' gaps.
    OwnGap,
}

/// What frequency counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// Distinct orders of the customer; rows, where the data has no order column.
    #[default]
    Orders,
    /// Distinct calendar days with a kept row.
    Days,
    /// Kept rows.
    Rows,
}

/// What monetary sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Monetary {
    /// The net sum of amounts: returns subtract.
    #[default]
    Net,
    /// The sum of the amounts above zero: returns do not subtract.
    Gross,
    /// The net sum divided by the number of orders, rounded half away from zero to the cent or the data's finer unit.
    MeanOrder,
    /// The net sum of the customer's largest order.
    LargestOrder,
}

/// What one axis measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// On the recency axis.
    Recency(Recency),
    /// On the frequency axis.
    Frequency(Frequency),
    /// On the monetary axis.
    Monetary(Monetary),
}

impl Frequency {
    /// The unit, for a number of them.
    #[must_use]
    pub fn unit(self) -> &'static str {
        Measure::Frequency(self).unit()
    }
}

impl Measure {
    /// Every measure there is; the first of each axis is its default.
    pub const ALL: [Self; 9] = [
        Self::Recency(Recency::Days),
        Self::Recency(Recency::OwnGap),
        Self::Frequency(Frequency::Orders),
        Self::Frequency(Frequency::Days),
        Self::Frequency(Frequency::Rows),
        Self::Monetary(Monetary::Net),
        Self::Monetary(Monetary::Gross),
        Self::Monetary(Monetary::MeanOrder),
        Self::Monetary(Monetary::LargestOrder),
    ];

    /// The axis it can be on.
    #[must_use]
    pub const fn axis(self) -> Axis {
        match self {
            Self::Recency(_) => Axis::Recency,
            Self::Frequency(_) => Axis::Frequency,
            Self::Monetary(_) => Axis::Monetary,
        }
    }

    /// Whether it is what its axis measures unless somebody says otherwise.
    #[must_use]
    pub fn is_default(self) -> bool {
        self == Measures::default().of(self.axis())
    }

    /// The name in options and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recency(Recency::Days) | Self::Frequency(Frequency::Days) => "days",
            Self::Recency(Recency::OwnGap) => "own-gap",
            Self::Frequency(Frequency::Orders) => "orders",
            Self::Frequency(Frequency::Rows) => "rows",
            Self::Monetary(Monetary::Net) => "net",
            Self::Monetary(Monetary::Gross) => "gross",
            Self::Monetary(Monetary::MeanOrder) => "mean-order",
            Self::Monetary(Monetary::LargestOrder) => "largest-order",
        }
    }

    /// What a value of it counts, for machines; people read [`Measure::unit`].
    #[must_use]
    pub const fn unit_name(self) -> &'static str {
        match self {
            Self::Recency(Recency::Days) | Self::Frequency(Frequency::Days) => "days",
            Self::Recency(Recency::OwnGap) => mark!("× own gap"),
            Self::Frequency(Frequency::Orders) => "orders",
            Self::Frequency(Frequency::Rows) => "rows",
            Self::Monetary(Monetary::Net) => mark!("net amount"),
            Self::Monetary(Monetary::Gross) => mark!("gross amount"),
            Self::Monetary(Monetary::MeanOrder) => mark!("mean order"),
            Self::Monetary(Monetary::LargestOrder) => mark!("largest order"),
        }
    }

    /// What a value of it counts, as people read it.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Recency(Recency::Days) | Self::Frequency(Frequency::Days) => tr!("unit" | "days"),
            Self::Frequency(Frequency::Orders) => tr!("unit" | "orders"),
            Self::Frequency(Frequency::Rows) => tr!("unit" | "rows"),
            other => text(other.unit_name()),
        }
    }

    /// The decimals of its values, for data whose money has a scale.
    #[must_use]
    pub fn scale(self, money: Scale) -> Scale {
        match self {
            Self::Recency(Recency::Days) | Self::Frequency(_) => Scale::UNITS,
            Self::Recency(Recency::OwnGap) => Scale::CENTS,
            // A mean is finer than what it is made of.
            Self::Monetary(Monetary::MeanOrder) => money.max(Scale::CENTS),
            Self::Monetary(_) => money,
        }
    }

    /// The next measure of the same axis, round and round.
    #[must_use]
    pub fn next(self) -> Self {
        let of_axis: Vec<Self> = Self::ALL.into_iter().filter(|measure| measure.axis() == self.axis()).collect();
        let place = of_axis.iter().position(|measure| *measure == self).unwrap_or_default();
        of_axis[(place + 1) % of_axis.len()]
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the three axes measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Measures {
    /// Recency.
    pub recency: Recency,
    /// Frequency.
    pub frequency: Frequency,
    /// Monetary.
    pub monetary: Monetary,
}

impl Measures {
    /// What an axis measures.
    #[must_use]
    pub const fn of(&self, axis: Axis) -> Measure {
        match axis {
            Axis::Recency => Measure::Recency(self.recency),
            Axis::Frequency => Measure::Frequency(self.frequency),
            Axis::Monetary => Measure::Monetary(self.monetary),
        }
    }

    /// The same with another measure on its axis.
    #[must_use]
    pub const fn with(mut self, measure: Measure) -> Self {
        match measure {
            Measure::Recency(recency) => self.recency = recency,
            Measure::Frequency(frequency) => self.frequency = frequency,
            Measure::Monetary(monetary) => self.monetary = monetary,
        }
        self
    }
}

/// A measure by the name of its axis and its own: `monetary` alone is the net sum, `monetary.gross` the gross one.
impl FromStr for Measure {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (axis, name) = text.split_once('.').map_or((text, None), |(axis, name)| (axis, Some(name)));
        let found = Self::ALL.into_iter().find(|measure| {
            measure.axis().name() == axis && name.map_or(measure.is_default(), |name| measure.name() == name)
        });
        found.ok_or_else(|| {
            tr!("`{text}` is no measure; write recency, frequency or monetary, or {others}", text, others = dotted())
        })
    }
}

/// The measures that need a name of their own, as they are written.
fn dotted() -> String {
    let dotted = Measure::ALL.into_iter().filter(|measure| !measure.is_default());
    dotted.map(|measure| format!("{}.{measure}", measure.axis().name())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_read_back_by_its_name() {
        for measure in Measure::ALL {
            let text = format!("{}.{measure}", measure.axis().name());
            assert_eq!(text.parse(), Ok(measure));
            assert_eq!(Measures::default().with(measure).of(measure.axis()), measure);
        }
        assert_eq!("monetary".parse(), Ok(Measure::Monetary(Monetary::Net)));
        assert!("money".parse::<Measure>().is_err_and(|error| error.contains("monetary.gross")));
    }

    #[test]
    fn each_axis_goes_round_its_own_measures() {
        let mut measure = Measure::Monetary(Monetary::Net);
        for _ in 0..4 {
            measure = measure.next();
        }
        assert_eq!(measure, Measure::Monetary(Monetary::Net));
        assert_eq!(Measure::Recency(Recency::Days).next(), Measure::Recency(Recency::OwnGap));
    }
}
