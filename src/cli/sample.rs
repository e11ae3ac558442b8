//! The sample corpus, carried in the program so that `dateline demo` runs anywhere.

/// Path within `corpus/` and contents of each file.
pub(super) const FILES: &[(&str, &[u8])] = &[
    ("jsonl/accra-courier.jsonl", include_bytes!("../../corpus/jsonl/accra-courier.jsonl")),
    ("jsonl/coastline-radio.jsonl", include_bytes!("../../corpus/jsonl/coastline-radio.jsonl")),
    ("jsonl/delta-business-daily.jsonl", include_bytes!("../../corpus/jsonl/delta-business-daily.jsonl")),
    ("jsonl/harbour-post.jsonl", include_bytes!("../../corpus/jsonl/harbour-post.jsonl")),
    ("jsonl/lakeside-tribune.jsonl", include_bytes!("../../corpus/jsonl/lakeside-tribune.jsonl")),
    ("jsonl/meridian.jsonl", include_bytes!("../../corpus/jsonl/meridian.jsonl")),
    ("jsonl/northern-wire.jsonl", include_bytes!("../../corpus/jsonl/northern-wire.jsonl")),
    ("jsonl/pacific-observer.jsonl", include_bytes!("../../corpus/jsonl/pacific-observer.jsonl")),
    ("txt/accra-courier-imf-loan.txt", include_bytes!("../../corpus/txt/accra-courier-imf-loan.txt")),
    ("txt/accra-courier-volta-spill.txt", include_bytes!("../../corpus/txt/accra-courier-volta-spill.txt")),
    ("txt/coastline-radio-carnival.txt", include_bytes!("../../corpus/txt/coastline-radio-carnival.txt")),
    ("txt/coastline-radio-ferry-fire.txt", include_bytes!("../../corpus/txt/coastline-radio-ferry-fire.txt")),
    ("txt/coastline-radio-lifeboat.txt", include_bytes!("../../corpus/txt/coastline-radio-lifeboat.txt")),
    (
        "txt/coastline-radio-quake-two-weeks-on.txt",
        include_bytes!("../../corpus/txt/coastline-radio-quake-two-weeks-on.txt"),
    ),
    (
        "txt/coastline-radio-wandering-cows.txt",
        include_bytes!("../../corpus/txt/coastline-radio-wandering-cows.txt"),
    ),
    (
        "txt/delta-business-daily-ecb-2022.txt",
        include_bytes!("../../corpus/txt/delta-business-daily-ecb-2022.txt"),
    ),
    (
        "txt/delta-business-daily-georgian-wine.txt",
        include_bytes!("../../corpus/txt/delta-business-daily-georgian-wine.txt"),
    ),
    (
        "txt/delta-business-daily-pune-bridge.txt",
        include_bytes!("../../corpus/txt/delta-business-daily-pune-bridge.txt"),
    ),
    ("txt/delta-business-daily-suez.txt", include_bytes!("../../corpus/txt/delta-business-daily-suez.txt")),
    ("txt/harbour-post-croatia-euro.txt", include_bytes!("../../corpus/txt/harbour-post-croatia-euro.txt")),
    (
        "txt/harbour-post-deportation-flight.txt",
        include_bytes!("../../corpus/txt/harbour-post-deportation-flight.txt"),
    ),
    (
        "txt/harbour-post-kessiwa-cousins.txt",
        include_bytes!("../../corpus/txt/harbour-post-kessiwa-cousins.txt"),
    ),
    ("txt/harbour-post-library.txt", include_bytes!("../../corpus/txt/harbour-post-library.txt")),
    ("txt/harbour-post-turkey-dinner.txt", include_bytes!("../../corpus/txt/harbour-post-turkey-dinner.txt")),
    (
        "txt/harbour-post-uk-election-2024.txt",
        include_bytes!("../../corpus/txt/harbour-post-uk-election-2024.txt"),
    ),
    ("txt/lakeside-tribune-fed-cut.txt", include_bytes!("../../corpus/txt/lakeside-tribune-fed-cut.txt")),
    (
        "txt/lakeside-tribune-turkey-plant-fire.txt",
        include_bytes!("../../corpus/txt/lakeside-tribune-turkey-plant-fire.txt"),
    ),
    (
        "txt/lakeside-tribune-world-cup-final.txt",
        include_bytes!("../../corpus/txt/lakeside-tribune-world-cup-final.txt"),
    ),
    ("txt/meridian-brazil-lula.txt", include_bytes!("../../corpus/txt/meridian-brazil-lula.txt")),
    ("txt/meridian-finland-nato.txt", include_bytes!("../../corpus/txt/meridian-finland-nato.txt")),
    ("txt/meridian-jordan-water.txt", include_bytes!("../../corpus/txt/meridian-jordan-water.txt")),
    (
        "txt/meridian-kahramanmaras-quake.txt",
        include_bytes!("../../corpus/txt/meridian-kahramanmaras-quake.txt"),
    ),
    ("txt/meridian-port-hallam.txt", include_bytes!("../../corpus/txt/meridian-port-hallam.txt")),
    (
        "txt/northern-wire-baltimore-bridge.txt",
        include_bytes!("../../corpus/txt/northern-wire-baltimore-bridge.txt"),
    ),
    (
        "txt/northern-wire-calder-oriole.txt",
        include_bytes!("../../corpus/txt/northern-wire-calder-oriole.txt"),
    ),
    (
        "txt/northern-wire-high-seas-treaty.txt",
        include_bytes!("../../corpus/txt/northern-wire-high-seas-treaty.txt"),
    ),
    ("txt/northern-wire-moon-landing.txt", include_bytes!("../../corpus/txt/northern-wire-moon-landing.txt")),
    (
        "txt/pacific-observer-world-cup-final.txt",
        include_bytes!("../../corpus/txt/pacific-observer-world-cup-final.txt"),
    ),
];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::path::Path;

    #[test]
    fn the_program_carries_every_article_of_the_corpus() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let mut found = Vec::new();
        for folder in ["jsonl", "txt"] {
            for entry in std::fs::read_dir(corpus.join(folder)).unwrap() {
                found.push(format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap()));
            }
        }
        found.sort();
        let carried: Vec<&str> = super::FILES.iter().map(|f| f.0).collect();
        assert_eq!(found, carried);
    }
}
