//! The analysis of the customers that some rows make: those that a data filter takes, or all.

use std::sync::Arc;

use super::{Analysis, AnalysisError, Setting};
use crate::engine::data_filter::{RowNames, Taken, taken};
use crate::engine::filter::bind;
use crate::engine::population::Population;
use crate::model::filter::Filter;
use crate::model::measured::Measured;
use crate::model::measures::Measures;

impl Analysis {
    /// The analysis of the customers of all rows, under whatever setting: itself, where no data filter is on.
    #[must_use]
    pub fn whole(&self) -> &Self {
        self.whole.as_deref().unwrap_or(self)
    }

    /// What the data filter takes of the kept rows; `None` where none is on.
    #[must_use]
    pub const fn taken(&self) -> Option<&Taken> {
        self.taken.as_ref()
    }

    /// The fields of all rows as data filters know them.
    #[must_use]
    pub fn row_names(&self) -> RowNames<'_> {
        let whole = self.whole();
        RowNames::new(whole.fields.transactions().map(AsRef::as_ref), whole.customers().scale)
    }

    /// Everybody of all rows under some choice of measures: those that cuts follow which follow the data.
    #[must_use]
    pub fn everybody_of_all_rows(&mut self, measures: Measures) -> Population {
        match &self.whole {
            Some(whole) => Self::clone(whole).everybody(measures),
            None => self.everybody(measures),
        }
    }

    /// Whether a data filter speaks only of what the rows have.
    ///
    /// # Errors
    /// [`AnalysisError::DataFilter`] naming what they do not, [`AnalysisError::NoRows`] where they are not at hand.
    pub fn can_take(&self, filter: &Filter) -> Result<(), AnalysisError> {
        if filter.is_empty() {
            return Ok(());
        }
        if self.whole().fields.transactions().is_none() {
            return Err(AnalysisError::NoRows);
        }
        bind(filter, &self.row_names()).map_err(AnalysisError::DataFilter)?;
        Ok(())
    }

    /// Takes the place of another analysis: whatever was made for that one is out of date.
    pub fn succeed(&mut self, other: &Self) {
        self.version = self.version.max(other.version) + 1;
    }

    /// Goes over to a setting with another data filter.
    pub(super) fn go_over_rows(&mut self, setting: Setting) -> Result<(), AnalysisError> {
        let whole = match &self.whole {
            Some(whole) => Arc::clone(whole),
            None => Arc::new(Self { profile: None, ..self.clone() }),
        };
        let mut next =
            if setting.data_filter.is_empty() { Self::clone(&whole) } else { Self::of_rows(&whole, &setting)? };
        if next.setting != setting {
            next.apply(setting)?;
        }
        next.compare(self.baseline.clone())?;
        next.succeed(self);
        *self = next;
        Ok(())
    }

    /// The customers of the rows that a setting's data filter takes, of all rows; its other filter is still to be applied.
    fn of_rows(whole: &Arc<Self>, setting: &Setting) -> Result<Self, AnalysisError> {
        let Some(rows) = whole.fields.transactions() else { return Err(AnalysisError::NoRows) };
        let customers = whole.customers();
        let taken = taken(&setting.data_filter, rows, customers.scale).map_err(AnalysisError::DataFilter)?;
        let (left, kept) = rows.regroup(customers, |row| taken.has(row));
        let taken = Taken::of((customers, rows), (&left, &kept));
        let measured = Measured::new(Arc::new(left), whole.measured().as_of(), setting.measures);
        let population = Population::everybody(measured);
        let mut of_rows = Self::of_everybody(population, Some(Arc::new(kept)), setting, whole.chosen.clone())?;
        of_rows.setting.data_filter = Arc::clone(&setting.data_filter);
        (of_rows.whole, of_rows.taken) = (Some(Arc::clone(whole)), Some(taken));
        Ok(of_rows)
    }
}
