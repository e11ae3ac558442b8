//! The index and the matcher answer every plan alike: the articles that one finds are those that the other says match,
//! on random articles and random plans of every kind of question.

#![allow(clippy::unwrap_used, reason = "tests")]

use dateline::article::{Article, DAY, Kind, Mention, Modifier, Period, Quantity, Reading, Span, TextField};
use dateline::backend::{Backend, Group, LocalBackend, PageRequest};
use dateline::index::{Prepared, Reader, Writer, WriterOptions, analyse};
use dateline::plan::{
    DateTest, Element, EntityName, ExactField, ExistsField, Glob, GlobPart, Leaf, MentionTest, Nearness,
    Node, Part, Pattern, Places, QuantityTest, Scope, Slot, TimeField, UnitTest, ValueRange,
};
use dateline::snippet::crowd::{Asked, Scratch};
use dateline::snippet::{Crowd, Matcher, SnippetOptions};
use dateline::text::{Stem, Token, tokens};
use proptest::prelude::*;

/// Few words, so that they meet often; some differ by one letter for fuzzy words.
/// Forms of one word in some language and not in another; joined by an apostrophe in some. Words that are run together.
const WORDS: [&str; 18] = [
    "iran", "iraq", "said", "deal", "deals", "port", "Port", "né", "42", "porten", "porti", "l'Iran",
    "d'iran", "Iran'da", "東京", "ofiran", "thedeal", "saidthe",
];

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(
        (prop::sample::select(&WORDS[..]), prop::sample::select(&[" ", " ", " ", ". ", "\n"][..])),
        0..most,
    )
    .prop_map(|parts| {
        parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect::<String>().trim().to_owned()
    })
}

/// Mentions of random kinds and readings on random tokens; those of one kind do not overlap.
fn mentions(text: &str, field: TextField, picks: &[(u8, u8, u8, u8)]) -> Vec<Mention> {
    let tokens: Vec<Token> = tokens(text).collect();
    let mut found: Vec<Mention> = Vec::new();
    for (at, length, kind, value) in picks {
        if tokens.is_empty() {
            break;
        }
        let first = usize::from(*at) % tokens.len();
        let last = (first + usize::from(*length) % 3).min(tokens.len() - 1);
        let span = Span { start: tokens[first].span.start, end: tokens[last].span.end };
        let (kind, reading) = match kind % 6 {
            0 => {
                (Kind::Person, Reading::Entity(["ann lee", "bo lee", "ann"][usize::from(*value) % 3].into()))
            }
            5 => {
                let keys = ["paris, FR", "paris, TX, US", "new york, NY, US", "danube"];
                (Kind::Place, Reading::Entity(keys[usize::from(*value) % keys.len()].into()))
            }
            1 => (Kind::Country, Reading::Entity(["IR", "IQ"][usize::from(*value) % 2].into())),
            4 => {
                let first = i32::from(*value % 8) * 10 - 20;
                let period = Period::of_days(first, first + 1 + i32::from(*value % 3) * 12).unwrap();
                (Kind::Date, Reading::Period(period))
            }
            numeric => {
                let lo = f64::from(*value % 8) * 50.0;
                let hi = if value % 3 == 0 { lo + 60.0 } else { lo };
                let modifier = if value % 5 == 0 { Modifier::About } else { Modifier::Equal };
                let unit = (value % 4 != 0).then(|| if value % 2 == 0 { "ship" } else { "people" }.into());
                let kind = if numeric == 2 { Kind::Number } else { Kind::Quantity };
                (kind, Reading::Quantity(Quantity::new(lo, hi, modifier, None, unit).unwrap()))
            }
        };
        if !found.iter().any(|m| m.kind == kind && m.span.overlaps(span)) {
            found.push(Mention { field, span, kind, reading, via: "test".into() });
        }
    }
    found.sort_by_key(|m| m.span);
    found
}

type Marked = (Article, Vec<Mention>);

