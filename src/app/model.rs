//! The whole state of the explorer.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::begun::Begun;
use super::changes::Change;
pub use super::context::Context;
use super::exporting::Exporting;
use super::files::FileTask;
use super::kept::KeptSessions;
use super::keymap::{Key, Keymap};
use super::mapping::MappingScreen;
use super::message_log::MessageLog;
use super::overlay::{Overlay, Picking, Prompt, Text};
use super::past;
use super::preferences::Preferences;
use super::reopen::Reopening;
use super::session::{Panel, Session};
use super::themes::Themes;
use super::tour::Tour;
use super::update::Effect;
use crate::data::load::Request;
use crate::data::mapping_memory::{self, Header};
use crate::data::source::Source;
use crate::engine::plan::Plan;
use crate::job::ProgressLook;
use crate::model::day::Day;
use crate::model::schemes::Catalogue;

/// How far the explorer is.
#[derive(Debug)]
pub enum Stage {
    /// Data is being read.
    Loading {
        /// How far.
        look: ProgressLook,
        /// For how long.
        elapsed: Duration,
    },
    /// Columns are asked for.
    Asking(Box<MappingScreen>),
    /// Nothing is open, for this reason.
    Stopped(String),
    /// A data set is open.
    Open(Box<Session>),
}

/// What was chosen for the columns of a file.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The file, without samples.
    pub source: Source,
    /// The columns.
    pub choices: Vec<mapping_memory::Chosen>,
}

/// A line about what just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The line.
    pub text: String,
    /// Whether something could not be done.
    pub is_problem: bool,
}

/// The state.
#[derive(Debug)]
pub struct Model {
    /// What to load.
    pub request: Request,
    /// How to analyse it.
    pub plan: Plan,
    /// The schemes there are.
    pub catalogue: Arc<Catalogue>,
    /// Where the user's own schemes are kept.
    pub scheme_folder: Option<PathBuf>,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// How far we are.
    pub stage: Stage,
    /// What lies over the panels.
    pub overlay: Option<Overlay>,
    /// What the help lies over, to be gone back to.
    pub beneath: Option<Overlay>,
    /// The data being loaded anew behind the screen.
    pub reopening: Option<Box<Reopening>>,
    /// The columns that were chosen on the screen so far.
    pub chosen: Vec<Chosen>,
    /// The list that is being written, of whatever data set.
    pub exporting: Exporting,
    /// What is to be remembered once the data is open.
    pub remember: Vec<(Header, Vec<mapping_memory::Chosen>)>,
    /// What was picked for loading, since nobody said it: asked for anew where it does not open.
    pub picked: Vec<Picking>,
    /// What is remembered of the user.
    pub preferences: Preferences,
    /// Where sessions are kept; `None`: nowhere.
    pub session_folder: Option<PathBuf>,
    /// What was kept of the last sessions with this data, to be gone on with.
    pub kept: KeptSessions,
    /// Whether the user was just told that leaving loses something.
    pub leaving: bool,
    /// What was pressed of a command so far.
    pub begun: Begun,
    /// How many steps at once the action that is carried out goes.
    pub times: u32,
    /// The last change.
    pub last_change: Option<Change>,
    /// Everything that was said.
    pub log: MessageLog,
    /// The lines for beginners, where they are shown.
    pub tour: Option<Tour>,
    /// What just happened.
    pub message: Option<Message>,
    /// Rows that the list shows on the screen as it is.
    pub page: usize,
    /// How wide the column under the cursor of the list is on the screen as it is.
    pub column_width: u16,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// The themes there are, and which of them the screen wears.
    pub themes: Themes,
    /// The present day, where somebody told it: nothing in here reads a clock.
    pub today: Option<Day>,
}

impl Model {
    /// A model that is about to load.
    #[must_use]
    pub fn new(request: Request, plan: Plan, catalogue: Catalogue) -> Self {
        let stage = Stage::Loading { look: ProgressLook::default(), elapsed: Duration::ZERO };
        Self {
            request,
            plan,
            catalogue: Arc::new(catalogue),
            scheme_folder: None,
            keymap: Arc::default(),
            stage,
            overlay: None,
            beneath: None,
            reopening: None,
            chosen: Vec::new(),
            exporting: Exporting::default(),
            remember: Vec::new(),
            picked: Vec::new(),
            preferences: Preferences::default(),
            session_folder: None,
            kept: KeptSessions::default(),
            leaving: false,
            begun: Begun::default(),
            times: 1,
            last_change: None,
            log: MessageLog::default(),
            tour: None,
            message: None,
            page: 1,
            column_width: 10,
            mouse: false,
            themes: Themes::default(),
            today: None,
        }
    }

    /// Takes other keys, for whatever is open too.
    pub fn take_keys(&mut self, keymap: Keymap) {
        self.keymap = Arc::new(keymap);
        if let Stage::Open(session) = &mut self.stage {
            session.keymap = Arc::clone(&self.keymap);
        }
    }

    /// Who gets the keys.
    #[must_use]
    pub fn context(&self) -> Context {
        self.overlay.as_ref().map_or_else(|| self.stage_context(), Overlay::context)
    }

    /// Who gets the keys where nothing lies over the panels.
    fn stage_context(&self) -> Context {
        match &self.stage {
            Stage::Loading { .. } => Context::Loading,
            Stage::Asking(_) => Context::Mapping,
            Stage::Stopped(_) => Context::Stopped,
            Stage::Open(session) => match session.panel {
                Panel::Heatmap => Context::Heatmap,
                Panel::Tiers => Context::Tiers,
                Panel::Cuts => Context::Cuts,
                Panel::Customers => Context::Customers,
            },
        }
    }

