//! `parse(print(q)) == q`, for what people can type and for every tree there can be.

use std::ops::Bound;

use proptest::prelude::*;
use proptest::sample::select;

use crate::article::{Kind, Span};
use crate::query::fields::Class;
use crate::query::{
    FieldName, FieldRef, Item, Leaf, Limits, Node, NodeKind, Phrase, PhrasePart, Proximity, Range, Scalar,
    ScalarValue, Slot, SlotFilter, Value, Variant, WildPart, parse, print,
};
use crate::text::{date, fold, tokens};

const NOWHERE: Span = Span { start: 0, end: 0 };

fn wide() -> Limits {
    Limits {
        query_bytes: 1 << 20,
        depth: 100,
        clauses: 10_000,
        phrase_words: 10_000,
        list_values: 10_000,
        ..Limits::default()
    }
}

fn at(kind: NodeKind) -> Node {
    Node { kind, span: NOWHERE }
}

/// Characters that mean something somewhere, words that do, and characters that should mean nothing.
fn text() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        "Iran",
        "AND",
        "OR",
        "NOT",
        "IN",
        "TO",
        "W/5",
        "w/s",
        "SAME",
        "adj5",
        "ATLEAST3",
        "and",
        "é",
        "東",
        "5",
        "1,000",
        "U.S.",
        "O’Neill",
        "\\",
        "\"",
        "“",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "^",
        "~",
        "*",
        "?",
        ":",
        "/",
        "//",
        "-",
        "+",
        "!",
        "&",
        "&&",
        "|",
        "=",
        "<",
        ">",
        "≥",
        ",",
        ".",
        "..",
        "…",
        "$",
        "€",
        "%",
        " ",
        "\u{a0}",
        "\t",
        "\u{0}",
        "\u{202e}",
        "title",
        "number",
        "{person}",
        "https://",
        "_exists_",
    ]);
    prop_oneof![
        4 => prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat()),
        1 => "\\PC{1,6}",
    ]
}

/// Text that holds something to search for.
fn word() -> impl Strategy<Value = String> {
    text().prop_filter("holds a token", |text| tokens(text).next().is_some())
}

fn numeric_kind(name: FieldName) -> Option<Kind> {
    match name.class() {
        Class::Numeric(kind) => Some(kind),
        _ => None,
    }
}

/// Values as people write them, in order, each with its reading.
fn numbers(kind: Kind, unit_given: bool) -> Vec<Scalar> {
    let number = |text: &str, value: f64, unit: Option<&str>| Scalar {
        text: text.to_owned(),
        value: ScalarValue::Number { value, unit: unit.map(str::to_owned) },
        span: NOWHERE,
    };
    let mut all = vec![
        number("-5", -5.0, None),
        number("−1", -1.0, None),
        number(".5", 0.5, None),
        number("1", 1.0, None),
        number("1e2", 100.0, None),
        number("1,000", 1000.0, None),
        number("1.2mn", 1.2e6, None),
        number("2 million", 2e6, None),
        number("40bn", 40e9, None),
    ];
    match kind {
        Kind::Money if !unit_given => {
            all.push(number("$41bn", 41e9, Some("USD")));
            all.push(number("42bn USD", 42e9, Some("USD")));
        }
        Kind::Percent => all.insert(4, number("8%", 8.0, None)),
        Kind::Quantity if unit_given => all.insert(7, number("1.3m", 1.3e6, None)),
        Kind::Quantity => {
            all.insert(4, number("5 km", 5.0, Some("km")));
            all.insert(5, number("7km", 7.0, Some("km")));
        }
        Kind::Number => all.insert(4, number("5 \"odd\" {people}", 5.0, Some("\"odd\" {people}"))),
        _ => {}
    }
    // A unit begins with a letter, so the odd one is written behind a word.
    for scalar in &mut all {
        if let ScalarValue::Number { unit: Some(unit), .. } = &mut scalar.value
            && unit.starts_with('"')
        {
            scalar.text = "5 very \"odd\" {people}".to_owned();
            *unit = "very \"odd\" {people}".to_owned();
        }
    }
    all
}

fn dates() -> Vec<Scalar> {
    ["1999", "2024-02", "2024-03-05", "2025-09-01T10:00:00Z", "2 September 2025", "2025-10", "12/31/2025"]
        .into_iter()
        .map(|text| {
            let (from, to) = date::parse_interval(text).unwrap();
            Scalar { text: text.to_owned(), value: ScalarValue::Date { from, to }, span: NOWHERE }
        })
        .collect()
}