fn article() -> impl Strategy<Value = Marked> {
    let picks = || prop::collection::vec(any::<(u8, u8, u8, u8)>(), 0..6);
    (
        words(6),
        prop_oneof![4 => words(30), 1 => words(130)],
        picks(),
        picks(),
        prop::option::of(0i64..100),
        prop::option::of(prop::sample::select(&["Port Post", "Iran Wire"][..])),
    )
        .prop_map(|(title, body, in_title, in_body, published, source)| {
            let title = title.replace('\n', " ");
            let mut found = mentions(&title, TextField::Title, &in_title);
            found.extend(mentions(&body, TextField::Body, &in_body));
            let source = source.map(str::to_owned);
            (
                Article {
                    title,
                    body,
                    published,
                    source,
                    lang: published.map(|p| {
                        ["en", "en-gb", "zh-hans-cn", "de", "fr", "it-ch", "tr", "nb"]
                            [usize::try_from(p % 8).unwrap()]
                        .to_owned()
                    }),
                    byline: published.filter(|p| p % 2 == 0).map(|_| "Ann Lee, Port Post".to_owned()),
                    section: published.filter(|p| p % 5 == 0).map(|_| "Iran Deals".to_owned()),
                    agency: published.filter(|p| p % 7 == 0).map(|_| "Port Wire".to_owned()),
                    ..Article::default()
                },
                found,
            )
        })
}

fn element() -> impl Strategy<Value = Element> {
    let word = || {
        prop::sample::select(
            &["iran", "iraq", "said", "deal", "deals", "port", "ne", "42", "absent", "the", "thedeal", "of"]
                [..],
        )
    };
    prop_oneof![
        4 => prop::collection::vec(word().prop_map(str::to_owned), 1..3).prop_map(Element::Terms),
        1 => prop::sample::select(&["d", "deal", "po", "x"][..]).prop_map(|prefix| {
            Element::Wildcard(Glob { prefix: prefix.into(), rest: vec![GlobPart::Any] })
        }),
        1 => word().prop_map(|word| Element::Fuzzy { word: word.into(), distance: 1 }),
        3 => (word(), prop::sample::subsequence(&["de", "fr", "it", "no", "tr"][..], 1..4)).prop_map(|(word, langs)| {
            let stems: Vec<Stem> = langs.into_iter().filter_map(|lang| Stem::of(lang, word)).collect();
            let terms = vec![word.to_owned()];
            if stems.is_empty() { Element::Terms(terms) } else { Element::Forms { terms, stems } }
        }),
    ]
}

fn leaf() -> impl Strategy<Value = Leaf> {
    let scope = prop::sample::select(
        &[
            Scope::Text,
            Scope::Text,
            Scope::Title,
            Scope::Lead,
            Scope::Body,
            Scope::Source,
            Scope::Byline,
            Scope::Section,
            Scope::Agency,
        ][..],
    );
    let pattern =
        (scope, prop::collection::vec(element(), 1..4), 0u32..4).prop_map(|(scope, words, slop)| {
            Leaf::Words(Pattern { scope, parts: words.into_iter().map(Part::Word).collect(), slop })
        });
    let slotted = row().prop_map(Leaf::Words);
    let near = places().prop_map(Leaf::Near);
    let at_least = (1u32..4, places()).prop_map(|(n, of)| Leaf::AtLeast { n, of });
    let time = (0i64..100, 0i64..100).prop_map(|(a, b)| Leaf::Time {
        field: TimeField::Published,
        from: a.min(b),
        to: a.max(b),
    });
    let exists = prop::sample::select(
        &[
            ExistsField::Words(Scope::Title),
            ExistsField::Words(Scope::Source),
            ExistsField::Words(Scope::Byline),
            ExistsField::Words(Scope::Section),
            ExistsField::Words(Scope::Agency),
            ExistsField::Lang,
            ExistsField::Words(Scope::Body),
            ExistsField::Time(TimeField::Published),
        ][..],
    )
    .prop_map(Leaf::Exists);
    let exact = prop::sample::select(vec![
        (ExactField::Id, "a03"),
        (ExactField::Lang, "en"),
        (ExactField::Lang, "zh-hans"),
        (ExactField::Lang, "e"),
    ])
    .prop_map(|(field, value)| Leaf::Exact { field, value: value.into() });
    let mention = mention_test().prop_map(Leaf::Mention);
    prop_oneof![4 => pattern, 4 => slotted, 5 => near, 2 => at_least, 4 => mention, 1 => time, 1 => exists, 1 => exact]
}

