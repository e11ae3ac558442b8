//! `show --mentions`: the text with every mention, its key, how it was found and where, and which names count as one.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

mod common;

use std::path::Path;

use common::Place;
use dateline::article::{Article, Kind, Mention, Reading, Span, TextField};
use dateline::render::{mentions, printable, terminal::Style};
use serde_json::Value;

fn sample() -> Place {
    let place = Place::new();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    common::index(&place, &[&corpus.join("jsonl"), &corpus.join("txt")]);
    place
}

#[test]
fn an_article_of_the_sample_corpus_is_shown_with_marks_tables_and_merges() {
    let place = sample();
    insta::assert_snapshot!(place.run(&["show", "nw-07211", "--mentions"]).out, @r#"
    Quake toll passes [5,000|number] as [Türkiye|country] declares emergency in [10|number] provinces
    Northern Wire · 2023-02-07 · nw-07211
    by: Selin Aksoy
    dateline: ADANA
    url: https://northern-wire.example.org/2023/02/07/quake-toll-passes-5-000-as-turkiye-declares-emergency-in-10-
    lang: en

    [ADANA|org] (Northern Wire) - The number of people killed by [Monday|date]'s earthquakes in [Turkey|country] and [Syria|country] climbed above [5,000|number] on [Tuesday|date] as President [Recep Tayyip Erdogan|person] declared a [three-month|quantity] state of emergency in the [10|number] provinces worst hit.

    More than [5,700|number] buildings had collapsed in [Turkey|country] alone, the [Turkish|country] disaster agency said. Officials at the [World Health Organization|org] warned that up to [23 million|number] people, [1.4 million|number] children among them, could be affected in the [two|number] countries.

    In the city of [Adana|place], volunteers from [Israel|country], [Japan|country] and [South Korea|country] waited on the tarmac for buses. [Erdogan|person]'s government said that [70|number] countries had offered help.

    [Ayla Demirkan|person], a nurse who had driven from the coast, said her cousin [Yusuf Demirkan|person] was among those digging in Nurdagi. "He has not slept since it happened," [Ayla Demirkan|person] said. "None of us has."

    The only road from [Turkey|country] by which the [United Nations|org] may bring aid to north-western [Syria|country] was damaged, and no lorry had crossed it by [Tuesday|date] evening. [Damascus|country] asked for sanctions to be lifted; the [US|country] said that they did not apply to food and medicine.

    person                key                   found by        where
    Recep Tayyip Erdogan  recep tayyip erdogan  person:full     body 140..160
    Erdogan               recep tayyip erdogan  person:surname  body 578..585
    Ayla Demirkan         ayla demirkan         person:full     body 640..653 799..812
    Yusuf Demirkan        yusuf demirkan        person:full     body 710..724

    country      key  read as        found by              where
    Türkiye      TR   Turkey         country:name          title 27..35
    Turkey       TR   Turkey         country:name          body 79..85 277..283 856..862
    Syria        SY   Syria          country:name          body 90..95 922..927
    Turkish      TR   Turkey         country:demonym       body 295..302
    Israel       IL   Israel         country:name          body 516..522
    Japan        JP   Japan          country:name          body 524..529
    South Korea  KR   South Korea    country:name          body 534..545
    Damascus     SY   Syria          country:capital       body 989..997
    US           US   United States  country:abbreviation  body 1036..1038

    org                        key                        found by     where
    ADANA                      adana                      org:acronym  body 0..5
    World Health Organization  world health organization  org:known    body 342..367
    United Nations             united nations             org:known    body 876..890

    place  key        found by    where
    Adana  adana, TR  place:only  body 493..498

    number       key                  read as        found by         where
    5,000        >5,000               more than      quantity:digits  title 18..23
    10           10 province                         quantity:digits  title 58..60 body 210..212
    5,000        >5,000               more than, up  quantity:digits  body 110..115
    5,700        >5,700 building      more than      quantity:digits  body 244..249
    23 million   <=23,000,000 people  at most        quantity:digits  body 386..396
    1.4 million  1,400,000 child                     quantity:digits  body 405..416
    two          2 country                           quantity:words   body 463..466
    70           70 country                          quantity:digits  body 609..611

    quantity     key      found by        where
    three-month  3 month  quantity:words  body 172..183

    date     key         read as  found by           where
    Monday   2023-02-06  Monday   date:weekday-past  body 55..61
    Tuesday  2023-02-07  Tuesday  date:weekday-past  body 119..126 972..979

    names that count as one
      person   Recep Tayyip Erdogan, Erdogan → recep tayyip erdogan
      country  Türkiye, Turkey ×3, Turkish → TR
      country  Syria ×2, Damascus → SY
    "#);
}

#[test]
fn without_being_asked_for_nothing_is_marked() {
    let place = sample();
    let shown = place.run(&["show", "nw-07211"]).out;
    assert!(shown.starts_with("Quake toll passes 5,000 as Türkiye declares"), "{shown}");
    assert!(!shown.contains("person"), "{shown}");
}

/// The text without what colours add.
fn without_colours(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\x1b') {
        out += before;
        rest = after.split_once('m').unwrap().1;
    }
    out + rest
}

