"""What exporting costs: `.venv/bin/python benchmarks/export.py`.

An archive of 10,000 generated articles (about 430 words each, with headings, lists, quotes, links and a table now and then) is
exported in each format, in a process of its own: articles per second, the index read included, and peak memory. Names of
formats choose among them; `--articles N` makes another archive.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archiver import record, urls
from archiver.article import Article, Author, Body, CaptureIdentity, Dates, Source
from archiver.export import FORMATS
from archiver.export.model import Wishes
from archiver.extraction import render
from archiver.store import Filters, Store
from archiver.tasks.exchange.export import StoredSelection, chosen, export
from archiver.tasks.exchange.places import FilePlace, FolderPlace
from benchmarks.growth import peak_megabytes, sentence

OF_CAPTURES = "warc"  # which made articles have none of
ARTICLES = 10_000


def body(rng: random.Random, number: int) -> Body:
    """The text of one article."""
    parts = []
    for place in range(12):
        link = f'<a href="https://news.example/{number}/{place}">{sentence(rng, 3)}</a>'
        parts.append(f"<p>{sentence(rng)} <em>{sentence(rng, 4)}</em> {link} {sentence(rng, 10)}</p>")
        if place % 5 == 2:
            parts.append(f"<h2>{sentence(rng, 4)}</h2>\n<ul><li>{sentence(rng, 5)}</li><li>{sentence(rng, 5)}</li></ul>")
    if number % 5 == 0:
        row = f"<tr><th>{sentence(rng, 1)}</th><td>{number}</td></tr>"
        parts.append(f"<table>{row * 5}</table>\n<blockquote><p>{sentence(rng, 12)}</p></blockquote>")
    html = "\n".join(parts)
    text = render.to_text(html)
    return Body(text, html, len(text.split()))


def fill(root: Path, articles: int) -> None:
    """Writes the archive, as `Store.save` lays it out, without a flush for each file."""
    from archiver.store import paths

    rng = random.Random(7)  # noqa: S311 - nothing is secret here
    for number in range(articles):
        url = f"https://host{number % 50}.example/{number}"
        article = Article(
            id=urls.article_id(url),
            url=url,
            title=sentence(rng, 7).rstrip("."),
            byline="Jane Doe",
            authors=(Author("Jane Doe"),),
            dates=Dates(f"{2000 + number % 25}-{number % 12 + 1:02}-{number % 28 + 1:02}"),
            source=Source("Example News", f"host{number % 50}.example"),
            tags=("river", "council"),
            language="en",
            body=body(rng, number),
            capture=CaptureIdentity("2026-11-23T08:14:00Z", 200, "text/html", "utf-8", 50_000, "ab" * 32),
        )
        path = root / paths.article_file(article)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record.dumps(article), encoding="utf-8")
    with Store.open(root, create=False) as store:
        assert len(list(store.rows(Filters()))) == articles


def measure(root: Path, name: str) -> dict[str, float]:
    """Exports everything in this process."""
    form = FORMATS[name]
    start, processor = time.perf_counter(), processor_seconds()
    with tempfile.TemporaryDirectory() as folder, Store.open(root, create=False) as store:
        path = Path(folder, "out")
        place = FilePlace(path, force=False) if form.file else FolderPlace(path, force=False)
        ids = chosen(store, Filters(), sort=None, reverse=False, limit=None)
        selection = StoredSelection(store, ids, print)
        export(selection, form, place, Wishes())
        assert not selection.failures
        found = [path] if path.is_file() else list(path.rglob("*"))
        written = sum(one.stat().st_size for one in found)
        seconds, cpu = time.perf_counter() - start, processor_seconds() - processor
    return {
        "rate": len(ids) / seconds,
        "cpu": cpu * 1000 / len(ids),
        "written": written / 1e6,
        "memory": peak_megabytes(),
        "each": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def processor_seconds() -> float:
    """What this process took so far, and those that it started and that ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    """Prints a row for each format."""
    parser = argparse.ArgumentParser(description="What exporting costs.")
    parser.add_argument("formats", nargs="*", help=f"some of: {', '.join(FORMATS)}")
    parser.add_argument("--articles", type=int, default=ARTICLES, metavar="N")
    parser.add_argument("--archive", metavar="DIR", help="measure one format on this archive in this process, print JSON")
    options = parser.parse_args()
    if options.archive:
        print(json.dumps(measure(Path(options.archive), options.formats[0])))
        return
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), options.articles)
        for name in options.formats or (name for name in FORMATS if name != OF_CAPTURES):
            command = [sys.executable, __file__, "--archive", folder, name]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"{name:10} {found['rate']:8,.0f} articles/s {found['cpu']:6.2f} ms CPU each "
                f"{found['written']:8.1f} MB written {found['memory']:6.0f} MB memory"
                + (f", {found['each']:.0f} MB each process beside it" if found["each"] else ""),
                flush=True,
            )


if __name__ == "__main__":
    main()
