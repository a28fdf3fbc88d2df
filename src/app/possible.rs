//! What cannot be done now, and why: one answer for the help, the palette, and whoever presses the key.

use super::action::{Action, Asked, BaselineTo, ColumnAction, Copied, Direction, MarkAction};
use super::changes;
use super::model::{Model, Stage};
use super::overlay::Overlay;
use super::plans::RulesScreen;
use super::session::Session;
use super::tiers::TierSort;
use super::update::sorting;
use crate::engine::listing::Key;
use crate::lang;
use crate::model::cuts::BINS;
use crate::show::text::clean;
use crate::tr;

/// Why an action cannot be done as things stand; `None` where it can be tried.
#[must_use]
pub fn reason(model: &Model, action: Action) -> Option<String> {
    if action == Action::Repeat {
        return changes::reason(model);
    }
    let Stage::Open(session) = &model.stage else { return None };
    let told = match model.screen() {
        Some(Overlay::Budget(screen)) if action == Action::TakeAway && screen.cost(session).is_none() => {
            // The screen knows what the line is about.
            let about =
                screen.segment(session).map_or(tr!("all others").into(), |name| clean(lang::name("segment", name)));
            return Some(tr!("{about} has no cost of its own", about));
        }
        Some(Overlay::Rules(screen)) => of_rules(model, session, *screen, action),
        Some(Overlay::Columns(_) | Overlay::Budget(_)) => None,
        _ => of_list(model, session, action).or_else(|| of_view(model, session, action)),
    };
    told.or_else(|| anywhere(model, session, action))
}

fn anywhere(model: &Model, session: &Session, action: Action) -> Option<String> {
    match action {
        Action::Undo if !session.can_undo() => Some(tr!("nothing to undo").to_owned()),
        Action::Redo if !session.can_redo() => Some(tr!("nothing to redo").to_owned()),
        Action::Movers | Action::Differences if session.analysis.baseline().is_none() => {
            let key = model.keymap.name_of(Action::Menu(super::menu::Menu::Baseline));
            Some(tr!("compared with nothing: {key} chooses a baseline", key))
        }
        Action::Baseline(BaselineTo::Nothing) if session.analysis.baseline().is_none() => {
            Some(tr!("compared with nothing now").to_owned())
        }
        Action::Ask(Asked::SaveScheme) if model.scheme_folder.is_none() => {
            Some(tr!("there is no folder for schemes of your own: HOME is not set").to_owned())
        }
        _ => None,
    }
}

/// What the rule under the cursor is needed for.
fn of_rules(model: &Model, session: &Session, screen: RulesScreen, action: Action) -> Option<String> {
    let rules = session.analysis.setting().rules.len();
    match action {
        Action::TakeAway | Action::Reorder(_) | Action::FilterByRule if rules == 0 => {
            let key = model.keymap.name_of(Action::Ask(Asked::NewRule));
            Some(tr!("there is no rule yet: {key} adds one", key))
        }
        Action::Reorder(Direction::Up) if screen.cursor == 0 => Some(tr!("it is the first rule already").to_owned()),
        Action::Reorder(Direction::Down) if screen.cursor + 1 >= rules => {
            Some(tr!("it is the last rule already").to_owned())
        }
        _ => None,
    }
}

/// What concerns the list, the marks and what was looked for.
fn of_list(model: &Model, session: &Session, action: Action) -> Option<String> {
    let is_marked = !session.marks.is_empty();
    let list = &session.list;
    match action {
        Action::Explain
        | Action::Copy(_)
        | Action::Ask(Asked::CustomerNote)
        | Action::Marks(MarkAction::One | MarkAction::Range | MarkAction::Review)
            if list.listing.is_empty() && !list.is_sorting() =>
        {
            Some(tr!("nobody is listed").to_owned())
        }
        Action::Marks(MarkAction::Range) | Action::Copy(Copied::List) if list.is_sorting() => {
            Some(sorting().to_owned())
        }
        Action::Marks(MarkAction::Range) if list.anchor.is_none() => {
            let [one, range] =
                [MarkAction::One, MarkAction::Range].map(|what| model.keymap.name_of(Action::Marks(what)));
            Some(tr!("{one} marks the first one; {range} marks all from there to the cursor", one, range))
        }
        Action::Marks(MarkAction::Show | MarkAction::Clear) | Action::Ask(Asked::ExportMarked) if !is_marked => {
            let key = model.keymap.name_of(Action::Marks(MarkAction::One));
            Some(tr!("nobody is marked: {key} marks the customer under the cursor", key))
        }
        Action::NextFound(_) if session.finding.hits.customers.is_empty() => {
            let key = model.keymap.name_of(Action::Ask(Asked::Find));
            Some(tr!("nobody was looked for yet: {key} finds a customer", key))
        }
        Action::Columns(ColumnAction::Toggle) if list.columns.shown().len() == 1 => {
            Some(tr!("one column stays").to_owned())
        }
        Action::SortThen => {
            let column = list.column();
            let key = Key { column, descending: column.descends(&session.analysis) };
            list.sort().then(key).err().map(|error| error.to_string())
        }
        _ => None,
    }
}

/// What concerns cuts, segments and conditions.
fn of_view(model: &Model, session: &Session, action: Action) -> Option<String> {
    let analysis = &session.analysis;
    let cuts = analysis.cuts(session.cut.axis).cuts().len();
    match action {
        Action::Ask(Asked::NewCut) if cuts + 1 >= *BINS.end() => {
            Some(tr!("an axis has at most 10 bins, which 9 cuts make").to_owned())
        }
        Action::RemoveCut if cuts == 1 => Some(tr!("an axis has at least one cut, which makes two bins").to_owned()),
        Action::Chips if session.chips.all().is_empty() => {
            let [typed, quick] = [Action::Ask(Asked::Filter), Action::Quick].map(|action| model.keymap.name_of(action));
            Some(tr!("no conditions yet: {typed} types them, {quick} offers what is under the cursor", typed, quick))
        }
        Action::Ask(Asked::SegmentName) => {
            let segment = session.tiers.segment(analysis);
            let is_named = segment.is_some_and(|segment| segment < analysis.scheme().segments.len());
            (!is_named).then(|| tr!("that is no segment of the scheme: give its cells to one").to_owned())
        }
        Action::Reorder(direction) => order_of_segments(model, session, direction),
        Action::GoOn if model.kept.is_empty() => Some(tr!("no session is kept of this data").to_owned()),
        Action::Hide if session.arrangement.next(session.panel, 1) == Some(session.panel) => {
            Some(tr!("the last panel stays").to_owned())
        }
        _ => None,
    }
}

/// Why the segment under the cursor cannot go up or down the scheme.
fn order_of_segments(model: &Model, session: &Session, direction: Direction) -> Option<String> {
    if session.tiers.sort != TierSort::Scheme || session.tiers.reversed {
        let key = model.keymap.name_of(Action::Sort);
        return Some(tr!("segments are moved in scheme order: {key} sorts by it", key));
    }
    let (cursor, segments) = (session.tiers.cursor, session.analysis.scheme().segments.len());
    let told = match direction {
        _ if cursor >= segments => tr!("that is no segment of the scheme: give its cells to one"),
        Direction::Up if cursor == 0 => tr!("it is the first segment already"),
        Direction::Down if cursor + 1 == segments => tr!("it is the last segment already"),
        _ => return None,
    };
    Some(told.to_owned())
}
