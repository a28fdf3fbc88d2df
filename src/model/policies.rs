//! Policies: what is done with rows whose meaning is a matter of decision, not of error. Each has a default, an option, a
//! place on the screen, and is kept in scenarios.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::{mark, tr};

/// A decision about some kind of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Rows with an amount below zero: returns and cancellations.
    Returns,
    /// A column of refunds beside the amounts.
    Refunds,
    /// Orders whose status says that they came to nothing.
    Status,
    /// Rows with an amount of zero.
    ZeroAmounts,
    /// Rows that are the same as an earlier one in every column.
    Duplicates,
    /// Lines of one order that all have the same amount, which may be the order's total.
    OrderTotals,
    /// Rows without a customer.
    Anonymous,
    /// Customer ids that differ only in how they are written.
    Ids,
    /// Rows dated after today.
    Future,
}

/// A way to decide, with what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name in options and scenarios.
    pub name: &'static str,
    /// What it does, in a few words: in English as files have them; people read [`crate::lang::text`] of them.
    pub words: &'static str,
}

const fn choice(name: &'static str, words: &'static str) -> Choice {
    Choice { name, words }
}

impl Policy {
    /// All policies, in the order they are shown.
    pub const ALL: [Self; 9] = [
        Self::Returns,
        Self::Refunds,
        Self::Status,
        Self::ZeroAmounts,
        Self::Duplicates,
        Self::OrderTotals,
        Self::Anonymous,
        Self::Ids,
        Self::Future,
    ];

    /// The name in scenarios and on the screen; with two dashes before it, the option.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Returns => "returns",
            Self::Refunds => "refunds",
            Self::Status => "status",
            Self::ZeroAmounts => "zero-amounts",
            Self::Duplicates => "duplicates",
            Self::OrderTotals => "order-totals",
            Self::Anonymous => "anonymous",
            Self::Ids => "ids",
            Self::Future => "future",
        }
    }

    /// What it is about, in English as files have it; people read [`crate::lang::text`] of it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Returns => mark!("returns and cancellations: amounts below zero"),
            Self::Refunds => mark!("the refund column"),
            Self::Status => mark!("orders closed, cancelled, unpaid or refunded by their status"),
            Self::ZeroAmounts => mark!("amounts of zero"),
            Self::Duplicates => mark!("rows the same as an earlier one in every column"),
            Self::OrderTotals => mark!("the same amount on every line of an order"),
            Self::Anonymous => mark!("rows without a customer"),
            Self::Ids => mark!("ids that differ only in case, blanks or width"),
            Self::Future => mark!("rows dated after today"),
        }
    }

    /// The ways to decide, the default first.
    #[must_use]
    pub const fn choices(self) -> &'static [Choice] {
        match self {
            Self::Returns => {
                const {
                    &[
                        choice("net", mark!("subtract from the customer's sum; a return is no order")),
                        choice("gross", mark!("set aside")),
                        choice("void", mark!("void the order they cancel, where it is found; else subtract")),
                    ]
                }
            }
            Self::Refunds => {
                const {
                    &[
                        choice("subtract", mark!("subtract from the row's amount")),
                        choice("ignore", mark!("leave the amount as it is")),
                    ]
                }
            }
            Self::Status => {
                const {
                    &[
                        choice("drop", mark!("set aside closed and refunded orders")),
                        choice("closed", mark!("set aside closed orders, keep refunded ones")),
                        choice("keep", mark!("keep all, whatever their status")),
                    ]
                }
            }
            Self::ZeroAmounts => const { &[choice("keep", mark!("keep")), choice("drop", mark!("set aside"))] },
            Self::Duplicates => {
                const { &[choice("keep", mark!("keep")), choice("drop", mark!("set aside all but the first"))] }
            }
            Self::OrderTotals => {
                const {
                    &[
                        choice("lines", mark!("each line's amount is its own")),
                        choice("once", mark!("a repeated amount is the order's total, and counts once")),
                    ]
                }
            }
            Self::Anonymous => {
                const {
                    &[
                        choice("drop", mark!("set aside, and shown as unidentified revenue")),
                        choice("keep", mark!("keep as one customer, (unidentified)")),
                    ]
                }
            }
            Self::Ids => {
                const { &[choice("unify", mark!("one customer")), choice("exact", mark!("different customers"))] }
            }
            Self::Future => const { &[choice("drop", mark!("set aside")), choice("keep", mark!("keep"))] },
        }
    }
}

/// One decision for each policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Policies([u8; Policy::ALL.len()]);

/// What returns and cancellations do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// They subtract.
    Net,
    /// They are set aside.
    Gross,
    /// They void the orders they cancel.
    Void,
}

/// Which orders count, by their status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Neither closed nor refunded ones.
    Drop,
    /// All but closed ones.
    Closed,
    /// All.
    Keep,
}

impl Policies {
    /// The position of the choice among a policy's [`Policy::choices`].
    #[must_use]
    pub const fn get(self, policy: Policy) -> usize {
        self.0[policy as usize] as usize
    }

