//! What counts as an organisation, where its name begins and ends, and which key it has.

use proptest::prelude::*;

use crate::article::{Kind, Mention};
use crate::extract::{Options, Text, extract};
use crate::text::{Token, tokens};

fn mentions(body: &str) -> Vec<Mention> {
    let cut: Vec<Token> = tokens(body).collect();
    extract(&[Text::body(body, &cut)], &Options::default())
}

/// The organisations of a text and their keys.
fn found(body: &str) -> Vec<(String, String)> {
    let of_kind = mentions(body).into_iter().filter(|m| m.kind == Kind::Org);
    of_kind.map(|m| (m.span.of(body).to_owned(), m.key().into_owned())).collect()
}

fn names(body: &str) -> Vec<String> {
    found(body).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_noun_of_bodies_ends_a_name_and_the_article_before_it_is_no_part() {
    assert_eq!(
        names("The Harbour Pilots Association met the Norrland Transport Ministry."),
        ["Harbour Pilots Association", "Norrland Transport Ministry"]
    );
    assert_eq!(names("Iranian Foreign Ministry spokesman Omid Karimi spoke."), ["Iranian Foreign Ministry"]);
    assert_eq!(names("He banks at Hollis & Wren Bank, a lender."), ["Hollis & Wren Bank"]);
}

#[test]
fn of_and_for_and_lists_carry_a_name_on() {
    assert_eq!(
        names("Staff of the Ministry of Law, Justice and Home Affairs left."),
        ["Ministry of Law, Justice and Home Affairs"]
    );
    assert_eq!(names("A note by the Institute for Rural Studies said so."), ["Institute for Rural Studies"]);
    assert_eq!(names("The Bank of Norrland Governor Ida Holm said no."), ["Bank of Norrland"]);
    assert_eq!(
        names("The Securities and Futures Commission fined it."),
        ["Securities and Futures Commission"]
    );
}

#[test]
fn a_possessive_is_no_part_of_a_name_and_parts_two() {
    assert_eq!(names("Norrland's Transport Ministry closed."), ["Transport Ministry"]);
    assert_eq!(names("Iran's Tasnim state news agency said so."), ["Tasnim"]);
    assert_eq!(names("The BBC's reporters saw it."), ["BBC"]);
}

#[test]
fn an_acronym_has_the_key_of_the_name_that_defines_it() {
    let key = |name: &str| (name.to_owned(), "fishers of the northern sea".to_owned());
    assert_eq!(
        found("The Fishers of the Northern Sea (FNS) voted. The FNS said no."),
        [key("Fishers of the Northern Sea"), key("FNS"), key("FNS"),]
    );
    assert_eq!(names("An autonomous road vehicle (ARV) came. The ARV stopped."), Vec::<String>::new());
}

#[test]
fn a_short_form_has_the_key_of_the_full_name() {
    assert_eq!(
        found("Norrkraft Motors AG fell. Norrkraft shares lost 4 percent."),
        [
            ("Norrkraft Motors AG".into(), "norrkraft motors".into()),
            ("Norrkraft".into(), "norrkraft motors".into()),
        ]
    );
}

#[test]
fn well_known_names_have_one_key_in_every_form() {
    assert_eq!(
        found("The UN, the U.N. and the United Nations are one."),
        [
            ("UN".into(), "united nations".into()),
            ("U.N.".into(), "united nations".into()),
            ("United Nations".into(), "united nations".into()),
        ]
    );
    assert_eq!(
        names("She told the BBC and The New York Times at the White House."),
        ["BBC", "New York Times", "White House"]
    );
}

#[test]
fn a_known_name_that_is_also_a_word_needs_the_words_around_it() {
    assert_eq!(names("He ate an apple in Chelsea with Target practice."), Vec::<String>::new());
    assert_eq!(names("Analysts at Apple said shares rose."), ["Apple"]);
}

#[test]
fn measures_places_and_offices_in_capitals_are_none() {
    assert_eq!(names("The CEO saw 5 GB of TV in the US at 9 AM, with HIV and a PhD."), Vec::<String>::new());
}

#[test]
fn the_words_around_an_unknown_name_make_it_one() {
    assert_eq!(names("The carrier Norwind cut jobs."), ["Norwind"]);
    assert_eq!(names("It was bought by Skandikraft, a Danish brewer."), ["Skandikraft"]);
    assert_eq!(names("They walked in Skandikraft on a sunny day."), Vec::<String>::new());
}

#[test]
fn a_firm_named_for_a_person_is_no_person() {
    let people = |body: &str| mentions(body).iter().filter(|m| m.kind == Kind::Person).count();
    for body in
        ["Goldman Sachs cut its forecast.", "Johnson & Johnson said no.", "The Washington Post reported it."]
    {
        assert_eq!((people(body), names(body).len()), (0, 1), "{body}");
    }
}

#[test]
fn countries_and_the_signs_of_shares_are_none() {
    assert_eq!(names("It sells in the United States by mail."), Vec::<String>::new());
    assert_eq!(names("The sports group Norrkraft (NRKF.CO) said so."), ["Norrkraft"]);
}

#[test]
fn games_and_acts_named_for_bodies_are_none() {
    assert_eq!(names("The World University Games begin in June."), Vec::<String>::new());
}

#[test]
fn capitals_that_stand_for_a_person_or_a_thing_are_none() {
    assert_eq!(names("Maria Lindqvist (MLQX) spoke. MLQX left."), Vec::<String>::new());
    assert_eq!(names("The Coastal Waters Act (KWVP) passed. KWVP helps."), Vec::<String>::new());
}

#[test]
fn capitals_inside_a_longer_name_are_none_without_a_cue() {
    assert_eq!(names("He wore a QVDX Winter Collar."), Vec::<String>::new());
    assert_eq!(names("He joined QVDX on Friday."), ["QVDX"]);
}

#[test]
fn one_weak_cue_makes_no_organisation_of_a_name() {
    assert_eq!(names("The Sundvik plant burnt."), Vec::<String>::new());
}

#[test]
fn a_short_form_is_no_place() {
    let named = names("Norrvik Holdings said so. Norrvik shares fell.");
    assert_eq!(named, ["Norrvik Holdings", "Norrvik"]);
    let named = names("Norrvik Holdings said so. They live in Norrvik. Norrvik is quiet.");
    assert_eq!(named, ["Norrvik Holdings"]);
}

#[test]
fn via_tells_the_rule() {
    let body = "The Harbour Pilots Association (HPA) told Reuters.";
    let via: Vec<String> =
        mentions(body).into_iter().filter(|m| m.kind == Kind::Org).map(|m| m.via.into_owned()).collect();
    assert_eq!(via, ["org:defined", "org:short", "org:known"]);
}

proptest! {
    #[test]
    fn spans_lie_on_character_boundaries_in_order_and_apart(
        words in proptest::collection::vec(
            "[A-Z][a-z]{0,5}|[A-Z]{2,5}|of|and|the|for|Bank|Ministry|Board|UN|BBC|New York Times|\\(|\\)|,|\\.|&|'s|’s|-|\\n|É[a-zü]{1,4}|\\PC",
            0..40,
        ),
        glue in " ?",
    ) {
        let body = words.join(&glue);
        let mut end = 0;
        for mention in mentions(&body).iter().filter(|m| m.kind == Kind::Org) {
            prop_assert!(body.get(mention.span.range()).is_some_and(|s| !s.is_empty()));
            prop_assert!(mention.span.start as usize >= end);
            prop_assert!(!mention.key().is_empty());
            end = mention.span.end as usize;
        }
    }
}