fn row() -> impl Strategy<Value = Pattern> {
    let scope = prop::sample::select(&[Scope::Text, Scope::Text, Scope::Title, Scope::Lead, Scope::Body][..]);
    let slot = prop::collection::vec(mention_test(), 1..3).prop_map(|tests| Slot { name: None, tests });
    let part = prop_oneof![element().prop_map(Part::Word), slot.prop_map(Part::Slot)];
    (scope, prop::collection::vec(part, 1..4), 0u32..4).prop_map(|(scope, parts, slop)| Pattern {
        scope,
        parts,
        slop,
    })
}

fn places() -> impl Strategy<Value = Places> {
    let op = prop_oneof![
        (1u32..25).prop_map(Nearness::Within),
        (1u32..25).prop_map(Nearness::Before),
        (1u32..9).prop_map(Nearness::NotWithin),
        Just(Nearness::Sentence),
        Just(Nearness::Paragraph),
    ];
    row().prop_map(Places::Row).prop_recursive(3, 6, 2, move |inner| {
        prop_oneof![
            3 => (op.clone(), inner.clone(), inner.clone()).prop_map(|(op, left, right)| Places::Near {
                op,
                left: Box::new(left),
                right: Box::new(right),
            }),
            1 => prop::collection::vec(inner, 1..3).prop_map(Places::Or),
        ]
    })
}

fn mention_test() -> impl Strategy<Value = MentionTest> {
    let entity = prop::sample::select(vec![
        (Kind::Person, EntityName::Key("ann lee".into())),
        (Kind::Person, EntityName::Part("lee".into())),
        (Kind::Country, EntityName::Key("IR".into())),
        (Kind::Place, EntityName::Key("paris, FR".into())),
        (Kind::Place, EntityName::Part("paris".into())),
        (Kind::Place, EntityName::Part("new york".into())),
        (Kind::Place, EntityName::Part("paris, US".into())),
        (Kind::Place, EntityName::Part("US".into())),
        (Kind::Place, EntityName::Part("*".into())),
    ])
    .prop_map(|(kind, name)| MentionTest::Entity { kind, name });
    let unit = prop::sample::select(vec![UnitTest::Any, UnitTest::Counted, UnitTest::Is("people".into())]);
    let range = prop::option::of((0u8..9, 0u8..9, any::<bool>(), any::<bool>()).prop_map(
        |(a, b, lo_included, hi_included)| ValueRange {
            lo: f64::from(a.min(b)) * 50.0,
            lo_included,
            hi: f64::from(a.max(b)) * 50.0,
            hi_included,
        },
    ));
    let kind = prop::sample::select(&[Kind::Number, Kind::Quantity][..]);
    let quantity = (kind, unit, range, any::<bool>()).prop_map(|(kind, unit, range, exact)| {
        // Only numbers are counted; a measure's unit is always its own.
        let unit = if kind == Kind::Quantity && unit == UnitTest::Counted { UnitTest::Any } else { unit };
        MentionTest::Quantity(QuantityTest { kind, unit, range, exact })
    });
    let any = prop::sample::select(
        &[Kind::Person, Kind::Country, Kind::Place, Kind::Number, Kind::Quantity, Kind::Date][..],
    )
    .prop_map(MentionTest::Any);
    let end = || prop_oneof![6 => (-30i64..70).prop_map(|day| day * DAY), 1 => -DAY..DAY, 1 => Just(i64::MIN), 1 => Just(i64::MAX)];
    let date = (end(), end())
        .prop_filter("a stretch is not empty", |(a, b)| a != b)
        .prop_map(|(a, b)| MentionTest::Date(DateTest { from: a.min(b), to: a.max(b) }));
    prop_oneof![2 => entity, 3 => quantity, 1 => any, 2 => date]
}

fn plan() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![8 => leaf().prop_map(Node::Leaf), 1 => Just(Node::All), 1 => Just(Node::Nothing)];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 1..3), prop::collection::vec(inner.clone(), 0..2))
                .prop_map(|(all, none)| Node::And { all, none }),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::Or),
            inner.prop_map(|child| Node::Boost { child: Box::new(child), by: 2.0 }),
        ]
    })
}

