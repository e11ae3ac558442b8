"""An attacker outside `dateline serve`, against a server of his own.

    python3 tests/abuse/abuse.py [TRIAL...] -- PROGRAM...

The program (`cargo run --quiet --`, or `dateline`) indexes the sample corpus in a temporary folder and serves it. Each trial does what somebody who means ill
would do; after each, the server must answer as before. At no time may it answer with 5xx but 503, say anything on standard error but its log,
hold 300 MB of memory when all is over, or take more than ten seconds to stop. A table tells what came of each trial.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Dict, List, Optional

sys.path.insert(0, str(Path(__file__).parent))

from shapes import Failed, Reply, replies  # noqa: E402
import trials  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
KEY = "a-key-of-the-abused-0123456789"
#: Megabytes that the server may hold when all is over.
MEMORY = 300
#: Seconds to stop in.
STOP = 10.0
#: Articles besides the sample corpus, so that answers can be long.
ARTICLES = 3000


class Target:
    """The server that is attacked."""

    def __init__(self, program: List[str], folder: Path) -> None:
        self.env = {**os.environ, "DATELINE_INDEX": str(folder / "index"), "DATELINE_API_KEY": KEY}
        corpus = [str(ROOT / "corpus" / part) for part in ("jsonl", "txt")]
        made = folder / "made.jsonl"
        made.write_text("".join(article(number) + "\n" for number in range(ARTICLES)))
        subprocess.run([*program, "--quiet", "index", *corpus, str(made)], env=self.env, check=True, cwd=ROOT)
        self.process = subprocess.Popen(
            [*program, "serve", "--listen", "127.0.0.1:0"], env=self.env, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.log: List[Dict[str, Any]] = []
        self.strange: List[str] = []
        self.listening = threading.Event()
        threading.Thread(target=self.read, daemon=True).start()
        if not self.listening.wait(120):
            raise Failed("the program does not serve")
        host, port = self.log[0]["address"].removeprefix("http://").rsplit(":", 1)
        self.host, self.port = host, int(port)
        self.key = KEY
        self.ferries = 0

    def read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            try:
                said = json.loads(line)
                self.log.append(said)
                self.listening.set()
            except ValueError:
                self.strange.append(line.rstrip()[:300])

    def memory(self, what: str = "VmRSS") -> float:
        """Megabytes that it holds, or held at most (`VmHWM`)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(what):
                return int(line.split()[1]) / 1024
        raise Failed("the server is gone")

    def broken(self) -> List[Dict[str, Any]]:
        """Requests that failed by a fault of the server."""
        return [said for said in self.log if said["event"] == "request" and said["status"] >= 500 and said["status"] != 503]

    # Talking to it.

    async def connect(self, window: Optional[int] = None) -> Any:
        """A connection; one that takes little at once where `window` is named."""
        if window is None:
            return await asyncio.open_connection(self.host, self.port, limit=1 << 26)
        import socket

        end = socket.socket()
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        end.setblocking(False)
        await asyncio.get_running_loop().sock_connect(end, (self.host, self.port))
        return await asyncio.open_connection(sock=end, limit=1 << 12)

    async def raw(self, sent: bytes, wait: float = 15.0) -> List[Reply]:
        """Sends bytes as they are; what is answered until the other side ends, or for so long."""
        reader, writer = await self.connect()
        got = bytearray()

        async def send() -> None:
            try:
                writer.write(sent)
                await writer.drain()
            except OSError:
                pass

        async def take() -> None:
            while True:
                piece = await reader.read(1 << 16)
                if not piece:
                    return
                got.extend(piece)

        sending = asyncio.ensure_future(send())
        try:
            await asyncio.wait_for(take(), wait)
            ended = True
        except asyncio.TimeoutError:
            ended = False
        except OSError:
            ended = True
        finally:
            sending.cancel()
            writer.transport.abort()
        return replies(bytes(got), ended)

    async def ask(self, verb: str, target: str, body: bytes = b"", wait: float = 15.0, **headers: str) -> Reply:
        """A request as it should be; `Content_Type` is Content-Type."""
        head = f"{verb} {target} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nConnection: close\r\n"
        head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        if body or verb in ("POST", "PUT"):
            head += f"Content-Length: {len(body)}\r\n"
        told = await self.raw(head.encode("utf-8", "surrogateescape") + b"\r\n" + body, wait)
        return told[0] if told else Reply(0, {}, b"")

    async def get(self, target: str, wait: float = 15.0) -> Reply:
        return await self.ask("GET", target, wait=wait)

    async def post(self, body: bytes, kind: str = "application/json", wait: float = 60.0, **headers: str) -> Reply:
        """Articles, from who has the key."""
        headers = {"Content_Type": kind, "Authorization": f"Bearer {self.key}", **headers}
        return await self.ask("POST", "/v1/articles", body, wait, **headers)

    async def times(self, count: int = 200, target: str = "/v1/search?q=ferry&n=3") -> float:
        """The time in which 99 of 100 normal questions are answered, one after the other, each on a new connection."""
        took = []
        for _ in range(count):
            started = time.perf_counter()
            reply = await self.get(target)
            took.append(time.perf_counter() - started)
            if reply.status != 200:
                raise Failed(f"a normal question is answered {reply.status}")
        return sorted(took)[int(count * 0.99)]

    async def answers(self, within: float = 20.0) -> float:
        """Seconds until a normal question has its normal answer."""
        started = time.perf_counter()
        while True:
            try:
                reply = await self.get("/v1/count?q=ferry", wait=5.0)
                if reply.status == 200 and reply.json()["count"] == self.ferries:
                    return time.perf_counter() - started
            except OSError:
                reply = Reply(0, {}, b"")
            if time.perf_counter() - started > within:
                raise Failed(f"afterwards a normal question is answered {reply.status} {reply.body[:200]!r}")
            await asyncio.sleep(0.1)


