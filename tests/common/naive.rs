//! The query language read naively: every way of placing a query's words in a text is tried.

use std::collections::BTreeSet;
use std::fmt;

use dateline::article::{Article, DAY, Kind, Mention, Span, TextField, day_number};
use dateline::text::{fold, paragraphs, sentences, tokens};

/// A query.
#[derive(Debug, Clone)]
pub(crate) enum Query {
    Atom(Atom),
    And(Vec<Query>),
    Or(Vec<Query>),
    AndNot(Box<Query>, Box<Query>),
    Near(Relation, Box<Query>, Box<Query>),
    AtLeast(u32, Box<Query>),
}

/// A word, a phrase, a name.
#[derive(Debug, Clone)]
pub(crate) enum Atom {
    /// As written.
    Word(&'static str),
    /// With its inflections.
    Bare(&'static str),
    Prefix(&'static str),
    Mention(Wanted),
    Phrase {
        field: Option<TextField>,
        parts: Vec<Part>,
        slop: u32,
    },
}

#[derive(Debug, Clone)]
pub(crate) enum Part {
    Word(&'static str),
    Slot(Wanted),
}

/// Which mentions.
#[derive(Debug, Clone)]
pub(crate) enum Wanted {
    Any(Kind),
    Name(Kind, &'static str),
    /// By name or through a place; `*` for any.
    Country(&'static str),
    Number(f64, f64),
    Counted(&'static str),
    /// Dates that share a day with those days of October 2025, both included.
    Days(u32, u32),
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Relation {
    Within(u32),
    Before(u32),
    NotWithin(u32),
    Sentence,
    Paragraph,
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, all: &[Query], with: &str| {
            let all: Vec<String> = all.iter().map(|q| format!("({q})")).collect();
            f.write_str(&all.join(with))
        };
        match self {
            Self::Atom(atom) => atom.fmt(f),
            Self::And(all) => joined(f, all, " AND "),
            Self::Or(all) => joined(f, all, " OR "),
            Self::AndNot(yes, no) => write!(f, "({yes}) NOT ({no})"),
            Self::Near(Relation::Within(n), l, r) => write!(f, "({l}) W/{n} ({r})"),
            Self::Near(Relation::Before(n), l, r) => write!(f, "({l}) PRE/{n} ({r})"),
            Self::Near(Relation::NotWithin(n), l, r) => write!(f, "({l}) NOT W/{n} ({r})"),
            Self::Near(Relation::Sentence, l, r) => write!(f, "({l}) W/S ({r})"),
            Self::Near(Relation::Paragraph, l, r) => write!(f, "({l}) W/P ({r})"),
            Self::AtLeast(n, of) => write!(f, "ATLEAST{n}({of})"),
        }
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "\"{word}\""),
            Self::Bare(word) => f.write_str(word),
            Self::Prefix(prefix) => write!(f, "{prefix}*"),
            Self::Mention(wanted) => match wanted {
                Wanted::Any(kind) => write!(f, "{}:*", kind.name()),
                Wanted::Name(kind, name) => write!(f, "{}:\"{name}\"", kind.name()),
                Wanted::Country(code) => write!(f, "country.any:{code}"),
                Wanted::Number(lo, hi) => write!(f, "number:[{lo} TO {hi}]"),
                Wanted::Counted(noun) => write!(f, "number.{noun}:*"),
                Wanted::Days(from, to) => write!(f, "date:[2025-10-{from:02} TO 2025-10-{to:02}]"),
            },
            Self::Phrase { field, parts, slop } => {
                if let Some(field) = field {
                    write!(f, "{}:", field.name())?;
                }
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| match part {
                        Part::Word(word) => (*word).to_owned(),
                        Part::Slot(Wanted::Any(kind)) => format!("{{{}}}", kind.name()),
                        Part::Slot(Wanted::Name(kind, name)) => format!("{{{} \"{name}\"}}", kind.name()),
                        Part::Slot(Wanted::Country(_)) => unreachable!("slots have no variants"),
                        Part::Slot(Wanted::Number(lo, hi)) => format!("{{number {lo}..{hi}}}"),
                        Part::Slot(Wanted::Counted(noun)) => format!("{{number {noun}}}"),
                        Part::Slot(Wanted::Days(from, to)) => {
                            format!("{{date 2025-10-{from:02}..2025-10-{to:02}}}")
                        }
                    })
                    .collect();
                write!(f, "\"{}\"", parts.join(" "))?;
                if *slop > 0 { write!(f, "~{slop}") } else { Ok(()) }
            }
        }
    }
}

/// A word of the text and where it stands.
#[derive(Debug, Clone)]
struct Word {
    field: TextField,
    span: Span,
    term: String,
    /// Counted in its field.
    number: i64,
    sentence: (TextField, usize),
    paragraph: (TextField, usize),
}

/// An article, read.
pub(crate) struct Text<'a> {
    words: Vec<Word>,
    mentions: Vec<(&'a Mention, usize, usize)>,
}

/// What a program is shown of a match.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shown {
    pub(crate) field: TextField,
    pub(crate) span: Span,
    pub(crate) captures: Vec<(String, Span, String)>,
}

impl<'a> Text<'a> {
    pub(crate) fn read(article: &'a Article, mentions: &'a [Mention]) -> Self {
        let mut words: Vec<Word> = Vec::new();
        for (field, text) in [(TextField::Title, &article.title), (TextField::Body, &article.body)] {
            let (all_sentences, all_paragraphs): (Vec<Span>, Vec<Span>) =
                (sentences(text).collect(), paragraphs(text).collect());
            let which = |spans: &[Span], at: u32| match field {
                TextField::Title => (field, 0),
                TextField::Body => (field, spans.iter().filter(|s| s.start <= at).count()),
            };
            words.extend(tokens(text).zip(0..).map(|(token, number)| Word {
                field,
                span: token.span,
                term: fold(token.span.of(text)),
                number,
                sentence: which(&all_sentences, token.span.start),
                paragraph: which(&all_paragraphs, token.span.start),
            }));
        }
        let covered = |m: &Mention| {
            let inside =
                |w: &Word| w.field == m.field && w.span.start < m.span.end && m.span.start < w.span.end;
            let first = words.iter().position(inside)?;
            Some((first, words.iter().rposition(inside)?))
        };
        let mentions =
            mentions.iter().filter_map(|m| covered(m).map(|(first, last)| (m, first, last))).collect();
        Self { words, mentions }
    }
}

/// A way to place something: the words from the first to the last, all of them taken or only the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    first: usize,
    last: usize,
    solid: bool,
}

impl Place {
    fn takes(self, word: usize) -> bool {
        if self.solid {
            self.first <= word && word <= self.last
        } else {
            word == self.first || word == self.last
        }
    }
}

type Places = BTreeSet<Place>;
type Marks = BTreeSet<Shown>;

impl Query {
    /// What is marked; `None` if the text does not match.
    pub(crate) fn read(&self, text: &Text) -> Option<Marks> {
        match self {
            Self::And(all) => {
                let all: Option<Vec<Marks>> = all.iter().map(|q| q.read(text)).collect();
                Some(all?.into_iter().flatten().collect())
            }
            // An OR of what has places is the same whether it is read by places or by article.
            Self::Or(any) => {
                let any: Vec<Marks> = any.iter().filter_map(|q| q.read(text)).collect();
                (!any.is_empty()).then(|| any.into_iter().flatten().collect())
            }
            Self::AndNot(yes, no) => {
                if no.read(text).is_some() {
                    None
                } else {
                    yes.read(text)
                }
            }
            Self::AtLeast(n, of) => {
                let places = of.places(text);
                let shortest = places.iter().filter(|p| {
                    !places.iter().any(|q| {
                        (q.first, q.last) != (p.first, p.last) && q.first >= p.first && q.last <= p.last
                    })
                });
                let different: BTreeSet<_> = shortest.map(|p| (p.first, p.last)).collect();
                (different.len() >= *n as usize).then(|| of.marks(text, &places))
            }
            Self::Near(..) | Self::Atom(_) => {
                let places = self.places(text);
                (!places.is_empty()).then(|| self.marks(text, &places))
            }
        }
    }

    fn places(&self, text: &Text) -> Places {
        match self {
            Self::Atom(atom) => {
                atom.rows(text).into_iter().map(|r| Place { first: r.0, last: r.1, solid: true }).collect()
            }
            Self::Or(any) => any.iter().flat_map(|q| q.places(text)).collect(),
            Self::Near(relation, l, r) => {
                let (l, r) = (l.places(text), r.places(text));
                if let Relation::NotWithin(_) = relation {
                    return l
                        .iter()
                        .copied()
                        .filter(|l| !r.iter().any(|r| relation.holds(text, *l, *r)))
                        .collect();
                }
                let pairs = l.iter().flat_map(|l| r.iter().map(move |r| (*l, *r)));
                pairs.filter(|(l, r)| relation.holds(text, *l, *r)).map(|(l, r)| join(l, r)).collect()
            }
            _ => unreachable!("no operand of a proximity operator"),
        }
    }

    /// The marks of everything that takes part in one of the places wanted.
    fn marks(&self, text: &Text, wanted: &Places) -> Marks {
        match self {
            Self::Atom(atom) => atom
                .rows(text)
                .into_iter()
                .filter(|r| wanted.contains(&Place { first: r.0, last: r.1, solid: true }))
                .map(|r| atom.shown(text, &r))
                .collect(),
            Self::Or(any) => any.iter().flat_map(|q| q.marks(text, wanted)).collect(),
            Self::Near(relation, l, r) => {
                if let Relation::NotWithin(_) = relation {
                    return l.marks(text, wanted);
                }
                let (mut left, mut right) = (Places::new(), Places::new());
                for a in l.places(text) {
                    for b in r.places(text) {
                        if relation.holds(text, a, b) && wanted.contains(&join(a, b)) {
                            left.insert(a);
                            right.insert(b);
                        }
                    }
                }
                l.marks(text, &left).into_iter().chain(r.marks(text, &right)).collect()
            }
            _ => unreachable!("no operand of a proximity operator"),
        }
    }
}

fn join(a: Place, b: Place) -> Place {
    Place { first: a.first.min(b.first), last: a.last.max(b.last), solid: false }
}

impl Relation {
    fn holds(self, text: &Text, l: Place, r: Place) -> bool {
        let word = |at: usize| &text.words[at];
        let ends = [l.first, l.last, r.first, r.last];
        let one_field = ends.iter().all(|at| word(*at).field == word(l.first).field);
        let shared = [l.first, l.last].iter().any(|at| r.takes(*at))
            && (r.solid || l.solid || { [l.first, l.last].iter().any(|at| *at == r.first || *at == r.last) })
            || [r.first, r.last].iter().any(|at| l.takes(*at));
        let apart = |a: usize, b: usize| word(b).number - word(a).number;
        let near = match self {
            Self::Within(n) | Self::NotWithin(n) => {
                apart(l.last, r.first) <= i64::from(n) && apart(r.last, l.first) <= i64::from(n)
            }
            Self::Before(n) => l.last < r.first && apart(l.last, r.first) <= i64::from(n),
            Self::Sentence => ends.iter().all(|at| word(*at).sentence == word(l.first).sentence),
            Self::Paragraph => ends.iter().all(|at| word(*at).paragraph == word(l.first).paragraph),
        };
        one_field && near && !shared
    }
}

/// The first and the last word of a row, and what each part takes.
type Row = (usize, usize, Vec<(usize, usize)>);

impl Atom {
    fn rows(&self, text: &Text) -> Vec<Row> {
        let words = |fits: &dyn Fn(&str) -> bool| {
            let fitting = text.words.iter().enumerate().filter(|(_, w)| fits(&w.term));
            fitting.map(|(at, _)| (at, at, vec![(at, at)])).collect()
        };
        match self {
            Self::Word(word) => words(&|term| term == *word),
            Self::Bare(word) => words(&|term| term.trim_end_matches('s') == word.trim_end_matches('s')),
            Self::Prefix(prefix) => words(&|term| term.starts_with(prefix)),
            Self::Mention(wanted) => wanted
                .places(text)
                .into_iter()
                .map(|(first, last)| (first, last, vec![(first, last)]))
                .collect(),
            Self::Phrase { field, parts, slop } => {
                let lists: Vec<Vec<(usize, usize)>> = parts
                    .iter()
                    .map(|part| match part {
                        Part::Word(word) => (0..text.words.len())
                            .filter(|at| text.words[*at].term == *word)
                            .map(|at| (at, at))
                            .collect(),
                        Part::Slot(wanted) => wanted.places(text),
                    })
                    .map(|list: Vec<(usize, usize)>| {
                        let here = |at: &(usize, usize)| field.is_none_or(|f| text.words[at.0].field == f);
                        list.into_iter().filter(here).collect()
                    })
                    .collect();
                let mut rows = Vec::new();
                choose(text, &lists, i64::from(*slop), &mut Vec::new(), &mut rows);
                let shortest: Vec<Row> = rows
                    .iter()
                    .filter(|r| {
                        parts.len() == 1
                            || !rows.iter().any(|q| (q.0, q.1) != (r.0, r.1) && q.0 >= r.0 && q.1 <= r.1)
                    })
                    .cloned()
                    .collect();
                // Of several ways to fill one row, the first part by part.
                let mut first: Vec<Row> = Vec::new();
                for row in shortest {
                    match first.iter_mut().find(|r| (r.0, r.1) == (row.0, row.1)) {
                        Some(known) => known.2 = known.2.clone().min(row.2),
                        None => first.push(row),
                    }
                }
                first
            }
        }
    }

    fn shown(&self, text: &Text, (first, last, parts): &Row) -> Shown {
        let mut captures = Vec::new();
        if let Self::Phrase { parts: wanted, .. } = self {
            let mut names: Vec<String> = Vec::new();
            for (part, (from, to)) in wanted.iter().zip(parts) {
                let Part::Slot(wanted) = part else { continue };
                let kind = wanted.kind().name();
                let before = names.iter().filter(|n| n.as_str() == kind).count();
                let name = if before == 0 { kind.to_owned() } else { format!("{kind}_{}", before + 1) };
                names.push(kind.to_owned());
                let filled = text.mentions.iter().find(|(m, f, l)| (f, l) == (from, to) && wanted.passes(m));
                let (mention, ..) = filled.unwrap();
                captures.push((name, mention.span, mention.key().into_owned()));
            }
        }
        let (first, last) = (&text.words[*first], &text.words[*last]);
        Shown { field: first.field, span: Span { start: first.span.start, end: last.span.end }, captures }
    }
}

/// Tries every choice of words for the parts of a phrase.
fn choose(
    text: &Text,
    lists: &[Vec<(usize, usize)>],
    slop: i64,
    chosen: &mut Vec<(usize, usize)>,
    rows: &mut Vec<Row>,
) {
    let Some(list) = lists.get(chosen.len()) else {
        let (first, last) =
            (chosen.iter().map(|c| c.0).min().unwrap(), chosen.iter().map(|c| c.1).max().unwrap());
        let together = text.words[first].paragraph == text.words[last].paragraph;
        let mut taken = 0;
        let offsets: Vec<i64> = chosen
            .iter()
            .map(|(from, to)| {
                let offset = text.words[*from].number - taken;
                taken += i64::try_from(to - from).unwrap() + 1;
                offset
            })
            .collect();
        if together && offsets.iter().max().unwrap() - offsets.iter().min().unwrap() <= slop {
            rows.push((first, last, chosen.clone()));
        }
        return;
    };
    for (from, to) in list {
        if chosen.iter().all(|(f, t)| t < from || to < f) {
            chosen.push((*from, *to));
            choose(text, lists, slop, chosen, rows);
            chosen.pop();
        }
    }
}

impl Wanted {
    fn kind(&self) -> Kind {
        match self {
            Self::Any(kind) | Self::Name(kind, _) => *kind,
            Self::Country(_) => Kind::Country,
            Self::Number(..) | Self::Counted(_) => Kind::Number,
            Self::Days(..) => Kind::Date,
        }
    }

    fn places(&self, text: &Text) -> Vec<(usize, usize)> {
        let passing = text.mentions.iter().filter(|(m, ..)| self.passes(m));
        let places: BTreeSet<_> = passing.map(|(_, first, last)| (*first, *last)).collect();
        places.into_iter().collect()
    }

    fn passes(&self, mention: &Mention) -> bool {
        let counted = mention.kind == Kind::Number && mention.quantity().is_some_and(|q| q.unit.is_some());
        match self {
            // A quantity is a measure or a number of things.
            Self::Any(Kind::Quantity) => mention.kind == Kind::Quantity || counted,
            Self::Any(kind) => mention.kind == *kind,
            Self::Name(Kind::Place, name) => {
                let key = mention.key();
                let ends = match name.split_once(", ") {
                    None => "",
                    Some((_, "texas")) => ", TX, US",
                    Some((_, country)) => country,
                };
                let called = key.split(", ").next() == name.split(", ").next();
                mention.kind == Kind::Place && called && key.ends_with(ends)
            }
            Self::Country(code) => match mention.kind {
                Kind::Country => *code == "*" || mention.key() == *code,
                Kind::Place => {
                    mention.key().split(", ").skip(1).last().is_some_and(|c| *code == "*" || c == *code)
                }
                _ => false,
            },
            Self::Name(kind, name) => {
                let key = mention.key();
                let part = !name.contains(' ') && *kind != Kind::Country;
                mention.kind == *kind && (key == *name || (part && key.split(' ').any(|p| p == *name)))
            }
            Self::Number(lo, hi) => {
                mention.kind == Kind::Number && mention.quantity().is_some_and(|q| q.lo <= *hi && q.hi >= *lo)
            }
            // A date is days, the last of them included.
            Self::Days(from, to) => mention.period().is_some_and(|period| {
                let day = |d: u32| i64::from(day_number(2025, 10, d).unwrap()) * DAY;
                let last = period.to() - DAY;
                period.from() <= day(*to) && day(*from) <= last
            }),
            Self::Counted(noun) => {
                counted && mention.quantity().is_some_and(|q| q.unit.as_deref() == Some(noun))
            }
        }
    }
}
