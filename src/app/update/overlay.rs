//! What lies over the panels: opening it, moving in it, choosing from it.

use super::super::action::{Action, Asked, BaselineTo, Direction, MarkAction};
use super::super::baseline::BaselineName;
use super::super::kept::go_on_with;
use super::super::model::{Context, Model, Stage};
use super::super::overlay::{Movers, Overlay, Pick, Picking, PolicyScreen, Sensitivity, Text};
use super::super::plans::{BudgetScreen, RulesScreen};
use super::super::themes;
use super::super::words;
use super::cursor::moved;
use super::{
    Effect, breakdown, columns, concentration, conditions, cuts, load, marks, prompt, scheme, session, update as act,
};
use crate::engine::listing::{Selection, Sort};
use crate::show::numbers::counted;
use crate::tr;

/// Lines that a page of an overlay scrolls.
const PAGE: usize = 10;

/// Shows a text, or hides it where it is shown.
pub(super) fn toggle(model: &mut Model, text: Text) {
    let shown = matches!(model.overlay, Some(Overlay::Text(now, _)) if now == text);
    if model.session().is_none() {
        return;
    }
    if shown {
        model.overlay = model.beneath.take();
    } else {
        // What was chosen but not taken yet must survive it.
        let is_kept = |overlay: &Overlay| {
            matches!(
                overlay,
                Overlay::Mapping(_)
                    | Overlay::Policies(_)
                    | Overlay::Breakdown(_)
                    | Overlay::Concentration(_)
                    | Overlay::Budget(_)
                    | Overlay::Rules(_)
            )
        };
        if model.overlay.as_ref().is_some_and(is_kept) {
            model.beneath = model.overlay.take();
        }
        model.overlay = Some(Overlay::Text(text, 0));
    }
    // Whoever was looked at gave way to it.
    marks::end_review(model);
    // What loading did not count is counted when somebody looks.
    let is_data = text == Text::Data && !shown;
    if let Some(session) = session(model).filter(|_| is_data) {
        session.data.ask();
    }
}

/// Opens what an action asks for; `false` where it asks for nothing of the kind.
pub(super) fn open(model: &mut Model, action: Action) -> bool {
    let page = model.page;
    let Some(session) = session(model) else { return false };
    let overlay = match action {
        Action::Menu(menu) => Overlay::Menu(menu, 0),
        Action::Movers => Overlay::Movers(Movers::default()),
        Action::Policies => Overlay::Policies(PolicyScreen { cursor: 0, proposed: session.policies }),
        Action::History => Overlay::History(session.history.held(), session.history.held()),
        Action::Sensitivity => {
            let segment = session.tiers.segment(&session.analysis).unwrap_or_default();
            Overlay::Sensitivity(Box::new(Sensitivity::of(segment)))
        }
        Action::Concentration => Overlay::Concentration(Box::default()),
        Action::Explain => match session.list.customer_now(&session.analysis, page) {
            Some(customer) => {
                // The orders come once they are read.
                session.details.ask();
                Overlay::Text(Text::Customer(customer), 0)
            }
            None => return true,
        },
        Action::Chips => Overlay::Chips(0),
        Action::Budget => Overlay::Budget(BudgetScreen::default()),
        Action::Rules => {
            // Only rows tell who meets a rule.
            session.details.ask();
            Overlay::Rules(RulesScreen::default())
        }
        Action::ViewScheme => Overlay::Text(Text::Scheme, 0),
        Action::Themes => model.themes.pick(),
        Action::Breakdown => breakdown::open(session),
        Action::Give => {
            let segments = &session.analysis.scheme().segments;
            let mut names: Vec<String> =
                segments.iter().map(|segment| words::segment(&segment.name).to_owned()).collect();
            names.push(tr!("a new segment ...").to_owned());
            Overlay::Pick(Pick { what: Picking::Segment, why: String::new(), names, cursor: 0 })
        }
        Action::PickScheme => {
            let bins = session.analysis.map().bins();
            let now = session.analysis.scheme().name.clone();
            let names: Vec<String> = model.catalogue.fitting(bins).into_iter().map(str::to_owned).collect();
            let cursor = names.iter().position(|name| *name == now).unwrap_or_default();
            Overlay::Pick(Pick { what: Picking::Scheme, why: String::new(), names, cursor })
        }
        _ => return false,
    };
    model.overlay = Some(overlay);
    true
}

