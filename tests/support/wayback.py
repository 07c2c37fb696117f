"""A web archive that speaks the Internet Archive's interfaces: the index (CDX), what is available, and copies in raw form."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.support.servers import Connection, Request, Response, Server, serve_raw

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ["timestamp", "original", "mimetype", "statuscode"]


@dataclass
class Archive:
    """What it holds: for each page's URL, its copies by moment (`20160304101500`).

    `server` runs it, where it runs; `knows_index` and `knows_available` say whether it answers those questions.
    """

    copies: dict[str, dict[str, Response]] = field(default_factory=dict)
    server: Server | None = None
    knows_index: bool = True
    knows_available: bool = True

    def url(self, path: str = "") -> str:
        """The absolute URL of `path` there."""
        assert self.server is not None
        return self.server.url(path)

    def __call__(self, request: Request) -> Response:
        path, query = urlsplit(request.target).path, parse_qs(urlsplit(request.target).query)
        if path == "/cdx/search/cdx":
            return self._index(query) if self.knows_index else Response("busy", status=504)
        if path == "/wayback/available":
            return self._available(query) if self.knows_available else Response("busy", status=504)
        moment, _, url = request.target.removeprefix("/web/").partition("id_/")
        held = self.copies.get(url, {})
        nearest = min(held, key=lambda one: abs(int(one) - int(moment.ljust(14, "0"))), default=None)
        if nearest is None:
            return Response("not archived", status=404)
        if nearest != moment:
            return Response(status=302, headers=(("Location", f"/web/{nearest}id_/{url}"),))
        return held[nearest]

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """It answers, while the context lasts."""

        def answer(connection: Connection) -> None:
            connection.send(self(connection.read_request()).to_bytes())

        with serve_raw(answer, address="127.0.0.9") as self.server:
            yield

    def _index(self, query: dict[str, list[str]]) -> Response:
        url = query["url"][0]
        assert query["output"] == ["json"]
        assert query["filter"] == ["statuscode:200"]
        first, last = query.get("from", ["0"])[0], query.get("to", ["9"])[0]
        moments = [one for one in sorted(self.copies.get(url, {})) if first <= one <= last.ljust(14, "9")]
        limit = int(query["limit"][0])
        moments = moments[:limit] if limit > 0 else moments[limit:]
        rows = [[moment, url, "text/html", "200"] for moment in moments]
        return Response(json.dumps([COLUMNS, *rows] if rows else []), content_type="application/json")

    def _available(self, query: dict[str, list[str]]) -> Response:
        url = query["url"][0]
        moments = sorted(self.copies.get(url, {}))
        closest = {"available": True, "status": "200", "timestamp": moments[-1], "url": "x"} if moments else None
        answer = {"url": url, "archived_snapshots": {"closest": closest} if closest else {}}
        return Response(json.dumps(answer), content_type="application/json")
