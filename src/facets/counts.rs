//! Counts that the index answers by itself.

use crate::backend::{Backend as _, Facets, FacetsRequest, Group, Timeline};
use crate::plan::Plan;
use crate::search::{Archive, SearchError, SearchRequest, between, located};
use crate::text::Calendar;

impl Archive {
    /// Counts values of the articles that match a query; of the search request the dates count.
    ///
    /// ```
    /// use dateline::backend::{Counted, FacetsRequest};
    /// use dateline::facets::by;
    /// # use dateline::ingest::{IngestOptions, ingest};
    /// # use dateline::read::Input;
    /// # use dateline::search::{Archive, SearchRequest};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = std::env::temp_dir().join(format!("dateline-facets-{}", std::process::id()));
    /// # let day = &br#"{"id": "a1", "title": "Ferry returns", "body": "Some 400 Italian passengers were unharmed."}"#[..];
    /// # ingest(&folder, &[Input::reader("day.jsonl", day)], &IngestOptions::default(), &mut ())?;
    /// # let archive = Archive::open(&folder)?;
    /// let request = FacetsRequest { by: vec![by("country")?], ..FacetsRequest::default() };
    /// let facets = archive.facets("ferry", &SearchRequest::default(), &request)?;
    /// let Some(Counted::Values(countries)) = facets.counts.first() else { panic!() };
    /// assert_eq!(countries.values[0].value, ["IT"]);
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn facets(
        &self,
        query: &str,
        search: &SearchRequest,
        request: &FacetsRequest,
    ) -> Result<Facets, SearchError> {
        self.facets_plan(&self.plan(query)?, search, request)
    }

    /// Counts values of the articles that match a query, planned before.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn facets_plan(
        &self,
        plan: &Plan,
        search: &SearchRequest,
        request: &FacetsRequest,
    ) -> Result<Facets, SearchError> {
        self.backend().facets(&between(plan, search), request).map_err(|e| located(e, plan))
    }

    /// Counts the articles that match a query by the time of their publication, of copies each or, as `group` says, the first. Of
    /// the search request the dates count.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn timeline(
        &self,
        query: &str,
        search: &SearchRequest,
        by: Calendar,
        group: Group,
    ) -> Result<Timeline, SearchError> {
        self.timeline_plan(&self.plan(query)?, search, by, group)
    }

    /// Counts the articles that match a query, planned before, by the time of their publication.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn timeline_plan(
        &self,
        plan: &Plan,
        search: &SearchRequest,
        by: Calendar,
        group: Group,
    ) -> Result<Timeline, SearchError> {
        self.backend().timeline(&between(plan, search), by, group).map_err(|e| located(e, plan))
    }

    /// As [`Archive::timeline_plan`]; by what fits the time that the articles span, unless it is said.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn timeline_fitting(
        &self,
        plan: &Plan,
        search: &SearchRequest,
        by: Option<Calendar>,
        group: Group,
    ) -> Result<Timeline, SearchError> {
        if let Some(by) = by {
            return self.timeline_plan(plan, search, by, group);
        }
        let months = self.timeline_plan(plan, search, Calendar::Month, group)?;
        match fitting(&months) {
            Calendar::Month => Ok(months),
            by => self.timeline_plan(plan, search, by, group),
        }
    }
}

/// Most days, weeks and months that are told as such unless it is asked for.
const MOST: [(Calendar, i64); 3] = [(Calendar::Day, 62), (Calendar::Week, 60), (Calendar::Month, 120)];

/// What fits the time that a timeline spans.
fn fitting(months: &Timeline) -> Calendar {
    let (Some(first), Some(last)) = (months.stretches.first(), months.stretches.last()) else {
        return Calendar::Day;
    };
    let days = months.by.first_day(last.number + 1) - months.by.first_day(first.number);
    let fits = |(by, most): &(Calendar, i64)| {
        let long = match by {
            Calendar::Day => 1,
            Calendar::Week => 7,
            Calendar::Month => 30,
            Calendar::Year => 365,
        };
        days / long <= *most
    };
    MOST.into_iter().find(fits).map_or(Calendar::Year, |(by, _)| by)
}
