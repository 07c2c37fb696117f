"""Runs of archiver that are killed (SIGKILL) at random moments: `.venv/bin/python benchmarks/kills.py [--kills 200]`.

Each run fetches pages from a server of our own: new ones, and ones that changed. Every eighth run is a repair, of an archive in
which one record was cut short. What a run printed before it died was acknowledged. Prints, and exits with 1
where one of the first three is not 0:

- lost: acknowledged articles whose record is not there, or is older than what was acknowledged;
- torn: files with their final name that are not whole;
- unindexed: acknowledged articles that the next `archiver list` does not show;
- left behind: how many kills left a temporary file, an index that had to be brought up to date, a capture without a record.
"""

from __future__ import annotations

import argparse
import contextlib
import http.server
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.articles import article_page  # noqa: E402

PAGES_A_RUN = 16
EARLY = 0.15
"""The share of fetches that are killed at any moment of their start; the others after a random number of pages."""
START_SECONDS, PAGE_SECONDS, REPAIR_SECONDS = 1.5, 0.15, 3.0
"""About how long a start, a page and a repair take; kills are spread over it."""
REPAIR_EVERY = 8
CHECK_EVERY = 50


class Site:
    """Pages that all have the current edition in their titles."""

    def __init__(self) -> None:
        self.edition = 0
        site = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = article_page(f"Story {self.path[1:]}, edition {site.edition}").encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, number: int) -> str:
        """The address of a story."""
        return f"http://127.0.0.1:{self.server.server_port}/{number}"


class Loop:
    """The archive, what was acknowledged of it (edition by path of the record), and what was found."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self.chance = chance
        self.site = Site()
        self.acknowledged: dict[str, int] = {}
        self.paths: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.fetched = 0

    def archiver(self, *arguments: str) -> list[str]:
        """The command line of a run."""
        return [sys.executable, "-m", "archiver", "--archive", str(self.root), *arguments]

    def run(self, kills: int) -> None:
        """So many kills, with a look at the archive now and then."""
        for number in range(1, kills + 1):
            if number % REPAIR_EVERY:
                self.kill_a_fetch()
            else:
                self.kill_a_repair()
            if number % CHECK_EVERY == 1:  # never after a repair
                self.verify()

    def kill_a_fetch(self) -> None:
        """A run that fetches new pages and old ones in a new edition, until it is killed."""
        self.site.edition += 1
        old = self.chance.sample(range(self.fetched), min(self.fetched, PAGES_A_RUN // 2))
        new = range(self.fetched, self.fetched + PAGES_A_RUN - len(old))
        numbers = [*old, *new]
        self.chance.shuffle(numbers)
        self.fetched = new.stop
        pages = None if self.chance.random() < EARLY else self.chance.randrange(PAGES_A_RUN)
        for line in self._killed(pages, *self.archiver("fetch", *map(self.site.url, numbers))):
            article_id, url, path = line.split("\t")[:3]
            self.acknowledged[article_id] = self.site.edition
            self.paths[article_id] = path
            assert url.startswith("http://127.0.0.1")

    def kill_a_repair(self) -> None:
        """A run that repairs, until it is killed."""
        victims = [path for path in self.root.glob("articles/*/*.json") if list(self.root.glob(f"captures/*/*/{_id(path)}-*"))]
        if victims:
            victim = self.chance.choice(victims)
            victim.write_bytes(victim.read_bytes()[:200])
        try:
            self._killed(None, *self.archiver("check", "--repair", "--yes"), within_seconds=REPAIR_SECONDS)
        finally:  # the damage was ours, and must not be counted
            self._said("check", "--repair", "--yes")

    def _killed(self, pages: int | None, *command: str, within_seconds: float = START_SECONDS) -> list[str]:
        """What a run printed that was killed after so many lines, or, where that is None, at any moment."""
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment())
        assert run.stdout
        lines = [run.stdout.readline().decode() for _ in range(pages or 0)]
        time.sleep(self.chance.uniform(0, within_seconds if pages is None else PAGE_SECONDS))
        self.counts["alive"] += run.poll() is None
        run.kill()
        printed = "".join(lines) + run.communicate()[0].decode()
        self.counts["kills"] += 1
        self.counts["with temporary files"] += any((self.root / "tmp").glob("*"))
        return printed.split("\n")[:-1]  # the last line may be cut short; then it was not said

    def verify(self, *, deep: bool = False) -> None:
        """Compares the archive with what was acknowledged."""
        if not self.root.is_dir():  # the first run died before it was made
            return
        self.counts["checks"] += 1
        report = json.loads(self._said("check", "--json", *(["--deep"] if deep else [])))
        torn = [one for one in report["findings"] if one["severity"] == "damage"]
        self.counts["torn"] += len(torn)
        self.counts["with an index behind"] += any(one["kind"].startswith("index") for one in report["findings"])
        listed = set(self._said("list", "--format", "ids").split())
        self.counts["unindexed"] += len(self.acknowledged.keys() - listed)
        for article_id, edition in self.acknowledged.items():
            try:
                record = json.loads((self.root / self.paths[article_id]).read_bytes())
                self.counts["lost"] += _edition(record) < edition
            except (OSError, ValueError):
                self.counts["lost"] += 1

    def _said(self, *arguments: str) -> str:
        ran = subprocess.run(self.archiver(*arguments), check=False, capture_output=True, text=True, env=_environment())
        return ran.stdout

    def captures_alone(self) -> int:
        """How many captures no record and no version names."""
        named = set()
        for path in [*self.root.glob("articles/*/*.json"), *self.root.glob("versions/*/*.json")]:
            record: dict[str, Any] = json.loads(path.read_bytes())
            named.add((record["capture"] or {}).get("warc"))
        return sum(str(path.relative_to(self.root)) not in named for path in self.root.glob("captures/*/*/*"))


def _id(path: Path) -> str:
    return path.stem[-16:]


def _edition(record: dict[str, Any]) -> int:
    return int(str(record["title"]).rpartition(" ")[2])


def _environment() -> dict[str, str]:
    return os.environ | {"ARCHIVER_CONFIG": os.devnull, "PYTHONWARNINGS": "ignore"}


def main() -> int:
    """Runs the loop and prints what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        loop = Loop(Path(folder) / "archive", random.Random(options.seed))  # noqa: S311  # moments, not secrets
        with contextlib.suppress(KeyboardInterrupt):  # the report is then of the kills there were
            loop.run(options.kills)
        alone = loop.captures_alone()
        loop.verify(deep=True)
        versions = sum(1 for _ in loop.root.glob("versions/*/*.json"))
    counts = loop.counts
    print(f"kills                  {counts['kills']} ({counts['alive']} of a run that was still working)")
    print(f"acknowledged           {len(loop.acknowledged)} articles, {versions} versions beside them")
    for name in ("lost", "torn", "unindexed"):
        print(f"{name:<22} {counts[name]}")
    print(f"left temporary files   {counts['with temporary files']} kills")
    print(f"left an index behind   {counts['with an index behind']} of {counts['checks']} checks")
    print(f"captures alone         {alone}")
    print(f"seconds                {time.monotonic() - began:.0f}")
    return int(any(counts[name] for name in ("lost", "torn", "unindexed")))


if __name__ == "__main__":
    sys.exit(main())
