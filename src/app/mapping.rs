//! Which column plays which role: the screen on which that is chosen, wherever it is opened from.

use super::action::Action;
use super::context::Context;
use super::keymap::Keymap;
use super::words::{self, clauses};
use crate::data::columns::{Candidate, Choice, Grounds, Proposal, ValueOptions};
use crate::data::mapping::{Gap, WantedColumns, settle};
use crate::data::mapping_memory::{Chosen, MemoryError, recalled, untyped};
use crate::data::parse::date::DateOrder;
use crate::data::place::Place;
use crate::data::source::{Source, SourceError, TextOptions};
use crate::data::synonyms::Role;
use crate::show::text::clean;
use crate::tr;

/// The roles in the order that the screen names their keys.
pub const ROLES: [Role; 9] = [
    Role::Customer,
    Role::Order,
    Role::Date,
    Role::Amount,
    Role::Quantity,
    Role::UnitPrice,
    Role::Refund,
    Role::Status,
    Role::Currency,
];

/// The keys after each other that load the data again as it is: to the columns, and on.
#[must_use]
pub fn loading_again(keymap: &Keymap) -> [String; 2] {
    [keymap.name_of(Action::Mapping), keymap.name_in(Context::Mapping, Action::Select)]
}

/// Why a column plays a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Chosen on the screen.
    You,
    /// Typed as an option or in a scenario.
    Typed,
    /// Chosen for another file with the same header.
    Remembered,
    /// Proposed, for this reason.
    Proposed(String),
}

/// A role that a column plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The role.
    pub role: Role,
    /// The column, 0-based.
    pub column: usize,
    /// Why.
    pub why: Why,
    /// Whether it is of no use: the amount comes from elsewhere.
    pub is_idle: bool,
}

/// A file looked at for choosing its columns; made in a thread of its own.
#[derive(Clone, Debug)]
pub struct Inspected {
    /// The file with samples.
    pub source: Source,
    /// What is remembered of its header.
    pub remembered: Vec<Chosen>,
}

impl Inspected {
    /// Looks at a file.
    ///
    /// # Errors
    /// [`SourceError`] naming the file and what is wrong.
    pub fn of(place: &Place, text: &TextOptions, memory: Option<&std::path::Path>) -> Result<Self, SourceError> {
        let source = Source::open(place, text)?;
        // A memory that cannot be used is told of where the data is opened.
        let remembered = memory.map(|memory| recalled(memory, &source)).transpose();
        Ok(Self { remembered: remembered.unwrap_or_default().unwrap_or_default(), source })
    }
}

/// What is remembered of the header that all of some files have, beside typed columns, and what is wrong with the memory.
#[must_use]
pub fn remembered(
    memory: Option<&std::path::Path>,
    sources: &[&Source],
    wanted: &WantedColumns,
) -> (Vec<Chosen>, Option<MemoryError>) {
    let (Some(memory), Some(first)) = (memory, sources.first()) else { return (Vec::new(), None) };
    match recalled(memory, first) {
        Ok(chosen) => (untyped(&chosen, wanted), None),
        Err(problem) => (Vec::new(), Some(problem)),
    }
}

/// The columns of a file with their roles, and a cursor.
#[derive(Clone, Debug)]
pub struct MappingScreen {
    /// The file, with samples.
    pub source: Source,
    /// Other files of the data set with the same columns; what is chosen holds for them too.
    pub same: Vec<Source>,
    /// Column under the cursor, 0-based.
    pub cursor: usize,
    /// Whether day or month comes first in dates that do not tell, where that was chosen.
    pub order: Option<DateOrder>,
    /// What the last key did, or why the data cannot be opened so.
    pub said: Option<String>,
    /// Whether that is a problem.
    pub is_problem: bool,
    /// Why nothing is open without it, where leaving goes back to that.
    pub beneath: Option<String>,
    proposal: Proposal,
    typed: WantedColumns,
    /// What was chosen on a screen, now or before.
    chosen: Vec<Chosen>,
    remembered: Vec<Chosen>,
    /// Whether anything was chosen or forgotten since the screen was opened.
    changed: bool,
}

const PRODUCT: [Role; 2] = [Role::Quantity, Role::UnitPrice];

