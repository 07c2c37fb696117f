"""The site configuration files of Full-Text RSS, which other readers use too: `host.tld.txt`, one directive a line.

Format: https://help.fivefilters.org/full-text-rss/site-patterns.html. `host.tld.txt` is for a host with and without "www.",
`.host.tld.txt` for every host below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archiver import urls
from archiver.errors import InvalidUrl
from archiver.extraction import xpath
from archiver.extraction.siterules import selectors
from archiver.extraction.siterules.rule import Example, Parsed, Problem, Selector, SiteRule, hosts_of

SUFFIX = ".txt"
MAX_LINES = 5_000
MAX_REPLACEMENTS = 100
"""Each is a search through the whole page."""
_DIRECTIVE = re.compile(r"(?P<name>[a-z_]+)(?:\((?P<argument>.*?)\))?\s*:\s*(?P<value>.*)")
_FIELDS = {"title": "title", "body": "body", "author": "authors", "date": "published"}
_LINKS = {"next_page_link": "next_page", "single_page_link": "single_page_link"}
IGNORED = {
    "prune": "every body is cleaned",
    "tidy": "every page is read as browsers read it",
    "parser": "every page is read as browsers read it",
    "convert_double_br_tags": "two line breaks are a paragraph without it",
    "strip_comments": "comments in the source are never read",
    "autodetect_on_failure": "what a rule does not find is always looked for",
    "autodetect_next_page": "next pages are always looked for",
    "insert_detected_image": "pictures have their place, and the lead image its field",
    "src_lazy_load_attr": "pictures that load late are found without it",
    "skip_json_ld": "a rule outranks JSON-LD anyway",
    "http_header": "requests are the fetcher's matter",
}
"""Directives that are known and have no effect here, and why."""


@dataclass(slots=True)
class _Draft:
    """What was read so far."""

    found: dict[str, list[Selector]] = field(default_factory=dict)
    replacements: list[tuple[str, str]] = field(default_factory=list)
    examples: list[tuple[str, list[str]]] = field(default_factory=list)
    to_find: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def select(self, key: str, selector: Selector) -> None:
        self.found.setdefault(key, []).append(selector)


def parse(text: str, file_name: str) -> Parsed:
    """The rule that the file's text is. A line that cannot be used is left out, and is a problem; the others count."""
    draft = _Draft()
    lines = text.splitlines()
    for number, line in enumerate(lines[:MAX_LINES], 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        directive = _DIRECTIVE.fullmatch(stripped)
        if directive is None:
            draft.problems.append(Problem(number, "", f"{stripped[:60]!r} is no directive", "write name: value"))
        elif directive["value"] or directive["name"] == "replace_string":
            _read(draft, directive["name"], directive["argument"], directive["value"], number)
    if len(lines) > MAX_LINES:
        draft.problems.append(Problem(MAX_LINES + 1, "", f"lines beyond {MAX_LINES} are not read", "split the file"))
    if len(draft.replacements) > MAX_REPLACEMENTS:
        reason = f"more than {MAX_REPLACEMENTS} replacements, of which the others are left out"
        draft.problems.append(Problem(None, "replace_string", reason, "keep those that matter"))
    hosts = hosts_of(file_name, SUFFIX)
    if not hosts:
        reason = "the file is not named after a host"
        draft.problems.append(Problem(None, "", reason, "name it like example.org.txt or .example.org.txt"))
    found = {key: tuple(selectors_) for key, selectors_ in draft.found.items()}
    rule = SiteRule(
        file_name,
        hosts,
        {name: found[name] for name in _FIELDS.values() if name in found},
        found.get("strip", ()),
        tuple(draft.replacements[:MAX_REPLACEMENTS]),
        found.get("next_page", ()),
        found.get("single_page_link", ()),
        tuple(Example(url, {"body": tuple(pieces)} if pieces else {}) for url, pieces in draft.examples),
    )
    return Parsed(rule if hosts else None, hosts, tuple(draft.problems))


def _read(draft: _Draft, name: str, argument: str | None, value: str, line: int) -> None:
    if name in IGNORED:
        draft.problems.append(Problem(line, name, IGNORED[name], ignored=True))
    elif name in _FIELDS or name in _LINKS or name == "strip":
        _select(draft, _FIELDS.get(name) or _LINKS.get(name) or name, name, value, line)
    elif name in ("strip_id_or_class", "strip_image_src"):
        draft.select("strip", _stripped(name, value.strip("\"' "), line))
    elif name == "replace_string" and argument is not None:
        draft.replacements.append((argument, value))
    elif name == "find_string":
        draft.to_find.append(value)
    elif name == "replace_string":
        if draft.to_find:
            draft.replacements.append((draft.to_find.pop(0), value))
        else:
            draft.problems.append(Problem(line, name, "has no find_string before it", "add find_string: … above"))
    elif name in ("test_url", "test_contains"):
        _example(draft, name, value, line)
    else:
        draft.problems.append(Problem(line, name, "is not supported", ignored=True))


def _select(draft: _Draft, key: str, name: str, value: str, line: int) -> None:
    try:
        draft.select(key, selectors.xpath_(value, line))
    except selectors.BadSelector as error:
        remedy = "" if error.unsupported else "correct the expression"
        draft.problems.append(Problem(line, name, f"{value!r} {error}", remedy, ignored=error.unsupported))


def _stripped(name: str, part: str, line: int) -> Selector:
    """What `strip_id_or_class` and `strip_image_src` mean: elements whose attributes hold `part`."""
    if name == "strip_id_or_class":
        return Selector(f"{name}: {part}", xpath.Named(part), None, line)
    quoted = f'"{part}"' if '"' not in part else f"'{part.replace(chr(39), '')}'"
    return selectors.xpath_(f"//img[contains(@src, {quoted})]", line)


def _example(draft: _Draft, name: str, value: str, line: int) -> None:
    if name == "test_contains":
        if draft.examples:
            draft.examples[-1][1].append(value)
        else:
            draft.problems.append(Problem(line, name, "has no test_url before it", "add test_url: … above"))
        return
    try:
        draft.examples.append((urls.parse(value), []))
    except InvalidUrl as error:
        draft.problems.append(Problem(line, name, error.reason, "give the address of a page of the site"))
