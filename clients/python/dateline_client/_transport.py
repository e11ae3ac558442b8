"""Requests over HTTP, and what comes back: documents, texts, lines as they come, errors.

Nothing here knows a route; those are in `api.py`, which is made of the server's own documentation.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import IO, Any, Dict, Iterator, List, Mapping, Optional, Tuple, Union, cast

#: What a parameter of an address may be.
Param = Union[str, int, bool, None]

#: The most of an error's body that is read.
_LONGEST_ERROR = 1 << 20
#: The longest line of a stream.
_LONGEST_LINE = 256 << 20


class DatelineError(Exception):
    """What the server says is wrong: what, where, and what to do."""

    #: The status of the answer; 200 where a stream broke off.
    status: int
    #: What it is, for programs: ``unknown_field``.
    code: str
    #: What is wrong, for people.
    message: str
    #: Bytes of the query (UTF-8), half-open; or of the parameter that is named.
    span: Optional[Tuple[int, int]]
    #: What to write or do instead.
    help: Optional[str]
    #: The parameter that is at fault, where it is not the query.
    parameter: Optional[str]
    #: All that is wrong, where there are several.
    errors: List["DatelineError"]
    #: What the server's log calls the request.
    request_id: Optional[str]
    #: Seconds after which to ask again.
    retry_after: Optional[float]

    def __init__(
        self,
        status: int,
        said: Mapping[str, Any],
        *,
        errors: Optional[List["DatelineError"]] = None,
        request_id: Optional[str] = None,
        retry_after: Optional[float] = None,
    ) -> None:
        self.status = status
        self.code = str(said.get("code") or "unknown")
        self.message = str(said.get("message") or f"status {status}")
        span = said.get("span")
        self.span = (int(span[0]), int(span[1])) if isinstance(span, list) and len(span) == 2 else None
        self.help = said.get("help")
        self.parameter = said.get("parameter")
        self.errors = errors or []
        self.request_id = request_id
        self.retry_after = retry_after
        super().__init__(f"{self.code}: {self.message}")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The key goes to the server that it was given for, and nowhere else."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


class Transport:
    """A server, by its address, and the key that it wants."""

    def __init__(
        self, address: str = "http://127.0.0.1:7311", *, key: Optional[str] = None, timeout: float = 60.0
    ) -> None:
        parts = urllib.parse.urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"{address!r} is no address of a server: http://127.0.0.1:7311")
        self._address = address.rstrip("/")
        self._key = key
        self._timeout = timeout
        self._opener = urllib.request.build_opener(_NoRedirects())

    def _open(
        self,
        verb: str,
        path: str,
        params: Mapping[str, Param],
        body: Optional[bytes] = None,
        kind: Optional[str] = None,
    ) -> http.client.HTTPResponse:
        stated = {name: _stated(value) for name, value in params.items() if value is not None}
        query = urllib.parse.urlencode(stated)
        request = urllib.request.Request(
            f"{self._address}{path}{'?' if query else ''}{query}", data=body, method=verb
        )
        if self._key is not None:
            request.add_unredirected_header("Authorization", f"Bearer {self._key}")
        if kind is not None:
            request.add_header("Content-Type", kind)
        try:
            return cast(http.client.HTTPResponse, self._opener.open(request, timeout=self._timeout))
        except urllib.error.HTTPError as refused:
            with refused:
                raise _failure(refused) from None

    def _document(
        self, verb: str, path: str, params: Mapping[str, Param], body: Optional[bytes] = None, kind: Optional[str] = None
    ) -> Any:
        with self._open(verb, path, params, body, kind) as response:
            return json.loads(response.read())

    def _text(self, verb: str, path: str, params: Mapping[str, Param]) -> str:
        with self._open(verb, path, params) as response:
            return response.read().decode("utf-8")

    def _lines(self, path: str, params: Mapping[str, Param]) -> Iterator[Any]:
        """A JSON value a line, each as it comes; the connection ends with the iterator."""
        with self._open("GET", path, params) as response:
            for line in _split(response):
                value = json.loads(line)
                # A stream that breaks off says why in its last line.
                if isinstance(value, dict) and isinstance(value.get("error"), dict) and "id" not in value:
                    raise _said(200, value, response.headers)
                yield value

    def _pages(self, path: str, params: Mapping[str, Param], items: str) -> Iterator[Any]:
        """The items of one page after the other, as long as there is a next one."""
        asked: Dict[str, Param] = dict(params)
        while True:
            page = self._document("GET", path, asked)
            yield from page[items]
            following = page.get("next")
            if following is None:
                return
            asked["cursor"] = following


def part(value: str) -> str:
    """A text as one part of an address, whatever signs it holds."""
    if value in ("", ".", ".."):
        raise ValueError(f"{value!r} cannot be a part of an address")
    return urllib.parse.quote(value, safe="")


def as_json(value: object) -> bytes:
    """A value as the bytes of a JSON document."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")


def _stated(value: Param) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _split(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """The lines of a body, without what ends them; raises where the body does not come to its end."""
    held = b""
    while True:
        piece = response.read1(1 << 16)
        if not piece:
            break
        held += piece
        if b"\n" in piece:
            *lines, held = held.split(b"\n")
            yield from (line for line in lines if line)
        elif len(held) > _LONGEST_LINE:
            raise ValueError("a line of the stream is too long")
    if held:
        yield held


def _failure(refused: urllib.error.HTTPError) -> DatelineError:
    body = _some(refused)
    try:
        document = json.loads(body)
    except ValueError:
        document = None
    return _said(refused.code, document if isinstance(document, dict) else {}, refused.headers)


def _some(body: IO[bytes]) -> bytes:
    try:
        return body.read(_LONGEST_ERROR)
    except (OSError, http.client.HTTPException):
        return b""


def _said(status: int, document: Mapping[str, Any], headers: Any) -> DatelineError:
    said = document.get("error")
    wait = headers.get("Retry-After")
    return DatelineError(
        status,
        said if isinstance(said, dict) else {},
        errors=[DatelineError(status, each) for each in document.get("errors", []) if isinstance(each, dict)],
        request_id=headers.get("X-Request-Id"),
        retry_after=float(wait) if wait is not None and wait.isdigit() else None,
    )
