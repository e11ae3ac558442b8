//! Everything that can be said about a query: code, message and help of each, in one place.

use thiserror::Error;

use super::error::Severity;
use super::show::Shown;

/// What is wrong with a query, or how something in it was read. Texts from the query are [`Shown`].
#[derive(Debug, Clone, PartialEq, Error)]
pub(super) enum Fault {
    // The query as a whole.
    #[error("the query is empty")]
    EmptyQuery,
    #[error("{what}: {found}, the limit is {limit}")]
    Limit { what: &'static str, found: usize, limit: usize },
    #[error("{count} more errors")]
    MoreErrors { count: usize },

    // Fields.
    #[error("no field {name}{}", did_you_mean(*.near))]
    UnknownField { name: Shown, near: Option<&'static str> },
    #[error("{field} has no part {part}{}", did_you_mean(*.near))]
    UnknownPart { field: &'static str, part: Shown, near: Option<&'static str> },
    #[error("{code} is not an ISO 4217 currency{}", did_you_mean(*.near))]
    UnknownCurrency { code: Shown, near: Option<&'static str> },
    #[error("nothing follows {before}")]
    MissingValue { before: Shown, help: &'static str },

    // Operators and groups.
    #[error("nothing stands to the {side} of {op}")]
    MissingOperand { op: Shown, side: &'static str },
    #[error("{op} cannot stand here")]
    MisplacedOperator { op: Shown, help: &'static str },
    #[error("nothing stands between ( and )")]
    EmptyGroup,
    #[error("this ( is never closed")]
    UnclosedParenthesis,
    #[error("this ) closes nothing")]
    StrayParenthesis,
    #[error("this quote is never closed")]
    UnclosedQuote,
    #[error("this {open} is never closed")]
    UnclosedBracket { open: char },
    #[error("this {close} closes nothing")]
    StrayBracket { close: char },
    #[error("{op} takes a distance from 1 to {most}")]
    ZeroDistance { op: Shown, most: u32 },
    #[error("NOT stands before W/n only, not before {op}")]
    NotProximity { op: Shown },
    #[error("ATLEAST takes a count and a group")]
    BadAtLeast,

    // What stands behind a value.
    #[error("{text} is not a boost from 0 to 1000")]
    BadBoost { text: Shown },
    #[error("{text} is not a distance: ~1 or ~2 edits")]
    BadFuzzy { text: Shown },
    #[error("{text} is not a slop")]
    BadSlop { text: Shown },
    #[error("{text} does not stand directly behind something it can apply to")]
    StraySuffix { text: Shown },
    #[error("{what} takes no ~")]
    NoTilde { what: &'static str },

    // Words and phrases.
    #[error("{word} begins with a wildcard")]
    LeadingWildcard { word: Shown },
    #[error("{what} takes no wildcard")]
    NoWildcard { what: &'static str, help: &'static str },
    #[error("regular expressions are not supported")]
    Regex,
    #[error("the phrase is empty")]
    EmptyPhrase,
    #[error("{text} holds no letter or digit to search for")]
    NothingToFind { text: Shown },

    // Lists.
    #[error("the list is empty")]
    EmptyList,
    #[error("{text} cannot stand in a list")]
    BadListItem { text: Shown },
    #[error("a list stands in [ ], not in ( )")]
    ListInParentheses,

    // Values and ranges.
    #[error("{text} is not a number")]
    NotANumber { text: Shown, in_range: bool, help: String },
    #[error("{text} is not a date")]
    NotADate { text: Shown, in_range: bool, help: String },
    #[error("{text} is {found}; {field} holds {holds}")]
    WrongUnit { text: Shown, found: &'static str, field: &'static str, holds: &'static str, instead: String },
    #[error("the units {one} and {other} contradict each other")]
    UnitsDiffer { one: Shown, other: Shown },
    #[error("a range has two ends with TO between them")]
    RangeForm { help: String },
    #[error("the range ends before it begins")]
    RangeReversed { help: String },
    #[error("nothing lies in this range: an end is excluded")]
    RangeEmpty,
    #[error("a {what} needs a field")]
    RangeWithoutField { what: &'static str },

    // Slots.
    #[error("the slot is empty")]
    EmptySlot,
    #[error("no slot kind {kind}{}", did_you_mean(*.near))]
    UnknownSlot { kind: Shown, near: Option<&'static str> },
    #[error("{name} is not a slot name")]
    BadSlotName { name: Shown },
    #[error("{text} is not a filter for {kind}")]
    BadSlotFilter { text: Shown, kind: &'static str, help: &'static str },
    #[error("{field} holds no text that a slot could stand in")]
    NoSlotsHere { field: &'static str },

    // Notes.
    #[error("read {signs} as \"")]
    SmartQuotes { signs: String },
    #[error("{word} is a plain word here; the operator is {upper}")]
    LowercaseOperator { word: Shown, upper: String },
    #[error("read {typed} as {read}")]
    OperatorSpelling { typed: Shown, read: String },
    #[error("{word} is a plain word here; for one paragraph write W/P, for one sentence W/S")]
    SameIsAWord { word: Shown },
    #[error("read {typed} as {read}")]
    FieldSpelling { typed: Shown, read: String },
    #[error("{name} is no field; read as a word")]
    NotAField { name: Shown },
    #[error("a bare address is searched for as words in the text; for the article at it write url:…")]
    AddressAsWords,
    #[error("{text} is no word; left out")]
    LeftOut { text: Shown },
    #[error("in {part} the {sign} is no wildcard: quoted words are matched as written")]
    WildcardInPhrase { part: Shown, sign: char },
    #[error("read {op} inside quotes as an operator between two phrases")]
    OperatorInQuotes { op: Shown },
    #[error("read {text} as {read}; for {not} write {instead}")]
    AmbiguousUnit { text: Shown, read: String, not: &'static str, instead: String },
    #[error("{word} matches one more character; to search for the word alone write {alone}")]
    QuestionMark { word: Shown, alone: Shown },
    #[error("{word} is a separate word here; a value of several words stands in quotes")]
    SplitValue { word: Shown },
}

impl Fault {
    /// Its code, for programs.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::EmptyQuery => "empty_query",
            Self::Limit { .. } => "limit",
            Self::MoreErrors { .. } => "more_errors",
            Self::UnknownField { .. } | Self::UnknownPart { .. } => "unknown_field",
            Self::UnknownCurrency { .. } => "unknown_currency",
            Self::MissingValue { .. } => "missing_value",
            Self::MissingOperand { .. } => "missing_operand",
            Self::MisplacedOperator { .. } => "misplaced_operator",
            Self::EmptyGroup => "empty_group",
            Self::UnclosedParenthesis | Self::StrayParenthesis => "unbalanced_parenthesis",
            Self::UnclosedQuote => "unbalanced_quote",
            Self::UnclosedBracket { .. } | Self::StrayBracket { .. } => "unbalanced_bracket",
            Self::ZeroDistance { .. } | Self::NotProximity { .. } => "bad_proximity",
            Self::BadAtLeast => "bad_atleast",
            Self::BadBoost { .. } => "bad_boost",
            Self::BadFuzzy { .. } => "bad_fuzzy",
            Self::BadSlop { .. } => "bad_slop",
            Self::StraySuffix { .. } | Self::NoTilde { .. } => "stray_suffix",
            Self::LeadingWildcard { .. } => "leading_wildcard",
            Self::NoWildcard { .. } => "bad_wildcard",
            Self::Regex => "regex",
            Self::EmptyPhrase => "empty_phrase",
            Self::NothingToFind { .. } => "nothing_to_find",
            Self::EmptyList | Self::BadListItem { .. } | Self::ListInParentheses => "bad_list",
            Self::NotANumber { in_range: false, .. } => "bad_number",
            Self::NotADate { in_range: false, .. } => "bad_date",
            Self::NotANumber { .. }
            | Self::NotADate { .. }
            | Self::RangeForm { .. }
            | Self::RangeReversed { .. }
            | Self::RangeEmpty => "bad_range",
            Self::WrongUnit { .. } | Self::UnitsDiffer { .. } => "bad_unit",
            Self::RangeWithoutField { .. } => "range_without_field",
            Self::UnknownSlot { .. } => "unknown_slot",
            Self::EmptySlot
            | Self::BadSlotName { .. }
            | Self::BadSlotFilter { .. }
            | Self::NoSlotsHere { .. } => "bad_slot",
            Self::SmartQuotes { .. } => "smart_quotes",
            Self::LowercaseOperator { .. } => "lowercase_operator",
            Self::OperatorSpelling { .. } => "operator_spelling",
            Self::SameIsAWord { .. } => "same_is_a_word",
            Self::FieldSpelling { .. } => "field_spelling",
            Self::NotAField { .. } => "not_a_field",
            Self::AddressAsWords => "address_as_words",
            Self::LeftOut { .. } => "left_out",
            Self::WildcardInPhrase { .. } => "wildcard_in_phrase",
            Self::OperatorInQuotes { .. } => "operator_in_quotes",
            Self::AmbiguousUnit { .. } => "ambiguous_unit",
            Self::QuestionMark { .. } => "question_mark",
            Self::SplitValue { .. } => "split_value",
        }
    }

    /// Whether it keeps the query from being run.
    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::SmartQuotes { .. }
            | Self::LowercaseOperator { .. }
            | Self::OperatorSpelling { .. }
            | Self::SameIsAWord { .. }
            | Self::FieldSpelling { .. }
            | Self::NotAField { .. }
            | Self::AddressAsWords
            | Self::LeftOut { .. }
            | Self::WildcardInPhrase { .. }
            | Self::OperatorInQuotes { .. }
            | Self::AmbiguousUnit { .. }
            | Self::QuestionMark { .. }
            | Self::SplitValue { .. } => Severity::Note,
            _ => Severity::Error,
        }
    }

    /// What to write instead, where the message does not say it already.
    pub(super) fn help(&self) -> Option<String> {
        let fixed = match self {
            Self::EmptyQuery => "write a word, a \"phrase\" or field:value; * finds every article",
            Self::UnknownField { near: None, name } => {
                let known = super::fields::FieldName::ALL.map(super::fields::FieldName::name).join(" ");
                return Some(format!(
                    "fields are {known}; to search for the text itself write \"{}:…\"",
                    name.bare()
                ));
            }
            Self::UnknownPart { field: "number" | "quantity", near: None, .. } => {
                "quantity.people or quantity.exact"
            }
            Self::UnknownPart { field: "money", near: None, .. }
            | Self::UnknownCurrency { near: None, .. } => "money.USD, money.EUR or money.exact",
            Self::MissingOperand { op, .. } => {
                return Some(format!("to search for the word itself write \\{}", op.bare()));
            }
            Self::MissingValue { help, .. }
            | Self::MisplacedOperator { help, .. }
            | Self::NoWildcard { help, .. }
            | Self::BadSlotFilter { help, .. } => help,
            Self::UnclosedParenthesis | Self::StrayParenthesis => {
                "to search for the sign itself put it in quotes"
            }
            Self::UnclosedQuote => "add a \" at the end of the phrase",
            Self::UnclosedBracket { open: '{' } => "\"{person} told {org}\" or number:{100 TO 500}",
            Self::UnclosedBracket { .. } => "number:[100 TO 500] or source:IN [bbc ap]",
            Self::StrayBracket { .. } => "to search for text with brackets put it in quotes",
            Self::NotProximity { .. } => "Iran NOT W/5 sanctions",
            Self::BadAtLeast => "ATLEAST3(Iran)",
            Self::BadBoost { .. } => "Iran^2.5",
            Self::BadFuzzy { .. } => "Noushabadi~1",
            Self::BadSlop { .. } => "\"deported US\"~2",
            Self::StraySuffix { .. } | Self::NoTilde { .. } => {
                "Noushabadi~1, \"deported US\"~2, Iran^2.5; for the sign itself write \\~ or \\^"
            }
            Self::LeadingWildcard { .. } => "begin with a letter: hous* or wom?n",
            Self::Regex => "use wildcards: hous* or wom?n; for a slash itself put the text in quotes",
            Self::EmptyPhrase | Self::NothingToFind { .. } => "put at least one word there",
            Self::EmptyList | Self::BadListItem { .. } | Self::ListInParentheses => {
                "source:IN [bbc ap \"New York Times\"]"
            }
            Self::NotANumber { help, .. }
            | Self::NotADate { help, .. }
            | Self::RangeForm { help }
            | Self::RangeReversed { help } => {
                return Some(help.clone());
            }
            Self::WrongUnit { instead, .. } => return Some(instead.clone()),
            Self::UnitsDiffer { .. } => {
                "state one unit, once: money.USD:[1bn TO 2bn] or quantity.km:[5 TO 10]"
            }
            Self::RangeEmpty => "[ and ] include the ends, { and } leave them out",
            Self::RangeWithoutField { .. } => "number:[100 TO 500] or number:>=100",
            Self::EmptySlot | Self::UnknownSlot { near: None, .. } => {
                "kinds are person country org place number money percent quantity date"
            }
            Self::BadSlotName { .. } => "letters, digits and _: {who=person}",
            Self::NoSlotsHere { .. } => "title:\"{person} resigns\", or without a field",
            Self::OperatorInQuotes { .. } => "a \\ before it makes it a word",
            _ => return None,
        };
        Some(fixed.to_owned())
    }
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |name| format!("; did you mean \"{name}\"?"))
}
