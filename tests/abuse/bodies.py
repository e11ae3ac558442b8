"""Articles that cost much."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
import zlib
from typing import Any, Iterable, List, Tuple

from shapes import Failed, Reply, only


def packed(pieces: Iterable[bytes]) -> bytes:
    """Much that is alike, packed small."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    whole: bytes = b"".join(packer.compress(piece) for piece in pieces) + packer.flush()
    return whole


async def articles(target: Any) -> str:
    lines, plain = "application/x-ndjson", "application/json"

    def one(**fields: Any) -> bytes:
        return json.dumps({"id": "bomb", "title": "Bomb", "body": "b", **fields}).encode()

    bombs: List[Tuple[str, bytes, str]] = [
        ("arrays", b"[" * 5_000_000, plain),
        ("arrays closed", b"[" * 500_000 + b"]" * 500_000, plain),
        ("objects", b'{"a":' * 1_000_000 + b"1" + b"}" * 1_000_000, plain),
        ("deep field", b'{"id":"bomb","title":"a","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", plain),
        ("deep line", b'{"id":"bomb","title":"a","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", lines),
        ("deep body", b'{"id":"bomb","title":"a","body":' + b"[" * 120 + b'"a"' + b"]" * 120 + b"}", plain),
        ("huge id", one(id="i" * 5_000_000), plain),
        ("huge title", one(title="word " * 500_000), plain),
        ("one word", one(body="a" * 10_000_000), plain),
        ("marks", one(body="e" + "\u0301" * 1_000_000), plain),
        ("numbers", one(body="1,000,000 " * 200_000), plain),
        ("countries", one(body="Iran and Iraq, " * 200_000), plain),
        ("people", one(body="Mr John Smith said. " * 100_000), plain),
        ("quotes", one(body='"' * 1_000_000), plain),
        ("lines", one(body="\n" * 5_000_000), plain),
        ("same lines", one(body="Subscribe to our newsletter\n" * 200_000), plain),
        ("markup", one(body="<div>" * 500_000), plain),
        ("entities", one(body="&amp;" * 1_000_000), plain),
        ("controls", one(id="a\x00\x1b[31m\r\n", title="\x00" * 1000, body="".join(map(chr, range(32))) * 100), plain),
        ("bidi", one(title="\u202e\u2066" * 1000), plain),
        ("surrogates", b'{"id":"bomb","title":"\\ud800\\udfff\\ud800","body":"\\udead"}', plain),
        ("not utf-8", b'{"id":"bomb","title":"\xff\xfe\xc0\x80"}', plain),
        ("path id", one(id="../../../../tmp/evil"), plain),
        ("twice", b'{"id":"bomb","id":"bomb2","title":"a","title":"b"}', plain),
        ("nan", b'{"id":"bomb","title":NaN,"body":1e999999}', plain),
        ("huge number", b'{"id":"bomb","title":' + b"9" * 1_000_000 + b"}", plain),
        ("dates", one(published="99999999999999999999-99-99", updated=-1e308), plain),
        ("fields", json.dumps({"id": "bomb", "title": "a", **{f"f{n}": n for n in range(300_000)}}).encode(), plain),
        ("empty", b"", plain),
        ("nothing", b"null", plain),
        ("no articles", b"[]", plain),
        ("spaces", b" " * 16_000_000, plain),
        ("bad lines", b"x\n" * 3_000_000, lines),
        ("empty lines", b"\n" * 16_000_000, lines),
        ("empty objects", b"{}\n" * 1_000_000, lines),
        ("empty array", b"[" + b"{}," * 1_000_000 + b"{}]", plain),
        ("withdrawn", b'{"id":"nobody","status":"canceled"}\n' * 50_000, lines),
        ("same id", b'{"id":"bomb","title":"a"}\n' * 20_000, lines),
        ("cut", b'[{"id":"bomb","title":"a"},{"id":"bomb2","ti', plain),
        ("gzip of spaces", packed([b" " * (1 << 20)] * 1024), plain),
        ("gzip of lines", packed([b"x\n" * (1 << 19)] * 256), lines),
        ("gzip of a word", packed([b'{"id":"bomb","title":"', *[b"a" * (1 << 20)] * 512, b'"}']), plain),
        ("gzip of gzip", gzip.compress(packed([b" " * (1 << 20)] * 1024)), plain),
        ("gzip cut", packed([b'{"id":"bomb","title":"a"}'])[:-9], plain),
        ("gzip then rubbish", packed([b'{"id":"bomb","title":"a"}']) + b"x" * 1000, plain),
        ("gzip members", gzip.compress(b"") * 500_000, plain),
        ("zip", b"PK\x03\x04" + b"\x00" * 100_000, plain),
        ("zstd", b"\x28\xb5\x2f\xfd" + b"\xff" * 100_000, plain),
        ("utf-16", "\ufeff{\"title\": \"a\"}".encode("utf-16"), plain),
    ]
    got: List[Reply] = []
    slowest: Tuple[float, str] = (0.0, "")
    largest: Tuple[int, str] = (0, "")
    most: Tuple[float, str] = (0.0, "")
    for name, bomb, kind in bombs:
        started = time.perf_counter()
        asking = asyncio.ensure_future(target.post(bomb, kind, 180))
        while not asking.done():
            await asyncio.sleep(0.05)
            most = max(most, (target.memory(), name))
        reply = asking.result()
        slowest = max(slowest, (time.perf_counter() - started, name))
        largest = max(largest, (len(reply.body), name))
        if reply.status not in (200, 400, 413, 415, 422):
            raise Failed(f"{name} is answered {reply.status or 'not at all'} after {time.perf_counter() - started:.0f} s: {reply.body[:200]!r}")
        got.append(reply)
        for ident in ("bomb", "bomb2", "evil"):
            await target.ask("DELETE", f"/v1/articles/{ident}", Authorization=f"Bearer {target.key}", wait=60)
    told = (
        f"{len(bombs)} bodies: {only(got, 200, 400, 413, 415, 422)}; the longest took {slowest[0]:.1f} s, {slowest[1]}; the longest answer "
        f"{largest[0] >> 10} KiB, {largest[1]}; {most[0]:.0f} MB at most, {most[1]}"
    )
    if largest[0] > 8 << 20 or slowest[0] > 120 or most[0] > 1500:
        raise Failed(told)
    return told
