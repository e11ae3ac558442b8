//! Facets for people, as rows, as JSON.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use super::terminal::Style;
use super::timeline::bar;
use super::{csv, printable};
use crate::article::Kind;
use crate::backend::{
    Bin, Counted, Facet, FacetCounts, FacetSort, FacetValue, Facets, QuantityCounts, Summary,
};
use crate::names;
use crate::plan::{QuantityTest, UnitTest};
use crate::query::Diagnostic;

/// The longest bar.
const BAR: usize = 40;

/// A table for each facet; of quantities what they come to, and of those of one unit where they lie.
pub fn tables(facets: &Facets, style: Style) -> String {
    let mut out = String::new();
    for counted in &facets.counts {
        if !out.is_empty() {
            out.push('\n');
        }
        match counted {
            Counted::Values(counts) => table(counts, facets.sort, style, &mut out),
            Counted::Quantities(counts) => quantities(counts, style, &mut out),
        }
    }
    out
}

fn table(counts: &FacetCounts, sort: FacetSort, style: Style, out: &mut String) {
    let different = counts.distinct.map(|distinct| format!(" ({distinct} different)"));
    let _ = writeln!(out, "{}{}", name(&counts.by), different.unwrap_or_default());
    let head = format!("{:>8} {:>8} {:>7}", "articles", "of all", "lift");
    let _ = writeln!(out, "{}", style.faint(&head));
    for value in &counts.values {
        let shown: Vec<String> =
            counts.by.iter().zip(&value.value).map(|(by, value)| shown(*by, value)).collect();
        let (articles, all, lift) = (value.articles, value.all, lift(value.lift));
        let _ = writeln!(out, "{articles:>8} {all:>8} {lift:>7}  {}", shown.join(" + "));
    }
    if sort == FacetSort::Unusual {
        if counts.values.is_empty() {
            let _ = writeln!(out, "{}", style.faint("nothing is unusual"));
        }
        return;
    }
    let given = counts.values.len() as u64;
    if let Some(more) =
        counts.distinct.and_then(|distinct| distinct.checked_sub(given)).filter(|more| *more > 0)
    {
        let told = format!("{:>27}and {more} more (-n)", "");
        let _ = writeln!(out, "{}", style.faint(&told));
    }
}

/// What is counted by: `person+country`.
fn name(by: &[Facet]) -> String {
    by.iter().map(|facet| facet.name()).collect::<Vec<_>>().join("+")
}

/// How many times as frequent, with a digit behind the point where that says something.
fn lift(lift: f64) -> String {
    if lift < 100.0 { format!("{lift:.1}") } else { format!("{lift:.0}") }
}

/// A value for people: a country by its name.
fn shown(by: Facet, value: &str) -> String {
    let value = match by {
        Facet::Country => names::country::name(value).map(|name| format!("{name} ({value})")),
        _ => None,
    }
    .unwrap_or_else(|| value.to_owned());
    printable(&value).replace('\n', " ")
}

fn quantities(counts: &QuantityCounts, style: Style, out: &mut String) {
    if let [summary] = counts.units.as_slice() {
        one(&counts.of, summary, style, out);
        return;
    }
    let _ = writeln!(out, "{}", asked(&counts.of));
    if counts.units.is_empty() {
        let _ = writeln!(out, "{}", style.faint("    none"));
        return;
    }
    let head =
        format!("{:>8} {:>8} {:>15} {:>15} {:>19}", "articles", "values", "least", "median", "greatest");
    let _ = writeln!(out, "{}", style.faint(&head));
    for of in &counts.units {
        let [min, median, max] = [of.min, of.median, of.max].map(figure);
        let unit = printable(of.unit.as_deref().unwrap_or_default()).replace('\n', " ");
        let _ = writeln!(out, "{:>8} {:>8} {min:>15} {median:>15} {max:>19}  {unit}", of.articles, of.values);
    }
}

