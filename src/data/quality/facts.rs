//! From a loaded data set and its survey to its quality.

use super::super::ledger::{Ledger, Reason};
use super::super::load::MappedSource;
use super::super::survey::{SourceSurvey, Survey};
use super::{
    Accuracy, ColumnQuality, Control, DataSet, Identity, Period, PolicyQuality, Quality, Rejected, RepeatedRows,
    RoleQuality, Rows, Share, SourceQuality, Timeliness, Unidentified,
};
use crate::model::day::Day;
use crate::model::money::{Money, Scale};
use crate::model::policies::{Policies, Policy};
use crate::show::moment::utc;

impl Unidentified {
    /// The revenue of rows without a customer beside that of all customers (minor units of a scale).
    #[must_use]
    pub fn of(ledger: &Ledger, revenue: i64, scale: Scale) -> Self {
        let concerned = ledger.concerned(Policy::Anonymous);
        let own = concerned.money(scale);
        // Rows that were kept, as one customer, are in the revenue already.
        let is_within = ledger.rejected_for(Reason::MissingCustomer) == 0;
        let of = Money::new(i128::from(revenue) + if is_within { 0 } else { own.minor }, scale);
        Self { rows: concerned.rows, revenue: own, of, share: Share::of(own.minor, of.minor) }
    }
}

impl PolicyQuality {
    /// All policies with the rows that they are about.
    #[must_use]
    pub fn all(policies: Policies, ledger: &Ledger, scale: Scale) -> Vec<Self> {
        let of = |policy: Policy| {
            let (choice, concerned) = (policies.choice(policy), ledger.concerned(policy));
            Self {
                policy: policy.name(),
                about: policy.words(),
                choice: choice.name,
                does: choice.words,
                changed: policies.is_changed(policy),
                rows: concerned.rows,
                revenue: concerned.money(scale),
            }
        };
        Policy::ALL.into_iter().map(of).collect()
    }
}

impl Quality {
    /// What is known of a data set, on a present day if that is known, with what its survey says once there is one.
    #[must_use]
    pub fn of(data: DataSet<'_>, survey: Option<&Survey>, today: Option<Day>) -> Self {
        let DataSet { sources, customers, ledger, as_of, policies } = data;
        let scale = customers.scale;
        let revenue: i64 = customers.net.iter().sum();
        // A data set has customers; the day they are counted to stands in for those of none.
        let (first_order, last_order) = customers.period().unwrap_or((as_of, as_of));
        let unidentified = Unidentified::of(ledger, revenue, scale);
        let of_source = |number: usize| survey.and_then(|survey| survey.sources.get(number));
        let surveyed = survey.map(|survey| survey.sources.iter().map(|source| source.rows + source.unreadable).sum());
        Self {
            sources: sources.iter().enumerate().map(|(number, mapped)| source(mapped, of_source(number))).collect(),
            period: Period { first_order, last_order, as_of, today },
            rows: rows(ledger, surveyed),
            unidentified,
            policies: PolicyQuality::all(policies, ledger, scale),
            accuracy: accuracy(ledger, survey),
            timeliness: Timeliness {
                age_at_as_of: as_of - last_order,
                age_today: today.map(|today| today - last_order),
                days: last_order - first_order + 1,
                without_orders: survey.map(|survey| survey.days.quiet(first_order, last_order)),
            },
            duplicates: survey.map(|survey| RepeatedRows {
                found: survey.duplicates.clone(),
                share: Share::of(survey.duplicates.rows, surveyed.unwrap_or(0u64)),
            }),
            identity: Identity {
                customers: customers.len() as u64,
                respelled: ledger.identity.respelled,
                respelled_examples: ledger.identity.respelled_examples.clone(),
                rounded_rows: ledger.identity.rounded_rows,
                rounded_example: ledger.identity.rounded_example.clone(),
                likely_duplicates: survey.map(|survey| survey.likeness.clone()),
            },
            control: Control {
                revenue: Money::new(revenue, scale),
                revenue_with_unidentified: unidentified.of,
                rows: ledger.read(),
            },
            expected: None,
        }
    }
}

fn source(MappedSource { source, evidence, .. }: &MappedSource, survey: Option<&SourceSurvey>) -> SourceQuality {
    let mapping = evidence.iter().map(|evidence| RoleQuality {
        role: evidence.role,
        column: source.columns[evidence.column].name.clone(),
        position: evidence.column + 1,
        why: evidence.words(),
    });
    let columns = |survey: &SourceSurvey| {
        let columns = survey.columns.iter().enumerate().map(|(position, column)| ColumnQuality {
            survey: column.clone(),
            role: evidence.iter().find(|evidence| evidence.column == position).map(|evidence| evidence.role),
            filled_share: Share::of(column.filled, survey.rows),
        });
        columns.collect()
    };
    SourceQuality {
        name: source.place.to_string(),
        kind: source.kind.describe(),
        bytes: source.bytes,
        modified: survey.and_then(|survey| survey.modified).map(utc),
        sha256: survey.map(|survey| survey.sha256.clone()),
        mapping: mapping.collect(),
        rows: survey.map(|survey| survey.rows + survey.unreadable),
        narrow_rows: survey.and_then(|survey| survey.narrow),
        wide_rows: survey.and_then(|survey| survey.wide),
        columns: survey.map(columns),
    }
}

fn rows(ledger: &Ledger, counted: Option<u64>) -> Rows {
    let rejected = ledger.reasons().into_iter().map(|(reason, rows, examples)| Rejected {
        reason: reason.text(),
        policy: reason.policy().map(Policy::name),
        rows,
        examples: examples.to_vec(),
    });
    Rows { read: ledger.read(), kept: ledger.kept(), counted, rejected: rejected.collect(), notes: ledger.notes() }
}

fn accuracy(ledger: &Ledger, survey: Option<&Survey>) -> Accuracy {
    Accuracy {
        unreadable_dates: ledger.rejected_for(Reason::UnreadableDate),
        unreadable_amounts: ledger.rejected_for(Reason::UnreadableAmount),
        out_of_range: ledger.rejected_for(Reason::AmountTooLarge),
        not_utf8: ledger.rejected_for(Reason::NotUtf8),
        unreadable_rows: ledger.rejected_for(Reason::UnreadableRow),
        conflicting_orders: survey.and_then(|survey| survey.conflicts.clone()),
    }
}
