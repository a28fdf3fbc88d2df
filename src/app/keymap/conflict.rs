//! What becomes of keys that two commands want: a file may give a key to another command as long as the one that had it
//! can still be reached.

use super::file::Given;
use super::key::Keys;
use super::problem::{KeymapError, KeymapProblem, Place};
use super::{Found, Keymap, commands, section};
use crate::app::context::Context;

/// The keymap with what a file gives.
///
/// # Errors
/// Where it gives one key to two commands of a section, or leaves one without a key that was not told to do without.
pub(super) fn settle(given: Vec<Given>, origin: &str) -> Result<Keymap, KeymapError> {
    let usual = Keymap::default();
    let settled = Settled::of(given, origin, &usual);
    settled.given_twice()?;
    let keymap = Keymap::of(settled.keys());
    settled.left_without(&keymap, &usual)?;
    Ok(keymap)
}

struct Settled<'a> {
    origin: &'a str,
    /// By the number of the command; `None`: nothing is said of it.
    given: Vec<Option<Given>>,
    usual: &'a Keymap,
}

impl<'a> Settled<'a> {
    fn of(given: Vec<Given>, origin: &'a str, usual: &'a Keymap) -> Self {
        let mut by_command = vec![None; commands().len()];
        for given in given {
            let number = given.command;
            by_command[number] = Some(given);
        }
        Self { origin, given: by_command, usual }
    }

    fn at(&self, line: usize, problem: KeymapProblem) -> KeymapError {
        KeymapError { origin: self.origin.to_owned(), line, problem: Box::new(problem) }
    }

    fn line(&self, line: usize) -> Place {
        Place::Line(self.origin.to_owned(), line)
    }

    /// Keys that the file gives, with their command and line, in the order of the lines.
    fn lines(&self) -> Vec<(usize, Keys, usize)> {
        let of =
            |given: &Given| given.keys.iter().map(|(keys, line)| (given.command, *keys, *line)).collect::<Vec<_>>();
        let mut lines: Vec<_> = self.given.iter().flatten().flat_map(of).collect();
        lines.sort_by_key(|(_, _, line)| *line);
        lines
    }

    /// Fails where the file gives a key twice in a section.
    fn given_twice(&self) -> Result<(), KeymapError> {
        let lines = self.lines();
        for (number, (other, keys, line)) in lines.iter().enumerate() {
            let clashes = |(one, known, _): &&(usize, Keys, usize)| {
                one != other && commands()[*one].scope == commands()[*other].scope && known.clashes(*keys)
            };
            let Some((one, _, before)) = lines[..number].iter().find(clashes) else { continue };
            let problem = KeymapProblem::Twice {
                key: keys.written(),
                section: section::name(commands()[*other].scope),
                one: commands()[*one].name(),
                one_place: self.line(*before),
                other: commands()[*other].name(),
                other_place: self.line(*line),
            };
            return Err(self.at(*line, problem));
        }
        Ok(())
    }

    /// The keys of every command: those given, and the usual ones that no command of the same scope was given.
    fn keys(&self) -> Vec<Vec<Keys>> {
        let lines = self.lines();
        let is_free = |number: usize, keys: Keys| {
            let takes = |(taker, taken, _): &(usize, Keys, usize)| {
                commands()[*taker].scope == commands()[number].scope && taken.clashes(keys)
            };
            !lines.iter().any(takes)
        };
        let of = |number: usize| match &self.given[number] {
            Some(given) => given.keys.iter().map(|(keys, _)| *keys).collect(),
            None => self.usual.keys(number).iter().copied().filter(|keys| is_free(number, *keys)).collect(),
        };
        (0..commands().len()).map(of).collect()
    }

    /// Fails where a command cannot be reached any more that is to have keys; what the file takes keys for comes first.
    fn left_without(&self, keymap: &Keymap, usual: &Keymap) -> Result<(), KeymapError> {
        let mut hidden = None;
        for (number, command) in commands().iter().enumerate() {
            let given = self.given[number].as_ref();
            if given.is_some_and(|given| given.keys.is_empty()) {
                continue;
            }
            for context in Context::ALL.into_iter().filter(|context| command.scope.holds(*context)) {
                let wants =
                    usual.reaching(context, number).next().is_some() || (given.is_some() && command.usual.is_empty());
                if !wants || keymap.reaching(context, number).next().is_some() {
                    continue;
                }
                let wanted: Vec<(Keys, Option<usize>)> = match given {
                    Some(given) => given.keys.iter().map(|(keys, line)| (*keys, Some(*line))).collect(),
                    None => usual.keys(number).iter().map(|keys| (*keys, None)).collect(),
                };
                match self.taken(keymap, (context, number), &wanted) {
                    Some((error, true)) => return Err(error),
                    Some((error, false)) => hidden = hidden.or(Some(error)),
                    None => {}
                }
            }
        }
        hidden.map_or(Ok(()), Err)
    }

