//! Which column plays which role: proposed from the names and confirmed by the values, with the evidence said.

mod lean;
mod look;

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use lean::Leaning;
pub use look::{ColumnLook, decided};

use lean::Lean;

use super::kind::{Kind, TextShape};
use super::parse::date::{DateDecision, DateEvidence, DateFormat, DateHint, DateOrder};
use super::parse::number::{DecimalMark, NumberFormat};
use super::parse::zone::Zone;
use super::source::{Source, SourceColumn};
use super::synonyms::{Claim, Match, Role, claim};
use crate::show::list::sentences;
use crate::tr;

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

/// A column that may play a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its 0-based position.
    pub column: usize,
    /// Higher is likelier; equal ones cannot be told apart.
    pub weight: usize,
    /// Why.
    pub evidence: Box<Grounds>,
}

/// Why a column may play a role: what its name claims and what its values look like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// How its name matches one of a role; `None`: its values alone speak for it.
    claim: Option<(Match, Role)>,
    look: ColumnLook,
}

impl fmt::Display for Grounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let look = &self.look;
        let Some((kind, role)) = self.claim else { return f.write_str(&tr!("by its values alone: {look}", look)) };
        let role = role.name();
        let claim = match kind {
            Match::Exact => tr!("its name is a name for the {role}", role),
            Match::Suffix => tr!("its name ends as a name for the {role}", role),
            Match::Contains => tr!("its name contains a name for the {role}", role),
        };
        f.write_str(&sentences(&[claim, look.to_string()]))
    }
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
    /// A column with the name of the amount that is passed over, as hardly a row has it.
    sparse: Option<usize>,
    /// The format of dates that the user gives.
    pub date_format: Option<DateFormat>,
    /// What each column's values look like.
    pub profiles: Vec<ColumnLook>,
}

impl Proposal {
    /// Proposes columns for all roles.
    #[must_use]
    pub fn of(columns: &[SourceColumn], options: &ValueOptions) -> Self {
        Self::by_looks(columns, Self::looks(columns, options), options)
    }

    /// The same for the columns of a file, whose kind says something too.
    #[must_use]
    pub fn of_source(source: &Source, options: &ValueOptions) -> Self {
        let mut looks = Self::looks(&source.columns, options);
        // Only text that people or their programs wrote may have a comma: all other numbers are numbers.
        let delimiter = match source.kind {
            Kind::Text { shape: TextShape::Delimited(delimiter), .. } => Some(delimiter),
            Kind::Text { shape: TextShape::Blanks, .. } => Some(b' '),
            _ => None,
        };
        match delimiter.map(|delimiter| Lean::of(&source.columns, &looks, delimiter)) {
            None => looks.iter_mut().for_each(|look| look.number.undecided = None),
            Some(None) => {}
            Some(Some(lean)) => {
                for (look, column) in looks.iter_mut().zip(&source.columns) {
                    *look = look.with_mark(column, options, &lean);
                }
            }
        }
        Self::by_looks(&source.columns, looks, options)
    }

    fn looks(columns: &[SourceColumn], options: &ValueOptions) -> Vec<ColumnLook> {
        columns.iter().map(|column| ColumnLook::of(column, options)).collect()
    }

    fn by_looks(columns: &[SourceColumn], profiles: Vec<ColumnLook>, options: &ValueOptions) -> Self {
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
        let mut proposal = Self { choices, contradicted, sparse: None, date_format: options.date_format, profiles };
        proposal.pass_over_sparse();
        proposal.fill_by_value(&mut taken);
        proposal
    }

    /// An amount that most rows do not have is none where all have quantity and unit price.
    fn pass_over_sparse(&mut self) {
        let Choice::Found(amount) = self.choice(Role::Amount) else { return };
        let column = amount.column;
        let look = &self.profiles[column];
        let is_whole = |role| match self.choice(role) {
            Choice::Found(candidate) => {
                let part = &self.profiles[candidate.column];
                part.filled * 10 >= part.rows * 9
            }
            _ => false,
        };
        if look.filled * 2 < look.rows && is_whole(Role::Quantity) && is_whole(Role::UnitPrice) {
            self.choices[Role::Amount as usize] = Choice::Missing;
            self.sparse = Some(column);
        }
    }

    /// The column with the name of the amount that was passed over, as hardly a row has it and all have a product.
    #[must_use]
    pub const fn sparse_amount(&self) -> Option<usize> {
        self.sparse
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
                .map(|column| Candidate {
                    column,
                    weight: 0,
                    evidence: Box::new(Grounds { claim: None, look: self.profiles[column].clone() }),
                })
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
}

fn by_name(columns: &[SourceColumn], profiles: &[ColumnLook], role: Role, taken: &[usize]) -> Choice {
    let candidates = columns.iter().enumerate().filter(|(position, _)| !taken.contains(position));
    let candidates = candidates.filter_map(|(position, column)| {
        let claim = claim(&column.name, role)?;
        let profile = &profiles[position];
        profile.allows(role).then(|| Candidate {
            column: position,
            weight: weight(claim),
            evidence: Box::new(Grounds { claim: Some((claim.kind, role)), look: profile.clone() }),
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
    use crate::lang::{Language, within};

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
    fn why_a_column_has_a_role_is_told_in_the_language_of_who_asks() {
        let columns = columns(&["客户编号", "单价"], &[&["a", "1,234"], &["a", ""]]);
        let proposal = Proposal::of(&columns, &ValueOptions::default());
        let told = |role: Role| match proposal.choice(role) {
            Choice::Found(candidate) => candidate.evidence.to_string(),
            other => format!("{other:?}"),
        };
        let chinese = |role: Role| within(Language::Hans, || told(role));
        assert_eq!(told(Role::Customer), "its name is a name for the customer; 2 of 2 sampled rows filled, 1 distinct");
        assert_eq!(chinese(Role::Customer), "列名是客户的常用名；2 行样本中 2 行有值，1 个不同值");
        assert_eq!(
            chinese(Role::UnitPrice),
            "列名是单价的常用名；2 行样本中 1 行有值，1 个不同值，1 个数字，写作 1,234.50，没有值能确定小数符号：\
             `1,234` 中的逗号视为千位分隔"
        );
    }

    #[test]
    fn a_name_that_its_values_contradict_is_passed_over() {
        let columns = columns(&["order_date", "date", "amount"], &[&["soon", "2024-01-05", "1.50"]]);
        assert_eq!(found(&Proposal::of(&columns, &ValueOptions::default()), Role::Date), Some(1));
    }

    #[test]
    fn an_amount_that_hardly_a_row_has_gives_way_to_quantity_and_unit_price() {
        let names = ["customer", "date", "qty", "unit price", "total"];
        let row = |total: &'static str| ["c", "2024-01-05", "2", "1.50", total];
        let few: Vec<[&str; 5]> = ["3.00", "", ""].map(row).to_vec();
        let most: Vec<[&str; 5]> = ["3.00", "", "3.00"].map(row).to_vec();
        let propose = |rows: &[[&str; 5]]| {
            let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
            Proposal::of(&columns(&names, &rows), &ValueOptions::default())
        };
        assert_eq!((found(&propose(&few), Role::Amount), propose(&few).sparse_amount()), (None, Some(4)));
        assert_eq!((found(&propose(&most), Role::Amount), propose(&most).sparse_amount()), (Some(4), None));
        // Nothing is better than little.
        let without: Vec<[&str; 5]> = few.iter().map(|row| [row[0], row[1], "", row[3], row[4]]).collect();
        assert_eq!(found(&propose(&without), Role::Amount), Some(4));
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
