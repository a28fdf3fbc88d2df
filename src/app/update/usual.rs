//! The screen as it was at first; what was decided and marked stays.

use super::super::arrangement::Arrangement;
use super::super::heat::{Metric, Plane};
use super::super::list::Columns;
use super::super::model::Model;
use super::super::session::{Panel, Session};
use super::super::tiers::Tiers;
use super::session;
use crate::tr;

/// Shows the usual columns of the list, in their order and as wide as what they show.
pub(super) fn columns(model: &mut Model) {
    let Some(session) = session(model) else { return };
    session.list.columns = Columns::on(session.list.sort().first().column);
    session.list.has_sums = false;
    model.say(tr!("the list has its usual columns"));
}

/// Shows all panels as large as they are by themselves, the heatmap's first axes and figure, and the segments in the order of the scheme.
pub(super) fn view(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let Session { panel, zoom, arrangement, heat, tiers, .. } = session;
    (*panel, *zoom, *tiers) = (Panel::default(), false, Tiers::default());
    *arrangement = Arrangement::default();
    (heat.plane, heat.metric, heat.layer, heat.mark) = (Plane::default(), Metric::default(), None, None);
    heat.clamp(&session.analysis);
    model.say(tr!("panels, axes and orders are as at first"));
}
