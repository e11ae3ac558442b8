"""Who are many."""

from __future__ import annotations

import asyncio
from typing import Any

from shapes import Failed, counted, only

#: How many connections there are at once.
MANY = 2000


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
