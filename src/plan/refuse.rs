//! The errors of planning: what was asked, why it is not answered, what to write instead.

use crate::article::Span;
use crate::query::{Diagnostic, Severity};

fn error(code: &'static str, message: impl Into<String>, span: Span, help: Option<&str>) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code,
        message: message.into(),
        span,
        help: help.map(str::to_owned),
    }
}

/// Something that has no place in the text, beside a proximity operator or in ATLEAST.
pub(super) fn no_place(what: &str, help: &str, span: Span) -> Diagnostic {
    error("no_place", format!("{what} has no place in the text"), span, Some(help))
}

pub(super) fn boost_inside(span: Span) -> Diagnostic {
    let help = "put it around the whole: (a W/5 b)^2";
    error(
        "bad_boost",
        "a part of a proximity operator or of ATLEAST has no boost of its own",
        span,
        Some(help),
    )
}

pub(super) fn slots_outside_the_text(span: Span) -> Diagnostic {
    let help = "slots stand in phrases of title, lead and body: title:\"{person} resigns\"";
    error("bad_slot", "mentions are marked in title and body only", span, Some(help))
}

pub(super) fn slot_name_twice(name: &str, span: Span) -> Diagnostic {
    error(
        "bad_slot",
        format!("two slots of this phrase are called {name}"),
        span,
        Some("\"{who=person} told {whom=person}\""),
    )
}

pub(super) fn too_many_slots(found: usize, limit: usize, span: Span) -> Diagnostic {
    error("limit", format!("slots of a phrase: {found}, the limit is {limit}"), span, None)
}

pub(super) fn too_many_in_all(what: &str, limit: usize, span: Span) -> Diagnostic {
    let message = format!("{what} of all phrases: here they are more than the limit, {limit}");
    error("limit", message, span, Some("fewer or shorter phrases, or several queries"))
}

pub(super) fn no_story(span: Span) -> Diagnostic {
    let help =
        "an id of 16 digits, as search --group story and show tell it; of an article: dateline story ID";
    error("bad_value", "this is no story's id", span, Some(help))
}

pub(super) fn slop(found: u32, limit: u32, span: Span) -> Diagnostic {
    let help = format!("words further apart are found by W/n: deported W/{found} Iran");
    error("limit", format!("slop of a phrase: {found}, the limit is {limit}"), span, Some(&help))
}

pub(super) fn slop_times_words(words: u32, slop: u32, limit: u32, span: Span) -> Diagnostic {
    let message = format!("slop times words of a phrase: {slop} times {words}, the limit is {limit}");
    error("limit", message, span, Some("a shorter phrase, or less slop"))
}

pub(super) fn wildcard_without_letters(span: Span) -> Diagnostic {
    let help = "letters or digits directly before it: hous*, wom?n";
    error("bad_wildcard", "a wildcard needs a beginning", span, Some(help))
}

pub(super) fn fuzzy_of_several_words(span: Span) -> Diagnostic {
    error("bad_fuzzy", "only a single word can be fuzzy", span, Some("\"two words\"~1 is a phrase with slop"))
}

pub(super) fn range_of_words(span: Span) -> Diagnostic {
    error(
        "bad_range",
        "ranges are for numbers and dates",
        span,
        Some("number:[100 TO 500] or published:>=2025-09"),
    )
}

pub(super) fn nothing_to_find(span: Span) -> Diagnostic {
    error("nothing_to_find", "this holds no letter or digit", span, None)
}

pub(super) fn whole_value(span: Span) -> Diagnostic {
    error("bad_value", "this field is matched as a whole", span, Some("id:a-17 or lang:en"))
}

pub(super) fn not_a_date(span: Span) -> Diagnostic {
    error(
        "bad_date",
        "this field holds dates",
        span,
        Some("published:2025-09 or published:[2025-09-01 TO *]"),
    )
}

pub(super) fn not_a_number(span: Span) -> Diagnostic {
    error("bad_number", "this field holds numbers", span, Some("number:[100 TO 500] or number:>=100"))
}

pub(super) fn name_pattern(span: Span) -> Diagnostic {
    let help = "a name or a part of one: person:trump, country:\"United States\"";
    error("bad_name", "names are found by name, not by pattern", span, Some(help))
}

pub(super) fn unknown_country(name: &str, near: Option<&str>, span: Span) -> Diagnostic {
    let shown: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    let message = match near {
        Some(near) => format!("no country \"{shown}\"; did you mean \"{near}\"?"),
        None => format!("no country \"{shown}\""),
    };
    let help = "a name, demonym or ISO code: country:iran, country:Iranian, country:IR";
    error("unknown_country", message, span, Some(help))
}
