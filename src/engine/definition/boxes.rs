//! Sets of cells as few boxes: ranges of scores on each axis.

use std::ops::RangeInclusive;

use crate::model::scheme::Cell;

/// All cells whose scores lie within a range on each axis.
pub(super) type ScoreBox = [(u8, u8); 3];

/// How many cells of a set lie in any box, by sums over all boxes that start at the lowest cell.
struct Counts {
    sides: [usize; 3],
    sums: Vec<i64>,
}

impl Counts {
    fn new(bins: [usize; 3], cells: &[Cell]) -> Self {
        let sides = bins.map(|bins| bins + 1);
        let mut counts = Self { sides, sums: vec![0; sides.iter().product()] };
        for cell in cells {
            let place = counts.place(cell.map(usize::from));
            counts.sums[place] += 1;
        }
        for axis in 0..3 {
            for place in 0..counts.sums.len() {
                let step: usize = sides[axis + 1..].iter().product();
                if !(place / step).is_multiple_of(sides[axis]) {
                    counts.sums[place] += counts.sums[place - step];
                }
            }
        }
        counts
    }

    const fn place(&self, [r, f, m]: [usize; 3]) -> usize {
        (r * self.sides[1] + f) * self.sides[2] + m
    }

    /// Cells of the set within a box.
    fn inside(&self, scores: ScoreBox) -> i64 {
        let mut cells = 0;
        for corner in 0..8_usize {
            let low = [4, 2, 1].map(|bit| corner & bit != 0);
            let at = [0, 1, 2].map(|axis| {
                let (from, to) = scores[axis];
                usize::from(if low[axis] { from - 1 } else { to })
            });
            let sign = if corner.count_ones().is_multiple_of(2) { 1 } else { -1 };
            cells += sign * self.sums[self.place(at)];
        }
        cells
    }
}

/// Boxes that hold the cells and no others, the best scores first. They are few, though not always the fewest there
/// could be, and may overlap.
pub(super) fn cover(bins: [usize; 3], cells: &[Cell]) -> Vec<ScoreBox> {
    let own = Counts::new(bins, cells);
    let mut candidates: Vec<ScoreBox> = boxes(bins).filter(|scores| own.inside(*scores) == volume(*scores)).collect();
    let mut left = cells.to_vec();
    let mut chosen = Vec::new();
    while !left.is_empty() {
        let counts = Counts::new(bins, &left);
        candidates.retain(|scores| counts.inside(*scores) > 0);
        let Some(best) = candidates.iter().copied().max_by_key(|scores| (counts.inside(*scores), volume(*scores)))
        else {
            break;
        };
        left.retain(|cell| !holds(best, *cell));
        chosen.push(best);
    }
    chosen.sort_by_key(|scores| std::cmp::Reverse(scores.map(|(low, high)| (high, low))));
    chosen
}

/// Whether a box holds a cell.
pub(super) fn holds(scores: ScoreBox, cell: Cell) -> bool {
    scores.iter().zip(cell).all(|((low, high), score)| (*low..=*high).contains(&score))
}

fn volume(scores: ScoreBox) -> i64 {
    scores.iter().map(|(low, high)| i64::from(high - low) + 1).product()
}

/// All boxes there are.
fn boxes(bins: [usize; 3]) -> impl Iterator<Item = ScoreBox> {
    let [r, f, m] = bins.map(|bins| {
        let scores: RangeInclusive<u8> = 1..=bins as u8;
        scores.clone().flat_map(|low| (low..=*scores.end()).map(move |high| (low, high))).collect::<Vec<_>>()
    });
    r.into_iter().flat_map(move |r| {
        let m = m.clone();
        f.clone().into_iter().flat_map(move |f| m.clone().into_iter().map(move |m| [r, f, m]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scheme::cell_at;
    use crate::model::schemes::Catalogue;

    fn check(bins: [usize; 3], cells: &[Cell]) {
        let boxes = cover(bins, cells);
        let all = (0..bins.iter().product()).map(|index| cell_at(bins, index));
        for cell in all {
            assert_eq!(boxes.iter().any(|scores| holds(*scores, cell)), cells.contains(&cell), "{cell:?}");
        }
    }

    #[test]
    fn boxes_hold_exactly_the_cells_of_every_scheme() {
        for scheme in Catalogue::built_in().schemes() {
            for bins in [[5, 5, 5], [2, 2, 2], [10, 10, 10], [5, 3, 4], [3, 3, 3]] {
                let Ok(map) = scheme.compile(bins) else { continue };
                for segment in 0..map.shown() {
                    let own = (0..map.cells()).filter(|cell| map.segment(*cell) == segment);
                    check(bins, &own.map(|cell| cell_at(bins, cell)).collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn a_box_is_found_whole() {
        let bins = [5, 5, 5];
        let cells: Vec<Cell> =
            (0..125).map(|index| cell_at(bins, index)).filter(|[r, f, _]| *r > 3 && *f == 2).collect();
        assert_eq!(cover(bins, &cells), [[(4, 5), (2, 2), (1, 5)]]);
        assert_eq!(cover(bins, &[]), Vec::<ScoreBox>::new());
    }
}