    /// The choice.
    #[must_use]
    pub fn choice(self, policy: Policy) -> Choice {
        policy.choices()[self.get(policy)]
    }

    /// The same with another choice, by its position; one beyond the last is the last.
    #[must_use]
    pub fn with(mut self, policy: Policy, choice: usize) -> Self {
        self.0[policy as usize] = choice.min(policy.choices().len() - 1) as u8;
        self
    }

    /// Whether a policy is decided otherwise than by default.
    #[must_use]
    pub const fn is_changed(self, policy: Policy) -> bool {
        self.get(policy) != 0
    }

    /// The policies that are decided otherwise than by default.
    pub fn changed(self) -> impl Iterator<Item = (Policy, Choice)> {
        Policy::ALL
            .into_iter()
            .filter(move |policy| self.is_changed(*policy))
            .map(move |policy| (policy, self.choice(policy)))
    }

    /// What returns do.
    #[must_use]
    pub const fn returns(self) -> Returns {
        match self.get(Policy::Returns) {
            0 => Returns::Net,
            1 => Returns::Gross,
            _ => Returns::Void,
        }
    }

    /// Which orders count, by their status.
    #[must_use]
    pub const fn status(self) -> Status {
        match self.get(Policy::Status) {
            0 => Status::Drop,
            1 => Status::Closed,
            _ => Status::Keep,
        }
    }

    /// Whether refunds subtract.
    #[must_use]
    pub const fn subtracts_refunds(self) -> bool {
        !self.is_changed(Policy::Refunds)
    }

    /// Whether amounts of zero are set aside.
    #[must_use]
    pub const fn drops_zero_amounts(self) -> bool {
        self.is_changed(Policy::ZeroAmounts)
    }

    /// Whether repeated rows are set aside.
    #[must_use]
    pub const fn drops_duplicates(self) -> bool {
        self.is_changed(Policy::Duplicates)
    }

    /// Whether an amount repeated on the lines of an order counts once.
    #[must_use]
    pub const fn counts_totals_once(self) -> bool {
        self.is_changed(Policy::OrderTotals)
    }

    /// Whether rows without a customer are kept, as one.
    #[must_use]
    pub const fn keeps_anonymous(self) -> bool {
        self.is_changed(Policy::Anonymous)
    }

    /// Whether ids that differ only in how they are written are one.
    #[must_use]
    pub const fn unifies_ids(self) -> bool {
        !self.is_changed(Policy::Ids)
    }

    /// Whether rows dated after today are set aside.
    #[must_use]
    pub const fn drops_future(self) -> bool {
        !self.is_changed(Policy::Future)
    }
}

/// A choice that a policy does not have.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!(
    "`{typed}` is no choice for {policy}; choose from {known}",
    typed, policy = policy.name(), known = names(*policy)
))]
pub struct NoSuchChoice {
    /// The policy.
    pub policy: Policy,
    /// What was given.
    pub typed: String,
}

fn names(policy: Policy) -> String {
    policy.choices().iter().map(|choice| choice.name).collect::<Vec<_>>().join(", ")
}

impl Policy {
    /// The position of a choice by its name.
    ///
    /// # Errors
    /// [`NoSuchChoice`] naming those there are.
    pub fn choice_named(self, name: &str) -> Result<usize, NoSuchChoice> {
        let found = self.choices().iter().position(|choice| choice.name == name.trim());
        found.ok_or_else(|| NoSuchChoice { policy: self, typed: name.trim().to_owned() })
    }
}

/// A policy of this name that there is not.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("there is no policy `{name}`", name = _0))]
pub struct NoSuchPolicy(pub String);

impl FromStr for Policy {
    type Err = NoSuchPolicy;

    fn from_str(text: &str) -> Result<Self, NoSuchPolicy> {
        Self::ALL.into_iter().find(|policy| policy.name() == text).ok_or_else(|| NoSuchPolicy(text.to_owned()))
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_found_by_its_name_and_kept() -> Result<(), Box<dyn std::error::Error>> {
        for policy in Policy::ALL {
            assert_eq!(policy.name().parse::<Policy>()?, policy);
            assert!(!Policies::default().is_changed(policy));
            for (position, choice) in policy.choices().iter().enumerate() {
                assert_eq!(policy.choice_named(choice.name)?, position);
                assert_eq!(Policies::default().with(policy, position).choice(policy), *choice);
            }
        }
        let void = Policies::default().with(Policy::Returns, 2);
        assert_eq!((void.returns(), void.status()), (Returns::Void, Status::Drop));
        assert_eq!(
            void.changed().map(|(policy, choice)| (policy, choice.name)).collect::<Vec<_>>(),
            [(Policy::Returns, "void")]
        );
        Ok(())
    }

    #[test]
    fn a_choice_that_is_none_names_those_there_are() {
        let error = Policy::Returns.choice_named("nett").err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("`nett` is no choice for returns; choose from net, gross, void"));
    }
}
