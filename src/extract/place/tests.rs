//! Places as a reader would see them, a rule a test.

use super::find;
use crate::article::Mention;
use crate::extract::{Options, Text, extract};
use crate::text::tokens;

/// The places of a text, beside all else: words, key, how it was read.
fn places(text: &str) -> Vec<(String, String, String)> {
    let cut: Vec<_> = tokens(text).collect();
    let found = extract(&[Text::body(text, &cut)], &Options::default());
    let places = found.iter().filter(|m| m.kind == crate::article::Kind::Place);
    places.map(|m| (m.span.of(text).to_owned(), m.key().into_owned(), m.via.to_string())).collect()
}

/// The keys of the places of a text.
fn keys(text: &str) -> Vec<String> {
    places(text).into_iter().map(|place| place.1).collect()
}

#[test]
fn a_state_or_country_after_the_comma_says_which() {
    for (text, key) in [
        ("She was born in Paris, Texas, in 1960.", "paris, TX, US"),
        ("A fire broke out in Springfield, Ill., on Monday.", "springfield, IL, US"),
        ("The plant in Portland, Ore., was closed.", "portland, OR, US"),
        ("They moved to Lebanon, Ohio, last year.", "lebanon, OH, US"),
        ("He grew up in London, Ontario, and left.", "london, ON, CA"),
        ("Clashes broke out in Tripoli, Lebanon, on Friday.", "tripoli, LB"),
        ("EDMONTON, Ky (WBKO) -- A man was hurt.", "edmonton, KY, US"),
    ] {
        assert_eq!(keys(text).first().map(String::as_str), Some(key), "{text}");
    }
}

#[test]
fn a_town_that_no_gazetteer_has_is_one_before_a_state() {
    assert_eq!(
        keys("The mill in Gowdyville Crossing, Ohio, burned."),
        ["gowdyville crossing, OH, US", "ohio, US"]
    );
    assert_eq!(keys("Smithson, Ohio and others lost."), ["ohio, US"], "a list");
}

#[test]
fn a_name_means_one_place_in_an_article() {
    let text = "A man was shot in Paris, Tenn., on Friday. Police in Paris said he was stable.";
    assert_eq!(keys(text), ["paris, TN, US", "tennessee, US", "paris, TN, US"]);
}

#[test]
fn the_largest_is_meant_unless_the_article_tells_otherwise() {
    assert_eq!(keys("The talks in Birmingham ended."), ["birmingham, GB"]);
    assert_eq!(
        keys("Alabama lawmakers met in Birmingham before they left for Montgomery, Ala."),
        ["alabama, US", "birmingham, AL, US", "montgomery, AL, US", "alabama, US"]
    );
    assert_eq!(keys("The mayor of Washington met officials from London.")[0], "washington, DC, US");
}

#[test]
fn other_names_and_accents_lead_to_one_key() {
    assert_eq!(
        keys("He flew from Kiev to Bombay and on to Köln."),
        ["kyiv, UA", "mumbai, IN", "cologne, DE"]
    );
    assert_eq!(keys("NEW YORK (AP) -- He was born in New York City."), ["new york, NY, US"; 2]);
    assert_eq!(keys("She lives in St. Louis and in São Paulo."), ["st louis, MO, US", "sao paulo, BR"]);
}

#[test]
fn people_organisations_and_longer_names_hold_no_place() {
    for text in [
        "Paris Hilton said she was sorry.",
        "He told the Boston Globe that he would stay.",
        "Manchester United won again.",
        "The Bank of Madrid raised its offer.",
        "They sailed round the Cape of Good Hope.",
        "He is a patient at St. Paul's Hospital.",
    ] {
        assert_eq!(keys(text), [""; 0], "{text}");
    }
}

#[test]
fn words_that_are_towns_elsewhere_need_a_reason() {
    assert_eq!(keys("Reading is fun. Mobile phones are everywhere. Nice try."), [""; 0]);
    assert_eq!(
        keys("The train from Reading was late, and hundreds live in Mobile, Ala."),
        ["reading, GB", "mobile, AL, US", "alabama, US"]
    );
}

#[test]
fn local_news_tells_its_country() {
    let text = "The Sheriff said a High School in Dublin was closed. The School Board met in Orange County.";
    assert_eq!(keys(text)[0], "dublin, CA, US");
    assert_eq!(keys("Ministers met in Dublin.")[0], "dublin, IE");
}

#[test]
fn how_it_was_read_is_on_record() {
    let vias = |text: &str| places(text).into_iter().map(|place| place.2).collect::<Vec<_>>();
    assert_eq!(vias("in Paris, Texas"), ["place:region-after", "place:region"]);
    assert_eq!(vias("in Tripoli, Lebanon"), ["place:country-after"]);
    assert_eq!(vias("in Reykjavik"), ["place:only"]);
    assert_eq!(vias("in Paris"), ["place:population"]);
    assert_eq!(vias("along the Danube in Bavaria"), ["place:region", "place:region"]);
}

#[test]
fn what_was_found_before_is_left_alone() {
    let text = "in Paris";
    let cut: Vec<_> = tokens(text).collect();
    let texts = [Text::body(text, &cut)];
    let mut found: Vec<Mention> = Vec::new();
    find(&texts, &[], &mut found);
    found[0].kind = crate::article::Kind::Person;
    let mut again = Vec::new();
    find(&texts, &found, &mut again);
    assert_eq!(again, []);
}
