"""How time and memory grow with the page: `.venv/bin/python benchmarks/growth.py`.

Generated pages of several shapes, from 10 kB to 20 MB, go through the whole extraction. For each: CPU time, time per MB,
the ratio to the bare parse, and peak memory per MB; for each shape the growth exponent (the slope of log time over log
size, from 1 MB on: 1 is linear). `--ceiling` exits 1 when a byte of the largest page costs more than twice what a byte of
the 1 MB page costs. `--largest 5` stops at 5 MB; names of shapes choose among them.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1_000_000
SIZES = (0.01, 0.1, 1.0, 5.0, 20.0)
REFERENCE = 1.0
CEILING = 2.0

_WORDS = "river council harbour winter signal paper window garden engine letter market bridge copper village question"
WORDS = _WORDS.split()


class Measured(NamedTuple):
    """One page, measured in a process of its own: seconds, and megabytes above what the process had before."""

    seconds: float
    bare_seconds: float
    memory: float


def sentence(rng: random.Random, words: int = 14) -> str:
    """Some words and a full stop."""
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def article(rng: random.Random, number: int) -> str:
    """A paragraph as blogs and newspapers write them, now and then under a heading or beside a picture."""
    start = f'<h2 id="part-{number}">{sentence(rng, 5)}</h2>' if number % 8 == 0 else ""
    picture = f'<figure class="wp-block-image"><img src="/images/{number}.jpg" alt=""></figure>' if number % 15 == 7 else ""
    link = f'<a class="link" href="https://news.example/{number}">{sentence(rng, 3)}</a>'
    text = f"{sentence(rng)} <em>{sentence(rng, 4)}</em> {sentence(rng)} {link} {sentence(rng, 20)}"
    return f'{start}{picture}<p class="text">{text}</p>\n'


def navigation(rng: random.Random, number: int) -> str:
    """A menu of links; a paragraph between two menus."""
    items = "".join(
        f'<li class="menu-item"><a href="/s/{number}/{item}"><span>{sentence(rng, 2)}</span></a></li>' for item in range(12)
    )
    return f'<nav class="menu"><ul>{items}</ul></nav><p>{sentence(rng, 25)}</p>\n'


def comments(rng: random.Random, number: int) -> str:
    """A comment with its author and date."""
    return (
        f'<div class="comment" id="comment-{number}"><div class="comment-author"><b>{sentence(rng, 2)[:-1].title()}</b> '
        f'<time datetime="2024-03-{number % 28 + 1:02}">March {number % 28 + 1}, 2024</time></div>'
        f'<div class="comment-content"><p>{sentence(rng, 30)}</p></div><a href="#reply">Reply</a></div>\n'
    )


def one_list(rng: random.Random, number: int) -> str:
    """An item of one long list."""
    return f'<li><a href="/{number}">{sentence(rng, 3)}</a> {sentence(rng, 9)}</li>\n'


def table(rng: random.Random, number: int) -> str:
    """A row of one long table."""
    return f"<tr><th>{number}</th>" + "".join(f"<td>{sentence(rng, 2)}</td>" for _ in range(5)) + "</tr>\n"


def deep(rng: random.Random, number: int) -> str:
    """A paragraph in a box of its own, forty boxes down."""
    return f"{'<div class=column>' * 40}<p>{sentence(rng, 30)}</p>{'</div>' * 40}\n" if number else "<p>Start.</p>"


SHAPES: dict[str, tuple[Callable[[random.Random, int], str], str, str]] = {
    "article": (article, "<article>", "</article>"),
    "navigation": (navigation, "<article>", "</article>"),
    "comments": (comments, f"<article>{'<p>' + ' '.join(WORDS) + '.</p>'}</article><div class='comments'>", "</div>"),
    "list": (one_list, "<article><ul>", "</ul></article>"),
    "table": (table, "<article><table>", "</table></article>"),
    "deep": (deep, "<article>", "</article>"),
}


def page(shape: str, megabytes: float) -> str:
    """A page of about this size; the same one every time."""
    rng = random.Random(7)  # noqa: S311 - nothing is secret here
    piece, before, after = SHAPES[shape]
    start = (
        "<!doctype html><html lang=en><head><title>The river and the council | Example News</title>"
        '<meta property="og:title" content="The river and the council"></head><body><header><nav><a href="/">Home</a></nav>'
        f"</header><main><h1>The river and the council</h1><p class=byline>By Jane Doe, 3 March 2024</p>{before}"
    )
    pieces = [start]
    size = len(start)
    while size < megabytes * MEGABYTE:
        pieces.append(piece(rng, len(pieces)))
        size += len(pieces[-1])
    return "".join([*pieces, after, "</main><footer><p>© Example News</p></footer></body></html>"])


def measure(shape: str, megabytes: float) -> Measured:
    """Extracts one page in this process."""
    from selectolax.lexbor import LexborHTMLParser

    import archiver

    archiver.extract(page("article", 0.01), url="https://news.example/story")  # imports and compiled expressions
    html = page(shape, megabytes)
    repeats = max(2, round(0.5 / megabytes))
    bare = least_seconds(lambda: LexborHTMLParser(html), repeats)
    before = peak_megabytes()
    seconds = least_seconds(lambda: archiver.extract(html, url="https://news.example/story"), repeats)
    return Measured(seconds, bare, peak_megabytes() - before)


def least_seconds(call: Callable[[], object], repeats: int) -> float:
    """The CPU time of the fastest of some calls."""
    least = math.inf
    for _ in range(repeats):
        start = time.process_time()
        call()
        least = min(least, time.process_time() - start)
    return least


def peak_megabytes() -> float:
    """The most memory that this process has had (Linux counts in kilobytes, macOS in bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1000 if sys.platform != "darwin" else MEGABYTE)


