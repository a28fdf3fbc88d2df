//! No plain id on any screen while the privacy switch is on, nor in what is copied and written from it.
//!
//! The same walk over panels and overlays is made with the switch off and on: off, each secret must come up somewhere, so
//! that it cannot pass by looking where nothing is shown.

use std::fs;

use tierscope::app::keymap::Key;
use tierscope::app::list::all_columns;
use tierscope::app::overlay::Overlay;
use tierscope::app::update::Effect;
use tierscope::engine::plan::Plan;

use super::stage::{DOWN, LEFT, RIGHT, SIZES, Stage};
use super::support::{Failure, Scratch, TestResult, text};

/// | row | what it is for |
/// |---|---|
/// | 1, 2 | an id written in two ways |
/// | 3, 4 | the same row twice |
/// | 5, 6 | one order of two customers whose ids look alike |
/// | 8 | a customer whose date cannot be read |
///
/// The desk's telephone numbers are numbers like others; the mail of a gift counts as goods.
const SALES: &str = "customer,order,date,amount,name,mobile,desk phone,email,home address,gift item mail,region\n\
    zhang-san-77,1,2024-01-01,10.00,Zhang Sanfeng,13800138000,5551234,zhang.sanfeng@example.com,12 Plum Lane,mother.zhang@example.org,East\n\
    Zhang-San-77,2,2024-02-01,30.00,Zhang Sanfeng,13800138000,5551234,zhang.sanfeng@example.com,12 Plum Lane,mother.zhang@example.org,East\n\
    ann-lee-9901,3,2024-03-01,20.00,Annabel Lee,13900139000,5559876,annabel.lee@example.com,7 Sea Road,uncle.edgar@example.org,West\n\
    ann-lee-9901,3,2024-03-01,20.00,Annabel Lee,13900139000,5559876,annabel.lee@example.com,7 Sea Road,uncle.edgar@example.org,West\n\
    bob-ray-0042,5,2024-03-05,40.00,Robert Raymond,13700137000,5554321,robert.raymond@example.com,3 Hill Street,aunt.rosa@example.org,West\n\
    bobray0042,5,2024-03-06,50.00,Bobby Rayleigh,13600136000,5558765,bobby.rayleigh@example.com,9 Dale Street,cousin.max@example.org,East\n\
    eva-sol-3131,6,2024-04-01,60.00,Eva Solberg,13500135000,5552468,eva.solberg@example.com,1 Fjord View,sister.liv@example.org,East\n\
    eva-sol-3131,7,not a day,70.00,Eva Solberg,13500135000,5552468,eva.solberg@example.com,1 Fjord View,sister.liv@example.org,East\n";

/// What nobody must read while the switch is on, in small letters.
const SECRETS: [&str; 27] = [
    "zhang-san-77",
    "ann-lee-9901",
    "bob-ray-0042",
    "bobray0042",
    "eva-sol-3131",
    "zhang sanfeng",
    "annabel lee",
    "robert raymond",
    "bobby rayleigh",
    "eva solberg",
    "13800138000",
    "13900139000",
    "13700137000",
    "5551234",
    "5,551,234",
    "5559876",
    "5,559,876",
    "zhang.sanfeng@",
    "annabel.lee@",
    "robert.raymond@",
    "12 plum lane",
    "7 sea road",
    "3 hill street",
    "mother.zhang@",
    "uncle.edgar@",
    "aunt.rosa@",
    "sister.liv@",
];

/// Columns of the rows that tell who somebody is.
const TELLING: [&str; 6] = ["name", "mobile", "desk phone", "email", "home address", "gift item mail"];

/// Columns of the list at most: the usual ones and those.
const COLUMNS: usize = 16;

/// Screens that were seen, each with the keys that led to it.
struct Walk {
    stage: Stage,
    seen: Vec<(String, String)>,
}

impl Walk {
    fn note(&mut self, keys: &str) -> TestResult {
        for size in SIZES {
            self.stage.resize(size);
            let screen = self.stage.screen()?.text();
            self.seen.push((format!("{keys} at {size:?}"), screen.to_lowercase()));
        }
        Ok(())
    }

    /// Presses keys and notes the screen.
    fn look(&mut self, keys: &str) -> TestResult {
        self.stage.type_in(keys);
        self.note(keys)
    }

