"""Cookies as a server sets them."""

from __future__ import annotations

from http.client import HTTPMessage
from types import SimpleNamespace
from typing import TYPE_CHECKING

import requests

if TYPE_CHECKING:
    from archiver.fetch.cookies import Cookies


def set_cookie(cookies: Cookies, url: str, *said: str) -> None:
    """Has the host of `url` set cookies; each of `said` is what a Set-Cookie header says."""
    message = HTTPMessage()
    for one in said:
        message.add_header("Set-Cookie", one)
    response = requests.Response()
    response.request = requests.Request("GET", url).prepare()
    response.raw = SimpleNamespace(_original_response=SimpleNamespace(msg=message))
    cookies.receive(response)
