//! Facets and timelines by the program: tables, charts, rows, JSON and pictures, safe for who reads them.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::Place;
use serde_json::{Value, json};

const FERRY: &str = r#"{"id": "p1", "source": "Harbour Post", "published": "2025-03-04", "title": "Ferry returns to Port Hallam", "body": "Some 400 Italian passengers were unharmed, Captain Rosa Venn said.\nRepairs will cost $1.2m, up to 8% more than planned."}"#;
const STRIKE: &str = r#"{"id": "p2", "source": "=HYPERLINK(\"x\"),\u001b[31m", "published": "2025-03-05", "lang": "en", "title": "Port strike ends", "body": "Dockers in Port Hallam went back to work. Rosa Venn told Omar Haddad that 30 ships had waited and $2,000 were lost."}"#;
const FARES: &str = r#"{"id": "p3", "source": "Harbour Post", "title": "Ferry fares rise", "body": "Ferry fares from Port Hallam to Italy rise by 8 per cent, Rosa Venn said."}"#;
const LATER: &str = r#"{"id": "p4", "source": "Harbour Post", "published": "2025-03-20", "title": "Ferry sold", "body": "The ferry was sold for $40 million to a port in France, Omar Haddad said."}"#;

fn place() -> Place {
    Place::with(&[FERRY, STRIKE, FARES, LATER])
}

fn json_of(place: &Place, args: &[&str]) -> Value {
    let ran = place.run(&[args, &["--format", "json"]].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:?}"))
}

