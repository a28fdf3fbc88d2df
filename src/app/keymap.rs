//! The one table of keys: it dispatches them, and the help and the hints are read off it.

use super::action::{Action, Asked, Direction};
use super::menu::Menu;
use super::model::Context;
use crate::model::customers::Axis;

/// A key without its terminal encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character, upper case as typed with shift.
    Char(char),
    /// A character with Ctrl.
    Ctrl(char),
    /// An arrow.
    Arrow(Direction),
    /// An arrow with Shift.
    ShiftArrow(Direction),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// Backspace; only prompts use it.
    Backspace,
    /// Delete; only prompts use it.
    Delete,
}

impl Key {
    /// The key as help and hints name it.
    #[must_use]
    pub fn name(self) -> String {
        let arrow = |direction| match direction {
            Direction::Left => "←",
            Direction::Right => "→",
            Direction::Up => "↑",
            Direction::Down => "↓",
        };
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::Arrow(direction) => arrow(direction).to_owned(),
            Self::ShiftArrow(direction) => format!("Shift-{}", arrow(direction)),
            Self::Enter => "Enter".to_owned(),
            Self::Esc => "Esc".to_owned(),
            Self::Tab => "Tab".to_owned(),
            Self::BackTab => "Shift-Tab".to_owned(),
            Self::PageUp => "PgUp".to_owned(),
            Self::PageDown => "PgDn".to_owned(),
            Self::Home => "Home".to_owned(),
            Self::End => "End".to_owned(),
            Self::Backspace => "Backspace".to_owned(),
            Self::Delete => "Delete".to_owned(),
        }
    }
}

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In all contexts but prompts.
    Everywhere,
    /// In all panels of an open data set.
    Panels,
    /// In one context.
    Only(Context),
}

impl Scope {
    /// Whether it holds in a context.
    #[must_use]
    pub fn holds(self, context: Context) -> bool {
        match self {
            Self::Everywhere => context != Context::Prompt,
            Self::Panels => context.is_panel(),
            Self::Only(only) => only == context,
        }
    }

    /// The heading in the help.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Panels => "In every panel",
            Self::Only(context) => context.title(),
        }
    }
}

/// Keys that do one thing in one scope.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where.
    pub scope: Scope,
    /// The keys, the one to name first.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// What they do, in a few words; bindings of the same words are shown together.
    pub words: &'static str,
    /// A shorter form for the bottom line; `None`: not shown there.
    pub hint: Option<&'static str>,
}

const fn binding(
    scope: Scope,
    keys: &'static [Key],
    action: Action,
    words: &'static str,
    hint: Option<&'static str>,
) -> Binding {
    Binding { scope, keys, action, words, hint }
}

use Direction::{Down, Left, Right, Up};
use Key::{Arrow, Char, Ctrl, ShiftArrow};
use Scope::{Everywhere, Only, Panels};

const SENSITIVITY: &str = "sensitivity: the segments at every position of the cut";
const OTHER_CUT: &str = "another axis; again: its next cut";

