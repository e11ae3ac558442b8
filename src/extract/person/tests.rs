//! Behaviour of person finding, on sentences made up for it.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::article::{Span, TextField};
use crate::names::person::key;
use crate::text::{Token, tokens};
use proptest::prelude::*;

/// The persons of an article with this title and body as the rules find them: surface, key and rule.
fn read_article(title: &str, body: &str) -> Vec<(String, String, String)> {
    let (title_tokens, body_tokens): (Vec<Token>, Vec<Token>) =
        (tokens(title).collect(), tokens(body).collect());
    let texts = [
        Text { field: TextField::Title, text: title, tokens: &title_tokens },
        Text { field: TextField::Body, text: body, tokens: &body_tokens },
    ];
    let mut found = Vec::new();
    let by_rules = Options { tagger: false, ..Options::default() };
    find_in(&Lookup::of(&texts), &texts, &by_rules, &mut found);
    let of = |field| if field == TextField::Title { title } else { body };
    found
        .iter()
        .map(|m| (m.span.of(of(m.field)).to_owned(), m.key().into_owned(), m.via.clone().into_owned()))
        .collect()
}

/// The surfaces of the persons in `text`.
fn read(text: &str) -> Vec<String> {
    read_article("", text).into_iter().map(|(surface, _, _)| surface).collect()
}

#[test]
fn titles_roles_and_possessives_are_no_part_of_the_name() {
    for (text, names) in [
        ("President Maria Keller's plan failed.", vec!["Maria Keller"]),
        ("They met Gen. Tomas Varga on Monday.", vec!["Tomas Varga"]),
        ("Iranian Foreign Ministry official Reza Karimi spoke.", vec!["Reza Karimi"]),
        ("A Palace spokesperson, Nadia Holm, declined.", vec!["Nadia Holm"]),
        ("Prime Minister Lars Dahl met Secretary of State Ann Brook.", vec!["Lars Dahl", "Ann Brook"]),
        ("Mr Okonkwo left early.", vec!["Okonkwo"]),
        ("The court heard Ms. Zielinska deny it.", vec!["Zielinska"]),
        ("Striker Paulo Mendes scored.", vec!["Paulo Mendes"]),
        ("his wife, Amanda, agreed", vec!["Amanda"]),
    ] {
        assert_eq!(read(text), names, "{text}");
    }
}

#[test]
fn names_of_many_shapes_are_whole() {
    for (text, names) in [
        ("It was George W. Harlan who won.", vec!["George W. Harlan"]),
        ("J.K. Marlowe wrote it.", vec!["J.K. Marlowe"]),
        ("Sheikh Ahmed bin Rashid al-Falasi opened it.", vec!["Ahmed bin Rashid al-Falasi"]),
        ("Ursula von der Heide resigned.", vec!["Ursula von der Heide"]),
        ("President Moon Tae-il said no.", vec!["Moon Tae-il"]),
        ("Jean-Pierre Lacroix, 45, was held.", vec!["Jean-Pierre Lacroix"]),
        ("Joaquín “Chino” Herrera fled.", vec!["Joaquín “Chino” Herrera"]),
        ("Seán O’Reilly sang.", vec!["Seán O’Reilly"]),
    ] {
        assert_eq!(read(text), names, "{text}");
    }
}

