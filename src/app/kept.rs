//! What is kept of a session however it ends, and offered when the same data is opened again: the view as a scenario, and
//! where the user was.

use super::action::Action;
use std::path::PathBuf;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::cut_edit::CutCursor;
use super::files::Purpose;
use super::heat::{Metric, Plane};
use super::model::{Model, Stage};
use super::scenario::{list_part, take, view};
use super::session::{Panel, Session};
use super::tiers::TierSort;
use crate::engine::listing::{Listing, Selection};
use crate::model::customers::{Axis, CustomerIndex};
use crate::model::scenario::{ListPart, Scenario};
use crate::show::moment::utc;
use crate::tr;

/// The version of the files.
const FORMAT: u32 = 1;

/// A session that was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// When it ended.
    pub ended: String,
    /// Steps that had been taken in it.
    pub steps: usize,
    /// The file of its scenario, if it had one.
    path: Option<PathBuf>,
    scenario: Box<Scenario>,
    place: Place,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptFile {
    format: u32,
    ended: String,
    steps: usize,
    path: Option<PathBuf>,
    scenario: String,
    place: Place,
}

/// Where the user was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    panel: Panel,
    zoom: bool,
    plane: Plane,
    metric: Metric,
    cell: [u8; 2],
    /// The axis of the picked cut by its number, and the cut's.
    cut: [usize; 2],
    tiers_by: TierSort,
    tiers_reversed: bool,
    tier: usize,
    listed: Option<Listed>,
    /// The customer under the cursor of the list, by id, and their place.
    customer: Option<String>,
    row: usize,
}

/// Whom the list showed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Listed {
    /// A segment, by name.
    Segment(String),
    /// Some scores; zero stands for any.
    Cells([u8; 3]),
    /// Those who are marked.
    Marked,
}

impl Place {
    fn of(session: &Session) -> Self {
        let (analysis, list) = (&session.analysis, &session.list);
        let listed = match list.listing.selection() {
            Selection::Segment(segment) => Some(Listed::Segment(analysis.scheme().segment_name(segment).to_owned())),
            Selection::Cells(scores) => Some(Listed::Cells(scores.map(Option::unwrap_or_default))),
            Selection::These(_) if session.marks.has_any() => Some(Listed::Marked),
            _ => None,
        };
        Self {
            panel: session.panel,
            zoom: session.zoom,
            plane: session.heat.plane,
            metric: session.heat.metric,
            cell: session.heat.cursor,
            cut: [session.cut.axis.index(), session.cut.cut],
            tiers_by: session.tiers.sort,
            tiers_reversed: session.tiers.reversed,
            tier: session.tiers.cursor,
            listed,
            customer: list.customer().map(|customer| analysis.customers().ids.get(customer).to_owned()),
            row: list.cursor,
        }
    }

    /// Goes there, as far as it is there.
    fn go(&self, session: &mut Session, page: usize) {
        (session.panel, session.zoom) = (self.panel, self.zoom);
        (session.heat.plane, session.heat.metric) = (self.plane, self.metric);
        session.heat.cursor = self.cell;
        session.heat.clamp(&session.analysis);
        let [axis, cut] = self.cut;
        session.cut = CutCursor { axis: *Axis::ALL.get(axis).unwrap_or(&Axis::Recency), cut };
        session.cut.clamp(&session.analysis);
        (session.tiers.sort, session.tiers.reversed) = (self.tiers_by, self.tiers_reversed);
        session.tiers.cursor = self.tier.min(session.analysis.map().shown().saturating_sub(1));
        match &self.listed {
            Some(Listed::Marked) => session.list_marked(),
            Some(Listed::Segment(name)) => {
                let scheme = session.analysis.scheme();
                let segment = (0..session.analysis.map().shown()).find(|at| scheme.segment_name(*at) == name);
                if let Some(segment) = segment {
                    session.select(Selection::Segment(segment));
                }
            }
            Some(Listed::Cells(scores)) => {
                session.select(Selection::Cells(scores.map(|score| (score > 0).then_some(score))));
            }
            None => {}
        }
        let row = self.row_of_customer(session).unwrap_or(self.row);
        session.list.jump(row, page);
    }

