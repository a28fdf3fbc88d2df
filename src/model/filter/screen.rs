//! The signs and words of a filter's text: only those that filters have go on to the parser, so that nothing else of SQL
//! is within its reach.

use sqlparser::ast::Expr;
use sqlparser::dialect::Dialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer, TokenizerError, Whitespace, Word};
use unicode_normalization::UnicodeNormalization;

use super::parser_words::EXPRESSION;
use super::problem::shown;
use super::{FilterError, FilterProblem};
use crate::tr;

/// The most signs and words besides values; the parser's tree is as deep as a chain of them is long.
const MOST: usize = 1_000;

/// Words that have a meaning in a filter; a field of such a name is quoted.
const OWN: [Keyword; 11] = [
    Keyword::AND,
    Keyword::OR,
    Keyword::IN,
    Keyword::BETWEEN,
    Keyword::LIKE,
    Keyword::ILIKE,
    Keyword::IS,
    Keyword::NOT,
    Keyword::NULL,
    Keyword::TRUE,
    Keyword::FALSE,
];

/// How many of them, the first ones, stand between or after others and never begin anything.
const JOINTS: usize = 7;

/// SQL as filters have it: names in any script, in double quotes or backticks where they are no plain words.
#[derive(Debug)]
pub(super) struct Expressions;

impl Dialect for Expressions {
    fn is_identifier_start(&self, character: char) -> bool {
        is_word_start(character)
    }

    fn is_identifier_part(&self, character: char) -> bool {
        is_word_part(character)
    }

    // A word with a meaning of its own is no name, unless it is quoted.
    fn parse_prefix(&self, parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
        let next = parser.peek_token_ref();
        let joins = word(&next.token).is_some_and(|word| OWN[..JOINTS].contains(&word.keyword));
        joins.then(|| parser.expected_ref(EXPRESSION, next))
    }

    // Otherwise the parser reads what follows such a word twice, and nested ones without end.
    fn is_reserved_for_identifier(&self, _word: Keyword) -> bool {
        true
    }
}

/// Whether a bare name may begin so.
pub(super) fn is_word_start(character: char) -> bool {
    character.is_alphabetic() || character == '_'
}

/// Whether a bare name may go on so. A dash is part of it: nothing is ever subtracted.
pub(super) fn is_word_part(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-')
}

/// Whether a word has a meaning in a filter.
pub(super) fn is_own_word(word: &str) -> bool {
    OWN.iter().any(|own| format!("{own:?}").eq_ignore_ascii_case(word))
}

/// Where lines begin, to turn the tokenizer's lines and columns into characters.
pub(super) struct Places {
    lines: Vec<usize>,
    /// Where the text ends, blanks aside.
    pub(super) end: usize,
}

