//! One article as rows see it: where each part of each row may stand.

use rustc_hash::FxHashMap;

use super::mark::{Capture, Mark};
use super::mention::passes;
use super::ready::{List, Row, Rows};
use crate::article::{Article, Mention, RunTogether, Span, TextField};
use crate::plan::near::{Place, Ruler};
use crate::plan::row::{self, Stretch, Want};
use crate::text::{Boundary, Joined, Layout, Placed, Token, fold_into, placed_mentions, token_list};

/// An article and its mentions, read once for all rows of a plan.
pub(super) struct Subject<'a> {
    pub(super) article: &'a Article,
    pub(super) mentions: &'a [Mention],
    layout: Layout,
    /// The stretches of each list.
    lists: Vec<Vec<Stretch>>,
    /// Of tokens that are more than the word found in them: that word, by its position.
    parts: FxHashMap<u32, Span>,
    /// The lists that have got words.
    pub(super) touched: Vec<usize>,
    /// The mentions with their places, where a row has slots.
    placed: Vec<(&'a Mention, Stretch)>,
    pub(super) ruler: Ruler,
}

impl<'a> Subject<'a> {
    pub(super) fn new(rows: &Rows, article: &'a Article, mentions: &'a [Mention]) -> Self {
        let mut subject = Self::begin(article, mentions, vec![Vec::new(); rows.lists.len()]);
        if !rows.list.is_empty() {
            subject.layout =
                Layout::new(&token_list(&article.title), &article.body, &token_list(&article.body));
            let families = rows.families(article.lang.as_deref());
            let mut term = String::new();
            subject.read_words(&rows.lists, |word, found| {
                term.clear();
                fold_into(word, &mut term);
                rows.look_up(&term, &families, found);
            });
            subject.read_mentions(rows);
            if rows.near {
                subject.read_boundaries();
            }
        }
        subject
    }

    /// An article of which nothing has been read; `lists` are empty.
    fn begin(article: &'a Article, mentions: &'a [Mention], lists: Vec<Vec<Stretch>>) -> Self {
        Self {
            article,
            mentions,
            layout: Layout::default(),
            lists,
            parts: FxHashMap::default(),
            touched: Vec::new(),
            placed: Vec::new(),
            ruler: Ruler::default(),
        }
    }

    /// An article whose tokens are known, with its words in the lists that `look_up` says of them as they are written. Lists of slots are filled when they are asked
    /// for ([`Subject::fill`]).
    pub(super) fn of_tokens(
        (article, mentions): (&'a Article, &'a [Mention]),
        (title, body): (&[Token], &[Token]),
        rows: &Rows,
        lists: Vec<Vec<Stretch>>,
        look_up: impl FnMut(&str, &mut dyn FnMut(usize)),
    ) -> Self {
        let mut subject = Self::begin(article, mentions, lists);
        subject.layout = Layout::new(title, &article.body, body);
        subject.read_words(&rows.lists, look_up);
        if rows.near {
            subject.read_boundaries();
        }
        subject
    }

    /// The lists, to be used again for another article.
    pub(super) fn into_lists(self) -> Vec<Vec<Stretch>> {
        self.lists
    }

    fn read_words(&mut self, known: &[List], mut in_lists: impl FnMut(&str, &mut dyn FnMut(usize))) {
        let Self { article, layout, lists, parts, touched, .. } = self;
        let joined = Joined::of(article.lang.as_deref());
        for (field, tokens) in [(TextField::Title, &layout.title), (TextField::Body, &layout.body)] {
            let text = article.text(field);
            let mut flagged = article.run_together.iter().filter(|two| two.field == field).peekable();
            for token in tokens {
                let mut look_up = |surface: &str| {
                    let mut any = false;
                    in_lists(surface, &mut |number| {
                        any = true;
                        let list = &mut lists[number];
                        let word = Stretch::word(token.position);
                        // Two forms of a word may be the same.
                        if list.last() != Some(&word)
                            && known[number].scope.holds(token.position, layout.body_start, layout.lead_end)
                        {
                            if list.is_empty() {
                                touched.push(number);
                            }
                            list.push(word);
                        }
                    });
                    any
                };
                let surface = token.span.of(text);
                let whole = look_up(surface);
                if let Some(part) = joined.part(surface)
                    && look_up(part)
                    && !whole
                {
                    let before = surface.find(part).unwrap_or(0);
                    let start = token.span.start as usize + before;
                    parts.insert(token.position, Span::new(start, start + part.len()));
                }
                while flagged.next_if(|two| two.span.start < token.span.start).is_some() {}
                let two = flagged.next_if(|two| two.span == token.span);
                for part in two.and_then(|two: &RunTogether| two.parts(article)).into_iter().flatten() {
                    look_up(part);
                }
            }
        }
    }

    fn read_mentions(&mut self, rows: &Rows) {
        if rows.list.iter().all(|row| row.slots.is_empty()) {
            return;
        }
        self.place_mentions();
        for (number, list) in rows.lists.iter().enumerate() {
            self.fill(number, list);
        }
    }

