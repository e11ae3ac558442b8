//! What queries mean. A tree is shown as the query that it is printed as; what that means is pinned down by the tests
//! that look at trees, and by the round trips.

use std::ops::Bound;

use crate::article::{Kind, Span};
use crate::query::{
    Diagnostic, FieldName, Leaf, Limits, Node, NodeKind, PhrasePart, Proximity, Range, SlotFilter, Value,
    Variant, WildPart, parse,
};
use crate::text::date::parse_interval;

fn tree(query: &str) -> Node {
    match parse(query, &Limits::default()) {
        Ok(parsed) => parsed.query,
        Err(errors) => panic!("{}", errors.iter().map(|e| e.render(query)).collect::<Vec<_>>().join("\n")),
    }
}

fn same(pairs: &[(&str, &str)]) {
    for (query, printed) in pairs {
        assert_eq!(tree(query).to_string(), *printed, "{query}");
    }
}

fn leaf(query: &str) -> Leaf {
    match tree(query).kind {
        NodeKind::Leaf(leaf) => leaf,
        other => panic!("{query}: {other:?}"),
    }
}

fn range(query: &str) -> Range {
    match leaf(query).value {
        Value::Range(range) => range,
        other => panic!("{query}: {other:?}"),
    }
}

fn codes(query: &str) -> Vec<&'static str> {
    let all: Vec<Diagnostic> = parse(query, &Limits::default()).map_or_else(|e| e, |parsed| parsed.notes);
    all.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn the_queries_of_the_product_page_are_read_as_they_are_meant() {
    same(&[
        (
            "\"{number 100..500} nationals\"   country:US person:Noushabadi number:[100 TO 500]",
            "\"{number 100..500} nationals\" AND country:US AND person:Noushabadi AND number:[100 TO 500]",
        ),
        ("\"{person} told {org}\"", "\"{person} told {org}\""),
        (
            "(deport* OR expel*) W/10 Iranian published:[2025-09-01 TO *]",
            "(deport* OR expel*) W/10 Iranian AND published:>=2025-09-01",
        ),
        (
            "money.USD:[1bn TO *] \"{country} W/S sanctions\"",
            "money.USD:>=1bn AND \"{country}\" W/S \"sanctions\"",
        ),
        (
            "ATLEAST3(Iran) headline:\"deported US\"~2 source:IN [bbc ap]",
            "ATLEAST3(Iran) AND title:\"deported US\"~2 AND source:IN [bbc ap]",
        ),
    ]);
}

#[test]
fn and_binds_tighter_than_or_and_white_space_is_and() {
    same(&[
        ("a b OR c AND d", "a AND b OR c AND d"),
        ("(a OR b) c", "(a OR b) AND c"),
        ("a (b c)", "a AND (b AND c)"),
        ("((a))", "a"),
        ("a && b || c", "a AND b OR c"),
        ("a&&b||c", "a AND b OR c"),
    ]);
    let NodeKind::Or(either) = tree("a b OR c").kind else { panic!() };
    assert!(matches!(&either[0].kind, NodeKind::And(both) if both.len() == 2));
}

#[test]
fn not_and_plus_apply_to_what_follows_with_its_proximity() {
    same(&[
        ("-a b", "NOT a AND b"),
        ("NOT a W/5 b", "NOT a W/5 b"),
        ("!a", "NOT a"),
        ("! a", "NOT a"),
        ("--a", "NOT NOT a"),
        ("+a OR -(b c)", "+a OR NOT (b AND c)"),
        ("-title:a", "NOT title:a"),
        ("a -\"b c\"", "a AND NOT \"b c\""),
    ]);
    let NodeKind::Not(inside) = tree("-a W/5 b").kind else { panic!() };
    assert!(matches!(inside.kind, NodeKind::Near { .. }));
    assert!(matches!(tree("-a").kind, NodeKind::Not(_)), "a query may be negative only");
}

