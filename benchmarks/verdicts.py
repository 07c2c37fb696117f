"""What `extract` takes labelled pages for: `.venv/bin/python benchmarks/verdicts.py [--every N] [--uncaught] [--signs]`.

Prints, for each type of page in `../shared/bench`, how many got which verdict; the share of articles that were refused, and
of listings that were caught, in both halves of the hosts; and every refused article with the rule that led to it.

--every N    only every Nth page
--uncaught   also the listings that were taken for articles, with what spoke for a listing
--signs      also how often each sign of a listing was found on articles and on listings: what the weights in
             `extraction/rules/listings.py` stand on

Nothing is done where `../shared/bench` is absent. Type "article" of the set `mixed` is printed as "mixed".
"""

from __future__ import annotations

# ruff: noqa: SLF001 - the inside of the extraction is what is measured here
import argparse
import gzip
import hashlib
import json
import math
import multiprocessing
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

from archiver import extract, urls
from archiver.errors import EmptyPage
from archiver.extraction import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
SETS = ("articles", "mixed", "others")
ARTICLES = frozenset({"article", "mixed"})
LISTINGS = frozenset({"listing", "collection"})
PROCESSES = 2
EMPTY = "empty"

Label = dict[str, Any]


class Ruling(NamedTuple):
    """One page: what it is, and what it was taken for.

    Attributes:
        type: as labelled; "mixed" for an article of the set `mixed`.
        half: 0 or 1, by its host.
        why: the rule that led to the verdict, and what it saw.
        signs: the signs of a listing with their weights; a sign that is a measure goes by its first words' kind.
    """

    type: str
    half: int
    url: str
    verdict: str
    why: str
    words: int
    signs: tuple[tuple[str, float], ...]


def ruling(job: tuple[str, Label]) -> Ruling:
    """What the page of a label is taken for."""
    name, label = job
    signs: list[tuple[str, float]] = []
    find = listing.find

    def noting(layout: Any, claims: Any, kept: Any, *, url: Any, fields: Any) -> Any:
        found = listing._said(layout, claims, url, fields)
        signs.extend((sign.name, sign.weight) for sign in found)
        measured = {"links": listing._links(kept), "teasers": listing._teasers(layout, kept)}
        signs.extend((f"{kind}: {sign.weight:+.1f}", sign.weight) for kind, sign in measured.items() if sign.weight)
        return find(layout, claims, kept, url=url, fields=fields)

    type_, half = "mixed" if name == "mixed" else label["type"], _half(label)
    with mock.patch.object(listing, "find", noting):
        try:
            article = extract(gzip.decompress(_page_file(name, label).read_bytes()), url=label["url"])
        except EmptyPage:
            return Ruling(type_, half, label["url"], EMPTY, "nothing in the page", 0, ())
    evidence = article.evidence["verdict"]
    why = f"{evidence.at}: {evidence.value}"
    return Ruling(type_, half, label["url"], article.verdict, why, article.body.words, tuple(signs))


def labels() -> list[tuple[str, Label]]:
    """Every label, with the name of its set."""
    found = []
    for name in SETS:
        with gzip.open(BENCH / f"{name}.jsonl.gz") as lines:
            found += [(name, json.loads(line)) for line in lines]
    return found


def _page_file(name: str, label: Label) -> Path:
    return BENCH / "pages" / name / f"{label['id']}.html.gz"


def _half(label: Label) -> int:
    return hashlib.sha256((urls.host(label["url"]) or label["id"]).encode()).digest()[0] % 2


def print_confusion(rulings: Sequence[Ruling]) -> None:
    """A row for each type of page, a column for each verdict."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in rulings:
        counts[one.type][one.verdict] += 1
    columns = sorted({one.verdict for one in rulings}, key=lambda verdict: (verdict != "article", verdict))
    print(f"{'type':15}{'pages':>7}", *(f"{column:>10}" for column in columns))
    for type_, row in counts.items():
        print(f"{type_:15}{row.total():7}", *(f"{row[column] or '.':>10}" for column in columns))


def print_rates(rulings: Sequence[Ruling]) -> None:
    """The two figures that pull against each other, for all and for each half."""
    print()
    for what, types, wanted in (
        ("articles refused", {"article"}, None),
        ("mixed refused", {"mixed"}, None),
        ("listings caught", LISTINGS, "listing"),
    ):
        pages = [one for one in rulings if one.type in types]
        hits = [one.verdict == wanted if wanted else one.verdict != "article" for one in pages]
        halves = [_share(hit for hit, one in zip(hits, pages, strict=True) if one.half == half) for half in (0, 1)]
        print(f"{what:18} {_share(hits)}   by half of the hosts: {', '.join(halves)}")


def _share(hits: Iterable[bool]) -> str:
    known = list(hits)
    return f"{sum(known)} of {len(known)} ({sum(known) / (len(known) or 1):.1%})"


def print_pages(title: str, rulings: Iterable[Ruling]) -> None:
    """One line per page, and why."""
    print(f"\n{title}")
    for one in rulings:
        print(f"  {one.type}: {one.url}\n      {one.verdict}, {one.words} words; {one.why}")
        print("      signs of a listing:", ", ".join(f"{name} {weight:+.1f}" for name, weight in one.signs) or "none")


def print_signs(rulings: Sequence[Ruling]) -> None:
    """How often each sign is found, and the log-odds that this alone would give, in all and in each half."""
    articles = [one for one in rulings if one.type in ARTICLES]
    listings = [one for one in rulings if one.type in LISTINGS]
    weights = {name: weight for one in (*articles, *listings) for name, weight in one.signs}
    print(f"\n{'sign of a listing':36}{'weight':>8}{'articles':>10}{'listings':>10}   log-odds alone: all, by half")
    for name, weight in sorted(weights.items(), key=lambda sign: sign[1]):
        odds = [_log_odds(name, articles, listings, half) for half in (None, 0, 1)]
        shares = [_found(name, pages) / (len(pages) or 1) for pages in (articles, listings)]
        print(f"{name:36}{weight:+8.1f}{shares[0]:10.1%}{shares[1]:10.1%}   {'  '.join(f'{one:+.1f}' for one in odds)}")


def _log_odds(name: str, articles: Sequence[Ruling], listings: Sequence[Ruling], half: int | None) -> float:
    """How much likelier a listing has the sign than an article; half a page is added to each count."""
    shares = []
    for pages in (listings, articles):
        some = [one for one in pages if half in {None, one.half}]
        shares.append((_found(name, some) + 0.5) / (len(some) + 1))
    return math.log(shares[0] / shares[1])


def _found(name: str, pages: Iterable[Ruling]) -> int:
    return sum(any(sign == name for sign, _ in one.signs) for one in pages)


def main() -> int:
    """Prints the figures; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth page")
    parser.add_argument("--uncaught", action="store_true", help="also the listings that were taken for articles")
    parser.add_argument("--signs", action="store_true", help="also how often each sign of a listing was found")
    options = parser.parse_args()
    if not BENCH.is_dir():
        print(f"the labelled pages are not there: {BENCH}")
        return 0
    with multiprocessing.Pool(PROCESSES) as pool:
        rulings = pool.map(ruling, labels()[:: options.every], chunksize=8)
    print_confusion(rulings)
    print_rates(rulings)
    print_pages("refused articles", (one for one in rulings if one.type in ARTICLES and one.verdict != "article"))
    if options.uncaught:
        print_pages("uncaught listings", (one for one in rulings if one.type in LISTINGS and one.verdict == "article"))
    if options.signs:
        print_signs(rulings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