    /// Tells the places of all mentions.
    pub(super) fn place_mentions(&mut self) {
        let mentions: &'a [Mention] = self.mentions;
        let (title, body) = mentions.split_at(mentions.partition_point(|m| m.field == TextField::Title));
        let all = placed_mentions(&self.layout.title, title).chain(placed_mentions(&self.layout.body, body));
        self.placed = all.map(|(mention, first, last)| (mention, Stretch { first, last })).collect();
    }

    /// Fills the list of a slot; mentions have their places.
    pub(super) fn fill(&mut self, number: usize, list: &List) {
        let (Some(tests), Some(stretches)) = (&list.slot, self.lists.get_mut(number)) else { return };
        let fits = |(mention, at): &&(&Mention, Stretch)| {
            list.scope.holds(at.first, self.layout.body_start, self.layout.lead_end)
                && tests.iter().any(|test| passes(mention, test))
        };
        stretches.extend(self.placed.iter().filter(fits).map(|(_, at)| *at));
        stretches.sort_unstable();
        stretches.dedup();
        if !stretches.is_empty() {
            self.touched.push(number);
        }
    }

    fn read_boundaries(&mut self) {
        let of = |which| {
            self.layout.boundaries.iter().filter(move |b| b.1 == which).map(|b| b.0).collect::<Vec<u32>>()
        };
        self.ruler = Ruler { paragraphs: of(Boundary::Paragraph), sentences: of(Boundary::Sentence) };
    }

    /// Where a row stands.
    pub(super) fn places(&self, row: &Row) -> Vec<Place> {
        if let [only] = row.parts[..] {
            let place = |at: &Stretch| Place { first: at.first, last: at.last, solid: true };
            return self.lists[only].iter().map(place).collect();
        }
        let place = |row: &row::Row| Place { first: row.first, last: row.last, solid: true };
        self.read(row, Want::Rows).iter().map(place).collect()
    }

    /// Whether a row stands anywhere; no places are told.
    pub(super) fn stands(&self, row: &Row) -> bool {
        let list = |part: &usize| self.lists.get(*part).map_or(&[][..], Vec::as_slice);
        match (&row.parts[..], row.slop) {
            ([only], _) => !list(only).is_empty(),
            (parts, 0) if row.slots.is_empty() => {
                let fewest = parts.iter().zip(0..).min_by_key(|(part, _)| list(part).len());
                fewest.is_some_and(|(fewest, before)| {
                    list(fewest).iter().filter_map(|word| word.first.checked_sub(before)).any(|first| {
                        let mut stand = parts.iter().zip(first..);
                        stand.all(|(part, at)| list(part).binary_search(&Stretch::word(at)).is_ok())
                    })
                })
            }
            _ => !self.read(row, Want::Any).is_empty(),
        }
    }

    /// Where a row stands, with what fills each slot.
    pub(super) fn rows(&self, row: &Row) -> Vec<row::Row> {
        self.read(row, if row.slots.is_empty() { Want::Rows } else { Want::Parts })
    }

    fn read(&self, row: &Row, want: Want) -> Vec<row::Row> {
        let lists: Vec<_> = row.parts.iter().map(|list| &self.lists[*list]).collect();
        row::rows(&lists, row.slop, want)
    }

    /// The mark of a row.
    pub(super) fn mark(&self, row: &Row, place: &row::Row) -> Option<Mark> {
        let ((field, first), (_, last)) = (self.token(place.first)?, self.token(place.last)?);
        let mut mark = Mark {
            field,
            span: Span { start: first.span.start, end: last.span.end },
            leaf: row.leaf,
            kind: None,
            reading: None,
            captures: Vec::new(),
        };
        for slot in &row.slots {
            let Some(stretch) = place.parts.get(slot.part) else { continue };
            let filled = self.placed_at(*stretch);
            let Some(mention) = filled.into_iter().find(|m| slot.tests.iter().any(|t| passes(m, t))) else {
                continue;
            };
            // A mention may begin before its first token (`$5`) and end behind its last (`8%`).
            mark.span.start = mark.span.start.min(mention.span.start);
            mark.span.end = mark.span.end.max(mention.span.end);
            if row.parts.len() == 1 {
                mark.span = mention.span;
                mark.kind = Some(mention.kind);
                mark.reading = Some(mention.key().into_owned());
            }
            if let Some(name) = &slot.name {
                mark.captures.push(Capture {
                    name: name.clone(),
                    span: mention.span,
                    kind: mention.kind,
                    reading: mention.key().into_owned(),
                });
            }
        }
        Some(mark)
    }

    /// The mentions that take these positions.
    fn placed_at(&self, stretch: Stretch) -> impl Iterator<Item = &'a Mention> {
        let start = self.placed.partition_point(|(_, at)| at.first < stretch.first);
        let beginning = self.placed.iter().skip(start).take_while(move |(_, at)| at.first == stretch.first);
        beginning.filter(move |(_, at)| *at == stretch).map(|(mention, _)| *mention)
    }

    fn token(&self, position: u32) -> Option<(TextField, Placed)> {
        let (field, tokens) = if position < self.layout.body_start || self.layout.body.is_empty() {
            (TextField::Title, &self.layout.title)
        } else {
            (TextField::Body, &self.layout.body)
        };
        let at = tokens.binary_search_by_key(&position, |t| t.position).ok()?;
        let span = self.parts.get(&position).copied().unwrap_or(tokens[at].span);
        Some((field, Placed { span, position }))
    }
}
