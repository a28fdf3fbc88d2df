//! Customers as they are kept in a file: columns as runs of bytes, a column that stands for two once, texts by their
//! lengths. What is read is checked before anybody looks a customer up in it.

use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::money::Scale;
use super::super::packed::Packed;
use super::{Customers, TextArena};

#[derive(Serialize)]
struct WrittenTexts<'a> {
    text: &'a str,
    lengths: Packed,
}

#[derive(Deserialize)]
struct ReadTexts<'a> {
    text: &'a str,
    lengths: Packed,
}

impl Serialize for TextArena {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let start = |place: usize| if place == 0 { 0 } else { self.ends[place - 1] };
        let lengths = Packed::from_fn(self.len(), |place| (self.ends[place] - start(place)) as i64);
        WrittenTexts { text: &self.bytes, lengths }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TextArena {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ReadTexts { text, lengths } = ReadTexts::deserialize(deserializer)?;
        ends(text, &lengths)
            .map(|ends| Self { bytes: text.to_owned(), ends })
            .ok_or_else(|| D::Error::custom("texts that do not end where they should"))
    }
}

/// Where texts of some lengths end, end to end in one text; `None` where they do not fill it, or one ends within a
/// character.
fn ends(text: &str, lengths: &Packed) -> Option<Vec<u64>> {
    let mut ends = Vec::with_capacity(lengths.len());
    let mut end = 0u64;
    for length in lengths.iter() {
        end = end.checked_add(u64::try_from(length).ok()?)?;
        ends.push(end);
    }
    // The last one being the end, and none going back, all are within the text.
    let is_full = end == text.len() as u64;
    let are_whole = || text.is_ascii() || ends.iter().all(|end| text.is_char_boundary(*end as usize));
    (is_full && are_whole()).then_some(ends)
}

/// How many columns there are.
const COLUMNS: usize = 9;

#[derive(Serialize)]
enum WrittenColumn<'a> {
    /// A column of its own.
    Own(&'a Packed),
    /// The same as an earlier one.
    Same(u8),
}

#[derive(Deserialize)]
enum ReadColumn {
    Own(Packed),
    Same(u8),
}

#[derive(Serialize)]
struct Written<'a> {
    decimals: u8,
    ids: &'a TextArena,
    columns: [WrittenColumn<'a>; COLUMNS],
}

#[derive(Deserialize)]
struct Read {
    decimals: u8,
    ids: TextArena,
    columns: [ReadColumn; COLUMNS],
}

impl Customers {
    /// All columns in the order that they are kept in.
    const fn columns(&self) -> [&Arc<Packed>; COLUMNS] {
        let Self { first_order, last_order, orders, days, rows, net, gross, largest_order, gap, ids: _, scale: _ } =
            self;
        [first_order, last_order, orders, days, rows, net, gross, largest_order, gap]
    }
}

impl Serialize for Customers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = self.columns();
        let column = |place: usize| {
            let same = all[..place].iter().position(|earlier| Arc::ptr_eq(earlier, all[place]));
            same.map_or(WrittenColumn::Own(all[place]), |earlier| WrittenColumn::Same(earlier as u8))
        };
        let columns = std::array::from_fn(column);
        Written { decimals: self.scale.decimals(), ids: &self.ids, columns }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Customers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Read { decimals, ids, columns } = Read::deserialize(deserializer)?;
        let wrong = D::Error::custom;
        let mut all: Vec<Arc<Packed>> = Vec::with_capacity(COLUMNS);
        for column in columns {
            let column = match column {
                ReadColumn::Own(column) => Arc::new(column),
                ReadColumn::Same(earlier) => {
                    Arc::clone(all.get(usize::from(earlier)).ok_or_else(|| wrong("a column that is no earlier one"))?)
                }
            };
            if column.len() != ids.len() {
                return Err(wrong("columns of different lengths"));
            }
            all.push(column);
        }
        let scale = Scale::new(decimals);
        if scale.decimals() != decimals {
            return Err(wrong("more decimals than money has"));
        }
        let [first_order, last_order, orders, days, rows, net, gross, largest_order, gap]: [_; COLUMNS] =
            all.try_into().map_err(|_| wrong("columns that are not there"))?;
        Ok(Self { ids, first_order, last_order, orders, days, rows, net, gross, largest_order, gap, scale })
    }
}

#[cfg(test)]
mod tests {
    use postcard::{from_bytes, to_stdvec};

    use super::super::super::day::Day;
    use super::super::Columns;
    use super::*;

    type TestResult = Result<(), postcard::Error>;

    fn customers() -> Customers {
        let mut ids = TextArena::default();
        for id in ["甲", "", "a-2"] {
            ids.push(id);
        }
        let columns = Columns {
            ids,
            first_order: vec![Day(19_000), Day(19_001), Day(18_000)],
            last_order: vec![Day(19_100), Day(19_001), Day(19_300)],
            orders: vec![3, 1, 7],
            days: vec![3, 1, 7],
            rows: vec![3, 1, 9],
            net: vec![-5, 100_000, 1 << 40],
            gross: vec![20, 100_000, 1 << 40],
            largest_order: vec![-5, 100_000, 1 << 40],
            gap: vec![100, 0, 433],
            scale: Scale::CENTS,
        };
        columns.pack()
    }

    #[test]
    fn customers_come_back_with_what_they_share() -> TestResult {
        let customers = customers();
        let read: Customers = from_bytes(&to_stdvec(&customers)?)?;
        assert_eq!(read.columns(), customers.columns());
        assert_eq!((read.scale, read.bytes()), (customers.scale, customers.bytes()));
        assert_eq!(["甲", "", "a-2"], [0, 1, 2].map(|place| read.ids.get(place)));
        let none: Customers = from_bytes(&to_stdvec(&Customers::default())?)?;
        assert!(none.is_empty() && none.ids.is_empty());
        Ok(())
    }

    #[test]
    fn customers_that_cannot_be_are_refused() -> TestResult {
        let customers = customers();
        let broken = |change: &dyn Fn(&mut Customers)| {
            let mut broken = customers.clone();
            change(&mut broken);
            to_stdvec(&broken).map(|bytes| from_bytes::<Customers>(&bytes).is_err())
        };
        assert!(broken(&|customers| customers.gap = Arc::new(Packed::new(&[1, 2])))?);
        assert!(broken(&|customers| customers.ids = TextArena::default())?);
        let texts = |text: &str, lengths: &[i64]| {
            let written = WrittenTexts { text, lengths: Packed::new(lengths) };
            to_stdvec(&written).map(|bytes| from_bytes::<TextArena>(&bytes).is_err())
        };
        assert!(!texts("甲ab", &[3, 1, 0, 1])?);
        for lengths in [&[3, 1][..], &[3, 3], &[1, 4], &[6, -1], &[i64::MAX, i64::MAX, 7], &[]] {
            assert!(texts("甲ab", lengths)?, "{lengths:?}");
        }
        let written = |decimals, columns| to_stdvec(&Written { decimals, ids: &TextArena::default(), columns });
        let none = Packed::default();
        let own = || std::array::from_fn(|_| WrittenColumn::Own(&none));
        assert!(from_bytes::<Customers>(&written(6, own())?).is_ok());
        assert!(from_bytes::<Customers>(&written(7, own())?).is_err());
        let mut same = own();
        same[3] = WrittenColumn::Same(3);
        assert!(from_bytes::<Customers>(&written(6, same)?).is_err());
        Ok(())
    }
}