/// Ranges over values in order; `slot` leaves out those that a slot cannot say.
fn range(values: Vec<Scalar>, slot: bool) -> impl Strategy<Value = Range> {
    let last = values.len() - 1;
    (0..=last, 0..=last, 0..8_u8).prop_map(move |(a, b, form)| {
        let (lo, hi) = (values[a.min(b)].clone(), values[a.max(b)].clone());
        let (lo, hi) = match form {
            0 => (Bound::Included(lo), Bound::Unbounded),
            1 => (Bound::Excluded(lo), Bound::Unbounded),
            2 => (Bound::Unbounded, Bound::Included(hi)),
            3 => (Bound::Unbounded, Bound::Excluded(hi)),
            4 if a != b && !slot => (Bound::Excluded(lo), Bound::Included(hi)),
            5 if a != b && !slot => (Bound::Excluded(lo), Bound::Excluded(hi)),
            6 if a != b && !slot => (Bound::Included(lo), Bound::Excluded(hi)),
            _ => (Bound::Included(lo), Bound::Included(hi)),
        };
        Range { lo, hi }
    })
}

fn text_range() -> impl Strategy<Value = Range> {
    let scalar = |text: String| Scalar { text, value: ScalarValue::Text, span: NOWHERE };
    let trimmed = |text: String| text.trim().to_owned();
    (text().prop_map(trimmed), text().prop_map(trimmed), 0..4_u8).prop_map(move |(a, b, form)| {
        let (lo, hi) = if fold(&a) <= fold(&b) { (a, b) } else { (b, a) };
        let apart = fold(&lo) != fold(&hi);
        let (lo, hi) = (scalar(lo), scalar(hi));
        let (lo, hi) = match form {
            0 => (Bound::Excluded(lo), Bound::Unbounded),
            1 => (Bound::Unbounded, Bound::Included(hi)),
            2 if apart => (Bound::Excluded(lo), Bound::Excluded(hi)),
            _ => (Bound::Included(lo), Bound::Included(hi)),
        };
        Range { lo, hi }
    })
}

fn slot() -> impl Strategy<Value = Slot> {
    let filter = |kind: Kind| match kind {
        Kind::Date => range(dates(), true).prop_map(|range| Some(SlotFilter::Range(range))).boxed(),
        Kind::Money => prop_oneof![
            range(numbers(kind, false), true).prop_map(|range| Some(SlotFilter::Range(range))),
            Just(Some(SlotFilter::Unit("EUR".into()))),
        ]
        .boxed(),
        Kind::Number | Kind::Quantity => prop_oneof![
            range(numbers(kind, false), true).prop_map(|range| Some(SlotFilter::Range(range))),
            select(vec!["people", "m²", "metric tons", "km\"h\\", "a}b{c", "x2"])
                .prop_map(|unit| Some(SlotFilter::Unit(unit.into()))),
        ]
        .boxed(),
        Kind::Percent => {
            range(numbers(kind, false), true).prop_map(|range| Some(SlotFilter::Range(range))).boxed()
        }
        _ => word().prop_map(|key| Some(SlotFilter::Key(key.trim().to_owned()))).boxed(),
    };
    let name = prop::option::of("[a-zA-Z_][a-zA-Z0-9_]{0,3}");
    (select(Kind::ALL.to_vec()), any::<bool>(), name).prop_flat_map(move |(kind, filtered, name)| {
        let filter = if filtered { filter(kind) } else { Just(None).boxed() };
        filter.prop_map(move |filter| Slot { name: name.clone(), kind, filter, span: NOWHERE })
    })
}

fn phrase(slots: bool) -> impl Strategy<Value = Phrase> {
    let part = if slots {
        prop_oneof![3 => text().prop_map(PhrasePart::Word), 1 => slot().prop_map(PhrasePart::Slot)].boxed()
    } else {
        text().prop_map(PhrasePart::Word).boxed()
    };
    let parts = prop::collection::vec(part, 1..5).prop_filter("holds a token or slot", |parts| {
        parts.iter().any(|part| match part {
            PhrasePart::Word(word) => tokens(word).next().is_some(),
            PhrasePart::Slot(_) => true,
        })
    });
    (parts, 0..=64_u32).prop_map(|(parts, slop)| Phrase { parts, slop })
}