    /// Who has the keys of a command in a context, and whether by the file: what that says of either of them comes first.
    fn taken(
        &self,
        keymap: &Keymap,
        (context, loser): (Context, usize),
        wanted: &[(Keys, Option<usize>)],
    ) -> Option<(KeymapError, bool)> {
        let takers = wanted.iter().filter_map(|(keys, line)| {
            let taker = taker(keymap, context, *keys)?;
            let taking = self.given[taker]
                .as_ref()
                .and_then(|given| given.keys.iter().find(|(taken, _)| taken.clashes(*keys)).map(|(_, line)| *line));
            Some((*keys, *line, taker, taking))
        });
        let (keys, line, taker, taking) =
            takers.max_by_key(|(_, line, _, taking)| taking.is_some() || line.is_some())?;
        let place = |line: Option<usize>| line.map_or(Place::Default, |line| self.line(line));
        let problem = KeymapProblem::Taken {
            key: keys.written(),
            taker: commands()[taker].name(),
            section: section::name(commands()[taker].scope),
            taker_place: place(taking),
            loser: commands()[loser].name(),
            loser_section: section::name(commands()[loser].scope),
            loser_place: place(line),
            context: section::name(super::Scope::Only(context)),
        };
        Some((self.at(taking.or(line).unwrap_or(1), problem), taking.is_some()))
    }
}

/// The command that keys lead to in a context, or one that begins with them.
fn taker(keymap: &Keymap, context: Context, keys: Keys) -> Option<usize> {
    let first = keymap.found.get(&(context, Keys::one(keys.first)))?;
    if let Found::Command(number) = keymap.found.get(&(context, keys)).unwrap_or(first) {
        return Some(*number);
    }
    let longer = |number: &usize| keymap.reaching(context, *number).any(|known| known.first == keys.first);
    (0..commands().len()).find(longer)
}

#[cfg(test)]
mod tests {
    use super::super::{Key, Meaning};
    use super::*;
    use crate::app::action::Action;

