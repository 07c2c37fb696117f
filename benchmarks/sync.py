"""A sync of many feeds, some of them on hosts that hang, are slow or dead: `.venv/bin/python benchmarks/sync.py`.

A server of our own answers for every host on loopback (Linux: all of 127.0.0.0/8). Of the healthy feeds half are unchanged; the
others have new entries. Prints, and with `--check` fails where a bound is not kept:

- the time with all hosts, against the time with the healthy ones alone and the deadline of one page (bound: their sum and 5 s);
- whether every article of a healthy feed is in the archive, and the shortest time between two requests to one host;
- what a second run right after the first asks (bound: no page);
- CPU for each unchanged feed (bound: 10 ms), and memory with a feed of 100,000 entries (bound: 300 MB);
- whether runs that were killed at random moments, and one that was not, end in the archive of an undisturbed run.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import json
import multiprocessing
import os
import random
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.articles import article_page  # noqa: E402
from tests.support.feeds import item, rss  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TIMEOUT_SECONDS = 10.0
PACE_SECONDS = 0.05
SLOW_SECONDS = 0.5
SLACK_SECONDS = 5.0
MAX_CPU_SECONDS = 0.010
MAX_MEGABYTES = 300
LONG = 100_000
HANGING, SLOW, DEAD = 10, 10, 5


def host(group: int, number: int) -> str:
    """The address of a host; its second octet is the group that tells the server what to do."""
    return f"127.{group}.{number // 250}.{number % 250 + 1}"


OK, FRESH, HANGS, IS_SLOW, IS_LONG = 1, 2, 3, 4, 5


# -- the server, a process of its own


def serve(ready: Any, log: str, entries: int) -> None:
    """Answers for all hosts until it is killed; writes a line for each request."""
    with (
        socket.create_server(("0.0.0.0", 0), backlog=1024) as listener,  # noqa: S104  # all of 127.0.0.0/8 leads here
        Path(log).open("a", buffering=1, encoding="utf-8") as file,
    ):
        ready.send(listener.getsockname()[1])
        while True:
            line, _ = listener.accept()
            threading.Thread(target=_answer, args=(line, file, entries), daemon=True).start()


def _answer(line: socket.socket, file: Any, entries: int) -> None:
    with line, contextlib.suppress(OSError):
        address = line.getsockname()[0]
        request = line.recv(65536).decode("latin-1")
        path = request.split(" ", 2)[1]
        file.write(f"{time.monotonic():.4f} {address} {path}\n")
        group = int(address.split(".")[1])
        if group == HANGS:
            time.sleep(3600)
        if group == IS_SLOW:
            time.sleep(SLOW_SECONDS)
        body, etag = _body(path, LONG if group == IS_LONG else entries)
        unchanged = f'If-None-Match: "{etag}"' in request
        head = f'HTTP/1.1 {"304 Not Modified" if unchanged else "200 OK"}\r\nETag: "{etag}"\r\nConnection: close\r\n'
        kind = "application/rss+xml" if path == "/feed" else "text/html; charset=utf-8"
        content = b"" if unchanged else body
        line.sendall(f"{head}Content-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content)


def _body(path: str, entries: int) -> tuple[bytes, str]:
    if path == "/feed":
        extra = f"<description>{'word ' * 60}</description>" if entries == LONG else ""
        body = rss(*(item(f"/{n}", title=f"Story {n}", guid=f"g{n}", extra=extra) for n in range(entries)))
    elif path == "/robots.txt":
        body = "User-agent: *\nDisallow: /private/\n"
    else:
        body = article_page(f"Story {path[1:]}")
    return body.encode(), hashlib.sha256(body.encode()).hexdigest()[:12]


# -- a run


@dataclass(frozen=True)
class Ran:
    """What a run of `archiver sync` cost and said."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    summary: dict[str, Any]


