//! Keys of the panels.

use super::super::super::action::{Action, Asked, Direction};
use super::super::super::menu::Menu;
use super::super::super::model::Context;
use super::super::{Binding, Key, Scope};
use super::binding;
use crate::mark;
use crate::model::customers::Axis;

use Direction::{Down, Left, Right, Up};
use Key::{Arrow, Char, Ctrl, ShiftArrow};
use Scope::{Only, Panels};

const SENSITIVITY: &str = "sensitivity: the segments at every position of the cut";

/// What a panel has for itself.
pub(super) const OWN: &[Binding] = &[
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
];

/// What every panel has.
pub(super) const EVERY: &[Binding] = &[
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
    binding(Panels, &[Char('B')], Action::Breakdown, "breakdown: a segment by any attribute", Some("breakdown")),
    binding(
        Panels,
        &[Char('F')],
        Action::Ask(Asked::Filter),
        "filter: count only customers within conditions",
        Some("filter"),
    ),
    binding(
        Panels,
        &[Char(',')],
        Action::Quick,
        "quick filter: conditions that what is under the cursor meets",
        Some("quick filter"),
    ),
    binding(
        Panels,
        &[Char(';')],
        Action::Chips,
        "the conditions of the filter: off, on, turned round, taken away",
        None,
    ),
    binding(Panels, &[Char('M')], Action::Menu(Menu::Marks), "marks: all, invert, list, note, review", Some("marks")),
    binding(
        Panels,
        &[Char('E')],
        Action::Menu(Menu::Export),
        "export and copy what is listed or marked",
        Some("export"),
    ),
    binding(Panels, &[Char('X')], Action::Privacy, "privacy: mask ids, names, phones, mails, addresses", None),
    binding(
        Panels,
        &[Char('D')],
        Action::Ask(Asked::DataFilter),
        "data filter: make customers of some rows alone",
        Some("data filter"),
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
    binding(
        Panels,
        &[Char('d')],
        Action::Data,
        "the data card: files, columns, rejected rows, quality, notes",
        Some("data"),
    ),
    binding(
        Panels,
        &[Char('P')],
        Action::Policies,
        "policies: returns, duplicates, zero amounts and the like",
        Some("policies"),
    ),
    binding(Panels, &[Char('C')], Action::Mapping, "columns: which plays which role, and why", Some("columns")),
    binding(Panels, &[Key::Tab], Action::NextPanel, "next panel, panel before", Some("panel")),
    binding(Panels, &[Key::BackTab], Action::PreviousPanel, "next panel, panel before", None),
    binding(
        Panels,
        &[Key::Esc],
        Action::Back,
        "call a list off that is being written, else clear the selection",
        Some("clear"),
    ),
];

/// What is done more rarely in a panel is hinted at where there is room left.
pub(super) const RARE: &[Binding] = &[
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
    binding(Panels, &[Char('$')], Action::Budget, "budget: what each segment costs, and all of them", Some("budget")),
    binding(
        Panels,
        &[Char('R')],
        Action::Rules,
        "VIP rules: who meets them, and the tiers they make",
        Some("VIP rules"),
    ),
    binding(Panels, &[Char('T')], Action::Themes, mark!("themes: try them on, and choose one"), Some(mark!("theme"))),
];
