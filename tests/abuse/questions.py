"""Queries that cost much."""

from __future__ import annotations

import asyncio
import time
from typing import Any, List, Tuple
from urllib.parse import quote

from shapes import Failed, Reply, only


async def queries(target: Any) -> str:
    bombs = {
        "parentheses": "(" * 4000 + "a" + ")" * 4000,
        "open parentheses": "(" * 8000,
        "not": "NOT " * 2000 + "a",
        "minus": "-" * 8000 + "a",
        "quotes": '"' * 8001,
        "10,000 or": " OR ".join(["ferry"] * 10_000),
        "256 or": " OR ".join(f"w{n}*" for n in range(250)),
        "wildcards": " ".join(f"{c}*" for c in "abcdefghijklmnopqrstuvwxyz"),
        "star": "* " * 4000,
        "stars": "*" * 8000,
        "infix": "*a*",
        "phrase": '"' + "the " * 2000 + '"',
        "slop": '"' + "the a of in " * 60 + '"~1000000',
        "many slops": " ".join('"the a of in"~100' for _ in range(200)),
        "slots": '"' + "{number} " * 500 + '"',
        "slots far": '"{number} {country} {person} {number}"~10000',
        "near": " NEAR/1000 ".join(["the"] * 250),
        "ranges": " ".join("number:[-1e308 TO 1e308]" for _ in range(200)),
        "wide range": "number:[1e99999 TO *] OR number:[* TO -1e99999]",
        "dates": "published:[0000-01-01 TO 9999-12-31] date:[-9999 TO 99999]",
        "huge number": "number:" + "9" * 7000,
        "boost": "a^" + "9" * 400,
        "colons": "a:" * 4000,
        "field depth": "title:" + "(title:" * 1000 + "a" + ")" * 1000,
        "marks": "e" + "\u0301" * 4000,
        "wide": "\U0001F468\u200d" * 1000,
        "rtl": "\u202e" * 2000,
        "nul": "a\x00b",
        "backslashes": "\\" * 8000,
        "one long word": "a" * 8190,
        "dotted": "a." * 4000,
        "country": " OR ".join(f"country:{a}{b}" for a in "abcdefghij" for b in "abcdefghij"),
    }
    raw = ["%ED%A0%80", "%FF%FE", "%", "%zz", "%00", "a%", "%C0%80", "+" * 8000, "&q=" * 1000]
    routes = ["search?snippets=all&context=paragraph&n=1000&explain=true&group=none", "count?", "facets?by=person,org,place,source&n=1000&group=copy", "facets?captures=true", "timeline?group=copy", "explain?", "search?stream=true"]
    asked = [(f"/v1/{route}&q={quote(bomb)}".replace("?&", "?"), name, route) for name, bomb in bombs.items() for route in routes]
    asked += [(f"/v1/{route}&q={text}".replace("?&", "?"), text[:10], route) for text in raw for route in routes[:3]]
    gate = asyncio.Semaphore(8)
    slowest: Tuple[float, str] = (0.0, "")

    async def ask(path: str, name: str, route: str) -> Reply:
        nonlocal slowest
        async with gate:
            started = time.perf_counter()
            reply: Reply = await target.get(path, wait=45)
            took = time.perf_counter() - started
            # Streams and captures have more time, and go on as long as somebody takes what they find.
            if "stream" not in route and "captures" not in route:
                slowest = max(slowest, (took, f"{name} at {route.split('?')[0]}"))
            if reply.status == 0 and took > 40:
                raise Failed(f"{name} at {route}: no answer in {took:.0f} s")
            return reply

    got: List[Reply] = list(await asyncio.gather(*(ask(*one) for one in asked)))
    others = [
        "/v1/facets?q=a&by=" + ",".join(["person"] * 17), "/v1/facets?q=*&n=1000&by=" + ",".join(["person+org"] * 16), "/v1/facets?q=a&by=" + "+".join(["person"] * 500),
        "/v1/complete?prefix=" + "a" * 5000, "/v1/complete?prefix=%00&n=100", "/v1/search?q=a&n=99999999999999999999", "/v1/search?q=a&n=-1", "/v1/search?q=a&cursor=" + "f." * 2000,
        "/v1/search?q=a&cursor=ffffffffffffffff.ffffffffffffffff.ffffffffffffffff.ffffffffffffffff.ffffffffffffffff", "/v1/search?q=a&since=99999-99-99", "/v1/search?q=a&snippets=99999999999999999999",
        "/v1/search?" + "&".join(f"a{n}=1" for n in range(5000)), "/v1/articles/" + "a" * 60_000, "/v1/articles/%00", "/v1/stories/%F0%9F", "/v1/stories/s" + "9" * 400, "/v1/articles/x/related?n=100",
    ]
    got += [await target.get(path, 45) for path in others]
    if slowest[0] > 10:
        raise Failed(f"{slowest[1]} took {slowest[0]:.1f} s")
    return f"{len(got)} questions: " + only(got, 0, 200, 400, 404, 410, 414, 431, 503) + f"; the longest took {slowest[0]:.1f} s, {slowest[1]}"