#[test]
fn signs_inside_a_word_are_a_part_of_it() {
    for word in [
        "co-operate",
        "mid-air",
        "9-11",
        "C++",
        "AT&T",
        "U.S.",
        "Iran's",
        "O’Neill",
        "24/7",
        "10:30",
        "1,000",
        "#tag",
        "Yahoo!",
        "and/or",
        "it's",
        "東京",
        "a|b",
        "$40bn",
    ] {
        assert_eq!(leaf(word).value, Value::Word(word.to_owned()));
        assert_eq!(codes(word), [""; 0], "{word}");
    }
}

#[test]
fn operators_are_upper_case_words_and_a_backslash_makes_words_of_them() {
    same(&[
        ("\\AND", "\\AND"),
        ("a \\OR b", "a AND \\OR AND b"),
        ("a and b", "a AND and AND b"),
        ("IN TO ATLEAST3 SAME", "IN AND TO AND ATLEAST3 AND SAME"),
        ("\\W/5", "\\W/5"),
        ("country:IN", "country:IN"),
    ]);
    assert_eq!(leaf("\\-x").value, Value::Word("-x".into()));
    assert_eq!(leaf("New\\ York").value, Value::Word("New York".into()));
    assert_eq!(leaf("a\\:b\\").value, Value::Word("a:b\\".into()));
    assert_eq!(codes("and then not"), [""; 0], "between parts only");
    assert_eq!(codes("the same day"), [""; 0], "a common word");
}

#[test]
fn proximity_binds_tightest_and_to_the_left() {
    same(&[
        ("a W/5 b c", "a W/5 b AND c"),
        ("a W/5 b PRE/3 c", "a W/5 b PRE/3 c"),
        ("a W/5 (b PRE/3 c)", "a W/5 (b PRE/3 c)"),
        ("a NEAR/5 b", "a W/5 b"),
        ("a NOT W/5 b", "a NOT W/5 b"),
        ("a W/S b W/P c", "a W/S b W/P c"),
        ("a w/5 b adj3 c near2 d /4 e /s f pre/1 g", "a W/5 b PRE/3 c W/2 d W/4 e W/S f PRE/1 g"),
        ("a^2 W/5 b^3", "a^2 W/5 b^3"),
        ("\"a b\" W/5 {person}", "\"a b\" W/5 \"{person}\""),
    ]);
    let NodeKind::Near { op, left, .. } = tree("a W/5 b NOT W/3 c").kind else { panic!() };
    assert_eq!(op, Proximity::NotWithin(3));
    assert!(matches!(left.kind, NodeKind::Near { op: Proximity::Within(5), .. }));
}

#[test]
fn an_operator_inside_quotes_joins_two_phrases() {
    same(&[
        ("\"{country} W/S new sanctions\"", "\"{country}\" W/S \"new sanctions\""),
        ("title:\"a b NOT W/5 c\"", "title:\"a b\" NOT W/5 title:\"c\""),
        ("-\"a W/5 b\"", "NOT \"a\" W/5 \"b\""),
        ("\"a W/5 b\"^2", "(\"a\" W/5 \"b\")^2"),
        ("\"W/5 b\"", "\"\\W/5 b\""),
        ("\"a w/5 b\"", "\"a w/5 b\""),
        ("\"a \\W/5 b\"", "\"a \\W/5 b\""),
    ]);
}

#[test]
fn a_field_before_a_group_goes_to_every_value_without_one() {
    same(&[
        ("title:(a OR \"b c\")", "title:a OR title:\"b c\""),
        ("title:(a body:b -c)", "title:a AND body:b AND NOT title:c"),
        ("title:(a W/5 (b OR c*))", "title:a W/5 (title:b OR title:c*)"),
        ("title:ATLEAST2(a)", "ATLEAST2(title:a)"),
        ("number:(>100 AND <=500 OR 7)", "number:>100 AND number:<=500 OR number:7"),
        ("source:(bbc OR ap)", "source:bbc OR source:ap"),
        ("url:(https://a.org/?x OR b:c)", "url:https://a.org/?x OR url:b:c"),
        ("title:(a *)", "title:a AND title:*"),
        ("title:(a - b)", "title:a AND title:b"),
    ]);
}

