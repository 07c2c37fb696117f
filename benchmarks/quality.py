"""Extraction quality and cost on the project's own golden pages: `.venv/bin/python benchmarks/quality.py [--floors]`.

Quality is the word F1 of the body against `expected.txt` and the share of pages whose other fields are all as expected.
Cost is the time of `extract` over the time in which lexbor builds the same pages' trees, in the same process. With
`--floors` the exit code is 1 when a figure is worse than its floor.

The golden pages are small, so the fixed cost of an extraction weighs more here than on pages of the web; for those there
is a labelled collection beside some checkouts of this project (`../shared/bench`), scored by its own `score.py`.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support.pages import GoldenPage, golden_pages

F1_FLOOR = 0.99
FIELDS_FLOOR = 0.99
COST_CEILING = 50.0  # 21 to 28 were measured; small pages on a busy machine vary
ROUNDS = 5


def words(text: str) -> Counter[str]:
    """The words of `text` with their counts."""
    return Counter(re.findall(r"\w+", text.lower()))


def f1(got: str, wanted: str) -> float:
    """Word multiset F1; 1 where both are empty."""
    predicted, gold = words(got), words(wanted)
    total = predicted.total() + gold.total()
    return 2 * (predicted & gold).total() / total if total else 1.0


def fields_right(got: dict[str, object], wanted: dict[str, object]) -> bool:
    """Whether every field beside body, evidence and warnings is as expected."""
    return all(got[key] == wanted[key] for key in wanted if key not in {"body", "evidence", "warnings"})


def cost(pages: list[GoldenPage]) -> float:
    """The time of `extract` over the time of the bare parse, best of some rounds each."""
    from archiver import extract

    sources = [(page.html.decode("utf-8", "replace"), page.case["url"]) for page in pages]
    parse = best(lambda: [LexborHTMLParser(html) for html, _ in sources])
    whole = best(lambda: [extract(html, url=url) for html, url in sources])
    return whole / parse


def best(function: object) -> float:
    """CPU seconds of the fastest of some rounds."""
    fastest = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        function()  # type: ignore[operator]
        fastest = min(fastest, time.process_time() - start)
    return fastest


def main() -> int:
    """Prints the figures; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--floors", action="store_true", help="fail when a figure is worse than its floor")
    floors = parser.parse_args().floors
    pages = golden_pages()
    results = [(page.extracted(), page.expected()) for page in pages]
    figures = {
        "body f1": (sum(f1(got["body"]["text"], wanted["body"]["text"]) for got, wanted in results) / len(pages), F1_FLOOR),
        "fields right": (sum(fields_right(got, wanted) for got, wanted in results) / len(pages), FIELDS_FLOOR),
    }
    ratio = cost(pages)
    print(f"pages               {len(pages)}")
    for name, (value, floor) in figures.items():
        print(f"{name:19} {value:.4f}   floor {floor}")
    print(f"times bare parse    {ratio:.1f}   ceiling {COST_CEILING}")
    low = [name for name, (value, floor) in figures.items() if value < floor]
    if ratio > COST_CEILING:
        low.append("times bare parse")
    if floors and low:
        print(f"below the floor: {', '.join(low)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
