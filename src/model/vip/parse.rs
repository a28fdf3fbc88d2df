//! From the text to the rule, with the place of what is wrong.

use super::{Bound, Condition, DEFAULT_NAME, Reach, Rule, RuleError, RuleProblem, Subject, Window};
use crate::model::calendar::{Period, Span};
use crate::model::money::Decimal;
use crate::model::words::{Scanner, first_unsafe, is_quote, shown};

/// Words of the language; an attribute of such a name is written in quotes.
pub(super) const RESERVED: [&str; 11] =
    ["amount", "orders", "order", "largest", "tenure", "and", "or", "with", "in", "within", "this"];

/// Characters that somebody may take for a comparison.
const SIGNS: &str = "<>=!~≤≥≠";

/// The parentheses that may be open at once.
const DEEPEST: usize = 20;

/// Whether a character ends a name that has no quotes around it: none of these is in such a name.
pub(super) fn ends_name(c: char) -> bool {
    c == ':' || c == '(' || c == ')' || is_quote(c) || SIGNS.contains(c)
}

/// Reads a rule.
pub(super) fn rule(text: &str) -> Result<Rule, RuleError> {
    let mut parser = Parser::new(text)?;
    let name = parser.name()?;
    Ok(Rule { name: name.unwrap_or_else(|| DEFAULT_NAME.to_owned()), condition: parser.whole()? })
}

/// Reads a condition.
pub(super) fn condition(text: &str) -> Result<Condition, RuleError> {
    Parser::new(text)?.whole()
}