#[test]
fn fields_have_aliases_parts_and_any_case() {
    same(&[("headline:a people:b TITLE:c", "title:a AND person:b AND title:c"), ("title: a", "title:a")]);
    let field = leaf("money.usd.exact:5").field.unwrap();
    assert_eq!(
        (field.name, field.unit.as_deref(), field.variant),
        (FieldName::Money, Some("USD"), Some(Variant::Exact))
    );
    assert_eq!(field.span, Span::new(0, 15));
    assert_eq!(leaf("country.any:IR").field.unwrap().variant, Some(Variant::Any));
    assert_eq!(leaf("quantity.people:>100").field.unwrap().unit.as_deref(), Some("people"));
}

#[test]
fn a_colon_of_prose_is_no_field() {
    same(&[("re: budget", "re AND budget"), ("Iran: 120 home", "Iran AND 120 AND home"), ("16:9", "16\\:9")]);
    assert_eq!(codes("re:budget"), ["unknown_field"]);
    assert_eq!(codes("numbr: 5"), ["unknown_field"]);
    assert_eq!(codes("numbr:-5 nmber:[b TO a}"), ["unknown_field"; 2], "and nothing about its value");
}

#[test]
fn an_address_or_identifier_runs_to_white_space_or_the_parenthesis_around_it() {
    for (query, value) in [
        ("url:https://example.org/x?y=1&z=[2]", "https://example.org/x?y=1&z=[2]"),
        ("(url:https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("url:\"https://example.org/a b\"", "https://example.org/a b"),
        ("id:a~b:c\"d", "a~b:c\"d"),
        ("id:-5", "-5"),
        ("https://example.org/x?y=1*", "https://example.org/x?y=1*"),
    ] {
        assert_eq!(leaf(query).value, Value::Word(value.to_owned()), "{query}");
    }
    let parts = vec![WildPart::Literal("https://a.org/?b=".into()), WildPart::Any];
    assert_eq!(leaf("url:https://a.org/?b=*").value, Value::Wildcard(parts));
    same(&[("id:a^2", "id:a^2"), ("id:IN [a:b c*]", "id:IN [a:b c*]")]);
}

#[test]
fn wildcards_are_parts_and_a_lone_star_asks_for_existence() {
    let literal = |text: &str| WildPart::Literal(text.to_owned());
    assert_eq!(leaf("wom?n").value, Value::Wildcard(vec![literal("wom"), WildPart::One, literal("n")]));
    assert_eq!(leaf("ho\\*us**").value, Value::Wildcard(vec![literal("ho*us"), WildPart::Any]));
    assert_eq!(leaf("person:*").value, Value::Exists);
    assert_eq!(leaf("number:[* TO *]").value, Value::Exists);
    assert_eq!(leaf("_exists_:number").value, Value::Exists);
    for all in ["*", "*:*", "(*)"] {
        assert_eq!(tree(all).kind, NodeKind::All, "{all}");
    }
}

#[test]
fn a_fuzzy_word_is_as_far_off_as_is_said_or_as_its_length_allows() {
    for (query, expected) in
        [("word~", 1), ("longer~", 2), ("longer~1", 1), ("word~2", 2), ("person:Trmp~", 1)]
    {
        assert!(
            matches!(leaf(query).value, Value::Fuzzy { distance, .. } if distance == expected),
            "{query}"
        );
    }
}

