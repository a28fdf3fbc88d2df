//! Names as files keep them in the place of those that the screen shows.

use std::sync::Arc;

use super::{Field, Fields};
use crate::engine::analysis::Setting;
use crate::lang::{self, Language};
use crate::model::field::Vocabulary;

impl Fields {
    /// A setting whose filter and budget call segments by their own names, to be gone over to from another one: who reads
    /// them in another language types what the screen shows, and what is kept must be understood in any.
    #[must_use]
    pub(in crate::engine) fn in_own_names(&self, setting: Setting, from: &Setting) -> Setting {
        let is_typed = setting.filter != from.filter || setting.budget != from.budget;
        if lang::current() == Language::English || !is_typed {
            return setting;
        }
        let scheme = Arc::clone(&setting.scheme);
        let vocabulary = self.vocabulary(&scheme);
        let field = |name: &str| vocabulary.field(name).map(|field| self.definition(field).field);
        let own = |shown: &str| scheme.own_name(shown).map(str::to_owned);
        let filter = setting.filter.with_texts(&|name| field(name) == Some(Field::Segment), &own);
        let budget = setting.budget.with_names(own);
        Setting { filter: Arc::new(filter), budget: Arc::new(budget), ..setting }
    }
}
