"""Labelled pages, measured once and judged under changing weights: what `calibrate.py` tunes on.

A page is read by the project's own extraction, up to where the body is chosen. The project's own weighing says which rows
count for which block, and its own `content` chooses under whatever the rows weigh.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import multiprocessing
import re
from collections import Counter, defaultdict
from operator import sub
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import archiver
from archiver import urls
from archiver.errors import EmptyPage
from archiver.extraction import blocks, content, context, rows, weighing
from archiver.extraction.title import form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from multiprocessing.connection import Connection

    from archiver.extraction.blocks import Block, Element, Layout

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
SETS = ("articles", "mixed")
FOLDS = 5
PROCESSES = 2
LARGEST_STEP = 1.0
MILLION = 1_000_000  # F1 is summed in millionths, so that no figure depends on the order of the pages

Label = dict[str, Any]
Weights = dict[str, float]
"""By the name of the row, as `weight_places` names it."""
Tally = tuple[int, ...]
"""For each half of the hosts: F1 in millionths, bodies, snippets kept, wanted and leaked."""
NOTHING: Tally = (0,) * 10
_look_around = context.totals  # where pages are judged, another stands in its place


def labels_and_digest() -> tuple[list[tuple[str, Label]], str]:
    """The labels, each with the name of its set, and the SHA-256 of every label and its page's file in this order."""
    digest = hashlib.sha256()
    labels = []
    for name in SETS:
        with gzip.open(BENCH / f"{name}.jsonl.gz") as lines:
            for line in lines:
                label = json.loads(line)
                digest.update(line)
                digest.update(page_file(name, label).read_bytes())
                labels.append((name, label))
    return labels, digest.hexdigest()


def page_file(name: str, label: Label) -> Path:
    """Where the page of a label stands."""
    return BENCH / "pages" / name / f"{label['id']}.html.gz"


class Material(NamedTuple):
    """What the body of a page is chosen from."""

    layout: Layout
    headline: int | None
    furniture: frozenset[int]
    title: str | None


class _Chosen(Exception):
    """Ends an extraction where it would choose the body."""

    def __init__(self, material: Material) -> None:
        super().__init__()
        self.material = material


def material(name: str, label: Label) -> Material:
    """Runs the project's extraction of a page up to where it chooses the body."""
    headlines: list[int | None] = []
    locate = content.locate

    def located(layout: Layout, *, headline: int | None) -> content.Region:
        headlines.append(headline)
        return locate(layout, headline=headline)

    def fates(layout: Layout, _: content.Region, *, furniture: Iterable[int], title: str | None) -> None:
        raise _Chosen(Material(layout, headlines[-1], frozenset(furniture), title))

    with gzip.open(page_file(name, label), "rt", encoding="utf-8", errors="replace", newline="") as page:
        html = page.read()
    found = Material(blocks.measure(None), None, frozenset(), None)
    try:
        with mock.patch.multiple(content, locate=located, fates=fates):
            archiver.extract(html, url=label["url"])
    except _Chosen as chosen:
        found = chosen.material
    except EmptyPage:
        return found
    for element in found.layout.elements:
        element.node = None  # type: ignore[assignment]  # it would keep the page's tree in memory
    for block in found.layout.blocks:
        block.nodes = []
    return found


class Weighed(NamedTuple):
    """Blocks, weights and sizes that are given: all that `content` reads of a layout and of its weighing.

    Attributes:
        totals: the weights of the blocks by themselves, in tenths.
        around: what their surroundings add, in tenths.
    """

    blocks: list[Block]
    elements: list[Element]
    totals: list[int]
    around: list[int]
    sizes: list[float]


