//! Which columns are attributes: all that play no role which makes rows into sales, by name over all files of a data set.

use super::load::MappedSource;
use super::mapping::AmountFrom;
use crate::tr;

/// Attributes that are kept where nobody says which: a table of thousands of columns has no more to say than this.
const MOST: usize = 24;

/// The attributes that are kept, and where each file has them.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    /// What they are called, as the first file that has them does.
    pub names: Vec<String>,
    /// For each file, the 0-based column of each; `None`: the file has none.
    pub columns: Vec<Vec<Option<usize>>>,
}

impl Attributes {
    /// The attributes of files: those that are named, or, without names, what there is.
    ///
    /// # Errors
    /// A sentence where a name is no column of any file.
    pub fn of(sources: &[MappedSource], named: &[String]) -> Result<Self, String> {
        let mut names: Vec<String> = Vec::new();
        let is_known = |names: &[String], name: &str| names.iter().any(|known| plain(known) == plain(name));
        for mapped in sources {
            let taken = taken(mapped);
            for (position, column) in mapped.source.columns.iter().enumerate() {
                let is_wanted = if named.is_empty() {
                    !taken.contains(&position) && names.len() < MOST && !column.name.trim().is_empty()
                } else {
                    is_known(named, &column.name)
                };
                if is_wanted && !is_known(&names, &column.name) {
                    names.push(column.name.clone());
                }
            }
        }
        if let Some(missing) = named.iter().find(|name| !is_known(&names, name)) {
            let there = sources.iter().flat_map(|mapped| &mapped.source.columns).map(|column| column.name.as_str());
            let there = there.take(MOST).collect::<Vec<_>>().join(", ");
            return Err(tr!("no column is called `{missing}`; there are {there}", missing, there));
        }
        let place = |mapped: &MappedSource, name: &String| {
            mapped.source.columns.iter().position(|column| plain(&column.name) == plain(name))
        };
        let columns = sources.iter().map(|mapped| names.iter().map(|name| place(mapped, name)).collect()).collect();
        Ok(Self { names, columns })
    }

    /// The columns of a file.
    #[must_use]
    pub fn of_file(&self, file: usize) -> &[Option<usize>] {
        self.columns.get(file).map_or(&[], Vec::as_slice)
    }
}

/// The columns that make a row a sale.
fn taken(mapped: &MappedSource) -> Vec<usize> {
    let mapping = &mapped.mapping;
    let mut taken = vec![mapping.customer, mapping.date];
    if let AmountFrom::Column(amount) = mapping.amount {
        taken.push(amount);
    }
    taken.extend([mapping.order, mapping.refund].into_iter().flatten());
    taken
}

/// A name as names are compared.
fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}
