//! The data filter: which rows make the customers.

use crate::tr;
use std::sync::Arc;

use super::super::action::Asked;
use super::super::details::wait_for;
use super::super::model::Model;
use super::session;
use crate::engine::analysis::Setting;
use crate::model::filter::{Filter, FilterError};

/// Takes a data filter as it is typed; without text, all rows make the customers.
pub(super) fn filter(model: &mut Model, text: &str) -> Result<(), String> {
    let filter: Filter = text.parse().map_err(|error: FilterError| error.to_string())?;
    let words = if filter.is_empty() { tr!("no data filter").to_owned() } else { tr!("data filter {filter}", filter) };
    let Some(session) = session(model) else { return Ok(()) };
    let setting = Setting { data_filter: Arc::new(filter), ..session.analysis.setting().clone() };
    // The newest wish is the one that counts.
    session.details.forget_waiting();
    if wait_for(session, &setting, &words, false) {
        session.details.remember_line(Asked::DataFilter, text);
    } else {
        go_over_rows(model, setting, &words, false)?;
    }
    model.overlay = None;
    Ok(())
}

/// Goes over to a setting with a data filter, as soon as the customers of its rows are counted.
///
/// # Errors
/// A sentence where one of its filters speaks of what is not there.
pub(in super::super) fn go_over_rows(
    model: &mut Model,
    setting: Setting,
    words: &str,
    is_scenario: bool,
) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    session.analysis.can_filter(&setting).map_err(|error| session.privacy.told(error))?;
    session.forget_rows();
    session.stop_walking();
    if setting.data_filter == session.analysis.setting().data_filter {
        model.say(tr!("{words}: that is so already", words));
    } else {
        session.wish_rows(setting, words, is_scenario);
    }
    Ok(())
}
