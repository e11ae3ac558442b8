"""What a server answered, read from the bytes of a connection."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Dict, Iterable, List, Sequence, Tuple


class Failed(Exception):
    """The server did what it must not."""


class Reply:
    """One answer."""

    def __init__(self, status: int, headers: Dict[str, str], body: bytes, ended: bool = True) -> None:
        self.status, self.headers, self.body = status, headers, body
        #: Whether the connection had ended when all was read.
        self.ended = ended

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            raise Failed(f"{self.status} with what is no JSON: {self.body[:100]!r}") from None

    @property
    def code(self) -> str:
        """The code of the error that it tells."""
        try:
            return str(json.loads(self.body)["error"]["code"])
        except (ValueError, KeyError, TypeError):
            return ""


def replies(got: bytes, ended: bool) -> List[Reply]:
    """All answers on a connection, one after the other."""
    found: List[Reply] = []
    at = 0
    while at < len(got):
        end = got.find(b"\r\n\r\n", at)
        if end < 0 or got[at : at + 5] != b"HTTP/":
            raise Failed(f"what is no answer: {got[at:at + 100]!r}")
        lines = got[at:end].decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        status, at = int(lines[0].split()[1]), end + 4
        if headers.get("transfer-encoding") == "chunked":
            body, at = chunks(got, at)
        elif status < 200 or status in (204, 304):
            body = b""
        else:
            length = int(headers.get("content-length", len(got) - at))
            body, at = got[at : at + length], at + length
        if status >= 200:
            found.append(Reply(status, headers, body, ended))
    return found


def chunks(got: bytes, at: int) -> Tuple[bytes, int]:
    """A body in chunks, as far as it came, and where it ends."""
    pieces: List[bytes] = []
    while True:
        end = got.find(b"\r\n", at)
        if end < 0:
            return b"".join(pieces), len(got)
        size = int(got[at:end].split(b";")[0], 16)
        if size == 0:
            return b"".join(pieces), end + 4
        pieces.append(got[end + 2 : end + 2 + size])
        at = end + 4 + size


def counted(answers: Iterable[Any]) -> str:
    """How many of each."""
    return ", ".join(f"{count} × {what}" for what, count in sorted(Counter(str(one) for one in answers).items()))


def only(replies: Sequence[Reply], *statuses: int) -> str:
    """Holds that there are no other statuses; 0 is a connection that was cut."""
    wrong = [reply for reply in replies if reply.status not in statuses]
    if wrong:
        raise Failed(f"answered {wrong[0].status} {wrong[0].body[:200]!r}")
    return counted(reply.status or "cut off" for reply in replies)
