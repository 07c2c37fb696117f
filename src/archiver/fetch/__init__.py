"""URL -> Capture: the one place that talks to the network.

`fetch` is the walk; each step has a room of its own: `session` (one request), `connecting` and `addresses` (whom it may
reach), `redirects`, `status`, `media` (is it a page?), `body` and `decoding`, `deadline`, `failures` (their errors to ours).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from archiver import urls
from archiver.capture import Capture, media_type
from archiver.fetch import body, failures, media, redirects, session, status
from archiver.fetch.addresses import Guard
from archiver.fetch.connecting import Dialler
from archiver.fetch.deadline import Deadline

if TYPE_CHECKING:
    from archiver.capture import Exchange
    from archiver.settings import Settings

__all__ = ["fetch"]


def fetch(url: str, settings: Settings) -> Capture:
    """The page at `url`, with every redirect on the way.

    Args:
        url: as typed; a user name and password in it go to its own scheme, host and port only, and into nothing that is kept.
        settings: the limits, the User-Agent, and which hosts that are not public a redirect may lead to.

    Raises:
        InvalidUrl: `url` is no http or https URL.
        FetchError: the page could not be had; the subclass says why.
        EmptyPage: there is nothing in it.
    """
    journey = redirects.Journey(urls.parse(url), settings.max_redirects)
    guard = Guard(journey.typed_host, settings.allow_private)
    exchanges: list[Exchange] = []
    with Deadline(settings.timeout_seconds) as deadline, failures.told(journey, deadline):
        while True:
            dialler = Dialler(guard, deadline, settings.connect_seconds)
            with session.get(
                journey.url,
                settings=settings,
                dialler=dialler,
                cookies=journey.cookies,
                authorization=journey.authorization,
            ) as answer:
                target = redirects.target(answer)
                if target is None:
                    page = _page(answer, settings, deadline)
                    exchanges.append(answer.exchange(page.wire))
                    return Capture(journey.requested_url, tuple(exchanges), page.payload)
                aside, truncated = body.read_aside(answer, deadline)
                exchanges.append(answer.exchange(aside, truncated=truncated))
            journey.follow(target)


def _page(answer: session.Answer, settings: Settings, deadline: Deadline) -> body.Body:
    """The body of the last answer, if it is a page."""
    status.demand_page(answer)
    said = media_type(answer.headers)
    media.demand_page_type(said)
    inspect = functools.partial(media.demand_html, media_type=said)
    return body.read(answer, max_bytes=settings.max_bytes, deadline=deadline, inspect=inspect)