impl MappingScreen {
    /// The screen of a file, by what was typed, chosen before and remembered.
    #[must_use]
    pub fn new(inspected: Inspected, typed: &WantedColumns, chosen: Vec<Chosen>, values: ValueOptions) -> Self {
        let Inspected { source, remembered } = inspected;
        let mut typed = typed.clone();
        typed.forget_picked();
        let remembered = untyped(&remembered, &typed);
        Self {
            proposal: Proposal::of_source(&source, &values),
            source,
            order: values.date_order,
            same: Vec::new(),
            cursor: 0,
            said: None,
            is_problem: false,
            beneath: None,
            typed,
            chosen,
            remembered,
            changed: false,
        }
    }

    /// The same where the loader asks: the gap is told, and the cursor stands on the first column that may close it.
    #[must_use]
    pub fn asking(mut self, gaps: &[Gap], keymap: &Keymap) -> Self {
        self.cursor = gaps.first().and_then(|gap| self.likely(gap)).unwrap_or(0);
        self.complain(gaps_text(gaps, keymap));
        self
    }

    fn likely(&self, gap: &Gap) -> Option<usize> {
        let named = |name: &String| self.source.columns.iter().position(|column| column.name == *name);
        match gap {
            Gap::Ambiguous(_, names) => names.first().and_then(named),
            Gap::Contradicted(_, name, _) | Gap::DayOrMonth(name, _) | Gap::Twice(_, _, name) => named(name),
            Gap::Missing(_) | Gap::Unknown(..) => None,
        }
    }

    fn say(&mut self, text: String) {
        (self.said, self.is_problem) = (Some(text), false);
    }

    /// Says why the data cannot be opened so.
    pub fn complain(&mut self, text: String) {
        (self.said, self.is_problem) = (Some(text), true);
    }

    /// Says whether the day or the month comes first in dates that do not tell.
    pub fn set_order(&mut self, order: DateOrder, keymap: &Keymap) {
        self.order = Some(order);
        self.changed = true;
        let key = keymap.name_in(Context::Mapping, Action::Select);
        self.say(if order == DateOrder::DayFirst {
            tr!("the day comes first in dates that do not tell; {key} opens the data so", key)
        } else {
            tr!("the month comes first in dates that do not tell; {key} opens the data so", key)
        });
    }

