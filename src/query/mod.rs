//! The query language: text to syntax tree, and back. Knows nothing of an index, but the names of fields.
//!
//! - [`parse`] refuses a text over its [`Limits`]. `lexer` cuts it into `token`s (`term` the words among them; `operator`
//!   holds the spellings of operators, `words` the escapes of words).
//! - `parser` makes a tree of the operators and asks `atom` for groups and fields, and that asks `leaf` for values:
//!   `quoted` and `phrase` for what stands in quotes, `slot` for typed holes, `list`, `range`, and `values` for numbers
//!   and dates (`number`, `currency`).
//! - The tree is in `ast`, the names of fields in `fields`, which one was meant in `spelling`. [`print()`] writes a tree as
//!   a query again; [`Node::without_spans`] (`spans`) compares what queries say.
//! - Whatever there is to say is a `fault`, and reaches people as a [`Diagnostic`] (`error`, `show`): errors all at once,
//!   and notes on how something was read.
//!
//! # Grammar
//!
//! ```text
//! query  = and {"OR" and}                      AND binds tighter than OR; || is OR
//! and    = unary {["AND"] unary}               white space is AND; && is AND
//! unary  = {"NOT" | "-" | "!" | "+"} prox
//! prox   = atom {op atom}                      binds tightest; a op b op c = (a op b) op c
//! op     = W/n | NEAR/n | PRE/n | NOT W/n      within n words, in this order, not within
//!        | W/S | W/P                           one sentence, one paragraph
//! atom   = (group | [field ":"] (value | group) | field ":" "*" | "*" | "*:*") ["^" boost]
//! group  = ["ATLEAST" n] "(" query ")"
//! field  = name {"." part}                     money.USD, number.exact, country.any
//! value  = word | wild | word "~" [1 | 2] | phrase ["~" slop] | slot | range | cmp value
//!        | "IN" "[" {word | wild | phrase} "]"
//! wild   = a word with * (any characters) or ? (one), not at its beginning
//! phrase = '"' {word | slot | op} '"'          an op parts it into two phrases
//! slot   = "{" [name "="] kind [filter] "}"    kind: person country org place number money percent quantity date
//! filter = key | one | lo ".." hi | lo ".." | ".." hi | cmp one | unit
//! range  = ("[" | "{") lo "TO" hi ("]" | "}") | lo ".." hi     [ ] include an end, { } do not; * is open
//! cmp    = ">" | ">=" | "<" | "<="
//! ```
//!
//! - Operators are upper-case words; a lower-case one is a word, with a note. `W/n` and its kin are also read in lower
//!   case and as Westlaw (`/5 /s /p`) and Factiva (`adj5 near5`) have them, with a note: no text holds such words.
//! - `-`, `!` and `+` are operators at the start of a term only: `co-operate`, `9-11` and `C++` are words. A run of
//!   signs by itself (` - `) is left out, with a note.
//! - `\` makes an ordinary character of any other.
//! - `name:` is a field if it begins with a letter and no `//` follows (`10:30` and `https://…` are words). If white space
//!   follows a name that is no field nor nearly one, it is a word (`Trump: I will`), with a note.
//! - The value of `url:` and `id:` runs to white space, `^` or a parenthesis that it did not open; only `*` and `\`
//!   mean something in it.
//! - Numeric fields (`number money percent quantity`) take numbers as people write them (`1,000`, `1.2m`, `$40bn`, `8%`,
//!   `"40 billion euros"`), date fields (`published updated date`) a year, month, day or RFC 3339 time.
//! - A field before a group goes to every value in it that names none itself.

mod ast;
mod atom;
mod currency;
mod error;
mod fault;
mod fields;
mod leaf;
mod lexer;
mod limits;
mod list;
mod number;
mod operator;
mod parser;
mod phrase;
mod print;
mod quoted;
mod range;
mod show;
mod slot;
mod spans;
mod spelling;
mod term;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
mod token;
mod values;
mod words;

use serde::Serialize;

pub use ast::{
    Item, Leaf, Node, NodeKind, Phrase, PhrasePart, Proximity, Range, Scalar, ScalarValue, Slot, SlotFilter,
    Value, WildPart,
};
pub use error::{Diagnostic, Severity};
pub use fields::{FieldName, FieldRef, Variant};
pub use limits::Limits;
pub use print::print;

use crate::article::Span;

/// A query that can be run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parsed {
    /// What it says. No deeper than [`Limits::depth`].
    pub query: Node,
    /// How parts of it were read that could have been meant otherwise, in the order of the query.
    pub notes: Vec<Diagnostic>,
}

/// Reads a query. Never panics; takes time in proportion to the length of `text`.
///
/// # Errors
/// Everything that is wrong with the query, in its order, with the notes among it. Twenty errors at most, and then how
/// many more there are.
///
/// ```
/// use dateline::query::{Limits, NodeKind, parse};
/// let parsed = parse("\"{number 100..500} nationals\" country:Iran", &Limits::default()).unwrap();
/// assert!(matches!(parsed.query.kind, NodeKind::And(parts) if parts.len() == 2));
///
/// let errors = parse("numbr:400 (money:lots", &Limits::default()).unwrap_err();
/// let codes: Vec<&str> = errors.iter().map(|error| error.code).collect();
/// assert_eq!(codes, ["unknown_field", "unbalanced_parenthesis", "bad_number"]);
/// ```
pub fn parse(text: &str, limits: &Limits) -> Result<Parsed, Vec<Diagnostic>> {
    let limits = limits.bearable();
    let mut sink = error::Sink::default();
    if text.len() > limits.query_bytes {
        let fault =
            fault::Fault::Limit { what: "bytes of the query", found: text.len(), limit: limits.query_bytes };
        return Err(vec![Diagnostic::new(&fault, Span::new(0, 0))]);
    }
    let tokens = lexer::lex(text, &mut sink);
    let query = parser::Parser::new(text, tokens, limits, &mut sink).query();
    let notes = sink.finish()?;
    match query {
        Some(query) => Ok(Parsed { query, notes }),
        // Without a tree there is an error, and `finish` has returned; an empty query is what it would be.
        None => Err(vec![Diagnostic::new(&fault::Fault::EmptyQuery, Span::new(0, text.len()))]),
    }
}