def sync(archive: Path, *arguments: str) -> Ran:
    """Runs it on `archive`, in a process of its own."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(_command(archive, *arguments), capture_output=True, check=False, env=_environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not ran.stdout:
        raise SystemExit(ran.stderr.decode())
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(time.monotonic() - began, cpu, after.ru_maxrss / 1024, json.loads(ran.stdout.splitlines()[-1]))


def _command(archive: Path, *arguments: str) -> list[str]:
    timeout = ("--timeout", str(TIMEOUT_SECONDS))
    return [sys.executable, "-m", "archiver", "--archive", str(archive), "sync", *timeout, "--summary", "json", *arguments]


def _environment() -> dict[str, str]:
    return os.environ | {"ARCHIVER_PACE_SECONDS": str(PACE_SECONDS)}


def follow(archive: Path, hosts: list[str], port: int, *, dead: Sequence[str] = ()) -> None:
    """Writes `feeds.opml`; `dead` are hosts with the port that nobody listens on."""
    archive.mkdir(mode=0o700, exist_ok=True)
    places = [*(f"{name}:{port}" for name in hosts), *dead]
    outlines = "".join(f'<outline text="{place}" xmlUrl="http://{place}/feed"/>' for place in places)
    (archive / "feeds.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")


def make_due(archive: Path) -> None:
    """Turns the clock, in effect."""
    with (
        contextlib.closing(sqlite3.connect(archive / "feeds.sqlite3")) as db,
        contextlib.suppress(sqlite3.OperationalError),
        db,
    ):
        db.execute("UPDATE feeds SET due_at = '2020-01-01T00:00:00Z'")


def articles(archive: Path) -> set[str]:
    """The URLs of the articles in the archive."""
    return {json.loads(path.read_text(encoding="utf-8"))["url"] for path in archive.glob("articles/*/*.json")}


def requests(log: Path) -> list[tuple[float, str, str]]:
    """Time, host and path of each request."""
    lines = log.read_text(encoding="utf-8").splitlines()
    return [(float(moment), name, path) for moment, name, path in (line.split(" ", 2) for line in lines)]


def shortest_gap(asked: list[tuple[float, str, str]]) -> float:
    """The shortest time between two requests to one host."""
    times = defaultdict(list)
    for moment, name, _ in asked:
        times[name].append(moment)
    gaps = (later - earlier for of_host in times.values() for earlier, later in itertools.pairwise(of_host))
    return min(gaps, default=float("inf"))


# -- the measurements


class Report:
    """Prints figures, and remembers which bounds were not kept."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def line(self, name: str, figure: str, *, kept: bool = True) -> None:
        """One figure."""
        print(f"{name:44} {figure}{'' if kept else '   NOT KEPT'}", flush=True)
        if not kept:
            self.broken.append(name)


