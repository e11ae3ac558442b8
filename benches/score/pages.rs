//! Web pages with known text, date, authors and title: what is read of them, and how fast.
//!
//! A set is a file of lines `{"title", "body", "published", "gold": {"page", "authors" or "byline"}}`, compressed with zstd;
//! its pages lie beside it in `html.tar.zst`. Text is compared as the article-extraction benchmark does it: words are runs of
//! letters, digits and `_`; of each page precision and recall of the bag of words that was read; their means over the pages; F1
//! of the two means. The same of runs of four words (`shingles`), which is that benchmark's own figure. Dates agree on the
//! day; authors agree where all names are the same and none is missing; titles agree but for case, spaces and signs.
//! The second row is the extractor alone, in its strict mode and with its own metadata.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

use cpu_time::ThreadTime;
use dateline::article::RawArticle;
use dateline::read::{Format, Input, Options};
use dateline::text::date::parse_instant;
use serde::Deserialize;

#[derive(Deserialize)]
struct Known {
    id: String,
    title: Option<String>,
    body: String,
    published: Option<String>,
    gold: Gold,
}

#[derive(Deserialize)]
struct Gold {
    page: Option<String>,
    authors: Option<Vec<String>>,
    byline: Option<String>,
}

/// What was read of a page.
#[derive(Default)]
struct Found {
    title: String,
    body: String,
    published: Option<String>,
    authors: Vec<String>,
}

/// Sums over the pages of a set.
#[derive(Default)]
struct Sums {
    pages: usize,
    words: (f64, f64),
    shingles: (f64, f64),
    dates: Share,
    authors: Share,
    titles: Share,
    seconds: f64,
}

/// How many agree, of how many that are known.
#[derive(Default, Clone, Copy)]
struct Share {
    agree: usize,
    known: usize,
}

impl Share {
    fn add(&mut self, agree: bool) -> bool {
        self.known += 1;
        self.agree += usize::from(agree);
        agree
    }

    fn shown(self) -> String {
        format!("{:.1}% of {}", 100.0 * self.agree as f64 / self.known.max(1) as f64, self.known)
    }
}

/// The table of the sets in `paths`; with every page that was read badly where `errors` says so.
pub(crate) fn run(paths: &[impl AsRef<Path>], errors: bool) -> Result<String, String> {
    let mut table = format!(
        "{:<12} {:<10} {:>5} {:>6} {:>6} {:>6} {:>8}  {:<13} {:<13} {:<13} {:>7}\n",
        "set", "read by", "pages", "P", "R", "F1", "shingles", "dates", "authors", "titles", "pages/s"
    );
    let mut told = String::new();
    for path in paths {
        let path = path.as_ref();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        let set = name.split('.').next().unwrap_or("");
        let pages = pages(&path.with_file_name("html.tar.zst"))?;
        let mut known = known(path)?;
        known.retain(|k| k.gold.page.as_ref().is_some_and(|page| pages.contains_key(page)));
        for (by, reader) in READERS {
            let mut sums = Sums::default();
            for known in &known {
                let page = &pages[known.gold.page.as_deref().unwrap_or("")];
                let clock = ThreadTime::now();
                let found = reader(page);
                sums.seconds += clock.elapsed().as_secs_f64();
                let wrong = sums.add(known, &found);
                if errors && by == "dateline" && !wrong.is_empty() {
                    let _ = writeln!(told, "{}: {}", known.id, wrong.join("; "));
                }
            }
            table += &sums.row(set, by);
        }
    }
    Ok(if told.is_empty() { table } else { format!("{told}\n{table}") })
}

type Reader = fn(&[u8]) -> Found;

const READERS: [(&str, Reader); 2] = [("dateline", read), ("extractor", extractor)];

fn article(page: &[u8]) -> Option<RawArticle> {
    let options = Options { format: Some(Format::Html), ..Options::default() };
    let input = Input::reader("page.html", std::io::Cursor::new(page.to_vec()));
    input.articles(&options).next()?.ok()
}

fn names(byline: Option<String>) -> Vec<String> {
    byline.map(|byline| byline.split(", ").map(str::to_owned).collect()).unwrap_or_default()
}

fn read(page: &[u8]) -> Found {
    let Some(article) = article(page) else { return Found::default() };
    Found {
        title: article.title,
        body: article.body,
        published: article.published,
        authors: names(article.byline),
    }
}

fn extractor(page: &[u8]) -> Found {
    let page = String::from_utf8_lossy(page);
    let options = trafilatura::Options::default()
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_exclude_comments(true);
    let Ok(extracted) = trafilatura::extract(&page, &options) else { return Found::default() };
    let meta = extracted.metadata;
    Found {
        title: meta.title,
        body: extracted.content_text,
        published: meta.date.map(|day| day.to_string()),
        authors: meta.author.split("; ").map(str::to_owned).filter(|name| !name.is_empty()).collect(),
    }
}

