//! The parameters of an address: what each route takes, in a table that the documentation is made of as well, and their reading.

use std::collections::BTreeMap;

use hyper::Uri;

use super::failure::Failure;
use crate::search::stated;
use crate::text::edits;

/// A parameter of a route.
#[derive(Debug, Clone, Copy)]
pub(super) struct Param {
    /// What it is called.
    pub(super) name: &'static str,
    /// What it may be.
    pub(super) takes: Takes,
    /// What it is for.
    pub(super) about: &'static str,
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Takes {
    /// A text that has to be there.
    Needed,
    /// Any text.
    Text,
    /// A whole number within bounds.
    Number { unless: usize, least: usize, most: usize },
    /// One of some words, the first unless it is said.
    One(&'static [&'static str]),
    /// `true` or `false`.
    Flag(bool),
    /// A day, a month, a year or a time.
    Date,
    /// Words with commas between.
    List(&'static str),
}

/// The parameters of a request, each as its route takes it.
#[derive(Debug)]
pub(super) struct Params {
    table: &'static [Param],
    stated: BTreeMap<&'static str, String>,
}

impl Params {
    /// Reads the parameters of an address.
    pub(super) fn read(uri: &Uri, table: &'static [Param]) -> Result<Self, Failure> {
        let mut stated = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
            let Some(param) = table.iter().find(|param| param.name == name) else {
                return Err(unknown(&name, table));
            };
            // As a form sends what was left empty.
            if value.is_empty() && !matches!(param.takes, Takes::Needed) {
                continue;
            }
            check(param, &value)?;
            if stated.insert(param.name, value.clone().into_owned()).is_some() {
                let message = format!("{} is given more than once", param.name);
                return Err(Failure::bad("bad_parameter", message).parameter(param.name, &value));
            }
        }
        for param in table.iter().filter(|param| matches!(param.takes, Takes::Needed)) {
            if !stated.contains_key(param.name) {
                let message = format!("{} is missing: {}", param.name, param.about);
                return Err(Failure::bad("missing_parameter", message).parameter(param.name, ""));
            }
        }
        Ok(Self { table, stated })
    }

    fn takes(&self, name: &str) -> Option<Takes> {
        self.table.iter().find(|param| param.name == name).map(|param| param.takes)
    }

    /// A text; empty where none is given.
    pub(super) fn text(&self, name: &str) -> &str {
        let unless = match self.takes(name) {
            Some(Takes::One(words)) => words.first().copied().unwrap_or_default(),
            Some(Takes::List(unless)) => unless,
            _ => "",
        };
        self.stated.get(name).map_or(unless, String::as_str)
    }

    /// A text, where one is given.
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        self.stated.get(name).map(String::as_str)
    }

    pub(super) fn number(&self, name: &str) -> usize {
        let unless = match self.takes(name) {
            Some(Takes::Number { unless, .. }) => unless,
            _ => 0,
        };
        self.given(name).and_then(|stated| stated.parse().ok()).unwrap_or(unless)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        match (self.given(name), self.takes(name)) {
            (Some(stated), _) => stated == "true",
            (None, Some(Takes::Flag(unless))) => unless,
            _ => false,
        }
    }

    /// The stretch of time that a date names.
    pub(super) fn date(&self, name: &str) -> Option<(i64, i64)> {
        stated::date(self.given(name)?).ok()
    }
}

/// Whether a value is one that a parameter takes.
fn check(param: &Param, value: &str) -> Result<(), Failure> {
    let bad = |message: String| {
        Err(Failure::bad("bad_parameter", message).parameter(param.name, value).help(param.about))
    };
    let name = param.name;
    match param.takes {
        Takes::Needed | Takes::Text | Takes::List(_) => Ok(()),
        Takes::Number { least, most, .. } => match value.parse::<usize>() {
            Ok(number) if (least..=most).contains(&number) => Ok(()),
            _ => bad(format!("{name} is a whole number from {least} to {most}")),
        },
        Takes::One(words) if words.contains(&value) => Ok(()),
        Takes::One(words) => bad(format!("{name} is one of: {}", words.join(", "))),
        Takes::Flag(_) if matches!(value, "true" | "false") => Ok(()),
        Takes::Flag(_) => bad(format!("{name} is true or false")),
        Takes::Date => match stated::date(value) {
            Ok(_) => Ok(()),
            Err(message) => bad(format!("{name} is {message}")),
        },
    }
}

/// A parameter that a route does not take.
fn unknown(name: &str, table: &[Param]) -> Failure {
    let shown: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    let near = table.iter().filter_map(|param| Some((edits(&shown, param.name, 2)?, param.name))).min();
    let near = near.filter(|_| shown.len() > 2).map(|(_, near)| format!("; did you mean \"{near}\"?"));
    let known: Vec<&str> = table.iter().map(|param| param.name).collect();
    let message = format!("no parameter \"{shown}\"{}", near.unwrap_or_default());
    let help = if known.is_empty() { "there are none".to_owned() } else { known.join(", ") };
    Failure::bad("unknown_parameter", message).parameter(shown, "").help(help)
}
