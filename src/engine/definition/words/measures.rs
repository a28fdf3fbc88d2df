//! What measures are, in words.

use crate::mark;
use crate::model::measures::{Frequency, Measure, Monetary, Recency};

/// What a measure is, in English: SQL has it in its comments. People read [`crate::lang::text`] of it.
pub(in crate::engine::definition) const fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Recency(Recency::Days) => {
            mark!("whole calendar days from the customer's last order to the as-of date")
        }
        Measure::Recency(Recency::OwnGap) => {
            mark!("days since the last order in multiples of the customer's own median gap, to the hundredth")
        }
        Measure::Frequency(Frequency::Orders) => mark!("distinct orders of the customer"),
        Measure::Frequency(Frequency::Days) => mark!("distinct calendar days on which the customer bought"),
        Measure::Frequency(Frequency::Rows) => mark!("kept rows of the customer"),
        Measure::Monetary(Monetary::Net) => mark!("the net sum of the customer's amounts: returns subtract"),
        Measure::Monetary(Monetary::Gross) => {
            mark!("the sum of the customer's amounts above zero: returns do not subtract")
        }
        Measure::Monetary(Monetary::MeanOrder) => {
            mark!("the customer's net sum divided by the number of orders, rounded half away from zero")
        }
        Measure::Monetary(Monetary::LargestOrder) => mark!("the net sum of the customer's largest order"),
    }
}

/// What else there is to know of a measure in order to compute it, to be translated where it is shown.
pub(super) const fn details(measure: Measure) -> Option<&'static str> {
    match measure {
        Measure::Recency(Recency::OwnGap) => Some(mark!(
            "The gaps are the days between one distinct order day and the next; the median of an even number of gaps is \
             the mean of the middle two. A customer with a single order day is given the median of all customers' \
             medians, rounded half up to a half day; where nobody has two order days, one day. The multiple is rounded \
             half up. The filter, if any, changes no gap."
        )),
        Measure::Monetary(Monetary::MeanOrder) => Some(mark!(
            "Orders are the distinct orders, whatever frequency counts; a sum of returns alone is divided by one."
        )),
        Measure::Monetary(Monetary::LargestOrder) => {
            Some(mark!("The largest is the order whose amounts have the largest sum; it can be below zero."))
        }
        _ => None,
    }
}
