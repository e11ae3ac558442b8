"""Who says what cannot be: other hosts, requests within requests, ways out of the folder, wrong keys."""

from __future__ import annotations

import statistics
import time
from typing import Any, Dict, List
from urllib.parse import quote

from shapes import Failed, Reply, only


async def bad_hosts(target: Any) -> str:
    good = b"GET /v1/count?q=ferry HTTP/1.1\r\nConnection: close\r\n"
    refused = [
        b"evil.example", b"", b" ", b"localhost.evil.example", b"127.0.0.1.evil.example", b"localhost@evil.example", b"evil.example#localhost",
        b"evil.example\\@localhost", b"[::1].evil.example", b"[evil.example]", b"[::1", b"0x7f000001.example", b"localhost:80:evil.example",
        b"localhost, evil.example", b"localhost/evil", b"localhost?evil", b"\xff\xfe", b"localhost\x00", b"xn--localhost", b"http://localhost",
        b"localhost.", b"a" * 5000,
    ]
    got: List[Reply] = []
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
    head: bytes = b"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer " + target.key.encode() + b"\r\n"
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
    got: List[Reply] = []
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
    got: List[Reply] = []
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
    took: Dict[str, List[float]] = {name: [] for name in wrong}
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