fn write(folder: &std::path::Path, articles: &[Marked], commits: usize) -> LocalBackend {
    let mut writer =
        Writer::open(folder, &WriterOptions { memory: 15_000_000, ..WriterOptions::default() }).unwrap();
    for part in articles.chunks(articles.len().div_ceil(commits).max(1)) {
        for (article, mentions) in part {
            let title: Vec<Token> = tokens(&article.title).collect();
            let body: Vec<Token> = tokens(&article.body).collect();
            let analysed = analyse(article, &title, &body, mentions);
            writer.upsert(Prepared::new(article, mentions, analysed).unwrap()).unwrap();
        }
        writer.commit().unwrap();
    }
    writer.finish().unwrap();
    LocalBackend::new(Reader::open(folder).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(32)
    ))]

    #[test]
    fn an_index_finds_the_articles_that_match_in_memory(
        articles in prop::collection::vec(article(), 1..14),
        plans in prop::collection::vec(plan(), 24),
    ) {
        let articles: Vec<Marked> = articles
            .into_iter()
            .enumerate()
            .map(|(i, (article, mentions))| (Article { id: format!("a{:02}", i % 9), ..article }, mentions))
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let backend = write(folder.path(), &articles, 2);
        // The same id again replaces: the last of each stands.
        let standing = |i: usize| articles.iter().skip(i + 1).all(|(a, _)| a.id != articles[i].0.id);
        let mut articles: Vec<Marked> = (0..articles.len()).filter(|i| standing(*i)).map(|i| articles[i].clone()).collect();
        articles.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        // Which words are run together is known where the corpus is, so the matcher is told what the index found.
        let reader = Reader::open(folder.path()).unwrap();
        for (article, _) in &mut articles {
            article.run_together = reader.get(&article.id).unwrap().unwrap().article.run_together;
        }
        // All plans at once, as watches are asked, find what each finds alone.
        let crowd = Crowd::new(&plans, &|word: &str| 1.0 / (1.0 + word.len() as f64));
        let mut scratch = Scratch::default();
        for (article, mentions) in &articles {
            let (title, body): (Vec<Token>, Vec<Token>) = (tokens(&article.title).collect(), tokens(&article.body).collect());
            let asked = Asked { article, mentions, title: &title, body: &body };
            let found = crowd.matching(&mut scratch, asked, &mut |_, ask| ask());
            let each = plans.iter().zip(0u32..).filter(|(plan, _)| Matcher::new(plan).matches(article, mentions));
            prop_assert_eq!(found, each.map(|(_, number)| number).collect::<Vec<_>>());
        }
        for plan in &plans {
            let sent = serde_json::to_string(plan).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Node>(&sent).unwrap(), plan, "a plan can be sent");
            let matcher = Matcher::new(plan);
            let expected: Vec<&str> =
                articles.iter().filter(|(a, m)| matcher.matches(a, m)).map(|(a, _)| a.id.as_str()).collect();

            let page = backend.search(plan, &PageRequest { limit: 100, group: Group::None, ..PageRequest::default() }).unwrap();
            let mut found: Vec<&str> = page.hits.iter().map(|h| h.article.id.as_str()).collect();
            found.sort_unstable();
            prop_assert_eq!(&found, &expected, "{:?}", plan);
            prop_assert_eq!(page.total, Some(expected.len() as u64));
            prop_assert_eq!(backend.count(plan).unwrap(), expected.len() as u64);

            let streamed = backend.stream(plan, &SnippetOptions { limit: None, ..SnippetOptions::default() }, Group::None).unwrap();
            let mut ids = Vec::new();
            for hit in streamed {
                let hit = hit.unwrap();
                let (article, mentions) = articles.iter().find(|(a, _)| a.id == hit.article.id).unwrap();
                prop_assert_eq!(&hit.article, article);
                prop_assert_eq!(&hit.mentions, mentions);
                for snippet in &hit.highlights.snippets {
                    prop_assert_eq!(article.body.get(snippet.span.range()), Some(&*snippet.text));
                }
                ids.push(hit.article.id);
            }
            ids.sort_unstable();
            prop_assert_eq!(ids, expected);
        }
    }
}