pub(super) fn update(model: &mut Model, action: Action) -> Effect {
    // From a menu, an action goes where it would go without it.
    if let Some(Overlay::Menu(menu, cursor)) = &mut model.overlay {
        match action {
            Action::Move(Direction::Down) => *cursor = (*cursor + 1).min(menu.entries().len() - 1),
            Action::Move(Direction::Up) => *cursor = cursor.saturating_sub(1),
            Action::Back => model.overlay = None,
            Action::Select => {
                let chosen = menu.entries()[*cursor].action;
                return choose(model, chosen);
            }
            _ => {}
        }
        return Effect::None;
    }
    match &mut model.overlay {
        Some(Overlay::Text(_, scroll)) => match action {
            Action::Move(Direction::Down) => *scroll = scroll.saturating_add(1),
            Action::Move(Direction::Up) => *scroll = scroll.saturating_sub(1),
            Action::Page(Direction::Down) => *scroll = scroll.saturating_add(PAGE),
            Action::Page(_) => *scroll = scroll.saturating_sub(PAGE),
            Action::End(Direction::Up) => *scroll = 0,
            // Drawing knows where the end is.
            Action::End(_) => *scroll = usize::MAX,
            Action::Back => {
                model.overlay = model.beneath.take();
                marks::end_review(model);
            }
            Action::Marks(MarkAction::One) => mark(model),
            Action::Ask(Asked::CustomerNote) => marks::ask_note(model),
            Action::Move(direction @ (Direction::Left | Direction::Right)) => walk(model, direction),
            _ => {}
        },
        Some(Overlay::Prompt(_)) => match action {
            Action::Select => return prompt::confirm(model),
            Action::Back => prompt::leave(model),
            _ => {}
        },
        Some(Overlay::Columns(_)) => columns::choose_columns(model, action),
        Some(Overlay::Chips(_)) => return conditions::choose_chips(model, action),
        Some(Overlay::Pick(pick)) => match action {
            Action::Move(_) | Action::End(_) => {
                let last = pick.names.len().saturating_sub(1);
                pick.cursor = moved(pick.cursor, last, action).unwrap_or(pick.cursor);
                if pick.what == Picking::Theme {
                    return themes::try_on(model);
                }
            }
            Action::Back if pick.what == Picking::Theme => {
                (model.overlay, model.message) = (None, None);
                return themes::back(model);
            }
            Action::Back => {
                // Who leaves a question open is asked again, from the first one on.
                if matches!(pick.what, Picking::Sheet | Picking::Currency) {
                    model.forget_picked();
                }
                model.overlay = None;
            }
            Action::Select => return picked(model),
            _ => {}
        },
        Some(Overlay::Movers(_)) => movers(model, action),
        Some(Overlay::History(..)) => history(model, action),
        Some(Overlay::Sensitivity(_)) => sensitivity(model, action),
        Some(Overlay::Breakdown(_)) => breakdown::update(model, action),
        Some(Overlay::Concentration(_)) => concentration::update(model, action),
        Some(
            Overlay::Help(_)
            | Overlay::Palette(_)
            | Overlay::Menu(..)
            | Overlay::Policies(_)
            | Overlay::Mapping(_)
            | Overlay::Budget(_)
            | Overlay::Rules(_),
        )
        | None => {}
    }
    Effect::None
}

/// Goes on to the customer before or after in the list, where one is looked at.
fn walk(model: &mut Model, direction: Direction) {
    let page = model.page;
    let (Some(Overlay::Text(Text::Customer(shown), scroll)), Stage::Open(session)) =
        (&mut model.overlay, &mut model.stage)
    else {
        return;
    };
    let list = &mut session.list;
    let place = if direction == Direction::Left { list.cursor.saturating_sub(1) } else { list.cursor + 1 };
    list.go(place, page);
    list.make_rows(&session.analysis, page);
    if let Some(customer) = list.customer() {
        (*shown, *scroll) = (customer, 0);
        if session.reviewing {
            session.marks.stop_at(customer);
        }
    }
}

/// Marks the customer that is looked at, or takes the mark away.
fn mark(model: &mut Model) {
    let (Some(Overlay::Text(Text::Customer(customer), _)), Stage::Open(session)) = (&model.overlay, &mut model.stage)
    else {
        return;
    };
    session.marks.toggle(*customer);
}

/// Carries out a menu's entry.
pub(super) fn choose(model: &mut Model, action: Action) -> Effect {
    model.overlay = None;
    model.message = None;
    act(model, action)
}

fn picked(model: &mut Model) -> Effect {
    let Some(Overlay::Pick(pick)) = model.overlay.take() else { return Effect::None };
    match pick.what {
        Picking::Segment if pick.cursor + 1 == pick.names.len() => prompt::ask(model, Asked::NewSegment),
        Picking::Segment => scheme::give(model, pick.cursor),
        Picking::Scheme => {
            if let Some(name) = pick.names.get(pick.cursor) {
                scheme::go_over(model, name);
            }
        }
        Picking::Theme => themes::keep(model, &pick),
        Picking::Condition => {
            if let Some(condition) = pick.names.get(pick.cursor) {
                conditions::take_offer(model, condition);
            }
        }
        Picking::Session => return go_on_with(model, pick.cursor),
        Picking::Sheet | Picking::Currency => {
            let Some(name) = pick.names.into_iter().nth(pick.cursor) else { return Effect::None };
            if pick.what == Picking::Sheet {
                model.request.text.sheet = Some(name);
            } else {
                model.request.currency = name.parse().ok();
            }
            model.picked.push(pick.what);
            return load(model);
        }
    }
    Effect::None
}