    /// Where the customer stands now who was under the cursor, if the order is ready.
    fn row_of_customer(&self, session: &Session) -> Option<usize> {
        let (analysis, listing): (_, &Listing) = (&session.analysis, &session.list.listing);
        let (id, ids) = (self.customer.as_deref()?, &analysis.customers().ids);
        let customer = (0..analysis.customers().len()).find(|customer| ids.get(*customer) == id)?;
        if session.list.is_sorting() {
            return None;
        }
        listing.place_of(analysis, CustomerIndex::try_from(customer).ok()?)
    }
}

/// Whether there is anything that a user would miss.
fn is_touched(session: &Session) -> bool {
    !session.history.steps().is_empty()
        || session.marks.revision() > 0
        || list_part(session) != ListPart::default()
        || session.list.listing.selection() != Selection::All
}

/// What is to be kept of the open session as it ends; nothing where there is nothing to be missed.
///
/// A view that no scenario can hold, such as one whose cuts coincide, is kept as it was before: its last steps are taken back
/// until it can be.
#[must_use]
pub fn text(model: &mut Model, ended: SystemTime) -> Option<String> {
    let scenario = loop {
        let session = model.session().filter(|session| is_touched(session))?;
        let name = session.card.name.clone().unwrap_or_default();
        if let Ok(scenario) = view(model, session, name) {
            break scenario;
        }
        let Stage::Open(session) = &mut model.stage else { return None };
        let held = session.history.held();
        session.undo();
        if session.history.held() == held {
            return None;
        }
    };
    // Nothing is compared with its figures.
    let (session, scenario) = (model.session()?, Scenario { expected: None, ..scenario });
    let file = KeptFile {
        format: FORMAT,
        ended: utc(ended),
        steps: session.history.held(),
        path: session.card.path.clone(),
        scenario: scenario.to_toml(),
        place: Place::of(session),
    };
    toml::to_string(&file).ok()
}

impl Kept {
    /// Reads what was kept; `None` where it is of another version, or damaged.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let KeptFile { format, ended, steps, path, scenario, place } = toml::from_str(text).ok()?;
        let scenario = Scenario::parse(&scenario).ok()?;
        (format == FORMAT).then_some(Self { ended, steps, path, scenario: Box::new(scenario), place })
    }
}

/// Offers a session to be gone on with.
pub fn offer(model: &mut Model, kept: Kept) {
    let key = model.keymap.name_of(Action::GoOn);
    model.say(tr!("{key} goes on where it was left on {when}", key, when = kept.ended));
    model.kept = Some(kept);
}

/// Goes on with the session that was kept.
pub(super) fn go_on(model: &mut Model) {
    let Some(kept) = model.kept.take() else { return };
    // The path names it on the screen; without one it is the session itself.
    let path = kept.path.clone().unwrap_or_default();
    let taken = take(model, &path, &kept.scenario, Purpose::Open);
    match taken {
        Ok(_) => {
            let page = model.page;
            if let Stage::Open(session) = &mut model.stage {
                if kept.path.is_none() {
                    (session.card.path, session.card.name) =
                        (None, session.card.name.take().filter(|name| !name.is_empty()));
                }
                // What was not in a file then is not in one now.
                session.forget_saved();
                kept.place.go(session, page);
            }
            let key = model.keymap.name_of(Action::Undo);
            model.say(tr!("gone on from {when}; {key} goes back to the start", when = kept.ended, key));
        }
        Err(problem) => {
            model.complain(tr!("the session of {when} does not fit this data: {problem}", when = kept.ended, problem));
        }
    }
}
