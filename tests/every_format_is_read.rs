//! The same article in every format: what a reader would see of it is what is read.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use dateline::article::RawArticle;
use dateline::read::{Input, Mapping, Options, Reject, inputs};
use dateline::text::date::parse_instant;

type Read = Result<RawArticle, Reject>;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats").join(name)
}

fn read_with(name: &str, options: &Options) -> Vec<Read> {
    Input::file(&sample(name)).unwrap().articles(options).collect()
}

fn read(name: &str) -> Vec<Read> {
    read_with(name, &Options::default())
}

fn read_bytes(name: &str, bytes: Vec<u8>) -> Vec<Read> {
    Input::reader(name, std::io::Cursor::new(bytes)).articles(&Options::default()).collect()
}

fn first(name: &str) -> RawArticle {
    read(name).remove(0).unwrap()
}

fn rejects(read: &[Read]) -> Vec<String> {
    let said = read.iter().filter_map(|article| article.as_ref().err()).map(ToString::to_string);
    said.map(|line| line.rsplit('/').next().unwrap().to_owned()).collect()
}

/// The article as its outlets have it, without the place that some of them lead in with.
const TITLE: &str = "Trams return to Kessel Bay's harbour line";
const STORY: [&str; 4] = [
    "Trams returned to the harbour line on Monday, 14 months after a landslide buried 300 metres of track, the Kessel Bay Tramway said.",
    "About 2,400 passengers rode the first cars before noon, said Marta Oyelaran, who runs the line. Repairs cost 6.2 million euros, 8% more than planned.",
    "We waited a winter longer than we had hoped,",
    "The town council will vote in June on a second track between the market and the old fish hall, where Orla Venn has sold ices since 1998.",
];

const SAMPLES: [&str; 16] = [
    "aggregator.webz.json",
    "crawl.warc",
    "crawl.warc.gz",
    "crawler.news-please.json",
    "harbour-post.atom",
    "harbour-post.html",
    "harbour-post.rss",
    "meridian.csv",
    "meridian.tsv",
    "northern-wire.newsml.xml",
    "northern-wire.ninjs-2.json",
    "northern-wire.ninjs-3.json",
    "northern-wire.nitf.xml",
    "week.tar",
    "week.zip",
    "wire-archive.sgm",
];

#[test]
fn the_story_is_whole_in_every_format_and_nothing_else_is_in_it() {
    for name in SAMPLES {
        let article = first(name);
        assert!(article.title.eq_ignore_ascii_case(TITLE), "{name}: {}", article.title);
        let body = article.body.split_whitespace().collect::<Vec<_>>().join(" ");
        for sentence in STORY {
            assert_eq!(body.matches(sentence).count(), 1, "{name}: {sentence} in {body}");
        }
        assert!(body.len() < 600, "{name}: {body}");
        assert!(
            article.byline.as_deref().unwrap().ends_with("Ines Halloran"),
            "{name}: {:?}",
            article.byline
        );
    }
}

#[test]
fn paragraphs_are_kept_where_the_format_has_them() {
    for name in SAMPLES.iter().filter(|name| !["meridian.tsv", "wire-archive.sgm"].contains(name)) {
        let body = first(name).body;
        assert_eq!(body.split('\n').filter(|line| !line.is_empty()).count(), 4, "{name}: {body}");
    }
}

#[test]
fn times_are_those_that_the_outlet_states() {
    let published = parse_instant("2024-03-04T12:30:00+01:00");
    for name in SAMPLES.iter().filter(|name| !["crawler.news-please.json", "wire-archive.sgm"].contains(name))
    {
        let article = first(name);
        assert_eq!(parse_instant(article.published.as_deref().unwrap()), published, "{name}");
        if let Some(updated) = article.updated {
            assert_eq!(parse_instant(&updated), parse_instant("2024-03-04T17:05:00+01:00"), "{name}");
        }
    }
    let archived = first("wire-archive.sgm").published;
    assert_eq!(parse_instant(&archived.unwrap()), parse_instant("1987-03-04T12:30:00Z"));
}

#[test]
fn a_page_says_where_it_stands_and_who_published_it() {
    let page = first("harbour-post.html");
    assert_eq!(page.url.as_deref(), Some("https://harbour-post.example.org/2024/03/04/kessel-bay-trams"));
    assert_eq!(page.source.as_deref(), Some("Harbour Post"));
    assert_eq!(page.section.as_deref(), Some("Town"));
    assert_eq!(page.lang.as_deref(), Some("en"));
}

#[test]
fn an_agency_takes_back_what_it_sent() {
    let ninjs = first("northern-wire.ninjs-canceled.json");
    assert!(ninjs.withdrawn);
    assert_eq!(ninjs.id, first("northern-wire.ninjs-3.json").id);
    let newsml = read("northern-wire.newsml.xml").remove(1).unwrap();
    assert!(newsml.withdrawn);
    assert_eq!(newsml.id.as_deref(), Some("urn:example:northern-wire:0299"));
}