def many_feeds(folder: Path, port: int, log: Path, options: argparse.Namespace, report: Report) -> None:
    """Half unchanged, half new, and the hosts that are ill."""
    healthy = options.feeds - HANGING - SLOW - DEAD
    unchanged = [host(OK, number) for number in range(healthy // 2)]
    fresh = [host(FRESH, number) for number in range(healthy - len(unchanged))]
    ill = [host(HANGS, number) for number in range(HANGING)] + [host(IS_SLOW, number) for number in range(SLOW)]
    seeded = folder / "seeded"
    follow(seeded, unchanged, port)
    sync(seeded)
    make_due(seeded)
    idle = sync(seeded, "--max-time", "60s")
    make_due(seeded)
    nothing = sync(folder / "empty")
    per_feed = (idle.cpu_seconds - nothing.cpu_seconds) / max(1, len(unchanged))
    report.line("CPU for an unchanged feed", f"{per_feed * 1000:.1f} ms", kept=per_feed <= MAX_CPU_SECONDS)

    def alone(turn: str) -> Ran:
        archive = folder / f"alone-{turn}"
        shutil.copytree(seeded, archive)
        follow(archive, unchanged + fresh, port)
        return sync(archive)

    everyone = folder / "everyone"
    shutil.copytree(seeded, everyone)
    follow(everyone, unchanged + fresh + ill, port, dead=[f"127.9.0.{number + 1}:1" for number in range(DEAD)])
    first, before = alone("before"), len(requests(log))
    ran, after = sync(everyone), len(requests(log))
    base = max(first, alone("after"), key=lambda run: run.seconds)  # other programs may keep the machine busy for a while
    told = f"{base.seconds:.1f} s, CPU {base.cpu_seconds:.0f} s, {base.summary['new']} new"
    report.line(f"{healthy} healthy feeds alone", told)
    bound = base.seconds + TIMEOUT_SECONDS + SLACK_SECONDS
    told = f"{ran.seconds:.1f} s of {bound:.1f}, CPU {ran.cpu_seconds:.0f} s, {ran.summary['new']} new"
    report.line(f"with {HANGING} hanging, {SLOW} slow, {DEAD} dead", told, kept=ran.seconds <= bound)
    missing = articles(folder / "alone-before") - articles(everyone)
    report.line("articles of healthy feeds missing", str(len(missing)), kept=not missing)
    gap = shortest_gap(requests(log)[before:after])
    report.line("shortest time between two requests to a host", f"{gap * 1000:.0f} ms", kept=gap >= PACE_SECONDS * 0.95)
    before = len(requests(log))
    sync(everyone)
    pages = [path for _, _, path in requests(log)[before:] if path != "/feed"]
    report.line("pages asked by a second run right after", str(len(pages)), kept=not pages)


def one_long_feed(folder: Path, port: int, report: Report) -> None:
    """A feed of 100,000 entries: the first poll, and one that reads it all again."""
    archive = folder / "long"
    follow(archive, [host(IS_LONG, 0)], port)
    peak = sync(archive, "--max-articles", "1")
    make_due(archive)
    again = sync(archive, "--max-articles", "1")
    most = max(peak.megabytes, again.megabytes)
    report.line("memory with a feed of 100,000 entries", f"{most:.0f} MB", kept=most <= MAX_MEGABYTES)
    report.line("time for it, first poll and second", f"{peak.seconds:.0f} s, {again.seconds:.0f} s")


def killed(folder: Path, port: int, options: argparse.Namespace, report: Report) -> None:
    """Runs killed at random moments, then one to the end, against a run that nobody disturbed."""
    hosts = [host(FRESH, 1000 + number) for number in range(10)]
    undisturbed, disturbed = folder / "undisturbed", folder / "disturbed"
    follow(undisturbed, hosts, port)
    took = sync(undisturbed).seconds
    follow(disturbed, hosts, port)
    chance = random.Random(7)  # noqa: S311  # the same moments each time
    for _ in range(options.kills):
        running = subprocess.Popen(
            _command(disturbed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()
        )
        time.sleep(chance.uniform(0.3, max(2.0, took / 2)))
        running.kill()
        running.wait()
    make_due(disturbed)
    sync(disturbed)
    same = articles(undisturbed) == articles(disturbed)
    extra = len(list(disturbed.glob("versions/*/*"))) + len(list(disturbed.glob("tmp/*")))
    report.line(f"the archive after {options.kills} kills is the undisturbed one", str(same), kept=same and not extra)


def main() -> int:
    """The exit code: 1 where `--check` was asked for and a bound was not kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--entries", type=int, default=20)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--check", action="store_true", help="fail where a bound is not kept")
    options = parser.parse_args()
    report = Report()
    parent, child = multiprocessing.Pipe()
    with tempfile.TemporaryDirectory() as name:
        folder, log = Path(name), Path(name) / "requests.log"
        log.touch()
        server = multiprocessing.Process(target=serve, args=(child, str(log), options.entries), daemon=True)
        server.start()
        port = parent.recv()
        steps: list[Callable[[], None]] = [
            lambda: many_feeds(folder, port, log, options, report),
            lambda: one_long_feed(folder, port, report),
            lambda: killed(folder, port, options, report),
        ]
        try:
            for step in steps:
                step()
        finally:
            server.kill()
    return int(options.check and bool(report.broken))


if __name__ == "__main__":
    sys.exit(main())