#[test]
fn facets_count_who_and_where_beside_all_articles() {
    let place = place();
    let ran = place.run(&["facets", "--by", "person,country,person+country,source,month", "ferry"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!(ran.out, @r#"
    person (2 different)
    articles   of all    lift
           2        3     0.9  rosa venn
           1        2     0.7  omar haddad

    country (2 different)
    articles   of all    lift
           2        2     1.3  Italy (IT)
           1        1     1.3  France (FR)

    person+country
    articles   of all    lift
           2        2     1.3  rosa venn + Italy (IT)
           1        1     1.3  omar haddad + France (FR)

    source (1 different)
    articles   of all    lift
           3        3     1.3  Harbour Post

    month (1 different)
    articles   of all    lift
           2        3     0.9  2025-03
    "#);
    assert_eq!(ran.err, "3 of 4 articles\n");
    let ran = place.run(&["facets", "ferry"]);
    assert!(ran.out.starts_with("country (") && ran.out.contains("\nplace ("), "{}", ran.out);
    let ran = place.run(&["facets", "--by", "person", "zeppelin"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
}

#[test]
fn quantities_are_summed_up_by_unit() {
    let place = place();
    insta::assert_snapshot!(place.run(&["facets", "--by", "money.USD,quantity,percent", "*"]).out, @r#"
    money.USD
    3 values in 3 articles: least 2,000, median 1,200,000, greatest 40,000,000 USD
          1,000 to      10,000  1  ████████████████████████████████████████
         10,000 to     100,000  0
        100,000 to   1,000,000  0
      1,000,000 to  10,000,000  1  ████████████████████████████████████████
     10,000,000 to 100,000,000  1  ████████████████████████████████████████

    quantity
    articles   values           least          median            greatest
           1        1             400             400                 400  passenger
           1        1              30              30                  30  ship

    percent
    2 values in 2 articles: least 8, median 8, greatest 8
    8 to 8  2  ████████████████████████████████████████
    "#);
}

#[test]
fn programs_get_the_same_counts() {
    let place = place();
    let found = json_of(&place, &["facets", "--by", "person,money.USD,person+source", "-n", "1", "ferry"]);
    assert_eq!((&found["articles"], &found["all"]), (&json!(3), &json!(4)));
    assert_eq!(
        found["facets"][0],
        json!({"by": "person", "distinct": 2, "values": [
            {"value": ["rosa venn"], "articles": 2, "all": 3, "lift": 0.889, "surprise": -0.68},
        ]})
    );
    assert_eq!(found["facets"][1]["units"][0]["values"], json!(2), "{found}");
    assert_eq!(found["facets"][2]["values"][0]["value"], json!(["rosa venn", "Harbour Post"]));
    let lines = place.run(&["facets", "--by", "person,day", "--format", "jsonl", "ferry"]).out;
    assert_eq!(lines.lines().count(), 2);
    let rows = place.run(&["facets", "--by", "source", "--format", "csv", "*"]).out;
    insta::assert_snapshot!(rows, @r#"
    by,value,with,articles,all,lift,surprise,values,intervals,min,median,max
    source,Harbour Post,,3,3,1.000,0.000,,,,,
    source,"'=HYPERLINK(""x""),[31m",,1,1,1.000,0.000,,,,,
    "#);
}

#[test]
fn a_timeline_is_a_chart_that_fits_the_terminal() {
    let place = place();
    let chart = |args: &[&str], columns: &str| {
        let mut program = place.program();
        common::Ran::of(program.arg("timeline").args(args).env("COLUMNS", columns))
    };
    let ran = chart(&["--by", "day", "*"], "40");
    insta::assert_snapshot!(ran.out, @r#"
    2025-03-04  1  █████████████████████████
    2025-03-05  1  █████████████████████████
    ⋮           14 days without
    2025-03-20  1  █████████████████████████
    4 articles by day, most (1) on 2025-03-04; 1 without a date
    "#);
    assert!(ran.err.is_empty() && !ran.out.contains('\x1b'), "{ran:?}");
    for by in ["week", "month", "year"] {
        let ran = chart(&["--by", by, "*"], "60");
        assert!(ran.code == 0 && ran.out.contains(&format!("4 articles by {by}")), "{ran:?}");
        assert!(ran.out.lines().filter(|line| line.contains('█')).all(|line| line.chars().count() <= 60));
    }
    assert_eq!(chart(&["*"], "").out.lines().last(), chart(&["--by", "day", "*"], "").out.lines().last());
    let ran = chart(&["--since", "2025-03-05", "--until", "2025-03-05", "*"], "");
    assert!(ran.out.contains("1 article by day, most (1) on 2025-03-05\n"), "{ran:?}");
    assert_eq!(chart(&["zeppelin"], "").code, 1);
}

#[test]
fn a_timeline_is_rows_json_and_a_picture_too() {
    let place = place();
    let rows = place.run(&["timeline", "--by", "week", "--format", "csv", "*"]).out;
    insta::assert_snapshot!(rows, @r#"
    week,from,articles
    2025-W10,2025-03-03,2
    2025-W11,2025-03-10,0
    2025-W12,2025-03-17,1
    ,,1
    "#);
    let found = json_of(&place, &["timeline", "--by", "month", "*"]);
    assert_eq!(
        (&found["articles"], &found["undated"], &found["by"]),
        (&json!(4), &json!(1), &json!("month"))
    );
    assert_eq!(found["stretches"], json!([{"label": "2025-03", "from": "2025-03-01", "articles": 3}]));
    let lines = place.run(&["timeline", "--by", "year", "--format", "jsonl", "*"]).out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[1], json!({"label": null, "from": null, "articles": 1}), "{lines:?}");
    let query = "* OR \"</title><script>\"";
    let picture = place.run(&["timeline", "--by", "day", "--format", "svg", query]).out;
    assert!(picture.starts_with("<svg xmlns=") && picture.ends_with("</svg>\n"), "{picture}");
    for part in ["role=\"img\"", "<desc id=\"desc\">4 articles by day", "&lt;script&gt;"] {
        assert!(picture.contains(part), "{part}: {picture}");
    }
    assert!(!picture.contains("<script") && !picture.contains("href"), "{picture}");
}

#[test]
fn copies_are_counted_as_articles_or_once() {
    let again = FERRY.replace("\"p1\"", "\"c1\"").replace("Harbour Post", "Meridian");
    let wire = "The coastguard said that tugs reached the ferry within the hour, that nobody was hurt and that the harbour master had asked \
        for leave to look at the hull before the crossing opens again on Thursday at the earliest.";
    let lines: Vec<String> = ["a", "b"]
        .map(|id| {
            format!(r#"{{"id": "{id}", "source": "{id}", "published": "2025-01-02", "body": "{wire}"}}"#)
        })
        .to_vec();
    let place = Place::with(&[&lines[0], &lines[1], FERRY, &again]);
    let sources = |group: &str| {
        let found = json_of(&place, &["facets", "--by", "source", "--group", group, "coastguard"]);
        (found["articles"].clone(), found["facets"][0]["values"].as_array().unwrap().len())
    };
    assert_eq!(sources("none"), (json!(2), 2));
    assert_eq!(sources("copy"), (json!(1), 1));
    let found = json_of(&place, &["timeline", "--by", "day", "--group", "copy", "coastguard"]);
    assert_eq!(found["articles"], json!(1));
}

#[test]
fn what_cannot_be_counted_or_printed_is_said() {
    let place = place();
    let ran = place.run(&["facets", "--by", "persn", "ferry"]);
    assert!(ran.code == 2 && ran.err.contains("did you mean \"person\"?"), "{ran:?}");
    for args in [
        &["search", "--format", "csv", "ferry"][..],
        &["facets", "--format", "svg", "ferry"],
        &["stats", "--format", "svg"],
        &["facets", "--captures", "--format", "csv", "\"{number} ships\""],
        &["facets", "--captures", "--by", "person", "ferry"],
        &["timeline", "--by", "hour", "ferry"],
    ] {
        let ran = place.run(args);
        assert!(ran.code == 2 && ran.out.is_empty() && !ran.err.is_empty(), "{args:?}: {ran:?}");
    }
    for command in ["facets", "timeline"] {
        let ran = place.run(&[command, "--timeout", "0.0000001", "ferry"]);
        assert!(ran.code == 2 && ran.err.contains("was stopped") && ran.out.is_empty(), "{ran:?}");
    }
    let ran = place.run(&["facets", "--by", "person", "person:vemn"]);
    assert!(ran.code == 1 && ran.err.contains("did you mean"), "{ran:?}");
}
