//! Carries names on over lower-case words: "Bank of England", "Ministry of Law, Justice and Home Affairs".

use super::run::Run;
use crate::extract::person::lexicon::Flags;

/// How often "of" and its kind may carry a name on.
const MAX_LINKS: usize = 3;

impl Run<'_> {
    /// The last token of the name that a noun of bodies at `head` opens and "of" or "for" carries on; `None` if neither
    /// does.
    pub(super) fn carried_on(&self, head: usize) -> Option<usize> {
        let mut last = head;
        for _ in 0..MAX_LINKS {
            let Some(end) = self.link(last, last == head) else { break };
            last = end;
        }
        (last > head).then_some(last)
    }

    /// The last token of what "of" and its kind join to the name that ends at `last`.
    fn link(&self, last: usize, first_link: bool) -> Option<usize> {
        let text = self.text;
        if text.gap(last) != " " {
            return None;
        }
        let link = text.word(last + 1);
        let joins = match link {
            "of" | "for" | "de" | "del" | "do" | "da" | "des" | "du" | "di" => true,
            "on" => matches!(
                text.word(last),
                "Commission"
                    | "Committee"
                    | "Subcommittee"
                    | "Council"
                    | "Panel"
                    | "Group"
                    | "Caucus"
                    | "Conference"
                    | "Institute"
                    | "Center"
                    | "Centre"
                    | "Force"
                    | "Platform"
                    | "Office"
            ),
            "Of" | "For" | "Against" | "against" | "Without" | "without" => first_link,
            _ => false,
        };
        if !joins || text.gap(last + 1) != " " {
            return None;
        }
        let mut start = last + 2;
        let the = matches!(text.word(start), "the" | "The" | "la" | "las" | "los" | "les");
        if the {
            start += 1;
        }
        let end = self.capitalised_words(start)?;
        if link == "for"
            && !self.lookup.flags(start).has(Flags::FRONT | Flags::COMMON | Flags::BODY | Flags::ORG)
        {
            return None;
        }
        Some(self.listed(end).unwrap_or(end))
    }

    /// The last of the capitalised words from `start` on that can go on with a name.
    fn capitalised_words(&self, start: usize) -> Option<usize> {
        let text = self.text;
        let mut end = None;
        let mut token = start;
        while token < start + 8 {
            let flags = self.lookup.flags(token);
            let titled = flags.has(Flags::TITLE) && !flags.has(Flags::FRONT | Flags::HEAD);
            let stops = flags.has(Flags::STOP) && !flags.has(Flags::KNOWN);
            if !self.lookup.is_capitalised(token) || stops || self.is_person(token) {
                break;
            }
            // "Office of the Prime Minister", but "Bank of England Governor".
            if titled && end.is_some() && !self.is_title(token - 1) && text.word(token - 1) != "High" {
                break;
            }
            end = Some(token);
            let gap = text.gap(token);
            if !matches!(gap, " " | "-" | "&" | " & " | "\u{2010}" | "\u{2011}" | "\u{a0}") {
                break;
            }
            token += 1;
        }
        end
    }

    fn is_title(&self, token: usize) -> bool {
        self.lookup.flags(token).has(Flags::TITLE)
    }

    /// The end of the list of subjects that the word at `end` opens: "Law, Justice and Home Affairs".
    fn listed(&self, end: usize) -> Option<usize> {
        let text = self.text;
        let mut last = end;
        for _ in 0..5 {
            if !self.is_subject(last) {
                return None;
            }
            let (gap, next) = (text.gap(last), text.word(last + 1));
            let and = (gap == " " || gap == ", ") && next == "and" && text.gap(last + 1) == " ";
            let start = if and {
                last + 2
            } else if gap == ", " {
                last + 1
            } else {
                return None;
            };
            let word = self.lookup.flags(start);
            if word.has(Flags::COUNTRY | Flags::PLACE | Flags::KNOWN) && !self.is_subject(start) {
                return None;
            }
            last = self.capitalised_words(start)?;
            if is_body(text.word(last)) {
                return None;
            }
            if and {
                return Some(last);
            }
        }
        None
    }

    /// Whether the word at `token` can be what a body deals with: no name of a country, a place or a person.
    fn is_subject(&self, token: usize) -> bool {
        let flags = self.lookup.flags(token);
        self.lookup.is_capitalised(token)
            && flags.has(Flags::COMMON | Flags::FRONT | Flags::BODY | Flags::HEAD)
            && !flags.has(Flags::COUNTRY)
            && !self.is_person(token)
    }

    /// The first token of what "and" joins to the left of a name that begins at `first`: "Securities and" Futures
    /// Commission.
    pub(super) fn joined_before(&self, first: usize) -> Option<usize> {
        let text = self.text;
        let and = first.checked_sub(1).filter(|n| text.word(*n) == "and" && text.gap(*n) == " ")?;
        let left = and.checked_sub(1).filter(|n| text.gap(*n) == " ")?;
        let named = self.lookup.flags(first).has(Flags::COUNTRY | Flags::FIRST | Flags::LAST);
        if !self.is_subject(left) || (named && !self.is_subject(first)) || is_body(text.word(left)) {
            return None;
        }
        let mut start = left;
        while let Some(before) = start.checked_sub(1) {
            let flags = self.lookup.flags(before);
            let fits = self.lookup.is_capitalised(before)
                && text.gap(before) == " "
                && !flags.has(Flags::STOP)
                && (!flags.has(Flags::TITLE) || flags.has(Flags::FRONT))
                && !self.is_person(before);
            let far = left - before > 4;
            if !fits || far {
                break;
            }
            start = before;
        }
        Some(self.joined_before(start).unwrap_or(start))
    }
}

/// Whether the noun ends the name of a body by itself, so that what follows "and" is another: "the Ministry and the Bank".
fn is_body(word: &str) -> bool {
    matches!(
        word,
        "Agency"
            | "Army"
            | "Association"
            | "Authority"
            | "Bank"
            | "Board"
            | "Bureau"
            | "Commission"
            | "Committee"
            | "Company"
            | "Corporation"
            | "Council"
            | "Court"
            | "Department"
            | "Federation"
            | "Foundation"
            | "Government"
            | "Group"
            | "Institute"
            | "Ministry"
            | "Office"
            | "Organisation"
            | "Organization"
            | "Parliament"
            | "Party"
            | "Police"
            | "Senate"
            | "Union"
            | "University"
    )
}
