//! From the text to the filter, with the place of what is wrong.

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, Spanned, UnaryOperator,
    Value, ValueWithSpan,
};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan};

use super::parser_words::{AFTER_IS, COLUMN, EXPECTED, EXPRESSION, FOUND, PLACE};
use super::problem::shown;
use super::screen::{Expressions, Places, tokens, word};
use super::{Comparison, Filter, FilterError, FilterProblem, Literal, Placed, Test};
use crate::model::money::Decimal;
use crate::tr;

/// Levels of `and`, `or` and `not` within each other.
const DEEPEST: usize = 8;

/// Levels of the parser's own, each of which takes much of a thread's stack. The canonical text of any filter has at most
/// three of them for two of a filter, so that what was read once reads back.
const PARSED: usize = 24;

/// Reads a filter.
pub(super) fn filter(text: &str) -> Result<Filter, FilterError> {
    let places = Places::new(text);
    let tokens = tokens(text, &places)?;
    if tokens.is_empty() {
        return Ok(Filter::default());
    }
    let parser = Parser::new(&Expressions).with_recursion_limit(PARSED);
    let mut parser = parser.with_tokens_with_locations(tokens.clone());
    let expression = parser.parse_expr().map_err(|error| refused(&error, &tokens, &places))?;
    let rest = parser.peek_token();
    if rest.token != Token::EOF {
        return Err(not_joined(&rest, &tokens, &places));
    }
    let filter = Reader { places: &places }.filter(expression)?;
    if depth(&filter) > DEEPEST {
        return Err(FilterProblem::Nested(DEEPEST).at(0));
    }
    Ok(filter)
}

fn depth(filter: &Filter) -> usize {
    match filter {
        Filter::And(members) | Filter::Or(members) => 1 + members.iter().map(depth).max().unwrap_or_default(),
        Filter::Not(inner) => 1 + depth(inner),
        Filter::Is(..) | Filter::Rule(_) => 0,
    }
}

/// What the parser refuses, in the words of filters.
fn refused(error: &ParserError, tokens: &[TokenWithSpan], places: &Places) -> FilterError {
    let (ParserError::ParserError(message) | ParserError::TokenizerError(message)) = error else {
        return FilterProblem::Nested(DEEPEST).at(0);
    };
    let (told, place) = message.rsplit_once(PLACE).unwrap_or((message, ""));
    let location = place.split_once(COLUMN).and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
    let location = location.map_or(Location::empty(), |(line, column)| Location { line, column });
    let at = places.at(location);
    let Some((expected, _)) = told.strip_prefix(EXPECTED).and_then(|told| told.rsplit_once(FOUND)) else {
        return FilterProblem::Other(shown(told)).at(at);
    };
    let expected = match expected {
        expected if expected.trim_end_matches(':') == EXPRESSION => tr!("a name or a value").to_owned(),
        expected if expected.contains(AFTER_IS) => tr!("missing or not missing").to_owned(),
        expected => shown(expected),
    };
    match tokens.iter().position(|token| token.span.start == location) {
        None => FilterProblem::Ends(expected).at(at),
        Some(place) => sql_word(tokens, place, places).unwrap_or_else(|| {
            FilterProblem::Unexpected { found: shown(&tokens[place].token.to_string()), expected }.at(at)
        }),
    }
}

/// Something that no condition ends with and none begins after.
fn not_joined(rest: &TokenWithSpan, tokens: &[TokenWithSpan], places: &Places) -> FilterError {
    let at = places.at(rest.span.start);
    let place = tokens.iter().position(|token| token.span.start == rest.span.start).unwrap_or_default();
    if let Some(error) = sql_word(tokens, place, places) {
        return error;
    }
    let number = |place: Option<usize>| {
        place.and_then(|place| tokens.get(place)).is_some_and(|token| matches!(token.token, Token::Number(..)))
    };
    if rest.token == Token::Comma && number(place.checked_sub(1)) && number(Some(place + 1)) {
        return FilterProblem::Thousands.at(at);
    }
    FilterProblem::NotJoined(shown(&rest.token.to_string())).at(at)
}

/// A construct of SQL that makes a token unexpected: a word there or right before it.
fn sql_word(tokens: &[TokenWithSpan], place: usize, places: &Places) -> Option<FilterError> {
    let found = |place: usize| {
        let what = construct(&word(&tokens[place].token)?.value)?;
        Some(FilterProblem::Unsupported(what).at(places.at(tokens[place].span.start)))
    };
    found(place).or_else(|| found(place.checked_sub(1)?))
}

