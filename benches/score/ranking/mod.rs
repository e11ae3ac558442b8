//! Ranking: articles that are known to be the answer are looked for, and where they stand in the list is the score.
//!
//! [`draw`] makes the questions: headlines whose article is wanted, in full and as a few of their words; the names and
//! numbers of a sentence; and, where a corpus says which articles tell one event, the event's name. [`ours`] indexes
//! the articles once for each weighting and asks them; [`stemmed`] is the yardstick, BM25 over stemmed words without
//! stop words, as Lucene's English analyser has it. [`table`] adds up.
//!
//! A headline stands in its own article and so finds it too easily; everything is asked again of an index of the
//! bodies alone.

mod draw;
mod ours;
mod stemmed;
mod table;

use std::error::Error;
use std::path::PathBuf;

use dateline::article::Article;
use dateline::index::Weights;
use dateline::ingest::Pipeline;
use dateline::plan::PlanOptions;

use ours::Way;
pub(crate) use table::Table;

/// What to ask.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// Questions of each kind.
    pub(crate) queries: usize,
    /// The seed that they are drawn with.
    pub(crate) seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { queries: 200, seed: 1 }
    }
}

/// A way of weighing words by place, and the ways of asking that are tried on it.
struct Setup {
    weights: Weights,
    ways: Vec<(&'static str, Way)>,
}

/// Scores every setup, with titles and without.
pub(crate) fn run(paths: &[PathBuf], options: &Options) -> Result<Vec<Table>, Box<dyn Error>> {
    let pipeline = Pipeline::default();
    let corpus = draw::read(paths, &pipeline)?;
    let questions = draw::draw(&corpus, &pipeline, options);
    let mut tables = Vec::new();
    for titled in [true, false] {
        let articles: Vec<Article> = corpus
            .articles
            .iter()
            .cloned()
            .map(|article| if titled { article } else { Article { title: String::new(), ..article } })
            .collect();
        let mut table = Table::new(titled, articles.len(), options.seed, &questions);
        for setup in setups(titled) {
            let folder = tempfile::tempdir()?;
            let index = ours::Index::build(&articles, &pipeline, setup.weights, folder.path())?;
            for (name, way) in &setup.ways {
                let Weights { title, lead } = setup.weights;
                let place =
                    if titled { format!("title {title}, lead {lead}") } else { format!("lead {lead}") };
                table.add(format!("{place}{name}"), &questions, |question| index.ranks(question, way))?;
            }
        }
        let baseline = stemmed::Stemmed::build(&articles)?;
        table.add("baseline: stemmed BM25".to_owned(), &questions, |q| baseline.ranks(q))?;
        tables.push(table);
    }
    Ok(tables)
}

fn setups(titled: bool) -> Vec<Setup> {
    let as_it_is = Weights::default();
    let weights: &[(u32, u32)] =
        if titled { &[(1, 1), (2, 1), (3, 2), (4, 2), (5, 2)] } else { &[(1, 1), (1, 2), (1, 3)] };
    weights
        .iter()
        .map(|&(title, lead)| {
            let usual = (title == as_it_is.title || !titled) && lead == as_it_is.lead;
            let mut ways = vec![(if usual { " (as it is)" } else { "" }, Way::default())];
            if usual {
                let plan = PlanOptions { inflections: false, ..PlanOptions::default() };
                ways.push((", no inflections", Way { plan, ..Way::default() }));
                ways.push((", pairs as phrases", Way { pairs: true, ..Way::default() }));
            }
            Setup { weights: Weights { title, lead }, ways }
        })
        .collect()
}
