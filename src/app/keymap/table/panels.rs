//! Keys of the panels.

use super::super::super::action::{Action, Asked, Direction};
use super::super::super::context::Context;
use super::super::super::menu::Menu;
use super::super::command::Scope::{Only, Panels};
use super::super::key::Key::{self, Arrow, Char, Ctrl, ShiftArrow};
use super::{Table, row};
use crate::mark;
use crate::model::customers::Axis;
use Direction::{Down, Left, Right, Up};

/// What a panel has for itself.
pub(super) const OWN: &[Table] = &[
    // Cuts: arrows sideways move the cut, up and down pick one.
    Table(
        Only(Context::Cuts),
        &[
            row!(
                cut_left,
                [Arrow(Left), Char('h')],
                Action::Nudge(Left),
                mark!("move the cut a step"),
                mark!("move cut")
            ),
            row!(
                cut_right,
                [Arrow(Right), Char('l')],
                Action::Nudge(Right),
                mark!("move the cut a step"),
                mark!("move cut")
            ),
            row!(
                cut_far_left,
                [ShiftArrow(Left), Char('H')],
                Action::NudgeFar(Left),
                mark!("move the cut far"),
                mark!("far")
            ),
            row!(
                cut_far_right,
                [ShiftArrow(Right), Char('L')],
                Action::NudgeFar(Right),
                mark!("move the cut far"),
                mark!("far")
            ),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("pick a cut, on to the next axis"), mark!("pick")),
            row!(
                down,
                [Arrow(Down), Char('j')],
                Action::Move(Down),
                mark!("pick a cut, on to the next axis"),
                mark!("pick")
            ),
            row!(
                first,
                [Key::Home, Char('g')],
                Action::End(Up),
                mark!("go to the first cut or the last, with a number before it to that one")
            ),
            row!(
                last,
                [Key::End, Char('G')],
                Action::End(Down),
                mark!("go to the first cut or the last, with a number before it to that one")
            ),
            row!(
                type_value,
                [Key::Enter],
                Action::Ask(Asked::CutValue),
                mark!("type a value for the cut"),
                mark!("type")
            ),
            row!(
                all_positions,
                [Char('s')],
                Action::Sensitivity,
                mark!("sensitivity: the segments at every position of the cut"),
                mark!("all positions")
            ),
        ],
    ),
    // Heatmap.
    Table(
        Only(Context::Heatmap),
        &[
            row!(left, [Arrow(Left), Char('h')], Action::Move(Left), mark!("move over the cells"), mark!("cell")),
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the cells"), mark!("cell")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the cells"), mark!("cell")),
            row!(right, [Arrow(Right), Char('l')], Action::Move(Right), mark!("move over the cells"), mark!("cell")),
            row!(list_cell, [Key::Enter], Action::Select, mark!("list the customers of the cell"), mark!("list it")),
        ],
    ),
    // Tiers.
    Table(
        Only(Context::Tiers),
        &[
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the segments"), mark!("segment")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the segments"), mark!("segment")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first or the last")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first or the last")),
            row!(
                list_segment,
                [Key::Enter],
                Action::Select,
                mark!("list the customers of the segment"),
                mark!("list it")
            ),
            row!(sort, [Char('s')], Action::Sort, mark!("sort the segments by the next column"), mark!("sort")),
            row!(reverse, [Char('S')], Action::Reverse, mark!("turn the order round")),
            row!(rename, [Char('n')], Action::Ask(Asked::SegmentName), mark!("rename the segment"), mark!("rename")),
            row!(order_up, [Char('K')], Action::Reorder(Up), mark!("move the segment up or down the scheme")),
            row!(order_down, [Char('J')], Action::Reorder(Down), mark!("move the segment up or down the scheme")),
        ],
    ),
];

