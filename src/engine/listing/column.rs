//! The columns of a list, and what it is sorted by.

use std::cmp::Ordering;
use std::sync::Arc;

use thiserror::Error;

use crate::engine::analysis::Analysis;
use crate::engine::fields::{Definition, Field, FieldColumn};
use crate::model::customers::Axis;
use crate::model::field::{FieldId, FieldKind, Vocabulary, key, nearest};
use crate::model::measures::{Measure, Monetary};
use crate::show::text::clean;
use crate::tr;

/// A column of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// What an axis measures.
    Axis(Axis),
    /// The three scores side by side.
    Scores,
    /// A field.
    Field(Field),
}

/// A name that is no column.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("`{name}` is no column; {advice}", name, advice = advice(near)))]
pub struct UnknownColumn {
    name: String,
    near: Vec<String>,
}

fn advice(near: &[String]) -> String {
    if near.is_empty() {
        tr!("`--columns help` lists them").to_owned()
    } else {
        tr!("did you mean {names}? `--columns help` lists all", names = near.join(", "))
    }
}

/// What the three scores together are called.
const SCORES: &str = "scores";

impl Column {
    /// The id.
    pub const CUSTOMER: Self = Self::Field(Field::Customer);

    /// The columns that a list begins with, what tells most of a customer first.
    pub const USUAL: [Self; 9] = [
        Self::CUSTOMER,
        Self::Axis(Axis::Recency),
        Self::Axis(Axis::Frequency),
        Self::Axis(Axis::Monetary),
        Self::Scores,
        Self::Field(Field::Segment),
        Self::Field(Field::Measure(Measure::Monetary(Monetary::MeanOrder))),
        Self::Field(Field::FirstOrder),
        Self::Field(Field::LastOrder),
    ];

    /// A column by the name of its field, whatever its case and joints; the bare names of the axes stand for what the axes
    /// measure.
    ///
    /// # Errors
    /// [`UnknownColumn`] naming what comes nearest.
    pub fn named(analysis: &Analysis, name: &str) -> Result<Self, UnknownColumn> {
        let wanted = key(name);
        if let Some(axis) = Axis::ALL.into_iter().find(|axis| axis.name() == wanted) {
            return Ok(Self::Axis(axis));
        }
        if wanted == SCORES {
            return Ok(Self::Scores);
        }
        let vocabulary = analysis.fields().vocabulary(analysis.scheme());
        if let Some(field) = vocabulary.field(name) {
            return Ok(Self::Field(analysis.fields().definition(field).field));
        }
        let near = nearest(name, vocabulary.names()).iter().map(|near| clean(near).into_owned()).collect();
        Err(UnknownColumn { name: clean(name).into_owned(), near })
    }

    /// The name that it is found by.
    #[must_use]
    pub fn name(self, analysis: &Analysis) -> String {
        match self {
            Self::Axis(axis) => axis.name().to_owned(),
            Self::Scores => SCORES.to_owned(),
            Self::Field(_) => self.definition(analysis).map(|known| known.name.clone()).unwrap_or_default(),
        }
    }

    /// The field that it shows; `None` for the three scores, and for a field that is not there.
    #[must_use]
    pub fn field(self, analysis: &Analysis) -> Option<FieldId> {
        let field = match self {
            Self::Axis(axis) => Field::Measure(analysis.measured().measure(axis)),
            Self::Scores => return None,
            Self::Field(field) => field,
        };
        analysis.fields().id(field)
    }

    /// What its field is.
    #[must_use]
    pub fn definition(self, analysis: &Analysis) -> Option<&Definition> {
        self.field(analysis).map(|field| analysis.fields().definition(field))
    }

    /// What its values are; `None` for the three scores, and for a field that is not there.
    #[must_use]
    pub fn kind(self, analysis: &Analysis) -> Option<FieldKind> {
        self.definition(analysis).map(|definition| definition.kind)
    }

    /// Whether it changes with cuts or scheme.
    #[must_use]
    pub const fn follows_cuts(self) -> bool {
        match self {
            Self::Scores => true,
            Self::Axis(_) => false,
            Self::Field(field) => field.follows_cuts(),
        }
    }

    /// Whether one looks at the largest first.
    #[must_use]
    pub fn descends(self, analysis: &Analysis) -> bool {
        match (self, self.kind(analysis)) {
            (Self::Scores | Self::Field(Field::LastOrder), _) => true,
            (Self::Field(Field::Rank | Field::FirstOrder), _) => false,
            (_, kind) => !matches!(kind, Some(FieldKind::Text | FieldKind::Days | FieldKind::Date)),
        }
    }
}

/// A column that a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The column.
    pub column: Column,
    /// Largest first.
    pub descending: bool,
}

/// How a list is sorted: by a column, and where that is equal by others. Those equal in all stand by position, in the
/// direction of the first; whoever has no value in a column comes last, whichever its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    first: Key,
    others: [Option<Key>; Self::MOST - 1],
}

/// Why a column cannot be sorted by, after others.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SortError {
    /// No room.
    #[error("{}", tr!("a list is sorted by at most {most} columns", most = Sort::MOST))]
    TooMany,
    /// Scores and segments, after what does not follow the cuts.
    #[error("{}", tr!("scores and segments follow the cuts: sort by them first, then by others"))]
    FollowsCuts,
}

