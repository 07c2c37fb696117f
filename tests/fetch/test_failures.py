from __future__ import annotations

import errno
import ssl
import traceback

import pytest
import requests
import urllib3.exceptions

from archiver.errors import BadResponse, ConnectionFailed, FetchError, InvalidUrl
from archiver.fetch import fetch
from archiver.fetch.brought import Brought
from archiver.fetch.deadline import Deadline
from archiver.fetch.failures import CERTIFICATE_FAULTS, TRANSLATIONS, told
from archiver.fetch.redirects import Journey
from tests.support.servers import Connection, head, serve_raw


def reset_at_once(connection: Connection) -> None:
    connection.reset()


def reset_after_the_request(connection: Connection) -> None:
    connection.read_request()
    connection.reset()


def reset_in_the_body(connection: Connection) -> None:
    connection.read_request()
    connection.send(head("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Length: 1000") + b"<p>Once")
    connection.wait(0.2)  # until the client has read that far
    connection.reset()


@pytest.mark.parametrize("behaviour", [reset_at_once, reset_after_the_request, reset_in_the_body])
def test_reset(behaviour, settings):
    with serve_raw(behaviour) as site, pytest.raises(ConnectionFailed, match="the host reset the connection"):
        fetch(site.url(), settings)


def test_closed_without_an_answer(settings):
    def hang_up(connection: Connection) -> None:
        connection.read_request()

    with serve_raw(hang_up) as site, pytest.raises(ConnectionFailed, match="closed the connection without an answer"):
        fetch(site.url(), settings)


def test_refused(settings):
    with pytest.raises(
        ConnectionFailed, match=r"^http://127\.0\.0\.1:1/: the host refused the connection \(try again later\)$"
    ):
        fetch("http://127.0.0.1:1/", settings)


def translated(error: BaseException) -> Exception:
    journey = Journey(Brought.by_url("https://ann:secret@site.example/"), 5)
    with pytest.raises(Exception) as raised, Deadline(5) as deadline, told(journey, deadline):
        raise error
    return raised.value


def test_no_way_to_the_host():
    cause = OSError(errno.ENETUNREACH, "Network is unreachable")
    error = translated(requests.exceptions.ConnectionError(urllib3.exceptions.ProtocolError("Connection aborted.", cause)))
    assert str(error) == "https://site.example/: no way to the host (check the network connection)"


@pytest.mark.parametrize("code", [*CERTIFICATE_FAULTS, 12345])
def test_every_certificate_fault_has_words(code):
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, "odd"
    assert "its certificate is" in str(translated(error)) or "has expired" in str(translated(error))


@pytest.mark.parametrize("error", [OSError("a\x1b[31m\nb"), ValueError("odd"), UnicodeError("odd"), OSError()])
def test_anything_else_is_told_on_one_printable_line(error):
    ours = translated(error)
    assert isinstance(ours, FetchError)
    assert str(ours).isprintable()


def test_a_circle_of_causes_ends():
    first, second = OSError("first"), OSError("second")
    first.__cause__, second.__cause__ = second, first
    assert isinstance(translated(first), ConnectionFailed)


def test_a_fault_of_ours_is_not_told_as_the_hosts():
    with pytest.raises(ZeroDivisionError):
        raise translated(ZeroDivisionError())


def test_the_rows_end_with_the_row_for_everything():
    assert TRANSLATIONS[-1].kind is Exception


def test_a_url_that_requests_refuses():
    assert isinstance(translated(requests.exceptions.InvalidURL("odd")), InvalidUrl)


def test_our_own_errors_get_their_subject():
    error = translated(BadResponse("odd"))
    assert str(error) == "https://site.example/: odd"
    assert "secret" not in "".join(traceback.format_exception(error))
