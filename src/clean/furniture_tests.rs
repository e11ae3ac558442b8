//! Every rule with its examples, and ordinary lines that must stay.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::article::TextField;
use crate::clean::furniture_table::Kind;

fn strip_with(text: &str, byline: &mut Option<String>) -> (String, Vec<(String, &'static str)>) {
    let mut log = Log::new(TextField::Body, text, true);
    let out = strip(text, byline, &mut log).map_or_else(|| text.to_owned(), |stripped| stripped.text);
    assert!(log.changes.iter().all(|c| c.span.of(text) == c.text), "{:?}", log.changes);
    let why = |reason: Reason| reason.rule().unwrap_or(reason.name());
    (out, log.changes.into_iter().map(|c| (c.text, why(c.reason))).collect())
}

fn stripped(text: &str) -> String {
    strip_with(text, &mut Some(String::new())).0
}

const STORY: &str = "The swing bridge at Port Arden will be closed to lorries from the first of the month.\n\
    The harbour board said that its bearings were worn.";

#[test]
fn every_rule_takes_its_examples() {
    for rule in RULES {
        for example in rule.examples {
            let text = match rule.place {
                Place::Tail => format!("{STORY}\n{example}"),
                _ => format!("{example}\n{STORY}"),
            };
            let (out, dropped) = strip_with(&text, &mut Some(String::new()));
            assert_eq!(out, STORY, "{example}");
            assert_eq!(dropped, [((*example).to_owned(), rule.name)]);
        }
        assert!(!rule.examples.is_empty() && rule.most <= LONGEST, "{}", rule.name);
    }
}

#[test]
fn patterns_are_written_as_lines_are_folded() {
    let mut matcher = Matcher::default();
    for rule in RULES {
        let (Kind::Is(patterns)
        | Kind::Begins(patterns)
        | Kind::BeginsAndHolds(patterns, _)
        | Kind::Ends(patterns)) = rule.kind
        else {
            continue;
        };
        for pattern in patterns {
            assert_eq!(*pattern, pattern.to_lowercase());
            if matches!(rule.kind, Kind::Is(_)) {
                assert_eq!(matcher.fold(pattern), *pattern, "would never be found");
            }
        }
    }
    assert!(LIST_HEADINGS.iter().all(|heading| matcher.fold(heading) == *heading));
}

#[test]
fn ordinary_sentences_and_lines_of_a_story_stay() {
    let stay = [
        "Share prices fell 3 percent on Monday after the bank cut its forecast.",
        "Share of the vote: 41 percent",
        "Follow-up talks are planned for May.",
        "Follow the money, she told reporters.",
        "Advertisement revenue rose by a tenth, the publisher said.",
        "Subscribe or be sued: that was the choice, he said.",
        "Subscribers to the service fell by 200,000 in the quarter.",
        "Sign up for the draft was slow, the general said.",
        "Get the latest vaccine, doctors say.",
        "Read more carefully, the judge told him.",
        "Reading was closed on Tuesday because of the flood.",
        "Related parties own 40 percent of the company.",
        "More on that later, the minister said.",
        "More than 400 people were on board.",
        "Watch: it will happen again, he said.",
        "Video showed the car leaving the road.",
        "Photos of the crash spread within minutes.",
        "Photographer Jane Doe won the prize.",
        "Copyright law is to be changed next year.",
        "Cookies were sold at the church fair.",
        "We use cookies and cake to raise money, said the vicar, who has run the fair for thirty years and means to go on, whatever the diocese, the council, the neighbours or indeed the weather may have to say about it, and the weather, he said, has had plenty to say, this year in particular, when the tent blew into the river and the cakes with it.",
        "Listen to this: the mayor has resigned.",
        "Audio by itself proves nothing, the court held.",
        "Image is everything, he said.",
        "Editing by hand takes weeks, the archivist said.",
        "Latest figures show a fall of 2 percent.",
        "Trending upwards since May, wages rose again.",
        "Popular with tourists, the island has two hotels.",
        "4 hours later the bridge was open.",
        "12 months",
        "3 months - -",
        "Who is next",
        "Four hours ago he was alive.",
        "5 minutes of silence were kept.",
        "12 people commented.",
        "1 of every 10 houses was damaged",
        "By Monday the water had gone.",
        "By Popular vote he would have lost, she said.",
        "Facebook and Twitter were blocked in the capital.",
        "The Associated Press reported the story first.",
        "Profit before tax: $4.1 million",
        "\"Share this story,\" she said.",
        "The opinions expressed at the hearing were divided.",
        "Views expressed by 40 witnesses fill the report.",
        "“I want them to read more",
        "Story continued to sell for years, the publisher said.",
        "Given name after given name was read out.",
        "Contact us at any time, the police said.",
        "Play was stopped at noon.",
        "The mayor is on Twitter, and many follow him on it.",
        "He is said to be at sea. Follow her on foot, the captain told them, and the rest will come by boat, as they always have.",
        "He was told that they had won by clicking here.",
        "Who pays?",
        "Key points",
        "Updated figures show a fall of 2 percent.",
        "Updated forecast",
        "Published in March, the report blames the board.",
        "The report was published on Monday by the board.",
        "This story has two sides.",
        "He wrote that 12 people: Ann among them, had left.",
        "A man of many words, he said it twice: No way back.",
        "The bank's newsletter has 3,000 subscribers, who sign up online.",
        "He told them where to click here and there.",
        "HARBOUR BOARD",
        "Jane Doe is the mayor of Port Arden and stood for the board.",
        "Jane Doe, an editor, said that the paper would close.",
        "First phase of repairs",
        "...",
    ];
    for line in stay {
        for text in [format!("{STORY}\n{line}\n{STORY}"), format!("{line}\n{STORY}")] {
            assert_eq!(stripped(&text), text, "{line}");
        }
        if line.ends_with('.') {
            let text = format!("{STORY}\n{line}");
            assert_eq!(stripped(&text), text, "{line}");
        }
    }
}

#[test]
fn a_list_of_other_stories_goes_with_its_heading() {
    let text = format!(
        "{STORY}\nLatest Stories\n-\nMayor of Holm steps down after vote\n4 hours -\nWhy is the tide so high?\n5 hours -\nGoods: exports fall\n5 hours"
    );
    let (out, dropped) = strip_with(&text, &mut None);
    assert_eq!(out, STORY);
    assert_eq!(dropped[0], ("Latest Stories".to_owned(), "story_list"));
    assert_eq!(dropped.len(), 8);
}

#[test]
fn a_list_goes_whichever_rule_took_its_heading() {
    let text = format!(
        "{STORY}\n- Harbour wire staff contributed to this report.\nAlso see:\nMayor of Holm steps down after vote\nWhy is the tide so high?"
    );
    assert_eq!(stripped(&text), STORY);
}

#[test]
fn a_heading_above_more_of_the_story_stays() {
    let text =
        format!("{STORY}\nTrending\nThe bridge was the most searched-for word of the day, the company said.");
    assert_eq!(stripped(&text), text);
}

#[test]
fn the_foot_is_peeled_in_whatever_order_it_comes() {
    let text = format!(
        "{STORY}\nMore from The Paper\nMayor steps down\nTide is high\n(Reporting by Jane Doe; Editing by Tomas Brandt)\nShare\n© 2025 The Paper. All rights reserved."
    );
    assert_eq!(stripped(&text), STORY);
}

#[test]
fn a_credit_in_brackets_is_cut_from_the_last_paragraph() {
    for credit in [
        " (Reporting by Jane Doe in Port Arden; Editing by Tomas Brandt)",
        " (Additional reporting by Jane Doe) (Editing by Tomas Brandt)",
        " -- Additional reporting by Jane Doe in Holm",
        "\n(Writing by Jane Doe)",
    ] {
        assert_eq!(stripped(&format!("{STORY}{credit}")), STORY, "{credit}");
    }
    let text =
        format!("{STORY} It was built in 1911 (reporting by then was done by telegraph) and has two arms.");
    assert_eq!(stripped(&text), text);
}

#[test]
fn a_line_that_is_only_a_byline_becomes_the_byline_if_there_is_none() {
    let mut byline = None;
    let (out, dropped) = strip_with(&format!("By Jane Doe and Tomas van Brandt\n{STORY}"), &mut byline);
    assert_eq!((out.as_str(), byline.as_deref()), (STORY, Some("Jane Doe and Tomas van Brandt")));
    assert_eq!(dropped[0].1, "byline");
    let text = format!("By Jane Doe\n{STORY}");
    let mut stated = Some("J. Doe".to_owned());
    assert_eq!((strip_with(&text, &mut stated).0.as_str(), stated.as_deref()), (STORY, Some("J. Doe")));
    let text = format!("Jane Doe, Harbour Times\n{STORY}");
    assert_eq!(strip_with(&text, &mut stated).0, text);
}

#[test]
fn a_caption_loses_its_labels_and_stays() {
    let text = format!("{STORY}\nImage copyright Agency Image caption The bridge was built in 1911\n{STORY}");
    assert_eq!(stripped(&text), format!("{STORY}\nThe bridge was built in 1911\n{STORY}"));
    let text = format!("{STORY}\nImage copyright Agency\n{STORY}");
    assert_eq!(stripped(&text), format!("{STORY}\n{STORY}"));
}

#[test]
fn a_headline_in_capitals_between_paragraphs_goes() {
    let long = "The swing bridge at Port Arden will be closed to lorries from the first of the month on.";
    let headline = "MAYOR OF HOLM STEPS DOWN AFTER VOTE ON TIDE";
    assert_eq!(stripped(&format!("{long}\n{headline}\n{long}")), format!("{long}\n{long}"));
    for text in [
        format!("{headline}\n{long}\n{long}"),
        format!("{long}\nWHAT IT COSTS\n{long}"),
        format!("{}\n{headline}\n{}", long.to_uppercase(), long.to_uppercase()),
    ] {
        assert_eq!(stripped(&text), text);
    }
}

#[test]
fn an_article_of_nothing_but_furniture_is_left_alone() {
    assert_eq!(stripped("Share\nSubscribe now"), "Share\nSubscribe now");
}