    /// Whether anything was chosen or forgotten.
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        self.changed
    }

    /// Whether anything is remembered of the file's header.
    #[must_use]
    pub const fn is_remembered(&self) -> bool {
        !self.remembered.is_empty()
    }

    /// What is remembered of the file's header, if anything is.
    #[must_use]
    pub fn remembered(&self) -> Option<Vec<Chosen>> {
        self.is_remembered().then(|| self.remembered.clone())
    }

    /// What a list says of a role, its latest word.
    fn of(list: &[Chosen], role: Role) -> Option<Chosen> {
        list.iter().rev().find(|(known, _)| *known == role).copied()
    }

    /// The column of a role and why, whether it is of use or not.
    fn given(&self, role: Role) -> Option<(usize, Why)> {
        if let Some((_, column)) = Self::of(&self.chosen, role) {
            return column.map(|column| (column, Why::You));
        }
        if let Some(typed) = self.typed.typed(role) {
            return self.source.position(typed).map(|column| (column, Why::Typed));
        }
        if let Some((_, column)) = Self::of(&self.remembered, role) {
            return column.map(|column| (column, Why::Remembered));
        }
        match self.proposal.choice(role) {
            Choice::Found(Candidate { column, evidence, .. }) => Some((*column, Why::Proposed(evidence.to_string()))),
            Choice::Ambiguous(_) | Choice::Missing => None,
        }
    }

    /// Whether the amount is quantity times unit price: by the first who says anything of it, an amount before a product.
    #[must_use]
    pub fn is_product(&self) -> bool {
        let typed: Vec<Chosen> = Role::ALL
            .into_iter()
            .filter_map(|role| Some((role, Some(self.source.position(self.typed.typed(role)?).unwrap_or_default()))))
            .collect();
        for list in [&self.chosen, &typed, &self.remembered] {
            match Self::of(list, Role::Amount) {
                Some((_, Some(_))) => return false,
                Some((_, None)) => return PRODUCT.iter().any(|role| self.given(*role).is_some()),
                None if list.iter().any(|(role, column)| PRODUCT.contains(role) && column.is_some()) => return true,
                None => {}
            }
        }
        let found = |role| matches!(self.proposal.choice(role), Choice::Found(_));
        *self.proposal.choice(Role::Amount) == Choice::Missing && PRODUCT.into_iter().all(found)
    }

    /// Every role that a column plays, in the order of roles.
    #[must_use]
    pub fn roles(&self) -> Vec<Given> {
        let product = self.is_product();
        let is_idle = |role: Role| if PRODUCT.contains(&role) { !product } else { product && role == Role::Amount };
        let given = |role| {
            let (column, why) = self.given(role)?;
            Some(Given { role, column, why, is_idle: is_idle(role) })
        };
        Role::ALL.into_iter().filter_map(given).collect()
    }

    /// Roles of which a column is one candidate of several, with the evidence.
    #[must_use]
    pub fn candidate(&self, column: usize) -> Option<(Role, &Grounds)> {
        let open = Role::ALL.into_iter().filter(|role| {
            Self::of(&self.chosen, *role).is_none()
                && self.typed.typed(*role).is_none()
                && Self::of(&self.remembered, *role).is_none()
        });
        let found = open.filter_map(|role| match self.proposal.choice(role) {
            Choice::Ambiguous(candidates) => {
                let candidate = candidates.iter().find(|candidate| candidate.column == column)?;
                Some((role, &*candidate.evidence))
            }
            _ => None,
        });
        found.into_iter().next()
    }

    /// Moves the cursor to a column, or the last.
    pub fn go(&mut self, column: usize) {
        self.cursor = column.min(self.source.columns.len().saturating_sub(1));
    }

    /// Gives a role to the column under the cursor. A role has one column and a column one role: what was there before
    /// goes, and it is said.
    pub fn give(&mut self, role: Role) {
        let Some(name) = self.source.columns.get(self.cursor).map(|column| clean(&column.name).into_owned()) else {
            return;
        };
        let before = self.roles();
        let mut told = vec![tr!("{role} is {column}", role = words::role(role), column = name)];
        let here = self.cursor;
        for other in before.iter().filter(|given| given.column == here && given.role != role) {
            self.choose(other.role, None);
            if !other.is_idle {
                told.push(tr!("it was the {role}", role = words::role(other.role)));
            }
        }
        if let Some(old) = before.iter().find(|given| given.role == role && given.column != self.cursor) {
            told.push(tr!("no longer {column}", column = clean(&self.source.columns[old.column].name)));
        }
        self.choose(role, Some(self.cursor));
        if role == Role::Amount && PRODUCT.iter().any(|part| self.given(*part).is_some()) {
            self.chosen.retain(|(known, _)| !PRODUCT.contains(known));
            told.push(tr!("quantity × unit price is not used").to_owned());
        }
        if PRODUCT.contains(&role) {
            // An amount would be taken before it.
            let had = before.iter().any(|given| given.role == Role::Amount && !given.is_idle);
            self.choose(Role::Amount, None);
            let words = if had {
                tr!("the amount is quantity × unit price now, and no column")
            } else {
                tr!("the amount is quantity × unit price")
            };
            told.push(words.to_owned());
        }
        self.say(clauses(&told));
    }

    /// Takes the role of the column under the cursor away.
    pub fn take_away(&mut self) {
        let played = self.roles().into_iter().find(|given| given.column == self.cursor).map(|given| given.role);
        let Some(role) = played.or_else(|| self.candidate(self.cursor).map(|(role, _)| role)) else {
            return self.say(tr!("this column plays no role").to_owned());
        };
        self.choose(role, None);
        let name = words::role(role);
        self.say(match role {
            Role::Order => tr!("no column is the {role} now: each row is an order", role = name),
            Role::Refund | Role::Status | Role::Currency => tr!("no column is the {role} now", role = name),
            _ => tr!("no column is the {role} now: it must have one", role = name),
        });
    }

    fn choose(&mut self, role: Role, column: Option<usize>) {
        self.chosen.retain(|(known, _)| *known != role);
        self.chosen.push((role, column));
        self.changed = true;
    }

    /// Forgets what was chosen, now and before.
    pub fn forget(&mut self) {
        self.chosen.clear();
        self.remembered.clear();
        self.changed = true;
    }

    /// The choices in force, as they are picked and remembered: what somebody chose, not what the columns propose.
    #[must_use]
    pub fn choices(&self) -> Vec<Chosen> {
        let product = self.is_product();
        let said = |role: Role| Self::of(&self.chosen, role).or_else(|| Self::of(&self.remembered, role));
        let choice = |role: Role| match role {
            // That there is no amount is said by the other way to have one.
            Role::Amount => said(role).filter(|(_, column)| !product && column.is_some()),
            // Both parts, so that nothing else is taken for one of them.
            Role::Quantity | Role::UnitPrice
                if product && PRODUCT.into_iter().chain([Role::Amount]).any(|part| said(part).is_some()) =>
            {
                self.given(role).map(|(column, _)| (role, Some(column))).or_else(|| said(role))
            }
            Role::Quantity | Role::UnitPrice => None,
            role => said(role),
        };
        Role::ALL.into_iter().filter_map(choice).collect()
    }

    /// The typed columns that hold beside the choices: an amount that is chosen in one way leaves nothing to the other.
    #[must_use]
    pub fn typed(&self) -> WantedColumns {
        let product = self.is_product();
        let chose_amount = Self::of(&self.chosen, Role::Amount).is_some();
        let mut typed = WantedColumns::default();
        for role in Role::ALL {
            let dropped = match role {
                Role::Amount => product,
                Role::Quantity | Role::UnitPrice => chose_amount && !product,
                _ => false,
            };
            if let Some(column) = self.typed.typed(role).filter(|_| !dropped) {
                typed.set(role, column.to_owned());
            }
        }
        typed
    }

    /// What keeps the file from being opened so, in words.
    ///
    /// # Errors
    /// A sentence that names the roles.
    pub fn check(&self, keymap: &Keymap) -> Result<(), String> {
        let mut wanted = self.typed();
        for (role, column) in self.choices() {
            wanted.pick(&self.source, role, column);
        }
        // The amount that was taken away leaves a gap only the screen knows of.
        if Self::of(&self.chosen, Role::Amount) == Some((Role::Amount, None)) && !self.is_product() {
            return Err(gaps_text(&[Gap::Missing(Role::Amount)], keymap));
        }
        match settle(&self.source, &self.proposal, &wanted) {
            Ok(_) => Ok(()),
            Err(error) => Err(gaps_text(&error.gaps, keymap)),
        }
    }
}