fn wildcard(raw: bool) -> impl Strategy<Value = Vec<WildPart>> {
    let begin = if raw { text().boxed() } else { word().boxed() };
    (begin, prop::collection::vec((0..2_u8, prop::option::of(text())), 1..3)).prop_map(
        move |(begin, rest)| {
            let mut parts = vec![WildPart::Literal(begin)];
            for (sign, literal) in rest {
                let sign = if sign == 0 || raw { WildPart::Any } else { WildPart::One };
                if sign == WildPart::One || parts.last() != Some(&WildPart::Any) {
                    parts.push(sign);
                }
                parts.extend(literal.map(WildPart::Literal));
            }
            // Literals side by side are one literal.
            let mut joined: Vec<WildPart> = Vec::new();
            for part in parts {
                match (joined.last_mut(), part) {
                    (Some(WildPart::Literal(before)), WildPart::Literal(more)) => before.push_str(&more),
                    (_, part) => joined.push(part),
                }
            }
            joined
        },
    )
}

fn field() -> impl Strategy<Value = FieldRef> {
    (select(FieldName::ALL.to_vec()), any::<bool>(), any::<bool>()).prop_map(|(name, with_unit, varied)| {
        let unit = match name {
            FieldName::Money => Some("USD"),
            FieldName::Number | FieldName::Quantity => Some("people"),
            _ => None,
        };
        let variant = match name {
            FieldName::Country => Some(Variant::Any),
            _ => numeric_kind(name).map(|_| Variant::Exact),
        };
        FieldRef {
            name,
            unit: unit.filter(|_| with_unit).map(str::to_owned),
            variant: variant.filter(|_| varied),
            span: NOWHERE,
        }
    })
}

fn listed(item: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let item = item.prop_map(|value| Item { value, span: NOWHERE });
    prop::collection::vec(item, 1..4).prop_map(Value::In)
}

fn only(values: Vec<Scalar>) -> impl Strategy<Value = Value> {
    select(values).prop_map(|value| Value::Range(Range::only(value)))
}

fn value(field: Option<&FieldRef>) -> BoxedStrategy<Value> {
    let class = field.map_or(Class::Text, |field| field.name.class());
    let one_token = word().prop_filter("one token", |word| tokens(word).count() == 1);
    let fuzzy = (one_token, 1..=2_u8).prop_map(|(word, distance)| Value::Fuzzy { word, distance });
    let raw = class == Class::Raw;
    let words = match class {
        Class::Raw | Class::Keyword => text().prop_map(Value::Word).boxed(),
        _ => word().prop_map(Value::Word).boxed(),
    };
    let free = prop_oneof![words, wildcard(raw).prop_map(Value::Wildcard)];
    let plain_phrase = phrase(false).prop_map(|phrase| Value::Phrase(Phrase { slop: 0, ..phrase }));
    let any = match class {
        Class::Numeric(kind) => {
            let values = numbers(kind, field.is_some_and(|field| field.unit.is_some()));
            prop_oneof![range(values.clone(), false).prop_map(Value::Range), listed(only(values))].boxed()
        }
        Class::Date => {
            prop_oneof![range(dates(), false).prop_map(Value::Range), listed(only(dates()))].boxed()
        }
        Class::Raw => {
            prop_oneof![4 => free.clone(), 1 => text_range().prop_map(Value::Range), 1 => listed(free)]
                .boxed()
        }
        _ => prop_oneof![
            4 => free.clone(),
            1 => fuzzy,
            3 => phrase(class == Class::Text).prop_map(Value::Phrase),
            1 => listed(prop_oneof![free, plain_phrase]),
        ]
        .boxed(),
    };
    match field {
        None => any,
        Some(_) if matches!(class, Class::Text | Class::Keyword | Class::Entity) => {
            prop_oneof![8 => any, 1 => text_range().prop_map(Value::Range), 1 => Just(Value::Exists)].boxed()
        }
        Some(_) => prop_oneof![8 => any, 1 => Just(Value::Exists)].boxed(),
    }
}

fn leaf() -> impl Strategy<Value = Node> {
    let leaf = prop::option::of(field()).prop_flat_map(|field| {
        value(field.as_ref()).prop_map(move |value| {
            at(NodeKind::Leaf(Leaf { field: field.clone(), value, value_span: NOWHERE }))
        })
    });
    prop_oneof![20 => leaf, 1 => Just(at(NodeKind::All))]
}

