"""Who is slow: with a head, with a body, in taking an answer."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, List, Tuple

from shapes import Failed, counted, only

#: How many connections are slow at once.
SLOW = 200
#: Normal questions may take so many times as long meanwhile; less than so many seconds are the machine's noise.
TIMES, NOISE = 2.0, 0.03
#: Attempts at a measurement, as the machine has other things to do.
ATTEMPTS = 3


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
