//! What a scheme says of the axes: the bins its cells are written for, and how their cuts come to be.

use serde::Deserialize;

use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Method};
use crate::model::money::{Decimal, DecimalError};

/// A cut as a scheme file types it: `30`, `99.95`, or `"12345678901234.56"` where a float would not keep all digits.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged, expecting = "expected a number, or a number in quotes such as \"99.95\"")]
pub enum CutValue {
    /// A whole number.
    Whole(i64),
    /// A number with decimals, of up to 15 digits.
    Float(f64),
    /// Digits as text.
    Text(String),
}

impl CutValue {
    /// The exact number.
    ///
    /// # Errors
    /// [`DecimalError`] where it is none.
    pub fn decimal(&self) -> Result<Decimal, DecimalError> {
        match self {
            Self::Whole(value) => Ok(Decimal { mantissa: (*value).into(), decimals: 0 }),
            Self::Float(value) => Decimal::from_float(*value),
            Self::Text(text) => Decimal::parse(text.as_bytes()),
        }
    }
}

/// What a scheme says of one axis; all of it is optional.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxisPlan {
    /// The bins its cells are written for; without it any number fits.
    pub bins: Option<usize>,
    /// How its cuts come to be, where the user does not say.
    pub method: Option<Method>,
    /// Fixed cuts as they are typed: days, counts, money.
    pub cuts: Option<Vec<CutValue>>,
    /// Where a value equal to a cut belongs.
    pub closed: Option<Closed>,
}

/// What a scheme says of the three axes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxisPlans {
    /// Of recency.
    #[serde(default)]
    pub recency: AxisPlan,
    /// Of frequency.
    #[serde(default)]
    pub frequency: AxisPlan,
    /// Of monetary.
    #[serde(default)]
    pub monetary: AxisPlan,
}

impl AxisPlans {
    /// The plan of an axis.
    #[must_use]
    pub const fn of(&self, axis: Axis) -> &AxisPlan {
        match axis {
            Axis::Recency => &self.recency,
            Axis::Frequency => &self.frequency,
            Axis::Monetary => &self.monetary,
        }
    }

    /// The plan of an axis, to be changed.
    pub const fn of_mut(&mut self, axis: Axis) -> &mut AxisPlan {
        match axis {
            Axis::Recency => &mut self.recency,
            Axis::Frequency => &mut self.frequency,
            Axis::Monetary => &mut self.monetary,
        }
    }
}
