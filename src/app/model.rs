//! The whole state of the explorer.

use std::sync::Arc;
use std::time::Duration;

use tui_input::Input;

use super::ask::Ask;
use super::session::{Panel, Session};
use crate::data::load::Request;
use crate::engine::plan::Plan;
use crate::job::ProgressLook;
use crate::model::schemes::Catalogue;

/// Who gets the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// The heatmap.
    Heatmap,
    /// The tiers.
    Tiers,
    /// The distributions and their cuts.
    Cuts,
    /// The list.
    Customers,
    /// A question of which column.
    Asking,
    /// Loading.
    Loading,
    /// Nothing is open: loading failed or was cancelled.
    Stopped,
    /// Help or data.
    Overlay,
    /// A line to type.
    Prompt,
}

impl Context {
    /// Whether it is a panel of an open data set.
    #[must_use]
    pub const fn is_panel(self) -> bool {
        matches!(self, Self::Heatmap | Self::Tiers | Self::Cuts | Self::Customers)
    }

    /// What it is called in the help.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Heatmap => "RFM heatmap",
            Self::Tiers => "Tiers",
            Self::Cuts => "Distributions and cuts",
            Self::Customers => "Customers",
            Self::Asking => "Which column?",
            Self::Loading => "While loading",
            Self::Stopped => "Nothing open",
            Self::Overlay => "Help and data",
            Self::Prompt => "Typing a value",
        }
    }
}

/// What lies over the panels.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys; scrolled by so many lines.
    Help(usize),
    /// What is known of the data; scrolled by so many lines.
    Data(usize),
    /// A value for the picked cut.
    Prompt(Prompt),
}

/// A line being typed.
#[derive(Clone, Debug, Default)]
pub struct Prompt {
    /// The line.
    pub input: Input,
    /// What is wrong with it.
    pub problem: Option<String>,
}

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
    /// A column is asked for.
    Asking(Box<Ask>),
    /// Nothing is open, for this reason.
    Stopped(String),
    /// A data set is open.
    Open(Box<Session>),
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
    /// How far we are.
    pub stage: Stage,
    /// What lies over the panels.
    pub overlay: Option<Overlay>,
    /// What just happened.
    pub message: Option<Message>,
    /// Rows that the list shows on the screen as it is.
    pub page: usize,
}

impl Model {
    /// A model that is about to load.
    #[must_use]
    pub fn new(request: Request, plan: Plan, catalogue: Catalogue) -> Self {
        let stage = Stage::Loading { look: ProgressLook::default(), elapsed: Duration::ZERO };
        Self { request, plan, catalogue: Arc::new(catalogue), stage, overlay: None, message: None, page: 1 }
    }

    /// Who gets the keys.
    #[must_use]
    pub fn context(&self) -> Context {
        match (&self.overlay, &self.stage) {
            (Some(Overlay::Prompt(_)), _) => Context::Prompt,
            (Some(_), _) => Context::Overlay,
            (None, Stage::Loading { .. }) => Context::Loading,
            (None, Stage::Asking(_)) => Context::Asking,
            (None, Stage::Stopped(_)) => Context::Stopped,
            (None, Stage::Open(session)) => match session.panel {
                Panel::Heatmap => Context::Heatmap,
                Panel::Tiers => Context::Tiers,
                Panel::Cuts => Context::Cuts,
                Panel::Customers => Context::Customers,
            },
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

    /// Makes ready what a frame shows, on a screen whose list has so many rows.
    pub fn prepare(&mut self, page: usize) {
        self.page = page;
        if let Stage::Open(session) = &mut self.stage {
            session.prepare(page);
        }
    }

    /// Keeps an overlay from being scrolled beyond its end.
    pub fn limit_scroll(&mut self, most: usize) {
        if let Some(Overlay::Help(scroll) | Overlay::Data(scroll)) = &mut self.overlay {
            *scroll = (*scroll).min(most);
        }
    }

    /// Says what just happened.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), is_problem: false });
    }

    /// Says what could not be done.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), is_problem: true });
    }
}