fn tree() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        let some = || prop::collection::vec(inner.clone(), 2..4);
        let one = || inner.clone().prop_map(Box::new);
        let op = prop_oneof![
            (1..=255_u32).prop_map(Proximity::Within),
            (1..=255_u32).prop_map(Proximity::Before),
            (1..=255_u32).prop_map(Proximity::NotWithin),
            Just(Proximity::Sentence),
            Just(Proximity::Paragraph),
        ];
        prop_oneof![
            some().prop_map(|children| at(NodeKind::And(children))),
            some().prop_map(|children| at(NodeKind::Or(children))),
            one().prop_map(|child| at(NodeKind::Not(child))),
            one().prop_map(|child| at(NodeKind::Required(child))),
            (one(), 0.0..=1000_f32).prop_map(|(child, boost)| at(NodeKind::Boost { child, boost })),
            (op, one(), one()).prop_map(|(op, left, right)| at(NodeKind::Near { op, left, right })),
            (1..=u32::MAX, one()).prop_map(|(n, child)| at(NodeKind::AtLeast { n, child })),
        ]
    })
}

/// A query of pieces that mean something, so that many of them can be read.
fn typed() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        "Iran ",
        " ",
        "\"",
        "\"two words\"",
        "“",
        "”",
        "(",
        ")",
        " AND ",
        " OR ",
        " NOT ",
        "-",
        "+",
        "!",
        " W/5 ",
        " NOT W/3 ",
        " PRE/2 ",
        " W/S ",
        " w/p ",
        " same ",
        "&&",
        "||",
        "ATLEAST3(",
        "title:",
        "number:",
        "money.USD:",
        "money:",
        "percent:",
        "quantity:",
        "published:",
        "url:",
        "id:",
        "person:",
        "country.any:",
        "source:",
        "numbr:",
        "[",
        "]",
        "{",
        "}",
        " TO ",
        "*",
        "?",
        "~",
        "~1",
        "^2",
        "^2.5",
        "100",
        "1.2m",
        "$40bn",
        "8%",
        "5 km",
        "2025-09",
        "..",
        ">=",
        "<",
        "=",
        "IN [",
        "{person}",
        "{who=person",
        "{number 1..5}",
        "{money >1bn USD}",
        "\\",
        ":",
        "/",
        "//",
        "https://x.y/z?a=1",
        ",",
        "-",
        "_exists_:",
        "東京",
        "O’Neill",
        "U.S.",
        "\n",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A query that can be read, in every spelling there is.
fn composed() -> impl Strategy<Value = String> {
    let atom = select(vec![
        "Iran",
        "mid-air",
        "O’Neill",
        "U.S.",
        "and",
        "same",
        "IN",
        "\\AND",
        "a\\ b",
        "hous*",
        "wom?n",
        "word~",
        "word~2",
        "10:30",
        "東京大学",
        "*",
        "*:*",
        "\"two words\"",
        "“two words”",
        "\"a b\"~3",
        "\"a W/5 b\"",
        "\"{person} told {o=org}\"",
        "{money >$1bn}",
        "\"{number 1..5 people} dead\"",
        "\"{who=person “donald trump”}'s\"",
        "{date >=2025-09}",
        "title:x",
        "TITLE: \"x y\"",
        "number:>=100",
        "number:> 1,000",
        "number<5",
        "number:-5",
        "number:[1 to 2 million}",
        "number:1..5",
        "number:IN [1 2,000]",
        "number:*",
        "money:$40bn",
        "money.eur:{1bn TO *]",
        "money:\"3 million pounds\"",
        "percent:8%",
        "quantity:5m",
        "quantity.people:<1.2m",
        "published:2025-09",
        "published:\"30 September 2025\"",
        "updated:[2025 TO 2025-09-01T10:00:00Z]",
        "date:..2025",
        "country:U.S.",
        "country:IN [IR, IRN,\"South Korea\"]",
        "country.any:x*",
        "source=bbc",
        "source:[a TO f]",
        "person:Trmp~1",
        "_exists_:org",
        "url:https://x.y/z_(a)?b=1",
        "url:*",
        "id:IN [a:b c*]",
        "id:\"a b\"",
        "https://x.y/z?a=1",
        "Trump: x",
        "lead:(a OR body:b)",
        "number:(>1 AND <5)",
        "url:(a:b OR c)",
        "ATLEAST3(x)",
        "title:atleast2(x OR y)",
    ])
    .prop_map(str::to_owned);
    atom.prop_recursive(4, 24, 4, |inner| {
        let join = select(vec![" ", " AND ", " && ", "  OR ", " || ", " - ", "\n"]);
        let near = select(vec![" W/5 ", " w/s ", " NOT W/3 ", " PRE/2 ", " /p ", " adj3 ", " NEAR/9 "]);
        let before = select(vec!["-", "NOT ", "+", "!", "", "title:", "ATLEAST2"]);
        prop_oneof![
            (inner.clone(), join, inner.clone()).prop_map(|(a, join, b)| format!("{a}{join}{b}")),
            (inner.clone(), near, inner.clone()).prop_map(|(a, near, b)| format!("({a}){near}({b})")),
            (before, inner.clone()).prop_map(|(before, a)| format!("{before}({a})")),
            inner.prop_map(|a| format!("({a})^1.5")),
        ]
    })
}

