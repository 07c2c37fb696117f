"""A site with a feed, whose entries come and go as a test says."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.support.articles import article_page, paragraphs
from tests.support.servers import Request, Response, Route, Server, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

RSS = "application/rss+xml"


def item(link: str, *, title: str = "", guid: str | None = None, published: str = "", extra: str = "") -> str:
    """One item of an RSS feed."""
    parts = [f"<title>{title or link}</title>", f"<link>{link}</link>"]
    parts += [f"<guid>{guid}</guid>"] if guid is not None else []
    parts += [f"<pubDate>{published}</pubDate>"] if published else []
    return f"<item>{''.join(parts)}{extra}</item>"


def rss(*items: str, title: str = "The Quay", extra: str = "") -> str:
    """An RSS feed."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>/</link>{extra}{''.join(items)}</channel></rss>"
    )


def whole_text(count: int = 6) -> str:
    """What an item carries that has its article in it."""
    return f"<content:encoded><![CDATA[{paragraphs(count)}]]></content:encoded>"


@dataclass
class FeedSite:
    """A server with a feed at `/feed`, which answers 304 to whoever has it, and an article at each of its links.

    `items` are the feed's; `routes` come before everything else.
    """

    server: Server | None = None
    items: list[str] = field(default_factory=list)
    routes: dict[str, Route] = field(default_factory=dict)
    extra: str = ""

    def url(self, path: str = "/feed") -> str:
        assert self.server is not None
        return self.server.url(path)

    def asked(self) -> list[str]:
        """What was asked since the last time, articles only."""
        assert self.server is not None
        targets = [target for target in self.server.targets if target not in ("/feed", "/robots.txt")]
        self.server.requests.clear()
        return sorted(targets)

    def publish(self, *names: str, **options: str) -> None:
        """Puts new items at the head of the feed: /names."""
        self.items[:0] = [item(f"/{name}", title=f"Story {name}", guid=f"id-{name}", **options) for name in names]

    def feed(self, request: Request) -> Response:
        body = rss(*self.items, extra=self.extra).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        if request.header("If-None-Match") == etag:
            return Response(status=304, headers=(("ETag", etag),))
        return Response(body, content_type=RSS, headers=(("ETag", etag),))

    def answer(self, request: Request) -> Response:
        route = self.routes.get(request.path)
        if route is not None:
            return route if isinstance(route, Response) else route(request)
        if request.path == "/robots.txt":
            return Response(status=404)
        return self.feed(request) if request.path == "/feed" else Response(article_page(f"Story {request.path[1:]}"))


class _Everything(dict[str, Route]):
    """Routes that have an answer to everything."""

    def __init__(self, site: FeedSite) -> None:
        super().__init__()
        self._site = site

    def get(self, key, default=None):
        return self._site.answer


@contextlib.contextmanager
def feed_site(*names: str, address: str = "127.0.0.1") -> Iterator[FeedSite]:
    """A site with a feed of these entries."""
    site = FeedSite()
    site.publish(*names)
    with serve(_Everything(site), address=address) as server:
        site.server = server
        yield site