/// What quantities of one unit come to, and where they lie.
fn one(of: &QuantityTest, summary: &Summary, style: Style, out: &mut String) {
    let unit = summary.unit.as_deref().map(|unit| format!(" {}", printable(unit).replace('\n', " ")));
    let [min, median, max] = [summary.min, summary.median, summary.max].map(figure);
    let _ = writeln!(out, "{}", asked(of));
    let _ = writeln!(
        out,
        "{} values in {} articles: least {min}, median {median}, greatest {max}{}",
        summary.values,
        summary.articles,
        unit.unwrap_or_default()
    );
    if summary.intervals > 0 {
        let told = format!("{} of them intervals, which count as their middle", summary.intervals);
        let _ = writeln!(out, "{}", style.faint(&told));
    }
    let peak = summary.bins.iter().map(|bin| bin.values).max().unwrap_or(0);
    let ends: Vec<[String; 2]> = summary.bins.iter().map(|bin| [figure(bin.from), figure(bin.to)]).collect();
    let wide = ends.iter().flatten().map(String::len).max().unwrap_or(0);
    let many = peak.to_string().len();
    for (bin, [from, to]) in summary.bins.iter().zip(&ends) {
        let bar = bar(bin.values, peak, BAR);
        let line = format!("{from:>wide$} to {to:>wide$}  {:>many$}  {bar}", bin.values);
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// Which quantities were asked for: `money.USD`.
fn asked(of: &QuantityTest) -> String {
    let unit = match &of.unit {
        UnitTest::Is(unit) => format!(".{}", printable(unit).replace('\n', " ")),
        UnitTest::Any | UnitTest::Counted => String::new(),
    };
    format!("{}{unit}{}", of.kind.name(), if of.exact { ".exact" } else { "" })
}

/// A number as people write it; very large and small ones with a power of ten.
fn figure(number: f64) -> String {
    let size = number.abs();
    if number.total_cmp(&0.0).is_ne() && !(1e-4..1e15).contains(&size) {
        return format!("{number:.3e}");
    }
    crate::article::grouped(number)
}

/// A row for each value and each unit.
pub fn rows(facets: &Facets) -> String {
    let mut out = csv::row([
        "by",
        "value",
        "with",
        "articles",
        "all",
        "lift",
        "surprise",
        "values",
        "intervals",
        "min",
        "median",
        "max",
    ]);
    for counted in &facets.counts {
        match counted {
            Counted::Values(counts) => {
                for of in &counts.values {
                    let value = |at: usize| of.value.get(at).cloned().unwrap_or_default();
                    let counted = [of.articles.to_string(), of.all.to_string()];
                    let measured = [of.lift, of.surprise].map(|measure| format!("{measure:.3}"));
                    let cells =
                        [name(&counts.by), value(0), value(1)].into_iter().chain(counted).chain(measured);
                    out += &csv::row(cells.chain(std::iter::repeat_n(String::new(), 5)));
                }
            }
            Counted::Quantities(counts) => {
                for of in &counts.units {
                    let unit = of.unit.clone().unwrap_or_default();
                    let head = [asked(&counts.of), unit, String::new(), of.articles.to_string()];
                    let counted = [of.values, of.intervals].map(|count| count.to_string());
                    let numbers = [of.min, of.median, of.max].map(|number| number.to_string());
                    let none = std::iter::repeat_n(String::new(), 3);
                    out += &csv::row(head.into_iter().chain(none).chain(counted).chain(numbers));
                }
            }
        }
    }
    out
}

/// Each facet as JSON.
pub fn facets(facets: &Facets) -> impl Iterator<Item = Value> + '_ {
    facets.counts.iter().map(|counted| match counted {
        Counted::Values(counts) => json!({
            "by": name(&counts.by),
            "distinct": counts.distinct,
            "values": counts.values.iter().map(value).collect::<Vec<_>>(),
        }),
        Counted::Quantities(counts) => json!({
            "by": asked(&counts.of),
            "units": counts.units.iter().map(summary).collect::<Vec<_>>(),
        }),
    })
}

fn value(of: &FacetValue) -> Value {
    let rounded = |number: f64| (number * 1000.0).round() / 1000.0;
    json!({
        "value": of.value,
        "articles": of.articles,
        "all": of.all,
        "lift": rounded(of.lift),
        "surprise": rounded(of.surprise),
    })
}

fn summary(of: &Summary) -> Value {
    let bin = |bin: &Bin| json!({ "from": bin.from, "to": bin.to, "values": bin.values });
    let kind: Kind = of.kind;
    json!({
        "kind": kind.name(),
        "unit": of.unit,
        "articles": of.articles,
        "values": of.values,
        "intervals": of.intervals,
        "min": of.min,
        "median": of.median,
        "max": of.max,
        "bins": of.bins.iter().map(bin).collect::<Vec<_>>(),
    })
}

/// The whole as one JSON document.
pub fn document(query: &str, counted: &Facets, notes: &[Diagnostic]) -> Value {
    json!({
        "query": query,
        "articles": counted.articles,
        "all": counted.all,
        "notes": notes.iter().map(super::json::diagnostic).collect::<Vec<_>>(),
        "facets": facets(counted).collect::<Vec<_>>(),
    })
}

/// What filled the slots of a query, as `facets::captures` counts it, as one JSON document.
pub fn captures(query: &str, counted: &impl Serialize, notes: &[Diagnostic]) -> Value {
    let notes: Vec<Value> = notes.iter().map(super::json::diagnostic).collect();
    json!({ "query": query, "notes": notes, "captures": counted })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Calendar;

    fn value(value: &[&str], articles: u64, all: u64, lift: f64) -> FacetValue {
        let value = value.iter().map(|&part| part.to_owned()).collect();
        FacetValue { value, articles, all, lift, surprise: 12.3456 }
    }

    fn counted() -> Facets {
        let by = vec![Facet::Country];
        let values = vec![value(&["IR"], 35, 41, 12.25), value(&["\u{1b}[31m; x"], 3, 900, 120.7)];
        let countries = FacetCounts { by, distinct: Some(12), values };
        let by = vec![Facet::Source, Facet::Published(Calendar::Month)];
        let pairs = FacetCounts { by, distinct: None, values: vec![value(&["=Post", "2025-09"], 3, 4, 1.0)] };
        let summary = |unit: &str| Summary {
            kind: Kind::Money,
            unit: Some(unit.to_owned()),
            articles: 2,
            values: 5,
            intervals: 1,
            min: -2.5,
            median: 3e6,
            max: 4e18,
            bins: vec![Bin { from: -2.5, to: 10.0, values: 1 }, Bin { from: 10.0, to: 1e19, values: 4 }],
        };
        let of = |unit| QuantityTest { kind: Kind::Money, unit, range: None, exact: false };
        let usd = QuantityCounts { of: of(UnitTest::Is("USD".to_owned())), units: vec![summary("USD")] };
        let money = QuantityCounts { of: of(UnitTest::Any), units: vec![summary("USD"), summary("EUR")] };
        let counts = [countries, pairs].map(Counted::Values).into_iter();
        let counts = counts.chain([usd, money].map(Counted::Quantities)).collect();
        Facets { articles: 40, all: 1000, sort: FacetSort::Count, counts }
    }

    #[test]
    fn facets_are_tables_for_people() {
        insta::assert_snapshot!(tables(&counted(), Style::PLAIN), @r#"
        country (12 different)
        articles   of all    lift
              35       41    12.2  Iran (IR)
               3      900     121  [31m; x
                                   and 10 more (-n)

        source+month
        articles   of all    lift
               3        4     1.0  =Post + 2025-09

        money.USD
        5 values in 2 articles: least -2.5, median 3,000,000, greatest 4.000e18 USD
        1 of them intervals, which count as their middle
            -2.5 to       10  1  ██████████
              10 to 1.000e19  4  ████████████████████████████████████████

        money
        articles   values           least          median            greatest
               2        5            -2.5       3,000,000            4.000e18  USD
               2        5            -2.5       3,000,000            4.000e18  EUR
        "#);
    }

    #[test]
    fn facets_are_rows_of_one_shape() {
        let rows = rows(&counted());
        insta::assert_snapshot!(rows, @r#"
        by,value,with,articles,all,lift,surprise,values,intervals,min,median,max
        country,IR,,35,41,12.250,12.346,,,,,
        country,"[31m; x",,3,900,120.700,12.346,,,,,
        source+month,'=Post,2025-09,3,4,1.000,12.346,,,,,
        money.USD,USD,,2,,,,5,1,-2.5,3000000,4000000000000000000
        money,USD,,2,,,,5,1,-2.5,3000000,4000000000000000000
        money,EUR,,2,,,,5,1,-2.5,3000000,4000000000000000000
        "#);
        let cells = |line: &str| line.matches(',').count();
        assert!(rows.lines().all(|line| cells(line) == 11));
    }
}
