//! What themes must have: contrast by WCAG 2.2 (w3.org/TR/WCAG22, success criteria 1.4.3, 1.4.6 and 1.4.11), steps that are
//! told apart by their lightness (L* of CIE 1976), and for the theme of the colour-blind the same as they see it.

use super::names::{BUILT_IN, NEUTRAL, SIXTEEN};
use super::*;

const COLOUR_BLIND: &str = "colour-blind";
const HIGH_CONTRAST: &str = "high-contrast";

/// Text, and what is large or no text.
const TEXT: f64 = 4.5;
const MARKS: f64 = 3.0;

/// The least difference in lightness of two steps beside each other, of 100.
const STEP: f64 = 5.0;

/// Depths at which colours are known.
const KNOWN: [Depth; 2] = [Depth::True, Depth::Indexed];

fn theme(name: &str, depth: Depth) -> Theme {
    Looks { depth, ..Looks::default() }.theme(name).expect(name)
}

/// The backgrounds that a theme's text may stand on: its own; without one, black and white.
fn grounds(theme: &Theme) -> Vec<Rgb> {
    theme.ground.bg.and_then(Rgb::of).map_or_else(|| vec![BLACK, WHITE], |ground| vec![ground])
}

fn scales(theme: &Theme) -> [(&'static str, &[Style]); 3] {
    [("heat", &theme.heat), ("less", &theme.differences[0]), ("more", &theme.differences[1])]
}

/// L* of CIE 1976, from 0 for black to 100 for white.
fn lightness(rgb: Rgb) -> f64 {
    let part = rgb.luminance();
    116.0 * if part > 216.0 / 24_389.0 { part.cbrt() } else { (24_389.0 / 27.0 * part + 16.0) / 116.0 } - 16.0
}

/// L*a*b* of CIE 1976 under D65.
fn lab(rgb: Rgb) -> [f64; 3] {
    let [r, g, b] = linear(rgb);
    let scaled =
        |part: f64| if part > 216.0 / 24_389.0 { part.cbrt() } else { (24_389.0 / 27.0 * part + 16.0) / 116.0 };
    let x = scaled((0.412_456 * r + 0.357_576 * g + 0.180_438 * b) / 0.950_47);
    let y = scaled(0.212_673 * r + 0.715_152 * g + 0.072_175 * b);
    let z = scaled((0.019_334 * r + 0.119_192 * g + 0.950_304 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far two colours are apart, by the formula of 1976.
fn apart(one: Rgb, other: Rgb) -> f64 {
    lab(one).iter().zip(lab(other)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

fn linear(rgb: Rgb) -> [f64; 3] {
    [rgb.0, rgb.1, rgb.2].map(|channel| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

/// Protanopia and deuteranopia: the matrices of severity 1.0 for linear RGB of G. M. Machado, M. M. Oliveira and L. A. F.
/// Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009.
const DEFICIENCIES: [[[f64; 3]; 3]; 2] = [
    [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
];

fn seen_with(deficiency: &[[f64; 3]; 3], rgb: Rgb) -> Rgb {
    let from = linear(rgb);
    let channel = |row: &[f64; 3]| {
        let part: f64 = row.iter().zip(from).map(|(factor, part)| factor * part).sum::<f64>().clamp(0.0, 1.0);
        let part = if part <= 0.003_130_8 { 12.92 * part } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
        (part * 255.0).round() as u8
    };
    let [r, g, b] = deficiency.each_ref().map(channel);
    Rgb(r, g, b)
}

#[test]
fn every_text_has_the_contrast_of_wcag_on_the_background_of_its_theme() {
    let mut problems = Vec::new();
    for (name, _) in BUILT_IN.into_iter().filter(|(name, _)| *name != SIXTEEN) {
        for depth in KNOWN {
            let theme = theme(name, depth);
            let text = if name == HIGH_CONTRAST { 7.0 } else { TEXT };
            let styles = [
                ("text", theme.ground, text),
                ("muted", theme.muted, text),
                ("accent", theme.accent, text),
                ("picked", theme.picked, text),
                ("selected", theme.selected, text),
                ("problem", theme.problem, text),
                ("bar", theme.bar, MARKS),
                ("cut", theme.cut, MARKS),
            ];
            for (meaning, style, least) in styles {
                // The terminal's own text is as the terminal has it.
                let Some(ink) = style.fg.and_then(Rgb::of) else {
                    assert_eq!((name, meaning), (NEUTRAL, "text"), "it has no colour");
                    continue;
                };
                for ground in grounds(&theme) {
                    let contrast = ink.contrast(ground);
                    if contrast < least {
                        problems.push(format!("{name} at {depth:?}: {meaning} has {contrast:.2}"));
                    }
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_label_reads_on_its_tile() {
    for (name, _) in BUILT_IN {
        for depth in [Depth::True, Depth::Indexed, Depth::Ansi] {
            let theme = theme(name, depth);
            let least = if name == HIGH_CONTRAST && depth != Depth::Ansi { 7.0 } else { TEXT };
            for (scale, styles) in scales(&theme) {
                for style in styles {
                    let [label, tile] = [style.fg, style.bg].map(|colour| colour.and_then(Rgb::of).expect("a colour"));
                    let contrast = label.contrast(tile);
                    assert!(contrast >= least, "{name} at {depth:?}: a label of {scale} has {contrast:.2}");
                }
            }
        }
    }
}

#[test]
fn steps_beside_each_other_differ_in_lightness_and_go_one_way() {
    for (name, _) in BUILT_IN.into_iter().filter(|(name, _)| *name != SIXTEEN) {
        for depth in KNOWN {
            let theme = theme(name, depth);
            for (scale, styles) in scales(&theme) {
                let steps: Vec<Rgb> = styles.iter().filter_map(|style| style.bg.and_then(Rgb::of)).collect();
                assert_eq!(steps.len(), if scale == "heat" { Theme::HEATS } else { 4 }, "{name}: {scale}");
                assert_steps(&steps, &format!("{name} at {depth:?}: {scale}"));
            }
        }
    }
}

fn assert_steps(steps: &[Rgb], what: &str) {
    let lightness: Vec<f64> = steps.iter().copied().map(lightness).collect();
    let rises = lightness[1] > lightness[0];
    for pair in lightness.windows(2) {
        let step = if rises { pair[1] - pair[0] } else { pair[0] - pair[1] };
        assert!(step >= STEP, "{what} has a step of {step:.1}: {lightness:.1?}");
    }
}

#[test]
fn the_theme_of_the_colour_blind_is_told_apart_as_they_see_it() {
    for depth in KNOWN {
        let theme = theme(COLOUR_BLIND, depth);
        let inks = [theme.accent, theme.cut, theme.picked, theme.selected, theme.problem];
        let inks: Vec<Rgb> = inks.iter().filter_map(|style| style.fg.and_then(Rgb::of)).collect();
        assert_eq!(inks.len(), 5);
        for deficiency in &DEFICIENCIES {
            let seen = |style: &Style| style.bg.and_then(Rgb::of).map(|rgb| seen_with(deficiency, rgb));
            let [heat, less, more] =
                scales(&theme).map(|(_, styles)| styles.iter().filter_map(seen).collect::<Vec<Rgb>>());
            for (scale, steps) in [("heat", &heat), ("less", &less), ("more", &more)] {
                assert_steps(steps, &format!("{scale} at {depth:?}"));
            }
            for (less, more) in less.iter().zip(&more) {
                assert!(apart(*less, *more) >= 40.0, "less and more at {depth:?}: {:.0}", apart(*less, *more));
            }
            for (number, one) in inks.iter().enumerate() {
                for other in &inks[number + 1..] {
                    let distance = apart(seen_with(deficiency, *one), seen_with(deficiency, *other));
                    assert!(distance >= 15.0, "{one:?} and {other:?} at {depth:?}: {distance:.0}");
                }
            }
        }
    }
}

#[test]
fn greys_look_alike_with_and_without_a_deficiency() {
    for deficiency in &DEFICIENCIES {
        let seen = seen_with(deficiency, Rgb(128, 128, 128));
        assert!(apart(seen, Rgb(128, 128, 128)) < 1.0, "{seen:?}");
        // Red and green come closer.
        let [red, green] = [Rgb(200, 60, 40), Rgb(90, 140, 40)];
        assert!(apart(seen_with(deficiency, red), seen_with(deficiency, green)) < apart(red, green) / 2.0);
    }
}

#[test]
fn without_colours_nothing_is_coloured_and_what_matters_is_told_otherwise() {
    for (name, _) in BUILT_IN {
        let theme = theme(name, Depth::None);
        let styles = [theme.muted, theme.accent, theme.bar, theme.cut, theme.problem, theme.heat(6), theme.cursor];
        for style in styles.into_iter().chain([theme.ground, theme.difference(3, true)]) {
            assert_eq!((style.fg, style.bg), (None, None), "{name}");
        }
        let has = |style: Style, modifier| style.add_modifier.contains(modifier);
        assert!(has(theme.cursor, Modifier::REVERSED));
        assert!(has(theme.selected, Modifier::UNDERLINED) && !has(theme.strong, Modifier::UNDERLINED));
        assert!(has(theme.muted, Modifier::DIM));
    }
}

#[test]
fn sixteen_colours_are_those_of_the_terminal_at_every_depth() {
    for depth in [Depth::True, Depth::Indexed, Depth::Ansi] {
        let theme = theme(SIXTEEN, depth);
        let inks = [theme.muted, theme.accent, theme.bar, theme.cut, theme.picked, theme.selected, theme.problem];
        let tiles = scales(&theme).into_iter().flat_map(|(_, styles)| styles.iter().copied());
        for style in inks.into_iter().chain(tiles).chain([theme.ground]) {
            for colour in [style.fg, style.bg].into_iter().flatten() {
                assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(_)), "{colour:?} at {depth:?}");
            }
        }
    }
}

#[test]
fn a_scale_of_another_length_covers_all_heats() {
    let chain = [ThemeFile::parse("x", "heat = [\"red\", \"blue\"]").expect("a theme")];
    let theme = Theme::of(&chain, Depth::Ansi, false, Characters::default());
    let heats: Vec<_> = (0..Theme::HEATS).map(|heat| theme.heat(heat).bg).collect();
    assert_eq!((heats[0], heats[6]), (Some(Color::Red), Some(Color::Blue)));
    assert!(heats.iter().all(Option::is_some));
}
