//! What the trained tagger adds to the rules, and what it leaves as it is.

use dateline::article::Kind;
use dateline::extract::{Options, Text, extract};
use dateline::text::{Token, tokens};

/// The persons of a text and how each was found.
fn people(text: &str, tagger: bool) -> Vec<(String, String)> {
    let cut: Vec<Token> = tokens(text).collect();
    let options = Options { tagger, ..Options::default() };
    let found = extract(&[Text::body(text, &cut)], &options);
    let people = found.iter().filter(|mention| mention.kind == Kind::Person);
    people.map(|mention| (mention.span.of(text).to_owned(), mention.via.to_string())).collect()
}

#[test]
fn a_name_that_no_list_has_is_found_by_the_words_around_it_and_says_so() {
    let text = "“We will rebuild,” Tjikuru Vandu, the head of the relief team, told Reuters.";
    assert_eq!(people(text, false), []);
    let found = people(text, true);
    let found: Vec<_> = found.iter().map(|(surface, via)| (&**surface, &**via)).collect();
    assert_eq!(found, [("Tjikuru Vandu", "person:tagger")]);
}

#[test]
fn rows_of_results_hold_people_without_verbs() {
    let text = "Leading scores\n61 Maro Lind\n63 Orlo Brankvist, Wim Tesfaldet (Kenya)\n64 Pim Zorn";
    let found: Vec<String> = people(text, true).into_iter().map(|(surface, _)| surface).collect();
    assert_eq!(found, ["Maro Lind", "Orlo Brankvist", "Wim Tesfaldet", "Pim Zorn"]);
}

#[test]
fn what_the_rules_are_sure_of_stays() {
    for text in [
        "Mayor Anna Lee, 52, thanked voters. Lee wins.",
        "Joaquín “Chino” Herrera fled.",
        "Cllr Orrin said that Port Orrin would pay.",
        "See https://example.org/John-Smith for more.",
        "The mayor was born in Montgomery, Ala.",
        "",
    ] {
        assert_eq!(people(text, true), people(text, false), "{text}");
    }
}
