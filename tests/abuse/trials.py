"""The trials: each does what somebody who means ill would do, and tells what came of it; `Failed` where the server gave way."""

from __future__ import annotations

import asyncio
import gzip
import json
import statistics
import time
import zlib
from collections import Counter
from typing import Any, Awaitable, Callable, Iterable, List, Sequence, Tuple
from urllib.parse import quote

from shapes import Failed, Reply

#: How many connections are slow at once, and how many there are where there are many.
SLOW, MANY = 200, 2000
#: Normal questions may take so many times as long meanwhile; less than so many seconds are the machine's noise.
TIMES, NOISE = 2.0, 0.03
#: Attempts at a measurement, as the machine has other things to do.
ATTEMPTS = 3


def counted(answers: Iterable[Any]) -> str:
    """How many of each."""
    return ", ".join(f"{count} × {what}" for what, count in sorted(Counter(str(one) for one in answers).items()))


def only(replies: Sequence[Reply], *statuses: int) -> str:
    """Holds that there are no other statuses; 0 is a connection that was cut."""
    wrong = [reply for reply in replies if reply.status not in statuses]
    if wrong:
        raise Failed(f"answered {wrong[0].status} {wrong[0].body[:200]!r}")
    return counted(reply.status or "cut off" for reply in replies)


# Who is slow.


async def drip(target: Any, head: bytes, drop: bytes, until: float, window: Any = None) -> Tuple[bytes, float]:
    """Sends a byte a second; what was answered, and when the connection was cut."""
    started = time.perf_counter()
    reader, writer = await target.connect(window)
    answer = b""
    try:
        writer.write(head)
        while time.perf_counter() - started < until:
            try:
                answer += await asyncio.wait_for(reader.read(1 << 16), 1.0)
                if reader.at_eof():
                    break
            except asyncio.TimeoutError:
                writer.write(drop)
    except OSError:
        pass
    finally:
        writer.transport.abort()
    return answer, time.perf_counter() - started


async def beside(target: Any, head: bytes, drop: bytes, until: float) -> str:
    """Slow connections beside normal questions."""
    for attempt in range(ATTEMPTS):
        base = await target.times()
        slow = [asyncio.ensure_future(drip(target, head, drop, until)) for _ in range(SLOW)]
        await asyncio.sleep(1.5)
        meanwhile = await target.times()
        ended = await asyncio.gather(*slow)
        longest = max(took for _, took in ended)
        if longest >= until:
            raise Failed(f"a slow connection lived for more than {until:.0f} s")
        if meanwhile < max(TIMES * base, base + NOISE):
            return (
                f"p99 of normal questions {base * 1000:.0f} ms before, {meanwhile * 1000:.0f} ms meanwhile; "
                f"the last was cut after {longest:.0f} s"
            )
    raise Failed(f"p99 of normal questions {base * 1000:.0f} ms before, {meanwhile * 1000:.0f} ms meanwhile")


async def slow_heads(target: Any) -> str:
    return await beside(target, b"GET /v1/count?q=ferry HTTP/1.1\r\nHost: localhost\r\nX-A: ", b"a", 20)


