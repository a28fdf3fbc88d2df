//! Which column plays which role: proposed from the names and confirmed by the values, with the evidence said.

use std::collections::HashSet;

use super::kind::{Kind, TextShape};
use super::parse::date::{DateDecision, DateEvidence, DateFormat, DateHint, DateOrder, Mark};
use super::parse::number::{DecimalMark, NumberDecision, NumberEvidence, NumberFormat, unit_of_header};
use super::parse::zone::Zone;
use super::source::{Source, SourceColumn};
use super::synonyms::{Claim, Match, Role, claim};
use crate::show::numbers::{count, counted};

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
            date: decided_by_name(&dates, &column.name, options),
        }
    }

    /// The same column where another mark than its own values is believed, which they do not tell.
    fn with_mark(&self, column: &SourceColumn, options: &ValueOptions, lean: &Lean) -> Self {
        let Some(example) = self.number.undecided.clone() else { return self.clone() };
        let mut look = Self::of(column, &ValueOptions { decimal: Some(lean.mark), ..*options });
        let value = look.number.format.parse(example.as_bytes()).map(|number| number.value.to_string());
        let value = value.unwrap_or_default();
        look.number.evidence = format!(
            "no value tells the decimal mark; {} speaks for a {}: `{example}` is {value}",
            lean.why,
            lean.mark.word()
        );
        look.number.undecided = (!lean.is_sure).then_some(example);
        look
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
        let mut parts = vec![format!(
            "{} of {} filled, {} distinct",
            count(*filled),
            counted(*rows, "sampled row"),
            count(*distinct)
        )];
        match &self.date {
            DateDecision::Decided { format, read, evidence, .. } if self.is_date() => {
                parts.push(format!("{} {}", counted(*read, "date"), format.name()));
                parts.extend(Some(evidence.clone()).filter(|evidence| !evidence.is_empty()));
            }
            DateDecision::Ambiguous { example, .. } => {
                parts.push(format!("dates such as `{example}`, day first or month first"));
            }
            _ if number.read > 0 => {
                parts.push(format!("{}, {} with decimals", counted(number.read, "number"), count(*fractions)));
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

/// What the values observed so far say of the dates of a column that is taken for the date, by its name, by its values or by
/// somebody's word.
#[must_use]
pub fn decided(dates: &DateEvidence, name: &str, options: &ValueOptions) -> DateDecision {
    decided_by(dates, DateHint { named_date: true, minguo: is_minguo(name) }, options)
}

/// The same of a column that may be anything: it is called a date or it is not.
fn decided_by_name(dates: &DateEvidence, name: &str, options: &ValueOptions) -> DateDecision {
    let named_date = claim(name, Role::Date).is_some();
    decided_by(dates, DateHint { named_date, minguo: is_minguo(name) }, options)
}

fn is_minguo(name: &str) -> bool {
    name.contains('民')
}

fn decided_by(dates: &DateEvidence, hint: DateHint, options: &ValueOptions) -> DateDecision {
    match options.date_format {
        // A format that the user gives is believed of what is called a date.
        Some(format) if hint.named_date => {
            let of = dates.filled();
            DateDecision::Decided { format, read: of, of, evidence: "format given".to_owned() }
        }
        _ => dates.decide(options.date_order, hint),
    }
}

/// What speaks for a decimal mark beside the values of a column.
#[derive(Clone, Debug)]
struct Lean {
    mark: DecimalMark,
    why: String,
    /// Whether that settles it.
    is_sure: bool,
}

impl Lean {
    /// What the other columns and the delimiter say.
    fn of(columns: &[SourceColumn], looks: &[ColumnLook], delimiter: u8) -> Option<Self> {
        let numbers = columns.iter().zip(looks).filter(|(_, look)| look.is_number() && !look.is_date());
        let told: Vec<(&str, DecimalMark)> = numbers
            .filter(|(_, look)| look.number.told)
            .map(|(column, look)| (column.name.as_str(), look.number.format.mark))
            .collect();
        if let Some((name, mark)) = told.first() {
            let agree = told.iter().all(|(_, other)| other == mark);
            return agree.then(|| Self { mark: *mark, why: format!("column `{name}`"), is_sure: true });
        }
        let has_points = |format: &DateFormat| {
            matches!(format, DateFormat::Numbers { order: DateOrder::DayFirst, mark: Mark::Point, .. })
        };
        let is_german = |look: &ColumnLook| match &look.date {
            DateDecision::Decided { format, .. } => has_points(format),
            DateDecision::Ambiguous { readings, .. } => readings.iter().any(has_points),
            DateDecision::None => false,
        };
        let why = match (delimiter, columns.iter().zip(looks).find(|(_, look)| is_german(look))) {
            (_, Some((column, _))) => format!("the form of the dates in `{}`", column.name),
            (b';', None) => "the semicolon between columns".to_owned(),
            _ => return None,
        };
        Some(Self { mark: DecimalMark::Comma, why, is_sure: false })
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