impl Sums {
    /// Counts a page, and says what does not agree.
    fn add(&mut self, known: &Known, found: &Found) -> Vec<String> {
        let mut wrong = Vec::new();
        self.pages += 1;
        let (gold, read) = (words(&known.body), words(&found.body));
        let (precision, recall) = compare(&gold, &read, 1);
        self.words.0 += precision;
        self.words.1 += recall;
        let shingles = compare(&gold, &read, 4);
        self.shingles.0 += shingles.0;
        self.shingles.1 += shingles.1;
        if f1(precision, recall) < 0.93 {
            wrong.push(format!("text P {precision:.2} R {recall:.2}"));
        }
        if let Some(published) = &known.published
            && !self.dates.add(found.published.as_ref().is_some_and(|date| same_day(published, date)))
        {
            wrong.push(format!("date {published} read {:?}", found.published));
        }
        let authors = known.gold.authors.clone().or(known.gold.byline.clone().map(|byline| vec![byline]));
        if let Some(authors) = authors.filter(|authors| !authors.is_empty())
            && !self.authors.add(same_names(&authors, &found.authors))
        {
            wrong.push(format!("authors {authors:?} read {:?}", found.authors));
        }
        if let Some(title) = known.title.as_ref().filter(|title| !title.is_empty())
            && !self.titles.add(fold(title) == fold(&found.title))
        {
            wrong.push(format!("title {title:?} read {:?}", found.title));
        }
        wrong
    }

    fn row(&self, set: &str, by: &str) -> String {
        let mean = |sum: f64| 100.0 * sum / self.pages.max(1) as f64;
        let (precision, recall) = (mean(self.words.0), mean(self.words.1));
        let shingles = f1(mean(self.shingles.0), mean(self.shingles.1));
        format!(
            "{set:<12} {by:<10} {:>5} {precision:>6.2} {recall:>6.2} {:>6.2} {shingles:>8.2}  {:<13} {:<13} {:<13} {:>7.1}\n",
            self.pages,
            f1(precision, recall),
            self.dates.shown(),
            self.authors.shown(),
            self.titles.shown(),
            self.pages as f64 / self.seconds.max(1e-9)
        )
    }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

/// Precision and recall of the runs of `n` words in `read`, counted as often as they stand.
fn compare(gold: &[&str], read: &[&str], n: usize) -> (f64, f64) {
    let count = |words: &[&str]| {
        let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for run in words.windows(n.min(words.len()).max(1)) {
            *counts.entry(run.iter().map(|word| (*word).to_owned()).collect()).or_default() += 1;
        }
        counts
    };
    let (gold, read) = (count(gold), count(read));
    let both: usize = read.iter().map(|(run, n)| gold.get(run).copied().unwrap_or(0).min(*n)).sum();
    let share =
        |of: usize| if of == 0 { f64::from(u8::from(gold.is_empty())) } else { both as f64 / of as f64 };
    (share(read.values().sum()), if gold.is_empty() { 1.0 } else { share(gold.values().sum()) })
}

fn same_day(gold: &str, read: &str) -> bool {
    let day = |stated: &str| parse_instant(stated).map(|seconds| seconds.div_euclid(86_400));
    let stated = gold.get(..10).is_some_and(|day| read.starts_with(day));
    stated || day(gold).is_some_and(|gold| day(read) == Some(gold))
}

fn same_names(gold: &[String], read: &[String]) -> bool {
    let set = |names: &[String]| -> BTreeSet<String> {
        let names = names.iter().flat_map(|name| name.split([',', '&']));
        names
            .flat_map(|name| name.split(" and "))
            .map(|name| name.trim().trim_start_matches("By ").trim_start_matches("by "))
            .map(fold)
            .filter(|name| !name.is_empty())
            .collect()
    };
    set(gold) == set(read)
}

fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn known(path: &Path) -> Result<Vec<Known>, String> {
    let bytes = std::fs::read(path).and_then(|packed| zstd::decode_all(packed.as_slice()));
    let bytes = bytes.map_err(|e| format!("{}: {e}", path.display()))?;
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).map_err(|e| format!("{}: {e}", path.display()))).collect()
}

/// The files of an archive, by name.
fn pages(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let fail = |e: std::io::Error| format!("{}: {e}", path.display());
    let packed = std::fs::File::open(path).map_err(fail)?;
    let mut archive = tar::Archive::new(zstd::Decoder::new(packed).map_err(fail)?);
    let mut pages = BTreeMap::new();
    for entry in archive.entries().map_err(fail)? {
        let mut entry = entry.map_err(fail)?;
        let name = format!("html/{}", entry.path().map_err(fail)?.display()).replace("html/html/", "html/");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(fail)?;
        pages.insert(name, bytes);
    }
    Ok(pages)
}
