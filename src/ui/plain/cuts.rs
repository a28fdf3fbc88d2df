//! The distributions in words: for each axis its bins, the best first, and between them the cuts.

use super::super::words;
use super::{Said, told};
use crate::app::session::Session;
use crate::model::customers::Axis;
use crate::model::cuts::Method;
use crate::tr;

pub(super) fn said(session: &Session) -> Said {
    let mut said = Said::new(tr!("plain" | "Distributions and cuts").to_owned());
    for axis in Axis::ALL {
        told_axis(&mut said, session, axis);
    }
    said
}

fn told_axis(said: &mut Said, session: &Session, axis: Axis) {
    let analysis = &session.analysis;
    let (cuts, values) = (analysis.cuts(axis), analysis.scale(axis));
    let (total, scale) = (analysis.summary().total(), analysis.customers().scale);
    let (name, method) = (words::axis(axis), words::method(cuts.method()));
    said.lines.push(if cuts.method() == Method::Fixed {
        tr!("{axis}, cuts by {method}, frozen", axis = name, method)
    } else {
        tr!("{axis}, cuts by {method}, following the data", axis = name, method)
    });
    let scores: Vec<u8> = (1..=cuts.bins() as u8).rev().collect();
    for (place, score) in scores.iter().enumerate() {
        let bin = cuts.bin_of_score(*score);
        let what = format!("{}{score} {}", axis.letter(), cuts.range_text(bin, values));
        said.lines.push(told(&what, analysis.summary().score(axis, *score), total, scale));
        // The cut between this bin and the next.
        let Some(next) = scores.get(place + 1).map(|score| cuts.bin_of_score(*score)) else { continue };
        let cut = bin.min(next);
        let value = cuts.cuts()[cut].text(values);
        let line = tr!(
            "{axis} cut {number} of {cuts}: {value}",
            axis = name,
            number = cut + 1,
            cuts = cuts.cuts().len(),
            value
        );
        said.line(line, session.cut.axis == axis && session.cut.cut == cut);
    }
}