impl Places {
    pub(super) fn new(text: &str) -> Self {
        let breaks = text.chars().enumerate().filter(|(_, character)| *character == '\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { lines, end: text.trim_end().chars().count() }
    }

    /// The characters before a location; one that is none is the end.
    pub(super) fn at(&self, location: Location) -> usize {
        let line = usize::try_from(location.line).ok().and_then(|line| self.lines.get(line.checked_sub(1)?));
        let column = usize::try_from(location.column).ok().and_then(|column| column.checked_sub(1));
        line.zip(column).map_or(self.end, |(line, column)| (line + column).min(self.end))
    }
}

/// The tokens of a text without blanks, as the parser is to see them.
pub(super) fn tokens(text: &str, places: &Places) -> Result<Vec<TokenWithSpan>, FilterError> {
    let tokenized = Tokenizer::new(&Expressions, text).tokenize_with_location();
    let mut tokens = tokenized.map_err(|error| unclosed(text, places, &error))?;
    tokens.retain(|token| !is_blank(&token.token));
    let counts = |token: &TokenWithSpan| !matches!(token.token, Token::Comma) && literal(&token.token).is_none();
    if let Some(first) = tokens.iter().filter(|token| counts(token)).nth(MOST) {
        return Err(FilterProblem::Long(MOST).at(places.at(first.span.start)));
    }
    for place in 0..tokens.len() {
        if let Some(problem) = refused(&tokens[place].token) {
            return Err(problem.at(places.at(tokens[place].span.start)));
        }
        if follows_is(&tokens[..place]) && word(&tokens[place].token).is_some_and(|word| is(word, "missing")) {
            tokens[place].token = Token::make_keyword("NULL");
        }
    }
    plain_words(&mut tokens);
    Ok(tokens)
}

/// Words that SQL knows and filters do not become names like any other.
fn plain_words(tokens: &mut Vec<TokenWithSpan>) {
    // `date '2024-01-31'` is the text alone.
    let dates: Vec<bool> = tokens
        .windows(2)
        .map(|pair| {
            let date = word(&pair[0].token).is_some_and(|word| word.keyword == Keyword::DATE);
            date && matches!(pair[1].token, Token::SingleQuotedString(_))
        })
        .collect();
    let mut dates = dates.into_iter();
    tokens.retain(|_| !dates.next().unwrap_or_default());
    for token in tokens {
        if let Token::Word(word) = &mut token.token
            && !OWN.contains(&word.keyword)
        {
            word.keyword = Keyword::NoKeyword;
        }
    }
}

fn is_blank(token: &Token) -> bool {
    matches!(token, Token::Whitespace(Whitespace::Space | Whitespace::Newline | Whitespace::Tab))
}

/// Whether the tokens end with `is` or `is not`.
fn follows_is(before: &[TokenWithSpan]) -> bool {
    let keyword = |place: usize| {
        let place = before.len().checked_sub(place)?;
        before.get(place).and_then(|token| word(&token.token)).map(|word| word.keyword)
    };
    keyword(1) == Some(Keyword::IS) || (keyword(1) == Some(Keyword::NOT) && keyword(2) == Some(Keyword::IS))
}

/// A word that is not quoted.
pub(super) fn word(token: &Token) -> Option<&Word> {
    match token {
        Token::Word(word) if word.quote_style.is_none() => Some(word),
        _ => None,
    }
}

fn is(word: &Word, text: &str) -> bool {
    word.value.eq_ignore_ascii_case(text)
}

/// The text of a number or a text.
pub(super) fn literal(token: &Token) -> Option<&str> {
    match token {
        Token::Number(text, false) | Token::SingleQuotedString(text) => Some(text),
        _ => None,
    }
}

/// Why a token cannot be part of any filter.
fn refused(token: &Token) -> Option<FilterProblem> {
    let unsupported = |what: &str| Some(FilterProblem::Unsupported(what.to_owned()));
    let instead = match token {
        Token::Word(_)
        | Token::Comma
        | Token::LParen
        | Token::RParen
        | Token::Period
        | Token::Eq
        | Token::Neq
        | Token::Lt
        | Token::LtEq
        | Token::Gt
        | Token::GtEq
        // Arithmetic, which is told as a whole.
        | Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::Div
        | Token::Mod => return None,
        token if literal(token).is_some() => return None,
        Token::Whitespace(_) => return unsupported(tr!("comments")),
        Token::DoubleColon => return unsupported(tr!("casts (::)")),
        Token::LBracket | Token::RBracket => return unsupported(tr!("subscripts ([…])")),
        Token::Placeholder(_) => return unsupported(tr!("placeholders")),
        Token::Tilde | Token::TildeAsterisk | Token::ExclamationMarkTilde | Token::ExclamationMarkTildeAsterisk => {
            return unsupported(tr!("regular expressions (~)"));
        }
        Token::DoubleEq => write("="),
        Token::Overlap | Token::Ampersand => write("and"),
        Token::StringConcat | Token::Pipe => write("or"),
        Token::ExclamationMark => tr!("write not, or != between a name and a value").to_owned(),
        Token::Char(character) => in_ascii(*character),
        _ => tr!("texts are in single quotes, such as 'North'").to_owned(),
    };
    Some(FilterProblem::Sign { found: shown(&token.to_string()), instead })
}

fn write(sign: &str) -> String {
    tr!("write {sign}", sign)
}

/// What to write for a character that looks like a sign of a filter.
fn in_ascii(character: char) -> String {
    let plain: String = match character {
        '≤' | '≦' => "<=".to_owned(),
        '≥' | '≧' => ">=".to_owned(),
        '≠' => "!=".to_owned(),
        '‘' | '’' | '‚' | '‛' => "'".to_owned(),
        '“' | '”' | '„' | '‟' => "\"".to_owned(),
        '、' => ",".to_owned(),
        other => other.nfkc().collect(),
    };
    if plain.is_ascii() && !plain.starts_with(character) {
        write(&plain)
    } else {
        tr!("a name that has it is in double quotes, a text in single quotes").to_owned()
    }
}

/// What the tokenizer refuses: quotes that are left open.
fn unclosed(text: &str, places: &Places, error: &TokenizerError) -> FilterError {
    let at = places.at(error.location);
    match text.chars().nth(at) {
        Some(quote @ ('\'' | '"' | '`')) => FilterProblem::Unclosed(quote).at(at),
        _ => FilterProblem::Other(shown(&error.message)).at(at),
    }
}
