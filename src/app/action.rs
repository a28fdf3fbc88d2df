//! Everything a user can do. Keys, help and hints all come from the table that maps keys to these.

use super::menu::Menu;
use crate::data::parse::date::DateOrder;
use crate::data::synonyms::Role;
use crate::model::customers::Axis;
use crate::model::cuts::Method;

/// Where an arrow points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To smaller values.
    Left,
    /// To larger values.
    Right,
    /// Up the screen.
    Up,
    /// Down the screen.
    Down,
}

/// What the figures are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaselineTo {
    /// The setting as it is now.
    Here,
    /// The setting at the start.
    Start,
    /// Nothing.
    Nothing,
}

/// What a line is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The value of the picked cut.
    CutValue,
    /// The value of a cut more.
    NewCut,
    /// How large a segment should be.
    Solve,
    /// Who is looked at.
    Filter,
    /// Which rows make the customers.
    DataFilter,
    /// Another name for the segment under the cursor.
    SegmentName,
    /// The name of a new segment for the marked cells.
    NewSegment,
    /// Where to save the view.
    SaveScenario,
    /// Which view to open.
    OpenScenario,
    /// Which view to compare with.
    CompareScenario,
    /// Where to save the scheme.
    SaveScheme,
    /// A note on the scenario.
    Note,
    /// The scenario's review date.
    ReviewBy,
    /// What lifetime values are computed with.
    ClvTerms,
    /// What the segment under the cursor costs.
    Cost,
    /// The VIP rule under the cursor.
    Rule,
    /// A VIP rule more.
    NewRule,
    /// Whom to find.
    Find,
    /// Where in the list to go.
    Jump,
    /// A note on the customer under the cursor.
    CustomerNote,
    /// Where to write what is listed.
    ExportListed,
    /// Where to write what is marked.
    ExportMarked,
    /// Where to save a picture of the screen.
    Picture,
}

/// What is copied to the terminal's clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The cell under the cursor.
    Cell,
    /// The row under the cursor, with its heads.
    Row,
    /// All that is listed.
    List,
}

/// What is done with marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkAction {
    /// Mark the customer under the cursor, or take the mark away, and go on.
    One,
    /// Mark all from the one marked last to the one under the cursor.
    Range,
    /// Mark everybody who is listed.
    Listed,
    /// Turn the marks of everybody who is listed round.
    Invert,
    /// Take all marks away.
    Clear,
    /// List those that are marked.
    Show,
    /// Look at one after the other, from where that stopped.
    Review,
}

/// What is done with the columns of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnAction {
    /// Show all columns, to choose from.
    Choose,
    /// Show or hide the one under the cursor.
    Toggle,
    /// Move it to the left or the right.
    Shift(Direction),
    /// Make it wider.
    Wider,
    /// Make it narrower.
    Narrower,
    /// As wide as what it shows.
    Fit,
    /// Keep it and those before it in sight.
    Freeze,
    /// Show or hide sums.
    Sums,
}