def measured_apart(shape: str, megabytes: float) -> Measured:
    """`measure` in a process of its own, whose peak no other page has raised."""
    command = [sys.executable, __file__, "--only", str(megabytes), shape]
    return Measured(*json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def exponent(points: list[tuple[float, float]]) -> float:
    """The slope of the line through the points in logarithms, by least squares."""
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points]
    mean_x, mean_y = (sum(axis) / len(logs) for axis in zip(*logs, strict=True))
    slope: float = sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)
    return slope


def report(shape: str, sizes: list[float]) -> bool:
    """Prints the shape's rows; whether its largest page stays under the ceiling."""
    points = []
    for size in sizes:
        found = measured_apart(shape, size)
        points.append((size, found.seconds))
        print(
            f"{shape:12} {size:6.2f} MB {found.seconds * 1000:10.0f} ms {found.seconds / size * 1000:8.0f} ms/MB "
            f"{found.seconds / found.bare_seconds:6.1f} times bare {found.memory / size:8.1f} MB/MB",
            flush=True,
        )
    large = [point for point in points if point[0] >= REFERENCE]
    if len(large) < 2:
        return True
    growth = (large[-1][1] / large[-1][0]) / (large[0][1] / large[0][0])
    print(f"{shape:12} exponent {exponent(large):.2f}; a byte of the largest page costs {growth:.2f} times one of 1 MB\n")
    return growth <= CEILING


def main() -> int:
    """The exit code: 1 when `--ceiling` was asked for and a shape breaks through it."""
    parser = argparse.ArgumentParser(description="How extraction's time and memory grow with the page.")
    parser.add_argument("shapes", nargs="*", help=f"some of: {', '.join(SHAPES)}")
    parser.add_argument("--largest", type=float, default=SIZES[-1], metavar="MB", help="leave out larger pages")
    parser.add_argument(
        "--ceiling", action="store_true", help=f"exit 1 when the cost of a byte grows more than {CEILING:g} times"
    )
    parser.add_argument("--only", type=float, metavar="MB", help="measure one page in this process, print JSON")
    options = parser.parse_args()
    shapes = options.shapes or list(SHAPES)
    if options.only:
        print(json.dumps(measure(shapes[0], options.only)))
        return 0
    fine = [report(shape, [size for size in SIZES if size <= options.largest]) for shape in shapes]
    return 1 if options.ceiling and not all(fine) else 0


if __name__ == "__main__":
    sys.exit(main())
