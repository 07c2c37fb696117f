"""Records for tests: one with every field filled, and a hypothesis strategy of any."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any

from hypothesis import strategies as st

from archiver import urls
from archiver.article import (
    Article,
    Author,
    Body,
    CaptureIdentity,
    Credit,
    Dates,
    Evidence,
    FeedOrigin,
    Image,
    LaterPage,
    Licence,
    Rejected,
    Snapshot,
    Source,
)

TEXT = "The quay was built of oak.\n\nIt stood for two hundred years."


def full_article(url: str = "https://example.org/2026/harbour", **changed: Any) -> Article:
    """A record in which no field is empty; `changed` replaces fields."""
    article = Article(
        id=urls.article_id(url),
        url=url,
        requested_url=url + "?utm_source=x",
        canonical_url=url,
        title="How the Old Harbour Was Built",
        subtitle="Three storms and a quarrel",
        byline="By Ana de la Cruz and Jo Smith",
        authors=(Author("Ana de la Cruz", "Ana writes about ports.", "https://example.org/ana"), Author("Jo Smith")),
        dates=Dates("2026-03-14", "2026-03-15T09:30:00+02:00", "2026-04"),
        reviewed_by="the harbour master",
        source=Source("The Coast Review", "example.org", (Credit("Port Office", "https://port.example"),)),
        licence=Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        section=("Coast", "History"),
        tags=("harbour", "oak"),
        language="en",
        image=Image("https://example.org/quay.jpg", "The quay", "Port Office"),
        body=Body(TEXT, "<p>The quay was built of oak.</p><p>It stood for two hundred years.</p>", 12),
        evidence={
            "title": Evidence("dom", "h1", "How the Old Harbour Was Built", ("meta",), (Rejected("url", "path", "harbour"),))
        },
        warnings=("attributes beyond the 500th of a tag were left out",),
        feed=FeedOrigin("https://example.org/feed", "tag:1", "Harbour"),
        capture=CaptureIdentity(
            fetched_at="2026-11-23T08:14:00Z",
            status=200,
            media_type="text/html",
            charset="utf-8",
            bytes=83121,
            sha256="ab" * 32,
            etag='"1"',
            last_modified="Mon, 23 Nov 2026 08:00:00 GMT",
            warc="captures/2026/11/x.warc.gz",
            warc_bytes=20000,
            warc_sha256="cd" * 32,
            offset=412,
            pages=(LaterPage(url + "?page=2", "utf-8", 5000, "ef" * 32, 9000),),
            missing=(url + "?page=3",),
            snapshot=Snapshot("https://web.archive.org/web/20260315000000id_/" + url, "2026-03-15T00:00:00Z"),
        ),
    )
    return dataclasses.replace(article, **changed)


def any_article() -> st.SearchStrategy[Article]:
    """Articles with any text that JSON can hold, any counts, and any of the optional parts missing."""
    strategy: st.SearchStrategy[Article] = _of_class(Article)
    return strategy.map(lambda article: dataclasses.replace(article, schema=1))


def _of_class(cls: type) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{field.name: _of_type(hints[field.name]) for field in dataclasses.fields(cls)})


def _of_type(expected: Any) -> st.SearchStrategy[Any]:
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(_of_type(argument) for argument in arguments))
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(_of_type(arguments[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(_text(), _of_type(arguments[1]), max_size=2)
    if dataclasses.is_dataclass(expected):
        return _of_class(typing.cast("type", expected))
    leaves: dict[Any, st.SearchStrategy[Any]] = {str: _text(), int: st.integers(0, 2**63 - 1), type(None): st.none()}
    return leaves[expected]


def _text() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
