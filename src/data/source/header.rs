//! Where the data begins in a table of text: below titles and a header, or at once.

use crate::data::columns::{names_columns, roles_named};

/// Records at the top that may be titles.
const MOST_TITLES: usize = 50;

/// What the first records of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Top {
    /// Records above the header, or above the data.
    pub(super) titles: usize,
    /// Whether the record behind them names the columns.
    pub(super) header: bool,
}

/// Tells titles and header from data by the first records. `said`: what the user says of the header.
pub(super) fn top(records: &[Vec<String>], said: Option<bool>) -> Top {
    let width = usual_width(records);
    let is_title = |record: &Vec<String>| filled(record) * 2 <= width || (width <= 3 && filled(record) < width);
    let titles = records.iter().take(MOST_TITLES).take_while(|record| is_title(record)).count();
    // Without a header behind them, they are data with gaps.
    let below = records.get(titles..).unwrap_or_default();
    if titles > 0 && width > 1 && said != Some(false) && names_columns(below) {
        return Top { titles, header: true };
    }
    // A record with few cells is hardly a header, unless its names are those of roles.
    let names = names_columns(records) && (titles == 0 || records.first().is_some_and(|first| roles_named(first) > 1));
    Top { titles: 0, header: said.unwrap_or(names) }
}

fn filled(record: &[String]) -> usize {
    record.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// How many cells most records have filled.
fn usual_width(records: &[Vec<String>]) -> usize {
    let mut widths: Vec<usize> = records.iter().map(|record| filled(record)).collect();
    widths.sort_unstable();
    // The middle one: gaps and titles are on one side of it, however many of either there are.
    widths.get(widths.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> Top {
        let records: Vec<Vec<String>> = lines.iter().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        top(&records, None)
    }

    #[test]
    fn titles_above_a_header_are_told_from_it_and_from_data() {
        let data = ["A1,2024-01-05,3.50,x", "A2,2024-01-06,4.50,y", "A3,2024-01-07,,z"];
        let with = |lines: &[&'static str]| told(&[lines, &data].concat());
        assert_eq!(with(&[]), Top { titles: 0, header: false });
        assert_eq!(with(&["customer,date,amount,note"]), Top { titles: 0, header: true });
        assert_eq!(with(&["Sales report", "customer,date,amount,note"]), Top { titles: 1, header: true });
        let padded = ["销售报表,,,", "导出时间,2024-02-01,,", ",,,", "客户编号,日期,金额,备注"];
        assert_eq!(with(&padded), Top { titles: 3, header: true });
        assert_eq!(with(&["A0,,,"]), Top { titles: 0, header: false });
    }
}