async def slow_bodies(target: Any) -> str:
    head = f"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {target.key}\r\n"
    head += "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    return await beside(target, head.encode(), b"[", 45)


async def slow_claims(target: Any) -> str:
    """Bodies that are said to be as long as any may be, and do not come: others can still write."""
    head = f"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {target.key}\r\nContent-Type: application/json\r\n"
    sized = (head + f"Content-Length: {16 << 20}\r\n\r\n").encode()
    chunked = (head + "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n").encode()
    slow = [asyncio.ensure_future(drip(target, sized, b" ", 45)) for _ in range(20)]
    slow += [asyncio.ensure_future(drip(target, chunked, b"1\r\n \r\n", 45)) for _ in range(20)]
    await asyncio.sleep(2)
    written = [await target.post(b'{"id": "claim", "title": "Meanwhile"}') for _ in range(5)]
    ended = await asyncio.gather(*slow)
    only(written, 200)
    return f"5 articles put in meanwhile; the last was cut after {max(took for _, took in ended):.0f} s"


async def slow_strangers(target: Any) -> str:
    """Bodies without a key are not waited for."""
    head = b"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 16777216\r\n\r\n"
    ended = await asyncio.gather(*(drip(target, head, b" ", 20) for _ in range(SLOW)))
    if not all(answer.startswith(b"HTTP/1.1 401") for answer, _ in ended):
        raise Failed("a body without a key is not refused at once")
    longest = max(took for _, took in ended)
    if longest > 15:
        raise Failed(f"a connection without a key lived for {longest:.0f} s")
    return f"401 at once; the last was cut after {longest:.0f} s"


async def slow_readers(target: Any) -> str:
    """Long answers that are taken at a trickle: neither their memory nor their connections are held for long."""
    told = await target.post(json.dumps({"id": "long", "title": "Long", "body": "A long story about little. " * 220_000}).encode(), wait=120)
    question = "/v1/articles/long?mentions=false"
    whole = len((await target.get(question)).body)
    if told.status != 200 or whole < 1 << 22:
        raise Failed(f"the long article is answered {told.status}, {whole} bytes")
    until = 75.0
    answered: List[bytes] = []
    gate = asyncio.Semaphore(4)

    async def reads() -> None:
        reader, writer = await target.connect(2048)
        try:
            async with gate:
                # A few at a time, so that what holds them up is their slowness alone.
                writer.write(f"GET {question} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                answered.append(await reader.readexactly(12))
            while await reader.read(20):
                await asyncio.sleep(1)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    reading = [asyncio.ensure_future(reads()) for _ in range(SLOW)]
    most, left, started = 0.0, SLOW, time.perf_counter()
    while time.perf_counter() - started < until and left > 1:
        await asyncio.sleep(1)
        most = max(most, target.memory())
        counts = (await target.get("/metrics")).body.decode()
        left = int(counts.split("\ndateline_http_connections ")[1].split()[0])
    took = time.perf_counter() - started
    for one in reading:
        one.cancel()
    await target.ask("DELETE", "/v1/articles/long", Authorization=f"Bearer {target.key}")
    said = f"{counted(answer.decode() for answer in answered)}, of {whole >> 20} MiB; {most:.0f} MB at most; "
    if left > 1:
        raise Failed(said + f"{left - 1} still held after {until:.0f} s")
    if most > 900:
        raise Failed(said)
    return said + f"all let go after {took:.0f} s"


# What is huge.


async def huge_heads(target: Any) -> str:
    get = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
    shapes = [
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /v1/search?q=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        get + b"X: " + b"a" * 10_000_000 + b"\r\n\r\n",
        get + b"a" * 1_000_000 + b": b\r\n\r\n",
        get + b"X: a\r\n" * 100_000 + b"\r\n",
        get + b"Cookie: " + b"a=b; " * 100_000 + b"\r\n\r\n",
        b"A" * 1_000_000 + b" / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\r\n" * 1_000_000,
        b"GET /healthz HTTP/1.1\r\nHost: " + b"a." * 100_000 + b"\r\n\r\n",
        b"A" * 20_000_000,
    ]
    got = [(await target.raw(shape, 15) or [Reply(0, {}, b"")])[0] for shape in shapes]
    return only(got, 0, 400, 414, 431)


async def huge_bodies(target: Any) -> str:
    head = f"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {target.key}\r\nContent-Type: application/json\r\n"
    plain = head.encode()
    got = []
    for length in ("99999999999", "18446744073709551615", "18446744073709551616", "-1", "16777217"):
        got += await target.raw(plain + f"Content-Length: {length}\r\n\r\n".encode() + b"[" * 100_000, 20)
    # What is sent though it is not read.
    got += await target.raw(plain + b"Content-Length: 50000000\r\n\r\n" + b" " * 50_000_000, 20)
    for path in ("/v1/watches/w", "/v1/search?q=a", "/nowhere"):
        verb = "PUT" if "watches" in path else "GET"
        told = head.replace("POST /v1/articles", f"{verb} {path}")
        got += await target.raw(told.encode() + b"Content-Length: 50000000\r\n\r\n" + b" " * 50_000_000, 20)
    return only(got, 0, 200, 400, 404, 413, 431)


async def endless_chunks(target: Any) -> str:
    """Bodies in chunks that have no end: by pieces as fast as can be, and of one byte each."""

    async def pour(verb: str, path: str, piece: bytes) -> Tuple[int, float]:
        reader, writer = await target.connect()
        head = f"{verb} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {target.key}\r\n"
        writer.write(head.encode() + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        sent, started = 0, time.perf_counter()
        answer = asyncio.ensure_future(reader.read(1 << 16))
        try:
            while time.perf_counter() - started < 60:
                writer.write(piece)
                await asyncio.wait_for(writer.drain(), 60)
                sent += len(piece)
                if writer.transport.is_closing() or reader.at_eof():
                    break
                await asyncio.sleep(0)
        except (OSError, asyncio.TimeoutError):
            pass
        took = time.perf_counter() - started
        answer.cancel()
        writer.transport.abort()
        return sent, took

    large = b"10000\r\n" + b" " * 65536 + b"\r\n"
    small = b"1\r\n \r\n" * 1000
    long_extension = b"1;" + b"a" * 60_000 + b"\r\n \r\n"
    told = []
    for verb, path in (("POST", "/v1/articles"), ("PUT", "/v1/watches/w"), ("GET", "/v1/count?q=ferry")):
        for piece in (large, small, long_extension):
            sent, took = await pour(verb, path, piece)
            told.append(sent)
            if took >= 60:
                raise Failed(f"{verb} {path} takes a body without end: {sent >> 20} MiB in {took:.0f} s")
    return f"9 cut off, after {max(told) / (1 << 20):.0f} MiB at most"


# Who says what cannot be.


async def bad_hosts(target: Any) -> str:
    good = b"GET /v1/count?q=ferry HTTP/1.1\r\nConnection: close\r\n"
    refused = [
        b"evil.example", b"", b" ", b"localhost.evil.example", b"127.0.0.1.evil.example", b"localhost@evil.example", b"evil.example#localhost",
        b"evil.example\\@localhost", b"[::1].evil.example", b"[evil.example]", b"[::1", b"0x7f000001.example", b"localhost:80:evil.example",
        b"localhost, evil.example", b"localhost/evil", b"localhost?evil", b"\xff\xfe", b"localhost\x00", b"xn--localhost", b"http://localhost",
        b"localhost.", b"a" * 5000,
    ]
    got = []
    for host in refused:
        told = await target.raw(good + b"Host: " + host + b"\r\n\r\n")
        if any(reply.status == 200 for reply in told):
            raise Failed(f"Host: {host!r} is answered")
        got += told or [Reply(0, {}, b"")]
    shapes = [
        good + b"\r\n",
        good + b"Host: localhost\r\nHost: evil.example\r\n\r\n",
        good + b"Host: localhost\r\nHost: localhost\r\n\r\n",
        good + b"Host: localhost\r\n evil.example\r\n\r\n",
        good + b"Host : localhost\r\n\r\n",
        b"GET http://evil.example/v1/count?q=ferry HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET http://localhost@evil.example/v1/count?q=ferry HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET //evil.example/v1/count?q=ferry HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
        b"GET /v1/count?q=ferry\r\n\r\n",
    ]
    for shape in shapes:
        told = await target.raw(shape)
        if any(reply.status == 200 for reply in told):
            raise Failed(f"{shape[:60]!r} is answered")
        got += told or [Reply(0, {}, b"")]
    return only(got, 0, 400, 404, 405, 421)


async def smuggling(target: Any) -> str:
    """Requests that a proxy before the server could end elsewhere than the server does: no second request is found in them."""
    head = b"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer " + target.key.encode() + b"\r\n"
    inner = b"GET /healthz?smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
    lone = b"0\r\n\r\n" + inner

    def sized(body: bytes, *more: bytes) -> bytes:
        return head + b"".join(line + b"\r\n" for line in more) + b"\r\n" + body

    length = b"Content-Length: " + str(len(lone)).encode()
    shapes = {
        "CL.TE": sized(lone, length, b"Transfer-Encoding: chunked"),
        "TE.CL": sized(lone, b"Transfer-Encoding: chunked", length),
        "TE.CL short": sized(lone, b"Transfer-Encoding: chunked", b"Content-Length: 4"),
        "CL.CL": sized(inner, b"Content-Length: 0", b"Content-Length: " + str(len(inner)).encode()),
        "CL.CL same": sized(b"{}" + inner, b"Content-Length: 2", b"Content-Length: 2"),
        "CL list": sized(inner, b"Content-Length: 0, " + str(len(inner)).encode()),
        "CL plus": sized(b"{}" + inner, b"Content-Length: +2"),
        "CL hex": sized(b"{}" + inner, b"Content-Length: 0x2"),
        "CL minus": sized(inner, b"Content-Length: -1"),
        "CL empty": sized(inner, b"Content-Length: "),
        "CL space": sized(b"{}" + inner, b"Content-Length : 2"),
        "TE space": sized(lone, b"Transfer-Encoding : chunked", length),
        "TE tab": sized(lone, b"Transfer-Encoding:\tchunked", length),
        "TE vtab": sized(lone, b"Transfer-Encoding: \x0bchunked", length),
        "TE twice": sized(lone, b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", length),
        "TE odd": sized(lone, b"Transfer-Encoding: xchunked", length),
        "TE list": sized(lone, b"Transfer-Encoding: chunked, identity", length),
        "TE identity": sized(lone, b"Transfer-Encoding: identity", length),
        "TE fold": sized(lone, b"Transfer-Encoding:\r\n chunked", length),
        "TE case": sized(lone, b"TrAnSfEr-EnCoDiNg: CHUNKED", length),
        "TE 1.0": sized(lone, b"Transfer-Encoding: chunked", length).replace(b"HTTP/1.1", b"HTTP/1.0", 1),
        "LF only": sized(lone, b"Transfer-Encoding: chunked", length).replace(b"\r\n", b"\n"),
        "CR in name": sized(lone, b"X: a\rTransfer-Encoding: chunked", length),
        "NUL": sized(lone, b"X: a\x00\r\nTransfer-Encoding: chunked", length),
        "size over": sized(b"FFFFFFFFFFFFFFFFF\r\n" + inner, b"Transfer-Encoding: chunked"),
        "size minus": sized(b"-1\r\n" + inner, b"Transfer-Encoding: chunked"),
        "size 0x": sized(b"0x0\r\n\r\n" + inner, b"Transfer-Encoding: chunked"),
        "size space": sized(b"0 0\r\n\r\n" + inner, b"Transfer-Encoding: chunked"),
        "chunk end": sized(b"2\r\n{}XX0\r\n\r\n" + inner, b"Transfer-Encoding: chunked"),
        "upgrade": sized(b"{}" + inner, b"Content-Length: 2", b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAAQAAP__")[:-len(inner)],
    }
    got = []
    for name, shape in shapes.items():
        # The last, where both lengths agree, is one request and another; a second answer is right there alone.
        told = await target.raw(shape, 3)
        allowed = 2 if name == "CL.CL same" else 1
        if len(told) > allowed:
            raise Failed(f"{name}: {len(told)} answers, {[reply.status for reply in told]}")
        got += told or [Reply(0, {}, b"")]
    preface = await target.raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00\x00\x00\x04\x00\x00\x00\x00\x00", 3)
    got += preface or [Reply(0, {}, b"")]
    return f"{len(shapes) + 1} shapes: " + only(got, 0, 400, 401, 404, 405, 408, 413, 415, 422, 501, 505)


async def traversal(target: Any) -> str:
    ups = ["..", "%2e%2e", ".%2e", "%2E.", "..%00", "%252e%252e", "..;", "..%c0%af", "%c0%ae%c0%ae", "%uff0e%uff0e", "....", "..%5c", "\\..", "..%2f", "%2e%2e%2f"]
    bases = ["", "/page", "/v1/articles", "/v1/stories", "/v1/watches", "/docs", "/v1"]
    ends = ["etc/passwd", "manifest.json", "meta.json", "Cargo.toml"]
    targets = [f"{base}/{'/'.join([up] * deep)}/{end}" for base in bases for up in ups for deep in (1, 8) for end in ends[:2]]
    targets += [f"{base}/{quote('../' * 8 + end, safe='')}" for base in bases for end in ends]
    targets += [f"{base}/{quote('/' + end, safe='')}" for base in bases for end in ends]
    targets += ["//etc/passwd", "/page/C:%5cwindows%5cwin.ini", "/page/%5c%5chost%5cshare", "file:///etc/passwd", "/page/docs.html/", "/page/.", "/page/%2e"]
    got = []
    for target_path in targets:
        reply = await target.get(target_path)
        if b"root:" in reply.body or b"\"format\"" in reply.body or b"[package]" in reply.body:
            raise Failed(f"{target_path} gives a file")
        got.append(reply)
    # The names of watches and ids of articles make no files.
    for name in ("..%2fevil", "%2e%2e", "a%2f..%2fb", "%00", "CON", "a" * 5000):
        headers = {"Authorization": f"Bearer {target.key}", "Content_Type": "application/json"}
        reply = await target.ask("PUT", f"/v1/watches/{name}", b'{"query": "x"}', **headers)
        got.append(reply)
        if reply.status == 200:
            await target.ask("DELETE", f"/v1/watches/{name}", **headers)
    return f"{len(targets)} paths: " + only(got, 0, 200, 400, 404, 405, 414, 421)


async def keys(target: Any) -> str:
    """Wrong keys, and how long it takes to say so."""
    right = target.key
    wrong = {
        "first byte": "X" + right[1:], "last byte": right[:-1] + "X", "half": right[: len(right) // 2] + "X" * (len(right) - len(right) // 2),
        "short": right[:-1], "long": right + "X", "one": "a",
    }
    took: dict[str, List[float]] = {name: [] for name in wrong}
    reader, writer = await target.connect()
    for _ in range(400):
        for name, key in wrong.items():
            request = f"DELETE /v1/articles/none HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\r\n".encode()
            started = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            took[name].append(time.perf_counter() - started)
            if b" 401 " not in head.split(b"\r\n")[0]:
                raise Failed(f"a wrong key ({name}) is answered {head[:20]!r}")
    writer.transport.abort()
    middle = {name: statistics.median(times) for name, times in took.items()}
    spread = max(middle.values()) - min(middle.values())
    noise = statistics.median([abs(one - middle[name]) for name, times in took.items() for one in times])
    if spread > max(0.2 * min(middle.values()), 2 * noise):
        raise Failed(f"medians lie {spread * 1e6:.0f} µs apart: {middle}")
    forms = ["Basic " + right, right, "Bearer", "Bearer ", "Bearer  ", "bearer\t" + right + "x", "Bearer " + right + " x", "Bearer " + right * 1000, "Bearer \x80\xff", "Bearer null", 'Bearer "' + right + '"']
    got = [await target.ask("DELETE", "/v1/articles/none", Authorization=form) for form in forms]
    got += await target.raw(f"DELETE /v1/articles/none HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nAuthorization: Bearer {right}\r\nConnection: close\r\n\r\n".encode())
    got.append(await target.get(f"/v1/articles/none?key={right}"))
    told = only(got, 0, 400, 401, 404)
    return f"medians of 401 lie {spread * 1e6:.0f} µs apart of {min(middle.values()) * 1e6:.0f}; {told}"


# What is asked.


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
            reply = await target.get(path, wait=45)
            took = time.perf_counter() - started
            slowest = max(slowest, (took, f"{name} at {route.split('?')[0]}"))
            if reply.status == 0 and len(path) < 60_000:
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
    return f"{len(got)} questions: " + only(got, 0, 200, 400, 404, 414, 431, 503) + f"; the longest took {slowest[0]:.1f} s, {slowest[1]}"


# What is put in.


def packed(pieces: Iterable[bytes]) -> bytes:
    """Much that is alike, packed small."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(piece) for piece in pieces) + packer.flush()


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


# Who are many.


async def crowd(target: Any) -> str:
    """Many connections at once, each with a question."""

    async def ask(number: int) -> Any:
        try:
            reply = await target.get("/v1/count?q=ferry" if number % 2 else "/v1/search?q=tram&n=5", 40)
            return reply.status or "cut off"
        except OSError as failed:
            return type(failed).__name__

    got = await asyncio.gather(*(ask(number) for number in range(MANY)))
    if not set(got) <= {200, 503, "cut off", "ConnectionResetError", "ConnectionRefusedError"} or got.count(200) == 0:
        raise Failed(counted(got))
    return counted(got)


async def idlers(target: Any) -> str:
    """Many connections that say nothing: when does one who asks get through?"""
    ends = []
    for _ in range(MANY):
        try:
            ends.append(await asyncio.wait_for(target.connect(), 5))
        except (OSError, asyncio.TimeoutError):
            break
    took = await target.answers(40)
    for _, writer in ends:
        writer.transport.abort()
    return f"{len(ends)} open; a normal question is answered after {took:.1f} s"


async def pipelines(target: Any) -> str:
    """Many requests one after the other on a connection, and connections that go away before they are answered."""
    one = b"GET /v1/count?q=ferry HTTP/1.1\r\nHost: localhost\r\n\r\n"
    told = await target.raw(one * 2000 + one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), 60)
    done = only(told, 200, 503)
    for _ in range(500):
        _, writer = await target.connect()
        writer.write(b"GET /v1/search?q=*&n=1000&snippets=all&group=none HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await asyncio.sleep(0)
        writer.transport.abort()
    return f"{done} on one connection; 500 went away"


Trial = Callable[[Any], Awaitable[str]]

#: Each with its name and what it does.
ALL: List[Tuple[str, str, Trial]] = [
    ("slow-heads", f"{SLOW} heads at a byte a second", slow_heads),
    ("slow-bodies", f"{SLOW} bodies at a byte a second", slow_bodies),
    ("slow-claims", "40 bodies that are said to be huge", slow_claims),
    ("slow-strangers", f"{SLOW} bodies without a key", slow_strangers),
    ("slow-readers", f"{SLOW} that hardly take their answers", slow_readers),
    ("huge-heads", "heads of megabytes", huge_heads),
    ("huge-bodies", "bodies beyond every bound", huge_bodies),
    ("endless-chunks", "bodies without end", endless_chunks),
    ("bad-hosts", "other hosts", bad_hosts),
    ("smuggling", "requests within requests", smuggling),
    ("traversal", "ways out of the folder", traversal),
    ("keys", "wrong keys", keys),
    ("queries", "queries that cost much", queries),
    ("articles", "articles that cost much", articles),
    ("crowd", f"{MANY} connections that ask", crowd),
    ("idlers", f"{MANY} connections that say nothing", idlers),
    ("pipelines", "many requests on a connection", pipelines),
]
