"""An article extracted again from its capture, and what the record says then that it did not; stores nothing."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archiver.errors import ArchiverError, EmptyPage, NotHtml, StoreError
from archiver.record import to_dict
from archiver.tasks.archiving.decide import Decision, decide
from archiver.tasks.archiving.read_page import DOWNGRADED
from archiver.tasks.versions.changes import FieldChange, in_short, value_of
from archiver.tasks.versions.read_again import read_again

if TYPE_CHECKING:
    from archiver.article import Article
    from archiver.store import Store
    from archiver.tasks.site_rules import SiteRules

Fate = Literal["changed", "unchanged", "worse", "failed"]
KEYS = (
    "canonical_url", "title", "subtitle", "byline", "authors", "dates.published", "dates.modified", "dates.reviewed",
    "reviewed_by", "source.publisher", "source.host", "source.credited", "licence", "section", "tags", "language", "image",
    "body.text", "body.html", "verdict", "warnings",
)  # fmt: skip
"""What makes a re-extraction another one. Evidence alone does not: with each version of archiver it may be worded anew."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of reading one capture again.

    Attributes:
        fate: "worse" where what we hold is better and should stay.
        changes: the keys whose values are others.
        article: the record as it would be; None where there is none.
        error: why it failed, or why it is worse.
        notes: what is to be said about site rules.
    """

    id: str
    url: str
    title: str
    fate: Fate
    changes: tuple[FieldChange, ...] = ()
    article: Article | None = None
    error: str | None = None
    notes: tuple[str, ...] = ()


def reread(store: Store, held: Article, rules: SiteRules | None) -> Reread:
    """What the capture of `held` gives now."""
    outcome = Reread(str(held.id), held.url or "", held.title or held.url or "", "failed")
    try:
        article = _extracted(store, held, rules)
    except (EmptyPage, NotHtml) as error:
        return dataclasses.replace(outcome, fate="worse", error=f"{outcome.url}: {error.reason}")
    except ArchiverError as error:
        return dataclasses.replace(outcome, error=str(error))
    changes = differing(held, article)
    outcome = dataclasses.replace(outcome, fate="changed" if changes else "unchanged", changes=changes, article=article)
    if changes and decide(held, article) is Decision.WORSE:
        reason = f"{outcome.url}: {_size(held)} before, {_size(article)} now"
        return dataclasses.replace(outcome, fate="worse", error=reason)
    return outcome


def differing(before: Article, after: Article) -> tuple[FieldChange, ...]:
    """The keys of the record, dotted, whose values are others, each in short."""
    old, new = to_dict(before), to_dict(after)
    changed = (name for name in KEYS if value_of(old, name) != value_of(new, name))
    return tuple(FieldChange(name, _shown(old, name), _shown(new, name)) for name in changed)


def _extracted(store: Store, held: Article, rules: SiteRules | None) -> Article:
    """The article in the capture; what the capture does not say stays as the record has it."""
    capture = store.capture(held)
    if capture is None:
        warc = held.capture.warc if held.capture else None
        if warc is None:
            raise StoreError("its page was not kept", subject=held.url or str(held.id), remedy="fetch it again")
        subject = f"{store.root / warc}"
        raise StoreError(
            "the capture is missing or damaged", subject=subject, remedy="restore it from a backup, or fetch again"
        )
    article = read_again(capture, held, rules)
    assert held.capture is not None
    assert article.capture is not None
    warnings = article.warnings
    if DOWNGRADED in held.warnings and DOWNGRADED not in warnings:
        warnings = (*warnings, DOWNGRADED)
    return dataclasses.replace(
        article,
        id=held.id,
        url=held.url,
        requested_url=held.requested_url,
        warnings=warnings,
        capture=dataclasses.replace(held.capture, charset=article.capture.charset),
    )


def _shown(record: object, name: str) -> str | None:
    if name.startswith("body."):
        return f"{value_of(record, 'body.words'):,} words"
    return in_short(value_of(record, name)) or None


def _size(article: Article) -> str:
    return f"{article.verdict} of {article.body.words:,} words"
