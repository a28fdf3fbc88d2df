//! Which column plays which role: proposed from the names and confirmed by the values, with the evidence said.

use std::collections::HashSet;

use super::parse::date::DateFormat;
use super::source::SourceColumn;
use super::synonyms::{Claim, Match, Role, claim};
use crate::model::money::Decimal;

/// The share of a column's values, in percent, that must read as dates or numbers for the role to be believed. The rest
/// is dirt that the ledger will name.
const BELIEVED: usize = 70;

/// What the values of a column's sample look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnLook {
    /// Rows in the sample.
    pub rows: usize,
    /// Values that are there.
    pub filled: usize,
    /// Of those, different ones.
    pub distinct: usize,
    /// Of those, numbers.
    pub numbers: usize,
    /// Of the numbers, those with decimals.
    pub fractions: usize,
    /// Of those filled, likely dates of the column's best format.
    pub dates: usize,
    /// That format.
    pub format: Option<DateFormat>,
}

impl ColumnLook {
    /// Looks at a column's sample.
    #[must_use]
    pub fn of(column: &SourceColumn) -> Self {
        let filled: Vec<&str> = column.sample.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let numbers: Vec<Decimal> = filled.iter().filter_map(|text| Decimal::parse(text.as_bytes()).ok()).collect();
        let format = DateFormat::detect(&filled.iter().map(|text| text.as_bytes())).map(|(format, _)| format);
        let is_date = |text: &&&str| format.is_some_and(|format| is_likely_date(format, text));
        Self {
            rows: column.sample.len(),
            filled: filled.len(),
            distinct: filled.iter().collect::<HashSet<_>>().len(),
            numbers: numbers.len(),
            fractions: numbers.iter().filter(|number| number.decimals > 0).count(),
            dates: filled.iter().filter(is_date).count(),
            format,
        }
    }

    /// Whether most values are numbers.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.filled > 0 && self.numbers * 100 >= self.filled * BELIEVED
    }

    /// Whether most values are dates.
    #[must_use]
    pub fn is_date(&self) -> bool {
        self.filled > 0 && self.dates * 100 >= self.filled * BELIEVED
    }

    /// Whether the values can play a role at all.
    fn allows(&self, role: Role) -> bool {
        match role {
            Role::Date => self.is_date(),
            Role::Amount | Role::Quantity | Role::UnitPrice => self.is_number() && !self.is_date(),
            // Most orders have no refund: a column of few numbers will do.
            Role::Refund => !self.is_date() && self.numbers * 100 >= self.filled * BELIEVED,
            Role::Customer | Role::Order => self.filled > 0 && !self.is_date(),
            Role::Status | Role::Currency => self.filled > 0 && !self.is_date() && !self.is_number(),
        }
    }

    /// The values in words.
    fn describe(&self) -> String {
        let Self { rows, filled, distinct, numbers, dates, .. } = self;
        let mut parts = vec![format!("{filled} of {rows} sampled rows filled, {distinct} distinct")];
        match self.format {
            Some(format) if self.is_date() => parts.push(format!("{dates} dates {}", format.name())),
            _ if *numbers > 0 => parts.push(format!("{numbers} numbers, {} with decimals", self.fractions)),
            _ => {}
        }
        parts.join(", ")
    }
}

/// Whether a text is a date that a sale may have. `20240105` is a number as well; the years 1900 to 2099 tell it from an id
/// that happens to have eight digits.
fn is_likely_date(format: DateFormat, text: &str) -> bool {
    let likely = format != DateFormat::Compact || ["19", "20"].iter().any(|century| text.starts_with(century));
    likely && format.parse(text.as_bytes()).is_some()
}

/// A column that may play a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its 0-based position.
    pub column: usize,
    /// Higher is likelier; equal ones cannot be told apart.
    pub weight: usize,
    /// Why, in words.
    pub evidence: String,
}

/// What is proposed for a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One column.
    Found(Candidate),
    /// Several that cannot be told apart.
    Ambiguous(Vec<Candidate>),
    /// None.
    Missing,
}

