//! Which filters are on, of either kind, in words for the title line.

use crate::engine::analysis::Setting;
use crate::show::text::{clean, cut, width};
use crate::tr;

/// Columns below which conditions tell nothing.
const SHORTEST: usize = 8;

/// The filters that are on, within so many columns: `rows where …` for the data filter, `customers where …` for that of
/// customers. Where there is little room, each has half of it, or the kinds are named alone.
pub(super) fn words(setting: &Setting, room: usize) -> String {
    let kinds = [(Kind::Rows, &setting.data_filter), (Kind::Customers, &setting.filter)];
    let on: Vec<(Kind, String)> = kinds
        .into_iter()
        .filter(|(_, filter)| !filter.is_empty())
        .map(|(kind, filter)| (kind, clean(&filter.to_string()).into_owned()))
        .collect();
    let whole = on.iter().map(|(kind, text)| kind.of(text)).collect::<Vec<_>>().join(" · ");
    if on.is_empty() || width(&whole) <= room {
        return whole;
    }
    let share = ((room + 3) / on.len()).saturating_sub(3);
    let longest_kind = on.iter().map(|(kind, _)| width(&kind.of(""))).max().unwrap_or(0);
    if share >= longest_kind + SHORTEST {
        let parts = on.iter().map(|(kind, text)| cut(&kind.of(text), share).into_owned());
        return parts.collect::<Vec<_>>().join(" · ");
    }
    let named = on.iter().map(|(kind, _)| kind.of("…")).collect::<Vec<_>>().join(" · ");
    let shortest = on.iter().map(|(kind, _)| kind.name()).collect::<Vec<_>>().join(tr!("list" | ", "));
    let shortest = tr!("filtered: {kinds}", kinds = shortest);
    cut(if width(&named) <= room { &named } else { &shortest }, room).into_owned()
}

/// What a filter leaves out.
#[derive(Clone, Copy)]
enum Kind {
    Rows,
    Customers,
}

impl Kind {
    fn of(self, filter: &str) -> String {
        match self {
            Self::Rows => tr!("rows where {filter}", filter),
            Self::Customers => tr!("customers where {filter}", filter),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Rows => tr!("filtered" | "rows"),
            Self::Customers => tr!("filtered" | "customers"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::sync::Arc;

    use super::*;
    use crate::model::customers::Axis;
    use crate::model::cuts::{Closed, Cuts};
    use crate::model::measures::Measures;
    use crate::model::schemes::Catalogue;

    #[test]
    fn the_kind_is_told_however_little_room_there_is() -> Result<(), Box<dyn Error>> {
        let cuts = |axis| Cuts::fixed(axis, Closed::Right, &[1]);
        let setting = Setting {
            measures: Measures::default(),
            cuts: [cuts(Axis::Recency)?, cuts(Axis::Frequency)?, cuts(Axis::Monetary)?],
            scheme: Arc::new(Catalogue::built_in().find("score-total")?),
            data_filter: Arc::new("category = 'Lamps'".parse()?),
            filter: Arc::new("recency <= 365".parse()?),
            rules: Arc::default(),
            budget: Arc::default(),
            clv: crate::model::value::ClvTerms::default(),
        };
        for (room, expected) in [
            (80, "rows where category = 'Lamps' · customers where recency <= 365"),
            (58, "rows where category = 'Lam… · customers where recency <=…"),
            (38, "rows where … · customers where …"),
            (30, "filtered: rows, customers"),
            (10, "filtered:…"),
            (0, ""),
        ] {
            assert_eq!(words(&setting, room), expected);
        }
        let of_rows = Setting { filter: Arc::default(), ..setting };
        assert_eq!(words(&of_rows, 24), "rows where category = '…");
        let none = Setting { data_filter: Arc::default(), ..of_rows };
        assert_eq!(words(&none, 80), "");
        Ok(())
    }
}
