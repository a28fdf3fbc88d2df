//! Which column plays which role: proposed from the names and confirmed by the values, with the evidence said.

use std::collections::HashSet;

use super::parse::date::{DateDecision, DateEvidence, DateFormat, DateHint, DateOrder};
use super::parse::number::{DecimalMark, NumberDecision, NumberEvidence, NumberFormat, unit_of_header};
use super::parse::zone::Zone;
use super::source::SourceColumn;
use super::synonyms::{Claim, Match, Role, claim};

/// The share of a column's values, in percent, that must read as dates or numbers for the role to be believed. The rest
/// is dirt that the ledger will name.
const BELIEVED: u64 = 70;

/// What the user says of how values are written, where detection is not wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ValueOptions {
    /// The format of dates; `None`: told by the values.
    pub date_format: Option<DateFormat>,
    /// Whether day or month comes first where dates are three numbers; `None`: told by the values.
    pub date_order: Option<DateOrder>,
    /// The decimal mark; `None`: told by the values.
    pub decimal: Option<DecimalMark>,
    /// The zone that instants are turned to days in; `None`: as written, or as the file says.
    pub zone: Option<Zone>,
}

/// What the values of a column's sample look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnLook {
    /// Rows in the sample.
    pub rows: u64,
    /// Values that are there.
    pub filled: u64,
    /// Of those, different ones.
    pub distinct: u64,
    /// What those that are numbers look like.
    pub number: NumberDecision,
    /// Of those filled, numbers with decimals.
    pub fractions: u64,
    /// What those that are dates look like.
    pub date: DateDecision,
}

impl ColumnLook {
    /// Looks at a column's sample.
    #[must_use]
    pub fn of(column: &SourceColumn, options: &ValueOptions) -> Self {
        let filled: Vec<&str> = column.sample.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let (mut numbers, mut dates) = (NumberEvidence::default(), DateEvidence::default());
        for text in &filled {
            numbers.observe(text.as_bytes());
            dates.observe(text.as_bytes());
        }
        let mut number = numbers.decide(options.decimal);
        if let Some(unit) = unit_of_header(&column.name) {
            number.format = number.format.with_unit(unit);
        }
        let values = filled.iter().filter_map(|text| number.format.parse(text.as_bytes()).ok());
        let fractions = values.filter(|number| number.value.significant().decimals > 0).count() as u64;
        Self {
            rows: column.sample.len() as u64,
            filled: filled.len() as u64,
            distinct: filled.iter().collect::<HashSet<_>>().len() as u64,
            number,
            fractions,
            date: decided(&dates, &column.name, options),
        }
    }

    /// How its numbers are written.
    #[must_use]
    pub const fn number_format(&self) -> NumberFormat {
        self.number.format
    }

    /// Whether most values are numbers.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        self.filled > 0 && self.number.read * 100 >= self.filled * BELIEVED
    }

    /// Whether most values are dates.
    #[must_use]
    pub const fn is_date(&self) -> bool {
        match &self.date {
            DateDecision::Decided { read, .. } => self.filled > 0 && *read * 100 >= self.filled * BELIEVED,
            DateDecision::Ambiguous { .. } => true,
            DateDecision::None => false,
        }
    }

    /// Whether the values can play a role at all.
    const fn allows(&self, role: Role) -> bool {
        match role {
            Role::Date => self.is_date(),
            Role::Amount | Role::Quantity | Role::UnitPrice => self.is_number() && !self.is_date(),
            // Most orders have no refund: a column of few numbers will do.
            Role::Refund => !self.is_date() && self.number.read * 100 >= self.filled * BELIEVED,
            Role::Customer | Role::Order => self.filled > 0 && !self.is_date(),
            Role::Status | Role::Currency => self.filled > 0 && !self.is_date() && !self.is_number(),
        }
    }

    /// The values in words.
    fn describe(&self) -> String {
        let Self { rows, filled, distinct, number, fractions, .. } = self;
        let mut parts = vec![format!("{filled} of {rows} sampled rows filled, {distinct} distinct")];
        match &self.date {
            DateDecision::Decided { format, read, evidence, .. } if self.is_date() => {
                parts.push(format!("{read} dates {}", format.name()));
                parts.extend(Some(evidence.clone()).filter(|evidence| !evidence.is_empty()));
            }
            DateDecision::Ambiguous { example, .. } => {
                parts.push(format!("dates such as `{example}`, day first or month first"));
            }
            _ if number.read > 0 => {
                parts.push(format!("{} numbers, {fractions} with decimals", number.read));
                if number.format != NumberFormat::default() {
                    parts.push(format!("written {}", number.format.name()));
                }
                parts.extend(Some(number.evidence.clone()).filter(|evidence| !evidence.is_empty()));
            }
            _ => {}
        }
        parts.join(", ")
    }
}

