//! What a plan costs, part by part, and where the score of an article comes from.

use tantivy::query::EnableScoring;
use tantivy::schema::Field;
use tantivy::{DocAddress, Searcher, Term};

use super::collect::timed;
use super::expand::{Expander, is_held};
use super::held::without_absent_forms;
use super::lower::{self, word_field};
use super::mentions::IndexTest;
use super::watch::Watch;
use crate::backend::contract::Reads;
use crate::backend::{BackendError, Costed, Scored};
use crate::index::{Reader, Weights, id_term};
use crate::plan::{
    Element, ExactField, ExistsField, Leaf, MentionTest, Nearness, Node, Part, Pattern, Places,
};
use crate::story::number_of;

/// What answering a plan takes.
pub(super) fn cost(
    reader: &Reader,
    time: Option<std::time::Duration>,
    plan: &Node,
) -> Result<Costed, BackendError> {
    let searcher = reader.searcher();
    timed(time, |watch| {
        let plan = without_absent_forms(&searcher, plan)?;
        Coster { words: Expander::new(&searcher, reader.weights(), watch), all: searcher.num_docs() }
            .node(&plan)
    })
}

struct Coster<'a> {
    words: Expander<'a>,
    /// Articles in the index.
    all: u64,
}

fn part(what: impl Into<String>, articles: u64, parts: Vec<Costed>) -> Costed {
    let entries = parts.iter().map(|p| p.entries).sum();
    Costed { what: what.into(), articles, entries, reads: Vec::new(), words: Vec::new(), parts }
}

fn fewest(parts: &[Costed], all: u64) -> u64 {
    parts.iter().map(|p| p.articles).min().unwrap_or(all)
}

fn sum(parts: &[Costed], all: u64) -> u64 {
    parts.iter().map(|p| p.articles).fold(0, u64::saturating_add).min(all)
}

impl Coster<'_> {
    fn node(&mut self, node: &Node) -> Result<Costed, BackendError> {
        let all = self.all;
        Ok(match node {
            Node::All => part("every article", all, Vec::new()),
            Node::Nothing => part("nothing", 0, Vec::new()),
            Node::And { all: must, none } => {
                let mut parts = self.nodes(must)?;
                let articles = fewest(&parts, all);
                for excluded in self.nodes(none)? {
                    parts.push(Costed { what: format!("not: {}", excluded.what), ..excluded });
                }
                part("all of", articles, parts)
            }
            Node::Or(children) => {
                let parts = self.nodes(children)?;
                part("any of", sum(&parts, all), parts)
            }
            Node::Boost { child, by } => {
                let child = self.node(child)?;
                part(format!("counted {by} times"), child.articles, vec![child])
            }
            Node::Leaf(leaf) => self.leaf(leaf)?,
        })
    }

    fn nodes(&mut self, nodes: &[Node]) -> Result<Vec<Costed>, BackendError> {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    fn leaf(&mut self, leaf: &Leaf) -> Result<Costed, BackendError> {
        let fields = Reader::fields();
        let what = leaf.to_string();
        Ok(match leaf {
            Leaf::Words(pattern) => self.pattern(pattern)?,
            Leaf::Mention(test) => Costed { what, ..self.mention(test)? },
            Leaf::Near(places) => self.places(places)?,
            Leaf::AtLeast { of, .. } => {
                let of = self.places(of)?;
                Costed { reads: vec![Reads::Positions], ..part(what, of.articles, vec![of]) }
            }
            Leaf::Exact { field, value } => {
                let articles = match field {
                    ExactField::Id => self.holders(fields.id, &id_term(value))?,
                    ExactField::Lang => self.holders(fields.lang, value)?,
                    ExactField::Story => self.in_story(value)?,
                };
                Costed { entries: articles, ..part(what, articles, Vec::new()) }
            }
            Leaf::Exists(ExistsField::Lang) => part(what, self.all, Vec::new()),
            Leaf::Time { .. } | Leaf::Exists(_) => {
                Costed { reads: vec![Reads::Column], ..part(what, self.all, Vec::new()) }
            }
        })
    }

    fn pattern(&mut self, pattern: &Pattern) -> Result<Costed, BackendError> {
        let field = word_field(pattern.scope);
        let positions = pattern.parts.len() > 1
            || pattern.scope.is_part()
            || matches!(pattern.parts[..], [Part::Slot(_)]);
        let mut parts = Vec::with_capacity(pattern.parts.len());
        for each in &pattern.parts {
            parts.push(match each {
                Part::Word(element) => self.word(field, element)?,
                Part::Slot(slot) if slot.tests.len() == 1 => {
                    let mut test = slot.tests.iter().map(|test| self.mention(test));
                    match test.next() {
                        Some(test) => Costed { what: each.to_string(), ..test? },
                        None => part(each.to_string(), 0, Vec::new()),
                    }
                }
                Part::Slot(slot) => {
                    let tests: Result<Vec<_>, _> = slot.tests.iter().map(|t| self.mention(t)).collect();
                    let tests = tests?;
                    let mut reads: Vec<Reads> = tests.iter().flat_map(|t| t.reads.clone()).collect();
                    reads.dedup();
                    Costed { reads, ..part(each.to_string(), sum(&tests, self.all), tests) }
                }
            });
        }
        let reads = if positions { vec![Reads::Positions] } else { Vec::new() };
        if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            return Ok(Costed { what: pattern.to_string(), reads, ..only });
        }
        Ok(Costed { reads, ..part(pattern.to_string(), fewest(&parts, self.all), parts) })
    }

    fn places(&mut self, places: &Places) -> Result<Costed, BackendError> {
        Ok(match places {
            Places::Row(pattern) => self.pattern(pattern)?,
            Places::Or(children) => {
                let parts: Result<Vec<_>, _> = children.iter().map(|child| self.places(child)).collect();
                let parts = parts?;
                part("any of", sum(&parts, self.all), parts)
            }
            Places::Near { op, left, right } => {
                let parts = vec![self.places(left)?, self.places(right)?];
                let articles = match op {
                    Nearness::NotWithin(_) => parts.first().map_or(0, |left| left.articles),
                    _ => fewest(&parts, self.all),
                };
                Costed { reads: vec![Reads::Positions], ..part(op.to_string(), articles, parts) }
            }
        })
    }

    fn word(&mut self, field: Field, element: &Element) -> Result<Costed, BackendError> {
        let mut words = Vec::new();
        for form in self.words.terms(field, element)? {
            let mut holders = self.holders(field, &form.term)?;
            if form.langs.is_empty() {
                if holders > 0 {
                    words.push((form.term, holders));
                }
                continue;
            }
            let mut most = 0;
            for tag in &form.langs {
                most += self.holders(Reader::fields().lang, tag)?;
            }
            holders = holders.min(most);
            if holders > 0 && is_held(self.words.searcher, field, &form)? {
                words.push((format!("{} ({})", form.term, form.langs.join(", ")), holders));
            }
        }
        let entries: u64 = words.iter().map(|w| w.1).sum();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let expanded = !matches!(element, Element::Terms(terms) if terms.len() == 1);
        let what = match element {
            // Its forms are listed with their counts.
            Element::Terms(terms) | Element::Forms { terms, .. } => {
                format!("word {}", terms.first().map_or("", String::as_str))
            }
            pattern => format!("words {pattern}"),
        };
        let words = if expanded { words } else { Vec::new() };
        Ok(Costed { entries, words, ..part(what, entries.min(self.all), Vec::new()) })
    }

    fn mention(&mut self, test: &MentionTest) -> Result<Costed, BackendError> {
        let holders = self.holders(Reader::fields().mention, &IndexTest::of(test).term)?;
        let values = IndexTest::of(test).is_of_value();
        let reads = if values { vec![Reads::Values] } else { Vec::new() };
        Ok(Costed { entries: holders, reads, ..part(test.to_string(), holders, Vec::new()) })
    }

    fn holders(&self, field: Field, term: &str) -> Result<u64, BackendError> {
        Ok(self.words.searcher.doc_freq(&Term::from_field_text(field, term))?)
    }

    fn in_story(&self, id: &str) -> Result<u64, BackendError> {
        let term = number_of(id).map(|number| Term::from_field_u64(Reader::fields().story, number));
        Ok(term.map_or(Ok(0), |term| self.words.searcher.doc_freq(&term))?)
    }
}