#[test]
fn marks_change_no_text_and_tables_leave_no_mention_out() {
    let place = sample();
    let mut seen = 0;
    for hit in place.archive().stream("*", &dateline::search::SearchRequest::default()).unwrap() {
        let hit = hit.unwrap();
        let article = &hit.article;
        for field in [TextField::Title, TextField::Body] {
            let of_field = || hit.mentions.iter().filter(|m| m.field == field);
            let coloured = mentions::marked(article.text(field), of_field(), Style::COLOUR);
            assert_eq!(without_colours(&coloured), printable(article.text(field)), "{}", article.id);
            let plain = mentions::marked(article.text(field), of_field(), Style::PLAIN);
            let added: usize = of_field().map(|m| m.kind.name().len() + "[|]".len()).sum();
            assert_eq!(plain.len(), printable(article.text(field)).len() + added, "{plain}");
        }
        let tables = mentions::tables(article, &hit.mentions, Style::PLAIN);
        for mention in &hit.mentions {
            let place = format!(" {}..{}", mention.span.start, mention.span.end);
            let line = tables.lines().find(|line| {
                line.contains(&place)
                    && line.starts_with(mention.span.of(article.text(mention.field)))
                    && line.contains(&*mention.via)
                    && line.contains(&*mention.key())
            });
            assert!(line.is_some(), "{mention:?}\n{tables}");
            seen += 1;
        }
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn programs_get_every_offset_and_the_same_merges() {
    let place = sample();
    let shown = place.run(&["show", "nw-07211", "--mentions", "--format", "jsonl"]).out;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    for mention in shown["mentions"].as_array().unwrap() {
        let text = shown[mention["field"].as_str().unwrap()].as_str().unwrap();
        let at = |key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
        assert_eq!(&text[at("start")..at("end")], mention["text"].as_str().unwrap());
        assert!(mention["via"].as_str().unwrap().contains(':') && mention["key"].is_string(), "{mention}");
    }
    insta::assert_snapshot!(shown["merged"][0], @r#"
    {"key":"recep tayyip erdogan","kind":"person","texts":[{"text":"Recep Tayyip Erdogan","times":1},{"text":"Erdogan","times":1}]}
    "#);
    let plain: Value =
        serde_json::from_str(&place.run(&["show", "nw-07211", "--format", "jsonl"]).out).unwrap();
    assert_eq!((&plain["mentions"], &plain["merged"]), (&Value::Null, &Value::Null));
}

fn mention(text: &str, words: &str, kind: Kind, key: &'static str) -> Mention {
    let start = text.find(words).unwrap();
    Mention {
        field: TextField::Body,
        span: Span::new(start, start + words.len()),
        kind,
        reading: Reading::Entity(key.into()),
        via: "test:row".into(),
    }
}

#[test]
fn mentions_within_and_across_each_other_are_told_apart() {
    let body = "The Bank of Iran Oil met.";
    let found = [
        mention(body, "Bank of Iran", Kind::Org, "bank of iran"),
        mention(body, "Iran", Kind::Country, "IR"),
        mention(body, "Iran Oil", Kind::Person, "iran oil"),
    ];
    assert_eq!(
        mentions::marked(body, &found, Style::PLAIN),
        "The [Bank of [[Iran|country]|org] Oil|person] met."
    );
    let coloured = mentions::marked(body, &found, Style::COLOUR);
    assert!(coloured.contains("\x1b[1;35mBank of \x1b[0m\x1b[1;32mIran\x1b[0m"), "{coloured:?}");
}

#[test]
fn what_a_stranger_wrote_is_made_harmless_in_marks_tables_and_merges() {
    let body = "Ann\u{1b}[2J Lee\u{202e}x and Lee met.".to_owned();
    let found = [
        mention(&body, "Ann\u{1b}[2J Lee\u{202e}x", Kind::Person, "ann\u{7} lee"),
        mention(&body, "Lee met", Kind::Person, "ann\u{7} lee"),
    ];
    let article = Article { id: "a".to_owned(), body, ..Article::default() };
    let shown = [
        mentions::marked(&article.body, &found, Style::PLAIN),
        mentions::tables(&article, &found, Style::PLAIN),
        mentions::merges(&article, &found, Style::PLAIN),
    ];
    assert_eq!(shown[2], "  person   Ann[2J Leex, Lee met → ann lee\n");
    for text in shown {
        assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{text:?}");
    }
}

#[test]
fn an_index_without_mentions_says_so() {
    let place = Place::new();
    place.file("a.jsonl", br#"{"id": "a", "body": "Ann Lee left."}"#);
    assert_eq!(place.run(&["index", "--no-extract", "a.jsonl"]).code, 0);
    assert!(place.run(&["show", "a", "--mentions"]).out.ends_with("Ann Lee left.\n\nnothing is marked\n"));
}