#[test]
fn bodies_places_days_and_bare_titles_are_no_persons() {
    for text in [
        "The President said that the Prime Minister would come on Tuesday.",
        "She studied at Boston University and works for Morgan Stanley.",
        "He flew from San Francisco to Kuala Lumpur in April.",
        "The Human Rights Watch report names Saudi Arabia and Sri Lanka.",
        "Manchester United lost at Villa Park.",
        "Reuters said that Google told the European Commission.",
        "See https://example.org/John-Smith for more.",
        "The Washington Post reported it.",
        "He lives in Jordan, near Jordan Street.",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_surname_alone_is_the_person_of_the_full_name_even_before_it() {
    let found = read_article(
        "Keller wins vote",
        "Voters chose Maria Keller on Sunday. The Keller administration begins in May. President Keller's rival lost.",
    );
    assert_eq!(
        found.iter().map(|(surface, ..)| surface.as_str()).collect::<Vec<_>>(),
        ["Keller", "Maria Keller", "Keller", "Keller"]
    );
    assert!(found.iter().all(|(_, key, _)| key == "maria keller"));
    assert_eq!(found[0].2, "person:surname");
    assert_eq!(found[1].2, "person:full");
}

#[test]
fn a_surname_of_two_persons_goes_to_the_one_the_title_fits_else_the_one_named_most() {
    let found = read_article(
        "",
        "William Harding met Laura Harding. William Harding spoke first. Mrs Harding listened. Harding left with Laura.",
    );
    let keys: Vec<&str> = found.iter().map(|(_, key, _)| key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "william harding",
            "laura harding",
            "william harding",
            "laura harding",
            "william harding",
            "laura harding"
        ]
    );
}

#[test]
fn a_short_form_of_a_full_name_is_the_same_person() {
    let found = read_article("", "George W. Harlan spoke. Later George Harlan left.");
    assert!(found.iter().all(|(_, key, _)| key == "george w harlan"), "{found:?}");
}

#[test]
fn a_surname_without_a_full_name_needs_evidence() {
    assert_eq!(read("President Okonkwo arrived. Reporters saw Okonkwo leave."), ["Okonkwo", "Okonkwo"]);
    assert_eq!(read("They moved to Okonkwo last year."), Vec::<String>::new());
    assert_eq!(read_article("", "Mr Okonkwo left.")[0].1, "okonkwo");
}

#[test]
fn a_common_word_is_a_name_only_where_the_article_has_it_in_a_full_name() {
    assert_eq!(read("Anna Deep lost her home. A neighbour helped Deep rebuild."), ["Anna Deep", "Deep"]);
    assert_eq!(read("They went to the Deep and back to Deep again."), Vec::<String>::new());
}

#[test]
fn names_in_a_list_support_each_other() {
    let text = "The winners are Anna Keller, Xolqe Wbrutt and Maria Dahl.";
    assert_eq!(read(text), ["Anna Keller", "Xolqe Wbrutt", "Maria Dahl"]);
}

#[test]
fn headings_in_capitals_name_persons_that_the_article_has() {
    let found = read_article("", "ANNA KELLER WINS AGAIN\nAnna Keller won on Sunday.");
    assert_eq!(
        found.iter().map(|(_, key, _)| key.as_str()).collect::<Vec<_>>(),
        ["anna keller", "anna keller"]
    );
}

/// Each surface with its key: `surface=key`.
fn keys(text: &str) -> Vec<String> {
    read_article("", text).into_iter().map(|(surface, key, _)| format!("{surface}={key}")).collect()
}

#[test]
fn a_surname_with_particles_is_the_person_of_the_full_name() {
    for (text, found) in [
        (
            "Jan van der Velde came first. Van der Velde said so.",
            ["Jan van der Velde=jan van der velde", "Van der Velde=jan van der velde"],
        ),
        (
            "Petra von der Aue leads. Ministers met von der Aue on Monday.",
            ["Petra von der Aue=petra von der aue", "von der Aue=petra von der aue"],
        ),
        (
            "The fisherman Ramon Dela Peña waited. “It rained,” Dela Peña said.",
            ["Ramon Dela Peña=ramon dela pena", "Dela Peña=ramon dela pena"],
        ),
        (
            "The painter Saskia de Wit came. De Wit sang.",
            ["Saskia de Wit=saskia de wit", "De Wit=saskia de wit"],
        ),
    ] {
        assert_eq!(keys(text), found, "{text}");
    }
}

#[test]
fn a_first_name_that_is_a_month_opens_a_name_but_not_after_a_date_word() {
    assert_eq!(read("The baker June Hassan and Jan de Groot sang."), ["June Hassan", "Jan de Groot"]);
    assert_eq!(read("Since June Hassan has lost. In August Groot won."), Vec::<String>::new());
}

#[test]
fn a_surname_of_two_words_is_the_person_of_the_full_name() {
    assert_eq!(
        keys("“No,” said Ama Owusu-Barnes, a baker. Owusu-Barnes thinks that it will rain."),
        ["Ama Owusu-Barnes=ama owusu barnes", "Owusu-Barnes=ama owusu barnes"]
    );
    assert_eq!(
        keys("Judge Lucia Ocaña Robles spoke. Ocaña Robles, now retired, left."),
        ["Lucia Ocaña Robles=lucia ocana robles", "Ocaña Robles=lucia ocana robles"]
    );
    assert_eq!(
        keys("Mr Owusu-Barnes left. Anna Owusu-Barnes and Paul Owusu-Barnes stayed. Mrs Owusu-Barnes sang."),
        [
            "Owusu-Barnes=paul owusu barnes",
            "Anna Owusu-Barnes=anna owusu barnes",
            "Paul Owusu-Barnes=paul owusu barnes",
            "Owusu-Barnes=anna owusu barnes"
        ]
    );
}

#[test]
fn a_son_is_not_taken_for_his_father() {
    assert_eq!(
        keys("Sheikh Rashid bin Omar opened it. His son Ahmed bin Rashid bin Omar watched."),
        ["Rashid bin Omar=rashid bin omar", "Ahmed bin Rashid bin Omar=ahmed bin rashid bin omar"]
    );
}

#[test]
fn a_firm_that_speaks_and_a_street_are_no_persons() {
    assert_eq!(
        read("The port’s owner, Orrin Shipping, lost. Orrin says it can wait in Port Orrin."),
        Vec::<String>::new()
    );
    assert_eq!(read("They met in Carter Row and at Dawson Mews."), Vec::<String>::new());
    assert_eq!(read("Cllr Orrin said that Port Orrin would pay."), ["Orrin"]);
}

#[test]
fn a_country_can_be_a_first_name() {
    assert_eq!(
        keys(
            "Kenya Lindqvist, who packs fish, was there. Superintendent Lebanon Cost came. “Go,” Cost said."
        ),
        ["Kenya Lindqvist=kenya lindqvist", "Lebanon Cost=lebanon cost", "Cost=lebanon cost"]
    );
    assert_eq!(read("China Daily and Russia Today reported it. Iran Air flies."), Vec::<String>::new());
}

#[test]
fn a_country_beside_a_name_supports_it() {
    assert_eq!(
        read("Xeno Hassan of the Netherlands won. Kenya's Barasa Abdi was third."),
        ["Xeno Hassan", "Barasa Abdi"]
    );
}

#[test]
fn a_noun_of_a_body_is_a_surname_where_the_article_has_it_in_a_full_name() {
    assert_eq!(
        keys("“We wait,” said Park Min-ho, the owner. Park said it twice. They walked in the Park."),
        ["Park Min-ho=park min ho", "Park=park min ho"]
    );
}

#[test]
fn a_key_is_the_same_however_the_name_is_written() {
    for (name, expected) in [
        ("Donald Harlan", "donald harlan"),
        ("President DONALD  HARLAN", "donald harlan"),
        ("O’Reilly", "o'reilly"),
        ("Łukasz Żak", "lukasz zak"),
        ("al-Falasi", "al falasi"),
        ("George W. Harlan", "george w harlan"),
        ("Mr.", "mr"),
        ("", ""),
    ] {
        assert_eq!(key(name), expected, "{name}");
    }
}

fn check_spans(text: &str) -> Result<(), TestCaseError> {
    let all: Vec<Token> = tokens(text).collect();
    let texts = [Text { field: TextField::Body, text, tokens: &all }];
    let mut found = Vec::new();
    find(&texts, &mut found);
    let mut last = 0;
    for Mention { span: Span { start, end }, .. } in found {
        prop_assert!(last <= start && start < end, "{last} {start} {end}");
        prop_assert!(text.get(start as usize..end as usize).is_some());
        last = end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_order_on_character_boundaries(text in "\\PC{0,120}") {
        check_spans(&text)?;
    }

    #[test]
    fn any_mix_of_name_like_words_gives_spans_that_do_not_overlap(
        words in proptest::collection::vec(
            prop_oneof![
                Just("Maria"), Just("Keller"), Just("al"), Just("bin"), Just("van"), Just("Mr."), Just("Jae"), Just("in"),
                Just("President"), Just("University"), Just("J."), Just("“Bud”"), Just("said"), Just("the"), Just("U.S."),
                Just("Jordan"), Just("Łukasz"), Just("Al"), Just("\n"), Just("II"), Just("45"),
            ], 0..30),
        glue in prop_oneof![Just(" "), Just("-"), Just(", ")],
    ) {
        check_spans(&words.join(glue))?;
        check_spans(&words.join(" "))?;
    }
}
