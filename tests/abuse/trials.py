"""The trials: each does what somebody who means ill would do, and tells what came of it; it raises `Failed` where the server gave way."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, List, Tuple

import bodies
import crooked
import huge
import many
import questions
import slow

Trial = Callable[[Any], Awaitable[str]]

#: Each with its name and what it does.
ALL: List[Tuple[str, str, Trial]] = [
    ("slow-heads", f"{slow.SLOW} heads at a byte a second", slow.slow_heads),
    ("slow-bodies", f"{slow.SLOW} bodies at a byte a second", slow.slow_bodies),
    ("slow-claims", "40 bodies that are said to be huge", slow.slow_claims),
    ("slow-strangers", f"{slow.SLOW} bodies without a key", slow.slow_strangers),
    ("slow-readers", f"{slow.SLOW} that hardly take their answers", slow.slow_readers),
    ("huge-heads", "heads of megabytes", huge.huge_heads),
    ("huge-bodies", "bodies beyond every bound", huge.huge_bodies),
    ("endless-chunks", "bodies without end", huge.endless_chunks),
    ("bad-hosts", "other hosts", crooked.bad_hosts),
    ("smuggling", "requests within requests", crooked.smuggling),
    ("traversal", "ways out of the folder", crooked.traversal),
    ("keys", "wrong keys", crooked.keys),
    ("queries", "queries that cost much", questions.queries),
    ("articles", "articles that cost much", bodies.articles),
    ("crowd", f"{many.MANY} connections that ask", many.crowd),
    ("idlers", f"{many.MANY} connections that say nothing", many.idlers),
    ("pipelines", "many requests on a connection", many.pipelines),
]
