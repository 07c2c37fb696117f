"""Our own format of site rules, TOML; docs/site-rules.md describes it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from archiver import urls
from archiver.errors import InvalidUrl
from archiver.extraction.siterules import selectors
from archiver.extraction.siterules.rule import FIELDS, Example, Host, Parsed, Problem, Selector, SiteRule, host_name, hosts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

SUFFIX = ".toml"
_LINKS = ("next_page", "single_page_link")
_KEYS = ("hosts", "strip", *_LINKS, "fields", "examples")
_EXAMPLE_KEYS = ("url", "expected")
_LINE = re.compile(r"\(at line (\d+),")


class _Bad(Exception):
    """Ends the reading of one key."""

    def __init__(self, key: str, reason: str, remedy: str, sought: str | None = None) -> None:
        super().__init__(reason)
        self.key, self.reason, self.remedy, self.sought = key, reason, remedy, sought


def parse(text: str, file_name: str) -> Parsed:
    """The rule that the file's text is; without `hosts` in it, it is for the host that the file is named after."""
    own = hosts_of(file_name, SUFFIX)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _LINE.search(str(error))
        reason = f"is not valid TOML: {error}" if isinstance(error, ValueError) else "is nested too deep"
        return Parsed(None, own, (Problem(int(line[1]) if line else None, "", reason, "correct the line"),))
    return _Reader(text, document, file_name, own).parsed()


class _Reader:
    """Reads one document; goes on after a problem, so that all are found."""

    def __init__(self, text: str, document: dict[str, Any], file_name: str, own: tuple[Host, ...]) -> None:
        self._lines = text.splitlines()
        self._document = document
        self._file_name = file_name
        self._own = own
        self._problems: list[Problem] = []

    def parsed(self) -> Parsed:
        document = self._document
        self._refuse_unknown(document, _KEYS, "")
        hosts = self._hosts()
        fields = self._table("fields")
        self._refuse_unknown(fields, tuple(FIELDS), "fields.")
        found = {name: self._selectors(f"fields.{name}", value) for name, value in fields.items() if name in FIELDS}
        strip, *links = (self._selectors(key, document[key]) if key in document else () for key in ("strip", *_LINKS))
        examples = tuple(example for number, one in enumerate(self._examples(), 1) for example in self._example(number, one))
        if not (found or strip or any(links) or self._problems):
            self._note(_Bad("", "says nothing", "give it [fields] or strip"))
        rule = SiteRule(self._file_name, hosts, found, strip, next_page=links[0], single_page_link=links[1], examples=examples)
        return Parsed(None if self._problems else rule, hosts, tuple(self._problems))

    def _hosts(self) -> tuple[Host, ...]:
        if "hosts" not in self._document:
            if not self._own:
                remedy = 'add hosts = ["example.org"], or name the file after its host'
                self._note(_Bad("hosts", "is missing, and the file is not named after a host", remedy))
            return self._own
        hosts: list[Host] = []
        try:
            given = _texts("hosts", self._document["hosts"])
        except _Bad as problem:
            self._note(problem)
            return self._own
        for one in given:
            name = host_name(one)
            if name:
                hosts.append(Host(name))
            else:
                self._note(_Bad("hosts", f"{one!r} is not a site's host name", "write it like example.org", one))
        return tuple(hosts) or self._own

    def _selectors(self, key: str, value: object) -> tuple[Selector, ...]:
        found = []
        try:
            for written in _texts(key, value):
                try:
                    found.append(selectors.css(written, self._line(written, key)))
                except selectors.BadSelector as error:
                    self._note(_Bad(key, f"{written!r} {error}", "correct the selector", written))
        except _Bad as problem:
            self._note(problem)
        return tuple(found)

    def _table(self, key: str) -> dict[str, Any]:
        value = self._document.get(key, {})
        if isinstance(value, dict):
            return value
        self._note(_Bad(key, "is not a table", f"write [{key}] and the keys below it"))
        return {}

    def _examples(self) -> list[dict[str, Any]]:
        value = self._document.get("examples", [])
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return value
        self._note(_Bad("examples", "is not a list of tables", "write [[examples]] and url below it"))
        return []

    def _example(self, number: int, given: dict[str, Any]) -> Iterable[Example]:
        name = f"examples, number {number}"
        self._refuse_unknown(given, _EXAMPLE_KEYS, "examples.")
        url, expected = given.get("url"), given.get("expected", {})
        if not isinstance(url, str):
            self._note(_Bad(name, "has no url", "give the address of a page of the site"))
            return []
        if not isinstance(expected, dict):
            self._note(_Bad("expected", "is not a table", "write expected.title and the like"))
            return []
        try:
            address = urls.parse(url)
            self._refuse_unknown(expected, tuple(FIELDS), "expected.")
            return [Example(address, {key: _texts(f"expected.{key}", value) for key, value in expected.items()})]
        except InvalidUrl as error:
            self._note(_Bad(name, error.reason, error.remedy or "give the address of a page of the site", str(url)))
        except _Bad as problem:
            self._note(problem)
        return []

    def _refuse_unknown(self, table: dict[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for key in table:
            if key not in known:
                self._note(_Bad(f"{prefix}{key}", "is no key of a site rule", f"known here: {', '.join(known)}", key))

    def _note(self, bad: _Bad) -> None:
        line = self._line(bad.sought, bad.key) if bad.sought else self._line(None, bad.key)
        self._problems.append(Problem(line, bad.key, bad.reason, bad.remedy))

    def _line(self, written: str | None, key: str) -> int | None:
        """The line that holds `written`, else that of `key`; TOML's reader does not say where it found them."""
        if not key:
            return None
        word = re.escape(key.rpartition(".")[2].partition(",")[0])
        start = next((n for n, line in enumerate(self._lines) if re.match(rf"""\W*(?:\w+\.)*["']?{word}\b""", line)), None)
        if start is None:
            return None
        if written is None:
            return start + 1
        parts = written.strip().splitlines()
        first = parts[0] if parts else ""
        below = range(start, len(self._lines))
        return next((n + 1 for n in below if first in self._lines[n].replace('\\"', '"')), start + 1)


def _texts(key: str, value: object) -> tuple[str, ...]:
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) and one.strip() for one in texts):
        raise _Bad(key, "is not a text or a list of texts", f'write {key.rpartition(".")[2]} = "…" or ["…", "…"]')
    return tuple(texts)
