//! dateline's own index of the articles, asked in several ways.

use std::error::Error;
use std::path::Path;

use dateline::article::Article;
use dateline::backend::PageRequest;
use dateline::index::{Weights, Writer, WriterOptions};
use dateline::ingest::Pipeline;
use dateline::plan::{PlanOptions, plan_with};
use dateline::query::{Limits, parse};
use dateline::search::Archive;
use dateline::snippet::SnippetOptions;

use super::draw::Question;
use super::table::{DEPTH, Ranks, ranks};

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
        let pipeline = Pipeline { weights, ..pipeline.clone() };
        let mut writer = Writer::open(folder, &WriterOptions::default())?;
        for article in articles {
            writer.upsert(pipeline.prepare(&pipeline.mark_article(article.clone()))?)?;
        }
        writer.finish()?;
        Ok(Self { archive: Archive::open(folder)? })
    }

    /// Where the wanted articles stand, asked for any and for all parts of a question.
    pub(super) fn ranks(
        &self,
        question: &Question,
        options: &PlanOptions,
    ) -> Result<[Ranks; 2], Box<dyn Error>> {
        Ok([
            self.asked(&question.parts.join(" OR "), question, options)?,
            self.asked(&question.parts.join(" "), question, options)?,
        ])
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
        let page = PageRequest { limit: DEPTH, total: false, snippets, ..PageRequest::default() };
        let found = self.archive.backend().find(&plan.root, &page)?;
        let hits = found.fetch(self.archive.backend().reader())?;
        Ok(ranks(hits.iter().map(|(_, stored)| stored.article.id.as_str()), &question.wanted))
    }
}
