//! What the planner refuses, each with code, place and help; the parser's own messages are beside the parser.

#![allow(clippy::unwrap_used, reason = "tests")]

use dateline::article::{Kind, Span};
use dateline::backend::BackendError;
use dateline::plan::plan;
use dateline::query::{
    FieldName, FieldRef, Leaf, Limits, Node, NodeKind, Phrase, PhrasePart, Slot, Value, parse,
};

fn refused(query: &str) -> String {
    let parsed = parse(query, &Limits::default()).unwrap_or_else(|errors| panic!("{query}: {errors:?}"));
    let errors = plan(&parsed.query).unwrap_err();
    errors.iter().map(|error| error.render(query)).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_no_id_of_a_story_is_refused_with_where_to_find_one() {
    insta::assert_snapshot!(refused("story:x"), @r#"
    error[bad_value]: this is no story's id
      story:x
            ^
      help: an id of 16 digits, as search --group story and show tell it; of an article: dateline story ID
    "#);
}

#[test]
fn what_has_no_place_in_the_text_does_not_stand_beside_a_proximity_operator() {
    insta::assert_snapshot!(refused("(a AND b) W/5 c"), @r#"
    error[no_place]: AND has no place in the text
      (a AND b) W/5 c
      ^^^^^^^^^
      help: say how near its parts stand: (a W/5 b) W/10 c; or ask twice: (a W/10 c) AND (b W/10 c)
    "#);
    insta::assert_snapshot!(refused("a W/5 (NOT b) OR ATLEAST3(ATLEAST2(a) W/3 b)"), @r#"
    error[no_place]: NOT has no place in the text
      a W/5 (NOT b) OR ATLEAST3(ATLEAST2(a) W/3 b)
            ^^^^^^^
      help: a NOT W/10 b finds a where no b is near
    error[no_place]: ATLEAST has no place in the text
      a W/5 (NOT b) OR ATLEAST3(ATLEAST2(a) W/3 b)
                                ^^^^^^^^^^^
      help: ATLEAST3(a W/10 b) counts what stands near
    "#);
    insta::assert_snapshot!(refused("a W/5 source:bbc OR (* W/5 b) OR a W/5 title:*"), @r#"
    error[no_place]: source: has no place in the text
      a W/5 source:bbc OR (* W/5 b) OR a W/5 title:*
            ^^^^^^
      help: put it beside the operator: (a W/10 b) AND source:bbc
    error[no_place]: * has no place in the text
      a W/5 source:bbc OR (* W/5 b) OR a W/5 title:*
                           ^
      help: words, "phrases", names, numbers and groups of them with OR: (deport* OR expel*) W/10 Iranian
    error[no_place]: * has no place in the text
      a W/5 source:bbc OR (* W/5 b) OR a W/5 title:*
                                                   ^
      help: words, "phrases", names, numbers and groups of them with OR: (deport* OR expel*) W/10 Iranian
    "#);
    insta::assert_snapshot!(refused("a W/5 b^2"), @r#"
    error[bad_boost]: a part of a proximity operator or of ATLEAST has no boost of its own
      a W/5 b^2
            ^^^
      help: put it around the whole: (a W/5 b)^2
    "#);
    insta::assert_snapshot!(refused("a W/5 (story:x OR b)"), @r#"
    error[no_place]: story: has no place in the text
      a W/5 (story:x OR b)
             ^^^^^
      help: put it beside the operator: (a W/10 b) AND source:bbc
    "#);
}

#[test]
fn slots_stand_in_the_text_each_under_its_own_name() {
    insta::assert_snapshot!(refused("\"{who=person} told {who=person}\""), @r#"
    error[bad_slot]: two slots of this phrase are called who
      "{who=person} told {who=person}"
                         ^^^^^^^^^^^^
      help: "{who=person} told {whom=person}"
    "#);
    insta::assert_snapshot!(refused("\"{person} {person} {person} {person} {person} {person} {person} {person} {person}\""), @r#"
    error[limit]: slots of a phrase: 9, the limit is 8
      "{person} {person} {person} {person} {person} {person} {person} {person}…
       ^^^^^^^^
    "#);
    insta::assert_snapshot!(refused("\"{country Irna} deports {number}\""), @r#"
    error[unknown_country]: no country "Irna"; did you mean "Iran"?
      "{country Irna} deports {number}"
       ^^^^^^^^^^^^^^
      help: a name, demonym or ISO code: country:iran, country:Iranian, country:IR
    "#);
}

#[test]
fn names_and_values_that_cannot_be_are_told_apart() {
    insta::assert_snapshot!(refused("country:Irna"), @r#"
    error[unknown_country]: no country "Irna"; did you mean "Iran"?
      country:Irna
              ^^^^
      help: a name, demonym or ISO code: country:iran, country:Iranian, country:IR
    "#);
    insta::assert_snapshot!(refused("country:Narnia person:tru* title:[a TO b]"), @r#"
    error[unknown_country]: no country "Narnia"
      country:Narnia person:tru* title:[a TO b]
              ^^^^^^
      help: a name, demonym or ISO code: country:iran, country:Iranian, country:IR
    error[bad_name]: names are found by name, not by pattern
      country:Narnia person:tru* title:[a TO b]
                            ^^^^
      help: a name or a part of one: person:trump, country:"United States"
    error[bad_range]: ranges are for numbers and dates
      country:Narnia person:tru* title:[a TO b]
                                       ^^^^^^^^
      help: number:[100 TO 500] or published:>=2025-09
    "#);
    insta::assert_snapshot!(refused("\"a b\"~20"), @r#"
    error[limit]: slop of a phrase: 20, the limit is 15
      "a b"~20
      ^^^^^^^^
      help: words further apart are found by W/n: deported W/20 Iran
    "#);
    insta::assert_snapshot!(refused("id:[a TO b] OR number:* OR lang:e*"), @r#"
    error[bad_value]: this field is matched as a whole
      id:[a TO b] OR number:* OR lang:e*
         ^^^^^^^^
      help: id:a-17 or lang:en
    error[bad_value]: this field is matched as a whole
      id:[a TO b] OR number:* OR lang:e*
                                      ^^
      help: id:a-17 or lang:en
    "#);
}

#[test]
fn words_that_cannot_be_looked_for_are_refused() {
    insta::assert_snapshot!(refused("a&*"), @r#"
    error[bad_wildcard]: a wildcard needs a beginning
      a&*
      ^^^
      help: letters or digits directly before it: hous*, wom?n
    "#);
    insta::assert_snapshot!(refused("\"a b c d e f g h i j k l m n o p q r\"~14"), @r#"
    error[limit]: slop times words of a phrase: 14 times 18, the limit is 240
      "a b c d e f g h i j k l m n o p q r"~14
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      help: a shorter phrase, or less slop
    "#);
}

/// A tree that no text is read as, but that a program can make.
fn made(name: FieldName, value: Value) -> String {
    let span = Span { start: 0, end: 4 };
    let field = FieldRef { name, variant: None, unit: None, span };
    let leaf = Leaf { field: Some(field), value, value_span: span };
    let errors = plan(&Node { kind: NodeKind::Leaf(leaf), span }).unwrap_err();
    errors.iter().map(|error| error.render("made")).collect::<Vec<_>>().join("\n")
}

#[test]
fn trees_made_by_programs_are_refused_where_they_make_no_sense() {
    let word = |word: &str| Value::Word(word.to_owned());
    insta::assert_snapshot!(made(FieldName::Published, word("soon")), @r#"
    error[bad_date]: this field holds dates
      made
      ^^^^
      help: published:2025-09 or published:[2025-09-01 TO *]
    "#);
    insta::assert_snapshot!(made(FieldName::Number, word("many")), @r#"
    error[bad_number]: this field holds numbers
      made
      ^^^^
      help: number:[100 TO 500] or number:>=100
    "#);
    insta::assert_snapshot!(made(FieldName::Title, word("&")), @r#"
    error[nothing_to_find]: this holds no letter or digit
      made
      ^^^^
    "#);
    insta::assert_snapshot!(made(FieldName::Title, Value::Fuzzy { word: "mid-air".into(), distance: 1 }), @r#"
    error[bad_fuzzy]: only a single word can be fuzzy
      made
      ^^^^
      help: "two words"~1 is a phrase with slop
    "#);
    let span = Span { start: 0, end: 4 };
    let slot = Slot { name: None, kind: Kind::Person, filter: None, span };
    let phrase = Phrase { parts: vec![PhrasePart::Slot(slot)], slop: 0 };
    insta::assert_snapshot!(made(FieldName::Source, Value::Phrase(phrase)), @r#"
    error[bad_slot]: mentions are marked in title and body only
      made
      ^^^^
      help: slots stand in phrases of title, lead and body: title:"{person} resigns"
    "#);
}

#[test]
fn what_a_query_may_not_cost_is_named() {
    let said = |error: BackendError| error.to_string();
    insta::assert_snapshot!(said(BackendError::TooSlow { limit: std::time::Duration::from_secs(2) }), @r#"
    the query took longer than 2 s and was stopped; narrow it, or allow more time (--timeout)
    "#);
    insta::assert_snapshot!(said(BackendError::TooDeep { limit: 10_000 }), @r#"
    hits beyond 10000 are not paged; narrow the query, or stream all hits (--all)
    "#);
    insta::assert_snapshot!(said(BackendError::TooManyWords { pattern: "a*".into(), limit: 2048 }), @r#"
    wildcards stand for more than 2048 words, of which a* is the last; add letters to them
    "#);
}

#[test]
fn all_errors_come_at_once() {
    let errors = refused("country:Narnia AND (country:Mordor OR NOT country:Gondor)");
    assert_eq!(errors.matches("error[unknown_country]").count(), 3, "{errors}");
}

#[test]
fn phrases_that_are_too_much_together_are_refused_once() {
    let slots = vec!["\"{number} {number}\""; 66].join(" OR ");
    let words = vec![format!("\"{}\"", vec!["a"; 60].join(" ")); 20].join(" OR ");
    for (query, what) in [(slots, "slots of all phrases"), (words, "words and slots of all phrases")] {
        let shown = refused(&query);
        assert!(shown.contains(what) && shown.matches("error[limit]").count() == 1, "{shown}");
    }
}