    /// Notes the pages of what is open.
    fn pages(&mut self, name: &str, pages: usize) -> TestResult {
        for _ in 0..pages {
            self.note(name)?;
            self.stage.press([Key::PageDown]);
        }
        Ok(())
    }

    /// Leaves whatever is open.
    fn leave(&mut self) {
        while self.stage.model.overlay.is_some() {
            self.stage.press([Key::Esc]);
        }
    }

    fn copied(&mut self, keys: &str) -> Result<(), Failure> {
        let Effect::Copy { text, .. } = self.stage.type_in(keys) else { return Err(format!("{keys} copies").into()) };
        self.seen.push((keys.to_owned(), text.to_lowercase()));
        Ok(())
    }

    /// Shows the columns that tell who somebody is, and the id alone beside them.
    fn show_columns(&mut self) -> TestResult {
        for column in TELLING {
            self.stage.type_in("a");
            let session = self.stage.model.session().ok_or("nothing is open")?;
            let all = all_columns(session);
            let place = all.iter().position(|known| known.name(&session.analysis) == column);
            let place = place.ok_or_else(|| format!("no column {column}"))?;
            self.stage.press([Key::Home]);
            self.stage.press(std::iter::repeat_n(DOWN, place));
            self.stage.press([Key::Char(' ')]);
            self.note("a")?;
            self.stage.press([Key::Enter]);
        }
        Ok(())
    }

    fn list(&mut self) -> TestResult {
        self.note("the list")?;
        self.look("#")?;
        self.stage.press(std::iter::repeat_n(LEFT, COLUMNS));
        for _ in 0..COLUMNS {
            self.look(",")?;
            self.leave();
            self.stage.press([RIGHT]);
            self.note("a column to the right")?;
        }
        for keys in ["/7", "/9", ":=a", "M", "E", ";", "o", "$", "y", "w", "b", "ev"] {
            self.look(keys)?;
            self.leave();
        }
        Ok(())
    }

    fn customers(&mut self) -> TestResult {
        for _ in 0..5 {
            self.stage.press([Key::Enter]);
            self.pages("a customer", 6)?;
            self.leave();
            self.stage.press([DOWN]);
        }
        self.stage.type_in("Mr");
        self.note("review")?;
        self.leave();
        self.note("the end of the review")?;
        self.stage.type_in("Mo");
        self.note("a note")?;
        self.leave();
        Ok(())
    }

    fn typed(&mut self) -> TestResult {
        for name in ["customer", "name", "mobile", "email", "\"home address\"", "\"gift item mail\""] {
            for prompt in ["F", "D"] {
                self.stage.type_in(&format!("{prompt}{name} = "));
                self.stage.press([Key::Tab]);
                self.note(&format!("{prompt}{name} = Tab"))?;
                self.leave();
            }
        }
        self.stage.type_in("Ra");
        self.stage.type_in("Big: email 'zhang.sanfen' >= 1");
        self.stage.press([Key::Enter]);
        self.note("a rule with a value that is nearly right")?;
        self.leave();
        Ok(())
    }

    fn breakdowns(&mut self) -> TestResult {
        self.stage.type_in("B");
        let session = self.stage.model.session().ok_or("nothing is open")?;
        for _ in 0..session.analysis.fields().definitions().len() {
            self.note("a breakdown")?;
            self.look("t")?;
            self.look("t")?;
            self.look("c")?;
            self.stage.press([RIGHT]);
        }
        self.leave();
        Ok(())
    }

    fn data(&mut self) -> TestResult {
        self.stage.type_in("d");
        self.pages("the data card", 14)?;
        self.leave();
        self.stage.type_in("P");
        self.pages("the policies", 2)?;
        self.leave();
        self.stage.type_in("C");
        for column in 0..11 {
            self.note(&format!("column {column} of the file"))?;
            self.stage.press([DOWN]);
        }
        // The first column has the ids, the fifth the names.
        self.stage.press([Key::Home]);
        self.look("-")?;
        self.look("s")?;
        self.look("c")?;
        self.stage.press([DOWN, DOWN, DOWN, DOWN]);
        self.look("d")?;
        self.stage.press([Key::Enter]);
        self.note("names as dates")?;
        self.leave();
        Ok(())
    }