#[test]
fn numbers_and_comparisons_are_ranges() {
    for (query, lo, hi) in [
        ("number:400", Bound::Included(400.0), Bound::Included(400.0)),
        ("number:=400", Bound::Included(400.0), Bound::Included(400.0)),
        ("number:>=1,000", Bound::Included(1000.0), Bound::Unbounded),
        ("number:> 100", Bound::Excluded(100.0), Bound::Unbounded),
        ("number>100", Bound::Excluded(100.0), Bound::Unbounded),
        ("number:≤-5", Bound::Unbounded, Bound::Included(-5.0)),
        ("number:-5", Bound::Included(-5.0), Bound::Included(-5.0)),
        ("number:[100 TO 1.5k}", Bound::Included(100.0), Bound::Excluded(1500.0)),
        ("number:{1e2 to *]", Bound::Excluded(100.0), Bound::Unbounded),
        ("number:[1 million TO \"2 million\"]", Bound::Included(1e6), Bound::Included(2e6)),
        ("number:100..500", Bound::Included(100.0), Bound::Included(500.0)),
        ("number:100..", Bound::Included(100.0), Bound::Unbounded),
        ("number:..500", Bound::Unbounded, Bound::Included(500.0)),
        ("percent:8%", Bound::Included(8.0), Bound::Included(8.0)),
        ("percent:8", Bound::Included(8.0), Bound::Included(8.0)),
        ("money.USD:[1bn TO *]", Bound::Included(1e9), Bound::Unbounded),
        ("quantity.people:>1.2m", Bound::Excluded(1.2e6), Bound::Unbounded),
    ] {
        assert_eq!(range(query).numbers(), Some((lo, hi)), "{query}");
        assert_eq!(range(query).instants(), None);
    }
}

#[test]
fn a_value_keeps_the_unit_that_it_states() {
    for (query, unit) in [
        ("money:$40bn", Some("USD")),
        ("money:[1bn TO €2bn]", Some("EUR")),
        ("money:\"3 million pounds\"", Some("GBP")),
        ("money.USD:$5", Some("USD")),
        ("money:5", None),
        ("percent:8%", None),
        ("quantity:\"5 km\"", Some("km")),
        ("quantity:5..10km", Some("km")),
        ("number:\"400 people\"", Some("people")),
    ] {
        assert_eq!(range(query).unit(), unit, "{query}");
    }
    assert_eq!(range("quantity:5m").numbers(), Some((Bound::Included(5.0), Bound::Included(5.0))));
}

#[test]
fn a_date_stands_for_all_of_its_stretch() {
    let (from, to) = parse_interval("2025-09").unwrap();
    for (query, stretch) in [
        ("published:2025-09", (from, to)),
        ("published:[2025-09-01 TO 2025-09-30]", (from, to)),
        ("published:>2025-09", (to, i64::MAX)),
        ("published:>=2025-09", (from, i64::MAX)),
        ("updated:<2025-09", (i64::MIN, from)),
        ("date:<=2025-09", (i64::MIN, to)),
        ("published:2025-09..2025-09", (from, to)),
        ("published:[2025-09-01T00:00:00Z TO 2025-10-01T00:00:00Z}", (from, to)),
        ("published:[2025-09-15 TO 2025-09]", (parse_interval("2025-09-15").unwrap().0, to)),
    ] {
        assert_eq!(range(query).instants(), Some(stretch), "{query}");
        assert_eq!(range(query).numbers(), None);
    }
}

#[test]
fn a_list_parts_its_values_at_white_space_and_commas() {
    same(&[
        ("source:IN [bbc, ap,reuters]", "source:IN [bbc ap reuters]"),
        ("source:IN [ \"New York Times\" bbc*]", "source:IN [\"New York Times\" bbc*]"),
        ("number:IN [1,000 2,000]", "number:IN [1,000 2,000]"),
        ("published:IN[2024 2025]", "published:IN [2024 2025]"),
        ("IN [a b]", "IN [a b]"),
    ]);
    let Value::In(items) = leaf("country:IN [IR \"South Korea\"]").value else { panic!() };
    assert_eq!(items[1].span, Span::new(15, 28));
}