/// What a word of SQL begins that filters do not have.
fn construct(word: &str) -> Option<String> {
    let word = word.to_ascii_lowercase();
    match word.as_str() {
        "select" | "with" | "values" => Some(tr!("subqueries").to_owned()),
        "timestamp" | "datetime" | "time" => Some(tr!("times of day; a date is '2024-01-31'").to_owned()),
        "case" | "when" | "then" | "else" | "end" | "interval" | "escape" | "collate" | "similar" | "rlike"
        | "regexp" | "xor" | "div" | "overlaps" | "member" | "over" | "filter" | "at" | "distinct" | "unknown"
        | "array" | "exists" | "match" | "glob" => Some(format!("`{word}`")),
        _ => None,
    }
}

/// Turns expressions into filters.
struct Reader<'a> {
    places: &'a Places,
}

impl Reader<'_> {
    fn at(&self, expression: &impl Spanned) -> usize {
        self.places.at(expression.span().start)
    }

    fn filter(&self, expression: Expr) -> Result<Filter, FilterError> {
        match expression {
            Expr::Nested(inner) => self.filter(*inner),
            Expr::BinaryOp { op: BinaryOperator::And, .. } => {
                Ok(Filter::all_of(self.members(expression, &BinaryOperator::And)?))
            }
            Expr::BinaryOp { op: BinaryOperator::Or, .. } => {
                Ok(Filter::any_of(self.members(expression, &BinaryOperator::Or)?))
            }
            Expr::UnaryOp { op: UnaryOperator::Not, expr } => Ok(self.filter(*expr)?.negated()),
            Expr::Value(ValueWithSpan { value: Value::Boolean(everybody), .. }) => {
                Ok(if everybody { Filter::And(Vec::new()) } else { Filter::Or(Vec::new()) })
            }
            Expr::Function(function) => self.rule(&function),
            expression => self.condition(&expression),
        }
    }

    /// The operands of a chain of one operator, which leans to the left.
    fn members(&self, expression: Expr, joint: &BinaryOperator) -> Result<Vec<Filter>, FilterError> {
        let (mut members, mut rest) = (Vec::new(), expression);
        loop {
            match rest {
                Expr::BinaryOp { left, op, right } if op == *joint => {
                    members.push(*right);
                    rest = *left;
                }
                first => {
                    members.push(first);
                    return members.into_iter().rev().map(|member| self.filter(member)).collect();
                }
            }
        }
    }

    fn condition(&self, expression: &Expr) -> Result<Filter, FilterError> {
        let like = |of: &Expr, pattern: &Expr, any_case: bool, negated: bool| {
            let pattern = match self.value(pattern)? {
                Placed { value: Literal::Text(text), at } => Placed::new(text, at),
                Placed { value, at } => return Err(FilterProblem::NoValue(value.to_string()).at(at)),
            };
            Ok(Filter::Is(self.name(of)?, Test::Like { pattern, any_case, negated }))
        };
        match expression {
            Expr::BinaryOp { left, op, right } => match comparison(op) {
                Some(comparison) => self.comparison(left, comparison, right),
                None => Err(self.unsupported(expression)),
            },
            Expr::Between { expr, negated, low, high } => {
                let (low, high) = (self.value(low)?, self.value(high)?);
                Ok(Filter::Is(self.name(expr)?, Test::Between { low, high, negated: *negated }))
            }
            Expr::InList { expr, list, negated } => {
                let values = list.iter().map(|value| self.value(value)).collect::<Result<_, _>>()?;
                Ok(Filter::Is(self.name(expr)?, Test::In { values, negated: *negated }))
            }
            Expr::Like { negated, any: false, expr, pattern, escape_char: None } => {
                like(expr, pattern, false, *negated)
            }
            Expr::ILike { negated, any: false, expr, pattern, escape_char: None } => {
                like(expr, pattern, true, *negated)
            }
            Expr::IsNull(of) => Ok(Filter::Is(self.name(of)?, Test::Missing)),
            Expr::IsNotNull(of) => Ok(Filter::Is(self.name(of)?, Test::Missing).negated()),
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => Ok(Filter::Is(self.name(expression)?, Test::Flag)),
            Expr::Value(_) | Expr::Tuple(_) | Expr::UnaryOp { op: UnaryOperator::Minus | UnaryOperator::Plus, .. } => {
                Err(FilterProblem::LoneValue(shown(&expression.to_string())).at(self.at(expression)))
            }
            expression => Err(self.unsupported(expression)),
        }
    }

    fn comparison(&self, left: &Expr, comparison: Comparison, right: &Expr) -> Result<Filter, FilterError> {
        // `30 >= recency` says the same from the other side.
        let (of, comparison, value) = match (is_name(left), is_name(right)) {
            (false, true) => (right, comparison.flipped(), left),
            _ => (left, comparison, right),
        };
        let of = self.name(of)?;
        Ok(Filter::Is(of, Test::Compare(comparison, self.value(value)?)))
    }

    /// The name of a field, its parts joined by points.
    fn name(&self, expression: &Expr) -> Result<Placed<String>, FilterError> {
        match expression {
            Expr::Nested(inner) => self.name(inner),
            Expr::Identifier(only) => Ok(self.joined(std::slice::from_ref(only))),
            Expr::CompoundIdentifier(parts) => Ok(self.joined(parts)),
            Expr::Value(_) | Expr::Tuple(_) => {
                Err(FilterProblem::NoName(shown(&expression.to_string())).at(self.at(expression)))
            }
            expression => Err(self.unsupported(expression)),
        }
    }

    fn joined(&self, parts: &[Ident]) -> Placed<String> {
        let name: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
        let at = parts.first().map_or(0, |first| self.places.at(first.span.start));
        Placed::new(name.join("."), at)
    }

    fn value(&self, expression: &Expr) -> Result<Placed<Literal>, FilterError> {
        let at = self.at(expression);
        match expression {
            Expr::Nested(inner) => self.value(inner),
            Expr::Value(ValueWithSpan { value, .. }) => match value {
                Value::Number(text, false) => number(text, at),
                Value::SingleQuotedString(text) => Ok(Placed::new(Literal::Text(text.clone()), at)),
                Value::Null => Err(FilterProblem::Null.at(at)),
                other => Err(FilterProblem::NoValue(shown(&other.to_string())).at(at)),
            },
            Expr::UnaryOp { op: op @ (UnaryOperator::Minus | UnaryOperator::Plus), expr } => match expr.as_ref() {
                Expr::Value(ValueWithSpan { value: Value::Number(text, false), .. }) => {
                    number(&format!("{op}{text}"), at)
                }
                _ => Err(self.unsupported(expression)),
            },
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
                Err(FilterProblem::NoValue(shown(&expression.to_string())).at(at))
            }
            expression => Err(self.unsupported(expression)),
        }
    }

    /// `vip('…')`, the only call there is.
    fn rule(&self, function: &Function) -> Result<Filter, FilterError> {
        let at = self.at(&function.name);
        let name = function.name.to_string();
        if !name.eq_ignore_ascii_case("vip") {
            let what = tr!("the function `{name}`; the only call is vip('…')", name = shown(&name));
            return Err(FilterProblem::Unsupported(what).at(at));
        }
        let FunctionArguments::List(list) = &function.args else { return Err(FilterProblem::Rule.at(at)) };
        match list.args.as_slice() {
            [FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Value(value)))] => match &value.value {
                Value::SingleQuotedString(text) => {
                    Ok(Filter::Rule(Placed::new(text.clone(), self.places.at(value.span.start))))
                }
                _ => Err(FilterProblem::Rule.at(at)),
            },
            _ => Err(FilterProblem::Rule.at(at)),
        }
    }

    fn unsupported(&self, expression: &Expr) -> FilterError {
        let what = match expression {
            Expr::BinaryOp { op: BinaryOperator::And | BinaryOperator::Or, .. } => {
                tr!("a condition in the place of a name or a value").to_owned()
            }
            Expr::BinaryOp { op, .. } if comparison(op).is_some() => tr!("a comparison of comparisons").to_owned(),
            Expr::BinaryOp { .. } | Expr::UnaryOp { .. } => tr!("arithmetic").to_owned(),
            Expr::Function(function) => tr!("the function `{name}` here", name = shown(&function.name.to_string())),
            Expr::IsTrue(_) | Expr::IsNotTrue(_) | Expr::IsFalse(_) | Expr::IsNotFalse(_) => {
                tr!("is true and is false; a name alone is a condition that is met where it is yes").to_owned()
            }
            other => format!("`{}`", shown(&other.to_string())),
        };
        FilterProblem::Unsupported(what).at(self.at(expression))
    }
}

fn is_name(expression: &Expr) -> bool {
    match expression {
        Expr::Nested(inner) => is_name(inner),
        expression => matches!(expression, Expr::Identifier(_) | Expr::CompoundIdentifier(_)),
    }
}

fn comparison(operator: &BinaryOperator) -> Option<Comparison> {
    match operator {
        BinaryOperator::LtEq => Some(Comparison::AtMost),
        BinaryOperator::GtEq => Some(Comparison::AtLeast),
        BinaryOperator::Lt => Some(Comparison::Below),
        BinaryOperator::Gt => Some(Comparison::Above),
        BinaryOperator::Eq => Some(Comparison::Equal),
        BinaryOperator::NotEq => Some(Comparison::Unequal),
        _ => None,
    }
}

fn number(text: &str, at: usize) -> Result<Placed<Literal>, FilterError> {
    match Decimal::parse(text.as_bytes()) {
        Ok(number) => Ok(Placed::new(Literal::Number(number), at)),
        Err(problem) => Err(FilterProblem::Number { text: shown(text), problem }.at(at)),
    }
}