/// What every panel has.
pub(super) const EVERY: &[Table] = &[
    // Every panel.
    Table(
        Panels,
        &[
            row!(
                recency_cuts,
                [Char('r')],
                Action::FocusAxis(Axis::Recency),
                mark!("edit the cuts of recency, frequency, monetary"),
                mark!("cuts")
            ),
            row!(
                frequency_cuts,
                [Char('f')],
                Action::FocusAxis(Axis::Frequency),
                mark!("edit the cuts of recency, frequency, monetary"),
                mark!("cuts")
            ),
            row!(
                monetary_cuts,
                [Char('m')],
                Action::FocusAxis(Axis::Monetary),
                mark!("edit the cuts of recency, frequency, monetary"),
                mark!("cuts")
            ),
            row!(undo, [Char('u')], Action::Undo, mark!("undo"), mark!("undo")),
            row!(redo, [Char('U'), Ctrl('r')], Action::Redo, mark!("redo")),
            row!(history, [Char('y')], Action::History, mark!("history: every step, to walk")),
            row!(
                solve,
                [Char('=')],
                Action::Ask(Asked::Solve),
                mark!("solve: the cut that makes a segment as large as wanted"),
                mark!("solve")
            ),
            row!(movers, [Char('w')], Action::Movers, mark!("who moved since the baseline"), mark!("movers")),
            row!(
                baseline,
                [Char('b')],
                Action::Menu(Menu::Baseline),
                mark!("baseline: what to compare with"),
                mark!("baseline")
            ),
            row!(differences, [Char('v')], Action::Differences, mark!("show or hide the differences from it")),
            row!(
                breakdown,
                [Char('B')],
                Action::Breakdown,
                mark!("breakdown: a segment by any attribute"),
                mark!("breakdown")
            ),
            row!(
                concentration,
                [Char('%')],
                Action::Concentration,
                mark!("concentration: how few customers bring 80% of the revenue (Pareto)"),
                mark!("concentration")
            ),
            row!(
                filter,
                [Char('F')],
                Action::Ask(Asked::Filter),
                mark!("filter: count only customers within conditions"),
                mark!("filter")
            ),
            row!(
                quick_filter,
                [Char(',')],
                Action::Quick,
                mark!("quick filter: conditions that what is under the cursor meets"),
                mark!("quick filter")
            ),
            row!(
                conditions,
                [Char(';')],
                Action::Chips,
                mark!("the conditions of the filter: off, on, turned round, taken away")
            ),
            row!(
                marks,
                [Char('M')],
                Action::Menu(Menu::Marks),
                mark!("marks: all, invert, list, note, review"),
                mark!("marks")
            ),
            row!(
                export,
                [Char('E')],
                Action::Menu(Menu::Export),
                mark!("export and copy what is listed or marked"),
                mark!("export")
            ),
            row!(privacy, [Char('X')], Action::Privacy, mark!("privacy: mask ids, names, phones, mails, addresses")),
            row!(
                data_filter,
                [Char('D')],
                Action::Ask(Asked::DataFilter),
                mark!("data filter: make customers of some rows alone"),
                mark!("data filter")
            ),
            row!(
                scenario,
                [Char('o')],
                Action::Menu(Menu::Scenario),
                mark!("scenario: save, open, compare, note"),
                mark!("scenario")
            ),
            row!(
                scheme,
                [Char('e')],
                Action::Menu(Menu::Scheme),
                mark!("scheme: view, choose, rename, write your own"),
                mark!("scheme")
            ),
            row!(next_axes, [Char('p')], Action::NextPlane, mark!("heatmap: the next two axes"), mark!("axes")),
            row!(
                next_figure,
                [Char('c')],
                Action::NextMetric,
                mark!("heatmap: colour by the next figure"),
                mark!("colour by")
            ),
            row!(zoom, [Char('z')], Action::Zoom, mark!("give the panel the whole screen, or back"), mark!("zoom")),
            row!(
                data,
                [Char('d')],
                Action::Data,
                mark!("the data card: files, columns, rejected rows, quality, notes"),
                mark!("data")
            ),
            row!(
                policies,
                [Char('P')],
                Action::Policies,
                mark!("policies: returns, duplicates, zero amounts and the like"),
                mark!("policies")
            ),
            row!(
                columns,
                [Char('C')],
                Action::Mapping,
                mark!("columns: which plays which role, and why"),
                mark!("columns")
            ),
            row!(next_panel, [Key::Tab], Action::NextPanel, mark!("next panel, panel before"), mark!("panel")),
            row!(previous_panel, [Key::BackTab], Action::PreviousPanel, mark!("next panel, panel before")),
            row!(
                clear,
                [Key::Esc],
                Action::Back,
                mark!("call a list off that is being written, else clear the selection"),
                mark!("clear")
            ),
        ],
    ),
];

/// What is done more rarely in a panel is hinted at where there is room left.
pub(super) const RARE: &[Table] = &[
    Table(
        Only(Context::Cuts),
        &[
            row!(
                add_cut,
                [Char('a')],
                Action::Ask(Asked::NewCut),
                mark!("add a cut, take the picked one away"),
                mark!("add")
            ),
            row!(
                remove_cut,
                [Char('x'), Key::Delete],
                Action::RemoveCut,
                mark!("add a cut, take the picked one away"),
                mark!("remove")
            ),
            row!(
                lay_anew,
                [Char('t')],
                Action::Menu(Menu::Distribute),
                mark!("lay the axis's cuts anew: equal counts, round numbers, mean"),
                mark!("lay anew")
            ),
            row!(
                next_measure,
                [Char('n')],
                Action::NextMeasure,
                mark!("measure the axis by its next measure"),
                mark!("measure")
            ),
        ],
    ),
    Table(
        Only(Context::Heatmap),
        &[
            row!(
                mark_block,
                [Char(' ')],
                Action::Mark,
                mark!("mark a block of cells, give it to another segment"),
                mark!("mark")
            ),
            row!(
                give_block,
                [Char('a')],
                Action::Give,
                mark!("mark a block of cells, give it to another segment"),
                mark!("give")
            ),
            row!(
                third_axis,
                [Char('t')],
                Action::NextLayer,
                mark!("show one score of the third axis alone, or all"),
                mark!("third axis")
            ),
        ],
    ),
    Table(
        Panels,
        &[
            row!(
                budget,
                [Char('$')],
                Action::Budget,
                mark!("budget: what each segment costs, and all of them"),
                mark!("budget")
            ),
            row!(
                vip_rules,
                [Char('R')],
                Action::Rules,
                mark!("VIP rules: who meets them, and the tiers they make"),
                mark!("VIP rules")
            ),
            row!(themes, [Char('T')], Action::Themes, mark!("themes: try them on, and choose one"), mark!("theme")),
        ],
    ),
];
