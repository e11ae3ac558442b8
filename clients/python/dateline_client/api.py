"""The routes of `dateline serve` 0.1.0 and their documents.

Made by clients/generate.py of clients/openapi.json; `cargo xtask client` makes both again.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Literal, Mapping, Optional, Sequence, TypedDict, Union, cast, overload

from ._transport import Param, Transport, as_json, part

__all__ = [
    "Client",
    "Answer",
    "Article",
    "Bin",
    "Captures",
    "Completion",
    "Copy",
    "Cost",
    "Count",
    "DeleteArticleAnswer",
    "DeleteWatchAnswer",
    "Explained",
    "Facet",
    "FacetValue",
    "Facets",
    "Failure",
    "Figure",
    "FigureQuote",
    "FigureRow",
    "Figures",
    "HealthzAnswer",
    "Hit",
    "Mark",
    "Mention",
    "Note",
    "PutWatchBody",
    "Range",
    "ReadyzAnswer",
    "Receipt",
    "Reject",
    "Related",
    "Rewrite",
    "Said",
    "Slot",
    "SlotValue",
    "Snippet",
    "Stated",
    "Story",
    "Stretch",
    "Suggestion",
    "Summary",
    "Timeline",
    "Together",
    "Watch",
    "Watches",
    "Why",
]


class _CopyAlways(TypedDict):
    id: str
    title: str


class Copy(_CopyAlways, total=False):
    published: str
    source: str
    url: str


class _MarkAlways(TypedDict):
    end: int
    start: int
    text: str


class Mark(_MarkAlways, total=False):
    field: str
    kind: str
    reading: str
    slots: Dict[str, Any]


class Snippet(TypedDict):
    end: int
    field: str
    marks: List[Mark]
    start: int
    text: str


class _HitAlways(TypedDict):
    id: str
    score: float
    snippets: List[Snippet]
    title: str
    title_marks: List[Mark]


class Hit(_HitAlways, total=False):
    agency: str
    articles: List[Copy]
    articles_total: int
    byline: str
    captures: List[Mark]
    copies: List[Copy]
    copies_total: int
    copy_of: str
    dateline: Dict[str, Any]
    lang: str
    lang_detected: bool
    outlets: int
    published: str
    section: str
    source: str
    story: str
    updated: str
    url: str


Range = Optional[List[int]]


class Note(TypedDict):
    code: str
    help: Optional[str]
    message: str
    span: Range


class _AnswerAlways(TypedDict):
    hits: List[Hit]
    notes: List[Note]
    query: str
    seconds: float
    total: Optional[int]


class Answer(_AnswerAlways, total=False):
    next: str


class _MentionAlways(TypedDict):
    end: int
    field: str
    key: str
    kind: str
    start: int
    text: str
    via: str


class Mention(_MentionAlways, total=False):
    first: str
    hi: float
    iso: str
    last: str
    lo: float
    modifier: str
    trend: str
    unit: str


class _ArticleAlways(TypedDict):
    body: str
    id: str
    title: str


class Article(_ArticleAlways, total=False):
    agency: str
    byline: str
    cleaning: Dict[str, Any]
    copies: List[Copy]
    copy_of: str
    dateline: Dict[str, Any]
    lang: str
    lang_detected: bool
    mentions: List[Mention]
    merged: List[Dict[str, Any]]
    published: str
    run_together: List[Dict[str, Any]]
    section: str
    source: str
    story: str
    updated: str
    url: str


_BinAlways = TypedDict("_BinAlways", {"from": float, "to": float, "values": int}, total=True)


_BinPerhaps = TypedDict("_BinPerhaps", {}, total=False)


class Bin(_BinAlways, _BinPerhaps):
    """See the server."""


class SlotValue(TypedDict):
    articles: int
    reading: str
    times: int


class Slot(TypedDict):
    distinct: int
    name: str
    values: List[SlotValue]


class Together(TypedDict):
    articles: int
    slots: List[List[str]]
    times: int


class Captures(TypedDict):
    articles: int
    slots: List[Slot]
    together: List[Together]


class Suggestion(TypedDict):
    articles: Optional[int]
    kind: str
    query: str
    value: str


class Completion(TypedDict):
    prefix: str
    suggestions: List[Suggestion]


class Cost(TypedDict):
    articles: int
    entries: int
    parts: List[Dict[str, Any]]
    reads: List[str]
    what: str
    words: List[List[Any]]


class Count(TypedDict):
    count: int
    notes: List[Note]
    query: str


class Rewrite(TypedDict):
    rule: str
    span: Range
    to: str


class Explained(TypedDict):
    cost: Cost
    notes: List[Note]
    plan: Union[Dict[str, Any], str]
    query: str
    read_as: str
    rewrites: List[Rewrite]


class Summary(TypedDict):
    articles: int
    bins: List[Bin]
    intervals: int
    kind: str
    max: float
    median: float
    min: float
    unit: Optional[str]
    values: int


class FacetValue(TypedDict):
    all: int
    articles: int
    lift: float
    surprise: float
    value: List[str]


class _FacetAlways(TypedDict):
    by: str


class Facet(_FacetAlways, total=False):
    distinct: Optional[int]
    units: List[Summary]
    values: List[FacetValue]


class _FacetsAlways(TypedDict):
    notes: List[Note]
    query: str


class Facets(_FacetsAlways, total=False):
    all: int
    articles: int
    captures: Captures
    facets: List[Facet]


class _SaidAlways(TypedDict):
    code: str
    help: Optional[str]
    message: str
    span: Range


class Said(_SaidAlways, total=False):
    parameter: str


class _FailureAlways(TypedDict):
    error: Said


class Failure(_FailureAlways, total=False):
    errors: List[Said]


class FigureQuote(TypedDict):
    end: int
    start: int
    text: str


class _FigureAlways(TypedDict):
    end: int
    field: str
    id: str
    quote: FigureQuote
    reading: str
    start: int
    text: str


class Figure(_FigureAlways, total=False):
    published: str
    source: str
    title: str
    url: str


class FigureRow(TypedDict):
    about: List[str]
    figures: List[Figure]
    unit: Optional[str]


class Figures(TypedDict):
    rows: List[FigureRow]
    story: str
    title: str


class Reject(TypedDict):
    code: str
    help: str
    message: str
    offset: int
    record: int


class _ReceiptAlways(TypedDict):
    articles: int
    ids: List[str]
    rejected: List[Reject]
    replaced: int
    withdrawn: int


class Receipt(_ReceiptAlways, total=False):
    given_up: bool


class Related(TypedDict):
    hits: List[Hit]
    id: str
    query: str


class Stated(TypedDict, total=False):
    agency: Any
    body: Any
    byline: Any
    id: Any
    lang: Any
    published: Any
    section: Any
    source: Any
    title: Any
    updated: Any
    url: Any


class _StoryAlways(TypedDict):
    articles: List[Copy]
    outlets: List[str]
    story: str
    title: str
    total: int


class Story(_StoryAlways, total=False):
    first: str
    last: str


_StretchAlways = TypedDict("_StretchAlways", {"articles": int, "from": Optional[str], "label": Optional[str]}, total=True)


_StretchPerhaps = TypedDict("_StretchPerhaps", {}, total=False)


class Stretch(_StretchAlways, _StretchPerhaps):
    """See the server."""


class Timeline(TypedDict):
    articles: int
    by: str
    notes: List[Note]
    query: str
    stretches: List[Stretch]
    undated: int


class _WatchAlways(TypedDict):
    name: str
    query: str


class Watch(_WatchAlways, total=False):
    notes: List[Note]


class Watches(TypedDict):
    watches: List[Watch]


class _WhyAlways(TypedDict):
    corrections: List[Dict[str, Any]]
    elsewhere: Optional[Dict[str, Any]]
    enough: float
    id: str
    nearest: Optional[Dict[str, Any]]
    score: Optional[float]
    title: str


class Why(_WhyAlways, total=False):
    published: str
    source: str
    url: str


class HealthzAnswer(TypedDict):
    status: str


class ReadyzAnswer(TypedDict):
    status: str


class DeleteArticleAnswer(TypedDict):
    deleted: bool
    id: str


class DeleteWatchAnswer(TypedDict):
    deleted: bool
    name: str


class PutWatchBody(TypedDict):
    query: str


class Client(Transport):
    """Search a news archive by who, where, how much and when, and get the sentence that says it. Offsets are half-open ranges of bytes of UTF-8 text.

    Each method is a route; `DatelineError` says what the server refuses.
    """

    def docs(self) -> str:
        """This documentation, for people"""
        return self._text("GET", "/docs", {})

    def healthz(self) -> HealthzAnswer:
        """Whether the server lives"""
        return cast("HealthzAnswer", self._document("GET", "/healthz", {}))

    def metrics(self) -> str:
        """Counts for Prometheus"""
        return self._text("GET", "/metrics", {})

    def openapi_json(self) -> Dict[str, Any]:
        """This documentation, for programs"""
        return cast("Dict[str, Any]", self._document("GET", "/openapi.json", {}))

    def readyz(self) -> ReadyzAnswer:
        """Whether questions are answered"""
        return cast("ReadyzAnswer", self._document("GET", "/readyz", {}))

    def post_articles(self, body: Union[Union[Stated, Mapping[str, Any]], Sequence[Union[Stated, Mapping[str, Any]]]]) -> Receipt:
        """Put articles in

        One article or many, cleaned and marked as `dateline index` does it; one with an id that there is
        replaces that. Answered when all of them are durable and found. Records that cannot be read are
        told, the others are put in; after a thousand of them the rest is left unread, and `given_up` says
        so.
        """
        done = self._document("POST", "/v1/articles", {}, as_json(body), "application/json")
        return cast("Receipt", done)

    def post_articles_lines(self, body: Union[str, bytes]) -> Receipt:
        """Put articles in, one a line of JSON

        One article or many, cleaned and marked as `dateline index` does it; one with an id that there is
        replaces that. Answered when all of them are durable and found. Records that cannot be read are
        told, the others are put in; after a thousand of them the rest is left unread, and `given_up` says
        so.
        """
        done = self._document("POST", "/v1/articles", {}, body if isinstance(body, bytes) else body.encode("utf-8"), "application/x-ndjson")
        return cast("Receipt", done)

    def delete_article(self, id: str) -> DeleteArticleAnswer:
        """Take an article out

        Answered when that is durable.

        Args:
            id: the id of the article
        """
        return cast("DeleteArticleAnswer", self._document("DELETE", f"/v1/articles/{part(id)}", {}))

    def article(
        self,
        id: str,
        *,
        mentions: Optional[bool] = None,
        cleaning: Optional[bool] = None,
    ) -> Article:
        """Show an article

        The document of `dateline show --mentions --format json`. Its ETag says whether it is still as it
        was.

        Args:
            id: the id of the article
            mentions: whether to tell what was found in it, and which names count as one; true unless it is
                said
            cleaning: whether to tell what cleaning dropped and changed, and why; false unless it is said
        """
        return cast("Article", self._document("GET", f"/v1/articles/{part(id)}", {"mentions": mentions, "cleaning": cleaning}))

    def article_related(
        self,
        id: str,
        *,
        n: Optional[int] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
    ) -> Related:
        """Find other stories about the same

        The document of `dateline related --format json`: one article of each story, nearest first.

        Args:
            id: the id of an article
            n: how many stories; from 1 to 100; 10 unless it is said
            since: only articles published on this day or later
            until: only articles published on this day or earlier
        """
        return cast("Related", self._document("GET", f"/v1/articles/{part(id)}/related", {"n": n, "since": since, "until": until}))

    def complete(
        self,
        *,
        prefix: Optional[str] = None,
        kind: Optional[Literal["any", "field", "country", "person", "org", "place"]] = None,
        n: Optional[int] = None,
    ) -> Completion:
        """Complete a field, a country or a name

        Names are those of the index, those of most articles first; `query` is what to write in a query.

        Args:
            prefix: how a field, a country, or a word of a name begins, in any case; all there are where it
                is empty
            kind: what is meant by it; any unless it is said
            n: how many of each kind; from 1 to 100; 10 unless it is said
        """
        return cast("Completion", self._document("GET", "/v1/complete", {"prefix": prefix, "kind": kind, "n": n}))

    def count(
        self,
        q: str,
        *,
        since: Optional[str] = None,
        until: Optional[str] = None,
    ) -> Count:
        """Count the articles that match

        The document of `dateline count --format json`.

        Args:
            q: the query: words, "phrases", country:iran, person:"donald trump", number:[100 TO 500]
            since: only articles published on this day or later
            until: only articles published on this day or earlier
        """
        return cast("Count", self._document("GET", "/v1/count", {"q": q, "since": since, "until": until}))

    def explain(self, q: str) -> Explained:
        """Show how a query is read and what answering it takes

        The document of `dateline explain --format json`.

        Args:
            q: the query: words, "phrases", country:iran, person:"donald trump", number:[100 TO 500]
        """
        return cast("Explained", self._document("GET", "/v1/explain", {"q": q}))

    @overload
    def facets(
        self,
        q: str,
        *,
        format: Literal["json"] = "json",
        since: Optional[str] = None,
        until: Optional[str] = None,
        by: Optional[str] = None,
        n: Optional[int] = None,
        sort: Optional[Literal["count", "unusual"]] = None,
        group: Optional[Literal["none", "copy", "story"]] = None,
        captures: Optional[bool] = None,
    ) -> Facets: ...

    @overload
    def facets(
        self,
        q: str,
        *,
        format: Literal["jsonl", "csv"],
        since: Optional[str] = None,
        until: Optional[str] = None,
        by: Optional[str] = None,
        n: Optional[int] = None,
        sort: Optional[Literal["count", "unusual"]] = None,
        group: Optional[Literal["none", "copy", "story"]] = None,
        captures: Optional[bool] = None,
    ) -> str: ...

    def facets(
        self,
        q: str,
        *,
        format: Literal["json", "jsonl", "csv"] = "json",
        since: Optional[str] = None,
        until: Optional[str] = None,
        by: Optional[str] = None,
        n: Optional[int] = None,
        sort: Optional[Literal["count", "unusual"]] = None,
        group: Optional[Literal["none", "copy", "story"]] = None,
        captures: Optional[bool] = None,
    ) -> Union[Facets, str]:
        """Count who and what stands in the articles that match, and sum up their numbers

        The document of `dateline facets --format json`.

        Args:
            q: the query: words, "phrases", country:iran, person:"donald trump", number:[100 TO 500]
            since: only articles published on this day or later
            until: only articles published on this day or earlier
            by: what to count by, with commas between: person, country, org, place, source, lang, section,
                agency, day, week, month, year; two that stand in one article (person+country); numbers,
                summed up: number, percent, money.USD, quantity.km; country,person,org,place,source unless
                it is said
            n: how many values of each; from 0 to 1000; 10 unless it is said
            sort: which come first: those of most articles, or those whose share of the articles that match
                is most surprising beside all others; count unless it is said
            group: what is counted once: nothing, copies (exact and near ones), or the articles of a story;
                none unless it is said
            captures: count what filled the slots of phrases instead: "{country} deported {number}"; without
                by, sort and group; false unless it is said
            format: one JSON document, a JSON object a facet, or rows; json unless it is said
        """
        given: Dict[str, Param] = {"q": q, "since": since, "until": until, "by": by, "n": n, "sort": sort, "group": group, "captures": captures, "format": format}
        if format == "json":
            return cast("Facets", self._document("GET", "/v1/facets", given))
        return self._text("GET", "/v1/facets", given)

    @overload
    def search(
        self,
        q: str,
        *,
        format: Literal["json"] = "json",
        n: Optional[int] = None,
        cursor: Optional[str] = None,
        sort: Optional[Literal["score", "-published", "published"]] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        snippets: Optional[str] = None,
        context: Optional[Literal["sentence", "paragraph"]] = None,
        group: Optional[Literal["copy", "story", "none"]] = None,
        explain: Optional[bool] = None,
    ) -> Answer: ...

    @overload
    def search(
        self,
        q: str,
        *,
        format: Literal["jsonl", "csv"],
        n: Optional[int] = None,
        cursor: Optional[str] = None,
        sort: Optional[Literal["score", "-published", "published"]] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        snippets: Optional[str] = None,
        context: Optional[Literal["sentence", "paragraph"]] = None,
        group: Optional[Literal["copy", "story", "none"]] = None,
        explain: Optional[bool] = None,
    ) -> str: ...

    def search(
        self,
        q: str,
        *,
        format: Literal["json", "jsonl", "csv"] = "json",
        n: Optional[int] = None,
        cursor: Optional[str] = None,
        sort: Optional[Literal["score", "-published", "published"]] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        snippets: Optional[str] = None,
        context: Optional[Literal["sentence", "paragraph"]] = None,
        group: Optional[Literal["copy", "story", "none"]] = None,
        explain: Optional[bool] = None,
    ) -> Union[Answer, str]:
        """Find articles, with the sentences that say it

        The document is that of `dateline search --format json`, and `next`, where there is a next page.

        Args:
            q: the query: words, "phrases", country:iran, person:"donald trump", number:[100 TO 500]
            n: how many hits; from 0 to 1000; 10 unless it is said
            cursor: where the page begins: what `next` of the page before says; the pages come from one
                state of the index
            sort: order of hits: best first, last published first, first published first; score unless it is
                said
            since: only articles published on this day or later
            until: only articles published on this day or earlier
            snippets: quotes a hit: a number, 3 unless it is said, or all
            context: how much of the text a quote gives; sentence unless it is said
            group: what is shown once: copies (exact and near ones, under the best hit of them) or nothing;
                copy unless it is said
            explain: whether to say where each hit's score comes from; false unless it is said
            format: one JSON document, a JSON object a hit, or a row a hit; `Link` leads to the next page of
                any of them; json unless it is said
        """
        given: Dict[str, Param] = {"q": q, "n": n, "cursor": cursor, "sort": sort, "since": since, "until": until, "snippets": snippets, "context": context, "group": group, "explain": explain, "format": format}
        if format == "json":
            return cast("Answer", self._document("GET", "/v1/search", given))
        return self._text("GET", "/v1/search", given)

    def search_all(
        self,
        q: str,
        *,
        n: Optional[int] = None,
        sort: Optional[Literal["score", "-published", "published"]] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        snippets: Optional[str] = None,
        context: Optional[Literal["sentence", "paragraph"]] = None,
        group: Optional[Literal["copy", "story", "none"]] = None,
        explain: Optional[bool] = None,
    ) -> Iterator[Hit]:
        """Every one of the `hits` of `search`, page after page, all from one state of the index.

        Args:
            n: how many a page; from 0 to 1000; 10 unless it is said
        """
        return self._pages("/v1/search", {"q": q, "n": n, "sort": sort, "since": since, "until": until, "snippets": snippets, "context": context, "group": group, "explain": explain}, "hits")

    def search_stream(
        self,
        q: str,
        *,
        since: Optional[str] = None,
        until: Optional[str] = None,
        snippets: Optional[str] = None,
        context: Optional[Literal["sentence", "paragraph"]] = None,
        group: Optional[Literal["copy", "story", "none"]] = None,
    ) -> Iterator[Hit]:
        """What `search` finds, all of it, in the order of the index, each as it is found."""
        return self._lines("/v1/search", {"q": q, "since": since, "until": until, "snippets": snippets, "context": context, "group": group, "stream": True})

    def story(self, id: str) -> Story:
        """Show a story

        The document of `dateline story --format json`: its articles in the order of time.

        Args:
            id: the id of a story, or of an article of it
        """
        return cast("Story", self._document("GET", f"/v1/stories/{part(id)}", {}))

    def story_figures(self, id: str) -> Figures:
        """Set the figures of a story side by side

        The document of `dateline story --numbers --format json`: what several outlets say of the same
        thing, each with the sentence that says it.

        Args:
            id: the id of a story, or of an article of it
        """
        return cast("Figures", self._document("GET", f"/v1/stories/{part(id)}/figures", {}))

    def story_why(self, id: str) -> List[Why]:
        """Show why articles are one story

        The document of `dateline explain story --format json`: the article that each is most like, and the
        words that both have.

        Args:
            id: the id of a story, or of an article of it
        """
        return cast("List[Why]", self._document("GET", f"/v1/stories/{part(id)}/why", {}))

    @overload
    def timeline(
        self,
        q: str,
        *,
        format: Literal["json"] = "json",
        since: Optional[str] = None,
        until: Optional[str] = None,
        by: Optional[Literal["auto", "day", "week", "month", "year"]] = None,
        group: Optional[Literal["none", "copy", "story"]] = None,
    ) -> Timeline: ...

    @overload
    def timeline(
        self,
        q: str,
        *,
        format: Literal["jsonl", "csv", "svg"],
        since: Optional[str] = None,
        until: Optional[str] = None,
        by: Optional[Literal["auto", "day", "week", "month", "year"]] = None,
        group: Optional[Literal["none", "copy", "story"]] = None,
    ) -> str: ...

    def timeline(
        self,
        q: str,
        *,
        format: Literal["json", "jsonl", "csv", "svg"] = "json",
        since: Optional[str] = None,
        until: Optional[str] = None,
        by: Optional[Literal["auto", "day", "week", "month", "year"]] = None,
        group: Optional[Literal["none", "copy", "story"]] = None,
    ) -> Union[Timeline, str]:
        """Count the articles that match by day, week, month or year

        The document of `dateline timeline --format json`.

        Args:
            q: the query: words, "phrases", country:iran, person:"donald trump", number:[100 TO 500]
            since: only articles published on this day or later
            until: only articles published on this day or earlier
            by: what to count by; what fits the time that the articles span unless it is said; auto unless
                it is said
            group: what is counted once: nothing, copies (exact and near ones), or the articles of a story;
                none unless it is said
            format: one JSON document, a JSON object a stretch, rows, or a picture; json unless it is said
        """
        given: Dict[str, Param] = {"q": q, "since": since, "until": until, "by": by, "group": group, "format": format}
        if format == "json":
            return cast("Timeline", self._document("GET", "/v1/timeline", given))
        return self._text("GET", "/v1/timeline", given)

    def watches(self) -> Watches:
        """List the watches

        In order of name; `dateline watch run` tells what they matched.
        """
        return cast("Watches", self._document("GET", "/v1/watches", {}))

    def delete_watch(self, name: str) -> DeleteWatchAnswer:
        """Take a watch out

        What it matched and was not told of yet is still told.

        Args:
            name: the name of the watch
        """
        return cast("DeleteWatchAnswer", self._document("DELETE", f"/v1/watches/{part(name)}", {}))

    def watch(self, name: str) -> Watch:
        """Show a watch

        Its name and its query.

        Args:
            name: the name of the watch
        """
        return cast("Watch", self._document("GET", f"/v1/watches/{part(name)}", {}))

    def put_watch(self, name: str, body: PutWatchBody) -> Watch:
        """Add a watch, or change it

        Asked of every article that comes in from now on.

        Args:
            name: its name: letters, digits, - _ and .
        """
        done = self._document("PUT", f"/v1/watches/{part(name)}", {}, as_json(body), "application/json")
        return cast("Watch", done)