def article(number: int) -> str:
    """An article of different words, so that none is a copy of another."""
    words = " ".join(f"w{number * 7 + at}x{at}" for at in range(60))
    body = f"The tram number {number} met {number % 90 + 10} people in Norway.\n\n{words}."
    return json.dumps({"id": f"made-{number}", "title": f"Tram {number}", "body": body, "published": "2025-03-04"})


async def attack(target: Target, wanted: List[str]) -> bool:
    target.ferries = (await target.get("/v1/count?q=ferry")).json()["count"]
    rows = []
    for name, about, trial in trials.ALL:
        if wanted and name not in wanted:
            continue
        started = time.perf_counter()
        seen = len(target.broken())
        try:
            outcome = await trial(target)
            await target.answers()
            broken = target.broken()[seen:]
            if broken:
                raise Failed(f"answered {broken[0]['status']} at {broken[0].get('route')}: {broken[0].get('detail')}")
            if target.strange:
                raise Failed(f"said {target.strange[0]}")
            good = True
        except Failed as failed:
            outcome, good = str(failed), False
            target.strange.clear()
        row = (name, good, time.perf_counter() - started, target.memory(), about, outcome)
        rows.append(row)
        print(f"{'held' if good else 'FELL'}  {name:<14} {row[2]:6.1f} s {row[3]:5.0f} MB  {about}: {outcome}", flush=True)
    good = all(row[1] for row in rows)
    for _ in range(30):
        if target.memory() < MEMORY:
            break
        await asyncio.sleep(0.5)
    memory, most = target.memory(), target.memory("VmHWM")
    started = time.perf_counter()
    target.process.send_signal(signal.SIGTERM)
    try:
        code: Optional[int] = await asyncio.get_running_loop().run_in_executor(None, target.process.wait, 40)
    except subprocess.TimeoutExpired:
        code = None
    stopped = time.perf_counter() - started
    answered = [said["status"] for said in target.log if said["event"] == "request"]
    kinds = ", ".join(f"{answered.count(status)} of {status}" for status in sorted(set(answered)))
    print(f"{len(answered)} requests answered: {kinds}")
    print(f"memory {memory:.0f} MB at the end, {most:.0f} MB at most; stopped in {stopped:.1f} s with code {code}")
    return good and memory < MEMORY and stopped < STOP and code == 0 and not target.broken() and not target.strange


def main(arguments: List[str]) -> int:
    if "--" not in arguments:
        print(__doc__, file=sys.stderr)
        return 2
    at = arguments.index("--")
    wanted, program = arguments[:at], arguments[at + 1 :]
    unknown = set(wanted) - {name for name, _, _ in trials.ALL}
    if unknown or not program:
        print(f"no trial {', '.join(sorted(unknown))}; there are {', '.join(name for name, _, _ in trials.ALL)}", file=sys.stderr)
        return 2
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 20_000) if most > 0 else 20_000, most))
    with tempfile.TemporaryDirectory() as folder:
        target = Target(program, Path(folder))
        try:
            good = asyncio.run(attack(target, wanted))
        finally:
            if target.process.poll() is None:
                target.process.kill()
            target.process.wait()
    print("all held" if good else "the server fell")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
