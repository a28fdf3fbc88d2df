//! Rows that are no sales, or not whole: headers within the data, totals of other rows, amounts that a delimiter cut.

use super::{File, Rejection};
use crate::data::batch::{Batch, Cells};
use crate::data::ledger::Reason;
use crate::data::mapping::Mapping;
use crate::data::parse::cell::plain;
use crate::data::parse::number::{DecimalMark, NumberFormat};
use crate::data::parse::text::{NoText, id_of};
use crate::data::source::is_filled;

/// Why a row has no day: it is no sale at all, or its date is missing or unreadable.
pub(super) fn no_date(file: &File, batch: &Batch, row: usize) -> Rejection {
    let mapping = &file.mapping;
    let text = |column: usize| batch.columns[column].text(row);
    if file.is_header(batch, row) {
        return (Reason::RepeatedHeader, mapping.date);
    }
    let places = [mapping.label, Some(mapping.customer), mapping.order, Some(mapping.date)];
    if let Some(column) = places.into_iter().flatten().find(|column| is_total(&text(*column))) {
        return (Reason::TotalRow, column);
    }
    // Words such as NULL say that there is none, here as in the other columns.
    match id_of(&batch.columns[mapping.date], row) {
        Err(NoText::Missing) => (Reason::MissingDate, mapping.date),
        _ => (Reason::UnreadableDate, mapping.date),
    }
}

impl File {
    /// Whether a row repeats the names of the columns.
    pub(super) fn is_header(&self, batch: &Batch, row: usize) -> bool {
        let same = |column: &usize| batch.columns[*column].text(row).trim() == self.columns[*column];
        [self.mapping.date, self.mapping.customer].iter().all(same)
    }

    /// The cell by which a row is a total of others whatever else it has: a word for that is all of its order number, or of its
    /// label or customer while it has no order number. A customer who is called `Total` keeps the orders that have numbers, and
    /// `Total Wine` is no such word at all.
    pub(super) fn total_of_others(&self, batch: &Batch, row: usize) -> Option<usize> {
        let says = |column: &usize| is_total_cell(&batch.columns[*column], row);
        let Mapping { customer, order, label, .. } = self.mapping;
        let found = [order, label, Some(customer)].into_iter().flatten().find(says)?;
        let has_number = order.is_some_and(|order| order != found && id_of(&batch.columns[order], row).is_ok());
        (!has_number).then_some(found)
    }

    /// Whether a row has more cells than the header.
    pub(super) fn is_wide(&self, batch: &Batch, row: usize) -> bool {
        self.mapping.beyond.is_some_and(|beyond| is_filled(&batch.columns[beyond.last], row))
    }

    /// Whether a row's amount is the front of one that the delimiter cut: the row has too many cells, and amount and next cell
    /// are one number with the delimiter between them.
    pub(super) fn is_cut(&self, batch: &Batch, row: usize, at: usize) -> bool {
        let cuts = self.mapping.beyond.is_some_and(|beyond| beyond.cuts);
        cuts && self.is_wide(batch, row) && {
            let whole = self.shown(batch, row, Reason::CutAmount, at);
            let reads = |mark| NumberFormat { mark, ..NumberFormat::default() }.parse(whole.as_bytes()).is_ok();
            // Behind other cells than the last, `2,5` may be an amount and something else.
            let is_last = self.mapping.beyond.is_some_and(|beyond| beyond.next == beyond.last);
            reads(DecimalMark::Point) || (is_last && reads(DecimalMark::Comma))
        }
    }

    /// What an example shows of a row: the cell, and of a cut amount both parts.
    pub(super) fn shown(&self, batch: &Batch, row: usize, reason: Reason, column: usize) -> String {
        let text = |column: usize| batch.columns[column].text(row);
        match self.mapping.beyond {
            Some(beyond) if reason == Reason::CutAmount => {
                format!("{},{}", text(column).trim(), text(beyond.next).trim())
            }
            _ => text(column),
        }
    }
}

/// Words for sums and means of the rows above, as small letters; of Chinese ones more may follow.
const TOTALS: [&str; 32] = [
    "合计",
    "总计",
    "总和",
    "小计",
    "累计",
    "共计",
    "汇总",
    "合計",
    "總計",
    "總和",
    "小計",
    "累計",
    "共計",
    "彙總",
    "平均",
    "total",
    "totals",
    "totaal",
    "grandtotal",
    "grandtotals",
    "subtotal",
    "subtotals",
    "soustotal",
    "totalgeneral",
    "totalgénéral",
    "sum",
    "summe",
    "average",
    "avg",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
];

/// Whether a cell says that its row sums up others: the word, perhaps with a count, a colon or a unit behind it.
fn is_total(text: &str) -> bool {
    let word: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).take(24).collect();
    !word.is_empty() && TOTALS.iter().any(|total| word == *total || (!total.is_ascii() && word.starts_with(total)))
}

/// Whether nothing but such a word is in a cell: `Total:`, `Sub-total`, `合计（共12笔）`, but not `Total 2`, `合计有限公司`.
fn is_total_cell(cells: &Cells, row: usize) -> bool {
    /// Bytes of the longest cell that is looked at.
    const LONGEST: usize = 64;
    let Cells::Text(texts) = cells else { return false };
    let Some(cell) = texts.get(row).map(plain).filter(|cell| cell.len() <= LONGEST) else { return false };
    // Nearly no id begins like such a word, and no other need be taken for text.
    if !matches!(cell.first(), Some(b'T' | b't' | b'G' | b'g' | b'S' | b's' | b'A' | b'a' | b'Z' | b'z' | 0xe5..=0xe7))
    {
        return false;
    }
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    let is_alone = |rest: &str| !rest.starts_with(char::is_alphabetic);
    if !text.starts_with(|c: char| c.is_ascii()) {
        return TOTALS.iter().any(|total| text.strip_prefix(total).is_some_and(is_alone));
    }
    let letters = || text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
    !text.contains(char::is_numeric) && TOTALS.iter().any(|total| letters().eq(total.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::batch::TextBuilder;

    #[test]
    fn totals_are_told_from_names() {
        for text in
            ["合计", "合计：", " 总计（共12笔）", "小计(元)", "TOTAL", "Grand Total:", "Sub-total", "總計 12 筆"]
        {
            assert!(is_total(text), "{text}");
        }
        for text in ["", "12", "Total Wine & More", "总统套房", "Summer", "合肥计量", "2024-01-05"] {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn a_total_with_a_date_is_told_by_a_whole_cell() {
        let cell = |text: &str| {
            let mut cells = TextBuilder::with_capacity(1, 8);
            cells.push(text.as_bytes());
            is_total_cell(&Cells::Text(cells.finish()), 0)
        };
        for text in
            ["Total", "TOTAL:", " 合计", "小计：", "总计", "總計 12 筆", "合计（共12笔）", "Grand Total", "AVERAGE"]
        {
            assert!(cell(text), "{text}");
        }
        for text in
            ["", "T1", "Total 2", "Total Wine", "合计有限公司", "Summer", "Sum 41", "总统套房", "Averagely", "S"]
        {
            assert!(!cell(text), "{text}");
        }
    }
}
