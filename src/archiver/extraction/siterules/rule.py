"""A site rule as it was read, whatever format it was written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from archiver import urls
from archiver.errors import InvalidUrl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.extraction.xpath import Expression

Kind = Literal["text", "date", "address"]
"""What a field takes from an element: its text, a date, an address."""
FIELDS: Mapping[str, Kind] = MappingProxyType(
    {
        "title": "text",
        "subtitle": "text",
        "byline": "text",
        "authors": "text",
        "published": "date",
        "modified": "date",
        "reviewed": "date",
        "reviewed_by": "text",
        "publisher": "text",
        "credited": "text",
        "section": "text",
        "tags": "text",
        "image": "address",
        "canonical_url": "address",
        "body": "text",
    }
)
"""The fields that a rule may give."""
SEVERAL = frozenset({"authors", "credited", "section", "tags"})
"""Those whose value is every match; of the others it is the first. The body is all its matches, one behind the other."""


@dataclass(frozen=True, slots=True)
class Selector:
    """One selector of a rule.

    Attributes:
        written: as it stands in the file.
        expression: what it means; CSS was translated.
        attribute: the attribute that has the value, where the rule names one.
        line: where it stands in the file.
    """

    written: str
    expression: Expression = field(repr=False, compare=False)
    attribute: str | None = None
    line: int | None = None


class Host(NamedTuple):
    """Hosts that a rule is for: `name` itself, those below it, or both."""

    name: str
    itself: bool = True
    below: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """A page that the rule was written for.

    Attributes:
        expected: by field what the rule should find; of the body, pieces of its text.
    """

    url: str
    expected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What is to be found where on the pages of some hosts.

    Attributes:
        name: the file's name, which evidence gives.
        fields: by field its selectors, of which the first that matches counts.
        strip: what does not belong to the body.
        replacements: texts in the page's source, and what replaces them before it is parsed.
        next_page, single_page_link: where the page links to its next part, and to all its parts in one; for the fetcher.
    """

    name: str
    hosts: tuple[Host, ...]
    fields: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)
    strip: tuple[Selector, ...] = ()
    replacements: tuple[tuple[str, str], ...] = ()
    next_page: tuple[Selector, ...] = ()
    single_page_link: tuple[Selector, ...] = ()
    examples: tuple[Example, ...] = ()


class Problem(NamedTuple):
    """What is wrong with a file, or, where it is merely `ignored`, has no meaning here."""

    line: int | None
    key: str
    reason: str
    remedy: str = ""
    ignored: bool = False

    def __str__(self) -> str:
        text = f"{self.key}: {self.reason}" if self.key else self.reason
        return f"{text} ({self.remedy})" if self.remedy else text


class Parsed(NamedTuple):
    """What a file says.

    Attributes:
        rule: None where it cannot be used.
        hosts: whom it is for, as far as that can be read.
    """

    rule: SiteRule | None
    hosts: tuple[Host, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are the file's fault."""
        return tuple(problem for problem in self.problems if not problem.ignored)


def hosts_of(file_name: str, suffix: str) -> tuple[Host, ...]:
    """Whom a file of that name is for, where it does not say; nobody where it is not named after a host.

    `example.org.toml` is for example.org and the hosts below it; of the other format, `example.org.txt` is for example.org
    itself, and `.example.org.txt` for those below.
    """
    name = file_name.removesuffix(suffix).lower()
    host = host_name(name.removeprefix("."))
    below = name.startswith(".")
    return (Host(host, itself=not below, below=below or suffix == ".toml"),) if host else ()


def host_name(text: str) -> str | None:
    """`text` as hosts are compared: small letters, punycode, without "www."; None where it is no name of a site."""
    try:
        url = urls.parse(f"https://{text}/")
    except InvalidUrl:
        return None
    name = urls.host(url)
    whole = name is not None and url in (f"https://{name}/", f"https://www.{name}/")
    return name if name and whole and ("." in name or name == "localhost") else None
