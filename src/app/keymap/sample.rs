//! The whole keymap as a file to begin one's own with.

use super::command::Scope;
use super::key::named;
use super::{Keymap, commands, section};
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::menu::Menu;
use crate::model::toml_text::{comment, quoted};
use crate::show::text::width;
use crate::tr;

/// The columns that keys take before the words behind them.
const KEYS: usize = 44;

/// A keymap file with all that there is, as it is usually, and what it does in the language in use.
#[must_use]
pub fn sample() -> String {
    let head = [
        tr!("The keys of tierscope, as they usually are; a keymap.toml needs only the lines that it changes."),
        tr!("A line is action = \"key\", or [\"key\", \"other key\"], or [] for none."),
        tr!("\"Ctrl-x l\" is two keys after each other."),
        tr!("Keys: characters, Ctrl-a to Ctrl-z, F1 to F12, and these names:"),
    ];
    let mut file = String::new();
    for line in head {
        file.extend(["# ", line, "\n"]);
    }
    let names: Vec<String> = named().collect();
    file.extend([comment(&names.join(" ")).as_str(), "\n"]);
    for scope in Scope::all() {
        let numbers: Vec<usize> = (0..commands().len()).filter(|number| commands()[*number].scope == scope).collect();
        if !numbers.is_empty() {
            file.extend(["\n# ", scope.title(), "\n[", section::name(scope), "]\n"]);
            file.extend(numbers.into_iter().map(line));
        }
    }
    file
}

/// A command with its usual keys.
fn line(number: usize) -> String {
    let command = &commands()[number];
    let keys: Vec<String> = command.usual.iter().map(|keys| quoted(&keys.written())).collect();
    let keys = match keys.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    let setting = format!("{} = {keys}", command.name());
    let blanks = " ".repeat(KEYS.saturating_sub(width(&setting)).max(1));
    let menu = through_menu(&Keymap::default(), number, None).filter(|_| command.usual.is_empty());
    let menu = menu.map_or_else(String::new, |keys| format!(" ({keys})"));
    format!("{setting}{blanks}# {}{menu}\n", command.words())
}

/// The key of a menu that offers a command, and its letter there: `M a`. Where a context is named, the key opens the menu
/// in it.
#[must_use]
pub fn through_menu(keymap: &Keymap, number: usize, from: Option<Context>) -> Option<String> {
    let action = commands()[number].action;
    let letter = |menu: Menu| menu.entries().iter().find(|entry| entry.action == action).map(|entry| entry.letter);
    Menu::ALL.into_iter().find_map(|menu| {
        let letter = letter(menu)?;
        let opens = commands().iter().position(|command| command.action == Action::Menu(menu))?;
        let keys = match from {
            Some(context) => keymap.reaching(context, opens).next(),
            None => keymap.keys(opens).first().copied(),
        };
        keys.map(|keys| format!("{keys} {letter}"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::KeymapError;
    use super::*;
    use crate::lang::{Language, within};

    #[test]
    fn the_sample_is_the_usual_keymap_in_every_language() -> Result<(), KeymapError> {
        let usual = Keymap::default();
        for language in Language::ALL {
            let sample = within(language, sample);
            let keymap = Keymap::parse(&sample, "sample")?;
            for (number, command) in commands().iter().enumerate() {
                assert_eq!(keymap.keys(number), usual.keys(number), "{}", command.name());
                assert!(sample.contains(&format!("\n{} = ", command.name())), "{}", command.name());
            }
        }
        Ok(())
    }

    #[test]
    fn what_menus_offer_says_how_to_get_there() {
        let sample = sample();
        let line = sample.lines().find(|line| line.starts_with("mark-listed = []")).unwrap_or_default();
        assert!(line.ends_with("# mark all that are listed (M a)"), "{line}");
    }
}
