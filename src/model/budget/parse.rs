//! From the text to the budget, with the place of what is wrong.

use super::{Budget, BudgetError, BudgetProblem, Cost, OTHERS, Part};
use crate::model::money::Decimal;
use crate::model::words::{Scanner, first_unsafe, is_quote, shown};

/// Whether a character ends a name that has no quotes around it.
pub(super) fn ends_name(c: char) -> bool {
    c == ':' || c == ';' || is_quote(c)
}

/// Reads a budget.
pub(super) fn budget(text: &str) -> Result<Budget, BudgetError> {
    if let Some(column) = first_unsafe(text) {
        return Err(BudgetError { column, problem: BudgetProblem::Unsafe });
    }
    let mut parser = Parser { scanner: Scanner::new(text) };
    let mut parts: Vec<Part> = Vec::new();
    loop {
        let start = parser.here();
        // A semicolon may end the text.
        if parser.scanner.rest().is_empty() {
            return Ok(Budget { parts });
        }
        let segment = parser.name()?;
        if parts.iter().any(|part| part.segment == segment) {
            let name = shown(segment.as_deref().unwrap_or(OTHERS));
            return parser.error(start, BudgetProblem::Twice(name));
        }
        parts.push(Part { segment, cost: parser.cost()? });
        let end = parser.here();
        if !parser.scanner.rest().is_empty() && !parser.scanner.eat(";") {
            let word = parser.scanner.take(|c| !c.is_whitespace() && c != ';');
            return parser.error(end, BudgetProblem::NotSeparated(shown(word)));
        }
    }
}

/// Reads what the customers of one segment cost.
pub(super) fn cost(text: &str) -> Result<Cost, BudgetError> {
    if let Some(column) = first_unsafe(text) {
        return Err(BudgetError { column, problem: BudgetProblem::Unsafe });
    }
    let mut parser = Parser { scanner: Scanner::new(text) };
    let cost = parser.cost()?;
    let end = parser.here();
    if parser.scanner.rest().is_empty() {
        return Ok(cost);
    }
    let word = parser.scanner.take(|c| !c.is_whitespace());
    parser.error(end, BudgetProblem::NotOne(shown(word)))
}

struct Parser<'a> {
    scanner: Scanner<'a>,
}

impl Parser<'_> {
    fn error<T>(&self, at: usize, problem: BudgetProblem) -> Result<T, BudgetError> {
        Err(BudgetError { column: self.scanner.column(at), problem })
    }

    /// Where the next thing begins.
    fn here(&mut self) -> usize {
        self.scanner.skip_blanks();
        self.scanner.at
    }

    /// A segment and its colon; `None` for all others.
    fn name(&mut self) -> Result<Option<String>, BudgetError> {
        let start = self.here();
        let name = match self.scanner.quoted() {
            Ok(Some(name)) => Some(name),
            Ok(None) => match self.scanner.take(|c| !ends_name(c)).trim() {
                OTHERS => None,
                name => Some(name.to_owned()),
            },
            Err(at) => return self.error(at, BudgetProblem::Quote),
        };
        let is_empty = name.as_deref().is_some_and(|name| name.trim().is_empty());
        if is_empty || !self.scanner.eat(":") {
            return self.error(start, BudgetProblem::NoName);
        }
        Ok(name)
    }

    /// One or two amounts with `+` between them, of which one has a percent sign behind it.
    fn cost(&mut self) -> Result<Cost, BudgetError> {
        let (mut per_head, mut percent) = (None, None);
        loop {
            let start = self.here();
            let number = self.number(start)?;
            let place = if self.scanner.eat("%") { &mut percent } else { &mut per_head };
            if place.replace(number).is_some() {
                return self.error(start, BudgetProblem::TwoOfAKind);
            }
            if let Err(problem) = Cost::new(per_head, percent) {
                return self.error(start, problem);
            }
            if !self.scanner.eat("+") {
                return Ok(Cost { per_head, percent });
            }
        }
    }

    fn number(&mut self, start: usize) -> Result<Decimal, BudgetError> {
        // A plus joins numbers; none has one as its sign.
        let text = self.scanner.take(|c| !c.is_whitespace() && !matches!(c, ';' | '%' | '+'));
        if text.is_empty() {
            return self.error(start, BudgetProblem::NoCost);
        }
        let number = Decimal::parse(text.as_bytes());
        number.or_else(|problem| self.error(start, BudgetProblem::Number { text: shown(text), problem }))
    }
}