    fn written(&mut self, scratch: &Scratch, name: &str) -> TestResult {
        for ending in ["csv", "json", "md"] {
            let path = scratch.path(&format!("{name}.{ending}"));
            self.stage.type_in("Ee");
            self.stage.press([Key::Ctrl('u')]);
            self.stage.type_in(text(&path)?);
            self.stage.press([Key::Enter]);
            self.note("writing")?;
            self.seen.push((ending.to_owned(), fs::read_to_string(&path)?.to_lowercase()));
            let manifest = fs::read_to_string(scratch.path(&format!("{name}.{ending}.manifest.json")))?;
            self.seen.push((format!("manifest of {ending}"), manifest.to_lowercase()));
        }
        Ok(())
    }
}

/// All that is to be seen, copied and written, with the switch off or on.
fn walk(scratch: &Scratch, is_masked: bool) -> Result<Vec<(String, String)>, Failure> {
    let file = scratch.file("sales.csv", SALES)?;
    let plan = Plan { bins: Some([2; 3]), ..Plan::default() };
    let mut stage = Stage::file(&file, plan, (120, 40));
    stage.reads_rows = true;
    if is_masked {
        stage.type_in("X");
    }
    let mut walk = Walk { stage, seen: Vec::new() };
    for panel in 0..4 {
        walk.look("z")?;
        walk.look("z")?;
        walk.look(",")?;
        walk.leave();
        if panel < 3 {
            walk.stage.press([Key::Tab]);
        }
    }
    walk.show_columns()?;
    walk.stage.type_in("z");
    walk.list()?;
    walk.customers()?;
    walk.typed()?;
    walk.breakdowns()?;
    walk.data()?;
    for keys in ["Ec", "Er", "El"] {
        walk.copied(keys)?;
    }
    walk.written(scratch, if is_masked { "masked" } else { "plain" })?;
    Ok(walk.seen)
}

#[test]
fn no_plain_id_on_any_screen_while_masked() -> TestResult {
    let scratch = Scratch::new()?;
    let plain = walk(&scratch, false)?;
    for secret in SECRETS {
        assert!(plain.iter().any(|(_, text)| text.contains(secret)), "the walk never meets {secret}");
    }
    for (keys, text) in walk(&scratch, true)? {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} after {keys}:\n{text}");
        }
    }
    Ok(())
}

/// What is told without the switch by each place that quotes the data: were one of them silent, the walk above would prove
/// nothing of it.
#[test]
fn each_place_that_quotes_the_data_is_walked_over() -> TestResult {
    let scratch = Scratch::new()?;
    let plain = walk(&scratch, false)?;
    for (keys, secret) in [
        (",", "eva-sol-3131"),
        ("a customer", "mother.zhang@"),
        ("Fname = Tab", "annabel lee"),
        ("Dmobile = Tab", "13800138000"),
        ("a breakdown", "annabel lee"),
        ("t", "annabel lee"),
        ("the data card", "ann-lee-9901"),
        ("column 0 of the file", "ann-lee-9901"),
        ("names as dates", "zhang sanfeng"),
        ("a rule with a value", "zhang.sanfeng@"),
        ("El", "12 plum lane"),
        ("csv", "5551234"),
    ] {
        let is_told = |(known, text): &(String, String)| known.starts_with(keys) && text.contains(secret);
        assert!(plain.iter().any(is_told), "{keys} does not tell {secret}");
    }
    Ok(())
}

#[test]
fn a_line_of_masked_values_is_no_filter() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", SALES)?;
    let plan = Plan { bins: Some([2; 3]), ..Plan::default() };
    let mut stage = Stage::file(&file, plan, (80, 24));
    stage.reads_rows = true;
    stage.type_in("XB");
    let by = |stage: &Stage| Ok::<_, Failure>(stage.screen()?.text().contains("by name"));
    for _ in 0..80 {
        if by(&stage)? {
            break;
        }
        stage.press([RIGHT]);
    }
    assert!(by(&stage)?, "{}", stage.screen()?.text());
    stage.press([Key::Enter]);
    assert!(matches!(stage.model.overlay, Some(Overlay::Breakdown(_))));
    assert!(stage.model.message.as_ref().is_some_and(|message| message.is_problem), "{:?}", stage.model.message);
    let session = stage.model.session().ok_or("nothing is open")?;
    assert!(session.analysis.setting().filter.is_empty());
    Ok(())
}
