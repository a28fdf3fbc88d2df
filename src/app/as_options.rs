//! Scheme, cuts, policies and ways to read as they are now, as the options that give them again.

mod typed;

use super::session::Session;
use super::words;
use crate::model::customers::Axis;
use crate::tr;

/// Why there are no options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoOptions {
    /// The scheme was edited, and has no name yet.
    Edited,
    /// Cuts of an axis coincide, which cannot be typed.
    Coincide(Axis),
}

/// The options, or a word on why there are none.
#[must_use]
pub fn as_options(session: &Session) -> String {
    typed::options(session).unwrap_or_else(|none| match none {
        NoOptions::Edited => tr!("none: the scheme was edited; save the view as a scenario").to_owned(),
        NoOptions::Coincide(axis) => {
            tr!("none: {axis} cuts that coincide cannot be typed", axis = words::axis(axis))
        }
    })
}
