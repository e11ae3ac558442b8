//! Parts of a plan in words, for people who ask what a query became.

use std::fmt::{self, Display, Formatter, Write as _};

use super::mention::shown_interval;
use super::mention_test::{EntityName, MentionTest, UnitTest, ValueRange};
use super::node::{ExactField, ExistsField, Leaf, Nearness, TimeField};
use super::pattern::{Element, Glob, GlobPart, Part, Pattern, Scope};
use crate::article::Kind;
use crate::article::place::IN_A_COUNTRY;
use crate::text::Stem;
use crate::text::date::rfc3339;

impl Display for Leaf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(pattern) => pattern.fmt(f),
            Self::Mention(test) => test.fmt(f),
            Self::Near(_) => f.write_str("near each other"),
            Self::AtLeast { n, .. } => write!(f, "at least {n} times in an article"),
            Self::Time { field, from, to } => {
                let name = match field {
                    TimeField::Published => "published",
                    TimeField::Updated => "updated",
                };
                f.write_str(name)?;
                if *from > i64::MIN {
                    write!(f, " from {}", rfc3339(*from))?;
                }
                if *to < i64::MAX {
                    write!(f, " before {}", rfc3339(*to))?;
                }
                Ok(())
            }
            Self::Exact { field: ExactField::Id, value } => write!(f, "id {value}"),
            Self::Exact { field: ExactField::Lang, value } => write!(f, "language {value}"),
            Self::Exact { field: ExactField::Story, value } => write!(f, "story {value}"),
            Self::Exists(ExistsField::Words(scope)) => write!(f, "anything in {}", scope.name()),
            Self::Exists(ExistsField::Time(TimeField::Published)) => f.write_str("a time of publication"),
            Self::Exists(ExistsField::Time(TimeField::Updated)) => f.write_str("a time of change"),
            Self::Exists(ExistsField::Lang) => f.write_str("a language"),
        }
    }
}

impl Display for Nearness {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(n) => write!(f, "within {n} words of each other"),
            Self::Before(n) => write!(f, "the first before the second, within {n} words"),
            Self::NotWithin(n) => write!(f, "the first, where no second is within {n} words"),
            Self::Sentence => f.write_str("in one sentence"),
            Self::Paragraph => f.write_str("in one paragraph"),
        }
    }
}

impl Scope {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "title and body",
            Self::Title => "the title",
            Self::Lead => "the lead",
            Self::Body => "the body",
            Self::Source => "the source",
            Self::Byline => "the byline",
            Self::Section => "the section",
            Self::Agency => "the agency",
            Self::Url => "the address",
        }
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.parts[..] {
            [Part::Word(word)] => write!(f, "word {word}")?,
            [Part::Slot(slot)] if slot.name.is_none() => write!(f, "{}", Alternatives(&slot.tests, " or "))?,
            parts => {
                f.write_str("phrase \"")?;
                for (i, part) in parts.iter().enumerate() {
                    f.write_str(if i > 0 { " " } else { "" })?;
                    part.fmt(f)?;
                }
                f.write_char('"')?;
            }
        }
        if self.slop > 0 {
            write!(f, " with slop {}", self.slop)?;
        }
        if self.scope == Scope::Text { Ok(()) } else { write!(f, " in {}", self.scope.name()) }
    }
}

impl Display for Part {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => word.fmt(f),
            Self::Slot(slot) => {
                f.write_char('{')?;
                if let Some(name) = &slot.name {
                    write!(f, "{name}=")?;
                }
                write!(f, "{}}}", Alternatives(&slot.tests, "|"))
            }
        }
    }
}

struct Alternatives<'a>(&'a [MentionTest], &'static str);

impl Display for Alternatives<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (i, test) in self.0.iter().enumerate() {
            f.write_str(if i > 0 { self.1 } else { "" })?;
            test.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for MentionTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind().name())?;
        match self {
            Self::Any(_) => Ok(()),
            Self::Date(test) => write!(f, " {}", shown_interval(test.from, test.to)),
            Self::Entity { name: EntityName::Key(key), .. } => write!(f, " {key}"),
            Self::Entity { kind: Kind::Place, name: EntityName::Part(part) } => {
                let is_code = part.chars().all(|c| c.is_ascii_uppercase());
                if part == IN_A_COUNTRY {
                    f.write_str(" in a country")
                } else {
                    write!(f, "{}{part}", if is_code { " in " } else { " called " })
                }
            }
            Self::Entity { name: EntityName::Part(part), .. } => write!(f, " with {part} in the name"),
            Self::Quantity(test) => {
                if let Some(range) = &test.range {
                    write!(f, " {range}")?;
                }
                match &test.unit {
                    UnitTest::Any => {}
                    UnitTest::Counted => f.write_str(" of something")?,
                    UnitTest::Is(unit) => write!(f, " {unit}")?,
                }
                if test.exact { f.write_str(", stated plainly") } else { Ok(()) }
            }
        }
    }
}

impl Display for ValueRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.lo > f64::NEG_INFINITY, self.hi < f64::INFINITY) {
            (true, true) => {
                let over = if self.lo_included { "" } else { "over " };
                let under = if self.hi_included { "" } else { "under " };
                write!(f, "{over}{} to {under}{}", self.lo, self.hi)
            }
            (true, false) => write!(f, "{} {}", if self.lo_included { ">=" } else { ">" }, self.lo),
            (false, true) => write!(f, "{} {}", if self.hi_included { "<=" } else { "<" }, self.hi),
            (false, false) => f.write_str("of any value"),
        }
    }
}

impl Display for Element {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Terms(terms) => f.write_str(&terms.join("|")),
            Self::Forms { terms, stems } => {
                f.write_str(&terms.join("|"))?;
                stems.iter().try_for_each(|Stem { lang, stem }| write!(f, "|{lang}:{stem}"))
            }
            Self::Wildcard(glob) => glob.fmt(f),
            Self::Fuzzy { word, distance } => write!(f, "{word}~{distance}"),
        }
    }
}

/// As a query writes it.
impl Display for Glob {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prefix)?;
        for part in &self.rest {
            match part {
                GlobPart::Literal(literal) => f.write_str(literal)?,
                GlobPart::Any => f.write_char('*')?,
                GlobPart::One => f.write_char('?')?,
            }
        }
        Ok(())
    }
}
