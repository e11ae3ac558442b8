//! What is written: a row of operations on articles, made from a seed, so that any process can say what the first `n` of them come to.

use dateline::article::Article;

/// A small generator of random numbers (`SplitMix64`).
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64, part: u64) -> Self {
        Self(seed.rotate_left(32) ^ part.wrapping_mul(0xD129_0D3C_4F5B_7A6D))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// How many trials are asked for by `DATELINE_TRIALS`; `few` otherwise.
pub(crate) fn trials(few: usize) -> usize {
    number("DATELINE_TRIALS").map_or(few, |asked| usize::try_from(asked).unwrap())
}

/// A folder for the time of a test: in memory where the system has a place for that, since nothing here cuts the power.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// What made-up things come from: `DATELINE_SEED`, or 1.
pub(crate) fn seed() -> u64 {
    number("DATELINE_SEED").unwrap_or(1)
}

/// A number in the environment.
pub(crate) fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Something done to an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Puts the version of this number in place of what the id had.
    Put { id: String, version: u64 },
    /// Takes an article out.
    Delete { id: String },
}

/// As many ids are in use, so that most operations replace something.
const IDS: usize = 300;

/// The operation of this number; every eighth takes an article out, unless there are only additions.
pub(crate) fn operation(seed: u64, number: u64, deletes: bool) -> Operation {
    let mut random = Random::new(seed, number);
    let id = format!("a{}", random.below(IDS));
    if deletes && random.below(8) == 0 {
        Operation::Delete { id }
    } else {
        Operation::Put { id, version: number }
    }
}

const PEOPLE: [&str; 6] =
    ["Hanna Weiss", "President Omar Diallo", "Rosa Venn, 52,", "Prof. J. K. Adeyemi", "Chen Wei", "Mr Weiss"];
const PLACES: [&str; 6] = ["Iran", "the U.S.", "South Korea", "Port Hallam", "Ghana", "Brazil"];
const FIGURES: [&str; 6] =
    ["some 400", "more than 1,200", "$4.5 million", "8 per cent", "between 100 and 150", "5 km"];
const VERBS: [&str; 6] = ["counted", "sold", "denied", "announced", "promised", "moved"];
const SYLLABLES: [&str; 16] = [
    "ba", "cor", "del", "fen", "gal", "hol", "jin", "kam", "lor", "mes", "nor", "pel", "ras", "sul", "tam",
    "vin",
];

/// A word that nobody knows.
fn word(random: &mut Random) -> String {
    (0..2 + random.below(2)).map(|_| random.pick(&SYLLABLES)).collect()
}

/// The article that a version of an id is.
pub(crate) fn article(seed: u64, id: &str, version: u64) -> Article {
    let mut random = Random::new(seed ^ 0xA27, version);
    let long = match random.below(20) {
        0 => 12_000,
        1..5 => 3000,
        _ => 900,
    };
    let mut body = format!("This is version{version} of {id}.\n");
    while body.len() < long {
        let (who, did, figure, place) =
            (random.pick(&PEOPLE), random.pick(&VERBS), random.pick(&FIGURES), random.pick(&PLACES));
        let words: Vec<String> = (0..6 + random.below(10)).map(|_| word(&mut random)).collect();
        let end = if random.below(3) == 0 { '\n' } else { ' ' };
        body += &format!("{who} {did} {figure} {} in {place}.{end}", words.join(" "));
    }
    body.truncate(body.trim_end().len());
    let title = title(id, version);
    let published = Some(1_600_000_000 + i64::try_from(version).unwrap() * 3600);
    Article { id: id.to_owned(), title, body, published, ..Article::default() }
}

/// The title says which version of what it is.
pub(crate) fn title(id: &str, version: u64) -> String {
    format!("Version {version} of {id}")
}

/// An article as a line of JSON.
pub(crate) fn line(article: &Article) -> String {
    let Article { id, title, body, .. } = article;
    serde_json::json!({ "id": id, "title": title, "body": body }).to_string() + "\n"
}
