//! A packed column as it is kept in a file: its values as one run of bytes, lowest byte first, not one by one.

use std::borrow::Cow;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Distances, Packed};

#[derive(Serialize)]
struct Written<'a> {
    base: i64,
    width: u8,
    #[serde(serialize_with = "run")]
    distances: Cow<'a, [u8]>,
}

#[derive(Deserialize)]
struct Read<'a> {
    base: i64,
    width: u8,
    distances: &'a [u8],
}

fn run<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

/// The bytes of numbers of one width.
fn bytes<T: Copy, const N: usize>(numbers: &[T], bytes_of: impl Fn(T) -> [u8; N]) -> Cow<'static, [u8]> {
    let mut bytes = vec![0; numbers.len() * N];
    for (place, number) in bytes.as_chunks_mut().0.iter_mut().zip(numbers) {
        *place = bytes_of(*number);
    }
    Cow::Owned(bytes)
}

/// The numbers of one width that bytes stand for; `None` where one is not whole.
fn numbers<T, const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> T) -> Option<Vec<T>> {
    let (whole, rest) = bytes.as_chunks();
    rest.is_empty().then(|| whole.iter().map(|bytes| number(*bytes)).collect())
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let distances = match &self.distances {
            Distances::One(distances) => Cow::Borrowed(distances.as_slice()),
            Distances::Two(distances) => bytes(distances, u16::to_le_bytes),
            Distances::Four(distances) => bytes(distances, u32::to_le_bytes),
            Distances::Eight(distances) => bytes(distances, u64::to_le_bytes),
        };
        Written { base: self.base, width: self.width() as u8, distances }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Read { base, width, distances } = Read::deserialize(deserializer)?;
        let distances = match width {
            1 => Some(Distances::One(distances.to_vec())),
            2 => numbers(distances, u16::from_le_bytes).map(Distances::Two),
            4 => numbers(distances, u32::from_le_bytes).map(Distances::Four),
            8 => numbers(distances, u64::from_le_bytes).map(Distances::Eight),
            _ => None,
        };
        let distances = distances.ok_or_else(|| D::Error::custom("a column whose bytes are no whole numbers"))?;
        Ok(Self { base, distances })
    }
}

#[cfg(test)]
mod tests {
    use postcard::{from_bytes, to_stdvec};

    use super::*;

    #[test]
    fn a_column_comes_back_in_the_bytes_it_had() -> Result<(), postcard::Error> {
        for values in
            [vec![], vec![7], vec![-5, 250], vec![-5, 251], vec![0, 70_000], vec![1, 1 << 40], vec![i64::MIN, i64::MAX]]
        {
            let packed = Packed::new(&values);
            let written = to_stdvec(&packed)?;
            assert!(written.len() <= packed.bytes() + 22, "{values:?}: {} bytes", written.len());
            let read: Packed = from_bytes(&written)?;
            assert_eq!(read, packed);
            assert_eq!(read.iter().collect::<Vec<_>>(), values);
        }
        Ok(())
    }

    #[test]
    fn what_is_no_column_is_refused() -> Result<(), postcard::Error> {
        for (width, length) in [(0, 2), (2, 3), (3, 3), (4, 6), (8, 4)] {
            let written = Written { base: 0, width, distances: Cow::Owned(vec![1; length]) };
            assert!(from_bytes::<Packed>(&to_stdvec(&written)?).is_err(), "{length} bytes of {width}");
        }
        let mut cut = to_stdvec(&Packed::new(&[1, 2, 3]))?;
        cut.pop();
        assert!(from_bytes::<Packed>(&cut).is_err());
        Ok(())
    }
}
