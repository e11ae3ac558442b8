//! What people see for everything that can be said about a query.
//!
//! Every message has its snapshot here; the last test sees to that.

use insta::assert_snapshot;

use super::{said, said_within};
use crate::query::Limits;

#[test]
fn an_empty_query_says_what_to_write() {
    assert_snapshot!(said(""), @r#"
    error[empty_query]: the query is empty
      help: write a word, a "phrase" or field:value; * finds every article
    "#);
    assert_snapshot!(said("  -"), @r#"
    error[empty_query]: the query is empty
        -
      ^^^
      help: write a word, a "phrase" or field:value; * finds every article
    note[left_out]: "-" is no word; left out
    "#);
}

#[test]
fn an_unknown_field_names_the_one_that_was_meant() {
    assert_snapshot!(said("numbr:400"), @r#"
    error[unknown_field]: no field "numbr"; did you mean "number"?
      numbr:400
      ^^^^^
    "#);
    assert_snapshot!(said("author:Smith"), @r#"
    error[unknown_field]: no field "author"; did you mean "byline"?
      author:Smith
      ^^^^^^
    "#);
    assert_snapshot!(said("foo:bar"), @r#"
    error[unknown_field]: no field "foo"
      foo:bar
      ^^^
      help: fields are title lead body byline agency section source url lang published date updated story id person country org place number money percent quantity; to search for the text itself write "foo:…"
    "#);
    assert_snapshot!(said("title.exact:x"), @r#"
    error[unknown_field]: title has no part "exact"
      title.exact:x
      ^^^^^^^^^^^
    "#);
    assert_snapshot!(said("country.all:IR"), @r#"
    error[unknown_field]: country has no part "all"; did you mean "any"?
      country.all:IR
      ^^^^^^^^^^^
    "#);
    assert_snapshot!(said("quantity.exact.exact:5"), @r#"
    error[unknown_field]: quantity has no part "exact"
      quantity.exact.exact:5
      ^^^^^^^^^^^^^^^^^^^^
      help: quantity.people or quantity.exact
    "#);
    assert_snapshot!(said("_exists_:foo"), @r#"
    error[unknown_field]: no field "foo"
      _exists_:foo
               ^^^
      help: fields are title lead body byline agency section source url lang published date updated story id person country org place number money percent quantity; to search for the text itself write "foo:…"
    "#);
}

#[test]
fn an_unknown_currency_names_the_one_that_was_meant() {
    assert_snapshot!(said("money.UDS:5"), @r#"
    error[unknown_currency]: "UDS" is not an ISO 4217 currency; did you mean "USD"?
      money.UDS:5
      ^^^^^^^^^
    "#);
    assert_snapshot!(said("money.XYZ:5"), @r#"
    error[unknown_currency]: "XYZ" is not an ISO 4217 currency
      money.XYZ:5
      ^^^^^^^^^
      help: money.USD, money.EUR or money.exact
    "#);
}

#[test]
fn a_field_without_a_value_is_an_error() {
    assert_snapshot!(said("title:"), @r#"
    error[missing_value]: nothing follows "title:"
      title:
      ^^^^^^
      help: title:word, title:"two words" or title:(this OR that)
    "#);
    assert_snapshot!(said("title: AND b"), @r#"
    error[missing_value]: nothing follows "title:"
      title: AND b
      ^^^^^^
      help: title:word, title:"two words" or title:(this OR that)
    "#);
    assert_snapshot!(said("number:>="), @r#"
    error[missing_value]: nothing follows ">="
      number:>=
             ^^
      help: number:>=100
    "#);
    assert_snapshot!(said("_exists_:"), @r#"
    error[missing_value]: nothing follows "_exists_:"
      _exists_:
      ^^^^^^^^^
      help: person:* finds what has a person
    "#);
}

#[test]
fn an_operator_without_an_operand_is_an_error() {
    assert_snapshot!(said("a AND"), @r#"
    error[missing_operand]: nothing stands to the right of "AND"
      a AND
        ^^^
      help: to search for the word itself write \AND
    "#);
    assert_snapshot!(said("OR a"), @r#"
    error[missing_operand]: nothing stands to the left of "OR"
      OR a
      ^^
      help: to search for the word itself write \OR
    "#);
    assert_snapshot!(said("a OR OR b"), @r#"
    error[missing_operand]: nothing stands to the right of "OR"
      a OR OR b
        ^^
      help: to search for the word itself write \OR
    "#);
    assert_snapshot!(said("a NOT"), @r#"
    error[missing_operand]: nothing stands to the right of "NOT"
      a NOT
        ^^^
      help: to search for the word itself write \NOT
    "#);
    assert_snapshot!(said("a W/5"), @r#"
    error[missing_operand]: nothing stands to the right of "W/5"
      a W/5
        ^^^
      help: to search for the word itself write \W/5
    "#);
    assert_snapshot!(said("W/5 a"), @r#"
    error[missing_operand]: nothing stands to the left of "W/5"
      W/5 a
      ^^^
      help: to search for the word itself write \W/5
    "#);
    assert_snapshot!(said("(a W/5) b"), @r#"
    error[missing_operand]: nothing stands to the right of "W/5"
      (a W/5) b
         ^^^
      help: to search for the word itself write \W/5
    "#);
    assert_snapshot!(said("- W/5 b"), @r#"
    note[left_out]: "-" is no word; left out
    error[missing_operand]: nothing stands to the left of "W/5"
      - W/5 b
        ^^^
      help: to search for the word itself write \W/5
    "#);
}

#[test]
fn an_operator_that_cannot_stand_there_says_where_it_can() {
    assert_snapshot!(said("title:NOT b"), @r#"
    error[misplaced_operator]: "NOT" cannot stand here
      title:NOT b
            ^^^
      help: NOT title:word or -title:word
    "#);
    assert_snapshot!(said("title:-b"), @r#"
    error[misplaced_operator]: "-" cannot stand here
      title:-b
            ^
      help: put it before the field: -title:word
    "#);
    assert_snapshot!(said("title:=b"), @r#"
    error[misplaced_operator]: "=" cannot stand here
      title:=b
            ^
      help: title:word
    "#);
    assert_snapshot!(said("a W/5 -b"), @r#"
    error[misplaced_operator]: "-" cannot stand here
      a W/5 -b
            ^
      help: a NOT W/5 b, or a AND NOT b
    "#);
}

#[test]
fn unbalanced_signs_are_shown_where_they_open() {
    assert_snapshot!(said("(a OR b"), @r#"
    error[unbalanced_parenthesis]: this ( is never closed
      (a OR b
      ^
      help: to search for the sign itself put it in quotes
    "#);
    assert_snapshot!(said("a) b"), @r#"
    error[unbalanced_parenthesis]: this ) closes nothing
      a) b
       ^
      help: to search for the sign itself put it in quotes
    "#);
    assert_snapshot!(said("()"), @r#"
    error[empty_group]: nothing stands between ( and )
      ()
      ^^
    "#);
    assert_snapshot!(said(r#"a "b c"#), @r#"
    error[unbalanced_quote]: this quote is never closed
      a "b c
        ^
      help: add a " at the end of the phrase
    "#);
    assert_snapshot!(said("“b c"), @r#"
    error[unbalanced_quote]: this quote is never closed
      “b c
      ^
      help: add a " at the end of the phrase
    note[smart_quotes]: read “ as "
    "#);
    assert_snapshot!(said("number:[100 TO 5"), @r#"
    error[unbalanced_bracket]: this [ is never closed
      number:[100 TO 5
             ^
      help: number:[100 TO 500] or source:IN [bbc ap]
    "#);
    assert_snapshot!(said("number:[100 TO 5 title:[a TO b]"), @r#"
    error[unbalanced_bracket]: this [ is never closed
      number:[100 TO 5 title:[a TO b]
             ^
      help: number:[100 TO 500] or source:IN [bbc ap]
    "#);
    assert_snapshot!(said(r#""{person told""#), @r#"
    error[unbalanced_bracket]: this { is never closed
      "{person told"
       ^
      help: "{person} told {org}" or number:{100 TO 500}
    "#);
    assert_snapshot!(said("a]"), @r#"
    error[unbalanced_bracket]: this ] closes nothing
      a]
       ^
      help: to search for text with brackets put it in quotes
    "#);
}

#[test]
fn a_distance_is_a_number_of_words() {
    assert_snapshot!(said("a W/0 b"), @r#"
    error[bad_proximity]: "W/0" takes a distance from 1 to 255
      a W/0 b
        ^^^
    "#);
    assert_snapshot!(said("a NOT W/S b"), @r#"
    error[bad_proximity]: NOT stands before W/n only, not before "W/S"
      a NOT W/S b
        ^^^^^^^
      help: Iran NOT W/5 sanctions
    "#);
    assert_snapshot!(said("a NOT PRE/3 b"), @r#"
    error[bad_proximity]: NOT stands before W/n only, not before "PRE/3"
      a NOT PRE/3 b
        ^^^^^^^^^
      help: Iran NOT W/5 sanctions
    "#);
}

#[test]
fn atleast_takes_a_count() {
    assert_snapshot!(said("ATLEAST(x)"), @r#"
    error[bad_atleast]: ATLEAST takes a count and a group
      ATLEAST(x)
      ^^^^^^^
      help: ATLEAST3(Iran)
    "#);
    assert_snapshot!(said("ATLEAST0(x)"), @r#"
    error[bad_atleast]: ATLEAST takes a count and a group
      ATLEAST0(x)
      ^^^^^^^^
      help: ATLEAST3(Iran)
    "#);
}

#[test]
fn suffixes_stand_directly_behind_what_they_apply_to() {
    assert_snapshot!(said("Iran^x"), @r#"
    error[bad_boost]: "^x" is not a boost from 0 to 1000
      Iran^x
          ^^
      help: Iran^2.5
    "#);
    assert_snapshot!(said("Iran^1001"), @r#"
    error[bad_boost]: "^1001" is not a boost from 0 to 1000
      Iran^1001
          ^^^^^
      help: Iran^2.5
    "#);
    assert_snapshot!(said("Iran^2^3"), @r#"
    error[stray_suffix]: "^3" does not stand directly behind something it can apply to
      Iran^2^3
            ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    "#);
    assert_snapshot!(said("Noushabadi~3"), @r#"
    error[bad_fuzzy]: "~3" is not a distance: ~1 or ~2 edits
      Noushabadi~3
                ^^
      help: Noushabadi~1
    "#);
    assert_snapshot!(said("Noushabadi~0.8"), @r#"
    error[bad_fuzzy]: "~0.8" is not a distance: ~1 or ~2 edits
      Noushabadi~0.8
                ^^^^
      help: Noushabadi~1
    "#);
    assert_snapshot!(said(r#""a b"~"#), @r#"
    error[bad_slop]: "~" is not a slop
      "a b"~
           ^
      help: "deported US"~2
    "#);
    assert_snapshot!(said(r#""a b"~x"#), @r#"
    error[bad_slop]: "~x" is not a slop
      "a b"~x
           ^^
      help: "deported US"~2
    "#);
    assert_snapshot!(said("~2 Iran ^2"), @r#"
    error[stray_suffix]: "~2" does not stand directly behind something it can apply to
      ~2 Iran ^2
      ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    error[stray_suffix]: "^2" does not stand directly behind something it can apply to
      ~2 Iran ^2
              ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    "#);
    assert_snapshot!(said("(a b)~2"), @r#"
    error[stray_suffix]: this takes no ~
      (a b)~2
           ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    "#);
    assert_snapshot!(said("hous*~1"), @r#"
    error[stray_suffix]: a wildcard takes no ~
      hous*~1
           ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    "#);
    assert_snapshot!(said("mid-air~1"), @r#"
    error[stray_suffix]: a word of several parts takes no ~
      mid-air~1
             ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    "#);
    assert_snapshot!(said("number:5~1"), @r#"
    error[stray_suffix]: a number takes no ~
      number:5~1
              ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    "#);
    assert_snapshot!(said("published:2025~1"), @r#"
    error[stray_suffix]: a date takes no ~
      published:2025~1
                    ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    "#);
    assert_snapshot!(said(r#"url:"x"~1"#), @r#"
    error[stray_suffix]: an address or identifier takes no ~
      url:"x"~1
             ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    "#);
    assert_snapshot!(said(r#""a W/5 b"~2"#), @r#"
    note[operator_in_quotes]: read "W/5" inside quotes as an operator between two phrases
      help: a \ before it makes it a word
    error[stray_suffix]: a phrase with operators in it takes no ~
      "a W/5 b"~2
               ^^
      help: Noushabadi~1, "deported US"~2, Iran^2.5; for the sign itself write \~ or \^
    "#);
}

#[test]
fn wildcards_begin_with_a_letter() {
    assert_snapshot!(said("*ing"), @r#"
    error[leading_wildcard]: "*ing" begins with a wildcard
      *ing
      ^^^^
      help: begin with a letter: hous* or wom?n
    "#);
    assert_snapshot!(said("?"), @r#"
    error[leading_wildcard]: "?" begins with a wildcard
      ?
      ^
      help: begin with a letter: hous* or wom?n
    "#);
    assert_snapshot!(said("title:*ing"), @r#"
    error[leading_wildcard]: "*ing" begins with a wildcard
      title:*ing
            ^^^^
      help: begin with a letter: hous* or wom?n
    "#);
    assert_snapshot!(said("$*"), @r#"
    error[leading_wildcard]: "$*" begins with a wildcard
      $*
      ^^
      help: begin with a letter: hous* or wom?n
    "#);
    assert_snapshot!(said("number:4*"), @r#"
    error[bad_wildcard]: a number takes no wildcard
      number:4*
             ^^
      help: number:[400 TO 499]
    "#);
    assert_snapshot!(said("/hou[sr]e/"), @r#"
    error[regex]: regular expressions are not supported
      /hou[sr]e/
      ^^^^^^^^^^
      help: use wildcards: hous* or wom?n; for a slash itself put the text in quotes
    "#);
}

#[test]
fn a_phrase_holds_something_to_find() {
    assert_snapshot!(said(r#""""#), @r#"
    error[empty_phrase]: the phrase is empty
      ""
      ^^
      help: put at least one word there
    "#);
    assert_snapshot!(said(r#"title:"...""#), @r#"
    error[nothing_to_find]: "..." holds no letter or digit to search for
      title:"..."
            ^^^^^
      help: put at least one word there
    "#);
    assert_snapshot!(said("title:-"), @r#"
    error[nothing_to_find]: "-" holds no letter or digit to search for
      title:-
            ^
      help: put at least one word there
    "#);
}

#[test]
fn a_list_holds_values() {
    assert_snapshot!(said("source:IN []"), @r#"
    error[bad_list]: the list is empty
      source:IN []
             ^^^^^
      help: source:IN [bbc ap "New York Times"]
    "#);
    assert_snapshot!(said("source:IN [bbc"), @r#"
    error[unbalanced_bracket]: this [ is never closed
      source:IN [bbc
                ^
      help: number:[100 TO 500] or source:IN [bbc ap]
    "#);
    assert_snapshot!(said("source:IN [b (c) d]"), @r#"
    error[bad_list]: "(" cannot stand in a list
      source:IN [b (c) d]
                   ^
      help: source:IN [bbc ap "New York Times"]
    "#);
    assert_snapshot!(said("source:IN (bbc ap)"), @r#"
    error[bad_list]: a list stands in [ ], not in ( )
      source:IN (bbc ap)
             ^^
      help: source:IN [bbc ap "New York Times"]
    "#);
    assert_snapshot!(said(r#"source:IN ["{org}"]"#), @r#"
    error[bad_list]: "{org}" cannot stand in a list
      source:IN ["{org}"]
                 ^^^^^^^
      help: source:IN [bbc ap "New York Times"]
    "#);
    assert_snapshot!(said("source:IN [*]"), @r#"
    error[bad_list]: "*" cannot stand in a list
      source:IN [*]
                 ^
      help: source:IN [bbc ap "New York Times"]
    "#);
    assert_snapshot!(said("number:IN [1..2]"), @r#"
    error[bad_list]: "1..2" cannot stand in a list
      number:IN [1..2]
                 ^^^^
      help: source:IN [bbc ap "New York Times"]
    "#);
    assert_snapshot!(said(r#"source:IN [bbc ""]"#), @r#"
    error[empty_phrase]: the phrase is empty
      source:IN [bbc ""]
                     ^^
      help: put at least one word there
    "#);
}

#[test]
fn a_value_that_is_not_a_number_says_how_numbers_are_written() {
    assert_snapshot!(said("number:many"), @r#"
    error[bad_number]: "many" is not a number
      number:many
             ^^^^
      help: number:[100 TO 500] or number:>=100
    "#);
    assert_snapshot!(said("number:100-500"), @r#"
    error[bad_number]: "100-500" is not a number
      number:100-500
             ^^^^^^^
      help: number:[100 TO 500]
    "#);
    assert_snapshot!(said("money:lots"), @r#"
    error[bad_number]: "lots" is not a number
      money:lots
            ^^^^
      help: money:[$1m TO $2bn] or money:>=$1bn
    "#);
    assert_snapshot!(said("percent:half"), @r#"
    error[bad_number]: "half" is not a number
      percent:half
              ^^^^
      help: percent:[5% TO 10%] or percent:>=8%
    "#);
    assert_snapshot!(said("quantity:far"), @r#"
    error[bad_number]: "far" is not a number
      quantity:far
               ^^^
      help: quantity:[100 TO 500] or quantity:>=100
    "#);
    assert_snapshot!(said("number:1,00"), @r#"
    error[bad_number]: "1,00" is not a number
      number:1,00
             ^^^^
      help: number:[100 TO 500] or number:>=100
    "#);
    assert_snapshot!(said("number:[100 TO abc]"), @r#"
    error[bad_range]: "abc" is not a number
      number:[100 TO abc]
                     ^^^
      help: number:[100 TO 500] or number:>=100
    "#);
    assert_snapshot!(said("number:>abc"), @r#"
    error[bad_range]: "abc" is not a number
      number:>abc
              ^^^
      help: number:[100 TO 500] or number:>=100
    "#);
}

#[test]
fn a_value_that_is_not_a_date_says_how_dates_are_written() {
    assert_snapshot!(said("published:soon"), @r#"
    error[bad_date]: "soon" is not a date
      published:soon
                ^^^^
      help: dates are written 2025, 2025-09 or 2025-09-01: published:[2025-01 TO 2025-03] or published:>=2025-09-01
    "#);
    assert_snapshot!(said("published:last week"), @r#"
    error[bad_date]: "last" is not a date
      published:last week
                ^^^^
      help: dates that depend on today are not read; write 2025, 2025-09 or 2025-09-01: published:[2025-01 TO 2025-03] or published:>=2025-09-01
    "#);
    assert_snapshot!(said(r#"published:"last week""#), @r#"
    error[bad_date]: "last week" is not a date
      published:"last week"
                 ^^^^^^^^^
      help: dates that depend on today are not read; write 2025, 2025-09 or 2025-09-01: published:[2025-01 TO 2025-03] or published:>=2025-09-01
    "#);
    assert_snapshot!(said("updated:[2025-13 TO *]"), @r#"
    error[bad_range]: "2025-13" is not a date
      updated:[2025-13 TO *]
               ^^^^^^^
      help: dates are written 2025, 2025-09 or 2025-09-01: updated:[2025-01 TO 2025-03] or updated:>=2025-09-01
    "#);
    assert_snapshot!(said("published:2025-09-*"), @r#"
    error[bad_date]: "2025-09-*" is not a date
      published:2025-09-*
                ^^^^^^^^^
      help: published:2025-09 stands for all of it
    "#);
}

#[test]
fn a_value_of_another_kind_says_which_field_takes_it() {
    assert_snapshot!(said("number:8%"), @r#"
    error[bad_unit]: "8%" is a percentage; number holds plain numbers
      number:8%
             ^^
      help: percent:8% or percent:[5 TO 10]
    "#);
    assert_snapshot!(said("number:$5"), @r#"
    error[bad_unit]: "$5" is an amount of money; number holds plain numbers
      number:$5
             ^^
      help: money:$40bn or money.USD:[1bn TO *]
    "#);
    assert_snapshot!(said("percent:$5"), @r#"
    error[bad_unit]: "$5" is an amount of money; percent holds percentages
      percent:$5
              ^^
      help: money:$40bn or money.USD:[1bn TO *]
    "#);
    assert_snapshot!(said("money:8%"), @r#"
    error[bad_unit]: "8%" is a percentage; money holds amounts of money
      money:8%
            ^^
      help: percent:8% or percent:[5 TO 10]
    "#);
    assert_snapshot!(said("money:5km"), @r#"
    error[bad_unit]: "5km" is not in a currency; money holds amounts of money
      money:5km
            ^^^
      help: money:$40bn or money:"40bn EUR"
    "#);
    assert_snapshot!(said("percent:5km"), @r#"
    error[bad_unit]: "5km" is not a percentage; percent holds percentages
      percent:5km
              ^^^
      help: percent:8%
    "#);
    assert_snapshot!(said("number:5km"), @r#"
    error[bad_unit]: "5km" is a measure; number holds plain numbers
      number:5km
             ^^^
      help: quantity:5km or number:"400 people"
    "#);
    assert_snapshot!(said("quantity:$5"), @r#"
    error[bad_unit]: "$5" is an amount of money; quantity holds measures
      quantity:$5
               ^^
      help: money:$40bn or money.USD:[1bn TO *]
    "#);
    assert_snapshot!(said("money.USD:€5"), @r#"
    error[bad_unit]: the units "USD" and "EUR" contradict each other
      money.USD:€5
                ^^
      help: state one unit, once: money.USD:[1bn TO 2bn] or quantity.km:[5 TO 10]
    "#);
    assert_snapshot!(said("money:[$1bn TO €2bn]"), @r#"
    error[bad_unit]: the units "USD" and "EUR" contradict each other
      money:[$1bn TO €2bn]
            ^^^^^^^^^^^^^^
      help: state one unit, once: money.USD:[1bn TO 2bn] or quantity.km:[5 TO 10]
    "#);
    assert_snapshot!(said(r#"quantity:"5 km..6 miles""#), @r#"
    error[bad_unit]: the units "km" and "miles" contradict each other
      quantity:"5 km..6 miles"
                ^^^^^^^^^^^^^
      help: state one unit, once: money.USD:[1bn TO 2bn] or quantity.km:[5 TO 10]
    "#);
}

#[test]
fn a_range_has_two_ends_in_order() {
    assert_snapshot!(said("number:[100 500]"), @r#"
    error[bad_range]: a range has two ends with TO between them
      number:[100 500]
             ^^^^^^^^^
      help: number:[100 TO 500] or number:>=100
    "#);
    assert_snapshot!(said("number:[100 TO 200 TO 300]"), @r#"
    error[bad_range]: a range has two ends with TO between them
      number:[100 TO 200 TO 300]
             ^^^^^^^^^^^^^^^^^^^
      help: number:[100 TO 500] or number:>=100
    "#);
    assert_snapshot!(said("number:[TO 5]"), @r#"
    error[bad_range]: a range has two ends with TO between them
      number:[TO 5]
             ^^^^^^
      help: number:[100 TO 500] or number:>=100
    "#);
    assert_snapshot!(said("number:.."), @r#"
    error[bad_number]: ".." is not a number
      number:..
             ^^
      help: number:[100 TO 500] or number:>=100
    "#);
    assert_snapshot!(said("number:[500 TO 100]"), @r#"
    error[bad_range]: the range ends before it begins
      number:[500 TO 100]
             ^^^^^^^^^^^^
      help: number:[100 TO 500]
    "#);
    assert_snapshot!(said("title:[b TO a]"), @r#"
    error[bad_range]: the range ends before it begins
      title:[b TO a]
            ^^^^^^^^
      help: title:[a TO b]
    "#);
    assert_snapshot!(said("published:[2025-09 TO 2025-01]"), @r#"
    error[bad_range]: the range ends before it begins
      published:[2025-09 TO 2025-01]
                ^^^^^^^^^^^^^^^^^^^^
      help: published:[2025-01 TO 2025-09]
    "#);
    assert_snapshot!(said("number:{5 TO 5}"), @r#"
    error[bad_range]: nothing lies in this range: an end is excluded
      number:{5 TO 5}
             ^^^^^^^^
      help: [ and ] include the ends, { and } leave them out
    "#);
    assert_snapshot!(said("published:{2025-09 TO 2025-09-30]"), @r#"
    error[bad_range]: nothing lies in this range: an end is excluded
      published:{2025-09 TO 2025-09-30]
                ^^^^^^^^^^^^^^^^^^^^^^^
      help: [ and ] include the ends, { and } leave them out
    "#);
    assert_snapshot!(said("[100 TO 500]"), @r#"
    error[range_without_field]: a range needs a field
      [100 TO 500]
      ^^^^^^^^^^^^
      help: number:[100 TO 500] or number:>=100
    "#);
    assert_snapshot!(said(">100"), @r#"
    error[range_without_field]: a comparison needs a field
      >100
      ^^^^
      help: number:[100 TO 500] or number:>=100
    "#);
    assert_snapshot!(said("[UPDATE] Iran"), @r#"
    error[bad_range]: a range has two ends with TO between them
      [UPDATE] Iran
      ^^^^^^^^
      help: number:[100 TO 500]; to search for text with brackets put it in quotes
    "#);
}

#[test]
fn a_slot_names_a_kind_and_what_it_may_hold() {
    assert_snapshot!(said(r#""{persn} told""#), @r#"
    error[unknown_slot]: no slot kind "persn"; did you mean "person"?
      "{persn} told"
        ^^^^^
    "#);
    assert_snapshot!(said(r#""{city}""#), @r#"
    error[unknown_slot]: no slot kind "city"; did you mean "place"?
      "{city}"
        ^^^^
    "#);
    assert_snapshot!(said(r#""{}""#), @r#"
    error[bad_slot]: the slot is empty
      "{}"
       ^^
      help: kinds are person country org place number money percent quantity date
    "#);
    assert_snapshot!(said(r#""{!}""#), @r#"
    error[unknown_slot]: no slot kind "!"
      "{!}"
        ^
      help: kinds are person country org place number money percent quantity date
    "#);
    assert_snapshot!(said(r#""{1a=person}""#), @r#"
    error[bad_slot]: "1a" is not a slot name
      "{1a=person}"
        ^^
      help: letters, digits and _: {who=person}
    "#);
    assert_snapshot!(said(r#""{person >5}""#), @r#"
    error[bad_slot]: ">5" is not a filter for person
      "{person >5}"
               ^^
      help: {person "donald trump"}
    "#);
    assert_snapshot!(said(r#""{number:5}""#), @r#"
    error[bad_slot]: ":5" is not a filter for number
      "{number:5}"
              ^^
      help: {number 100..500}, {number >100} or {number people}
    "#);
    assert_snapshot!(said(r#""{country ="}""#), @r#"
    error[unbalanced_bracket]: this { is never closed
      "{country ="}"
       ^
      help: "{person} told {org}" or number:{100 TO 500}
    error[unbalanced_bracket]: this } closes nothing
      "{country ="}"
                  ^
      help: to search for text with brackets put it in quotes
    error[unbalanced_quote]: this quote is never closed
      "{country ="}"
                   ^
      help: add a " at the end of the phrase
    "#);
    assert_snapshot!(said(r#""{money foo}""#), @r#"
    error[bad_slot]: "foo" is not a filter for money
      "{money foo}"
              ^^^
      help: {money 1bn..2bn USD}, {money >$1bn} or {money USD}
    "#);
}

#[test]
fn a_slot_is_filtered_by_values_of_its_kind() {
    assert_snapshot!(said(r#""{percent km}""#), @r#"
    error[bad_slot]: "km" is not a filter for percent
      "{percent km}"
                ^^
      help: {percent 5..10} or {percent >8%}
    "#);
    assert_snapshot!(said(r#""{number 5%}""#), @r#"
    error[bad_unit]: "5%" is a percentage; number holds plain numbers
      "{number 5%}"
               ^^
      help: {percent 5..10}
    "#);
    assert_snapshot!(said(r#""{quantity ..}""#), @r#"
    error[bad_number]: ".." is not a number
      "{quantity ..}"
                 ^^
      help: {quantity 100..500} or {quantity >=100}
    "#);
    assert_snapshot!(said(r#""{date soon}""#), @r#"
    error[bad_slot]: "soon" is not a filter for date
      "{date soon}"
             ^^^^
      help: {date 2025-09} or {date 2025-01..2025-03}
    "#);
    assert_snapshot!(said(r#""{number many..5}""#), @r#"
    error[bad_range]: "many" is not a number
      "{number many..5}"
               ^^^^^^^
      help: {number 100..500} or {number >=100}
    "#);
    assert_snapshot!(said(r#""{number 500..100}""#), @r#"
    error[bad_range]: the range ends before it begins
      "{number 500..100}"
               ^^^^^^^^
      help: {number 100..500}
    "#);
    assert_snapshot!(said(r#""{number 5..x}""#), @r#"
    error[bad_range]: "x" is not a number
      "{number 5..x}"
               ^^^^
      help: {number 100..500} or {number >=100}
    "#);
    assert_snapshot!(said("{person]"), @r#"
    error[unbalanced_bracket]: this { is never closed
      {person]
      ^
      help: "{person} told {org}" or number:{100 TO 500}
    "#);
    assert_snapshot!(said(r#"person:"{org}""#), @r#"
    error[bad_slot]: person holds no text that a slot could stand in
      person:"{org}"
             ^^^^^^^
      help: title:"{person} resigns", or without a field
    "#);
}

#[test]
fn notes_say_how_something_was_read() {
    assert_snapshot!(said("“deported” «US»"), @r#"note[smart_quotes]: read “ ” « » as ""#);
    assert_snapshot!(said("a and b or c not d"), @r#"
    note[lowercase_operator]: "and" is a plain word here; the operator is AND
    note[lowercase_operator]: "or" is a plain word here; the operator is OR
    note[lowercase_operator]: "not" is a plain word here; the operator is NOT
    "#);
    assert_snapshot!(said("a && b || !c"), @r#"
    note[operator_spelling]: read "&&" as AND
    note[operator_spelling]: read "||" as OR
    note[operator_spelling]: read "!" as NOT
    "#);
    assert_snapshot!(said("a w/5 b near3 c adj2 d /s e"), @r#"
    note[operator_spelling]: read "w/5" as W/5
    note[operator_spelling]: read "near3" as W/3
    note[operator_spelling]: read "adj2" as PRE/2
    note[operator_spelling]: read "/s" as W/S
    "#);
    assert_snapshot!(said("atleast2(a)"), @r#"note[operator_spelling]: read "atleast2" as ATLEAST2"#);
    assert_snapshot!(said("number:[100 to 500]"), @r#"note[operator_spelling]: read "to" as TO"#);
    assert_snapshot!(said("a same b AND c"), @r#"note[same_is_a_word]: "same" is a plain word here; for one paragraph write W/P, for one sentence W/S"#);
    assert_snapshot!(said("Iran SAME sanctions"), @r#"note[same_is_a_word]: "SAME" is a plain word here; for one paragraph write W/P, for one sentence W/S"#);
    assert_snapshot!(said("number>100 source=bbc"), @r#"
    note[field_spelling]: read "number>" as number:>
    note[field_spelling]: read "source=" as source:
    "#);
    assert_snapshot!(said("_exists_:person"), @r#"note[field_spelling]: read "_exists_:person" as person:*"#);
    assert_snapshot!(said("Trump: I will"), @r#"note[not_a_field]: "Trump" is no field; read as a word"#);
    assert_snapshot!(said("https://example.org/x?y=1"), @"note[address_as_words]: a bare address is searched for as words in the text; for the article at it write url:…");
    assert_snapshot!(said("4 hours - deal"), @r#"note[left_out]: "-" is no word; left out"#);
    assert_snapshot!(said(r#""deport* to""#), @r#"note[wildcard_in_phrase]: in "deport*" the * is no wildcard: quoted words are matched as written"#);
    assert_snapshot!(said(r#""{country} W/S sanctions""#), @r#"
    note[operator_in_quotes]: read "W/S" inside quotes as an operator between two phrases
      help: a \ before it makes it a word
    "#);
    assert_snapshot!(said("quantity:5m"), @r#"note[ambiguous_unit]: read "5m" as 5 metres; for millions write 5mn"#);
    assert_snapshot!(said("quantity:5t"), @r#"note[ambiguous_unit]: read "5t" as 5 tonnes; for trillions write 5tn"#);
    assert_snapshot!(said("who is Trump?"), @r#"note[question_mark]: "Trump?" matches one more character; to search for the word alone write "Trump""#);
    assert_snapshot!(said("money:40 billion"), @r#"note[split_value]: "billion" is a separate word here; a value of several words stands in quotes"#);
}

#[test]
fn everything_is_said_at_once_in_the_order_of_the_query() {
    assert_snapshot!(said(r#"number:[100 TO abc] numbr:5 “x” published:"last week" (a OR"#), @r#"
    error[bad_range]: "abc" is not a number
      number:[100 TO abc] numbr:5 “x” published:"last week" (a OR
                     ^^^
      help: number:[100 TO 500] or number:>=100
    error[unknown_field]: no field "numbr"; did you mean "number"?
      number:[100 TO abc] numbr:5 “x” published:"last week" (a OR
                          ^^^^^
    note[smart_quotes]: read “ ” as "
    error[bad_date]: "last week" is not a date
      number:[100 TO abc] numbr:5 “x” published:"last week" (a OR
                                                 ^^^^^^^^^
      help: dates that depend on today are not read; write 2025, 2025-09 or 2025-09-01: published:[2025-01 TO 2025-03] or published:>=2025-09-01
    error[unbalanced_parenthesis]: this ( is never closed
      number:[100 TO abc] numbr:5 “x” published:"last week" (a OR
                                                            ^
      help: to search for the sign itself put it in quotes
    error[missing_operand]: nothing stands to the right of "OR"
      number:[100 TO abc] numbr:5 “x” published:"last week" (a OR
                                                               ^^
      help: to search for the word itself write \OR
    "#);
}
#[test]
fn a_limit_is_named_with_what_was_found() {
    let strict = Limits {
        query_bytes: 40,
        depth: 2,
        clauses: 3,
        phrase_words: 3,
        slop: 2,
        distance: 5,
        list_values: 2,
    };
    let said = |query: &str| said_within(query, &strict);
    assert_snapshot!(said(&"x".repeat(41)), @"error[limit]: bytes of the query: 41, the limit is 40");
    assert_snapshot!(said("a (b (c (d)) e) f"), @r#"
    error[limit]: depth of the tree: 3, the limit is 2
      a (b (c (d)) e) f
      ^^^^^^^^^^^^^^^^^
    error[limit]: clauses: 5, the limit is 3
      a (b (c (d)) e) f
      ^^^^^^^^^^^^^^^^^
    error[limit]: depth of parentheses: 3, the limit is 2
      a (b (c (d)) e) f
              ^
    "#);
    assert_snapshot!(said("NOT NOT (a OR b)"), @r#"
    error[limit]: depth of the tree: 4, the limit is 2
      NOT NOT (a OR b)
              ^^^^^^^^
    "#);
    assert_snapshot!(said("a b c d"), @r#"
    error[limit]: clauses: 4, the limit is 3
      a b c d
      ^^^^^^^
    "#);
    assert_snapshot!(said("\"a b c d\""), @r#"
    error[limit]: words of a phrase: 4, the limit is 3
      "a b c d"
      ^^^^^^^^^
    "#);
    assert_snapshot!(said("a-b-c-d"), @r#"
    error[limit]: parts of a word: 4, the limit is 3
      a-b-c-d
      ^^^^^^^
    "#);
    assert_snapshot!(said("\"a b\"~3"), @r#"
    error[limit]: slop: 3, the limit is 2
      "a b"~3
           ^^
    "#);
    assert_snapshot!(said("a W/6 b"), @r#"
    error[limit]: distance: 6, the limit is 5
      a W/6 b
        ^^^
    "#);
    assert_snapshot!(said("source:IN [a b c]"), @r#"
    error[limit]: values of a list: 3, the limit is 2
      source:IN [a b c]
             ^^^^^^^^^^
    "#);
}

#[test]
fn of_very_many_errors_the_first_are_shown() {
    let said = said(&"number:x ".repeat(30));
    assert_eq!(said.matches("error[bad_number]").count(), 20);
    assert_snapshot!(said.lines().last().unwrap_or_default(), @"error[more_errors]: 10 more errors");
}

#[test]
fn carets_stand_under_what_they_mean_whatever_the_width_of_the_letters() {
    assert_snapshot!(said("東京 (ﾃｽﾄ OR number:x"), @r#"
    error[unbalanced_parenthesis]: this ( is never closed
      東京 (ﾃｽﾄ OR number:x
           ^
      help: to search for the sign itself put it in quotes
    error[bad_number]: "x" is not a number
      東京 (ﾃｽﾄ OR number:x
                          ^
      help: number:[100 TO 500] or number:>=100
    "#);
    let combining = said("e\u{301}te\u{301} 🔥 number:x");
    assert_eq!(combining.lines().nth(3), Some("                ^"), "{combining}");
    let long = format!("{} number:x {}", "before ".repeat(30), "after ".repeat(30));
    assert_snapshot!(said(&long), @r#"
    error[bad_number]: "x" is not a number
      …re before before before  number:x after after after after after after af…
                                       ^
      help: number:[100 TO 500] or number:>=100
    "#);
    let wide = format!("number:{}", "東".repeat(60));
    assert_snapshot!(said(&wide), @r#"
    error[bad_number]: "東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東…" is not a number
      number:東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東…
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      help: number:[100 TO 500] or number:>=100
    "#);
}

#[test]
fn nothing_of_a_query_can_steer_a_terminal() {
    assert_snapshot!(said("number:\u{1b}[31mx\u{7}"), @r#"
    error[bad_number]: "␛" is not a number
      number:␛[31mx␇
             ^
      help: number:[100 TO 500] or number:>=100
    error[unbalanced_bracket]: this [ is never closed
      number:␛[31mx␇
              ^
      help: number:[100 TO 500] or source:IN [bbc ap]
    "#);
    assert_snapshot!(said("number:a\u{202e}b\u{200b}c\n\tnumber:d"), @r#"
    error[bad_number]: "a�b�c" is not a number
      number:a�b�c  number:d
             ^^^^^
      help: number:[100 TO 500] or number:>=100
    error[bad_number]: "d" is not a number
      number:a�b�c  number:d
                           ^
      help: number:[100 TO 500] or number:>=100
    "#);
}

#[test]
fn every_code_has_its_snapshot() {
    let fault = include_str!("../fault.rs");
    let codes: Vec<&str> = fault
        .lines()
        .skip_while(|line| !line.contains("fn code"))
        .take_while(|line| !line.contains("fn severity"))
        .filter_map(|line| line.split('"').nth(1))
        .collect();
    assert!(codes.len() > 40, "{codes:?}");
    for code in codes {
        assert!(include_str!("messages.rs").contains(&format!("[{code}]: ")), "{code} is never shown");
    }
}