/// The proposal for every role, in the order of [`Role::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    choices: [Choice; Role::ALL.len()],
    /// Columns whose names claim a role that their values do not bear out, the likeliest of each role.
    contradicted: [Option<usize>; Role::ALL.len()],
    /// What each column's values look like.
    pub profiles: Vec<ColumnLook>,
}

impl Proposal {
    /// Proposes columns for all roles.
    #[must_use]
    pub fn of(columns: &[SourceColumn]) -> Self {
        let profiles: Vec<ColumnLook> = columns.iter().map(ColumnLook::of).collect();
        let mut taken: Vec<usize> = Vec::new();
        // Dates first, they are the surest; an amount must not be mistaken for an id nor an id for an amount.
        let order = [
            Role::Date,
            Role::Customer,
            Role::Order,
            Role::UnitPrice,
            Role::Quantity,
            Role::Refund,
            Role::Amount,
            Role::Status,
            Role::Currency,
        ];
        let mut choices = [const { Choice::Missing }; Role::ALL.len()];
        for role in order {
            let choice = by_name(columns, &profiles, role, &taken);
            if let Choice::Found(candidate) = &choice {
                taken.push(candidate.column);
            }
            choices[role as usize] = choice;
        }
        let contradicted = Role::ALL.map(|role| contradicted(columns, &profiles, role));
        let mut proposal = Self { choices, contradicted, profiles };
        proposal.fill_by_value(&mut taken);
        proposal
    }

    /// What is proposed for a role.
    #[must_use]
    pub const fn choice(&self, role: Role) -> &Choice {
        &self.choices[role as usize]
    }

    /// The column whose name claims a role that its values do not bear out.
    #[must_use]
    pub const fn contradicted(&self, role: Role) -> Option<usize> {
        self.contradicted[role as usize]
    }

    /// Where names say nothing, values may: the one column of dates, of decimals, of ids.
    fn fill_by_value(&mut self, taken: &mut Vec<usize>) {
        let product =
            [Role::Quantity, Role::UnitPrice].iter().all(|role| matches!(self.choice(*role), Choice::Found(_)));
        for role in [Role::Date, Role::Amount, Role::Customer] {
            if *self.choice(role) != Choice::Missing || (role == Role::Amount && product) {
                continue;
            }
            let candidates: Vec<Candidate> = (0..self.profiles.len())
                .filter(|column| !taken.contains(column) && self.suits(*column, role))
                .map(|column| Candidate { column, weight: 0, evidence: self.by_value_evidence(column) })
                .collect();
            let choice = choose(candidates);
            if let Choice::Found(candidate) = &choice {
                taken.push(candidate.column);
            }
            self.choices[role as usize] = choice;
        }
    }

    fn suits(&self, column: usize, role: Role) -> bool {
        let profile = &self.profiles[column];
        match role {
            Role::Amount => profile.allows(role) && profile.fractions > 0,
            // An id comes back now and then, but there are many of them.
            Role::Customer => profile.allows(role) && profile.fractions == 0 && profile.distinct * 20 > profile.filled,
            _ => profile.allows(role),
        }
    }

    fn by_value_evidence(&self, column: usize) -> String {
        format!("by its values alone: {}", self.profiles[column].describe())
    }
}

fn by_name(columns: &[SourceColumn], profiles: &[ColumnLook], role: Role, taken: &[usize]) -> Choice {
    let candidates = columns.iter().enumerate().filter(|(position, _)| !taken.contains(position));
    let candidates = candidates.filter_map(|(position, column)| {
        let claim = claim(&column.name, role)?;
        let profile = &profiles[position];
        profile.allows(role).then(|| Candidate {
            column: position,
            weight: weight(claim),
            evidence: format!("{}; {}", claim_text(claim, role), profile.describe()),
        })
    });
    choose(candidates.collect())
}

fn contradicted(columns: &[SourceColumn], profiles: &[ColumnLook], role: Role) -> Option<usize> {
    let claims = columns.iter().enumerate().filter_map(|(position, column)| {
        let filled = profiles[position].filled > 0;
        claim(&column.name, role)
            .filter(|_| filled && !profiles[position].allows(role))
            .map(|claim| (position, weight(claim)))
    });
    claims.max_by_key(|(position, weight)| (*weight, std::cmp::Reverse(*position))).map(|(position, _)| position)
}

