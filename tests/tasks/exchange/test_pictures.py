"""Images of exported articles."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.settings import Settings
from archiver.store import Store
from archiver.tasks.exchange.pictures import Pictures
from tests.support.servers import Response, serve

PNG = b"\x89PNG\r\n\x1a\n rest"


@pytest.fixture
def site():
    routes = {
        "/a.png": Response(PNG, content_type="text/plain"),
        "/a.svg": Response(b"<svg onload='alert(1)'/>", content_type="image/svg+xml"),
        "/page": Response("<p>no image</p>"),
        "/gone": Response("", status=404),
    }
    with serve(routes) as server:
        yield server


def pictures(tmp_path, **changed):
    errors: list[str] = []
    settings = dataclasses.replace(Settings(home=tmp_path), **({"allow_private": ("127.0.0.1",)} | changed))
    return Pictures(Store.open(tmp_path / "archive", create=True), settings, lambda error: errors.append(str(error))), errors


def test_an_image_is_what_its_bytes_say(site, tmp_path):
    found, errors = pictures(tmp_path)
    picture = found(site.url("/a.png"))
    assert picture == (PNG, "image/png", ".png")
    assert errors == []


@pytest.mark.parametrize("path", ["/a.svg", "/page", "/gone"])
def test_what_cannot_be_had_is_said_once(site, tmp_path, path):
    found, errors = pictures(tmp_path)
    assert found(site.url(path)) is None
    assert found(site.url(path)) is None
    (said,) = errors
    assert site.url(path) in said


def test_no_address_that_is_not_public_is_asked(site, tmp_path):
    found, errors = pictures(tmp_path, allow_private=())
    assert found(site.url("/a.png")) is None
    assert len(errors) == 1
    assert site.requests == []