fn assert_round_trip(tree: &Node) -> Result<(), TestCaseError> {
    let query = print(tree);
    let again = match parse(&query, &wide()) {
        Ok(parsed) => parsed.query,
        Err(errors) => {
            let shown: Vec<String> = errors.iter().map(|error| error.render(&query)).collect();
            return Err(TestCaseError::fail(format!("{tree:?}\n{}", shown.join("\n"))));
        }
    };
    prop_assert_eq!(again.clone().without_spans(), tree.clone().without_spans(), "{}", query);
    prop_assert_eq!(print(&again), query);
    Ok(())
}

/// Every span of the tree lies in the text, on character boundaries, and inside its parent's.
fn assert_spans(node: &Node, query: &str) -> Result<(), TestCaseError> {
    let within = |span: Span| query.get(span.range()).is_some() && node.span.contains(span);
    prop_assert!(within(node.span) && !node.span.is_empty());
    let children: Vec<&Node> = match &node.kind {
        NodeKind::And(children) | NodeKind::Or(children) => children.iter().collect(),
        NodeKind::Not(child)
        | NodeKind::Required(child)
        | NodeKind::Boost { child, .. }
        | NodeKind::AtLeast { child, .. } => vec![child],
        NodeKind::Near { left, right, .. } => vec![left, right],
        NodeKind::Leaf(leaf) => {
            prop_assert!(within(leaf.value_span));
            vec![]
        }
        NodeKind::All => vec![],
    };
    for child in children {
        prop_assert!(within(child.span), "{:?} not in {:?}", child, node.span);
        assert_spans(child, query)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_tree_is_printed_as_a_query_that_says_it(tree in tree()) {
        assert_round_trip(&tree)?;
    }

    #[test]
    fn every_query_that_can_be_read_is_printed_as_one_that_says_the_same(query in typed()) {
        if let Ok(parsed) = parse(&query, &wide()) {
            assert_round_trip(&parsed.query)?;
            assert_spans(&parsed.query, &query)?;
        }
    }

    #[test]
    fn every_spelling_is_read_and_printed_as_one_that_says_the_same(query in composed()) {
        match parse(&query, &wide()) {
            Ok(parsed) => {
                assert_round_trip(&parsed.query)?;
                assert_spans(&parsed.query, &query)?;
            }
            Err(errors) => {
                let shown: Vec<String> = errors.iter().map(|error| error.render(&query)).collect();
                return Err(TestCaseError::fail(shown.join("\n")));
            }
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(query in "\\PC{0,80}|(?s:.{0,40})|[-a-z0-9\"“(){}\\[\\]~^*?:/\\\\+!&|<>=.,$% WANDORT]{0,80}") {
        match parse(&query, &Limits::default()) {
            Ok(parsed) => {
                assert_round_trip(&parsed.query)?;
                assert_spans(&parsed.query, &query)?;
            }
            Err(all) => {
                prop_assert!(all.iter().any(|said| said.severity == crate::query::Severity::Error));
                for said in all {
                    let rendered = said.render(&query);
                    prop_assert!(query.get(said.span.range()).is_some());
                    prop_assert!(!rendered.chars().any(|c| c.is_control() && c != '\n'), "{:?}", rendered);
                }
            }
        }
    }
}
