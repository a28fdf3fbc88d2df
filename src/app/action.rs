//! Everything a user can do. Keys, help and hints all come from the table that maps keys to these.

use crate::model::customers::Axis;

/// Where an arrow points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// One thing that a user can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Leave the program.
    Quit,
    /// Stop the process until the shell continues it.
    Suspend,
    /// Draw the screen anew in full.
    Redraw,
    /// Show or hide the keys.
    Help,
    /// Show or hide what is known of the data.
    Data,
    /// Go to the next panel.
    NextPanel,
    /// Go to the panel before.
    PreviousPanel,
    /// Give the focused panel the whole screen, or back.
    Zoom,
    /// Move the cursor of the focused panel.
    Move(Direction),
    /// Move it by a page.
    Page(Direction),
    /// Move it to the first or the last.
    End(Direction),
    /// Select what the cursor is on, or confirm.
    Select,
    /// Close what is open, clear the selection, cancel loading.
    Back,
    /// Show the next two axes on the heatmap.
    NextPlane,
    /// Colour the heatmap by the next figure.
    NextMetric,
    /// Sort the focused panel by the next column, or by the one under the cursor.
    Sort,
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
    /// Type a value for it.
    TypeCut,
    /// Take the last change of the result back.
    Undo,
    /// Do it again.
    Redo,
    /// Load the data again.
    Reload,
}