/// Exact before suffix before contains, then the better synonym.
fn weight(claim: Claim) -> usize {
    const STEP: usize = 1_000;
    (claim.kind as usize + 1) * STEP - claim.rank
}

fn claim_text(claim: Claim, role: Role) -> String {
    let how = match claim.kind {
        Match::Exact => "is",
        Match::Suffix => "ends as",
        Match::Contains => "contains",
    };
    format!("its name {how} a name for the {}", role.name())
}

fn choose(mut candidates: Vec<Candidate>) -> Choice {
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.weight));
    match candidates.as_slice() {
        [] => Choice::Missing,
        [best, next, ..] if best.weight == next.weight => {
            let weight = best.weight;
            candidates.retain(|candidate| candidate.weight == weight);
            Choice::Ambiguous(candidates)
        }
        [..] => Choice::Found(candidates.swap_remove(0)),
    }
}

/// Whether a first record names the columns: cells that are numbers or dates are data, unless the names are plain.
/// `columns` hold the first record as the first of their samples.
#[must_use]
pub fn looks_like_header(first: &[String], columns: &[SourceColumn]) -> bool {
    let named = first.iter().filter(|cell| Role::ALL.iter().any(|role| claim(cell, *role).is_some())).count();
    let is_value = |cell: &String| {
        let cell = cell.trim().as_bytes();
        Decimal::parse(cell).is_ok() || DateFormat::ALL.iter().any(|format| format.parse(cell).is_some())
    };
    let values = first.iter().filter(|cell| is_value(cell)).count();
    if columns.iter().all(|column| column.sample.len() < 2) {
        return named > 0 || values == 0;
    }
    values == 0 || (named >= 2 && values < named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str], rows: &[&[&str]]) -> Vec<SourceColumn> {
        let column = |(position, name): (usize, &&str)| SourceColumn {
            name: (*name).to_owned(),
            declared: String::new(),
            sample: rows.iter().map(|row| row[position].to_owned()).collect(),
        };
        names.iter().enumerate().map(column).collect()
    }

    fn found(proposal: &Proposal, role: Role) -> Option<usize> {
        match proposal.choice(role) {
            Choice::Found(candidate) => Some(candidate.column),
            _ => None,
        }
    }

    #[test]
    fn names_and_values_agree_on_the_roles() {
        let columns = columns(
            &["InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"],
            &[&["536365", "6", "2010-12-01 08:26:00", "2.55", "17850"], &["C5363", "-1", "2010-12-02", "3", ""]],
        );
        let proposal = Proposal::of(&columns);
        let roles = Role::ALL.map(|role| found(&proposal, role));
        assert_eq!(roles, [Some(4), Some(0), Some(2), None, Some(1), Some(3), None, None, None]);
    }

    #[test]
    fn a_name_that_its_values_contradict_is_passed_over() {
        let columns = columns(&["order_date", "date", "amount"], &[&["soon", "2024-01-05", "1.50"]]);
        assert_eq!(found(&Proposal::of(&columns), Role::Date), Some(1));
    }

    #[test]
    fn values_alone_find_date_and_amount_and_leave_ids_to_the_user() {
        let rows: [&[&str]; 3] = [
            &["00004", "0001", "19970101", "2", "29.33"],
            &["00004", "0001", "19970118", "2", "29.73"],
            &["00021", "0002", "19970101", "3", "63.34"],
        ];
        let proposal = Proposal::of(&columns(&["column 1", "column 2", "column 3", "column 4", "column 5"], &rows));
        assert_eq!((found(&proposal, Role::Date), found(&proposal, Role::Amount)), (Some(2), Some(4)));
        assert!(matches!(proposal.choice(Role::Customer), Choice::Ambiguous(candidates) if candidates.len() >= 2));
    }

    #[test]
    fn a_header_is_told_from_data() {
        let rows = |rows: &[&[&str]]| columns(&vec![""; rows[0].len()], rows);
        let first = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let header = ["who", "when", "how much"];
        assert!(looks_like_header(&first(&header), &rows(&[&header, &["a", "2024-01-05", "3"]])));
        let data = ["a", "2024-01-05", "3"];
        assert!(!looks_like_header(&first(&data), &rows(&[&data, &data])));
    }
}
