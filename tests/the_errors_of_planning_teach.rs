//! What the planner refuses, each with code, place and help; the parser's own messages are beside the parser.

#![allow(clippy::unwrap_used, reason = "tests")]

use dateline::plan::plan;
use dateline::query::{Limits, parse};

fn refused(query: &str) -> String {
    let parsed = parse(query, &Limits::default()).unwrap_or_else(|errors| panic!("{query}: {errors:?}"));
    let errors = plan(&parsed.query).unwrap_err();
    errors.iter().map(|error| error.render(query)).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_not_answered_yet_is_refused_with_another_way() {
    insta::assert_snapshot!(refused("\"{number 100..500} nationals\" AND Iran W/10 sanctions"), @r#"
    error[not_yet]: slots in phrases are not answered yet
      "{number 100..500} nationals" AND Iran W/10 sanctions
       ^^^^^^^^^^^^^^^^^
      help: ask for the words and the value apart: nationals number:[100 TO 500]
    error[not_yet]: proximity operators are not answered yet
      "{number 100..500} nationals" AND Iran W/10 sanctions
                                        ^^^^^^^^^^^^^^^^^^^
      help: a phrase with slop finds words near each other: "deported iran"~5
    "#);
    insta::assert_snapshot!(refused("ATLEAST3(Iran) story:x"), @r#"
    error[not_yet]: ATLEAST is not answered yet
      ATLEAST3(Iran) story:x
      ^^^^^^^^^^^^^^
    error[not_yet]: articles are not grouped into stories yet
      ATLEAST3(Iran) story:x
                     ^^^^^
    "#);
    insta::assert_snapshot!(refused("org:ACME place:Paris country.any:France date:2025"), @r#"
    error[not_yet]: organisations are not marked yet
      org:ACME place:Paris country.any:France date:2025
      ^^^
      help: ask for the name as a quoted phrase
    error[not_yet]: places are not marked yet
      org:ACME place:Paris country.any:France date:2025
               ^^^^^
      help: ask for the name as a quoted phrase
    error[not_yet]: countries are not read from cities and regions yet
      org:ACME place:Paris country.any:France date:2025
                           ^^^^^^^^^^^
      help: country: finds names, demonyms and codes
    error[not_yet]: dates in the text are not read yet
      org:ACME place:Paris country.any:France date:2025
                                              ^^^^
      help: published: finds articles by their own date
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
fn all_errors_come_at_once() {
    let errors = refused("country:Narnia AND (country:Mordor OR NOT country:Gondor)");
    assert_eq!(errors.matches("error[unknown_country]").count(), 3, "{errors}");
}
