//! The sections of a keymap file: one a context, by names that stay.

use super::super::context::Context;
use super::command::Scope;

/// The name of a scope's section.
#[must_use]
pub(super) const fn name(scope: Scope) -> &'static str {
    match scope {
        Scope::Everywhere => "everywhere",
        Scope::Panels => "panels",
        Scope::Only(context) => match context {
            Context::Heatmap => "heatmap",
            Context::Tiers => "tiers",
            Context::Cuts => "cuts",
            Context::Customers => "customers",
            Context::Customer => "customer",
            Context::Columns => "list-columns",
            Context::Chips => "conditions",
            Context::Movers => "movers",
            Context::History => "history",
            Context::Sensitivity => "sensitivity",
            Context::Concentration => "concentration",
            Context::Breakdown => "breakdown",
            Context::Budget => "budget",
            Context::Rules => "vip-rules",
            Context::Mapping => "columns",
            Context::Policies => "policies",
            Context::Overlay => "text",
            Context::Help => "help",
            Context::Palette => "palette",
            Context::Menu => "menu",
            Context::Pick => "choice",
            Context::Prompt => "prompt",
            Context::Loading => "loading",
            Context::Stopped => "nothing-open",
        },
    }
}

/// The scope of a section.
#[must_use]
pub(super) fn scope(section: &str) -> Option<Scope> {
    Scope::all().find(|scope| name(*scope) == section)
}
