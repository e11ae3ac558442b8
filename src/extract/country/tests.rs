//! Behaviour of country finding, on sentences made up for it.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::article::TextField;
use crate::names::country::{lookup, name, suggest};
use crate::text::{Token, tokens};
use proptest::prelude::*;

fn find_all(text: &str) -> Vec<Mention> {
    let all: Vec<Token> = tokens(text).collect();
    let texts = [Text { field: TextField::Body, text, tokens: &all }];
    let (mut people, mut found) = (Vec::new(), Vec::new());
    crate::extract::person::find(&texts, &mut people);
    find(&texts, &people, &mut found);
    found
}

/// What is read in `text`: `surface=CODE`, joined by spaces; capitals and parts with the reading after it.
fn read(text: &str) -> String {
    let found = find_all(text);
    let mentions = found.iter().map(|m| {
        let reading = match m.via.as_ref() {
            "country:capital" => "!capital",
            "country:part" => "!part",
            _ => "",
        };
        format!("{}={}{reading}", m.span.of(text), m.key())
    });
    mentions.collect::<Vec<_>>().join("; ")
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn names_demonyms_and_abbreviations_are_read_and_possessives_left_out() {
    check(&[
        ("Iran’s envoy met two Iranians in Côte d’Ivoire.", "Iran=IR; Iranians=IR; Côte d’Ivoire=CI"),
        ("The U.S., the UK and the UAE signed.", "U.S.=US; UK=GB; UAE=AE"),
        ("A U.S.-led, Iran-backed force", "U.S.=US; Iran=IR"),
        ("S Korean shares and S. Korea’s won", "S Korean=KR; S. Korea=KR"),
        ("Dutch, Thai, Swiss and Filipino sailors", "Dutch=NL; Thai=TH; Swiss=CH; Filipino=PH"),
        (
            "Trinidad & Tobago, St. Lucia and Bosnia-Herzegovina",
            "Trinidad & Tobago=TT; St. Lucia=LC; Bosnia-Herzegovina=BA",
        ),
        ("the United States of America", "United States of America=US"),
        ("refugees from Burma and Swaziland", "Burma=MM; Swaziland=SZ"),
        ("Kosovo and Taiwan", "Kosovo=XK; Taiwan=TW"),
    ]);
}

#[test]
fn the_reading_is_recorded() {
    let via: Vec<_> = find_all("Iran told the UAE that Iranians objected. Tehran said so.")
        .into_iter()
        .map(|m| m.via)
        .collect();
    assert_eq!(via, ["country:name", "country:abbreviation", "country:demonym", "country:capital"]);
}

#[test]
fn longer_names_that_hold_a_country_are_read_as_a_whole() {
    check(&[
        (
            "Papua New Guinea, Equatorial Guinea and Guinea",
            "Papua New Guinea=PG; Equatorial Guinea=GQ; Guinea=GN",
        ),
        ("Niger borders Nigeria, not the Niger Delta.", "Niger=NE; Nigeria=NG"),
        ("South Sudan left Sudan; North Korea did not.", "South Sudan=SS; Sudan=SD; North Korea=KP"),
        ("New Mexico, British Columbia and New South Wales", ""),
        ("the Indian Ocean and the South China Sea", ""),
        ("Guinea pigs eat Brazil nuts.", ""),
        ("The Washington Post and British Airways", ""),
        ("Latin America and North America", ""),
        ("She moved to Northern Ireland from Wales.", "Northern Ireland=GB!part; Wales=GB!part"),
    ]);
}

#[test]
fn the_pronoun_is_no_country() {
    check(&[
        ("Tell us about it. They told US officials.", "US=US"),
        ("CONTACT US TODAY", ""),
        ("Contact US", ""),
        ("IT MATTERS TO US ALL", ""),
        ("IRAN AND THE US AGREE", "IRAN=IR; US=US"),
        ("Take U.S. 287 to Route 6, or US-24.", "U.S.=US"),
        ("drive along US 24 there", ""),
    ]);
}

#[test]
fn a_person_hides_the_country_in_the_name() {
    check(&[
        ("Chad Miller met Jordan Pratt. Miller said Jordan was ill.", ""),
        ("Police Chief Thomas French of Kenya", "Kenya=KE"),
        ("Georgia Lindqvist sang in Italy.", "Italy=IT"),
    ]);
}

#[test]
fn towns_and_streets_are_no_countries() {
    check(&[
        ("The fire in Lebanon, Ohio, spread. Lebanon firefighters came.", ""),
        ("He was born in Peru, Ind., and lives in Cuba, Mo.", ""),
        ("Imports from Mexico, Texas and Arizona fell.", "Mexico=MX"),
        ("She lives on France Avenue near Jordan River.", ""),
        ("The American Heart Association met.", ""),
        ("United Way of America gave.", ""),
        ("the Japanese Restaurant on Elm Street", ""),
    ]);
}

#[test]
fn ambiguous_names_are_decided_by_the_article() {
    check(&[
        ("Georgia voters chose. Alabama and Florida vote later.", ""),
        ("Georgia’s leaders met in Tbilisi with Russian officials.", "Georgia=GE; Russian=RU"),
        ("Jordan and Syria closed the border.", "Jordan=JO; Syria=SY"),
        ("Congo’s army left Kinshasa.", "Congo=CD"),
        ("Congo’s army left Brazzaville.", "Congo=CG"),
        ("Korean shares rose in Seoul.", "Korean=KR"),
        ("North Korea fired again. Korean media said so.", "North Korea=KP; Korean=KP"),
        ("Fans wore the Jersey shirt.", ""),
        ("Guernsey and Jersey are Channel Islands.", "Guernsey=GG; Jersey=JE"),
        ("Roast Turkey dinners for all.", ""),
        ("Brine the turkey well. Turkey needs time.", ""),
        ("Turkey and Greece agreed.", "Turkey=TR; Greece=GR"),
    ]);
}

#[test]
fn georgia_is_the_state_where_the_words_or_the_article_say_so() {
    check(&[
        ("A plant burned in the U.S. state of Georgia; nine were from Guatemala.", "U.S.=US; Guatemala=GT"),
        ("Orrin Foods of Savannah, Georgia, sells to Ghana.", "Ghana=GH"),
        ("Runners from Kenya came to Chicago. Georgia stays first in the poll.", "Kenya=KE"),
        ("Georgia sells wine to Russia and to the US state of Georgia.", "Georgia=GE; Russia=RU; US=US"),
        ("Portugal play Georgia in the cup.", "Portugal=PT; Georgia=GE"),
    ]);
}

#[test]
fn a_mountain_or_a_state_named_like_a_country_is_none() {
    check(&[
        ("The mine at Mount Jordan sells to Chinese smelters.", "Chinese=CN"),
        ("Its mines in Western Australia sell to China.", "China=CN"),
    ]);
}

#[test]
fn languages_are_no_countries() {
    check(&[
        ("She speaks French and the notice was in Spanish.", ""),
        ("It runs in English and Spanish.", ""),
        ("French-language schools in French cities", "French=FR"),
        ("English lessons for Chinese visitors", "Chinese=CN"),
        ("English fishermen protested.", "English=GB!part"),
    ]);
}

#[test]
fn capitals_are_read_only_where_they_act() {
    check(&[
        ("Washington must respect that, Tehran said.", "Washington=US!capital; Tehran=IR!capital"),
        ("under Moscow’s policy", "Moscow=RU!capital"),
        ("talks with Beijing on trade", "Beijing=CN!capital"),
        ("The government in New Delhi agreed.", "New Delhi=IN!capital"),
        ("Tiago is a Beijing-backed bidder.", "Beijing=CN!capital"),
        ("Washington has offered to pay and Seoul is worried.", "Washington=US!capital; Seoul=KR!capital"),
        (
            "He urged Washington to wait for the blessing of Canberra.",
            "Washington=US!capital; Canberra=AU!capital",
        ),
        ("They live in Washington and flew to Moscow.", ""),
        ("Seoul is rainy and the shops in Tokyo were shut.", ""),
        ("Moscow’s museums reopen.", ""),
    ]);
}

#[test]
fn an_unknown_name_is_not_looked_up_but_suggested() {
    assert_eq!(lookup("Irann"), None);
    assert_eq!(suggest("Irann"), Some("Iran"));
    assert_eq!((lookup(""), lookup("..."), name("zz")), (None, None, None));
    assert_eq!(name("cd"), Some("Democratic Republic of the Congo"));
    for (text, code) in
        [("Britain", "GB"), ("uk", "GB"), ("U.S.", "US"), ("usa", "US"), ("the netherlands", "NL")]
    {
        assert_eq!(lookup(text), Some(code), "{text}");
    }
}

fn check_spans(text: &str) -> Result<(), TestCaseError> {
    let mut last = 0;
    for mention in find_all(text) {
        prop_assert!(last <= mention.span.start && !mention.span.is_empty());
        prop_assert!(text.get(mention.span.range()).is_some());
        let key = mention.key();
        prop_assert_eq!(lookup(&key), Some(key.as_ref()));
        last = mention.span.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_order_on_character_boundaries(text in "\\PC{0,120}") {
        check_spans(&text)?;
    }

    #[test]
    fn any_mix_of_words_around_countries_gives_spans_that_do_not_overlap(
        words in proptest::collection::vec(
            prop_oneof![
                Just("US"), Just("U.S."), Just("New"), Just("Guinea"), Just("Papua"), Just("Georgia"), Just("Ohio"),
                Just("Lebanon,"), Just("Côte"), Just("d’Ivoire"), Just("Washington"), Just("said"), Just("in"), Just("Korea"),
                Just("South"), Just("of"), Just("America"), Just("English"), Just("\n"), Just("Turkey’s"), Just("287"),
            ], 0..30),
    ) {
        check_spans(&words.join(" "))?;
    }
}

#[test]
fn a_city_of_that_name_is_no_country_and_a_city_before_it_is_a_reason() {
    check(&[
        ("Call the City of Turkey or the town of Peru.", ""),
        ("The city of Singapore was quiet.", "Singapore=SG"),
        ("Clashes broke out in Tripoli, Lebanon, on Friday.", "Lebanon=LB"),
    ]);
}

#[test]
fn every_row_of_the_table_is_read_in_a_plain_sentence() {
    use crate::names::country::{ROWS, Way};
    let mut missed = Vec::new();
    for row in ROWS.iter() {
        row.each_way(|way, is, ambiguous| {
            let text = match is {
                Way::Demonym => format!("The {way} government met the ministers on Monday."),
                Way::Name | Way::Abbreviation => format!("Ministers from {way} met on Monday."),
                Way::Capital => return,
            };
            let found = find_all(&text);
            // Forms for lists and tables, which prose does not have.
            let prose = !way.contains(['(', ',']) && !way.starts_with(char::is_lowercase);
            if prose
                && !ambiguous
                && !found.iter().any(|m| m.key() == row.alpha2 && way.contains(m.span.of(&text)))
            {
                missed.push(format!("{way} {}", read(&text)));
            }
        });
    }
    assert_eq!(missed, Vec::<String>::new());
}