#[test]
fn a_slot_has_a_kind_and_may_have_a_name_and_a_filter() {
    let slot = |query: &str| {
        let Value::Phrase(phrase) = leaf(query).value else { panic!("{query}") };
        let slot = phrase.parts.into_iter().find_map(|part| match part {
            PhrasePart::Slot(slot) => Some(slot),
            PhrasePart::Word(_) => None,
        });
        slot.unwrap()
    };
    let named = slot("\"by {who=people}\"");
    assert_eq!((named.name.as_deref(), named.kind, named.filter), (Some("who"), Kind::Person, None));
    assert_eq!(named.span, Span::new(4, 16));
    for key in ["{person \"donald trump\"}", "\"{ x = person  donald trump }\"", "“{person “donald trump”}”"]
    {
        assert_eq!(slot(key).filter, Some(SlotFilter::Key("donald trump".into())), "{key}");
    }
    let numbers = |query: &str| match slot(query).filter {
        Some(SlotFilter::Range(range)) => (range.numbers().unwrap(), range.unit().map(str::to_owned)),
        other => panic!("{query}: {other:?}"),
    };
    for (query, lo, hi, unit) in [
        ("{number 100..500}", Bound::Included(100.0), Bound::Included(500.0), None),
        ("{number>100}", Bound::Excluded(100.0), Bound::Unbounded, None),
        ("{number 400}", Bound::Included(400.0), Bound::Included(400.0), None),
        ("{number 100..}", Bound::Included(100.0), Bound::Unbounded, None),
        ("{money 1bn..2bn USD}", Bound::Included(1e9), Bound::Included(2e9), Some("USD")),
        ("{money >$1bn}", Bound::Excluded(1e9), Bound::Unbounded, Some("USD")),
        ("{quantity 5..10 km}", Bound::Included(5.0), Bound::Included(10.0), Some("km")),
        ("{percent ..8%}", Bound::Unbounded, Bound::Included(8.0), None),
    ] {
        assert_eq!(numbers(query), ((lo, hi), unit.map(str::to_owned)), "{query}");
    }
    assert_eq!(slot("{quantity km}").filter, Some(SlotFilter::Unit("km".into())));
    assert_eq!(slot("{money dollars}").filter, Some(SlotFilter::Unit("USD".into())));
    let Some(SlotFilter::Range(dates)) = slot("{date 2025-01..2025-03}").filter else { panic!() };
    assert!(dates.instants().is_some());
    same(&[("\"{number}-year-old {person}\"", "\"{number} -year-old {person}\"")]);
}

#[test]
fn spans_say_where_each_part_was_written() {
    let query = "x (title:\"a b\"^2 OR -country:Iran)";
    let NodeKind::And(both) = tree(query).kind else { panic!() };
    assert_eq!(both[1].span.of(query), "(title:\"a b\"^2 OR -country:Iran)");
    let NodeKind::Or(either) = &both[1].kind else { panic!() };
    assert_eq!(either[0].span.of(query), "title:\"a b\"^2");
    let NodeKind::Not(child) = &either[1].kind else { panic!() };
    let NodeKind::Leaf(leaf) = &child.kind else { panic!() };
    assert_eq!(child.span.of(query), "country:Iran");
    assert_eq!(leaf.value_span.of(query), "Iran");
    assert_eq!(leaf.field.as_ref().unwrap().span.of(query), "country");
    let Bound::Included(hi) = range("number:[100 TO 500]").hi else { panic!() };
    assert_eq!(hi.span.of("number:[100 TO 500]"), "500");
}

#[test]
fn a_hostile_query_is_refused_and_neither_overflows_nor_explodes() {
    let roomy = Limits { query_bytes: 1 << 20, depth: usize::MAX, ..Limits::default() };
    for piece in ["(", "-", "NOT ", "title:(", "ATLEAST2(", "a W/1 ", "(a ", "-(+", "[", "\"{", "a^2", "IN ["]
    {
        let query = piece.repeat((100_000 / piece.len()).max(1));
        let errors = parse(&query, &roomy).unwrap_err();
        assert!(!errors.is_empty() && errors.len() <= 41, "{piece}: {}", errors.len());
    }
    let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(
        parse(&deep, &roomy).unwrap_err()[0].message,
        "depth of parentheses: 100000, the limit is 128"
    );
    assert_eq!(
        parse(&deep, &Limits::default()).unwrap_err()[0].message,
        "bytes of the query: 200001, the limit is 8192"
    );
    let wide = "a OR ".repeat(100_000) + "a";
    assert_eq!(codes(&wide), ["limit"]);
}

#[test]
fn the_tree_can_be_sent_as_json() {
    let json = serde_json::to_value(tree("number:>5 \"{who=person} said\"")).unwrap();
    assert!(json.to_string().contains("\"who\""));
}