impl Sort {
    /// Columns that a list can be sorted by.
    pub const MOST: usize = 4;

    /// How a column is written that is sorted by from the largest down, behind its name and a colon.
    pub const DESCENDING: &str = "desc";

    /// By a column.
    #[must_use]
    pub const fn new(column: Column, descending: bool) -> Self {
        Self { first: Key { column, descending }, others: [None; Self::MOST - 1] }
    }

    /// By a column, the way one looks at it first.
    #[must_use]
    pub fn by(analysis: &Analysis, column: Column) -> Self {
        Self::new(column, column.descends(analysis))
    }

    /// What it sorts by first.
    #[must_use]
    pub const fn first(self) -> Key {
        self.first
    }

    /// What it sorts by as it is typed: `segment:asc`, then `monetary:desc`.
    #[must_use]
    pub fn texts(self, analysis: &Analysis) -> Vec<String> {
        let text = |key: Key| {
            format!("{}:{}", key.column.name(analysis), if key.descending { Self::DESCENDING } else { "asc" })
        };
        self.keys().map(text).collect()
    }

    /// All that it sorts by, the first one first.
    pub fn keys(self) -> impl Iterator<Item = Key> {
        std::iter::once(self.first).chain(self.others.into_iter().flatten())
    }

    /// By another column too, where all that is sorted by so far is equal; one that is sorted by already is turned round.
    ///
    /// # Errors
    /// [`SortError`] saying what to do instead.
    pub fn then(self, key: Key) -> Result<Self, SortError> {
        let Self { mut first, mut others } = self;
        if let Some(known) =
            std::iter::once(&mut first).chain(others.iter_mut().flatten()).find(|k| k.column == key.column)
        {
            known.descending = !known.descending;
        } else if key.column.follows_cuts() && !self.keys().all(|known| known.column.follows_cuts()) {
            return Err(SortError::FollowsCuts);
        } else {
            let free = others.iter_mut().find(|other| other.is_none());
            *free.ok_or(SortError::TooMany)? = Some(key);
        }
        Ok(Self { first, others })
    }

    /// By some keys, the first one first; `None` without any. Those that cannot be sorted by, after the ones before, are left
    /// out.
    #[must_use]
    pub fn of(keys: &[Key]) -> Option<Self> {
        let (first, rest) = keys.split_first()?;
        let first = Self::new(first.column, first.descending);
        let known = |sort: Self, key: &Key| sort.place(key.column).is_some();
        Some(rest.iter().fold(first, |sort, key| if known(sort, key) { sort } else { sort.then(*key).unwrap_or(sort) }))
    }

    /// The other way round, in all columns.
    #[must_use]
    pub fn reversed(self) -> Self {
        let turned = |key: Key| Key { descending: !key.descending, ..key };
        Self { first: turned(self.first), others: self.others.map(|key| key.map(turned)) }
    }

    /// The place of a column among those sorted by, from 0, and its direction.
    #[must_use]
    pub fn place(self, column: Column) -> Option<(usize, bool)> {
        self.keys().enumerate().find(|(_, key)| key.column == column).map(|(place, key)| (place, key.descending))
    }
}

impl Default for Sort {
    fn default() -> Self {
        Self::new(Column::Axis(Axis::Monetary), true)
    }
}

/// What customers are compared by.
#[derive(Clone, Debug)]
pub(in crate::engine) struct KeyValues {
    pub(super) values: Arc<FieldColumn>,
    pub(super) is_id: bool,
    pub(super) descending: bool,
    /// The field, where what its values are can be changed.
    settable: Option<FieldId>,
}

impl KeyValues {
    /// What keys compare; a key whose field is not there compares nothing.
    pub(in crate::engine) fn of(analysis: &Analysis, keys: &[Key]) -> Vec<Self> {
        let of = |key: &Key| {
            let field = key.column.field(analysis)?;
            let values = analysis.fields().column(field, analysis.scoring());
            let settable = analysis.fields().definition(field).field.follows_rules().then_some(field);
            Some(Self { values, is_id: key.column == Column::CUSTOMER, descending: key.descending, settable })
        };
        keys.iter().filter_map(of).collect()
    }

    /// Whether the values are those of the field as it is now.
    pub(super) fn is_current(&self, analysis: &Analysis) -> bool {
        let now = |field| analysis.fields().known(field);
        self.settable.is_none_or(|field| now(field).is_some_and(|known| Arc::ptr_eq(&known, &self.values)))
    }
}

/// How two customers stand to each other in a list that is read forwards.
pub(in crate::engine) fn compare(analysis: &Analysis, keys: &[KeyValues], [one, other]: [usize; 2]) -> Ordering {
    let ids = &analysis.customers().ids;
    for key in keys {
        let order = match (key.values.get(one), key.values.get(other)) {
            (Some(a), Some(b)) => {
                // The codes of other texts are in the order of the texts, but for segments and tiers, which have their own.
                let rising = if key.is_id { ids.get(one).cmp(ids.get(other)) } else { a.cmp(&b) };
                if key.descending { rising.reverse() } else { rising }
            }
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
        };
        if order.is_ne() {
            return order;
        }
    }
    if keys.first().is_some_and(|key| key.descending) { other.cmp(&one) } else { one.cmp(&other) }
}
