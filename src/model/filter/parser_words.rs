//! What the parser of SQL writes in its messages, as far as they are turned into those of filters.

/// What comes before the place of a problem.
pub(super) const PLACE: &str = " at Line: ";

/// What stands between line and column.
pub(super) const COLUMN: &str = ", Column: ";

/// What a message of something unexpected begins with.
pub(super) const EXPECTED: &str = "Expected: ";

/// What stands before that something.
pub(super) const FOUND: &str = ", found: ";

/// What is expected where a name or a value may stand.
pub(super) const EXPRESSION: &str = "an expression";

/// What is in all that is expected after `is`.
pub(super) const AFTER_IS: &str = "after IS";
