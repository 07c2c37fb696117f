"""What `archiver stats` costs on a large archive: `.venv/bin/python benchmarks/stats.py --articles 100000`.

Saves made-up articles in bulk, with small captures, some versions and some remarks, and runs the program as a user does, a
process for each form. The smallest of some rounds counts, and beside it the same of `archiver --version`, which is start-up.
`--archive DIR` keeps what was made, or measures what stands there. `--check` fails where the bound is not kept.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archiver import remarks
from archiver.record import dumps
from archiver.remarks import Remarks
from archiver.store import paths
from benchmarks.made_articles import MadeArticles
from benchmarks.measured import ran

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Article

ROUNDS = 5
MOST_SECONDS = 1.0
CAPTURE = bytes(2000)
TEXT = 300
TIMED_EVERY, LABELLED_EVERY, VERSIONED_EVERY = 2, 50, 20
FORMS = (
    ("stats", "--json"),
    ("stats", "--format", "chart"),
    ("stats", "--format", "html"),
    ("stats", "--json", "--language", "de"),
    ("stats", "--json", "--author", "ba"),
    ("stats", "--json", "--fetched-since", "2013"),
)


def articles(count: int) -> Iterator[Article]:
    """So many articles, of which every other one says at what time of the day it was published.

    Their texts are cut short, which nothing here looks at; the counts of their words stay.
    """
    for number, article in enumerate(MadeArticles().articles(count)):
        body = dataclasses.replace(article.body, text=article.body.text[:TEXT], html="")
        dates = article.dates
        if number % TIMED_EVERY == 0:
            time_of_day = f"T{6 + number * 7 % 17:02}:{number % 60:02}:00+01:00"
            dates = dataclasses.replace(dates, published=f"{dates.published}{time_of_day}")
        yield dataclasses.replace(article, body=body, dates=dates)


def fill(root: Path, count: int) -> None:
    """Makes the archive, its files first: nothing that is measured waits for the disk, so neither does this."""
    for number, article in enumerate(articles(count)):
        assert article.id is not None
        assert article.capture is not None
        assert article.capture.warc is not None
        write(root / paths.article_file(article), dumps(article).encode())
        write(root / article.capture.warc, CAPTURE)
        if number % VERSIONED_EVERY == 0:
            write(root / paths.version_file(article.id, "2012-01-01T00:00:00Z"), CAPTURE)
        if number % LABELLED_EVERY == 0:
            said = remarks.dumps(Remarks(labels=("to cite",), starred=True), article.id)
            write(root / paths.remarks_file(article.id), said or b"")


def write(file: Path, content: bytes) -> None:
    """A file, and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def seconds(root: Path, arguments: tuple[str, ...]) -> tuple[float, float]:
    """The least seconds, and the most resident megabytes, of some runs of the program."""
    least, most = float("inf"), 0.0
    command = [sys.executable, "-m", "archiver", "--archive", str(root), *arguments]
    for _ in range(ROUNDS):
        done = ran(command)
        if done.code:
            raise SystemExit(f"{' '.join(command)}: exit code {done.code}")
        least, most = min(least, done.seconds), max(most, done.megabytes)
    return least, most


def main() -> int:
    """The exit code: 1 where `--check` was asked for and a form takes longer than the bound."""
    parser = argparse.ArgumentParser(description="What archiver stats costs on a large archive.")
    parser.add_argument("--articles", type=int, default=100_000, metavar="N")
    parser.add_argument("--archive", type=Path, metavar="DIR", help="measure the archive that stands there, or make it there")
    parser.add_argument("--check", action="store_true", help=f"exit 1 where a form takes more than {MOST_SECONDS:g} s")
    options = parser.parse_args()
    slow = []
    with nullcontext(options.archive) if options.archive else tempfile.TemporaryDirectory() as place:
        root = Path(place) / "archive"
        if not root.exists():
            fill(root, options.articles)
        for arguments in (("--version",), *FORMS):
            taken, memory = seconds(root, arguments)
            print(f"{' '.join(arguments):40} {taken:6.2f} s {memory:6.0f} MB", flush=True)
            if taken > MOST_SECONDS:
                slow.append(arguments)
    return 1 if options.check and slow else 0


if __name__ == "__main__":
    sys.exit(main())
