//! What lies over the panels.

use tui_input::Input;

use super::action::{Asked, Direction};
use super::breakdown::BreakdownScreen;
use super::concentration::ConcentrationScreen;
use super::help::HelpScreen;
use super::list::ColumnScreen;
use super::mapping::MappingScreen;
use super::menu::Menu;
use super::model::Context;
use super::palette::Palette;
use super::plans::{BudgetScreen, RulesScreen};
use super::session::Session;
use crate::engine::migration::Migration;
use crate::engine::summary::Tally;
use crate::engine::sweep::{Position, Sweep};
use crate::model::policies::{Policies, Policy};

/// An overlay.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Text to read, scrolled by so many lines.
    Text(Text, usize),
    /// The keys.
    Help(Box<HelpScreen>),
    /// The command palette.
    Palette(Box<Palette>),
    /// A few things to choose from, and the line under the cursor.
    Menu(Menu, usize),
    /// Names to choose from.
    Pick(Pick),
    /// Who moved.
    Movers(Movers),
    /// The steps taken; the cursor stands on the number of steps that hold, and where it began is gone back to by Esc.
    History(usize, usize),
    /// A cut's positions.
    Sensitivity(Box<Sensitivity>),
    /// Policies to decide.
    Policies(PolicyScreen),
    /// How few customers bring most of the revenue.
    Concentration(Box<ConcentrationScreen>),
    /// Roles for columns.
    Mapping(Box<MappingScreen>),
    /// What tiers cost.
    Budget(BudgetScreen),
    /// The VIP rules.
    Rules(RulesScreen),
    /// A line to type.
    Prompt(Prompt),
    /// The columns of the list.
    Columns(Box<ColumnScreen>),
    /// The conditions of the filter, and the one under the cursor.
    Chips(usize),
    /// A segment by the values of a field.
    Breakdown(Box<BreakdownScreen>),
}

/// Policies as they are proposed, and a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyScreen {
    /// The policy under the cursor, by its number.
    pub cursor: usize,
    /// The policies as they would be.
    pub proposed: Policies,
}

impl PolicyScreen {
    /// Turns the policy under the cursor to the choice before or after, round and round.
    pub fn turn(&mut self, direction: Direction) {
        let policy = Policy::ALL[self.cursor.min(Policy::ALL.len() - 1)];
        let (now, count) = (self.proposed.get(policy), policy.choices().len());
        let next = if direction == Direction::Left { now + count - 1 } else { now + 1 } % count;
        self.proposed = self.proposed.with(policy, next);
    }
}

/// What there is to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// What is known of the data.
    Data,
    /// Why a customer is where they are, by the position among the customers.
    Customer(usize),
    /// The scheme.
    Scheme,
    /// What was said.
    Log,
}

/// Names to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// What for.
    pub what: Picking,
    /// Why it is asked, where nothing on the screen tells; else empty.
    pub why: String,
    /// The names.
    pub names: Vec<String>,
    /// The one under the cursor, from 0.
    pub cursor: usize,
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picking {
    /// The segment that the marked cells go to; after the last name, a new one.
    Segment,
    /// The scheme.
    Scheme,
    /// The sheet of a workbook or table of a database.
    Sheet,
    /// The currency that counts.
    Currency,
    /// A condition more for the filter.
    Condition,
    /// What the screen looks like.
    Theme,
    /// The session that is gone on with.
    Session,
}

/// The table of who moved.
#[derive(Clone, Debug)]
pub struct Movers {
    /// Row and column under the cursor: 0 is any other segment, the segments follow.
    pub cursor: (usize, usize),
    /// Whether the table shows revenue, not customers.
    pub by_revenue: bool,
    /// The table.
    pub table: Option<Migration>,
    made_for: Option<u64>,
}

/// A cut's positions, and what a segment amounts to at each.
#[derive(Clone, Debug, Default)]
pub struct Sensitivity {
    /// The segment that is watched.
    pub segment: usize,
    /// Positions from the neighbour below to the one above; none until the profile is built.
    pub positions: Vec<Position>,
    made_for: Option<(u64, usize, usize, usize, bool)>,
}

