"""The address that a page gives itself: all that is known of where a saved page came from, where its saver says nothing."""

from __future__ import annotations

from archiver import urls
from archiver.errors import InvalidUrl
from archiver.extraction import page

CLAIMS = (
    ("link[rel='canonical' i][href]", "href"),
    ("meta[property='og:url' i][content]", "content"),
    ("meta[name='og:url' i][content]", "content"),
)


def own_address(html: bytes, content_type: str | None = None) -> str | None:
    """What the page claims; None where it claims nothing, or a front page, as careless templates do on every page."""
    tree = page.read(html, content_type=content_type).tree
    for selector, attribute in CLAIMS:
        for node in tree.css(selector):
            claimed = (node.attributes.get(attribute) or "").strip()
            try:
                address = urls.parse(claimed) if "://" in claimed else None
            except InvalidUrl:
                continue
            if address is not None and not urls.is_front_page(address):
                return urls.without_credentials(address)
    return None
