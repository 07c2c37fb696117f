from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from archiver.errors import EmptyPage, HttpStatus
from archiver.fetch.session import Answer
from archiver.fetch.status import demand_page


def answer(status: int, reason: str = "", **headers: str) -> Answer:
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer("https://site.example/", (), datetime.now(UTC), "HTTP/1.1", status, reason, fields, None, None)  # type: ignore[arg-type]


def refusal(status: int, reason: str = "", **headers: str) -> HttpStatus:
    with pytest.raises(HttpStatus) as raised:
        demand_page(answer(status, reason, **headers))
    return raised.value


@pytest.mark.parametrize("status", [200, 201, 203, 206])
def test_success(status):
    demand_page(answer(status))


@pytest.mark.parametrize("status", [204, 205])
def test_no_body(status):
    with pytest.raises(EmptyPage, match=str(status)):
        demand_page(answer(status))


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (401, "needs a login"),
        (403, "refuses us"),
        (404, "check the address"),
        (410, "removed for good"),
        (418, "open it in a browser"),
        (500, "try again later"),
        (502, "try again later"),
        (304, "open it in a browser"),
        (103, "open it in a browser"),
    ],
)
def test_each_failure_has_its_remedy(status, remedy):
    error = refusal(status)
    assert remedy in error.remedy
    assert error.status == status


def test_the_servers_own_phrase_is_told():
    assert refusal(404, "Nope").reason == "the host answered 404 Nope"


def test_a_missing_phrase_is_the_usual_one():
    assert refusal(404).reason == "the host answered 404 Not Found"


def test_an_unknown_status_without_a_phrase():
    assert refusal(599).reason == "the host answered 599"


def test_a_phrase_is_made_printable_and_short():
    reason = refusal(500, "\x1b]0;owned\x07" + "x" * 1000).reason
    assert reason.isprintable()
    assert len(reason) < 120


@pytest.mark.parametrize(
    ("retry_after", "remedy"),
    [
        ("120", "the host asks to wait 120 s"),
        ("86400", "the host asks to wait 86400 s"),
        ("86401", "the host asks to wait for more than a day"),
        ("9" * 5000, "the host asks to wait for more than a day"),
        ("1e9", "the host asks to wait: try again later"),
        ("-5", "the host asks to wait: try again later"),
        ("0", "the host asks to wait: try again later"),
        ("٣", "the host asks to wait: try again later"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "the host asks to wait: try again later"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "the host asks to wait for more than a day"),
        ("Fri, 31 Dec 99999 23:59:59 GMT", "the host asks to wait: try again later"),
        ("soon", "the host asks to wait: try again later"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after(status, retry_after, remedy):
    assert refusal(status, Retry_After=retry_after).remedy == remedy


def test_retry_after_a_moment():
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=3600), usegmt=True)
    seconds = int(refusal(429, Retry_After=moment).remedy.split()[-2])
    assert 3500 < seconds <= 3600


def test_no_retry_after():
    assert refusal(429).remedy == "the host asks to wait: try again later"
