//! What is decided before data opens, in words: policies, and roles of columns.

use super::super::overlays::{mapping, policies};
use super::super::theme::Theme;
use super::super::words;
use super::Said;
use crate::app::keymap::Keymap;
use crate::app::mapping::MappingScreen;
use crate::app::overlay::PolicyScreen;
use crate::app::reopen::{Reopening, State};
use crate::app::session::Session;
use crate::model::policies::Policy;
use crate::show::numbers::{counted, money};
use crate::show::text::clean;
use crate::{lang, tr};

/// A line a policy, and what the data is now and would be.
pub(super) fn policies(session: &Session, screen: PolicyScreen, reopening: Option<&Reopening>, theme: &Theme) -> Said {
    let mut said = Said::new(tr!("Policies").to_owned());
    for (number, policy) in Policy::ALL.into_iter().enumerate() {
        said.line(policy_line(session, screen, policy), number == screen.cursor);
    }
    let then = match reopening.map(|reopening| &reopening.state) {
        Some(State::Ready(then)) => Some(&**then),
        Some(State::Failed(problem)) => {
            said.note = Some(tr!("It cannot be done: {problem}", problem = clean(problem)));
            return said;
        }
        _ => None,
    };
    for (figure, [now, after, difference]) in policies::compared(session, then) {
        said.lines.push(match (after.is_empty(), difference.is_empty()) {
            (true, _) => tr!("plain" | "{figure}: now {now}", figure, now),
            (false, true) => tr!("plain" | "{figure}: now {now}, then {then}", figure, now, then = after),
            (false, false) => tr!(
                "plain" | "{figure}: now {now}, then {then}, difference {difference}",
                figure,
                now,
                then = after,
                difference
            ),
        });
    }
    said.note = Some(policies::state_words(reopening, &session.keymap, false, theme).0);
    said
}

fn policy_line(session: &Session, screen: PolicyScreen, policy: Policy) -> String {
    let choices = words::choices(policy);
    let choice = |number: usize| choices.get(number).copied().unwrap_or_default();
    let (now, then) = (session.policies.get(policy), screen.proposed.get(policy));
    let decided = if now == then {
        choice(now).to_owned()
    } else {
        tr!("plain" | "{choice} instead of {before}", choice = choice(then), before = choice(now))
    };
    let concerned = session.ledger.concerned(policy);
    let about = if policy == Policy::Duplicates && !session.policies.drops_duplicates() {
        match session.data.duplicates() {
            Some(rows) => counted(rows, "row"),
            None => tr!("not counted").to_owned(),
        }
    } else {
        let sum = concerned.money(session.analysis.customers().scale);
        format!("{}, {}", counted(concerned.rows, "row"), money(sum.minor, sum.scale))
    };
    tr!(
        "plain" | "{policy}: {decided}, {does}; {about}",
        policy = words::policy(policy),
        decided,
        does = lang::text(screen.proposed.choice(policy).words),
        about
    )
}

/// A line a column, and what else is told of them.
pub(super) fn columns(
    screen: &MappingScreen,
    around: (&Keymap, Option<&Session>, Option<&Reopening>),
    theme: &Theme,
) -> Said {
    let (title, lines, note) = mapping::in_words(screen, around, theme);
    let mut said = Said::new(title);
    for (number, line) in lines.into_iter().enumerate() {
        said.line(line, number == screen.cursor);
    }
    said.note = Some(note);
    said
}