/// Gaps as they are told where they can be closed by a key.
fn gaps_text(gaps: &[Gap], keymap: &Keymap) -> String {
    let key = |action: Action| keymap.name_in(Context::Mapping, action);
    let of_role = |role: Role| key(Action::GiveRole(role));
    let text = |gap: &Gap| {
        let (role, letter) = (words::role(gap.role()), of_role(gap.role()));
        match gap {
            Gap::Missing(Role::Amount) => {
                let [quantity, price] = [Role::Quantity, Role::UnitPrice].map(of_role);
                tr!(
                    "which column is the amount? ({letter}; or {quantity} and {price} for quantity × unit price)",
                    letter,
                    quantity,
                    price
                )
            }
            Gap::Missing(_) => tr!("which column is the {role}? ({letter})", role, letter),
            Gap::Ambiguous(_, names) => {
                let columns = names.join(", ");
                tr!("which column is the {role}? {columns} look alike ({letter})", role, columns, letter)
            }
            Gap::Unknown(_, wanted) => {
                tr!("there is no column `{wanted}` for the {role} ({letter} chooses one)", wanted, role, letter)
            }
            Gap::Twice(_, other, name) => {
                let other = words::role(*other);
                tr!("`{name}` is given for the {role} and the {other}; a column has one role", name, role, other)
            }
            Gap::DayOrMonth(name, example) => tr!(
                "is `{example}` in `{name}` day first ({day}) or month first ({month})? No date of the file tells",
                example,
                name,
                day = key(Action::FirstInDates(DateOrder::DayFirst)),
                month = key(Action::FirstInDates(DateOrder::MonthFirst))
            ),
            Gap::Contradicted(_, name, value) => tr!(
                "`{name}` has the name of the {role}, but not values such as `{value}` ({letter} chooses)",
                name,
                role,
                value,
                letter
            ),
        }
    };
    clean(&clauses(&gaps.iter().map(text).collect::<Vec<_>>())).into_owned()
}