/// Every key there is. Narrow scopes stand before wide ones, the first that holds is taken.
pub const BINDINGS: &[Binding] = &[
    // Cuts: arrows sideways move the cut, up and down pick one.
    binding(
        Only(Context::Cuts),
        &[Arrow(Left), Char('h')],
        Action::Nudge(Left),
        "move the cut a step",
        Some("move cut"),
    ),
    binding(
        Only(Context::Cuts),
        &[Arrow(Right), Char('l')],
        Action::Nudge(Right),
        "move the cut a step",
        Some("move cut"),
    ),
    binding(
        Only(Context::Cuts),
        &[ShiftArrow(Left), Char('H')],
        Action::NudgeFar(Left),
        "move the cut far",
        Some("far"),
    ),
    binding(
        Only(Context::Cuts),
        &[ShiftArrow(Right), Char('L')],
        Action::NudgeFar(Right),
        "move the cut far",
        Some("far"),
    ),
    binding(
        Only(Context::Cuts),
        &[Arrow(Up), Char('k')],
        Action::Move(Up),
        "pick a cut, on to the next axis",
        Some("pick"),
    ),
    binding(
        Only(Context::Cuts),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "pick a cut, on to the next axis",
        Some("pick"),
    ),
    binding(Only(Context::Cuts), &[Key::Enter], Action::Ask(Asked::CutValue), "type a value for the cut", Some("type")),
    binding(Only(Context::Cuts), &[Char('s')], Action::Sensitivity, SENSITIVITY, Some("all positions")),
    binding(
        Only(Context::Cuts),
        &[Char('a')],
        Action::Ask(Asked::NewCut),
        "add a cut, take the picked one away",
        Some("add"),
    ),
    binding(
        Only(Context::Cuts),
        &[Char('x'), Key::Delete],
        Action::RemoveCut,
        "add a cut, take the picked one away",
        Some("remove"),
    ),
    binding(
        Only(Context::Cuts),
        &[Char('t')],
        Action::Menu(Menu::Distribute),
        "lay the axis's cuts anew: equal counts, round numbers, mean",
        Some("lay anew"),
    ),
    binding(
        Only(Context::Cuts),
        &[Char('n')],
        Action::NextMeasure,
        "measure the axis by its next measure",
        Some("measure"),
    ),
    binding(Only(Context::Cuts), &[Char('1')], Action::PickCut(0), "pick a cut by its number", None),
    binding(Only(Context::Cuts), &[Char('2')], Action::PickCut(1), "pick a cut by its number", None),
    binding(Only(Context::Cuts), &[Char('3')], Action::PickCut(2), "pick a cut by its number", None),
    binding(Only(Context::Cuts), &[Char('4')], Action::PickCut(3), "pick a cut by its number", None),
    binding(Only(Context::Cuts), &[Char('5')], Action::PickCut(4), "pick a cut by its number", None),
    binding(Only(Context::Cuts), &[Char('6')], Action::PickCut(5), "pick a cut by its number", None),
    binding(Only(Context::Cuts), &[Char('7')], Action::PickCut(6), "pick a cut by its number", None),
    binding(Only(Context::Cuts), &[Char('8')], Action::PickCut(7), "pick a cut by its number", None),
    binding(Only(Context::Cuts), &[Char('9')], Action::PickCut(8), "pick a cut by its number", None),
    // Heatmap.
    binding(Only(Context::Heatmap), &[Arrow(Left), Char('h')], Action::Move(Left), "move over the cells", Some("cell")),
    binding(Only(Context::Heatmap), &[Arrow(Down), Char('j')], Action::Move(Down), "move over the cells", Some("cell")),
    binding(Only(Context::Heatmap), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the cells", Some("cell")),
    binding(
        Only(Context::Heatmap),
        &[Arrow(Right), Char('l')],
        Action::Move(Right),
        "move over the cells",
        Some("cell"),
    ),
    binding(Only(Context::Heatmap), &[Key::Enter], Action::Select, "list the customers of the cell", Some("list it")),
    binding(
        Only(Context::Heatmap),
        &[Char(' ')],
        Action::Mark,
        "mark a block of cells, give it to another segment",
        Some("mark"),
    ),
    binding(
        Only(Context::Heatmap),
        &[Char('a')],
        Action::Give,
        "mark a block of cells, give it to another segment",
        Some("give"),
    ),
    binding(
        Only(Context::Heatmap),
        &[Char('t')],
        Action::NextLayer,
        "show one score of the third axis alone, or all",
        Some("third axis"),
    ),
    // Tiers.
    binding(
        Only(Context::Tiers),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the segments",
        Some("segment"),
    ),
    binding(Only(Context::Tiers), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the segments", Some("segment")),
    binding(Only(Context::Tiers), &[Key::Enter], Action::Select, "list the customers of the segment", Some("list it")),
    binding(Only(Context::Tiers), &[Char('s')], Action::Sort, "sort the segments by the next column", Some("sort")),
    binding(Only(Context::Tiers), &[Char('S')], Action::Reverse, "turn the order round", None),
    binding(Only(Context::Tiers), &[Char('n')], Action::Ask(Asked::SegmentName), "rename the segment", Some("rename")),
    binding(Only(Context::Tiers), &[Char('K')], Action::Reorder(Up), "move the segment up or down the scheme", None),
    binding(Only(Context::Tiers), &[Char('J')], Action::Reorder(Down), "move the segment up or down the scheme", None),
    // Customers.
    binding(
        Only(Context::Customers),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the customers",
        Some("move"),
    ),
    binding(
        Only(Context::Customers),
        &[Arrow(Up), Char('k')],
        Action::Move(Up),
        "move over the customers",
        Some("move"),
    ),
    binding(
        Only(Context::Customers),
        &[Key::PageDown, Char(' '), Ctrl('d')],
        Action::Page(Down),
        "move by a page",
        Some("page"),
    ),
    binding(Only(Context::Customers), &[Key::PageUp, Ctrl('u')], Action::Page(Up), "move by a page", Some("page")),
    binding(Only(Context::Customers), &[Key::Home, Char('g')], Action::End(Up), "go to the first or the last", None),
    binding(Only(Context::Customers), &[Key::End, Char('G')], Action::End(Down), "go to the first or the last", None),
    binding(Only(Context::Customers), &[Arrow(Left), Char('h')], Action::Move(Left), "choose a column", Some("column")),
    binding(
        Only(Context::Customers),
        &[Arrow(Right), Char('l')],
        Action::Move(Right),
        "choose a column",
        Some("column"),
    ),
    binding(
        Only(Context::Customers),
        &[Char('s')],
        Action::Sort,
        "sort by the column; again: the other way",
        Some("sort"),
    ),
    binding(Only(Context::Customers), &[Char('S')], Action::Reverse, "turn the order round", None),
    binding(
        Only(Context::Customers),
        &[Key::Enter, Char('i')],
        Action::Explain,
        "why the customer is where they are",
        Some("why here"),
    ),
    // Every panel.
    binding(
        Panels,
        &[Char('r')],
        Action::FocusAxis(Axis::Recency),
        "edit the cuts of recency, frequency, monetary",
        Some("cuts"),
    ),
    binding(
        Panels,
        &[Char('f')],
        Action::FocusAxis(Axis::Frequency),
        "edit the cuts of recency, frequency, monetary",
        Some("cuts"),
    ),
    binding(
        Panels,
        &[Char('m')],
        Action::FocusAxis(Axis::Monetary),
        "edit the cuts of recency, frequency, monetary",
        Some("cuts"),
    ),
    binding(Panels, &[Char('u')], Action::Undo, "undo", Some("undo")),
    binding(Panels, &[Char('U'), Ctrl('r')], Action::Redo, "redo", None),
    binding(Panels, &[Char('y')], Action::History, "history: every step, to walk", None),
    binding(
        Panels,
        &[Char('=')],
        Action::Ask(Asked::Solve),
        "solve: the cut that makes a segment as large as wanted",
        Some("solve"),
    ),
    binding(Panels, &[Char('w')], Action::Movers, "who moved since the baseline", Some("movers")),
    binding(Panels, &[Char('b')], Action::Menu(Menu::Baseline), "baseline: what to compare with", Some("baseline")),
    binding(Panels, &[Char('v')], Action::Differences, "show or hide the differences from it", None),
    binding(
        Panels,
        &[Char('F')],
        Action::Ask(Asked::Filter),
        "filter: count only customers within conditions",
        Some("filter"),
    ),
    binding(
        Panels,
        &[Char('o')],
        Action::Menu(Menu::Scenario),
        "scenario: save, open, compare, note",
        Some("scenario"),
    ),
    binding(
        Panels,
        &[Char('e')],
        Action::Menu(Menu::Scheme),
        "scheme: view, choose, rename, write your own",
        Some("scheme"),
    ),
    binding(Panels, &[Char('p')], Action::NextPlane, "heatmap: the next two axes", Some("axes")),
    binding(Panels, &[Char('c')], Action::NextMetric, "heatmap: colour by the next figure", Some("colour by")),
    binding(Panels, &[Char('z')], Action::Zoom, "give the panel the whole screen, or back", Some("zoom")),
    binding(Panels, &[Char('d')], Action::Data, "the data: files, columns, rejected rows, notes", Some("data")),
    binding(Panels, &[Key::Tab], Action::NextPanel, "next panel, panel before", Some("panel")),
    binding(Panels, &[Key::BackTab], Action::PreviousPanel, "next panel, panel before", None),
    binding(Panels, &[Key::Esc], Action::Back, "clear the selection", Some("clear")),
    // A question of which column.
    binding(
        Only(Context::Asking),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the columns",
        Some("column"),
    ),
    binding(Only(Context::Asking), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the columns", Some("column")),
    binding(Only(Context::Asking), &[Key::Enter], Action::Select, "take the column", Some("take it")),
    binding(Only(Context::Asking), &[Key::Esc], Action::Quit, "leave", Some("leave")),
    // Loading and its ends.
    binding(Only(Context::Loading), &[Key::Esc], Action::Back, "cancel loading", Some("cancel")),
    binding(Only(Context::Stopped), &[Char('r')], Action::Reload, "load again", Some("load again")),
    // Overlays.
    binding(Only(Context::Overlay), &[Key::Esc, Key::Enter], Action::Back, "close", Some("close")),
    binding(Only(Context::Overlay), &[Arrow(Down), Char('j')], Action::Move(Down), "scroll", Some("scroll")),
    binding(Only(Context::Overlay), &[Arrow(Up), Char('k')], Action::Move(Up), "scroll", Some("scroll")),
    binding(Only(Context::Overlay), &[Key::PageDown, Char(' ')], Action::Page(Down), "scroll by a page", None),
    binding(Only(Context::Overlay), &[Key::PageUp], Action::Page(Up), "scroll by a page", None),
    binding(Only(Context::Overlay), &[Char('d')], Action::Data, "close", None),
    // Menus and choices: letters of a menu choose too.
    binding(Only(Context::Menu), &[Arrow(Down)], Action::Move(Down), "move over the choices", Some("choice")),
    binding(Only(Context::Menu), &[Arrow(Up)], Action::Move(Up), "move over the choices", Some("choice")),
    binding(Only(Context::Menu), &[Key::Enter], Action::Select, "take it", Some("take it")),
    binding(Only(Context::Menu), &[Key::Esc], Action::Back, "close", Some("close")),
    binding(
        Only(Context::Pick),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the choices",
        Some("choice"),
    ),
    binding(Only(Context::Pick), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the choices", Some("choice")),
    binding(Only(Context::Pick), &[Key::Home], Action::End(Up), "go to the first or the last", None),
    binding(Only(Context::Pick), &[Key::End], Action::End(Down), "go to the first or the last", None),
    binding(Only(Context::Pick), &[Key::Enter], Action::Select, "take it", Some("take it")),
    binding(Only(Context::Pick), &[Key::Esc], Action::Back, "close", Some("close")),
    // Movers.
    binding(Only(Context::Movers), &[Arrow(Left), Char('h')], Action::Move(Left), "move over the table", Some("cell")),
    binding(Only(Context::Movers), &[Arrow(Down), Char('j')], Action::Move(Down), "move over the table", Some("cell")),
    binding(Only(Context::Movers), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the table", Some("cell")),
    binding(
        Only(Context::Movers),
        &[Arrow(Right), Char('l')],
        Action::Move(Right),
        "move over the table",
        Some("cell"),
    ),
    binding(Only(Context::Movers), &[Key::Enter], Action::Select, "list those customers", Some("list them")),
    binding(Only(Context::Movers), &[Char('c')], Action::NextMetric, "customers or revenue", Some("revenue")),
    binding(Only(Context::Movers), &[Key::Esc, Char('w')], Action::Back, "close", Some("close")),
    // History.
    binding(Only(Context::History), &[Arrow(Down), Char('j')], Action::Move(Down), "walk the steps", Some("walk")),
    binding(Only(Context::History), &[Arrow(Up), Char('k')], Action::Move(Up), "walk the steps", Some("walk")),
    binding(Only(Context::History), &[Char('u')], Action::Undo, "undo, redo", None),
    binding(Only(Context::History), &[Char('U')], Action::Redo, "undo, redo", None),
    binding(Only(Context::History), &[Key::Enter, Char('y')], Action::Select, "stay there", Some("stay there")),
    binding(Only(Context::History), &[Key::Esc], Action::Back, "back to where it was", Some("back")),
    // Sensitivity.
    binding(
        Only(Context::Sensitivity),
        &[Arrow(Left), Char('h')],
        Action::Nudge(Left),
        "move the cut a step",
        Some("move cut"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[Arrow(Right), Char('l')],
        Action::Nudge(Right),
        "move the cut a step",
        Some("move cut"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[ShiftArrow(Left), Char('H')],
        Action::NudgeFar(Left),
        "move the cut far",
        Some("far"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[ShiftArrow(Right), Char('L')],
        Action::NudgeFar(Right),
        "move the cut far",
        Some("far"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "watch another segment",
        Some("segment"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[Arrow(Up), Char('k')],
        Action::Move(Up),
        "watch another segment",
        Some("segment"),
    ),
    binding(Only(Context::Sensitivity), &[Char('r')], Action::FocusAxis(Axis::Recency), OTHER_CUT, Some("other cut")),
    binding(Only(Context::Sensitivity), &[Char('f')], Action::FocusAxis(Axis::Frequency), OTHER_CUT, Some("other cut")),
    binding(Only(Context::Sensitivity), &[Char('m')], Action::FocusAxis(Axis::Monetary), OTHER_CUT, Some("other cut")),
    binding(Only(Context::Sensitivity), &[Char('u')], Action::Undo, "undo, redo", None),
    binding(Only(Context::Sensitivity), &[Char('U')], Action::Redo, "undo, redo", None),
    binding(Only(Context::Sensitivity), &[Key::Esc, Key::Enter, Char('s')], Action::Back, "close", Some("close")),
    // Prompts take every other key as text.
    binding(Only(Context::Prompt), &[Key::Enter], Action::Select, "take the value", Some("take")),
    binding(Only(Context::Prompt), &[Key::Esc], Action::Back, "leave it as it was", Some("leave as it was")),
    binding(Only(Context::Prompt), &[Ctrl('c')], Action::Quit, "quit", None),
    // Everywhere.
    binding(Everywhere, &[Char('?')], Action::Help, "these keys", Some("keys")),
    binding(Everywhere, &[Char('q')], Action::Leave, "quit", Some("quit")),
    binding(Everywhere, &[Ctrl('c')], Action::Quit, "quit at once", None),
    binding(Everywhere, &[Ctrl('l')], Action::Redraw, "draw the screen anew", None),
    binding(Everywhere, &[Ctrl('z')], Action::Suspend, "stop, until the shell's fg", None),
];

/// What a key does in a context.
#[must_use]
pub fn lookup(context: Context, key: Key) -> Option<Action> {
    BINDINGS
        .iter()
        .find(|binding| binding.scope.holds(context) && binding.keys.contains(&key))
        .map(|binding| binding.action)
}

/// The hints of a context: keys that do the same joined, with a few words each; the narrowest scope first.
#[must_use]
pub fn hints(context: Context) -> Vec<(String, &'static str)> {
    let mut hints: Vec<(String, &'static str)> = Vec::new();
    for binding in BINDINGS.iter().filter(|binding| binding.scope.holds(context)) {
        let (Some(hint), Some(key)) = (binding.hint, binding.keys.first()) else { continue };
        match hints.iter_mut().find(|(_, words)| *words == hint) {
            Some((keys, _)) => join(keys, &key.name()),
            None => hints.push((key.name(), hint)),
        }
    }
    hints
}

/// `←` and `→` are `←→`; `Shift-←` and `Shift-→` are `Shift-←→`; others stand apart.
fn join(keys: &mut String, key: &str) {
    match key.strip_prefix("Shift-") {
        Some(arrow) if keys.starts_with("Shift-") => keys.push_str(arrow),
        _ => {
            if key.chars().count() > 1 {
                keys.push('/');
            }
            keys.push_str(key);
        }
    }
}

/// The help: scope by scope, every action with all of its keys.
#[must_use]
pub fn help() -> Vec<(&'static str, Vec<(String, &'static str)>)> {
    let mut sections: Vec<(&'static str, Vec<(String, &'static str)>)> = Vec::new();
    // What holds in most places is looked for most.
    let wide = |binding: &&Binding| matches!(binding.scope, Panels | Everywhere);
    let narrow = BINDINGS.iter().filter(|binding| !wide(binding));
    for binding in BINDINGS.iter().filter(wide).chain(narrow) {
        let title = binding.scope.title();
        if !sections.iter().any(|(known, _)| *known == title) {
            sections.push((title, Vec::new()));
        }
        let Some((_, lines)) = sections.iter_mut().find(|(known, _)| *known == title) else { continue };
        let keys = binding.keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(" ");
        match lines.iter_mut().find(|(_, words)| *words == binding.words) {
            Some((known, _)) => {
                for key in keys.split(' ') {
                    // Contexts of one heading may share their keys.
                    if !known.split(' ').any(|other| other == key) {
                        known.push(' ');
                        known.push_str(key);
                    }
                }
            }
            None => lines.push((keys, binding.words)),
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things_in_one_scope() {
        for (number, binding) in BINDINGS.iter().enumerate() {
            for other in &BINDINGS[number + 1..] {
                let shared = binding.keys.iter().find(|key| other.keys.contains(key));
                assert!(binding.scope != other.scope || shared.is_none(), "{shared:?} in {:?}", binding.scope);
            }
        }
    }

    #[test]
    fn narrow_scopes_come_before_wide_ones() {
        assert_eq!(lookup(Context::Stopped, Key::Char('r')), Some(Action::Reload));
        assert_eq!(lookup(Context::Heatmap, Key::Char('r')), Some(Action::FocusAxis(Axis::Recency)));
        assert_eq!(lookup(Context::Cuts, Arrow(Left)), Some(Action::Nudge(Left)));
        assert_eq!(lookup(Context::Prompt, Key::Char('q')), None);
    }

    #[test]
    fn no_binding_needs_a_key_that_keyboards_lack_or_tmux_takes() {
        for binding in BINDINGS {
            for key in binding.keys {
                assert!(!matches!(key, Char('[' | ']' | '{' | '}' | '~' | '\\' | '|') | Ctrl('b')), "{key:?}");
            }
        }
    }

    #[test]
    fn hints_join_the_keys_of_one_thing() {
        let hints = hints(Context::Cuts);
        assert_eq!(hints[0], ("←→".to_owned(), "move cut"));
        assert_eq!(hints[1], ("Shift-←→".to_owned(), "far"));
        assert!(hints.contains(&("rfm".to_owned(), "cuts")));
    }
}
