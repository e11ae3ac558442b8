//! Near copies: those that the index links against those that comparing all articles with all others tells.
//!
//! Articles are cleaned and indexed in the order of the file. *Exact* is the Jaccard index of the sets of every four words in a
//! row of two bodies, and what of the shorter is contained in the longer. An article is a copy by the rule of
//! `docs/decisions/016-near-duplicates.md` if one before it that is no copy itself is near enough by these. Precision is the
//! share of links that the rule confirms for the two articles that are linked; recall the share of copies by the rule that are
//! linked to anything. The second table says by resemblance how many articles with an earlier one so near are linked.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use dateline::article::{Article, DAY};
use dateline::clean;
use dateline::extract;
use dateline::index::{Writer, WriterOptions};
use dateline::ingest::{Pipeline, content_id};
use dateline::read::{Options, inputs};
use dateline::search::{Archive, SearchRequest};
use dateline::text::{fold, tokens};

/// Four words in a row that more articles have tell no pairs: with so much in common, copies have others.
const MAX_LIST: usize = 150;
/// Of articles with more rows of words, a quarter of them finds pairs.
const MANY: usize = 400;

/// An article as a set of rows of words.
struct Compared {
    id: String,
    rows: Vec<u64>,
    /// Whether the body is too short to be compared piece by piece; its row is then title and body.
    whole: bool,
    published: Option<i64>,
}

impl Compared {
    fn of(article: &Article) -> Self {
        let words = |text: &str| tokens(text).map(|t| fold(t.span.of(text))).collect::<Vec<_>>();
        let hash = |words: &[String]| {
            let mut hasher = DefaultHasher::new();
            words.hash(&mut hasher);
            hasher.finish()
        };
        let (title, body) = (words(&article.title), words(&article.body));
        let whole = body.len() < 20;
        let mut rows: Vec<u64> = match whole {
            true if title.len() + body.len() < 10 => Vec::new(),
            true => vec![hash(&[title, vec![String::new()], body].concat())],
            false => body.windows(4).map(hash).collect(),
        };
        rows.sort_unstable();
        rows.dedup();
        Self { id: article.id.clone(), rows, whole, published: article.published }
    }

    /// Resemblance, and what of the shorter is contained in the longer.
    fn compare(&self, other: &Self) -> (f64, f64) {
        let (shorter, longer) =
            if self.rows.len() <= other.rows.len() { (self, other) } else { (other, self) };
        let both = shorter.rows.iter().filter(|row| longer.rows.binary_search(row).is_ok()).count() as f64;
        let all = (self.rows.len() + other.rows.len()) as f64 - both;
        (both / all.max(1.0), both / (shorter.rows.len() as f64).max(1.0))
    }

    /// The resemblance, if one is a copy of the other by the rule.
    fn is_copy(&self, other: &Self) -> Option<f64> {
        let (resemblance, contained) = self.compare(other);
        let (few, many) =
            (self.rows.len().min(other.rows.len()) as f64, self.rows.len().max(other.rows.len()) as f64);
        let copies = match (self.published, other.published) {
            _ if self.whole || other.whole => self.whole && other.whole && resemblance >= 1.0,
            (Some(one), Some(other)) if one.abs_diff(other) > 2 * DAY.unsigned_abs() => resemblance >= 0.9,
            _ => resemblance >= 0.7 || (contained >= 0.9 && few / many >= 0.5),
        };
        copies.then_some(resemblance)
    }
}

/// The tables of the corpora in `paths`; with every wrong and every missed link where `errors` says so.
pub(crate) fn run(paths: &[impl AsRef<Path>], errors: bool) -> Result<String, Box<dyn Error>> {
    let mut table = format!(
        "{:<14} {:>8} {:>7} {:>7} {:>7} {:>7} {:>7}\n",
        "corpus", "articles", "copies", "linked", "P", "R", "same"
    );
    let mut told = String::new();
    for path in paths {
        let path = path.as_ref();
        let (articles, links) = index(path)?;
        let pairs = pairs(&articles);
        let by_rule = roots(&articles, &pairs);
        let number: HashMap<&str, usize> =
            articles.iter().enumerate().map(|(n, article)| (article.id.as_str(), n)).collect();
        let linked: BTreeMap<usize, usize> = links
            .iter()
            .filter_map(|(id, root)| Some((*number.get(id.as_str())?, *number.get(root.as_str())?)))
            .collect();
        let right = |(n, root): &(&usize, &usize)| articles[**n].is_copy(&articles[**root]).is_some();
        let confirmed = linked.iter().filter(right).count();
        let found = by_rule.keys().filter(|n| linked.contains_key(n)).count();
        let same = by_rule.iter().filter(|(n, root)| linked.get(n) == Some(root)).count();
        let share = |some: usize, of: usize| if of == 0 { 100.0 } else { 100.0 * some as f64 / of as f64 };
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        let _ = writeln!(
            table,
            "{:<14} {:>8} {:>7} {:>7} {:>7.2} {:>7.2} {:>7.2}",
            name.split('.').next().unwrap_or(name),
            articles.len(),
            by_rule.len(),
            linked.len(),
            share(confirmed, linked.len()),
            share(found, by_rule.len()),
            share(same, by_rule.len())
        );
        table += &bands(&articles, &pairs, &linked);
        if errors {
            tell(&mut told, &articles, &linked, &by_rule);
        }
    }
    Ok(if told.is_empty() { table } else { format!("{told}\n{table}") })
}

/// The ids of copies, and of the articles that they are linked to.
type Links = Vec<(String, String)>;