/// One thing that a user can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Leave the program at once.
    Quit,
    /// Leave it, unless something was changed that is to be saved.
    Leave,
    /// Stop the process until the shell continues it.
    Suspend,
    /// Draw the screen anew in full.
    Redraw,
    /// Show everything that can be done, to be found by its name.
    Palette,
    /// Show or hide what was said.
    Log,
    /// Show the lines for beginners once more.
    Tour,
    /// Show the list's usual columns.
    UsualColumns,
    /// Show panels, axes and orders as at first.
    UsualView,
    /// Show or hide the keys.
    Help,
    /// Show or hide what is known of the data.
    Data,
    /// Save the screen as a picture.
    SavePicture,
    /// Go to the next panel.
    NextPanel,
    /// Go to the panel before.
    PreviousPanel,
    /// Give the focused panel the whole screen, or back.
    Zoom,
    /// Do something with marks.
    Marks(MarkAction),
    /// Do something with the columns of the list.
    Columns(ColumnAction),
    /// Go to the next of those found, or the one before.
    NextFound(Direction),
    /// Offer conditions that what is under the cursor meets.
    Quick,
    /// Show the conditions of the filter.
    Chips,
    /// Switch a condition of the filter off or on.
    ToggleChip,
    /// Turn a condition of the filter round.
    NegateChip,
    /// Take a condition of the filter away.
    RemoveChip,
    /// Copy to the terminal's clipboard.
    Copy(Copied),
    /// Mask names, phones and the like on the screen, or stop.
    Privacy,
    /// Move the cursor of the focused panel.
    Move(Direction),
    /// Go to the next heading of the help, or the one before.
    Heading(Direction),
    /// Unfold everything, or fold it again.
    UnfoldAll,
    /// Move it by a page.
    Page(Direction),
    /// Move it to the first or the last.
    End(Direction),
    /// Select what the cursor is on, or confirm.
    Select,
    /// Go on with what can only come next on the line that is typed, or show what can.
    Complete,
    /// Close what is open, call off what is being written, clear the selection, cancel loading.
    Back,
    /// Show the next two axes on the heatmap.
    NextPlane,
    /// Colour the heatmap by the next figure.
    NextMetric,
    /// Sort the focused panel by the next column, or by the one under the cursor.
    Sort,
    /// Sort by the column under the cursor too, where the others are equal.
    SortThen,
    /// Turn the order round.
    Reverse,
    /// Edit the cuts of an axis.
    FocusAxis(Axis),
    /// Pick a cut of the focused axis by its number, from 0.
    PickCut(usize),
    /// Move the picked cut by a step.
    Nudge(Direction),
    /// Move it far.
    NudgeFar(Direction),
    /// Take the picked cut away.
    RemoveCut,
    /// Lay the cuts of the focused axis anew from the data.
    Distribute(Method),
    /// Put them at round numbers.
    Round,
    /// Measure the focused axis by its next measure.
    NextMeasure,
    /// Show the segments at every position of the picked cut.
    Sensitivity,
    /// Tells how few customers bring most of the revenue.
    Concentration,
    /// Ask for a line of text.
    Ask(Asked),
    /// Open a menu.
    Menu(Menu),
    /// Compare with something else.
    Baseline(BaselineTo),
    /// Show or hide the differences from the baseline.
    Differences,
    /// Show who moved from segment to segment.
    Movers,
    /// Show the steps taken.
    History,
    /// Tell why the customer under the cursor is where they are.
    Explain,
    /// Mark cells from here on, or stop.
    Mark,
    /// Give the marked cells to another segment.
    Give,
    /// Show the next score of the third axis alone, or all.
    NextLayer,
    /// Move the segment under the cursor up or down the scheme.
    Reorder(Direction),
    /// Move the divider between panels.
    Divide(Direction),
    /// Hide the panel.
    Hide,
    /// Go on with the session that was kept.
    GoOn,
    /// Show the scheme with what is wrong with it.
    ViewScheme,
    /// Choose another scheme.
    PickScheme,
    /// Make the last change once more.
    Repeat,
    /// Take the last change of the result back.
    Undo,
    /// Do it again.
    Redo,
    /// Show the policies, to decide otherwise.
    Policies,
    /// Show the columns with their roles, to choose others.
    Mapping,
    /// Give a role to the column under the cursor.
    GiveRole(Role),
    /// Take its role away.
    TakeRole,
    /// Forget what is remembered of the columns.
    Forget,
    /// Say what comes first in dates that do not tell.
    FirstInDates(DateOrder),
    /// Try themes on, and choose one.
    Themes,
    /// Load the data again.
    Reload,
    /// Break a segment down by any field.
    Breakdown,
    /// Look at the segment before or after.
    Watch(Direction),
    /// Show all segments beside each other, or one.
    Matrix,
    /// Show them by index, or by share.
    IndexOrShare,
    /// Show what tiers cost.
    Budget,
    /// Show the VIP rules.
    Rules,
    /// Take what the cursor is on away.
    TakeAway,
    /// Look at those alone who meet the rule under the cursor.
    FilterByRule,
}