    /// Where the user works: what the help and the palette lie over.
    #[must_use]
    pub fn place(&self) -> Context {
        self.screen().map_or_else(|| self.stage_context(), Overlay::context)
    }

    /// What lies over the panels and is worked with.
    #[must_use]
    pub const fn screen(&self) -> Option<&Overlay> {
        match &self.overlay {
            Some(Overlay::Help(_) | Overlay::Palette(_) | Overlay::Text(Text::Log, _)) => self.beneath.as_ref(),
            overlay => overlay.as_ref(),
        }
    }

    /// The open data set.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        match &self.stage {
            Stage::Open(session) => Some(session),
            _ => None,
        }
    }

    /// The action of a menu's letter, where a menu is open.
    #[must_use]
    pub fn menu_action(&self, key: Key) -> Option<super::action::Action> {
        let (Some(Overlay::Menu(menu, _)), Key::Char(letter)) = (&self.overlay, key) else { return None };
        menu.entries().into_iter().find(|entry| entry.letter == letter).map(|entry| entry.action)
    }

    /// Makes ready what a frame shows, on a screen whose list has so many rows and which is so many columns wide.
    pub fn prepare(&mut self, page: usize, columns: usize) {
        self.page = page;
        if let Stage::Open(session) = &mut self.stage {
            session.prepare(page);
            let looked_at = match self.overlay.as_ref().map(Overlay::looked_at) {
                Some(Overlay::Text(Text::Customer(customer), _)) => Some(*customer),
                _ => None,
            };
            past::prepare(session, looked_at);
            if let Some(overlay) = &mut self.overlay {
                overlay.prepare(session, columns);
                if matches!(overlay.looked_at(), Overlay::Text(Text::Data, _)) {
                    session.prepare_data(self.request.policies, self.today);
                }
            }
        }
    }

    /// Whether the screen shows how far something is that is being counted.
    #[must_use]
    pub fn shows_counting(&self) -> bool {
        let is_shown = matches!(self.overlay, Some(Overlay::Text(Text::Data, _)));
        let is_person = matches!(self.overlay, Some(Overlay::Text(Text::Customer(_), _)));
        let needs_rows = is_person || matches!(self.overlay, Some(Overlay::Rules(_) | Overlay::Breakdown(_)));
        let counts = |session: &Session| {
            (is_shown && session.data.is_counting()) || (needs_rows && session.details.is_reading())
        };
        self.session().is_some_and(|session| counts(session) || session.details.words().is_some())
    }

    /// Keeps an overlay from being scrolled beyond its end.
    pub fn limit_scroll(&mut self, most: usize) {
        if let Some(Overlay::Text(_, scroll)) = &mut self.overlay {
            *scroll = (*scroll).min(most);
        }
    }

    /// The screen on which columns get their roles, where it is open.
    pub fn mapping(&mut self) -> Option<&mut MappingScreen> {
        match (&mut self.overlay, &mut self.stage) {
            (Some(Overlay::Mapping(screen)), _) | (None, Stage::Asking(screen)) => Some(screen),
            _ => None,
        }
    }

    /// What was chosen for the columns of a file.
    #[must_use]
    pub fn chosen_for(&self, source: &Source) -> Vec<mapping_memory::Chosen> {
        let place = source.place.to_string();
        let known = self.chosen.iter().find(|chosen| chosen.source.place.to_string() == place);
        known.map(|chosen| chosen.choices.clone()).unwrap_or_default()
    }

    /// Keeps what was chosen for files, in place of what was chosen for them before.
    pub fn keep_chosen(&mut self, chosen: Vec<Chosen>) {
        let place = |chosen: &Chosen| chosen.source.place.to_string();
        let places: Vec<String> = chosen.iter().map(place).collect();
        self.chosen.retain(|known| !places.contains(&place(known)));
        self.chosen.extend(chosen);
    }

    /// Takes back what was picked for loading: sheet and currency, and columns.
    pub fn forget_picked(&mut self) {
        for what in std::mem::take(&mut self.picked) {
            match what {
                Picking::Sheet => self.request.text.sheet = None,
                Picking::Currency => self.request.currency = None,
                Picking::Segment | Picking::Scheme | Picking::Condition | Picking::Theme | Picking::Session => {}
            }
        }
        self.request.columns.forget_picked();
        self.chosen.clear();
        self.remember.clear();
    }

    /// What is to be written now that the data is open with the columns that were chosen.
    pub fn remembering(&mut self) -> Effect {
        let mappings = std::mem::take(&mut self.remember);
        match &self.request.memory {
            Some(path) if !mappings.is_empty() => Effect::File(FileTask::Remember { path: path.clone(), mappings }),
            _ => Effect::None,
        }
    }

    /// The line that is typed on.
    pub fn prompt(&mut self) -> Option<&mut Prompt> {
        match &mut self.overlay {
            Some(Overlay::Prompt(prompt)) => Some(prompt),
            _ => None,
        }
    }

    /// Says what just happened.
    pub fn say(&mut self, text: impl Into<String>) {
        self.tell(Message { text: text.into(), is_problem: false });
    }

    /// Says what could not be done.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.tell(Message { text: text.into(), is_problem: true });
    }

    fn tell(&mut self, message: Message) {
        self.log.keep(&message);
        self.message = Some(message);
    }
}