/// The articles of a file in its order, each id once, and which the index links to which.
fn index(path: &Path) -> Result<(Vec<Compared>, Links), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let pipeline = Pipeline {
        extract: extract::Options { enabled: false, ..extract::Options::default() },
        ..Pipeline::default()
    };
    let mut writer = Writer::open(folder.path(), &WriterOptions::default())?;
    let (mut articles, mut seen) = (Vec::new(), BTreeSet::new());
    let ((files, _), options) = (inputs(&[path.to_owned()]), Options::default());
    for raw in files.iter().flat_map(|file| file.articles(&options)) {
        let mut article = clean::clean(raw.map_err(|reject| reject.to_string())?, &pipeline.clean).article;
        if article.id.is_empty() {
            article.id = content_id(&article);
        }
        if !seen.insert(article.id.clone()) {
            continue;
        }
        articles.push(Compared::of(&article));
        writer.upsert(pipeline.mark_article(article).prepare(writer.weights())?)?;
        if writer.wants_commit() {
            writer.commit()?;
        }
    }
    writer.finish()?;
    let archive = Archive::open(folder.path())?;
    let mut request = SearchRequest::default();
    request.page.group = dateline::backend::Group::None;
    request.page.snippets.limit = Some(0);
    let mut links = Vec::new();
    for hit in archive.stream("*", &request)? {
        let hit = hit?;
        links.extend(hit.copy_of.map(|root| (hit.article.id, root)));
    }
    Ok((articles, links))
}

/// Pairs of articles that have much in common, the later first, with their resemblance.
fn pairs(articles: &[Compared]) -> Vec<(usize, usize, f64)> {
    let mut lists: Vec<(u64, u32)> = Vec::new();
    for (article, n) in articles.iter().zip(0u32..) {
        let few = article.rows.len() < MANY;
        lists.extend(article.rows.iter().filter(|row| few || *row % 4 == 0).map(|row| (*row, n)));
    }
    lists.sort_unstable();
    let mut shared: HashMap<(u32, u32), u32> = HashMap::new();
    for list in lists.chunk_by(|a, b| a.0 == b.0).filter(|list| (2..=MAX_LIST).contains(&list.len())) {
        for (at, later) in list.iter().enumerate() {
            for earlier in &list[..at] {
                *shared.entry((later.1, earlier.1)).or_default() += 1;
            }
        }
    }
    let mut pairs = Vec::new();
    for ((later, earlier), times) in shared {
        let (later, earlier) = (later as usize, earlier as usize);
        if times < 3 && !articles[later].whole {
            continue;
        }
        let (resemblance, contained) = articles[later].compare(&articles[earlier]);
        if resemblance >= 0.2 || contained >= 0.8 {
            pairs.push((later, earlier, resemblance));
        }
    }
    pairs.sort_unstable_by_key(|pair| (pair.0, pair.1));
    pairs
}

/// The root of each copy by the rule: the nearest of the articles before it that are no copies themselves.
fn roots(articles: &[Compared], pairs: &[(usize, usize, f64)]) -> BTreeMap<usize, usize> {
    let mut roots = BTreeMap::new();
    for of_one in pairs.chunk_by(|a, b| a.0 == b.0) {
        let mut best: Option<(f64, usize)> = None;
        for (later, earlier, _) in of_one {
            if roots.contains_key(earlier) {
                continue;
            }
            if let Some(resemblance) = articles[*later].is_copy(&articles[*earlier])
                && best.is_none_or(|best| resemblance > best.0)
            {
                best = Some((resemblance, *earlier));
            }
        }
        if let (Some((_, root)), Some((later, ..))) = (best, of_one.first()) {
            roots.insert(*later, root);
        }
    }
    roots
}

/// Of the articles whose nearest earlier one is so near: how many are linked.
fn bands(articles: &[Compared], pairs: &[(usize, usize, f64)], linked: &BTreeMap<usize, usize>) -> String {
    let mut nearest: BTreeMap<usize, f64> = BTreeMap::new();
    for (later, _, resemblance) in pairs {
        let known = nearest.entry(*later).or_default();
        *known = known.max(*resemblance);
    }
    let mut told = String::new();
    for (from, to) in [(0.95, 1.01), (0.9, 0.95), (0.8, 0.9), (0.7, 0.8), (0.6, 0.7), (0.5, 0.6), (0.3, 0.5)]
    {
        let within: Vec<usize> =
            nearest.iter().filter(|(_, near)| (from..to).contains(*near)).map(|(n, _)| *n).collect();
        let of = within.iter().filter(|n| linked.contains_key(n)).count();
        let _ = writeln!(
            told,
            "  nearest {from:.2}..{:.2} {:>7} linked {of:>7}",
            f64::min(to, 1.0),
            within.len()
        );
    }
    let far = articles.len() - nearest.len();
    let of = linked.keys().filter(|n| !nearest.contains_key(n)).count();
    let _ = writeln!(told, "  none near           {far:>7} linked {of:>7}");
    told
}

/// What is linked against the rule, and what is not linked by it.
fn tell(
    told: &mut String,
    articles: &[Compared],
    linked: &BTreeMap<usize, usize>,
    by_rule: &BTreeMap<usize, usize>,
) {
    let mut line = |what: &str, n: usize, root: usize| {
        let (resemblance, contained) = articles[n].compare(&articles[root]);
        let (id, of) = (&articles[n].id, &articles[root].id);
        let lengths = (articles[n].rows.len(), articles[root].rows.len());
        let _ = writeln!(told, "{what} {resemblance:.3} {contained:.3} {lengths:?} {id} {of}");
    };
    for (n, root) in linked {
        if articles[*n].is_copy(&articles[*root]).is_none() {
            line("wrong ", *n, *root);
        }
    }
    for (n, root) in by_rule {
        if !linked.contains_key(n) {
            line("missed", *n, *root);
        }
    }
}
