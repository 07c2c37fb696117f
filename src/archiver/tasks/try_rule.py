"""From a site rule and its example to what the rule finds there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archiver import urls
from archiver.capture import header
from archiver.errors import InvalidInput, InvalidUrl, NotInArchive
from archiver.extraction.siterules.rule import Example, host_name
from archiver.extraction.siterules.trial import try_out
from archiver.tasks.archiving.read_page import rfc3339
from archiver.tasks.site_rules import FORMATS, located, read_file

if TYPE_CHECKING:
    from archiver.capture import SavedPage
    from archiver.extraction.siterules.trial import Trial
    from archiver.settings import Settings
    from archiver.store import Store
    from archiver.tasks.site_rules import RuleFile, SiteRules


@dataclass(frozen=True, slots=True)
class TrialOfFile:
    """A rule file tried on one page; `page_from` says in words where the page came from."""

    file: RuleFile
    url: str
    page_from: str
    trial: Trial


def find_file(rules: SiteRules, name: str) -> RuleFile:
    """The rule file that `name`, a file or a host, stands for.

    Raises:
        InvalidInput: there is none, or it cannot be used.
    """
    path = Path(name)
    if path.suffix in FORMATS and path.exists():
        file = read_file(path)
    else:
        host = host_name(name)
        found = rules.file_for(f"https://{host}/") if host else None
        if found is None:
            folders = " and ".join(map(str, rules.folders))
            raise InvalidInput("no site rule for this host, and no such file", subject=name, remedy=f"rules are in {folders}")
        file = found
    demand_rule(file)
    return file


def demand_rule(file: RuleFile) -> None:
    """Nothing, if the file has a rule that can be used.

    Raises:
        InvalidInput: it has not.
    """
    if file.parsed.rule is None:
        raise InvalidInput(located(file.path, file.parsed.errors[0]))


def try_example(file: RuleFile, example: Example, store: Store, settings: Settings) -> TrialOfFile:
    """The rule on the page of its example: as the archive holds it, else fetched now.

    Raises:
        FetchError, EmptyPage, StoreError: the page cannot be had, or there is nothing in it.
    """
    rule = file.parsed.rule
    assert rule is not None
    kept = _kept(example.url, store)
    if kept is not None:
        payload, charset, fetched_at = kept
        content_type = f"text/html; charset={charset}" if charset else None
        page_from = f"the archive, fetched {fetched_at}"
        trial = try_out(
            rule, payload, url=example.url, content_type=content_type, fetched_at=fetched_at, expected=example.expected
        )
        return TrialOfFile(file, example.url, page_from, trial)
    from archiver.fetch import fetch
    from archiver.tasks.manners.pace import Pace

    capture = fetch(urls.parse(example.url), settings, turns=Pace(store, settings.pace_seconds))
    trial = try_out(
        rule,
        capture.payload,
        url=capture.final_url,
        content_type=header(capture.final.headers, "Content-Type"),
        fetched_at=rfc3339(capture.started_at),
        expected=example.expected,
    )
    return TrialOfFile(file, capture.final_url, "the web, fetched now", trial)


def try_saved(file: RuleFile, page: SavedPage, name: str) -> TrialOfFile:
    """The rule on a saved page, and what its first example expects if that has the page's address, or the page has none.

    Raises:
        EmptyPage: there is nothing in the page.
    """
    rule = file.parsed.rule
    assert rule is not None
    example = next((one for one in rule.examples if page.url is None or _is_same(one.url, page.url)), None)
    url = page.url or (example.url if example else f"https://{rule.hosts[0].name}/")
    expected = example.expected if example else {}
    trial = try_out(rule, page.payload, url=url, fetched_at=rfc3339(page.started_at), expected=expected)
    return TrialOfFile(file, url, name, trial)


def _is_same(one: str, other: str) -> bool:
    return urls.key(one) == urls.key(other)


def _kept(url: str, store: Store) -> tuple[bytes, str | None, str] | None:
    """The page at `url` as the archive holds it, its charset, and when it was fetched."""
    try:
        article = store.load(store.find(url))
    except (NotInArchive, InvalidUrl):
        return None
    payload = store.payload(article)
    if payload is None or article.capture is None:
        return None
    return payload, article.capture.charset, article.capture.fetched_at
