//! Many plans, asked of one article at once.
//!
//! All plans share one [`Rows`](super::ready): each word that any of them asks for has a list, and the article is read once, every token looked
//! up once for all of them ([`words`]). Which lists have a word, and who and what is named, are the *facts* of the article ([`facts`]), a bit each
//! ([`bits`]). What takes more looking (a phrase, words near each other, a value) is a *question* ([`claim`]), which plans that ask for the same
//! share, and which is answered once an article, if anybody asks ([`answers`]).
//!
//! A plan is asked only if the article holds one of the facts of which it needs one: its *cover* ([`cover`]), the rarest that does. Then all
//! facts must be there that it needs, and only then its questions are asked; many have none. Plans without a cover (a range of days alone, or only a
//! `NOT`) are always asked.
//!
//! Nothing is scored and nothing marked: a match is a yes, the same that [`Matcher`](super::Matcher) gives.

mod answers;
mod bits;
mod claim;
mod cover;
mod facts;
mod words;

use self::answers::{Answers, Memory};
use self::bits::Bits;
use self::claim::{Claim, Claims, Question};
use self::facts::Facts;
use self::words::{Known, Words};
use super::ready::{Ready, Rows};
use super::subject::Subject;
use crate::article::{Article, Mention};
use crate::plan::Node;
use crate::plan::row::Stretch;
use crate::text::Token;

/// An article as it is asked about: its tokens known, its mentions in order of field and start.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its mentions.
    pub mentions: &'a [Mention],
    /// The tokens of its title.
    pub title: &'a [Token],
    /// The tokens of its body.
    pub body: &'a [Token],
}

/// Of each list: the facts of which it needs one to be filled, if mentions fill it.
type Fillers = Vec<Vec<usize>>;

/// Plans, by number, made ready to be asked of single articles.
#[derive(Debug)]
pub struct Crowd {
    plans: Vec<Asking>,
    /// The facts that plans need, one plan's after the other's.
    needs: Vec<u32>,
    rows: Rows,
    words: Words,
    facts: Facts,
    questions: Vec<Question>,
    fillers: Fillers,
    /// Who is to be asked where a fact is true.
    by_fact: Vec<Vec<u32>>,
    /// Who is always asked.
    always: Vec<u32>,
}

/// How a plan is asked.
#[derive(Debug)]
struct Asking {
    /// Its needs, from the first to the first after the last.
    needs: (u32, u32),
    rest: Rest,
}

/// What is to be asked of a plan whose needs are met.
#[derive(Debug)]
enum Rest {
    Nothing,
    Question(u32),
    Claim(Box<Claim>),
}

/// What is used again from article to article; each thread has its own.
#[derive(Debug, Default)]
pub struct Scratch {
    lists: Vec<Vec<Stretch>>,
    known: Known,
    memory: Memory,
    candidates: Bits,
}

/// Has one plan asked, whatever becomes of it: is given its number and the question. Plans whose facts tell are not asked.
pub type Within<'a> = dyn FnMut(usize, &mut dyn FnMut() -> bool) -> bool + 'a;

impl Crowd {
    /// Makes plans ready; `share` says in what part of all articles a word stands, about, from 0 to 1: whom it says rare is asked for
    /// first. It changes no answer.
    pub fn new<'p>(plans: impl IntoIterator<Item = &'p Node>, share: &dyn Fn(&str) -> f64) -> Self {
        let mut rows = Rows::of_many();
        let roots: Vec<Ready> = plans.into_iter().map(|plan| rows.prepare(plan)).collect();
        rows.close();
        let mut claims = Claims::new(&rows, Facts::of_lists(cover::shares(&rows, share)));
        let roots: Vec<Claim> = roots.into_iter().map(|root| claims.take(root)).collect();
        let mut by_fact = vec![Vec::new(); claims.facts.len()];
        let (mut always, mut needs, mut plans) = (Vec::new(), Vec::new(), Vec::new());
        for (claim, number) in roots.into_iter().zip(0..) {
            match claims.cover(&claim) {
                Some(cover) => {
                    for fact in cover.facts {
                        by_fact.get_mut(fact).into_iter().for_each(|asked: &mut Vec<u32>| asked.push(number));
                    }
                }
                None => always.push(number),
            }
            let (needed, rest) = claims.needs(claim);
            let from = needs.len();
            needs.extend(needed.into_iter().map(small));
            let rest = match rest {
                None => Rest::Nothing,
                Some(Claim::Question(number)) => Rest::Question(small(number)),
                Some(claim) => Rest::Claim(Box::new(claim)),
            };
            plans.push(Asking { needs: (small(from), small(needs.len())), rest });
        }
        let Claims { facts, questions, fillers, .. } = claims;
        let words = Words::new(&mut rows);
        Self { plans, needs, rows, words, facts, questions, fillers, by_fact, always }
    }

    /// How many plans there are.
    pub fn len(&self) -> usize {
        self.plans.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.plans.is_empty()
    }

    /// How many plans are asked of every article, because there is nothing of which they need one.
    pub fn always_asked(&self) -> usize {
        self.always.len()
    }

    /// The numbers of the plans that match an article, in order. `within` has each plan asked.
    pub fn matching(&self, scratch: &mut Scratch, asked: Asked<'_>, within: &mut Within<'_>) -> Vec<u32> {
        let Asked { article, mentions, title, body } = asked;
        let Scratch { lists, known, memory, candidates } = scratch;
        // Whoever was cut off left lists behind.
        let mut empty = std::mem::take(lists);
        if empty.len() != self.rows.lists.len() {
            empty = vec![Vec::new(); self.rows.lists.len()];
        }
        let look_up = self.words.in_language(article.lang.as_deref(), known);
        let mut subject = Subject::of_tokens((article, mentions), (title, body), &self.rows, empty, look_up);
        memory.begin(self, &subject);
        self.gather(&memory.facts, candidates);
        let mut matching = Vec::new();
        let Self { rows, questions, fillers, .. } = self;
        let mut answers = Answers { rows, questions, fillers, subject: &mut subject, memory };
        for number in candidates.each() {
            let Some(Asking { needs: (from, to), rest }) = self.plans.get(number) else { continue };
            let needs = self.needs.get(*from as usize..*to as usize).unwrap_or_default();
            let met = needs.iter().all(|fact| answers.memory.facts.has(*fact as usize));
            let holds = met
                && match rest {
                    Rest::Nothing => true,
                    Rest::Question(question) => within(number, &mut || answers.say(*question as usize)),
                    Rest::Claim(claim) => within(number, &mut || answers.hold(claim)),
                };
            if holds {
                matching.push(small(number));
            }
        }
        let touched = std::mem::take(&mut subject.touched);
        *lists = subject.into_lists();
        for list in touched {
            if let Some(list) = lists.get_mut(list) {
                list.clear();
            }
        }
        matching
    }

    /// The plans that may match.
    fn gather(&self, facts: &Bits, candidates: &mut Bits) {
        candidates.clear(self.plans.len());
        let by_fact = facts.each().filter_map(|fact| self.by_fact.get(fact)).flatten();
        self.always.iter().chain(by_fact).for_each(|number| candidates.set(*number as usize));
    }
}

/// The number of a plan or a fact, of which there are fewer.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
