"""Small pages for the tests of single fields: a headline, a text, and what a test puts around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.extraction import extract

if TYPE_CHECKING:
    from archiver.article import Article

TITLE = "Boats Float Again at Little Quay"
URL = "https://quay-gazette.example/boats"
TEXT = "".join(
    f"<p>{sentence} The harbour has been silted up for so long that the oldest fishermen remember only the smell of it, "
    "and nobody expected the tide of last week to change that in any way.</p>"
    for sentence in (
        "Three hulls are afloat.",
        "Engineers will measure for a month.",
        "The children keep watch.",
        "A sandbar gave way in the night.",
    )
)


def page(*, head: str = "", above: str = "", below: str = "", behind: str = "", title: str = TITLE, lang: str = "en") -> str:
    """A page with `above` and `below` the headline and `behind` the text."""
    return (
        f'<html lang="{lang}"><head><title>{title}</title>{head}</head><body>'
        f"<article>{above}<h1>{title}</h1>{below}{TEXT}{behind}</article></body></html>"
    )


def extracted(*, url: str | None = URL, fetched_at: str | None = "2024-06-01T12:00:00Z", **parts: str) -> Article:
    """The article of such a page."""
    return extract(page(**parts), url=url, fetched_at=fetched_at)
