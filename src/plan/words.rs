//! Words, phrases and patterns to rows of terms and slots.

use super::bind::Binder;
use super::pattern::{Element, Glob, GlobPart, Part, Pattern, Scope, Slot};
use super::refuse;
use super::rewrite::Rule;
use crate::article::Span;
use crate::query::{self, Diagnostic, PhrasePart, Value, WildPart};
use crate::text::{PARAGRAPH_GAP, Stem, fold, inflect, tokens};

/// The most that slop times words of a phrase may be: the work at each place of a text grows with it.
const MAX_SLOP_TIMES_WORDS: u32 = 240;
/// The most slots of a phrase: each is a list of mentions to walk through.
const MAX_SLOTS: usize = 8;
/// The most slots of all phrases, and the most words and slots: where they stand in an article is kept for each.
const MAX_SLOTS_IN_ALL: usize = 128;
const MAX_PARTS_IN_ALL: usize = 1024;

impl Binder {
    /// The row that a value asks for, which is not `*` alone; `None` if it cannot be had, with the error on record.
    pub(super) fn pattern(&mut self, scope: Scope, value: &Value, span: Span) -> Option<Pattern> {
        match self.row(scope, value, span) {
            Ok((parts, slop)) if !parts.is_empty() => {
                let patterns =
                    parts.iter().filter_map(Part::word).filter(|word| !matches!(word, Element::Terms(_)));
                self.patterns.extend(patterns.map(|pattern| (pattern.to_string(), span)));
                Some(Pattern { scope, parts, slop })
            }
            Ok(_) => {
                self.refuse(refuse::nothing_to_find(span));
                None
            }
            Err(error) => {
                if let Some(error) = error {
                    self.refuse(error);
                }
                None
            }
        }
    }

    /// The parts and the slop; the error is `None` if it is on record already.
    fn row(
        &mut self,
        scope: Scope,
        value: &Value,
        span: Span,
    ) -> Result<(Vec<Part>, u32), Option<Diagnostic>> {
        let words = |elements: Vec<Element>| elements.into_iter().map(Part::Word).collect();
        match value {
            Value::Word(word) => Ok((words(self.bare_word(word, scope, span)), 0)),
            Value::Phrase(phrase) => {
                let parts = self.phrase_parts(phrase, scope)?;
                check_slop(&parts, phrase.slop, span)?;
                self.check_all(&parts, span)?;
                Ok((parts, phrase.slop))
            }
            Value::Wildcard(parts) => match wildcard(parts) {
                Some(elements) => Ok((words(elements), 0)),
                None => Err(Some(refuse::wildcard_without_letters(span))),
            },
            Value::Fuzzy { word, distance } => match &as_written(word)[..] {
                [Element::Terms(terms)] => {
                    let word = terms.first().cloned().unwrap_or_default();
                    Ok((vec![Part::Word(Element::Fuzzy { word, distance: *distance })], 0))
                }
                _ => Err(Some(refuse::fuzzy_of_several_words(span))),
            },
            Value::Range(_) => Err(Some(refuse::range_of_words(span))),
            Value::In(_) | Value::Exists => Ok((Vec::new(), 0)), // taken apart before
        }
    }

    /// A bare word: with its inflections if it is one token of the story, otherwise as written.
    fn bare_word(&mut self, word: &str, scope: Scope, span: Span) -> Vec<Element> {
        let mut elements = as_written(word);
        match &mut elements[..] {
            [Element::Terms(terms)] if scope.is_text() && self.options.inflections => {
                if let Some(term) = terms.first() {
                    let stems = self.stems(term);
                    let terms = inflect::forms(term);
                    if terms.len() > 1 {
                        self.rewrote(Rule::Inflections, span, terms.join(", "));
                    }
                    for Stem { lang, stem } in &stems {
                        self.rewrote(Rule::Stem, span, format!("{lang} {stem}"));
                    }
                    let none = stems.is_empty();
                    elements =
                        vec![if none { Element::Terms(terms) } else { Element::Forms { terms, stems } }];
                }
            }
            [_, _, ..] => self.rewrote(Rule::WordsInARow, span, format!("\"{word}\"")),
            _ => {}
        }
        elements
    }

    /// The stems of a word in the languages asked for.
    fn stems(&self, term: &str) -> Vec<Stem> {
        self.options.languages.iter().filter_map(|lang| Stem::of(lang, term)).collect()
    }

