//! Colours.
/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// auto
    #[default]
    Auto,
}
