//! An article of any length and make takes time in proportion to its length, to clean, to mark and to make ready for an index.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use cpu_time::ThreadTime;
use dateline::article::{Origin, RawArticle};
use dateline::index::Weights;
use dateline::ingest::Pipeline;

/// How long the shorter article is, in a build with optimisation and without; the longer one is four times as long.
const SHORT: usize = if cfg!(debug_assertions) { 32 << 10 } else { 1 << 20 };
/// The longest article of all, and the time that it may take on a slow machine where every second byte is a mention.
const LONG: (usize, Duration) = (10 << 20, Duration::from_secs(30));
/// Four times the text may take so many times the time: caches are left behind, and short times are measured badly.
const AT_MOST: u32 = 8;

/// Texts made to hurt: each is repeated until it is long enough. `#` stands for a number, `@` for a name's syllables,
/// others each time.
const SHAPES: &[&str] = &[
    "Smith ",
    "the ",
    "JOHN SMITH OF IRAN SAID ",
    "7",
    "7 ",
    "400, ",
    "1,234,567 ",
    "one ",
    "million ",
    "twenty-five hundred and ",
    "between 1 and ",
    "from 5 to 6 to ",
    "about more than up to ",
    "van ",
    "Van ",
    "Mr ",
    "Mr Smith ",
    "President ",
    "x",
    "X",
    "é",
    "東",
    "X.",
    "J. ",
    "a-",
    "A-",
    "'",
    "O'",
    "Smith's ",
    ".",
    ". ",
    ",",
    "(",
    "\"",
    "“",
    "“Yes,” ",
    "-",
    "— ",
    "$",
    "$5 ",
    "% ",
    "&",
    "|",
    " ",
    "\n",
    "\n\n",
    "-\n",
    "Latest Stories\n",
    "(Reporting by Jane Roe) ",
    "Smith\n",
    "Anna Lee said.\n",
    "Anna Lee said. ",
    "Ka@ Ru@ said. ",
    "Ka@ Ru@ ",
    "President Ka@ of Iran met Ru@. ",
    "Anna Ru@ (Ka@), ",
    "Ka@ Smith ",
    "Anna Ru@, ",
    "Anna Ru@ and ",
    "Mr Ru@ met ",
    "Mr Smith and Anna Smith and Bob Smith and ",
    "Al-Ka@ bin Ru@ ",
    "Word#",
    "# ",
    "# people ",
    "#.# km, ",
    "# dollars ",
    "of the ",
    "of the Bank ",
    "Bank of ",
    "Ministry of the Ministry of ",
    "University of Ru@ ",
    "Ka@ Inc ",
    "Siemens AG ",
    "Ka@ Ru@ Group (KRG) ",
    "International Monetary Fund (IMF) ",
    "IMF ",
    "Ru@ Bank said. Ru@ fell. ",
    "U.S. ",
    "Iran ",
    "Georgia ",
    "Iranian ",
    "Iran and ",
    "New ",
    "North ",
    "United Arab ",
    "President of the ",
    "prime minister ",
    "â€™",
    "Ã©",
    "\u{200b}",
    "\u{301}",
    "\u{ad}",
    "&amp;",
    "https://example.org/",
    "2025-09-30 ",
    "10:30 ",
    "+44 20 7946 ",
];

/// A number in syllables.
fn syllables(number: usize) -> String {
    let digits = number.to_string();
    digits
        .bytes()
        .map(|digit| ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "so", "tu"][usize::from(digit - b'0')])
        .collect()
}

fn made(shape: &str, length: usize) -> String {
    let mut text = String::with_capacity(length + 64);
    for number in 0.. {
        if text.len() >= length {
            break;
        }
        text.push_str(&shape.replace('#', &number.to_string()).replace('@', &syllables(number)));
    }
    text
}

/// What the way in does with an article, and how long each step takes: cleaning, marking, making ready.
fn taken(text: String) -> [Duration; 3] {
    let pipeline = Pipeline::default();
    let origin = Origin { file: "made".into(), record: 1, offset: 0 };
    let started = ThreadTime::now();
    let clean = dateline::clean::clean(RawArticle { body: text, ..RawArticle::at(origin) }, &pipeline.clean);
    let cleaned = started.elapsed();
    let marked = pipeline.mark_article(clean.article);
    let found = started.elapsed();
    marked.prepare(Weights::default()).unwrap();
    [cleaned, found.saturating_sub(cleaned), started.elapsed().saturating_sub(found)]
}

#[test]
fn four_times_the_text_takes_about_four_times_the_time() {
    taken("Anna Lee of Iran lost $5 million.".to_owned()); // builds the tables
    let mut slow = Vec::new();
    for shape in SHAPES {
        let short = taken(made(shape, SHORT));
        let long = taken(made(shape, 4 * SHORT));
        for (step, (short, long)) in ["clean", "mark", "prepare"].iter().zip(short.iter().zip(long)) {
            if long > AT_MOST * (*short).max(Duration::from_millis(15)) {
                slow.push(format!("{step} {shape:?}: {short:?} and {long:?}"));
            }
        }
    }
    assert!(slow.is_empty(), "not in proportion:\n{}", slow.join("\n"));
}

#[test]
#[cfg_attr(debug_assertions, ignore = "for a build with optimisation")]
fn ten_megabytes_take_seconds() {
    taken("Anna Lee of Iran lost $5 million.".to_owned());
    for shape in SHAPES {
        let whole: Duration = taken(made(shape, LONG.0)).iter().sum();
        assert!(whole < LONG.1, "{shape:?}: {whole:?}");
    }
}
