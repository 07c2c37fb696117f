"""URL -> Capture: the one place that talks to the network.

`fetch` is the walk to a page, `fetch_feed` that to a feed, `fetch_robots` that to a robots.txt, `fetch_answer` that to what a
service says; each step has a room of its own: `session` (one request), `brought` and `cookies` (what goes along), `proxies`,
`connecting` and `addresses` (whom it may reach), `redirects`, `status`, `media` (is it a page?), `body` and `decoding`,
`deadline`, `turns` (when a host may be asked), `failures` (their errors to ours).
"""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

from archiver import urls
from archiver.capture import Capture, Validators, media_type
from archiver.fetch import body, failures, media, redirects, session, status
from archiver.fetch.addresses import Guard
from archiver.fetch.brought import Brought
from archiver.fetch.connecting import Dialler
from archiver.fetch.deadline import Deadline
from archiver.fetch.turns import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.capture import Exchange, Headers
    from archiver.fetch.turns import Turns
    from archiver.settings import Settings

__all__ = ["fetch", "fetch_answer", "fetch_feed", "fetch_picture", "fetch_robots"]

MAX_ROBOTS_BYTES = 512 * 1024
"""RFC 9309, 2.5, asks for 500 KiB at least; what follows is not read."""
MAX_ROBOTS_REDIRECTS = 5
"""RFC 9309, 2.3.1.2."""

_NONE = Validators()


def fetch(url: str, settings: Settings, *, trusted_host: str | None = None, turns: Turns = AT_ONCE) -> Capture:
    """The page at `url`, with every redirect on the way.

    Args:
        url: as typed; a user name and password in it go to its own scheme, host and port only, and into nothing that is kept.
        settings: the limits, the User-Agent, and which hosts that are not public a redirect may lead to.
        trusted_host: the one host that may be reached though it is not public. Default: that of `url`, which a person typed;
            to be given where `url` stood in a document.
        turns: tell when each host on the way may be asked. The deadline begins with the first turn; it is waited for as long.

    Raises:
        InvalidUrl: `url` is no http or https URL.
        FetchError: the page could not be had; the subclass says why.
        EmptyPage: there is nothing in it.
    """
    read = functools.partial(_page, settings=settings)
    return _walk(url, settings, read, (("Accept", session.ACCEPT),), trusted_host=trusted_host, turns=turns)


def fetch_feed(  # noqa: PLR0913  # what a request is made of
    url: str,
    settings: Settings,
    *,
    max_bytes: int,
    validators: Validators = _NONE,
    trusted_host: str | None = None,
    turns: Turns = AT_ONCE,
) -> Capture:
    """The feed document at `url`, whatever its media type; one with the status 304, and no bytes, where it is unchanged.

    Args:
        url: as for `fetch`.
        settings: as for `fetch`.
        max_bytes: the longest document, in decoded bytes.
        validators: those that came with it the last time.
        trusted_host: as for `fetch`.
        turns: as for `fetch`.

    Raises:
        InvalidUrl: `url` is no http or https URL.
        FetchError: the document could not be had; the subclass says why.
        EmptyPage: there is nothing in it.
    """
    conditions = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))  # RFC 9110, 13.1
    sent = tuple((name, value) for name, value in conditions if value is not None)
    read = functools.partial(_document, max_bytes=max_bytes, conditional=bool(sent))
    return _walk(url, settings, read, (("Accept", session.ACCEPT_FEEDS), *sent), trusted_host=trusted_host, turns=turns)


def fetch_robots(url: str, settings: Settings, *, trusted_host: str, turns: Turns) -> bytes:
    """The robots.txt at `url`, as far as it is read.

    Raises:
        FetchError: it could not be had; the subclass says why.
        EmptyPage: there is none.
    """
    settings = dataclasses.replace(settings, max_redirects=min(settings.max_redirects, MAX_ROBOTS_REDIRECTS))
    return _walk(url, settings, _rules, (("Accept", "text/plain,*/*;q=0.5"),), trusted_host=trusted_host, turns=turns).payload


