"""What is huge: heads, bodies, and bodies that have no end."""

from __future__ import annotations

import asyncio
import time
from typing import Any, List, Tuple

from shapes import Failed, Reply, only


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
    got: List[Reply] = []
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
