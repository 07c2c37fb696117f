"""Archiving many pages at once: `.venv/bin/python benchmarks/fetch.py`.

The server of `sync.py` answers for every host on loopback (Linux: all of 127.0.0.0/8). Prints, and with `--check` fails where
a bound is not kept:

- pages in a second, fetched, extracted, captured and saved, against a bare loop of requests with as many threads that keeps
  nothing (bound: a quarter of it; the medians of several turns, taken one after the other);
- memory, and how much more it is with a long list of URLs on standard input than with a short one (bound: 16 MB);
- the time for many hosts of which some hang (bound: the deadline of one page and 5 s).
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.measured import Ran, ran  # noqa: E402
from benchmarks.sync import HANGS, OK, Report, articles, host, serve  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

HOSTS = 20
HANGING = 10
TIMEOUT_SECONDS = 10.0
SLACK_SECONDS = 5.0
LEAST_SHARE = 0.25
MAX_MORE_MEGABYTES = 16
BARE_LOOP = """
import sys, threading, concurrent.futures, requests
local = threading.local()
def get(url):
    if not hasattr(local, "session"):
        local.session = requests.Session()
    return len(local.session.get(url, timeout=30).content)
with concurrent.futures.ThreadPoolExecutor(int(sys.argv[1])) as pool:
    assert all(pool.map(get, sys.stdin.read().split()))
"""


def archive(folder: Path, urls: Sequence[str], jobs: int) -> Ran:
    """Archives `urls` in `folder`."""
    options = ("--jobs", str(jobs), "--timeout", str(TIMEOUT_SECONDS))
    return ran([sys.executable, "-m", "archiver", "--archive", str(folder), "fetch", *options, "-"], "\n".join(urls))


def addresses(hosts: Sequence[str], port: int, pages: int) -> list[str]:
    """The addresses of so many pages, those of the hosts in turn."""
    return [f"http://{hosts[number % len(hosts)]}:{port}/{number}" for number in range(pages)]


def speed(folder: Path, port: int, options: argparse.Namespace, report: Report) -> None:
    """Our pages in a second against those of a bare loop."""
    urls = addresses([host(OK, number) for number in range(HOSTS)], port, options.pages)
    archive(folder / "first", urls[:1], options.jobs)  # modules that were never imported are compiled
    bare, ours = [], []
    for turn in range(options.turns):
        bare.append(ran([sys.executable, "-c", BARE_LOOP, str(options.jobs)], "\n".join(urls)))
        ours.append(archive(folder / f"speed-{turn}", urls, options.jobs))
        missing = set(urls) - articles(folder / f"speed-{turn}")
        report.line("pages missing", str(len(missing)), kept=not missing and ours[-1].code == 0)
    loop, we = (len(urls) / statistics.median(one.seconds for one in some) for some in (bare, ours))
    loop_cpu, our_cpu = (statistics.median(one.cpu_seconds for one in some) for some in (bare, ours))
    report.line(f"bare loop, {options.jobs} at once", f"{loop:.0f} pages/s, CPU {loop_cpu:.1f} s")
    report.line("archived", f"{we:.0f} pages/s, CPU {our_cpu:.1f} s")
    report.line("share", f"{we / loop:.2f}", kept=we / loop >= LEAST_SHARE)
    report.line("memory of the largest process", f"{max(one.megabytes for one in ours):.0f} MB")


def long_list(folder: Path, port: int, options: argparse.Namespace, report: Report) -> None:
    """Memory with a long list of URLs, all but the first of them unchanged or refused, against that with a short one."""
    urls = addresses([host(OK, 0)], port, 1)
    short = archive(folder / "short", urls * 10, options.jobs)
    long = archive(folder / "long", [*urls, *(f"ftp://{host(OK, 0)}/{n}" for n in range(options.lines))], options.jobs)
    more = long.megabytes - short.megabytes
    report.line(f"more memory for {options.lines:,} lines", f"{more:.0f} MB", kept=more <= MAX_MORE_MEGABYTES)
    report.line("time for them", f"{long.seconds:.0f} s")


def hanging(folder: Path, port: int, options: argparse.Namespace, report: Report) -> None:
    """Many hosts, some of which hang."""
    hosts = [host(OK, number) for number in range(options.hosts - HANGING)]
    every = options.hosts // HANGING
    for number in range(HANGING):
        hosts.insert(number * every, host(HANGS, number))
    ended = archive(folder / "hanging", addresses(hosts, port, len(hosts)), options.jobs)
    bound = TIMEOUT_SECONDS + SLACK_SECONDS
    saved = len(articles(folder / "hanging"))
    kept = ended.seconds <= bound and saved == len(hosts) - HANGING
    told = f"{ended.seconds:.1f} s of {bound:.0f}, {saved} archived"
    report.line(f"{HANGING} hanging hosts among {len(hosts)}", told, kept=kept)


def main() -> int:
    """The exit code: 1 where `--check` was asked for and a bound was not kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--hosts", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=32)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--check", action="store_true", help="fail where a bound is not kept")
    options = parser.parse_args()
    report = Report()
    parent, child = multiprocessing.Pipe()
    with tempfile.TemporaryDirectory() as name:
        folder, log = Path(name), Path(name) / "requests.log"
        server = multiprocessing.Process(target=serve, args=(child, str(log), 0), daemon=True)
        server.start()
        port = parent.recv()
        try:
            for step in (speed, long_list, hanging):
                step(folder, port, options, report)
        finally:
            server.kill()
    return int(options.check and bool(report.broken))


if __name__ == "__main__":
    sys.exit(main())