struct Parser<'a> {
    scanner: Scanner<'a>,
    /// Parentheses that are open.
    open: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, RuleError> {
        match first_unsafe(text) {
            Some(column) => Err(RuleError { column, problem: RuleProblem::Unsafe }),
            None => Ok(Self { scanner: Scanner::new(text), open: 0 }),
        }
    }

    fn error<T>(&self, at: usize, problem: RuleProblem) -> Result<T, RuleError> {
        Err(RuleError { column: self.scanner.column(at), problem })
    }

    /// Where the next thing begins.
    fn here(&mut self) -> usize {
        self.scanner.skip_blanks();
        self.scanner.at
    }

    /// What comes next up to a blank or a parenthesis, as a message shows it.
    fn next_shown(&self) -> String {
        let mut ahead = self.scanner.clone();
        ahead.skip_blanks();
        let token = ahead.take(|c| !c.is_whitespace() && c != '(' && c != ')');
        shown(if token.is_empty() { ahead.take(|c| c == '(' || c == ')') } else { token })
    }

    fn quoted(&mut self) -> Result<Option<String>, RuleError> {
        self.scanner.quoted().or_else(|at| self.error(at, RuleProblem::Quote))
    }

    /// The name and its colon, where the text begins with them.
    fn name(&mut self) -> Result<Option<String>, RuleError> {
        let start = self.here();
        let mut ahead = self.scanner.clone();
        let name = match ahead.quoted() {
            Ok(Some(name)) => name,
            Ok(None) => ahead.take(|c| !ends_name(c)).trim().to_owned(),
            // The condition says so.
            Err(_) => return Ok(None),
        };
        if !ahead.eat(":") {
            return Ok(None);
        }
        if name.trim().is_empty() {
            return self.error(start, RuleProblem::NoName);
        }
        self.scanner = ahead;
        Ok(Some(name))
    }

    fn whole(mut self) -> Result<Condition, RuleError> {
        let condition = self.any()?;
        let end = self.here();
        if self.scanner.rest().is_empty() {
            return Ok(condition);
        }
        self.error(end, RuleProblem::NotJoined(self.next_shown()))
    }

    fn any(&mut self) -> Result<Condition, RuleError> {
        let mut conditions = vec![];
        loop {
            match self.all()? {
                Condition::Any(inner) => conditions.extend(inner),
                other => conditions.push(other),
            }
            if !self.scanner.eat_word("or") {
                return Ok(alone(conditions, Condition::Any));
            }
        }
    }

    fn all(&mut self) -> Result<Condition, RuleError> {
        let mut conditions = vec![];
        loop {
            match self.one()? {
                Condition::All(inner) => conditions.extend(inner),
                other => conditions.push(other),
            }
            if !self.scanner.eat_word("and") {
                return Ok(alone(conditions, Condition::All));
            }
        }
    }

    fn one(&mut self) -> Result<Condition, RuleError> {
        let start = self.here();
        if !self.scanner.eat("(") {
            return self.clause();
        }
        if self.open == DEEPEST {
            return self.error(start, RuleProblem::TooDeep(DEEPEST));
        }
        self.open += 1;
        let inner = self.any()?;
        self.open -= 1;
        if self.scanner.eat(")") {
            return Ok(inner);
        }
        let end = self.here();
        if self.scanner.rest().is_empty() {
            return self.error(start, RuleProblem::Parenthesis);
        }
        self.error(end, RuleProblem::NotJoined(self.next_shown()))
    }

    fn clause(&mut self) -> Result<Condition, RuleError> {
        let start = self.here();
        if self.scanner.eat_word("tenure") {
            return self.tenure();
        }
        let of = self.subject()?;
        let bound = self.bound(start)?;
        let at = self.here();
        let window = self.window()?;
        if of == Subject::LargestOrder && matches!(window, Window::Any(_) | Window::AnyPeriod(_)) {
            return self.error(at, RuleProblem::NoWindow);
        }
        Ok(Condition::Reach(Reach { of, bound, window }))
    }

    fn subject(&mut self) -> Result<Subject, RuleError> {
        let start = self.here();
        if let Some(attribute) = self.quoted()? {
            return self.with(start, attribute);
        }
        let word = self.scanner.word();
        match word.to_ascii_lowercase().as_str() {
            "amount" => Ok(Subject::Amount),
            "orders" if self.scanner.eat_word("with") => {
                let start = self.here();
                let attribute = match self.quoted()? {
                    Some(attribute) => attribute,
                    None => self.scanner.word().to_owned(),
                };
                if is_reserved(&attribute) && self.scanner.at == start + attribute.len() {
                    return self.error(start, RuleProblem::NoAttribute);
                }
                self.with(start, attribute)
            }
            "orders" => Ok(Subject::Orders),
            "order" if self.scanner.eat_word("days") => Ok(Subject::OrderDays),
            "largest" if self.scanner.eat_word("order") => Ok(Subject::LargestOrder),
            "and" | "or" => self.error(start, RuleProblem::NoCondition),
            "" if self.ends_here() => self.error(start, RuleProblem::NoCondition),
            "" => self.error(start, RuleProblem::Subject(self.next_shown())),
            lower if is_reserved(lower) => self.error(start, RuleProblem::Subject(shown(word))),
            _ => {
                let mut ahead = self.scanner.clone();
                let equals = ahead.eat("=");
                ahead.skip_blanks();
                let value = ahead.rest().starts_with(|c: char| is_quote(c) || c.is_alphanumeric());
                // A bare word and a bound is a misspelt subject rather than an attribute without a value.
                if !equals && !value {
                    return self.error(start, RuleProblem::Subject(shown(word)));
                }
                self.with(start, word.to_owned())
            }
        }
    }

    /// Whether nothing comes, or only what closes or joins.
    fn ends_here(&self) -> bool {
        let rest = self.scanner.rest().trim_start();
        rest.is_empty() || rest.starts_with(')')
    }

    /// The value of an attribute, `=` before it or not.
    fn with(&mut self, start: usize, attribute: String) -> Result<Subject, RuleError> {
        if attribute.trim().is_empty() {
            return self.error(start, RuleProblem::NoAttribute);
        }
        self.scanner.eat("=");
        let at = self.here();
        let value = match self.quoted()? {
            Some(value) => value,
            None => match self.scanner.word() {
                word if is_reserved(word) => String::new(),
                word => word.to_owned(),
            },
        };
        if value.trim().is_empty() {
            return self.error(at, RuleProblem::NoValue(shown(&attribute)));
        }
        Ok(Subject::OrdersWith { attribute, value })
    }

    /// `>=`, `>` or words for them; `None` where something else comes.
    fn sign(&mut self) -> Result<Option<(bool, String)>, RuleError> {
        let start = self.here();
        let sign = self.scanner.take(|c| SIGNS.contains(c));
        match sign {
            ">=" | "≥" => return Ok(Some((false, sign.to_owned()))),
            ">" => return Ok(Some((true, sign.to_owned()))),
            "" => {}
            _ => return self.error(start, RuleProblem::Sign(shown(sign))),
        }
        for (words, exceeded) in [(["at", "least"], false), (["more", "than"], true)] {
            let before = self.scanner.at;
            if words.iter().all(|word| self.scanner.eat_word(word)) {
                return Ok(Some((exceeded, words.join(" "))));
            }
            self.scanner.at = before;
        }
        Ok(None)
    }

    /// The bound of what begins at a place.
    fn bound(&mut self, start: usize) -> Result<Bound, RuleError> {
        let subject_end = self.scanner.at;
        let Some((exceeded, sign)) = self.sign()? else {
            let mut subject = self.scanner.clone();
            subject.at = start;
            let subject = shown(&subject.rest()[..subject_end - start]);
            let at = self.here();
            return self.error(at, RuleProblem::NoBound(subject));
        };
        let at = self.here();
        let text = self.scanner.take(|c| !c.is_whitespace() && c != '(' && c != ')');
        if text.is_empty() || is_reserved(text) {
            return self.error(at, RuleProblem::NoNumber(sign));
        }
        // A comma behind a number belongs to no number, and is told where it stands.
        let text = text.strip_suffix(',').filter(|text| !text.is_empty()).unwrap_or(text);
        self.scanner.at = at + text.len();
        match Decimal::parse(text.as_bytes()) {
            Ok(number) if number.mantissa > 0 || (exceeded && number.mantissa == 0) => Ok(Bound { number, exceeded }),
            Ok(number) => self.error(at, RuleProblem::NotPositive(number)),
            Err(problem) => self.error(at, RuleProblem::Number { text: shown(text), problem }),
        }
    }

    fn tenure(&mut self) -> Result<Condition, RuleError> {
        let at = self.here();
        match self.sign()? {
            Some((false, _)) => {}
            _ => return self.error(at, RuleProblem::Tenure),
        }
        let at = self.here();
        match self.span()? {
            Some(span) => Ok(Condition::Tenure(span)),
            None => self.error(at, RuleProblem::Tenure),
        }
    }

    /// The window, where one comes.
    fn window(&mut self) -> Result<Window, RuleError> {
        let inside = self.scanner.eat_word("in") || self.scanner.eat_word("within");
        let at = self.here();
        if self.scanner.eat_word("this") {
            return match self.period() {
                Some(period) => Ok(Window::This(period)),
                None => self.no_window(at, "this"),
            };
        }
        if !inside {
            return Ok(Window::Ever);
        }
        self.scanner.eat_word("the");
        let at_last = self.here();
        if self.scanner.eat_word("last") || self.scanner.eat_word("past") {
            return match self.span()? {
                Some(span) => Ok(Window::Last(span)),
                None => self.no_window(at_last, "last"),
            };
        }
        // Which article makes no difference.
        let _ = ["any", "a", "some"].iter().any(|article| self.scanner.eat_word(article));
        if let Some(period) = self.period() {
            return Ok(Window::AnyPeriod(period));
        }
        match self.span()? {
            Some(span) => Ok(Window::Any(span)),
            None => self.no_window(at, "in"),
        }
    }

    /// What follows a word, which itself may be at the place, is no window.
    fn no_window<T>(&mut self, at: usize, word: &'static str) -> Result<T, RuleError> {
        let end = self.here();
        let next = self.next_shown();
        if next.is_empty() || next == ")" || is_reserved(&next) {
            return self.error(end, RuleProblem::NoTime(word));
        }
        let told = if word == "in" { next } else { format!("{word} {next}") };
        self.error(at, RuleProblem::Window(told))
    }

    /// A month, a quarter or a year of the calendar, where one comes.
    fn period(&mut self) -> Option<Period> {
        let before = self.scanner.at;
        self.scanner.eat_word("calendar");
        let period = Period::ALL.into_iter().find(|period| self.scanner.eat_word(period.name()));
        self.scanner.at = if period.is_some() { self.scanner.at } else { before };
        period
    }

    /// A number of days, weeks, months or years, where a number comes.
    fn span(&mut self) -> Result<Option<Span>, RuleError> {
        let at = self.here();
        if !self.scanner.rest().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
            return Ok(None);
        }
        let text = self.scanner.take(|c| !c.is_whitespace() && !c.is_alphabetic() && c != '(' && c != ')');
        let unit_at = self.here();
        let unit = self.scanner.word().to_ascii_lowercase();
        let (most, told, one): (_, _, fn(u32) -> Span) = match unit.strip_suffix('s').unwrap_or(&unit) {
            "day" => (Span::MOST_DAYS, "days", Span::Days),
            "week" => (Span::MOST_DAYS / 7, "weeks", |weeks| Span::Days(weeks * 7)),
            "month" => (Span::MOST_MONTHS, "months", Span::Months),
            "year" => (Span::MOST_MONTHS / 12, "years", |years| Span::Months(years * 12)),
            _ => {
                self.scanner.at = unit_at;
                return self.error(at, RuleProblem::Window(format!("{text} {}", self.next_shown()).trim().to_owned()));
            }
        };
        match text.parse() {
            Ok(length) if (1..=most).contains(&length) => Ok(Some(one(length))),
            _ => self.error(at, RuleProblem::Length { text: shown(text), most, unit: told }),
        }
    }
}

/// One condition as itself, several as what joins them.
fn alone(mut conditions: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        last => {
            conditions.extend(last);
            join(conditions)
        }
    }
}

fn is_reserved(word: &str) -> bool {
    RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(word))
}