class Case:
    """One labelled page, measured.

    Attributes:
        fold: where its host belongs.
        blocks_of: for each row that counts anywhere in the page, the blocks it counts for. Which rows count for a block's
            surroundings follows from all other weights: it is found anew by `reset` alone.
        counts: its part of a tally under the weights as they stand.
    """

    def __init__(self, label: Label, found: Material) -> None:
        self.layout = found.layout
        self.blocks = found.layout.blocks
        title_form = form(found.title or "")
        self.never_kept = found.furniture | {block.index for block in self.blocks if content.is_title(block, title_form)}
        self.fold, self.half = _fold_and_half(label)
        self.sizes = weighing.Weighing(found.layout, found.headline).sizes
        self.wholes = {
            range(element.first, element.last): element
            for element in found.layout.elements
            if element.tag in content.WHOLES and element.last - element.first > 1
        }
        self.rows_alone = _names(weighing.rows(found.layout, found.headline))
        self.body = _words(label["body"]) if label["body"] is not None else None
        self.wanted, self.unwanted = ([_squeezed(snippet) for snippet in label[key] or ()] for key in ("with", "without"))
        self.seen: dict[tuple[int, ...], Tally] = {}

    def reset(self, weights: Weights) -> None:
        """Judges the page by `weights`, from the beginning."""
        alone = _sums(self.rows_alone, weights)
        unlooked: Any = Weighed(self.blocks, list(self.wholes.values()), _tenths(alone), [0] * len(alone), self.sizes)
        region = content.locate(unlooked, headline=None)
        depths = [region.peak - weight for weight in region.alone]
        tables = rows.tables_by_bit()
        around = _look_around(self.layout, region.first, region.last, depths, tables)
        rows_around = _names(tables.rows_of(total) for total in around)
        self.weights = [alone, _sums(rows_around, weights)]
        self.blocks_of: defaultdict[str, list[int]] = defaultdict(list)
        self.look_of: dict[str, int] = {}
        for number, look in enumerate((self.rows_alone, rows_around)):
            for index, counted in enumerate(look):
                for row in counted:
                    self.look_of[row] = number
                    self.blocks_of[row].append(index)
        self._settle()

    def move(self, row: str, change: float) -> None:
        """Changes one row's weight."""
        weights = self.weights[self.look_of[row]]
        for index in self.blocks_of[row]:
            weights[index] = round(weights[index] + change, 6)
        self._settle()

    def _settle(self) -> None:
        """Judges the whole page; then leaves aside the blocks that no single step could bring in."""
        self._number(range(len(self.blocks)))
        region, self.counts = self._judged(self.live_weights)
        cutoff = region.peak - content.WITHIN - 2 * LARGEST_STEP
        best = [alone + max(0, around) for alone, around in zip(*self.weights, strict=True)]
        live = {index for index, weight in enumerate(best) if weight > cutoff}
        if sum(self.sizes[index] for index in live) < content.PEAK_CHARS_OF_ONE:
            return  # any block may take part in the standard of so short a page
        live.update(*(span for span in self.wholes if not live.isdisjoint(span)))
        self._number(sorted(live))

    def _number(self, live: Sequence[int]) -> None:
        self.live = live
        self.position = position = {index: position for position, index in enumerate(live)}
        self.live_blocks = [dataclasses.replace(self.blocks[index], index=position[index]) for index in live]
        self.live_weights = [[weights[index] for index in live] for weights in self.weights]
        self.live_sizes = [self.sizes[index] for index in live]
        self.live_never_kept = {position[index] for index in self.never_kept if index in position}
        self.live_wholes = [
            dataclasses.replace(element, first=position[span[0]], last=position[span[0]] + len(span))
            for span, element in self.wholes.items()
            if span[0] in position
        ]

    def difference(self, row: str, change: float) -> Tally:
        """What a change of one row's weight would add to the page's part of a tally."""
        touched = [self.position[index] for index in self.blocks_of[row] if index in self.position]
        if not touched:
            return NOTHING
        weights = self.live_weights.copy()
        moved = weights[self.look_of[row]] = weights[self.look_of[row]].copy()
        for position in touched:
            moved[position] = round(moved[position] + change, 6)
        _, after = self._judged(weights)
        return NOTHING if after is self.counts else tuple(map(sub, after, self.counts))

    def _judged(self, weights: list[list[float]]) -> tuple[content.Region, Tally]:
        alone, around = weights
        layout: Any = Weighed(self.live_blocks, self.live_wholes, _tenths(alone), _tenths(around), self.live_sizes)
        region = content.locate(layout, headline=None)
        kept = content.choose(layout, region, furniture=self.live_never_kept, title=None)
        key = tuple([self.live[block.index] for block in kept])
        if key not in self.seen:
            self.seen[key] = self._counts("\n".join(block.text for block in kept))
        return region, self.seen[key]

    def _counts(self, text: str) -> Tally:
        if self.body is not None:
            words = _words(text)
            total = words.total() + self.body.total()
            counts = (round(MILLION * 2 * (words & self.body).total() / total) if total else MILLION, 1, 0, 0, 0)
        else:
            text = _squeezed(text)
            leaked = sum(snippet in text for snippet in self.unwanted)
            counts = (0, 0, sum(snippet in text for snippet in self.wanted), len(self.wanted), leaked)
        return counts + (0,) * 5 if self.half == 0 else (0,) * 5 + counts