    /// What is wrong with a file.
    fn problem(text: &str) -> String {
        match Keymap::parse(text, "keys.toml") {
            Ok(_) => "nothing".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_file_changes_what_it_names_and_nothing_else() -> Result<(), KeymapError> {
        let text = "[panels]\nundo = [\"z\", \"Ctrl-u\"]\nzoom = \"Z\"\nredo = []\n[customers]\nmark = \"Ctrl-k m\"\n";
        let keymap = Keymap::parse(text, "keys.toml")?;
        for (context, key, action) in [
            (Context::Heatmap, Key::Char('z'), Some(Action::Undo)),
            (Context::Heatmap, Key::Char('u'), None),
            (Context::Heatmap, Key::Char('U'), None),
            (Context::Tiers, Key::Char('Z'), Some(Action::Zoom)),
            // In lists this key turns pages.
            (Context::Customers, Key::Ctrl('u'), Some(Action::Page(crate::app::action::Direction::Up))),
            (Context::Budget, Key::Char('u'), Some(Action::Undo)),
            (Context::Customers, Key::Char(' '), None),
            (Context::Customers, Key::Char('y'), Some(Action::History)),
        ] {
            assert_eq!(keymap.action(context, key), action, "{key:?} in {context:?}");
        }
        let (first, both) = (Keys::one(Key::Ctrl('k')), Keys::two(Key::Ctrl('k'), Key::Char('m')));
        assert!(matches!(keymap.meaning(Context::Customers, first), Some(Meaning::Begins)));
        assert!(matches!(keymap.meaning(Context::Customers, both), Some(Meaning::Command(_))));
        assert!(keymap.meaning(Context::Tiers, first).is_none());
        Ok(())
    }

    #[test]
    fn a_key_given_twice_is_refused_with_both_lines() {
        for (text, line, other) in [
            ("[panels]\nundo = \"z\"\nzoom = [\"Z\",\n  \"z\"]\n", 4, 2),
            ("[panels]\nundo = \"z u\"\nzoom = \"z\"\n", 3, 2),
        ] {
            let told = problem(text);
            assert!(
                told.starts_with(&format!("keys.toml, line {line}: `z` stands for two actions of [panels]: ")),
                "{told}"
            );
            assert!(told.contains(&format!("`undo` (keys.toml line {other})")), "{told}");
            assert!(told.contains(&format!("`zoom` (keys.toml line {line})")), "{told}");
        }
        // Two sections may have it, and so may one action twice.
        assert_eq!(problem("[tiers]\nsort = [\"o\", \"o\"]\n[panels]\nscenario = [\"o\", \"Ctrl-o\"]\n"), "nothing");
    }

    #[test]
    fn an_action_without_a_key_left_is_named_with_both_places() {
        for (text, line, parts) in [
            // Of the same section.
            (
                "[panels]\n\nundo = \"y\"\n",
                3,
                ["`undo` of [panels] (keys.toml line 3)", "`history` of [panels] (default)"],
            ),
            // A narrow key hides a wide one.
            (
                "[heatmap]\nmark-block = \"u\"\n",
                2,
                ["`mark-block` of [heatmap] (keys.toml line 2)", "`undo` of [panels] (default)"],
            ),
            // A wide key is hidden by a narrow one of the program.
            ("[panels]\nundo = \"n\"\n", 2, ["(default)", "`undo` of [panels] (keys.toml line 2)"]),
            // A key that others begin with.
            ("[tiers]\nsort = \"u s\"\n", 2, ["`sort` of [tiers] (keys.toml line 2)", "`undo` of [panels] (default)"]),
            // What has no key of its own by itself.
            ("[panels]\nmark-listed = \"s\"\n", 2, ["(default)", "`mark-listed` of [panels] (keys.toml line 2)"]),
            (
                "[everywhere]\nhelp = \"q\"\n",
                2,
                ["`help` of [everywhere] (keys.toml line 2)", "`quit` of [everywhere] (default)"],
            ),
        ] {
            let told = problem(text);
            assert!(told.starts_with(&format!("keys.toml, line {line}: ")), "{told}");
            assert!(parts.iter().all(|part| told.contains(part)), "{text}: {told}");
        }
        // With another key left, or told to do without, it gives way.
        assert_eq!(problem("[panels]\nundo = \"U\"\nhistory = [\"y\", \"H\"]\nredo = \"Ctrl-r\"\n"), "nothing");
        assert_eq!(problem("[panels]\nundo = \"y\"\nhistory = []\n"), "nothing");
        assert_eq!(problem("[panels]\nundo = \"U\"\n"), "nothing");
    }

    #[test]
    fn what_a_file_has_wrong_is_told_with_its_line_and_what_was_meant() {
        for (text, expected) in [
            (
                "[panels]\nundoo = \"z\"\n",
                "keys.toml, line 2: there is no action `undoo` in [panels]; did you mean `undo`?",
            ),
            ("\n[pannels]\nundo = \"z\"\n", "keys.toml, line 2: there is no section [pannels]; did you mean `panels`?"),
            (
                "[panels]\nundo = [\n  \"z\",\n  \"Shfit-Left\",\n]\n",
                "keys.toml, line 4: there is no key `Shfit-Left`; did you mean `Shift-Left`?",
            ),
            (
                "[panels]\nundo = \"Ctrl-i\"\n",
                "keys.toml, line 2: terminals send `Ctrl-i` as Tab: write Tab, or choose another key",
            ),
            ("[panels]\nundo = 5\n", "keys.toml, line 2: `undo` needs a key in quotes, a list of keys, or [] for none"),
            (
                "[panels]\nundo = \"a b c\"\n",
                "keys.toml, line 2: `a b c` is more than two keys after each other; [\"a\", \"b\"] is either of two",
            ),
            (
                "[prompt]\ntake = \"x\"\n",
                "keys.toml, line 2: `x` types a character in [prompt] and cannot do anything else there",
            ),
            ("undo = \"z\"\n", "keys.toml, line 1: `undo` stands in no section; write one such as [panels] above it"),
            (
                "[tiers]\nundo = \"z\"\n",
                "keys.toml, line 2: there is no action `undo` in [tiers]; did you mean `[panels] undo`, `[history] undo` or `[sensitivity] undo`?",
            ),
        ] {
            assert_eq!(problem(text), expected);
        }
        let told = problem("[panels]\nundo = \"z\n");
        assert!(told.starts_with("keys.toml, line 2: "), "{told}");
        assert_eq!(problem(""), "nothing");
    }
}