/// What the values observed so far say of a column's dates.
#[must_use]
pub fn decided(dates: &DateEvidence, name: &str, options: &ValueOptions) -> DateDecision {
    let hint = DateHint { named_date: claim(name, Role::Date).is_some(), minguo: name.contains("民") };
    match options.date_format {
        // A format that the user gives is believed of the columns that are called a date.
        Some(format) if hint.named_date => {
            let of = dates.filled();
            DateDecision::Decided { format, read: of, of, evidence: "format given".to_owned() }
        }
        _ => dates.decide(options.date_order, hint),
    }
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
    pub fn of(columns: &[SourceColumn], options: &ValueOptions) -> Self {
        let profiles: Vec<ColumnLook> = columns.iter().map(|column| ColumnLook::of(column, options)).collect();
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

/// Whether the first record names the columns: cells that are numbers or dates are data, unless the names are plain.
#[must_use]
pub fn names_columns(records: &[Vec<String>]) -> bool {
    let Some(first) = records.first() else { return false };
    let named = roles_named(first);
    let values = first.iter().filter(|cell| is_value(cell)).count();
    if records.len() < 2 {
        return named > 0 || values == 0;
    }
    let different = first.iter().filter(|cell| !cell.trim().is_empty()).collect::<HashSet<_>>().len();
    (values == 0 && different > 0) || (named >= 2 && values < named)
}

/// How many cells of a record are names of columns with a role.
#[must_use]
pub fn roles_named(record: &[String]) -> usize {
    record.iter().filter(|cell| Role::ALL.iter().any(|role| claim(cell, *role).is_some())).count()
}

/// Whether a cell is a number or a date, however written.
fn is_value(cell: &str) -> bool {
    let mut dates = DateEvidence::default();
    dates.observe(cell.as_bytes());
    let number = |mark| NumberFormat { mark, ..NumberFormat::default() }.parse(cell.trim().as_bytes()).is_ok();
    number(DecimalMark::Point)
        || number(DecimalMark::Comma)
        || dates.decide(None, DateHint::default()) != DateDecision::None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str], rows: &[&[&str]]) -> Vec<SourceColumn> {
        let column = |(position, name): (usize, &&str)| SourceColumn {
            name: (*name).to_owned(),
            named: true,
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
        let proposal = Proposal::of(&columns, &ValueOptions::default());
        let roles = Role::ALL.map(|role| found(&proposal, role));
        assert_eq!(roles, [Some(4), Some(0), Some(2), None, Some(1), Some(3), None, None, None]);
    }

    #[test]
    fn a_name_that_its_values_contradict_is_passed_over() {
        let columns = columns(&["order_date", "date", "amount"], &[&["soon", "2024-01-05", "1.50"]]);
        assert_eq!(found(&Proposal::of(&columns, &ValueOptions::default()), Role::Date), Some(1));
    }

    #[test]
    fn values_alone_find_date_and_amount_and_leave_ids_to_the_user() {
        let rows: [&[&str]; 3] = [
            &["00004", "0001", "19970101", "2", "29.33"],
            &["00004", "0001", "19970118", "2", "29.73"],
            &["00021", "0002", "19970101", "3", "63.34"],
        ];
        let proposal = Proposal::of(
            &columns(&["column 1", "column 2", "column 3", "column 4", "column 5"], &rows),
            &ValueOptions::default(),
        );
        assert_eq!((found(&proposal, Role::Date), found(&proposal, Role::Amount)), (Some(2), Some(4)));
        assert!(matches!(proposal.choice(Role::Customer), Choice::Ambiguous(candidates) if candidates.len() >= 2));
    }

    #[test]
    fn a_header_is_told_from_data() {
        let records = |rows: &[&[&str]]| {
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect::<Vec<Vec<String>>>()
        };
        let data = ["a", "2024-01-05", "3"];
        assert!(names_columns(&records(&[&["who", "when", "how much"], &data])));
        assert!(!names_columns(&records(&[&data, &data])));
        assert!(!names_columns(&records(&[&["a", "5.1.2024", "3,50"], &data])));
    }
}