/// Where the score of an article comes from; `None` for a part that does not match it.
pub(super) fn score(
    searcher: &Searcher,
    weights: Weights,
    node: &Node,
    at: DocAddress,
) -> Result<Option<Scored>, BackendError> {
    let gather = |nodes: &[Node]| -> Result<Vec<Scored>, BackendError> {
        let each: Result<Vec<_>, _> = nodes.iter().map(|node| score(searcher, weights, node, at)).collect();
        Ok(each?.into_iter().flatten().collect())
    };
    let whole = |what: &str, parts: Vec<Scored>| Scored {
        what: what.to_owned(),
        score: parts.iter().map(|p| p.score).sum(),
        parts,
    };
    Ok(match node {
        Node::All => Some(Scored { what: "every article".to_owned(), score: 1.0, parts: Vec::new() }),
        Node::Nothing => None,
        Node::And { all, .. } => {
            let parts = gather(all)?;
            (parts.len() == all.len()).then(|| whole("all of", parts))
        }
        Node::Or(children) => {
            let parts = gather(children)?;
            (!parts.is_empty()).then(|| whole("any of", parts))
        }
        Node::Boost { child, by } => score(searcher, weights, child, at)?.map(|child| Scored {
            what: format!("{by} times"),
            score: child.score * by,
            parts: vec![child],
        }),
        Node::Leaf(leaf) => {
            let query = lower::lower(searcher, weights, &Watch::start(None), node)?;
            let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
            let mut scorer = weight.scorer(searcher.segment_reader(at.segment_ord), 1.0)?;
            let found = scorer.doc() <= at.doc_id && scorer.seek(at.doc_id) == at.doc_id;
            found.then(|| Scored { what: describe(leaf), score: scorer.score(), parts: Vec::new() })
        }
    })
}

/// A leaf in words, the operands of an operator included.
fn describe(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Near(places) | Leaf::AtLeast { of: places, .. } => {
            let rows: Vec<String> = places.rows().iter().map(ToString::to_string).collect();
            format!("{leaf}: {}", rows.join(", "))
        }
        leaf => leaf.to_string(),
    }
}