def _names(rows_of_blocks: Iterable[list[rows.Row]]) -> list[list[str]]:
    return [[row.name for row in counted] for counted in rows_of_blocks]


def _sums(rows_of_blocks: list[list[str]], weights: Weights) -> list[float]:
    return [round(sum(weights[row] for row in counted), 6) for counted in rows_of_blocks]


def _tenths(weights: list[float]) -> list[int]:
    return [round(weight * rows.TENTHS) for weight in weights]


def _fold_and_half(label: Label) -> tuple[int, int]:
    digest = hashlib.sha256((urls.host(label["url"]) or label["id"]).encode()).digest()
    return digest[0] % FOLDS, digest[1] % 2


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _squeezed(text: str) -> str:
    return " ".join(text.split()).lower()


class Shard:
    """Some of the pages, in a process of their own."""

    def __init__(self, labels: Iterable[tuple[str, Label]], weights: Weights) -> None:
        self.cases = [Case(label, material(name, label)) for name, label in labels]
        mock.patch.object(content, "Weighing", lambda layout, _headline: layout).start()  # see `Weighed`
        mock.patch.object(context, "totals", lambda layout, *_: layout.around).start()
        self.reset(weights)

    def reset(self, weights: Weights) -> None:
        """Judges all pages by `weights`."""
        for case in self.cases:
            case.reset(weights)

    def tally(self, folds: frozenset[int]) -> Tally:
        """The sum over the pages of `folds`."""
        return added(case.counts for case in self.cases if case.fold in folds)

    def differences(self, row: str, changes: list[float], folds: frozenset[int]) -> list[Tally]:
        """For each change of the row's weight, what it would add to the tally of `folds`."""
        cases = [case for case in self.cases if row in case.blocks_of and case.fold in folds]
        return [added(case.difference(row, change) for case in cases) for change in changes]

    def move(self, row: str, change: float) -> None:
        """Changes the row's weight."""
        for case in self.cases:
            if row in case.blocks_of:
                case.move(row, change)


def added(tallies: Iterable[Tally]) -> Tally:
    """The sum of some tallies."""
    return tuple(map(sum, zip(NOTHING, *tallies, strict=True)))


class Pages:
    """All labelled pages, parted among processes; a method of `Shard` is asked of each."""

    def __init__(self, labels: list[tuple[str, Label]], weights: Weights) -> None:
        self.connections: list[Connection] = []
        for number in range(PROCESSES):
            here, there = multiprocessing.Pipe()
            multiprocessing.Process(target=_serve, args=(there, labels[number::PROCESSES], weights), daemon=True).start()
            self.connections.append(here)

    def ask(self, method: str, *arguments: object) -> list[Any]:
        """The answers of all processes."""
        for connection in self.connections:
            connection.send((method, arguments))
        return [connection.recv() for connection in self.connections]

    def tally(self, folds: frozenset[int]) -> Tally:
        """The sum over the pages of `folds`."""
        return added(self.ask("tally", folds))

    def differences(self, row: str, changes: list[float], folds: frozenset[int]) -> list[Tally]:
        """For each change of the row's weight, what it would add to the tally of `folds`."""
        return [added(parts) for parts in zip(*self.ask("differences", row, changes, folds), strict=True)]


def _serve(connection: Connection, labels: list[tuple[str, Label]], weights: Weights) -> None:
    shard = Shard(labels, weights)
    while True:
        method, arguments = connection.recv()
        connection.send(getattr(shard, method)(*arguments))
