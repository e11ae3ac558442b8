//! dateline's own index of the articles, asked in several ways.

use std::error::Error;
use std::path::Path;

use dateline::article::Article;
use dateline::backend::{Group, PageRequest};
use dateline::index::{Weights, Writer, WriterOptions};
use dateline::ingest::Pipeline;
use dateline::plan::{PlanOptions, plan_with};
use dateline::query::{Limits, parse};
use dateline::search::Archive;
use dateline::snippet::SnippetOptions;
use rayon::prelude::*;

use super::draw::Question;
use super::table::{DEPTH, Ranks, ranks};

/// How much a pair of neighbouring words counts as a phrase.
const PAIR_BOOST: f32 = 0.2;

/// A way of asking.
#[derive(Debug, Clone, Default)]
pub(super) struct Way {
    /// How queries are read.
    pub(super) plan: PlanOptions,
    /// Whether words that stand side by side in a question count for more where they do in the article.
    pub(super) pairs: bool,
}

/// An index with some weights.
pub(super) struct Index {
    archive: Archive,
}

impl Index {
    /// Indexes the articles into an empty folder.
    pub(super) fn build(
        articles: &[Article],
        pipeline: &Pipeline,
        weights: Weights,
        folder: &Path,
    ) -> Result<Self, Box<dyn Error>> {
        let mut writer = Writer::open(folder, &WriterOptions { weights, ..WriterOptions::default() })?;
        for some in articles.chunks(1000) {
            let prepare = |article: &Article| pipeline.mark_article(article.clone()).prepare(weights);
            for prepared in some.par_iter().map(prepare).collect::<Vec<_>>() {
                writer.upsert(prepared?)?;
            }
        }
        writer.finish()?;
        Ok(Self { archive: Archive::open(folder)? })
    }

    /// Where the wanted articles stand, asked for any and for all parts of a question.
    pub(super) fn ranks(&self, question: &Question, way: &Way) -> Result<[Ranks; 2], Box<dyn Error>> {
        let (mut any, mut all) = (question.parts.join(" OR "), question.parts.join(" "));
        // `*` scores every article alike, so what stands beside it adds to a score and takes no article away.
        let pairs = question.parts.windows(2).filter(|_| way.pairs && question.is_words());
        let pairs: Vec<String> = pairs.map(|pair| format!("\"{}\"^{PAIR_BOOST}", pair.join(" "))).collect();
        if !pairs.is_empty() {
            let pairs = pairs.join(" OR ");
            any = format!("{any} OR {pairs}");
            all = format!("{all} (* OR {pairs})");
        }
        Ok([self.asked(&any, question, &way.plan)?, self.asked(&all, question, &way.plan)?])
    }

    fn asked(
        &self,
        query: &str,
        question: &Question,
        options: &PlanOptions,
    ) -> Result<Ranks, Box<dyn Error>> {
        let told = |what: Vec<dateline::query::Diagnostic>| format!("{query}: {what:?}");
        let parsed = parse(query, &Limits::default()).map_err(told)?;
        let plan = plan_with(&parsed.query, options).map_err(told)?;
        let snippets = SnippetOptions { limit: Some(0), ..SnippetOptions::default() };
        let page = PageRequest {
            limit: DEPTH,
            total: false,
            snippets,
            group: Group::None,
            ..PageRequest::default()
        };
        let found = self.archive.backend().find(&plan.root, &page)?;
        let hits = found.fetch(self.archive.backend().reader())?;
        Ok(ranks(hits.iter().map(|(_, stored)| stored.article.id.as_str()), &question.wanted))
    }
}
