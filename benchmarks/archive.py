"""What an archive of many articles costs: `.venv/bin/python benchmarks/archive.py --articles 100000 --rows 1000000`.

Saves made-up articles in bulk, makes the index again, and runs the program as a user does, a process for each question. What it
takes above start-up is its time less that of the same command on an archive of a hundred; the smallest of some rounds counts.
With `--rows` the index is then multiplied to so many rows, and all is asked again; the files of those rows are hard links, and
of their bodies the beginning is indexed.
`--check` fails where a bound is not kept.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archiver.store import Filters, Store
from archiver.store.indexing import database
from archiver.store.indexing.contents import Contents
from archiver.store.indexing.marks import FILE_NAME
from archiver.store.records import Records
from archiver.store.remark_files import RemarkFiles
from archiver.tasks.exchange import import_
from benchmarks.made_articles import COMMON, RARE, MadeArticles
from benchmarks.measured import ran

ROUNDS = 7
SINGLE_SAVES = 200
SMALL = 100
CUT_CHARACTERS = 600
ABOVE_START_MS, SAVE_MS, BULK_PER_SECOND, REBUILT_PER_SECOND, MEMORY_MB = 100, 20, 300, 2000, 150


_FOLDER = "rtrim(path, replace(path, '/', ''))"  # in SQL


class Figures:
    """The figures so far, and which of them are beyond their bounds."""

    def __init__(self, *, cpu: bool) -> None:
        self.cpu = cpu
        self.beyond: list[str] = []

    def add(self, name: str, value: float, unit: str, *, most: float | None = None, least: float | None = None) -> None:
        """Prints a figure beside its bound."""
        bound = f"at most {most:,.0f}" if most is not None else f"at least {least:,.0f}" if least is not None else ""
        print(f"{name:58} {value:10,.1f} {unit:10} {bound}", flush=True)
        if (most is not None and value > most) or (least is not None and value < least):
            self.beyond.append(name)


def run(root: Path, arguments: tuple[str, ...], *, cpu: bool = False) -> tuple[float, float]:
    """Seconds (with `cpu`, those of processor time) and resident megabytes of one run of the program."""
    done = ran([sys.executable, "-m", "archiver", "--archive", str(root), *arguments])
    if done.code:
        raise SystemExit(f"{' '.join(arguments)}: exit code {done.code}")
    return done.cpu_seconds if cpu else done.seconds, done.megabytes


def questions(root: Path) -> dict[str, tuple[str, ...]]:
    """What is asked, with names that the archive holds."""
    with Store.open(root, create=False) as store:
        newest = next(iter(store.rows(Filters(), limit=1)))
        oldest = next(iter(store.rows(Filters(), reverse=True, limit=1)))
        dated = next(iter(store.rows(Filters(), sort="published", limit=1)))
    month = (dated.published or "")[:7]
    screen = ("--limit", "50", "--format", "tsv")
    return {
        "list, first screen": ("list", *screen),
        "list, first screen, as a table": ("list", "--limit", "50", "--format", "table"),
        "list --sort title": ("list", "--sort", "title", *screen),
        "list of a site": ("list", "--site", newest.host or "", *screen),
        "list of a language, unread": ("list", "--language", "de", "--unread", *screen),
        "list of an author": ("list", "--author", (newest.byline or "").removeprefix("By "), *screen),
        "list of a section, by date": ("list", "--section", newest.section[0], "--sort", "published", *screen),
        "list that few pass": ("list", "--verdict", "listing", "--words", "2000..", *screen),
        "list of nothing": ("list", "--language", "xx", "--fetched-since", "2000", *screen),
        "list of a month": ("list", "--published-since", month, "--published-until", month, *screen),
        f"search, common word ({COMMON})": ("search", COMMON, "--format", "json"),
        f"search, rare word ({RARE})": ("search", RARE, "--format", "json"),
        "search, common word and site": ("search", COMMON, f"site:{newest.host}", "--format", "json"),
        "search, beginning of a word": ("search", f"{RARE[:4]}*", "--format", "json"),
        "search, phrase": ("search", f'"{" ".join((oldest.title or "").split()[1:4])}"', "--format", "json"),
        "show": ("show", oldest.id),
    }


def ask(figures: Figures, root: Path, small: Path, *, most: float) -> None:
    """Times every question on the archive at `root`, less what it takes on the small archive."""
    peak = 0.0
    with Store.open(small, create=False) as store:
        only = next(iter(store.rows(Filters()))).id
    for name, arguments in questions(root).items():
        empty = ("show", only) if name == "show" else arguments
        runs = [(run(small, empty, cpu=figures.cpu)[0], *run(root, arguments, cpu=figures.cpu)) for _ in range(ROUNDS)]
        start, seconds = min(first for first, _, _ in runs), min(second for _, second, _ in runs)
        peak = max(peak, *(memory for _, _, memory in runs))
        figures.add(name, (seconds - start) * 1000, "ms", most=most)
    figures.add("memory of the largest of these", peak, "MB", most=MEMORY_MB)


def save_all(figures: Figures, root: Path, count: int) -> None:
    """Saves so many articles in bulk, and some one by one; only saving is timed."""
    made = MadeArticles()
    articles = made.articles(count)
    seconds = 0.0
    with Store.open(root, create=True) as store:
        while some := list(itertools.islice(articles, 640)):
            start = time.perf_counter()
            for _ in store.bulk.save(some):
                pass
            seconds += time.perf_counter() - start
        figures.add("saved in bulk, durably", count / seconds, "articles/s", least=BULK_PER_SECOND)
        times = []
        for number in range(count, count + SINGLE_SAVES):
            article = made.article(number)
            start = time.perf_counter()
            store.save(article)
            times.append(time.perf_counter() - start)
        figures.add("saved one by one, durably (median)", statistics.median(times) * 1000, "ms", most=SAVE_MS)
    figures.add(
        "a record", sum(path.stat().st_size for path in root.glob("articles/*/*.json")) / (count + SINGLE_SAVES), "bytes"
    )


def take(figures: Figures, theirs: Path, ours: Path) -> None:
    """Takes all articles of one archive into another."""
    tally = import_.Tally(lambda _: None)
    with Store.open(ours, create=True) as store, import_.opened(theirs) as parcel:
        start = time.process_time() if figures.cpu else time.perf_counter()
        import_.take(store, parcel, tally, lambda found: found)
        seconds = (time.process_time() if figures.cpu else time.perf_counter()) - start
    figures.add("taken from another archive", tally.fates.total() / seconds, "articles/s", least=BULK_PER_SECOND)


def twins(figures: Figures, root: Path) -> None:
    """Looks for duplicates twice: the first time the texts are read."""
    for name in ("duplicates, the first time", "duplicates, once more"):
        seconds, memory = run(root, ("duplicates", "--format", "json"), cpu=figures.cpu)
        figures.add(name, seconds, "s")
        figures.add("memory of that", memory, "MB", most=MEMORY_MB)


def rebuild(figures: Figures, root: Path, small: Path) -> None:
    """Has the index made again."""
    settle()
    start = run(small, ("list", "--limit", "1"), cpu=figures.cpu)[0]
    database.discard(root / FILE_NAME)
    seconds, memory = run(root, ("list", "--limit", "1"), cpu=figures.cpu)
    with contextlib.closing(sqlite3.connect(root / FILE_NAME)) as db:
        (count,) = db.execute("SELECT count(*) FROM records").fetchone()
    figures.add("index made again", count / (seconds - start), "articles/s", least=REBUILT_PER_SECOND)
    figures.add("memory of that", memory, "MB", most=MEMORY_MB)
    figures.add("the index, for each article", (root / FILE_NAME).stat().st_size / count, "bytes")


def notice(figures: Figures, root: Path, small: Path) -> None:
    """Changes one file in the fullest folder; times the listing that notices it, and the one after that."""
    counts = {folder: len(list(folder.iterdir())) for folder in (root / "articles").iterdir()}
    fullest = max(counts, key=lambda folder: counts[folder])
    path = next(fullest.glob("*.json"))
    shutil.copy2(path, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
    os.utime(path)
    settle()
    for name in ("list after a change", "list after that"):
        question = ("list", "--limit", "50")
        seconds = run(root, question, cpu=figures.cpu)[0] - run(small, question, cpu=figures.cpu)[0]
        figures.add(f"{name} ({counts[fullest]:,} files in the folder)", seconds * 1000, "ms")


def multiply(root: Path, big: Path, rows: int) -> None:
    """An archive at `big` whose index has so many rows: those of `root` again and again, each time some years later."""
    shutil.copytree(root / "articles", big / "articles", copy_function=os.link)
    names = sorted((big / "articles").glob("*/*.json"))
    copies = max(1, rows // len(names))
    for path in names:
        for copy in range(1, copies):
            os.link(path, path.with_name(f"{copy}-{path.name}"))

    def fill(db: sqlite3.Connection) -> None:
        contents = Contents(db, root, Records(root).glance, RemarkFiles(root).load)
        contents.fill()
        (count,) = db.execute("SELECT max(number) FROM records").fetchone()
        columns = [row[1] for row in db.execute("PRAGMA table_info(records)")]
        new = {
            "number": "number + :n",
            "id": "substr(id, 1, 12) || printf('%04x', :copy)",
            "path": f"{_FOLDER} || :copy || '-' || substr(path, length({_FOLDER}) + 1)",
            "fetched_at": "strftime('%Y-%m-%dT%H:%M:%SZ', fetched_at, '+' || :copy || ' years')",
        }
        chosen = ", ".join(new.get(name, name) for name in columns)
        names = [row[1] for row in db.execute("PRAGMA table_info(texts)")]
        texts, cut = (", ".join(names).replace("body", body) for body in ("body", f"substr(body, 1, {CUT_CHARACTERS})"))
        for copy in range(1, copies):
            values = {"n": copy * count, "copy": copy, "count": count}
            again = f"SELECT {chosen} FROM records WHERE number <= :count ORDER BY number"  # noqa: S608  # our own words
            db.execute(f"INSERT INTO records {again}", values)
            again = f"SELECT rowid + :n, {cut} FROM texts WHERE rowid <= :count ORDER BY rowid"  # noqa: S608  # our own words
            db.execute(f"INSERT INTO texts (rowid, {texts}) {again}", values)
        db.execute("DELETE FROM folders")
        for folder in (big / "articles").iterdir():
            db.execute("INSERT INTO folders VALUES (?, ?)", (f"articles/{folder.name}", folder.lstat().st_mtime_ns))

    database.build(big / FILE_NAME, fill)


def settle() -> None:
    """Waits until the times of folders prove something."""
    time.sleep(2.5)


def main() -> None:
    """Prints one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--rows", type=int, action="append", default=[], help="ask an index of so many rows too; may be repeated"
    )
    parser.add_argument("--cpu", action="store_true", help="count processor time, where others keep the machine busy")
    parser.add_argument("--import-from", type=Path, help="an archive whose articles are taken into a new one")
    parser.add_argument("--duplicates", action="store_true", help="look for duplicates too, which reads every text once")
    parser.add_argument("--folder", type=Path, help="where to make the archives, which stay there; else a temporary folder")
    parser.add_argument("--check", action="store_true", help="fail where a bound is not kept")
    options = parser.parse_args()
    figures = Figures(cpu=options.cpu)
    with contextlib.ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        small, root = folder / "small", folder / "many"
        if not small.exists():
            with Store.open(small, create=True) as store:
                for _ in store.bulk.save(MadeArticles().articles(SMALL)):
                    pass
        if not root.exists():
            save_all(figures, root, options.articles)
        rebuild(figures, root, small)
        ask(figures, root, small, most=ABOVE_START_MS)
        notice(figures, root, small)
        if options.import_from:
            take(figures, options.import_from, folder / "taken")
        if options.duplicates:
            twins(figures, root)
        for rows in options.rows:
            print(f"-- with {rows:,} rows")
            big = folder / f"rows-{rows}"
            if not big.exists():
                multiply(root, big, rows)
                settle()
            ask(figures, big, small, most=2 * ABOVE_START_MS)
    if options.check and figures.beyond:
        raise SystemExit(f"beyond their bounds: {', '.join(figures.beyond)}")


if __name__ == "__main__":
    main()