fn movers(model: &mut Model, action: Action) {
    let Some(Overlay::Movers(movers)) = &mut model.overlay else { return };
    let Some(table) = &movers.table else {
        model.overlay = None;
        return;
    };
    let (row, column) = &mut movers.cursor;
    match action {
        Action::Move(Direction::Down) => *row = (*row + 1).min(table.from.len()),
        Action::Move(Direction::Up) => *row = row.saturating_sub(1),
        Action::Move(Direction::Right) => *column = (*column + 1).min(table.to.len()),
        Action::Move(Direction::Left) => *column = column.saturating_sub(1),
        Action::End(Direction::Up) => *column = 0,
        Action::End(_) => *column = table.to.len(),
        Action::NextMetric => movers.by_revenue = !movers.by_revenue,
        Action::Back => model.overlay = None,
        Action::Select => {
            let (from, to) = Movers::segments(movers.cursor);
            let elsewhere = || tr!("moved to" | "elsewhere");
            let before = from.map_or_else(elsewhere, |from| words::segment(&table.from[from]));
            let now = to.map_or_else(elsewhere, |to| words::segment(&table.to[to]));
            let words = format!("{before} → {now}");
            model.overlay = None;
            list_moved(model, from, to, &words);
        }
        _ => {}
    }
}

/// Lists who moved, the largest money first.
fn list_moved(model: &mut Model, from: Option<usize>, to: Option<usize>, words: &str) {
    let Some(session) = session(model) else { return };
    session.sort_list(Sort::default());
    session.select(Selection::Moved(from, to));
    session.panel = super::super::session::Panel::Customers;
    let customers = counted(session.list.listing.len() as i128, "customer");
    let key = session.keymap.name_in(Context::Customers, Action::Back);
    model.say(tr!("{customers} {moved} listed; {key} lists all again", customers, moved = words, key));
}

fn history(model: &mut Model, action: Action) {
    let Some(Overlay::History(mut cursor, from)) = model.overlay else { return };
    let Some(session) = session(model) else { return };
    let last = session.history.steps().len();
    match action {
        Action::Move(Direction::Down) => cursor = (cursor + 1).min(last),
        Action::Move(Direction::Up) => cursor = cursor.saturating_sub(1),
        Action::Undo => cursor = session.history.held().saturating_sub(1),
        Action::Redo => cursor = (session.history.held() + 1).min(last),
        Action::Back => {
            session.go(from);
            model.overlay = None;
            return;
        }
        _ => {}
    }
    // Walking it shows each step behind it; Enter stays there.
    if cursor != session.history.held() || session.waits_for_rows() {
        session.go(cursor);
    }
    model.overlay = if action == Action::Select { None } else { Some(Overlay::History(cursor, from)) };
}

fn sensitivity(model: &mut Model, action: Action) {
    let Some(Overlay::Sensitivity(sensitivity)) = &mut model.overlay else { return };
    match action {
        Action::Move(Direction::Down) => sensitivity.segment += 1,
        Action::Move(_) => sensitivity.segment = sensitivity.segment.saturating_sub(1),
        Action::Nudge(direction) => cuts::nudge(model, direction, false),
        Action::NudgeFar(direction) => cuts::nudge(model, direction, true),
        Action::PickCut(cut) => cuts::pick(model, cut),
        Action::FocusAxis(axis) => super::panels::focus(model, axis),
        Action::Undo => cuts::undo(model),
        Action::Redo => cuts::redo(model),
        Action::Back => model.overlay = None,
        _ => {}
    }
    let shown = model.session().map_or(0, |session| session.analysis.map().shown());
    if let Some(Overlay::Sensitivity(sensitivity)) = &mut model.overlay {
        sensitivity.segment = sensitivity.segment.min(shown.saturating_sub(1));
    }
}

/// Compares with something else.
pub(super) fn baseline(model: &mut Model, to: BaselineTo) {
    let Some(session) = session(model) else { return };
    let here = session.analysis.setting().clone();
    let (setting, name) = match (to, session.history.held()) {
        (BaselineTo::Here, 0) => (Some(here), BaselineName::Here),
        (BaselineTo::Here, steps) => (Some(here), BaselineName::Step(steps)),
        (BaselineTo::Start, _) => (Some(session.history.start().clone()), BaselineName::Start),
        (BaselineTo::Nothing, _) => (None, BaselineName::Nothing),
    };
    let baseline = name.words();
    session.compare(setting, name);
    let [who, differences] = [Action::Movers, Action::Differences].map(|action| model.keymap.name_of(action));
    model.say(match to {
        BaselineTo::Nothing => tr!("compared with nothing").to_owned(),
        BaselineTo::Here | BaselineTo::Start => tr!(
            "compared with {baseline} from now on; {who} tells who moved, {differences} hides the differences",
            baseline,
            who,
            differences
        ),
    });
}
