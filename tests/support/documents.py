"""The blocks of our documents, the commands in them, and the web that they speak of, which a loopback proxy stands for."""

from __future__ import annotations

import contextlib
import re
import shlex
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import archiver
from archiver.settings import Settings
from tests.support.articles import article_page
from tests.support.feeds import RSS, item, rss
from tests.support.servers import Response, Server, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
SITE = "http://example.org"
ARTICLES = {
    "/2026/a-story": ("How the Old Harbour Was Built", "Ana de la Cruz", "2026-03-14"),
    "/2026/night-tide": ("The Tide Runs Stronger at Night", "Jo Smith", "2026-03-20"),
    "/2026/oak-piles": ("Oak Piles, Seen at Low Water", "Ana de la Cruz", "2026-04-02"),
}
_BLOCK = re.compile(
    r"(?:^<!-- not run: (?P<why>.+?) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
_WITH_COMMANDS = {"", "console", "crontab", "ini", "sh"}
_PARTS_COMMANDS = re.compile(r"^[|&;()<>]+$")


@dataclass(frozen=True)
class Step:
    """A command of a session, and what it is shown to print; "" where nothing is shown."""

    command: str
    shown: str


@dataclass(frozen=True)
class Block:
    """A fenced block: where its text stands in the document, its language, and why it is not run, where it is not."""

    start: int
    language: str
    text: str
    not_run: str | None

    def steps(self) -> list[Step]:
        """What a session types, in order. A line that ends with a backslash goes on in the next."""
        pieces = re.findall(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", self.text, flags=re.MULTILINE)
        return [Step(command, shown.strip("\n")) for command, shown in pieces]


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a document."""
    return [Block(one.start("text"), one["language"], one["text"], one["why"]) for one in _BLOCK.finditer(text)]


def command_lines(block: Block) -> list[list[str]]:
    """The words behind `archiver` in each command of a block that has commands, whatever stands before it or comes after."""
    if block.language not in _WITH_COMMANDS:
        return []
    lines = block.text.replace("\\\n", " ").splitlines()
    if block.language == "console":
        lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    return [words for line in lines for words in commands_of(line)]


def commands_of(line: str) -> Iterator[list[str]]:
    """The words behind `archiver` in each simple command of a shell's line."""
    if "archiver" not in line:
        return
    lexer = shlex.shlex(line.removeprefix("ExecStart="), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] | None = None
    for word in [*lexer, ";"]:
        if _PARTS_COMMANDS.match(word):
            if words is not None:
                yield words
            words = None
        elif words is not None:
            words.append(word)
        elif word.rpartition("/")[2] == "archiver":
            words = []


@contextlib.contextmanager
def web() -> Iterator[Server]:
    """A proxy that answers for example.org: a front page, its feed, and the articles of the feed. Nothing else is there."""
    routes = {f"{SITE}{path}": Response(article_page(title, author=author, published=day)) for path, (title, author, day) in
              ARTICLES.items()}  # fmt: skip
    feed = rss(*(item(f"{SITE}{path}", title=ARTICLES[path][0]) for path in reversed(ARTICLES)), title="The Coast Review")
    routes[f"{SITE}/feed"] = Response(feed, content_type=RSS)
    routes[f"{SITE}/"] = Response(
        '<!doctype html><title>The Coast Review</title><link rel="alternate" type="application/rss+xml" href="/feed">'
    )
    with serve(routes) as server:
        yield server


def fill(folder: Path) -> None:
    """An archive that has the page of the README, and two of example.org's."""
    founding = ROOT / "tests" / "fixtures" / "pages" / "founding-plain"
    with archiver.Archive(folder, settings=Settings(folder)) as archive:
        page = (founding / "page.html").read_text(encoding="utf-8")
        moment = datetime(2026, 10, 2, 8, 14, tzinfo=UTC)
        archive.add(page, FOUNDING, saved_at=moment)
        for path in ("/2026/a-story", "/2026/night-tide"):
            title, author, day = ARTICLES[path]
            archive.add(article_page(title, author=author, published=day), SITE + path, saved_at=moment)


FOUNDING = (
    "https://psychcentral.com/news/2017/03/18/review-finds-targeting-glutamate-to-treat-depression-holds-promise/117854.html"
)