#[test]
fn pages_of_a_crawl_are_read_in_their_own_encodings_and_failures_named() {
    let plain = read("crawl.warc");
    assert!(
        plain[2].as_ref().unwrap().body.contains("Márta Oyelaran")
            || plain[2].as_ref().unwrap().body.contains("Marta")
    );
    assert_eq!(
        rejects(&plain),
        [
            "crawl.warc record 2 (byte 3596): is an answer with status 404, not a page; crawl the page again, or leave it out"
        ]
    );
    let packed = read("crawl.warc.gz");
    assert_eq!(packed.len(), plain.len());
    // Of a WARC packed by record, an offset is where on disk the record's member begins.
    let bytes = std::fs::read(sample("crawl.warc.gz")).unwrap();
    let offset = usize::try_from(packed[2].as_ref().unwrap().origin.offset).unwrap();
    assert_eq!(bytes[offset..offset + 2], [0x1f, 0x8b]);
}

#[test]
fn damage_to_one_record_of_a_crawl_costs_no_other() {
    let mut packed = std::fs::read(sample("crawl.warc.gz")).unwrap();
    let first = usize::try_from(read("crawl.warc.gz")[0].as_ref().unwrap().origin.offset).unwrap();
    for byte in &mut packed[first + 200..first + 260] {
        *byte ^= 0x5a;
    }
    let found = read_bytes("crawl.warc.gz", packed);
    let titles = found.iter().flatten().count();
    assert_eq!(titles, 1, "{found:?}");
    assert!(rejects(&found).iter().any(|line| line.contains("gzip data damaged")), "{:?}", rejects(&found));

    // A record that is shorter than it says is named, and swallows no other.
    let mut plain = std::fs::read(sample("crawl.warc")).unwrap();
    let aside = plain.windows(7).position(|bytes| bytes == b"<aside>").unwrap();
    plain.drain(aside..aside + 7);
    let found = read_bytes("crawl.warc", plain);
    assert_eq!(
        found[2].as_ref().unwrap(),
        &RawArticle {
            origin: found[2].as_ref().unwrap().origin.clone(),
            ..read("crawl.warc")[2].clone().unwrap()
        }
    );
    assert!(rejects(&found)[0].contains("a record of a WARC cut short"), "{:?}", rejects(&found));
}

#[test]
fn files_in_an_archive_are_inputs_of_their_own() {
    for name in ["week.tar", "week.zip"] {
        let origins: Vec<String> = read(name)
            .into_iter()
            .map(|article| article.unwrap().origin.file.rsplit('/').next().unwrap().to_owned())
            .collect();
        assert_eq!(origins, ["harbour-post.html", "meridian.csv", "meridian.csv", "northern-wire.nitf.xml"]);
        let full = read(name).remove(0).unwrap().origin.file;
        assert!(full.ends_with(&format!("formats/{name}!week/harbour-post.html")), "{full}");
    }
    let tar = std::fs::read(sample("week.tar")).unwrap();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&tar).unwrap();
    assert_eq!(read_bytes("week.tgz", encoder.finish().unwrap()).iter().flatten().count(), 4);
    assert_eq!(read_bytes("-", std::fs::read(sample("week.zip")).unwrap()).iter().flatten().count(), 4);
}

#[test]
fn presets_name_the_fields_of_known_shapes() {
    let with = |preset: &str| Options { mapping: Mapping::preset(preset).unwrap(), ..Options::default() };
    let webz = read_with("aggregator.webz.json", &with("webz")).remove(0).unwrap();
    assert_eq!(webz.source.as_deref(), Some("harbour-post.example.org"));
    assert!(webz.updated.is_some());
    let crawled = read_with("crawler.news-please.json", &with("news-please")).remove(0).unwrap();
    assert_eq!(crawled.updated.as_deref(), Some("2024-03-04 17:05:00"));
    let own = Mapping::parse(["source=thread.site"]).unwrap().or(Mapping::preset("webz").unwrap());
    let webz =
        read_with("aggregator.webz.json", &Options { mapping: own, ..Options::default() }).remove(0).unwrap();
    assert_eq!(webz.source.as_deref(), Some("example.org"), "the user's own rule goes before the preset's");
}

#[test]
fn all_samples_are_read_as_a_folder() {
    let (found, refused) = inputs(&[sample("")]);
    assert!(refused.is_empty());
    let options = Options::default();
    let articles: Vec<Read> = found.iter().flat_map(|input| input.articles(&options)).collect();
    assert_eq!(articles.iter().flatten().count(), 29);
    assert_eq!(rejects(&articles).len(), 2, "the page that was gone, in both crawls");
}