def fetch_answer(
    url: str, settings: Settings, *, max_bytes: int, trusted_host: str | None = None, turns: Turns = AT_ONCE
) -> bytes:
    """What a service answers at `url`; the arguments are those of `fetch_feed`.

    Raises:
        FetchError: it could not be had; the subclass says why.
        EmptyPage: the answer is empty.
    """
    read = functools.partial(_document, max_bytes=max_bytes, conditional=False)
    fields = (("Accept", "application/json,*/*;q=0.5"),)
    return _walk(url, settings, read, fields, trusted_host=trusted_host, turns=turns).payload


def fetch_picture(url: str, settings: Settings, *, max_bytes: int, turns: Turns) -> bytes:
    """The image at `url`, which stood in a document, whatever its media type.

    Raises:
        InvalidUrl: `url` is no http or https URL.
        FetchError: it could not be had; the subclass says why.
        EmptyPage: there is nothing in it.
    """
    read = functools.partial(_document, max_bytes=max_bytes, conditional=False)
    return _walk(url, settings, read, (("Accept", session.ACCEPT_PICTURES),), trusted_host="", turns=turns).payload


def _walk(  # noqa: PLR0913  # as above
    url: str,
    settings: Settings,
    read: Callable[[session.Answer, Deadline], body.Body],
    fields: Headers,
    *,
    trusted_host: str | None,
    turns: Turns,
) -> Capture:
    """From `url` over its redirects to the answer that `read` takes in; `fields` go with each request."""
    journey = redirects.Journey(Brought.by_settings(urls.parse(url), settings), settings.max_redirects)
    guard = Guard(journey.typed_host if trusted_host is None else trusted_host, settings.allow_private)
    exchanges: list[Exchange] = []
    with failures.placed(journey):
        turns.take(journey.url, settings.timeout_seconds)
    with Deadline(settings.timeout_seconds) as deadline, failures.told(journey, deadline):
        while True:
            if journey.hops:
                turns.take(journey.url, deadline.remaining_seconds)
            dialler = Dialler(guard, deadline, settings.connect_seconds)
            with session.get(
                journey.url,
                settings=settings,
                dialler=dialler,
                cookies=journey.cookies,
                authorization=journey.authorization,
                brought=journey.headers,
                fields=fields,
            ) as answer:
                turns.answered(
                    journey.url, asks_to_wait=status.asks_to_wait(answer), seconds=status.retry_after_seconds(answer)
                )
                target = redirects.target(answer)
                if target is None:
                    page = read(answer, deadline)
                    exchanges.append(answer.exchange(page.wire))
                    return Capture(journey.requested_url, tuple(exchanges), page.payload, verified=not settings.insecure)
                aside, truncated = body.read_aside(answer, deadline)
                exchanges.append(answer.exchange(aside, truncated=truncated))
            journey.follow(target)


def _page(answer: session.Answer, deadline: Deadline, *, settings: Settings) -> body.Body:
    """The body of the last answer, if it is a page."""
    status.demand_page(answer)
    said = media_type(answer.headers)
    media.demand_page_type(said)
    inspect = functools.partial(media.demand_html, media_type=said)
    return body.read(answer, max_bytes=settings.max_bytes, deadline=deadline, inspect=inspect)


def _document(answer: session.Answer, deadline: Deadline, *, max_bytes: int, conditional: bool) -> body.Body:
    """The body of the last answer, whatever it is. Nobody keeps a feed's bytes as they came, and some are long."""
    if answer.status == status.NOT_MODIFIED and conditional:
        return body.Body(wire=b"", payload=b"")
    status.demand_page(answer)
    return body.read(answer, max_bytes=max_bytes, deadline=deadline, inspect=lambda _: None, keep_wire=False)


def _rules(answer: session.Answer, deadline: Deadline) -> body.Body:
    """The beginning of the last answer's body."""
    status.demand_page(answer)
    return body.Body(wire=b"", payload=body.read_beginning(answer, max_bytes=MAX_ROBOTS_BYTES, deadline=deadline))
