//! Where the user was in a session: panel, cursors, whom the list showed and where it stood.

use serde::{Deserialize, Serialize};

use crate::app::baseline::BaselineName;
use crate::app::cut_edit::CutCursor;
use crate::app::heat::{Metric, Plane};
use crate::app::session::{Panel, Session};
use crate::app::tiers::TierSort;
use crate::engine::listing::Selection;
use crate::model::customers::{Axis, CustomerIndex};
use crate::model::scheme::Scheme;

/// Where the user was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
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
    /// Those that moved since the start, from a segment to another by name; without a name from or to any other.
    Moved { from: Option<String>, to: Option<String> },
}

impl Place {
    pub(super) fn of(session: &Session) -> Self {
        let (analysis, list) = (&session.analysis, &session.list);
        let listed = match list.listing.selection() {
            Selection::Segment(segment) => Some(Listed::Segment(analysis.scheme().segment_name(segment).to_owned())),
            Selection::Cells(scores) => Some(Listed::Cells(scores.map(Option::unwrap_or_default))),
            Selection::These(_) if session.marks.has_any() => Some(Listed::Marked),
            // What else it may be compared with is not kept.
            Selection::Moved(from, to) if session.baseline == BaselineName::Start => {
                let then = analysis.baseline().map(|(setting, _)| &setting.scheme);
                let from = from.zip(then).map(|(from, then)| then.segment_name(from).to_owned());
                let to = to.map(|to| analysis.scheme().segment_name(to).to_owned());
                Some(Listed::Moved { from, to })
            }
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

    /// Goes there, as far as it is there; on a screen whose list has so many rows.
    pub(super) fn go(&self, session: &mut Session, page: usize) {
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
                session.select(segment.map_or(Selection::All, Selection::Segment));
            }
            Some(Listed::Cells(scores)) => {
                session.select(Selection::Cells(scores.map(|score| (score > 0).then_some(score))));
            }
            Some(Listed::Moved { from, to }) => session.select(moved(session, from.as_deref(), to.as_deref())),
            None => session.select(Selection::All),
        }
        session.ties.way_back = Some(Spot { customer: self.customer.clone(), row: self.row, page });
        session.go_back();
    }
}

/// Those that moved, by the names of segments; everybody where there is no such segment any more.
fn moved(session: &Session, from: Option<&str>, to: Option<&str>) -> Selection {
    let analysis = &session.analysis;
    let Some((then, before)) = analysis.baseline() else { return Selection::All };
    let number = |scheme: &Scheme, count: usize, name: &str| (0..count).find(|at| scheme.segment_name(*at) == name);
    let numbers = (
        from.map(|name| number(&then.scheme, before.shown(), name)),
        to.map(|name| number(analysis.scheme(), analysis.map().shown(), name)),
    );
    match numbers {
        (Some(None), _) | (_, Some(None)) => Selection::All,
        (from, to) => Selection::Moved(from.flatten(), to.flatten()),
    }
}

/// A row of the list that is gone back to once the list has its order.
#[derive(Clone, Debug)]
pub(in crate::app) struct Spot {
    /// The customer who stood there, by id.
    customer: Option<String>,
    row: usize,
    /// Rows that the list shows.
    page: usize,
}

impl Session {
    /// Goes back to the row of the list where the user was, if the list is as it was by now.
    pub(in crate::app) fn go_back(&mut self) {
        if self.awaited_list.is_some() || self.is_sorting() {
            return;
        }
        let Some(Spot { customer, row, page }) = self.ties.way_back.take() else { return };
        let place = customer.and_then(|id| self.place_of(&id)).unwrap_or(row);
        self.list.jump(place, page);
    }

    /// Where a customer stands in the list, by id.
    fn place_of(&self, id: &str) -> Option<usize> {
        let (analysis, ids) = (&self.analysis, &self.analysis.customers().ids);
        let customer = (0..analysis.customers().len()).find(|customer| ids.get(*customer) == id)?;
        self.list.listing.place_of(analysis, CustomerIndex::try_from(customer).ok()?)
    }
}
