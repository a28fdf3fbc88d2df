//! Where the user is: what gets the keys.

use crate::tr;

/// Who gets the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The heatmap.
    Heatmap,
    /// The tiers.
    Tiers,
    /// The distributions and their cuts.
    Cuts,
    /// The list.
    Customers,
    /// Roles for columns.
    Mapping,
    /// Policies to decide.
    Policies,
    /// Loading.
    Loading,
    /// Nothing is open: loading failed or was cancelled.
    Stopped,
    /// Text to read: data, the scheme, what was said.
    Overlay,
    /// The help.
    Help,
    /// The command palette.
    Palette,
    /// A few things to choose from.
    Menu,
    /// Segments or schemes to choose from.
    Pick,
    /// Who moved.
    Movers,
    /// The steps taken.
    History,
    /// A cut's positions.
    Sensitivity,
    /// How few customers bring most of the revenue.
    Concentration,
    /// What tiers cost.
    Budget,
    /// The VIP rules.
    Rules,
    /// A line to type.
    Prompt,
    /// A customer.
    Customer,
    /// The columns of the list.
    Columns,
    /// The conditions of the filter.
    Chips,
    /// A segment by the values of a field.
    Breakdown,
}

impl Context {
    /// All there are, in the order of the help.
    pub const ALL: [Self; 24] = [
        Self::Heatmap,
        Self::Tiers,
        Self::Cuts,
        Self::Customers,
        Self::Customer,
        Self::Columns,
        Self::Chips,
        Self::Movers,
        Self::History,
        Self::Sensitivity,
        Self::Breakdown,
        Self::Concentration,
        Self::Budget,
        Self::Rules,
        Self::Mapping,
        Self::Policies,
        Self::Overlay,
        Self::Help,
        Self::Palette,
        Self::Menu,
        Self::Pick,
        Self::Prompt,
        Self::Loading,
        Self::Stopped,
    ];

    /// Whether it is a panel of an open data set.
    #[must_use]
    pub const fn is_panel(self) -> bool {
        matches!(self, Self::Heatmap | Self::Tiers | Self::Cuts | Self::Customers)
    }

    /// Whether characters are typed there: no key of a character means anything else.
    #[must_use]
    pub const fn types(self) -> bool {
        matches!(self, Self::Prompt | Self::Palette)
    }

    /// What it is called in the help.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Heatmap => tr!("RFM heatmap"),
            Self::Tiers => tr!("Tiers"),
            Self::Cuts => tr!("Distributions and cuts"),
            Self::Customers => tr!("Customers"),
            Self::Mapping => tr!("Columns and their roles"),
            Self::Policies => tr!("Policies"),
            Self::Loading => tr!("While loading"),
            Self::Stopped => tr!("Nothing open"),
            Self::Overlay => tr!("Data and other text"),
            Self::Help => tr!("Help"),
            Self::Palette => tr!("The command palette"),
            Self::Menu | Self::Pick => tr!("Menus and choices"),
            Self::Movers => tr!("Movers"),
            Self::History => tr!("History"),
            Self::Sensitivity => tr!("Sensitivity of a cut"),
            Self::Concentration => tr!("Concentration"),
            Self::Budget => tr!("Budget"),
            Self::Rules => tr!("VIP rules"),
            Self::Prompt => tr!("Typing a value"),
            Self::Customer => tr!("A customer"),
            Self::Columns => tr!("Columns of the list"),
            Self::Chips => tr!("Conditions of the filter"),
            Self::Breakdown => tr!("Breakdown"),
        }
    }
}