/// A line being typed.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What for.
    pub asked: Asked,
    /// The name of what it is about, where the screen beneath tells it; else empty.
    pub about: String,
    /// The line.
    pub input: Input,
    /// Whether it is as it began, and what is typed takes its place.
    pub is_picked: bool,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// What may come next, as far as it was asked for.
    pub candidates: Vec<String>,
    /// Whether a file of this name may be replaced, as the user was told.
    pub replace: bool,
    /// What a picture is taken of, where that is an overlay with perhaps another one beneath: it comes back.
    pub under: Vec<Overlay>,
}

impl Overlay {
    /// Who gets the keys.
    #[must_use]
    pub const fn context(&self) -> Context {
        match self {
            Self::Text(Text::Customer(_), _) => Context::Customer,
            Self::Text(..) => Context::Overlay,
            Self::Help(_) => Context::Help,
            Self::Palette(_) => Context::Palette,
            Self::Columns(_) => Context::Columns,
            Self::Chips(_) => Context::Chips,
            Self::Menu(..) => Context::Menu,
            Self::Pick(_) => Context::Pick,
            Self::Movers(_) => Context::Movers,
            Self::History(..) => Context::History,
            Self::Sensitivity(_) => Context::Sensitivity,
            Self::Concentration(_) => Context::Concentration,
            Self::Policies(_) => Context::Policies,
            Self::Mapping(_) => Context::Mapping,
            Self::Budget(_) => Context::Budget,
            Self::Rules(_) => Context::Rules,
            Self::Prompt(_) => Context::Prompt,
            Self::Breakdown(_) => Context::Breakdown,
        }
    }

    /// The overlay to look at: what a picture is taken of, where its name is asked for.
    #[must_use]
    pub fn looked_at(&self) -> &Self {
        match self {
            Self::Prompt(prompt) => prompt.under.first().unwrap_or(self),
            other => other,
        }
    }

    /// Makes ready what a frame shows of it, on so many columns.
    pub fn prepare(&mut self, session: &Session, columns: usize) {
        match self {
            Self::Movers(movers) => movers.prepare(session),
            Self::Sensitivity(sensitivity) => sensitivity.prepare(session, columns),
            Self::Columns(screen) => screen.follow(session),
            Self::Breakdown(screen) => screen.prepare(session),
            Self::Budget(screen) => screen.prepare(session),
            Self::Rules(screen) => screen.prepare(session),
            Self::Prompt(prompt) => prompt.under.iter_mut().for_each(|under| under.prepare(session, columns)),
            _ => {}
        }
    }
}

impl Default for Movers {
    /// Those that left the first segment, which is the best one in most schemes.
    fn default() -> Self {
        Self { cursor: (1, 0), by_revenue: false, table: None, made_for: None }
    }
}

impl Movers {
    /// The segments of a row and a column, by their numbers; `None` for any other.
    #[must_use]
    pub const fn segments((row, column): (usize, usize)) -> (Option<usize>, Option<usize>) {
        (row.checked_sub(1), column.checked_sub(1))
    }

    /// Who went from the segment of a row to that of a column.
    #[must_use]
    pub fn tally(&self, place: (usize, usize)) -> Tally {
        let (from, to) = Self::segments(place);
        self.table.as_ref().map(|table| table.moves(from, to)).unwrap_or_default()
    }

    fn prepare(&mut self, session: &Session) {
        let version = session.analysis.version();
        if self.made_for != Some(version) {
            self.table = Migration::of(&session.analysis);
            self.made_for = Some(version);
        }
        if let Some(table) = &self.table {
            self.cursor.0 = self.cursor.0.min(table.from.len());
            self.cursor.1 = self.cursor.1.min(table.to.len());
        }
    }
}

impl Sensitivity {
    /// Watches a segment.
    #[must_use]
    pub fn of(segment: usize) -> Self {
        Self { segment, ..Self::default() }
    }

    /// Columns beside the curve, for its figures.
    pub const MARGIN: usize = 12;

    fn prepare(&mut self, session: &Session, columns: usize) {
        let (analysis, cut) = (&session.analysis, session.cut);
        let ready = analysis.profile(cut.axis).is_some();
        let wanted = (analysis.version(), cut.axis.index(), cut.cut, columns, ready);
        if self.made_for == Some(wanted) {
            return;
        }
        self.made_for = Some(wanted);
        let room = columns.saturating_sub(Self::MARGIN).max(2);
        self.positions = Sweep::of(analysis, cut.axis, cut.cut)
            .map(|sweep| sweep.values(room).into_iter().map(|value| sweep.at(value)).collect())
            .unwrap_or_default();
    }
}
