//! Articles made by a seed: sentences as news has them, with names, numbers and places, so that benches run anywhere.

use dateline::article::Article;

const PEOPLE: [&str; 8] = [
    "Hanna Weiss",
    "President Omar Diallo",
    "Mr Weiss",
    "Rosa Venn, 52,",
    "Diallo",
    "Prof. J. K. Adeyemi",
    "Chen Wei",
    "Venn",
];
const PLACES: [&str; 8] =
    ["Iran", "the U.S.", "South Korea", "Port Hallam", "Ghana", "the United Kingdom", "Brazil", "Delta City"];
const FIGURES: [&str; 10] = [
    "some 400",
    "120",
    "more than 1,200",
    "$4.5 million",
    "8 per cent",
    "between 100 and 150",
    "€1.2bn",
    "dozens of",
    "5 km",
    "nearly half a million",
];
const THINGS: [&str; 8] =
    ["people", "nationals", "passengers", "houses", "jobs", "tonnes of rice", "votes", "ships"];
const VERBS: [&str; 8] = [
    "told reporters",
    "said on Tuesday",
    "has confirmed",
    "denied",
    "announced",
    "warned",
    "promised",
    "added",
];
const TAILS: [&str; 6] = [
    "would leave the country within two days",
    "were affected by the floods, according to officials who asked not to be named",
    "had been moved to safer ground before the storm arrived",
    "was the highest figure since 2019, and far above what had been expected",
    "“will be paid for in full”, but gave no date",
    "could still rise as rescue teams reach villages in the north",
];

/// A small generator of random numbers (`SplitMix64`).
pub(crate) struct Random(u64);

impl Random {
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        from[usize::try_from((z ^ (z >> 31)) % from.len() as u64).unwrap_or(0)]
    }
}

/// `count` articles of about 3 kB, the same for the same seed.
pub(crate) fn articles(count: usize, seed: u64) -> Vec<Article> {
    let mut random = Random(seed);
    (0..count)
        .map(|n| {
            let mut body = String::new();
            while body.len() < 3000 {
                for _ in 0..3 {
                    let sentence = format!(
                        "{} {} that {} {} from {} {}. ",
                        random.pick(&PEOPLE),
                        random.pick(&VERBS),
                        random.pick(&FIGURES),
                        random.pick(&THINGS),
                        random.pick(&PLACES),
                        random.pick(&TAILS),
                    );
                    body.push_str(&sentence);
                }
                body.truncate(body.trim_end().len());
                body.push('\n');
            }
            body.truncate(body.trim_end().len());
            let title =
                format!("{} counts {} {}", random.pick(&PLACES), random.pick(&FIGURES), random.pick(&THINGS));
            Article { id: format!("g{n}"), title, body, published: Some(1_700_000_000), ..Article::default() }
        })
        .collect()
}