    fn phrase_parts(
        &mut self,
        phrase: &query::Phrase,
        scope: Scope,
    ) -> Result<Vec<Part>, Option<Diagnostic>> {
        let mut parts = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let mut failed = false;
        for part in &phrase.parts {
            match part {
                PhrasePart::Word(word) => parts.extend(as_written(word).into_iter().map(Part::Word)),
                PhrasePart::Slot(slot) if !scope.is_text() => {
                    return Err(Some(refuse::slots_outside_the_text(slot.span)));
                }
                PhrasePart::Slot(slot) => {
                    let name = slot_name(slot, &names)?;
                    names.push(name.clone());
                    match self.slot_tests(slot) {
                        Some(tests) => parts.push(Part::Slot(Slot { name: Some(name), tests })),
                        None => failed = true,
                    }
                }
            }
        }
        if names.len() > MAX_SLOTS {
            let whole = phrase.parts.iter().find_map(|part| match part {
                PhrasePart::Slot(slot) => Some(slot.span),
                PhrasePart::Word(_) => None,
            });
            return Err(whole.map(|span| refuse::too_many_slots(names.len(), MAX_SLOTS, span)));
        }
        if failed { Err(None) } else { Ok(parts) }
    }

    /// Adds a phrase to those before it; the first that is too much is refused, and stands for the rest.
    fn check_all(&mut self, parts: &[Part], span: Span) -> Result<(), Option<Diagnostic>> {
        let slots = parts.iter().filter(|part| matches!(part, Part::Slot(_))).count();
        let sums = [(slots, MAX_SLOTS_IN_ALL, "slots"), (parts.len(), MAX_PARTS_IN_ALL, "words and slots")];
        for (sum, (more, limit, what)) in self.in_phrases.iter_mut().zip(sums) {
            let before = *sum;
            *sum += more;
            if *sum > limit {
                let error = || refuse::too_many_in_all(what, limit, span);
                return Err((before <= limit).then(error));
            }
        }
        Ok(())
    }
}

/// What a slot is called in answers: as it says, or by its kind (`person`, then `person_2`).
fn slot_name(slot: &query::Slot, taken: &[String]) -> Result<String, Option<Diagnostic>> {
    if let Some(name) = &slot.name {
        return if taken.contains(name) {
            Err(Some(refuse::slot_name_twice(name, slot.span)))
        } else {
            Ok(name.clone())
        };
    }
    let kind = slot.kind.name();
    let numbered = (2..).map(|n| format!("{kind}_{n}"));
    let free = std::iter::once(kind.to_owned()).chain(numbered).find(|name| !taken.contains(name));
    Ok(free.unwrap_or_else(|| kind.to_owned()))
}

fn check_slop(parts: &[Part], slop: u32, span: Span) -> Result<(), Option<Diagnostic>> {
    if slop >= PARAGRAPH_GAP {
        return Err(Some(refuse::slop(slop, PARAGRAPH_GAP - 1, span)));
    }
    let words = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    if words.saturating_mul(slop) > MAX_SLOP_TIMES_WORDS {
        return Err(Some(refuse::slop_times_words(words, slop, MAX_SLOP_TIMES_WORDS, span)));
    }
    Ok(())
}

/// The tokens of what was written, each as one term.
fn as_written(written: &str) -> Vec<Element> {
    tokens(written).map(|token| Element::Terms(vec![fold(token.span.of(written))])).collect()
}

/// The elements of a pattern: whole tokens before the last one stand for themselves (`mid-air*`).
fn wildcard(parts: &[WildPart]) -> Option<Vec<Element>> {
    let (first, rest) = parts.split_first()?;
    let WildPart::Literal(literal) = first else { return None };
    let cut: Vec<_> = tokens(literal).collect();
    let (last, whole) = cut.split_last()?;
    // The pattern continues the last token: nothing may stand between them.
    if (last.span.end as usize) < literal.len() {
        return None;
    }
    let mut elements: Vec<Element> =
        whole.iter().map(|token| Element::Terms(vec![fold(token.span.of(literal))])).collect();
    let rest = rest.iter().map(|part| match part {
        WildPart::Literal(text) => GlobPart::Literal(fold(text)),
        WildPart::Any => GlobPart::Any,
        WildPart::One => GlobPart::One,
    });
    elements.push(Element::Wildcard(Glob { prefix: fold(last.span.of(literal)), rest: rest.collect() }));
    Some(elements)
}
