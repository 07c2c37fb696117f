"""`archiver open`."""

from __future__ import annotations

import click
import pytest


@pytest.fixture
def opened(monkeypatch):
    urls = []

    def launch(url):
        urls.append(url)
        return 0

    monkeypatch.setattr(click, "launch", launch)
    return urls


def test_the_pages_url_is_opened(filled, site, opened):
    assert filled("open", site.url("/harbour")).code == 0
    assert opened == [site.url("/harbour")]


def test_without_a_browser_the_url_is_named(filled, site, monkeypatch):
    monkeypatch.setattr(click, "launch", lambda _: 1)
    ran = filled("open", site.url("/harbour"))
    assert ran.code == 1
    assert site.url("/harbour") in ran.err


def test_what_is_not_in_the_archive_is_exit_4(filled, opened):
    assert filled("open", "ffffffffffffffff").code == 4
    assert opened == []
